package relaxng

import (
	"fmt"
	"strings"

	"sigla/schemas/datatype"
)

// What values a pattern wants, in words, and content models in the compact
// syntax.

// itemsOf is the pattern of one token of a list, roughly: the choice of all data
// and values in it.
func itemsOf(p *pattern) *pattern {
	var leaves []*pattern
	collectLeaves(p, &leaves)
	if len(leaves) == 1 {
		return leaves[0]
	}
	q := &pattern{kind: choiceKind, alts: leaves}
	return q
}

func collectLeaves(p *pattern, to *[]*pattern) {
	if p == nil {
		return
	}
	if p.kind == dataKind || p.kind == valueKind {
		*to = append(*to, p)
		return
	}
	collectLeaves(p.a, to)
	collectLeaves(p.b, to)
	for _, a := range p.alts {
		collectLeaves(a, to)
	}
}

func anyAllows(p *pattern, token []byte, ctx datatype.Context) bool {
	var leaves []*pattern
	collectLeaves(p, &leaves)
	for _, l := range leaves {
		if allows(l, token, ctx) {
			return true
		}
	}
	return false
}

// explain is why no data of the pattern allows the value, as words that follow
// it: in those of the type that comes nearest to it.
func (v *Validator) explain(p *pattern, value []byte) string {
	var leaves []*pattern
	collectLeaves(p, &leaves)
	best, why, wanted := 0, "", ""
	var literals []string
	for _, l := range leaves {
		if l.kind == valueKind {
			if s := l.value.Literal(); s != "" {
				literals = append(literals, s)
			}
			continue
		}
		if l.check.Allows(value, v.ctx) { // only its except says no
			return ", which is the one value not allowed here"
		}
		score, said := 1, l.check.Explain(value)
		if l.check.Type().Name() == shapeOf(value) {
			score = 200
		}
		if _, mended, ok := strings.Cut(said, "; write "); ok {
			score += 100 + min(len(mended), 99) // the one that keeps most of the value
		}
		if score > best {
			best, why, wanted = score, said, l.check.Type().Describe()
		}
	}
	switch {
	case why == "":
		return ""
	case len(literals) == 0:
		return ", " + why
	case best < 100:
		return "; write " + string(some(literals, 4)) + "; or " + wanted
	}
	return ", " + why + "; or write " + string(some(literals, 3))
}

// shapeOf is the datatype that a value looks like, by its digits and signs.
func shapeOf(value []byte) string {
	s := trimSpace(string(value))
	switch {
	case strings.Contains(s, ":") && strings.ContainsAny(s, "-/"):
		return "dateTime"
	case strings.Contains(s, ":"):
		return "time"
	case strings.Count(s, "-") >= 2 || strings.Count(s, "/") == 2 || strings.Count(s, ".") == 2:
		return "date"
	case strings.Count(s, "-") == 1:
		return "gYearMonth"
	}
	return ""
}

// describe says what a pattern of strings wants.
func describe(p *pattern) string {
	var leaves []*pattern
	collectLeaves(p, &leaves)
	var types []string
	var literals []string
	seen := map[string]bool{}
	for _, l := range leaves {
		if l.kind == valueKind {
			literals = append(literals, l.value.Literal())
			continue
		}
		if w := l.check.Type().Describe(); !seen[w] {
			seen[w] = true
			types = append(types, w)
		}
	}
	if len(literals) > 0 {
		types = append(types, string(some(literals, 3)))
	}
	switch {
	case len(types) == 0:
		return "text"
	case len(types) > 3:
		types = append(types[:3], "…")
	}
	s := strings.Join(types, ", or ")
	if p.kind == listKind {
		return "a list of " + s
	}
	return s
}

// modelLength bounds a content model in a message.
const modelLength = 1200

// compactModel writes a pattern in the compact syntax. Elements are named, not
// followed.
func compactModel(p *pattern) string {
	var b strings.Builder
	writeModel(&b, p, 0)
	return cut(b.String(), modelLength)
}

// writeModel binds as tightly as the level asks: 0 not at all, 1 for a repeated
// pattern.
func writeModel(b *strings.Builder, p *pattern, level int) {
	if b.Len() > modelLength {
		return
	}
	join := func(l []*pattern, sep string) {
		if level > 0 {
			b.WriteByte('(')
		}
		for i, a := range l {
			if i > 0 {
				b.WriteString(sep)
			}
			writeModel(b, a, 1)
		}
		if level > 0 {
			b.WriteByte(')')
		}
	}
	switch p.kind {
	case notAllowedKind:
		b.WriteString("notAllowed")
	case emptyKind:
		b.WriteString("empty")
	case textKind:
		b.WriteString("text")
	case choiceKind:
		if p.alts[0].kind == emptyKind || p.alts[0].kind == textKind && len(p.alts) > 1 && p.alts[1].kind == emptyKind {
			rest := p.alts[1:]
			if len(rest) == 1 && rest[0].kind == oneOrMoreKind {
				writeModel(b, rest[0].a, 1)
				b.WriteByte('*')
				return
			}
			if len(rest) == 1 {
				writeModel(b, rest[0], 1)
			} else {
				level = 1
				join(rest, " | ")
			}
			b.WriteByte('?')
			return
		}
		join(p.alts, " | ")
	case groupKind, interleaveKind:
		var l []*pattern
		var flat func(*pattern)
		flat = func(q *pattern) {
			if q.kind != p.kind {
				l = append(l, q)
				return
			}
			flat(q.a)
			flat(q.b)
		}
		flat(p)
		sep := ", "
		if p.kind == interleaveKind {
			sep = " & "
		}
		join(l, sep)
	case oneOrMoreKind:
		writeModel(b, p.a, 1)
		b.WriteByte('+')
	case listKind:
		b.WriteString("list { ")
		writeModel(b, p.a, 0)
		b.WriteString(" }")
	case dataKind:
		b.WriteString("xsd:" + p.check.Type().Name())
		if params := p.check.Params(); len(params) > 0 {
			b.WriteString(" {")
			for _, f := range params {
				fmt.Fprintf(b, " %s = %q", f.Name, f.Value)
			}
			b.WriteString(" }")
		}
		if p.b != nil {
			b.WriteString(" - ")
			writeModel(b, p.b, 1)
		}
	case valueKind:
		fmt.Fprintf(b, "%q", p.value.Literal())
	case attributeKind:
		b.WriteString("attribute " + p.names.describe() + " { ")
		writeModel(b, p.a, 0)
		b.WriteString(" }")
	case elementKind:
		b.WriteString(p.elem.names.describe())
	}
}
