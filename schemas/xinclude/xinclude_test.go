package xinclude

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// files are a test's: name and text in turns. The first is the document.
func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(pairs[i+1], "XI", `xmlns:xi="http://www.w3.org/2001/XInclude"`))}
	}
	return m
}

func expand(t testing.TB, name string, m fstest.MapFS, o Options) (*Document, diag.List) {
	t.Helper()
	d, l, err := Expand(context.Background(), m, name, m[name].Data, o)
	if err != nil {
		t.Fatal(err)
	}
	return d, l
}

// cases are expanded by xmllint too. It makes no xml:lang (4.5.6), and xml:base
// only for another folder; TestLanguageAndBaseAreKept has those.
var cases = []struct {
	name  string
	files []string
}{
	{"a whole file", []string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", "<?xml version='1.0'?>\n<!--c--><b><c/>x</b><?p i?>\n"}},
	{"a file in a folder", []string{"a.xml", `<a XI>1<xi:include href="d/b.xml"/>2</a>`, "d/b.xml", `<b x="1"/>`}},
	{"nested", []string{"a.xml", `<a XI><xi:include href="d/b.xml"/></a>`, "d/b.xml", `<b XI><xi:include href="c.xml"/></b>`, "d/c.xml", `<c/>`}},
	{"an include as the root of a file", []string{"a.xml", `<a XI><xi:include href="d/b.xml"/></a>`, "d/b.xml", `<xi:include XI href="e/c.xml"/>`, "d/e/c.xml", `<c/>`}},
	{"text", []string{"a.xml", `<a XI><xi:include href="b.txt" parse="text"/></a>`, "b.txt", "a < b & c > d\n\"é\""}},
	{"text in an encoding", []string{"a.xml", `<a XI><xi:include href="b.txt" parse="text" encoding="ISO-8859-1"/></a>`, "b.txt", "caf\xe9"}},
	{"fallback", []string{"a.xml", `<a XI><xi:include href="none.xml">x<xi:fallback>y<b/>z</xi:fallback></xi:include></a>`}},
	{"an empty fallback", []string{"a.xml", `<a XI><xi:include href="none.xml"><xi:fallback/></xi:include></a>`}},
	{"an include in a fallback", []string{"a.xml", `<a XI><xi:include href="none.xml"><xi:fallback><xi:include href="b.xml"/></xi:fallback></xi:include></a>`, "b.xml", `<b/>`}},
	{"a fallback that is not needed", []string{"a.xml", `<a XI><xi:include href="b.xml"><xi:fallback><xi:include href="none.xml"/></xi:fallback></xi:include></a>`, "b.xml", `<b/>`}},
	{"element by number", []string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(/1/2/1)"/></a>`, "b.xml", `<b><x><y/></x><x><z>!</z><z/></x></b>`}},
	{"element by id", []string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(q)"/></a>`, "b.xml", `<b><x xml:id="p"/><x xml:id="q"><z/></x></b>`}},
	{"element by id and number", []string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(q/2)"/></a>`, "b.xml", `<b><x xml:id="p"/><x xml:id="q"><z/><w>1</w></x></b>`}},
	{"shorthand", []string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="q"/></a>`, "b.xml", `<b><x xml:id="q"><z/></x></b>`}},
	{"the first scheme that finds", []string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(none)element(q)"/></a>`, "b.xml", `<b><x xml:id="q"><z/></x></b>`}},
	{"a part of the file itself", []string{"a.xml", `<a XI><p xml:id="p">1</p><xi:include href="" xpointer="element(/1/1)"/></a>`}},
	{"prefixes of ancestors", []string{"a.xml", `<a XI xmlns:p="urn:a"><xi:include href="b.xml" xpointer="element(/1/1)"/></a>`, "b.xml", `<b xmlns:p="urn:b" xmlns="urn:d"><p:c p:x=""/></b>`}},
	{"entities of the included file", []string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", `<!DOCTYPE b [<!ENTITY e "x &lt; &#38;amp; <i k='1'>y</i>"><!ENTITY v "v'&#34;">]><b t="&v;">&e;<c t="&v;"/></b>`}},
	{"default attributes", []string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", `<!DOCTYPE b [<!ATTLIST b d CDATA "1" xmlns CDATA #FIXED "urn:b">]><b/>`}},
	{"a file in UTF-16", []string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", "\xff\xfe<\x00b\x00>\x00\xe9\x00<\x00/\x00b\x00>\x00"}},
	{"sections, comments and references", []string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", `<b a="&lt;&#xE9;">&amp;<![CDATA[<&]]><!-- & --><?p <?></b>`}},
	{"an escape in href", []string{"a.xml", `<a XI><xi:include href="b%20c.xml"/></a>`, "b c.xml", `<b/>`}},
	{"xml:base of the including element", []string{"a.xml", `<a XI xml:base="d/x.xml"><xi:include href="b.xml"/></a>`, "d/b.xml", `<b/>`}},
	{"the same file twice", []string{"a.xml", `<a XI><xi:include href="b.xml"/><xi:include href="b.xml"/></a>`, "b.xml", `<b/>`}},
}

var sameFolder = regexp.MustCompile(` xml:base="[^"/]*"`)

func TestExpansionIsThatOfXmllint(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := files(c.files...)
			dir := t.TempDir()
			for name, f := range m {
				p := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(p, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			canonical := func(args ...string) string {
				cmd := exec.Command(xmllint, args...)
				cmd.Dir = dir
				var errs bytes.Buffer
				cmd.Stderr = &errs
				out, err := cmd.Output()
				if err != nil {
					t.Fatalf("xmllint %v: %v: %s", args, err, &errs)
				}
				return string(out)
			}
			d, l := expand(t, "a.xml", m, Options{})
			if len(l) > 0 {
				t.Fatal(l)
			}
			if err := os.WriteFile(filepath.Join(dir, "ours.xml"), d.Bytes, 0o666); err != nil {
				t.Fatal(err)
			}
			// --exc-c14n leaves out declarations that nothing uses
			got, want := canonical("--exc-c14n", "ours.xml"), canonical("--xinclude", "--noent", "--dtdattr", "--exc-c14n", "a.xml")
			if got = sameFolder.ReplaceAllString(got, ""); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestFaultsAreFindingsAtTheInclude(t *testing.T) {
	for _, c := range []struct {
		files []string
		want  string
	}{
		{[]string{"a.xml", `<a XI><xi:include href="n.xml"/></a>`}, `a.xml:1:47: there is no file n.xml; correct href, or put a fallback into the include [xinclude/missing]`},
		{[]string{"a.xml", `<a XI><xi:include href="http://x.org/b.xml"/></a>`}, `a.xml:1:47: href is http://x.org/b.xml, and the network is not asked; get the file (curl -LO http://x.org/b.xml) and name it here [xinclude/network]`},
		{[]string{"a.xml", `<a XI xml:base="http://x.org/"><xi:include href="b.xml"/></a>`}, `xinclude/network`},
		{[]string{"a.xml", `<a XI><xi:include href="a.xml"/></a>`}, `xinclude/loop`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml"/></a>`, "b.xml", `<b XI><xi:include href="c.xml"/></b>`, "c.xml", `<c XI><xi:include href="b.xml"/></c>`}, `c.xml:1:47: b.xml is being included`},
		{[]string{"a.xml", `<a XI xml:id="q"><xi:include xpointer="q"/></a>`}, `xinclude/loop`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" parse="html"/></a>`}, `xinclude/attribute`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml#q"/></a>`}, `xinclude/attribute`},
		{[]string{"a.xml", `<a XI><xi:include/></a>`}, `xinclude/attribute`},
		{[]string{"a.xml", `<a XI><xi:include parse="text"/></a>`}, `xinclude/attribute`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="none"/></a>`, "b.xml", `<b/>`}, `xinclude/xpointer`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(/1/2)"/></a>`, "b.xml", `<b><c/><c><d/></c></b>`}, ``},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(/1/2/1)"/></a>`, "b.xml", `<b><c/><c/><c><d/></c></b>`}, `xinclude/xpointer`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="element(/0)"/></a>`, "b.xml", `<b/>`}, `xinclude/xpointer`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="xpointer(//c)"/></a>`, "b.xml", `<b/>`}, `the scheme xpointer(), which is not read`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml" xpointer="q" parse="text"/></a>`, "b.xml", `<b/>`}, `xinclude/xpointer`},
		{[]string{"a.xml", `<a XI><xi:fallback/></a>`}, `xinclude/content`},
		{[]string{"a.xml", `<a XI><xi:include href="n"><xi:fallback/><xi:fallback/></xi:include></a>`}, `xinclude/content`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml"><xi:include href="b.xml"/></xi:include></a>`, "b.xml", `<b/>`}, `xinclude/content`},
		{[]string{"a.xml", `<a XI><xi:include href="b.xml"><xi:fallback/></xi:include></a>`, "b.xml", "<b>\n<c></b>"}, `b.xml:2:4: `},
		{[]string{"a.xml", `<a XI><xi:include href="b.txt" parse="text"/></a>`, "b.txt", "caf\xe9"}, `xinclude/encoding`},
		{[]string{"a.xml", `<a XI><xi:include href="b.txt" parse="text" encoding="klingon"/></a>`, "b.txt", "x"}, `xinclude/encoding`},
		{[]string{"a.xml", `<a XI><xi:include href="b.txt" parse="text"/></a>`, "b.txt", "1\n2\x01"}, `b.txt:2:2: the character U+0001`},
		{[]string{"a.xml", `<a XI><p>`}, `a.xml:1:`},
	} {
		d, l := expand(t, "a.xml", files(c.files...), Options{})
		if c.want == "" {
			if len(l) > 0 {
				t.Errorf("%v: %v", c.files, l)
			}
			continue
		}
		if len(l) != 1 || !strings.Contains(l[0].String(), c.want) {
			t.Errorf("%v: %v, want %s", c.files, l, c.want)
		}
		if d == nil != (l[0].Pos.File == "a.xml" && strings.HasPrefix(string(l[0].Code), "xml/")) {
			t.Errorf("%v: the document is %v", c.files, d)
		}
	}
}

func TestLanguageAndBaseAreKept(t *testing.T) {
	d, l := expand(t, "a.xml", files(
		"a.xml", `<a XI xml:lang="de"><xi:include href="d/b.xml" xpointer="element(/1/1)"/><xi:include href="d/c.xml"/><xi:include href="d/e.xml"/></a>`,
		"d/b.xml", `<b xml:lang="fr"><c/></b>`,
		"d/c.xml", `<c xml:lang="DE" xml:base="../f/g.xml"/>`,
		"d/e.xml", `<e/>`,
	), Options{})
	want := `<c xml:base="d/b.xml" xml:lang="fr"/><c xml:base="f/g.xml" xml:lang="DE" /><e xml:base="d/e.xml" xml:lang=""/></a>`
	if len(l) > 0 || !strings.HasSuffix(string(d.Bytes), want) {
		t.Errorf("%s\n%s %v", d.Bytes, want, l)
	}
}

// An element without a namespace does not get into that of the place where it is
// put (xmllint writes one that would).
func TestNamespacesAreKept(t *testing.T) {
	d, l := expand(t, "a.xml", files("a.xml", `<a XI xmlns="urn:a"><xi:include href="b.xml"/></a>`, "b.xml", `<b><c/></b>`), Options{})
	if want := `<b xmlns="" xml:base="b.xml"><c/></b></a>`; len(l) > 0 || !strings.HasSuffix(string(d.Bytes), want) {
		t.Errorf("%s\n%s %v", d.Bytes, want, l)
	}
	d, _ = expand(t, "a.xml", files("a.xml", `<a XI xmlns="urn:a"><xi:include href="b.xml"/></a>`, "b.xml", `<b xml:base="x"/>`), Options{NoFixup: true})
	if want := `<b xmlns="" xml:base="x"/></a>`; !strings.HasSuffix(string(d.Bytes), want) {
		t.Errorf("%s\n%s", d.Bytes, want)
	}
}

func TestFindingsArePlacedInTheIncludedFile(t *testing.T) {
	m := files(
		"a.xml", "<?xml version='1.0'?>\n<a XI>\n<é/><xi:include href='d/b.xml'/>\n<last/>\n</a>",
		"d/b.xml", "<!DOCTYPE b [<!ENTITY e '<made/>'>]>\n<b XI>\n <é/><two/>&e;\n <xi:include href='c.txt' parse='text'/>\n <three/>\n</b>",
		"d/c.txt", "one & two\nfour five",
	)
	d, l := expand(t, "a.xml", m, Options{})
	if len(l) > 0 {
		t.Fatal(l)
	}
	whole := diag.NewLines("a.xml", string(d.Bytes))
	for _, c := range []struct {
		text, want string
		chain      string
	}{
		{"<a xmlns", "a.xml:2:1", ""}, {"<last/>", "a.xml:4:1", ""},
		{"<two/>", "d/b.xml:3:6", "a.xml:3:5"}, {"<made>", "d/b.xml:3:12", "a.xml:3:5"}, {"<three/>", "d/b.xml:5:2", "a.xml:3:5"},
		{"five", "d/c.txt:2:6", "d/b.xml:4:2 a.xml:3:5"}, {"&amp;", "d/c.txt:1:5", "d/b.xml:4:2 a.xml:3:5"}, {"xml:base", "d/b.xml:2:1", "a.xml:3:5"},
	} {
		offset := strings.Index(string(d.Bytes), c.text)
		pos := whole.Pos(offset)
		lineOnly := diag.Pos{File: "a.xml", Line: pos.Line, Column: pos.Column} // as libxml2 tells it
		for _, p := range []diag.Pos{pos, lineOnly} {
			f := d.Place(diag.Finding{Pos: p, Len: len(c.text)})
			var chain []string
			for _, r := range f.Related {
				chain = append(chain, r.Pos.String())
			}
			if f.Pos.String() != c.want || strings.Join(chain, " ") != c.chain {
				t.Errorf("%s is at %s %v, want %s %s", c.text, f.Pos, chain, c.want, c.chain)
			}
			if src := string(m[f.Pos.File].Data); f.Len > 0 && src[f.Pos.Offset:f.Pos.Offset+f.Len] != c.text[:f.Len] {
				t.Errorf("%s has the length of %q", c.text, src[f.Pos.Offset:f.Pos.Offset+f.Len])
			}
		}
	}
	other := diag.Finding{Pos: diag.Pos{File: "tei.rng", Line: 3, Column: 1}, Related: []diag.Related{{Pos: whole.Pos(strings.Index(string(d.Bytes), "<two/>"))}}}
	if got := d.Place(other); got.Pos != other.Pos || got.Related[0].Pos.File != "d/b.xml" {
		t.Error(got)
	}
}

func TestWithoutIncludesNothingChanges(t *testing.T) {
	doc := []byte("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")
	d, l, err := Expand(context.Background(), fstest.MapFS{}, "a.xml", doc, Options{})
	f := diag.Finding{Pos: diag.Pos{File: "a.xml", Line: 1, Column: 5, Offset: 4}}
	if err != nil || len(l) > 0 || &d.Bytes[0] != &doc[0] || d.Place(f).Pos != f.Pos {
		t.Error(d, l, err)
	}
}

func TestExpansionIsBounded(t *testing.T) {
	doubling := []string{}
	for i := range 30 {
		doubling = append(doubling, fmt.Sprintf("f%d.xml", i), fmt.Sprintf(`<a XI><xi:include href="f%d.xml"/><xi:include href="f%d.xml"/></a>`, i+1, i+1))
	}
	doubling = append(doubling, "f30.xml", "<a/>")
	deep := []string{}
	for i := range 50 {
		deep = append(deep, fmt.Sprintf("f%d.xml", i), fmt.Sprintf(`<a XI><xi:include href="f%d.xml"/></a>`, i+1))
	}
	deep = append(deep, "f50.xml", "<a/>")
	long := files("f0.xml", `<a XI>`+strings.Repeat(`<xi:include href="t" parse="text"/>`, 200)+`</a>`, "t", strings.Repeat("x", 1<<20))
	for name, c := range map[string]struct {
		m fstest.MapFS
		o Options
	}{
		"doubling": {files(doubling...), Options{}}, "deep": {files(deep...), Options{}},
		"long": {long, Options{Size: 4 << 20}}, "amplified": {long, Options{Amplification: 1}}, "a long file": {long, Options{Size: 1000}},
	} {
		_, l := expand(t, "f0.xml", c.m, c.o)
		if len(l) == 0 || len(l) > 200 || l[0].Code != CodeLimit {
			t.Errorf("%s: %d findings: %.3v", name, len(l), l)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := Expand(ctx, long, "f0.xml", long["f0.xml"].Data, Options{}); err != context.Canceled {
		t.Error(err)
	}
}

func FuzzExpand(f *testing.F) {
	for _, c := range cases {
		other := ""
		if len(c.files) > 3 {
			other = c.files[3]
		}
		f.Add([]byte(strings.ReplaceAll(c.files[1], "XI", `xmlns:xi="http://www.w3.org/2001/XInclude"`)), []byte(other))
	}
	f.Fuzz(func(t *testing.T, doc, other []byte) {
		m := fstest.MapFS{"a.xml": {Data: doc}, "b.xml": {Data: other}, "b.txt": {Data: other}, "d/b.xml": {Data: other}}
		d, l, err := Expand(context.Background(), m, "a.xml", doc, Options{Inclusions: 100, Depth: 8})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range l {
			if x.Pos.Line < 1 || x.Pos.Offset > 3*max(len(doc), len(other)) || strings.ContainsAny(x.Message, "\n\x1b") {
				t.Fatalf("%+v", x)
			}
		}
		if d == nil || len(d.segments) == 0 {
			return
		}
		// What has an element for a root and no text beside it is well-formed again.
		tok := xmltok.NewBytes("a.xml", d.Bytes, nil)
		for {
			kind, err := tok.Next()
			if e, ok := err.(*xmltok.Error); ok {
				switch e.Finding.Code {
				case xmltok.CodeOutside, xmltok.CodeSecondRoot, xmltok.CodeEmpty, xmltok.CodeLimit:
				default:
					t.Fatalf("%s\n%s", e, d.Bytes)
				}
			}
			if err != nil || kind == xmltok.EOF {
				break
			}
			p := d.Place(diag.Finding{Pos: tok.Pos(tok.Offset), Len: tok.End - tok.Offset})
			if p.Pos.Line < 1 || p.Pos.Offset < 0 || p.Len < 0 {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func BenchmarkExpand(b *testing.B) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		b.Skip("SIGLA_SHARED is not set")
	}
	dir := os.DirFS(filepath.Join(shared, "tei", "real"))
	doc := []byte(`<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="perseus-quintilian-eng.xml"/></a>`)
	for b.Loop() {
		d, l, err := Expand(context.Background(), dir, "a.xml", doc, Options{})
		if err != nil || len(l) > 0 {
			b.Fatal(l, err)
		}
		b.SetBytes(int64(len(d.Bytes)))
	}
}
