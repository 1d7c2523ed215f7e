package datatype

import (
	"slices"
	"strings"
)

// Whether one checker allows all that another does. Each thing that the one asks
// of a value is taken by itself: either what the other asks of its values
// implies it, or the product of automata has no string against it. A string
// against it is evidence only once both have been asked.

// Contains reports whether c allows every value that other allows, wherever it
// stands. known is false where that can't be told.
func (c *Checker) Contains(other *Checker) (yes, known bool) {
	demands := slices.DeleteFunc(c.demands(), func(d demand) bool { return d.implied(other) })
	if len(demands) == 0 {
		return true, true
	}
	against := func(s string) bool { return refutes([]byte(s), c, other) }
	if slices.ContainsFunc(other.Witness(), against) || slices.ContainsFunc(other.probes(), against) {
		return false, true
	}
	proved, empty := true, true
	all := other.automata()
	ended := walk(all, nil, func(string) bool {
		empty = false
		return false
	})
	if empty && ended { // no value is allowed
		return true, true
	}
	for _, d := range demands {
		var kept automaton
		if d.automaton != nil {
			kept = d.automaton()
		}
		if kept == nil {
			proved = false
			continue
		}
		tries, held, refuted := 0, true, false
		ended := walk(all, kept, func(s string) bool {
			held = false
			refuted = against(s)
			tries++
			return !refuted && tries < 50
		})
		if refuted {
			return false, true
		}
		proved = proved && held && ended
	}
	return proved, proved
}

// refutes reports whether there is a place where other allows s and c does not:
// one where nothing is declared, or one where everything is.
func refutes(s []byte, c, other *Checker) bool {
	return other.Allows(s, nil) && !c.Allows(s, nil) || other.Allows(s, everywhere{}) && !c.Allows(s, everywhere{})
}

// everywhere is a place where all prefixes and entities are declared.
type everywhere struct{}

func (everywhere) ResolvePrefix(prefix string) (string, bool) { return prefix, true }
func (everywhere) UnparsedEntity(string) bool                 { return true }

// demand is one thing that a checker asks of a value.
type demand struct {
	implied   func(other *Checker) bool // by what other asks; false where it can't be told
	automaton func() automaton          // of the values that keep to it, or some of them; either may be nil
}

// demands are what c asks of a value.
func (c *Checker) demands() []demand {
	t := c.typ
	out := []demand{{
		implied:   func(o *Checker) bool { return o.typ.derives(t) || t.pattern == anyText },
		automaton: func() automaton { return spacedTable(t.atLeast(), t.space) },
	}}
	for _, l := range slices.Concat(t.limits, c.limits) {
		d := demand{implied: func(o *Checker) bool { return o.typ.prim == t.prim && o.bounds(&l) }}
		if t.prim == decimal {
			d.automaton = func() automaton { return asWritten(newBounded(&l), collapse) }
		}
		out = append(out, d)
	}
	for _, r := range c.patterns {
		out = append(out, demand{
			implied: func(o *Checker) bool {
				return o.typ.space == t.space && slices.ContainsFunc(o.patterns, func(p *Regexp) bool { return p.pattern == r.pattern })
			},
			automaton: func() automaton { return spacedTable(r, t.space) },
		})
	}
	if c.min > 0 || c.max >= 0 {
		d := demand{implied: func(o *Checker) bool {
			return o.typ.prim == t.prim && o.typ.space == t.space && o.min >= c.min && (c.max < 0 || o.max >= 0 && o.max <= c.max)
		}}
		if a, ok := newCounter(t.prim, c.min, c.max); ok {
			d.automaton = func() automaton { return asWritten(a, t.space) }
		}
		out = append(out, d)
	}
	if c.total >= 0 {
		out = append(out, demand{implied: func(o *Checker) bool { return o.mostDigits() <= c.total }})
	}
	if c.fraction >= 0 {
		out = append(out, demand{implied: func(o *Checker) bool { return o.mostFraction() <= c.fraction }})
	}
	return out
}

// spacedTable is the automaton of an expression over values as they are written;
// nil where the expression is too large for one.
func spacedTable(r *Regexp, w whiteSpace) automaton {
	if r == nil {
		return nil
	}
	t, ok := r.automaton()
	if !ok {
		return nil
	}
	return asWritten(t, w)
}

// automata are the automata of what c asks of a value, as far as it has any:
// they accept every value that c allows.
func (c *Checker) automata() []automaton {
	t := c.typ
	var out []automaton
	if t.pattern != anyText {
		out = append(out, spacedTable(t.atMost(), t.space))
	}
	for _, r := range c.patterns {
		if a := spacedTable(r, t.space); a != nil {
			out = append(out, a)
		}
	}
	if t.prim == decimal {
		for _, l := range c.allLimits() {
			out = append(out, asWritten(newBounded(&l), collapse))
		}
	}
	if c.min > 0 || c.max >= 0 {
		if a, ok := newCounter(t.prim, c.min, c.max); ok {
			out = append(out, asWritten(a, t.space))
		}
	}
	return out
}

// bounds reports whether a limit of c implies l.
func (c *Checker) bounds(l *limit) bool {
	for _, m := range c.allLimits() {
		if m.implies(l) {
			return true
		}
	}
	return false
}

// allLimits are the limits of c, and those that follow from its digits.
func (c *Checker) allLimits() []limit {
	all := slices.Concat(c.typ.limits, c.limits)
	if c.total >= 0 && c.total <= 100 {
		beyond := "1" + strings.Repeat("0", c.total)
		all = append(all, newLimit(decimal, Param{"maxExclusive", beyond}), newLimit(decimal, Param{"minExclusive", "-" + beyond}))
	}
	return all
}

// mostDigits is the most digits that a value needs, as totalDigits counts them.
func (c *Checker) mostDigits() int {
	most := noLength
	if c.typ.prim != decimal {
		return most
	}
	if c.total >= 0 {
		most = c.total
	}
	if c.mostFraction() > 0 {
		return most
	}
	below, above := 0, 0
	for _, l := range slices.Concat(c.typ.limits, c.limits) {
		n := numberOf([]byte(l.Value))
		if l.lower() {
			below = max(1, len(n.whole))
		} else {
			above = max(1, len(n.whole))
		}
	}
	if below > 0 && above > 0 {
		most = min(most, max(below, above))
	}
	return most
}

// mostFraction is the most digits of a fraction that a value has.
func (c *Checker) mostFraction() int {
	switch {
	case c.typ.prim != decimal:
		return noLength
	case c.typ.pattern == integers:
		return 0
	case c.fraction >= 0:
		return c.fraction
	case c.total >= 0:
		return c.total
	}
	return noLength
}

// probes are values that c may allow, and a checker that differs may not.
func (c *Checker) probes() []string {
	var out []string
	for _, l := range slices.Concat(c.typ.limits, c.limits) {
		out = append(out, l.Value)
	}
	if c.typ.prim == decimal {
		for n := 1; n < 20; n++ {
			out = append(out, strings.Repeat("9", n), "0."+strings.Repeat("1", n), "1."+strings.Repeat("1", n), "-"+strings.Repeat("1", n))
		}
	}
	return out
}

// Witness is a few values that c allows, simple ones first. It may find none
// where there are some.
func (c *Checker) Witness() []string {
	const enough = 4
	var out []string
	try := func(s string) bool {
		if !slices.Contains(out, s) && c.Allows([]byte(s), nil) {
			out = append(out, s)
		}
		return len(out) < enough
	}
	for s := range strings.SplitSeq(c.typ.example, " or ") {
		if s != "" {
			try(s)
		}
	}
	tries := 0
	walk(c.automata(), nil, func(s string) bool {
		tries++
		return try(s) && tries < 200
	})
	for _, l := range c.limits {
		try(l.Value)
	}
	for _, s := range []string{"a", "A b", "1", "0", "-1", "0.5", "1E3", "2000-01-01", "PT1S"} {
		try(s)
	}
	return out
}
