package xmltok

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sigla/tei/diag"
)

// What is said of a document that is not well-formed: what stands there and a
// way out, in one line of at most 160 characters. Where a rule is broken at the
// end of something, the message names the place where that began.

// The rules a document can break.
const (
	CodeAttributeSpace  diag.Code = "xml/attribute-space"
	CodeAttributeTwice  diag.Code = "xml/attribute-twice"
	CodeAttributeValue  diag.Code = "xml/attribute-value"
	CodeCDATAEnd        diag.Code = "xml/cdata-end"
	CodeCharacter       diag.Code = "xml/character"
	CodeComment         diag.Code = "xml/comment"
	CodeDeclaration     diag.Code = "xml/declaration"
	CodeDoctype         diag.Code = "xml/doctype"
	CodeEmpty           diag.Code = "xml/empty"
	CodeEncoding        diag.Code = "xml/encoding"
	CodeEndTag          diag.Code = "xml/end-tag"
	CodeEntity          diag.Code = "xml/entity"
	CodeEntityBalance   diag.Code = "xml/entity-balance"
	CodeEntityExternal  diag.Code = "xml/entity-external"
	CodeEntityRecursion diag.Code = "xml/entity-recursion"
	CodeLimit           diag.Code = "xml/limit"
	CodeMarkup          diag.Code = "xml/markup"
	CodeName            diag.Code = "xml/name"
	CodeNamespace       diag.Code = "xml/namespace"
	CodeOutside         diag.Code = "xml/outside"
	CodePrefix          diag.Code = "xml/prefix"
	CodeQuotes          diag.Code = "xml/quotes"
	CodeReference       diag.Code = "xml/reference"
	CodeSecondRoot      diag.Code = "xml/second-root"
	CodeUnclosed        diag.Code = "xml/unclosed"
	CodeUnclosedTag     diag.Code = "xml/unclosed-tag"
	CodeUnfinished      diag.Code = "xml/unfinished"
)

// messageLength bounds a message, in characters.
const messageLength = 160

// Error is a document that is not well-formed, or beyond a limit.
type Error struct{ Finding diag.Finding }

func (e *Error) Error() string { return e.Finding.String() }

// fault is an Error at a place in buf.
func (t *Tokenizer) fault(i int, code diag.Code, format string, args ...any) *Error {
	return t.faultAt(t.at(i), code, format, args...)
}

// faultAt is an Error at an offset.
func (t *Tokenizer) faultAt(offset int, code diag.Code, format string, args ...any) *Error {
	if t.entity != nil && t.entity.name != "" {
		format += " (in the entity &%s;)"
		args = append(args, t.entity.name)
	}
	return &Error{diag.Finding{Pos: t.Pos(offset), Severity: diag.Error, Code: code, Message: message(format, args...)}}
}

// also adds a second place.
func (e *Error) also(pos diag.Pos, format string, args ...any) *Error {
	e.Finding.Related = append(e.Finding.Related, diag.Related{Pos: pos, Message: message(format, args...)})
	return e
}

// message formats a message. What comes from the document is cut until the
// whole is short enough, and cannot break the line.
func message(format string, args ...any) string {
	var s string
	cut := make([]any, len(args))
	for _, longest := range []int{80, 40, 24, 12} {
		for i, a := range args {
			switch a := a.(type) {
			case []byte:
				cut[i] = short(string(a), longest)
			case string:
				cut[i] = short(a, longest)
			case whole:
				cut[i] = string(a)
			default:
				cut[i] = a
			}
		}
		s = diag.Plain(strings.ToValidUTF8(fmt.Sprintf(format, cut...), "\uFFFD"))
		if utf8.RuneCountInString(s) <= messageLength {
			break
		}
	}
	return s
}

// whole is an argument of a message that comes from us and is not cut.
type whole string

// short is s of at most n characters.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	k := 0
	for i := range s {
		if k++; k == n && utf8.RuneCountInString(s[i:]) > 1 {
			return s[:i] + "…"
		}
	}
	return s
}

// opened is where the element at a depth was opened, as line:column.
func (t *Tokenizer) opened(depth int) whole { return lineColumn(t.Opened(depth)) }

func lineColumn(p diag.Pos) whole { return whole(fmt.Sprintf("%d:%d", p.Line, p.Column)) }

// more is the error of something that begins at start and that the buffer ends
// in: ask for more of the reader, or say that there is none. what it is, with
// %s for its name, and the way out are for the latter.
func (t *Tokenizer) more(start int, what, way string, name []byte) error {
	if t.mayGoOn(start) {
		return t.wait(start)
	}
	place := whole("file")
	if t.entity != nil {
		place = "entity"
	}
	args := []any{name, place}
	if name == nil {
		args = args[1:]
	}
	return t.fault(start, CodeUnfinished, what+" begins here and the %s ends before it does; "+way, args...)
}

// wait asks for more of something that begins at start, unless it is too long.
func (t *Tokenizer) wait(start int) error {
	if t.overlong(start) {
		return t.fault(start, CodeLimit, "one piece of markup is longer than %s, which is the limit; split it", bytesOf(t.limits.Token))
	}
	return errMore
}

// bytesOf writes a limit of bytes.
func bytesOf(n int) whole {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return whole(fmt.Sprintf("%d MB", n>>20))
	}
	return whole(fmt.Sprintf("%d bytes", n))
}

// longName is the fault of a name that begins at i.
func (t *Tokenizer) longName(i int) *Error {
	return t.fault(i, CodeLimit, "a name is longer than %s, which is the limit; shorten it", bytesOf(t.limits.Name))
}

// strange is the fault of a byte or character that XML doesn't allow.
func (t *Tokenizer) strange(i int) *Error {
	buf := t.buf
	c := buf[i]
	if c < 0x20 {
		return t.fault(i, CodeCharacter, "the control character U+%04X is not allowed in XML; take it out", rune(c))
	}
	if r, n := utf8.DecodeRune(buf[i:]); n > 1 {
		return t.fault(i, CodeCharacter, "the character U+%04X is not allowed in XML; take it out", r)
	}
	if t.encoded != "UTF-8" {
		return t.fault(i, CodeEncoding, "what stands here is no character of %s, the file's encoding; save the file as UTF-8", t.encoded)
	}
	declared := whole("")
	if t.declared {
		declared = ", the encoding that the first line declares"
	}
	if r := charmap.Windows1252.DecodeByte(c); unicode.IsLetter(r) || unicode.IsPunct(r) {
		return t.fault(i, CodeEncoding, "byte 0x%02X is not UTF-8%s; if it is %q, declare windows-1252 in the first line, or save the file as UTF-8", c, declared, string(r))
	}
	return t.fault(i, CodeEncoding, "byte 0x%02X is not UTF-8%s; save the file as UTF-8, or declare its own encoding", c, declared)
}

// htmlEntity is what &name; stands for in HTML, or "".
func htmlEntity(name []byte) string {
	s := html.UnescapeString("&" + string(name) + ";")
	if s == "" || s[0] == '&' || s[len(s)-1] == ';' {
		return ""
	}
	return s
}

// numbered writes s as references to its characters.
func numbered(s string) whole {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#%d;", r)
	}
	return whole(b.String())
}

// isCurly tells the quotation marks that a word processor puts for straight ones.
func isCurly(r rune) bool { return strings.ContainsRune("“”„‟‘’‚‛«»‹›″′", r) }
