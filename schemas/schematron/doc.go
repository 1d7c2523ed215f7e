// Package schematron is a Schematron engine (ISO/IEC 19757-3): rules in files
// of their own and rules embedded in RELAX NG and XML Schema, with XPath 2 and 3
// by an engine made for rules over whole books.
//
// A schema is compiled once and shared:
//
//	schema, err := schematron.Compile(os.DirFS("schemas"), "project.sch", schematron.CompileOptions{})
//	…
//	result, err := schema.Validate(ctx, "letter.xml", doc, schematron.Options{})
//
// read.go reads the files of a schema and finds the rules in a grammar;
// syntax.go checks and expands them: inclusions, abstract patterns and rules,
// phases. compile.go compiles expressions and says which rules can't be run;
// xslt.go reads what schemas borrow from XSLT. validate.go runs the rules on a
// document, and message.go writes what they say.
//
// A document is a table of nodes (internal/xpath). The nodes that a rule is
// about are not searched for: they are looked up by the name that its context
// ends in, or by an attribute that it asks for. Paths that begin at the root
// have the same value wherever a test stands, and are evaluated once.
package schematron
