package relaxng

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// The patterns of these tests, as the XML syntax writes them.

// patience tells work without end from work; it measures nothing.
const patience = time.Minute

func xTag(name, attrs string, parts ...string) string {
	return "<" + name + attrs + ">" + strings.Join(parts, "") + "</" + name + ">"
}

func xNamed(name string) string { return ` name="` + name + `"` }

func xElem(name string, parts ...string) string {
	if len(parts) == 0 {
		parts = []string{"<empty/>"}
	}
	return xTag("element", xNamed(name), parts...)
}

func xAttr(name string, value ...string) string   { return xTag("attribute", xNamed(name), value...) }
func xMaybe(parts ...string) string               { return xTag("optional", "", parts...) }
func xStar(parts ...string) string                { return xTag("zeroOrMore", "", parts...) }
func xPlus(parts ...string) string                { return xTag("oneOrMore", "", parts...) }
func xEither(parts ...string) string              { return xTag("choice", "", parts...) }
func xSeq(parts ...string) string                 { return xTag("group", "", parts...) }
func xShuffle(parts ...string) string             { return xTag("interleave", "", parts...) }
func xMixed(parts ...string) string               { return xTag("mixed", "", parts...) }
func xList(parts ...string) string                { return xTag("list", "", parts...) }
func xValue(s string) string                      { return xTag("value", "", s) }
func xTyped(t, s string) string                   { return xTag("value", ` type="`+t+`"`, s) }
func xRef(name string) string                     { return `<ref name="` + name + `"/>` }
func xDefine(name string, parts ...string) string { return xTag("define", xNamed(name), parts...) }

// data is a datatype with parameters, name and value by turns; except comes last.
func xData(t string, params ...string) string {
	var l []string
	for ; len(params) > 1; params = params[2:] {
		l = append(l, xTag("param", xNamed(params[0]), params[1]))
	}
	return xTag("data", ` type="`+t+`"`, append(l, params...)...)
}

func xEnum(values ...string) string {
	var l []string
	for _, v := range values {
		l = append(l, xValue(v))
	}
	return xEither(l...)
}

const (
	xText    = "<text/>"
	xEmpty   = "<empty/>"
	xNothing = "<notAllowed/>"
)

// wild is an element or attribute whose name is of a name class.
func xWild(kind, names string, parts ...string) string {
	return xTag(kind, "", append([]string{names}, parts...)...)
}

// grammarOf is a schema of a start pattern and definitions.
func xGrammar(start string, defines ...string) string {
	return `<grammar xmlns="` + Namespace + `" datatypeLibrary="` + datatypesXSD + `">` + xTag("start", "", start) + strings.Join(defines, "") + "</grammar>"
}

// inclusions are pairs of schemas, and whether all documents of the first are
// documents of the second; where not, a smallest document that is not, by thought.
var inclusions = []struct {
	name string
	a, b string // grammars, or the content of an element r
	yes  bool
	doc  string // "" where several are smallest
}{
	// attributes
	{"required in optional", xAttr("x"), xMaybe(xAttr("x")), true, ""},
	{"optional in required", xMaybe(xAttr("x")), xAttr("x"), false, `<r/>`},
	{"no attribute in optional", xEmpty, xMaybe(xAttr("x")), true, ""},
	{"attribute in none", xMaybe(xAttr("x")), xEmpty, false, ""},
	{"order of attributes is none", xSeq(xAttr("x"), xAttr("y")), xSeq(xAttr("y"), xAttr("x")), true, ""},
	{"either attribute in both optional", xEither(xAttr("x"), xAttr("y")), xSeq(xMaybe(xAttr("x")), xMaybe(xAttr("y"))), true, ""},
	{"both optional in either", xSeq(xMaybe(xAttr("x")), xMaybe(xAttr("y"))), xEither(xAttr("x"), xAttr("y")), false, `<r/>`},
	{"both optional in at most one", xSeq(xMaybe(xAttr("x", xValue("1"))), xMaybe(xAttr("y", xValue("2")))), xMaybe(xEither(xAttr("x"), xAttr("y"))), false, `<r x="1" y="2"/>`},
	{"three optionals in all subsets", xSeq(xMaybe(xAttr("x")), xMaybe(xAttr("y"))), xEither(xSeq(xAttr("x"), xAttr("y")), xAttr("x"), xAttr("y"), xEmpty), true, ""},
	{"attribute decides content", xEither(xSeq(xAttr("x", xValue("1")), xElem("a")), xSeq(xAttr("x", xValue("2")), xElem("b"))), xSeq(xAttr("x"), xEither(xElem("a"), xElem("b"))), true, ""},
	{"content without its attribute", xSeq(xAttr("x", xEnum("1", "2")), xElem("a")), xEither(xSeq(xAttr("x", xValue("1")), xElem("a")), xSeq(xAttr("x", xValue("2")), xElem("b"))), false, "<r x=\"2\">\n  <a/>\n</r>"},
	{"attribute or element", xEither(xAttr("x"), xElem("x")), xEither(xElem("x"), xAttr("x")), true, ""},
	{"attribute is no element", xEither(xAttr("x", xValue("1")), xElem("x")), xElem("x"), false, `<r x="1"/>`},
	{"attributes of a namespace", xPlus(xWild("attribute", `<nsName ns="urn:a"/>`)), xPlus(xWild("attribute", `<anyName/>`)), true, ""},
	{"any attribute in one namespace", xPlus(xWild("attribute", `<anyName/>`)), xPlus(xWild("attribute", `<nsName ns="urn:a"/>`)), false, ""},
	{"named attribute in any", xAttr("x"), xStar(xWild("attribute", `<anyName/>`)), true, ""},
	{"any attribute in named", xStar(xWild("attribute", `<anyName/>`)), xMaybe(xAttr("x")), false, ""},
	{"any attribute but one", xStar(xWild("attribute", `<anyName><except><name>x</name></except></anyName>`)), xStar(xWild("attribute", `<anyName/>`)), true, ""},
	{"any attribute in any but one", xStar(xWild("attribute", `<anyName/>`, xValue("1"))), xStar(xWild("attribute", `<anyName><except><name>x</name></except></anyName>`)), false, `<r x="1"/>`},
	{"split of all names", xStar(xWild("attribute", `<anyName/>`)), xSeq(xMaybe(xAttr("x")), xStar(xWild("attribute", `<anyName><except><name>x</name></except></anyName>`))), true, ""},
	{"two of the unknown names", xStar(xWild("attribute", `<anyName/>`, xEnum("1", "2"))),
		xEither(xStar(xWild("attribute", `<anyName/>`, xValue("1"))), xStar(xWild("attribute", `<anyName/>`, xValue("2")))), false, ""},
	{"one of a choice of names", xWild("attribute", `<choice><name>x</name><name>y</name></choice>`), xEither(xAttr("x"), xAttr("y")), true, ""},
	{"all of a choice of names", xPlus(xWild("attribute", `<choice><name>x</name><name>y</name></choice>`, xValue("1"))), xEither(xAttr("x"), xAttr("y")), false, `<r x="1" y="1"/>`},
	{"attribute that can't be", xAttr("x", xNothing), xEmpty, true, ""},
	{"optional attribute that can't be", xMaybe(xAttr("x", xNothing)), xEmpty, true, ""},

	// values
	{"enumeration in text", xAttr("x", xEnum("a", "b")), xAttr("x"), true, ""},
	{"enumeration in a larger one", xAttr("x", xEnum("a", "b")), xAttr("x", xEnum("c", "b", "a")), true, ""},
	{"enumeration in a smaller one", xAttr("x", xEnum("a", "b", "c")), xAttr("x", xEnum("a", "c")), false, `<r x="b"/>`},
	{"text in an enumeration", xAttr("x"), xAttr("x", xEnum("a")), false, ""},
	{"enumeration in a pattern", xAttr("x", xEnum("ab", "abb")), xAttr("x", xData("token", "pattern", "ab+")), true, ""},
	{"enumeration not in a pattern", xAttr("x", xEnum("ab", "a")), xAttr("x", xData("token", "pattern", "ab+")), false, `<r x="a"/>`},
	{"pattern in an enumeration", xAttr("x", xData("token", "pattern", "[ab]")), xAttr("x", xEnum("a", "b")), true, ""},
	{"pattern not in an enumeration", xAttr("x", xData("token", "pattern", "[abc]")), xAttr("x", xEnum("a", "b")), false, `<r x="c"/>`},
	{"pattern in a pattern", xAttr("x", xData("token", "pattern", "(ab)+")), xAttr("x", xData("token", "pattern", "[ab]{2,}")), true, ""},
	{"pattern not in a pattern", xAttr("x", xData("token", "pattern", "(ab)+")), xAttr("x", xData("token", "pattern", "(abab)*")), false, `<r x="ab"/>`},
	{"pattern in a union of two", xAttr("x", xData("token", "pattern", "a{1,9}")), xAttr("x", xEither(xData("token", "pattern", "a{1,5}"), xData("token", "pattern", "a{5,9}"))), true, ""},
	{"pattern not in a union of two", xAttr("x", xData("token", "pattern", "a{1,9}")), xAttr("x", xEither(xData("token", "pattern", "a{1,4}"), xData("token", "pattern", "a{6,9}"))), false, `<r x="aaaaa"/>`},
	{"pattern in a union of values and types", xAttr("x", xData("token", "pattern", "[a-c]|[0-9]")), xAttr("x", xEither(xValue("a"), xValue("b"), xValue("c"), xData("integer"))), true, ""},
	{"boolean in its four words", xAttr("x", xData("boolean")), xAttr("x", xEnum("true", "false", "0", "1")), true, ""},
	{"boolean in three words", xAttr("x", xData("boolean")), xAttr("x", xEnum("true", "false", "1")), false, `<r x="0"/>`},
	{"boolean values", xAttr("x", xData("boolean")), xAttr("x", xEither(xTyped("boolean", "1"), xTyped("boolean", "0"))), true, ""},
	{"derived type in its base", xAttr("x", xData("positiveInteger")), xAttr("x", xData("integer")), true, ""},
	{"base in a derived type", xAttr("x", xData("integer")), xAttr("x", xData("positiveInteger")), false, ""},
	{"NCName in NMTOKEN", xAttr("x", xData("NCName")), xAttr("x", xData("NMTOKEN")), true, ""},
	{"NMTOKEN in NCName", xAttr("x", xData("NMTOKEN")), xAttr("x", xData("NCName")), false, ""},
	{"type in the token of everything", xAttr("x", xData("date")), xAttr("x", xData("token")), true, ""},
	{"string is text", xAttr("x", xData("string")), xAttr("x"), true, ""},
	{"text is string", xAttr("x"), xAttr("x", xData("string")), true, ""},
	{"text is no integer", xAttr("x"), xAttr("x", xData("integer")), false, ""},
	{"bounds inside bounds", xAttr("x", xData("integer", "minInclusive", "2", "maxInclusive", "5")), xAttr("x", xData("integer", "minInclusive", "1", "maxExclusive", "6")), true, ""},
	{"bounds outside bounds", xAttr("x", xData("integer", "minInclusive", "2", "maxInclusive", "6")), xAttr("x", xData("integer", "minInclusive", "1", "maxExclusive", "6")), false, `<r x="6"/>`},
	{"integer in its halves", xAttr("x", xData("integer")), xAttr("x", xEither(xData("nonNegativeInteger"), xData("negativeInteger"))), true, ""},
	{"integer without zero", xAttr("x", xData("integer")), xAttr("x", xEither(xData("positiveInteger"), xData("negativeInteger"))), false, `<r x="0"/>`},
	{"range in a shorter one and its end", xAttr("x", xData("integer", "minInclusive", "1", "maxInclusive", "10")), xAttr("x", xEither(xData("integer", "minInclusive", "1", "maxExclusive", "10"), xTyped("integer", "10"))), true, ""},
	{"range in ranges", xAttr("x", xData("integer", "minInclusive", "-5", "maxInclusive", "10")), xAttr("x", xEither(xData("integer", "minInclusive", "3", "maxExclusive", "20"), xData("integer", "minInclusive", "-10", "maxInclusive", "2"))), true, ""},
	{"range in ranges with a gap", xAttr("x", xData("integer", "minInclusive", "-5", "maxInclusive", "10")), xAttr("x", xEither(xData("integer", "minInclusive", "4", "maxExclusive", "20"), xData("integer", "minInclusive", "-10", "maxInclusive", "2"))), false, `<r x="3"/>`},
	{"integer value in a decimal value", xAttr("x", xTyped("integer", "1")), xAttr("x", xTyped("decimal", "1.0")), true, ""},
	{"decimal value in an integer value", xAttr("x", xTyped("decimal", "1")), xAttr("x", xTyped("integer", "1")), false, ""},
	{"length inside length", xAttr("x", xData("token", "maxLength", "3")), xAttr("x", xData("token", "maxLength", "4")), true, ""},
	{"length outside length", xAttr("x", xData("token", "minLength", "2", "maxLength", "5")), xAttr("x", xData("token", "maxLength", "4")), false, ""},
	{"length as a pattern", xAttr("x", xData("token", "pattern", "[a-z]{2}")), xAttr("x", xData("token", "length", "2")), true, ""},
	{"integer value in decimal", xAttr("x", xTyped("integer", "1")), xAttr("x", xData("decimal")), true, ""},
	{"value by number", xAttr("x", xTyped("integer", "01")), xAttr("x", xTyped("integer", "1")), true, ""},
	{"value by number is not one word", xAttr("x", xTyped("integer", "1")), xAttr("x", xValue("1")), false, ""},
	{"value in its type", xAttr("x", xTyped("date", "2000-01-01")), xAttr("x", xData("date")), true, ""},
	{"value of type string in token", xAttr("x", xTyped("string", "a")), xAttr("x", xValue("a")), true, ""},
	{"token has white space", xAttr("x", xValue("a")), xAttr("x", xTyped("string", "a")), false, ""},
	{"type but one value", xAttr("x", xData("NCName", xTag("except", "", xValue("a")))), xAttr("x", xData("NCName")), true, ""},
	{"type in type but one value", xAttr("x", xData("NCName")), xAttr("x", xData("NCName", xTag("except", "", xValue("q")))), false, `<r x="q"/>`},
	{"type in type but one value or it", xAttr("x", xData("NCName")), xAttr("x", xEither(xValue("q"), xData("NCName", xTag("except", "", xValue("q"))))), true, ""},
	{"type but two in type but one", xAttr("x", xData("NCName", xTag("except", "", xValue("p"), xValue("q")))), xAttr("x", xData("NCName", xTag("except", "", xValue("q")))), true, ""},
	{"type but one in type but two", xAttr("x", xData("NCName", xTag("except", "", xValue("q")))), xAttr("x", xData("NCName", xTag("except", "", xValue("p"), xValue("q")))), false, `<r x="p"/>`},
	{"smaller type but what it has not", xAttr("x", xData("integer")), xAttr("x", xData("token", xTag("except", "", xValue("a")))), true, ""},
	{"anything but a type", xAttr("x", xData("token", xTag("except", "", xData("integer")))), xAttr("x", xData("token")), true, ""},

	// lists
	{"one word in a list", xAttr("x", xData("NMTOKEN")), xAttr("x", xList(xPlus(xData("NMTOKEN")))), true, ""},
	{"one value in a list", xAttr("x", xValue("a")), xAttr("x", xList(xPlus(xData("NMTOKEN")))), true, ""},
	{"list in a longer list", xAttr("x", xList(xData("NMTOKEN"), xData("NMTOKEN"))), xAttr("x", xList(xPlus(xData("NMTOKEN")))), true, ""},
	{"list in a shorter list", xAttr("x", xList(xPlus(xValue("a")))), xAttr("x", xList(xValue("a"), xMaybe(xValue("a")))), false, `<r x="a a a"/>`},
	{"list in the order", xAttr("x", xList(xValue("a"), xValue("b"))), xAttr("x", xList(xValue("b"), xValue("a"))), false, `<r x="a b"/>`},
	{"list in a union of lists", xAttr("x", xList(xPlus(xEnum("a")))), xAttr("x", xEither(xList(xValue("a")), xList(xValue("a"), xPlus(xValue("a"))))), true, ""},
	{"list in token", xAttr("x", xList(xPlus(xData("NMTOKEN")))), xAttr("x", xData("token")), true, ""},
	{"list in NMTOKENS", xAttr("x", xList(xPlus(xData("NMTOKEN")))), xAttr("x", xData("NMTOKENS")), true, ""},
	{"list in a pattern", xAttr("x", xList(xValue("a"), xValue("b"))), xAttr("x", xData("token", "pattern", "[a-z] [a-z]")), true, ""},
	{"list of words without spaces", xAttr("x", xList(xPlus(xData("token")))), xAttr("x", xList(xPlus(xData("token", "pattern", `\S+`)))), true, ""},
	{"empty list", xAttr("x", xList(xStar(xData("NMTOKEN")))), xAttr("x", xList(xPlus(xData("NMTOKEN")))), false, `<r x=""/>`},
	{"list of a value of two words", xAttr("x", xList(xValue("a b"))), xAttr("x", xNothing), true, ""},
	{"list of wrong words", xAttr("x", xList(xPlus(xData("NMTOKEN")))), xAttr("x", xList(xPlus(xData("integer")))), false, ""},

	// strings as content
	{"empty element may be a string", xEmpty, xData("string"), true, ""},
	{"empty element is no integer", xEmpty, xData("integer"), false, `<r/>`},
	{"white space is nothing", xEmpty, xValue(""), true, ""},
	{"text in string", xText, xData("string"), true, ""},
	{"text may be nothing", xText, xPlus(xElem("a")), false, `<r/>`},
	{"string in text", xData("integer"), xText, true, ""},
	{"values in text or elements", xEnum("1", "2"), xMixed(xStar(xElem("a"))), true, ""},
	{"value or element", xEither(xValue("1"), xElem("a")), xEither(xElem("a"), xData("integer")), true, ""},
	{"value or element in value", xEither(xValue("1"), xElem("a")), xValue("1"), false, "<r>\n  <a/>\n</r>"},
	{"integer content not positive", xData("integer"), xData("positiveInteger"), false, ""},
	{"text in text or value", xText, xEither(xText, xValue("1")), true, ""},

	// order, repetition
	{"one in many", xElem("a"), xPlus(xElem("a")), true, ""},
	{"many in one", xPlus(xElem("a")), xElem("a"), false, "<r>\n  <a/>\n  <a/>\n</r>"},
	{"none in many", xStar(xElem("a")), xPlus(xElem("a")), false, `<r/>`},
	{"two in even", xSeq(xElem("a"), xElem("a")), xStar(xElem("a"), xElem("a")), true, ""},
	{"many in even", xStar(xElem("a")), xStar(xElem("a"), xElem("a")), false, "<r>\n  <a/>\n</r>"},
	{"even in threes", xStar(xElem("a"), xElem("a")), xStar(xElem("a"), xElem("a"), xElem("a")), false, "<r>\n  <a/>\n  <a/>\n</r>"},
	{"order", xSeq(xElem("a"), xElem("b")), xSeq(xElem("b"), xElem("a")), false, "<r>\n  <a/>\n  <b/>\n</r>"},
	{"order in choice", xStar(xEither(xElem("a"), xElem("b"))), xStar(xStar(xElem("a")), xStar(xElem("b"))), true, ""},
	{"choice of sequences", xEither(xSeq(xElem("a"), xElem("b")), xSeq(xElem("a"), xElem("c"))), xSeq(xElem("a"), xEither(xElem("b"), xElem("c"))), true, ""},
	{"sequence of choices", xSeq(xElem("a"), xEither(xElem("b"), xElem("c"))), xEither(xSeq(xElem("a"), xElem("b")), xSeq(xElem("a"), xElem("c"))), true, ""},
	{"last but two", xSeq(xStar(xEither(xElem("a"), xElem("b"))), xElem("a"), xEither(xElem("a"), xElem("b"))), xSeq(xStar(xEither(xElem("a"), xElem("b"))), xEither(xElem("a"), xElem("b")), xEither(xElem("a"), xElem("b"))), true, ""},
	{"mixed in elements", xMixed(xStar(xElem("a"))), xStar(xElem("a")), false, `<r>text</r>`},
	{"elements in mixed", xStar(xElem("a")), xMixed(xStar(xElem("a"))), true, ""},
	{"text before only", xSeq(xText, xElem("a")), xMixed(xElem("a")), true, ""},
	{"text anywhere", xMixed(xElem("a")), xSeq(xText, xElem("a")), false, "<r><a/>text</r>"},
	{"unknown element", xEither(xElem("a"), xElem("b")), xElem("a"), false, "<r>\n  <b/>\n</r>"},

	// interleave
	{"order in interleave", xSeq(xElem("a"), xElem("b")), xShuffle(xElem("a"), xElem("b")), true, ""},
	{"interleave in order", xShuffle(xElem("a"), xElem("b")), xSeq(xElem("a"), xElem("b")), false, "<r>\n  <b/>\n  <a/>\n</r>"},
	{"interleave in both orders", xShuffle(xElem("a"), xElem("b")), xEither(xSeq(xElem("a"), xElem("b")), xSeq(xElem("b"), xElem("a"))), true, ""},
	{"interleave of a sequence", xShuffle(xSeq(xElem("a"), xElem("b")), xElem("c")), xEither(xSeq(xElem("a"), xElem("b"), xElem("c")), xSeq(xElem("a"), xElem("c"), xElem("b")), xSeq(xElem("c"), xElem("a"), xElem("b"))), true, ""},
	{"interleave keeps the order within", xSeq(xElem("b"), xElem("a"), xElem("c")), xShuffle(xSeq(xElem("a"), xElem("b")), xElem("c")), false, ""},
	{"interleave with more", xShuffle(xElem("a"), xElem("b")), xShuffle(xElem("a"), xElem("b"), xMaybe(xElem("c"))), true, ""},
	{"interleave with more required", xShuffle(xElem("a"), xElem("b")), xShuffle(xElem("a"), xElem("b"), xElem("c")), false, ""},
	{"interleave of many", xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xShuffle(xEach("zyxwvutsrqponmlkjihgfedcba", xStar)...), true, ""},
	{"interleave of many, one wrong", xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xStar)...), xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), false, ""},
	{"interleave of many in any order and number", xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xMixed(xStar(xEither(xEach("abcdefghijklmnopqrstuvwxyz", xSeq)...))), true, ""},
	{"interleave of many, one of them too many", xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xMixed(xStar(xEither(xEach("abcdefghijklmnopqrstuvwxy", xSeq)...))), false, "<r>\n  <z/>\n</r>"},
	{"interleave of many in an order", xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xSeq(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), false, ""},
	{"an order of many in an interleave", xSeq(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), true, ""},
	{"interleave of many after a head", xSeq(xElem("H"), xShuffle(xEach("abcdefghijklmnopqrstuvwxyz", xMaybe)...), xElem("T")), xSeq(xElem("H"), xShuffle(xEach("bacdefghijklmnopqrstuvwxyz", xMaybe)...), xMaybe(xElem("T"))), true, ""},
	{"interleave, parts tied by a sequence", xShuffle(xElem("a"), xElem("b"), xElem("c")), xShuffle(xSeq(xElem("a"), xElem("b")), xElem("c")), false, ""},
	{"interleave with text", xShuffle(xText, xElem("a"), xElem("b")), xMixed(xShuffle(xElem("a"), xElem("b"))), true, ""},
	{"interleave in repeated choice", xShuffle(xElem("a"), xStar(xElem("b"))), xStar(xEither(xElem("a"), xElem("b"))), true, ""},

	// names
	{"name in any", xElem("a"), xWild("element", `<anyName/>`, xEmpty), true, ""},
	{"any in name", xWild("element", `<anyName/>`, xEmpty), xElem("a"), false, ""},
	{"any in any but one", xWild("element", `<anyName/>`, xEmpty), xWild("element", `<anyName><except><name>a</name></except></anyName>`, xEmpty), false, "<r>\n  <a/>\n</r>"},
	{"any in all parts", xWild("element", `<anyName/>`, xEmpty), xEither(xElem("a"), xWild("element", `<anyName><except><name>a</name></except></anyName>`, xEmpty)), true, ""},
	{"namespace in any but another", xWild("element", `<nsName ns="urn:a"/>`, xEmpty), xWild("element", `<anyName><except><nsName ns="urn:b"/></except></anyName>`, xEmpty), true, ""},
	{"any but a namespace", xWild("element", `<anyName><except><nsName ns=""/></except></anyName>`, xEmpty), xWild("element", `<anyName/>`, xEmpty), true, ""},
	{"namespace but one name", xWild("element", `<nsName ns="urn:a"><except><name>x</name></except></nsName>`, xEmpty), xWild("element", `<nsName ns="urn:a"/>`, xEmpty), true, ""},
	{"same name, other namespace", `<element name="a" ns="urn:a"><empty/></element>`, `<element name="a" ns="urn:b"><empty/></element>`, false, "<r>\n  <a xmlns=\"urn:a\"/>\n</r>"},
	{"choice of names", xWild("element", `<choice><name>a</name><name>b</name></choice>`, xEmpty), xEither(xElem("a"), xElem("b")), true, ""},
	{"names with other contents", xWild("element", `<choice><name>a</name><name>b</name></choice>`, xText), xEither(xElem("a", xText), xElem("b")), false, "<r>\n  <b>text</b>\n</r>"},

	// ambiguity: only all alternatives together do
	{"union of one element", xElem("a", xEither(xElem("b"), xElem("c"))), xEither(xElem("a", xElem("b")), xElem("a", xElem("c"))), true, ""},
	{"union of one element, one missing", xElem("a", xEither(xElem("b"), xElem("c"), xElem("d"))), xEither(xElem("a", xElem("b")), xElem("a", xElem("c"))), false, "<r>\n  <a>\n    <d/>\n  </a>\n</r>"},
	{"union with what follows", xSeq(xElem("a", xEither(xElem("b"), xElem("c"))), xElem("d")), xEither(xSeq(xElem("a", xElem("b")), xElem("d")), xSeq(xElem("a", xElem("c")), xElem("d"))), true, ""},
	{"union with other things that follow", xSeq(xElem("a", xEither(xElem("b"), xElem("c"))), xElem("d")), xEither(xSeq(xElem("a", xElem("b")), xElem("d")), xSeq(xElem("a", xElem("c")), xElem("e"))), false, "<r>\n  <a>\n    <c/>\n  </a>\n  <d/>\n</r>"},
	{"union of attributes", xElem("a", xMaybe(xAttr("x"))), xEither(xElem("a", xAttr("x")), xElem("a")), true, ""},
	{"union of values", xElem("a", xAttr("x", xEnum("1", "2"))), xEither(xElem("a", xAttr("x", xValue("1"))), xElem("a", xAttr("x", xValue("2")))), true, ""},
	{"union of three that overlap", xElem("a", xEnum("1", "2", "3")), xEither(xElem("a", xEnum("1", "2")), xElem("a", xEnum("2", "3"))), true, ""},
	{"union two levels deep", xElem("a", xElem("b", xEither(xElem("c"), xElem("d")))), xEither(xElem("a", xElem("b", xElem("c"))), xElem("a", xElem("b", xElem("d")))), true, ""},
	{"union of depths mixed", xElem("a", xElem("b", xEither(xElem("c"), xElem("d"))), xElem("b", xEither(xElem("c"), xElem("d")))),
		xEither(xElem("a", xElem("b", xElem("c")), xElem("b", xEither(xElem("c"), xElem("d")))), xElem("a", xElem("b", xElem("d")), xElem("b", xElem("d")))), false,
		"<r>\n  <a>\n    <b>\n      <d/>\n    </b>\n    <b>\n      <c/>\n    </b>\n  </a>\n</r>"},

	// the smallest of several
	{"the smaller of two differences", xEither(xElem("a", xElem("b"), xElem("c"), xElem("d")), xElem("e", xElem("f", xElem("g"))), xElem("h", xElem("i"))), xElem("z"), false, "<r>\n  <h>\n    <i/>\n  </h>\n</r>"},
	{"the smaller of two things before", xSeq(xEither(xElem("a", xElem("b"), xElem("c")), xElem("d", xAttr("x", xValue("1")))), xElem("e")), xEither(xElem("a", xElem("b"), xElem("c")), xElem("d", xAttr("x"))), false, "<r>\n  <d x=\"1\"/>\n  <e/>\n</r>"},
	{"the smaller of two ways to end", xSeq(xElem("e"), xEither(xElem("a", xElem("b"), xElem("c")), xElem("d", xElem("f")))), xEmpty, false, "<r>\n  <e/>\n  <d>\n    <f/>\n  </d>\n</r>"},
	{"six things side by side or seven in a tree", xEither(xSeq(xBush, xElem("z")), xSeq(xSix, xElem("z"))), xEither(xBush, xSix), false, "<r>" + strings.Repeat("\n  <l/>", 6) + "\n  <z/>\n</r>"},
	{"a fault far down or one beside", xSeq(xMaybe(xElem("a", xElem("b", xElem("c", xElem("d"))))), xMaybe(xElem("e"), xElem("f"), xElem("g"))), xMaybe(xElem("a", xElem("b", xElem("c", xElem("x"))))), false, "<r>\n  <e/>\n  <f/>\n  <g/>\n</r>"},

	// what can't be
	{"nothing in anything", xNothing, xElem("a"), true, ""},
	{"required element that can't be", xElem("a", xElem("b", xNothing)), xEmpty, true, ""},
	{"choice of what can't be", xEither(xElem("a", xNothing), xElem("b")), xElem("b"), true, ""},
	{"type without values", xAttr("x", xData("token", "pattern", "[a-z]", "pattern", "[0-9]")), xNothing, true, ""},

	// recursion
	{"nested in nested", xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xRef("d"))))), xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xEither(xRef("d"), xElem("p")))))), true, ""},
	{"nested more in nested", xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xEither(xRef("d"), xElem("p")))))), xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xRef("d"))))), false, "<d>\n  <p/>\n</d>"},
	{"no end to it", xGrammar(xRef("d"), xDefine("d", xElem("d", xRef("d")))), xGrammar(xElem("q")), true, ""},
	{"even depth", xGrammar(xRef("d"), xDefine("d", xElem("d", xMaybe(xElem("d", xMaybe(xRef("d"))))))), xGrammar(xRef("d"), xDefine("d", xElem("d", xMaybe(xRef("d"))))), true, ""},
	{"even depth only", xGrammar(xRef("d"), xDefine("d", xElem("d", xMaybe(xRef("d"))))), xGrammar(xRef("d"), xDefine("d", xElem("d", xMaybe(xElem("d", xElem("d", xMaybe(xRef("d")))))))), false, "<d>\n  <d/>\n</d>"},
	{"two definitions by turns", xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xRef("d")), xMaybe(xElem("p"))))), xGrammar(xRef("o"), xDefine("o", xElem("d", xStar(xRef("i")), xMaybe(xElem("p")))), xDefine("i", xElem("d", xStar(xRef("o")), xMaybe(xElem("p"))))), true, ""},
	{"other outermost element", xGrammar(xEither(xElem("a"), xElem("b"))), xGrammar(xElem("a")), false, `<b/>`},
	{"no document", xGrammar(xNothing), xGrammar(xElem("a")), true, ""},
	{"in no document", xGrammar(xElem("a")), xGrammar(xNothing), false, `<a/>`},
}

// Contents whose sizes differ by one.
var (
	xBush = xElem("h", xElem("a", xElem("x"), xElem("x")), xElem("b", xElem("x"), xElem("x")))
	xSix  = xSeq(xElem("l"), xElem("l"), xElem("l"), xElem("l"), xElem("l"), xElem("l"))
)

func xEach(names string, around func(...string) string) []string {
	var l []string
	for _, n := range names {
		l = append(l, around(xElem(string(n))))
	}
	return l
}

// wholeSchema is a grammar as it is, or a content as a schema of an element r.
func wholeSchema(s string) string {
	if strings.HasPrefix(s, "<grammar") {
		return s
	}
	return xGrammar(xElem("r", s))
}

func TestInclusionsThatAreKnown(t *testing.T) {
	if len(inclusions) < 100 {
		t.Errorf("%d pairs", len(inclusions))
	}
	names := map[string]bool{}
	for _, c := range inclusions {
		if names[c.name] {
			t.Errorf("two pairs are called %q", c.name)
		}
		names[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			yes, d, err := Subset(fromText(t, wholeSchema(c.a)), fromText(t, wholeSchema(c.b)))
			switch {
			case err != nil:
				t.Fatal(err)
			case yes != c.yes:
				t.Fatalf("%v, not %v: %v", yes, c.yes, d)
			case yes != (d == nil):
				t.Errorf("%v with %v", yes, d)
			case c.doc != "" && d.Document != c.doc:
				t.Errorf("the difference is\n%s\nand a smallest\n%s", d.Document, c.doc)
			}
			if took := time.Since(began); took > patience {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestInclusionsAreJudgedByJing(t *testing.T) {
	for i, c := range inclusions {
		if c.yes {
			continue
		}
		a, b := wholeSchema(c.a), wholeSchema(c.b)
		_, d, err := Subset(fromText(t, a), fromText(t, b))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		confirm(t, fmt.Sprintf("inclusion-%d", i), a, b, d)
	}
}

// proofs are values of an attribute, and whether all strings of the first are
// proved to be of the second. What is not true must not be proved, whether a string
// that shows it is found or not.
var proofs = []struct {
	leaf, x string
	proved  bool
}{
	{xData("NCName"), xData("NMTOKEN"), true},
	{xData("NCName"), xData("NMTOKEN", xTag("except", "", xValue("a"))), false},
	{xData("NCName"), xData("NMTOKEN", xTag("except", "", xValue("1"))), true},
	{xData("integer"), xData("decimal", xTag("except", "", xTyped("integer", "1"))), false},
	{xData("string"), xData("string", xTag("except", "", xTyped("string", "a"))), false},
	{xData("NCName", xTag("except", "", xValue("a"))), xData("NMTOKEN", xTag("except", "", xValue("a"))), true},
	{xTyped("normalizedString", "a"), xTyped("string", "a"), false},
	{xTyped("string", "a"), xTyped("normalizedString", "a"), true},
	{xValue("a"), xTyped("string", "a"), false},
	{xValue("a"), xTyped("normalizedString", "a"), false},
	{xTyped("string", " a"), xValue("a"), true},
	{xTyped("integer", "1"), xTyped("decimal", "1.0"), true},
	{xTyped("decimal", "1"), xTyped("integer", "1"), false},
	{xTyped("integer", "1"), xValue("1"), false},
	{xTyped("integer", "1"), xData("token", "length", "1"), false},
	{xTyped("integer", "1"), xData("decimal", "pattern", "1"), false},
	{xTyped("integer", "1"), xData("decimal", "maxInclusive", "1"), true},
	{xText, xData("token"), true},
	{xText, xData("token", "minLength", "0"), true},
	{xEmpty, xTyped("string", ""), false},
	{xEmpty, xValue(""), true},
	{xData("NMTOKEN"), xList(xPlus(xData("NMTOKEN"))), true},
	{xData("token"), xList(xPlus(xData("token"))), false},
	{xData("token", "pattern", `\S+`), xList(xData("token")), true},
	{xList(xData("NMTOKEN")), xData("NMTOKEN"), true},
	{xList(xData("NMTOKEN"), xData("NMTOKEN")), xData("NMTOKEN"), false},
	{xList(xStar(xData("NMTOKEN"))), xData("NMTOKENS"), false},
}

func TestWhatIsProvedOfStrings(t *testing.T) {
	for _, c := range proofs {
		a, b := fromText(t, wholeSchema(xAttr("x", c.leaf))), fromText(t, wholeSchema(xAttr("x", c.x)))
		cmp := &comparison{a: a, b: b, inA: upon(a.base), inB: upon(b.base), compared: map[string][]sample{}}
		valueOf := func(s *Schema) *pattern { return s.elements[0].content.a }
		if got := cmp.covers(valueOf(b), valueOf(a)); got != c.proved {
			t.Errorf("%s in %s: proved %v", c.leaf, c.x, got)
		}
	}
}

// confirm asks jing of a difference.
func confirm(t *testing.T, name, a, b string, d *Difference) {
	t.Helper()
	for k, schema := range []string{a, b} {
		v, judged := jingOnFiles(t, fstest.MapFS{"schema.rng": {Data: []byte(schema)}}, []byte(d.Document))
		if !v.valid {
			t.Errorf("jing refuses %s\n%v", schema, v.messages)
			continue
		}
		if v := judged[0]; v.valid != (k == 0) {
			t.Errorf("%s: jing says valid=%v of\n%s\nunder\n%s\n%v", name, v.valid, d.Document, schema, v.messages)
		}
	}
}

// chance makes schemas and documents at random.
type chance struct{ *rand.Rand }

func (r chance) of(l ...string) string { return l[r.IntN(len(l))] }

// content is a random pattern; what breaks a restriction is refused by the
// compiler, and another is made.
func (r chance) content(depth int) string {
	if depth <= 0 {
		return r.of(xEmpty, xText, xRef("a"), xRef("b"), xRef("c"), xRef("d"), xRef("w"))
	}
	part := func() string { return r.content(depth - 1 - r.IntN(2)) }
	switch r.IntN(15) {
	case 0, 1:
		return xSeq(part(), part())
	case 2:
		return xSeq(part(), part(), part())
	case 3, 4:
		return xEither(part(), part())
	case 5:
		return xShuffle(part(), part())
	case 6:
		return xStar(part())
	case 7:
		return xPlus(part())
	case 8, 9:
		return xMaybe(part())
	case 10:
		return xSeq(xAttr(r.of("x", "y"), r.strings(1)), part())
	case 11:
		return xSeq(xMaybe(xAttr(r.of("x", "y", "z"), r.strings(1))), part())
	case 12:
		return r.strings(1)
	case 13:
		return xSeq(xStar(xWild("attribute", r.names(), r.strings(0))), part())
	}
	return xMixed(part())
}

// strings is a random pattern of strings.
func (r chance) strings(depth int) string {
	switch n := r.IntN(14); {
	case n == 0:
		return xText
	case n < 4:
		return xValue(r.of("a", "b", "1", "2", "10", "true"))
	case n == 4:
		return xData(r.of("integer", "boolean", "NCName", "NMTOKEN", "token", "string", "positiveInteger", "decimal", "date"))
	case n == 5:
		return xData("integer", "minInclusive", r.of("0", "1", "2"), "maxInclusive", r.of("2", "5", "10"))
	case n == 6:
		return xData("token", "pattern", r.of("[ab]", "a+", "[0-9]+", "a|b|1", "[ab]{1,2}", "true|false"))
	case n == 7:
		return xData(r.of("token", "NMTOKEN"), xTag("except", "", xValue(r.of("a", "b", "1"))))
	case n == 8:
		return xTyped("integer", r.of("1", "2", "10"))
	case depth == 0:
		return xText
	case n == 9:
		return xList(r.of(xPlus(xValue("a")), xSeq(xValue("a"), xValue("b")), xStar(xData("NMTOKEN")), xPlus(xData("integer")), xSeq(xData("NMTOKEN"), xMaybe(xData("NMTOKEN")))))
	}
	return xEither(r.strings(depth-1), r.strings(depth-1))
}

func (r chance) names() string {
	return r.of(`<anyName/>`, `<anyName><except><name>x</name></except></anyName>`, `<nsName ns="urn:a"/>`, `<choice><name>x</name><name>z</name></choice>`,
		`<anyName><except><nsName ns="urn:a"/><name>y</name></except></anyName>`)
}

// schema is a random grammar of a few elements, as its start and definitions.
func (r chance) schema() (start string, defines []string) {
	for _, n := range []string{"a", "b", "c"} {
		defines = append(defines, xDefine(n, xElem(n, r.content(1+r.IntN(3)))))
	}
	return xRef("a"), append(defines,
		xDefine("d", xElem(r.of("a", "b"), r.content(r.IntN(3)))), // another of the same name
		xDefine("w", xWild("element", r.names(), r.of(xEmpty, xText, xRef("c")))))
}

// changes are small ones, of which most keep a schema correct.
var changes = []*strings.Replacer{
	otherElement("optional", "zeroOrMore"), otherElement("oneOrMore", "zeroOrMore"), otherElement("zeroOrMore", "oneOrMore"), otherElement("zeroOrMore", "optional"),
	otherElement("group", "interleave"), otherElement("interleave", "group"), otherElement("choice", "group"), otherElement("mixed", "group"),
	strings.NewReplacer(xRef("b"), xRef("d")),
	strings.NewReplacer(xRef("a"), xEither(xRef("a"), xRef("d"))),
	strings.NewReplacer(xRef("c"), xEither(xRef("c"), xRef("b"))),
	strings.NewReplacer(xText, xEmpty), strings.NewReplacer(xEmpty, xText),
	strings.NewReplacer(xValue("a"), xValue("b")), strings.NewReplacer(xValue("1"), xEnum("1", "2")),
	strings.NewReplacer("NCName", "NMTOKEN"), strings.NewReplacer("positiveInteger", "integer"), strings.NewReplacer(`"integer"`, `"decimal"`), strings.NewReplacer("maxInclusive", "maxExclusive"),
}

func otherElement(from, to string) *strings.Replacer {
	return strings.NewReplacer("<"+from+">", "<"+to+">", "</"+from+">", "</"+to+">")
}

// changed is definitions with one of them made anew, or changed.
func (r chance) changed(defines []string) []string {
	l := slices.Clone(defines)
	i := r.IntN(len(l) - 1)
	if r.IntN(3) == 0 {
		_, fresh := r.schema()
		l[i] = fresh[i]
		return l
	}
	for range 20 {
		if l[i] = changes[r.IntN(len(changes))].Replace(l[i]); l[i] != defines[i] {
			break
		}
	}
	return l
}

// pair is two random schemas, mostly alike.
func (r chance) pair() (a, b string) {
	start, defines := r.schema()
	a = xGrammar(start, defines...)
	if r.IntN(6) == 0 {
		start, defines = r.schema()
		return a, xGrammar(start, defines...)
	}
	return a, xGrammar(start, r.changed(defines)...)
}

// compiles is a schema that may be incorrect.
func compiles(schema string) *Schema {
	s, err := Compile(oneFile(schema), "s.rng")
	if err != nil {
		return nil
	}
	return s
}

// author writes random documents that are valid under a schema.
type author struct {
	chance
	c *comparison // which elements a document can hold
}

// document is a random document, or "" where chance led nowhere.
func (w *author) document() string {
	f, ok := w.inside(w.c.a.start, 4)
	if !ok {
		return ""
	}
	doc, _ := w.c.document(f)
	return doc
}

// inside is a random instance of a pattern.
func (w *author) inside(p *pattern, depth int) (*fragment, bool) {
	all := func(kind pieceOrder, parts ...*pattern) (*fragment, bool) {
		var f *fragment
		var loose []*fragment
		for _, x := range parts {
			g, ok := w.inside(x, depth)
			if !ok {
				return nil, false
			}
			if kind == inOrderOf {
				f = join(f, g)
				continue
			}
			// the parts of an interleave keep their own order
			var own []*fragment
			g.each(func(k *fragment) { own = append(own, k) })
			at := 0
			for _, k := range own {
				at += w.IntN(len(loose) - at + 1)
				loose = slices.Insert(loose, at, k)
				at++
			}
		}
		for _, k := range loose {
			f = join(f, k)
		}
		return f, true
	}
	switch p.kind {
	case emptyKind:
		return nil, true
	case textKind:
		if w.IntN(2) == 0 {
			return nil, true
		}
		return &fragment{kind: textFragment, text: w.of("text", "a", "1", "a b", " ")}, true
	case dataKind, valueKind, listKind:
		s, ok := w.string(p)
		if s == "" {
			return nil, ok
		}
		return &fragment{kind: textFragment, text: s}, ok
	case attributeKind:
		s, ok := w.string(p.a)
		var names []qname
		p.names.representatives(func(n qname) {
			if n = w.c.spelled(n, w.c.a.attributeNames, w.c.b.attributeNames, 0); p.names.contains(n.space, n.local) {
				names = append(names, n)
			}
		})
		return &fragment{kind: attributeFragment, name: names[w.IntN(len(names))], text: s}, ok
	case elementKind:
		if depth == 0 || !w.c.productive[p.elem] {
			return nil, false
		}
		f, ok := w.inside(p.elem.content, depth-1)
		var names []qname
		p.elem.names.representatives(func(n qname) {
			if n = w.c.spelled(n, w.c.a.elementNames, w.c.b.elementNames, 0); p.elem.names.contains(n.space, n.local) {
				names = append(names, n)
			}
		})
		return &fragment{kind: elementFragment, name: names[w.IntN(len(names))], left: f}, ok
	case choiceKind:
		for _, i := range w.Perm(len(p.alts)) {
			if f, ok := w.inside(p.alts[i], depth); ok {
				return f, true
			}
		}
	case groupKind:
		return all(inOrderOf, p.a, p.b)
	case interleaveKind:
		return all(inAnyOrder, p.a, p.b)
	case oneOrMoreKind:
		f, ok := w.inside(p.a, depth)
		for ok && p.a.has&hasAttribute == 0 && w.IntN(2) == 0 {
			if g, ok := w.inside(p.a, depth); ok {
				f = join(f, g)
			}
		}
		return f, ok
	}
	return nil, false
}

type pieceOrder bool

const (
	inOrderOf  pieceOrder = false
	inAnyOrder pieceOrder = true
)

// string is a random string that a pattern allows.
func (w *author) string(p *pattern) (string, bool) {
	words := []string{"a", "b", "1", "2", "10", "true", "0", "01", " a", "a b", "1.5", "-3", "ab", "aa", "c", "", "a a", "2000-02-29", "a-b", "5", "3", "0.0", "b a"}
	for _, x := range stringLeaves(nil, p) {
		if x.kind == dataKind {
			words = append(words, x.check.Witness()...)
		}
	}
	for range 40 {
		if s := w.of(words...); stringMatches(p, s) {
			return s, true
		}
	}
	for _, s := range words {
		if stringMatches(p, s) {
			return s, true
		}
	}
	return "", false
}

func TestSubsetIsTrueOfRandomSchemas(t *testing.T) {
	r := chance{rand.New(rand.NewPCG(3, 14))}
	want, documents := 300, 100
	if testing.Short() {
		want, documents = 60, 30
	}
	pairs, yes, no, undecided, tried := 0, 0, 0, 0, 0
	for pairs < want {
		textA, textB := r.pair()
		a, b := compiles(textA), compiles(textB)
		if a == nil || b == nil {
			continue
		}
		pairs++
		is, d, err := Subset(a, b)
		switch {
		case err != nil:
			undecided++
			t.Logf("undecided: %v\n%s\n%s", err, textA, textB)
		case is:
			yes++
		default:
			no++
			if len(ours(t, a, []byte(d.Document))) > 0 || len(ours(t, b, []byte(d.Document))) == 0 {
				t.Errorf("no difference between\n%s\nand\n%s\nis\n%s", textA, textB, d.Document)
			}
			confirm(t, "random", textA, textB, d)
		}
		c := &comparison{a: a, b: b, inA: upon(a.base), inB: upon(b.base), possibly: map[*pattern]bool{}}
		c.findProductive()
		w := &author{r, c}
		for range documents {
			doc := w.document()
			if doc == "" {
				continue
			}
			if l := ours(t, a, []byte(doc)); len(l) > 0 {
				continue // such as the same attribute twice
			}
			tried++
			if l := ours(t, b, []byte(doc)); len(l) > 0 && is {
				t.Fatalf("said to be a subset:\n%s\nof\n%s\nbut %v of\n%s", textA, textB, l, doc)
			} else if len(l) > 0 && d != nil && documentSize(doc) < documentSize(d.Document) {
				t.Errorf("the difference between\n%s\nand\n%s\nis\n%s\nand a smaller one is\n%s", textA, textB, d.Document, doc)
			}
		}
	}
	t.Logf("%d pairs: %d yes, %d no, %d undecided; %d documents", pairs, yes, no, undecided, tried)
	if yes < pairs/10 || no < pairs/10 || undecided > pairs/50 || tried < 10*pairs {
		t.Error("these pairs and documents prove little")
	}
}

// documentSize counts the elements, attributes and texts of a document.
func documentSize(doc string) int {
	n := strings.Count(doc, "=\"") - strings.Count(doc, "xmlns")
	for rest := doc; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			return n
		}
		if strings.TrimSpace(rest[:i]) != "" {
			n++
		}
		if rest[i+1] != '/' {
			n++
		}
		rest = rest[i+strings.IndexByte(rest[i:], '>')+1:]
	}
}

func TestEverySchemaIsInItself(t *testing.T) {
	r := chance{rand.New(rand.NewPCG(2, 71))}
	for n := 0; n < 300; {
		startA, definesA := r.schema()
		_, definesB := r.schema()
		schema := xGrammar(startA, definesA...)
		a, again := compiles(schema), compiles(schema)
		if a == nil {
			continue
		}
		n++
		if yes, d, err := Subset(a, again); !yes {
			t.Errorf("not in itself: %v %v\n%s", d, err, schema)
		}
		// Its documents, or those of another.
		wider := append(slices.Clone(definesA), xDefine("other", xTag("grammar", "", xTag("start", "", xRef("b")), strings.Join(definesB, ""))))
		b := compiles(xGrammar(xEither(startA, xRef("other")), wider...))
		if b == nil {
			continue
		}
		if yes, d, err := Subset(a, b); !yes {
			t.Errorf("not in its union with another: %v %v\n%s\n%s", d, err, schema, wider)
		}
	}
}

// realPairs are schemas of SIGLA_SHARED, and what is so.
var realPairs = []struct {
	a, b string
	yes  bool
}{
	{"tei/tei_all", "tei/tei_all", true},
	{"tei/tei_all", "profile", false},
	{"projects/dtabf", "projects/dtabf", true},
	{"projects/dtabf", "tei/tei_all", false},
	{"projects/dracor", "tei/tei_all", false},
	{"projects/eltec-1", "tei/tei_all", false},
	{"tei/tei_all", "projects/dtabf", false},
	{"projects/mei-all-5.1", "projects/mei-all-5.1", true},
	{"projects/mei-all-5.1", "tei/tei_all", false},
}

func TestSubsetOfRealSchemas(t *testing.T) {
	open := func(t *testing.T, name string) (*Schema, string) {
		path := filepath.Join("..", "profile", "sigla.rng")
		if name != "profile" {
			path = sharedFile(t, "schemas/"+name+".rng")
		}
		s, err := Compile(os.DirFS(filepath.Dir(path)), filepath.Base(path))
		if err != nil {
			t.Fatal(err)
		}
		return s, path
	}
	for _, c := range realPairs {
		t.Run(strings.ReplaceAll(c.a+" in "+c.b, "/", " "), func(t *testing.T) {
			a, pathA := open(t, c.a)
			b, pathB := open(t, c.b)
			yes, d, err := subsetSoon(t, a, b)
			if err != nil || yes != c.yes {
				t.Fatalf("%v %v %v", yes, d, err)
			}
			if d == nil {
				return
			}
			t.Logf("%s\n%v: %v", d.Document, d.Path, d.Findings)
			if lines := strings.Count(d.Document, "\n"); lines > 60 {
				t.Errorf("the counter-example has %d lines", lines)
			}
			for k, path := range []string{pathA, pathB} {
				if v := jing(t, path, []byte(d.Document))[0]; v.valid != (k == 0) {
					t.Errorf("jing says valid=%v under %s: %v", v.valid, path, v.messages)
				}
			}
		})
	}
}

// TestProfileIsASubsetOfTEI is what the profile promises.
func TestProfileIsASubsetOfTEI(t *testing.T) {
	tei := compileShared(t, "schemas/tei/tei_all.rng")
	profile, err := Compile(os.DirFS(filepath.Join("..", "profile")), "sigla.rng")
	if err != nil {
		t.Fatal(err)
	}
	yes, d, err := subsetSoon(t, profile, tei)
	if err != nil {
		t.Fatal(err)
	}
	if !yes {
		t.Errorf("valid under the profile, and not under tei_all: %s\n%v\n%s", d.Path, d.Findings, d.Document)
	}
}

// subsetSoon is Subset, which must not take longer than two seconds; a machine
// that is busy has three tries.
func subsetSoon(t *testing.T, a, b *Schema) (bool, *Difference, error) {
	t.Helper()
	for try := 1; ; try++ {
		began := time.Now()
		yes, d, err := Subset(a, b)
		took := time.Since(began)
		if took < 2*time.Second {
			return yes, d, err
		}
		if try == 3 {
			t.Errorf("it took %v", took)
			return yes, d, err
		}
	}
}
