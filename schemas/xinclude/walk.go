package xinclude

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// A file is copied as it is read. Each open element has two scenes: what holds
// there in the file, and what holds at that place of the whole. They are one
// but for what stands at the edge of an inclusion; there attributes are added
// so that what held in the file holds in the whole (XInclude, 4.5.5 and 4.5.6,
// and Namespaces in XML).

// frame is an open element of a file.
type frame struct {
	kind     frameKind
	from, to *scene // for its children
	copied   bool
	empty    bool // its tag was copied with />: it needs no end tag
	children int
	at, end  int    // of the tag
	fault    *fault // of an include element: what a fallback has to mend
	fallback bool   // of an include element: it had one
}

type frameKind uint8

const (
	plainFrame frameKind = iota
	includeFrame
	fallbackFrame
	skippedFrame // in an include element, and not to be read
)

// walk copies a file, or of it the element that c chooses, into the whole. is
// says that it was there. The error is an *xmltok.Error for a file that is not
// well-formed, and otherwise the context's.
func (x *expander) walk(in *inclusion, c *choice, from, to *scene) (is bool, err error) {
	tok := &xmltok.Tokenizer{}
	tok.Reset(in.src.name, in.src.doc, nil, x.o.Limits)
	w := &walker{x: x, in: in, tok: tok, copying: c == nil}
	w.frames = append(w.frames, frame{from: from, to: to, copied: true})
	choosing := c.begin()
	for n := 0; ; n++ {
		if n&0xFFF == 0 {
			if err := x.ctx.Err(); err != nil {
				return false, err
			}
		}
		kind, err := tok.Next()
		switch {
		case err != nil:
			return false, err
		case kind == xmltok.EOF:
			return c == nil || choosing.done, nil
		}
		top := &w.frames[len(w.frames)-1]
		switch kind {
		case xmltok.StartElement:
			top.children++
			if c != nil && choosing.opens(tok, top.children) {
				w.copying = true
				// The chosen element is at the edge, not the root of its file.
				top.to = to
			}
			if err := w.start(); err != nil {
				return false, err
			}
		case xmltok.EndElement:
			w.end()
			if c != nil && choosing.closes(tok) {
				w.copying = false
			}
		case xmltok.Doctype:
		default:
			if w.copying && top.kind != includeFrame && top.kind != skippedFrame && !(len(w.frames) == 1 && kind == xmltok.Text && in.by != nil) {
				w.copyOther(kind)
			}
		}
	}
}

type walker struct {
	x       *expander
	in      *inclusion
	tok     *xmltok.Tokenizer
	frames  []frame
	copying bool
}

// start reads a start tag.
func (w *walker) start() error {
	tok := w.tok
	parent := &w.frames[len(w.frames)-1]
	f := frame{from: inherit(parent.from, tok), at: tok.Offset, end: tok.End}
	own := tok.Name.Space == Namespace
	switch {
	case parent.kind == skippedFrame:
		f.kind = skippedFrame
	case parent.kind == includeFrame:
		f.kind = skippedFrame
		switch {
		case own && tok.Name.Local == "fallback" && parent.fallback:
			w.say(CodeContent, "a second fallback; an include has one at most")
		case own && tok.Name.Local == "fallback":
			parent.fallback = true
			if parent.fault != nil && !parent.fault.fatal {
				f.kind, f.to = fallbackFrame, parent.to
			}
		case own:
			w.say(CodeContent, "%s in an include, which holds a fallback alone; take it out", tok.Name.Raw)
		}
	case !w.copying:
		f.to = f.from
	case own && tok.Name.Local == "include":
		f.kind, f.to = includeFrame, parent.to
		fault, err := w.x.include(w.in, tok, f.from, parent.to)
		if err != nil {
			return err
		}
		f.fault = fault
	case own && tok.Name.Local == "fallback":
		w.say(CodeContent, "a fallback outside of an include; put it into one")
		f.kind = skippedFrame
	default:
		f.to, f.copied = f.from, true
		f.empty = w.copyTag(parent, &f)
	}
	w.frames = append(w.frames, f)
	return nil
}

// end reads an end tag.
func (w *walker) end() {
	f := &w.frames[len(w.frames)-1]
	switch {
	case f.kind == includeFrame:
		if f.fault != nil && f.fault.code != "" && (f.fault.fatal || !f.fallback) {
			w.x.say(w.in, f.at, f.end-f.at, f.fault)
		}
	case f.copied && !f.empty:
		start, end := w.tok.Offset, w.tok.End
		if start == f.at {
			end = start // an empty element whose tag was written out
		}
		w.copy(start, end, func() string { return "</" + w.tok.Name.Raw + ">" })
	}
	w.frames = w.frames[:len(w.frames)-1]
}

func (w *walker) say(code diag.Code, format string, args ...any) {
	w.x.say(w.in, w.tok.Offset, w.tok.End-w.tok.Offset, failed(code, true, format, args...))
}

// copy copies what stands from start to end of the file. What an entity gave
// stands nowhere, and is made.
func (w *walker) copy(start, end int, made func() string) {
	if start == end {
		w.x.made(w.in, start, made())
		return
	}
	w.x.raw(w.in, start, end)
}

// copyOther copies a token that is no tag.
func (w *walker) copyOther(kind xmltok.Kind) {
	tok := w.tok
	w.copy(tok.Offset, tok.End, func() string {
		switch kind {
		case xmltok.Comment:
			return "<!--" + string(tok.Text) + "-->"
		case xmltok.ProcInst:
			return "<?" + tok.Name.Raw + " " + string(tok.Text) + "?>"
		}
		return escape(string(tok.Text))
	})
}

// copyTag copies a start tag with the attributes that keep what held for the
// element. It reports whether the tag is that of an empty element.
func (w *walker) copyTag(parent, f *frame) (empty bool) {
	tok := w.tok
	var added []string
	rebased := false
	if parent.to != parent.from {
		added, rebased = fixups(tok, f.from, parent.to, w.x.o.NoFixup)
	}
	src := tok.Source()
	if tok.Offset == tok.End || w.expands() {
		w.x.made(w.in, tok.Offset, w.tag(added, rebased))
		return false
	}
	at := tok.Offset + 1 + len(tok.Name.Raw)
	w.x.raw(w.in, tok.Offset, at)
	for _, a := range added {
		w.x.made(w.in, tok.Offset, a)
	}
	if rebased { // the attribute that it had is left out
		for _, a := range tok.Attrs {
			if a.Name.Raw == "xml:base" {
				w.x.raw(w.in, at, a.Offset)
				at = a.ValueOffset + bytes.IndexByte(src[a.ValueOffset:], src[a.ValueOffset-1]) + 1
			}
		}
	}
	w.x.raw(w.in, at, tok.End)
	return src[tok.End-2] == '/'
}

// expands reports whether the tag has a default attribute, or a reference to an
// entity of the file's own.
func (w *walker) expands() bool {
	tok := w.tok
	src := tok.Source()
	for _, a := range tok.Attrs {
		if a.Offset <= tok.Offset || !bytes.HasPrefix(src[a.Offset:], []byte(a.Name.Raw)) {
			return true
		}
	}
	raw := src[tok.Offset:tok.End]
	here := true
	tok.Declarations(func(prefix, _ string) { here = here && bytes.Contains(raw, []byte(declared(prefix))) })
	if !here {
		return true
	}
	for {
		n := bytes.IndexByte(raw, '&')
		if n < 0 {
			return false
		}
		raw = raw[n+1:]
		known := len(raw) > 0 && raw[0] == '#'
		for _, e := range []string{"lt;", "gt;", "amp;", "quot;", "apos;"} {
			known = known || bytes.HasPrefix(raw, []byte(e))
		}
		if !known {
			return true
		}
	}
}

// tag is the start tag that the tokenizer is at, written out.
func (w *walker) tag(added []string, rebased bool) string {
	var b strings.Builder
	b.WriteString("<" + w.tok.Name.Raw + strings.Join(added, ""))
	w.tok.Declarations(func(prefix, uri string) { b.WriteString(declaration(prefix, uri)) })
	for _, a := range w.tok.Attrs {
		if !rebased || a.Name.Raw != "xml:base" {
			b.WriteString(attribute(a.Name.Raw, string(a.Value)))
		}
	}
	b.WriteString(">")
	return b.String()
}

func declaration(prefix, uri string) string { return attribute(declared(prefix), uri) }

// declared is the attribute that declares a prefix.
func declared(prefix string) string {
	if prefix == "" {
		return "xmlns"
	}
	return "xmlns:" + prefix
}

func attribute(name, value string) string {
	return " " + name + `="` + escapeValue.Replace(value) + `"`
}

var (
	escapeText  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	escapeValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")
)

func escape(s string) string { return escapeText.Replace(s) }

// inherit is the scene in the element whose start tag the tokenizer is at.
func inherit(outer *scene, tok *xmltok.Tokenizer) *scene {
	s := *outer
	tok.Declarations(func(prefix, uri string) { s.scope = &scope{s.scope, prefix, uri} })
	changed := s.scope != outer.scope
	for _, a := range tok.Attrs {
		switch a.Name.Raw {
		case "xml:lang":
			s.lang, changed = string(a.Value), true
		case "xml:base":
			s.base, changed = join(s.base, string(a.Value)), true
		}
	}
	if !changed {
		return outer
	}
	return &s
}

// fixups are the attributes that keep what holds for an element in its file,
// now that it stands where to holds. rebased says that one is xml:base. bare
// leaves out all but the namespaces.
func fixups(tok *xmltok.Tokenizer, from, to *scene, bare bool) (added []string, rebased bool) {
	seen := map[string]bool{"xml": true}
	tok.Declarations(func(prefix, _ string) { seen[prefix] = true })
	declare := func(prefix, uri string) {
		if now, is := to.scope.lookup(prefix); !seen[prefix] && (!is || now != uri) {
			added = append(added, declaration(prefix, uri))
		}
		seen[prefix] = true
	}
	for s := from.scope; s != nil; s = s.outer {
		declare(s.prefix, s.uri)
	}
	declare("", "")
	if bare {
		return added, false
	}
	if from.base != to.base || has(tok, "xml:base") { // 4.5.5
		added, rebased = append(added, attribute("xml:base", relative(to.base, from.base))), true
	}
	if !strings.EqualFold(from.lang, to.lang) && !has(tok, "xml:lang") { // 4.5.6
		added = append(added, attribute("xml:lang", from.lang))
	}
	return added, rebased
}

func has(tok *xmltok.Tokenizer, name string) bool {
	return slices.ContainsFunc(tok.Attrs, func(a xmltok.Attr) bool { return a.Name.Raw == name })
}

// join is where a reference leads from a base. What has a scheme stands for
// itself.
func join(base, to string) string {
	if hasScheme(to) || to == "" {
		return cmp.Or(to, base)
	}
	if u, err := url.Parse(base); err == nil && hasScheme(base) {
		if u, err = u.Parse(to); err == nil {
			return u.String()
		}
	}
	if decoded, err := url.PathUnescape(to); err == nil {
		to = decoded
	}
	if path.IsAbs(to) {
		return path.Clean(to)
	}
	joined := path.Join(path.Dir(base), to)
	if strings.HasSuffix(to, "/") {
		joined += "/"
	}
	return joined
}

// hasScheme reports whether a reference begins with a scheme. A single letter
// is a drive.
func hasScheme(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return ok && len(scheme) > 1 && !strings.ContainsAny(scheme, "/?#")
}

// relative is a reference that leads from base to file.
func relative(base, file string) string {
	if hasScheme(file) || hasScheme(base) {
		return file
	}
	if rel, err := filepath.Rel(path.Dir(base), file); err == nil {
		file = filepath.ToSlash(rel)
	}
	u := url.URL{Path: file}
	return u.String()
}
