package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"sigla/schemas"
	"sigla/schemas/relaxng"
	"sigla/schemas/schematron"
	"sigla/tei/diag"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "check schemas, compare and convert RELAX NG, keep published ones",
		Description: `Examples:
  sigla schema check tei_all.rng my.rnc rules.sch
  sigla schema convert tei_all.rng tei_all.rnc
  sigla schema subset my.rnc tei_all.rng
  sigla schema add tei_all@4.12.0
  sigla schema lock corpus`,
		Subcommands: append([]*cli.Command{schemaCheckCommand(), schemaConvertCommand(), schemaSubsetCommand()}, storeCommands()...),
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				var names []string
				for _, sub := range c.App.Commands {
					names = append(names, sub.Name)
				}
				return usage("%q is no command of sigla schema; these are %s", c.Args().First(), strings.Join(names, ", "))
			}
			return cli.ShowSubcommandHelp(c)
		},
	}
}

func schemaCheckCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "say whether schemas are correct",
		ArgsUsage: "FILE...",
		Description: `Compiles each FILE, with all files that it includes: Schematron where its name
ends in .sch, XML Schema in .xsd, RELAX NG's compact syntax in .rnc and its XML
syntax otherwise.

Examples:
  sigla schema check tei_all.rng
  sigla schema check --format json *.rnc

Exit: 0 all are correct; 1 one is not, or can't be read; 2 the call was wrong.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no findings and no lines, only the exit code"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"},
		},
		Action: schemaCheck,
	}
}

func schemaCheck(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("schema check needs a file; see sigla schema check --help")
	}
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return usage("%v", err)
	}
	text := form.Name == "text" && !c.Bool("quiet")
	var all diag.List
	for _, name := range c.Args().Slice() {
		began := time.Now()
		what, l, err := checkSchema(filepath.ToSlash(name))
		if err != nil {
			l = schemaFindings(name, err)
		} else if text {
			fmt.Fprintf(c.App.Writer, "%s: correct, %s, %d ms\n", diag.Plain(name), what, time.Since(began).Milliseconds())
		}
		if all = append(all, l...); text {
			if err := form.Write(c.App.Writer, l); err != nil {
				return fault(err)
			}
		}
	}
	if !text && !c.Bool("quiet") {
		if err := form.Write(c.App.Writer, all); err != nil {
			return fault(err)
		}
	}
	if worst, _ := all.Worst(); worst == diag.Error {
		return found
	}
	return nil
}

// checkSchema compiles a schema, and says what it is and what is remarkable.
func checkSchema(name string) (what string, remarks diag.List, err error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".sch":
		s, err := schematron.Compile(schemas.Host, name, schematron.CompileOptions{Phase: "#ALL"})
		if err != nil {
			return "", nil, err
		}
		return "Schematron, " + diag.Counted(s.Rules(), "rule"), rulesRemarks(s), nil
	case ".xsd":
		_, err := schemas.Compile(schemas.Host, name)
		return "XML Schema", nil, err
	}
	s, err := relaxng.Compile(schemas.Host, name)
	if err != nil {
		return "", nil, err
	}
	what = fmt.Sprint(relaxng.SyntaxOf(name)) + ", " + diag.Counted(s.Elements(), "element")
	rules, err := schematron.Embedded(schemas.Host, name, schematron.CompileOptions{Phase: "#ALL"})
	if err != nil {
		return "", nil, err
	}
	if remarks = s.Remarks(); rules != nil {
		what += ", " + diag.Counted(rules.Rules(), "rule") + " of Schematron"
		remarks = append(remarks, rulesRemarks(rules)...)
	}
	return what, remarks, nil
}

// rulesRemarks are what is remarkable in Schematron rules, and which do not run.
func rulesRemarks(s *schematron.Schema) diag.List {
	l := s.Remarks()
	for _, n := range s.NotRun() {
		l = append(l, diag.Finding{Pos: diag.Pos{File: n.File, Line: n.Line}, Severity: diag.Warning, Code: codeNotRun,
			Message: fmt.Sprintf("%s can't be run: %s", n.Rule, n.Reason)})
	}
	return l
}

// codeNotRun is a rule that Sigla can't run.
const codeNotRun diag.Code = "schema/not-run"

// schemaFindings are what is wrong with a schema, or why it can't be read.
func schemaFindings(name string, err error) diag.List {
	if err == nil {
		return nil
	}
	var at *fs.PathError
	f := diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "input/unreadable"}
	if l, is := schemas.Faults(err); is {
		return l
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Code, f.Message = "input/missing", "there is no such file"
	case errors.As(err, &at):
		f.Message = at.Err.Error()
	default:
		f.Message = strings.TrimPrefix(err.Error(), name+": ")
	}
	return diag.List{f}
}

func schemaConvertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn a RELAX NG schema from one syntax into the other",
		ArgsUsage: "IN OUT",
		Description: `Writes the schema IN in the other syntax to OUT, - for standard output. The
files that it includes are converted too and written beside OUT, with the other
ending. Comments, annotations, documentation and the order of definitions stay.
What the other syntax has no place for is told.

Examples:
  sigla schema convert my.rnc my.rng
  sigla schema convert tei_all.rng - --to rnc | less

Exit: 0 all is converted; 1 there are findings; 2 the call was wrong; 3 a file
could not be written.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Usage: "syntax to write: rng or rnc (default: what OUT ends in)"},
			&cli.BoolFlag{Name: "force", Usage: "replace files beside OUT that are there already"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"},
		},
		Action: schemaConvert,
	}
}

func schemaConvert(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("schema convert needs an input and an output; see sigla schema convert --help")
	}
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return usage("%v", err)
	}
	in, out := c.Args().Get(0), c.Args().Get(1)
	if err := convertible(in, out, c.String("to")); err != nil {
		return err
	}
	files, findings, err := relaxng.Convert(schemas.Host, filepath.ToSlash(in))
	if err != nil {
		if err := form.Write(c.App.ErrWriter, schemaFindings(in, err)); err != nil {
			return fault(err)
		}
		return found
	}
	if out == "-" {
		if len(files) > 1 {
			return usage("%s includes other files (%s); name a file to write to, and they are put beside it", in, files[1].Source)
		}
		if _, err := c.App.Writer.Write(files[0].Text); err != nil {
			return fault(err)
		}
	} else if err := writeSchemas(files, in, out, c.Bool("force")); err != nil {
		return err
	}
	if err := form.Write(c.App.ErrWriter, findings); err != nil {
		return fault(err)
	}
	if len(findings) > 0 {
		return found
	}
	return nil
}

// convertible asks whether the call makes sense.
func convertible(in, out, to string) error {
	from := relaxng.SyntaxOf(in)
	if in == "-" {
		return usage("schema convert reads no standard input: the name of a schema tells its syntax and where it includes from")
	}
	if to == "" {
		switch ending := strings.ToLower(filepath.Ext(out)); ending {
		case ".rng", ".rnc":
			to = ending[1:]
		default:
			return usage("which syntax is %s to be in? Let it end in .rng or .rnc, or add --to rng or --to rnc", out)
		}
	}
	if to != "rng" && to != "rnc" {
		return usage("--to is rng or rnc, not %q", to)
	}
	if from.Extension() == "."+to {
		return usage("%s is in the %s already", in, from)
	}
	return nil
}

// writeSchemas writes the files of a schema: the first to out, and the others
// where that finds them. Nothing is written if one of them can't be.
func writeSchemas(files []relaxng.Converted, in, out string, force bool) error {
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = out
		if i > 0 {
			rel, err := filepath.Rel(filepath.Dir(in), filepath.FromSlash(f.Name))
			if err != nil {
				return fault(err)
			}
			if paths[i] = filepath.Join(filepath.Dir(out), rel); !force && same(paths[i], paths[i]) {
				return usage("%s is there already; add --force to replace it", paths[i])
			}
		}
		for _, source := range files {
			if same(paths[i], filepath.FromSlash(source.Source)) {
				return usage("%s would be written over a source", paths[i])
			}
		}
		for _, other := range paths[:i] {
			if filepath.Clean(other) == filepath.Clean(paths[i]) {
				return usage("two files would be written to %s", paths[i])
			}
		}
	}
	for i, f := range files {
		if err := writeFile(paths[i], f.Text, i > 0); err != nil {
			return fault(err)
		}
	}
	return nil
}
