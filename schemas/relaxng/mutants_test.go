package relaxng

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"sigla/schemas/xmltok"
)

// Mutants: real documents with one mistake each, made of their bytes by a seeded
// generator, so that each can be made again from its number. jing says which
// are mistakes indeed.

// mutant is a document with a mistake.
type mutant struct {
	number int
	kind   string // of the mutation
	what   string // the mutation, for people
	doc    []byte
	right  []int  // the offsets at which a finding about the mistake may stand
	half   []byte // where something is moved: without it, so that its old place is judged alone
}

// piece is an element of a document as bytes, or text in one.
type piece struct {
	name       string // as written; "" for text
	from, to   int    // all of it
	open, shut int    // the ends of the start tag and of the content
	attrs      []attrAt
	parent     *piece
	kids       []*piece
}

type attrAt struct {
	name           string
	from, value    int // the white space before it; the value
	valueTo, until int
}

func (n *piece) isText() bool { return n.name == "" }

// empty reports whether the element was written as one tag.
func (n *piece) empty() bool { return n.open == n.to }

// elements lists the children that are elements.
func (n *piece) elements() []*piece {
	return slices.DeleteFunc(slices.Clone(n.kids), (*piece).isText)
}

// next is the first sibling after n that is not white space, or nil.
func (n *piece) next(doc []byte) *piece {
	i := slices.Index(n.parent.kids, n)
	for _, s := range n.parent.kids[i+1:] {
		if !s.isText() || len(bytes.TrimSpace(doc[s.from:s.to])) > 0 {
			return s
		}
	}
	return nil
}

// begins is where n is told of: the first character that is not white space.
func (n *piece) begins(doc []byte) int {
	if !n.isText() {
		return n.from
	}
	return n.to - len(bytes.TrimLeft(doc[n.from:n.to], " \t\r\n"))
}

// piecesOf is pieces for a document that is well-formed.
func piecesOf(t testing.TB, doc []byte) (elements, texts []*piece) {
	t.Helper()
	elements, texts, err := pieces(doc)
	if err != nil {
		t.Fatal(err)
	}
	return elements, texts
}

// pieces reads a document without entities into its elements, in document
// order, and its texts.
func pieces(doc []byte) (elements, texts []*piece, err error) {
	tok := xmltok.NewBytes("doc.xml", doc, nil)
	var open []*piece
	for {
		kind, err := tok.Next()
		if err != nil {
			return nil, nil, err
		}
		switch kind {
		case xmltok.EOF:
			return elements, texts, nil
		case xmltok.StartElement:
			n := &piece{name: tok.Name.Raw, from: tok.Offset, open: tok.End, shut: tok.End, to: tok.End}
			for _, a := range tok.Attrs {
				to := a.ValueOffset + bytes.IndexByte(doc[a.ValueOffset:], doc[a.ValueOffset-1])
				from := a.Offset
				for from > 0 && strings.ContainsRune(" \t\r\n", rune(doc[from-1])) {
					from--
				}
				n.attrs = append(n.attrs, attrAt{a.Name.Raw, from, a.ValueOffset, to, to + 1})
			}
			if len(open) > 0 {
				n.parent = open[len(open)-1]
				n.parent.kids = append(n.parent.kids, n)
			}
			elements = append(elements, n)
			open = append(open, n)
		case xmltok.EndElement:
			n := open[len(open)-1]
			open = open[:len(open)-1]
			if doc[n.open-2] != '/' {
				n.shut, n.to = tok.Offset, tok.End
			}
		case xmltok.Text:
			if len(open) == 0 {
				continue
			}
			p := open[len(open)-1]
			if k := len(p.kids); k > 0 && p.kids[k-1].isText() && p.kids[k-1].to == tok.Offset {
				p.kids[k-1].to = tok.End
				continue
			}
			n := &piece{from: tok.Offset, to: tok.End, parent: p}
			p.kids = append(p.kids, n)
			texts = append(texts, n)
		}
	}
}

// edit is bytes [from,to) replaced.
type edit struct {
	from, to int
	with     string
}

// apply makes the edits, and moves offsets of the document to where they are
// then.
func apply(doc []byte, edits []edit, offsets []int) ([]byte, []int) {
	edits = slices.SortedStableFunc(slices.Values(edits), func(a, b edit) int { return a.from - b.from })
	var out []byte
	moved := slices.Clone(offsets)
	at := 0
	for _, e := range edits {
		out = append(out, doc[at:e.from]...)
		for i, o := range offsets {
			if o >= e.to && (o > e.from || e.to > e.from) {
				moved[i] += len(e.with) - (e.to - e.from)
			}
		}
		out = append(out, e.with...)
		at = e.to
	}
	return append(out, doc[at:]...), moved
}

// parentDocument is a document that mutants are made from.
type parentDocument struct {
	name     string
	doc      []byte
	elements []*piece
	texts    []*piece
}

// pool is what a schema's documents are made of.
type pool struct {
	documents  []parentDocument
	elements   []string // names that can be put in
	attributes []string
}

// newPool reads the documents, and the names of a schema.
func newPool(t testing.TB, s *Schema, names []string, docs [][]byte) *pool {
	p := &pool{}
	for i, doc := range docs {
		d := parentDocument{name: names[i], doc: doc}
		d.elements, d.texts = piecesOf(t, doc)
		p.documents = append(p.documents, d)
	}
	for _, e := range s.elements {
		if n, ok := e.names.single(); ok && !slices.Contains(p.elements, n.local) {
			p.elements = append(p.elements, n.local)
		}
	}
	for n := range s.attributeNames.names {
		if n.space == "" {
			p.attributes = append(p.attributes, n.local)
		}
	}
	slices.Sort(p.elements)
	slices.Sort(p.attributes)
	return p
}

// strangeValues are values that other types than an attribute's want.
var strangeValues = []string{"", " ", "4/3/1820", "1820-02-30", "1820-13-01", "18200304", "yes", "TRUE", "true", "-1", "0", "3.5", "1e3", "NaN", "INF", "+7",
	"#a", "#a b", "a b", "a:b", "1a", "_a", "http://example.org/%zz", "http://example.org/a b", "p{", "é", "en-GB", "en_GB", "24:00:00", "1820-03-04T25:00:00",
	"P1Y", "P", "--03-04", "---04", "1820-03-04Z", "1820-03-04+14:01", "00000", "-0001", "unknown", "high", "a,b", "100%", "&#10;x", " x "}

// mutate makes the mutant of a number.
func (p *pool) mutate(number int) mutant {
	r := rand.New(rand.NewPCG(3, uint64(number)))
	for {
		d := &p.documents[r.IntN(len(p.documents))]
		kind := mutations[r.IntN(len(mutations))]
		m := mutant{number: number, kind: kind.name}
		var edits []edit
		var offsets []int
		edits, offsets, m.what = kind.make(p, d, r)
		if edits == nil {
			continue
		}
		if m.doc, m.right = apply(d.doc, edits, offsets); bytes.Equal(m.doc, d.doc) {
			continue
		}
		m.what = d.name + ": " + m.what
		if kind.name == "move" {
			m.half, _ = apply(d.doc, edits[:1], nil)
		}
		return m
	}
}

// mutations are the kinds of mistake. Each gives its edits and the offsets at
// which it can be told, in the terms of the document before; it may decline. An
// inserted thing stands at the offset of its insertion, which is moved by no
// insertion there.
var mutations = []struct {
	name string
	make func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string)
}{
	{"drop", func(_ *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if n.parent == nil {
			return nil, nil, ""
		}
		return []edit{{n.from, n.to, ""}}, absence(d, n), "without <" + n.name + ">"
	}},
	{"unwrap", func(_ *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if n.parent == nil || n.empty() {
			return nil, nil, ""
		}
		right := absence(d, n)
		for _, k := range n.kids {
			right = append(right, k.begins(d.doc))
		}
		return []edit{{n.from, n.open, ""}, {n.shut, n.to, ""}}, right, "without the tags of <" + n.name + ">"
	}},
	{"double", func(_ *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		copied := string(d.doc[n.from:n.to])
		if n.parent == nil || strings.Contains(copied, "xml:id") {
			return nil, nil, ""
		}
		return []edit{{n.to, n.to, copied}}, append(absence(d, n), n.to), "<" + n.name + "> twice"
	}},
	{"swap", func(_ *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		l := pick(r, d.elements).elements()
		if len(l) < 2 {
			return nil, nil, ""
		}
		i := r.IntN(len(l) - 1)
		a, b := l[i], l[i+1]
		right := append(absence(d, b), a.from)
		for _, k := range a.parent.kids { // text between them
			if k.isText() && k.from >= a.to && k.to <= b.from {
				right = append(right, k.begins(d.doc)+b.to-b.from-(a.to-a.from))
			}
		}
		doc := string(d.doc)
		edits := []edit{{a.from, b.to, doc[b.from:b.to] + doc[a.to:b.from] + doc[a.from:a.to]}}
		right = append(right, b.to-(a.to-a.from)) // the first, now second
		return edits, right, "<" + b.name + "> before <" + a.name + ">"
	}},
	{"move", func(_ *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n, to := pick(r, d.elements), pick(r, d.elements)
		if n.parent == nil || to.empty() || to.from >= n.from && to.from < n.to || to == n.parent {
			return nil, nil, ""
		}
		at := to.shut
		if r.IntN(2) == 0 {
			at = to.open
		}
		right := append(absence(d, n), at)
		return []edit{{n.from, n.to, ""}, {at, at, string(d.doc[n.from:n.to])}}, right, "<" + n.name + "> into <" + to.name + ">"
	}},
	{"rename", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		name := n.name
		switch r.IntN(3) {
		case 0:
			name = pick(r, p.elements)
		case 1:
			name = misspell(r, n.name)
		case 2:
			name = otherCase(r, n.name)
		}
		return renameTo(d, n, name, ""), presence(d, n), "<" + n.name + "> as <" + name + ">"
	}},
	{"namespace", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if n.parent == nil || len(n.elements()) > 0 {
			return nil, nil, ""
		}
		space := pick(r, []string{"", "http://www.w3.org/1999/xhtml", "http://www.tei-c.org/ns/2.0"})
		return renameTo(d, n, n.name, ` xmlns="`+space+`"`), presence(d, n), "<" + n.name + "> in the namespace " + space
	}},
	{"retype", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if len(n.attrs) == 0 {
			return nil, nil, ""
		}
		a := pick(r, n.attrs)
		v := pick(r, strangeValues)
		return []edit{{a.value, a.valueTo, v}}, []int{a.value}, fmt.Sprintf("@%s of <%s> is %q", a.name, n.name, v)
	}},
	{"attribute added", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		name := pick(r, p.attributes)
		if slices.ContainsFunc(n.attrs, func(a attrAt) bool { return a.name == name }) {
			return nil, nil, ""
		}
		// The edit begins before all, so that the offsets stand in it and stay.
		at := n.from + 1 + len(n.name)
		return []edit{{0, len(d.doc), string(d.doc[:at]) + ` ` + name + `="1"` + string(d.doc[at:])}}, []int{at + 1, at + 1 + len(name) + 2}, "@" + name + " on <" + n.name + ">"
	}},
	{"attribute removed", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if len(n.attrs) == 0 {
			return nil, nil, ""
		}
		a := pick(r, n.attrs)
		return []edit{{a.from, a.until, ""}}, []int{n.from}, "<" + n.name + "> without @" + a.name
	}},
	{"attribute renamed", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if len(n.attrs) == 0 {
			return nil, nil, ""
		}
		a := pick(r, n.attrs)
		name := a.name
		switch r.IntN(3) {
		case 0:
			name = pick(r, p.attributes)
		case 1:
			name = misspell(r, a.name)
		case 2:
			name = otherCase(r, a.name)
		}
		if strings.HasPrefix(name, "xmlns") || slices.ContainsFunc(n.attrs, func(o attrAt) bool { return o.name == name }) {
			return nil, nil, ""
		}
		from := a.value - 1
		for d.doc[from] != '=' {
			from--
		}
		from = a.from + len(d.doc[a.from:from]) - len(bytes.TrimLeft(d.doc[a.from:from], " \t\r\n"))
		return []edit{{from, from + len(a.name), name}}, []int{n.from, from, a.value}, "@" + a.name + " of <" + n.name + "> as @" + name
	}},
	{"text inserted", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		n := pick(r, d.elements)
		if n.empty() {
			return nil, nil, ""
		}
		at := pick(r, []int{n.open, n.shut})
		return []edit{{at, at, "stray words"}}, []int{at}, "text in <" + n.name + ">"
	}},
	{"text deleted", func(p *pool, d *parentDocument, r *rand.Rand) ([]edit, []int, string) {
		if len(d.texts) == 0 {
			return nil, nil, ""
		}
		n := pick(r, d.texts)
		return []edit{{n.from, n.to, ""}}, []int{n.parent.shut}, "<" + n.parent.name + "> without its text"
	}},
}

// absence is the places that show that n is not there: what comes next in its
// parent, and the parent's end tag.
func absence(d *parentDocument, n *piece) []int {
	right := []int{n.parent.shut}
	if s := n.next(d.doc); s != nil {
		right = append(right, s.begins(d.doc))
	}
	return right
}

// presence is the places that show that n is another element than its place or
// its inside asks for.
func presence(d *parentDocument, n *piece) []int {
	right := []int{n.from}
	for _, a := range n.attrs {
		right = append(right, d.attrName(a), a.value)
	}
	for _, k := range n.kids {
		right = append(right, k.begins(d.doc))
	}
	right = append(right, n.shut)
	if n.parent != nil {
		right = append(right, absence(d, n)...)
	}
	return right
}

func (d *parentDocument) attrName(a attrAt) int {
	return a.value - len(bytes.TrimLeft(d.doc[a.from:a.value], " \t\r\n"))
}

// renameTo renames the tags of n and adds to the start tag.
func renameTo(d *parentDocument, n *piece, name, add string) []edit {
	if name+add == n.name {
		return nil
	}
	edits := []edit{{n.from + 1, n.from + 1 + len(n.name), name + add}}
	if !n.empty() {
		edits = append(edits, edit{n.shut + 2, n.shut + 2 + len(n.name), name})
	}
	return edits
}

func pick[T any](r *rand.Rand, l []T) T { return l[r.IntN(len(l))] }

// misspell leaves out, doubles or swaps a letter behind the first.
func misspell(r *rand.Rand, s string) string {
	if len(s) < 3 || strings.Contains(s, ":") {
		return s + "x"
	}
	i := 1 + r.IntN(len(s)-2)
	switch r.IntN(3) {
	case 0:
		return s[:i] + s[i+1:]
	case 1:
		return s[:i] + s[i:i+1] + s[i:]
	}
	return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
}

func otherCase(r *rand.Rand, s string) string {
	switch l := strings.ToLower(s); {
	case l != s:
		return l
	case r.IntN(2) == 0:
		return strings.ToUpper(s)
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// teiDocuments are real documents up to a size, with those of their own shape
// that tei_all allows.
func teiDocuments(t testing.TB, size int) (names []string, docs [][]byte) {
	t.Helper()
	for _, pattern := range []string{"tei/real/*.xml", "text/*/gold/*.xml", "gold/*.xml"} {
		l, err := filepath.Glob(sharedFile(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range l {
			doc, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc) <= size && !bytes.Contains(doc, []byte("<!DOCTYPE")) && len(ours(t, compileShared(t, "schemas/tei/tei_all.rng"), doc)) == 0 {
				names = append(names, filepath.Base(file))
				docs = append(docs, doc)
			}
		}
	}
	return names, docs
}

// mutantCount is how many mutants a test makes: a few, or SIGLA_MUTANTS.
func mutantCount(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("SIGLA_MUTANTS")); err == nil {
		return n
	}
	if testing.Short() {
		return usual / 4
	}
	return usual
}

func TestVerdictsOfMutants(t *testing.T) {
	const schema = "schemas/tei/tei_all.rng"
	s := compileShared(t, schema)
	names, docs := teiDocuments(t, 60<<10)
	compareMutants(t, s, sharedFile(t, schema), newPool(t, s, names, docs), mutantCount(300))
}

func TestVerdictsOfMutantsUnderSchemasOfProjects(t *testing.T) {
	for _, name := range []string{"dtabf", "dracor", "eltec-1", "mei-all-5.1"} {
		t.Run(name, func(t *testing.T) {
			doc, err := os.ReadFile(filepath.Join("testdata", "projects", name+".xml"))
			if err != nil {
				t.Fatal(err)
			}
			schema := "schemas/projects/" + name + ".rng"
			s := compileShared(t, schema)
			if v := jing(t, sharedFile(t, schema), doc)[0]; !v.valid {
				t.Fatalf("the document itself is not valid: %v", v)
			}
			p := newPool(t, s, []string{name}, [][]byte{doc})
			compareMutants(t, s, sharedFile(t, schema), p, mutantCount(800)/4)
		})
	}
}

// relaxNames are what schemas of the XML syntax are made of.
var (
	relaxElements = []string{"anyName", "attribute", "choice", "data", "define", "div", "element", "empty", "except", "externalRef", "grammar", "group",
		"include", "interleave", "list", "mixed", "name", "notAllowed", "nsName", "oneOrMore", "optional", "param", "parentRef", "ref", "start", "text", "value", "zeroOrMore"}
	relaxAttributes = []string{"combine", "datatypeLibrary", "href", "name", "ns", "type"}
)

// exception is a difference from jing with the clause that decides it.
type exception struct {
	clause string
	is     func(v verdict, err error) bool
}

// jingErrs are faults of schemas in which jing, not we, departs from the text.
var jingErrs = []exception{
	{"a facet but pattern stands once (XML Schema part 2, 4.3: facets are a set; jing takes the last)", func(v verdict, err error) bool {
		return v.valid && strings.Contains(err.Error(), " is given twice, as ")
	}},
	{"a definition that comes back to itself through an except, with no element between (RELAX NG 4.19)", func(v verdict, err error) bool {
		return v.valid && strings.Contains(err.Error(), "[rng/recursion]")
	}},
	{"a bound is of the base type, of which a pattern beside it is no part (XML Schema part 2, 4.3.7)", func(v verdict, err error) bool {
		return err == nil && strings.Contains(v.first().text, "is not allowed by the base type")
	}},
}

// TestVerdictsOfMutatedSchemas changes schemas as other tests change documents,
// and compares what is said of them: are they correct?
func TestVerdictsOfMutatedSchemas(t *testing.T) {
	p := &pool{elements: relaxElements, attributes: relaxAttributes}
	files, err := filepath.Glob(filepath.Join("testdata", "schemas", "*.rng"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		schema, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := jingOnSchema(t, "whole.rng", schema); !v.valid {
			t.Fatalf("%s: jing says %v", file, v)
		}
		d := parentDocument{name: filepath.Base(file), doc: schema}
		d.elements, d.texts = piecesOf(t, schema)
		p.documents = append(p.documents, d)
	}
	correct, differences, known := 0, 0, 0
	n := mutantCount(600)
	for number := range n {
		m := p.mutate(number)
		v, _ := jingOnSchema(t, "mutant.rng", m.doc)
		if v.broken {
			t.Logf("jing breaks on mutant %d: %v", number, v.messages)
			continue
		}
		if v.valid {
			correct++
		}
		_, err := Compile(fstest.MapFS{"mutant.rng": {Data: m.doc}}, "mutant.rng")
		if v.valid != (err == nil) {
			if slices.ContainsFunc(jingErrs, func(e exception) bool { return e.is(v, err) }) {
				known++
				continue
			}
			if differences++; differences <= 20 {
				t.Errorf("mutant %d, %s, %s: jing says correct=%v %v\nwe say %v", m.number, m.kind, m.what, v.valid, v.messages, err)
			}
			continue
		}
		if err != nil { // a schema's fault has a place, at the tag jing names or before it
			e, ok := err.(*Error)
			if !ok || e.Findings[0].Pos.Line == 0 {
				t.Errorf("mutant %d, %s, %s: no place in %v", m.number, m.kind, m.what, err)
			}
		}
	}
	t.Logf("%d schemas, %d of them correct by jing, %d verdicts that differ, and %d in which jing errs", n, correct, differences, known)
}

// midnight is the one difference on documents in which jing errs: "24:00:00" is
// the midnight that ends a day (XML Schema part 2, second edition, 3.2.7.1);
// libxml2 takes it too.
func midnight(m mutant, v verdict) bool {
	return !v.valid && len(v.messages) == 1 && m.kind == "retype" && strings.HasSuffix(m.what, `is "24:00:00"`)
}

// compareMutants compares verdicts on n mutants, and shows each difference by
// the smallest document that has it.
func compareMutants(t *testing.T, s *Schema, schema string, p *pool, n int) {
	t.Helper()
	valid, elsewhere, differences, known := 0, 0, 0, 0
	for number := range n {
		m := p.mutate(number)
		v := jing(t, schema, m.doc)[0]
		if v.broken {
			t.Errorf("jing breaks on mutant %d: %v", number, v.messages)
			continue
		}
		l := ours(t, s, m.doc)
		if v.valid {
			valid++
		}
		switch {
		case len(l) == 0 && midnight(m, v):
			known++
		case v.valid != (len(l) == 0):
			if differences++; differences > 20 {
				continue
			}
			small := shrink(t, m.doc, func(doc []byte) bool {
				v := jing(t, schema, doc)[0]
				return !v.broken && v.valid != (len(ours(t, s, doc)) == 0)
			})
			t.Errorf("mutant %d, %s, %s: jing says valid=%v %v\nwe say %v\nsmallest:\n%s", m.number, m.kind, m.what, v.valid, jing(t, schema, small)[0].messages, ours(t, s, small), small)
		case !v.valid && !sameEvent(m.doc, l[0].Pos.Offset, v.first()):
			elsewhere++
			t.Logf("mutant %d, %s, %s: first finding\n%v\njing's %d:%d: %s", m.number, m.kind, m.what, l[0], v.first().line, v.first().column, cut(v.first().text, 200))
		}
	}
	t.Logf("%d mutants, %d of them valid by jing, %d verdicts that differ, and %d in which jing errs; %d whose first finding stands at another tag than jing's", n, valid, differences, known, elsewhere)
}

// shrink takes elements, attributes and texts out of a document as long as it
// keeps a property.
func shrink(t testing.TB, doc []byte, keeps func([]byte) bool) []byte {
	for budget := 400; ; {
		elements, texts, err := pieces(doc)
		if err != nil {
			return doc
		}
		var cuts []edit
		for _, n := range elements {
			if n.parent != nil {
				cuts = append(cuts, edit{n.from, n.to, ""})
			}
			for _, a := range n.attrs {
				cuts = append(cuts, edit{a.from, a.until, ""})
			}
		}
		for _, n := range texts {
			cuts = append(cuts, edit{n.from, n.to, ""})
		}
		slices.SortStableFunc(cuts, func(a, b edit) int { return (b.to - b.from) - (a.to - a.from) })
		smaller := false
		for _, c := range cuts {
			if budget--; budget < 0 {
				return doc
			}
			next, _ := apply(doc, []edit{c}, nil)
			if keeps(next) {
				doc, smaller = next, true
				break
			}
		}
		if !smaller {
			return doc
		}
	}
}

func TestMutantsAreMadeAgainFromTheirNumber(t *testing.T) {
	doc := []byte("<a x=\"1\">\n  <b y=\"2\">text</b>\n  <c><d/></c>\n</a>")
	d := parentDocument{name: "a", doc: doc}
	d.elements, d.texts = piecesOf(t, doc)
	p := &pool{documents: []parentDocument{d}, elements: []string{"a", "b"}, attributes: []string{"x", "z"}}
	kinds := map[string]bool{}
	for number := range 200 {
		m, again := p.mutate(number), p.mutate(number)
		if !bytes.Equal(m.doc, again.doc) || !slices.Equal(m.right, again.right) {
			t.Fatalf("mutant %d is not the same twice", number)
		}
		if _, _, err := pieces(m.doc); err != nil {
			t.Errorf("mutant %d, %s, %s is not well-formed:\n%s", number, m.kind, m.what, m.doc)
		}
		kinds[m.kind] = true
	}
	if len(kinds) != len(mutations) {
		t.Errorf("%d of %d kinds of mutation are made", len(kinds), len(mutations))
	}
}

// TestOneMistakeGivesOneMessage takes the mutants that jing calls invalid: each
// is to give one finding, at the place of the mistake. jing's own score stands
// beside it; a message of jing's is taken as at its place where it is the only
// one and at the tag that shows the mistake.
func TestOneMistakeGivesOneMessage(t *testing.T) {
	const schema = "schemas/tei/tei_all.rng"
	const goal = 0.97
	s := compileShared(t, schema)
	names, docs := teiDocuments(t, 60<<10)
	p := newPool(t, s, names, docs)
	want := min(mutantCount(300), 1000)
	type score struct{ all, one, placed, jingOne, jingPlaced int }
	scores := map[string]*score{"all": {}}
	n := 0
	for number := 100_000; n < want; number++ {
		m := p.mutate(number)
		v := jing(t, sharedFile(t, schema), m.doc)[0]
		if v.valid || v.broken || m.half != nil && !jing(t, sharedFile(t, schema), m.half)[0].valid {
			continue // what is missed where it was and too much where it is makes two mistakes
		}
		l := ours(t, s, m.doc)
		if len(l) == 0 && midnight(m, v) {
			continue
		}
		n++
		for _, f := range l {
			if line, column := placeOf(m.doc, f.Pos.Offset); f.Pos.Line != line || f.Pos.Column != column {
				t.Errorf("mutant %d: offset %d is at %d:%d, not %v", m.number, f.Pos.Offset, line, column, f)
			}
		}
		placed := len(l) > 0 && slices.Contains(m.right, l[0].Pos.Offset)
		theirs := slices.DeleteFunc(slices.Clone(v.messages), func(m jingMessage) bool {
			return m.kind == "warning" || strings.HasPrefix(m.text, "first occurrence of ID")
		})
		jingPlaced := len(theirs) > 0 && slices.ContainsFunc(m.right, func(o int) bool {
			return sameEvent(m.doc, o, theirs[0])
		})
		if scores[m.kind] == nil {
			scores[m.kind] = &score{}
		}
		for _, sc := range []*score{scores["all"], scores[m.kind]} {
			sc.all++
			if len(l) == 1 {
				sc.one++
				if placed {
					sc.placed++
				}
			}
			if len(theirs) == 1 {
				sc.jingOne++
				if jingPlaced {
					sc.jingPlaced++
				}
			}
		}
		if len(l) != 1 || !placed {
			t.Logf("mutant %d, %s, %s: right places %s, %d findings; jing %d, the first at %d:%d: %s\n%s", m.number, m.kind, m.what, placesOf(m.doc, m.right),
				len(l), len(theirs), theirs[0].line, theirs[0].column, cut(theirs[0].text, 160), l[:min(len(l), 4)])
		}
	}
	kinds := []string{}
	for k := range scores {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	for _, k := range kinds {
		sc := scores[k]
		t.Logf("%-18s %5d mistakes: one finding %5.1f %%, at its place %5.1f %%; jing %5.1f %%, %5.1f %%", k, sc.all,
			percent(sc.one, sc.all), percent(sc.placed, sc.all), percent(sc.jingOne, sc.all), percent(sc.jingPlaced, sc.all))
	}
	if sc := scores["all"]; float64(sc.placed) < goal*float64(sc.all) {
		t.Errorf("%d of %d mistakes give one finding at their place; %v are wanted", sc.placed, sc.all, goal)
	}
}

// placeOf counts an offset's line and column.
func placeOf(doc []byte, offset int) (line, column int) {
	before := doc[:offset]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

func placesOf(doc []byte, offsets []int) string {
	var l []string
	for _, o := range offsets {
		line, column := placeOf(doc, min(o, len(doc)))
		l = append(l, fmt.Sprintf("%d:%d", line, column))
	}
	return strings.Join(l, " ")
}
