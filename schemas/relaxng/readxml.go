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
	if r.stands(value, offset) {
		return r.file.Text[offset : offset+len(value)]
	}
	return string(value)
}

// stands says whether a value is part of the file's text, without references and
// line ends to read otherwise.
func (r *xmlReader) stands(value []byte, offset int) bool {
	source := r.tok.Source()
	return len(value) > 0 && offset >= 0 && offset+len(value) <= len(source) && &source[offset] == &value[0]
}

func (r *xmlReader) read() (*Node, error) {
	type open struct {
		node  *Node
		kids  int // where its kids begin
		scope *Scope
		text  string // character data not yet a node, and
		parts []byte // what is put together of several tokens
		at    int
		mixed bool // white space counts
		plain bool // all kids are elements of RELAX NG
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
		if len(o.parts) > 0 {
			o.text, o.parts = string(o.parts), o.parts[:0]
		}
		switch {
		case o.text == "":
		case o.mixed && !r.annotations:
			o.node.Text = o.text
		case o.mixed || trimSpace(o.text) != "":
			n := r.node()
			n.Kind, n.Offset, n.Scope = TextNode, o.at, scope
			n.Text = o.text
			r.kids = append(r.kids, n)
			o.plain = false
		}
		o.text = ""
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
			if r.annotations || len(stack) == 0 || !stack[len(stack)-1].mixed { // else text is one, whatever stands in it
				flush()
			}
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
				stack[len(stack)-1].plain = stack[len(stack)-1].plain && n.Space == Namespace
			}
			if skip > 0 { // an annotation where none may stand: kept to be found
				scope = outer
				continue
			}
			mixed := n.Space != Namespace || n.Local == "value" || n.Local == "param" || n.Local == "name"
			stack = append(stack, open{node: n, kids: len(r.kids), scope: outer, mixed: mixed, plain: !r.annotations})
		case xmltok.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			flush()
			o := &stack[len(stack)-1]
			o.node.Kids, o.node.plain = r.list(r.kids[o.kids:]), o.plain
			r.kids = r.kids[:o.kids]
			scope = o.scope
			stack = stack[:len(stack)-1]
		case xmltok.Text:
			if skip > 0 || len(stack) == 0 {
				continue
			}
			o := &stack[len(stack)-1]
			switch {
			case o.text != "":
				if len(o.parts) == 0 {
					o.parts = append(o.parts, o.text...)
				}
				o.parts = append(o.parts, r.tok.Text...)
			case !r.tok.Blank || o.mixed:
				o.text, o.at = r.text(r.tok.Text, r.tok.Offset), r.tok.Offset
			}
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
