package schemas

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"sigla/schemas/relaxng"
)

var letters = fstest.MapFS{
	"a.rnc": {Data: []byte("start = element letter { attribute n { xsd:integer }, element p { text }+ }")},
	"a.rng": {Data: []byte(`<element name="letter" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<attribute name="n"><data type="integer"/></attribute><oneOrMore><element name="p"><text/></element></oneOrMore></element>`)},
	"a.xsd": {Data: []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="letter"><xs:complexType><xs:sequence>
<xs:element name="p" type="xs:string" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="n" type="xs:integer" use="required"/></xs:complexType></xs:element></xs:schema>`)},
	"bad.rnc": {Data: []byte("start = element letter")},
	"a.sch":   {Data: []byte(`<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="letter"><assert test="string(@n) castable as xs:integer">n</assert><assert test="p">p</assert></rule></pattern></schema>`)},
	"a.dtd":   {Data: []byte("<!ELEMENT letter ANY>")},
}

// TestLanguagesJudgeAlike: a document in memory and one that is read, under the
// same grammar in each language.
func TestLanguagesJudgeAlike(t *testing.T) {
	for _, l := range Languages {
		t.Run(l.Ending, func(t *testing.T) {
			v, err := Compile(letters, "a"+l.Ending)
			if err != nil {
				t.Fatal(err)
			}
			for doc, valid := range map[string]bool{"<letter n='1'><p/></letter>": true, "<letter n='x'><p/></letter>": false, "<letter n='1'/>": false, "": false} {
				for _, in := range []Instance{{Name: "x.xml", Doc: []byte(doc)}, {Name: "x.xml", Reader: strings.NewReader(doc)}} {
					found, err := v.Validate(context.Background(), in, Options{})
					if err != nil || (len(found) == 0) != valid {
						t.Errorf("%q: %v %v", doc, found, err)
					}
				}
			}
		})
	}
}

func TestFaultsOfSchemasAreToldApart(t *testing.T) {
	var unknown *UnknownLanguageError
	if _, err := Compile(letters, "a.dtd"); !errors.As(err, &unknown) || !strings.Contains(err.Error(), ".rnc") {
		t.Errorf("%v", err)
	}
	var bad *relaxng.Error
	if _, err := Compile(letters, "bad.rnc"); !errors.As(err, &bad) || bad.Findings[0].Pos.Line != 1 {
		t.Errorf("%v", err)
	}
	if _, err := Compile(letters, "none.rng"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if _, err := Host.Open("../schemas/schemas.go"); err != nil {
		t.Errorf("the paths of users have ..: %v", err)
	}
}
