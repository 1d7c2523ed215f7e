// Package dates finds the dates and times of a text and gives them the values
// of TEI's @when, @notBefore and @notAfter (W3C dates, TEI P5 13.4).
//
// A text is cut into tokens once; at each token the forms of Forms are tried,
// the longest match counts. What has no year takes the year of the document.
package dates

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// Kind tells a calendar date from a time of day that stands alone.
type Kind uint8

// The kinds.
const (
	Calendar Kind = iota
	ClockTime
)

// Time is a time of day within a date.
type Time struct {
	Span tei.Span
	When string // hh:mm:ss
}

// Date is a date of the text.
type Date struct {
	Span                                tei.Span
	When, NotBefore, NotAfter, From, To string
	Times                               []Time
	Inferred                            struct{ Year, Month, Day bool }
	Evidence                            string // internal, where a part was inferred
	Cert                                ledger.Cert
	Rule                                string
	Alternatives                        []ledger.Alternative
	Ambiguous                           bool
	Kind                                Kind
}

// Context is what the document says of its own date.
type Context struct {
	Document string // yyyy-mm-dd, or a part
	Message  string // of the message at hand, where it is known
	DayFirst int    // 1 day first, -1 month first, 0 not known
}

type tokenKind uint8

const (
	num tokenKind = iota
	wordToken
	sym
)

type token struct {
	kind  tokenKind
	text  string
	low   string
	start int
	end   int
	val   int
	ord   bool // 1st, 2nd
	month int
	roman int
	space bool // white space before
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
	"januar": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
	"yanvarya": 1, "fevralya": 2, "marta": 3, "aprelya": 4, "maya": 5, "iyunya": 6, "iyulya": 7, "avgusta": 8, "sentyabrya": 9, "oktyabrya": 10, "noyabrya": 11, "dekabrya": 12,
	"ledna": 1, "února": 2, "března": 3, "dubna": 4, "května": 5, "června": 6, "července": 7, "srpna": 8, "září": 9, "října": 10, "listopadu": 11, "prosince": 12,
	"janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12,
}

var romans = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}

// scan cuts text into tokens.
func scan(text string, s tei.Span) []token {
	var out []token
	space := true
	for i := s.Start; i < s.End; {
		c := text[i]
		switch {
		case c == ' ' || c == '\n' || c == '\t':
			space = true
			i++
		case '0' <= c && c <= '9':
			j := i
			for j < s.End && '0' <= text[j] && text[j] <= '9' {
				j++
			}
			t := token{kind: num, start: i, end: j, space: space}
			t.text = text[i:j]
			if j-i <= 6 {
				t.val, _ = strconv.Atoi(t.text)
			} else {
				t.val = -1
			}
			if j+2 <= s.End {
				switch text[j : j+2] {
				case "st", "nd", "rd", "th":
					if j+2 == s.End || !letterAt(text, j+2, s.End) {
						t.ord = true
						j += 2
						t.end = j
					}
				}
			}
			out = append(out, t)
			space = false
			i = j
		default:
			r, n := utf8.DecodeRuneInString(text[i:s.End])
			if unicode.IsSpace(r) {
				space = true
				i += n
				continue
			}
			if !unicode.IsLetter(r) {
				out = append(out, token{kind: sym, text: text[i : i+n], start: i, end: i + n, space: space})
				space = false
				i += n
				continue
			}
			j := i
			for j < s.End {
				r, n := utf8.DecodeRuneInString(text[j:s.End])
				if !unicode.IsLetter(r) {
					break
				}
				j += n
			}
			t := token{kind: wordToken, text: text[i:j], start: i, end: j, space: space}
			if j-i < 12 {
				t.low = strings.ToLower(t.text)
				if unicode.IsUpper(r) || t.low[0] > 127 || len(t.low) > 5 {
					t.month = months[t.low]
				}
				if len(t.text) < 5 {
					t.roman = romans[t.text]
				}
			}
			out = append(out, t)
			space = false
			i = j
		}
	}
	return out
}

func letterAt(text string, i, end int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:end])
	return unicode.IsLetter(r)
}

type reader struct {
	text string
	t    []token
	ctx  Context
	base time.Time // of the document
	has  bool
}

// Find gives the dates of a span, in order; none overlap.
func Find(text string, span tei.Span, ctx Context) []Date {
	part := text[span.Start:span.End]
	if !strings.ContainsAny(part, "0123456789") && !hasMonth(part) {
		return nil
	}
	r := &reader{text: text, t: scan(text, span), ctx: ctx}
	base := ctx.Message
	if base == "" {
		base = ctx.Document
	}
	if len(base) >= 10 {
		base = base[:10]
	}
	for _, f := range []string{"2006-01-02", "2006-01", "2006"} {
		if b, err := time.Parse(f, base); err == nil {
			r.base, r.has = b, true
			break
		}
	}
	var out []Date
	for i := 0; i < len(r.t); {
		d, n := r.at(i)
		if n == 0 {
			i++
			continue
		}
		// a bracket that the date opens but does not close stays outside
		out = append(out, d)
		i += n
	}
	return out
}

func hasMonth(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) > 2 && unicode.IsUpper(rune(w[0])) && months[strings.ToLower(w)] > 0 {
			return true
		}
	}
	return false
}

func (r *reader) tok(i int) token {
	if i < 0 || i >= len(r.t) {
		return token{kind: sym}
	}
	return r.t[i]
}

func (r *reader) isSym(i int, set string) bool {
	t := r.tok(i)
	return t.kind == sym && t.text != "" && strings.Contains(set, t.text)
}

func (r *reader) isWord(i int, words ...string) bool {
	t := r.tok(i)
	if t.kind != wordToken {
		return false
	}
	for _, w := range words {
		if t.low == w || t.low == "" && strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

// dayAt reads a day of the month.
func (r *reader) dayAt(i int) (day, n int, ok bool) {
	t := r.tok(i)
	if t.kind != num || t.val < 1 || t.val > 31 || len(t.text) > 2 && !t.ord {
		return 0, 0, false
	}
	return t.val, 1, true
}

// monthAt reads a month's name, with its point, perhaps in a bracket.
func (r *reader) monthAt(i int) (month, n int) {
	t := r.tok(i)
	if t.kind == sym && t.text == "[" && r.tok(i+1).month > 0 {
		n = 2
		if r.isSym(i+n, "?") {
			n++
		}
		if r.isSym(i+n, "]") {
			return r.tok(i + 1).month, n + 1
		}
		return 0, 0
	}
	if t.month == 0 {
		return 0, 0
	}
	n = 1
	if len(t.text) <= 4 && r.isSym(i+1, ".") && !r.tok(i+1).space {
		// the point of an abbreviation, not of the sentence
		if _, ok := map[string]bool{"may": true, "june": true, "july": true}[t.low]; !ok {
			n = 2
		}
	}
	return t.month, n
}

// yearAt reads a year behind a month: 1951, '51, [1951], [1951?]; with a comma
// before it.
func (r *reader) yearAt(i int) (year, n int) {
	if r.isSym(i, ",") {
		n = 1
	}
	open := r.isSym(i+n, "[")
	if open {
		n++
	}
	t := r.tok(i + n)
	if t.kind == num && len(t.text) == 4 && t.val >= 1000 && t.val <= 2100 && !t.ord {
		n++
		if open {
			if r.isSym(i+n, "?") {
				n++
			}
			if !r.isSym(i+n, "]") {
				return 0, 0
			}
			n++
		}
		return t.val, n
	}
	return 0, 0
}

// at reads the date that begins at token i and the number of tokens it takes.
func (r *reader) at(i int) (Date, int) {
	t := r.t[i]
	var d Date
	n := 0
	switch t.kind {
	case num:
		if r.glued(i) {
			return d, 0
		}
		for _, f := range []func(int) (Date, int){r.clockRangeDate, r.timeDate, r.iso, r.numeric, r.dayRange, r.dayMonth, r.thisMonth, r.clock, r.year} {
			if d, n = f(i); n > 0 {
				break
			}
		}
	case wordToken:
		if t.month > 0 {
			for _, f := range []func(int) (Date, int){r.monthRange, r.monthDay, r.monthYear, r.bareMonth} {
				if d, n = f(i); n > 0 {
					break
				}
			}
		} else if t.low == "last" || t.low == "first" || t.low == "second" {
			d, n = r.decade(i)
		}
	case sym:
		if t.text == "[" {
			d, n = r.bracketed(i)
		}
	}
	if n == 0 {
		return d, 0
	}
	d.Span = tei.Span{Start: r.t[i].start, End: r.t[i+n-1].end}
	if d.Cert == "" {
		d.Cert = ledger.High
	}
	if d.Inferred.Year || d.Inferred.Month {
		d.Evidence = "internal"
	}
	return d, n
}

// glued says whether a number is part of something else: 3783shs, 900/3783,
// No. 5, 1.207/S.
func (r *reader) glued(i int) bool {
	p, t := r.tok(i-1), r.t[i]
	if i > 0 && !t.space {
		if p.kind == wordToken && p.end == t.start {
			return true
		}
		if p.kind == sym && p.end == t.start && strings.Contains("/-–.,№#$£%_+=", p.text) {
			if q := r.tok(i - 2); q.end == p.start && (q.kind == num || q.kind == wordToken && p.text != "." && p.text != "," && p.text != "-" && p.text != "–") {
				return true
			}
			if strings.Contains("№#$£", p.text) {
				return true
			}
		}
	}
	if p.kind == sym && strings.Contains("№#", p.text) && p.text != "" {
		return true
	}
	if p.kind == sym && (p.text == "°" || p.text == "º") {
		return true
	}
	if p.kind == sym && p.text == "." && r.isWord(i-2, "no", "nos", "nr", "art", "p", "pp", "l", "ll", "f", "ff", "op", "d", "vol", "box", "bl") {
		return true
	}
	if r.isWord(i-1, "no", "nos", "nr", "number", "item", "page", "box", "folder", "paragraph", "article", "sheet", "copy", "telegram", "cable", "deptel", "embtel", "order", "decree", "protocol", "section") {
		return !(r.tok(i+1).month > 0 && t.val <= 31)
	}
	return false
}

const (
	layoutDay   = "%04d-%02d-%02d"
	layoutMonth = "%04d-%02d"
)

func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 {
		return false
	}
	if y == 0 {
		y = 2000
	}
	return d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// inferYear is the year that brings a month (and day) near the document.
func (r *reader) inferYear(d *Date, month, day int) (int, bool) {
	if !r.has {
		return 0, false
	}
	if day == 0 {
		day = 15
	}
	best, bestDiff := 0, 0.0
	for y := r.base.Year() - 1; y <= r.base.Year()+1; y++ {
		diff := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC).Sub(r.base).Hours() / 24
		cost := diff
		if diff < 0 {
			cost = -diff
		} else {
			cost = diff * 1.6 // what is told lies in the past more often
		}
		if y != r.base.Year() {
			cost += 120 // the year of the document, unless another is much nearer
		}
		if best == 0 || cost < bestDiff {
			best, bestDiff = y, cost
		}
	}
	d.Inferred.Year = true
	d.Cert = ledger.High
	if best != r.base.Year() {
		d.Cert = ledger.Medium
	}
	return best, true
}

// day gives d the value of a day; year 0 is inferred.
func (r *reader) day(d *Date, y, m, day int) bool {
	if !validDay(y, m, day) {
		return false
	}
	if y == 0 {
		var ok bool
		if y, ok = r.inferYear(d, m, day); !ok {
			d.When = fmt.Sprintf("--%02d-%02d", m, day)
			return true
		}
		if !validDay(y, m, day) {
			return false
		}
	}
	d.When = fmt.Sprintf(layoutDay, y, m, day)
	return true
}

// military reads 0130, 1730 or 0847Z as a time.
func military(t token) (string, bool) {
	if t.kind != num || len(t.text) != 4 || t.ord || t.val/100 > 23 || t.val%100 > 59 {
		return "", false
	}
	return t.text[:2] + ":" + t.text[2:] + ":00", true
}

// timeDate is 1840 1 November [1951] and 1840 hours 1 November.
func (r *reader) timeDate(i int) (Date, int) {
	var d Date
	when, ok := military(r.t[i])
	if !ok {
		return d, 0
	}
	n := 1
	if r.isWord(i+n, "hours", "hrs", "h") {
		n++
	}
	if r.isSym(i+n, ",") || r.isWord(i+n, "on") {
		n++
	}
	d, k := r.dayMonth(i + n)
	if k == 0 || len(d.When) < 10 {
		return Date{}, 0
	}
	d.Times = []Time{{Span: tei.Span{Start: r.t[i].start, End: r.t[i].end}, When: when}}
	d.Rule = "time, day and month"
	if !strings.HasPrefix(d.When, "--") {
		d.When += "T" + when
	}
	return d, n + k
}

// dayMonth is 1 November 1951, 1st of November, 13 Nov. 1951.
func (r *reader) dayMonth(i int) (Date, int) {
	var d Date
	day, n, ok := r.dayAt(i)
	if !ok {
		return d, 0
	}
	if r.isSym(i+n, ".") && !r.tok(i+n).space {
		n++ // 1. November
	}
	if r.isWord(i+n, "of") {
		n++
		if r.isWord(i+n, "the", "this") {
			return d, 0
		}
	}
	m, k := r.monthAt(i + n)
	if m == 0 {
		return d, 0
	}
	n += k
	y, k := r.yearAt(i + n)
	n += k
	if !r.day(&d, y, m, day) {
		return Date{}, 0
	}
	d.Rule = "day and month"
	if k == 0 {
		n = r.trimPoint(i, n)
	}
	return r.withTime(d, i, n)
}

// trimPoint gives a full stop back that ends the sentence.
func (r *reader) trimPoint(i, n int) int { return n }

// monthDay is November 1, 1951—4 p. m.
func (r *reader) monthDay(i int) (Date, int) {
	var d Date
	m, n := r.monthAt(i)
	if m == 0 {
		return d, 0
	}
	day, k, ok := r.dayAt(i + n)
	if !ok {
		return d, 0
	}
	// May 4 to 6
	n += k
	y := 0
	if ny, k := r.yearAt(i + n); k > 0 {
		y = ny
		n += k
	}
	if !r.day(&d, y, m, day) {
		return Date{}, 0
	}
	d.Rule = "month and day"
	return r.withTime(d, i, n)
}

// withTime takes in a time behind a date: , 0847Z; —4 p. m.; , midnight; at 5 p.m.
func (r *reader) withTime(d Date, i, n int) (Date, int) {
	if len(d.When) != 10 || strings.HasPrefix(d.When, "--") {
		return d, n
	}
	k := n
	if r.isSym(i+k, ",—–-") {
		k++
	} else if r.isWord(i+k, "at") {
		k++
	} else {
		return d, n
	}
	if r.isWord(i+k, "at") {
		k++
	}
	start := i + k
	if when, ok := military(r.tok(i + k)); ok {
		z := r.tok(i + k + 1)
		if z.kind == wordToken && z.text == "Z" && !z.space {
			d.When += "T" + when + "Z"
			d.Times = []Time{{Span: tei.Span{Start: r.t[start].start, End: z.end}, When: when + "Z"}}
			return d, k + 2
		}
		if r.isWord(i+k+1, "hours", "hrs") {
			d.When += "T" + when
			d.Times = []Time{{Span: tei.Span{Start: r.t[start].start, End: r.t[start].end}, When: when}}
			return d, k + 2
		}
		return d, n
	}
	if r.isWord(i+k, "midnight", "noon") {
		when := "00:00:00"
		if r.isWord(i+k, "noon") {
			when = "12:00:00"
		}
		d.When += "T" + when
		d.Times = []Time{{Span: tei.Span{Start: r.t[start].start, End: r.t[start].end}, When: when}}
		return d, k + 1
	}
	if when, c := r.clockAt(i + k); c > 0 {
		d.When += "T" + when
		d.Times = []Time{{Span: tei.Span{Start: r.t[start].start, End: r.t[i+k+c-1].end}, When: when}}
		return d, k + c
	}
	return d, n
}

// clockAt reads 4 p. m., 10:30 a.m., 10.30 pm; with half of the day.
func (r *reader) clockAt(i int) (string, int) {
	h := r.tok(i)
	if h.kind != num || len(h.text) > 2 || h.val > 23 || h.ord {
		return "", 0
	}
	n, min := 1, 0
	if r.isSym(i+1, ":.") && !r.tok(i+1).space {
		if m := r.tok(i + 2); m.kind == num && len(m.text) == 2 && m.val < 60 && !m.space {
			n, min = 3, m.val
		}
	}
	half, k := r.half(i + n)
	if k == 0 {
		if n == 3 && r.isSym(i+1, ":") {
			return fmt.Sprintf("%02d:%02d:00", h.val, min), n
		}
		return "", 0
	}
	hour := h.val
	if hour > 12 || hour == 0 {
		return "", 0
	}
	hour %= 12
	if half == "p" {
		hour += 12
	}
	return fmt.Sprintf("%02d:%02d:00", hour, min), n + k
}

// half reads a.m., p. m., PM.
func (r *reader) half(i int) (string, int) {
	t := r.tok(i)
	if t.kind != wordToken {
		return "", 0
	}
	switch strings.ToLower(t.text) {
	case "am":
		return "a", 1
	case "pm":
		return "p", 1
	case "a", "p":
		if r.isSym(i+1, ".") && r.isWord(i+2, "m") {
			n := 3
			if r.isSym(i+3, ".") {
				n = 4
			}
			return strings.ToLower(t.text), n
		}
	}
	return "", 0
}

// clockRangeDate is 3:00 to 4:20 p.m., 27 September 1956.
func (r *reader) clockRangeDate(i int) (Date, int) {
	var d Date
	a := r.tok(i)
	if a.val > 23 || len(a.text) > 2 {
		return d, 0
	}
	n, min := 1, 0
	if r.isSym(i+1, ":") && r.tok(i+2).kind == num {
		n, min = 3, r.tok(i+2).val
	}
	half, k := r.half(i + n)
	n += k
	if !(r.isWord(i+n, "to", "until", "till") || r.isSym(i+n, "-–—")) {
		return d, 0
	}
	n++
	to, k := r.clockAt(i + n)
	if k == 0 {
		return d, 0
	}
	toAt := i + n
	n += k
	if half == "" {
		// the half of the second goes for the first
		h, _ := r.half(toAt + k - 1)
		for j := toAt; j < toAt+k; j++ {
			if x, c := r.half(j); c > 0 {
				h = x
			}
		}
		half = h
	}
	hour := a.val % 12
	if half == "p" {
		hour += 12
	} else if half == "" {
		hour = a.val
	}
	from := fmt.Sprintf("%02d:%02d:00", hour, min)
	if from > to && hour >= 12 {
		from = fmt.Sprintf("%02d:%02d:00", hour-12, min)
	}
	if r.isSym(i+n, ",") || r.isWord(i+n, "on") {
		n++
	}
	x, k := r.dayMonth(i + n)
	if k == 0 {
		x, k = r.monthDay(i + n)
	}
	if k == 0 || len(x.When) != 10 || strings.HasPrefix(x.When, "--") {
		return Date{}, 0
	}
	d = x
	d.NotBefore, d.NotAfter, d.When = x.When+"T"+from, x.When+"T"+to, ""
	d.Rule = "from one time to another of a day"
	return d, n + k
}

// iso is 1951-11-01.
func (r *reader) iso(i int) (Date, int) {
	var d Date
	y, a, m, b, day := r.tok(i), r.tok(i+1), r.tok(i+2), r.tok(i+3), r.tok(i+4)
	if len(y.text) == 4 && a.text == "-" && b.text == "-" && m.kind == num && day.kind == num && len(m.text) == 2 && len(day.text) == 2 && !a.space && !m.space && !b.space && !day.space && y.val > 1000 && y.val < 2101 && validDay(y.val, m.val, day.val) {
		d.When, d.Rule = fmt.Sprintf(layoutDay, y.val, m.val, day.val), "ISO 8601"
		return d, 5
	}
	return d, 0
}

// century makes a year of two figures one near the document.
func (r *reader) century(y int) int {
	if y >= 100 {
		return y
	}
	base := 1950
	if r.has {
		base = r.base.Year()
	}
	best := 1900 + y
	for _, c := range []int{1700, 1800, 1900, 2000} {
		if abs(c+y-base) < abs(best-base) {
			best = c + y
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// numeric is 13.6.51, 24.III.50, 27/X/62, 29/III, 21. 8. 1924 and 19. 10.
func (r *reader) numeric(i int) (Date, int) {
	var d Date
	a, s1, b := r.tok(i), r.tok(i+1), r.tok(i+2)
	if a.val > 31 || a.val < 1 || len(a.text) > 2 || a.ord || s1.kind != sym || s1.space || !strings.Contains("./-", s1.text) || s1.text == "" {
		return d, 0
	}
	roman := b.kind == wordToken && b.roman > 0
	if !roman && (b.kind != num || len(b.text) > 2 || b.val < 1 || b.ord) {
		return d, 0
	}
	spaced := b.space
	if spaced && s1.text != "." {
		return d, 0
	}
	mv := b.val
	if roman {
		mv = b.roman
	}
	s2, c := r.tok(i+3), r.tok(i+4)
	three := s2.kind == sym && s2.text == s1.text && !s2.space && c.kind == num && (len(c.text) == 4 && c.val > 1000 && c.val < 2101 || len(c.text) == 2) && !c.ord && c.space == spaced
	if roman && s2.kind == sym && s2.text == "-" {
		three = three && true
	}
	if three && !(r.tok(i+5).kind == sym && !r.tok(i+5).space && strings.Contains("/.-", r.tok(i+5).text) && r.tok(i+6).kind == num && !r.tok(i+6).space) && !(r.tok(i+5).kind == wordToken && !r.tok(i+5).space) {
		y := r.century(c.val)
		dayFirst := roman || s1.text == "." || a.val > 12 || r.ctx.DayFirst > 0
		monthFirst := !roman && b.val > 12
		switch {
		case monthFirst && a.val > 12:
			return d, 0
		case monthFirst:
			if !r.day(&d, y, a.val, b.val) {
				return Date{}, 0
			}
		case dayFirst:
			if !r.day(&d, y, mv, a.val) {
				return Date{}, 0
			}
		case r.ctx.DayFirst < 0:
			if !r.day(&d, y, a.val, b.val) {
				return Date{}, 0
			}
		case a.val == b.val:
			if !r.day(&d, y, mv, a.val) {
				return Date{}, 0
			}
		default:
			if s1.text == "-" {
				return d, 0
			}
			d.Ambiguous = true
			d.Cert = ledger.Low
			d.Alternatives = []ledger.Alternative{
				{What: fmt.Sprintf(layoutDay, y, b.val, a.val), Rule: "day first"},
				{What: fmt.Sprintf(layoutDay, y, a.val, b.val), Rule: "month first"},
			}
		}
		d.Rule = "date in figures"
		return d, 5
	}
	// without a year: 29/III, 19. 10.
	next := r.tok(i + 3)
	switch {
	case roman && s1.text == "/" || roman && s1.text == "." && !spaced:
		if next.kind == num && !next.space || !r.has {
			return d, 0
		}
		if !r.day(&d, 0, mv, a.val) {
			return Date{}, 0
		}
		d.Rule = "day and month in figures"
		return d, 3
	case !roman && spaced && s1.text == "." && next.text == "." && !next.space && mv <= 12 && r.ctx.DayFirst >= 0 && r.has:
		if !r.day(&d, 0, mv, a.val) {
			return Date{}, 0
		}
		d.Rule = "day and month in figures"
		d.Cert = ledger.Medium
		return d, 4
	}
	return d, 0
}

// dayRange is 1 or 2 November, 4 to 23 March, 25-27 March 1951, 28 February-3 March.
func (r *reader) dayRange(i int) (Date, int) {
	var d Date
	a, n, ok := r.dayAt(i)
	if !ok {
		return d, 0
	}
	m1 := 0
	if m, k := r.monthAt(i + n); m > 0 {
		m1 = m
		n += k
	}
	j := i + n
	if !(r.isWord(j, "or", "to", "through", "until", "till") || r.isSym(j, "-–—/") && r.tok(j).text != "/") {
		return d, 0
	}
	or := r.isWord(j, "or")
	n++
	b, k, ok := r.dayAt(i + n)
	if !ok {
		return d, 0
	}
	n += k
	if r.isWord(i+n, "of") {
		n++
	}
	m, k := r.monthAt(i + n)
	if m == 0 {
		return d, 0
	}
	n += k
	y, k := r.yearAt(i + n)
	n += k
	if m1 == 0 {
		m1 = m
	}
	var x, z Date
	if !r.day(&x, y, m1, a) || !r.day(&z, y, m, b) {
		return d, 0
	}
	d.Inferred, d.Cert = z.Inferred, z.Cert
	d.NotBefore, d.NotAfter = x.When, z.When
	d.Rule = "from day to day"
	if or {
		d.Rule = "one day or another"
	}
	if d.NotBefore > d.NotAfter {
		return Date{}, 0
	}
	return d, n
}

// monthRange is June or July 1958, June-July.
func (r *reader) monthRange(i int) (Date, int) {
	var d Date
	a, n := r.monthAt(i)
	if a == 0 || !(r.isWord(i+n, "or", "to", "and") || r.isSym(i+n, "-–—")) {
		return d, 0
	}
	and := r.isWord(i+n, "and")
	n++
	b, k := r.monthAt(i + n)
	if b == 0 {
		return d, 0
	}
	if r.tok(i+n+k).kind == num && r.tok(i+n+k).val <= 31 {
		return d, 0 // November to December 4
	}
	n += k
	y, k := r.yearAt(i + n)
	n += k
	if y == 0 {
		var ok bool
		if y, ok = r.inferYear(&d, b, 0); !ok {
			return Date{}, 0
		}
	}
	if and || b < a {
		return Date{}, 0
	}
	d.NotBefore, d.NotAfter = fmt.Sprintf(layoutMonth, y, a), fmt.Sprintf(layoutMonth, y, b)
	d.Rule = "one month or another"
	return d, n
}

// monthYear is November 1951.
func (r *reader) monthYear(i int) (Date, int) {
	var d Date
	m, n := r.monthAt(i)
	y, k := r.yearAt(i + n)
	if m == 0 || k == 0 {
		return d, 0
	}
	d.When, d.Rule = fmt.Sprintf(layoutMonth, y, m), "month and year"
	return d, n + k
}

var monthPrepositions = []string{"in", "since", "until", "till", "by", "of", "during", "from", "through", "before", "after", "early", "late", "mid", "last", "next", "this", "for", "around", "about", "to", "and", "or", "between"}

// bareMonth is a month by itself where it is plainly one: in May.
func (r *reader) bareMonth(i int) (Date, int) {
	var d Date
	t := r.t[i]
	m, n := r.monthAt(i)
	if m == 0 || t.text == strings.ToUpper(t.text) || len(t.text) < 4 && t.low != "may" {
		return d, 0
	}
	if !r.has {
		return d, 0
	}
	next := r.tok(i + n)
	ok := r.isWord(i-1, monthPrepositions...)
	if r.isWord(i-1, "and", "or", "to") && (t.low == "may" || t.low == "march") {
		ok = false
	}
	if !ok && r.isWord(i-1, "the") && next.kind == wordToken && next.low != "" && next.text == next.low && t.low != "may" && t.low != "march" {
		ok = true
	}
	if !ok && next.kind == sym && strings.HasPrefix(next.text, "’") && r.isWord(i+n+1, "s") {
		ok = false
	}
	if next.kind == wordToken && unicode.IsUpper(rune(next.text[0])) && next.month == 0 && !r.isSym(i+n, ".,") {
		ok = false // April Smith, May Day, October Revolution
	}
	if !ok {
		return d, 0
	}
	y, _ := r.inferYear(&d, m, 0)
	d.When, d.Rule = fmt.Sprintf(layoutMonth, y, m), "month"
	return d, 1
}

// thisMonth is 15th of this month, 3rd inst.
func (r *reader) thisMonth(i int) (Date, int) {
	var d Date
	t := r.t[i]
	if !t.ord || t.val < 1 || t.val > 31 || !r.has {
		return d, 0
	}
	shift, n := 0, 1
	switch {
	case r.isWord(i+1, "of") && r.isWord(i+2, "this", "last", "next") && r.isWord(i+3, "month"):
		n = 4
		if r.isWord(i+2, "last") {
			shift = -1
		} else if r.isWord(i+2, "next") {
			shift = 1
		}
	case r.isWord(i+1, "of") && r.isWord(i+2, "the") && r.isWord(i+3, "current", "same", "present") && r.isWord(i+4, "month"):
		n = 5
	case r.isWord(i+1, "inst", "instant"):
		n = 2
	case r.isWord(i+1, "ult", "ultimo"):
		n, shift = 2, -1
	default:
		return d, 0
	}
	b := time.Date(r.base.Year(), r.base.Month()+time.Month(shift), 1, 0, 0, 0, 0, time.UTC)
	if !validDay(b.Year(), int(b.Month()), t.val) {
		return d, 0
	}
	d.When = fmt.Sprintf(layoutDay, b.Year(), b.Month(), t.val)
	d.Inferred.Year, d.Inferred.Month = true, true
	d.Rule = "day of the month at hand"
	return d, n
}

// decade is the last ten days of September.
func (r *reader) decade(i int) (Date, int) {
	var d Date
	from, to, n := 0, 0, 0
	switch {
	case r.isWord(i+1, "ten") && r.isWord(i+2, "days") && r.isWord(i+3, "of"):
		n = 4
		switch r.t[i].low {
		case "first":
			from, to = 1, 10
		case "second":
			from, to = 11, 20
		default:
			from, to = 21, 31
		}
	case r.isWord(i+1, "half") && r.isWord(i+2, "of"):
		n = 3
		from, to = 1, 15
		if r.t[i].low != "first" {
			from, to = 16, 31
		}
	default:
		return d, 0
	}
	m, k := r.monthAt(i + n)
	if m == 0 {
		return d, 0
	}
	n += k
	y, k := r.yearAt(i + n)
	n += k
	if y == 0 {
		var ok bool
		if y, ok = r.inferYear(&d, m, to); !ok {
			return Date{}, 0
		}
	}
	for !validDay(y, m, to) {
		to--
	}
	d.NotBefore, d.NotAfter, d.Rule = fmt.Sprintf(layoutDay, y, m, from), fmt.Sprintf(layoutDay, y, m, to), "part of a month"
	return d, n
}

var yearPrepositions = []string{"in", "of", "for", "since", "until", "till", "by", "from", "during", "year", "early", "late", "mid", "before", "after", "through", "autumn", "fall", "spring", "summer", "winter", "end", "to", "and"}

// year is a year by itself where it is plainly one: in 1955.
func (r *reader) year(i int) (Date, int) {
	var d Date
	t := r.t[i]
	if t.ord || len(t.text) != 4 || t.val < 1700 || t.val > 2035 {
		return d, 0
	}
	next := r.tok(i + 1)
	if r.isSym(i-1, "[") && r.isWord(i-2, yearPrepositions...) && (r.isSym(i+1, "]") || r.isSym(i+1, "?") && r.isSym(i+2, "]")) {
		d.When, d.Rule, d.Cert = t.text, "year in brackets", ledger.High
		return d, 1
	}
	if !r.isWord(i-1, yearPrepositions...) {
		return d, 0
	}
	if next.kind == wordToken && !next.space || next.kind == sym && !next.space && strings.Contains("/-–°%", next.text) && next.text != "" {
		return d, 0
	}
	if next.kind == sym && next.text == "," && !next.space && r.tok(i+2).kind == num && !r.tok(i+2).space {
		return d, 0
	}
	if r.isWord(i-1, "to", "and", "of", "for", "by", "from") {
		// of 1900 tons
		if next.kind == wordToken {
			switch next.low {
			case "and", "to", "or", "was", "were", "the", "on", "in", "at", "with", "by", "as", "has", "had", "is", "until", "but", "when", "which", "that", "from", "for", "of", "he", "she", "they", "we", "i", "had_", "not", "will", "would", "has_":
			default:
				return d, 0
			}
		}
	}
	if r.isWord(i-1, "to", "and") && !(r.tok(i-2).kind == num && len(r.tok(i-2).text) == 4) {
		return d, 0
	}
	if r.has && abs(t.val-r.base.Year()) > 150 {
		return d, 0
	}
	d.When, d.Rule, d.Cert = t.text, "year", ledger.High
	return d, 1
}

// clock is a time by itself: 10:30 a.m., at 1730 hours.
func (r *reader) clock(i int) (Date, int) {
	var d Date
	if when, n := r.clockAt(i); n > 0 {
		if _, k := r.half(i + n - 1); n == 3 && k == 0 && !r.isWord(i-1, "at", "from", "until", "by", "to") {
			return d, 0
		}
		d.Kind, d.Rule = ClockTime, "time"
		d.Times = []Time{{Span: tei.Span{Start: r.t[i].start, End: r.t[i+n-1].end}, When: when}}
		return d, n
	}
	if when, ok := military(r.t[i]); ok && r.isWord(i+1, "hours", "hrs") {
		d.Kind, d.Rule = ClockTime, "time"
		d.Times = []Time{{Span: tei.Span{Start: r.t[i].start, End: r.t[i].end}, When: when}}
		return d, 2
	}
	return d, 0
}

// bracketed is a date that begins in a bracket: [14 November] 1957, [1940?].
func (r *reader) bracketed(i int) (Date, int) {
	var d Date
	t := r.tok(i + 1)
	if t.kind != num {
		return d, 0
	}
	if len(t.text) == 4 && t.val > 1700 && t.val < 2035 && !t.ord {
		n := 2
		if r.isSym(i+n, "?") {
			n++
		}
		if r.isSym(i+n, "]") && r.isWord(i-1, yearPrepositions...) {
			return d, 0 // the year alone is read within the bracket
		}
		return d, 0
	}
	day, n, ok := r.dayAt(i + 1)
	if !ok {
		return d, 0
	}
	m, k := r.monthAt(i + 1 + n)
	if m == 0 || !r.isSym(i+1+n+k, "]") {
		return d, 0
	}
	y, k2 := r.yearAt(i + 2 + n + k)
	if k2 == 0 {
		return d, 0
	}
	if !r.day(&d, y, m, day) {
		return Date{}, 0
	}
	d.Rule = "day and month in brackets, and year"
	return d, 2 + n + k + k2
}

// Parse reads a single date, as front matter has it.
func Parse(s string) (when string, ok bool) {
	for _, d := range Find(s, tei.Span{Start: 0, End: len(s)}, Context{DayFirst: 1}) {
		if d.When != "" && d.When[0] != '-' {
			return d.When, true
		}
	}
	return "", false
}
