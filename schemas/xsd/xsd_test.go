package xsd

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"sigla/tei/diag"
)

// schema wraps declarations in a schema document without a namespace.
func schema(declarations string) string {
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">` + declarations + `</xs:schema>`
}

const letter = `
<xs:element name="letter"><xs:complexType><xs:sequence>
<xs:element name="date" type="xs:date"/><xs:element name="p" type="xs:string" maxOccurs="unbounded"/>
</xs:sequence><xs:attribute name="n" type="xs:integer" use="required"/><xs:attribute name="kind"><xs:simpleType>
<xs:restriction base="xs:string"><xs:enumeration value="draft"/><xs:enumeration value="copy"/></xs:restriction>
</xs:simpleType></xs:attribute></xs:complexType></xs:element>`

var small = fstest.MapFS{"a.xsd": {Data: []byte(schema(letter))}}

func compile(t testing.TB, fsys fs.FS, name string) *Schema {
	t.Helper()
	s, err := Compile(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t testing.TB, s *Schema, doc string) diag.List {
	t.Helper()
	l, err := s.Validate("x.xml", []byte(doc))
	if err != nil {
		t.Fatalf("%.200s: %v", doc, err)
	}
	return l
}

// first is the first finding, as a line.
func first(l diag.List) string {
	if len(l) == 0 {
		return ""
	}
	return l[0].String()
}

// agree reports whether a finding is the wanted one; helium does not always say
// what would be right.
func agree(got, want string) bool {
	head, _, _ := strings.Cut(want, "; ")
	return got == want || numbersElements && strings.HasPrefix(got, head) && path.Base(got) == path.Base(want)
}

func TestFindingsHaveTheirPlace(t *testing.T) {
	s := compile(t, small, "a.xsd")
	const rest = "<date>1951-11-01</date><p/></letter>"
	for _, c := range []struct{ doc, want string }{
		{"<letter n='1'>" + rest, ""},
		{"<letter n='1'>\n <date>1951-11-01</date>\n <q/></letter>", `x.xml:3:2: element "q" is not allowed here; expected p [xsd/element-not-allowed]`},
		{"<letter n='1'>\n<date>1951-11-01</date></letter>", `x.xml:1:1: element "letter" is not complete; expected p [xsd/incomplete]`},
		{"<letter>" + rest, `x.xml:1:1: element "letter" lacks its attribute "n" [xsd/attribute-missing]`},
		{"<letter n='1'\n m='2'>" + rest, `x.xml:2:2: element "letter" has no attribute "m" [xsd/attribute-not-allowed]`},
		{"<letter n='one'>" + rest, `x.xml:1:9: "one" is not a value of the attribute "n" of element "letter"; it has to be of type xs:integer [xsd/value]`},
		{"<letter n='1' kind='print'>" + rest, `x.xml:1:15: "print" is not a value of the attribute "kind" of element "letter"; expected draft, copy [xsd/value]`},
		{"<letter n='1'>words" + rest, `x.xml:1:1: element "letter" may hold elements only, no words [xsd/text-not-allowed]`},
		{"<letter n='1'><date>1951-11-01</date><p></letter>", `x.xml:1:41: <p> opened at 1:38 is closed by </letter>; </p> is missing before it [xml/end-tag]`},
		{"<note/>", `x.xml:1:1: element "note" is not known to this schema [xsd/element-not-allowed]`},
		{"<?xml version='1.0'?>\r\n<!-- Шифр --><letter n='1'><date>1951-11-01</date><p>Шифр é</p><q/></letter>",
			`x.xml:2:64: element "q" is not allowed here; expected p [xsd/element-not-allowed]`},
		{"", "x.xml:1:1: no element; an XML document has one that holds all others [xml/empty]"},
		// what an entity brings in has the place of its reference, a default value that of its element
		{"<!DOCTYPE letter [<!ENTITY e '<q/>'>]>\n<letter n='1'><date>1951-11-01</date><p/>&e;</letter>",
			`x.xml:2:42: element "q" is not allowed here; expected p [xsd/element-not-allowed]`},
		{"<!DOCTYPE letter [<!ATTLIST letter n CDATA 'one'>]>\n<letter>" + rest,
			`x.xml:2:1: "one" is not a value of the attribute "n" of element "letter"; it has to be of type xs:integer [xsd/value]`},
		{"<!DOCTYPE letter [<!ENTITY d '1951-11-01'><!ATTLIST letter n CDATA '1'>]><letter><date>&d;</date><p>&#10;<![CDATA[<]]></p></letter>", ""},
	} {
		if got := first(validate(t, s, c.doc)); !agree(got, c.want) {
			t.Errorf("%s:\n%s\nwant %s", c.doc, got, c.want)
		}
	}
}

// A line in libxml2 is a short integer in places, and ends at 65,535.
func TestPlacesAreRightInLargeFiles(t *testing.T) {
	s := compile(t, small, "a.xsd")
	doc := "<letter n='1'>\n<date>1951-11-01</date>\n" + strings.Repeat("<p>\n</p>", 150_000) + "\n  <p%s/> %s\n</letter>"
	for _, c := range [][3]string{{" a='1'", "", "150004:6"}, {"", "<q/>", "150004:8"}} {
		l := validate(t, s, fmt.Sprintf(doc, c[0], c[1]))
		if len(l) != 1 || fmt.Sprintf("%d:%d", l[0].Pos.Line, l[0].Pos.Column) != c[2] {
			t.Errorf("%v, want %s", l, c[2])
		}
	}
}

func TestEncodingsAreRead(t *testing.T) {
	s := compile(t, small, "a.xsd")
	text := "<?xml version='1.0' encoding='%s'?><letter n='1'><date>1951-11-01</date><p>é</p><q/></letter>"
	utf16be := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(fmt.Sprintf(text, "UTF-16"))) {
		utf16be = append(utf16be, byte(u>>8), byte(u))
	}
	for name, doc := range map[string]string{
		"UTF-8":              fmt.Sprintf(text, "utf-8"),
		"UTF-8 with a mark":  "\xef\xbb\xbf" + fmt.Sprintf(text, "UTF-8"),
		"ISO-8859-1":         strings.ReplaceAll(fmt.Sprintf(text, "ISO-8859-1"), "é", "\xe9"),
		"UTF-16, big endian": string(utf16be),
	} {
		if l := validate(t, s, doc); len(l) != 1 || l[0].Code != CodeElement || l[0].Pos.Line != 1 {
			t.Errorf("%s: %v", name, l)
		}
	}
}

// tree is a schema of many files. Names of the machine's files are absolute or
// lead out of the folder, as a MapFS's do not.
type tree map[string]string

func (m tree) Open(name string) (fs.File, error) {
	text, ok := m[path.Clean(name)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return fstest.MapFS{"f": {Data: []byte(text)}}.Open("f")
}

func TestPartsAreFoundBesideTheirFile(t *testing.T) {
	element := func(name, kind string) string { return `<xs:element name="` + name + `" type="` + kind + `"/>` }
	root := func(kids string) string {
		return `<xs:element name="r"><xs:complexType><xs:sequence>` + kids + `</xs:sequence></xs:complexType></xs:element>`
	}
	other := func(in string) string {
		return strings.Replace(schema(in), ">", ` targetNamespace="urn:o" xmlns:o="urn:o">`, 1)
	}
	for what, files := range map[string]tree{
		"an include of another folder": {"s/main.xsd": schema(`<xs:include schemaLocation="../parts/b.xsd"/>` + root(`<xs:element ref="b"/>`)),
			"parts/b.xsd": schema(`<xs:include schemaLocation="sub/c.xsd"/>` + element("b", "c")), "parts/sub/c.xsd": schema(`<xs:simpleType name="c"><xs:restriction base="xs:int"/></xs:simpleType>`)},
		"a name that leads out": {"s/main.xsd": schema(`<xs:include schemaLocation="../../b.xsd"/>` + root(`<xs:element ref="b"/>`)), "../b.xsd": schema(element("b", "xs:int"))},
		"absolute names":        {"s/main.xsd": schema(`<xs:include schemaLocation="/b c.xsd"/>` + root(`<xs:element ref="b"/>`)), "/b c.xsd": schema(element("b", "xs:int"))},
		"file addresses":        {"s/main.xsd": schema(`<xs:include schemaLocation="file:///x/b%20c.xsd"/>` + root(`<xs:element ref="b"/>`)), "/x/b c.xsd": schema(element("b", "xs:int"))},
		"xml:base":              {"s/main.xsd": schema(`<xs:include xml:base="../t/" schemaLocation="b.xsd"/>` + root(`<xs:element ref="b"/>`)), "t/b.xsd": schema(element("b", "xs:int"))},
		"a circle": {"s/main.xsd": schema(`<xs:include schemaLocation="b.xsd"/>` + root(`<xs:element ref="b"/>`)),
			"s/b.xsd": schema(`<xs:include schemaLocation="../s/main.xsd"/>` + element("b", "xs:int"))},
		"an import": {"s/main.xsd": strings.Replace(schema(`<xs:import namespace="urn:o" schemaLocation="o/o.xsd"/>`+root(`<xs:element name="b" type="o:t"/>`)), ">", ` xmlns:o="urn:o">`, 1),
			"s/o/o.xsd": other(`<xs:include schemaLocation="../p.xsd"/>`), "s/p.xsd": schema(`<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>`)},
		"redefine": {"s/main.xsd": schema(`<xs:redefine schemaLocation="../b.xsd"><xs:simpleType name="t"><xs:restriction base="t"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:redefine>` + root(element("b", "t"))),
			"b.xsd": schema(`<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>`)},
		"the attributes of xml": {"s/main.xsd": schema(`<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>` +
			root(`<xs:element name="b"><xs:complexType><xs:simpleContent><xs:extension base="xs:int"><xs:attribute ref="xml:lang"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>`))},
		"what stands in an annotation": {"s/main.xsd": schema(`<xs:annotation><xs:appinfo><xs:include schemaLocation="gone.xsd"/><xs:assert/></xs:appinfo></xs:annotation>` + root(element("b", "xs:int")))},
		"a document type declaration":  {"s/main.xsd": `<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "http://www.w3.org/2001/XMLSchema.dtd" [<!ENTITY t "xs:int">]>` + schema(root(element("b", "&t;")))},
	} {
		s, err := Compile(files, "s/main.xsd")
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if l := validate(t, s, "<r><b>1</b></r>"); len(l) > 0 {
			t.Errorf("%s: %v", what, l)
		}
		if l := validate(t, s, "<r><b>a</b></r>"); len(l) == 0 {
			t.Errorf("%s: a wrong value is accepted", what)
		}
	}
}

// Each fault is told where libxml2's own xmllint tells it, or the file that is
// not there is named; helium's lines are the same, its words may not be.
func TestFaultySchemasHaveTheirPlace(t *testing.T) {
	for _, c := range []struct{ in, line, want, code string }{
		{`<xs:element name="a" type="nothing"/>`, "2:22", `there is no type definition "nothing"`, "xsdschema/reference"},
		{`<xs:element name="a"/><xs:element name="a"/>`, "2:23", `there is another global element declaration "a"`, "xsdschema/twice"},
		{`<xs:element name="a" typ="xs:int"/>`, "2:22", `it has no attribute "typ"`, "xsdschema/syntax"},
		{`<xs:elment name="a"/>`, "2:1", `not allowed`, "xsdschema/syntax"},
		{`<xs:complexType name="a"><xs:sequence><xs:element name="x" minOccurs="0"/><xs:element name="x"/></xs:sequence></xs:complexType>`, "2:1", "ambiguous", "xsdschema/ambiguous"},
		{`<xs:complexType name="a"><xs:sequence/><xs:assert test="1"/></xs:complexType>`, "2:40", "XML Schema 1.1", "xsdschema/version"},
		{`<xs:include schemaLocation="gone/b.xsd"/>`, "2:13", "there is no file s/gone/b.xsd; correct schemaLocation", "xsdschema/file"},
		{`<xs:include schemaLocation="broken.xsd"/>`, "", "", "xml/unfinished"},
		{`<xs:include schemaLocation="page.xsd"/>`, "1:1", `the document element is "html"`, "xsdschema/root"},
		{`<xs:import namespace="u" schemaLocation="https://example.org/u.xsd"/>`, "2:26", "get it (sigla schema add https://example.org/u.xsd)", "xsdschema/network"},
		{`<xs:include schemaLocation="wrong.xsd"/>`, "3:1", `type definition "t"`, "xsdschema/reference"},
	} {
		files := tree{"s/a.xsd": strings.Replace(schema("\n"+c.in), "\n</xs:schema>", "</xs:schema>", 1), "s/broken.xsd": "<xs:schema", "s/page.xsd": "<html/>",
			"s/wrong.xsd": schema("\n\n<xs:complexType name='c'><xs:attribute name='d' type='t'/></xs:complexType>")}
		_, err := Compile(files, "s/a.xsd")
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		f := e.Findings[0]
		at := fmt.Sprintf("%d:%d", f.Pos.Line, f.Pos.Column)
		if c.in == `<xs:include schemaLocation="wrong.xsd"/>` {
			if f.Pos.File != "s/wrong.xsd" || f.Pos.Line != 3 {
				t.Errorf("%s: %s", c.in, f)
			}
		} else if c.line != "" && at != c.line {
			t.Errorf("%s: %s, want %s", c.in, f, c.line)
		}
		if string(f.Code) != c.code || !strings.Contains(f.Message, c.want) {
			t.Errorf("%s: %s, want %s [%s]", c.in, f, c.want, c.code)
		}
	}
	if _, err := Compile(small, "b.xsd"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing schema: %v", err)
	}
}

// noNetwork is a server that nobody may ask.
func noNetwork(t *testing.T) string {
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("the network is asked for %s", r.URL) }))
	t.Cleanup(web.Close)
	return web.URL
}

func TestNetworkIsNeverAsked(t *testing.T) {
	web := noNetwork(t)
	for _, in := range []string{
		`<xs:include schemaLocation="` + web + `/a.xsd"/>`,
		`<xs:redefine schemaLocation="` + web + `/b.xsd"/>`,
		`<xs:import namespace="urn:c" schemaLocation="` + web + `/c.xsd"/>`,
		`<xs:include schemaLocation="//` + strings.TrimPrefix(web, "http://") + `/d.xsd"/>`,
		`<xs:include xml:base="` + web + `" schemaLocation="e.xsd"/>`,
	} {
		var e *Error
		if _, err := Compile(tree{"a.xsd": schema(in)}, "a.xsd"); !errors.As(err, &e) || e.Findings[0].Code != codeNetwork {
			t.Errorf("%s: %v", in, err)
		}
	}
	s := compile(t, tree{"a.xsd": `<!DOCTYPE xs:schema SYSTEM "` + web + `/schema.dtd">` + schema(letter)}, "a.xsd")
	for _, doc := range []string{
		`<!DOCTYPE letter SYSTEM "` + web + `/letter.dtd"><letter n="1"><date>1951-11-01</date><p/></letter>`,
		`<!DOCTYPE letter [<!ENTITY e SYSTEM "` + web + `/e.xml">]><letter n="1"><date>1951-11-01</date><p>&e;</p></letter>`,
		`<!DOCTYPE letter [<!ENTITY % e SYSTEM "` + web + `/e.ent">%e;]><letter n="1"><date>1951-11-01</date><p/></letter>`,
		`<letter xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="` + web + `/l.xsd" xsi:schemaLocation="urn:x ` + web + `/x.xsd" n="1"><date>1951-11-01</date><p/></letter>`,
		`<letter n="1"><date>1951-11-01</date><p><i:include xmlns:i="http://www.w3.org/2001/XInclude" href="` + web + `/i.xml"/></p></letter>`,
	} {
		validate(t, s, doc)
	}
}

// TestNothingIsPrinted runs what makes libxml2 talk in a process of its own.
func TestNothingIsPrinted(t *testing.T) {
	const inner = "SIGLA_XSD_TALK"
	if os.Getenv(inner) != "" {
		for _, in := range []string{`<xs:elment/>`, `<xs:simpleType name="p"><xs:restriction base="xs:string"><xs:pattern value="[a"/></xs:restriction></xs:simpleType>`,
			`<xs:include schemaLocation="gone.xsd"/>`, `<xs:import namespace="u" schemaLocation="http://127.0.0.1:9/u.xsd"/>`} {
			if _, err := Compile(tree{"a.xsd": schema(in)}, "a.xsd"); err == nil {
				t.Errorf("%s is accepted", in)
			}
		}
		s := compile(t, small, "a.xsd")
		validate(t, s, `<letter xml:id="1" n="x"/>`)
		validate(t, s, `<letter xmlns:p="relative" p:a="1"/>`)
		return
	}
	c := exec.Command(os.Args[0], "-test.run=^TestNothingIsPrinted$")
	c.Env = append(os.Environ(), inner+"=1")
	var stderr strings.Builder
	c.Stderr = &stderr
	if out, err := c.Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if stderr.Len() > 0 {
		t.Errorf("standard error has %q", stderr.String())
	}
}

func TestManyAtOnceDoNotMeet(t *testing.T) {
	s := compile(t, small, "a.xsd")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 100 {
				doc, want := "<letter n='1'><date>1951-11-01</date><p/></letter>", 0
				if i%2 == 1 {
					doc, want = "<letter n='x'><date>1951-11-01</date><p/></letter>", 1
				}
				l, err := s.Validate("x.xml", []byte(doc))
				if err != nil || len(l) != want {
					t.Errorf("%d findings, want %d: %v %v", len(l), want, l, err)
					return
				}
				if j%20 == 0 {
					var e *Error
					if _, err := Compile(tree{"b.xsd": schema(`<xs:element name="a" type="b"/>`)}, "b.xsd"); !errors.As(err, &e) || len(e.Findings) != 1 {
						t.Errorf("a faulty schema: %v", err)
					}
					if _, err := Compile(small, "a.xsd"); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestHostileFilesAreBounded(t *testing.T) {
	s := compile(t, small, "a.xsd")
	bomb := `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">`
	for c := 'b'; c <= 'l'; c++ {
		bomb += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	doc := func(dtd, p string) string {
		return dtd + `<letter n="1"><date>1951-11-01</date><p>` + p + `</p></letter>`
	}
	for _, c := range []struct{ name, doc, code string }{
		{"laughs", doc(bomb+"]>", "&l;"), "xml/limit"},
		{"one large entity", doc(`<!DOCTYPE a [<!ENTITY a "`+strings.Repeat("a", 100_000)+`">]>`, strings.Repeat("&a;", 100_000)), "xml/limit"},
		{"an entity that holds itself", doc(`<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]>`, "&a;"), "xml/entity-recursion"},
		{"a file of the machine", doc(`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>`, "&e;"), "xml/entity-external"},
		{"deep", strings.Repeat("<p>", 100_000), "xml/limit"},
		{"deep, and closed", strings.Repeat("<p>", 100_000) + strings.Repeat("</p>", 100_000), "xml/limit"},
		{"as deep as may be", strings.Repeat("<p>", 9_000) + strings.Repeat("</p>", 9_000), "xsd/element-not-allowed"},
		{"binary", "\x00\x01\x02", ""},
		{"a long text", doc("", strings.Repeat("words ", 3<<20)), "none"},
		{"a long value", `<letter n="` + strings.Repeat("1", 4<<20) + `x"><date>1951-11-01</date><p/></letter>`, "xsd/value"},
	} {
		start := time.Now()
		l := validate(t, s, c.doc)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s takes %v", c.name, took)
		}
		if c.code == "none" {
			if len(l) > 0 {
				t.Errorf("%s: %.300s", c.name, first(l))
			}
			continue
		}
		if len(l) == 0 || c.code != "" && string(l[0].Code) != c.code {
			t.Errorf("%s: %.300s, want %s", c.name, first(l), c.code)
		}
		for _, f := range l {
			if strings.Contains(f.Message, "root:") || len(f.Message) > 1000 {
				t.Errorf("%s: %.300s", c.name, f)
			}
		}
	}
}

func TestFindingsAreBounded(t *testing.T) {
	s := compile(t, small, "a.xsd")
	l := validate(t, s, "<letter n='1'><date>1951-11-01</date>"+strings.Repeat("<p x='1'/>", 5000)+"</letter>")
	if last := l[len(l)-1]; len(l) != maxFindings+1 || last.Code != CodeMore || last.Message != "4000 more findings of the XML Schema are not listed" {
		t.Errorf("%d findings, %s", len(l), last)
	}
}

// resident is the memory of this process, in bytes.
func resident(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip("no /proc/self/statm: memory can't be measured")
	}
	var size, pages int
	if _, err := fmt.Sscan(string(b), &size, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

// Schemas and documents of libxml2 are not the collector's; they are given back.
func TestMemoryIsGivenBack(t *testing.T) {
	profile := os.DirFS("../profile")
	doc, err := os.ReadFile("../profile/testdata/valid.xml")
	if err != nil {
		t.Fatal(err)
	}
	round := func() {
		for range 20 {
			s := compile(t, profile, "sigla.xsd")
			for range 20 {
				if l := validate(t, s, string(doc)); len(l) > 0 {
					t.Fatal(l)
				}
				validate(t, s, strings.Replace(string(doc), "<p ", "<p wrong='1' ", 1))
			}
			if _, err := Compile(tree{"a.xsd": schema(`<xs:element name="a" type="b"/>`)}, "a.xsd"); err == nil {
				t.Fatal("a faulty schema is accepted")
			}
			runtime.GC()
		}
		time.Sleep(50 * time.Millisecond) // clean-ups run beside
		debug.FreeOSMemory()
	}
	round()
	before := resident(t)
	round()
	if grown := resident(t) - before; grown > 8<<20 {
		t.Errorf("20 compiles and 800 validations leave %d KB", grown>>10)
	} else {
		t.Logf("20 compiles and 800 validations leave %d KB", grown>>10)
	}
}

func TestAValueIsToldOnce(t *testing.T) {
	s := compile(t, small, "a.xsd")
	for _, doc := range []string{"<letter n='x' kind='y'><date>1951-11-01</date><p/></letter>", "<letter n='1' m='2' k='3'><date>1951-11-01</date><p/></letter>", "<letter n='1'><date>1951</date><p a='1'/></letter>"} {
		if l := validate(t, s, doc); len(l) != 2 {
			t.Errorf("%s: %v", doc, l)
		}
	}
}

func TestIdentifiersAreCompared(t *testing.T) {
	s := compile(t, tree{"a.xsd": schema(`<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" maxOccurs="9"><xs:complexType>
<xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`)}, "a.xsd")
	for doc, want := range map[string]string{
		`<a><b id="x"/><b id="y"/></a>`:             "",
		`<a><b id="x"/>` + "\n" + `<b id="x"/></a>`: `x.xml:2:4: "x" is the identifier of another element already; give element "b" one of its own [xsd/reference]`,
		`<a><b id="1"/></a>`:                        `x.xml:1:7: "1" is not a value of the attribute "id" of element "b"; it has to be of type xs:ID [xsd/value]`,
	} {
		if got := first(validate(t, s, doc)); !agree(got, want) {
			t.Errorf("%s: %s, want %s", doc, got, want)
		}
	}
}

func FuzzValidate(f *testing.F) {
	s := compile(f, small, "a.xsd")
	for _, doc := range []string{"<letter n='1'><date>1951-11-01</date><p/></letter>", "<letter n='x' kind='z' q='1'>w<date>x</date><q/></letter>", "<!DOCTYPE letter [<!ENTITY e '<p>x</p>'>]><letter n='1'><date>1951-11-01</date>&e;</letter>",
		"<a:letter xmlns:a='urn:a' a:n='1' xml:id='1'/>", "<letter xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='xs:int' xsi:nil='true'/>"} {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		l, err := s.Validate("x.xml", doc)
		if err != nil {
			t.Fatal(err)
		}
		lines := 1 + strings.Count(string(doc), "\n") + strings.Count(string(doc), "\r")
		for _, x := range l {
			if x.Code == CodeMore {
				continue
			}
			if x.Pos.Line < 1 || x.Pos.Column < 1 || x.Pos.Line > lines || x.Message == "" {
				t.Errorf("%s", x)
			}
			if x.Code == CodeNotWellFormed {
				t.Errorf("the engine refuses what xmltok takes: %s", x)
			}
		}
	})
}
