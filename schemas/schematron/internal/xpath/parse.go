package xpath

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Static is what an expression may refer to.
type Static struct {
	Namespace func(prefix string) (uri string, ok bool)
	Variable  func(name Name) (slot int, ok bool)
	Function  func(name Name, arity int) *UserFunction // nil for none
	Key       func(name Name) *Key                     // nil for none
	Compat    bool                                     // XPath 1.0 compatibility (XPath 2.0, appendix I)
}

// Compiler compiles the expressions of one schema, which share what is worked
// out once for a document.
type Compiler struct {
	tests  []*test
	index  map[test]*test // by what they are before they have a slot
	caches int
	slots  int
	locals int
}

// Global makes a variable that expressions refer to by its slot.
func (c *Compiler) Global() int {
	c.slots++
	return c.slots - 1
}

// Expr is a compiled expression. It never changes.
type Expr struct {
	Source string
	root   expr
}

// parser reads an expression by recursive descent (XPath 3.1, A.1).
type parser struct {
	c      *Compiler
	s      *Static
	src    string
	tokens []token
	i      int
	depth  int
	scope  []local
}

type local struct {
	name Name
	slot int
}

// maxNesting bounds how deep an expression nests.
const maxNesting = 256

// Expr compiles an expression. The error is a *SyntaxError.
func (c *Compiler) Expr(src string, s *Static) (e *Expr, err error) {
	defer func() { err = recovered(recover(), err) }()
	p := &parser{c: c, s: s, src: src, tokens: lex(src)}
	if p.now().kind == endToken {
		syntaxError(0, "the expression is empty")
	}
	root := p.expression()
	p.atEnd()
	return &Expr{src, root}, nil
}

// Function compiles the body of a function whose parameters are given.
func (c *Compiler) Function(src string, s *Static, params []Name) (e *Expr, slots []int, err error) {
	defer func() { err = recovered(recover(), err) }()
	p := &parser{c: c, s: s, src: src, tokens: lex(src)}
	for _, n := range params {
		slots = append(slots, p.declare(n))
	}
	root := p.expression()
	p.atEnd()
	return &Expr{src, root}, slots, nil
}

func recovered(v any, err error) error {
	switch v := v.(type) {
	case nil:
		return err
	case *SyntaxError:
		return v
	case *Error:
		return v
	case stopped:
		return v.err
	}
	panic(v)
}

func (p *parser) atEnd() {
	t := p.now()
	switch {
	case t.kind == endToken:
	case t.is(")") || t.is("]"):
		syntaxError(t.at, "%s closes nothing", t.text)
	default:
		syntaxError(t.at, "%s does not belong here; an operator such as and, or, = or | may be missing before it", t.what())
	}
}

func (p *parser) now() token  { return p.tokens[p.i] }
func (p *parser) peek() token { return p.tokens[min(p.i+1, len(p.tokens)-1)] }
func (p *parser) advance() token {
	t := p.tokens[p.i]
	if t.kind != endToken {
		p.i++
	}
	return t
}

func (p *parser) accept(sign string) bool {
	if p.now().is(sign) {
		p.i++
		return true
	}
	return false
}

func (p *parser) acceptWord(w string) bool {
	if p.now().word(w) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(sign, where string) {
	if t := p.now(); !p.accept(sign) {
		syntaxError(t.at, "%s where %s should stand%s", t.what(), quoted(sign), where)
	}
}

func (p *parser) expectWord(w, where string) {
	if t := p.now(); !p.acceptWord(w) {
		syntaxError(t.at, "%s where %s should stand%s", t.what(), quoted(w), where)
	}
}

func (p *parser) declare(n Name) int {
	p.c.locals++
	p.scope = append(p.scope, local{n, p.c.locals - 1})
	return p.c.locals - 1
}

func (p *parser) nest() func() {
	if p.depth++; p.depth > maxNesting {
		syntaxError(p.now().at, "the expression nests deeper than %d", maxNesting)
	}
	return func() { p.depth-- }
}

func (p *parser) expression() expr {
	defer p.nest()()
	first := p.single()
	if !p.now().is(",") {
		return first
	}
	l := []expr{first}
	for p.accept(",") {
		l = append(l, p.single())
	}
	return &sequence{l}
}

func (p *parser) single() expr {
	defer p.nest()()
	t, next := p.now(), p.peek()
	if t.kind == nameToken && (next.is("$") || next.is("(")) {
		switch {
		case next.is("(") && t.word("if"):
			return p.conditional()
		case !next.is("$"):
		case t.word("for"):
			return p.binding("for", "in", "return")
		case t.word("let"):
			return p.binding("let", ":=", "return")
		case t.word("some"), t.word("every"):
			return p.binding(t.local, "in", "satisfies")
		}
	}
	return p.binary(0)
}

func (p *parser) conditional() expr {
	p.i += 2
	test := p.expression()
	p.expect(")", " after the condition of if")
	p.expectWord("then", "")
	yes := p.single()
	p.expectWord("else", "; every if needs one")
	return &conditional{test, yes, p.single()}
}

// binding reads for, let, some and every.
func (p *parser) binding(kind, between, before string) expr {
	p.i++
	outer := len(p.scope)
	defer func() { p.scope = p.scope[:outer] }()
	b := &binding{kind: kind}
	for {
		p.expect("$", "")
		name := p.variableName()
		if p.now().word("as") {
			p.i++
			p.sequenceType()
		}
		if between == ":=" {
			at := p.now().at
			if !p.accept(":") || !p.accept("=") {
				syntaxError(at, "let needs := after the variable")
			}
		} else {
			p.expectWord(between, "")
		}
		in := p.single()
		b.vars = append(b.vars, bound{p.declare(name), in})
		if !p.accept(",") {
			break
		}
	}
	p.expectWord(before, "")
	b.body = p.single()
	return b
}

func (p *parser) variableName() Name {
	t := p.advance()
	if t.kind != nameToken || t.local == "*" {
		syntaxError(t.at, "a variable's name has to follow $")
	}
	return p.name(t, "")
}

// name expands a name.
func (p *parser) name(t token, unprefixed string) Name {
	if t.braced {
		return Name{t.space, t.local}
	}
	if t.prefix == "" {
		return Name{unprefixed, t.local}
	}
	return Name{p.namespace(t), t.local}
}

const (
	functionSpace = "http://www.w3.org/2005/xpath-functions"
	schemaSpace   = "http://www.w3.org/2001/XMLSchema"
	mathSpace     = functionSpace + "/math"
	mapSpace      = functionSpace + "/map"
	arraySpace    = functionSpace + "/array"
	xsltSpace     = "http://www.w3.org/1999/XSL/Transform"
	xmlSpace      = "http://www.w3.org/XML/1998/namespace"
)

// known are prefixes that need no declaration (XPath 3.1, 2.1.1); of xsl many
// schemas think the same.
var known = map[string]string{"xml": xmlSpace, "xs": schemaSpace, "xsd": schemaSpace, "fn": functionSpace, "math": mathSpace, "map": mapSpace, "array": arraySpace, "xsl": xsltSpace}

func (p *parser) namespace(t token) string {
	if p.s.Namespace != nil {
		if uri, ok := p.s.Namespace(t.prefix); ok {
			return uri
		}
	}
	if uri, ok := known[t.prefix]; ok {
		return uri
	}
	syntaxError(t.at, "the prefix %s is not declared; a schema declares it with <ns prefix=%q uri=\"…\"/>", t.prefix, t.prefix)
	return ""
}

// operators by precedence, lowest first (XPath 3.1, A.4).
var operators = [][]string{
	{"or"}, {"and"},
	{"=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "is", "<<", ">>"},
	{"||"}, {"to"}, {"+", "-"}, {"*", "div", "idiv", "mod"}, {"|", "union"}, {"intersect", "except"},
	{"instance"}, {"treat"}, {"castable"}, {"cast"}, {"=>"},
}

const (
	comparisonLevel = 2
	rangeLevel      = 4
)

func (p *parser) operator(level int) (string, token) {
	t := p.now()
	for _, op := range operators[level] {
		if t.is(op) || t.word(op) {
			return op, t
		}
	}
	return "", t
}

func (p *parser) binary(level int) expr {
	if level == len(operators) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for n := 0; ; n++ {
		op, t := p.operator(level)
		if op == "" {
			return left
		}
		if n > 0 && (level == comparisonLevel || level == rangeLevel) {
			syntaxError(t.at, "%s follows another comparison; put one of them into brackets", op)
		}
		if n > 10000 {
			syntaxError(t.at, "the expression is too long")
		}
		p.i++
		switch op {
		case "instance":
			p.expectWord("of", "")
			left = &instanceOf{left, p.sequenceType()}
			continue
		case "treat":
			p.expectWord("as", "")
			left = &treatAs{left, p.sequenceType()}
			continue
		case "castable", "cast":
			p.expectWord("as", "")
			to, optional := p.singleType()
			left = &castAs{left, to, optional, op == "castable"}
			continue
		case "=>":
			left = p.arrow(left)
			continue
		}
		left = p.combine(op, left, p.binary(level+1))
	}
}

func (p *parser) combine(op string, l, r expr) expr {
	switch op {
	case "or":
		return &orExpr{l, r}
	case "and":
		return &andExpr{l, r}
	case "=", "!=", "<", "<=", ">", ">=":
		return newGeneral(p, op, l, r)
	case "eq", "ne", "lt", "le", "gt", "ge":
		return &valueComparison{valueOps[op], l, r}
	case "is", "<<", ">>":
		return &nodeComparison{op, l, r}
	case "||":
		return p.call(Name{functionSpace, "concat"}, []expr{l, r}, p.now().at)
	case "to":
		return &rangeExpr{l, r}
	case "|", "union":
		return &union{l, r}
	case "intersect", "except":
		return &difference{l, r, op == "intersect"}
	}
	return &arithmetic{op, l, r, p.s.Compat}
}

func (p *parser) arrow(left expr) expr {
	t := p.advance()
	if t.kind != nameToken || !p.now().is("(") {
		unsupported(t.at, "=> with anything but a function's name")
	}
	return p.call(p.name(t, functionSpace), append([]expr{left}, p.arguments()...), t.at)
}

func (p *parser) unary() expr {
	negative, n := false, 0
	for ; p.now().is("-") || p.now().is("+"); n++ {
		negative = negative != p.advance().is("-")
	}
	e := p.simpleMap()
	if n == 0 {
		return e
	}
	if !negative {
		return &arithmetic{"+", &literal{Int(0)}, e, p.s.Compat}
	}
	return &negation{e, p.s.Compat}
}

func (p *parser) simpleMap() expr {
	e := p.path()
	for p.accept("!") {
		e = &simpleMap{e, p.path()}
	}
	return e
}

// startsStep reports whether a token can begin a step.
func (p *parser) startsStep() bool {
	t := p.now()
	switch t.kind {
	case nameToken, stringToken, numberToken:
		return true
	case signToken:
		switch t.text {
		case "*", "@", ".", "..", "(", "$":
			return true
		}
	}
	return false
}

func (p *parser) path() expr {
	defer p.nest()()
	t := p.now()
	w := &path{cache: -1}
	switch {
	case p.accept("//"):
		w.root = true
		w.steps = append(w.steps, anyDescendant())
		if !p.startsStep() {
			syntaxError(p.now().at, "a name has to follow //")
		}
	case p.accept("/"):
		w.root = true
		if !p.startsStep() {
			return p.finish(w)
		}
	case !p.startsStep():
		p.noOperand(t)
	}
	for {
		w.steps = append(w.steps, p.step())
		if p.accept("//") {
			w.steps = append(w.steps, anyDescendant())
		} else if !p.accept("/") {
			break
		}
		if !p.startsStep() {
			syntaxError(p.now().at, "%s where a name should follow the /", p.now().what())
		}
	}
	return p.finish(w)
}

func (p *parser) noOperand(t token) {
	switch {
	case t.kind == endToken:
		syntaxError(t.at, "the expression ends where a value or a path should follow")
	case t.is("[") || t.is("?") || t.is("#") || t.is("{"):
		unsupported(t.at, "maps, arrays and functions as values are not run")
	}
	hint := ""
	if p.i > 0 && t.is("=") && p.tokens[p.i-1].is("=") {
		hint = "; XPath compares with one ="
	}
	syntaxError(t.at, "%s where a value or a path should stand%s", t.what(), hint)
}

func anyDescendant() step {
	return step{axis: descendantOrSelf, test: &test{kind: anyNode}}
}

// finish simplifies a path.
func (p *parser) finish(w *path) expr {
	if !w.root && len(w.steps) == 1 && w.steps[0].expr != nil {
		s := &w.steps[0]
		if len(s.preds) == 0 {
			return s.expr
		}
		return &filter{s.expr, s.preds}
	}
	// a//b is a/descendant::b where no predicate counts
	var steps []step
	for i := 0; i < len(w.steps); i++ {
		s := w.steps[i]
		if s.expr == nil && s.axis == descendantOrSelf && s.test.kind == anyNode && len(s.preds) == 0 && i+1 < len(w.steps) {
			next := w.steps[i+1]
			if next.expr == nil && (next.axis == child || next.axis == descendant) && !next.counts() {
				next.axis = descendant
				s = next
				i++
			} else if next.expr == nil && next.axis == self && !next.counts() {
				next.axis = descendantOrSelf
				s = next
				i++
			}
		}
		steps = append(steps, s)
	}
	w.steps = steps
	w.nodes = true
	for i := range w.steps {
		if e := w.steps[i].expr; e != nil && !yieldsNodes(e) {
			w.nodes = false
		}
	}
	if w.root && w.nodes && len(w.steps) > 0 && !leans(w) {
		w.cache = p.c.caches
		p.c.caches++
	}
	return w
}

func (p *parser) step() step {
	t, next := p.now(), p.peek()
	s := step{axis: child}
	switch {
	case t.is(".."):
		p.i++
		s.axis, s.test = parent, &test{kind: anyNode}
	case t.is("@"):
		p.i++
		s.axis = attribute
		s.test = p.nodeTest(attribute)
	case t.is("*"):
		s.test = p.nodeTest(child)
	case t.kind == nameToken && next.is("::"):
		a, ok := axes[t.local]
		if !ok || t.prefix != "" {
			if t.local == "namespace" {
				unsupported(t.at, "the namespace axis is not run")
			}
			syntaxError(t.at, "%s is no axis; the axes are child, parent, ancestor, descendant, self, attribute, following, preceding and others", t.text)
		}
		p.i += 2
		s.axis = a
		s.test = p.nodeTest(a)
	case t.kind == nameToken && next.is("(") && !t.braced && t.prefix == "" && kindTests[t.local]:
		if t.local == "attribute" || t.local == "schema-attribute" {
			s.axis = attribute
		}
		s.test = p.nodeTest(s.axis)
	case t.kind == nameToken && !next.is("(") && !next.is("#"):
		if (t.word("map") || t.word("array") || t.word("function")) && next.is("{") {
			unsupported(t.at, "maps, arrays and functions as values are not run")
		}
		s.test = p.nodeTest(child)
	default:
		s.expr = p.primary()
	}
	for p.accept("[") {
		at := p.now().at
		if p.now().is("]") {
			syntaxError(at, "the predicate [ ] is empty")
		}
		s.preds = append(s.preds, newPredicate(p.expression()))
		p.expect("]", " to close the predicate")
	}
	if p.now().is("?") && s.expr != nil {
		unsupported(p.now().at, "maps and arrays are not run")
	}
	return s
}

var kindTests = map[string]bool{"node": true, "text": true, "comment": true, "processing-instruction": true, "element": true, "attribute": true, "document-node": true, "schema-element": true, "schema-attribute": true, "namespace-node": true}

func (p *parser) nodeTest(a axis) *test {
	t := p.advance()
	if t.is("*") {
		return p.test(&test{kind: namedNode, attr: a == attribute, anySpace: true, anyLocal: true})
	}
	if t.kind != nameToken {
		syntaxError(t.at, "%s where the name of an element or attribute should stand", t.what())
	}
	if p.now().is("(") && t.prefix == "" && !t.braced {
		if !kindTests[t.local] {
			syntaxError(t.at, "%s() is no test of a node; node(), text(), comment(), processing-instruction() and element() are", t.local)
		}
		return p.kindTest(t)
	}
	n := &test{kind: namedNode, attr: a == attribute}
	switch {
	case t.prefix == "*":
		n.anySpace = true
	case t.braced:
		n.name.Space = t.space
	case t.prefix != "":
		n.name.Space = p.namespace(t)
	}
	n.name.Local = t.local
	n.anyLocal = t.local == "*"
	return p.test(n)
}

// test gives a test its place among those of the schema.
func (p *parser) test(n *test) *test {
	key := *n
	if o := p.c.index[key]; o != nil {
		return o
	}
	if p.c.index == nil {
		p.c.index = map[test]*test{}
	}
	p.c.index[key] = n
	n.slot = len(p.c.tests)
	p.c.tests = append(p.c.tests, n)
	return n
}

func (p *parser) kindTest(t token) *test {
	p.expect("(", "")
	n := &test{}
	named := false
	switch t.local {
	case "node":
		n.kind = anyNode
	case "text":
		n.kind = textNode
	case "comment":
		n.kind = commentNode
	case "processing-instruction":
		n.kind = instructionNode
		if x := p.now(); x.kind == nameToken || x.kind == stringToken {
			p.i++
			n.target = trim(x.text)
		}
	case "document-node":
		n.kind = documentNode
		if x := p.now(); x.kind == nameToken {
			p.i++
			n.inner = p.kindTest(x)
		}
	case "element", "attribute":
		n = &test{kind: namedNode, attr: t.local == "attribute", anySpace: true, anyLocal: true}
		if !p.now().is(")") {
			inner := child
			if n.attr {
				inner = attribute
			}
			n = p.nodeTest(inner)
			if p.accept(",") {
				p.itemTypeName()
				p.accept("?")
			}
		}
		named = true
	default:
		unsupported(t.at, "%s() needs types of a schema, which are not known here", t.local)
	}
	p.expect(")", " after "+t.local+"(")
	if named {
		return p.test(n)
	}
	return n
}

func (p *parser) primary() expr {
	t := p.advance()
	switch {
	case t.kind == stringToken:
		return &literal{Str(t.text)}
	case t.kind == numberToken:
		return &literal{p.number(t)}
	case t.is("."):
		return &contextItem{}
	case t.is("("):
		if p.accept(")") {
			return &sequence{}
		}
		e := p.expression()
		p.expect(")", " to close the bracket")
		return &group{e}
	case t.is("$"):
		return p.variable(t)
	case t.kind == nameToken && p.now().is("#") || t.word("function"):
		unsupported(t.at, "functions as values are not run")
	case t.kind == nameToken:
		return p.call(p.name(t, functionSpace), p.arguments(), t.at)
	}
	p.noOperand(t)
	return nil
}

func (p *parser) number(t token) Item {
	switch {
	case strings.ContainsAny(t.text, "eE"):
		f, _ := parseDouble(t.text, 64)
		return Num(f)
	case p.s.Compat && strings.Contains(t.text, "."):
		f, _ := parseDouble(t.text, 64)
		return Num(f)
	case strings.Contains(t.text, "."):
		r, ok := parseDecimal(t.text)
		if !ok {
			syntaxError(t.at, "the number %s is too long", quoted(t.text))
		}
		return decimal(r)
	}
	i, err := strconv.ParseInt(t.text, 10, 64)
	if err != nil {
		if r, ok := new(big.Rat).SetString(t.text); ok && len(t.text) < maxDigits {
			return decimal(r)
		}
		syntaxError(t.at, "the number %s is too long", quoted(t.text))
	}
	return Int(i)
}

func (p *parser) variable(t token) expr {
	name := p.variableName()
	for i := len(p.scope) - 1; i >= 0; i-- {
		if p.scope[i].name == name {
			return &localRef{p.scope[i].slot}
		}
	}
	if p.s.Variable != nil {
		if slot, ok := p.s.Variable(name); ok {
			return &globalRef{slot, name.Local}
		}
	}
	panic(&SyntaxError{Offset: t.at, Undeclared: name.Local,
		Message: fmt.Sprintf("the variable $%s is not declared; a schema declares it with <let name=%q value=\"…\"/> before it is used", name.Local, name.Local)})
}

func (p *parser) arguments() (args []expr) {
	t := p.now()
	p.expect("(", "")
	if p.accept(")") {
		return nil
	}
	for {
		if p.now().is("?") {
			unsupported(p.now().at, "functions as values are not run")
		}
		args = append(args, p.single())
		if p.accept(")") {
			if p.now().is("(") {
				unsupported(p.now().at, "functions as values are not run")
			}
			return args
		}
		if !p.accept(",") {
			syntaxError(p.now().at, "%s where , or ) should stand; the bracket opens at character %d", p.now().what(), t.at+1)
		}
	}
}

// seqType is a sequence type (XPath 3.1, 2.5.4).
type seqType struct {
	test     *test // of a node
	atomic   Type
	exact    func(Item) bool // of a derived type: what it allows; nil for all
	kind     typeKind
	min, max int // max -1 is many
}

type typeKind uint8

const (
	anyItem typeKind = iota
	nodeType
	atomicType
	anyAtomic
	numericType
	emptyType
)

func (p *parser) sequenceType() seqType {
	t := p.now()
	if t.word("empty-sequence") {
		p.i++
		p.expect("(", "")
		p.expect(")", "")
		return seqType{kind: emptyType}
	}
	s := p.itemType()
	s.min, s.max = 1, 1
	switch {
	case p.accept("?"):
		s.min = 0
	case p.accept("*"):
		s.min, s.max = 0, -1
	case p.accept("+"):
		s.max = -1
	}
	return s
}

func (p *parser) itemType() seqType {
	t := p.now()
	if t.kind != nameToken {
		syntaxError(t.at, "%s where a type such as xs:string or element() should stand", t.what())
	}
	if p.peek().is("(") {
		p.i++
		switch {
		case t.word("item"):
			p.expect("(", "")
			p.expect(")", "")
			return seqType{kind: anyItem}
		case kindTests[t.local] && t.prefix == "":
			return seqType{kind: nodeType, test: p.kindTest(t)}
		}
		unsupported(t.at, "the type %s() is not known here", t.text)
	}
	return p.itemTypeName()
}

func (p *parser) itemTypeName() seqType {
	t := p.advance()
	n := p.name(t, "")
	if t.kind == nameToken && n.Space == schemaSpace {
		switch n.Local {
		case "anyAtomicType", "anySimpleType":
			return seqType{kind: anyAtomic}
		case "numeric":
			return seqType{kind: numericType}
		case "anyType", "untyped":
			return seqType{kind: anyItem}
		}
		if a, ok := typeNames[n.Local]; ok {
			return seqType{kind: atomicType, atomic: a}
		}
		if d, ok := derived()[n.Local]; ok {
			return seqType{kind: atomicType, atomic: d.base, exact: d.allows}
		}
	}
	syntaxError(t.at, "the type %s is not known; the types are those of XML Schema, as xs:string, xs:integer or xs:date", t.text)
	return seqType{}
}

func (p *parser) singleType() (seqType, bool) {
	s := p.itemTypeName()
	if s.kind != atomicType {
		syntaxError(p.now().at, "a value can't be cast to that type")
	}
	return s, p.accept("?")
}
