package catalog

import (
	"context"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// A schema on this machine may include others by whole address, as XML Schemas
// do with xml.xsd. What the lock file, the store or a catalog knows of those is
// laid over the machine's files: a file that needs it is read with other
// references, and schemas of the store stand in a folder that no disk has.

// mounted is the folder of schemas of the store in an overlay.
const mounted = "/sigla.store/"

// overlay is the machine's files with some files over them.
type overlay struct {
	over  memory
	files fs.FS
}

// Open opens the file that lies over the machine's, or else the machine's.
func (o overlay) Open(name string) (fs.File, error) {
	if _, ok := o.over[path.Clean(name)]; ok {
		return o.over.Open(name)
	}
	f, err := o.files.Open(name)
	if err != nil && strings.HasPrefix(path.Clean(name), mounted) {
		return o.over.Open(name)
	}
	return f, err
}

// withIncludes is the file system by which the schema in a file of the machine
// finds what it includes.
func (r *Resolver) withIncludes(ctx context.Context, name string, data []byte) fs.FS {
	type reached struct {
		name string
		data []byte
	}
	over := memory{}
	queue := []reached{{path.Clean(name), data}}
	seen := map[string]bool{queue[0].name: true}
	visit := func(name string) {
		if seen[name] || len(queue) == maxParts {
			return
		}
		seen[name] = true
		if data, err := readRegular(filepath.FromSlash(name), name, maxSize); err == nil { // what can't be read is the engine's to tell
			queue = append(queue, reached{name, data})
		}
	}
	for i := 0; i < len(queue); i++ {
		f := queue[i]
		language := languageOf(f.name, f.data)
		links := map[string]string{}
		for _, p := range parts(language, f.data) {
			href, fragment, _ := strings.Cut(p.href, "#")
			if c := scheme(href); c == "" || c == "file" {
				if target := engineName(f.name, p); target != "" && target != f.name {
					visit(target)
				}
				continue
			}
			if to := r.elsewhere(ctx, href, over); to != "" {
				links[p.href] = escaped(to, fragment)
				if !strings.HasPrefix(to, mounted) {
					visit(to)
				}
			}
		}
		if len(links) > 0 && utf8.Valid(f.data) {
			over[f.name] = rewrite(language, f.data, links)
		}
	}
	if len(over) == 0 {
		return r.Files
	}
	return overlay{over, r.Files}
}

// elsewhere is the path of what an included address means: a file of the
// machine, or one of the store, which is put into over. It is "" if there is
// none.
func (r *Resolver) elsewhere(ctx context.Context, address string, over memory) string {
	found, err := r.kept(ctx, address, false, FromStore)
	if err != nil {
		to, ok := r.Catalogs.Address(address)
		if !ok {
			return ""
		}
		if p, isFile := filePath(to); isFile {
			return path.Clean(p)
		}
		if found, err = r.kept(ctx, to, false, FromCatalog); err != nil {
			return ""
		}
	}
	folder := mounted + found.SHA256
	for name, data := range found.FS.(memory) {
		over[path.Join(folder, name)] = data
	}
	return path.Join(folder, found.Name)
}

// escaped is a path with a fragment as it is written into an attribute or a
// literal.
func escaped(p, fragment string) string {
	s := (&url.URL{Path: p}).EscapedPath()
	if fragment != "" {
		s += "#" + fragment
	}
	return strings.NewReplacer("&", "%26", "'", "%27", "<", "%3C", `"`, "%22").Replace(s)
}
