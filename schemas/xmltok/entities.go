package xmltok

import (
	"strings"
	"unicode/utf8"
)

// References and the entities of the internal subset (XML 1.0, 4.1, 4.4 and
// 4.6). An entity is read in place of its reference, within a budget; one that
// lies outside the file is a finding.

type entity struct {
	name     string
	value    []byte
	system   string // where an external entity lies
	extern   bool
	unparsed bool
	open     bool
	depth    int // open elements when it was entered
}

// source is what is read again after an entity.
type source struct {
	buf    []byte
	pos    int
	ref    int // of the reference, in buf
	entity *entity
}

// entityDepth bounds entities within entities.
const entityDepth = 64

var predefined = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// reference reads the reference at i in content.
func (t *Tokenizer) reference(i int) (Kind, bool, error) {
	r, e, n, err := t.readReference(i)
	if err != nil {
		return EOF, false, err
	}
	if e == nil {
		t.scratch = utf8.AppendRune(t.scratch[:0], r)
		t.Text, t.Blank = t.scratch, r < 0x80 && isSpace(byte(r))
		t.token(i, i+n)
		return Text, false, nil
	}
	if err := t.mayExpand(e, i); err != nil {
		return EOF, false, err
	}
	e.depth = len(t.open)
	t.enter(e, i, i+n)
	return EOF, true, nil
}

// enter reads an entity for the reference at i, and then goes on at next.
func (t *Tokenizer) enter(e *entity, i, next int) {
	t.sources = append(t.sources, source{t.buf, next, i, t.entity})
	e.open = true
	t.entity, t.buf, t.pos = e, e.value, 0
}

// leave goes back to what stands around the entity.
func (t *Tokenizer) leave() {
	t.entity.open = false
	s := t.sources[len(t.sources)-1]
	t.sources = t.sources[:len(t.sources)-1]
	t.buf, t.pos, t.entity = s.buf, s.pos, s.entity
}

// leaveEntity ends an entity in content, which holds whole elements (4.3.2).
func (t *Tokenizer) leaveEntity() error {
	if n := len(t.open); n > t.entity.depth {
		return t.fault(0, CodeEntityBalance, "the entity ends inside <%s>, which it opens; close that in it", t.open[n-1].name.Raw)
	}
	t.leave()
	return nil
}

// mayExpand checks recursion (4.1) and the budget before an entity is used.
func (t *Tokenizer) mayExpand(e *entity, i int) error {
	if e.open {
		return t.fault(i, CodeEntityRecursion, "the entity &%s; holds itself; take the reference out", e.name)
	}
	if len(t.sources) >= entityDepth {
		return t.fault(i, CodeLimit, "entities are nested more than %d deep, which is the limit", entityDepth)
	}
	return t.spend(len(e.value)+len(e.name)+len("&;"), t.at(i))
}

// spend takes n bytes of expansion, needed at an offset, from the budget.
func (t *Tokenizer) spend(n, offset int) error {
	t.spent += n
	if t.spent > t.limits.Expansion && t.spent > t.limits.Amplification*(offset+1) {
		return t.faultAt(offset, CodeLimit, "entities expand to more than %s and %d times what was read, which is the limit: so an attack looks",
			bytesOf(t.limits.Expansion), t.limits.Amplification)
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
	k = pastName(buf, k)
	name := buf[i+1 : k]
	switch {
	case len(name) > t.limits.Name:
		return 0, nil, 0, t.longName(i + 1)
	case k == len(buf) && !t.ended():
		return 0, nil, 0, errMore
	case len(name) == 0 || name[0] != '#' && !isNCName(name):
		if bad := badChar(buf, i+1, k); bad >= 0 {
			return 0, nil, 0, t.strange(bad)
		}
		return 0, nil, 0, t.fault(i, CodeReference, "& that begins no reference; write &amp; for the character itself")
	case k == len(buf) || buf[k] != ';':
		if len(name) == 1 && name[0] == '#' {
			return 0, nil, 0, t.fault(i, CodeReference, "&# that begins no reference; write &amp;# for the characters themselves")
		}
		if name[0] == '#' || t.known(name) {
			return 0, nil, 0, t.fault(i, CodeReference, "the reference &%s has no ; at its end; write &%s; or, for the character &, &amp;", name, name)
		}
		return 0, nil, 0, t.fault(i, CodeReference, "&%s is no reference, which ends with ;: write &amp;%s for the characters", name, name)
	}
	n = k + 1 - i
	if name[0] == '#' {
		r, ok := charReference(name[1:])
		if !ok {
			return 0, nil, 0, t.fault(i, CodeReference, "&%s; is no character that XML allows; take it out", name)
		}
		return r, nil, n, nil
	}
	if c, ok := predefined[string(name)]; ok {
		return rune(c), nil, n, nil
	}
	e = t.dtd.general[string(name)]
	switch {
	case e == nil:
		return 0, nil, 0, t.unknownEntity(i, name)
	case e.unparsed:
		return 0, nil, 0, t.fault(i, CodeEntity, "the entity &%s; is declared as data outside (NDATA), which no text holds; take the reference out", name)
	case e.extern:
		return 0, nil, 0, t.fault(i, CodeEntityExternal, "the entity &%s; lies outside this file (%s), and what lies outside is never read; put its text here", name, e.system)
	}
	return 0, e, n, nil
}

// known reports whether a name is that of an entity, here or in HTML.
func (t *Tokenizer) known(name []byte) bool {
	return predefined[string(name)] != 0 || t.dtd.general[string(name)] != nil || htmlEntity(name) != ""
}

// unknownEntity is the fault of a reference to what is not declared (4.1,
// "Entity Declared").
func (t *Tokenizer) unknownEntity(i int, name []byte) *Error {
	text := htmlEntity(name)
	lower := strings.ToLower(string(name))
	switch {
	case t.dtd.unread() && text != "":
		return t.fault(i, CodeEntityExternal, "the entity &%s; is not declared in this file, and no DTD outside is read; write %s or the character itself", name, numbered(text))
	case t.dtd.unread():
		return t.fault(i, CodeEntityExternal, "the entity &%s; is not declared in this file, and no DTD outside is read; write the text itself", name)
	case predefined[lower] != 0:
		return t.fault(i, CodeEntity, "the entity &%s; is not declared; write &%s; in small letters", name, lower)
	case text != "":
		return t.fault(i, CodeEntity, "the entity &%s; belongs to HTML and is not declared; write %s or the character itself", name, numbered(text))
	}
	return t.fault(i, CodeEntity, "the entity &%s; is not declared; write its text, or &amp;%s; for the characters", name, name)
}

// charReference is the character of what follows &# (production 66).
func charReference(s []byte) (rune, bool) {
	base := rune(10)
	if len(s) > 0 && s[0] == 'x' {
		base, s = 16, s[1:]
	}
	var r rune
	for _, c := range s {
		var d rune
		switch {
		case '0' <= c && c <= '9':
			d = rune(c - '0')
		case base == 16 && 'a' <= c|0x20 && c|0x20 <= 'f':
			d = rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(s) > 0 && isChar(r)
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

// expandValue appends an entity's text to scratch as an attribute's value has it
// (3.3.3). The entity is what is read meanwhile, so that findings name it.
func (t *Tokenizer) expandValue(e *entity, i int) error {
	if err := t.mayExpand(e, i); err != nil {
		return err
	}
	t.enter(e, i, t.pos)
	defer t.leave()
	for i := 0; i < len(e.value); {
		switch c := e.value[i]; {
		case c == '<' && e.name == "":
			return t.fault(i, CodeAttributeValue, "< in a default value; write &lt;")
		case c == '<': // 3.1, "No < in Attribute Values"
			return t.fault(i, CodeAttributeValue, "< in an entity that an attribute's value refers to; write &amp;lt; in its declaration")
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
