package relaxng

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

func sharedFile(t testing.TB, name string) string {
	t.Helper()
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED names no folder with TEI's schema and documents")
	}
	return filepath.Join(shared, name)
}

func BenchmarkCompile(b *testing.B) {
	dir := os.DirFS(sharedFile(b, "schemas/tei"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(dir, "tei_all.rng"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValidate(b *testing.B) {
	s, err := Compile(os.DirFS(sharedFile(b, "schemas/tei")), "tei_all.rng")
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"00-valid-base", "perseus-cicero-lat", "perseus-quintilian-eng", "eltec-l1-bronte"} {
		doc, err := os.ReadFile(sharedFile(b, "tei/real/"+name+".xml"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.ValidateBytes(context.Background(), name, doc, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
