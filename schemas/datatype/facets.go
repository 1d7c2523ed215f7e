package datatype

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Facets (4.3): what the parameters of a data pattern ask of its values.

// order is how one value stands to another.
type order uint8

const (
	apart order = 1 << iota // can't be told
	less
	equal
	greater
)

func orderOf(c int) order {
	switch {
	case c < 0:
		return less
	case c > 0:
		return greater
	}
	return equal
}

// primitive is what types with one value space have in common.
type primitive struct {
	// against is how values stand to a bound; nil where they have no order.
	against func(bound []byte) func(s []byte) order

	// same is which values are that of a literal; nil where equal values have
	// the same characters.
	same func(literal []byte, ctx Context) func(s []byte, ctx Context) bool

	// size is the length of a value, in units; nil where it has none.
	size func(s []byte) int
	unit string

	digits bool // takes totalDigits and fractionDigits

	// declared reports whether what a value names is declared where it stands.
	declared func(s []byte, ctx Context) bool

	less, more string // words for what is before and after a bound
}

var (
	text         = &primitive{size: utf8.RuneCount, unit: "character"}
	uri          = &primitive{size: utf8.RuneCount, unit: "character"}
	entity       = &primitive{size: utf8.RuneCount, unit: "character", declared: entityDeclared}
	list         = &primitive{size: countItems, unit: "item"}
	entities     = &primitive{size: countItems, unit: "item", declared: entitiesDeclared}
	boolean      = &primitive{same: sameBoolean}
	decimal      = &primitive{against: decimalOrder, digits: true, less: "less than", more: "greater than"}
	float        = &primitive{against: floatOrder(32), less: "less than", more: "greater than"}
	double       = &primitive{against: floatOrder(64), less: "less than", more: "greater than"}
	duration     = &primitive{against: durationOrder, less: "shorter than", more: "longer than"}
	dateTime     = calendar(yearPart | monthPart | dayPart | timePart)
	timeOfDay    = calendar(timePart)
	date         = calendar(yearPart | monthPart | dayPart)
	gYearMonth   = calendar(yearPart | monthPart)
	gYear        = calendar(yearPart)
	gMonthDay    = calendar(monthPart | dayPart)
	gDay         = calendar(dayPart)
	gMonth       = calendar(monthPart)
	hexBinary    = &primitive{same: sameHex, size: countHex, unit: "byte"}
	base64Binary = &primitive{same: sameBase64, size: countBase64, unit: "byte"}

	// Lengths are none of QName and NOTATION: that of a value is not that of its
	// characters, and the second edition advises against the facets (4.3.1).
	qname = &primitive{same: sameQName, declared: prefixDeclared}
)

func calendar(has parts) *primitive {
	return &primitive{against: calendarOrder(has), less: "before", more: "after"}
}

// limit is a bound of values.
type limit struct {
	Param
	against func(s []byte) order
	allowed order // all the orders that are allowed
}

// bounding are the facets that bound values, by how values have to stand to
// them.
var bounding = map[string]order{
	"minInclusive": greater | equal,
	"minExclusive": greater,
	"maxInclusive": less | equal,
	"maxExclusive": less,
}

// newLimit is the limit of a parameter whose value is of the type.
func newLimit(p *primitive, b Param) limit {
	return limit{b, p.against([]byte(b.Value)), bounding[b.Name]}
}

func (l *limit) allows(s []byte) bool { return l.allowed&l.against(s) != 0 }

// lower reports whether the limit is one below.
func (l *limit) lower() bool { return l.allowed&greater != 0 }

// implies reports whether all that l allows m allows too.
func (l *limit) implies(m *limit) bool {
	if l.lower() != m.lower() {
		return false
	}
	switch m.against([]byte(l.Value)) {
	case equal:
		return l.allowed&equal == 0 || m.allowed&equal != 0
	case less:
		return !m.lower()
	case greater:
		return m.lower()
	}
	return false
}

// tightest leaves out the limits that others imply.
func tightest(limits []limit) []limit {
	var out []limit
	for i := range limits {
		loose := false
		for k := range limits {
			if i != k && limits[k].implies(&limits[i]) && (k < i || !limits[i].implies(&limits[k])) {
				loose = true
			}
		}
		if !loose {
			out = append(out, limits[i])
		}
	}
	return out
}

// Checker tells the values that a data pattern allows, by its type and
// parameters. It can be used by any number of goroutines.
type Checker struct {
	typ    *Type
	params []Param

	limits   []limit // of the parameters
	patterns []*Regexp
	min, max int // length; max -1 is without end
	total    int // digits; -1 for any number
	fraction int

	shortest, longest Param // which parameters min and max are of

	free      bool // there are no parameters
	collapses bool // a facet looks at white space inside of values
}

// noLength stands for a length beyond all that a value can have.
const noLength = 1<<31 - 1

// Checker makes the checker of a data pattern. The error says to the author of a
// schema which parameter is wrong.
//
// Parameters are those of the Guidelines for Using W3C XML Schema Datatypes with
// RELAX NG: all facets but enumeration and whiteSpace, each once, and pattern any
// number of times, when all have to match.
func (t *Type) Checker(params []Param, ctx Context) (*Checker, error) {
	c := t.plain()
	c.params, c.free = params, len(params) == 0
	for i, p := range params {
		for _, before := range params[:i] {
			if before.Name == p.Name && p.Name != "pattern" {
				return nil, fmt.Errorf("%s is given twice, as %q and as %q; only pattern can stand more than once", p.Name, before.Value, p.Value)
			}
		}
		if err := c.add(p, ctx); err != nil {
			return nil, err
		}
	}
	if err := c.consistent(); err != nil {
		return nil, err
	}
	return c, nil
}

// plain is the checker without parameters.
func (t *Type) plain() *Checker {
	return &Checker{typ: t, max: -1, total: -1, fraction: -1, free: true}
}

// add takes a parameter up.
func (c *Checker) add(p Param, ctx Context) error {
	t := c.typ
	if t.library != xsdLibrary {
		return fmt.Errorf("%s of %s has no parameters, so it can't have %s", t.name, t.whose(), p.Name)
	}
	switch p.Name {
	case "length", "minLength", "maxLength":
		if t.prim.size == nil {
			return c.unfit(p, "lengths are of text, lists and bytes")
		}
		n, err := number31(p, 0)
		if err != nil {
			return err
		}
		if p.Name != "maxLength" && n >= c.min {
			c.min, c.shortest = n, p
		}
		if p.Name != "minLength" && (c.max < 0 || n < c.max) {
			c.max, c.longest = n, p
		}
		c.collapses = t.space != preserve && t.prim.unit == "character"
	case "pattern":
		r, err := CompileRegexp(p.Value)
		if err != nil {
			return fmt.Errorf("pattern: %w", err)
		}
		c.patterns = append(c.patterns, r)
		c.collapses = t.space != preserve
	case "minInclusive", "minExclusive", "maxInclusive", "maxExclusive":
		if t.prim.against == nil {
			return c.unfit(p, "its values have no order")
		}
		v := t.space.processed([]byte(p.Value))
		if !t.allows(v, ctx) {
			return fmt.Errorf("%s is %q, %s; a bound of %s has to be one of its values", p.Name, p.Value, t.plain().Explain(v), t.name)
		}
		c.limits = append(c.limits, newLimit(t.prim, Param{p.Name, string(v)}))
	case "totalDigits", "fractionDigits":
		if !t.prim.digits {
			return c.unfit(p, "digits are counted of decimal and what is derived from it")
		}
		least := 0
		if p.Name == "totalDigits" {
			least = 1
		}
		n, err := number31(p, least)
		if err != nil {
			return err
		}
		if p.Name == "totalDigits" {
			c.total = n
			break
		}
		if n > 0 && t.derives(libraries()[xsdLibrary]["integer"]) {
			return fmt.Errorf("fractionDigits is %q, but a value of %s has no fraction", p.Value, t.name)
		}
		c.fraction = n
	case "enumeration":
		return fmt.Errorf("enumeration is no parameter in RELAX NG; write a choice of <value type=%q>", t.name)
	case "whiteSpace":
		return fmt.Errorf("whiteSpace is no parameter in RELAX NG; choose a type: string keeps white space, normalizedString replaces it, token collapses it")
	default:
		hint := ""
		if near := nearestName(p.Name, facetNames); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		return fmt.Errorf("%q is no parameter of a datatype%s", p.Name, hint)
	}
	return nil
}

var facetNames = map[string]bool{
	"length": true, "minLength": true, "maxLength": true, "pattern": true, "totalDigits": true, "fractionDigits": true,
	"minInclusive": true, "minExclusive": true, "maxInclusive": true, "maxExclusive": true,
}

func (c *Checker) unfit(p Param, why string) error {
	return fmt.Errorf("%s is no parameter of %s: %s", p.Name, c.typ.name, why)
}

// whose names the library of a type.
func (t *Type) whose() string {
	switch t.library {
	case "":
		return "RELAX NG itself"
	case dtdLibrary:
		return "DTD compatibility"
	}
	return "XML Schema"
}

// number31 reads the value of a facet that counts.
func number31(p Param, least int) (int, error) {
	s := trim([]byte(p.Value))
	if !isInteger(s) {
		return 0, fmt.Errorf("%s is %q, which is not a whole number", p.Name, p.Value)
	}
	n := numberOf(s)
	if n.negative || least > 0 && len(n.whole) == 0 {
		return 0, fmt.Errorf("%s is %q, which is less than %d", p.Name, p.Value, least)
	}
	if len(n.whole) > 9 {
		return noLength, nil
	}
	v, _ := strconv.Atoi("0" + string(n.whole))
	return v, nil
}

// consistent reports parameters that contradict each other (4.3.1 to 4.3.12).
func (c *Checker) consistent() error {
	if c.max >= 0 && c.min > c.max {
		return fmt.Errorf("%s is %s and %s is %s, so no value is allowed", c.shortest.Name, c.shortest.Value, c.longest.Name, c.longest.Value)
	}
	if c.total >= 0 && c.fraction > c.total {
		return fmt.Errorf("fractionDigits is %d, which is more than all digits that totalDigits allows, %d", c.fraction, c.total)
	}
	for i := range c.limits {
		for k := range c.limits[:i] {
			a, b := &c.limits[k], &c.limits[i]
			if a.lower() == b.lower() {
				return fmt.Errorf("%s and %s are both given; one bound is enough", a.Name, b.Name)
			}
			if !a.meets(b) {
				return fmt.Errorf("%s is %s and %s is %s, so no value is allowed", a.Name, a.Value, b.Name, b.Value)
			}
		}
	}
	return nil
}

// meets reports whether a lower and an upper limit leave something between.
func (l *limit) meets(m *limit) bool {
	if m.lower() {
		l, m = m, l
	}
	switch m.against([]byte(l.Value)) {
	case greater:
		return false
	case equal:
		return l.allowed&equal != 0 && m.allowed&equal != 0
	}
	return true
}

// Params are the parameters that the checker was made of.
func (c *Checker) Params() []Param { return c.params }

// Type is the type of the checker.
func (c *Checker) Type() *Type { return c.typ }

// Allows reports whether the value is allowed where it stands.
func (c *Checker) Allows(value []byte, ctx Context) bool {
	t := c.typ
	if t.space == collapse {
		value = trim(value)
	}
	if !t.allows(value, ctx) {
		return false
	}
	return c.free || c.facets(value)
}

// facets reports whether a value of the type keeps to the parameters.
func (c *Checker) facets(s []byte) bool {
	if c.collapses {
		s = c.typ.space.processed(s)
	}
	for i := range c.limits {
		if !c.limits[i].allows(s) {
			return false
		}
	}
	if c.min > 0 || c.max >= 0 {
		if n := c.typ.prim.size(s); n < c.min || c.max >= 0 && n > c.max {
			return false
		}
	}
	if c.total >= 0 || c.fraction >= 0 {
		n := numberOf(s)
		if c.total >= 0 && n.digits() > c.total || c.fraction >= 0 && len(n.fraction) > c.fraction {
			return false
		}
	}
	for _, r := range c.patterns {
		if !r.Match(s) {
			return false
		}
	}
	return true
}

// digits is how many digits the number needs: it is i/10ⁿ, and neither i has
// more digits than that, nor is n greater (4.3.11).
func (n *number) digits() int {
	if len(n.whole) == 0 {
		return max(1, len(n.fraction))
	}
	return len(n.whole) + len(n.fraction)
}
