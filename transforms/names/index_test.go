package names

import (
	"strings"
	"testing"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

// The index of a shelf has the forms that the lexicon has, each behind its
// first word, and no others.
func TestIndexHasEveryForm(t *testing.T) {
	lex := lexicon.Default()
	x := newIndex(lex)
	want := 0
	for _, k := range indexed {
		for _, e := range lex.Entries(k) {
			words := split(nil, e.Form, tei.Span{End: len(e.Form)}, nil)
			if len(words) == 0 || words[0].gap != "" {
				continue
			}
			ok := true
			for _, w := range words[1:] {
				ok = ok && strings.Trim(w.gap, " .") == ""
			}
			if !ok {
				continue
			}
			want++
			found := false
			for _, g := range x.beginning(lower(nil, e.Form[:words[0].End])) {
				found = found || g.kind == k && g.value == e.Value && len(g.rest) == len(words)-1
			}
			if !found {
				t.Errorf("%s %q is not found by its first word", k, e.Form)
			}
		}
	}
	got := 0
	for n := range lex.Shelves() {
		for _, w := range *x.shelf(n) {
			got += len(w.forms)
		}
	}
	if got != want || want < 1000 {
		t.Errorf("%d forms in the index, %d in the lexicon", got, want)
	}
}

// BenchmarkFirstPage is the index as the first page of a process needs it.
func BenchmarkFirstPage(b *testing.B) {
	lex := lexicon.Default()
	const page = "To Cde. FILIPPOV. I met Deputy Foreign Minister Li Kenong and the Soviet Ambassador in Beijing on Monday. The Hungarian delegation goes to Moscow with Minister of Defense Farkas; Comrade Kim Il Sung stays in Pyongyang until the Central Committee has met. "
	text := strings.Repeat(page, 4)
	b.ReportAllocs()
	for b.Loop() {
		indexes.Store(nil)
		Find(text, tei.Span{End: len(text)}, Context{Lexicon: lex})
	}
}
