package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigla/tei/diag"
	"sigla/tei/diag/explain"
)

var update = flag.Bool("update", false, "write what the examples of sigla explain say into their files")

// printed is a finding of a run, and the line that tells it.
type printed struct{ code, line string }

var findingLine = regexp.MustCompile(`(?m)^\S.* \[([a-z]+/[^\]]+)\]$`)

// findingsOf are the findings of a run of sigla in the present folder: those of
// the JSON report, or of a schema, which are told in lines.
func findingsOf(t *testing.T, call []string) []printed {
	t.Helper()
	var out, errw bytes.Buffer
	code := run(append(call, "--format", "json"), strings.NewReader(""), &out, &errw)
	var list []printed
	for _, b := range []*bytes.Buffer{&out, &errw} {
		var report struct {
			Findings []struct {
				File, Message string
				Line, Column  int
				Code          diag.Code
			}
		}
		i := bytes.Index(b.Bytes(), []byte("{\n"))
		if i < 0 || json.NewDecoder(bytes.NewReader(b.Bytes()[i:])).Decode(&report) != nil {
			continue
		}
		for _, f := range report.Findings {
			list = append(list, printed{string(f.Code), diag.Plain(diag.Finding{Pos: diag.Pos{File: f.File, Line: f.Line, Column: f.Column}, Code: f.Code, Message: f.Message}.String())})
		}
	}
	for _, m := range findingLine.FindAllStringSubmatch(errw.String(), -1) {
		list = append(list, printed{m[1], m[0]})
	}
	if list == nil {
		t.Logf("%q: exit %d: %.400s", call, code, errw.String())
	}
	return list
}

// TestExamplesRaiseTheirCode runs the example of every code. What it says is
// what the page shows, to the letter.
func TestExamplesRaiseTheirCode(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range explain.Stages() {
		for _, e := range s.Entries {
			if e.Example.Command == "" {
				continue
			}
			t.Run(e.Code, func(t *testing.T) {
				dir := t.TempDir()
				t.Chdir(dir)
				for _, f := range e.Example.Files {
					if err := os.MkdirAll(filepath.Dir(f.Name), 0o777); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(f.Name, []byte(f.Text), 0o666); err != nil {
						t.Fatal(err)
					}
				}
				var says []string
				all := findingsOf(t, words(e.Example.Command))
				for _, f := range all {
					if own, ok := explain.Find(f.code); ok && own.Code == e.Code {
						says = append(says, strings.ReplaceAll(f.line, dir+string(filepath.Separator), ""))
					}
				}
				if len(says) == 0 {
					t.Fatalf("%s is not raised, but %v", e.Code, all)
				}
				if slices.Equal(says, e.Example.Says) {
					return
				}
				if strings.HasPrefix(e.Code, "xsd") && !withCgo {
					return // the pages show what libxml2 says; the other engine has other words
				}
				if !*update {
					t.Errorf("the page shows\n%s\nand the call says\n%s", strings.Join(e.Example.Says, "\n"), strings.Join(says, "\n"))
					return
				}
				show(t, filepath.Join(root, "tei/diag/explain/codes", s.Name+".md"), e, says)
			})
		}
	}
}

// show writes what a call says into the page.
func show(t *testing.T, page string, e explain.Entry, says []string) {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(b), "## "+e.Code+"\n")
	call := "$ " + e.Example.Command + "\n"
	before, after, ok := strings.Cut(rest, call)
	if !ok {
		t.Fatalf("%s: no call %q", page, e.Example.Command)
	}
	text := head + "## " + e.Code + "\n" + before + call + strings.Join(says, "\n") + "\n" + after[strings.Index(after, "```"):]
	if err := os.WriteFile(page, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// words splits a call at spaces; what stands in single quotes is one word.
func words(call string) []string {
	var out []string
	for i, part := range strings.Split(call, "'") {
		if i%2 == 1 {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	return out
}

// joined are the codes that the program puts together from two strings.
var joined = map[string][]string{"input/": {"input/missing", "input/no-match", "input/no-texts", "input/unreadable"}}

// TestEveryCodeIsExplained reads the program's source: each constant of the type
// diag.Code has an entry, and each entry has a constant.
func TestEveryCodeIsExplained(t *testing.T) {
	where := codesInSource(t)
	if len(where) < 100 {
		t.Fatalf("only %d codes were found in the source", len(where))
	}
	for code, pos := range where {
		if strings.HasSuffix(code, "/") { // sch/ and a rule's name
			code += "*"
		}
		if _, ok := explain.Find(code); !ok {
			t.Errorf("%s: the code %s has no entry in tei/diag/explain/codes", pos, code)
		}
	}
	for _, s := range explain.Stages() {
		for _, e := range s.Entries {
			stage, family := strings.CutSuffix(e.Code, "*")
			if _, raised := where[e.Code]; !raised && !(family && where[stage] != "") {
				t.Errorf("the entry %s has no code in the source", e.Code)
			}
		}
	}
}

// codesInSource finds every constant of the type diag.Code, and where it stands.
// A code that is made of a constant and something else, as sch/ID, is found by
// the constant.
func codesInSource(t *testing.T) map[string]string {
	t.Helper()
	type listed struct {
		ImportPath, Dir, Export string
		GoFiles, CgoFiles       []string
	}
	out, err := exec.Command("go", "list", "-e", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles", "sigla/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	var ours []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, "sigla/") {
			ours = append(ours, p)
		}
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	codes := map[string]string{}
	for _, p := range ours {
		var files []*ast.File
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}}
		conf := types.Config{Importer: imports, FakeImportC: true, Error: func(error) {}}
		conf.Check(p.ImportPath, fset, files, info) // what it can't check, the compiler does
		add := func(code string, at token.Pos) {
			if code == "" {
				return
			}
			if codes[code] == "" {
				codes[code] = fset.Position(at).String()
			}
			for _, whole := range joined[code] {
				codes[whole] = codes[code]
			}
			if joined[code] != nil {
				delete(codes, code)
			}
		}
		isCode := func(x types.Type) bool {
			return x != nil && (x.String() == "sigla/tei/diag.Code" || p.ImportPath == "sigla/tei/diag" && x.String() == "Code")
		}
		for x, tv := range info.Types {
			if !isCode(tv.Type) {
				continue
			}
			if tv.Value != nil {
				if s, err := strconv.Unquote(tv.Value.ExactString()); err == nil {
					add(s, x.Pos())
				}
				continue
			}
			if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 && info.Types[call.Fun].IsType() { // diag.Code("sch/" + id)
				if sum, ok := call.Args[0].(*ast.BinaryExpr); ok {
					if v := info.Types[sum.X].Value; v != nil {
						if s, err := strconv.Unquote(v.ExactString()); err == nil {
							add(s, x.Pos())
						}
					}
				}
			}
		}
		for name, o := range info.Defs {
			if c, ok := o.(*types.Const); ok && isCode(c.Type()) {
				if s, err := strconv.Unquote(c.Val().ExactString()); err == nil {
					add(s, name.Pos())
				}
			}
		}
	}
	return codes
}
