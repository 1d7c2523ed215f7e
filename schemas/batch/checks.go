package batch

import (
	"context"
	"fmt"
	"strings"

	"sigla/schemas"
	"sigla/schemas/catalog"
	"sigla/schemas/schematron"
	"sigla/tei/diag"
)

// check is a schema, or a part of one, at work.
type check interface {
	run(ctx context.Context, doc schemas.Instance, o *Options) (diag.List, *diag.Trace, error)
	whole() bool // needs the document in memory
}

// languages are what Sigla validates by, one row each.
var languages = []struct {
	language catalog.Language
	open     func(e *engine, o *Options) ([]check, error)
}{
	{catalog.RelaxNG, openGrammar},
	{catalog.RelaxNGCompact, openGrammar},
	{catalog.XSD, openGrammar},
	{catalog.Schematron, openRules},
}

// openGrammar opens a grammar and the Schematron rules that are embedded in it.
func openGrammar(e *engine, o *Options) ([]check, error) {
	v, err := schemas.CompileAs(string(e.found.Language), e.files, e.found.Name)
	if err != nil {
		return nil, err
	}
	checks := []check{grammar{v}}
	if o.Grammar {
		return checks, nil
	}
	s, err := schematron.Embedded(e.files, e.found.Name, schematron.CompileOptions{Phase: e.phase})
	if err != nil {
		return nil, err
	}
	if s != nil {
		checks = append(checks, e.rules(s))
	}
	return checks, nil
}

func openRules(e *engine, o *Options) ([]check, error) {
	var s *schematron.Schema
	var err error
	if l := catalog.LanguageOf(e.found.Name); l == "" || l == catalog.Schematron {
		s, err = schematron.Compile(e.files, e.found.Name, schematron.CompileOptions{Phase: e.phase})
	} else { // the document names a grammar for its rules
		s, err = schematron.Embedded(e.files, e.found.Name, schematron.CompileOptions{Phase: e.phase})
	}
	if err != nil || s == nil {
		return nil, err
	}
	return []check{e.rules(s)}, nil
}

// rules are Schematron rules as a check; how many there are, and which do not
// run, is told with the schema.
func (e *engine) rules(s *schematron.Schema) check {
	e.tell(s.Rules(), s.NotRun())
	return rules{s}
}

type grammar struct{ v schemas.Validator }

func (g grammar) whole() bool { return !schemas.Streams(g.v) }

func (g grammar) run(ctx context.Context, doc schemas.Instance, o *Options) (diag.List, *diag.Trace, error) {
	l, err := g.v.Validate(ctx, doc, schemas.Options{Explain: o.Explain, Findings: o.Findings})
	return l, nil, err
}

type rules struct{ s *schematron.Schema }

func (r rules) whole() bool { return true }

func (r rules) run(ctx context.Context, doc schemas.Instance, o *Options) (diag.List, *diag.Trace, error) {
	res, err := r.s.Validate(ctx, doc.Name, doc.Doc, schematron.Options{Findings: o.Findings, Trace: o.Traces, Now: o.Now})
	if err != nil {
		return nil, nil, err
	}
	if o.Explain {
		for i := range res.Findings {
			res.Findings[i].Detail = told(res.Findings[i].Rule)
		}
	}
	return res.Findings, res.Trace, nil
}

// told is a rule in words: its message is its author's, and may say less.
func told(r *diag.Rule) string {
	if r == nil || r.Test == "" {
		return ""
	}
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	when := "is not true"
	if r.Report {
		when = "is true"
	}
	return fmt.Sprintf("the rule is about: %s\nit complains where this %s: %s", line(r.Context), when, line(r.Test))
}
