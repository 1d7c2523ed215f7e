package xmltok

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Characters and names (XML 1.0, 2.2 and 2.3; Namespaces in XML, 4). ASCII is
// settled by byte, the rest by the ranges of the specification.

// nameEnd marks the bytes that end a name in markup. Whether the bytes before
// them make a name is asked when the name is first met.
var nameEnd = func() (t [256]bool) {
	for _, c := range " \t\r\n/>=<\"'&?![](),;|*+%#\x00" {
		t[c] = true
	}
	return t
}()

// pastName is the place of the first byte from i that ends a name.
func pastName(buf []byte, i int) int {
	for i < len(buf) && !nameEnd[buf[i]] {
		i++
	}
	return i
}

// isSpace is production 3.
func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// isChar is production 2.
func isChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// charLen is the length of the character beyond ASCII at i, or 0 where the
// bytes are no UTF-8 or no character of XML.
func charLen(buf []byte, i int) int {
	c := buf[i]
	switch {
	case c < 0xC2:
		return 0
	case c < 0xE0:
		if i+1 < len(buf) && buf[i+1]&0xC0 == 0x80 {
			return 2
		}
		return 0
	case c < 0xF0:
		if i+2 >= len(buf) || buf[i+1]&0xC0 != 0x80 || buf[i+2]&0xC0 != 0x80 {
			return 0
		}
		switch {
		case c == 0xE0 && buf[i+1] < 0xA0: // too long
			return 0
		case c == 0xED && buf[i+1] >= 0xA0: // half of a pair
			return 0
		case c == 0xEF && buf[i+1] == 0xBF && buf[i+2] >= 0xBE: // U+FFFE and U+FFFF
			return 0
		}
		return 3
	}
	if r, n := utf8.DecodeRune(buf[i:]); n == 4 && r != utf8.RuneError {
		return 4
	}
	return 0
}

// badChar is where buf[i:end] holds what is no character, or -1.
func badChar(buf []byte, i, end int) int {
	buf = buf[:end]
	for i = pastPlain(buf, i); i < end; i = pastPlain(buf, i) {
		if c := buf[i]; c >= 0x80 {
			n := charLen(buf, i)
			if n == 0 {
				return i
			}
			i += n
		} else if isSpace(c) {
			i++
		} else {
			return i
		}
	}
	return -1
}

// isNameStart and isNameChar are productions 4 and 4a of the fifth edition.
func isNameStart(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r == ':' ||
		r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7 || r >= 0x370 && r <= 0x1FFF && r != 0x37E ||
		r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF ||
		r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

func isNameChar(r rune) bool {
	return isNameStart(r) || '0' <= r && r <= '9' || r == '-' || r == '.' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// badName is where a name goes wrong (production 5), or -1.
func badName[T []byte | string](name T) int {
	s := string(name)
	if s == "" {
		return 0
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || !isNameChar(r) || i == 0 && !isNameStart(r) {
			return i
		}
		i += n
	}
	return -1
}

// IsNCName reports whether s is a name without a colon (Namespaces in XML, 3).
func IsNCName(s string) bool { return isNCName(s) }

func isNCName[T []byte | string](name T) bool {
	for i := range len(name) {
		if name[i] == ':' {
			return false
		}
	}
	return badName(name) < 0
}

// isQName reports whether a name has one colon at most, with a name on either
// side of it (Namespaces in XML, productions 7 to 11).
func isQName[T []byte | string](name T) bool {
	for i := range len(name) {
		if name[i] == ':' {
			return isNCName(name[:i]) && isNCName(name[i+1:])
		}
	}
	return badName(name) < 0
}

// allSpace reports whether b is white space alone.
func allSpace(b []byte) bool { return pastSpaces(b, 0) == len(b) }

// show writes the character at the front of b for a message.
func show(b []byte) string {
	if len(b) == 0 {
		return "the end"
	}
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n < 2:
		return fmt.Sprintf("byte 0x%02X", b[0])
	case r == ' ':
		return "a space"
	case r == '\n' || r == '\r':
		return "a line end"
	case r == '\t':
		return "a tab"
	case r == '"':
		return `'"'`
	case r < 0x80 && r > 0x20 && r != 0x7F || isNameStart(r):
		return fmt.Sprintf("%q", string(r))
	case unicode.IsPrint(r):
		return fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}
