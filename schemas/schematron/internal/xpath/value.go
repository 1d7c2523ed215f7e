package xpath

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Type is the type of an item: a node, or an atomic type of XML Schema.
type Type uint8

// The types of items. Integer stands for all types derived from it.
const (
	Node Type = iota
	Untyped
	String
	AnyURI
	Boolean
	Integer
	Decimal
	Float
	Double
	QName
	DateTime
	Date
	Time
	GYearMonth
	GYear
	GMonthDay
	GDay
	GMonth
	Duration
	YearMonthDuration
	DayTimeDuration
)

var typeNames = map[string]Type{
	"untypedAtomic": Untyped, "string": String, "anyURI": AnyURI, "boolean": Boolean, "integer": Integer, "decimal": Decimal,
	"float": Float, "double": Double, "QName": QName, "dateTime": DateTime, "date": Date, "time": Time, "gYearMonth": GYearMonth,
	"gYear": GYear, "gMonthDay": GMonthDay, "gDay": GDay, "gMonth": GMonth, "duration": Duration,
	"yearMonthDuration": YearMonthDuration, "dayTimeDuration": DayTimeDuration,
}

func (t Type) String() string {
	if t == Node {
		return "node()"
	}
	for name, u := range typeNames {
		if u == t {
			return "xs:" + name
		}
	}
	return "item()"
}

func (t Type) numeric() bool   { return t >= Integer && t <= Double }
func (t Type) textual() bool   { return t == String || t == Untyped || t == AnyURI }
func (t Type) duration() bool  { return t >= Duration }
func (t Type) calendric() bool { return t >= DateTime && t <= GMonth }

// Item is a node or an atomic value.
type Item struct {
	Type  Type
	Node  int32   // of a node
	Int   int64   // of an Integer; of a Boolean 1 or 0; of a duration its months
	Num   float64 // of a Float or Double
	Str   string  // of what is text; of a QName what it was written as
	exact *exact  // of what has more to it
}

// exact holds what few values need.
type exact struct {
	rat    *big.Rat // of a Decimal; of a duration its seconds
	moment moment   // of dates and times
	name   Name     // of a QName
}

// Name is an expanded name.
type Name struct{ Space, Local string }

// Seq is a sequence of items.
type Seq []Item

// Str makes a string.
func Str(s string) Item { return Item{Type: String, Str: s} }

// Bool makes a boolean.
func Bool(b bool) Item {
	if b {
		return Item{Type: Boolean, Int: 1}
	}
	return Item{Type: Boolean}
}

// Int makes an integer.
func Int(i int64) Item { return Item{Type: Integer, Int: i} }

// Num makes a double.
func Num(f float64) Item { return Item{Type: Double, Num: f} }

func decimal(r *big.Rat) Item { return Item{Type: Decimal, exact: &exact{rat: r}} }

// NodeItem makes an item of a node.
func NodeItem(n int32) Item { return Item{Type: Node, Node: n} }

// Error is an evaluation that failed, with the code of the XPath specification
// (XQuery and XPath Functions, appendix C).
type Error struct {
	Code    string
	Message string
}

func (e *Error) Error() string { return e.Message + " (" + e.Code + ")" }

// raise ends an evaluation. Evaluations are deep and every one of them can
// fail, so failure goes up as a panic of *Error, which Expr's methods turn back
// into an error.
func raise(code, format string, args ...any) {
	panic(&Error{code, fmt.Sprintf(format, args...)})
}

// stopped is the panic of an evaluation whose context ended.
type stopped struct{ err error }

// text is an atomic value as a string (XPath Functions 19.1.1).
func (i Item) text() string {
	switch i.Type {
	case Boolean:
		if i.Int != 0 {
			return "true"
		}
		return "false"
	case Integer:
		return strconv.FormatInt(i.Int, 10)
	case Decimal:
		return decimalText(i.exact.rat)
	case Float:
		return floatText(i.Num, 32)
	case Double:
		return floatText(i.Num, 64)
	case Duration, YearMonthDuration, DayTimeDuration:
		return durationText(i)
	case DateTime, Date, Time, GYearMonth, GYear, GMonthDay, GDay, GMonth:
		return i.exact.moment.text(i.Type)
	}
	return i.Str
}

func decimalText(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	s := r.FloatString(18)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func floatText(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	case f == 0:
		if math.Signbit(f) {
			return "-0"
		}
		return "0"
	}
	if a := math.Abs(f); a >= 1e-6 && a < 1e6 {
		return strconv.FormatFloat(f, 'f', -1, bits)
	}
	s := strconv.FormatFloat(f, 'E', -1, bits)
	mantissa, exponent, _ := strings.Cut(s, "E")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, _ := strconv.Atoi(exponent)
	return mantissa + "E" + strconv.Itoa(n)
}

// compatText is a number as XPath 1.0 writes it (4.2): without exponents.
func (i Item) compatText() string {
	if i.Type == Double && !math.IsInf(i.Num, 0) && !math.IsNaN(i.Num) {
		if i.Num == 0 {
			return "0"
		}
		return strconv.FormatFloat(i.Num, 'f', -1, 64)
	}
	if i.Type == Double && math.IsInf(i.Num, 0) {
		return strings.Replace(floatText(i.Num, 64), "INF", "Infinity", 1)
	}
	return i.text()
}

// float is a number as a double.
func (i Item) float() float64 {
	switch i.Type {
	case Integer, Boolean:
		return float64(i.Int)
	case Decimal:
		f, _ := i.exact.rat.Float64()
		return f
	}
	return i.Num
}

// rat is an Integer or Decimal exactly.
func (i Item) rat() *big.Rat {
	if i.Type == Integer {
		return new(big.Rat).SetInt64(i.Int)
	}
	return i.exact.rat
}

func trim(s string) string { return strings.Trim(s, " \t\r\n") }

// parseDouble reads a double as XML Schema writes it.
func parseDouble(s string, bits int) (float64, bool) {
	s = trim(s)
	switch s {
	case "INF", "+INF":
		return math.Inf(1), true
	case "-INF":
		return math.Inf(-1), true
	case "NaN":
		return math.NaN(), true
	}
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789.eE+-", r) }) {
		return math.NaN(), false
	}
	f, err := strconv.ParseFloat(s, bits)
	if err != nil && !math.IsInf(f, 0) {
		return math.NaN(), false
	}
	return f, true
}

// maxDigits bounds the digits of a decimal number, so that exact arithmetic
// stays cheap.
const maxDigits = 1000

func parseDecimal(s string) (*big.Rat, bool) {
	s = trim(s)
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" || digits == "." || len(digits) > maxDigits || strings.Count(digits, ".") > 1 || strings.Trim(digits, "0123456789.") != "" {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// cast turns an atomic value into one of another type (XPath Functions 19).
func cast(i Item, to Type) Item {
	if i.Type == to {
		return i
	}
	bad := func() { raise("FORG0001", "%s is no %s", quoted(i.text()), to) }
	not := func() { raise("XPTY0004", "a value of type %s can't become %s", i.Type, to) }
	switch to {
	case Untyped, String:
		return Item{Type: to, Str: i.text()}
	case AnyURI:
		if !i.Type.textual() {
			not()
		}
		return Item{Type: to, Str: trim(i.Str)}
	case Boolean:
		switch {
		case i.Type.numeric():
			f := i.float()
			return Bool(f != 0 && !math.IsNaN(f))
		case i.Type.textual():
			switch trim(i.Str) {
			case "true", "1":
				return Bool(true)
			case "false", "0":
				return Bool(false)
			}
			bad()
		}
		not()
	case Float, Double:
		bits := 64
		if to == Float {
			bits = 32
		}
		switch {
		case i.Type.numeric() || i.Type == Boolean:
			f := i.float()
			if to == Float {
				f = float64(float32(f))
			}
			return Item{Type: to, Num: f}
		case i.Type.textual():
			f, ok := parseDouble(i.Str, bits)
			if !ok {
				bad()
			}
			return Item{Type: to, Num: f}
		}
		not()
	case Decimal, Integer:
		return castExact(i, to, bad, not)
	case QName:
		if i.Type.textual() {
			raise("XPTY0004", "a name can't be made of text here")
		}
		not()
	case Duration, YearMonthDuration, DayTimeDuration:
		if i.Type.duration() {
			return durationAs(i, to)
		}
		if !i.Type.textual() {
			not()
		}
		d, ok := parseDuration(trim(i.Str), to)
		if !ok {
			bad()
		}
		return d
	}
	// dates and times
	if i.Type.textual() {
		m, ok := parseMoment(trim(i.Str), to)
		if !ok {
			bad()
		}
		return Item{Type: to, exact: &exact{moment: m}}
	}
	if !i.Type.calendric() {
		not()
	}
	m, ok := i.exact.moment.as(i.Type, to)
	if !ok {
		not()
	}
	return Item{Type: to, exact: &exact{moment: m}}
}

// castExact makes decimals and integers.
func castExact(i Item, to Type, bad, not func()) Item {
	var r *big.Rat
	switch {
	case i.Type == Boolean:
		r = new(big.Rat).SetInt64(i.Int)
	case i.Type == Integer || i.Type == Decimal:
		r = i.rat()
	case i.Type.numeric():
		if math.IsNaN(i.Num) || math.IsInf(i.Num, 0) {
			raise("FOCA0002", "%s is no %s", i.text(), to)
		}
		r = new(big.Rat).SetFloat64(i.Num)
	case i.Type.textual():
		var ok bool
		if r, ok = parseDecimal(i.Str); !ok || to == Integer && strings.Contains(i.Str, ".") {
			bad()
		}
	default:
		not()
	}
	if to == Decimal {
		return decimal(r)
	}
	return integer(new(big.Int).Quo(r.Num(), r.Denom()))
}

func integer(b *big.Int) Item {
	if !b.IsInt64() {
		raise("FOAR0002", "the whole number %s is too large", b)
	}
	return Int(b.Int64())
}

// quoted is a string as messages have it.
func quoted(s string) string {
	if len(s) > 60 {
		cut := 57
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "..."
	}
	return `"` + s + `"`
}
