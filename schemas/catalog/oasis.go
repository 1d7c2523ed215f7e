package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// OASIS XML Catalogs 1.1 (7 October 2005); numbers of clauses are its. All
// catalog files that the listed ones lead to are read at once, so that their
// faults are told whether or not a document needs them, and so that resolving
// is a walk over memory that many goroutines can do.

// The faults of catalog files.
const (
	CodeCatalogMissing    diag.Code = "catalog/missing"     // a catalog file that can't be read
	CodeCatalogRoot       diag.Code = "catalog/root"        // a file that is no catalog
	CodeCatalogElement    diag.Code = "catalog/element"     // an element that catalogs have not
	CodeCatalogAttribute  diag.Code = "catalog/attribute"   // a required attribute that is missing, or prefer with another value
	CodeCatalogAddress    diag.Code = "catalog/address"     // what is no address
	CodeCatalogNetwork    diag.Code = "catalog/network"     // a catalog in the network, which is not asked
	CodeCatalogLimit      diag.Code = "catalog/limit"       // too many files, or too large ones
	CodeCatalogWellFormed diag.Code = "catalog/well-formed" // XML that is not well-formed
)

const catalogNamespace = "urn:oasis:names:tc:entity:xmlns:xml:catalog"

// The bounds of catalogs.
const (
	maxCatalogs    = 1000 // files
	maxCatalogSize = 10 << 20
	maxSteps       = 10_000 // catalog files that one question is put to
)

// entryRow is a kind of entry: its element and what that must have.
type entryRow struct {
	element string
	match   string // the attribute that is compared
	to      string // the attribute that is the answer
}

// entryRows are the entries of a catalog (6.5), one row each.
var entryRows = []entryRow{
	{"public", "publicId", "uri"},
	{"system", "systemId", "uri"},
	{"rewriteSystem", "systemIdStartString", "rewritePrefix"},
	{"systemSuffix", "systemIdSuffix", "uri"},
	{"delegatePublic", "publicIdStartString", "catalog"},
	{"delegateSystem", "systemIdStartString", "catalog"},
	{"uri", "name", "uri"},
	{"rewriteURI", "uriStartString", "rewritePrefix"},
	{"uriSuffix", "uriSuffix", "uri"},
	{"delegateURI", "uriStartString", "catalog"},
	{"nextCatalog", "", "catalog"},
}

// entry is one entry of a catalog file.
type entry struct {
	match, to    string // normalised; to is absolute
	preferPublic bool
	pos          diag.Pos
}

// catalogFile is a catalog that was read.
type catalogFile struct {
	entries map[string][]entry // by element
}

// Catalogs are XML catalogs, ready to resolve by. They never change; nil has no
// entries.
type Catalogs struct {
	list  []string                // addresses of the files given
	files map[string]*catalogFile // by address; nil for one that can't be used
}

// OpenCatalogs reads catalog files and all that they lead to. The paths are
// absolute; a file: address does too. Findings tell of what can't be used, and
// the rest is used nevertheless.
func OpenCatalogs(paths []string) (*Catalogs, diag.List) {
	c := &Catalogs{files: map[string]*catalogFile{}}
	var findings diag.List
	queue := make([]entry, 0, len(paths))
	for _, p := range paths {
		address := p
		if scheme(p) == "" {
			address = FileURI(p)
		}
		c.list = append(c.list, address)
		queue = append(queue, entry{to: address, pos: diag.Pos{File: p}})
	}
	for i := 0; i < len(queue); i++ {
		from := queue[i]
		if _, done := c.files[from.to]; done {
			continue
		}
		if len(c.files) == maxCatalogs {
			findings = append(findings, diag.Finding{Pos: from.pos, Severity: diag.Error, Code: CodeCatalogLimit, Message: fmt.Sprintf("more than %d catalog files; the others are not read", maxCatalogs)})
			break
		}
		file, l := readCatalog(from)
		findings = append(findings, l...)
		c.files[from.to] = file
		if file == nil {
			continue
		}
		for _, row := range entryRows {
			if row.to == "catalog" {
				queue = append(queue, file.entries[row.element]...)
			}
		}
	}
	return c, findings
}

// readCatalog reads the catalog file that an entry leads to.
func readCatalog(from entry) (*catalogFile, diag.List) {
	fail := func(code diag.Code, format string, args ...any) (*catalogFile, diag.List) {
		return nil, diag.List{{Pos: from.pos, Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...)}}
	}
	if isWeb(from.to) {
		return fail(CodeCatalogNetwork, "the catalog %s lies in the network, which is not asked; save it and name the file", from.to)
	}
	p, ok := filePath(from.to)
	if !ok {
		return fail(CodeCatalogAddress, "%q names no file of this machine", from.to)
	}
	f, err := openRegular(filepath.FromSlash(p))
	if err != nil {
		return fail(CodeCatalogMissing, "the catalog %s can't be read: %s", p, plain(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxCatalogSize+1))
	switch {
	case err != nil:
		return fail(CodeCatalogMissing, "the catalog %s can't be read: %s", p, plain(err))
	case len(text) > maxCatalogSize:
		return fail(CodeCatalogLimit, "the catalog %s is larger than %d MB", p, maxCatalogSize>>20)
	}
	name := p
	if from.pos.Line == 0 {
		name = from.pos.File // as the user wrote it
	}
	return parseCatalog(name, from.to, text)
}

// scopeOf is what holds for the content of a catalog's element.
type scopeOf struct {
	base         string
	preferPublic bool
	ignored      bool // in an element of another namespace (6.1), or a wrong one
}

// parseCatalog reads a catalog file whose address is base.
func parseCatalog(name, base string, text []byte) (*catalogFile, diag.List) {
	file := &catalogFile{entries: map[string][]entry{}}
	var findings diag.List
	t := xmltok.NewBytes(name, text, nil)
	find := func(offset int, s diag.Severity, code diag.Code, format string, args ...any) {
		findings = append(findings, diag.Finding{Pos: t.Pos(offset), Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
	}
	scopes := []scopeOf{{base: base, preferPublic: true}}
	for {
		kind, err := t.Next()
		var bad *xmltok.Error
		switch {
		case errors.As(err, &bad):
			f := bad.Finding
			f.Message = "the catalog is not well-formed: " + f.Message
			f.Code = CodeCatalogWellFormed
			return nil, append(findings, f)
		case kind == xmltok.EOF:
			return file, findings
		case kind == xmltok.EndElement:
			scopes = scopes[:len(scopes)-1]
			continue
		case kind != xmltok.StartElement:
			continue
		}
		in := scopes[len(scopes)-1]
		depth := len(scopes)
		foreign := t.Name.Space != catalogNamespace
		switch {
		case depth == 1 && (foreign || t.Name.Local != "catalog"):
			find(t.Offset, diag.Error, CodeCatalogRoot, "not an XML catalog: the root is to be catalog in the namespace %s", catalogNamespace)
			return nil, findings
		case in.ignored || foreign:
			in.ignored = true
			scopes = append(scopes, in)
			continue
		}
		attrs := map[string]string{}
		for _, a := range t.Attrs {
			switch {
			case a.Name.Space == xmltok.XMLNamespace && a.Name.Local == "base":
				if in.base = normalURI(join(in.base, strings.TrimSpace(string(a.Value)))); scheme(in.base) == "" {
					find(a.Offset, diag.Error, CodeCatalogAddress, "xml:base=%q is no address", a.Value)
				}
			case a.Name.Space == "":
				attrs[a.Name.Local] = string(a.Value)
			}
		}
		if prefer, ok := attrs["prefer"]; ok {
			if prefer != "public" && prefer != "system" {
				find(t.Offset, diag.Warning, CodeCatalogAttribute, "prefer is public or system, not %q", prefer)
			}
			in.preferPublic = prefer != "system"
		}
		scopes = append(scopes, in)
		if t.Name.Local == "catalog" && depth == 1 || t.Name.Local == "group" && depth == 2 {
			continue
		}
		i := slices.IndexFunc(entryRows, func(r entryRow) bool { return r.element == t.Name.Local })
		if i < 0 || depth > 3 {
			find(t.Offset, diag.Warning, CodeCatalogElement, "a catalog has no <%s> here; it is left aside", t.Name.Local)
			scopes[len(scopes)-1].ignored = true
			continue
		}
		row := entryRows[i]
		match, hasMatch := attrs[row.match]
		to, hasTo := attrs[row.to]
		switch {
		case row.match != "" && !hasMatch:
			find(t.Offset, diag.Error, CodeCatalogAttribute, "<%s> needs the attribute %s", row.element, row.match)
			continue
		case !hasTo:
			find(t.Offset, diag.Error, CodeCatalogAttribute, "<%s> needs the attribute %s", row.element, row.to)
			continue
		}
		if strings.HasPrefix(row.match, "publicId") {
			match = normalPublic(match)
		} else {
			match = normalURI(match)
		}
		to = join(in.base, normalURI(strings.TrimSpace(to)))
		if _, err := url.Parse(to); err != nil || scheme(to) == "" {
			find(t.Offset, diag.Error, CodeCatalogAddress, "%s=%q is no address", row.to, attrs[row.to])
			continue
		}
		file.entries[row.element] = append(file.entries[row.element], entry{match, to, in.preferPublic, t.Pos(t.Offset)})
	}
}

// normalPublic is 6.2: white space is one space between words.
func normalPublic(s string) string { return strings.Join(strings.Fields(s), " ") }

// normalURI is 6.3: characters that an address may not have are escaped.
func normalURI(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// publicOf is 6.4: the public identifier that a urn:publicid: stands for (RFC
// 3151).
func publicOf(urn string) (string, bool) {
	const prefix = "urn:publicid:"
	if len(urn) < len(prefix) || !strings.EqualFold(urn[:len(prefix)], prefix) {
		return "", false
	}
	s := strings.NewReplacer("+", " ", ":", "//", ";", "::").Replace(urn[len(prefix):])
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	return normalPublic(s), true
}

// URI is what an address is to be replaced by (7.2).
func (c *Catalogs) URI(address string) (string, bool) {
	if public, ok := publicOf(address); ok {
		return c.External(public, "")
	}
	return c.resolve(question{uri: normalURI(address)})
}

// Address is URI, and what the address is as a system identifier where that has
// none: catalogs are often written with system entries alone.
func (c *Catalogs) Address(address string) (string, bool) {
	if to, ok := c.URI(address); ok {
		return to, true
	}
	return c.External("", address)
}

// External is the address for an external identifier: a public identifier, a
// system identifier or both (7.1).
func (c *Catalogs) External(public, system string) (string, bool) {
	public = normalPublic(public)
	if p, ok := publicOf(public); ok {
		public = p
	}
	if p, ok := publicOf(system); ok {
		if public == "" {
			public = p
		}
		system = ""
	}
	return c.resolve(question{public: public, system: normalURI(system)})
}

// question is what catalogs are asked for.
type question struct{ public, system, uri string }

// resolve asks the catalog files in order. A delegate replaces those that
// follow, nextCatalog goes before them (7.1.2, 7.2.2).
func (c *Catalogs) resolve(q question) (string, bool) {
	if c == nil || q == (question{}) {
		return "", false
	}
	type asked struct {
		file string
		q    question
	}
	seen := map[asked]bool{}
	list := c.list
	for steps := 0; len(list) > 0 && steps < maxSteps; steps++ {
		file := c.files[list[0]]
		again := seen[asked{list[0], q}]
		seen[asked{list[0], q}] = true
		list = list[1:]
		if file == nil || again {
			continue
		}
		to, delegates, narrowed := file.ask(q)
		switch {
		case to != "":
			return to, true
		case len(delegates) > 0:
			list, q = delegates, narrowed
		default:
			list = slices.Concat(file.next(), list)
		}
	}
	return "", false
}

// next are the catalogs to go on with.
func (f *catalogFile) next() []string {
	var l []string
	for _, e := range f.entries["nextCatalog"] {
		l = append(l, e.to)
	}
	return l
}

// ask puts a question to one file: the answer, or the catalogs that it is
// delegated to with what they are to be asked.
func (f *catalogFile) ask(q question) (to string, delegates []string, narrowed question) {
	if q.uri != "" {
		to, delegates = f.byAddress(q.uri, "uri", "rewriteURI", "uriSuffix", "delegateURI")
		return to, delegates, q
	}
	if q.system != "" {
		to, delegates = f.byAddress(q.system, "system", "rewriteSystem", "systemSuffix", "delegateSystem")
		if to != "" || len(delegates) > 0 {
			return to, delegates, question{system: q.system}
		}
	}
	if q.public == "" {
		return "", nil, q
	}
	counts := func(e entry) bool { return q.system == "" || e.preferPublic }
	for _, e := range f.entries["public"] {
		if e.match == q.public && counts(e) {
			return e.to, nil, q
		}
	}
	return "", delegatesOf(f.entries["delegatePublic"], func(e entry) bool { return strings.HasPrefix(q.public, e.match) && counts(e) }), question{public: q.public}
}

// byAddress looks for an address by equality, the longest begin, the longest
// end, and then for delegates.
func (f *catalogFile) byAddress(address, equal, rewrite, suffix, delegate string) (to string, delegates []string) {
	for _, e := range f.entries[equal] {
		if e.match == address {
			return e.to, nil
		}
	}
	if e, ok := longest(f.entries[rewrite], func(e entry) bool { return strings.HasPrefix(address, e.match) }); ok {
		return e.to + address[len(e.match):], nil
	}
	if e, ok := longest(f.entries[suffix], func(e entry) bool { return strings.HasSuffix(address, e.match) }); ok {
		return e.to, nil
	}
	return "", delegatesOf(f.entries[delegate], func(e entry) bool { return strings.HasPrefix(address, e.match) })
}

// longest is the first of the longest entries that fit.
func longest(l []entry, fits func(entry) bool) (best entry, ok bool) {
	for _, e := range l {
		if fits(e) && (!ok || len(e.match) > len(best.match)) {
			best, ok = e, true
		}
	}
	return best, ok
}

// delegatesOf are the catalogs of the entries that fit, the longest first.
func delegatesOf(l []entry, fits func(entry) bool) []string {
	l = slices.DeleteFunc(slices.Clone(l), func(e entry) bool { return !fits(e) })
	slices.SortStableFunc(l, func(a, b entry) int { return cmp.Compare(len(b.match), len(a.match)) })
	var to []string
	for _, e := range l {
		if !slices.Contains(to, e.to) {
			to = append(to, e.to)
		}
	}
	return to
}
