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
	w     io.Writer
	style Style
	n     tally
}

func newText(w io.Writer, s Style) Writer {
	if s.Quote {
		return newQuote(w, s)
	}
	return &textWriter{w: w, style: s}
}

func (t *textWriter) File(f *File) error {
	var b bytes.Buffer
	t.n.add(f)
	for _, x := range f.Findings {
		if t.style.Weights && x.Severity < Error {
			x.Message = [...]string{"note: ", "warning: "}[x.Severity] + x.Message
		}
		fmt.Fprintln(&b, Plain(x.String()))
		indent(&b, "    ", x.more())
	}
	_, err := t.w.Write(b.Bytes())
	return err
}

func (t *textWriter) Close(s *Summary) error {
	if t.style.Notes == nil {
		return nil
	}
	_, err := fmt.Fprintln(t.style.Notes, strings.Join(append(s.used(), s.line(&t.n)), "\n"))
	return err
}

// indent writes lines, each behind a margin.
func indent(w io.Writer, margin, lines string) {
	if lines != "" {
		fmt.Fprintf(w, "%s%s\n", margin, strings.ReplaceAll(lines, "\n", "\n"+margin))
	}
}
