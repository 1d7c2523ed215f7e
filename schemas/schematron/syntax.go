package schematron

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"sigla/tei/diag"
	"sigla/tei/diag/spelling"
)

// compilation is the work of one Compile.
type compilation struct {
	fsys     fs.FS
	name     string
	faults   diag.List
	remarks  diag.List
	files    map[string]*element // those that are included
	embedded bool

	old, fixes bool // the remark is made
	brought    int  // elements that inclusions and extensions have brought

	abstractPatterns map[string]*element
	abstractRules    map[string]*element
	diagnostics      map[string]*element
	properties       map[string]*element
	out              *Schema
	expressions
}

func newCompilation(fsys fs.FS, name string) *compilation {
	return &compilation{fsys: fsys, name: name, files: map[string]*element{}, abstractPatterns: map[string]*element{},
		abstractRules: map[string]*element{}, diagnostics: map[string]*element{}, properties: map[string]*element{}}
}

// maxFaults bounds what is said of one schema.
const maxFaults = 100

func (c *compilation) fault(e *element, code diag.Code, format string, args ...any) {
	c.faultAt(e.pos(), code, format, args...)
}

func (c *compilation) faultAt(pos diag.Pos, code diag.Code, format string, args ...any) {
	if len(c.faults) < maxFaults {
		c.faults = append(c.faults, diag.Finding{Pos: pos, Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...)})
	}
}

func (c *compilation) remark(e *element, severity diag.Severity, code diag.Code, format string, args ...any) {
	c.remarks = append(c.remarks, diag.Finding{Pos: e.pos(), Severity: severity, Code: code, Message: fmt.Sprintf(format, args...)})
}

// grammar is what stands in which element (ISO/IEC 19757-3, annex A). Elements
// of other namespaces are allowed everywhere and mean nothing, unless they are
// XSLT's.
var grammar = map[string][]string{
	"schema":      {"title", "ns", "p", "let", "phase", "pattern", "diagnostics", "properties", "include", "extends", "param"},
	"phase":       {"active", "let", "p", "include", "extends"},
	"active":      {"dir", "emph", "span"},
	"pattern":     {"title", "p", "let", "rule", "param", "include"},
	"rule":        {"let", "assert", "report", "extends", "p", "include"},
	"assert":      {"name", "value-of", "emph", "dir", "span"},
	"report":      {"name", "value-of", "emph", "dir", "span"},
	"diagnostics": {"diagnostic", "include"},
	"diagnostic":  {"name", "value-of", "emph", "dir", "span"},
	"properties":  {"property", "include"},
	"property":    {"name", "value-of", "emph", "dir", "span"},
	"title":       {"dir", "emph", "span"},
	"p":           {"dir", "emph", "span"},
	"emph":        {"name", "value-of", "emph", "dir", "span"},
	"dir":         {"name", "value-of", "emph", "dir", "span"},
	"span":        {"name", "value-of", "emph", "dir", "span"},
	"ns":          nil, "include": nil, "extends": nil, "param": nil, "name": nil, "value-of": nil, "let": nil,
}

// required are the attributes without which an element means nothing.
var required = map[string][]string{
	"ns": {"prefix", "uri"}, "include": {"href"}, "phase": {"id"}, "active": {"pattern"}, "assert": {"test"}, "report": {"test"},
	"diagnostic": {"id"}, "property": {"id"}, "param": {"name", "value"}, "value-of": {"select"}, "let": {"name"},
}

// check goes over an element and all inside it: is each of them Schematron's,
// does it stand where it may, has it what it needs?
func (c *compilation) check(e *element) {
	for _, name := range required[e.local] {
		if _, ok := e.attr(name); !ok {
			c.lacks(e, name)
		}
	}
	for _, k := range e.kids {
		if k.space == sqfNamespace && !c.fixes {
			c.fixes = true
			c.remark(k, diag.Info, codeQuickFix, "quick fixes (sqf) are passed over; the rules run without them")
		}
		if !k.sch() {
			if k.local == "" && strings.TrimSpace(k.text) != "" && len(grammar[e.local]) > 0 && !mixed[e.local] {
				c.remark(k, diag.Warning, codePlace, "text stands in <%s>, which holds elements only; it is passed over: %q", e.local, cut(plain(k.text)))
			}
			continue
		}
		c.noteNamespace(k)
		if _, known := grammar[k.local]; !known {
			c.fault(k, codeElement, "Schematron has no element %q%s", k.local, c.meant(k.local, e.local))
			continue
		}
		allowed := grammar[e.local]
		if e.local == "let" {
			continue
		}
		if !slices.Contains(allowed, k.local) {
			c.fault(k, codePlace, "<%s> does not belong into <%s>%s", k.local, e.local, belongs(k.local))
			continue
		}
		c.check(k)
	}
}

// instead are what people write for an attribute: XSLT's names, HTML's.
var instead = map[string][]string{
	"test":    {"match", "select", "condition", "context", "xpath"},
	"context": {"match", "select", "path", "xpath", "test"},
	"select":  {"test", "match", "value", "path"},
	"href":    {"src", "url", "file"},
	"uri":     {"url", "namespace", "href"},
	"pattern": {"ref", "idref", "id"},
}

// purposes are what the attributes are for, where their names don't say it.
var purposes = map[string]string{
	"test":    "an XPath that is true or false",
	"context": "the elements that it is about",
	"select":  "an XPath of what to show",
	"pattern": "the id of a pattern",
	"href":    "the name of a file",
	"uri":     "the namespace",
}

// lacks reports an attribute that an element needs, at the one that was written
// for it if there is one.
func (c *compilation) lacks(e *element, name string) {
	for _, other := range instead[name] {
		if a := e.find(other); a != nil {
			c.faultAt(e.place(a, 0), codeAttribute, "<%s> has no @%s; write %s in place of %s", e.local, name, name, other)
			return
		}
	}
	purpose := purposes[name]
	if purpose != "" {
		purpose = ", " + purpose
	}
	c.fault(e, codeAttribute, "<%s> has no @%s; add %s=\"…\"%s", e.local, name, name, purpose)
}

// similar is the id that a wrong one probably stands for, as the end of a message.
func similar(id string, known map[string]*element) string {
	for _, k := range slices.Sorted(maps.Keys(known)) {
		if spelling.Edits(strings.ToLower(id), strings.ToLower(k), 2) < 2 {
			return fmt.Sprintf("; did you mean %q?", k)
		}
	}
	return ""
}

var mixed = map[string]bool{"title": true, "p": true, "assert": true, "report": true, "diagnostic": true, "property": true, "emph": true, "dir": true, "span": true, "active": true}

func (c *compilation) noteNamespace(e *element) {
	if e.space == oldNamespace && !c.old {
		c.old = true
		c.remark(e, diag.Warning, codeNamespace, "this is the namespace of Schematron 1.5; the rules run, and the namespace of ISO Schematron is %s", Namespace)
	}
}

// meant is the element that a wrong name probably stands for.
func (c *compilation) meant(name, parent string) string {
	folded := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
	for _, allowed := range [][]string{grammar[parent], sortedKeys(grammar)} {
		for _, known := range allowed {
			k := strings.ReplaceAll(known, "-", "")
			if k == folded || near(k, folded) {
				return "; did you mean <" + known + ">?"
			}
		}
	}
	if name == "key" {
		return "; a key is XSLT's: <xsl:key name=\"…\" match=\"…\" use=\"…\"/>"
	}
	if l := grammar[parent]; len(l) > 0 {
		return "; in <" + parent + "> stand " + strings.Join(l, ", ")
	}
	return ""
}

func sortedKeys(m map[string][]string) []string {
	l := make([]string, 0, len(m))
	for k := range m {
		l = append(l, k)
	}
	slices.Sort(l)
	return l
}

// near reports whether two words differ in one letter, or in the order of two.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < 3 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
}

// belongs says where an element stands.
func belongs(name string) string {
	var l []string
	for _, parent := range sortedKeys(grammar) {
		if slices.Contains(grammar[parent], name) {
			l = append(l, "<"+parent+">")
		}
	}
	if len(l) == 0 {
		return ""
	}
	return "; it stands in " + strings.Join(l, ", ")
}

func cut(s string) string {
	if r := []rune(s); len(r) > 50 {
		return string(r[:47]) + "..."
	}
	return s
}

// maxIncludes bounds the files of a schema.
const maxIncludes = 1000

// expand replaces what is included by href, and what extends brings from other
// files, all over an element.
func (c *compilation) expand(e *element, open []string) {
	if len(open) > 50 {
		c.fault(e, codeFile, "files include each other more than 50 deep")
		return
	}
	var kids []*element
	for _, k := range e.kids {
		href, has := k.attr("href")
		switch {
		case k.is("include"):
			if !has {
				kids = append(kids, k) // check says what is missing
				continue
			}
			if t := c.target(k, strings.TrimSpace(href), open); t != nil {
				key := t.file.name + "#" + t.get("id")
				t = t.copied()
				c.expand(t, append(open, key))
				if t.is("schema") {
					c.fault(k, codeFile, "%s is a whole schema; <include> takes one element, as %s#id of a pattern, and <extends href=%q/> takes all that is in a schema", href, href, href)
					continue
				}
				kids = append(kids, t)
			}
		case k.is("extends") && has:
			if t := c.target(k, strings.TrimSpace(href), open); t != nil {
				key := t.file.name + "#" + t.get("id")
				if t.local != e.local {
					c.fault(k, codeFile, "%s is a <%s>; <extends> in a <%s> takes one of its own kind", href, t.local, e.local)
					continue
				}
				t = t.copied()
				c.expand(t, append(open, key))
				kids = append(kids, t.kids...)
			}
		default:
			if k.sch() {
				c.expand(k, open)
			}
			kids = append(kids, k)
		}
	}
	e.kids = kids
}

// maxBrought bounds what inclusions and extensions multiply to.
const maxBrought = 10000

// bring counts an inclusion or extension, and is false beyond the bound.
func (c *compilation) bring(e *element) bool {
	if c.brought++; c.brought == maxBrought+1 {
		c.fault(e, codeFile, "the schema includes and extends more than %d times", maxBrought)
	}
	return c.brought <= maxBrought
}

// copied is an element that can be changed without the other.
func (e *element) copied() *element {
	n := *e
	n.kids = make([]*element, len(e.kids))
	for i, k := range e.kids {
		n.kids[i] = k.copied()
	}
	return &n
}

// target is the element that an href leads to.
func (c *compilation) target(e *element, href string, open []string) *element {
	name, id, err := beside(e.file.name, href)
	if err != nil {
		c.fault(e, codeFile, "%v", err)
		return nil
	}
	root, ok := c.files[name]
	if !ok {
		if len(c.files) >= maxIncludes {
			c.fault(e, codeFile, "the schema has more than %d files", maxIncludes)
			return nil
		}
		root, err = read(c.fsys, name)
		c.files[name] = root
		if x, faulty := err.(*Error); faulty {
			c.faults = append(c.faults, x.Findings...)
			return nil
		}
		if err != nil {
			c.fault(e, codeFile, "%s", unread(name, err))
			return nil
		}
	}
	if root == nil || !c.bring(e) {
		return nil // said before
	}
	t := root
	if id != "" {
		if t = root.withID(id); t == nil {
			c.fault(e, codeReference, "%s has no element with id=%q", name, id)
			return nil
		}
	}
	if !t.sch() {
		c.fault(e, codeFile, "%s holds <%s>, which is not Schematron's", href, t.local)
		return nil
	}
	if slices.Contains(open, t.file.name+"#"+t.get("id")) {
		c.fault(e, codeFile, "%s includes itself", href)
		return nil
	}
	return t
}

func (e *element) withID(id string) *element {
	if e.get("id") == id {
		return e
	}
	for _, a := range e.attrs {
		if a.local == "id" && a.value == id {
			return e
		}
	}
	for _, k := range e.kids {
		if f := k.withID(id); f != nil {
			return f
		}
	}
	return nil
}

// bindings are the query languages, and whether they are XPath 1.0.
var bindings = map[string]bool{
	"xslt": true, "xslt1": true, "xpath": true, "xpath1": true, "exslt": true,
	"xslt2": false, "xslt3": false, "xpath2": false, "xpath3": false, "xpath31": false, "xslt31": false,
}

// schema compiles a schema whose root is read.
func (c *compilation) schema(root *element, o CompileOptions, embedded bool) (*Schema, error) {
	c.embedded = embedded
	c.noteNamespace(root)
	c.expand(root, []string{c.name + "#" + root.get("id")})
	c.check(root)
	s := &Schema{Name: c.name, compiler: c.xp()}
	c.out = s
	binding := strings.ToLower(root.get("queryBinding"))
	compat, known := bindings[binding]
	if binding == "" {
		compat, known = true, true
	}
	s.compat = compat
	c.expressions.compat = compat
	if !known {
		c.unbound = fmt.Sprintf("the query language %q is not run here; xslt, xslt2, xslt3, xpath, xpath2 and xpath3 are", root.get("queryBinding"))
	}
	c.declare(root)
	if len(c.faults) == 0 {
		phase := c.phase(root, o)
		c.declareLets(root, c.globals)
		if phase != nil {
			c.declareLets(phase, c.globals)
		}
		c.functions(root)
		c.lets(root, &s.lets, c.globals)
		if phase != nil {
			c.lets(phase, &s.lets, c.globals)
		}
		c.patterns(root, phase)
	}
	if len(c.faults) > 0 {
		c.faults.Sort()
		return nil, &Error{Findings: c.faults}
	}
	s.remarks = c.remarks
	s.remarks.Sort()
	return s, nil
}

// declare takes namespaces, abstract patterns and rules, diagnostics and
// properties down.
func (c *compilation) declare(root *element) {
	c.spaces = map[string]string{}
	for _, k := range root.kids {
		if !k.sch() {
			continue
		}
		switch k.local {
		case "title":
			if c.out.Title == "" {
				c.out.Title = k.words()
			}
		case "ns":
			prefix, uri := k.get("prefix"), k.get("uri")
			if was, twice := c.spaces[prefix]; twice && was != uri {
				c.fault(k, codeNamespace, "the prefix %s stands for %s already", prefix, was)
			} else if !twice {
				c.out.namespaces = append(c.out.namespaces, diag.Namespace{Prefix: prefix, URI: uri})
			}
			c.spaces[prefix] = uri
		case "pattern":
			if k.get("abstract") == "true" {
				c.named(c.abstractPatterns, k, "an abstract pattern")
			}
			for _, r := range k.kids {
				if r.is("rule") && r.get("abstract") == "true" {
					c.named(c.abstractRules, r, "an abstract rule")
				}
			}
		case "diagnostics":
			for _, d := range k.kids {
				if d.is("diagnostic") {
					c.named(c.diagnostics, d, "a diagnostic")
				}
			}
		case "properties":
			for _, p := range k.kids {
				if p.is("property") {
					c.named(c.properties, p, "a property")
				}
			}
		}
	}
}

func (c *compilation) named(m map[string]*element, e *element, what string) {
	id := e.get("id")
	if id == "" {
		if what != "a diagnostic" && what != "a property" { // check says so of those
			c.fault(e, codeAttribute, "%s needs an @id, by which others refer to it", what)
		}
		return
	}
	if _, twice := m[id]; twice && !c.embedded && what != "an abstract rule" {
		c.fault(e, codeReference, "the id %q is given to %s twice", id, what)
		return
	}
	m[id] = e
}

// phase is the phase that is asked for; nil stands for all patterns.
func (c *compilation) phase(root *element, o CompileOptions) *element {
	want := o.Phase
	from := ""
	if want == "" || want == "#DEFAULT" {
		want = root.get("defaultPhase")
		from = " (by @defaultPhase)"
	}
	c.out.Phase = want
	if want == "" || want == "#ALL" {
		c.out.Phase = "#ALL"
		return nil
	}
	var known []string
	for _, k := range root.kids {
		if k.is("phase") {
			if k.get("id") == want {
				return k
			}
			known = append(known, k.get("id"))
		}
	}
	has := "it has none"
	if len(known) > 0 {
		has = "it has " + strings.Join(known, ", ")
	}
	c.fault(root, codePhase, "the schema has no phase %q%s; %s, and #ALL runs all patterns", want, from, has)
	return nil
}

// patterns compiles the patterns that are active.
func (c *compilation) patterns(root, phase *element) {
	var active map[string]bool
	for _, k := range root.kids {
		if !k.is("phase") {
			continue
		}
		here := map[string]bool{}
		for _, a := range k.kids {
			if a.is("active") {
				id := a.get("pattern")
				here[id] = true
				if known := root.children("pattern"); known[id] == nil {
					c.fault(a, codeReference, "there is no pattern with id=%q%s", id, similar(id, known))
				}
			}
		}
		if k == phase {
			active = here
		}
	}
	for _, k := range root.kids {
		if !k.is("pattern") || k.get("abstract") == "true" || active != nil && !active[k.get("id")] {
			continue
		}
		c.pattern(k)
	}
}

// children are the elements of a name inside e, by their id.
func (e *element) children(local string) map[string]*element {
	m := map[string]*element{}
	for _, k := range e.kids {
		if id := k.get("id"); k.is(local) && id != "" {
			m[id] = k
		}
	}
	return m
}
