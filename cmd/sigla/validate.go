package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"sigla/schemas"
	"sigla/schemas/profile"
	"sigla/schemas/relaxng"
	"sigla/schemas/xsd"
	"sigla/tei/diag"
)

func validateCommand() *cli.Command {
	return &cli.Command{
		Name:      "validate",
		Usage:     "validate XML files against RELAX NG or XML Schema",
		ArgsUsage: "FILE...",
		Description: `Reads each FILE, a file, a folder (its .xml files), a pattern (**/*.xml) or -
for standard input. Without --schema, files are validated against Sigla's own
profile of TEI. One bad file never stops the rest.

Examples:
  sigla validate tei/*.xml
  sigla validate --schema tei_all.rng 'corpus/**/*.xml'
  sigla validate --schema my.rnc --explain letter.xml

Exit: 0 all valid; 1 there are findings; 2 the call was wrong; 3 a schema can't
be used, or this build can't validate by it.`,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "schema", Aliases: []string{"s"}, Usage: "validate against the schema in `FILE`: .rng, .rnc or .xsd (may be repeated)"},
			&cli.BoolFlag{Name: "explain", Usage: "with each finding all that was expected, the content model and what the schema says of the element"},
			&cli.IntFlag{Name: "max-findings", Value: 1000, Usage: "stop reading a file after `N` findings"},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "files at a time (default: one a core)"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no findings, only the exit code"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"},
		},
		Action: validate,
	}
}

// inMemory is up to which size a file is read at once; a larger one is read
// through a window, which costs less than memory of its size.
const inMemory = 1 << 20

func validate(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("validate needs a file; see sigla validate --help")
	}
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return usage("%v", err)
	}
	if c.Int("max-findings") < 1 {
		return usage("--max-findings is %d; it is at least 1", c.Int("max-findings"))
	}
	list, all, _, err := inputs(c.Args().Slice(), ".xml")
	if err != nil {
		return err
	}
	validators, err := openSchemas(c)
	if err != nil {
		return err
	}
	ctx := c.Context
	if len(list) > 1 {
		var stop func()
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt)
		defer stop()
	}
	tick, bar := progress(c, len(list))
	stream := form.Name == "text" && !bar
	count := len(all)
	var failed error
	say := func(l diag.List) {
		if c.Bool("quiet") || failed != nil {
			return
		}
		failed = form.Write(c.App.Writer, l)
	}
	if stream {
		say(all)
	}
	o := schemas.Options{Explain: c.Bool("explain"), Findings: c.Int("max-findings")}
	type result struct {
		findings diag.List
		err      error
	}
	inOrder(ctx, len(list), c.Int("jobs"), func(i int, begun bool) result {
		if !begun {
			return result{err: errors.New("interrupted")}
		}
		l, err := validateFile(ctx, list[i], validators, o)
		return result{l, err}
	}, func(i int, r result) {
		tick()
		if r.err != nil && failed == nil {
			failed = r.err
		}
		count += len(r.findings)
		if stream {
			say(r.findings)
			return
		}
		all = append(all, r.findings...)
	})
	if !stream {
		say(all)
	}
	if failed != nil {
		return fault(failed)
	}
	if count > 0 {
		return found
	}
	return nil
}

// validateFile asks each validator of one file. What can't be read is a finding.
func validateFile(ctx context.Context, in input, validators []schemas.Validator, o schemas.Options) (diag.List, error) {
	unreadable := func(err error) diag.List {
		return diag.List{{Pos: diag.Pos{File: in.name()}, Severity: diag.Error, Code: "input/unreadable", Message: plainError(err).Error()}}
	}
	f := os.Stdin
	if in.path != "-" {
		var err error
		if f, err = os.Open(in.path); err != nil {
			return unreadable(err), nil
		}
		defer f.Close()
	}
	doc := schemas.Instance{Name: in.name(), Reader: f}
	if info, err := f.Stat(); len(validators) > 1 || err == nil && info.Mode().IsRegular() && info.Size() <= inMemory {
		var whole bytes.Buffer
		if err == nil && info.Mode().IsRegular() {
			whole.Grow(int(info.Size()) + bytes.MinRead)
		}
		if _, err := whole.ReadFrom(f); err != nil {
			return unreadable(err), nil
		}
		doc.Doc = whole.Bytes()
	}
	var all diag.List
	for _, v := range validators {
		l, err := v.Validate(ctx, doc, o)
		if err != nil {
			var p *os.PathError
			if errors.As(err, &p) {
				return unreadable(err), nil
			}
			return nil, fmt.Errorf("%s: %w", in.name(), err)
		}
		all = append(all, l...)
	}
	return all, nil
}

// openSchemas compiles what --schema names, or the profile.
func openSchemas(c *cli.Context) ([]schemas.Validator, error) {
	names := c.StringSlice("schema")
	if len(names) == 0 {
		s, err := profile.Schema()
		if err != nil {
			return nil, fault(err)
		}
		return []schemas.Validator{schemas.RelaxNG(s)}, nil
	}
	var l []schemas.Validator
	for _, name := range names {
		v, err := schemas.Compile(schemas.Host, filepath.ToSlash(name))
		if err != nil {
			return nil, schemaError(c, name, err)
		}
		l = append(l, v)
	}
	return l, nil
}

// schemaError tells why a schema can't be used: what is wrong with it, as
// findings on standard error, or that it isn't there.
func schemaError(c *cli.Context, name string, err error) error {
	var bad *relaxng.Error
	var unknown *schemas.UnknownLanguageError
	switch {
	case errors.As(err, &bad):
		form, _ := diag.FormatNamed("text")
		if err := form.Write(c.App.ErrWriter, bad.Findings); err != nil {
			return fault(err)
		}
		return fault(fmt.Errorf("%s is not a correct schema", name))
	case errors.As(err, &unknown):
		return usage("--schema %v", err)
	case errors.Is(err, xsd.ErrNotBuilt):
		return fault(fmt.Errorf("%s: %w", name, err))
	case errors.Is(err, os.ErrNotExist):
		return fault(fmt.Errorf("--schema %s: there is no such file", name))
	}
	return fault(errors.New(strings.TrimPrefix(err.Error(), "open ")))
}
