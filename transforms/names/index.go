package names

import (
	"slices"
	"strings"
	"sync/atomic"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

// The lexicon answers for one kind and one string at a time, folding the
// string at each question. Here every capitalised word is asked about for all
// kinds at once, so the forms stand in an index by their first word.

// form is a form of the lexicon behind its first word.
type form struct {
	kind  lexicon.Kind
	value string
	rest  []string // the further words, in small letters
	dots  []bool   // which words must have a full stop, the first included
	upper bool     // is written with a capital
}

// index is made shelf by shelf of the lexicon, when a word of the text is first
// looked for there: a document's words lie on few of them.
type index struct {
	lex     *lexicon.Lexicon
	shelves []atomic.Pointer[[]firstWord]
}

// firstWord is a word, in small letters, and the forms that begin with it, the
// longer first.
type firstWord struct {
	word  string
	forms []form
}

var indexed = []lexicon.Kind{lexicon.Honorific, lexicon.Role, lexicon.Nationality, lexicon.Acronym, lexicon.Place, lexicon.Person, lexicon.Org}

// indexes are the ones last used: a program has one lexicon, a test a few.
var indexes atomic.Pointer[[]*index]

func indexOf(lex *lexicon.Lexicon) *index {
	var old []*index
	if p := indexes.Load(); p != nil {
		old = *p
		for _, x := range old {
			if x.lex == lex {
				return x
			}
		}
	}
	x := newIndex(lex)
	list := append([]*index{x}, old...)
	list = list[:min(len(list), 4)]
	indexes.Store(&list)
	return x
}

func newIndex(lex *lexicon.Lexicon) *index {
	return &index{lex: lex, shelves: make([]atomic.Pointer[[]firstWord], lex.Shelves())}
}

// beginning are the forms that begin with a word in small letters.
func (x *index) beginning(word []byte) []form {
	n := x.lex.Shelf(word)
	p := x.shelves[n].Load()
	if p == nil {
		p = x.shelf(n)
		x.shelves[n].Store(p)
	}
	for i := range *p {
		if w := &(*p)[i]; w.word == string(word) {
			return w.forms
		}
	}
	return nil
}

// shelf reads the forms of a shelf.
func (x *index) shelf(n int) *[]firstWord {
	var out []firstWord
	var words []word
	entries := x.lex.OnShelf(n)
	for _, k := range indexed {
		for _, e := range entries {
			if e.Kind != k {
				continue
			}
			words = split(words[:0], e.Form, tei.Span{End: len(e.Form)}, nil)
			if len(words) == 0 {
				continue
			}
			g := form{kind: k, value: e.Value, upper: words[0].upper}
			ok := words[0].gap == ""
			for i, w := range words {
				g.dots = append(g.dots, w.dot)
				if i > 0 {
					g.rest = append(g.rest, string(lower(nil, e.Form[w.Start:w.End])))
					ok = ok && strings.Trim(w.gap, " .") == ""
				}
			}
			if !ok {
				continue
			}
			key := string(lower(nil, e.Form[:words[0].End]))
			i := slices.IndexFunc(out, func(w firstWord) bool { return w.word == key })
			if i < 0 {
				i = len(out)
				out = append(out, firstWord{word: key})
			}
			out[i].forms = append(out[i].forms, g)
		}
	}
	for _, w := range out {
		slices.SortStableFunc(w.forms, func(a, b form) int { return len(b.rest) - len(a.rest) })
	}
	return &out
}

// forms are the forms that begin with word i.
func (f *finder) forms(i int) []form {
	if i >= len(f.words) {
		return nil
	}
	w := &f.words[i]
	if !w.indexed {
		var buf [48]byte
		w.forms, w.indexed = f.ix.beginning(lower(buf[:0], f.text[w.Start:w.End])), true
	}
	return w.forms
}

// match is the longest form of a kind among forms that the words from i on
// have, with the number of words; 0 for none.
func (f *finder) match(list []form, k lexicon.Kind, i int) (form, int) {
	for _, g := range list {
		if g.kind == k && f.fits(g, i) {
			return g, len(g.rest) + 1
		}
	}
	return form{}, 0
}

func (f *finder) fits(g form, i int) bool {
	if i+len(g.rest) >= len(f.words) || g.dots[0] && !f.words[i].dot {
		return false
	}
	var buf [48]byte
	for k, want := range g.rest {
		w := &f.words[i+1+k]
		if strings.Trim(w.gap, " \u00a0.") != "" || f.words[i+k].owns || f.words[i+k].dot && !g.dots[k] || g.dots[k+1] && !w.dot {
			return false
		}
		if w.in != f.words[i].in || string(lower(buf[:0], f.text[w.Start:w.End])) != want {
			return false
		}
	}
	return true
}

// acronym says whether letters are an acronym of the lexicon.
func (x *index) acronym(letters []byte) (form, bool) {
	for _, g := range x.beginning(letters) {
		if g.kind == lexicon.Acronym && len(g.rest) == 0 {
			return g, true
		}
	}
	return form{}, false
}
