package relaxng

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// An exhaustive matcher: RELAX NG by its definition (clause 6), which tries all
// ways to part attributes and children, on all small patterns and all small
// documents. It shares nothing with the engine, which must say the same; and
// the restrictions (clause 7) are said again by their definitions.

// small is a pattern. Optional p is a choice of empty and p, zeroOrMore one with
// oneOrMore.
type small struct {
	kind string // as the XML syntax calls it; "element" and "attribute" have a name
	name string // or the value's
	a, b *small
}

// child is an element, or a string where name is "".
type child struct {
	name  string
	text  string
	attrs []attr
	kids  []child // no two strings side by side
}

type attr struct{ name, value string }

// matches is clause 6.2: do the attributes and the children match the pattern?
func (p *small) matches(attrs []attr, m []child) bool {
	switch p.kind {
	case "notAllowed":
		return false
	case "empty":
		return len(attrs) == 0 && len(m) == 0
	case "text":
		return len(attrs) == 0 && !slices.ContainsFunc(m, func(i child) bool { return i.name != "" })
	case "data", "value":
		return len(attrs) == 0 && len(m) == 1 && m[0].name == "" && p.holds(m[0].text)
	case "list": // 6.2.10: of the string, split at white space
		if len(attrs) > 0 || len(m) != 1 || m[0].name != "" {
			return false
		}
		var tokens []child
		for _, s := range strings.Fields(m[0].text) {
			tokens = append(tokens, child{text: s})
		}
		return p.a.matches(nil, tokens)
	case "choice":
		return p.a.matches(attrs, m) || p.b.matches(attrs, m)
	case "element":
		m = bared(m)
		return len(attrs) == 0 && len(m) == 1 && m[0].name == p.name && p.a.weakly(m[0].attrs, m[0].kids)
	case "attribute":
		return len(m) == 0 && len(attrs) == 1 && attrs[0].name == p.name && p.a.weakly(nil, textOf(attrs[0].value))
	case "group":
		for k := range len(m) + 1 {
			if parts(attrs, func(a, b []attr) bool { return p.a.matches(a, m[:k]) && p.b.matches(b, m[k:]) }) {
				return true
			}
		}
		return false
	case "interleave":
		return parts(m, func(x, y []child) bool {
			return parts(attrs, func(a, b []attr) bool { return p.a.matches(a, x) && p.b.matches(b, y) })
		})
	case "oneOrMore":
		if p.a.matches(attrs, m) {
			return true
		}
		// The first part is not empty: what an empty one matches, the rest does too.
		for k := range len(m) + 1 {
			if parts(attrs, func(a, b []attr) bool {
				return len(a)+k > 0 && p.a.matches(a, m[:k]) && p.matches(b, m[k:])
			}) {
				return true
			}
		}
		return false
	}
	panic("no pattern " + p.kind)
}

// weakly is 6.2.7, the match of an element's or an attribute's inside: white
// space alone is also nothing, and nothing also the empty string.
func (p *small) weakly(attrs []attr, m []child) bool {
	if p.matches(attrs, m) {
		return true
	}
	if len(m) == 0 {
		return p.matches(attrs, []child{{}})
	}
	return len(m) == 1 && m[0].name == "" && strings.TrimSpace(m[0].text) == "" && p.matches(attrs, nil)
}

// bared is m without white space around an element.
func bared(m []child) []child {
	return slices.DeleteFunc(slices.Clone(m), func(i child) bool { return i.name == "" && strings.TrimSpace(i.text) == "" })
}

func textOf(s string) []child {
	if s == "" {
		return nil
	}
	return []child{{text: s}}
}

// holds is the type's answer: data is xsd:integer, a value is a token.
func (p *small) holds(s string) bool {
	s = strings.Join(strings.Fields(s), " ")
	if p.kind == "value" {
		return s == p.name
	}
	digits := strings.TrimLeft(s, "+-")
	return digits != "" && len(s)-len(digits) <= 1 && strings.Trim(digits, "0123456789") == ""
}

// parts tries all ways to part a sequence in two that keep its order.
func parts[T any](l []T, ok func(a, b []T) bool) bool {
	for mask := range 1 << len(l) {
		var a, b []T
		for i, x := range l {
			if mask>>i&1 == 1 {
				a = append(a, x)
			} else {
				b = append(b, x)
			}
		}
		if ok(a, b) {
			return true
		}
	}
	return false
}

// simple is the pattern after 4.20 and 4.21: notAllowed and empty taken out.
func (p *small) simple() *small {
	if p.a == nil {
		return p
	}
	q := &small{kind: p.kind, name: p.name, a: p.a.simple()}
	if p.b != nil {
		q.b = p.b.simple()
	}
	is := func(x *small, kind string) bool { return x != nil && x.kind == kind }
	switch p.kind {
	case "choice":
		switch {
		case is(q.a, "notAllowed"), is(q.a, "empty") && is(q.b, "empty"):
			return q.b
		case is(q.b, "notAllowed"):
			return q.a
		}
	case "group", "interleave":
		switch {
		case is(q.a, "notAllowed"), is(q.b, "empty"):
			return q.a
		case is(q.b, "notAllowed"), is(q.a, "empty"):
			return q.b
		}
	case "oneOrMore":
		if is(q.a, "notAllowed") || is(q.a, "empty") {
			return q.a
		}
	case "attribute", "list":
		if is(q.a, "notAllowed") {
			return q.a
		}
	}
	return q
}

// each calls f for all patterns of p's own element, p included, with the kinds
// around them.
func (p *small) each(around []string, f func(q *small, around []string)) {
	f(p, around)
	if p.kind == "element" {
		return
	}
	around = append(slices.Clip(around), p.kind)
	for _, q := range []*small{p.a, p.b} {
		if q != nil {
			q.each(around, f)
		}
	}
}

// correct is clause 7 for the content of an element.
func (p *small) correct() bool {
	ok := true
	p.each(nil, func(q *small, around []string) {
		in := func(kind string) bool { return slices.Contains(around, kind) }
		switch q.kind {
		case "attribute": // 7.1.1, 7.1.2, 7.1.3
			ok = ok && !in("attribute") && !in("list")
			if i := slices.Index(around, "oneOrMore"); i >= 0 {
				ok = ok && !slices.Contains(around[i:], "group") && !slices.Contains(around[i:], "interleave")
			}
		case "element": // 7.1.1, 7.1.3; its own inside
			ok = ok && !in("attribute") && !in("list") && q.a.correct()
		case "list", "text": // 7.1.3
			ok = ok && !in("list")
		case "interleave": // 7.1.3, 7.4
			ok = ok && !in("list") && !(slices.ContainsFunc(q.a.names("element"), func(n string) bool { return slices.Contains(q.b.names("element"), n) })) &&
				!(len(q.a.names("text")) > 0 && len(q.b.names("text")) > 0)
		}
		if q.kind == "group" || q.kind == "interleave" { // 7.3
			for _, n := range q.a.names("attribute") {
				ok = ok && !slices.Contains(q.b.names("attribute"), n)
			}
		}
	})
	return ok && p.contentType() >= 0
}

// names lists what patterns of a kind p has outside of elements and attributes.
func (p *small) names(kind string) (l []string) {
	p.each(nil, func(q *small, around []string) {
		if q.kind == kind && !slices.Contains(around, "attribute") {
			l = append(l, q.name)
		}
	})
	return l
}

// contentType is 7.2: 0 empty, 1 complex, 2 simple, -1 none.
func (p *small) contentType() int {
	groupable := func(a, b int) bool { return a >= 0 && b >= 0 && (a == 0 || b == 0 || a == 1 && b == 1) }
	switch p.kind {
	case "data", "value", "list":
		return 2
	case "text", "element":
		return 1
	case "attribute":
		return min(0, p.a.contentType())
	case "choice":
		if a, b := p.a.contentType(), p.b.contentType(); a >= 0 && b >= 0 {
			return max(a, b)
		}
		return -1
	case "group", "interleave":
		if a, b := p.a.contentType(), p.b.contentType(); groupable(a, b) {
			return max(a, b)
		}
		return -1
	case "oneOrMore":
		if a := p.a.contentType(); groupable(a, a) {
			return a
		}
		return -1
	}
	return 0
}

// write writes the pattern in the XML syntax.
func (p *small) write(b *strings.Builder) {
	b.WriteString("<" + p.kind)
	switch p.kind {
	case "element", "attribute":
		b.WriteString(` name="` + p.name + `"`)
	case "data":
		b.WriteString(` type="integer"`)
	case "value":
		b.WriteString(">" + p.name + "</value>")
		return
	}
	b.WriteString(">")
	for _, q := range []*small{p.a, p.b} {
		if q != nil {
			q.write(b)
		}
	}
	b.WriteString("</" + p.kind + ">")
}

// schema is a schema whose document element r holds the pattern.
func (p *small) schema() []byte {
	var b strings.Builder
	b.WriteString(`<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">`)
	p.write(&b)
	b.WriteString("</element>")
	return []byte(b.String())
}

// patternsOf lists all patterns of a number of nodes, but for the order of
// choices and interleaves.
func patternsOf(size int, smaller [][]*small) (l []*small) {
	if size == 1 {
		for _, kind := range []string{"empty", "text", "data", "notAllowed"} {
			l = append(l, &small{kind: kind})
		}
		return append(l, &small{kind: "value", name: "q"})
	}
	for _, p := range smaller[size-1] {
		for _, name := range []string{"a", "b"} {
			l = append(l, &small{kind: "element", name: name, a: p})
		}
		for _, name := range []string{"x", "y"} {
			l = append(l, &small{kind: "attribute", name: name, a: p})
		}
		l = append(l, &small{kind: "oneOrMore", a: p}, &small{kind: "list", a: p}, &small{kind: "choice", a: &small{kind: "empty"}, b: p})
	}
	for k := 1; k < size-1; k++ {
		for i, p := range smaller[k] {
			for j, q := range smaller[size-1-k] {
				l = append(l, &small{kind: "group", a: p, b: q})
				if k < size-1-k || k == size-1-k && i <= j {
					l = append(l, &small{kind: "choice", a: p, b: q}, &small{kind: "interleave", a: p, b: q})
				}
			}
		}
	}
	return l
}

// smallPatterns lists all patterns up to a size.
func smallPatterns(size int) (all []*small) {
	sized := [][]*small{nil}
	for n := 1; n <= size; n++ {
		sized = append(sized, patternsOf(n, sized))
		all = append(all, sized[n]...)
	}
	return all
}

// smallDocuments lists the documents: r with some attributes and children.
func smallDocuments() (l []child) {
	attrs := [][]attr{nil, {{"x", "1"}}, {{"x", "q"}}, {{"y", ""}}, {{"y", " q "}}, {{"x", "1"}, {"y", "q"}}}
	kids := []child{{text: "1"}, {text: "q"}, {text: " "}, {text: "q 1"}, {name: "a"}, {name: "b"}, {name: "a", kids: []child{{text: "1"}}},
		{name: "a", attrs: []attr{{"x", "1"}}}, {name: "b", kids: []child{{name: "a"}}}, {name: "a", kids: []child{{text: " "}, {name: "b"}}}}
	var contents [][]child
	var grow func(m []child, most int)
	grow = func(m []child, most int) {
		contents = append(contents, slices.Clone(m))
		if most == 0 {
			return
		}
		for i, k := range kids {
			if len(m) > 0 && (k.name == "" && m[len(m)-1].name == "" || i > 5 && len(m) > 1) {
				continue
			}
			grow(append(slices.Clip(m), k), most-1)
		}
	}
	grow(nil, 3)
	for _, m := range contents {
		for i, a := range attrs {
			if len(m) < 2 || i == 0 || len(m) == 2 && i == 1 {
				l = append(l, child{name: "r", attrs: a, kids: m})
			}
		}
	}
	return l
}

func (i child) write(b *bytes.Buffer) {
	if i.name == "" {
		b.WriteString(i.text)
		return
	}
	b.WriteString("<" + i.name)
	for _, a := range i.attrs {
		fmt.Fprintf(b, ` %s="%s"`, a.name, a.value)
	}
	b.WriteString(">")
	for _, k := range i.kids {
		k.write(b)
	}
	b.WriteString("</" + i.name + ">")
}

func (i child) bytes() []byte {
	var b bytes.Buffer
	i.write(&b)
	return b.Bytes()
}

func compileSmall(p *small) (*Schema, error) {
	return Compile(fstest.MapFS{"s.rng": {Data: p.schema()}}, "s.rng")
}

// TestEverySmallPatternOnEverySmallDocument compares the engine with the
// definition on all patterns of up to 4 nodes, of 3 with -short; of those of 5
// it takes each 50th, or all where SIGLA_MUTANTS is set.
func TestEverySmallPatternOnEverySmallDocument(t *testing.T) {
	patterns, stride := smallPatterns(4), 50
	switch {
	case os.Getenv("SIGLA_MUTANTS") != "":
		stride = 1
	case testing.Short():
		patterns, stride = smallPatterns(3), 200
	}
	sized := [][]*small{nil}
	for n := 1; n <= 5; n++ {
		sized = append(sized, patternsOf(n, sized))
	}
	for i := 0; i < len(sized[5]); i += stride {
		patterns = append(patterns, sized[5][i])
	}
	documents := smallDocuments()
	texts := make([][]byte, len(documents))
	for i, d := range documents {
		texts[i] = d.bytes()
	}
	correct, valid, faults := 0, 0, 0
	for _, p := range patterns {
		s, err := compileSmall(p)
		if is := p.simple().correct(); is != (err == nil) {
			t.Errorf("%s\nis correct=%v by clause 7; Compile says %v", p.schema(), is, err)
			faults++
		}
		if err != nil || faults > 20 {
			continue
		}
		correct++
		for i, d := range documents {
			want := p.weakly(d.attrs, d.kids)
			if want {
				valid++
			}
			if l := ours(t, s, texts[i]); want != (len(l) == 0) {
				t.Errorf("%s\n%s\nis valid=%v by clause 6; we say %v", p.schema(), texts[i], want, l)
				if faults++; faults > 20 {
					t.Fatal("and so on")
				}
			}
		}
	}
	t.Logf("%d patterns, %d of them correct schemas; %d documents; %d pairs valid", len(patterns), correct, len(documents), valid)
}

// randomPattern is a pattern of a number of nodes.
func randomPattern(r *rand.Rand, size int) *small {
	if size == 1 {
		return &small{kind: pick(r, []string{"empty", "text", "text", "data", "value"}), name: "q"}
	}
	if k := r.IntN(12); size == 2 || k < 6 {
		p := randomPattern(r, size-1)
		switch {
		case size == 2 || k < 3:
			return &small{kind: "element", name: pick(r, []string{"a", "a", "b"}), a: p}
		case k == 3:
			return &small{kind: pick(r, []string{"attribute", "list"}), name: pick(r, []string{"x", "y"}), a: p}
		case k == 4:
			return &small{kind: "oneOrMore", a: p}
		}
		return &small{kind: "choice", a: &small{kind: "empty"}, b: p}
	}
	left := 1 + r.IntN(size-2)
	return &small{kind: pick(r, []string{"choice", "choice", "group", "group", "interleave"}), a: randomPattern(r, left), b: randomPattern(r, size-1-left)}
}

// sample is something the pattern matches; ok is false where nothing was found.
func (p *small) sample(r *rand.Rand) (attrs []attr, m []child, ok bool) {
	switch p.kind {
	case "empty":
		return nil, nil, true
	case "text":
		return nil, textOf(pick(r, []string{"", "q", " 1 q"})), true
	case "data":
		return nil, textOf("7"), true
	case "value":
		return nil, textOf(pick(r, []string{"q", " q "})), true
	case "choice":
		if r.IntN(2) == 0 {
			return p.a.sample(r)
		}
		return p.b.sample(r)
	case "element":
		attrs, kids, ok := p.a.sample(r)
		return nil, []child{{name: p.name, attrs: attrs, kids: kids}}, ok
	case "attribute", "list":
		_, m, ok := p.a.sample(r)
		var tokens []string
		for _, t := range m {
			tokens = append(tokens, t.text)
		}
		text := strings.Join(tokens, " ")
		if p.kind == "list" {
			return nil, textOf(text), ok
		}
		return []attr{{p.name, text}}, nil, ok
	case "group", "interleave":
		attrs, m, ok = p.a.sample(r)
		others, n, ok2 := p.b.sample(r)
		attrs = append(attrs, others...)
		if p.kind == "group" {
			return attrs, append(m, n...), ok && ok2
		}
		at := 0
		for _, c := range n { // those of b keep their order
			at += r.IntN(len(m) - at + 1)
			m = slices.Insert(m, at, c)
			at++
		}
		return attrs, m, ok && ok2
	case "oneOrMore":
		ok = true
		for range 1 + r.IntN(3) {
			a, n, is := p.a.sample(r)
			attrs, m, ok = append(attrs, a...), append(m, n...), ok && is
		}
		return attrs, m, ok
	}
	return nil, nil, false
}

// parsed is r with content as a parser would give it: no two strings side by
// side, no attribute twice.
func parsed(attrs []attr, m []child) child {
	d := child{name: "r"}
	for _, a := range attrs {
		if !slices.ContainsFunc(d.attrs, func(o attr) bool { return o.name == a.name }) {
			d.attrs = append(d.attrs, a)
		}
	}
	for _, c := range m {
		k := len(d.kids) - 1
		switch {
		case c.name != "":
			inside := parsed(c.attrs, c.kids)
			inside.name = c.name
			d.kids = append(d.kids, inside)
		case k >= 0 && d.kids[k].name == "":
			d.kids[k].text += c.text
		case c.text != "":
			d.kids = append(d.kids, c)
		}
	}
	return d
}

// widest is the most children that an element in d has.
func (d child) widest() int {
	most := len(d.kids)
	for _, c := range d.kids {
		most = max(most, c.widest())
	}
	return most
}

// changed is d with a small change, mostly.
func (d child) changed(r *rand.Rand) child {
	kids, attrs := slices.Clone(d.kids), slices.Clone(d.attrs)
	if len(kids) > 0 {
		i := r.IntN(len(kids))
		switch r.IntN(6) {
		case 0:
			kids = slices.Delete(kids, i, i+1)
		case 1:
			kids = slices.Insert(kids, i, kids[r.IntN(len(kids))])
		case 2:
			kids[i], kids[0] = kids[0], kids[i]
		case 3:
			if kids[i].name != "" {
				kids[i].name = pick(r, []string{"a", "b"})
			}
		case 4:
			if kids[i].name != "" {
				name := kids[i].name
				kids[i] = kids[i].changed(r)
				kids[i].name = name
			}
		}
	} else {
		kids = append(kids, pick(r, []child{{name: "a"}, {name: "b"}, {text: "q"}, {text: " "}}))
	}
	if r.IntN(4) == 0 {
		attrs = append(attrs[:len(attrs)/2:len(attrs)/2], attr{pick(r, []string{"x", "y"}), pick(r, []string{"q", "7", ""})})
	}
	return parsed(attrs, kids)
}

// TestRandomPatternsOnTheirDocuments goes on with larger patterns, among them
// many in which one start tag can be several elements: on documents made from
// the pattern, and on these with small changes.
func TestRandomPatternsOnTheirDocuments(t *testing.T) {
	want := mutantCount(2000)
	patterns, valid, pairs, faults := 0, 0, 0, 0
	for number := 0; patterns < want; number++ {
		r := rand.New(rand.NewPCG(6, uint64(number)))
		p := randomPattern(r, 6+r.IntN(12))
		s, err := compileSmall(p)
		if is := p.simple().correct(); is != (err == nil) {
			t.Fatalf("%s\nis correct=%v by clause 7; Compile says %v", p.schema(), is, err)
		}
		if err != nil {
			continue
		}
		patterns++
		for range 12 {
			attrs, m, ok := p.sample(r)
			d := parsed(attrs, m)
			if !ok || d.widest() > 7 { // the matcher tries all partitions
				continue
			}
			for range 3 {
				pairs++
				want := p.weakly(d.attrs, d.kids)
				if want {
					valid++
				}
				if l := ours(t, s, d.bytes()); want != (len(l) == 0) {
					t.Errorf("%s\n%s\nis valid=%v by clause 6; we say %v", p.schema(), d.bytes(), want, l)
					if faults++; faults > 10 {
						t.Fatal("and so on")
					}
				}
				d = d.changed(r)
			}
		}
	}
	t.Logf("%d patterns, %d pairs, %d of them valid", patterns, pairs, valid)
}

// TestTheDefinitionAgreesWithJing asks jing of some of the same patterns, so
// that an error in the matcher above can't hide one of the engine.
func TestTheDefinitionAgreesWithJing(t *testing.T) {
	patterns := smallPatterns(4)
	documents := smallDocuments()
	n := 0
	for i := 0; i < len(patterns); i += 37 {
		p := patterns[i]
		var docs [][]byte
		for k := i % 5; k < len(documents); k += 5 {
			docs = append(docs, documents[k].bytes())
		}
		v, path := jingOnSchema(t, "small.rng", p.schema())
		if is := p.simple().correct(); v.valid != is {
			t.Errorf("%s\nis correct=%v by clause 7; jing says %v", p.schema(), is, v)
		}
		if !v.valid {
			continue
		}
		for k, v := range jing(t, path, docs...) {
			d := documents[i%5+5*k]
			if n++; v.valid != p.weakly(d.attrs, d.kids) {
				t.Errorf("%s\n%s\nis valid=%v by clause 6; jing says %v", p.schema(), docs[k], p.weakly(d.attrs, d.kids), v)
			}
		}
	}
	t.Logf("%d pairs", n)
}

// childOf reads a document for the matcher; ok is false where it has more than
// elements without namespaces, or is large.
func childOf(doc []byte) (root child, ok bool) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	open := []*child{{}}
	size := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if size++; err != nil || size > 24 {
			return child{}, false
		}
		top := open[len(open)-1]
		switch tok := tok.(type) {
		case xml.StartElement:
			e := child{name: tok.Name.Local}
			if tok.Name.Space != "" || strings.Contains(tok.Name.Local, ":") || len(tok.Attr) > 3 {
				return child{}, false
			}
			for _, a := range tok.Attr {
				if a.Name.Space != "" || a.Name.Local == "xmlns" {
					return child{}, false
				}
				e.attrs = append(e.attrs, attr{a.Name.Local, a.Value})
			}
			top.kids = append(top.kids, e)
			open = append(open, &top.kids[len(top.kids)-1])
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if k := len(top.kids); k > 0 && top.kids[k-1].name == "" {
				top.kids[k-1].text += string(tok)
			} else if len(tok) > 0 {
				top.kids = append(top.kids, child{text: string(tok)})
			}
		default:
			return child{}, false
		}
	}
	elements := bared(open[0].kids)
	if len(open) != 1 || len(elements) != 1 || elements[0].name == "" || len(open[0].kids) > 7 {
		return child{}, false
	}
	return elements[0], true
}
