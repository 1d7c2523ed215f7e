package schematron

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigla/schemas/schematron/internal/xpath"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// expressions compiles what a schema says in XPath.
type expressions struct {
	engine  *xpath.Compiler
	spaces  map[string]string // from ns
	compat  bool
	unbound string // why no expression can be run
	globals *variables
	slotOf  map[*element]int
	broken  map[int]string // variables that can't be run, by slot
	defined map[xpath.Name][]*definition
	keys    map[xpath.Name]*xpath.Key

	params   map[string]string // of the abstract pattern that is being made use of
	instance *element          // the pattern that makes use of it
	used     []int             // variables that the present expression refers to
	called   []*definition     // and functions
}

// variables are the names that hold at a place of the schema.
type variables struct {
	outer *variables
	slots map[xpath.Name]int
}

func within(outer *variables) *variables { return &variables{outer, map[xpath.Name]int{}} }

func (v *variables) find(n xpath.Name) (int, bool) {
	for ; v != nil; v = v.outer {
		if slot, ok := v.slots[n]; ok {
			return slot, true
		}
	}
	return 0, false
}

// xp prepares the engine.
func (c *compilation) xp() *xpath.Compiler {
	c.expressions = expressions{engine: &xpath.Compiler{}, globals: within(nil), slotOf: map[*element]int{}, broken: map[int]string{},
		defined: map[xpath.Name][]*definition{}, keys: map[xpath.Name]*xpath.Key{}}
	return c.engine
}

// static is what expressions of an element may refer to.
func (c *compilation) static(e *element, v *variables) *xpath.Static {
	return &xpath.Static{
		Compat: c.compat,
		Namespace: func(prefix string) (string, bool) {
			if uri, ok := c.spaces[prefix]; ok {
				return uri, true
			}
			if c.embedded || e.space == xslNamespace {
				return e.scope.resolve(prefix)
			}
			return "", false
		},
		Variable: func(n xpath.Name) (int, bool) {
			slot, ok := v.find(n)
			if ok {
				c.used = append(c.used, slot)
			}
			return slot, ok
		},
		Function: func(n xpath.Name, arity int) *xpath.UserFunction {
			for _, d := range c.defined[n] {
				if len(d.params) == arity {
					c.called = append(c.called, d)
					return d.function
				}
			}
			return nil
		},
		Key: func(n xpath.Name) *xpath.Key { return c.keys[n] },
	}
}

// begin forgets what the last expression referred to.
func (c *compilation) begin() { c.used, c.called = nil, nil }

// reason says why what the present expression refers to can't be run, or "".
func (c *compilation) reason() string {
	for _, slot := range c.used {
		if why := c.broken[slot]; why != "" {
			return why
		}
	}
	for _, d := range c.called {
		if why := d.reason(c.broken, nil); why != "" {
			return why
		}
	}
	return ""
}

// outcome turns the error of a compilation into a fault of the schema, or into
// the reason why the expression can't be run.
func (c *compilation) outcome(e *element, a *attr, src string, shift int, err error) (reason string) {
	var s *xpath.SyntaxError
	if err == nil {
		return c.reason()
	}
	if !errors.As(err, &s) {
		return err.Error()
	}
	if s.Unsupported {
		return s.Message
	}
	if s.Undeclared != "" && c.instance != nil {
		c.fault(c.instance, codeAbstract, "the abstract pattern %q uses $%s; add <param name=%q value=\"…\"/>", c.instance.get("is-a"), s.Undeclared, s.Undeclared)
		return "a parameter is not given"
	}
	offset := max(s.Offset-shift, 0)
	pos := e.place(a, offset)
	if src != a.value || shift > 0 && s.Offset < shift {
		pos = e.place(a, 0)
	}
	c.faultAt(pos, codeXPath, "the XPath of @%s is wrong at its character %d: %s; it is: %s", a.local, len([]rune(src[:min(s.Offset, len(src))]))+1-shift, s.Message, cut(plain(src)))
	return "its XPath is wrong"
}

// expr compiles an attribute as an expression. reason is why it can't be run.
func (c *compilation) expr(e *element, a *attr, v *variables) (x *xpath.Expr, reason string) {
	if c.unbound != "" {
		return nil, c.unbound
	}
	c.begin()
	src := c.filled(a.value)
	x, err := c.engine.Expr(src, c.static(e, v))
	return x, c.outcome(e, a, src, 0, err)
}

// filled puts the parameters of an abstract pattern in: every $name.
func (c *compilation) filled(s string) string {
	if len(c.params) == 0 || !strings.Contains(s, "$") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '$')
		if i < 0 {
			return b.String() + s
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		n := 0
		for n < len(s) && (s[n] >= 0x80 || s[n] == '-' || s[n] == '.' || s[n] == '_' || s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z' || s[n] >= '0' && s[n] <= '9') {
			n++
		}
		if v, ok := c.params[s[:n]]; ok {
			b.WriteString(v)
		} else {
			b.WriteString("$" + s[:n])
		}
		s = s[n:]
	}
}

// variable reports whether an element declares a variable.
func (e *element) variable() bool {
	return e.is("let") || e.space == xslNamespace && (e.local == "variable" || e.local == "param")
}

// lets compiles the variables of an element. But for those of a rule they may
// refer to each other in any order.
func (c *compilation) lets(parent *element, into *[]let, v *variables) {
	inOrder := parent.local == "rule"
	if !inOrder && v != c.globals { // those of the schema are declared before its functions
		c.declareLets(parent, v)
	}
	here := map[xpath.Name]bool{}
	needs := map[int][]int{}
	for _, k := range parent.kids {
		if !k.variable() {
			continue
		}
		var x *xpath.Expr
		reason := ""
		if !k.holdsTree() {
			x, reason = c.value(k, v)
		}
		used := c.used
		if inOrder {
			c.declareLet(k, parent, v, here)
		}
		slot, ok := c.slotOf[k]
		switch {
		case !ok: // it is faulty
		case k.holdsTree():
			c.tree(k, slot)
		case reason != "":
			c.broken[slot] = fmt.Sprintf("it needs $%s, and %s", c.variableName(k).Local, reason)
		default:
			needs[slot] = used
			*into = append(*into, let{slot, x})
		}
	}
	for changed := true; changed; { // those that need later ones
		changed = false
		for slot, used := range needs {
			for _, u := range used {
				if c.broken[u] != "" && c.broken[slot] == "" {
					c.broken[slot] = c.broken[u]
					changed = true
				}
			}
		}
	}
}

// declareLets gives the variables of an element their slots.
func (c *compilation) declareLets(parent *element, v *variables) {
	here := map[xpath.Name]bool{}
	for _, k := range parent.kids {
		if k.variable() {
			c.declareLet(k, parent, v, here)
		}
	}
}

func (c *compilation) declareLet(k, parent *element, v *variables, here map[xpath.Name]bool) {
	delete(c.slotOf, k)
	n := c.variableName(k)
	if n.Local == "" {
		return
	}
	if here[n] {
		c.fault(k, codeLet, "the variable $%s is declared twice in one <%s>", n.Local, parent.local)
		return
	}
	here[n] = true
	slot := c.engine.Global()
	v.slots[n] = slot
	c.slotOf[k] = slot
}

func (c *compilation) variableName(e *element) xpath.Name {
	raw := e.get("name")
	prefix, local, prefixed := strings.Cut(raw, ":")
	if !prefixed {
		local, prefix = prefix, ""
	}
	if raw == "" {
		return xpath.Name{} // check says so
	}
	if !xmltok.IsNCName(local) {
		c.fault(e, codeLet, "%q is no name for a variable", raw)
		return xpath.Name{}
	}
	n := xpath.Name{Local: local}
	if prefixed {
		uri, ok := c.spaces[prefix]
		if !ok {
			uri, ok = e.scope.resolve(prefix)
		}
		if !ok {
			c.fault(e, codeNamespace, "the prefix %s of the variable %s is not declared", prefix, raw)
			return xpath.Name{}
		}
		n.Space = uri
	}
	return n
}

// holdsTree reports whether the value of a variable stands in it as elements.
func (e *element) holdsTree() bool {
	if e.find("value") != nil || e.find("select") != nil {
		return false
	}
	for _, k := range e.kids {
		if k.local != "" && k.space != xslNamespace {
			return true
		}
	}
	return false
}

// tree gives a variable the elements that stand in it (ISO/IEC 19757-3:2016,
// 5.4.5).
func (c *compilation) tree(e *element, slot int) {
	var made func(e *element) bool
	made = func(e *element) bool {
		for _, k := range e.kids {
			if k.space == xslNamespace || made(k) {
				return true
			}
		}
		return false
	}
	if made(e) {
		c.broken[slot] = fmt.Sprintf("it needs $%s, and its elements are made by XSLT", c.variableName(e).Local)
		return
	}
	as, hasType := e.attr("as")
	c.out.trees = append(c.out.trees, tree{slot, hasType && strings.HasPrefix(as, "element(")})
	c.out.fragments = append(c.out.fragments, e.fragment())
}

// value compiles the value of a variable: an expression, or text inside it.
func (c *compilation) value(e *element, v *variables) (*xpath.Expr, string) {
	name := "value"
	if e.space == xslNamespace {
		name = "select"
	}
	if a := e.find(name); a != nil {
		return c.expr(e, a, v)
	}
	if c.unbound != "" {
		return nil, c.unbound
	}
	c.begin()
	src, reason := c.body(e.kids)
	if reason != "" {
		return nil, reason
	}
	if src == "()" {
		src = "''"
	}
	x, err := c.engine.Expr(src, c.static(e, v))
	return x, c.outcome(e, &attr{local: "value", value: src, valueOffset: e.offset}, src, 0, err)
}

// pattern compiles a pattern, through an abstract one where it is made of one.
func (c *compilation) pattern(e *element) {
	body := []*element{e}
	if is := e.get("is-a"); is != "" {
		a := c.abstractPatterns[is]
		if a == nil {
			c.fault(e, codeAbstract, "there is no abstract pattern with id=%q%s", is, similar(is, c.abstractPatterns))
			return
		}
		c.params = map[string]string{}
		for _, from := range []*element{a, e} { // what an abstract pattern gives is the default
			for _, p := range from.kids {
				if p.is("param") {
					c.params[p.get("name")] = strings.TrimSpace(p.attrOr("value"))
				}
			}
		}
		c.instance = e
		defer func() { c.params, c.instance = nil, nil }()
		body = []*element{a, e}
	}
	p := &pattern{id: e.get("id"), role: e.get("role")}
	v := within(c.globals)
	for _, b := range body {
		c.lets(b, &p.lets, v)
		for _, k := range b.kids {
			if k.is("title") {
				p.name = k.words()
			}
		}
	}
	blocked := ""
	if d := e.find("documents"); d != nil {
		blocked = "its pattern is about other documents (@documents=" + d.value + "), which are not read"
	}
	var before []*element
	for _, b := range body {
		for _, k := range b.kids {
			if k.is("rule") && k.get("abstract") != "true" {
				blocked = c.rule(p, k, v, blocked)
				c.shadowed(k, before)
				before = append(before, k)
			}
		}
	}
	c.out.patterns = append(c.out.patterns, p)
}

func (e *element) attrOr(name string) string {
	v, _ := e.attr(name)
	return v
}

// rule compiles a rule. blocked is why it can't be run for what stands before;
// what it gives is the same for the rules after it: where it is not known which
// nodes a rule fires on, it is not known either which are left for the next.
func (c *compilation) rule(p *pattern, e *element, outer *variables, blocked string) string {
	a := e.find("context")
	if a == nil {
		c.lacks(e, "context")
		return blocked
	}
	r := &rule{id: e.get("id"), context: plain(c.filled(a.value)), role: e.get("role"), flag: e.get("flag")}
	if blocked == "" {
		blocked = c.unbound
	}
	reason := blocked
	if c.unbound == "" {
		c.begin()
		src := c.filled(a.value)
		m, err := c.engine.Pattern(src, c.static(e, outer))
		if why := c.outcome(e, a, src, 0, err); reason == "" && why != "" {
			reason = "its context can't be run: " + why
			blocked = "an earlier rule of its pattern can't be run, and where that fires is not known"
		}
		r.match = m
	}
	v := within(outer)
	c.ruleBody(p, r, e, e, v, reason, nil)
	if reason == "" {
		p.rules = append(p.rules, r)
	}
	return blocked
}

// ruleBody compiles what stands in a rule, and in the abstract rules that it
// extends.
func (c *compilation) ruleBody(p *pattern, r *rule, e, concrete *element, v *variables, reason string, open []*element) {
	if slices.Contains(open, e) {
		c.fault(e, codeAbstract, "the abstract rule %q extends itself", e.get("id"))
		return
	}
	if !c.bring(e) {
		return
	}
	open = append(open, e)
	c.lets(e, &r.lets, v)
	for _, k := range e.kids {
		if !k.sch() {
			continue
		}
		switch k.local {
		case "extends":
			id := k.get("rule")
			base := c.abstractRules[id]
			switch {
			case id == "":
				c.fault(k, codeAttribute, "<extends> has neither @rule nor @href; it needs one of them")
			case base == nil:
				hint := similar(id, c.abstractRules)
				if hint == "" {
					hint = fmt.Sprintf("; write <rule abstract=\"true\" id=%q>", id)
				}
				c.fault(k, codeAbstract, "there is no abstract rule with id=%q%s", id, hint)
			default:
				c.ruleBody(p, r, base, concrete, v, reason, open)
			}
		case "assert", "report":
			c.assert(p, r, k, concrete, v, reason)
		}
	}
}

// severities are what roles mean; any other role is an error.
var severities = map[string]diag.Severity{
	"error": diag.Error, "fatal": diag.Error, "warning": diag.Warning, "warn": diag.Warning,
	"info": diag.Info, "information": diag.Info, "nonfatal": diag.Info,
}

func severity(role string) diag.Severity {
	if s, ok := severities[strings.ToLower(role)]; ok {
		return s
	}
	return diag.Error
}

func first(l ...string) string {
	for _, s := range l {
		if s != "" {
			return s
		}
	}
	return ""
}

func (c *compilation) assert(p *pattern, r *rule, e, concrete *element, v *variables, reason string) {
	test := e.find("test")
	if test == nil {
		return // check says so
	}
	c.out.rules++
	a := &assert{report: e.local == "report"}
	id := first(e.get("id"), r.id)
	a.rule = diag.Rule{Schema: e.file.name, Pattern: p.id, ID: id, Context: r.context, Test: plain(c.filled(test.value)), Report: a.report,
		Role: first(e.get("role"), r.role), Flag: first(e.get("flag"), r.flag), See: first(e.get("see"), concrete.get("see"))}
	a.severity = severity(a.rule.Role)
	a.code = diag.Code("sch/" + e.local)
	for _, s := range []string{id, p.id} {
		if xmltok.IsNCName(s) {
			a.code = diag.Code("sch/" + s)
			break
		}
	}
	x, why := c.expr(e, test, v)
	if reason == "" {
		reason = why
	}
	a.test = x
	a.message = c.message(e, v)
	if s := firstAttr(e.find("subject"), concrete.find("subject")); s != nil && reason == "" {
		if a.subject, why = c.expr(e, s, v); why != "" {
			a.subject = nil
		}
	}
	for _, k := range strings.Fields(e.get("diagnostics")) {
		c.note(a, e, c.diagnostics[k], k, "diagnostic", v)
	}
	for _, k := range strings.Fields(e.get("properties")) {
		c.note(a, e, c.properties[k], k, "property", v)
	}
	if reason == "" {
		r.asserts = append(r.asserts, a)
		return
	}
	pos := e.pos()
	c.out.notRun = append(c.out.notRun, diag.NotRun{Rule: a.label(), Reason: reason, File: pos.File, Line: pos.Line})
}

func firstAttr(l ...*attr) *attr {
	for _, a := range l {
		if a != nil {
			return a
		}
	}
	return nil
}

// label names an assertion to a reader.
func (a *assert) label() string {
	kind := "assert"
	if a.report {
		kind = "report"
	}
	name := first(a.rule.ID, a.rule.Pattern)
	if name != "" {
		name += ": "
	}
	return fmt.Sprintf("%s%s %s on %s", name, kind, cut(a.rule.Test), cut(a.rule.Context))
}

func (c *compilation) note(a *assert, e, target *element, id, what string, v *variables) {
	if target == nil {
		known := c.diagnostics
		if what == "property" {
			known = c.properties
		}
		c.fault(e, codeReference, "there is no %s with id=%q%s", what, id, similar(id, known))
		return
	}
	a.notes = append(a.notes, note{id, c.message(target, v)})
}

// message compiles the words of an assertion.
func (c *compilation) message(e *element, v *variables) []part {
	var parts []part
	var add func(e *element)
	fill := func(k *element, a *attr) {
		x, reason := c.expr(k, a, v)
		if reason == "" {
			parts = append(parts, part{expr: x})
			return
		}
		parts = append(parts, part{text: "{" + plain(a.value) + "}"})
		c.remark(k, diag.Info, codeXPath, "this part of a message is written as it stands, for %s", reason)
	}
	add = func(e *element) {
		for _, k := range e.kids {
			sel := k.find("select")
			switch {
			case k.local == "":
				parts = append(parts, part{text: k.text})
			case (k.is("value-of") || k.space == xslNamespace && (k.local == "value-of" || k.local == "copy-of" || k.local == "sequence")) && sel != nil:
				fill(k, sel)
			case k.is("name"):
				src := attr{local: "path", value: "name()", valueOffset: k.offset}
				if p := k.find("path"); p != nil {
					src.value, src.valueOffset = "name("+p.value+")", p.valueOffset
					if _, reason := c.expr(k, p, v); reason != "" {
						continue
					}
				}
				fill(k, &src)
			case k.space == sqfNamespace:
			default:
				add(k)
			}
		}
	}
	add(e)
	return parts
}
