package schematron

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"unsafe"

	"sigla/schemas/relaxng"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Namespaces that schemas speak of.
const (
	Namespace    = "http://purl.oclc.org/dsdl/schematron"
	oldNamespace = "http://www.ascc.net/xml/schematron"
	sqfNamespace = "http://www.schematron-quickfix.com/validator/process"
	xslNamespace = "http://www.w3.org/1999/XSL/Transform"
	xsdNamespace = "http://www.w3.org/2001/XMLSchema"
)

// file is a file of a schema.
type file struct {
	name  string
	text  string
	lines *diag.Lines
	other string // the text that the author wrote, where text is made from it
}

func (f *file) pos(offset int) diag.Pos {
	if f.other != "" {
		return diag.Pos{File: f.name}
	}
	if f.lines == nil {
		f.lines = diag.NewLines(f.name, f.text)
	}
	return f.lines.Pos(offset)
}

// element is an element of a schema, or text where it has no name.
type element struct {
	space, local string
	attrs        []attr
	kids         []*element
	text         string
	offset, end  int
	file         *file
	scope        *scope
}

type attr struct {
	space, local, value string
	offset, valueOffset int
}

// scope is the innermost of the namespace declarations at an element.
type scope struct {
	outer       *scope
	prefix, uri string
}

func (s *scope) resolve(prefix string) (string, bool) {
	for ; s != nil; s = s.outer {
		if s.prefix == prefix {
			return s.uri, s.uri != ""
		}
	}
	return "", false
}

// sch reports whether an element is Schematron's, of either namespace.
func (e *element) sch() bool { return e.space == Namespace || e.space == oldNamespace }

func (e *element) is(local string) bool { return e.sch() && e.local == local }

func (e *element) attr(local string) (string, bool) {
	if a := e.find(local); a != nil {
		return a.value, true
	}
	return "", false
}

func (e *element) find(local string) *attr {
	for i := range e.attrs {
		if e.attrs[i].local == local && e.attrs[i].space == "" {
			return &e.attrs[i]
		}
	}
	return nil
}

// get is an attribute without the blanks around it, "" for none.
func (e *element) get(local string) string {
	v, _ := e.attr(local)
	return strings.TrimSpace(v)
}

func (e *element) pos() diag.Pos { return e.file.pos(e.offset) }

// place is where a byte of an attribute's value stands.
func (e *element) place(a *attr, offset int) diag.Pos {
	at := a.valueOffset
	src := e.file.text
	// Blanks are normalised in values; where a reference stands before, the
	// value's begin is the best there is.
	for i := 0; i < offset && i < len(a.value); i++ {
		if at+i >= len(src) || src[at+i] != a.value[i] && a.value[i] != ' ' {
			return e.file.pos(a.valueOffset)
		}
	}
	return e.file.pos(at + min(offset, len(a.value)))
}

// fragment is an element as a document of its own: with the declarations of
// namespaces that hold where it stands.
func (e *element) fragment() []byte {
	var b strings.Builder
	b.WriteString("<fragment")
	seen := map[string]bool{}
	for s := e.scope; s != nil; s = s.outer {
		if !seen[s.prefix] && s.prefix != "xml" {
			seen[s.prefix] = true
			name := "xmlns"
			if s.prefix != "" {
				name += ":" + s.prefix
			}
			uri := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(s.uri)
			if uri != "" || s.prefix == "" {
				fmt.Fprintf(&b, " %s=\"%s\"", name, uri)
			}
		}
	}
	b.WriteByte('>')
	src := e.file.text[e.offset:e.end]
	from, to := strings.IndexByte(src, '>'), strings.LastIndex(src, "</")
	for _, a := range e.attrs { // a > can stand in a value
		if end := a.valueOffset - e.offset + len(a.value); end > from {
			from = end + strings.IndexByte(src[end:], '>')
		}
	}
	if from >= 0 && from < to {
		b.WriteString(src[from+1 : to])
	}
	b.WriteString("</fragment>")
	return []byte(b.String())
}

// words is the text of an element with all inside it, blanks normalised.
func (e *element) words() string {
	var b strings.Builder
	var add func(*element)
	add = func(e *element) {
		b.WriteString(e.text)
		for _, k := range e.kids {
			add(k)
		}
	}
	add(e)
	return plain(b.String())
}

// plain is a text with its blanks normalised; only XML's four are blank.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }), " ")
}

// textOf is what a tokenizer reads as a string; it is ours and never changed.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// builder makes elements of tokens.
type builder struct {
	file  *file
	open  []*element
	scope []*scope
	root  *element
}

// read reads a file of a schema as elements. The error is an *Error for what is
// wrong with it.
func read(fsys fs.FS, name string) (*element, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return readBytes(name, data)
}

func readBytes(name string, data []byte) (*element, error) {
	tok := xmltok.NewBytes(name, data, nil)
	b := &builder{file: &file{name: name, text: textOf(tok.Source())}}
	for {
		kind, err := tok.Next()
		if err != nil {
			return nil, syntaxError(err)
		}
		if kind == xmltok.EOF {
			return b.root, nil
		}
		b.token(kind, tok)
	}
}

// syntaxError is the tokenizer's error as one of a schema.
func syntaxError(err error) error {
	var x *xmltok.Error
	if errors.As(err, &x) {
		return &Error{Findings: diag.List{x.Finding}}
	}
	return err
}

func (b *builder) token(kind xmltok.Kind, tok *xmltok.Tokenizer) {
	switch kind {
	case xmltok.StartElement:
		e := &element{space: tok.Name.Space, local: tok.Name.Local, offset: tok.Offset, file: b.file}
		var s *scope
		if n := len(b.scope); n > 0 {
			s = b.scope[n-1]
		}
		tok.Declarations(func(prefix, uri string) { s = &scope{s, prefix, uri} })
		e.scope = s
		for _, a := range tok.Attrs {
			e.attrs = append(e.attrs, attr{a.Name.Space, a.Name.Local, string(a.Value), a.Offset, a.ValueOffset})
		}
		if n := len(b.open); n > 0 {
			b.open[n-1].kids = append(b.open[n-1].kids, e)
		} else {
			b.root = e
		}
		b.open = append(b.open, e)
		b.scope = append(b.scope, s)
	case xmltok.EndElement:
		b.open[len(b.open)-1].end = tok.End
		b.open = b.open[:len(b.open)-1]
		b.scope = b.scope[:len(b.scope)-1]
	case xmltok.Text:
		if n := len(b.open); n > 0 {
			b.open[n-1].kids = append(b.open[n-1].kids, &element{text: string(tok.Text), offset: tok.Offset, file: b.file})
		}
	}
}

// beside is a reference of one file to another as the file system names it.
func beside(from, href string) (name, fragment string, err error) {
	href, fragment, _ = strings.Cut(href, "#")
	if href == "" {
		return from, fragment, nil
	}
	u, err := url.Parse(href)
	if err != nil {
		return "", "", fmt.Errorf("%q is no reference to a file", href)
	}
	if u.Scheme != "" && u.Scheme != "file" || u.Host != "" {
		return "", "", fmt.Errorf("%s is not in the file system, and nothing is read from the network", href)
	}
	if path.IsAbs(u.Path) {
		return u.Path, fragment, nil
	}
	return path.Join(path.Dir(from), u.Path), fragment, nil
}

// unread says why a file that a schema names can't be read.
func unread(name string, err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Sprintf("there is no file %s; put it there, or correct href", name)
	}
	return fmt.Sprintf("%s can't be read: %v", name, diag.Reason(err))
}

// embedded collects the rules that stand in a grammar of another language.
type embedded struct {
	fsys   fs.FS
	seen   map[string]bool
	top    []*element // as the children of a schema would be
	faults diag.List
}

// holder is an element of the grammar that is open.
type holder struct {
	space, local string
	names        string // as a pattern, of what declares elements
	bare         *element
}

// file reads one file of the grammar.
func (m *embedded) file(name string, from func() diag.Pos) error {
	if m.seen[name] {
		return nil
	}
	m.seen[name] = true
	var data []byte
	var err error
	written := ""
	if relaxng.SyntaxOf(name) == relaxng.Compact {
		data, written, err = compact(m.fsys, name)
	} else {
		data, err = fs.ReadFile(m.fsys, name)
	}
	if err != nil {
		if from == nil || errors.As(err, new(*relaxng.Error)) {
			return err
		}
		m.faults = append(m.faults, diag.Finding{Pos: from(), Severity: diag.Error, Code: codeFile, Message: unread(name, err)})
		return nil
	}
	return m.scan(name, data, written)
}

// compact is a file in the compact syntax of RELAX NG as XML, and as it is
// written.
func compact(fsys fs.FS, name string) ([]byte, string, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, "", err
	}
	files, _, err := relaxng.Convert(only{fsys, name}, name)
	var faulty *relaxng.Error
	if errors.As(err, &faulty) {
		// what it includes is read when it is met
		files, _, err = relaxng.Convert(fsys, name)
	}
	if err != nil {
		return nil, "", err
	}
	return files[0].Text, string(data), nil
}

// only has the one file of a file system; all others are grammars with nothing in them.
type only struct {
	fs.FS
	name string
}

func (o only) ReadFile(name string) ([]byte, error) {
	if name == o.name {
		return fs.ReadFile(o.FS, name)
	}
	if relaxng.SyntaxOf(name) == relaxng.Compact {
		return []byte("grammar { }"), nil
	}
	return []byte(`<grammar xmlns="` + relaxng.Namespace + `"/>`), nil
}

// refers are the attributes of a grammar that count here: those that name other
// files, and the names of elements.
var refers = map[[2]string]string{
	{relaxng.Namespace, "include"}: "href", {relaxng.Namespace, "externalRef"}: "href", {relaxng.Namespace, "element"}: "name",
	{xsdNamespace, "include"}: "schemaLocation", {xsdNamespace, "import"}: "schemaLocation", {xsdNamespace, "redefine"}: "schemaLocation",
	{xsdNamespace, "override"}: "schemaLocation", {xsdNamespace, "element"}: "name",
}

func (m *embedded) scan(name string, data []byte, written string) error {
	tok := xmltok.NewBytes(name, data, nil)
	f := &file{name: name, text: textOf(tok.Source()), other: written}
	b := &builder{file: f}
	var stack []holder
	scopes := []*scope{nil}
	var s *scope
	declare := func(prefix, uri string) { s = &scope{s, prefix, uri} }
	depth := 0 // inside an element of Schematron
	type include struct {
		href   string
		offset int
	}
	var includes []include
	for {
		kind, err := tok.Next()
		if err != nil {
			return syntaxError(err)
		}
		if kind == xmltok.EOF {
			break
		}
		if depth > 0 {
			b.token(kind, tok)
			if kind == xmltok.StartElement {
				depth++
			} else if kind == xmltok.EndElement {
				if depth--; depth == 0 {
					m.add(b.root, stack)
					b.root = nil
				}
			}
			continue
		}
		switch kind {
		case xmltok.StartElement:
			s = scopes[len(scopes)-1]
			tok.Declarations(declare)
			if tok.Name.Space == Namespace || tok.Name.Space == oldNamespace {
				if tok.Name.Local == "schema" { // a whole schema in an annotation
					stack = append(stack, holder{space: Namespace})
					scopes = append(scopes, s)
					continue
				}
				b.scope = append(b.scope[:0], scopes[len(scopes)-1])
				b.token(kind, tok)
				depth = 1
				continue
			}
			h := holder{space: tok.Name.Space, local: tok.Name.Local}
			names := refers[[2]string{h.space, h.local}]
			for i := range tok.Attrs {
				a := &tok.Attrs[i]
				if a.Name.Raw != names {
					continue
				}
				if v := strings.TrimSpace(string(a.Value)); h.local == "element" {
					h.names = "*:" + v[strings.IndexByte(v, ':')+1:]
				} else {
					includes = append(includes, include{v, tok.Offset})
				}
			}
			stack = append(stack, h)
			scopes = append(scopes, s)
		case xmltok.EndElement:
			stack = stack[:len(stack)-1]
			scopes = scopes[:len(scopes)-1]
		}
	}
	for _, i := range includes {
		target, _, err := beside(name, i.href)
		if err != nil {
			continue // the grammar's own engine says so
		}
		if stem, ok := strings.CutSuffix(target, ".rng"); ok && written != "" {
			// in what is made of the compact syntax, references are renamed
			if _, err := fs.Stat(m.fsys, stem+".rnc"); err == nil {
				target = stem + ".rnc"
			}
		}
		if err := m.file(target, func() diag.Pos { return f.pos(i.offset) }); err != nil {
			return err
		}
	}
	return nil
}

// add takes what stands in an annotation: rules and assertions that stand alone
// get a pattern, and assertions the element that they are written in as context.
func (m *embedded) add(e *element, stack []holder) {
	made := func(local string, attrs ...attr) *element {
		return &element{space: e.space, local: local, attrs: attrs, offset: e.offset, file: e.file, scope: e.scope}
	}
	switch e.local {
	case "rule":
		p := made("pattern")
		p.kids = []*element{e}
		e = p
	case "assert", "report", "let":
		if e.local == "let" {
			break
		}
		for i := len(stack) - 1; i >= 0; i-- {
			h := &stack[i]
			if h.names == "" {
				continue
			}
			if h.bare == nil {
				h.bare = made("rule", attr{local: "context", value: h.names, offset: e.offset, valueOffset: e.offset})
				p := made("pattern")
				p.kids = []*element{h.bare}
				m.top = append(m.top, p)
			}
			h.bare.kids = append(h.bare.kids, e)
			return
		}
		m.faults = append(m.faults, diag.Finding{Pos: e.pos(), Severity: diag.Error, Code: codePlace,
			Message: "this " + e.local + " stands in no rule and in no declaration of an element; put it into a <rule context=\"…\">"})
		return
	}
	m.top = append(m.top, e)
}
