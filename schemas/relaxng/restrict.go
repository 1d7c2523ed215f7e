package relaxng

import (
	"slices"

	"sigla/tei/diag"
)

// Restrictions on schemas after simplification (clause 7).

// restrictions checks the start pattern and all elements that can be reached
// from it.
type restrictions struct {
	s       *simplifier
	reached []*element
	seen    []bool   // elements
	node    *Node    // of the element that is checked
	around  *Node    // of the list, attribute or data that is walked
	visited []uint64 // by pattern: a bit for each place it was seen at
	stamps  []int    // by name: the element it was last seen in, as an attribute
}

// place is what stands above a pattern within its element (7.1).
type place uint8

const (
	inAttribute place = 1 << iota
	inOneOrMore
	inOneOrMoreGroup // a group or interleave inside oneOrMore
	inList
	inExcept
	inStart
)

// restrict checks clause 7 and gives the elements that can be reached.
func (s *simplifier) restrict(start *pattern, root *Node) []*element {
	r := &restrictions{s: s, node: root, seen: make([]bool, len(s.elements)),
		visited: make([]uint64, s.in.next), stamps: make([]int, len(s.in.names))}
	r.walk(start, inStart)
	for i := 0; i < len(r.reached); i++ {
		e := r.reached[i]
		r.node = e.node
		r.walk(e.content, 0)
		if e.content.content == invalidContent { // 7.2
			r.wrong(e.content, "rng/string-sequence", "7.2", "the content of an element is text of a datatype or elements, not both in one group; write <mixed> or <text/>, or put the data into an attribute")
		}
		if !r.distinct(e.content, i+1) {
			r.attributes(e.content)
		}
		r.interleaved(e.content)
	}
	return r.reached
}

func (r *restrictions) wrong(p *pattern, code diag.Code, clause, format string, args ...any) {
	n := r.place(p)
	for _, f := range r.s.findings {
		if f.Code == code && f.Pos == n.Pos() {
			return
		}
	}
	r.s.wrong(n, code, clause, format, args...)
}

// place is the node of a pattern: where it was first written, if that is in the
// element that is checked, or else the first node of its kind there.
func (r *restrictions) place(p *pattern) *Node {
	around := r.node
	if r.around != nil && r.node.holds(r.around) {
		around = r.around
	}
	kind := map[patternKind]string{textKind: "text", emptyKind: "empty", listKind: "list", dataKind: "data", valueKind: "value", attributeKind: "attribute", elementKind: "element"}[p.kind]
	if kind != "text" && kind != "empty" && p.src != nil && (r.node.holds(p.src) || kind == "") {
		return p.src
	}
	if n := around.first(kind); n != nil {
		return n
	}
	if p.src != nil && kind != "text" && kind != "empty" {
		return p.src
	}
	return around
}

// holds reports whether the node is m, or m stands in it.
func (n *Node) holds(m *Node) bool {
	return n == m || slices.ContainsFunc(n.Kids, func(k *Node) bool { return k.holds(m) })
}

// first is the first element of RELAX NG of that name inside the node.
func (n *Node) first(local string) *Node {
	for _, k := range n.Kids {
		if k.is(local) {
			return k
		}
		if m := k.first(local); m != nil {
			return m
		}
	}
	return nil
}

// walk is 7.1: what can't stand inside what.
func (r *restrictions) walk(p *pattern, at place) {
	if r.visited[p.id]>>at&1 == 1 {
		return
	}
	r.visited[p.id] |= 1 << at
	switch p.kind {
	case elementKind:
		switch {
		case at&inAttribute != 0:
			r.wrong(p, "rng/path", "7.1.1", "an element inside an attribute")
		case at&inList != 0:
			r.wrong(p, "rng/path", "7.1.3", "an element inside a list")
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "an element inside the <except> of <data>")
		}
		if !r.seen[p.elem.index] {
			r.seen[p.elem.index] = true
			r.reached = append(r.reached, p.elem)
		}
	case attributeKind:
		switch {
		case at&inAttribute != 0:
			r.wrong(p, "rng/path", "7.1.1", "an attribute inside an attribute")
		case at&inOneOrMoreGroup != 0:
			r.wrong(p, "rng/path", "7.1.2", "an attribute in a group that may be repeated; an element has an attribute once")
		case at&inList != 0:
			r.wrong(p, "rng/path", "7.1.3", "an attribute inside a list")
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "an attribute inside the <except> of <data>")
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "an attribute outside of any element")
		}
		if p.names.infinite() && at&inOneOrMore == 0 { // 7.3
			r.wrong(p, "rng/attribute-wildcard", "7.3", "an attribute of any name has to stand inside <oneOrMore> or <zeroOrMore>, for there may be several")
		}
		r.inside(p, p.a, inAttribute)
	case textKind:
		switch {
		case at&inList != 0:
			r.wrong(p, "rng/path", "7.1.3", "<text/> inside a list; write <data type=\"token\"/>")
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "<text/> inside the <except> of <data>")
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "text outside of any element")
		}
	case listKind:
		switch {
		case at&inList != 0:
			r.wrong(p, "rng/path", "7.1.3", "a list inside a list")
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "a list inside the <except> of <data>")
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "a list outside of any element")
		}
		r.inside(p, p.a, at|inList)
	case dataKind, valueKind:
		if at&inStart != 0 {
			r.wrong(p, "rng/path", "7.1.5", "data outside of any element")
		}
		if p.b != nil {
			r.inside(p, p.b, at|inExcept)
		}
	case groupKind, interleaveKind:
		word := "a group"
		if p.kind == interleaveKind {
			word = "an <interleave>"
			if at&inList != 0 {
				r.wrong(p, "rng/path", "7.1.3", "an <interleave> inside a list")
			}
		}
		switch {
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "%s inside the <except> of <data>", word)
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "%s outside of any element; a document has one outermost element", word)
		}
		if at&inOneOrMore != 0 {
			at |= inOneOrMoreGroup
		}
		r.walk(p.a, at)
		r.walk(p.b, at)
	case oneOrMoreKind:
		switch {
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "a repeated pattern inside the <except> of <data>")
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "a repeated pattern outside of any element; a document has one outermost element")
		}
		r.walk(p.a, at|inOneOrMore)
	case emptyKind:
		switch {
		case at&inExcept != 0:
			r.wrong(p, "rng/path", "7.1.4", "<empty/> inside the <except> of <data>")
		case at&inStart != 0:
			r.wrong(p, "rng/path", "7.1.5", "a document can't be empty")
		}
	case choiceKind:
		for _, a := range p.alts {
			r.walk(a, at)
		}
	}
}

// inside walks q, which stands in p.
func (r *restrictions) inside(p, q *pattern, at place) {
	outer := r.around
	r.around = p.src
	r.walk(q, at)
	r.around = outer
}

// contentType is 7.2.
type contentType uint8

const (
	invalidContent contentType = iota
	emptyContent
	complexContent
	simpleContent
)

// contentTypeOf is the content type of a pattern whose parts have theirs.
func contentTypeOf(p *pattern) contentType {
	switch p.kind {
	case dataKind:
		if p.b != nil && p.b.content == invalidContent {
			return invalidContent
		}
		return simpleContent
	case valueKind, listKind:
		return simpleContent
	case textKind, elementKind:
		return complexContent
	case attributeKind:
		return min(p.a.content, emptyContent)
	case choiceKind:
		t := emptyContent
		for _, a := range p.alts {
			if a.content == invalidContent {
				return invalidContent
			}
			t = max(t, a.content)
		}
		return t
	case groupKind, interleaveKind:
		return groupable(p.a.content, p.b.content)
	case oneOrMoreKind:
		return groupable(p.a.content, p.a.content)
	}
	return emptyContent
}

func groupable(a, b contentType) contentType {
	switch {
	case a == invalidContent || b == invalidContent:
		return invalidContent
	case a == emptyContent || b == emptyContent || a == complexContent && b == complexContent:
		return max(a, b)
	}
	return invalidContent
}

// distinct reports that the attributes of p all have one name, another each: then
// none is there twice. The stamp is the element's.
func (r *restrictions) distinct(p *pattern, stamp int) bool {
	switch {
	case p.has&hasAttribute == 0:
		return true
	case p.kind == attributeKind:
		if p.names.kind != oneName || r.stamps[p.names.number] == stamp {
			return false
		}
		r.stamps[p.names.number] = stamp
		return true
	}
	for _, a := range p.alts {
		if !r.distinct(a, stamp) {
			return false
		}
	}
	return (p.a == nil || r.distinct(p.a, stamp)) && (p.b == nil || r.distinct(p.b, stamp))
}

// attributes is 7.3: the same attribute twice in a group. It gives the
// attributes of p.
func (r *restrictions) attributes(p *pattern) []*pattern {
	if p.has&hasAttribute == 0 {
		return nil
	}
	switch p.kind {
	case attributeKind:
		return []*pattern{p}
	case oneOrMoreKind:
		return r.attributes(p.a)
	case choiceKind:
		var l []*pattern
		for _, a := range p.alts {
			l = append(l, r.attributes(a)...)
		}
		return l
	case groupKind, interleaveKind:
		a, b := r.attributes(p.a), r.attributes(p.b)
		if len(a) == 0 {
			return b
		}
		if len(b) == 0 {
			return a
		}
		names := map[qname]bool{}
		var wild []*pattern
		for _, x := range a {
			if n, ok := x.names.single(); ok {
				names[n] = true
			} else {
				wild = append(wild, x)
			}
		}
		for _, y := range b {
			if n, ok := y.names.single(); ok {
				if names[n] {
					r.twice(y)
				}
				for _, x := range wild {
					if overlap(x.names, y.names) {
						r.twice(y)
					}
				}
				continue
			}
			for _, x := range a {
				if overlap(x.names, y.names) {
					r.twice(y)
				}
			}
		}
		return append(a[:len(a):len(a)], b...)
	}
	return nil
}

func (r *restrictions) twice(p *pattern) {
	r.wrong(p, "rng/attribute-twice", "7.3", "the attribute %s stands in both parts of a group; an element has it once", p.names.describe())
}

// interleaved is 7.4: the parts of an interleave share no element and only one
// holds text.
func (r *restrictions) interleaved(p *pattern) {
	if p.has&hasInterleave == 0 {
		return
	}
	switch p.kind {
	case choiceKind:
		for _, a := range p.alts {
			r.interleaved(a)
		}
	case groupKind:
		r.interleaved(p.a)
		r.interleaved(p.b)
	case oneOrMoreKind, attributeKind:
		r.interleaved(p.a)
	case interleaveKind:
		r.interleaved(p.a)
		r.interleaved(p.b)
		if p.a.has&p.b.has&hasText != 0 {
			r.wrong(p, "rng/interleave", "7.4", "<text/> in both parts of an <interleave>; it stands for all text, so one is enough")
		}
		if p.a.has&p.b.has&hasElement != 0 {
			a, b := elementsIn(p.a), elementsIn(p.b)
			names := map[qname]bool{}
			var wild []*element
			for e := range a {
				if n, ok := e.names.single(); ok {
					names[n] = true
				} else {
					wild = append(wild, e)
				}
			}
			for e := range b {
				n, single := e.names.single()
				hit := single && names[n]
				others := wild
				if !single {
					others = nil
					for x := range a {
						hit = hit || overlap(x.names, e.names)
					}
				}
				for _, x := range others {
					hit = hit || overlap(x.names, e.names)
				}
				if hit {
					r.wrong(p, "rng/interleave", "7.4", "the element %s is in both parts of an <interleave>", e.names.describe())
					return
				}
			}
		}
	}
}

// elementsIn is the set of elements in a pattern.
func elementsIn(p *pattern) map[*element]bool {
	set := map[*element]bool{}
	seen := map[*pattern]bool{}
	var walk func(*pattern)
	walk = func(p *pattern) {
		if p == nil || p.has&hasElement == 0 || seen[p] {
			return
		}
		seen[p] = true
		if p.kind == elementKind {
			set[p.elem] = true
		}
		walk(p.a)
		walk(p.b)
		for _, a := range p.alts {
			walk(a)
		}
	}
	walk(p)
	return set
}
