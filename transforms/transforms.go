// Package transforms turns a plain translation of an archival document into
// TEI P5 (https://tei-c.org/guidelines/p5/): Convert takes the bytes of a page
// and gives the bytes of a TEI file, with findings about the document and a
// record of every decision.
//
// Nothing of the source is lost. Every character of its body becomes text, or
// a delimiter that a declared rendition puts back, or is white space between
// blocks; Convert proves it on the written bytes before it returns.
//
// The same source and options give the same bytes.
package transforms

import (
	"fmt"

	"sigla/tei"
	"sigla/tei/diag"
	"sigla/tei/restore"
	"sigla/transforms/brackets"
	"sigla/transforms/dates"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
	"sigla/transforms/names"
	"sigla/transforms/source"
)

// Options are what a caller may say about a source. The zero value is good.
type Options struct {
	Name             string // of the file, for findings and ids
	From             string // input format: auto (the default), digitalarchive or plain
	Encoding         string // of the bytes, when neither UTF-8 nor told by a byte order mark
	ReplaceForbidden bool   // map characters that XML forbids to U+FFFD, and say so in the header
	Meta             *source.Meta
	Lexicon          *lexicon.Lexicon // nil is the built-in one
	Date             string           // day of the encoding, yyyy-mm-dd; empty leaves it out
	Version          string           // of the program, for appInfo
}

// Result is a converted document.
type Result struct {
	TEI       []byte
	Findings  diag.List         // about the document, sorted by place
	Decisions []ledger.Decision // in the order in which they were made
}

// Convert reads a page, encodes it, writes it and checks that nothing was lost.
// A source that cannot be read gives a *source.Error with a finding; any other
// error is a fault of this package.
func Convert(src []byte, opt Options) (*Result, error) {
	page, findings, err := source.Parse(src, source.Options{
		Name: opt.Name, From: opt.From, Encoding: opt.Encoding, ReplaceForbidden: opt.ReplaceForbidden, Meta: opt.Meta,
	})
	if err != nil {
		return nil, err
	}
	doc, more, decisions, err := Encode(page, opt)
	if err != nil {
		return nil, err
	}
	tree, err := tei.Build(doc)
	if err != nil {
		return nil, err
	}
	out := tree.Bytes()
	tree.Release()
	lost, err := restore.Compare(out, opt.Name, page.Text, restore.Range{Start: page.Body.Start, End: page.Body.End}, opt.Name)
	if err != nil {
		return nil, fmt.Errorf("transforms: the written file cannot be read back: %w", err)
	}
	if len(lost) > 0 {
		return nil, fmt.Errorf("transforms: %s", lost[0])
	}
	findings = append(findings, more...)
	findings.Sort()
	return &Result{TEI: out, Findings: findings, Decisions: decisions}, nil
}

// Encode runs the passes over a page. The document it returns tiles the page's
// body; an error means that a pass broke that law.
func Encode(p *source.Page, opt Options) (*tei.Document, diag.List, []ledger.Decision, error) {
	e := &encoder{
		page: p, text: p.Text, opt: opt, lex: opt.Lexicon, header: p.Header(),
		verdicts: map[tei.Span]brackets.Verdict{}, dateMemo: map[tei.Span][]dates.Date{}, ids: map[string]int{}, headAt: -1,
		decisions: make([]ledger.Decision, 0, p.Body.Len()/24+16),
	}
	if e.lex == nil {
		e.lex = lexicon.Default()
	}
	e.header.Version = opt.Version
	e.header.Encoded = opt.Date
	e.people = names.NewRegistry(e.lex)
	if e.header.Title != "" {
		e.setGenre(e.header.Title)
	}
	for _, step := range passes {
		step.run(e)
		if step.Name == "blocks" || e.body == nil {
			continue
		}
		if err := e.body.CheckTiling(e.text); err != nil {
			return nil, nil, nil, fmt.Errorf("transforms: after %s: %w", step.Name, err)
		}
	}
	return &tei.Document{Header: e.header, Page: e.text, Body: e.body}, e.findings, e.decisions, nil
}
