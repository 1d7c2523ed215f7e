package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Quoted text is for people at a terminal. A file is a heading and its findings;
// each quotes its line, with the place underlined. Findings of a file that say
// the same are told once, with the places of the others.
//
//	letter.xml
//	  12:7  error  element "p" not allowed yet [rng/element-not-allowed]
//	   12 | <text><p>Dear Mary</p></text>
//	      |       ^~~
//	        3 more: 14:7, 15:7, 18:7

type quoteWriter struct {
	w     io.Writer
	style Style
	n     tally
	code  Code // the first that was told
}

func newQuote(w io.Writer, s Style) Writer { return &quoteWriter{w: w, style: s} }

// ANSI colours.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

func (q *quoteWriter) paint(colour, s string) string {
	if !q.style.Color || s == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

func (q *quoteWriter) severity(s Severity) string {
	return q.paint([...]string{cyan, yellow, red}[s], s.String())
}

// alike are findings of a file that say the same, at several places.
type alike struct {
	Finding
	others []Pos
}

// folded are findings, those that say the same as one.
func folded(l List) []*alike {
	type saying struct {
		code    Code
		message string
	}
	var out []*alike
	seen := map[saying]*alike{}
	for _, x := range l {
		key := saying{x.Code, x.Message}
		if a := seen[key]; a != nil {
			a.others = append(a.others, x.Pos)
			continue
		}
		a := &alike{Finding: x}
		seen[key] = a
		out = append(out, a)
	}
	return out
}

func (q *quoteWriter) File(f *File) error {
	q.n.add(f)
	var b bytes.Buffer
	for name, l := range f.byFile() {
		if len(l) == 0 {
			continue
		}
		fmt.Fprintln(&b, q.paint(bold, Plain(name)))
		for _, a := range folded(l) {
			q.finding(&b, f, a)
		}
		fmt.Fprintln(&b)
	}
	_, err := q.w.Write(b.Bytes())
	return err
}

func (q *quoteWriter) finding(b *bytes.Buffer, f *File, a *alike) {
	q.code = cmp.Or(q.code, a.Code)
	place := ""
	if a.Pos.Line > 0 {
		place = lineColumn(a.Pos) + "  "
	}
	fmt.Fprintf(b, "  %s%s  %s %s\n", place, q.severity(a.Severity), Plain(a.Message), q.paint(dim, Plain("["+string(a.Code)+"]")))
	if _, line, ok := f.line(a.Finding); ok && a.Pos.Column > 0 {
		margin := fmt.Sprintf("%5d | ", a.Pos.Line)
		start, _, _ := f.source().line(a.Pos.Line)
		at := f.source().offset(a.Pos.Line, a.Pos.Column) - start
		room := cmp.Or(q.style.Width, 100) - len(margin)
		quoted, under := quote(line, at, cmp.Or(a.Len, named(line[at:])), max(room, 20))
		fmt.Fprintf(b, "%s%s\n", q.paint(dim, margin), quoted)
		fmt.Fprintf(b, "%s%s\n", q.paint(dim, strings.Repeat(" ", len(margin)-2)+"| "), q.paint([...]string{cyan, yellow, red}[a.Severity], under))
	}
	told := a.Finding
	if !q.style.Explain {
		told.Detail = ""
	}
	indent(b, "        ", told.more())
	if len(a.others) > 0 {
		indent(b, "        ", fmt.Sprintf("%d more: %s", len(a.others), q.places(a.others)))
	}
}

// places lists ten places; all, where all was asked for.
func (q *quoteWriter) places(l []Pos) string {
	var out []string
	for i, p := range l {
		if i == 10 && !q.style.Explain {
			out = append(out, "…")
			break
		}
		out = append(out, lineColumn(p))
	}
	return strings.Join(out, ", ")
}

// lineColumn is a place in a file that is named already.
func lineColumn(p Pos) string {
	p.File = ""
	return strings.TrimPrefix(p.String(), ":")
}

func (q *quoteWriter) Close(s *Summary) error {
	if s.Files == 0 {
		return nil
	}
	var b bytes.Buffer
	worst := bold
	switch {
	case q.n.by[Error] > 0:
		worst = red
	case q.n.by[Warning] > 0:
		worst = yellow
	}
	fmt.Fprintln(&b, q.paint(worst, s.line(&q.n)))
	for _, line := range s.used() {
		fmt.Fprintln(&b, line)
	}
	told := q.code != ""
	if told && s.Explain != nil {
		_, told = s.Explain(q.code)
	}
	if told {
		fmt.Fprintf(&b, "%s explain %s tells what is meant and how to mend it\n", s.tool(), Plain(string(q.code)))
	}
	_, err := q.w.Write(b.Bytes())
	return err
}

// named is the length of what a line begins with, if it is a name or a tag up to
// the end of its name: what is meant, where a finding has no length.
func named(line string) int {
	name := strings.TrimLeft(line, "</")
	n := strings.IndexFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("_-.:", r)
	})
	if n < 0 {
		n = len(name)
	}
	if n == 0 || len(line)-len(name) > len("</") {
		return 0
	}
	return len(line) - len(name) + n
}

// tab is how many columns a tab advances to a multiple of.
const tab = 4

// cell is what a terminal shows as one: a character with what combines with it.
type cell struct {
	text  string
	at    int // its byte in the line
	width int // in columns
}

// cells are those of a part of a line that begins at byte base.
func cells(part string, base int) []cell {
	var out []cell
	column, state := 0, -1
	for at := 0; at < len(part); {
		text, _, width, next := uniseg.FirstGraphemeClusterInString(part[at:], state)
		c := cell{text, base + at, width}
		if safe := Plain(text); text == "\t" {
			c.width = tab - column%tab
			c.text = strings.Repeat(" ", c.width)
		} else if safe != text {
			c.text, c.width = safe, uniseg.StringWidth(safe)
		} else if command(part[at:]) {
			c.text = escape(text)
			c.width = len(c.text)
		}
		out = append(out, c)
		column += c.width
		at += len(text)
		state = next
	}
	return out
}

// quote is a line, cut to a number of columns around byte at, and what
// underlines the n bytes from there: a ^, and a ~ for each further column.
func quote(line string, at, n, columns int) (quoted, under string) {
	// No line is looked at beyond what may be shown: it may have megabytes.
	from, to := max(0, at-8*columns), min(len(line), at+8*columns)
	for from > 0 && !utf8.RuneStart(line[from]) {
		from--
	}
	for to < len(line) && !utf8.RuneStart(line[to]) {
		to++
	}
	all := cells(line[from:to], from)
	first := len(all)
	if at < len(line) {
		first = max(0, sort.Search(len(all), func(i int) bool { return all[i].at > at })-1)
	}
	width := 0
	for _, c := range all {
		width += c.width
	}
	// left and right are the cells that are shown.
	left, right := 0, len(all)
	cutLeft, cutRight := from > 0, to < len(line)
	if width > columns || cutLeft || cutRight {
		before := 0
		for left = first; left > 0 && before+all[left-1].width <= columns/3; left-- {
			before += all[left-1].width
		}
		cutLeft = cutLeft || left > 0
		room := columns - 1 // for the … at the right
		if cutLeft {
			room--
		}
		for right = left; right < len(all) && all[right].width <= room; right++ {
			room -= all[right].width
		}
		cutRight = cutRight || right < len(all)
	}
	var text, mark strings.Builder
	if cutLeft {
		text.WriteString("…")
		mark.WriteByte(' ')
	}
	for i := left; i < right; i++ {
		c := all[i]
		text.WriteString(c.text)
		switch {
		case i < first:
			mark.WriteString(strings.Repeat(" ", c.width))
		case i == first || c.at < at+n:
			mark.WriteString(strings.Repeat("~", max(c.width, 1)))
		}
	}
	if cutRight {
		text.WriteString("…")
	}
	under = mark.String()
	if i := strings.IndexByte(under, '~'); i >= 0 {
		under = under[:i] + "^" + under[i+1:]
	} else {
		under += "^"
	}
	if n == 0 {
		under = under[:strings.IndexByte(under, '^')+1]
	}
	return text.String(), under
}
