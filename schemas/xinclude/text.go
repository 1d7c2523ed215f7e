package xinclude

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/ianaindex"
)

// Text that is included (XInclude, 4.3): characters, not markup. Its encoding
// is what its byte order mark says, or the attribute encoding, or UTF-8.

func (x *expander) includeText(in *inclusion, at int, name, encoding string) *fault {
	key := "text " + encoding + " " + name
	src := x.sources[key]
	if src == nil {
		doc, f := x.open(name)
		if f != nil {
			return f
		}
		text, f := decode(doc, name, encoding)
		if f != nil {
			return f
		}
		src = &source{name: name, text: text}
		x.read += len(text)
		x.sources[key] = src
	}
	part := &inclusion{src: src, by: in, at: at}
	from := 0
	for i, r := range string(src.text) {
		switch {
		case !isChar(r):
			x.say(part, i, 1, failed(CodeEncoding, true, "the character U+%04X is none that XML allows; take it out of the text", r))
			return nil
		case r == '&', r == '<', r == '>', r == '\r':
			x.raw(part, from, i)
			x.made(part, i, escape(string(r)))
			from = i + 1
		}
	}
	x.raw(part, from, len(src.text))
	return nil
}

func decode(doc []byte, name, encoding string) ([]byte, *fault) {
	switch {
	case bytes.HasPrefix(doc, []byte("\xEF\xBB\xBF")):
		doc, encoding = doc[3:], ""
	case bytes.HasPrefix(doc, []byte("\xFF\xFE")), bytes.HasPrefix(doc, []byte("\xFE\xFF")):
		encoding = "UTF-16"
	}
	if encoding == "" || strings.EqualFold(encoding, "utf-8") {
		if !utf8.Valid(doc) {
			return nil, failed(CodeEncoding, true, "%s is not in UTF-8; say in the attribute encoding what it is in, or save it as UTF-8", name)
		}
		return doc, nil
	}
	e, err := ianaindex.IANA.Encoding(encoding)
	if err != nil || e == nil {
		return nil, failed(CodeEncoding, true, "the encoding \"%s\" is not known; save the file as UTF-8 and take the attribute out", encoding)
	}
	text, err := e.NewDecoder().Bytes(doc)
	if err != nil || bytes.Contains(text, []byte("\uFFFD")) {
		return nil, failed(CodeEncoding, true, "%s is not in %s; correct the attribute encoding", name, encoding)
	}
	return text, nil
}

// isChar is production 2 of XML 1.0.
func isChar(r rune) bool {
	return r >= 0x20 && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}
