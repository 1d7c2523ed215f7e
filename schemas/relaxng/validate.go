package relaxng

import (
	"cmp"
	"context"
	"io"
	"slices"

	"sigla/schemas/datatype"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Options are for one validation. The zero value is the default.
type Options struct {
	Explain  bool // findings carry all that was expected, and the content model
	Findings int  // stop after so many; 0 is 1,000
	NoIDs    bool // leave out the DTD compatibility checks of ID and IDREF

	// Aliases are names that people write for those of the schema, such as b for
	// hi: what to suggest for a name that the schema has not. The key is in small
	// letters, with an @ before it for an attribute.
	Aliases map[string][]string

	// Usual are the local names of elements that are used most, in the order to
	// suggest them where many are allowed.
	Usual  []string
	Limits xmltok.Limits
}

// Validate says what is wrong with the document that r holds, whose findings
// name file. It reads in one pass and keeps no more than a window of it. The
// error is the reader's or the context's; what is wrong with the document, its
// well-formedness included, is a finding.
func (s *Schema) Validate(ctx context.Context, file string, r io.Reader, o Options) (diag.List, error) {
	v := s.validator(o)
	defer s.runs.Put(v)
	v.tok.ResetReader(file, r, s, o.Limits)
	return v.read(ctx)
}

// ValidateBytes is Validate for a document in memory.
func (s *Schema) ValidateBytes(ctx context.Context, file string, doc []byte, o Options) (diag.List, error) {
	v := s.validator(o)
	defer s.runs.Put(v)
	v.tok.Reset(file, doc, s, o.Limits)
	v.inMemory = true
	return v.read(ctx)
}

// Locator gives the places of events.
type Locator interface {
	Pos(offset int) diag.Pos   // of an offset in the present event
	Opened(depth int) diag.Pos // of the start tag of the open element at a depth, from 1
}

// Validator checks one document, as a stream of events. Its methods are called
// in the order of the document; names come from ExpandedName.
type Validator struct {
	s     *Schema
	m     *machine
	o     Options
	tok   xmltok.Tokenizer
	where Locator
	ctx   datatype.Context

	longest            int      // bytes of one value
	inMemory           bool     // places of the past can be asked for
	textPos            diag.Pos // of the text of the innermost element, where they can not
	stack              []frame
	text               []byte // strings of the open elements
	mute               bool   // of the element that is opened
	movedFrom, movedTo string // namespaces: that elements are in the one and belong to the other was told
	list               diag.List
	ids                map[string]diag.Pos
	refs               []reference
	seen               remembered
}

// frame is an open element, or the document around the outermost.
type frame struct {
	state    *state // nil where the content is not checked
	before   *state // before the last child
	from     *transition
	body     *body
	name     *xmltok.Name
	last     *xmltok.Name // the child before
	textFrom int
	textAt   int  // offset of the first text that is not white space
	hasText  bool // there is such text
	child    bool // a child has come
	faulty   bool // a finding about its content was made
	noText   bool // a finding about its text was made
	mute     bool // what it is was a guess: attributes and children are not held against it
}

type reference struct {
	id  string
	pos diag.Pos
}

func (s *Schema) validator(o Options) *Validator {
	v, _ := s.runs.Get().(*Validator)
	if v == nil {
		v = &Validator{}
	}
	v.begin(s, o, &v.tok, &v.tok)
	return v
}

// NewValidator is for documents that are not read from bytes, such as a tree in
// memory. The context resolves the prefixes of QNames in values; it may be nil.
func (s *Schema) NewValidator(o Options, where Locator, ctx datatype.Context) *Validator {
	v := &Validator{}
	v.begin(s, o, where, ctx)
	return v
}

func (v *Validator) begin(s *Schema, o Options, where Locator, ctx datatype.Context) {
	if o.Findings == 0 {
		o.Findings = 1000
	}
	if ctx == nil {
		ctx = noContext{}
	}
	v.s, v.o, v.where, v.ctx = s, o, where, ctx
	v.longest = cmp.Or(o.Limits.Token, 16<<20)
	v.m = s.machine.Load()
	v.text, v.list, v.refs = v.text[:0], nil, v.refs[:0]
	v.mute, v.movedFrom, v.movedTo = false, "", ""
	v.inMemory = false
	clear(v.ids)
	v.m.mu.Lock()
	start := v.m.state([]*pattern{s.start})
	v.m.mu.Unlock()
	v.stack = append(v.stack[:0], frame{state: start})
}

type noContext struct{}

func (noContext) ResolvePrefix(string) (string, bool) { return "", false }

// ExpandedName is a name for use in events.
func (s *Schema) ExpandedName(space, local string) *xmltok.Name {
	return &xmltok.Name{ID: s.Symbol(space, local), Space: space, Local: local, Raw: qname{space, local}.display()}
}

// read validates what the tokenizer gives.
func (v *Validator) read(ctx context.Context) (diag.List, error) {
	defer func() { // nothing of the document stays in the pool
		v.tok.Reset("", nil, v.s, xmltok.Limits{})
	}()
	for n := 0; len(v.list) < v.o.Findings; n++ {
		if n&0xFFF == 0xFFF {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		kind, err := v.tok.Next()
		if err != nil {
			if e, ok := err.(*xmltok.Error); ok {
				return append(v.list, e.Finding), nil
			}
			return nil, err
		}
		switch kind {
		case xmltok.StartElement:
			v.StartElement(v.tok.Name, v.tok.Attrs, v.tok.Offset)
		case xmltok.EndElement:
			v.EndElement(v.tok.Offset)
		case xmltok.Text:
			if len(v.stack) > 1 {
				v.Text(v.tok.Text, v.tok.Blank, v.tok.Offset)
			}
		case xmltok.EOF:
			return v.End(), nil
		}
	}
	return v.list, nil
}

// StartElement is a start tag. Attributes hold no namespace declarations.
func (v *Validator) StartElement(name *xmltok.Name, attrs []xmltok.Attr, offset int) {
	f := &v.stack[len(v.stack)-1]
	var t *transition
	if f.state != nil {
		if f.state.strings && f.hasText && !f.child {
			v.settleText(f)
		}
		symbol := name.ID & 0xFFFF
		t = f.state.next[symbol].Load()
		if t == nil {
			t = v.step(f, symbol)
		}
	}
	if t == nil || t.body == nil {
		t = v.misplaced(name, offset)
		v.stack[len(v.stack)-1].child = true
		if t == nil {
			v.stack = append(v.stack, frame{name: name, textFrom: len(v.text), faulty: true})
			return
		}
	}
	v.stack[len(v.stack)-1].child = true
	b := t.body
	v.stack = append(v.stack, frame{from: t, body: b, name: name, textFrom: len(v.text), mute: v.mute, faulty: v.mute})
	v.mute = false
	if b.plan != nil {
		v.plainAttributes(b.plan, attrs, offset)
		v.stack[len(v.stack)-1].state = b.content
		return
	}
	v.stack[len(v.stack)-1].state = v.otherAttributes(b, attrs, offset)
}

// step works out a transition that no document has needed before.
func (v *Validator) step(f *frame, symbol int32) *transition {
	if v.m.full() {
		v.renew()
		f = &v.stack[len(v.stack)-1]
	}
	return v.m.step(f.state, symbol)
}

// renew goes on with a fresh machine.
func (v *Validator) renew() {
	m := v.s.machine.Load()
	if m == v.m {
		m = newMachine(v.s, upon(v.s.base))
		v.s.machine.CompareAndSwap(v.m, m)
	}
	v.m = m
	m.mu.Lock()
	defer m.mu.Unlock()
	moved := map[*pattern]*pattern{}
	for i := range v.stack {
		f := &v.stack[i]
		if f.state == nil {
			continue
		}
		comps := make([]*pattern, len(f.state.comps))
		for k, p := range f.state.comps {
			comps[k] = m.in.adopt(p, moved)
		}
		f.state = m.state(comps)
		if f.from == nil {
			continue
		}
		t := &transition{body: m.body(f.body.elems), rests: make([][]*pattern, len(f.from.rests))}
		all := make([]*pattern, len(t.rests))
		for k, rests := range f.from.rests {
			t.rests[k] = make([]*pattern, len(rests))
			for j, p := range rests {
				t.rests[k][j] = m.in.adopt(p, moved)
			}
			all[k] = m.in.choices(t.rests[k])
		}
		if len(all) > 0 {
			t.next = m.state(all)
		}
		f.from, f.body = t, t.body
	}
}

// adopt is p of another interner in this one.
func (in *interner) adopt(p *pattern, moved map[*pattern]*pattern) *pattern {
	if q := moved[p]; q != nil {
		return q
	}
	var q *pattern
	switch p.kind {
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.adopt(a, moved)
		}
		q = in.choices(alts)
	case groupKind:
		q = in.group(in.adopt(p.a, moved), in.adopt(p.b, moved))
	case interleaveKind:
		q = in.interleave(in.adopt(p.a, moved), in.adopt(p.b, moved))
	case oneOrMoreKind:
		q = in.oneOrMore(in.adopt(p.a, moved))
	default:
		q = p // of the schema itself: in every interner
	}
	moved[p] = q
	return q
}

// settleText is text of an element that could have been one string, now that an
// element comes: it is text among elements after all.
func (v *Validator) settleText(f *frame) {
	next := v.m.afterText(f.state)
	if next == deadState {
		v.misplacedText(f)
	} else {
		f.state = next
	}
	f.hasText = false
	v.text = v.text[:f.textFrom]
}

// Text is character data; blank says that it is white space alone.
func (v *Validator) Text(text []byte, blank bool, offset int) {
	f := &v.stack[len(v.stack)-1]
	s := f.state
	if s == nil {
		return
	}
	if s.strings && !f.child {
		if len(v.text)-f.textFrom+len(text) > v.longest {
			v.report(v.where.Pos(offset), "rng/limit", "the text of %s is longer than %d MB, which is the limit for one value", f.parent(), v.longest>>20)
			f.state, f.faulty = nil, true
			return
		}
		if !blank && !f.hasText {
			f.hasText = true
			v.textBegins(f, offset+leading(text))
		}
		v.text = append(v.text, text...)
		return
	}
	if blank {
		return
	}
	next := s.text.Load()
	if next == nil {
		next = v.m.afterText(s)
	}
	if next == deadState {
		if !f.noText {
			v.textBegins(f, offset+leading(text))
			v.text = append(v.text[:f.textFrom], text...)
			v.misplacedText(f)
			v.text = v.text[:f.textFrom]
		}
		return
	}
	f.state = next
}

// textBegins keeps where the text of the innermost element begins. Its place is
// asked for later, when the document may have passed on.
func (v *Validator) textBegins(f *frame, offset int) {
	f.textAt = offset
	if !v.inMemory {
		v.textPos = v.where.Pos(offset)
	}
}

// textPlace is where the text of the innermost element begins.
func (v *Validator) textPlace(f *frame) diag.Pos {
	if v.inMemory {
		return v.where.Pos(f.textAt)
	}
	return v.textPos
}

func leading(text []byte) int {
	n := 0
	for n < len(text) && space(text[n]) {
		n++
	}
	return n
}

// EndElement is an end tag.
func (v *Validator) EndElement(offset int) {
	n := len(v.stack) - 1
	f := &v.stack[n]
	around := &v.stack[n-1]
	around.last, around.before = f.name, around.state
	if f.state != nil {
		if len(f.state.comps) == 1 {
			ok := f.state.complete
			if f.state.strings && !f.child {
				ok = v.string(f.state.comps[0], f)
			}
			if !ok && !f.faulty {
				v.incomplete(f, offset)
			}
			if f.from.next != nil && around.state != nil {
				around.state = f.from.next
			}
		} else if next := v.several(f, offset); next != nil && around.state != nil {
			around.state = next
		}
	}
	v.text = v.text[:f.textFrom]
	f.from, f.body, f.name, f.last, f.state, f.before = nil, nil, nil, nil, nil, nil
	v.stack = v.stack[:n]
}

// string reports whether the text of an element without children is allowed.
func (v *Validator) string(p *pattern, f *frame) bool {
	s := v.text[f.textFrom:]
	return allows(p, s, v.ctx) || p.nullable && blank(s)
}

// several ends an element that more than one pattern could match.
func (v *Validator) several(f *frame, offset int) *state {
	alive := make([]bool, len(f.state.comps))
	any := false
	for i, p := range f.state.comps {
		if f.state.strings && !f.child {
			alive[i] = v.string(p, f)
		} else {
			alive[i] = p.nullable
		}
		any = any || alive[i]
	}
	if !any {
		if !f.faulty {
			v.incomplete(f, offset)
		}
		return f.from.next
	}
	if f.from.next == nil {
		return nil
	}
	return v.m.after(f.from, alive)
}

// plainAttributes checks the attributes of nearly all elements.
func (v *Validator) plainAttributes(p *attributePlan, attrs []xmltok.Attr, offset int) {
	var seen uint64
	unknown, at := (*xmltok.Attr)(nil), 0 // an attribute that is not allowed, and its finding
	for i := range attrs {
		a := &attrs[i]
		k := p.slot[a.Name.ID>>16]
		if k < 0 {
			k, told := v.unknownAttribute(a, attrs)
			if k >= 0 { // it stands for that one
				seen |= 1 << k
			}
			if unknown = nil; told {
				unknown, at = a, len(v.list)-1
			}
			continue
		}
		seen |= 1 << k
		slot := &p.slots[k]
		if !slot.any && !v.seen.allows(slot.value, a.Value, v.ctx) {
			v.badValue(a, slot.value)
		} else if slot.id != datatype.NotID {
			v.identify(slot.id, a)
		}
	}
	if p.required&^seen != 0 {
		v.missingAttributes(p, seen, offset, unknown, at)
	}
}

// otherAttributes checks attributes by derivatives and gives the state of the
// content.
func (v *Validator) otherAttributes(b *body, attrs []xmltok.Attr, offset int) *state {
	n := b.attrs
	faulty := false
	for i := range attrs {
		a := &attrs[i]
		next, id, known := v.m.attribute(n, a.Name.ID>>16, a.Value, v.ctx, false)
		switch {
		case next != nil:
			n = next
			if id != datatype.NotID {
				v.identify(id, a)
			}
		case known:
			faulty = true
			v.badOtherValue(n, a)
			if next, _, _ = v.m.attribute(n, a.Name.ID>>16, a.Value, v.ctx, true); next != nil {
				n = next
			}
		default:
			faulty = true
			v.unknownAttribute(a, attrs)
		}
	}
	if b.content != nil {
		if !n.complete && !faulty {
			v.missingOther(n.comps, offset)
		}
		return b.content
	}
	s := v.m.opened(b, n)
	if s.dead() {
		if !faulty {
			v.missingOther(n.comps, offset)
		}
		s = v.m.assumed(n)
	}
	return s
}

// identify keeps an ID and what refers to one (RELAX NG DTD compatibility, 4).
func (v *Validator) identify(kind datatype.IDKind, a *xmltok.Attr) {
	if v.o.NoIDs || !v.s.checksIDs() {
		return
	}
	if kind == datatype.ID {
		if v.ids == nil {
			v.ids = map[string]diag.Pos{}
		}
		id, _ := trim(a.Value)
		if first, is := v.ids[string(id)]; is {
			v.duplicateID(a, string(id), first)
			return
		}
		v.ids[string(id)] = v.where.Pos(a.ValueOffset)
		return
	}
	for rest := a.Value; ; {
		var id []byte
		if id, rest = nextToken(rest); len(id) == 0 {
			return
		}
		v.refs = append(v.refs, reference{string(id), v.where.Pos(a.ValueOffset)})
	}
}

// End is the end of the document. It gives the findings, in the order of the
// document.
func (v *Validator) End() diag.List {
	if f := &v.stack[0]; len(v.stack) == 1 && !f.child {
		v.report(v.where.Pos(0), "rng/incomplete", "the document has no element")
	}
	var ids []string
	for _, r := range v.refs {
		if _, is := v.ids[r.id]; !is && len(v.list) < v.o.Findings {
			if ids == nil {
				for id := range v.ids {
					ids = append(ids, id)
				}
				slices.Sort(ids)
			}
			v.danglingReference(r, ids)
		}
	}
	return v.list
}
