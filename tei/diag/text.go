package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// The plain text has a line for each finding, which scripts read, and indented
// ones for each related place and what there is to explain. Quoted text is for a
// person: quote.go.

type textWriter struct {
	w io.Writer
}

func newText(w io.Writer, s Style) Writer {
	if s.Quote {
		return newQuote(w, s)
	}
	return &textWriter{w}
}

func (t *textWriter) File(f *File) error {
	var b bytes.Buffer
	for _, x := range f.Findings {
		fmt.Fprintln(&b, Plain(x.String()))
		indent(&b, "    ", x.more())
	}
	_, err := t.w.Write(b.Bytes())
	return err
}

func (t *textWriter) Close(*Summary) error { return nil }

// indent writes lines, each behind a margin.
func indent(w io.Writer, margin, lines string) {
	if lines != "" {
		fmt.Fprintf(w, "%s%s\n", margin, strings.ReplaceAll(lines, "\n", "\n"+margin))
	}
}
