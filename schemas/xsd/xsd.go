// Package xsd validates XML documents against W3C XML Schemas (1.0), by libxml2
// where the program is built with cgo and by helium, which is Go, where it is
// not. It is the only package of the project that uses cgo.
//
// Neither engine ever sees a file or an address. The files of a schema are read
// here, and so is what they include; references between them are replaced by
// numbers, and the engines get texts by those. Documents, too, are first read
// by schemas/xmltok, which holds them to well-formedness and to limits and
// expands entities; so the engines meet no document type declaration and no
// encoding but UTF-8.
//
// An engine tells an element by its number in document order. Its place is then
// found in the bytes that the user has, whatever an engine knows of lines.
package xsd

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"

	"sigla/tei/diag"
)

// Codes of findings on documents.
const (
	CodeInvalid       diag.Code = "xsd/invalid"
	CodeElement       diag.Code = "xsd/element-not-allowed"
	CodeIncomplete    diag.Code = "xsd/incomplete"
	CodeAttribute     diag.Code = "xsd/attribute-not-allowed"
	CodeRequired      diag.Code = "xsd/attribute-missing"
	CodeValue         diag.Code = "xsd/value"
	CodeText          diag.Code = "xsd/text-not-allowed"
	CodeReference     diag.Code = "xsd/reference"
	CodeMore          diag.Code = "xsd/more"
	CodeNotWellFormed diag.Code = "xml/not-well-formed" // where the engine refuses what xmltok takes
)

// maxFindings bounds what is told of one document or schema.
const maxFindings = 1000

// Schema is a compiled schema. It never changes and can be used by any number
// of goroutines.
type Schema struct{ engine *engine }

// Error says what is wrong with a schema, by file, line and column.
type Error = diag.FaultsError

// Compile compiles the schema in the file name of fsys, with all files that it
// includes, imports and redefines, each found beside the file that names it.
// The network is never asked. A schema that is not correct, or lacks a file, is
// an *Error. Large schemas take long (tei_all.xsd takes many seconds), and
// libxml2 leaks a little at every compile: compile once.
func Compile(fsys fs.FS, name string) (*Schema, error) {
	files, findings, err := gather(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, diag.Reason(err))
	}
	if len(findings) > 0 {
		findings.Sort()
		return nil, &Error{Findings: findings}
	}
	engine, err := newEngine(files)
	if err != nil {
		return nil, err
	}
	return &Schema{engine}, nil
}

// Validate validates one document. Findings are in the order of the document,
// at most 1,000; the last then says that there are more. A document that is not
// well-formed, or beyond the limits of schemas/xmltok, has one finding.
func (s *Schema) Validate(name string, doc []byte) (diag.List, error) {
	if len(doc) > 1<<30 {
		return nil, fmt.Errorf("xsd: %s: more than 1 GiB", name)
	}
	text, refused, err := readable(name, doc)
	if err != nil {
		return nil, fmt.Errorf("xsd: %s: %w", name, err)
	}
	if refused != nil {
		return diag.List{*refused}, nil
	}
	faults, err := s.engine.validate(text)
	if err != nil {
		return nil, fmt.Errorf("xsd: %s: %w", name, err)
	}
	return documentFindings(name, doc, faults), nil
}

// fault is what an engine says of an element or an attribute.
type fault struct {
	file    int    // of a schema: the number of the file; -1 if the engine does not say
	element int    // its number in document order, from 1; 0 if it is not known
	attr    string // the attribute's local name, "" if the element is meant
	message string // as libxml2 words it
	syntax  bool   // from the engine's XML parser
}

// faults are those that are told, and the number of others.
type faults struct {
	list []fault
	more int
}

// place is what has a position in a file.
func (f fault) place() place { return place{f.element, f.attr} }

// documentFindings are the findings that faults in a document amount to.
func documentFindings(name string, doc []byte, fs faults) diag.List {
	if len(fs.list) == 0 {
		return nil
	}
	slices.SortStableFunc(fs.list, func(a, b fault) int { return cmp.Compare(a.element, b.element) })
	where := positions(name, doc, fs.list)
	type told struct {
		place
		code diag.Code
	}
	before := map[told]bool{}
	var out diag.List
	for _, f := range fs.list {
		x := diag.Finding{Pos: where[f.place()], Severity: diag.Error}
		x.Code, x.Message = reword(f)
		// a bad value is told twice: by its facet, which says more, and by its type
		key := told{f.place(), x.Code}
		if before[key] && isValue(f) {
			continue
		}
		before[key] = true
		out = append(out, x)
	}
	out.Sort()
	if fs.more > 0 {
		out = append(out, diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Info, Code: CodeMore,
			Message: fmt.Sprintf("%d more findings of the XML Schema are not listed", fs.more)})
	}
	return out
}
