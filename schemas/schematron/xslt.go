package schematron

import (
	"strings"

	"sigla/schemas/schematron/internal/xpath"
)

// What schemas borrow from XSLT: functions and keys. A function's body becomes
// an expression, as far as it is made of variables, choices and values; others
// can't be run, and the rules that call them are named.

// definition is a function of the schema.
type definition struct {
	function *xpath.UserFunction
	params   []xpath.Name
	broken   string        // why it can't be run
	calls    []*definition // functions that it calls
	uses     []int         // variables that it refers to
}

// reason says why the function can't be run, or "".
func (d *definition) reason(broken map[int]string, open []*definition) string {
	for _, o := range open {
		if o == d {
			return ""
		}
	}
	if d.broken != "" {
		return "the function " + d.function.Name.Local + "() can't be run: " + d.broken
	}
	for _, slot := range d.uses {
		if why := broken[slot]; why != "" {
			return why
		}
	}
	for _, k := range d.calls {
		if why := k.reason(broken, append(open, d)); why != "" {
			return why
		}
	}
	return ""
}

// functions reads the xsl:function and xsl:key of a schema.
func (c *compilation) functions(root *element) {
	type waiting struct {
		e *element
		d *definition
	}
	var bodies []waiting
	for _, k := range root.kids {
		if k.space != xslNamespace {
			continue
		}
		switch k.local {
		case "function":
			n := c.variableName(k)
			if n.Local == "" {
				continue
			}
			d := &definition{function: &xpath.UserFunction{Name: n}}
			for _, p := range k.kids {
				if p.space == xslNamespace && p.local == "param" {
					d.params = append(d.params, c.variableName(p))
				}
			}
			c.defined[n] = append(c.defined[n], d)
			bodies = append(bodies, waiting{k, d})
		case "key":
			n := c.variableName(k)
			if c.keys[n] == nil {
				c.keys[n] = &xpath.Key{Name: n}
			}
		}
	}
	for _, w := range bodies {
		c.functionBody(w.e, w.d)
	}
	for _, k := range root.kids {
		if k.space == xslNamespace && k.local == "key" {
			c.key(k)
		}
	}
}

func (c *compilation) functionBody(e *element, d *definition) {
	var kids []*element
	for _, k := range e.kids {
		if k.space != xslNamespace || k.local != "param" {
			kids = append(kids, k)
		}
	}
	src, reason := c.body(kids)
	if reason != "" {
		d.broken = reason
		return
	}
	c.begin()
	x, slots, err := c.engine.Function(src, c.static(e, c.globals), d.params)
	if err != nil {
		d.broken = c.outcome(e, &attr{local: "select", value: src, valueOffset: e.offset}, src, 0, err)
		return
	}
	d.function.Body, d.function.Params = x, slots
	d.calls, d.uses = c.called, c.used
}

func (c *compilation) key(e *element) {
	match, use := e.find("match"), e.find("use")
	if match == nil || use == nil {
		c.fault(e, codeAttribute, "<xsl:key> needs @match and @use")
		return
	}
	c.begin()
	k := c.keys[c.variableName(e)]
	m, err := c.engine.Pattern(match.value, c.static(e, c.globals))
	reason := c.outcome(e, match, match.value, 0, err)
	u, why := c.expr(e, use, c.globals)
	if reason != "" || why != "" {
		delete(c.keys, k.Name)
		return
	}
	k.Match, k.Use = append(k.Match, m), append(k.Use, u)
}

// body turns instructions into an expression. reason is why they can't be run.
func (c *compilation) body(kids []*element) (src, reason string) {
	var parts []string
	for i, k := range kids {
		if k.local == "" {
			if strings.TrimSpace(k.text) != "" {
				parts = append(parts, literal(k.text))
			}
			continue
		}
		if k.space != xslNamespace {
			return "", "it makes elements"
		}
		sel, hasSelect := k.attr("select")
		inner := func() string {
			s, why := c.body(k.kids)
			if why != "" && reason == "" {
				reason = why
			}
			return s
		}
		value := func() string {
			if hasSelect {
				return "(" + sel + ")"
			}
			return inner()
		}
		switch k.local {
		case "variable":
			rest, why := c.body(kids[i+1:])
			if why != "" {
				return "", why
			}
			parts = append(parts, "(let $"+k.get("name")+" := "+value()+" return "+rest+")")
			return list(parts), reason
		case "sequence", "copy-of":
			parts = append(parts, value())
		case "value-of":
			between := " "
			if s, ok := k.attr("separator"); ok {
				between = s
			}
			parts = append(parts, "string-join(for $value in "+value()+" return string($value), "+literal(between)+")")
		case "text":
			text := ""
			for _, t := range k.kids {
				text += t.text
			}
			parts = append(parts, literal(text))
		case "if":
			parts = append(parts, "(if ("+k.get("test")+") then "+inner()+" else ())")
		case "choose":
			s, why := c.choose(k)
			if why != "" {
				return "", why
			}
			parts = append(parts, s)
		case "for-each":
			if slicesAny(k.kids, "sort") {
				return "", "it sorts"
			}
			parts = append(parts, "("+value()+" ! "+inner()+")")
			if hasSelect {
				parts[len(parts)-1] = "((" + sel + ") ! " + inner() + ")"
			}
		default:
			return "", "it uses xsl:" + k.local
		}
		if reason != "" {
			return "", reason
		}
	}
	return list(parts), ""
}

func slicesAny(kids []*element, local string) bool {
	for _, k := range kids {
		if k.space == xslNamespace && k.local == local {
			return true
		}
	}
	return false
}

func (c *compilation) choose(e *element) (src, reason string) {
	end := ""
	var b strings.Builder
	for _, k := range e.kids {
		if k.space != xslNamespace {
			continue
		}
		inner, why := c.body(k.kids)
		if why != "" {
			return "", why
		}
		if k.local == "otherwise" {
			b.WriteString(inner)
			return "(" + b.String() + end + ")", ""
		}
		b.WriteString("if (" + k.get("test") + ") then " + inner + " else ")
	}
	return "(" + b.String() + "())", ""
}

func list(parts []string) string {
	return "(" + strings.Join(parts, ", ") + ")"
}

// literal is a string as XPath writes it.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
