package xmltok

import (
	"bytes"

	"sigla/tei/diag"
)

// Tokens know offsets. Lines and columns are counted when they are asked for,
// on from the last place that was asked for: many in order cost one pass over
// the document.

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
	p.line, p.col = count(buf[p.offset-base:offset-base], p.line, p.col)
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
	return line, col + characters(b)
}

// Pos is the place of an offset that lies in the last token.
func (t *Tokenizer) Pos(offset int) diag.Pos {
	return t.places.pos(t.document(), t.base, offset)
}

// Opened is where the element at a depth was opened; the document element is
// at depth 1. After an EndElement the closed one may be asked for too.
func (t *Tokenizer) Opened(depth int) diag.Pos {
	f := &t.open[:max(depth, len(t.open))][depth-1]
	if f.line == 0 {
		p := t.Pos(f.offset)
		f.line, f.column = p.Line, p.Column
	}
	return diag.Pos{File: t.file, Line: f.line, Column: f.column, Offset: f.offset}
}

// keepOpened works out the places of the open elements before the window
// leaves their tags behind: the lowest first, as places are cheapest in order.
// Those opened before this window have theirs.
func (t *Tokenizer) keepOpened() {
	k := len(t.open)
	for k > 0 && t.open[k-1].offset >= t.base {
		k--
	}
	for ; k < len(t.open); k++ {
		t.Opened(k + 1)
	}
}

// Source is the document as it is read, in UTF-8 and without a byte order mark:
// offsets count in it. It is whole only for a document in memory.
func (t *Tokenizer) Source() []byte { return t.document() }

// document is the text of the document itself, also while an entity is read.
func (t *Tokenizer) document() []byte {
	if len(t.sources) > 0 {
		return t.sources[0].buf
	}
	return t.buf
}

// at is the offset of a place in buf; inside an entity it is that of the
// reference in the document.
func (t *Tokenizer) at(i int) int {
	if t.entity != nil {
		return t.base + t.sources[0].ref
	}
	return t.base + i
}
