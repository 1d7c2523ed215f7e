package relaxng

// alphabet numbers the names that a schema tells apart: 0 is any name it does
// not know, then the unknown names of each namespace it knows, then the names it
// knows.
type alphabet struct {
	spaces map[string]int32
	names  map[qname]int32
	all    []qname // one name for each symbol
}

func newAlphabet() *alphabet {
	return &alphabet{spaces: map[string]int32{}, names: map[qname]int32{}, all: []qname{{impossible, impossible}}}
}

// addSpaces and addNames number what a name class speaks of; all classes' spaces
// come first.
func (a *alphabet) addSpaces(c *nameClass) {
	c.representatives(func(n qname) {
		if n.space == impossible {
			return
		}
		if _, is := a.spaces[n.space]; !is {
			a.spaces[n.space] = int32(len(a.all))
			a.all = append(a.all, qname{n.space, impossible})
		}
	})
}

func (a *alphabet) addNames(c *nameClass) {
	c.representatives(func(n qname) {
		if n.local == impossible {
			return
		}
		if _, is := a.names[n]; !is {
			a.names[n] = int32(len(a.all))
			a.all = append(a.all, n)
		}
	})
}

// symbol is the number of a name.
func (a *alphabet) symbol(space, local string) int32 {
	if s, ok := a.names[qname{space, local}]; ok {
		return s
	}
	return a.spaces[space] // 0 if unknown
}

// symbolSet is a set of symbols: one, or a bit for each.
type symbolSet struct {
	one  int32
	bits []uint64
}

func (a *alphabet) set(c *nameClass) symbolSet {
	if n, ok := c.single(); ok {
		return symbolSet{one: a.names[n]}
	}
	s := symbolSet{one: -1, bits: make([]uint64, len(a.all)/64+1)}
	for i, n := range a.all {
		if c.contains(n.space, n.local) {
			s.bits[i/64] |= 1 << (i % 64)
		}
	}
	return s
}

func (s *symbolSet) has(symbol int32) bool {
	if s.bits == nil {
		return s.one == symbol
	}
	return s.bits[symbol/64]>>(symbol%64)&1 == 1
}

// each calls f with the symbols of the set.
func (s *symbolSet) each(f func(int32)) {
	if s.bits == nil {
		f(s.one)
		return
	}
	for i := range int32(len(s.bits) * 64) {
		if s.has(i) {
			f(i)
		}
	}
}
