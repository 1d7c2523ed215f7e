// Package measures reads numbers with a sign, which identify something (№ 5422,
// Incoming No. 311/1904/shs), and measures, which count (two kilometers, Eleven
// copies). It reads few and sure ones: a number that may be either is left.
package measures

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// Kind is what a number does.
type Kind uint8

// The kinds.
const (
	Idno    Kind = iota + 1 // identifies
	Measure                 // counts a unit
)

// Item is one number with its sign, or one measure.
type Item struct {
	Kind Kind
	Span tei.Span

	// of an Idno
	Number tei.Span // without the sign
	Type   string   // telegram, copy, copies, incoming …; empty where no word says
	Sign   bool     // false where the form alone shows that it identifies

	// of a Measure
	Quantity string // a decimal number; empty for a range
	Unit     string

	AtLeast, AtMost string // of a range: N°N° 3-11, 5 to 7 kilometers

	Cert ledger.Cert
	Rule string
}

// Find reads the numbers of a span of text, in order and without overlap.
func Find(text string, span tei.Span) []Item {
	s := scanner{text: text[:span.End], start: span.Start}
	for i := span.Start; i < span.End; {
		i = s.at(i)
	}
	return s.out
}

// Word is the number that an English word stands for, twenty-five included, or 0.
func Word(w string) int {
	w = strings.ToLower(w)
	if n := numerals[w]; n > 0 {
		return n
	}
	a, b, ok := strings.Cut(w, "-")
	if ok && numerals[a] >= 20 && numerals[a] < 100 && numerals[b] > 0 && numerals[b] < 10 {
		return numerals[a] + numerals[b]
	}
	return 0
}

type scanner struct {
	text  string
	start int
	out   []Item
}

// at reads what begins at i and returns where to go on.
func (s *scanner) at(i int) int {
	c := s.text[i]
	switch {
	case isDigit(c):
		if end := s.measure(i); end > 0 {
			return end
		}
		return s.unsigned(i)
	case isLetter(c):
		end := i + 1
		for end < len(s.text) && (isLetter(s.text[end]) || s.text[end] >= utf8.RuneSelf && letterAt(s.text, end)) {
			_, n := utf8.DecodeRuneInString(s.text[end:])
			end += n
		}
		if c == 'n' || c == 'N' {
			if n := s.signed(i); n > 0 {
				return n
			}
		}
		if known(s.text[i:end]) {
			if n := s.measure(i); n > 0 {
				return n
			}
		}
		if end < len(s.text) && (s.text[end] == '/' || s.text[end] == '-') {
			return s.unsigned(i)
		}
		return end
	case c == '#':
		if n := s.signed(i); n > 0 {
			return n
		}
		return i + 1
	case c == '$':
		if n := s.measure(i); n > 0 {
			return n
		}
		return i + 1
	case c < utf8.RuneSelf:
		return i + 1
	}
	if strings.HasPrefix(s.text[i:], "№") {
		if n := s.signed(i); n > 0 {
			return n
		}
	}
	_, n := utf8.DecodeRuneInString(s.text[i:])
	return i + n
}

// signLength is the length of one sign that t begins with: №, N°, Nº, No., Nr.,
// #; several says that it is a plural (Nos.), sure that no number need follow a
// known word.
func signLength(t string) (n int, several, sure bool) {
	switch {
	case strings.HasPrefix(t, "№"):
		return len("№"), false, true
	case t[0] == '#':
		return 1, false, true
	case t[0] != 'N' && t[0] != 'n':
		return 0, false, false
	}
	u := t[1:]
	for _, o := range [...]string{"°", "º", "˚"} {
		if strings.HasPrefix(u, o) {
			return 1 + len(o), false, true
		}
	}
	switch {
	case hasFold(u, "os."):
		return 4, true, true
	case hasFold(u, "os"):
		return 3, true, false
	case hasFold(u, "o."), hasFold(u, "r."):
		return 3, false, true
	case hasFold(u, "um."):
		return 4, false, true
	case hasFold(u, "umber"):
		return 6, false, false
	case hasFold(u, "o"), hasFold(u, "r"):
		return 2, false, false
	}
	return 0, false, false
}

func hasFold(s, p string) bool { return len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) }

// signed reads a sign with its number, or with several.
func (s *scanner) signed(i int) int {
	if i > s.start && (isLetter(s.text[i-1]) || isDigit(s.text[i-1]) || s.text[i-1] >= utf8.RuneSelf && beforeLetter(s.text, i)) {
		return 0
	}
	n, several, sure := signLength(s.text[i:])
	if n == 0 {
		return 0
	}
	j := i + n
	if j < len(s.text) { // № №, N°N°
		if m, _, again := signLength(s.text[j:]); m > 0 && again && sure {
			j += m
			several = true
		} else if k := s.blank(j); k > j && k < len(s.text) {
			if m, _, again := signLength(s.text[k:]); m > 0 && again && sure {
				j = k + m
				several = true
			}
		}
	}
	k := s.blank(j)
	if k == j && !sure {
		return 0
	}
	start, end := s.identifier(k)
	if end == 0 {
		return 0
	}
	typ := s.typeBefore(i)
	if !sure && typ == "" && !identifies(s.text[start:end]) {
		return 0 // "no 5 people" may be words
	}
	if lower := s.text[i] == 'n'; lower && !sure && typ == "" {
		return 0
	}
	it := Item{Kind: Idno, Span: tei.Span{Start: i, End: end}, Number: tei.Span{Start: start, End: end}, Type: typ, Sign: true, Cert: ledger.High, Rule: "number with a sign"}
	if start > k {
		it.Span.End = end + 1 // the bracket round the number
	}
	if typ != "" {
		it.Rule = "number with a sign behind a word"
	} else {
		it.Cert = ledger.Medium
	}
	lo, hi, last := s.rangeAt(start, end)
	if hi != "" && (several || lo != "" && len(hi) == len(lo) && typ == "copy") {
		it.AtLeast, it.AtMost = lo, hi
		it.Number.End, it.Span.End = last, last
		it.Rule = "signs with a range"
		several = several || typ == "copy"
	}
	if typ == "" {
		switch t := s.text[start:end]; {
		case len(t) <= 3 && s.lineStart(i) && s.addressed(it.Span.End):
			it.Type, it.Rule = "copy", "number with a sign before an addressee"
			s.out = append(s.out, it)
			return it.Span.End
		case t[0] == 'P' && isDigit(t[1]) && strings.Contains(t, "/"):
			it.Type, it.Rule = "protocol", "number of a protocol by its form"
		}
	}
	if several && (typ == "" || typ == "copy") && s.disposes(it.Span) {
		it.Type = "copies"
		if it.AtLeast == "" && allDigits(s.text[start:end]) {
			it.AtLeast, it.AtMost = s.text[start:end], s.text[start:end]
		}
	}
	s.out = append(s.out, it)
	if several {
		return s.list(it)
	}
	return it.Span.End
}

// addressed says whether "to" and a name stand at i, as in a list of the copies.
func (s *scanner) addressed(i int) bool {
	k := s.blank(i)
	if k == i || !hasFold(s.text[k:], "to ") {
		return false
	}
	k = s.blank(k + 2)
	return k < len(s.text) && (s.text[k] >= 'A' && s.text[k] <= 'Z' || s.text[k] >= utf8.RuneSelf || s.text[k] == '[')
}

// list reads the further numbers behind a plural sign: Nos. 14, 15 and 18.
func (s *scanner) list(first Item) int {
	end := first.Span.End
	for {
		j := end
		if j < len(s.text) && s.text[j] == ',' {
			j++
		}
		k := s.blank(j)
		if hasFold(s.text[k:], "and ") {
			k = s.blank(k + 3)
		} else if k == end || j == end {
			return end
		}
		a, b := s.identifier(k)
		if b == 0 || !isDigit(s.text[a]) || a != k {
			return end
		}
		if s.unitAt(b) || s.followedByWord(b) {
			return end
		}
		it := first
		it.Span, it.Number = tei.Span{Start: a, End: b}, tei.Span{Start: a, End: b}
		it.AtLeast, it.AtMost = "", ""
		if lo, hi, last := s.rangeAt(a, b); hi != "" {
			it.AtLeast, it.AtMost = lo, hi
			it.Span.End, it.Number.End = last, last
		} else if first.Type == "copies" && allDigits(s.text[a:b]) {
			it.AtLeast, it.AtMost = s.text[a:b], s.text[a:b]
		}
		it.Rule = "further number behind a plural sign"
		s.out = append(s.out, it)
		end = it.Span.End
	}
}

// followedByWord says whether a month or another word that takes the number at
// hand for itself stands behind it.
func (s *scanner) followedByWord(i int) bool {
	k := s.blank(i)
	if k == i || k >= len(s.text) || !isLetter(s.text[k]) || s.text[k] < 'A' || s.text[k] > 'Z' {
		return false
	}
	w := s.wordAt(k)
	return months[fold(w)]
}

var months = map[string]bool{"january": true, "february": true, "march": true, "april": true, "may": true, "june": true, "july": true, "august": true, "september": true, "october": true, "november": true, "december": true, "jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true}

// disposes says whether the line speaks of copies made and kept.
func (s *scanner) disposes(at tei.Span) bool {
	from, to := at.Start, at.End
	for from > s.start && s.text[from-1] != '\n' && at.Start-from < 120 {
		from--
	}
	for to < len(s.text) && s.text[to] != '\n' && to-at.End < 60 {
		to++
	}
	line := fold(s.text[from:to])
	for _, w := range [...]string{"filed", "printed", "copies", "copy", "destroyed", "burned", "burnt", "to file", "to the file"} {
		if strings.Contains(line, w) {
			return true
		}
	}
	return false
}

// rangeAt reads the second end of 3-11 or 3 to 11 behind figures; last is 0
// where there is none.
func (s *scanner) rangeAt(start, end int) (lo, hi string, last int) {
	t := s.text[start:end]
	if a, b, ok := strings.Cut(t, "-"); ok && ascending(a, b) {
		return a, b, end
	}
	if !allDigits(t) {
		return "", "", 0
	}
	j := end
	switch {
	case strings.HasPrefix(s.text[j:], "–"), strings.HasPrefix(s.text[j:], "—"):
		j += len("–")
	default:
		k := s.blank(j)
		switch {
		case hasFold(s.text[k:], "to ") && k > j:
			j = s.blank(k + 2)
		case k > j && k < len(s.text) && (s.text[k] == '-' || strings.HasPrefix(s.text[k:], "–")):
			_, n := utf8.DecodeRuneInString(s.text[k:])
			j = s.blank(k + n)
		default:
			return "", "", 0
		}
	}
	b := j
	for b < len(s.text) && isDigit(s.text[b]) {
		b++
	}
	if b == j || !ascending(t, s.text[j:b]) || b < len(s.text) && (isLetter(s.text[b]) || s.text[b] == '/') {
		return "", "", 0
	}
	return t, s.text[j:b], b
}

func ascending(a, b string) bool {
	if !allDigits(a) || !allDigits(b) || len(a) > 6 || len(b) > 6 {
		return false
	}
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return x < y
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// identifies says whether a number cannot be a count: it is long, or holds
// letters or strokes.
func identifies(t string) bool {
	return strings.ContainsAny(t, "/-") || len(t) > 3 && t[0] == '0' || strings.IndexFunc(t, unicode.IsLetter) >= 0
}

// identifier reads letters, figures, strokes, hyphens and inner full stops at
// k, at least one figure among them; end is 0 where there is none. A number in
// brackets is read within them, and start is then behind the bracket.
func (s *scanner) identifier(k int) (start, end int) {
	start = k
	bracket := k < len(s.text) && s.text[k] == '['
	if bracket {
		start++
	}
	digits := false
	i := start
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case isDigit(c):
			digits = true
			end = i + 1
			i++
			continue
		case isLetter(c):
			end = i + 1
			i++
			continue
		case c >= utf8.RuneSelf && letterAt(s.text, i):
			_, n := utf8.DecodeRuneInString(s.text[i:])
			i += n
			end = i
			continue
		case (c == '/' || c == '-' || c == '.' || c == '_') && i > start && i+1 < len(s.text) && (isDigit(s.text[i+1]) || c != '.' && isLetter(s.text[i+1])):
			if w := s.wordAt(i + 1); c == '-' && len(w) > 0 && !secrecy[w] && (len(w) > 4 || w[0] > 'Z') {
				break // a word behind a hyphen is no part of it: No. 5-and
			}
			i++
			continue
		}
		break
	}
	if !digits || end == 0 {
		return 0, 0
	}
	if t := s.text[start:end]; !isDigit(t[0]) && !roomy(t) {
		return 0, 0
	}
	if bracket {
		if end >= len(s.text) || s.text[end] != ']' {
			return 0, 0
		}
		return start, end
	}
	// No. 311 ss
	if j := s.blank(end); j > end && j < len(s.text) && isLetter(s.text[j]) {
		w := s.wordAt(j)
		if secrecy[w] && (j+len(w) == len(s.text) || strings.IndexByte(" \n,.;:)]\t", s.text[j+len(w)]) >= 0) && w != "op" {
			end = j + len(w)
		}
	}
	return start, end
}

// roomy says whether letters before the figures make an identifier (P171, IV/3),
// not a word that runs into a number.
func roomy(t string) bool {
	n := 0
	for n < len(t) && isLetter(t[n]) {
		n++
	}
	return n <= 4 && (t[0] >= 'A' && t[0] <= 'Z' || n <= 2)
}

// typeBefore is the type that the words before i give, the nearest of at most
// three on its line.
func (s *scanner) typeBefore(i int) string {
	j := i
	for range 3 {
		for j > s.start && strings.IndexByte(" \t[](:,", s.text[j-1]) >= 0 || j > s.start+1 && s.text[j-2:j] == "\u00a0" {
			j--
			if s.text[j] == '\xa0' {
				j--
			}
		}
		if j > s.start && s.text[j-1] == '.' && j-2 >= s.start && isLetter(s.text[j-2]) {
			// a full stop ends the sentence, unless it shortens a word
			k := j - 1
			for k > s.start && isLetter(s.text[k-1]) {
				k--
			}
			if w := fold(s.text[k : j-1]); len(w) > 4 || clueOf()[w] == "" {
				return ""
			}
			j--
		}
		end := j
		for j > s.start && isLetter(s.text[j-1]) {
			j--
		}
		if j == end {
			return ""
		}
		if t := clueOf()[fold(s.text[j:end])]; t != "" {
			return t
		}
	}
	return ""
}

// unsigned reads numbers that show by their form that they identify: figures
// with the letters of secrecy, or with strokes and leading noughts; and a line
// that is nothing but such a reference.
func (s *scanner) unsigned(i int) int {
	end := i
	for end < len(s.text) {
		c := s.text[end]
		if isDigit(c) || isLetter(c) || (c == '/' || c == '-' || c == '.' || c == ',' || c == ':') && end+1 < len(s.text) && (isDigit(s.text[end+1]) || isLetter(s.text[end+1])) {
			end++
			continue
		}
		if c >= utf8.RuneSelf && letterAt(s.text, end) {
			_, n := utf8.DecodeRuneInString(s.text[end:])
			end += n
			continue
		}
		break
	}
	t := s.text[i:end]
	if i > s.start && strings.IndexByte("/-.@_&?=", s.text[i-1]) >= 0 {
		return end
	}
	add := func(end int, typ, rule string) int {
		s.out = append(s.out, Item{Kind: Idno, Span: tei.Span{Start: i, End: end}, Number: tei.Span{Start: i, End: end}, Type: typ, Cert: ledger.Medium, Rule: rule})
		return end
	}
	typ := s.typeBefore(i)
	if typ != "incoming" && typ != "outgoing" && typ != "telegram" {
		typ = "reference"
	}
	figures := len(t) - len(strings.TrimLeft(t, "0123456789/"))
	if rest := strings.TrimPrefix(t[figures:], "-"); figures >= 3 && isDigit(t[0]) && secrecy[rest] && (rest != "s" || strings.ContainsAny(t, "/-") || t[0] == '0') && rest != "op" {
		return add(end, typ, "figures with letters of secrecy")
	}
	if figures == len(t) && strings.HasPrefix(t, "0") && strings.Contains(t, "/") && figures > 5 && !strings.Contains(t, "//") {
		return add(end, typ, "figures with strokes and noughts")
	}
	if s.lineStart(i) && strings.Contains(t, "/") {
		if stop := s.referenceLine(i); stop > 0 {
			return add(stop, "reference", "line that is a reference")
		}
	}
	return end
}

func (s *scanner) lineStart(i int) bool {
	for i > s.start && (s.text[i-1] == ' ' || s.text[i-1] == '\t') {
		i--
	}
	return i == s.start || s.text[i-1] == '\n'
}

// referenceLine is the end of the line at i if that is a reference such as
// IV/3-An/Kr. 118/63: strokes, figures, no long word, at most three parts.
func (s *scanner) referenceLine(i int) int {
	end := i
	for end < len(s.text) && s.text[end] != '\n' {
		end++
	}
	line := strings.TrimRight(s.text[i:end], " \t\r")
	parts := strings.Fields(line)
	if len(parts) > 3 || len(line) > 40 || !isDigit(line[len(line)-1]) {
		return 0
	}
	strokes, run, figures := 0, 0, 0
	for _, p := range parts {
		if !strings.Contains(p, "/") && len(parts) > 2 {
			return 0
		}
	}
	for k := 0; k < len(line); k++ {
		c := line[k]
		switch {
		case c == '/':
			strokes++
			run = 0
		case isDigit(c):
			figures++
			run = 0
		case isLetter(c):
			if run++; run > 3 {
				return 0
			}
		case c >= utf8.RuneSelf || strings.IndexByte(" .-", c) < 0:
			return 0
		default:
			run = 0
		}
	}
	if strokes < 2 || figures < 3 || dateLike(line) {
		return 0
	}
	return i + len(line)
}

// dateLike says whether a line may be a date: 17/3/50.
func dateLike(line string) bool {
	parts := strings.Split(line, "/")
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if len(p) > 4 {
			return false
		}
	}
	return len(parts[0]) <= 2
}

// blank passes over spaces of one line.
func (s *scanner) blank(i int) int {
	n := 0
	for i < len(s.text) && n < 4 {
		switch {
		case s.text[i] == ' ' || s.text[i] == '\t':
			i++
		case strings.HasPrefix(s.text[i:], "\u00a0"):
			i += 2
		case strings.HasPrefix(s.text[i:], "\u202f"):
			i += 3
		default:
			return i
		}
		n++
	}
	return i
}

func (s *scanner) wordAt(i int) string {
	j := i
	for j < len(s.text) && (isLetter(s.text[j]) || s.text[j] >= utf8.RuneSelf && letterAt(s.text, j)) {
		_, n := utf8.DecodeRuneInString(s.text[j:])
		j += n
	}
	return s.text[i:j]
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r) && r != 'º' && r != 'ª'
}

func beforeLetter(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return unicode.IsLetter(r)
}

func fold(s string) string { return strings.ToLower(s) }

// lengths are those of the words of the vocabulary, as bits, by first letter.
var lengths = sync.OnceValue(func() *[32]uint32 {
	var t [32]uint32
	for w := range vocabulary() {
		t[w[0]&0x1f] |= 1 << len(w)
	}
	return &t
})

// known says whether a word is of the vocabulary.
func known(w string) bool {
	var b [24]byte
	if len(w) > len(b) || w[0] < utf8.RuneSelf && lengths()[w[0]&0x1f]&(1<<len(w)) == 0 {
		return false // TestVocabularyIsShort
	}
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			_, ok := vocabulary()[fold(w)]
			return ok
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
	}
	_, ok := vocabulary()[string(b[:len(w)])]
	return ok
}
