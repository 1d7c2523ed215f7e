package tei

import (
	"fmt"
	"slices"
	"strings"

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
type Tree struct{ doc *etree.Document }

// structural elements hold elements only, or hold them only wherever no words
// stand between.
var structural = map[string]bool{
	"body": true, "div": true, "floatingText": true, "opener": true, "closer": true, "list": true, "item": true,
	"sp": true, "table": true, "row": true, "note": true, "postscript": true, "quote": true, "address": true,
}

type builder struct {
	renditions []Rendition
	byContent  map[string]string
	ids        map[string]bool
	empty      map[*Elem]bool
	fault      error
}

// Build makes the tree of d. It fills d.Header.Renditions. An error means that
// the document breaks a law of this package, never that the user's text is at
// fault.
func Build(d *Document) (*Tree, error) {
	b := &builder{byContent: map[string]string{}, ids: map[string]bool{}, empty: map[*Elem]bool{}}
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
	root.AddChild(d.Header.teiHeader())
	if s := d.Header.standOff(); s != nil {
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
	return &Tree{doc}, nil
}

// elem builds one element; depth is its indentation in steps of two spaces.
func (b *builder) elem(e *Elem, depth int) *etree.Element {
	x := etree.NewElement(e.Name)
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
	var refs []string
	if before != "" {
		refs = append(refs, "#"+b.rendition("before", before))
	}
	if after != "" {
		refs = append(refs, "#"+b.rendition("after", after))
	}
	if refs != nil {
		x.CreateAttr("rendition", strings.Join(refs, " "))
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
		pad = "\n" + strings.Repeat("  ", depth)
	}
	for _, k := range kids {
		switch k := k.(type) {
		case *Text:
			x.CreateText(k.Value)
		case *Elem:
			if indent {
				x.CreateText(pad)
			}
			x.AddChild(b.elem(k, depth+1))
		case *Mark:
			switch {
			case !k.Layout:
				b.fail(e, fmt.Sprintf("has the mark %q between its words", k.Value))
			case !indent:
				// white space between elements of a mixed element
				x.CreateText(k.Value)
			}
		}
	}
	if indent {
		x.CreateText(pad[:len(pad)-2])
	}
	return x
}

// edges divides the kids of e into the marks before, the kids proper and the
// marks after, and gives the marks as CSS content values. Layout at the edges
// is dropped. All marks of an element without words are before.
func (b *builder) edges(e *Elem) (kids []Node, before, after string) {
	i, j := 0, len(e.Kids)
	var open, close []*Mark
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
