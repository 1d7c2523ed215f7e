package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// places are the numbers of a message that move when lines are inserted above.
var places = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(lines?|columns?) \d+|\b\d+:\d+(:\d+)?\b`)
})

// Fingerprint is the identity of a finding within its file: 32 hexadecimal
// digits made from its code, its message, what stands in its line and ordinal,
// the number (from 0) of those before it in the file that are alike in all
// three. It stays when lines are inserted above and when the line is indented
// otherwise: white space counts as one space, and numbers of lines in the
// message do not count. The file's name is not in it.
func Fingerprint(f Finding, line string, ordinal int) string {
	h := sha256.Sum256([]byte(fmt.Sprintf("%s\x00%s\x00%s\x00%d", f.Code, spaced(places().ReplaceAllString(f.Message, "#")), spaced(line), ordinal)))
	return hex.EncodeToString(h[:16])
}

// spaced has each run of white space as one space.
func spaced(s string) string { return strings.Join(strings.Fields(s), " ") }

// near is the line of a finding, for its fingerprint; of a long line, as of a
// document without line ends, what stands around the place.
func (f *File) near(x Finding) string {
	const long, around = 1000, 100
	start, line, _ := f.line(x)
	if len(line) <= long {
		return line
	}
	at := f.source().offset(x.Pos.Line, x.Pos.Column) - start
	return line[max(0, at-around):min(len(line), at+around)]
}

// fingerprints are those of all findings of a file, in order.
func (f *File) fingerprints() []string {
	out := make([]string, len(f.Findings))
	alike := map[string]int{}
	for i, x := range f.Findings {
		line := f.near(x)
		first := Fingerprint(x, line, 0)
		out[i] = first
		if n := alike[first]; n > 0 {
			out[i] = Fingerprint(x, line, n)
		}
		alike[first]++
	}
	return out
}
