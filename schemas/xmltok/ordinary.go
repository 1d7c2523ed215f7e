package xmltok

// The ordinary tag: outside of entities, with ASCII names of up to sixteen bytes
// that have been met before, and values that stand for themselves. It is nearly
// every tag, and is read here eight bytes at a time. Whatever is not ordinary is
// declined, without a word and before anything is changed, and tags.go reads it
// by the rules.

// ordinaryAttributes bounds the attributes of an ordinary tag.
const ordinaryAttributes = 16

// ordinaryName is the length of the name at i, with its words; 0 where it is
// not ordinary. It ends at white space, =, / or >, among others that the caller
// refuses.
func ordinaryName(buf []byte, i int) (word, back uint64, n int) {
	if i+24 > len(buf) {
		return 0, 0, 0
	}
	w := load(buf, i)
	if n = first(nameEnds(w)); n < 8 {
		return front(w, n), 0, n
	}
	v := load(buf, i+8)
	if n = first(nameEnds(v)); n < 8 {
		return w, front(v, n), 8 + n
	}
	return 0, 0, 0
}

// nameEnds marks white space, control characters, /, what is beyond ASCII, and
// the four from < to ?.
func nameEnds(w uint64) uint64 {
	return below(w, 0x21) | w | equal(w, '/') | equal(w&(0xFC*ones), '<')
}

// ordinaryStart reads a start tag inside the document element if it is ordinary.
func (t *Tokenizer) ordinaryStart(start int) bool {
	if len(t.open) >= t.limits.Depth || t.entity != nil || t.dtd.attributes != nil {
		return false
	}
	buf, base := t.buf, t.base
	word, back, n := ordinaryName(buf, start+1)
	if n == 0 {
		return false
	}
	name := t.names.find(word, back, keyOf(t.scopes.current, elementName))
	if name == nil {
		return false
	}
	i := start + 1 + n
	attrs := t.Attrs[:0]
	key := keyOf(t.scopes.current, attributeName)
	empty := false
	for {
		c := buf[i]
		if c == '>' {
			break
		}
		if c == '/' {
			i++
			if buf[i] != '>' {
				return false
			}
			empty = true
			break
		}
		if !isSpace(c) {
			return false
		}
		i++
		if isSpace(buf[i]) {
			i = pastSpaces(buf, i)
		}
		word, back, n := ordinaryName(buf, i)
		if n == 0 {
			if i+24 > len(buf) || buf[i] != '/' && buf[i] != '>' {
				return false
			}
			continue
		}
		quote := buf[i+n+1]
		if buf[i+n] != '=' || quote != '"' && quote != '\'' {
			return false
		}
		name := t.names.find(word, back, key)
		if name == nil || len(attrs) == ordinaryAttributes {
			return false
		}
		for k := range attrs {
			if same(attrs[k].Name, name) {
				return false
			}
		}
		v := i + n + 2
		end := v
		for {
			end = pastValue(buf, end, quote)
			if end+2 >= len(buf) {
				return false
			}
			if buf[end] < 0x80 {
				break
			}
			n := charLen(buf, end)
			if n == 0 {
				return false
			}
			end += n
		}
		if buf[end] != quote {
			return false
		}
		n = len(attrs)
		if n == cap(attrs) {
			attrs = append(attrs, Attr{})
		}
		attrs = attrs[:n+1]
		a := &attrs[n]
		a.Name, a.Value, a.Offset, a.ValueOffset = name, buf[v:end:end], base+i, base+v
		i = end + 1
	}
	i++
	if i-start > t.limits.ordinary || len(attrs) > t.limits.Attributes {
		return false
	}
	t.Name, t.Attrs = name, attrs
	t.Offset, t.End = base+start, base+i
	t.pos = i
	t.push(name, t.scopes.mark())
	t.pending = empty
	return true
}

// ordinaryEnd reads the end tag of the open element if it is ordinary.
func (t *Tokenizer) ordinaryEnd(start int) bool {
	buf := t.buf
	i := start + 2
	if t.entity != nil || i+17 > len(buf) {
		return false
	}
	f := &t.open[len(t.open)-1]
	s := &f.name.spelling
	if n := s.length; n <= 8 {
		if front(load(buf, i), n) != s.front {
			return false
		}
	} else if n > 16 || load(buf, i) != s.front || front(load(buf, i+8), n-8) != s.back {
		return false
	}
	i += s.length
	if buf[i] != '>' || f.depth != 0 {
		return false
	}
	i++
	t.Offset, t.End = t.base+start, t.base+i
	t.pos = i
	t.close()
	return true
}
