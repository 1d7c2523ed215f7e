//go:build !amd64 || purego

package xmltok

// charRun is how many bytes at the front of b are ASCII characters that stand
// for themselves: up to the first that is not, which may be a line feed too, or
// to where fewer than eight are left. It reads eight at a time.
func charRun(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := load(b, i)
		m := (below(w, 0x20) | w | equal(w, '<') | equal(w, '&') | equal(w, ']')) & highs
		if m != 0 {
			return i + first(m)
		}
	}
	return i
}
