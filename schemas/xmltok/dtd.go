package xmltok

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"sigla/tei/diag"
)

// The document type declaration (XML 1.0, 2.8, 3.2 to 3.4 and 4.2 to 4.7). The
// internal subset is checked whole, and used for entities and for what it says
// of attributes. What lies outside the file is never read.

type dtd struct {
	general    map[string]*entity
	parameter  map[string]*entity
	attributes map[string]*attributeList // by element, as written
	external   bool                      // there is a subset outside the file
	referred   bool                      // a parameter entity has been referred to
	skipped    bool                      // one outside the file was left out
	standalone bool
}

// attributeList is what the subset declares of an element's attributes.
type attributeList struct {
	byName   map[string]*attributeDef
	defaults []*attributeDef
	round    int // of the tag it is applied to
}

type attributeDef struct {
	name      string
	value     []byte
	tokenized bool // of a type other than CDATA
	round     int  // of the last tag that has the attribute
}

// unread reports whether a declaration may lie outside the file (4.1, the
// constraint "Entity Declared").
func (d *dtd) unread() bool { return (d.external || d.referred) && !d.standalone }

// applyDeclared adds the attributes that the subset gives the element by
// default (3.3.2), and normalises those of tokenized types (3.3.3). It reports
// whether one of them declares a namespace.
func (t *Tokenizer) applyDeclared(element []byte) (declares bool, err error) {
	list := t.dtd.attributes[string(element)]
	if list == nil {
		return false, nil
	}
	list.round++
	for k, raw := range t.raws {
		if d := list.byName[string(raw)]; d != nil {
			d.round = list.round
			if d.tokenized {
				t.Attrs[k].Value = t.oneSpace(t.Attrs[k].Value)
			}
		}
	}
	for _, d := range list.defaults {
		if d.round == list.round {
			continue
		}
		if len(t.Attrs) >= t.limits.Attributes {
			return false, t.fault(t.pos, CodeLimit, "the tag <%s> has more than %d attributes, which is the limit; take some out", element, t.limits.Attributes)
		}
		if err := t.spend(len(d.name)+len(d.value), t.at(t.pos)); err != nil {
			return false, err
		}
		raw := []byte(d.name)
		declares = declares || isDeclaration(raw)
		t.raws = append(t.raws, raw)
		t.Attrs = append(t.Attrs, Attr{Value: d.value, Offset: t.pos, ValueOffset: t.pos})
	}
	return declares, nil
}

// oneSpace is a value with no spaces at its ends and one between its words. Only
// the space itself counts: other white space has come by references.
func (t *Tokenizer) oneSpace(value []byte) []byte {
	from := len(t.scratch)
	for _, c := range value {
		if n := len(t.scratch); c != ' ' || n > from && t.scratch[n-1] != ' ' {
			t.scratch = append(t.scratch, c)
		}
	}
	if n := len(t.scratch); n > from && t.scratch[n-1] == ' ' {
		t.scratch = t.scratch[:n-1]
	}
	return t.scratch[from:len(t.scratch):len(t.scratch)]
}

// scanDoctype reads the document type declaration (production 28).
func (t *Tokenizer) scanDoctype(start int) (Kind, error) {
	if t.begun || t.doctype {
		return EOF, t.fault(start, CodeDoctype, "a document type declaration stands once, before the document element; take this out")
	}
	spent := t.spent
	t.dtd = dtd{general: map[string]*entity{}, parameter: map[string]*entity{}, standalone: t.dtd.standalone}
	from := start + len("<!DOCTYPE")
	p := &subset{t: t, buf: t.within(start), i: from, start: start}
	p.doctype()
	if p.err != nil {
		if p.err == errMore {
			t.spent = spent // it is read again
		}
		return EOF, p.err
	}
	t.doctype = true
	t.Text = t.buf[from : p.i-1 : p.i-1]
	t.token(start, p.i)
	return Doctype, nil
}

// subset reads markup declarations. The first error stays, and nothing is read
// after it.
type subset struct {
	t      *Tokenizer
	buf    []byte
	i      int
	start  int     // of the document type declaration
	inside *entity // the parameter entity that is read
	offset int     // of the reference to the outermost one
	depth  int
	err    error
}

// wrong sets the error at i, or asks for more where i is the end of what there is.
func (p *subset) wrong(format string, args ...any) { p.wrongAt(p.i, CodeDoctype, format, args...) }

func (p *subset) wrongAt(i int, code diag.Code, format string, args ...any) {
	switch {
	case p.err != nil:
	case p.inside != nil:
		p.err = p.t.faultAt(p.offset, code, format+" (in the entity %%%s;)", append(args, p.inside.name)...)
	case i >= len(p.buf) || p.t.partial(p.buf, i):
		p.more()
	case code == CodeDoctype && p.buf[i] < 0x20 && !isSpace(p.buf[i]) || p.buf[i] >= 0x80 && charLen(p.buf, i) == 0:
		p.err = p.t.strange(i)
	case code == CodeDoctype && p.buf[i] == '%' && i > p.start:
		p.err = p.t.fault(i, code, "a %% inside a declaration, where no parameter entity of the file itself can be used; write its text")
	default:
		p.err = p.t.fault(i, code, format, args...)
	}
}

// more asks for more of the document, or says that it ends too early.
func (p *subset) more() {
	if p.err == nil {
		p.err = p.t.more(p.start, "a document type declaration", "add > where it ends, or ]> after its subset", nil)
	}
}

// at reports whether s stands at i.
func (p *subset) at(s string) bool {
	if p.err != nil {
		return false
	}
	rest := p.buf[p.i:]
	if len(rest) >= len(s) {
		return string(rest[:len(s)]) == s
	}
	if p.inside == nil && strings.HasPrefix(s, string(rest)) {
		p.more()
	}
	return false
}

func (p *subset) take(s string) bool {
	if p.at(s) {
		p.i += len(s)
		return true
	}
	return false
}

func (p *subset) space(needed bool) bool {
	if p.err != nil {
		return false
	}
	from := p.i
	p.i = pastSpaces(p.buf, p.i)
	if needed && p.i == from {
		p.wrong("a space is missing in a declaration; put one here")
	}
	return p.i > from
}

// token is an Nmtoken (production 7).
func (p *subset) token(what string) string {
	if p.err != nil {
		return ""
	}
	from := p.i
	for p.i < len(p.buf) {
		r, n := utf8.DecodeRune(p.buf[p.i:])
		if !isNameChar(r) || r == utf8.RuneError && n < 2 {
			break
		}
		p.i += n
	}
	switch {
	case p.i-from > p.t.limits.Name:
		p.wrongAt(from, CodeLimit, "a name is longer than %s, which is the limit; shorten it", bytesOf(p.t.limits.Name))
	case p.inside == nil && (p.i == len(p.buf) || p.t.partial(p.buf, p.i)):
		p.more()
	case p.i == from:
		p.wrong("%s is expected here", what)
	}
	return string(p.buf[from:p.i])
}

// name is a Name (production 5); element and attribute names are qualified, all
// others have no colon (Namespaces in XML, 7).
func (p *subset) name(what string, qualified bool) string {
	from := p.i
	n := p.token(what)
	switch {
	case p.err != nil:
	case badName(n) >= 0:
		p.wrongAt(from, CodeDoctype, "%s is expected here, and %q is no name", what, n)
	case qualified && !isQName(n):
		p.wrongAt(from, CodeName, "%q is no name: a name has one colon at most, with a prefix before it and a name after it", n)
	case !qualified && !isNCName(n):
		p.wrongAt(from, CodeName, "%q has a colon, and %s has none; write it without", n, what)
	}
	return n
}

// literal reads what stands in quotes, and gives its place in buf.
func (p *subset) literal(what string) (from, end int) {
	if p.err != nil {
		return 0, 0
	}
	if p.i >= len(p.buf) || p.buf[p.i] != '"' && p.buf[p.i] != '\'' {
		p.wrong("%s in quotes is expected here", what)
		return 0, 0
	}
	from = p.i + 1
	n := bytes.IndexByte(p.buf[from:], p.buf[p.i])
	if n < 0 {
		p.unclosed("%s has no closing quote", what)
		return 0, 0
	}
	end = from + n
	if p.chars(from, end) {
		p.i = end + 1
	}
	return from, end
}

// unclosed is the error of something that has no end.
func (p *subset) unclosed(format string, args ...any) {
	switch {
	case p.inside == nil && p.err == nil && !p.t.mayGoOn(p.start):
		p.err = p.t.fault(p.i, CodeUnfinished, format+" from here to the end of the file; add it", args...)
	case p.inside == nil:
		p.more()
	default:
		p.wrong(format, args...)
	}
}

// chars checks the characters of buf[from:end].
func (p *subset) chars(from, end int) bool {
	bad := badChar(p.buf, from, end)
	if bad >= 0 {
		p.wrongAt(bad, CodeDoctype, "%s is no character of XML; take it out", show(p.buf[bad:]))
	}
	return bad < 0
}

// skip goes behind close and checks the characters before it.
func (p *subset) skip(open, close string) (from, end int) {
	from = p.i + len(open)
	n := bytes.Index(p.buf[from:], []byte(close))
	if n < 0 {
		p.unclosed("%s has no %s", open, close)
		return from, from
	}
	end = from + n
	if p.chars(from, end) {
		p.i = end + len(close)
	}
	return from, end
}

func (p *subset) doctype() {
	p.space(true)
	p.name("the document element's name", true)
	p.space(false)
	if p.at("SYSTEM") || p.at("PUBLIC") {
		p.externalID(false)
		p.t.dtd.external = true
	}
	p.space(false)
	if p.take("[") {
		p.declarations(true)
		p.space(false)
	}
	if !p.take(">") {
		p.wrong("the document type declaration ends with >, which is missing before this")
	}
}

// externalID reads SYSTEM or PUBLIC and what follows (productions 75 and 83).
func (p *subset) externalID(public bool) (system string) {
	switch {
	case p.take("PUBLIC"):
		p.space(true)
		from, end := p.literal("a public identifier")
		for i := from; i < end && p.err == nil; i++ {
			if !isPubid(p.buf[i]) {
				p.wrongAt(i, CodeDoctype, "%s can't stand in a public identifier; take it out", show(p.buf[i:]))
			}
		}
		spaced := p.space(false)
		if public && !p.at("\"") && !p.at("'") {
			return ""
		}
		if !spaced {
			p.wrong("a space is missing in a declaration; put one here")
		}
	case p.take("SYSTEM"):
		p.space(true)
	default:
		p.wrong("a place is expected here, as SYSTEM \"…\" or PUBLIC \"…\"")
	}
	from, end := p.literal("the address of what lies outside")
	return string(p.buf[from:end])
}

// isPubid is production 13.
func isPubid(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c != 0 && strings.IndexByte(" \r\n-'()+,./:=?;!*#@$_%", c) >= 0
}

// declarations reads the internal subset up to ], or a parameter entity up to
// its end (productions 28b and 29).
func (p *subset) declarations(bracket bool) {
	for p.err == nil {
		p.space(false)
		switch {
		case bracket && p.take("]"), !bracket && p.i == len(p.buf):
			return
		case p.at("<!--"):
			p.comment()
		case p.at("<?"):
			p.instruction()
		case p.take("<!ENTITY"):
			p.entityDecl()
		case p.take("<!ATTLIST"):
			p.attlist()
		case p.take("<!ELEMENT"):
			p.space(true)
			p.name("an element's name", true)
			p.space(true)
			p.contentSpec()
			p.end()
		case p.take("<!NOTATION"):
			p.space(true)
			p.name("a notation's name", false)
			p.space(true)
			p.externalID(true)
			p.end()
		case p.take("%"):
			p.parameterReference()
		case p.at("<!["):
			p.wrong("a conditional section stands in a DTD outside the file alone; take it out")
		default:
			p.wrong("a declaration is expected here, as <!ENTITY …> or <!ATTLIST …>, or ] at the end")
		}
	}
}

func (p *subset) comment() {
	start := p.i
	_, end := p.skip("<!--", "--")
	if p.err == nil && !p.take(">") {
		p.wrongAt(end, CodeComment, "-- inside the comment opened at %s, which ends with -->; write - -", lineColumn(p.t.Pos(p.offsetOf(start))))
	}
}

// offsetOf is the offset of a place, or of the reference that led there.
func (p *subset) offsetOf(i int) int {
	if p.inside != nil {
		return p.offset
	}
	return p.t.at(i)
}

func (p *subset) instruction() {
	from, end := p.skip("<?", "?>")
	if p.err != nil {
		return
	}
	if bad, why := badInstruction(p.buf[from:end]); bad >= 0 {
		p.wrongAt(from+bad, CodeMarkup, "%s", why)
	}
}

func (p *subset) end() {
	p.space(false)
	if !p.take(">") {
		p.wrong("the declaration ends with >, which is missing before this")
	}
}

// parameterReference reads a parameter entity between declarations (production
// 28a).
func (p *subset) parameterReference() {
	from := p.i - 1
	name := p.name("an entity's name", false)
	if !p.take(";") {
		p.wrong("the reference %%%s has no ; at its end; put one here", name)
		return
	}
	t := p.t
	t.dtd.referred = true
	e := t.dtd.parameter[name]
	switch {
	case e == nil && t.dtd.standalone:
		p.wrongAt(from, CodeEntity, "the parameter entity %%%s; is not declared, and the file says that it is standalone; declare it before this", name)
	case e == nil, e.extern: // 4.1, "Entity Declared": in other files a matter of validity
		t.dtd.skipped = true
	case e.open:
		p.wrongAt(from, CodeEntityRecursion, "the parameter entity %%%s; holds itself; take the reference out", name)
	case p.depth >= entityDepth:
		p.wrongAt(from, CodeLimit, "entities are nested more than %d deep, which is the limit", entityDepth)
	default:
		if p.err = t.spend(len(e.value)+len(name)+len("%;"), p.offsetOf(from)); p.err != nil {
			return
		}
		e.open = true
		inner := &subset{t: t, buf: e.value, start: p.start, offset: p.offsetOf(from), inside: e, depth: p.depth + 1}
		inner.declarations(false)
		e.open = false
		p.err = inner.err
	}
}

// used reports whether declarations still count: not after a parameter entity
// was left out (5.1).
func (p *subset) used() bool { return p.err == nil && (!p.t.dtd.skipped || p.t.dtd.standalone) }

// entityDecl reads the declaration of an entity (productions 70 to 76). The
// first of a name counts.
func (p *subset) entityDecl() {
	p.space(true)
	into, parameter := p.t.dtd.general, false
	if p.take("%") {
		p.space(true)
		into, parameter = p.t.dtd.parameter, true
	}
	e := &entity{name: p.name("an entity's name", false)}
	p.space(true)
	if p.at("SYSTEM") || p.at("PUBLIC") {
		e.extern = true
		e.system = p.externalID(false)
		if p.space(false) && !parameter && p.take("NDATA") {
			e.unparsed = true
			p.space(true)
			p.name("a notation's name", false)
		}
	} else {
		e.value = p.entityValue(p.literal("an entity's text"))
	}
	p.end()
	if p.used() && into[e.name] == nil {
		into[e.name] = e
	}
}

// entityValue is the replacement text of an entity (4.5): references to
// characters are put in, others stay.
func (p *subset) entityValue(from, end int) []byte {
	out := make([]byte, 0, end-from)
	for i := from; i < end && p.err == nil; {
		switch c := p.buf[i]; {
		case c == '%':
			p.wrongAt(i, CodeReference, "a %% in an entity's text, where no parameter entity of the file itself can be used; write &#37; for the character")
		case c == '\r' && p.inside == nil:
			out = append(out, '\n')
			if i++; i < end && p.buf[i] == '\n' {
				i++
			}
		case c == '&':
			n := bytes.IndexByte(p.buf[i:end], ';')
			if n < 2 {
				p.wrongAt(i, CodeReference, "& that begins no reference; write &#38;#38; for the character itself")
				break
			}
			name := p.buf[i+1 : i+n]
			r, ok := charReference(name[1:])
			switch {
			case name[0] == '#' && ok:
				out = utf8.AppendRune(out, r)
			case name[0] == '#':
				p.wrongAt(i, CodeReference, "&%s; is no character that XML allows; take it out", name)
			case !isNCName(name):
				p.wrongAt(i, CodeReference, "& that begins no reference; write &#38;#38; for the character itself")
			default:
				out = append(out, p.buf[i:i+n+1]...)
			}
			i += n + 1
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// contentSpec reads the content model of an element (production 46).
func (p *subset) contentSpec() {
	switch {
	case p.take("EMPTY"), p.take("ANY"):
	case p.take("("):
		p.space(false)
		if p.take("#PCDATA") {
			p.mixed()
			return
		}
		p.particles(1)
		p.occurrence()
	default:
		p.wrong("a content model is expected here: EMPTY, ANY or one in parentheses")
	}
}

func (p *subset) occurrence() {
	_ = p.take("?") || p.take("*") || p.take("+")
}

// mixed reads what follows (#PCDATA (production 51).
func (p *subset) mixed() {
	for names := 0; p.err == nil; names++ {
		p.space(false)
		if p.take(")") {
			if !p.take("*") && names > 0 {
				p.wrong("a model of text and elements ends with )*, and the * is missing here")
			}
			return
		}
		if !p.take("|") {
			p.wrong("| or ) is expected here")
		}
		p.space(false)
		p.name("an element's name", true)
	}
}

// particleDepth bounds content models within content models.
const particleDepth = 256

// particles reads a group behind its parenthesis (productions 47 to 50).
func (p *subset) particles(depth int) {
	if depth > particleDepth {
		p.wrongAt(p.i, CodeLimit, "content models are nested more than %d deep, which is the limit", particleDepth)
	}
	for separator := ""; p.err == nil; {
		p.space(false)
		if p.take("(") {
			p.particles(depth + 1)
		} else {
			p.name("an element's name", true)
		}
		p.occurrence()
		p.space(false)
		switch {
		case p.take(")"):
			return
		case separator != "|" && p.take(","):
			separator = ","
		case separator != "," && p.take("|"):
			separator = "|"
		default:
			p.wrong(", | or ) is expected here, and not , and | in one group")
		}
	}
}

// attlist reads the declaration of an element's attributes (productions 52 to
// 60). The first of a name counts.
func (p *subset) attlist() {
	p.space(true)
	element := p.name("an element's name", true)
	for p.err == nil {
		spaced := p.space(false)
		if p.take(">") {
			return
		}
		if !spaced {
			p.wrong("a space is missing in a declaration; put one here")
		}
		d := &attributeDef{name: p.name("an attribute's name", true)}
		p.space(true)
		d.tokenized = p.attributeType()
		p.space(true)
		defaulted := p.defaultDecl(d)
		if p.used() {
			p.declareAttribute(element, d, defaulted)
		}
	}
}

func (p *subset) declareAttribute(element string, d *attributeDef, defaulted bool) {
	t := p.t
	list := t.dtd.attributes[element]
	if list == nil {
		if t.dtd.attributes == nil {
			t.dtd.attributes = map[string]*attributeList{}
		}
		list = &attributeList{byName: map[string]*attributeDef{}}
		t.dtd.attributes[element] = list
	}
	if list.byName[d.name] != nil {
		return
	}
	list.byName[d.name] = d
	if defaulted {
		list.defaults = append(list.defaults, d)
	}
}

// attributeType reads a type (production 54) and reports whether it is a
// tokenized one.
func (p *subset) attributeType() bool {
	switch {
	case p.take("CDATA"):
		return false
	case p.take("IDREFS"), p.take("IDREF"), p.take("ID"), p.take("ENTITY"), p.take("ENTITIES"), p.take("NMTOKENS"), p.take("NMTOKEN"):
	case p.take("NOTATION"):
		p.space(true)
		p.enumeration(true)
	default:
		p.enumeration(false)
	}
	return true
}

// enumeration reads the values an attribute can have, or the notations
// (productions 58 and 59).
func (p *subset) enumeration(notations bool) {
	if !p.take("(") {
		p.wrong("an attribute's type is expected here, as CDATA, ID or (one|other)")
	}
	for p.err == nil {
		p.space(false)
		if notations {
			p.name("a notation's name", false)
		} else {
			p.token("a value")
		}
		p.space(false)
		if p.take(")") {
			return
		}
		if !p.take("|") {
			p.wrong("| or ) is expected here")
		}
	}
}

// defaultDecl reads whether there is a default value, and the value as the
// attribute will have it (production 60).
func (p *subset) defaultDecl(d *attributeDef) bool {
	if p.take("#REQUIRED") || p.take("#IMPLIED") {
		return false
	}
	if p.take("#FIXED") {
		p.space(true)
	}
	from, end := p.literal("a default value, or #REQUIRED or #IMPLIED,")
	if p.err != nil {
		return false
	}
	t := p.t
	e := &entity{value: p.buf[from:end]}
	if p.inside == nil {
		e.value = t.lines(e.value)
	}
	kept := t.scratch
	t.scratch = nil
	p.err = t.expandValue(e, p.offsetOf(from)-t.base)
	if d.value = t.scratch; d.tokenized {
		d.value = t.oneSpace(d.value)
	}
	t.scratch = kept
	return true
}
