package transforms

import (
	"slices"
	"strings"
	"unicode"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/names"
)

// Persons, places and bodies: what package names finds in a block is wrapped,
// and every name points at its entry in the header.

// bracketSpans are the brackets of a block with their classes, whose edges no
// name may cross.
func (e *encoder) bracketSpans(b *block) []names.Bracket {
	var out []names.Bracket
	for _, k := range b.brackets {
		out = append(out, names.Bracket{Span: k.Span, Class: string(e.verdicts[k.Span].Class)})
	}
	return out
}

func (e *encoder) nameContext(b *block) names.Context {
	c := names.Context{Lexicon: e.lex, Known: e.people, Zone: zoneNames[b.zone], Brackets: e.bracketSpans(b)}
	if b.elem != nil {
		c.Elem = b.elem.Name
		if t := b.elem.Get("type"); t == "dateline" || t == "distribution" {
			c.Elem = t
		}
	}
	return c
}

// encodeNames reads first where names are plain (title, address, signature,
// lists) and then the text in their light.
func (e *encoder) encodeNames() {
	for _, p := range slices.Concat(e.genre.From, e.genre.To, e.genre.With) {
		e.people.Add(p.Kind, p.Name, "", "title", tei.Span{})
		if p.Real != "" {
			e.people.Identify(p.Name, p.Real)
		}
	}
	found := make([][]names.Name, len(e.placed))
	for _, text := range []bool{false, true} {
		for i, b := range e.placed {
			if (b.zone == inMessage || b.zone == inNotes) != text || b.elem == nil && b.zone != inMessage {
				continue
			}
			found[i] = names.Find(e.text, b.span, e.nameContext(b))
			for _, n := range found[i] {
				e.people.Add(n.Kind, n.Form(e.text), e.roleOf(b), n.Rule, n.Span)
			}
		}
	}
	// who stands behind a name, and which names are one
	for _, g := range e.glosses {
		named, in := e.text[g.named.Start:g.named.End], e.text[g.inner.Start:g.inner.End]
		switch g.typ {
		case "identification":
			if !unicode.IsLower(firstRune(in)) {
				e.people.Identify(named, in)
			}
		case "variant":
			e.people.Variant(named, in)
		}
	}
	e.nameSpelling()
	for i, b := range e.placed {
		for _, n := range found[i] {
			e.name(b, n)
		}
	}
	e.refineGlosses()
	e.encodeLetterheads()
	for _, b := range e.placed {
		if b.elem != nil && b.elem.Name == "signed" && b.zone == inProcessing {
			e.signer(b)
		}
	}
	for _, s := range e.speakers {
		for _, p := range s.elem.Find("persName") {
			if p.Src.Start >= s.span.Start && p.Src.End <= s.span.End+1 {
				s.elem.Set("who", p.Get("ref"))
				break
			}
		}
		if s.elem.Get("who") == "" {
			if id := e.people.Known(e.text[s.span.Start:s.span.End]); id != "" {
				s.elem.Set("who", "#"+id)
			}
		}
	}
}

// signer makes one name of office, rank and the name in round brackets: "Section
// Chief / Colonel [signature] (Makarov)".
func (e *encoder) signer(b *block) {
	var roles, named []*tei.Elem
	for _, k := range b.elem.Kids {
		if k, ok := k.(*tei.Elem); ok {
			switch k.Name {
			case "roleName":
				roles = append(roles, k)
			case "persName":
				named = append(named, k)
			}
		}
	}
	if len(roles) == 0 || len(named) != 1 || named[0].Src.Start < roles[len(roles)-1].Src.End {
		return
	}
	p := named[0]
	end := p.Src.End + 1
	if e.text[p.Src.Start-1] != '(' || p.Src.End >= len(e.text) || e.text[p.Src.End] != ')' {
		return
	}
	between := stripBrackets(e.text[roles[len(roles)-1].Src.End : p.Src.Start-1])
	if strings.TrimSpace(between) != "" {
		return
	}
	whole := tei.New("persName", "ref", p.Get("ref"))
	if e.wrapInner("names", "office, rank and name", tei.Span{Start: roles[0].Src.Start, End: end}, whole, ledger.High) == nil {
		return
	}
	p.Set("ref", "")
	if len(p.Kids) == 1 {
		if s, ok := p.Kids[0].(*tei.Elem); ok && s.Name == "surname" {
			p.Kids = s.Kids
		}
	}
	p.Name = "surname"
}

// roleOf is the part that somebody named in a block has in the message.
func (e *encoder) roleOf(b *block) string {
	if b.elem == nil {
		return ""
	}
	switch b.elem.Name {
	case "signed":
		if b.zone == inProcessing {
			return "verifier"
		}
		return "sender"
	case "salute":
		return "addressee"
	}
	switch t := b.elem.Get("type"); t {
	case "deciphered":
		return "decipherer"
	case "printed":
		return "typist"
	case "drafted":
		return "drafter"
	}
	return ""
}

// name wraps one name and its parts.
func (e *encoder) name(b *block, n names.Name) {
	if n.Span.Len() == 0 || e.body.Crosses(n.Span) {
		return
	}
	at := e.body.At(n.Span)
	switch at.Name {
	case "idno", "date", "time", "measure", "num", "gap":
		return
	case "persName", "placeName", "orgName", "name":
		if at.Src != n.Span && at.Name != "name" {
			return
		}
	}
	var el *tei.Elem
	switch n.Kind {
	case names.Person:
		el = tei.New("persName")
	case names.Place:
		el = tei.New("placeName")
	case names.Org:
		el = tei.New("orgName")
	default:
		e.parts(n)
		return
	}
	if at.Src == n.Span && (at.Name == el.Name || at.Name == "name") {
		at.Name = el.Name
		el = at
		e.decideAt("names", n.Rule, el.Name, n.Span, n.Cert, n.Alternatives...)
	} else if e.wrapInner("names", n.Rule, n.Span, el, n.Cert, n.Alternatives...) == nil {
		return
	}
	if el.Get("ref") == "" {
		if id := e.people.Add(n.Kind, n.Form(e.text), e.roleOf(b), n.Rule, n.Span); id != "" {
			el.Set("ref", "#"+id)
		}
	}
	if n.Cert == ledger.Low && el.Get("cert") == "" {
		el.Set("cert", "low")
	}
	e.parts(n)
	if s, ok := e.misspelt[n.Span]; ok {
		// the second spelling of a name is kept, and marked as it stands
		e.body.WrapInner(s, tei.New("orig"))
	}
}

// parts wraps what a name is made of.
func (e *encoder) parts(n names.Name) {
	for _, p := range n.Parts {
		if e.body.Crosses(p.Span) {
			continue
		}
		e.wrapInner("names", n.Rule, p.Span, tei.New(p.Elem, "type", p.Type), n.Cert)
		if p.Abbr {
			e.body.WrapInner(p.Span, tei.New("abbr"))
		}
	}
}

// refineGlosses gives the words within and before a gloss the same name.
func (e *encoder) refineGlosses() {
	for _, g := range e.glosses {
		if g.target.Name == "name" && g.typ == "variant" {
			if p := e.body.At(g.inner); p.Name == "placeName" || p.Name == "persName" {
				g.target.Name = p.Name
			}
		}
		if g.typ != "identification" && g.target.Name != "persName" {
			continue
		}
		in := g.inner
		if e.body.Crosses(in) {
			continue
		}
		if g.typ == "identification" && unicode.IsLower(firstRune(e.text[in.Start:in.End])) {
			continue // a word for somebody, no name
		}
		if p := e.body.At(in); p == g.gloss || p.Name != "persName" {
			if p.Name == "placeName" || p.Name == "orgName" {
				continue
			}
			e.wrapInner("names", "name within a gloss", in, tei.New("persName"), ledger.High)
		}
		if p := e.body.At(in); p.Name == "persName" {
			id := e.people.Add(names.Person, e.text[in.Start:in.End], "", "gloss", in)
			p.Set("ref", "#"+id)
			g.target.Set("ref", "#"+id)
		}
	}
}
