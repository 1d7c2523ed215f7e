package transforms

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/brackets"
)

// A page is read as lines, and the lines as blocks: runs of lines without an
// empty one between. Structure is decided block by block; a block of several
// lines that say different things is cut into its lines.

// block is one run of lines. Its span has no white space at its edges.
type block struct {
	span     tei.Span
	text     string
	lines    []tei.Span // each without white space at its edges
	brackets []brackets.Bracket
	faults   []brackets.Fault
	elem     *tei.Elem // what it became
	parent   *tei.Elem // the element that holds it
	zone     zone
	kinds    []zoneKind
	low      string // text in small letters, once asked for
	reads    reads
	grid     grid // the table that its lines are
}

// reads says whether a block reads like sentences, once asked for.
type reads uint8

const (
	likeProse reads = iota + 1
	unlikeProse
)

// prose says whether b reads like sentences.
func (b *block) prose() bool {
	if b.reads == 0 {
		b.reads = unlikeProse
		if prose(b.text) {
			b.reads = likeProse
		}
	}
	return b.reads == likeProse
}

// lower is the text in small letters.
func (b *block) lower() string {
	if b.low == "" {
		b.low = strings.ToLower(b.text)
	}
	return b.low
}

// splitBlocks cuts body into blocks. A body in which hardly any line is empty
// has a block in every line.
func splitBlocks(page string, body tei.Span) []*block {
	lines := splitLines(page, body)
	full, runs := 0, 0
	inRun := false
	for _, l := range lines {
		if l.Len() > 0 {
			full++
			if !inRun {
				runs++
			}
		}
		inRun = l.Len() > 0
	}
	tables := grids(page, lines)
	// no blank lines at all, and more than a stamp's worth of lines
	tight := runs == 1 && full > 6 && !wrapped(page, lines)
	var out []*block
	var cur []tei.Span
	open := 0       // brackets that the lines so far leave open
	var items []int // where those of a list without empty lines begin
	flush := func() {
		if len(cur) > 0 {
			out = append(out, newBlock(page, cur))
			cur = nil
		}
		open = 0
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		if l.Len() == 0 {
			flush()
			continue
		}
		if g := tables[i]; g != nil && depth(page, cur) == 0 {
			flush()
			b := newBlock(page, lines[i:i+len(g)])
			b.grid = g
			out = append(out, b)
			i += len(g) - 1
			continue
		}
		if t := page[l.Start:l.End]; tight && open > 0 && strings.HasPrefix(t, "[") && !strings.HasPrefix(t, "[[") {
			flush() // what is open was never closed
		}
		if !tight && len(cur) == 0 {
			items = listed(page, paragraph(lines[i:]))
		}
		if len(items) > 0 && l.Start == items[0] {
			items = items[1:]
			if depth(page, cur) == 0 {
				flush()
			}
		}
		if len(cur) == 1 && noteHeading(page[cur[0].Start:cur[0].End]) {
			if _, _, ok := labelledNote(page[l.Start:l.End]); ok {
				flush() // the notes stand below their heading without an empty line
			}
		}
		cur = append(cur, l)
		if tight {
			t := page[l.Start:l.End]
			open = max(0, open+strings.Count(t, "[")-strings.Count(t, "]"))
			if open == 0 || len(cur) > 8 {
				flush()
			}
		}
	}
	flush()
	return out
}

// paragraph is the lines up to the next empty one.
func paragraph(lines []tei.Span) []tei.Span {
	for i, l := range lines {
		if l.Len() == 0 {
			return lines[:i]
		}
	}
	return lines
}

// listed is where the items of a numbered list begin whose lines follow each
// other: its numbers are 1, 2, 3 or a, b, c, and its items sentences or parts of
// one. Lists of names stay as they are, since what they list counts as a whole.
func listed(page string, lines []tei.Span) (at []int) {
	first, sentences := "", 0
	for i, l := range lines {
		t := page[l.Start:l.End]
		n := numbered(t)
		if n == "" || first != "" && style(n) != style(first) {
			continue
		}
		want := len(at) + 1
		got, err := strconv.Atoi(strings.Trim(n, ".()"))
		if err != nil {
			got = int(strings.Trim(n, ".()")[0]-'a') + 1
		}
		if got != want {
			if first == "" {
				continue
			}
			return nil
		}
		if first == "" {
			first = n
		} else if before := page[lines[i-1].Start:lines[i-1].End]; strings.ContainsAny(before[len(before)-1:], ";.,?") || strings.HasSuffix(before, "; and") || strings.HasSuffix(before, "; or") {
			sentences++
		}
		at = append(at, l.Start)
	}
	if len(at) < 2 || sentences < len(at)-1 {
		return nil
	}
	return at
}

// depth is the number of brackets that lines leave open.
func depth(page string, lines []tei.Span) int {
	n := 0
	for _, l := range lines {
		t := page[l.Start:l.End]
		n = max(0, n+strings.Count(t, "[")-strings.Count(t, "]"))
	}
	return n
}

// wrapped says whether the lines look like one paragraph broken at a width:
// most of them go on in the middle of a sentence.
func wrapped(page string, lines []tei.Span) bool {
	on, n := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		a, b := page[lines[i].Start:lines[i].End], page[lines[i+1].Start:lines[i+1].End]
		if a == "" || b == "" {
			continue
		}
		n++
		last, _ := utf8.DecodeLastRuneInString(a)
		first, _ := utf8.DecodeRuneInString(b)
		if len(a) > 50 && (unicode.IsLower(first) || !strings.ContainsRune(".!?:;\"”)]", last)) {
			on++
		}
	}
	return n > 0 && on*2 > n
}

func newBlock(page string, lines []tei.Span) *block {
	b := &block{span: tei.Span{Start: lines[0].Start, End: lines[len(lines)-1].End}, lines: lines}
	b.text = page[b.span.Start:b.span.End]
	if strings.ContainsAny(b.text, "[]") {
		b.brackets, b.faults = brackets.Scan(page, b.span)
	}
	return b
}

// line is a line as a block by itself, to ask what it is; many ask.
func (e *encoder) line(l tei.Span) *block {
	b := e.lineBlocks[l]
	if b == nil {
		b = newBlock(e.text, []tei.Span{l})
		if e.lineBlocks == nil {
			e.lineBlocks = map[tei.Span]*block{}
		}
		e.lineBlocks[l] = b
	}
	return b
}

// splitLines cuts body into its lines without the white space at their edges;
// an empty line has an empty span. A form feed
// ends a line as a line end does.
func splitLines(page string, body tei.Span) []tei.Span {
	var out []tei.Span
	for at := body.Start; at < body.End; {
		end := body.End
		if n := strings.IndexAny(page[at:body.End], "\n\f"); n >= 0 {
			end = at + n
		}
		line := page[at:end]
		t := strings.TrimRightFunc(line, space)
		lead := len(t) - len(strings.TrimLeftFunc(t, space))
		out = append(out, tei.Span{Start: at + lead, End: at + len(t)})
		if end < body.End && page[end] == '\f' {
			// a form feed ends the paragraph too
			out = append(out, tei.Span{Start: end, End: end})
		}
		at = end + 1
	}
	return out
}

// space is white space, the byte order mark and zero-width space included: none
// of them can be told from nothing at a line's edge.
func space(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// whole is the bracket that covers the block from edge to edge, if one does.
func (b *block) whole() (int, bool) {
	for i, k := range b.brackets {
		if k.Span == b.span {
			return i, true
		}
		if k.Span.Start > b.span.Start {
			break
		}
	}
	return 0, false
}

// outside is the block's text with what stands in brackets taken out.
func (b *block) outside() string {
	if len(b.brackets) == 0 {
		return b.text
	}
	var s strings.Builder
	at := b.span.Start
	for _, k := range b.brackets {
		if k.Span.Start < at {
			continue
		}
		s.WriteString(b.text[at-b.span.Start : k.Span.Start-b.span.Start])
		at = k.Span.End
	}
	s.WriteString(b.text[at-b.span.Start:])
	return s.String()
}

// capitals says whether s has letters and hardly a small one among them.
func capitals(s string) bool {
	up, low := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			up++
		} else if unicode.IsLower(r) {
			low++
		}
	}
	return up > 1 && low*6 <= up
}

// prose says whether s reads like sentences.
func prose(s string) bool {
	words, small := 0, 0
	for w := range strings.FieldsSeq(s) {
		words++
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"“'([")); unicode.IsLower(r) {
			small++
		}
	}
	if words < 5 || capitals(s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”’'»)] "))
	closed := strings.ContainsRune(".!?…:;", last)
	return len(s) > 160 || closed && small*3 >= words || words > 14 && small*2 > words
}
