package xmltok

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes at a time. A word holds eight bytes of the document, the first in
// its lowest byte. In a mask the high bit of a byte says that the byte is of
// those looked for. The subtractions borrow from the byte above, and bytes
// beyond ASCII come out at random: so a mask is joined with the word itself,
// which finds those too, and only its first byte is believed.

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

func load(buf []byte, i int) uint64 { return binary.LittleEndian.Uint64(buf[i:]) }

// below marks the bytes under c.
func below(w uint64, c byte) uint64 { return w - uint64(c)*ones }

// equal marks the bytes that are c.
func equal(w uint64, c byte) uint64 { return (w ^ uint64(c)*ones) - ones }

// first is the number of bytes before the first marked one, 8 where none is.
func first(mask uint64) int { return bits.TrailingZeros64(mask&highs) >> 3 }

// run is the number of bytes at the front of w that are c.
func run(w uint64, c byte) int { return bits.TrailingZeros64(w^uint64(c)*ones) >> 3 }

// front is the first n bytes of w, 0 ≤ n ≤ 8, and zeros behind them.
func front(w uint64, n int) uint64 { return w & (1<<(uint(n)*8) - 1) }

// pastSpaces is the place of the first byte from i that is no white space.
func pastSpaces(buf []byte, i int) int {
	for i+8 <= len(buf) {
		n := run(load(buf, i), ' ')
		i += n
		if n == 8 {
			continue
		}
		if !isSpace(buf[i]) {
			return i
		}
		i++
	}
	for i < len(buf) && isSpace(buf[i]) {
		i++
	}
	return i
}

// pastPlain is the place of the first byte from i that is a control character
// or beyond ASCII.
func pastPlain(buf []byte, i int) int {
	for i+8 <= len(buf) {
		w := load(buf, i)
		n := first(below(w, 0x20) | w)
		i += n
		if n < 8 {
			return i
		}
	}
	for i < len(buf) && buf[i] >= 0x20 && buf[i] < 0x80 {
		i++
	}
	return i
}

// characters is the number of characters of UTF-8 in b.
func characters(b []byte) int {
	n, i := len(b), 0
	for ; i+8 <= len(b); i += 8 {
		w := load(b, i)
		n -= bits.OnesCount64(w & ^(w << 1) & highs) // bytes 10xxxxxx go on with one
	}
	for ; i < len(b); i++ {
		if b[i]&0xC0 == 0x80 {
			n--
		}
	}
	return n
}
