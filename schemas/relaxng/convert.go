package relaxng

import (
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Syntax is one of the two syntaxes of RELAX NG.
type Syntax uint8

// The two syntaxes.
const (
	XML Syntax = iota
	Compact
)

func (s Syntax) String() string {
	return [...]string{"RELAX NG XML syntax", "RELAX NG compact syntax"}[s]
}

// Extension is how names of files in the syntax end.
func (s Syntax) Extension() string { return [...]string{".rng", ".rnc"}[s] }

// SyntaxOf is the syntax that the file of that name is read in.
func SyntaxOf(name string) Syntax {
	if strings.EqualFold(path.Ext(name), ".rnc") {
		return Compact
	}
	return XML
}

// Converted is a file of a schema in its other syntax.
type Converted struct {
	Source string // the file it is made from
	Name   string // the same with the other extension, by which the others refer to it
	Text   []byte
}

// Convert writes the schema in the file name of fsys in the other syntax, with
// all files that it includes: the file itself is the first, the others follow as
// they are met. Files that are in the other syntax already stay as they are.
// Comments, annotations and the order of all are kept; the findings tell of what
// the other syntax has no place for. A schema that is not correct by clause 3 is
// an *Error.
func Convert(fsys fs.FS, name string) ([]Converted, diag.List, error) {
	c := &conversion{fsys: fsys, to: Compact, names: map[string]string{}}
	if SyntaxOf(name) == Compact {
		c.to = XML
	}
	c.names[renamed(name, c.to)] = name
	if err := c.file(name); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, diag.Reason(err))
	}
	for i := 0; i < len(c.waiting); i++ {
		w := c.waiting[i]
		if err := c.file(w.name); err != nil {
			c.faults = append(c.faults, schemaFinding(w.from, "rng/href", "4.5", "%s can't be read: %v", w.name, diag.Reason(err)))
		}
	}
	if len(c.faults) > 0 {
		return nil, nil, &Error{Findings: c.faults}
	}
	c.findings.Sort()
	return c.files, c.findings, nil
}

// conversion is the work of one Convert.
type conversion struct {
	fsys     fs.FS
	to       Syntax
	files    []Converted
	names    map[string]string // new names and what they are made from
	waiting  []includedFile
	findings diag.List
	faults   diag.List
}

// includedFile is a file that is still to be converted, and the node that names it.
type includedFile struct {
	name string
	from *Node
}

func (c *conversion) file(name string) error {
	data, err := fs.ReadFile(c.fsys, name)
	if err != nil {
		return err
	}
	root, findings := readSyntax(name, data, true)
	if len(findings) == 0 {
		findings = checkSyntax(root)
	}
	if len(findings) > 0 {
		findings.Sort()
		c.faults = append(c.faults, findings...)
		return nil
	}
	if c.to == Compact {
		c.outside(name, data, root)
	}
	c.references(root, name)
	f := Converted{Source: name, Name: renamed(name, c.to)}
	if c.to == XML {
		f.Text = writeXML(root)
	} else {
		var lost diag.List
		f.Text, lost = writeCompact(root)
		c.findings = append(c.findings, lost...)
	}
	c.files = append(c.files, f)
	return nil
}

// renamed is a file's name with the extension of a syntax.
func renamed(name string, to Syntax) string {
	return strings.TrimSuffix(name, path.Ext(name)) + to.Extension()
}

// references changes the names of the files that are included, and has them
// converted. It reports whether there are any. Other programs don't ask for an
// xml:base in the compact syntax; so it is made part of the names there.
func (c *conversion) references(n *Node, base string) (any bool) {
	at := -1
	for i := range n.Attrs {
		a := &n.Attrs[i]
		if u, err := url.Parse(trimSpace(a.Value)); a.Space == xmlNamespace && a.Local == "base" && err == nil && !u.IsAbs() {
			base = joinPath(base, a.Value)
			at = i
		}
	}
	for i := range n.Attrs {
		if a := &n.Attrs[i]; a.Space == "" && a.Local == "href" && n.Space == Namespace {
			any = true
			c.reference(n, a, base)
		}
	}
	for _, k := range n.Kids {
		if k.Kind == ElementNode && k.Space == Namespace {
			any = c.references(k, base) || any
		}
	}
	if any && at >= 0 && c.to == Compact {
		n.Attrs = slices.Delete(slices.Clone(n.Attrs), at, at+1)
	}
	return any
}

// relativeTo is a file's name as seen from the file base.
func relativeTo(base, name string) string {
	from, to := strings.Split(path.Dir(base), "/"), strings.Split(name, "/")
	if from[0] == "." {
		from = from[1:]
	}
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] && from[0] != ".." {
		from, to = from[1:], to[1:]
	}
	if slices.Contains(from, "..") || path.IsAbs(base) != path.IsAbs(name) {
		return name
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}

func (c *conversion) reference(n *Node, a *NodeAttr, base string) {
	href := trimSpace(a.Value)
	u, err := url.Parse(href)
	if err != nil || strings.Contains(href, "#") || u.IsAbs() && u.Scheme != "file" {
		c.findings = append(c.findings, diag.Finding{Pos: n.Pos(), Severity: diag.Warning, Code: "rng/not-converted",
			Message: plainf("%s is no file beside this one and stays as it is", href)})
		return
	}
	name := joinPath(base, href)
	to := name // it is read by its name in either
	if SyntaxOf(u.Path) != c.to {
		to = renamed(name, c.to)
		a.Value = renamed(href, c.to)
	}
	if c.to == Compact && base != n.File.Name {
		a.Value = relativeTo(n.File.Name, to)
	}
	if to == name {
		return
	}
	switch source, known := c.names[to]; {
	case known && source != name:
		c.faults = append(c.faults, schemaFinding(n, "rng/not-converted", "4.5", "%s and %s would both become %s", source, name, to))
	case !known:
		c.names[to] = name
		if len(c.names) > maxFiles {
			c.faults = append(c.faults, schemaFinding(n, "rng/limit", "4.6 and 4.7", "more than %d files are read", maxFiles))
			return
		}
		c.waiting = append(c.waiting, includedFile{name, n})
	}
}

// outside looks at what the tree of an XML file does not have: comments before
// the schema are kept, processing instructions have no place in the compact
// syntax.
func (c *conversion) outside(name string, data []byte, root *Node) {
	var before []*Node
	tok := xmltok.NewBytes(name, data, nil)
	started := false
	for kind, err := tok.Next(); err == nil && kind != xmltok.EOF; kind, err = tok.Next() {
		switch kind {
		case xmltok.StartElement:
			started = true
		case xmltok.Comment:
			if !started {
				before = append(before, &Node{Kind: CommentNode, Text: string(tok.Text), File: root.File, Offset: tok.Offset})
			}
		case xmltok.ProcInst:
			c.findings = append(c.findings, diag.Finding{Pos: root.File.Pos(tok.Offset), Severity: diag.Warning, Code: "rnc/dropped",
				Message: plainf("the compact syntax has no processing instructions; <?%s?> is left out", tok.Name.Raw)})
		}
	}
	if len(prologue(root)) == 0 {
		root.Kids = slices.Concat(before, root.Kids)
	}
}
