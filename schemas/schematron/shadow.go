package schematron

import (
	"slices"
	"strings"

	"sigla/tei/diag"
	"sigla/tei/lazyregexp"
)

// Of the rules of a pattern the first whose context matches a node fires on it,
// and no other (ISO/IEC 19757-3, 6.5). So a rule behind one that takes all of its
// nodes never fires. It is told where the contexts alone show it: the same context
// again, or a name or * and then a path to such elements.

// shadowed remarks on a rule that one of those before it leaves nothing to.
func (c *compilation) shadowed(e *element, before []*element) {
	a := e.find("context")
	if a == nil {
		return
	}
	context := c.filled(a.value)
	i := slices.IndexFunc(before, func(b *element) bool { return takesAll(c.filled(b.attrOr("context")), context) })
	if i < 0 {
		return
	}
	first := before[i]
	c.remarks = append(c.remarks, diag.Finding{Pos: e.place(a, 0), Severity: diag.Warning, Code: codeShadowed,
		Message: "this rule never fires: of a pattern's rules the first that matches applies, and the one with context \"" + cut(plain(first.attrOr("context"))) + "\" before it takes all its elements; put this rule before that one, or into a pattern of its own",
		Related: []diag.Related{{Pos: first.pos(), Message: "this rule takes them"}}})
}

var bareName = lazyregexp.New(`^(\*|[\pL_][\pL\pN_.-]*)(:(\*|[\pL_][\pL\pN_.-]*))?$`)

// takesAll reports whether every node that the context later matches is matched
// by the context first, as far as their texts show it.
func takesAll(first, later string) bool {
	first, later = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(first), "//")), strings.TrimSpace(later)
	if first == "" || later == "" {
		return false
	}
	if first == later {
		return true
	}
	name := lastStep(later)
	if !bareName.MatchString(first) || !bareName.MatchString(name) {
		return false
	}
	prefix, _, _ := strings.Cut(first, ":")
	return first == "*" || first == name || strings.HasSuffix(first, ":*") && strings.HasPrefix(name, prefix+":")
}

// lastStep is the last step of a path without its predicates; "" for what is no
// single path.
func lastStep(path string) string {
	depth, start, end := 0, 0, -1
	var quote rune
	for i, r := range path {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '[':
			if depth++; depth == 1 && end < start {
				end = i
			}
		case r == ']':
			depth--
		case depth > 0:
		case r == '|' || r == '(' || r == ',':
			return ""
		case r == '/':
			start, end = i+1, -1
		}
	}
	if end < start {
		end = len(path)
	}
	return strings.TrimSpace(path[start:end])
}
