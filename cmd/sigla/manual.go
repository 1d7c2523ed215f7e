package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// The manual page is written from the commands themselves, which --help is
// written from too.
//
//go:generate sh -c "go run -tags urfave_cli_no_docs . man > ../../docs/man/sigla.1"

func manCommand() *cli.Command {
	return &cli.Command{
		Name:   "man",
		Usage:  "print the manual page",
		Hidden: true,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("man takes no arguments; sigla man | man -l - shows the page")
			}
			if err := writeManual(c.App.Writer, c.App); err != nil {
				return fault(err)
			}
			return nil
		},
	}
}

// writeManual writes the manual page of app in the man macros of roff.
func writeManual(w io.Writer, app *cli.App) error {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line(`.\" Written by "sigla man": change the commands, not this file.`)
	line(`.TH SIGLA 1 "" "Sigla" "User Commands"`)
	line(".SH NAME\n%s \\- %s", app.Name, roff(app.Usage))
	line(".SH SYNOPSIS\n.B %s\n.I command\n[\\fIflags\\fR] [\\fIarguments\\fR]", app.Name)
	line(".SH COMMANDS")
	manualCommands(&b, app.Name, app.Commands)
	line(".SH EXIT STATUS")
	for _, x := range []struct {
		code int
		what string
	}{
		{exitClean, "all went well and nothing was found"},
		{exitFindings, "there are findings about the documents"},
		{exitUsage, "the call was wrong"},
		{exitFault, "the tool, or a schema, could not do its work"},
	} {
		line(".TP\n.B %d\n%s", x.code, roff(x.what))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func manualCommands(b *strings.Builder, parent string, commands []*cli.Command) {
	for _, c := range commands {
		if c.Hidden || c.Name == "help" {
			continue
		}
		name := parent + " " + c.Name
		fmt.Fprintf(b, ".SS %s\n", roff(strings.TrimSpace(name+" "+c.ArgsUsage)))
		fmt.Fprintf(b, "%s\n", roff(c.Usage))
		manualText(b, c.Description)
		for _, f := range c.Flags {
			if d, ok := f.(cli.DocGenerationFlag); ok && f.Names()[0] != "help" {
				manualFlag(b, f, d)
			}
		}
		manualCommands(b, name, c.Subcommands)
	}
}

// manualText writes paragraphs; indented lines are kept as they are.
func manualText(b *strings.Builder, text string) {
	kept := false
	keep := func(on bool) {
		if on != kept {
			kept = on
			b.WriteString(map[bool]string{true: ".PP\n.EX\n", false: ".EE\n"}[on])
		}
	}
	above := ""
	for i, l := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(l, "  "):
			keep(true)
			fmt.Fprintln(b, roff(l))
		case l == "":
			keep(false)
		default:
			keep(false)
			if i == 0 || above == "" {
				b.WriteString(".PP\n")
			}
			fmt.Fprintln(b, roff(l))
		}
		above = l
	}
	keep(false)
}

func manualFlag(b *strings.Builder, f cli.Flag, d cli.DocGenerationFlag) {
	var names []string
	for _, n := range f.Names() {
		dash := "--"
		if len(n) == 1 {
			dash = "-"
		}
		names = append(names, `\fB`+roff(dash+n)+`\fR`)
	}
	what := ""
	if d.TakesValue() {
		what = "value"
		if m := placeholder.FindStringSubmatch(d.GetUsage()); m != nil {
			what = m[1]
		}
		what = ` \fI` + roff(what) + `\fR`
	}
	fmt.Fprintf(b, ".TP\n%s%s\n%s", strings.Join(names, ", "), what, roff(strings.ReplaceAll(d.GetUsage(), "`", "")))
	if v := strings.Trim(d.GetValue(), `"`); d.TakesValue() && v != "" && v != "0" && v != "[]" {
		fmt.Fprintf(b, " (default: %s)", roff(v))
	}
	b.WriteString("\n")
}

// roff escapes what is a sign to roff.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(s)
	if strings.HasPrefix(s, ".") {
		s = `\&` + s
	}
	return s
}
