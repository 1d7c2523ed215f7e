package xmltok

// Namespace declarations (Namespaces in XML, 2, 3 and 6). Equal sets of them
// have the same number, so that names need not be resolved again where an
// element repeats the declarations of another.

// Names of namespaces that are fixed (Namespaces in XML, 3).
const (
	XMLNamespace   = "http://www.w3.org/XML/1998/namespace"
	XMLNSNamespace = "http://www.w3.org/2000/xmlns/"
)

// scopes are the declarations in force. They are remembered across documents.
type scopes struct {
	bindings []binding
	latest   map[string]int // by prefix: its place in bindings
	current  int
	last     int
	memo     map[scopeStep]int
	before   scopeStep // the step that was looked up last, and where it led
	after    int
	uris     map[string]string
}

type binding struct {
	prefix, uri string
	shadowed    int // the place of the binding before it of the same prefix, or -1
	offset      int
}

type scopeStep struct {
	scope       int
	prefix, uri string
}

type scopeMark struct{ bindings, scope int }

// scopesKept bounds what is remembered of namespace declarations, in number
// and, of each, in bytes.
const (
	scopesKept = 1000
	uriKept    = 1024
)

func (s *scopes) reset() {
	s.bindings, s.current = s.bindings[:0], 0
	if s.memo == nil || s.full() {
		s.memo, s.uris, s.latest = map[scopeStep]int{}, map[string]string{}, map[string]int{}
	}
	clear(s.latest)
}

func (s *scopes) full() bool { return len(s.memo) >= scopesKept || len(s.uris) >= scopesKept }

func (s *scopes) mark() scopeMark { return scopeMark{len(s.bindings), s.current} }

func (s *scopes) leave(m scopeMark) {
	for i := len(s.bindings) - 1; i >= m.bindings; i-- {
		if b := &s.bindings[i]; b.shadowed < 0 {
			delete(s.latest, b.prefix)
		} else {
			s.latest[b.prefix] = b.shadowed
		}
	}
	s.bindings, s.current = s.bindings[:m.bindings], m.scope
}

func (s *scopes) resolve(prefix string) (string, bool) {
	if i, ok := s.latest[prefix]; ok {
		return s.bindings[i].uri, true
	}
	if prefix == "xml" {
		return XMLNamespace, true
	}
	return "", prefix == ""
}

func (s *scopes) intern(b []byte) string {
	if u, ok := s.uris[string(b)]; ok {
		return u
	}
	u := string(b)
	if len(u) <= uriKept && len(s.uris) < scopesKept {
		s.uris[u] = u
	}
	return u
}

// bind adds a declaration.
func (s *scopes) bind(prefix, uri string, offset int) {
	shadowed, ok := s.latest[prefix]
	same := ok && s.bindings[shadowed].uri == uri
	if !ok {
		shadowed = -1
		same = prefix == "" && uri == "" || prefix == "xml" && uri == XMLNamespace
	}
	s.latest[prefix] = len(s.bindings)
	s.bindings = append(s.bindings, binding{prefix, uri, shadowed, offset})
	if same {
		return // nothing changes
	}
	step := scopeStep{s.current, prefix, uri}
	if step == s.before {
		s.current = s.after
		return
	}
	n, ok := s.memo[step]
	if !ok {
		s.last++
		n = s.last
		if len(s.memo) < scopesKept && len(uri) <= uriKept && len(prefix) <= nameKept {
			s.memo[step] = n
		}
	}
	s.before, s.after, s.current = step, n, n
}

// isDeclaration reports whether an attribute declares a namespace.
func isDeclaration(name []byte) bool {
	return len(name) >= 5 && name[0] == 'x' && string(name[:5]) == "xmlns" && (len(name) == 5 || name[5] == ':' && len(name) > 6)
}

// declare takes the namespace declarations out of the attributes and puts them
// in force.
func (t *Tokenizer) declare() error {
	before := len(t.scopes.bindings)
	kept := 0
	for k := range t.Attrs {
		raw, a := t.raws[k], t.Attrs[k]
		if !isDeclaration(raw) {
			t.raws[kept], t.Attrs[kept] = raw, a
			kept++
			continue
		}
		prefix := ""
		if len(raw) > 5 {
			prefix = t.scopes.intern(raw[6:])
			if !isNCName(prefix) {
				return t.fault(a.Offset, CodeName, "%q declares no prefix: a prefix is a name without a colon", raw)
			}
		}
		uri := t.scopes.intern(a.Value)
		var wrong string
		switch {
		case prefix == "xmlns":
			wrong = "the prefix xmlns can't be declared; take another"
		case prefix == "xml" && uri != XMLNamespace:
			wrong = "the prefix xml stands for " + XMLNamespace + " and for nothing else; take another"
		case prefix != "xml" && uri == XMLNamespace:
			wrong = "the namespace of xml has the prefix xml alone, which needs no declaration; take this out"
		case uri == XMLNSNamespace:
			wrong = "the namespace of xmlns can't be declared; take this out"
		case prefix != "" && uri == "":
			wrong = "a prefix can't be declared for no namespace; give it a namespace or take the declaration out"
		}
		if wrong != "" {
			return t.fault(a.Offset, CodeNamespace, wrong)
		}
		if i, ok := t.scopes.latest[prefix]; ok && i >= before {
			return t.twice(t.at(a.Offset), t.scopes.bindings[i].offset, string(raw))
		}
		t.scopes.bind(prefix, uri, t.at(a.Offset))
	}
	t.Attrs, t.raws = t.Attrs[:kept], t.raws[:kept]
	return nil
}

// ResolvePrefix is the namespace that a prefix stands for at the last token; ""
// asks for the default namespace.
func (t *Tokenizer) ResolvePrefix(prefix string) (uri string, ok bool) {
	return t.scopes.resolve(prefix)
}

// Declarations calls f with the namespace declarations of the innermost open
// element, in their order.
func (t *Tokenizer) Declarations(f func(prefix, uri string)) {
	n := len(t.open)
	if n == 0 {
		return
	}
	bindings := t.scopes.bindings
	if t.closing {
		bindings = bindings[:t.closed.bindings]
	}
	for _, b := range bindings[t.open[n-1].scope.bindings:] {
		f(b.prefix, b.uri)
	}
}
