package relaxng

import (
	"container/heap"
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"sigla/tei/diag"
)

// Whether every document that is valid under one schema is valid under another,
// as a profile has to be under the TEI.
//
// The question is asked of patterns. Let p be a pattern of the first schema and
// qs patterns of the second, all that an element of p could be there. A piece of
// a document that p matches is matched by some of qs; what matters is which, and
// of all pieces only those matter that the fewest match. So the answers to a
// question (p, qs) are sets of qs, each with a smallest piece that just these
// match, and a set is left out where a part of it is an answer too. Answers are
// made of answers: those of an element's content say which elements of the
// second schema the element may be, and with that which patterns follow. There
// are finitely many questions; answers are found smallest first, so that each
// comes with its smallest piece (Knuth, "A generalization of Dijkstra's
// algorithm", 1977). If the empty set is an answer to the two start patterns, its
// piece is a smallest document that makes the difference; if none is found, there
// is none.
//
// This is exact but for the strings of datatypes (subset_strings.go): where it
// can't be told whether a type has a value that others have not, the answer that
// would follow costs more than all sure ones, and comes last.

// Difference is a document that is valid under the first schema and not under
// the second: one with the fewest elements, attributes and texts.
type Difference struct {
	Document string    // XML, indented
	Path     string    // the element where the second schema finds fault, from the outermost
	Findings diag.List // what the second schema says of the document
}

// Subset reports whether every document that is valid under a is valid under b,
// identifiers and references to them aside. If not, the difference shows it: it
// was validated under both. The error says that it could not be decided, as with
// datatypes whose values can't be compared.
func Subset(a, b *Schema) (bool, *Difference, error) {
	c := &comparison{a: a, b: b, inA: upon(a.base), inB: upon(b.base),
		questions: map[string]*question{}, possibly: map[*pattern]bool{}, openings: map[string][]opening{}, compared: map[string][]sample{}}
	c.findProductive()
	if !c.possible(a.start) {
		return true, nil, nil
	}
	root := c.ask(0, wordQuestion, a.start, []*pattern{b.start})
	bad, err := c.answer(root)
	if bad == nil || err != nil {
		return bad == nil && err == nil, nil, err
	}
	return c.show(bad)
}

// comparison is one call of Subset.
type comparison struct {
	a, b       *Schema
	inA, inB   *interner
	productive map[*element]bool
	possibly   map[*pattern]bool

	questions map[string]*question
	pending   questionHeap // not expanded yet
	answers   answerHeap
	made      int // answers

	openings map[string][]opening // of attributes
	compared map[string][]sample  // of strings
	err      error
	key      []byte
}

// subsetLimit bounds the questions and answers of a comparison.
const subsetLimit = 150_000

// statesLimit bounds the states of one start tag's attributes, or of one list.
const statesLimit = 20_000

// matched is a set of the patterns that a question asks of.
type matched uint64

// maxAsked is how many patterns a question may ask of.
const maxAsked = 64

type questionKind uint8

const (
	wordQuestion    questionKind = iota // p matches elements and text, and no strings of datatypes
	elementQuestion                     // the same, but at least one element comes
	contentQuestion                     // p is the content of an element after its attributes
	insideQuestion                      // p is all that is inside an element
	bothQuestion                        // of two parts that do not touch
)

// question asks which of qs match the pieces that p matches.
type question struct {
	kind        questionKind
	from        int // the least cost of what is around such a piece
	place       int // in the heap of those not expanded yet; -1 is none
	p           *pattern
	qs          []*pattern
	left, right asked // of bothQuestion
	answers     []*answer
	told        []func(*answer) // who wants to know
}

// answer is that a piece that p matches is matched by just some of qs.
type answer struct {
	of      *question
	matched matched
	cost    int
	piece   *fragment
	number  int
}

// The costs of a piece are the elements, attributes and texts in it. A value
// that might be none costs more than any document.
const doubtful = 1 << 24

// asked is a question put for patterns of which some were alike or match
// nothing: place is where each is in the question, or -1.
type asked struct {
	*question
	place []int
}

// matched is the answer's set for the patterns that were asked for.
func (q asked) matched(m matched) matched {
	var out matched
	for i, k := range q.place {
		if k >= 0 && m>>k&1 == 1 {
			out |= 1 << i
		}
	}
	return out
}

// ask puts a question; from is the cost of what is around it. Equal ones are one.
func (c *comparison) ask(from int, kind questionKind, p *pattern, qs []*pattern) asked {
	place := make([]int, len(qs))
	var distinct []*pattern
	var of *letters
	for i, q := range qs {
		if q.has&hasInterleave != 0 && kind <= elementQuestion {
			if of == nil {
				of = lettersOf(p)
			}
			q = c.among(of, q, map[*pattern]*pattern{})
		}
		if place[i] = -1; q.kind == notAllowedKind {
			continue
		}
		if place[i] = slices.Index(distinct, q); place[i] < 0 {
			place[i] = len(distinct)
			distinct = append(distinct, q)
		}
	}
	if len(distinct) > maxAsked {
		c.fail("an element that could be one of more than %d", maxAsked)
		distinct = distinct[:maxAsked]
	}
	// Where no strings of datatypes are, content is nothing but a word.
	if kind == contentQuestion && p.has&hasString == 0 && !slices.ContainsFunc(distinct, func(q *pattern) bool { return q.has&hasString != 0 }) {
		kind = wordQuestion
	}
	c.key = append(c.key[:0], byte(kind))
	c.key = binary.LittleEndian.AppendUint32(c.key, uint32(p.id))
	for _, q := range distinct {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(q.id))
	}
	q := c.questions[string(c.key)]
	if q == nil {
		q = &question{kind: kind, from: from, p: p, qs: distinct}
		c.questions[string(c.key)] = q
		heap.Push(&c.pending, q)
	} else if from < q.from && q.place >= 0 {
		q.from = from
		heap.Fix(&c.pending, q.place)
	}
	return asked{q, place}
}

// both asks of two parts that together make up a piece, as the parts of an
// interleave that share no name do.
func (c *comparison) both(from int, left, right asked) asked {
	n := len(left.place)
	q := &question{kind: bothQuestion, from: from, qs: make([]*pattern, n), left: left, right: right}
	heap.Push(&c.pending, q)
	place := make([]int, n)
	for i := range place {
		place[i] = i
	}
	return asked{q, place}
}

// tell has f called with each answer to a question.
func (q *question) tell(f func(*answer)) {
	q.told = append(q.told, f)
	for _, a := range q.answers {
		f(a)
	}
}

// propose is an answer that may turn out to be one of the smallest.
func (c *comparison) propose(q *question, m matched, cost int, p *fragment) {
	c.made++
	heap.Push(&c.answers, &answer{q, m, cost, p, c.made})
}

// answer works until a piece that p matches and no other pattern is found; nil
// says that there is none. A question is taken up once all answers that cost less
// than what is around it are known: so a difference is found without looking at
// all that is larger.
func (c *comparison) answer(root asked) (*answer, error) {
	for c.err == nil {
		if len(c.questions)+c.made > subsetLimit {
			c.fail("more than %d steps", subsetLimit)
			break
		}
		if len(c.pending) > 0 && (len(c.answers) == 0 || c.pending[0].from <= c.answers[0].cost) {
			c.expand(heap.Pop(&c.pending).(*question))
			continue
		}
		if len(c.answers) == 0 {
			return nil, nil
		}
		a := heap.Pop(&c.answers).(*answer)
		if slices.ContainsFunc(a.of.answers, func(b *answer) bool { return b.matched&^a.matched == 0 && b.cost <= a.cost }) {
			continue
		}
		a.of.answers = append(a.of.answers, a)
		if a.of == root.question && root.matched(a.matched) == 0 {
			return a, nil
		}
		for _, f := range a.of.told {
			f(a)
		}
	}
	return nil, c.err
}

// fail ends the comparison undecided.
func (c *comparison) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("the schemas could not be compared: "+format, args...)
	}
}

func (c *comparison) expand(q *question) {
	switch q.kind {
	case insideQuestion:
		for _, o := range c.opened(q.p, q.qs) {
			inner := c.ask(q.from+o.cost, contentQuestion, o.p, o.qs)
			inner.tell(func(a *answer) { c.propose(q, inner.matched(a.matched), a.cost+o.cost, join(o.piece, a.piece)) })
		}
	case contentQuestion:
		for _, s := range c.strings(inElement, q.p, q.qs) {
			cost, p := s.cost, (*fragment)(nil)
			if s.text != "" || s.doubt != "" {
				cost, p = cost+1, &fragment{kind: textFragment, text: s.text, doubt: s.doubt}
			}
			c.propose(q, s.matched, cost, p)
		}
		inner := c.ask(q.from, elementQuestion, q.p, q.qs)
		inner.tell(func(a *answer) { c.propose(q, inner.matched(a.matched), a.cost, a.piece) })
	case bothQuestion:
		q.left.tell(func(l *answer) {
			for _, r := range q.right.answers {
				c.combine(q, l, r)
			}
		})
		q.right.tell(func(r *answer) {
			for _, l := range q.left.answers {
				c.combine(q, l, r)
			}
		})
	default:
		c.word(q)
	}
}

func (c *comparison) combine(q *question, l, r *answer) {
	c.propose(q, q.left.matched(l.matched)&q.right.matched(r.matched), l.cost+r.cost, join(l.piece, r.piece))
}

// word is a question about elements and text: its answers are those for what
// follows a first element or text.
func (c *comparison) word(q *question) {
	if q.kind == wordQuestion {
		if parts, ok := c.parts(q.from, q.p, q.qs); ok {
			parts.tell(func(a *answer) { c.propose(q, parts.matched(a.matched), a.cost, a.piece) })
			return
		}
		if q.p.nullable {
			var m matched
			for i, x := range q.qs {
				if x.nullable {
					m |= 1 << i
				}
			}
			c.propose(q, m, 0, nil)
		}
	}
	if p := c.inA.afterText(q.p); c.possible(p) {
		rests := make([]*pattern, len(q.qs))
		for i, x := range q.qs {
			rests[i] = c.inB.afterText(x)
		}
		if next := c.ask(q.from+1, q.kind, p, rests); next.question != q {
			next.tell(func(a *answer) {
				c.propose(q, next.matched(a.matched), a.cost+1, join(&fragment{kind: textFragment, text: "text"}, a.piece))
			})
		}
	}
	for _, e := range firsts(q.p) {
		if !c.productive[e] {
			continue
		}
		var rest *pattern
		asked := map[string]bool{}
		for _, n := range c.namesOf(e) {
			if rest == nil {
				for _, s := range c.inA.start(q.p, c.a.elementNames.symbol(n.space, n.local)) {
					if s.elem == e {
						rest = s.rest
					}
				}
				if !c.possible(rest) {
					break
				}
			}
			steps := make([][]step, len(q.qs))
			c.key = c.key[:0]
			for i, x := range q.qs {
				steps[i] = c.inB.start(x, c.b.elementNames.symbol(n.space, n.local))
				for _, s := range steps[i] {
					c.key = binary.LittleEndian.AppendUint32(c.key, uint32(s.elem.index))
					c.key = binary.LittleEndian.AppendUint32(c.key, uint32(s.rest.id))
				}
				c.key = append(c.key, '.')
			}
			if !asked[string(c.key)] { // other names may lead the same way
				asked[string(c.key)] = true
				c.child(q, e, n, rest, steps)
			}
		}
	}
}

// child is a question whose first element is e; steps are what it may be for
// each of the patterns asked of.
func (c *comparison) child(q *question, e *element, n qname, rest *pattern, steps [][]step) {
	var elems []*element
	for _, l := range steps {
		for _, s := range l {
			if !slices.Contains(elems, s.elem) {
				elems = append(elems, s.elem)
			}
		}
	}
	contents := make([]*pattern, len(elems))
	for i, f := range elems {
		contents[i] = f.content
	}
	inside := c.ask(q.from+1, insideQuestion, e.content, contents)
	inside.tell(func(a *answer) {
		m := inside.matched(a.matched)
		rests := make([]*pattern, len(steps))
		for i, l := range steps {
			var alive []*pattern
			for _, s := range l {
				if m>>slices.Index(elems, s.elem)&1 == 1 {
					alive = append(alive, s.rest)
				}
			}
			rests[i] = c.inB.choices(alive)
		}
		next := c.ask(q.from+a.cost+1, wordQuestion, rest, rests)
		next.tell(func(b *answer) {
			c.propose(q, next.matched(b.matched), a.cost+1+b.cost, join(&fragment{kind: elementFragment, name: c.spelled(n, c.a.elementNames, c.b.elementNames, 0), left: a.piece}, b.piece))
		})
	})
}

// namesOf are the names of an element that the two schemas tell apart.
func (c *comparison) namesOf(e *element) []qname {
	if n, ok := e.names.single(); ok {
		return []qname{n}
	}
	var l []qname
	e.names.representatives(func(n qname) {
		if e.names.contains(n.space, n.local) && !slices.Contains(l, n) {
			l = append(l, n)
		}
	})
	for _, alphabet := range []*alphabet{c.a.elementNames, c.b.elementNames} {
		for _, n := range alphabet.all {
			if e.names.contains(n.space, n.local) && !slices.Contains(l, n) {
				l = append(l, n)
			}
		}
	}
	return l
}

// findProductive finds the elements of a that a finite document can hold, by
// rounds: an element can be there if its content can.
func (c *comparison) findProductive() {
	c.productive = map[*element]bool{}
	for n := -1; n < len(c.productive); {
		n = len(c.productive)
		clear(c.possibly)
		for _, e := range c.a.elements {
			if !c.productive[e] && c.possible(e.content) {
				c.productive[e] = true
			}
		}
	}
	clear(c.possibly)
}

// possible reports whether a pattern of a matches anything, of all that is known
// of its elements.
func (c *comparison) possible(p *pattern) bool {
	switch p.kind {
	case notAllowedKind:
		return false
	case elementKind:
		return c.productive[p.elem]
	case choiceKind, groupKind, interleaveKind, oneOrMoreKind:
	default:
		return true
	}
	if p.nullable || p.has&hasElement == 0 {
		return true
	}
	if is, known := c.possibly[p]; known {
		return is
	}
	is := false
	switch p.kind {
	case choiceKind:
		is = slices.ContainsFunc(p.alts, c.possible)
	case oneOrMoreKind:
		is = c.possible(p.a)
	default:
		is = c.possible(p.a) && c.possible(p.b)
	}
	c.possibly[p] = is
	return is
}

// show makes the document of an answer and asks both schemas.
func (c *comparison) show(a *answer) (bool, *Difference, error) {
	const file = "counter-example.xml"
	doc, paths := c.document(a.piece)
	ctx := context.Background()
	inA, err := c.a.ValidateBytes(ctx, file, []byte(doc), Options{NoIDs: true})
	if err != nil {
		return false, nil, err
	}
	inB, err := c.b.ValidateBytes(ctx, file, []byte(doc), Options{NoIDs: true})
	if err != nil {
		return false, nil, err
	}
	if len(inA) == 0 && len(inB) > 0 {
		return false, &Difference{doc, paths.at(inB[0].Pos.Offset), inB}, nil
	}
	if d := a.piece.firstDoubt(); d != "" {
		c.fail("it can't be told whether %s", d)
	}
	c.fail("what was to show a difference does not: %v", inA)
	return false, nil, c.err
}

// answerHeap gives the cheapest answer first; of equal ones, the first made.
type answerHeap []*answer

func (h answerHeap) Len() int      { return len(h) }
func (h answerHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h answerHeap) Less(i, j int) bool {
	if h[i].cost != h[j].cost {
		return h[i].cost < h[j].cost
	}
	if a, b := bits.OnesCount64(uint64(h[i].matched)), bits.OnesCount64(uint64(h[j].matched)); a != b {
		return a < b
	}
	return h[i].number < h[j].number
}
func (h *answerHeap) Push(a any) { *h = append(*h, a.(*answer)) }
func (h *answerHeap) Pop() any {
	n := len(*h) - 1
	a := (*h)[n]
	*h = (*h)[:n]
	return a
}

// questionHeap gives the question first that has the least around it.
type questionHeap []*question

func (h questionHeap) Len() int           { return len(h) }
func (h questionHeap) Less(i, j int) bool { return h[i].from < h[j].from }
func (h questionHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}
func (h *questionHeap) Push(q any) {
	q.(*question).place = len(*h)
	*h = append(*h, q.(*question))
}
func (h *questionHeap) Pop() any {
	n := len(*h) - 1
	q := (*h)[n]
	q.place = -1
	*h = (*h)[:n]
	return q
}
