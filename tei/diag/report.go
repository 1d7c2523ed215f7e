package diag

import (
	"io"
	"time"
)

// A report of a run is written as it goes: a Writer takes each file when it is
// done, in order, and the Summary at the end. So a run over ten thousand files
// holds the findings of none.

// File is an input of a run with all that was found in it.
type File struct {
	Name     string
	Findings List
	Schemas  []int  // by what it was validated: places in Summary.Schemas
	Folded   int    // findings that are not listed: known ones (--baseline), or more than asked for
	Trace    *Trace // what Schematron did; only where a format asks for it (Format.Traces)
	Text     []byte // the document, for the formats that quote it; nil where it is not at hand
}

// Summary is what is told of a run as a whole.
type Summary struct {
	Tool, Version string
	Schemas       []Schema
	Files         int // that were looked at
	Elapsed       time.Duration
}

// Schema tells which schema was used.
type Schema struct {
	Name     string   `json:"name"`              // as the user or the document names it
	Title    string   `json:"title,omitempty"`   // what it calls itself
	Version  string   `json:"version,omitempty"` // by its own word
	Language string   `json:"language"`
	SHA256   string   `json:"sha256,omitempty"` // of its main file, in hexadecimal
	Rules    int      `json:"rules,omitempty"`  // Schematron: the assertions and reports that it has
	NotRun   []NotRun `json:"notRun,omitempty"` // and those of them that can't be run here
}

// NotRun is a rule of a schema that can't be run, and why.
type NotRun struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
}

// Rule is the rule of a Schematron schema behind a finding.
type Rule struct {
	Schema   string // the file that has the rule
	Pattern  string // the pattern's id
	ID       string // of the assert or report, or of its rule
	Context  string // the rule's context, as XPath
	Test     string // as XPath
	Report   bool   // a report, not an assert
	Role     string
	Flag     string
	See      string
	Location string // the node, as an absolute XPath without prefixes
}

// Trace is what a Schematron validation did, in order: SVRL tells it.
type Trace struct {
	Title   string
	Phase   string
	Schema  string
	Prefix  []Namespace
	Pattern []ActivePattern
}

// Namespace is a prefix that rules use.
type Namespace struct{ Prefix, URI string }

// ActivePattern is a pattern that was active, with the rules that fired.
type ActivePattern struct {
	ID, Name, Role string
	Fired          []FiredRule
}

// FiredRule is a rule that a node fired, and its failed asserts and successful
// reports as places in the file's findings.
type FiredRule struct {
	ID, Context, Role, Flag string
	Findings                []int
}

// Style is how a report shall look. The zero value is plain.
type Style struct {
	Color   bool // ANSI colours; Text alone heeds it
	Quote   bool // quote the line of a finding, with the place underlined
	Explain bool // tell all that a finding has to tell
	Width   int  // columns of the terminal; 0 if there is none
}

// Writer writes one report.
type Writer interface {
	File(*File) error
	Close(*Summary) error
}

// Write writes a list of findings as a report of its own.
func (f *Format) Write(w io.Writer, l List) error {
	r := f.New(w, Style{})
	if err := r.File(&File{Findings: l}); err != nil {
		return err
	}
	return r.Close(&Summary{})
}
