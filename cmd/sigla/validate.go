package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"sigla/schemas"
	"sigla/schemas/batch"
	"sigla/schemas/catalog"
	"sigla/schemas/lint"
	"sigla/schemas/profile"
	"sigla/tei/diag"
)

func validateCommand() *cli.Command {
	return &cli.Command{
		Name:      "validate",
		Usage:     "validate XML files against RELAX NG, XML Schema and Schematron",
		ArgsUsage: "FILE...",
		Description: `Reads each FILE, a file, a folder (its .xml files), a pattern (**/*.xml) or -
for standard input, and validates it by

  the schemas of --schema, else
  those that sigla.toml names for it, else
  those that it asks for itself (xml-model, xsi:schemaLocation), else
  Sigla's own profile of TEI.

A schema is a file (.rng, .rnc, .xsd, .sch), an address or a name such as
tei_all@4.12.0; addresses are found in XML catalogs, in sigla.lock and in the
store that sigla schema add fills. The network is used with --allow-network
alone. Schematron rules inside a RELAX NG or XML Schema run with it. Lints look
for pointers that lead nowhere, xml:id given twice, languages and dates that do
not exist; they warn. One bad file never stops the rest.

Examples:
  sigla validate tei/*.xml
  sigla validate --schema tei_all.rng 'corpus/**/*.xml'
  sigla validate --schema my.rnc --schema rules.sch --explain letter.xml
  sigla validate --format github --report sarif=sigla.sarif corpus
  sigla validate --baseline known.json --changed-since origin/main corpus
  sigla validate --watch corpus

Exit: 0 nothing that --fail-on counts; 1 there are such findings; 2 the call was
wrong; 3 a schema can't be used, or this build can't validate by it.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "schema", Aliases: []string{"s"}, Usage: "validate by `SCHEMA`: a file, an address or a name (may be repeated)"},
			&cli.StringFlag{Name: "phase", Usage: "run the `PHASE` of the Schematron schemas that have phases"},
			catalogFlag(),
			&cli.BoolFlag{Name: "allow-network", Usage: "get schemas that are missing, and keep them"},
			&cli.BoolFlag{Name: "grammar-only", Usage: "no embedded Schematron and no lints; reads files of any size"},
			&cli.BoolFlag{Name: "xinclude", Usage: "validate documents with what they include"},
			&cli.StringFlag{Name: "pointers", Value: "file", Usage: "how far pointers are followed: file or corpus"},
			&cli.BoolFlag{Name: "strict", Usage: "a Schematron rule that can't be run is a failure (exit 3)"},
			&cli.BoolFlag{Name: "explain", Usage: "with each finding all that was expected, the content model and what the schema says of the element"},
			&cli.StringFlag{Name: "fail-on", Usage: "the least finding that makes the exit code 1: error, warning or never"},
			&cli.StringFlag{Name: "baseline", Usage: "findings listed in `FILE` pass, new ones fail"},
			&cli.BoolFlag{Name: "update-baseline", Usage: "write what is found now to the file of --baseline"},
			&cli.StringFlag{Name: "changed-since", Usage: "only files that differ from the git revision `REV`, or are new; all, if a schema or sigla.toml does"},
			&cli.IntFlag{Name: "max-findings", Value: 1000, Usage: "stop reading a file after `N` findings of a schema"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: " + strings.Join(formatNames(), ", ")},
			&cli.StringSliceFlag{Name: "report", Usage: "write a report besides, as `FORMAT=FILE` (may be repeated)"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no findings, only the exit code and --report"},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "files at a time (default: one a core)"},
			&cli.BoolFlag{Name: "no-cache", Usage: "look at every file, even if it and its schemas are as they were"},
			&cli.StringFlag{Name: "config", Usage: "read `FILE` in place of the sigla.toml of this folder or one above"},
			&cli.BoolFlag{Name: "watch", Usage: "go on, and validate what changes"},
		},
		Action: validate,
	}
}

func formatNames() []string {
	var l []string
	for _, f := range diag.Formats {
		l = append(l, f.Name)
	}
	return l
}

// failures are the values of --fail-on, with the least severity that each counts.
var failures = map[string]diag.Severity{"error": diag.Error, "warning": diag.Warning, "never": diag.Error + 1}

// validation is one call of validate.
type validation struct {
	c       *cli.Context
	conf    *config
	failOn  diag.Severity
	refused diag.List // arguments that are no inputs, and what is wrong with catalogs
	base    *baseline
	checker *batch.Checker
	slept   bool // the note about a slow schema was given
}

func validate(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("validate needs a file; see sigla validate --help")
	}
	if c.Int("max-findings") < 1 {
		return usage("--max-findings is %d; it is at least 1", c.Int("max-findings"))
	}
	if p := c.String("pointers"); p != "file" && p != "corpus" {
		return usage("--pointers is file or corpus, not %q", p)
	}
	v := &validation{c: c}
	if err := v.configure(); err != nil {
		return err
	}
	outputs, err := planReports(c)
	if err != nil {
		return err
	}
	list, err := v.inputs()
	if err != nil {
		return err
	}
	if err := v.open(outputs); err != nil {
		return err
	}
	if err := v.spare(outputs, list); err != nil {
		return err
	}
	ctx := c.Context
	writes := len(c.StringSlice("report")) > 0 || c.Bool("update-baseline")
	if len(list) > 1 || c.Bool("watch") || writes {
		var stop func()
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		defer stop()
		defer context.AfterFunc(ctx, stop)() // a second one ends it at once
	}
	if writes { // who reads standard output may have enough before they are written
		pipe := make(chan os.Signal, 1)
		signal.Notify(pipe, syscall.SIGPIPE)
		defer signal.Stop(pipe)
	}
	err = v.run(ctx, list, outputs)
	if c.Bool("watch") {
		return v.watch(ctx, outputs, list, err)
	}
	return err
}

// configure reads the configuration and what it leads to.
func (v *validation) configure() error {
	conf, err := loadConfig(".", v.c.String("config"))
	if err != nil {
		return err
	}
	v.conf = conf
	failOn := cmp.Or(v.c.String("fail-on"), v.conf.Validate.FailOn, "error")
	var known bool
	if v.failOn, known = failures[failOn]; !known {
		return usage("--fail-on is error, warning or never, not %q", failOn)
	}
	v.base, err = openBaseline(v.c, v.conf)
	return err
}

// inputs are the files of the call: those that its arguments name, without what
// the configuration leaves out and what has not changed.
func (v *validation) inputs() ([]input, error) {
	list, refused, _, err := inputs(v.c.Args().Slice(), ".xml")
	if err != nil {
		return nil, err
	}
	v.refused = refused
	if v.c.String("pointers") == "corpus" { // files have one name each, by which pointers find them
		for i := range list {
			if rel, err := filepath.Rel(absolute("."), list[i].path); filepath.IsAbs(list[i].path) && err == nil && filepath.IsLocal(rel) {
				list[i].path = rel
			}
		}
	}
	list = slices.DeleteFunc(list, func(i input) bool { return i.listed && (v.conf.excluded(i.path) || v.reported(i.path)) })
	if rev := v.c.String("changed-since"); rev != "" {
		changed, err := changedSince(v.c.Context, rev)
		if err != nil {
			return nil, err
		}
		if s := v.tightened(changed); s != "" {
			if !v.c.Bool("quiet") {
				fmt.Fprintf(v.c.App.ErrWriter, "sigla: %s has changed since %s, so all files are looked at\n", diag.Plain(s), diag.Plain(rev))
			}
			return list, nil
		}
		for i := range list {
			list[i].aside = list[i].path != "-" && !changed(list[i])
		}
		if v.c.String("pointers") != "corpus" { // where they lead to files that have not changed, and from them
			list = slices.DeleteFunc(list, func(i input) bool { return i.aside })
		}
	}
	return list, nil
}

// tightened is a file that decides what is valid, and has changed: the
// configuration, a catalog, the lock file or a schema that the call or the
// configuration names. What a schema includes is not looked at.
func (v *validation) tightened(changed func(input) bool) string {
	l := slices.Concat([]string{v.conf.path, filepath.Join(v.conf.dir, catalog.LockName)}, v.c.StringSlice("schema"), v.c.StringSlice("catalog"), v.conf.catalogs())
	for _, s := range v.conf.schemas() {
		l = append(l, v.conf.resolve(s))
	}
	for _, p := range l {
		if info, err := os.Stat(p); p != "" && err == nil && info.Mode().IsRegular() && changed(input{path: p, listed: true}) {
			return p
		}
	}
	return ""
}

// reported reports whether a file is a report of an earlier run at the place of
// one of this run: in a folder of documents it is none of them.
func (v *validation) reported(name string) bool {
	for _, r := range v.c.StringSlice("report") {
		form, path, _ := strings.Cut(r, "=")
		if absolute(path) != absolute(name) {
			continue
		}
		root := map[string]string{"junit": "<testsuites", "checkstyle": "<checkstyle", "svrl": ":schematron-output"}[form]
		f, err := os.Open(name)
		if err != nil || root == "" {
			return false
		}
		defer f.Close()
		head, err := io.ReadAll(io.LimitReader(f, 1<<10))
		return err == nil && strings.Contains(string(head), root)
	}
	return false
}

// spare refuses reports that would take the place of what is read.
func (v *validation) spare(outputs []*output, list []input) error {
	read := append(slices.Concat(v.c.StringSlice("schema"), v.c.StringSlice("catalog"), v.conf.catalogs()), v.conf.path)
	if v.base != nil {
		read = append(read, v.base.path)
	}
	for _, i := range list {
		read = append(read, i.path)
	}
	for _, o := range outputs {
		there, err := os.Stat(o.path)
		if err != nil || !there.Mode().IsRegular() {
			continue
		}
		for _, name := range read {
			if info, err := os.Stat(name); err == nil && os.SameFile(info, there) {
				return usage("--report %s=%s would overwrite %s, which is read; name another file", o.form.Name, o.path, name)
			}
		}
	}
	return nil
}

// open makes the checker.
func (v *validation) open(outputs []*output) error {
	c := v.c
	r, findings, err := resolver(c, v.conf)
	if err != nil {
		return err
	}
	v.refused = append(v.refused, findings...)
	if c.Bool("allow-network") {
		f, _ := fetcher(c)
		r.Fetch = f
	}
	named := c.StringSlice("schema")
	o := batch.Options{
		Schemas: named, SchemasFor: v.conf.schemasFor, Resolver: r, Otherwise: ownProfile(), StandsIn: isTEI,
		Phase: cmp.Or(c.String("phase"), v.conf.Validate.Phase), Grammar: c.Bool("grammar-only"), XInclude: c.Bool("xinclude"), Corpus: c.String("pointers") == "corpus",
		Explain: c.Bool("explain"), Findings: c.Int("max-findings"), Lint: v.lint,
		Traces: slices.ContainsFunc(outputs, func(o *output) bool { return o.form.Traces }),
		Slow:   v.slow, Now: time.Now(),
	}
	if !c.Bool("no-cache") && (v.conf.Validate.Cache == nil || *v.conf.Validate.Cache) {
		if dir, err := os.UserCacheDir(); err == nil {
			o.Cache = &batch.Cache{Dir: filepath.Join(dir, "sigla", "results"), Version: thisProgram(), Settings: v.conf.sum}
		}
	}
	v.checker, err = batch.New(c.Context, o)
	if err != nil {
		return schemaError(c, err)
	}
	return nil
}

// thisProgram tells the program from others, and from itself before it was built
// anew.
func thisProgram() string {
	name, err := os.Executable()
	if err != nil {
		return programVersion()
	}
	info, err := os.Stat(name)
	if err != nil {
		return programVersion()
	}
	return fmt.Sprintf("%s %d %d", programVersion(), info.Size(), info.ModTime().UnixNano())
}

// lint reports whether a lint runs on a file.
func (v *validation) lint(code diag.Code, file string) bool {
	for _, l := range lint.Lints {
		if l.Code == code {
			const unset = diag.Error + 1
			severity, on := v.conf.severity(code, file, unset)
			return on && (l.On || severity != unset)
		}
	}
	return false
}

func (v *validation) slow(schema string) {
	if !v.c.Bool("quiet") && !v.slept {
		v.slept = true
		fmt.Fprintf(v.c.App.ErrWriter, "sigla: loading %s takes its time; large XML Schemas do in libxml2, and their RELAX NG (.rng) is there at once\n", diag.Plain(schema))
	}
}

// ownProfile is what documents are validated by which ask for no schema: the
// profile of TEI that convert writes, and its rules.
func ownProfile() []catalog.Found {
	var l []catalog.Found
	for _, name := range []string{"sigla.rng", "sigla.sch"} {
		b, err := profile.Files.ReadFile(name)
		if err != nil {
			panic(err) // it is built in
		}
		d := catalog.Describe(name, b)
		d.Title, d.Version = "Sigla's profile of TEI", programVersion()
		l = append(l, catalog.Found{FS: profile.Files, Name: name, URL: name, SHA256: catalog.Hash(b), Description: d})
	}
	return l
}

// isTEI reports whether a document asks for TEI with all modules: the profile is
// proved a subset of that (schemas/relaxng: TestTheProfileIsTEI).
func isTEI(ref catalog.Reference) bool {
	t, err := catalog.Lookup(ref.Href)
	return err == nil && t.Name == "tei_all"
}

// run validates the files and writes the reports.
func (v *validation) run(ctx context.Context, list []input, outputs []*output) error {
	c := v.c
	began := time.Now()
	tick, bar := progress(c, len(list))
	if v.base != nil {
		v.base.now = diag.NewBaseline()
	}
	t := &told{v: v, outputs: outputs, schemas: map[*diag.Schema]int{}, aside: map[*batch.Result]bool{}}
	if err := t.begin(c, bar); err != nil {
		return err
	}
	for name, l := range byFile(v.refused) {
		t.tell(&diag.File{Name: name, Findings: l}, nil)
	}
	if c.String("pointers") == "corpus" {
		t.held = make([]*batch.Result, 0, len(list))
	}
	inOrder(ctx, len(list), cmp.Or(c.Int("jobs"), v.conf.Validate.Jobs), func(i int, begun bool) *batch.Result {
		if !begun {
			return &batch.Result{File: diag.File{Name: list[i].name()}, Err: errStopped}
		}
		return v.file(ctx, list[i])
	}, func(i int, r *batch.Result) {
		tick()
		if r.Err != nil && !errors.Is(r.Err, errStopped) && ctx.Err() != nil {
			r.Err = errStopped
		}
		if list[i].aside && !errors.Is(r.Err, errStopped) {
			r.File.Findings, r.Err = nil, nil
			t.aside[r] = true
		}
		t.result(r)
	})
	t.corpus(v)
	err := t.end(began)
	if serr := v.checker.Save(); serr != nil && !c.Bool("quiet") {
		fmt.Fprintf(c.App.ErrWriter, "sigla: results are not kept for the next run: %s; --no-cache does without\n", diag.Plain(plainError(serr).Error()))
	}
	return err
}

var errStopped = errors.New("interrupted: the files that are told of were validated, the rest was not begun")

// file validates one file. What can't be read is a finding.
func (v *validation) file(ctx context.Context, in input) *batch.Result {
	f := os.Stdin
	if in.path != "-" {
		var err error
		if f, err = os.Open(in.path); err != nil {
			return &batch.Result{File: diag.File{Name: in.name(), Findings: diag.List{
				{Pos: diag.Pos{File: in.name()}, Severity: diag.Error, Code: batch.CodeUnreadable, Message: diag.Reason(err).Error()}}}}
		}
		defer f.Close()
	}
	size := int64(-1)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	return v.checker.File(ctx, in.name(), f, size)
}

// judge gives the findings of a file the severities of the configuration, and
// takes out those that it turns off.
func (v *validation) judge(f *diag.File) {
	folded := f.Folded
	f.Keep(func(i int) bool {
		x := &f.Findings[i]
		_, on := v.conf.severity(x.Code, x.Pos.File, x.Severity)
		return on
	})
	f.Folded = folded // nobody is to wonder what is hidden
	for i := range f.Findings {
		x := &f.Findings[i]
		x.Severity, _ = v.conf.severity(x.Code, x.Pos.File, x.Severity)
	}
}

// schemaError tells why a schema can't be used: what is wrong with it, as
// findings on standard error, or that it isn't there.
func schemaError(c *cli.Context, err error) error {
	var bad *batch.SchemaError
	var unknown *schemas.UnknownLanguageError
	switch {
	case errors.As(err, &bad):
		return faultySchema(c, bad.Name, bad.Findings)
	case errors.As(err, &unknown):
		return usage("--schema %v", err)
	case errors.Is(err, os.ErrNotExist):
		return fault(fmt.Errorf("--schema %w", plainError(err)))
	}
	return fault(errors.New(strings.TrimPrefix(err.Error(), "open ")))
}

func faultySchema(c *cli.Context, name string, l diag.List) error {
	form, _ := diag.FormatNamed("text")
	if err := form.Write(c.App.ErrWriter, l); err != nil {
		return fault(err)
	}
	return fault(fmt.Errorf("%s is not a correct schema", name))
}
