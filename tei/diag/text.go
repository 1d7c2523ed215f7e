package diag

import (
	"fmt"
	"io"
	"strings"
)

// textWriter writes a line for each finding, and indented ones for each related
// place and what there is to explain.
type textWriter struct {
	w     io.Writer
	style Style
}

func newText(w io.Writer, s Style) Writer { return &textWriter{w, s} }

func (t *textWriter) File(f *File) error {
	for _, x := range f.Findings {
		if err := t.finding(x); err != nil {
			return err
		}
	}
	return nil
}

func (t *textWriter) finding(f Finding) error {
	if _, err := fmt.Fprintln(t.w, Plain(f.String())); err != nil {
		return err
	}
	for _, r := range f.Related {
		if _, err := fmt.Fprintf(t.w, "    %s\n", Plain(r.Pos.String()+": "+r.Message)); err != nil {
			return err
		}
	}
	for _, more := range []string{f.Note, f.Detail} {
		if more == "" {
			continue
		}
		for line := range strings.SplitSeq(more, "\n") {
			if _, err := fmt.Fprintf(t.w, "    %s\n", Plain(line)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *textWriter) Close(*Summary) error { return nil }
