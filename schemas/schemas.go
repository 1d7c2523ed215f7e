// Package schemas opens what XML documents are validated against: RELAX NG in
// both syntaxes by the engine of schemas/relaxng, Schematron by that of
// schemas/schematron, XML Schema by libxml2.
package schemas

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"sigla/schemas/hints"
	"sigla/schemas/relaxng"
	"sigla/schemas/schematron"
	"sigla/schemas/xsd"
	"sigla/tei/diag"
)

// Instance is a document to validate, in memory or still to be read.
type Instance struct {
	Name   string    // by which findings name it
	Doc    []byte    // the document, if it is in memory
	Reader io.Reader // read where Doc is nil
}

// whole is all of the document.
func (i *Instance) whole() ([]byte, error) {
	if i.Doc != nil {
		return i.Doc, nil
	}
	return io.ReadAll(i.Reader)
}

// Options are for one validation. The zero value is the default.
type Options struct {
	Explain  bool // findings carry all that was expected, and the content model
	Findings int  // stop after so many; 0 is the engine's own bound
}

// Validator says what is wrong with an XML document. An error means that the
// validator could not do its work; the findings are then nothing to go by. A
// validator can be used by any number of goroutines.
type Validator interface {
	Validate(ctx context.Context, doc Instance, o Options) (diag.List, error)
}

// Language is a schema language, known by the ending of a file's name.
type Language struct {
	Ending, Name string
	compile      func(fsys fs.FS, name string) (Validator, error)
}

// Languages are the schema languages, one row each.
var Languages = []Language{
	{".rng", "RELAX NG", compileRelaxNG},
	{".rnc", "RELAX NG, compact syntax", compileRelaxNG},
	{".xsd", "XML Schema", compileXSD},
	{".sch", "Schematron", compileSchematron},
}

// Compile reads the schema in the file name of fsys, with all files that it
// includes. A schema that is not correct is an error of its engine's: see Faults.
func Compile(fsys fs.FS, name string) (Validator, error) {
	for _, l := range Languages {
		if strings.EqualFold(path.Ext(name), l.Ending) {
			return l.compile(fsys, name)
		}
	}
	return nil, &UnknownLanguageError{name}
}

// Faults are what an error of Compile says is wrong with the schema, if that is
// what it says.
func Faults(err error) (diag.List, bool) {
	var bad *diag.FaultsError
	if errors.As(err, &bad) {
		return bad.Findings, true
	}
	return nil, false
}

// CompileAs is Compile for a schema whose language is told, by its name in
// Languages, and not by the ending of its file's name.
func CompileAs(language string, fsys fs.FS, name string) (Validator, error) {
	for _, l := range Languages {
		if l.Name == language {
			return l.compile(fsys, name)
		}
	}
	return nil, fmt.Errorf("%s: Sigla does not validate by %s", name, language)
}

// Streams reports whether a validator reads a document as it comes; others take
// all of it into memory.
func Streams(v Validator) bool {
	_, is := v.(grammar)
	return is
}

// UnknownLanguageError says that a file's name ends in no schema language's way.
type UnknownLanguageError struct{ Name string }

func (e *UnknownLanguageError) Error() string {
	var endings []string
	for _, l := range Languages {
		endings = append(endings, l.Ending)
	}
	return fmt.Sprintf("%s: which schema language is this? A schema's name ends in %s", e.Name, strings.Join(endings, ", "))
}

// Host is the machine's file system by the paths a user writes; unlike
// os.DirFS it has .. and absolute paths, which schemas include each other by.
var Host fs.FS = host{}

type host struct{}

func (host) Open(name string) (fs.File, error) { return os.Open(name) }

type grammar struct{ schema *relaxng.Schema }

func compileRelaxNG(fsys fs.FS, name string) (Validator, error) {
	s, err := relaxng.Compile(fsys, name)
	if err != nil {
		return nil, err
	}
	return grammar{s}, nil
}

func (g grammar) Validate(ctx context.Context, doc Instance, o Options) (diag.List, error) {
	ro := relaxng.Options{Explain: o.Explain, Findings: o.Findings, Aliases: hints.Aliases, Usual: hints.Usual}
	if doc.Doc != nil {
		return g.schema.ValidateBytes(ctx, doc.Name, doc.Doc, ro)
	}
	return g.schema.Validate(ctx, doc.Name, doc.Reader, ro)
}

type xmlSchema struct{ schema *xsd.Schema }

func compileXSD(fsys fs.FS, name string) (Validator, error) {
	s, err := xsd.Compile(fsys, name)
	if err != nil {
		return nil, err
	}
	return xmlSchema{s}, nil
}

func (x xmlSchema) Validate(_ context.Context, doc Instance, o Options) (diag.List, error) {
	b, err := doc.whole()
	if err != nil {
		return nil, err
	}
	l, err := x.schema.Validate(doc.Name, b)
	if o.Findings > 0 && len(l) > o.Findings { // the last says that there are more
		l = append(l[:o.Findings:o.Findings], l[len(l)-1])
	}
	return l, err
}

type rules struct{ schema *schematron.Schema }

func compileSchematron(fsys fs.FS, name string) (Validator, error) {
	s, err := schematron.Compile(fsys, name, schematron.CompileOptions{})
	if err != nil {
		return nil, err
	}
	return rules{s}, nil
}

func (r rules) Validate(ctx context.Context, doc Instance, o Options) (diag.List, error) {
	b, err := doc.whole()
	if err != nil {
		return nil, err
	}
	res, err := r.schema.Validate(ctx, doc.Name, b, schematron.Options{Findings: o.Findings})
	if err != nil {
		return nil, err
	}
	return res.Findings, nil
}
