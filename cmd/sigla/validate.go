package main

import (
	"os"

	"github.com/urfave/cli/v2"

	"sigla/schemas/profile"
	"sigla/tei/diag"
)

func validateCommand() *cli.Command {
	return &cli.Command{
		Name:      "validate",
		Usage:     "validate TEI files against Sigla's own profile",
		ArgsUsage: "FILE...",
		Description: `Example:
  sigla validate tei/*.xml

Exit: 0 all valid; 1 there are findings; 3 this build has no validator.`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"}},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usage("validate needs a file; see sigla validate --help")
			}
			form, err := diag.FormatNamed(c.String("format"))
			if err != nil {
				return usage("%v", err)
			}
			v, err := profile.Validator()
			if err != nil {
				return fault(err)
			}
			var all diag.List
			for _, name := range c.Args().Slice() {
				doc, err := os.ReadFile(name)
				if err != nil {
					all = append(all, diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "input/unreadable", Message: plainError(err).Error()})
					continue
				}
				l, err := v.Validate(name, doc)
				if err != nil {
					return fault(err)
				}
				all = append(all, l...)
			}
			if err := form.Write(c.App.Writer, all); err != nil {
				return fault(err)
			}
			if len(all) > 0 {
				return found
			}
			return nil
		},
	}
}
