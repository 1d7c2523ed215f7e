package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
)

// word is one word of the text: letters with the marks that may stand in a
// name. A bracket that completes a word (A[ndrei]) is part of it, a genitive
// ending (Stalin's) is not, the full stop of an initial is.
type word struct {
	tei.Span
	gap     string // what stands before it
	upper   bool   // begins with a capital
	caps    bool   // is all capitals, two letters or more
	initial bool   // A. or Ye.
	glued   bool   // holds a bracket
	owns    bool   // has a genitive ending behind it
	dot     bool   // a full stop follows
	start   bool   // begins a sentence, a line or a quotation
	in      int32  // innermost bracket that holds it, -1 for none

	listed, indexed bool // sets and forms are looked up
	sets            set
	forms           []form
}

// digraphs are the initials of two letters that translators from Cyrillic,
// Hungarian and Albanian leave. No. and Co. are not among them.
var digraphs = map[string]bool{"Ye": true, "Yo": true, "Yu": true, "Ya": true, "Zh": true, "Kh": true, "Ts": true, "Ch": true, "Sh": true, "Dz": true, "Dzh": true, "Gy": true, "Ny": true, "Sz": true, "Zs": true, "Cs": true, "Th": true, "Ph": true, "Xh": true, "Iu": true, "Ia": true, "Je": true, "Ju": true, "Shch": true}

func isLetter(s string, i int) (bool, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z', 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	// º and ª are letters to Unicode, and parts of number signs here
	return (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) && r != 'º' && r != 'ª', n
}

// joiner is the size of a mark at i that may stand between two letters of a
// word, 0 where there is none.
func joiner(s string, i int) int {
	switch c := s[i]; {
	case c == '\'' || c == '-':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s[i:]); r {
	case '’', '‘', 'ʼ', 'ʻ', '‑', '‐', '\u00ad':
		return n
	}
	return 0
}

// split cuts text into words.
func split(out []word, text string, s tei.Span, brackets []Bracket) []word {
	text = text[:s.End]
	at := s.Start
	nb := 0
	for i := s.Start; i < len(text); {
		if ok, n := isLetter(text, i); !ok {
			i += n
			continue
		}
		w := word{Span: tei.Span{Start: i}, gap: text[at:i], in: -1}
		letters, up := 0, 0
		j := i
		for j < len(text) {
			ok, n := isLetter(text, j)
			if ok {
				letters++
				if c := text[j]; c < utf8.RuneSelf {
					if c&0x20 == 0 {
						up++
					}
				} else if r, _ := utf8.DecodeRuneInString(text[j:]); unicode.IsUpper(r) {
					up++
				} else if unicode.Is(unicode.Mn, r) {
					letters--
				}
				if j == i {
					w.upper = up == 1
				}
				j += n
				continue
			}
			if n := joiner(text, j); n > 0 && j+n < len(text) {
				if ok, m := isLetter(text, j+n); ok {
					// Stalin's
					if c := text[j+n]; (c == 's' || c == 'S') && text[j] != '-' && !strings.HasPrefix(text[j:], "‑") && !strings.HasPrefix(text[j:], "‐") {
						end := j + n + m
						more := false
						if end < len(text) {
							more, _ = isLetter(text, end)
						}
						if !more {
							w.owns = true
							break
						}
					}
					j += n
					continue
				}
			}
			if text[j] == '[' && w.upper {
				if n := completion(text[j:], j, brackets, &nb); n > 0 {
					j += n
					w.glued = true
					continue
				}
			}
			break
		}
		w.End = j
		w.caps = letters > 1 && up == letters
		next := j
		if j < len(text) && text[j] == '.' {
			w.dot = true
			if w.upper && !w.owns && (letters == 1 || letters < 5 && up == 1 && digraphs[text[i:j]] || w.glued && text[i+1] == '[') {
				w.initial = true
				w.End++
				next++
			}
		}
		if w.owns {
			_, n := isLetter(text, j+joiner(text, j))
			next = j + joiner(text, j) + n
		}
		w.start = begins(w.gap, len(out) == 0)
		out = append(out, w)
		at, i = next, next
	}
	return out
}

// begins says whether a gap lies before the begin of a sentence.
func begins(gap string, first bool) bool {
	return first || strings.ContainsAny(gap, ".!?\n:\"“„«…")
}

// completion is the size of a bracket within a word: it completes a name, and
// holds small letters alone. Of a bracket that the caller has classed, the
// class decides.
func completion(s string, at int, brackets []Bracket, nb *int) int {
	for *nb < len(brackets) && brackets[*nb].Span.Start < at {
		*nb++
	}
	if *nb < len(brackets) && brackets[*nb].Span.Start == at && brackets[*nb].Class != "name-completion" {
		return 0
	}
	for i := 1; i < len(s) && i < 40; {
		if s[i] == ']' {
			if i < 2 {
				return 0
			}
			return i + 1
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLower(r) && r != '-' {
			return 0
		}
		i += n
	}
	return 0
}

// lower writes a word in small letters into b, with one kind of apostrophe and
// hyphen, without the full stop of an initial.
func lower(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			if c != '.' {
				b = append(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '’', '‘', 'ʼ', 'ʻ':
			b = append(b, '\'')
		case '‑', '‐':
			b = append(b, '-')
		case '\u00ad':
		default:
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
		i += n
	}
	return b
}
