package relaxng

import (
	"slices"
)

// Interleaves of two schemas compared. Their orders are too many to be gone
// through; but the parts of an interleave share no name (7.4), so a word says
// which letter is of which part, and what nothing ties together is compared part
// by part.

// parts asks of the parts of p one by one, where p is an interleave of parts, or
// a sequence with an interleave in it, that nothing in qs ties together. All
// orders of the whole would be too many.
func (c *comparison) parts(from int, p *pattern, qs []*pattern) (asked, bool) {
	switch {
	case p.kind == interleaveKind:
		return c.interleaved(from, p, qs)
	case p.kind == groupKind && p.has&hasInterleave != 0:
		return c.cut(from, p, qs)
	}
	return asked{}, false
}

// operands are the parts of nested groups or interleaves.
func operands(kind patternKind, p *pattern) []*pattern {
	var l []*pattern
	for ; p.kind == kind; p = p.b {
		l = append(l, p.a)
	}
	return append(l, p)
}

// letters are what the words of a pattern are made of: elements, by their names,
// and text.
type letters struct {
	text   bool
	single map[qname]bool
	wild   []*nameClass
}

func lettersOf(p *pattern) *letters {
	l := &letters{text: p.has&hasText != 0, single: map[qname]bool{}}
	for _, e := range inOrder(p) {
		if n, ok := e.names.single(); ok {
			l.single[n] = true
		} else {
			l.wild = append(l.wild, e.names)
		}
	}
	return l
}

// has reports whether an element of these names can be one of the letters.
func (l *letters) has(c *nameClass) bool {
	n, ok := c.single()
	if ok && l.single[n] || slices.ContainsFunc(l.wild, func(w *nameClass) bool { return overlap(w, c) }) {
		return true
	}
	if !ok {
		for n := range l.single {
			if c.contains(n.space, n.local) {
				return true
			}
		}
	}
	return false
}

// meet reports whether a pattern has one of the letters.
func (l *letters) meet(p *pattern) bool {
	return l.text && p.has&hasText != 0 || p.has&hasElement != 0 && slices.ContainsFunc(inOrder(p), func(e *element) bool { return l.has(e.names) })
}

// among is a pattern of b for words of these letters alone. What has been read of
// an interleave is often told apart only by what can't come any more.
func (c *comparison) among(l *letters, p *pattern, memo map[*pattern]*pattern) *pattern {
	if q := memo[p]; q != nil {
		return q
	}
	in, q := c.inB, p
	switch p.kind {
	case textKind:
		if !l.text {
			q = in.empty
		}
	case elementKind:
		if !l.has(p.elem.names) {
			q = in.notAllowed
		}
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = c.among(l, a, memo)
		}
		q = in.choices(alts)
	case groupKind:
		q = in.group(c.among(l, p.a, memo), c.among(l, p.b, memo))
	case interleaveKind:
		q = in.interleave(c.among(l, p.a, memo), c.among(l, p.b, memo))
	case oneOrMoreKind:
		q = in.oneOrMore(c.among(l, p.a, memo))
	}
	memo[p] = q
	return q
}

// interleaved parts an interleave into classes of operands: those are in one
// class that some operand of qs meets.
func (c *comparison) interleaved(from int, p *pattern, qs []*pattern) (asked, bool) {
	ps := operands(interleaveKind, p)
	class := make([]int, len(ps))
	for i := range class {
		class[i] = i
	}
	letter := make([]*letters, len(ps))
	for i, x := range ps {
		letter[i] = lettersOf(x)
	}
	operandsOf := make([][]*pattern, len(qs))
	at := make([][]int, len(qs)) // an operand of p that each meets, or -1
	for i, q := range qs {
		operandsOf[i] = c.loose(operands(interleaveKind, q))
		for _, x := range operandsOf[i] {
			first := -1
			for k := range ps {
				if !letter[k].meet(x) {
					continue
				}
				if first < 0 {
					first = k
					continue
				}
				for j, old, to := 0, class[k], class[first]; j < len(class); j++ {
					if class[j] == old {
						class[j] = to
					}
				}
			}
			at[i] = append(at[i], first)
		}
	}
	if !slices.ContainsFunc(class, func(k int) bool { return k != class[0] }) {
		return asked{}, false
	}
	var whole asked
	n := 0
	done := map[int]bool{}
	for _, k := range class {
		if done[k] {
			continue
		}
		done[k] = true
		part := c.inA.empty
		for i := len(ps) - 1; i >= 0; i-- {
			if class[i] == k {
				part = c.inA.interleave(ps[i], part)
			}
		}
		rest := make([]*pattern, len(qs))
		for i, l := range operandsOf {
			rest[i] = c.inB.empty
			for j := len(l) - 1; j >= 0; j-- {
				switch at := at[i][j]; {
				case at >= 0 && class[at] == k:
					rest[i] = c.inB.interleave(l[j], rest[i])
				case at < 0 && !l[j].nullable: // it has to come, and p has none of it
					rest[i] = c.inB.notAllowed
				}
			}
		}
		if n++; n == 1 {
			whole = c.ask(from, wordQuestion, part, rest)
		} else {
			whole = c.both(from, whole, c.ask(from, wordQuestion, part, rest))
		}
	}
	return whole, true
}

// loose are the operands of an interleave in b, (x | y)* among them as x* & y*: in
// that, too, nothing ties x to y. Those that meet stay together.
func (c *comparison) loose(l []*pattern) []*pattern {
	var out []*pattern
	for _, p := range l {
		alts := repeatedLetters(p)
		if alts == nil {
			out = append(out, p)
			continue
		}
		for len(alts) > 0 {
			one, rest := alts[0], []*pattern(nil)
			for again := true; again; {
				again = false
				rest = rest[:0]
				for _, a := range alts[1:] {
					if lettersOf(one).meet(a) {
						one, again = c.inB.choice(one, a), true
					} else {
						rest = append(rest, a)
					}
				}
				alts = append(alts[:1:1], rest...)
			}
			out = append(out, c.inB.optional(c.inB.oneOrMore(one)))
			alts = alts[1:]
		}
	}
	return out
}

// repeatedLetters are x, y … of a pattern (x | y …)* of elements and text, or nil.
func repeatedLetters(p *pattern) []*pattern {
	if p.kind == choiceKind && len(p.alts) == 2 && p.alts[0].kind == emptyKind {
		p = p.alts[1]
	} else if !p.nullable {
		return nil
	}
	if p.kind != oneOrMoreKind || p.a.kind != choiceKind {
		return nil
	}
	for _, a := range p.a.alts {
		if a.kind != elementKind && a.kind != textKind {
			return nil
		}
	}
	return p.a.alts
}

// cut parts a sequence in two, at a place where all of qs can be cut such that
// a word's letters say where.
func (c *comparison) cut(from int, p *pattern, qs []*pattern) (asked, bool) {
	ps := operands(groupKind, p)
next:
	for i := 1; i < len(ps); i++ {
		left, right := c.sequence(c.inA, ps[:i]), c.sequence(c.inA, ps[i:])
		inLeft, inRight := lettersOf(left), lettersOf(right)
		if inLeft.meet(right) {
			continue
		}
		lefts, rights := make([]*pattern, len(qs)), make([]*pattern, len(qs))
		for k, q := range qs {
			l := operands(groupKind, q)
			found := false
			for j := 0; j <= len(l) && !found; j++ {
				lefts[k], rights[k] = c.sequence(c.inB, l[:j]), c.sequence(c.inB, l[j:])
				found = !inRight.meet(lefts[k]) && !inLeft.meet(rights[k])
			}
			if !found {
				continue next
			}
		}
		return c.both(from, c.ask(from, wordQuestion, left, lefts), c.ask(from, wordQuestion, right, rights)), true
	}
	return asked{}, false
}

func (c *comparison) sequence(in *interner, l []*pattern) *pattern {
	p := in.empty
	for i := len(l) - 1; i >= 0; i-- {
		p = in.group(l[i], p)
	}
	return p
}
