package datatype

import (
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// jingDiffers are values whose verdict is not jing's, and the clause of XML
// Schema Part 2 that says otherwise. like tells such values.
var jingDiffers = []struct {
	checker, value string
	why            string
	like           func(c *Checker, value string) bool
}{
	{"duration", "PT1.S", "3.2.6.1: digits stand on both sides of the point of the seconds",
		func(c *Checker, value string) bool {
			return c.typ.prim == duration && regexp.MustCompile(`\.S|[A-Z]\.`).MatchString(value)
		}},
	{"dateTime", "2000-01-01T00:00:00.", "3.2.7.1: digits follow the point of the seconds",
		func(c *Checker, value string) bool {
			return partsOf(c.typ)&timePart != 0 && regexp.MustCompile(`:[0-9]{2}\.([^0-9]|$)`).MatchString(value)
		}},
	{"time", "24:00:00", "3.2.7.1: 24:00:00 is the midnight that ends a day",
		func(c *Checker, value string) bool {
			return partsOf(c.typ)&timePart != 0 && strings.Contains(value, "24:00:00")
		}},
	{"gYear", "2001-14:00", "3.2.7.3: a time zone is up to 14 hours to either side",
		func(c *Checker, value string) bool {
			return partsOf(c.typ) != 0 && strings.HasSuffix(strings.TrimSpace(value), "-14:00")
		}},
	{"date", "123456789012-02-29", "3.2.7.1: a year may have more than four digits, and no number of them is too many",
		func(c *Checker, value string) bool {
			return partsOf(c.typ)&yearPart != 0 && regexp.MustCompile(`[0-9]{10}`).MatchString(value)
		}},
	{"decimal totalDigits=3", "0.0012", "4.3.11: a value is a whole number divided by a power of ten, which is limited too",
		func(c *Checker, value string) bool { return c.total >= 0 }},
	{"decimal fractionDigits=2", "1.230", "4.3.12: digits are of the value, and zeros behind it are none",
		func(c *Checker, value string) bool { return c.fraction >= 0 }},
	{"hexBinary pattern=AB", " AB", "4.3.6: white space is collapsed before a pattern is asked",
		func(c *Checker, value string) bool {
			return c.typ.prim.unit == "byte" && len(c.patterns) > 0 && strings.ContainsAny(value, " \n")
		}},
	{`string pattern=[^\p{Lu}0]`, "A", "F: what is in none of two sets is not in one of them",
		func(c *Checker, value string) bool {
			return len(c.patterns) > 0 && regexp.MustCompile(`\[\^\\p\{\w+\}[^]]`).MatchString(c.patterns[0].pattern)
		}},
}

// jingCases are checkers and values for them, well-formed ones and ones with
// mistakes.
func jingCases(t *testing.T, random *rand.Rand) (checkers []*Checker, values [][]string) {
	pick := func(l ...string) string { return l[random.IntN(len(l))] }
	plain := func(name string, n int, one func() string) {
		c := checker(t, name)
		var l []string
		for range n {
			l = append(l, one())
		}
		checkers, values = append(checkers, c), append(values, l)
	}
	spoil := func(s, with string) string {
		r, w := []rune(s), []rune(with)
		for random.IntN(2) == 0 && len(r) > 0 {
			i := random.IntN(len(r))
			switch random.IntN(3) {
			case 0:
				r = append(r[:i], r[i+1:]...)
			case 1:
				r[i] = w[random.IntN(len(w))]
			default:
				r = append(r[:i], append([]rune{w[random.IntN(len(w))]}, r[i:]...)...)
			}
		}
		return string(r)
	}
	of := func(letters string, n int) string {
		var b strings.Builder
		for range random.IntN(n) {
			l := []rune(letters)
			b.WriteRune(l[random.IntN(len(l))])
		}
		return b.String()
	}
	for _, r := range rows {
		typ := typeOf(t, r.name)
		switch {
		case typ.prim == decimal:
			plain(r.name, 60, func() string { return spoil(sample(typ, random), "0123456789.+- e") })
		case typ.prim == float || typ.prim == double:
			plain(r.name, 250, func() string { return spoil(sample(typ, random), "0123456789.+- eEINFaN") })
		case typ.prim == duration:
			plain(r.name, 400, func() string { return spoil(sample(typ, random), "0123456789.-PTYMDHS") })
		case partsOf(typ) != 0:
			plain(r.name, 250, func() string { return spoil(sample(typ, random), "0123456789.:-+TZ ") })
		case typ.prim == hexBinary:
			plain(r.name, 80, func() string { return of("0123456789abcdefABCDEFg ", 7) })
		case typ.prim == base64Binary:
			plain(r.name, 300, func() string { return of("ABgwQc01+/= ", 10) })
		case typ.prim == boolean:
			plain(r.name, 30, func() string { return spoil(pick("true", "false", "0", "1"), "truefals01 ") })
		case typ.prim == uri:
			plain(r.name, 800, func() string {
				return pick("", "", "http:", "urn:", "a1+.-:", "1a:", ":") + pick("", "", "/", "//", "///") + of("ab1:/?#@.-_~ !$&'()*+,;=é<\\^`{|}\"", 10) + pick("", "", "#", "?", "#a", "?b")
			})
			plain(r.name, 300, func() string { return of("a1:/?#@[]. ", 12) })
		case r.name == "language":
			plain(r.name, 300, func() string {
				return spoil(pick("en", "ru-Latn", "x-a-b", "i-klingon", "abcdefgh-12345678"), "ab1-_. é")
			})
		case typ.prim == qname:
			plain(r.name, 100, func() string { return of("ab1:x.-é ", 5) })
		case typ.prim.declared != nil: // nothing is declared
		case typ.name == "NCName" || typ.name == "NMTOKEN":
			plain(r.name, 300, func() string {
				s := of("ab1:.-_é ·", 4)
				for range random.IntN(3) { // any character
					if c := rune(0xA1 + random.IntN(0xD000)); random.IntN(2) == 0 {
						s += string(c)
					}
				}
				return s
			})
		default:
			plain(r.name, 80, func() string { return of("ab1:.-_é\n ", 7) })
		}
	}
	faceted := randomCheckers(t, random, 150)
	for range 60 {
		r := randomPattern(random, 4, []string{"a", "b", "é", ".", "[ab]", "[^a]", `\w`, `\d`, `\s`, `\i`, `\c`, "[a-z-[b]]", `\p{L}`, `[^\p{Lu}]`, `\P{Nd}`, `\S`})
		faceted = append(faceted, checker(t, "string", Param{"pattern", r}))
	}
	for _, c := range faceted {
		var l []string
		for range 25 {
			if c.typ.prim == text {
				l = append(l, of("ab:1-é _\nA", 6))
			} else {
				l = append(l, sample(c.typ, random))
			}
		}
		checkers, values = append(checkers, c), append(values, l)
	}
	for _, d := range jingDiffers {
		checkers, values = append(checkers, typed(t, d.checker)), append(values, []string{d.value})
	}
	return checkers, values
}

// Some thousand values have jing's verdict. Each is an element of a document of
// its own line, and of a schema with a definition for each checker.
func TestVerdictsAreJings(t *testing.T) {
	if testing.Short() {
		t.Skip("jing takes seconds; it runs with the long tests")
	}
	if _, err := exec.LookPath("jing"); err != nil {
		t.Skip("jing is not installed; the cases of conformance_test.go are from the specification")
	}
	random := rand.New(rand.NewPCG(9, 10))
	checkers, values := jingCases(t, random)
	var schema, doc strings.Builder
	escape := func(s string) string {
		var b strings.Builder
		if err := xml.EscapeText(&b, []byte(s)); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	fmt.Fprintf(&schema, `<element name="values" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary=%q><zeroOrMore><choice>`, xsdLibrary)
	doc.WriteString(`<values xmlns:x="urn:x">` + "\n")
	type asked struct {
		c     *Checker
		value string
	}
	var lines []asked
	for i, c := range checkers {
		fmt.Fprintf(&schema, `<element name="v%d"><data type=%q>`, i, c.typ.name)
		for _, p := range c.params {
			fmt.Fprintf(&schema, `<param name=%q>%s</param>`, p.Name, escape(p.Value))
		}
		schema.WriteString("</data></element>\n")
		for _, v := range values[i] {
			fmt.Fprintf(&doc, "<v%d>%s</v%d>\n", i, escape(v), i)
			lines = append(lines, asked{c, v})
		}
	}
	schema.WriteString("</choice></zeroOrMore></element>")
	doc.WriteString("</values>")
	dir := t.TempDir()
	for name, text := range map[string]string{"values.rng": schema.String(), "values.xml": doc.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("jing", "-i", "values.rng", "values.xml")
	cmd.Dir = dir
	out, _ := cmd.CombinedOutput() // it fails where a value does
	if strings.Contains(string(out), "fatal") || strings.Contains(string(out), "values.rng:") {
		t.Fatalf("%.2000s", out)
	}
	refused := map[int]bool{}
	for _, m := range regexp.MustCompile(`values\.xml:(\d+):\d+: error`).FindAllStringSubmatch(string(out), -1) {
		var n int
		fmt.Sscan(m[1], &n)
		refused[n] = true
	}
	at := place{prefixes: map[string]string{"x": "urn:x"}}
	differ := map[string]int{}
	for i, l := range lines {
		if got := l.c.Allows([]byte(l.value), at); got == refused[i+2] {
			why := ""
			for _, d := range jingDiffers {
				if d.like(l.c, l.value) {
					why = d.why
				}
			}
			if differ[why]++; why == "" {
				t.Errorf("%s %v allows %q: %v", l.c.typ.name, l.c.params, l.value, got)
			}
		}
	}
	for _, d := range jingDiffers {
		if differ[d.why] == 0 {
			t.Errorf("jing does not differ any more: %s", d.why)
		}
	}
	if len(refused) < len(lines)/10 || len(refused) > len(lines)*9/10 {
		t.Errorf("jing refuses %d of %d", len(refused), len(lines))
	}
	t.Logf("%d values, %d refused; not followed: %v", len(lines), len(refused), differ)
}
