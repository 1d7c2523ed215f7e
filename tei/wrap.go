package tei

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// The text of a document is grown by wrapping: it begins as blocks of Text,
// and each pass claims spans of the source and wraps what lies there in an
// element. A claim that crosses an element's edge is refused, so the tree is
// well formed and tiles the source after every pass.

// kid is the index of the first of e's kids that ends behind offset.
func (e *Elem) kid(offset int) int {
	return sort.Search(len(e.Kids), func(i int) bool { return e.Kids[i].Span().End > offset })
}

// home is the deepest element whose source holds s. Where an element covers
// just s, inner says whether that element itself is taken.
func (e *Elem) home(s Span, inner bool) *Elem {
	for {
		i := e.kid(s.Start)
		if i == len(e.Kids) {
			return e
		}
		k, ok := e.Kids[i].(*Elem)
		if !ok || !k.Src.Contains(s) || k.Src == s && !inner {
			return e
		}
		e = k
	}
}

// split cuts the Text of e at offset, if one lies across it, and returns the
// index of the first kid that starts at offset or later; ok is false where an
// element or a mark lies across.
func (e *Elem) split(offset int) (i int, ok bool) {
	i = e.kid(offset)
	if i == len(e.Kids) {
		return i, true
	}
	s := e.Kids[i].Span()
	if s.Start >= offset {
		// elements without source that stand at offset go with what is before
		return i, true
	}
	t, isText := e.Kids[i].(*Text)
	if !isText {
		return i, false
	}
	n := offset - s.Start
	a := &Text{t.Value[:n], Span{s.Start, offset}}
	b := &Text{t.Value[n:], Span{offset, s.End}}
	e.Kids[i] = a
	e.Kids = slices.Insert(e.Kids, i+1, Node(b))
	return i + 1, true
}

// Wrap puts w around what stands at s; where an element covers just s, w goes
// around it. It returns false, and changes nothing that shows, where s is empty,
// crosses the edge of an element, or takes in a delimiter of one.
func (e *Elem) Wrap(s Span, w *Elem) bool { return e.wrap(s, w, false) }

// WrapInner is Wrap, but where an element covers just s, w goes inside it.
func (e *Elem) WrapInner(s Span, w *Elem) bool { return e.wrap(s, w, true) }

func (e *Elem) wrap(s Span, w *Elem, inner bool) bool {
	if s.Len() <= 0 || !e.Src.Contains(s) {
		return false
	}
	h := e.home(s, inner)
	i, ok := h.split(s.Start)
	if !ok {
		return false
	}
	j, ok := h.split(s.End)
	if !ok {
		return false
	}
	if i >= j {
		return false
	}
	for _, k := range h.Kids[i:j] {
		if m, ok := k.(*Mark); ok && !m.Layout {
			return false // a delimiter stays with its element
		}
	}
	w.Src = s
	w.Kids = slices.Clone(h.Kids[i:j])
	h.Kids = slices.Replace(h.Kids, i, j, Node(w))
	return true
}

// Crosses says whether s could not be wrapped.
func (e *Elem) Crosses(s Span) bool {
	if s.Len() <= 0 || !e.Src.Contains(s) {
		return true
	}
	h := e.home(s, true)
	for _, at := range []int{s.Start, s.End} {
		if i := h.kid(at); i < len(h.Kids) {
			k := h.Kids[i].Span()
			if _, text := h.Kids[i].(*Text); !text && k.Start < at && at < k.End {
				return true
			}
		}
	}
	return false
}

// MarkSpan turns the Text at s into a delimiter. It returns the mark, or nil
// where s is not plain text.
func (e *Elem) MarkSpan(s Span) *Mark {
	if s.Len() <= 0 || !e.Src.Contains(s) {
		return nil
	}
	h := e.home(s, true)
	i, ok := h.split(s.Start)
	if !ok {
		return nil
	}
	j, ok := h.split(s.End)
	if !ok || j != i+1 {
		return nil
	}
	t, ok := h.Kids[i].(*Text)
	if !ok {
		return nil
	}
	m := &Mark{Value: t.Value, Src: t.Src}
	h.Kids[i] = m
	return m
}

// InsertAt puts an element without source at an offset, into the deepest
// element that holds it; between two elements it goes behind the first.
func (e *Elem) InsertAt(offset int, w *Elem) bool {
	if offset < e.Src.Start || offset > e.Src.End {
		return false
	}
	h := e
	for {
		i := h.kid(offset - 1)
		if offset == h.Src.Start {
			i = h.kid(offset)
		}
		if i == len(h.Kids) {
			break
		}
		k, ok := h.Kids[i].(*Elem)
		if !ok || k.Src.Start >= offset || k.Src.End <= offset {
			break
		}
		h = k
	}
	i, ok := h.split(offset)
	if !ok {
		return false
	}
	w.Src = Span{offset, offset}
	h.Kids = slices.Insert(h.Kids, i, Node(w))
	return true
}

// At is the deepest element that holds s.
func (e *Elem) At(s Span) *Elem { return e.home(s, true) }

// Walk calls f for e and every element below it, in document order, with its
// parent (nil for e). f returns false to pass over what is below; it may change
// the kids of its own element, and no others.
func (e *Elem) Walk(f func(e, parent *Elem) bool) { walk(e, nil, f) }

func walk(e, parent *Elem, f func(e, parent *Elem) bool) {
	if !f(e, parent) {
		return
	}
	for _, k := range e.Kids {
		if k, ok := k.(*Elem); ok {
			walk(k, e, f)
		}
	}
}

// Find lists the elements of a name below e, in document order.
func (e *Elem) Find(name string) []*Elem {
	var out []*Elem
	e.Walk(func(x, _ *Elem) bool {
		if x.Name == name {
			out = append(out, x)
		}
		return true
	})
	return out
}

// TextContent is what e's text is once written: Text without Marks.
func (e *Elem) TextContent() string {
	var b strings.Builder
	e.leaves(func(n Node) {
		if t, ok := n.(*Text); ok {
			b.WriteString(t.Value)
		}
	})
	return b.String()
}

func (e *Elem) leaves(f func(Node)) {
	for _, k := range e.Kids {
		if k, ok := k.(*Elem); ok {
			k.leaves(f)
			continue
		}
		f(k)
	}
}

// CheckTiling holds the law of the two texts: the leaves of e, in order, are
// page[e.Src], each with its own characters.
func (e *Elem) CheckTiling(page string) error {
	at, err := e.tiles(page, e.Src.Start)
	if err == nil && at != e.Src.End {
		err = fmt.Errorf("tei: the leaves end at %d, the source at %d", at, e.Src.End)
	}
	return err
}

// tiles follows the leaves of e from at on, and says where they end.
func (e *Elem) tiles(page string, at int) (int, error) {
	for _, k := range e.Kids {
		var s Span
		var v string
		switch k := k.(type) {
		case *Elem:
			var err error
			if at, err = k.tiles(page, at); err != nil {
				return at, err
			}
			continue
		case *Text:
			s, v = k.Src, k.Value
		case *Mark:
			s, v = k.Src, k.Value
		}
		switch {
		case s.Start != at:
			return at, fmt.Errorf("tei: the leaves have a gap or an overlap: %d is followed by %d", at, s.Start)
		case s.End < s.Start || s.End > len(page) || page[s.Start:s.End] != v:
			return at, fmt.Errorf("tei: the leaf at %d is not the source there", s.Start)
		}
		at = s.End
	}
	return at, nil
}
