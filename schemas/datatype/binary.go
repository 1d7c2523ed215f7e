package datatype

import "bytes"

// Bytes written as text: hexBinary (3.2.15) and base64Binary (3.2.16).

func hexDigit(c byte) (n byte, ok bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

func isHex(s []byte) bool {
	for _, c := range s {
		if _, ok := hexDigit(c); !ok {
			return false
		}
	}
	return len(s)%2 == 0
}

func countHex(s []byte) int { return len(s) / 2 }

func sameHex(literal []byte, _ Context) func([]byte, Context) bool {
	want := bytes.ToUpper(literal)
	return func(s []byte, _ Context) bool {
		if len(s) != len(want) {
			return false
		}
		for i, c := range s {
			if c >= 'a' {
				c -= 'a' - 'A'
			}
			if c != want[i] {
				return false
			}
		}
		return true
	}
}

// sextet is the number that a character of base64 stands for, or 64.
func sextet(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c - 'A'
	case c >= 'a' && c <= 'z':
		return c - 'a' + 26
	case c >= '0' && c <= '9':
		return c - '0' + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return 64
}

// isBase64 is base64Binary: groups of four, with white space anywhere between.
// The bits that the last character has too many are zeros.
func isBase64(s []byte) bool {
	n, pads := 0, 0
	var last byte
	for _, c := range s {
		switch {
		case isSpace(c):
		case c == '=':
			pads++
		case pads > 0 || sextet(c) == 64:
			return false
		default:
			last = sextet(c)
			n++
		}
	}
	switch n % 4 {
	case 0:
		return pads == 0
	case 2:
		return pads == 2 && last&0xF == 0
	case 3:
		return pads == 1 && last&3 == 0
	}
	return false
}

func countBase64(s []byte) int {
	n := 0
	for _, c := range s {
		if sextet(c) < 64 {
			n++
		}
	}
	return n * 3 / 4
}

// sameBase64 compares the characters: without white space, bytes are written in
// one way only.
func sameBase64(literal []byte, _ Context) func([]byte, Context) bool {
	want := bytes.Join(bytes.Fields(literal), nil)
	return func(s []byte, _ Context) bool {
		k := 0
		for _, c := range s {
			if isSpace(c) {
				continue
			}
			if k == len(want) || want[k] != c {
				return false
			}
			k++
		}
		return k == len(want)
	}
}
