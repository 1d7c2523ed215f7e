package relaxng

import "slices"

// Derivatives (James Clark, "An algorithm for RELAX NG validation"), in parts: a
// start tag gives the elements that it can be and what has to follow each; what
// follows is not bound to the content of the element, so that states stay few
// and do not depend on where they stand.

// step is an element that a start tag can be, and what follows its end tag.
type step struct {
	elem *element
	rest *pattern
}

// derivative is what a pattern was derived by.
type derivative struct {
	of     *pattern
	symbol int32
}

// start derives p by a start tag whose name is the symbol. Each element is there
// once.
func (in *interner) start(p *pattern, symbol int32) []step {
	steps := in.starts(nil, p, symbol)
	if len(steps) < 2 {
		return steps
	}
	merged := steps[:0]
next:
	for _, s := range steps {
		for i := range merged {
			if merged[i].elem == s.elem {
				merged[i].rest = in.choice(merged[i].rest, s.rest)
				continue next
			}
		}
		merged = append(merged, s)
	}
	return merged
}

func (in *interner) starts(to []step, p *pattern, symbol int32) []step {
	if p.has&hasElement == 0 {
		return to
	}
	switch p.kind {
	case elementKind:
		if p.elem.symbols.has(symbol) {
			to = append(to, step{p.elem, in.empty})
		}
	case choiceKind:
		// States that are sets of many alternatives share these: each is derived once.
		for _, a := range p.alts {
			if a.kind == elementKind || in.derived == nil {
				to = in.starts(to, a, symbol)
				continue
			}
			key := derivative{a, symbol}
			steps, ok := in.derived[key]
			if !ok {
				steps = slices.Clip(in.starts(nil, a, symbol))
				in.derived[key] = steps
			}
			to = append(to, steps...)
		}
	case groupKind:
		from := len(to)
		to = in.starts(to, p.a, symbol)
		for i := from; i < len(to); i++ {
			to[i].rest = in.group(to[i].rest, p.b)
		}
		if p.a.nullable {
			to = in.starts(to, p.b, symbol)
		}
	case interleaveKind:
		from := len(to)
		to = in.starts(to, p.a, symbol)
		for i := from; i < len(to); i++ {
			to[i].rest = in.interleave(to[i].rest, p.b)
		}
		from = len(to)
		to = in.starts(to, p.b, symbol)
		for i := from; i < len(to); i++ {
			to[i].rest = in.interleave(p.a, to[i].rest)
		}
	case oneOrMoreKind:
		from := len(to)
		to = in.starts(to, p.a, symbol)
		for i := from; i < len(to); i++ {
			to[i].rest = in.group(to[i].rest, in.optional(p))
		}
	}
	return to
}

// afterText derives p by text that is not white space, where it stands among
// elements: data does not match there (7.2).
func (in *interner) afterText(p *pattern) *pattern {
	if p.has&hasText == 0 {
		return in.notAllowed
	}
	switch p.kind {
	case textKind:
		return p
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.afterText(a)
		}
		return in.choices(alts)
	case groupKind:
		d := in.group(in.afterText(p.a), p.b)
		if p.a.nullable {
			d = in.choice(d, in.afterText(p.b))
		}
		return d
	case interleaveKind:
		return in.choice(in.interleave(in.afterText(p.a), p.b), in.interleave(p.a, in.afterText(p.b)))
	case oneOrMoreKind:
		return in.group(in.afterText(p.a), in.optional(p))
	}
	return in.notAllowed
}

// afterAttribute derives p by an attribute; matches answers for the pattern of
// its value.
func (in *interner) afterAttribute(p *pattern, has func(*nameClass) bool, matches func(*pattern) bool) *pattern {
	if p.has&hasAttribute == 0 {
		return in.notAllowed
	}
	switch p.kind {
	case attributeKind:
		if has(p.names) && matches(p.a) {
			return in.empty
		}
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.afterAttribute(a, has, matches)
		}
		return in.choices(alts)
	case groupKind:
		return in.choice(in.group(in.afterAttribute(p.a, has, matches), p.b), in.group(p.a, in.afterAttribute(p.b, has, matches)))
	case interleaveKind:
		return in.choice(in.interleave(in.afterAttribute(p.a, has, matches), p.b), in.interleave(p.a, in.afterAttribute(p.b, has, matches)))
	case oneOrMoreKind:
		return in.group(in.afterAttribute(p.a, has, matches), in.optional(p))
	}
	return in.notAllowed
}

// closed is p at the end of a start tag: attributes that are still asked for
// will not come.
func (in *interner) closed(p *pattern) *pattern {
	if p.has&hasAttribute == 0 {
		return p
	}
	switch p.kind {
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.closed(a)
		}
		return in.choices(alts)
	case groupKind:
		return in.group(in.closed(p.a), in.closed(p.b))
	case interleaveKind:
		return in.interleave(in.closed(p.a), in.closed(p.b))
	case oneOrMoreKind:
		return in.oneOrMore(in.closed(p.a))
	}
	return in.notAllowed
}

// assumed is p with its attributes taken as there.
func (in *interner) assumed(p *pattern) *pattern {
	if p.has&hasAttribute == 0 {
		return p
	}
	switch p.kind {
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.assumed(a)
		}
		return in.choices(alts)
	case groupKind:
		return in.group(in.assumed(p.a), in.assumed(p.b))
	case interleaveKind:
		return in.interleave(in.assumed(p.a), in.assumed(p.b))
	}
	return in.empty
}

// split parts p into its attributes and its content. ok is false where they
// depend on each other, as in a choice between an attribute and an element.
func (in *interner) split(p *pattern) (attrs, content *pattern, ok bool) {
	switch {
	case p.has&hasAttribute == 0:
		return in.empty, p, true
	case p.onlyAttributes():
		return p, in.empty, true
	}
	if p.kind != groupKind && p.kind != interleaveKind {
		return nil, nil, false
	}
	aa, ac, okA := in.split(p.a)
	ba, bc, okB := in.split(p.b)
	if !okA || !okB {
		return nil, nil, false
	}
	attrs = in.group(aa, ba)
	if p.kind == groupKind {
		return attrs, in.group(ac, bc), true
	}
	return attrs, in.interleave(ac, bc), true
}
