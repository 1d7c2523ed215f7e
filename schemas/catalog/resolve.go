package catalog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// Origin says by what a schema was found.
type Origin string

// The origins.
const (
	FromFile    Origin = "file"    // the path that was given, or as seen from the document
	FromLock    Origin = "lock"    // sigla.lock
	FromCatalog Origin = "catalog" // an XML catalog
	FromStore   Origin = "store"
	FromNetwork Origin = "network" // fetched just now, and kept in the store
)

// Found is a schema that is at hand.
type Found struct {
	FS          fs.FS  // with the schema and all that it includes
	Name        string // of its main file in FS
	URL         string // its address; of a file of the machine its path
	SHA256      string // of its main file
	Data        []byte // of its main file, where it was read already
	Description        // what it says of itself
	Origin      Origin
	Entry       *Entry // of the store; nil for a file of the machine
}

// Resolver finds schemas. The zero value finds files only. It can be used by
// many goroutines.
type Resolver struct {
	Files    fs.FS  // the machine's files by the paths that users write: schemas.Host
	Dir      string // the present folder, absolute: relative references are looked up in catalogs by it
	Catalogs *Catalogs
	Store    *Store
	Lock     *Lock
	Fetch    *Fetcher         // nil: the network is never used
	Now      func() time.Time // the date of what is fetched; needed with Fetch
}

// NotFoundError says that a schema is nowhere, and which command gets it.
type NotFoundError struct {
	Href    string
	Why     string
	Command string // as "sigla schema add https://…"; "" if none would help
}

func (e *NotFoundError) Error() string {
	if e.Command == "" {
		return e.Href + ": " + e.Why
	}
	return fmt.Sprintf("%s: %s; get it by: %s", e.Href, e.Why, e.Command)
}

// Resolve finds the schema that a reference in the document at the path base
// means. A path that the user named comes first, then the lock file, the
// catalogs, the store, the network where there is a Fetcher, and the path as
// seen from the document. The error is a *NotFoundError if there is none.
func (r *Resolver) Resolve(ctx context.Context, ref Reference, base string) (Found, error) {
	href := ref.Href
	if ref.Named {
		if found, err := r.file(ctx, href, FromFile); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return found, err
		}
		base = ""
	}
	if found, err := r.kept(ctx, href, ref.Named, FromStore); !errors.Is(err, errNowhere) {
		return found, err
	}
	whole := r.whole(href, base)
	for _, address := range []string{href, whole} {
		to, ok := r.Catalogs.Address(address)
		switch {
		case !ok:
		case isWeb(to):
			found, err := r.kept(ctx, to, false, FromCatalog)
			if errors.Is(err, errNowhere) {
				found, err = r.fetch(ctx, to)
			}
			return found, err
		default:
			p, ok := filePath(to)
			if !ok {
				return Found{}, &NotFoundError{Href: href, Why: fmt.Sprintf("the XML catalog leads to %s, which is no file of this machine", to)}
			}
			found, err := r.file(ctx, filepath.FromSlash(p), FromCatalog)
			if errors.Is(err, fs.ErrNotExist) {
				return Found{}, &NotFoundError{Href: href, Why: fmt.Sprintf("the XML catalog leads to %s, and there is no such file", p)}
			}
			return found, err
		}
	}
	if isWeb(href) {
		return r.fetch(ctx, href)
	}
	if _, _, known := parseName(href); ref.Named && known {
		return r.fetch(ctx, href)
	}
	return r.beside(ctx, ref, base)
}

// errNowhere says that neither the lock file nor the store has a schema.
var errNowhere = errors.New("neither locked nor stored")

// kept asks the lock file and then the store; what is locked and not stored is
// fetched, if that is allowed. Names count only where the user
// wrote them.
func (r *Resolver) kept(ctx context.Context, href string, named bool, origin Origin) (Found, error) {
	if !named && scheme(href) == "" || r.Store == nil {
		return Found{}, errNowhere
	}
	if locked, ok := r.Lock.Find(href); ok {
		e, ok, err := r.Store.Locked(locked)
		if err == nil && !ok && r.Fetch != nil {
			return r.fetch(ctx, href)
		}
		if err == nil && !ok {
			err = &NotFoundError{href, "it is locked in " + LockName + ", and the store has it not in that version", "sigla schema add --locked"}
		}
		if err != nil {
			return Found{}, err
		}
		return r.stored(&e, FromLock)
	}
	list, err := r.Store.Find(href)
	if len(list) == 0 {
		if err != nil {
			return Found{}, err
		}
		return Found{}, errNowhere
	}
	return r.stored(&list[0], origin)
}

// stored is an entry of the store.
func (r *Resolver) stored(e *Entry, origin Origin) (Found, error) {
	fsys, err := r.Store.FS(e)
	if err != nil {
		return Found{}, err
	}
	return Found{FS: fsys, Name: e.Files[0].Name, URL: e.URL, SHA256: e.SHA256, Description: Description{e.Language, e.Title, e.Version}, Origin: origin, Entry: e}, nil
}

// fetch gets a schema from the network, if that is allowed.
func (r *Resolver) fetch(ctx context.Context, arg string) (Found, error) {
	if r.Fetch == nil || r.Store == nil {
		return Found{}, &NotFoundError{arg, "the schema is not in the store, and the network is not asked", addCommand(arg)}
	}
	t, err := Lookup(arg)
	locked, isLocked := r.Lock.Find(arg)
	if isLocked {
		t, err = locked.Target(), nil
	}
	if err != nil {
		return Found{}, err
	}
	d, err := r.Fetch.Fetch(ctx, t)
	if err == nil && isLocked {
		err = locked.Holds(d.Files)
	}
	if err != nil {
		return Found{}, err
	}
	e, err := r.Store.Put(d, r.Now())
	if err != nil {
		return Found{}, err
	}
	return r.stored(&e, FromNetwork)
}

// whole is the absolute address that href means in the document base.
func (r *Resolver) whole(href, base string) string {
	if scheme(href) != "" || r.Dir == "" {
		return href
	}
	doc := filepath.ToSlash(base)
	if !path.IsAbs(doc) && !isDrive(doc) {
		doc = path.Join(filepath.ToSlash(r.Dir), doc)
		if base == "" {
			doc += "/"
		}
	}
	return join(FileURI(doc), normalURI(href))
}

// beside is the file that a document's relative reference, or a file: address,
// names. A document is not trusted: only files that are schemas by their ending
// are opened.
func (r *Resolver) beside(ctx context.Context, ref Reference, base string) (Found, error) {
	href := ref.Href
	p := unescaped(href)
	switch c := scheme(href); {
	case c == "file":
		local, ok := filePath(href)
		if !ok {
			return Found{}, &NotFoundError{Href: href, Why: "the address names no file of this machine"}
		}
		p = filepath.FromSlash(local)
	case c != "":
		return Found{}, &NotFoundError{Href: href, Why: fmt.Sprintf("schemas are found by path, http, https and file, not by %s", c)}
	case !path.IsAbs(p) && !isDrive(p):
		p = filepath.Join(filepath.Dir(base), filepath.FromSlash(p))
	}
	if !ref.Named && LanguageOf(p) == "" {
		return Found{}, &NotFoundError{Href: href, Why: "a document may name only files that end in .rng, .rnc, .xsd or .sch; use --schema for others"}
	}
	found, err := r.file(ctx, p, FromFile)
	if !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	missing := &NotFoundError{Href: href, Why: "there is no such file"}
	if !ref.Named {
		missing.Why = "the document asks for this schema, and there is no such file"
		if p != filepath.FromSlash(href) {
			missing.Why = fmt.Sprintf("the document asks for this schema, and there is no file %s", p)
		}
		missing.Why += "; put it there, or correct the path in the document"
	}
	name := strings.TrimSuffix(path.Base(filepath.ToSlash(href)), path.Ext(href))
	if k, _, known := parseName(name); known {
		missing.Command = addCommand(k.Name)
	} else if ref.Named && scheme(href) == "" && LanguageOf(href) == "" {
		missing.Why = (&UnknownNameError{href}).why()
	} else if strings.Contains(href, `\`) {
		missing.Why += `; write / in place of \`
	}
	return Found{}, missing
}

// file is a file of the machine.
func (r *Resolver) file(ctx context.Context, p string, origin Origin) (Found, error) {
	if strings.ContainsRune(p, 0) {
		return Found{}, &NotFoundError{Href: p, Why: "a path has no NUL in it"}
	}
	data, err := readRegular(p, p, maxSize)
	if err != nil {
		return Found{}, err
	}
	name := filepath.ToSlash(p)
	found := Found{FS: r.withIncludes(ctx, name, data), Name: name, URL: p, SHA256: Hash(data), Data: data, Description: Describe(name, data), Origin: origin}
	if _, laid := found.FS.(overlay); laid { // the file may be read with other references
		found.Data = nil
	}
	return found, nil
}

// plain is an error of the system without the call that met it.
func plain(err error) string {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, os.ErrPermission):
		return "it may not be read"
	case errors.As(err, &p):
		return p.Err.Error()
	}
	return err.Error()
}
