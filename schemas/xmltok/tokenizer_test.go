package xmltok

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// dump writes tokens in a line: <{ns}name attr="value"> text </name>.
func dump(tok *Tokenizer) (string, error) {
	var b strings.Builder
	text := false
	for {
		kind, err := tok.Next()
		if err != nil {
			return b.String(), err
		}
		if text && kind != Text {
			b.WriteString("'")
			text = false
		}
		switch kind {
		case EOF:
			return b.String(), nil
		case StartElement:
			fmt.Fprintf(&b, "<%s", expanded(tok.Name))
			for _, a := range tok.Attrs {
				fmt.Fprintf(&b, " %s=%q", expanded(a.Name), a.Value)
			}
			b.WriteString(">")
		case EndElement:
			fmt.Fprintf(&b, "</%s>", tok.Name.Raw)
		case Text:
			if tok.Depth() > 0 {
				if !text {
					b.WriteString("'")
				}
				text = true
				b.Write(tok.Text)
			}
		case Comment:
			fmt.Fprintf(&b, "<!--%s-->", tok.Text)
		case ProcInst:
			fmt.Fprintf(&b, "<?%s %s?>", tok.Name.Raw, tok.Text)
		}
	}
}

func expanded(n *Name) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

func TestTokensAreTheInfoset(t *testing.T) {
	for _, c := range []struct{ doc, want string }{
		{`<a/>`, `<a></a>`},
		{`<a b="1" c='2'>x</a>`, `<a b="1" c="2">'x'</a>`},
		{"<a b=\"x\ny\tz\r\nw\rv\">1\r\n2\r3</a>", "<a b=\"x y z w v\">'1\n2\n3'</a>"},
		{`<a>&lt;&amp;&#65;&#x42;&quot;&apos;&gt;</a>`, `<a>'<&AB"'>'</a>`},
		{`<a b="&#10;&#x20;&lt;"/>`, `<a b="\n <"></a>`},
		{`<a xmlns="u" xmlns:p="v"><p:b p:c="1" d="2"/></a>`, `<{u}a><{v}b {v}c="1" d="2"></p:b></a>`},
		{`<a xmlns="u"><b xmlns=""/><c/></a>`, `<{u}a><b></b><{u}c></c></a>`},
		{`<a xml:lang="en"/>`, `<a {http://www.w3.org/XML/1998/namespace}lang="en"></a>`},
		{`<a><![CDATA[<x>&]]]]><![CDATA[>]]></a>`, `<a>'<x>&]]>'</a>`},
		{`<?xml version="1.0"?><!-- c --><?p q r?><a/><!--d--> `, `<!-- c --><?p q r?><a></a><!--d-->`},
		{`<!DOCTYPE a [<!ENTITY e "x<b>y</b>"><!ENTITY f "&e;&#38;#60;">]><a c="&#38;">&f;</a>`, `<a c="&">'x'<b>'y'</b>'<'</a>`},
		{`<!DOCTYPE a [<!ATTLIST a b CDATA "d" c NMTOKENS " x  y "><!ENTITY e "1 2">]><a c="  p  q " d="&e;"/>`, `<a c="p q" d="1 2" b="d"></a>`},
		{`<!DOCTYPE a [<!ENTITY % p "<!ENTITY e 'v'>"> %p; <!ELEMENT a (b|(c,d?)*)+><!ELEMENT b (#PCDATA|c)*><!NOTATION n PUBLIC "x"> <!-- x --> <?y z?>]><a>&e;</a>`, `<a>'v'</a>`},
		{`<a b = "1"  ></a >`, `<a b="1"></a>`},
		{`<é ü="ø">Шифр № ` + "\U0001F600" + `</é>`, `<é ü="ø">'Шифр № ` + "\U0001F600" + `'</é>`},
	} {
		if got, err := dump(NewBytes("t", []byte(c.doc), nil)); got != c.want || err != nil {
			t.Errorf("%s\n gives %s %v\n want  %s", c.doc, got, err, c.want)
		}
		if got, err := dump(NewReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil)); got != c.want || err != nil {
			t.Errorf("byte by byte, %s\n gives %s %v\n want  %s", c.doc, got, err, c.want)
		}
	}
}

// Every rule of well-formedness that is broken has a message at its place.
func TestFaultsAreAtTheirPlace(t *testing.T) {
	for _, c := range []struct{ doc, want string }{
		{"", "1:1: no element"},
		{"x", "1:1: text before"},
		{"<a>", "1:4: the file ends, and <a> opened at 1:1 is not closed; add </a>"},
		{"<a>\n <b>\n</a>", "3:1: <b> opened at 2:2 is closed by </a>; </b> is missing before it"},
		{"<p>\n<persName>x</placeName></p>", "2:12: <persName> opened at 2:1 is closed by </placeName>"},
		{"<a><B></b></a>", "1:7: <B> opened at 1:4 is closed by </b>; the letter case differs"},
		{"<a/><b/>", "1:5: <b> after the end"},
		{"<a/>x", "1:5: text after"},
		{"</a>", "1:1: </a> closes nothing"},
		{"<a b='1' b='2'/>", `1:10: attribute "b" stands twice`},
		{`<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, `1:36: attributes "q:b" and "p:b" are the same name`},
		{"<a b=1/>", `1:6: the value of "b" has no quotes`},
		{"<a b/>", `1:4: attribute "b" has no value`},
		{"<a b='1'c='2'/>", "1:9: no space between"},
		{"<a b='<'/>", `1:7: "<" in the value of "b"`},
		{"<a b='1/>", `1:6: the value of "b" is not closed`},
		{"<a>&x;</a>", "1:4: the entity &x; is not declared"},
		{"<a>& </a>", "1:4: & that begins no reference"},
		{"<a>&amp</a>", "1:4: the reference &amp has no ;"},
		{"<a>&#0;</a>", "1:4: &#0; is no character"},
		{"<a>&#xD800;</a>", "1:4: &#xD800; is no character"},
		{"<a>&#+65;</a>", "1:4: "},
		{"<a>]]></a>", "1:4: ]]> in text"},
		{"<a><!-- -- --></a>", "1:9: -- inside a comment"},
		{"<a><!-- --->\n</a>", "1:9: -- inside a comment"},
		{"<a><?xml version='1.0'?></a>", "1:4: <?xml that is not at the very start"},
		{" <?xml version='1.0'?><a/>", "1:2: <?xml that is not at the very start"},
		{"<?xml encoding='UTF-8'?><a/>", "1:7: the XML declaration holds"},
		{"<?xml version='1.0' encoding='utf-99'?><a/>", `1:31: the encoding "utf-99" is not read`},
		{"<a>\x01</a>", "1:4: the control character U+0001"},
		{"<a>é\xff</a>", "1:5: byte 0xFF is not UTF-8"},
		{"<a>\xc0\x80</a>", "1:4: byte 0xC0 is not UTF-8"},
		{"<a>\xed\xa0\x80</a>", "1:4: byte 0xED"},
		{"<a>\uFFFE</a>", "1:4: the character U+FFFE is not allowed"},
		{"<a\x00/>", "1:3: U+0000 can't stand in a name"},
		{"<1a/>", "1:2: a name can't begin with \"1\""},
		{"<a:b/>", "1:2: the prefix of <a:b> is not declared; add xmlns:a="},
		{"<a b:c='1'/>", `1:4: the prefix of attribute "b:c" is not declared`},
		{"<a:b:c xmlns:a='u'/>", "1:2: <a:b:c> is no name"},
		{"<a xmlns:p=''/>", "1:4: a prefix can't be declared for no namespace"},
		{"<a xmlns:xml='u'/>", "1:4: the prefix xml stands for"},
		{"<a xmlns:xmlns='u'/>", "1:4: the prefix xmlns"},
		{"<a xmlns:p='u' xmlns:p='v'/>", `1:16: "xmlns:p" stands twice`},
		{"<a <b/></a>", "1:4: the tag <a> opened at 1:1 has no >"},
		{"<a><![CDATA[x</a>", "1:4: a CDATA section begins here"},
		{"<a><!-- x</a>", "1:4: a comment begins here"},
		{"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", "the entity &e; holds itself"},
		{"<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</b></a>", `the entity "e" ends inside <b>`},
		{"<!DOCTYPE a [<!ENTITY e '</a><a>'>]><a>&e;</a>", `</a> closes in the entity "e" what was opened outside it`},
		{"<!DOCTYPE a [<!ENTITY e SYSTEM 'x.xml'>]><a>&e;</a>", "1:45: the entity &e; lies outside this file (x.xml)"},
		{"<!DOCTYPE a SYSTEM 'a.dtd'><a>&e;</a>", "1:31: the entity &e; is not declared in this file"},
		{"<!DOCTYPE a [<!ENTITY e '<'>]><a b='&e;'/>", "holds a <"},
		{"<!DOCTYPE a [<!ELEMENT a (b,c|d)>]><a/>", "1:30: , | or ) is expected"},
		{"<!DOCTYPE a [<!FOO>]><a/>", "1:14: a declaration is expected"},
		{"<!DOCTYPE a><!DOCTYPE a><a/>", "1:13: a document type declaration stands once"},
		{"<!doctype html><a/>", "1:1: <! that begins neither"},
		{"<a></a b='1'>", `1:8: "b" in an end tag`},
		{"<a/ >", `1:3: "/" inside a tag`},
	} {
		for _, way := range []struct {
			name string
			tok  *Tokenizer
		}{
			{"in memory", NewBytes("t", []byte(c.doc), nil)},
			{"byte by byte", NewReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil)},
		} {
			_, err := dump(way.tok)
			var e *Error
			if !errors.As(err, &e) {
				t.Errorf("%s, %q: error %v, want %s", way.name, c.doc, err, c.want)
				continue
			}
			if got := fmt.Sprintf("%d:%d: %s", e.Finding.Pos.Line, e.Finding.Pos.Column, e.Finding.Message); !strings.Contains(got, c.want) {
				t.Errorf("%s, %q\n gives %s\n want  %s", way.name, c.doc, got, c.want)
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	utf16 := func(s string, big bool) string {
		var b strings.Builder
		for _, r := range s {
			if big {
				b.WriteByte(byte(r >> 8))
			}
			b.WriteByte(byte(r))
			if !big {
				b.WriteByte(byte(r >> 8))
			}
		}
		return b.String()
	}
	for _, c := range []struct{ name, doc, want string }{
		{"byte order mark", "\xef\xbb\xbf<a>é</a>", "<a>'é'</a>"},
		{"UTF-16LE", "\xff\xfe" + utf16("<?xml version='1.0' encoding='UTF-16'?><a>Ш</a>", false), "<a>'Ш'</a>"},
		{"UTF-16BE", "\xfe\xff" + utf16("<a>Ш</a>", true), "<a>'Ш'</a>"},
		{"UTF-16 unmarked", utf16("<?xml version='1.0' encoding='UTF-16'?><a>Ш</a>", false), "<a>'Ш'</a>"},
		{"latin 1", "<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xe9'>\xfc</a>", "<a b=\"é\">'ü'</a>"},
		{"windows-1251", "<?xml version='1.0' encoding='windows-1251'?><a>\xd8\xe8\xf4\xf0</a>", "<a>'Шифр'</a>"},
		{"half a pair", "\xff\xfe" + utf16("<a>x", false) + "\x00\xd8" + utf16("</a>", false), "1:5: not a character of UTF-16LE"},
		{"declared otherwise", "\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "1:31: the file says that it is ISO-8859-1"},
		{"claims UTF-16", "<?xml version='1.0' encoding='UTF-16'?><a/>", "1:31: the file says that it is UTF-16 and is not"},
		{"undefined byte", "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", "1:49: not a character of windows-1252"},
	} {
		for _, tok := range []*Tokenizer{NewBytes("t", []byte(c.doc), nil), NewReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil)} {
			got, err := dump(tok)
			if err != nil {
				got = strings.TrimPrefix(err.Error(), "t:")
			}
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("%s gives %s, want %s", c.name, got, c.want)
			}
		}
	}
}

func TestExpansionIsBounded(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString(`<!DOCTYPE a [<!ENTITY a0 "ha ha ha ha ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, `<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">`, i, i-1, i-1, i-1, i-1)
	}
	laughs.WriteString("]><a>&a29;</a>")
	quadratic := `<!DOCTYPE a [<!ENTITY e "` + strings.Repeat("x", 100_000) + `">]><a>` + strings.Repeat("&e;", 100_000) + "</a>"
	inValue := strings.Replace(laughs.String(), "<a>&a29;</a>", "<a b='&a29;'/>", 1)
	for _, doc := range []string{laughs.String(), quadratic, inValue} {
		_, err := dump(NewBytes("t", []byte(doc), nil))
		if err == nil || !strings.Contains(err.Error(), "expand to more than") {
			t.Errorf("%.60s…: %v", doc, err)
		}
	}
}

type zeros struct{ n int }

func (z *zeros) Read(p []byte) (int, error) {
	if z.n <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), z.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	z.n -= n
	return n, nil
}

func TestLimitsAreFindings(t *testing.T) {
	var many strings.Builder
	many.WriteString("<a")
	for i := range 1_000_000 {
		fmt.Fprintf(&many, " a%d=''", i)
	}
	many.WriteString("/>")
	for _, c := range []struct {
		name string
		r    io.Reader
		want string
	}{
		{"a value of 1 GB", io.MultiReader(strings.NewReader("<a b='"), &zeros{1 << 30}, strings.NewReader("'/>")), "more than 16 MB"},
		{"a comment of 1 GB", io.MultiReader(strings.NewReader("<a><!--"), &zeros{1 << 30}, strings.NewReader("--></a>")), "more than 16 MB"},
		{"a name of 1 GB", io.MultiReader(strings.NewReader("<a"), &zeros{1 << 30}, strings.NewReader("/>")), "more than 16 MB"},
		{"a million attributes", strings.NewReader(many.String()), "more than 10000 attributes"},
		{"depth", strings.NewReader(strings.Repeat("<a>", 1_000_000)), "nested more than 10000 deep"},
	} {
		if _, err := dump(NewReader("t", c.r, nil)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestPlacesHoldAcrossTheWindow(t *testing.T) {
	var b strings.Builder
	b.WriteString("<a>\n")
	for i := range 30_000 {
		fmt.Fprintf(&b, "  <bé n='%d'>Ш</bé>\n", i)
	}
	b.WriteString("  <open>\n</a>")
	doc := b.String()
	var want string
	for i, tok := range []*Tokenizer{NewBytes("t", []byte(doc), nil), NewReader("t", strings.NewReader(doc), nil), NewReader("t", iotest.HalfReader(strings.NewReader(doc)), nil)} {
		n := 0
		for {
			kind, err := tok.Next()
			if err != nil {
				if i == 0 {
					want = err.Error()
				}
				if err.Error() != want || !strings.HasPrefix(want, "t:30003:1: <open> opened at 30002:3") {
					t.Error(err)
				}
				break
			}
			if kind == StartElement && tok.Name.Local == "bé" {
				n++
				if p := tok.Pos(tok.Offset); p.Line != n+1 || p.Column != 3 || p.Offset != tok.Offset || doc[p.Offset:p.Offset+2] != "<b" {
					t.Fatalf("element %d is at %v", n, p)
				}
			}
		}
	}
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	doc := []byte(`<a xmlns="u" xmlns:p="v">` + strings.Repeat(`<b c="1" p:d="x&amp;y"><e>text &lt; é</e></b>`+"\n", 200) + `</a>`)
	tok := NewBytes("t", doc, nil)
	run := func() {
		tok.Reset("t", doc, nil, Limits{})
		for {
			if kind, err := tok.Next(); err != nil || kind == EOF {
				return
			}
		}
	}
	run()
	if n := testing.AllocsPerRun(10, run); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzTokenizer(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x<b>y</b>"><!ATTLIST a b CDATA "d">]><a c="&#38;" xmlns:p="u"><p:q/>&e;<![CDATA[x]]></a>`))
	f.Add([]byte("<a>\r\n]] ]]&gt;é</a>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		a, errA := dump(NewBytes("t", doc, nil))
		b, errB := dump(NewReader("t", iotest.OneByteReader(strings.NewReader(string(doc))), nil))
		if a != b || (errA == nil) != (errB == nil) || errA != nil && errA.Error() != errB.Error() {
			t.Fatalf("in memory %q %v\nbyte by byte %q %v", a, errA, b, errB)
		}
	})
}

func BenchmarkTokenizer(b *testing.B) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		b.Skip("SIGLA_SHARED names no folder of documents")
	}
	names, _ := filepath.Glob(filepath.Join(shared, "tei/real/*.xml"))
	for _, name := range names {
		doc, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Base(name), func(b *testing.B) {
			tok := NewBytes(name, doc, nil)
			b.SetBytes(int64(len(doc)))
			b.ReportAllocs()
			for b.Loop() {
				tok.Reset(name, doc, nil, Limits{})
				for {
					kind, err := tok.Next()
					if err != nil {
						b.Fatal(err)
					}
					if kind == EOF {
						break
					}
				}
			}
		})
	}
}
