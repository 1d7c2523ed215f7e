package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigla/tei/diag"
)

func parsed(t testing.TB, text string) *config {
	t.Helper()
	c := &config{path: "p/sigla.toml", dir: "p"}
	if err := c.parse([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConfigMistakesAreNamedWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[validate]\nschmea = ['a.rng']", `2:1: there is no key "schmea" in validate; did you mean "schema"?`},
		{"[validate]\n  Jobs = 2", `2:3: there is no key "Jobs" in validate; did you mean "jobs"?`},
		{"[validat]\njobs = 2", `1:2: there is no key "validat" at the top; did you mean "validate"?`},
		{"jobs = 2", `1:1: there is no key "jobs" at the top; the keys are validate, rules, override`},
		{"[validate]\nfoo = 1\nbar = 2", "2:1: there is no key \"foo\" in validate; the keys are schema, catalogs, phase, fail-on, baseline, exclude, jobs, cache\np/sigla.toml:3:1: "},
		{"validate.jbos = 2", `1:10: there is no key "jbos" in validate; did you mean "jobs"?`},
		{"validate = { phase = 'a', jbos = 2 }", `1:27: there is no key "jbos"`},
		{"[[override]]\nfiels = ['*']", `2:1: there is no key "fiels" in override; did you mean "files"?`},
		{"override = [{files = ['*'], shcema = ['a.rng']}]", `1:29: there is no key "shcema"`},
		{"[validate]\njobs = '4'", `2:8: validate.jobs holds a whole number from 1 on, such as 4`},
		{"[validate]\njobs = 99999999999999999999", `2:8: validate.jobs holds a whole number`},
		{"[validate]\nschema = 'a.rng'", `2:10: validate.schema holds a list of schemas, such as ["tei_all.rng"]`},
		{"[validate]\nschema = [1]", `2:11: validate.schema holds`},
		{"[validate]\ncache = 'no'", `2:9: validate.cache holds true or false`},
		{"validate = 3", `1:12: validate is a table`},
		{"[rules]\n'lint/id-name' = 3", `2:18: rules.lint/id-name holds off, info, warning or error`},
		{"[validate]\nfail-on = 'sometimes'", `2:11: validate.fail-on is "sometimes": it is error, warning or never`},
		{"[validate]\njobs = 0", `2:8: validate.jobs is "0": it is at least 1`},
		{"[validate]\nexclude = ['a', 'b[']", `2:17: validate.exclude is "b[": it is no pattern`},
		{"[rules]\n'rng/*' = 'of'", `2:11: rules.rng/* is "of": it is off, info, warning or error`},
		{"[rules]\n'lint/id-nmae' = 'off'", `2:1: the rule "lint/id-nmae": no check is called so; did you mean "lint/id-name"?`},
		{"[rules]\nlint = 'off'", `2:1: the rule "lint": a code has two parts`},
		{"[[override]]\nfiles = ['*']\nrules = { 'lint/zzz' = 'off' }", `3:11: the rule "lint/zzz": no check is called so; see docs/lints.md`},
		{"# é\n[validate]\nphase = 'é' jobs", `3:13: this is no TOML`},
		{"[validate\n", `1:10: this is no TOML`},
		{"[validate]\njobs = 1\njobs = 2", `3:1: this is no TOML: key jobs is already defined`},
		{"[validate]\n\"\\u001b[31m\" = 1", `2:1: there is no key "\x1b[31m"`},
	} {
		err := (&config{path: "p/sigla.toml"}).parse([]byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), "p/sigla.toml:"+c.want) {
			t.Errorf("%q\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

func TestConfigIsRead(t *testing.T) {
	c := parsed(t, `
[validate]
schema = ["tei_all.rng", "sub/project.sch", "tei_all@4.12.0", "https://x.org/a.rng", "profile"]
catalogs = ["catalog.xml"]
phase = "draft"
fail-on = "never"
baseline = "known.json"
jobs = 4
cache = false
[[override]]
files = ["letters/**"]
schema = ["letters.rnc"]
[[override]]
files = ["letters/special.xml"]
rules = { "*" = "info" }
`)
	v := c.Validate
	if v.Phase != "draft" || v.FailOn != "never" || v.Jobs != 4 || v.Cache == nil || *v.Cache || c.baseline() != filepath.Join("p", "known.json") || c.catalogs()[0] != filepath.Join("p", "catalog.xml") {
		t.Errorf("%+v", v)
	}
	want := []string{filepath.Join("p", "tei_all.rng"), filepath.Join("p", "sub", "project.sch"), "tei_all@4.12.0", "https://x.org/a.rng", "profile"}
	if got := c.schemasFor("p/other/a.xml"); !slices.Equal(got, want) {
		t.Error(got)
	}
	if got := c.schemasFor("p/letters/special.xml"); !slices.Equal(got, []string{filepath.Join("p", "letters.rnc")}) {
		t.Error(got)
	}
	if c := (&config{}); len(c.schemasFor("a.xml")) > 0 || c.excluded("a.xml") || c.baseline() != "" {
		t.Error("the zero config says something")
	}
}

func TestSeverityIsByTheNearestRule(t *testing.T) {
	c := parsed(t, `
[rules]
"*" = "warning"
"lint/*" = "info"
"lint/id-*" = "off"
"lint/id-name" = "error"
[[override]]
files = ["letters"]
rules = { "lint/id-*" = "warning" }
[[override]]
files = ["*.draft.xml"]
rules = { "lint/id-duplicate" = "off" }
`)
	for _, x := range []struct {
		code, file, want string
	}{
		{"rng/value", "p/a.xml", "warning"}, {"lint/date-order", "p/a.xml", "info"}, {"lint/id-duplicate", "p/a.xml", "off"}, {"lint/id-name", "p/a.xml", "error"},
		{"lint/id-duplicate", "p/letters/x/a.xml", "warning"}, {"lint/id-name", "p/letters/a.xml", "warning"}, {"lint/date-order", "p/letters/a.xml", "info"},
		{"lint/id-duplicate", "p/letters/a.draft.xml", "off"}, {"lint/id-duplicate", "letters/a.xml", "off"}, // not below p
	} {
		s, on := c.severity(diag.Code(x.code), x.file, diag.Error)
		got := levelOff
		if on {
			got = s.String()
		}
		if got != x.want {
			t.Errorf("%s in %s: %s, want %s", x.code, x.file, got, x.want)
		}
	}
	if s, on := (&config{}).severity("x/y", "a.xml", diag.Warning); s != diag.Warning || !on {
		t.Error(s, on)
	}
}

func TestExcludedFiles(t *testing.T) {
	c := parsed(t, `validate.exclude = ["drafts", "*.bak.xml", "a/**/b.xml", "./top/x.xml"]`)
	for file, want := range map[string]bool{
		"p/drafts/a.xml": true, "p/sub/drafts/a.xml": true, "p/drafts.xml": false, "p/x/y.bak.xml": true, "p/a/b.xml": true, "p/a/c/d/b.xml": true,
		"p/b.xml": false, "p/top/x.xml": true, "p/sub/top/x.xml": false, "drafts/a.xml": false, "p/../p/drafts/a.xml": true,
	} {
		if got := c.excluded(file); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
}

func TestConfigIsFoundUpToTheRepository(t *testing.T) {
	top := t.TempDir()
	for _, dir := range []string{"repo/.git", "repo/texts/letters", "repo/own", "loose/deep"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(top, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("sigla.toml", "outside the repository")
	write("repo/sigla.toml", "validate.phase = 'repo'")
	write("repo/own/sigla.toml", "validate.phase = 'own'")
	write("loose/sigla.toml", "validate.phase = 'loose'")
	for start, want := range map[string]string{"repo": "repo", "repo/texts/letters": "repo", "repo/own": "own", "loose": "loose", "loose/deep": ""} {
		c, err := loadConfig(filepath.Join(top, start), "")
		if err != nil || c.Validate.Phase != want {
			t.Errorf("%s: %+v, %v", start, c, err)
		}
	}
	if c, err := loadConfig(top, filepath.Join(top, "repo", "sigla.toml")); err != nil || c.Validate.Phase != "repo" {
		t.Error(c, err)
	}
	if _, err := loadConfig(top, filepath.Join(top, "none.toml")); err == nil || err.(*exit).code != exitUsage {
		t.Error(err)
	}
	if _, err := loadConfig(top, top); err == nil || err.(*exit).code != exitFault {
		t.Error(err)
	}
	t.Chdir(filepath.Join(top, "repo", "texts"))
	c, err := loadConfig(".", "")
	if err != nil || c.path != filepath.Join("..", "sigla.toml") {
		t.Error(c, err)
	}
	if got := c.relative("letters/a.xml"); got != "texts/letters/a.xml" {
		t.Error(got)
	}
}

// The table of keys, the struct that is decoded into, and the manual have the
// same keys, and each example is right.
func TestConfigKeysAreThoseOfTheManual(t *testing.T) {
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	var walk func(prefix string, typ reflect.Type)
	walk = func(prefix string, typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		switch typ.Kind() {
		case reflect.Map:
			fields = append(fields, prefix+"*")
		case reflect.Struct:
			for i := range typ.NumField() {
				if tag := typ.Field(i).Tag.Get("toml"); tag != "" {
					walk(prefix+tag+".", typ.Field(i).Type)
				}
			}
		default:
			fields = append(fields, strings.TrimSuffix(prefix, "."))
		}
	}
	walk("", reflect.TypeFor[config]())
	var keys []string
	for _, k := range configKeys {
		keys = append(keys, k.name)
		name := strings.Replace(k.name, "*", `"lint/id-name"`, 1)
		parsed(t, name+" = "+k.example)
		line := "| `" + k.name + "` | " + k.does + " | " + k.holds + " | `" + k.example + "` |"
		if !strings.Contains(string(manual), line) {
			t.Errorf("docs/configuration.md lacks\n%s", line)
		}
	}
	if !slices.Equal(fields, keys) {
		t.Errorf("fields %q\nkeys %q", fields, keys)
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte("[validate]\nschema = ['a']\n[rules]\n'lint/*' = 'off'\n[[override]]\nfiles = ['a/**']\nrules = { 'x/y' = 'info' }\n"))
	f.Add([]byte("override = [{files=['*'], rules.a.b = 1}]\nvalidate.jobs.x = 1"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		c := &config{path: "sigla.toml"}
		if err := c.parse(doc); err != nil {
			return
		}
		c.severity("lint/id-name", "a/b.xml", diag.Error)
		c.schemasFor("a/b.xml")
		c.excluded("a/b.xml")
	})
}
