package relaxng

import (
	"slices"
	"strings"

	"sigla/tei/diag"
)

// The compact syntax (ISO/IEC 19757-2, Annex C) is read by the annex's
// translation: each production makes the elements of the XML syntax that it
// stands for. A reader method for a production leaves these on a stack of kids;
// the one that closes an element takes its own off.
//
// Four things are written shorter than the annex has them, all of one meaning:
// what 4.12 makes a group again has no <group> around it, the choice in
// <except> no <choice>, an element with a plain name has a name attribute, and
// the default namespace is an ns attribute of the root, where every name
// without one inherits it (4.9).

// readCompact reads a schema in the compact syntax. Its comments and annotations
// are kept.
func readCompact(f *File) (*Node, diag.List) {
	p := &compactReader{file: f, revived: -1}
	p.datatypes.declare(compactPrefix{prefix: "xsd", uri: datatypesXSD})
	p.namespaces.declare(compactPrefix{prefix: "xml", uri: xmlNamespace})
	p.lex = newCompactLexer(f, p.lexical)
	root := p.schema()
	if len(p.findings) > 0 {
		p.findings.Sort()
		return nil, p.findings
	}
	return root, nil
}

type compactReader struct {
	file       *File
	lex        *compactLexer
	tok, ahead compactToken
	peeked     bool
	findings   diag.List
	dead       bool // after a fault, until the next definition
	defined    bool // what was read last in a grammar is a definition
	revived    int  // where reading went on last
	depth      int
	brackets   []int // offsets of the open brackets, innermost last

	namespaces compactPrefixes
	datatypes  compactPrefixes
	defaultNS  *compactPrefix // declared, or nil
	inherits   bool           // a prefix stands for the namespace inherited
	other      int            // how many of the elements around have an ns of their own
	documented bool           // there is documentation
	docPrefix  string
	scope      *Scope

	comments []*Node // read and not yet among the kids
	kids     []*Node
	slab     []Node
	slots    []*Node
	attrs    []NodeAttr
}

// compactFaults bounds the findings about one file.
const compactFaults = 50

func (p *compactReader) fault(at int, code diag.Code, format string, args ...any) {
	f := diag.Finding{Pos: p.file.Pos(at), Severity: diag.Error, Code: code, Message: plainf(format, args...)}
	if n := len(p.findings); n > 0 && p.findings[n-1].Pos == f.Pos && p.findings[n-1].Code == code || n >= compactFaults {
		return // said already
	}
	p.findings = append(p.findings, f)
}

// lexical reports a fault of a token. After a string that is left open nothing
// is where it belongs.
func (p *compactReader) lexical(at int, code diag.Code, format string, args ...any) {
	if p.dead {
		return
	}
	p.fault(at, code, format, args...)
	p.dead = code == "rnc/unclosed"
}

// stop reports what can't be read on from: the rest is skipped to the next
// definition.
func (p *compactReader) stop(at int, code diag.Code, format string, args ...any) {
	if !p.dead {
		p.fault(at, code, format, args...)
		p.dead = true
	}
}

// advance takes the next token.
func (p *compactReader) advance() {
	if p.peeked {
		p.tok, p.peeked = p.ahead, false
	} else {
		p.tok = p.lex.next()
	}
	p.comments = append(p.comments, p.tok.comments...)
}

// peek is the token after the present one.
func (p *compactReader) peek() *compactToken {
	if !p.peeked {
		p.ahead, p.peeked = p.lex.next(), true
	}
	return &p.ahead
}

var deadToken compactToken

// now is the present token; after a fault there is none.
func (p *compactReader) now() *compactToken {
	if p.dead {
		return &deadToken
	}
	return &p.tok
}

// expect takes a sign.
func (p *compactReader) expect(sign, what string) bool {
	if p.now().is(sign) {
		p.advance()
		return true
	}
	p.unexpected("%s %s", sign, what)
	return false
}

// unexpected stops at the present token.
func (p *compactReader) unexpected(format string, args ...any) {
	t := p.now()
	expected := plainf(format, args...)
	switch {
	case p.unclosed():
	case t.kind == docToken:
		p.stop(t.at, "rnc/syntax", "documentation (##) can't stand here: it comes before what it documents, and before its annotations in brackets; write # for a comment; expected %s", expected)
	default:
		p.stop(p.tok.at, "rnc/syntax", "found %s, expected %s", t.what(), expected)
	}
}

// unexpectedName stops where a name could stand, as which a keyword is quoted.
func (p *compactReader) unexpectedName(format string, args ...any) {
	t := p.now()
	switch {
	case t.kind == keywordToken && p.unclosed():
		return
	case t.keyword("default"), t.keyword("namespace"), t.keyword("datatypes"):
		if next := p.peek(); next.kind == nameToken || next.kind == keywordToken {
			p.stop(t.at, "rnc/syntax", "declarations stand at the top, before all documentation, annotations and definitions; put this one there")
			return
		}
	}
	if t.kind == keywordToken {
		p.stop(t.at, "rnc/keyword", "%s is a keyword; as a name it is written \\%s; expected %s", t.text, t.text, plainf(format, args...))
		return
	}
	p.unexpected(format, args...)
}

// unclosed reports a bracket that a definition, or the end of the file, follows
// before it closes.
func (p *compactReader) unclosed() bool {
	if len(p.brackets) == 0 || p.dead || p.tok.kind != endToken && !(p.tok.first && p.beginsComponent()) {
		return false
	}
	at := p.brackets[len(p.brackets)-1]
	p.stop(at, "rnc/unclosed", "%s opens here and never closes; %s follows at %s", p.file.bracket(at), p.tok.what(), p.file.place(p.tok.at))
	return true
}

// afterPattern stops where a pattern has ended, and neither an operator nor what
// closes it follows.
func (p *compactReader) afterPattern(sign string) {
	switch t := p.now(); {
	case p.unclosed():
	case t.kind == signToken && t.text != "(" && t.text != "[":
		p.unexpected("%s or an operator: , | &", sign)
	case t.kind == docToken || t.is("["):
		p.stop(p.tok.at, "rnc/operators", "an operator is missing before %s: , | or &; or %s after the pattern", t.what(), sign)
	default:
		p.stop(p.tok.at, "rnc/operators", "an operator is missing before %s: , | or &", t.what())
	}
}

// bracket is the sign at an offset.
func (f *File) bracket(at int) string {
	if at < len(f.Text) && f.Text[at] != '\\' {
		return f.Text[at : at+1]
	}
	return "the bracket"
}

// open takes an opening sign and remembers it.
func (p *compactReader) open(sign, what string) bool {
	at := p.tok.at
	if !p.expect(sign, what) {
		return false
	}
	p.brackets = append(p.brackets, at)
	return true
}

// shut takes the closing sign of the innermost bracket.
func (p *compactReader) shut(sign, what string) {
	if p.expect(sign, what) {
		p.brackets = p.brackets[:len(p.brackets)-1]
	}
}

// shutPattern does so after a pattern.
func (p *compactReader) shutPattern(sign string) {
	if !p.now().is(sign) {
		p.afterPattern(sign)
	}
	p.shut(sign, "")
}

// enter bounds the nesting; leave is its other half.
func (p *compactReader) enter() bool {
	if p.depth++; p.depth > schemaDepth {
		p.stop(p.tok.at, "rnc/limit", "nested more than %d deep", schemaDepth)
		return false
	}
	return true
}

func (p *compactReader) leave() { p.depth-- }

// Nodes.

func (p *compactReader) element(local string, at int) *Node {
	if len(p.slab) == 0 {
		p.slab = make([]Node, 256)
	}
	n := &p.slab[0]
	p.slab = p.slab[1:]
	n.File, n.Space, n.Local, n.Offset, n.Scope = p.file, Namespace, local, at, p.scope
	return n
}

func (p *compactReader) textNode(text string, at int) *Node {
	n := p.element("", at)
	n.Kind, n.Space, n.Text = TextNode, "", text
	return n
}

// set gives a node an attribute.
func (p *compactReader) set(n *Node, local, value string, at int) {
	p.add(n, NodeAttr{Local: local, Value: value, Offset: at})
}

func (p *compactReader) add(n *Node, a NodeAttr) {
	if n.Attrs != nil {
		n.Attrs = append(n.Attrs, a)
		return
	}
	if len(p.attrs) < 2 {
		p.attrs = make([]NodeAttr, 512)
	}
	n.Attrs = append(p.attrs[:0:2], a)
	p.attrs = p.attrs[2:]
}

func (p *compactReader) push(n *Node) { p.kids = append(p.kids, n) }

// flush puts the comments that were read among the kids.
func (p *compactReader) flush() {
	if len(p.comments) > 0 {
		p.kids = append(p.kids, p.comments...)
		p.comments = p.comments[:0]
	}
}

// close gives a node the kids above base and leaves it in their place.
func (p *compactReader) close(n *Node, base int) {
	n.Kids = p.take(implied(n, p.kids[base:]))
	p.kids = append(p.kids[:base], n)
}

// take keeps a copy of kids.
func (p *compactReader) take(kids []*Node) []*Node {
	if len(kids) == 0 {
		return nil
	}
	if len(p.slots) < len(kids) {
		p.slots = make([]*Node, max(1024, len(kids)))
	}
	l := p.slots[:len(kids):len(kids)]
	p.slots = p.slots[len(kids):]
	copy(l, kids)
	return l
}

// implied is kids without a group or choice that the XML syntax implies: the
// only pattern in its element, with no annotation of its own.
func implied(n *Node, kids []*Node) []*Node {
	i := impliedKid(n, kids)
	if i < 0 {
		return kids
	}
	if len(kids) == 1 {
		return kids[0].Kids
	}
	return slices.Concat(kids[:i], kids[i].Kids, kids[i+1:])
}

// impliedKid is which of a node's kids stands there by implication (4.12), or
// -1.
func impliedKid(n *Node, kids []*Node) int {
	local := "group"
	switch n.Local {
	case "element", "define", "zeroOrMore", "oneOrMore", "optional", "list", "mixed":
	case "except":
		local = "choice"
	default:
		return -1
	}
	only := -1
	_, named := n.Attr("name")
	for i, k := range kids {
		if k.Kind != ElementNode || k.Space != Namespace {
			continue
		}
		if n.Local == "element" && !named {
			named = true // the name class
			continue
		}
		if only >= 0 {
			return -1
		}
		only = i
	}
	if only < 0 || kids[only].Local != local || len(kids[only].Attrs) > 0 {
		return -1
	}
	patterns := 0
	for _, k := range kids[only].Kids {
		if k.Kind == ElementNode && k.Space != Namespace && patterns == 0 {
			return -1 // an annotation of the group's own
		}
		if k.Kind == ElementNode && k.Space == Namespace {
			patterns++
		}
	}
	if patterns < 2 {
		return -1
	}
	return only
}

// The schema: declarations, then a pattern or what a grammar holds.

func (p *compactReader) schema() *Node {
	p.advance()
	p.declarations()
	p.namespaces.each(func(d *compactPrefix) {
		if !d.inherit && d.prefix != "xml" {
			p.scope = &Scope{Outer: p.scope, Prefix: d.prefix, URI: d.uri}
		}
	})
	p.docPrefix = p.freePrefix(annotationsNamespace, "a")
	// comments before the last declaration stand before the schema
	head := len(p.comments) - len(p.tok.comments)
	at := p.tok.at
	if len(p.tok.comments) > 0 {
		at = p.tok.comments[0].Offset
	}
	var root *Node
	a := p.annotations()
	if p.dead || p.beginsComponent() || p.now().kind == endToken && a == nil {
		root = p.element("grammar", at)
		p.kids = append(p.kids, p.comments[:head]...)
		p.comments = slices.Delete(p.comments, 0, head)
		p.content(a, "", false)
		p.flush()
		p.close(root, 0)
	} else {
		root = p.topPattern(a)
	}
	if len(p.findings) == 0 {
		p.declare(root)
	}
	return root
}

// topPattern is a schema that is one pattern.
func (p *compactReader) topPattern(a *compactNote) *Node {
	p.flush()
	head := len(p.kids)
	p.innerFrom(nil, a)
	if !p.dead && p.tok.kind != endToken {
		p.afterPattern("the end of the file")
	}
	p.flush()
	var root *Node
	for _, k := range p.kids[head:] {
		switch {
		case k.Kind == CommentNode:
		case root == nil:
			root = k
		default:
			p.fault(k.Offset, "rnc/annotation", "an annotation after the whole schema has no place in it; put it before, in brackets: [ … ]")
		}
	}
	if root == nil || root.Kind != ElementNode {
		return nil
	}
	if a != nil { // comments in its annotations are not before it
		for _, k := range a.kids {
			if k.Kind == CommentNode {
				root.Offset = min(root.Offset, k.Offset)
			}
		}
	}
	i := slices.Index(p.kids, root)
	root.Kids = slices.Concat(p.kids[:i], root.Kids, p.kids[i+1:])
	return root
}

// string reads a string: segments joined by ~.
func (p *compactReader) string(what string) (string, bool) {
	if p.now().kind != literalToken {
		p.unexpected("%s", what)
		return "", false
	}
	s := p.tok.text
	var more []string
	p.advance()
	for p.now().is("~") {
		p.advance()
		if p.now().kind != literalToken {
			p.unexpected("a string after ~")
			return "", false
		}
		more = append(more, p.tok.text)
		p.advance()
	}
	if more != nil {
		s += strings.Join(more, "")
	}
	return s, true
}

// Annotations.

// beginsComponent reports whether the present token begins a definition or what
// else stands in a grammar.
func (p *compactReader) beginsComponent() bool {
	if p.dead {
		return false
	}
	switch t := &p.tok; t.kind {
	case keywordToken:
		switch t.text {
		case "start":
			return true
		case "div":
			return true
		case "include":
			return true
		}
		return p.peek().assigns() // a keyword as a name, told then
	case nameToken:
		return p.peek().assigns() || p.peek().is("[")
	case cnameToken:
		return p.peek().is("[")
	}
	return false
}

// content reads what stands in a grammar, up to end, or the end of the file.
// The annotations a, if any, are read already.
func (p *compactReader) content(a *compactNote, end string, include bool) {
	for {
		if p.dead && !p.revive(end) {
			return
		}
		if a == nil {
			t := p.now()
			if end != "" && t.is(end) || end == "" && t.kind == endToken {
				return
			}
			a = p.annotations()
		}
		p.component(a, include)
		a = nil
	}
}

// revive goes on after a fault, at the next line that begins a definition at its
// first character.
func (p *compactReader) revive(end string) bool {
	if end != "" || len(p.findings) >= compactFaults {
		return false
	}
	p.dead = false
	p.brackets = p.brackets[:0]
	if p.tok.at == p.revived {
		p.advance() // the same fault again
	}
	for {
		p.comments = p.comments[:0]
		if p.tok.kind == endToken {
			p.dead = true
			return false
		}
		if p.tok.first && (p.tok.kind == docToken || p.tok.is("[") || p.beginsComponent()) {
			p.revived = p.tok.at
			return true
		}
		p.advance()
	}
}

func (p *compactReader) component(a *compactNote, include bool) {
	p.defined = p.componentOf(a, include)
}

func (p *compactReader) componentOf(a *compactNote, include bool) (defined bool) {
	defer p.leave()
	if !p.enter() {
		return false
	}
	t := p.now()
	switch {
	case t.keyword("start") || t.kind == nameToken && p.peek().assigns():
		p.definition(a)
		return true
	case t.keyword("div"):
		p.flush()
		n := p.element("div", t.at)
		base := len(p.kids)
		p.annotate(n, a)
		p.advance()
		p.braced(n, base, include)
	case t.keyword("include") && !include:
		p.include(a)
	case t.keyword("include"):
		p.unexpected("a definition or }; an include holds no other include")
	case a == nil && (t.kind == nameToken || t.kind == cnameToken) && p.peek().is("["):
		p.flush()
		p.annotationElement(true)
	case t.kind == keywordToken && p.peek().assigns():
		p.unexpectedName("a definition")
	case t.kind == keywordToken && p.peek().is("["):
		p.unexpectedName("a definition or an annotation")
	case !t.first && a == nil && p.defined && (t.kind == nameToken || t.kind == cnameToken || t.kind == literalToken || t.kind == keywordToken || t.is("(")):
		p.stop(t.at, "rnc/operators", "an operator is missing before %s: , | or &; or a new line and = after it, for a definition", t.what())
	case t.kind == nameToken:
		p.stop(t.at, "rnc/syntax", "%s begins no definition: =, |= or &= is expected after it, and there is %s", t.what(), p.peek().what())
	case t.kind == cnameToken || t.kind == nsNameToken:
		p.unexpected("a definition; its name has no prefix")
	case a != nil && t.kind == endToken:
		p.stop(a.at, "rnc/annotation", "an annotation with nothing after it; write # for a comment")
	default:
		p.unexpectedName("a definition: name = pattern, start = pattern, include or div")
	}
	return false
}

// braced reads { … } of a div or include.
func (p *compactReader) braced(n *Node, base int, include bool) {
	if !p.open("{", "after "+n.Local) {
		p.close(n, base)
		return
	}
	p.content(nil, "}", include)
	p.flush()
	p.close(n, base)
	p.shut("}", "")
}

func (p *compactReader) definition(a *compactNote) {
	t := p.tok
	p.flush()
	n := p.element("start", t.at)
	if !t.keyword("start") {
		n.Local = "define"
		p.set(n, "name", t.text, t.at)
	}
	base := len(p.kids)
	p.advance()
	if !p.now().assigns() {
		p.unexpected("=, |= or &= after %s", t.text)
		return
	}
	switch p.tok.text {
	case "|=":
		p.set(n, "combine", "choice", p.tok.at)
	case "&=":
		p.set(n, "combine", "interleave", p.tok.at)
	}
	p.annotate(n, a)
	p.flush()
	p.advance()
	p.inner(nil)
	p.close(n, base)
}

func (p *compactReader) include(a *compactNote) {
	p.flush()
	n := p.element("include", p.tok.at)
	base := len(p.kids)
	p.annotate(n, a)
	p.advance()
	if !p.href(n) {
		return
	}
	if !p.now().is("{") {
		p.close(n, base)
		return
	}
	if _, other := n.Attr("ns"); other {
		p.other++
		defer func() { p.other-- }()
	}
	p.braced(n, base, true)
}

// href reads the address of an include or external, and inherit = prefix.
func (p *compactReader) href(n *Node) bool {
	at := p.tok.at
	uri, ok := p.string("the address of a file in quotes")
	if !ok {
		return false
	}
	p.set(n, "href", uri, at)
	d := p.byDefault()
	if p.now().keyword("inherit") {
		p.advance()
		if !p.expect("=", "after inherit") {
			return false
		}
		t := p.now()
		if t.kind != nameToken && t.kind != keywordToken {
			p.unexpected("a prefix, as in inherit = eg")
			return false
		}
		d = p.namespace(t.text, t.at)
		p.advance()
	}
	if p.explicit(d) {
		p.set(n, "ns", d.uri, at)
	}
	return true
}

// Patterns.

// compactParticle tells what a particle was, as far as what is around it must
// know.
type compactParticle struct {
	except   bool  // a datatype with an exception, which no operator takes
	repeated *Node // the node of ?, * or +
}

// inner reads a pattern and leaves its elements among the kids. Annotations are
// those before its parenthesis.
func (p *compactReader) inner(a *compactNote) {
	p.innerFrom(a, nil)
}

// innerFrom does so with the annotations of its first part read already.
func (p *compactReader) innerFrom(a, first *compactNote) {
	defer p.leave()
	if !p.enter() {
		return
	}
	at := p.tok.at
	base := len(p.kids)
	if first == nil {
		if p.flush(); a == nil {
			base = len(p.kids)
		}
		first = p.annotations()
	}
	part := p.particle(first)
	operator := p.operator()
	if operator == "" {
		if a == nil {
			return
		}
		if part.repeated != nil {
			for _, t := range a.attrs {
				p.add(part.repeated, t)
			}
			part.repeated.Kids = slices.Concat(a.kids, part.repeated.Kids)
			return
		}
		n := p.element("group", at)
		p.wrap(n, a, base)
		return
	}
	n := p.element("group", at)
	switch operator {
	case "|":
		n.Local = "choice"
	case "&":
		n.Local = "interleave"
	}
	for mixed := false; ; {
		sign := p.operator()
		if sign == "" {
			break
		}
		if sign != operator && !mixed {
			mixed = true
			p.fault(p.tok.at, "rnc/operators", "%s after %s; put what belongs together into parentheses, as (%s)%s", sign, operator, spaced("a", operator, "b"), spaced("", sign, "c"))
		}
		if part.except {
			p.fault(p.tok.at, "rnc/operators", "a datatype with an exception beside %s; put it into parentheses, as %s", sign, spaced("(string - \"a\")", sign, "b"))
		}
		p.flush()
		p.advance()
		p.flush()
		part = p.particle(p.annotations())
	}
	if part.except {
		p.fault(at, "rnc/operators", "a datatype with an exception after %s; put it into parentheses, as %s", operator, spaced("a", operator, "(string - \"b\")"))
	}
	p.wrap(n, a, base)
}

// spaced is an operator between patterns, for messages.
func spaced(a, operator, b string) string {
	if operator == "," {
		return a + ", " + b
	}
	return a + " " + operator + " " + b
}

// wrap puts the kids above base into n, after its annotations.
func (p *compactReader) wrap(n *Node, a *compactNote, base int) {
	if a != nil {
		kids := p.take(p.kids[base:])
		p.kids = p.kids[:base]
		p.annotate(n, a)
		p.kids = append(p.kids, kids...)
	}
	p.close(n, base)
}

func (p *compactReader) operator() string {
	if t := p.now(); t.kind == signToken && (t.text == "," || t.text == "|" || t.text == "&") {
		return t.text
	}
	return ""
}

// particle reads a pattern without operators: what it is, annotations after it,
// ? * or +, and annotations after that.
func (p *compactReader) particle(a *compactNote) (part compactParticle) {
	p.flush()
	at := p.tok.at
	base := len(p.kids)
	part.except = p.primary(a, true)
	p.follow()
	if t := p.now(); t.is("?") || t.is("*") || t.is("+") {
		if part.except {
			p.fault(t.at, "rnc/operators", "%s after a datatype with an exception; put that into parentheses, as (string - \"a\")%s", t.text, t.text)
			part.except = false
		}
		n := p.element("optional", at)
		switch t.text {
		case "*":
			n.Local = "zeroOrMore"
		case "+":
			n.Local = "oneOrMore"
		}
		p.flush()
		p.advance()
		p.close(n, base)
		part.repeated = n
		p.follow()
		if t := p.now(); t.is("?") || t.is("*") || t.is("+") {
			p.stop(t.at, "rnc/operators", "%s after another sign of repetition; put the first into parentheses, as (a?)%s", t.text, t.text)
		}
	}
	return part
}

// primary reads one pattern with its annotations, and reports whether it is a
// datatype with an exception.
func (p *compactReader) primary(a *compactNote, mayExcept bool) (except bool) {
	p.flush()
	t := p.now()
	switch t.kind {
	case nameToken:
		n := p.element("ref", t.at)
		p.set(n, "name", t.text, t.at)
		base := len(p.kids)
		p.annotate(n, a)
		p.advance()
		if p.now().kind == literalToken {
			p.unexpected("an operator between %q and the string; a datatype has a prefix, as xsd:%s", n.Attrs[0].Value, n.Attrs[0].Value)
		}
		p.close(n, base)
	case cnameToken:
		return p.data(a, mayExcept)
	case literalToken:
		p.value(a, nil)
	case signToken:
		if t.text != "(" {
			p.unexpectedName("a pattern")
			return false
		}
		p.open("(", "")
		base := len(p.kids)
		p.inner(a)
		if len(p.kids) == base && !p.dead {
			p.unexpectedName("a pattern")
		}
		p.shutPattern(")")
	case keywordToken:
		return p.keyword(a, mayExcept)
	case nsNameToken:
		p.stop(t.at, "rnc/syntax", "%s is a class of names and no pattern; write element %s { … } or attribute %s { … }", t.what(), t.text+":*", t.text+":*")
	default:
		p.unexpectedName("a pattern")
	}
	return false
}

func (p *compactReader) keyword(a *compactNote, mayExcept bool) bool {
	t := p.tok
	base := len(p.kids)
	n := p.element(t.text, t.at)
	switch t.text {
	case "element", "attribute":
		p.annotate(n, a)
		p.advance()
		p.nameClass(n)
		if !p.open("{", "after the name") {
			break
		}
		p.inner(nil)
		p.flush()
		p.close(n, base)
		p.shutPattern("}")
		return false
	case "list", "mixed":
		p.annotate(n, a)
		p.advance()
		if !p.open("{", "after "+t.text) {
			break
		}
		p.inner(nil)
		p.flush()
		p.close(n, base)
		p.shutPattern("}")
		return false
	case "grammar":
		p.annotate(n, a)
		p.advance()
		p.braced(n, base, false)
		return false
	case "empty", "text", "notAllowed":
		p.annotate(n, a)
		p.advance()
		if p.now().is("-") {
			p.unexpected("an operator; only datatypes have exceptions")
		}
	case "parent":
		n.Local = "parentRef"
		p.annotate(n, a)
		p.advance()
		if p.now().kind != nameToken {
			p.unexpectedName("the name of a definition after parent")
			break
		}
		p.set(n, "name", p.tok.text, p.tok.at)
		p.flush()
		p.advance()
	case "external":
		n.Local = "externalRef"
		p.annotate(n, a)
		p.advance()
		p.href(n)
	case "string", "token":
		return p.data(a, mayExcept)
	default:
		p.unexpectedName("a pattern")
		return false
	}
	p.close(n, base)
	return false
}

// compactType is the name of a datatype.
type compactType struct {
	library, name string
	at            int
}

// data reads a datatype, with the value, the parameters or the exception that
// follow it.
func (p *compactReader) data(a *compactNote, mayExcept bool) (except bool) {
	t := p.tok
	typ := compactType{"", t.text, t.at}
	if t.kind == cnameToken {
		typ.name = t.local
		if d := p.datatypes.of(t.text); d != nil {
			typ.library = d.uri
		} else if p.namespaces.of(t.text) != nil {
			p.fault(t.at, "rnc/prefix", "the prefix %q is a namespace's and stands before a datatype; write element %s { … }, or add datatypes %s = \"…\" at the top", t.text, t.text+":"+t.local, t.text)
		} else {
			p.fault(t.at, "rnc/prefix", "the prefix %q is not declared; add datatypes %s = \"…\" at the top; xsd needs none", t.text, t.text)
		}
	}
	p.advance()
	if p.now().kind == literalToken {
		p.value(a, &typ)
		return false
	}
	n := p.element("data", typ.at)
	p.set(n, "type", typ.name, typ.at)
	p.set(n, "datatypeLibrary", typ.library, typ.at)
	base := len(p.kids)
	p.annotate(n, a)
	if p.now().is("{") {
		p.open("{", "")
		for !p.now().is("}") && !p.dead {
			p.param()
		}
		p.flush()
		p.shut("}", "")
	}
	if mayExcept && p.now().is("-") {
		except = true
		p.flush()
		x := p.element("except", p.tok.at)
		from := len(p.kids)
		p.advance()
		if p.enter() {
			p.flush()
			p.primary(p.annotations(), false)
		}
		p.leave()
		p.close(x, from)
	}
	p.close(n, base)
	return except
}

func (p *compactReader) param() {
	p.flush()
	a := p.annotations()
	t := p.now()
	if t.kind != nameToken && t.kind != keywordToken {
		p.unexpected("a parameter, as pattern = \"[a-z]+\", or }")
		return
	}
	n := p.element("param", t.at)
	p.set(n, "name", t.text, t.at)
	p.advance()
	if !p.expect("=", "after a parameter's name") {
		return
	}
	p.flush()
	at := p.tok.at
	s, ok := p.string("the parameter's value in quotes")
	if !ok {
		return
	}
	if s != "" {
		n.Kids = p.take([]*Node{p.textNode(s, at)})
	}
	p.annotateText(n, a)
}

// value reads a string as a pattern.
func (p *compactReader) value(a *compactNote, typ *compactType) {
	p.flush()
	at := p.tok.at
	n := p.element("value", at)
	if typ != nil {
		n.Offset = typ.at
		p.set(n, "type", typ.name, typ.at)
		p.set(n, "datatypeLibrary", typ.library, typ.at)
		if d := p.byDefault(); typ.library != "" && p.explicit(d) {
			p.set(n, "ns", d.uri, typ.at) // for a QName
		}
	}
	s, ok := p.string("")
	if !ok {
		return
	}
	if s != "" {
		n.Kids = p.take([]*Node{p.textNode(s, at)})
	}
	p.annotateText(n, a)
}

// Name classes.
