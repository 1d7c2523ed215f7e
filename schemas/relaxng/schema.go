package relaxng

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unsafe"

	"sigla/schemas/datatype"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Schema is a compiled schema. It can be used by any number of goroutines.
type Schema struct {
	Name string

	base           *interner // the patterns of the schema itself
	start          *pattern
	elements       []*element
	elementNames   *alphabet
	attributeNames *alphabet
	named          map[int32][]*element // by symbol: the definitions of elements of that name
	machine        atomic.Pointer[machine]
	runs           sync.Pool

	checkingIDs sync.Once
	remarks     diag.List

	// For messages, made when the first one is.
	holding     sync.Once
	heldBy      [][]*element // by place in elements: the elements that hold it
	indexOf     map[*element]int
	attributing sync.Once
	attributeOn map[qname][]string
}

// Error says why a schema can't be used: it is not correct, or a file of it
// can't be read.
type Error = diag.FaultsError

// Compile reads the schema in the file name of fsys, with all files that it
// includes: the compact syntax where the name ends in .rnc, the XML syntax
// otherwise. A schema that is not correct by the specification is an *Error
// whose findings name file, line, column and clause.
func Compile(fsys fs.FS, name string) (*Schema, error) {
	root, findings, err := readFile(fsys, name, false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, diag.Reason(err))
	}
	if len(findings) > 0 {
		return nil, &Error{Findings: findings}
	}
	return compile(fsys, root)
}

// readFile reads one file of a schema.
func readFile(fsys fs.FS, name string, annotations bool) (*Node, diag.List, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	root, findings := readSyntax(name, data, annotations)
	return root, findings, nil
}

// readSyntax reads a schema's text, by the syntax its name tells.
func readSyntax(name string, data []byte, annotations bool) (*Node, diag.List) {
	tok := xmltok.NewBytes(name, data, nil)
	src := tok.Source() // ours, and never changed
	f := &File{Name: name, Text: unsafe.String(unsafe.SliceData(src), len(src))}
	if strings.EqualFold(path.Ext(name), ".rnc") {
		return readCompact(f)
	}
	return readXML(f, tok, annotations)
}

func compile(fsys fs.FS, root *Node) (*Schema, error) {
	if findings := checkSyntax(root); len(findings) > 0 {
		findings.Sort()
		return nil, &Error{Findings: findings}
	}
	name := root.File.Name
	s := &simplifier{fsys: fsys, in: newInterner(), files: []string{name}, checkers: map[string]*datatype.Checker{}}
	start := s.pattern(root, &env{base: name})
	s.finish()
	var reached []*element
	if len(s.findings) == 0 {
		reached = s.restrict(start, root)
	}
	if len(s.findings) > 0 {
		s.findings.Sort()
		return nil, &Error{Findings: s.findings}
	}
	c := &Schema{Name: name, base: s.in, start: start, elements: reached,
		elementNames: newAlphabet(), attributeNames: newAlphabet(), named: map[int32][]*element{}}
	if err := c.number(); err != nil {
		return nil, err
	}
	c.base.enumerate()
	c.machine.Store(newMachine(c, upon(c.base)))
	return c, nil
}

// number gives the names of the schema their symbols.
func (s *Schema) number() error {
	for _, e := range s.elements {
		s.elementNames.addSpaces(e.names)
	}
	for _, e := range s.elements {
		s.elementNames.addNames(e.names)
	}
	attributes := s.base.attributes()
	for _, p := range attributes {
		s.attributeNames.addSpaces(p.names)
	}
	for _, p := range attributes {
		s.attributeNames.addNames(p.names)
	}
	if len(s.elementNames.all) > 1<<15 || len(s.attributeNames.all) > 1<<15 {
		return errors.New("the schema has more than 32,768 names")
	}
	for _, e := range s.elements {
		e.symbols = s.elementNames.set(e.names)
		e.symbols.each(func(symbol int32) { s.named[symbol] = append(s.named[symbol], e) })
	}
	return nil
}

// Symbol numbers a name for the tokenizer: the element symbol in the low half,
// the attribute symbol in the high one.
func (s *Schema) Symbol(space, local string) int32 {
	return s.elementNames.symbol(space, local) | s.attributeNames.symbol(space, local)<<16
}

var _ xmltok.Symbols = (*Schema)(nil)

// nearestOf is the name most like s, or "".
func nearestOf(s string, names []string) string {
	l := nearest(s, slices.Values(names), 1)
	if len(l) == 0 {
		return ""
	}
	return l[0]
}
