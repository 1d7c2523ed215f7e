package xpath

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// A document is a table: its nodes in document order, attributes after their
// element and before its children. So the number of a node is its place in
// document order, the descendants of a node are a range, and the string value
// of an element is a stretch of the document's characters: neither an axis nor
// a string value copies anything.

// Kind tells the kinds of node apart (XDM 3.1, 6).
type Kind uint8

// The kinds of node.
const (
	DocumentNode Kind = iota
	ElementNode
	AttributeNode
	TextNode
	CommentNode
	InstructionNode
)

type node struct {
	kind     Kind
	name     int32 // place in Tree.names; -1 for none
	expanded int32 // place in Tree.expanded; -1 for none
	parent   int32 // -1 of the document node
	prev     int32 // the sibling before; -1
	end      int32 // one after the last node inside
	offset   int32 // in the source
	from, to int32 // the string value: of attributes, comments and instructions in Tree.values, else in Tree.chars
}

// written is a name as a document writes it.
type written struct {
	prefix, raw string
	expanded    int32
}

type expanded struct {
	space, local string
	spaceID      int32
}

// Tree is a document. It never changes and can be used by any number of
// goroutines.
type Tree struct {
	Name     string
	Source   []byte // in UTF-8; offsets count in it
	nodes    []node
	roots    []int32 // the document node, and those of fragments
	chars    string
	values   string
	names    []written
	expanded []expanded
	spaces   map[string]int32
	lookup   map[expanded]int32
	elements [][]int32 // by expanded name
	attrs    [][]int32
}

// symbols numbers the expanded names of a document for the tokenizer.
type symbols struct{ t *Tree }

// Symbol is one more than the name's place, for 0 is no name.
func (s symbols) Symbol(space, local string) int32 {
	t := s.t
	key := expanded{space: space, local: local}
	if id, ok := t.lookup[key]; ok {
		return id + 1
	}
	id := int32(len(t.expanded))
	t.lookup[key] = id
	sp, ok := t.spaces[space]
	if !ok {
		sp = int32(len(t.spaces))
		t.spaces[space] = sp
	}
	t.expanded = append(t.expanded, expanded{space, local, sp})
	t.names = append(t.names, written{expanded: -1})
	return id + 1
}

// maxNodes bounds a document's table.
const maxNodes = 1 << 28

// tokenizers keep their memory from one document to the next.
var tokenizers = sync.Pool{New: func() any { return &xmltok.Tokenizer{} }}

// Parse reads a document. The error is the tokenizer's *xmltok.Error for what
// is wrong with it. Fragments are further documents that expressions can go
// about in: what stands in the document element of each becomes a tree of its
// own behind the document.
func Parse(name string, doc []byte, fragments ...[]byte) (*Tree, error) {
	const usual = 96 // names that a document has, elements and attributes
	t := &Tree{Name: name, spaces: map[string]int32{}, lookup: make(map[expanded]int32, usual),
		expanded: make([]expanded, 0, usual), names: make([]written, 0, usual)}
	tok := tokenizers.Get().(*xmltok.Tokenizer)
	defer tokenizers.Put(tok)
	defer tok.Reset("", nil, nil, xmltok.Limits{}) // nothing of the document stays in the pool
	tok.Reset(name, doc, symbols{t}, xmltok.Limits{})
	t.Source = tok.Source()
	b := builder{t: t, chars: make([]byte, 0, len(t.Source)), others: map[written]int32{}}
	t.nodes = make([]node, 0, 16+len(t.Source)/24)
	if err := b.document(tok, 1); err != nil {
		return nil, err
	}
	for _, f := range fragments {
		tok.Reset(name, f, symbols{t}, xmltok.Limits{})
		if err := b.document(tok, 2); err != nil {
			return nil, err
		}
	}
	t.chars = unsafe.String(unsafe.SliceData(b.chars), len(b.chars))
	t.values = unsafe.String(unsafe.SliceData(b.values), len(b.values))
	t.index()
	return t, nil
}

// document reads a document from the elements of a depth on.
func (b *builder) document(tok *xmltok.Tokenizer, depth int) error {
	t := b.t
	root := int32(len(t.nodes))
	t.roots = append(t.roots, root)
	t.nodes = append(t.nodes, node{kind: DocumentNode, name: -1, expanded: -1, parent: -1, prev: -1, from: int32(len(b.chars))})
	b.open = append(b.open[:0], level{root, -1})
	b.text = false
	for {
		kind, err := tok.Next()
		if err != nil {
			return err
		}
		switch kind {
		case xmltok.EOF:
			b.shut(root)
			return nil
		case xmltok.StartElement:
			if tok.Depth() >= depth {
				b.start(tok)
			}
		case xmltok.EndElement:
			if n := len(b.open) - 1; n > 0 {
				b.shut(b.open[n].node)
				b.open = b.open[:n]
			}
		case xmltok.Text:
			if tok.Depth() >= depth-1 && tok.Depth() > 0 && len(tok.Text) > 0 {
				b.characters(tok)
			}
		case xmltok.Comment:
			b.aside(CommentNode, tok.Offset, -1, tok.Text)
		case xmltok.ProcInst:
			b.aside(InstructionNode, tok.Offset, b.instruction(tok.Name), tok.Text)
		}
		if len(t.nodes) > maxNodes {
			return &xmltok.Error{Finding: diag.Finding{Pos: tok.Pos(tok.Offset), Severity: diag.Error, Code: xmltok.CodeLimit,
				Message: "the document has more nodes than can be looked at"}}
		}
	}
}

// shut ends a node that has others in it.
func (b *builder) shut(n int32) {
	b.t.nodes[n].end = int32(len(b.t.nodes))
	b.t.nodes[n].to = int32(len(b.chars))
	b.text = false
}

type level struct{ node, last int32 }

type builder struct {
	t             *Tree
	chars, values []byte
	open          []level
	text          bool // the last node is text that may go on
	others        map[written]int32
}

func (b *builder) add(n node) int32 {
	t := b.t
	id := int32(len(t.nodes))
	top := &b.open[len(b.open)-1]
	n.parent, n.prev, n.end = top.node, top.last, id+1
	top.last = id
	t.nodes = append(t.nodes, n)
	b.text = false
	return id
}

// name is the place of a name as it is written.
func (b *builder) name(n *xmltok.Name) int32 {
	id := n.ID - 1
	w := &b.t.names[id]
	if w.raw == n.Raw {
		return id
	}
	if w.expanded < 0 {
		*w = written{n.Prefix, n.Raw, id}
		return id
	}
	key := written{n.Prefix, n.Raw, id}
	other, ok := b.others[key]
	if !ok {
		// Symbols come one by one, so a place of names is taken for both tables.
		other = int32(len(b.t.names))
		b.t.names = append(b.t.names, key)
		b.t.expanded = append(b.t.expanded, b.t.expanded[id])
		b.others[key] = other
	}
	return other
}

func (b *builder) instruction(n *xmltok.Name) int32 {
	id := symbols{b.t}.Symbol("", n.Raw) - 1
	if b.t.names[id].expanded < 0 {
		b.t.names[id] = written{"", n.Raw, id}
	}
	return id
}

func (b *builder) start(tok *xmltok.Tokenizer) {
	t := b.t
	name := b.name(tok.Name)
	id := b.add(node{kind: ElementNode, name: name, expanded: t.names[name].expanded, offset: int32(tok.Offset), from: int32(len(b.chars))})
	for i := range tok.Attrs {
		a := &tok.Attrs[i]
		name := b.name(a.Name)
		from := len(b.values)
		b.values = append(b.values, a.Value...)
		n := int32(len(t.nodes))
		t.nodes = append(t.nodes, node{kind: AttributeNode, name: name, expanded: t.names[name].expanded, parent: id, prev: -1, end: n + 1,
			offset: int32(a.Offset), from: int32(from), to: int32(len(b.values))})
	}
	b.open = append(b.open, level{id, -1})
}

func (b *builder) characters(tok *xmltok.Tokenizer) {
	from := int32(len(b.chars))
	b.chars = append(b.chars, tok.Text...)
	if b.text {
		b.t.nodes[len(b.t.nodes)-1].to = int32(len(b.chars))
		return
	}
	b.add(node{kind: TextNode, name: -1, expanded: -1, offset: int32(tok.Offset), from: from, to: int32(len(b.chars))})
	b.text = true
}

func (b *builder) aside(kind Kind, offset int, name int32, text []byte) {
	from := len(b.values)
	b.values = append(b.values, text...)
	b.add(node{kind: kind, name: name, expanded: name, offset: int32(offset), from: int32(from), to: int32(len(b.values))})
}

// index lists the elements and attributes of each name.
func (t *Tree) index() {
	elements, attrs := make([]int32, len(t.expanded)), make([]int32, len(t.expanded))
	total := 0
	for i := range t.nodes {
		switch n := &t.nodes[i]; n.kind {
		case ElementNode:
			elements[n.expanded]++
			total++
		case AttributeNode:
			attrs[n.expanded]++
			total++
		}
	}
	room := make([]int32, total)
	cut := func(counts []int32) [][]int32 {
		lists := make([][]int32, len(counts))
		for i, c := range counts {
			lists[i], room = room[:0:c], room[c:]
		}
		return lists
	}
	t.elements, t.attrs = cut(elements), cut(attrs)
	for i := range t.nodes {
		switch n := &t.nodes[i]; n.kind {
		case ElementNode:
			t.elements[n.expanded] = append(t.elements[n.expanded], int32(i))
		case AttributeNode:
			t.attrs[n.expanded] = append(t.attrs[n.expanded], int32(i))
		}
	}
}

// Len is the number of nodes of the document; they are numbered from 0, the
// document node. Behind them stand those of fragments.
func (t *Tree) Len() int { return int(t.nodes[0].end) }

// Fragment is the document node of a fragment.
func (t *Tree) Fragment(i int) int32 { return t.roots[i+1] }

// root is the document node of the tree that a node stands in.
func (t *Tree) root(n int32) int32 {
	if n < t.nodes[0].end {
		return 0
	}
	for t.nodes[n].parent >= 0 {
		n = t.nodes[n].parent
	}
	return n
}

// Kind is the kind of a node.
func (t *Tree) Kind(n int32) Kind { return t.nodes[n].kind }

// Offset is where a node begins in the source: an element at its <, an
// attribute at its name.
func (t *Tree) Offset(n int32) int { return int(t.nodes[n].offset) }

// Text is the string value of a node.
func (t *Tree) Text(n int32) string {
	d := &t.nodes[n]
	switch d.kind {
	case AttributeNode, CommentNode, InstructionNode:
		return t.values[d.from:d.to]
	}
	return t.chars[d.from:d.to]
}

// Space is the namespace of a node's name, "" for none.
func (t *Tree) Space(n int32) string {
	if e := t.nodes[n].expanded; e >= 0 {
		return t.expanded[e].space
	}
	return ""
}

// Local is the local part of a node's name, "" for none.
func (t *Tree) Local(n int32) string {
	if e := t.nodes[n].expanded; e >= 0 {
		return t.expanded[e].local
	}
	return ""
}

// Raw is a node's name as the document writes it, "" for none.
func (t *Tree) Raw(n int32) string {
	if w := t.nodes[n].name; w >= 0 {
		return t.names[w].raw
	}
	return ""
}

// child is the first child of a node, or -1.
func (t *Tree) child(n int32) int32 {
	end := t.nodes[n].end
	for i := n + 1; i < end; i++ {
		if t.nodes[i].kind != AttributeNode {
			return i
		}
	}
	return -1
}

// next is the sibling after a node, or -1.
func (t *Tree) next(n int32) int32 {
	d := &t.nodes[n]
	if d.parent >= 0 && d.kind != AttributeNode && d.end < t.nodes[d.parent].end {
		return d.end
	}
	return -1
}

// Children are the children of a node, in order.
func (t *Tree) Children(n int32) (kids []int32) {
	for k := t.child(n); k >= 0; k = t.next(k) {
		kids = append(kids, k)
	}
	return kids
}

// Attrs are the attributes of a node as a range of nodes.
func (t *Tree) Attrs(n int32) (from, to int32) {
	from, to = n+1, n+1
	if t.nodes[n].kind != ElementNode {
		return from, to
	}
	for to < t.nodes[n].end && t.nodes[to].kind == AttributeNode {
		to++
	}
	return from, to
}

// Attr is the value of an attribute.
func (t *Tree) Attr(n int32, space, local string) (string, bool) {
	from, to := t.Attrs(n)
	for a := from; a < to; a++ {
		if t.Local(a) == local && t.Space(a) == space {
			return t.Text(a), true
		}
	}
	return "", false
}

// inside is the part of a list of nodes that lies in a range.
func inside(list []int32, from, to int32) []int32 {
	i := sort.Search(len(list), func(i int) bool { return list[i] >= from })
	list = list[i:]
	j := sort.Search(len(list), func(i int) bool { return list[i] >= to })
	return list[:j]
}

// Places remembers which of its kind a node is among its siblings, so that many
// paths in one document are found in one walk.
type Places map[int32]int

// Path is the way to a node as an absolute path without prefixes (XPath
// Functions 14.6). known may be nil.
func (t *Tree) Path(n int32, known Places) string {
	if t.nodes[n].parent < 0 {
		return "/"
	}
	var parts []string
	for ; t.nodes[n].parent >= 0; n = t.nodes[n].parent {
		parts = append(parts, t.pathStep(n, known))
	}
	slices.Reverse(parts)
	return "/" + strings.Join(parts, "/")
}

func (t *Tree) pathStep(n int32, known Places) string {
	d := &t.nodes[n]
	name := t.Local(n)
	switch d.kind {
	case AttributeNode:
		if s := t.Space(n); s != "" {
			return "@Q{" + s + "}" + name
		}
		return "@" + name
	case ElementNode:
		name = "Q{" + t.Space(n) + "}" + name
	case CommentNode:
		name = "comment()"
	case InstructionNode:
		name = "processing-instruction(" + name + ")"
	default:
		name = "text()"
	}
	place := 1
	for k := d.prev; k >= 0; k = t.nodes[k].prev {
		if o := &t.nodes[k]; o.kind == d.kind && o.expanded == d.expanded {
			if before, ok := known[k]; ok {
				place += before
				break
			}
			place++
		}
	}
	if known != nil {
		known[n] = place
	}
	return name + "[" + strconv.Itoa(place) + "]"
}
