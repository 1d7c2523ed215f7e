package tei

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/beevik/etree"
)

// Here the document becomes an XML tree. Marks turn into declared renditions
// (TEI P5, 2.3.5: rendition with @scope before or after), layout white space is
// replaced by indentation where only elements stand, and mixed content is
// written to the letter. etree.Indent is never used: it adds text to mixed
// content.

// Namespace is the namespace of TEI.
const Namespace = "http://www.tei-c.org/ns/1.0"

// Tree is a built document, ready to be written.
type Tree struct {
	doc   *etree.Document
	maker *maker
}

// Release gives back the room that the tree takes, for the next to be built in;
// it may not be used any more.
func (t *Tree) Release() {
	if m := t.maker; m != nil && len(m.texts.rooms) < 256 {
		m.elems.reset()
		m.texts.reset()
		m.attrs.reset()
		m.kids.reset()
		makers.Put(m)
	}
	*t = Tree{}
}

// structural elements hold elements only, or hold them only wherever no words
// stand between.
var structural = map[string]bool{
	"body": true, "div": true, "floatingText": true, "opener": true, "closer": true, "list": true, "item": true,
	"sp": true, "table": true, "note": true, "postscript": true, "quote": true, "address": true,
}

type builder struct {
	renditions []Rendition
	byContent  map[string]string
	ids        map[string]bool
	empty      map[*Elem]bool
	fault      error
	*maker
}

// maker makes the parts of a tree. They are small and many, so they come from
// rooms that are kept for the next tree.
type maker struct {
	elems slab[etree.Element]
	texts slab[etree.CharData]
	attrs slab[etree.Attr]
	kids  slab[etree.Token]
}

var makers = sync.Pool{New: func() any { return new(maker) }}

// slab gives out parts of rooms, from the first on.
type slab[T any] struct {
	rooms    [][]T
	room, at int
}

func (s *slab[T]) take(n int) []T {
	const size = 128
	for ; s.room < len(s.rooms); s.room, s.at = s.room+1, 0 {
		if r := s.rooms[s.room]; s.at+n <= len(r) {
			s.at += n
			return r[s.at-n : s.at : s.at]
		}
	}
	s.rooms = append(s.rooms, make([]T, max(n, size)))
	s.at = n
	return s.rooms[s.room][:n:n]
}

// reset takes all back.
func (s *slab[T]) reset() {
	for i := range s.rooms[:min(s.room+1, len(s.rooms))] {
		clear(s.rooms[i])
	}
	s.room, s.at = 0, 0
}

// element makes an element, of a name without prefix, with room for attributes
// and kids.
func (m *maker) element(name string, attrs, kids int) *etree.Element {
	x := &m.elems.take(1)[0]
	x.Tag, x.Attr, x.Child = name, m.attrs.take(attrs)[:0], m.tokens(kids)
	return x
}

// child makes an element within another.
func (m *maker) child(parent *etree.Element, name string, attrs, kids int) *etree.Element {
	x := m.element(name, attrs, kids)
	parent.AddChild(x)
	return x
}

// tokens is room for n kids.
func (m *maker) tokens(n int) []etree.Token { return m.kids.take(n)[:0] }

// chars makes characters.
func (m *maker) chars(s string) *etree.CharData {
	t := &m.texts.take(1)[0]
	t.Data = s
	return t
}

// text adds characters to x.
func (m *maker) text(x *etree.Element, s string) { x.AddChild(m.chars(s)) }

// Build makes the tree of d. It fills d.Header.Renditions. An error means that
// the document breaks a law of this package, never that the user's text is at
// fault.
func Build(d *Document) (*Tree, error) {
	b := &builder{byContent: map[string]string{}, ids: map[string]bool{}, empty: map[*Elem]bool{}, maker: makers.Get().(*maker)}
	d.Body.Walk(func(e, _ *Elem) bool {
		if e.Content != nil {
			b.empty[e.Content] = true
		}
		if id := e.Get("xml:id"); id != "" {
			b.ids[id] = true
		}
		return true
	})
	body := b.elem(d.Body, 3)
	if b.fault != nil {
		return nil, b.fault
	}
	d.Header.Renditions = b.renditions

	doc := etree.NewDocument()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	doc.CreateText("\n")
	for _, kind := range []string{"http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron"} {
		doc.CreateProcInst("xml-model", `href="https://vault.tei-c.org/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng" type="application/xml" schematypens="`+kind+`"`)
		doc.CreateText("\n")
	}
	root := doc.CreateElement("TEI")
	root.CreateAttr("xmlns", Namespace)
	if d.Header.ID != "" {
		root.CreateAttr("xml:id", d.Header.ID)
	}
	lang := d.Header.Lang
	if lang != "" {
		root.CreateAttr("xml:lang", lang)
	}
	root.CreateText("\n  ")
	root.AddChild(d.Header.teiHeader(b.maker))
	if s := d.Header.standOff(b.maker); s != nil {
		root.CreateText("\n  ")
		root.AddChild(s)
	}
	root.CreateText("\n  ")
	text := root.CreateElement("text")
	if lang != "" {
		text.CreateAttr("xml:lang", lang)
	}
	text.CreateText("\n    ")
	text.AddChild(body)
	text.CreateText("\n  ")
	root.CreateText("\n")
	doc.CreateText("\n")
	return &Tree{doc, b.maker}, nil
}

// elem builds one element; depth is its indentation in steps of two spaces.
func (b *builder) elem(e *Elem, depth int) *etree.Element {
	x := b.element(e.Name, len(e.Attrs)+1, 2*len(e.Kids)+1)
	for _, a := range e.Attrs {
		x.CreateAttr(a.Name, a.Value)
	}
	if b.empty[e] {
		return x
	}
	kids, before, after := b.edges(e)
	if e.Content != nil {
		if len(kids) > 0 {
			b.fail(e, "has words of its own and those of another place")
			return x
		}
		// the label of the block is the mark at the reference
		kids, _, _ = b.edges(e.Content)
	}
	var refs string
	if before != "" {
		refs = "#" + b.rendition("before", before)
	}
	if after != "" {
		if refs != "" {
			refs += " "
		}
		refs += "#" + b.rendition("after", after)
	}
	if refs != "" {
		x.CreateAttr("rendition", refs)
	}
	if len(kids) == 0 {
		return x
	}
	indent := structural[e.Name]
	for _, k := range kids {
		if _, ok := k.(*Text); ok {
			indent = false
		}
	}
	pad := ""
	if indent {
		pad = indentation(depth)
	}
	for _, k := range kids {
		switch k := k.(type) {
		case *Text:
			b.text(x, k.Value)
		case *Elem:
			if indent {
				b.text(x, pad)
			}
			x.AddChild(b.elem(k, depth+1))
		case *Mark:
			switch {
			case !k.Layout:
				b.fail(e, fmt.Sprintf("has the mark %q between its words", k.Value))
			case !indent:
				// white space between elements of a mixed element
				b.text(x, k.Value)
			}
		}
	}
	if indent {
		b.text(x, pad[:len(pad)-2])
	}
	return x
}

// indentation is a line end and the white space that a depth begins with.
func indentation(depth int) string {
	const deep = "\n                                                                "
	if n := 1 + 2*depth; n <= len(deep) {
		return deep[:n]
	}
	return "\n" + strings.Repeat("  ", depth)
}

// edges divides the kids of e into the marks before, the kids proper and the
// marks after, and gives the marks as CSS content values. Layout at the edges
// is dropped. All marks of an element without words are before.
func (b *builder) edges(e *Elem) (kids []Node, before, after string) {
	i, j := 0, len(e.Kids)
	var few [4]*Mark
	open, close := few[:0:2], few[2:2]
	for ; i < j; i++ {
		m, ok := e.Kids[i].(*Mark)
		if !ok {
			break
		}
		if !m.Layout {
			open = append(open, m)
		}
	}
	for ; j > i; j-- {
		m, ok := e.Kids[j-1].(*Mark)
		if !ok {
			break
		}
		if !m.Layout {
			close = append(close, m)
		}
	}
	slices.Reverse(close)
	return e.Kids[i:j], contentValue(open), contentValue(close)
}

// contentValue writes marks as the value of a CSS content property: strings and
// attr() of what an attribute holds.
func contentValue(marks []*Mark) string {
	var s strings.Builder
	inString := false
	for _, m := range marks {
		if m.Attr != "" {
			if inString {
				s.WriteString("\" ")
				inString = false
			} else if s.Len() > 0 {
				s.WriteByte(' ')
			}
			s.WriteString("attr(" + m.Attr + ")")
			continue
		}
		if !inString {
			if s.Len() > 0 {
				s.WriteByte(' ')
			}
			s.WriteByte('"')
			inString = true
		}
		for _, r := range m.Value {
			switch r {
			case '"', '\\':
				s.WriteByte('\\')
				s.WriteRune(r)
			case '\n':
				s.WriteString(`\A `)
			case '\t':
				s.WriteString(`\9 `)
			default:
				s.WriteRune(r)
			}
		}
	}
	if inString {
		s.WriteByte('"')
	}
	return s.String()
}

// names of the renditions that nearly every document has.
var renditionNames = map[string]string{
	`before "["`: "sb-open", `after "]"`: "sb-close", `before "[Stamp: "`: "sb-stamp",
	`before "\""`: "dq-open", `after "\""`: "dq-close", `before "“"`: "dq-open-curly", `after "”"`: "dq-close-curly",
	`before "[["`: "sb-open-double", `after "]]"`: "sb-close-double", `before "[...]"`: "ellipsis",
	`before "\9 "`: "tab", `before " | "`: "stroke", `before "| "`: "stroke-first", `after " |"`: "stroke-last",
	`before "[" attr(n) "]"`: "note-number", `before "[page " attr(n) "]"`: "page-number",
}

// rendition is the id of a declared string, declared when it is first met.
func (b *builder) rendition(scope, content string) string {
	key := scope + " " + content
	if id, ok := b.byContent[key]; ok {
		return id
	}
	id, ok := renditionNames[key]
	if !ok {
		var s strings.Builder
		for _, r := range strings.ToLower(content) {
			switch {
			case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
				s.WriteRune(r)
			case s.Len() > 0 && !strings.HasSuffix(s.String(), "-"):
				s.WriteByte('-')
			}
			if s.Len() > 24 {
				break
			}
		}
		id = strings.Trim("mark-"+strings.Trim(s.String(), "-"), "-") + "-" + scope
		if inner := strings.Trim(content, `"`); strings.Trim(inner, " ") == "" && inner != "" {
			id = fmt.Sprintf("space-%d", len(inner))
		}
	}
	for base, n := id, 2; b.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	b.ids[id] = true
	b.byContent[key] = id
	b.renditions = append(b.renditions, Rendition{ID: id, Scope: scope, Content: content})
	return id
}

func (b *builder) fail(e *Elem, what string) {
	if b.fault == nil {
		b.fault = fmt.Errorf("tei: <%s> at %d %s", e.Name, e.Src.Start, what)
	}
}
