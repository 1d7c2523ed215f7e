package relaxng

import (
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// readXML reads a schema in the XML syntax. With annotations the whole file is
// kept, as the converter needs it; without, of all that is foreign to RELAX NG
// only a:documentation is, which messages quote.
func readXML(f *File, tok *xmltok.Tokenizer, annotations bool) (*Node, diag.List) {
	r := &xmlReader{file: f, tok: tok, annotations: annotations}
	root, err := r.read()
	if err != nil {
		if e, ok := err.(*xmltok.Error); ok {
			return nil, diag.List{e.Finding}
		}
		return nil, diag.List{{Pos: f.Pos(0), Severity: diag.Error, Code: "rng/unreadable", Message: err.Error()}}
	}
	return root, nil
}

type xmlReader struct {
	file        *File
	tok         *xmltok.Tokenizer
	annotations bool

	slab  []Node     // nodes are cut from slabs
	kids  []*Node    // kids of the open elements, innermost last
	slots []*Node    // lists of kids are cut from slabs too
	attrs []NodeAttr // and so are attributes
}

func (r *xmlReader) node() *Node {
	if len(r.slab) == 0 {
		r.slab = make([]Node, 128)
	}
	n := &r.slab[0]
	r.slab = r.slab[1:]
	n.File = r.file
	return n
}

// list keeps a copy of kids.
func (r *xmlReader) list(kids []*Node) []*Node {
	if len(kids) == 0 {
		return nil
	}
	if len(r.slots) < len(kids) {
		r.slots = make([]*Node, max(1024, len(kids)))
	}
	l := r.slots[:len(kids):len(kids)]
	r.slots = r.slots[len(kids):]
	copy(l, kids)
	return l
}

// cut takes n attributes off the slab.
func (r *xmlReader) cut(n int) []NodeAttr {
	if n == 0 {
		return nil
	}
	if len(r.attrs) < n {
		r.attrs = make([]NodeAttr, max(256, n))
	}
	l := r.attrs[:0:n]
	r.attrs = r.attrs[n:]
	return l
}

// text is a string for a token's value: part of the file's text where the value
// stands there as it is.
func (r *xmlReader) text(value []byte, offset int) string {
	if end := offset + len(value); offset >= 0 && end <= len(r.file.Text) && string(value) == r.file.Text[offset:end] {
		return r.file.Text[offset:end]
	}
	return string(value)
}

func (r *xmlReader) read() (*Node, error) {
	type open struct {
		node  *Node
		kids  int // where its kids begin
		scope *Scope
		text  []byte // character data not yet a node
		at    int
		mixed bool // white space counts
	}
	var stack []open
	var scope *Scope
	var root *Node
	skip := 0
	flush := func() {
		if len(stack) == 0 {
			return
		}
		o := &stack[len(stack)-1]
		if len(o.text) == 0 {
			return
		}
		switch {
		case o.mixed && !r.annotations: // no other text stands in it
			o.node.Text += r.text(o.text, o.at)
		case o.mixed || !blank(o.text):
			n := r.node()
			n.Kind, n.Offset, n.Scope = TextNode, o.at, scope
			n.Text = r.text(o.text, o.at)
			r.kids = append(r.kids, n)
		}
		o.text = o.text[:0]
	}
	for {
		kind, err := r.tok.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmltok.EOF:
			return root, nil
		case xmltok.StartElement:
			if skip > 0 {
				skip++
				continue
			}
			name := r.tok.Name
			if !r.annotations && root != nil && name.Space != Namespace && (name.Space != annotationsNamespace || name.Local != "documentation") {
				skip = 1
				if !stack[len(stack)-1].mixed {
					continue
				}
			}
			flush()
			n := r.node()
			n.Space, n.Local, n.Offset = name.Space, name.Local, r.tok.Offset
			if r.annotations {
				n.setPrefix(name.Prefix)
			}
			outer := scope
			r.tok.Declarations(func(prefix, uri string) {
				scope = &Scope{Outer: scope, Prefix: prefix, URI: uri}
				if r.annotations {
					n.form().decls = append(n.Decls(), NamespaceDecl{prefix, uri})
				}
			})
			n.Scope = scope
			n.Attrs = r.cut(len(r.tok.Attrs))
			for _, a := range r.tok.Attrs {
				if a.Name.Space != "" && !r.annotations && a.Name.Space != xmlNamespace && a.Name.Space != Namespace {
					continue
				}
				n.Attrs = append(n.Attrs, NodeAttr{a.Name.Space, a.Name.Local, a.Name.Prefix, r.text(a.Value, a.ValueOffset), a.Offset})
			}
			if root == nil {
				root = n
			} else {
				r.kids = append(r.kids, n)
			}
			if skip > 0 { // an annotation where none may stand: kept to be found
				scope = outer
				continue
			}
			mixed := n.Space != Namespace || n.Local == "value" || n.Local == "param" || n.Local == "name"
			stack = append(stack, open{node: n, kids: len(r.kids), scope: outer, mixed: mixed})
		case xmltok.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			flush()
			o := &stack[len(stack)-1]
			o.node.Kids = r.list(r.kids[o.kids:])
			r.kids = r.kids[:o.kids]
			scope = o.scope
			stack = stack[:len(stack)-1]
		case xmltok.Text:
			if skip > 0 || len(stack) == 0 {
				continue
			}
			o := &stack[len(stack)-1]
			if r.tok.Blank && !o.mixed && len(o.text) == 0 {
				continue
			}
			if len(o.text) == 0 {
				o.at = r.tok.Offset
			}
			o.text = append(o.text, r.tok.Text...)
		case xmltok.Comment:
			if !r.annotations || skip > 0 {
				continue
			}
			flush()
			n := r.node()
			n.Kind, n.Offset, n.Scope, n.Text = CommentNode, r.tok.Offset, scope, string(r.tok.Text)
			if root != nil && len(stack) == 0 {
				root.Kids = append(root.Kids, n) // after the schema
			} else {
				r.kids = append(r.kids, n) // before it: the root's kids begin after these
			}
		}
	}
}
