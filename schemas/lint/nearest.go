package lint

import (
	"iter"
	"maps"
	"strings"
	"unicode/utf8"

	"sigla/tei/diag/spelling"
)

// Nearest is the name most like s, by as many letters to change, put in, take
// out or swap as a quarter of s has, three at most and one where s has three; or "". Letter case alone
// counts as no difference. Of names as near, it is the first in the alphabet; one
// that differs in its digits alone is another number and no slip.
func Nearest(s string, names iter.Seq[string]) string {
	best, least := "", min(3, (utf8.RuneCountInString(s)+1)/4)+1
	folded, letters := strings.ToLower(s), withoutDigits(s)
	for name := range names {
		if name == s || len(name) > len(s)+4*least || len(s) > len(name)+4*least {
			continue
		}
		if withoutDigits(name) == letters {
			continue
		}
		d := spelling.Edits(folded, strings.ToLower(name), least)
		if d < least && d < utf8.RuneCountInString(s) || d == least && best != "" && name < best {
			best, least = name, d
		}
	}
	return best
}

func withoutDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, s)
}

// suggester finds nearest names until that has cost enough: a file may have
// many names and many faults.
type suggester struct {
	names map[string]int
	asked map[string]string
	spent int
}

const suggestions = 500_000 // names looked at, for all faults of a file

func (s *suggester) nearest(id string) string {
	if near, is := s.asked[id]; is {
		return near
	}
	if s.spent += len(s.names); s.spent > suggestions {
		return ""
	}
	if s.asked == nil {
		s.asked = map[string]string{}
	}
	near := Nearest(id, maps.Keys(s.names))
	s.asked[id] = near
	return near
}
