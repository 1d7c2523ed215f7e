package schematron

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"sigla/tei/diag"
)

// embeddings are grammars with rules in them, and what they find in small.
var embeddings = []struct {
	name  string
	files map[string]string
	want  string // nil for no rules
}{
	{"RELAX NG", map[string]string{"g.rng": `<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><sch:ns prefix="y" uri="urn:x"/><sch:let name="v" value="2"/>
		<start><element name="a"><sch:pattern id="p"><sch:rule context="b"><sch:report test="@n = $v">b</sch:report></sch:rule></sch:pattern>
		<sch:pattern><sch:rule context="y:d"><sch:report test="true()">d</sch:report></sch:rule></sch:pattern><empty/></element></start></grammar>`}, "/a[1]/b[2] b; /a[1]/d[1] d"},
	{"prefixes of the grammar", map[string]string{"g.rng": `<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron" xmlns:k="urn:x"><sch:pattern><sch:rule context="k:d"><sch:report test="@k:m eq '4'">d</sch:report></sch:rule></sch:pattern><empty/></element>`}, "/a[1]/d[1] d"},
	{"a rule that stands alone", map[string]string{"g.rng": `<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><sch:rule context="c"><sch:report test="true()">c</sch:report></sch:rule><empty/></element>`}, "/a[1]/b[2]/c[1] c"},
	{"assertions that stand alone are about the element", map[string]string{"g.rng": `<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><element name="b"><sch:assert test="c">1</sch:assert><optional><sch:report test="c">2</sch:report></optional></element></element>`}, "/a[1]/b[1] 1; /a[1]/b[2] 2"},
	{"what is included", map[string]string{"g.rng": `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="sub/h.rng"/></grammar>`,
		"sub/h.rng": `<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><include href="k.rng"/><sch:pattern><sch:rule context="c"><sch:report test="true()">c</sch:report></sch:rule></sch:pattern></grammar>`,
		"sub/k.rng": `<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><include href="h.rng"/><sch:pattern><sch:rule context="a"><sch:report test="true()">a</sch:report></sch:rule></sch:pattern></grammar>`}, "/a[1] a; /a[1]/b[2]/c[1] c"},
	{"the compact syntax", map[string]string{"g.rnc": "namespace sch = \"http://purl.oclc.org/dsdl/schematron\"\nsch:ns [ prefix = \"y\" uri = \"urn:x\" ]\nstart = element a {\n  empty >> sch:pattern [ sch:rule [ context = \"y:d\" sch:report [ test = \"true()\" \"d \" sch:name [ ] ] ] ]\n}\ninclude \"h.rnc\"\n",
		"h.rnc": "namespace sch = \"http://purl.oclc.org/dsdl/schematron\"\nsch:pattern [ sch:rule [ context = \"c\" sch:report [ test = \"true()\" \"c\" ] ] ]\nk = empty\n"}, "/a[1]/b[2]/c[1] c; /a[1]/d[1] d x:d"},
	{"XML Schema", map[string]string{"g.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><xs:include schemaLocation="h.xsd"/><xs:annotation><xs:appinfo><sch:ns prefix="y" uri="urn:x"/></xs:appinfo></xs:annotation>
		<xs:element name="a"><xs:annotation><xs:appinfo><sch:pattern><sch:rule context="y:d"><sch:report test="true()">d</sch:report></sch:rule></sch:pattern></xs:appinfo></xs:annotation></xs:element></xs:schema>`,
		"h.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:sch="http://purl.oclc.org/dsdl/schematron"><xs:element name="c"><xs:annotation><xs:appinfo><sch:assert test="false()">c</sch:assert></xs:appinfo></xs:annotation></xs:element></xs:schema>`}, "/a[1]/b[2]/c[1] c; /a[1]/d[1] d"},
	{"a whole schema in an annotation", map[string]string{"g.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:annotation><xs:appinfo><schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="y" uri="urn:x"/><pattern><rule context="y:d"><report test="true()">d</report></rule></pattern></schema></xs:appinfo></xs:annotation></xs:schema>`}, "/a[1]/d[1] d"},
	{"no rules", map[string]string{"g.rng": `<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>`}, "none"},
	{"no rules, compact", map[string]string{"g.rnc": "element a { empty }"}, "none"},
	{"Schematron 1.5", map[string]string{"g.rng": `<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://www.ascc.net/xml/schematron"><sch:pattern name="p"><sch:rule context="c"><sch:report test="true()">c</sch:report></sch:rule></sch:pattern><empty/></element>`}, "/a[1]/b[2]/c[1] c"},
}

func TestRulesInGrammars(t *testing.T) {
	for _, c := range embeddings {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			first := ""
			for name, text := range c.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
				if strings.HasPrefix(name, "g.") {
					first = name
				}
			}
			s, err := Embedded(fsys, first, CompileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if s == nil {
				if c.want != "none" {
					t.Error("no rules")
				}
				return
			}
			if got := strings.Join(findings(t, s, small), "; "); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestFaultsOfEmbeddedRulesAreSaid(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"g.rng", "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0' xmlns:sch='http://purl.oclc.org/dsdl/schematron'>\n<sch:pattern>\n<sch:rule context='c'><sch:assert test='1 +'/></sch:rule></sch:pattern></element>", "g.rng:3:44: the XPath of @test is wrong"},
		{"g.rng", "<grammar xmlns='http://relaxng.org/ns/structure/1.0' xmlns:sch='http://purl.oclc.org/dsdl/schematron'>\n<sch:assert test='1'/></grammar>", "g.rng:2:1: this assert stands in no rule"},
		{"g.rng", "<grammar xmlns='http://relaxng.org/ns/structure/1.0'>\n<include href='none.rng'/></grammar>", "g.rng:2:1: there is no file none.rng"},
		{"g.rng", "<grammar", "g.rng:1:1:"},
	} {
		_, err := Embedded(fstest.MapFS{c.file: {Data: []byte(c.text)}}, c.file, CompileOptions{})
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, not %s", c.text, err, c.want)
		}
	}
	if _, err := Embedded(fstest.MapFS{}, "none.rng", CompileOptions{}); err == nil || err.Error() != "none.rng: file does not exist" {
		t.Error(err)
	}
	if _, err := Compile(fstest.MapFS{}, "none.sch", CompileOptions{}); err == nil || err.Error() != "none.sch: file does not exist" {
		t.Error(err)
	}
}

func TestRemarksKeepNothingFromRunning(t *testing.T) {
	s := compileFiles(t, map[string]string{"s.sch": `<schema xmlns="http://www.ascc.net/xml/schematron"><pattern name="p"><rule context="c"><report test="true()">c</report></rule></pattern></schema>`}, CompileOptions{})
	if got := findings(t, s, small); strings.Join(got, "") != "/a[1]/b[2]/c[1] c" {
		t.Error(got)
	}
	if r := s.Remarks(); len(r) != 1 || r[0].Severity != diag.Warning || r[0].Code != codeNamespace {
		t.Error(r)
	}
	s = compileFiles(t, map[string]string{"s.sch": head + `<pattern><rule context="c"><report test="true()">c</report><sqf:fix xmlns:sqf="http://www.schematron-quickfix.com/validator/process" id="f"/></rule></pattern></schema>`}, CompileOptions{})
	if r := s.Remarks(); len(r) != 1 || r[0].Severity != diag.Info || r[0].Code != codeQuickFix {
		t.Error(r)
	}
	s = compileFiles(t, map[string]string{"s.sch": head + `<pattern>stray<rule context="c"><report test="true()">c</report></rule></pattern></schema>`}, CompileOptions{})
	if r := s.Remarks(); len(r) != 1 || r[0].Severity != diag.Warning || r[0].Code != codePlace || r[0].Pos.Column != 112 {
		t.Error(r)
	}
}
