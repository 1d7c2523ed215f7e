//go:build cgo

package xsd

/*
#cgo pkg-config: libxml-2.0
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

// A report collects the errors of one document. libxml2 calls back once an
// error; the messages are copied, since libxml2 uses their memory again.
typedef struct {
	int line, column, code;
	char *message, *node;
} sigla_error;

typedef struct {
	int n, cap;
	sigla_error *list;
} sigla_report;

enum { sigla_most = 200 };

static void sigla_collect(void *data, const xmlError *e) {
	sigla_report *r = data;
	if (r->n >= sigla_most || e == NULL || e->level < XML_ERR_ERROR)
		return;
	if (r->n == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 8;
		r->list = realloc(r->list, r->cap * sizeof *r->list);
	}
	sigla_error *x = &r->list[r->n++];
	x->line = e->line;
	x->column = e->int2;
	x->code = e->code;
	x->message = strdup(e->message ? e->message : "");
	x->node = NULL;
	xmlNodePtr node = e->node;
	if (node && node->type == XML_ATTRIBUTE_NODE)
		node = node->parent;
	if (node) {
		x->line = (int)xmlGetLineNo(node);
		x->node = strdup((const char *)node->name);
	}
}

static void sigla_free(sigla_report *r) {
	for (int i = 0; i < r->n; i++) {
		free(r->list[i].message);
		free(r->list[i].node);
	}
	free(r->list);
}

// sigla_validate returns 0 for a valid document, 1 for one with errors, -1
// where the library itself failed. Errors are set on the contexts of this one
// call, so that threads do not meet.
static int sigla_validate(uintptr_t schema, const char *doc, int size, sigla_report *r) {
	xmlParserCtxtPtr p = xmlNewParserCtxt();
	if (!p)
		return -1;
	// kept by libxml2 for each thread
	xmlSetStructuredErrorFunc(r, (xmlStructuredErrorFunc)sigla_collect);
	xmlDocPtr d = xmlCtxtReadMemory(p, doc, size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
	xmlSetStructuredErrorFunc(NULL, NULL);
	xmlFreeParserCtxt(p);
	if (!d)
		return r->n ? 1 : -1;
	xmlSchemaValidCtxtPtr v = xmlSchemaNewValidCtxt((xmlSchemaPtr)schema);
	if (!v) {
		xmlFreeDoc(d);
		return -1;
	}
	xmlSchemaSetValidStructuredErrors(v, (xmlStructuredErrorFunc)sigla_collect, r);
	int rc = xmlSchemaValidateDoc(v, d);
	xmlSchemaFreeValidCtxt(v);
	xmlFreeDoc(d);
	return rc < 0 ? -1 : rc > 0 || r->n > 0;
}
*/
import "C"

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"unicode/utf8"
	"unsafe"

	"github.com/lestrrat-go/libxml2/xsd"

	"sigla/tei/diag"
)

// The schema is compiled by the libxml2 binding; documents are validated here,
// since the binding gives errors without a place, at most 32, cut at 1,023
// bytes.

// Schema is a compiled schema, safe to use by many at once.
type Schema struct{ compiled *xsd.Schema }

// Compile compiles the schema of a name, with those that it imports from the
// same folder of fsys. libxml2 leaks a little at every compile: compile once.
func Compile(fsys fs.FS, name string) (*Schema, error) {
	folder := path.Dir(name)
	// imports are found by their file, so the schemas get files for a moment
	dir, err := os.MkdirTemp("", "sigla-xsd-")
	if err != nil {
		return nil, fmt.Errorf("xsd: %w", err)
	}
	defer os.RemoveAll(dir)
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, fmt.Errorf("xsd: %w", err)
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".xsd" {
			continue
		}
		b, err := fs.ReadFile(fsys, path.Join(folder, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("xsd: %w", err)
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), b, 0o600); err != nil {
			return nil, fmt.Errorf("xsd: %w", err)
		}
	}
	s, err := xsd.ParseFromFile(filepath.Join(dir, path.Base(name)))
	if err != nil {
		return nil, fmt.Errorf("xsd: %s: %w", name, err)
	}
	return &Schema{s}, nil
}

// Validate validates one document. Findings come in document order.
func (s *Schema) Validate(name string, doc []byte) (diag.List, error) {
	if len(doc) == 0 {
		return diag.List{{Pos: diag.Pos{File: name, Line: 1, Column: 1}, Severity: diag.Error, Code: CodeNotWellFormed, Message: "the file is empty"}}, nil
	}
	if len(doc) > 1<<30 {
		return nil, fmt.Errorf("xsd: %s: more than 1 GiB", name)
	}
	// libxml2 keeps the last error a thread met
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var r C.sigla_report
	rc := C.sigla_validate(C.uintptr_t(s.compiled.Pointer()), (*C.char)(unsafe.Pointer(unsafe.SliceData(doc))), C.int(len(doc)), &r)
	runtime.KeepAlive(doc)
	defer C.sigla_free(&r)
	if rc == 0 {
		return nil, nil
	}
	if rc < 0 && r.n == 0 {
		return nil, fmt.Errorf("xsd: %s: libxml2 could not validate the file", name)
	}
	var out diag.List
	var lines [][]byte
	last := ""
	for _, x := range unsafe.Slice(r.list, int(r.n)) {
		if lines == nil {
			lines = bytes.SplitAfter(doc, []byte("\n"))
		}
		line, column, node := int(x.line), 0, C.GoString(x.node)
		if node != "" && 0 < line && line <= len(lines) {
			if i := startTag(lines[line-1], node); i >= 0 {
				column = utf8.RuneCount(lines[line-1][:i]) + 1
			}
		} else if node == "" {
			column = int(x.column)
		}
		f := diag.Finding{Pos: diag.Pos{File: name, Line: line, Column: column}, Severity: diag.Error}
		f.Code, f.Message = reword(C.GoString(x.message), node == "")
		// a bad value is told twice: by its facet and by its type
		if k := fmt.Sprint(f.Pos, f.Code); k != last || f.Code != CodeValue {
			out = append(out, f)
			last = k
		}
	}
	return out, nil
}

// startTag is where a start-tag of a name begins in a line, -1 where it does
// not.
func startTag(line []byte, name string) int {
	for at := 0; ; {
		i := bytes.Index(line[at:], []byte("<"+name))
		if i < 0 {
			return -1
		}
		i += at
		if end := i + 1 + len(name); end == len(line) || strings.IndexByte(" \t\r\n/>", line[end]) >= 0 {
			return i
		}
		at = i + 1
	}
}

var (
	namespaced = regexp.MustCompile(`\{[^}]*\}`)
	elementMsg = regexp.MustCompile(`^Element '([^']*)'(?:, attribute '([^']*)')?: (.*)$`)
	expected   = regexp.MustCompile(`Expected is (?:one of )?\( (.*) \)`)
	quoted     = regexp.MustCompile(`'([^']*)'`)
)

// reword turns libxml2's message into one that names at most five elements.
func reword(msg string, parser bool) (diag.Code, string) {
	msg = namespaced.ReplaceAllString(strings.Join(strings.Fields(msg), " "), "")
	if parser {
		return CodeNotWellFormed, lower(strings.TrimSuffix(msg, "."))
	}
	m := elementMsg.FindStringSubmatch(msg)
	if m == nil {
		return CodeInvalid, lower(strings.TrimSuffix(msg, "."))
	}
	el, attr, what := m[1], m[2], m[3]
	want := ""
	if x := expected.FindStringSubmatch(what); x != nil {
		names := strings.Split(x[1], ", ")
		if len(names) > 5 {
			names = append(names[:5], fmt.Sprintf("%d more", len(names)-5))
		}
		want = "; expected " + strings.Join(names, ", ")
	}
	switch {
	case strings.Contains(what, "This element is not expected"):
		return CodeElement, fmt.Sprintf("element %q is not allowed here%s", el, want)
	case strings.Contains(what, "Missing child element"):
		return CodeIncomplete, fmt.Sprintf("element %q is not complete%s", el, want)
	case strings.Contains(what, "No matching global declaration"):
		return CodeElement, fmt.Sprintf("element %q is not known to this schema", el)
	case strings.Contains(what, "Character content") || strings.Contains(what, "character content"):
		return CodeText, fmt.Sprintf("element %q may hold elements only, no words", el)
	case attr != "" && strings.Contains(what, "is not allowed"):
		return CodeAttribute, fmt.Sprintf("element %q has no attribute %q", el, attr)
	case strings.Contains(what, "is required but missing"):
		if q := quoted.FindStringSubmatch(what); q != nil {
			attr = q[1]
		}
		return CodeRequired, fmt.Sprintf("element %q lacks its attribute %q", el, attr)
	case strings.Contains(what, "IDREF") || strings.Contains(what, "'xs:ID'"):
		return CodeReference, fmt.Sprintf("element %q: %s", el, lower(strings.TrimSuffix(what, ".")))
	case attr != "":
		v := ""
		if q := quoted.FindStringSubmatch(what); q != nil {
			v = q[1]
		}
		return CodeValue, fmt.Sprintf("%q is not a value of the attribute %q of element %q", v, attr, el)
	}
	return CodeInvalid, fmt.Sprintf("element %q: %s", el, lower(strings.TrimSuffix(what, ".")))
}

func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return strings.ToLower(string(r)) + s[n:]
}
