package relaxng

import (
	"encoding/binary"
	"slices"

	"sigla/schemas/datatype"
)

// Patterns of the simple syntax (clause 5), each held once: equal patterns are
// the same pointer, so that patterns derived from a document can be compared
// and remembered. An element pattern stands for its definition, whose content
// is a pattern of its own; so patterns have no cycles.

type patternKind uint8

const (
	notAllowedKind patternKind = iota
	emptyKind
	textKind
	choiceKind
	groupKind
	interleaveKind
	oneOrMoreKind
	listKind
	dataKind
	valueKind
	attributeKind
	elementKind
)

type pattern struct {
	kind     patternKind
	nullable bool
	has      flags       // what stands in it outside of elements
	content  contentType // 7.2
	id       int32
	hash     uint32     // in its interner
	size     int32      // of the pattern written out, without sharing; at most sizeCap
	a, b     *pattern   // group, interleave; oneOrMore, list and attribute have a alone; data: b is its except
	alts     []*pattern // choice: sorted by id
	elem     *element
	names    *nameClass // attribute
	check    *datatype.Checker
	value    *datatype.Value
	src      *Node // where it was first written; nil for derived ones

	enum *enumeration // of a choice of many values, once the schema is whole
}

// flags say what a pattern holds outside of element definitions.
type flags uint8

const (
	hasAttribute flags = 1 << iota
	hasElement
	hasText
	hasString // data, value or list: content that is one string
	hasID     // data of type ID, IDREF or IDREFS
	hasInterleave
	hasContext // data or values that hang on the namespaces or entities declared around them
)

// element is an element pattern's definition.
type element struct {
	index   int
	names   *nameClass
	content *pattern
	node    *Node
	symbols symbolSet
	pattern *pattern
}

// doc is what the schema says of the element.
func (e *element) doc() string { return e.node.documentation() }

// interner holds patterns. It is not for use by several goroutines.
type interner struct {
	base  *interner // looked up first and never changed; nil for a schema's own
	table []*pattern
	held  int                 // patterns in the table
	byKey map[string]*pattern // data, values and attributes of several names
	names map[qname]*nameClass
	next  int32
	key   []byte
	slab  []pattern // patterns are cut from slabs

	derived map[derivative][]step // by start tags; nil in a schema's own

	notAllowed, empty, text *pattern
}

func newInterner() *interner {
	in := &interner{byKey: map[string]*pattern{}, names: map[qname]*nameClass{}}
	in.notAllowed = in.add(pattern{kind: notAllowedKind})
	in.empty = in.add(pattern{kind: emptyKind, nullable: true})
	in.text = in.add(pattern{kind: textKind, nullable: true, has: hasText})
	return in
}

// upon is an interner that has the patterns of base and can grow apart from it.
func upon(base *interner) *interner {
	return &interner{base: base, byKey: map[string]*pattern{}, derived: map[derivative][]step{}, next: base.next, notAllowed: base.notAllowed, empty: base.empty, text: base.text}
}

func (in *interner) add(p pattern) *pattern {
	if len(in.slab) == 0 {
		in.slab = make([]pattern, min(max(16, int(in.next)/4), 256))
	}
	q := &in.slab[0]
	in.slab = in.slab[1:]
	p.id = in.next
	p.content = contentTypeOf(&p)
	p.size = sizeOf(&p)
	*q = p
	in.next++
	return q
}

// sizeCap is more than any schema's content; a schema that builds more out of
// its definitions, as by doubling them again and again, is refused.
const sizeCap = 200_000

func sizeOf(p *pattern) int32 {
	n := int32(1)
	for _, q := range p.alts {
		n = min(n+q.size, sizeCap)
	}
	for _, q := range [...]*pattern{p.a, p.b} {
		if q != nil {
			n = min(n+q.size, sizeCap)
		}
	}
	return n
}

// eachAttribute calls f with the attribute patterns of p, in their order; one
// that is shared may come more than once.
func (p *pattern) eachAttribute(f func(*pattern)) {
	if p == nil || p.has&hasAttribute == 0 {
		return
	}
	if p.kind == attributeKind {
		f(p)
		return
	}
	for _, a := range p.alts {
		a.eachAttribute(f)
	}
	p.a.eachAttribute(f)
	p.b.eachAttribute(f)
}

// attributes are the interner's attribute patterns, in the order they were made.
func (in *interner) attributes() []*pattern {
	var l []*pattern
	for _, p := range in.table {
		if p != nil && p.kind == attributeKind {
			l = append(l, p)
		}
	}
	for _, p := range in.byKey {
		if p.kind == attributeKind {
			l = append(l, p)
		}
	}
	slices.SortFunc(l, func(a, b *pattern) int { return int(a.id - b.id) })
	return l
}

// grown is how much the interner has grown, in bytes, roughly.
func (in *interner) grown() int64 { return int64(in.next)*200 + int64(len(in.derived))*120 }

// name is the class of one name; equal ones are the same.
func (in *interner) name(space, local string) *nameClass {
	n := qname{space, local}
	c := in.names[n]
	if c == nil {
		c = &nameClass{space: space, local: local, number: len(in.names)}
		in.names[n] = c
	}
	return c
}

func mix(h uint32, id int32) uint32 {
	h = (h ^ uint32(id)) * 0x9E3779B1
	return h ^ h>>15
}

// find is the pattern of that hash for which same holds, or nil.
func (in *interner) find(hash uint32, same func(*pattern) bool) *pattern {
	if in.base != nil {
		if p := in.base.find(hash, same); p != nil {
			return p
		}
	}
	if len(in.table) == 0 {
		return nil
	}
	for i := hash; ; i++ {
		p := in.table[i&uint32(len(in.table)-1)]
		if p == nil || p.hash == hash && same(p) {
			return p
		}
	}
}

// store keeps a pattern that find has not found.
func (in *interner) store(hash uint32, p pattern) *pattern {
	p.hash = hash
	q := in.add(p)
	if 2*in.held >= len(in.table) {
		old := in.table
		in.table = make([]*pattern, max(64, 4*len(old)))
		for _, p := range old {
			if p != nil {
				in.place(p)
			}
		}
	}
	in.held++
	in.place(q)
	return q
}

func (in *interner) place(p *pattern) {
	i := p.hash
	for in.table[i&uint32(len(in.table)-1)] != nil {
		i++
	}
	in.table[i&uint32(len(in.table)-1)] = p
}

// of is the pattern made of one or two others; it is made where there is none.
func (in *interner) of(kind patternKind, a, b *pattern, has flags, nullable bool) *pattern {
	hash := mix(uint32(kind), a.id)
	if b != nil {
		hash = mix(hash, b.id)
	}
	if p := in.find(hash, func(p *pattern) bool { return p.kind == kind && p.a == a && p.b == b }); p != nil {
		return p
	}
	return in.store(hash, pattern{kind: kind, a: a, b: b, has: has, nullable: nullable})
}

// keyed is the pattern of the key in in.key; it is made where there is none.
func (in *interner) keyed(make func() pattern) *pattern {
	if in.base != nil {
		if p := in.base.byKey[string(in.key)]; p != nil {
			return p
		}
	}
	p := in.byKey[string(in.key)]
	if p == nil {
		p = in.add(make())
		in.byKey[string(in.key)] = p
	}
	return p
}

// choice is a | b, with the rules of 4.20 and 4.21: notAllowed falls away.
func (in *interner) choice(a, b *pattern) *pattern {
	switch {
	case a == b, b.kind == notAllowedKind:
		return a
	case a.kind == notAllowedKind:
		return b
	}
	return in.choices([]*pattern{a, b})
}

// choices is the choice of all alternatives, without doubles.
func (in *interner) choices(l []*pattern) *pattern {
	var few [32]*pattern
	alts := few[:0]
	for _, p := range l {
		switch p.kind {
		case notAllowedKind:
		case choiceKind:
			alts = append(alts, p.alts...)
		default:
			alts = append(alts, p)
		}
	}
	slices.SortFunc(alts, func(a, b *pattern) int { return int(a.id - b.id) })
	alts = slices.Compact(alts)
	// ε beside an alternative that can be empty says nothing.
	if len(alts) > 1 && alts[0].kind == emptyKind && slices.ContainsFunc(alts[1:], func(p *pattern) bool { return p.nullable && p.kind != textKind }) {
		alts = alts[1:]
	}
	switch len(alts) {
	case 0:
		return in.notAllowed
	case 1:
		return alts[0]
	}
	hash := uint32(choiceKind)
	for _, p := range alts {
		hash = mix(hash, p.id)
	}
	if p := in.find(hash, func(p *pattern) bool { return p.kind == choiceKind && slices.Equal(p.alts, alts) }); p != nil {
		return p
	}
	p := pattern{kind: choiceKind, alts: slices.Clone(alts)}
	for _, a := range alts {
		p.nullable = p.nullable || a.nullable
		p.has |= a.has
	}
	return in.store(hash, p)
}

// group is a, b. Groups nest to the right, but for those of attributes alone:
// their order says nothing, and they are shared by many elements.
func (in *interner) group(a, b *pattern) *pattern {
	switch {
	case a.kind == notAllowedKind || b.kind == notAllowedKind:
		return in.notAllowed
	case a.kind == emptyKind:
		return b
	case b.kind == emptyKind:
		return a
	case a.kind == groupKind && !a.onlyAttributes():
		return in.group(a.a, in.group(a.b, b))
	}
	return in.of(groupKind, a, b, a.has|b.has, a.nullable && b.nullable)
}

// onlyAttributes reports that a pattern is made of attributes and ε, and holds at
// least one.
func (p *pattern) onlyAttributes() bool { return p.has&^(hasID|hasInterleave) == hasAttribute }

// interleave is a & b. Interleaves nest to the right, in the order of their ids.
func (in *interner) interleave(a, b *pattern) *pattern {
	switch {
	case a.kind == notAllowedKind || b.kind == notAllowedKind:
		return in.notAllowed
	case a.kind == emptyKind:
		return b
	case b.kind == emptyKind:
		return a
	case a.kind == interleaveKind:
		return in.interleave(a.a, in.interleave(a.b, b))
	case b.kind == interleaveKind && a.id > b.a.id:
		return in.interleave(b.a, in.interleave(a, b.b))
	case b.kind != interleaveKind && a.id > b.id:
		a, b = b, a
	}
	return in.of(interleaveKind, a, b, a.has|b.has|hasInterleave, a.nullable && b.nullable)
}

// oneOrMore is a+. Repetitions and ε among the alternatives of a are drawn out,
// (x+ | y)+ being (x | y)+ and (ε | x)+ being x+?: derivatives by attributes
// would otherwise nest without end.
func (in *interner) oneOrMore(a *pattern) *pattern {
	if a.kind == notAllowedKind || a.kind == emptyKind || a.kind == oneOrMoreKind {
		return a
	}
	if a.kind != choiceKind || a.alts[0].kind != emptyKind && !slices.ContainsFunc(a.alts, func(x *pattern) bool { return x.kind == oneOrMoreKind }) {
		return in.of(oneOrMoreKind, a, nil, a.has, a.nullable)
	}
	var l []*pattern
	for _, x := range a.alts {
		switch x.kind {
		case emptyKind:
		case oneOrMoreKind:
			l = append(l, x.a)
		default:
			l = append(l, x)
		}
	}
	p := in.oneOrMore(in.choices(l))
	if a.alts[0].kind == emptyKind {
		return in.optional(p)
	}
	return p
}

// optional is a?.
func (in *interner) optional(a *pattern) *pattern { return in.choice(a, in.empty) }

func (in *interner) list(a *pattern) *pattern {
	if a.kind == notAllowedKind {
		return a
	}
	return in.of(listKind, a, nil, hasString|a.has&(hasID|hasContext), false)
}

// attribute is the pattern of an attribute that the node defines. Two that are
// documented differently are two.
func (in *interner) attribute(names *nameClass, a *pattern, n *Node) *pattern {
	if a.kind == notAllowedKind {
		return a
	}
	if names.kind == oneName {
		hash := mix(mix(uint32(attributeKind), a.id), int32(names.number))
		if p := in.find(hash, func(p *pattern) bool {
			return p.kind == attributeKind && p.a == a && p.names == names && p.src.documented() == n.documented()
		}); p != nil {
			return p
		}
		return in.store(hash, pattern{kind: attributeKind, names: names, a: a, src: n, has: hasAttribute | a.has&hasInterleave})
	}
	in.key = append(in.key[:0], byte(attributeKind))
	in.key = binary.LittleEndian.AppendUint32(in.key, uint32(a.id))
	in.key = names.key(in.key)
	return in.keyed(func() pattern {
		return pattern{kind: attributeKind, names: names, a: a, src: n, has: hasAttribute | a.has&hasInterleave}
	})
}

// data and value patterns are equal when their types, facets and texts are.
func (in *interner) data(check *datatype.Checker, library string, except *pattern) *pattern {
	in.key = append(in.key[:0], byte(dataKind))
	in.key = append(in.key, library...)
	in.key = append(in.key, 0)
	in.key = append(in.key, check.Type().Name()...)
	for _, f := range check.Params() {
		in.key = append(in.key, 0)
		in.key = append(in.key, f.Name...)
		in.key = append(in.key, '=')
		in.key = append(in.key, f.Value...)
	}
	if except != nil && except.kind != notAllowedKind {
		in.key = append(in.key, 1)
		in.key = binary.LittleEndian.AppendUint32(in.key, uint32(except.id))
	} else {
		except = nil
	}
	return in.keyed(func() pattern {
		p := pattern{kind: dataKind, check: check, b: except, has: hasString}
		if check.Type().IDKind() != datatype.NotID {
			p.has |= hasID
		}
		if check.Type().NeedsContext() || except != nil && except.has&hasContext != 0 {
			p.has |= hasContext
		}
		return p
	})
}

func (in *interner) valuePattern(v *datatype.Value, library, ns string) *pattern {
	in.key = append(in.key[:0], byte(valueKind))
	in.key = append(in.key, library...)
	in.key = append(in.key, 0)
	in.key = append(in.key, v.Type().Name()...)
	in.key = append(in.key, 0)
	in.key = append(in.key, v.Literal()...)
	in.key = append(in.key, 0)
	in.key = append(in.key, ns...)
	return in.keyed(func() pattern {
		p := pattern{kind: valueKind, value: v, has: hasString}
		if v.Type().NeedsContext() {
			p.has |= hasContext
		}
		return p
	})
}

// element is the pattern of a new definition; each has one.
func (in *interner) element(e *element) *pattern {
	e.pattern = in.add(pattern{kind: elementKind, elem: e, has: hasElement, src: e.node})
	return e.pattern
}
