package relaxng

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"sigla/schemas/datatype"
	"sigla/tei/diag"
)

// Simplification (clause 4): from the tree of a schema to patterns. The steps
// are the specification's; where it rewrites a tree step by step, each step
// here is a function that the next one calls on the way down, so that a schema
// is walked once.

// simplifier holds what one compilation needs.
type simplifier struct {
	fsys     fs.FS
	in       *interner
	elements []*element
	pending  []pendingElement
	findings diag.List
	files    []string // that are being read: the outer ones of the present
	read     int      // files read
	depth    int      // of the node at hand in its file, and in those that read it
	building int      // definitions that are being built, one out of another
	unused   bool     // what is built now is reached from nowhere: 4.19 takes it out

	unread   bool // a file could not be used
	large    bool // it was told that a pattern is too large
	grammars []*grammar
	checkers map[string]*datatype.Checker
	key      []byte
}

// pendingElement is an element whose content is still to be built.
type pendingElement struct {
	elem  *element
	kids  []*Node
	env   *env
	depth int
}

// env is what a node inherits from those around it. It is shared and never
// changed.
type env struct {
	ns      string
	library string // datatypeLibrary
	grammar *grammar
	base    string // xml:base, as a path
}

// grammar is a grammar pattern's table of definitions (4.18).
type grammar struct {
	outer   *grammar
	defines map[string]*definition
	order   []*definition
	start   *definition
	node    *Node
}

// definition is a named pattern, made of one or more define elements.
type definition struct {
	name    string
	parts   []part
	combine string // "", choice or interleave
	plain   *Node  // the part without combine
	result  *pattern
	state   uint8 // 0 not built, 1 being built, 2 built
	grammar *grammar
}

type part struct {
	node  *Node
	env   *env
	depth int
}

// maxFiles bounds how many files a schema may read, one file many times included.
const maxFiles = 2000

// maxBuilding bounds a chain of definitions of which each refers to the next
// outside of any element: the stack grows with it.
const maxBuilding = 60_000

func (s *simplifier) wrong(n *Node, code diag.Code, clause, format string, args ...any) {
	if len(s.findings) < 100 {
		s.findings = append(s.findings, schemaFinding(n, code, clause, format, args...))
	}
}

// enter is 4.3, 4.5 (as xml:base) and 4.9: what a node gives to those inside it.
func (s *simplifier) enter(n *Node, e *env) *env {
	inner := e
	for i := range n.Attrs {
		a := &n.Attrs[i]
		base := a.Space == xmlNamespace && a.Local == "base"
		if !base && (a.Space != "" || a.Local != "ns" && a.Local != "datatypeLibrary") {
			continue
		}
		if inner == e {
			inner = e.copy()
		}
		switch {
		case base:
			inner.base = joinPath(e.base, a.Value)
		case a.Local == "ns":
			inner.ns = a.Value
		default:
			inner.library = a.Value
		}
	}
	return inner
}

func (e *env) copy() *env {
	inner := *e
	return &inner
}

// trimmed is 4.2: the value of a name, type or combine attribute without the
// white space around it.
func trimmed(n *Node, attr string) (string, bool) {
	v, ok := n.Attr(attr)
	return trimSpace(v), ok
}

// pattern is a node as a pattern.
func (s *simplifier) pattern(n *Node, outer *env) *pattern {
	if s.depth++; s.depth > schemaDepth {
		s.depth--
		return s.tooDeep(n, "patterns nested more than %d deep", schemaDepth)
	}
	p := s.patternOf(n, s.enter(n, outer))
	s.depth--
	if p.size == sizeCap {
		return s.tooLarge(n)
	}
	if p.src == nil {
		p.src = n
	}
	return p
}

func (s *simplifier) tooDeep(n *Node, format string, most int) *pattern {
	s.wrong(n, "rng/limit", "4", format, most)
	return s.in.notAllowed
}

func (s *simplifier) tooLarge(n *Node) *pattern {
	if !s.large && !s.unused {
		s.large = true
		s.wrong(n, "rng/limit", "4.18", "this stands for more than %d patterns, with all that it refers to; a definition may be doubling itself", sizeCap)
	}
	return s.in.notAllowed
}

func (s *simplifier) patternOf(n *Node, e *env) *pattern {
	in := s.in
	switch n.Local {
	case "element":
		return s.element(n, e)
	case "attribute":
		return s.attribute(n, e)
	case "empty":
		return in.empty
	case "text":
		return in.text
	case "notAllowed":
		return in.notAllowed
	case "group":
		return s.group(n.elements(), e)
	case "choice":
		kids := n.elements()
		alts := make([]*pattern, len(kids))
		for i, k := range kids {
			alts[i] = s.pattern(k, e)
		}
		return in.choices(alts)
	case "interleave":
		kids := n.elements()
		p := s.pattern(kids[len(kids)-1], e)
		for i := len(kids) - 2; i >= 0; i-- {
			p = in.interleave(s.pattern(kids[i], e), p)
		}
		return p
	case "mixed": // 4.13
		return in.interleave(s.group(n.elements(), e), in.text)
	case "optional": // 4.14
		return in.choices([]*pattern{s.group(n.elements(), e), in.empty})
	case "zeroOrMore": // 4.15
		return in.choices([]*pattern{in.oneOrMore(s.group(n.elements(), e)), in.empty})
	case "oneOrMore":
		return in.oneOrMore(s.group(n.elements(), e))
	case "list":
		return in.list(s.group(n.elements(), e))
	case "data":
		return s.data(n, e)
	case "value":
		return s.value(n, e)
	case "ref":
		return s.ref(n, e.grammar, "ref")
	case "parentRef":
		if e.grammar == nil || e.grammar.outer == nil {
			s.wrong(n, "rng/parent-ref", "4.18", "<parentRef> outside of a grammar within a grammar")
			return in.notAllowed
		}
		return s.ref(n, e.grammar.outer, "parentRef")
	case "grammar":
		return s.grammar(n, e)
	case "externalRef":
		return s.externalRef(n, e)
	}
	return in.notAllowed
}

// group is 4.12: several patterns in one place are a group.
func (s *simplifier) group(kids []*Node, e *env) *pattern {
	if len(kids) == 0 {
		return s.in.empty
	}
	p := s.pattern(kids[len(kids)-1], e)
	for i := len(kids) - 2; i >= 0; i-- {
		p = s.in.group(s.pattern(kids[i], e), p)
	}
	return p
}

// element is 4.8 and 4.12 for an element. Its content is built later, when all
// names are known; so recursion through elements ends (4.19).
func (s *simplifier) element(n *Node, e *env) *pattern {
	names, kids := s.named(n, e, e.ns)
	el := &element{index: len(s.elements), names: names, node: n}
	s.elements = append(s.elements, el)
	s.pending = append(s.pending, pendingElement{el, kids, e, s.depth})
	return s.in.element(el)
}

// attribute is 4.8 and 4.12 for an attribute.
func (s *simplifier) attribute(n *Node, e *env) *pattern {
	ns := ""
	if v, ok := n.Attr("ns"); ok {
		ns = v
	}
	names, kids := s.named(n, e, ns)
	s.attributeNames(n, names)
	value := s.in.text
	if len(kids) > 0 {
		value = s.pattern(kids[0], e)
	}
	return s.in.attribute(names, value, n)
}

// named is 4.8 and 4.10: the name class of an element or attribute, from its
// attribute or its first kid, and the kids after it.
func (s *simplifier) named(n *Node, e *env, ns string) (*nameClass, []*Node) {
	kids := n.elements()
	if name, ok := trimmed(n, "name"); ok {
		return s.qualified(n, name, ns), kids
	}
	return s.nameClass(kids[0], e), kids[1:]
}

// qualified is 4.10: a prefix is resolved where the name stands.
func (s *simplifier) qualified(n *Node, name, ns string) *nameClass {
	if prefix, local, ok := strings.Cut(name, ":"); ok {
		uri, ok := n.Scope.Resolve(prefix)
		if !ok {
			s.wrong(n, "rng/prefix", "4.10", "the prefix %q is not declared; add xmlns:%s=\"…\"", prefix, prefix)
		}
		return s.in.name(uri, local)
	}
	return s.in.name(ns, name)
}

// nameClass is a node as a name class, with the constraints of 4.16.
func (s *simplifier) nameClass(n *Node, outer *env) *nameClass {
	e := s.enter(n, outer)
	switch n.Local {
	case "name":
		return s.qualified(n, trimSpace(n.text()), e.ns)
	case "choice":
		kids := n.elements()
		if len(kids) == 1 {
			return s.nameClass(kids[0], e)
		}
		c := &nameClass{kind: nameChoice}
		for _, k := range kids {
			c.alts = append(c.alts, s.nameClass(k, e))
		}
		return c
	}
	c := &nameClass{kind: anyName}
	if n.Local == "nsName" {
		c.kind, c.space = nsName, e.ns
	}
	for _, x := range n.elements() {
		kids := x.elements()
		ee := s.enter(x, e)
		if len(kids) == 1 {
			c.except = s.nameClass(kids[0], ee)
		} else {
			c.except = &nameClass{kind: nameChoice}
			for _, k := range kids {
				c.except.alts = append(c.except.alts, s.nameClass(k, ee))
			}
		}
		if c.except.holds(anyName) {
			s.wrong(x, "rng/name-class", "4.16", "<anyName> in the <except> of <%s>", n.Local)
		} else if c.kind == nsName && c.except.holds(nsName) {
			s.wrong(x, "rng/name-class", "4.16", "<nsName> in the <except> of <nsName>")
		}
	}
	return c
}

func (c *nameClass) holds(kind nameKind) bool {
	return c.kind == kind || c.except != nil && c.except.holds(kind) ||
		slices.ContainsFunc(c.alts, func(a *nameClass) bool { return a.holds(kind) })
}

// attributeNames is what 4.16 says of attributes: none is called xmlns.
func (s *simplifier) attributeNames(n *Node, c *nameClass) {
	switch {
	case c.kind == oneName && c.space == "" && c.local == "xmlns":
		s.wrong(n, "rng/name-class", "4.16", "an attribute can't be called xmlns; namespace declarations are no attributes")
	case (c.kind == oneName || c.kind == nsName) && strings.HasPrefix(c.space, xmlnsNamespace):
		s.wrong(n, "rng/name-class", "4.16", "an attribute can't be of the namespace %s", c.space)
	}
	for _, a := range c.alts {
		s.attributeNames(n, a)
	}
	if c.except != nil {
		s.attributeNames(n, c.except)
	}
}

// schemaContext resolves prefixes where a value is written.
type schemaContext struct {
	scope *Scope
	ns    string
}

// ResolvePrefix resolves a QName in a schema: its default namespace is ns (4.9).
func (c schemaContext) ResolvePrefix(prefix string) (string, bool) {
	if prefix == "" {
		return c.ns, true
	}
	return c.scope.Resolve(prefix)
}

// data is 4.16 for data: the type exists and takes its parameters.
func (s *simplifier) data(n *Node, e *env) *pattern {
	name, _ := trimmed(n, "type")
	t := s.datatype(n, e.library, name)
	if t == nil {
		return s.in.notAllowed
	}
	var params []datatype.Param
	var except *pattern
	for _, k := range n.elements() {
		if k.Local == "param" {
			p, _ := trimmed(k, "name")
			params = append(params, datatype.Param{Name: p, Value: k.text()})
			continue
		}
		kids := k.elements()
		alts := make([]*pattern, len(kids))
		ee := s.enter(k, e)
		for i, x := range kids {
			alts[i] = s.pattern(x, ee)
		}
		except = s.in.choices(alts)
	}
	check := s.checker(t, params, n, e)
	if check == nil {
		return s.in.notAllowed
	}
	return s.in.data(check, e.library, except)
}

// checker is a type with its parameters. A schema asks for the same ones again
// and again; each is made once.
func (s *simplifier) checker(t *datatype.Type, params []datatype.Param, n *Node, e *env) *datatype.Checker {
	s.key = append(s.key[:0], e.library...)
	s.key = append(append(s.key, 0), t.Name()...)
	for _, p := range params {
		s.key = append(append(s.key, 0), p.Name...)
		s.key = append(append(s.key, 0), p.Value...)
	}
	if c := s.checkers[string(s.key)]; c != nil {
		return c
	}
	c, err := t.Checker(params, schemaContext{n.Scope, e.ns})
	if err != nil {
		s.wrong(n, "rng/param", "4.16", "%v", err)
		return nil
	}
	s.checkers[string(s.key)] = c
	return c
}

func (s *simplifier) datatype(n *Node, library, name string) *datatype.Type {
	t, err := datatype.Lookup(library, name)
	if err != nil {
		s.wrong(n, "rng/datatype", "4.16", "%v", err)
		return nil
	}
	return t
}

// value is 4.4 and 4.16 for value: without a type it is a token of the built-in
// library.
func (s *simplifier) value(n *Node, e *env) *pattern {
	name, ok := trimmed(n, "type")
	library := e.library
	if !ok {
		name, library = "token", ""
	}
	t := s.datatype(n, library, name)
	if t == nil {
		return s.in.notAllowed
	}
	v, err := t.Value(n.text(), schemaContext{n.Scope, e.ns})
	if err != nil {
		s.wrong(n, "rng/value", "4.16", "%v", err)
		return s.in.notAllowed
	}
	return s.in.valuePattern(v, library, e.ns)
}

// ref is 4.19: a reference stands for what is defined.
func (s *simplifier) ref(n *Node, g *grammar, what string) *pattern {
	name, _ := trimmed(n, "name")
	if g == nil {
		s.wrong(n, "rng/ref", "4.18", "<%s name=%q> outside of any grammar", what, name)
		return s.in.notAllowed
	}
	d := g.defines[name]
	if d == nil {
		hint := ""
		if near := nearestOf(name, g.names()); near != "" {
			hint = "; did you mean " + near + "?"
		}
		s.wrong(n, "rng/ref", "4.18", "%q is not defined in this grammar%s", name, hint)
		return s.in.notAllowed
	}
	if d.state == 1 {
		if !s.unused {
			s.wrong(n, "rng/recursion", "4.19", "%q refers to itself with no element between", name)
		}
		return s.in.notAllowed
	}
	return s.build(d)
}

func (g *grammar) names() []string {
	var l []string
	for _, d := range g.order {
		l = append(l, d.name)
	}
	return l
}

// build is 4.17: the parts of a definition are combined.
func (s *simplifier) build(d *definition) *pattern {
	if d.state == 2 {
		return d.result
	}
	if s.building == maxBuilding {
		return s.tooDeep(d.parts[0].node, "definitions refer to each other in a chain of more than %d", maxBuilding)
	}
	s.building++
	d.state = 1
	var p *pattern
	depth := s.depth
	for _, part := range d.parts {
		s.depth = part.depth
		q := s.group(part.node.elements(), s.enter(part.node, part.env))
		switch {
		case p == nil:
			p = q
		case d.combine == "interleave":
			p = s.in.interleave(p, q)
		default:
			p = s.in.choice(p, q)
		}
	}
	s.depth = depth
	s.building--
	d.result, d.state = p, 2
	return p
}

// grammar is 4.18: a grammar is its start pattern; its definitions are seen
// inside it.
func (s *simplifier) grammar(n *Node, e *env) *pattern {
	g := &grammar{outer: e.grammar, defines: map[string]*definition{}, node: n}
	e = e.copy()
	e.grammar = g
	s.collect(n, e, nil)
	if g.start == nil {
		if s.unread { // it may stand there
			return s.in.notAllowed
		}
		s.wrong(n, "rng/start", "4.18", "the grammar has no <start>")
		return s.in.notAllowed
	}
	p := s.build(g.start)
	s.grammars = append(s.grammars, g)
	return p
}

// overrides are the names that an include replaces, and whether they were there.
type overrides map[string]bool

// collect is 4.11 and 4.17: the definitions of a grammar, a div or an include.
func (s *simplifier) collect(n *Node, e *env, replaced overrides) {
	if s.depth++; s.depth > schemaDepth {
		s.tooDeep(n, "grammars nested more than %d deep", schemaDepth)
		s.depth--
		return
	}
	defer func() { s.depth-- }()
	for _, k := range n.elements() {
		switch k.Local {
		case "div":
			s.collect(k, s.enter(k, e), replaced)
		case "include":
			s.include(k, s.enter(k, e), replaced)
		case "start":
			if _, is := replaced["<start>"]; is {
				replaced["<start>"] = true
				continue
			}
			s.define(k, e, "")
		case "define":
			name, _ := trimmed(k, "name")
			if _, is := replaced[name]; is {
				replaced[name] = true
				continue
			}
			s.define(k, e, name)
		}
	}
}

// define adds a part to a definition; at most one part has no combine, and all
// others have the same (4.17).
func (s *simplifier) define(n *Node, e *env, name string) {
	g := e.grammar
	d := g.start
	if name != "" {
		d = g.defines[name]
	}
	what := "start"
	if name != "" {
		what = "define " + name
	}
	if d == nil {
		d = &definition{name: name, grammar: g}
		if name == "" {
			g.start = d
		} else {
			g.defines[name] = d
			g.order = append(g.order, d)
		}
	}
	combine, ok := trimmed(n, "combine")
	switch {
	case !ok && d.plain != nil:
		s.findings = append(s.findings, schemaFinding(n, "rng/combine", "4.17", "%s stands twice; write combine=\"choice\" on one of the two, or give it another name", what))
		s.findings[len(s.findings)-1].Related = []diag.Related{{Pos: d.plain.Pos(), Message: "first here"}}
	case !ok:
		d.plain = n
	case d.combine != "" && d.combine != combine:
		s.wrong(n, "rng/combine", "4.17", "%s is combined by %s here and by %s before", what, combine, d.combine)
	default:
		d.combine = combine
	}
	d.parts = append(d.parts, part{n, e, s.depth})
}

// include is 4.7: the definitions of another file, some of them replaced.
func (s *simplifier) include(n *Node, e *env, outer overrides) {
	root := s.load(n, e)
	if root == nil {
		return
	}
	defer s.leave()
	if !root.is("grammar") {
		s.unread = true
		s.wrong(n, "rng/include", "4.7", "%s holds <%s>, and only a grammar can be included; use <externalRef>", root.File.Name, root.Local)
		return
	}
	own := overrides{}
	s.replaces(n, own)
	all := overrides{}
	for name := range outer {
		all[name] = false
	}
	for name := range own {
		all[name] = false
	}
	ee := e.copy()
	ee.library, ee.base = "", root.File.Name
	s.collect(root, s.enter(root, ee), all)
	for name := range all {
		if all[name] {
			if _, is := outer[name]; is {
				outer[name] = true
			}
		} else if _, is := own[name]; is {
			s.wrong(n, "rng/include", "4.7", "%s is replaced here and not defined in %s", name, root.File.Name)
		}
	}
	s.collect(n, e, outer)
}

// replaces lists the definitions inside an include.
func (s *simplifier) replaces(n *Node, own overrides) {
	for _, k := range n.elements() {
		switch k.Local {
		case "div":
			s.replaces(k, own)
		case "start":
			own["<start>"] = false
		case "define":
			name, _ := trimmed(k, "name")
			own[name] = false
		}
	}
}

// externalRef is 4.6: the pattern of another file.
func (s *simplifier) externalRef(n *Node, e *env) *pattern {
	root := s.load(n, e)
	if root == nil {
		return s.in.notAllowed
	}
	defer s.leave()
	e = e.copy()
	e.library, e.base = "", root.File.Name
	return s.pattern(root, e)
}

// load is 4.5 and the reading of 4.6 and 4.7.
func (s *simplifier) load(n *Node, e *env) (root *Node) {
	defer func() { s.unread = s.unread || root == nil }()
	href, _ := n.Attr("href")
	u, err := url.Parse(trimSpace(href))
	switch {
	case err != nil:
		s.wrong(n, "rng/href", "4.5", "href=%q is no address", href)
		return nil
	case strings.Contains(href, "#"):
		s.wrong(n, "rng/href", "4.5", "href=%q has a fragment; a whole file is read", href)
		return nil
	case u.IsAbs() && u.Scheme != "file":
		s.wrong(n, "rng/href", "4.5", "%s lies in the network, which is not asked; save it beside this schema and change href", href)
		return nil
	}
	name := joinPath(e.base, href)
	if slices.Contains(s.files, name) {
		s.wrong(n, "rng/include-loop", "4.6 and 4.7", "%s reads itself", name)
		return nil
	}
	if s.read++; s.read > maxFiles {
		s.wrong(n, "rng/limit", "4.6 and 4.7", "more than %d files are read", maxFiles)
		return nil
	}
	root, findings, err := readFile(s.fsys, name, false)
	if err != nil {
		root = nil
		s.wrong(n, "rng/href", "4.5", "%s can't be read: %v", name, diag.Reason(err))
		return nil
	}
	if len(findings) == 0 {
		findings = checkSyntax(root)
	}
	if len(findings) > 0 {
		s.findings = append(s.findings, findings...)
		return nil
	}
	s.files = append(s.files, name)
	return root
}

func (s *simplifier) leave() { s.files = s.files[:len(s.files)-1] }

// joinPath is href as seen from the file base (RFC 3986, 5.2, on paths).
func joinPath(base, href string) string {
	href = strings.TrimPrefix(trimSpace(href), "file://")
	if u, err := url.PathUnescape(href); err == nil {
		href = u
	}
	if path.IsAbs(href) {
		return path.Clean(href)
	}
	dir := path.Dir(base)
	if strings.HasSuffix(base, "/") {
		dir = base
	}
	joined := path.Join(dir, href)
	if strings.HasSuffix(href, "/") {
		joined += "/"
	}
	return joined
}

// finish builds the contents of elements until none is left; then what nothing
// refers to, which is taken out (4.19), but only after it was found correct.
func (s *simplifier) finish() {
	s.contents()
	s.unused = true
	for i := 0; i < len(s.grammars); i++ {
		for _, d := range s.grammars[i].order {
			if d.state == 0 {
				s.build(d)
			}
		}
		s.contents()
	}
}

func (s *simplifier) contents() {
	for len(s.pending) > 0 {
		p := s.pending[len(s.pending)-1]
		s.pending = s.pending[:len(s.pending)-1]
		s.depth = p.depth
		p.elem.content = s.group(p.kids, p.env)
	}
}
