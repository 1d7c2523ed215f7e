package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sigla/completions"
	"sigla/tei/diag"
	"sigla/tei/diag/explain"
	"sigla/tei/lazyregexp"
)

func completionCommand() *cli.Command {
	var names []string
	description := "Prints a script that lets a shell complete commands, flags, files, formats and\nthe codes of findings. To use it:\n\n"
	for _, s := range completions.Shells {
		names = append(names, s.Name)
		description += fmt.Sprintf("  %-5s %s\n", s.Name, s.Install)
	}
	known := strings.Join(names, ", ")
	return &cli.Command{
		Name:        "completion",
		Usage:       "print the script that lets a shell complete calls of sigla",
		ArgsUsage:   "bash|zsh|fish",
		Description: strings.TrimSuffix(description, "\n"),
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return usage("completion needs the name of a shell; these are %s", known)
			}
			script, ok := completions.Script(c.Args().First())
			if !ok {
				return usage("%q is no shell that is known; these are %s", c.Args().First(), known)
			}
			if _, err := c.App.Writer.Write(script); err != nil {
				return fault(err)
			}
			return nil
		},
	}
}

// completeCommand is what the scripts of the shells ask.
func completeCommand() *cli.Command {
	return &cli.Command{
		Name:      "complete",
		Usage:     "say what may follow; for the scripts of sigla completion",
		ArgsUsage: "-- WORD...",
		Hidden:    true,
		HideHelp:  true, // or cli takes the word help for its own
		Action: func(c *cli.Context) error {
			for _, s := range complete(c.App, c.Args().Slice()) {
				fmt.Fprintln(c.App.Writer, s)
			}
			return nil
		},
	}
}

// What stands for the files and the folders that there are.
const (
	files   = ":files"
	folders = ":folders"
)

// complete lists what the last of words can be, each with a tab and what it is
// for. All it goes by is what --help prints: the names, the placeholder of a
// flag (FILE, SCHEMA, DIR), the words that a flag's line lists.
func complete(app *cli.App, words []string) []string {
	if len(words) == 0 {
		words = []string{""}
	}
	commands, flags := app.Commands, []cli.Flag(nil)
	var cmd *cli.Command
	n := 0 // the words that name the command
	for ; n < len(words)-1 && len(commands) > 0; n++ {
		i := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(words[n]) })
		if i < 0 {
			return nil
		}
		cmd = commands[i]
		commands, flags = cmd.Subcommands, cmd.Flags
	}
	rest, last := words[n:len(words)-1], words[len(words)-1]
	if slices.Contains(rest, "--") {
		return arguments(app, cmd, last)
	}
	// --format=te is one word, or three in bash
	if name, value, ok := strings.Cut(last, "="); ok && strings.HasPrefix(name, "-") {
		return values(flags, name, name+"=", value)
	}
	if k := len(rest); k > 1 && rest[k-1] == "=" {
		return values(flags, rest[k-2], "", last)
	} else if k > 0 && last == "=" {
		return values(flags, rest[k-1], "", "")
	} else if k > 0 && strings.HasPrefix(rest[k-1], "-") {
		if v := values(flags, rest[k-1], "", last); v != nil {
			return v
		}
	}
	if strings.HasPrefix(last, "-") {
		return beginning(last, flagNames(flags))
	}
	if len(commands) > 0 {
		return beginning(last, commandNames(commands))
	}
	return arguments(app, cmd, last)
}

// beginning are those of the list that begin with what is there.
func beginning(with string, list []string) []string {
	var out []string
	for _, s := range list {
		if strings.HasPrefix(s, ":") || strings.HasPrefix(s, with) {
			out = append(out, s)
		}
	}
	return out
}

func commandNames(list []*cli.Command) []string {
	var out []string
	for _, c := range list {
		if !c.Hidden {
			out = append(out, c.Name+"\t"+c.Usage)
		}
	}
	return out
}

func flagNames(flags []cli.Flag) []string {
	var out []string
	for _, f := range flags {
		if d, ok := f.(cli.DocGenerationFlag); ok && f.Names()[0] != "help" {
			out = append(out, "--"+f.Names()[0]+"\t"+strings.ReplaceAll(d.GetUsage(), "`", ""))
		}
	}
	return append(out, "--help\tshow help")
}

var (
	placeholder = lazyregexp.New("`([^`]*)`")
	choice      = lazyregexp.New(`(?:^|: )((?:[a-z0-9-]+, )*[a-z0-9-]+(?:, | or )[a-z0-9-]+)(?:$| \(|;)`)
)

// choices are the words that a flag's line lists, as "form: text, json or svrl".
func choices(line string) []string {
	m := choice.FindStringSubmatch(placeholder.ReplaceAllString(line, "$1"))
	if m == nil {
		return nil
	}
	return strings.Split(strings.Replace(m[1], " or ", ", ", 1), ", ")
}

// values are what can stand behind a flag, with as before each. It is nil for
// flags that take none and for those that are not known.
func values(flags []cli.Flag, flag, before, with string) []string {
	flag = strings.TrimLeft(flag, "-")
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), flag) })
	if i < 0 {
		return nil
	}
	d, ok := flags[i].(cli.DocGenerationFlag)
	if !ok || !d.TakesValue() {
		return nil
	}
	what := ""
	if m := placeholder.FindStringSubmatch(d.GetUsage()); m != nil {
		what = m[1]
	}
	list := []string{}
	switch {
	case what == "FORMAT=FILE":
		if strings.Contains(with, "=") {
			return []string{files}
		}
		for _, f := range diag.Formats {
			list = append(list, f.Name+"=\t"+f.Does)
		}
	case strings.Contains(what, "FILE"), what == "SCHEMA":
		return []string{files}
	case strings.Contains(what, "DIR"):
		return []string{folders}
	default:
		list = append(list, choices(d.GetUsage())...)
	}
	out := []string{}
	for _, s := range beginning(with, list) {
		out = append(out, before+s)
	}
	return out
}

// arguments are what can stand as an argument of a command.
func arguments(app *cli.App, cmd *cli.Command, last string) []string {
	var list []string
	switch {
	case cmd == nil:
	case cmd.Name == "explain":
		for _, s := range explain.Stages() {
			for _, e := range s.Entries {
				if !strings.HasSuffix(e.Code, "*") {
					list = append(list, e.Code+"\t"+e.Title)
				}
			}
		}
	case cmd.Name == "completion":
		for _, s := range completions.Shells {
			list = append(list, s.Name+"\t"+s.Install)
		}
	case cmd.Name == "help":
		list = commandNames(app.Commands)
	case cmd.ArgsUsage != "":
		list = []string{files}
	}
	return beginning(last, list)
}
