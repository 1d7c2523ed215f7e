package xinclude

import (
	"strconv"
	"strings"

	"sigla/schemas/datatype"
	"sigla/schemas/xmltok"
)

// XPointers: the shorthand, which is the xml:id of an element, and the scheme
// element() (XPointer Framework, 3.2; element() Scheme, 3).

// choice is an element that an xpointer chooses; nil chooses the whole file.
type choice struct {
	id    string // "" for the document
	steps []int  // children to go down, from 1
}

// readPointer reads an xpointer: what to try, in order, and the schemes that
// are not read.
func readPointer(s string) (choices []*choice, unread []string, ok bool) {
	if datatype.IsNCName(s) {
		return []*choice{{id: s}}, nil, true
	}
	rest := strings.TrimSpace(s)
	for rest != "" {
		scheme, data, after, ok := readPart(rest)
		if !ok {
			return nil, nil, false
		}
		rest = strings.TrimSpace(after)
		switch scheme {
		case "element":
			c, ok := readElement(data)
			if !ok {
				return nil, nil, false
			}
			choices = append(choices, c)
		case "xmlns": // for other schemes
		default:
			unread = append(unread, scheme)
		}
	}
	return choices, unread, len(choices)+len(unread) > 0
}

// readPart reads scheme(data), in which ^ stands before a parenthesis that is
// not paired.
func readPart(s string) (scheme, data, rest string, ok bool) {
	n := strings.IndexByte(s, '(')
	if n < 0 {
		return "", "", "", false
	}
	scheme = s[:n]
	if _, local, both := strings.Cut(scheme, ":"); both && !datatype.IsNCName(local) || !both && !datatype.IsNCName(scheme) {
		return "", "", "", false
	}
	var b strings.Builder
	depth := 1
	for i := n + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '^' && i+1 < len(s):
			i++
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return scheme, b.String(), s[i+1:], true
			}
		}
		b.WriteByte(s[i])
	}
	return "", "", "", false
}

// readElement reads what stands in element().
func readElement(s string) (*choice, bool) {
	c := &choice{}
	id, rest, sequence := strings.Cut(s, "/")
	if c.id = id; id != "" && !datatype.IsNCName(id) || id == "" && !sequence {
		return nil, false
	}
	if !sequence {
		return c, true
	}
	for step := range strings.SplitSeq(rest, "/") {
		n, err := strconv.Atoi(step)
		if err != nil || n < 1 || step[0] < '1' || step[0] > '9' {
			return nil, false
		}
		c.steps = append(c.steps, n)
	}
	return c, true
}

// choosing finds the chosen element as a file is read.
type choosing struct {
	c       *choice
	base    int // depth of the element that the steps go down from; -1: not found yet
	matched int // steps
	depth   int // of the chosen element
	done    bool
	failed  bool
}

func (c *choice) begin() *choosing {
	if c != nil && c.id != "" {
		return &choosing{c: c, base: -1}
	}
	return &choosing{c: c}
}

// opens reports whether the element just opened, the nth child of its parent,
// is the chosen one.
func (s *choosing) opens(tok *xmltok.Tokenizer, nth int) bool {
	if s.done || s.failed {
		return false
	}
	depth := tok.Depth()
	switch {
	case s.base < 0:
		if !hasID(tok, s.c.id) {
			return false
		}
		s.base = depth
	case depth != s.base+s.matched+1 || nth != s.c.steps[s.matched]:
		return false
	default:
		s.matched++
	}
	if s.matched == len(s.c.steps) {
		s.done, s.depth = true, depth
	}
	return s.done
}

// closes reports whether the element just closed is the chosen one.
func (s *choosing) closes(tok *xmltok.Tokenizer) bool {
	closed := tok.Depth() + 1
	if !s.done && s.base >= 0 && closed == s.base+s.matched && closed > 0 {
		s.failed = true // the path ends here
	}
	return s.done && closed == s.depth
}

func hasID(tok *xmltok.Tokenizer, id string) bool {
	for _, a := range tok.Attrs {
		if a.Name.Raw == "xml:id" && strings.TrimSpace(string(a.Value)) == id {
			return true
		}
	}
	return false
}
