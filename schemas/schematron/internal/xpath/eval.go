package xpath

import (
	"math"
	"slices"
)

func (e *literal) eval(*Run) Seq { return Seq{e.value} }

func (e *contextItem) eval(r *Run) Seq { return Seq{r.context()} }

func (r *Run) context() Item {
	if !r.hasItem {
		raise("XPDY0002", "there is no context item here")
	}
	return r.item
}

// node is the context node.
func (r *Run) node() int32 {
	i := r.context()
	if i.Type != Node {
		raise("XPTY0020", "a path starts from %s, which is no node", quoted(i.text()))
	}
	return i.Node
}

func (e *localRef) eval(r *Run) Seq { return r.locals[e.slot] }

func (e *globalRef) eval(r *Run) Seq {
	g := &r.globals[e.slot]
	switch g.state {
	case unbound:
		raise("XPST0008", "the variable $%s has no value here", e.name)
	case working:
		raise("XTDE0640", "the variable $%s needs itself", e.name)
	case waiting:
		g.state = working
		outer, current := r.focus(), r.current
		r.at(g.node)
		r.current = r.item
		ok := false
		defer func() { // a failure leaves the variable as it was
			if !ok {
				r.globals[e.slot].state = waiting
			}
		}()
		v := g.expr.root.eval(r)
		ok = true
		r.restore(outer)
		r.current = current
		r.globals[e.slot].value, r.globals[e.slot].state = v, done
	}
	return r.globals[e.slot].value
}

func (e *group) eval(r *Run) Seq { return e.e.eval(r) }

func (e *sequence) eval(r *Run) Seq {
	var v Seq
	for _, k := range e.items {
		v = append(v, k.eval(r)...)
		r.room(len(v))
	}
	return v
}

func (e *conditional) eval(r *Run) Seq {
	if r.truth(e.test) {
		return e.yes.eval(r)
	}
	return e.no.eval(r)
}

func (e *binding) eval(r *Run) Seq {
	switch e.kind {
	case "some", "every":
		return Seq{Bool(e.truth(r))}
	}
	var v Seq
	e.each(r, 0, func() bool {
		v = append(v, e.body.eval(r)...)
		r.room(len(v))
		return true
	})
	return v
}

func (e *binding) truth(r *Run) bool {
	switch e.kind {
	case "some":
		return !e.each(r, 0, func() bool { return !r.truth(e.body) })
	case "every":
		return e.each(r, 0, func() bool { return r.truth(e.body) })
	}
	return r.truthOf(e.eval(r))
}

// each binds the variables from i on in every way, until yield says no.
func (e *binding) each(r *Run, i int, yield func() bool) bool {
	if i == len(e.vars) {
		return yield()
	}
	b := e.vars[i]
	outer := r.locals[b.slot]
	defer func() { r.locals[b.slot] = outer }()
	v := b.in.eval(r)
	if e.kind == "let" {
		r.locals[b.slot] = v
		return e.each(r, i+1, yield)
	}
	for k := range v {
		r.tick()
		r.locals[b.slot] = v[k : k+1 : k+1]
		if !e.each(r, i+1, yield) {
			return false
		}
	}
	return true
}

func (e *orExpr) eval(r *Run) Seq      { return Seq{Bool(e.truth(r))} }
func (e *orExpr) truth(r *Run) bool    { return r.truth(e.l) || r.truth(e.r) }
func (e *andExpr) eval(r *Run) Seq     { return Seq{Bool(e.truth(r))} }
func (e *andExpr) truth(r *Run) bool   { return r.truth(e.l) && r.truth(e.r) }
func (e *group) truth(r *Run) bool     { return r.truth(e.e) }
func (e *union) truth(r *Run) bool     { return r.truth(e.l) || r.truth(e.r) }
func (e *localRef) truth(r *Run) bool  { return r.truthOf(r.locals[e.slot]) }
func (e *globalRef) truth(r *Run) bool { return r.truthOf(e.eval(r)) }
func (e *conditional) truth(r *Run) bool {
	if r.truth(e.test) {
		return r.truth(e.yes)
	}
	return r.truth(e.no)
}

// truth is the effective boolean value of an expression (XPath 3.1, 2.4.3).
func (r *Run) truth(e expr) bool {
	if t, ok := e.(truther); ok {
		return t.truth(r)
	}
	return r.truthOf(e.eval(r))
}

func (r *Run) truthOf(v Seq) bool {
	if len(v) == 0 {
		return false
	}
	i := v[0]
	if i.Type == Node {
		return true
	}
	if len(v) > 1 {
		raise("FORG0006", "a sequence of %d values is neither true nor false", len(v))
	}
	switch {
	case i.Type == Boolean:
		return i.Int != 0
	case i.Type.textual():
		return i.Str != ""
	case i.Type.numeric():
		f := i.float()
		return f != 0 && !math.IsNaN(f)
	}
	raise("FORG0006", "a value of type %s is neither true nor false", i.Type)
	return false
}

func (e *rangeExpr) eval(r *Run) Seq {
	from, ok1 := r.integer(e.l)
	to, ok2 := r.integer(e.r)
	if !ok1 || !ok2 || from > to {
		return nil
	}
	if to-from < 0 || to-from >= maxItems {
		r.room(maxItems + 1)
	}
	v := make(Seq, 0, to-from+1)
	for i := from; ; i++ {
		r.tick()
		v = append(v, Int(i))
		if i == to {
			return v
		}
	}
}

// nodesOf evaluates an expression that has to yield nodes.
func (r *Run) nodesOf(e expr, what string) []int32 {
	v := e.eval(r)
	l := make([]int32, len(v))
	for i := range v {
		if v[i].Type != Node {
			raise("XPTY0004", "%s takes nodes, and %s is none", what, quoted(v[i].text()))
		}
		l[i] = v[i].Node
	}
	return l
}

func inOrder(l []int32) []int32 {
	for i := 1; i < len(l); i++ {
		if l[i] <= l[i-1] {
			slices.Sort(l)
			return slices.Compact(l)
		}
	}
	return l
}

func seqOf(l []int32) Seq {
	if len(l) == 0 {
		return nil
	}
	v := make(Seq, len(l))
	for i, n := range l {
		v[i].Node = n
	}
	return v
}

func (e *union) eval(r *Run) Seq {
	return seqOf(inOrder(append(r.nodesOf(e.l, "|"), r.nodesOf(e.r, "|")...)))
}

func (e *difference) eval(r *Run) Seq {
	what := "except"
	if e.both {
		what = "intersect"
	}
	l, other := inOrder(r.nodesOf(e.l, what)), inOrder(r.nodesOf(e.r, what))
	kept := l[:0]
	for _, n := range l {
		if _, found := slices.BinarySearch(other, n); found == e.both {
			kept = append(kept, n)
		}
	}
	return seqOf(kept)
}

func (e *simpleMap) eval(r *Run) Seq {
	l := e.l.eval(r)
	outer := r.focus()
	var v Seq
	for i := range l {
		r.item, r.hasItem, r.pos, r.size = l[i], true, i+1, len(l)
		v = append(v, e.r.eval(r)...)
		r.room(len(v))
	}
	r.restore(outer)
	return v
}

func (e *filter) eval(r *Run) Seq {
	v := e.base.eval(r)
	for i := range e.preds {
		v = r.filter(v, &e.preds[i])
	}
	return v
}

// filter keeps the items that a predicate is true of.
func (r *Run) filter(v Seq, p *predicate) Seq {
	if p.at > 0 {
		if p.at > int64(len(v)) {
			return nil
		}
		return v[p.at-1 : p.at : p.at]
	}
	outer := r.focus()
	var kept Seq
	for i := range v {
		r.item, r.hasItem, r.pos, r.size = v[i], true, i+1, len(v)
		if r.holds(p, i+1) {
			kept = append(kept, v[i])
		}
	}
	r.restore(outer)
	return kept
}

// holds reports whether a predicate is true of the context item.
func (r *Run) holds(p *predicate, pos int) bool {
	r.tick()
	if p.truth {
		return r.truth(p.e)
	}
	v := p.e.eval(r)
	if len(v) == 1 && v[0].Type.numeric() {
		return v[0].float() == float64(pos)
	}
	return r.truthOf(v)
}

// step calls yield with the nodes that a step leads to, in the order of its
// axis, until yield says no; then it is false.
func (r *Run) step(n int32, s *step, yield func(int32) bool) bool {
	if len(s.preds) == 0 {
		return r.walk(n, s.axis, s.test, yield)
	}
	for i := range s.preds {
		if s.preds[i].last {
			return r.stepWhole(n, s, yield)
		}
	}
	var few [4]int
	seen := few[:]
	if len(s.preds) > len(few) {
		seen = make([]int, len(s.preds))
	}
	outer := r.focus()
	enough := false
	all := r.walk(n, s.axis, s.test, func(k int32) bool {
		for i := range s.preds {
			p := &s.preds[i]
			seen[i]++
			if p.at > 0 {
				if int64(seen[i]) != p.at {
					enough = int64(seen[i]) > p.at
					return !enough
				}
				continue
			}
			r.item, r.hasItem, r.pos, r.size = Item{Node: k}, true, seen[i], 0
			if !r.holds(p, seen[i]) {
				return true
			}
		}
		r.restore(outer)
		if !yield(k) {
			return false
		}
		enough = s.preds[0].at > 0
		return !enough
	})
	r.restore(outer)
	return all || enough
}

// stepWhole is step where a predicate asks for last().
func (r *Run) stepWhole(n int32, s *step, yield func(int32) bool) bool {
	var v Seq
	r.walk(n, s.axis, s.test, func(k int32) bool {
		v = append(v, Item{Node: k})
		return true
	})
	for i := range s.preds {
		v = r.filter(v, &s.preds[i])
	}
	for i := range v {
		if !yield(v[i].Node) {
			return false
		}
	}
	return true
}

func (e *path) start(r *Run) int32 {
	n := r.node()
	if e.root {
		return r.tree.root(n)
	}
	return n
}

// everywhere reports whether the value of a path is the same all over the
// document; in a fragment it is another.
func (e *path) everywhere(r *Run) bool {
	return e.cache >= 0 && r.node() < r.tree.nodes[0].end
}

func (e *path) eval(r *Run) Seq {
	if e.everywhere(r) {
		return r.cached(e).value
	}
	return e.fresh(r)
}

// cached is the value of a path that is the same all over the document.
func (r *Run) cached(e *path) *cached {
	c := &r.caches[e.cache]
	if !c.known {
		v := e.fresh(r)
		r.caches[e.cache] = cached{value: v[:len(v):len(v)], known: true}
	}
	return &r.caches[e.cache]
}

func (e *path) fresh(r *Run) Seq {
	if !e.root && e.steps[0].expr != nil {
		return e.from(r, r.filterStep(&e.steps[0]), 1)
	}
	if len(e.steps) == 1 && e.steps[0].expr == nil {
		s := &e.steps[0]
		var v Seq
		r.step(e.start(r), s, func(k int32) bool {
			v = append(v, Item{Node: k})
			return true
		})
		if s.axis.reverse() {
			slices.Reverse(v)
		}
		r.room(len(v))
		return v
	}
	return e.from(r, Seq{{Node: e.start(r)}}, 0)
}

// from goes the steps from i on.
func (e *path) from(r *Run, v Seq, i int) Seq {
	for ; i < len(e.steps); i++ {
		s := &e.steps[i]
		if s.expr != nil {
			v = e.inner(r, v, s, i == len(e.steps)-1)
			continue
		}
		var l []int32
		for k := range v {
			if v[k].Type != Node {
				raise("XPTY0019", "a path goes on from %s, which is no node", quoted(v[k].text()))
			}
			r.step(v[k].Node, s, func(n int32) bool {
				l = append(l, n)
				return true
			})
			r.room(len(l))
		}
		v = seqOf(inOrder(l))
	}
	return v
}

// inner evaluates a step that is an expression, at each of the items.
func (e *path) inner(r *Run, v Seq, s *step, final bool) Seq {
	outer := r.focus()
	var out Seq
	nodes, atoms := false, false
	for i := range v {
		if v[i].Type != Node {
			raise("XPTY0019", "a path goes on from %s, which is no node", quoted(v[i].text()))
		}
		r.item, r.hasItem, r.pos, r.size = v[i], true, i+1, len(v)
		for _, x := range r.filterStep(s) {
			nodes = nodes || x.Type == Node
			atoms = atoms || x.Type != Node
			out = append(out, x)
		}
		r.room(len(out))
	}
	r.restore(outer)
	switch {
	case nodes && atoms:
		raise("XPTY0018", "a step of a path yields both nodes and values")
	case atoms && !final:
		raise("XPTY0019", "a path goes on from %s, which is no node", quoted(out[0].text()))
	case nodes:
		l := make([]int32, len(out))
		for i := range out {
			l[i] = out[i].Node
		}
		return seqOf(inOrder(l))
	}
	return out
}

func (r *Run) filterStep(s *step) Seq {
	v := s.expr.eval(r)
	for i := range s.preds {
		v = r.filter(v, &s.preds[i])
	}
	return v
}

// truth looks for one node only.
func (e *path) truth(r *Run) bool {
	if e.everywhere(r) {
		return len(r.cached(e).value) > 0
	}
	for i := range e.steps {
		if e.steps[i].expr != nil {
			return r.truthOf(e.fresh(r))
		}
	}
	return e.leads(r, e.start(r), 0)
}

// leads reports whether the steps from i on lead anywhere.
func (e *path) leads(r *Run, n int32, i int) bool {
	if i == len(e.steps) {
		return true
	}
	return !r.step(n, &e.steps[i], func(k int32) bool { return !e.leads(r, k, i+1) })
}
