package diag

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a report quotes comes from documents, schemas and names of files, and may
// be meant to mislead: a terminal by escapes, a reader by the direction of
// writing, a CI system by the commands that it looks for in what a job prints.
// Every format writes such strings through Plain.

// Plain makes a string safe for a terminal, for one line, for XML and for the
// log of a CI system. Control characters, escapes included, those that turn the
// direction of writing, those that XML forbids and bytes that are no UTF-8 are
// written as Go writes them in a string; so is the first character of what
// would be a command to GitHub, Azure or TeamCity.
func Plain(s string) string {
	lead := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	if !strings.HasPrefix(s[lead:], "::") {
		lead = -1
	}
	var b strings.Builder
	done := 0
	for i, n := 0, 0; i < len(s); i += n {
		if c := s[i]; ' ' <= c && c <= '~' && c != '#' && i != lead {
			n = 1
			continue
		}
		var r rune
		r, n = utf8.DecodeRuneInString(s[i:])
		if !hidden(r, n) && i != lead && !command(s[i:]) {
			continue
		}
		b.WriteString(s[done:i])
		b.WriteString(escape(s[i : i+n]))
		done = i + n
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// plainLines is Plain for what may have several lines.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Plain(strings.TrimSuffix(l, "\r"))
	}
	return strings.Join(lines, "\n")
}

// hidden are characters, n bytes long, that do something instead of being seen,
// or that XML has no way to carry.
func hidden(r rune, n int) bool {
	return unicode.IsControl(r) || r == utf8.RuneError && n == 1 || r == '\u2028' || r == '\u2029' ||
		r&0xFFFE == 0xFFFE || unicode.Is(unicode.Bidi_Control, r)
}

// command says that s begins as a command does that CI systems find anywhere in
// a line.
func command(s string) bool {
	return strings.HasPrefix(s, "##[") || strings.HasPrefix(s, "##vso[") || strings.HasPrefix(s, "##teamcity[")
}

// escape writes a character as in a Go string, printable ones too.
func escape(s string) string {
	if q := strconv.Quote(s); q[1:len(q)-1] != s {
		return q[1 : len(q)-1]
	}
	return fmt.Sprintf(`\x%02x`, s)
}

// Short is what a document holds as a message quotes it: safe, and at most 80
// characters of it.
func Short(s string) string {
	const longest = 80
	if r := []rune(s[:min(len(s), 4*longest)]); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return Plain(s)
}
