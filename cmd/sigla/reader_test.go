package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// slip is a mistake of testdata/mistakes: a document, the place of the mistake
// in it, and what its message must say.
type slip struct {
	name, place, text, at string
	words                 [][]string // of each message
}

// templates are the documents that the places of a table stand in: %KEY% is
// what a block puts there.
var templates = map[string]struct{ whole, usual string }{
	"tei": {`<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>%header%%encoding%</teiHeader>
%standoff%
<text><body>
%body%
</body></text></TEI>
`, "body"},
	"schematron": {`<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
%schema%
</schema>
`, "schema"},
}

// wraps are what a place's markup stands in.
var wraps = map[string][2]string{ // a place, the place of a template, and the markup around
	"header":   {"header", "%s"},
	"source":   {"header", `<fileDesc><titleStmt><title>Letter</title></titleStmt><publicationStmt><p>none</p></publicationStmt><sourceDesc>%s</sourceDesc></fileDesc>`},
	"encoding": {"encoding", "<encodingDesc>%s</encodingDesc>"},
	"standoff": {"standoff", "<standOff>%s</standOff>"},
	"body":     {"body", "%s"},
	"schema":   {"schema", "%s"},
	"pattern":  {"schema", "<pattern>%s</pattern>"},
}

const (
	plainHeader = `<fileDesc><titleStmt><title>Letter</title></titleStmt><publicationStmt><p>none</p></publicationStmt><sourceDesc><p>Oxford</p></sourceDesc></fileDesc>`
	grammar     = `<grammar xmlns="http://relaxng.org/ns/structure/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron">
<sch:pattern>%s</sch:pattern>
<start><element name="p"><text/></element></start>
</grammar>
`
)

var slipPlace = regexp.MustCompile(`(?m)^(` + `document|asking|grammar|header|source|encoding|standoff|body|schema|pattern): `)

// slips reads a table of testdata/mistakes.
func slips(t *testing.T, table string) (l []slip) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "mistakes", table+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split("\n"+string(b), "\n-- ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		markup, words, ok := strings.Cut(rest, "\n=> ")
		at := slipPlace.FindAllStringSubmatchIndex(markup, -1)
		if !ok || at == nil {
			t.Fatalf("%s: %q is no mistake", table, name)
		}
		s := slip{name: name}
		for _, w := range strings.Split(strings.TrimSpace(words), "\n+ ") {
			s.words = append(s.words, strings.Split(w, " / "))
		}
		parts := map[string]string{"header": plainHeader, "body": "<p>Dear friend</p>"}
		for i, m := range at {
			end := len(markup)
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			s.place = markup[m[2]:m[3]]
			text := strings.TrimSuffix(markup[m[1]:end], "\n")
			switch w, ok := wraps[s.place]; {
			case s.place == "grammar":
				s.text = strings.Replace(grammar, "%s", text, 1)
			case ok:
				parts[w[0]] = strings.Replace(w[1], "%s", text, 1)
			default:
				s.text = text + "\n"
			}
		}
		if s.text == "" {
			s.text = regexp.MustCompile(`%\w+%`).ReplaceAllStringFunc(templates[table].whole, func(key string) string {
				return parts[strings.Trim(key, "%")]
			})
		}
		before, after, ok := strings.Cut(s.text, "‸")
		if !ok {
			t.Fatalf("%s: %q points nowhere", table, name)
		}
		s.text = before + after
		s.at = fmt.Sprint(1+strings.Count(before, "\n"), ":", 1+len([]rune(before[1+strings.LastIndexByte(before, '\n'):])))
		l = append(l, s)
	}
	return l
}

// TestAMistakeIsToldOnceAndWithItsRepair runs the mistakes that people make:
// each has its message, at its place, with the words that say what to do.
func TestAMistakeIsToldOnceAndWithItsRepair(t *testing.T) {
	t.Run("tei", func(t *testing.T) {
		shared := os.Getenv("SIGLA_SHARED")
		if shared == "" {
			t.Skip("tei_all is not here: SIGLA_SHARED is not set")
		}
		tell(t, slips(t, "tei"), func(s slip) (ending string, call []string) {
			if s.place == "asking" {
				return "xml", []string{"sigla", "validate"}
			}
			return "xml", []string{"sigla", "validate", "--schema", filepath.Join(shared, "schemas/tei/tei_all.rng")}
		})
	})
	t.Run("schematron", func(t *testing.T) {
		tell(t, slips(t, "schematron"), func(s slip) (ending string, call []string) {
			if s.place == "grammar" {
				return "rng", []string{"sigla", "schema", "check"}
			}
			return "sch", []string{"sigla", "schema", "check"}
		})
	})
}

// tell runs sigla over the slips, all with the same call at once, and compares.
func tell(t *testing.T, all []slip, how func(slip) (ending string, call []string)) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	save := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	save("letters.rng", strings.Replace(grammar, "%s", "", 1)) // for those that ask for it
	calls := map[string][]string{}
	files := make([]string, len(all))
	for i, s := range all {
		ending, call := how(s)
		files[i] = fmt.Sprint(i, ".", ending)
		save(files[i], s.text)
		key := strings.Join(call, " ")
		if calls[key] == nil {
			calls[key] = call
		}
		calls[key] = append(calls[key], files[i])
	}
	said := map[string][]string{}
	for _, call := range calls {
		for _, f := range findingsOf(t, call) {
			file, message, _ := strings.Cut(f.line, ":")
			said[file] = append(said[file], message)
		}
	}
	for i, s := range all {
		lines := said[files[i]]
		if len(lines) != len(s.words) || !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, s.at+": ") }) {
			t.Errorf("%s: messages at %s wanted: %d; there are:\n%s", s.name, s.at, len(s.words), strings.Join(lines, "\n"))
			continue
		}
		for _, words := range s.words {
			if !slices.ContainsFunc(lines, func(l string) bool {
				return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(l, w) })
			}) {
				t.Errorf("%s: %q are not said in\n%s", s.name, words, strings.Join(lines, "\n"))
			}
		}
	}
}

// TestExplainTellsWhatARuleTests: the words of a rule are its author's, and may
// leave out what the test is about.
func TestExplainTellsWhatARuleTests(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for name, text := range map[string]string{
		"rules.sch": `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern><rule context="letter"><assert test="date">wrong</assert></rule></pattern></schema>`,
		"a.xml":     `<letter/>`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errw bytes.Buffer
	run([]string{"sigla", "validate", "--schema", "rules.sch", "--explain", "a.xml"}, strings.NewReader(""), &out, &errw)
	for _, want := range []string{"the rule is about: letter", "it complains where this is not true: date"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s%s", want, out.String(), errw.String())
		}
	}
}
