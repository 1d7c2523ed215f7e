package diag

import (
	"errors"
	"fmt"
	"io/fs"
)

// FaultsError is an error that says what is wrong with a schema, by file, line
// and column: it is not correct, or a file of it can't be read. It has one
// finding at least.
type FaultsError struct{ Findings List }

func (e *FaultsError) Error() string {
	if len(e.Findings) == 1 {
		return e.Findings[0].String()
	}
	return fmt.Sprintf("%s (and %d more)", e.Findings[0], len(e.Findings)-1)
}

// Reason is why the system could not do something with a file, without the path,
// for messages that name it already.
func Reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
