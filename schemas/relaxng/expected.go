package relaxng

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"sigla/tei/diag/spelling"
)

// What could stand at a place: for messages, and for editors.

// firsts lists the elements that may come next, in the order of the pattern.
func firsts(p *pattern) []*element {
	var l []*element
	seen := map[*element]bool{}
	done := map[*pattern]bool{}
	var walk func(*pattern)
	walk = func(p *pattern) {
		if p.has&hasElement == 0 || done[p] {
			return
		}
		done[p] = true
		switch p.kind {
		case elementKind:
			if !seen[p.elem] {
				seen[p.elem] = true
				l = append(l, p.elem)
			}
		case choiceKind:
			for _, a := range p.alts {
				walk(a)
			}
		case groupKind:
			walk(p.a)
			if p.a.nullable {
				walk(p.b)
			}
		case interleaveKind:
			walk(p.a)
			walk(p.b)
		case oneOrMoreKind:
			walk(p.a)
		}
	}
	walk(p)
	return l
}

// required lists the elements that are in everything the pattern matches, in
// its order.
func required(p *pattern) []*element {
	must := map[qname]*element{}
	requiredIn(p, must)
	if len(must) == 0 {
		return nil
	}
	var l []*element
	for _, e := range inOrder(p) {
		if n, ok := e.names.single(); ok && must[n] != nil {
			delete(must, n)
			l = append(l, e)
		}
	}
	return l
}

// requiredIn adds to must.
func requiredIn(p *pattern, must map[qname]*element) {
	for !p.nullable && p.has&hasElement != 0 {
		switch p.kind {
		case elementKind:
			if n, ok := p.elem.names.single(); ok {
				must[n] = p.elem
			}
		case oneOrMoreKind:
			p = p.a
			continue
		case groupKind, interleaveKind:
			requiredIn(p.a, must)
			p = p.b
			continue
		case choiceKind:
			var all map[qname]*element
			for _, a := range p.alts {
				one := map[qname]*element{}
				requiredIn(a, one)
				if all == nil {
					all = one
				}
				for n := range all {
					if one[n] == nil {
						delete(all, n)
					}
				}
				if len(all) == 0 {
					break
				}
			}
			for n, e := range all {
				must[n] = e
			}
		}
		return
	}
}

// inOrder lists all elements of a pattern, as it is written.
func inOrder(p *pattern) []*element {
	var l []*element
	seen := map[*element]bool{}
	done := map[*pattern]bool{}
	var walk func(*pattern)
	walk = func(p *pattern) {
		if p == nil || p.has&hasElement == 0 || done[p] {
			return
		}
		done[p] = true
		if p.kind == elementKind && !seen[p.elem] {
			seen[p.elem] = true
			l = append(l, p.elem)
		}
		for _, a := range p.alts {
			walk(a)
		}
		walk(p.a)
		walk(p.b)
	}
	walk(p)
	return l
}

// Expectation is something that may stand at a place.
type Expectation struct {
	Space, Local  string
	Required      bool
	Documentation string
}

// Elements lists the elements that may come next in the innermost open element,
// each name once, required ones first. A wildcard is not among them.
func (v *Validator) Elements() []Expectation {
	f := &v.stack[len(v.stack)-1]
	if f.state == nil {
		return nil
	}
	p := v.whole(f.state)
	var l []Expectation
	must := map[qname]bool{}
	for _, e := range required(p) {
		n, _ := e.names.single()
		must[n] = true
	}
	seen := map[qname]bool{}
	for _, e := range firsts(p) {
		if e.content.kind == notAllowedKind {
			continue
		}
		for _, n := range e.names.named(nil) {
			if !seen[n] {
				seen[n] = true
				l = append(l, Expectation{n.space, n.local, must[n], e.doc()})
			}
		}
	}
	slices.SortStableFunc(l, func(a, b Expectation) int {
		if a.Required != b.Required {
			if a.Required {
				return -1
			}
			return 1
		}
		return 0
	})
	return l
}

// named adds the names that a class speaks of one by one.
func (c *nameClass) named(l []qname) []qname {
	if n, ok := c.single(); ok {
		return append(l, n)
	}
	for _, a := range c.alts {
		l = a.named(l)
	}
	return l
}

// Attributes lists all attributes of the innermost open element, those that are
// there included. A wildcard is not among them.
func (v *Validator) Attributes() []Expectation {
	f := &v.stack[len(v.stack)-1]
	if f.body == nil {
		return nil
	}
	var l []Expectation
	for _, a := range attributesIn(f.body.elems) {
		l = append(l, Expectation{a.name.space, a.name.local, a.required, a.src.documentation()})
	}
	return l
}

// Values lists the values that an attribute of the innermost open element may
// have, where they are an enumeration.
func (v *Validator) Values(space, local string) []string {
	f := &v.stack[len(v.stack)-1]
	if f.body == nil {
		return nil
	}
	var l []string
	for _, e := range f.body.elems {
		for _, p := range valuesOf(nil, e.content, qname{space, local}) {
			values, _ := literalsOf(p)
			for _, s := range values {
				if !slices.Contains(l, s) {
					l = append(l, s)
				}
			}
		}
	}
	return l
}

// attributeIn is an attribute that the elements of a body have.
type attributeIn struct {
	name     qname
	value    *pattern
	required bool
	src      *Node
}

// attributesIn lists the attributes of elements that one start tag may mean.
func attributesIn(elems []*element) []attributeIn {
	var l []attributeIn
	index := map[qname]bool{}
	var must map[qname]bool
	for i, e := range elems {
		own := mustHave(e.content)
		if i == 0 {
			must = own
		}
		maps.DeleteFunc(must, func(n qname, _ bool) bool { return !own[n] })
		e.content.eachAttribute(func(a *pattern) {
			for _, n := range a.names.named(nil) {
				if !index[n] {
					index[n] = true
					l = append(l, attributeIn{n, a.a, false, a.src})
				}
			}
		})
	}
	for i := range l {
		l[i].required = must[l[i].name]
	}
	return l
}

// mustHave is the attributes that are in everything the pattern matches.
func mustHave(p *pattern) map[qname]bool {
	all := map[qname]bool{}
	if p.has&hasAttribute == 0 {
		return all
	}
	switch p.kind {
	case attributeKind:
		if n, ok := p.names.single(); ok {
			all[n] = true
		}
	case groupKind, interleaveKind:
		all = mustHave(p.a)
		maps.Copy(all, mustHave(p.b))
	case oneOrMoreKind:
		all = mustHave(p.a)
	case choiceKind:
		all = mustHave(p.alts[0])
		for _, a := range p.alts[1:] {
			one := mustHave(a)
			maps.DeleteFunc(all, func(n qname, _ bool) bool { return !one[n] })
		}
	}
	return all
}

// keepsApart reports whether the pattern has a choice between an attribute a
// and an attribute b.
func (p *pattern) keepsApart(a, b qname) bool {
	if a == b || p.has&hasAttribute == 0 {
		return false
	}
	switch p.kind {
	case groupKind, interleaveKind:
		return p.a.keepsApart(a, b) || p.b.keepsApart(a, b)
	case oneOrMoreKind:
		return p.a.keepsApart(a, b)
	case choiceKind:
		var onlyA, onlyB bool
		for _, alt := range p.alts {
			if alt.keepsApart(a, b) {
				return true
			}
			withA, withB := false, false
			alt.eachAttribute(func(k *pattern) {
				withA = withA || k.names.contains(a.space, a.local)
				withB = withB || k.names.contains(b.space, b.local)
			})
			onlyA = onlyA || withA && !withB
			onlyB = onlyB || withB && !withA
		}
		return onlyA && onlyB
	}
	return false
}

// literalsOf lists the values of a pattern that is a choice of values, or the
// values among its alternatives; all says that there is nothing else.
func literalsOf(p *pattern) (values []string, all bool) {
	switch p.kind {
	case valueKind:
		return []string{p.value.Literal()}, true
	case dataKind:
		if p.check.Type().Name() == "boolean" && p.b == nil && len(p.check.Params()) == 0 {
			return []string{"true", "false"}, true
		}
	case choiceKind:
		all = true
		for _, a := range p.alts {
			v, only := literalsOf(a)
			values = append(values, v...)
			all = all && only
		}
		return values, all
	case oneOrMoreKind, listKind:
		return literalsOf(p.a)
	}
	return nil, false
}

// nearest lists the n names most like s: by letter case first, then by the
// number of letters to change, at most a third of them.
func nearest(s string, names iter.Seq[string], n int) []string {
	type near struct {
		name     string
		distance int
	}
	var l []near
	limit := likenessLimit(s)
	for name := range names {
		d := 0
		if name == s {
			continue
		}
		if !strings.EqualFold(name, s) {
			d = spelling.Edits(s, name, limit)
			if d > limit && len(s) > 2 && len(name) > 2 && (strings.HasPrefix(name, s) || strings.HasPrefix(s, name)) {
				d = 10 + spelling.Edits(s, name, 64) // one begins with the other: a guess for want of a better
			} else if d > limit {
				continue
			}
		}
		if !slices.ContainsFunc(l, func(o near) bool { return o.name == name }) {
			l = append(l, near{name, d})
		}
	}
	slices.SortStableFunc(l, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
	})
	var best []string
	for _, c := range l[:min(n, len(l))] {
		best = append(best, c.name)
	}
	return best
}

// likenessLimit is how many letters may differ between a name and one like it.
func likenessLimit(s string) int { return min(max(1, len(s)/3), 3, max(len(s)-1, 0)) }
