// Package measures finds numbers that identify something (№ 25465, No.
// 1.207/S) and measures (two kilometers, 212,000 tugriks).
package measures

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// Kind tells an identifying number from a measure.
type Kind uint8

// The kinds.
const (
	Idno Kind = iota
	Measure
)

// Item is a number of the text.
type Item struct {
	Kind            Kind
	Span            tei.Span
	Type            string   // of an idno: telegram, copy, copies, incoming, protocol …; empty where nothing says it
	Number          tei.Span // of copies: the range without its sign
	AtLeast, AtMost string
	Quantity, Unit  string
	Rule            string
	Cert            ledger.Cert
}

// signs are the ways to write "number", those for several first.
var signs = []string{"N°N°", "NºNº", "№№", "№ №", "Nos.", "nos.", "№", "N°", "Nº", "No.", "no.", "Nr.", "nr.", "NO.", "Nos", "No"}

// types are the words before a number that say what it numbers.
var types = map[string]string{
	"telegram": "telegram", "cable": "telegram", "deptel": "telegram", "embtel": "telegram", "copy": "copy", "copies": "copies", "incoming": "incoming", "outgoing": "outgoing",
	"protocol": "protocol", "attachment": "attachment", "annex": "attachment", "enclosure": "attachment", "appendix": "attachment", "item": "item", "sheet": "sheet",
	"report": "report", "order": "order", "decree": "decree", "resolution": "resolution", "letter": "letter", "note": "note", "directive": "directive", "dispatch": "dispatch",
	"special": "telegram", "ref": "reference", "reference": "reference", "file": "file", "section": "section", "document": "document",
}

// Find gives the numbers of a span, in order; none overlap.
func Find(text string, span tei.Span) []Item {
	var out []Item
	for i := span.Start; i < span.End; {
		c := text[i]
		if c == 'N' || c == 'n' || c == 0xE2 {
			if it, ok := signed(text, i, span); ok {
				out = append(out, it)
				i = it.Span.End
				continue
			}
		}
		if digitAt(text, i) && !wordBefore(text, i, span.Start) {
			if it, ok := measure(text, i, span); ok {
				out = append(out, it)
				i = it.Span.End
				continue
			}
			for i < span.End && (digitAt(text, i) || text[i] == '.' || text[i] == ',' || text[i] == '/') {
				i++
			}
			continue
		}
		if unicode.IsLetter(rune(c)) && !wordBefore(text, i, span.Start) {
			if it, ok := measure(text, i, span); ok {
				out = append(out, it)
				i = it.Span.End
				continue
			}
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		i += n
	}
	return out
}

func digitAt(s string, i int) bool { return i < len(s) && '0' <= s[i] && s[i] <= '9' }

func wordBefore(text string, i, start int) bool {
	if i <= start {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(text[start:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// signed reads a sign and the number behind it.
func signed(text string, i int, span tei.Span) (Item, bool) {
	var it Item
	if wordBefore(text, i, span.Start) {
		return it, false
	}
	for _, s := range signs {
		if !strings.HasPrefix(text[i:span.End], s) {
			continue
		}
		at := i + len(s)
		plainNo := s == "No" || s == "Nos"
		for at < span.End && (text[at] == ' ' || strings.HasPrefix(text[at:], "\u00a0")) {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
		}
		end := at
		digits := 0
		for end < span.End {
			r, n := utf8.DecodeRuneInString(text[end:span.End])
			if unicode.IsDigit(r) {
				digits++
			} else if !unicode.IsLetter(r) && !strings.ContainsRune("/-–.[]", r) {
				break
			}
			if r == '[' || r == ']' {
				break
			}
			end += n
		}
		num := strings.TrimRight(text[at:end], ".-–/")
		end = at + len(num)
		if digits == 0 || plainNo && (at == i+len(s) || !digitAt(text, at)) {
			return it, false
		}
		it = Item{Kind: Idno, Span: tei.Span{Start: i, End: end}, Rule: "sign and number", Cert: ledger.High}
		it.Type = typeBefore(text, i, span.Start)
		several := strings.Contains("N°N°NºNº№№Nos.nos.№ №Nos", s) && len(s) > len("№")+1 || s == "№№"
		if s == "No." || s == "no." || s == "N°" || s == "Nº" || s == "Nr." || s == "№" {
			several = false
		}
		if a, b, ok := strings.Cut(strings.ReplaceAll(num, "–", "-"), "-"); ok && several {
			if x, err1 := strconv.Atoi(a); err1 == nil {
				if y, err2 := strconv.Atoi(b); err2 == nil && y >= x {
					it.Type, it.AtLeast, it.AtMost = "copies", a, b
					it.Number = tei.Span{Start: at, End: end}
				}
			}
		}
		return it, true
	}
	return it, false
}

// typeBefore is the type that the word before a sign gives.
func typeBefore(text string, i, start int) string {
	head := strings.TrimRight(text[start:i], " \n\u00a0")
	w := head[strings.LastIndexFunc(head, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	return types[strings.ToLower(w)]
}

// units are the words of measures and their units.
var units = map[string]string{
	"kilometers": "km", "kilometres": "km", "kilometer": "km", "kilometre": "km", "km": "km", "meters": "m", "metres": "m", "meter": "m", "metre": "m", "centimeters": "cm", "cm": "cm",
	"miles": "mi", "mile": "mi", "feet": "ft", "tons": "t", "tonnes": "t", "ton": "t", "tonne": "t", "kilograms": "kg", "kilogram": "kg", "kg": "kg", "grams": "g", "hectares": "ha", "hectare": "ha", "liters": "l", "litres": "l", "liter": "l",
	"rubles": "ruble", "roubles": "ruble", "dollars": "USD", "tugriks": "tugrik", "yuan": "yuan", "won": "won", "leva": "lev", "forints": "forint", "marks": "mark", "copies": "copy", "copy": "copy", "percent": "percent", "per cent": "percent",
}

// numberWords are the cardinal numbers in words.
var numberWords = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]int{"hundred": 100, "thousand": 1000, "million": 1000000}

// Word is the value of a number word in small letters, 0 where it is none.
func Word(s string) int { return numberWords[s] }

// measure reads a quantity and its unit.
func measure(text string, i int, span tei.Span) (Item, bool) {
	var it Item
	at, q := i, ""
	if digitAt(text, i) {
		for at < span.End && (digitAt(text, at) || (text[at] == ',' || text[at] == '.') && digitAt(text, at+1)) {
			at++
		}
		n := text[i:at]
		if parts := strings.Split(n, ","); len(parts) > 1 {
			for _, p := range parts[1:] {
				if len(strings.SplitN(p, ".", 2)[0]) != 3 {
					return it, false
				}
			}
			n = strings.ReplaceAll(n, ",", "")
		}
		if strings.Count(n, ".") > 1 {
			return it, false
		}
		q = n
	} else {
		total, part, any := 0, 0, false
		end := i
		for {
			w, n := wordAt(text, end, span.End)
			if w == "" {
				break
			}
			low := strings.ToLower(w)
			if a, b, ok := strings.Cut(low, "-"); ok && numberWords[a] >= 20 && numberWords[b] > 0 && numberWords[b] < 10 {
				part += numberWords[a] + numberWords[b]
			} else if v := numberWords[low]; v > 0 {
				part += v
			} else if v := scales[low]; v > 0 && any {
				if v == 100 {
					part *= 100
				} else {
					total += part * v
					part = 0
				}
			} else {
				break
			}
			any = true
			at = end + n
			end = at
			for end < span.End && text[end] == ' ' {
				end++
			}
		}
		if !any {
			return it, false
		}
		q = strconv.Itoa(total + part)
	}
	u := at
	for u < span.End && (text[u] == ' ' || strings.HasPrefix(text[u:span.End], "\u00a0")) {
		_, n := utf8.DecodeRuneInString(text[u:])
		u += n
	}
	if u == at && !(u < span.End && text[u] == '%') {
		return it, false
	}
	w, n := wordAt(text, u, span.End)
	unit := units[strings.ToLower(w)]
	if strings.HasPrefix(text[u:span.End], "per cent") {
		unit, n = "percent", len("per cent")
	}
	if u < span.End && text[u] == '%' {
		unit, n = "percent", 1
	}
	if unit == "" {
		return it, false
	}
	return Item{Kind: Measure, Span: tei.Span{Start: i, End: u + n}, Quantity: q, Unit: unit, Rule: "quantity and unit", Cert: ledger.High}, true
}

// wordAt is the word, hyphens included, that begins at i.
func wordAt(text string, i, end int) (string, int) {
	j := i
	for j < end {
		r, n := utf8.DecodeRuneInString(text[j:end])
		if !unicode.IsLetter(r) && !(r == '-' && j > i) {
			break
		}
		j += n
	}
	return text[i:j], j - i
}
