// Package relaxng is a RELAX NG engine: both syntaxes, the whole specification,
// streaming validation, and messages that say what stands where, what was
// expected and what to write instead.
//
// A schema is compiled once and shared:
//
//	schema, err := relaxng.Compile(os.DirFS("schemas"), "tei_all.rng")
//	…
//	findings, err := schema.Validate(ctx, "letter.xml", file, relaxng.Options{})
//
// The files are in the order of the work. syntax.go is the tree that both
// syntaxes are read into (readxml.go; compact.go with its tokens, annotations,
// names and prefixes); check.go is the full syntax (clause 3 of the
// specification), simplify.go the simplification (clause 4), restrict.go the
// restrictions (clause 7), ids.go the ID feature of DTD compatibility. pattern.go
// holds each pattern once; deriv.go derives patterns by what stands in a
// document; machine.go remembers the derivatives as states, attributes.go those
// of attributes, values.go matches strings. validate.go reads a document;
// misplaced.go and wrongvalue.go say what is wrong with it and how to go on,
// messages.go and describe.go word it, expected.go lists what could stand there.
//
// convert.go turns one syntax into the other (writexml.go, writecompact.go).
// subset.go decides whether one schema is a subset of another, and
// counterexample.go writes the document that shows it is not.
//
// The specification is the OASIS RELAX NG Specification of 3 December 2001,
// which ISO/IEC 19757-2 took over; numbers of clauses are its.
package relaxng
