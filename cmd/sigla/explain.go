package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"sigla/tei/diag"
	"sigla/tei/diag/explain"
)

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say what the code of a finding means, with an example, and how to mend it",
		ArgsUsage: "[CODE...]",
		Description: `The CODE of a finding stands in brackets at its end. Without one, all codes
are listed, a line each.

Examples:
  sigla explain rng/element-not-allowed
  sigla explain
  sigla explain --format json | jq -r '.[].code'

Exit: 0 all went well; 2 there is no such code, or the call was wrong.`,
		Flags:  []cli.Flag{&cli.StringFlag{Name: "format", Value: "text", Usage: "text or json"}},
		Action: explainCodes,
	}
}

// explanation is an entry as JSON.
type explanation struct {
	Code    string         `json:"code"`
	Title   string         `json:"title"`
	Means   []string       `json:"means"`
	Mend    []string       `json:"mend"`
	Example *exampleInJSON `json:"example,omitempty"`
}

type exampleInJSON struct {
	Files   map[string]string `json:"files"` // with Go's escapes for what can't be shown
	Command string            `json:"command"`
	Says    []string          `json:"says"`
}

func explainCodes(c *cli.Context) error {
	form := c.String("format")
	if form != "text" && form != "json" {
		return usage("%q is not a format; the formats are text and json", form)
	}
	var entries []explain.Entry
	for _, a := range c.Args().Slice() {
		code := strings.Trim(a, "[] ") // as it stands in a finding
		e, ok := explain.Find(code)
		if !ok {
			hint := "sigla explain lists all codes"
			if near := explain.Near(code); len(near) > 0 {
				hint = "did you mean " + strings.Join(near, " or ") + "?"
			}
			return usage("%q is no code; %s", code, hint)
		}
		entries = append(entries, e)
	}
	list := len(entries) == 0
	if list {
		for _, s := range explain.Stages() {
			entries = append(entries, s.Entries...)
		}
	}
	w := c.App.Writer
	switch {
	case form == "json":
		return explainJSON(w, entries)
	case list:
		listCodes(w)
	default:
		for i, e := range entries {
			if i > 0 {
				fmt.Fprintln(w)
			}
			explainText(w, e)
		}
	}
	return nil
}

func explainJSON(w io.Writer, entries []explain.Entry) error {
	var rows []explanation
	for _, e := range entries {
		x := explanation{Code: e.Code, Title: e.Title, Means: e.Means, Mend: e.Mend}
		if e.Example.Command != "" {
			files := map[string]string{}
			for _, f := range e.Example.Files {
				files[f.Name] = f.Shown
			}
			x.Example = &exampleInJSON{files, e.Example.Command, e.Example.Says}
		}
		rows = append(rows, x)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(rows); err != nil {
		return fault(err)
	}
	return nil
}

func listCodes(w io.Writer) {
	for i, s := range explain.Stages() {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintln(w, s.Title)
		for _, e := range s.Entries {
			fmt.Fprintf(w, "  %-28s %s\n", e.Code, e.Title)
		}
	}
}

func explainText(w io.Writer, e explain.Entry) {
	fmt.Fprintf(w, "%s\n%s\n", e.Code, e.Title)
	section := func(title string, paragraphs []string) {
		if len(paragraphs) == 0 {
			return
		}
		fmt.Fprintln(w)
		if title != "" {
			fmt.Fprintln(w, title)
		}
		for i, p := range paragraphs {
			if i > 0 {
				fmt.Fprintln(w)
			}
			wrap(w, "  ", p)
		}
	}
	section("", e.Means)
	if x := e.Example; x.Command != "" {
		fmt.Fprintln(w, "\nExample:")
		for _, f := range x.Files {
			fmt.Fprintf(w, "  %s\n", f.Name)
			for line := range strings.Lines(f.Shown) {
				fmt.Fprintf(w, "      %s\n", diag.Plain(strings.TrimSuffix(line, "\n")))
			}
		}
		fmt.Fprintf(w, "  %s\n", x.Command)
		for _, s := range x.Says {
			fmt.Fprintf(w, "      %s\n", s)
		}
	}
	section("To mend:", e.Mend)
}

// wrap writes words in lines of up to 78 characters.
func wrap(w io.Writer, indent, words string) {
	line := indent
	for _, word := range strings.Fields(words) {
		if line != indent && len([]rune(line))+len([]rune(word)) >= 78 {
			fmt.Fprintln(w, line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(w, line)
}
