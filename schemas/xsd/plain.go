package xsd

import (
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// limits are those of documents that become trees: an element that is written
// with four bytes takes more than a hundred in memory, so entities may expand
// to less than for engines that read a stream.
var limits = xmltok.Limits{Amplification: 10}

// tokens begins a document.
func tokens(name string, doc []byte) *xmltok.Tokenizer {
	t := &xmltok.Tokenizer{}
	t.Reset(name, doc, nil, limits)
	return t
}

// readable is a document as the engine may have it. What is refused is a
// document that is not well-formed or too large.
func readable(name string, doc []byte) (text []byte, refused *diag.Finding, err error) {
	t := tokens(name, doc)
	declared := false
	for {
		switch kind, err := t.Next(); {
		case err != nil:
			if e, is := err.(*xmltok.Error); is {
				return nil, &e.Finding, nil
			}
			return nil, nil, err
		case kind == xmltok.Doctype:
			declared = true
		case kind == xmltok.EOF:
			if !numbersElements && !declared && strings.EqualFold(t.Encoding(), "UTF-8") {
				return t.Source(), nil, nil // as nearly all documents are
			}
			text, err := plain(tokens(name, doc), func() {})
			return text, nil, err
		}
	}
}

// plain writes what a tokenizer reads as simple XML: without declarations,
// comments and instructions, with entities expanded. Each start tag has one line
// end in it, and there is no other: so an element's line is its number. started
// is called before a start tag is written and may change its attributes.
func plain(t *xmltok.Tokenizer, started func()) ([]byte, error) {
	var out []byte
	text := func(s string) { out = append(out, escapes.Replace(s)...) }
	attribute := func(name, value string) {
		out = append(append(append(out, ' '), name...), `="`...)
		text(value)
		out = append(out, '"')
	}
	for {
		kind, err := t.Next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case xmltok.EOF:
			return out, nil
		case xmltok.StartElement:
			started()
			out = append(append(append(out, '<'), t.Name.Raw...), '\n')
			t.Declarations(func(prefix, uri string) {
				if prefix != "" {
					prefix = ":" + prefix
				}
				attribute("xmlns"+prefix, uri)
			})
			for _, a := range t.Attrs {
				attribute(a.Name.Raw, string(a.Value))
			}
			out = append(out, '>')
		case xmltok.EndElement:
			out = append(append(append(out, "</"...), t.Name.Raw...), '>')
		case xmltok.Text:
			if t.Depth() > 0 { // else it is white space around the document element
				text(string(t.Text))
			}
		}
	}
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")

// place is an element, by its number, or an attribute of it, by its local name.
type place struct {
	element int
	attr    string
}

// positions finds where faults are, in one reading. What is not found has no
// line.
func positions(name string, doc []byte, list []fault) map[place]diag.Pos {
	found := map[place]diag.Pos{}
	wanted := map[int]bool{}
	last := 0
	for _, f := range list {
		found[f.place()] = diag.Pos{File: name}
		wanted[f.element] = true
		last = max(last, f.element)
	}
	t := tokens(name, doc)
	for n := 0; n < last; {
		kind, err := t.Next()
		if err != nil || kind == xmltok.EOF {
			break
		}
		if kind != xmltok.StartElement {
			continue
		}
		if n++; !wanted[n] {
			continue
		}
		for p := range found {
			if p.element == n {
				found[p] = t.Pos(attributeOffset(t, p.attr))
			}
		}
	}
	return found
}

// attributeOffset is where an attribute stands in the last token; the element's
// place if it is not written there, as defaults are not.
func attributeOffset(t *xmltok.Tokenizer, local string) int {
	for _, a := range t.Attrs {
		if a.Name.Local == local && local != "" && t.Offset < a.Offset && a.Offset < t.End {
			return a.Offset
		}
	}
	return t.Offset
}
