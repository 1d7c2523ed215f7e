package lexicon

import (
	"strings"
	"testing"
)

func TestDefaultReads(t *testing.T) {
	l := Default()
	for _, c := range []struct {
		kind  Kind
		form  string
		value string
	}{{CoverName, "FILIPPOV", "Stalin"}, {Honorific, "cde.", ""}, {Nationality, "hungarian", ""}} {
		e, ok := l.Find(c.kind, c.form)
		if !ok || c.value != "" && e.Value != c.value {
			t.Errorf("%s %s is %v, %v", c.kind, c.form, e, ok)
		}
	}
}

func TestLongestFormWins(t *testing.T) {
	l := New([]Entry{{Kind: Role, Form: "Minister"}, {Kind: Role, Form: "Minister of Foreign Affairs"}, {Kind: Honorific, Form: "Cde."}, {Kind: Place, Form: "Xi'an"}})
	for _, c := range []struct {
		kind Kind
		text string
		want int
	}{
		{Role, "Minister of Foreign Affairs Li", len("Minister of Foreign Affairs")},
		{Role, "minister\nof  Foreign Affairs", len("minister\nof  Foreign Affairs")},
		{Role, "Minister of Trade", len("Minister")},
		{Role, "Ministerial", 0},
		{Honorific, "Cde. Li", len("Cde.")},
		{Place, "Xi’an, the old", len("Xi’an")},
		{Role, "", 0},
		{Nationality, "Minister", 0},
	} {
		if _, n := l.Longest(c.kind, c.text); n != c.want {
			t.Errorf("%q: %d bytes, want %d", c.text, n, c.want)
		}
	}
}

func TestLaterEntriesWin(t *testing.T) {
	l := New([]Entry{{Kind: CoverName, Form: "Ding", Value: "a"}}).With([]Entry{{Kind: CoverName, Form: "DING", Value: "b"}})
	if e, _ := l.Find(CoverName, "ding"); e.Value != "b" {
		t.Error(e)
	}
}

func TestFaultyRowsNameTheirLine(t *testing.T) {
	for row, want := range map[string]string{
		"place":             "x.tsv:2: want kind, form",
		"palce\tKaesong":    `x.tsv:2: "palce" is not a kind`,
		"place\t":           "x.tsv:2: the form is empty",
		"place\ta\tb\tc\td": "found 5 fields",
	} {
		_, err := Read(strings.NewReader("# a comment\n"+row+"\n"), "x.tsv")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", row, err, want)
		}
	}
}
