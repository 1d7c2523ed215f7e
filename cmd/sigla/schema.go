package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"sigla/schemas"
	"sigla/schemas/relaxng"
	"sigla/tei/diag"
)

func schemaCommand() *cli.Command {
	return &cli.Command{
		Name:  "schema",
		Usage: "check RELAX NG schemas, compare them, turn one syntax into the other",
		Description: `Examples:
  sigla schema check tei_all.rng my.rnc
  sigla schema convert tei_all.rng tei_all.rnc
  sigla schema subset my.rnc tei_all.rng`,
		Subcommands: []*cli.Command{schemaCheckCommand(), schemaConvertCommand(), schemaSubsetCommand()},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("%q is no command of sigla schema; these are check, convert and subset", c.Args().First())
			}
			return cli.ShowSubcommandHelp(c)
		},
	}
}

func schemaCheckCommand() *cli.Command {
	return &cli.Command{
		Name:      "check",
		Usage:     "say whether RELAX NG schemas are correct",
		ArgsUsage: "FILE...",
		Description: `Compiles each FILE, .rnc in the compact syntax and any other in the XML syntax,
with all files that it includes.

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
		s, err := relaxng.Compile(schemas.Host, filepath.ToSlash(name))
		if err == nil {
			if text {
				elements := "elements"
				if s.Elements() == 1 {
					elements = "element"
				}
				fmt.Fprintf(c.App.Writer, "%s: correct, %s, %d %s, %d ms\n", diag.Plain(name), relaxng.SyntaxOf(name), s.Elements(), elements, time.Since(began).Milliseconds())
			}
		}
		l := schemaFindings(name, err)
		if s != nil {
			l = s.Remarks()
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

// schemaFindings are what is wrong with a schema, or why it can't be read.
func schemaFindings(name string, err error) diag.List {
	if err == nil {
		return nil
	}
	var bad *relaxng.Error
	var at *fs.PathError
	f := diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "input/unreadable"}
	switch {
	case errors.As(err, &bad):
		return bad.Findings
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
