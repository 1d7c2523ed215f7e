package xpath

import (
	"math"
	"math/big"
	"strings"
)

type operator uint8

const (
	eq operator = iota
	ne
	lt
	le
	gt
	ge
)

var generalOps = map[string]operator{"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
var valueOps = map[string]operator{"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge}
var opWords = [...]string{"eq", "ne", "lt", "le", "gt", "ge"}

func (o operator) holds(order int) bool {
	switch o {
	case eq:
		return order == 0
	case ne:
		return order != 0
	case lt:
		return order < 0
	case le:
		return order <= 0
	case gt:
		return order > 0
	}
	return order >= 0
}

type (
	general struct {
		op     operator
		l, r   expr
		compat bool
		attr   *test // of @name = …, which is looked up without a sequence
	}
	valueComparison struct {
		op   operator
		l, r expr
	}
	nodeComparison struct {
		op   string
		l, r expr
	}
	arithmetic struct {
		op     string
		l, r   expr
		compat bool
	}
	negation struct {
		e      expr
		compat bool
	}
	instanceOf struct {
		e  expr
		as seqType
	}
	treatAs struct {
		e  expr
		as seqType
	}
	castAs struct {
		e        expr
		to       seqType
		optional bool
		castable bool
	}
)

func (e *general) kids() []expr         { return []expr{e.l, e.r} }
func (e *valueComparison) kids() []expr { return []expr{e.l, e.r} }
func (e *nodeComparison) kids() []expr  { return []expr{e.l, e.r} }
func (e *arithmetic) kids() []expr      { return []expr{e.l, e.r} }
func (e *negation) kids() []expr        { return []expr{e.e} }
func (e *instanceOf) kids() []expr      { return []expr{e.e} }
func (e *treatAs) kids() []expr         { return []expr{e.e} }
func (e *castAs) kids() []expr          { return []expr{e.e} }

func newGeneral(p *parser, op string, l, r expr) expr {
	g := &general{op: generalOps[op], l: l, r: r, compat: p.s.Compat}
	if w, ok := l.(*path); ok {
		g.attr = w.attr()
	}
	return g
}

func (e *general) eval(r *Run) Seq { return Seq{Bool(e.truth(r))} }

// truth compares every value of the one side with every one of the other
// (XPath 3.1, 3.7.2).
func (e *general) truth(r *Run) bool {
	if e.attr != nil {
		if l, ok := e.r.(*literal); ok && l.value.Type == String && (e.op == eq || e.op == ne) {
			v, ok := r.attr(r.node(), e.attr)
			return ok && (v == l.value.Str) == (e.op == eq)
		}
	}
	l := e.l.eval(r)
	if e.compat {
		return e.old(r, l, e.r.eval(r))
	}
	if len(l) == 0 {
		return false
	}
	if e.op == eq {
		if found, known := r.amongTexts(l, e.r); known {
			return found
		}
	}
	right := e.r.eval(r)
	if len(right) == 0 {
		return false
	}
	if e.op == eq && len(l) > fewNodes {
		if found, known := r.amongTexts(right, e.l); known {
			return found
		}
	}
	right = r.atoms(right)
	for _, a := range r.atoms(l) {
		for _, b := range right {
			r.tick()
			if generalPair(e.op, a, b) {
				return true
			}
		}
	}
	return false
}

// attr is the test of a path that is one attribute by name, as @type, or nil.
func (e *path) attr() *test {
	if e.root || len(e.steps) != 1 {
		return nil
	}
	s := &e.steps[0]
	if s.expr != nil || s.axis != attribute || len(s.preds) > 0 || s.test.kind != namedNode || s.test.anySpace || s.test.anyLocal {
		return nil
	}
	return s.test
}

// attr is the value of an attribute.
func (r *Run) attr(n int32, t *test) (string, bool) {
	d := r.tree
	id := r.names[t.slot]
	if d.nodes[n].kind != ElementNode {
		return "", false
	}
	end := d.nodes[n].end
	for i := n + 1; i < end && d.nodes[i].kind == AttributeNode; i++ {
		if d.nodes[i].expanded == id {
			return d.values[d.nodes[i].from:d.nodes[i].to], true
		}
	}
	return "", false
}

// amongTexts looks values up among those of a path that is the same all over
// the document, where all are text.
func (r *Run) amongTexts(l Seq, e expr) (found, known bool) {
	w, ok := e.(*path)
	if !ok || !w.everywhere(r) {
		return false, false
	}
	for i := range l {
		if l[i].Type != Node && !l[i].Type.textual() {
			return false, false
		}
	}
	c := r.cached(w)
	if len(c.value) < fewNodes {
		return false, false
	}
	if c.texts == nil {
		c.texts = make(map[string]struct{}, len(c.value))
		for i := range c.value {
			c.texts[r.tree.Text(c.value[i].Node)] = struct{}{}
		}
	}
	for i := range l {
		s := l[i].Str
		if l[i].Type == Node {
			s = r.tree.Text(l[i].Node)
		}
		if _, ok := c.texts[s]; ok {
			return true, true
		}
	}
	return false, true
}

// old is the comparison of XPath 1.0 (XPath 2.0, 3.5.2 rules 1 to 3).
func (e *general) old(r *Run, l, right Seq) bool {
	isTruth := func(v Seq) bool { return len(v) == 1 && v[0].Type == Boolean }
	if isTruth(l) || isTruth(right) {
		a, b := r.truthOf(l), r.truthOf(right)
		if e.op == eq || e.op == ne {
			return (a == b) == (e.op == eq)
		}
		return numericPair(e.op, Num(Bool(a).float()), Num(Bool(b).float()))
	}
	l, right = r.atoms(l), r.atoms(right)
	for _, a := range l {
		for _, b := range right {
			r.tick()
			if a.Type.numeric() || b.Type.numeric() || e.op >= lt {
				if numericPair(e.op, r.number(a), r.number(b)) {
					return true
				}
			} else if generalPair(e.op, a, b) {
				return true
			}
		}
	}
	return false
}

func numericPair(op operator, a, b Item) bool {
	if a.Type <= Decimal && b.Type <= Decimal {
		if a.Type == Integer && b.Type == Integer {
			switch {
			case a.Int < b.Int:
				return op.holds(-1)
			case a.Int > b.Int:
				return op.holds(1)
			}
			return op.holds(0)
		}
		return op.holds(a.rat().Cmp(b.rat()))
	}
	x, y := a.float(), b.float()
	if a.Type != Double && b.Type != Double {
		x, y = float64(float32(x)), float64(float32(y))
	}
	switch op {
	case eq:
		return x == y
	case ne:
		return x != y
	case lt:
		return x < y
	case le:
		return x <= y
	case gt:
		return x > y
	}
	return x >= y
}

// generalPair compares two atomic values, of which untyped ones take the type
// of the other.
func generalPair(op operator, a, b Item) bool {
	adapt := func(i, other Item) Item {
		switch {
		case i.Type != Untyped || other.Type.textual():
			return i
		case other.Type.numeric():
			return cast(i, Double)
		}
		return cast(i, other.Type)
	}
	return pair(op, adapt(a, b), adapt(b, a))
}

// pair compares two atomic values by the value comparisons (XPath 3.1, 3.7.1).
func pair(op operator, a, b Item) bool {
	switch {
	case a.Type.textual() && b.Type.textual():
		return op.holds(strings.Compare(a.Str, b.Str))
	case a.Type.numeric() && b.Type.numeric():
		return numericPair(op, a, b)
	case a.Type == Boolean && b.Type == Boolean:
		return op.holds(int(a.Int - b.Int))
	case a.Type.duration() && b.Type.duration():
		if op == eq || op == ne {
			return (a.Int == b.Int && a.exact.rat.Cmp(b.exact.rat) == 0) == (op == eq)
		}
		if a.Type == b.Type && a.Type == YearMonthDuration {
			return op.holds(int(min(max(a.Int-b.Int, -1), 1)))
		}
		if a.Type == b.Type && a.Type == DayTimeDuration {
			return op.holds(a.exact.rat.Cmp(b.exact.rat))
		}
	case a.Type == b.Type && a.Type.calendric():
		if a.Type <= Time || op == eq || op == ne {
			return op.holds(a.exact.moment.seconds().Cmp(b.exact.moment.seconds()))
		}
	case a.Type == QName && b.Type == QName && (op == eq || op == ne):
		return (a.exact.name == b.exact.name) == (op == eq)
	}
	raise("XPTY0004", "%s and %s can't be compared: the one is of type %s, the other of type %s", quoted(a.text()), quoted(b.text()), a.Type, b.Type)
	return false
}

func (e *valueComparison) eval(r *Run) Seq {
	if truth, ok := e.compare(r); ok {
		return Seq{Bool(truth)}
	}
	return nil
}

func (e *valueComparison) truth(r *Run) bool {
	truth, _ := e.compare(r)
	return truth
}

// compare is not ok where one of the sides is nothing.
func (e *valueComparison) compare(r *Run) (truth, ok bool) {
	l, ok := r.one(e.l, opWords[e.op])
	if !ok {
		return false, false
	}
	right, ok := r.one(e.r, opWords[e.op])
	if !ok {
		return false, false
	}
	return pair(e.op, l, right), true
}

// one is the one atomic value of an expression; ok is false for none.
func (r *Run) one(e expr, what string) (i Item, ok bool) {
	switch e := e.(type) {
	case *literal:
		return e.value, true
	case *path: // the commonest operand is an attribute
		if t := e.attr(); t != nil {
			s, ok := r.attr(r.node(), t)
			return Item{Type: Untyped, Str: s}, ok
		}
	}
	v := e.eval(r)
	if len(v) == 0 {
		return i, false
	}
	if len(v) > 1 {
		raise("XPTY0004", "%s takes one value and gets %d", what, len(v))
	}
	return r.atom(v[0]), true
}

// atom is an item as an atomic value.
func (r *Run) atom(i Item) Item {
	if i.Type != Node {
		return i
	}
	t := Untyped
	if k := r.tree.nodes[i.Node].kind; k == CommentNode || k == InstructionNode {
		t = String
	}
	return Item{Type: t, Str: r.tree.Text(i.Node)}
}

func (r *Run) atoms(v Seq) Seq {
	for i := range v {
		if v[i].Type == Node {
			out := make(Seq, len(v))
			for k := range v {
				out[k] = r.atom(v[k])
			}
			return out
		}
	}
	return v
}

func (e *nodeComparison) eval(r *Run) Seq {
	l, right := r.nodesOf(e.l, e.op), r.nodesOf(e.r, e.op)
	if len(l) == 0 || len(right) == 0 {
		return nil
	}
	if len(l) > 1 || len(right) > 1 {
		raise("XPTY0004", "%s takes one node on each side", e.op)
	}
	switch e.op {
	case "is":
		return Seq{Bool(l[0] == right[0])}
	case "<<":
		return Seq{Bool(l[0] < right[0])}
	}
	return Seq{Bool(l[0] > right[0])}
}

// number is the function number(): NaN for what is no number.
func (r *Run) number(i Item) Item {
	i = r.atom(i)
	switch {
	case i.Type == Double:
		return i
	case i.Type.numeric() || i.Type == Boolean:
		return Num(i.float())
	case i.Type.textual():
		f, _ := parseDouble(i.Str, 64)
		return Num(f)
	}
	return Num(math.NaN())
}

// operand is a side of an arithmetic operator.
func (r *Run) operand(e expr, op string, compat bool) (Item, bool) {
	if compat {
		v := e.eval(r)
		if len(v) == 0 {
			return Num(math.NaN()), true
		}
		if a := r.atom(v[0]); !a.Type.duration() && !a.Type.calendric() {
			return r.number(a), true
		}
		return r.atom(v[0]), true
	}
	i, ok := r.one(e, op)
	if ok && i.Type == Untyped {
		i = cast(i, Double)
	}
	return i, ok
}

func (e *negation) eval(r *Run) Seq {
	i, ok := r.operand(e.e, "-", e.compat)
	if !ok {
		return nil
	}
	switch i.Type {
	case Integer:
		return Seq{integer(new(big.Int).Neg(big.NewInt(i.Int)))}
	case Decimal:
		return Seq{decimal(new(big.Rat).Neg(i.exact.rat))}
	case Float, Double:
		i.Num = -i.Num
		return Seq{i}
	}
	raise("XPTY0004", "- takes a number, and %s is of type %s", quoted(i.text()), i.Type)
	return nil
}

func (e *arithmetic) eval(r *Run) Seq {
	a, ok := r.operand(e.l, e.op, e.compat)
	if !ok {
		return nil
	}
	b, ok := r.operand(e.r, e.op, e.compat)
	if !ok {
		return nil
	}
	if a.Type.numeric() && b.Type.numeric() {
		return Seq{calculate(e.op, a, b)}
	}
	if v, ok := calendar(e.op, a, b); ok {
		return Seq{v}
	}
	raise("XPTY0004", "%s %s %s does not go together: the one is of type %s, the other of type %s", quoted(a.text()), e.op, quoted(b.text()), a.Type, b.Type)
	return nil
}

func calculate(op string, a, b Item) Item {
	t := max(a.Type, b.Type)
	if t <= Decimal {
		return calculateExact(op, a, b, t)
	}
	x, y := a.float(), b.float()
	if op == "idiv" {
		if y == 0 {
			raise("FOAR0001", "division by zero")
		}
		if math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) {
			raise("FOAR0002", "idiv takes finite numbers")
		}
		f, _ := big.NewFloat(math.Trunc(x / y)).Int(nil)
		return integer(f)
	}
	var f float64
	switch op {
	case "+":
		f = x + y
	case "-":
		f = x - y
	case "*":
		f = x * y
	case "div":
		f = x / y
	case "mod":
		f = math.Mod(x, y)
	}
	if t == Float {
		f = float64(float32(f))
	}
	return Item{Type: t, Num: f}
}

// calculateExact is arithmetic on whole and decimal numbers.
func calculateExact(op string, a, b Item, t Type) Item {
	if t == Integer {
		x, y := a.Int, b.Int
		const small = 1 << 31
		if x > -small && x < small && y > -small && y < small {
			switch {
			case op == "+":
				return Int(x + y)
			case op == "-":
				return Int(x - y)
			case op == "*":
				return Int(x * y)
			case op == "mod" && y != 0:
				return Int(x % y)
			}
		}
	}
	x, y := a.rat(), b.rat()
	out := new(big.Rat)
	switch op {
	case "+":
		out.Add(x, y)
	case "-":
		out.Sub(x, y)
	case "*":
		out.Mul(x, y)
	default:
		if y.Sign() == 0 {
			raise("FOAR0001", "division by zero")
		}
		out.Quo(x, y)
		if op == "div" {
			return limited(out)
		}
		whole := new(big.Int).Quo(out.Num(), out.Denom())
		if op == "idiv" {
			return integer(whole)
		}
		out.Sub(x, out.Mul(y, new(big.Rat).SetInt(whole)))
	}
	if t == Integer {
		return integer(out.Num())
	}
	return limited(out)
}

// limited keeps a decimal to eighteen digits after the point, and within bounds.
func limited(r *big.Rat) Item {
	if r.Num().BitLen() > 4*maxDigits {
		raise("FOAR0002", "the number is too large")
	}
	if !r.IsInt() && r.Denom().BitLen() > 64 {
		r.SetString(r.FloatString(18))
	}
	return decimal(r)
}

// calendar is arithmetic on dates, times and durations (XPath Functions 8.4
// and 9.7).
func calendar(op string, a, b Item) (Item, bool) {
	plus := func(m Item, d Item, sign int64) Item {
		v := m.exact.moment
		if d.Type == YearMonthDuration {
			return Item{Type: m.Type, exact: &exact{moment: v.plusMonths(sign * d.Int)}}
		}
		s := new(big.Rat).Mul(d.exact.rat, new(big.Rat).SetInt64(sign))
		v = fromSeconds(s.Add(s, v.seconds()), v.zone, v.hasZone)
		switch m.Type {
		case Date:
			v.hour, v.minute, v.second = 0, 0, new(big.Rat)
		case Time:
			v.year, v.month, v.day = 1972, 12, 31
		}
		return Item{Type: m.Type, exact: &exact{moment: v}}
	}
	short := func(i Item) bool { return i.Type == YearMonthDuration || i.Type == DayTimeDuration }
	dated := func(i Item, d Item) bool {
		return i.Type == DateTime || i.Type == Date || i.Type == Time && d.Type == DayTimeDuration
	}
	bounded := func(d Item) Item {
		if d.exact.rat.Num().BitLen() > 60 || d.Int > 1<<40 || d.Int < -1<<40 {
			raise("FODT0002", "the duration is too long")
		}
		return d
	}
	scale := func(d Item, f *big.Rat) Item {
		months := new(big.Rat).Mul(new(big.Rat).SetInt64(d.Int), f)
		half := new(big.Rat).Add(months, big.NewRat(1, 2))
		n := new(big.Int).Div(half.Num(), half.Denom())
		if !n.IsInt64() {
			raise("FODT0002", "the duration is too long")
		}
		return bounded(duration(d.Type, n.Int64(), f.Mul(f, d.exact.rat)))
	}
	exactly := func(i Item) *big.Rat {
		f := i.float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			raise("FOCA0005", "a duration can't be multiplied by %s", i.text())
		}
		if i.Type <= Decimal {
			return new(big.Rat).Set(i.rat())
		}
		return new(big.Rat).SetFloat64(f)
	}
	switch {
	case op == "+" && dated(a, b) && short(b):
		return plus(a, b, 1), true
	case op == "+" && dated(b, a) && short(a):
		return plus(b, a, 1), true
	case op == "-" && dated(a, b) && short(b):
		return plus(a, b, -1), true
	case op == "-" && a.Type == b.Type && a.Type <= Time && a.Type >= DateTime:
		return duration(DayTimeDuration, 0, new(big.Rat).Sub(a.exact.moment.seconds(), b.exact.moment.seconds())), true
	case op == "+" && short(a) && a.Type == b.Type:
		return bounded(duration(a.Type, a.Int+b.Int, new(big.Rat).Add(a.exact.rat, b.exact.rat))), true
	case op == "-" && short(a) && a.Type == b.Type:
		return bounded(duration(a.Type, a.Int-b.Int, new(big.Rat).Sub(a.exact.rat, b.exact.rat))), true
	case op == "*" && short(a) && b.Type.numeric():
		return scale(a, exactly(b)), true
	case op == "*" && short(b) && a.Type.numeric():
		return scale(b, exactly(a)), true
	case op == "div" && short(a) && b.Type.numeric():
		f := exactly(b)
		if f.Sign() == 0 {
			raise("FODT0002", "a duration divided by zero")
		}
		return scale(a, f.Inv(f)), true
	case op == "div" && short(a) && a.Type == b.Type:
		x, y := a.exact.rat, b.exact.rat
		if a.Type == YearMonthDuration {
			x, y = new(big.Rat).SetInt64(a.Int), new(big.Rat).SetInt64(b.Int)
		}
		if y.Sign() == 0 {
			raise("FOAR0001", "division by zero")
		}
		return limited(new(big.Rat).Quo(x, y)), true
	}
	return Item{}, false
}

// fits reports whether a value is of a sequence type.
func (r *Run) fits(v Seq, s seqType) bool {
	if s.kind == emptyType {
		return len(v) == 0
	}
	if len(v) < s.min || s.max >= 0 && len(v) > s.max {
		return false
	}
	for _, i := range v {
		ok := true
		switch s.kind {
		case nodeType:
			ok = i.Type == Node && r.match(s.test, i.Node)
		case anyAtomic:
			ok = i.Type != Node
		case numericType:
			ok = i.Type.numeric()
		case atomicType:
			ok = i.Type == s.atomic && s.exact == nil || i.Type == Integer && s.atomic == Decimal || s.atomic == Duration && i.Type >= Duration
		}
		if !ok {
			return false
		}
	}
	return true
}

func (e *instanceOf) eval(r *Run) Seq { return Seq{Bool(r.fits(e.e.eval(r), e.as))} }

func (e *treatAs) eval(r *Run) Seq {
	v := e.e.eval(r)
	if !r.fits(v, e.as) {
		raise("XPDY0050", "the value is not of the type that treat as names")
	}
	return v
}

func (e *castAs) eval(r *Run) Seq {
	if e.castable {
		return Seq{Bool(e.can(r))}
	}
	i, ok := r.one(e.e, "cast as")
	if !ok {
		if e.optional {
			return nil
		}
		raise("XPTY0004", "nothing can't be cast to a type; write a ? after the type where nothing may come")
	}
	return Seq{castTo(i, e.to)}
}

// can reports whether the cast would succeed.
func (e *castAs) can(r *Run) (ok bool) {
	v := e.e.eval(r)
	if len(v) != 1 {
		return len(v) == 0 && e.optional
	}
	defer func() {
		if x := recover(); x != nil {
			if _, failed := x.(*Error); !failed {
				panic(x)
			}
			ok = false
		}
	}()
	castTo(r.atom(v[0]), e.to)
	return true
}

func castTo(i Item, to seqType) Item {
	if to.exact != nil && to.atomic == String {
		i = Str(collapse(i.text()))
	}
	v := cast(i, to.atomic)
	if to.exact != nil && !to.exact(v) {
		raise("FORG0001", "%s is not of the type", quoted(i.text()))
	}
	return v
}
