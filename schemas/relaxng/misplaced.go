package relaxng

import (
	"fmt"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
	"sigla/tei/diag/spelling"
)

// Elements and text at a wrong place, and how validation goes on. A mistake is
// to give one message; so after it the content of the parent may be whatever
// one of the plausible repairs would have made of it, and the next elements
// decide.

// misplaced reports an element that is not allowed, and gives the transition to
// go on with; nil leaves its content unchecked.
func (v *Validator) misplaced(name *xmltok.Name, offset int) *transition {
	f := &v.stack[len(v.stack)-1]
	own := v.declarations(name)
	if f.state == nil || f.mute {
		return v.unchecked(own)
	}
	if v.movedFrom == name.Space && v.movedTo != name.Space { // told once
		if t := v.m.step(f.state, v.s.elementNames.symbol(v.movedTo, name.Local)); t.body != nil {
			return t
		}
	}
	p := v.whole(f.state)
	next := firsts(p)
	v.sortForPeople(next, name.Local)
	must := required(p)
	pos := v.where.Pos(offset)
	called := name.Local
	parent := f.parent()

	// The same name, but for its namespace or letter case.
	for _, e := range next {
		n, ok := e.names.single()
		if !ok || !strings.EqualFold(n.local, called) {
			continue
		}
		var d *diag.Finding
		switch {
		case n.local == called && name.Space == "":
			d = v.report(pos, "rng/namespace", "element %q is in no namespace; it belongs to %s, so add xmlns=%q", called, n.space, n.space)
		case n.local == called && n.space == "":
			d = v.report(pos, "rng/namespace", "element %q is in the namespace %s, and is expected in none", called, name.Space)
		case n.local == called:
			d = v.report(pos, "rng/namespace", "element %q is in the namespace %s; write xmlns=%q", called, name.Space, n.space)
		default:
			d = v.report(pos, "rng/element-unknown", "no element %q; write %q: upper and lower case count", called, n.local)
		}
		if n.local == called {
			v.movedFrom, v.movedTo = name.Space, n.space
		}
		v.note(d, names(next), f.body, e)
		return v.renamed(f, n)
	}
	if len(own) == 0 {
		return v.unknown(f, name, pos, p, must, next)
	}

	// The element exists: is something missing before it, is it too late, or does
	// it belong elsewhere?
	t, fix := v.goOn(f, p, must, next, name)
	var d *diag.Finding
	switch {
	case len(fix.missing) > 0:
		d = v.report(pos, "rng/element-missing", "element %q not allowed yet; missing required element %s", called, every(fix.missing, 3))
		v.note(d, names(next), f.body, elementOf(next, fix.missing[0]))
		return t
	case len(fix.before) > 0:
		d = v.report(pos, "rng/element-missing", "element %q not allowed yet in %s; before it comes %s", called, parent, some(fix.before, 3))
		v.note(d, names(next), f.body, elementOf(next, fix.before[0]))
		return t
	case f.body != nil && v.inContent(f.body, own):
		switch {
		case f.last != nil && f.last.Local == called && f.last.Space == name.Space:
			d = v.report(pos, "rng/element-not-allowed", "element %q not allowed again in %s; %s", called, parent, expect(p, must, next))
		case f.last != nil:
			d = v.report(pos, "rng/element-not-allowed", "element %q not allowed after %q in %s, it comes before; %s", called, f.last.Local, parent, expect(p, must, next))
		default:
			d = v.report(pos, "rng/element-not-allowed", "element %q not allowed here in %s; %s", called, parent, expect(p, must, next))
		}
	default:
		d = v.report(pos, "rng/element-not-allowed", "element %q not allowed in %s; %s", called, parent, v.belongs(called, own, p, must, next))
	}
	v.note(d, names(next), f.body, own[0])
	if t == nil {
		t = v.unchecked(own)
		t.next = f.state
	}
	v.mute = len(fix.into) == 0 || len(fix.into) > 3 // perhaps another element was meant
	return t
}

// unknown reports an element whose name the schema has not.
func (v *Validator) unknown(f *frame, name *xmltok.Name, pos diag.Pos, p *pattern, must, next []*element) *transition {
	as := func(meant *element) *transition {
		n, _ := meant.names.single()
		return v.renamed(f, n)
	}
	for _, alias := range v.o.Aliases[strings.ToLower(name.Local)] {
		if meant := elementOf(next, alias); meant != nil {
			d := v.report(pos, "rng/element-unknown", "no element %q in this schema; write %q", name.Raw, alias)
			v.note(d, names(next), f.body, meant)
			return as(meant)
		}
	}
	if near := nearest(name.Local, singles(next), 3); len(near) > 0 {
		d := v.report(pos, "rng/element-unknown", "no element %q in this schema; did you mean %s?", name.Raw, some(near, 3))
		meant := elementOf(next, near[0])
		v.note(d, names(next), f.body, meant)
		v.mute = len(near) > 1
		return as(meant)
	}
	var d *diag.Finding
	elsewhere := nearest(name.Local, singles(v.s.elements), 2)
	switch {
	case v.knownElsewhere(name):
		d = v.report(pos, "rng/namespace", "element %q is in %s, where the schema has none of that name; here in %s %s", name.Raw, spaceOf(name), f.parent(), expect(p, must, next))
	case len(elsewhere) > 0:
		d = v.report(pos, "rng/element-unknown", "no element %q in this schema; %s exists, but not in %s, where %s", name.Raw, some(elsewhere, 2), f.parent(), expect(p, must, next))
	default:
		d = v.report(pos, "rng/element-unknown", "no element %q in this schema; in %s %s", name.Raw, f.parent(), expect(p, must, next))
	}
	v.note(d, names(next), f.body)
	v.goOn(f, p, must, next, name)
	return nil
}

func spaceOf(n *xmltok.Name) words {
	if n.Space == "" {
		return "no namespace"
	}
	return "the namespace " + words(cut(n.Space, 80))
}

// knownElsewhere reports whether the schema has the name in another namespace.
func (v *Validator) knownElsewhere(name *xmltok.Name) bool {
	return elementOf(v.s.elements, name.Local) != nil
}

// declarations are the definitions of elements of that very name.
func (v *Validator) declarations(name *xmltok.Name) []*element {
	var l []*element
	for _, e := range v.s.named[name.ID&0xFFFF] {
		if n, ok := e.names.single(); ok && n.local == name.Local && n.space == name.Space && len(l) < 16 {
			l = append(l, e)
		}
	}
	return l
}

// unchecked is the transition of an element whose place is not checked: its
// content is, by its own definition, where there is one.
func (v *Validator) unchecked(own []*element) *transition {
	if len(own) == 0 {
		return nil
	}
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return &transition{body: v.m.body(own)}
}

// renamed is the transition by the name that was meant.
func (v *Validator) renamed(f *frame, n qname) *transition {
	f.faulty = true
	return v.m.step(f.state, v.s.elementNames.symbol(n.space, n.local))
}

func elementOf(l []*element, local string) *element {
	for _, e := range l {
		if n, ok := e.names.single(); ok && n.local == local {
			return e
		}
	}
	return nil
}

func (v *Validator) inContent(b *body, own []*element) bool {
	return slices.ContainsFunc(own, func(o *element) bool {
		return slices.ContainsFunc(v.s.holders(o), func(h *element) bool { return slices.Contains(b.elems, h) })
	})
}

// repair is what would make a misplaced element right: elements that are
// missing before it because they are required, or one that may come before it,
// or one that it can be put into.
type repair struct {
	missing, before, into []string
}

// plausible is how many elements are tried as a repair.
const plausible = 300

// goOn sets the state after a misplaced element to the union of what the
// plausible repairs would give: it is one too many, it stands for a required
// one, the one before it is what is wrong, something is missing before it, or
// the start tag around it. Where the element is right after a repair, that is
// given with its transition.
func (v *Validator) goOn(f *frame, p *pattern, must, next []*element, name *xmltok.Name) (*transition, repair) {
	f.faulty = true
	m := v.m
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.in.grown()
	defer func() { m.size.Add(m.in.grown() - before) }()
	symbol := name.ID & 0xFFFF
	by := func(p *pattern, n qname) []step { return m.in.start(p, m.schema.elementNames.symbol(n.space, n.local)) }
	var fix repair
	var fits []step
	cands := []*pattern{p}
	if f.before != nil {
		for _, q := range f.before.comps {
			cands = append(cands, m.in.rests(m.in.start(q, symbol)))
		}
	}
	here, late := p, []*element(nil)
	for _, e := range must[:min(len(must), 8)] {
		n, _ := e.names.single()
		steps := by(here, n)
		if len(steps) == 0 {
			continue
		}
		here = m.in.rests(steps)
		fix.missing = append(fix.missing, n.local)
		late = append(late, e)
		cands = append(cands, here) // or the element stands for it
		if fits = m.in.start(here, symbol); len(fits) > 0 {
			// What is missing may come later, in its place.
			after := m.in.rests(fits)
			for i := len(late) - 1; i >= 0; i-- {
				after = m.in.group(late[i].pattern, after)
			}
			cands = append(cands, after)
			break
		}
	}
	if len(fits) == 0 {
		fix.missing = nil
		for _, e := range next[:min(len(next), plausible)] {
			n, ok := e.names.single()
			if !ok {
				continue
			}
			rest := m.in.rests(by(p, n))
			if after := m.in.start(rest, symbol); len(after) > 0 {
				fits = append(fits, after...)
				if !slices.Contains(fix.before, n.local) {
					fix.before = append(fix.before, n.local)
				}
			}
			if len(v.s.named[symbol]) == 0 {
				continue
			}
			for _, inner := range m.in.start(m.in.assumed(e.content), symbol) {
				fits = append(fits, step{inner.elem, m.in.group(inner.rest, rest)})
				if !slices.Contains(fix.into, n.local) {
					fix.into = append(fix.into, n.local)
				}
			}
		}
	}
	if len(fits) == 0 {
		f.state = m.state([]*pattern{m.in.choices(cands)})
		return nil, fix
	}
	all := m.in.choices(append(cands, m.in.rests(fits)))
	var elems []*element
	for _, s := range fits {
		elems = append(elems, s.elem)
	}
	slices.SortFunc(elems, func(a, b *element) int { return a.index - b.index })
	elems = slices.Compact(elems)
	t := &transition{body: m.body(elems), next: m.state([]*pattern{all}), rests: [][]*pattern{make([]*pattern, len(elems))}}
	for i := range elems {
		t.rests[0][i] = all
	}
	return t, fix
}

// rests is what follows any of the steps.
func (in *interner) rests(steps []step) *pattern {
	l := make([]*pattern, len(steps))
	for i, s := range steps {
		l[i] = s.rest
	}
	return in.choices(l)
}

// holders are the elements whose content has e.
func (s *Schema) holders(e *element) []*element {
	s.holding.Do(func() {
		s.heldBy = make([][]*element, len(s.elements))
		index := make(map[*element]int, len(s.elements))
		for i, e := range s.elements {
			index[e] = i
		}
		s.indexOf = index
		seen := make([]*element, s.base.next)
		for _, holder := range s.elements {
			var walk func(*pattern)
			walk = func(p *pattern) {
				if p == nil || p.has&hasElement == 0 || seen[p.id] == holder {
					return
				}
				seen[p.id] = holder
				if p.kind == elementKind {
					s.heldBy[index[p.elem]] = append(s.heldBy[index[p.elem]], holder)
				}
				walk(p.a)
				walk(p.b)
				for _, a := range p.alts {
					walk(a)
				}
			}
			walk(holder.content)
		}
	})
	return s.heldBy[s.indexOf[e]]
}

// sortForPeople puts those elements first whose names are most like the one that
// was written, then the usual ones, then those that stand in the fewest others:
// they are at home here.
func (v *Validator) sortForPeople(l []*element, written string) {
	rank := make(map[*element][3]int, len(l))
	limit := likenessLimit(written)
	for _, e := range l {
		r := [3]int{100, len(v.o.Usual), len(v.s.holders(e))}
		n, ok := e.names.single()
		if !ok {
			r[0] = 101
		} else if d := spelling.Edits(strings.ToLower(written), strings.ToLower(n.local), limit); d <= limit {
			r[0] = d
		}
		if i := slices.Index(v.o.Usual, n.local); ok && i >= 0 {
			r[1] = i
		}
		rank[e] = r
	}
	slices.SortStableFunc(l, func(a, b *element) int {
		x, y := rank[a], rank[b]
		return slices.Compare(x[:], y[:])
	})
}

// expect says what a place asks for.
func expect(p *pattern, must, next []*element) words {
	l := names(next)
	switch {
	case len(must) == 1:
		return "expected " + some(names(must), 1) + ", which is required"
	case len(must) > 1:
		return "required are " + every(names(must), 3)
	case len(l) == 0 && p.has&(hasText|hasString) != 0:
		return "only text is allowed"
	case len(l) == 0:
		return "nothing more is allowed"
	case len(l) == 1 && p.has&hasText == 0:
		return "only " + some(l, 1) + " is allowed"
	case p.has&hasText != 0:
		return "allowed are text, " + every(l, 3)
	}
	return "allowed are " + every(l, 3)
}

// atHome is in how many others an element stands that is at home in them, as a
// signature in a closer; one that stands in more is of common use.
const atHome = 40

// belongs says where an element can stand: inside one that is allowed here, in
// one around, or in which others.
func (v *Validator) belongs(called string, own []*element, p *pattern, must, next []*element) words {
	var homes []*element
	for _, o := range own {
		homes = append(homes, v.s.holders(o)...)
	}
	of := func(l []*element) []string {
		var in []string
		for _, e := range l {
			if n, ok := e.names.single(); ok && n.local != called && slices.Contains(homes, e) && !slices.Contains(in, n.local) {
				in = append(in, n.local)
			}
		}
		return in
	}
	inside := of(next)
	if 0 < len(inside) && len(inside) <= 3 {
		return "put it into " + some(inside, 3)
	}
	if len(inside) == 0 && len(homes) <= 3 {
		for _, h := range homes {
			n, ok := h.names.single()
			for _, outer := range v.s.holders(h) {
				if slices.Contains(next, outer) && ok {
					return "it stands in " + some([]string{n.local}, 1) + ", and that in " + some(names([]*element{outer}), 1)
				}
			}
		}
	}
	if len(must) > 0 {
		return expect(p, must, next)
	}
	for i := len(v.stack) - 2; i >= 1; i-- {
		f, child := &v.stack[i], &v.stack[i+1]
		s := f.state
		if child.from != nil && child.from.next != nil {
			s = child.from.next
		}
		if f.body == nil || s == nil {
			continue
		}
		later := firsts(v.whole(s))
		v.sortForPeople(later, called)
		direct := slices.ContainsFunc(own, func(o *element) bool { return slices.Contains(later, o) })
		l := of(later)
		if direct && len(l) > 3 && len(homes) <= atHome { // in which of them is it most at home?
			slices.SortStableFunc(l, func(a, b string) int {
				return len(v.s.holders(elementOf(later, a))) - len(v.s.holders(elementOf(later, b)))
			})
			l = slices.DeleteFunc(l, func(n string) bool { return !slices.Contains(v.o.Usual, n) })
			l = l[:min(len(l), 3)]
		}
		switch {
		case 0 < len(l) && len(l) <= 3:
			return "put it into " + some(l, 3) + ", after this " + child.parent() + " is closed"
		case direct:
			return "it can stand in " + f.parent() + ", after this " + child.parent() + " is closed"
		case v.inContent(f.body, own):
			return "it stands in " + f.parent() + ", before this " + child.parent()
		}
	}
	if near := nearest(called, singles(next), 1); len(near) > 0 && len(called) > 2 {
		return "did you mean " + some(near, 1) + "?"
	}
	if len(inside) > 0 {
		return "put it into " + some(inside[:3], 3)
	}
	var parents []string
	for _, h := range homes {
		if n, ok := h.names.single(); ok && !slices.Contains(parents, n.local) {
			parents = append(parents, n.local)
		}
	}
	if len(parents) > 0 {
		return "it stands in " + some(parents, 3) + "; here " + expect(p, must, next)
	}
	return expect(p, must, next)
}

// misplacedText reports text where only elements stand, once an element. The
// state after it is the union of leaving it out and putting it into an element.
func (v *Validator) misplacedText(f *frame) {
	f.noText = true
	if f.mute || f.faulty && f.state.strings {
		return
	}
	text := trimSpace(string(cutBytes(v.text[f.textFrom:])))
	pos := v.textPlace(f)
	p := v.whole(f.state)
	next := firsts(p)
	v.sortForPeople(next, "")
	wraps := v.completing(p, next)
	for _, e := range next {
		if _, ok := e.names.single(); ok && e.content.has&hasText != 0 && !slices.Contains(wraps, e) {
			wraps = append(wraps, e)
		}
	}
	if f.last != nil { // more of what is there
		slices.SortStableFunc(wraps, func(a, b *element) int {
			is := func(e *element) int {
				if n, _ := e.names.single(); n.local == f.last.Local {
					return 0
				}
				return 1
			}
			return is(a) - is(b)
		})
	}
	var d *diag.Finding
	shown := cut(text, 40)
	switch l := names(wraps); {
	case len(l) > 0:
		d = v.report(pos, "rng/text-not-allowed", "text %q not allowed in %s; put it into an element, such as %s", shown, f.parent(), some(l[:min(3, len(l))], 3))
	case len(next) > 0:
		l = names(next)
		d = v.report(pos, "rng/text-not-allowed", "text %q not allowed in %s, which holds elements, such as %s", shown, f.parent(), some(l[:min(3, len(l))], 3))
	default:
		d = v.report(pos, "rng/text-not-allowed", "text %q not allowed in %s, which is empty", shown, f.parent())
	}
	v.note(d, names(next), f.body)
	f.faulty = true
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	in := v.m.in
	cands := []*pattern{p}
	for _, e := range wraps[:min(len(wraps), plausible)] {
		n, _ := e.names.single()
		cands = append(cands, in.group(in.afterText(in.assumed(e.content)), in.rests(in.start(p, v.s.elementNames.symbol(n.space, n.local)))))
	}
	f.state = v.m.state([]*pattern{in.choices(cands)})
}

func cutBytes(b []byte) []byte { return b[:min(len(b), 200)] }

// completing are those of the elements after which the content is complete.
func (v *Validator) completing(p *pattern, next []*element) []*element {
	if p.nullable {
		return nil
	}
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	var l []*element
	for _, e := range next {
		n, ok := e.names.single()
		if ok && v.m.in.rests(v.m.in.start(p, v.s.elementNames.symbol(n.space, n.local))).nullable {
			l = append(l, e)
		}
	}
	return l
}

// incomplete reports an element that ends too early, or whose text is not what
// its type wants.
func (v *Validator) incomplete(f *frame, offset int) {
	p := v.whole(f.state)
	next := firsts(p)
	must := required(p)
	if f.state.strings && !f.child && (f.hasText || len(next) == 0) {
		text := v.text[f.textFrom:]
		pos := v.where.Pos(offset)
		if f.hasText {
			pos = v.textPlace(f)
		}
		d := v.report(pos, "rng/text-value", "%s", v.wrongValue(words(fmt.Sprintf("the text of %s", f.parent())), p, text))
		v.note(d, nil, f.body, f.body.elems[0])
		return
	}
	pos := v.where.Pos(offset)
	v.sortForPeople(next, "")
	var d *diag.Finding
	switch req := names(must); {
	case len(req) == 1:
		d = v.report(pos, "rng/element-missing", "element %s is incomplete; missing required element %s", f.parent(), some(req, 1))
	case len(req) > 1:
		d = v.report(pos, "rng/element-missing", "element %s is incomplete; missing required elements %s", f.parent(), every(req, 4))
	case len(next) > 0:
		l := names(v.completing(p, next))
		if len(l) == 0 {
			l = names(next)
		}
		d = v.report(pos, "rng/element-missing", "element %s is incomplete; add %s", f.parent(), some(l, 3))
	default:
		d = v.report(pos, "rng/element-missing", "element %s is incomplete", f.parent())
	}
	if opened := v.where.Opened(len(v.stack) - 1); opened.Line != 0 && opened != pos {
		d.Related = append(d.Related, diag.Related{Pos: opened, Message: plainf("%s opened here", f.parent())})
	}
	var doc *element
	if len(must) > 0 {
		doc = must[0]
	}
	v.note(d, names(next), f.body, doc)
}
