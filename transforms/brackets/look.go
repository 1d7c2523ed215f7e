package brackets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

// look is a bracket with what stands around it, cut up once for all rows of
// the table.
type look struct {
	text   string
	b      Bracket
	ctx    Context
	lex    *lexicon.Lexicon
	in     string // what the bracket holds, without white space at its edges
	low    string
	words  []string // of in, without marks at their edges
	lows   []string // words in small letters
	heads  uint32   // the letters, a the lowest bit, that begin a word of low
	before string   // the paragraph up to the bracket
	after  string   // and behind it
	prev   string   // the word before, next the word behind
	next   string
	prevAt int  // where prev begins in text
	gluedL bool // touches a letter or digit
	gluedR bool
	name   string // the name that ends before the bracket, nameAt where it begins
	nameAt int
}

const edge = " .,;:!?()\"“”„«»'‘’…\n\t\u00a0"

func newLook(text string, b Bracket, ctx Context) *look {
	l := &look{text: text, b: b, ctx: ctx, lex: ctx.Lexicon}
	if l.lex == nil {
		l.lex = lexicon.Default()
	}
	p := ctx.Paragraph
	if p.Len() == 0 || !p.Contains(b.Span) {
		p = paragraph(text, b.Span)
	}
	l.in = unwrap(strings.TrimFunc(text[b.Inner.Start:b.Inner.End], unicode.IsSpace))
	l.low = strings.ToLower(l.in)
	for _, w := range strings.Fields(l.in) {
		if w = strings.Trim(w, edge+"[]"); w != "" {
			l.words = append(l.words, w)
		}
	}
	if l.low == l.in {
		l.lows = l.words
	} else if len(l.words) > 0 {
		l.lows = make([]string, len(l.words))
		for i, w := range l.words {
			l.lows[i] = strings.ToLower(w)
		}
	}
	inWord := false
	for _, r := range l.low {
		letter := unicode.IsLetter(r)
		if letter && !inWord && r < utf8.RuneSelf {
			l.heads |= 1 << (r - 'a')
		}
		inWord = letter
	}
	l.before, l.after = text[p.Start:b.Span.Start], text[b.Span.End:p.End]
	if r, _ := utf8.DecodeLastRuneInString(l.before); l.before != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		l.gluedL = true
	}
	if r, _ := utf8.DecodeRuneInString(l.after); l.after != "" && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		l.gluedR = true
	}
	t := strings.TrimRight(l.before, edge+"]")
	l.prevAt = p.Start + strings.LastIndexAny(t, " \n\t\u00a0(\"“”/[") + 1
	if i := strings.LastIndexFunc(t, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(\"“/[", r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(t[i:])
		l.prevAt = p.Start + i + n
	} else {
		l.prevAt = p.Start
	}
	l.prev = text[l.prevAt : p.Start+len(t)]
	u := strings.TrimLeft(l.after, edge)
	if i := strings.IndexFunc(u, unicode.IsSpace); i >= 0 {
		u = u[:i]
	}
	l.next = strings.Trim(u, edge)
	if head, ok := strings.CutSuffix(strings.TrimRight(l.before, " \u00a0"), "(b)"); ok && head != "" && !strings.HasSuffix(head, " ") {
		// VKP(b), RSDLP(b)
		i := strings.LastIndexAny(head, " \n\t(\"") + 1
		l.prev, l.prevAt = head[i:]+"(b)", p.Start+i
	}
	l.name, l.nameAt = nameBefore(text, p.Start, b.Span.Start)
	if strings.Contains(text[l.nameAt+len(l.name):b.Span.Start], ",") && strings.HasSuffix(strings.TrimRight(text[p.Start:l.nameAt], " \n\u00a0"), ",") {
		l.name, l.nameAt = "", b.Span.Start // a list: Shvernik, Pospelov, [Yudin]
	}
	return l
}

// unwrap takes off the marks that some put round what a bracket says: /p. 6/,
// *illegible*, - 12 -.
func unwrap(s string) string {
	for _, m := range []string{"/", "*", "-", "–", "_"} {
		if t, ok := strings.CutPrefix(s, m); ok {
			if t, ok := strings.CutSuffix(t, m); ok && strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				if t = strings.TrimFunc(t, unicode.IsSpace); len(t) > 1 {
					return t
				}
			}
		}
	}
	return s
}

// paragraph is the run of lines around s without an empty one.
func paragraph(text string, s tei.Span) tei.Span {
	p := tei.Span{Start: 0, End: len(text)}
	if i := strings.LastIndex(text[:s.Start], "\n\n"); i >= 0 {
		p.Start = i + 2
	}
	if i := strings.Index(text[s.End:], "\n\n"); i >= 0 {
		p.End = s.End + i
	}
	return p
}

// nameBefore is the run of capitalised words that ends before offset end, with
// nothing but a space or a quotation mark between.
func nameBefore(text string, start, end int) (string, int) {
	t := strings.TrimRightFunc(text[start:end], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"”’»,", r) })
	opens := func(r rune) bool { return strings.ContainsRune("(\"“«‘[", r) }
	if strings.HasSuffix(t, ":") {
		return "", end // Place: [Kremlin]
	}
	at := len(t)
	for tail := len(t); tail > 0; {
		i, mark := 0, rune(0)
		if k := strings.LastIndexFunc(t[:tail], func(r rune) bool { return unicode.IsSpace(r) || opens(r) }); k >= 0 {
			r, n := utf8.DecodeRuneInString(t[k:])
			i, mark = k+n, r
		}
		w := t[i:tail]
		if !capital(w) {
			break
		}
		if last := w[len(w)-1]; tail < len(t) && (last == ',' || last == ';' || last == ':' || last == '.' && utf8.RuneCountInString(w) > 4) {
			break
		}
		at = i
		if opens(mark) {
			break
		}
		tail = len(strings.TrimRightFunc(t[:i], unicode.IsSpace))
	}
	if first, _, more := strings.Cut(t[at:], " "); more && sentenceWords[first] {
		at += len(first) + 1 // In Stalino
	}
	return t[at:], start + at
}

// sentenceWords begin sentences and no names. To, An, So, No, Do and My are
// names in the East.
var sentenceWords = map[string]bool{"In": true, "At": true, "From": true, "On": true, "By": true, "With": true, "For": true, "Of": true, "Near": true, "Between": true, "Through": true, "Into": true, "Under": true, "Against": true, "During": true, "Until": true, "Since": true, "After": true, "Before": true, "When": true, "While": true, "Where": true, "If": true, "As": true, "But": true, "And": true, "That": true, "Then": true, "Both": true, "Only": true, "Also": true, "His": true, "Her": true, "Our": true, "Their": true, "Its": true, "This": true, "These": true}

func (l *look) is(kind lexicon.Kind, s string) bool {
	_, ok := l.lex.Find(kind, s)
	return ok
}

// begins says whether in begins with one of some words.
func (l *look) begins(words ...string) bool {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(l.low, w); ok {
			r, _ := utf8.DecodeRuneInString(rest)
			if rest == "" || !unicode.IsLetter(r) {
				return true
			}
		}
	}
	return false
}

// has says whether in has one of some words.
func (l *look) has(words ...string) bool {
	for _, w := range words {
		if c := w[0]; 'a' <= c && c <= 'z' && l.heads&(1<<(c-'a')) == 0 {
			continue
		}
		for at := 0; ; {
			i := strings.Index(l.low[at:], w)
			if i < 0 {
				break
			}
			i += at
			a, _ := utf8.DecodeLastRuneInString(l.low[:i])
			b, _ := utf8.DecodeRuneInString(l.low[i+len(w):])
			if !unicode.IsLetter(a) && !unicode.IsLetter(b) {
				return true
			}
			at = i + len(w)
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func allCaps(s string) bool {
	n, digraphs := 0, 0
	last := rune(0)
	for _, r := range s {
		if unicode.IsLower(r) {
			if !strings.Contains("Zh Kh Ch Sh Ts Ya Yu Ye Yo", string([]rune{last, r})) {
				return false
			}
			digraphs++ // GOROZhANKA
		}
		if unicode.IsUpper(r) {
			n++
		}
		last = r
	}
	return n > 1 && n > 2*digraphs
}

// person says whether in has the look of a person's name: capitalised words and
// initials, an honorific or office first perhaps.
func (l *look) person() bool {
	if len(l.words) == 0 || len(l.words) > 5 {
		return false
	}
	for _, w := range l.words {
		if !capital(w) || strings.ContainsAny(w, "0123456789") {
			switch w {
			case "von", "de", "van", "der", "al", "bin", "ibn":
				continue
			}
			return false
		}
	}
	return true
}

var romanisations = strings.NewReplacer("hs", "s", "x", "s", "ts'", "c", "ts", "c", "tz", "c", "zh", "j", "z", "c", "ch", "j", "q", "j", "kh", "h", "k'", "k", "t'", "t", "p'", "p",
	"sh", "s", "ph", "p", "g", "k", "b", "p", "d", "t", "r", "l", "w", "v", "f", "v", "z", "j", "y", "", "'", "", "’", "", "-", "", " ", "", ".", "")

// plain is a name without the marks on its letters: Bùi Công is Bui Cong.
func plain(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'đ', 'ð':
			return 'd'
		case 'Đ':
			return 'D'
		case 'ł':
			return 'l'
		case 'Ł':
			return 'L'
		case 'ø':
			return 'o'
		}
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// skeleton is a name by its consonants, spellings of the romanisations brought
// together.
func skeleton(s string) string {
	s = strings.ToLower(s)
	s = romanisations.Replace(s)
	return strings.Map(func(r rune) rune {
		switch r {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'ö', 'ü', 'ä', 'á', 'é', 'í', 'ó', 'ú', 'ő', 'ű':
			return -1
		case 'č', 'ć', 'ç':
			return 'j'
		case 'š', 'ś', 'ş', 'ș':
			return 's'
		case 'ž', 'ź', 'ż':
			return 'j'
		case 'ł':
			return 'l'
		case 'ń', 'ñ', 'ň':
			return 'n'
		case 'ř':
			return 'l'
		}
		return r
	}, s)
}

// alike says whether two names are spellings of one.
func alike(a, b string) bool {
	a, b = plain(a), plain(b)
	x, y := skeleton(a), skeleton(b)
	if x == "" || y == "" {
		return strings.EqualFold(a, b)
	}
	if x == y {
		return true
	}
	if a[0]|0x20 != b[0]|0x20 && !(len(x) > 1 && len(y) > 1 && x[0] == y[0]) {
		return false
	}
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n >= 2 && n*3 >= 2*max(len(x), len(y)) || distance(x, y)*3 <= max(len(x), len(y))
}

// nearly says whether two names of some length are a letter apart.
func nearly(a, b string) bool {
	return min(len(a), len(b)) > 4 && distance(strings.ToLower(plain(a)), strings.ToLower(plain(b))) == 1
}

// distance is the number of letters to put in, leave out or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}

// acronymOf says whether short is made of the initials of long.
func acronymOf(short, long string) bool {
	var initials strings.Builder
	for w := range strings.FieldsFuncSeq(long, func(r rune) bool { return !unicode.IsLetter(r) }) {
		r, _ := utf8.DecodeRuneInString(w)
		initials.WriteRune(unicode.ToUpper(r))
	}
	s := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return r
		}
		return -1
	}, short)
	in := initials.String()
	if len(s) < 2 {
		return false
	}
	for _, r := range s {
		i := strings.IndexRune(in, r)
		if i < 0 {
			return false
		}
		in = in[i+utf8.RuneLen(r):]
	}
	return true
}

// functionWords are words that English needs and that say little.
var functionWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the this that these those such same own i me my mine we us our you your he him his she her it its they them their one ones oneself himself itself
themselves themself ourselves myself yourself who whom whose which what when where why how if whether as than then so and or but nor yet for of to in on at by with from into onto upon over under
about against between among through during before after since until till without within out off up down again there here ours yours hers theirs mine is are was were be been being am has have had having do does did doing done
will would shall should can could may might must ought not no only also even still already just more most less much many some any all both each every either neither other others another enough
very too rather quite else ever never always often once now however therefore thus because although though while toward towards up regarding concerning well too`) {
		m[w] = true
	}
	return m
}()

// light says whether all words of in are such words.
func (l *look) light() bool {
	for _, w := range l.lows {
		if !functionWords[w] {
			return false
		}
	}
	return len(l.words) > 0
}

// repeated says whether the last word of in stands earlier in the sentence, in
// this or a near form.
func (l *look) repeated() bool {
	if len(l.words) == 0 || len(l.words) > 3 {
		return false
	}
	w := l.lows[len(l.lows)-1]
	stem := w
	if len(stem) > 5 {
		stem = stem[:len(stem)-2]
	}
	for v := range strings.FieldsFuncSeq(l.before, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if strings.EqualFold(v, w) || len(stem) > 3 && hasPrefixFold(v, stem) {
			return true
		}
	}
	return false
}

var monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// date says whether in is a date or a part of one.
func (l *look) date() bool {
	rest := 0
	found := false
	for i, w := range l.words {
		low := l.lows[i]
		if strings.IndexByte("0123456789./-", w[0]) >= 0 {
			if t := strings.Trim(low, "0123456789"); t == "th" || t == "st" || strings.Trim(t, "./-0123456789") == "" {
				found = found || len(w) == 4 || strings.Count(w, ".") == 2
				continue
			}
		}
		m := false
		for _, x := range monthNames {
			m = m || x == low || len(low) == 3 && strings.HasPrefix(x, low)
		}
		if m {
			found = true
			continue
		}
		rest++
	}
	return found && rest == 0
}

// transliterated says whether a word has the look of Russian in Latin letters.
func transliterated(w string) bool {
	low := strings.ToLower(w)
	for _, s := range []string{"skii", "skiy", "skaya", "enie", "eniya", "stvo", "ost'", "ovka", "tsiya", "zhdenie", "nik", "chik", "nitsa", "ovat'", "at'", "it'", "yi", "yy", "aya", "ogo", "lenie", "kom", "dzyo", "tsyu", "ishche", "shchik", "izm", "naya", "noye", "noe", "nyi", "nyy"} {
		if strings.HasSuffix(low, s) && len(low) > len(s)+1 {
			return true
		}
	}
	for _, s := range []string{"zh", "kh", "shch", "dzh", "dze", "dzi", "tsz", "tsy", "'"} {
		if strings.Contains(low, s) && len(low) > 3 {
			return true
		}
	}
	return false
}
