package xmltok

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

// The rules of XML 1.0 (fifth edition) and Namespaces in XML 1.0 (third
// edition), a row for each: productions by number in brackets, constraints by
// name. A well-formed document has its tokens, another the place of its fault
// and some words of it.
var rules = []struct {
	rule   string
	doc    string
	tokens string // as dump writes them
	fault  string // line:column: words
	alone  string // why expat gives another verdict
}{
	// 2.1 well-formed documents
	{"[1] one element", "<a/>", "<a></a>", "", ""},
	{"[1] no element", "", "", "1:1: no element", ""},
	{"[1] no element but others", " <!-- c --><?p?>\n", "", "2:1: no element", ""},
	{"[1] two roots", "<a/><b/>", "", "1:5: <b> after the end", ""},
	{"[1] text after the root", "<a/> x", "", "1:6: text after", ""},
	{"[1] text before the root", "x<a/>", "", "1:1: text before", ""},
	{"[1] reference after the root", "<a/>&#32;", "", "1:5: text after", ""},
	{"[1] CDATA after the root", "<a/><![CDATA[]]>", "", "1:5: a CDATA section outside", ""},
	{"[1] end tag after the root", "<a/></a>", "", "1:5: </a> closes nothing", ""},
	{"[27] comments, instructions and space after the root", "<a/>\r\n<!--c--> <?p?>\t", "<a></a><!--c--><?p ?>", "", ""},
	{"[27] a byte order mark after the root", "<a/>\ufeff", "", "1:5: a byte order mark", ""},
	{"[39] unclosed element", "<a><b></b>", "", "1:11: the file ends, and <a> opened at 1:1", ""},
	{"[39] crossed elements", "<a><b></a></b>", "", "1:7: <b> opened at 1:4 is closed by </a>", ""},

	// 2.2 characters
	{"[2] the characters at the borders of the ranges", "<a>\t\n \x7f\u0080\u009f\ud7ff\ue000\ufffd\U00010000\U0010ffff</a>", "<a>'\t\n \x7f\u0080\u009f\ud7ff\ue000\ufffd\U00010000\U0010ffff'</a>", "", ""},
	{"[2] NUL", "<a>\x00</a>", "", "1:4: the control character U+0000", ""},
	{"[2] U+0001 in text", "<a>x\x01</a>", "", "1:5: the control character U+0001", ""},
	{"[2] U+001F in a value", "<a b='\x1f'/>", "", "1:7: the control character U+001F", ""},
	{"[2] form feed in a comment", "<a><!--\f--></a>", "", "1:8: the control character U+000C", ""},
	{"[2] U+0008 in an instruction", "<a><?p \b?></a>", "", "1:8: the control character U+0008", ""},
	{"[2] U+000B in CDATA", "<a><![CDATA[\v]]></a>", "", "1:13: the control character U+000B", ""},
	{"[2] U+0002 outside", "<a/>\x02", "", "1:5: the control character U+0002", ""},
	{"[2] U+0002 in a tag", "<a \x02/>", "", "1:4: the control character U+0002", ""},
	{"[2] U+FFFE", "<a>\ufffe</a>", "", "1:4: the character U+FFFE", ""},
	{"[2] U+FFFF in a value", "<a b='\uffff'/>", "", "1:7: the character U+FFFF", ""},
	{"[2] U+FFFF in a comment", "<!--\uffff--><a/>", "", "1:5: the character U+FFFF", ""},
	{"[2] a surrogate in UTF-8", "<a>\xed\xa0\x80</a>", "", "1:4: byte 0xED is not UTF-8", ""},
	{"[2] beyond U+10FFFF", "<a>\xf4\x90\x80\x80</a>", "", "1:4: byte 0xF4 is not UTF-8", ""},
	{"[2] a control character in an entity", "<!DOCTYPE a [<!ENTITY e '\x03'>]><a/>", "", "1:26: the control character U+0003", ""},
	{"[2] a control character in the subset", "<!DOCTYPE a [\x03]><a/>", "", "1:14: the control character U+0003", ""},

	// 2.3 names
	{"[4] letters, _ and characters of the fifth edition", "<_é漢Ж.-·9/>", "<_é漢Ж.-·9></_é漢Ж.-·9>", "", ""},
	{"[4] a letter that the fourth edition did not have", "<\u0132\U00010400/>", "<\u0132\U00010400></\u0132\U00010400>", "", "expat has the names of the fourth edition"},
	{"[4a] U+FFFD in a name", "<a\ufffd/>", "<a\ufffd></a\ufffd>", "", "expat has the names of the fourth edition"},
	{"[4] a digit at the front", "<1a/>", "", `1:1: < before "1" begins no tag`, ""},
	{"[4] a hyphen at the front", "<-a/>", "", `1:1: < before "-" begins no tag`, ""},
	{"[4] a combining mark at the front", "<\u0301a/>", "", "1:1: < before", ""},
	{"[4] a digit at the front of an attribute", "<a 1b='x'/>", "", `1:4: a name can't begin with "1"`, ""},
	{"[4a] × in a name", "<a×/>", "", "1:3: × (U+00D7) can't stand in a name", ""},
	{"[4a] ÷ in an attribute's name", "<a b÷='x'/>", "", "1:5: ÷ (U+00F7) can't stand in a name", ""},
	{"[4a] U+037E in a name", "<a\u037e/>", "", "1:3: \u037e (U+037E) can't stand in a name", ""},
	{"[4a] @ in a name", "<a@/>", "", `1:3: "@" can't stand in a name`, ""},
	{"[5] a byte that is not UTF-8 in a name", "<a\xe9/>", "", "1:3: byte 0xE9 is not UTF-8", ""},

	// 2.4 character data
	{"[14] & < and > as references", "<a>&amp;&lt;&gt;></a>", "<a>'&<>>'</a>", "", ""},
	{"[14] & alone", "<a>x & y</a>", "", "1:6: & that begins no reference", ""},
	{"[14] < alone", "<a>1 < 2</a>", "", "1:6: < before a space begins no tag", ""},
	{"[14] ]]> in text", "<a>x]]></a>", "", "1:5: ]]> in text", ""},
	{"[14] ]]&gt; in text, and ]] > and ]>", "<a>]]&gt;]] >]></a>", "<a>']]>]] >]>'</a>", "", ""},
	{"[14] ]]> in a value", "<a b=']]>'/>", `<a b="]]>"></a>`, "", ""},

	// 2.5 comments
	{"[15] a comment", "<a><!-- - <&x; ]]> --></a>", "<a><!-- - <&x; ]]> --></a>", "", ""},
	{"[15] an empty comment", "<a><!----></a>", "<a><!----></a>", "", ""},
	{"[15] -- in a comment", "<a><!-- -- --></a>", "", "1:9: -- inside the comment opened at 1:4", ""},
	{"[15] a hyphen before the end", "<a><!-- x ---></a>", "", "1:11: -- inside the comment", ""},
	{"[15] <!--->", "<a><!---></a>", "", "1:4: a comment begins here", ""},
	{"[15] a comment without an end", "<a><!-- x</a>", "", "1:4: a comment begins here and the file ends", ""},
	{"[15] a space in <! --", "<a><! -- x --></a>", "", "1:4: <! that begins neither", ""},

	// 2.6 processing instructions
	{"[16] an instruction", "<?p  q='1' ? > ?><a/>", "<?p q='1' ? > ?><a></a>", "", ""},
	{"[16] without content", "<?p?><?q ?><a/>", "<?p ?><?q ?><a></a>", "", ""},
	{"[16] no space after the target", "<?p+?><a/>", "", `1:4: "+" after the name of the instruction`, ""},
	{"[16] without an end", "<a/><?p >", "", "1:5: a processing instruction begins here", ""},
	{"[17] no target", "<? p?><a/>", "", `1:3: an instruction begins with a name`, ""},
	{"[17] the target xml", "<a><?xml version='1.0'?></a>", "", "1:4: <?xml that is not at the very start", ""},
	{"[17] the target XmL", "<a/><?XmL?>", "", "1:5: <?XmL that is not at the very start", ""},
	{"[17] the target XML at the front", "<?XML version='1.0'?><a/>", "", "1:1: the XML declaration is written <?xml", ""},
	{"[17] a target that begins with xml", "<?xml-model href='x'?><a/>", "<?xml-model href='x'?><a></a>", "", ""},

	// 2.7 CDATA sections
	{"[20] markup in CDATA", "<a><![CDATA[<b>&x;--]] ]>]]></a>", "<a>'<b>&x;--]] ]>'</a>", "", ""},
	{"[20] ]]> in two sections", "<a><![CDATA[]]]]><![CDATA[>]]></a>", "<a>']]>'</a>", "", ""},
	{"[18] an empty section", "<a><![CDATA[]]></a>", "<a>''</a>", "", ""},
	{"[19] in small letters", "<a><![cdata[x]]></a>", "", "1:4: <! that begins neither", ""},
	{"[19] a space in the opening", "<a><![ CDATA[x]]></a>", "", "1:4: <! that begins neither", ""},
	{"[21] no end", "<a><![CDATA[x]] ></a>", "", "1:4: a CDATA section begins here", ""},

	// 2.8 prolog and declaration
	{"[23] the whole declaration", "<?xml version=\"1.0\"\n encoding = 'UTF-8' standalone='no' ?><a/>", "<a></a>", "", ""},
	{"[23] a space before the declaration", " <?xml version='1.0'?><a/>", "", "1:2: <?xml that is not at the very start", ""},
	{"[23] a comment before the declaration", "<!--c--><?xml version='1.0'?><a/>", "", "1:9: <?xml that is not at the very start", ""},
	{"[23] no version", "<?xml encoding='UTF-8'?><a/>", "", "1:7: the XML declaration holds version", ""},
	{"[23] nothing in it", "<?xml ?><a/>", "", "1:1: the XML declaration has no version", ""},
	{"[23] not ended", "<?xml version='1.0'><a/>", "", "1:1: the XML declaration has no ?>", ""},
	{"[23] standalone before the encoding", "<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>", "", "1:38: the XML declaration holds version, encoding, standalone, in this order", ""},
	{"[23] version twice", "<?xml version='1.0' version='1.0'?><a/>", "", "1:21: the XML declaration holds", ""},
	{"[23] an unknown field", "<?xml version='1.0' foo='1'?><a/>", "", "1:21: the XML declaration holds", ""},
	{"[23] no space between fields", "<?xml version='1.0'encoding='UTF-8'?><a/>", "", "1:20: a space is missing", ""},
	{"[24] no quotes", "<?xml version=1.0?><a/>", "", "1:15: the value of version has no quotes", ""},
	{"[24] no closing quote", "<?xml version='1.0?><a/>", "", "1:15: the value of version has no closing quote", ""},
	{"[24] no =", "<?xml version '1.0'?><a/>", "", "1:15: = is missing after version", ""},
	{"[26] version 1.1 is read as 1.0", "<?xml version='1.1'?><a/>", "<a></a>", "", ""},
	{"[26] version 2.0", "<?xml version='2.0'?><a/>", "", `1:16: the version of XML is "2.0"`, "expat reads any version"},
	{"[26] version 1.", "<?xml version='1.'?><a/>", "", `1:16: the version of XML is "1."`, "expat reads any version"},
	{"[32] standalone in another word", "<?xml version='1.0' standalone='YES'?><a/>", "", `1:33: standalone is "YES"`, ""},

	// 2.8 and 3.2 to 4.7: the document type declaration
	{"[28] a name alone", "<!DOCTYPE a><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[28] an address and a subset", "<!DOCTYPE a SYSTEM \"x'y\" [ ] ><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[28] no name", "<!DOCTYPE><a/>", "", "1:10: a space is missing", ""},
	{"[28] in small letters", "<!doctype html><a/>", "", "1:1: <!doctype declares nothing here", ""},
	{"[28] twice", "<!DOCTYPE a><!DOCTYPE a><a/>", "", "1:13: a document type declaration stands once", ""},
	{"[28] after the root", "<a/><!DOCTYPE a>", "", "1:5: a document type declaration stands once", ""},
	{"[28] in the root", "<a><!DOCTYPE a></a>", "", "1:4: a document type declaration stands once", ""},
	{"[28] not ended", "<!DOCTYPE a [<!ELEMENT a ANY>", "", "1:1: a document type declaration begins here and the file ends", ""},
	{"[28] the element need not be the declared one", "<!DOCTYPE b><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[28b] text in the subset", "<!DOCTYPE a [x]><a/>", "", "1:14: a declaration is expected", ""},
	{"[28b] an element in the subset", "<!DOCTYPE a [<a/>]><a/>", "", "1:14: a declaration is expected", ""},
	{"[28b] an unknown declaration", "<!DOCTYPE a [<!FOO>]><a/>", "", "1:14: a declaration is expected", ""},
	{"[28b] comments and instructions in the subset", "<!DOCTYPE a [<!-- - --><?p q?>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[15] -- in a comment of the subset", "<!DOCTYPE a [<!-- -- -->]><a/>", "", "1:19: -- inside the comment opened at 1:14", ""},
	{"[17] xml as a target in the subset", "<!DOCTYPE a [<?xml version='1.0'?>]><a/>", "", "1:16: the name xml of an instruction is kept", ""},
	{"[11] an address without a closing quote", "<!DOCTYPE a SYSTEM \"x><a/>", "", "1:20: the address of what lies outside has no closing quote", ""},
	{"[13] a tab in a public identifier", "<!DOCTYPE a PUBLIC 'x\ty' 'z'><a/>", "", "1:22: a tab can't stand in a public identifier", ""},
	{"[13] { in a public identifier", "<!DOCTYPE a PUBLIC '{' 'z'><a/>", "", `1:21: "{" can't stand in a public identifier`, ""},
	{"[75] a public identifier without an address", "<!DOCTYPE a PUBLIC 'x'><a/>", "", "1:23: a space is missing", ""},
	{"[75] no space between identifier and address", "<!DOCTYPE a PUBLIC 'x''y'><a/>", "", "1:23: a space is missing", ""},
	{"[75] SYSTEM in small letters", "<!DOCTYPE a system 'x'><a/>", "", "1:13: the document type declaration ends with >", ""},
	{"[45] models", "<!DOCTYPE a [<!ELEMENT a EMPTY><!ELEMENT b ANY><!ELEMENT c (a)><!ELEMENT d ((a,b)*|c?|(d|e)+)?>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[45] no model", "<!DOCTYPE a [<!ELEMENT a>]><a/>", "", "1:25: a space is missing", ""},
	{"[45] another word for a model", "<!DOCTYPE a [<!ELEMENT a any>]><a/>", "", "1:26: a content model is expected", ""},
	{"[47] nothing in parentheses", "<!DOCTYPE a [<!ELEMENT a ()>]><a/>", "", "1:27: an element's name is expected", ""},
	{"[49] , and | in one group", "<!DOCTYPE a [<!ELEMENT a (b,c|d)>]><a/>", "", "1:30: , | or ) is expected", ""},
	{"[47] a space before ?", "<!DOCTYPE a [<!ELEMENT a (b ?)>]><a/>", "", "1:29: , | or ) is expected", ""},
	{"[51] text alone, with * and without", "<!DOCTYPE a [<!ELEMENT a (#PCDATA)><!ELEMENT b ( #PCDATA )*>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[51] text and elements", "<!DOCTYPE a [<!ELEMENT a (#PCDATA | b|c)*>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[51] text and elements without *", "<!DOCTYPE a [<!ELEMENT a (#PCDATA|b)>]><a/>", "", "1:37: a model of text and elements ends with )*", ""},
	{"[51] text in second place", "<!DOCTYPE a [<!ELEMENT a (b|#PCDATA)*>]><a/>", "", "1:29: an element's name is expected", ""},
	{"[52] attribute types", "<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED c ID #REQUIRED d (x|1|-y) #IMPLIED e NOTATION (n|m) #IMPLIED f IDREFS #FIXED 'g'><!ATTLIST b><!ATTLIST c >]><b/>", "<!DOCTYPE><b></b>", "", ""},
	{"[54] an unknown type", "<!DOCTYPE a [<!ATTLIST a b STRING #IMPLIED>]><a/>", "", "1:28: an attribute's type is expected", ""},
	{"[53] no space after a type", "<!DOCTYPE a [<!ATTLIST a b CDATA'x'>]><a/>", "", "1:33: a space is missing", ""},
	{"[60] no default", "<!DOCTYPE a [<!ATTLIST a b CDATA>]><a/>", "", "1:33: a space is missing", ""},
	{"[60] #FIXED without a value", "<!DOCTYPE a [<!ATTLIST a b CDATA #FIXED>]><a/>", "", "1:40: a space is missing", ""},
	{"[59] an empty enumeration", "<!DOCTYPE a [<!ATTLIST a b () #IMPLIED>]><a/>", "", "1:29: a value is expected", ""},
	{"[58] a value that is no name of a notation", "<!DOCTYPE a [<!ATTLIST a b NOTATION (1) #IMPLIED>]><a/>", "", `1:38: a notation's name is expected here, and "1" is no name`, ""},
	{"[60] < in a default value", "<!DOCTYPE a [<!ATTLIST a b CDATA '<'>]><a/>", "", "1:35: < in a default value", ""},
	{"[61] a conditional section", "<!DOCTYPE a [<![INCLUDE[<!ELEMENT a ANY>]]>]><a/>", "", "1:14: a conditional section stands in a DTD outside", ""},
	{"[61] a conditional section in a parameter entity", "<!DOCTYPE a [<!ENTITY % p '<![IGNORE[]]>'>%p;]><a/>", "", "1:43: a conditional section", ""},
	{"[82] notations", "<!DOCTYPE a [<!NOTATION n SYSTEM 'x'><!NOTATION m PUBLIC 'y'><!NOTATION o PUBLIC 'y' 'z'>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"[82] a notation that is nothing", "<!DOCTYPE a [<!NOTATION n>]><a/>", "", "1:26: a space is missing", ""},

	// 3.1 tags and attributes
	{"[40] space in tags", "<a\n b = '1'\t></a\r\n>", `<a b="1"></a>`, "", ""},
	{"[40] space before the name", "< a/>", "", "1:1: < before a space begins no tag", ""},
	{"[42] space before the name of an end tag", "<a></ a>", "", "1:4: an end tag without a name", ""},
	{"[42] attributes in an end tag", "<a></a b='1'>", "", `1:8: "b" in the end tag </a>`, ""},
	{"[44] space after the slash", "<a/ >", "", `1:3: "/" inside a tag`, ""},
	{"[40] < in a tag", "<a <b/></a>", "", "1:4: < inside the tag <a> opened at 1:1", ""},
	{"[40] < in an end tag", "<a></a<b/>", "", "1:7: < inside the tag </a> opened at 1:4", ""},
	{"[40] no space between attributes", "<a b='1'c='2'/>", "", `1:9: "c" right behind the value of "b"`, ""},
	{"[41] no value", "<a b/>", "", `1:4: attribute "b" has no value`, ""},
	{"[41] no =", "<a b '1'/>", "", `1:6: = is missing between "b" and its value`, ""},
	{"[41] no name", "<a ='1'/>", "", "1:4: = without an attribute's name", ""},
	{"[10] no quotes", "<a b=1/>", "", `1:6: the value of "b" has no quotes`, ""},
	{"[10] unlike quotes", "<a b='1\"/>", "", `1:6: the value of "b" opened here is not closed`, ""},
	{"[10] the other quote in a value", `<a b='"' c="'"/>`, `<a b="\"" c="'"></a>`, "", ""},
	{"Unique Att Spec", "<a b='1' b='2'/>", "", `1:10: attribute "b" stands twice on the element, first at 1:4`, ""},
	{"No < in Attribute Values", "<a b='<'/>", "", `1:7: < in the value of "b"`, ""},
	{"No < in Attribute Values, by an entity", "<!DOCTYPE a [<!ENTITY e '&#60;'>]><a b='&e;'/>", "", "1:41: < in an entity that an attribute's value refers to", ""},
	{"No < in Attribute Values, by an entity in an entity", "<!DOCTYPE a [<!ENTITY e '<b/>'><!ENTITY f '&e;'>]><a b='&f;'/>", "", "1:57: < in an entity that an attribute's value refers to", ""},
	{"No < in Attribute Values: &lt; is none", "<!DOCTYPE a [<!ENTITY e '&lt;'>]><a b='&e;&lt;&#60;'/>", `<!DOCTYPE><a b="<<<"></a>`, "", ""},
	{"No External Entity References", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x'>]><a b='&e;'/>", "", "1:44: the entity &e; lies outside this file", ""},
	{"Element Type Match: letter case", "<a><B></b></a>", "", "1:7: <B> opened at 1:4 is closed by </b>; the letter case differs", ""},

	// 2.11 line ends and 3.3.3 attribute values
	{"2.11 CR LF, CR and LF in text", "<a>\r\n1\r2\n3\r\r\n</a>", "<a>'\n1\n2\n3\n\n'</a>", "", ""},
	{"2.11 in CDATA", "<a><![CDATA[\r\n\r]]>\r</a>", "<a>'\n\n\n'</a>", "", ""},
	{"2.11 in a comment and an instruction", "<a><!--\r\n\r--><?p x\r\ny\r?></a>", "<a><!--\n\n--><?p x\ny\n?></a>", "", ""},
	{"2.11 not where a reference made it", "<a>&#13;&#10;</a>", "<a>'\r\n'</a>", "", ""},
	{"2.11 in an entity's text", "<!DOCTYPE a [<!ENTITY e '1\r\n2\r3&#13;'>]><a>&e;</a>", "<!DOCTYPE><a>'1\n2\n3\r'</a>", "", ""},
	{"3.3.3 white space is one space each", "<a b='1\n2\t3\r4\r\n5  6 '/>", `<a b="1 2 3 4 5  6 "></a>`, "", ""},
	{"3.3.3 references to white space stay", "<a b='&#10;&#13;&#9;&#32;'/>", `<a b="\n\r\t "></a>`, "", ""},
	{"3.3.3 white space of an entity's text does not", "<!DOCTYPE a [<!ENTITY e '&#10;&#13;x'>]><a b='&e;'/>", `<!DOCTYPE><a b="  x"></a>`, "", ""},
	{"3.3.3 a tokenized type", "<!DOCTYPE a [<!ATTLIST a b NMTOKENS #IMPLIED>]><a b=' x \n y\u00a0&#9; '/>", `<!DOCTYPE><a b="x y` + "\u00a0" + `\t"></a>`, "", ""},
	{"3.3.3 the first declaration counts", "<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED b ID 'x'><!ATTLIST a b ID 'y'>]><a b=' x '/>", `<!DOCTYPE><a b=" x "></a>`, "", ""},
	{"3.3.2 defaults", "<!DOCTYPE a [<!ATTLIST a b CDATA 'x\r\ny' c (d|e) 'd' f CDATA #FIXED '&#38;' g CDATA #IMPLIED>]><a c='e'/>", `<!DOCTYPE><a c="e" b="x y" f="&"></a>`, "", ""},
	{"3.3.2 an entity in a default has to be declared before", "<!DOCTYPE a [<!ATTLIST a b CDATA '&e;'><!ENTITY e 'x'>]><a/>", "", "1:35: the entity &e; is not declared", ""},
	{"3.3.2 a default declares a namespace", "<!DOCTYPE a [<!ATTLIST a xmlns CDATA 'u' xmlns:p CDATA #FIXED 'v'>]><a p:b='1'/>", `<!DOCTYPE><{u}a {v}b="1"></a>`, "", ""},

	// 4.1 references
	{"[66] decimal and hexadecimal", "<a>&#65;&#x42;&#x0000000063;&#0000100;&#xE9;&#x10FFFF;</a>", "<a>'ABcdé\U0010ffff'</a>", "", ""},
	{"[66] no number", "<a>&#;</a>", "", "1:4: &#; is no character", ""},
	{"[66] no hexadecimal number", "<a>&#x;</a>", "", "1:4: &#x; is no character", ""},
	{"[66] a letter in a decimal number", "<a>&#1a;</a>", "", "1:4: &#1a; is no character", ""},
	{"[66] a great X", "<a>&#X41;</a>", "", "1:4: &#X41; is no character", ""},
	{"[66] a sign", "<a>&#+65;</a>", "", "1:4: &# that begins no reference", ""},
	{"Legal Character: 0", "<a>&#0;</a>", "", "1:4: &#0; is no character", ""},
	{"Legal Character: a surrogate", "<a b='&#xD800;'/>", "", "1:7: &#xD800; is no character", ""},
	{"Legal Character: U+FFFF", "<a>&#xFFFF;</a>", "", "1:4: &#xFFFF; is no character", ""},
	{"Legal Character: beyond Unicode", "<a>&#x110000;</a>", "", "1:4: &#x110000; is no character", ""},
	{"Legal Character: far beyond", "<a>&#99999999999999999999;</a>", "", "1:4: &#99999999999999999999; is no character", ""},
	{"Legal Character, in an entity's text", "<!DOCTYPE a [<!ENTITY e '&#1;'>]><a/>", "", "1:26: &#1; is no character", ""},
	{"[68] no semicolon", "<a>&amp</a>", "", "1:4: the reference &amp has no ;", ""},
	{"[68] a space in a reference", "<a>&amp ;</a>", "", "1:4: the reference &amp has no ;", ""},
	{"[68] a reference over the end of an element", "<a><b>&am</b>p;</a>", "", "1:7: &am is no reference", ""},
	{"Entity Declared: no DTD", "<a>&e;</a>", "", "1:4: the entity &e; is not declared", ""},
	{"Entity Declared: an internal subset alone", "<!DOCTYPE a [<!ENTITY f 'x'>]><a>&e;</a>", "", "1:34: the entity &e; is not declared", ""},
	{"Entity Declared: standalone", "<?xml version='1.0' standalone='yes'?><!DOCTYPE a SYSTEM 'x'><a>&e;</a>", "", "1:65: the entity &e; is not declared;", ""},
	{"Entity Declared: in a value", "<a b='&e;'/>", "", "1:7: the entity &e; is not declared", ""},
	{"4.1 it may be declared outside", "<!DOCTYPE a SYSTEM 'x'><a>&e;</a>", "", "1:27: the entity &e; is not declared in this file, and no DTD outside is read", "what lies outside is a finding, and is skipped there"},
	{"4.4.3 an external entity is not read", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x.xml'>]><a>&e;</a>", "", "1:45: the entity &e; lies outside this file (x.xml)", "what lies outside is a finding, and is skipped there"},
	{"4.4.3 an external entity that nothing refers to", "<!DOCTYPE a [<!ENTITY e PUBLIC 'p' 'x.xml'>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"Parsed Entity", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x' NDATA n>]><a>&e;</a>", "", "1:49: the entity &e; is declared as data", ""},
	{"Parsed Entity, in a value", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x' NDATA n>]><a b='&e;'/>", "", "1:52: the entity &e; is declared as data", ""},
	{"No Recursion", "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", "", "1:36: the entity &e; holds itself", ""},
	{"No Recursion, in a ring", "<!DOCTYPE a [<!ENTITY e '&f;'><!ENTITY f '<b>&e;</b>'>]><a>&e;</a>", "", "1:60: the entity &e; holds itself", ""},
	{"No Recursion, in a value", "<!DOCTYPE a [<!ENTITY e '&f;'><!ENTITY f '&e;'>]><a b='&e;'/>", "", "1:56: the entity &e; holds itself", ""},
	{"No Recursion: what nothing refers to is no fault", "<!DOCTYPE a [<!ENTITY e '&e;'>]><a/>", "<!DOCTYPE><a></a>", "", ""},
	{"No Recursion, of parameter entities", "<!DOCTYPE a [<!ENTITY % p '&#37;p;'>%p;]><a/>", "", "1:37: the parameter entity %p; holds itself", ""},
	{"In DTD: % in content stands for itself", "<a b='%p;'>%p;</a>", `<a b="%p;">'%p;'</a>`, "", ""},
	{"[69] a parameter entity without ;", "<!DOCTYPE a [<!ENTITY % p ''>%p ]><a/>", "", "1:32: the reference %p has no ;", ""},

	// 4.2 to 4.5 entities
	{"[70] an entity with markup", "<!DOCTYPE a [<!ENTITY e 'x<b c=\"1\">y</b><!--z--><?p?><![CDATA[&#38;]]>'>]><a>&e;</a>", `<!DOCTYPE><a>'x'<b c="1">'y'</b><!--z--><?p ?>'&'</a>`, "", ""},
	{"[70] entities in entities", "<!DOCTYPE a [<!ENTITY e 'x'><!ENTITY f '&e;<b/>&e;'>]><a>&f;&f;</a>", "<!DOCTYPE><a>'x'<b></b>'xx'<b></b>'x'</a>", "", ""},
	{"4.2 the first declaration counts", "<!DOCTYPE a [<!ENTITY e '1'><!ENTITY e '2'>]><a>&e;</a>", "<!DOCTYPE><a>'1'</a>", "", ""},
	{"[71] no space before the text", "<!DOCTYPE a [<!ENTITY e'x'>]><a/>", "", "1:24: a space is missing", ""},
	{"[71] no name", "<!DOCTYPE a [<!ENTITY 'x'>]><a/>", "", "1:23: an entity's name is expected", ""},
	{"[74] NDATA of a parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM 'x' NDATA n>]><a/>", "", "1:38: the declaration ends with >", ""},
	{"[76] no space before NDATA", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x'NDATA n>]><a/>", "", "1:35: the declaration ends with >", ""},
	{"[9] & in an entity's text", "<!DOCTYPE a [<!ENTITY e 'x & y'>]><a/>", "", "1:28: & that begins no reference", ""},
	{"[9] % in an entity's text", "<!DOCTYPE a [<!ENTITY e '100 %'>]><a/>", "", "1:30: a % in an entity's text", ""},
	{"PEs in Internal Subset: in an entity's text", "<!DOCTYPE a [<!ENTITY % p 'x'><!ENTITY e '%p;'>]><a/>", "", "1:43: a % in an entity's text", ""},
	{"PEs in Internal Subset: in a model", "<!DOCTYPE a [<!ENTITY % p 'b'><!ELEMENT a (%p;)>]><a/>", "", "1:44: a % inside a declaration", ""},
	{"PEs in Internal Subset: between declarations", "<!DOCTYPE a [<!ENTITY % p '<!ENTITY e \"1\"><!ATTLIST a b CDATA \"2\">'> %p; ]><a>&e;</a>", `<!DOCTYPE><a b="2">'1'</a>`, "", ""},
	{"PE Between Declarations: half a declaration", "<!DOCTYPE a [<!ENTITY % p '<!ELEMENT a'>%p; ANY>]><a/>", "", "1:41: a space is missing in a declaration; put one here (in the entity %p;)", ""},
	{"5.1 declarations after a parameter entity outside do not count", "<!DOCTYPE a [<!ENTITY e '1'><!ENTITY % p SYSTEM 'x'>%p;<!ENTITY f '2'><!ATTLIST a b CDATA '3'>]><a>&e;</a>", "<!DOCTYPE><a>'1'</a>", "", ""},
	{"5.1 they do where the file is standalone", "<?xml version='1.0' standalone='yes'?><!DOCTYPE a [<!ENTITY % p SYSTEM 'x'>%p;<!ENTITY f '2'>]><a>&f;</a>", "<!DOCTYPE><a>'2'</a>", "", ""},
	{"4.4.8 a fault in a parameter entity stands at its reference", "<!DOCTYPE a [<!ENTITY % p '<!ATTLIST a b CDATA \"&#60;\">'>%p;]><a/>", "", "1:58: < in a default value", ""},
	{"4.3.2 an element that begins in an entity", "<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</b></a>", "", "1:36: the entity ends inside <b>", ""},
	{"4.3.2 an element that ends in an entity", "<!DOCTYPE a [<!ENTITY e '</b>'>]><a><b>&e;</a>", "", "1:40: </b> closes what was opened outside the entity", ""},
	{"4.3.2 elements that match across two entities", "<!DOCTYPE a [<!ENTITY e '</a><a>'>]><a>&e;</a>", "", "1:40: </a> closes what was opened outside the entity", ""},
	{"4.3.2 half a tag", "<!DOCTYPE a [<!ENTITY e '<b'>]><a>&e;/></a>", "", "1:35: the tag <b> begins here and the entity ends", ""},
	{"4.3.2 half a comment", "<!DOCTYPE a [<!ENTITY e '<!--'>]><a>&e;--></a>", "", "1:37: a comment begins here and the entity ends", ""},
	{"4.4.2 & of a character reference begins a reference", "<!DOCTYPE a [<!ENTITY e '&#38;'>]><a>&e;</a>", "", "1:38: & that begins no reference", ""},
	{"4.4.5 quotes of an entity's text do not end a value", `<!DOCTYPE a [<!ENTITY e '"'>]><a b="&e;"/>`, `<!DOCTYPE><a b="\""></a>`, "", ""},
	{"4.6 the predefined entities declared anew", "<!DOCTYPE a [<!ENTITY lt '&#38;#60;'><!ENTITY gt '&#62;'><!ENTITY amp '&#38;#38;'><!ENTITY apos \"'\"><!ENTITY quot '\"'>]><a>&lt;&gt;&amp;&apos;&quot;</a>", `<!DOCTYPE><a>'<>&'"'</a>`, "", ""},

	// 4.3.3 encodings
	{"4.3.3 UTF-8 with a mark", "\xef\xbb\xbf<a>é</a>", "<a>'é'</a>", "", ""},
	{"4.3.3 a mark in the text is a character", "<a>\ufeff</a>", "<a>'\ufeff'</a>", "", ""},
	{"4.3.3 UTF-16 with a mark, little end first", "\xff\xfe<\x00a\x00>\x00\x28\x04=\xd8\x00\xde<\x00/\x00a\x00>\x00", "<a>'Ш\U0001f600'</a>", "", ""},
	{"4.3.3 UTF-16 with a mark, big end first", "\xfe\xff\x00<\x00a\x00>\x04\x28\x00<\x00/\x00a\x00>", "<a>'Ш'</a>", "", ""},
	{"4.3.3 UTF-16 with neither mark nor declaration", "<\x00a\x00/\x00>\x00", "", "1:1: the file is in UTF-16 and says so neither", "expat reads it"},
	{"4.3.3 half of a pair", "\xff\xfe<\x00a\x00>\x00\x00\xd8<\x00/\x00a\x00>\x00", "", "1:4: what stands here is no character of UTF-16LE", ""},
	{"4.3.3 half of a character", "\xfe\xff\x00<\x00a\x00/\x00>\x00", "", "1:5: what stands here is no character of UTF-16BE", ""},
	{"4.3.3 UTF-32", "\x00\x00\xfe\xff\x00\x00\x00<", "", "1:1: the file is in UTF-32", ""},
	{"4.3.3 EBCDIC", "\x4c\x6f\xa7\x94", "", "1:1: the file is in EBCDIC", ""},
	{"4.3.3 ISO-8859-1", "<?xml version='1.0' encoding='iso-8859-1'?><a b='\xe9'>\xa4</a>", `<a b="é">'¤'</a>`, "", ""},
	{"4.3.3 ISO-8859-15", "<?xml version='1.0' encoding='ISO-8859-15'?><a>\xa4</a>", "<a>'€'</a>", "", ""},
	{"4.3.3 windows-1252", "<?xml version='1.0' encoding='windows-1252'?><a>\x93\x80</a>", "<a>'“€'</a>", "", ""},
	{"4.3.3 windows-1251", "<?xml version='1.0' encoding='windows-1251'?><a>\xd8\xe8\xf4\xf0</a>", "<a>'Шифр'</a>", "", ""},
	{"4.3.3 names in another encoding", "<?xml version='1.0' encoding='ISO-8859-1'?><\xe9 \xfc='1'/>", `<é ü="1"></é>`, "", ""},
	{"4.3.3 a byte that the encoding does not have", "<?xml version='1.0' encoding='windows-1252'?><a>\x81</a>", "", "1:49: what stands here is no character of windows-1252", ""},
	{"4.3.3 a byte beyond ASCII", "<?xml version='1.0' encoding='US-ASCII'?><a>é</a>", "", "1:45: what stands here is no character of US-ASCII", ""},
	{"4.3.3 Latin 1 without a declaration", "<a>caf\xe9</a>", "", "1:7: byte 0xE9 is not UTF-8", ""},
	{"4.3.3 Latin 1 declared as UTF-8", "<?xml version='1.0' encoding='UTF-8'?><a>caf\xe9</a>", "", "1:45: byte 0xE9 is not UTF-8, the encoding that the first line declares", ""},
	{"4.3.3 a character that is too long", "<a>\xc0\x80</a>", "", "1:4: byte 0xC0 is not UTF-8", ""},
	{"4.3.3 a character that the file ends in", "<a/><!--\xc3", "", "1:5: a comment begins here", ""},
	{"4.3.3 UTF-8 declared as UTF-16", "<?xml version='1.0' encoding='UTF-16'?><a/>", "", "1:31: the file says that it is UTF-16 and is not", ""},
	{"4.3.3 a mark against the declaration", "\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", "", "1:31: the file says that it is ISO-8859-1, and its first bytes say UTF-8", "expat follows the declaration"},
	{"4.3.3 UTF-16 declared as UTF-8", "\xff\xfe" + wide("<?xml version='1.0' encoding='UTF-8'?><a/>"), "", "1:31: the file says that it is UTF-8, and its first bytes say UTF-16LE", ""},
	{"4.3.3 UTF-16 declared and without a mark", wide("<?xml version='1.0' encoding='UTF-16'?><a/>"), "<a></a>", "", ""},
	{"4.3.3 an encoding that is not read", "<?xml version='1.0' encoding='utf-99'?><a/>", "", `1:31: the encoding "utf-99" is not read`, ""},
	{"[81] no name of an encoding", "<?xml version='1.0' encoding='8859'?><a/>", "", `1:31: "8859" is no name of an encoding`, ""},
	{"[81] an empty one", "<?xml version='1.0' encoding=''?><a/>", "", `1:31: "" is no name of an encoding`, ""},

	// Namespaces in XML
	{"NS 2.2 declarations and scope", `<a xmlns="u" xmlns:p="v"><p:b p:c="1" d="2" xmlns:p="w"/><p:e/></a>`, `<{u}a><{w}b {w}c="1" d="2"></p:b><{v}e></p:e></a>`, "", ""},
	{"NS 3 xml needs no declaration", `<a xml:lang="en" xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`, `<a {http://www.w3.org/XML/1998/namespace}lang="en"></a>`, "", ""},
	{"NS 3 xml for another namespace", `<a xmlns:xml="u"/>`, "", "1:4: the prefix xml stands for", ""},
	{"NS 3 another prefix for the namespace of xml", `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, "", "1:4: the namespace of xml has the prefix xml alone", ""},
	{"NS 3 the namespace of xml by default", `<a xmlns="http://www.w3.org/XML/1998/namespace"/>`, "", "1:4: the namespace of xml has the prefix xml alone", ""},
	{"NS 3 xmlns declared", `<a xmlns:xmlns="u"/>`, "", "1:4: the prefix xmlns can't be declared", ""},
	{"NS 3 a prefix for the namespace of xmlns", `<a xmlns:p="http://www.w3.org/2000/xmlns/"/>`, "", "1:4: the namespace of xmlns can't be declared", ""},
	{"NS 3 the namespace of xmlns by default", `<a xmlns="http://www.w3.org/2000/xmlns/"/>`, "", "1:4: the namespace of xmlns can't be declared", ""},
	{"NS 3 an element with the prefix xmlns", `<xmlns:a/>`, "", "1:2: the prefix xmlns of <xmlns:a> is kept", ""},
	{"NS 4 colons", `<a:b:c xmlns:a="u"/>`, "", "1:2: <a:b:c> is no name", ""},
	{"NS 4 a colon at the front", `<:a/>`, "", "1:2: <:a> is no name", ""},
	{"NS 4 a colon at the end", `<a: xmlns:a="u"/>`, "", "1:2: <a:> is no name", ""},
	{"NS 4 a digit after the colon", `<a:1 xmlns:a="u"/>`, "", "1:2: <a:1> is no name", ""},
	{"NS 4 colons in an attribute's name", `<a b:c:d="1" xmlns:b="u"/>`, "", `1:4: attribute "b:c:d" is no name`, ""},
	{"NS 4 xmlns with an empty prefix", `<a xmlns:="u"/>`, "", `1:4: attribute "xmlns:" is no name`, ""},
	{"NS 4 xmlns with a prefix of digits", `<a xmlns:1="u"/>`, "", `1:4: "xmlns:1" declares no prefix`, ""},
	{"NS 5 Prefix Declared: an element", `<p:a/>`, "", "1:2: the prefix of <p:a> is not declared", ""},
	{"NS 5 Prefix Declared: an attribute", `<a p:b="1"/>`, "", `1:4: the prefix of attribute "p:b" is not declared`, ""},
	{"NS 5 Prefix Declared: out of scope", `<a><b xmlns:p="u"/><p:c/></a>`, "", "1:21: the prefix of <p:c> is not declared", ""},
	{"NS 5 Prefix Declared: by the element itself", `<p:a xmlns:p="u" p:b="1"/>`, `<{u}a {u}b="1"></p:a>`, "", ""},
	{"NS 5 No Prefix Undeclaring", `<a xmlns:p=""/>`, "", "1:4: a prefix can't be declared for no namespace", ""},
	{"NS 6.2 the default namespace undeclared", `<a xmlns="u"><b xmlns=""/><c/></a>`, "<{u}a><b></b><{u}c></c></a>", "", ""},
	{"NS 6.2 attributes have no default namespace", `<a xmlns="u" xmlns:p="u" b="1" p:b="2"/>`, `<{u}a b="1" {u}b="2"></a>`, "", ""},
	{"NS 6.3 Attributes Unique", `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, "", `1:36: attribute "q:b" is the same as "p:b" at 1:28`, ""},
	{"NS 6.3 Attributes Unique: declarations", `<a xmlns:p="u" xmlns:p="v"/>`, "", `1:16: attribute "xmlns:p" stands twice`, ""},
	{"NS 6.3 Attributes Unique: the default", `<a xmlns="u" xmlns="u"/>`, "", `1:14: attribute "xmlns" stands twice`, ""},
	{"NS 7 a colon in the name of an instruction", `<?a:b?><a/>`, "", "1:3: an instruction begins with a name", ""},
	{"NS 7 a colon in the name of an entity", `<!DOCTYPE a [<!ENTITY a:b "x">]><a/>`, "", `1:23: "a:b" has a colon`, ""},
	{"NS 7 a colon in the name of a notation", `<!DOCTYPE a [<!NOTATION a:b SYSTEM "x">]><a/>`, "", `1:25: "a:b" has a colon`, ""},
	{"NS 7 a colon in a reference", `<a>&b:c;</a>`, "", "1:4: & that begins no reference", ""},
	{"NS 7 qualified names in declarations", `<!DOCTYPE p:a [<!ELEMENT p:a (p:b)><!ATTLIST p:a p:c CDATA #IMPLIED>]><p:a xmlns:p="u"/>`, "<!DOCTYPE><{u}a></p:a>", "", ""},
	{"NS 7 two colons in a declaration", `<!DOCTYPE a [<!ELEMENT a:b:c ANY>]><a/>`, "", `1:24: "a:b:c" is no name`, ""},
}

// wide is text in UTF-16, little end first, without a mark.
func wide(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// dump writes tokens in a line: <{ns}name attr="value">'text'</name>.
func dump(tok *Tokenizer) (string, error) {
	var b strings.Builder
	text := false
	for {
		kind, err := tok.Next()
		if text && (kind != Text || err != nil) {
			b.WriteString("'")
			text = false
		}
		if err != nil {
			return b.String(), err
		}
		switch kind {
		case EOF:
			return b.String(), nil
		case StartElement:
			fmt.Fprintf(&b, "<%s", expanded(tok.Name))
			for _, a := range tok.Attrs {
				fmt.Fprintf(&b, " %s=%s", expanded(a.Name), quoted(a.Value))
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
		case Doctype:
			b.WriteString("<!DOCTYPE>")
		}
	}
}

// quoted is a value in quotes, with \ before a quote and for control characters.
func quoted(v []byte) string {
	return `"` + strings.NewReplacer(`"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`).Replace(string(v)) + `"`
}

func expanded(n *Name) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// verdict is where a fault is, and its words.
func verdict(err error) string {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return fmt.Sprintf("%d:%d: %s", e.Finding.Pos.Line, e.Finding.Pos.Column, e.Finding.Message)
	}
	return err.Error()
}

func TestEveryRuleHolds(t *testing.T) {
	for _, c := range rules {
		for way, tok := range map[string]*Tokenizer{
			"in memory":    NewBytes("t", []byte(c.doc), nil),
			"byte by byte": NewReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil),
		} {
			tokens, err := dump(tok)
			switch got := verdict(err); {
			case c.fault == "" && (err != nil || tokens != c.tokens):
				t.Errorf("%s, %s: %q\ngives %s %s\nnot   %s", c.rule, way, c.doc, tokens, got, c.tokens)
			case c.fault != "" && !strings.HasPrefix(got, c.fault):
				t.Errorf("%s, %s: %q\ngives %s %s\nnot   %s", c.rule, way, c.doc, tokens, got, c.fault)
			}
		}
	}
}

// Where expat gives another verdict than the table, the table says why; and it
// says so nowhere else.
func TestExpatAgreesOnRules(t *testing.T) {
	docs := make([][]byte, len(rules))
	for i, c := range rules {
		docs[i] = []byte(c.doc)
	}
	for i, they := range expatSays(t, docs) {
		c := rules[i]
		if agree := (they.fault == "") == (c.fault == ""); agree != (c.alone == "") {
			t.Errorf("%s: %q: expat %q, we %q; the table's reason %q", c.rule, c.doc, they.fault, c.fault, c.alone)
		}
		if they.fault == "" && c.fault == "" {
			if we := ours(NewBytes("t", docs[i], nil)); we.events != they.events {
				t.Errorf("%s: %q\nexpat %q\nwe    %q", c.rule, c.doc, they.events, we.events)
			}
		}
	}
}
