package xmltok

import (
	"fmt"
	"unicode/utf8"
)

// nameEnd marks the bytes that end a name in a tag. Whether the bytes before
// make a name is asked when it is first seen.
var nameEnd = func() (t [256]uint8) {
	for _, c := range " \t\r\n/>=<\"'&?![](),;|*+%#" {
		t[c] = 1
	}
	t[0] = 1
	return t
}()

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func allSpace(b []byte) bool {
	for _, c := range b {
		if !isSpace(c) {
			return false
		}
	}
	return true
}

// charLen is the length of the character beyond ASCII at i, or 0 where the
// bytes are no UTF-8 or no character of XML (2.2: no surrogates, no U+FFFE and
// U+FFFF).
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
		case c == 0xE0 && buf[i+1] < 0xA0, c == 0xED && buf[i+1] >= 0xA0, c == 0xEF && buf[i+1] == 0xBF && buf[i+2] >= 0xBE:
			return 0
		}
		return 3
	}
	if r, n := utf8.DecodeRune(buf[i:]); n == 4 && r != utf8.RuneError {
		return 4
	}
	return 0
}

// isChar reports whether XML allows the character (2.2).
func isChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// isNameStart and isNameChar follow productions 4 and 4a of the fifth edition.
func isNameStart(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' || r == ':' ||
		r >= 0xC0 && r <= 0x2FF && r != 0xD7 && r != 0xF7 || r >= 0x370 && r <= 0x1FFF && r != 0x37E ||
		r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF ||
		r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

func isNameChar(r rune) bool {
	return isNameStart(r) || '0' <= r && r <= '9' || r == '-' || r == '.' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// badName is where a name goes wrong, or -1.
func badName[T []byte | string](b T) int {
	s := string(b)
	for i, r := range s {
		if r == utf8.RuneError || !isNameChar(r) || i == 0 && !isNameStart(r) {
			return i
		}
	}
	if s == "" {
		return 0
	}
	return -1
}

func isNCName[T []byte | string](b T) bool {
	for i := range len(b) {
		if b[i] == ':' {
			return false
		}
	}
	return badName(b) < 0
}

// show writes the character at the front of b for a message.
func show(b []byte) string {
	if len(b) == 0 {
		return "the end"
	}
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n < 2:
		return fmt.Sprintf("byte 0x%02X", b[0])
	case r < 0x20 || r == 0x7F || r >= 0x80 && !isNameStart(r):
		return fmt.Sprintf("U+%04X", r)
	}
	return fmt.Sprintf("%q", string(r))
}
