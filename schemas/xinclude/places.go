package xinclude

import (
	"sort"

	"sigla/tei/diag"
)

// segment is a stretch of the whole, up to the next.
type segment struct {
	at     int // in the whole
	in     *inclusion
	offset int  // in the file
	made   bool // it stands for what is at offset, and is not there itself
}

// raw copies a stretch of a file.
func (x *expander) raw(in *inclusion, start, end int) {
	if start >= end {
		return
	}
	if n := len(x.segments); n > 0 {
		if last := x.segments[n-1]; !last.made && last.in == in && last.offset+len(x.out)-last.at == start {
			x.out = append(x.out, in.src.text[start:end]...)
			return
		}
	}
	x.segments = append(x.segments, segment{len(x.out), in, start, false})
	x.out = append(x.out, in.src.text[start:end]...)
}

// made adds what stands for something at an offset of a file.
func (x *expander) made(in *inclusion, offset int, s string) {
	if s == "" {
		return
	}
	x.segments = append(x.segments, segment{len(x.out), in, offset, true})
	x.out = append(x.out, s...)
}

// Place is a finding about the Bytes at its place in the file it comes from,
// with the places where that was included. Findings about other files stay as
// they are.
func (d *Document) Place(f diag.Finding) diag.Finding {
	if len(d.segments) == 0 {
		return f
	}
	related := make([]diag.Related, 0, len(f.Related))
	for _, r := range f.Related {
		r.Pos, _, _ = d.place(r.Pos)
		related = append(related, r)
	}
	var in *inclusion
	var room int
	pos := f.Pos
	if f.Pos, in, room = d.place(f.Pos); in != nil {
		f.Len = min(f.Len, room)
		related = append(related, in.chain()...)
	}
	if pos.Column == 0 {
		f.Pos.Column = 0 // it was not known
	}
	f.Related = related
	if len(related) == 0 {
		f.Related = nil
	}
	return f
}

// place is a place of the whole in its file; room is how many bytes of that
// follow as they are.
func (d *Document) place(p diag.Pos) (pos diag.Pos, in *inclusion, room int) {
	if p.File != d.name || p.Line == 0 {
		return p, nil, 0
	}
	offset := p.Offset
	if at := d.lines.Pos(offset); at.Line != p.Line || p.Column > 0 && at.Column != p.Column {
		offset = d.offset(p.Line, p.Column) // a reader that tells lines alone
	}
	offset = min(offset, len(d.Bytes))
	i := sort.Search(len(d.segments), func(i int) bool { return d.segments[i].at > offset }) - 1
	if i < 0 {
		return p, nil, 0
	}
	s := &d.segments[i]
	if s.made {
		return s.in.src.pos(s.offset), s.in, 0
	}
	end := len(d.Bytes)
	if i+1 < len(d.segments) {
		end = d.segments[i+1].at
	}
	return s.in.src.pos(s.offset + offset - s.at), s.in, end - offset
}

// offset is the byte at a line and a column of the whole.
func (d *Document) offset(line, column int) int {
	at := 0
	for ; line > 1 && at < len(d.Bytes); at++ {
		if d.Bytes[at] == '\n' {
			line--
		}
	}
	for range column - 1 {
		for at++; at < len(d.Bytes) && d.Bytes[at]&0xC0 == 0x80; at++ {
		}
	}
	return at
}
