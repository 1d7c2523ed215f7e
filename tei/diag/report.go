package diag

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strings"
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
	Text     []byte // the document, in UTF-8, for the formats that quote it; nil where it is not at hand

	lines *Lines // of Text, once one was asked for
}

// Rule is the rule of a Schematron schema behind a finding.
type Rule struct {
	Schema   string `json:"schema,omitempty"`  // the file that has the rule
	Pattern  string `json:"pattern,omitempty"` // the pattern's id
	ID       string `json:"id,omitempty"`      // of the assert or report, or of its rule
	Context  string `json:"context,omitempty"` // the rule's context, as XPath
	Test     string `json:"test,omitempty"`    // as XPath
	Report   bool   `json:"report,omitempty"`  // a report, not an assert
	Role     string `json:"role,omitempty"`
	Flag     string `json:"flag,omitempty"`
	See      string `json:"see,omitempty"`
	Location string `json:"location,omitempty"` // the node, as an absolute XPath without prefixes
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

	// For the formats that services read: a file's name as its repository has it;
	// nil is the name as it is.
	InRepository func(name string) string

	// For plain text, whose lines scripts read:
	Weights bool      // say of what is no error that it is a warning or a note
	Notes   io.Writer // where the run as a whole is told of: schemas, rules not run, the summary; nil is nowhere
}

// Writer writes one report. One file may go to several writers, one after the
// other.
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

// Keep keeps the findings whose place in the list is kept, and counts the others
// as folded. The trace names what is left.
func (f *File) Keep(keep func(i int) bool) {
	places := make([]int, len(f.Findings)) // where each is now
	var kept List
	for i, x := range f.Findings {
		if places[i] = -1; keep(i) {
			places[i] = len(kept)
			kept = append(kept, x)
		}
	}
	f.Folded += len(f.Findings) - len(kept)
	f.Findings = kept
	if f.Trace == nil {
		return
	}
	t := *f.Trace
	t.Pattern = slices.Clone(t.Pattern)
	for i := range t.Pattern {
		p := &t.Pattern[i]
		p.Fired = slices.Clone(p.Fired)
		for k := range p.Fired {
			var now []int
			for _, was := range p.Fired[k].Findings {
				if 0 <= was && was < len(places) && places[was] >= 0 {
					now = append(now, places[was])
				}
			}
			p.Fired[k].Findings = now
		}
	}
	f.Trace = &t
}

// byFile are the findings by the file that they are in, which may be one that
// the document includes. The file itself comes first, with or without findings.
func (f *File) byFile() iter.Seq2[string, List] {
	var names []string
	lists := map[string]List{}
	if f.Name != "" {
		names = append(names, f.Name)
	}
	for _, x := range f.Findings {
		name := cmp.Or(x.Pos.File, f.Name)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		lists[name] = append(lists[name], x)
	}
	return func(yield func(string, List) bool) {
		for _, name := range names {
			if !yield(name, lists[name]) {
				return
			}
		}
	}
}

// unread says that the file could not be read to its end as XML.
func (f Finding) unread() bool {
	return strings.HasPrefix(string(f.Code), "xml/") || strings.HasPrefix(string(f.Code), "input/")
}

// more is all that a finding tells beside its message, in safe lines.
func (f Finding) more() string {
	var l []string
	for _, r := range f.Related {
		l = append(l, Plain(r.Pos.String()+": "+r.Message))
	}
	for _, s := range []string{f.Note, f.Detail} {
		if s != "" {
			l = append(l, plainLines(s))
		}
	}
	return strings.Join(l, "\n")
}

// told is the message and all that a finding tells beside it.
func (f Finding) told() string {
	return strings.TrimSuffix(Plain(f.Message)+"\n"+f.more(), "\n")
}
