//go:build unix

package main

import (
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAnInterruptLeavesNothingHalf interrupts a run at a file that comes slowly:
// what stood at the places of the reports and of the baseline stands, nothing is
// left beside them, and the files that were not begun are not told of.
func TestAnInterruptLeavesNothingHalf(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			files := map[string]string{
				"letter.rnc": "start = element letter { element p { text }* }",
				"a.xml":      "<letter><q/></letter>", "c.xml": "<letter><r/></letter>",
				"known.json": `{"baseline": 1, "findings": []}`, "out.json": "of another run",
			}
			for name, text := range files {
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := syscall.Mkfifo("b.xml", 0o644); err != nil {
				t.Skip("this system makes no pipes:", err)
			}
			var out, errs shared
			ended := make(chan int, 1)
			go func() {
				ended <- run([]string{"sigla", "validate", "-j", "1", "-s", "letter.rnc", "--format", "json", "--report", "json=out.json", "--report", "junit=new.xml", "--baseline", "known.json", "--update-baseline", "a.xml", "b.xml", "c.xml"}, strings.NewReader(""), &out, &errs)
			}()
			pipe, err := os.OpenFile("b.xml", os.O_WRONLY, 0) // now it is being read
			if err != nil {
				t.Fatal(err)
			}
			if err := syscall.Kill(os.Getpid(), sig); err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond) // the signal is on its way
			if _, err := pipe.WriteString("<letter/>"); err != nil {
				t.Fatal(err)
			}
			pipe.Close()
			select {
			case code := <-ended:
				if code != exitFault {
					t.Errorf("exit code %d", code)
				}
			case <-time.After(20 * time.Second):
				t.Fatal("it does not end")
			}
			errs.wait(t, 0, "interrupted")
			if json.Valid([]byte(out.b.String())) || strings.Contains(out.b.String(), "c.xml") {
				t.Errorf("what was told looks like all: %s", out.b.String())
			}
			for name, want := range files {
				if got, err := os.ReadFile(name); err != nil || string(got) != want {
					t.Errorf("%s is %q, %v", name, got, err)
				}
			}
			if entries, _ := os.ReadDir("."); len(entries) != len(files)+1 {
				t.Errorf("something is left: %v", entries)
			}
		})
	}
}
