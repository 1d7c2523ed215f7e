package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"sigla/schemas/profile"
	"sigla/schemas/relaxng"
	"sigla/tei/diag"
	"sigla/transforms"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
	"sigla/transforms/source"
)

func convertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn plain translations into TEI P5",
		ArgsUsage: "INPUT...",
		Description: `Reads each INPUT, a file, a folder, a pattern (**/*.txt) or - for standard
input, and writes TEI P5. Findings about the documents go to standard error.

Examples:
  sigla convert telegram.txt > telegram.xml
  sigla convert telegram.txt -o telegram.xml --ledger telegram.jsonl
  sigla convert -d tei/ letters/ 'archive/**/*.txt'
  sigla convert --meta letter.yaml --from plain letter.txt

Exit: 0 all clean; 1 there are findings, or an input could not be converted;
2 the call was wrong; 3 the tool could not do its work.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "from", Value: "auto", Usage: "layout of the input: auto, digitalarchive or plain"},
			&cli.StringFlag{Name: "meta", Usage: "YAML `FILE` that gives or overrides header fields"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`"},
			&cli.StringFlag{Name: "dir", Aliases: []string{"d"}, Usage: "write NAME.xml for each input into `DIR`"},
			&cli.BoolFlag{Name: "no-validate", Usage: "do not validate the output"},
			&cli.StringFlag{Name: "encoding", Usage: "encoding of the input: utf-8, utf-16le, windows-1251, …"},
			&cli.BoolFlag{Name: "replace-forbidden", Usage: "turn characters that XML forbids into U+FFFD, and say so in the header"},
			&cli.StringSliceFlag{Name: "lexicon", Usage: "add the entries of `FILE` to the lexicon (may be repeated)"},
			&cli.StringFlag{Name: "ledger", Usage: "write every decision to `FILE` as JSON lines; with -d, beside each output"},
			&cli.StringFlag{Name: "date", Usage: "day of the encoding, yyyy-mm-dd (default: SOURCE_DATE_EPOCH, else left out)"},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "documents at a time (default: one a core)"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no findings and no table, only the exit code"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"},
		},
		Action: convert,
	}
}

// job is one input and where its output goes.
type job struct {
	input  string // a path, or -
	name   string // for findings
	output string // empty is standard output
}

// outcome is what became of a job.
type outcome struct {
	job
	findings  diag.List
	decisions []ledger.Decision
	tei       []byte
	count     int // of findings
	worst     diag.Severity
	state     string // written, invalid, refused, failed
	err       error  // a fault of the tool or the machine
}

type converter struct {
	opt      transforms.Options
	validate bool // by the profile
	ledger   string
	batch    bool
}

func convert(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("convert needs an input; see sigla convert --help")
	}
	out, dir := c.String("output"), c.String("dir")
	if out != "" && dir != "" {
		return usage("-o and -d exclude each other")
	}
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return usage("%v", err)
	}
	cv := &converter{batch: dir != "", ledger: c.String("ledger"), validate: !c.Bool("no-validate")}
	if cv.validate {
		go profile.Schema() // compiled while the first page is converted
	}
	jobs, refused, err := plan(c.Args().Slice(), out, dir)
	if err != nil {
		return err
	}
	if cv.opt, err = options(c); err != nil {
		return err
	}
	start := time.Now()
	// an interrupt lets the pages at hand end, so that no file is left half written
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt)
	defer stop()
	tick, bar := progress(c, len(jobs))
	say := func(diag.List) error { return nil }
	if !c.Bool("quiet") {
		say = func(l diag.List) error { return form.Write(c.App.ErrWriter, l) }
	}
	// findings are told as the pages come, in the order of the inputs, so that a
	// batch of any size stays small; a bar or a format that is one value waits
	stream := form.Name == "text" && !bar
	if stream {
		if err := say(refused); err != nil {
			return fault(err)
		}
	}
	var failed error
	results := cv.run(ctx, jobs, c.Int("jobs"), func(o *outcome) {
		tick()
		if w, any := o.findings.Worst(); any {
			o.worst, o.count = w, len(o.findings)
		}
		if stream {
			if err := say(o.findings); err != nil && failed == nil {
				failed = err
			}
			o.findings = nil
		}
	})
	if failed != nil {
		return fault(failed)
	}
	return report(c, form, results, refused, cv, stream, time.Since(start))
}

var errInterrupted = errors.New("interrupted: what is written is whole, the rest was not begun")

// options reads what the flags say about the sources.
func options(c *cli.Context) (transforms.Options, error) {
	opt := transforms.Options{From: c.String("from"), Encoding: c.String("encoding"), ReplaceForbidden: c.Bool("replace-forbidden"), Version: programVersion(), Date: c.String("date")}
	if opt.Date == "" {
		if s := os.Getenv("SOURCE_DATE_EPOCH"); s != "" {
			n, err := strconv.ParseInt(s, 10, 64)
			if err != nil {
				return opt, usage("SOURCE_DATE_EPOCH is %q, not a number of seconds", s)
			}
			opt.Date = time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
	} else if _, err := time.Parse(time.DateOnly, opt.Date); err != nil {
		return opt, usage("--date %s is not a day; write it as 1951-11-01", opt.Date)
	}
	if f := c.String("meta"); f != "" {
		b, err := os.ReadFile(f)
		if err != nil {
			return opt, usage("--meta: %v", plainError(err))
		}
		if opt.Meta, err = source.ParseMeta(b, f); err != nil {
			return opt, usage("%v", err)
		}
	}
	var entries []lexicon.Entry
	for _, f := range c.StringSlice("lexicon") {
		r, err := os.Open(f)
		if err != nil {
			return opt, usage("--lexicon: %v", plainError(err))
		}
		e, err := lexicon.Read(r, f)
		r.Close()
		if err != nil {
			return opt, usage("--lexicon: %v", err)
		}
		entries = append(entries, e...)
	}
	if entries != nil {
		opt.Lexicon = lexicon.Default().With(entries)
	}
	return opt, nil
}

// plan lists the jobs. What cannot be an input becomes a finding; only a call
// that makes no sense is an error.
func plan(args []string, out, dir string) ([]job, diag.List, error) {
	list, refused, many, err := inputs(args, ".txt")
	if err != nil {
		return nil, nil, err
	}
	var jobs []job
	for _, in := range list {
		j := job{input: in.path, name: in.path, output: out}
		if dir != "" {
			base := strings.TrimSuffix(in.rel, filepath.Ext(in.rel))
			if in.path == "-" {
				base = "stdin"
			}
			j.output = filepath.Join(dir, base+".xml")
		}
		jobs = append(jobs, j)
	}
	if many && dir == "" && len(jobs) > 1 {
		return nil, nil, usage("%d inputs need a folder to write to: add -d DIR", len(jobs))
	}
	used := map[string]string{}
	for i := range jobs {
		j := &jobs[i]
		if j.output == "" {
			continue
		}
		if same(j.input, j.output) {
			return nil, nil, usage("%s would be written over its own source", j.output)
		}
		// a/x.txt and b/x.txt given one by one
		for n := 2; used[j.output] != ""; n++ {
			j.output = fmt.Sprintf("%s-%d.xml", strings.TrimSuffix(j.output, ".xml"), n)
		}
		used[j.output] = j.input
	}
	return jobs, refused, nil
}

func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// run works through the jobs, and gives the outcomes to done one by one, in the
// order of the jobs. Outputs of a batch are written as they come, and not kept.
func (cv *converter) run(ctx context.Context, jobs []job, workers int, done func(*outcome)) []outcome {
	out := make([]outcome, len(jobs))
	inOrder(ctx, len(jobs), workers, func(i int, begun bool) outcome {
		if !begun {
			return outcome{job: jobs[i], state: "not begun", err: errInterrupted}
		}
		o := cv.one(jobs[i])
		if cv.batch {
			o.tei, o.decisions = nil, nil
		}
		return o
	}, func(i int, o outcome) {
		out[i] = o
		done(&out[i])
	})
	return out
}

func (cv *converter) one(j job) (o outcome) {
	o.job = j
	src, err := readInput(j.input)
	if err != nil {
		o.state = "refused"
		o.findings = diag.List{{Pos: diag.Pos{File: j.name}, Severity: diag.Error, Code: "input/unreadable", Message: plainError(err).Error()}}
		return o
	}
	opt := cv.opt
	opt.Name = j.name
	if j.input == "-" {
		opt.Name = "stdin"
	}
	r, err := transforms.Convert(src, opt)
	if err != nil {
		var bad *source.TextError
		var call *source.OptionError
		switch {
		case errors.As(err, &bad):
			o.state, o.findings = "refused", diag.List{bad.Finding()}
		case errors.As(err, &call):
			o.state, o.err = "failed", &exit{exitUsage, call}
		default:
			o.state, o.err = "failed", fmt.Errorf("%s: %w", j.name, err)
		}
		return o
	}
	o.findings, o.decisions, o.tei, o.state = r.Findings, r.Decisions, r.TEI, "written"
	var invalid diag.List
	if cv.validate {
		schema, err := profile.Schema()
		if err == nil {
			invalid, err = schema.ValidateBytes(context.Background(), cmp.Or(j.output, j.name), r.TEI, relaxng.Options{})
		}
		if err != nil {
			o.state, o.err = "failed", err
			return o
		}
	}
	o.findings = append(o.findings, invalid...)
	if j.output == "" {
		if len(invalid) > 0 {
			o.state = "invalid"
		}
		return o
	}
	path := j.output
	if len(invalid) > 0 {
		o.state = "invalid"
		stem := strings.TrimSuffix(path, ".xml")
		path = stem + ".invalid.xml"
		if err := writeFile(stem+".invalid.txt", []byte(plainReport(invalid)), cv.batch); err != nil {
			o.state, o.err = "failed", err
			return o
		}
	}
	if err := writeFile(path, r.TEI, cv.batch); err != nil {
		o.state, o.err = "failed", err
		return o
	}
	if cv.ledger != "" && cv.batch {
		if err := writeLedger(strings.TrimSuffix(j.output, ".xml")+".ledger.jsonl", r.Decisions); err != nil {
			o.state, o.err = "failed", err
		}
	}
	return o
}

func plainReport(l diag.List) string {
	var b strings.Builder
	for _, f := range l {
		fmt.Fprintln(&b, diag.Plain(f.String()))
	}
	return b.String()
}

// readInput reads a file or standard input, and no more than a page may have.
func readInput(path string) ([]byte, error) {
	f := os.Stdin
	if path != "-" {
		var err error
		if f, err = os.Open(path); err != nil {
			return nil, err
		}
		defer f.Close()
	}
	var src bytes.Buffer
	if info, err := f.Stat(); err == nil {
		if info.IsDir() {
			return nil, errors.New("is a folder")
		}
		src.Grow(int(min(info.Size(), source.DefaultLimit)) + bytes.MinRead) // in which the end is seen
	}
	_, err := src.ReadFrom(io.LimitReader(f, source.DefaultLimit+1))
	return src.Bytes(), err
}

// report prints findings, the document or the table, and gives the exit code.
func report(c *cli.Context, form *diag.Format, results []outcome, refused diag.List, cv *converter, told bool, took time.Duration) error {
	findings := slices.Clone(refused)
	worst, _ := refused.Worst()
	count := map[string]int{}
	var failure error
	for _, o := range results {
		findings = append(findings, o.findings...)
		worst = max(worst, o.worst)
		count[o.state]++
		if o.err != nil && failure == nil {
			failure = o.err
		}
	}
	count["refused"] += len(refused)
	if len(results) == 1 && results[0].output == "" && results[0].tei != nil {
		if _, err := c.App.Writer.Write(results[0].tei); err != nil {
			return fault(err)
		}
	}
	if cv.ledger != "" && !cv.batch && len(results) == 1 && results[0].tei != nil {
		if err := writeLedger(cv.ledger, results[0].decisions); err != nil {
			return fault(err)
		}
	}
	if !c.Bool("quiet") {
		if !told {
			if err := form.Write(c.App.ErrWriter, findings); err != nil {
				return fault(err)
			}
		}
		if cv.batch && form.Name == "text" {
			table(c.App.ErrWriter, results, count, took)
		}
	}
	if failure != nil {
		var e *exit
		if errors.As(failure, &e) {
			return e
		}
		return fault(failure)
	}
	if worst > diag.Info {
		return found
	}
	return nil
}

// table is the summary of a batch: the inputs that were not simply written,
// and the sums.
func table(w io.Writer, results []outcome, count map[string]int, took time.Duration) {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, o := range results {
		if o.state != "not begun" && (o.state != "written" || len(results) <= 20) {
			fmt.Fprintf(t, "%s\t%s\t%d findings\n", o.state, diag.Plain(o.name), o.count)
		}
	}
	t.Flush()
	n := 0
	for _, v := range count {
		n += v
	}
	fmt.Fprintf(w, "%d inputs: %d written, %d invalid, %d refused, %d failed; %.1f s\n", n, count["written"], count["invalid"], count["refused"], count["failed"]+count["not begun"], took.Seconds())
}

func writeLedger(path string, list []ledger.Decision) error {
	var b strings.Builder
	if err := ledger.Write(&b, list); err != nil {
		return err
	}
	return writeFile(path, []byte(b.String()), false)
}
