package relaxng

import (
	"encoding/binary"
	"slices"
)

// Attributes of two schemas compared. They have no order; so they are gone through
// name by name, each there or not, and with each value that makes a difference.
// Names that neither schema speaks of are alike, but several may come. Attributes
// whose names don't meet are compared apart, which elements have in common.

// begun is an element's start tag: what p and qs still ask after the attributes,
// and these.
type begun struct {
	p     *pattern
	qs    []*pattern
	cost  int
	piece *fragment
	again int // attributes of the present kind of name
}

// opening is an answer about attributes alone.
type opening struct {
	matched matched
	cost    int
	piece   *fragment
}

// opened lists what contents of p and qs attributes lead to.
func (c *comparison) opened(p *pattern, qs []*pattern) []begun {
	attrs, content, ok := c.inA.split(p)
	attrsOf, contents := make([]*pattern, len(qs)), make([]*pattern, len(qs))
	for i, q := range qs {
		if ok {
			attrsOf[i], contents[i], ok = c.inB.split(q)
		}
	}
	if !ok {
		return c.attributes(p, qs)
	}
	if !c.possible(content) {
		return nil
	}
	var l []begun
	for _, o := range c.attributesApart(attrs, attrsOf) {
		left := make([]*pattern, len(qs))
		for i := range left {
			if left[i] = c.inB.notAllowed; o.matched>>i&1 == 1 {
				left[i] = contents[i]
			}
		}
		l = append(l, begun{p: content, qs: left, cost: o.cost, piece: o.piece})
	}
	return l
}

// attributesApart answers about attributes that content doesn't depend on, class
// by class of those whose names meet.
func (c *comparison) attributesApart(p *pattern, qs []*pattern) []opening {
	type operand struct {
		of    int // of qs; -1 is p
		p     *pattern
		names []*nameClass
	}
	var l []operand
	add := func(of int, p *pattern) {
		var flat func(p *pattern)
		flat = func(p *pattern) {
			switch p.kind {
			case emptyKind:
			case groupKind, interleaveKind:
				flat(p.a)
				flat(p.b)
			default:
				l = append(l, operand{of, p, attributesOf(nil, p, map[*nameClass]bool{})})
			}
		}
		flat(p)
	}
	add(-1, p)
	for i, q := range qs {
		add(i, q)
	}
	class := make([]int, len(l))
	first := map[qname]int{}
	merge := func(i, k int) {
		for j, from, to := 0, class[i], class[k]; j < len(class); j++ {
			if class[j] == from {
				class[j] = to
			}
		}
	}
	for i := range l {
		class[i] = i
	}
	for i, x := range l {
		for _, n := range x.names {
			if q, ok := n.single(); ok {
				if k, is := first[q]; is {
					merge(i, k)
				} else {
					first[q] = i
				}
				continue
			}
			for k, y := range l {
				if k != i && slices.ContainsFunc(y.names, func(m *nameClass) bool { return overlap(m, n) }) {
					merge(i, k)
				}
			}
		}
	}
	var all matched
	for i := range qs {
		all |= 1 << i
	}
	out := []opening{{matched: all}}
	done := map[int]bool{}
	for _, k := range class {
		if done[k] {
			continue
		}
		done[k] = true
		part, rest := c.inA.empty, make([]*pattern, len(qs))
		for i := range rest {
			rest[i] = c.inB.empty
		}
		for i := len(l) - 1; i >= 0; i-- {
			switch {
			case class[i] != k:
			case l[i].of < 0:
				part = c.inA.group(l[i].p, part)
			default:
				rest[l[i].of] = c.inB.group(l[i].p, rest[l[i].of])
			}
		}
		var both []opening
		for _, x := range out {
			for _, y := range c.class(part, rest) {
				both = append(both, opening{x.matched & y.matched, x.cost + y.cost, join(x.piece, y.piece)})
			}
		}
		out = cheapest(both)
	}
	return out
}

// class answers about the attributes of one class. The same classes come again
// and again, in many elements.
func (c *comparison) class(p *pattern, qs []*pattern) []opening {
	c.key = binary.LittleEndian.AppendUint32(c.key[:0], uint32(p.id))
	for _, q := range qs {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(q.id))
	}
	key := string(c.key)
	if l, ok := c.openings[key]; ok {
		return l
	}
	var l []opening
	for _, b := range c.attributes(p, qs) {
		var m matched
		for i, q := range b.qs {
			if q.nullable {
				m |= 1 << i
			}
		}
		l = append(l, opening{m, b.cost, b.piece})
	}
	l = cheapest(l)
	c.openings[key] = l
	return l
}

// cheapest leaves out the openings that are no better than others.
func cheapest(l []opening) []opening {
	slices.SortStableFunc(l, func(a, b opening) int { return a.cost - b.cost })
	var out []opening
	for _, o := range l {
		if !slices.ContainsFunc(out, func(x opening) bool { return x.matched&^o.matched == 0 }) {
			out = append(out, o)
		}
	}
	return out
}

// attributes goes through the names of attributes, each of which may be there or
// not, and gives what they lead to.
func (c *comparison) attributes(p *pattern, qs []*pattern) []begun {
	now := []begun{{p: p, qs: qs}}
	for _, n := range c.attributeNames(p, qs) {
		has := func(k *nameClass) bool { return k.contains(n.space, n.local) }
		infinite := n.local == impossible
		next := begunSet{index: map[string]int{}}
		more := begunSet{list: now, index: map[string]int{}}
		for i := 0; i < len(more.list); i++ {
			if i > statesLimit {
				c.fail("attributes of more than %d states", statesLimit)
				return nil
			}
			b := more.list[i]
			absent := begun{p: without(c.inA, b.p, n), qs: make([]*pattern, len(qs)), cost: b.cost, piece: b.piece}
			for k, q := range b.qs {
				absent.qs[k] = without(c.inB, q, n)
			}
			next.add(absent)
			for _, v := range valuesOf(nil, b.p, n) {
				pp := c.inA.afterAttribute(b.p, has, func(x *pattern) bool { return x == v })
				if pp.kind == notAllowedKind {
					continue
				}
				var values []*pattern
				for _, q := range b.qs {
					values = valuesOf(values, q, n)
				}
				if len(values) > maxAsked {
					c.fail("an attribute of more than %d patterns of values", maxAsked)
					return nil
				}
				for _, s := range c.strings(inAttributeValue, v, values) {
					came := begun{p: pp, qs: make([]*pattern, len(qs)), cost: b.cost + 1 + s.cost, again: b.again + 1,
						piece: join(b.piece, &fragment{kind: attributeFragment, name: c.spelled(n, c.a.attributeNames, c.b.attributeNames, b.again), text: s.text, doubt: s.doubt, id: idKind(v)})}
					for k, q := range b.qs {
						came.qs[k] = c.inB.afterAttribute(q, has, func(x *pattern) bool { return s.matched>>slices.Index(values, x)&1 == 1 })
					}
					if infinite { // others of these names may come
						more.add(came)
						continue
					}
					came.p = without(c.inA, came.p, n)
					for k, q := range came.qs {
						came.qs[k] = without(c.inB, q, n)
					}
					next.add(came)
				}
			}
		}
		now = next.list
		for i := range now {
			now[i].again = 0
		}
	}
	closed := begunSet{index: map[string]int{}}
	for _, b := range now {
		b.p = c.inA.closed(b.p)
		for k, q := range b.qs {
			b.qs[k] = c.inB.closed(q)
		}
		if c.possible(b.p) {
			closed.add(b)
		}
	}
	return closed.list
}

// begunSet is a list without doubles; of those only the cheapest is kept.
type begunSet struct {
	list  []begun
	index map[string]int
}

func (s *begunSet) add(b begun) {
	if b.p.kind == notAllowedKind {
		return
	}
	key := binary.LittleEndian.AppendUint32(nil, uint32(b.p.id))
	for _, q := range b.qs {
		key = binary.LittleEndian.AppendUint32(key, uint32(q.id))
	}
	i, is := s.index[string(key)]
	switch {
	case !is:
		s.index[string(key)] = len(s.list)
		s.list = append(s.list, b)
	case b.cost < s.list[i].cost:
		s.list[i] = b
	}
}

// attributeNames are the names that the attributes of either side tell apart, of
// those that p allows.
func (c *comparison) attributeNames(p *pattern, qs []*pattern) []qname {
	seen := map[*nameClass]bool{}
	own := attributesOf(nil, p, seen)
	all := own
	for _, q := range qs {
		all = attributesOf(all, q, seen)
	}
	var l []qname
	known := map[qname]bool{}
	for _, k := range all {
		k.representatives(func(n qname) {
			if !known[n] && slices.ContainsFunc(own, func(k *nameClass) bool { return k.contains(n.space, n.local) }) {
				l = append(l, n)
			}
			known[n] = true
		})
	}
	return l
}

// without is p where there is no attribute of the name.
func without(in *interner, p *pattern, n qname) *pattern {
	if p.has&hasAttribute == 0 {
		return p
	}
	switch p.kind {
	case attributeKind:
		if p.names.kind == oneName && p.names.contains(n.space, n.local) {
			return in.notAllowed
		}
		return p // a wildcard may still stand for other names
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = without(in, a, n)
		}
		return in.choices(alts)
	case groupKind:
		return in.group(without(in, p.a, n), without(in, p.b, n))
	case interleaveKind:
		return in.interleave(without(in, p.a, n), without(in, p.b, n))
	case oneOrMoreKind:
		return in.oneOrMore(without(in, p.a, n))
	}
	return p
}

// valuesOf adds the value patterns of the attributes of a name to l.
func valuesOf(l []*pattern, p *pattern, n qname) []*pattern {
	p.eachAttribute(func(a *pattern) {
		if a.names.contains(n.space, n.local) && !slices.Contains(l, a.a) {
			l = append(l, a.a)
		}
	})
	return l
}

// attributesOf collects the name classes of a content's attributes that are not
// seen yet.
func attributesOf(to []*nameClass, content *pattern, seen map[*nameClass]bool) []*nameClass {
	content.eachAttribute(func(a *pattern) {
		if !seen[a.names] {
			seen[a.names] = true
			to = append(to, a.names)
		}
	})
	return to
}
