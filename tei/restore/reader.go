package restore

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// The reader: well-formed XML in memory, UTF-8, without a document type
// declaration. It is small so that it can be checked by eye, and reads nothing
// but the file it is given.

// node is an element, or characters where name is empty.
type node struct {
	name, text  string
	attrs       []attribute
	first, last *node // its kids
	next        *node // of the same parent
	at          int   // byte offset of its start-tag, or of its characters
}

type attribute struct{ name, value string }

func (e *node) add(k *node) {
	if e.first == nil {
		e.first = k
	} else {
		e.last.next = k
	}
	e.last = k
}

// get is the value of an attribute, or nothing.
func (e *node) get(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

// syntaxError is a fault of the file at a byte offset.
type syntaxError struct {
	at  int
	msg string
}

func (e *syntaxError) Error() string { return e.msg }

const maxDepth = 5000

type reader struct {
	s     string
	at    int
	nodes []node // all of the file's, and room for the next
	attrs []attribute
}

// readers are kept for the room they have.
var readers = sync.Pool{New: func() any { return new(reader) }}

// done gives a reader back; its nodes are nobody's any more.
func (r *reader) done() {
	if cap(r.nodes) > 1<<15 {
		return
	}
	clear(r.nodes)
	clear(r.attrs)
	*r = reader{nodes: r.nodes[:0], attrs: r.attrs[:0]}
	readers.Put(r)
}

// node makes a node. There is room for all: each stands at a < or before one.
func (r *reader) node(name, text string, at int) *node {
	r.nodes = append(r.nodes, node{name: name, text: text, at: at})
	return &r.nodes[len(r.nodes)-1]
}

func (r *reader) fail(at int, format string, args ...any) error {
	return &syntaxError{at, fmt.Sprintf(format, args...)}
}

// read parses a file and returns its root element, which is good until r is
// done.
func (r *reader) read(doc []byte) (*node, error) {
	r.s = strings.TrimPrefix(string(doc), "\ufeff")
	r.nodes = slices.Grow(r.nodes, 2*strings.Count(r.s, "<")+1)
	if !utf8.ValidString(r.s) {
		return nil, r.fail(0, "the file is not UTF-8")
	}
	root := &node{}
	stack := append(make([]*node, 0, 16), root)
	for r.at < len(r.s) {
		top := stack[len(stack)-1]
		if r.s[r.at] != '<' {
			start := r.at
			end := strings.IndexByte(r.s[start:], '<')
			if end < 0 {
				end = len(r.s) - start
			}
			r.at = start + end
			text, err := r.expand(r.s[start:r.at], start)
			if err != nil {
				return nil, err
			}
			if len(stack) == 1 {
				if strings.TrimFunc(text, xmlSpace) != "" {
					return nil, r.fail(start, "words stand outside the root element")
				}
				continue
			}
			top.add(r.node("", text, start))
			continue
		}
		rest := r.s[r.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			if err := r.skip("<!--", "-->"); err != nil {
				return nil, err
			}
		case strings.HasPrefix(rest, "<?"):
			if err := r.skip("<?", "?>"); err != nil {
				return nil, err
			}
		case strings.HasPrefix(rest, "<![CDATA["):
			start := r.at
			if err := r.skip("<![CDATA[", "]]>"); err != nil {
				return nil, err
			}
			top.add(r.node("", r.s[start+len("<![CDATA["):r.at-len("]]>")], start))
		case strings.HasPrefix(rest, "<!"):
			return nil, r.fail(r.at, "a document type declaration is not read here")
		case strings.HasPrefix(rest, "</"):
			start := r.at
			r.at += 2
			name := r.name()
			r.space()
			if !r.take('>') {
				return nil, r.fail(start, "the end-tag </%s is not closed", name)
			}
			if len(stack) == 1 || top.name != name {
				return nil, r.fail(start, "</%s> closes <%s>", name, top.name)
			}
			stack = stack[:len(stack)-1]
		default:
			e, empty, err := r.startTag()
			if err != nil {
				return nil, err
			}
			if len(stack) == 1 && root.first != nil {
				return nil, r.fail(e.at, "there is a second root element")
			}
			top.add(e)
			if !empty {
				if len(stack) > maxDepth {
					return nil, r.fail(e.at, "elements are nested more than %d deep", maxDepth)
				}
				stack = append(stack, e)
			}
		}
	}
	if len(stack) > 1 {
		e := stack[len(stack)-1]
		return nil, r.fail(e.at, "<%s> is never closed", e.name)
	}
	if root.first == nil {
		return nil, r.fail(0, "there is no element")
	}
	return root.first, nil
}

// skip passes over what stands between two marks.
func (r *reader) skip(open, close string) error {
	i := strings.Index(r.s[r.at+len(open):], close)
	if i < 0 {
		return r.fail(r.at, "%s is never closed", open)
	}
	r.at += len(open) + i + len(close)
	return nil
}

func (r *reader) space() {
	for r.at < len(r.s) && xmlSpace(rune(r.s[r.at])) {
		r.at++
	}
}

func (r *reader) take(c byte) bool {
	if r.at < len(r.s) && r.s[r.at] == c {
		r.at++
		return true
	}
	return false
}

// name reads a name; it is empty where none stands.
func (r *reader) name() string {
	start := r.at
	for r.at < len(r.s) {
		c := r.s[r.at]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80 || c == '_' || c == ':' || r.at > start && ('0' <= c && c <= '9' || c == '-' || c == '.') {
			r.at++
			continue
		}
		break
	}
	return r.s[start:r.at]
}

// startTag reads a start-tag or the tag of an empty element.
func (r *reader) startTag() (e *node, empty bool, err error) {
	start := r.at
	r.at++
	name := r.name()
	if name == "" {
		return nil, false, r.fail(start, "< does not begin a tag; write &lt;")
	}
	e = r.node(name, "", start)
	first := len(r.attrs)
	for {
		before := r.at
		r.space()
		switch {
		case r.take('>'):
			return e, false, nil
		case strings.HasPrefix(r.s[r.at:], "/>"):
			r.at += 2
			return e, true, nil
		case before == r.at:
			return nil, false, r.fail(r.at, "the tag of <%s> is not well formed here", e.name)
		}
		a := attribute{name: r.name()}
		r.space()
		if a.name == "" || !r.take('=') {
			return nil, false, r.fail(r.at, "the tag of <%s> is not well formed here", e.name)
		}
		r.space()
		if r.at >= len(r.s) || r.s[r.at] != '"' && r.s[r.at] != '\'' {
			return nil, false, r.fail(r.at, "the value of the attribute %s is not in quotation marks", a.name)
		}
		q := r.s[r.at]
		start := r.at + 1
		end := strings.IndexByte(r.s[start:], q)
		if end < 0 {
			return nil, false, r.fail(r.at, "the value of the attribute %s is never closed", a.name)
		}
		r.at = start + end + 1
		raw := r.s[start : start+end]
		if strings.IndexByte(raw, '<') >= 0 {
			return nil, false, r.fail(start, "the value of the attribute %s holds <", a.name)
		}
		if a.value, err = r.expand(raw, start); err != nil {
			return nil, false, err
		}
		if e.get(a.name) != "" {
			return nil, false, r.fail(start, "the attribute %s stands twice", a.name)
		}
		r.attrs = append(r.attrs, a)
		e.attrs = r.attrs[first:len(r.attrs):len(r.attrs)]
	}
}

// expand puts characters for references, and one line end for each kind.
func (r *reader) expand(s string, at int) (string, error) {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s, nil
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		end := strings.IndexByte(s[i:], ';')
		if end < 0 || end > 12 {
			return "", r.fail(at, "& does not begin a reference; write &amp;")
		}
		name := s[i+1 : i+end]
		switch name {
		case "lt":
			b.WriteByte('<')
		case "gt":
			b.WriteByte('>')
		case "amp":
			b.WriteByte('&')
		case "quot":
			b.WriteByte('"')
		case "apos":
			b.WriteByte('\'')
		default:
			var n uint64
			var err error
			if hex, ok := strings.CutPrefix(name, "#x"); ok {
				n, err = strconv.ParseUint(hex, 16, 32)
			} else if dec, ok := strings.CutPrefix(name, "#"); ok {
				n, err = strconv.ParseUint(dec, 10, 32)
			} else {
				return "", r.fail(at, "the entity &%s; is not declared", name)
			}
			if err != nil || n == 0 || n > utf8.MaxRune || 0xD800 <= n && n < 0xE000 {
				return "", r.fail(at, "&%s; is no character", name)
			}
			b.WriteRune(rune(n))
		}
		s = s[i+end+1:]
		i = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String(), nil
}
