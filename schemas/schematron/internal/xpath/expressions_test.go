package xpath

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// testdata/expressions.tsv has expressions with what Saxon-HE 9.9 answers to
// them: the version, the expression, its value. 3 is XPath 3.1, 1 is
// compatibility with XPath 1.0.

const saxonJar = "/usr/share/java/Saxon-HE.jar"

type expression struct{ version, source, want string }

func expressions(t testing.TB) (l []expression) {
	data, err := os.ReadFile("testdata/expressions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		p := strings.SplitN(line, "\t", 3)
		l = append(l, expression{p[0], p[1], p[2]})
	}
	return l
}

func sample(t testing.TB) *Tree {
	data, err := os.ReadFile("testdata/sample.xml")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := Parse("sample.xml", data)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func sampleStatic(compat bool) *Static {
	spaces := map[string]string{"t": "http://www.tei-c.org/ns/1.0", "x": "urn:x"}
	return &Static{Compat: compat, Namespace: func(p string) (string, bool) {
		uri, ok := spaces[p]
		return uri, ok
	}}
}

// answer writes a value as Eval.java does.
func answer(tree *Tree, src string, compat bool) string {
	c := &Compiler{}
	e, err := c.Expr(strings.ReplaceAll(src, `\n`, "\n"), sampleStatic(compat))
	var s *SyntaxError
	if errors.As(err, &s) && s.Unsupported {
		return "unsupported"
	}
	if err != nil {
		return "error"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	v, err := e.Eval(c.NewRun(ctx, tree, time.Time{}), 0)
	if err != nil {
		return "error"
	}
	var l []string
	for _, i := range v {
		if i.Type == Node {
			l = append(l, "node "+tree.Path(i.Node, nil))
		} else {
			l = append(l, strings.TrimPrefix(i.Type.String(), "xs:")+" "+i.text())
		}
	}
	return strings.ReplaceAll(strings.Join(l, "; "), "\n", `\n`)
}

// differences are answers that are right and not Saxon's, each with the reason.
var differences = map[string]string{
	// XPath Functions 9.7 lets a duration be exact; Saxon rounds thirds
	"xs:dayTimeDuration('P1D') div 3": "dayTimeDuration PT8H",
	// XPath 1.0, 4.2: numbers have no exponents, and infinity its own word;
	// Saxon keeps to XPath 2.0 here
	"string(1 div 0)":           "string Infinity",
	"string(-0.0)":              "string 0",
	"string(1000000 * 1000000)": "string 1000000000000",
}

func TestExpressionsHaveTheValuesOfSaxon(t *testing.T) {
	tree := sample(t)
	l := expressions(t)
	if len(l) < 300 {
		t.Errorf("%d expressions", len(l))
	}
	for _, x := range l {
		want := x.want
		if d, ok := differences[x.source]; ok {
			want = d
		}
		if got := answer(tree, x.source, x.version == "1"); got != want {
			t.Errorf("%s %s\n got %s\nwant %s", x.version, x.source, got, want)
		}
	}
}

func TestTheTableOfExpressionsIsSaxons(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a Java machine")
	}
	if _, err := os.Stat(saxonJar); err != nil {
		t.Skip("no Saxon: " + err.Error())
	}
	l := expressions(t)
	var in strings.Builder
	for _, x := range l {
		in.WriteString(x.version + "\t" + x.source + "\n")
	}
	cmd := exec.Command("java", "-cp", saxonJar, "testdata/Eval.java", "testdata/sample.xml")
	cmd.Stdin = strings.NewReader(in.String())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("Saxon does not run: %v: %.200s", err, stderr.String())
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(l) {
		t.Fatalf("%d answers to %d expressions", len(answers), len(l))
	}
	for i, x := range l {
		if answers[i] != x.want {
			t.Errorf("%s: the table has %s, Saxon says %s", x.source, x.want, answers[i])
		}
	}
}
