package dates

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"sigla/tei"
)

// onCalendar says whether a value is one of XSD's forms and a day that exists.
func onCalendar(v string) bool {
	v = strings.TrimSuffix(v, "Z")
	if strings.HasPrefix(v, "--") {
		v = "2000" + v[1:]
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006"} {
		if _, err := time.Parse(layout, v); err == nil {
			return true
		}
	}
	return false
}

func check(t *testing.T, text string, span tei.Span, ctx Context) {
	t.Helper()
	at := span.Start
	for _, d := range Find(text, span, ctx) {
		if d.Span.Start < at || d.Span.End <= d.Span.Start || d.Span.End > span.End {
			t.Fatalf("%q: span %v after %d", text, d.Span, at)
		}
		at = d.Span.End
		for _, x := range d.Times {
			if !d.Span.Contains(x.Span) || x.Span.Len() == 0 {
				t.Fatalf("%q: time %v outside %v", text, x.Span, d.Span)
			}
			if !onCalendar("2000-01-01T" + x.When) {
				t.Fatalf("%q: %s", text, x.When)
			}
		}
		values := 0
		for _, v := range []string{d.When, d.NotBefore, d.NotAfter, d.From, d.To} {
			if v == "" {
				continue
			}
			values++
			if d.Kind == ClockTime {
				v = "2000-01-01T" + v
			}
			if !onCalendar(v) {
				t.Fatalf("%q: %q has the value %s", text, text[d.Span.Start:d.Span.End], v)
			}
		}
		if d.Kind == Calendar && (values == 0) != d.Ambiguous || d.When != "" && values > 1 || d.Ambiguous && len(d.Alternatives) != 2 {
			t.Fatalf("%q: %+v", text, d)
		}
		if d.From != "" && d.To != "" && d.From[0] != '-' && d.From > d.To || d.NotBefore != "" && d.NotBefore[0] != '-' && d.NotBefore > d.NotAfter {
			t.Fatalf("%q: %q runs backwards: %s", text, text[d.Span.Start:d.Span.End], value(d))
		}
		if d.Inferred.Year != (d.Evidence == "internal") {
			t.Fatalf("%q: %+v", text, d)
		}
		depth := 0
		for _, c := range []byte(text[d.Span.Start:d.Span.End]) {
			if c == '[' {
				depth++
			} else if c == ']' {
				depth--
			}
			if depth < 0 {
				break
			}
		}
		if depth != 0 {
			t.Fatalf("%q: %q has a bracket without its pair", text, text[d.Span.Start:d.Span.End])
		}
		if strings.ContainsAny(text[d.Span.Start:d.Span.End], "[]") && !d.Bracketed {
			t.Fatalf("%q: %q does not say that it is bracketed", text, text[d.Span.Start:d.Span.End])
		}
	}
}

func FuzzFind(f *testing.F) {
	for i, r := range readings {
		f.Add(r.text, "1951-11-01", i%3-1)
	}
	f.Fuzz(func(t *testing.T, text, document string, dayFirst int) {
		check(t, text, tei.Span{End: len(text)}, Context{Document: document, DayFirst: dayFirst})
		if len(text) > 4 {
			check(t, text, tei.Span{Start: 1, End: len(text) - 1}, Context{Message: document})
		}
		Parse(text)
	})
}

// Every pair of readings, run together, still gives dates in order: what one
// text leaves open, the next may not close.
func TestPairsKeepOrder(t *testing.T) {
	for i, a := range readings {
		for j := i % 7; j < len(readings); j += 7 {
			for _, sep := range []string{" ", "", "\n", ", "} {
				text := a.text + sep + readings[j].text
				check(t, text, tei.Span{End: len(text)}, Context{Document: "1951-11-01"})
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	var s strings.Builder
	for i := range 40 {
		s.WriteString("I received your telegrams of 0200 30 October and 2120 30 October, and the note No. " + strconv.Itoa(i) +
			" of the commission which met at Gyula from 12 to 15 April in order to settle the level of the waters. ")
	}
	text := s.String()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, tei.Span{End: len(text)}, Context{Document: "1951-11-01"})
	}
}

func TestTimeIsLinear(t *testing.T) {
	for _, unit := range []string{"1, ", "1 or ", "[", "1 [", "5 May or ", "May or ", "1-", "Monday ", "1951 ", "in ", "4/", "5 and 6 ", "5 May and ", "]"} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n)
			best := time.Hour
			for range 3 {
				start := time.Now()
				Find(text, tei.Span{End: len(text)}, Context{Document: "1951-11"})
				best = min(best, time.Since(start))
			}
			return best
		}
		// a busy machine may spoil a try, not three
		var a, b time.Duration
		for range 3 {
			if a, b = took(4000), took(32000); b <= 100*time.Millisecond || b <= 40*a {
				break
			}
		}
		if b > 100*time.Millisecond && b > 40*a {
			t.Errorf("%q: %v for 4,000, %v for 32,000", unit, a, b)
		}
	}
}
