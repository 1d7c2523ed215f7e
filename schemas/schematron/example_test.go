package schematron_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"sigla/schemas/schematron"
)

func Example() {
	files := fstest.MapFS{"letters.sch": {Data: []byte(`<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
  <ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
  <pattern>
    <rule context="t:persName">
      <assert id="known-person" test="@ref" role="warning">Who is <value-of select="."/>? A person needs @ref.</assert>
      <assert test="doc('persons.xml')//t:person">Persons are in persons.xml.</assert>
    </rule>
  </pattern>
</schema>`)}}
	schema, err := schematron.Compile(files, "letters.sch", schematron.CompileOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(schema.Rules(), "rules")
	for _, n := range schema.NotRun() {
		fmt.Printf("not run: %s: %s\n", n.Rule, n.Reason)
	}
	doc := []byte("<p xmlns='http://www.tei-c.org/ns/1.0'>Dear\n  <persName>Ann</persName></p>")
	result, err := schema.Validate(context.Background(), "letter.xml", doc, schematron.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range result.Findings {
		fmt.Println(f.Severity, f)
	}
	// Output:
	// 2 rules
	// not run: assert doc('persons.xml')//t:person on t:persName: the function doc() reads another document, which is not allowed here
	// warning letter.xml:2:3: Who is Ann? A person needs @ref. [sch/known-person]
}

func ExampleEmbedded() {
	files := fstest.MapFS{"letter.rng": {Data: []byte(`<element name="letter" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
  <sch:assert test="@from != @to">Nobody writes to themselves.</sch:assert>
  <attribute name="from"/>
  <attribute name="to"/>
</element>`)}}
	schema, err := schematron.Embedded(files, "letter.rng", schematron.CompileOptions{})
	if err != nil || schema == nil {
		fmt.Println(err)
		return
	}
	result, err := schema.Validate(context.Background(), "letter.xml", []byte(`<letter from="Ann" to="Ann"/>`), schematron.Options{})
	fmt.Println(result.Findings[0], err)
	// Output:
	// letter.xml:1:1: Nobody writes to themselves. [sch/assert] <nil>
}
