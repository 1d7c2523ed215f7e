package batch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sigla/schemas"
	"sigla/schemas/catalog"
	"sigla/tei/diag"
)

// engine is a schema, opened when the first document needs it.
type engine struct {
	use    diag.Schema
	key    string // tells it from others
	found  catalog.Found
	files  *recorder // of the schema: what it was made of
	phase  string
	once   sync.Once
	checks []check
	err    error

	telling sync.Mutex // for use
}

// tell says how many rules the schema has, and which do not run.
func (e *engine) tell(rules int, notRun []diag.NotRun) {
	e.telling.Lock()
	defer e.telling.Unlock()
	e.use.Rules, e.use.NotRun = rules, notRun
}

// covers reports that a document that is validated by e needs no second look by
// f, the rules embedded in the same grammar.
func (e *engine) covers(f *engine, o *Options) bool {
	return f.found.Language == catalog.Schematron && e.found.Language != catalog.Schematron && !o.Grammar &&
		e.found.SHA256 == f.found.SHA256 && e.phase == f.phase
}

// resolution is what a reference leads to.
type resolution struct {
	once   sync.Once
	engine *engine
	err    error
}

// SchemaError says what is wrong with a schema.
type SchemaError struct {
	Name     string
	Findings diag.List
}

func (e *SchemaError) Error() string { return e.Name + " is not a correct schema" }

// resolve finds a schema once, however many documents name it.
func (c *Checker) resolve(ctx context.Context, ref catalog.Reference, base string) (*engine, error) {
	phase := ref.Phase
	if c.o.Phase != "" {
		phase = c.o.Phase
	}
	from := filepath.Dir(base)
	if ref.Named || strings.Contains(ref.Href, ":") {
		from = ""
	}
	key := strings.Join([]string{ref.Href, from, phase, string(ref.Language), fmt.Sprint(ref.Named)}, "\x00")
	c.mu.Lock()
	r := c.resolved[key]
	if r == nil {
		r = &resolution{}
		c.resolved[key] = r
	}
	c.mu.Unlock()
	r.once.Do(func() {
		found, err := c.o.Resolver.Resolve(ctx, ref, base)
		if err != nil {
			r.err = err
			return
		}
		language := found.Language
		if ref.Language != "" {
			language = ref.Language
		}
		if language == "" {
			r.err = &schemas.UnknownLanguageError{Name: ref.Href}
			return
		}
		r.engine = c.engine(ref, found, language, phase)
	})
	return r.engine, r.err
}

func (c *Checker) engine(ref catalog.Reference, found catalog.Found, language catalog.Language, phase string) *engine {
	key := strings.Join([]string{found.URL, found.SHA256, string(language), phase}, "\x00")
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.engines[key]
	if e == nil {
		found.Language = language
		e = &engine{key: key, found: found, phase: phase, files: &recorder{fsys: found.FS, main: found}, use: diag.Schema{
			Name: ref.Href, Title: found.Title, Version: found.Version, Language: string(language), SHA256: found.SHA256}}
		c.engines[key] = e
	}
	return e
}

// open compiles the schema.
func (e *engine) open(c *Checker) error {
	e.once.Do(func() {
		if c.o.Slow != nil {
			slow := time.AfterFunc(2*time.Second, func() { c.o.Slow(e.use.Name) })
			defer slow.Stop()
		}
		for _, l := range languages {
			if l.language == e.found.Language {
				e.checks, e.err = l.open(e, &c.o)
				e.err = e.explain(e.err)
				return
			}
		}
		e.err = fmt.Errorf("%s: Sigla does not validate by %s", e.use.Name, e.found.Language)
	})
	return e.err
}

// explain turns an engine's complaint about a schema into a SchemaError.
func (e *engine) explain(err error) error {
	if l, is := schemas.Faults(err); is {
		return &SchemaError{e.use.Name, l}
	}
	return err
}

// Files are the paths of the files that the schemas in use were made of, those
// in the store and the built-in ones excepted.
func (c *Checker) Files() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var l []string
	for _, e := range c.engines {
		if e.found.Origin == catalog.FromFile || e.found.Origin == catalog.FromCatalog {
			l = append(l, e.found.Name)
			for _, f := range e.files.made() {
				l = append(l, f.Name)
			}
		}
	}
	slices.Sort(l)
	return slices.Compact(l)
}

// ownOrigin is the origin of the schemas of Options.Otherwise.
const ownOrigin catalog.Origin = "built in"

// fence is what a document may include: it is not trusted to read all files.
func (c *Checker) fence(name string) fs.FS {
	f := fenced{fsys: c.o.Files}
	for _, dir := range []string{filepath.Dir(name), c.o.Root} {
		if abs, err := filepath.Abs(dir); err == nil {
			f.roots = append(f.roots, unlinked(abs))
		}
	}
	return f
}

type fenced struct {
	fsys  fs.FS
	roots []string
}

// unlinked is a path without links, as far as there is such a file.
func unlinked(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		return p
	}
	return path
}

// Open implements fs.FS.
func (f fenced) Open(name string) (fs.File, error) {
	refuse := func(why string) (fs.File, error) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New(why)}
	}
	abs, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	inside := func(p string) bool {
		return slices.ContainsFunc(f.roots, func(root string) bool {
			rel, err := filepath.Rel(root, p)
			return err == nil && filepath.IsLocal(rel)
		})
	}
	whole, err := filepath.EvalSymlinks(abs)
	if err != nil { // what is not there leads nowhere
		whole = filepath.Join(unlinked(filepath.Dir(abs)), filepath.Base(abs))
	}
	if !inside(whole) {
		return refuse("it lies outside of the document's folder and the present one, which documents may not read")
	}
	if info, err := os.Stat(abs); err == nil && !info.Mode().IsRegular() && !info.IsDir() { // a pipe would be waited for for ever
		return refuse("is not an ordinary file")
	}
	return f.fsys.Open(name)
}
