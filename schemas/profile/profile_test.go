package profile

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigla/schemas/relaxng"
	"sigla/schemas/xsd"
	"sigla/tei/diag"
)

// valid is a small file with something of every part of the profile.
const valid = `testdata/valid.xml`

func TestGrammarAgreesWithItsForms(t *testing.T) {
	if _, err := exec.LookPath("trang"); err != nil {
		t.Skip("trang is not installed: the forms of the grammar cannot be made again")
	}
	dir := t.TempDir()
	src, err := Files.ReadFile("sigla.rnc")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sigla.rnc"), src, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, step := range [][]string{{"sigla.rnc", "sigla.rng"}, {"sigla.rng", "sigla.xsd"}} {
		c := exec.Command("trang", step...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("trang: %v: %s", err, out)
		}
	}
	for _, name := range []string{"sigla.rng", "sigla.xsd", "xml.xsd"} {
		made, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		have, err := Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, have) {
			t.Errorf("%s is not what sigla.rnc gives: run go generate ./schemas/profile", name)
		}
	}
}

// faults are single mistakes and what the message must speak of.
var faults = []struct{ from, to, want string }{
	{"<opener>", "<p>Before.</p><opener>", "opener"},
	{"<supplied reason=\"subaudible\"", "<supplied", "reason"},
	{"when=\"1951-11-01\"", "when=\"1.11.1951\"", "when"},
	{"<p xml:id=\"p1\">", "<p xml:id=\"msg\">", "msg"},
	{"</persName> wrote", "</persName><bogus/> wrote", "bogus"},
	{"<item n=\"1\">", "<item number=\"1\">", "number"},
	{"<div type=\"message\"", "words<div type=\"message\"", "div"},
	{"cert=\"low\"", "cert=\"perhaps\"", "cert"},
	{"<publisher>Sigla</publisher>", "", "publisher"},
}

func TestFindingsNameTheMistake(t *testing.T) {
	grammar, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	validators := map[string]func(name string, doc []byte) (diag.List, error){
		"sigla.rng": func(name string, doc []byte) (diag.List, error) {
			return grammar.ValidateBytes(context.Background(), name, doc, relaxng.Options{})
		},
	}
	x, err := xsd.Compile(Files, "sigla.xsd")
	if err != nil {
		t.Fatal(err)
	}
	validators["sigla.xsd"] = x.Validate
	doc, err := os.ReadFile(valid)
	if err != nil {
		t.Fatal(err)
	}
	for schema, validate := range validators {
		if l, err := validate("valid.xml", doc); err != nil || len(l) > 0 {
			t.Fatalf("%s, the valid file: %v %v", schema, l, err)
		}
		for _, f := range faults {
			if !strings.Contains(string(doc), f.from) {
				t.Fatalf("the valid file has no %s", f.from)
			}
			l, err := validate("fault.xml", []byte(strings.Replace(string(doc), f.from, f.to, 1)))
			if err != nil {
				t.Fatal(err)
			}
			if len(l) == 0 {
				t.Errorf("%s: %s for %s is accepted", schema, f.to, f.from)
				continue
			}
			if !strings.Contains(l[0].Message, f.want) || l[0].Pos.Line == 0 || l[0].Pos.Column == 0 {
				t.Errorf("%s: %s for %s: %s", schema, f.to, f.from, l[0])
			}
			if schema == "sigla.rng" && len(l) > 1 {
				t.Errorf("%s: %s for %s gives %d findings: %v", schema, f.to, f.from, len(l), l)
			}
		}
	}
}

func TestValidFileIsTEI(t *testing.T) {
	root := os.Getenv("SIGLA_SHARED")
	if root == "" {
		t.Skip("SIGLA_SHARED is not set: tei_all lies outside the repository")
	}
	if _, err := exec.LookPath("jing"); err != nil {
		t.Skip("jing is not installed")
	}
	for _, c := range [][2]string{{filepath.Join(root, "schemas/tei/tei_all.rng"), valid}, {"sigla.rng", valid}, {"sigla.rng", filepath.Join(root, "gold/117412.xml")}} {
		if out, err := exec.Command("jing", c[0], c[1]).CombinedOutput(); err != nil {
			t.Errorf("%s under %s: %s", c[1], c[0], out)
		}
	}
}

func TestSchematronFindsWhatTheGrammarCannot(t *testing.T) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed: no Schematron processor")
	}
	doc, err := os.ReadFile(valid)
	if err != nil {
		t.Fatal(err)
	}
	check := func(doc string) (string, bool) {
		f := filepath.Join(t.TempDir(), "x.xml")
		if err := os.WriteFile(f, []byte(doc), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("xmllint", "--noout", "--schematron", "sigla.sch", f).CombinedOutput()
		return string(out), err == nil
	}
	if out, ok := check(string(doc)); !ok {
		t.Fatalf("the valid file: %s", out)
	}
	for _, f := range [][2]string{
		{`target="#filippov"`, `target="#nobody"`},
		{`target="#filippov"`, ``},
		{`ref="#stalin">Stalin`, `ref="#nobody">Stalin`},
		{`ana="#brk.subaudible"`, `ana="#brk.unheard"`},
		{`rendition="#sb-open`, `rendition="#sb-shut`},
		{`notAfter="1951-11-02"`, `notAfter="1950-11-02"`},
		{`<date when="1951-11-01">1 November 1951`, `<date when="1949-11-01">1 November 1951`},
		{`who="#stalin"`, `who="#nobody"`},
		{`corresp="#msg"`, `corresp="#nothing"`},
	} {
		if !strings.Contains(string(doc), f[0]) {
			t.Fatalf("the valid file has no %s", f[0])
		}
		if _, ok := check(strings.Replace(string(doc), f[0], f[1], 1)); ok {
			t.Errorf("%s for %s is accepted", f[1], f[0])
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, err := relaxng.Compile(Files, "sigla.rng"); err != nil {
			b.Fatal(err)
		}
	}
}
