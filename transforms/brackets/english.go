package brackets

import (
	_ "embed"
	"strings"
)

// englishList is common words of English in small letters, sorted by bytes, a
// word a line: what is not among them may be a word of another language. It is
// searched where it lies, since a map of it would cost more to build than a
// page takes to convert.
//
//go:embed english.txt
var englishList string

// english says whether w, in small letters, is a common word of English.
func english(w string) bool {
	if w == "" {
		return false
	}
	lo, hi := 0, len(englishList)
	for lo < hi {
		mid := lo + (hi-lo)/2
		start := lo + strings.LastIndexByte(englishList[lo:mid], '\n') + 1
		end := len(englishList)
		if n := strings.IndexByte(englishList[start:], '\n'); n >= 0 {
			end = start + n
		}
		switch v := englishList[start:end]; {
		case v == w:
			return true
		case v < w:
			lo = min(end+1, len(englishList))
		default:
			hi = start
		}
	}
	return false
}
