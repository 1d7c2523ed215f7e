// Package diag holds what Sigla says of a user's document: findings with a
// place, a plain sentence and a stable code. Faults of the program or the
// machine are ordinary errors and never come through here.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Pos is a place in a file. Line and Column count from 1; Column counts
// characters, not bytes. Offset is a byte offset into the decoded text. The
// zero Line means that only the file is known.
type Pos struct {
	File         string
	Line, Column int
	Offset       int
}

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Severity orders findings by weight.
type Severity uint8

// Info tells, Warning asks to be looked at, Error says that something is wrong.
const (
	Info Severity = iota
	Warning
	Error
)

func (s Severity) String() string { return [...]string{"info", "warning", "error"}[s] }

// Code names the rule behind a finding, as stage/rule. A code keeps its
// meaning for ever.
type Code string

// Related is a second place that a finding speaks of.
type Related struct {
	Pos     Pos
	Message string
}

// Finding says what is wrong at a place in the user's document and what would
// be right, in lower case and without a full stop.
type Finding struct {
	Pos      Pos
	Severity Severity
	Code     Code
	Message  string
	Related  []Related
	Note     string // what the schema says of it, one line
	Detail   string // all that was expected, lines; only where it was asked for
	Rule     *Rule  // of a Schematron finding: the rule
	Len      int    // bytes from Pos that are meant; 0 where only its begin is known
}

// String gives the one-line form: file:line:column: message [code].
func (f Finding) String() string {
	return fmt.Sprintf("%s: %s [%s]", f.Pos, f.Message, f.Code)
}

// List is a set of findings.
type List []Finding

// Sort orders by file, then place, then code; equal places keep their order.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), strings.Compare(string(a.Code), string(b.Code)))
	})
}

// Worst is the highest severity in the list, and whether there is any finding.
func (l List) Worst() (Severity, bool) {
	worst := Info
	for _, f := range l {
		worst = max(worst, f.Severity)
	}
	return worst, len(l) > 0
}
