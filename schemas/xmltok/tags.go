package xmltok

import "unicode/utf8"

// Start tags, end tags and attributes by every rule (XML 1.0, 3.1 and 3.3.3). A
// tag that the buffer ends in is asked for whole and read again.

// scanStart reads a start tag or an empty-element tag (productions 40 and 44).
func (t *Tokenizer) scanStart(start int) (Kind, error) {
	spent := t.spent
	kind, err := t.readStart(start)
	if err == errMore {
		t.spent = spent // its entities are expanded again
	}
	return kind, err
}

func (t *Tokenizer) readStart(start int) (Kind, error) {
	buf := t.within(start)
	from := start + 1
	i := pastName(buf, from)
	element := buf[from:i]
	unfinished := func() (Kind, error) {
		return EOF, t.more(start, "the tag <%s>", "add > where the tag ends", element)
	}
	switch {
	case len(element) > t.limits.Name:
		return EOF, t.longName(from)
	case i == len(buf) && len(element) == 0:
		return EOF, t.more(start, "a tag", "write &lt; for the character itself", nil)
	case i == len(buf):
		return unfinished()
	case !startsName(element):
		return EOF, t.fault(start, CodeMarkup, "< before %s begins no tag; write &lt; for the character itself", show(buf[from:]))
	}
	t.Attrs, t.raws, t.scratch = t.Attrs[:0], t.raws[:0], t.scratch[:0]
	declares, empty := false, false
	for {
		i = pastSpaces(buf, i)
		if i == len(buf) {
			return unfinished()
		}
		if buf[i] == '>' {
			i++
			break
		}
		if buf[i] == '/' {
			if i+1 == len(buf) {
				return unfinished()
			}
			if buf[i+1] != '>' {
				return EOF, t.fault(i, CodeMarkup, "\"/\" inside a tag; an empty element ends with />")
			}
			empty = true
			i += 2
			break
		}
		next, err := t.readAttribute(buf, start, i, element)
		if err != nil {
			return EOF, err
		}
		declares = declares || isDeclaration(t.raws[len(t.raws)-1])
		i = next
	}
	// The whole tag is there: nothing below asks for more.
	switch {
	case len(t.open) >= t.limits.Depth:
		return EOF, t.fault(start, CodeLimit, "elements are nested more than %d deep, which is the limit; close some before this", t.limits.Depth)
	case len(t.open) == 0 && t.begun:
		return EOF, t.fault(start, CodeSecondRoot, "<%s> after the end of the document element; put it inside, or make it a file of its own", element)
	}
	mark := t.scopes.mark() // of what is around the element
	if t.dtd.attributes != nil {
		added, err := t.applyDeclared(element)
		if err != nil {
			return EOF, err
		}
		declares = declares || added
	}
	if declares {
		if err := t.declare(); err != nil {
			return EOF, err
		}
	}
	name, err := t.name(element, from, elementName)
	if err != nil {
		return EOF, err
	}
	for k := range t.Attrs {
		a := &t.Attrs[k]
		if a.Name, err = t.name(t.raws[k], a.Offset, attributeName); err != nil {
			return EOF, err
		}
		a.Offset = t.at(a.Offset)
		a.ValueOffset = t.at(a.ValueOffset)
	}
	if err := t.distinct(); err != nil {
		return EOF, err
	}
	t.Name = name
	t.token(start, i)
	t.begun = true
	t.push(name, mark)
	t.pending = empty
	return StartElement, nil
}

// startsName reports whether the first character can begin a name.
func startsName(b []byte) bool {
	r, n := utf8.DecodeRune(b)
	if n < 2 && r == utf8.RuneError {
		return len(b) > 0 // refused as no character
	}
	return isNameStart(r)
}

// readAttribute reads an attribute at i (production 41) and gives the place
// after it. Names and places are settled when the tag is whole.
func (t *Tokenizer) readAttribute(buf []byte, start, i int, element []byte) (next int, err error) {
	unfinished := func() (int, error) {
		return 0, t.more(start, "the tag <%s>", "add > where the tag ends", element)
	}
	a := i
	i = pastName(buf, i)
	name := buf[a:i]
	if len(name) > t.limits.Name {
		return 0, t.longName(a)
	}
	if i == len(buf) {
		return unfinished()
	}
	if !isSpace(buf[a-1]) {
		return 0, t.unspaced(buf, start, a, element)
	}
	if len(name) == 0 {
		return 0, t.noName(buf, start, a, element)
	}
	i = pastSpaces(buf, i)
	if i == len(buf) {
		return unfinished()
	}
	if buf[i] != '=' {
		return 0, t.noEquals(buf, start, a, i, name, element)
	}
	i = pastSpaces(buf, i+1)
	if i == len(buf) || t.partial(buf, i) {
		return unfinished()
	}
	if buf[i] != '"' && buf[i] != '\'' {
		return 0, t.noQuotes(buf, start, i, name)
	}
	v := i + 1
	value, next, err := t.readValue(buf, start, v, name)
	if err != nil {
		return 0, err
	}
	if len(t.Attrs) >= t.limits.Attributes {
		return 0, t.fault(a, CodeLimit, "the tag <%s> has more than %d attributes, which is the limit; take some out", element, t.limits.Attributes)
	}
	t.Attrs = append(t.Attrs, Attr{Value: value, Offset: a, ValueOffset: v})
	t.raws = append(t.raws, name)
	return next, nil
}

// readValue reads an attribute's value from v to its quote, and gives the
// normalised value and the place after the quote (production 10, and 3.3.3).
func (t *Tokenizer) readValue(buf []byte, start, v int, name []byte) (value []byte, next int, err error) {
	all := buf
	if len(buf)-v > t.limits.Value {
		buf = buf[:v+t.limits.Value+1]
	}
	quote := buf[v-1]
	copied := -1 // where the copy begins in scratch, once there is one
	from := v    // what is not copied yet
	for i := v; ; {
		i = pastValue(buf, i, quote)
		if i == len(buf) {
			switch {
			case len(buf) < len(all) || len(buf)-v > t.limits.Value:
				return nil, 0, t.fault(v-1, CodeLimit, "the value of %q is longer than %s, which is the limit; shorten it", name, bytesOf(t.limits.Value))
			case !t.mayGoOn(start):
				return nil, 0, t.fault(v-1, CodeQuotes, "the value of %q opened here is not closed; its quote %c is missing", name, quote)
			}
			return nil, 0, t.wait(start)
		}
		c := buf[i]
		switch {
		case c == quote:
			if copied < 0 {
				return buf[v:i:i], i + 1, nil
			}
			t.scratch = append(t.scratch, buf[from:i]...)
			return t.scratch[copied:len(t.scratch):len(t.scratch)], i + 1, nil
		case t.partial(all, i):
			return nil, 0, t.wait(start)
		case c == '<':
			return nil, 0, t.fault(i, CodeAttributeValue, "< in the value of %q, which opened at %s; close its quote before this, or write &lt;", name, lineColumn(t.Pos(t.at(v-1))))
		case c >= 0x80:
			n := charLen(all, i)
			if n == 0 {
				return nil, 0, t.strange(i)
			}
			i = min(i+n, len(buf))
			continue
		case c < 0x20 && !isSpace(c):
			return nil, 0, t.strange(i)
		}
		// White space or a reference: the value differs from what the document holds.
		if copied < 0 {
			copied = len(t.scratch)
		}
		t.scratch = append(t.scratch, buf[from:i]...)
		if c == '&' {
			n, err := t.valueReference(i)
			if err != nil {
				return nil, 0, err
			}
			i += n
		} else {
			t.scratch = append(t.scratch, ' ')
			if i++; c == '\r' && t.entity == nil {
				if i == len(all) && t.mayGoOn(start) {
					return nil, 0, t.wait(start)
				}
				if i < len(all) && all[i] == '\n' {
					i++
				}
			}
		}
		i = min(i, len(buf))
		from = i
	}
}

// pastValue is the place from i of the first byte that can end a value, or has
// to be looked at.
func pastValue(buf []byte, i int, quote byte) int {
	for i+8 <= len(buf) {
		w := load(buf, i)
		n := first(below(w, 0x20) | w | equal(w, quote) | equal(w, '<') | equal(w, '&'))
		i += n
		if n < 8 {
			return i
		}
	}
	for i < len(buf) {
		if c := buf[i]; c < 0x20 || c >= 0x80 || c == quote || c == '<' || c == '&' {
			break
		}
		i++
	}
	return i
}

// distinct refuses an attribute that is there twice (XML 1.0, 3.1; Namespaces
// in XML, 6.3).
func (t *Tokenizer) distinct() error {
	attrs := t.Attrs
	if len(attrs) <= 24 {
		for i := 1; i < len(attrs); i++ {
			for j := range i {
				if same(attrs[i].Name, attrs[j].Name) {
					return t.sameAttribute(i, j)
				}
			}
		}
		return nil
	}
	seen := make(map[[2]string]int, len(attrs))
	for i, a := range attrs {
		key := [2]string{a.Name.Space, a.Name.Local}
		if j, is := seen[key]; is {
			return t.sameAttribute(i, j)
		}
		seen[key] = i
	}
	return nil
}

func same(a, b *Name) bool {
	return a == b || a.ID == b.ID && a.Local == b.Local && a.Space == b.Space
}

// scanEnd reads an end tag (production 42).
func (t *Tokenizer) scanEnd(start int) (Kind, error) {
	buf := t.within(start)
	from := start + len("</")
	i := pastName(buf, from)
	raw := buf[from:i]
	if len(raw) > t.limits.Name {
		return EOF, t.longName(from)
	}
	i = pastSpaces(buf, i)
	if i == len(buf) || t.partial(buf, i) {
		return EOF, t.more(start, "the end tag </%s>", "add > where the tag ends", raw)
	}
	n := len(t.open)
	switch bad := badChar(raw, 0, len(raw)); {
	case bad >= 0:
		return EOF, t.strange(from + bad)
	case len(raw) == 0:
		return EOF, t.fault(start, CodeMarkup, "an end tag without a name; write </…>, or &lt;/ for the characters")
	case n == 0:
		return EOF, t.fault(start, CodeEndTag, "</%s> closes nothing: no element is open; take it out", raw)
	case string(raw) != t.open[n-1].name.Raw:
		return EOF, t.mismatch(start, raw)
	case buf[i] == '<':
		return EOF, t.openTag(start, i, append([]byte("/"), raw...))
	case buf[i] != '>':
		return EOF, t.fault(i, CodeMarkup, "%s in the end tag </%s>, which holds its name alone; take it out", show(buf[i:]), raw)
	case t.open[n-1].depth != len(t.sources):
		return EOF, t.fault(start, CodeEntityBalance, "</%s> closes what was opened outside the entity; close it there", raw)
	}
	t.token(start, i+1)
	t.close()
	return EndElement, nil
}

// push opens an element. around are the namespace declarations outside it.
func (t *Tokenizer) push(name *Name, around scopeMark) {
	n := len(t.open)
	if n == cap(t.open) {
		t.open = append(t.open, frame{})
	}
	t.open = t.open[:n+1]
	f := &t.open[n]
	f.name, f.offset, f.line, f.scope, f.depth = name, t.Offset, 0, around, len(t.sources)
}

// close ends the innermost element; its name stays as the token's, and its
// namespace declarations are in force until the next.
func (t *Tokenizer) close() {
	n := len(t.open) - 1
	f := &t.open[n]
	t.Name = f.name
	t.Attrs = t.Attrs[:0]
	if f.scope.bindings != len(t.scopes.bindings) {
		t.closing, t.closed = true, f.scope
	}
	t.open = t.open[:n]
}

// finish is the end of the document (production 1).
func (t *Tokenizer) finish() error {
	t.Offset, t.End = t.base+t.pos, t.base+t.pos
	switch {
	case len(t.open) > 0:
		return t.unclosed()
	case !t.begun:
		return t.fault(t.pos, CodeEmpty, "no element; an XML document has one that holds all others")
	}
	return nil
}
