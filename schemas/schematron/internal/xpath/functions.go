package xpath

import (
	"fmt"
	"math"
	"math/big"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"sigla/tei/diag/spelling"

	"sigla/schemas/xmltok"
)

// function is a row of the table of functions: those of XPath Functions and of
// XSLT that rules use.
type function struct {
	name     string
	min, max int // arguments; max -1 is any number
	call     func(r *Run, c *call) Seq
	truth    func(r *Run, c *call) bool // instead of call, where it yields a boolean
	nodes    bool                       // yields nodes alone
	leans    bool                       // its value depends on more than its arguments and the context
}

type call struct {
	f      *function
	args   []expr
	compat bool
	re     *regex // of matches, replace, tokenize: the expression, if it is a literal
	key    *Key   // of key
}

func (e *call) kids() []expr { return e.args }
func (e *call) eval(r *Run) Seq {
	if e.f.truth != nil {
		return Seq{Bool(e.f.truth(r, e))}
	}
	return e.f.call(r, e)
}

func (e *call) truth(r *Run) bool {
	if e.f.truth != nil {
		return e.f.truth(r, e)
	}
	return r.truthOf(e.f.call(r, e))
}

type userCall struct {
	f    *UserFunction
	args []expr
}

func (e *userCall) kids() []expr { return e.args }

// maxCalls bounds how deep functions of a schema call each other.
const maxCalls = 500

func (e *userCall) eval(r *Run) Seq {
	args := make([]Seq, len(e.args))
	for i, a := range e.args {
		args[i] = a.eval(r)
	}
	if r.calls++; r.calls > maxCalls {
		r.calls = 0
		raise("SIGL0002", "the function %s calls itself more than %d deep", e.f.Name.Local, maxCalls)
	}
	outer, locals := r.focus(), r.locals
	r.locals = slices.Clone(locals)
	for i, slot := range e.f.Params {
		r.locals[slot] = args[i]
	}
	r.hasItem = false
	defer func() { r.locals = locals }()
	v := e.f.Body.root.eval(r)
	r.restore(outer)
	r.calls--
	return v
}

// elsewhere are functions that XPath or XSLT have and that are not run here.
var elsewhere = map[string]string{
	"doc": "reads another document", "document": "reads another document", "doc-available": "reads another document", "collection": "reads other documents",
	"uri-collection": "reads other documents", "unparsed-text": "reads another file", "unparsed-text-lines": "reads another file",
	"unparsed-text-available": "reads another file", "environment-variable": "asks the machine", "available-environment-variables": "asks the machine",
	"system-property": "", "format-number": "", "format-date": "", "format-dateTime": "", "format-time": "", "format-integer": "",
	"function-available": "", "element-available": "", "type-available": "", "unparsed-entity-uri": "", "unparsed-entity-public-id": "",
	"regex-group": "", "current-group": "", "current-grouping-key": "", "static-base-uri": "",
	"resolve-QName": "", "in-scope-prefixes": "", "namespace-uri-for-prefix": "", "analyze-string": "", "serialize": "", "parse-xml": "", "parse-xml-fragment": "",
	"json-doc": "reads another file", "parse-json": "", "json-to-xml": "", "xml-to-json": "", "transform": "", "apply": "", "for-each": "", "filter": "", "fold-left": "",
	"fold-right": "", "for-each-pair": "", "function-lookup": "", "function-name": "", "function-arity": "", "random-number-generator": "", "load-xquery-module": "",
	"idref": "", "element-with-id": "", "parse-ietf-date": "", "collation-key": "", "default-language": "", "nilled": "", "stream-available": "", "accumulator-before": "",
	"accumulator-after": "", "snapshot": "", "copy-of": "", "current-output-uri": "", "current-merge-group": "", "current-merge-key": "", "available-system-properties": "",
}

func (p *parser) call(name Name, args []expr, at int) expr {
	if p.s.Function != nil {
		if f := p.s.Function(name, len(args)); f != nil {
			return &userCall{f, args}
		}
	}
	switch name.Space {
	case schemaSpace:
		return p.constructor(name, args, at)
	case mapSpace, arraySpace:
		unsupported(at, "maps and arrays are not run")
	case functionSpace, mathSpace:
	default:
		unsupported(at, "the function %s() of %s is not defined in the schema, and none of that name is known here", name.Local, name.Space)
	}
	key := name.Local
	if name.Space == mathSpace {
		key = "math:" + key
	}
	f := functionTable()[key]
	if f == nil {
		if why, ok := elsewhere[key]; ok {
			if why == "" {
				why = "is not run here"
			} else {
				why += ", which is not allowed here"
			}
			unsupported(at, "the function %s() %s", key, why)
		}
		syntaxError(at, "XPath has no function %s()%s", key, suggestion(key))
	}
	if len(args) < f.min || f.max >= 0 && len(args) > f.max {
		syntaxError(at, "%s() takes %s, not %d", key, countText(f.min, f.max), len(args))
	}
	c := &call{f: f, args: args, compat: p.s.Compat}
	switch key {
	case "matches", "replace", "tokenize":
		p.prepare(c, key)
	case "key":
		p.prepareKey(c, at)
	}
	if i, ok := collated[key]; ok && len(args) > i {
		if l, ok := args[i].(*literal); !ok || l.value.Str != codepoints {
			unsupported(at, "collations other than %s are not run", codepoints)
		}
	}
	return c
}

const codepoints = functionSpace + "/collation/codepoint"

// collated are the functions that take a collation, and as which argument.
var collated = map[string]int{"contains": 2, "starts-with": 2, "ends-with": 2, "substring-before": 2, "substring-after": 2, "compare": 2,
	"distinct-values": 1, "sort": 1, "index-of": 2, "deep-equal": 2, "max": 1, "min": 1, "contains-token": 2}

func countText(lo, hi int) string {
	word := "arguments"
	switch {
	case hi < 0:
		return fmt.Sprintf("at least %d %s", lo, word)
	case lo == hi && lo == 0:
		return "no " + word
	case lo == hi && lo == 1:
		return "one argument"
	case lo == hi:
		return fmt.Sprintf("%d %s", lo, word)
	}
	return fmt.Sprintf("%d to %d %s", lo, hi, word)
}

// suggestion is the function that was probably meant.
func suggestion(name string) string {
	folded := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
	for _, f := range functions {
		if spelling.Edits(strings.ReplaceAll(strings.ToLower(f.name), "-", ""), folded, 2) < 2 {
			return "; did you mean " + f.name + "()?"
		}
	}
	return ""
}

func (p *parser) prepare(c *call, key string) {
	flagsAt := map[string]int{"matches": 2, "tokenize": 2, "replace": 3}[key]
	if len(c.args) < 2 {
		return
	}
	pattern, ok := c.args[1].(*literal)
	flags := ""
	if len(c.args) > flagsAt {
		l, isLiteral := c.args[flagsAt].(*literal)
		if !isLiteral {
			return
		}
		flags = l.value.Str
	}
	if !ok {
		return
	}
	re, fault := newRegex(pattern.value.Str, flags)
	if fault != nil {
		if fault.unsupported {
			unsupported(0, "%s", fault.message)
		}
		syntaxError(0, "the regular expression %s is wrong at its character %d: %s", quoted(pattern.value.Str), fault.at+1, fault.message)
	}
	c.re = re
}

func (p *parser) prepareKey(c *call, at int) {
	l, ok := c.args[0].(*literal)
	if !ok || p.s.Key == nil {
		unsupported(at, "key() is run where its first argument is the name of an xsl:key in quotes")
	}
	name := Name{Local: l.value.Str}
	if prefix, local, found := strings.Cut(l.value.Str, ":"); found {
		name = Name{p.namespace(token{at: at, prefix: prefix}), local}
	}
	if c.key = p.s.Key(name); c.key == nil {
		syntaxError(at, "there is no xsl:key named %s", quoted(l.value.Str))
	}
}

func (p *parser) constructor(name Name, args []expr, at int) expr {
	t, ok := typeNames[name.Local]
	s := seqType{kind: atomicType, atomic: t}
	if !ok {
		d, known := derived()[name.Local]
		if !known {
			syntaxError(at, "XML Schema has no type xs:%s that can be made", name.Local)
		}
		s.atomic, s.exact = d.base, d.allows
	}
	if len(args) != 1 {
		syntaxError(at, "xs:%s() takes one argument, not %d", name.Local, len(args))
	}
	if l, ok := args[0].(*literal); ok && s.atomic == QName && l.value.Type == String {
		prefix, local, prefixed := strings.Cut(l.value.Str, ":")
		n := Name{Local: prefix}
		if prefixed {
			n = Name{p.namespace(token{at: at, prefix: prefix}), local}
		}
		if !xmltok.IsNCName(n.Local) {
			syntaxError(at, "%s is no name", quoted(l.value.Str))
		}
		return &literal{Item{Type: QName, Str: l.value.Str, exact: &exact{name: n}}}
	}
	return &castAs{args[0], s, true, false}
}

type derivedType struct {
	base   Type
	allows func(Item) bool
}

func within(lo, hi int64) derivedType {
	return derivedType{Integer, func(i Item) bool { return i.Int >= lo && i.Int <= hi }}
}

func textual(pattern string) derivedType {
	re, fault := newRegex("^(?:"+pattern+")$", "")
	if fault != nil {
		panic(fault.message)
	}
	return derivedType{String, func(i Item) bool { return re.re.MatchString(i.Str) }}
}

// derived are the derived types that values are cast to. A cast checks the
// value; what comes of it is of the base type.
var derived = sync.OnceValue(func() map[string]derivedType {
	return map[string]derivedType{
		"nonNegativeInteger": within(0, math.MaxInt64), "positiveInteger": within(1, math.MaxInt64), "nonPositiveInteger": within(math.MinInt64, 0),
		"negativeInteger": within(math.MinInt64, -1), "long": within(math.MinInt64, math.MaxInt64), "int": within(math.MinInt32, math.MaxInt32),
		"short": within(math.MinInt16, math.MaxInt16), "byte": within(-128, 127), "unsignedLong": within(0, math.MaxInt64),
		"unsignedInt": within(0, math.MaxUint32), "unsignedShort": within(0, math.MaxUint16), "unsignedByte": within(0, 255),
		"normalizedString": textual(`[\s\S]*`), "token": textual(`[\s\S]*`), "language": textual(`[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`),
		"Name": nameType(true), "NMTOKEN": nmtoken(), "NCName": nameType(false), "ID": nameType(false), "IDREF": nameType(false), "ENTITY": nameType(false),
	}
})

func nameType(colons bool) derivedType {
	return derivedType{String, func(i Item) bool {
		s := i.Str
		if colons {
			s = strings.ReplaceAll(s, ":", "_")
		}
		return s != "" && ncName(s, 0) == len(s)
	}}
}

func nmtoken() derivedType {
	return derivedType{String, func(i Item) bool {
		s := "a" + strings.ReplaceAll(i.Str, ":", "_")
		return i.Str != "" && ncName(s, 0) == len(s)
	}}
}

// Arguments.

func (c *call) value(r *Run, i int) Seq {
	if i >= len(c.args) {
		return Seq{r.context()}
	}
	return c.args[i].eval(r)
}

// item is an argument of at most one atomic value.
func (c *call) item(r *Run, i int) (Item, bool) {
	v := c.value(r, i)
	if len(v) == 0 {
		return Item{}, false
	}
	if len(v) > 1 && !c.compat {
		raise("XPTY0004", "%s() takes one value as its argument %d and gets %d", c.f.name, i+1, len(v))
	}
	return r.atom(v[0]), true
}

// str is an argument that is a string, "" for none.
func (c *call) str(r *Run, i int) string {
	s, _ := c.optional(r, i)
	return s
}

// required is an argument that has to be a string.
func (c *call) required(r *Run, i int) string {
	s, ok := c.optional(r, i)
	if !ok && !c.compat {
		raise("XPTY0004", "%s() takes a string as its argument %d and gets nothing", c.f.name, i+1)
	}
	return s
}

func (c *call) optional(r *Run, i int) (string, bool) {
	if i < len(c.args) {
		// The commonest argument is one attribute.
		if w, ok := c.args[i].(*path); ok {
			if t := w.attr(); t != nil {
				return r.attr(r.node(), t)
			}
		}
	}
	v, ok := c.item(r, i)
	if !ok {
		return "", false
	}
	if !v.Type.textual() {
		if !c.compat {
			raise("XPTY0004", "%s() takes a string as its argument %d, and %s is of type %s; string() makes one of it", c.f.name, i+1, quoted(v.text()), v.Type)
		}
		return v.compatText(), true
	}
	return v.Str, true
}

// num is an argument that is a number.
func (c *call) num(r *Run, i int) (Item, bool) {
	v, ok := c.item(r, i)
	if c.compat {
		if !ok {
			return Num(math.NaN()), true
		}
		return r.number(v), true
	}
	if !ok {
		return v, false
	}
	if v.Type == Untyped {
		v = cast(v, Double)
	}
	if !v.Type.numeric() {
		raise("XPTY0004", "%s() takes a number as its argument %d, and %s is of type %s", c.f.name, i+1, quoted(v.text()), v.Type)
	}
	return v, true
}

func (r *Run) integer(e expr) (int64, bool) {
	i, ok := r.one(e, "to")
	if !ok {
		return 0, false
	}
	if i.Type == Untyped {
		i = cast(i, Integer)
	}
	if i.Type != Integer {
		if i.Type == Double && i.Num == math.Trunc(i.Num) && math.Abs(i.Num) < 1<<53 {
			return int64(i.Num), true
		}
		raise("XPTY0004", "a whole number is needed, and %s is of type %s", quoted(i.text()), i.Type)
	}
	return i.Int, true
}

// nodeArg is an argument of at most one node, the context node by default.
func (c *call) nodeArg(r *Run, i int) (int32, bool) {
	if i >= len(c.args) {
		return r.node(), true
	}
	v := c.args[i].eval(r)
	if len(v) == 0 {
		return 0, false
	}
	if len(v) > 1 && !c.compat {
		raise("XPTY0004", "%s() takes one node and gets %d", c.f.name, len(v))
	}
	if v[0].Type != Node {
		raise("XPTY0004", "%s() takes a node, and %s is none", c.f.name, quoted(v[0].text()))
	}
	return v[0].Node, true
}

func strSeq(s string) Seq { return Seq{Str(s)} }

// join joins strings within the bound of texts.
func (r *Run) join(l []string, between string) string {
	if len(l) == 1 {
		return l[0]
	}
	n := 0
	for _, s := range l {
		n += len(s) + len(between)
	}
	if n > maxText {
		raise("SIGL0001", "the text is longer than %d MB", maxText>>20)
	}
	return strings.Join(l, between)
}

func (r *Run) strings(v Seq) []string {
	l := make([]string, len(v))
	for i := range v {
		l[i] = r.text1(v[i], false)
	}
	return l
}

// collapse is normalize-space(); most texts come back as they are.
func collapse(s string) string {
	clean, blank := true, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ':
			blank = false
		case c == ' ' && !blank:
			blank = true
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			clean = false
		}
		if !clean {
			break
		}
	}
	if clean && (!blank || s == "") {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n', '\r':
			if n := len(b); n > 0 && b[n-1] != ' ' {
				b = append(b, ' ')
			}
		default:
			b = append(b, c)
		}
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

// substring is the characters whose position p has from <= p < to (XPath
// Functions 5.4.3).
func substring(s string, from, to float64) string {
	pos := 0
	start, end := -1, len(s)
	for i := range s {
		pos++
		p := float64(pos)
		if start < 0 && p >= from && p < to {
			start = i
		}
		if start >= 0 && p >= to {
			end = i
			break
		}
	}
	if start < 0 {
		return ""
	}
	return s[start:end]
}

func roundHalfUp(f float64) float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) || math.Abs(f) >= 1<<52 {
		return f
	}
	return math.Copysign(math.Floor(f+0.5), f)
}

// regexOf is the regular expression of a call.
func (r *Run) regexOf(c *call, at int) *regex {
	if c.re != nil {
		return c.re
	}
	flags := ""
	if len(c.args) > at {
		flags = c.required(r, at)
	}
	src := c.required(r, 1)
	key := flags + "\x00" + src
	if re := r.regexes[key]; re != nil {
		return re
	}
	re, fault := newRegex(src, flags)
	if fault != nil {
		raise("FORX0002", "the regular expression %s is wrong at its character %d: %s", quoted(src), fault.at+1, fault.message)
	}
	if r.regexes == nil || len(r.regexes) > 200 {
		r.regexes = map[string]*regex{}
	}
	r.regexes[key] = re
	return re
}

func (r *Run) tokens(s string, re *regex) []string {
	if re.empty {
		raise("FORX0003", "the regular expression that tokenize() cuts at matches nothing at all")
	}
	var l []string
	at := 0
	for _, m := range re.re.FindAllStringIndex(s, -1) {
		l = append(l, s[at:m[0]])
		at = m[1]
	}
	return append(l, s[at:])
}

// replacement turns the replacement string of XPath into Go's.
func replacement(s string, groups int) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\':
			i++
			if i >= len(s) || s[i] != '\\' && s[i] != '$' {
				raise("FORX0004", "in the replacement a \\ has to be followed by \\ or $")
			}
			if s[i] == '$' {
				b.WriteString("$$")
			} else {
				b.WriteByte('\\')
			}
		case '$':
			j := i + 1
			if j >= len(s) || s[j] < '0' || s[j] > '9' {
				raise("FORX0004", "in the replacement a $ has to be followed by a digit")
			}
			n := int(s[j] - '0')
			for j++; j < len(s) && s[j] >= '0' && s[j] <= '9' && n*10+int(s[j]-'0') <= groups; j++ {
				n = n*10 + int(s[j]-'0')
			}
			if n <= groups {
				b.WriteString("${" + strconv.Itoa(n) + "}")
			}
			i = j - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// distinctKey is the same for values that eq holds of.
func distinctKey(i Item) string {
	switch {
	case i.Type.textual():
		return "s" + i.Str
	case i.Type.numeric():
		f := i.float()
		if i.Type <= Decimal {
			return "n" + i.rat().RatString()
		}
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return "n" + floatText(f, 64)
		}
		return "n" + new(big.Rat).SetFloat64(f).RatString()
	case i.Type.duration():
		return fmt.Sprintf("d%d %s", i.Int, i.exact.rat.RatString())
	case i.Type.calendric():
		return fmt.Sprintf("%d %s", i.Type, i.exact.moment.seconds().RatString())
	case i.Type == QName:
		return "q" + i.exact.name.Space + "}" + i.exact.name.Local
	}
	return fmt.Sprintf("%d %s", i.Type, i.text())
}

// total adds values up.
func (r *Run) total(v Seq, what string) Item {
	sum := Item{}
	for i := range v {
		a := v[i]
		if a.Type == Untyped {
			a = cast(a, Double)
		}
		if i == 0 {
			sum = a
			if !a.Type.numeric() && a.Type < YearMonthDuration {
				raise("FORG0006", "%s() takes numbers, and %s is of type %s", what, quoted(a.text()), a.Type)
			}
			continue
		}
		if a.Type.numeric() != sum.Type.numeric() {
			raise("FORG0006", "%s() takes numbers, and %s is of type %s", what, quoted(a.text()), a.Type)
		}
		if a.Type.numeric() {
			sum = calculate("+", sum, a)
		} else if x, ok := calendar("+", sum, a); ok {
			sum = x
		} else {
			raise("FORG0006", "%s() takes values of one type", what)
		}
	}
	return sum
}

func extreme(op operator) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		v := r.atoms(c.value(r, 0))
		if len(v) == 0 {
			return nil
		}
		best := Item{}
		t := Type(0)
		for i := range v {
			a := v[i]
			if a.Type == Untyped {
				a = cast(a, Double)
			}
			if a.Type.numeric() {
				t = max(t, a.Type)
			}
			switch {
			case i == 0:
				best = a
			case a.Type.numeric() && math.IsNaN(a.float()):
				best = a
			case best.Type.numeric() && math.IsNaN(best.float()):
			case pair(op, a, best):
				best = a
			}
		}
		if best.Type.numeric() && t > Decimal {
			best = cast(best, t)
		}
		return Seq{best}
	}
}

// words are the parts of a string between its blanks.
func words(s string) []string {
	return strings.FieldsFunc(s, func(x rune) bool { return x == ' ' || x == '\t' || x == '\n' || x == '\r' })
}

func (r *Run) idNodes(v Seq) Seq {
	if r.ids == nil {
		r.ids = map[string]int32{}
		if id, ok := r.tree.lookup[expanded{space: xmlSpace, local: "id"}]; ok {
			for _, a := range inside(r.tree.attrs[id], 0, r.tree.nodes[0].end) {
				s := collapse(r.tree.Text(a))
				if _, twice := r.ids[s]; !twice {
					r.ids[s] = r.tree.nodes[a].parent
				}
			}
		}
	}
	var l []int32
	for _, i := range v {
		for _, s := range words(r.text1(i, false)) {
			if n, ok := r.ids[s]; ok {
				l = append(l, n)
			}
		}
	}
	return seqOf(inOrder(l))
}

func (r *Run) keyNodes(k *Key, v Seq) Seq {
	if r.keys == nil {
		r.keys = map[*Key]map[string][]int32{}
	}
	index, ok := r.keys[k]
	if !ok {
		index = map[string][]int32{}
		r.keys[k] = index
		outer, current := r.focus(), r.current
		for i, m := range k.Match {
			for _, n := range m.All(r) {
				r.at(n)
				r.current = r.item
				for _, x := range k.Use[i].root.eval(r) {
					s := r.text1(x, false)
					index[s] = append(index[s], n)
				}
			}
		}
		r.restore(outer)
		r.current = current
	}
	var l []int32
	for _, i := range v {
		l = append(l, index[r.text1(i, false)]...)
	}
	return seqOf(inOrder(l))
}

func (r *Run) equalNodes(a, b int32) bool {
	r.tick()
	d := r.tree
	x, y := &d.nodes[a], &d.nodes[b]
	if x.kind != y.kind || x.expanded != y.expanded {
		return false
	}
	switch x.kind {
	case ElementNode:
		f1, t1 := d.Attrs(a)
		f2, t2 := d.Attrs(b)
		if t1-f1 != t2-f2 {
			return false
		}
		for i := f1; i < t1; i++ {
			same := false
			for k := f2; k < t2; k++ {
				same = same || d.nodes[i].expanded == d.nodes[k].expanded && d.Text(i) == d.Text(k)
			}
			if !same {
				return false
			}
		}
	case DocumentNode:
	default:
		return d.Text(a) == d.Text(b)
	}
	next := func(k int32) int32 {
		for k >= 0 && (d.nodes[k].kind == CommentNode || d.nodes[k].kind == InstructionNode) {
			k = d.next(k)
		}
		return k
	}
	i, k := next(d.child(a)), next(d.child(b))
	for i >= 0 && k >= 0 {
		if !r.equalNodes(i, k) {
			return false
		}
		i, k = next(d.next(i)), next(d.next(k))
	}
	return i < 0 && k < 0
}

func (r *Run) equal(a, b Seq) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if (a[i].Type == Node) != (b[i].Type == Node) {
			return false
		}
		if a[i].Type == Node {
			if !r.equalNodes(a[i].Node, b[i].Node) {
				return false
			}
		} else if distinctKey(a[i]) != distinctKey(b[i]) {
			return false
		}
	}
	return true
}

func (r *Run) clock() moment {
	if r.now.IsZero() {
		raise("XPDY0002", "the current date is not known here")
	}
	return momentOf(r.now)
}

func normalise(s, form string) string {
	switch strings.ToUpper(trim(form)) {
	case "NFC":
		return norm.NFC.String(s)
	case "NFD":
		return norm.NFD.String(s)
	case "NFKC":
		return norm.NFKC.String(s)
	case "NFKD":
		return norm.NFKD.String(s)
	case "":
		return s
	}
	raise("FOCH0003", "the form %s is not known; the forms are NFC, NFD, NFKC and NFKD", quoted(form))
	return ""
}

func codepointsText(v Seq) string {
	var b strings.Builder
	for _, i := range v {
		if i.Type == Untyped {
			i = cast(i, Integer)
		}
		if i.Type != Integer || !utf8.ValidRune(rune(i.Int)) || i.Int != int64(rune(i.Int)) || i.Int == 0 {
			raise("FOCH0001", "%s is no character's number", i.text())
		}
		b.WriteRune(rune(i.Int))
	}
	return b.String()
}

func percent(s string, keep func(byte) bool) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; keep(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// textArg is the string that string-length() and normalize-space() take: by
// default the string value of the context item.
func (r *Run) textArg(c *call) string {
	if len(c.args) > 0 {
		return c.str(r, 0)
	}
	return r.text1(r.context(), c.compat)
}

// some reports whether an expression yields anything.
func (r *Run) some(e expr) bool {
	if w, ok := e.(*path); ok && w.nodes {
		return w.truth(r)
	}
	if g, ok := e.(*group); ok {
		return r.some(g.e)
	}
	return len(e.eval(r)) > 0
}

// upperCase and lowerCase map whole strings: one letter can become two.
func upperCase(s string) string {
	if ascii(s) {
		return strings.ToUpper(s)
	}
	return cases.Upper(language.Und).String(s)
}

func lowerCase(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return cases.Lower(language.Und).String(s)
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// address is the name of a document as a URI: an absolute path becomes one, and
// any other name is left as the caller gave it.
func (t *Tree) address() string {
	if strings.HasPrefix(t.Name, "/") {
		return "file:" + t.Name
	}
	return t.Name
}

// base is the base URI of a node: of the document, as xml:base changes it.
func (t *Tree) base(n int32) string {
	var bases []string
	for ; n >= 0; n = t.nodes[n].parent {
		if v, ok := t.Attr(n, xmlSpace, "base"); ok {
			bases = append(bases, v)
		}
	}
	uri := t.address()
	for i := len(bases) - 1; i >= 0; i-- {
		uri = resolved(bases[i], uri)
	}
	return uri
}

func resolved(ref, base string) string {
	b, err := url.Parse(base)
	if err != nil {
		raise("FORG0002", "%s is no URI", quoted(base))
	}
	r, err := b.Parse(ref)
	if err != nil {
		raise("FORG0002", "%s is no URI", quoted(ref))
	}
	return r.String()
}
