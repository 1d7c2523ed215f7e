package xpath

import (
	"context"
	"time"
)

// Run is the evaluation of expressions on one document. It is not for use by
// several goroutines.
type Run struct {
	tree    *Tree
	ctx     context.Context
	names   []int32 // by a test's slot: the number of its name in the document
	globals []global
	locals  []Seq
	caches  []cached
	now     time.Time
	ids     map[string]int32
	keys    map[*Key]map[string][]int32
	regexes map[string]*regex
	steps   uint
	calls   int

	item    Item // the context item
	hasItem bool
	pos     int
	size    int
	current Item // what current() is
}

type global struct {
	value Seq
	expr  *Expr
	node  int32
	state globalState
}

type globalState uint8

const (
	unbound globalState = iota
	waiting
	working
	done
)

type cached struct {
	value Seq
	known bool
	texts map[string]struct{} // of the value, for comparisons
}

// NewRun begins an evaluation on a document. now is what current-date() and its
// like give; where it is zero they fail.
func (c *Compiler) NewRun(ctx context.Context, t *Tree, now time.Time) *Run {
	r := &Run{tree: t, ctx: ctx, now: now, names: make([]int32, len(c.tests)), globals: make([]global, c.slots),
		locals: make([]Seq, c.locals), caches: make([]cached, c.caches)}
	for i, n := range c.tests {
		r.names[i] = n.resolve(t)
	}
	return r
}

// Bind gives a global variable an expression, which is evaluated at a node when
// the variable is first asked for.
func (r *Run) Bind(slot int, e *Expr, node int32) {
	r.globals[slot] = global{expr: e, node: node, state: waiting}
}

// Set gives a global variable a value.
func (r *Run) Set(slot int, value Seq) { r.globals[slot] = global{value: value, state: done} }

// tick counts a step, and looks now and then whether the context has ended.
func (r *Run) tick() {
	if r.steps++; r.steps&0xFFF == 0 {
		if err := r.ctx.Err(); err != nil {
			panic(stopped{err})
		}
	}
}

// maxItems bounds a sequence.
const maxItems = 4_000_000

// maxText bounds a string that an expression makes.
const maxText = 64 << 20

func (r *Run) room(n int) {
	if n > maxItems {
		raise("SIGL0001", "the value has more than %d items", maxItems)
	}
}

type focus struct {
	item      Item
	hasItem   bool
	pos, size int
}

func (r *Run) focus() focus { return focus{r.item, r.hasItem, r.pos, r.size} }
func (r *Run) restore(f focus) {
	r.item, r.hasItem, r.pos, r.size = f.item, f.hasItem, f.pos, f.size
}

func (r *Run) at(n int32) {
	r.item = Item{Node: n}
	r.hasItem = true
	r.pos, r.size = 1, 1
}

// Eval evaluates an expression at a node. The error is an *Error for what
// fails, or the context's.
func (e *Expr) Eval(r *Run, n int32) (v Seq, err error) {
	defer func() { err = recovered(recover(), err) }()
	r.at(n)
	r.current = r.item
	return e.root.eval(r), nil
}

// Truth is the effective boolean value of an expression at a node.
func (e *Expr) Truth(r *Run, n int32) (v bool, err error) {
	defer func() { err = recovered(recover(), err) }()
	r.at(n)
	r.current = r.item
	return r.truth(e.root), nil
}

// Text is the value of an expression at a node as xsl:value-of writes it: with
// blanks between items, or its first item alone in compatibility with XPath 1.0.
func (e *Expr) Text(r *Run, n int32, compat bool) (s string, err error) {
	defer func() { err = recovered(recover(), err) }()
	r.at(n)
	r.current = r.item
	v := e.root.eval(r)
	if compat {
		if len(v) == 0 {
			return "", nil
		}
		return r.text1(v[0], true), nil
	}
	l := make([]string, len(v))
	for i := range v {
		l[i] = r.text1(v[i], false)
	}
	return r.join(l, " "), nil
}

func (r *Run) text1(i Item, compat bool) string {
	if i.Type == Node {
		return r.tree.Text(i.Node)
	}
	if compat {
		return i.compatText()
	}
	return i.text()
}

// Nodes evaluates an expression and gives the nodes of its value.
func (e *Expr) Nodes(r *Run, n int32) ([]int32, error) {
	v, err := e.Eval(r, n)
	var l []int32
	for _, i := range v {
		if i.Type == Node {
			l = append(l, i.Node)
		}
	}
	return l, err
}

// UserFunction is a function that a schema defines.
type UserFunction struct {
	Name   Name
	Body   *Expr
	Params []int // slots of local variables
}

// Key is an index that a schema defines: nodes by the strings of an expression.
type Key struct {
	Name  Name
	Match []*Pattern
	Use   []*Expr
}
