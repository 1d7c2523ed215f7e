package xmltok

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The document type declaration and the entities it declares (XML 1.0, 2.8, 3.2,
// 3.3, 4). The internal subset is checked whole and used: entities and the
// defaults of attributes. What lies outside the file is never read.

type dtd struct {
	general    map[string]*entity
	parameter  map[string]*entity
	defaults   map[string][]attDef // by element, as written
	external   bool                // there is a subset outside the file
	skipped    bool                // a parameter entity outside the file was left out
	standalone bool
}

type entity struct {
	name   string
	value  []byte
	system string // where an external entity lies
	extern bool
	open   bool
	depth  int // open elements when it was entered
}

type attDef struct {
	name      string
	value     []byte
	tokenized bool // of a type other than CDATA
	defaulted bool
}

// source is what is read again after an entity.
type source struct {
	buf    []byte
	pos    int
	ref    int // of the reference, in buf
	entity *entity
}

// unread reports whether a declaration may lie outside the file (4.1, the
// constraint "Entity Declared").
func (d *dtd) unread() bool { return (d.external || d.skipped) && !d.standalone }

var predefined = map[string][]byte{
	"lt": []byte("<"), "gt": []byte(">"), "amp": []byte("&"), "apos": []byte("'"), "quot": []byte(`"`),
}

// entityDepth bounds entities within entities.
const entityDepth = 64

// reference reads the reference at i in content (4.1).
func (t *Tokenizer) reference(i int) (Kind, bool, error) {
	r, e, n, err := t.readReference(i)
	if err != nil {
		return EOF, false, err
	}
	if e == nil {
		t.scratch = utf8.AppendRune(t.scratch[:0], r)
		t.Text, t.Blank = t.scratch, r < 0x80 && isSpace(byte(r))
		t.Offset, t.End = t.at(i), t.at(i+n)
		t.pos = i + n
		return Text, false, nil
	}
	if err := t.mayExpand(e, i); err != nil {
		return EOF, false, err
	}
	t.sources = append(t.sources, source{t.buf, i + n, i, t.entity})
	e.open, e.depth = true, len(t.open)
	t.entity, t.buf, t.pos = e, e.value, 0
	return EOF, true, nil
}

func (t *Tokenizer) leaveEntity() error {
	if n := len(t.open); n != t.entity.depth {
		return t.fault(0, "xml/entity-balance", "the entity %q ends inside <%s>, which it opens", t.entity.name, t.open[n-1].name.Raw)
	}
	t.entity.open = false
	s := t.sources[len(t.sources)-1]
	t.sources = t.sources[:len(t.sources)-1]
	t.buf, t.pos, t.entity = s.buf, s.pos, s.entity
	return nil
}

// mayExpand checks recursion and the budget before an entity is used.
func (t *Tokenizer) mayExpand(e *entity, i int) error {
	if e.open {
		return t.fault(i, "xml/entity-recursion", "the entity &%s; holds itself", e.name)
	}
	if len(t.sources) >= entityDepth {
		return t.fault(i, "xml/limit", "entities nested more than %d deep", entityDepth)
	}
	t.spent += len(e.value) + len(e.name) + 2
	if t.spent > t.limits.Expansion && t.spent > t.limits.Amplification*(t.at(i)+1) {
		return t.fault(i, "xml/limit", "the entities of this file expand to more than %d times its size; that is how an attack looks, so it is not read further", t.limits.Amplification)
	}
	return nil
}

// readReference reads the reference at i: a character, or an entity that is
// declared. n is its length.
func (t *Tokenizer) readReference(i int) (r rune, e *entity, n int, err error) {
	buf := t.buf
	k := i + 1
	if k < len(buf) && buf[k] == '#' {
		k++
	}
	for k < len(buf) && nameEnd[buf[k]] == 0 {
		k++
	}
	name := buf[i+1 : k]
	switch {
	case k == len(buf) && !t.final && t.entity == nil:
		return 0, nil, 0, errMore
	case len(name) == 0 || name[0] != '#' && badName(name) >= 0:
		return 0, nil, 0, t.fault(i, "xml/reference", "& that begins no reference; write &amp; for the character itself")
	case k == len(buf) || buf[k] != ';':
		return 0, nil, 0, t.fault(i, "xml/reference", "the reference &%s has no ; at its end; write &%s; or &amp; for the character itself", name, name)
	}
	n = k + 1 - i
	if name[0] == '#' {
		r, ok := charReference(string(name[1:]))
		if !ok {
			return 0, nil, 0, t.fault(i, "xml/reference", "&%s; is no character that XML allows", name)
		}
		return r, nil, n, nil
	}
	if c, ok := predefined[string(name)]; ok {
		return rune(c[0]), nil, n, nil
	}
	e = t.dtd.general[string(name)]
	switch {
	case e == nil && t.dtd.unread():
		return 0, nil, 0, t.fault(i, "xml/entity-external", "the entity &%s; is not declared in this file, and its DTD outside is never read; write the character itself", name)
	case e == nil:
		return 0, nil, 0, t.fault(i, "xml/entity", "the entity &%s; is not declared; write the character itself, or &#…; with its number", name)
	case e.extern:
		return 0, nil, 0, t.fault(i, "xml/entity-external", "the entity &%s; lies outside this file (%s), and what lies outside is never read; put its text here", name, e.system)
	}
	return 0, e, n, nil
}

// charReference is the character of #… in a reference (production 66).
func charReference(s string) (rune, bool) {
	base := 10
	if strings.HasPrefix(s, "x") {
		base, s = 16, s[1:]
	}
	if s == "" || s[0] == '+' || s[0] == '-' || strings.Contains(s, "_") {
		return 0, false
	}
	v, err := strconv.ParseUint(s, base, 32)
	if err != nil || v > utf8.MaxRune || !isChar(rune(v)) {
		return 0, false
	}
	return rune(v), true
}

// valueReference appends to scratch what the reference at i in an attribute's
// value stands for, and gives the reference's length.
func (t *Tokenizer) valueReference(i int) (int, error) {
	r, e, n, err := t.readReference(i)
	if err != nil {
		return 0, err
	}
	if e == nil {
		t.scratch = utf8.AppendRune(t.scratch, r)
		return n, nil
	}
	return n, t.expandValue(e, i)
}

// expandValue appends an entity's text to scratch as an attribute's value has it.
func (t *Tokenizer) expandValue(e *entity, at int) error {
	if err := t.mayExpand(e, at); err != nil {
		return err
	}
	// The entity is the source while it is read, so that findings name the reference.
	t.sources = append(t.sources, source{t.buf, t.pos, at, t.entity})
	e.open = true
	t.buf, t.entity = e.value, e
	defer func() {
		s := t.sources[len(t.sources)-1]
		t.sources = t.sources[:len(t.sources)-1]
		t.buf, t.entity = s.buf, s.entity
		e.open = false
	}()
	for i := 0; i < len(e.value); {
		switch c := e.value[i]; {
		case c == '<':
			return t.fault(i, "xml/attribute-value", "the entity &%s; in an attribute's value holds a <; write &amp;lt; in its declaration", e.name)
		case c == '&':
			n, err := t.valueReference(i)
			if err != nil {
				return err
			}
			i += n
		case isSpace(c):
			t.scratch = append(t.scratch, ' ')
			i++
		default:
			t.scratch = append(t.scratch, c)
			i++
		}
	}
	return nil
}

// applyDefaults adds the attributes that the internal subset gives the element
// and normalises those of tokenized types (3.3.2, 3.3.3).
func (t *Tokenizer) applyDefaults(element []byte) error {
	for _, d := range t.dtd.defaults[string(element)] {
		there := -1
		for k := range t.raws[:len(t.Attrs)] {
			if string(t.raws[k]) == d.name {
				there = k
			}
		}
		switch {
		case there >= 0 && d.tokenized:
			t.Attrs[there].Value = bytes.Join(bytes.Fields(t.Attrs[there].Value), []byte(" "))
		case there < 0 && d.defaulted:
			if len(t.Attrs) >= t.limits.Attributes {
				return t.fault(t.pos, "xml/limit", "more than %d attributes on one element", t.limits.Attributes)
			}
			t.raws = append(t.raws[:len(t.Attrs)], []byte(d.name))
			t.Attrs = append(t.Attrs, Attr{Value: d.value, Offset: t.pos, ValueOffset: t.pos})
		}
	}
	return nil
}

// scanDoctype reads the document type declaration (2.8).
func (t *Tokenizer) scanDoctype(start int) (Kind, error) {
	if t.begun || t.doctype {
		return EOF, t.fault(start, "xml/doctype", "a document type declaration stands once, before the document element")
	}
	standalone := t.dtd.standalone
	t.dtd = dtd{general: map[string]*entity{}, parameter: map[string]*entity{}, standalone: standalone}
	p := &subset{t: t, buf: t.buf, i: start + len("<!DOCTYPE"), start: start, offset: t.at(start)}
	p.space(true)
	p.name("the document element's name")
	if p.space(false); p.at("SYSTEM") || p.at("PUBLIC") {
		p.externalID(false)
		t.dtd.external = true
	}
	p.space(false)
	if p.take("[") {
		p.declarations(true)
		p.space(false)
	}
	if !p.take(">") {
		p.wrong("the document type declaration ends with >")
	}
	if p.err != nil {
		return EOF, p.err
	}
	t.doctype = true
	t.Text = t.buf[start+len("<!DOCTYPE") : p.i-1]
	t.Offset, t.End = t.at(start), t.at(p.i)
	t.pos = p.i
	return Doctype, nil
}

// subset reads markup declarations. The first error stays, and nothing is read
// after it.
type subset struct {
	t      *Tokenizer
	buf    []byte
	i      int
	start  int // of the declaration in the document
	offset int
	inside *entity // the parameter entity that is read
	depth  int
	err    error
}

// wrong sets the error: a fault, or that more of the reader is needed.
func (p *subset) wrong(format string, args ...any) {
	switch {
	case p.err != nil:
	case p.inside != nil:
		p.err = p.t.faultAt(p.offset, "xml/doctype", format+" (in the entity %%"+p.inside.name+";)", args...)
	case len(p.buf)-p.i < 64 && !p.t.final: // the words looked for may lie across the end of the window
		p.err = errMore
	case p.i >= len(p.buf):
		p.err = p.t.fault(p.start, "xml/unfinished", "a document type declaration begins here and the file ends before it does")
	default:
		p.err = p.t.fault(p.i, "xml/doctype", format, args...)
	}
}

func (p *subset) at(s string) bool {
	return p.err == nil && bytes.HasPrefix(p.buf[min(p.i, len(p.buf)):], []byte(s))
}

func (p *subset) take(s string) bool {
	if p.at(s) {
		p.i += len(s)
		return true
	}
	return false
}

func (p *subset) space(needed bool) bool {
	from := p.i
	for p.err == nil && p.i < len(p.buf) && isSpace(p.buf[p.i]) {
		p.i++
	}
	if needed && p.i == from {
		p.wrong("a space is missing")
	}
	return p.i > from
}

func (p *subset) name(what string) string {
	n := p.token()
	if p.err == nil && badName(n) >= 0 {
		p.wrong("%s is expected, and %q is no name", what, n)
	}
	return n
}

// token is an Nmtoken (production 7).
func (p *subset) token() string {
	if p.err != nil {
		return ""
	}
	from := p.i
	for p.i < len(p.buf) {
		r, n := utf8.DecodeRune(p.buf[p.i:])
		if !isNameChar(r) || r == utf8.RuneError {
			break
		}
		p.i += n
	}
	if p.i == from || p.i == len(p.buf) && p.inside == nil {
		p.wrong("a name is missing")
	}
	return string(p.buf[from:min(p.i, len(p.buf))])
}

func (p *subset) literal(what string) []byte {
	if p.err != nil {
		return nil
	}
	if p.i >= len(p.buf) || p.buf[p.i] != '"' && p.buf[p.i] != '\'' {
		p.wrong("%s in quotes is expected", what)
		return nil
	}
	n := bytes.IndexByte(p.buf[p.i+1:], p.buf[p.i])
	if n < 0 {
		if p.inside == nil {
			p.i = len(p.buf)
		}
		p.wrong("%s has no closing quote", what)
		return nil
	}
	from := p.i + 1
	for k := from; k < from+n; {
		c := p.buf[k]
		size := 1
		if c >= 0x80 {
			size = charLen(p.buf[:from+n], k)
		} else if c < 0x20 && !isSpace(c) {
			size = 0
		}
		if size == 0 {
			p.i = k
			p.wrong("%s is no character of XML", show(p.buf[k:]))
			return nil
		}
		k += size
	}
	p.i += n + 2
	return p.buf[from : from+n]
}

// externalID reads SYSTEM or PUBLIC and what follows (productions 75 and 83).
func (p *subset) externalID(public bool) (system string) {
	if p.take("PUBLIC") {
		p.space(true)
		for _, c := range p.literal("a public identifier") {
			if !strings.ContainsRune(" \r\nabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-'()+,./:=?;!*#@$_%", rune(c)) {
				p.wrong("%q can't stand in a public identifier", string(rune(c)))
			}
		}
		spaced := p.space(false)
		if public && !p.at("\"") && !p.at("'") {
			return ""
		}
		if !spaced {
			p.wrong("a space is missing")
		}
	} else if p.take("SYSTEM") {
		p.space(true)
	}
	return string(p.literal("the address of what lies outside"))
}

// declarations reads the internal subset up to ], or a parameter entity up to
// its end.
func (p *subset) declarations(bracket bool) {
	for p.err == nil {
		p.space(false)
		switch {
		case bracket && p.take("]"):
			return
		case !bracket && p.i == len(p.buf):
			return
		case p.at("<!--"):
			p.skip("<!--", "--")
			if !p.take(">") {
				p.wrong("-- inside a comment")
			}
		case p.at("<?"):
			from := p.i
			p.skip("<?", "?>")
			if p.err == nil {
				target := p.buf[from+2:]
				k := 0
				for k < len(target) && nameEnd[target[k]] == 0 {
					k++
				}
				if !isNCName(target[:k]) || bytes.EqualFold(target[:k], []byte("xml")) {
					p.i = from
					p.wrong("a processing instruction begins with a name other than xml")
				}
			}
		case p.take("<!ENTITY"):
			p.entityDecl()
		case p.take("<!ATTLIST"):
			p.attlist()
		case p.take("<!ELEMENT"):
			p.space(true)
			p.name("an element's name")
			p.space(true)
			p.contentSpec()
			p.end()
		case p.take("<!NOTATION"):
			p.space(true)
			p.name("a notation's name")
			p.space(true)
			p.externalID(true)
			p.end()
		case p.take("%"):
			p.parameterReference()
		default:
			p.wrong("a declaration is expected, as <!ENTITY …> or <!ATTLIST …>, or ] at the end")
		}
	}
}

func (p *subset) end() {
	p.space(false)
	if !p.take(">") {
		p.wrong("the declaration ends with >")
	}
}

// skip goes behind close and checks the characters before it.
func (p *subset) skip(open, close string) {
	from := p.i + len(open)
	n := bytes.Index(p.buf[from:], []byte(close))
	if n < 0 {
		if p.inside == nil {
			p.i = len(p.buf)
		}
		p.wrong("%s is not closed", open)
		return
	}
	for k := from; k < from+n; {
		c := p.buf[k]
		size := 1
		if c >= 0x80 {
			size = charLen(p.buf[:from+n], k)
		} else if c < 0x20 && !isSpace(c) {
			size = 0
		}
		if size == 0 {
			p.i = k
			p.wrong("%s is no character of XML", show(p.buf[k:]))
			return
		}
		k += size
	}
	p.i = from + n + len(close)
}

// parameterReference reads a parameter entity between declarations (4.1).
func (p *subset) parameterReference() {
	name := p.name("an entity's name")
	if !p.take(";") {
		p.wrong("the reference %%%s has no ; at its end", name)
		return
	}
	e := p.t.dtd.parameter[name]
	switch {
	case p.err != nil:
	case e == nil && p.t.dtd.unread():
	case e == nil:
		p.wrong("the parameter entity %%%s; is not declared", name)
	case e.extern:
		p.t.dtd.skipped = true
	case e.open:
		p.wrong("the parameter entity %%%s; holds itself", name)
	case p.depth >= entityDepth:
		p.wrong("entities nested more than %d deep", entityDepth)
	default:
		p.t.spent += len(e.value) + len(name)
		if p.t.spent > p.t.limits.Expansion {
			p.wrong("the parameter entities of this file expand to more than %d bytes", p.t.limits.Expansion)
			return
		}
		e.open = true
		inner := &subset{t: p.t, buf: e.value, start: p.start, offset: p.offset, inside: e, depth: p.depth + 1}
		inner.declarations(false)
		e.open = false
		p.err = inner.err
	}
}

// used reports whether declarations still count: not after a parameter entity
// was left out (5.1).
func (p *subset) used() bool { return !p.t.dtd.skipped || p.t.dtd.standalone }

func (p *subset) entityDecl() {
	p.space(true)
	into := p.t.dtd.general
	if p.take("%") {
		p.space(true)
		into = p.t.dtd.parameter
	}
	from := p.i
	e := &entity{name: p.name("an entity's name")}
	if p.err == nil && strings.Contains(e.name, ":") {
		p.i = from
		p.wrong("an entity's name has no colon")
	}
	p.space(true)
	if p.at("SYSTEM") || p.at("PUBLIC") {
		e.extern = true
		e.system = p.externalID(false)
		if p.space(false) && p.take("NDATA") {
			p.space(true)
			p.name("a notation's name")
		}
	} else {
		e.value = p.entityValue(p.literal("an entity's text"))
	}
	p.end()
	if p.err == nil && into[e.name] == nil && p.used() {
		into[e.name] = e
	}
}

// entityValue is the replacement text of an entity (4.5): references to
// characters are put in, others stay.
func (p *subset) entityValue(lit []byte) []byte {
	var out []byte
	for i := 0; i < len(lit) && p.err == nil; {
		switch c := lit[i]; c {
		case '%':
			p.wrong("a parameter entity can't be used inside a declaration of the file itself; write &#37; for the character")
		case '\r':
			out = append(out, '\n')
			if i++; i < len(lit) && lit[i] == '\n' {
				i++
			}
		case '&':
			n := bytes.IndexByte(lit[i:], ';')
			if n < 2 {
				p.wrong("& that begins no reference; write &#38; for the character itself")
				break
			}
			name := lit[i+1 : i+n]
			if name[0] == '#' {
				r, ok := charReference(string(name[1:]))
				if !ok {
					p.wrong("&%s; is no character that XML allows", name)
				}
				out = utf8.AppendRune(out, r)
			} else {
				if badName(name) >= 0 {
					p.wrong("& that begins no reference; write &#38; for the character itself")
				}
				out = append(out, lit[i:i+n+1]...)
			}
			i += n + 1
		default:
			out = append(out, c)
			i++
		}
	}
	return out
}

// contentSpec reads the content model of an element declaration (3.2).
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
		p.wrong("a content model is expected: EMPTY, ANY or one in parentheses")
	}
}

func (p *subset) occurrence() {
	_ = p.take("?") || p.take("*") || p.take("+")
}

func (p *subset) mixed() {
	names := 0
	for p.err == nil {
		p.space(false)
		if p.take(")") {
			if !p.take("*") && names > 0 {
				p.wrong("a model of text and elements ends with )*")
			}
			return
		}
		if !p.take("|") {
			p.wrong("| or ) is expected")
		}
		p.space(false)
		p.name("an element's name")
		names++
	}
}

func (p *subset) particles(depth int) {
	if depth > 256 {
		p.wrong("content models nested more than 256 deep")
	}
	separator := ""
	for p.err == nil {
		p.space(false)
		if p.take("(") {
			p.particles(depth + 1)
		} else {
			p.name("an element's name")
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
			p.wrong(", | or ) is expected, and not , and | in one group")
		}
	}
}

// attlist reads an attribute-list declaration (3.3).
func (p *subset) attlist() {
	p.space(true)
	element := p.name("an element's name")
	for p.err == nil {
		spaced := p.space(false)
		if p.take(">") {
			return
		}
		if !spaced {
			p.wrong("a space is missing")
		}
		d := attDef{name: p.name("an attribute's name"), tokenized: true}
		p.space(true)
		switch {
		case p.take("CDATA"):
			d.tokenized = false
		case p.take("IDREFS"), p.take("IDREF"), p.take("ID"), p.take("ENTITY"), p.take("ENTITIES"), p.take("NMTOKENS"), p.take("NMTOKEN"):
		case p.take("NOTATION"):
			p.space(true)
			p.enumeration(true)
		default:
			p.enumeration(false)
		}
		p.space(true)
		if !p.take("#REQUIRED") && !p.take("#IMPLIED") {
			if p.take("#FIXED") {
				p.space(true)
			}
			lit := p.literal("a default value")
			if p.err == nil {
				d.defaulted = true
				d.value = p.defaultValue(lit, d.tokenized)
			}
		}
		if p.err == nil && p.used() {
			if p.t.dtd.defaults == nil {
				p.t.dtd.defaults = map[string][]attDef{}
			}
			known := false
			for _, o := range p.t.dtd.defaults[element] {
				known = known || o.name == d.name
			}
			if !known {
				p.t.dtd.defaults[element] = append(p.t.dtd.defaults[element], d)
			}
		}
	}
}

func (p *subset) enumeration(names bool) {
	if !p.take("(") {
		p.wrong("an attribute's type is expected, as CDATA, ID or (one|other)")
	}
	for p.err == nil {
		p.space(false)
		if n := p.token(); names && p.err == nil && badName(n) >= 0 {
			p.wrong("%q is no name", n)
		}
		p.space(false)
		if p.take(")") {
			return
		}
		if !p.take("|") {
			p.wrong("| or ) is expected")
		}
	}
}

// defaultValue is a default value as the attribute will have it.
func (p *subset) defaultValue(lit []byte, tokenized bool) []byte {
	e := &entity{name: "default value", value: lit}
	t := p.t
	kept := t.scratch
	t.scratch = nil
	err := t.expandValue(e, min(p.i, len(t.buf)))
	value := t.scratch
	t.scratch = kept
	if err != nil {
		p.err = err
	}
	if tokenized {
		value = bytes.Join(bytes.Fields(value), []byte(" "))
	}
	return value
}
