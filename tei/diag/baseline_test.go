package diag

import (
	"slices"
	"strings"
	"testing"
)

// findingsOf finds each @rend of a text, as a checker would.
func findingsOf(name, text string) List {
	var l List
	lines := NewLines(name, text)
	for i := 0; ; {
		n := strings.Index(text[i:], "rend")
		if n < 0 {
			return l
		}
		i += n
		l = append(l, Finding{Pos: lines.Pos(i), Severity: Error, Code: "lint/rend", Message: "rend is not used here", Len: 4})
		i++
	}
}

const before = "<p rend='a'>x</p>\n<p rend='b'>y</p>\n<p rend='b'>y</p>\n"

func TestFingerprintsOutliveEdits(t *testing.T) {
	prints := func(text string) []string {
		f := File{Name: "a.xml", Text: []byte(text), Findings: findingsOf("a.xml", text)}
		return f.fingerprints()
	}
	was := prints(before)
	for what, text := range map[string]string{
		"lines above":        "<!-- new -->\n\n" + before,
		"indentation":        strings.ReplaceAll(before, "<p ", "\t  <p   "),
		"Windows line ends":  strings.ReplaceAll(before, "\n", "\r\n"),
		"a byte order mark":  "\ufeff" + before,
		"lines between them": strings.ReplaceAll(before, "\n", "\n<lb/>\n"),
	} {
		if now := prints(text); !slices.Equal(now, was) {
			t.Errorf("%s: %q, want %q", what, now, was)
		}
	}
	if slices.Sort(was); len(slices.Compact(was)) != 3 {
		t.Error("two findings have one fingerprint")
	}
	long := strings.Repeat("<p>w</p>", 1000) // a document without line ends
	was = prints(long + strings.ReplaceAll(before, "\n", "") + long)
	if now := prints("<q/>" + long + strings.ReplaceAll(before, "\n", "") + long); !slices.Equal(now, was) {
		t.Errorf("%q, want %q", now, was)
	}
	a := Finding{Code: "x/y", Message: `"a" stands twice, first at line 12`}
	b := a
	b.Message = `"a" stands twice, first at line 400`
	if Fingerprint(a, "", 0) != Fingerprint(b, "", 0) {
		t.Error("the number of a line in the message is in the fingerprint")
	}
	for _, other := range []Finding{{Code: "x/z", Message: a.Message}, {Code: "x/y", Message: `"b" stands twice, first at line 12`}} {
		if Fingerprint(a, "", 0) == Fingerprint(other, "", 0) {
			t.Errorf("%v and %v have one fingerprint", a, other)
		}
	}
	if Fingerprint(a, "l", 0) == Fingerprint(a, "m", 0) || Fingerprint(a, "l", 0) == Fingerprint(a, "l", 1) || len(Fingerprint(a, "", 0)) != 32 {
		t.Error("line or ordinal is not in the fingerprint")
	}
}

func TestBaselineKnowsOldAndReportsNew(t *testing.T) {
	base := NewBaseline()
	base.Add("./letters/a.xml", findingsOf("letters/a.xml", before), []byte(before))
	var b strings.Builder
	if err := base.Write(&b); err != nil {
		t.Fatal(err)
	}
	base, err := ReadBaseline(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, file, text string
		known            int
		fresh            []string
	}{
		{"the same", "letters/a.xml", before, 3, nil},
		{"called from another folder", "letters/a.xml", before, 3, nil},
		{"moved and indented", "letters/a.xml", "\n\n  " + strings.ReplaceAll(before, "\n", "\n  "), 3, nil},
		{"a new one above", "letters/a.xml", "<q rend='c'/>\n" + before, 3, []string{"1:4"}},
		{"one more of those that are alike", "letters/a.xml", before + "<p rend='b'>y</p>\n", 3, []string{"4:4"}},
		{"one mended", "letters/a.xml", "<p rend='b'>y</p>\n<p rend='b'>y</p>\n", 2, nil},
		{"a line that was changed", "letters/a.xml", strings.Replace(before, "x", "z", 1), 2, []string{"1:4"}},
		{"another file", "letters/b.xml", before, 0, []string{"1:4", "2:4", "3:4"}},
	} {
		name := c.file
		if c.what == "called from another folder" {
			name = "../corpus/a.xml"
		}
		f := &File{Name: name, Findings: findingsOf(name, c.text), Text: []byte(c.text)}
		base.Fold(c.file, f)
		var got []string
		for _, x := range f.Findings {
			got = append(got, lineColumn(x.Pos))
		}
		if f.Folded != c.known || !slices.Equal(got, c.fresh) {
			t.Errorf("%s: %d known and new at %q, want %d and %q", c.what, f.Folded, got, c.known, c.fresh)
		}
	}
}

func TestBaselineListsTheMended(t *testing.T) {
	base, now := NewBaseline(), NewBaseline()
	base.Add("a.xml", findingsOf("a.xml", before), []byte(before))
	base.Add("b.xml", findingsOf("b.xml", before), []byte(before))
	base.Add("c.xml", findingsOf("c.xml", before), []byte(before))
	now.Add("a.xml", findingsOf("a.xml", "<p rend='b'>y</p>\n"), []byte("<p rend='b'>y</p>\n"))
	now.Add("b.xml", nil, nil)
	got := map[string]int{}
	for _, e := range base.Mended(now) { // c.xml was not looked at
		got[e.File] += e.Count
	}
	if got["a.xml"] != 2 || got["b.xml"] != 3 || len(got) != 2 {
		t.Error(got)
	}
}

func TestBaselineIsWrittenTheSameEachTime(t *testing.T) {
	var want string
	for range 20 {
		base := NewBaseline()
		for _, name := range []string{"b.xml", "a.xml", "ü\\.xml"} {
			base.Add(name, findingsOf(name, before), []byte(before))
		}
		var b strings.Builder
		if err := base.Write(&b); err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = b.String()
		}
		if b.String() != want {
			t.Fatal(b.String())
		}
		again, err := ReadBaseline(strings.NewReader(want))
		if err != nil {
			t.Fatal(err)
		}
		b.Reset()
		if again.Write(&b); b.String() != want {
			t.Fatal("read and written it is another")
		}
	}
}

func TestBaselineRefusesOthers(t *testing.T) {
	for _, text := range []string{
		"", "[]", "{}", `{"baseline": 2, "findings": []}`, `{"baseline": 1, "findings": [{"file": "a", "fingerprint": "x", "count": 0}]}`,
		`{"baseline": 1, "findings": [{"fingerprint": "x", "count": 1}]}`, `{"baseline": 1} {}`, `{"baseline": 1`,
	} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil {
			t.Errorf("%s is a baseline", text)
		}
	}
}

func FuzzReadBaseline(f *testing.F) {
	f.Add(`{"baseline": 1, "findings": [{"file": "a", "fingerprint": "x", "count": 1, "code": "x/y", "message": "m"}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ReadBaseline(strings.NewReader(s))
		if err != nil {
			return
		}
		var first, second strings.Builder
		if err := b.Write(&first); err != nil {
			t.Fatal(err)
		}
		again, err := ReadBaseline(strings.NewReader(first.String()))
		if err != nil {
			t.Fatal(err)
		}
		if again.Write(&second); first.String() != second.String() {
			t.Errorf("%s\nand again\n%s", first.String(), second.String())
		}
	})
}
