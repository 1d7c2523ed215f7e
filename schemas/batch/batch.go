// Package batch validates many documents, each by the schemas that it asks for
// or that the caller names: RELAX NG, XML Schema and Schematron in one go, with
// the lints of TEI beside them.
//
//	c, err := batch.New(ctx, batch.Options{Schemas: []string{"tei_all.rng"}, Resolver: &catalog.Resolver{Files: schemas.Host}})
//	…
//	r := c.File(ctx, "letter.xml", f, size)
//
// The files: batch.go is the way of one document; engines.go opens schemas, once
// each; checks.go is the table of what a schema of each language is made into;
// cache.go keeps results between runs.
package batch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"sigla/schemas"
	"sigla/schemas/catalog"
	"sigla/schemas/lint"
	"sigla/schemas/xinclude"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Codes of findings about the schemas of a document.
const (
	CodeSchemaMissing diag.Code = "schema/missing"  // a schema that the document names is nowhere
	CodeSchemaFaulty  diag.Code = "schema/faulty"   // a schema that the document names can't be used
	CodeSchemaStoodIn diag.Code = "schema/stood-in" // another was used, under which nothing is valid that would not be under it
	CodeUnreadable    diag.Code = "input/unreadable"
	CodeTooLarge      diag.Code = "input/too-large"
	CodeMoreFindings  diag.Code = "input/more-findings" // the file was not read to its end: see Options.Findings
)

// Options say how documents are validated.
type Options struct {
	Schemas    []string                     // that the user names; empty: those that a document asks for
	SchemasFor func(file string) []string   // that the configuration names for a file; nil: none
	Resolver   *catalog.Resolver            // finds schemas
	Otherwise  []catalog.Found              // the schemas where none is named; none: well-formedness and lints alone
	StandsIn   func(catalog.Reference) bool // whether all that is valid under Otherwise is valid under a schema that is not at hand; nil: never
	Phase      string                       // of Schematron; "" is the schema's default
	Grammar    bool                         // by grammars alone: no embedded Schematron and no lints
	XInclude   bool                         // included files are part of a document
	Corpus     bool                         // pointers are followed from file to file: see Checker.Corpus
	Explain    bool                         // findings carry all that was expected
	Findings   int                          // of one document; 0 is the engines' own bound
	Lint       func(diag.Code, string) bool // whether a lint runs on a file; nil: those that are on by default
	Traces     bool                         // results carry what Schematron did
	Files      fs.FS                        // what XInclude reads, of which a document sees what lies below its own folder or Root; nil is the machine's files
	Root       string                       // a folder; "" is the present one
	Slow       func(schema string)          // told when a schema takes seconds to open; may be nil
	Now        time.Time                    // what current-date() of XPath gives; rules that ask for it fail where it is zero
	Cache      *Cache                       // nil: nothing is kept
}

// Result is what was found in a document.
type Result struct {
	File diag.File      // its Schemas are left to the caller, who knows their order: see Used
	Used []*diag.Schema // by what it was validated; the same schema is the same pointer
	Lint *lint.Result   // with Options.Corpus
	Err  error          // the program or a schema could not do its work; findings may stand beside it
}

// Checker validates documents. It can be used by many goroutines.
type Checker struct {
	o     Options
	named []*engine // of Options.Schemas
	dir   string    // the present folder

	mu       sync.Mutex
	resolved map[string]*resolution
	engines  map[string]*engine
	shards   map[string]*shard
}

// New opens what Options.Schemas names. An error is a *catalog.NotFoundError, a
// *SchemaError or one of the machine.
func New(ctx context.Context, o Options) (*Checker, error) {
	if o.Files == nil {
		o.Files = schemas.Host
	}
	dir, err := filepath.Abs(".")
	if err != nil {
		return nil, err
	}
	c := &Checker{o: o, dir: dir, resolved: map[string]*resolution{}, engines: map[string]*engine{}, shards: map[string]*shard{}}
	for _, s := range o.Schemas {
		e, err := c.resolve(ctx, catalog.Named(s), "")
		if err != nil {
			return nil, err
		}
		c.named = append(c.named, e)
	}
	if o.Cache == nil { // with one, a run may do without any schema
		for _, e := range c.named {
			if err := e.open(c); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

// inMemory is up to which size a document is read at once where a window over it
// would do; streamed is from where on it must.
const (
	inMemory = 1 << 20
	streamed = 1 << 30
)

// File validates one document. Size is its length in bytes, or negative where
// that is not known.
func (c *Checker) File(ctx context.Context, name string, r io.Reader, size int64) (res *Result) {
	res = &Result{File: diag.File{Name: name}}
	defer func() { // a fault of ours in one file is no reason to leave the others
		if p := recover(); p != nil {
			res.Err = fmt.Errorf("%s: a fault of Sigla itself: %v\n%s", name, p, debug.Stack())
		}
	}()
	engines, declared := c.named, false
	if len(engines) == 0 && c.o.SchemasFor != nil {
		for _, s := range c.o.SchemasFor(name) {
			e, err := c.resolve(ctx, catalog.Named(s), "")
			if err != nil {
				res.missing(diag.Pos{File: name}, err)
				continue
			}
			engines = append(engines, e)
		}
		declared = len(engines) == 0 && res.Err == nil
	} else {
		declared = len(engines) == 0
	}
	if !declared && c.o.Grammar && (size < 0 || size > inMemory) && c.stream(ctx, engines, r, res) {
		return res
	}
	if size > streamed {
		res.add(diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: CodeTooLarge, Message: fmt.Sprintf("the file has %d MB, and Schematron and lints need it in memory; --grammar-only reads files of any size", size>>20)})
		return res
	}
	var whole bytes.Buffer
	if size > 0 {
		whole.Grow(int(size) + bytes.MinRead)
	}
	if _, err := whole.ReadFrom(r); err != nil {
		res.unreadable(err)
		return res
	}
	doc := whole.Bytes()
	if declared {
		var missing []missingSchema
		engines, missing = c.declared(ctx, name, doc, res)
		if len(engines) == 0 && c.stoodIn(ctx, missing, doc, res) {
			return res
		}
		for _, m := range missing {
			res.missing(m.ref.Pos, m.err)
		}
	}
	c.validate(ctx, engines, doc, res)
	return res
}

// stoodIn validates by the schemas of Options.Otherwise in place of those that
// are missing, if they can stand for them. That the document is valid then says
// that it is valid under those; that it is not says nothing, and is not told.
func (c *Checker) stoodIn(ctx context.Context, missing []missingSchema, doc []byte, res *Result) bool {
	if len(missing) == 0 || c.o.StandsIn == nil || slices.ContainsFunc(missing, func(m missingSchema) bool { return !c.o.StandsIn(m.ref) }) {
		return false
	}
	trial := &Result{File: diag.File{Name: res.File.Name, Findings: slices.Clone(res.File.Findings)}}
	c.validate(ctx, c.otherwise(), doc, trial)
	if worst, any := trial.File.Findings.Worst(); trial.Err != nil || any && worst == diag.Error {
		return false
	}
	m := missing[0]
	message := fmt.Sprintf("%s is not at hand; the file is valid by a profile of it, so it is valid by that grammar too", m.ref.Href)
	var lost *catalog.NotFoundError
	if errors.As(m.err, &lost) && lost.Command != "" {
		message += "; to run the schema's own Schematron rules as well, get it by: " + lost.Command
	}
	trial.add(diag.Finding{Pos: m.ref.Pos, Severity: diag.Info, Code: CodeSchemaStoodIn, Message: message})
	trial.File.Findings.Sort()
	*res = *trial
	return true
}

// missingSchema is a schema that a document names and that can't be had.
type missingSchema struct {
	ref catalog.Reference
	err error
}

// declared finds the schemas that the document asks for.
func (c *Checker) declared(ctx context.Context, name string, doc []byte, res *Result) (l []*engine, missing []missingSchema) {
	refs, findings := catalog.Declared(name, doc)
	res.add(findings...)
	for _, ref := range refs {
		e, err := c.resolve(ctx, ref, name)
		if err != nil {
			missing = append(missing, missingSchema{ref, err})
			continue
		}
		if !slices.ContainsFunc(l, func(had *engine) bool { return had == e || had.covers(e, &c.o) }) {
			l = append(l, e)
		}
	}
	if len(refs) == 0 {
		l = c.otherwise()
	}
	return l, missing
}

// otherwise are the schemas for documents that ask for none.
func (c *Checker) otherwise() []*engine {
	var l []*engine
	for _, found := range c.o.Otherwise {
		if c.o.Grammar && found.Language == catalog.Schematron {
			continue
		}
		found.Origin = ownOrigin
		l = append(l, c.engine(catalog.Reference{Href: found.Name}, found, found.Language, ""))
	}
	return l
}

func (r *Result) add(l ...diag.Finding) { r.File.Findings = append(r.File.Findings, l...) }

func (r *Result) unreadable(err error) {
	r.add(diag.Finding{Pos: diag.Pos{File: r.File.Name}, Severity: diag.Error, Code: CodeUnreadable, Message: diag.Reason(err).Error()})
}

// missing tells of a schema that the document or the configuration names and
// that can't be had. It is a finding, for it is the document that names it, and
// a fault, for the document was not validated by it.
func (r *Result) missing(at diag.Pos, err error) {
	r.add(diag.Finding{Pos: at, Severity: diag.Error, Code: CodeSchemaMissing, Message: err.Error()})
	r.Err = err
}

// stream validates by a grammar through a window, if that can be done.
func (c *Checker) stream(ctx context.Context, engines []*engine, r io.Reader, res *Result) bool {
	if len(engines) != 1 || c.o.XInclude || c.o.Corpus || c.o.Cache != nil {
		return false
	}
	e := engines[0]
	if err := e.open(c); err != nil {
		res.faulty(e, diag.Pos{File: res.File.Name}, err)
		return true
	}
	if len(e.checks) != 1 || e.checks[0].whole() {
		return false
	}
	l, _, err := e.checks[0].run(ctx, schemas.Instance{Name: res.File.Name, Reader: r}, &c.o)
	var p *fs.PathError
	switch {
	case errors.As(err, &p):
		res.unreadable(err)
	case err != nil:
		res.Err = fmt.Errorf("%s: %w", res.File.Name, err)
	default:
		res.add(l...)
		if c.full(l) {
			res.add(c.more(res.File.Name))
		}
	}
	res.Used = []*diag.Schema{&e.use}
	return true
}

// full reports whether a schema has said as much of a document as it may.
func (c *Checker) full(l diag.List) bool { return c.o.Findings > 0 && len(l) >= c.o.Findings }

// more tells that there may be more findings than are told.
func (c *Checker) more(name string) diag.Finding {
	return diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Info, Code: CodeMoreFindings,
		Message: fmt.Sprintf("only the first %d of what a schema finds are told, and the rest of the file was not read; mend these, or write --max-findings %d", c.o.Findings, 10*c.o.Findings)}
}

// faulty tells of a schema that can't be used.
func (r *Result) faulty(e *engine, at diag.Pos, err error) {
	f := diag.Finding{Pos: at, Severity: diag.Error, Code: CodeSchemaFaulty, Message: fmt.Sprintf("the schema %s can't be used: %v", e.use.Name, err)}
	var bad *SchemaError
	if errors.As(err, &bad) && len(bad.Findings) > 0 {
		first := bad.Findings[0]
		f.Message = fmt.Sprintf("the schema %s is not correct, so the file was not validated by it", e.use.Name)
		f.Related = []diag.Related{{Pos: first.Pos, Message: first.Message}}
	}
	r.add(f)
	r.Err = err
}

// validate asks the engines and the lints of a document in memory.
func (c *Checker) validate(ctx context.Context, engines []*engine, doc []byte, res *Result) {
	name := res.File.Name
	res.File.Text = xmltok.UTF8(doc)
	for _, e := range engines {
		res.Used = append(res.Used, &e.use)
	}
	var key string
	var kept *shard
	if c.o.Cache != nil && !c.o.XInclude && !c.o.Corpus && !c.o.Traces && res.Err == nil {
		kept, key = c.shard(engines), c.fileKey(name, doc)
		if l, known := kept.find(key); known {
			res.add(l...)
			res.File.Findings.Sort()
			return
		}
	}
	before := len(res.File.Findings)
	place := func(f diag.Finding) diag.Finding { return f }
	if c.o.XInclude {
		// the profile has no xml:base, which tells where included elements came from
		o := xinclude.Options{NoFixup: len(engines) > 0 && engines[0].found.Origin == ownOrigin}
		expanded, l, err := xinclude.Expand(ctx, c.fence(name), name, doc, o)
		if err != nil {
			res.Err = fmt.Errorf("%s: %w", name, err)
			return
		}
		res.add(l...)
		if expanded == nil {
			return
		}
		doc, place = expanded.Bytes, expanded.Place
	}
	wellFormed, more := true, false
	for _, e := range engines {
		if err := e.open(c); err != nil {
			res.faulty(e, diag.Pos{File: name}, err)
			res.Used = slices.DeleteFunc(res.Used, func(s *diag.Schema) bool { return s == &e.use })
			continue
		}
		for _, check := range e.checks {
			l, trace, err := check.run(ctx, schemas.Instance{Name: name, Doc: doc}, &c.o)
			if err != nil {
				res.Err = fmt.Errorf("%s: %w", name, err)
				return
			}
			for i := range l {
				l[i] = place(l[i])
			}
			if trace != nil {
				for _, p := range trace.Pattern {
					for _, f := range p.Fired {
						for i := range f.Findings {
							f.Findings[i] += len(res.File.Findings)
						}
					}
				}
				res.File.Trace = trace
			}
			res.add(l...)
			more = more || c.full(l)
			if slices.ContainsFunc(l, notWellFormed) { // all others would say the same
				wellFormed = false
				break
			}
		}
		if !wellFormed {
			break
		}
	}
	if wellFormed && !c.o.Grammar {
		c.lints(ctx, doc, place, res)
	}
	if more {
		res.add(c.more(name))
	}
	if !c.o.Traces { // whose indexes would be others
		res.File.Findings = distinct(res.File.Findings)
	}
	if kept != nil && res.Err == nil && ctx.Err() == nil {
		kept.keep(key, res.File.Findings[before:])
	}
	if !c.o.Traces {
		res.File.Findings.Sort()
	}
}

func notWellFormed(f diag.Finding) bool {
	return strings.HasPrefix(string(f.Code), "xml/") && f.Severity == diag.Error
}

// lints runs the lints. What a grammar has said of a place already is not said
// twice.
func (c *Checker) lints(ctx context.Context, doc []byte, place func(diag.Finding) diag.Finding, res *Result) {
	o := lint.Options{Findings: c.o.Findings, Corpus: c.o.Corpus, Expanded: c.o.XInclude}
	if c.o.Lint != nil {
		o.On = func(code diag.Code) bool { return c.o.Lint(code, res.File.Name) }
	}
	r, err := lint.File(ctx, res.File.Name, doc, o)
	if err != nil {
		res.Err = fmt.Errorf("%s: %w", res.File.Name, err)
		return
	}
	said := map[diag.Pos]bool{}
	for _, f := range res.File.Findings {
		said[f.Pos] = true
	}
	for _, f := range r.Findings {
		if f = place(f); !said[f.Pos] {
			res.add(f)
		}
	}
	if r.Malformed != nil && len(res.Used) == 0 { // no schema has said it
		res.add(place(*r.Malformed))
	}
	if c.o.XInclude {
		for i := range r.IDs {
			r.IDs[i].Pos = place(diag.Finding{Pos: r.IDs[i].Pos}).Pos
		}
		for i := range r.References {
			r.References[i].Pos = place(diag.Finding{Pos: r.References[i].Pos}).Pos
		}
	}
	res.Lint = r
}

// distinct is the list without findings that say the same of the same place, as
// two schemas of a document may.
func distinct(l diag.List) diag.List {
	type same struct {
		pos     diag.Pos
		code    diag.Code
		message string
	}
	seen := make(map[same]bool, len(l))
	return slices.DeleteFunc(l, func(f diag.Finding) bool {
		k := same{f.Pos, f.Code, f.Message}
		was := seen[k]
		seen[k] = true
		return was
	})
}
