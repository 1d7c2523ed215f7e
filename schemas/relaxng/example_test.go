package relaxng_test

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"

	"sigla/schemas/relaxng"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// letters is a schema in a file system: os.DirFS and embed.FS do as well.
var letters = fstest.MapFS{
	"letter.rng": {Data: []byte(`<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <include href="words.rng"/>
  <start>
    <element name="letter">
      <a:documentation>a letter, or a copy of one</a:documentation>
      <attribute name="kind">
        <a:documentation>who it was meant for</a:documentation>
        <choice><value>private</value><value>official</value></choice>
      </attribute>
      <optional><attribute name="when"><a:documentation>the day it was written</a:documentation><data type="date"/></attribute></optional>
      <optional><element name="head"><a:documentation>its first line</a:documentation><ref name="words"/></element></optional>
      <oneOrMore><element name="p"><a:documentation>a paragraph</a:documentation><ref name="words"/></element></oneOrMore>
    </element>
  </start>
</grammar>`)},
	"words.rng": {Data: []byte(`<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <define name="words"><mixed><zeroOrMore><element name="name"><text/></element></zeroOrMore></mixed></define>
</grammar>`)},
	"note.rng": {Data: []byte(`<element name="letter" xmlns="http://relaxng.org/ns/structure/1.0">
  <attribute name="kind"/>
  <oneOrMore><element name="p"><text/></element></oneOrMore>
</element>`)},
}

// A schema is compiled once and validates any number of documents.
func Example() {
	schema, err := relaxng.Compile(letters, "letter.rng")
	if err != nil {
		fmt.Println(err)
		return
	}
	doc := strings.NewReader(`<letter kind="private">
  <p>To <name>Orlov</name>.</p>
  <head>A letter</head>
</letter>`)
	findings, err := schema.Validate(context.Background(), "letter.xml", doc, relaxng.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// letter.xml:3:3: element "head" not allowed after "p" in "letter", it comes before; only "p" is allowed [rng/element-not-allowed]
}

// A schema that is not correct is told by findings, too.
func ExampleCompile() {
	broken := fstest.MapFS{"broken.rng": {Data: []byte(`<grammar xmlns="http://relaxng.org/ns/structure/1.0">
  <start><ref name="leter"/></start>
  <define name="letter"><element name="letter"><text/></element></define>
</grammar>`)}}
	_, err := relaxng.Compile(broken, "broken.rng")
	if bad, ok := err.(*relaxng.Error); ok {
		for _, f := range bad.Findings {
			fmt.Println(f.Pos, f.Code)
		}
	}
	// Output:
	// broken.rng:2:10 rng/ref
}

// branch is an element of a tree that was never written down.
type branch struct {
	name string
	attr map[string]string
	text string
	kids []branch
}

// path is the Locator of a tree: its places are names of elements.
type path struct{ names []string }

func (p *path) Pos(int) diag.Pos          { return diag.Pos{File: strings.Join(p.names, "/")} }
func (p *path) Opened(depth int) diag.Pos { return diag.Pos{File: strings.Join(p.names[:depth], "/")} }

// A tree in memory is validated by giving its elements and texts in their order.
func ExampleSchema_NewValidator() {
	schema, err := relaxng.Compile(letters, "letter.rng")
	if err != nil {
		fmt.Println(err)
		return
	}
	where := &path{}
	v := schema.NewValidator(relaxng.Options{}, where, nil)
	var give func(b branch)
	give = func(b branch) {
		where.names = append(where.names, b.name)
		var attrs []xmltok.Attr
		for name, value := range b.attr {
			attrs = append(attrs, xmltok.Attr{Name: schema.ExpandedName("", name), Value: []byte(value)})
		}
		v.StartElement(schema.ExpandedName("", b.name), attrs, 0)
		v.Text([]byte(b.text), strings.TrimSpace(b.text) == "", 0)
		for _, k := range b.kids {
			give(k)
		}
		v.EndElement(0)
		where.names = where.names[:len(where.names)-1]
	}
	give(branch{name: "letter", attr: map[string]string{"kind": "secret"}, kids: []branch{{name: "p", text: "To Orlov."}}})
	for _, f := range v.End() {
		fmt.Println(f.Pos, f.Code)
	}
	// Output:
	// letter rng/attribute-value
}

// What may stand at a place, for an editor: the document was read up to there.
func ExampleValidator_Elements() {
	schema, err := relaxng.Compile(letters, "letter.rng")
	if err != nil {
		fmt.Println(err)
		return
	}
	v := schema.NewValidator(relaxng.Options{}, &path{}, nil)
	kind := xmltok.Attr{Name: schema.ExpandedName("", "kind"), Value: []byte("official")}
	v.StartElement(schema.ExpandedName("", "letter"), []xmltok.Attr{kind}, 0)
	for _, e := range v.Elements() {
		fmt.Printf("<%s> %v: %s\n", e.Local, e.Required, e.Documentation)
	}
	for _, a := range v.Attributes() {
		fmt.Printf("@%s %v: %s\n", a.Local, a.Required, a.Documentation)
	}
	fmt.Println(v.Values("", "kind"))
	// Output:
	// <p> true: a paragraph
	// <head> false: its first line
	// @kind true: who it was meant for
	// @when false: the day it was written
	// [private official]
}

// A customisation has to be a subset of what it customises. Where it is not, a
// smallest document shows it.
func ExampleSubset() {
	letter, err := relaxng.Compile(letters, "letter.rng")
	if err != nil {
		fmt.Println(err)
		return
	}
	note, err := relaxng.Compile(letters, "note.rng")
	if err != nil {
		fmt.Println(err)
		return
	}
	yes, difference, err := relaxng.Subset(note, letter)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(yes)
	fmt.Println(difference.Document)
	fmt.Println(difference.Path, difference.Findings[0].Code)
	// Output:
	// false
	// <letter kind="text">
	//   <p/>
	// </letter>
	// letter rng/attribute-value
}
