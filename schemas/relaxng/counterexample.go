package relaxng

import (
	"cmp"
	"fmt"
	"strings"

	"sigla/schemas/datatype"
)

// The document of a difference. While schemas are compared, pieces of it are put
// together as a tree that shares its parts; only the one that shows a difference
// is written.

type fragmentKind uint8

const (
	joinFragment fragmentKind = iota // left, then right
	elementFragment
	attributeFragment
	textFragment
)

// fragment is a part of a document: what stands inside an element.
type fragment struct {
	kind        fragmentKind
	name        qname
	text        string
	doubt       string          // why there may be no such text
	id          datatype.IDKind // of an attribute
	left, right *fragment       // of an element, left is its inside
}

// firstDoubt is the first doubt about a text in it, or "".
func (p *fragment) firstDoubt() string {
	if p == nil {
		return ""
	}
	return cmp.Or(p.doubt, p.left.firstDoubt(), p.right.firstDoubt())
}

func join(a, b *fragment) *fragment {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return &fragment{left: a, right: b}
}

// each calls f for the elements, attributes and texts of a piece, not for what
// is inside of its elements.
func (p *fragment) each(f func(*fragment)) {
	switch {
	case p == nil:
	case p.kind == joinFragment:
		p.left.each(f)
		p.right.each(f)
	default:
		f(p)
	}
}

// spelled is a name that stands for those that neither schema speaks of; the
// number tells several apart.
func (c *comparison) spelled(n qname, a, b *alphabet, number int) qname {
	taken := func(space, local string) bool {
		_, inA := a.names[qname{space, local}]
		_, inB := b.names[qname{space, local}]
		return inA || inB
	}
	known := func(space string) bool {
		_, inA := a.spaces[space]
		_, inB := b.spaces[space]
		return inA || inB
	}
	if n.space == impossible {
		n.space = ""
		for i := 1; known(n.space) || taken(n.space, n.local); i++ {
			n.space = fmt.Sprintf("http://example.org/%d", i)
		}
	}
	if n.local == impossible {
		for i := number; ; i++ {
			if n.local = "other"; i > 0 {
				n.local = fmt.Sprintf("other%d", i+1)
			}
			if !taken(n.space, n.local) {
				break
			}
		}
	}
	return n
}

// writtenElements are the elements of a written document, with their paths.
type writtenElements []writtenElement

type writtenElement struct {
	from, to int
	path     string
}

// at is the path of the innermost element at an offset.
func (l writtenElements) at(offset int) string {
	best := writtenElement{to: 1 << 62}
	for _, e := range l {
		if e.from <= offset && offset < e.to && e.to-e.from < best.to-best.from {
			best = e
		}
	}
	return best.path
}

// document writes a piece as a document. White space is added only where no text
// is: there it means nothing (6.2.6).
func (c *comparison) document(p *fragment) (string, writtenElements) {
	w := &fragmentWriter{ids: map[string]bool{}}
	w.inside(p, "", "", 0)
	return w.out.String(), w.elements
}

type fragmentWriter struct {
	out      strings.Builder
	elements writtenElements
	ids      map[string]bool
	id       string // the first
}

func (w *fragmentWriter) inside(p *fragment, space, path string, depth int) {
	elements, text := 0, false
	p.each(func(k *fragment) {
		if k.kind == elementFragment {
			elements++
		}
		text = text || k.kind == textFragment
	})
	line := func(depth int) {
		if elements > 0 && !text && w.out.Len() > 0 {
			w.out.WriteString("\n" + strings.Repeat("  ", depth))
		}
	}
	p.each(func(k *fragment) {
		switch k.kind {
		case elementFragment:
			line(depth)
			w.element(k, space, path, depth)
		case textFragment:
			w.out.WriteString(textEscaper.Replace(k.text))
		}
	})
	if depth > 0 {
		line(depth - 1)
	}
}

func (w *fragmentWriter) element(p *fragment, space, path string, depth int) {
	from := w.out.Len()
	path = strings.TrimPrefix(path+"/"+p.name.local, "/")
	tag := p.name.local
	if p.name.space == xmlNamespace {
		tag = "xml:" + tag
	}
	w.out.WriteString("<" + tag)
	if p.name.space != space && p.name.space != xmlNamespace {
		space = p.name.space
		fmt.Fprintf(&w.out, ` xmlns="%s"`, attributeEscaper.Replace(p.name.space))
	}
	content := false
	spaces := map[string]string{"": "", xmlNamespace: "xml:"}
	p.left.each(func(k *fragment) {
		if k.kind != attributeFragment {
			content = true
			return
		}
		prefix, ok := spaces[k.name.space]
		if !ok {
			prefix = fmt.Sprintf("n%d", len(spaces)-1)
			fmt.Fprintf(&w.out, ` xmlns:%s="%s"`, prefix, attributeEscaper.Replace(k.name.space))
			prefix += ":"
			spaces[k.name.space] = prefix
		}
		fmt.Fprintf(&w.out, ` %s%s="%s"`, prefix, k.name.local, attributeEscaper.Replace(w.identified(k)))
	})
	if !content {
		w.out.WriteString("/>")
	} else {
		w.out.WriteString(">")
		w.inside(p.left, space, path, depth+1)
		w.out.WriteString("</" + tag + ">")
	}
	w.elements = append(w.elements, writtenElement{from, w.out.Len(), path})
}

// identified is an attribute's value, such that identifiers differ and references
// to them mean the first.
func (w *fragmentWriter) identified(p *fragment) string {
	switch p.id {
	case datatype.ID:
		id := p.text
		for i := 2; w.ids[id]; i++ {
			id = fmt.Sprintf("%s%d", p.text, i)
		}
		w.ids[id] = true
		if w.id == "" {
			w.id = id
		}
		return id
	case datatype.IDREF, datatype.IDREFS:
		if w.id != "" {
			return w.id
		}
	}
	return p.text
}

var (
	textEscaper      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")
)
