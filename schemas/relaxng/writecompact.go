package relaxng

import (
	"fmt"
	"slices"
	"strings"

	"sigla/schemas/relaxng/internal/layout"
	"sigla/tei/diag"
)

// The writer of the compact syntax is its reader turned round: what the annex
// translates to an element is written for that element, with the parentheses
// that the grammar needs and no others. Namespaces are resolved where they
// stand, and get one prefix for the whole file.

// lineWidth is how long lines become where they can be broken.
const lineWidth = 100

func printed(p *layout.Piece) string { return layout.Print(p, lineWidth) }

// writeCompact writes a schema in the compact syntax. The findings tell what
// that syntax can't hold, and what became of it.
func writeCompact(root *Node) ([]byte, diag.List) {
	w := &compactWriter{syntax: root.Prefix()}
	w.plan(root)
	head := prologue(root)
	whole := *root
	whole.Kids = root.Kids[len(head):]
	before, root := beginless(&whole)
	body := w.schema(root)
	var b strings.Builder
	for _, c := range slices.Concat(head, before) {
		b.WriteString(printed(comment(c)) + "\n\n")
	}
	if d := w.declarations(); d != "" {
		b.WriteString(d + "\n")
	}
	b.WriteString(body)
	w.findings.Sort()
	return []byte(b.String()), w.findings
}

// prologue is the comments before the root, which are its first kids.
func prologue(root *Node) []*Node {
	for i, k := range root.Kids {
		if k.Kind != CommentNode || k.Offset >= root.Offset {
			return root.Kids[:i]
		}
	}
	return root.Kids
}

type compactWriter struct {
	findings  diag.List
	byDefault boundSpace // the default namespace
	declares  bool       // it is declared
	prefixes  []*writtenPrefix
	libraries []*writtenPrefix
	syntax    string // the prefix of RELAX NG in the source
	inherits  string // the prefix for the namespace that is inherited, if one is needed
}

// writtenPrefix is a prefix that is declared if it is used, or if the schema
// declares it and it may be one that annotations speak of.
type writtenPrefix struct {
	prefix, uri string
	used        bool
}

// boundSpace is the namespace of a name: known, or inherited from what includes
// the file.
type boundSpace struct {
	uri     string
	inherit bool
}

// writerEnv is what a node inherits.
type writerEnv struct {
	ns      boundSpace
	library string
}

func (e writerEnv) enter(n *Node) writerEnv {
	if v, ok := n.Attr("ns"); ok {
		e.ns = boundSpace{uri: v}
	}
	if v, ok := n.Attr("datatypeLibrary"); ok {
		e.library = v
	}
	return e
}

// Names.

// plan chooses the default namespace and the prefixes.
func (w *compactWriter) plan(root *Node) {
	uses := map[boundSpace]int{}
	var order []boundSpace
	use := func(s boundSpace) {
		if uses[s]++; uses[s] == 1 {
			order = append(order, s)
		}
	}
	var walk func(n *Node, e writerEnv, attribute bool)
	walk = func(n *Node, e writerEnv, attribute bool) {
		if n.Kind != ElementNode {
			return
		}
		for _, d := range n.Decls() {
			w.offer(d.Prefix, d.URI)
		}
		if n.Space != Namespace {
			for _, k := range n.Kids {
				walk(k, e, false)
			}
			return
		}
		e = e.enter(n)
		name, named := trimmed(n, "name")
		switch n.Local {
		case "element":
			if named && !strings.Contains(name, ":") {
				use(e.ns)
			}
			attribute = false
		case "attribute":
			attribute = true
		case "name":
			if !attribute && !strings.Contains(n.text(), ":") {
				use(e.ns)
			}
		case "include", "externalRef":
			use(e.ns)
		}
		for _, k := range n.Kids {
			// the names of an attribute, and not its value
			walk(k, e, attribute)
		}
	}
	walk(root, writerEnv{ns: boundSpace{inherit: true}}, false)
	if v, ok := root.Attr("ns"); ok {
		w.byDefault, w.declares = boundSpace{uri: v}, true
		return
	}
	w.byDefault = boundSpace{inherit: true}
	for _, s := range order {
		if uses[s] > uses[w.byDefault] {
			w.byDefault = s
		}
	}
	w.declares = !w.byDefault.inherit
}

// offer keeps a prefix of the source, unless another namespace has it.
func (w *compactWriter) offer(prefix, uri string) {
	if prefix == "" || prefix == "xml" || prefix == "xmlns" || uri == xmlNamespace {
		return
	}
	for _, p := range w.prefixes {
		if p.prefix == prefix {
			return
		}
	}
	w.prefixes = append(w.prefixes, &writtenPrefix{prefix: prefix, uri: uri})
}

// prefixOf is the prefix of a namespace.
func (w *compactWriter) prefixOf(s boundSpace) string {
	switch {
	case s.inherit:
		if w.inherits == "" {
			w.inherits = w.free("inherited")
		}
		return w.inherits
	case s.uri == xmlNamespace:
		return "xml"
	}
	for _, p := range w.prefixes {
		if p.uri == s.uri {
			p.used = true
			return p.prefix
		}
	}
	like := "ns1"
	switch s.uri {
	case "":
		like = "local"
	case annotationsNamespace:
		like = "a"
	case Namespace:
		like = "rng"
	}
	p := &writtenPrefix{prefix: w.free(like), uri: s.uri, used: true}
	w.prefixes = append(w.prefixes, p)
	return p.prefix
}

// free is a prefix that is not in use.
func (w *compactWriter) free(like string) string {
	prefix := like
	for n := 2; prefix == w.inherits || slices.ContainsFunc(w.prefixes, func(p *writtenPrefix) bool { return p.prefix == prefix }); n++ {
		prefix = fmt.Sprintf("%s%d", strings.TrimRight(like, "0123456789"), n)
	}
	return prefix
}

// libraryOf is the prefix of a datatype library.
func (w *compactWriter) libraryOf(uri string) string {
	if uri == datatypesXSD {
		return "xsd"
	}
	for _, l := range w.libraries {
		if l.uri == uri {
			return l.prefix
		}
	}
	like := "d1"
	for _, p := range w.prefixes {
		if p.uri == uri && p.prefix != "xsd" {
			like = p.prefix
		}
	}
	prefix := like
	for n := 2; slices.ContainsFunc(w.libraries, func(l *writtenPrefix) bool { return l.prefix == prefix }); n++ {
		prefix = fmt.Sprintf("%s%d", strings.TrimRight(like, "0123456789"), n)
	}
	w.libraries = append(w.libraries, &writtenPrefix{prefix: prefix, uri: uri})
	return prefix
}

// declarations are the lines at the top.
func (w *compactWriter) declarations() string {
	var b strings.Builder
	prefix := ""
	keeps := func(p *writtenPrefix) bool {
		if p.used {
			return true
		}
		switch p.uri {
		case annotationsNamespace, datatypesXSD, "":
			return false // told without a prefix
		case Namespace:
			return p.prefix != w.syntax
		}
		return true
	}
	if w.declares {
		for _, p := range w.prefixes {
			if p.uri == w.byDefault.uri && keeps(p) {
				prefix = p.prefix + " "
				break
			}
		}
		fmt.Fprintf(&b, "default namespace %s= %s\n", prefix, literal(w.byDefault.uri))
	}
	for _, last := range []bool{false, true} {
		for _, p := range w.prefixes {
			if keeps(p) && prefix != p.prefix+" " && last == (p.uri == annotationsNamespace) {
				fmt.Fprintf(&b, "namespace %s = %s\n", p.prefix, literal(p.uri))
			}
		}
	}
	if w.inherits != "" {
		fmt.Fprintf(&b, "namespace %s = inherit\n", w.inherits)
	}
	for _, l := range w.libraries {
		fmt.Fprintf(&b, "datatypes %s = %s\n", l.prefix, literal(l.uri))
	}
	return b.String()
}

// nameOf writes a name of the XML syntax.
func (w *compactWriter) nameOf(n *Node, name string, ns boundSpace, attribute bool) string {
	name = trimSpace(name)
	if prefix, local, ok := strings.Cut(name, ":"); ok {
		uri, _ := n.Scope.Resolve(prefix)
		name, ns = local, boundSpace{uri: uri}
	}
	switch {
	case attribute && ns == boundSpace{}, !attribute && ns == w.byDefault:
		return name
	}
	return w.prefixOf(ns) + ":" + name
}

func identifier(name string) string {
	if isCompactKeyword(name) {
		return `\` + name
	}
	return name
}

// Strings and comments.

// literal writes a string on one line.
func literal(s string) string {
	return strings.Join(segments(s, false), " ~ ")
}

// literalPiece writes a string that may be broken after line feeds, and between
// words where it is long.
func literalPiece(s string) *layout.Piece {
	if parts := segments(s, true); len(parts) > 1 {
		l := make([]*layout.Piece, 0, 2*len(parts))
		for i, part := range parts {
			if i > 0 {
				l = append(l, layout.Words(" ~"), layout.Line)
			}
			l = append(l, layout.Words(part))
		}
		return layout.Group(layout.Align(layout.Join(l...)))
	}
	return layout.Words(literal(s))
}

// segments cuts a string into parts that can stand between quotes; with lines,
// also after line feeds and where it is long.
func segments(s string, lines bool) []string {
	var parts []string
	var b strings.Builder
	double, single, width := false, false, 0
	end := func() {
		quote := `"`
		if double {
			quote = `'`
		}
		parts = append(parts, quote+b.String()+quote)
		b.Reset()
		double, single, width = false, false, 0
	}
	for i, r := range s {
		if r == '"' && single || r == '\'' && double {
			end()
		}
		double, single = double || r == '"', single || r == '\''
		width++
		switch r {
		case '\n':
			b.WriteString(`\x{A}`)
			if lines && i+1 < len(s) {
				end()
			}
		case '\r':
			b.WriteString(`\x{D}`)
		case '\t':
			b.WriteString(`\x{9}`)
		case '\\':
			if _, _, is := escapeAt(s, i); is {
				b.WriteString(`\x{5C}`)
			} else {
				b.WriteByte('\\')
			}
		case ' ':
			b.WriteByte(' ')
			if lines && width > lineWidth-28 {
				end()
			}
		default:
			b.WriteRune(r)
		}
	}
	if b.Len() > 0 || parts == nil {
		end()
	}
	return parts
}

// unescaped protects what would be read as an escape.
func unescaped(s string) string {
	if !strings.Contains(s, `\x`) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] == '\\' {
			if _, _, is := escapeAt(s, i); is {
				b.WriteString(`\x{5C}`)
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// commentLines are a comment's lines, without the white space that all begin
// with.
func commentLines(n *Node) []string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(n.Text), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	first := 0 // the first line stands behind <!-- and says nothing of the indentation
	if len(lines) > 1 && lines[0] != "" {
		lines[0] = strings.TrimLeft(lines[0], " \t")
		first = 1
	}
	indent, found := "", false
	for _, l := range lines[first:] {
		spaces := l[:len(l)-len(strings.TrimLeft(l, " \t"))]
		switch {
		case l == "":
		case !found:
			indent, found = spaces, true
		default:
			for !strings.HasPrefix(spaces, indent) {
				indent = indent[:len(indent)-1]
			}
		}
	}
	for i, l := range lines[first:] {
		lines[first+i] = strings.TrimPrefix(l, indent)
	}
	for len(lines) > 1 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for len(lines) > 1 && lines[0] == "" {
		lines = lines[1:]
	}
	return lines
}

func comment(n *Node) *layout.Piece {
	var l []*layout.Piece
	for i, text := range commentLines(n) {
		if i > 0 {
			l = append(l, layout.NewLine)
		}
		if text == "" {
			l = append(l, layout.Words("#"))
		} else {
			l = append(l, layout.Words("# "+unescaped(text)))
		}
	}
	return layout.Join(append(l, layout.EndOfLine)...)
}

// comments writes comments, with empty lines between them.
func comments(l []*Node) *layout.Piece {
	var all []*layout.Piece
	for _, c := range l {
		all = append(all, comment(c))
	}
	return layout.Join(layout.Between(all, layout.EmptyLine)...)
}

// isDocumentation reports whether the node can be written as ##.
func isDocumentation(n *Node) bool {
	if n.Kind != ElementNode || n.Space != annotationsNamespace || n.Local != "documentation" || len(n.Attrs) > 0 {
		return false
	}
	for _, k := range n.Kids {
		if k.Kind != TextNode || strings.Contains(k.Text, "\r") {
			return false
		}
	}
	return true
}

func documentation(l []*Node) *layout.Piece {
	var all []*layout.Piece
	for _, n := range l {
		var lines []*layout.Piece
		for text := range strings.SplitSeq(n.text(), "\n") {
			if text == "" {
				lines = append(lines, layout.Words("##"))
			} else {
				lines = append(lines, layout.Words("## "+unescaped(text)))
			}
		}
		all = append(all, layout.Join(append(layout.Between(lines, layout.NewLine), layout.EndOfLine)...))
	}
	return layout.Join(layout.Between(all, layout.EmptyLine)...)
}

// Annotations.

// lead splits a node's kids: documentation that ## can hold, other annotations,
// and the comments before the first element of RELAX NG; then the rest.
func lead(kids []*Node) (docs, notes, remarks, rest []*Node) {
	for i, k := range kids {
		switch {
		case k.Kind == CommentNode:
			remarks = append(remarks, k)
		case k.Kind == TextNode:
		case k.Space == Namespace:
			return docs, notes, remarks, kids[i:]
		case len(notes) == 0 && isDocumentation(k):
			docs = append(docs, k)
		default:
			notes = append(notes, k)
		}
	}
	return docs, notes, remarks, nil
}

// foreign are the attributes that are annotations.
func foreign(n *Node) []NodeAttr {
	var l []NodeAttr
	for _, a := range n.Attrs {
		if a.Space != "" {
			l = append(l, a)
		}
	}
	return l
}

// annotated puts annotations before a piece.
func (w *compactWriter) annotated(attrs []NodeAttr, docs, notes, remarks []*Node, p *layout.Piece) *layout.Piece {
	var l []*layout.Piece
	if len(docs) > 0 {
		l = append(l, documentation(docs))
	}
	if len(attrs)+len(notes)+len(remarks) > 0 {
		inside := make([]*layout.Piece, 0, 8)
		for _, a := range attrs {
			inside = append(inside, layout.Line, w.annotationAttribute(a))
		}
		for i, k := range notes {
			switch {
			case k.Kind != CommentNode:
				inside = append(inside, layout.Line, w.annotation(k))
			case i > 0 && notes[i-1].Kind == CommentNode:
				inside = append(inside, layout.EmptyLine, comment(k))
			default:
				inside = append(inside, layout.Line, comment(k))
			}
		}
		if len(remarks) > 0 {
			inside = append(inside, layout.Line, comments(remarks))
		}
		l = append(l, layout.Group(layout.Words("["), layout.Nest(inside...), layout.Line, layout.Words("]")), layout.Line)
	}
	if l == nil {
		return p
	}
	return layout.Group(layout.Join(append(l, p)...))
}

func (w *compactWriter) annotationAttribute(a NodeAttr) *layout.Piece {
	name := a.Local
	if a.Space != "" {
		name = w.prefixOf(boundSpace{uri: a.Space}) + ":" + name
	}
	return layout.Group(layout.Words(name+" ="), layout.Nest(layout.Line, literalPiece(a.Value)))
}

// annotation writes an element of another namespace.
func (w *compactWriter) annotation(n *Node) *layout.Piece {
	return w.annotationNamed(n, false)
}

// annotationNamed does so; in a grammar its name can't be a keyword.
func (w *compactWriter) annotationNamed(n *Node, quoted bool) *layout.Piece {
	name := n.Local
	if n.Space != "" {
		name = w.prefixOf(boundSpace{uri: n.Space}) + ":" + name
	} else if quoted {
		name = identifier(name)
	}
	var inside []*layout.Piece
	for _, a := range n.Attrs {
		inside = append(inside, layout.Line, w.annotationAttribute(a))
	}
	kids, _ := foreignContent(n)
	var remarks []*Node
	for i, k := range kids {
		if k.Kind == CommentNode {
			if remarks = append(remarks, k); i+1 == len(kids) || kids[i+1].Kind != CommentNode {
				inside = append(inside, layout.Line, comments(remarks))
				remarks = nil
			}
			continue
		}
		inside = append(inside, layout.Line)
		if k.Kind == TextNode {
			inside = append(inside, literalPiece(k.Text))
		} else {
			inside = append(inside, w.annotation(k))
		}
	}
	if inside == nil {
		return layout.Words(name + " []")
	}
	return layout.Group(layout.Words(name+" ["), layout.Nest(inside...), layout.Line, layout.Words("]"))
}

// foreignContent is what stands in an annotation. White space between elements,
// where there is no other text, is layout: it is left out, and apart is true.
func foreignContent(n *Node) (kids []*Node, apart bool) {
	elements := false
	for _, k := range n.Kids {
		switch k.Kind {
		case ElementNode:
			elements = true
		case TextNode:
			if trimSpace(k.Text) != "" {
				return n.Kids, false
			}
		}
	}
	if !elements {
		return n.Kids, false
	}
	for _, k := range n.Kids {
		if k.Kind != TextNode {
			kids = append(kids, k)
		}
	}
	return kids, true
}

// followed puts annotations after a piece, with the comments between them.
func (w *compactWriter) followed(p *layout.Piece, l []*Node) *layout.Piece {
	if len(l) == 0 {
		return p
	}
	all := []*layout.Piece{p}
	var after []*layout.Piece
	var remarks []*Node
	for _, k := range l {
		if k.Kind == CommentNode {
			remarks = append(remarks, k)
			continue
		}
		after = append(after, layout.Line)
		if remarks != nil {
			after = append(after, comments(remarks), layout.NewLine)
			remarks = nil
		}
		after = append(after, layout.Words(">> "), layout.Align(w.annotation(k)))
	}
	return layout.Group(layout.Join(append(all, layout.Nest(after...))...))
}

// Patterns.

// place is where a pattern stands, which decides on its parentheses.
type standing uint8

const (
	standsAlone    standing = iota // all that is between brackets
	besideOperator                 // beside an operator
	beforeSign                     // before ? * +, or after a - of a datatype
)

// entry is a kid with what belongs to it: the comments before it, the
// documentation of a value, and the annotations after it.
type entry struct {
	remarks, docs, after []*Node
	n                    *Node
}

// entries groups kids; what is left is comments after the last.
func entries(kids []*Node) (l []entry, remarks []*Node) {
	for _, k := range kids {
		switch {
		case k.Kind == CommentNode:
			remarks = append(remarks, k)
		case k.Kind == TextNode:
		case k.Space == Namespace:
			before, n := beginless(k)
			n, after := endless(n)
			l = append(l, entry{remarks: append(remarks, before...), n: n})
			remarks = after
		case len(l) > 0:
			e := &l[len(l)-1]
			if e.n.Local == "value" && len(e.after)+len(remarks) == 0 && isDocumentation(k) {
				e.docs = append(e.docs, k)
				continue
			}
			e.after = append(append(e.after, remarks...), k)
			remarks = nil
		}
	}
	for i := range l {
		if n := l[i].n; n.Local == "value" || n.Local == "name" || n.Local == "param" {
			for _, k := range n.Kids {
				if k.Kind == CommentNode {
					l[i].remarks = append(l[i].remarks, k)
				}
			}
		}
	}
	return l, remarks
}

// inner tells where entries stand, and whether parentheses are around them.
func inner(l []entry, last []*Node, at standing) (inside standing, parens bool) {
	parens = at != standsAlone && (len(l) > 1 || len(last) > 0)
	for _, x := range l {
		// with a sign of repetition, what stands before it would stay outside
		parens = parens || at == beforeSign && (len(x.after) > 0 || len(x.remarks) > 0)
	}
	inside = at
	if parens {
		inside = standsAlone
	}
	// what follows a pattern without parentheses is its last operand's
	if len(l) > 1 || len(l) == 1 && len(l[0].after) > 0 && l[0].n.Local != "data" {
		inside = besideOperator
	}
	return inside, parens
}

// body writes the patterns in an element, joined by an operator.
func (w *compactWriter) body(remarks, kids []*Node, operator string, at standing, e writerEnv) *layout.Piece {
	l, last := entries(kids)
	if len(l) > 0 {
		l[0].remarks = append(slices.Clone(remarks), l[0].remarks...)
	} else {
		last = append(slices.Clone(remarks), last...)
	}
	inside, parens := inner(l, last, at)
	var all []*layout.Piece
	for i, x := range l {
		p := w.followed(w.entry(x, inside, e), x.after)
		if i > 0 && operator == "," {
			all = append(all, layout.Words(","), layout.Line)
		} else if i > 0 {
			all = append(all, layout.Line)
		}
		if len(x.remarks) > 0 {
			all = append(all, comments(x.remarks), layout.NewLine)
		}
		if i > 0 && operator != "," {
			p = layout.Join(layout.Words(operator+" "), layout.Align(p))
		}
		all = append(all, p)
	}
	if len(last) > 0 {
		if len(l) > 0 {
			all = append(all, layout.NewLine)
		}
		all = append(all, comments(last))
	}
	p := layout.Group(all...)
	if !parens {
		return p
	}
	return inParentheses(p)
}

func inParentheses(p *layout.Piece) *layout.Piece {
	if strings.HasPrefix(p.First(), "#") {
		return layout.Join(layout.Words("("), layout.Nest(layout.NewLine, p), layout.NewLine, layout.Words(")"))
	}
	return layout.Join(layout.Words("("), layout.Align(p), layout.Words(")"))
}

// entry writes a kid with its annotations, and not those after it.
func (w *compactWriter) entry(x entry, at standing, e writerEnv) *layout.Piece {
	n := x.n
	e = e.enter(n)
	docs, notes, remarks, rest := lead(implied(n, n.Kids))
	attrs := foreign(n)
	whole := func(p *layout.Piece) *layout.Piece { return w.annotated(attrs, docs, notes, nil, p) }
	short := func(p *layout.Piece) *layout.Piece { return w.annotated(attrs, docs, notes, remarks, p) }
	switch n.Local {
	case "element", "attribute":
		return whole(w.named(n, remarks, rest, e))
	case "group", "choice", "interleave":
		operator := map[string]string{"group": ",", "choice": "|", "interleave": "&"}[n.Local]
		plain := len(attrs)+len(docs)+len(notes) == 0
		if l, _ := entries(rest); len(l) == 1 && plain {
			// one pattern is itself (4.12)
			return w.body(remarks, rest, operator, at, e)
		}
		if plain {
			return w.body(remarks, rest, operator, at, e)
		}
		p := inParentheses(w.body(remarks, rest, operator, standsAlone, e))
		if takesAnnotations(rest) {
			p = inParentheses(p)
		}
		return whole(p)
	case "optional", "zeroOrMore", "oneOrMore":
		sign := map[string]string{"optional": "?", "zeroOrMore": "*", "oneOrMore": "+"}[n.Local]
		p := layout.Join(w.body(remarks, rest, ",", beforeSign, e), layout.Words(sign))
		if plain := len(attrs)+len(docs)+len(notes) == 0; !plain || at == beforeSign {
			return whole(inParentheses(p))
		}
		return p
	case "list", "mixed":
		return whole(w.braced(layout.Words(n.Local+" {"), remarks, rest, e))
	case "grammar":
		docs, rest := leadingDocumentation(n.Kids)
		return w.annotated(attrs, docs, nil, nil, braces(layout.Words("grammar {"), w.content(rest, e)))
	case "ref":
		name, _ := trimmed(n, "name")
		return short(layout.Words(identifier(name)))
	case "parentRef":
		name, _ := trimmed(n, "name")
		return short(layout.Words("parent " + identifier(name)))
	case "externalRef":
		return short(layout.Words("external " + w.href(n, e)))
	case "data":
		return w.data(n, at, e)
	case "value":
		return w.annotated(attrs, x.docs, nil, nil, w.value(n, e))
	}
	return short(layout.Words(n.Local)) // empty, text, notAllowed
}

// takesAnnotations reports whether kids are one pattern that the annotations
// before its parentheses would be of.
func takesAnnotations(kids []*Node) bool {
	l, _ := entries(kids)
	if len(l) != 1 || len(foreign(l[0].n)) > 0 {
		return false
	}
	docs, notes, _, rest := lead(l[0].n.Kids)
	if len(docs)+len(notes) > 0 {
		return false
	}
	switch l[0].n.Local {
	case "optional", "zeroOrMore", "oneOrMore":
		return true
	case "group", "choice", "interleave":
		if l, _ := entries(rest); len(l) == 1 {
			return takesAnnotations(rest)
		}
		return true
	}
	return false
}

// braced writes { … } around patterns.
func (w *compactWriter) braced(head *layout.Piece, remarks, kids []*Node, e writerEnv) *layout.Piece {
	return braces(head, w.body(remarks, kids, ",", standsAlone, e))
}

func braces(head, body *layout.Piece) *layout.Piece {
	if body.Empty() {
		return layout.Join(head, layout.Words(" }"))
	}
	return layout.Group(head, layout.Nest(layout.Line, body), layout.Line, layout.Words("}"))
}

// named writes an element or attribute.
func (w *compactWriter) named(n *Node, remarks, kids []*Node, e writerEnv) *layout.Piece {
	attribute := n.Local == "attribute"
	head := layout.Words(n.Local + " ")
	var names *layout.Piece
	if name, ok := trimmed(n, "name"); ok {
		ns := e.ns
		if attribute { // 4.8
			ns = boundSpace{}
			if v, ok := n.Attr("ns"); ok {
				ns.uri = v
			}
		}
		names = layout.Words(w.nameOf(n, name, ns, attribute))
	} else {
		i := slices.IndexFunc(kids, func(k *Node) bool { return k.Kind == ElementNode && k.Space == Namespace })
		end := i + 1
		for k := end; k < len(kids); k++ { // the annotations after the names
			if kids[k].Kind == ElementNode {
				if kids[k].Space == Namespace {
					break
				}
				end = k + 1
			}
		}
		names = w.names(remarks, kids[:end], standsAlone, attribute, e)
		remarks, kids = nil, kids[end:]
	}
	l, last := entries(kids)
	if attribute && len(l) == 0 {
		remarks = append(remarks, last...)
		if len(remarks) > 0 {
			return braces(layout.Join(head, layout.Align(names), layout.Words(" {")), layout.Join(comments(remarks), layout.NewLine, layout.Words("text")))
		}
		return layout.Join(head, layout.Align(names), layout.Words(" { text }"))
	}
	return w.braced(layout.Join(head, layout.Align(names), layout.Words(" {")), remarks, kids, e)
}

func (w *compactWriter) href(n *Node, e writerEnv) string {
	href, _ := n.Attr("href")
	s := literal(href)
	if e.ns != w.byDefault {
		s += " inherit = " + w.prefixOf(e.ns)
	}
	return s
}

// typeName writes the name of a datatype.
func (w *compactWriter) typeName(n *Node, e writerEnv) string {
	name, _ := trimmed(n, "type")
	if e.library == "" && (name == "string" || name == "token") {
		return name
	}
	return w.libraryOf(e.library) + ":" + name
}

func (w *compactWriter) value(n *Node, e writerEnv) *layout.Piece {
	if _, ok := n.Attr("type"); !ok {
		return literalPiece(n.text())
	}
	return layout.Join(layout.Words(w.typeName(n, e)+" "), literalPiece(w.qname(n, e)))
}

// qname is the text of a value. Where that is a qualified name it gets the
// prefix that its namespace has in the whole file.
func (w *compactWriter) qname(n *Node, e writerEnv) string {
	text := n.text()
	if name, _ := trimmed(n, "type"); e.library != datatypesXSD || name != "QName" && name != "NOTATION" {
		return text
	}
	prefix, local, ok := strings.Cut(trimSpace(text), ":")
	ns := e.ns
	if ok {
		uri, known := n.Scope.Resolve(prefix)
		if !known || uri == xmlNamespace {
			return text
		}
		ns = boundSpace{uri: uri}
	} else {
		local = prefix
	}
	switch {
	case !ok && ns == w.byDefault:
		return text
	case ns.inherit:
		w.lost(n, "rnc/qname", "the value %q is a name of the namespace that is inherited, which it can't be beside the default namespace %q; give it a prefix", text, w.byDefault.uri)
		return text
	case ns.uri == "":
		w.lost(n, "rnc/qname", "the value %q is a name of no namespace, which it can't be beside the default namespace %q", text, w.byDefault.uri)
		return text
	}
	if ok {
		for _, p := range w.prefixes {
			if p.prefix == prefix && p.uri == ns.uri {
				p.used = true
				return text
			}
		}
	}
	return w.prefixOf(ns) + ":" + local
}

// lost tells what the compact syntax can't hold.
func (w *compactWriter) lost(n *Node, code diag.Code, format string, args ...any) {
	w.findings = append(w.findings, diag.Finding{Pos: n.Pos(), Severity: diag.Warning, Code: code, Message: plainf(format, args...)})
}

// data writes a datatype. What stands after a parameter can stand before it; for
// annotations elsewhere between the parts there is no place.
func (w *compactWriter) data(n *Node, at standing, e writerEnv) *layout.Piece {
	docs, notes, remarks, rest := lead(n.Kids)
	params, last := entries(rest)
	attrs := foreign(n)
	p := layout.Words(w.typeName(n, e))
	var except *entry
	if i := slices.IndexFunc(params, func(x entry) bool { return x.n.is("except") }); i >= 0 {
		except = &params[i]
		params = params[:i]
		last = except.remarks
	}
	if len(params) > 0 {
		params[0].remarks = append(remarks, params[0].remarks...)
		p = layout.Join(p, layout.Words(" "), w.params(params, last))
		remarks, last = nil, nil
	}
	remarks = append(remarks, last...)
	if except == nil {
		return w.annotated(attrs, docs, notes, remarks, p)
	}
	a, x := w.except(except, "the datatype")
	attrs, notes, remarks = append(attrs, a.attrs...), append(notes, a.notes...), append(remarks, a.remarks...)
	_, _, inside, kids := lead(implied(x, x.Kids))
	p = layout.Join(p, layout.Words(" - "), layout.Align(w.body(inside, kids, "|", beforeSign, e.enter(x))))
	p = w.annotated(attrs, docs, notes, remarks, p)
	if at != standsAlone {
		return inParentheses(p)
	}
	return p
}

// params writes the parameters of a datatype, and comments after them.
func (w *compactWriter) params(params []entry, last []*Node) *layout.Piece {
	var inside []*layout.Piece
	for _, x := range params {
		if len(x.remarks) > 0 {
			inside = append(inside, layout.Line, comments(x.remarks))
		}
		docs := 0
		for docs < len(x.after) && isDocumentation(x.after[docs]) {
			docs++
		}
		name, _ := trimmed(x.n, "name")
		inside = append(inside, layout.Line, w.annotated(foreign(x.n), x.after[:docs], x.after[docs:], nil,
			layout.Group(layout.Words(name+" ="), layout.Nest(layout.Line, literalPiece(x.n.text())))))
	}
	if len(last) > 0 {
		inside = append(inside, layout.Line, comments(last))
	}
	return layout.Group(layout.Words("{"), layout.Nest(inside...), layout.Line, layout.Words("}"))
}

// movedNotes are annotations that are put before what they stand in.
type movedNotes struct {
	attrs          []NodeAttr
	notes, remarks []*Node
}

// except finds the annotations on an exception and after it, where the compact
// syntax has none. They are put before the whole.
func (w *compactWriter) except(x *entry, whole string) (a movedNotes, n *Node) {
	n = x.n
	docs, notes, _, _ := lead(implied(n, n.Kids))
	if a.attrs = foreign(n); len(a.attrs)+len(docs)+len(notes) > 0 {
		w.lost(n, "rnc/annotation-moved", "<except> has annotations, which it can't have in the compact syntax; they are put before %s", whole)
		a.notes = slices.Concat(docs, notes)
	}
	for _, k := range x.after {
		if k.Kind == CommentNode {
			a.remarks = append(a.remarks, k)
			continue
		}
		w.lost(k, "rnc/annotation-moved", "the annotation <%s> stands after <except>, where the compact syntax has none; it is put before %s", k.Local, whole)
		a.notes = append(a.notes, k)
	}
	return a, n
}

// Name classes.

// names writes a name class, with annotations after it and comments before.
func (w *compactWriter) names(remarks, kids []*Node, at standing, attribute bool, e writerEnv) *layout.Piece {
	l, last := entries(kids)
	if len(l) > 0 {
		l[0].remarks = append(slices.Clone(remarks), l[0].remarks...)
	}
	inside, parens := inner(l, last, at)
	var all []*layout.Piece
	for i, x := range l {
		if i > 0 {
			all = append(all, layout.Line)
		}
		if len(x.remarks) > 0 {
			all = append(all, comments(x.remarks), layout.NewLine)
		}
		p := w.followed(w.nameEntry(x, inside, attribute, e), x.after)
		if i > 0 {
			p = layout.Join(layout.Words("| "), layout.Align(p))
		}
		all = append(all, p)
	}
	if len(last) > 0 {
		all = append(all, layout.NewLine, comments(last))
	}
	p := layout.Group(all...)
	if !parens {
		return p
	}
	return inParentheses(p)
}

func (w *compactWriter) nameEntry(x entry, at standing, attribute bool, e writerEnv) *layout.Piece {
	n := x.n
	e = e.enter(n)
	docs, notes, remarks, rest := lead(n.Kids)
	attrs := foreign(n)
	switch n.Local {
	case "name":
		return w.annotated(attrs, nil, nil, nil, layout.Words(w.nameOf(n, n.text(), e.ns, attribute)))
	case "choice":
		if len(attrs)+len(docs)+len(notes) == 0 {
			return w.names(remarks, rest, at, attribute, e)
		}
		p := inParentheses(w.names(remarks, rest, standsAlone, attribute, e))
		if takesAnnotations(rest) {
			p = inParentheses(p)
		}
		return w.annotated(attrs, docs, notes, nil, p)
	}
	p := layout.Words("*")
	if n.Local == "nsName" {
		p = layout.Words(w.prefixOf(e.ns) + ":*")
	}
	l, last := entries(rest)
	if len(l) == 0 {
		return w.annotated(attrs, docs, notes, append(remarks, last...), p)
	}
	a, except := w.except(&l[0], "the names")
	attrs, notes, remarks = append(attrs, a.attrs...), append(notes, a.notes...), slices.Concat(remarks, l[0].remarks, a.remarks)
	_, _, inside, kids := lead(implied(except, except.Kids))
	p = layout.Join(p, layout.Words(" - "), layout.Align(w.names(inside, kids, beforeSign, attribute, e.enter(except))))
	p = w.annotated(attrs, docs, notes, remarks, p)
	if at != standsAlone {
		return inParentheses(p)
	}
	return p
}

// Grammars.

// schema writes all but the declarations.
func (w *compactWriter) schema(root *Node) string {
	e := writerEnv{ns: boundSpace{inherit: true}}
	kids := root.Kids
	// other programs read no file that holds no definition
	if root.Local == "grammar" && len(foreign(root)) == 0 && slices.ContainsFunc(kids, func(k *Node) bool { return k.Kind == ElementNode }) {
		return w.components(kids, e.enter(root))
	}
	whole := *root
	whole.Kids = kids
	end := len(kids)
	inside := len(root.elements())
	if _, named := root.Attr("name"); root.Local == "attribute" && !named {
		inside-- // the names; one without a pattern has its <text/> to come
	}
	for inside > 0 || root.Local == "value" {
		if end == 0 || kids[end-1].Kind != CommentNode {
			break
		}
		end--
	}
	whole.Kids = w.before(root, kids[:end])
	x, after := entries([]*Node{&whole})
	after = slices.Concat(after, kids[end:])
	p := w.entry(x[0], standsAlone, e)
	if len(x[0].remarks) > 0 {
		p = layout.Join(comments(x[0].remarks), p)
	}
	if len(after) > 0 {
		p = layout.Join(p, layout.NewLine, layout.NewLine, comments(after))
	}
	return printed(p) + "\n"
}

// before puts the annotations after the only pattern of a group that is the
// schema before it: written without the group, there is nothing to hold them.
func (w *compactWriter) before(root *Node, kids []*Node) []*Node {
	switch root.Local {
	case "group", "choice", "interleave":
	default:
		return kids
	}
	l, _ := entries(kids)
	if docs, notes, _, _ := lead(kids); len(l) != 1 || len(docs)+len(notes)+len(foreign(root)) > 0 {
		return kids
	}
	if len(l[0].after)+len(l[0].docs) == 0 {
		i := slices.IndexFunc(kids, func(k *Node) bool { return k.Kind == ElementNode && k.Space == Namespace })
		whole := *kids[i]
		whole.Kids = w.before(&whole, whole.Kids)
		kids = slices.Clone(kids)
		kids[i] = &whole
		return kids
	}
	var first, rest []*Node
	for _, k := range kids {
		if k.Kind != ElementNode || k.Space == Namespace {
			rest = append(rest, k)
			continue
		}
		w.lost(k, "rnc/annotation-moved", "the annotation <%s> stands at the end of the schema, where the compact syntax has no place for it; it is put before", k.Local)
		first = append(first, k)
	}
	return append(first, rest...)
}

// components writes the parts of the grammar that is the schema, with an empty
// line around those that take more than one.
func (w *compactWriter) components(kids []*Node, e writerEnv) string {
	var b strings.Builder
	long, comment := false, false
	for _, k := range outside(kids) {
		if k.Kind == TextNode {
			continue
		}
		s := printed(w.component(k, e))
		now := strings.Contains(s, "\n")
		if b.Len() > 0 && (long || now && !comment || k.Kind == CommentNode) {
			if !(comment && k.Kind != CommentNode) {
				b.WriteByte('\n')
			}
		}
		b.WriteString(s)
		b.WriteByte('\n')
		long, comment = now, k.Kind == CommentNode
	}
	return b.String()
}

// content writes what stands in a grammar, div or include.
func (w *compactWriter) content(kids []*Node, e writerEnv) *layout.Piece {
	var all []*layout.Piece
	kids = outside(kids)
	for i, k := range kids {
		if k.Kind == TextNode {
			continue
		}
		if len(all) > 0 {
			if k.Kind == CommentNode && kids[i-1].Kind == CommentNode {
				all = append(all, layout.EmptyLine)
			} else {
				all = append(all, layout.NewLine)
			}
		}
		all = append(all, w.component(k, e))
	}
	return layout.Join(all...)
}

// outside is kids with the comments behind them that are at the end of one and
// have no place inside.
func outside(kids []*Node) []*Node {
	var all []*Node
	for _, k := range kids {
		n, after := endless(k)
		all = append(append(all, n), after...)
	}
	return all
}

// beginless splits off the comments that a group without annotations begins
// with: without a sign of its own for its beginning, they come before it.
func beginless(n *Node) ([]*Node, *Node) {
	switch n.Local {
	case "group", "choice", "interleave":
	default:
		return nil, n
	}
	if n.Space != Namespace || len(foreign(n)) > 0 {
		return nil, n
	}
	begin := 0
	for begin < len(n.Kids) && n.Kids[begin].Kind == CommentNode {
		begin++
	}
	before, kids := n.Kids[:begin], n.Kids[begin:]
	if len(kids) == 0 || kids[0].Kind == ElementNode && kids[0].Space != Namespace {
		return nil, n
	}
	if inside, first := beginless(kids[0]); len(inside) > 0 {
		before, kids = slices.Concat(before, inside), append([]*Node{first}, kids[1:]...)
	}
	if len(before) == 0 {
		return nil, n
	}
	whole := *n
	whole.Kids = kids
	return before, &whole
}

// endless splits off the comments at the end of a node that no bracket ends in
// the compact syntax: there they come behind it.
func endless(n *Node) (*Node, []*Node) {
	if n.Space != Namespace || len(n.Kids) == 0 {
		return n, nil
	}
	switch n.Local {
	case "define", "start", "group", "choice", "interleave", "except":
	default:
		if !slices.ContainsFunc(n.Kids, func(k *Node) bool { return k.is("except") }) {
			return n, nil
		}
	}
	end := len(n.Kids)
	for end > 0 && n.Kids[end-1].Kind == CommentNode {
		end--
	}
	kids, after := n.Kids[:end], n.Kids[end:]
	if end > 0 {
		if last, inside := endless(kids[end-1]); len(inside) > 0 {
			kids, after = append(slices.Clone(kids[:end-1]), last), slices.Concat(inside, after)
		}
	}
	if len(after) == 0 {
		return n, nil
	}
	whole := *n
	whole.Kids = kids
	return &whole, after
}

func (w *compactWriter) component(n *Node, e writerEnv) *layout.Piece {
	if n.Kind == CommentNode {
		return comment(n)
	}
	if n.Space != Namespace {
		return w.annotationNamed(n, true)
	}
	e = e.enter(n)
	attrs := foreign(n)
	docs, notes, remarks, rest := lead(implied(n, n.Kids))
	switch n.Local {
	case "div":
		docs, rest = leadingDocumentation(n.Kids)
		return w.annotated(attrs, docs, nil, nil, braces(layout.Words("div {"), w.content(rest, e)))
	case "include":
		head := "include " + w.href(n, e)
		empty := len(rest) == 0
		if docs, rest = leadingDocumentation(n.Kids); empty {
			return w.annotated(attrs, docs, rest, nil, layout.Words(head))
		}
		return w.annotated(attrs, docs, nil, nil, braces(layout.Words(head+" {"), w.content(rest, e)))
	}
	head := "start"
	if n.Local == "define" {
		name, _ := trimmed(n, "name")
		head = identifier(name)
	}
	switch combine, _ := trimmed(n, "combine"); combine {
	case "choice":
		head += " |="
	case "interleave":
		head += " &="
	default:
		head += " ="
	}
	return w.annotated(attrs, docs, notes, nil, layout.Group(layout.Words(head), layout.Nest(layout.Line, w.body(remarks, rest, ",", standsAlone, e))))
}

// leadingDocumentation splits off what ## can hold of the kids of a div or
// include.
func leadingDocumentation(kids []*Node) (docs, rest []*Node) {
	for i, k := range kids {
		if !isDocumentation(k) {
			return docs, kids[i:]
		}
		docs = append(docs, k)
	}
	return docs, nil
}
