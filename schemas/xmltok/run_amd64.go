//go:build !purego

package xmltok

// charRun is how many bytes at the front of b are ASCII characters that stand
// for themselves, line feeds among them: up to the first that is not, or to
// where fewer than sixteen are left. It reads sixteen at a time.
//
//go:noescape
func charRun(b []byte) int
