//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// shared is a writer that a test reads while a command writes.
type shared struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// wait waits until what was written from a place on has the words, and is the
// place behind all that was written.
func (s *shared) wait(t *testing.T, from int, words string) int {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		s.mu.Lock()
		all := s.b.String()
		s.mu.Unlock()
		if strings.Contains(all[from:], words) {
			return len(all)
		}
	}
	t.Fatalf("%q does not come; there is %q", words, s.b.String()[from:])
	return 0
}

// TestWatchingTellsOfWhatIsSaved saves files, a new one and a schema, and sees
// each looked at.
func TestWatchingTellsOfWhatIsSaved(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	save := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name+".new", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+".new", name); err != nil { // as editors do
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("in", 0o755); err != nil {
		t.Fatal(err)
	}
	save("letter.rnc", "start = element letter { element p { text }* }")
	save("in/a.xml", "<letter><p/></letter>")
	var out, errs shared
	ended := make(chan int, 1)
	go func() {
		ended <- run([]string{"sigla", "validate", "--watch", "-s", "letter.rnc", "in"}, strings.NewReader(""), &out, &errs)
	}()
	said := errs.wait(t, 0, "waiting")
	began := time.Now()
	save("in/a.xml", "<letter><q/></letter>")
	at := out.wait(t, 0, "in/a.xml:1:9")
	t.Logf("told after %v", time.Since(began))
	said = errs.wait(t, said, "waiting")
	save("in/b.xml", "<letter>\n<r/></letter>")
	at = out.wait(t, at, "in/b.xml:2:1")
	said = errs.wait(t, said, "waiting")
	save("letter.rnc", "start = element letter {")
	said = errs.wait(t, said, "letter.rnc is not a correct schema")
	said = errs.wait(t, said-1, "\n")
	save("letter.rnc", "start = element letter { element r { empty }* }")
	at = out.wait(t, at, `in/a.xml:1:9: no element "q"`)
	errs.wait(t, said, "waiting")
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	select {
	case code := <-ended:
		if code != exitFindings {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("an interrupt does not end it")
	}
	_ = at
}

// TestWatchingMissesNoFile makes folders with files in them at once, takes the
// folder of the call away and puts it back, writes a configuration that was not
// there, a faulty one too; and what it says itself, into a watched folder, is no
// change.
func TestWatchingMissesNoFile(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("letter.rnc", "start = element letter { element p { text }* }")
	write("in/a.xml", "<letter><p/></letter>")
	var out, errs shared
	log, err := os.Create("log")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	ended := make(chan int, 1)
	go func() {
		ended <- run([]string{"sigla", "validate", "--watch", "-s", "letter.rnc", "in", "more/**/*.xml"}, strings.NewReader(""), &out, io.MultiWriter(&errs, log))
	}()
	at, said := 0, errs.wait(t, 0, "waiting")
	for _, name := range []string{"in/x/y/z/b.xml", "more/x/c.xml"} {
		write(name, "<letter>\n<q/></letter>")
		at = out.wait(t, at, filepath.FromSlash(name)+":2:1")
		said = errs.wait(t, said, "waiting")
	}
	if err := os.RemoveAll("in"); err != nil {
		t.Fatal(err)
	}
	write("in/x/d.xml", "<letter><q/></letter>")
	at = out.wait(t, at, filepath.FromSlash("in/x/d.xml")+":1:9: no")
	said = errs.wait(t, said, "waiting")
	write("sigla.toml", "[rules]\n\"rng/*\" = \"warning\"\n")
	at = out.wait(t, at, filepath.FromSlash("in/x/d.xml")+":1:9: warning")
	said = errs.wait(t, said, "waiting")
	write("sigla.toml", "[rules")
	said = errs.wait(t, said, "no TOML")
	write("sigla.toml", "[rules]\n")
	out.wait(t, at, filepath.FromSlash("in/x/d.xml")+":1:9: no")
	said = errs.wait(t, said, "waiting")
	time.Sleep(200 * time.Millisecond)
	errs.mu.Lock()
	if more := errs.b.String()[said:]; strings.Count(more, "waiting") > 1 {
		t.Errorf("it says without end that it waits: %q", more)
	}
	errs.mu.Unlock()
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	<-ended
}
