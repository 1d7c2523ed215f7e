package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"sigla/schemas/batch"
	"sigla/schemas/lint"
	"sigla/tei/diag"
	"sigla/tei/diag/explain"
)

// output is a report to write: to standard output, or to a file.
type output struct {
	form *diag.Format
	path string // "" is standard output

	file   *beside
	buffer *bufio.Writer
	held   *bytes.Buffer // what waits for the progress bar to go
	report diag.Writer
	broken error // it can't be written
}

// absolute is a path in the form in which it stands for its file.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// inRepository gives files the names that the repository of the present folder has
// for them, which services that show reports know; others keep theirs.
func inRepository() func(name string) string {
	top := absolute(".")
	for {
		if _, err := os.Stat(filepath.Join(top, ".git")); err == nil {
			break
		}
		above := filepath.Dir(top)
		if above == top {
			return nil
		}
		top = above
	}
	return func(name string) string {
		if rel, err := filepath.Rel(top, absolute(name)); err == nil && filepath.IsLocal(rel) {
			return rel
		}
		return name
	}
}

// planReports reads --format and --report.
func planReports(c *cli.Context) ([]*output, error) {
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return nil, usage("--format: %v", err)
	}
	var l []*output
	if !c.Bool("quiet") {
		l = append(l, &output{form: form})
	}
	for _, r := range c.StringSlice("report") {
		name, path, ok := strings.Cut(r, "=")
		if !ok || path == "" {
			return nil, usage("--report %s: write FORMAT=FILE, as in --report sarif=sigla.sarif", r)
		}
		form, err := diag.FormatNamed(name)
		if err != nil {
			return nil, usage("--report %s: %v", r, err)
		}
		if slices.ContainsFunc(l, func(o *output) bool { return o.path != "" && absolute(o.path) == absolute(path) }) {
			return nil, usage("--report: two reports go to %s", path)
		}
		l = append(l, &output{form: form, path: path})
	}
	return l, nil
}

// begin opens the report. bar says that a progress bar is on the terminal.
func (o *output) begin(c *cli.Context, bar bool) error {
	o.broken = nil
	var s diag.Style
	s.Explain, s.Weights, s.InRepository = c.Bool("explain"), true, inRepository()
	if o.path != "" {
		f, err := createBeside(o.path, false)
		if err != nil {
			return usage("--report %s=%s: %v", o.form.Name, o.path, plainError(err))
		}
		o.file, o.buffer = f, bufio.NewWriter(f)
		o.report = o.form.New(o.buffer, s)
		return nil
	}
	w := c.App.Writer
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		s.Quote = true
		s.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		s.Width, _, _ = term.GetSize(int(f.Fd()))
		if bar {
			o.held = &bytes.Buffer{}
			w = o.held
		}
	}
	s.Notes = c.App.ErrWriter
	o.buffer = bufio.NewWriter(w)
	o.report = o.form.New(o.buffer, s)
	return nil
}

// end finishes the report; a file stands at its place only now. A run that was
// stopped has no summary, and leaves what stood at the place.
func (o *output) end(c *cli.Context, s *diag.Summary) error {
	err := o.broken
	if err == nil && s != nil {
		err = o.report.Close(s)
	}
	if err == nil {
		err = o.buffer.Flush()
	}
	if o.held != nil && err == nil {
		_, err = io.Copy(c.App.Writer, o.held)
	}
	switch {
	case o.file == nil && errors.Is(err, syscall.EPIPE):
		return nil // who reads has enough; the other reports and the exit code stand
	case o.file == nil:
	case err == nil && s != nil:
		return o.file.commit()
	default:
		o.file.discard()
	}
	return err
}

// told is what a run has told so far.
type told struct {
	v       *validation
	outputs []*output
	schemas map[*diag.Schema]int // their places in the summary
	order   []*diag.Schema
	files   int
	failed  bool                   // there is a finding that --fail-on counts
	err     error                  // the first fault
	held    []*batch.Result        // with pointers across the corpus: all of it
	aside   map[*batch.Result]bool // of those held: of which only what shows across files is told
	stopped bool                   // the run was interrupted
}

func (t *told) begin(c *cli.Context, bar bool) error {
	for i, o := range t.outputs {
		if err := o.begin(c, bar); err != nil {
			for _, o := range t.outputs[:i] {
				if o.file != nil {
					o.file.discard()
				}
			}
			return err
		}
	}
	return nil
}

// result takes the result of a file.
func (t *told) result(r *batch.Result) {
	if errors.Is(r.Err, errStopped) { // of a file that was not begun there is nothing to tell
		t.stopped = true
		return
	}
	if r.Err != nil && t.err == nil {
		t.err = r.Err
	}
	if t.held != nil {
		t.held = append(t.held, r)
		return
	}
	t.tell(&r.File, r.Used)
}

// tell writes a file to the reports.
func (t *told) tell(f *diag.File, used []*diag.Schema) {
	t.files++
	for _, s := range used {
		n, known := t.schemas[s]
		if !known {
			n = len(t.order)
			t.schemas[s] = n
			t.order = append(t.order, s)
		}
		f.Schemas = append(f.Schemas, n)
	}
	t.v.judge(f)
	if t.v.base != nil {
		t.v.base.part(f)
	}
	for i := range f.Findings {
		t.failed = t.failed || f.Findings[i].Severity >= t.v.failOn
	}
	for _, o := range t.outputs {
		if o.broken == nil {
			o.broken = o.report.File(f)
		}
		if o.broken == nil && o.path == "" && o.held == nil {
			o.broken = o.buffer.Flush()
		}
	}
}

// corpus follows the pointers from file to file, and tells what was held.
func (t *told) corpus(v *validation) {
	if t.held == nil {
		return
	}
	var facts []*lint.Result
	place := map[string]*batch.Result{}
	for _, r := range t.held {
		if r.Lint != nil {
			facts = append(facts, r.Lint)
		}
		place[r.File.Name] = r
	}
	on := func(code diag.Code) bool { return v.lint(code, "") }
	exists := func(name string) bool {
		_, err := os.Stat(filepath.FromSlash(name))
		return err == nil
	}
	if t.stopped { // the others are not known
		facts = nil
	}
	for _, f := range lint.Corpus(facts, lint.CorpusOptions{On: on, Exists: exists}) {
		if r := place[f.Pos.File]; r != nil {
			r.File.Findings = append(r.File.Findings, f)
		}
	}
	for _, r := range t.held {
		if t.aside[r] && len(r.File.Findings) == 0 {
			continue
		}
		r.File.Findings.Sort()
		t.tell(&r.File, r.Used)
	}
	t.held = nil
}

// end writes what stands at the end of reports, and is the outcome of the run.
func (t *told) end(began time.Time) error {
	c := t.v.c
	s := &diag.Summary{Tool: "sigla", Version: programVersion(), Files: t.files, Elapsed: time.Since(began), Explain: guide}
	notRun := 0
	for _, u := range t.order {
		s.Schemas = append(s.Schemas, *u)
		notRun += len(u.NotRun)
	}
	if t.stopped {
		s = nil
	}
	var broken error // the first report that could not be written
	for _, o := range t.outputs {
		if err := o.end(c, s); err != nil && broken == nil {
			broken = err
		}
	}
	if t.v.base != nil && !t.stopped {
		if err := t.v.base.end(c); err != nil && broken == nil {
			broken = err
		}
	}
	switch {
	case t.stopped:
		return fault(errStopped)
	case broken != nil:
		return fault(plainError(broken))
	case t.err != nil:
		return schemaError(c, t.err)
	case c.Bool("strict") && notRun > 0:
		return fault(fmt.Errorf("%d Schematron rules can't be run; see the report, or leave --strict away", notRun))
	case t.failed:
		return found
	}
	return nil
}

// guide is what sigla explain says of a code, for the formats that carry it.
func guide(code diag.Code) (diag.Guide, bool) {
	e, ok := explain.Find(string(code))
	return diag.Guide{Title: e.Title, Means: strings.Join(e.Means, "\n\n"), Mend: strings.Join(e.Mend, "\n\n")}, ok
}

// byFile parts findings by the file that they name, in the order of the list.
func byFile(l diag.List) iter.Seq2[string, diag.List] {
	return func(yield func(string, diag.List) bool) {
		for len(l) > 0 {
			n := 1
			for n < len(l) && l[n].Pos.File == l[0].Pos.File {
				n++
			}
			if !yield(l[0].Pos.File, l[:n:n]) {
				return
			}
			l = l[n:]
		}
	}
}
