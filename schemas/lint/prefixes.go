package lint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigla/tei/diag"
)

// Prefixes of pointers (TEI P5, 16.2.3): prefixDef says by a regular expression
// what pointers such as psn:MDH stand for.

type prefixDef struct {
	ident       string
	at          int
	pattern     string
	match       *regexp.Regexp // nil where it is none that is read here
	replacement string
}

// What is read of a prefixDef is bounded, as what it makes of a pointer is.
const (
	prefixesRead  = 256
	matchedLength = 64 << 20 // bytes of pointers, each time that one is held to a pattern
	patternLength = 1024
	pointerLength = 4096
)

// prefixDef reads the definition whose tag the tokenizer is at.
func (f *facts) prefixDef() {
	if len(f.prefixes) == prefixesRead {
		return
	}
	d := prefixDef{at: f.tok.Offset}
	for _, a := range f.tok.Attrs {
		switch a.Name.Raw {
		case "ident":
			d.ident = strings.TrimSpace(string(a.Value))
		case "matchPattern":
			d.pattern = string(a.Value)
		case "replacementPattern":
			d.replacement = string(a.Value)
		}
	}
	if len(d.pattern) <= patternLength && len(d.replacement) <= patternLength {
		// A pattern stands for the whole of what follows the prefix.
		d.match, _ = regexp.Compile("^(?:" + d.pattern + ")$")
	}
	f.prefixes = append(f.prefixes, d)
}

type expansion struct {
	by    *prefixDef
	whole string
}

// expand is what the definitions make of a pointer with a prefix.
func (f *facts) expand(s string) (l []expansion) {
	ident, rest, _ := strings.Cut(s, ":")
	for i := range f.prefixes {
		d := &f.prefixes[i]
		if d.ident != ident || d.match == nil || len(rest) > pointerLength || f.matched > matchedLength {
			continue
		}
		f.matched += len(s)
		if groups := d.match.FindStringSubmatch(rest); groups != nil {
			l = append(l, expansion{d, d.replace(groups)})
		}
	}
	return l
}

// replace puts groups into the replacement, in which $1 to $9 stand for them.
func (d *prefixDef) replace(groups []string) string {
	var b strings.Builder
	for i := 0; i < len(d.replacement) && b.Len() < pointerLength; i++ {
		if c := d.replacement[i]; c != '$' || i+1 == len(d.replacement) {
			b.WriteByte(c)
			continue
		}
		n, err := strconv.Atoi(d.replacement[i+1 : i+2])
		if err != nil {
			b.WriteByte('$')
			continue
		}
		if i++; n < len(groups) {
			b.WriteString(groups[n])
		}
	}
	return b.String()
}

func unmatchedPrefixes(f *facts, r *reporter) {
	if len(f.prefixes) == 0 {
		return
	}
	for i := range f.pointers {
		p := &f.pointers[i]
		t := split(string(p.value))
		if t.scheme == "" || len(p.value) > pointerLength {
			continue
		}
		// One that can't be read here may fit.
		if slices.ContainsFunc(f.prefixes, func(d prefixDef) bool { return d.ident == t.scheme && d.match == nil }) {
			continue
		}
		n := slices.IndexFunc(f.prefixes, func(d prefixDef) bool { return d.ident == t.scheme })
		if n < 0 || len(f.expand(string(p.value))) > 0 || f.matched > matchedLength {
			continue
		}
		d := &f.prefixes[n]
		finding := r.say(p.span, "@%s is \"%s\", but what stands behind %s: has to fit the pattern %s", p.attribute.name, p.value, d.ident, d.pattern)
		finding.Related = []diag.Related{{Pos: diag.Pos{Offset: d.at}, Message: "the prefix is defined here"}}
	}
}
