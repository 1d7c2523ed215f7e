package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sigla/schemas"
	"sigla/schemas/catalog"
	"sigla/schemas/lint"
	"sigla/tei/diag"
)

const letter = `start = element letter { element date { attribute when { xsd:date } }, element p { text }+ }`

// folder makes a folder of files and goes there.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func checker(t *testing.T, o Options) *Checker {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	o.Resolver = &catalog.Resolver{Files: schemas.Host, Dir: dir}
	c, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// says are the findings and the fault of a file, as lines.
func says(t *testing.T, c *Checker, name string) string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, _ := f.Stat()
	r := c.File(context.Background(), name, f, info.Size())
	var b strings.Builder
	for _, x := range r.File.Findings {
		fmt.Fprintf(&b, "%s:%d [%s]\n", x.Pos.File, x.Pos.Line, x.Code)
	}
	if r.Err != nil {
		fmt.Fprintln(&b, "fault")
	}
	return b.String()
}

func TestADocumentNamesItsSchemas(t *testing.T) {
	folder(t, map[string]string{
		"schemas/letter.rnc": letter,
		"schemas/faulty.rnc": `start = element letter {`,
		"schemas/more.sch":   `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="p"><assert test="normalize-space()">a paragraph says something</assert></rule></pattern></schema>`,
		"in/own.xml":         `<?xml-model href="../schemas/letter.rnc" type="application/relax-ng-compact-syntax"?>` + "\n<letter><p/></letter>",
		"in/two.xml":         `<?xml-model href="../schemas/letter.rnc"?><?xml-model href="../schemas/more.sch"?>` + "\n<letter><date when='1951-11-01'/>\n<p/></letter>",
		"in/away.xml":        `<?xml-model href="../schemas/letter.rnc"?><?xml-model href="https://example.org/x.rng"?>` + "\n<letter><p/></letter>",
		"in/bad.xml":         `<?xml-model href="../schemas/faulty.rnc"?>` + "\n<letter/>",
		"in/none.xml":        `<letter/>`,
		"in/split.xml":       `<?xml-model href="../schemas/letter.rnc"?><?xml-model href="../schemas/more.sch"?>` + "\n<letter><date when='1951-11-01'/><p></letter>",
	})
	c := checker(t, Options{})
	for name, want := range map[string]string{
		"in/own.xml":   "in/own.xml:2 [rng/element-missing]\n",
		"in/two.xml":   "in/two.xml:3 [sch/assert]\n",
		"in/away.xml":  "in/away.xml:1 [schema/missing]\nin/away.xml:2 [rng/element-missing]\nfault\n",
		"in/bad.xml":   "in/bad.xml:0 [schema/faulty]\nfault\n",
		"in/none.xml":  "",
		"in/split.xml": "in/split.xml:2 [xml/end-tag]\n",
	} {
		if got := says(t, c, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	// what the caller names goes before
	if got := says(t, checker(t, Options{Schemas: []string{"schemas/more.sch"}}), "in/away.xml"); got != "in/away.xml:2 [sch/assert]\n" {
		t.Error(got)
	}
}

// TestAProfileStandsInForItsSchema: what is valid under a subset of a schema that
// is not at hand is valid; of what is not, nothing is known.
func TestAProfileStandsInForItsSchema(t *testing.T) {
	folder(t, map[string]string{
		"letter.rnc": letter,
		"good.xml":   `<?xml-model href="https://example.org/all.rng"?><letter><date when="1951-11-01"/><p/></letter>`,
		"more.xml":   `<?xml-model href="https://example.org/all.rng"?><letter><place/></letter>`,
		"other.xml":  `<?xml-model href="https://example.org/other.rng"?><letter><date when="1951-11-01"/><p/></letter>`,
	})
	c := checker(t, Options{
		Otherwise: []catalog.Found{{FS: schemas.Host, Name: "letter.rnc", Description: catalog.Description{Language: catalog.RelaxNGCompact}}},
		StandsIn:  func(r catalog.Reference) bool { return strings.HasSuffix(r.Href, "all.rng") },
	})
	for name, want := range map[string]string{
		"good.xml":  "good.xml:1 [schema/stood-in]\n",
		"more.xml":  "more.xml:1 [schema/missing]\nfault\n",
		"other.xml": "other.xml:1 [schema/missing]\nfault\n",
	} {
		if got := says(t, c, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestASchemaThatTheCallerNamesMustBeThere(t *testing.T) {
	folder(t, map[string]string{"faulty.rnc": `start = element a {`})
	o := Options{Resolver: &catalog.Resolver{Files: schemas.Host}, Schemas: []string{"none.rng"}}
	_, err := New(context.Background(), o)
	var missing *catalog.NotFoundError
	if !errors.As(err, &missing) {
		t.Errorf("%v", err)
	}
	o.Schemas = []string{"faulty.rnc"}
	_, err = New(context.Background(), o)
	var bad *SchemaError
	if !errors.As(err, &bad) || len(bad.Findings) != 1 {
		t.Errorf("%v", err)
	}
}

// TestAKeptResultIsTheResult runs over the same files with and without a cache,
// in one process and the next, with files that move and change.
func TestAKeptResultIsTheResult(t *testing.T) {
	folder(t, map[string]string{
		"main.rnc":    `include "letter.rnc"`,
		"letter.rnc":  letter,
		"good.xml":    `<letter><date when="1951-11-01"/><p>Text.</p></letter>`,
		"bad.xml":     `<letter><p>Text.</p></letter>`,
		"ill.xml":     `<letter><p>Text.</letter>`,
		"rules.sch":   `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="p"><report test="true()">a paragraph</report></rule></pattern></schema>`,
		"moved/x.txt": "",
	})
	cache := &Cache{Dir: filepath.Join(t.TempDir(), "results"), Version: "1"}
	files := []string{"good.xml", "bad.xml", "ill.xml"}
	run := func(o Options, names ...string) (all string, c *Checker) {
		t.Helper()
		c = checker(t, o)
		for _, name := range names {
			all += says(t, c, name)
		}
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
		return all, c
	}
	opened := func(c *Checker) bool { return c.named[0].checks != nil }
	with := Options{Schemas: []string{"main.rnc", "rules.sch"}, Cache: cache}
	without := Options{Schemas: with.Schemas}
	want, _ := run(without, files...)
	first, c := run(with, files...)
	if first != want || !opened(c) {
		t.Fatalf("%q, want %q", first, want)
	}
	again, c := run(with, files...)
	if again != want {
		t.Errorf("%q, want %q", again, want)
	}
	if opened(c) {
		t.Error("a run over what is known opened a schema")
	}
	if len(c.named) != 2 || c.named[1].use.Rules != 1 {
		t.Errorf("what is told of the schema is lost: %+v", c.named[1].use)
	}

	// a file that moves is looked at anew: rules may ask where it is
	if err := os.Rename("bad.xml", "moved/bad.xml"); err != nil {
		t.Fatal(err)
	}
	moved, c := run(with, "moved/bad.xml")
	if plain, _ := run(without, "moved/bad.xml"); moved != plain || !opened(c) || !strings.HasPrefix(moved, "moved/bad.xml") {
		t.Errorf("%q", moved)
	}

	// what a schema includes counts
	if err := os.WriteFile("letter.rnc", []byte(strings.Replace(letter, "element date { attribute when { xsd:date } }, ", "", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	changed, c := run(with, "good.xml", "moved/bad.xml")
	if plain, _ := run(without, "good.xml", "moved/bad.xml"); changed != plain || !opened(c) || strings.HasPrefix(changed, "moved") {
		t.Errorf("%q, want %q", changed, plain)
	}

	// so do the version and the settings; and a damaged cache is none
	if _, c = run(Options{Schemas: with.Schemas, Cache: &Cache{Dir: cache.Dir, Version: "2"}}, "good.xml"); !opened(c) {
		t.Error("another version's result was taken")
	}
	entries, err := os.ReadDir(cache.Dir)
	if err != nil || len(entries) < 2 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		p := filepath.Join(cache.Dir, e.Name())
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(b); i += 7 {
			b[i] ^= 0x55
		}
		if err := os.WriteFile(p, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	damaged, _ := run(with, "good.xml", "moved/bad.xml")
	if plain, _ := run(without, "good.xml", "moved/bad.xml"); damaged != plain {
		t.Errorf("%q, want %q", damaged, plain)
	}
}

// TestAKeptResultIsOfItsPlace: files with the same text have results of their own
// where a rule asks for the file's name, and where a lint is for one folder.
func TestAKeptResultIsOfItsPlace(t *testing.T) {
	folder(t, map[string]string{
		"named.sch":  `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><pattern><rule context="/*"><assert test="contains(base-uri(/), 'right')">the file is called right</assert></rule></pattern></schema>`,
		"right.xml":  `<TEI xmlns="http://www.tei-c.org/ns/1.0"><p ref="#none"/></TEI>`,
		"wrong.xml":  `<TEI xmlns="http://www.tei-c.org/ns/1.0"><p ref="#none"/></TEI>`,
		"in/one.txt": "",
	})
	o := Options{
		Schemas: []string{"named.sch"}, Cache: &Cache{Dir: t.TempDir()},
		Lint: func(code diag.Code, file string) bool { return code == lint.CodePointerDangling && file == "right.xml" },
	}
	for range 2 {
		for _, order := range [][]string{{"wrong.xml", "right.xml"}, {"right.xml", "wrong.xml"}} {
			c := checker(t, o)
			for _, name := range order {
				want := map[string]string{"wrong.xml": "wrong.xml:1 [sch/assert]\n", "right.xml": "right.xml:1 [lint/pointer-dangling]\n"}[name]
				if got := says(t, c, name); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
			if err := c.Save(); err != nil {
				t.Fatal(err)
			}
		}
	}

	// the same name in another folder is another file
	outer := fileKey("right.xml", nil)
	t.Chdir("in")
	if fileKey("right.xml", nil) == outer {
		t.Error("a file is taken for one of another folder")
	}
}

func TestManyAtOnceSayTheSame(t *testing.T) {
	folder(t, map[string]string{"letter.rnc": letter})
	for i := range 40 {
		text := `<?xml-model href="letter.rnc"?><letter>` + strings.Repeat("\n", i) + `<p/></letter>`
		if err := os.WriteFile(fmt.Sprintf("%d.xml", i), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cache := &Cache{Dir: t.TempDir()}
	for range 2 {
		c := checker(t, Options{Cache: cache})
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				name := fmt.Sprintf("%d.xml", i)
				if got, want := says(t, c, name), fmt.Sprintf("%s:%d [rng/element-missing]\n", name, i+1); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			})
		}
		wg.Wait()
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheYoungestResultsStay(t *testing.T) {
	x := index{Results: map[string]keptResult{"a": {Run: 1}, "b": {Run: 3}, "c": {Run: 2}}}
	if got := fmt.Sprint(x.youngest(2), x.youngest(9), x.youngest(-1)); got != "[b c] [b c a] []" {
		t.Error(got)
	}
}

func TestTheSameIsSaidOnce(t *testing.T) {
	at := diag.Pos{File: "a", Line: 1}
	l := distinct(diag.List{{Pos: at, Code: "x/y", Message: "m"}, {Pos: at, Code: "x/y", Message: "m"}, {Pos: at, Code: "x/y", Message: "n"}})
	if len(l) != 2 {
		t.Error(l)
	}
}
