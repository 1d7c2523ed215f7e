package dates

import (
	"unicode"
	"unicode/utf8"

	"sigla/tei"
)

type kind uint8

const (
	number kind = iota + 1
	letters
	punct
)

// gap is the white space before a token.
type gap uint8

const (
	glued gap = iota
	spaced
	newLine
	apart // columns, or an empty line: nothing reaches across
)

// Dashes and other marks outside ASCII, as the grammar sees them.
const (
	enDash  = 'n'
	emDash  = 'm'
	sign    = '#' // № and its kin
	ringed  = 'o' // ° and º: N° is a sign, 5° is none
	other   = 0
	maxWord = 16
)

type token struct {
	start, end int
	value      int32 // of a number; of a roman numeral
	word       word
	kind       kind
	gap        gap
	mark       byte  // of a punct
	digits     uint8 // of a number
	capital    bool
	capitals   bool
	split      bool // a number with brackets inside: 19[51]
}

// lex divides a span into tokens. A number has digits alone, a word letters
// alone, so that a date run together (12June1951) still comes apart.
func lex(text string, span tei.Span, buf []token) []token {
	s := text[:span.End]
	g := newLine
	for i := span.Start; i < len(s); {
		c := s[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			run, lines, wide := 0, 0, 0
			for ; i < len(s); i++ {
				if s[i] == '\n' {
					lines++
					run = 0
				} else if s[i] == ' ' || s[i] == '\r' {
					run++
				} else if s[i] == '\t' {
					run += 4
				} else if s[i] == 0xc2 && i+1 < len(s) && s[i+1] == 0xa0 {
					run++
					i++
				} else {
					break
				}
				if lines == 0 {
					wide = run
				}
			}
			switch {
			case lines > 1 || lines == 0 && wide > 3:
				g = apart
			case lines == 1:
				g = max(g, newLine)
			default:
				g = max(g, spaced)
			}
		case '0' <= c && c <= '9':
			t, n := lexNumber(s, i)
			t.gap = g
			g = glued
			buf = append(buf, t)
			i = n
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			t := lexWord(s, i)
			t.gap = g
			g = glued
			buf = append(buf, t)
			i = t.end
		case c < utf8.RuneSelf:
			if c == '[' && i+5 < len(s) && isDigit(s[i+1]) && (i == 0 || !letterByte(s[i-1]) && s[i-1] != '[') {
				if t, n := lexNumber(s, i); t.split {
					t.gap = g
					g = glued
					buf = append(buf, t)
					i = n
					continue
				}
			}
			buf = append(buf, token{start: i, end: i + 1, kind: punct, gap: g, mark: c})
			g = glued
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
				g = max(g, spaced)
				i += n
				continue
			}
			if r != 'º' && r != 'ª' && unicode.IsLetter(r) {
				t := lexWord(s, i)
				t.gap = g
				g = glued
				buf = append(buf, t)
				i = t.end
				continue
			}
			t := token{start: i, end: i + n, kind: punct, gap: g, mark: other}
			switch r {
			case '‐', '‑', '−':
				t.mark = '-'
			case '–', '‒':
				t.mark = enDash
			case '—', '―':
				t.mark = emDash
			case '‘', '’', 'ʼ', '`':
				t.mark = '\''
			case '“', '”', '„', '«', '»':
				t.mark = '"'
			case '№', '§':
				t.mark = sign
			case '°', 'º':
				t.mark = ringed
			}
			g = glued
			buf = append(buf, t)
			i += n
		}
	}
	return buf
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lexNumber reads digits. Four of them may have brackets round some, as a year
// completed by the editor has: 19[51], [19]51.
func lexNumber(s string, i int) (token, int) {
	t := token{start: i, kind: number}
	j := i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	if j-i < 4 && j < len(s) && s[j] == '[' && (i == 0 || !letterByte(s[i-1])) {
		if n := splitYear(s[i:]); n > 0 {
			t.split = true
			j = i + n
		}
	}
	t.end = j
	for _, c := range []byte(s[i:j]) {
		if isDigit(c) {
			if t.digits < 9 {
				t.value = t.value*10 + int32(c-'0')
			}
			t.digits = min(t.digits+1, 99)
		}
	}
	return t, j
}

// splitYear is the length of four digits, one run of them in brackets, that s
// begins with.
func splitYear(s string) int {
	digits, outside := 0, 0
	open, closed := false, false
	i := 0
	for ; i < len(s) && i < 7; i++ {
		switch c := s[i]; {
		case isDigit(c):
			digits++
			if open == closed {
				outside++
			}
			continue
		case c == '[' && !open:
			open = true
			continue
		case c == ']' && open && !closed && isDigit(s[i-1]):
			closed = true
			continue
		}
		break
	}
	if digits == 4 && closed && outside > 0 && (i == len(s) || !isDigit(s[i]) && !letterByte(s[i])) {
		return 6
	}
	return 0
}

func letterByte(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// lexWord reads letters and looks the word up.
func lexWord(s string, i int) token {
	t := token{start: i, kind: letters}
	var fold [maxWord + utf8.UTFMax]byte
	n, lower := 0, false
	j := i
scan:
	for j < len(s) {
		c := s[j]
		switch {
		case 'a' <= c && c <= 'z':
			lower = true
		case 'A' <= c && c <= 'Z':
			t.capital = t.capital || j == i
			c += 'a' - 'A'
		case c < utf8.RuneSelf:
			break scan
		default:
			r, w := utf8.DecodeRuneInString(s[j:])
			if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) || r == 'º' || r == 'ª' {
				break scan
			}
			if unicode.IsUpper(r) {
				t.capital = t.capital || j == i
				r = unicode.ToLower(r)
			} else {
				lower = true
			}
			if n < maxWord {
				n += utf8.EncodeRune(fold[n:], r)
			} else {
				n = len(fold)
			}
			j += w
			continue
		}
		if n < maxWord {
			fold[n] = c
			n++
		} else {
			n = len(fold)
		}
		j++
	}
	t.end = j
	t.capitals = t.capital && !lower
	if n < len(fold) {
		t.word = words().find(fold[:n])
		if t.capitals && n <= 4 {
			t.value = romanMonth(s[i:j])
		}
	}
	return t
}

// romanMonth is the month that a roman numeral stands for, 0 for none.
func romanMonth(s string) int32 {
	switch s {
	case "I":
		return 1
	case "II":
		return 2
	case "III":
		return 3
	case "IV", "IIII":
		return 4
	case "V":
		return 5
	case "VI":
		return 6
	case "VII":
		return 7
	case "VIII":
		return 8
	case "IX":
		return 9
	case "X":
		return 10
	case "XI":
		return 11
	case "XII":
		return 12
	}
	return 0
}
