package batch

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

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
	outer := checker(t, Options{}).fileKey("right.xml", nil)
	t.Chdir("in")
	if checker(t, Options{}).fileKey("right.xml", nil) == outer {
		t.Error("a file is taken for one of another folder")
	}
}

type panicking struct{}

func (panicking) whole() bool { return true }
func (panicking) run(context.Context, schemas.Instance, *Options) (diag.List, *diag.Trace, error) {
	panic("broken")
}

// TestAFaultOfOursIsOfOneFile: a panic in an engine is the fault of the file at
// hand, and the next file is looked at.
func TestAFaultOfOursIsOfOneFile(t *testing.T) {
	folder(t, map[string]string{"letter.rnc": letter, "a.xml": "<letter/>"})
	c := checker(t, Options{Schemas: []string{"letter.rnc"}})
	sound := c.named[0].checks
	c.named[0].checks = []check{panicking{}}
	if got := says(t, c, "a.xml"); got != "fault\n" {
		t.Error(got)
	}
	c.named[0].checks = sound
	if got := says(t, c, "a.xml"); got != "a.xml:1 [rng/element-missing]\n" {
		t.Error(got)
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

// TestABoundIsTold: of a file with more findings than are told it is said so, on
// every way that a document takes, and a kept result says it too.
func TestABoundIsTold(t *testing.T) {
	const rules = `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="q"><report test="true()">a q</report></rule></pattern></schema>`
	folder(t, map[string]string{
		"letter.rnc": letter, "rules.sch": rules,
		"two.xml": "<letter><date when='1951-11-01'/><p/>\n<q/>\n<q/></letter>",
		"one.xml": "<letter><date when='1951-11-01'/><p/>\n<q/></letter>",
	})
	cache := &Cache{Dir: t.TempDir()}
	for _, schema := range []string{"letter.rnc", "rules.sch"} {
		for name, o := range map[string]Options{"plain": {}, "grammar": {Grammar: true}, "new": {Cache: cache}, "kept": {Cache: cache}} {
			o.Schemas, o.Findings = []string{schema}, 2
			c := checker(t, o)
			if got := says(t, c, "two.xml"); !strings.Contains(got, "[input/more-findings]") || strings.Count(got, "\n") != 3 {
				t.Errorf("%s, %s: %q", schema, name, got)
			}
			if got := says(t, c, "one.xml"); strings.Contains(got, "more-findings") {
				t.Errorf("%s, %s: %q", schema, name, got)
			}
			if err := c.Save(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestTheTextIsInUTF8: reports quote lines from it, so a place is the same place
// whatever encoding a file is in.
func TestTheTextIsInUTF8(t *testing.T) {
	const line = "<letter><p>süß 漢</p><q/></letter>"
	folder(t, map[string]string{"letter.rnc": letter})
	c := checker(t, Options{Schemas: []string{"letter.rnc"}})
	units := func(put func([]byte, uint16) []byte) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\uFEFF" + line)) {
			b = put(b, u)
		}
		return string(b)
	}
	for name, doc := range map[string]string{
		"UTF-8": line, "marked": "\uFEFF" + line, "UTF-16LE": units(binary.LittleEndian.AppendUint16), "UTF-16BE": units(binary.BigEndian.AppendUint16),
		"ISO-8859-1": `<?xml version="1.0" encoding="ISO-8859-1"?>` + "<letter><p>s\xfc\xdf \xb5</p><q/></letter>",
	} {
		r := c.File(context.Background(), name, strings.NewReader(doc), int64(len(doc)))
		for _, f := range r.File.Findings {
			if at := r.File.Text[f.Pos.Offset:]; strings.Contains(f.Message, `"q"`) && !strings.HasPrefix(string(at), "<q/>") {
				t.Errorf("%s: %s: there is %q", name, f, at)
			}
		}
		if !utf8.Valid(r.File.Text) || !strings.Contains(string(r.File.Text), "<p>süß") || len(r.File.Findings) < 2 {
			t.Errorf("%s: %q, %v", name, r.File.Text, r.File.Findings)
		}
	}
	if r := c.File(context.Background(), "cut", strings.NewReader("\x00\x00\xfe\xff"), 4); len(r.File.Text) != 4 {
		t.Errorf("what can't be read is %q", r.File.Text)
	}
}

// TestASchemaThatCantBeUsedIsNotUsed: no report says that a document was
// validated by it.
func TestASchemaThatCantBeUsedIsNotUsed(t *testing.T) {
	folder(t, map[string]string{"letter.rnc": letter, "old.dtd": `<!ELEMENT a ANY>`, "a.xml": `<?xml-model href="old.dtd"?><?xml-model href="letter.rnc"?><letter/>`})
	r := checker(t, Options{}).File(context.Background(), "a.xml", strings.NewReader(`<?xml-model href="old.dtd"?><?xml-model href="letter.rnc"?><letter/>`), -1)
	if len(r.Used) != 1 || r.Used[0].Name != "letter.rnc" || r.Err == nil {
		t.Errorf("%+v, %v", r.Used, r.Err)
	}
}

func TestWhatAKilledRunLeftIsTakenAway(t *testing.T) {
	folder(t, map[string]string{"letter.rnc": letter, "results/.shard-old": "x", "results/.shard-new": "x"})
	now := time.Now()
	if err := os.Chtimes("results/.shard-old", now, now.Add(-48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := checker(t, Options{Now: now, Cache: &Cache{Dir: "results"}}).Save(); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob("results/.shard-*"); len(left) != 1 || filepath.Base(left[0]) != ".shard-new" {
		t.Error(left)
	}
}

// TestADocumentIncludesNoFileFromElsewhere: neither by a path nor by a link, and
// no pipe, which would be waited for.
func TestADocumentIncludesNoFileFromElsewhere(t *testing.T) {
	const include = `<letter xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="%s"/></letter>`
	folder(t, map[string]string{
		"letter.rnc": `start = element letter { text }`, "out/secret.txt": "secret", "in/part.txt": "part",
		"in/up.xml": fmt.Sprintf(include, "../out/secret.txt"), "in/link.xml": fmt.Sprintf(include, "link.txt"),
		"in/folder.xml": fmt.Sprintf(include, "folder/secret.txt"), "in/near.xml": fmt.Sprintf(include, "near.txt"),
		"in/own.xml": fmt.Sprintf(include, "part.txt"), "in/none.xml": fmt.Sprintf(include, "none.txt"), "in/null.xml": fmt.Sprintf(include, "null"),
	})
	for link, to := range map[string]string{"in/link.txt": "../out/secret.txt", "in/folder": "../out", "in/near.txt": "part.txt", "in/null": os.DevNull} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip("this system makes no links:", err)
		}
	}
	t.Chdir("in")
	c := checker(t, Options{Schemas: []string{"../letter.rnc"}, XInclude: true})
	for name, code := range map[string]string{
		"up.xml": "missing", "link.xml": "missing", "folder.xml": "missing", "none.xml": "missing", "null.xml": "missing", "own.xml": "", "near.xml": "",
	} {
		got := says(t, c, name)
		if code == "" && got != "" || code != "" && got != fmt.Sprintf("%s:1 [xinclude/%s]\n", name, code) {
			t.Errorf("%s: %q", name, got)
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
