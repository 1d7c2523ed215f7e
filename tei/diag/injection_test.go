package diag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile are strings that documents, schemas and names of files may hold.
var hostile = []struct{ what, text string }{
	{"ANSI colour", "\x1b[31mred\x1b[0m"},
	{"terminal title", "\x1b]0;owned\x07"},
	{"C1 escape", "a\u009b31mb"},
	{"workflow command", "::error file=x::forged"},
	{"workflow command after a line end", "a\n::error::forged"},
	{"workflow command after a carriage return", "a\r::warning::forged"},
	{"workflow command after white space", " \t\u00a0\u3000::set-output name=x::y"},
	{"workflow command after a line separator", "a\u2028::error::forged\u2029::error::forged\u0085::error::forged"},
	{"old workflow command", "a ##[add-mask]secret"},
	{"command to Azure", "a ##vso[task.setvariable variable=x]y"},
	{"command to TeamCity", "##teamcity[buildProblem description='x']"},
	{"section of GitLab", "section_start:1:x\r\x1b[0K"},
	{"percent escapes", "a%0A::error::forged%0D%25%3A%2C"},
	{"property of a command", "a,line=99,title=x::y"},
	{"XML", `</failure></testcase>]]><![CDATA[<!-- --> &amp; &#27; <x a="'">`},
	{"end of a comment", "a--><x/><!-- b ---"},
	{"CSV", `=cmd|'/c calc'!A1,"x",@SUM(1)`},
	{"JSON", `","x":"y\u001b\\`},
	{"invalid UTF-8", "a\xff\xc0\x80\xed\xa0\x80b"},
	{"bidi controls", "a\u202ecba\u202c\u2066x\u2069\u200e\u200f\u061c"},
	{"NUL", "a\x00b"},
	{"noncharacters", "a\ufffe\uffff\U0001fffe"},
	{"backspace and delete", "a\b\b\x7f"},
	{"link", "[click](javascript:alert(1)) [a](1)"},
}

// hostileRun has a text in every string that a report may tell.
func hostileRun(s string) (*Summary, []*File) {
	f := &File{
		Name: s, Text: []byte(s + "\n" + s), Schemas: []int{0}, Folded: 1,
		Findings: List{{Pos: Pos{s, 1, 2, 1}, Severity: Error, Code: Code("x/" + s), Message: s, Note: s, Detail: s, Len: 1,
			Related: []Related{{Pos{File: s, Line: 3}, s}},
			Rule:    &Rule{s, s, s, s, s, true, s, s, s, s}}},
		Trace: &Trace{Title: s, Phase: s, Schema: s, Prefix: []Namespace{{s, s}}, Pattern: []ActivePattern{{s, s, s, []FiredRule{{s, s, s, s, []int{0}}}}}},
	}
	// Each string also at the begin of its line: no file, no place.
	bare := &File{Findings: List{{Severity: Warning, Code: Code(s), Message: s, Related: []Related{{Message: s}}}}}
	return &Summary{Tool: s, Version: s, Files: 2,
		Schemas: []Schema{{Name: s, Title: s, Version: s, Language: s, SHA256: s, NotRun: []NotRun{{s, s, s, 1}}}},
		Explain: func(Code) (Guide, bool) { return Guide{s, s, s}, true }}, []*File{f, bare}
}

var (
	colours       = regexp.MustCompile("\x1b\\[[0-9;]+m")
	gitHubCommand = regexp.MustCompile(`^::(error|warning|notice) (?:(?:file|line|endLine|col|endColumn|title)=[^,:]*,?)+::`)
)

// visible says what in a text, of one line or more, is not: the characters that
// a terminal or a reader is misled by, and what CI systems take for a command.
func visible(s string, commands bool) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("invalid UTF-8 in %q", s)
	}
	for _, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r&0xfffe == 0xfffe) {
			return fmt.Errorf("%q in %q", r, s)
		}
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "::") && !(commands && gitHubCommand.MatchString(line)) {
			return fmt.Errorf("the command %q", line)
		}
	}
	for _, c := range []string{"##[", "##vso[", "##teamcity["} {
		if strings.Contains(s, c) {
			return fmt.Errorf("%s in %q", c, s)
		}
	}
	return nil
}

// parsed reads a report with a parser of its format and gives its strings.
func parsed(form, out string) (strs []string, err error) {
	switch form {
	case "json", "sarif", "gitlab":
		d := json.NewDecoder(strings.NewReader(out))
		for {
			t, err := d.Token()
			if err == io.EOF {
				return strs, nil
			}
			if err != nil {
				return nil, err
			}
			if s, ok := t.(string); ok {
				strs = append(strs, s)
			}
		}
	case "junit", "checkstyle", "svrl":
		d := xml.NewDecoder(strings.NewReader(out))
		for {
			t, err := d.Token()
			if err == io.EOF {
				return strs, nil
			}
			if err != nil {
				return nil, err
			}
			switch t := t.(type) {
			case xml.StartElement:
				for _, a := range t.Attr {
					strs = append(strs, a.Value)
				}
			case xml.CharData:
				strs = append(strs, string(t))
			case xml.Comment:
				strs = append(strs, string(t))
			}
		}
	}
	return nil, nil
}

// neutral holds a report of hostileRun to what every format promises.
func neutral(t *testing.T, s string) {
	t.Helper()
	for _, form := range Formats {
		for _, style := range []Style{{}, {Quote: true, Explain: true, Width: 40}, {Quote: true, Color: true}} {
			if form.Name != "text" && style.Quote {
				continue
			}
			sum, files := hostileRun(s)
			out := report(t, form.Name, style, sum, files...)
			if style.Color {
				out = colours.ReplaceAllString(out, "")
			}
			if err := visible(out, form.Name == "github"); err != nil {
				t.Errorf("%s: %v", form.Name, err)
			}
			strs, err := parsed(form.Name, out)
			if err != nil {
				t.Errorf("%s: %v in\n%s", form.Name, err, out)
			}
			for _, x := range strs {
				if err := visible(x, false); err != nil {
					t.Errorf("%s, as it is read: %v", form.Name, err)
				}
			}
			if n := strings.Count(out, "\n"); form.Name == "github" && n != 3 {
				t.Errorf("github: %d lines for two findings and a summary:\n%s", n, out)
			}
		}
	}
	var b bytes.Buffer
	base := NewBaseline()
	_, files := hostileRun(s)
	base.Add(s, files[0].Findings, files[0].Text)
	if err := base.Write(&b); err != nil {
		t.Error(err)
	}
	if err := visible(b.String(), false); err != nil {
		t.Errorf("baseline: %v", err)
	}
	again, err := ReadBaseline(&b)
	if s == "" { // a file without a name
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	left := &File{Name: s, Findings: files[0].Findings, Text: files[0].Text}
	if again.Fold(s, left); left.Folded != 1 || len(left.Findings) != 0 {
		t.Errorf("the baseline does not know %q again", s)
	}
}

func TestNothingIsInjected(t *testing.T) {
	for _, h := range hostile {
		t.Run(h.what, func(t *testing.T) { neutral(t, h.text) })
	}
}

// The structure of a report is that of a harmless run.
func TestInjectionAddsNoElements(t *testing.T) {
	count := func(form, s string) string {
		sum, files := hostileRun(s)
		out := report(t, form, Style{}, sum, files...)
		var n int
		switch form {
		case "json", "sarif", "gitlab":
			d := json.NewDecoder(strings.NewReader(out))
			for {
				t, err := d.Token()
				if err != nil {
					break
				}
				if _, ok := t.(json.Delim); ok {
					n++
				}
			}
		case "junit", "checkstyle", "svrl":
			d := xml.NewDecoder(strings.NewReader(out))
			for {
				t, err := d.Token()
				if err != nil {
					break
				}
				switch t.(type) {
				case xml.StartElement, xml.Comment:
					n++
				}
			}
		default:
			n = strings.Count(out, "\n")
		}
		return fmt.Sprint(form, n)
	}
	for _, form := range Formats {
		want := count(form.Name, "harmless")
		for _, h := range hostile {
			if strings.Contains(h.text, "\n") { // a note may have lines, which text and SVRL keep
				continue
			}
			if got := count(form.Name, h.text); got != want {
				t.Errorf("%s: %s parts, want %s", h.what, got, want)
			}
		}
	}
}

// What can't be shown in a name is not lost to programs.
func TestJSONHasTheNameItself(t *testing.T) {
	f := &File{Name: "a\n b.xml", Findings: List{{Message: "m", Code: "x/y"}}}
	out := report(t, "json", Style{}, &Summary{}, f)
	if !strings.Contains(out, `"file": "a\\n b.xml",`) || strings.Count(out, `"uri": "a%0A%20b.xml"`) != 2 {
		t.Error(out)
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"plain, ééé 漢字 \ufffd": "plain, ééé 漢字 \ufffd",
		"child::p":             "child::p",
		"::error::x":           `\x3a:error::x`,
		"  ::error::x":         `  \x3a:error::x`,
		"#1 ##2":               "#1 ##2",
		"##[error]":            `\x23#[error]`,
		"a\xffb":               `a\xffb`,
		"\ufffe":               `\ufffe`,
		"\x1b\u0085\u200f":     `\x1b\u0085\u200f`,
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) is %q, want %q", in, got, want)
		}
		if got := Plain(want); got != want {
			t.Errorf("Plain(%q) is %q: not the same again", want, got)
		}
	}
}

func FuzzReports(f *testing.F) {
	for _, h := range hostile {
		f.Add(h.text)
	}
	f.Fuzz(func(t *testing.T, s string) { neutral(t, s) })
}

// Quotations keep to the columns and the underline to the quotation, whatever
// the line.
func FuzzQuote(f *testing.F) {
	f.Add("<p>漢字\te\u0301\x1b</p>", 4, 3, 20)
	f.Fuzz(func(t *testing.T, line string, at, n, columns int) {
		line = strings.ReplaceAll(line, "\n", " ")
		at, n, columns = min(max(at, 0), len(line)), max(n, 0), 20+columns&63
		quoted, under := quote(line, at, n, columns)
		if err := visible("| "+quoted, false); err != nil {
			t.Error(err)
		}
		if strings.Trim(under, " ^~") != "" || strings.Count(under, "^") != 1 {
			t.Errorf("%q", under)
		}
	})
}
