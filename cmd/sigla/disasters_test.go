//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestABatchTellsOfEveryFile puts twenty disasters among 480 letters: each file is
// told of, the good ones as good, and the memory stays bounded.
func TestABatchTellsOfEveryFile(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	good := `<letter><date when="1951-11-01"/><p>Text.</p></letter>`
	save := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join("in", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("in", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("letter.rnc", []byte(`default namespace = ""
namespace xi = "http://www.w3.org/2001/XInclude"
start = element letter { element date { attribute when { xsd:date } }, element p { text }+ }`), 0o644); err != nil {
		t.Fatal(err)
	}
	for i := range 480 {
		save(fmt.Sprintf("good%03d.xml", i), strings.Replace(good, "Text", fmt.Sprint("Text ", i), 1))
	}
	bomb := `<!DOCTYPE letter [<!ENTITY a "aaaaaaaaaa">`
	for c := 'b'; c <= 'k'; c++ {
		bomb += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	utf16 := []byte{0xff, 0xfe}
	for _, b := range []byte(good) {
		utf16 = append(utf16, b, 0)
	}
	disasters := map[string]string{ // what stands in each, and the code that tells of it
		"ill.xml":       "<letter><date></letter>",
		"half.xml":      good[:30],
		"tail.xml":      good + "<letter/>",
		"empty.xml":     "",
		"blank.xml":     " \n ",
		"binary.xml":    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01",
		"utf16.xml":     string(utf16[:len(utf16)-1]),
		"utf8.xml":      strings.Replace(good, "Text", "T\xe9xt", 1),
		"nul.xml":       strings.Replace(good, "Text", "T\x00xt", 1),
		"bomb.xml":      bomb + "]><letter><date when='1951-11-01'/><p>&k;</p></letter>",
		"external.xml":  `<!DOCTYPE letter [<!ENTITY x SYSTEM "file:///etc/passwd">]><letter><date when="1951-11-01"/><p>&x;</p></letter>`,
		"include.xml":   `<letter xmlns:xi="http://www.w3.org/2001/XInclude"><date when="1951-11-01"/><xi:include href="none.xml"/></letter>`,
		"web.xml":       `<letter xmlns:xi="http://www.w3.org/2001/XInclude"><date when="1951-11-01"/><xi:include href="http://127.0.0.1:9/p.xml"/></letter>`,
		"deep.xml":      strings.Repeat("<p>", 200_000),
		"attribute.xml": `<letter a="` + strings.Repeat("x", 20<<20) + `"/>`,
		"invalid.xml":   "<letter><p/></letter>",
	}
	for name, text := range disasters {
		save(name, text)
	}
	big, err := os.Create("in/big.xml")
	if err != nil {
		t.Fatal(err)
	}
	part := []byte("<p>" + strings.Repeat("A line of a long letter.\n", 400) + "</p>\n")
	fmt.Fprint(big, "<letter>")
	for n := 0; n < 100<<20; n += len(part) {
		if _, err := big.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Fprint(big, "</letter>")
	if err := big.Close(); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"in/dangling.xml": "nowhere.xml", "in/circle.xml": "circle.xml"} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("in/pipe.xml", 0o644); err != nil {
		t.Fatal(err)
	}
	bad := []string{"big.xml", "dangling.xml", "circle.xml", "pipe.xml"}
	for name := range disasters {
		bad = append(bad, name)
	}
	if len(bad) != 20 {
		t.Fatalf("%d disasters", len(bad))
	}

	var out, errs bytes.Buffer
	code := run([]string{"sigla", "validate", "--xinclude", "-s", "letter.rnc", "--format", "json", "in"}, strings.NewReader(""), &out, &errs)
	if code != exitFindings {
		t.Errorf("exit code %d\n%s", code, errs.String())
	}
	var report struct {
		Files     int
		Documents []struct {
			File     string
			Findings int
		}
		Findings []struct{ File, Code, Message string }
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range report.Documents {
		name := filepath.Base(d.File)
		seen[name] = true
		if is := slices.Contains(bad, name); is != (d.Findings > 0) {
			t.Errorf("%s has %d findings", name, d.Findings)
		}
	}
	if len(report.Documents) != 500 || report.Files != 500 || len(seen) != 500 {
		t.Errorf("%d files, %d of them told of, %d by name", report.Files, len(report.Documents), len(seen))
	}
	for _, f := range report.Findings {
		if len(f.Message) > 400 {
			t.Errorf("%s: a message of %d bytes", f.File, len(f.Message))
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d MB from the system", m.Sys>>20)
	if m.Sys > 1<<30 {
		t.Errorf("%d MB of memory", m.Sys>>20)
	}
}
