package diag

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Summary is what is told of a run as a whole.
type Summary struct {
	Tool, Version string
	Schemas       []Schema
	Files         int // that were looked at
	Elapsed       time.Duration
	Explain       func(Code) (Guide, bool) // what a code means; nil where nobody can tell
}

// Guide tells what a code means, for the formats that carry it.
type Guide struct {
	Title string // one line
	Means string // paragraphs
	Mend  string // what to do, paragraphs
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

// tally counts what a run found.
type tally struct {
	by     [Error + 1]int // by severity
	files  int            // that have findings
	folded int
}

func (t *tally) add(f *File) {
	for _, x := range f.Findings {
		t.by[x.Severity]++
	}
	if len(f.Findings) > 0 {
		t.files++
	}
	t.folded += f.Folded
}

// String says it in words: 3 errors, 1 warning in 2 files.
func (t *tally) String() string {
	var l []string
	for _, s := range []Severity{Error, Warning} {
		if n := t.by[s]; n > 0 {
			l = append(l, Counted(n, s.String()))
		}
	}
	if n := t.by[Info]; n > 0 {
		l = append(l, Counted(n, "remark"))
	}
	if l == nil {
		return "no findings"
	}
	return strings.Join(l, ", ") + " in " + Counted(t.files, "file")
}

// Counted is a number with its noun: 1 file, 2 files.
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// line tells of a run in a line: files, findings, seconds, and what is not shown
// or could not be done.
func (s *Summary) line(t *tally) string {
	out := fmt.Sprintf("%s: %s, %.2f s", Counted(s.Files, "file"), t, s.Elapsed.Seconds())
	if t.folded > 0 {
		out += "; " + Counted(t.folded, "finding") + " not listed"
	}
	notRun := 0
	for _, x := range s.Schemas {
		notRun += len(x.NotRun)
	}
	if notRun > 0 {
		out += "; " + Counted(notRun, "rule") + " not run"
	}
	return out
}

// used tells by what was validated, a safe line for each schema and, indented, for
// each of its rules that could not be run.
func (s *Summary) used() []string {
	var l []string
	for _, x := range s.Schemas {
		told := "validated by " + x.title()
		if x.SHA256 != "" {
			told += ", SHA-256 " + Plain(x.SHA256)
		}
		l = append(append(l, told), x.missed()...)
	}
	return l
}

// missed names the rules that were not run, an indented line each.
func (s *Schema) missed() []string {
	var l []string
	for _, n := range s.NotRun {
		l = append(l, fmt.Sprintf("    %s not run: %s", cmp.Or(Plain(n.Rule), "a rule"), Plain(n.Reason)))
	}
	return l
}

// title is what a schema is called, with its version: tei_all.rng, TEI P5 4.12.0.
func (s *Schema) title() string {
	out := s.Name
	if s.Title != "" {
		out += ", " + s.Title
	}
	if s.Version != "" {
		out += " " + s.Version
	}
	return Plain(out)
}

// tool is the name of the program, for the formats that need one.
func (s *Summary) tool() string { return cmp.Or(Plain(s.Tool), "sigla") }
