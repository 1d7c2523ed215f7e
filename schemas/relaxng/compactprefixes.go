package relaxng

import (
	"slices"
	"strings"
)

// Namespaces, prefixes and datatype libraries of the compact syntax (Annex C.2, decl).

// compactPrefix is a declared prefix.
type compactPrefix struct {
	prefix, uri string
	inherit     bool
	used        bool
}

// compactPrefixes are the prefixes of one kind; the last declaration of a prefix
// holds.
type compactPrefixes struct {
	list []compactPrefix
	last map[string]int
}

func (l *compactPrefixes) declare(d compactPrefix) {
	if l.last == nil {
		l.last = map[string]int{}
	}
	l.last[d.prefix] = len(l.list)
	l.list = append(l.list, d)
}

// of is what holds for a prefix, or nil.
func (l *compactPrefixes) of(prefix string) *compactPrefix {
	if i, ok := l.last[prefix]; ok {
		return &l.list[i]
	}
	return nil
}

// each calls f with the declarations that hold, in their order.
func (l *compactPrefixes) each(f func(*compactPrefix)) {
	for i := range l.list {
		if d := &l.list[i]; l.last[d.prefix] == i {
			f(d)
		}
	}
}

// declare writes on the root what the declarations say.
func (p *compactReader) declare(root *Node) {
	if root == nil {
		return
	}
	root.form().decls = append(root.Decls(), NamespaceDecl{"", Namespace})
	var others, notes []NamespaceDecl
	p.namespaces.each(func(d *compactPrefix) {
		decl := NamespaceDecl{d.prefix, d.uri}
		switch {
		case d.inherit, d.uri == "", d.prefix == "xml":
		case d.uri == annotationsNamespace:
			if d.used || p.documented && d.prefix == p.docPrefix {
				notes = append(notes, decl)
			}
		case d.uri == datatypesXSD && !d.used:
		case p.defaultNS != nil && p.defaultNS.prefix == d.prefix && p.defaultNS.uri == d.uri:
			root.form().decls = append(root.Decls(), decl)
		default:
			others = append(others, decl)
		}
	})
	if p.documented && p.namespaces.of(p.docPrefix) == nil {
		notes = append(notes, NamespaceDecl{p.docPrefix, annotationsNamespace})
	}
	root.form().decls = slices.Concat(root.Decls(), others, notes)
	if !p.rootNS() {
		return
	}
	if name, ok := root.Attr("name"); ok && root.Local == "attribute" && !strings.Contains(name, ":") {
		// an ns attribute here would be the name's
		at := root.Offset
		root.Attrs = slices.DeleteFunc(root.Attrs, func(a NodeAttr) bool {
			if a.Local == "name" && a.Space == "" {
				at = a.Offset
				return true
			}
			return false
		})
		n := p.element("name", at)
		n.Kids = []*Node{p.textNode(name, at)}
		p.set(n, "ns", "", at)
		i := slices.IndexFunc(root.Kids, func(k *Node) bool { return k.Kind == ElementNode && k.Space == Namespace })
		for i > 0 && root.Kids[i-1].Kind == CommentNode && root.Kids[i-1].Offset >= root.Offset {
			i--
		}
		root.Kids = slices.Insert(root.Kids, i, n)
	}
	if _, ok := root.Attr("ns"); !ok {
		p.set(root, "ns", p.defaultNS.uri, root.Offset)
	}
}

// rootNS reports whether the default namespace is the root's ns attribute. It
// can't be where a prefix stands for the namespace that is inherited.
func (p *compactReader) rootNS() bool {
	return p.defaultNS != nil && !p.defaultNS.inherit && !p.inherits
}

func (p *compactReader) declarations() {
	for {
		t := p.now()
		switch {
		case t.keyword("namespace"):
			p.advance()
			d, at, ok := p.declared("namespace eg = \"http://…\"")
			if ok {
				p.bind(d, at)
			}
		case t.keyword("default"):
			p.advance()
			if !p.now().keyword("namespace") {
				p.unexpected("namespace, as in default namespace = \"http://…\"")
				return
			}
			p.advance()
			if p.now().is("=") {
				p.advance()
				d := compactPrefix{}
				if !p.namespaceURI(&d) {
					return
				}
				p.defaultNS = &d
				continue
			}
			d, at, ok := p.declared("default namespace = \"http://…\"")
			if ok {
				p.defaultNS = &d
				p.bind(d, at)
			}
		case t.keyword("datatypes"):
			p.advance()
			prefix := p.now().text
			if p.tok.kind != nameToken && p.tok.kind != keywordToken || p.dead {
				p.unexpected("a prefix, as in datatypes xsd = %q", datatypesXSD)
				return
			}
			p.advance()
			if !p.expect("=", "after the prefix") {
				return
			}
			at := p.tok.at
			if uri, ok := p.string("the address of a datatype library, in quotes"); ok {
				if why := badLibrary(uri); why != "" {
					p.fault(at, "rnc/datatype-library", "datatypes %s = %q %s", prefix, uri, why)
				}
				p.datatypes.declare(compactPrefix{prefix: prefix, uri: uri})
			}
		default:
			return
		}
		if p.dead {
			return
		}
	}
}

// declared reads prefix = namespace.
func (p *compactReader) declared(example string) (d compactPrefix, at int, ok bool) {
	t := p.now()
	if t.kind != nameToken && t.kind != keywordToken {
		p.unexpected("a prefix, as in %s", example)
		return d, 0, false
	}
	d.prefix, at = t.text, t.at
	p.advance()
	if !p.expect("=", "after the prefix") {
		return d, at, false
	}
	return d, at, p.namespaceURI(&d)
}

func (p *compactReader) namespaceURI(d *compactPrefix) bool {
	if p.now().keyword("inherit") {
		p.advance()
		d.inherit = true
		return true
	}
	uri, ok := p.string("a namespace in quotes, or inherit")
	d.uri = uri
	return ok
}

// bind declares a prefix.
func (p *compactReader) bind(d compactPrefix, at int) {
	switch {
	case d.prefix == "xmlns":
		p.fault(at, "rnc/prefix", "the prefix xmlns can't be declared; XML keeps it for namespace declarations")
	case d.prefix == "xml" && (d.inherit || d.uri != xmlNamespace):
		p.fault(at, "rnc/prefix", "the prefix xml stands for %s alone; choose another", xmlNamespace)
	case d.prefix == "xml":
		return
	case d.uri == xmlNamespace:
		p.fault(at, "rnc/prefix", "the namespace %s has the prefix xml and no other; write xml:", xmlNamespace)
	}
	p.inherits = p.inherits || d.inherit
	p.namespaces.declare(d)
}

var nowhere compactPrefix

// namespace is what a prefix stands for.
func (p *compactReader) namespace(prefix string, at int) *compactPrefix {
	if d := p.namespaces.of(prefix); d != nil {
		d.used = true
		return d
	}
	var names []string
	p.namespaces.each(func(d *compactPrefix) { names = append(names, d.prefix) })
	hint := ""
	if near := nearestOf(prefix, names); near != "" {
		hint = "; did you mean " + near + "?"
	}
	p.fault(at, "rnc/prefix", "the prefix %q is not declared; add namespace %s = \"…\" at the top%s", prefix, prefix, hint)
	return &nowhere
}

// freePrefix is the prefix declared for a namespace, or one that is free.
func (p *compactReader) freePrefix(uri, like string) string {
	prefix := ""
	p.namespaces.each(func(d *compactPrefix) {
		if d.uri == uri && !d.inherit && prefix == "" {
			prefix = d.prefix
		}
	})
	if prefix != "" {
		return prefix
	}
	for prefix = like; p.namespaces.of(prefix) != nil; {
		prefix += "_"
	}
	return prefix
}
