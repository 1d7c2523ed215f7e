package schematron

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sigla/schemas/schematron/internal/xpath"
	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Options are for one validation. The zero value is the default.
type Options struct {
	Findings int       // stop after so many; 0 is 1,000
	Trace    bool      // tell which rules fired
	Now      time.Time // what current-date() and its like give; a rule that asks fails where it is zero
}

// Result is what a validation found.
type Result struct {
	Findings diag.List   // in the order of the document
	Trace    *diag.Trace // where it was asked for
}

// defaultFindings is the bound of findings.
const defaultFindings = 1000

// Validate runs the rules on a document, whose findings name it. What is wrong
// with the document, its well-formedness included, is a finding, and so is a
// rule that fails on it. The error is the context's.
func (s *Schema) Validate(ctx context.Context, name string, doc []byte, o Options) (*Result, error) {
	tree, err := xpath.Parse(name, doc, s.fragments...)
	if err != nil {
		var x *xmltok.Error
		if errors.As(err, &x) {
			return &Result{Findings: diag.List{x.Finding}}, nil
		}
		return nil, err
	}
	if o.Findings == 0 {
		o.Findings = defaultFindings
	}
	v := &validation{s: s, tree: tree, run: s.compiler.NewRun(ctx, tree, o.Now), o: o, places: xpath.Places{}}
	for i, t := range s.trees {
		value := xpath.Seq{xpath.NodeItem(tree.Fragment(i))}
		if t.elements {
			value = nil
			for _, k := range tree.Children(tree.Fragment(i)) {
				if tree.Kind(k) == xpath.ElementNode {
					value = append(value, xpath.NodeItem(k))
				}
			}
		}
		v.run.Set(t.slot, value)
	}
	for _, l := range s.lets {
		v.run.Bind(l.slot, l.expr, 0)
	}
	if o.Trace {
		v.trace = &diag.Trace{Title: s.Title, Phase: s.Phase, Schema: s.Name, Prefix: s.namespaces}
	}
	for _, p := range s.patterns {
		if err := v.pattern(p); err != nil {
			return nil, err
		}
	}
	v.sort()
	if v.more > 0 {
		v.list = append(v.list, diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Info, Code: codeMore, Message: fmt.Sprintf("%d more findings of Schematron rules are not listed", v.more)})
	}
	return &Result{v.list, v.trace}, nil
}

// validation is the run of a schema on one document.
type validation struct {
	s      *Schema
	tree   *xpath.Tree
	run    *xpath.Run
	o      Options
	lines  *diag.Lines
	list   diag.List
	more   int
	trace  *diag.Trace
	fired  []int32 // by node: the number of the last pattern of which it fired a rule
	turn   int32
	shown  map[*assert]bool // that failed
	places xpath.Places
}

// firing is a rule and a node that fires it.
type firing struct {
	node int32
	rule *rule
}

func (v *validation) pattern(p *pattern) error {
	for _, l := range p.lets {
		v.run.Bind(l.slot, l.expr, 0)
	}
	var skip func(int32) bool
	if len(p.rules) > 1 {
		if v.fired == nil {
			v.fired = make([]int32, v.tree.Len())
		}
		v.turn++
		skip = func(n int32) bool { return v.fired[n] == v.turn }
	}
	var firings []firing
	for _, r := range p.rules {
		nodes, failed, err := r.match.Matches(v.run, skip)
		if err != nil {
			return err
		}
		if failed != nil {
			v.failed(p, r, nil, 0, failed)
		}
		for _, n := range nodes {
			if skip != nil {
				v.fired[n] = v.turn
			}
			firings = append(firings, firing{n, r})
		}
	}
	if len(p.rules) > 1 {
		slices.SortStableFunc(firings, func(a, b firing) int { return int(a.node - b.node) })
	}
	if v.trace != nil {
		v.trace.Pattern = append(v.trace.Pattern, diag.ActivePattern{ID: p.id, Name: p.name, Role: p.role})
	}
	for _, f := range firings {
		if err := v.fire(p, f); err != nil {
			return err
		}
	}
	return nil
}

// fire runs the assertions of a rule at a node.
func (v *validation) fire(p *pattern, f firing) error {
	for _, l := range f.rule.lets {
		v.run.Bind(l.slot, l.expr, f.node)
	}
	from := len(v.list)
	for _, a := range f.rule.asserts {
		truth, err := a.test.Truth(v.run, f.node)
		if err != nil {
			var x *xpath.Error
			if !errors.As(err, &x) {
				return err
			}
			v.failed(p, f.rule, a, f.node, x)
			continue
		}
		if truth == a.report {
			if err := v.found(a, f.node); err != nil {
				return err
			}
		}
	}
	if v.trace != nil {
		t := &v.trace.Pattern[len(v.trace.Pattern)-1]
		fired := diag.FiredRule{ID: f.rule.id, Context: f.rule.context, Role: f.rule.role, Flag: f.rule.flag}
		for i := from; i < len(v.list); i++ {
			fired.Findings = append(fired.Findings, i)
		}
		t.Fired = append(t.Fired, fired)
	}
	return nil
}

// room reports whether another finding may be listed.
func (v *validation) room() bool {
	if len(v.list) < v.o.Findings {
		return true
	}
	v.more++
	return false
}

// found lists a failed assertion or a report that holds.
func (v *validation) found(a *assert, n int32) error {
	if !v.room() {
		return nil
	}
	at := n
	if a.subject != nil {
		nodes, err := a.subject.Nodes(v.run, n)
		if stops(err) {
			return err
		}
		if len(nodes) > 0 {
			at = nodes[0]
		}
	}
	message, err := v.message(a.message, n)
	if err != nil {
		return err
	}
	if message == "" {
		message = "the assertion does not hold: " + a.rule.Test
		if a.report {
			message = "this is reported: " + a.rule.Test
		}
	}
	rule := a.rule
	rule.Location = v.tree.Path(at, v.places)
	finding := diag.Finding{Pos: v.pos(at), Severity: a.severity, Code: a.code, Message: message, Rule: &rule, Len: v.length(at)}
	for _, k := range a.notes {
		words, err := v.message(k.parts, n)
		if err != nil {
			return err
		}
		finding.Related = append(finding.Related, diag.Related{Pos: finding.Pos, Message: first(words, k.id)})
	}
	v.list = append(v.list, finding)
	return nil
}

// stops reports whether an error ends the validation.
func stops(err error) bool {
	var x *xpath.Error
	return err != nil && !errors.As(err, &x)
}

// message fills a message in.
func (v *validation) message(parts []part, n int32) (string, error) {
	var b strings.Builder
	for _, p := range parts {
		if p.expr == nil {
			b.WriteString(p.text)
			continue
		}
		s, err := p.expr.Text(v.run, n, v.s.compat)
		if stops(err) {
			return "", err
		}
		if err != nil {
			s = "{" + plain(p.expr.Source) + "}"
		}
		b.WriteString(s)
	}
	return plain(b.String()), nil
}

// failed lists a rule that fails on the document, once.
func (v *validation) failed(p *pattern, r *rule, a *assert, n int32, err error) {
	if a != nil {
		if v.shown[a] {
			return
		}
		if v.shown == nil {
			v.shown = map[*assert]bool{}
		}
		v.shown[a] = true
	}
	if !v.room() {
		return
	}
	what, rule := "context "+cut(r.context), diag.Rule{Pattern: p.id, ID: r.id, Context: r.context, Role: r.role, Flag: r.flag}
	if a != nil {
		what, rule = "test "+cut(a.rule.Test), a.rule
		rule.Location = v.tree.Path(n, v.places)
	}
	pos := v.pos(n)
	v.list = append(v.list, diag.Finding{Pos: pos, Severity: diag.Error, Code: codeRuleFailed, Rule: &rule,
		Message: fmt.Sprintf("a rule can't be decided here: its %s fails, for %v", what, err)})
}

func (v *validation) pos(n int32) diag.Pos {
	if v.lines == nil {
		v.lines = diag.NewLines(v.tree.Name, string(v.tree.Source))
	}
	return v.lines.Pos(v.tree.Offset(n))
}

// length is how many bytes a finding at a node means: the name.
func (v *validation) length(n int32) int {
	switch v.tree.Kind(n) {
	case xpath.ElementNode:
		return 1 + len(v.tree.Raw(n))
	case xpath.AttributeNode:
		return len(v.tree.Raw(n))
	}
	return 0
}

// sort puts the findings into the order of the document, and the numbers of the
// trace with them.
func (v *validation) sort() {
	order := make([]int, len(v.list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return v.list[a].Pos.Offset - v.list[b].Pos.Offset })
	list, place := make(diag.List, len(order)), make([]int, len(order))
	for to, from := range order {
		list[to], place[from] = v.list[from], to
	}
	v.list = list
	if v.trace == nil {
		return
	}
	for _, p := range v.trace.Pattern {
		for _, f := range p.Fired {
			for i := range f.Findings {
				f.Findings[i] = place[f.Findings[i]]
			}
		}
	}
}
