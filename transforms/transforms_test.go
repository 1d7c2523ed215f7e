package transforms

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sigla/tei/restore"
	"sigla/transforms/source"
)

// shared are the texts that lie beside the repository, or a reason to skip.
func shared(t testing.TB, patterns ...string) []string {
	t.Helper()
	root := os.Getenv("SIGLA_SHARED")
	if root == "" {
		t.Skip("SIGLA_SHARED is not set: the real texts lie outside the repository")
	}
	var out []string
	for _, p := range patterns {
		files, err := filepath.Glob(filepath.Join(root, p))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Fatalf("no file fits %s", p)
		}
		out = append(out, files...)
	}
	return out
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRealTextsAreConserved(t *testing.T) {
	for _, f := range shared(t, "seed/*.txt", "synthetic/pages/*.txt", "text/frus/*.txt", "text/ehri/*.txt") {
		src := read(t, f)
		r, err := Convert(src, Options{Name: filepath.Base(f)})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
			continue
		}
		// Convert proves the body; the front matter is held here
		p, _, err := source.Parse(src, source.Options{Name: f})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range restore.Front(r.TEI, p.Text[:p.Body.Start]) {
			t.Errorf("%s: %s", filepath.Base(f), x)
		}
	}
}

// pages that no one would write, each a trap for one pass.
var oddPages = []string{
	"", "\n\n", " ", "[", "]", "[]", "[[", "[[]]", "]]][[[", "a", "[1]", "[1] ", "[1]\n\n---\n\n[1] note\n", "---", "---\n---",
	"**x**", "**\n**", "\"", "\"To Cde. A.\n\nB\"", "\"To Cde. A.\n\n\"To Cde. B.\n\nC\"\n\nD\"", "To Cde. A.\n\n\"To Cde. B.", "“To Cde. B.\n\nText.”",
	"[a [b [c [d]]]]", "[a\n\nb]", "x [y\nz] w", "Deciphered by", "---\n\nDeciphered by A 1840 1 November", "Attachment 1\n\nAttachment 2",
	"Copies:\n\nN° 1 to Cde. A", "Copies:\nN° 1 to Cde. A\nN° 2 to Cde. B", "[Stamp: X\nY", "A: b\n\nC: d\n\nA: e", "1. a\n\n2. b\n\n4. c",
	"\ufeffBOM\n", "a\u00a0b [c\u00a0d]", "\"\"\"\"", "'To Cde. A.\n\n\"To Cde. B.\n\nx\"\n\ny'", "Dear A,\n\nx\n\nB\n\nAttachment 1\n\n1. c", "\tx\t[y]\t", "[page 1]\n\n[page 2]",
	"a\fb", "\f", "a\n\f\nb [c\fd] e", "Dear A,\f\n\nx\n\nB\f", "[...]\n\n[…]", "Dear Sir [sic],\n\nI [w]as [9] here[1].\n\nYours,\n\n[signature]\n\nNotes\n\n[1] Where?\n\nAnd more.", "from [A] received at 1730 1 November 1951",
}

func TestOddPagesAreConserved(t *testing.T) {
	for _, p := range oddPages {
		r, err := Convert([]byte(p), Options{Name: "odd.txt", From: "plain"})
		if err != nil {
			if strings.TrimSpace(p) == "" {
				continue // an empty source is refused
			}
			t.Errorf("%q: %v", p, err)
			continue
		}
		if len(r.TEI) == 0 {
			t.Errorf("%q gives no TEI", p)
		}
	}
}

func TestSameSourceGivesSameBytes(t *testing.T) {
	src := []byte("**November 1, 1951**  \n**Letter from A. Orlov to B. Lukin**\n\n**Contents:**\n\nTranslation - English\n\nDear Comrade Lukin,\n\nI sent [you] two telegrams, of 4 May and of 5 May [sic].[1]\n\nA. ORLOV\n\n---\n\n[1] Not found.\n")
	want, err := Convert(src, Options{Name: "a.txt"})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := Convert(src, Options{Name: "a.txt"})
				if err != nil || !bytes.Equal(got.TEI, want.TEI) {
					t.Errorf("another run gives other bytes (%v)", err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func FuzzConvert(f *testing.F) {
	for _, p := range oddPages {
		f.Add([]byte(p))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		_, err := Convert(src, Options{Name: "fuzz.txt"})
		if err == nil {
			return
		}
		var refused *source.TextError
		if !errors.As(err, &refused) {
			t.Fatal(err) // our own fault: a law was broken
		}
	})
}

func BenchmarkConvert(b *testing.B) {
	src, err := os.ReadFile("../fixtures/encode/seed/source.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Convert(src, Options{Name: "seed.txt"}); err != nil {
			b.Fatal(err)
		}
	}
}
