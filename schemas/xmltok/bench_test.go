package xmltok

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkTokenizer reads real TEI, from memory and through the window.
func BenchmarkTokenizer(b *testing.B) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		b.Skip("SIGLA_SHARED names no folder of documents")
	}
	names, err := filepath.Glob(filepath.Join(shared, "tei", "real", "*.xml"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no documents in %s: %v", shared, err)
	}
	tok := &Tokenizer{}
	for _, name := range names {
		doc, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		read := func(b *testing.B, reset func()) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				reset()
				for {
					kind, err := tok.Next()
					if err != nil {
						b.Fatal(err)
					}
					if kind == EOF {
						break
					}
				}
			}
		}
		b.Run("memory/"+filepath.Base(name), func(b *testing.B) {
			read(b, func() { tok.Reset(name, doc, nil, Limits{}) })
		})
		b.Run("reader/"+filepath.Base(name), func(b *testing.B) {
			r := bytes.NewReader(doc)
			read(b, func() {
				r.Reset(doc)
				tok.ResetReader(name, r, nil, Limits{})
			})
		})
	}
}
