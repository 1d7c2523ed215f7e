package xmltok

import (
	"encoding/binary"
)

// A name is checked and resolved when it is first met under a set of namespace
// declarations; after that a look at its bytes finds it. The table is of fixed
// size: a document of ever new names costs time and no memory.

const nameBits = 11

type slot struct {
	name  *Name
	scope int32
	attr  bool
}

type nameTable struct {
	slots   []slot
	symbols Symbols
}

// use empties the table unless the symbols are the same as before.
func (n *nameTable) use(symbols Symbols) {
	if n.slots == nil {
		n.slots = make([]slot, 1<<nameBits)
	} else if n.symbols != symbols {
		clear(n.slots)
	}
	n.symbols = symbols
}

func hashName(raw []byte) uint64 {
	n := len(raw)
	if n >= 8 {
		return binary.LittleEndian.Uint64(raw)*0x9E3779B97F4A7C15 ^ binary.LittleEndian.Uint64(raw[n-8:])*0xC2B2AE3D27D4EB4F ^ uint64(n)
	}
	var h uint64
	for _, c := range raw {
		h = h<<8 | uint64(c)
	}
	return (h ^ uint64(n)<<60) * 0x9E3779B97F4A7C15
}

// name is the expanded name of raw, which stands at i.
func (t *Tokenizer) name(raw []byte, i int, attr bool) (*Name, error) {
	h := hashName(raw) + uint64(t.scopes.current)*0x9E3779B97F4A7C15
	if attr {
		h ^= h << 32
	}
	s := &t.names.slots[h>>(64-nameBits)]
	if s.name != nil && s.scope == t.scopes.current && s.attr == attr && s.name.Raw == string(raw) {
		return s.name, nil
	}
	name, err := t.resolve(raw, i, attr)
	if err == nil && len(raw) <= 256 && !t.scopes.full() {
		*s = slot{name, t.scopes.current, attr}
	}
	return name, err
}

// resolve makes the expanded name (Namespaces in XML, 4 and 5).
func (t *Tokenizer) resolve(raw []byte, i int, attr bool) (*Name, error) {
	what := "<%s>"
	if attr {
		what = "attribute %q"
	}
	if bad := badName(raw); bad >= 0 {
		if bad == 0 {
			return nil, t.fault(i, "xml/name", "a name can't begin with %s; it begins with a letter or _", show(raw))
		}
		return nil, t.fault(i+bad, "xml/name", "%s can't stand in a name", show(raw[bad:]))
	}
	n := &Name{Raw: string(raw)}
	n.Local = n.Raw
	for k := range raw {
		if raw[k] != ':' {
			continue
		}
		if !isNCName(raw[:k]) || !isNCName(raw[k+1:]) {
			return nil, t.fault(i, "xml/name", what+" is no name: a name has one colon at most, with a prefix before it and a name after it", raw)
		}
		n.Prefix, n.Local = n.Raw[:k], n.Raw[k+1:]
		break
	}
	if n.Prefix != "" || !attr {
		var ok bool
		if n.Space, ok = t.scopes.resolve(n.Prefix); !ok {
			return nil, t.fault(i, "xml/prefix", "the prefix of "+what+" is not declared; add xmlns:%s=\"…\" to it or to an element around it", raw, n.Prefix)
		}
	}
	if t.names.symbols != nil {
		n.ID = t.names.symbols.Symbol(n.Space, n.Local)
	}
	return n, nil
}

// Names of namespaces that are fixed (Namespaces in XML, 3).
const (
	XMLNamespace   = "http://www.w3.org/XML/1998/namespace"
	XMLNSNamespace = "http://www.w3.org/2000/xmlns/"
)

// scopes are the namespace declarations in force. Equal sets of them have the
// same number, so that names need not be resolved again where an element
// repeats the declarations of another.
type scopes struct {
	bindings []binding
	current  int32
	last     int32
	memo     map[scopeStep]int32
	uris     map[string]string
}

type binding struct{ prefix, uri string }

type scopeStep struct {
	scope int32
	binding
}

type scopeMark struct {
	bindings int
	scope    int32
}

// scopesKept bounds what is remembered of namespace declarations.
const scopesKept = 1000

func (s *scopes) reset() {
	s.bindings, s.current = s.bindings[:0], 0
	if s.memo == nil || s.full() {
		s.memo, s.uris, s.last = map[scopeStep]int32{}, map[string]string{}, s.last+1
		s.current = 0
	}
}

func (s *scopes) full() bool { return len(s.memo) >= scopesKept || len(s.uris) >= scopesKept }

func (s *scopes) mark() scopeMark { return scopeMark{len(s.bindings), s.current} }

func (s *scopes) leave(m scopeMark) {
	s.bindings, s.current = s.bindings[:m.bindings], m.scope
}

func (s *scopes) resolve(prefix string) (string, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == prefix {
			return s.bindings[i].uri, true
		}
	}
	if prefix == "xml" {
		return XMLNamespace, true
	}
	return "", prefix == ""
}

func (s *scopes) intern(uri []byte) string {
	if u, ok := s.uris[string(uri)]; ok {
		return u
	}
	u := string(uri)
	if len(u) <= 1024 && len(s.uris) < scopesKept {
		s.uris[u] = u
	}
	return u
}

// bind adds a declaration.
func (s *scopes) bind(prefix, uri string) {
	if now, ok := s.resolve(prefix); ok && now == uri {
		s.bindings = append(s.bindings, binding{prefix, uri})
		return // nothing changes
	}
	step := scopeStep{s.current, binding{prefix, uri}}
	s.bindings = append(s.bindings, step.binding)
	n, ok := s.memo[step]
	if !ok {
		s.last++
		n = s.last
		if len(s.memo) < scopesKept && len(uri) <= 1024 {
			s.memo[step] = n
		}
	}
	s.current = n
}

// declare takes the namespace declarations out of the attributes and puts them
// in force.
func (t *Tokenizer) declare() error {
	before := len(t.scopes.bindings)
	kept := 0
	for k := range t.Attrs {
		raw, a := t.raws[k], t.Attrs[k]
		prefix := ""
		switch {
		case string(raw) == "xmlns":
		case len(raw) > 6 && string(raw[:6]) == "xmlns:":
			prefix = t.scopes.intern(raw[6:])
			if !isNCName(prefix) {
				return t.fault(a.Offset, "xml/name", "%q declares no prefix: it is no name", raw)
			}
		default:
			t.raws[kept], t.Attrs[kept] = raw, a
			kept++
			continue
		}
		uri := t.scopes.intern(a.Value)
		var wrong string
		switch {
		case prefix == "xmlns":
			wrong = "the prefix xmlns can't be declared"
		case prefix == "xml" && uri != XMLNamespace:
			wrong = "the prefix xml stands for " + XMLNamespace + " and for nothing else"
		case prefix != "xml" && uri == XMLNamespace:
			wrong = "the namespace of xml has the prefix xml alone"
		case uri == XMLNSNamespace:
			wrong = "the namespace of xmlns can't be declared"
		case prefix != "" && uri == "":
			wrong = "a prefix can't be declared for no namespace; give it a name or take the declaration out"
		}
		if wrong != "" {
			return t.fault(a.Offset, "xml/namespace", "%s", wrong)
		}
		for _, b := range t.scopes.bindings[before:] {
			if b.prefix == prefix {
				return t.fault(a.Offset, "xml/attribute-twice", "%q stands twice on the element; keep one", raw)
			}
		}
		t.scopes.bind(prefix, uri)
	}
	t.Attrs, t.raws = t.Attrs[:kept], t.raws[:kept]
	return nil
}

// Resolve is the namespace that a prefix stands for at the last token; "" asks
// for the default namespace.
func (t *Tokenizer) Resolve(prefix string) (uri string, ok bool) {
	return t.scopes.resolve(prefix)
}

// Declarations calls f with the namespace declarations of the innermost open
// element, in their order.
func (t *Tokenizer) Declarations(f func(prefix, uri string)) {
	if n := len(t.open); n > 0 {
		for _, b := range t.scopes.bindings[t.open[n-1].scope.bindings:] {
			f(b.prefix, b.uri)
		}
	}
}
