package measures

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

var (
	clueOf     = sync.OnceValue(clueTable)
	unitOf     = sync.OnceValue(unitTable)
	vocabulary = sync.OnceValue(numeralTable)
)

func clueTable() map[string]string {
	m := map[string]string{}
	for _, c := range clues {
		for _, w := range strings.Fields(c.Words) {
			m[w] = c.Type
		}
	}
	return m
}

func unitTable() map[string]unit {
	m := map[string]unit{}
	for _, u := range units {
		for _, w := range strings.Fields(u.Words) {
			m[strings.ReplaceAll(w, "/", " ")] = u
		}
	}
	return m
}

// numeralTable is the words that a quantity can begin with.
func numeralTable() map[string]bool {
	m := map[string]bool{"a": true, "dozen": false}
	for w := range numerals {
		m[w] = true
	}
	return m
}

// quantity is a number as read, times thousand to keep fractions.
type quantity struct {
	milli int64
	words bool
}

func (q quantity) String() string {
	whole, part := q.milli/1000, q.milli%1000
	if part == 0 {
		return strconv.FormatInt(whole, 10)
	}
	return strings.TrimRight(strconv.FormatInt(whole, 10)+"."+strconv.FormatInt(1000+part, 10)[1:], "0")
}

const mostMilli = 1 << 60

// measure reads a quantity with its unit at i: two kilometers, 212,000 tugriks,
// 10 percent, 5 to 7 km, $65 million.
func (s *scanner) measure(i int) int {
	if i > s.start {
		c := s.text[i-1]
		if isDigit(c) || isLetter(c) || c >= utf8.RuneSelf && beforeLetter(s.text, i) || strings.IndexByte("/-.,:_$#'+%", c) >= 0 {
			return 0
		}
		if s.openNumber(i) {
			return 0
		}
	}
	dollars := s.text[i] == '$'
	k := i
	if dollars {
		k = s.blank(i + 1)
	}
	q, end := s.quantity(k)
	if end == 0 {
		return 0
	}
	it := Item{Kind: Measure, Cert: ledger.High, Rule: "quantity with a unit"}
	if dollars {
		it.Span, it.Quantity, it.Unit = tei.Span{Start: i, End: end}, q.String(), "USD"
		it.Rule = "sum with the sign of its money"
		s.out = append(s.out, it)
		return end
	}
	lo := q
	ranged := false
	if j := s.rangeJoint(end); j > 0 {
		if q2, e := s.quantity(j); e > 0 && q2.milli > q.milli {
			q, end, ranged = q2, e, true
		}
	}
	u, stop := s.unit(end, q.words)
	if stop == 0 {
		return 0
	}
	switch u.Unit {
	case "minute", "hour", "day", "week", "month", "year":
		if lo.milli <= 1000 || s.clockLike(i, end) || s.tenDays(i) {
			return 0
		}
	}
	it.Span, it.Unit = tei.Span{Start: i, End: stop}, u.Unit
	if ranged {
		it.AtLeast, it.AtMost = lo.String(), q.String()
	} else {
		it.Quantity = q.String()
	}
	s.out = append(s.out, it)
	return stop
}

// openNumber says whether the number at i goes on one that stands before it:
// seven thousand 200, 1 000.
func (s *scanner) openNumber(i int) bool {
	j := i
	for j > s.start && s.text[j-1] == ' ' && i-j < 2 {
		j--
	}
	if j == i || j == s.start {
		return false
	}
	if isDigit(s.text[j-1]) {
		return true
	}
	k := j
	for k > s.start && isLetter(s.text[k-1]) {
		k--
	}
	w := fold(s.text[k:j])
	return numerals[w] > 0 && w != "one" || w == "half"
}

// clockLike says whether the figures are a time of day: 1800 hours.
func (s *scanner) clockLike(i, end int) bool {
	return end-i == 4 && allDigits(s.text[i:end])
}

// tenDays says whether the number is part of a name of days: the last ten days.
func (s *scanner) tenDays(i int) bool {
	j := i
	for j > s.start && s.text[j-1] == ' ' {
		j--
	}
	k := j
	for k > s.start && isLetter(s.text[k-1]) {
		k--
	}
	switch fold(s.text[k:j]) {
	case "first", "second", "third", "last":
		return true
	}
	return false
}

func (s *scanner) rangeJoint(end int) int {
	if strings.HasPrefix(s.text[end:], "–") {
		return end + len("–")
	}
	if end < len(s.text) && s.text[end] == '-' && end+1 < len(s.text) && isDigit(s.text[end+1]) {
		return end + 1
	}
	k := s.blank(end)
	if k == end {
		return 0
	}
	for _, d := range [...]string{"– ", "- "} {
		if strings.HasPrefix(s.text[k:], d) {
			return s.blank(k + len(d) - 1)
		}
	}
	for _, w := range [...]string{"to ", "or "} {
		if hasFold(s.text[k:], w) {
			return s.blank(k + len(w) - 1)
		}
	}
	return 0
}

// quantity reads figures or number words; end is 0 where there are none.
func (s *scanner) quantity(i int) (q quantity, end int) {
	if i >= len(s.text) {
		return q, 0
	}
	if isDigit(s.text[i]) {
		q.milli, end = s.figures(i)
	} else {
		q.milli, end = s.numberWords(i)
		q.words = true
	}
	if end == 0 {
		return q, 0
	}
	if !q.words { // 5 million
		if k := s.blank(end); k > end && k < len(s.text) {
			w := fold(s.wordAt(k))
			if n := numerals[w]; n >= 1000 && q.milli < mostMilli/int64(n) {
				q.milli *= int64(n)
				end = k + len(w)
			}
		}
	}
	return q, end
}

// figures reads 212,000 and 1.5; a full stop or comma with three figures
// divides thousands where a comma does it, else it is a fraction.
func (s *scanner) figures(i int) (milli int64, end int) {
	j := i
	for j < len(s.text) && isDigit(s.text[j]) {
		j++
	}
	if j-i > 9 || s.text[i] == '0' && j-i > 1 {
		return 0, 0
	}
	n, _ := strconv.ParseInt(s.text[i:j], 10, 64)
	for j+3 < len(s.text) && s.text[j] == ',' && allDigits(s.text[j+1:j+4]) && (j+4 == len(s.text) || !isDigit(s.text[j+4])) || j+4 == len(s.text) && s.text[j] == ',' && allDigits(s.text[j+1:]) {
		if n > 1e12 {
			return 0, 0
		}
		m, _ := strconv.ParseInt(s.text[j+1:j+4], 10, 64)
		n = n*1000 + m
		j += 4
	}
	milli = n * 1000
	if j+1 < len(s.text) && s.text[j] == '.' && isDigit(s.text[j+1]) {
		k := j + 1
		for k < len(s.text) && isDigit(s.text[k]) {
			k++
		}
		if k-j-1 > 2 {
			return 0, 0 // 1.207 is a number of a register, or thousands
		}
		f, _ := strconv.ParseInt((s.text[j+1:k] + "000")[:3], 10, 64)
		milli += f
		j = k
	}
	if j < len(s.text) && (s.text[j] == ',' || s.text[j] == '/' || s.text[j] == ':') && j+1 < len(s.text) && isDigit(s.text[j+1]) {
		return 0, 0
	}
	return milli, j
}

// numberWords reads eleven hundred, a hundred and forty, two and a half.
func (s *scanner) numberWords(i int) (milli int64, end int) {
	total, part := int64(0), int64(0)
	j := i
	first := true
	for words := 0; ; words++ {
		if words > 12 {
			return 0, 0
		}
		w := fold(s.wordAt(j))
		n := int64(numerals[w])
		switch {
		case w == "a" && first:
			k := s.blank(j + 1)
			if n := numerals[fold(s.wordAt(k))]; n < 100 {
				return 0, 0
			}
			part = 1
			j = k
			first = false
			continue
		case n == 0 && w == "and" && end > 0:
			k := s.blank(j + 3)
			if hasFold(s.text[k:], "a half ") || hasFold(s.text[k:], "one half ") {
				k = s.blank(k + strings.IndexByte(s.text[k:], ' '))
				return (total+part)*1000 + 500, k + len("half")
			}
			if numerals[fold(s.wordAt(k))] == 0 || numerals[fold(s.wordAt(k))] >= 100 || part%100 != 0 && part != 0 || total+part < 100 {
				return (total + part) * 1000, end
			}
			j = k
			continue
		case n == 0:
			if end == 0 {
				return 0, 0
			}
			return (total + part) * 1000, end
		case n >= 1000:
			if part == 0 || total > mostMilli/1000/1000 || part > mostMilli/1000/n {
				return 0, 0
			}
			total += part * n
			part = 0
		case n == 100:
			if part == 0 || part > 99 {
				return 0, 0
			}
			part *= 100
		default:
			if part%100 != 0 && !(part%100 >= 20 && part%10 == 0 && n < 10) {
				return (total + part) * 1000, end
			}
			part += n
		}
		first = false
		end = j + len(w)
		if end < len(s.text) && s.text[end] == '-' && numerals[fold(s.wordAt(end+1))] > 0 && numerals[fold(s.wordAt(end+1))] < 10 {
			j = end + 1
			continue
		}
		if j = s.blank(end); j == end || j >= len(s.text) {
			return (total + part) * 1000, end
		}
	}
}

func (s *scanner) unitAt(i int) bool {
	_, end := s.unit(i, false)
	return end > 0
}

// unit reads a unit behind a quantity.
func (s *scanner) unit(i int, words bool) (unit, int) {
	if i < len(s.text) && s.text[i] == '%' && !words {
		return unit{Unit: "percent"}, i + 1
	}
	k := s.blank(i)
	if k == i && i < len(s.text) && s.text[i] == '-' {
		// a two-kilometer zone
		w := fold(s.wordAt(i + 1))
		if u, ok := unitOf()[w]; ok && !u.Bare && (u.Unit == "km" || u.Unit == "m" || u.Unit == "t") && !strings.HasSuffix(w, "s") {
			return u, i + 1 + len(w)
		}
		return unit{}, 0
	}
	if k >= len(s.text) || k == i && words {
		return unit{}, 0
	}
	w := s.wordAt(k)
	if strings.HasPrefix(s.text[k+len(w):], "-hour") {
		w = s.text[k : k+len(w)+5]
	}
	end := k + len(w)
	f := fold(w)
	if n := s.blank(end); n > end && n < len(s.text) {
		two := f + " " + fold(s.wordAt(n))
		if u, ok := unitOf()[two]; ok {
			return u, n + len(s.wordAt(n))
		}
	}
	u, ok := unitOf()[f]
	if !ok || u.Bare && words || k == i && len(f) > 2 {
		return unit{}, 0
	}
	if end < len(s.text) && (s.text[end] == '-' && end+1 < len(s.text) && isLetter(s.text[end+1]) || isDigit(s.text[end]) || s.text[end] >= utf8.RuneSelf && letterAt(s.text, end)) {
		return unit{}, 0
	}
	return u, end
}
