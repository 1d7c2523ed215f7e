package catalog_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"sigla/schemas/catalog"
)

const rng = "http://relaxng.org/ns/structure/1.0"

func Example() {
	doc := `<?xml version="1.0"?>
<?xml-model href="https://example.org/tei_all.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>
<?xml-model href="rules.sch" phase="draft"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"/>`
	refs, _ := catalog.Declared("letter.xml", []byte(doc))
	for _, r := range refs {
		fmt.Printf("%s %s %s %q\n", r.Pos, r.Href, r.Language, r.Phase)
	}
	// Output:
	// letter.xml:2:1 https://example.org/tei_all.rng RELAX NG ""
	// letter.xml:3:1 rules.sch Schematron "draft"
}

// The language is told by schematypens, then by a type of one language alone,
// then by the ending of the name.
func TestLanguageOfAReference(t *testing.T) {
	for _, tt := range []struct {
		attrs string
		want  catalog.Language
	}{
		{`href="a.rng"`, catalog.RelaxNG},
		{`href="a.rnc"`, catalog.RelaxNGCompact},
		{`href="a.XSD"`, catalog.XSD},
		{`href="a.sch?v=1#x"`, catalog.Schematron},
		{`href="a"`, ""},
		{`href="a.xml" schematypens="` + rng + `"`, catalog.RelaxNG},
		{`href="a.rng" schematypens="http://purl.oclc.org/dsdl/schematron"`, catalog.Schematron},
		{`href="a.rng" type="application/xml" schematypens="http://www.w3.org/2001/XMLSchema"`, catalog.XSD},
		{`href="a" type="application/relax-ng-compact-syntax"`, catalog.RelaxNGCompact},
		{`href="a.rng" type="application/relax-ng-compact-syntax; charset=utf-8"`, catalog.RelaxNGCompact},
		{`href="a.rng" type="application/xml"`, catalog.RelaxNG},
		{`href="a.dtd" type="application/xml-dtd"`, catalog.DTD},
		{`href="a" schematypens="http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"`, catalog.NVDL},
	} {
		refs, findings := catalog.Declared("x", []byte("<?xml-model "+tt.attrs+"?><a/>"))
		if len(refs) != 1 || refs[0].Language != tt.want || len(findings) > 0 {
			t.Errorf("%s: %v %v, want %q", tt.attrs, refs, findings, tt.want)
		}
	}
}

// Quotes, white space and references are those of the note's grammar.
func TestPseudoAttributes(t *testing.T) {
	for _, tt := range []struct{ pi, href, phase string }{
		{`<?xml-model href='a.rng'?>`, "a.rng", ""},
		{"<?xml-model\n\thref = \"a.rng\"\n  phase\t=\t'p' ?>", "a.rng", "p"},
		{`<?xml-model href="a&amp;b&#x2E;&#114;ng"?>`, "a&b.rng", ""},
		{`<?xml-model href="it&apos;s.rng" phase='&quot;&lt;&gt;'?>`, "it's.rng", `"<>`},
		{`<?xml-model href="a.rng?x=1>2"?>`, "a.rng?x=1>2", ""},
		{`<?xml-model href="bücher.rng" title="T" group="g" charset="utf-8"?>`, "bücher.rng", ""},
		{`<?xml-model href="C:\schemas\a.rng"?>`, `C:\schemas\a.rng`, ""},
	} {
		refs, findings := catalog.Declared("x", []byte(tt.pi+"<a/>"))
		if len(refs) != 1 || len(findings) > 0 {
			t.Errorf("%s: %v %v", tt.pi, refs, findings)
			continue
		}
		if refs[0].Href != tt.href || refs[0].Phase != tt.phase {
			t.Errorf("%s: href %q phase %q", tt.pi, refs[0].Href, refs[0].Phase)
		}
	}
}

// An instruction that can't be read is a finding at its fault, and says what
// would be right.
func TestMalformedInstructionsAreFindings(t *testing.T) {
	for _, tt := range []struct{ pi, place, code, says string }{
		{`<?xml-model?>`, "x:2:1", "model/href", "add href"},
		{`<?xml-model href=""?>`, "x:2:1", "model/href", "add href"},
		{`<?xml-model type="application/xml"?>`, "x:2:1", "model/href", "add href"},
		{`<?xml-model href=a.rng?>`, "x:2:18", "model/syntax", `not in quotes; write href="…"`},
		{`<?xml-model href="a.rng?>`, "x:2:18", "model/syntax", "no other at its end"},
		{`<?xml-model href?>`, "x:2:17", "model/syntax", "href has no value"},
		{`<?xml-model href="a"type="b"?>`, "x:2:21", "model/syntax", "a space is missing after the value of href"},
		{`<?xml-model "a.rng"?>`, "x:2:13", "model/syntax", "a name such as href"},
		{`<?xml-model href="a&b"?>`, "x:2:20", "model/syntax", "write &amp;"},
		{`<?xml-model href="a&nbsp;b"?>`, "x:2:20", "model/syntax", "write &amp;"},
		{`<?xml-model href="&#0;"?>`, "x:2:19", "model/syntax", "write &amp;"},
		{`<?xml-model href="a<b"?>`, "x:2:20", "model/syntax", "write &lt;"},
		{`<?xml-model href="a" href="b"?>`, "x:2:22", "model/twice", "href stands twice"},
		{`<?xml-model href="a.rng" shematypens="b"?>`, "x:2:26", "model/unknown", "schematypens"},
		{`<?xml-model href="a.rng" schematypens="http://relaxng.org/"?>`, "x:2:1", "model/language", rng},
	} {
		_, findings := catalog.Declared("x", []byte("<?xml version='1.0'?>\n"+tt.pi+"\n<a/>"))
		if len(findings) != 1 {
			t.Errorf("%s: %v", tt.pi, findings)
			continue
		}
		f := findings[0]
		if f.Pos.String() != tt.place || string(f.Code) != tt.code || !strings.Contains(f.Message, tt.says) {
			t.Errorf("%s: %v, want %s %s %q", tt.pi, f, tt.place, tt.code, tt.says)
		}
	}
}

// Only the prolog and the root's start tag are read.
func TestOnlyThePrologAndTheRootCount(t *testing.T) {
	doc := `<!DOCTYPE a [<!ENTITY e "x">]><!-- <?xml-model href="no.rng"?> --><?xml-stylesheet href="no.css"?><?xml-model href="yes.rng"?>
<a><?xml-model href="late.rng"?><b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="n no.xsd"/></a><?xml-model href="after.rng"?>`
	refs, findings := catalog.Declared("x", []byte(doc))
	if len(refs) != 1 || refs[0].Href != "yes.rng" || len(findings) > 0 {
		t.Errorf("%v %v", refs, findings)
	}
}

func TestSchemaLocation(t *testing.T) {
	doc := `<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
 i:schemaLocation=" urn:x  x.xsd
   urn:y https://example.org/y.xsd " i:noNamespaceSchemaLocation="n.xsd" schemaLocation="no no.xsd"/>`
	refs, findings := catalog.Declared("x", []byte(doc))
	got := fmt.Sprint(len(findings))
	for _, r := range refs {
		got += fmt.Sprintf(" %s|%s|%s|%s", r.Pos, r.Namespace, r.Href, r.Language)
	}
	if want := "0 x:2:2|urn:x|x.xsd|XML Schema x:2:2|urn:y|https://example.org/y.xsd|XML Schema x:3:38||n.xsd|XML Schema"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, attr := range []string{`i:schemaLocation="urn:x x.xsd urn:y"`, `i:noNamespaceSchemaLocation="a.xsd b.xsd"`} {
		_, findings := catalog.Declared("x", []byte(`<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" `+attr+`/>`))
		if len(findings) != 1 || findings[0].Code != catalog.CodeModelPairs || findings[0].Pos.Column != 56 {
			t.Errorf("%s: %v", attr, findings)
		}
	}
}

// What is not well-formed later, or at all, is for the validator to say.
func TestIllFormedDocumentsDeclareWhatCameBefore(t *testing.T) {
	for doc, want := range map[string]int{
		"": 0, "<": 0, "plain text": 0, `<?xml-model href="a.rng"?><a`: 1, `<?xml-model href="a.rng"?>`: 1, `<?xml-model href="a.rng"`: 0,
		`<?xml-model href="a.rng"?><a></b>`: 1,
	} {
		if refs, findings := catalog.Declared("x", []byte(doc)); len(refs) != want || len(findings) > 0 {
			t.Errorf("%q: %v %v", doc, refs, findings)
		}
	}
	refs, _ := catalog.Declared("x", []byte("\xff\xfe<\x00?\x00x\x00m\x00l\x00-\x00m\x00o\x00d\x00e\x00l\x00 \x00h\x00r\x00e\x00f\x00=\x00'\x00a\x00'\x00?\x00>\x00<\x00a\x00/\x00>\x00"))
	if len(refs) != 1 || refs[0].Href != "a" {
		t.Errorf("UTF-16: %v", refs)
	}
}

func TestAReadersErrorIsTheCallers(t *testing.T) {
	broken := errors.New("broken")
	refs, _, err := catalog.DeclaredIn("x", io.MultiReader(strings.NewReader(`<?xml-model href="a.rng"?>`), failing{broken}))
	if !errors.Is(err, broken) || len(refs) != 1 {
		t.Errorf("%v %v", refs, err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func FuzzDeclared(f *testing.F) {
	for _, s := range []string{
		`<?xml-model href="a.rng" type='b' schematypens="c"?><a/>`, `<?xml-model href=a?><a/>`, `<?xml-model href="&#x10FFFF;&amp;"?><a/>`,
		`<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a b c"/>`, "<?xml-model \r\n href='é'\r\n?>\r\n<a/>", `<?xml-model href="`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		refs, findings := catalog.Declared("x", doc)
		for _, r := range refs {
			if r.Href == "" || r.Pos.Line < 1 || r.Pos.Column < 1 {
				t.Errorf("%+v", r)
			}
		}
		for _, x := range findings {
			if x.Pos.Line < 1 || x.Pos.Column < 1 || x.Code == "" || x.Message == "" || x.Pos.Offset > 2*len(doc)+3 {
				t.Errorf("%+v", x)
			}
		}
	})
}
