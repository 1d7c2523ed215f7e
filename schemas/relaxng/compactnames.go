package relaxng

// Names and name classes of the compact syntax.

// nameClass reads the names of an element or attribute: a plain name becomes
// its name attribute.
func (p *compactReader) nameClass(n *Node) {
	t := p.now()
	attribute := n.Local == "attribute"
	if p.plainName(t) && len(p.comments) == 0 && p.peek().is("{") {
		// 4.8: an attribute's name without a prefix has no namespace
		if name, d := p.named(t, attribute); attribute && !d.inherit || !attribute && (t.kind == cnameToken && d.uri != "" || !p.explicit(d)) {
			p.set(n, "name", name, t.at)
			p.advance()
			return
		}
	}
	p.names(nil, attribute)
}

func (p *compactReader) plainName(t *compactToken) bool {
	return t.kind == nameToken || t.kind == keywordToken || t.kind == cnameToken
}

var (
	inherited   = compactPrefix{inherit: true}
	noNamespace = compactPrefix{}
)

// named is a name as it stands in the XML syntax, a prefix only before it where
// that stands for a namespace, and the namespace.
func (p *compactReader) named(t *compactToken, attribute bool) (string, *compactPrefix) {
	switch {
	case t.kind == cnameToken:
		d := p.namespace(t.text, t.at)
		if d.inherit || d.uri == "" {
			return t.local, d
		}
		return t.text + ":" + t.local, d
	case attribute:
		return t.text, &noNamespace
	}
	return t.text, p.byDefault()
}

// explicit reports whether a name of a namespace, with no prefix, needs an ns
// attribute: it is not what the elements around give. Inside an element that has
// another, the XML syntax has no words for the namespace inherited; there it is
// none, as it is for a schema that nothing includes.
func (p *compactReader) explicit(d *compactPrefix) bool {
	return p.other > 0 || !d.inherit && !(d == p.defaultNS && p.rootNS())
}

// byDefault is the default namespace.
func (p *compactReader) byDefault() *compactPrefix {
	if p.defaultNS != nil {
		return p.defaultNS
	}
	return &inherited
}

// names reads a name class. Annotations are those before its parenthesis.
func (p *compactReader) names(a *compactNote, attribute bool) {
	defer p.leave()
	if !p.enter() {
		return
	}
	at := p.tok.at
	base := len(p.kids)
	if p.flush(); a == nil {
		base = len(p.kids)
	}
	except := p.simpleNames(attribute, true)
	if !p.now().is("|") {
		if a != nil {
			p.wrap(p.element("choice", at), a, base)
		}
		return
	}
	for p.now().is("|") {
		if except {
			p.fault(p.tok.at, "rnc/operators", "a name class with an exception beside |; put it into parentheses, as (* - a) | b")
		}
		p.flush()
		p.advance()
		if except = p.simpleNames(attribute, true); except {
			p.fault(at, "rnc/operators", "a name class with an exception after |; put it into parentheses, as a | (* - b)")
			except = false
		}
	}
	p.wrap(p.element("choice", at), a, base)
}

// simpleNames reads a name class without |, with annotations before and after
// it, and reports whether it has an exception.
func (p *compactReader) simpleNames(attribute, mayExcept bool) (except bool) {
	p.flush()
	a := p.annotations()
	p.flush()
	except = p.oneNameClass(a, attribute, mayExcept)
	if mayExcept {
		p.follow()
	}
	return except
}

func (p *compactReader) oneNameClass(a *compactNote, attribute, mayExcept bool) (except bool) {
	t := *p.now()
	switch {
	case p.plainName(&t):
		name, d := p.named(&t, attribute)
		n := p.element("name", t.at)
		n.Kids = p.take([]*Node{p.textNode(name, t.at)})
		if (t.kind != cnameToken || d.uri == "") && p.explicit(d) {
			p.set(n, "ns", d.uri, t.at)
		}
		p.advance()
		p.annotateText(n, a)
		return false
	case t.is("("):
		p.open("(", "")
		p.names(a, attribute)
		p.shut(")", "or |")
		return false
	case t.is("*"), t.kind == nsNameToken:
		n := p.element("anyName", t.at)
		if t.kind == nsNameToken {
			n.Local = "nsName"
			if d := p.namespace(t.text, t.at); p.explicit(d) {
				p.set(n, "ns", d.uri, t.at)
			}
		}
		base := len(p.kids)
		p.annotate(n, a)
		p.advance()
		if mayExcept && p.now().is("-") {
			except = true
			p.flush()
			x := p.element("except", p.tok.at)
			from := len(p.kids)
			p.advance()
			_, other := n.Attr("ns")
			if other {
				p.other++
			}
			if p.enter() {
				p.simpleNames(attribute, false)
			}
			p.leave()
			if other {
				p.other--
			}
			p.close(x, from)
		}
		p.close(n, base)
		return except
	case t.kind == literalToken:
		p.unexpected("a name, which has no quotes")
	default:
		p.unexpectedName("a name, prefix:name, prefix:* or *")
	}
	return false
}
