package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImportsPointOneWay holds the direction of imports that ARCHITECTURE.md
// states.
func TestImportsPointOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "sigla/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	under := func(path string, roots ...string) bool {
		return slices.ContainsFunc(roots, func(r string) bool { return path == r || strings.HasPrefix(path, r+"/") })
	}
	d := json.NewDecoder(bytes.NewReader(out))
	n := 0
	for {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		n++
		for _, i := range p.Imports {
			bad := false
			switch {
			case i == "github.com/beevik/etree":
				bad = p.ImportPath != "sigla/tei" && !under(p.ImportPath, "sigla/transforms/export")
			case under(i, "github.com/lestrrat-go/libxml2", "github.com/lestrrat-go/helium"), i == "C":
				bad = p.ImportPath != "sigla/schemas/xsd"
			case under(i, "sigla/cmd"):
				bad = true
			case under(p.ImportPath, "sigla/tei/diag"):
				bad = under(i, "sigla") && !under(i, "sigla/tei/diag")
			case under(p.ImportPath, "sigla/tei/restore"):
				bad = under(i, "sigla") && i != "sigla/tei/diag" && !under(i, "sigla/schemas/xmltok")
			case under(p.ImportPath, "sigla/tei"):
				bad = under(i, "sigla/transforms", "sigla/schemas")
			case under(p.ImportPath, "sigla/transforms"):
				bad = under(i, "sigla/schemas")
			case under(p.ImportPath, "sigla/schemas"):
				bad = under(i, "sigla/transforms")
			}
			if bad {
				t.Errorf("%s may not import %s", p.ImportPath, i)
			}
		}
	}
	if n < 8 {
		t.Fatalf("go list named only %d packages", n)
	}
}
