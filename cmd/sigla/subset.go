package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"sigla/schemas"
	"sigla/schemas/relaxng"
	"sigla/tei/diag"
)

func schemaSubsetCommand() *cli.Command {
	return &cli.Command{
		Name:      "subset",
		Usage:     "say whether all documents of one schema are documents of another",
		ArgsUsage: "A B",
		Description: `Decides whether every document that is valid under the RELAX NG schema A is valid
under B, as a customisation of TEI has to be under TEI. Where it is not, a
smallest document is printed that is valid under A and not under B, and what B
says of it. Identifiers and references to them are left out of account.

Examples:
  sigla schema subset letters.rnc tei_all.rng
  sigla schema subset --format json new.rng old.rng

Exit: 0 every document is; 1 a document is printed that is not; 2 the call was
wrong; 3 a schema can't be used, or it can't be decided.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no output, only the exit code"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the answer: text or json"},
		},
		Action: schemaSubset,
	}
}

func schemaSubset(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("schema subset needs two schemas; see sigla schema subset --help")
	}
	form, err := diag.FormatNamed(c.String("format"))
	if err != nil {
		return usage("%v", err)
	}
	var compared [2]*relaxng.Schema
	for i, name := range c.Args().Slice() {
		s, err := relaxng.Compile(schemas.Host, filepath.ToSlash(name))
		if err != nil {
			text, _ := diag.FormatNamed("text")
			if err := text.Write(c.App.ErrWriter, schemaFindings(name, err)); err != nil {
				return fault(err)
			}
			return fault(fmt.Errorf("%s can't be used as a schema", name))
		}
		compared[i] = s
	}
	yes, difference, undecided := relaxng.Subset(compared[0], compared[1])
	if !c.Bool("quiet") {
		write := writeSubsetText
		if form.Name == "json" {
			write = writeSubsetJSON
		}
		if err := write(c.App.Writer, c.Args().Get(0), c.Args().Get(1), yes, difference, undecided); err != nil {
			return fault(err)
		}
	}
	switch {
	case undecided != nil:
		return fault(undecided)
	case !yes:
		return found
	}
	return nil
}

// writeSubsetText answers for people. Why it can't be decided is told as faults
// are.
func writeSubsetText(w io.Writer, a, b string, yes bool, d *relaxng.Difference, undecided error) error {
	a, b = diag.Plain(a), diag.Plain(b)
	switch {
	case undecided != nil:
		return nil
	case yes:
		_, err := fmt.Fprintf(w, "every document that is valid under %s is valid under %s\n", a, b)
		return err
	}
	if _, err := fmt.Fprintf(w, "not every document that is valid under %s is valid under %s; the smallest that is not:\n\n%s\n\nin %s:\n", a, b, d.Document, d.Path); err != nil {
		return err
	}
	text, err := diag.FormatNamed("text")
	if err != nil {
		return err
	}
	return text.Write(w, d.Findings)
}

// writeSubsetJSON answers for programs: subset is null where it can't be decided.
func writeSubsetJSON(w io.Writer, a, b string, yes bool, d *relaxng.Difference, undecided error) error {
	answer := struct {
		A        string    `json:"a"`
		B        string    `json:"b"`
		Subset   *bool     `json:"subset"`
		Reason   string    `json:"reason,omitempty"`
		Document string    `json:"document,omitempty"`
		Path     string    `json:"path,omitempty"`
		Findings diag.List `json:"findings,omitempty"`
	}{A: a, B: b, Subset: &yes}
	if undecided != nil {
		answer.Subset, answer.Reason = nil, undecided.Error()
	}
	if d != nil {
		answer.Document, answer.Path, answer.Findings = d.Document, d.Path, d.Findings
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(answer)
}
