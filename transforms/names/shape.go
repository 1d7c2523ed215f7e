package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// How a name is built: what of it is the surname, and which spellings are one.

// eastern says whether words are a Chinese, Korean or Vietnamese name by their
// shape: a surname of such names first, then one or two syllables or two words.
func eastern(w []string) bool {
	if len(w) < 2 || len(w) > 4 {
		return false
	}
	if !surnames.has(w[0]) {
		return false
	}
	for _, x := range w[1:] {
		if !syllables(x) {
			return false
		}
	}
	return true
}

// syllables says whether a word is one to three syllables as Chinese and
// Korean have them: a vowel group with at most two consonants behind it, no
// other ending than a vowel, n, ng, k, l, m, p, t, r.
func syllables(s string) bool {
	groups, i := 0, 0
	isVowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 || c == 'y' && i > 0 }
	for i < len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || c < 'a' && c != '\'' && c != '-' {
			return false
		}
		if isVowel(c) {
			groups++
			for i < len(s) && isVowel(s[i]) {
				i++
			}
			continue
		}
		i++
	}
	if groups == 0 || groups > 3 || len(s) > 10 {
		return false
	}
	last := s[len(s)-1]
	switch last {
	case 'a', 'e', 'i', 'o', 'u', 'n', 'k', 'l', 'm', 'p', 't', 'r', 'h':
		return true
	case 'g':
		return strings.HasSuffix(s, "ng")
	}
	return false
}

// pinyin says whether a word is exactly two syllables of pinyin.
func pinyin(s string) bool {
	for cut := 1; cut < len(s); cut++ {
		if onePinyin(s[:cut]) && onePinyin(strings.TrimPrefix(s[cut:], "'")) {
			return true
		}
	}
	return false
}

var initials = []string{"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", ""}

var finals = words(`a ai an ang ao e ei en eng er i ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang ui un uo ue ü üe`)

func onePinyin(s string) bool {
	for _, c := range initials {
		if rest, ok := strings.CutPrefix(s, c); ok && finals.has(rest) {
			switch c {
			case "j", "q", "x":
				if rest[0] != 'i' && rest[0] != 'u' {
					return false
				}
			case "":
				if rest[0] != 'a' && rest[0] != 'e' && rest[0] != 'o' {
					return false
				}
			}
			return true
		}
	}
	return false
}

// key brings spellings together that differ only in case, hyphens, accents or
// brackets; "Brusnikin, G. Ye." is put in the order of "G. Ye. Brusnikin".
func key(s string) string {
	if a, b, ok := strings.Cut(s, ","); ok && strings.Contains(b, ".") && !strings.Contains(b, ",") && !strings.ContainsAny(a, ". ") {
		s = strings.TrimSpace(b) + " " + a
	}
	buf := make([]byte, 0, len(s)+4)
	space := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && len(buf) > 0 {
				buf = append(buf, ' ')
			}
			space = false
			buf = appendPlain(buf, unicode.ToLower(r))
		case r == '.' || r == '-' || r == '‑' || r == '‐' || r == ',' || r == '/' || unicode.IsSpace(r):
			space = true
		}
	}
	return string(buf)
}

// squeezed is a key without spaces: Pak In-ho, Pak In Ho and Pak Inho.
func squeezed(key string) string { return strings.ReplaceAll(key, " ", "") }

// appendPlain writes a small letter without its accent.
func appendPlain(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(b, byte(r))
	}
	if p, ok := plain[r]; ok {
		return append(b, p...)
	}
	return utf8.AppendRune(b, r)
}

// plain are the letters with marks that names of the documents have.
var plain = func() map[rune]string {
	m := map[rune]string{}
	for _, row := range []string{"aáàâäãåăąāǎ", "eéèêëěęēėĕ", "iíìîïīıǐĭį", "oóòôöõőøōŏǒ", "uúùûüůűūŭǔų", "yýÿ", "cčćçĉċ", "dďđ", "gğģ", "lłľĺļ", "nňńñņ", "rřŕŗ", "sśšșşŝ", "tťțţ", "zžźż", "kķ", "hħ"} {
		for _, r := range row[1:] {
			m[r] = row[:1]
		}
	}
	m['ß'], m['æ'], m['œ'], m['þ'] = "ss", "ae", "oe", "th"
	return m
}()

// titleCase writes MAO ZEDONG as Mao Zedong, PAK IN-HO as Pak In-ho and
// JEAN-PAUL as Jean-Paul; what is not all capitals stays.
func titleCase(s string) string {
	if s != strings.ToUpper(s) || strings.ToLower(s) == s {
		return s
	}
	fields := strings.Fields(s)
	ks := strings.Fields(key(fields[0]))
	korean := len(fields) > 1 && len(ks) > 0 && hasSurname(ks[0])
	for i, f := range fields {
		l := strings.ToLower(f)
		if particles.has(l) && i+1 < len(fields) && len(fields) > 1 && !korean {
			fields[i] = l
			continue
		}
		var b strings.Builder
		up, n := true, 0
		for _, r := range f {
			if up {
				b.WriteRune(r)
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
			n++
			// a letter behind a hyphen is small in Korean and Chinese names
			up = r == '.' || r == '[' && n == 1 || r == '-' && !korean || r == '\'' && n == 2
		}
		t := b.String()
		if strings.HasPrefix(t, "Mc") && len(t) > 4 {
			t = "Mc" + strings.ToUpper(t[2:3]) + t[3:]
		}
		fields[i] = t
	}
	return strings.Join(fields, " ")
}

func hasSurname(s string) bool { return surnames.has(s) }

// compatible says whether two keys may be one person's: the same surname and
// given names that agree as far as both go.
func compatible(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if squeezed(a) == squeezed(b) {
		return true
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 1 {
		if utf8.RuneCountInString(x[0]) < 3 {
			return false
		}
		if eastern(y) {
			return x[0] == y[0]
		}
		// Kende Z. has its surname before the initial
		return x[0] == y[len(y)-1] || len(y[len(y)-1]) == 1 && x[0] == y[0]
	}
	if eastern(x) && eastern(y) {
		return false // the whole given name is there in both
	}
	if x[len(x)-1] != y[len(y)-1] {
		// Kende Z. and Zoltán Kende
		if len(x) == 2 && len(y) == 2 {
			return len(x[1]) == 1 && x[0] == y[1] && strings.HasPrefix(y[0], x[1]) || len(y[1]) == 1 && y[0] == x[1] && strings.HasPrefix(x[0], y[1])
		}
		return false
	}
	for i := range len(x) - 1 {
		if p, q := x[i], y[i]; p != q && !(initial(p) && strings.HasPrefix(q, p)) && !(initial(q) && strings.HasPrefix(p, q)) {
			return false
		}
	}
	return true
}

// initial says whether a word of a key is an initial: g, ye.
func initial(s string) bool {
	return len(s) == 1 || len(s) <= 4 && digraphs[strings.ToUpper(s[:1])+s[1:]]
}
