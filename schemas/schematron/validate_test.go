package schematron

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"sigla/tei/diag"
)

func validated(t *testing.T, body, doc string, o Options) *Result {
	t.Helper()
	s := compileFiles(t, map[string]string{"s.sch": head + body + "</schema>"}, CompileOptions{})
	r, err := s.Validate(context.Background(), "d.xml", []byte(doc), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFindingsHaveThePlaceOfTheirNode(t *testing.T) {
	doc := "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY e 'é'>]>\n<a>\n  é<b\n   n='1'  m=\"é\" k='2'>&e;<!--c--></b><?p q?>\n</a>\n"
	for _, c := range []struct {
		context      string
		line, column int
		length       int
	}{
		{"a", 3, 1, 2}, {"b", 4, 4, 2}, {"@n", 5, 4, 1}, {"@m", 5, 11, 1}, {"@k", 5, 17, 1}, {"comment()", 5, 26, 0}, {"processing-instruction()", 5, 38, 0},
		{"b/text()", 5, 23, 0}, {"a/text()[1]", 3, 4, 0}, {"/", 1, 1, 0},
	} {
		r := validated(t, `<pattern><rule context="`+c.context+`"><report test="true()">x</report></rule></pattern>`, doc, Options{})
		if len(r.Findings) != 1 {
			t.Errorf("%s: %v", c.context, r.Findings)
			continue
		}
		f := r.Findings[0]
		if f.Pos.Line != c.line || f.Pos.Column != c.column || f.Pos.File != "d.xml" || f.Len != c.length {
			t.Errorf("%s: %s, %d bytes; not %d:%d, %d", c.context, f.Pos, f.Len, c.line, c.column, c.length)
		}
	}
}

func TestRolesAreSeverities(t *testing.T) {
	for _, c := range []struct {
		rule, assert string
		want         diag.Severity
	}{
		{"", "", diag.Error}, {"", "error", diag.Error}, {"", "FATAL", diag.Error}, {"", "warning", diag.Warning}, {"", "warn", diag.Warning},
		{"", "WARNING", diag.Warning}, {"", "info", diag.Info}, {"", "information", diag.Info}, {"", "nonfatal", diag.Info}, {"", "whatever", diag.Error},
		{"warning", "", diag.Warning}, {"warning", "error", diag.Error}, {"error", "info", diag.Info},
	} {
		r := validated(t, `<pattern><rule context="a" role="`+c.rule+`"><report test="true()" role="`+c.assert+`">x</report></rule></pattern>`, small, Options{})
		if r.Findings[0].Severity != c.want {
			t.Errorf("%q %q: %v", c.rule, c.assert, r.Findings[0].Severity)
		}
	}
}

func TestCodesAreIdsThatAreNames(t *testing.T) {
	for _, c := range []struct{ pattern, rule, assert, want string }{
		{"", "", "", "sch/report"}, {"p", "", "", "sch/p"}, {"p", "r", "", "sch/r"}, {"p", "r", "a", "sch/a"}, {"p", "r 1", "", "sch/p"}, {"1p", "", "", "sch/report"},
	} {
		r := validated(t, `<pattern id="`+c.pattern+`"><rule context="a" id="`+c.rule+`"><report id="`+c.assert+`" test="true()">x</report></rule></pattern>`, small, Options{})
		if string(r.Findings[0].Code) != c.want {
			t.Errorf("%v: %s", c, r.Findings[0].Code)
		}
	}
	if r := validated(t, `<pattern><rule context="a"><assert test="false()">x</assert></rule></pattern>`, small, Options{}); r.Findings[0].Code != "sch/assert" {
		t.Error(r.Findings[0].Code)
	}
}

func TestFindingsTellTheirRule(t *testing.T) {
	r := validated(t, `<pattern id="p"><rule id="r" context="b[@n = 2]" flag="g" see="http://r"><assert id="k" test="not( c )" role="warning" see="http://a" diagnostics="d e" properties="q">no</assert></rule></pattern>`+
		`<diagnostics><diagnostic id="d">n is <value-of select="@n"/></diagnostic><diagnostic id="e"/></diagnostics><properties><property id="q">of <name/></property></properties>`, small, Options{})
	f := r.Findings[0]
	want := diag.Rule{Schema: "s.sch", Pattern: "p", ID: "k", Context: "b[@n = 2]", Test: "not( c )", Role: "warning", Flag: "g", See: "http://a", Location: "/Q{}a[1]/Q{}b[2]"}
	if !reflect.DeepEqual(*f.Rule, want) {
		t.Errorf("%+v", *f.Rule)
	}
	var notes []string
	for _, n := range f.Related {
		notes = append(notes, n.Message)
	}
	if strings.Join(notes, "|") != "n is 2|e|of b" || f.Related[0].Pos != f.Pos {
		t.Errorf("%q", notes)
	}
}

func TestATraceTellsWhatFired(t *testing.T) {
	body := `<title>Rules</title><pattern id="p" role="k"><title>First</title><rule id="r" context="c"><report test="true()">1</report></rule><rule context="b" role="info" flag="f"><report test="@n = 1">2</report><report test="true()">3</report></rule></pattern><pattern id="q"><rule context="z"><assert test="1"/></rule></pattern>`
	if r := validated(t, body, small, Options{}); r.Trace != nil {
		t.Error("a trace that was not asked for")
	}
	r := validated(t, body, small, Options{Trace: true})
	want := &diag.Trace{Title: "Rules", Phase: "#ALL", Schema: "s.sch", Prefix: []diag.Namespace{{Prefix: "x", URI: "urn:x"}}, Pattern: []diag.ActivePattern{
		{ID: "p", Name: "First", Role: "k", Fired: []diag.FiredRule{
			{Context: "b", Role: "info", Flag: "f", Findings: []int{0, 1}},
			{Context: "b", Role: "info", Flag: "f", Findings: []int{2}},
			{ID: "r", Context: "c", Findings: []int{3}},
		}}, {ID: "q"}}}
	if !reflect.DeepEqual(r.Trace, want) {
		t.Errorf("%+v", r.Trace)
	}
	if r.Findings[3].Message != "1" || r.Findings[0].Message != "2" {
		t.Error(r.Findings)
	}
}

func TestAnIllFormedDocumentIsOneFinding(t *testing.T) {
	r := validated(t, `<pattern><rule context="*"><report test="true()">x</report></rule></pattern>`, "<a><b></a>", Options{})
	if len(r.Findings) != 1 || !strings.HasPrefix(string(r.Findings[0].Code), "xml/") || r.Findings[0].Rule != nil {
		t.Error(r.Findings)
	}
}

func TestFindingsAreBounded(t *testing.T) {
	doc := "<a>" + strings.Repeat("<b/>", 5000) + "</a>"
	for _, n := range []int{0, 7} {
		r := validated(t, `<pattern><rule context="b"><report test="true()">x</report></rule></pattern>`, doc, Options{Findings: n})
		want := n
		if n == 0 {
			want = 1000
		}
		last := r.Findings[len(r.Findings)-1]
		if len(r.Findings) != want+1 || last.Code != codeMore || !strings.HasPrefix(last.Message, "4") {
			t.Errorf("%d: %d findings, %s", n, len(r.Findings), last)
		}
	}
}

// Whatever a schema and a document ask for ends with the context, or with a
// finding, and within memory.
func TestHostileRulesEnd(t *testing.T) {
	wide := "<a>" + strings.Repeat("<b n='1'><c/></b>", 20000) + "</a>"
	deep := strings.Repeat("<a>", 5000) + strings.Repeat("</a>", 5000)
	for _, c := range []struct{ name, context, test, doc string }{
		{"loops in loops", "/", "count(for $a in 1 to 100000, $b in 1 to 100000, $c in 1 to 100000 return ()) = 1", wide},
		{"a sequence beyond memory", "/", "count(1 to 100000000000)", wide},
		{"a sequence that grows", "/", "count(for $a in 1 to 1000000 return (1 to 1000))", wide},
		{"text that doubles", "/", "string-length(string-join(for $a in 1 to 100000 return string-join(for $b in 1 to 10000 return 'abcdefgh')))", wide},
		{"every node with every node", "b", "count(//b[following::b[preceding::b[. = 'x']]]) = 1", wide},
		{"a context of many steps", "*//*//*//*//*//*//z|*//*//*//*//*//a[z]", "true()", deep},
		{"ancestors of ancestors", "*", "ancestor::*[ancestor::*[ancestor::*[ancestor::z]]]", deep},
		{"a regular expression", "/", "matches(string-join(for $a in 1 to 100000 return 'a'), '^(a+)+$b')", wide},
		{"a replacement that grows", "/", "string-length(replace(string-join(for $a in 1 to 1000000 return 'a'), 'a', string-join(for $a in 1 to 1000 return '$0')))", wide},
		{"deep-equal of deep documents", "*", "deep-equal(., ..)", deep},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := compileFiles(t, map[string]string{"s.sch": head + `<pattern><rule context="` + c.context + `"><report test="` + c.test + `">x</report></rule></pattern></schema>`}, CompileOptions{})
			ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			start := time.Now()
			_, err := s.Validate(ctx, "d.xml", []byte(c.doc), Options{})
			if err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("it went on for %v", d)
			}
		})
	}
}

func TestHostileSchemasEnd(t *testing.T) {
	double := fstest.MapFS{}
	for i := range 30 {
		next := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		this := "s.sch"
		if i > 0 {
			p := i - 1
			this = string(rune('a'+p%26)) + strings.Repeat("x", p/26)
		}
		double[this] = &fstest.MapFile{Data: []byte(`<schema xmlns="http://purl.oclc.org/dsdl/schematron"><extends href="` + next + `"/><extends href="` + next + `"/></schema>`)}
	}
	rules := head + `<pattern>`
	for i := range 40 {
		rules += strings.NewReplacer("I", string(rune('A'+i)), "N", string(rune('A'+i+1))).Replace(`<rule abstract="true" id="rI"><extends rule="rN"/><extends rule="rN"/></rule>`)
	}
	rules += `<rule context="a"><extends rule="rA"/></rule></pattern></schema>`
	for name, fsys := range map[string]fstest.MapFS{
		"extends that double": double,
		"rules that double":   {"s.sch": {Data: []byte(rules)}},
		"brackets":            {"s.sch": {Data: []byte(head + `<pattern><rule context="a"><assert test="` + strings.Repeat("(", 100000) + `"/></rule></pattern></schema>`)}},
		"predicates":          {"s.sch": {Data: []byte(head + `<pattern><rule context="a"><assert test="` + strings.Repeat("a[", 100000) + `"/></rule></pattern></schema>`)}},
		"alternatives":        {"s.sch": {Data: []byte(head + `<pattern><rule context="a` + strings.Repeat("/(a|b)", 200) + `"><assert test="1"/></rule></pattern></schema>`)}},
		"not":                 {"s.sch": {Data: []byte(head + `<pattern><rule context="a"><assert test="` + strings.Repeat("not(", 100000) + `"/></rule></pattern></schema>`)}},
		"minus":               {"s.sch": {Data: []byte(head + `<pattern><rule context="a"><assert test="` + strings.Repeat("-", 100000) + `"/></rule></pattern></schema>`)}},
		"regex brackets":      {"s.sch": {Data: []byte(head + `<pattern><rule context="a"><assert test="matches(., '` + strings.Repeat("(", 9000) + `')"/></rule></pattern></schema>`)}},
	} {
		start := time.Now()
		_, err := Compile(fsys, "s.sch", CompileOptions{})
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func TestASchemaIsSharedByGoroutines(t *testing.T) {
	s := compileFiles(t, map[string]string{"s.sch": head + `<let name="v"><k xmlns="">2</k></let><pattern><rule context="b"><let name="w" value="@n"/><report test="$w = $v/k and //c and matches(., 'y')"><value-of select="$w"/></report></rule></pattern></schema>`}, CompileOptions{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				r, err := s.Validate(context.Background(), "d.xml", []byte(small), Options{Trace: true})
				if err != nil || len(r.Findings) != 1 || r.Findings[0].Message != "2" {
					t.Error(r, err)
				}
			}
		})
	}
	wg.Wait()
}

// The rules of our own profile compile, and what the encoder writes keeps them.
func TestTheProfileKeepsItsOwnRules(t *testing.T) {
	s, err := Compile(os.DirFS("../profile"), "sigla.sch", CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.NotRun()) > 0 || s.Rules() != 14 {
		t.Errorf("%d rules, not run: %v", s.Rules(), s.NotRun())
	}
	files, err := filepath.Glob("../../fixtures/encode/*/tei.xml")
	if err != nil || len(files) == 0 {
		t.Fatal(err, "no fixtures")
	}
	for _, f := range files {
		doc, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Validate(context.Background(), f, doc, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Findings {
			t.Errorf("%s", x)
		}
	}
}
