package relaxng

import (
	"encoding/binary"

	"sigla/schemas/datatype"
)

// Attributes. Of nearly all elements they are a list of names, each required or
// not, and one bit each says which have come. Others, such as choices between
// attributes or attributes of any name, go through derivatives, which are
// remembered like the states of content.

// attributePlan is the plain case.
type attributePlan struct {
	slot     []int16 // by attribute symbol; -1 is not allowed
	slots    []attributeSlot
	required uint64
}

type attributeSlot struct {
	name  qname
	value *pattern
	any   bool // every value is allowed
	id    datatype.IDKind
}

// plan is the plain case of attrs, or nil where it is not plain.
func (m *machine) plan(attrs *pattern) *attributePlan {
	p := &attributePlan{slot: make([]int16, len(m.schema.attributeNames.all))}
	for i := range p.slot {
		p.slot[i] = -1
	}
	var add func(a *pattern) bool
	add = func(a *pattern) bool {
		required := true
		switch {
		case a.kind == emptyKind:
			return true
		case a.kind == groupKind || a.kind == interleaveKind:
			return add(a.a) && add(a.b)
		case a.kind == choiceKind && len(a.alts) == 2 && a.alts[0].kind == emptyKind:
			a, required = a.alts[1], false
		}
		if a.kind != attributeKind || len(p.slots) == 64 {
			return false
		}
		n, ok := a.names.single()
		if !ok {
			return false
		}
		s := m.schema.attributeNames.names[n]
		if p.slot[s] >= 0 {
			return false
		}
		p.slot[s] = int16(len(p.slots))
		if required {
			p.required |= 1 << len(p.slots)
		}
		p.slots = append(p.slots, attributeSlot{n, a.a, a.a.kind == textKind, idKind(a.a)})
		return true
	}
	if !add(attrs) {
		return nil
	}
	return p
}

// idKind is what the value of an attribute is to the DTD compatibility
// specification (4): an ID, references, or nothing.
func idKind(p *pattern) datatype.IDKind {
	if p.has&hasID == 0 {
		return datatype.NotID
	}
	switch p.kind {
	case dataKind:
		return p.check.Type().IDKind()
	case listKind, oneOrMoreKind:
		if k := idKind(p.a); k != datatype.NotID {
			return datatype.IDREFS
		}
	case groupKind:
		return max(idKind(p.a), idKind(p.b))
	case choiceKind:
		for _, a := range p.alts {
			if k := idKind(a); k != datatype.NotID {
				return k
			}
		}
	}
	return datatype.NotID
}

// attributeNode is what the attributes of a start tag may still be.
type attributeNode struct {
	comps    []*pattern
	complete bool // no attribute is missing: of a node of one component that holds attributes alone
	steps    map[int32]*attributeStep
}

// attributeStep is an attribute at a node. What follows depends on which of the
// value patterns allow the value.
type attributeStep struct {
	values []*pattern
	id     datatype.IDKind
	next   map[string]*attributeNode // by answer of each value pattern
}

// attributeNode is the node of components. The lock is held.
func (m *machine) attributeNode(comps []*pattern) *attributeNode {
	m.key = m.key[:0]
	for _, p := range comps {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(p.id))
	}
	if n := m.nodes[string(m.key)]; n != nil {
		return n
	}
	n := &attributeNode{comps: append([]*pattern(nil), comps...), steps: map[int32]*attributeStep{}}
	n.complete = len(comps) == 1 && comps[0].nullable
	m.nodes[string(m.key)] = n
	m.size.Add(300)
	return n
}

// attribute moves a node on by an attribute. It gives nil where no component
// allows the attribute; known says that one has an attribute of that name.
//
// forced says to go on as if the value were allowed, after a finding.
func (m *machine) attribute(n *attributeNode, symbol int32, value []byte, ctx datatype.Context, forced bool) (next *attributeNode, id datatype.IDKind, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	st := n.steps[symbol]
	if st == nil {
		st = &attributeStep{next: map[string]*attributeNode{}}
		for _, p := range n.comps {
			m.attributeValues(p, symbol, st)
		}
		n.steps[symbol] = st
		m.size.Add(200)
	}
	if len(st.values) == 0 {
		return nil, 0, false
	}
	var few [16]byte
	answers := few[:0]
	for _, v := range st.values {
		if forced || allows(v, value, ctx) {
			answers = append(answers, 1)
		} else {
			answers = append(answers, 0)
		}
	}
	next, ok := st.next[string(answers)]
	if !ok {
		before := m.in.grown()
		comps := make([]*pattern, len(n.comps))
		dead := true
		for i, p := range n.comps {
			comps[i] = m.in.afterAttribute(p, func(c *nameClass) bool { return m.classHas(c, symbol) }, func(v *pattern) bool {
				for k := range st.values {
					if st.values[k] == v {
						return answers[k] == 1
					}
				}
				return false
			})
			dead = dead && comps[i].kind == notAllowedKind
		}
		if !dead {
			next = m.attributeNode(comps)
		}
		st.next[string(answers)] = next
		m.size.Add(m.in.grown() - before + 100)
	}
	return next, st.id, true
}

func (m *machine) classHas(c *nameClass, symbol int32) bool {
	n := m.schema.attributeNames.all[symbol]
	return c.contains(n.space, n.local)
}

// attributeValues collects the value patterns of the attributes of a name in p.
func (m *machine) attributeValues(p *pattern, symbol int32, to *attributeStep) {
	if p.has&hasAttribute == 0 {
		return
	}
	if p.kind == attributeKind {
		if !m.classHas(p.names, symbol) {
			return
		}
		for _, v := range to.values {
			if v == p.a {
				return
			}
		}
		to.values = append(to.values, p.a)
		to.id = max(to.id, idKind(p.a))
		return
	}
	for _, a := range p.alts {
		m.attributeValues(a, symbol, to)
	}
	if p.a != nil {
		m.attributeValues(p.a, symbol, to)
	}
	if p.b != nil {
		m.attributeValues(p.b, symbol, to)
	}
}
