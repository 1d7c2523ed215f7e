package datatype

import (
	"bytes"
	"unicode/utf8"
)

// White space, and the types whose values are characters.

// whiteSpace is what becomes of white space before a value is looked at (4.3.6).
type whiteSpace uint8

const (
	preserve whiteSpace = iota
	replace
	collapse
)

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// trim cuts white space off both ends.
func trim(s []byte) []byte {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// tidy reports whether white space in s, which has none at its ends, is single
// spaces.
func tidy(s []byte) bool {
	for i, c := range s {
		if c <= ' ' && isSpace(c) && (c != ' ' || s[i+1] == ' ') {
			return false
		}
	}
	return true
}

// processed is s with its white space processed. It is s itself where nothing is
// to do.
func (w whiteSpace) processed(s []byte) []byte {
	switch w {
	case replace:
		if !bytes.ContainsAny(s, "\t\n\r") {
			return s
		}
		out := bytes.Clone(s)
		for i, c := range out {
			if isSpace(c) {
				out[i] = ' '
			}
		}
		return out
	case collapse:
		s = trim(s)
		if tidy(s) {
			return s
		}
		out := make([]byte, 0, len(s))
		for i, c := range s {
			if !isSpace(c) {
				out = append(out, c)
			} else if !isSpace(s[i+1]) {
				out = append(out, ' ')
			}
		}
		return out
	}
	return s
}

// sameCollapsed reports whether s has the characters of want when its white
// space is collapsed, as that of want is.
func sameCollapsed(s []byte, want string) bool {
	s = trim(s)
	k := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' && isSpace(c) {
			if isSpace(s[i+1]) {
				continue
			}
			c = ' '
		}
		if k == len(want) || want[k] != c {
			return false
		}
		k++
	}
	return k == len(want)
}

// sameReplaced is sameCollapsed for white space that is replaced.
func sameReplaced(s []byte, want string) bool {
	if len(s) != len(want) {
		return false
	}
	for i, c := range s {
		if isSpace(c) {
			c = ' '
		}
		if want[i] != c {
			return false
		}
	}
	return true
}

func anything([]byte) bool { return true }

// The parts that a byte plays in names.
const (
	startsName = 1 << iota
	inName
)

// nameParts are the parts of the characters below U+0800, which are those of one
// or two bytes.
var nameParts = func() (t [0x800]uint8) {
	for part, set := range map[uint8]charset{startsName: nameStarts, inName: nameChars} {
		for _, r := range set {
			for c := r[0]; c <= r[1] && int(c) < len(t); c++ {
				t[c] |= part
			}
		}
	}
	return t
}()

// nameEnds is where the characters of names end in s; part says what the first
// has to be.
func nameEnds(s []byte, part uint8) int {
	for i := 0; i < len(s); part = inName {
		c := s[i]
		if c < utf8.RuneSelf {
			if nameParts[c]&part == 0 {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		switch {
		case int(r) < len(nameParts):
			if nameParts[r]&part == 0 {
				return i
			}
		case r == utf8.RuneError, part == inName && !nameChars.has(r), part == startsName && !nameStarts.has(r):
			return i
		}
		i += n
	}
	return len(s)
}

// isName is Name (3.3.6).
func isName(s []byte) bool { return len(s) > 0 && nameEnds(s, startsName) == len(s) }

// isNCName is NCName (3.3.7).
func isNCName(s []byte) bool { return isName(s) && bytes.IndexByte(s, ':') < 0 }

// isNmtoken is NMTOKEN (3.3.4).
func isNmtoken(s []byte) bool { return len(s) > 0 && nameEnds(s, inName) == len(s) }

// isQName is QName (3.2.18), apart from its prefix being declared.
func isQName(s []byte) bool {
	if i := bytes.IndexByte(s, ':'); i >= 0 {
		return isNCName(s[:i]) && isNCName(s[i+1:])
	}
	return isNCName(s)
}

// isLanguage is language (3.3.3): parts of up to eight letters or digits with
// hyphens between, the first of letters alone.
func isLanguage(s []byte) bool {
	n, digits := 0, false
	for _, c := range s {
		switch {
		case c == '-':
			if n == 0 {
				return false
			}
			n, digits = 0, true
			continue
		case c|0x20 >= 'a' && c|0x20 <= 'z', digits && c >= '0' && c <= '9':
			n++
		default:
			return false
		}
		if n > 8 {
			return false
		}
	}
	return n > 0
}

// isBoolean is boolean (3.2.2).
func isBoolean(s []byte) bool {
	switch string(s) {
	case "true", "false", "0", "1":
		return true
	}
	return false
}

func sameBoolean(literal []byte, _ Context) func([]byte, Context) bool {
	yes := literal[0] == 't' || literal[0] == '1'
	return func(s []byte, _ Context) bool { return (s[0] == 't' || s[0] == '1') == yes }
}

// eachOf is a list of at least one item (2.5.1.2).
func eachOf(item func([]byte) bool) func([]byte) bool {
	return func(s []byte) bool {
		t, s := nextItem(s)
		for len(t) > 0 && item(t) {
			if t, s = nextItem(s); len(t) == 0 {
				return true
			}
		}
		return false
	}
}

// nextItem is the first item of a list, and the rest.
func nextItem(s []byte) (item, rest []byte) {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	n := 0
	for n < len(s) && !isSpace(s[n]) {
		n++
	}
	return s[:n], s[n:]
}

func countItems(s []byte) int {
	n := 0
	for t, s := nextItem(s); len(t) > 0; t, s = nextItem(s) {
		n++
	}
	return n
}

// expanded is the namespace and the local name of a QName. A name without a
// prefix is of the default namespace (3.2.18).
func expanded(s []byte, ctx Context) (uri, local []byte, ok bool) {
	prefix, local := []byte(nil), s
	if i := bytes.IndexByte(s, ':'); i >= 0 {
		prefix, local = s[:i], s[i+1:]
	}
	if string(prefix) == "xml" {
		return []byte("http://www.w3.org/XML/1998/namespace"), local, true
	}
	if ctx != nil {
		if u, ok := ctx.ResolvePrefix(string(prefix)); ok {
			return []byte(u), local, true
		}
	}
	return nil, local, len(prefix) == 0
}

func prefixDeclared(s []byte, ctx Context) bool {
	_, _, ok := expanded(s, ctx)
	return ok
}

func sameQName(literal []byte, ctx Context) func([]byte, Context) bool {
	uri, local, _ := expanded(bytes.Clone(literal), ctx)
	return func(s []byte, ctx Context) bool {
		u, l, ok := expanded(s, ctx)
		return ok && bytes.Equal(l, local) && bytes.Equal(u, uri)
	}
}

func entityDeclared(s []byte, ctx Context) bool {
	e, ok := ctx.(interface{ UnparsedEntity(name string) bool })
	return ok && e.UnparsedEntity(string(s))
}

func entitiesDeclared(s []byte, ctx Context) bool {
	for t, s := nextItem(s); len(t) > 0; t, s = nextItem(s) {
		if !entityDeclared(t, ctx) {
			return false
		}
	}
	return true
}
