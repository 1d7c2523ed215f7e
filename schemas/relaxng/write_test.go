package relaxng

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sigla/tei/diag"
)

// canonical is a schema's tree as text, the same for trees that say the same:
// names and datatypes are resolved, attributes sorted, what clause 4.12 implies
// and what clause 3 lets one write in two ways is written in one. Annotations
// and comments stay where they are, as far as both syntaxes have that place:
// within an annotation's element white space between elements is not told, a
// comment stands behind the annotations that a pattern begins with, and outside
// of a group that it begins or ends.
func canonical(root *Node) string { return canonicalizer{}.schema(root) }

// loosely is canonical without the white space in annotations, which trang moves.
func loosely(root *Node) string { return canonicalizer{loose: true}.schema(root) }

func (c canonicalizer) schema(root *Node) string {
	head := prologue(root)
	whole := *root
	whole.Kids = slices.Clone(root.Kids[len(head):])
	n := c.element(&whole, writerEnv{ns: boundSpace{inherit: true}}, false)
	if n.bare && len(n.elements()) == 1 {
		i := slices.Index(n.kids, n.elements()[0])
		n.kids[i].kids = slices.Concat(n.kids[:i], n.kids[i].kids, n.kids[i+1:])
		n = n.kids[i]
	}
	n.kids = append(c.comments(head), n.kids...)
	if !n.grammatical() {
		n.leadFirst()
	}
	var b strings.Builder
	n.write(&b, 0)
	return b.String()
}

type canonicalNode struct {
	kind  string // element, foreign, comment, text
	name  string
	attrs []string
	kids  []*canonicalNode
	bare  bool // a group or choice with no annotation of its own
}

func (n *canonicalNode) write(b *strings.Builder, depth int) {
	fmt.Fprintf(b, "%s%s %s %q\n", strings.Repeat(" ", depth), n.kind, n.name, n.attrs)
	for _, k := range n.kids {
		k.write(b, depth+1)
	}
}

func (n *canonicalNode) grammatical() bool {
	return n.name == "grammar" || n.name == "div" || n.name == "include"
}

// leadFirst puts comments behind the annotations that a pattern begins with.
func (n *canonicalNode) leadFirst() {
	end := slices.IndexFunc(n.kids, func(k *canonicalNode) bool { return k.kind == "element" })
	if end < 0 {
		end = len(n.kids)
	}
	slices.SortStableFunc(n.kids[:end], func(a, b *canonicalNode) int {
		return strings.Compare(strings.Replace(a.kind, "foreign", "a", 1), strings.Replace(b.kind, "foreign", "a", 1))
	})
}

type canonicalizer struct {
	loose bool // no white space in annotations
}

func (c canonicalizer) comments(l []*Node) (all []*canonicalNode) {
	for _, k := range l {
		if k.Kind == CommentNode {
			all = append(all, c.comment(k))
		}
	}
	return all
}

func (canonicalizer) comment(n *Node) *canonicalNode {
	var lines []string
	for l := range strings.Lines(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(n.Text)) {
		for strings.Contains(l, "--") {
			l = strings.ReplaceAll(l, "--", "- -")
		}
		lines = append(lines, strings.TrimSpace(l))
	}
	return &canonicalNode{kind: "comment", name: strings.Trim(strings.Join(lines, "|"), "|")}
}

func (c canonicalizer) foreign(n *Node) *canonicalNode {
	x := &canonicalNode{kind: "foreign", name: "{" + n.Space + "}" + n.Local}
	for _, a := range n.Attrs {
		x.attrs = append(x.attrs, "{"+a.Space+"}"+a.Local+"="+a.Value)
	}
	slices.Sort(x.attrs)
	kids, _ := foreignContent(n)
	for _, k := range kids {
		text := k.Text
		if c.loose {
			text = strings.Join(strings.Fields(text), "")
		}
		switch k.Kind {
		case TextNode:
			if text == "" {
				continue
			}
			if last := len(x.kids) - 1; last >= 0 && x.kids[last].kind == "text" {
				x.kids[last].name += text
			} else {
				x.kids = append(x.kids, &canonicalNode{kind: "text", name: text})
			}
		case CommentNode:
			x.kids = append(x.kids, c.comment(k))
		default:
			x.kids = append(x.kids, c.foreign(k))
		}
	}
	return x
}

func (s boundSpace) String() string {
	if s.inherit {
		return "inherit"
	}
	return "{" + s.uri + "}"
}

func (c canonicalizer) name(n *Node, text string, ns boundSpace) string {
	text = strings.TrimSpace(text)
	if prefix, local, ok := strings.Cut(text, ":"); ok {
		uri, known := n.Scope.Resolve(prefix)
		if !known {
			uri = "?" + prefix
		}
		return boundSpace{uri: uri}.String() + local
	}
	return ns.String() + text
}

// element is a node of RELAX NG; names tells that it is a name class.
func (c canonicalizer) element(n *Node, e writerEnv, names bool) *canonicalNode {
	e = e.enter(n)
	x := &canonicalNode{kind: "element", name: n.Local}
	set := func(name, value string) { x.attrs = append(x.attrs, name+"="+value) }
	for _, a := range n.Attrs {
		if a.Space != "" {
			set("{"+a.Space+"}"+a.Local, a.Value)
		}
	}
	annotated := len(x.attrs) > 0
	for _, a := range []string{"combine", "href", "type"} {
		if v, ok := n.Attr(a); ok {
			set(a, strings.TrimSpace(v))
		}
	}
	var own *canonicalNode
	switch n.Local {
	case "element", "attribute":
		if v, ok := n.Attr("name"); ok {
			ns := e.ns
			if n.Local == "attribute" {
				u, _ := n.Attr("ns")
				ns = boundSpace{uri: u}
			}
			own = &canonicalNode{kind: "element", name: "name", attrs: []string{"name=" + c.name(n, v, ns)}}
		}
	case "define", "ref", "parentRef", "param":
		v, _ := n.Attr("name")
		set("name", strings.TrimSpace(v))
	case "nsName":
		set("ns", e.ns.String())
	case "include", "externalRef":
		set("ns", e.ns.String())
	case "data":
		set("library", e.library)
	case "value":
		if v, ok := n.Attr("type"); ok {
			set("library", e.library)
			if e.library == datatypesXSD && (v == "QName" || v == "NOTATION") {
				set("means", c.name(n, n.text(), e.ns))
				break
			}
		} else { // 4.4
			set("type", "token")
			set("library", "")
		}
		set("value", n.text())
	case "name":
		set("name", c.name(n, n.text(), e.ns))
	}
	if n.Local == "param" {
		set("value", n.text())
	}
	slices.Sort(x.attrs)
	for _, k := range n.Kids {
		switch {
		case k.Kind == CommentNode:
			x.kids = append(x.kids, c.comment(k))
		case k.Kind == TextNode:
		case k.Space != Namespace:
			x.kids = append(x.kids, c.foreign(k))
		default:
			if own == nil && (n.Local == "element" || n.Local == "attribute") && len(x.elements()) == 0 || names {
				x.kids = c.add(x.kids, c.element(k, e, true))
				continue
			}
			x.kids = c.add(x.kids, c.element(k, e, false))
		}
	}
	if own != nil { // behind the annotations, before comments
		end := slices.IndexFunc(x.kids, func(k *canonicalNode) bool { return k.kind == "element" })
		if end < 0 {
			end = len(x.kids)
		}
		var notes, remarks []*canonicalNode
		for _, k := range x.kids[:end] {
			if k.kind == "foreign" {
				notes = append(notes, k)
			} else {
				remarks = append(remarks, k)
			}
		}
		x.kids = slices.Concat(notes, []*canonicalNode{own}, remarks, x.kids[end:])
	}
	if n.Local == "attribute" && len(x.elements()) == 1 {
		x.kids = append(x.kids, &canonicalNode{kind: "element", name: "text"})
	}
	if !x.grammatical() {
		x.leadFirst()
	}
	if k := x.elements(); (n.Local == "group" || n.Local == "interleave" || n.Local == "choice") && len(k) == 1 {
		x.name = "group"
		if names {
			x.name = "choice"
		}
	}
	x.bare = (n.Local == "group" || n.Local == "interleave" || n.Local == "choice") && !annotated && x.kids[0].kind != "foreign"
	c.implied(x)
	return x
}

// add appends a kid: a group of one pattern and no annotation is that pattern,
// comments at the ends of a group, and at the end of what has no bracket there,
// stand outside, and those in a text before it.
func (c canonicalizer) add(kids []*canonicalNode, k *canonicalNode) []*canonicalNode {
	switch {
	case k.bare && len(k.elements()) == 1:
		return append(kids, k.kids...)
	case k.name == "group" || k.name == "choice" || k.name == "interleave" || k.name == "define" || k.name == "start" || k.name == "except" ||
		slices.ContainsFunc(k.kids, func(x *canonicalNode) bool { return x.name == "except" }):
		from, end := 0, len(k.kids)
		if k.bare {
			for from < end && k.kids[from].kind == "comment" {
				from++
			}
		}
		for end > from && k.kids[end-1].kind == "comment" {
			end--
		}
		kids = append(kids, k.kids[:from]...)
		after := k.kids[end:]
		k.kids = k.kids[from:end:end]
		return append(append(kids, k), after...)
	case k.name == "value" || k.name == "name" || k.name == "param":
		kids = append(kids, k.kids...)
		k.kids = nil
	}
	return append(kids, k)
}

// implied takes out a group or choice that is all of what implies one (4.12).
func (c canonicalizer) implied(x *canonicalNode) {
	local := "group"
	patterns := 1
	switch x.name {
	case "element":
		patterns = 2
	case "define", "zeroOrMore", "oneOrMore", "optional", "list", "mixed":
	case "except":
		local = "choice"
	default:
		return
	}
	l := x.elements()
	if len(l) != patterns || !l[patterns-1].bare || l[patterns-1].name != local {
		return
	}
	i := slices.Index(x.kids, l[patterns-1])
	x.kids = slices.Concat(x.kids[:i], l[patterns-1].kids, x.kids[i+1:])
}

func (n *canonicalNode) elements() (l []*canonicalNode) {
	for _, k := range n.kids {
		if k.kind == "element" {
			l = append(l, k)
		}
	}
	return l
}

// firstDifference is where two texts differ, with the lines before.
func firstDifference(a, b string) string {
	l, m := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range l {
		if i >= len(m) || l[i] != m[i] {
			from := max(0, i-6)
			return fmt.Sprintf("line %d:\n%s\n--- and\n%s", i, strings.Join(l[from:min(i+4, len(l))], "\n"), strings.Join(m[from:min(i+4, len(m))], "\n"))
		}
	}
	return fmt.Sprintf("line %d is missing: %q", len(l), m[min(len(l), len(m)-1)])
}

func mustRead(t testing.TB, name, text string) *Node {
	t.Helper()
	root, findings := readSyntax(name, []byte(text), true)
	if len(findings) > 0 {
		t.Fatalf("%s: %v\n%s", name, findings, numbered(text))
	}
	if SyntaxOf(name) == XML {
		c := &conversion{}
		c.outside(name, []byte(text), root)
	}
	return root
}

func numbered(text string) string {
	var b strings.Builder
	for i, l := range strings.Split(text, "\n") {
		fmt.Fprintf(&b, "%4d %s\n", i+1, l)
		if i > 200 {
			break
		}
	}
	return b.String()
}

// converted reads text and writes it in the other syntax; whole tells that
// nothing is lost.
func converted(t testing.TB, name, text string) (otherName, other string, whole bool) {
	t.Helper()
	root := mustRead(t, name, text)
	if SyntaxOf(name) == Compact {
		return "s.rng", string(writeXML(root)), true
	}
	out, findings := writeCompact(root)
	return "s.rnc", string(out), len(findings) == 0
}

// holdsBothWays converts a schema there and back: the tree stays the same, and
// from then on so do the bytes.
func holdsBothWays(t testing.TB, name, text string) {
	t.Helper()
	bothWays(t, name, text, true)
}

// bothWays does so; the bytes of what is strange may settle one turn later: it
// can make another namespace the default one.
func bothWays(t testing.TB, name, text string, atOnce bool) {
	t.Helper()
	first := canonical(mustRead(t, name, text))
	otherName, other, whole := converted(t, name, text)
	if second := canonical(mustRead(t, otherName, other)); first != second && whole {
		t.Errorf("another tree in %s: %s", otherName, firstDifference(first, second))
		if len(text) < 4000 {
			t.Logf("\n%s\nbecame\n%s", text, other)
		}
		return
	}
	_, back, _ := converted(t, otherName, other)
	if third := canonical(mustRead(t, name, back)); first != third && whole {
		t.Errorf("another tree after %s: %s", otherName, firstDifference(first, third))
	}
	_, again, _ := converted(t, name, back)
	if other != again && whole && atOnce {
		t.Errorf("no fixed point: %s", firstDifference(other, again))
	}
	_, last, _ := converted(t, otherName, again)
	if last != back && whole && atOnce {
		t.Errorf("no fixed point: %s", firstDifference(back, last))
	}
	if _, later, _ := converted(t, name, last); later != again && whole {
		t.Errorf("no fixed point: %s", firstDifference(again, later))
	}
}

func TestSuiteHoldsBothWays(t *testing.T) {
	for _, c := range compactSuite(t) {
		if !c.correct {
			continue
		}
		t.Run(fmt.Sprintf("line-%d", c.line), func(t *testing.T) {
			holdsBothWays(t, "s.rnc", c.compact)
			holdsBothWays(t, "s.rng", c.xml)
		})
	}
	for _, c := range suite(t, "spectest.xml") {
		if c.correct {
			t.Run(fmt.Sprintf("specification-line-%d", c.line), func(t *testing.T) { holdsBothWays(t, "s.rng", c.schema) })
		}
	}
}

func TestSchemasHoldBothWays(t *testing.T) {
	for _, name := range []string{"schemas/tei/tei_all.rng", "schemas/tei/tei_all.rnc", "schemas/projects/dracor.rng", "schemas/projects/dtabf.rng", "schemas/projects/eltec-1.rng", "schemas/projects/mei-all-5.1.rng"} {
		t.Run(path.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(sharedFile(t, name))
			if err != nil {
				t.Fatal(err)
			}
			holdsBothWays(t, name, string(text))
		})
	}
}

// compactSeeds are small schemas that together use all of the compact syntax.
var compactSeeds = []string{
	"element a { text }",
	"namespace e = \"u\"\ndefault namespace d = \"v\"\ndatatypes x = \"http://www.w3.org/2001/XMLSchema-datatypes\"\n\n# c\n\n## doc\n## more\n[ e:a = \"1\" e:b [ c = \"2\" \"t\" e:d [] ] ]\nstart = a | (b, c?) | (d & e*)\na = element e:* - (e:x | y) { attribute q { x:int { minInclusive = \"1\" } - (x:int \"2\" | x:int \"3\") }, \"v\" >> e:n [] }\nb |= mixed { list { token+ } }\nb &= notAllowed\nc = external \"o.rnc\" inherit = e\nd = grammar { start = parent d include \"o.rnc\" { div { start = empty } e:k [] } }\n",
	"namespace l = \"\"\nnamespace i = inherit\nelement l:a | i:b | c { attribute i:d | l:e { \"\"\"x\ny\"\"\" ~ 'z\\x{A}' }, (# c\n text)?, \\element }",
	"default namespace = \"u\"\nattribute a { xsd:QName \"b\" }",
	"start = (a, (b | [ xml:lang = \"e\" ] (c, d)) >> x [ \"y\" ])* # end\n",
}

var xmlSeeds = []string{
	`<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>`,
	`<!-- c --><grammar ns="u" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0" xmlns:e="e"><e:x y="1">t <e:z/></e:x><start><choice><ref name="a"/><group><ref name="b"/></group></choice></start><define name="a" combine="choice"><a:documentation>d</a:documentation><element><anyName><except><nsName/><name>e:q</name></except></anyName><data type="token"><param name="pattern">\x{</param><e:f/><except><value>x</value></except></data><e:g/></element></define></grammar>`,
	`<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="o.rng" ns="x"><define name="text"><element name="b" ns="y"><attribute name="c" ns="z"/></element></define></include></grammar>`,
	`<r:choice xmlns:r="http://relaxng.org/ns/structure/1.0" xmlns:p="x"><r:value type="QName" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" ns="w">p:v</r:value><r:mixed><!-- c --><r:text/></r:mixed></r:choice>`,
}

// FuzzConvert converts what is correct there and back.
func FuzzConvert(f *testing.F) {
	for _, s := range compactSeeds {
		f.Add(true, s)
	}
	for _, s := range xmlSeeds {
		f.Add(false, s)
	}
	f.Fuzz(func(t *testing.T, compact bool, text string) {
		name := "s.rng"
		if compact {
			name = "s.rnc"
		}
		root, findings := readSyntax(name, []byte(text), true)
		if len(findings) > 0 || len(text) > 10_000 {
			return
		}
		if findings := checkSyntax(root); len(findings) > 0 {
			if compact {
				t.Errorf("what is read is not correct: %v", findings)
			}
			return
		}
		if !compact {
			if _, findings := writeCompact(root); len(findings) > 0 {
				return
			}
		}
		bothWays(t, name, text, false)
	})
}

// realSchemas are schemas of projects, and the project's own.
func realSchemas(t testing.TB) (l []string) {
	t.Helper()
	for _, name := range []string{"tei/tei_all.rng", "projects/dracor.rng", "projects/dtabf.rng", "projects/eltec-1.rng", "projects/mei-all-5.1.rng"} {
		l = append(l, sharedFile(t, "schemas/"+name))
	}
	return append(l, "../profile/sigla.rng")
}

// program skips the test where another program is not installed.
func program(t *testing.T, name string) func(args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("other programs are not run in short tests")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(name + " is not installed")
	}
	return func(args ...string) {
		t.Helper()
		if out, err := exec.Command(path, args...).CombinedOutput(); err != nil {
			t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
	}
}

// TestTrangReadsWhatIsWritten has trang turn what is written in the compact
// syntax back: the tree is the same.
func TestTrangReadsWhatIsWritten(t *testing.T) {
	trang := program(t, "trang")
	for _, name := range realSchemas(t) {
		t.Run(path.Base(name), func(t *testing.T) {
			dir := t.TempDir()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, compact, _ := converted(t, "s.rng", string(text))
			in, out := filepath.Join(dir, "s.rnc"), filepath.Join(dir, "s.rng")
			if err := os.WriteFile(in, []byte(compact), 0o600); err != nil {
				t.Fatal(err)
			}
			trang(in, out)
			back, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := loosely(mustRead(t, "s.rng", string(text))), loosely(mustRead(t, "s.rng", string(back))); a != b {
				t.Errorf("another tree: %s", firstDifference(a, b))
			}
		})
	}
}

// TestCompactIsReadAsTrangReadsIt compares the trees of what trang makes of a
// compact schema with what is read here.
func TestCompactIsReadAsTrangReadsIt(t *testing.T) {
	trang := program(t, "trang")
	for _, name := range []string{sharedFile(t, "schemas/tei/tei_all.rnc"), "../profile/sigla.rnc"} {
		t.Run(path.Base(name), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "s.rng")
			trang(name, out)
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			other, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := loosely(mustRead(t, "s.rnc", string(text))), loosely(mustRead(t, "s.rng", string(other))); a != b {
				t.Errorf("another tree: %s", firstDifference(a, b))
			}
		})
	}
}

// TestJingReadsWhatIsWritten has jing read both syntaxes as they are written
// here.
func TestJingReadsWhatIsWritten(t *testing.T) {
	jing := program(t, "jing")
	for _, name := range realSchemas(t) {
		t.Run(path.Base(name), func(t *testing.T) {
			dir := t.TempDir()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			_, compact, _ := converted(t, "s.rng", string(text))
			_, xml, _ := converted(t, "s.rnc", compact)
			for file, text := range map[string]string{"s.rnc": compact, "s.rng": xml} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			// without a document jing reads the schema alone
			jing(filepath.Join(dir, "s.rng"))
			jing("-c", filepath.Join(dir, "s.rnc"))
		})
	}
}

// TestBothSyntaxesCompileAlike compiles real schemas in the one and the other.
func TestBothSyntaxesCompileAlike(t *testing.T) {
	for _, name := range realSchemas(t) {
		t.Run(path.Base(name), func(t *testing.T) {
			dir := os.DirFS(filepath.Dir(name))
			files, findings, err := Convert(dir, filepath.Base(name))
			if err != nil || len(findings) > 0 || len(files) != 1 {
				t.Fatal(err, findings, len(files))
			}
			xml, err := Compile(dir, filepath.Base(name))
			if err != nil {
				t.Fatal(err)
			}
			compact, err := Compile(fstest.MapFS{files[0].Name: {Data: files[0].Text}}, files[0].Name)
			if err != nil {
				t.Fatal(err)
			}
			if xml.Elements() != compact.Elements() || len(xml.elementNames.all) != len(compact.elementNames.all) || len(xml.attributeNames.all) != len(compact.attributeNames.all) {
				t.Errorf("%d elements and %d in the compact syntax", xml.Elements(), compact.Elements())
			}
			for i, e := range xml.elements {
				if a, b := e.names.describe(), compact.elements[i].names.describe(); a != b {
					t.Errorf("element %d is %s and %s", i, a, b)
				}
			}
		})
	}
}

// TestConvertFollowsIncludes: each file is written once, and the names by which
// they refer to each other lead to what is written.
func TestConvertFollowsIncludes(t *testing.T) {
	const rng = `xmlns="http://relaxng.org/ns/structure/1.0"`
	files := fstest.MapFS{
		"a/main.rng":           {Data: []byte(`<grammar ` + rng + ` xml:base="parts/"><include href="one.rng"/><div xml:base="deep/"><include href="two.rng"/></div><start><choice><ref name="one"/><externalRef href="../../b/three.xml"/><externalRef href="four.rnc"/></choice></start></grammar>`)},
		"a/parts/one.rng":      {Data: []byte(`<grammar ` + rng + `><include href="deep/two.rng"/><define name="one"><ref name="two"/></define></grammar>`)},
		"a/parts/deep/two.rng": {Data: []byte(`<grammar ` + rng + `><define name="two" combine="choice"><element name="two"><empty/></element></define></grammar>`)},
		"b/three.xml":          {Data: []byte(`<element name="three" ` + rng + `><text/></element>`)},
		"a/parts/four.rnc":     {Data: []byte(`element four { text }`)},
	}
	got, findings, err := Convert(files, "a/main.rng")
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	var names []string
	compact := fstest.MapFS{"a/parts/four.rnc": files["a/parts/four.rnc"]}
	for _, f := range got {
		names = append(names, f.Name)
		compact[f.Name] = &fstest.MapFile{Data: f.Text}
	}
	if want := "a/main.rnc a/parts/one.rnc a/parts/deep/two.rnc b/three.rnc"; strings.Join(names, " ") != want {
		t.Errorf("%v are written, want %s", names, want)
	}
	if text := string(got[0].Text); strings.Contains(text, "xml:base") || !strings.Contains(text, `"parts/deep/two.rnc"`) || !strings.Contains(text, `external "../b/three.rnc"`) {
		t.Errorf("the names in it lead elsewhere:\n%s", text)
	}
	for fsys, name := range map[*fstest.MapFS]string{&files: "a/main.rng", &compact: "a/main.rnc"} {
		s, err := Compile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		if s.Elements() != 4 {
			t.Errorf("%s has %d elements, want two twice, three and four", name, s.Elements())
		}
	}
}

// TestConvertSaysWhatItCantKeep: what the compact syntax has no place for is
// moved or left out, with a finding; a file that isn't there is one too.
func TestConvertSaysWhatItCantKeep(t *testing.T) {
	const rng = `xmlns="http://relaxng.org/ns/structure/1.0" xmlns:x="u"`
	for _, c := range []struct{ xml, code, place, kept string }{
		{`<?p x?><element name="a" ` + rng + `><text/></element>`, "rnc/dropped", "1:1", "element a { text }"},
		{`<data type="token" ` + rng + `><except><x:n/><value>b</value></except></data>`, "rnc/annotation-moved", "1:", `[ x:n [] ] token - "b"`},
		{`<data type="token" ` + rng + `><except x:m="1"><value>b</value></except></data>`, "rnc/annotation-moved", "1:", `[ x:m = "1" ] token - "b"`},
		{`<data type="token" ` + rng + `><except><value>b</value></except><x:n/></data>`, "rnc/annotation-moved", "1:", `[ x:n [] ] token - "b"`},
		{`<element ` + rng + `><anyName><except><name>b</name></except><x:n/></anyName><text/></element>`, "rnc/annotation-moved", "1:", `element [ x:n [] ] * - b { text }`},
		{`<value type="QName" ns="" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes" ` + rng + `>a</value>`, "", "", `xsd:QName "a"`},
		{`<element name="a" ns="v" ` + rng + `><value type="QName" ns="" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">a</value></element>`, "rnc/qname", "1:", `xsd:QName "a"`},
		{`<externalRef href="http://example.org/a.rng" ` + rng + `/>`, "rng/not-converted", "1:1", `external "http://example.org/a.rng"`},
	} {
		got, findings, err := Convert(fstest.MapFS{"s.rng": {Data: []byte(c.xml)}}, "s.rng")
		if err != nil {
			t.Errorf("%s: %v", c.xml, err)
			continue
		}
		if text := string(got[0].Text); !strings.Contains(text, c.kept) {
			t.Errorf("%s\nbecomes\n%s\nwithout %s", c.xml, text, c.kept)
		}
		switch {
		case c.code == "" && len(findings) > 0, c.code != "" && len(findings) != 1:
			t.Errorf("%s: the findings are %v", c.xml, findings)
		case c.code != "":
			if f := findings[0]; string(f.Code) != c.code || !strings.HasPrefix(fmt.Sprintf("%d:%d", f.Pos.Line, f.Pos.Column), c.place) || f.Severity != diag.Warning {
				t.Errorf("%s: the finding is %v", c.xml, f)
			}
		}
	}
	for name, code := range map[string]string{`<externalRef href="b.rng"/>`: "rng/href", `<choice><externalRef href="c.rng"/><externalRef href="c.xml"/></choice>`: "rng/not-converted", `<choice/>`: "rng/syntax"} {
		_, _, err := Convert(fstest.MapFS{"s.rng": {Data: []byte(strings.Replace(name, firstTag(name), firstTag(name)+" "+rng, 1))}, "c.rng": {Data: []byte(`<text ` + rng + `/>`)}}, "s.rng")
		var bad *Error
		if !errors.As(err, &bad) || string(bad.Findings[0].Code) != code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// firstTag is the beginning of the first tag, <name.
func firstTag(xml string) string { return xml[:strings.IndexAny(xml, " />")] }

// TestBothSyntaxesJudgeAlike validates real documents and their mutants by TEI's
// schema in the one syntax and in the other, as trang wrote it and as it is
// written here: they have the same findings.
func TestBothSyntaxesJudgeAlike(t *testing.T) {
	dir := os.DirFS(sharedFile(t, "schemas/tei"))
	files, _, err := Convert(dir, "tei_all.rng")
	if err != nil {
		t.Fatal(err)
	}
	var schemas []*Schema
	for _, of := range []struct {
		fsys fs.FS
		name string
	}{{dir, "tei_all.rng"}, {dir, "tei_all.rnc"}, {fstest.MapFS{"tei_all.rnc": {Data: files[0].Text}}, "tei_all.rnc"}} {
		s, err := Compile(of.fsys, of.name)
		if err != nil {
			t.Fatal(err)
		}
		schemas = append(schemas, s)
	}
	n := 0
	for _, pattern := range []string{"tei/mutants/*.xml", "tei/real/*.xml"} {
		names, err := filepath.Glob(sharedFile(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			doc, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(doc) > 1<<20 {
				continue
			}
			n++
			var first string
			for i, s := range schemas {
				l, err := s.ValidateBytes(context.Background(), "d.xml", doc, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if all := fmt.Sprint(l); i == 0 {
					first = all
				} else if all != first {
					t.Errorf("%s: schema %d has %s and the first %s", path.Base(name), i, all, first)
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d documents were found", n)
	}
}

// schemaMaker writes schemas at random: every element of the XML syntax, with
// annotations, comments, namespaces and libraries wherever clause 3 has a place
// for them.
type schemaMaker struct {
	r    *rand.Rand
	b    strings.Builder
	left int // elements that may still be written
}

func (m *schemaMaker) one(of ...string) string { return of[m.r.IntN(len(of))] }

func (m *schemaMaker) chance(n int) bool { return m.r.IntN(n) == 0 }

func (m *schemaMaker) text() string {
	return m.one("", "a", " b  c ", "&lt;d&gt; &amp; &quot;e'", "f\n  g", "\\x{41}", "\"\"\"", "'''\"", "# h", "## i", "h&#xD;&#x9;", strings.Repeat("word ", 30))
}

func (m *schemaMaker) quoted() string { return strings.ReplaceAll(m.text(), `"`, "&quot;") }

// open writes a start tag, with the attributes that every element may have.
func (m *schemaMaker) open(name, attrs string) {
	m.left--
	m.b.WriteString("<" + name + attrs)
	if m.chance(12) {
		fmt.Fprintf(&m.b, ` ns="%s"`, m.one("", "u", "v"))
	}
	if m.chance(20) {
		fmt.Fprintf(&m.b, ` datatypeLibrary="%s"`, m.one("", datatypesXSD, "http://example.org/types"))
	}
	if m.chance(15) {
		fmt.Fprintf(&m.b, ` %s="%s"`, m.one("p:a", "q:a", "xml:lang"), m.quoted())
	}
	if m.chance(30) {
		fmt.Fprintf(&m.b, ` xmlns:p="%s"`, m.one("u", "w"))
	}
	m.b.WriteString(">")
}

// notes writes annotations and comments, or nothing.
func (m *schemaMaker) notes() {
	for m.chance(7) {
		switch m.r.IntN(4) {
		case 0:
			fmt.Fprintf(&m.b, "<!--%s-->", m.one("", " c ", "\n  c\n    d\n", "c\nd", "# e", " \\x{41} "))
		case 1:
			m.b.WriteString("<a:documentation>" + m.text() + "</a:documentation>")
		default:
			m.note(3)
		}
	}
}

func (m *schemaMaker) note(depth int) {
	name := m.one("p:n", "q:n", "n", "text", "a:documentation")
	attrs := ""
	if !strings.Contains(name, ":") {
		attrs = ` xmlns=""`
	}
	if m.chance(2) {
		attrs += ` k="` + m.quoted() + `"`
	}
	m.b.WriteString("<" + name + attrs + ">")
	for depth > 0 && m.chance(2) {
		switch m.r.IntN(3) {
		case 0:
			m.note(depth - 1)
		case 1:
			m.b.WriteString("<!-- c -->")
		default:
			m.b.WriteString(m.text())
		}
	}
	m.b.WriteString("</" + name + ">")
}

func (m *schemaMaker) name() string { return m.one("a", "b", "text", "p:c", "q:d", "xml:id") }

func (m *schemaMaker) nameClass(depth int) {
	kind := m.r.IntN(4)
	if depth == 0 {
		kind = 0
	}
	switch kind {
	case 0:
		m.open("name", "")
		m.b.WriteString(" " + m.name() + "</name>")
	case 1:
		m.open("choice", "")
		m.notes()
		for range 1 + m.r.IntN(3) {
			m.nameClass(depth - 1)
			m.notes()
		}
		m.b.WriteString("</choice>")
	default:
		name := m.one("anyName", "nsName")
		m.open(name, "")
		m.notes()
		if m.chance(2) {
			m.b.WriteString("<except>")
			for range 1 + m.r.IntN(2) {
				m.nameClass(depth - 1)
				m.notes()
			}
			m.b.WriteString("</except>")
		}
		m.b.WriteString("</" + name + ">")
	}
}

func (m *schemaMaker) patterns(n int) {
	m.notes()
	for range n {
		m.pattern()
		m.notes()
	}
}

func (m *schemaMaker) pattern() {
	kind := m.r.IntN(12)
	if m.left <= 0 {
		kind = 8 + m.r.IntN(3)
	}
	switch kind {
	case 0, 1:
		if m.chance(3) {
			m.open("element", "")
			m.notes()
			m.nameClass(3)
		} else {
			m.open("element", ` name="`+m.name()+`"`)
		}
		m.patterns(1 + m.r.IntN(3))
		m.b.WriteString("</element>")
	case 2:
		if m.chance(3) {
			m.open("attribute", "")
			m.notes()
			m.nameClass(3)
		} else {
			m.open("attribute", ` name="`+m.name()+`"`)
		}
		m.patterns(m.r.IntN(2))
		m.b.WriteString("</attribute>")
	case 3, 4:
		name := m.one("group", "choice", "interleave")
		m.open(name, "")
		m.patterns(1 + m.r.IntN(3))
		m.b.WriteString("</" + name + ">")
	case 5, 6:
		name := m.one("optional", "zeroOrMore", "oneOrMore", "mixed", "list")
		m.open(name, "")
		m.patterns(1 + m.r.IntN(2))
		m.b.WriteString("</" + name + ">")
	case 7:
		m.open("data", ` type="`+m.one("token", "string", "int")+`"`)
		m.notes()
		for m.chance(2) {
			m.open("param", ` name="`+m.one("pattern", "text")+`"`)
			m.b.WriteString(m.text() + "</param>")
			m.notes()
		}
		if m.chance(3) {
			m.b.WriteString("<except>")
			m.pattern()
			if m.chance(2) {
				m.notes()
				m.pattern()
			}
			m.b.WriteString("</except>")
		}
		m.b.WriteString("</data>")
	case 8:
		name, attrs := "value", ""
		if m.chance(2) {
			attrs = ` type="` + m.one("token", "int", "QName") + `"`
		}
		m.open(name, attrs)
		m.b.WriteString(m.text() + "</value>")
	case 9:
		name := m.one("ref", "parentRef")
		m.open(name, ` name="`+m.one("a", "start", "list", "b.c")+`"`)
		m.notes()
		m.b.WriteString("</" + name + ">")
	case 10:
		name := m.one("empty", "text", "notAllowed")
		m.open(name, "")
		m.notes()
		m.b.WriteString("</" + name + ">")
	default:
		if m.chance(2) {
			m.open("externalRef", ` href="x.rng"`)
			m.notes()
			m.b.WriteString("</externalRef>")
			return
		}
		m.open("grammar", "")
		m.components(true)
		m.b.WriteString("</grammar>")
	}
}

func (m *schemaMaker) components(include bool) {
	m.notes()
	for range m.r.IntN(4) {
		combine := m.one("", "", ` combine="choice"`, ` combine="interleave"`)
		switch m.r.IntN(5) {
		case 0:
			m.open("start", combine)
			m.patterns(1)
			m.b.WriteString("</start>")
		case 1, 2:
			m.open("define", ` name="`+m.one("a", "start", "list")+`"`+combine)
			m.patterns(1 + m.r.IntN(3))
			m.b.WriteString("</define>")
		case 3:
			m.open("div", "")
			m.components(include)
			m.b.WriteString("</div>")
		default:
			if include {
				m.open("include", ` href="x.rng"`)
				m.components(false)
				m.b.WriteString("</include>")
			}
		}
		m.notes()
	}
}

func (m *schemaMaker) schema() string {
	if m.chance(3) {
		m.b.WriteString("<!-- before -->")
	}
	at := m.b.Len()
	if m.chance(2) {
		m.open("grammar", "")
		m.components(true)
		m.b.WriteString("</grammar>")
	} else {
		m.pattern()
	}
	if m.chance(5) {
		m.b.WriteString("<!-- after -->")
	}
	s := m.b.String()
	end := at + strings.IndexAny(s[at:], " />")
	attrs := ` xmlns:q="w"`
	if !strings.Contains(s[end:end+strings.Index(s[end:], ">")], "xmlns:p") {
		attrs += ` xmlns:p="v"`
	}
	return s[:at] + withNamespaces(s[at:end]+attrs+s[end:])
}

// TestRandomSchemasHoldBothWays converts schemas made at random there and back.
func TestRandomSchemasHoldBothWays(t *testing.T) {
	n := 4000
	if testing.Short() {
		n = 1000
	}
	whole := 0
	for seed := range n {
		m := schemaMaker{r: rand.New(rand.NewPCG(uint64(seed), 0)), left: 12}
		text := m.schema()
		root, findings := readSyntax("s.rng", []byte(text), true)
		if len(findings) > 0 {
			t.Fatalf("%v\n%s", findings, text)
		}
		if findings := checkSyntax(root); len(findings) > 0 {
			t.Fatalf("%v\n%s", findings, text)
		}
		if _, findings := writeCompact(root); len(findings) == 0 {
			whole++
		}
		if bothWays(t, "s.rng", text, false); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d of %d can be held whole", whole, n)
	if whole < n/2 {
		t.Errorf("only %d of %d can be held whole", whole, n)
	}
}
