package relaxng

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// What is wrong with attributes and with values.

// unknownAttribute reports an attribute that the element has not. It gives the
// plan's slot that was meant, or -1; told says that what was meant is not known.
func (v *Validator) unknownAttribute(a *xmltok.Attr, attrs []xmltok.Attr) (slot int, told bool) {
	f := &v.stack[len(v.stack)-1]
	if f.mute {
		return -1, false
	}
	var allowed []attributeIn
	for _, k := range attributesIn(f.body.elems) {
		if !slices.ContainsFunc(attrs, func(b xmltok.Attr) bool { return b.Name.Local == k.name.local && b.Name.Space == k.name.space }) {
			allowed = append(allowed, k)
		}
	}
	v.s.sortAttributesForPeople(allowed)
	shown := make([]string, len(allowed))
	for i, k := range allowed {
		shown[i] = k.name.display()
	}
	pos := v.where.Pos(a.Offset)
	const code = "rng/attribute-not-allowed"
	find := func(is func(k attributeIn) bool) string {
		if i := slices.IndexFunc(allowed, is); i >= 0 {
			return shown[i]
		}
		return ""
	}
	meant := ""
	var d *diag.Finding
	same := find(func(k attributeIn) bool { return k.name.local == a.Name.Local })
	letterCase := find(func(k attributeIn) bool { return strings.EqualFold(k.name.local, a.Name.Local) })
	alias := ""
	for _, name := range v.o.Aliases["@"+strings.ToLower(a.Name.Local)] {
		if alias == "" && slices.Contains(shown, name) {
			alias = name
		}
	}
	on := v.s.attributeHolders(qname{a.Name.Space, a.Name.Local})
	var apart []string // attributes here that it can't stand beside
	for _, b := range attrs {
		if slices.ContainsFunc(f.body.elems, func(e *element) bool {
			return e.content.keepsApart(qname{a.Name.Space, a.Name.Local}, qname{b.Name.Space, b.Name.Local})
		}) {
			apart = append(apart, b.Name.Raw)
		}
	}
	switch near := nearest(a.Name.Raw, slices.Values(shown), 3); {
	case same != "":
		meant = same
		d = v.report(pos, code, "attribute %q not allowed on %s; write %q", a.Name.Raw, f.parent(), same)
	case letterCase != "":
		meant = letterCase
		d = v.report(pos, code, "no attribute %q; write %q: upper and lower case count", a.Name.Raw, letterCase)
	case alias != "":
		meant = alias
		d = v.report(pos, code, "attribute %q not allowed on %s; write %q", a.Name.Raw, f.parent(), alias)
	case len(near) > 0:
		meant = near[0]
		d = v.report(pos, code, "attribute %q not allowed on %s; did you mean %s?", a.Name.Raw, f.parent(), some(near, 3))
	case len(apart) > 0:
		d = v.report(pos, code, "attribute %q not allowed beside %s on %s; keep one of them", a.Name.Raw, every(apart, 3), f.parent())
	case len(on) > 0 && len(on) <= 8:
		d = v.report(pos, code, "attribute %q not allowed on %s; it stands on %s", a.Name.Raw, f.parent(), some(on, 3))
	case len(on) > 0 && len(allowed) > 0:
		d = v.report(pos, code, "attribute %q not allowed on %s, which has %s", a.Name.Raw, f.parent(), every(shown, 3))
	case len(allowed) == 0:
		d = v.report(pos, code, "attribute %q not allowed on %s, which has no other", a.Name.Raw, f.parent())
	default:
		d = v.report(pos, code, "no attribute %q in this schema; %s has %s", a.Name.Raw, f.parent(), every(shown, 3))
	}
	v.note(d, shown, nil)
	if meant == "" || f.body.plan == nil {
		return -1, meant == ""
	}
	for i, s := range f.body.plan.slots {
		if s.name.display() == meant {
			return i, false
		}
	}
	return -1, false
}

// sortAttributesForPeople puts the required attributes first, then those that
// the fewest elements have: they are the element's own.
func (s *Schema) sortAttributesForPeople(l []attributeIn) {
	slices.SortStableFunc(l, func(a, b attributeIn) int {
		if a.required != b.required {
			if a.required {
				return -1
			}
			return 1
		}
		return cmp.Compare(len(s.attributeHolders(a.name)), len(s.attributeHolders(b.name)))
	})
}

// attributeHolders names the elements that have an attribute.
func (s *Schema) attributeHolders(n qname) []string {
	s.attributing.Do(func() {
		s.attributeOn = map[qname][]string{}
		for _, e := range s.elements {
			for _, k := range attributesIn([]*element{e}) {
				s.attributeOn[k.name] = append(s.attributeOn[k.name], e.names.describe())
			}
		}
	})
	return s.attributeOn[n]
}

// badValue reports an attribute's value.
func (v *Validator) badValue(a *xmltok.Attr, p *pattern) {
	if v.stack[len(v.stack)-1].mute {
		return
	}
	d := v.report(v.where.Pos(a.ValueOffset), "rng/attribute-value", "%s", v.wrongValue(words("@"+cut(a.Name.Raw, 60)), p, a.Value))
	d.Len = len(a.Value)
	values, _ := literalsOf(p)
	v.note(d, values, nil)
}

// badOtherValue is badValue for attributes that go through derivatives.
func (v *Validator) badOtherValue(n *attributeNode, a *xmltok.Attr) {
	v.m.mu.Lock()
	st := n.steps[a.Name.ID>>16]
	p := v.m.in.choices(st.values)
	allowed := false
	for _, q := range st.values {
		allowed = allowed || allows(q, a.Value, v.ctx)
	}
	v.m.mu.Unlock()
	if allowed { // the value is right, but not with the attributes before
		v.report(v.where.Pos(a.Offset), "rng/attribute-not-allowed", "attribute %q not allowed together with the others of %s", a.Name.Raw, v.stack[len(v.stack)-1].parent())
		return
	}
	v.badValue(a, p)
}

// wrongValue says why a string is not what a pattern wants, and what would be.
func (v *Validator) wrongValue(what words, p *pattern, value []byte) words {
	trimmed := trimSpace(string(value))
	is := what + words(fmt.Sprintf(" is %q", cut(trimmed, 60)))
	literals, all := literalsOf(p)
	near := nearest(trimmed, slices.Values(literals), 3)
	if len(literals) > 0 && len(literals) <= 4 && all {
		return is + "; write " + some(literals, 4)
	}
	if len(near) > 0 {
		return is + "; did you mean " + some(near, 3) + "?"
	}
	if all && len(literals) > 0 {
		return is + "; write " + some(literals, 5)
	}
	if blank(value) {
		return what + " is empty; expected " + words(describe(p))
	}
	if p.kind == listKind {
		for rest := value; ; {
			var t []byte
			if t, rest = nextToken(rest); len(t) == 0 {
				break
			}
			if leaf := p.a; !anyAllows(leaf, t, v.ctx) {
				return v.wrongValue(what, itemsOf(leaf), t)
			}
		}
		return is + "; expected " + words(describe(p))
	}
	if from, to, ok := years(trimmed); ok && anyAllows(p, []byte(from), v.ctx) && anyAllows(p, []byte(to), v.ctx) && v.hasSpans() {
		return is + words(fmt.Sprintf(", which is a span; write from=%q to=%q", from, to))
	}
	if why := v.explain(p, value); why != "" {
		return is + words(why)
	}
	return is + "; expected " + words(describe(p))
}

// years are the two years of a span as people write it: 1951-1953, 1951/1953.
func years(s string) (from, to string, ok bool) {
	i := strings.IndexAny(s, "-–/")
	if i < 0 {
		return "", "", false
	}
	from, to = strings.TrimSpace(s[:i]), strings.TrimLeft(s[i:], "-–/ ")
	digits := func(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }
	return from, to, digits(from) && digits(to) && from < to
}

// hasSpans reports whether the open element has both from and to.
func (v *Validator) hasSpans() bool {
	n := 0
	for _, k := range attributesIn(v.stack[len(v.stack)-1].body.elems) {
		if k.name.space == "" && (k.name.local == "from" || k.name.local == "to") {
			n++
		}
	}
	return n == 2
}

// missingAttributes reports the required attributes that are not there, in one
// message; with an attribute that is not allowed and may have been meant for
// one, in that one's finding.
func (v *Validator) missingAttributes(p *attributePlan, seen uint64, offset int, unknown *xmltok.Attr, at int) {
	var l []string
	for i, s := range p.slots {
		if (p.required&^seen)>>i&1 == 1 {
			l = append(l, s.name.display())
		}
	}
	if unknown != nil {
		d := &v.list[at]
		d.Message = plainf("attribute %q not allowed on %s; it needs %s", unknown.Name.Raw, v.stack[len(v.stack)-1].parent(), every(l, 3))
		return
	}
	v.missing(l, offset, every)
}

func (v *Validator) missing(l []string, offset int, list func([]string, int) words) {
	f := &v.stack[len(v.stack)-1]
	if f.mute {
		return
	}
	what := words("attribute")
	if len(l) > 1 {
		what = "attributes"
	}
	d := v.report(v.where.Pos(offset), "rng/attribute-missing", "element %s is missing the required %s %s", f.parent(), what, list(l, 5))
	v.note(d, l, nil, f.body.elems[0])
}

// missingOther is missingAttributes for attributes that go through derivatives.
func (v *Validator) missingOther(comps []*pattern, offset int) {
	var must, any []string
	for i, p := range comps {
		var m []string
		requiredAttributes(p, &m, &any)
		if i == 0 {
			must = m
		} else {
			must = slices.DeleteFunc(must, func(s string) bool { return !slices.Contains(m, s) })
		}
	}
	switch {
	case len(must) > 0:
		v.missing(must, offset, every)
	case len(any) > 0:
		v.missing(any, offset, some)
	default:
		v.report(v.where.Pos(offset), "rng/attribute-missing", "the attributes of element %s are not enough", v.stack[len(v.stack)-1].parent())
	}
}

// requiredAttributes collects the attributes that everything the pattern matches
// has, and those of which it has one.
func requiredAttributes(p *pattern, must, any *[]string) {
	if p.has&hasAttribute == 0 || p.nullable {
		return
	}
	switch p.kind {
	case attributeKind:
		*must = append(*must, p.names.describe())
	case groupKind, interleaveKind:
		requiredAttributes(p.a, must, any)
		requiredAttributes(p.b, must, any)
	case oneOrMoreKind:
		requiredAttributes(p.a, must, any)
	case choiceKind:
		for _, a := range p.alts {
			requiredAttributes(a, any, any)
		}
	}
}
