package tei

import (
	"slices"
)

// Span is a half-open range of byte offsets into the page's decoded text.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Node is one of *Elem, *Text and *Mark.
type Node interface{ Span() Span }

// Attr is an attribute; Name carries its prefix (xml:id).
type Attr struct{ Name, Value string }

// Elem is an element. Src covers all that its kids cover; an element that
// stands between characters, such as lb, has an empty Src.
//
// Content, where set, is an element further on in the source whose kids are
// written here, while it is written empty itself: the words of a footnote
// stand at its reference (TEI P5, 3.9.1), and their block keeps their place.
type Elem struct {
	Name    string
	Attrs   []Attr
	Kids    []Node
	Src     Span
	Content *Elem
}

// Text is source characters that become characters of the TEI text.
type Text struct {
	Value string
	Src   Span
}

// Mark is source characters that the markup stands for: a delimiter that a
// rendition puts back, or, where Layout is set, white space between blocks.
// Attr names the attribute of the parent that holds the same characters, as
// @n of pb holds the page's number.
type Mark struct {
	Value  string
	Src    Span
	Layout bool
	Attr   string
}

// Span is the source range of e.
func (e *Elem) Span() Span { return e.Src }

// Span is the source range of t.
func (t *Text) Span() Span { return t.Src }

// Span is the source range of m.
func (m *Mark) Span() Span { return m.Src }

// Get is the value of an attribute, or the empty string.
func (e *Elem) Get(name string) string {
	for _, a := range e.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Set gives an attribute a value; an empty value takes the attribute away.
func (e *Elem) Set(name, value string) *Elem {
	i := slices.IndexFunc(e.Attrs, func(a Attr) bool { return a.Name == name })
	switch {
	case value == "" && i >= 0:
		e.Attrs = slices.Delete(e.Attrs, i, i+1)
	case value == "":
	case i >= 0:
		e.Attrs[i].Value = value
	default:
		e.Attrs = append(e.Attrs, Attr{name, value})
	}
	return e
}

// Document is one encoded page: the header, and the text as a tree that tiles
// the body of the page.
type Document struct {
	Header Header
	Page   string // the decoded page; Src of every node points into it
	Body   *Elem  // the element body of text
}

// New makes an element from its name and attributes, given as name, value
// pairs; pairs with an empty value are left out.
func New(name string, attrs ...string) *Elem {
	e := &Elem{Name: name}
	for i := 0; i+1 < len(attrs); i += 2 {
		e.Set(attrs[i], attrs[i+1])
	}
	return e
}
