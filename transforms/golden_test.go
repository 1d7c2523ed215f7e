package transforms

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigla/tei/diag"
)

var update = flag.Bool("update", false, "write the goldens anew; read the difference before it is committed")

// TestGoldens compares whole documents of fixtures/encode with what was read
// and approved: TEI and findings.
func TestGoldens(t *testing.T) {
	sources, err := filepath.Glob("../fixtures/encode/*/source.txt")
	if err != nil || len(sources) < 2 {
		t.Fatal("the fixtures are missing", err)
	}
	text, err := diag.FormatNamed("text")
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range sources {
		dir := filepath.Dir(src)
		r, err := Convert(read(t, src), Options{Name: "source.txt", Version: "0"})
		if err != nil {
			t.Errorf("%s: %v", dir, err)
			continue
		}
		var findings strings.Builder
		if err := text.Write(&findings, r.Findings); err != nil {
			t.Fatal(err)
		}
		for name, got := range map[string][]byte{"tei.xml": r.TEI, "findings.txt": []byte(findings.String())} {
			file := filepath.Join(dir, name)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if want := read(t, file); !bytes.Equal(got, want) {
				t.Errorf("%s is not what it was; -update writes it anew", file)
			}
		}
	}
}
