package main

import (
	"encoding/json"
	"fmt"

	"github.com/urfave/cli/v2"

	"sigla/tei/diag"
	"sigla/transforms/brackets"
)

// conventionRow is a row of the table as JSON.
type conventionRow struct {
	Class   string `json:"class"`
	Rule    string `json:"rule"`
	How     string `json:"how"`
	Where   string `json:"where"`
	Becomes string `json:"becomes"`
	Example string `json:"example"`
}

func conventionsCommand() *cli.Command {
	return &cli.Command{
		Name:  "conventions",
		Usage: "print how each class of bracket is recognised and encoded",
		Description: `The rows stand in the order in which they are tried: the first that is sure
decides, and the others that fit are kept in the ledger as alternatives.

Examples:
  sigla conventions
  sigla conventions --format json | jq '.[] | select(.class == "stamp")'`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "format", Value: "text", Usage: "text, json or markdown"}},
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("conventions takes no arguments")
			}
			var rows []conventionRow
			for _, r := range brackets.Conventions {
				rows = append(rows, conventionRow{string(r.Class), r.Name, r.How, r.Where, r.Becomes, r.Example})
			}
			w := c.App.Writer
			switch f := c.String("format"); f {
			case "json":
				e := json.NewEncoder(w)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				return e.Encode(rows)
			case "markdown":
				fmt.Fprintln(w, "| class | rule | how it is recognised | where | becomes | example |\n| --- | --- | --- | --- | --- | --- |")
				for _, r := range rows {
					fmt.Fprintf(w, "| %s | %s | %s | %s | `%s` | %s |\n", r.Class, r.Rule, r.How, r.Where, r.Becomes, diag.Plain(r.Example))
				}
			case "text":
				for _, r := range rows {
					fmt.Fprintf(w, "%s  (%s)\n    %s; %s\n    becomes  %s\n    example  %s\n\n", r.Class, r.Rule, r.How, r.Where, r.Becomes, diag.Plain(r.Example))
				}
			default:
				return usage("%q is not a format; the formats are text, json and markdown", f)
			}
			return nil
		},
	}
}
