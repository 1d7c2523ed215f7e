package lint

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"sigla/tei/diag"
)

// Pointers (TEI P5, 16.2). A pointer is a URI reference: #id leads to an
// element of the file, file.xml#id into another file, and anything with a
// scheme elsewhere, unless the file's own prefixDef says what its prefix
// stands for. A fragment with a parenthesis, such as xpath(…), belongs to a
// pointer scheme and is left alone.

// target is a URI reference taken apart.
type target struct {
	scheme   string
	path     string // with the authority and the query
	fragment string // decoded
	hash     bool   // there is a fragment
}

func split(s string) (t target) {
	if n := strings.IndexByte(s, '#'); n >= 0 {
		t.hash, t.fragment = true, s[n+1:]
		if decoded, err := url.PathUnescape(t.fragment); err == nil {
			t.fragment = decoded
		}
		s = s[:n]
	}
	if n := schemeLength(s); n > 0 {
		t.scheme, s = s[:n], s[n+1:]
	}
	t.path = s
	return t
}

// schemeLength is the length of the scheme that s begins with (RFC 3986, 3.1),
// or 0.
func schemeLength(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':' && i > 0:
			return i
		default:
			return 0
		}
	}
	return 0
}

// isID reports whether the target is an element by its xml:id.
func (t *target) isID() bool {
	return t.hash && t.scheme == "" && t.fragment != "" && !strings.Contains(t.fragment, "(")
}

// isFile reports whether the target lies in a file that can be named from here.
func (t *target) isFile() bool {
	return t.scheme == "" && t.path != "" && !strings.HasPrefix(t.path, "//") && !strings.Contains(t.path, "?")
}

// join is where a relative path leads from a file.
func join(from, to string) string {
	if decoded, err := url.PathUnescape(to); err == nil {
		to = decoded
	}
	switch {
	case to == "":
		return from
	case strings.HasPrefix(to, "/"):
		return path.Clean(to)
	}
	return path.Join(path.Dir(slashed(from)), to)
}

func slashed(name string) string { return strings.ReplaceAll(name, `\`, "/") }

// lost is a pointer that leads to no element of the file: what is looked for,
// and, where a prefix was replaced, by what.
type lost struct {
	id     string
	prefix *prefixDef
	whole  string // the pointer with its prefix replaced
}

// leads reports whether a pointer plainly leads to an element of the file, as
// most do.
func (f *facts) leads(p *pointer) bool {
	if len(p.value) < 2 || p.value[0] != '#' {
		return false
	}
	_, is := f.known[string(p.value[1:])]
	return is
}

// lead says where a pointer leads. It is lost where no element has its id;
// outward is the other file that it leads to.
func (f *facts) lead(p *pointer) (l lost, isLost bool, outward target, isOutward bool) {
	t := split(string(p.value))
	prefix, whole := (*prefixDef)(nil), ""
	if t.scheme != "" {
		// Several definitions of a prefix are alternatives: none is certain.
		expansions := f.expand(string(p.value))
		if len(expansions) != 1 {
			return l, false, t, false
		}
		prefix, whole = expansions[0].by, expansions[0].whole
		t = split(whole)
	}
	b := &f.bases[p.base]
	switch {
	case t.isFile():
		switch {
		case strings.HasPrefix(t.path, "/"), b.absolute:
			return l, false, t, false
		case join(b.path, t.path) != path.Clean(slashed(f.name)):
			t.path = join(b.path, t.path)
			return l, false, t, true
		}
	case t.path != "" || t.scheme != "" || b.absolute && b.elsewhere:
		return l, false, t, false
	case b.elsewhere && t.hash:
		if _, is := f.known[t.fragment]; is {
			return l, false, t, false
		}
		t.path = b.path // RFC 3986, 4.4: #id is of the base
		return l, false, t, true
	}
	if !t.isID() {
		return l, false, t, false
	}
	if _, is := f.known[t.fragment]; is {
		return l, false, t, false
	}
	return lost{t.fragment, prefix, whole}, true, t, false
}

func danglingPointers(f *facts, r *reporter) {
	if f.partial {
		return // the element may be in what is not here
	}
	suggest := suggester{names: f.known}
	for i := range f.pointers {
		p := &f.pointers[i]
		if f.leads(p) || p.malformed() != "" {
			continue
		}
		l, is, _, _ := f.lead(p)
		if !is {
			continue
		}
		hint := "; give it to the element that is meant, or correct the pointer"
		if near := suggest.nearest(l.id); near != "" {
			hint = "; did you mean #" + diag.Short(near) + "?"
		}
		if l.prefix == nil {
			r.say(p.span, "@%s points to \"%s\", but no element of this file has the xml:id \"%s\"%s", p.attribute.name, p.value, l.id, whole(hint))
			continue
		}
		finding := r.say(p.span, "@%s points to \"%s\", which is %s, but no element of this file has the xml:id \"%s\"%s", p.attribute.name, p.value, l.whole, l.id, whole(hint))
		finding.Related = []diag.Related{{Pos: diag.Pos{Offset: l.prefix.at}, Message: "the prefix is defined here"}}
	}
}

// whole is an argument of a message that is not cut.
type whole string

// malformed says why no program can follow a pointer, and what would be right;
// "" if it is well-formed.
func (p *pointer) malformed() string {
	v := p.value
	switch {
	case bytes.IndexByte(v, '\\') >= 0:
		return `has a \; write / between folders`
	case bytes.IndexByte(v, ' ') >= 0:
		return "has a space, and this attribute holds one pointer; write %20 for a space, or take out all but one"
	case bytes.Count(v, []byte("#")) > 1 && !bytes.ContainsAny(v, "(:"):
		return "has # twice; separate two pointers by a space"
	}
	return ""
}

func malformedPointers(f *facts, r *reporter) {
	for i := range f.pointers {
		if p := &f.pointers[i]; len(p.value) > 0 {
			if why := p.malformed(); why != "" {
				r.say(p.span, "the pointer \"%s\" in @%s %s", p.value, p.attribute.name, whole(why))
			}
		}
	}
}

func emptyPointers(f *facts, r *reporter) {
	for i := range f.pointers {
		switch p := &f.pointers[i]; string(p.value) {
		case "":
			r.say(p.span, "@%s is empty; write where it points to, or take it out", p.attribute.name)
		case "#":
			r.say(p.span, "@%s is # alone; write the xml:id that is meant behind it", p.attribute.name)
		}
	}
}

func hashlessPointers(f *facts, r *reporter) {
	for i := range f.pointers {
		p := &f.pointers[i]
		if bytes.ContainsAny(p.value, "#/:.?") {
			continue
		}
		if _, is := f.known[string(p.value)]; is && len(p.value) > 0 {
			r.say(p.span, "@%s is \"%s\", which names a file; for the element with that xml:id write \"%s\"", p.attribute.name, p.value, "#"+string(p.value))
		}
	}
}

// export puts into a result what Corpus asks for.
func (f *facts) export(r *Result) {
	for _, id := range f.ids {
		r.IDs = append(r.IDs, ID{string(id.value), diag.Pos{Offset: id.at}, id.other})
	}
	for i := range f.pointers {
		p := &f.pointers[i]
		if f.leads(p) || p.malformed() != "" {
			continue
		}
		_, _, t, outward := f.lead(p)
		if !outward {
			continue
		}
		ref := Reference{Attribute: p.attribute.name, Written: string(p.value), File: t.path, Pos: diag.Pos{Offset: p.at}, Len: p.n}
		if t.isID() {
			ref.ID = t.fragment
		}
		r.References = append(r.References, ref)
	}
}
