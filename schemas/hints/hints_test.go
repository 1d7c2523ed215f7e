package hints

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHintsAreNamesOfTEI: what is suggested exists, and an alias is no name of
// the TEI itself.
func TestHintsAreNamesOfTEI(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED names no folder with the TEI's schema")
	}
	schema, err := os.ReadFile(filepath.Join(shared, "schemas/tei/tei_all.rng"))
	if err != nil {
		t.Fatal(err)
	}
	has := func(what, name string) bool {
		return strings.Contains(string(schema), "<"+what+` name="`+name+`"`)
	}
	for alias, names := range Aliases {
		what := "element"
		if strings.HasPrefix(alias, "@") {
			what = "attribute"
		}
		if alias != strings.ToLower(alias) {
			t.Errorf("%s is not in small letters", alias)
		}
		if len(names) == 0 {
			t.Errorf("%s stands for nothing", alias)
		}
		for _, n := range names {
			if !has(what, n) {
				t.Errorf("%s stands for %s, which the TEI has not", alias, n)
			}
		}
	}
	seen := map[string]bool{}
	for _, n := range Usual {
		if !has("element", n) || seen[n] {
			t.Errorf("%s is usual, and is no element or stands twice", n)
		}
		seen[n] = true
	}
}
