package brackets

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigla/tei"
)

// rows reads a table of brackets: before, bracket, behind and class.
func rows(t *testing.T, name string) (right, total int, wrong []string) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	un := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		c := strings.Split(line, "\t")
		if i == 0 || len(c) < 6 {
			continue
		}
		before, bracket, after := un.Replace(c[1]), un.Replace(c[2]), un.Replace(c[3])
		text := before + bracket + after
		para := tei.Span{Start: 0, End: len(text)}
		list, _ := Scan(text, para)
		ok := map[string]bool{c[5]: true}
		if len(c) > 6 {
			for _, p := range strings.Split(c[6], ";") {
				if a, found := strings.CutPrefix(strings.TrimSpace(p), "also:"); found {
					for _, x := range strings.Split(a, ",") {
						ok[strings.TrimSpace(x)] = true
					}
				}
			}
		}
		total++
		got := Verdict{}
		for k, b := range list {
			if b.Span.Start == len(before) {
				own := (before == "" || strings.HasSuffix(before, "\n")) && (after == "" || strings.HasPrefix(after, "\n"))
				got = Classifier{}.Classify(text, list, k, Context{Paragraph: para, OwnLine: own})
				break
			}
		}
		if ok[string(got.Class)] {
			right++
		} else {
			wrong = append(wrong, c[0]+" "+c[5]+" not "+string(got.Class)+" ("+got.Rule+"): "+text)
		}
	}
	return
}

func TestBracketRows(t *testing.T) {
	root := os.Getenv("SIGLA_SHARED")
	if root == "" {
		t.Skip("SIGLA_SHARED is not set: the rows lie outside the repository")
	}
	right, total, wrong := rows(t, filepath.Join(root, "synthetic/brackets-dev.tsv"))
	t.Logf("%d of %d", right, total)
	for _, w := range wrong {
		t.Log(w)
	}
	if right*100 < total*95 {
		t.Errorf("%d of %d brackets have their class, want 95 in 100", right, total)
	}
}

func TestOwnRows(t *testing.T) {
	right, total, wrong := rows(t, "testdata/rows.tsv")
	t.Logf("%d of %d", right, total)
	for _, w := range wrong {
		t.Log(w)
	}
	if right*100 < total*97 {
		t.Errorf("%d of %d brackets have their class, want 97 in 100", right, total)
	}
}

func TestExamplesOfTheTable(t *testing.T) {
	for _, c := range Conventions {
		para := tei.Span{Start: 0, End: len(c.Example)}
		list, _ := Scan(c.Example, para)
		if len(list) == 0 {
			t.Errorf("%s: the example has no bracket", c.Name)
			continue
		}
		own := list[0].Span == para
		v := Classifier{}.Classify(c.Example, list, 0, Context{Paragraph: para, OwnLine: own})
		if v.Class != c.Class {
			t.Errorf("%s: the example is %s by %s, want %s: %s", c.Name, v.Class, v.Rule, c.Class, c.Example)
		}
	}
}
