package xpath

import "slices"

// A pattern (XSLT 3.0, 5.5) is matched from its last step backwards, and the
// nodes that can match are looked up: by the name of the last step, or by an
// attribute that its first predicate asks for.

// Pattern is the context of a rule.
type Pattern struct {
	Source string
	ways   []way
}

// way is one of the alternatives of a pattern.
type way struct {
	root  bool
	steps []step
	whole expr // instead, of what can't be matched backwards
	once  bool // whole is the same wherever it is evaluated
}

// Pattern compiles a pattern. The error is a *SyntaxError.
func (c *Compiler) Pattern(src string, s *Static) (m *Pattern, err error) {
	defer func() { err = recovered(recover(), err) }()
	p := &parser{c: c, s: s, src: src, tokens: lex(src)}
	if p.now().kind == endToken {
		syntaxError(0, "the context is empty")
	}
	e := p.expression()
	p.atEnd()
	m = &Pattern{Source: src}
	m.ways = waysOf(e)
	return m, nil
}

// maxWays bounds the alternatives that brackets in a path multiply to.
const maxWays = 10000

func waysOf(e expr) []way {
	switch e := e.(type) {
	case *union:
		return append(waysOf(e.l), waysOf(e.r)...)
	case *group:
		return waysOf(e.e)
	case *contextItem:
		return []way{{steps: []step{{axis: self, test: &test{kind: anyNode}}}}}
	case *filter:
		if s := (&step{preds: e.preds}); !s.counts() {
			if _, ok := e.base.(*contextItem); ok {
				return []way{{steps: []step{{axis: self, test: &test{kind: anyNode}, preds: e.preds}}}}
			}
			return narrowed(waysOf(e.base), e.preds, e)
		}
		waysOf(e.base)
		return []way{{whole: e}}
	case *path:
		return waysOfPath(e)
	case *call:
		if e.f.nodes && !e.f.leans {
			return []way{{whole: e, once: true}}
		}
	case *difference:
		return []way{{whole: e}}
	}
	syntaxError(0, "the context of a rule has to be a pattern: names of elements or attributes, with /, //, | and predicates in [ ]")
	return nil
}

// narrowed adds predicates to the last step of each way.
func narrowed(ways []way, preds []predicate, e expr) []way {
	out := make([]way, len(ways))
	for i, w := range ways {
		if w.whole != nil || len(w.steps) == 0 {
			return []way{{whole: e, once: w.once}}
		}
		w.steps = slices.Clone(w.steps)
		last := &w.steps[len(w.steps)-1]
		last.preds = slices.Concat(last.preds, preds)
		out[i] = w
	}
	return out
}

func waysOfPath(e *path) []way {
	ways := []way{{root: e.root}}
	for i := range e.steps {
		s := &e.steps[i]
		if s.expr == nil {
			switch s.axis {
			case child, attribute, descendant, descendantOrSelf, self:
			default:
				syntaxError(0, "the context of a rule goes down only: child, attribute, descendant and self; what is above can be asked in a predicate, as p[ancestor::note]")
			}
			next := *s
			if next.test.kind == documentNode && next.axis == child && i == 0 && !e.root {
				next.axis = self // the document node is no child
			}
			for k := range ways {
				ways[k].steps = append(slices.Clone(ways[k].steps), next)
			}
			continue
		}
		if c, ok := s.expr.(*call); ok && i == 0 && !e.root && c.f.nodes && !c.f.leans {
			return []way{{whole: e, once: true}}
		}
		if _, ok := s.expr.(*globalRef); ok && i == 0 && !e.root {
			return []way{{whole: e, once: true}}
		}
		inner := waysOf(s.expr)
		if s.counts() {
			return []way{{whole: e}}
		}
		inner = narrowed(inner, s.preds, nil)
		var joined []way
		for _, a := range ways {
			for _, b := range inner {
				if b.whole != nil || b.root {
					return []way{{whole: e}}
				}
				if len(joined) >= maxWays {
					syntaxError(0, "the context has too many alternatives")
				}
				joined = append(joined, way{root: a.root, steps: slices.Concat(a.steps, b.steps)})
			}
		}
		ways = joined
	}
	return ways
}

// Matches are the nodes that match, in document order, but for those that skip
// says yes to. A node at which a predicate fails does not match (XSLT 3.0,
// 5.5.4); the first such failure is given beside the nodes.
func (m *Pattern) Matches(r *Run, skip func(int32) bool) (nodes []int32, failed error, err error) {
	defer func() { err = recovered(recover(), err) }()
	fail := func(e error) {
		if failed == nil {
			failed = e
		}
	}
	for i := range m.ways {
		w := &m.ways[i]
		if w.whole != nil {
			nodes = append(nodes, w.search(r, skip, fail)...)
			continue
		}
		w.candidates(r, func(n int32) {
			r.tick()
			if skip == nil || !skip(n) {
				if ok, err := w.try(r, n); err != nil {
					fail(err)
				} else if ok {
					nodes = append(nodes, n)
				}
			}
		})
	}
	return inOrder(nodes), failed, nil
}

// All is Matches for a key, whose failures are those of the expression.
func (m *Pattern) All(r *Run) []int32 {
	l, _, err := m.Matches(r, nil)
	if err != nil {
		panic(stopped{err})
	}
	return l
}

// search finds the nodes of a way that can't be matched backwards: those that
// it yields at any node (XSLT 3.0, 5.5.3).
func (w *way) search(r *Run, skip func(int32) bool, fail func(error)) (nodes []int32) {
	e := &Expr{root: w.whole}
	for n := int32(0); n < r.tree.nodes[0].end; n++ {
		l, err := e.Nodes(r, n)
		if x, ok := err.(*Error); ok {
			fail(x)
		} else if err != nil {
			panic(stopped{err})
		}
		for _, k := range l {
			if k < r.tree.nodes[0].end && (skip == nil || !skip(k)) {
				nodes = append(nodes, k)
			}
		}
		if w.once {
			break
		}
	}
	return inOrder(nodes)
}

// candidates calls yield with all nodes that the last step could match.
func (w *way) candidates(r *Run, yield func(int32)) {
	d := r.tree
	if len(w.steps) == 0 {
		yield(0)
		return
	}
	s, end := &w.steps[len(w.steps)-1], d.nodes[0].end
	if list, ok := r.listed(s.test); ok {
		for _, n := range inside(list, 0, end) {
			yield(n)
		}
		return
	}
	if s.test.kind == namedNode && !s.test.attr && len(s.preds) > 0 {
		if t := asked(s.preds[0].e); t != nil {
			if list, ok := r.listed(t); ok {
				for _, a := range inside(list, 0, end) {
					yield(d.nodes[a].parent)
				}
				return
			}
		}
	}
	for n := range end {
		if r.match(s.test, n) {
			yield(n)
		}
	}
}

// asked is the attribute without which an expression is not true, or nil.
func asked(e expr) *test {
	switch e := e.(type) {
	case *path:
		if !e.root && len(e.steps) == 1 && e.steps[0].expr == nil && e.steps[0].axis == attribute {
			return e.steps[0].test
		}
	case *andExpr:
		if t := asked(e.l); t != nil {
			return t
		}
		return asked(e.r)
	case *group:
		return asked(e.e)
	case *general:
		if !e.compat {
			return asked(e.l)
		}
	case *valueComparison:
		return asked(e.l)
	case *call:
		if e.f.name == "exists" || e.f.name == "boolean" {
			return asked(e.args[0])
		}
	}
	return nil
}

// try reports whether a node matches.
func (w *way) try(r *Run, n int32) (ok bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			e, failed := v.(*Error)
			if !failed {
				panic(v)
			}
			err = e
		}
	}()
	r.current = Item{Node: n}
	return w.match(r, n, len(w.steps)-1), nil
}

func (w *way) match(r *Run, n int32, i int) bool {
	d := r.tree
	if i < 0 {
		return !w.root || n == 0
	}
	s := &w.steps[i]
	if !r.match(s.test, n) {
		return false
	}
	kind := d.nodes[n].kind
	switch s.axis {
	case child, descendant:
		if kind == AttributeNode || kind == DocumentNode {
			return false
		}
	case attribute:
		if kind != AttributeNode {
			return false
		}
	}
	if s.counts() {
		up := d.nodes[n].parent
		if up < 0 || r.step(up, s, func(k int32) bool { return k != n }) {
			return false
		}
	} else {
		for k := range s.preds {
			r.at(n)
			if !r.holds(&s.preds[k], 1) {
				return false
			}
		}
	}
	if i == 0 && !w.root {
		return true
	}
	switch s.axis {
	case child, attribute:
		return w.match(r, d.nodes[n].parent, i-1)
	case self:
		return w.match(r, n, i-1)
	}
	if kind == AttributeNode { // no descendant of anything
		return i > 0 && w.match(r, n, i-1)
	}
	if i == 0 {
		return true // everything is inside the document
	}
	if s.axis == descendant {
		n = d.nodes[n].parent
	}
	for ; n >= 0; n = d.nodes[n].parent {
		r.tick()
		if w.match(r, n, i-1) {
			return true
		}
	}
	return false
}
