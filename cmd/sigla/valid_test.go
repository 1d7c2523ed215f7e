package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigla/schemas/profile"
	"sigla/schemas/relaxng"
	"sigla/schemas/xsd"
	"sigla/tei/diag"
	"sigla/transforms"
	"sigla/transforms/brackets"
)

// pieces are lines of every kind that the layouts know, in no order that a
// document would have.
var pieces = []string{
	"**May 4, 1952**", "SECOND DEPARTMENT OF THE OFFICE", "CIPHERED TELEGRAM № 118", "Copies:", "№ 1 to Cde. Orlov", "from [HARBIN] received at 0915 4 May 1952", "Copy No. 3",
	"Series K", "TOP SECRET", "To Cde. LUKIN", "Dear Comrade Orlov,", "To the\nMinister of Fish\nComrade Belov\nSofia", "Berlin, 8 February 1963", "No. 44/2-s", "Subject: The ferry",
	"Participants:", "from the one side: A. Belov; C. Danilov [Minister]", "Time: 3:00 to 4:20 p.m., 27 September 1956", "Envoy Lindholm: I went there on 4 May.", "Envoy Lindholm: And back.",
	"\"To Cde. BELOV.", "Text of it, with words enough to be a paragraph of some length, on 5 May.", "BELOV 0130 31 October\"", "“Dear Sir,", "N. BELOV”", "1. The first [of them].", "2. The second.", "a) a part;", "b) another.",
	"With greetings,", "[signature] (Belov)", "BELOV", "Nº 5422", "1 November 1951", "---", "Deciphered by Zaitsev 1840 1 November", "Eleven copies printed. N°N° 3-11 filed", "Verified: Section Chief", "Colonel [signature] (Makarov)",
	"1 - the Minister", "2 - to file", "cc: Egon Mielenz", "ATTACHMENT 1", "Attachment No. 2 to the note", "P.S. More.", "[1] A note of the end.", "Notes", "withdrew[1] and came back[2].", "[page 2]", "[...]", "[unclosed", "stray] one",
	"A     B     [C\nD     E     F]", "[Stamp: A [illegible] B\nto the C 4 May 1952]", "\f", "[[double]]", "|x|y|", "<b>&amp;</b>",
}

// page puts pieces together; brackets are put into brackets.
func page(r *rand.Rand) string {
	var b strings.Builder
	for range 3 + r.IntN(14) {
		p := pieces[r.IntN(len(pieces))]
		if r.IntN(3) == 0 {
			p = brackets.Conventions[r.IntN(len(brackets.Conventions))].Example
		}
		if r.IntN(4) == 0 {
			q := brackets.Conventions[r.IntN(len(brackets.Conventions))].Example
			if i, j := strings.IndexByte(q, '['), strings.IndexByte(q, ']'); i >= 0 && j > i {
				at := strings.IndexAny(p, " [") + 1
				p = p[:at] + q[i:j+1] + " " + p[at:]
			}
		}
		b.WriteString(p)
		b.WriteString([]string{"\n", "\n\n", "\n\n", "\n\n"}[r.IntN(4)])
	}
	return b.String()
}

// asked are the profile's grammars: RELAX NG, and XML Schema where it is built in.
func asked(t *testing.T) func(name string, doc []byte) diag.List {
	t.Helper()
	grammar, err := profile.Schema()
	if err != nil {
		t.Fatal(err)
	}
	x, err := xsd.Compile(profile.Files, "sigla.xsd")
	if err != nil {
		t.Logf("XML Schema is not asked: %v", err)
	}
	return func(name string, doc []byte) diag.List {
		l, err := grammar.ValidateBytes(context.Background(), name, doc, relaxng.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if x != nil {
			more, err := x.Validate(name, doc)
			if err != nil {
				t.Fatal(err)
			}
			l = append(l, more...)
		}
		return l
	}
}

// TestStrangePagesAreValid puts pages together that nobody would write: what
// comes out is valid all the same, and has lost nothing.
func TestStrangePagesAreValid(t *testing.T) {
	validate := asked(t)
	n := 3000
	if testing.Short() {
		n = 300
	}
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(4, 1952))
	var files []string
	for i := range n {
		src := page(r)
		res, err := transforms.Convert([]byte(src), transforms.Options{Name: "strange.txt"})
		if err != nil {
			if strings.TrimSpace(src) != "" {
				t.Errorf("page %d: %v\n%s", i, err, src)
			}
			continue
		}
		if l := validate("strange.xml", res.TEI); len(l) > 0 {
			t.Errorf("page %d: %s\n%s", i, l[0], src)
		}
		if i%10 == 0 {
			f := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
			if err := os.WriteFile(f, res.TEI, 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	root := os.Getenv("SIGLA_SHARED")
	if _, err := exec.LookPath("jing"); err != nil || root == "" {
		t.Log("tei_all is not asked: SIGLA_SHARED is not set, or jing is not installed")
		return
	}
	for _, g := range []string{filepath.Join(root, "schemas/tei/tei_all.rng"), "../../schemas/profile/sigla.rng"} {
		if out, err := exec.Command("jing", append([]string{g}, files...)...).CombinedOutput(); err != nil {
			t.Errorf("under %s: %.2000s", filepath.Base(g), out)
		}
	}
}

// TestEveryTextIsValidTEI converts the fixtures, and the real texts where they
// are, and asks the profile and tei_all.
func TestEveryTextIsValidTEI(t *testing.T) {
	validate := asked(t)
	sources, err := filepath.Glob("../../fixtures/encode/*/source.txt")
	if err != nil || len(sources) == 0 {
		t.Fatal("no fixtures", err)
	}
	root := os.Getenv("SIGLA_SHARED")
	if root != "" {
		for _, p := range []string{"seed/*.txt", "synthetic/pages/*.txt", "text/*/*.txt"} {
			more, err := filepath.Glob(filepath.Join(root, p))
			if err != nil || len(more) == 0 {
				t.Fatalf("no text fits %s: %v", p, err)
			}
			sources = append(sources, more...)
		}
	}
	dir := t.TempDir()
	var files []string
	for i, name := range sources {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := transforms.Convert(src, transforms.Options{Name: filepath.Base(name)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l := validate(filepath.Base(name), r.TEI); len(l) > 0 {
			t.Errorf("%s: %v", name, l)
		}
		f := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
		if err := os.WriteFile(f, r.TEI, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	if _, err := exec.LookPath("jing"); err != nil || root == "" {
		t.Log("tei_all is not asked: SIGLA_SHARED is not set, or jing is not installed")
		return
	}
	for _, g := range []string{filepath.Join(root, "schemas/tei/tei_all.rng"), "../../schemas/profile/sigla.rng"} {
		if out, err := exec.Command("jing", append([]string{g}, files...)...).CombinedOutput(); err != nil {
			t.Errorf("under %s: %.2000s", filepath.Base(g), out)
		}
	}
}
