package main

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

const manualPage = "../../docs/man/sigla.1"

// TestManualPageIsFresh compares the page with what the program writes.
func TestManualPageIsFresh(t *testing.T) {
	var out, errw bytes.Buffer
	if code := run([]string{"sigla", "man"}, nil, &out, &errw); code != exitClean {
		t.Fatalf("exit %d: %s", code, errw.String())
	}
	if *update {
		if err := os.WriteFile(manualPage, out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(manualPage)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page, out.Bytes()) {
		t.Errorf("docs/man/sigla.1 is not what sigla man prints; run make generate")
	}
}

// TestManualPageIsProperRoff asks mandoc for errors, and for the words.
func TestManualPageIsProperRoff(t *testing.T) {
	if _, err := exec.LookPath("mandoc"); err != nil {
		t.Skip("mandoc is not installed")
	}
	if out, err := exec.Command("mandoc", "-T", "lint", "-W", "error", manualPage).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	out, err := exec.Command("mandoc", "-T", "utf8", "-O", "width=200", manualPage).Output()
	if err != nil {
		t.Fatal(err)
	}
	text := overstruck(string(out))
	for _, want := range []string{"sigla schema convert IN OUT", "--schema, -s SCHEMA", "sigla convert -d tei/ letters/ 'archive/**/*.txt'", "EXIT STATUS"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not have %q", want)
		}
	}
	for _, c := range []*cli.Command{convertCommand(), verifyCommand(), validateCommand(), conventionsCommand(), explainCommand(), completionCommand()} {
		for _, f := range c.Flags {
			if !strings.Contains(text, "--"+f.Names()[0]) {
				t.Errorf("the page does not have --%s of %s", f.Names()[0], c.Name)
			}
		}
	}
}

// overstruck takes out what a line printer would print twice for bold letters.
func overstruck(s string) string {
	var out []rune
	for _, r := range s {
		if r == '\b' && len(out) > 0 {
			out = out[:len(out)-1]
			continue
		}
		out = append(out, r)
	}
	return string(out)
}
