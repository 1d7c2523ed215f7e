package xmltok

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// seeds are small documents that use every feature.
var seeds = []string{
	`<a/>`,
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a b="1" c='2'>x</a>`,
	"<a>\r\n<b>x</b>\r<c/>\n]] ]]&gt; é Шифр 漢字 \U0001F600</a>",
	`<a xmlns="u" xmlns:p="v" p:x="1" x="2"><p:b xmlns:p="w" p:y="3"/><b xmlns=""/></a>`,
	`<TEI xmlns="http://www.tei-c.org/ns/1.0"><text xml:lang="en"><body><p n="1">Dear <persName ref="#a">A</persName>,<lb/></p></body></text></TEI>`,
	`<a>&lt;&amp;&#65;&#x42;&quot;&apos;&gt;&#13;&#xA;</a>`,
	"<a b=\"x\ny\tz\r\nw\rv &#10;&#x20;&lt;&#9;\" c='\"'/>",
	`<!-- c --><?p q r?><a><!--d - e--><?p?><?q   r ? s?></a><!--f--><?g h?>`,
	`<a><![CDATA[<x>&]]]]><![CDATA[>]]></a>`,
	`<!DOCTYPE a [<!ENTITY e "x<b>y</b>"><!ENTITY f "&e;&#38;#60;">]><a c="&#38;">&f;</a>`,
	`<!DOCTYPE a [<!ATTLIST a b CDATA "d" c NMTOKENS " x  y " e ID #IMPLIED f (g|h) "g" i NOTATION (n) #REQUIRED><!ENTITY e "1 2">]><a c="  p  q " d="&e;" e=" z "/>`,
	`<!DOCTYPE a [<!ENTITY % p "<!ENTITY e 'v'>"> %p; <!ELEMENT a (b|(c,d?)*)+><!ELEMENT b (#PCDATA|c)*><!NOTATION n PUBLIC "x"> <!-- x --> <?y z?>]><a>&e;</a>`,
	`<!DOCTYPE a PUBLIC "-//X//Y" "z.dtd" [<!ELEMENT a ANY><!ELEMENT b EMPTY><!ELEMENT c (#PCDATA)>]><a><b/></a>`,
	`<!DOCTYPE a SYSTEM 'z.dtd'><a/>`,
	`<!DOCTYPE a [<!ENTITY x SYSTEM "x.xml"><!ENTITY y PUBLIC "p" "y.gif" NDATA g><!NOTATION g SYSTEM "gif"><!ENTITY % z SYSTEM "z.ent">%z;<!ENTITY e "late">]><a b="c"/>`,
	`<!DOCTYPE a [<!ENTITY lt "&#38;#60;"><!ENTITY e 'a "quoted" &#38;#38; b'>]><a>&lt;&e;</a>`,
	`<!DOCTYPE p:a [<!ATTLIST p:a xmlns:p CDATA #FIXED "u" p:b CDATA 'é'>]><p:a><p:c/></p:a>`,
	"<!DOCTYPE a [\r\n<!ENTITY e 'l1\r\nl2\rl3&#13;'>\r\n<!ATTLIST a b CDATA 'x\r\ny' c NMTOKEN ' &#9;z '>\r\n]>\r\n<a d='&e;'>&e;\r\n</a>\r\n",
	"<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xe9'>\xfc</a>",
	"<?xml version='1.0' encoding='windows-1252'?><a b='\x93'>\x80</a>",
	"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><é ü='ø'>x</é>",
	"\xff\xfe<\x00a\x00>\x00\x28\x04<\x00/\x00a\x00>\x00",
	"\xfe\xff\x00<\x00?\x00x\x00m\x00l\x00 \x00v\x00e\x00r\x00s\x00i\x00o\x00n\x00=\x00'\x001\x00.\x000\x00'\x00 \x00e\x00n\x00c\x00o\x00d\x00i\x00n\x00g\x00=\x00'\x00u\x00t\x00f\x00-\x001\x006\x00'\x00?\x00>\x00<\x00a\x00/\x00>",
	`<a.-_9:b xmlns:a.-_9="u" c·="x"></a.-_9:b >`,
	`<longNameOfSixteen another.long-name_="v" xml:space="preserve" seventeenCharsLong="w"><eighteenCharacters/></longNameOfSixteen>`,
}

// pieces are what mutants are given that chance would seldom make.
var pieces = []string{
	"<", ">", "&", "\"", "'", "=", "/", "/>", "</", "<!", "<?", "?>", "<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "]", "[", "%", ";", ":", "|", ",", "(", ")",
	"*", "+", "?", "#", " ", "\n", "\r", "\r\n", "\t", "\x00", "\x01", "\x7f", "\x80", "\xc3", "\xff", "é", "\u0085", "\u2028", "\ufeff", "\ufffe", "\ufffd", "\U0010ffff", "\xed\xa0\x80",
	"&#0;", "&#x;", "&#x110000;", "&#65;", "&x;", "&e;", "%p;", "&amp;", "&lt;", "xmlns=\"u\"", " xmlns:p=\"u\"", " xmlns:q=\"u\"", " xmlns:p=\"\"", "p:", ":", " b=\"1\"", " q:b=\"1\"", " xml:lang=\"en\"",
	"<a>", "</a>", "<b/>", "<?xml version=\"1.0\"?>", "<!DOCTYPE a>", "<!ELEMENT a ANY>", "<!ENTITY e \"v\">", "<!ENTITY e \"&e;\">", "<!ENTITY % p \"<!ELEMENT q ANY>\">",
	"<!ATTLIST a b CDATA \"<\">", "<!ATTLIST a b ID #IMPLIED>", "#REQUIRED", "#IMPLIED", "#FIXED", "#PCDATA", "NDATA", "SYSTEM", "PUBLIC", "CDATA", "NMTOKENS", "EMPTY", "ANY",
	"standalone='no'", "encoding='us-ascii'", "version='1.1'", "XML", "xmlns", "1", "-", ".", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/",
}

// split cuts a document where one piece of markup ends and another begins.
func split(doc []byte) [][]byte {
	var parts [][]byte
	from := 0
	for i, c := range doc {
		if strings.IndexByte("<>&;\"'= ", c) >= 0 && i > from {
			parts = append(parts, doc[from:i])
			from = i
		}
	}
	return append(parts, doc[from:])
}

// composer makes documents of random parts, mostly well-formed ones.
type composer struct {
	*rand.Rand
	b bytes.Buffer
}

func (c *composer) pick(of ...string) string { return of[c.IntN(len(of))] }

// put writes one of the parts.
func (c *composer) put(of ...string) { c.b.WriteString(c.pick(of...)) }

func (c *composer) space() { c.put("", "", "", " ", "\n", "\r\n ", "\t") }

func (c *composer) document() []byte {
	c.b.Reset()
	c.put("", "", "<?xml version='1.0'?>", "<?xml version=\"1.0\" encoding='UTF-8'\r\n standalone='no' ?>", "\ufeff", "<?xml version='1.0' standalone='yes'?>")
	c.put("", "\n", "<!-- é -->\r\n", "<?p q\r\nr?>")
	c.b.WriteString("<!DOCTYPE a ")
	c.put("", "", "", "SYSTEM 'x'", "PUBLIC 'x' \"y\"")
	c.b.WriteString("[<!ENTITY e 'v'><!ENTITY f '<b>&e;\r\n</b>&#38;amp;'><!ENTITY h \"&f;]]<c d='&e;'/>\">")
	for range c.IntN(5) {
		c.put("<!ENTITY f '&e; <b>&e;</b>\r\n&#13;'>", "<!ENTITY % p \"<!ENTITY g 'p\r\n'><!ATTLIST b d CDATA 'e'>\">%p;", "<!ENTITY g '&e;&#60;&#38;#38;'>", "<!ENTITY h '<c d=\"&e;\"/>&f;'>",
			"<!ATTLIST a b CDATA ' d&e;\r\n' c NMTOKEN ' x  y '>", "<!ATTLIST b\tc ID #IMPLIED d (x|y) 'x' p:b CDATA #FIXED '&#9;'>", "<!ATTLIST c xmlns CDATA 'u' xmlns:q CDATA 'v'>",
			"<!ELEMENT a (#PCDATA|b|c)* >", "<!ELEMENT b ( (a , b? ) | c+)*>", "<!NOTATION n SYSTEM ''>", "<!-- c --><?d?>", "%z;", "<!ENTITY % y SYSTEM 'y'>%y;", "<!ENTITY x SYSTEM 'x'>")
		c.space()
	}
	c.b.WriteString("]>")
	c.element(3)
	c.put("", "\r\n", "<!-- c -->", "<?p?>")
	return bytes.Clone(c.b.Bytes())
}

func (c *composer) element(depth int) {
	name := c.pick("a", "b", "c", "p:a", "longer-than-eight", "longer-than-sixteen", "é")
	c.b.WriteString("<" + name)
	if depth == 3 {
		c.put(" xmlns:p='u' xmlns:q='v'", "\r\nxmlns:q='u'\txmlns:p='v&e;'", " xmlns='u' xmlns:p='u' xmlns:q='v'")
	} else if c.IntN(4) == 0 {
		c.put(" xmlns='u'", " xmlns:p='u'", " xmlns:p='v' xmlns:q='u'", "\nxmlns:p='v&e;'")
	}
	names := []string{"b", "c", "d", "p:b", "q:b", "xml:lang", "longer.than.eight", "longer.than.sixteen", "é"}
	for _, i := range c.Perm(len(names))[:c.IntN(4)] {
		c.put(" ", " ", "\n  ", "\r\n")
		c.b.WriteString(names[i])
		c.space()
		c.put("=", "=", "= ", " =\t")
		quote := c.pick("\"", "'")
		c.b.WriteString(quote)
		for range c.IntN(4) {
			c.put("x", " y ", "é", "漢", "\n", "\r\n", "\r", "\t", "&lt;", "&#10;", "&#x20;", "&amp;", "&e;", "]]>", "long enough for words of eight", "&apos;", "&quot;", ">", "\u00a0")
		}
		c.b.WriteString(quote)
	}
	c.space()
	if c.IntN(3) == 0 {
		c.b.WriteString("/>")
		return
	}
	c.b.WriteString(">")
	for range c.IntN(6) {
		if depth > 0 && c.IntN(3) == 0 {
			c.element(depth - 1)
			continue
		}
		c.put("x", " y ", "\n        ", "\r\n", "\r", "é", "漢字", "\U0001F600", "&lt;", "&#13;", "&e;", "&f;", "&h;", "]]", "]", "long enough for words of eight bytes", "<!-- c\r\n -->", "<?p  q ?>",
			"<![CDATA[]]>", "<![CDATA[<&]]]\r\n]]>", "<b/>", "<b  />")
	}
	c.b.WriteString("</" + name)
	c.space()
	c.b.WriteString(">")
}

// mutate makes a mistake in a document.
func mutate(r *rand.Rand, doc []byte) []byte {
	i := r.IntN(len(doc) + 1)
	j := min(len(doc), i+1+r.IntN(4))
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	piece := []byte(pieces[r.IntN(len(pieces))])
	switch r.IntN(9) {
	case 0: // another byte
		if i < len(doc) {
			doc = bytes.Clone(doc)
			doc[i] ^= 1 << r.IntN(8)
		}
	case 1: // a byte more
		return join(doc[:i], []byte{byte(r.IntN(256))}, doc[i:])
	case 2: // some bytes less
		return join(doc[:i], doc[j:])
	case 3: // some bytes twice
		return join(doc[:j], doc[i:])
	case 4, 5: // a piece more
		return join(doc[:i], piece, doc[i:])
	case 6: // a piece instead
		return join(doc[:i], piece, doc[j:])
	case 7: // two parts in the other's place
		parts := split(doc)
		a, b := r.IntN(len(parts)), r.IntN(len(parts))
		parts[a], parts[b] = parts[b], parts[a]
		return join(parts...)
	case 8: // the end missing, or the end of another
		other := seeds[r.IntN(len(seeds))]
		return join(doc[:i], []byte(other[r.IntN(len(other)+1):]))
	}
	return doc
}

// mutants are n documents with up to three mistakes, and always the same.
func mutants(n int) [][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	c := &composer{Rand: r}
	docs := make([][]byte, n)
	for i := range docs {
		doc, mistakes := c.document(), r.IntN(3)
		if i%2 == 0 {
			doc, mistakes = []byte(seeds[r.IntN(len(seeds))]), 1+r.IntN(3)
		}
		for range mistakes {
			doc = mutate(r, doc)
		}
		docs[i] = doc
	}
	return docs
}

func mutantCount(t *testing.T) int {
	s := os.Getenv("SIGLA_MUTANTS")
	if s == "" {
		return 2000
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("SIGLA_MUTANTS is %q, and no number", s)
	}
	return n
}

func TestExpatAgreesOnMutants(t *testing.T) {
	docs := mutants(mutantCount(t))
	theirs := expatSays(t, docs)
	well, shown := 0, 0
	why := map[string]int{}
	for i, doc := range docs {
		we, they := ours(NewBytes("t", doc, nil)), theirs[i]
		if we.fault == "" {
			well++
		}
		if (we.fault == "") == (they.fault == "") && we.events == they.events {
			continue
		}
		if reason := unlikeExpat(doc, we, they); reason != "" {
			why[reason]++
			continue
		}
		if shown++; shown <= 20 {
			t.Errorf("document %d: %q\nwe    %q %s\nexpat %q %s", i, doc, we.events, we.fault, they.events, they.fault)
		}
	}
	t.Logf("%d documents, %d well-formed, %d unexplained; explained: %v", len(docs), well, shown, why)
}

// unlikeExpat explains why we and expat differ, or gives "".
func unlikeExpat(doc []byte, we, they answer) string {
	switch {
	case we.code == CodeEntityExternal && they.fault == "":
		return "text that lies outside the file is a finding, and is skipped there"
	case we.code == CodeDeclaration && strings.Contains(we.fault, "the version of XML") && they.fault == "":
		return "expat reads any version (production 26)"
	case strings.Contains(they.fault, "syntax error") && bytes.ContainsRune(doc, '}'):
		return "expat refuses its separator in the name of a namespace"
	case we.code == CodeEncoding && strings.Contains(we.fault, "is not read") && they.fault == "":
		return "an encoding that we do not read"
	case (we.code == CodeReference || we.code == CodeAttributeValue) && they.fault == "" && bytes.IndexByte(doc, '%') >= 0 && inSubset(doc, we.at):
		return "expat does not look at the texts of declarations after a parameter entity that lies outside the file"
	case we.code == CodeName && they.fault == "" && inSubset(doc, we.at):
		return "expat does not look at what follows the colon of a name in the DTD (Namespaces in XML, 7)"
	case we.fault == "" && strings.HasPrefix(they.fault, "4 ") && (fifthEdition(doc, they.at) || doc[they.at] == '%' && bytes.ContainsRune(doc, '\ufeff')):
		return "expat has the names of the fourth edition (productions 4 and 4a)"
	}
	return ""
}

// inSubset reports whether a place lies in the document type declaration.
func inSubset(doc []byte, i int) bool {
	i = min(i, len(doc)) // of a document in another encoding
	return bytes.Contains(doc[:i], []byte("<!DOCTYPE")) && bytes.Contains(doc[i:], []byte("]>"))
}

// fifthEdition reports whether a character beyond ASCII at i can stand in a name.
func fifthEdition(doc []byte, i int) bool {
	var r rune
	switch {
	case i+2 > len(doc):
	case bytes.HasPrefix(doc, []byte("\xff\xfe")):
		r = rune(doc[i]) | rune(doc[i+1])<<8
	case bytes.HasPrefix(doc, []byte("\xfe\xff")):
		r = rune(doc[i])<<8 | rune(doc[i+1])
	default:
		r, _ = utf8.DecodeRune(doc[i:])
	}
	return r >= utf8.RuneSelf && isNameChar(r)
}

func TestLibxml2AgreesOnMutants(t *testing.T) {
	docs := mutants(mutantCount(t) / 4)
	theirs := libxml2Says(t, docs)
	shown := 0
	why := map[string]int{}
	for i, doc := range docs {
		we, they := ours(NewBytes("t", doc, nil)), theirs[i]
		if (we.fault == "") == (they.fault == "") {
			continue
		}
		if reason := unlikeLibxml2(doc, we, they); reason != "" {
			why[reason]++
			continue
		}
		if shown++; shown <= 20 {
			t.Errorf("document %d: %q\nwe      %q %s\nlibxml2 %s", i, doc, we.events, we.fault, they.fault)
		}
	}
	t.Logf("%d documents, %d unexplained; explained: %v", len(docs), shown, why)
}

// unlikeLibxml2 explains why we and libxml2 differ, or gives "".
func unlikeLibxml2(doc []byte, we, they answer) string {
	switch {
	case we.code == CodeEntityExternal && they.fault == "":
		return "text that lies outside the file is a finding, and is skipped there"
	case we.code == CodeDeclaration && strings.Contains(we.fault, "the version of XML") && they.fault == "":
		return "libxml2 reads any version (production 26)"
	case we.code == CodeEncoding && strings.Contains(we.fault, "is not read") && they.fault == "":
		return "an encoding that we do not read"
	case we.fault == "" && (strings.Contains(they.fault, "not a valid URI") || strings.Contains(they.fault, "Invalid URI")):
		return "libxml2 refuses addresses that are no URI, which is no matter of well-formedness"
	case we.code == CodePrefix && strings.Contains(we.fault, "in the entity"):
		return "libxml2 does not look at prefixes of defaults in entities"
	case they.fault == "" && we.code == CodeDoctype && strings.Contains(we.fault, "a space is missing") && !bytes.Contains(doc, []byte("<!DOCTYPE ")):
		return "libxml2 wants no space after <!DOCTYPE (production 28)"
	case we.code == CodeName && they.fault == "" && strings.Contains(we.fault, "colon") && bytes.Contains(doc, []byte("<!DOCTYPE")):
		return "libxml2 does not look at the colons of names in the DTD (Namespaces in XML, 7)"
	case we.fault == "" && strings.Contains(they.fault, "Namespaced Attribute") && bytes.Contains(doc, []byte("<!ATTLIST c xmlns")):
		return "libxml2 resolves prefixes before defaults declare them"
	case we.fault == "" && strings.Contains(they.fault, "parser error") && (bytes.Contains(doc, []byte("%z;")) || bytes.Contains(doc, []byte("%y;"))) && !strings.Contains(they.fault, "PEReference"):
		return "libxml2 reads declarations after a parameter entity that is not read (5.1)"
	case we.fault == "" && strings.Contains(they.fault, "PEReference"):
		return "libxml2 refuses an undeclared parameter entity that only has to be declared to be valid (4.1)"
	}
	return ""
}
