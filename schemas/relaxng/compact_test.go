package relaxng

import (
	"fmt"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"sigla/schemas/xmltok"
)

// compactCase is a case of James Clark's suite for the compact syntax: a schema
// in it, and the same in the XML syntax where it is correct.
type compactCase struct {
	line         int
	correct      bool
	compact, xml string
	resources    fstest.MapFS
	hasXML       bool
}

func compactSuite(t testing.TB) []compactCase {
	t.Helper()
	data, err := os.ReadFile(sharedFile(t, "suite/compacttest.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []compactCase
	tok := xmltok.NewBytes("compacttest.xml", data, nil)
	var stack []string
	var text strings.Builder
	resource, from, depth := "", 0, 0
	var dirs []string
	for {
		kind, err := tok.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case xmltok.EOF:
			return cases
		case xmltok.Text:
			text.Write(tok.Text)
		case xmltok.StartElement:
			if depth > 0 {
				continue
			}
			stack = append(stack, tok.Name.Local)
			text.Reset()
			attr := ""
			for _, a := range tok.Attrs {
				attr = string(a.Value)
			}
			switch tok.Name.Local {
			case "testCase", "bug": // a bug is one of another program
				cases = append(cases, compactCase{line: tok.Pos(tok.Offset).Line, resources: fstest.MapFS{}})
			case "dir":
				dirs = append(dirs, attr)
			case "resource":
				resource = path.Join(append(dirs, attr)...)
				fallthrough
			case "correct", "incorrect":
				from, depth = tok.End, tok.Depth()
			}
		case xmltok.EndElement:
			if depth > 0 && tok.Depth() >= depth {
				continue
			}
			depth = 0
			c := &cases[max(len(cases)-1, 0)]
			name := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			inXML := len(stack) > 0 && stack[len(stack)-1] == "xml"
			body := text.String()
			if inXML {
				body = strings.TrimLeft(string(data[from:tok.Offset]), " \t\r\n")
			}
			switch name {
			case "bug":
				cases = cases[:len(cases)-1]
			case "dir":
				dirs = dirs[:len(dirs)-1]
			case "resource":
				c.resources[resource] = &fstest.MapFile{Data: []byte(body)}
			case "correct", "incorrect":
				if inXML {
					c.xml, c.hasXML = body, true
				} else {
					c.compact, c.correct = body, name == "correct"
				}
			}
		}
	}
}

// TestCompactSuite compares what each schema of the suite is read into with
// what its XML form is.
func TestCompactSuite(t *testing.T) {
	n := 0
	for _, c := range compactSuite(t) {
		n++
		t.Run(fmt.Sprintf("line-%d", c.line), func(t *testing.T) {
			if !c.correct {
				c.resources["s.rnc"] = &fstest.MapFile{Data: []byte(c.compact)}
				if _, err := Compile(c.resources, "s.rnc"); err == nil {
					t.Errorf("no fault is found in\n%s", c.compact)
				} else {
					t.Log(err)
				}
				return
			}
			compact := canonical(mustRead(t, "s.rnc", c.compact))
			xml := strings.ReplaceAll(canonical(mustRead(t, "s.rng", c.xml)), ".rng", ".rnc")
			if compact != xml {
				t.Errorf("the compact form\n%s\nis read as\n%s\nthe XML form as\n%s", c.compact, compact, xml)
			}
		})
	}
	if n != 87 {
		t.Errorf("not 87 but %d cases were found", n)
	}
	t.Logf("%d cases", n)
}

// FuzzCompact reads any text: what is not correct has a finding with a place.
func FuzzCompact(f *testing.F) {
	for _, s := range compactSeeds {
		f.Add(s)
	}
	for _, s := range []string{"element { ", "a = b, c | d", "\\x{", "start = \"x\nb = c", "[ a", "## d", "start = a**", "x:y", "\xff\xfe\x00", "((((", "<grammar/>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root, findings := readSyntax("s.rnc", []byte(text), true)
		if (root == nil) == (len(findings) == 0) {
			t.Fatalf("a tree %v with %v", root != nil, findings)
		}
		if len(findings) > compactFaults {
			t.Errorf("%d findings", len(findings))
		}
		for _, f := range findings {
			if f.Pos.Line == 0 || f.Message == "" || len(f.Message) > 400 {
				t.Errorf("the finding %v", f)
			}
		}
	})
}

// compactTable has the productions of Annex C with what each stands for. The
// XML form is put into <grammar> or is one pattern, with the prefixes that it
// uses declared.
var compactTable = []struct{ compact, xml string }{
	// patterns
	{`element a { empty }`, `<element name="a"><empty/></element>`},
	{`element a { attribute b { text } }`, `<element name="a"><attribute name="b"><text/></attribute></element>`},
	{`element a { notAllowed }`, `<element name="a"><notAllowed/></element>`},
	{`element a { b, c, d }`, `<element name="a"><group><ref name="b"/><ref name="c"/><ref name="d"/></group></element>`},
	{`a | b | c`, `<choice><ref name="a"/><ref name="b"/><ref name="c"/></choice>`},
	{`a & b & c`, `<interleave><ref name="a"/><ref name="b"/><ref name="c"/></interleave>`},
	{`a?`, `<optional><ref name="a"/></optional>`},
	{`a*`, `<zeroOrMore><ref name="a"/></zeroOrMore>`},
	{`a+`, `<oneOrMore><ref name="a"/></oneOrMore>`},
	{`(a?)+`, `<oneOrMore><optional><ref name="a"/></optional></oneOrMore>`},
	{`(a, b)*`, `<zeroOrMore><ref name="a"/><ref name="b"/></zeroOrMore>`},
	{`(a | b)*`, `<zeroOrMore><choice><ref name="a"/><ref name="b"/></choice></zeroOrMore>`},
	{`(a, b), (c | d), ((e))`, `<group><group><ref name="a"/><ref name="b"/></group><choice><ref name="c"/><ref name="d"/></choice><ref name="e"/></group>`},
	{`list { a, b }`, `<list><ref name="a"/><ref name="b"/></list>`},
	{`mixed { a | b }`, `<mixed><choice><ref name="a"/><ref name="b"/></choice></mixed>`},
	{`grammar { start = parent a }`, `<grammar><start><parentRef name="a"/></start></grammar>`},
	{`\element, \text, \parent`, `<group><ref name="element"/><ref name="text"/><ref name="parent"/></group>`},
	{`external "o.rng"`, `<externalRef href="o.rng"/>`},
	// datatypes and values
	{`string`, `<data type="string"/>`},
	{`token "a"`, `<value type="token">a</value>`},
	{`"a"`, `<value>a</value>`},
	{`xsd:int`, `<data type="int" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"/>`},
	{`datatypes d = "http://www.w3.org/2001/XMLSchema-datatypes" d:int "1"`, `<value type="int" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">1</value>`},
	{`xsd:string { minLength = "1" maxLength = "2" }`, `<data type="string" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><param name="minLength">1</param><param name="maxLength">2</param></data>`},
	{`xsd:int {} - (xsd:int "1" | xsd:int "2")`, `<data type="int" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><except><value type="int">1</value><value type="int">2</value></except></data>`},
	{`a | (token - "b")`, `<choice><ref name="a"/><data type="token"><except><value>b</value></except></data></choice>`},
	// strings
	{`"a" ~ 'b' ~ """c"d""" ~ '''e'f'''`, `<value>abc"de'f</value>`},
	{"\"\"\"a\r\nb\rc\nd\"\"\"", "<value>a\nb\nc\nd</value>"},
	{`"\x{41}\xx{000042}\x{1D11E}\n"`, "<value>AB\U0001D11E\\n</value>"},
	{`"a\x{A}b"`, "<value>a\nb</value>"},
	{`\x{65}lement a { \x{74}ext \x{7D}`, `<element name="a"><text/></element>`},
	{`\\x{61}`, `<ref name="a"/>`},
	{`""`, `<value/>`},
	// names
	{`namespace p = "u" element p:a { element b { empty } }`, `<element name="p:a" xmlns:p="u"><element name="b"><empty/></element></element>`},
	{`default namespace = "u" element a { attribute b { text } }`, `<element name="a" ns="u"><attribute name="b"/></element>`},
	{`default namespace p = "u" element p:a { element * - p:* { empty } }`, `<element name="a" ns="u"><element><anyName><except><nsName/></except></anyName><empty/></element></element>`},
	{`default namespace = "u" element a { attribute b | c { text } }`, `<element name="a" ns="u"><attribute><choice><name ns="">b</name><name ns="">c</name></choice></attribute></element>`},
	{`default namespace = "u" attribute a { text }`, `<attribute name="a" ns=""/>`},
	{`namespace n = "" element n:a { attribute n:b { text } }`, `<element name="a" ns=""><attribute name="b"/></element>`},
	{`default namespace = "u" namespace i = inherit element i:a { element b { empty } }`, `<element name="a"><element name="b" ns="u"><empty/></element></element>`},
	{`namespace i = inherit attribute i:a { text }`, `<attribute><name>a</name></attribute>`},
	{`element element | text | p { empty }`, `<element><choice><name>element</name><name>text</name><name>p</name></choice><empty/></element>`},
	{`namespace p = "u" element (p:* - (p:a | p:b)) | c { empty }`, `<element xmlns:p="u"><choice><nsName ns="u"><except><name>p:a</name><name>p:b</name></except></nsName><name>c</name></choice><empty/></element>`},
	{`namespace p = "u" element p:* - a { empty }`, `<element><nsName ns="u"><except><name ns="">a</name></except></nsName><empty/></element>`},
	{`attribute xml:id { xsd:ID }`, `<attribute name="xml:id"><data type="ID" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"/></attribute>`},
	{`default namespace = "u" xsd:QName "a"`, `<value type="QName" ns="u" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">a</value>`},
	// grammars
	{`start = a a |= empty a &= text`, `<grammar><start><ref name="a"/></start><define name="a" combine="choice"><empty/></define><define name="a" combine="interleave"><text/></define></grammar>`},
	{`start = a, b`, `<grammar><start><group><ref name="a"/><ref name="b"/></group></start></grammar>`},
	{`div { div { a = b } } \start = c`, `<grammar><div><div><define name="a"><ref name="b"/></define></div></div><define name="start"><ref name="c"/></define></grammar>`},
	{`default namespace = "u" namespace p = "v" include "o.rng" include "o.rng" inherit = p { start |= a div { b = element c { empty } } }`,
		`<grammar ns="u"><include href="o.rng"/><include href="o.rng" ns="v"><start combine="choice"><ref name="a"/></start><div><define name="b"><element name="c" ns="u"><empty/></element></define></div></include></grammar>`},
	// annotations
	{"## a\n##b\n### c\n##\n##  d\nelement e { empty }", "<element name=\"e\"><a:documentation>a\nb\nc\n\n d</a:documentation><empty/></element>"},
	{"## a\n\n## b\ne", "<ref name=\"e\"><a:documentation>a</a:documentation><a:documentation>b</a:documentation></ref>"},
	{"namespace p = \"u\" [ p:a = \"1\" p:b [ c = \"2\" p:d = \"3\" \"4\" ~ \"5\" element [] \"6\" ] ] e", `<ref name="e" p:a="1" xmlns:p="u"><p:b c="2" p:d="3">45<element xmlns=""/>6</p:b></ref>`},
	{"## d\n[ x [] ] a = b >> y [] >> z []", `<grammar><define name="a"><a:documentation>d</a:documentation><x xmlns=""/><ref name="b"/><y xmlns=""/><z xmlns=""/></define></grammar>`},
	{"[ x [] ] (a)", `<group><x xmlns=""/><ref name="a"/></group>`},
	{"[ x [] ] (a*)", `<zeroOrMore><x xmlns=""/><ref name="a"/></zeroOrMore>`},
	{"[ x [] ] a*", `<zeroOrMore><ref name="a"><x xmlns=""/></ref></zeroOrMore>`},
	{"[ x [] ] (a | b)", `<choice><x xmlns=""/><ref name="a"/><ref name="b"/></choice>`},
	{"element a { b >> x [] + >> y [] }", `<element name="a"><oneOrMore><ref name="b"/><x xmlns=""/></oneOrMore><y xmlns=""/></element>`},
	{"element a {\n## d\n[ xml:lang = \"e\" ] \"v\" >> x [] | \"w\" }", `<element name="a"><choice><value xml:lang="e">v</value><a:documentation>d</a:documentation><x xmlns=""/><value>w</value></choice></element>`},
	{"element [ xml:lang = \"e\" x [] ] a >> y [] { empty }", `<element><name xml:lang="e">a</name><x xmlns=""/><y xmlns=""/><empty/></element>`},
	{"xsd:string {\n## d\n[ xml:lang = \"e\" ] pattern = \"p\" }", `<data type="string" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><param name="pattern" xml:lang="e">p</param><a:documentation>d</a:documentation></data>`},
	{"element a { token - (\"b\" >> x []) >> y [] }", `<element name="a"><data type="token"><except><value>b</value><x xmlns=""/></except></data><y xmlns=""/></element>`},
	{"start = a x [ \"y\" ] \\div [] [ xml:lang = \"e\" ] div {} ", `<grammar><start><ref name="a"/></start><x xmlns="">y</x><div xmlns=""/><div xml:lang="e"/></grammar>`},
	{"[ xml:lang = \"e\" ] grammar { start = a }", `<grammar xml:lang="e"><start><ref name="a"/></start></grammar>`},
	// comments
	{"# a\n# b\n\n# c\nnamespace p = \"u\"\n# d\nstart = # e\n  a # f\n  | b\n# g", "<!--\na\nb\n--><!-- c --><grammar><!-- d --><start><!-- e --><choice><ref name=\"a\"/><!-- f --><ref name=\"b\"/></choice></start></grammar><!-- g -->"},
	{"\uFEFFelement a { text }", `<element name="a"><text/></element>`},
}

// TestCompactTable reads each form: the trees say the same. They are converted
// too.
func TestCompactTable(t *testing.T) {
	for i, c := range compactTable {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			xml := withNamespaces(c.xml)
			if a, b := canonical(mustRead(t, "s.rnc", c.compact)), canonical(mustRead(t, "s.rng", xml)); a != b {
				t.Errorf("%s\nis read as\n%s\nand\n%s\nas\n%s", c.compact, a, xml, b)
			}
			bothWays(t, "s.rnc", c.compact, false)
			bothWays(t, "s.rng", xml, false)
		})
	}
}

// withNamespaces declares in the first element what the table leaves out.
func withNamespaces(xml string) string {
	i := 0
	for strings.HasPrefix(xml[i:], "<!--") {
		i += strings.Index(xml[i:], "-->") + len("-->")
	}
	end := i + strings.IndexAny(xml[i:], " />")
	return xml[:end] + ` xmlns="` + Namespace + `" xmlns:a="` + annotationsNamespace + `"` + xml[end:]
}

// compactFaultTable has faults, their places, and what is said of them.
var compactFaultTable = []struct{ compact, place, code, message string }{
	{"a = b, c | d", "1:10", "rnc/operators", "put what belongs together into parentheses"},
	{"a = b c\n", "1:7", "rnc/operators", `an operator is missing before "c"`},
	{"element a { text } element b { text }", "1:20", "rnc/operators", "an operator is missing before the keyword element"},
	{"a = b?*", "1:7", "rnc/operators", "(a?)*"},
	{"a = token - \"b\" | c", "1:17", "rnc/operators", "(string - \"a\") | b"},
	{"element * - a | b { text }", "1:15", "rnc/operators", "(* - a) | b"},
	{"text = empty", "1:1", "rnc/keyword", `written \text`},
	{"a = parent start", "1:12", "rnc/keyword", `written \start`},
	{"a = element b { include }", "1:17", "rnc/keyword", `written \include`},
	{"a = p:b", "1:5", "rnc/prefix", `the prefix "p" is not declared`},
	{"a = element teh:b { empty }\n", "1:13", "rnc/prefix", `add namespace teh = "…"`},
	{"namespace tei = \"t\" a = element tie:b { empty }", "1:33", "rnc/prefix", "did you mean tei?"},
	{"namespace p = \"u\" a = p:b", "1:23", "rnc/prefix", "is a namespace's and stands before a datatype"},
	{"namespace xmlns = \"u\" a = b", "1:11", "rnc/prefix", "xmlns can't be declared"},
	{"a = \"b\nc = d", "1:5", "rnc/unclosed", "the string opens here"},
	{"a = \"\"\"b\nc = d", "1:5", "rnc/unclosed", "never closes"},
	{"a = element b {\n  c\n\nd = e", "1:15", "rnc/unclosed", "{ opens here and never closes; \"d\" follows at 4:1"},
	{"a = (b, (c | d)", "1:5", "rnc/unclosed", "( opens here and never closes; the end of the file follows at 1:16"},
	{"[ x [ \"y\" ]\na = b", "1:1", "rnc/unclosed", "[ opens here"},
	{"a = \"\\x{110000}\"", "1:6", "rnc/escape", "no character of XML"},
	{"a = \\x{62", "1:5", "rnc/escape", "hexadecimal digits"},
	{"a = b\x01", "1:6", "rnc/character", "U+0001"},
	{"a = b\xE9", "1:6", "rnc/character", "0xE9 is not UTF-8"},
	{"a = b ; c = d", "1:7", "rnc/character", `begins with ";"`},
	{"a = 1b", "1:5", "rnc/character", `"1"`},
	{"<grammar/>", "1:1", "rnc/character", "ends in .rng"},
	{"a = b ## c\n", "1:7", "rnc/annotation", "write # for a comment"},
	{"a = b, ## c\n", "2:1", "rnc/syntax", "found the end of the file, expected a pattern"},
	{"element a ## b\n{ c }", "1:11", "rnc/syntax", "write # for a comment"},
	{"a = b\nc\nd = e", "2:1", "rnc/syntax", `"c" begins no definition`},
	{"## a\ndefault namespace = \"u\"", "2:1", "rnc/syntax", "declarations stand at the top"},
	{"a = b\n## c\n", "2:1", "rnc/annotation", "nothing after it"},
	{"[ b = \"1\" ] a = b", "1:3", "rnc/annotation", "has no namespace"},
	{"[ x [] xml:a = \"1\" ] a = b", "1:8", "rnc/annotation", "put it before"},
	{"element a { b } >> x []", "1:20", "rnc/annotation", "put it before"},
	{"a = b >> c", "1:11", "rnc/syntax", "= or [ after an annotation's name"},
	{"element \"a\" { b }", "1:9", "rnc/syntax", "a name, which has no quotes"},
	{"element a { }", "1:13", "rnc/syntax", `found "}", expected a pattern`},
	{"a = p:*", "1:5", "rnc/syntax", "a class of names"},
	{"a = xsd:int { 1 = \"2\" }", "1:15", "rnc/character", ""},
	{"a = text - \"b\"", "1:10", "rnc/syntax", "only datatypes have exceptions"},
	{"include \"b\" { include \"c\" }", "1:15", "rnc/syntax", "holds no other include"},
	{"datatypes d = \"relative\" a = d:b", "1:15", "rnc/datatype-library", "is not absolute"},
	{"a = b\n\n= c\n\nd = e | f & g\n\nh = \"\n\ni = j", "3:1", "rnc/syntax", ""},
}

func TestFaultsOfTheCompactSyntax(t *testing.T) {
	for _, c := range compactFaultTable {
		_, findings := readSyntax("s.rnc", []byte(c.compact), true)
		if len(findings) == 0 {
			t.Errorf("no fault is found in %q", c.compact)
			continue
		}
		f := findings[0]
		if got := fmt.Sprintf("%d:%d", f.Pos.Line, f.Pos.Column); got != c.place || string(f.Code) != c.code || !strings.Contains(f.Message, c.message) {
			t.Errorf("%q: want %s %q [%s], and it is\n%v", c.compact, c.place, c.message, c.code, f)
		}
	}
}

// TestReadingGoesOnAtTheNextDefinition: each of the faulty definitions has one
// finding, whatever it is.
func TestReadingGoesOnAtTheNextDefinition(t *testing.T) {
	text := "a = b c\n\nd = \"e\n\n## f\ng = element h {\n  i\n\nj = k | l, m\n\ntext = n\n\no = (p\n"
	_, findings := readSyntax("s.rnc", []byte(text), true)
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%d %s", f.Pos.Line, f.Code))
	}
	want := []string{"1 rnc/operators", "3 rnc/unclosed", "6 rnc/unclosed", "9 rnc/operators", "11 rnc/keyword", "13 rnc/unclosed"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the findings are\n%v", findings)
	}
}

// TestDeepCompactSchemasEnd: brackets a hundred thousand deep are a finding.
func TestDeepCompactSchemasEnd(t *testing.T) {
	for _, s := range []string{"(", "element a {", "grammar { start = ", "[ x [", "element * - (", "div {", "a = list {"} {
		_, findings := readSyntax("s.rnc", []byte(strings.Repeat(s, 100_000)), true)
		if len(findings) == 0 {
			t.Errorf("%q is read", s)
		}
	}
}

// TestEncodingsOfCompactSchemas reads one schema in the encodings that a byte
// order mark tells; places are those of the text.
func TestEncodingsOfCompactSchemas(t *testing.T) {
	const text = "element näh { text }\n\na = b c\n"
	bytesOf := map[string]func() []byte{
		"UTF-8":           func() []byte { return []byte(text) },
		"UTF-8 with mark": func() []byte { return []byte("\uFEFF" + text) },
		"UTF-16LE": func() (b []byte) {
			for _, u := range utf16.Encode([]rune("\uFEFF" + text)) {
				b = append(b, byte(u), byte(u>>8))
			}
			return b
		},
		"UTF-16BE": func() (b []byte) {
			for _, u := range utf16.Encode([]rune("\uFEFF" + text)) {
				b = append(b, byte(u>>8), byte(u))
			}
			return b
		},
		"carriage returns": func() []byte { return []byte(strings.ReplaceAll(text, "\n", "\r\n")) },
	}
	for name, of := range bytesOf {
		_, findings := readSyntax("s.rnc", of(), true)
		if len(findings) != 1 || findings[0].Pos.Line != 3 || findings[0].Pos.Column != 1 {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

func BenchmarkReadCompact(b *testing.B) {
	text, err := os.ReadFile(sharedFile(b, "schemas/tei/tei_all.rnc"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, findings := readSyntax("tei_all.rnc", text, false); len(findings) > 0 {
			b.Fatal(findings)
		}
	}
}
