package xpath

import "sort"

// expr is a node of an expression's syntax tree.
type expr interface {
	eval(r *Run) Seq
	kids() []expr
}

// truther is an expression whose effective boolean value is found without its
// whole value.
type truther interface{ truth(r *Run) bool }

type (
	literal     struct{ value Item }
	contextItem struct{}
	localRef    struct{ slot int }
	globalRef   struct {
		slot int
		name string
	}
	group       struct{ e expr } // brackets: they end a step's predicates
	sequence    struct{ items []expr }
	conditional struct{ test, yes, no expr }
	bound       struct {
		slot int
		in   expr
	}
	binding struct {
		kind string // for, let, some, every
		vars []bound
		body expr
	}
	orExpr     struct{ l, r expr }
	andExpr    struct{ l, r expr }
	rangeExpr  struct{ l, r expr }
	union      struct{ l, r expr }
	difference struct {
		l, r expr
		both bool // intersect, not except
	}
	simpleMap struct{ l, r expr }
	filter    struct {
		base  expr
		preds []predicate
	}
	path struct {
		root  bool
		steps []step
		nodes bool // yields nodes alone
		cache int  // place of the value, which is the same all over a document; -1
	}
	step struct {
		axis  axis
		test  *test
		expr  expr // instead of axis and test
		preds []predicate
	}
)

func (e *literal) kids() []expr     { return nil }
func (e *contextItem) kids() []expr { return nil }
func (e *localRef) kids() []expr    { return nil }
func (e *globalRef) kids() []expr   { return nil }
func (e *group) kids() []expr       { return []expr{e.e} }
func (e *sequence) kids() []expr    { return e.items }
func (e *conditional) kids() []expr { return []expr{e.test, e.yes, e.no} }
func (e *orExpr) kids() []expr      { return []expr{e.l, e.r} }
func (e *andExpr) kids() []expr     { return []expr{e.l, e.r} }
func (e *rangeExpr) kids() []expr   { return []expr{e.l, e.r} }
func (e *union) kids() []expr       { return []expr{e.l, e.r} }
func (e *difference) kids() []expr  { return []expr{e.l, e.r} }
func (e *simpleMap) kids() []expr   { return []expr{e.l, e.r} }
func (e *filter) kids() []expr      { return predicateKids([]expr{e.base}, e.preds) }
func (e *binding) kids() (l []expr) {
	for _, b := range e.vars {
		l = append(l, b.in)
	}
	return append(l, e.body)
}
func (e *path) kids() (l []expr) {
	for i := range e.steps {
		if x := e.steps[i].expr; x != nil {
			l = append(l, x)
		}
		l = predicateKids(l, e.steps[i].preds)
	}
	return l
}

func predicateKids(l []expr, preds []predicate) []expr {
	for _, p := range preds {
		l = append(l, p.e)
	}
	return l
}

// anyPart reports whether an expression has a part that f says yes to.
func anyPart(e expr, f func(expr) bool) bool {
	if f(e) {
		return true
	}
	for _, k := range e.kids() {
		if anyPart(k, f) {
			return true
		}
	}
	return false
}

// leans reports whether the value of a rooted path depends on more than the
// document: on variables, or on the node that a rule is about.
func leans(e expr) bool {
	return anyPart(e, func(e expr) bool {
		switch e := e.(type) {
		case *localRef, *globalRef:
			return true
		case *call:
			return e.f.leans
		case *userCall:
			return true
		}
		return false
	})
}

// yieldsNodes reports whether an expression yields nodes alone, whatever the
// document.
func yieldsNodes(e expr) bool {
	switch e := e.(type) {
	case *path:
		return e.nodes
	case *union, *difference:
		return true
	case *group:
		return yieldsNodes(e.e)
	case *filter:
		return yieldsNodes(e.base)
	case *sequence:
		for _, k := range e.items {
			if !yieldsNodes(k) {
				return false
			}
		}
		return true
	case *call:
		return e.f.nodes
	}
	return false
}

// yieldsTruth reports whether an expression yields a boolean, or nothing.
func yieldsTruth(e expr) bool {
	switch e := e.(type) {
	case *orExpr, *andExpr, *general, *valueComparison, *nodeComparison, *instanceOf:
		return true
	case *castAs:
		return e.castable
	case *binding:
		return e.kind == "some" || e.kind == "every"
	case *group:
		return yieldsTruth(e.e)
	case *call:
		return e.f.truth != nil
	}
	return false
}

// predicate is a filter in brackets. One that can't be a number needs no
// position.
type predicate struct {
	e     expr
	at    int64 // the position, where the predicate is a number; 0
	truth bool  // never a number
	last  bool  // asks for last()
	place bool  // asks for position()
}

func newPredicate(e expr) predicate {
	p := predicate{e: e}
	if l, ok := e.(*literal); ok && l.value.Type == Integer && l.value.Int > 0 {
		p.at = l.value.Int
		return p
	}
	p.truth = yieldsTruth(e) || yieldsNodes(e)
	if l, ok := e.(*literal); ok && l.value.Type == String {
		p.truth = true
	}
	anyPart(e, func(e expr) bool {
		if c, ok := e.(*call); ok {
			p.last = p.last || c.f.name == "last"
			p.place = p.place || c.f.name == "position"
		}
		return false
	})
	return p
}

// counts reports whether what a step yields depends on positions.
func (s *step) counts() bool {
	for i := range s.preds {
		if p := &s.preds[i]; !p.truth || p.place || p.last {
			return true
		}
	}
	return false
}

type axis uint8

const (
	child axis = iota
	descendant
	descendantOrSelf
	attribute
	self
	parent
	ancestor
	ancestorOrSelf
	following
	followingSibling
	preceding
	precedingSibling
)

var axes = map[string]axis{
	"child": child, "descendant": descendant, "descendant-or-self": descendantOrSelf, "attribute": attribute, "self": self,
	"parent": parent, "ancestor": ancestor, "ancestor-or-self": ancestorOrSelf, "following": following,
	"following-sibling": followingSibling, "preceding": preceding, "preceding-sibling": precedingSibling,
}

func (a axis) reverse() bool {
	return a == parent || a == ancestor || a == ancestorOrSelf || a == preceding || a == precedingSibling
}

type testKind uint8

const (
	anyNode testKind = iota
	namedNode
	textNode
	commentNode
	instructionNode
	documentNode
)

// test is a node test. Those of names are numbered, and a Run knows for each
// number which name of the document it is.
type test struct {
	kind               testKind
	attr               bool // the name is of an attribute
	name               Name
	anySpace, anyLocal bool
	slot               int
	target             string // of an instruction
	inner              *test  // of document-node(…)
}

// absent is the number of a name that a document has not.
const absent = -2

// resolve gives the name of a test the number that it has in a document: of the
// expanded name, or of the namespace.
func (t *test) resolve(d *Tree) int32 {
	switch {
	case t.anySpace:
		return absent
	case t.anyLocal:
		if id, ok := d.spaces[t.name.Space]; ok {
			return id
		}
	default:
		if id, ok := d.lookup[expanded{space: t.name.Space, local: t.name.Local}]; ok {
			return id
		}
	}
	return absent
}

// match reports whether a node passes a test.
func (r *Run) match(t *test, n int32) bool {
	d := &r.tree.nodes[n]
	switch t.kind {
	case anyNode:
		return true
	case namedNode:
		if t.attr != (d.kind == AttributeNode) || !t.attr && d.kind != ElementNode {
			return false
		}
		switch {
		case t.anySpace && t.anyLocal:
			return true
		case t.anySpace:
			return r.tree.expanded[d.expanded].local == t.name.Local
		case t.anyLocal:
			return r.tree.expanded[d.expanded].spaceID == r.names[t.slot]
		}
		return d.expanded == r.names[t.slot]
	case textNode:
		return d.kind == TextNode
	case commentNode:
		return d.kind == CommentNode
	case instructionNode:
		return d.kind == InstructionNode && (t.target == "" || r.tree.Local(n) == t.target)
	case documentNode:
		if d.kind != DocumentNode {
			return false
		}
		if t.inner != nil {
			for k := r.tree.child(n); k >= 0; k = r.tree.next(k) {
				if r.tree.nodes[k].kind == ElementNode {
					return r.match(t.inner, k)
				}
			}
			return false
		}
		return true
	}
	return false
}

// listed is the list of all nodes that can pass a test for one name, and
// whether there is such a list.
func (r *Run) listed(t *test) ([]int32, bool) {
	if t.kind != namedNode || t.anySpace || t.anyLocal {
		return nil, false
	}
	id := r.names[t.slot]
	if id == absent {
		return nil, true
	}
	if t.attr {
		return r.tree.attrs[id], true
	}
	return r.tree.elements[id], true
}

// fewNodes is a range that is walked, not looked up.
const fewNodes = 24

// walk calls yield with the nodes of an axis that pass a test, nearest first,
// until yield says no; then it is false.
func (r *Run) walk(n int32, a axis, t *test, yield func(int32) bool) bool {
	d := r.tree
	from, to := n, n // the range of forward axes that are ranges
	switch a {
	case self:
		return !r.match(t, n) || yield(n)
	case parent:
		p := d.nodes[n].parent
		return p < 0 || !r.match(t, p) || yield(p)
	case ancestor, ancestorOrSelf:
		if a == ancestor {
			n = d.nodes[n].parent
		}
		for ; n >= 0; n = d.nodes[n].parent {
			if r.match(t, n) && !yield(n) {
				return false
			}
		}
		return true
	case attribute:
		if d.nodes[n].kind != ElementNode {
			return true
		}
		end := d.nodes[n].end
		for i := n + 1; i < end && d.nodes[i].kind == AttributeNode; i++ {
			if r.match(t, i) && !yield(i) {
				return false
			}
		}
		return true
	case child:
		for k := d.child(n); k >= 0; k = d.next(k) {
			r.tick()
			if r.match(t, k) && !yield(k) {
				return false
			}
		}
		return true
	case followingSibling:
		for k := d.next(n); k >= 0; k = d.next(k) {
			r.tick()
			if r.match(t, k) && !yield(k) {
				return false
			}
		}
		return true
	case precedingSibling:
		for k := d.nodes[n].prev; k >= 0; k = d.nodes[k].prev {
			r.tick()
			if r.match(t, k) && !yield(k) {
				return false
			}
		}
		return true
	case preceding:
		return r.walkBack(n, t, yield)
	case descendantOrSelf:
		if r.match(t, n) && !yield(n) {
			return false
		}
		from, to = n+1, d.nodes[n].end
	case descendant:
		from, to = n+1, d.nodes[n].end
	case following:
		from, to = d.nodes[n].end, d.nodes[d.root(n)].end
		if d.nodes[n].kind == AttributeNode {
			from = n + 1 // the children of its element follow an attribute
		}
	}
	if to-from > fewNodes {
		if list, ok := r.listed(t); ok && !t.attr {
			for _, k := range inside(list, from, to) {
				r.tick()
				if !yield(k) {
					return false
				}
			}
			return true
		}
	}
	for k := from; k < to; k++ {
		r.tick()
		if d.nodes[k].kind != AttributeNode && r.match(t, k) && !yield(k) {
			return false
		}
	}
	return true
}

// walkBack walks the preceding axis: what is before and no ancestor.
func (r *Run) walkBack(n int32, t *test, yield func(int32) bool) bool {
	d := r.tree
	if d.nodes[n].kind == AttributeNode {
		n = d.nodes[n].parent
	}
	root := d.root(n)
	if list, ok := r.listed(t); ok && !t.attr {
		i := sort.Search(len(list), func(i int) bool { return list[i] >= n })
		for i--; i >= 0 && list[i] > root; i-- {
			r.tick()
			if k := list[i]; d.nodes[k].end <= n && !yield(k) {
				return false
			}
		}
		return true
	}
	for k := n - 1; k > root; k-- {
		r.tick()
		if x := &d.nodes[k]; x.kind != AttributeNode && x.end <= n && r.match(t, k) && !yield(k) {
			return false
		}
	}
	return true
}
