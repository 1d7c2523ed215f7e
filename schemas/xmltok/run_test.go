package xmltok

import (
	"math/rand/v2"
	"testing"
)

// TestARunEndsWhereCharactersDo compares charRun with one byte after the other:
// it passes over nothing that ends a run, and stops early only for a line feed,
// a tab or the last few bytes.
func TestARunEndsWhereCharactersDo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ends := func(c byte) bool {
		return c == '<' || c == '&' || c == ']' || c >= 0x80 || c < 0x20 && c != '\n' && c != '\t'
	}
	for range 200_000 {
		b := make([]byte, r.IntN(80))
		for i := range b {
			b[i] = byte(0x20 + r.IntN(0x1c)) // up to ;
			if r.IntN(30) == 0 {
				b[i] = byte(r.IntN(256))
			}
		}
		from := 0
		if len(b) > 0 {
			from = r.IntN(len(b))
		}
		n := charRun(b[from:])
		for i, c := range b[from : from+n] {
			if ends(c) {
				t.Fatalf("%q: %d bytes, %q at %d among them", b[from:], n, c, i)
			}
		}
		if rest := b[from+n:]; len(rest) >= 16 && !ends(rest[0]) && rest[0] != '\n' && rest[0] != '\t' {
			t.Fatalf("%q: stops after %d bytes before %q", b[from:], n, rest[0])
		}
	}
}
