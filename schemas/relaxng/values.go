package relaxng

import (
	"sigla/schemas/datatype"
)

// Matching of strings: attribute values, and the content of elements that is one
// string. No pattern is derived for them; the pattern is walked with the string,
// without allocation.

// enumeration is a choice of many values that compare by their collapsed text.
type enumeration struct {
	texts map[string]bool
	rest  []*pattern
}

// enumerated is how long a choice of values has to be to be worth a table.
const enumerated = 5

// allows reports whether the pattern allows the string (clause 6.2.7 to 6.2.9,
// and for elements 6.2.? childMatch of a single string).
func allows(p *pattern, s []byte, ctx datatype.Context) bool {
	switch p.kind {
	case textKind:
		return true
	case emptyKind:
		return blank(s)
	case dataKind:
		return p.check.Allows(s, ctx) && (p.b == nil || !allows(p.b, s, ctx))
	case valueKind:
		return p.value.Equal(s, ctx)
	case listKind:
		return allowsList(p.a, s, ctx)
	case choiceKind:
		if p.enum != nil {
			return p.enum.allows(s, ctx)
		}
		for _, a := range p.alts {
			if allows(a, s, ctx) {
				return true
			}
		}
		return false
	case groupKind, interleaveKind:
		return p.b.nullable && allows(p.a, s, ctx) || p.a.nullable && allows(p.b, s, ctx) || p.nullable && blank(s)
	case oneOrMoreKind:
		return allows(p.a, s, ctx)
	}
	return false
}

func blank(s []byte) bool {
	for _, c := range s {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// enumerate makes the tables of the interner's choices.
func (in *interner) enumerate() {
	for _, p := range in.table {
		if p == nil || p.kind != choiceKind || len(p.alts) < enumerated || p.has&hasString == 0 {
			continue
		}
		p.enum = &enumeration{texts: make(map[string]bool, len(p.alts))}
		for _, a := range p.alts {
			if a.kind == valueKind && a.value.Type().Name() == "token" {
				p.enum.texts[collapse(a.value.Literal())] = true
				continue
			}
			p.enum.rest = append(p.enum.rest, a)
		}
	}
}

func (e *enumeration) allows(s []byte, ctx datatype.Context) bool {
	if len(e.texts) > 0 {
		t, clean := trim(s)
		if clean {
			if e.texts[string(t)] {
				return true
			}
		} else if e.texts[collapse(string(t))] {
			return true
		}
	}
	for _, a := range e.rest {
		if allows(a, s, ctx) {
			return true
		}
	}
	return false
}

// trim cuts white space off both ends; clean says that what is left needs no
// further collapsing.
func trim(s []byte) (t []byte, clean bool) {
	for len(s) > 0 && space(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && space(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	for i, c := range s {
		if c < ' ' && space(c) || c == ' ' && s[i+1] == ' ' {
			return s, false
		}
	}
	return s, true
}

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func collapse(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if !space(s[i]) {
			out = append(out, s[i])
		} else if len(out) > 0 && out[len(out)-1] != ' ' {
			out = append(out, ' ')
		}
	}
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return string(out)
}

// allowsList splits s at white space and matches the tokens in order.
func allowsList(p *pattern, s []byte, ctx datatype.Context) bool {
	if item := repeated(p); item != nil {
		n := 0
		for {
			var t []byte
			if t, s = nextToken(s); len(t) == 0 {
				return n > 0 || p.nullable
			}
			if !allows(item, t, ctx) {
				return false
			}
			n++
		}
	}
	var few [64][]byte
	tokens := few[:0]
	for {
		var t []byte
		if t, s = nextToken(s); len(t) == 0 {
			break
		}
		tokens = append(tokens, t)
	}
	n := len(tokens)
	if n < 64 {
		return reach(p, tokens, 1, ctx)>>n&1 == 1
	}
	from := make([]bool, n+1)
	from[0] = true
	return reachMany(p, tokens, from, ctx)[n]
}

func nextToken(s []byte) (token, rest []byte) {
	for len(s) > 0 && space(s[0]) {
		s = s[1:]
	}
	i := 0
	for i < len(s) && !space(s[i]) {
		i++
	}
	return s[:i], s[i:]
}

// repeated is x if the pattern is x+ or x* for a single item x.
func repeated(p *pattern) *pattern {
	if p.kind == choiceKind && len(p.alts) == 2 {
		switch {
		case p.alts[0].kind == emptyKind:
			p = p.alts[1]
		case p.alts[1].kind == emptyKind:
			p = p.alts[0]
		}
	}
	if p.kind == oneOrMoreKind && item(p.a) {
		return p.a
	}
	return nil
}

// item reports whether the pattern matches exactly one token.
func item(p *pattern) bool {
	switch p.kind {
	case dataKind, valueKind:
		return true
	case choiceKind:
		for _, a := range p.alts {
			if !item(a) {
				return false
			}
		}
		return true
	}
	return false
}

// reach is the set of places between tokens that the pattern can end at when it
// begins at one of from; bit i is the place before token i.
func reach(p *pattern, tokens [][]byte, from uint64, ctx datatype.Context) uint64 {
	if from == 0 {
		return 0
	}
	switch p.kind {
	case emptyKind:
		return from
	case dataKind, valueKind:
		var to uint64
		for i := range tokens {
			if from>>i&1 == 1 && allows(p, tokens[i], ctx) {
				to |= 1 << (i + 1)
			}
		}
		return to
	case choiceKind:
		var to uint64
		for _, a := range p.alts {
			to |= reach(a, tokens, from, ctx)
		}
		return to
	case groupKind:
		return reach(p.b, tokens, reach(p.a, tokens, from, ctx), ctx)
	case oneOrMoreKind:
		all := reach(p.a, tokens, from, ctx)
		for last := uint64(0); last != all; {
			last = all
			all |= reach(p.a, tokens, all, ctx)
		}
		return all
	}
	return 0
}

// reachMany is reach for many tokens.
func reachMany(p *pattern, tokens [][]byte, from []bool, ctx datatype.Context) []bool {
	to := make([]bool, len(from))
	switch p.kind {
	case emptyKind:
		copy(to, from)
	case dataKind, valueKind:
		for i := range tokens {
			to[i+1] = from[i] && allows(p, tokens[i], ctx)
		}
	case choiceKind:
		for _, a := range p.alts {
			for i, is := range reachMany(a, tokens, from, ctx) {
				to[i] = to[i] || is
			}
		}
	case groupKind:
		return reachMany(p.b, tokens, reachMany(p.a, tokens, from, ctx), ctx)
	case oneOrMoreKind:
		all := reachMany(p.a, tokens, from, ctx)
		for grown := true; grown; {
			grown = false
			for i, is := range reachMany(p.a, tokens, all, ctx) {
				if is && !all[i] {
					all[i], grown = true, true
				}
			}
		}
		return all
	}
	return to
}
