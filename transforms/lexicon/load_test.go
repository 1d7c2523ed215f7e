package lexicon

import "testing"

// BenchmarkLoad is what the first look-up of a process waits for.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		load()
	}
}
