package relaxng

import (
	"sync"

	"sigla/tei/diag"
)

// Namespaces that schemas speak of.
const (
	Namespace            = "http://relaxng.org/ns/structure/1.0"
	annotationsNamespace = "http://relaxng.org/ns/compatibility/annotations/1.0"
	datatypesXSD         = "http://www.w3.org/2001/XMLSchema-datatypes"
	xmlNamespace         = "http://www.w3.org/XML/1998/namespace"
	xmlnsNamespace       = "http://www.w3.org/2000/xmlns"
)

// A schema is read into one kind of tree, whichever syntax it is written in:
// the elements of the XML syntax (ISO/IEC 19757-2, clause 6). The compact
// syntax is defined by its translation to that (Annex C), so its parser makes
// these nodes too; simplification, the writers of both syntaxes and the
// converter between them know no other form.

// NodeKind tells the kinds of node apart.
type NodeKind uint8

// The kinds of node.
const (
	ElementNode NodeKind = iota
	TextNode
	CommentNode
)

// Node is an element of a schema, or text or a comment inside one. Elements of
// foreign namespaces are annotations and stand among the others.
type Node struct {
	Kind   NodeKind
	plain  bool   // its kids are known to be elements of RELAX NG alone
	Space  string // of an element: its namespace
	Local  string // of an element: its local name
	Attrs  []NodeAttr
	Kids   []*Node
	Text   string // of text and comments; of an element that holds text alone, in schemas that are only compiled
	File   *File
	Offset int // byte offset in the file
	Scope  *Scope

	written *writtenForm // nil where there is nothing in it, and in schemas that are only compiled
}

// writtenForm is what of a node's form counts for writing it again.
type writtenForm struct {
	prefix string
	decls  []NamespaceDecl
}

// Prefix is the prefix that an element was written with.
func (n *Node) Prefix() string {
	if n.written == nil {
		return ""
	}
	return n.written.prefix
}

// Decls are the namespace declarations written on an element, in order.
func (n *Node) Decls() []NamespaceDecl {
	if n.written == nil {
		return nil
	}
	return n.written.decls
}

func (n *Node) setPrefix(prefix string) {
	if prefix != n.Prefix() {
		n.form().prefix = prefix
	}
}

func (n *Node) form() *writtenForm {
	if n.written == nil {
		n.written = &writtenForm{}
	}
	return n.written
}

// NodeAttr is an attribute that is not a namespace declaration.
type NodeAttr struct {
	Space, Local, Prefix, Value string
	Offset                      int // of its name
}

// NamespaceDecl is a namespace declaration; the default one has no prefix.
type NamespaceDecl struct{ Prefix, URI string }

// Scope is the innermost of the namespace declarations that hold at a node.
type Scope struct {
	Outer       *Scope
	Prefix, URI string
}

// File is a schema file that was read: its name, by which findings name it,
// and its text, by which they give lines.
type File struct {
	Name string // as the file system of the schema knows it
	Text string

	once  sync.Once
	lines *diag.Lines
}

// Pos is the place of a byte offset.
func (f *File) Pos(offset int) diag.Pos {
	f.once.Do(func() { f.lines = diag.NewLines(f.Name, f.Text) })
	return f.lines.Pos(offset)
}

// Resolve is the namespace that a prefix stands for; "" is the default
// namespace, which is none where nothing declares it.
func (s *Scope) Resolve(prefix string) (uri string, ok bool) {
	for ; s != nil; s = s.Outer {
		if s.Prefix == prefix {
			return s.URI, s.URI != "" || prefix == ""
		}
	}
	if prefix == "xml" {
		return xmlNamespace, true
	}
	return "", prefix == ""
}

// Attr is the value of an attribute in no namespace.
func (n *Node) Attr(local string) (string, bool) {
	for i := range n.Attrs {
		if n.Attrs[i].Local == local && n.Attrs[i].Space == "" {
			return n.Attrs[i].Value, true
		}
	}
	return "", false
}

// is reports whether the node is RELAX NG's element of that name.
func (n *Node) is(local string) bool {
	return n.Kind == ElementNode && n.Local == local && n.Space == Namespace
}

// Pos is the node's place.
func (n *Node) Pos() diag.Pos { return n.File.Pos(n.Offset) }
