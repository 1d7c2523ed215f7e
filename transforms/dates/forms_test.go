package dates

import (
	"testing"

	"sigla/tei"
	"sigla/tei/diag"
	"sigla/transforms/ledger"
)

func TestFormsReadTheirExamples(t *testing.T) {
	for _, f := range append(numberForms[:len(numberForms):len(numberForms)], wordForms...) {
		got := Find(f.Example, tei.Span{End: len(f.Example)}, Context{Document: "1951-11-01"})
		if len(got) != 1 || value(got[0]) != f.Value || got[0].Rule != f.Rule {
			t.Errorf("%s: %q gives %s, want %s", f.Rule, f.Example, show(f.Example, got), f.Value)
		}
	}
}

func TestContextDecides(t *testing.T) {
	for _, r := range []struct {
		text string
		ctx  Context
		want string
	}{
		{"on 20 December", Context{Document: "1951-01-12"}, "20 December=1950-12-20"},
		{"on 20 December", Context{Document: "1951"}, "20 December=1951-12-20"},
		{"on 20 December", Context{}, "20 December=--12-20"},
		{"in December", Context{}, "December=--12"},
		{"0200 30 October", Context{}, "0200 30 October=--10-30"},
		{"on 30 October", Context{Document: "1951-11-01", Message: "1950-12-01"}, "30 October=1950-10-30"},
		{"by 1 October", Context{Document: "1951-02-01"}, "1 October=1951-10-01"},
		{"the 25th of this month", Context{Document: "1951-11-01", Message: "1951-10-30"}, "25th of this month=1951-10-25"},
		{"the 25th of next month", Context{Document: "1951-12-01"}, "25th of next month=1952-01-25"},
		{"the 25th of this month", Context{Document: "1951"}, ""},
		{"4/7/51", Context{Document: "1951-11-01", DayFirst: 1}, "4/7/51=1951-07-04"},
		{"4/7/51", Context{Document: "1951-11-01", DayFirst: -1}, "4/7/51=1951-04-07"},
		{"7.4.98", Context{Document: "1912-11-01", DayFirst: 1}, "7.4.98=1898-04-07"},
	} {
		if got := show(r.text, Find(r.text, tei.Span{End: len(r.text)}, r.ctx)); got != r.want {
			t.Errorf("%q in %+v: %s, want %s", r.text, r.ctx, got, r.want)
		}
	}
}

func TestInferenceSaysSo(t *testing.T) {
	find := func(text string) Date {
		t.Helper()
		d := Find(text, tei.Span{End: len(text)}, Context{Document: "1951-11-01"})
		if len(d) != 1 {
			t.Fatalf("%q: %d dates", text, len(d))
		}
		return d[0]
	}
	if d := find("1 November 1951"); d.Evidence != "" || d.Inferred.Year || d.Cert != ledger.High {
		t.Errorf("%+v", d)
	}
	if d := find("30 October"); d.Evidence != "internal" || !d.Inferred.Year || d.Cert != ledger.High {
		t.Errorf("%+v", d)
	}
	if d := find("by 15 January"); d.Evidence != "internal" || d.Cert != ledger.Medium || len(d.Alternatives) != 1 || d.Alternatives[0].What != "1951-01-15" {
		t.Errorf("%+v", d)
	}
	if d := find("the 15th of this month"); !d.Inferred.Month || d.Evidence != "internal" {
		t.Errorf("%+v", d)
	}
	if d := find("4/7/51"); !d.Ambiguous || d.When != "" || len(d.Alternatives) != 2 {
		t.Errorf("%+v", d)
	}
	if d := find("0200 30 October"); len(d.Times) != 1 || d.Times[0] != (Time{tei.Span{Start: 0, End: 4}, "02:00:00"}) {
		t.Errorf("%+v", d)
	}
	if d := find("14 November [1950]"); !d.Bracketed || d.Inferred.Year {
		t.Errorf("%+v", d)
	}
}

func TestImpossibleDatesAreFaults(t *testing.T) {
	for text, code := range map[string]diag.Code{
		"on 31 June 1951":          CodeImpossible,
		"on 31 June":               CodeImpossible,
		"30.2.51":                  CodeImpossible,
		"29 February 1951":         CodeImpossible,
		"Tuesday, 5 November 1951": CodeWeekday,
		"Monday, 5 November 1951":  "",
		"29 February 1952":         "",
		"45.99.51":                 "",
	} {
		_, f := Scan(text, tei.Span{End: len(text)}, Context{Document: "1951-11-01"})
		if code == "" && len(f) > 0 || code != "" && (len(f) != 1 || f[0].Code != code) {
			t.Errorf("%q: %v", text, f)
		}
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]string{
		"November 1, 1951": "1951-11-01", "13 June 1951": "1951-06-13", "Nov 1951": "1951-11", "1951": "1951",
		" **June 1951** ": "1951-06", "[14 November] 1957": "1957-11-14", "1951-11-01": "1951-11-01", "20.IX.1979": "1979-09-20",
		"1 November": "", "November": "", "": "", "4/7/51": "", "about 1951": "", "1 November 1951 and later": "", "9999": "", "13.6.51": "",
	} {
		if got, ok := Parse(s); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v", s, got, ok)
		}
	}
}
