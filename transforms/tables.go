package transforms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// Aligned columns become a table where they are surely one (ENCODING, structure
// of the text; TEI P5, 14.1): three lines or more whose columns strokes, tabs or
// white space divide at the same places, and whose contents are those of a table
// and not of two signatures, two addresses or two stanzas side by side. All
// other lines stay lines. What divides two cells is a delimiter of the second,
// so that the columns come back as they stood.

// grid is a table as its lines show it.
type grid []gridRow

// gridRow is a line of a grid: cells, or, where it has none, a drawn line.
type gridRow struct {
	line  tei.Span
	cells []gridCell
	tail  tei.Span // the stroke behind the last cell
}

// gridCell is a cell with what stands before it in its line.
type gridCell struct{ lead, words tei.Span }

// grids finds the tables among the lines of a page, by the first line of each.
func grids(page string, lines []tei.Span) map[int]grid {
	var out map[int]grid
	for i := 0; i < len(lines); {
		if !divided(page, lines[i]) {
			i++
			continue
		}
		n := 1
		for i+n < len(lines) && (divided(page, lines[i+n]) || drawnLine(page, lines[i+n])) {
			n++
		}
		for n > 1 && drawnLine(page, lines[i+n-1]) {
			n--
		}
		for end := i + n; i < end; {
			g := gridAt(page, lines[i:end])
			if g == nil {
				i++
				continue
			}
			if out == nil {
				out = map[int]grid{}
			}
			out[i] = g
			i += len(g)
		}
	}
	return out
}

// divided says whether something in a line could divide columns.
func divided(page string, l tei.Span) bool {
	s := page[l.Start:l.End]
	return strings.Contains(s, "  ") || strings.IndexByte(s, '|') >= 0 || strings.IndexByte(s, '\t') >= 0 || strings.Contains(s, "\u00a0\u00a0")
}

// drawnLine says whether a line is drawn: strokes and nothing else.
func drawnLine(page string, l tei.Span) bool {
	return l.Len() > 2 && strings.Trim(page[l.Start:l.End], "-=_+|: \t\u2013\u2014") == ""
}

// gridAt is the table that begins with the first of some lines, nil for none.
func gridAt(page string, lines []tei.Span) grid {
	if len(lines) < 3 || drawnLine(page, lines[0]) {
		return nil
	}
	for _, read := range []func(string, []tei.Span) grid{byStrokes, byTabs, byWhiteSpace} {
		g := read(page, lines)
		for len(g) > 0 && g[len(g)-1].cells == nil {
			g = g[:len(g)-1]
		}
		if g.rows() >= 3 && g.balanced(page) {
			return g
		}
	}
	return nil
}

// rows is the number of lines with cells.
func (g grid) rows() int {
	n := 0
	for _, r := range g {
		if r.cells != nil {
			n++
		}
	}
	return n
}

// balanced says whether no bracket reaches over the edge of a cell.
func (g grid) balanced(page string) bool {
	for _, r := range g {
		for _, c := range r.cells {
			depth := 0
			for _, b := range []byte(page[c.words.Start:c.words.End]) {
				switch b {
				case '[':
					depth++
				case ']':
					depth--
				}
				if depth < 0 {
					return false
				}
			}
			if depth != 0 {
				return false
			}
		}
	}
	return true
}

// divide cuts a line at offsets that lie one behind each divider.
func divide(page string, l tei.Span, starts []int) gridRow {
	r := gridRow{line: l}
	at := l.Start
	for i, s := range starts {
		end := l.End
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		words := trimmed(page, tei.Span{Start: s, End: end}, " \t\u00a0|")
		if words.Len() == 0 {
			words = tei.Span{Start: s, End: s}
		}
		r.cells = append(r.cells, gridCell{lead: tei.Span{Start: at, End: words.Start}, words: words})
		at = words.End
	}
	r.tail = tei.Span{Start: at, End: l.End}
	return r
}

// trimmed is a span without some characters at its edges.
func trimmed(page string, s tei.Span, cut string) tei.Span {
	t := page[s.Start:s.End]
	s.Start += len(t) - len(strings.TrimLeft(t, cut))
	if s.Start > s.End {
		s.Start = s.End
	}
	s.End = s.Start + len(strings.TrimRight(page[s.Start:s.End], cut))
	return s
}

// byStrokes reads lines of cells with strokes between: as many in each line.
func byStrokes(page string, lines []tei.Span) grid {
	var g grid
	want := 0
	for _, l := range lines {
		if drawnLine(page, l) {
			g = append(g, gridRow{line: l})
			continue
		}
		var starts []int
		s := page[l.Start:l.End]
		if s[0] != '|' {
			starts = append(starts, l.Start)
		}
		for i := 0; i < len(s); i++ {
			if s[i] == '|' && i < len(s)-1 {
				starts = append(starts, l.Start+i+1)
			}
		}
		if len(starts) < 2 || want > 0 && len(starts) != want {
			break
		}
		want = len(starts)
		g = append(g, divide(page, l, starts))
	}
	return g
}

// byTabs reads lines of cells with a tab between: as many in each line.
func byTabs(page string, lines []tei.Span) grid {
	var g grid
	want := 0
	for _, l := range lines {
		if drawnLine(page, l) {
			g = append(g, gridRow{line: l})
			continue
		}
		starts := []int{l.Start}
		for i := l.Start; i < l.End; i++ {
			if page[i] == '\t' {
				starts = append(starts, i+1)
			}
		}
		if len(starts) < 2 || want > 0 && len(starts) != want {
			break
		}
		want = len(starts)
		g = append(g, divide(page, l, starts))
	}
	if !g.tabular(page, want) {
		return nil
	}
	return g
}

// inked is a line by the columns of the page: where each begins in the text, and
// whether anything stands there. A tab goes to the next column of eight.
type inked struct {
	at  []int
	ink []bool
}

func inkOf(page string, l tei.Span) inked {
	start := strings.LastIndexAny(page[:l.Start], "\n\f") + 1
	var x inked
	for i := start; i < l.End; {
		r, n := utf8.DecodeRuneInString(page[i:])
		blank := unicode.IsSpace(r)
		x.at, x.ink = append(x.at, i), append(x.ink, !blank)
		if r == '\t' {
			for len(x.at)%8 != 0 {
				x.at, x.ink = append(x.at, i), append(x.ink, false)
			}
		}
		i += n
	}
	return x
}

// gaps are the stretches of at least some columns in which nothing stands
// between what does.
func gaps(ink []bool, least int) [][2]int {
	var out [][2]int
	last := -1
	for i, b := range ink {
		if !b {
			continue
		}
		if last >= 0 && i-last > least {
			out = append(out, [2]int{last + 1, i})
		}
		last = i
	}
	return out
}

// gutters are the gaps that all lines have in common, two columns wide and more
// in each line; it is nil where a line has others within its cells.
func gutters(all []inked, union []bool) [][2]int {
	var out [][2]int
	own := make([][][2]int, len(all))
	for i, x := range all {
		own[i] = gaps(x.ink, 2)
	}
next:
	for _, g := range gaps(union, 1) {
		for i, x := range all {
			if inkWithin(x.ink, 0, g[0]) && inkWithin(x.ink, g[1], len(x.ink)) && !covered(own[i], g) {
				continue next
			}
		}
		out = append(out, g)
	}
	for i := range all {
		for _, o := range own[i] {
			ok := false
			for _, g := range out {
				ok = ok || o[0] <= g[0] && g[1] <= o[1]
			}
			if !ok {
				return nil
			}
		}
	}
	return out
}

func inkWithin(ink []bool, from, to int) bool {
	for i := from; i < min(to, len(ink)); i++ {
		if ink[i] {
			return true
		}
	}
	return false
}

func covered(own [][2]int, g [2]int) bool {
	for _, o := range own {
		if o[0] <= g[0] && g[1] <= o[1] {
			return true
		}
	}
	return false
}

// byWhiteSpace reads lines whose cells have white space between, two columns
// and more at the same places in all lines.
func byWhiteSpace(page string, lines []tei.Span) grid {
	var all []inked
	var union []bool
	var between [][2]int
	n := 0
	for _, l := range lines {
		if drawnLine(page, l) {
			all = append(all, inked{})
			n++
			continue
		}
		x := inkOf(page, l)
		wide := append([]bool(nil), union...)
		for i, b := range x.ink {
			if i == len(wide) {
				wide = append(wide, false)
			}
			wide[i] = wide[i] || b
		}
		next := append(all, x)
		cuts := gutters(next, wide)
		if len(cuts) == 0 {
			break
		}
		all, union, between = next, wide, cuts
		n++
	}
	if n < 3 || len(between) == 0 {
		return nil
	}
	var g grid
	for i, x := range all {
		r := gridRow{line: lines[i]}
		if x.at == nil {
			g = append(g, r)
			continue
		}
		at, from := lines[i].Start, 0
		for c := 0; c <= len(between); c++ {
			to := len(x.ink)
			next := to
			if c < len(between) {
				to, next = min(to, between[c][0]), min(to, between[c][1])
			}
			words := tei.Span{Start: at, End: at}
			for k := from; k < to; k++ {
				if !x.ink[k] {
					continue
				}
				if words.Len() == 0 {
					words.Start = x.at[k]
				}
				_, size := utf8.DecodeRuneInString(page[x.at[k]:])
				words.End = x.at[k] + size
			}
			if words.Len() == 0 {
				words = tei.Span{Start: at, End: at}
			}
			r.cells = append(r.cells, gridCell{lead: tei.Span{Start: at, End: words.Start}, words: words})
			at, from = words.End, next
		}
		r.tail = tei.Span{Start: at, End: lines[i].End}
		g = append(g, r)
	}
	if !g.tabular(page, len(between)+1) {
		return nil
	}
	return g
}

// tabular says whether the cells of a grid of n columns are those of a table: a
// column of figures behind the first, or so many short entries that they cannot
// be lines of two texts.
func (g grid) tabular(page string, n int) bool {
	if n < 2 {
		return false
	}
	full, rows, long, ended := 0, 0, 0, 0
	counted := make([]int, n) // cells by column
	figured := make([]int, n)
	numbers := 0 // that begin a line as those of a list do
	for _, r := range g {
		if r.cells == nil {
			continue
		}
		rows++
		whole := true
		for c, x := range r.cells {
			s := page[x.words.Start:x.words.End]
			if s == "" {
				whole = false
				continue
			}
			low := strings.ToLower(s)
			if strings.Contains(low, "signature") || strings.Contains(low, "signed") || strings.Contains(low, "/s/") {
				return false
			}
			counted[c]++
			if figures(s) {
				figured[c]++
			}
			if c == 0 && numbered(s+" ") != "" {
				numbers++
			}
			if utf8.RuneCountInString(s) > 40 {
				long++
			}
			if c > 0 && strings.ContainsAny(s[len(s)-1:], ".,;!?:") && !figures(s) && len(s) > 4 {
				ended++
			}
		}
		if whole {
			full++
		}
	}
	if rows < 3 || numbers*2 > rows && n == 2 {
		return false
	}
	for c := 1; c < n; c++ {
		if figured[c] >= 2 && figured[c]*5 >= (counted[c]-1)*3 {
			return true
		}
	}
	return full == rows && long == 0 && ended*4 < rows && (n > 2 || rows > 5) && numbers*2 <= rows
}

// figures says whether a cell holds a number, a date or a sum, or the stroke
// that stands for none.
func figures(s string) bool {
	digits, letters := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	if digits == 0 {
		return letters == 0 && utf8.RuneCountInString(s) < 4 && strings.Trim(s, "-–—.…\"”″„*") == ""
	}
	return letters <= digits+1
}

// tableAllowed says whether a table may stand in the element that is open.
func (e *encoder) tableAllowed(b *block, z zone) bool {
	if b.grid == nil || z&(inMessage|inAttachment) == 0 {
		return false
	}
	switch e.asm.top().Name {
	case "div", "body":
		return true
	}
	return false
}

// table encodes a grid.
func (e *encoder) table(b *block, z zone) {
	a := e.asm
	a.skip(b.span.Start)
	table := a.open(tei.New("table"))
	e.decideAt("structure", "aligned columns", "table", b.span, ledger.High, ledger.Alternative{What: "p", Rule: "lines"})
	for _, r := range b.grid {
		if r.cells == nil {
			e.drawn(r.line, "row")
			continue
		}
		a.skip(r.line.Start)
		row := a.open(tei.New("row"))
		for i, c := range r.cells {
			el := tei.New("cell")
			last := i == len(r.cells)-1
			end := c.words
			if last && r.tail.Len() > 0 {
				end = r.tail
			}
			el.Src = tei.Span{Start: c.lead.Start, End: max(c.words.End, end.End)}
			if c.lead.Len() > 0 {
				el.Kids = append(el.Kids, &tei.Mark{Value: e.text[c.lead.Start:c.lead.End], Src: c.lead})
			}
			if c.words.Len() > 0 {
				el.Kids = append(el.Kids, &tei.Text{Value: e.text[c.words.Start:c.words.End], Src: c.words})
				one := newBlock(e.text, []tei.Span{c.words})
				one.elem, one.zone, one.parent = el, z, row
				e.placed = append(e.placed, one)
			}
			if last && r.tail.Len() > 0 {
				el.Kids = append(el.Kids, &tei.Mark{Value: e.text[r.tail.Start:r.tail.End], Src: r.tail})
			}
			a.top().Kids = append(a.top().Kids, el)
			a.at = el.Src.End
		}
		a.closeTo(row)
		a.close()
	}
	a.closeTo(table)
	a.close()
}
