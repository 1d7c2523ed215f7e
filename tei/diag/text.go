package diag

import (
	"fmt"
	"io"
	"strings"
)

// writeText writes a line for each finding, and indented ones for each related
// place and what there is to explain.
func writeText(w io.Writer, l List) error {
	for _, f := range l {
		if _, err := fmt.Fprintln(w, Plain(f.String())); err != nil {
			return err
		}
		for _, r := range f.Related {
			if _, err := fmt.Fprintf(w, "    %s\n", Plain(r.Pos.String()+": "+r.Message)); err != nil {
				return err
			}
		}
		for _, more := range []string{f.Note, f.Detail} {
			if more == "" {
				continue
			}
			for line := range strings.SplitSeq(more, "\n") {
				if _, err := fmt.Fprintf(w, "    %s\n", Plain(line)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
