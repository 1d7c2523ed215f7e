package main

import (
	"os"

	"github.com/urfave/cli/v2"

	"sigla/tei/diag"
	"sigla/tei/restore"
	"sigla/transforms/source"
)

func verifyCommand() *cli.Command {
	return &cli.Command{
		Name:      "verify",
		Usage:     "prove that a TEI file has lost nothing of its source",
		ArgsUsage: "OUT.xml",
		Description: `Puts the source back together from the TEI file alone, by the renditions it
declares, and compares the two character by character.

Example:
  sigla verify telegram.xml --source telegram.txt

Exit: 0 nothing is lost; 1 the first difference is named; 2 the call was wrong.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "source", Aliases: []string{"s"}, Usage: "the plain text that the TEI was made from, in `FILE`", Required: true},
			&cli.StringFlag{Name: "encoding", Usage: "encoding of the source"},
			&cli.BoolFlag{Name: "loose-space", Usage: "do not compare white space"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the findings: text or json"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("verify needs one TEI file; see sigla verify --help")
			}
			form, err := diag.FormatNamed(c.String("format"))
			if err != nil {
				return usage("%v", err)
			}
			name := c.Args().First()
			doc, err := os.ReadFile(name)
			if err != nil {
				return usage("%v", plainError(err))
			}
			src, err := readInput(c.String("source"))
			if err != nil {
				return usage("--source: %v", plainError(err))
			}
			page, _, err := source.Parse(src, source.Options{Name: c.String("source"), Encoding: c.String("encoding"), From: "plain", ReplaceForbidden: true})
			if err != nil {
				return usage("--source: %v", err)
			}
			list, err := verify(doc, name, page.Text, c.String("source"), restore.Options{LooseSpace: c.Bool("loose-space")})
			if err != nil {
				return fault(err)
			}
			if err := form.Write(c.App.Writer, list); err != nil {
				return fault(err)
			}
			if len(list) > 0 {
				return found
			}
			return nil
		},
	}
}

// verify compares a file with a page: the body to the letter, and the front
// matter by its lines.
func verify(doc []byte, name, page, pageName string, opt restore.Options) (diag.List, error) {
	body, ok := restore.FindBody(doc, page)
	if !ok {
		// where the page's own layout says the body is
		p, _, err := source.Parse([]byte(page), source.Options{Name: pageName})
		if err != nil {
			return nil, err
		}
		body = restore.Range{Start: p.Body.Start, End: len(page)}
	}
	list, err := restore.CompareWith(doc, name, page, body, pageName, opt)
	if err != nil || len(list) > 0 {
		return list, err
	}
	return restore.Front(doc, page[:body.Start]), nil
}
