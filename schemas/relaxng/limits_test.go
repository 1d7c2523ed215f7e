package relaxng

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"sigla/tei/diag"
)

// Documents and schemas made to hurt: what they may take of memory and time, and
// that each is told by one clear finding. The documents are made while they are
// read, so that the memory measured is the engine's.

// letterSchema has what the documents of these tests need: mixed content, an
// element with a datatype, recursion.
const letterSchema = `<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><ref name="div"/></start>
<define name="div"><element name="div"><optional><attribute name="n"/></optional><zeroOrMore><choice><ref name="div"/><ref name="p"/><ref name="num"/></choice></zeroOrMore></element></define>
<define name="p"><element name="p"><optional><attribute name="xml:id"><data type="ID"/></attribute></optional><zeroOrMore><attribute name="when"><data type="date"/></attribute></zeroOrMore><mixed><zeroOrMore><element name="hi"><text/></element></zeroOrMore></mixed></element></define>
<define name="num"><element name="num"><data type="integer"/></element></define>
</grammar>`

// wildSchema allows elements and attributes of any name.
const wildSchema = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start>
<define name="any"><element><anyName/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore><mixed><zeroOrMore><ref name="any"/></zeroOrMore></mixed></element></define></grammar>`

func compileText(t testing.TB, schema string) *Schema {
	t.Helper()
	s, err := Compile(fstest.MapFS{"s.rng": {Data: []byte(schema)}}, "s.rng")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// made is a document that is written while it is read: head, then unit n times,
// then tail. %d in a unit is its number.
type made struct {
	head, unit, tail string
	n                int64

	rest string
	at   int64
	peak uint64 // most memory in use
	read int64
}

func (m *made) Read(b []byte) (int, error) {
	if m.read>>20 != (m.read+int64(len(b)))>>20 {
		m.look()
	}
	if m.at == 0 {
		m.rest, m.at = m.head, 1
	}
	n := 0
	for n < len(b) {
		if m.rest == "" {
			switch {
			case m.at <= m.n:
				if m.rest = m.unit; strings.Contains(m.unit, "%") {
					m.rest = fmt.Sprintf(m.unit, m.at)
				}
			case m.at == m.n+1:
				m.rest = m.tail
			default:
				m.read += int64(n)
				if n == 0 {
					return 0, io.EOF
				}
				return n, nil
			}
			m.at++
		}
		k := copy(b[n:], m.rest)
		m.rest = m.rest[k:]
		n += k
	}
	m.read += int64(n)
	return n, nil
}

func (m *made) look() {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	m.peak = max(m.peak, s.HeapInuse+s.StackInuse)
}

// cost is what a validation took, beside what was in use before.
type cost struct {
	memory int64
	time   time.Duration
	read   int64
}

func validateMade(t *testing.T, s *Schema, m *made) (diag.List, cost) {
	t.Helper()
	debug.FreeOSMemory()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	l, err := s.Validate(context.Background(), "doc.xml", m, Options{})
	took := time.Since(began)
	if err != nil {
		t.Fatal(err)
	}
	m.look()
	return l, cost{int64(m.peak) - int64(before.HeapInuse+before.StackInuse), took, m.read}
}

func utf16Of(s string) string {
	var b strings.Builder
	b.WriteString("\xFE\xFF")
	for _, c := range []byte(s) {
		b.WriteByte(0)
		b.WriteByte(c)
	}
	return b.String()
}

func TestDocumentsMadeToHurtGiveOneFinding(t *testing.T) {
	laughs := "<!DOCTYPE div [<!ENTITY a0 'ha'>"
	for i := range 30 {
		laughs += fmt.Sprintf("<!ENTITY a%d '%s'>", i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	laughs += "]><div><p>"
	for _, c := range []struct {
		name   string
		doc    made
		says   string // in the message
		memory int64  // MB
	}{
		{"billion laughs", made{head: laughs, unit: "&a30;", n: 1, tail: "</p></div>"}, "entit", 8},
		{"billion laughs in a value", made{head: strings.TrimSuffix(laughs, "<p>") + `<p when="`, unit: "&a30;", n: 1, tail: `"/></div>`}, "entit", 8},
		{"quadratic blow-up", made{head: "<!DOCTYPE div [<!ENTITY a '" + strings.Repeat("a", 100_000) + "'>]><div><p>", unit: "&a;", n: 100_000, tail: "</p></div>"}, "entit", 8},
		{"entity that holds itself", made{head: "<!DOCTYPE div [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><div><p>", unit: "&a;", n: 1, tail: "</p></div>"}, "itself", 8},
		{"external entity", made{head: "<!DOCTYPE div [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><div><p>", unit: "&a;", n: 1, tail: "</p></div>"}, "outside this file", 8},
		{"attribute of 1 GB", made{head: `<div><p when="`, unit: strings.Repeat("1", 1<<20), n: 1 << 10, tail: `"/></div>`}, "MB", 64},
		{"element name of 1 GB", made{head: "<div><p", unit: strings.Repeat("p", 1<<20), n: 1 << 10, tail: "/></div>"}, "4096 bytes", 64},
		{"comment of 1 GB", made{head: "<div><!--", unit: strings.Repeat("c", 1<<20), n: 1 << 10, tail: "--></div>"}, "MB", 64},
		{"1,000,000 attributes", made{head: "<div", unit: " a%d='1'", n: 1_000_000, tail: "/>"}, "attributes", 64},
		{"nesting 1,000,000 deep", made{head: "", unit: "<div>", n: 1_000_000}, "10000 deep", 16},
		{"number of 200 MB", made{head: "<div><num>", unit: strings.Repeat("1", 1<<20), n: 200, tail: "</num></div>"}, "16 MB", 96},
		{"surrogate by number", made{head: "<div><p>", unit: "&#xD800;", n: 1, tail: "</p></div>"}, "D800", 8},
		{"half of a UTF-16 pair", made{head: utf16Of("<div><p>"), unit: "\xD8\x00", n: 1, tail: utf16Of("</p></div>")[2:]}, "UTF-16", 8},
		{"overlong UTF-8", made{head: "<div><p>", unit: "\xC0\xAF", n: 1, tail: "</p></div>"}, "UTF-8", 8},
		{"half of a pair in UTF-8", made{head: "<div><p>", unit: "\xED\xA0\x80", n: 1, tail: "</p></div>"}, "UTF-8", 8},
		{"character beyond Unicode", made{head: "<div><p>", unit: "\xF4\x90\x80\x80", n: 1, tail: "</p></div>"}, "UTF-8", 8},
		{"NUL", made{head: "<div><p>", unit: "\x00", n: 1, tail: "</p></div>"}, "U+0000", 8},
		{"NUL by number", made{head: "<div><p>", unit: "&#0;", n: 1, tail: "</p></div>"}, "&#0;", 8},
		{"a mistake behind 1,000,000 elements", made{head: "<div>", unit: "<p>a</p>\n", n: 1_000_000, tail: "<x/></div>"}, `"x"`, 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.doc.n*int64(len(c.doc.unit)) > 100<<20 {
				t.Skip("long")
			}
			s := compileText(t, letterSchema)
			l, cost := validateMade(t, s, &c.doc)
			t.Logf("%d MB read, %.1f MB, %v: %v", cost.read>>20, float64(cost.memory)/(1<<20), cost.time.Round(time.Millisecond), l)
			if len(l) != 1 {
				t.Fatalf("%d findings: %v", len(l), l[:min(3, len(l))])
			}
			f := l[0]
			if f.Pos.Line == 0 || f.Pos.Column == 0 || !strings.Contains(f.Message, c.says) || utf8.RuneCountInString(f.Message) > 160 {
				t.Errorf("%q is to have a place, to say %q and to be short", f, c.says)
			}
			if cost.memory > c.memory<<20 {
				t.Errorf("%d MB in use; %d are allowed", cost.memory>>20, c.memory)
			}
			if cost.time > 20*time.Second {
				t.Errorf("it took %v", cost.time)
			}
		})
	}
}

// TestManyMistakesStayBounded: what a document has thousands of is told up to
// the limit, in bounded memory.
func TestManyMistakesStayBounded(t *testing.T) {
	s := compileText(t, letterSchema)
	for _, c := range []struct {
		name string
		doc  made
	}{
		{"names", made{head: "<div>", unit: "<e%d/>", n: 3_000_000, tail: "</div>"}},
		{"prefixes", made{head: "<div>", unit: "<p xmlns:a='urn:%[1]d' a:b%[1]d='1'/>", n: 1_000_000, tail: "</div>"}},
		{"values", made{head: "<div>", unit: "<p when='4/3/1820'/>", n: 3_000_000, tail: "</div>"}},
		{"texts", made{head: "<div>", unit: "text<p/>", n: 3_000_000, tail: "</div>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, cost := validateMade(t, s, &c.doc)
			t.Logf("%d findings, %.1f MB, %v", len(l), float64(cost.memory)/(1<<20), cost.time.Round(time.Millisecond))
			if len(l) == 0 || len(l) > 1000 {
				t.Errorf("%d findings", len(l))
			}
			if cost.memory > 20<<20 {
				t.Errorf("%d MB in use", cost.memory>>20)
			}
		})
	}
}

// TestMemoryDoesNotGrowWithTheDocument streams 100 MB.
func TestMemoryDoesNotGrowWithTheDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	letter := compileText(t, letterSchema)
	wild := compileText(t, wildSchema)
	paragraph := "<p when='1820-03-04'>Dear Mary, <hi>it</hi> came on Monday, and nobody wrote a line of it since then.</p>\n"
	for _, c := range []struct {
		name   string
		schema *Schema
		doc    made
	}{
		{"siblings", letter, made{head: "<div>", unit: paragraph, n: 100 << 20 / int64(len(paragraph)), tail: "</div>"}},
		{"nested", letter, made{head: "<div>", unit: strings.Repeat("<div>", 100) + strings.Repeat(paragraph, 900) + strings.Repeat("</div>", 100), n: 1000, tail: "</div>"}},
		{"one text", letter, made{head: "<div><p>", unit: strings.Repeat("word ", 1000), n: 100 << 20 / 5000, tail: "</p></div>"}},
		{"names of elements", wild, made{head: "<r>", unit: "<e%[1]d a%[1]d='1'>word</e%[1]d>\n", n: 3_000_000, tail: "</r>"}},
		{"namespaces", wild, made{head: "<r>", unit: "<a:b xmlns:a='urn:example:%d' a:c='1'>word</a:b>\n", n: 2_200_000, tail: "</r>"}},
		{"one line of white space", letter, made{head: "<div>", unit: strings.Repeat(" ", 1000), n: 100 << 20 / 1000, tail: "</div>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, cost := validateMade(t, c.schema, &c.doc)
			if len(l) > 0 {
				t.Fatal(l)
			}
			t.Logf("%d MB read, %.1f MB in use, %v", cost.read>>20, float64(cost.memory)/(1<<20), cost.time.Round(time.Millisecond))
			if cost.read < 90<<20 || cost.memory > 20<<20 {
				t.Errorf("%.1f MB in use for %d MB read", float64(cost.memory)/(1<<20), cost.read>>20)
			}
		})
	}
}

// TestTimeIsLinear compares documents with others four times as long.
func TestTimeIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("times are not measured with -short")
	}
	s := compileText(t, letterSchema)
	nested := func(n int) string { return strings.Repeat("<div><p/>", n) + strings.Repeat("</div>", n) }
	for _, c := range []struct {
		name string
		doc  func(n int) string
		n    int
	}{
		{"40,000 siblings", func(n int) string { return "<div>" + strings.Repeat("<p>a <hi>b</hi></p>", n) + "</div>" }, 40_000},
		{"depth 4,000", nested, 4_000},
		{"40,000 identifiers", func(n int) string {
			var b strings.Builder
			b.WriteString("<div>")
			for i := range n {
				fmt.Fprintf(&b, "<p xml:id='p%d'/>", i)
			}
			return b.String() + "</div>"
		}, 40_000},
		{"40,000 texts", func(n int) string { return "<div><p>" + strings.Repeat("a<hi/>&amp;<![CDATA[b]]>", n) + "</p></div>" }, 40_000},
		{"a number of many digits", func(n int) string { return "<div><num>" + strings.Repeat("7", n) + "</num></div>" }, 400_000},
		{"a number in many parts", func(n int) string { return "<div><num>" + strings.Repeat("7&#x37;", n) + "</num></div>" }, 40_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			short, long := c.doc(c.n/4), c.doc(c.n)
			for try := 1; ; try++ { // a busy machine is no fault of ours
				time1, time4 := fastest(t, s, short), fastest(t, s, long)
				t.Logf("%v, and %v for a fourth of it", time4, time1)
				if time4 <= 10*time1 {
					break
				}
				if try == 5 {
					t.Errorf("four times as long a document takes %.1f times as long", float64(time4)/float64(time1))
					break
				}
			}
		})
	}
}

// fastest is the least time of some validations of a valid document.
func fastest(t *testing.T, s *Schema, doc string) time.Duration {
	t.Helper()
	best := time.Hour
	for range 7 {
		began := time.Now()
		l := ours(t, s, []byte(doc))
		best = min(best, time.Since(began))
		if len(l) > 0 {
			t.Fatal(l[0])
		}
	}
	return best
}

// explosive are schemas whose states, patterns or restrictions explode when they
// are worked out without care, with documents.
func explosive() []explosion {
	const rng = ` xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"`
	element := func(name, inside string) string {
		if inside == "" {
			inside = "<empty/>"
		}
		return `<element name="` + name + `">` + inside + "</element>"
	}
	root := func(inside string) string { return `<element name="r"` + rng + ">" + inside + "</element>" }
	many := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	r := rand.New(rand.NewPCG(4, 2))
	var l []explosion

	// All orders of 12 optional elements, each of which may hold the same.
	inner := many(12, func(i int) string {
		return "<optional>" + element(fmt.Sprintf("e%d", i), "<interleave>"+many(12, func(k int) string {
			return "<optional>" + element(fmt.Sprintf("f%d", k), "") + "</optional>"
		})+"</interleave>") + "</optional>"
	})
	e := explosion{name: "interleave of 12 optional elements", schema: root("<interleave>" + inner + "</interleave>")}
	for range 300 {
		doc := "<r>"
		for _, i := range r.Perm(12) {
			doc += fmt.Sprintf("<e%d>", i)
			for _, k := range r.Perm(12)[:r.IntN(13)] {
				doc += fmt.Sprintf("<f%d/>", k)
			}
			doc += fmt.Sprintf("</e%d>", i)
		}
		e.valid = append(e.valid, doc+"</r>")
	}
	e.invalid = []string{"<r><e3/><e3/></r>", "<r><e0><f1/><f2/><f1/></e0></r>"}
	l = append(l, e)

	// Interleaved sequences that repeat.
	e = explosion{name: "interleave of 10 repeated groups", schema: root("<interleave>" + many(10, func(i int) string {
		return fmt.Sprintf(`<zeroOrMore><element name="a%d"><empty/></element><element name="b%d"><empty/></element></zeroOrMore>`, i, i)
	}) + "</interleave>")}
	var open [10]bool
	var b strings.Builder
	for range 100_000 {
		i := r.IntN(10)
		fmt.Fprintf(&b, "<%c%d/>", "ab"[map[bool]int{true: 1}[open[i]]], i)
		open[i] = !open[i]
	}
	e.invalid = []string{"<r>" + b.String() + "<b3/><b3/></r>"}
	for i := range open {
		if open[i] {
			fmt.Fprintf(&b, "<b%d/>", i)
		}
	}
	e.valid = []string{"<r>" + b.String() + "</r>"}
	l = append(l, e)

	// Elements of any name, told apart by what stands deep in them.
	const any = `<element><anyName/>%s</element>`
	e = explosion{name: "overlapping wildcards", schema: `<grammar` + rng + `><start><choice>` + many(16, func(i int) string { return fmt.Sprintf(`<ref name="d%d"/>`, i) }) + `</choice></start>` +
		many(16, func(i int) string {
			return fmt.Sprintf(`<define name="d%d">`+any+`</define>`, i, fmt.Sprintf(`<zeroOrMore><choice><ref name="d%d"/><ref name="d%d"/></choice></zeroOrMore><optional><element name="x%d"><empty/></element></optional>`, (i*7+3)%16, (i*5+1)%16, i))
		}) + `</grammar>`}
	for range 200 {
		b.Reset()
		depth := 0
		for range 400 {
			if depth > 1 && r.IntN(2) == 0 {
				b.WriteString("</y>")
				depth--
			} else {
				b.WriteString("<y>")
				depth++
			}
		}
		e.valid = append(e.valid, b.String()+strings.Repeat("</y>", depth))
	}
	e.invalid = []string{"<y>text</y>"}
	l = append(l, e)

	// a?, a?, a? … and a, (a, (a …)?)?
	e = explosion{name: "200 optional elements in a row", schema: root(many(200, func(int) string { return "<optional>" + element("a", "") + "</optional>" }))}
	for n := 0; n <= 200; n += 40 {
		e.valid = append(e.valid, "<r>"+strings.Repeat("<a/>", n)+"</r>")
	}
	e.invalid = []string{"<r>" + strings.Repeat("<a/>", 201) + "</r>"}
	l = append(l, e)
	e.name = "200 optional elements, nested"
	e.schema = root(strings.Repeat("<optional>"+element("a", ""), 200) + strings.Repeat("</optional>", 200))
	l = append(l, e)
	e.name = "200 optional groups, nested"
	e.schema = root(strings.Repeat("<optional><group>"+element("a", "")+"<optional>"+element("b", "")+"</optional>", 200) + strings.Repeat("</group></optional>", 200))
	l = append(l, e)

	// (a|b)*, a, (a|b){18}: 2^18 states.
	e = explosion{name: "a, then 18 of a or b, at the end", schema: root("<zeroOrMore><choice>" + element("a", "") + element("b", "") + "</choice></zeroOrMore>" + element("a", "") +
		strings.Repeat("<choice>"+element("a", "")+element("b", "")+"</choice>", 18))}
	var letters []byte
	for range 60_000 {
		letters = append(letters, "ab"[r.IntN(2)])
	}
	letters[len(letters)-19] = 'a'
	doc := strings.NewReplacer("a", "<a/>", "b", "<b/>").Replace(string(letters))
	e.valid = []string{"<r>" + doc + "</r>"}
	letters[len(letters)-19] = 'b'
	e.invalid = []string{"<r>" + strings.NewReplacer("a", "<a/>", "b", "<b/>").Replace(string(letters)) + "</r>"}
	l = append(l, e)

	// d0 = d1, d1; d1 = d2, d2; …: 2^40 elements on the page.
	doubled := func(kind, last string) string {
		return `<grammar` + rng + `><start>` + element("r", `<ref name="d0"/>`) + `</start>` + many(40, func(i int) string {
			return fmt.Sprintf(`<define name="d%d"><%s><ref name="d%d"/><ref name="d%d"/></%s></define>`, i, kind, i+1, i+1, kind)
		}) + `<define name="d40">` + last + `</define></grammar>`
	}
	l = append(l, explosion{name: "groups doubled 40 times", schema: doubled("group", element("a", "")), either: true, invalid: []string{"<r/>", "<r><a/></r>", "<r>" + strings.Repeat("<a/>", 1000) + "</r>"}})
	l = append(l, explosion{name: "optional groups doubled 40 times", schema: doubled("group", "<optional>"+element("a", "")+"</optional>"), either: true,
		valid: []string{"<r/>", "<r><a/></r>", "<r>" + strings.Repeat("<a/>", 1000) + "</r>"}, invalid: []string{"<r><b/></r>"}})
	l = append(l, explosion{name: "choices doubled 40 times", schema: doubled("choice", element("a", "")), valid: []string{"<r><a/></r>"}, invalid: []string{"<r/>", "<r><a/><a/></r>"}})
	l = append(l, explosion{name: "attributes doubled 40 times", schema: doubled("choice", `<attribute name="a"/>`), valid: []string{"<r a=''/>"}, invalid: []string{"<r/>", "<r b=''/>"}})
	l = append(l, explosion{name: "attributes doubled in groups", schema: doubled("group", `<attribute name="a"/>`), incorrect: true})
	l = append(l, explosion{name: "texts interleaved and doubled", schema: doubled("interleave", `<text/>`), incorrect: true})
	l = append(l, explosion{name: "lists doubled", either: true, schema: `<grammar` + rng + `><start>` + element("r", `<list><ref name="d0"/></list>`) + `</start>` + many(40, func(i int) string {
		return fmt.Sprintf(`<define name="d%d"><group><ref name="d%d"/><ref name="d%d"/></group></define>`, i, i+1, i+1)
	}) + `<define name="d40"><optional><value>a</value></optional></define></grammar>`, valid: []string{"<r/>", "<r>a a a</r>"}, invalid: []string{"<r>b</r>"}})

	// The same in a list of tokens.
	e = explosion{name: "a token, then 18 of two, at the end", schema: root("<list><zeroOrMore><choice><value>a</value><value>b</value></choice></zeroOrMore><value>a</value>" +
		strings.Repeat("<choice><value>a</value><value>b</value></choice>", 18) + "</list>")}
	letters = letters[len(letters)-5000:]
	e.invalid = []string{"<r>" + strings.Join(strings.Split(string(letters), ""), " ") + "</r>"}
	letters[len(letters)-19] = 'a'
	e.valid = []string{"<r>" + strings.Join(strings.Split(string(letters), ""), " ") + "</r>"}
	l = append(l, e)

	// Choices of many attributes with content.
	e = explosion{name: "30 choices of attribute or element", schema: root(many(30, func(i int) string {
		return fmt.Sprintf(`<choice><attribute name="a%d"/><element name="a%d"><empty/></element></choice>`, i, i)
	}))}
	for range 300 {
		attrs, kids := "", ""
		for i := range 30 {
			if r.IntN(2) == 0 {
				attrs += fmt.Sprintf(" a%d=''", i)
			} else {
				kids += fmt.Sprintf("<a%d/>", i)
			}
		}
		e.valid = append(e.valid, "<r"+attrs+">"+kids+"</r>")
		if kids != "" {
			e.invalid = append(e.invalid, "<r"+attrs+">"+kids[:strings.LastIndex(kids, "<")]+"</r>")
		}
	}
	l = append(l, e)

	// Facets whose automata would be large.
	facet := func(pattern string) string {
		return root(`<data type="string"><param name="pattern">` + pattern + `</param></data>`)
	}
	l = append(l, explosion{name: "a facet that counts to a million", schema: facet("(a{0,1000}){0,1000}"), either: true, valid: []string{"<r>aaaa</r>"}, invalid: []string{"<r>b</r>"}})
	l = append(l, explosion{name: "a facet that is ambiguous", schema: facet("(a|a|b)*a(a|b){20}"), valid: []string{"<r>" + strings.Repeat("a", 5000) + "</r>"},
		invalid: []string{"<r>" + strings.Repeat("a", 5000) + "b" + strings.Repeat("a", 20) + "</r>"}})
	l = append(l, explosion{name: "a facet of nested stars", schema: facet("((a*)*)*b"), valid: []string{"<r>" + strings.Repeat("a", 50_000) + "b</r>"}, invalid: []string{"<r>" + strings.Repeat("a", 50_000) + "</r>"}})

	// Depth and length of the schema itself.
	l = append(l, explosion{name: "900 groups, nested", schema: root(strings.Repeat("<group>", 900) + element("a", "") + strings.Repeat("</group>", 900)), valid: []string{"<r><a/></r>"}, invalid: []string{"<r/>"}})
	l = append(l, explosion{name: "100,000 groups, nested", schema: root(strings.Repeat("<group>", 100_000) + element("a", "") + strings.Repeat("</group>", 100_000)), incorrect: true})
	chain := func(n int) string {
		return `<grammar` + rng + `><start><ref name="d0"/></start>` + many(n, func(i int) string {
			return fmt.Sprintf(`<define name="d%d"><ref name="d%d"/></define>`, i, i+1)
		}) + fmt.Sprintf(`<define name="d%d">`, n) + element("r", "") + `</define></grammar>`
	}
	l = append(l, explosion{name: "50,000 definitions, one in another", schema: chain(50_000), valid: []string{"<r/>"}, invalid: []string{"<s/>"}})
	l = append(l, explosion{name: "200,000 definitions, one in another", schema: chain(200_000), either: true})
	l = append(l, explosion{name: "10,000 elements in a choice", schema: root("<zeroOrMore><choice>" + many(10_000, func(i int) string { return element(fmt.Sprintf("e%d", i), "") }) + "</choice></zeroOrMore>"),
		valid: []string{"<r>" + many(10_000, func(i int) string { return fmt.Sprintf("<e%d/>", i) }) + "</r>"}, invalid: []string{"<r><e10000/></r>"}})
	l = append(l, explosion{name: "5,000 elements in a row", schema: root(many(5_000, func(i int) string { return element(fmt.Sprintf("e%d", i), "") })),
		valid: []string{"<r>" + many(5_000, func(i int) string { return fmt.Sprintf("<e%d/>", i) }) + "</r>"}, invalid: []string{"<r><e0/><e2/></r>"}})
	return l
}

type explosion struct {
	name           string
	schema         string
	incorrect      bool // by clause 7, or beyond every limit
	either         bool // it may be refused as too large, by a finding with a place
	valid, invalid []string
}

func TestSchemasMadeToExplodeStayBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("times are not measured with -short")
	}
	for _, e := range explosive() {
		t.Run(e.name, func(t *testing.T) {
			peak := watchMemory()
			s, compiled, err := compileWithin(t, e.schema, 20*time.Second)
			t.Logf("%d bytes compiled in %v", len(e.schema), compiled.Round(time.Millisecond))
			if compiled > 2*time.Second {
				t.Errorf("it takes %v to compile", compiled)
			}
			if err != nil {
				t.Log(cut(err.Error(), 300))
				if f, ok := err.(*Error); !ok || f.Findings[0].Pos.Line == 0 {
					t.Errorf("no finding with a place: %v", err)
				}
				if !e.incorrect && !e.either {
					t.Error("it is correct")
				}
				return
			}
			if e.incorrect {
				t.Fatal("it is not correct")
			}
			began := time.Now()
			size := 0
			for i, docs := range [][]string{e.valid, e.invalid} {
				for _, doc := range docs {
					size += len(doc)
					ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
					l, err := s.Validate(ctx, "doc.xml", bytes.NewReader([]byte(doc)), Options{})
					stop()
					if err != nil {
						t.Fatal(err)
					}
					if (len(l) == 0) != (i == 0) {
						t.Fatalf("%s\nis valid=%v; we say %v", cut(doc, 300), i == 0, l[:min(3, len(l))])
					}
				}
			}
			took := time.Since(began)
			grown := float64(peak()) / (1 << 20)
			t.Logf("%d KB of documents in %v, %.1f MB in use at most", size>>10, took.Round(time.Millisecond), grown)
			if took > 10*time.Second {
				t.Errorf("the documents take %v", took)
			}
			if grown > 256 {
				t.Errorf("%.0f MB are in use", grown)
			}
		})
	}
}

// watchMemory looks at the memory in use until its result is called, which is the
// most there was beyond what was in use before.
func watchMemory() func() int64 {
	debug.FreeOSMemory()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	before, most := int64(s.HeapInuse+s.StackInuse), int64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for last := false; !last; {
			select {
			case <-tick.C:
			case <-stop:
				last = true
			}
			runtime.ReadMemStats(&s)
			most = max(most, int64(s.HeapInuse+s.StackInuse)-before)
		}
	}()
	return func() int64 {
		close(stop)
		<-done
		return most
	}
}

// compileWithin ends the test run where Compile does not come back: nothing can
// stop it.
func compileWithin(t *testing.T, schema string, limit time.Duration) (*Schema, time.Duration, error) {
	t.Helper()
	type result struct {
		s   *Schema
		err error
	}
	done := make(chan result, 1)
	began := time.Now()
	go func() {
		s, err := Compile(fstest.MapFS{"s.rng": {Data: []byte(schema)}}, "s.rng")
		done <- result{s, err}
	}()
	select {
	case r := <-done:
		return r.s, time.Since(began), r.err
	case <-time.After(limit):
		t.Fatalf("Compile has not come back after %v", limit)
	}
	return nil, 0, nil
}

// TestNothingIsAllocatedForAnElement: a document of many names, all of them met
// before, costs the same few allocations whatever its length.
func TestNothingIsAllocatedForAnElement(t *testing.T) {
	var schema, unit strings.Builder
	schema.WriteString(`<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><zeroOrMore><choice>`)
	r := rand.New(rand.NewPCG(5, 5))
	letters := "abcdeghilmnoprstuw"
	word := func() string {
		b := make([]byte, 2+r.IntN(9))
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	for range 150 {
		name, attribute := "e"+word(), word()
		fmt.Fprintf(&schema, `<element name="%s"><attribute name="%s"><choice><data type="date"/><value>unknown</value></choice></attribute><text/></element>`, name, attribute)
		fmt.Fprintf(&unit, `<%s %s="1820-03-04">it came on Monday</%s>`, name, attribute, name)
	}
	schema.WriteString("</choice></zeroOrMore></element>")
	s := compileText(t, schema.String())
	doc := []byte("<r>" + strings.Repeat(unit.String(), 200) + "</r>")
	if l := ours(t, s, doc); len(l) > 0 {
		t.Fatal(l)
	}
	allocs := testing.AllocsPerRun(5, func() { ours(t, s, doc) })
	t.Logf("%.0f allocations for 30,000 elements", allocs)
	if allocs > 60 && !raceDetector {
		t.Errorf("%.0f allocations for 30,000 elements", allocs)
	}
}
