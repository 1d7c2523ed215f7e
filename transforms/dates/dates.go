// Package dates reads the dates and the times of day in running text, as
// translators of archival documents write them: 1 November 1951, 0200 30
// October, 24.III.50, "the 15th of this month".
//
// A block is divided into numbers, words and marks; a small grammar reads them
// from left to right, and what it reads is then completed from the date of the
// document. A reading that rests on the document says so, and a numeric date
// that can be read both ways is left open.
package dates

import (
	"strconv"
	"strings"
	"sync"

	"sigla/tei"
	"sigla/tei/diag"
	"sigla/transforms/ledger"
)

// Kind is what a Date stands for.
type Kind uint8

// The kinds.
const (
	Calendar  Kind = iota + 1 // a day, a month, a year or a stretch of them
	ClockTime                 // a time of day without a date
)

// Date is one date or time of day. Its values are those of the attributes of
// the same names; which of them are set depends on the words:
//
//   - When: one day, month, year or moment; --06-12 where nothing gives a year
//   - NotBefore, NotAfter: one of several days, or some time within a stretch
//   - From, To: a whole stretch
type Date struct {
	Span                                tei.Span
	Kind                                Kind
	When, NotBefore, NotAfter, From, To string
	Times                               []Time // times of day within the span
	Inferred                            struct{ Year, Month, Day bool }
	Evidence                            string // "internal" where the document gives what the words leave out
	Cert                                ledger.Cert
	Rule                                string
	Alternatives                        []ledger.Alternative
	Ambiguous                           bool // readable in two ways: no value is set, both are in Alternatives
	Bracketed                           bool // square brackets stand inside the span
}

// Time is a time of day, hh:mm:ss, with Z where the text says so.
type Time struct {
	Span tei.Span
	When string
}

// Context is what is known when a text is read.
type Context struct {
	Document string // date of the document: yyyy-mm-dd, yyyy-mm, yyyy or empty
	Message  string // date of the message at hand, preferred where it has a month
	DayFirst int    // numeric dates: 1 day first, -1 month first, 0 not known
}

// Fault is something in the form of a date that is none.
type Fault struct {
	Span tei.Span
	Code diag.Code
	What string
}

// The codes of faults.
const (
	CodeImpossible diag.Code = "dates/impossible" // 31 June
	CodeWeekday    diag.Code = "dates/weekday"    // Monday, for a Tuesday
)

// Find reads the dates of a span of text, in order and without overlap.
func Find(text string, span tei.Span, ctx Context) []Date {
	d, _ := Scan(text, span, ctx)
	return d
}

// Scan is Find, and reports what looks like a date and cannot be one.
func Scan(text string, span tei.Span, ctx Context) ([]Date, []Fault) {
	p := parsers.Get().(*parser)
	*p = parser{text: text, context: ctx, numbers: numberForms, words: wordForms, tok: p.tok, out: p.out[:0], shared: p.shared[:0]}
	p.base, p.known = baseDate(ctx)
	p.tok = lex(text, span, p.tok[:0])
	p.run()
	d, f := p.complete()
	if p.text = ""; cap(p.tok) < 1<<14 {
		parsers.Put(p)
	}
	return d, f
}

// parsers are kept for the room they have.
var parsers = sync.Pool{New: func() any { return new(parser) }}

// Parse reads a string that is one date and nothing else, as the date of a
// document in a title, and gives its value for @when.
func Parse(s string) (when string, ok bool) {
	s = strings.Trim(s, " \t\r\n*.,;")
	if when, ok := parse(s); ok {
		return when, ok
	}
	return parse(strings.Trim(s, "[]().,"))
}

func parse(s string) (when string, ok bool) {
	if len(s) == 4 {
		y, err := strconv.Atoi(s)
		if err != nil || y < 1000 || y > lastYear {
			return "", false
		}
		return s, true
	}
	d := Find(s, tei.Span{End: len(s)}, Context{})
	if len(d) != 1 || d[0].Span.Len() != len(s) || d[0].Kind != Calendar || d[0].When == "" || d[0].When[0] == '-' || d[0].Cert == ledger.Low {
		return "", false
	}
	return d[0].When, true
}
