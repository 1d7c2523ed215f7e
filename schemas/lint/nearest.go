package lint

import (
	"iter"
	"maps"
	"strings"
	"unicode/utf8"
)

// Nearest is the name most like s, by as many letters to change, put in, take
// out or swap as a quarter of s has, three at most; or "". Letter case alone
// counts as no difference. Of names as near, it is the first in the alphabet; one
// that differs in its digits alone is another number and no slip.
func Nearest(s string, names iter.Seq[string]) string {
	best, least := "", min(3, utf8.RuneCountInString(s)/4)+1
	folded, letters := strings.ToLower(s), withoutDigits(s)
	for name := range names {
		if name == s || len(name) > len(s)+4*least || len(s) > len(name)+4*least {
			continue
		}
		if withoutDigits(name) == letters {
			continue
		}
		d := edits(folded, strings.ToLower(name))
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

// edits counts the letters to change, put in, take out or swap between a and b.
func edits(a, b string) int {
	const longest = 64
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest {
		return longest
	}
	var before, last, row [longest + 1]int
	for k := range len(y) + 1 {
		row[k] = k
	}
	for i := range x {
		before, last = last, row
		row[0] = i + 1
		for k := range y {
			change := last[k]
			if x[i] != y[k] {
				change++
			}
			row[k+1] = min(change, last[k+1]+1, row[k]+1)
			if i > 0 && k > 0 && x[i] == y[k-1] && x[i-1] == y[k] {
				row[k+1] = min(row[k+1], before[k-1]+1)
			}
		}
	}
	return row[len(y)]
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
