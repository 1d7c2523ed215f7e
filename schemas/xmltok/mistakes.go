package xmltok

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// What is said of tags that break a rule: of attributes without quotes, tags
// without an end and end tags that do not match, the mistakes of every day. What
// is looked at to explain one is asked for first, so that a reader in pieces
// gives the same messages.

// openTag is the fault of a tag that another begins in.
func (t *Tokenizer) openTag(start, i int, element []byte) error {
	return t.fault(i, CodeUnclosedTag, "< inside the tag <%s> opened at %s, which has no >; add it before this", element, lineColumn(t.Pos(t.at(start))))
}

// unspaced is the fault of what stands at i right behind a name or a value.
func (t *Tokenizer) unspaced(buf []byte, start, i int, element []byte) error {
	switch {
	case buf[i] == '<':
		return t.openTag(start, i, element)
	case buf[i] < 0x20:
		return t.strange(i)
	case t.partial(buf, i):
		return t.wait(start)
	case len(t.Attrs) == 0:
		return t.fault(i, CodeName, "%s can't stand in a name; take it out", show(buf[i:]))
	}
	last := len(t.Attrs) - 1
	if bytes.ContainsFunc(t.Attrs[last].Value, isCurly) {
		return t.fault(i, CodeAttributeSpace, "the value of %q ran to here from %s; it has a curly quote where a straight one should close it",
			t.raws[last], lineColumn(t.Pos(t.at(t.Attrs[last].ValueOffset-1))))
	}
	return t.fault(i, CodeAttributeSpace, "%s right behind the value of %q; put a space there, or write &quot; for a quote inside the value", show(buf[i:]), t.raws[last])
}

// noName is the fault of what stands where an attribute's name should.
func (t *Tokenizer) noName(buf []byte, start, i int, element []byte) error {
	switch buf[i] {
	case '<':
		return t.openTag(start, i, element)
	case '=':
		return t.fault(i, CodeName, "= without an attribute's name before it in the tag <%s>; write name=\"…\"", element)
	case '"', '\'':
		return t.fault(i, CodeName, "a quote without an attribute's name before it in the tag <%s>; write name=\"…\"", element)
	}
	if buf[i] < 0x20 {
		return t.strange(i)
	}
	return t.fault(i, CodeName, "%s in the tag <%s>, where an attribute's name is expected; write name=\"…\"", show(buf[i:]), element)
}

// noEquals is the fault of an attribute that begins at a and has no = at i.
func (t *Tokenizer) noEquals(buf []byte, start, a, i int, name, element []byte) error {
	if bad := badName(name); bad >= 0 {
		return t.wrongName(name, bad, a)
	}
	switch buf[i] {
	case '<':
		return t.openTag(start, i, element)
	case '"', '\'':
		return t.fault(i, CodeAttributeValue, "= is missing between %q and its value; write %s=", name, name)
	}
	return t.fault(a, CodeAttributeValue, "attribute %q has no value; write %s=\"…\"", name, name)
}

// noQuotes is the fault of a value at i without quotes, or in other quotes than
// XML's.
func (t *Tokenizer) noQuotes(buf []byte, start, i int, name []byte) error {
	r, size := utf8.DecodeRune(buf[i:])
	v := i
	if isCurly(r) {
		v += size
	}
	end := v
	for end < len(buf) && !isSpace(buf[end]) && strings.IndexByte("<>\"'", buf[end]) < 0 {
		if t.partial(buf, end) {
			return t.wait(start)
		}
		c, n := utf8.DecodeRune(buf[end:])
		if isCurly(c) {
			break
		}
		end += n
	}
	if end == len(buf) && t.mayGoOn(start) {
		return t.wait(start)
	}
	value := buf[v:end]
	if end < len(buf) && buf[end] == '>' {
		value = bytes.TrimSuffix(value, []byte("/"))
	}
	if badChar(value, 0, len(value)) >= 0 {
		value = []byte("…")
	}
	switch {
	case isCurly(r):
		return t.fault(i, CodeQuotes, "the value of %q stands in curly quotes (U+%04X); write straight ones: %s=\"%s\"", name, r, name, value)
	case len(value) == 0:
		return t.fault(i, CodeAttributeValue, "%s where the value of %q is expected; write %s=\"…\"", show(buf[i:]), name, name)
	}
	return t.fault(i, CodeQuotes, "the value of %q has no quotes; write %s=\"%s\"", name, name, value)
}

// sameAttribute is the fault of two attributes of one expanded name.
func (t *Tokenizer) sameAttribute(i, j int) error {
	a, b := t.Attrs[i], t.Attrs[j]
	if a.Name.Raw == b.Name.Raw {
		return t.twice(a.Offset, b.Offset, a.Name.Raw)
	}
	first := t.Pos(b.Offset)
	return t.faultAt(a.Offset, CodeAttributeTwice, "attribute %q is the same as %q at %s, both of the namespace %q; keep one",
		a.Name.Raw, b.Name.Raw, lineColumn(first), a.Name.Space).also(first, "first here")
}

// twice is the fault of an attribute at an offset that stands at another too.
func (t *Tokenizer) twice(offset, before int, raw string) *Error {
	first := t.Pos(before)
	return t.faultAt(offset, CodeAttributeTwice, "attribute %q stands twice on the element, first at %s; keep one", raw, lineColumn(first)).also(first, "first here")
}

// unclosed is the fault of a document that ends inside elements.
func (t *Tokenizer) unclosed() *Error {
	n := len(t.open)
	name := func(depth int) string { return t.open[depth-1].name.Raw }
	var e *Error
	switch n {
	case 1:
		e = t.fault(t.pos, CodeUnclosed, "the file ends, and <%s> opened at %s is not closed; add </%s>", name(1), t.opened(1), name(1))
	case 2:
		e = t.fault(t.pos, CodeUnclosed, "the file ends, and <%s> opened at %s and <%s> at %s are not closed; add </%s></%s>",
			name(2), t.opened(2), name(1), t.opened(1), name(2), name(1))
	case 3:
		e = t.fault(t.pos, CodeUnclosed, "the file ends, and <%s> opened at %s, <%s> at %s and <%s> at %s are not closed; add their end tags",
			name(3), t.opened(3), name(2), t.opened(2), name(1), t.opened(1))
	default:
		e = t.fault(t.pos, CodeUnclosed, "the file ends, and <%s> opened at %s, <%s> at %s and %d more around them are not closed; add their end tags",
			name(n), t.opened(n), name(n-1), t.opened(n-1), n-2)
	}
	for depth := n; depth > max(0, n-3); depth-- {
		e.also(t.Opened(depth), "<%s> opened here", name(depth))
	}
	return e
}

// mismatch explains an end tag that closes another element than the open one.
func (t *Tokenizer) mismatch(start int, raw []byte) *Error {
	n := len(t.open)
	name := t.open[n-1].name.Raw
	format, args := "<%s> opened at %s is closed by </%s>", []any{name, t.opened(n), raw}
	switch outer := t.openDepth(raw); {
	case bytes.EqualFold(raw, []byte(name)):
		format += "; the letter case differs"
	case outer > 0 && alwaysEmpty[name]:
		format += "; write <%s/> where it stands empty, or </%s> before this"
		args = append(args, name, name)
	case outer > 0:
		format += "; </%s> is missing before it"
		args = append(args, name)
	case near(string(raw), name):
		format += "; write </%s>"
		args = append(args, name)
	default:
		format += ", and no <%s> is open"
		args = append(args, raw)
	}
	return t.fault(start, CodeEndTag, format, args...).also(t.Opened(n), "<%s> opened here", name)
}

// alwaysEmpty are elements of TEI and HTML that hold nothing, and are often
// written without a slash.
var alwaysEmpty = map[string]bool{
	"anchor": true, "br": true, "cb": true, "gb": true, "graphic": true, "hr": true, "img": true, "lb": true, "link": true,
	"meta": true, "milestone": true, "pb": true, "ptr": true, "space": true,
}

// openDepth is the depth of the innermost open element of that name, or 0.
func (t *Tokenizer) openDepth(raw []byte) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		if t.open[i].name.Raw == string(raw) {
			return i + 1
		}
	}
	return 0
}

// near reports whether two names differ in at most two letters.
func near(a, b string) bool {
	if len(a) > 40 || len(b) > 40 {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)] <= 2 && row[len(b)] < len(b)
}

// usual are the namespaces that prefixes usually stand for.
var usual = map[string]string{
	"a":       "http://relaxng.org/ns/compatibility/annotations/1.0",
	"dc":      "http://purl.org/dc/elements/1.1/",
	"dcterms": "http://purl.org/dc/terms/",
	"ead":     "http://ead3.archivists.org/schema/",
	"html":    "http://www.w3.org/1999/xhtml",
	"m":       "http://www.w3.org/1998/Math/MathML",
	"mei":     "http://www.music-encoding.org/ns/mei",
	"mets":    "http://www.loc.gov/METS/",
	"mml":     "http://www.w3.org/1998/Math/MathML",
	"mods":    "http://www.loc.gov/mods/v3",
	"premis":  "http://www.loc.gov/premis/v3",
	"rdf":     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"rng":     "http://relaxng.org/ns/structure/1.0",
	"sch":     "http://purl.oclc.org/dsdl/schematron",
	"skos":    "http://www.w3.org/2004/02/skos/core#",
	"svg":     "http://www.w3.org/2000/svg",
	"tei":     "http://www.tei-c.org/ns/1.0",
	"teix":    "http://www.tei-c.org/ns/Examples",
	"xhtml":   "http://www.w3.org/1999/xhtml",
	"xi":      "http://www.w3.org/2001/XInclude",
	"xlink":   "http://www.w3.org/1999/xlink",
	"xs":      "http://www.w3.org/2001/XMLSchema",
	"xsd":     "http://www.w3.org/2001/XMLSchema",
	"xsi":     "http://www.w3.org/2001/XMLSchema-instance",
	"xsl":     "http://www.w3.org/1999/XSL/Transform",
}

// undeclared is the fault of a prefix that stands for nothing.
func (t *Tokenizer) undeclared(i int, n *Name, kind nameKind) *Error {
	what := "<%s>"
	if kind == attributeName {
		what = "attribute %q"
	}
	if n.Prefix == "xmlns" {
		return t.fault(i, CodeNamespace, "the prefix xmlns of "+what+" is kept for declarations; take another", n.Raw)
	}
	if uri := usual[n.Prefix]; uri != "" {
		return t.fault(i, CodePrefix, "the prefix of "+what+" is not declared; add xmlns:%s=\"%s\" to it or an element around it", n.Raw, n.Prefix, whole(uri))
	}
	if lower := strings.ToLower(n.Prefix); lower != n.Prefix {
		if _, ok := t.scopes.resolve(lower); ok {
			return t.fault(i, CodePrefix, "the prefix of "+what+" is not declared, but %s is; the letter case differs", n.Raw, lower)
		}
	}
	return t.fault(i, CodePrefix, "the prefix of "+what+" is not declared; add xmlns:%s=\"…\" to it or an element around it", n.Raw, n.Prefix)
}
