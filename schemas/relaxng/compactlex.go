package relaxng

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sigla/tei/diag"
)

// Tokens of the compact syntax (ISO/IEC 19757-2, Annex C). Escapes \x{…} are
// replaced before anything else is read, so that they may stand for any part of
// a token; the one difference that is left is that a newline written so may
// stand in a string. Comments are no tokens: each token carries those before it.

type compactKind uint8

const (
	endToken     compactKind = iota // the end of the file, or all that follows a fault
	nameToken                       // an identifier that is no keyword, or a quoted one
	keywordToken                    // a name that is a keyword
	cnameToken                      // prefix:name
	nsNameToken                     // prefix:*
	literalToken                    // one segment of a string
	docToken                        // lines of ##
	signToken                       // an operator or bracket
)

type compactToken struct {
	kind     compactKind
	text     string // name, prefix, sign, or the value of a string
	local    string // of prefix:name
	quoted   bool   // written with \ before it
	first    bool   // first on its line, with no space before
	at       int    // byte offset in the file
	comments []*Node
}

func (t *compactToken) is(sign string) bool { return t.kind == signToken && t.text == sign }

func (t *compactToken) keyword(word string) bool { return t.kind == keywordToken && t.text == word }

// assigns reports whether the token is one of = |= &=.
func (t *compactToken) assigns() bool {
	return t.kind == signToken && (t.text == "=" || t.text == "|=" || t.text == "&=")
}

// what names the token for a message.
func (t *compactToken) what() string {
	switch t.kind {
	case endToken:
		return "the end of the file"
	case keywordToken:
		return "the keyword " + t.text
	case cnameToken:
		return plainf("%q", t.text+":"+t.local)
	case nsNameToken:
		return plainf("%q", t.text+":*")
	case literalToken:
		return plainf("the string %q", t.text)
	case docToken:
		return "documentation (##)"
	}
	return plainf("%q", t.text)
}

func isCompactKeyword(s string) bool {
	switch s {
	case "attribute", "default", "datatypes", "div", "element", "empty", "external", "grammar", "include", "inherit",
		"list", "mixed", "namespace", "notAllowed", "parent", "start", "string", "text", "token":
		return true
	}
	return false
}

// compactEscape is a character that was written \x{…}.
type compactEscape struct {
	at    int // in the text as it is read
	shift int // how much further the file is after it
}

type compactLexer struct {
	file    *File
	text    string // with the escapes replaced
	pos     int
	escapes []compactEscape
	passed  int // escapes before pos
	report  func(at int, code diag.Code, format string, args ...any)
}

func newCompactLexer(f *File, report func(int, diag.Code, string, ...any)) *compactLexer {
	l := &compactLexer{file: f, text: f.Text, report: report}
	if i := l.badCharacter(); i >= 0 {
		r, n := utf8.DecodeRuneInString(f.Text[i:])
		if r == utf8.RuneError && n < 2 {
			report(i, "rnc/character", "byte 0x%02X is not UTF-8; save the file as UTF-8", f.Text[i])
		} else {
			report(i, "rnc/character", "the character U+%04X is not allowed in a schema; take it out", r)
		}
		l.text = f.Text[:i]
	}
	l.unescape()
	return l
}

// badCharacter is the first byte that belongs to no character of XML, or -1.
func (l *compactLexer) badCharacter() int {
	for i := 0; i < len(l.text); {
		c := l.text[i]
		if c >= 0x20 && c < 0x80 || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(l.text[i:])
		if c < 0x20 || r == utf8.RuneError && n < 2 || r == 0xFFFE || r == 0xFFFF {
			return i
		}
		i += n
	}
	return -1
}

// escapeAt is the end of the escape that begins at the backslash s[i], its
// digits, and whether it is one: a backslash, one x or more, and a brace.
func escapeAt(s string, i int) (digits string, end int, is bool) {
	k := i + 1
	for k < len(s) && s[k] == 'x' {
		k++
	}
	if k == i+1 || k == len(s) || s[k] != '{' {
		return "", 0, false
	}
	from := k + 1
	for k = from; k < len(s) && s[k] != '}' && s[k] != '\n' && k < from+8; k++ {
	}
	if k == len(s) || s[k] != '}' {
		return s[from:k], 0, true
	}
	return s[from:k], k + 1, true
}

// unescape replaces the escapes.
func (l *compactLexer) unescape() {
	i := strings.Index(l.text, `\x`)
	if i < 0 {
		return
	}
	var b strings.Builder
	copied := 0
	for i < len(l.text) {
		digits, end, is := escapeAt(l.text, i)
		if is {
			n, err := strconv.ParseUint(digits, 16, 32)
			if hex := strings.Trim(digits, "0123456789abcdefABCDEF") == ""; err == nil && hex && end > 0 && isSchemaChar(rune(n)) {
				b.WriteString(l.text[copied:i])
				l.escapes = append(l.escapes, compactEscape{b.Len(), 0})
				b.WriteRune(rune(n))
				l.escapes[len(l.escapes)-1].shift = end - b.Len()
				copied = end
			} else if err == nil && hex && end > 0 {
				l.report(i, "rnc/escape", "U+%04X is no character of XML; take it out", n)
			} else {
				l.report(i, "rnc/escape", "\\x{ stands for a character and needs hexadecimal digits and a }, as \\x{E9}; write \\x{5C}x{ for these characters themselves")
			}
			i = max(i, copied-1)
		}
		k := strings.IndexByte(l.text[i+1:], '\\')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	b.WriteString(l.text[copied:])
	l.text = b.String()
}

func isSchemaChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// offset is the place in the file of what stands at i, which is never before
// the last place asked for.
func (l *compactLexer) offset(i int) int {
	for l.passed < len(l.escapes) && l.escapes[l.passed].at < i {
		l.passed++
	}
	if l.passed == 0 {
		return i
	}
	return i + l.escapes[l.passed-1].shift
}

// escaped reports whether the character at i was written as an escape.
func (l *compactLexer) escaped(i int) bool {
	if len(l.escapes) == 0 {
		return false
	}
	_, is := slices.BinarySearchFunc(l.escapes, i, func(e compactEscape, i int) int { return e.at - i })
	return is
}

func (l *compactLexer) newline(i int) bool {
	return (l.text[i] == '\n' || l.text[i] == '\r') && !l.escaped(i)
}

// lineEnd is where the line of a comment ends; there an escaped line feed ends
// it too.
func (l *compactLexer) lineEnd(i int) int {
	if k := strings.IndexAny(l.text[i:], "\r\n"); k >= 0 {
		return i + k
	}
	return len(l.text)
}

var compactNameByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c >= 0x80
	}
	return t
}()

func startsName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// name is the NCName at i, and its end.
func (l *compactLexer) name(i int) (string, int) {
	k := i
	for k < len(l.text) && compactNameByte[l.text[k]] {
		k++
	}
	s := l.text[i:k]
	if k == i || !startsName(s[0]) || !ascii(s) && !isNCName(s) {
		l.report(l.offset(i), "rnc/character", "%q is no name: a letter or _ first, then letters, digits, - _ and dots", s)
	}
	return s, k
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// next is the next token.
func (l *compactLexer) next() (t compactToken) {
	for {
		for l.pos < len(l.text) && (l.text[l.pos] == ' ' || l.text[l.pos] == '\n' || l.text[l.pos] == '\t' || l.text[l.pos] == '\r' && !l.escaped(l.pos)) {
			l.pos++
		}
		i := l.pos
		if i == len(l.text) {
			t.at = l.offset(i)
			return t
		}
		c := l.text[i]
		if c == '#' && (i+1 == len(l.text) || l.text[i+1] != '#') {
			t.comments = append(t.comments, l.comment())
			continue
		}
		t.first = i == 0 || l.text[i-1] == '\n' || l.text[i-1] == '\r'
		t.at = l.offset(i)
		switch {
		case c == '#':
			t.kind, t.text = docToken, l.documentation()
		case startsName(c):
			l.named(&t)
		case c == '\\' && i+1 < len(l.text) && startsName(l.text[i+1]):
			t.kind, t.quoted = nameToken, true
			t.text, l.pos = l.name(i + 1)
		case c == '"' || c == '\'':
			t.kind = literalToken
			t.text = l.literal(c)
		default:
			if !l.sign(&t) {
				continue
			}
		}
		return t
	}
}

// named reads an identifier, a keyword, prefix:name or prefix:*.
func (l *compactLexer) named(t *compactToken) {
	t.text, l.pos = l.name(l.pos)
	t.kind = nameToken
	if l.pos+1 < len(l.text) && l.text[l.pos] == ':' {
		switch c := l.text[l.pos+1]; {
		case c == '*':
			t.kind = nsNameToken
			l.pos += 2
			return
		case startsName(c):
			t.kind = cnameToken
			t.local, l.pos = l.name(l.pos + 1)
			return
		}
	}
	if isCompactKeyword(t.text) {
		t.kind = keywordToken
	}
}

// sign reads an operator or bracket. What begins nothing is reported and left
// out.
func (l *compactLexer) sign(t *compactToken) bool {
	n := 1
	switch c := l.text[l.pos]; c {
	case '{', '}', '(', ')', '[', ']', '=', ',', '?', '*', '+', '-', '~':
	case '|', '&':
		if strings.HasPrefix(l.text[l.pos+1:], "=") {
			n = 2
		}
	case '>':
		if strings.HasPrefix(l.text[l.pos+1:], ">") {
			n = 2
			break
		}
		fallthrough
	default:
		r, size := utf8.DecodeRuneInString(l.text[l.pos:])
		if r == '<' && l.pos == 0 {
			l.report(t.at, "rnc/character", "the file begins as XML does; give it a name that ends in .rng")
			l.pos = len(l.text)
			return false
		}
		l.report(t.at, "rnc/character", "nothing in a schema begins with %s", showRune(r))
		l.pos += size
		return false
	}
	t.kind, t.text = signToken, l.text[l.pos:l.pos+n]
	l.pos += n
	return true
}

func showRune(r rune) string {
	if r <= ' ' || r == 0x7F {
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%q", string(r))
}

// literal reads one segment of a string. One that is left open ends with its
// line.
func (l *compactLexer) literal(quote byte) string {
	i := l.pos
	if i+2 < len(l.text) && l.text[i+1] == quote && l.text[i+2] == quote {
		three := l.text[i : i+3]
		n := strings.Index(l.text[i+3:], three)
		if n < 0 {
			l.report(l.offset(i), "rnc/unclosed", "the string opens here with %s and never closes", three)
			l.pos = len(l.text)
			return l.text[i+3:]
		}
		l.pos = i + 3 + n + 3
		return l.lineFeeds(i+3, i+3+n)
	}
	for k := i + 1; ; k++ {
		n := strings.IndexAny(l.text[k:], string(quote)+"\r\n")
		if n >= 0 {
			k += n
			if l.text[k] == quote {
				l.pos = k + 1
				return l.text[i+1 : k]
			}
			if !l.newline(k) {
				continue
			}
		} else {
			k = len(l.text)
		}
		l.report(l.offset(i), "rnc/unclosed", "the string opens here and does not close in its line; close it with %c, or write it between %s", quote, strings.Repeat(string(quote), 3))
		l.pos = k
		return l.text[i+1 : k]
	}
}

// lineFeeds is the text from i to end, its line ends made line feeds.
func (l *compactLexer) lineFeeds(i, end int) string {
	s := l.text[i:end]
	if !strings.Contains(s, "\r") {
		return s
	}
	var b strings.Builder
	for k := i; k < end; k++ {
		switch c := l.text[k]; {
		case c == '\r' && !l.escaped(k):
			b.WriteByte('\n')
			if k+1 < end && l.text[k+1] == '\n' && !l.escaped(k+1) {
				k++
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// comment reads a comment: lines that follow each other without another between
// are one.
func (l *compactLexer) comment() *Node {
	n := &Node{Kind: CommentNode, File: l.file, Offset: l.offset(l.pos)}
	var lines []string
	for {
		end := l.lineEnd(l.pos)
		lines = append(lines, strings.TrimRight(l.text[l.pos+1:end], " \t"))
		l.pos = end
		next := l.nextLine()
		if next < 0 || l.text[next] != '#' || next+1 < len(l.text) && l.text[next+1] == '#' {
			break
		}
		l.pos = next
	}
	n.Text = commentText(lines)
	return n
}

// commentText is the text of an XML comment that holds lines.
func commentText(lines []string) string {
	if len(lines) == 1 {
		if lines[0] == "" {
			return ""
		}
		return " " + strings.TrimLeft(lines[0], " \t") + " "
	}
	return "\n" + strings.Join(lines, "\n") + "\n"
}

// documentation reads adjacent lines of ##.
func (l *compactLexer) documentation() string {
	text := l.documentationLine()
	for {
		next := l.nextLine()
		if next < 0 || !strings.HasPrefix(l.text[next:], "##") {
			return text
		}
		l.pos = next
		text += "\n" + l.documentationLine()
	}
}

// documentationLine is a line without its signs and the one space after them.
func (l *compactLexer) documentationLine() string {
	i, end := l.pos, l.lineEnd(l.pos)
	for i < end && l.text[i] == '#' {
		i++
	}
	if i < end && l.text[i] == ' ' {
		i++
	}
	l.pos = end
	return l.text[i:end]
}

// nextLine is the first character of the line after the present, which ends
// here, that is no space; -1 if there is none.
func (l *compactLexer) nextLine() int {
	i := l.pos
	if i < len(l.text) && l.text[i] == '\r' {
		i++
	}
	if i < len(l.text) && l.text[i] == '\n' {
		i++
	}
	for i < len(l.text) && (l.text[i] == ' ' || l.text[i] == '\t') {
		i++
	}
	if i >= len(l.text) {
		return -1
	}
	return i
}

// place is where something in the file stands, for messages.
func (f *File) place(offset int) string {
	p := f.Pos(offset)
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}
