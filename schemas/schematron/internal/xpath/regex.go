package xpath

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"sigla/schemas/xmltok"
)

// Regular expressions of XPath (XPath Functions 5.6) are turned into Go's, which
// match in time linear in the text. Back-references have no place there and are
// not run.

type regex struct {
	re     *regexp.Regexp
	empty  bool // matches the empty string
	groups int
}

// ranges is a set of characters as sorted pairs of ends, both inside.
type ranges []rune

func single(r rune) ranges { return ranges{r, r} }

func (s ranges) union(o ranges) ranges {
	var pairs [][2]rune
	for _, l := range []ranges{s, o} {
		for i := 0; i < len(l); i += 2 {
			pairs = append(pairs, [2]rune{l[i], l[i+1]})
		}
	}
	sortPairs(pairs)
	var out ranges
	for _, p := range pairs {
		if n := len(out); n > 0 && p[0] <= out[n-1]+1 {
			out[n-1] = max(out[n-1], p[1])
			continue
		}
		out = append(out, p[0], p[1])
	}
	return out
}

func (s ranges) not() ranges {
	var out ranges
	next := rune(0)
	for i := 0; i < len(s); i += 2 {
		if s[i] > next {
			out = append(out, next, s[i]-1)
		}
		next = s[i+1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, next, unicode.MaxRune)
	}
	return out
}

func (s ranges) minus(o ranges) ranges { return s.not().union(o).not() }

func (s ranges) write(b *strings.Builder) {
	if len(s) == 0 {
		b.WriteString(`[^\x{0}-\x{10FFFF}]`)
		return
	}
	b.WriteByte('[')
	for i := 0; i < len(s); i += 2 {
		fmt.Fprintf(b, `\x{%X}`, s[i])
		if s[i+1] > s[i] {
			fmt.Fprintf(b, `-\x{%X}`, s[i+1])
		}
	}
	b.WriteByte(']')
}

func rangesOf(t *unicode.RangeTable) (out ranges) {
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			out = append(out, lo, hi)
			return
		}
		for r := lo; r <= hi; r += stride {
			out = append(out, r, r)
		}
	}
	for _, x := range t.R16 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	for _, x := range t.R32 {
		add(rune(x.Lo), rune(x.Hi), rune(x.Stride))
	}
	return out.union(nil)
}

func rangesWhere(f func(rune) bool) (out ranges) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if f(r) {
			if n := len(out); n > 0 && out[n-1] == r-1 {
				out[n-1] = r
			} else {
				out = append(out, r, r)
			}
		}
	}
	return out
}

// regexReader turns one expression into Go's.
type regexReader struct {
	src    string
	i      int
	b      strings.Builder
	groups int
	multi  bool // m
	dotAll bool // s
	depth  int
}

type regexFault struct {
	at          int
	message     string
	unsupported bool
}

func (p *regexReader) fault(format string, args ...any) {
	panic(regexFault{p.i, fmt.Sprintf(format, args...), false})
}

const maxRegex = 10000

// newRegex reads an expression of XPath with its flags.
func newRegex(src, flags string) (re *regex, f *regexFault) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case regexFault:
			f = &v
		default:
			panic(v)
		}
	}()
	p := &regexReader{src: src}
	prefix := ""
	quote := false
	for _, r := range flags {
		switch r {
		case 's':
			p.dotAll = true
		case 'm':
			p.multi = true
		case 'i':
			prefix = "(?i)"
		case 'x':
			p.src = withoutBlanks(p.src)
		case 'q':
			quote = true
		default:
			p.fault("the flag %q is not known; the flags are s, m, i, x and q", r)
		}
	}
	if len(src) > maxRegex {
		p.fault("the regular expression is too long")
	}
	if quote {
		p.b.WriteString(regexp.QuoteMeta(src))
	} else {
		p.alternatives()
		if p.i < len(p.src) {
			p.fault("the bracket ) closes nothing")
		}
	}
	out := p.b.String()
	compiled, err := regexp.Compile(prefix + out)
	if err != nil {
		if strings.Contains(err.Error(), "repeat") || strings.Contains(err.Error(), "large") {
			return nil, &regexFault{0, "the regular expression counts too far to be run (repeat counts above 1000)", true}
		}
		return nil, &regexFault{0, "the regular expression is wrong", false}
	}
	return &regex{compiled, compiled.MatchString(""), p.groups}, nil
}

// withoutBlanks is the flag x.
func withoutBlanks(s string) string {
	var b strings.Builder
	class := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			b.WriteByte(c)
			i++
			b.WriteByte(s[i])
			continue
		case c == '[':
			class++
		case c == ']':
			class--
		case class == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func (p *regexReader) alternatives() {
	if p.depth++; p.depth > 200 {
		p.fault("the regular expression nests too deep")
	}
	for {
		for p.i < len(p.src) && p.src[p.i] != '|' && p.src[p.i] != ')' {
			p.piece()
		}
		if p.i < len(p.src) && p.src[p.i] == '|' {
			p.b.WriteByte('|')
			p.i++
			continue
		}
		break
	}
	p.depth--
}

func (p *regexReader) piece() {
	anchor := false
	switch c := p.src[p.i]; c {
	case '^':
		p.i++
		anchor = true
		if p.multi {
			p.b.WriteString(`(?m:^)`)
		} else {
			p.b.WriteString(`\A`)
		}
	case '$':
		p.i++
		anchor = true
		if p.multi {
			p.b.WriteString(`(?m:$)`)
		} else {
			p.b.WriteString(`\z`)
		}
	case '.':
		p.i++
		if p.dotAll {
			p.b.WriteString(`(?s:.)`)
		} else {
			p.b.WriteString(`[^\n\r]`)
		}
	case '(':
		p.i++
		if strings.HasPrefix(p.src[p.i:], "?:") {
			p.i += 2
			p.b.WriteString("(?:")
		} else {
			if strings.HasPrefix(p.src[p.i:], "?") {
				p.fault("(? means nothing here; XPath has no look-ahead and no named groups")
			}
			p.groups++
			p.b.WriteByte('(')
		}
		p.alternatives()
		if p.i >= len(p.src) {
			p.fault("a bracket ( never closes")
		}
		p.i++
		p.b.WriteByte(')')
	case '[':
		p.class().write(&p.b)
	case '\\':
		if p.i+1 < len(p.src) && p.src[p.i+1] >= '1' && p.src[p.i+1] <= '9' {
			panic(regexFault{p.i, "the regular expression refers back to a group (\\1), which is not run", true})
		}
		p.escape().write(&p.b)
	case '*', '+', '?', '{':
		p.fault("%q has nothing before it to repeat; write \\%c for the character itself", c, c)
	case ']', '}':
		p.fault("%q has to be written \\%c", c, c)
	default:
		r, n := utf8.DecodeRuneInString(p.src[p.i:])
		p.i += n
		p.b.WriteString(regexp.QuoteMeta(string(r)))
	}
	p.quantifier(anchor)
}

func (p *regexReader) quantifier(anchor bool) {
	if p.i >= len(p.src) {
		return
	}
	switch c := p.src[p.i]; c {
	case '*', '+', '?':
		if anchor {
			p.fault("%q has nothing before it to repeat", c)
		}
		p.b.WriteByte(c)
		p.i++
	case '{':
		end := strings.IndexByte(p.src[p.i:], '}')
		if end < 0 {
			p.fault("{ never closes")
		}
		inner := p.src[p.i+1 : p.i+end]
		from, to, comma := strings.Cut(inner, ",")
		n, err := strconv.Atoi(from)
		if err != nil || n < 0 {
			p.fault("{%s} is no count; write {2}, {2,} or {2,5}", inner)
		}
		if comma && to != "" {
			if m, err := strconv.Atoi(to); err != nil || m < n {
				p.fault("{%s} is no count; write {2}, {2,} or {2,5}", inner)
			}
		}
		p.b.WriteString("{" + inner + "}")
		p.i += end + 1
	default:
		return
	}
	if p.i < len(p.src) && p.src[p.i] == '?' {
		p.b.WriteByte('?')
		p.i++
	}
	if p.i < len(p.src) && strings.IndexByte("*+?{", p.src[p.i]) >= 0 {
		p.fault("%q repeats what is repeated already", p.src[p.i])
	}
}

// escape reads \ and what follows.
func (p *regexReader) escape() ranges {
	p.i++
	if p.i >= len(p.src) {
		p.fault("a \\ stands at the end")
	}
	c := p.src[p.i]
	p.i++
	switch c {
	case 'n':
		return single('\n')
	case 'r':
		return single('\r')
	case 't':
		return single('\t')
	case 's':
		return blanks
	case 'S':
		return blanks.not()
	case 'd':
		return rangesOf(unicode.Nd)
	case 'D':
		return rangesOf(unicode.Nd).not()
	case 'w':
		return wordRanges()
	case 'W':
		return wordRanges().not()
	case 'i':
		return nameStart()
	case 'I':
		return nameStart().not()
	case 'c':
		return nameChar()
	case 'C':
		return nameChar().not()
	case 'p', 'P':
		return p.property(c == 'P')
	}
	if strings.IndexByte(`\|.?*+(){}-[]^$`, c) < 0 {
		p.i--
		p.fault("\\%c means nothing in a regular expression of XPath", c)
	}
	return single(rune(c))
}

var blanks = ranges{'\t', '\n', '\r', '\r', ' ', ' '}

func unassigned() ranges {
	var all ranges
	for _, t := range []*unicode.RangeTable{unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.C} {
		all = all.union(rangesOf(t))
	}
	return all.not()
}

// Sets that are found by asking every character are made once.
var (
	nameStart = sync.OnceValue(func() ranges {
		return rangesWhere(func(r rune) bool { return r == ':' || xmltok.IsNCName(string(r)) })
	})
	nameChar = sync.OnceValue(func() ranges {
		return rangesWhere(func(r rune) bool { return r == ':' || xmltok.IsNCName("a"+string(r)) })
	})
	wordRanges = sync.OnceValue(func() ranges {
		return rangesOf(unicode.P).union(rangesOf(unicode.Z)).union(rangesOf(unicode.C)).union(unassigned()).not()
	})
)

func (p *regexReader) property(negative bool) ranges {
	end := strings.IndexByte(p.src[p.i:], '}')
	if end < 1 || p.src[p.i] != '{' {
		p.fault("\\p needs a category, as \\p{L}")
	}
	name := p.src[p.i+1 : p.i+end]
	var set ranges
	if t, ok := unicode.Categories[name]; ok {
		set = rangesOf(t)
		if name == "C" || name == "Cn" {
			set = set.union(unassigned())
		}
	} else if name == "Cn" {
		set = unassigned()
	} else if block, ok := blockNames[strings.ReplaceAll(strings.TrimPrefix(name, "Is"), " ", "")]; ok && strings.HasPrefix(name, "Is") {
		set = ranges{block[0], block[1]}
	} else if strings.HasPrefix(name, "Is") {
		panic(regexFault{p.i, "the block \\p{" + name + "} is not known here", true})
	} else {
		p.fault("\\p{%s} is no category of characters; letters are \\p{L}, capitals \\p{Lu}, digits \\p{Nd}", name)
	}
	p.i += end + 1
	if negative {
		return set.not()
	}
	return set
}

// blockNames are blocks of Unicode that rules for texts name.
var blockNames = map[string][2]rune{
	"BasicLatin": {0, 0x7F}, "Latin-1Supplement": {0x80, 0xFF}, "LatinExtended-A": {0x100, 0x17F}, "LatinExtended-B": {0x180, 0x24F},
	"IPAExtensions": {0x250, 0x2AF}, "SpacingModifierLetters": {0x2B0, 0x2FF}, "CombiningDiacriticalMarks": {0x300, 0x36F},
	"Greek": {0x370, 0x3FF}, "GreekandCoptic": {0x370, 0x3FF}, "Cyrillic": {0x400, 0x4FF}, "Armenian": {0x530, 0x58F}, "Hebrew": {0x590, 0x5FF},
	"Arabic": {0x600, 0x6FF}, "Syriac": {0x700, 0x74F}, "Devanagari": {0x900, 0x97F}, "Ethiopic": {0x1200, 0x137F}, "Runic": {0x16A0, 0x16FF},
	"LatinExtendedAdditional": {0x1E00, 0x1EFF}, "GreekExtended": {0x1F00, 0x1FFF}, "GeneralPunctuation": {0x2000, 0x206F},
	"SuperscriptsandSubscripts": {0x2070, 0x209F}, "CurrencySymbols": {0x20A0, 0x20CF}, "LetterlikeSymbols": {0x2100, 0x214F},
	"NumberForms": {0x2150, 0x218F}, "Arrows": {0x2190, 0x21FF}, "MathematicalOperators": {0x2200, 0x22FF}, "BoxDrawing": {0x2500, 0x257F},
	"Coptic": {0x2C80, 0x2CFF}, "Hiragana": {0x3040, 0x309F}, "Katakana": {0x30A0, 0x30FF}, "CJKUnifiedIdeographs": {0x4E00, 0x9FFF},
	"HangulSyllables": {0xAC00, 0xD7A3}, "PrivateUse": {0xE000, 0xF8FF}, "PrivateUseArea": {0xE000, 0xF8FF},
}

// class reads [ … ] with its subtraction.
func (p *regexReader) class() ranges {
	start := p.i
	if p.depth++; p.depth > 200 {
		p.fault("the regular expression nests too deep")
	}
	p.i++
	negative := false
	if strings.HasPrefix(p.src[p.i:], "^") {
		negative = true
		p.i++
	}
	var set, less ranges
	var any, subtracted bool
	for {
		if p.i >= len(p.src) {
			p.i = start
			p.fault("[ never closes")
		}
		if p.src[p.i] == ']' && any {
			p.i++
			break
		}
		if any && strings.HasPrefix(p.src[p.i:], "-[") {
			p.i++
			less = p.class()
			subtracted = true
			if p.i >= len(p.src) || p.src[p.i] != ']' {
				p.fault("] has to follow what is taken away from a class")
			}
			p.i++
			break
		}
		any = true
		from := p.member()
		if len(from) == 2 && from[0] == from[1] && p.i+1 < len(p.src) && p.src[p.i] == '-' && p.src[p.i+1] != ']' && p.src[p.i+1] != '[' {
			p.i++
			to := p.member()
			if len(to) != 2 || to[0] != to[1] || to[0] < from[0] {
				p.fault("the range in [ ] ends before it begins")
			}
			from = ranges{from[0], to[0]}
		}
		set = set.union(from)
	}
	p.depth--
	if negative {
		set = set.not()
	}
	if subtracted {
		set = set.minus(less)
	}
	return set
}

func (p *regexReader) member() ranges {
	switch c := p.src[p.i]; c {
	case '\\':
		return p.escape()
	case '[', ']':
		p.fault("%q has to be written \\%c inside [ ]", c, c)
	}
	r, n := utf8.DecodeRuneInString(p.src[p.i:])
	p.i += n
	return single(r)
}

func sortPairs(pairs [][2]rune) {
	slices.SortFunc(pairs, func(a, b [2]rune) int { return int(a[0] - b[0]) })
}
