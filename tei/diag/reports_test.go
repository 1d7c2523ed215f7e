package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// shared is a file of the inputs that are not in the repository.
func shared(t *testing.T, name string) string {
	t.Helper()
	root := os.Getenv("SIGLA_SHARED")
	if root == "" {
		t.Skip("SIGLA_SHARED is not set: the published schemas of the formats are there")
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

// runs runs a validator that we did not write.
func runs(t *testing.T, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed", name)
	}
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
}

// written are a report of the sample and one of nothing, as files.
func written(t *testing.T, form string) []string {
	t.Helper()
	var names []string
	for name, text := range map[string]string{"sample": sample(t, form, Style{}), "nothing": report(t, form, Style{}, &Summary{})} {
		names = append(names, filepath.Join(t.TempDir(), name+"."+form))
		if err := os.WriteFile(names[len(names)-1], []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// validJSON validates reports by a JSON Schema.
func validJSON(t *testing.T, schema any, names []string) {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:test", schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:test")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// closed forbids members that a schema does not name: ours lets readers expect
// more, but what we write is all in it.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["properties"] != nil {
			v["additionalProperties"] = false
		}
		for _, x := range v {
			closed(x)
		}
	case []any:
		for _, x := range v {
			closed(x)
		}
	}
}

func TestJSONIsWhatItsSchemaSays(t *testing.T) {
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(JSONSchema))
	if err != nil {
		t.Fatal(err)
	}
	closed(schema)
	delete(schema.(map[string]any), "$id")
	validJSON(t, schema, written(t, "json"))
}

func TestSARIFIsValid(t *testing.T) {
	f, err := os.Open(shared(t, "standards/sarif/sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	schema, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	delete(schema.(map[string]any), "id")
	validJSON(t, schema, written(t, "sarif"))
}

// fromNode is the path of something that npm has installed in the folder that
// SIGLA_NODE names.
func fromNode(t *testing.T, name string) string {
	t.Helper()
	folder := os.Getenv("SIGLA_NODE")
	if folder == "" {
		t.Skip("SIGLA_NODE names no folder in which npm has installed typescript, codeclimate-types and @microsoft/sarif-multitool-linux")
	}
	return filepath.Join(folder, "node_modules", name)
}

// The SARIF Multitool of Microsoft has an opinion on more than the schema.
func TestSARIFMultitoolHasNoComplaint(t *testing.T) {
	tool := fromNode(t, "@microsoft/sarif-multitool-linux/Sarif.Multitool")
	name := filepath.Join(t.TempDir(), "sample.sarif")
	if err := os.WriteFile(name, []byte(sample(t, "sarif", Style{})), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "validate", name, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning").CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("Analysis completed successfully")) {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ": error ") || strings.Contains(line, ": warning ") && !strings.Contains(line, "informationUri") { // the project has no page
			t.Error(line)
		}
	}
}

// TypeScript takes the report for a list of issues by codeclimate-types, which is
// what others know of the issues of Code Climate.
func TestGitLabIsWhatCodeClimateSays(t *testing.T) {
	compiler := fromNode(t, "typescript/bin/tsc")
	check := func(report string) (string, error) {
		name := filepath.Join(os.Getenv("SIGLA_NODE"), "report.ts")
		if err := os.WriteFile(name, []byte("import type { Issue } from 'codeclimate-types'\nexport const report: Issue[] = "+report), 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(name)
		out, err := exec.Command("node", compiler, "--noEmit", "--strict", "--module", "nodenext", name).CombinedOutput()
		return string(out), err
	}
	for _, name := range written(t, "gitlab") {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := check(string(b)); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	}
	if _, err := check(`[{"check_name": "x"}]`); err == nil {
		t.Error("a report without all that is wanted was taken for one")
	}
}

func TestJUnitIsValid(t *testing.T) {
	schema := shared(t, "standards/junit/junit-10.xsd")
	runs(t, "xmllint", append([]string{"--nonet", "--noout", "--schema", schema}, written(t, "junit")...)...)
}

func TestSVRLIsValid(t *testing.T) {
	runs(t, "jing", append([]string{"-c", "testdata/svrl.rnc"}, written(t, "svrl")...)...)
}

func TestXMLIsWellFormedForAnotherParser(t *testing.T) {
	for _, form := range []string{"junit", "checkstyle", "svrl"} {
		runs(t, "xmllint", append([]string{"--nonet", "--noout"}, written(t, form)...)...)
	}
}

// The counts of the sample: 3 files, of which one failed, one passed and one
// can't be read.
func TestJUnitCountsFiles(t *testing.T) {
	var r struct {
		Suite struct {
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Errors   int    `xml:"errors,attr"`
			Time     string `xml:"time,attr"`
			Cases    []struct {
				Name    string  `xml:"name,attr"`
				Failure *string `xml:"failure"`
				Error   *string `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(sample(t, "junit", Style{})), &r); err != nil {
		t.Fatal(err)
	}
	s := r.Suite
	if s.Tests != 3 || s.Failures != 1 || s.Errors != 1 || s.Time != "0.420" || len(s.Cases) != 3 {
		t.Fatalf("%+v", s)
	}
	if s.Cases[0].Failure == nil || s.Cases[1].Failure != nil || s.Cases[1].Error != nil || s.Cases[2].Error == nil {
		t.Errorf("%+v", s.Cases)
	}
	if n := strings.Count(*s.Cases[0].Failure, "letters/a.xml:"); n != 4 {
		t.Errorf("the failure has %d of 4 findings", n)
	}
	remark := &File{Name: "r.xml", Findings: List{{Pos: Pos{File: "r.xml"}, Code: "x/y", Message: "m"}}}
	if out := report(t, "junit", Style{}, &Summary{}, remark); !strings.Contains(out, `failures="0"`) || !strings.Contains(out, "<system-out>") {
		t.Error("a remark fails its file", out)
	}
}

// SVRL: two reports of Schematron, three other findings, all of them once.
func TestSVRLLosesNothing(t *testing.T) {
	out := sample(t, "svrl", Style{})
	for what, want := range map[string]int{"<svrl:successful-report ": 2, "<svrl:failed-assert ": 3, "<svrl:active-pattern ": 4, `documents="letters/b.xml"`: 1, "<svrl:ns-prefix-": 1} {
		if got := strings.Count(out, what); got != want {
			t.Errorf("%s stands %d times, want %d", what, got, want)
		}
	}
	files := sampleFiles()
	first := report(t, "svrl", Style{}, sampleSummary(), files[2], files[0])
	if a, b := strings.Index(first, "<svrl:ns-prefix-"), strings.Index(first, "letters/c.xml"); a < 0 || a > b {
		t.Error("the prefixes of the first trace do not come before what was found earlier")
	}
	files[0].Trace.Pattern[0].Fired[0].Findings = []int{1, 1, -1, 99}
	if n := strings.Count(report(t, "svrl", Style{}, sampleSummary(), files[0]), "<svrl:text>rend is not used here"); n != 2 {
		t.Errorf("a trace with places that are not there tells %d of 2", n)
	}
}

func TestGitHubWorstFirst(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.*)$`)
	var kinds []string
	for line := range strings.Lines(sample(t, "github", Style{})) {
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			t.Fatalf("%q is no command", line)
		}
		kinds = append(kinds, m[1])
	}
	// The file with four findings, the one that can't be read, the summary.
	if want := []string{"error", "error", "warning", "warning", "error", "notice"}; !slices.Equal(kinds, want) {
		t.Errorf("%q, want %q", kinds, want)
	}
	// As GitHub's documentation has the escapes.
	out := report(t, "github", Style{}, &Summary{}, &File{Name: "a:b,c%.xml", Findings: List{{Severity: Error, Code: "x/y", Message: "50% of a:b,c", Note: "more"}}})
	if want := "::error file=a%3Ab%2Cc%25.xml,title=x/y::50%25 of a:b,c%0Amore\n"; out != want {
		t.Errorf("%q, want %q", out, want)
	}
}

func TestGitLabTellsIssuesApart(t *testing.T) {
	files := sampleFiles()
	twin := *files[0]
	twin.Name = "letters/twin.xml"
	twin.Findings = slices.Clone(twin.Findings)
	for i := range twin.Findings {
		twin.Findings[i].Pos.File = twin.Name
	}
	var issues []struct {
		Description, Check_Name, Fingerprint, Severity string
		Location                                       struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal([]byte(report(t, "gitlab", Style{}, sampleSummary(), append(files, &twin)...)), &issues); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, x := range issues {
		if x.Fingerprint == "" || seen[x.Fingerprint] {
			t.Errorf("the fingerprint of %s in %s is there already", x.Description, x.Location.Path)
		}
		seen[x.Fingerprint] = true
		if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, x.Severity) || x.Location.Lines.Begin < 1 || x.Description == "" || x.Check_Name == "" {
			t.Errorf("%+v", x)
		}
	}
	if len(issues) != 9 {
		t.Errorf("%d issues of 9", len(issues))
	}
}

// The place in SARIF is in code points, as columnKind says: an em dash and a
// letter beyond the BMP are one each.
func TestSARIFPlacesAreCodePoints(t *testing.T) {
	text := "<p>—𝒜<b/></p>\n"
	f := &File{Name: "räum e/#1:2.xml", Text: []byte(text), Findings: List{{Pos: Pos{File: "räum e/#1:2.xml", Line: 1, Column: 6, Offset: 10}, Severity: Error, Code: "x/y", Message: "see [this](http://example.org)", Len: 4}}}
	var log struct {
		Runs []struct {
			Results []struct {
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct {
							StartColumn, EndColumn int
							Snippet                struct{ Text string }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(report(t, "sarif", Style{}, &Summary{}, f)), &log); err != nil {
		t.Fatal(err)
	}
	r := log.Runs[0].Results[0]
	p := r.Locations[0].PhysicalLocation
	if p.Region.StartColumn != 6 || p.Region.EndColumn != 10 || p.Region.Snippet.Text != "<b/>" {
		t.Errorf("%+v", p.Region)
	}
	if p.ArtifactLocation.URI != "r%C3%A4um%20e/%231%3A2.xml" {
		t.Error(p.ArtifactLocation.URI)
	}
	if r.Message.Text != `see \[this\](http://example.org)` {
		t.Errorf("a link in %q", r.Message.Text)
	}
}

// What Keep leaves is what the trace names.
func TestKeepRenumbersTheTrace(t *testing.T) {
	f := sampleFiles()[0]
	f.Keep(func(i int) bool { return i == 2 || i == 3 })
	fired := f.Trace.Pattern[0].Fired
	if len(f.Findings) != 2 || f.Folded != 3 || len(fired[0].Findings) != 0 || !slices.Equal(fired[1].Findings, []int{0}) {
		t.Errorf("%+v %d", fired, f.Folded)
	}
}

// A report over many files is written as it goes.
func TestReportsStream(t *testing.T) {
	for _, form := range []string{"text", "json", "sarif", "github", "gitlab", "checkstyle", "svrl"} {
		f, err := FormatNamed(form)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := f.New(&b, Style{})
		for _, x := range sampleFiles() {
			was := b.Len()
			if err := w.File(x); err != nil {
				t.Fatal(err)
			}
			if len(x.Findings) > 0 && b.Len() == was {
				t.Errorf("%s holds %s", form, x.Name)
			}
		}
	}
}

// TestDocumentedReportsAreWritten: the examples of docs/reports.md are the
// sample's, where … stands for what is left out.
func TestDocumentedReportsAreWritten(t *testing.T) {
	text, err := os.ReadFile("../../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)\n## ([a-z]+)\n.*?\n```[a-z]*\n(.*?)```\n")
	seen := 0
	for _, m := range example.FindAllStringSubmatch(string(text), -1) {
		seen++
		out := sample(t, m[1], Style{Quote: m[1] == "text"})
		for part := range strings.SplitSeq(m[2], "…\n") {
			if !strings.Contains(out, part) {
				t.Errorf("%s does not write\n%s\nbut\n%s", m[1], part, out)
			}
		}
	}
	if seen != len(Formats) {
		t.Errorf("%d of %d formats have an example", seen, len(Formats))
	}
}

func TestDocumentedBaselineIsWritten(t *testing.T) {
	text, err := os.ReadFile("../../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	f := sampleFiles()[0]
	base := NewBaseline()
	base.Add(f.Name, f.Findings[:1], f.Text)
	var b strings.Builder
	if err := base.Write(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "```json\n"+b.String()+"```\n") {
		t.Errorf("the documentation shows another baseline than\n%s", b.String())
	}
}
