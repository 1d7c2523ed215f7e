// Package english says whether a word is a common one of English. What is not
// may be a word of another language, which a translator put in brackets beside
// its translation.
package english

import (
	_ "embed"
	"strings"
)

//go:generate go run ./mkwords

// file is words in small letters, sorted by bytes, a word a line, behind a head
// that says whence they are. Words that Is makes of others by their endings and
// prefixes are left out. It is searched where it lies, since a map of it would cost more to
// build than a page takes to convert.
//
//go:embed words.txt
var file string

var words = file[strings.Index(file, "\n\n")+2:]

// Is says whether w, in small letters, is a common word of English, or one with
// the endings of number, tense and degree, or behind a prefix.
func Is(w string) bool { return In(w, listed) }

// In says the same of any list.
func In(w string, listed func(string) bool) bool {
	if w == "" {
		return false
	}
	if listed(w) {
		return true
	}
	if inflected(w, listed) {
		return true
	}
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) > 3 && (listed(rest) || inflected(rest, listed)) {
			return true
		}
	}
	return false
}

// prefixes are those that stand before nearly any word.
var prefixes = []string{"un", "re", "non", "mis", "over", "under", "out", "pre", "counter", "inter", "sub", "anti"}

func inflected(w string, listed func(string) bool) bool {
	for _, e := range endings {
		stem, ok := strings.CutSuffix(w, e.ending)
		if !ok || len(stem) < 3 {
			continue
		}
		for _, rest := range e.rests {
			if listed(stem + rest) {
				return true
			}
		}
		// planned: plan
		if n := len(stem); e.doubles && n > 3 && stem[n-1] == stem[n-2] && listed(stem[:n-1]) {
			return true
		}
	}
	return false
}

// endings are those that a word takes without another meaning, with what the
// word has in their place.
var endings = []struct {
	ending  string
	rests   []string
	doubles bool
}{
	{"ies", []string{"y"}, false},
	{"es", []string{"", "e"}, false},
	{"s", []string{""}, false},
	{"ied", []string{"y"}, false},
	{"ed", []string{"", "e"}, true},
	{"ing", []string{"", "e"}, true},
	{"ily", []string{"y"}, false},
	{"ly", []string{"", "le"}, false},
	{"ier", []string{"y"}, false},
	{"er", []string{"", "e"}, true},
	{"ers", []string{"", "e"}, true},
	{"iest", []string{"y"}, false},
	{"est", []string{"", "e"}, true},
	{"ness", []string{""}, false},
	{"iness", []string{"y"}, false},
}

// listed says whether w stands in the list itself.
func listed(w string) bool {
	lo, hi := 0, len(words)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := lo + strings.LastIndexByte(words[lo:mid], '\n') + 1
		end := len(words)
		if n := strings.IndexByte(words[start:], '\n'); n >= 0 {
			end = start + n
		}
		switch v := words[start:end]; {
		case v == w:
			return true
		case v < w:
			lo = min(end+1, len(words))
		default:
			hi = start
		}
	}
	return false
}
