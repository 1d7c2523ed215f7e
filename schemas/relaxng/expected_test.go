package relaxng

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// placeless is the Locator of documents without places.
type placeless struct{}

func (placeless) Pos(int) diag.Pos    { return diag.Pos{File: "doc.xml"} }
func (placeless) Opened(int) diag.Pos { return diag.Pos{File: "doc.xml"} }

// upTo is a validator that has read the beginning of a document.
func upTo(t *testing.T, s *Schema, beginning string) *Validator {
	t.Helper()
	v := s.NewValidator(Options{}, placeless{}, nil)
	tok := xmltok.NewBytes("doc.xml", []byte(beginning), s)
	for {
		kind, err := tok.Next()
		if err != nil || kind == xmltok.EOF { // the beginning ends here
			return v
		}
		switch kind {
		case xmltok.StartElement:
			v.StartElement(tok.Name, tok.Attrs, tok.Offset)
		case xmltok.EndElement:
			v.EndElement(tok.Offset)
		case xmltok.Text:
			v.Text(tok.Text, tok.Blank, tok.Offset)
		}
	}
}

// expectations writes names with an exclamation mark behind required ones.
func expectations(l []Expectation) string {
	var words []string
	for _, e := range l {
		w := e.Local
		if e.Space != "" {
			w = "{" + e.Space + "}" + w
		}
		if e.Required {
			w += "!"
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// alike compares lists of words whose order means nothing.
func alike(a, b string) bool {
	l, m := strings.Fields(a), strings.Fields(b)
	slices.Sort(l)
	slices.Sort(m)
	return slices.Equal(l, m)
}

// sameExpectations compares lists whose required members come first, and whose
// order means nothing else.
func sameExpectations(got, want string) bool {
	last := strings.LastIndexByte(got, '!')
	return alike(got, want) && (last < 0 || strings.Count(got[:last+1], " ") == strings.Count(got[:last+1], "! "))
}

// expectedElements are contents of an element r, beginnings of documents, and
// the elements that may come next, required ones first.
var expectedElements = []struct{ name, content, beginning, want string }{
	{"the outermost element", xEmpty, ``, `r!`},
	{"one of several outermost elements", xGrammar(xEither(xElem("r"), xElem("s"))), ``, `r s`},
	{"nothing in an empty element", xEmpty, `<r>`, ``},
	{"nothing in an element of text", xText, `<r>`, ``},
	{"nothing in an element of a datatype", xData("integer"), `<r>`, ``},
	{"first of a sequence", xSeq(xElem("a"), xElem("b")), `<r>`, `a!`},
	{"second of a sequence", xSeq(xElem("a"), xElem("b")), `<r><a/>`, `b!`},
	{"none after a sequence", xSeq(xElem("a"), xElem("b")), `<r><a/><b/>`, ``},
	{"optional before required", xSeq(xMaybe(xElem("a")), xElem("b"), xElem("c")), `<r>`, `b! a`},
	{"choice", xEither(xElem("a"), xElem("b")), `<r>`, `a b`},
	{"required in every alternative", xEither(xSeq(xMaybe(xElem("a")), xElem("b")), xSeq(xElem("b"), xElem("c"))), `<r>`, `b! a`},
	{"one or more", xPlus(xElem("a")), `<r>`, `a!`},
	{"one or more, after one", xPlus(xElem("a")), `<r><a/>`, `a`},
	{"any number", xStar(xElem("a"), xElem("b")), `<r><a/>`, `b!`},
	{"interleave", xShuffle(xElem("a"), xMaybe(xElem("b")), xElem("c")), `<r>`, `a! c! b`},
	{"interleave, after a part", xShuffle(xElem("a"), xMaybe(xElem("b")), xElem("c")), `<r><c/>`, `a! b`},
	{"mixed", xMixed(xStar(xEither(xElem("a"), xElem("b")))), `<r>text<a/>text`, `a b`},
	{"text or elements, undecided", xEither(xText, xElem("a")), `<r>`, `a`},
	{"text or elements, decided", xEither(xText, xElem("a")), `<r>text`, ``},
	{"after text and a comment", xMixed(xElem("a")), `<r>text<!-- x -->`, `a!`},
	{"two contents of one name", xEither(xElem("a", xValue("1")), xElem("a", xValue("2"))), `<r>`, `a!`},
	{"within one of two contents", xEither(xElem("a", xElem("b")), xElem("a", xElem("c"))), `<r><a>`, `b c`},
	{"after one of two contents", xEither(xSeq(xElem("a", xElem("b")), xElem("d")), xSeq(xElem("a", xElem("c")), xElem("e"))), `<r><a><c/></a>`, `e!`},
	{"what follows depends on an attribute", xEither(xSeq(xAttr("x", xValue("1")), xElem("a")), xSeq(xAttr("x", xValue("2")), xElem("b"))), `<r x="2">`, `b!`},
	{"a wildcard is not named", xSeq(xMaybe(xWild("element", "<anyName><except><name>a</name></except></anyName>", xText)), xElem("a")), `<r>`, `a!`},
	{"names of a choice of names", xWild("element", "<choice><name>a</name><name>b</name></choice>", xText), `<r>`, `a b`},
	{"namespaces", xElem("p:a"), `<r>`, `{urn:p}a!`},
	{"what can't be", xEither(xElem("a"), xElem("b", xNothing)), `<r>`, `a`},
	{"recursion", xGrammar(xRef("d"), xDefine("d", xElem("d", xStar(xRef("d")), xMaybe(xElem("p"))))), `<d><d><d/>`, `d p`},
	{"within a deep element", xElem("a", xElem("b", xElem("c"), xMaybe(xElem("d")))), `<r><a><b><c/>`, `d`},
	{"around a finished element", xSeq(xElem("a", xElem("b")), xElem("c")), `<r><a><b/></a>`, `c!`},
}

func TestElementsThatMayCome(t *testing.T) {
	for _, c := range expectedElements {
		t.Run(c.name, func(t *testing.T) {
			s := fromText(t, strings.Replace(wholeSchema(c.content), "<start>", `<start xmlns:p="urn:p">`, 1))
			if got := expectations(upTo(t, s, c.beginning).Elements()); !sameExpectations(got, c.want) {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// expectedAttributes are contents of r, a start tag, and all attributes of its
// element, those that stand there already included.
var expectedAttributes = []struct{ name, content, tag, want string }{
	{"none", xText, `<r>`, ``},
	{"required and optional", xSeq(xMaybe(xAttr("a")), xAttr("b"), xText), `<r b="">`, `a b!`},
	{"a choice", xEither(xAttr("a"), xAttr("b")), `<r a="">`, `a b`},
	{"all or none", xMaybe(xAttr("a"), xAttr("b")), `<r>`, `a b`},
	{"in every alternative", xEither(xSeq(xAttr("a"), xElem("x")), xSeq(xAttr("a"), xElem("y"))), `<r a="">`, `a!`},
	{"in one alternative", xEither(xSeq(xAttr("a"), xElem("x")), xElem("y")), `<r a="">`, `a`},
	{"of a namespace", xAttr("xml:id"), `<r xml:id="a">`, `{http://www.w3.org/XML/1998/namespace}id!`},
	{"beside a wildcard", xSeq(xAttr("a"), xStar(xWild("attribute", "<anyName><except><name>a</name></except></anyName>"))), `<r a="">`, `a!`},
	{"of a choice of names", xWild("attribute", "<choice><name>a</name><name>b</name></choice>"), `<r a="">`, `a b`},
	{"of two contents of one name", xElem("e", xEither(xEmpty, xEmpty), xMaybe(xAttr("a"))), `<r><e>`, `a`},
	{"of elements that one name may mean", xEither(xElem("e", xAttr("a", xValue("1"))), xElem("e", xMaybe(xAttr("a", xValue("2"))), xMaybe(xAttr("b")))), `<r><e a="1">`, `a b`},
	{"that can't be", xMaybe(xAttr("a", xNothing)), `<r>`, ``},
}

func TestAttributesOfAnElement(t *testing.T) {
	for _, c := range expectedAttributes {
		t.Run(c.name, func(t *testing.T) {
			if got := expectations(upTo(t, fromText(t, wholeSchema(c.content)), c.tag).Attributes()); !alike(got, c.want) {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

// expectedValues are contents of r with an attribute a, and its values.
var expectedValues = []struct{ name, content, want string }{
	{"an enumeration", xAttr("a", xEnum("one", "two", "three")), "one two three"},
	{"one value", xAttr("a", xValue("one")), "one"},
	{"text", xAttr("a"), ""},
	{"a type", xAttr("a", xData("date")), ""},
	{"true or false", xAttr("a", xData("boolean")), "true false"},
	{"an enumeration or a type", xAttr("a", xEither(xValue("now"), xData("date"))), "now"},
	{"a list of an enumeration", xAttr("a", xList(xPlus(xEnum("one", "two")))), "one two"},
	{"an enumeration in parts", xAttr("a", xEither(xEnum("one", "two"), xEnum("three", "one"))), "one two three"},
	{"of alternatives", xEither(xSeq(xAttr("a", xValue("one")), xElem("x")), xSeq(xAttr("a", xValue("two")), xElem("y"))), "one two"},
	{"of no such attribute", xAttr("b", xValue("one")), ""},
}

func TestValuesOfAnAttribute(t *testing.T) {
	for _, c := range expectedValues {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(upTo(t, fromText(t, wholeSchema(c.content)), "<r>").Values("", "a"), " "); !alike(got, c.want) {
				t.Errorf("%q, not %q", got, c.want)
			}
		})
	}
}

func TestDocumentationComesWithTheName(t *testing.T) {
	doc := func(s string) string {
		return `<documentation xmlns="` + annotationsNamespace + `">` + s + `</documentation>`
	}
	s := fromText(t, xGrammar(xElem("r", doc("the whole\n  of it"), xAttr("n", doc("its number"), xText),
		xElem("a", doc("a first"), xAttr("n", doc("another number"), xText)),
		xMaybe(xElem("b", xAttr("n")))), xDefine("unused", xElem("r", doc("not this"), xEmpty))))
	first := func(l []Expectation) string {
		if len(l) == 0 {
			return "nothing"
		}
		return l[0].Documentation
	}
	for _, c := range []struct{ what, got, want string }{
		{"r", first(upTo(t, s, ``).Elements()), "the whole of it"},
		{"a", first(upTo(t, s, `<r n="">`).Elements()), "a first"},
		{"b", first(upTo(t, s, `<r n=""><a n=""/>`).Elements()), ""},
		{"@n of r", first(upTo(t, s, `<r n="">`).Attributes()), "its number"},
		{"@n of a", first(upTo(t, s, `<r n=""><a n="">`).Attributes()), "another number"},
		{"@n of b", first(upTo(t, s, `<r n=""><a n=""/><b n="">`).Attributes()), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, not %q", c.what, c.got, c.want)
		}
	}
}

func TestNothingIsExpectedWhereNothingIsKnown(t *testing.T) {
	s := fromText(t, wholeSchema(xElem("a")))
	v := upTo(t, s, `<s>`)
	if l := v.Elements(); len(l) > 0 {
		t.Errorf("in an unknown element are expected %v", l)
	}
	if l := v.Attributes(); len(l) > 0 {
		t.Errorf("an unknown element has the attributes %v", l)
	}
	if l := v.Values("", "a"); len(l) > 0 {
		t.Errorf("an unknown element's attribute has the values %v", l)
	}
	if l := v.Elements(); upTo(t, s, `<r><a/></r>`).Elements() != nil {
		t.Errorf("after the document are expected %v", l)
	}
}

// TestWhatIsExpectedIsAllowed: in real documents every element that stands there
// was among those expected before it, and every attribute among its element's.
func TestWhatIsExpectedIsAllowed(t *testing.T) {
	s := compileShared(t, "schemas/tei/tei_all.rng")
	doc, err := os.ReadFile(sharedFile(t, "gold/117412.xml"))
	if err != nil {
		t.Fatal(err)
	}
	v := s.NewValidator(Options{}, placeless{}, nil)
	tok := xmltok.NewBytes("doc.xml", doc, s)
	elements := 0
	for {
		kind, err := tok.Next()
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case xmltok.StartElement:
			elements++
			name := *tok.Name
			if !slices.ContainsFunc(v.Elements(), func(e Expectation) bool { return e.Space == name.Space && e.Local == name.Local }) {
				t.Errorf("%s at %v was not expected", name.Raw, tok.Pos(tok.Offset))
			}
			v.StartElement(tok.Name, tok.Attrs, tok.Offset)
			l := v.Attributes()
			for _, a := range tok.Attrs {
				if !slices.ContainsFunc(l, func(e Expectation) bool { return e.Space == a.Name.Space && e.Local == a.Name.Local }) {
					t.Errorf("@%s of %s is not among its attributes", a.Name.Raw, name.Raw)
				}
			}
			for _, e := range l {
				if e.Required && !slices.ContainsFunc(tok.Attrs, func(a xmltok.Attr) bool { return e.Space == a.Name.Space && e.Local == a.Name.Local }) {
					t.Errorf("%s has no @%s, which is said to be required", name.Raw, e.Local)
				}
			}
		case xmltok.EndElement:
			for _, e := range v.Elements() {
				if e.Required {
					t.Errorf("%s ends at %v, and %s is said to be required", tok.Name.Raw, tok.Pos(tok.Offset), e.Local)
				}
			}
			v.EndElement(tok.Offset)
		case xmltok.Text:
			v.Text(tok.Text, tok.Blank, tok.Offset)
		case xmltok.EOF:
			if l := v.End(); len(l) > 0 || elements < 100 {
				t.Errorf("%d elements, %v", elements, l)
			}
			return
		}
	}
}

// treeEvents gives a tree to a validator.
func treeEvents(s *Schema, v *Validator, e *etree.Element) {
	name := func(space, prefix, local string) *xmltok.Name {
		n := s.ExpandedName(space, local)
		if prefix != "" {
			n.Prefix, n.Raw = prefix, prefix+":"+local
		}
		return n
	}
	var attrs []xmltok.Attr
	for i := range e.Attr {
		a := &e.Attr[i]
		if a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns" {
			continue
		}
		space := a.NamespaceURI()
		if a.Space == "xml" {
			space = xmlNamespace
		}
		value := strings.NewReplacer("\n", " ", "\t", " ").Replace(a.Value)
		attrs = append(attrs, xmltok.Attr{Name: name(space, a.Space, a.Key), Value: []byte(value)})
	}
	v.StartElement(name(e.NamespaceURI(), e.Space, e.Tag), attrs, 0)
	for _, k := range e.Child {
		switch k := k.(type) {
		case *etree.Element:
			treeEvents(s, v, k)
		case *etree.CharData:
			v.Text([]byte(k.Data), blank([]byte(k.Data)), 0)
		}
	}
	v.EndElement(0)
}

// places are what a message says of lines.
var places = regexp.MustCompile(`(line|at) \d+(:\d+)?`)

func TestEventsGiveTheFindingsOfBytes(t *testing.T) {
	s := compileShared(t, "schemas/tei/tei_all.rng")
	var files []string
	for _, pattern := range []string{"tei/real/*.xml", "tei/mutants/*.xml"} {
		l, err := filepath.Glob(sharedFile(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, l...)
	}
	compared, findings := 0, 0
	for _, file := range files {
		doc, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(doc, []byte("<!ENTITY")) || bytes.Contains(doc, []byte("<!ATTLIST")) {
			continue // etree reads no declarations
		}
		tree := etree.NewDocument()
		if err := tree.ReadFromBytes(doc); err != nil {
			continue // not well-formed: no tree
		}
		v := s.NewValidator(Options{}, placeless{}, nil)
		treeEvents(s, v, tree.Root())
		write := func(l diag.List) string {
			var lines []string
			for _, f := range l {
				lines = append(lines, fmt.Sprintf("%s: %s", f.Code, places.ReplaceAllString(f.Message, "$1 …")))
			}
			return strings.Join(lines, "\n")
		}
		byEvents, byBytes := v.End(), ours(t, s, doc)
		compared++
		findings += len(byBytes)
		if a, b := write(byEvents), write(byBytes); a != b {
			t.Errorf("%s: by events\n%s\nby bytes\n%s", file, a, b)
		}
	}
	t.Logf("%d documents, %d findings", compared, findings)
	if compared < 30 || findings < 20 {
		t.Error("these documents prove little")
	}
}
