// Package xinclude puts files together as XInclude 1.0 (second edition) asks,
// and keeps where each byte of the whole comes from: what is then found in the
// whole is told at its place in the file that was included.
//
//	d, faults, err := xinclude.Expand(ctx, fsys, "edition.xml", doc, xinclude.Options{})
//	…
//	for _, f := range findings { // of d.Bytes
//		f = d.Place(f)
//	}
//
// Bytes are copied from the files as they stand; only references to entities
// and default values of attributes, which need the file's own document type
// declaration, are written out, and that declaration is dropped. Files come
// from an fs.FS alone: the network is never asked.
package xinclude

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Namespace is that of the elements include and fallback.
const Namespace = "http://www.w3.org/2001/XInclude"

// The codes of what is wrong with an inclusion.
const (
	CodeAttribute   diag.Code = "xinclude/attribute"   // an attribute says what can't be
	CodeContent     diag.Code = "xinclude/content"     // an element stands where none may
	CodeEncoding    diag.Code = "xinclude/encoding"    // the text can't be read
	CodeLimit       diag.Code = "xinclude/limit"       // more than Options allow
	CodeLoop        diag.Code = "xinclude/loop"        // a file includes itself
	CodeMissing     diag.Code = "xinclude/missing"     // there is no such file, and no fallback
	CodeNetwork     diag.Code = "xinclude/network"     // the file is not on this machine, and no fallback
	CodePointer     diag.Code = "xinclude/xpointer"    // an xpointer finds nothing, or is none
	CodeUnsupported diag.Code = "xinclude/unsupported" // an xpointer of a scheme that is not read
)

// Options bound what a document may ask for. Zero stands for the default.
type Options struct {
	Depth         int  // of inclusions in inclusions; 40
	Inclusions    int  // in all; 10,000
	Size          int  // bytes of a file, and of the whole; 256 MB
	Amplification int  // bytes of the whole for each byte of the files, where the whole is longer than 16 MB; 100
	NoFixup       bool // leave out the xml:base and xml:lang that tell where an included element came from
	Limits        xmltok.Limits
}

const unamplified = 16 << 20

// Document is a document with all that it includes.
type Document struct {
	Bytes []byte // UTF-8, without a document type declaration if anything was included

	name     string
	segments []segment // empty where nothing was included
	lines    *diag.Lines
}

// Expand includes what the document doc asks for. name is its own name in fsys,
// by which relative references are resolved and findings are placed. Faults of
// inclusions are findings at the include element; its place stays empty. Where
// doc itself is not well-formed the Document is nil and the list says why; one
// that does not name XInclude is given back without a look at it. The error is
// the context's.
func Expand(ctx context.Context, fsys fs.FS, name string, doc []byte, o Options) (*Document, diag.List, error) {
	for _, d := range []struct {
		limit *int
		value int
	}{{&o.Depth, 40}, {&o.Inclusions, 10_000}, {&o.Size, 256 << 20}, {&o.Amplification, 100}} {
		if *d.limit == 0 {
			*d.limit = d.value
		}
	}
	x := &expander{ctx: ctx, fsys: fsys, o: o, sources: map[string]*source{}}
	src := &source{name: name, doc: doc}
	tok := &xmltok.Tokenizer{}
	tok.Reset(name, doc, nil, o.Limits)
	if !bytes.Contains(tok.Source(), []byte("XInclude")) {
		return &Document{Bytes: doc, name: name}, nil, ctx.Err()
	}
	root := &scene{base: path.Clean(slashed(name))}
	x.keep(root.base, src)
	by := &inclusion{src: src}
	x.chain = []step{{root.base, ""}}
	_, err := x.walk(by, nil, root, root)
	var malformed *xmltok.Error
	switch {
	case errors.As(err, &malformed):
		return nil, diag.List{malformed.Finding}, nil
	case err != nil:
		return nil, nil, err
	}
	d := &Document{Bytes: x.out, name: name, segments: x.segments}
	d.lines = diag.NewLines(name, string(x.out))
	return d, x.findings, nil
}

func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// source is a file that was read.
type source struct {
	name  string
	doc   []byte
	text  []byte // decoded
	lines *diag.Lines
}

func (s *source) pos(offset int) diag.Pos {
	if s.lines == nil {
		s.lines = diag.NewLines(s.name, string(s.text))
	}
	return s.lines.Pos(offset)
}

// inclusion is a file at one of the places where it is included.
type inclusion struct {
	src *source
	by  *inclusion // that includes it; nil for the document itself
	at  int        // offset of the include element in by
}

// step is a resource in the chain of inclusions that is under way.
type step struct{ file, pointer string }

// scene is what holds at a place of a file and is inherited there.
type scene struct {
	scope *scope
	lang  string
	base  string
}

// scope is a namespace declaration with those around it.
type scope struct {
	outer       *scope
	prefix, uri string
}

func (s *scope) lookup(prefix string) (string, bool) {
	for ; s != nil; s = s.outer {
		if s.prefix == prefix {
			return s.uri, true
		}
	}
	return "", prefix == ""
}

type expander struct {
	ctx      context.Context
	fsys     fs.FS
	o        Options
	out      []byte
	segments []segment
	findings diag.List
	sources  map[string]*source
	read     int // bytes of the files
	chain    []step
	count    int
	over     bool // a limit was met: nothing more is included
}

// fault is a reason why an inclusion fails.
type fault struct {
	code    diag.Code
	message string
	fatal   bool // no fallback helps (XInclude, 4.4: resource errors alone have one)
}

func failed(code diag.Code, fatal bool, format string, args ...any) *fault {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = diag.Short(s)
		}
	}
	return &fault{code, fmt.Sprintf(format, args...), fatal}
}

func (x *expander) say(in *inclusion, at, n int, f *fault) {
	x.findings = append(x.findings, diag.Finding{Pos: in.src.pos(at), Len: n, Severity: diag.Error, Code: f.code, Message: f.message, Related: in.chain()})
}

// chain is where a file was included, and the file that includes it, and so on.
func (in *inclusion) chain() (l []diag.Related) {
	for ; in.by != nil; in = in.by {
		l = append(l, diag.Related{Pos: in.by.src.pos(in.at), Message: "included here"})
	}
	return l
}

// keep decodes a file and remembers it.
func (x *expander) keep(name string, src *source) {
	var tok xmltok.Tokenizer
	tok.Reset(src.name, src.doc, nil, x.o.Limits)
	src.text = tok.Source()
	x.read += len(src.text)
	x.sources[name] = src
}

// open reads a file of fsys.
func (x *expander) open(name string) ([]byte, *fault) {
	f, err := x.fsys.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			return nil, failed(CodeMissing, false, "there is no file %s; correct href, or put a fallback into the include", name)
		}
		return nil, failed(CodeMissing, false, "the file %s can't be read: %s", name, reason(err))
	}
	defer f.Close()
	doc, err := io.ReadAll(io.LimitReader(f, int64(x.o.Size)+1))
	switch {
	case err != nil:
		return nil, failed(CodeMissing, false, "the file %s can't be read: %s", name, reason(err))
	case len(doc) > x.o.Size:
		return nil, failed(CodeLimit, true, "the file %s is longer than %d bytes, which is the limit", name, x.o.Size)
	}
	return doc, nil
}

func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}

// include includes what the include element asks for that the tokenizer is at.
// The error is fatal for the document that holds the element.
func (x *expander) include(in *inclusion, tok *xmltok.Tokenizer, from, to *scene) (*fault, error) {
	var href, parse, pointer, encoding string
	hasPointer := false
	for _, a := range tok.Attrs {
		v := string(a.Value)
		switch a.Name.Raw {
		case "href":
			href = v
		case "parse":
			parse = v
		case "xpointer":
			pointer, hasPointer = v, true
		case "encoding":
			encoding = v
		}
	}
	text := parse == "text"
	switch {
	case parse != "" && parse != "xml" && !text:
		return failed(CodeAttribute, true, "parse is \"%s\"; write xml or text, or take it out for xml", parse), nil
	case strings.Contains(href, "#"):
		return failed(CodeAttribute, true, "href has a #, which it can't; write what is behind it in the attribute xpointer"), nil
	case href == "" && text:
		return failed(CodeAttribute, true, "href is missing; it names the file of the text"), nil
	case href == "" && !hasPointer:
		return failed(CodeAttribute, true, "neither href nor xpointer says what to include; write href=\"…\""), nil
	case hasPointer && text:
		return failed(CodePointer, true, "xpointer chooses from XML, and parse is \"text\"; take one of the two out"), nil
	}
	name, f := path.Clean(slashed(in.src.name)), (*fault)(nil)
	if href != "" { // without, it is this file, whatever xml:base says (3.1)
		if name, f = resolve(from.base, href); f != nil {
			return f, nil
		}
	}
	here := step{name, pointer}
	if !text && slices.Contains(x.chain, here) {
		return failed(CodeLoop, true, "%s is being included already: it includes itself; take this out, or choose a part by xpointer", name), nil
	}
	if f := x.spend(); f != nil {
		return f, nil
	}
	if text {
		return x.includeText(in, tok.Offset, name, encoding), nil
	}
	src := x.sources[name]
	if src == nil {
		doc, f := x.open(name)
		if f != nil {
			return f, nil
		}
		src = &source{name: name, doc: doc}
		x.keep(name, src)
	}
	choices := []*choice{nil} // all of it
	var unread []string
	if hasPointer {
		var ok bool
		if choices, unread, ok = readPointer(pointer); !ok {
			return failed(CodePointer, true, "\"%s\" is no xpointer; write the xml:id of an element, or element(/1/2)", pointer), nil
		}
	}
	for _, scheme := range unread {
		x.say(in, tok.Offset, tok.End-tok.Offset, failed(CodeUnsupported, false, "xpointer has the scheme %s(), which is not read; write the xml:id of an element, or element(…)", scheme))
	}
	x.chain = append(x.chain, here)
	defer func() { x.chain = x.chain[:len(x.chain)-1] }()
	part := &inclusion{src: src, by: in, at: tok.Offset}
	for _, c := range choices {
		out, segments := len(x.out), len(x.segments)
		is, err := x.walk(part, c, &scene{base: name}, to)
		if err != nil {
			var malformed *xmltok.Error
			if !errors.As(err, &malformed) {
				return nil, err
			}
			x.out, x.segments = x.out[:out], x.segments[:segments]
			finding := malformed.Finding
			finding.Related = append(finding.Related, part.chain()...)
			x.findings = append(x.findings, finding)
			return nil, nil
		}
		if is {
			return nil, nil
		}
	}
	if len(choices) == 0 {
		return &fault{}, nil // told
	}
	return failed(CodePointer, false, "xpointer \"%s\" finds no element in %s; correct it, or put a fallback into the include", pointer, name), nil
}

// spend counts an inclusion.
func (x *expander) spend() *fault {
	x.count++
	switch {
	case x.over:
		return &fault{fatal: true} // told
	case len(x.chain) > x.o.Depth:
		return failed(CodeLimit, true, "inclusions are nested more than %d deep, which is the limit", x.o.Depth)
	case x.count > x.o.Inclusions:
		x.over = true
		return failed(CodeLimit, true, "there are more than %d inclusions, which is the limit", x.o.Inclusions)
	case len(x.out) > x.o.Size:
		x.over = true
		return failed(CodeLimit, true, "the whole is longer than %d bytes, which is the limit", x.o.Size)
	case len(x.out) > unamplified && len(x.out) > x.o.Amplification*x.read:
		x.over = true
		return failed(CodeLimit, true, "the whole is longer than %d times the files it is made of, which is the limit: so an attack looks", x.o.Amplification)
	}
	return nil
}

// resolve is the file that a reference means (RFC 3986, 5.2, for paths).
func resolve(base, href string) (string, *fault) {
	href = strings.TrimPrefix(href, "file://")
	switch {
	case hasScheme(href):
		return "", failed(CodeNetwork, false, "href is %s, and the network is not asked; get the file (curl -LO %s) and name it here", href, href)
	case hasScheme(base):
		return "", failed(CodeNetwork, false, "xml:base is %s, which is not on this machine, and the network is not asked; get the file and name it here", base)
	}
	return join(base, href), nil
}
