package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Lines turns byte offsets of one text into positions, and positions into what
// stands there.
type Lines struct {
	file   string
	text   string
	starts []int

	// The place that was asked for last: those of a long line, in order, cost
	// one walk over it.
	last, column, at int
}

// NewLines indexes text, whose positions will name file.
func NewLines(file, text string) *Lines {
	l := &Lines{file: file, text: text, starts: []int{0}}
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return l
		}
		i += n + 1
		l.starts = append(l.starts, i)
	}
}

// Pos is the position of a byte offset; offsets outside the text are moved to
// its nearer end.
func (l *Lines) Pos(offset int) Pos {
	offset = min(max(offset, 0), len(l.text))
	n, found := slices.BinarySearch(l.starts, offset)
	if !found {
		n--
	}
	return Pos{File: l.file, Line: n + 1, Column: utf8.RuneCountInString(l.text[l.starts[n]:offset]) + 1, Offset: offset}
}

// line is where a line begins and what is in it, without its end. ok is false
// where there is no such line.
func (l *Lines) line(n int) (start int, line string, ok bool) {
	if n < 1 || n > len(l.starts) {
		return 0, "", false
	}
	start, end := l.starts[n-1], len(l.text)
	if n < len(l.starts) {
		end = l.starts[n] - 1
	}
	return start, strings.TrimSuffix(l.text[start:end], "\r"), true
}

// offset is the byte offset of a line and column, at the line's end if the
// column is beyond it.
func (l *Lines) offset(n, column int) int {
	start, line, ok := l.line(n)
	if !ok {
		return len(l.text)
	}
	if n != l.last || column < l.column {
		l.last, l.column, l.at = n, 1, start
	}
	for l.column < column && l.at < start+len(line) {
		_, size := utf8.DecodeRuneInString(l.text[l.at:])
		l.at += size
		l.column++
	}
	return l.at
}

// source is a file's text by lines; nil where there is none to quote: it is not
// at hand, or not in UTF-8.
func (f *File) source() *Lines {
	if f.lines == nil && f.Text != nil {
		text := strings.TrimPrefix(string(f.Text), "\uFEFF")
		if strings.HasPrefix(text, "\xfe\xff") || strings.HasPrefix(text, "\xff\xfe") {
			text = ""
		}
		f.lines = NewLines(f.Name, text)
	}
	return f.lines
}

// line is the line of a finding; ok is false where it can't be told.
func (f *File) line(x Finding) (start int, line string, ok bool) {
	l := f.source()
	if l == nil || x.Pos.File != f.Name && x.Pos.File != "" {
		return 0, "", false
	}
	return l.line(x.Pos.Line)
}

// end is the line and the column behind what a finding means, both 0 where that
// is not known.
func (f *File) end(x Finding) (line, column int) {
	if _, _, ok := f.line(x); !ok || x.Len <= 0 || x.Pos.Column == 0 {
		return 0, 0
	}
	l := f.source()
	at := l.offset(x.Pos.Line, x.Pos.Column)
	meant := l.text[at:min(at+x.Len, len(l.text))]
	if n := strings.Count(meant, "\n"); n > 0 {
		return x.Pos.Line + n, utf8.RuneCountInString(meant[strings.LastIndexByte(meant, '\n')+1:]) + 1
	}
	return x.Pos.Line, x.Pos.Column + utf8.RuneCountInString(meant)
}
