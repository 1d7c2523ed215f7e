package diag

import (
	"fmt"
	"io"
)

// writeText writes a line for each finding, and an indented one for each
// related place.
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
	}
	return nil
}
