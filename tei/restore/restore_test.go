package restore

import (
	"strings"
	"testing"

	"sigla/tei/diag"
)

const header = `<teiHeader><encodingDesc><tagsDecl>
<rendition xml:id="o" scheme="css" scope="before">content: "[";</rendition>
<rendition xml:id="c" scheme="css" scope="after">content: "]";</rendition>
<rendition xml:id="q" scheme="css" scope="before">content: "\"";</rendition>
<rendition xml:id="nl" scheme="css" scope="before">content: "[Stamp:\A ";</rendition>
<rendition xml:id="n" scheme="css" scope="before">content: "[" attr(n) "]";</rendition>
</tagsDecl></encodingDesc></teiHeader>`

func file(body string) []byte {
	return []byte(`<TEI xmlns="http://www.tei-c.org/ns/1.0">` + header + `<text><body>` + body + `</body></text></TEI>`)
}

// cases are a body, the source it stands for, and what differs, if anything.
var cases = []struct{ name, body, source, differs string }{
	{"words", `<p>One two.</p>`, "One two.", ""},
	{"space between blocks is layout", "<p>One.</p>\n  <p>Two.</p>", "One.\n\n\n Two.\n", ""},
	{"space within a block is exact", `<p>One two.</p>`, "One  two.", "1:5"},
	{"a space too many", `<p>One  two.</p>`, "One two.", "1:5"},
	{"a space at a block's edge", `<p> One.</p>`, "One.", "1:1"},
	{"a line break is exact", "<p>One\ntwo.</p>", "One\ntwo.", ""},
	{"a line break lost", "<p>One two.</p>", "One\ntwo.", "1:4"},
	{"lb is nothing", "<p>One\n<lb/>two.</p>", "One\ntwo.", ""},
	{"no-break space is not a space", "<p>One two.</p>", "One\u00a0two.", "1:4"},
	{"brackets come back", `<p>a <supplied rendition="#o #c">b</supplied> c</p>`, "a [b] c", ""},
	{"a bracket that was not there", `<p>a <supplied rendition="#o #c">b</supplied> c</p>`, "a b c", "1:3"},
	{"a lost bracket", `<p>a <supplied>b</supplied> c</p>`, "a [b] c", "1:3"},
	{"an escape in CSS", `<ab><stamp rendition="#nl #c">X</stamp></ab>`, "[Stamp:\nX]", ""},
	{"a quotation mark", `<p><q rendition="#q">x</q></p>`, `"x`, ""},
	{"a rule", `<p>a</p><milestone unit="section" rend="---"/><p>b</p>`, "a\n\n---\n\nb", ""},
	{"an attribute in a rendition", `<p>a<ref n="3" rendition="#n"/></p>`, "a[3]", ""},
	{"the editor's correction is left out", `<p><choice><sic>teh</sic><corr>the</corr></choice></p>`, "teh", ""},
	{"a correction of the source stays", `<p><choice><sic>teh</sic> <corr rendition="#o #c">the</corr></choice></p>`, "teh [the]", ""},
	{"a note stands in its block", `<p>a<note xml:id="n1" n="1" rendition="#n">why</note> b</p><div><ab corresp="#n1"/></div>`, "a[1] b\n\n[1] why", ""},
	{"a note that lost a letter", `<p>a<note xml:id="n1" n="1" rendition="#n">wh</note> b</p><div><ab corresp="#n1"/></div>`, "a[1] b\n\n[1] why", "3:7"},
	{"entities", `<p>a &amp; b &#x41;</p>`, "a & b A", ""},
	{"the source goes on", `<p>a</p>`, "a\n\nb", "3:1"},
	{"the TEI goes on", `<p>a</p><p>b</p>`, "a", "1:2"},
	{"words between structural elements", `<div>x<p>a</p></div>`, "a", "1:1"},
	{"an item with a paragraph", "<list>\n<item>\n<p>a</p>\n</item>\n</list>", "a", ""},
	{"an item with words is exact", "<list>\n<item>a b</item>\n</list>", "a  b", "1:3"},
	{"comments are nothing", `<p>a<!-- x --> b</p>`, "a b", ""},
}

func TestRestores(t *testing.T) {
	for _, c := range cases {
		l, err := Compare(file(c.body), "x.xml", c.source, Range{0, len(c.source)}, "x.txt")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := ""
		if len(l) > 0 {
			got = strings.TrimPrefix(l[0].Pos.String(), "x.txt:")
		}
		if got != c.differs {
			t.Errorf("%s: differs at %q, want %q (%v)", c.name, got, c.differs, l)
		}
	}
}

func TestRefusesWhatItCannotRead(t *testing.T) {
	for name, doc := range map[string]string{
		"not closed":     `<TEI><text><body><p>a</p></body>`,
		"wrong end":      `<TEI><text></TEI></text>`,
		"a DTD":          `<!DOCTYPE TEI [<!ENTITY a "b">]><TEI><text>&a;</text></TEI>`,
		"nothing":        ``,
		"very deep":      strings.Repeat("<a>", 6000) + strings.Repeat("</a>", 6000),
		"no such entity": `<TEI><text><body><p>&nbsp;</p></body></text></TEI>`,
	} {
		l, err := Compare([]byte(doc), "x.xml", "a", Range{0, 1}, "x.txt")
		if err != nil || len(l) != 1 || l[0].Code != CodeNotWellFormed {
			t.Errorf("%s: %v %v", name, l, err)
		}
	}
	l, _ := Compare(file(`<p rendition="#nothing">a</p>`), "x.xml", "a", Range{0, 1}, "x.txt")
	if len(l) != 1 || l[0].Code != CodeRendition {
		t.Errorf("an undeclared rendition: %v", l)
	}
}

func TestFindBody(t *testing.T) {
	doc := file(`<p>The body.</p>`)
	src := "**Title**\n\nCitation: x\n\nThe  body.\n\n"
	r, ok := FindBody(doc, src)
	if !ok || src[r.Start:r.Start+3] != "The" {
		t.Errorf("the body is found at %v, %v", r, ok)
	}
	if _, ok := FindBody(doc, "Another text."); ok {
		t.Error("a body is found in another text")
	}
}

func TestFrontMatterMustBeInTheHeader(t *testing.T) {
	doc := []byte(`<TEI><teiHeader><title>A title</title><q>Citation:</q><bibl>ABC, f. 1</bibl></teiHeader><text/></TEI>`)
	if l := Front(doc, "**A title**\n\n**Citation:**\n\nABC, f. 1\n"); len(l) > 0 {
		t.Errorf("all is there, but: %v", l)
	}
	l := Front(doc, "**A title**\n\nSummary: lost\n")
	if len(l) != 1 || l[0].Code != CodeFront || l[0].Pos.Line != 3 {
		t.Errorf("a lost line: %v", l)
	}
}

func TestLooseSpace(t *testing.T) {
	l, err := CompareWith(file("<p>One\n   two.</p>"), "x.xml", "One two.", Range{0, 8}, "x.txt", Options{LooseSpace: true})
	if err != nil || len(l) > 0 {
		t.Error(l, err)
	}
}

func FuzzRestore(f *testing.F) {
	for _, c := range cases {
		f.Add(file(c.body), c.source)
	}
	f.Fuzz(func(t *testing.T, doc []byte, source string) {
		if len(doc) > 1<<14 || len(source) > 1<<12 {
			return
		}
		var _ diag.List
		if _, err := Compare(doc, "x.xml", source, Range{0, len(source)}, "x.txt"); err != nil {
			t.Fatal(err)
		}
		FindBody(doc, source)
		Front(doc, source)
	})
}

func BenchmarkCompare(b *testing.B) {
	para := `<p>I am sending you for <supplied rendition="#o #c">your</supplied> information my telegram of <date when="1951-10-31">31 October</date>.</p>` + "\n"
	doc := file(strings.Repeat(para, 150))
	src := strings.Repeat("I am sending you for [your] information my telegram of 31 October.\n\n", 150)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if l, err := Compare(doc, "x.xml", src, Range{0, len(src)}, "x.txt"); err != nil || len(l) > 0 {
			b.Fatal(l, err)
		}
	}
}
