package catalog_test

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sigla/schemas"
	"sigla/schemas/catalog"
)

// Each place is asked after the one before it: with all of them there the path
// wins, and taking one away after the other leaves the next.
func TestPlacesAreAskedInOrder(t *testing.T) {
	web := site(t, map[string]string{"/a.rng": letter, "/new.rng": letter})
	dir := catalogs(t, map[string]string{
		"docs/x.xml": "<?x?>", "docs/beside.rng": "<?x?>" + line,
		"cat/c.xml":     `<uri name="` + web.URL + `/a.rng" uri="local.rng"/><uri name="` + web.URL + `/lost.rng" uri="lost.rng"/>`,
		"cat/local.rng": "<?x?>" + line,
	})
	store := &catalog.Store{Dir: t.TempDir()}
	e := put(t, store, catalog.Target{URL: web.URL + "/a.rng"}, day)
	lock := catalog.NewLock([]catalog.Entry{e})
	cat, _ := catalog.OpenCatalogs([]string{filepath.Join(dir, "cat/c.xml")})
	doc := filepath.Join(dir, "docs/x.xml")
	ref := catalog.Reference{Href: web.URL + "/a.rng"}
	for _, tt := range []struct {
		r      catalog.Resolver
		ref    catalog.Reference
		origin catalog.Origin
	}{
		{catalog.Resolver{Store: store, Lock: lock, Catalogs: cat}, ref, catalog.FromLock},
		{catalog.Resolver{Store: store, Catalogs: cat}, ref, catalog.FromStore},
		{catalog.Resolver{Catalogs: cat}, ref, catalog.FromCatalog},
		{catalog.Resolver{Store: store, Lock: lock, Catalogs: cat}, catalog.Reference{Href: "beside.rng"}, catalog.FromFile},
		{catalog.Resolver{}, catalog.Named(filepath.Join(dir, "cat/local.rng")), catalog.FromFile},
		{catalog.Resolver{Store: store}, catalog.Named(e.SHA256), catalog.FromStore},
		{catalog.Resolver{Store: store, Fetch: &catalog.Fetcher{Client: &http.Client{}}, Now: func() time.Time { return day }}, catalog.Reference{Href: web.URL + "/new.rng"}, catalog.FromNetwork},
		{catalog.Resolver{Store: store}, catalog.Reference{Href: web.URL + "/new.rng"}, catalog.FromStore},
	} {
		tt.r.Files = schemas.Host
		found, err := tt.r.Resolve(t.Context(), tt.ref, doc)
		if err != nil || found.Origin != tt.origin || len(found.SHA256) != 64 {
			t.Errorf("%+v: %+v %v, want %s", tt.ref, found, err, tt.origin)
			continue
		}
		if err := compiles(found.FS, found.Name); err != nil && tt.origin != catalog.FromFile && tt.origin != catalog.FromCatalog {
			t.Error(err)
		}
	}
}

// What is nowhere tells the command that gets it, and the network is not asked.
func TestWhatIsMissingTellsTheCommand(t *testing.T) {
	asked := 0
	old := http.DefaultTransport
	http.DefaultTransport = roundTrip(func(r *http.Request) (*http.Response, error) { asked++; return nil, errors.New("no") })
	defer func() { http.DefaultTransport = old }()
	dir := catalogs(t, map[string]string{"c.xml": `<uri name="urn:lost" uri="lost.rng"/><uri name="urn:web" uri="https://mirror.example.org/x.rng"/>`, "x.xml": "<?x?>", "secret.txt": "<?x?>"})
	cat, _ := catalog.OpenCatalogs([]string{filepath.Join(dir, "c.xml")})
	locked := &catalog.Lock{Version: 1, Schemas: []catalog.LockedSchema{{URL: "https://example.org/locked.rng", SHA256: sum("x")}}}
	r := catalog.Resolver{Files: schemas.Host, Dir: dir, Catalogs: cat, Store: &catalog.Store{Dir: filepath.Join(dir, "none")}, Lock: locked}
	for _, tt := range []struct {
		ref           catalog.Reference
		says, command string
	}{
		{catalog.Reference{Href: "https://example.org/x.rng"}, "not in the store", "sigla schema add https://example.org/x.rng"},
		{catalog.Reference{Href: "https://example.org/a b';rm -rf $HOME.rng"}, "not in the store", `sigla schema add 'https://example.org/a b'\'';rm -rf $HOME.rng'`},
		{catalog.Reference{Href: "https://example.org/locked.rng"}, "locked in sigla.lock", "sigla schema add --locked"},
		{catalog.Named("tei_all@4.12.0"), "not in the store", "sigla schema add tei_all@4.12.0"},
		{catalog.Named("tei_al"), "known are tei_all", ""},
		{catalog.Named("no.rng"), "no such file", ""},
		{catalog.Reference{Href: "schema/tei_all.rng"}, "there is no file", "sigla schema add tei_all"},
		{catalog.Reference{Href: "no.rng"}, "there is no file", ""},
		{catalog.Reference{Href: `..\no.rng`}, `write / in place of \`, ""},
		{catalog.Reference{Href: `C:\schemas\no.rng`}, "there is no such file", ""},
		{catalog.Reference{Href: "tei_all"}, "may name only files that end in", ""},
		{catalog.Reference{Href: "secret.txt"}, "may name only files that end in", ""},
		{catalog.Reference{Href: "/etc/passwd"}, "may name only files that end in", ""},
		{catalog.Reference{Href: "file:///etc/passwd"}, "may name only files that end in", ""},
		{catalog.Reference{Href: "../../../../etc/no.rng"}, "there is no file", ""},
		{catalog.Reference{Href: "file://host/x.rng"}, "no file of this machine", ""},
		{catalog.Reference{Href: "ftp://example.org/x.rng"}, "not by ftp", ""},
		{catalog.Reference{Href: "urn:lost"}, "there is no such file", ""},
		{catalog.Reference{Href: "urn:web"}, "not in the store", "sigla schema add https://mirror.example.org/x.rng"},
		{catalog.Reference{Href: "a\x00.rng"}, "NUL", ""},
		{catalog.Reference{Href: "https://example.org/\x1b[31m.rng"}, "not in the store", "sigla schema add 'https://example.org/\x1b[31m.rng'"},
	} {
		_, err := r.Resolve(t.Context(), tt.ref, filepath.Join(dir, "x.xml"))
		var missing *catalog.NotFoundError
		if !errors.As(err, &missing) || missing.Command != tt.command || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: %v, want %q and %q", tt.ref.Href, err, tt.says, tt.command)
		}
	}
	if asked > 0 {
		t.Errorf("the network was asked %d times", asked)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

// A relative reference is found in a catalog by the address it has in the
// document's place.
func TestRelativeReferencesGoThroughCatalogs(t *testing.T) {
	dir := catalogs(t, map[string]string{"c.xml": `<rewriteURI uriStartString="schema/" rewritePrefix="kept/"/><rewriteURI uriStartString="FILEdocs/old/" rewritePrefix="kept/"/>`, "kept/a.rng": "<?x?>" + line})
	p := filepath.Join(dir, "c.xml")
	text, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(strings.Replace(string(text), "FILE", catalog.FileURI(dir)+"/", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	cat, findings := catalog.OpenCatalogs([]string{p})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	r := catalog.Resolver{Files: schemas.Host, Dir: dir, Catalogs: cat}
	for _, href := range []string{"schema/a.rng", "old/a.rng", "../docs/old/a.rng"} {
		found, err := r.Resolve(t.Context(), catalog.Reference{Href: href}, "docs/x.xml")
		if err != nil || found.Origin != catalog.FromCatalog || !strings.HasSuffix(found.Name, "kept/a.rng") {
			t.Errorf("%s: %+v %v", href, found, err)
		}
	}
}

// Where the network is allowed, what is locked comes from it in the locked
// version only.
func TestTheNetworkGivesWhatIsLocked(t *testing.T) {
	texts := map[string]string{"/a.rng": including("line.rng"), "/line.rng": line}
	web := site(t, texts)
	first := &catalog.Store{Dir: t.TempDir()}
	lock := catalog.NewLock([]catalog.Entry{put(t, first, catalog.Target{URL: web.URL + "/a.rng"}, day)})
	resolve := func() (catalog.Found, error) {
		r := catalog.Resolver{Files: schemas.Host, Lock: lock, Store: &catalog.Store{Dir: t.TempDir()}, Fetch: &catalog.Fetcher{Client: &http.Client{}}, Now: func() time.Time { return day }}
		return r.Resolve(t.Context(), catalog.Reference{Href: web.URL + "/a.rng"}, "x.xml")
	}
	if found, err := resolve(); err != nil || found.Origin != catalog.FromNetwork {
		t.Errorf("%+v %v", found, err)
	}
	for path, says := range map[string]string{"/line.rng": "/line.rng: not the file that was expected", "/a.rng": "/a.rng: not the file that was expected"} {
		was := texts[path]
		texts[path] += "<!-- changed -->"
		if found, err := resolve(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v %v", found, err)
		}
		texts[path] = was
	}
	lock.Schemas[0].Includes[0].URL += "x"
	if found, err := resolve(); err == nil || !strings.Contains(err.Error(), "which is not locked") {
		t.Errorf("%+v %v", found, err)
	}
	lock.Schemas[0].Includes = append(lock.Schemas[0].Includes, catalog.LockedFile{URL: web.URL + "/line.rng", SHA256: sum(line)})
	if found, err := resolve(); err == nil || !strings.Contains(err.Error(), "which is locked with it") {
		t.Errorf("%+v %v", found, err)
	}
}

// A pipe or device is not read, whoever names it.
func TestOnlyOrdinaryFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "zero.rng")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Skip("no symbolic links here")
	}
	r := catalog.Resolver{Files: schemas.Host}
	for _, ref := range []catalog.Reference{{Href: "zero.rng"}, catalog.Named(link), catalog.Named(dir)} {
		_, err := r.Resolve(t.Context(), ref, filepath.Join(dir, "x.xml"))
		var at *fs.PathError
		if !errors.As(err, &at) || !strings.Contains(err.Error(), "not an ordinary file") {
			t.Errorf("%s: %v", ref.Href, err)
		}
	}
}

func TestFileAddresses(t *testing.T) {
	for p, want := range map[string]string{
		"/a/b c.rng":   "file:///a/b%20c.rng",
		"/ü#?.rng":     "file:///%C3%BC%23%3F.rng",
		`C:\x\y z.rng`: "file:///C:/x/y%20z.rng",
		"d:/x.rng":     "file:///d:/x.rng",
	} {
		if got := catalog.FileURI(p); got != want {
			t.Errorf("%s: %s, want %s", p, got, want)
		}
	}
}

// A schema of this machine finds what it includes by whole address in the
// store, in the lock file's version, or by a catalog; and what is nowhere is
// for the engine to tell.
func TestLocalSchemasIncludeByAddress(t *testing.T) {
	web := site(t, map[string]string{"/line.rng": `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="deeper/x.rng"/></grammar>`, "/deeper/x.rng": line})
	dir := catalogs(t, map[string]string{
		"c.xml":           `<system systemId="https://example.org/line.rng" uri="kept/it's%20&amp;.rng"/>`,
		"kept/it's &.rng": "<?x?>" + line,
		"s/stored.rng":    "<?x?>" + including(web.URL+"/line.rng"),
		"s/catalog.rng":   "<?x?>" + including("https://example.org/line.rng"),
		"s/deep.rng":      "<?x?>" + including("../s2/part.rng"),
		"s2/part.rng":     `<?x?><grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="https://example.org/line.rng"/></grammar>`,
		"s/compact.rnc":   "<?x?>",
		"s/nowhere.rng":   "<?x?>" + including("https://example.org/none.rng"),
		"s/loop.rng":      `<?x?><grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="loop.rng"/></grammar>`,
	})
	if err := os.WriteFile(filepath.Join(dir, "s/compact.rnc"), []byte("include \"https://example.org/compact.rnc\"\nstart = line"), 0o666); err != nil {
		t.Fatal(err)
	}
	store := &catalog.Store{Dir: t.TempDir()}
	e := put(t, store, catalog.Target{URL: web.URL + "/line.rng"}, day)
	cat, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, "c.xml")})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	for name, works := range map[string]bool{"s/stored.rng": true, "s/catalog.rng": true, "s/deep.rng": true, "s/nowhere.rng": false, "s/loop.rng": false, "s/compact.rnc": false} {
		r := catalog.Resolver{Files: schemas.Host, Dir: dir, Catalogs: cat, Store: store, Lock: catalog.NewLock([]catalog.Entry{e})}
		found, err := r.Resolve(t.Context(), catalog.Named(filepath.Join(dir, name)), "")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := compiles(found.FS, found.Name); (err == nil) != works {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file whose bytes are known by a pin is that schema, wherever it came from:
// documents that name its published addresses find it.
func TestAPinnedFileHasItsName(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED does not name the folder of inputs")
	}
	const published = "https://www.tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng"
	local := catalog.FileURI(filepath.Join(shared, "schemas/tei/tei_all.rng"))
	store := &catalog.Store{Dir: t.TempDir()}
	e := put(t, store, catalog.Target{URL: local}, day)
	if e.Label() != "tei_all@4.12.0" || e.URL != published || e.Final != local {
		t.Errorf("%+v", e)
	}
	r := catalog.Resolver{Files: schemas.Host, Store: store, Lock: catalog.NewLock([]catalog.Entry{e})}
	for _, ref := range []catalog.Reference{{Href: published}, {Href: "https://vault.tei-c.org/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng"},
		{Href: "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"}, catalog.Named("tei_all"), catalog.Named("tei_all@4.12.0")} {
		if found, err := r.Resolve(t.Context(), ref, "x.xml"); err != nil || found.Origin != catalog.FromLock || found.Version != "4.12.0" {
			t.Errorf("%s: %+v %v", ref.Href, found, err)
		}
	}
}

// METS and MODS import others by their address at the Library of Congress,
// which the catalog of the standards gives files for.
func TestStandardsCompileByTheirCatalog(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED does not name the folder of inputs")
	}
	dir := filepath.Join(shared, "standards")
	cat, _ := catalog.OpenCatalogs([]string{filepath.Join(dir, "catalog.xml")})
	for _, name := range []string{"mets/mets-1.12.1.xsd", "mods/mods-3-6.xsd"} {
		r := catalog.Resolver{Files: schemas.Host, Dir: dir, Catalogs: cat}
		found, err := r.Resolve(t.Context(), catalog.Named(filepath.Join(dir, name)), "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err = schemas.Compile(found.FS, found.Name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
