package catalog_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigla/schemas/catalog"
	"sigla/tei/diag"
)

const catalogHead = `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog" xmlns:x="urn:other">`

// catalogs writes catalog files, whose content is given by name, into a folder.
func catalogs(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(text, "<?") && !strings.HasPrefix(text, "<catalog") {
			text = catalogHead + text + "</catalog>"
		}
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// chain is a set of catalogs with every kind of entry; c.xml is the first.
// Synthetic.
var chain = map[string]string{
	"c.xml": `
 <uri name="http://example.org/a.rng" uri="local/a.rng"/>
 <uri name="http://example.org/a.rng" uri="local/second.rng"/>
 <uri name="http://example.org/abs" uri="http://mirror.example.org/abs"/>
 <rewriteURI uriStartString="http://example.org/" rewritePrefix="mirror/"/>
 <rewriteURI uriStartString="http://example.org/deep/" rewritePrefix="deep/"/>
 <uriSuffix uriSuffix="tei.rng" uri="short.rng"/>
 <uriSuffix uriSuffix="/x/tei.rng" uri="long.rng"/>
 <delegateURI uriStartString="http://delegate.org/" catalog="sub/d1.xml"/>
 <delegateURI uriStartString="http://delegate.org/deep/" catalog="sub/d2.xml"/>
 <group xml:base="http://base.example.org/x/y" prefer="system">
  <uri name="urn:in-group" uri="z.rng"/>
  <public publicId="-//System//EN" uri="system.dtd"/>
 </group>
 <group xml:base="sub/"><uri name="urn:in-sub" uri="z.rng"/></group>
 <x:extra><uri name="urn:in-extension" uri="no.rng"/></x:extra>
 <public publicId="-//A//DTD  B//EN" uri="b.dtd"/>
 <system systemId="http://example.org/s.dtd" uri="s.dtd"/>
 <rewriteSystem systemIdStartString="http://sys.org/" rewritePrefix="file:///sys/"/>
 <systemSuffix systemIdSuffix="tail.dtd" uri="tail.dtd"/>
 <delegatePublic publicIdStartString="-//D" catalog="sub/d1.xml"/>
 <delegateSystem systemIdStartString="http://delegate.org/" catalog="sub/d1.xml"/>
 <nextCatalog catalog="next.xml"/>
 <nextCatalog catalog="missing-is-none.xml"/>`,
	"missing-is-none.xml": ``,
	"next.xml": `<uri name="urn:next" uri="n.rng"/><nextCatalog catalog="c.xml"/><nextCatalog catalog="sub/d2.xml"/>
 <uri name="http://delegate.org/never" uri="never.rng"/><uri name="http://example.org/a.rng" uri="later.rng"/>`,
	"sub/d1.xml": `<uri name="http://delegate.org/one" uri="one.rng"/><uri name="http://delegate.org/deep/both" uri="first.rng"/>
 <public publicId="-//D//X//EN" uri="dx.dtd"/><system systemId="http://delegate.org/s" uri="ds.dtd"/>`,
	"sub/d2.xml": `<uri name="http://delegate.org/deep/both" uri="deeper.rng"/><uri name="urn:last" uri="last.rng"/>`,
}

func TestAddressesAreResolvedByTheClauses(t *testing.T) {
	dir := catalogs(t, chain)
	c, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, "c.xml")})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	at := func(p string) string { return catalog.FileURI(dir) + "/" + p }
	for _, tt := range []struct{ clause, ask, want string }{
		{"7.2.2 uri: the first that is equal", "http://example.org/a.rng", at("local/a.rng")},
		{"7.2.2 uri before rewriteURI", "http://example.org/abs", "http://mirror.example.org/abs"},
		{"7.2.2 rewriteURI", "http://example.org/other/b.rng", at("mirror/other/b.rng")},
		{"7.2.2 rewriteURI, the longest", "http://example.org/deep/b.rng", at("deep/b.rng")},
		{"7.2.2 uriSuffix", "https://other.org/tei.rng", at("short.rng")},
		{"7.2.2 uriSuffix, the longest", "https://other.org/x/tei.rng", at("long.rng")},
		{"7.2.2 rewriteURI before uriSuffix", "http://example.org/x/tei.rng", at("mirror/x/tei.rng")},
		{"7.2.2 delegateURI", "http://delegate.org/one", at("sub/one.rng")},
		{"7.2.2 delegateURI, the longest first", "http://delegate.org/deep/both", at("sub/deeper.rng")},
		{"7.2.2 delegateURI ends the search", "http://delegate.org/never", ""},
		{"6.1 xml:base", "urn:in-group", "http://base.example.org/x/z.rng"},
		{"6.1 xml:base, relative", "urn:in-sub", at("sub/z.rng")},
		{"6.1 extension elements", "urn:in-extension", ""},
		{"7.2.2 nextCatalog", "urn:next", at("n.rng")},
		{"7.2.2 nextCatalog of the next, past a circle", "urn:last", at("sub/last.rng")},
		{"6.4 urn:publicid", "urn:publicid:-:A:DTD+B:EN", at("b.dtd")},
		{"6.3 escapes", "http://example.org/ü {x}", at("mirror/%C3%BC%20%7Bx%7D")},
		{"nothing", "urn:nothing", ""},
		{"nothing at all", "", ""},
	} {
		if got, ok := c.URI(tt.ask); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %s is %q, want %q", tt.clause, tt.ask, got, tt.want)
		}
	}
	for _, tt := range []struct{ clause, public, system, want string }{
		{"7.1.2 system", "", "http://example.org/s.dtd", at("s.dtd")},
		{"7.1.2 system before public", "-//A//DTD B//EN", "http://example.org/s.dtd", at("s.dtd")},
		{"7.1.2 rewriteSystem", "", "http://sys.org/x/y.dtd", "file:///sys/x/y.dtd"},
		{"7.1.2 systemSuffix", "", "http://other.org/tail.dtd", at("tail.dtd")},
		{"7.1.2 delegateSystem", "", "http://delegate.org/s", at("sub/ds.dtd")},
		{"7.1.2 delegateSystem ends the search", "-//A//DTD B//EN", "http://delegate.org/unknown", ""},
		{"6.2 public, white space", " -//A//DTD\n B//EN ", "", at("b.dtd")},
		{"7.1.2 public with a system identifier, prefer public", "-//A//DTD B//EN", "unknown", at("b.dtd")},
		{"4.1.1 prefer system", "-//System//EN", "unknown", ""},
		{"4.1.1 prefer system without a system identifier", "-//System//EN", "", "http://base.example.org/x/system.dtd"},
		{"7.1.2 delegatePublic", "-//D//X//EN", "", at("sub/dx.dtd")},
		{"7.1.1 a system identifier that is a public one", "", "urn:publicid:-:A:DTD+B:EN", at("b.dtd")},
		{"7.1.1 both, and they differ", "-//A//DTD B//EN", "urn:publicid:other", at("b.dtd")},
		{"uri entries are not for external identifiers", "", "urn:next", ""},
	} {
		if got, _ := c.External(tt.public, tt.system); got != tt.want {
			t.Errorf("%s: %q %q is %q, want %q", tt.clause, tt.public, tt.system, got, tt.want)
		}
	}
	var none *catalog.Catalogs
	if got, ok := none.URI("urn:x"); ok {
		t.Error(got)
	}
}

// libxml2's xmlcatalog is an engine that shares nothing with ours. Left out is
// what it does not do: suffix entries (which came with 1.1), the longest
// delegate first (it takes them as they stand), and circles, after which it
// finds nothing more.
func TestXmlcatalogAgrees(t *testing.T) {
	program, err := exec.LookPath("xmlcatalog")
	if err != nil {
		t.Skip("xmlcatalog is not installed")
	}
	straight := maps.Clone(chain)
	straight["next.xml"] = strings.Replace(chain["next.xml"], `<nextCatalog catalog="c.xml"/>`, "", 1)
	dir := catalogs(t, straight)
	first := filepath.Join(dir, "c.xml")
	c, _ := catalog.OpenCatalogs([]string{first})
	for _, ask := range []string{
		"http://example.org/a.rng", "http://example.org/abs", "http://example.org/other/b.rng", "http://example.org/deep/b.rng",
		"http://delegate.org/one", "http://delegate.org/never",
		"urn:in-group", "urn:in-sub", "urn:next", "urn:last", "urn:nothing", "http://example.org/s.dtd", "http://sys.org/x/y.dtd",
	} {
		out, _ := exec.Command(program, first, ask).Output()
		want := ""
		for line := range strings.Lines(string(out)) {
			if !strings.HasPrefix(line, "No entry") {
				want = strings.TrimSpace(line)
			}
		}
		got, ok := c.External("", ask) // xmlcatalog asks for a system identifier, then for a URI
		if !ok {
			got, _ = c.URI(ask)
		}
		if strings.TrimPrefix(got, "file://") != strings.TrimPrefix(want, "file://") {
			t.Errorf("%s: %q, xmlcatalog says %q", ask, got, want)
		}
	}
}

func TestFaultsOfCatalogsHaveAPlace(t *testing.T) {
	for _, tt := range []struct{ text, place, code string }{
		{`<uri name="a"/>`, "1:82", "catalog/attribute"},
		{"\n <uri uri='a'/>", "2:2", "catalog/attribute"},
		{"\n <URI name='a' uri='b'/>", "2:2", "catalog/element"},
		{"\n <group><group/></group>", "2:9", "catalog/element"},
		{"\n <uri name='a' uri='%zz'/>", "2:2", ""},
		{"\n <uri name='a' uri='http://[x'/>", "2:2", "catalog/address"},
		{"\n <nextCatalog catalog='http://example.org/c.xml'/>", "2:2", "catalog/network"},
		{"\n <nextCatalog catalog='none.xml'/>", "2:2", "catalog/missing"},
		{"\n <nextCatalog catalog='/dev/zero'/>", "2:2", "catalog/missing"},
		{"\n <nextCatalog catalog='ftp://example.org/c.xml'/>", "2:2", "catalog/address"},
		{"\n <group prefer='me'/>", "2:2", "catalog/attribute"},
		{"\n <uri", "2:", "catalog/well-formed"},
		{"<?xml version='1.0'?><html/>", "1:22", "catalog/root"},
		{"<?xml version='1.0'?><!DOCTYPE c [<!ENTITY x SYSTEM '/etc/passwd'>]><c>&x;</c>", "1:69", "catalog/root"},
	} {
		dir := catalogs(t, map[string]string{"c.xml": tt.text})
		_, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, "c.xml")})
		if tt.code == "" {
			continue
		}
		if len(findings) != 1 || string(findings[0].Code) != tt.code || !strings.Contains(findings[0].Pos.String(), "c.xml:"+tt.place) {
			t.Errorf("%q: %v, want %s %s", tt.text, findings, tt.place, tt.code)
		}
	}
	_, findings := catalog.OpenCatalogs([]string{"/no/such/catalog.xml"})
	if len(findings) != 1 || findings[0].Pos.File != "/no/such/catalog.xml" || findings[0].Severity != diag.Error {
		t.Error(findings)
	}
}

// Circles and fans of catalogs end.
func TestCatalogsAreBounded(t *testing.T) {
	files := map[string]string{"self.xml": `<nextCatalog catalog="self.xml"/><delegateURI uriStartString="" catalog="self.xml"/>`}
	for i := range 30 {
		files[fmt.Sprintf("f%d.xml", i)] = fmt.Sprintf(`<nextCatalog catalog="f%d.xml"/><nextCatalog catalog="f%d.xml"/>`, i+1, i+1)
	}
	files["f30.xml"] = ""
	var many strings.Builder
	for i := range 1200 {
		fmt.Fprintf(&many, `<nextCatalog catalog="m%d.xml"/>`, i)
	}
	files["many.xml"] = many.String()
	dir := catalogs(t, files)
	for _, name := range []string{"self.xml", "f0.xml"} {
		c, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, name)})
		if len(findings) > 0 {
			t.Error(findings)
		}
		if got, ok := c.URI("urn:x"); ok {
			t.Error(got)
		}
	}
	_, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, "many.xml")})
	if last := findings[len(findings)-1]; last.Code != catalog.CodeCatalogLimit || len(findings) > 1001 {
		t.Errorf("%d findings, the last %v", len(findings), last)
	}
}

// A delegate that fails in the first catalog of the list keeps the second from
// being asked; a catalog without a match does not.
func TestCatalogsAreAskedInOrder(t *testing.T) {
	dir := catalogs(t, map[string]string{
		"a.xml": `<uri name="urn:both" uri="a"/><delegateURI uriStartString="urn:d:" catalog="e.xml"/>`,
		"b.xml": `<uri name="urn:both" uri="b"/><uri name="urn:d:x" uri="b"/><uri name="urn:only" uri="b"/>`,
		"e.xml": ``,
	})
	c, _ := catalog.OpenCatalogs([]string{filepath.Join(dir, "a.xml"), filepath.Join(dir, "b.xml")})
	for ask, want := range map[string]string{"urn:both": "a", "urn:only": "b", "urn:d:x": ""} {
		if got, _ := c.URI(ask); strings.TrimPrefix(got, catalog.FileURI(dir)+"/") != want {
			t.Errorf("%s: %q, want %q", ask, got, want)
		}
	}
}

func TestTheStandardsCatalog(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED does not name the folder of inputs")
	}
	dir := filepath.Join(shared, "standards")
	c, findings := catalog.OpenCatalogs([]string{filepath.Join(dir, "catalog.xml")})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	if got, _ := c.URI("http://www.loc.gov/standards/xlink/xlink.xsd"); got != catalog.FileURI(dir)+"/mets/xlink.xsd" {
		t.Error(got)
	}
	if got, _ := c.External("", "http://www.w3.org/2001/xml.xsd"); got != catalog.FileURI(dir)+"/xml.xsd" {
		t.Error(got)
	}
}

func FuzzCatalog(f *testing.F) {
	for _, text := range chain {
		f.Add([]byte(catalogHead+text+"</catalog>"), "http://example.org/deep/x")
	}
	f.Add([]byte(`<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog" xml:base="%"><nextCatalog catalog="c.xml"/></catalog>`), "urn:publicid:%41")
	dir := f.TempDir()
	p := filepath.Join(dir, "c.xml")
	f.Fuzz(func(t *testing.T, text []byte, ask string) {
		if err := os.WriteFile(p, text, 0o666); err != nil {
			t.Fatal(err)
		}
		c, findings := catalog.OpenCatalogs([]string{p})
		for _, x := range findings {
			if x.Pos.File == "" || x.Code == "" || x.Message == "" {
				t.Errorf("%+v", x)
			}
		}
		for _, resolve := range []func() (string, bool){
			func() (string, bool) { return c.URI(ask) },
			func() (string, bool) { return c.External("", ask) },
			func() (string, bool) { return c.External(ask, "") },
			func() (string, bool) { return c.External(ask, ask) },
		} {
			if got, ok := resolve(); ok != (got != "") {
				t.Errorf("%q %v", got, ok)
			}
		}
	})
}
