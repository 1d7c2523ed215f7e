package lint

import (
	"bytes"
	"context"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// The pass over a document. Most elements have nothing to collect: the
// tokenizer numbers the names (symbols), and an attribute with the number 0 is
// passed over. Values are kept as parts of the document, without a copy.

// Namespaces.
const (
	teiNamespace      = "http://www.tei-c.org/ns/1.0"
	examplesNamespace = "http://www.tei-c.org/ns/Examples"
	includeNamespace  = "http://www.w3.org/2001/XInclude"
)

// Numbers of names. An attribute of TEI has attributeBase and its place in
// attributes.
const (
	otherName int32 = iota
	xmlID
	xmlLang
	xmlBase
	plainID // id without a namespace
	identAttribute
	teiElement
	prefixDefElement
	languageElement
	exampleElement // of a TEI example: text about elements, not elements of the text
	includeElement
	attributeBase
)

type symbols map[[2]string]int32

func (s symbols) Symbol(space, local string) int32 {
	if n, ok := s[[2]string{space, local}]; ok {
		return n
	}
	switch space {
	case teiNamespace:
		return teiElement
	case examplesNamespace:
		return exampleElement
	}
	return otherName
}

// names are the symbols. The tokenizer compares them, so they are one value.
var names = func() *symbols {
	s := symbols{
		{xmltok.XMLNamespace, "id"}:   xmlID,
		{xmltok.XMLNamespace, "lang"}: xmlLang,
		{xmltok.XMLNamespace, "base"}: xmlBase,
		{"", "id"}:                    plainID,
		{"", "ident"}:                 identAttribute,
		{teiNamespace, "prefixDef"}:   prefixDefElement,
		{teiNamespace, "language"}:    languageElement,
		{includeNamespace, "include"}: includeElement,
	}
	for i, a := range attributes {
		s[[2]string{"", a.name}] = attributeBase + int32(i)
	}
	return &s
}()

// span is a part of the document. n is 0 where the value is not in the
// document as it is, as with references in it.
type span struct{ at, n int }

// use is a value with its place.
type use struct {
	value []byte
	span
}

// identifier is what a pointer may name. Others than xml:id of the text, those
// in examples and of embedded SVG and the like, are not checked.
type identifier struct {
	use
	other bool
}

type pointer struct {
	use
	attribute *attribute
	base      int // place in facts.bases
}

type dateUse struct {
	use
	attribute *attribute
	element   int // attributes of one element have the same
}

// base is an xml:base in force.
type base struct {
	depth     int // of its element
	outer     int // place in facts.bases
	path      string
	absolute  bool // it is no path in this corpus
	elsewhere bool // it is not of the document element, where it tells the document's own address
}

type facts struct {
	tok     xmltok.Tokenizer
	name    string
	o       Options
	partial bool // not all of the document is here

	ids       []identifier
	known     map[string]int // where an id is first given
	pointers  []pointer
	prefixes  []prefixDef
	matched   int   // bytes held to patterns of prefixes
	languages []use // xml:lang, and language/@ident
	declared  map[string]bool
	dates     []dateUse
	bases     []base // the first stands for none
	base      int
	elements  int
}

func (f *facts) collect(ctx context.Context, name string, doc []byte, o Options) (*diag.Finding, error) {
	f.name, f.o, f.partial = name, o, false
	f.ids, f.pointers, f.languages, f.dates, f.prefixes = f.ids[:0], f.pointers[:0], f.languages[:0], f.dates[:0], nil
	f.bases, f.base, f.elements, f.matched = append(f.bases[:0], base{path: name}), 0, 0, 0
	f.known, f.declared = map[string]int{}, map[string]bool{}
	f.tok.Reset(name, doc, names, o.Limits)
	for n := 0; ; n++ {
		if n&0xFFF == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		kind, err := f.tok.Next()
		switch {
		case err != nil:
			if e, ok := err.(*xmltok.Error); ok {
				f.partial = true
				return &e.Finding, nil
			}
			return nil, err
		case kind == xmltok.EOF:
			return nil, nil
		case kind == xmltok.StartElement:
			f.element()
		}
	}
}

// release lets go of the document.
func (f *facts) release() {
	clear(f.ids)
	clear(f.pointers)
	clear(f.languages)
	clear(f.dates)
	f.known, f.declared, f.prefixes, f.o = nil, nil, nil, Options{}
	f.tok.Reset("", nil, names, xmltok.Limits{})
	checkers.Put(f)
}

// element collects the attributes of the element that was opened.
func (f *facts) element() {
	for f.base > 0 && f.bases[f.base].depth >= f.tok.Depth() {
		f.base = f.bases[f.base].outer
	}
	element := f.tok.Name
	switch element.ID {
	case includeElement:
		f.partial = f.partial || !f.o.Expanded
	case prefixDefElement:
		f.prefixDef()
	}
	if len(f.tok.Attrs) == 0 {
		return
	}
	f.elements++
	first := len(f.pointers)
	for i := range f.tok.Attrs {
		a := &f.tok.Attrs[i]
		if a.Name.ID == otherName {
			continue
		}
		f.attributeOf(element, a)
	}
	if b := f.base; b > 0 && f.bases[b].depth == f.tok.Depth() {
		for i := range f.pointers[first:] {
			f.pointers[first+i].base = b // an element's xml:base is for its own attributes too
		}
	}
}

func (f *facts) attributeOf(element *xmltok.Name, a *xmltok.Attr) {
	tei := element.ID >= teiElement && element.ID <= languageElement
	switch n := a.Name.ID; {
	case element.ID == exampleElement:
		if n == xmlID {
			f.know(f.useOf(a), true)
		}
	case n == xmlID:
		f.know(trimmed(f.useOf(a)), false)
	case n == xmlLang:
		f.languages = append(f.languages, trimmed(f.useOf(a)))
	case n == xmlBase:
		f.pushBase(string(a.Value))
	case n == plainID:
		if !tei {
			f.know(f.useOf(a), true)
		}
	case n == identAttribute:
		if element.ID == languageElement {
			u := trimmed(f.useOf(a))
			f.languages = append(f.languages, u)
			f.declared[strings.ToLower(string(u.value))] = true
		}
	case n >= attributeBase && tei:
		row := &attributes[n-attributeBase]
		switch {
		case row.points(element.Local):
			f.point(row, f.useOf(a))
		case row.dates(element.Local):
			f.dates = append(f.dates, dateUse{trimmed(f.useOf(a)), row, f.elements})
		}
	}
}

func (f *facts) know(u use, other bool) {
	f.ids = append(f.ids, identifier{u, other})
	if _, is := f.known[string(u.value)]; !is {
		f.known[string(u.value)] = u.at
	}
}

// point collects the pointers in a value: the items of a list, or the one.
func (f *facts) point(row *attribute, u use) {
	u = trimmed(u)
	if row.pointers == one || len(u.value) == 0 {
		f.pointers = append(f.pointers, pointer{u, row, f.base})
		return
	}
	for len(u.value) > 0 {
		item := u
		n := bytes.IndexByte(u.value, ' ')
		if n < 0 {
			n = len(u.value)
		}
		item.value = u.value[:n:n]
		if u.n > 0 {
			item.n = n
		}
		f.pointers = append(f.pointers, pointer{item, row, f.base})
		u = trimmed(u.from(n))
	}
}

// useOf is an attribute's value with its place.
func (f *facts) useOf(a *xmltok.Attr) use {
	u := use{a.Value, span{a.ValueOffset, 0}}
	doc := f.tok.Source()
	if end := a.ValueOffset + len(a.Value); end <= len(doc) {
		switch raw := doc[a.ValueOffset:end]; {
		case bytes.Equal(raw, a.Value):
			u.value, u.n = raw, len(raw)
			return u
		case sameLength(raw, a.Value):
			u.n = len(raw)
		}
	}
	u.value = bytes.Clone(a.Value)
	return u
}

// sameLength reports whether value is raw with its white space as spaces.
func sameLength(raw, value []byte) bool {
	for i, c := range value {
		if r := raw[i]; r != c && (c != ' ' || r != '\n' && r != '\t') {
			return false
		}
	}
	return true
}

// from is u without its first n bytes.
func (u use) from(n int) use {
	u.value = u.value[n:]
	if u.n > 0 {
		u.at += n
		u.n -= n
	}
	return u
}

// trimmed is u without the spaces at its ends. One that is empty has its
// place all the same.
func trimmed(u use) use {
	n := 0
	for n < len(u.value) && u.value[n] == ' ' {
		n++
	}
	u = u.from(n)
	for len(u.value) > 0 && u.value[len(u.value)-1] == ' ' {
		u.value = u.value[:len(u.value)-1]
		u.n = max(u.n-1, 0)
	}
	return u
}

// pushBase puts an xml:base in force.
func (f *facts) pushBase(value string) {
	b := base{depth: f.tok.Depth(), outer: f.base, elsewhere: f.tok.Depth() > 1}
	if f.o.Expanded {
		return
	}
	outer := &f.bases[f.base]
	if t := split(value); t.scheme != "" || outer.absolute {
		b.absolute = true
	} else {
		b.path = join(outer.path, t.path)
	}
	f.bases = append(f.bases, b)
	f.base = len(f.bases) - 1
}
