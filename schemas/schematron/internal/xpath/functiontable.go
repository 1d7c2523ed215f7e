package xpath

import (
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"sigla/schemas/xmltok"
)

// functionTable has the functions by name.
var functionTable = sync.OnceValue(func() map[string]*function {
	m := make(map[string]*function, len(functions))
	for i := range functions {
		m[functions[i].name] = &functions[i]
	}
	return m
})

func texts(f func(s string) string) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq { return strSeq(f(c.str(r, 0))) }
}

func numeric(f func(i Item) Item) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.num(r, 0)
		if !ok {
			return nil
		}
		return Seq{f(i)}
	}
}

// whole rounds a number that is not whole by one of two ways.
func whole(exact func(r *big.Rat) *big.Int, float func(float64) float64) func(i Item) Item {
	return func(i Item) Item {
		switch i.Type {
		case Integer:
			return i
		case Decimal:
			return decimal(new(big.Rat).SetInt(exact(i.exact.rat)))
		}
		i.Num = float(i.Num)
		return i
	}
}

func floorRat(r *big.Rat) *big.Int { return new(big.Int).Div(r.Num(), r.Denom()) }
func ceilRat(r *big.Rat) *big.Int {
	f := floorRat(new(big.Rat).Neg(r))
	return f.Neg(f)
}

func float(f func(float64) float64) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.num(r, 0)
		if !ok {
			return nil
		}
		return Seq{Num(f(i.float()))}
	}
}

// part is a function that takes a date or time apart.
func part(types []Type, f func(m moment) Item) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.item(r, 0)
		if !ok {
			return nil
		}
		if i.Type == Untyped {
			i = cast(i, types[0])
		}
		if !slices.Contains(types, i.Type) {
			raise("XPTY0004", "%s() takes a value of type %s, and %s is of type %s", c.f.name, types[0], quoted(i.text()), i.Type)
		}
		return Seq{f(i.exact.moment)}
	}
}

func durationPart(f func(i Item) Item) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.item(r, 0)
		if !ok {
			return nil
		}
		if i.Type == Untyped {
			i = cast(i, Duration)
		}
		if !i.Type.duration() {
			raise("XPTY0004", "%s() takes a duration", c.f.name)
		}
		return Seq{f(i)}
	}
}

func zoneOf(r *Run, c *call) Seq {
	i, ok := c.item(r, 0)
	if !ok {
		return nil
	}
	if !i.Type.calendric() {
		raise("XPTY0004", "%s() takes a date or time", c.f.name)
	}
	if m := i.exact.moment; m.hasZone {
		return Seq{duration(DayTimeDuration, 0, new(big.Rat).SetInt64(int64(m.zone)*60))}
	}
	return nil
}

func adjust(r *Run, c *call) Seq {
	i, ok := c.item(r, 0)
	if !ok {
		return nil
	}
	if !i.Type.calendric() {
		raise("XPTY0004", "%s() takes a date or time", c.f.name)
	}
	m := i.exact.moment
	zone := int64(0)
	if len(c.args) > 1 {
		z, ok := c.item(r, 1)
		if !ok {
			m.hasZone, m.zone = false, 0
			return Seq{{Type: i.Type, exact: &exact{moment: m}}}
		}
		if z.Type != DayTimeDuration || !z.exact.rat.IsInt() {
			raise("FODT0003", "a time zone is an xs:dayTimeDuration of whole minutes")
		}
		zone = z.exact.rat.Num().Int64() / 60
	}
	if m.hasZone {
		m = fromSeconds(m.seconds(), int(zone), true)
		switch i.Type {
		case Date:
			m.hour, m.minute, m.second = 0, 0, new(big.Rat)
		case Time:
			m.year, m.month, m.day = 1972, 12, 31
		}
	}
	m.zone, m.hasZone = int(zone), true
	return Seq{{Type: i.Type, exact: &exact{moment: m}}}
}

var (
	dateTypes = []Type{Date}
	timeTypes = []Type{Time}
	bothTypes = []Type{DateTime}
)

func secondsOf(m moment) Item {
	return decimal(m.second)
}

// truncated is a whole number of units in a duration's seconds.
func truncated(i Item, unit, around int64) Item {
	n := new(big.Int).Quo(i.exact.rat.Num(), i.exact.rat.Denom()).Int64()
	n /= unit
	if around > 0 {
		n %= around
	}
	return Int(n)
}

func current(t Type) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		m := Item{Type: DateTime, exact: &exact{moment: r.clock()}}
		return Seq{cast(m, t)}
	}
}

func named(f func(t *Tree, n int32) string) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok {
			return strSeq("")
		}
		return strSeq(f(r.tree, n))
	}
}

func cardinality(code, what string, lo, hi int) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		if len(v) < lo || len(v) > hi {
			raise(code, "%s and gets %d", what, len(v))
		}
		return v
	}
}

func qnamePart(f func(i Item) Item) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.item(r, 0)
		if !ok {
			return nil
		}
		if i.Type != QName {
			raise("XPTY0004", "%s() takes a QName", c.f.name)
		}
		return Seq{f(i)}
	}
}

func unreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0
}

// rounded is round() and round-half-to-even() with a precision.
func rounded(halfEven bool) func(r *Run, c *call) Seq {
	return func(r *Run, c *call) Seq {
		i, ok := c.num(r, 0)
		if !ok {
			return nil
		}
		digits := int64(0)
		if len(c.args) > 1 {
			d, ok := c.num(r, 1)
			if !ok || d.Type != Integer && !c.compat {
				raise("XPTY0004", "%s() takes a whole number of digits", c.f.name)
			}
			digits = int64(min(max(d.float(), -400), 400))
		}
		if i.Type > Decimal {
			if math.IsNaN(i.Num) || math.IsInf(i.Num, 0) || i.Num == 0 {
				return Seq{i}
			}
			if digits == 0 && !halfEven {
				i.Num = roundHalfUp(i.Num)
				return Seq{i}
			}
		}
		var exact *big.Rat
		if i.Type <= Decimal {
			exact = i.rat()
		} else {
			exact = new(big.Rat).SetFloat64(i.Num)
		}
		scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(max(digits, -digits)), nil))
		if digits < 0 {
			scale.Inv(scale)
		}
		scaled := new(big.Rat).Mul(exact, scale)
		n := floorRat(new(big.Rat).Add(scaled, big.NewRat(1, 2)))
		if halfEven && new(big.Rat).Sub(new(big.Rat).SetInt(n), scaled).Cmp(big.NewRat(1, 2)) == 0 && n.Bit(0) == 1 {
			n.Sub(n, big.NewInt(1))
		}
		out := new(big.Rat).SetInt(n)
		out.Quo(out, scale)
		switch i.Type {
		case Integer:
			return Seq{integer(out.Num())}
		case Decimal:
			return Seq{limited(out)}
		}
		f, _ := out.Float64()
		i.Num = math.Copysign(f, i.Num)
		return Seq{i}
	}
}

func firstTwo(f func(a, b string) bool) func(r *Run, c *call) bool {
	return func(r *Run, c *call) bool { return f(c.str(r, 0), c.str(r, 1)) }
}

// functions are the functions, one row each.
var functions = []function{
	// truth
	{name: "true", truth: func(*Run, *call) bool { return true }},
	{name: "false", truth: func(*Run, *call) bool { return false }},
	{name: "not", min: 1, max: 1, truth: func(r *Run, c *call) bool { return !r.truth(c.args[0]) }},
	{name: "boolean", min: 1, max: 1, truth: func(r *Run, c *call) bool { return r.truth(c.args[0]) }},
	{name: "exists", min: 1, max: 1, truth: func(r *Run, c *call) bool { return r.some(c.args[0]) }},
	{name: "empty", min: 1, max: 1, truth: func(r *Run, c *call) bool { return !r.some(c.args[0]) }},

	// strings
	{name: "string", max: 1, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		if len(v) == 0 {
			return strSeq("")
		}
		if len(v) > 1 && !c.compat {
			raise("XPTY0004", "string() takes one value and gets %d", len(v))
		}
		return strSeq(r.text1(v[0], c.compat))
	}},
	{name: "concat", min: 2, max: -1, call: func(r *Run, c *call) Seq {
		l := make([]string, len(c.args))
		for i := range l {
			if v, ok := c.item(r, i); ok {
				l[i] = r.text1(v, c.compat)
			}
		}
		return strSeq(r.join(l, ""))
	}},
	{name: "string-join", min: 1, max: 2, call: func(r *Run, c *call) Seq {
		between := ""
		if len(c.args) > 1 {
			between = c.required(r, 1)
		}
		if v := c.value(r, 0); len(v) > 0 {
			return strSeq(r.join(r.strings(v), between))
		}
		return strSeq("")
	}},
	{name: "string-length", max: 1, call: func(r *Run, c *call) Seq { return Seq{Int(int64(utf8.RuneCountInString(r.textArg(c))))} }},
	{name: "normalize-space", max: 1, call: func(r *Run, c *call) Seq { return strSeq(collapse(r.textArg(c))) }},
	{name: "normalize-unicode", min: 1, max: 2, call: func(r *Run, c *call) Seq {
		form := "NFC"
		if len(c.args) > 1 {
			form = c.str(r, 1)
		}
		return strSeq(normalise(c.str(r, 0), form))
	}},
	{name: "upper-case", min: 1, max: 1, call: texts(upperCase)},
	{name: "lower-case", min: 1, max: 1, call: texts(lowerCase)},
	{name: "translate", min: 3, max: 3, call: func(r *Run, c *call) Seq {
		s, from, to := c.str(r, 0), []rune(c.required(r, 1)), []rune(c.required(r, 2))
		m := make(map[rune]rune, len(from))
		for i, x := range from {
			if _, twice := m[x]; twice {
				continue
			}
			m[x] = -1
			if i < len(to) {
				m[x] = to[i]
			}
		}
		return strSeq(strings.Map(func(x rune) rune {
			if y, ok := m[x]; ok {
				return y
			}
			return x
		}, s))
	}},
	{name: "substring", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		s := c.str(r, 0)
		from, ok := c.num(r, 1)
		if !ok {
			raise("XPTY0004", "substring() takes a number as its argument 2 and gets nothing")
		}
		start, end := roundHalfUp(from.float()), math.Inf(1)
		if len(c.args) > 2 {
			n, ok := c.num(r, 2)
			if !ok {
				raise("XPTY0004", "substring() takes a number as its argument 3 and gets nothing")
			}
			end = start + roundHalfUp(n.float())
		}
		return strSeq(substring(s, start, end))
	}},
	{name: "substring-before", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		before, _, found := strings.Cut(c.str(r, 0), c.str(r, 1))
		if !found {
			before = ""
		}
		return strSeq(before)
	}},
	{name: "substring-after", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		_, after, _ := strings.Cut(c.str(r, 0), c.str(r, 1))
		return strSeq(after)
	}},
	{name: "contains", min: 2, max: 3, truth: firstTwo(strings.Contains)},
	{name: "starts-with", min: 2, max: 3, truth: firstTwo(strings.HasPrefix)},
	{name: "ends-with", min: 2, max: 3, truth: firstTwo(strings.HasSuffix)},
	{name: "contains-token", min: 2, max: 3, truth: func(r *Run, c *call) bool {
		token := trim(c.str(r, 1))
		for _, s := range r.strings(c.value(r, 0)) {
			if token != "" && slices.Contains(words(s), token) {
				return true
			}
		}
		return false
	}},
	{name: "matches", min: 2, max: 3, truth: func(r *Run, c *call) bool { return r.regexOf(c, 2).re.MatchString(c.str(r, 0)) }},
	{name: "replace", min: 3, max: 4, call: func(r *Run, c *call) Seq {
		s, re, with := c.str(r, 0), r.regexOf(c, 3), c.required(r, 2)
		if re.empty {
			raise("FORX0003", "the regular expression of replace() matches nothing at all")
		}
		if len(with) > 0 && len(s)*len(with) > maxText {
			raise("SIGL0001", "the text is longer than %d MB", maxText>>20)
		}
		return strSeq(re.re.ReplaceAllString(s, replacement(with, re.groups)))
	}},
	{name: "tokenize", min: 1, max: 3, call: func(r *Run, c *call) Seq {
		s := c.str(r, 0)
		var l []string
		switch {
		case len(c.args) == 1:
			l = words(s)
		case s != "":
			l = r.tokens(s, r.regexOf(c, 2))
		}
		v := make(Seq, len(l))
		for i := range l {
			v[i] = Str(l[i])
		}
		return v
	}},
	{name: "compare", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		a, ok1 := c.optional(r, 0)
		b, ok2 := c.optional(r, 1)
		if !ok1 || !ok2 {
			return nil
		}
		return Seq{Int(int64(strings.Compare(a, b)))}
	}},
	{name: "default-collation", call: func(*Run, *call) Seq { return strSeq(codepoints) }},
	{name: "codepoint-equal", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		a, ok1 := c.optional(r, 0)
		b, ok2 := c.optional(r, 1)
		if !ok1 || !ok2 {
			return nil
		}
		return Seq{Bool(a == b)}
	}},
	{name: "string-to-codepoints", min: 1, max: 1, call: func(r *Run, c *call) Seq {
		var v Seq
		for _, x := range c.str(r, 0) {
			v = append(v, Int(int64(x)))
		}
		return v
	}},
	{name: "codepoints-to-string", min: 1, max: 1, call: func(r *Run, c *call) Seq { return strSeq(codepointsText(r.atoms(c.value(r, 0)))) }},
	{name: "encode-for-uri", min: 1, max: 1, call: texts(func(s string) string { return percent(s, unreserved) })},
	{name: "iri-to-uri", min: 1, max: 1, call: texts(func(s string) string {
		return percent(s, func(c byte) bool { return c > ' ' && c < 0x7F && strings.IndexByte(`<>"{}|\^`+"`", c) < 0 })
	})},
	{name: "escape-html-uri", min: 1, max: 1, call: texts(func(s string) string { return percent(s, func(c byte) bool { return c >= ' ' && c < 0x7F }) })},

	// numbers
	{name: "number", max: 1, call: func(r *Run, c *call) Seq {
		i, ok := c.item(r, 0)
		if !ok {
			return Seq{Num(math.NaN())}
		}
		return Seq{r.number(i)}
	}},
	{name: "abs", min: 1, max: 1, call: numeric(func(i Item) Item {
		switch i.Type {
		case Integer:
			return integer(new(big.Int).Abs(big.NewInt(i.Int)))
		case Decimal:
			return decimal(new(big.Rat).Abs(i.exact.rat))
		}
		i.Num = math.Abs(i.Num)
		return i
	})},
	{name: "floor", min: 1, max: 1, call: numeric(whole(floorRat, math.Floor))},
	{name: "ceiling", min: 1, max: 1, call: numeric(whole(ceilRat, math.Ceil))},
	{name: "round", min: 1, max: 2, call: rounded(false)},
	{name: "round-half-to-even", min: 1, max: 2, call: rounded(true)},
	{name: "count", min: 1, max: 1, call: func(r *Run, c *call) Seq { return Seq{Int(int64(len(c.args[0].eval(r))))} }},
	{name: "sum", min: 1, max: 2, call: func(r *Run, c *call) Seq {
		v := r.atoms(c.value(r, 0))
		if c.compat {
			sum := 0.0
			for _, i := range v {
				sum += r.number(i).Num
			}
			return Seq{Num(sum)}
		}
		if len(v) == 0 {
			if len(c.args) > 1 {
				return c.value(r, 1)
			}
			return Seq{Int(0)}
		}
		return Seq{r.total(v, "sum")}
	}},
	{name: "avg", min: 1, max: 1, call: func(r *Run, c *call) Seq {
		v := r.atoms(c.value(r, 0))
		if len(v) == 0 {
			return nil
		}
		sum, n := r.total(v, "avg"), Int(int64(len(v)))
		if sum.Type.numeric() {
			return Seq{calculate("div", sum, n)}
		}
		mean, _ := calendar("div", sum, n)
		return Seq{mean}
	}},
	{name: "max", min: 1, max: 2, call: extreme(gt)},
	{name: "min", min: 1, max: 2, call: extreme(lt)},
	{name: "math:pi", call: func(*Run, *call) Seq { return Seq{Num(math.Pi)} }},
	{name: "math:sqrt", min: 1, max: 1, call: float(math.Sqrt)},
	{name: "math:exp", min: 1, max: 1, call: float(math.Exp)},
	{name: "math:log", min: 1, max: 1, call: float(math.Log)},
	{name: "math:log10", min: 1, max: 1, call: float(math.Log10)},
	{name: "math:pow", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		a, ok := c.num(r, 0)
		b, ok2 := c.num(r, 1)
		if !ok2 {
			raise("XPTY0004", "math:pow() takes a number as its argument 2 and gets nothing")
		}
		if !ok {
			return nil
		}
		return Seq{Num(math.Pow(a.float(), b.float()))}
	}},

	// nodes
	{name: "name", max: 1, call: named((*Tree).Raw)},
	{name: "local-name", max: 1, call: named((*Tree).Local)},
	{name: "namespace-uri", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok || r.tree.nodes[n].kind == InstructionNode {
			return Seq{{Type: AnyURI}}
		}
		return Seq{{Type: AnyURI, Str: r.tree.Space(n)}}
	}},
	{name: "node-name", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok || r.tree.nodes[n].name < 0 {
			return nil
		}
		return Seq{{Type: QName, Str: r.tree.Raw(n), exact: &exact{name: Name{r.tree.Space(n), r.tree.Local(n)}}}}
	}},
	{name: "root", max: 1, nodes: true, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok {
			return nil
		}
		return Seq{{Node: r.tree.root(n)}}
	}},
	{name: "id", min: 1, max: 2, nodes: true, call: func(r *Run, c *call) Seq { return r.idNodes(c.args[0].eval(r)) }},
	{name: "key", min: 2, max: 3, nodes: true, call: func(r *Run, c *call) Seq { return r.keyNodes(c.key, c.args[1].eval(r)) }},
	{name: "current", nodes: true, leans: true, call: func(r *Run, c *call) Seq { return Seq{r.current} }},
	{name: "base-uri", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok {
			return nil
		}
		return Seq{{Type: AnyURI, Str: r.tree.base(n)}}
	}},
	{name: "document-uri", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok || n != 0 {
			return nil
		}
		return Seq{{Type: AnyURI, Str: r.tree.address()}}
	}},
	{name: "resolve-uri", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		ref, ok := c.optional(r, 0)
		if !ok {
			return nil
		}
		return Seq{{Type: AnyURI, Str: resolved(ref, c.str(r, 1))}}
	}},
	{name: "generate-id", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok {
			return strSeq("")
		}
		return strSeq("n" + strconv.Itoa(int(n)))
	}},
	{name: "has-children", max: 1, truth: func(r *Run, c *call) bool {
		n, ok := c.nodeArg(r, 0)
		return ok && r.tree.child(n) >= 0
	}},
	{name: "lang", min: 1, max: 2, truth: func(r *Run, c *call) bool {
		n, ok := c.nodeArg(r, 1)
		want := strings.ToLower(c.str(r, 0))
		for ; ok && n >= 0; n = r.tree.nodes[n].parent {
			if v, ok := r.tree.Attr(n, xmlSpace, "lang"); ok {
				v = strings.ToLower(v)
				return v == want || strings.HasPrefix(v, want+"-")
			}
		}
		return false
	}},
	{name: "innermost", min: 1, max: 1, nodes: true, call: func(r *Run, c *call) Seq {
		l := inOrder(r.nodesOf(c.args[0], "innermost()"))
		var out []int32
		for i, n := range l {
			if i+1 == len(l) || l[i+1] >= r.tree.nodes[n].end {
				out = append(out, n)
			}
		}
		return seqOf(out)
	}},
	{name: "outermost", min: 1, max: 1, nodes: true, call: func(r *Run, c *call) Seq {
		var out []int32
		end := int32(0)
		for _, n := range inOrder(r.nodesOf(c.args[0], "outermost()")) {
			if n >= end {
				out = append(out, n)
				end = r.tree.nodes[n].end
			}
		}
		return seqOf(out)
	}},
	{name: "path", max: 1, call: func(r *Run, c *call) Seq {
		n, ok := c.nodeArg(r, 0)
		if !ok {
			return nil
		}
		return strSeq(r.tree.Path(n, nil))
	}},

	// sequences
	{name: "position", call: func(r *Run, c *call) Seq {
		r.context()
		return Seq{Int(int64(r.pos))}
	}},
	{name: "last", call: func(r *Run, c *call) Seq {
		r.context()
		return Seq{Int(int64(r.size))}
	}},
	{name: "data", max: 1, call: func(r *Run, c *call) Seq { return r.atoms(c.value(r, 0)) }},
	{name: "head", min: 1, max: 1, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		return v[:min(1, len(v))]
	}},
	{name: "tail", min: 1, max: 1, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		return v[min(1, len(v)):]
	}},
	{name: "reverse", min: 1, max: 1, call: func(r *Run, c *call) Seq {
		v := slices.Clone(c.value(r, 0))
		slices.Reverse(v)
		return v
	}},
	{name: "sort", min: 1, max: 2, call: func(r *Run, c *call) Seq {
		v := slices.Clone(c.value(r, 0))
		keys := slices.Clone(r.atoms(v))
		order := make([]int, len(v))
		for i := range keys {
			order[i] = i
			if keys[i].Type == Untyped {
				keys[i].Type = String
			}
		}
		slices.SortStableFunc(order, func(a, b int) int {
			r.tick()
			switch {
			case pair(lt, keys[a], keys[b]):
				return -1
			case pair(gt, keys[a], keys[b]):
				return 1
			}
			return 0
		})
		out := make(Seq, len(v))
		for i, k := range order {
			out[i] = v[k]
		}
		return out
	}},
	{name: "unordered", min: 1, max: 1, call: func(r *Run, c *call) Seq { return c.value(r, 0) }},
	{name: "trace", min: 1, max: 2, call: func(r *Run, c *call) Seq { return c.value(r, 0) }},
	{name: "insert-before", min: 3, max: 3, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		at, _ := r.integer(c.args[1])
		at = min(max(at, 1), int64(len(v))+1) - 1
		return slices.Concat(v[:at], c.value(r, 2), v[at:])
	}},
	{name: "remove", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		at, _ := r.integer(c.args[1])
		if at < 1 || at > int64(len(v)) {
			return v
		}
		return slices.Concat(v[:at-1], v[at:])
	}},
	{name: "subsequence", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		v := c.value(r, 0)
		from, _ := c.num(r, 1)
		start, end := roundHalfUp(from.float()), math.Inf(1)
		if len(c.args) > 2 {
			n, _ := c.num(r, 2)
			end = start + roundHalfUp(n.float())
		}
		var out Seq
		for i := range v {
			if p := float64(i + 1); p >= start && p < end {
				out = append(out, v[i])
			}
		}
		return out
	}},
	{name: "distinct-values", min: 1, max: 2, call: func(r *Run, c *call) Seq {
		seen := map[string]bool{}
		var out Seq
		for _, i := range r.atoms(c.value(r, 0)) {
			if k := distinctKey(i); !seen[k] {
				seen[k] = true
				out = append(out, i)
			}
		}
		return out
	}},
	{name: "index-of", min: 2, max: 3, call: func(r *Run, c *call) Seq {
		want, ok := c.item(r, 1)
		if !ok {
			raise("XPTY0004", "index-of() takes a value to look for and gets nothing")
		}
		var out Seq
		key := distinctKey(want)
		for i, x := range r.atoms(c.value(r, 0)) {
			if distinctKey(x) == key {
				out = append(out, Int(int64(i+1)))
			}
		}
		return out
	}},
	{name: "deep-equal", min: 2, max: 3, truth: func(r *Run, c *call) bool { return r.equal(c.value(r, 0), c.args[1].eval(r)) }},
	{name: "zero-or-one", min: 1, max: 1, call: cardinality("FORG0003", "zero-or-one() takes one value at most", 0, 1)},
	{name: "one-or-more", min: 1, max: 1, call: cardinality("FORG0004", "one-or-more() takes at least one value", 1, maxItems)},
	{name: "exactly-one", min: 1, max: 1, call: cardinality("FORG0005", "exactly-one() takes one value", 1, 1)},
	{name: "error", max: 3, call: func(r *Run, c *call) Seq {
		message := "the rule calls error()"
		if len(c.args) > 1 {
			message = c.str(r, 1)
		}
		raise("FOER0000", "%s", message)
		return nil
	}},

	// names
	{name: "QName", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		raw := c.str(r, 1)
		_, local, prefixed := strings.Cut(raw, ":")
		if !prefixed {
			local = raw
		}
		if !xmltok.IsNCName(local) {
			raise("FOCA0002", "%s is no name", quoted(raw))
		}
		return Seq{{Type: QName, Str: raw, exact: &exact{name: Name{c.str(r, 0), local}}}}
	}},
	{name: "local-name-from-QName", min: 1, max: 1, call: qnamePart(func(i Item) Item { return Str(i.exact.name.Local) })},
	{name: "namespace-uri-from-QName", min: 1, max: 1, call: qnamePart(func(i Item) Item { return Item{Type: AnyURI, Str: i.exact.name.Space} })},

	// dates and times
	{name: "current-date", call: current(Date)},
	{name: "current-dateTime", call: current(DateTime)},
	{name: "current-time", call: current(Time)},
	{name: "implicit-timezone", call: func(*Run, *call) Seq { return Seq{duration(DayTimeDuration, 0, new(big.Rat))} }},
	{name: "dateTime", min: 2, max: 2, call: func(r *Run, c *call) Seq {
		d, ok1 := c.item(r, 0)
		t, ok2 := c.item(r, 1)
		if !ok1 || !ok2 {
			return nil
		}
		if d.Type == Untyped {
			d = cast(d, Date)
		}
		if t.Type == Untyped {
			t = cast(t, Time)
		}
		if d.Type != Date || t.Type != Time {
			raise("XPTY0004", "dateTime() takes a date and a time")
		}
		m, clock := d.exact.moment, t.exact.moment
		if m.hasZone && clock.hasZone && m.zone != clock.zone {
			raise("FORG0008", "the date and the time are of different time zones")
		}
		if clock.hasZone {
			m.zone, m.hasZone = clock.zone, true
		}
		m.hour, m.minute, m.second = clock.hour, clock.minute, clock.second
		return Seq{{Type: DateTime, exact: &exact{moment: m}}}
	}},
	{name: "year-from-date", min: 1, max: 1, call: part(dateTypes, func(m moment) Item { return Int(m.year) })},
	{name: "month-from-date", min: 1, max: 1, call: part(dateTypes, func(m moment) Item { return Int(int64(m.month)) })},
	{name: "day-from-date", min: 1, max: 1, call: part(dateTypes, func(m moment) Item { return Int(int64(m.day)) })},
	{name: "year-from-dateTime", min: 1, max: 1, call: part(bothTypes, func(m moment) Item { return Int(m.year) })},
	{name: "month-from-dateTime", min: 1, max: 1, call: part(bothTypes, func(m moment) Item { return Int(int64(m.month)) })},
	{name: "day-from-dateTime", min: 1, max: 1, call: part(bothTypes, func(m moment) Item { return Int(int64(m.day)) })},
	{name: "hours-from-dateTime", min: 1, max: 1, call: part(bothTypes, func(m moment) Item { return Int(int64(m.hour)) })},
	{name: "minutes-from-dateTime", min: 1, max: 1, call: part(bothTypes, func(m moment) Item { return Int(int64(m.minute)) })},
	{name: "seconds-from-dateTime", min: 1, max: 1, call: part(bothTypes, secondsOf)},
	{name: "hours-from-time", min: 1, max: 1, call: part(timeTypes, func(m moment) Item { return Int(int64(m.hour)) })},
	{name: "minutes-from-time", min: 1, max: 1, call: part(timeTypes, func(m moment) Item { return Int(int64(m.minute)) })},
	{name: "seconds-from-time", min: 1, max: 1, call: part(timeTypes, secondsOf)},
	{name: "timezone-from-date", min: 1, max: 1, call: zoneOf},
	{name: "timezone-from-dateTime", min: 1, max: 1, call: zoneOf},
	{name: "timezone-from-time", min: 1, max: 1, call: zoneOf},
	{name: "adjust-date-to-timezone", min: 1, max: 2, call: adjust},
	{name: "adjust-dateTime-to-timezone", min: 1, max: 2, call: adjust},
	{name: "adjust-time-to-timezone", min: 1, max: 2, call: adjust},
	{name: "years-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item { return Int(i.Int / 12) })},
	{name: "months-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item { return Int(i.Int % 12) })},
	{name: "days-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item { return truncated(i, 86400, 0) })},
	{name: "hours-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item { return truncated(i, 3600, 24) })},
	{name: "minutes-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item { return truncated(i, 60, 60) })},
	{name: "seconds-from-duration", min: 1, max: 1, call: durationPart(func(i Item) Item {
		n := new(big.Int).Quo(i.exact.rat.Num(), i.exact.rat.Denom()).Int64() / 60 * 60
		return decimal(new(big.Rat).Sub(i.exact.rat, new(big.Rat).SetInt64(n)))
	})},
}
