package relaxng

import (
	"net/url"
	"slices"
	"strings"

	"sigla/schemas/datatype"
	"sigla/tei/diag"
)

// The full syntax (clause 3 of the RELAX NG specification of 3 December 2001;
// numbers of clauses are that specification's throughout): which elements stand
// where, with which attributes. One row an element.

type contentRule uint8

const (
	noContent      contentRule = iota // only annotations
	textContent                       // text alone
	patterns                          // one or more patterns
	onePattern                        // one pattern
	nameThen                          // a name class unless @name, then patterns
	nameThenMaybe                     // a name class unless @name, then at most one pattern
	dataContent                       // param*, except?
	grammarContent                    // start, define, div, include
	includeContent                    // start, define, div
	nameClasses                       // one or more name classes
	exceptNames                       // at most one except of name classes
	exceptPatterns                    // patterns, inside data
)

type syntaxRow struct {
	name     string
	required []string // attributes
	optional []string
	content  contentRule
}

var syntaxRows = []syntaxRow{
	{"element", nil, []string{"name"}, nameThen},
	{"attribute", nil, []string{"name"}, nameThenMaybe},
	{"group", nil, nil, patterns},
	{"interleave", nil, nil, patterns},
	{"choice", nil, nil, patterns},
	{"optional", nil, nil, patterns},
	{"zeroOrMore", nil, nil, patterns},
	{"oneOrMore", nil, nil, patterns},
	{"list", nil, nil, patterns},
	{"mixed", nil, nil, patterns},
	{"ref", []string{"name"}, nil, noContent},
	{"parentRef", []string{"name"}, nil, noContent},
	{"empty", nil, nil, noContent},
	{"text", nil, nil, noContent},
	{"notAllowed", nil, nil, noContent},
	{"value", nil, []string{"type"}, textContent},
	{"data", []string{"type"}, nil, dataContent},
	{"externalRef", []string{"href"}, nil, noContent},
	{"grammar", nil, nil, grammarContent},
}

var grammarRows = []syntaxRow{
	{"start", nil, []string{"combine"}, onePattern},
	{"define", []string{"name"}, []string{"combine"}, patterns},
	{"div", nil, nil, grammarContent},
	{"include", []string{"href"}, nil, includeContent},
}

var nameRows = []syntaxRow{
	{"name", nil, nil, textContent},
	{"anyName", nil, nil, exceptNames},
	{"nsName", nil, nil, exceptNames},
	{"choice", nil, nil, nameClasses},
}

var paramRow = syntaxRow{"param", []string{"name"}, nil, textContent}

func rowOf(rows []syntaxRow, n *Node) *syntaxRow {
	if n.Space == Namespace {
		for i := range rows {
			if rows[i].name == n.Local {
				return &rows[i]
			}
		}
	}
	return nil
}

// xmlSpace is white space (4.2); other spaces are characters like any.
const xmlSpace = " \t\r\n"

func trimSpace(s string) string {
	if s == "" || !space(s[0]) && !space(s[len(s)-1]) {
		return s
	}
	return strings.Trim(s, xmlSpace)
}

// schemaDepth bounds the nesting of a schema.
const schemaDepth = 1000

// checker checks the full syntax of one file.
type checker struct {
	findings diag.List
	depth    int
}

func (c *checker) wrong(n *Node, format string, args ...any) {
	c.findings = append(c.findings, schemaFinding(n, "rng/syntax", "3", format, args...))
}

// schemaFinding is a finding about a schema, with the clause it offends.
func schemaFinding(n *Node, code diag.Code, clause, format string, args ...any) diag.Finding {
	return diag.Finding{Pos: n.Pos(), Severity: diag.Error, Code: code,
		Message: plainf(format, args...) + " (RELAX NG " + clause + ")"}
}

// checkSyntax says what is wrong with a schema file by clause 3. The root is a
// pattern.
func checkSyntax(root *Node) diag.List {
	c := &checker{}
	row := rowOf(syntaxRows, root)
	switch {
	case root.Space != Namespace:
		c.wrong(root, "<%s> is no element of RELAX NG; a schema begins with <grammar xmlns=%q>", root.Local, Namespace)
	case row == nil:
		c.wrong(root, "<%s> is no pattern; a schema begins with <grammar> or <element>", root.Local)
	default:
		c.check(root, row)
	}
	return c.findings
}

func (c *checker) check(n *Node, row *syntaxRow) {
	if c.depth++; c.depth > schemaDepth {
		if c.depth == schemaDepth+1 {
			c.wrong(n, "elements nested more than %d deep", schemaDepth)
		}
		c.depth--
		return
	}
	defer func() { c.depth-- }()
	c.attributes(n, row)
	kids := n.elements()
	for _, k := range n.Kids {
		switch {
		case k.Kind == ElementNode && k.Space == Namespace:
		case k.Kind == ElementNode:
			if row.content == textContent {
				c.wrong(k, "<%s> inside <%s>, which holds text alone", k.Local, n.Local)
			}
		case k.Kind == TextNode && row.content != textContent && trimSpace(k.Text) != "":
			at := *k
			at.Offset += len(k.Text) - len(strings.TrimLeft(k.Text, xmlSpace))
			c.wrong(&at, "text in <%s>, where only elements stand", n.Local)
		}
	}
	_, named := n.Attr("name")
	switch row.content {
	case noContent:
		for _, k := range kids {
			c.wrong(k, "<%s> inside <%s>, which holds nothing", k.Local, n.Local)
		}
	case textContent:
		for _, k := range kids {
			c.wrong(k, "<%s> inside <%s>, which holds text alone", k.Local, n.Local)
		}
	case nameThen, nameThenMaybe:
		if !named {
			if len(kids) == 0 || rowOf(nameRows, kids[0]) == nil {
				c.wrong(n, "<%s> has no name; write name=\"…\" or put a name class first", n.Local)
			} else {
				c.check(kids[0], rowOf(nameRows, kids[0]))
				kids = kids[1:]
			}
		}
		switch {
		case row.content == nameThen && len(kids) == 0:
			c.wrong(n, "<%s> has no content; write <empty/> if that is meant", n.Local)
		case row.content == nameThenMaybe && len(kids) > 1:
			c.wrong(kids[1], "<attribute> holds one pattern, and this is the second; put them into a <group> or <choice>")
		}
		c.each(n, kids, syntaxRows, "a pattern")
	case patterns, exceptPatterns, onePattern:
		if row.content == onePattern && len(kids) > 1 {
			c.wrong(kids[1], "<%s> holds one pattern, and this is the second; put them into a <group> or <choice>", n.Local)
		}
		if len(kids) == 0 {
			c.wrong(n, "<%s> is empty; it holds one or more patterns", n.Local)
		}
		c.each(n, kids, syntaxRows, "a pattern")
	case nameClasses:
		if len(kids) == 0 {
			c.wrong(n, "<%s> is empty; it holds one or more name classes", n.Local)
		}
		c.each(n, kids, nameRows, "a name class")
	case exceptNames:
		for i, k := range kids {
			switch {
			case k.Local != "except":
				c.wrong(k, "<%s> inside <%s>, which holds an <except> at most", k.Local, n.Local)
			case i > 0:
				c.wrong(k, "a second <except>; put its names into the first")
			default:
				c.check(k, &syntaxRow{"except", nil, nil, nameClasses})
			}
		}
	case dataContent:
		for i, k := range kids {
			switch {
			case k.Local == "param" && (i == 0 || kids[i-1].Local == "param"):
				c.check(k, &paramRow)
			case k.Local == "param":
				c.wrong(k, "<param> after <except>; put it before")
			case k.Local != "except":
				c.wrong(k, "<%s> inside <data>, which holds <param> and <except>", k.Local)
			case i+1 < len(kids) && kids[i+1].Local != "param":
				c.wrong(kids[i+1], "<%s> after <except>, which comes last", kids[i+1].Local)
			default:
				c.check(k, &syntaxRow{"except", nil, nil, exceptPatterns})
			}
		}
	case grammarContent:
		c.each(n, kids, grammarRows, "<start>, <define>, <div> or <include>")
	case includeContent:
		for _, k := range kids {
			c.inInclude(n, k)
		}
	}
}

// inInclude checks what stands in include, where div holds no include.
func (c *checker) inInclude(n, k *Node) {
	row := rowOf(grammarRows, k)
	switch {
	case row == nil || row.content == includeContent:
		c.wrong(k, "<%s> inside <%s>, which holds <start>, <define> and <div>", k.Local, n.Local)
	case k.Local == "div":
		c.attributes(k, row)
		for _, kk := range k.Kids {
			if kk.Kind == ElementNode && kk.Space == Namespace {
				c.inInclude(n, kk)
			}
		}
	default:
		c.check(k, row)
	}
}

func (c *checker) each(n *Node, kids []*Node, rows []syntaxRow, wanted string) {
	for _, k := range kids {
		if row := rowOf(rows, k); row != nil {
			c.check(k, row)
			continue
		}
		c.wrong(k, "<%s> inside <%s>, where %s is expected", k.Local, n.Local, wanted)
	}
}

func (c *checker) attributes(n *Node, row *syntaxRow) {
	for i := range n.Attrs {
		a := &n.Attrs[i]
		switch {
		case a.Space == Namespace:
			c.wrong(n, "the attribute %q has the namespace of RELAX NG; its attributes have none", a.Local)
		case a.Space != "":
		case a.Local == "ns":
		case a.Local == "datatypeLibrary":
			if why := badLibrary(a.Value); why != "" {
				c.findings = append(c.findings, schemaFinding(n, "rng/datatype-library", "3 and 4.3", "datatypeLibrary=%q %s", a.Value, why))
			}
		case !slices.Contains(row.required, a.Local) && !slices.Contains(row.optional, a.Local):
			c.wrong(n, "<%s> has no attribute %q", n.Local, a.Local)
		default:
			v := trimSpace(a.Value)
			switch a.Local {
			case "combine":
				if v != "choice" && v != "interleave" {
					c.wrong(n, "combine is choice or interleave, not %q", v)
				}
			case "name":
				// A param, a define and a ref have NCNames, the names of elements and attributes may be qualified.
				if row.content == nameThen || row.content == nameThenMaybe {
					if !isQName(v) {
						c.wrong(n, "%q is no name", v)
					}
				} else if !isNCName(v) {
					c.wrong(n, "%q is no name: a letter or _ first, then letters, digits, - _ and dots", v)
				}
			case "type":
				if !isNCName(v) {
					c.wrong(n, "%q is no datatype's name", v)
				}
			}
		}
	}
	for _, name := range row.required {
		if _, ok := n.Attr(name); !ok {
			c.wrong(n, "<%s> has no %s; write %s=\"…\"", n.Local, name, name)
		}
	}
	if n.is("name") && len(n.Kids) == 0 && n.Text == "" {
		c.wrong(n, "<name> is empty")
	} else if n.is("name") && !isQName(trimSpace(n.text())) && len(n.elements()) == 0 {
		c.wrong(n, "%q is no name", trimSpace(n.text()))
	}
}

// badLibrary says why a datatype library's name can't be one: it is empty or an
// absolute URI without a fragment (4.3).
func badLibrary(uri string) string {
	if uri == "" {
		return ""
	}
	u, err := url.Parse(uri)
	switch {
	case err != nil:
		return "is no URI"
	case !u.IsAbs():
		return "is not absolute; write " + datatypesXSD
	case strings.Contains(uri, "#"):
		return "has a fragment"
	case u.Opaque == "" && u.Host == "" && u.Path == "":
		return "is no URI: nothing follows its scheme"
	}
	return ""
}

// elements are the kids that are elements of RELAX NG.
func (n *Node) elements() []*Node {
	if n.plain || !slices.ContainsFunc(n.Kids, func(k *Node) bool { return k.Kind != ElementNode || k.Space != Namespace }) {
		return n.Kids
	}
	var l []*Node
	for _, k := range n.Kids {
		if k.Kind == ElementNode && k.Space == Namespace {
			l = append(l, k)
		}
	}
	return l
}

// text is the node's character data.
func (n *Node) text() string {
	if n.Text != "" {
		return n.Text
	}
	if len(n.Kids) == 1 && n.Kids[0].Kind == TextNode {
		return n.Kids[0].Text
	}
	var b strings.Builder
	for _, k := range n.Kids {
		if k.Kind == TextNode {
			b.WriteString(k.Text)
		}
	}
	return b.String()
}

// documented is the node's first documentation, or nil.
func (n *Node) documented() *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Kind == ElementNode && k.Space == annotationsNamespace && k.Local == "documentation" {
			return k
		}
	}
	return nil
}

// documentation is the text of the node's first documentation, its white space
// made single.
func (n *Node) documentation() string {
	if k := n.documented(); k != nil {
		return strings.Join(strings.Fields(k.text()), " ")
	}
	return ""
}

func isQName(s string) bool {
	if prefix, local, ok := strings.Cut(s, ":"); ok {
		return isNCName(prefix) && isNCName(local)
	}
	return isNCName(s)
}

func isNCName(s string) bool {
	return datatype.IsNCName(s)
}
