//go:build !cgo

package xsd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/lestrrat-go/helium"
	"github.com/lestrrat-go/helium/xsd"

	"sigla/tei/diag"
	"sigla/tei/lazyregexp"
)

// numbersElements tells that the engine knows an element's number by its line.
const numbersElements = true

// engine is a schema of helium.
type engine struct{ schema *xsd.Schema }

// parser reads texts that have been read once, within limits.
var parser = helium.NewParser().BlockXXE(true).LoadExternalDTD(false).AllowNetwork(false).MaxDepth(-1).MaxNodeContentSize(-1)

func newEngine(files []*file) (*engine, error) {
	seen, err := survey(files)
	if err != nil {
		return nil, fmt.Errorf("xsd: %s: %w", files[0].name, err)
	}
	if seen.work() > workLimit {
		return nil, &Error{Findings: diag.List{{Pos: diag.Pos{File: files[0].name}, Severity: diag.Error, Code: codeLimit,
			Message: "this schema is too large for a sigla that is built without cgo; use its RELAX NG form (.rng), or a sigla that is built with cgo and libxml2"}}}
	}
	if missing := seen.unresolved(); len(missing.list) > 0 {
		return nil, schemaError(files, missing, nil)
	}
	for _, f := range files {
		if f.text, err = withModels(f.text); err != nil {
			return nil, fmt.Errorf("xsd: %s: %w", f.name, err)
		}
	}
	ctx := context.Background()
	doc, err := parser.Parse(ctx, files[0].text)
	if err != nil {
		return nil, fmt.Errorf("xsd: %s: %w", files[0].name, err)
	}
	c := &collector{}
	s, err := xsd.NewCompiler().Version(xsd.Version11).Label(scheme+"0").BaseDir(scheme+"0").FS(numbered(files)).Parser(parser).ErrorHandler(c).Compile(ctx, doc)
	if err != nil {
		return nil, schemaError(files, c.faults, err)
	}
	return &engine{s}, nil
}

func (e *engine) validate(doc []byte) (faults, error) {
	ctx := context.Background()
	d, err := parser.Parse(ctx, doc)
	if err != nil {
		return faults{list: []fault{{message: err.Error(), syntax: true}}}, nil
	}
	c := &collector{}
	err = xsd.NewValidator(e.schema).ErrorHandler(c).Validate(ctx, d)
	if err != nil && len(c.list) == 0 {
		return faults{}, err
	}
	return c.faults, nil
}

// numbered are the files of a schema by their addresses.
type numbered []*file

// Open implements fs.FS.
func (n numbered) Open(name string) (fs.File, error) {
	i, err := strconv.Atoi(strings.TrimPrefix(name, scheme))
	if err != nil || i < 0 || i >= len(n) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return text{bytes.NewReader(n[i].text)}, nil
}

// text is an open file.
type text struct{ *bytes.Reader }

// Close implements fs.File.
func (text) Close() error { return nil }

// Stat implements fs.File.
func (text) Stat() (fs.FileInfo, error) { return nil, errors.ErrUnsupported }

// collector turns what helium says to faults.
type collector struct{ faults }

var compileMsg = lazyregexp.New(`(?s)^` + scheme + `(\d+):(\d+): element [^:]*: Schemas parser error : (.*)$`)

// Handle implements helium.ErrorHandler.
func (c *collector) Handle(_ context.Context, err error) {
	var level helium.ErrorLeveler
	if !errors.As(err, &level) || level.ErrorLevel() < helium.ErrorLevelError {
		return
	}
	f := fault{file: -1, message: err.Error()}
	var v *xsd.ValidationError
	if errors.As(err, &v) {
		f.element = number(v.Line)
		_, f.message, _ = strings.Cut(v.Error(), " : ")
	} else if m := compileMsg.FindStringSubmatch(f.message); m != nil {
		f.file, _ = strconv.Atoi(m[1])
		line, _ := strconv.Atoi(m[2])
		f.element = number(line)
		f.message = m[3]
	}
	f.attr = attribute(f.message)
	if len(c.list) == maxFindings {
		c.more++
		return
	}
	c.list = append(c.list, f)
}

// number is the number of the element whose line helium tells: it notes the line
// behind a start tag's name, where plain has written the line end.
func number(line int) int { return max(line-1, 0) }
