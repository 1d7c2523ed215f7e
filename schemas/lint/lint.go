// Package lint checks TEI documents for what no grammar sees: pointers that
// lead nowhere, identifiers given twice, tags of languages that do not exist,
// dates that no calendar has.
//
// Each check is a row of Lints. One pass over the document (facts.go) collects
// what the checks ask for, then the checks run over what was collected. They
// report only what is certain from the file itself: what leads out of it is
// kept for Corpus, which sees all files, or left alone.
package lint

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// Lint is one check.
type Lint struct {
	Code     diag.Code
	Does     string // one line for the manual
	Example  string // TEI elements that raise it
	On       bool   // runs unless it is asked not to
	Severity diag.Severity

	run func(f *facts, r *reporter) // nil where Corpus makes the check
}

// The codes of the lints.
const (
	CodePointerDangling  diag.Code = "lint/pointer-dangling"
	CodePointerMalformed diag.Code = "lint/pointer-malformed"
	CodePointerEmpty     diag.Code = "lint/pointer-empty"
	CodePointerHash      diag.Code = "lint/pointer-hash"
	CodePointerPrefix    diag.Code = "lint/pointer-prefix"
	CodePointerFile      diag.Code = "lint/pointer-file"
	CodeIDDuplicate      diag.Code = "lint/id-duplicate"
	CodeIDCorpus         diag.Code = "lint/id-corpus"
	CodeIDName           diag.Code = "lint/id-name"
	CodeLangMalformed    diag.Code = "lint/lang-malformed"
	CodeLangUnknown      diag.Code = "lint/lang-unknown"
	CodeLangDeprecated   diag.Code = "lint/lang-deprecated"
	CodeLangLong         diag.Code = "lint/lang-long"
	CodeLangUndeclared   diag.Code = "lint/lang-undeclared"
	CodeDateImpossible   diag.Code = "lint/date-impossible"
	CodeDateYearZero     diag.Code = "lint/date-year-zero"
	CodeDateOrder        diag.Code = "lint/date-order"
	CodeDateOutside      diag.Code = "lint/date-outside"
)

// Lints are the checks, one row each.
var Lints = []Lint{
	{CodePointerDangling, "a pointer names an xml:id that no element has",
		`<p xml:id="goethe"/><p corresp="#gothe"/>`, true, diag.Warning, danglingPointers},
	{CodePointerMalformed, "a pointer is written so that no program can follow it",
		`<graphic url="scans\page1.jpg"/>`, true, diag.Warning, malformedPointers},
	{CodePointerEmpty, "a pointer is empty",
		`<ref target="#">there</ref>`, true, diag.Warning, emptyPointers},
	{CodePointerHash, "a pointer lacks the # before the xml:id that it means",
		`<p xml:id="goethe"/><p corresp="goethe"/>`, true, diag.Warning, hashlessPointers},
	{CodePointerPrefix, "a pointer does not fit the pattern of its prefixDef",
		`<prefixDef ident="gnd" matchPattern="([0-9]+)" replacementPattern="https://d-nb.info/gnd/$1"/><persName ref="gnd:Goethe"/>`, true, diag.Warning, unmatchedPrefixes},
	{CodePointerFile, "a pointer names an XML file that does not exist",
		`<ref target="absent.xml#p1">there</ref>`, true, diag.Warning, nil},
	{CodeIDDuplicate, "two elements of a file have the same xml:id",
		`<p xml:id="p1"/><p xml:id="p1"/>`, true, diag.Warning, duplicateIDs},
	{CodeIDCorpus, "elements of two files have the same xml:id",
		`<p xml:id="shared"/>`, false, diag.Warning, nil},
	{CodeIDName, "an xml:id is no name",
		`<p xml:id="1951"/>`, true, diag.Warning, misnamedIDs},
	{CodeLangMalformed, "a language tag is not formed by BCP 47",
		`<p xml:lang="en_US"/>`, true, diag.Warning, languageLint(CodeLangMalformed)},
	{CodeLangUnknown, "a language tag has a part that is not registered",
		`<p xml:lang="de-Goth-XQZWY"/>`, true, diag.Warning, languageLint(CodeLangUnknown)},
	{CodeLangDeprecated, "a language tag has a part that another has replaced",
		`<p xml:lang="iw"/>`, true, diag.Warning, languageLint(CodeLangDeprecated)},
	{CodeLangLong, "a language tag has a code of three letters where one of two exists",
		`<p xml:lang="eng"/>`, true, diag.Warning, languageLint(CodeLangLong)},
	{CodeLangUndeclared, "an xml:lang has no language element in the header",
		`<p xml:lang="fr"/>`, false, diag.Warning, undeclaredLanguages},
	{CodeDateImpossible, "a date that the calendar does not have",
		`<date when="1951-02-30"/>`, true, diag.Warning, impossibleDates},
	{CodeDateYearZero, "a date in the year 0000, which not all calendars count",
		`<date when="0000"/>`, true, diag.Warning, yearZeroDates},
	{CodeDateOrder, "a period ends before it begins",
		`<date from="1951" to="1915"/>`, true, diag.Warning, disorderedDates},
	{CodeDateOutside, "a date lies outside the bounds beside it",
		`<date when="1960" notBefore="1950" notAfter="1955"/>`, true, diag.Warning, outsideDates},
}

// Options are for one file. The zero value is the default.
type Options struct {
	On       func(diag.Code) bool // which lints run; nil: those that are on by default
	Findings int                  // stop after so many; 0 is 1,000
	Corpus   bool                 // keep in the Result what Corpus asks for
	Expanded bool                 // XInclude has been done: parts from other files are of this document
	Limits   xmltok.Limits
}

// Result is what one file gave.
type Result struct {
	Name       string
	Findings   diag.List     // in order of place
	Malformed  *diag.Finding // where the document stops being XML; only what lies before it was looked at
	IDs        []ID          // in order; only with Options.Corpus
	References []Reference   // those that lead out of the file; only with Options.Corpus
	Partial    bool          // it goes on where it could not be read: behind Malformed, or in files that it includes
}

// ID is an identifier of a file.
type ID struct {
	Name  string
	Pos   diag.Pos
	Other bool // in an example or of another vocabulary: it may be pointed to, and may repeat
}

// Reference is a pointer to another file.
type Reference struct {
	Attribute string
	Written   string // as it stands in the file
	File      string // resolved against the file that it stands in
	ID        string // "" for the file as a whole
	Pos       diag.Pos
	Len       int
}

var checkers = sync.Pool{New: func() any { return &facts{} }}

// File checks one document in one pass. Findings name name, by which relative
// pointers are resolved too. The error is the context's; where the document is
// no XML, Result.Malformed says so.
func File(ctx context.Context, name string, doc []byte, o Options) (*Result, error) {
	f := checkers.Get().(*facts)
	defer f.release()
	if o.Findings == 0 {
		o.Findings = 1000
	}
	malformed, err := f.collect(ctx, name, doc, o)
	if err != nil {
		return nil, err
	}
	result := &Result{Name: name, Malformed: malformed, Partial: f.partial}
	r := &reporter{left: o.Findings}
	for i := range Lints {
		if r.lint = &Lints[i]; r.lint.run != nil && r.lint.runs(o.On) && r.left > 0 {
			r.lint.run(f, r)
		}
	}
	result.Findings = r.list
	if o.Corpus {
		f.export(result)
	}
	f.place(result)
	return result, nil
}

func (l *Lint) runs(on func(diag.Code) bool) bool {
	if on == nil {
		return l.On
	}
	return on(l.Code)
}

// reporter takes the findings of one lint after the other.
type reporter struct {
	lint *Lint
	list diag.List
	left int
}

// say makes a finding of the n bytes at an offset. The place is settled later.
func (r *reporter) say(s span, format string, args ...any) *diag.Finding {
	if r.left == 0 {
		return &diag.Finding{}
	}
	r.left--
	r.list = append(r.list, r.lint.finding(diag.Pos{Offset: s.at}, s.n, format, args...))
	return &r.list[len(r.list)-1]
}

func (l *Lint) finding(pos diag.Pos, n int, format string, args ...any) diag.Finding {
	for i, a := range args {
		if s, ok := a.([]byte); ok {
			args[i] = diag.Short(string(s))
		} else if s, ok := a.(string); ok {
			args[i] = diag.Short(s)
		}
	}
	return diag.Finding{Pos: pos, Severity: l.Severity, Code: l.Code, Message: fmt.Sprintf(format, args...), Len: n}
}

// place turns the offsets of a result into places. Asked for in order they cost
// one pass over the document.
func (f *facts) place(r *Result) {
	var all []*diag.Pos
	for i := range r.Findings {
		all = append(all, &r.Findings[i].Pos)
		for k := range r.Findings[i].Related {
			all = append(all, &r.Findings[i].Related[k].Pos)
		}
	}
	for i := range r.IDs {
		all = append(all, &r.IDs[i].Pos)
	}
	for i := range r.References {
		all = append(all, &r.References[i].Pos)
	}
	slices.SortFunc(all, func(a, b *diag.Pos) int { return a.Offset - b.Offset })
	for _, p := range all {
		*p = f.tok.Pos(p.Offset)
	}
	r.Findings.Sort()
}

// lintOf is the row of a code.
func lintOf(code diag.Code) *Lint {
	return &Lints[slices.IndexFunc(Lints, func(l Lint) bool { return l.Code == code })]
}
