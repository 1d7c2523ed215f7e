package dates

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigla/tei"
)

// value is what a date says, on one line.
func value(d Date) string {
	switch {
	case d.Ambiguous:
		return d.Alternatives[0].What + " or " + d.Alternatives[1].What
	case d.Kind == ClockTime && len(d.Times) == 1:
		return d.Times[0].When
	case d.When != "":
		return d.When
	case d.NotBefore != "":
		return d.NotBefore + "/" + d.NotAfter
	}
	return d.From + ".." + d.To
}

// shared is the folder of sample documents.
func shared(t testing.TB) string {
	dir := os.Getenv("SIGLA_SHARED")
	if dir == "" {
		t.Skip("SIGLA_SHARED does not name the folder of sample documents")
	}
	if !filepath.IsAbs(dir) {
		if _, err := os.Stat(dir); err != nil {
			dir = filepath.Join("..", "..", dir)
		}
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip(err)
	}
	return dir
}

func squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\u00a0' }), "")
}

type pageDate struct {
	Text      string `json:"text"`
	ISO       string `json:"iso"`
	NotBefore string `json:"notBefore"`
	NotAfter  string `json:"notAfter"`
	Inferred  bool   `json:"inferred_year"`
	Start     int    `json:"start"`
}

func minutes(v string) string {
	if len(v) == 19 {
		return v[:16]
	}
	return v
}

func TestPageDatesAreRead(t *testing.T) {
	dir := shared(t)
	paths, _ := filepath.Glob(filepath.Join(dir, "synthetic", "pages", "*.json"))
	want, right, got := 0, 0, 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Date     string     `json:"date_iso"`
			Language string     `json:"original_language"`
			Dates    []pageDate `json:"dates"`
		}
		if err := json.Unmarshal(b, &page); err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(strings.TrimSuffix(path, "json") + "txt")
		if err != nil {
			t.Fatal(err)
		}
		text := string(src)
		at := strings.Index(text, "**Contents:**")
		ctx := Context{Document: page.Date, DayFirst: 1}
		found := Find(text, tei.Span{Start: at, End: len(text)}, ctx)
		got += len(found)
		used := map[int]bool{}
		for _, w := range page.Dates {
			want++
			start := len(string([]rune(text)[:w.Start]))
			ok := false
			for i, f := range found {
				if used[i] || f.Span.End <= start || f.Span.Start >= start+len(w.Text) {
					continue
				}
				used[i] = true
				ok = w.ISO != "" && minutes(f.When) == w.ISO && f.Inferred.Year == w.Inferred ||
					w.ISO == "" && minutes(f.NotBefore)+minutes(f.From) == w.NotBefore && minutes(f.NotAfter)+minutes(f.To) == w.NotAfter
				if !ok {
					t.Errorf("%s: %q: %s, inferred %v", filepath.Base(path), text[f.Span.Start:f.Span.End], value(f), f.Inferred.Year)
				} else if s := squeeze(text[f.Span.Start:f.Span.End]); s != squeeze(w.Text) {
					t.Logf("%s: %q covers %q", filepath.Base(path), w.Text, s)
				}
				break
			}
			if ok {
				right++
			} else {
				t.Errorf("%s: %q is not read as %s%s/%s", filepath.Base(path), w.Text, w.ISO, w.NotBefore, w.NotAfter)
			}
		}
		for i, f := range found {
			if !used[i] && f.Kind == Calendar {
				t.Logf("%s: too many: %q %s (%s)", filepath.Base(path), text[f.Span.Start:f.Span.End], value(f), f.Rule)
			}
		}
	}
	t.Logf("%d of %d right, %d found", right, want, got)
	if want == 0 || float64(right) < .97*float64(want) {
		t.Errorf("%d of %d dates right", right, want)
	}
}
