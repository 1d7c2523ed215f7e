package transforms

import (
	"strings"

	"sigla/tei"
)

// assembler lays blocks into a tree from left to right. What lies between two
// blocks becomes layout in the element that is open, so whatever is built
// tiles the source.
type assembler struct {
	page  string
	at    int
	stack []*tei.Elem
}

func (a *assembler) top() *tei.Elem { return a.stack[len(a.stack)-1] }

// open begins an element that holds blocks.
func (a *assembler) open(e *tei.Elem) *tei.Elem {
	e.Src = tei.Span{Start: a.at, End: a.at}
	if len(a.stack) > 0 {
		a.top().Kids = append(a.top().Kids, e)
	}
	a.stack = append(a.stack, e)
	return e
}

// close ends the element that is open.
func (a *assembler) close() {
	e := a.top()
	e.Src.End = a.at
	a.stack = a.stack[:len(a.stack)-1]
}

// closeTo ends elements until e is the open one.
func (a *assembler) closeTo(e *tei.Elem) {
	for a.top() != e {
		a.close()
	}
}

// skip makes layout of what lies before offset.
func (a *assembler) skip(offset int) {
	for offset > a.at {
		s := tei.Span{Start: a.at, End: offset}
		n := strings.IndexByte(a.page[s.Start:s.End], '\f')
		if n == 0 {
			// XML has no form feed: the page it begins is what is kept
			s.End = s.Start + 1
			a.top().Kids = append(a.top().Kids, &tei.Elem{Name: "pb", Src: s, Kids: []tei.Node{layout(a.page, s)}})
			a.at = s.End
			continue
		}
		if n > 0 {
			s.End = s.Start + n
		}
		a.top().Kids = append(a.top().Kids, layout(a.page, s))
		a.at = s.End
	}
}

func layout(page string, s tei.Span) *tei.Mark {
	return &tei.Mark{Value: page[s.Start:s.End], Src: s, Layout: true}
}

// leaf adds an element that holds the words at s.
func (a *assembler) leaf(e *tei.Elem, s tei.Span) *tei.Elem {
	a.skip(s.Start)
	e.Src = s
	if s.Len() > 0 {
		e.Kids = append(e.Kids, &tei.Text{Value: a.page[s.Start:s.End], Src: s})
	}
	a.top().Kids = append(a.top().Kids, e)
	a.at = s.End
	return e
}

// mark adds a delimiter to the element that is open.
func (a *assembler) mark(s tei.Span, attr string) {
	a.skip(s.Start)
	a.top().Kids = append(a.top().Kids, &tei.Mark{Value: a.page[s.Start:s.End], Src: s, Attr: attr})
	a.at = s.End
}

// words says whether e, a div or the like, already holds something that a
// heading or an opener must come before.
func words(e *tei.Elem) bool {
	for _, k := range e.Kids {
		if k, ok := k.(*tei.Elem); ok && !global[k.Name] && k.Name != "head" {
			return true
		}
	}
	return false
}

// closed says whether e holds something that nothing but more of its kind may
// follow.
func closed(e *tei.Elem) bool {
	for _, k := range e.Kids {
		if k, ok := k.(*tei.Elem); ok && (k.Name == "closer" || k.Name == "div") {
			return true
		}
	}
	return false
}

// global elements may stand anywhere among blocks (TEI model.global).
var global = map[string]bool{"fw": true, "milestone": true, "pb": true, "gap": true, "note": true, "lb": true, "anchor": true}
