package relaxng

import "strings"

// Annotations of the compact syntax: [ … ] before, >> after, and ## documentation
// (Annex C.3).

// compactNote is what stands before something: documentation, attributes and
// elements in brackets.
type compactNote struct {
	attrs []NodeAttr
	kids  []*Node // documentation first
	at    int
}

// annotations reads the annotations before something, or nil.
func (p *compactReader) annotations() *compactNote {
	t := p.now()
	if t.kind != docToken && !t.is("[") {
		return nil
	}
	a := &compactNote{at: t.at}
	for p.now().kind == docToken {
		p.documented = true
		d := p.element("documentation", p.tok.at)
		d.Space = annotationsNamespace
		d.setPrefix(p.docPrefix)
		if p.tok.text != "" {
			d.Kids = p.take([]*Node{p.textNode(p.tok.text, p.tok.at)})
		}
		a.kids = append(a.kids, d)
		p.advance()
	}
	if !p.now().is("[") {
		return a
	}
	outer := p.comments
	p.comments = nil
	defer func() { p.comments = append(outer, p.comments...) }()
	p.open("[", "")
	base := len(p.kids)
	for {
		t := p.now()
		if t.kind != nameToken && t.kind != keywordToken && t.kind != cnameToken {
			break
		}
		p.flush()
		if p.peek().is("=") {
			for _, k := range p.kids[base:] {
				if k.Kind == ElementNode && !(t.first && p.unclosed()) {
					p.fault(t.at, "rnc/annotation", "attribute %s after an element; put it before", t.what())
					break
				}
			}
			if p.dead {
				break
			}
			p.annotationAttribute(&a.attrs, true)
			continue
		}
		p.annotationElement(true)
		if p.dead {
			break
		}
	}
	p.flush()
	a.kids = append(a.kids, p.take(p.kids[base:])...)
	p.kids = p.kids[:base]
	switch {
	case p.now().kind == literalToken:
		p.unexpected("an annotation's name; text stands inside an annotation, as x:note [ \"text\" ]")
	case p.now().is("]"):
		p.shut("]", "")
	default:
		p.unexpected("an annotation: x:name = \"value\", x:name [ … ], or ]")
	}
	return a
}

// annotationAttributes bounds the attributes of one annotation.
const annotationAttributes = 1000

// annotationAttribute reads name = "value". Those on an element of RELAX NG are
// foreign: they have a namespace, and another.
func (p *compactReader) annotationAttribute(to *[]NodeAttr, foreign bool) {
	t := p.tok
	n := NodeAttr{Local: t.text, Offset: t.at}
	if t.kind == cnameToken {
		d := p.namespace(t.text, t.at)
		n.Prefix, n.Local, n.Space = t.text, t.local, d.uri
		switch {
		case d.inherit:
			p.fault(t.at, "rnc/annotation", "the prefix %s stands for the namespace that is inherited, and an annotation's must be known", t.text)
		case foreign && d.uri == Namespace:
			p.fault(t.at, "rnc/annotation", "the attribute %s has the namespace of RELAX NG; annotations have others", t.what())
		case d.uri == "":
			n.Prefix = ""
		}
	}
	switch {
	case n.Space == "" && foreign && !(t.kind == cnameToken && p.namespaces.of(t.text) == nil):
		p.fault(t.at, "rnc/annotation", "the attribute %s has no namespace, which annotations need; declare a prefix and write prefix:%s", t.what(), n.Local)
	case n.Space == "" && n.Local == "xmlns", n.Space == xmlnsNamespace, n.Space == xmlnsNamespace+"/":
		p.fault(t.at, "rnc/annotation", "an annotation can't declare namespaces; use namespace … = \"…\" at the top")
	}
	for _, o := range *to {
		if o.Space == n.Space && o.Local == n.Local {
			p.fault(t.at, "rnc/annotation", "the attribute %s stands twice; the first is at %s", t.what(), p.file.place(o.Offset))
			break
		}
	}
	if len(*to) == annotationAttributes {
		p.stop(t.at, "rnc/limit", "an annotation of more than %d attributes", annotationAttributes)
		return
	}
	p.advance()
	p.advance() // =
	v, ok := p.string("the attribute's value in quotes")
	if ok {
		n.Value = v
		*to = append(*to, n)
	}
}

// annotationElement reads name [ … ] and leaves it among the kids.
func (p *compactReader) annotationElement(foreign bool) {
	defer p.leave()
	if !p.enter() {
		return
	}
	t := p.tok
	n := p.element(t.text, t.at)
	n.Space = ""
	if t.kind == cnameToken {
		d := p.namespace(t.text, t.at)
		n.Local, n.Space = t.local, d.uri
		n.setPrefix(t.text)
		switch {
		case d.inherit:
			p.fault(t.at, "rnc/annotation", "the prefix %s stands for the namespace that is inherited, and an annotation's must be known", t.text)
		case foreign && d.uri == Namespace:
			p.fault(t.at, "rnc/annotation", "the element %s has the namespace of RELAX NG; annotations have others", t.what())
		case d.uri == "":
			n.setPrefix("")
		}
	}
	p.advance()
	if !p.now().is("[") {
		p.unexpected("= or [ after an annotation's name")
		return
	}
	p.flush()
	p.open("[", "")
	base := len(p.kids)
	attributes := true
	var text []string // strings side by side are one text
	at := 0
	flushText := func() {
		if s := strings.Join(text, ""); s != "" {
			p.push(p.textNode(s, at))
		}
		text = text[:0]
	}
	for !p.dead {
		t := p.now()
		if t.kind != literalToken || len(p.comments) > 0 {
			flushText()
		}
		switch {
		case t.kind == literalToken:
			p.flush()
			if len(text) == 0 {
				at = t.at
			}
			s, ok := p.string("")
			if !ok {
				return
			}
			text = append(text, s)
			attributes = false
		case t.kind == nameToken || t.kind == keywordToken || t.kind == cnameToken:
			p.flush()
			if p.peek().is("=") {
				if !attributes {
					p.fault(t.at, "rnc/annotation", "attribute %s after text or an element; put it before", t.what())
				}
				p.annotationAttribute(&n.Attrs, false)
				continue
			}
			attributes = false
			p.annotationElement(false)
		case t.is("]"):
			p.flush()
			n.Kids = p.take(p.kids[base:])
			p.kids = append(p.kids[:base], n)
			p.shut("]", "")
			return
		default:
			p.unexpected("name = \"value\", name [ … ], text in quotes, or ]")
		}
	}
	p.kids = p.kids[:base]
}

// follow reads annotations after something: >> x:name [ … ].
func (p *compactReader) follow() {
	for p.now().is(">>") {
		p.flush()
		p.advance()
		if t := p.now(); t.kind != nameToken && t.kind != keywordToken && t.kind != cnameToken {
			p.unexpected("an annotation after >>, as >> x:note [ \"text\" ]")
			return
		}
		p.flush()
		p.annotationElement(true)
	}
}

// annotate puts annotations on a node whose kids begin at base.
func (p *compactReader) annotate(n *Node, a *compactNote) {
	if a == nil {
		return
	}
	for _, t := range a.attrs {
		p.add(n, t)
	}
	p.kids = append(p.kids, a.kids...)
}

// annotateText does so for what holds text alone, where documentation and
// elements come after.
func (p *compactReader) annotateText(n *Node, a *compactNote) {
	if a != nil {
		for _, t := range a.attrs {
			p.add(n, t)
		}
	}
	p.push(n)
	if a != nil {
		p.kids = append(p.kids, a.kids...)
	}
}

// Grammars.
