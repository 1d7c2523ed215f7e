package relaxng

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"sigla/tei/diag"
)

// The wording of messages. misplaced.go says what is wrong with elements and
// text, wrongvalue.go what is wrong with attributes and values.

// words are ours; strings in a message come from documents and schemas.
type words string

// plainf formats a message: strings in it are cut to a bearable length, and
// nothing can break the line.
func plainf(format string, args ...any) string {
	for i, a := range args {
		if s, ok := a.(string); ok { // not words
			args[i] = cut(s, 80)
		}
	}
	return diag.Plain(fmt.Sprintf(format, args...))
}

func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n -= len("…"); n > 0 && !utf8.RuneStart(s[n]); n-- {
	}
	return s[:n] + "…"
}

func (v *Validator) report(pos diag.Pos, code diag.Code, format string, args ...any) *diag.Finding {
	v.list = append(v.list, diag.Finding{Pos: pos, Severity: diag.Error, Code: code, Message: plainf(format, args...)})
	return &v.list[len(v.list)-1]
}

// note adds what --explain shows: the parent's content model, all that was
// expected, and what the schema says of an element.
func (v *Validator) note(d *diag.Finding, expected []string, b *body, docs ...*element) {
	if !v.o.Explain {
		return
	}
	for _, e := range docs {
		if e != nil && e.doc() != "" {
			d.Note = plainf("%s: ", e.names.describe()) + diag.Plain(cut(e.doc(), 300))
			break
		}
	}
	var detail strings.Builder
	if len(expected) > 0 {
		fmt.Fprintf(&detail, "expected: %s\n", strings.Join(expected, ", "))
	}
	if b != nil {
		for _, e := range b.elems {
			fmt.Fprintf(&detail, "content model: element %s { %s }\n", e.names.describe(), compactModel(e.content))
		}
	}
	d.Detail = strings.TrimSuffix(detail.String(), "\n")
}

// whole is a state as one pattern.
func (v *Validator) whole(s *state) *pattern {
	if len(s.comps) == 1 {
		return s.comps[0]
	}
	v.m.mu.Lock()
	defer v.m.mu.Unlock()
	return v.m.in.choices(s.comps)
}

// describe writes a name class for a message.
func (c *nameClass) describe() string {
	switch c.kind {
	case oneName:
		return qname{c.space, c.local}.display()
	case nsName:
		return "any name of the namespace " + c.space
	case nameChoice:
		var l []string
		for _, a := range c.alts {
			l = append(l, a.describe())
		}
		return strings.Join(l, " or ")
	}
	if c.except != nil {
		return "any name but " + c.except.describe()
	}
	return "any name"
}

func (n qname) display() string {
	switch n.space {
	case xmlNamespace:
		return "xml:" + n.local
	}
	return n.local
}

// names are what elements are called in a list for people, each once.
func names(l []*element) []string {
	var out []string
	for _, e := range l {
		if n := e.names.describe(); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// some writes up to n names as a list that ends in or, every as one that ends
// in and. One name more than n is written too.
func some(l []string, n int) words  { return listed(l, n, " or ", "others") }
func every(l []string, n int) words { return listed(l, n, " and ", "more") }

func listed(l []string, n int, last, more string) words {
	if len(l) == n+1 {
		n++
	}
	parts := make([]string, 0, n+1)
	for _, s := range l[:min(n, len(l))] {
		parts = append(parts, fmt.Sprintf("%q", cut(s, 60)))
	}
	if rest := len(l) - len(parts); rest > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", rest, more))
	}
	if len(parts) == 1 {
		return words(parts[0])
	}
	return words(strings.Join(parts[:len(parts)-1], ", ") + last + parts[len(parts)-1])
}

// parent names the element around, for a message.
func (f *frame) parent() words {
	if f.name == nil {
		return "the document"
	}
	return words(fmt.Sprintf("%q", cut(f.name.Local, 60)))
}

func singles(l []*element) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range l {
			if n, ok := e.names.single(); ok && !yield(n.local) {
				return
			}
		}
	}
}
