package datatype

import (
	"bytes"
	"math"
	"strconv"
	"unsafe"
)

// Numbers: decimal and what is derived from it, float and double. A decimal is
// compared digit by digit where it stands, so that its length is no matter.

// number is a decimal taken apart: no zeros before the whole digits, none after
// those of the fraction.
type number struct {
	negative        bool
	whole, fraction []byte
}

// numberOf takes s apart, which is of the lexical space of decimal. Zero is not
// negative.
func numberOf(s []byte) number {
	var n number
	switch s[0] {
	case '-':
		n.negative = true
		s = s[1:]
	case '+':
		s = s[1:]
	}
	for len(s) > 0 && s[0] == '0' {
		s = s[1:]
	}
	n.whole = s
	if i := bytes.IndexByte(s, '.'); i >= 0 {
		n.whole, n.fraction = s[:i], significant(s[i+1:])
	}
	if len(n.whole)+len(n.fraction) == 0 {
		n.negative = false
	}
	return n
}

// significant are the digits of a fraction without zeros at the end.
func significant(f []byte) []byte {
	for len(f) > 0 && f[len(f)-1] == '0' {
		f = f[:len(f)-1]
	}
	return f
}

// compare is -1, 0 or 1.
func (n *number) compare(m *number) int {
	if n.negative != m.negative {
		if n.negative {
			return -1
		}
		return 1
	}
	c := len(n.whole) - len(m.whole)
	if c == 0 {
		c = bytes.Compare(n.whole, m.whole)
	}
	if c == 0 {
		c = bytes.Compare(n.fraction, m.fraction)
	}
	if n.negative {
		c = -c
	}
	return min(max(c, -1), 1)
}

// isDecimal is decimal (3.2.3).
func isDecimal(s []byte) bool {
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	digits, point := 0, false
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' && !point:
			point = true
		default:
			return false
		}
	}
	return digits > 0
}

// isInteger is integer (3.3.13): a decimal without a point.
func isInteger(s []byte) bool {
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(s) > 0
}

// small is the value of an integer that is not too long to be counted in 64
// bits.
func small(s []byte) (n int64, ok bool) {
	negative := s[0] == '-'
	if negative || s[0] == '+' {
		s = s[1:]
	}
	if len(s) > 18 {
		return 0, false
	}
	for _, c := range s {
		if c == '.' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if negative {
		n = -n
	}
	return n, true
}

func decimalOrder(bound []byte) func([]byte) order {
	b := numberOf(bytes.Clone(bound))
	exact := func(s []byte) order {
		n := numberOf(s)
		return orderOf(n.compare(&b))
	}
	to, ok := small(bound)
	if !ok {
		return exact
	}
	return func(s []byte) order {
		n, ok := small(s)
		switch {
		case !ok:
			return exact(s)
		case n < to:
			return less
		case n > to:
			return greater
		}
		return equal
	}
}

// isFloat is float and double (3.2.4, 3.2.5).
func isFloat(s []byte) bool {
	switch string(s) {
	case "INF", "-INF", "NaN":
		return true
	}
	mantissa := s
	for i, c := range s {
		if c|0x20 == 'e' {
			mantissa = s[:i]
			if !isInteger(s[i+1:]) {
				return false
			}
			break
		}
	}
	return isDecimal(mantissa)
}

// floatOf is the number that s stands for, rounded to the nearest of so many
// bits. What is too great is infinite.
func floatOf(s []byte, bits int) float64 {
	switch s[len(s)-1] {
	case 'F':
		if s[0] == '-' {
			return math.Inf(-1)
		}
		return math.Inf(1)
	case 'N':
		return math.NaN()
	}
	f, _ := strconv.ParseFloat(unsafe.String(&s[0], len(s)), bits)
	return f
}

// floatOrder is the order of float and double: NaN equals itself and is apart
// from all others, and there is one zero (3.2.4).
func floatOrder(bits int) func([]byte) func([]byte) order {
	return func(bound []byte) func([]byte) order {
		b := floatOf(bound, bits)
		return func(s []byte) order {
			f := floatOf(s, bits)
			switch {
			case f < b:
				return less
			case f > b:
				return greater
			case f == b, f != f && b != b:
				return equal
			}
			return apart
		}
	}
}
