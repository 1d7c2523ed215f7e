package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"sigla/tei/diag"
)

// The exit codes of every command.
const (
	exitClean    = 0
	exitFindings = 1
	exitUsage    = 2
	exitFault    = 3
)

// version is set by the linker.
var version = "dev"

// exit is an error that carries an exit code.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string { return e.err.Error() }

func usage(format string, args ...any) error { return &exit{exitUsage, fmt.Errorf(format, args...)} }
func fault(err error) error                  { return &exit{exitFault, err} }

// found is returned when all went well but there were findings.
var found = &exit{exitFindings, errors.New("there are findings")}

func run(args []string, in io.Reader, out, errw io.Writer) int {
	app := &cli.App{
		Name:                   "sigla",
		Usage:                  "from plain translations of archival documents to TEI P5",
		Version:                programVersion(),
		Reader:                 in,
		Writer:                 out,
		ErrWriter:              errw,
		Suggest:                true,
		HideVersion:            true, // the library words it otherwise
		Flags:                  []cli.Flag{&cli.BoolFlag{Name: "version", Usage: "print the version", DisableDefaultText: true}},
		UseShortOptionHandling: false,
		// a file's name may hold a comma
		DisableSliceFlagSeparator: true,
		Commands:                  []*cli.Command{convertCommand(), verifyCommand(), validateCommand(), schemaCommand(), conventionsCommand(), explainCommand(), completionCommand(), completeCommand(), manCommand(), versionCommand()},
		// cli exits the process by itself otherwise
		ExitErrHandler:  func(*cli.Context, error) {},
		OnUsageError:    func(_ *cli.Context, err error, _ bool) error { return usage("%v; see sigla --help", err) },
		CommandNotFound: func(c *cli.Context, name string) {},
		Action: func(c *cli.Context) error {
			if c.Bool("version") {
				return printVersion(c)
			}
			if c.Args().Present() {
				return usage("%q is not a command; see sigla --help", c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
	}
	for _, c := range app.Commands {
		c.OnUsageError = app.OnUsageError
		for _, sub := range c.Subcommands {
			sub.OnUsageError = app.OnUsageError
		}
	}
	err := app.Run(interspersed(app, args))
	if err == nil {
		return exitClean
	}
	var e *exit
	if !errors.As(err, &e) {
		e = &exit{exitUsage, err}
	}
	if e != found {
		fmt.Fprintf(errw, "sigla: %s\n", diag.Plain(e.Error()))
	}
	return e.code
}

// interspersed moves flags before the arguments of a command: cli stops
// reading flags at the first argument.
func interspersed(app *cli.App, args []string) []string {
	if len(args) < 3 {
		return args
	}
	cmd := app.Command(args[1])
	if cmd == nil {
		return args
	}
	n := 2 // where the arguments of the command begin
	for len(cmd.Subcommands) > 0 {
		i := -1
		if n < len(args) {
			i = slices.IndexFunc(cmd.Subcommands, func(sub *cli.Command) bool { return sub.HasName(args[n]) })
		}
		if i < 0 {
			return args
		}
		cmd = cmd.Subcommands[i]
		n++
	}
	takes := map[string]bool{} // flags that take a value
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, n := range f.Names() {
			takes[n] = !isBool
		}
	}
	var flags, rest []string
	for i := n; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' {
			rest = append(rest, a)
			continue
		}
		flags = append(flags, a)
		name := strings.TrimLeft(a, "-")
		if !strings.Contains(name, "=") && takes[name] && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	out := append(slices.Clone(args[:n]), flags...)
	return append(append(out, "--"), rest...)
}

func programVersion() string {
	if version != "dev" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "0.1.0"
}

func versionCommand() *cli.Command {
	return &cli.Command{Name: "version", Usage: "print the version", Action: printVersion}
}

func printVersion(c *cli.Context) error {
	fmt.Fprintln(c.App.Writer, "sigla", programVersion())
	return nil
}
