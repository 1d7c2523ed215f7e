package datatype

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"
)

// Regexp is a regular expression of XML Schema (Part 2, appendix F). It matches
// whole values, in time linear in their length. It can be used by any number of
// goroutines.
//
// The expression becomes an automaton of positions, and that a deterministic
// one, over classes of characters that it does not tell apart. One that grows
// beyond a bound is not made; the positions are then followed side by side.
type Regexp struct {
	pattern string
	prog    []regexInst
	start   int

	sets    []charset // as the instructions number them
	once    sync.Once
	ascii   [utf8.RuneSelf]uint32 // class of an ASCII character
	bounds  []rune                // first characters of intervals that have one class each
	classOf []uint32              // of the intervals
	classes int
	inSet   [][]byte  // by class, a bit for each set
	table   []uint32  // row of a state + class → row of the next; nil where there would be too many
	accept  []bool    // by state
	memory  sync.Pool // of simulations
}

type regexInst struct {
	set  int // of a character; -1 for a fork, -2 for the end
	a, b int
}

// Bounds, so that no expression takes long to compile.
const (
	regexPositions = 100_000 // of characters and forks
	regexSets      = 1000    // different sets of characters
	regexRanges    = 20_000  // in all of them
	regexDFAStates = 5000
	regexDFAWork   = 2_000_000
)

const (
	instFork = -1
	instEnd  = -2
)

// compiled are expressions that were compiled before. A schema has few of them,
// and many times each.
var compiled struct {
	sync.Mutex
	byPattern map[string]*Regexp
}

const compiledMost = 200

// CompileRegexp reads an expression. The error is a *RegexpError.
func CompileRegexp(pattern string) (*Regexp, error) {
	compiled.Lock()
	r := compiled.byPattern[pattern]
	compiled.Unlock()
	if r != nil {
		return r, nil
	}
	r, err := compileRegexp(pattern)
	if err != nil {
		return nil, err
	}
	compiled.Lock()
	defer compiled.Unlock()
	if compiled.byPattern == nil {
		compiled.byPattern = map[string]*Regexp{}
	}
	if len(compiled.byPattern) < compiledMost && len(r.prog) < 1000 {
		compiled.byPattern[pattern] = r
	}
	return r, nil
}

func compileRegexp(pattern string) (*Regexp, error) {
	n, err := parseRegexp(pattern)
	if err != nil {
		return nil, err
	}
	r := &Regexp{pattern: pattern}
	b := &regexBuilder{r: r, numbers: map[string]int{}}
	end := b.add(regexInst{set: instEnd})
	r.start = b.build(n, end)
	if b.full != "" {
		return nil, &RegexpError{pattern, 0, b.full}
	}
	return r, nil
}

func (r *Regexp) String() string { return r.pattern }

// mustRegexp compiles an expression that is part of the program.
func mustRegexp(pattern string) *Regexp {
	r, err := compileRegexp(pattern)
	if err != nil {
		panic(err)
	}
	return r
}

// regexBuilder makes instructions from the end to the beginning.
type regexBuilder struct {
	r       *Regexp
	numbers map[string]int // of sets, by their ranges
	key     []byte
	ranges  int
	visits  int
	full    string // which bound is passed
}

func (b *regexBuilder) add(i regexInst) int {
	if len(b.r.prog) >= regexPositions {
		b.full = fmt.Sprintf("an expression of more than %d positions", regexPositions)
		return 0
	}
	b.r.prog = append(b.r.prog, i)
	return len(b.r.prog) - 1
}

// set is the number of a set of characters.
func (b *regexBuilder) set(n *regexNode) int {
	if n.number > 0 {
		return n.number - 1
	}
	b.key = b.key[:0]
	for _, x := range n.set {
		b.key = binary.LittleEndian.AppendUint64(b.key, uint64(x[0])<<32|uint64(x[1]))
	}
	k, ok := b.numbers[string(b.key)]
	if !ok {
		k = len(b.r.sets)
		b.numbers[string(b.key)] = k
		b.r.sets = append(b.r.sets, n.set)
		if b.ranges += len(n.set); b.ranges > regexRanges || len(b.r.sets) > regexSets {
			b.full = fmt.Sprintf("an expression of more than %d different sets of characters", regexSets)
		}
	}
	n.number = k + 1
	return k
}

// build is the entry of n when next comes after it.
func (b *regexBuilder) build(n *regexNode, next int) int {
	// What is empty has no positions, but takes time to repeat.
	if b.visits++; b.visits > 4*regexPositions && b.full == "" {
		b.full = "an expression that repeats too much"
	}
	if b.full != "" {
		return 0
	}
	switch n.kind {
	case regexSet:
		return b.add(regexInst{set: b.set(n), a: next})
	case regexConcat:
		for i := len(n.kids) - 1; i >= 0; i-- {
			next = b.build(n.kids[i], next)
		}
		return next
	case regexBranch:
		entry := b.build(n.kids[len(n.kids)-1], next)
		for i := len(n.kids) - 2; i >= 0; i-- {
			entry = b.add(regexInst{set: instFork, a: b.build(n.kids[i], next), b: entry})
		}
		return entry
	}
	// A repetition: the optional part, then min times.
	entry := next
	if n.max < 0 {
		loop := b.add(regexInst{set: instFork, b: next})
		b.r.prog[loop].a = b.build(n.kids[0], loop)
		entry = loop
	} else {
		for range n.max - n.min {
			if b.full != "" {
				return 0
			}
			entry = b.add(regexInst{set: instFork, a: b.build(n.kids[0], entry), b: next})
		}
	}
	for range n.min {
		if b.full != "" {
			return 0
		}
		entry = b.build(n.kids[0], entry)
	}
	return entry
}

// prepare makes the classes of characters, and the table.
func (r *Regexp) prepare() {
	points := []rune{0}
	for _, s := range r.sets {
		for _, x := range s {
			points = append(points, x[0], x[1]+1)
		}
	}
	slices.Sort(points)
	points = slices.Compact(points)
	if points[len(points)-1] > lastRune {
		points = points[:len(points)-1]
	}
	r.bounds = points
	r.classOf = make([]uint32, len(points))
	classes := map[string]uint32{}
	key := make([]byte, (len(r.sets)+7)/8)
	at := make([]int, len(r.sets)) // the range of each set that the point has reached
	for i, p := range points {
		clear(key)
		for k, s := range r.sets {
			for at[k] < len(s) && s[at[k]][1] < p {
				at[k]++
			}
			if at[k] < len(s) && s[at[k]][0] <= p {
				key[k/8] |= 1 << (k % 8)
			}
		}
		c, ok := classes[string(key)]
		if !ok {
			c = uint32(len(classes))
			classes[string(key)] = c
			r.inSet = append(r.inSet, bytes.Clone(key))
		}
		r.classOf[i] = c
	}
	r.classes = len(classes)
	for c := range r.ascii {
		r.ascii[c] = r.class(rune(c))
	}
	r.determine()
}

func (r *Regexp) class(c rune) uint32 {
	i, found := slices.BinarySearch(r.bounds, c)
	if !found {
		i--
	}
	return r.classOf[i]
}

// closure adds i, or what the forks at i lead to.
func (r *Regexp) closure(set, forks *sparse, i int) {
	for {
		in := r.prog[i]
		if in.set != instFork {
			if !set.has(i) {
				set.add(i)
			}
			return
		}
		if forks.has(i) {
			return
		}
		forks.add(i)
		r.closure(set, forks, in.a)
		i = in.b
	}
}

func (r *Regexp) step(from, to, forks *sparse, class uint32) {
	to.reset()
	forks.reset()
	for _, i := range from.dense {
		if in := r.prog[i]; in.set >= 0 && r.inSet[class][in.set/8]>>(in.set%8)&1 == 1 {
			r.closure(to, forks, in.a)
		}
	}
}

func (r *Regexp) ends(set *sparse) bool {
	return slices.ContainsFunc(set.dense, func(i int) bool { return r.prog[i].set == instEnd })
}

// determine makes the deterministic automaton, unless it is too large. State 0
// is the dead one, state 1 the start; the table has a row of classes for each.
func (r *Regexp) determine() {
	from, to, forks := newSparse(len(r.prog)), newSparse(len(r.prog)), newSparse(len(r.prog))
	states := map[string]uint32{}
	var sets [][]int
	var key []byte
	number := func(s *sparse) uint32 {
		slices.Sort(s.dense)
		key = key[:0]
		for _, i := range s.dense {
			key = binary.LittleEndian.AppendUint32(key, uint32(i))
		}
		if n, ok := states[string(key)]; ok {
			return n
		}
		n := uint32(len(sets))
		states[string(key)] = n
		sets = append(sets, slices.Clone(s.dense))
		r.accept = append(r.accept, r.ends(s))
		return n
	}
	number(from) // the empty set
	r.closure(from, forks, r.start)
	number(from)
	work := 0
	for n := 0; n < len(sets); n++ {
		work += (len(sets[n]) + 8) * r.classes
		if len(sets) > regexDFAStates || work > regexDFAWork {
			r.table, r.accept = nil, nil
			return
		}
		for c := range r.classes {
			from.reset()
			for _, i := range sets[n] {
				from.add(i)
			}
			r.step(from, to, forks, uint32(c))
			r.table = append(r.table, number(to)*uint32(r.classes))
		}
	}
}

// Match reports whether the whole value matches.
func (r *Regexp) Match(value []byte) bool {
	r.once.Do(r.prepare)
	if r.table == nil {
		return r.simulate(value)
	}
	row := uint32(r.classes) // of the start
	for i := 0; i < len(value); {
		var class uint32
		if c := value[i]; c < utf8.RuneSelf {
			class = r.ascii[c]
			i++
		} else {
			c, n := utf8.DecodeRune(value[i:])
			class = r.class(c)
			i += n
		}
		if row = r.table[row+class]; row == 0 {
			return false
		}
	}
	return r.accept[int(row)/r.classes]
}

// simulation is the memory for following an expression without a table.
type simulation struct{ from, to, forks *sparse }

func (r *Regexp) simulate(value []byte) bool {
	m, ok := r.memory.Get().(*simulation)
	if !ok {
		m = &simulation{newSparse(len(r.prog)), newSparse(len(r.prog)), newSparse(len(r.prog))}
	}
	defer r.memory.Put(m)
	m.from.reset()
	m.forks.reset()
	r.closure(m.from, m.forks, r.start)
	for len(value) > 0 {
		c, n := utf8.DecodeRune(value)
		value = value[n:]
		r.step(m.from, m.to, m.forks, r.class(c))
		m.from, m.to = m.to, m.from
		if len(m.from.dense) == 0 {
			return false
		}
	}
	return r.ends(m.from)
}

// sparse is a set of small integers that is emptied at once.
type sparse struct {
	dense []int
	index []int
}

func newSparse(n int) *sparse { return &sparse{index: make([]int, n)} }

func (s *sparse) reset() { s.dense = s.dense[:0] }

func (s *sparse) has(i int) bool {
	k := s.index[i]
	return k < len(s.dense) && s.dense[k] == i
}

func (s *sparse) add(i int) {
	s.index[i] = len(s.dense)
	s.dense = append(s.dense, i)
}
