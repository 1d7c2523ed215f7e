package catalog_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sigla/schemas/catalog"
	"sigla/schemas/relaxng"
)

// The schemas of these tests are synthetic.
const (
	letter = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><!--
TEI Edition: P5 Version 4.12.0. Last updated--><start><element name="letter"><text/></element></start></grammar>`
	line = `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><define name="line"><element name="line"><text/></element></define></grammar>`
)

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// including is a grammar that takes line from href.
func including(href string) string {
	return `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="` + href + `"/><start><ref name="line"/></start></grammar>`
}

// site is a server of files by path; a value that begins with -> redirects.
func site(t testing.TB, files map[string]string) *httptest.Server {
	s := httptest.NewUnstartedServer(nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := files[r.URL.RequestURI()]
		text = strings.ReplaceAll(text, "SITE", s.URL)
		if to, moved := strings.CutPrefix(text, "->"); moved {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/xml")
		if strings.HasSuffix(r.URL.Path, ".html") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		fmt.Fprint(w, text)
	})
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func compiles(fsys fs.FS, name string) error {
	_, err := relaxng.Compile(fsys, name)
	return err
}

func fetch(t testing.TB, address, sum string) (*catalog.Download, error) {
	t.Helper()
	f := catalog.Fetcher{Client: &http.Client{}, Check: compiles}
	return f.Fetch(t.Context(), catalog.Target{URL: address, SHA256: sum})
}

func TestASchemaIsFetchedWithAllThatItIncludes(t *testing.T) {
	other := site(t, map[string]string{"/far/line.rng": line})
	compact := "# TEI Edition: P5 Version 4.9.0.\ninclude \"part.rnc\" # include \"no.rnc\"\nstart = line\n"
	s := site(t, map[string]string{
		"/plain/a.rng":            letter,
		"/below/a.rng":            including("parts/line.rng"),
		"/below/parts/line.rng":   line,
		"/above/x/a.rng":          including("../line.rng"),
		"/above/line.rng":         line,
		"/rooted/a.rng":           including("/line.rng"),
		"/line.rng":               line,
		"/whole/a.rng":            including("SITE/line.rng"),
		"/host/a.rng":             including(other.URL + "/far/line.rng"),
		"/moved/a.rng":            "->/below/a.rng",
		"/movedpart/a.rng":        including("line.rng"),
		"/movedpart/line.rng":     "->/elsewhere/deep/b.rng",
		"/elsewhere/deep/b.rng":   `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="../c.rng"/></grammar>`,
		"/elsewhere/c.rng":        line,
		"/beyond/a.rng":           including("../../../../line.rng"),
		"/query/a.rng?v=1":        including("line.rng?v=2"),
		"/query/line.rng?v=2":     line,
		"/escaped/a.rng":          including("my%20line&amp;.rng"),
		"/escaped/my%20line&.rng": line,
		"/base/a.rng":             `<grammar xml:base="parts/" xmlns="http://relaxng.org/ns/structure/1.0"><include href="line.rng"/><start><ref name="line"/></start></grammar>`,
		"/base/parts/line.rng":    line,
		"/bom/a.rng":              "\ufeff" + including("SITE/line.rng"),
		"/compact/a.rnc":          compact,
		"/compact/part.rnc":       "line = element line { text }",
		"/compactwhole/a.rnc":     "start = external \"SITE/compact/other.rnc\"",
		"/compact/other.rnc":      "element x { text }",
		"/twice/a.rng":            `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><choice><externalRef href="e.rng"/><externalRef href="SITE/twice/e.rng"/></choice></start></grammar>`,
		"/twice/e.rng":            `<element name="e" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>`,
		"/noending":               letter,
	})
	for p, files := range map[string]int{
		"/plain/a.rng": 1, "/below/a.rng": 2, "/above/x/a.rng": 2, "/rooted/a.rng": 2, "/whole/a.rng": 2, "/host/a.rng": 2, "/moved/a.rng": 2,
		"/movedpart/a.rng": 3, "/beyond/a.rng": 2, "/query/a.rng?v=1": 2, "/escaped/a.rng": 2, "/base/a.rng": 2, "/bom/a.rng": 2,
		"/compact/a.rnc": 2, "/compactwhole/a.rnc": 2, "/twice/a.rng": 2, "/noending": 1,
	} {
		d, err := fetch(t, s.URL+p, "")
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		if len(d.Files) != files {
			t.Errorf("%s: %d files, want %d: %+v", p, len(d.Files), files, d.Files)
		}
		if err := compiles(d.FS(), d.Files[0].Name); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	d, err := fetch(t, s.URL+"/plain/a.rng", strings.ToUpper(sum(letter)))
	if err != nil || d.Files[0].SHA256 != sum(letter) || d.Description.Version != "TEI 4.12.0" || d.Description.Language != catalog.RelaxNG {
		t.Errorf("%+v %v", d, err)
	}
}

// What is no schema, or is not got whole, is refused with a reason.
func TestWhatIsNoSchemaIsRefused(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.rng")
	if err := os.WriteFile(secret, []byte(line), 0o666); err != nil {
		t.Fatal(err)
	}
	s := site(t, map[string]string{
		"/page.html":    "<p>schemas</p>",
		"/page.rng":     "\n<!DOCTYPE HTML><html><body>not found</body></html>",
		"/empty.rng":    "",
		"/odd.rng":      `<TEI xmlns="http://www.tei-c.org/ns/1.0"/>`,
		"/other.rng":    `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"/text.rng":     "hello",
		"/cut.rng":      letter[:len(letter)-20],
		"/cut.xsd":      `<schema xmlns="http://www.w3.org/2001/XMLSchema"><element`,
		"/wrong.rng":    `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="none"/></start></grammar>`,
		"/nvdl.nvdl":    `<rules xmlns="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"/>`,
		"/missing.rng":  including("none.rng"),
		"/pagepart.rng": including("page.html"),
		"/local.rng":    including(catalog.FileURI(secret)),
		"/scheme.rng":   including("gopher://example.org/x"),
		"/loop.rng":     "->/loop2.rng",
		"/loop2.rng":    "->/loop.rng",
		"/file.rng":     "->" + catalog.FileURI(secret),
		"/password.rng": "->http://user:secret@example.org/",
		"/long0":        "->/long1",
	})
	for p, says := range map[string]string{
		"/none.rng":     "no such file (404 Not Found)",
		"/page.html":    "web page (HTML), not a schema",
		"/page.rng":     "web page (HTML), not a schema",
		"/empty.rng":    "empty",
		"/odd.rng":      "perhaps an ODD",
		"/other.rng":    "its root is <svg>",
		"/text.rng":     "not a schema",
		"/cut.rng":      "not whole or not XML",
		"/cut.xsd":      "not whole or not XML",
		"/wrong.rng":    "none",
		"/nvdl.nvdl":    "NVDL",
		"/missing.rng":  "includes a file that can't be got",
		"/pagepart.rng": "not a part of a schema",
		"/local.rng":    "a schema of the web may not",
		"/scheme.rng":   `not by "gopher"`,
		"/loop.rng":     "in a circle",
		"/file.rng":     "no address of the web",
		"/password.rng": "a name or password",
	} {
		_, err := fetch(t, s.URL+p, "")
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v, want %q", p, err, says)
		}
	}
	for address, says := range map[string]string{
		"ftp://example.org/a.rng":         "not by \"ftp\"",
		"http:///a.rng":                   "names no server",
		"https://me:secret@example.org/a": "name or password",
		"file:///no/such/file.rng":        "no such file",
		"file:///dev/zero":                "not an ordinary file",
		"file://otherhost/x.rng":          "no file of this machine",
		"http://127.0.0.1:1/a.rng":        "refused",
		"http://[::1/a.rng":               "is no address",
	} {
		_, err := fetch(t, address, "")
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v, want %q", address, err, says)
		}
	}
}

func TestAWrongHashTellsBoth(t *testing.T) {
	s := site(t, map[string]string{"/a.rng": letter})
	_, err := fetch(t, s.URL+"/a.rng", sum("other"))
	var h *catalog.HashError
	if !errors.As(err, &h) || h.Want != sum("other") || h.Got != sum(letter) || !strings.Contains(err.Error(), h.Want) || !strings.Contains(err.Error(), h.Got) {
		t.Error(err)
	}
}

func TestHttpsIsNotLeftForHttp(t *testing.T) {
	plain := site(t, map[string]string{"/a.rng": letter})
	secure := httptest.NewTLSServer(http.RedirectHandler(plain.URL+"/a.rng", http.StatusMovedPermanently))
	defer secure.Close()
	f := catalog.Fetcher{Client: secure.Client()}
	_, err := f.Fetch(t.Context(), catalog.Target{URL: secure.URL})
	if err == nil || !strings.Contains(err.Error(), "redirected from https to http") {
		t.Error(err)
	}
}

// Servers that are slow, stop, lie about the length, send too much or too many
// redirects.
func TestServersThatMisbehave(t *testing.T) {
	release := make(chan struct{})
	big := bytes.Repeat([]byte("<!-- -->\n"), 1<<20)
	handlers := map[string]http.HandlerFunc{
		"silent": func(w http.ResponseWriter, r *http.Request) { <-release },
		"stalls": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, letter[:50])
			w.(http.Flusher).Flush()
			<-release
		},
		"truncated": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(letter)))
			fmt.Fprint(w, letter[:50])
		},
		"chunked": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, letter[:50])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"huge": func(w http.ResponseWriter, r *http.Request) {
			for range 10 {
				if _, err := w.Write(big); err != nil {
					return
				}
			}
		},
		"declared": func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "99999999999") },
		"bomb": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 10 {
				if _, err := z.Write(big); err != nil {
					return
				}
			}
			z.Close()
		},
		"fault":  func(w http.ResponseWriter, r *http.Request) { http.Error(w, "<html>", http.StatusInternalServerError) },
		"secret": func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"on": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		},
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handlers[strings.TrimRight(r.URL.Path[1:], "x")](w, r)
	}))
	defer s.Close()
	defer close(release)
	for name, says := range map[string]string{
		"silent": "sends nothing any more", "stalls": "sends nothing any more", "truncated": "broke before", "chunked": "broke before",
		"huge": "more than 64 MB", "declared": "more than 64 MB", "bomb": "more than 64 MB", "fault": "500", "secret": "403 Forbidden", "on": "more than 10 times",
	} {
		f := catalog.Fetcher{Client: &http.Client{}}
		if says == "sends nothing any more" {
			f.Stall = 300 * time.Millisecond
		}
		d, err := f.Fetch(t.Context(), catalog.Target{URL: s.URL + "/" + name})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v %v, want %q", name, d, err, says)
		}
	}
	f := catalog.Fetcher{Client: &http.Client{Timeout: 100 * time.Millisecond}}
	if _, err := f.Fetch(t.Context(), catalog.Target{URL: s.URL + "/silent"}); err == nil || !strings.Contains(err.Error(), "took too long") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	f.Client = &http.Client{}
	if _, err := f.Fetch(ctx, catalog.Target{URL: s.URL + "/stalls"}); err == nil || !strings.Contains(err.Error(), "interrupted") {
		t.Error(err)
	}
	f.Client = nil
	if _, err := f.Fetch(t.Context(), catalog.Target{URL: s.URL + "/fault"}); err == nil || !strings.Contains(err.Error(), "not to be used") {
		t.Error(err)
	}
}

func TestGzipIsUnpackedAndProgressTold(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Error("gzip is not asked for")
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, letter)
		z.Close()
	}))
	defer s.Close()
	told := int64(0)
	f := catalog.Fetcher{Client: &http.Client{}, Progress: func(address string, done, all int64) {
		if done < told || all != -1 || address != s.URL+"/a.rng" {
			t.Errorf("%s %d of %d", address, done, all)
		}
		told = done
	}}
	d, err := f.Fetch(t.Context(), catalog.Target{URL: s.URL + "/a.rng"})
	if err != nil || d.Files[0].SHA256 != sum(letter) || told != int64(len(letter)) {
		t.Errorf("%v %v, %d told", d, err, told)
	}
}

// A schema may not include without end.
func TestIncludesAreBounded(t *testing.T) {
	n := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		fmt.Fprint(w, including(fmt.Sprintf("n%d.rng", n)))
	}))
	defer s.Close()
	_, err := fetch(t, s.URL+"/a.rng", "")
	if err == nil || !strings.Contains(err.Error(), "more than 256 files") || n > 256 {
		t.Errorf("%v after %d", err, n)
	}
}

// Schematron and XML Schema name their parts by other attributes.
func TestPartsOfOtherLanguages(t *testing.T) {
	s := site(t, map[string]string{
		"/a.xsd":   `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="urn:n"/><xs:import namespace="urn:x" schemaLocation="x/b.xsd"/><xs:include schemaLocation="SITE/c.xsd"/></xs:schema>`,
		"/x/b.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import schemaLocation="../a.xsd"/></xs:schema>`,
		"/c.xsd":   `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>`,
		"/rules":   `<schema xmlns="http://purl.oclc.org/dsdl/schematron"><include href="p.sch#one"/><include href="#here"/><pattern><rule context="x"><extends href="SITE/q.sch#two"/></rule></pattern></schema>`,
		"/p.sch":   `<pattern id="one" xmlns="http://purl.oclc.org/dsdl/schematron"/>`,
		"/q.sch":   `<rule id="two" xmlns="http://purl.oclc.org/dsdl/schematron"/>`,
	})
	f := catalog.Fetcher{Client: &http.Client{}}
	for p, want := range map[string][]string{"/a.xsd": {"/a.xsd", "/x/b.xsd", "/c.xsd"}, "/rules": {"/rules.sch", "/p.sch", "/q.sch"}} {
		d, err := f.Fetch(t.Context(), catalog.Target{URL: s.URL + p})
		if err != nil {
			t.Fatal(err)
		}
		host := strings.ReplaceAll(strings.TrimPrefix(s.URL, "http://"), ":", "_")
		for i, w := range want {
			if d.Files[i].Name != host+w {
				t.Errorf("%s: %s, want %s", p, d.Files[i].Name, host+w)
			}
		}
		main, err := fs.ReadFile(d.FS(), d.Files[0].Name)
		if err != nil || bytes.Contains(main, []byte(s.URL)) {
			t.Errorf("%s %v", main, err)
		}
		if p == "/rules" && (!bytes.Contains(main, []byte(`"p.sch#one"`)) || !bytes.Contains(main, []byte(`"q.sch#two"`))) {
			t.Errorf("%s", main)
		}
	}
}
