package schematron

import (
	"fmt"
	"io/fs"

	"sigla/schemas/schematron/internal/xpath"
	"sigla/tei/diag"
)

// Schema is a compiled schema. It can be used by any number of goroutines.
type Schema struct {
	Name  string // of its file
	Title string
	Phase string // the one that is active; #ALL for all patterns

	compiler   *xpath.Compiler
	compat     bool
	lets       []let // of the schema and the phase
	trees      []tree
	fragments  [][]byte // their elements
	patterns   []*pattern
	namespaces []diag.Namespace
	rules      int
	notRun     []diag.NotRun
	remarks    diag.List
}

// CompileOptions are for compiling. The zero value is the default.
type CompileOptions struct {
	Phase string // the phase to run: a phase's id, #ALL, or #DEFAULT, which is also what "" stands for
}

// Rules is the number of assertions and reports that the schema has in its
// active phase, those that can't be run included.
func (s *Schema) Rules() int { return s.rules }

// NotRun are the assertions and reports that can't be run, each with the reason.
func (s *Schema) NotRun() []diag.NotRun { return s.notRun }

// Remarks are findings about the schema that keep nothing from running: an old
// namespace, quick fixes that are passed over.
func (s *Schema) Remarks() diag.List { return s.remarks }

// Error says why a schema can't be used: what is wrong with it, by file, line
// and column.
type Error = diag.FaultsError

// Codes of what is wrong with a schema.
const (
	codeAbstract   diag.Code = "schschema/abstract"  // an abstract pattern or rule that is not there, or needs itself
	codeAttribute  diag.Code = "schschema/attribute" // an attribute is missing
	codeElement    diag.Code = "schschema/element"   // an element that Schematron has not
	codeFile       diag.Code = "schschema/file"      // a file that can't be read
	codeLet        diag.Code = "schschema/let"       // a variable
	codeNamespace  diag.Code = "schschema/namespace" // a prefix, or the namespace of Schematron 1.5
	codePhase      diag.Code = "schschema/phase"     // a phase that is not there
	codePlace      diag.Code = "schschema/place"     // an element where it does not belong
	codeQuickFix   diag.Code = "schschema/quick-fix" // quick fixes are passed over
	codeReference  diag.Code = "schschema/reference" // an id that is not there
	codeShadowed   diag.Code = "schschema/shadowed"  // a rule that never fires
	codeXPath      diag.Code = "schschema/xpath"     // an expression that is wrong
	codeRuleFailed diag.Code = "schematron/failed"   // a rule that failed on a document
	codeMore       diag.Code = "schematron/more"     // findings beyond the bound
)

// Compile reads the schema in the file name of fsys, with all files that it
// includes. A schema that is not correct is an *Error.
func Compile(fsys fs.FS, name string, o CompileOptions) (*Schema, error) {
	root, err := read(fsys, name)
	if err != nil {
		if _, ok := err.(*Error); ok {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", name, diag.Reason(err))
	}
	c := newCompilation(fsys, name)
	if !root.is("schema") {
		if root.local == "schema" {
			c.fault(root, codeNamespace, "this schema is of the namespace %q; a Schematron schema is of %s", root.space, Namespace)
		} else {
			c.fault(root, codeElement, "the document element is %q; a Schematron schema begins with <schema xmlns=%q>", root.local, Namespace)
		}
		return nil, &Error{Findings: c.faults}
	}
	return c.schema(root, o, false)
}

// Embedded compiles the rules that are embedded in the RELAX NG schema (.rng or
// .rnc) or XML Schema in the file name of fsys, and in all files that it
// includes. It is nil where there are none. Without a query binding, which
// embedded rules have no place for, they are XPath 2 and 3. A phase is for those
// that have phases: where there are none, all patterns run.
func Embedded(fsys fs.FS, name string, o CompileOptions) (*Schema, error) {
	m := &embedded{fsys: fsys, seen: map[string]bool{}}
	if err := m.file(name, nil); err != nil {
		switch err.(type) {
		case *Error:
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", name, diag.Reason(err))
	}
	if len(m.faults) > 0 {
		return nil, &Error{Findings: m.faults}
	}
	rules, phases := false, false
	for _, e := range m.top {
		rules, phases = rules || e.local == "pattern", phases || e.local == "phase"
	}
	if !phases {
		o.Phase = ""
	}
	if !rules {
		return nil, nil
	}
	c := newCompilation(fsys, name)
	root := &element{space: Namespace, local: "schema", kids: m.top, file: &file{name: name},
		attrs: []attr{{local: "queryBinding", value: "xslt3"}}}
	return c.schema(root, o, true)
}

// let is a variable of a schema.
type let struct {
	slot int
	expr *xpath.Expr
}

// tree is a variable whose value stands as elements in the schema.
type tree struct {
	slot     int
	elements bool // the value is the elements, not a document of them
}

type pattern struct {
	id, name, role string
	lets           []let
	rules          []*rule
}

type rule struct {
	id, context, role, flag string
	match                   *xpath.Pattern
	lets                    []let
	asserts                 []*assert
}

type assert struct {
	rule     diag.Rule // without the location
	code     diag.Code
	severity diag.Severity
	report   bool
	test     *xpath.Expr
	message  []part
	subject  *xpath.Expr
	notes    []note // diagnostics and properties
}

// note is a diagnostic or a property.
type note struct {
	id    string
	parts []part
}

// part is a piece of a message: text, or an expression.
type part struct {
	text string
	expr *xpath.Expr
}
