package datatype

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Automata over the characters of a value as it is written. Whether a type with
// its facets is within another is asked of the product of their automata. Each
// facet that can be told by reading from left to right has one: the lexical
// space, patterns, lengths, and the bounds of decimals.

// automaton reads a value. Its states are numbers; below 0 nothing can come of
// what was read.
type automaton interface {
	// points are the characters where classes begin: between two of them all
	// characters lead to the same states.
	points() []rune
	// class is equal for characters that always lead to the same states.
	class(c rune) int
	start() int
	step(state int, c rune) int
	accepts(state int) bool
}

// table is the automaton of an expression, which has one if ok.
type table struct{ r *Regexp }

func (r *Regexp) automaton() (t table, ok bool) {
	r.once.Do(r.prepare)
	return table{r}, r.table != nil
}

func (t table) points() []rune   { return t.r.bounds }
func (t table) class(c rune) int { return int(t.r.class(c)) }
func (t table) start() int       { return t.r.classes }
func (t table) step(state int, c rune) int {
	if row := int(t.r.table[state+t.class(c)]); row > 0 {
		return row
	}
	return -1
}
func (t table) accepts(state int) bool { return t.r.accept[state/t.r.classes] }

// spaced is an automaton of values with their white space processed, as one of
// values as they are written.
type spaced struct {
	automaton
	w whiteSpace
}

func asWritten(a automaton, w whiteSpace) automaton {
	if w == preserve {
		return a
	}
	return spaced{a, w}
}

// The states of spaced are those within and how white space stands before:
const (
	atStart = iota
	inText
	behindSpace
	modes
)

func (s spaced) points() []rune {
	return append([]rune{'\t', '\t' + 2, '\r', '\r' + 1, ' ', ' ' + 1}, s.automaton.points()...)
}

func blank(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (s spaced) class(c rune) int {
	k := s.automaton.class(c) * 2
	if blank(c) {
		k = s.automaton.class(' ')*2 + 1
	}
	return k
}

func (s spaced) start() int { return s.automaton.start() * modes }

func (s spaced) step(state int, c rune) int {
	within, mode := state/modes, state%modes
	switch {
	case s.w == replace:
		if blank(c) {
			c = ' '
		}
		mode = atStart
	case blank(c):
		if mode == inText {
			mode = behindSpace
		}
		return within*modes + mode
	default:
		if mode == behindSpace {
			if within = s.automaton.step(within, ' '); within < 0 {
				return -1
			}
		}
		mode = inText
	}
	if within = s.automaton.step(within, c); within < 0 {
		return -1
	}
	return within*modes + mode
}

func (s spaced) accepts(state int) bool { return s.automaton.accepts(state / modes) }

// counter counts characters, which make a length.
type counter struct {
	counted  func(c rune) bool
	size     func(n int) int
	min, max int // of the length; max -1 is without end
	last     int // from which count on nothing changes
}

// newCounter is the automaton of a length. There is none for very long ones.
func newCounter(p *primitive, low, high int) (a automaton, ok bool) {
	c := counter{min: low, max: high, size: func(n int) int { return n }, counted: func(rune) bool { return true }}
	switch p.unit {
	case "item":
		return itemCounter{low, high}, max(low, high) < 1000
	case "byte":
		c.counted = func(r rune) bool { return r < utf8.RuneSelf && sextet(byte(r)) < 64 }
		c.size = func(n int) int { return n / 2 }
		if p == base64Binary {
			c.size = func(n int) int { return n * 3 / 4 }
		}
	}
	if max(low, high) > 10_000 {
		return nil, false
	}
	for c.size(c.last) < low || high >= 0 && c.size(c.last) <= high {
		c.last++
	}
	return c, true
}

func (c counter) points() []rune {
	if c.counted(' ') {
		return nil
	}
	return []rune{'+', '+' + 1, '/', '9' + 1, 'A', 'Z' + 1, 'a', 'z' + 1}
}

func (c counter) class(r rune) int {
	if c.counted(r) {
		return 1
	}
	return 0
}

func (c counter) start() int { return 0 }

func (c counter) step(n int, r rune) int {
	if c.counted(r) && n < c.last {
		n++
	}
	if n == c.last && c.max >= 0 {
		return -1
	}
	return n
}

func (c counter) accepts(n int) bool { return c.size(n) >= c.min && (c.max < 0 || c.size(n) <= c.max) }

// itemCounter counts the items of a list: a state is twice their number, and one
// more within an item.
type itemCounter struct{ min, max int }

func (c itemCounter) points() []rune { return []rune{'\t', '\t' + 2, '\r', '\r' + 1, ' ', ' ' + 1} }
func (c itemCounter) class(r rune) int {
	if blank(r) {
		return 1
	}
	return 0
}
func (c itemCounter) start() int { return 0 }
func (c itemCounter) step(state int, r rune) int {
	n := state / 2
	if blank(r) {
		return n * 2
	}
	if state%2 == 0 && (c.max >= 0 || n < c.min) {
		n++
	}
	if c.max >= 0 && n > c.max {
		return -1
	}
	return n*2 + 1
}
func (c itemCounter) accepts(state int) bool {
	return state/2 >= c.min && (c.max < 0 || state/2 <= c.max)
}

// bounded is the automaton of a bound of decimals. It reads what is a decimal,
// and finds how it stands to the bound digit by digit. It is made for one
// search: its states are numbered as they come.
type bounded struct {
	allowed order
	bound   number
	states  []reading
	index   map[reading]int
}

// reading is how far a decimal is read.
type reading struct {
	phase    uint8 // 0 before the sign, 1 in the whole digits, 2 in the fraction
	negative bool
	nonzero  bool
	digits   int // significant ones: of the whole, and of those of the bound, in the fraction
	to       int // how the digits read stand to as many of the bound
}

func newBounded(l *limit) *bounded {
	b := &bounded{allowed: l.allowed, bound: numberOf([]byte(l.Value)), index: map[reading]int{}}
	b.number(reading{})
	return b
}

func (b *bounded) number(r reading) int {
	n, ok := b.index[r]
	if !ok {
		n = len(b.states)
		b.index[r] = n
		b.states = append(b.states, r)
	}
	return n
}

func (b *bounded) points() []rune {
	return []rune{'+', '+' + 1, '-', '-' + 1, '.', '.' + 1, '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '9' + 1}
}

func (b *bounded) class(c rune) int {
	if c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9' {
		return int(c)
	}
	return 0
}

func (b *bounded) start() int { return 0 }

func (b *bounded) step(state int, c rune) int {
	r := b.states[state]
	switch {
	case c == '+' && r.phase == 0, c == '-' && r.phase == 0:
		r.negative, r.phase = c == '-', 1
	case c == '.' && r.phase < 2:
		r.to, r.digits, r.phase = b.wholeTo(r), 0, 2
	case c >= '0' && c <= '9' && r.phase < 2:
		r.phase = 1
		if c == '0' && r.digits == 0 {
			break
		}
		r.nonzero = true
		if r.digits < len(b.bound.whole) {
			r.to = first(r.to, int(c)-int(b.bound.whole[r.digits]))
			r.digits++
		} else {
			r.digits, r.to = len(b.bound.whole)+1, 1
		}
	case c >= '0' && c <= '9':
		r.nonzero = r.nonzero || c != '0'
		of := byte('0')
		if r.digits < len(b.bound.fraction) {
			of = b.bound.fraction[r.digits]
			r.digits++
		}
		r.to = first(r.to, int(c)-int(of))
	default:
		return -1
	}
	return b.number(r)
}

// first is a comparison that a second refines.
func first(a, b int) int {
	if a != 0 {
		return a
	}
	return min(max(b, -1), 1)
}

// wholeTo is how whole digits stand to those of the bound.
func (b *bounded) wholeTo(r reading) int {
	if d := r.digits - len(b.bound.whole); d != 0 {
		return min(max(d, -1), 1)
	}
	return r.to
}

func (b *bounded) accepts(state int) bool {
	r := b.states[state]
	to, left := r.to, b.bound.fraction
	if r.phase < 2 {
		to = b.wholeTo(r)
	} else {
		left = left[r.digits:]
	}
	if to == 0 && len(left) > 0 {
		to = -1
	}
	negative := r.negative && r.nonzero
	switch {
	case negative && b.bound.negative:
		to = -to
	case negative:
		to = -1
	case b.bound.negative:
		to = 1
	}
	return b.allowed&orderOf(to) != 0
}

// walk visits strings that all of the automata accept and not does not, which
// may be nil: short ones first, one for each way through the product. visit
// returns whether to go on. known is false where the product is too large to
// walk to the end.
func walk(all []automaton, not automaton, visit func(s string) bool) (known bool) {
	every := all
	if not != nil {
		every = append(slices.Clone(all), not)
	}
	alphabet := alphabetOf(every)
	type reached struct {
		states []int
		from   int
		letter rune
	}
	start := make([]int, len(every))
	for i, a := range every {
		start[i] = a.start()
	}
	queue := []reached{{start, -1, 0}}
	seen := map[string]bool{}
	var key []byte
	for n := 0; n < len(queue); n++ {
		if n > 30_000 {
			return false
		}
		q := queue[n]
		hit := true
		for i, a := range every {
			accepted := q.states[i] >= 0 && a.accepts(q.states[i])
			hit = hit && accepted == (i < len(all))
		}
		if hit {
			var out []rune
			for k := n; queue[k].from >= 0; k = queue[k].from {
				out = append(out, queue[k].letter)
			}
			slices.Reverse(out)
			if !visit(string(out)) {
				return true
			}
		}
	next:
		for _, c := range alphabet {
			states := make([]int, len(every))
			key = key[:0]
			for i, a := range every {
				if states[i] = -1; q.states[i] >= 0 {
					states[i] = a.step(q.states[i], c)
				}
				if i < len(all) && states[i] < 0 {
					continue next
				}
				key = binary.LittleEndian.AppendUint32(key, uint32(states[i]))
			}
			if !seen[string(key)] {
				seen[string(key)] = true
				queue = append(queue, reached{states, n, c})
			}
		}
	}
	return true
}

// alphabetOf is one character for each combination of classes, readable ones
// first.
func alphabetOf(every []automaton) []rune {
	points := []rune("aA0x1-. ")
	for _, a := range every {
		points = append(points, a.points()...)
	}
	slices.SortFunc(points, func(a, b rune) int { return rank(a) - rank(b) })
	points = slices.Compact(points)
	letters := map[string]bool{}
	var alphabet []rune
	var key []byte
	for _, c := range points {
		if c < ' ' && c != '\t' && c != '\n' || c >= 0xD800 && c < 0xE000 || c == 0xFFFE || c == 0xFFFF || c > lastRune {
			continue // no character of XML
		}
		key = key[:0]
		for _, a := range every {
			key = binary.LittleEndian.AppendUint32(key, uint32(a.class(c)))
		}
		if !letters[string(key)] {
			letters[string(key)] = true
			alphabet = append(alphabet, c)
		}
	}
	return alphabet
}

func rank(c rune) int {
	switch {
	case c >= 'a' && c <= 'z':
		return int(c - 'a')
	case c >= '0' && c <= '9':
		return int(c-'0') + 30
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 50
	}
	return int(c) + 100
}
