package datatype

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// typed is a checker written as "type name=value|name=value".
func typed(t testing.TB, s string) *Checker {
	t.Helper()
	name, rest, _ := strings.Cut(s, " ")
	return checker(t, name, params(rest)...)
}

func TestContains(t *testing.T) {
	for _, x := range []struct {
		all, some string
		want      string // yes, no, or unknown
	}{
		// types derived from each other, and types that are not
		{"token", "NCName", "yes"},
		{"string", "date", "yes"},
		{"token", "string", "yes"}, // any string is a token once its white space is collapsed
		{"NCName", "token", "no"},
		{"Name", "NCName", "yes"},
		{"NCName", "Name", "no"},
		{"NMTOKEN", "Name", "yes"},
		{"NMTOKEN", "language", "yes"},
		{"NCName", "language", "yes"},
		{"language", "NCName", "no"},
		{"NMTOKENS", "NMTOKEN", "yes"},
		{"NMTOKEN", "NMTOKENS", "no"},
		{"NCName", "ID", "yes"},
		{"ID", "NCName", "yes"},
		{"ENTITY", "NCName", "no"},
		{"NCName", "ENTITY", "yes"},
		{"QName", "NCName", "yes"},
		{"Name", "QName", "yes"},
		{"anyURI", "NCName", "yes"},
		{"anyURI", "token", "no"},
		{"anyURI", "gYear", "no"}, // what stands before the colon of a zone is no scheme
		{"anyURI", `date pattern=[^:]*`, "yes"},
		{"decimal", "integer", "yes"},
		{"integer", "decimal", "no"},
		{"double", "decimal", "yes"},
		{"decimal", "double", "no"},
		{"float", "double", "yes"},
		{"integer", "byte", "yes"},
		{"byte", "short", "no"},
		{"int", "unsignedShort", "yes"},
		{"short", "unsignedShort", "no"},
		{"long", "unsignedInt", "yes"},
		{"nonNegativeInteger", "positiveInteger", "yes"},
		{"positiveInteger", "nonNegativeInteger", "no"},
		{"nonNegativeInteger", "unsignedLong", "yes"},
		{"nonPositiveInteger", "negativeInteger", "yes"},
		{"NMTOKEN", "nonNegativeInteger", "no"}, // +1
		{"gYear", "gYearMonth", "no"},
		{"date", "gYear", "no"},
		{"boolean", "integer", "no"},

		// patterns
		{`token pattern=[a-z]+`, `token pattern=[a-c]+`, "yes"},
		{`token pattern=[a-c]+`, `token pattern=[a-z]+`, "no"},
		{`token pattern=\S+`, `NCName`, "yes"},
		{`token pattern=\S+`, `anyURI`, "no"},
		{`token pattern=[^\p{C}\p{Z}]+`, `NMTOKEN`, "no"}, // U+06DD is of names, and a format character
		{`token pattern=[^\p{C}\p{Z}]+`, `language`, "yes"},
		{`token pattern=\S+`, `token pattern=[^\p{C}\p{Z}]+`, "yes"},
		{`token pattern=[^\p{C}\p{Z}]+`, `token pattern=\S+`, "no"},
		{`token pattern=a.*|pattern=.*b`, `token pattern=a.*b`, "yes"},
		{`token pattern=a.*b`, `token pattern=a.*|pattern=.*b`, "yes"},
		{`token pattern=a.*b`, `token pattern=a.*`, "no"},
		{`NCName`, `token pattern=[a-z][a-z0-9]*`, "yes"},
		{`nonNegativeInteger`, `token pattern=[0-9]{1,3}`, "yes"},
		{`positiveInteger`, `token pattern=[0-9]{1,3}`, "no"},
		{`positiveInteger`, `token pattern=[1-9][0-9]*`, "yes"},
		{`unsignedByte`, `token pattern=1?[0-9]{1,2}|2[0-4][0-9]|25[0-5]`, "yes"},
		{`unsignedByte`, `token pattern=1?[0-9]{1,2}|2[0-5][0-9]`, "no"},
		{`token pattern=[1-9]`, `positiveInteger maxInclusive=9`, "no"}, // 01
		{`token pattern=\+?0*[1-9]`, `positiveInteger maxInclusive=9`, "yes"},
		{`date`, `token pattern=19[0-9]{2}-0[1-9]-[01][1-9]`, "yes"},
		{`date`, `token pattern=19[0-9]{2}-02-29`, "no"},
		{`date pattern=1.*`, `date pattern=19.*`, "yes"},
		{`anyURI`, `token pattern=#[a-z]+`, "yes"},
		{`string pattern=a b`, `token pattern=a b`, "no"}, // "a  b" is the token, too
		{`token pattern=a b`, `string pattern=a b`, "yes"},
		{`token pattern=a b`, `string pattern=a  b`, "yes"},
		{`normalizedString pattern=a b`, `string pattern=a\nb`, "yes"},

		// lengths
		{`token maxLength=5`, `token maxLength=4`, "yes"},
		{`token maxLength=4`, `token maxLength=5`, "no"},
		{`token minLength=1`, `NMTOKEN`, "yes"},
		{`token minLength=1`, `token`, "no"},
		{`token maxLength=3`, `token pattern=[a-z]{2,3}`, "yes"},
		{`token pattern=.{0,3}`, `token maxLength=3`, "yes"},
		{`token length=10`, `date pattern=[0-9]{4}-.{5}`, "yes"},
		{`string maxLength=3`, `token maxLength=3`, "no"},
		{`token maxLength=3`, `string maxLength=3`, "yes"},
		{`NMTOKENS maxLength=3`, `NMTOKENS length=2`, "yes"},
		{`NMTOKENS maxLength=1`, `NMTOKEN`, "yes"},
		{`NMTOKENS length=2`, `NMTOKENS`, "no"},
		{`hexBinary maxLength=2`, `hexBinary length=2`, "yes"},
		{`hexBinary maxLength=2`, `token pattern=[0-9A-F]{4}`, "yes"},
		{`base64Binary minLength=1`, `base64Binary`, "no"},

		// bounds and digits
		{`integer minInclusive=0`, `nonNegativeInteger`, "yes"},
		{`nonNegativeInteger`, `integer minInclusive=0`, "yes"},
		{`nonNegativeInteger`, `integer minExclusive=-1`, "yes"}, // there is none between
		{`integer minInclusive=1`, `integer minInclusive=0`, "no"},
		{`decimal minExclusive=-1`, `nonNegativeInteger`, "yes"},
		{`byte`, `integer minInclusive=-128|maxExclusive=128`, "yes"},
		{`byte`, `integer minInclusive=-128|maxExclusive=129`, "no"},
		{`decimal minInclusive=0|maxInclusive=1`, `decimal minInclusive=0.25|maxExclusive=0.5`, "yes"},
		{`decimal minInclusive=0|maxInclusive=1`, `decimal minInclusive=0.25`, "no"},
		{`double minInclusive=0`, `double minExclusive=0`, "yes"},
		{`double minExclusive=0`, `double minInclusive=0`, "no"},
		{`date minInclusive=1900-01-01`, `date minInclusive=1945-05-09`, "yes"},
		{`date minInclusive=1945-05-09`, `date minInclusive=1900-01-01`, "no"},
		{`date minInclusive=1900-01-01`, `date`, "no"},
		{`duration minInclusive=P1M`, `duration minInclusive=P31D`, "no"}, // P31D is not known to be P1M or more
		{`duration minExclusive=P1M`, `duration minInclusive=P32D`, "yes"},
		{`decimal totalDigits=3`, `byte`, "yes"},
		{`decimal totalDigits=2`, `byte`, "no"},
		{`decimal fractionDigits=2`, `integer`, "yes"},
		{`decimal fractionDigits=2`, `decimal totalDigits=2`, "yes"},
		{`decimal fractionDigits=1`, `decimal fractionDigits=2|totalDigits=2`, "no"},
		{`decimal totalDigits=4`, `decimal totalDigits=3|fractionDigits=1`, "yes"},
		{`short`, `integer totalDigits=4`, "yes"},
		{`short`, `integer totalDigits=5`, "no"},
		{`decimal maxExclusive=100`, `decimal totalDigits=2`, "yes"},

		// names that have to be declared, and checkers without values
		{`gYear`, `ENTITY`, "no"},
		{`NCName`, `QName`, "no"},
		{`QName`, `ENTITY`, "yes"},
		{`boolean`, `date pattern=a.*`, "yes"},

		// what is not told, though it is so
		{`date maxInclusive=2100-01-01`, `date pattern=1[0-9]{3}-.*`, "unknown"},
		{`decimal totalDigits=3`, `decimal pattern=[0-9]{3}`, "unknown"},
	} {
		yes, known := typed(t, x.all).Contains(typed(t, x.some))
		got := map[[2]bool]string{{true, true}: "yes", {false, true}: "no", {false, false}: "unknown", {true, false}: "yes and unknown"}[[2]bool{yes, known}]
		if got != x.want {
			t.Errorf("%s contains %s: %s, not %s", x.all, x.some, got, x.want)
		}
	}
}

// randomCheckers are checkers of all types with random facets.
func randomCheckers(t *testing.T, random *rand.Rand, n int) []*Checker {
	pick := func(l ...string) string { return l[random.IntN(len(l))] }
	var out []*Checker
	for len(out) < n {
		typ := typeOf(t, rows[random.IntN(len(rows))].name)
		var ps []Param
		if random.IntN(2) == 0 && typ.prim.size != nil {
			low := random.IntN(4)
			ps = append(ps, Param{"minLength", fmt.Sprint(low)}, Param{"maxLength", fmt.Sprint(low + random.IntN(6))})
		}
		if typ.prim.against != nil && random.IntN(2) == 0 {
			bound := sample(typ, random)
			ps = append(ps, Param{pick("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"), bound})
		}
		if typ.prim.digits && random.IntN(4) == 0 {
			ps = append(ps, Param{"totalDigits", fmt.Sprint(1 + random.IntN(4))})
		}
		if random.IntN(3) == 0 {
			ps = append(ps, Param{"pattern", pick(`\S+`, `[a-z0-9\-]*`, `.*`, `[0-9]{1,3}`, `-?[0-9]+(\.[0-9]+)?`, `[^\p{C}\p{Z}]+`, `a.*`, `1.*`, `.{1,4}`, `[0-9 ]*`, `\i\c*`)})
		}
		if c, err := typ.Checker(ps, somewhere); err == nil {
			out = append(out, c)
		}
	}
	return out
}

// sample is a random value that may be of the type.
func sample(typ *Type, random *rand.Rand) string {
	number := func(n int) string { return fmt.Sprint(random.IntN(n)) }
	zone := []string{"", "", "Z", "+14:00", "-05:00"}[random.IntN(5)]
	year := fmt.Sprintf("%04d", 1+random.IntN(2100))
	if random.IntN(10) == 0 {
		year = []string{"-0001", "-0044", "12000", "0004", "2000", "1900"}[random.IntN(6)]
	}
	month, day := fmt.Sprintf("%02d", 1+random.IntN(12)), fmt.Sprintf("%02d", 1+random.IntN(31))
	clock := fmt.Sprintf("%02d:%02d:%02d", random.IntN(24), random.IntN(60), random.IntN(60))
	switch typ.prim {
	case decimal, float, double:
		s := number([]int{3, 20, 300, 70000}[random.IntN(4)])
		if random.IntN(3) == 0 {
			s = "-" + s
		}
		if random.IntN(3) == 0 && typ.pattern != integers {
			s += "." + number(1000)
		}
		if random.IntN(3) == 0 && typ.prim != decimal {
			s = []string{"INF", "-INF", "NaN", s + "e" + number(40), s + "E-" + number(40), "-0"}[random.IntN(6)]
		}
		return s
	case duration:
		s := "P" + number(3) + "Y" + number(30) + "M" + number(800) + "D"
		switch random.IntN(4) {
		case 0:
			s = "P" + number(14) + "M"
		case 1:
			s = "P" + number(400) + "D"
		case 2:
			s = "PT" + number(10000) + "H" + number(100) + ".5S"
		}
		if random.IntN(4) == 0 {
			s = "-" + s
		}
		return s
	case dateTime:
		return year + "-" + month + "-" + day + "T" + clock + zone
	case date:
		return year + "-" + month + "-" + day + zone
	case timeOfDay:
		return clock + zone
	case gYearMonth:
		return year + "-" + month + zone
	case gYear:
		return year + zone
	case gMonthDay:
		return "--" + month + "-" + day + zone
	case gDay:
		return "---" + day + zone
	case gMonth:
		return "--" + month + zone
	}
	const letters = "ab:1-#%é /?=+A. \n"
	var b strings.Builder
	for range random.IntN(7) {
		b.WriteRune([]rune(letters)[random.IntN(len([]rune(letters)))])
	}
	return b.String()
}

// Whatever Contains says of random checkers holds of random values, and what a
// checker names as its values is.
func TestContainsHolds(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	checkers := randomCheckers(t, random, 250)
	var pool []string
	for _, c := range checkers {
		pool = append(pool, c.Witness()...)
		for range 12 {
			pool = append(pool, sample(c.typ, random))
		}
		for _, w := range c.Witness() {
			if !c.Allows([]byte(w), nil) {
				t.Errorf("%s %v has the witness %q", c.typ.name, c.params, w)
			}
		}
	}
	allowed := make([][]bool, len(checkers))
	for i, c := range checkers {
		for _, s := range pool {
			allowed[i] = append(allowed[i], c.Allows([]byte(s), somewhere))
		}
	}
	said := map[string]int{}
	for i, c := range checkers {
		if yes, known := c.Contains(c); !yes || !known {
			t.Errorf("%s %v does not contain itself", c.typ.name, c.params)
		}
		for range 25 {
			k := random.IntN(len(checkers))
			o := checkers[k]
			yes, known := c.Contains(o)
			said[fmt.Sprint(yes, known)]++
			if yes && !known {
				t.Errorf("%s %v contains %s %v, and that is not known", c.typ.name, c.params, o.typ.name, o.params)
			}
			for j, s := range pool {
				if yes && allowed[k][j] && !allowed[i][j] {
					t.Errorf("%s %v contains %s %v, but not %q", c.typ.name, c.params, o.typ.name, o.params, s)
					break
				}
			}
		}
	}
	t.Log(said)
	if said["true true"] < 300 || said["false true"] < 3000 {
		t.Errorf("too little is told: %v", said)
	}
}
