package brackets

import (
	_ "embed"
	"strings"
)

// english are common words of English, in small letters: what is not among
// them may be a word of another language.
//
//go:embed english.txt
var englishList string

var english = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(englishList) {
		m[w] = true
	}
	return m
}()
