// Package names finds the persons, places and bodies that a text shows
// plainly: by an honorific or an office before the name, by initials, by
// capitals where a letter is opened or closed, by a list of names, by what a
// bracket says about them, or because the document has shown the name before.
// A wrong name costs more than a missing one, so what is only likely is left
// alone.
//
// The text is cut into words once (words.go); each capitalised word is looked
// up once in an index of the lexicon (index.go); the rules (find.go) then ask
// about words and the gaps between them, never about characters. What they
// must not take for a name is a table (vocabulary.go).
package names

import (
	"slices"
	"strings"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// Kind is what a name names.
type Kind uint8

// Role is an honorific or office that stands by itself, as "Cdes." before
// several names does.
const (
	Person Kind = iota
	Place
	Org
	Role
)

// String is the kind in the field's words.
func (k Kind) String() string { return [...]string{"person", "place", "org", "role"}[k] }

// Part is an element within a name.
type Part struct {
	Elem string // roleName, surname or forename
	Type string // of roleName: honorific, office or rank
	Abbr bool
	Span tei.Span
}

// Name is a name in the text. Proper is the name without honorific, office and
// what a bracket says of them; the zero Span where it is all of Span.
type Name struct {
	Kind         Kind
	Span, Proper tei.Span
	Parts        []Part
	Rule         string
	Cert         ledger.Cert
	Alternatives []ledger.Alternative
}

// Form is the name proper as the text has it: without honorific and office.
func (n Name) Form(text string) string {
	s := n.Span
	if n.Proper.Len() > 0 {
		s = n.Proper
	}
	for _, p := range n.Parts {
		if p.Elem == "roleName" && p.Span.Start == s.Start {
			s.Start = p.Span.End
		}
	}
	return strings.TrimSpace(text[s.Start:s.End])
}

// Bracket is a square bracket of the text with its class.
type Bracket struct {
	Span  tei.Span
	Class string
}

// Context is where the text stands.
type Context struct {
	Lexicon  *lexicon.Lexicon
	Known    *Registry // names that the document has shown
	Zone     string    // service, opener, message, closer, processing, notes or title
	Elem     string    // element of the block: dateline, signed, salute, speaker, fw, item …
	Brackets []Bracket
}

// Find gives the names of a span, in order, none within another, none across
// the edge of a bracket.
func Find(text string, span tei.Span, ctx Context) []Name {
	span.Start, span.End = max(0, span.Start), min(len(text), span.End)
	if span.Start >= span.End {
		return nil
	}
	lex := ctx.Lexicon
	if lex == nil {
		lex = lexicon.Default()
	}
	f := finders.Get().(*finder)
	f.text, f.span, f.ctx, f.ix, f.out, f.done = text, span, ctx, indexOf(lex), nil, span.Start
	if !slices.IsSortedFunc(f.ctx.Brackets, byStart) {
		f.ctx.Brackets = slices.SortedFunc(slices.Values(ctx.Brackets), byStart)
	}
	f.words = split(f.words[:0], text, span, f.ctx.Brackets)
	f.survey()
	for i := 0; i < len(f.words); {
		i += max(1, f.at(i))
	}
	out := f.out
	f.text, f.ctx, f.ix, f.out = "", Context{}, nil, nil
	clear(f.words)
	finders.Put(f)
	return out
}

func byStart(a, b Bracket) int {
	if a.Span.Start != b.Span.Start {
		return a.Span.Start - b.Span.Start
	}
	return b.Span.End - a.Span.End
}
