package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"sigla/completions"
)

// offered are the words that are offered for a call, without what they are for.
func offered(t *testing.T, words ...string) []string {
	t.Helper()
	var out, errw bytes.Buffer
	if code := run(append([]string{"sigla", "complete", "--"}, words...), nil, &out, &errw); code != exitClean {
		t.Fatalf("%q: exit %d, %s", words, code, errw.String())
	}
	var list []string
	for l := range strings.Lines(out.String()) {
		w, _, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		list = append(list, w)
	}
	return list
}

// TestWhatMayFollowIsOffered asks for the next word of calls; some are among
// those offered, others not.
func TestWhatMayFollowIsOffered(t *testing.T) {
	for _, c := range []struct {
		words    string // split at spaces; a space at the end begins a new word
		has, not string
	}{
		{"", "convert validate schema explain completion help", "complete man"},
		{"va", "validate", "convert"},
		{"help va", "validate", "convert"},
		{"validate --", "--schema --quiet --format --help", "-s --meta"},
		{"validate --sch", "--schema", "--format"},
		{"validate --format ", "text json", files},
		{"validate --format j", "json", "text"},
		{"validate --format=j", "--format=json", "--format=text json"},
		{"validate --format = j", "json", "text"},
		{"validate --format =", "json text", ""},
		{"validate --schema ", files, "--quiet"},
		{"validate -s ", files, ""},
		{"validate --schema=le", files, ""},
		{"validate --quiet ", files, "text"},
		{"validate --quiet a.xml ", files, "text"},
		{"validate -- --", files, "--schema"},
		{"convert -d ", folders, files},
		{"convert --from ", "plain digitalarchive", files},
		{"schema ", "check convert subset", files},
		{"schema convert --to ", "rng rnc", files},
		{"schema check ", files, ""},
		{"conventions --format ", "markdown", "sarif"},
		{"explain rng/attribute-", "rng/attribute-value", "rng/element-missing " + files},
		{"completion ", "bash zsh fish", files},
		{"version ", "", files},
		{"nothing ", "", files + " convert"},
	} {
		got := offered(t, strings.Split(c.words, " ")...)
		for _, w := range strings.Fields(c.has) {
			if !slices.Contains(got, w) {
				t.Errorf("%q: %q is not offered, but %q", c.words, w, got)
			}
		}
		for _, w := range strings.Fields(c.not) {
			if slices.Contains(got, w) {
				t.Errorf("%q: %q is offered", c.words, w)
			}
		}
	}
}

// TestChoicesAreReadFromHelp reads lines as --help has them.
func TestChoicesAreReadFromHelp(t *testing.T) {
	for line, want := range map[string]string{
		"form of the findings: text or json":                        "text json",
		"text, json or markdown":                                    "text json markdown",
		"syntax to write: rng or rnc (default: what OUT ends in)":   "rng rnc",
		"exit 1 at findings of `SEVERITY`: error, warning or never": "error warning never",
		"form of the findings: text, json, sarif, github":           "text json sarif github",
		"encoding of the input: utf-8, utf-16le, windows-1251, …":   "",
		"files at a time (default: one a core)":                     "",
		"with each finding all that was expected, or nothing":       "",
	} {
		if got := strings.Join(choices(line), " "); got != want {
			t.Errorf("%q gives %q, not %q", line, got, want)
		}
	}
}

// TestEveryFormatIsOffered holds that the line of each --format lists words.
func TestEveryFormatIsOffered(t *testing.T) {
	var walk func(path []string, list []*cli.Command)
	walk = func(path []string, list []*cli.Command) {
		for _, c := range list {
			here := append(slices.Clone(path), c.Name)
			if slices.ContainsFunc(c.Flags, func(f cli.Flag) bool { return f.Names()[0] == "format" }) {
				if got := offered(t, append(here, "--format", "")...); !slices.Contains(got, "text") || !slices.Contains(got, "json") {
					t.Errorf("%v --format offers %q", here, got)
				}
			}
			walk(here, c.Subcommands)
		}
	}
	walk(nil, []*cli.Command{convertCommand(), verifyCommand(), validateCommand(), schemaCommand(), conventionsCommand(), explainCommand()})
}

// TestShellsComplete runs each shell that is installed with its script, over a
// folder with names that need quoting.
func TestShellsComplete(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"my letter.xml", "it's.xml", "other.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "my folder"), 0o777); err != nil {
		t.Fatal(err)
	}
	// how to print, a line each, what is offered for the words of ask
	shells := map[string]struct {
		args []string
		ask  func(words []string) string
	}{
		"bash": {[]string{"--norc", "-c"}, func(words []string) string {
			return "COMP_WORDS=(sigla " + quotedWords(words) + "); COMP_CWORD=" + string(rune('0'+len(words))) + "; _sigla sigla; printf '%s\\n' \"${COMPREPLY[@]}\""
		}},
		"zsh": {[]string{"-f", "-c"}, func(words []string) string {
			return "words=(sigla " + quotedWords(words) + "); CURRENT=" + string(rune('1'+len(words))) + "; _sigla"
		}},
		"fish": {[]string{"--no-config", "-c"}, func(words []string) string {
			return "complete -C 'sigla " + strings.Join(words, " ") + "'"
		}},
	}
	before := map[string]string{"zsh": `compdef() { : }
compset() { : }
_describe() { print -l -- "${(@P)2%%:*}" }
_files() { if [[ $1 == -/ ]]; then print -l -- *(/); else print -l -- *; fi }
`}
	for _, s := range completions.Shells {
		t.Run(s.Name, func(t *testing.T) {
			if _, err := exec.LookPath(s.Name); err != nil {
				t.Skipf("%s is not installed", s.Name)
			}
			script, ok := completions.Script(s.Name)
			if !ok {
				t.Fatal("no script")
			}
			for _, c := range []struct{ words, has, not string }{
				{"va", "validate", "convert"},
				{"validate --sch", "--schema", "--quiet"},
				{"validate --format ", "json", "my letter.xml"},
				{"explain rng/attribute-v", "rng/attribute-value", "other.txt"},
				{"validate my", "my letter.xml", "json"},
				{"validate --schema it", "it's.xml", "json"},
				{"convert -d my", "my folder", "other.txt"},
			} {
				way := shells[s.Name]
				cmd := exec.Command(s.Name, append(way.args, before[s.Name]+string(script)+"\n"+way.ask(strings.Split(c.words, " ")))...)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "HOME="+dir)
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("%v: %s", err, out)
				}
				var got []string
				for l := range strings.Lines(string(out)) {
					w, _, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
					got = append(got, strings.TrimSuffix(w, "/"))
				}
				if !slices.Contains(got, c.has) || slices.Contains(got, c.not) {
					t.Errorf("%q: offered %q, wanted %q and not %q", c.words, got, c.has, c.not)
				}
			}
		})
	}
}

// quotedWords writes words for a shell.
func quotedWords(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, "'"+strings.ReplaceAll(w, "'", `'\''`)+"'")
	}
	return strings.Join(out, " ")
}

// TestCompletionNamesItsShells asks for scripts as a user does.
func TestCompletionNamesItsShells(t *testing.T) {
	var out, errw bytes.Buffer
	if code := run([]string{"sigla", "completion", "bash"}, nil, &out, &errw); code != exitClean || !strings.Contains(out.String(), "complete -F _sigla sigla") {
		t.Errorf("exit %d, %s%s", code, out.String(), errw.String())
	}
	for _, args := range [][]string{{"tcsh"}, {}, {"bash", "zsh"}} {
		errw.Reset()
		if code := run(append([]string{"sigla", "completion"}, args...), nil, &out, &errw); code != exitUsage || !strings.Contains(errw.String(), "bash, zsh, fish") {
			t.Errorf("%q: exit %d, %s", args, code, errw.String())
		}
	}
}

// TestBashScriptIsClean asks shellcheck.
func TestBashScriptIsClean(t *testing.T) {
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Skip("shellcheck is not installed")
	}
	if out, err := exec.Command("shellcheck", "--shell=bash", "../../completions/sigla.bash").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
