package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The drop-ins for CI (action.yml, .pre-commit-hooks.yaml, ci/gitlab.yml) are run
// here as their services run them: the same shell, the same variables, a real
// repository. What is not here is the services' own: setup-go, caches, uploads.

// strangeName has all that a careless script would stumble over.
const strangeName = "it's a \"letter\" $(touch pwned) `touch pwned`; é.xml"

const (
	letterSchema = "start = element letter { element date { attribute when { xsd:date } }, element p { text }+ }\n"
	goodLetter   = "<letter><date when=\"1820-03-04\"/><p>Dear Mary</p></letter>\n"
	badLetter    = "<letter><date when=\"4/3/1820\"/><p>Dear Mary</p></letter>\n"
)

// trimpath lets builds in different folders share the build cache.
const trimpath = "GOFLAGS=-trimpath"

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// edition is a git repository of letters, as an edition has it.
func edition(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "an edition")
	for name, text := range map[string]string{
		"schema/the letter.rnc":      letterSchema,
		"letters/a.xml":              goodLetter,
		"letters/b.xml":              goodLetter,
		"drafts/" + strangeName:      badLetter,
		"drafts/second.xml":          badLetter,
		"drafts/torn.xml":            "<letter><date",
		"-dash/--schema=letters.xml": goodLetter,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	inGit(t, dir, "init", "-q", "-b", "main")
	commitAll(t, dir)
	return dir
}

func inGit(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func commitAll(t *testing.T, dir string) {
	t.Helper()
	inGit(t, dir, "add", "-A")
	inGit(t, dir, "commit", "-q", "-m", "all")
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// action is what a composite action's file holds.
type action struct {
	Inputs  map[string]struct{ Default, Description string }
	Outputs map[string]struct{ Value, Description string }
	Runs    struct {
		Using string
		Steps []actionStep
	}
}

type actionStep struct {
	ID, If, Uses, Shell, Run string
	Env, With                map[string]string
}

func readYAML(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// TestActionIsSafeAndWhole holds what no run would show: no expression stands in
// a script, where a runner would paste it into the shell; every input is used and
// none is used that is not declared.
func TestActionIsSafeAndWhole(t *testing.T) {
	var a action
	readYAML(t, "../../action.yml", &a)
	used := map[string]bool{}
	note := func(s string) {
		for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(s, -1) {
			used[m[1]] = true
			if _, ok := a.Inputs[m[1]]; !ok {
				t.Errorf("the input %s is used and not declared", m[1])
			}
		}
	}
	for i, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("step %d has an expression in its script: %s", i, expression.FindString(s.Run))
		}
		if s.Run != "" && s.Shell != "bash" {
			t.Errorf("step %d has no shell", i)
		}
		note(s.If)
		for _, m := range []map[string]string{s.Env, s.With} {
			for _, v := range m {
				note(v)
			}
		}
	}
	for name, in := range a.Inputs {
		if !used[name] || in.Description == "" {
			t.Errorf("the input %s is not used, or not described", name)
		}
	}
	if a.Runs.Using != "composite" {
		t.Errorf("the action is %s", a.Runs.Using)
	}
}

// runner stands for GitHub's: it keeps what steps write to their files.
type runner struct {
	action
	temp, path string
	outputs    map[string]map[string]string // by step
}

func newRunner(t *testing.T) *runner {
	r := &runner{temp: filepath.Join(t.TempDir(), "runner temp"), path: os.Getenv("PATH"), outputs: map[string]map[string]string{}}
	readYAML(t, "../../action.yml", &r.action)
	if err := os.MkdirAll(r.temp, 0o777); err != nil {
		t.Fatal(err)
	}
	return r
}

// step runs a step as GitHub does, bash --noprofile --norc -eo pipefail FILE, and
// gives its exit code and what it printed.
func (r *runner) step(t *testing.T, id, workspace string, inputs map[string]string) (int, string) {
	t.Helper()
	i := slices.IndexFunc(r.Runs.Steps, func(s actionStep) bool { return s.ID == id })
	if i < 0 {
		t.Fatalf("no step %s", id)
	}
	s := r.Runs.Steps[i]
	file := func(name, text string) string {
		p := filepath.Join(r.temp, name)
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return p
	}
	script, output, path := file("script.sh", s.Run), file("output", ""), file("path", "")
	cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
	cmd.Dir = workspace
	cmd.Env = append(os.Environ(), "PATH="+r.path, "GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH="+root(t), "GITHUB_WORKSPACE="+workspace,
		"GITHUB_OUTPUT="+output, "GITHUB_PATH="+path, "RUNNER_TEMP="+r.temp, "XDG_CACHE_HOME="+filepath.Join(r.temp, "cache"), "GOCACHE="+goEnv(t, "GOCACHE"))
	for name, v := range s.Env {
		cmd.Env = append(cmd.Env, name+"="+expression.ReplaceAllStringFunc(v, func(x string) string {
			in := strings.TrimPrefix(expression.FindStringSubmatch(x)[1], "inputs.")
			if given, ok := inputs[in]; ok {
				return given
			}
			return r.Inputs[in].Default
		}))
	}
	out, err := cmd.CombinedOutput()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	r.outputs[id] = map[string]string{}
	b, _ := os.ReadFile(output)
	for l := range strings.Lines(string(b)) {
		name, v, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "=")
		if !ok {
			t.Errorf("%q is no output", l)
		}
		r.outputs[id][name] = v
	}
	b, _ = os.ReadFile(path)
	for l := range strings.Lines(string(b)) {
		r.path = strings.TrimSuffix(l, "\n") + string(os.PathListSeparator) + r.path
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// notInjected asks whether what a name or an input holds was run as a command.
func notInjected(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if d.Name() == "pwned" {
			t.Errorf("%s was made: what was given was run", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestActionRuns installs Sigla as the action does and validates an edition.
func TestActionRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	r := newRunner(t)
	dir := edition(t)
	if code, out := r.step(t, "install", dir, nil); code != 0 || !strings.HasPrefix(r.outputs["install"]["version"], "sigla ") {
		t.Fatalf("install: exit %d, outputs %v\n%s", code, r.outputs["install"], out)
	}
	if !strings.HasPrefix(r.path, filepath.Join(r.temp, "sigla-bin")) {
		t.Errorf("later steps don't find sigla: PATH is %s", r.path)
	}
	const schema = "schema/the letter.rnc"
	for _, c := range []struct {
		name    string
		inputs  map[string]string
		code    int
		results int      // in the SARIF report; -1: there is no report
		prints  []string // patterns
	}{
		{"a clean folder", map[string]string{"files": "letters", "schema": schema}, 0, 0, nil},
		{"several lines", map[string]string{"files": "letters/a.xml\n\nletters/b.xml\n", "schema": schema + "\n"}, 0, 0, nil},
		{"faults are annotated", map[string]string{"files": "drafts", "schema": schema}, 1, 3, []string{
			`(?m)^::error file=drafts/second\.xml,line=1,endLine=1,col=21,endColumn=29,.*::`, `(?m)^::error file=drafts/torn\.xml,`, `(?m)^::error file=drafts/it's a "letter" \$\(touch pwned\) .*,line=1`}},
		{"a strange name by itself", map[string]string{"files": "drafts/" + strangeName, "schema": schema}, 1, 1, nil},
		{"a folder that looks like a flag", map[string]string{"files": "-dash", "schema": schema}, 0, 0, nil},
		{"never fails", map[string]string{"files": "drafts", "schema": schema, "fail-on": "never"}, 0, 3, nil},
		{"another format", map[string]string{"files": "drafts/second.xml", "schema": schema, "format": "json"}, 1, 1, []string{`"code": "rng/attribute-value"`}},
		{"more flags", map[string]string{"files": "drafts/second.xml", "schema": schema, "args": "--max-findings\n1\n--no-cache"}, 1, 2, nil},
		{"only what has changed", map[string]string{"files": "drafts", "schema": schema, "args": "--changed-since=HEAD"}, 0, 0, nil},
		{"no such flag", map[string]string{"files": "letters", "schema": schema, "args": "--nonsense"}, 2, -1, []string{"nonsense"}},
		{"commands as files", map[string]string{"files": "$(touch pwned)\n`touch pwned`\n; touch pwned", "schema": schema}, 1, 3, nil},
		{"commands as a schema", map[string]string{"files": "letters", "schema": "$(touch pwned).rnc"}, 3, -1, nil},
		{"commands elsewhere", map[string]string{"files": "letters", "format": "$(touch pwned)", "fail-on": "; touch pwned", "args": "`touch pwned`"}, 2, -1, nil},
		{"a report of two lines", map[string]string{"files": "letters", "schema": schema, "report": "a\nexit-code=0"}, 2, -1, []string{"one file name"}},
		{"a report with a name", map[string]string{"files": "letters", "schema": schema, "report": "my report.sarif"}, 0, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out := r.step(t, "validate", dir, c.inputs)
			got := r.outputs["validate"]
			if code != c.code {
				t.Errorf("exit %d, not %d\n%s", code, c.code, out)
			}
			if want := fmt.Sprint(c.code); got["exit-code"] != want && c.inputs["report"] == "" {
				t.Errorf("the output exit-code is %q, not %q", got["exit-code"], want)
			}
			for _, p := range c.prints {
				if !regexp.MustCompile(p).MatchString(out) {
					t.Errorf("nothing printed fits %s\n%s", p, out)
				}
			}
			notInjected(t, dir)
			if c.results < 0 {
				if got["report"] != "" {
					t.Errorf("a report %s", got["report"])
				}
				return
			}
			path := got["report"]
			if !filepath.IsAbs(path) {
				path = filepath.Join(dir, path)
			}
			var sarif struct {
				Version string
				Runs    []struct{ Results []json.RawMessage }
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &sarif); err != nil || sarif.Version != "2.1.0" || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) != c.results {
				t.Errorf("%v: not a SARIF report with %d results:\n%.2000s", err, c.results, b)
			}
		})
	}
}

// aWorkflow uses the action as a reader of the manual would.
const aWorkflow = `name: TEI
on: [push, pull_request]
permissions:
  contents: read
  security-events: write
jobs:
  validate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: ./
        id: sigla
        with:
          files: |
            letters
            persons.xml
          schema: schema/tei_all.rng
          args: --strict
      - if: always() && steps.sigla.outputs.report != ''
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: ${{ steps.sigla.outputs.report }}
      - run: echo "$CODE"
        env:
          CODE: ${{ steps.sigla.outputs.exit-code }}
`

// actionlint runs actionlint over a workflow that uses the action.
func actionlint(t *testing.T, workflow string) (string, error) {
	t.Helper()
	tool := []string{"run", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"}
	if out, err := exec.Command("go", append(tool, "-version")...).CombinedOutput(); err != nil {
		t.Skipf("actionlint can't be had here: %.200s", out)
	}
	dir := t.TempDir()
	inGit(t, dir, "init", "-q")
	if err := os.MkdirAll(filepath.Join(dir, ".github/workflows"), 0o777); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"action.yml": string(b), ".github/workflows/tei.yml": workflow} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("go", append(tool, "-no-color", ".github/workflows/tei.yml")...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestActionlintIsSilent lints a workflow that uses the action, with the action
// beside it, whose metadata is checked too; and sees that it would not be silent
// about an input or an output that the action has not.
func TestActionlintIsSilent(t *testing.T) {
	if testing.Short() {
		t.Skip("builds actionlint")
	}
	if out, err := actionlint(t, aWorkflow); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for old, wrong := range map[string]string{"args: --strict": "arguments: --strict", "outputs.exit-code": "outputs.exitcode"} {
		if out, err := actionlint(t, strings.Replace(aWorkflow, old, wrong, 1)); err == nil {
			t.Errorf("%s is not found: %s", wrong, out)
		}
	}
}

// TestScriptsInYAMLAreClean asks shellcheck about every script.
func TestScriptsInYAMLAreClean(t *testing.T) {
	if _, err := exec.LookPath("shellcheck"); err != nil {
		t.Skip("shellcheck is not installed")
	}
	var a action
	readYAML(t, "../../action.yml", &a)
	g := readGitLab(t)
	scripts := map[string]string{"sh": strings.Join(slices.Concat(g.BeforeScript, g.Script), "\n")}
	for _, s := range a.Runs.Steps {
		scripts["bash"] += s.Run
	}
	for shell, text := range scripts {
		cmd := exec.Command("shellcheck", "--shell="+shell, "-")
		cmd.Stdin = strings.NewReader(text)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}

// hook is an entry of .pre-commit-hooks.yaml.
type hook struct {
	ID, Name, Entry, Language, Files string
}

// copyOfSigla is a git repository with the files of this one.
func copyOfSigla(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("git", "-C", root(t), "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("this is no git repository")
	}
	dir := filepath.Join(t.TempDir(), "sigla")
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		b, err := os.ReadFile(filepath.Join(root(t), name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted and not yet committed
		} else if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	inGit(t, dir, "init", "-q", "-b", "main")
	commitAll(t, dir)
	return dir
}

// TestHooksRunAsInPreCommit installs as pre-commit does for golang, go install
// ./... with a GOBIN of its own, and runs each entry with files as arguments.
func TestHooksRunAsInPreCommit(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	var hooks []hook
	readYAML(t, "../../.pre-commit-hooks.yaml", &hooks)
	bin := t.TempDir()
	install := exec.Command("go", "install", "./...")
	install.Dir = root(t)
	install.Env = append(os.Environ(), "GOBIN="+bin, trimpath)
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir := edition(t)
	if err := os.WriteFile(filepath.Join(dir, "schema/wrong.rnc"), []byte("start = element letter { element }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		hook string
		args []string // of the user's configuration
		file []string
		code int
	}{
		{"sigla-validate", []string{"--schema", "schema/the letter.rnc"}, []string{"letters/a.xml", "letters/b.xml"}, 0},
		{"sigla-validate", []string{"--schema", "schema/the letter.rnc"}, []string{"letters/a.xml", "drafts/" + strangeName}, 1},
		{"sigla-validate", []string{"--schema", "schema/none.rnc"}, []string{"letters/a.xml"}, 3},
		{"sigla-schema-check", nil, []string{"schema/the letter.rnc"}, 0},
		{"sigla-schema-check", nil, []string{"schema/the letter.rnc", "schema/wrong.rnc"}, 1},
	} {
		i := slices.IndexFunc(hooks, func(h hook) bool { return h.ID == c.hook })
		if i < 0 {
			t.Fatalf("no hook %s", c.hook)
		}
		h := hooks[i]
		if h.Language != "golang" || h.Name == "" {
			t.Errorf("%s: language %q, name %q", h.ID, h.Language, h.Name)
		}
		for _, f := range c.file { // pre-commit asks for the pattern anywhere in the name
			if !regexp.MustCompile(h.Files).MatchString(f) {
				t.Errorf("%s does not take %s", h.ID, f)
			}
		}
		entry := strings.Fields(h.Entry)
		cmd := exec.Command(filepath.Join(bin, entry[0]), slices.Concat(entry[1:], c.args, c.file)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if code := cmd.ProcessState.ExitCode(); code != c.code {
			t.Errorf("%s %v %v: exit %d, not %d\n%s", h.ID, c.args, c.file, code, c.code, out)
		}
	}
	notInjected(t, dir)
}

// TestPreCommitItselfRunsTheHook commits in an edition that has the hook.
func TestPreCommitItselfRunsTheHook(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("pre-commit is not installed")
	}
	sigla, dir := copyOfSigla(t), edition(t)
	rev, err := exec.Command("git", "-C", sigla, "rev-parse", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	config := map[string]any{"repos": []any{map[string]any{"repo": sigla, "rev": strings.TrimSpace(string(rev)), "hooks": []any{
		map[string]any{"id": "sigla-validate", "language_version": "system", "args": []string{"--schema=schema/the letter.rnc"}},
		map[string]any{"id": "sigla-schema-check", "language_version": "system"},
	}}}}
	b, err := yaml.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".pre-commit-config.yaml"), b, 0o666); err != nil {
		t.Fatal(err)
	}
	commitAll(t, dir)
	for _, c := range []struct {
		files  []string
		code   int
		prints []string
	}{
		{[]string{"letters/a.xml", "letters/b.xml", "schema/the letter.rnc"}, 0, []string{"validate XML with Sigla", "Passed"}},
		{[]string{"drafts/" + strangeName, "drafts/second.xml"}, 1, []string{"Failed", "second.xml:1:", "rng/attribute-value"}},
	} {
		cmd := exec.Command("pre-commit", append([]string{"run", "--files"}, c.files...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PRE_COMMIT_HOME="+filepath.Join(t.TempDir(), "home"), "GOMODCACHE="+goEnv(t, "GOMODCACHE"), "GIT_CONFIG_GLOBAL=/dev/null", trimpath)
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if code := cmd.ProcessState.ExitCode(); code != c.code {
			t.Errorf("%q: exit %d, not %d\n%s", c.files, code, c.code, out)
		}
		for _, want := range c.prints {
			if !bytes.Contains(out, []byte(want)) {
				t.Errorf("%q: not printed: %s\n%s", c.files, want, out)
			}
		}
	}
	notInjected(t, dir)
}

// gitLabJob is the job of ci/gitlab.yml.
type gitLabJob struct {
	Image        string
	Variables    map[string]string
	BeforeScript []string `yaml:"before_script"`
	Script       []string
	Artifacts    struct {
		When    string
		Reports map[string]string
	}
}

func readGitLab(t *testing.T) gitLabJob {
	t.Helper()
	var jobs map[string]gitLabJob
	readYAML(t, "../../ci/gitlab.yml", &jobs)
	if len(jobs) != 1 || len(jobs[".sigla"].Script) == 0 {
		t.Fatalf("ci/gitlab.yml has no job .sigla")
	}
	return jobs[".sigla"]
}

// TestGitLabJobRuns runs the job's scripts as a GitLab runner does, all in one
// shell that stops at the first failure, in bash and, as in images without it, sh.
func TestGitLabJobRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	job, sigla := readGitLab(t), copyOfSigla(t)
	for _, shell := range [][]string{{"bash", "-eo", "pipefail"}, {"sh", "-e"}} {
		t.Run(shell[0], func(t *testing.T) {
			dir := edition(t)
			for _, c := range []struct {
				name      string
				variables map[string]string
				code      int
				faults    int // -1: there are no reports
			}{
				{"clean", map[string]string{"SIGLA_FILES": "letters\n-dash\n"}, 0, 0},
				{"faults", map[string]string{"SIGLA_FILES": "letters\ndrafts"}, 1, 3},
				{"a strange name", map[string]string{"SIGLA_FILES": "drafts/" + strangeName}, 1, 1},
				{"never fails", map[string]string{"SIGLA_FILES": "drafts", "SIGLA_FAIL_ON": "never"}, 0, 3},
				{"commands", map[string]string{"SIGLA_FILES": "$(touch pwned)\n`touch pwned`\nEND\n; touch pwned"}, 1, 4},
				{"a wrong flag", map[string]string{"SIGLA_ARGS": "--nonsense"}, 2, -1},
				{"no such version", map[string]string{"SIGLA_REF": "v99"}, 2, -1},
			} {
				t.Run(c.name, func(t *testing.T) {
					for _, f := range job.Artifacts.Reports {
						os.Remove(filepath.Join(dir, f))
					}
					cmd := exec.Command(shell[0], shell[1:]...)
					cmd.Stdin = strings.NewReader(strings.Join(slices.Concat(job.BeforeScript, job.Script), "\n"))
					cmd.Dir = dir
					all := map[string]string{"CI_PROJECT_DIR": dir}
					for _, m := range []map[string]string{job.Variables, {"SIGLA_REPOSITORY": "file://" + sigla, "SIGLA_SCHEMA": "schema/the letter.rnc"}, c.variables} {
						maps.Copy(all, m)
					}
					cmd.Env = os.Environ()
					for k, v := range all {
						cmd.Env = append(cmd.Env, k+"="+v)
					}
					out, err := cmd.CombinedOutput()
					if cmd.ProcessState == nil {
						t.Fatal(err)
					}
					if code := cmd.ProcessState.ExitCode(); code != c.code {
						t.Errorf("exit %d, not %d\n%s", code, c.code, out)
					}
					notInjected(t, dir)
					if c.faults < 0 {
						return
					}
					var quality []struct {
						Description, Fingerprint string
						Location                 struct{ Path string }
					}
					b, err := os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["codequality"]))
					if err != nil {
						t.Fatal(err)
					}
					if err := json.Unmarshal(b, &quality); err != nil || len(quality) != c.faults {
						t.Errorf("%v: not %d entries of code quality:\n%.2000s", err, c.faults, b)
					}
					var suites struct {
						Failures int `xml:"failures,attr"`
					}
					b, err = os.ReadFile(filepath.Join(dir, job.Artifacts.Reports["junit"]))
					if err != nil {
						t.Fatal(err)
					}
					if err := xml.Unmarshal(b, &suites); err != nil {
						t.Errorf("%v: no JUnit report:\n%.2000s", err, b)
					}
				})
			}
		})
	}
}
