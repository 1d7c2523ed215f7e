package relaxng

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
)

// The machine is the part of a schema that grows while documents are validated:
// the states that content can be in, and the steps between them, each worked out
// when a document first needs it and then shared. Steps are published by atomic
// pointers, so that reading them needs no lock. A machine has a budget; when it
// is spent, the validation that spent it goes on with a fresh one, and the old
// one is forgotten with the last validation that uses it.

type machine struct {
	schema *Schema
	mu     sync.Mutex // guards all below, and the making of steps
	in     *interner
	states map[string]*state
	bodies map[string]*body
	nodes  map[string]*attributeNode
	size   atomic.Int64 // bytes, roughly
	key    []byte
}

// machineBudget is how many bytes a machine may grow to, roughly.
const machineBudget = 32 << 20

// state is what the content of an open element may still be. There is a
// component for each element pattern that the start tag may have matched, almost
// always one.
type state struct {
	comps    []*pattern
	next     []atomic.Pointer[transition] // by symbol
	text     atomic.Pointer[state]        // after text; deadState where there may be none
	nullable []bool                       // by component
	complete bool                         // the end tag may come: of a state of one component
	strings  bool                         // the content may be one string of a datatype
}

// transition is a start tag in a state.
type transition struct {
	body  *body        // nil where no element is allowed
	rests [][]*pattern // by component of the state and element of the body: what follows
	next  *state       // the state after the end tag, if all elements of the body match

	partial map[string]*state // the state after it when some do; guarded by the machine
}

// body is the inside of an element: its attributes, then its content.
type body struct {
	elems   []*element
	plan    *attributePlan // for plain attributes
	attrs   *attributeNode // for all others
	content *state         // after the attributes, where they don't bear on it
	closed  map[*attributeNode]*state
}

var deadState = &state{}

func newMachine(s *Schema, in *interner) *machine {
	return &machine{schema: s, in: in, states: map[string]*state{}, bodies: map[string]*body{}, nodes: map[string]*attributeNode{}}
}

func (m *machine) full() bool { return m.size.Load() > machineBudget }

// state is the state of components; all equal ones are one. The lock is held.
func (m *machine) state(comps []*pattern) *state {
	m.key = m.key[:0]
	for _, p := range comps {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(p.id))
	}
	if s := m.states[string(m.key)]; s != nil {
		return s
	}
	s := &state{comps: append([]*pattern(nil), comps...), next: make([]atomic.Pointer[transition], len(m.schema.elementNames.all))}
	for _, p := range comps {
		s.nullable = append(s.nullable, p.nullable)
		s.strings = s.strings || p.has&hasString != 0
	}
	s.complete = len(comps) == 1 && comps[0].nullable
	m.states[string(m.key)] = s
	m.size.Add(int64(8*len(s.next) + 200))
	return s
}

// step is the transition of a state by a symbol.
func (m *machine) step(s *state, symbol int32) *transition {
	if t := s.next[symbol].Load(); t != nil {
		return t
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if t := s.next[symbol].Load(); t != nil {
		return t
	}
	before := m.in.grown()
	t := m.makeStep(s, symbol)
	s.next[symbol].Store(t)
	m.size.Add(m.in.grown() - before + 100)
	return t
}

func (m *machine) makeStep(s *state, symbol int32) *transition {
	t := &transition{}
	var elems []*element
	index := map[*element]int{}
	per := make([][]step, len(s.comps))
	for i, p := range s.comps {
		per[i] = m.in.start(p, symbol)
		for _, st := range per[i] {
			if _, is := index[st.elem]; !is {
				index[st.elem] = len(elems)
				elems = append(elems, st.elem)
			}
		}
	}
	if len(elems) == 0 {
		return t
	}
	t.rests = make([][]*pattern, len(s.comps))
	all := make([]*pattern, len(s.comps))
	for i := range s.comps {
		t.rests[i] = make([]*pattern, len(elems))
		for k := range elems {
			t.rests[i][k] = m.in.notAllowed
		}
		for _, st := range per[i] {
			t.rests[i][index[st.elem]] = st.rest
		}
		all[i] = m.in.choices(t.rests[i])
	}
	t.body = m.body(elems)
	t.next = m.state(all)
	return t
}

// after is the state that follows a transition when some of the elements of its
// body matched: those in alive.
func (m *machine) after(t *transition, alive []bool) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := make([]byte, len(alive))
	all := true
	for i, is := range alive {
		all = all && is
		if is {
			key[i] = 1
		}
	}
	if all {
		return t.next
	}
	if s := t.partial[string(key)]; s != nil {
		return s
	}
	comps := make([]*pattern, len(t.rests))
	for i, rests := range t.rests {
		var l []*pattern
		for k, r := range rests {
			if alive[k] {
				l = append(l, r)
			}
		}
		comps[i] = m.in.choices(l)
	}
	s := m.state(comps)
	if t.partial == nil {
		t.partial = map[string]*state{}
	}
	t.partial[string(key)] = s
	m.size.Add(int64(len(key) + 100))
	return s
}

// afterText is the state after text that is not white space, or deadState.
func (m *machine) afterText(s *state) *state {
	if t := s.text.Load(); t != nil {
		return t
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	comps := make([]*pattern, len(s.comps))
	dead := true
	for i, p := range s.comps {
		comps[i] = m.in.afterText(p)
		dead = dead && comps[i].kind == notAllowedKind
	}
	t := deadState
	if !dead {
		t = m.state(comps)
	}
	s.text.Store(t)
	return t
}

// body is the inside of the elements. The lock is held.
func (m *machine) body(elems []*element) *body {
	m.key = m.key[:0]
	for _, e := range elems {
		m.key = binary.LittleEndian.AppendUint32(m.key, uint32(e.index))
	}
	if b := m.bodies[string(m.key)]; b != nil {
		return b
	}
	b := &body{elems: elems}
	m.bodies[string(m.key)] = b
	if len(elems) == 1 {
		if attrs, content, ok := m.in.split(elems[0].content); ok {
			b.content = m.state([]*pattern{content})
			if b.plan = m.plan(attrs); b.plan == nil {
				b.attrs = m.attributeNode([]*pattern{attrs})
			}
			return b
		}
	}
	comps := make([]*pattern, len(elems))
	for i, e := range elems {
		comps[i] = e.content
	}
	b.attrs = m.attributeNode(comps)
	b.closed = map[*attributeNode]*state{}
	return b
}

// opened is the state of the content after the attributes led to a node, where
// attributes bear on content. A component that lacks an attribute is dead in it.
func (m *machine) opened(b *body, n *attributeNode) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := b.closed[n]; s != nil {
		return s
	}
	comps := make([]*pattern, len(n.comps))
	for i, p := range n.comps {
		comps[i] = m.in.closed(p)
	}
	s := m.state(comps)
	b.closed[n] = s
	return s
}

// assumed is opened as if no attribute were missing, after a finding.
func (m *machine) assumed(n *attributeNode) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	comps := make([]*pattern, len(n.comps))
	for i, p := range n.comps {
		comps[i] = m.in.assumed(p)
	}
	return m.state(comps)
}

func (s *state) dead() bool {
	for _, p := range s.comps {
		if p.kind != notAllowedKind {
			return false
		}
	}
	return true
}
