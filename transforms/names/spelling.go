package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

// One person who is spelt in two ways (LI KENONG, LE KENONG), and two people
// whose names are alike. What makes two forms one person is their part in the
// document: one of them sends, receives or is named in the title, the other
// stands with an honorific, an office or in capitals; and they never stand side
// by side.

// Spelling is a person spelt in two ways.
type Spelling struct{ A, B Form }

// Spellings finds full names that differ by a letter in one word and stand
// where a person has a part in the document; sameBlock says whether two places
// are one list or line, in which they must be two people.
func (r *Registry) Spellings(sameBlock func(a, b tei.Span) bool) []Spelling {
	type full struct {
		e *Entry
		w []string
	}
	// names with one word left out fall together where the others are the same
	groups := map[string][]full{}
	var order []string
	for _, e := range r.Entries(Person) {
		seen := map[string]bool{}
		for _, f := range e.Forms {
			w := strings.Fields(f.key)
			if len(w) < 2 || seen[f.key] || slices.ContainsFunc(w, initial) {
				continue
			}
			seen[f.key] = true
			for i := range w {
				k := strings.Join(w[:i], " ") + " * " + strings.Join(w[i+1:], " ")
				if groups[k] == nil {
					order = append(order, k)
				}
				groups[k] = append(groups[k], full{e, w})
			}
		}
	}
	var out []Spelling
	done := map[[2]*Entry]bool{}
	for _, k := range order {
		g := groups[k]
		g = g[:min(len(g), 50)]
		for i, a := range g {
			for _, b := range g[i+1:] {
				if a.e == b.e || done[[2]*Entry{a.e, b.e}] || !misspelt(a.w, b.w) {
					continue
				}
				done[[2]*Entry{a.e, b.e}] = true
				if s, ok := r.spelling(a.e, b.e, sameBlock); ok {
					out = append(out, s)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Spelling) int {
		return min(a.A.Span.Start, a.B.Span.Start) - min(b.A.Span.Start, b.B.Span.Start)
	})
	return out
}

func (r *Registry) spelling(a, b *Entry, sameBlock func(a, b tei.Span) bool) (Spelling, bool) {
	// two people of the lexicon, or both at home in the document
	x, okA := r.lex.Find(lexicon.Person, a.MainName())
	y, okB := r.lex.Find(lexicon.Person, b.MainName())
	if okA && okB && (x.ID != y.ID || x.ID == "") || len(a.seen) > 2 && len(b.seen) > 2 {
		return Spelling{}, false
	}
	for p := range a.seen {
		for q := range b.seen {
			if sameBlock != nil && sameBlock(p, q) {
				return Spelling{}, false
			}
		}
	}
	best, rank := Spelling{}, 0
	for _, f := range a.Forms {
		for _, g := range b.Forms {
			if f.Span.Len() == 0 || g.Span.Len() == 0 || !misspelt(strings.Fields(f.key), strings.Fields(g.key)) {
				continue
			}
			n := 0
			switch {
			case a.prominent(f) && b.prominent(g):
				n = 3
			case a.prominent(f) && named(g), b.prominent(g) && named(f):
				n = 2
			}
			if n > rank {
				best, rank = Spelling{f, g}, n
			}
		}
	}
	return best, rank > 0
}

// prominent says whether a form, or the same words elsewhere, has a part in
// the document.
func (e *Entry) prominent(f Form) bool {
	for _, g := range e.Forms {
		if g.key != f.key {
			continue
		}
		switch g.Role {
		case "sender", "addressee", "author", "copy":
			return true
		}
		switch g.rule {
		case "title", "speaker", "name in a list", "name and apposition", "name in an address", "name under a text":
			return true
		}
	}
	return false
}

// named says whether a form stands as one that the writer names with care.
func named(f Form) bool {
	return strings.Contains(f.rule, "honorific") || strings.Contains(f.rule, "office") || f.Role != "" || f.Text == strings.ToUpper(f.Text)
}

// misspelt says whether the words of two names differ by a letter, or a vowel,
// in one word, so that they can be one name.
func misspelt(x, y []string) bool {
	if len(x) != len(y) || len(x) < 2 {
		return false
	}
	at, same := -1, 0
	for i := range x {
		if x[i] == y[i] {
			same += utf8.RuneCountInString(x[i])
			continue
		}
		if at >= 0 {
			return false
		}
		at = i
	}
	if at < 0 {
		return false
	}
	p, q := []rune(x[at]), []rune(y[at])
	if len(p) < 2 || len(q) < 2 {
		return false
	}
	// Li Wei and Lu Wei are two people: too little is left that agrees
	if min(len(p), len(q)) <= 3 && (same < 4 || same < 5 && len(x) == 2) {
		return false
	}
	// Ivanov and Ivanova are two people
	if family(x[at], y[at]) {
		return false
	}
	return oneEdit(p, q) || vowels(x[at]) == vowels(y[at])
}

// family says whether two words are the forms of one surname for a man and a
// woman.
func family(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if b == a+"a" || b == a+"ová" || b == a+"ova" || strings.HasSuffix(a, "a") && strings.HasPrefix(b, a) {
		return true
	}
	for _, p := range [][2]string{{"y", "a"}, {"i", "a"}, {"ii", "aya"}, {"y", "aya"}, {"o", "a"}} {
		if x, ok := strings.CutSuffix(a, p[0]); ok && len(x) > 2 {
			if y, ok := strings.CutSuffix(b, p[1]); ok && x == y {
				return true
			}
		}
		if x, ok := strings.CutSuffix(b, p[0]); ok && len(x) > 2 {
			if y, ok := strings.CutSuffix(a, p[1]); ok && x == y {
				return true
			}
		}
	}
	return false
}

// vowels is a word with every run of vowels as one mark.
func vowels(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		v := strings.ContainsRune("aeiouy", r)
		if !v {
			b.WriteRune(r)
		} else if !in {
			b.WriteByte('*')
		}
		in = v
	}
	return b.String()
}

// oneEdit says whether two words are one letter apart: put in, left out,
// changed, or two neighbours swapped.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	return slices.Equal(a[i+1:], b[i+1:]) || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
