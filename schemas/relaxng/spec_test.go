package relaxng

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sigla/schemas/xmltok"
)

// suiteCase is a case of James Clark's test suites: a schema and documents.
type suiteCase struct {
	section   string
	schema    string
	correct   bool
	valid     []string
	invalid   []string
	resources fstest.MapFS
	line      int
}

// suite reads a test suite. The text of schemas and documents is taken from the
// file as it stands, with its entities declared before it.
func suite(t *testing.T, name string) []suiteCase {
	t.Helper()
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED names no folder of suites; the project's own cases are in conformance_test.go")
	}
	data, err := os.ReadFile(filepath.Join(shared, "suite", name))
	if err != nil {
		t.Fatal(err)
	}
	doctype := ""
	if i := bytes.Index(data, []byte("<!DOCTYPE")); i >= 0 {
		doctype = string(data[i : i+bytes.Index(data, []byte("]>"))+2])
		doctype = doctype[:strings.Index(doctype, "]>")+2]
	}
	var cases []suiteCase
	var c *suiteCase
	var dirs []string
	tok := xmltok.NewBytes(name, data, nil)
	resourceName, from := "", 0
	var depthOf []int // where correct, valid … began
	var text strings.Builder
	xmlForm := false
	for {
		kind, err := tok.Next()
		if err != nil {
			t.Fatal(err)
		}
		if kind == xmltok.EOF {
			return cases
		}
		if len(depthOf) > 0 && tok.Depth() > depthOf[0] || len(depthOf) > 0 && kind == xmltok.EndElement && tok.Depth() >= depthOf[0] {
			continue // inside a schema or document
		}
		switch kind {
		case xmltok.Text:
			text.Write(tok.Text)
		case xmltok.StartElement:
			text.Reset()
			attr := func(name string) string {
				for _, a := range tok.Attrs {
					if a.Name.Local == name {
						return string(a.Value)
					}
				}
				return ""
			}
			switch tok.Name.Local {
			case "testCase":
				cases = append(cases, suiteCase{resources: fstest.MapFS{}, line: tok.Pos(tok.Offset).Line})
				c = &cases[len(cases)-1]
				dirs = nil
				xmlForm = false
			case "xml":
				xmlForm = true
			case "compact":
				xmlForm = false
			case "dir":
				dirs = append(dirs, attr("name"))
			case "resource":
				resourceName = path.Join(path.Join(dirs...), attr("name"))
				fallthrough
			case "correct", "incorrect", "valid", "invalid":
				depthOf = []int{tok.Depth()}
				from = tok.End
			}
		case xmltok.EndElement:
			var body string
			if len(depthOf) > 0 {
				depthOf = nil
				body = string(data[from:tok.Offset])
				if tok.Offset < from { // an empty element
					body = ""
				}
				if strings.Contains(body, "&dii;") {
					body = doctype + body
				}
				body = strings.TrimLeft(body, " \t\r\n")
			}
			switch tok.Name.Local {
			case "section":
				if c != nil {
					c.section = text.String()
				}
			case "dir":
				dirs = dirs[:len(dirs)-1]
			case "resource":
				c.resources[resourceName] = &fstest.MapFile{Data: []byte(body)}
			case "correct", "incorrect":
				if xmlForm {
					continue
				}
				c.schema, c.correct = body, tok.Name.Local == "correct"
			case "valid":
				c.valid = append(c.valid, body)
			case "invalid":
				c.invalid = append(c.invalid, body)
			}
		}
	}
}

func (c *suiteCase) compile(name string) (*Schema, error) {
	c.resources[name] = &fstest.MapFile{Data: []byte(c.schema)}
	return Compile(c.resources, name)
}

func TestSpecificationSuite(t *testing.T) {
	cases, checks := 0, 0
	for i, c := range suite(t, "spectest.xml") {
		cases++
		t.Run(fmt.Sprintf("%03d-line-%d-clause-%s", i, c.line, c.section), func(t *testing.T) {
			s, err := c.compile("schema.rng")
			checks++
			if !c.correct {
				if err == nil {
					t.Errorf("a schema that is not correct compiles:\n%s", c.schema)
				} else if e, ok := err.(*Error); !ok || e.Findings[0].Pos.Line == 0 {
					t.Errorf("no place in %v", err)
				}
				return
			}
			if err != nil {
				t.Fatalf("%v\n%s", err, c.schema)
			}
			for k, docs := range [][]string{c.valid, c.invalid} {
				for _, doc := range docs {
					checks++
					l, err := s.ValidateBytes(context.Background(), "doc.xml", []byte(doc), Options{})
					if err != nil {
						t.Fatal(err)
					}
					if (len(l) == 0) != (k == 0) {
						t.Errorf("%s\nunder\n%s\ngives %v", doc, c.schema, l)
					}
				}
			}
		})
	}
	t.Logf("%d cases, %d checks", cases, checks)
}
