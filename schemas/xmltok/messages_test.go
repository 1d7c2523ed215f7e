package xmltok

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
	"unicode/utf8"

	"sigla/tei/diag"
)

// explained are the mistakes that people make, with all that is said of them.
var explained = []struct{ doc, message string }{
	// Tags that do not match.
	{"<TEI>\n<p>\n  <persName>Mary</placeName></p></TEI>", "3:17: <persName> opened at 3:3 is closed by </placeName>, and no <placeName> is open"},
	{"<p><persName>Mary</persname></p>", "1:18: <persName> opened at 1:4 is closed by </persname>; the letter case differs"},
	{"<p><persName>Mary</persNmae></p>", "1:18: <persName> opened at 1:4 is closed by </persNmae>; write </persName>"},
	{"<p><hi>Mary</p>", "1:12: <hi> opened at 1:4 is closed by </p>; </hi> is missing before it"},
	{"<p>one<lb>two</p>", "1:14: <lb> opened at 1:7 is closed by </p>; write <lb/> where it stands empty, or </lb> before this"},
	{"<p>x</hi></p>", "1:5: <p> opened at 1:1 is closed by </hi>, and no <hi> is open"},
	{"</p>", "1:1: </p> closes nothing: no element is open; take it out"},
	{"<TEI>\n", "2:1: the file ends, and <TEI> opened at 1:1 is not closed; add </TEI>"},
	{"<TEI><p>x", "1:10: the file ends, and <p> opened at 1:6 and <TEI> at 1:1 are not closed; add </p></TEI>"},
	{"<TEI>\n<body>\n<p>x", "3:5: the file ends, and <p> opened at 3:1, <body> at 2:1 and <TEI> at 1:1 are not closed; add their end tags"},
	{"<TEI><text><body><div><p>x", "1:27: the file ends, and <p> opened at 1:23, <div> at 1:18 and 3 more around them are not closed; add their end tags"},

	// Characters that have to be written otherwise.
	{"<p>Smith & Sons</p>", "1:10: & that begins no reference; write &amp; for the character itself"},
	{"<p>AT&T</p>", "1:6: &T is no reference, which ends with ;: write &amp;T for the characters"},
	{"<ref target='x?a=1&b=2'/>", "1:19: &b is no reference, which ends with ;: write &amp;b for the characters"},
	{"<p>&amp Sons</p>", "1:4: the reference &amp has no ; at its end; write &amp; or, for the character &, &amp;"},
	{"<p>a&nbsp;b</p>", "1:5: the entity &nbsp; belongs to HTML and is not declared; write &#160; or the character itself"},
	{"<p>caf&eacute;</p>", "1:7: the entity &eacute; belongs to HTML and is not declared; write &#233; or the character itself"},
	{"<!DOCTYPE p SYSTEM 'x.dtd'><p>&mdash;</p>", "1:31: the entity &mdash; is not declared in this file, and no DTD outside is read; write &#8212; or the character itself"},
	{"<!DOCTYPE p SYSTEM 'x.dtd'><p>&house;</p>", "1:31: the entity &house; is not declared in this file, and no DTD outside is read; write the text itself"},
	{"<p>&AMP;</p>", "1:4: the entity &AMP; is not declared; write &amp; in small letters"},
	{"<p>&house;</p>", "1:4: the entity &house; is not declared; write its text, or &amp;house; for the characters"},
	{"<p>&#150000000;</p>", "1:4: &#150000000; is no character that XML allows; take it out"},
	{"<p>&# 65;</p>", "1:4: &# that begins no reference; write &amp;# for the characters themselves"},
	{"<p>x < y</p>", "1:6: < before a space begins no tag; write &lt; for the character itself"},
	{"<p>x<5</p>", `1:5: < before "5" begins no tag; write &lt; for the character itself`},
	{"<p><<b/></p>", `1:4: < before "<" begins no tag; write &lt; for the character itself`},
	{"<p>x <", "1:6: a tag begins here and the file ends before it does; write &lt; for the character itself"},
	{"<p>a[b[1]]>2</p>", "1:9: ]]> in text; write ]]&gt;"},
	{"<p>\x02</p>", "1:4: the control character U+0002 is not allowed in XML; take it out"},
	{"<p n='\x1b'/>", "1:7: the control character U+001B is not allowed in XML; take it out"},
	{"<p>\uffff</p>", "1:4: the character U+FFFF is not allowed in XML; take it out"},

	// Attributes.
	{"<p n=12 type='x'>", `1:6: the value of "n" has no quotes; write n="12"`},
	{"<p n=12>", `1:6: the value of "n" has no quotes; write n="12"`},
	{"<ref target=http://a.org/b/>", `1:13: the value of "target" has no quotes; write target="http://a.org/b"`},
	{"<p n=>", `1:6: ">" where the value of "n" is expected; write n="…"`},
	{"<hi rend=“italic”>x</hi>", `1:10: the value of "rend" stands in curly quotes (U+201C); write straight ones: rend="italic"`},
	{"<hi rend=”italic”>x</hi>", `1:10: the value of "rend" stands in curly quotes (U+201D); write straight ones: rend="italic"`},
	{"<hi rend=‘italic’ n='1'>x</hi>", `1:10: the value of "rend" stands in curly quotes (U+2018); write straight ones: rend="italic"`},
	{"<hi rend=«italic»>x</hi>", `1:10: the value of "rend" stands in curly quotes (U+00AB); write straight ones: rend="italic"`},
	{"<hi rend=\"italic” n=\"1\">x</hi>", `1:22: the value of "rend" ran to here from 1:10; it has a curly quote where a straight one should close it`},
	{"<p n \"1\"/>", `1:6: = is missing between "n" and its value; write n=`},
	{"<p hidden/>", `1:4: attribute "hidden" has no value; write hidden="…"`},
	{"<p =\"1\"/>", `1:4: = without an attribute's name before it in the tag <p>; write name="…"`},
	{"<p \"1\"/>", `1:4: a quote without an attribute's name before it in the tag <p>; write name="…"`},
	{"<p n='1',m='2'/>", `1:9: "," right behind the value of "n"; put a space there, or write &quot; for a quote inside the value`},
	{"<p n='1' , m='2'/>", `1:10: "," in the tag <p>, where an attribute's name is expected; write name="…"`},
	{"<p n=\"the \"old\" house\"/>", `1:12: "o" right behind the value of "n"; put a space there, or write &quot; for a quote inside the value`},
	{"<p n=\"1>x</p>", `1:10: < in the value of "n", which opened at 1:6; close its quote before this, or write &lt;`},
	{"<p n=\"1", `1:6: the value of "n" opened here is not closed; its quote " is missing`},
	{"<p n='1'\nn='2'/>", `2:1: attribute "n" stands twice on the element, first at 1:4; keep one`},
	{"<p xmlns:a='u' xmlns:b='u' a:n='1' b:n='2'/>", `1:36: attribute "b:n" is the same as "a:n" at 1:28, both of the namespace "u"; keep one`},
	{"<p <hi>x</hi></p>", "1:4: < inside the tag <p> opened at 1:1, which has no >; add it before this"},
	{"<p n='1'\n<hi>x</hi></p>", "2:1: < inside the tag <p> opened at 1:1, which has no >; add it before this"},
	{"<p", "1:1: the tag <p> begins here and the file ends before it does; add > where the tag ends"},
	{"<p></p", "1:4: the end tag </p> begins here and the file ends before it does; add > where the tag ends"},
	{"</\xfa!", `1:3: byte 0xFA is not UTF-8; if it is "ú", declare windows-1252 in the first line, or save the file as UTF-8`},
	{"<p></>", "1:4: an end tag without a name; write </…>, or &lt;/ for the characters"},
	{"<p/ n='1'>", `1:3: "/" inside a tag; an empty element ends with />`},
	{"<p></p n='1'>", `1:8: "n" in the end tag </p>, which holds its name alone; take it out`},

	// Names and namespaces.
	{"<p 2nd='x'/>", `1:4: a name can't begin with "2"; it begins with a letter or _`},
	{"<p× n='1'/>", "1:3: × (U+00D7) can't stand in a name; take it out"},
	{"<a:b:c/>", "1:2: <a:b:c> is no name: a name has one colon at most, with a prefix before it and a name after it"},
	{"<tei:p/>", `1:2: the prefix of <tei:p> is not declared; add xmlns:tei="http://www.tei-c.org/ns/1.0" to it or an element around it`},
	{"<p><xi:include/></p>", `1:5: the prefix of <xi:include> is not declared; add xmlns:xi="http://www.w3.org/2001/XInclude" to it or an element around it`},
	{"<p xlink:href='x'/>", `1:4: the prefix of attribute "xlink:href" is not declared; add xmlns:xlink="http://www.w3.org/1999/xlink" to it or an element around it`},
	{"<p XML:id='x'/>", `1:4: the prefix of attribute "XML:id" is not declared, but xml is; the letter case differs`},
	{"<a xmlns:tei='u'><Tei:p/></a>", "1:19: the prefix of <Tei:p> is not declared, but tei is; the letter case differs"},
	{"<p my:n='x'/>", `1:4: the prefix of attribute "my:n" is not declared; add xmlns:my="…" to it or an element around it`},
	{"<xmlns:p/>", "1:2: the prefix xmlns of <xmlns:p> is kept for declarations; take another"},
	{"<p xmlns:xml='u'/>", "1:4: the prefix xml stands for http://www.w3.org/XML/1998/namespace and for nothing else; take another"},
	{"<p xmlns:a=''/>", "1:4: a prefix can't be declared for no namespace; give it a namespace or take the declaration out"},
	{"<p xmlns:a='u' xmlns:a='v'/>", `1:16: attribute "xmlns:a" stands twice on the element, first at 1:4; keep one`},

	// Pieces without an end.
	{"<p>\n<!-- x</p>", "2:1: a comment begins here and the file ends before it does; add --> where the comment ends"},
	{"<p>\n<![CDATA[x</p>", "2:1: a CDATA section begins here and the file ends before it does; add ]]> where the section ends"},
	{"<p>\n<?x y></p>", "2:1: a processing instruction begins here and the file ends before it does; add ?> where the instruction ends"},
	{"<p><!-- x -- y --></p>", "1:11: -- inside the comment opened at 1:4, which ends with -->; write - -"},
	{"<p><!-- x\n<!-- y --></p>", "2:1: a comment inside the comment opened at 1:4; end that one with --> before it"},
	{"<p><! x></p>", "1:4: <! that begins neither a comment <!-- nor a CDATA section <![CDATA[; write &lt;! for the characters"},

	// What stands around the document element.
	{"", "1:1: no element; an XML document has one that holds all others"},
	{"Dear Mary", "1:1: text before the document element; an XML file begins with < (this is no XML, or something stands before it)"},
	{"<p/>\nDear Mary", "2:1: text after the end of the document element; put it inside or take it out"},
	{"<p/>\n<p/>", "2:1: <p> after the end of the document element; put it inside, or make it a file of its own"},
	{"\n<?xml version='1.0'?><p/>", "2:1: <?xml that is not at the very start of the file; take away what stands before it"},
	{"<p/>\ufeff", "1:5: a byte order mark (U+FEFF) that is not at the very start of the file; take it out"},
	{"<!doctype html><p/>", "1:1: <!doctype declares nothing here; a document type declaration is written <!DOCTYPE, before the document element"},
	{"<p/><!DOCTYPE p>", "1:5: a document type declaration stands once, before the document element; take this out"},

	// The first line and the encoding.
	{"<?xml version=1.0?><p/>", `1:15: the value of version has no quotes; write version="…"`},
	{"<?xml version='3.0'?><p/>", `1:16: the version of XML is "3.0", which is none; write 1.0`},
	{"<?xml encoding='UTF-8'?><p/>", `1:7: the XML declaration holds version, encoding, standalone, in this order: <?xml version="1.0" encoding="UTF-8"?>`},
	{"<?xml version='1.0' encoding='Mac'?><p/>", `1:31: the encoding "Mac" is not read; save the file as UTF-8 and write that here`},
	{"<?xml version='1.0' encoding='UTF-16'?><p/>", `1:31: the file says that it is UTF-16 and is not; write UTF-8 here, or take encoding="…" out`},
	{"\xef\xbb\xbf<?xml version='1.0' encoding='windows-1252'?><p/>", "1:31: the file says that it is windows-1252, and its first bytes say UTF-8; write that here"},
	{"<p>caf\xe9</p>", `1:7: byte 0xE9 is not UTF-8; if it is "é", declare windows-1252 in the first line, or save the file as UTF-8`},
	{"<p>\x93Mary\x94</p>", `1:4: byte 0x93 is not UTF-8; if it is "“", declare windows-1252 in the first line, or save the file as UTF-8`},
	{"<?xml version='1.0' encoding='utf-8'?><p>caf\xe9</p>", `1:45: byte 0xE9 is not UTF-8, the encoding that the first line declares; if it is "é", declare windows-1252 in the first line, or save the file as UTF-8`},
	{"<p>\x81</p>", "1:4: byte 0x81 is not UTF-8; save the file as UTF-8, or declare its own encoding"},
	{"<?xml version='1.0' encoding='windows-1252'?><p>\x81</p>", "1:49: what stands here is no character of windows-1252, the file's encoding; save the file as UTF-8"},
	{"\xff\xfe\x00\x00", "1:1: the file is in UTF-32, which is not read; save it as UTF-8"},

	// The document type declaration and entities.
	{"<!DOCTYPE p [<!ENTITY e 'x'>", "1:1: a document type declaration begins here and the file ends before it does; add > where it ends, or ]> after its subset"},
	{"<!DOCTYPE p [<!ENTITY e 'x & y'>]><p/>", "1:28: & that begins no reference; write &#38;#38; for the character itself"},
	{"<!DOCTYPE p [<!ENTITY e '100%'>]><p/>", "1:29: a % in an entity's text, where no parameter entity of the file itself can be used; write &#37; for the character"},
	{"<!DOCTYPE p [<!ELEMENT p (%m;)>]><p/>", "1:27: a % inside a declaration, where no parameter entity of the file itself can be used; write its text"},
	{"<!DOCTYPE p [<!ENTITY e SYSTEM 'ch1.xml'>]><p>&e;</p>", "1:47: the entity &e; lies outside this file (ch1.xml), and what lies outside is never read; put its text here"},
	{"<!DOCTYPE p [<!ENTITY e '&e;'>]><p>&e;</p>", "1:36: the entity &e; holds itself; take the reference out (in the entity &e;)"},
	{"<!DOCTYPE p [<!ENTITY e '<hi>x'>]><p>&e;</p>", "1:38: the entity ends inside <hi>, which it opens; close that in it (in the entity &e;)"},
	{"<!DOCTYPE p [<!ENTITY e '</p>'>]><p>&e;</p>", "1:37: </p> closes what was opened outside the entity; close it there (in the entity &e;)"},
}

func TestMistakesAreExplained(t *testing.T) {
	for _, c := range explained {
		for way, tok := range map[string]*Tokenizer{
			"in memory":    NewBytes("t", []byte(c.doc), nil),
			"byte by byte": NewReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil),
		} {
			_, err := dump(tok)
			if got := verdict(err); got != c.message {
				t.Errorf("%s, %q\nsays %s\nnot  %s", way, c.doc, got, c.message)
			}
		}
	}
}

// faults are the findings of all documents that the tests know, with names made
// long too.
func faults() []diag.Finding {
	var docs []string
	for _, c := range rules {
		docs = append(docs, c.doc)
	}
	for _, c := range explained {
		docs = append(docs, c.doc)
	}
	for _, d := range mutants(2000) {
		docs = append(docs, string(d))
	}
	long := strings.NewReplacer("p", strings.Repeat("paragraph", 12), "n", strings.Repeat("números", 12), "e", strings.Repeat("e漢", 40), "b", strings.Repeat("b", 99))
	var findings []diag.Finding
	for _, d := range docs {
		for _, doc := range []string{d, long.Replace(d)} {
			var e *Error
			if _, err := dump(NewBytes("t", []byte(doc), nil)); errors.As(err, &e) {
				findings = append(findings, e.Finding)
			}
		}
	}
	return findings
}

func TestMessagesAreShortAndPlain(t *testing.T) {
	for _, f := range faults() {
		m := f.Message
		first, _ := utf8.DecodeRuneInString(m)
		switch {
		case utf8.RuneCountInString(m) > 160:
			t.Errorf("%d characters: %s", utf8.RuneCountInString(m), m)
		case unicode.IsUpper(first) && !strings.HasPrefix(m, "U+") || strings.HasSuffix(m, "."):
			t.Errorf("a sentence: %s", m)
		case !utf8.ValidString(m) || strings.Contains(m, "%!") || strings.ContainsFunc(m, unicode.IsControl):
			t.Errorf("not plain: %q", m)
		case f.Severity != diag.Error || f.Pos.Line == 0 || f.Pos.Column == 0:
			t.Errorf("no error with a place: %v", f)
		}
	}
}

func TestEveryCodeIsRaised(t *testing.T) {
	raised := map[string]bool{}
	for _, f := range faults() {
		raised[string(f.Code)] = true
	}
	raised[string(CodeLimit)] = true // TestLimitsAreFindings
	file, err := parser.ParseFile(token.NewFileSet(), "messages.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if !strings.HasPrefix(v.Names[0].Name, "Code") {
				continue
			}
			n++
			if code := strings.Trim(v.Values[0].(*ast.BasicLit).Value, `"`); !raised[code] {
				t.Errorf("no document raises %s", code)
			}
		}
	}
	if n == 0 {
		t.Error("messages.go has no codes")
	}
}

func TestSecondPlacesAreRelated(t *testing.T) {
	for _, c := range []struct{ doc, related string }{
		{"<a>\n<b></a>", "2:1 <b> opened here"},
		{"<a b='1'\nb='2'/>", "1:4 first here"},
		{"<a><b>", "1:4 <b> opened here; 1:1 <a> opened here"},
		{"<a xmlns='u'\nxmlns='v'/>", "1:4 first here"},
	} {
		_, err := dump(NewBytes("t", []byte(c.doc), nil))
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.doc, err)
			continue
		}
		var got []string
		for _, r := range e.Finding.Related {
			got = append(got, fmt.Sprintf("%d:%d %s", r.Pos.Line, r.Pos.Column, r.Message))
		}
		if s := strings.Join(got, "; "); s != c.related {
			t.Errorf("%q: %s, want %s", c.doc, s, c.related)
		}
	}
}
