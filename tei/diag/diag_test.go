package diag

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestColumnsCountCharacters(t *testing.T) {
	l := NewLines("a.txt", "é№x\n\nzweite Zeile")
	for _, c := range []struct {
		at   int
		want string
	}{{0, "a.txt:1:1"}, {5, "a.txt:1:3"}, {6, "a.txt:1:4"}, {7, "a.txt:2:1"}, {8, "a.txt:3:1"}, {15, "a.txt:3:8"}, {999, "a.txt:3:13"}, {-1, "a.txt:1:1"}} {
		if got := l.Pos(c.at).String(); got != c.want {
			t.Errorf("offset %d is %s, want %s", c.at, got, c.want)
		}
	}
}

var list = List{
	{Pos: Pos{File: "b.txt", Line: 2, Column: 1}, Severity: Warning, Code: "x/two", Message: "second"},
	{Pos: Pos{File: "a\x1b[31m\n.txt", Line: 1, Column: 3}, Severity: Error, Code: "x/one", Message: "evil \x1b]0;x\x07 \u202e name", Related: []Related{{Pos{File: "b.txt", Line: 9}, "here"}}},
}

func TestTextIsOneSafeLineEach(t *testing.T) {
	var b strings.Builder
	if err := Formats[0].Write(&b, list); err != nil {
		t.Fatal(err)
	}
	want := "b.txt:2:1: second [x/two]\n" + `a\x1b[31m\n.txt:1:3: evil \x1b]0;x\a \u202e name [x/one]` + "\n    b.txt:9: here\n"
	if b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

func TestJSONHasTheFindings(t *testing.T) {
	for _, l := range []List{nil, list} {
		var b strings.Builder
		if err := Formats[1].Write(&b, l); err != nil {
			t.Fatal(err)
		}
		var report struct{ Findings []map[string]any }
		err := json.Unmarshal([]byte(b.String()), &report)
		got := report.Findings
		if err != nil || got == nil || len(got) != len(l) {
			t.Fatalf("%v in %s", err, b.String())
		}
		for i := range got {
			if got[i]["code"] != string(l[i].Code) || got[i]["severity"] != l[i].Severity.String() || got[i]["line"] != float64(l[i].Pos.Line) {
				t.Errorf("finding %d is %v", i, got[i])
			}
		}
	}
}

func TestSortIsByPlace(t *testing.T) {
	l := List{{Pos: Pos{File: "b", Line: 1}}, {Pos: Pos{File: "a", Line: 2, Column: 2}}, {Pos: Pos{File: "a", Line: 2, Column: 1}}}
	l.Sort()
	if l[0].Pos.String() != "a:2:1" || l[2].Pos.String() != "b:1" {
		t.Error(l)
	}
	if s, any := (List{{Severity: Warning}}).Worst(); s != Warning || !any {
		t.Error(s, any)
	}
}

func TestFormatNamed(t *testing.T) {
	if f, err := FormatNamed("json"); err != nil || f.Name != "json" {
		t.Error(f, err)
	}
	if _, err := FormatNamed("docx"); err == nil || !strings.Contains(err.Error(), "text, json") {
		t.Error(err)
	}
}
