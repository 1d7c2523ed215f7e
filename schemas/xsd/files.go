package xsd

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Codes of what is wrong with a schema.
const (
	codeAmbiguous diag.Code = "xsdschema/ambiguous" // a content model is not deterministic
	codeFaulty    diag.Code = "xsdschema/invalid"   // another rule of XML Schema
	codeFile      diag.Code = "xsdschema/file"      // a file that can't be read
	codeLimit     diag.Code = "xsdschema/limit"     // too large
	codeNetwork   diag.Code = "xsdschema/network"   // a file that is not on this machine
	codeResolve   diag.Code = "xsdschema/reference" // a name that is not there
	codeRoot      diag.Code = "xsdschema/root"      // not an XML Schema
	codeSyntax    diag.Code = "xsdschema/syntax"    // an element or attribute of XML Schema in a wrong place
	codeTwice     diag.Code = "xsdschema/twice"     // a name that is given twice
	codeVersion   diag.Code = "xsdschema/version"   // XML Schema 1.1
)

const (
	namespace    = "http://www.w3.org/2001/XMLSchema"
	maxFiles     = 1000
	maxFileBytes = 64 << 20
	scheme       = "sigla-xsd:" // of the addresses that engines know files by; the number follows
)

// file is a file of a schema.
type file struct {
	name string // in the file system
	data []byte // as it is there
	text []byte // as the engine has it
}

// gatherer reads the files of a schema.
type gatherer struct {
	fsys     fs.FS
	files    []*file
	numbers  map[string]int // of files, by name
	findings diag.List
}

// gather reads the file name and all that it includes. The error is for a file
// name that can't be read.
func gather(fsys fs.FS, name string) ([]*file, diag.List, error) {
	data, err := readBounded(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	g := &gatherer{fsys: fsys, numbers: map[string]int{path.Clean(name): 0}, files: []*file{{name: name, data: data}}}
	for i := 0; i < len(g.files); i++ { // grows
		g.read(g.files[i])
	}
	return g.files, g.findings, nil
}

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFileBytes+1))
	if err == nil && len(data) > maxFileBytes {
		err = fmt.Errorf("it has more than %d MB, which is the limit", maxFileBytes>>20)
	}
	return data, err
}

// newer are the elements of XML Schema 1.1, which engines would misread or
// refuse in words that do not say why.
var newer = []string{"alternative", "assert", "assertion", "defaultOpenContent", "explicitTimezone", "openContent", "override"}

// read reads a file, and takes up what it refers to.
func (g *gatherer) read(f *file) {
	t := tokens(f.name, f.data)
	bases := []location{{name: f.name}} // what addresses count from: in the file, and in each open element
	annotation := 0                     // the depth of the one that is open, in which anything may stand
	var err error
	f.text, err = plain(t, func() {
		depth := t.Depth()
		base := bases[depth-1]
		for _, a := range t.Attrs {
			if a.Name.Space == xmltok.XMLNamespace && a.Name.Local == "base" {
				if b, err := base.join(string(a.Value)); err == nil {
					base = b
				}
			}
		}
		bases = append(bases[:depth], base)
		if annotation >= depth {
			annotation = 0
		}
		is := func(local string) bool { return t.Name.Local == local && t.Name.Space == namespace }
		switch {
		case annotation > 0:
		case depth == 1 && !is("schema"):
			g.wrong(t.Pos(t.Offset), codeRoot, "the document element is %q, and an XML Schema begins with \"schema\" in the namespace %s", t.Name.Raw, namespace)
		case is("annotation"):
			annotation = depth
		case slices.ContainsFunc(newer, is):
			g.wrong(t.Pos(t.Offset), codeVersion, "%q belongs to XML Schema 1.1, and Sigla reads 1.0; say it otherwise, or as a Schematron rule", t.Name.Raw)
		case depth == 2 && (is("include") || is("import") || is("redefine")):
			g.reference(t, base)
		}
	})
	var refused *xmltok.Error
	if errors.As(err, &refused) {
		g.findings = append(g.findings, refused.Finding)
	} else if err != nil {
		g.wrong(diag.Pos{File: f.name}, codeFile, "%s can't be read: %v", f.name, err)
	}
}

func (g *gatherer) wrong(pos diag.Pos, code diag.Code, format string, args ...any) {
	g.findings = append(g.findings, diag.Finding{Pos: pos, Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...)})
}

// reference takes up the file that the element of the last token names, and puts
// its number in place of the name.
func (g *gatherer) reference(t *xmltok.Tokenizer, base location) {
	var where *xmltok.Attr
	space := ""
	for i := range t.Attrs {
		switch a := &t.Attrs[i]; {
		case a.Name.Space != "":
		case a.Name.Local == "schemaLocation":
			where = a
		case a.Name.Local == "namespace":
			space = string(a.Value)
		}
	}
	if where == nil || len(bytes.TrimSpace(where.Value)) == 0 {
		return // an import need not say where
	}
	href := strings.TrimSpace(string(where.Value))
	pos := t.Pos(attributeOffset(t, "schemaLocation"))
	to, err := base.join(href)
	name := path.Clean(to.name)
	var data []byte
	switch {
	case err != nil:
		g.wrong(pos, codeFile, "schemaLocation %q is no address; write the path of a file", href)
		return
	case to.remote && space == xmltok.XMLNamespace:
		name, data = "xml.xsd (built in)", []byte(xmlAttributes)
	case to.remote:
		name = to.name
		g.wrong(pos, codeNetwork, "%s is not on this machine, and the network is not asked; get it (sigla schema add %s), or name a file for it in a catalog (--catalog)", name, word(name))
		return
	}
	n, known := g.numbers[name]
	if !known {
		if n = len(g.files); n == maxFiles {
			g.wrong(pos, codeLimit, "the schema has more than %d files, which is the limit", maxFiles)
			return
		}
		if data == nil {
			if data, err = readBounded(g.fsys, name); errors.Is(err, fs.ErrNotExist) {
				g.wrong(pos, codeFile, "there is no file %s; correct schemaLocation, put the file there, or name another for it in a catalog (--catalog)", name)
				return
			} else if err != nil {
				g.wrong(pos, codeFile, "%s can't be read: %v", name, diag.Reason(err))
				return
			}
		}
		g.numbers[name] = n
		g.files = append(g.files, &file{name: name, data: data})
	}
	where.Value = []byte(scheme + strconv.Itoa(n))
}

// location is where a file is: a path in the file system, or an address.
type location struct {
	name   string
	remote bool
}

// join is href as seen from a file (RFC 3986, 5.2).
func (from location) join(href string) (location, error) {
	h, err := url.Parse(strings.TrimSpace(href))
	switch {
	case err != nil:
		return from, err
	case from.remote:
		b, err := url.Parse(from.name)
		if err != nil {
			return from, err
		}
		return location{b.ResolveReference(h).String(), true}, nil
	case h.Scheme != "" && h.Scheme != "file" || h.Host != "":
		return location{h.String(), true}, nil
	case path.IsAbs(h.Path):
		return location{h.Path, false}, nil
	}
	folder, _ := path.Split(from.name)
	return location{folder + h.Path, false}, nil
}

// word is an address as a shell takes it.
func word(address string) string {
	if strings.Trim(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/._~%-") == "" {
		return address
	}
	return "'" + strings.ReplaceAll(address, "'", "%27") + "'"
}

// xmlAttributes declares the attributes of the namespace xml, for the many
// schemas that import them by an address of the World Wide Web Consortium
// (XML 1.0, 2.10 and 2.12; XML Base; xml:id 1.0).
//
//go:embed xml.xsd
var xmlAttributes string
