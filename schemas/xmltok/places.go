package xmltok

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"sigla/tei/diag"
)

// places turns offsets into lines and columns, counting on from the last place
// that was asked for, so that asking for many in order costs one pass over the
// document.
type places struct {
	file      string
	start     int // offset of the first byte that has a place: the window's
	startLine int
	startCol  int
	offset    int // the last place asked for
	line, col int
}

func (p *places) reset(file string) {
	*p = places{file: file, startLine: 1, startCol: 1, line: 1, col: 1}
}

// pos is the place of offset, which lies in buf, whose first byte is at base.
func (p *places) pos(buf []byte, base, offset int) diag.Pos {
	offset = min(max(offset, base), base+len(buf))
	if offset < p.offset {
		p.offset, p.line, p.col = p.start, p.startLine, p.startCol
	}
	p.line, p.col = count(buf[max(p.offset-base, 0):offset-base], p.line, p.col)
	p.offset = offset
	return diag.Pos{File: p.file, Line: p.line, Column: p.col, Offset: offset}
}

// pass leaves the first n bytes of buf behind.
func (p *places) pass(buf []byte, base, n int) {
	p.pos(buf, base, base+n)
	p.start, p.startLine, p.startCol = p.offset, p.line, p.col
}

// count moves a line and a column on over b, whose lines end with line feeds.
func count(b []byte, line, col int) (int, int) {
	if n := bytes.Count(b, lineFeed); n > 0 {
		line += n
		b = b[bytes.LastIndexByte(b, '\n')+1:]
		col = 1
	}
	return line, col + utf8.RuneCount(b)
}

// fault is an Error at a place in buf.
func (t *Tokenizer) fault(i int, code diag.Code, format string, args ...any) *Error {
	return t.faultAt(t.at(i), code, format, args...)
}

// faultAt is an Error at an offset.
func (t *Tokenizer) faultAt(offset int, code diag.Code, format string, args ...any) *Error {
	pos := t.places.pos(t.outerBuf(), t.base, offset)
	if t.entity != nil {
		format += fmt.Sprintf(" (in the entity &%s;)", t.entity.name)
	}
	return &Error{diag.Finding{Pos: pos, Severity: diag.Error, Code: code, Message: quote(format, args...)}}
}

// quote formats a message; what comes from the document is cut to a bearable
// length and cannot break the line.
func quote(format string, args ...any) string {
	for i, a := range args {
		switch a := a.(type) {
		case []byte:
			args[i] = short(string(a))
		case string:
			args[i] = short(a)
		}
	}
	return diag.Plain(fmt.Sprintf(format, args...))
}

func short(s string) string {
	if len(s) <= 80 {
		return s
	}
	n := 77
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// outerBuf is the text of the document itself, also while an entity is read.
func (t *Tokenizer) outerBuf() []byte {
	if len(t.sources) > 0 {
		return t.sources[0].buf
	}
	return t.buf
}

// place is where the element at a depth was opened, as line:column.
func (t *Tokenizer) place(depth int) string {
	p := t.Opened(depth)
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

func (t *Tokenizer) short(offset int) string {
	p := t.places.pos(t.outerBuf(), t.base, offset)
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// badChar is the fault of a byte or character that XML doesn't allow.
func (t *Tokenizer) badChar(i int) *Error {
	buf := t.buf
	c := buf[i]
	if c < 0x20 {
		return t.fault(i, "xml/character", "the control character U+%04X is not allowed in XML; take it out", rune(c))
	}
	if r, n := utf8.DecodeRune(buf[i:]); n > 1 {
		return t.fault(i, "xml/character", "the character U+%04X is not allowed in XML; take it out", r)
	}
	if t.encoded != "UTF-8" {
		return t.fault(i, "xml/encoding", "not a character of %s, the file's encoding", t.encoded)
	}
	return t.fault(i, "xml/encoding", "byte 0x%02X is not UTF-8; save the file as UTF-8, or declare its encoding in the first line", c)
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
