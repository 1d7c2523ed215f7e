//go:build cgo

package xsd

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

var small = fstest.MapFS{"a.xsd": {Data: []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
<xs:element name="letter"><xs:complexType><xs:sequence>
<xs:element name="date" type="xs:date"/><xs:element name="p" type="xs:string" maxOccurs="unbounded"/>
</xs:sequence><xs:attribute name="n" type="xs:integer" use="required"/></xs:complexType></xs:element></xs:schema>`)}}

func compile(t testing.TB) *Schema {
	t.Helper()
	s, err := Compile(small, "a.xsd")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFindingsHaveTheirPlace(t *testing.T) {
	s := compile(t)
	for doc, want := range map[string]string{
		"<letter n='1'><date>1951-11-01</date><p/></letter>":       "",
		"<letter n='1'>\n <date>1951-11-01</date>\n <q/></letter>": `x.xml:3:2: element "q" is not allowed here; expected p [xsd/element-not-allowed]`,
		"<letter n='1'>\n<date>1951-11-01</date></letter>":         `x.xml:1:1: element "letter" is not complete; expected p [xsd/incomplete]`,
		"<letter><date>1951-11-01</date><p/></letter>":             `x.xml:1:1: element "letter" lacks its attribute "n" [xsd/attribute-missing]`,
		"<letter n='1' m='2'><date>1951-11-01</date><p/></letter>": `x.xml:1:1: element "letter" has no attribute "m" [xsd/attribute-not-allowed]`,
		"<letter n='1'>words<date>1951-11-01</date><p/></letter>":  `x.xml:1:1: element "letter" may hold elements only, no words [xsd/text-not-allowed]`,
		"<letter n='1'><date>1951-11-01</date><p></letter>":        "[xml/not-well-formed]",
		"<note/>": `x.xml:1:1: element "note" is not known to this schema [xsd/element-not-allowed]`,
		"":        "x.xml:1:1: the file is empty [xml/not-well-formed]",
	} {
		l, err := s.Validate("x.xml", []byte(doc))
		if err != nil {
			t.Errorf("%s: %v", doc, err)
			continue
		}
		got := ""
		if len(l) > 0 {
			got = l[0].String()
		}
		if got != want && !(strings.HasPrefix(want, "[") && strings.HasSuffix(got, want)) {
			t.Errorf("%s:\n%s\nwant %s", doc, got, want)
		}
	}
}

func TestManyAtOnceDoNotMeet(t *testing.T) {
	s := compile(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for range 200 {
				doc, want := "<letter n='1'><date>1951-11-01</date><p/></letter>", 0
				if i%2 == 1 {
					doc, want = "<letter n='x'><date>1951-11-01</date><p/></letter>", 1
				}
				l, err := s.Validate("x.xml", []byte(doc))
				if err != nil || len(l) != want {
					t.Errorf("%d findings, want %d: %v %v", len(l), want, l, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestHostileFilesAreBounded(t *testing.T) {
	s := compile(t)
	bomb := `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">`
	for c := 'b'; c <= 'l'; c++ {
		bomb += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`
	}
	for name, doc := range map[string]string{
		"entities":        bomb + `]><letter n="1"><date>1951-11-01</date><p>&l;</p></letter>`,
		"external entity": `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><letter n="1"><date>1951-11-01</date><p>&e;</p></letter>`,
		"deep":            strings.Repeat("<p>", 100000),
		"binary":          "\x00\x01\x02",
	} {
		start := time.Now()
		l, err := s.Validate("x.xml", []byte(doc))
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
		if name == "deep" || name == "binary" {
			if err == nil && len(l) == 0 {
				t.Errorf("%s is accepted", name)
			}
		}
		for _, f := range l {
			if strings.Contains(f.Message, "root:") {
				t.Errorf("%s brings a file of the machine in: %s", name, f)
			}
		}
	}
}

func TestFaultySchemaIsAnError(t *testing.T) {
	if _, err := Compile(fstest.MapFS{"a.xsd": {Data: []byte("<xs:schema/>")}}, "a.xsd"); err == nil {
		t.Error("a faulty schema is accepted")
	}
	if _, err := Compile(small, "b.xsd"); err == nil {
		t.Error("a missing schema is accepted")
	}
}
