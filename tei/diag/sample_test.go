package diag

import (
	"strings"
	"testing"
	"time"
)

// A run over three files (synthetic): one with findings of RELAX NG, of
// Schematron and of a lint, one that is valid and one that can't be read.

const sampleText = `<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <text>
    <p rend="it">Dear Mary</p>
    <p rend="it">Dear John</p>
    <date when="1865-02-30"/>
  </text>
</TEI>
`

func sampleFiles() []*File {
	return []*File{
		{
			Name: "letters/a.xml", Schemas: []int{0, 1}, Text: []byte(sampleText), Folded: 1,
			Findings: List{
				{Pos: Pos{"letters/a.xml", 2, 3, 44}, Severity: Error, Code: "rng/missing-element", Message: `element "teiHeader" is missing before "text"`, Note: `element "text": a single text of any kind`, Len: 5},
				{Pos: Pos{"letters/a.xml", 3, 8, 58}, Severity: Warning, Code: "sch/report", Message: "rend is not used here; rendition is", Len: 9,
					Rule: &Rule{Schema: "house.sch", Pattern: "house", ID: "no-rend", Context: "tei:p", Test: "@rend", Report: true, Role: "warning", Location: "/*:TEI[1]/*:text[1]/*:p[1]"}},
				{Pos: Pos{"letters/a.xml", 4, 8, 89}, Severity: Warning, Code: "sch/report", Message: "rend is not used here; rendition is", Len: 9,
					Rule: &Rule{Schema: "house.sch", Pattern: "house", ID: "no-rend", Context: "tei:p", Test: "@rend", Report: true, Role: "warning", Location: "/*:TEI[1]/*:text[1]/*:p[2]"}},
				{Pos: Pos{"letters/a.xml", 5, 17, 129}, Severity: Error, Code: "lint/date", Message: "1865-02-30 is no day of the calendar; February 1865 has 28 days", Len: 10,
					Related: []Related{{Pos{File: "letters/b.xml", Line: 9}, "the letter that answers is dated here"}}},
			},
			Trace: &Trace{Title: "House rules", Phase: "all", Prefix: []Namespace{{"tei", "http://www.tei-c.org/ns/1.0"}},
				Pattern: []ActivePattern{{ID: "house", Name: "House rules", Fired: []FiredRule{
					{Context: "tei:p", Findings: []int{1}}, {Context: "tei:p", Findings: []int{2}}}}}},
		},
		{Name: "letters/b.xml", Schemas: []int{0, 1}, Text: []byte("<TEI/>\n"), Trace: &Trace{Pattern: []ActivePattern{{ID: "house"}}}},
		{Name: "letters/c.xml", Findings: List{{Pos: Pos{File: "letters/c.xml"}, Severity: Error, Code: "input/unreadable", Message: "permission denied"}}},
	}
}

func sampleSummary() *Summary {
	return &Summary{
		Tool: "sigla", Version: "1.2.0", Files: 3, Elapsed: 420 * time.Millisecond,
		Schemas: []Schema{
			{Name: "letters.rng", Language: "RELAX NG", SHA256: strings.Repeat("0a", 32)},
			{Name: "house.sch", Title: "House rules", Version: "2", Language: "Schematron", SHA256: strings.Repeat("b1", 32), Rules: 2,
				NotRun: []NotRun{{Rule: "cited", Reason: "it calls doc(), which is not allowed", File: "house.sch", Line: 12}}},
		},
		Explain: func(c Code) (Guide, bool) {
			return Guide{"A date that is no day", "The calendar has no such day.", "Correct the date, or leave the day out."}, c == "lint/date"
		},
	}
}

// report is a whole report in a format.
func report(t testing.TB, form string, s Style, sum *Summary, files ...*File) string {
	t.Helper()
	f, err := FormatNamed(form)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := f.New(&b, s)
	for _, x := range files {
		if err := w.File(x); err != nil {
			t.Fatal(form, err)
		}
	}
	if err := w.Close(sum); err != nil {
		t.Fatal(form, err)
	}
	return b.String()
}

func sample(t testing.TB, form string, s Style) string {
	t.Helper()
	return report(t, form, s, sampleSummary(), sampleFiles()...)
}
