package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// fence is a block of a page: a file with its name, or a session.
type fence struct {
	language, name string
	lines          []string
	line           int
}

func fencesOf(t *testing.T, page string) []fence {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var out []fence
	lines := strings.Split(string(b), "\n")
	for i := 0; i < len(lines); i++ {
		info, ok := strings.CutPrefix(lines[i], "```")
		if !ok {
			continue
		}
		f := fence{line: i + 1}
		f.language, f.name, _ = strings.Cut(info, " ")
		for i++; i < len(lines) && lines[i] != "```"; i++ {
			f.lines = append(f.lines, lines[i])
		}
		out = append(out, f)
	}
	return out
}

// TestPageOfJingAndXmllint makes the files of the page and runs its sessions,
// each in one shell. What the page shows is printed, in this order.
func TestPageOfJingAndXmllint(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Java some twenty times")
	}
	const page = "../../docs/from-jing-or-xmllint.md"
	dir := t.TempDir()
	sessions := 0
	for _, f := range fencesOf(t, page) {
		switch {
		case f.name != "":
			path := filepath.Join(dir, filepath.FromSlash(f.name))
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			text := strings.Join(f.lines, "\n") + "\n"
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
			if f.language == "yaml" {
				var any map[string]any
				if err := yaml.Unmarshal([]byte(text), &any); err != nil {
					t.Errorf("line %d: %v", f.line, err)
				}
			}
		case f.language == "console":
			sessions++
			t.Run(fmt.Sprintf("line-%d", f.line), func(t *testing.T) { session(t, dir, f) })
		default:
			t.Errorf("line %d: the block is neither a file nor a session", f.line)
		}
	}
	if sessions < 8 {
		t.Errorf("only %d sessions were found", sessions)
	}
}

// session runs a block: each line that begins with $ is a command, the others
// are what it prints, among other lines.
func session(t *testing.T, dir string, f fence) {
	t.Helper()
	const mark = "=== the command ends here ==="
	script := ""
	var expected [][]string
	for _, l := range f.lines {
		if call, ok := strings.CutPrefix(l, "$ "); ok {
			program, _, _ := strings.Cut(call, " ")
			if slices.Contains([]string{"jing", "xmllint", "make", "find"}, program) {
				tool := program
				if strings.Contains(call, "jing") || program == "make" && strings.Contains(call, "before") {
					tool = "jing"
				}
				if _, err := exec.LookPath(tool); err != nil {
					t.Skipf("%s is not installed", tool)
				}
			}
			script += call + "\necho '" + mark + "'\n"
			expected = append(expected, nil)
			continue
		}
		expected[len(expected)-1] = append(expected[len(expected)-1], l)
	}
	cmd := exec.Command("bash", "--norc", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "XDG_CACHE_HOME="+filepath.Join(dir, ".cache"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	printed := strings.Split(string(out), mark+"\n")
	if len(printed) != len(expected)+1 {
		t.Fatalf("%d commands, and %d came to an end\n%s", len(expected), len(printed)-1, out)
	}
	for i, want := range expected {
		rest := strings.Split(printed[i], "\n")
		for _, w := range want {
			at := slices.Index(rest, w)
			if at < 0 {
				t.Errorf("command %d of line %d does not print\n%s\nbut\n%s", i+1, f.line, w, printed[i])
				break
			}
			rest = rest[at+1:]
		}
	}
}

// TestWorkflowsOfThePageAreProper asks actionlint about those before and after.
func TestWorkflowsOfThePageAreProper(t *testing.T) {
	if testing.Short() {
		t.Skip("builds actionlint")
	}
	for _, f := range fencesOf(t, "../../docs/from-jing-or-xmllint.md") {
		if strings.HasPrefix(f.name, ".github/workflows/") {
			if out, err := actionlint(t, strings.Join(f.lines, "\n")+"\n"); err != nil {
				t.Errorf("%s: %v\n%s", f.name, err, out)
			}
		}
	}
}
