package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Format is a way to write findings down.
type Format struct {
	Name   string
	Does   string // for the manual
	Traces bool   // asks for the Trace of a file
	New    func(w io.Writer, s Style) Writer
}

// Formats are the ways to write findings down, one row each.
var Formats = []Format{
	{"text", "one line a finding, for people", false, newText},
	{"json", "one object with findings and summary, for programs", false, newJSON},
}

// FormatNamed is the format of a name.
func FormatNamed(name string) (*Format, error) {
	var names []string
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i], nil
		}
		names = append(names, Formats[i].Name)
	}
	return nil, fmt.Errorf("%q is not a format; the formats are %s", name, strings.Join(names, ", "))
}

// Plain makes a string safe for a terminal and for one line: control
// characters, escapes included, are written as Go writes them in a string.
func Plain(s string) string {
	ok := true
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' {
			q := fmt.Sprintf("%q", r)
			b.WriteString(q[1 : len(q)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
