// Package restore puts a source back together from a TEI file alone, and says
// where the two differ. It shares nothing with the encoder: all it goes by is
// what the file declares.
//
// The rules, which any other tool can follow:
//
//   - The text is that of the element text, in document order. An element's
//     @rendition points at rendition elements (scope before or after); the
//     strings and attr() of their CSS content stand before and after what the
//     element holds.
//   - Elements are blocks or stand within blocks. Between two blocks any white
//     space of the source will do. Within a block white space is exact, a line
//     break of the source included; a block has none at its edges. A row is a
//     block, and its cells stand within it.
//   - milestone[@rend] stands for its @rend, on its own. lb, pb, cb, gb and
//     anchor are nothing without a rendition.
//   - In choice, corr, reg and expan without a rendition are the editor's and
//     are left out.
//   - A note to which an empty element with @corresp points stands, with its
//     rendition, a space and its words, where that element is; at its own place
//     only the rendition stands.
package restore

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei/diag"
)

// Codes of this package's findings.
const (
	CodeDifference    diag.Code = "verify/difference"
	CodeNotWellFormed diag.Code = "verify/not-well-formed"
	CodeRendition     diag.Code = "verify/rendition-missing"
	CodeFront         diag.Code = "verify/front-matter"
)

// Range is a part of a source, in bytes.
type Range struct{ Start, End int }

// Options loosen the comparison.
type Options struct {
	LooseSpace bool // white space is not compared
}

// structural elements hold elements; white space among them is layout. item,
// note, quote, opener and closer are so only where no words stand directly in
// them. A row is a block: white space between its cells is exact.
var structural = map[string]bool{
	"TEI": true, "text": true, "front": true, "body": true, "back": true, "group": true, "floatingText": true, "div": true,
	"list": true, "table": true, "sp": true, "lg": true, "postscript": true, "address": true,
}

var mayHoldBlocks = map[string]bool{"item": true, "note": true, "quote": true, "opener": true, "closer": true}

func (e *node) walk(f func(*node)) {
	f(e)
	for k := e.first; k != nil; k = k.next {
		if k.name != "" {
			k.walk(f)
		}
	}
}

// item is a run of characters, or, where text is empty, a block's edge.
type item struct {
	text string
	at   int // in the TEI
}

type rendition struct{ before, after []piece }

type piece struct{ text, attr string }

type restorer struct {
	renditions map[string]rendition
	notes      map[string]*node // by id, those whose words stand elsewhere
	out        []item
	missing    []string
}

// items flattens a file's text.
func items(doc []byte) (*restorer, error) {
	x := readers.Get().(*reader)
	defer x.done()
	root, err := x.read(doc)
	if err != nil {
		return nil, err
	}
	r := &restorer{renditions: map[string]rendition{}, notes: map[string]*node{}, out: make([]item, 0, 512)}
	ids := map[string]*node{}
	root.walk(func(e *node) {
		if id := e.get("xml:id"); id != "" {
			ids[id] = e
			if e.name == "rendition" {
				var v rendition
				p := cssContent(e.content())
				if e.get("scope") == "after" {
					v.after = p
				} else if e.get("scope") == "before" {
					v.before = p
				}
				r.renditions["#"+id] = v
			}
		}
		if c := e.get("corresp"); c != "" && e.first == nil && strings.HasPrefix(c, "#") {
			if n := ids[c[1:]]; n != nil && n.name == "note" {
				r.notes[c[1:]] = n
			}
		}
	})
	for k := root.first; k != nil; k = k.next {
		if k.name == "text" {
			r.element(k, true)
		}
	}
	r.notes = nil // the nodes are the reader's
	return r, nil
}

func (e *node) words(b *strings.Builder) {
	for k := e.first; k != nil; k = k.next {
		b.WriteString(k.text)
		k.words(b)
	}
}

// content is the text of an element without its tags.
func (e *node) content() string {
	var b strings.Builder
	e.words(&b)
	return b.String()
}

// cssContent reads the value of a CSS content property.
func cssContent(css string) []piece {
	i := strings.Index(css, "content")
	if i < 0 {
		return nil
	}
	s := css[i+len("content"):]
	i = strings.IndexByte(s, ':')
	if i < 0 {
		return nil
	}
	s = s[i+1:]
	var out []piece
	for s != "" {
		switch {
		case s[0] == ';' || s[0] == '}':
			return out
		case s[0] == '"' || s[0] == '\'':
			q := s[0]
			s = s[1:]
			var b strings.Builder
			for s != "" && s[0] != q {
				if s[0] != '\\' {
					b.WriteByte(s[0])
					s = s[1:]
					continue
				}
				s = s[1:]
				n := 0
				v := 0
				for n < len(s) && n < 6 {
					d := strings.IndexByte("0123456789abcdef", s[n]|0x20)
					if '0' <= s[n] && s[n] <= '9' {
						d = int(s[n] - '0')
					}
					if d < 0 {
						break
					}
					v = v*16 + d
					n++
				}
				if n > 0 {
					b.WriteRune(rune(v))
					s = s[n:]
					if s != "" && strings.ContainsRune(" \t\n", rune(s[0])) {
						s = s[1:]
					}
					continue
				}
				if s != "" {
					_, w := utf8.DecodeRuneInString(s)
					b.WriteString(s[:w])
					s = s[w:]
				}
			}
			if s != "" {
				s = s[1:]
			}
			out = append(out, piece{text: b.String()})
		case strings.HasPrefix(s, "attr("):
			j := strings.IndexByte(s, ')')
			if j < 0 {
				return out
			}
			out = append(out, piece{attr: strings.TrimSpace(s[5:j])})
			s = s[j+1:]
		default:
			s = s[1:]
		}
	}
	return out
}

func (r *restorer) put(s string, at int) {
	if s != "" {
		r.out = append(r.out, item{s, at})
	}
}

func (r *restorer) edge(at int) { r.out = append(r.out, item{"", at}) }

// around gives the strings that stand before and after e.
func (r *restorer) around(e *node) (before, after string) {
	for ref := range strings.FieldsSeq(e.get("rendition")) {
		v, ok := r.renditions[ref]
		if !ok {
			r.missing = append(r.missing, ref)
			continue
		}
		for _, p := range v.before {
			before += p.text
			if p.attr != "" {
				before += e.get(p.attr)
			}
		}
		a := ""
		for _, p := range v.after {
			a += p.text
			if p.attr != "" {
				a += e.get(p.attr)
			}
		}
		after = a + after
	}
	return
}

// element adds what e stands for; block says that it is a block.
func (r *restorer) element(e *node, block bool) {
	if block {
		r.edge(e.at)
		defer r.edge(e.at)
	}
	before, after := r.around(e)
	if id := e.get("corresp"); e.first == nil && strings.HasPrefix(id, "#") && r.notes[id[1:]] != nil {
		n := r.notes[id[1:]]
		b, a := r.around(n)
		r.put(b+a, e.at)
		r.put(" ", e.at)
		r.kids(n, r.blocks(n))
		return
	}
	if id := e.get("xml:id"); id != "" && r.notes[id] == e {
		r.put(before+after, e.at)
		return
	}
	r.put(before, e.at)
	switch e.name {
	case "milestone":
		if before == "" {
			r.put(e.get("rend"), e.at)
		}
	case "choice":
		for k := e.first; k != nil; k = k.next {
			if k.name == "" {
				r.put(k.text, k.at)
				continue
			}
			switch k.name {
			case "corr", "reg", "expan", "ex":
				if k.get("rendition") == "" {
					continue
				}
			}
			r.element(k, false)
		}
	default:
		r.kids(e, r.blocks(e))
	}
	r.put(after, e.at)
}

// blocks says whether what e holds are blocks.
func (r *restorer) blocks(e *node) bool {
	if structural[e.name] {
		return true
	}
	if !mayHoldBlocks[e.name] {
		return false
	}
	any := false
	for k := e.first; k != nil; k = k.next {
		if k.name != "" {
			any = true
		} else if strings.TrimFunc(k.text, xmlSpace) != "" {
			return false
		}
	}
	return any
}

func (r *restorer) kids(e *node, blocks bool) {
	for k := e.first; k != nil; k = k.next {
		switch {
		case k.name != "":
			r.element(k, blocks)
		case !blocks:
			r.put(k.text, k.at)
		default:
			if t := strings.TrimFunc(k.text, xmlSpace); t != "" {
				r.edge(k.at)
				r.put(t, k.at)
				r.edge(k.at)
			}
		}
	}
}

func xmlSpace(c rune) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func anySpace(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' }

// Compare restores the text of doc and compares it with the body of source. It
// gives the first difference, or nothing.
func Compare(doc []byte, teiName, source string, body Range, sourceName string) (diag.List, error) {
	return CompareWith(doc, teiName, source, body, sourceName, Options{})
}

// CompareWith is Compare with options.
func CompareWith(doc []byte, teiName, source string, body Range, sourceName string, opt Options) (diag.List, error) {
	r, err := items(doc)
	if err != nil {
		f := diag.Finding{Pos: diag.Pos{File: teiName}, Severity: diag.Error, Code: CodeNotWellFormed, Message: err.Error()}
		var x *syntaxError
		if errors.As(err, &x) {
			f.Pos = diag.NewLines(teiName, string(doc)).Pos(x.at)
		}
		return diag.List{f}, nil
	}
	if len(r.missing) > 0 {
		return diag.List{{Pos: diag.Pos{File: teiName}, Severity: diag.Error, Code: CodeRendition, Message: "the rendition " + r.missing[0] + " is not declared"}}, nil
	}
	s := source[body.Start:body.End]
	pos := 0
	edge := true
	differ := func(it item, k int) diag.List {
		have, want := clip(s[pos:]), clip(it.text[k:])
		f := diag.Finding{Pos: diag.NewLines(sourceName, source).Pos(body.Start + pos), Severity: diag.Error, Code: CodeDifference,
			Message: fmt.Sprintf("the source has %s, the TEI has %s", have, want)}
		f.Related = []diag.Related{{Pos: diag.NewLines(teiName, string(doc)).Pos(it.at), Message: "here in the TEI"}}
		return diag.List{f}
	}
	for _, it := range r.out {
		if it.text == "" {
			edge = true
			continue
		}
		if edge {
			for pos < len(s) {
				c, w := utf8.DecodeRuneInString(s[pos:])
				if !anySpace(c) {
					break
				}
				pos += w
			}
			edge = false
		}
		if !opt.LooseSpace && strings.HasPrefix(s[pos:], it.text) {
			pos += len(it.text)
			continue
		}
		for k := 0; k < len(it.text); {
			c, w := utf8.DecodeRuneInString(it.text[k:])
			if opt.LooseSpace && anySpace(c) {
				k += w
				continue
			}
			d, v := utf8.DecodeRuneInString(s[pos:])
			for opt.LooseSpace && v > 0 && anySpace(d) {
				pos += v
				d, v = utf8.DecodeRuneInString(s[pos:])
			}
			if v == 0 || c != d || w != v {
				return differ(it, k), nil
			}
			k += w
			pos += v
		}
	}
	if strings.TrimFunc(s[pos:], anySpace) != "" {
		for pos < len(s) {
			c, w := utf8.DecodeRuneInString(s[pos:])
			if !anySpace(c) {
				break
			}
			pos += w
		}
		f := diag.Finding{Pos: diag.NewLines(sourceName, source).Pos(body.Start + pos), Severity: diag.Error, Code: CodeDifference,
			Message: fmt.Sprintf("the source goes on with %s, the TEI has ended", clip(s[pos:]))}
		return diag.List{f}, nil
	}
	return nil, nil
}

func clip(s string) string {
	if s == "" {
		return "nothing"
	}
	r := []rune(s[:min(len(s), 160)])
	if len(r) > 24 {
		r = append(r[:23], '…')
	}
	return "“" + strings.NewReplacer("\n", "⏎", "\t", "⇥").Replace(string(r)) + "”"
}

// FindBody finds the part of a page that a file's text is: the suffix that has
// the same characters, white space apart.
func FindBody(doc []byte, source string) (Range, bool) {
	r, err := items(doc)
	if err != nil {
		return Range{}, false
	}
	i := len(source)
	for n := len(r.out) - 1; n >= 0; n-- {
		t := r.out[n].text
		for t != "" {
			c, w := utf8.DecodeLastRuneInString(t)
			t = t[:len(t)-w]
			if anySpace(c) {
				continue
			}
			for i > 0 {
				d, v := utf8.DecodeLastRuneInString(source[:i])
				if !anySpace(d) {
					break
				}
				i -= v
			}
			d, v := utf8.DecodeLastRuneInString(source[:i])
			if v == 0 || c != d {
				return Range{}, false
			}
			i -= v
		}
	}
	return Range{i, len(source)}, true
}

// Front checks that each line of the front matter is found in the header.
func Front(doc []byte, front string) diag.List {
	x := readers.Get().(*reader)
	defer x.done()
	root, err := x.read(doc)
	if err != nil {
		return nil
	}
	var b strings.Builder
	for k := root.first; k != nil; k = k.next {
		if k.name != "teiHeader" {
			continue
		}
		b.WriteString(squeeze(k.content()))
		k.walk(func(e *node) {
			for _, a := range e.attrs {
				b.WriteByte(0)
				b.WriteString(squeeze(a.value))
			}
		})
	}
	have := b.String()
	lines := diag.NewLines("", front)
	var out diag.List
	at := 0
	for _, line := range strings.SplitAfter(front, "\n") {
		w := squeeze(strings.Trim(strings.TrimFunc(line, anySpace), "*#<> \t"))
		w = strings.ReplaceAll(w, "**", "")
		if strings.Trim(w, "-*_=.,:;") != "" && !strings.Contains(have, w) && !strings.Contains(have, strings.TrimRight(w, ":.,;")) {
			label, rest, ok := strings.Cut(w, ":")
			if !ok || !strings.Contains(have, label) || !strings.Contains(have, strings.Trim(rest, "*<>")) {
				out = append(out, diag.Finding{Pos: lines.Pos(at), Severity: diag.Error, Code: CodeFront, Message: "a line of the front matter is not in the header: " + clip(strings.TrimSpace(line))})
			}
		}
		at += len(line)
	}
	return out
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if anySpace(r) {
			return -1
		}
		return r
	}, s)
}
