package profile

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigla/schemas/xsd"
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

func TestValidatorNamesTheMistake(t *testing.T) {
	v, err := Validator()
	if errors.Is(err, xsd.ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(valid)
	if err != nil {
		t.Fatal(err)
	}
	l, err := v.Validate("valid.xml", doc)
	if err != nil || len(l) > 0 {
		t.Fatalf("the valid file: %v %v", l, err)
	}
	for _, f := range faults {
		if !strings.Contains(string(doc), f.from) {
			t.Fatalf("the valid file has no %s", f.from)
		}
		l, err := v.Validate("fault.xml", []byte(strings.Replace(string(doc), f.from, f.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if len(l) == 0 {
			t.Errorf("%s for %s is accepted", f.to, f.from)
			continue
		}
		if !strings.Contains(l[0].Message, f.want) || l[0].Pos.Line == 0 || l[0].Pos.Column == 0 {
			t.Errorf("%s for %s: %s", f.to, f.from, l[0])
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

func BenchmarkValidate(b *testing.B) {
	v, err := Validator()
	if err != nil {
		b.Skip(err)
	}
	doc, err := os.ReadFile(valid)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if l, err := v.Validate("valid.xml", doc); err != nil || len(l) > 0 {
			b.Fatal(l, err)
		}
	}
}
