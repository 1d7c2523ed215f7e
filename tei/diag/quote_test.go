package diag

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

// The column of the underline is the one of what is meant, as a terminal shows
// it. The marks are set by hand: a CJK character has two columns, a combining
// accent none, a tab goes on to a multiple of four.
func TestUnderlineStandsBelowThePlace(t *testing.T) {
	for _, c := range []struct {
		line    string
		at, n   int
		columns int
		want    string
	}{
		{`<p rend="it">`, 3, 9, 80, `<p rend="it">` + "\n" + `   ^~~~~~~~~`},
		{`<p>`, 1, 0, 80, "<p>\n ^"},
		{`<p>`, 3, 0, 80, "<p>\n   ^"},
		{`<p>`, 1, 99, 80, "<p>\n ^~"},
		{"", 0, 4, 80, "\n^"},
		{"漢字<b/>", 6, 4, 80, "漢字<b/>\n    ^~~~"},
		{"<b>漢字</b>", 3, 6, 80, "<b>漢字</b>\n   ^~~~"},
		{"e\u0301e\u0301<b/>", 6, 4, 80, "e\u0301e\u0301<b/>\n  ^~~~"},
		{"\t<b/>", 1, 4, 80, "    <b/>\n    ^~~~"},
		{"ab\t<b/>", 3, 4, 80, "ab  <b/>\n    ^~~~"},
		{"ab\t<b/>", 2, 1, 80, "ab  <b/>\n  ^~"},
		{"a\x1b[31mb<b/>", 7, 4, 80, `a\x1b[31mb<b/>` + "\n" + `          ^~~~`},
		{"\u202eab", 3, 1, 80, `\u202eab` + "\n      ^"},
		{"a##[add-mask]b", 13, 1, 80, `a\x23#[add-mask]b` + "\n                ^"},
		{"abcdefghijklmnopqrstuvwxyz", 0, 2, 10, "abcdefghi…\n^~"},
		{"abcdefghijklmnopqrstuvwxyz", 12, 2, 10, "…jklmnopq…\n    ^~"},
		{"abcdefghijklmnopqrstuvwxyz", 25, 1, 10, "…wxyz\n    ^"},
		{"漢漢漢漢漢漢漢漢漢漢漢漢", 18, 3, 10, "…漢漢漢漢…\n   ^~"},
	} {
		quoted, under := quote(c.line, c.at, c.n, c.columns)
		if got := quoted + "\n" + under; got != c.want {
			t.Errorf("%q at %d, %d bytes:\n%s\nwant\n%s", c.line, c.at, c.n, got, c.want)
		}
	}
}

// Where only the begin of what is meant is known, a name is underlined.
func TestNamesAreUnderlined(t *testing.T) {
	for line, want := range map[string]int{`<p rend="x">`: 2, "</tei:p>": 7, `rend="x"`: 4, "rend": 4, `"x"`: 0, "": 0, "<": 0, " <p>": 0, "<!-- -->": 0, "été d": 5, "<<<p": 0} {
		if got := named(line); got != want {
			t.Errorf("%d bytes of %q, want %d", got, line, want)
		}
	}
}

// Lines of a megabyte are cut before they are looked at.
func TestQuoteKeepsToTheColumns(t *testing.T) {
	long := strings.Repeat("<p>Zürich 漢字\t\u0301</p>", 40000)
	for _, at := range []int{0, 5, 7, 500, 1001, len(long) / 2, len(long) - 3, len(long)} {
		for _, columns := range []int{20, 33, 80} {
			quoted, under := quote(long, at, 30, columns)
			if w := uniseg.StringWidth(quoted); w > columns {
				t.Errorf("at %d the quotation has %d columns of %d", at, w, columns)
			}
			if !strings.Contains(under, "^") || uniseg.StringWidth(under) > columns+1 {
				t.Errorf("at %d %q underlines", at, under)
			}
		}
	}
}

func TestAlikeFindingsAreFolded(t *testing.T) {
	f := &File{Name: "a.xml", Text: []byte(strings.Repeat("<p/>\n", 20))}
	for i := range 15 {
		f.Findings = append(f.Findings, Finding{Pos: Pos{"a.xml", i + 1, 1, 5 * i}, Severity: Error, Code: "x/y", Message: "no"})
	}
	f.Findings = append(f.Findings, Finding{Pos: Pos{"a.xml", 17, 1, 80}, Severity: Warning, Code: "x/y", Message: "not the same"})
	sum := &Summary{Files: 1}
	for _, c := range []struct {
		style Style
		want  string
	}{
		{Style{Quote: true}, "14 more: 2:1, 3:1, 4:1, 5:1, 6:1, 7:1, 8:1, 9:1, 10:1, 11:1, …"},
		{Style{Quote: true, Explain: true}, "14 more: 2:1, 3:1, 4:1, 5:1, 6:1, 7:1, 8:1, 9:1, 10:1, 11:1, 12:1, 13:1, 14:1, 15:1"},
	} {
		out := report(t, "text", c.style, sum, f)
		if !strings.Contains(out, c.want+"\n") || strings.Count(out, "error  no") != 1 || strings.Count(out, "a.xml\n") != 1 || !strings.Contains(out, "1 file: 15 errors, 1 warning in 1 file, 0.00 s") {
			t.Error(out)
		}
	}
}

func TestDetailOnlyWhereAsked(t *testing.T) {
	f := &File{Name: "a.xml", Findings: List{{Pos: Pos{File: "a.xml"}, Code: "x/y", Message: "m", Note: "the note", Detail: "expected: all"}}}
	for explain, want := range map[bool]int{false: 0, true: 1} {
		out := report(t, "text", Style{Quote: true, Explain: explain}, &Summary{Files: 1}, f)
		if strings.Count(out, "expected: all") != want || strings.Count(out, "the note") != 1 {
			t.Error(out)
		}
	}
}

// Colour adds escapes and changes nothing else.
func TestColourIsOnlyColour(t *testing.T) {
	coloured := sample(t, "text", Style{Quote: true, Color: true})
	if !strings.Contains(coloured, "\x1b[1;31merror\x1b[0m") || !strings.Contains(coloured, "\x1b[1;33mwarning\x1b[0m") {
		t.Error(coloured)
	}
	if got, want := colours.ReplaceAllString(coloured, ""), sample(t, "text", Style{Quote: true}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// A line of another file is never quoted as one of this, nor one that is not in
// UTF-8.
func TestOnlyTheTextAtHandIsQuoted(t *testing.T) {
	for _, f := range []*File{
		{Name: "a.xml", Text: []byte("not this\n"), Findings: List{{Pos: Pos{"inc.xml", 1, 1, 0}, Code: "x/y", Message: "m"}}},
		{Name: "a.xml", Text: []byte("\xff\xfe<\x00p\x00"), Findings: List{{Pos: Pos{"a.xml", 2, 1, 0}, Code: "x/y", Message: "m"}}},
		{Name: "a.xml", Text: []byte("one line"), Findings: List{{Pos: Pos{"a.xml", 7, 1, 0}, Code: "x/y", Message: "m"}}},
	} {
		out := report(t, "text", Style{Quote: true}, &Summary{}, f)
		if strings.Contains(out, "|") {
			t.Error(out)
		}
		if name := f.Findings[0].Pos.File; !strings.HasPrefix(out, name+"\n") {
			t.Errorf("%s is not named: %s", name, out)
		}
	}
}

// A document in one line of 4 MB with a thousand findings is reported in one
// walk over it, not in a thousand.
func BenchmarkOneLongLine(b *testing.B) {
	f := &File{Name: "a.xml", Text: []byte(strings.Repeat("<p>é</p>", 1<<19))}
	for i := range 1000 {
		f.Findings = append(f.Findings, Finding{Pos: Pos{"a.xml", 1, 1 + 4000*i, 0}, Code: "x/y", Message: fmt.Sprint(i), Len: 3})
	}
	for _, form := range Formats {
		b.Run(form.Name, func(b *testing.B) {
			for b.Loop() {
				f.lines = nil
				report(b, form.Name, Style{Quote: true}, &Summary{}, f)
			}
		})
	}
}
