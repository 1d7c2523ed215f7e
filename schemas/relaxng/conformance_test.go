package relaxng

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sigla/tei/diag"
)

// Conformance: what the RELAX NG specification says, a row for each thing it
// says, in its order. The verdicts are read out of the clauses; jing has to give
// the same where it is installed.

// rule is a row: a schema, whether it is correct, and documents.
//
// The schema is written without the namespace declaration of RELAX NG, which
// each file gets in its first tag; $XSD is the library of XML Schema's datatypes.
// Other files follow, each after a line "-- name --".
type rule struct {
	clause, name string
	schema       string
	fault        string   // of a schema that is not correct: code and line:column; + says that it offends several clauses
	valid        []string // documents
	invalid      []string // documents; "⇒ code line:column" after one says what is found first
	jing         string   // why jing says something else of the schema; "" where it agrees
}

type docs = []string

// notDTD is why jing refuses a schema.
const notDTD = "a DTD could not tell the identifiers of this schema; jing refuses it, here they are not checked"

// conformance are the rows.
var conformance = []rule{
	// 3: the elements and attributes of the full syntax
	{"3", "element with a name attribute", `<element name="r"><empty/></element>`, "", docs{"<r/>"}, docs{"<s/>", "<r>x</r>", "<r a=''/>"}, ""},
	{"3", "element with a name class", `<element><name>r</name><empty/></element>`, "", docs{"<r/>"}, docs{"<s/>"}, ""},
	{"3", "element without a name", "<element>\n<empty/></element>", "rng/syntax 1:1", nil, nil, ""},
	{"3", "element without content", `<element name="r"/>`, "rng/syntax 1:1", nil, nil, ""},
	{"3", "element with a name class alone", `<element><name>r</name></element>`, "rng/syntax 1:1", nil, nil, ""},
	{"3", "element with name and name class", "<element name=\"r\">\n<name>s</name><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "attribute without content is text", `<element name="r"><attribute name="a"/></element>`, "", docs{"<r a=''/>", "<r a='b c'/>"}, docs{"<r/>", "<r b=''/>"}, ""},
	{"3", "attribute with two patterns", "<element name=\"r\"><attribute name=\"a\"><text/>\n<text/></attribute></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "attribute without a name", "<element name=\"r\">\n<attribute><text/></attribute></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "attribute with a name class alone", `<element name="r"><attribute><name>a</name></attribute></element>`, "", docs{"<r a='x'/>"}, docs{"<r/>"}, ""},
	{"3", "group", `<element name="r"><group><element name="a"><empty/></element><element name="b"><empty/></element></group></element>`, "", docs{"<r><a/><b/></r>"}, docs{"<r><b/><a/></r>", "<r><a/></r>"}, ""},
	{"3", "group without patterns", "<element name=\"r\">\n<group/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "interleave", `<element name="r"><interleave><element name="a"><empty/></element><element name="b"><empty/></element></interleave></element>`, "", docs{"<r><a/><b/></r>", "<r><b/><a/></r>"}, docs{"<r><a/></r>", "<r><a/><b/><a/></r>"}, ""},
	{"3", "interleave without patterns", "<element name=\"r\">\n<interleave/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "choice", `<element name="r"><choice><element name="a"><empty/></element><element name="b"><empty/></element></choice></element>`, "", docs{"<r><a/></r>", "<r><b/></r>"}, docs{"<r/>", "<r><a/><b/></r>"}, ""},
	{"3", "choice without patterns", "<element name=\"r\">\n<choice/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "optional", `<element name="r"><optional><element name="a"><empty/></element></optional></element>`, "", docs{"<r/>", "<r><a/></r>"}, docs{"<r><a/><a/></r> ⇒ rng/element-not-allowed 1:8"}, ""},
	{"3", "optional without patterns", "<element name=\"r\">\n<optional/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "zeroOrMore", `<element name="r"><zeroOrMore><element name="a"><empty/></element></zeroOrMore></element>`, "", docs{"<r/>", "<r><a/><a/><a/></r>"}, docs{"<r><b/></r>"}, ""},
	{"3", "zeroOrMore without patterns", "<element name=\"r\">\n<zeroOrMore/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "oneOrMore", `<element name="r"><oneOrMore><element name="a"><empty/></element></oneOrMore></element>`, "", docs{"<r><a/></r>", "<r><a/><a/></r>"}, docs{"<r/> ⇒ rng/element-missing 1:1"}, ""},
	{"3", "oneOrMore without patterns", "<element name=\"r\">\n<oneOrMore/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "list", `<element name="r"><list><value>a</value><value>b</value></list></element>`, "", docs{"<r>a b</r>", "<r> a\nb </r>"}, docs{"<r>b a</r>", "<r>ab</r>", "<r>a b b</r>"}, ""},
	{"3", "list without patterns", "<element name=\"r\">\n<list/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "mixed", `<element name="r"><mixed><element name="a"><empty/></element></mixed></element>`, "", docs{"<r>x<a/>y</r>", "<r><a/></r>"}, docs{"<r>x</r>"}, ""},
	{"3", "mixed without patterns", "<element name=\"r\">\n<mixed/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "ref with content", "<grammar><start><ref name=\"x\">\n<empty/></ref></start><define name=\"x\"><element name=\"r\"><empty/></element></define></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "ref without a name", "<grammar><start>\n<ref/></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "parentRef without a name", "<grammar><start>\n<parentRef/></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "empty with content", "<element name=\"r\"><empty>\n<text/></empty></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "text with content", "<element name=\"r\"><text>\n<text/></text></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "notAllowed with content", "<element name=\"r\"><notAllowed>\n<text/></notAllowed></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "notAllowed", `<element name="r"><choice><notAllowed/><element name="a"><notAllowed/></element><empty/></choice></element>`, "", docs{"<r/>"}, docs{"<r><a/></r>"}, ""},
	{"3", "value", `<element name="r"><value>x</value></element>`, "", docs{"<r>x</r>", "<r> x </r>"}, docs{"<r>y</r>", "<r/>"}, ""},
	{"3", "value without text", `<element name="r"><value/></element>`, "", docs{"<r/>", "<r> </r>"}, docs{"<r>x</r>"}, ""},
	{"3", "value with an element", "<element name=\"r\"><value>\n<text/></value></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "data", `<element name="r"><data type="token"/></element>`, "", docs{"<r>x y</r>", "<r/>"}, docs{"<r><a/></r>"}, ""},
	{"3", "data without a type", "<element name=\"r\">\n<data/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "data with text", "<element name=\"r\">\n<data type=\"token\">x</data></element>", "rng/syntax 2:20", nil, nil, ""},
	{"3", "data with a pattern", "<element name=\"r\"><data type=\"token\">\n<text/></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "param without a name", "<element name=\"r\" datatypeLibrary=\"$XSD\"><data type=\"token\">\n<param>1</param></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "param with an element", "<element name=\"r\" datatypeLibrary=\"$XSD\"><data type=\"token\"><param name=\"length\">1\n<text/></param></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "param after except", "<element name=\"r\" datatypeLibrary=\"$XSD\"><data type=\"token\"><except><value>x</value></except>\n<param name=\"length\">1</param></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "two excepts in data", "<element name=\"r\"><data type=\"token\"><except><value>x</value></except>\n<except><value>y</value></except></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "empty except in data", "<element name=\"r\"><data type=\"token\">\n<except/></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "except as a pattern", "<element name=\"r\">\n<except><value>x</value></except></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "externalRef without href", "<element name=\"r\">\n<externalRef/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "externalRef with content", "<element name=\"r\"><externalRef href=\"a.rng\">\n<empty/></externalRef></element>\n-- a.rng --\n<empty/>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "grammar", `<grammar><start><element name="r"><empty/></element></start></grammar>`, "", docs{"<r/>"}, docs{"<s/>"}, ""},
	{"3", "pattern in a grammar", "<grammar><start><element name=\"r\"><empty/></element></start>\n<empty/></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "text in a grammar", "<grammar>\n x<start><element name=\"r\"><empty/></element></start></grammar>", "rng/syntax 2:2", nil, nil, ""},
	{"3", "start without patterns", "<grammar>\n<start/></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "start with two patterns", "<grammar><start><element name=\"r\"><empty/></element>\n<element name=\"s\"><empty/></element></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "define without a name", "<grammar><start><element name=\"r\"><empty/></element></start>\n<define><empty/></define></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "define without patterns", "<grammar><start><element name=\"r\"><empty/></element></start>\n<define name=\"x\"/></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "define outside of a grammar", "<element name=\"r\">\n<define name=\"x\"><empty/></define></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "combine of another word", "<grammar>\n<start combine=\"group\"><element name=\"r\"><empty/></element></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "include without href", "<grammar>\n<include/><start><element name=\"r\"><empty/></element></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "include in include", "<grammar><include href=\"a.rng\">\n<include href=\"b.rng\"/></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>\n-- b.rng --\n<grammar/>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "include in div in include", "<grammar><include href=\"a.rng\"><div>\n<include href=\"b.rng\"/></div></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>\n-- b.rng --\n<grammar/>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "pattern in include", "<grammar><include href=\"a.rng\">\n<empty/></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "name class choice", `<element><choice><name>r</name><name>s</name></choice><empty/></element>`, "", docs{"<r/>", "<s/>"}, docs{"<t/>"}, ""},
	{"3", "empty name class choice", "<element>\n<choice/><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "anyName with a name", "<element><anyName>\n<name>r</name></anyName><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "two excepts in anyName", "<element><anyName><except><name>r</name></except>\n<except><name>s</name></except></anyName><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "empty except in anyName", "<element><anyName>\n<except/></anyName><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "pattern in a name class", "<element><choice><name>r</name>\n<text/></choice><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "name with an element", "<element><name>r\n<text/></name><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "empty name", "<element>\n<name/><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "an element RELAX NG has not", "<element name=\"r\">\n<sequence/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "letter case of an element", "<element name=\"r\">\n<Empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "the outermost is a pattern", `<start><element name="r"><empty/></element></start>`, "rng/syntax 1:1", nil, nil, ""},
	{"3", "the outermost is of another namespace", "<element xmlns='urn:x' name='r'><empty/></element>\n", "rng/syntax 1:1", nil, nil, ""},
	{"3", "an attribute RELAX NG has not", "<element name=\"r\">\n<empty id=\"x\"/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "an attribute of another element", "<element name=\"r\">\n<text name=\"x\"/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "an attribute of RELAX NG's namespace", "<element name=\"r\" xmlns:r=\"http://relaxng.org/ns/structure/1.0\">\n<empty r:x=\"\"/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "ns on every element", `<element name="r" ns=""><choice ns="a"><empty ns="b"/><text ns="c"/></choice></element>`, "", docs{"<r/>", "<r>x</r>"}, docs{"<r xmlns='a'/>"}, ""},
	{"3", "datatypeLibrary on every element", `<element name="r"><choice datatypeLibrary="$XSD"><empty datatypeLibrary="$XSD"/><text datatypeLibrary=""/></choice></element>`, "", docs{"<r/>"}, nil, ""},
	{"3", "the name of an element is a name", "<element name=\"r\">\n<element name=\"1\"><empty/></element></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "the name of an element has one colon", "<element name=\"r\" xmlns:a=\"urn:a\">\n<element name=\"a:b:c\"><empty/></element></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "the name of a define has no colon", "<grammar xmlns:a=\"urn:a\"><start><element name=\"r\"><empty/></element></start>\n<define name=\"a:b\"><empty/></define></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "the name of a ref is a name", "<grammar><start>\n<ref name=\"a b\"/></start></grammar>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "the name of a datatype is a name", "<element name=\"r\">\n<data type=\"a:b\"/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"3", "datatypeLibrary is absolute", "<element name=\"r\">\n<group datatypeLibrary=\"types\"><text/></group></element>", "rng/datatype-library 2:1", nil, nil, ""},
	{"3", "datatypeLibrary has no fragment", "<element name=\"r\">\n<group datatypeLibrary=\"http://example.org/types#a\"><text/></group></element>", "rng/datatype-library 2:1", nil, nil, ""},
	{"3", "datatypeLibrary may be empty", `<element name="r" datatypeLibrary=""><text/></element>`, "", docs{"<r/>"}, nil, ""},
	{"3", "datatypeLibrary may be a URN", `<element name="r" datatypeLibrary="urn:nobody:asks"><text/></element>`, "", docs{"<r/>"}, nil, ""},
	{"3", "not well-formed", "<element name=\"r\">\n<empty></element>", "xml/end-tag 2:8", nil, nil, ""},

	// 4.1: annotations
	{"4.1", "foreign elements among patterns", `<element name="r" xmlns:x="urn:x"><x:a/><empty/><x:b>text<x:c/></x:b></element>`, "", docs{"<r/>"}, docs{"<r>x</r>"}, ""},
	{"4.1", "foreign attributes", `<element name="r" xmlns:x="urn:x" x:a="1"><empty x:b="2"/></element>`, "", docs{"<r/>"}, nil, ""},
	{"4.1", "foreign elements in empty, text and ref", `<grammar xmlns:x="urn:x"><x:a/><start><ref name="r"><x:a/></ref></start><define name="r"><element name="r"><choice><empty><x:a/></empty><text><x:a/></text></choice></element></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.1", "foreign elements in data and name classes", `<element xmlns:x="urn:x"><anyName><x:a/><except><x:a/><name>s</name></except></anyName><data type="token"><x:a/></data></element>`, "", docs{"<r>x</r>"}, docs{"<s>x</s>"}, ""},
	{"4.1", "elements of no namespace are foreign", `<r:element name="r" xmlns="" xmlns:r="http://relaxng.org/ns/structure/1.0"><a/><r:empty/></r:element>`, "", docs{"<r/>"}, nil, ""},
	{"4.1", "a foreign element does not stand for a pattern", "<element name=\"r\" xmlns:x=\"urn:x\"><x:a/></element>", "rng/syntax 1:1", nil, nil, ""},
	{"4.1", "no foreign element in value", "<element name=\"r\" xmlns:x=\"urn:x\"><value>a\n<x:a/></value></element>", "rng/syntax 2:1", nil, nil, ""},
	{"4.1", "no foreign element in param", "<element name=\"r\" xmlns:x=\"urn:x\" datatypeLibrary=\"$XSD\"><data type=\"token\"><param name=\"length\">1\n<x:a/></param></data></element>", "rng/syntax 2:1", nil, nil, ""},
	{"4.1", "no foreign element in name", "<element xmlns:x=\"urn:x\"><name>r\n<x:a/></name><empty/></element>", "rng/syntax 2:1", nil, nil, ""},
	{"4.1", "RELAX NG in a foreign element means nothing", `<element name="r" xmlns:x="urn:x"><x:a><notAllowed/><value>x</value></x:a><empty/></element>`, "", docs{"<r/>"}, nil, ""},
	{"4.1", "xml:base, xml:lang and xml:space are foreign", `<element name="r" xml:lang="en" xml:space="preserve" xml:base="x/"><empty/></element>`, "", docs{"<r/>"}, nil, ""},
	{"4.1", "comments and instructions", `<element name="r"><!-- a --><?b c?><value>x<!-- d -->y<?e?></value></element>`, "", docs{"<r>xy</r>"}, docs{"<r>x</r>"}, ""},

	// 4.2: white space
	{"4.2", "name is trimmed", "<element name=\" r\n\"><empty/></element>", "", docs{"<r/>"}, nil, ""},
	{"4.2", "the text of name is trimmed", "<element><name> r\n</name><empty/></element>", "", docs{"<r/>"}, nil, ""},
	{"4.2", "type is trimmed", `<element name="r"><data type=" token "/></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.2", "combine is trimmed", `<grammar><start combine=" choice "><element name="r"><empty/></element></start><start combine="choice"><element name="s"><empty/></element></start></grammar>`, "", docs{"<r/>", "<s/>"}, nil, ""},
	{"4.2", "ref is trimmed", `<grammar><start><ref name=" x "/></start><define name="  x"><element name="r"><empty/></element></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.2", "ns is not trimmed", `<element name="r" ns=" urn:a "><empty/></element>`, "", docs{"<r xmlns=' urn:a '/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"4.2", "value is not trimmed", `<element name="r"><value type="string"> x </value></element>`, "", docs{"<r> x </r>"}, docs{"<r>x</r>"}, ""},
	{"4.2", "param is not trimmed", `<element name="r" datatypeLibrary="$XSD"><data type="string"><param name="pattern"> x</param></data></element>`, "", docs{"<r> x</r>"}, docs{"<r>x</r>"}, ""},
	{"4.2", "white space between elements", "<element name=\"r\">\n\t <empty/>\n</element>", "", docs{"<r/>"}, nil, ""},
	{"4.2", "other space is part of a name", "<element name=\"r\">\n<element name=\"\u00a0a\"><empty/></element></element>", "rng/syntax 2:1", nil, nil, ""},
	{"4.2", "other space is text", "<element name=\"r\">\n\u00a0<empty/></element>", "rng/syntax 2:1", nil, nil, ""},

	// 4.3: datatypeLibrary
	{"4.3", "the nearest datatypeLibrary counts", `<element name="r" datatypeLibrary="urn:nobody"><group datatypeLibrary="$XSD"><data type="integer"/></group></element>`, "", docs{"<r>1</r>"}, docs{"<r>x</r>"}, ""},
	{"4.3", "datatypeLibrary on data itself", `<element name="r"><data type="integer" datatypeLibrary="$XSD"/></element>`, "", docs{"<r>1</r>"}, docs{"<r>x</r>"}, ""},
	{"4.3", "datatypeLibrary set back to none", `<element name="r" datatypeLibrary="$XSD"><group datatypeLibrary=""><data type="token"/></group></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.3", "datatypeLibrary reaches except", `<element name="r" datatypeLibrary="$XSD"><data type="integer"><except><value type="integer">1</value></except></data></element>`, "", docs{"<r>2</r>"}, docs{"<r>01</r>"}, ""},
	{"4.3", "datatypeLibrary does not reach an external file", "<element name=\"r\" datatypeLibrary=\"$XSD\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<group>\n<data type=\"integer\"/></group>", "rng/datatype a.rng:2:1", nil, nil, ""},
	{"4.3", "datatypeLibrary does not reach an included file", "<grammar datatypeLibrary=\"$XSD\"><include href=\"a.rng\"/></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\">\n<data type=\"integer\"/></element></start></grammar>", "rng/datatype a.rng:2:1", nil, nil, ""},
	{"4.3", "datatypeLibrary reaches replacements", "<grammar datatypeLibrary=\"$XSD\"><include href=\"a.rng\"><define name=\"x\"><data type=\"integer\"/></define></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "", docs{"<r>1</r>"}, docs{"<r/>"}, ""},

	// 4.4: type of value
	{"4.4", "value without a type is a token", `<element name="r" datatypeLibrary="$XSD"><value>a b</value></element>`, "", docs{"<r> a  b</r>"}, docs{"<r>ab</r>"}, ""},
	{"4.4", "value without a type needs no library", `<element name="r" datatypeLibrary="urn:nobody"><value>1</value></element>`, "", docs{"<r>1</r>"}, docs{"<r>01</r>"}, ""},
	{"4.4", "value with a type is of the library", `<element name="r" datatypeLibrary="$XSD"><value type="integer">1</value></element>`, "", docs{"<r>01</r>", "<r>+1</r>"}, docs{"<r>1.0</r>", "<r>2</r>"}, ""},

	// 4.5: href
	{"4.5", "href in the same folder", "<element name=\"r\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<empty/>", "", docs{"<r/>"}, docs{"<r>x</r>"}, ""},
	{"4.5", "href in another folder", "<element name=\"r\"><externalRef href=\"sub/a.rng\"/></element>\n-- sub/a.rng --\n<externalRef href=\"b.rng\"/>\n-- sub/b.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "href to the folder above", "<element name=\"r\"><externalRef href=\"sub/a.rng\"/></element>\n-- sub/a.rng --\n<externalRef href=\"../b.rng\"/>\n-- b.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "href with an escape", "<element name=\"r\"><externalRef href=\"a%20b.rng\"/></element>\n-- a b.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "xml:base on the element", "<element name=\"r\"><externalRef href=\"a.rng\" xml:base=\"sub/\"/></element>\n-- sub/a.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "xml:base on elements around", "<element name=\"r\" xml:base=\"one/x.rng\"><group xml:base=\"two/\"><externalRef href=\"a.rng\"/></group></element>\n-- one/two/a.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "xml:base of a grammar's parts", "<grammar xml:base=\"one/\"><include href=\"a.rng\"/></grammar>\n-- one/a.rng --\n<grammar><start><element name=\"r\"><externalRef href=\"b.rng\"/></element></start></grammar>\n-- one/b.rng --\n<empty/>", "", docs{"<r/>"}, nil, ""},
	{"4.5", "href with a fragment", "<element name=\"r\">\n<externalRef href=\"a.rng#x\"/></element>\n-- a.rng --\n<empty/>", "rng/href 2:1", nil, nil, ""},
	{"4.5", "include with a fragment", "<grammar>\n<include href=\"a.rng#x\"/></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "rng/href 2:1", nil, nil, ""},
	{"4.5", "href to nothing", "<element name=\"r\">\n<externalRef href=\"a.rng\"/></element>", "rng/href 2:1", nil, nil, ""},

	// 4.6: externalRef
	{"4.6", "externalRef to a grammar", "<element name=\"r\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<grammar><start><ref name=\"x\"/></start><define name=\"x\"><element name=\"a\"><empty/></element></define></grammar>", "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.6", "externalRef to a pattern of attributes", "<element name=\"r\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<group><attribute name=\"a\"/><text/></group>", "", docs{"<r a=''>x</r>"}, docs{"<r>x</r>"}, ""},
	{"4.6", "externalRef to what is no pattern", "<element name=\"r\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<start><empty/></start>", "rng/syntax a.rng:1:1", nil, nil, ""},
	{"4.6", "externalRef to what is not correct", "<element name=\"r\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<group>\n<choice/></group>", "rng/syntax a.rng:2:1", nil, nil, ""},
	{"4.6", "externalRef to itself", "<element name=\"r\"><optional>\n<externalRef href=\"schema.rng\"/></optional></element>", "rng/include-loop 2:1", nil, nil, ""},
	{"4.6", "externalRef in a ring", "<element name=\"r\"><optional><externalRef href=\"a.rng\"/></optional></element>\n-- a.rng --\n<group>\n<externalRef href=\"schema.rng\"/></group>", "rng/include-loop a.rng:2:1", nil, nil, ""},
	{"4.6", "externalRef twice to one file", "<element name=\"r\"><externalRef href=\"a.rng\"/><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<element name=\"a\"><empty/></element>", "", docs{"<r><a/><a/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.6", "ns of externalRef is the file's", "<element name=\"r\"><externalRef href=\"a.rng\" ns=\"urn:a\"/></element>\n-- a.rng --\n<element name=\"a\"><empty/></element>", "", docs{"<r><a xmlns='urn:a'/></r>"}, docs{"<r><a/></r> ⇒ rng/namespace 1:4"}, ""},
	{"4.6", "the file's own ns is stronger", "<element name=\"r\"><externalRef href=\"a.rng\" ns=\"urn:a\"/></element>\n-- a.rng --\n<element name=\"a\" ns=\"urn:b\"><empty/></element>", "", docs{"<r><a xmlns='urn:b'/></r>"}, docs{"<r><a xmlns='urn:a'/></r>"}, ""},
	{"4.6", "ns around externalRef reaches the file", "<element name=\"r\" ns=\"urn:a\"><externalRef href=\"a.rng\"/></element>\n-- a.rng --\n<element name=\"a\"><empty/></element>", "", docs{"<r xmlns='urn:a'><a/></r>"}, docs{"<r xmlns='urn:a'><a xmlns=''/></r>"}, ""},
	{"4.6", "names of grammars don't reach the file", "<grammar><start><element name=\"r\"><externalRef href=\"a.rng\"/></element></start><define name=\"x\"><empty/></define></grammar>\n-- a.rng --\n<grammar><start>\n<ref name=\"x\"/></start></grammar>", "rng/ref a.rng:2:1", nil, nil, ""},

	// 4.7: include
	{"4.7", "include", "<grammar><include href=\"a.rng\"/><define name=\"x\"><element name=\"a\"><empty/></element></define></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start></grammar>", "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.7", "include of what is no grammar", "<grammar>\n<include href=\"a.rng\"/></grammar>\n-- a.rng --\n<element name=\"r\"><empty/></element>", "rng/include 2:1", nil, nil, ""},
	{"4.7", "define replaced", "<grammar><include href=\"a.rng\"><define name=\"x\"><element name=\"b\"><empty/></element></define></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><element name=\"a\"><empty/></element></define></grammar>", "", docs{"<r><b/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.7", "all parts of a define replaced", "<grammar><include href=\"a.rng\"><define name=\"x\"><element name=\"b\"><empty/></element></define></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\" combine=\"choice\"><element name=\"a\"><empty/></element></define><define name=\"x\" combine=\"choice\"><empty/></define></grammar>", "", docs{"<r><b/></r>"}, docs{"<r><a/></r>", "<r/>"}, ""},
	{"4.7", "start replaced", "<grammar><include href=\"a.rng\"><start><element name=\"s\"><empty/></element></start></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "", docs{"<s/>"}, docs{"<r/>"}, ""},
	{"4.7", "start replaced where there is none", "<grammar>\n<include href=\"a.rng\"><start><element name=\"s\"><empty/></element></start></include></grammar>\n-- a.rng --\n<grammar><define name=\"x\"><empty/></define></grammar>", "rng/include 2:1", nil, nil, ""},
	{"4.7", "define replaced where there is none", "<grammar>\n<include href=\"a.rng\"><define name=\"y\"><empty/></define></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "rng/include 2:1", nil, nil, ""},
	{"4.7", "replaced within div on both sides", "<grammar><include href=\"a.rng\"><div><div><define name=\"x\"><text/></define></div></div></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><div><define name=\"x\"><empty/></define></div></grammar>", "", docs{"<r>x</r>"}, nil, ""},
	{"4.7", "replaced through two files", "<grammar><include href=\"a.rng\"><define name=\"x\"><text/></define></include></grammar>\n-- a.rng --\n<grammar><include href=\"b.rng\"/></grammar>\n-- b.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "", docs{"<r>x</r>"}, nil, ""},
	{"4.7", "a replacement is replaced", "<grammar><include href=\"a.rng\"><define name=\"x\"><text/></define></include></grammar>\n-- a.rng --\n<grammar><include href=\"b.rng\"><define name=\"x\"><element name=\"a\"><empty/></element></define></include></grammar>\n-- b.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "", docs{"<r>x</r>"}, docs{"<r><a/></r>"}, ""},
	{"4.7", "replacements are combined with each other", "<grammar><include href=\"a.rng\"><define name=\"x\" combine=\"choice\"><element name=\"a\"><empty/></element></define><define name=\"x\" combine=\"choice\"><element name=\"b\"><empty/></element></define></include></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "", docs{"<r><a/></r>", "<r><b/></r>"}, docs{"<r/>"}, ""},
	{"4.7", "replacements combine with others beside", "<grammar><include href=\"a.rng\"><define name=\"x\"><element name=\"a\"><empty/></element></define></include><define name=\"x\" combine=\"choice\"><text/></define></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "", docs{"<r><a/></r>", "<r>x</r>"}, docs{"<r><a/>x</r>"}, ""},
	{"4.7", "ns of include reaches the file", "<grammar><include href=\"a.rng\" ns=\"urn:a\"/></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "", docs{"<r xmlns='urn:a'/>"}, docs{"<r/>"}, ""},
	{"4.7", "ns around include reaches the file", "<grammar ns=\"urn:a\"><div ns=\"urn:b\"><include href=\"a.rng\"/></div></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "", docs{"<r xmlns='urn:b'/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"4.7", "include twice of one file", "<grammar><include href=\"a.rng\"/>\n<include href=\"a.rng\"/></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><empty/></element></start></grammar>", "rng/combine a.rng:1:", nil, nil, ""},
	{"4.7", "include of itself", "<grammar>\n<include href=\"schema.rng\"/><start><element name=\"r\"><empty/></element></start></grammar>", "rng/include-loop 2:1", nil, nil, ""},
	{"4.7", "include in a ring", "<grammar><include href=\"a.rng\"/><start><element name=\"r\"><empty/></element></start></grammar>\n-- a.rng --\n<grammar>\n<include href=\"schema.rng\"/></grammar>", "rng/include-loop a.rng:2:1", nil, nil, ""},
	{"4.7", "prefixes are of their file", "<grammar xmlns:p=\"urn:a\"><include href=\"a.rng\"/><define name=\"x\"><element name=\"p:a\"><empty/></element></define></grammar>\n-- a.rng --\n<grammar xmlns:p=\"urn:b\"><start><element name=\"p:r\"><ref name=\"x\"/></element></start></grammar>", "", docs{"<r xmlns='urn:b'><a xmlns='urn:a'/></r>"}, docs{"<r xmlns='urn:b'><a/></r>"}, ""},

	// 4.8: the name attribute
	{"4.8", "an attribute's name has no namespace", `<element name="r" ns="urn:a"><attribute name="a"/></element>`, "", docs{"<r xmlns='urn:a' a=''/>"}, docs{"<p:r xmlns:p='urn:a' p:a=''/>"}, ""},
	{"4.8", "an attribute's own ns", `<element name="r"><attribute name="a" ns="urn:a"/></element>`, "", docs{"<r xmlns:p='urn:a' p:a=''/>"}, docs{"<r a=''/>"}, ""},
	{"4.8", "ns of an attribute does not bear on its prefix", `<element name="r" xmlns:p="urn:p"><attribute name="p:a" ns="urn:a"/></element>`, "", docs{"<r xmlns:p='urn:p' p:a=''/>"}, docs{"<r xmlns:p='urn:a' p:a=''/>"}, ""},
	{"4.8", "xml: needs no declaration", `<element name="r"><attribute name="xml:id"/></element>`, "", docs{"<r xml:id='a'/>"}, docs{"<r id='a'/>"}, ""},

	// 4.9: ns
	{"4.9", "no ns is no namespace", `<element name="r"><empty/></element>`, "", docs{"<r/>"}, docs{"<r xmlns='urn:a'/> ⇒ rng/namespace 1:1"}, ""},
	{"4.9", "ns is inherited", `<element name="r" ns="urn:a"><element name="a"><empty/></element></element>`, "", docs{"<r xmlns='urn:a'><a/></r>"}, docs{"<r xmlns='urn:a'><a xmlns=''/></r>"}, ""},
	{"4.9", "ns may be set back", `<element name="r" ns="urn:a"><element name="a" ns=""><empty/></element></element>`, "", docs{"<r xmlns='urn:a'><a xmlns=''/></r>"}, docs{"<r xmlns='urn:a'><a/></r>"}, ""},
	{"4.9", "an attribute's name element inherits ns", `<element name="r" ns="urn:a"><attribute><name>a</name></attribute></element>`, "", docs{"<p:r xmlns:p='urn:a' p:a=''/>"}, docs{"<r xmlns='urn:a' a=''/>"}, ""},
	{"4.9", "an attribute's ns reaches its name element", `<element name="r"><attribute ns="urn:a"><name>a</name></attribute></element>`, "", docs{"<r xmlns:p='urn:a' p:a=''/>"}, docs{"<r a=''/>"}, ""},
	{"4.9", "nsName inherits ns", `<element name="r" ns="urn:a"><element><nsName/><empty/></element></element>`, "", docs{"<r xmlns='urn:a'><b/></r>"}, docs{"<r xmlns='urn:a'><b xmlns=''/></r>"}, ""},
	{"4.9", "ns of a name class choice", `<element><choice ns="urn:a"><name>r</name><name ns="">s</name></choice><empty/></element>`, "", docs{"<r xmlns='urn:a'/>", "<s/>"}, docs{"<r/>", "<s xmlns='urn:a'/>"}, ""},
	{"4.9", "ns of a grammar", `<grammar ns="urn:a"><start><ref name="x"/></start><define name="x" ns="urn:b"><element name="r"><empty/></element></define></grammar>`, "", docs{"<r xmlns='urn:b'/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"4.9", "the default namespace is not ns", `<x:element name="r" xmlns="urn:a" xmlns:x="http://relaxng.org/ns/structure/1.0"><x:empty/></x:element>`, "", docs{"<r/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"4.9", "ns is the namespace of a value's QName", `<element name="r" ns="urn:a" datatypeLibrary="$XSD"><attribute name="q"><value type="QName">x</value></attribute></element>`, "", docs{"<r xmlns='urn:a' q='x'/>", "<p:r xmlns:p='urn:a' q='p:x'/>"}, docs{"<p:r xmlns:p='urn:a' q='x'/>"}, ""},

	// 4.10: QNames
	{"4.10", "prefix of an element's name", `<element name="p:r" xmlns:p="urn:a" ns="urn:b"><empty/></element>`, "", docs{"<r xmlns='urn:a'/>"}, docs{"<r xmlns='urn:b'/>"}, ""},
	{"4.10", "prefix of a name element", `<element xmlns:p="urn:a"><name ns="urn:b">p:r</name><empty/></element>`, "", docs{"<r xmlns='urn:a'/>"}, docs{"<r xmlns='urn:b'/>"}, ""},
	{"4.10", "prefix that is not declared", "<element name=\"r\">\n<element name=\"p:a\"><empty/></element></element>", "rng/prefix 2:1", nil, nil, ""},
	{"4.10", "prefix that is not declared for an attribute", "<element name=\"r\">\n<attribute name=\"p:a\"/></element>", "rng/prefix 2:1", nil, nil, ""},
	{"4.10", "prefix declared on the element itself", `<element name="r"><element name="p:a" xmlns:p="urn:a"><empty/></element></element>`, "", docs{"<r><a xmlns='urn:a'/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.10", "prefix declared anew", `<element name="p:r" xmlns:p="urn:a"><element name="p:a" xmlns:p="urn:b"><empty/></element></element>`, "", docs{"<r xmlns='urn:a'><a xmlns='urn:b'/></r>"}, docs{"<r xmlns='urn:a'><a/></r>"}, ""},
	{"4.10", "QName in a value by its prefix", `<element name="r" xmlns:p="urn:a" datatypeLibrary="$XSD"><value type="QName">p:x</value></element>`, "", docs{"<r xmlns:q='urn:a'>q:x</r>"}, docs{"<r xmlns:p='urn:b'>p:x</r>"}, ""},

	// 4.11: div
	{"4.11", "div in a grammar", `<grammar><div><start><ref name="x"/></start><div><define name="x"><element name="r"><empty/></element></define></div></div></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.11", "empty div", `<grammar><div/><start><element name="r"><empty/></element></start></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.11", "ns and datatypeLibrary of div", `<grammar><div ns="urn:a" datatypeLibrary="$XSD"><start><element name="r"><data type="integer"/></element></start></div></grammar>`, "", docs{"<r xmlns='urn:a'>1</r>"}, docs{"<r>1</r>", "<r xmlns='urn:a'>x</r>"}, ""},
	{"4.11", "div is no pattern", "<element name=\"r\">\n<div><empty/></div></element>", "rng/syntax 2:1", nil, nil, ""},

	// 4.12: the number of children
	{"4.12", "several patterns in an element are a group", `<element name="r"><element name="a"><empty/></element><element name="b"><empty/></element><element name="c"><empty/></element></element>`, "", docs{"<r><a/><b/><c/></r>"}, docs{"<r><a/><c/><b/></r>", "<r><a/></r>"}, ""},
	{"4.12", "several patterns in a define are a group", `<grammar><start><element name="r"><ref name="x"/></element></start><define name="x"><element name="a"><empty/></element><element name="b"><empty/></element></define></grammar>`, "", docs{"<r><a/><b/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.12", "several patterns in oneOrMore are a group", `<element name="r"><oneOrMore><element name="a"><empty/></element><element name="b"><empty/></element></oneOrMore></element>`, "", docs{"<r><a/><b/><a/><b/></r>"}, docs{"<r><a/><b/><a/></r>"}, ""},
	{"4.12", "several patterns in optional are a group", `<element name="r"><optional><element name="a"><empty/></element><element name="b"><empty/></element></optional></element>`, "", docs{"<r/>", "<r><a/><b/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.12", "several patterns in zeroOrMore are a group", `<element name="r"><zeroOrMore><element name="a"><empty/></element><element name="b"><empty/></element></zeroOrMore></element>`, "", docs{"<r/>", "<r><a/><b/><a/><b/></r>"}, docs{"<r><b/><a/></r>"}, ""},
	{"4.12", "several patterns in mixed are a group", `<element name="r"><mixed><element name="a"><empty/></element><element name="b"><empty/></element></mixed></element>`, "", docs{"<r>x<a/>y<b/>z</r>"}, docs{"<r><b/><a/></r>"}, ""},
	{"4.12", "several patterns in list are a group", `<element name="r"><list><value>a</value><value>b</value><value>c</value></list></element>`, "", docs{"<r>a b c</r>"}, docs{"<r>a c b</r>", "<r>a b</r>"}, ""},
	{"4.12", "several names in except are a choice", `<element><anyName><except><name>r</name><name>s</name></except></anyName><empty/></element>`, "", docs{"<t/>"}, docs{"<r/>", "<s/>"}, ""},
	{"4.12", "several patterns in except are a choice", `<element name="r"><data type="token"><except><value>a</value><value>b</value></except></data></element>`, "", docs{"<r>c</r>"}, docs{"<r>a</r>", "<r>b</r>"}, ""},
	{"4.12", "one pattern in a group", `<element name="r"><group><text/></group></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.12", "one pattern in an interleave", `<element name="r"><interleave><text/></interleave></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.12", "one pattern in a choice", `<element name="r"><choice><text/></choice></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.12", "one name in a choice", `<element><choice><name>r</name></choice><empty/></element>`, "", docs{"<r/>"}, docs{"<s/>"}, ""},
	{"4.12", "three patterns in a choice", `<element name="r"><choice><value>a</value><value>b</value><value>c</value></choice></element>`, "", docs{"<r>a</r>", "<r>c</r>"}, docs{"<r>d</r>"}, ""},
	{"4.12", "three patterns in an interleave", `<element name="r"><interleave><element name="a"><empty/></element><element name="b"><empty/></element><element name="c"><empty/></element></interleave></element>`, "", docs{"<r><c/><a/><b/></r>"}, docs{"<r><c/><a/></r>"}, ""},
	{"4.12", "three names in a choice", `<element><choice><name>r</name><choice><name>s</name><nsName ns="urn:a"/></choice></choice><empty/></element>`, "", docs{"<r/>", "<s/>", "<t xmlns='urn:a'/>"}, docs{"<t/>"}, ""},

	// 4.13 to 4.15
	{"4.13", "mixed is an interleave with text", `<element name="r"><mixed><choice><element name="a"><empty/></element><group><element name="b"><empty/></element><element name="c"><empty/></element></group></choice></mixed></element>`, "", docs{"<r>x<a/>y</r>", "<r>x<b/>y<c/>z</r>"}, docs{"<r>x<a/><b/></r>"}, ""},
	{"4.13", "mixed with attributes", `<element name="r"><mixed><attribute name="a"/></mixed></element>`, "", docs{"<r a=''>x</r>"}, docs{"<r>x</r> ⇒ rng/attribute-missing 1:1"}, ""},
	{"4.13", "mixed with text is text twice in an interleave", "<element name=\"r\">\n<mixed><text/></mixed></element>", "rng/interleave 2:1", nil, nil, ""},
	{"4.14", "optional attribute", `<element name="r"><optional><attribute name="a"/></optional></element>`, "", docs{"<r/>", "<r a=''/>"}, docs{"<r b=''/> ⇒ rng/attribute-not-allowed 1:4"}, ""},
	{"4.14", "optional group of attributes", `<element name="r"><optional><attribute name="a"/><attribute name="b"/></optional></element>`, "", docs{"<r/>", "<r b='' a=''/>"}, docs{"<r a=''/> ⇒ rng/attribute-missing 1:1"}, ""},
	{"4.15", "zeroOrMore of an attribute of any name", `<element name="r"><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element>`, "", docs{"<r/>", "<r a='' b='' xml:c=''/>"}, docs{"<r>x</r>"}, ""},
	{"4.15", "zeroOrMore of a choice", `<element name="r"><zeroOrMore><choice><element name="a"><empty/></element><element name="b"><empty/></element></choice></zeroOrMore></element>`, "", docs{"<r/>", "<r><b/><a/><b/></r>"}, docs{"<r><c/></r>"}, ""},

	// 4.16: constraints
	{"4.16", "anyName in the except of anyName", "<element><anyName>\n<except><anyName/></except></anyName><empty/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "anyName deep in the except of anyName", "<element><anyName>\n<except><choice><name>a</name><anyName/></choice></except></anyName><empty/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "nsName in the except of anyName", `<element><anyName><except><nsName ns="urn:a"/></except></anyName><empty/></element>`, "", docs{"<r/>", "<r xmlns='urn:b'/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"4.16", "nsName with an except in the except of anyName", `<element><anyName><except><nsName ns="urn:a"><except><name>r</name></except></nsName></except></anyName><empty/></element>`, "", docs{"<s/>", "<r/>"}, docs{"<s xmlns='urn:a'/>"}, ""},
	{"4.16", "nsName in the except of nsName", "<element><nsName ns=\"urn:a\">\n<except><nsName ns=\"urn:b\"/></except></nsName><empty/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "anyName in the except of nsName", "<element><nsName ns=\"urn:a\">\n<except><anyName/></except></nsName><empty/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an attribute called xmlns", "<element name=\"r\">\n<attribute name=\"xmlns\"/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an attribute called xmlns by a name element", "<element name=\"r\">\n<attribute><name>xmlns</name></attribute></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an attribute called xmlns in a choice", "<element name=\"r\">\n<attribute><choice><name>a</name><name>xmlns</name></choice></attribute></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an attribute called xmlns in an except", "<element name=\"r\"><zeroOrMore>\n<attribute><anyName><except><name>xmlns</name></except></anyName></attribute></zeroOrMore></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an attribute called xmlns in a namespace", `<element name="r"><attribute name="xmlns" ns="urn:a"/></element>`, "", docs{"<r xmlns:p='urn:a' p:xmlns=''/>"}, nil, ""},
	{"4.16", "an element called xmlns", `<element name="xmlns"><empty/></element>`, "", docs{"<xmlns/>"}, nil, ""},
	{"4.16", "an attribute of the namespace of namespaces", "<element name=\"r\">\n<attribute name=\"a\" ns=\"http://www.w3.org/2000/xmlns\"/></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "attributes of the namespace of namespaces", "<element name=\"r\"><zeroOrMore>\n<attribute><nsName ns=\"http://www.w3.org/2000/xmlns\"/></attribute></zeroOrMore></element>", "rng/name-class 2:1", nil, nil, ""},
	{"4.16", "an element of the namespace of namespaces", `<element name="r" ns="http://www.w3.org/2000/xmlns"><empty/></element>`, "", nil, docs{"<r/>"}, ""},
	{"4.16", "a library that is not known", "<element name=\"r\" datatypeLibrary=\"urn:nobody\">\n<data type=\"token\"/></element>", "rng/datatype 2:1", nil, nil, ""},
	{"4.16", "a datatype that is not known", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<data type=\"tokens\"/></element>", "rng/datatype 2:1", nil, nil, ""},
	{"4.16", "a datatype of another library", "<element name=\"r\">\n<data type=\"integer\"/></element>", "rng/datatype 2:1", nil, nil, ""},
	{"4.16", "a value of an unknown datatype", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<value type=\"number\">1</value></element>", "rng/datatype 2:1", nil, nil, ""},
	{"4.16", "a value its datatype has not", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<value type=\"integer\">x</value></element>", "rng/value 2:1", nil, nil, ""},
	{"4.16", "a parameter of a datatype of RELAX NG's own", "<element name=\"r\">\n<data type=\"token\"><param name=\"length\">1</param></data></element>", "rng/param 2:1", nil, nil, ""},
	{"4.16", "a parameter that is not known", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<data type=\"token\"><param name=\"width\">1</param></data></element>", "rng/param 2:1", nil, nil, ""},
	{"4.16", "a parameter of another datatype", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<data type=\"token\"><param name=\"minInclusive\">1</param></data></element>", "rng/param 2:1", nil, nil, ""},
	{"4.16", "a parameter's value", "<element name=\"r\" datatypeLibrary=\"$XSD\">\n<data type=\"token\"><param name=\"length\">x</param></data></element>", "rng/param 2:1", nil, nil, ""},
	{"4.16", "an unknown datatype that nothing refers to", "<grammar><start><element name=\"r\"><empty/></element></start><define name=\"x\">\n<data type=\"integer\"/></define></grammar>", "rng/datatype 2:1", nil, nil, ""},

	// 4.17: combine
	{"4.17", "start twice", "<grammar><start><element name=\"r\"><empty/></element></start>\n<start><element name=\"s\"><empty/></element></start></grammar>", "rng/combine 2:1", nil, nil, ""},
	{"4.17", "define twice", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><empty/></define>\n<define name=\"x\"><text/></define></grammar>", "rng/combine 2:1", nil, nil, ""},
	{"4.17", "one without combine, one with", `<grammar><start><element name="r"><ref name="x"/></element></start><define name="x"><value>a</value></define><define name="x" combine="choice"><value>b</value></define></grammar>`, "", docs{"<r>a</r>", "<r>b</r>"}, docs{"<r/>"}, ""},
	{"4.17", "one with combine, then one without", `<grammar><start><element name="r"><ref name="x"/></element></start><define name="x" combine="choice"><value>a</value></define><define name="x"><value>b</value></define></grammar>`, "", docs{"<r>a</r>", "<r>b</r>"}, nil, ""},
	{"4.17", "two without combine, one with", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><value>a</value></define><define name=\"x\" combine=\"choice\"><value>b</value></define>\n<define name=\"x\"><value>c</value></define></grammar>", "rng/combine 2:1", nil, nil, ""},
	{"4.17", "choice and interleave", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\" combine=\"choice\"><empty/></define>\n<define name=\"x\" combine=\"interleave\"><text/></define></grammar>", "rng/combine 2:1", nil, nil, ""},
	{"4.17", "combined by interleave", `<grammar><start><element name="r"><ref name="x"/></element></start><define name="x" combine="interleave"><element name="a"><empty/></element></define><define name="x" combine="interleave"><attribute name="y"/></define><define name="x" combine="interleave"><element name="b"><empty/></element></define></grammar>`, "", docs{"<r y=''><b/><a/></r>"}, docs{"<r><a/><b/></r>", "<r y=''><a/></r>"}, ""},
	{"4.17", "starts combined by choice", `<grammar><start combine="choice"><element name="r"><empty/></element></start><start combine="choice"><element name="s"><empty/></element></start></grammar>`, "", docs{"<r/>", "<s/>"}, docs{"<t/>"}, ""},
	{"4.17", "one define with combine", `<grammar><start combine="interleave"><ref name="x"/></start><define name="x" combine="choice"><element name="r"><empty/></element></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.17", "the parts of a define are groups before they combine", `<grammar><start><element name="r"><ref name="x"/></element></start><define name="x" combine="choice"><element name="a"><empty/></element><element name="b"><empty/></element></define><define name="x" combine="choice"><empty/></define></grammar>`, "", docs{"<r/>", "<r><a/><b/></r>"}, docs{"<r><a/></r>"}, ""},
	{"4.17", "combined across files", "<grammar><include href=\"a.rng\"/><define name=\"x\" combine=\"choice\"><text/></define></grammar>\n-- a.rng --\n<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\" combine=\"choice\"><element name=\"a\"><empty/></element></define></grammar>", "", docs{"<r>x</r>", "<r><a/></r>"}, nil, ""},
	{"4.17", "the same name in a nested grammar", `<grammar><start><element name="r"><grammar><start><ref name="x"/></start><define name="x"><element name="a"><empty/></element></define></grammar><ref name="x"/></element></start><define name="x"><element name="b"><empty/></element></define></grammar>`, "", docs{"<r><a/><b/></r>"}, docs{"<r><a/><a/></r>"}, ""},

	// 4.18: grammar
	{"4.18", "a grammar without a start", "<grammar><define name=\"x\"><empty/></define></grammar>", "rng/start 1:1", nil, nil, ""},
	{"4.18", "a nested grammar without a start", "<element name=\"r\">\n<grammar><define name=\"x\"><empty/></define></grammar></element>", "rng/start 2:1", nil, nil, ""},
	{"4.18", "a ref to nothing", "<grammar><start>\n<ref name=\"x\"/></start></grammar>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "a ref outside of a grammar", "<element name=\"r\">\n<ref name=\"x\"/></element>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "a ref does not reach the grammar around", "<grammar><start><element name=\"r\"><grammar><start>\n<ref name=\"x\"/></start></grammar></element></start><define name=\"x\"><empty/></define></grammar>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "a ref does not reach the grammar within", "<grammar><start><element name=\"r\"><grammar><start><empty/></start><define name=\"x\"><empty/></define></grammar>\n<ref name=\"x\"/></element></start></grammar>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "a parentRef reaches the grammar around", `<grammar><start><element name="r"><grammar><start><parentRef name="x"/></start><define name="x"><notAllowed/></define></grammar></element></start><define name="x"><element name="a"><empty/></element></define></grammar>`, "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.18", "a parentRef reaches one grammar only", "<grammar><start><element name=\"r\"><grammar><start><element name=\"a\"><grammar><start>\n<parentRef name=\"x\"/></start></grammar></element></start></grammar></element></start><define name=\"x\"><empty/></define></grammar>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "a parentRef without a grammar around", "<grammar><start><element name=\"r\">\n<parentRef name=\"x\"/></element></start><define name=\"x\"><empty/></define></grammar>", "rng/parent-ref 2:1", nil, nil, ""},
	{"4.18", "a parentRef outside of any grammar", "<element name=\"r\">\n<parentRef name=\"x\"/></element>", "rng/parent-ref 2:1", nil, nil, ""},
	{"4.18", "a ref to nothing in what nothing refers to", "<grammar><start><element name=\"r\"><empty/></element></start><define name=\"y\">\n<ref name=\"x\"/></define></grammar>", "rng/ref 2:1", nil, nil, ""},
	{"4.18", "start and define do not share names", `<grammar><start><ref name="start"/></start><define name="start"><element name="r"><empty/></element></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.18", "a parentRef from an external file", "<grammar><start><element name=\"r\"><externalRef href=\"a.rng\"/></element></start><define name=\"x\"><element name=\"a\"><empty/></element></define></grammar>\n-- a.rng --\n<grammar><start><parentRef name=\"x\"/></start></grammar>", "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.18", "a ref in an external pattern without a grammar", "<grammar><start><element name=\"r\"><externalRef href=\"a.rng\"/></element></start><define name=\"x\"><element name=\"a\"><empty/></element></define></grammar>\n-- a.rng --\n<ref name=\"x\"/>", "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},

	// 4.19: define and ref
	{"4.19", "recursion through an element", `<grammar><start><ref name="x"/></start><define name="x"><element name="r"><zeroOrMore><ref name="x"/></zeroOrMore></element></define></grammar>`, "", docs{"<r/>", "<r><r><r/></r><r/></r>"}, docs{"<r><s/></r>"}, ""},
	{"4.19", "recursion through two elements", `<grammar><start><ref name="x"/></start><define name="x"><element name="r"><optional><ref name="y"/></optional></element></define><define name="y"><element name="s"><optional><ref name="x"/></optional></element></define></grammar>`, "", docs{"<r><s><r/></s></r>"}, docs{"<r><r/></r>"}, ""},
	{"4.19", "recursion without an element", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><choice><empty/>\n<ref name=\"x\"/></choice></define></grammar>", "rng/recursion 2:1", nil, nil, ""},
	{"4.19", "recursion through two definitions without an element", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><optional><ref name=\"y\"/></optional></define><define name=\"y\">\n<ref name=\"x\"/></define></grammar>", "rng/recursion 2:1", nil, nil, ""},
	{"4.19", "recursion within an attribute", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><attribute name=\"a\">\n<ref name=\"x\"/></attribute></define></grammar>", "rng/recursion 2:1", nil, nil, ""},
	{"4.19", "recursion that nothing refers to", `<grammar><start><element name="r"><empty/></element></start><define name="x"><choice><empty/><ref name="x"/></choice></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.19", "recursion that nothing but itself refers to", `<grammar><start><element name="r"><empty/></element></start><define name="x"><ref name="y"/></define><define name="y"><ref name="x"/></define></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.19", "recursion through a parentRef", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\"><grammar><start>\n<parentRef name=\"x\"/></start></grammar></define></grammar>", "rng/recursion 2:1", nil, nil, ""},
	{"4.19", "one define in two places", `<grammar><start><element name="r"><ref name="x"/><element name="b"><ref name="x"/></element></element></start><define name="x"><element name="a"><empty/></element></define></grammar>`, "", docs{"<r><a/><b><a/></b></r>"}, docs{"<r><a/><b/></r>"}, ""},

	// 4.20: notAllowed
	{"4.20", "notAllowed in a group", `<element name="r"><choice><empty/><group><element name="a"><empty/></element><notAllowed/></group></choice></element>`, "", docs{"<r/>"}, docs{"<r><a/></r>"}, ""},
	{"4.20", "notAllowed in an interleave", `<element name="r"><choice><empty/><interleave><element name="a"><empty/></element><notAllowed/></interleave></choice></element>`, "", docs{"<r/>"}, docs{"<r><a/></r>"}, ""},
	{"4.20", "notAllowed in an attribute", `<element name="r"><choice><empty/><attribute name="a"><notAllowed/></attribute></choice></element>`, "", docs{"<r/>"}, docs{"<r a=''/>"}, ""},
	{"4.20", "notAllowed in a list", `<element name="r"><choice><empty/><list><notAllowed/></list></choice></element>`, "", docs{"<r/>"}, docs{"<r>a</r>"}, ""},
	{"4.20", "notAllowed in oneOrMore", `<element name="r"><choice><empty/><oneOrMore><notAllowed/></oneOrMore></choice></element>`, "", docs{"<r/>"}, docs{"<r>a</r>"}, ""},
	{"4.20", "notAllowed in zeroOrMore", `<element name="r"><zeroOrMore><notAllowed/></zeroOrMore></element>`, "", docs{"<r/>"}, docs{"<r>a</r>"}, ""},
	{"4.20", "notAllowed in a choice", `<element name="r"><choice><notAllowed/><text/></choice></element>`, "", docs{"<r>a</r>"}, nil, ""},
	{"4.20", "notAllowed in the except of data", `<element name="r"><data type="token"><except><notAllowed/></except></data></element>`, "", docs{"<r>a</r>"}, nil, ""},
	{"4.20", "notAllowed in an element", `<element name="r"><choice><empty/><element name="a"><notAllowed/></element></choice></element>`, "", docs{"<r/>"}, docs{"<r><a/></r>"}, ""},
	{"4.20", "a start that allows nothing", `<grammar><start><notAllowed/></start></grammar>`, "", nil, docs{"<r/>"}, ""},
	{"4.20", "what is not allowed is not restricted", `<element name="r"><choice><empty/><group><attribute name="a"/><attribute name="a"/><notAllowed/></group></choice></element>`, "", docs{"<r/>"}, nil, ""},
	{"4.20", "what notAllowed takes out is not restricted in a start", `<grammar><start><choice><element name="r"><empty/></element><group><text/><notAllowed/></group></choice></start></grammar>`, "", docs{"<r/>"}, nil, ""},

	// 4.21: empty
	{"4.21", "empty in a group", `<element name="r"><group><empty/><element name="a"><empty/></element><empty/></group></element>`, "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.21", "empty in an interleave", `<element name="r"><interleave><empty/><element name="a"><empty/></element></interleave></element>`, "", docs{"<r><a/></r>"}, docs{"<r/>"}, ""},
	{"4.21", "empty in oneOrMore", `<element name="r"><oneOrMore><empty/></oneOrMore></element>`, "", docs{"<r/>"}, docs{"<r>a</r>"}, ""},
	{"4.21", "empty twice in a choice", `<element name="r"><choice><empty/><empty/></choice></element>`, "", docs{"<r/>"}, docs{"<r>a</r>"}, ""},
	{"4.21", "empty first or last in a choice", `<element name="r"><choice><element name="a"><empty/></element><empty/></choice><choice><empty/><element name="b"><empty/></element></choice></element>`, "", docs{"<r/>", "<r><a/></r>", "<r><b/></r>", "<r><a/><b/></r>"}, docs{"<r><b/><a/></r>"}, ""},
	{"4.21", "empty in a group with data", `<element name="r"><group><data type="token"/><empty/></group></element>`, "", docs{"<r>x</r>"}, nil, ""},
	{"4.21", "what empty takes out is not restricted", `<grammar><start><group><element name="r"><empty/></element><empty/></group></start></grammar>`, "", docs{"<r/>"}, nil, ""},
	{"4.21", "an interleave in a list with empty", `<element name="r"><list><interleave><empty/><value>a</value></interleave></list></element>`, "", docs{"<r>a</r>"}, docs{"<r/>"}, ""},
	{"4.21", "a list of nothing", `<element name="r"><list><empty/></list></element>`, "", docs{"<r/>", "<r> </r>"}, docs{"<r>a</r>"}, ""},

	// 6.1: name classes
	{"6.1", "anyName", `<element><anyName/><empty/></element>`, "", docs{"<r/>", "<x xmlns='urn:a'/>"}, docs{"<r>x</r>"}, ""},
	{"6.1", "anyName but one", `<element><anyName><except><name ns="urn:a">r</name></except></anyName><empty/></element>`, "", docs{"<r/>", "<s xmlns='urn:a'/>", "<r xmlns='urn:b'/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"6.1", "nsName", `<element><nsName ns="urn:a"/><empty/></element>`, "", docs{"<r xmlns='urn:a'/>"}, docs{"<r/>", "<r xmlns='urn:A'/>"}, ""},
	{"6.1", "nsName of no namespace", `<element><nsName ns=""/><empty/></element>`, "", docs{"<r/>"}, docs{"<r xmlns='urn:a'/>"}, ""},
	{"6.1", "nsName but one", `<element><nsName ns="urn:a"><except><name>r</name><name ns="urn:a">s</name></except></nsName><empty/></element>`, "", docs{"<t xmlns='urn:a'/>"}, docs{"<s xmlns='urn:a'/>", "<r/>"}, ""},
	{"6.1", "an except in its own namespace", `<element><nsName ns="urn:a"><except><name>r</name></except></nsName><empty/></element>`, "", docs{"<s xmlns='urn:a'/>"}, docs{"<r/>"}, ""},
	{"6.1", "classes that meet in a choice", `<element><choice><anyName><except><name>r</name></except></anyName><name>r</name></choice><empty/></element>`, "", docs{"<r/>", "<s/>"}, nil, ""},
	{"6.1", "attributes of one namespace", `<element name="r"><zeroOrMore><attribute><nsName ns="urn:a"/></attribute></zeroOrMore></element>`, "", docs{"<r/>", "<r xmlns:p='urn:a' p:a='' p:b=''/>"}, docs{"<r a=''/>", "<r xmlns:p='urn:a' p:a='' b=''/> ⇒ rng/attribute-not-allowed 1:27"}, ""},
	{"6.1", "attributes of all but one namespace", `<element name="r"><zeroOrMore><attribute><anyName><except><nsName ns=""/></except></anyName></attribute></zeroOrMore></element>`, "", docs{"<r xml:id='a'/>"}, docs{"<r id='a'/>"}, ""},
	{"6.1", "a wildcard and a named attribute", `<element name="r"><attribute name="a"><value>1</value></attribute><zeroOrMore><attribute><anyName><except><name>a</name></except></anyName></attribute></zeroOrMore></element>`, "", docs{"<r a='1'/>", "<r b='2' a='1'/>"}, docs{"<r b='1'/> ⇒ rng/attribute-missing 1:1", "<r a='2'/> ⇒ rng/attribute-value 1:7"}, ""},
	{"6.1", "an attribute of one of two names", `<element name="r"><attribute><choice><name>a</name><name>b</name></choice></attribute></element>`, "", docs{"<r a=''/>", "<r b=''/>"}, docs{"<r/>", "<r a='' b=''/>"}, ""},
	{"6.1", "namespaces are compared by their characters", `<element name="r" ns="http://example.org/a"><empty/></element>`, "", docs{"<r xmlns='http://example.org/a'/>"}, docs{"<r xmlns='http://example.org/%61'/>", "<r xmlns='http://example.org/a/'/>"}, ""},
	{"6.1", "prefixes in documents mean nothing", `<element name="a:r" xmlns:a="urn:a"><empty/></element>`, "", docs{"<b:r xmlns:b='urn:a'/>", "<r xmlns='urn:a'/>"}, docs{"<a:r xmlns:a='urn:b'/>"}, ""},

	// 6.2: patterns
	{"6.2.1", "choice between attribute and element", `<element name="r"><choice><attribute name="a"/><element name="a"><empty/></element></choice></element>`, "", docs{"<r a=''/>", "<r><a/></r>"}, docs{"<r/>", "<r a=''><a/></r>"}, ""},
	{"6.2.1", "choice decided late", `<element name="r"><choice><group><element name="a"><empty/></element><element name="b"><empty/></element></group><group><element name="a"><empty/></element><element name="c"><empty/></element></group></choice></element>`, "", docs{"<r><a/><b/></r>", "<r><a/><c/></r>"}, docs{"<r><a/></r>"}, ""},
	{"6.2.1", "choice between contents of one element", `<element name="r"><choice><element name="a"><text/></element><element name="a"><element name="b"><empty/></element></element></choice></element>`, "", docs{"<r><a>x</a></r>", "<r><a><b/></a></r>"}, docs{"<r><a>x<b/></a></r>"}, ""},
	{"6.2.1", "one element, and what follows depends on its content", `<element name="r"><choice><group><element name="a"><value>1</value></element><element name="b"><empty/></element></group><group><element name="a"><value>2</value></element><element name="c"><empty/></element></group></choice></element>`, "", docs{"<r><a>1</a><b/></r>", "<r><a>2</a><c/></r>"}, docs{"<r><a>1</a><c/></r>", "<r><a>3</a><b/></r>"}, ""},
	{"6.2.1", "what follows depends on an attribute", `<element name="r"><choice><group><attribute name="a"><value>1</value></attribute><element name="b"><empty/></element></group><group><attribute name="a"><value>2</value></attribute><element name="c"><empty/></element></group></choice></element>`, "", docs{"<r a='1'><b/></r>", "<r a='2'><c/></r>"}, docs{"<r a='1'><c/></r>", "<r a='3'><b/></r>"}, ""},
	{"6.2.2", "the order of attributes is none", `<element name="r"><attribute name="a"/><element name="x"><empty/></element><attribute name="b"/></element>`, "", docs{"<r a='' b=''><x/></r>", "<r b='' a=''><x/></r>"}, docs{"<r a=''><x/></r>"}, ""},
	{"6.2.2", "attributes after content in the pattern", `<element name="r"><text/><attribute name="a"/></element>`, "", docs{"<r a=''>x</r>"}, docs{"<r>x</r>"}, ""},
	{"6.2.2", "group with optional parts", `<element name="r"><optional><element name="a"><empty/></element></optional><optional><element name="b"><empty/></element></optional><element name="a"><empty/></element></element>`, "", docs{"<r><a/></r>", "<r><a/><a/></r>", "<r><b/><a/></r>", "<r><a/><b/><a/></r>"}, docs{"<r><b/></r>", "<r/>"}, ""},
	{"6.2.3", "empty", `<element name="r"><empty/></element>`, "", docs{"<r/>", "<r></r>", "<r> \n</r>", "<r><!-- x --></r>", "<r><?x?></r>"}, docs{"<r>x</r> ⇒ rng/text-not-allowed 1:4", "<r>&#160;</r>"}, ""},
	{"6.2.4", "text", `<element name="r"><text/></element>`, "", docs{"<r/>", "<r>x</r>", "<r>x<![CDATA[<a/>]]>&amp;</r>"}, docs{"<r>x<a/></r> ⇒ rng/element-unknown 1:5"}, ""},
	{"6.2.4", "text any number of times", `<element name="r"><text/><element name="a"><empty/></element><text/></element>`, "", docs{"<r><a/></r>", "<r>x<!-- -->y<a/>z</r>"}, docs{"<r>x</r>"}, ""},
	{"6.2.4", "text twice in a group", `<element name="r"><text/><text/></element>`, "", docs{"<r/>", "<r>x</r>"}, nil, ""},
	{"6.2.5", "oneOrMore of an optional", `<element name="r"><oneOrMore><optional><element name="a"><empty/></element></optional></oneOrMore></element>`, "", docs{"<r/>", "<r><a/><a/></r>"}, docs{"<r><b/></r>"}, ""},
	{"6.2.5", "oneOrMore of an attribute", `<element name="r"><oneOrMore><attribute name="a"/></oneOrMore></element>`, "", docs{"<r a=''/>"}, docs{"<r/>", "<r a='' b=''/>"}, ""},
	{"6.2.5", "oneOrMore of attributes of any name", `<element name="r"><oneOrMore><attribute><anyName/><value>1</value></attribute></oneOrMore></element>`, "", docs{"<r a='1'/>", "<r a='1' b='1'/>"}, docs{"<r/>", "<r a='1' b='2'/>"}, ""},
	{"6.2.5", "repetitions within repetitions", `<element name="r"><zeroOrMore><oneOrMore><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></oneOrMore></zeroOrMore></element>`, "", docs{"<r/>", "<r a='' b='' c='' d=''/>"}, docs{"<r>x</r>"}, ""},
	{"6.2.6", "interleave of groups", `<element name="r"><interleave><group><element name="a"><empty/></element><element name="b"><empty/></element></group><group><element name="c"><empty/></element><element name="d"><empty/></element></group></interleave></element>`, "", docs{"<r><a/><c/><b/><d/></r>", "<r><c/><d/><a/><b/></r>"}, docs{"<r><b/><a/><c/><d/></r>", "<r><a/><b/><c/></r>"}, ""},
	{"6.2.6", "interleave of repetitions", `<element name="r"><interleave><zeroOrMore><element name="a"><empty/></element></zeroOrMore><oneOrMore><element name="b"><empty/></element></oneOrMore></interleave></element>`, "", docs{"<r><b/></r>", "<r><a/><b/><a/><b/></r>"}, docs{"<r><a/><a/></r>"}, ""},
	{"6.2.6", "interleave with a wildcard", `<element name="r"><interleave><element name="a"><empty/></element><zeroOrMore><element><anyName><except><name>a</name></except></anyName><text/></element></zeroOrMore></interleave></element>`, "", docs{"<r><a/></r>", "<r><x/><a/><y>z</y></r>"}, docs{"<r><x/></r>", "<r><a/><a/></r>"}, ""},
	{"6.2.6", "repeated interleave", `<element name="r"><oneOrMore><interleave><element name="a"><empty/></element><element name="b"><empty/></element></interleave></oneOrMore></element>`, "", docs{"<r><a/><b/><b/><a/></r>"}, docs{"<r><a/><a/><b/><b/></r>", "<r><a/></r>"}, ""},
	{"6.2.6", "interleave of attributes", `<element name="r"><interleave><attribute name="a"/><attribute name="b"/></interleave></element>`, "", docs{"<r b='' a=''/>"}, docs{"<r a=''/>"}, ""},
	{"6.2.6", "interleave of text and a group", `<element name="r"><interleave><text/><group><element name="a"><empty/></element><element name="b"><empty/></element></group></interleave></element>`, "", docs{"<r>x<a/>y<b/>z</r>"}, docs{"<r>x<b/>y<a/>z</r>"}, ""},
	{"6.2.7", "white space around elements", `<element name="r"><element name="a"><empty/></element><element name="b"><empty/></element></element>`, "", docs{"<r>\n <a/>\t<b/>\r\n</r>", "<r> <!-- --> <a/><b/></r>"}, docs{"<r>x<a/><b/></r> ⇒ rng/text-not-allowed 1:4"}, ""},
	{"6.2.7", "white space as a string", `<element name="r"><value type="string"> </value></element>`, "", docs{"<r> </r>"}, docs{"<r/>", "<r>  </r>"}, ""},
	{"6.2.7", "an empty element as the empty string", `<element name="r"><value type="string"></value></element>`, "", docs{"<r/>"}, docs{"<r> </r>"}, ""},
	{"6.2.7", "white space where a string or nothing may be", `<element name="r"><choice><empty/><value type="string">a</value></choice></element>`, "", docs{"<r/>", "<r>  </r>", "<r>a</r>"}, docs{"<r> a</r>"}, ""},
	{"6.2.7", "an attribute that is empty", `<element name="r"><attribute name="a"><empty/></attribute></element>`, "", docs{"<r a=''/>", "<r a='  '/>"}, docs{"<r a='x'/> ⇒ rng/attribute-value 1:7"}, ""},
	{"6.2.7", "an attribute of text or value", `<element name="r"><attribute name="a"><choice><value>1</value><text/></choice></attribute></element>`, "", docs{"<r a='1'/>", "<r a='2'/>"}, nil, ""},
	{"6.2.7", "a string is not parted by comments", `<element name="r"><value>ab</value></element>`, "", docs{"<r>a<!-- -->b</r>", "<r>a<?x?>b</r>", "<r><![CDATA[a]]>b</r>"}, docs{"<r>a b</r>"}, ""},
	{"6.2.7", "data or elements", `<element name="r"><choice><data type="token"/><element name="a"><empty/></element></choice></element>`, "", docs{"<r>x</r>", "<r/>", "<r> <a/> </r>"}, docs{"<r>x<a/></r>", "<r><a/>x</r>"}, ""},
	{"6.2.8", "data by its type", `<element name="r" datatypeLibrary="$XSD"><data type="integer"/></element>`, "", docs{"<r>1</r>", "<r> -01 </r>"}, docs{"<r>1.5</r> ⇒ rng/text-value 1:4", "<r/>", "<r>1<!-- --> 2</r>"}, ""},
	{"6.2.8", "data with parameters", `<element name="r" datatypeLibrary="$XSD"><data type="integer"><param name="minInclusive">2</param><param name="maxExclusive">5</param></data></element>`, "", docs{"<r>2</r>", "<r>4</r>"}, docs{"<r>1</r>", "<r>5</r>"}, ""},
	{"6.2.8", "data but a value", `<element name="r" datatypeLibrary="$XSD"><data type="integer"><except><value type="integer">1</value></except></data></element>`, "", docs{"<r>2</r>"}, docs{"<r>1</r>", "<r>+1</r>", "<r>x</r>"}, ""},
	{"6.2.8", "data but a value as it is written", `<element name="r" datatypeLibrary="$XSD"><data type="integer"><except><value>1</value></except></data></element>`, "", docs{"<r>2</r>", "<r>01</r>"}, docs{"<r>1</r>"}, ""},
	{"6.2.8", "data but data", `<element name="r" datatypeLibrary="$XSD"><data type="decimal"><except><data type="integer"/></except></data></element>`, "", docs{"<r>1.5</r>"}, docs{"<r>1</r>"}, ""},
	{"6.2.8", "data but a choice with an except", `<element name="r" datatypeLibrary="$XSD"><data type="token"><except><choice><data type="integer"><except><value type="integer">0</value></except></data><value>x</value></choice></except></data></element>`, "", docs{"<r>a</r>", "<r>0</r>"}, docs{"<r>1</r>", "<r>x</r>"}, ""},
	{"6.2.8", "the string type keeps white space", `<element name="r"><data type="string"><except><value type="string">a</value></except></data></element>`, "", docs{"<r> a</r>", "<r>b</r>"}, docs{"<r>a</r>"}, ""},
	{"6.2.9", "value by characters", `<element name="r"><value type="string">1</value></element>`, "", docs{"<r>1</r>"}, docs{"<r>1 </r>", "<r>01</r>"}, ""},
	{"6.2.9", "value by its type", `<element name="r" datatypeLibrary="$XSD"><attribute name="a"><choice><value type="decimal">1.50</value><value type="boolean">true</value><value type="date">2000-01-01</value></choice></attribute></element>`, "", docs{"<r a='1.5'/>", "<r a='1'/>", "<r a='2000-01-01'/>"}, docs{"<r a='15'/>", "<r a='False'/>", "<r a='2000-01-02'/>"}, ""},
	{"6.2.9", "value of a token has single spaces", "<element name=\"r\"><value>  a \n b </value></element>", "", docs{"<r>a b</r>", "<r>\ta   b</r>"}, docs{"<r>ab</r>"}, ""},
	{"6.2.10", "list of a repeated type", `<element name="r" datatypeLibrary="$XSD"><list><oneOrMore><data type="integer"/></oneOrMore></list></element>`, "", docs{"<r>1</r>", "<r> 1 2\n3 </r>"}, docs{"<r/>", "<r>1 x</r> ⇒ rng/text-value 1:4"}, ""},
	{"6.2.10", "list that may be empty", `<element name="r"><list><zeroOrMore><value>a</value></zeroOrMore></list></element>`, "", docs{"<r/>", "<r> </r>", "<r>a a</r>"}, docs{"<r>b</r>"}, ""},
	{"6.2.10", "list in an attribute", `<element name="r"><attribute name="a"><list><value>x</value><optional><value>y</value></optional><zeroOrMore><value>z</value></zeroOrMore></list></attribute></element>`, "", docs{"<r a='x'/>", "<r a='x z z'/>", "<r a=' x y '/>"}, docs{"<r a='y'/>", "<r a='x y y'/>", "<r a=''/>"}, ""},
	{"6.2.10", "list of a choice of groups", `<element name="r"><list><choice><group><value>a</value><value>b</value></group><group><value>a</value><value>c</value></group></choice></list></element>`, "", docs{"<r>a b</r>", "<r>a c</r>"}, docs{"<r>a</r>", "<r>b c</r>"}, ""},
	{"6.2.10", "list parts at white space of XML only", `<element name="r"><list><value>a</value><value>b</value></list></element>`, "", docs{"<r>a&#9;b</r>", "<r>a&#13;b</r>"}, docs{"<r>a&#160;b</r>"}, ""},
	{"6.2.10", "a word of a list has no white space", `<element name="r"><list><data type="token"/></list></element>`, "", docs{"<r>a</r>"}, docs{"<r>a b</r>", "<r/>"}, ""},
	{"6.2.10", "list or text", `<element name="r"><choice><list><value>a</value><value>b</value></list><element name="c"><empty/></element></choice></element>`, "", docs{"<r>a b</r>", "<r><c/></r>"}, docs{"<r>a b<c/></r>"}, ""},
	{"6.3", "a document is one element of the start", `<grammar><start><choice><element name="r"><empty/></element><element name="s"><text/></element></choice></start></grammar>`, "", docs{"<r/>", "<!-- x --><s>x</s>", "<?x?><r/><!-- y -->"}, docs{"<t/>", "<r>x</r>"}, ""},
	{"6.3", "default attributes of a document type are there", `<element name="r"><attribute name="a"/></element>`, "", docs{"<!DOCTYPE r [<!ATTLIST r a CDATA 'x'>]><r/>"}, docs{"<!DOCTYPE r [<!ATTLIST r b CDATA 'x'>]><r a=''/>"}, ""},
	{"6.3", "entities are part of the text", `<element name="r"><value>ab</value></element>`, "", docs{"<!DOCTYPE r [<!ENTITY e 'a'>]><r>&e;b</r>"}, docs{"<!DOCTYPE r [<!ENTITY e 'b'>]><r>&e;b</r>"}, ""},

	// 7.1.1: inside attribute
	{"7.1.1", "element in attribute", "<element name=\"r\"><attribute name=\"a\">\n<element name=\"b\"><empty/></element></attribute></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.1", "attribute in attribute", "<element name=\"r\"><attribute name=\"a\">\n<attribute name=\"b\"/></attribute></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.1", "element deep in attribute", "<element name=\"r\"><attribute name=\"a\"><choice><text/><group><text/>\n<element name=\"b\"><empty/></element></group></choice></attribute></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.1", "element in attribute by ref", `<grammar><start><element name="r"><attribute name="a"><ref name="x"/></attribute></element></start><define name="x"><element name="b"><empty/></element></define></grammar>`, "rng/path", nil, nil, ""},

	// 7.1.2: inside oneOrMore
	{"7.1.2", "attribute in a repeated group", "<element name=\"r\"><oneOrMore>\n<group><attribute name=\"a\"/><element name=\"b\"><empty/></element></group></oneOrMore></element>", "rng/path 2:", nil, nil, ""},
	{"7.1.2", "attribute in a repeated interleave", "<element name=\"r\"><oneOrMore>\n<interleave><attribute name=\"a\"/><element name=\"b\"><empty/></element></interleave></oneOrMore></element>", "rng/path 2:", nil, nil, ""},
	{"7.1.2", "attribute deep in a repeated group", "<element name=\"r\"><zeroOrMore><choice><empty/><group>\n<optional><attribute name=\"a\"/></optional><element name=\"b\"><empty/></element></group></choice></zeroOrMore></element>", "rng/path 2:", nil, nil, ""},
	{"7.1.2", "attribute in a repeated choice", `<element name="r"><oneOrMore><choice><attribute name="a"/><attribute name="b"/></choice></oneOrMore></element>`, "", docs{"<r a=''/>", "<r a='' b=''/>"}, docs{"<r/>"}, ""},
	{"7.1.2", "attribute in a repeated mixed", "<element name=\"r\"><oneOrMore>\n<mixed><attribute name=\"a\"/></mixed></oneOrMore></element>", "rng/path 2:", nil, nil, ""},
	{"7.1.2", "attribute of a repeated element", `<element name="r"><oneOrMore><group><element name="b"><attribute name="a"/></element><element name="c"><empty/></element></group></oneOrMore></element>`, "", docs{"<r><b a=''/><c/></r>"}, nil, ""},
	{"7.1.2", "attribute beside a repetition", `<element name="r"><attribute name="a"/><oneOrMore><element name="b"><empty/></element></oneOrMore></element>`, "", docs{"<r a=''><b/></r>"}, nil, ""},

	// 7.1.3: inside list
	{"7.1.3", "list in list", "<element name=\"r\"><list>\n<list><value>a</value></list></list></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.3", "element in list", "<element name=\"r\"><list>\n<element name=\"a\"><empty/></element></list></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.3", "attribute in list", "<element name=\"r\"><list>\n<attribute name=\"a\"/></list></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.3", "text in list", "<element name=\"r\">\n<list><text/></list></element>", "rng/path", nil, nil, ""},
	{"7.1.3", "text in list, and elsewhere", "<element name=\"r\"><element name=\"a\"><text/></element><element name=\"b\"><list>\n<text/></list></element></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.3", "interleave in list", "<element name=\"r\"><list>\n<interleave><value>a</value><value>b</value></interleave></list></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.3", "mixed in list", "<element name=\"r\"><list>\n<mixed><value>a</value></mixed></list></element>", "rng/path 2:1 +", nil, nil, ""},

	// 7.1.4: inside the except of data
	{"7.1.4", "element in except", "<element name=\"r\"><data type=\"token\"><except>\n<element name=\"a\"><empty/></element></except></data></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.4", "attribute in except", "<element name=\"r\"><data type=\"token\"><except>\n<attribute name=\"a\"/></except></data></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.4", "text in except", "<element name=\"r\"><data type=\"token\"><except><text/></except></data></element>", "rng/path", nil, nil, ""},
	{"7.1.4", "list in except", "<element name=\"r\"><data type=\"token\"><except>\n<list><value>a</value></list></except></data></element>", "rng/path 2:1", nil, nil, ""},
	{"7.1.4", "group in except", "<element name=\"r\"><data type=\"token\"><except>\n<group><value>a</value><value>b</value></group></except></data></element>", "rng/path 2:1 +", nil, nil, ""},
	{"7.1.4", "interleave in except", "<element name=\"r\"><data type=\"token\"><except>\n<interleave><value>a</value><value>b</value></interleave></except></data></element>", "rng/path 2:1 +", nil, nil, ""},
	{"7.1.4", "oneOrMore in except", "<element name=\"r\"><data type=\"token\"><except>\n<oneOrMore><value>a</value></oneOrMore></except></data></element>", "rng/path 2:1 +", nil, nil, ""},
	{"7.1.4", "empty in except", "<element name=\"r\"><data type=\"token\"><except><empty/></except></data></element>", "rng/path", nil, nil, ""},
	{"7.1.4", "optional in except", "<element name=\"r\"><data type=\"token\"><except><optional><value>a</value></optional></except></data></element>", "rng/path", nil, nil, ""},
	{"7.1.4", "an except that nothing refers to", `<grammar><start><element name="r"><empty/></element></start><define name="x"><data type="token"><except><text/></except></data></define></grammar>`, "", docs{"<r/>"}, nil, ""},

	// 7.1.5: the start
	{"7.1.5", "attribute as the start", "<grammar><start>\n<attribute name=\"a\"/></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "data as the start", "<grammar><start>\n<data type=\"token\"/></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "value as the start", "<grammar><start>\n<value>a</value></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "text as the start", "<grammar><start><text/></start></grammar>", "rng/path", nil, nil, ""},
	{"7.1.5", "list as the start", "<grammar><start>\n<list><value>a</value></list></start></grammar>", "rng/path 2:1 +", nil, nil, ""},
	{"7.1.5", "value as the start, and elsewhere", "<grammar><start><choice><element name=\"r\"><value>a</value></element>\n<value>a</value></choice></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "group as the start", "<grammar><start>\n<group><element name=\"r\"><empty/></element><element name=\"s\"><empty/></element></group></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "interleave as the start", "<grammar><start>\n<interleave><element name=\"r\"><empty/></element><element name=\"s\"><empty/></element></interleave></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "oneOrMore as the start", "<grammar><start>\n<oneOrMore><element name=\"r\"><empty/></element></oneOrMore></start></grammar>", "rng/path 2:1", nil, nil, ""},
	{"7.1.5", "empty as the start", "<grammar><start><empty/></start></grammar>", "rng/path", nil, nil, ""},
	{"7.1.5", "optional element as the start", "<grammar><start><optional><element name=\"r\"><empty/></element></optional></start></grammar>", "rng/path", nil, nil, ""},
	{"7.1.5", "text as the whole schema", `<text/>`, "rng/path", nil, nil, ""},
	{"7.1.5", "choice of elements as the start", `<choice><element name="r"><empty/></element><element name="s"><empty/></element></choice>`, "", docs{"<r/>", "<s/>"}, docs{"<t/>"}, ""},
	{"7.1.5", "the start of a nested grammar is not restricted", `<element name="r"><grammar><start><group><attribute name="a"/><text/></group></start></grammar></element>`, "", docs{"<r a=''>x</r>"}, docs{"<r>x</r>"}, ""},

	// 7.2: string sequences
	{"7.2", "data beside an element", "<element name=\"r\">\n<group><data type=\"token\"/><element name=\"a\"><empty/></element></group></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "value beside text", "<element name=\"r\"><value>a</value><text/></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "two data", "<element name=\"r\"><data type=\"token\"/><data type=\"token\"/></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "repeated data", "<element name=\"r\"><oneOrMore><data type=\"token\"/></oneOrMore></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "mixed with a value", "<element name=\"r\"><mixed><value>a</value></mixed></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "list beside an element in an interleave", "<element name=\"r\"><interleave><list><value>a</value></list><element name=\"a\"><empty/></element></interleave></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "optional data beside an element", "<element name=\"r\"><optional><data type=\"token\"/></optional><element name=\"a\"><empty/></element></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "data beside an attribute", `<element name="r"><attribute name="a"/><data type="token"/></element>`, "", docs{"<r a=''>x</r>"}, nil, ""},
	{"7.2", "data or an element", `<element name="r"><choice><data type="token"/><element name="a"><empty/></element></choice></element>`, "", docs{"<r>x</r>", "<r><a/></r>"}, nil, ""},
	{"7.2", "repeated data in a list", `<element name="r"><list><oneOrMore><data type="token"/></oneOrMore></list></element>`, "", docs{"<r>a b</r>"}, nil, ""},
	{"7.2", "two values in an attribute", "<element name=\"r\"><attribute name=\"a\"><group><value>a</value><value>b</value></group></attribute></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "a value beside text in an attribute", "<element name=\"r\"><attribute name=\"a\"><group><value>a</value><text/></group></attribute></element>", "rng/string-sequence", nil, nil, ""},
	{"7.2", "text repeated", `<element name="r"><oneOrMore><text/></oneOrMore></element>`, "", docs{"<r>x</r>"}, nil, ""},

	// 7.3: attributes
	{"7.3", "an attribute twice", "<element name=\"r\"><attribute name=\"a\"/>\n<attribute name=\"a\"/></element>", "rng/attribute-twice", nil, nil, ""},
	{"7.3", "an attribute twice in an interleave", `<element name="r"><interleave><attribute name="a"/><attribute name="a"/></interleave></element>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "an attribute twice by refs", `<grammar><start><element name="r"><ref name="x"/><optional><ref name="x"/></optional></element></start><define name="x"><attribute name="a"/></define></grammar>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "an attribute twice in a choice", `<element name="r"><choice><attribute name="a"><value>1</value></attribute><attribute name="a"><value>2</value></attribute></choice></element>`, "", docs{"<r a='1'/>", "<r a='2'/>"}, docs{"<r a='3'/>"}, ""},
	{"7.3", "an attribute and a class it is in", `<element name="r"><attribute name="a"/><attribute><choice><name>b</name><name>a</name></choice></attribute></element>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "an attribute and a wildcard it is in", `<element name="r"><attribute name="a"/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "an attribute and its namespace", `<element name="r" ns="urn:a"><attribute><name>a</name></attribute><zeroOrMore><attribute><nsName/></attribute></zeroOrMore></element>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "two wildcards that meet", `<element name="r"><zeroOrMore><attribute><anyName><except><name>a</name></except></anyName></attribute></zeroOrMore><zeroOrMore><attribute><nsName ns="urn:a"/></attribute></zeroOrMore></element>`, "rng/attribute-twice", nil, nil, ""},
	{"7.3", "two wildcards that don't meet", `<element name="r"><zeroOrMore><attribute><anyName><except><nsName ns="urn:a"/></except></anyName></attribute></zeroOrMore><zeroOrMore><attribute><nsName ns="urn:a"/><value>1</value></attribute></zeroOrMore></element>`, "", docs{"<r b='2' xmlns:p='urn:a' p:b='1'/>"}, docs{"<r xmlns:p='urn:a' p:b='2'/>"}, ""},
	{"7.3", "an attribute of the same local name elsewhere", `<element name="r"><attribute name="a"/><attribute name="a" ns="urn:a"/></element>`, "", docs{"<r a='' xmlns:p='urn:a' p:a=''/>"}, docs{"<r a=''/>"}, ""},
	{"7.3", "attributes of different elements", `<element name="r"><attribute name="a"/><element name="s"><attribute name="a"/></element></element>`, "", docs{"<r a=''><s a=''/></r>"}, nil, ""},
	{"7.3", "a wildcard that is not repeated", "<element name=\"r\">\n<attribute><anyName/></attribute></element>", "rng/attribute-wildcard 2:1", nil, nil, ""},
	{"7.3", "a wildcard that is not repeated, and one that is", "<element name=\"r\"><element name=\"a\"><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element>\n<attribute><anyName/></attribute></element>", "rng/attribute-wildcard 2:1", nil, nil, ""},
	{"7.3", "a namespace that is not repeated", "<element name=\"r\">\n<attribute><nsName ns=\"urn:a\"/></attribute></element>", "rng/attribute-wildcard 2:1", nil, nil, ""},
	{"7.3", "a wildcard in a choice of names that is not repeated", "<element name=\"r\">\n<attribute><choice><name>a</name><nsName ns=\"urn:a\"/></choice></attribute></element>", "rng/attribute-wildcard 2:1", nil, nil, ""},
	{"7.3", "an optional wildcard", "<element name=\"r\"><optional>\n<attribute><anyName/></attribute></optional></element>", "rng/attribute-wildcard 2:1", nil, nil, ""},
	{"7.3", "a wildcard of data", `<element name="r" datatypeLibrary="$XSD"><zeroOrMore><attribute><anyName/><data type="integer"/></attribute></zeroOrMore></element>`, "", docs{"<r a='1' b='2'/>"}, docs{"<r a='1' b='x'/> ⇒ rng/attribute-value 1:13"}, ""},

	// 7.4: interleave
	{"7.4", "an element in both parts", "<element name=\"r\">\n<interleave><element name=\"a\"><empty/></element><element name=\"a\"><text/></element></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "an element deep in both parts", "<element name=\"r\">\n<interleave><group><element name=\"a\"><empty/></element><element name=\"b\"><empty/></element></group><optional><element name=\"b\"><empty/></element></optional></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "an element in the first and third part", "<element name=\"r\">\n<interleave><element name=\"a\"><empty/></element><element name=\"b\"><empty/></element><element name=\"a\"><empty/></element></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "an element and a wildcard", "<element name=\"r\">\n<interleave><element name=\"a\"><empty/></element><element><anyName/><empty/></element></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "two wildcards that meet", "<element name=\"r\">\n<interleave><element><nsName ns=\"urn:a\"/><empty/></element><element><anyName><except><name>a</name></except></anyName><empty/></element></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "text in both parts", "<element name=\"r\">\n<interleave><text/><group><element name=\"a\"><empty/></element><text/></group></interleave></element>", "rng/interleave 2:1", nil, nil, ""},
	{"7.4", "text of elements in both parts", `<element name="r"><interleave><element name="a"><text/></element><element name="b"><text/></element></interleave></element>`, "", docs{"<r><b>x</b><a>y</a></r>"}, nil, ""},
	{"7.4", "text of attributes in both parts", `<element name="r"><interleave><attribute name="a"/><attribute name="b"/><text/></interleave></element>`, "", docs{"<r a='' b=''>x</r>"}, nil, ""},
	{"7.4", "text in both parts in an attribute", `<element name="r"><attribute name="a"><interleave><text/><text/></interleave></attribute></element>`, "rng/interleave", nil, nil, ""},
	{"7.4", "an element in both parts of a group", `<element name="r"><group><element name="a"><empty/></element><element name="a"><empty/></element></group></element>`, "", docs{"<r><a/><a/></r>"}, nil, ""},
	{"7.4", "combined by interleave", "<grammar><start><element name=\"r\"><ref name=\"x\"/></element></start><define name=\"x\" combine=\"interleave\"><element name=\"a\"><empty/></element></define><define name=\"x\" combine=\"interleave\"><element name=\"a\"><empty/></element></define></grammar>", "rng/interleave", nil, nil, ""},

	// DTD Compatibility, 4: identifiers
	{"DTD 4", "an identifier once", `<element name="r" datatypeLibrary="$XSD"><zeroOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></zeroOrMore></element>`, "", docs{"<r><a id='x'/><a id='y'/></r>"}, docs{"<r><a id='x'/><a id='x'/></r> ⇒ rng/id-twice 1:22", "<r><a id='x'/><a id=' x '/></r> ⇒ rng/id-twice 1:22", "<r><a id='1'/></r>"}, ""},
	{"DTD 4", "a reference to an identifier", `<element name="r" datatypeLibrary="$XSD"><zeroOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></zeroOrMore><zeroOrMore><element name="b"><attribute name="to"><data type="IDREF"/></attribute></element></zeroOrMore></element>`, "", docs{"<r><a id='x'/><b to='x'/><b to=' x '/></r>"}, docs{"<r><a id='x'/><b to='y'/></r> ⇒ rng/id-missing 1:22", "<r><b to='x'/></r> ⇒ rng/id-missing 1:11"}, ""},
	{"DTD 4", "a reference forward", `<element name="r" datatypeLibrary="$XSD"><element name="b"><attribute name="to"><data type="IDREF"/></attribute></element><element name="a"><attribute name="id"><data type="ID"/></attribute></element></element>`, "", docs{"<r><b to='x'/><a id='x'/></r>"}, docs{"<r><b to='x'/><a id='y'/></r> ⇒ rng/id-missing 1:11"}, ""},
	{"DTD 4", "references", `<element name="r" datatypeLibrary="$XSD"><zeroOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></zeroOrMore><element name="b"><attribute name="to"><data type="IDREFS"/></attribute></element></element>`, "", docs{"<r><a id='x'/><a id='y'/><b to='y x y'/></r>"}, docs{"<r><a id='x'/><b to='x y'/></r>"}, ""},
	{"DTD 4", "references in a list are no references", `<element name="r" datatypeLibrary="$XSD"><zeroOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></zeroOrMore><element name="b"><attribute name="to"><list><oneOrMore><data type="IDREF"/></oneOrMore></list></attribute></element></element>`, "", docs{"<r><a id='x'/><b to='x z'/></r>"}, docs{"<r><a id='1'/><b to='x'/></r>"}, notDTD},
	{"DTD 4", "an identifier or another value", `<element name="r" datatypeLibrary="$XSD"><oneOrMore><element name="a"><attribute name="id"><choice><data type="ID"/><value>1</value></choice></attribute></element></oneOrMore></element>`, "", docs{"<r><a id='x'/><a id='x'/><a id='1'/></r>"}, docs{"<r><a id='2'/></r>"}, notDTD},
	{"DTD 4", "an identifier in one definition and not in another", `<element name="r" datatypeLibrary="$XSD"><oneOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></oneOrMore><element name="b"><element name="a"><attribute name="id"/></element></element></element>`, "", docs{"<r><a id='x'/><a id='x'/><b><a id='1'/></b></r>"}, docs{"<r><a id='1'/><b><a id='1'/></b></r>"}, notDTD},
	{"DTD 4", "an identifier of elements of any name", `<element name="r" datatypeLibrary="$XSD"><oneOrMore><element><anyName/><attribute name="id"><data type="ID"/></attribute></element></oneOrMore></element>`, "", docs{"<r><a id='x'/><a id='x'/></r>"}, docs{"<r><a id='1'/></r>"}, notDTD},
	{"DTD 4", "an identifier that meets a wildcard", `<element name="r" datatypeLibrary="$XSD"><oneOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></oneOrMore><element name="b"><element><anyName/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element></element></element>`, "", docs{"<r><a id='x'/><a id='x'/><b><a id='1'/></b></r>"}, docs{"<r><a id='1'/><b><a/></b></r>"}, notDTD},
	{"DTD 4", "an identifier as content", `<element name="r" datatypeLibrary="$XSD"><oneOrMore><element name="a"><data type="ID"/></element></oneOrMore></element>`, "", docs{"<r><a>x</a><a>x</a></r>"}, docs{"<r><a>1</a></r>"}, notDTD},
	{"DTD 4", "the library of DTD compatibility", `<element name="r" datatypeLibrary="http://relaxng.org/ns/compatibility/datatypes/1.0"><zeroOrMore><element name="a"><attribute name="id"><data type="ID"/></attribute></element></zeroOrMore></element>`, "", docs{"<r><a id='x'/></r>"}, docs{"<r><a id='x'/><a id='x'/></r>"}, ""},
	{"DTD 4", "one identifier for all elements", `<element name="r" datatypeLibrary="$XSD"><element name="a"><attribute name="id"><data type="ID"/></attribute></element><element name="b"><attribute name="key"><data type="ID"/></attribute></element></element>`, "", docs{"<r><a id='x'/><b key='y'/></r>"}, docs{"<r><a id='x'/><b key='x'/></r>"}, ""},
}

// parts are the files of a row: schema.rng first.
func (r *rule) files() fstest.MapFS {
	files := fstest.MapFS{}
	name := "schema.rng"
	var text strings.Builder
	end := func() {
		s := strings.ReplaceAll(text.String(), "$XSD", datatypesXSD)
		if tag := strings.IndexAny(s, " >/\n"); !strings.Contains(s[:strings.IndexByte(s, '>')], "xmlns=") && !strings.Contains(s[:strings.IndexByte(s, '>')], Namespace+`">`) {
			s = s[:tag] + ` xmlns="` + Namespace + `"` + s[tag:]
		}
		files[name] = &fstest.MapFile{Data: []byte(s)}
		text.Reset()
	}
	for line := range strings.Lines(r.schema) {
		if strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --\n") {
			end()
			name = strings.TrimSuffix(line[3:], " --\n")
			continue
		}
		text.WriteString(line)
	}
	end()
	return files
}

// document is a row's document, and what is said to be found in it.
func document(s string) (doc, finding string) {
	doc, finding, _ = strings.Cut(s, " ⇒ ")
	return doc, finding
}

// told is a finding as the table writes it; the file is named where it is not
// the usual one.
func told(f diag.Finding, usual string) string {
	pos := f.Pos
	if pos.File == usual {
		pos.File = ""
	}
	return fmt.Sprintf("%s %s", f.Code, strings.TrimPrefix(pos.String(), ":"))
}

func TestConformance(t *testing.T) {
	if len(conformance) < 250 {
		t.Errorf("%d rows", len(conformance))
	}
	seen := map[string]bool{}
	documents := 0
	for _, r := range conformance {
		name := r.clause + " " + r.name
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
		documents += len(r.valid) + len(r.invalid)
		t.Run(name, func(t *testing.T) {
			s, err := Compile(r.files(), "schema.rng")
			if r.fault != "" {
				bad, ok := err.(*Error)
				if !ok {
					t.Fatalf("correct, and should be %s: %v", r.fault, err)
				}
				fault, several := strings.CutSuffix(r.fault, " +")
				if !slices.ContainsFunc(bad.Findings, func(f diag.Finding) bool { return strings.HasPrefix(told(f, "schema.rng"), fault) }) {
					t.Errorf("not %s: %v", fault, bad.Findings)
				} else if len(bad.Findings) > 1 && !several {
					t.Errorf("%d findings for one fault: %v", len(bad.Findings), bad.Findings)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, doc := range r.valid {
				if l := ours(t, s, []byte(doc)); len(l) > 0 {
					t.Errorf("%s is valid, and we say %v", doc, l)
				}
			}
			for _, d := range r.invalid {
				doc, finding := document(d)
				l := ours(t, s, []byte(doc))
				if len(l) == 0 {
					t.Errorf("%s is not valid", doc)
				} else if got := told(l[0], "doc.xml"); finding != "" && got != finding {
					t.Errorf("%s: %s, not %s: %v", doc, got, finding, l)
				}
			}
		})
	}
	t.Logf("%d rows, %d documents", len(conformance), documents)
}

func TestConformanceAgreesWithJing(t *testing.T) {
	for _, r := range conformance {
		t.Run(r.clause+" "+r.name, func(t *testing.T) {
			var documents [][]byte
			for _, d := range slices.Concat(r.valid, r.invalid) {
				doc, _ := document(d)
				documents = append(documents, []byte(doc))
			}
			v, judged := jingOnFiles(t, r.files(), documents...)
			if v.valid != ((r.fault == "") == (r.jing == "")) {
				t.Fatalf("jing says correct=%v: %v", v.valid, v.messages)
			}
			for i, v := range judged {
				if v.valid != (i < len(r.valid)) {
					t.Errorf("jing says valid=%v of %s: %v", v.valid, documents[i], v.messages)
				}
			}
		})
	}
}

// jingOnFiles is what jing says of the schema schema.rng, whose files are put
// into a folder, and of documents if it is correct.
func jingOnFiles(t *testing.T, files fstest.MapFS, documents ...[]byte) (verdict, []verdict) {
	t.Helper()
	o := theOracle()
	if o.err != nil {
		t.Skipf("no judge: %v", o.err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	schema := filepath.Join(folder, "schema.rng")
	o.mu.Lock()
	v, err := o.ask("schema "+schema, nil)
	o.schema = schema
	o.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	if !v.valid {
		return v, nil
	}
	return v, jing(t, schema, documents...)
}

// fromText compiles the text of a schema.
func fromText(t testing.TB, schema string) *Schema {
	t.Helper()
	s, err := Compile(oneFile(schema), "s.rng")
	if err != nil {
		t.Fatalf("%v\n%s", err, schema)
	}
	return s
}

func oneFile(schema string) fstest.MapFS { return fstest.MapFS{"s.rng": {Data: []byte(schema)}} }

// TestManyAttributesOfAnyName: repetitions within repetitions must not be told
// apart by how often they were gone through.
func TestManyAttributesOfAnyName(t *testing.T) {
	s := fromText(t, `<element name="r" xmlns="`+Namespace+`"><zeroOrMore><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></zeroOrMore></element>`)
	var doc strings.Builder
	doc.WriteString("<r")
	for i := range 24 {
		fmt.Fprintf(&doc, " a%d=''", i)
	}
	doc.WriteString("/>")
	began := time.Now()
	l, err := s.ValidateBytes(context.Background(), "doc.xml", []byte(doc.String()), Options{})
	if len(l) > 0 || err != nil {
		t.Fatal(l, err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("24 attributes take %v", took)
	}
}
