package relaxng

import (
	"strings"
)

// The writer of the XML syntax, for trees that the compact syntax was read into:
// what belongs to RELAX NG has no prefix, the datatype library that is used most
// stands on the root, and each element is a line, with those inside it indented
// by two. Text is never moved: what holds it is written on one line.

// writeXML writes a schema in the XML syntax.
func writeXML(root *Node) []byte {
	w := &xmlWriter{common: commonLibrary(root)}
	w.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	head := prologue(root)
	for _, c := range head {
		w.comment(c, 0)
		w.b.WriteByte('\n')
	}
	whole := *root
	whole.Kids = root.Kids[len(head):]
	end := len(whole.Kids)
	for root.is("value") && end > 0 && whole.Kids[end-1].Kind == CommentNode {
		end-- // not into the text
	}
	after := whole.Kids[end:]
	whole.Kids = whole.Kids[:end]
	w.element(&whole, 0, "", true)
	w.b.WriteByte('\n')
	for _, c := range after {
		w.comment(c, 0)
		w.b.WriteByte('\n')
	}
	return []byte(w.b.String())
}

type xmlWriter struct {
	b      strings.Builder
	common string // the library on the root
}

// commonLibrary is the datatype library that is used most. The built-in one is
// not counted: it needs no name.
func commonLibrary(root *Node) string {
	uses := map[string]int{}
	best := ""
	var walk func(*Node)
	walk = func(n *Node) {
		if uri, ok := n.Attr("datatypeLibrary"); ok && uri != "" && n.Space == Namespace {
			if uses[uri]++; best == "" || uses[uri] > uses[best] {
				best = uri
			}
		}
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(root)
	return best
}

// element writes an element of RELAX NG; library is the one that holds there.
func (w *xmlWriter) element(n *Node, indent int, library string, root bool) {
	w.b.WriteByte('<')
	w.b.WriteString(n.Local)
	if root {
		for _, d := range n.Decls() {
			w.declaration(d.Prefix, d.URI)
		}
	}
	own, typed := n.Attr("datatypeLibrary")
	for _, a := range n.Attrs {
		if a.Space != "" || a.Local != "datatypeLibrary" {
			w.attribute(a)
		}
	}
	switch {
	case root && w.common != "" && !typed:
		w.attribute(NodeAttr{Local: "datatypeLibrary", Value: w.common})
		library = w.common
	case typed && own != library:
		w.attribute(NodeAttr{Local: "datatypeLibrary", Value: own})
		library = own
	}
	kids := n.Kids
	if n.Local == "attribute" {
		kids = withoutText(n)
	}
	if len(kids) == 0 {
		w.b.WriteString("/>")
		return
	}
	w.b.WriteByte('>')
	inline := n.Local == "value" || n.Local == "param" || n.Local == "name"
	for _, k := range kids {
		if !inline {
			w.newLine(indent + 2)
		}
		switch {
		case k.Kind == TextNode:
			if inline {
				w.text(k.Text, false)
			}
		case k.Kind == CommentNode:
			w.comment(k, indent+2)
		case k.Space == Namespace:
			w.element(k, indent+2, library, false)
		default:
			w.foreign(k, indent+2, Namespace, false)
		}
	}
	if !inline {
		w.newLine(indent)
	}
	w.end(n.Local)
}

// withoutText leaves out the <text/> of an attribute, which is what one without
// a pattern holds.
func withoutText(n *Node) []*Node {
	kids := n.Kids
	if len(kids) == 0 {
		return nil
	}
	if last := kids[len(kids)-1]; last.is("text") && len(last.Attrs) == 0 && len(last.Kids) == 0 {
		return kids[:len(kids)-1]
	}
	return kids
}

// foreign writes an annotation; ns is the default namespace where it stands.
func (w *xmlWriter) foreign(n *Node, indent int, ns string, inline bool) {
	name := n.Local
	if n.Prefix() != "" {
		name = n.Prefix() + ":" + n.Local
	}
	w.b.WriteByte('<')
	w.b.WriteString(name)
	if n.Prefix() == "" && n.Space != ns {
		w.declaration("", n.Space)
		ns = n.Space
	}
	for _, a := range n.Attrs {
		w.attribute(a)
	}
	kids, apart := foreignContent(n)
	if len(kids) == 0 {
		w.b.WriteString("/>")
		return
	}
	w.b.WriteByte('>')
	lines := apart && !inline
	for _, k := range kids {
		if lines {
			w.newLine(indent + 2)
		}
		switch k.Kind {
		case TextNode:
			w.text(k.Text, false)
		case CommentNode:
			w.comment(k, indent+2)
		default:
			w.foreign(k, indent+2, ns, !lines)
		}
	}
	if lines {
		w.newLine(indent)
	}
	w.end(name)
}

func (w *xmlWriter) newLine(indent int) {
	w.b.WriteByte('\n')
	w.b.WriteString(strings.Repeat(" ", indent))
}

func (w *xmlWriter) end(name string) {
	w.b.WriteString("</")
	w.b.WriteString(name)
	w.b.WriteByte('>')
}

func (w *xmlWriter) declaration(prefix, uri string) {
	w.b.WriteString(" xmlns")
	if prefix != "" {
		w.b.WriteByte(':')
		w.b.WriteString(prefix)
	}
	w.b.WriteString(`="`)
	w.text(uri, true)
	w.b.WriteByte('"')
}

func (w *xmlWriter) attribute(a NodeAttr) {
	w.b.WriteByte(' ')
	if a.Prefix != "" {
		w.b.WriteString(a.Prefix)
		w.b.WriteByte(':')
	}
	w.b.WriteString(a.Local)
	w.b.WriteString(`="`)
	w.text(a.Value, true)
	w.b.WriteByte('"')
}

// text writes characters. Those that reading would change are written by their
// numbers: all line ends but line feeds, and in attributes all white space but
// spaces (XML 1.0, 2.11 and 3.3.3).
func (w *xmlWriter) text(s string, attribute bool) {
	from := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '\r':
			entity = "&#xD;"
		case '"':
			if !attribute {
				continue
			}
			entity = "&quot;"
		case '\n':
			if !attribute {
				continue
			}
			entity = "&#xA;"
		case '\t':
			if !attribute {
				continue
			}
			entity = "&#x9;"
		default:
			continue
		}
		w.b.WriteString(s[from:i])
		w.b.WriteString(entity)
		from = i + 1
	}
	w.b.WriteString(s[from:])
}

// comment writes a comment, one of several lines with these between the signs.
// A comment can't hold two hyphens side by side (XML 1.0, 2.5).
func (w *xmlWriter) comment(n *Node, indent int) {
	lines := commentLines(n)
	if len(lines) == 1 && lines[0] == "" {
		w.b.WriteString("<!---->")
		return
	}
	w.b.WriteString("<!--")
	for _, l := range lines {
		if len(lines) == 1 {
			w.b.WriteByte(' ')
			l = strings.TrimLeft(l, " \t")
		} else {
			w.b.WriteByte('\n')
			if l != "" {
				w.b.WriteString(strings.Repeat(" ", indent+2))
			}
		}
		w.b.WriteString(strings.ReplaceAll(strings.ReplaceAll(l, "--", "- -"), "--", "- -"))
	}
	if len(lines) == 1 {
		w.b.WriteString(" -->")
		return
	}
	w.newLine(indent)
	w.b.WriteString("-->")
}
