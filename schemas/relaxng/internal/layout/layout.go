// Package layout breaks what is written into lines.
//
// What is written is a tree of pieces. A Group is put on one line where that is
// short enough, and is else broken at each of its own lines, but not at those of
// the groups inside it. After EndOfLine nothing more follows on a line, so what
// holds one, as a comment does, is always broken.
package layout

import (
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	wordsKind kind = iota
	lineKind
	softKind
	newKind
	emptyKind
	endKind
	joinKind // this and what follows have kids
	nestKind
	alignKind
	groupKind
)

// Piece is a part of what is written.
type Piece struct {
	kind  kind
	text  string
	kids  []*Piece
	width int // on one line
}

// broken is the width of what can't stand on one line.
const broken = 1 << 20

var (
	// Line is a space, or a new line in a group that is broken.
	Line = &Piece{kind: lineKind, width: 1}
	// Soft is nothing, or a new line in a group that is broken.
	Soft = &Piece{kind: softKind}
	// NewLine is a new line.
	NewLine = &Piece{kind: newKind, width: broken}
	// EmptyLine is an empty line.
	EmptyLine = &Piece{kind: emptyKind, width: broken}
	// EndOfLine has what follows begin on a new line.
	EndOfLine = &Piece{kind: endKind, width: broken}
)

// Words is text that is not broken.
func Words(s string) *Piece { return &Piece{text: s, width: utf8.RuneCountInString(s)} }

func collect(k kind, kids []*Piece) *Piece {
	p := &Piece{kind: k, kids: kids}
	for _, kid := range kids {
		p.width = min(p.width+kid.width, broken)
	}
	return p
}

// Join puts pieces behind each other.
func Join(kids ...*Piece) *Piece { return collect(joinKind, kids) }

// Nest is Join with the lines inside indented by two more.
func Nest(kids ...*Piece) *Piece { return collect(nestKind, kids) }

// Align is Join with the lines inside beginning where the first piece does.
func Align(kids ...*Piece) *Piece { return collect(alignKind, kids) }

// Group is Join on one line, or with all its lines broken.
func Group(kids ...*Piece) *Piece { return collect(groupKind, kids) }

// Between puts a separator between pieces.
func Between(l []*Piece, separator ...*Piece) []*Piece {
	all := make([]*Piece, 0, len(l)*(len(separator)+1))
	for i, p := range l {
		if i > 0 {
			all = append(all, separator...)
		}
		all = append(all, p)
	}
	return all
}

// Empty reports whether nothing is written for the piece.
func (p *Piece) Empty() bool {
	if p.kind < joinKind {
		return p.kind == wordsKind && p.text == ""
	}
	for _, k := range p.kids {
		if !k.Empty() {
			return false
		}
	}
	return true
}

// First is the text that the piece begins with.
func (p *Piece) First() string {
	if p.kind < joinKind {
		return p.text
	}
	for _, k := range p.kids {
		if !k.Empty() {
			return k.First()
		}
	}
	return ""
}

// Print is the piece in lines of a width, or longer where they can't be broken.
func Print(p *Piece, width int) string {
	w := printer{limit: width}
	w.print(p, 0, false, 0)
	return w.out.String()
}

type printer struct {
	out    strings.Builder
	limit  int
	column int
	spaces int  // of the indentation and before words, not written yet
	ended  bool // nothing more may follow on the line
}

func (w *printer) newLine(indent int) {
	w.out.WriteByte('\n')
	w.spaces, w.column, w.ended = indent, indent, false
}

// print writes a piece; after is how much follows it before the next place
// where the line may be broken.
func (w *printer) print(p *Piece, indent int, flat bool, after int) {
	switch p.kind {
	case wordsKind:
		if p.text == "" {
			return
		}
		if w.ended {
			w.newLine(indent)
		}
		for ; w.spaces > 0; w.spaces-- {
			w.out.WriteByte(' ')
		}
		w.out.WriteString(p.text)
		w.column += p.width
	case lineKind, softKind:
		switch {
		case !flat:
			w.newLine(indent)
		case p.kind == lineKind && !w.ended:
			w.spaces++
			w.column++
		}
	case newKind:
		w.newLine(indent)
	case emptyKind:
		w.newLine(0)
		w.newLine(indent)
	case endKind:
		w.ended = true
	case groupKind:
		column := w.column
		if w.ended {
			column = indent
		}
		w.each(p, indent, flat || column+p.width+after <= w.limit, after)
	case nestKind:
		w.each(p, indent+2, flat, after)
	case alignKind:
		if !w.ended {
			indent = w.column
		}
		w.each(p, indent, flat, after)
	default:
		w.each(p, indent, flat, after)
	}
}

func (w *printer) each(p *Piece, indent int, flat bool, after int) {
	for i, k := range p.kids {
		rest := 0
		if k.kind >= joinKind && !flat {
			rest = follows(p.kids[i+1:], after)
		}
		w.print(k, indent, flat, rest)
	}
}

// follows is how much of pieces comes before a line may be broken; after is
// what comes behind them.
func follows(l []*Piece, after int) int {
	width := 0
	for _, p := range l {
		n, stop := p.head()
		if width += n; stop {
			return width
		}
	}
	return width + after
}

func (p *Piece) head() (width int, stop bool) {
	switch {
	case p.kind == wordsKind:
		return p.width, false
	case p.kind < joinKind:
		return 0, true
	}
	for _, k := range p.kids {
		n, stop := k.head()
		if width += n; stop {
			return width, true
		}
	}
	return width, false
}
