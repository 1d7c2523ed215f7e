package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/tei/diag"
	"sigla/transforms/dates"
	"sigla/transforms/ledger"
	"sigla/transforms/measures"
)

// What stands inside the blocks: dates, numbers, names, references to other
// documents. Each reader works on the source and claims spans; a claim that
// crosses a bracket's edge or another claim is given up.

// dateContext is what is known for reading dates.
func (e *encoder) dateContext() dates.Context {
	c := dates.Context{Document: e.header.Date.When, DayFirst: e.dayFirst()}
	if c.Document == "" {
		c.Document = e.headDate
	}
	return c
}

// dayFirst says how numeric dates are read: 1 day first, -1 month first, 0 not
// known. Offices of the United States write the month first.
func (e *encoder) dayFirst() int {
	if e.frusHead {
		return -1
	}
	if e.header.Language.Tag != "" && e.header.Language.Tag != "en" {
		return 1
	}
	return 0
}

// datesIn reads the dates of a span, once.
func (e *encoder) datesIn(s tei.Span) []dates.Date {
	if d, ok := e.dateMemo[s]; ok {
		return d
	}
	d, faults := dates.Scan(e.text, s, e.dateContext())
	e.dateMemo[s] = d
	if e.dateFaults == nil {
		e.dateFaults = map[tei.Span]dates.Fault{}
	}
	for _, f := range faults {
		e.dateFaults[f.Span] = f
	}
	return d
}

// isDateline says whether b is a place and a date, or either with little else.
func isDateline(e *encoder, b *block) bool {
	if len(b.lines) > 2 || len(b.text) > 110 || !strings.ContainsAny(b.text, "0123456789") {
		return false
	}
	for _, w := range officeActs {
		if _, ok := after(b.text, w); ok {
			return false
		}
	}
	ds := e.datesIn(b.span)
	if len(ds) == 0 || len(ds) > 2 {
		return false
	}
	var rest strings.Builder
	at := b.span.Start
	full := false
	for _, d := range ds {
		rest.WriteString(e.text[at:d.Span.Start])
		rest.WriteByte(' ')
		at = d.Span.End
		full = full || len(d.When) >= 10 || d.NotBefore != "" || d.From != "" || d.Ambiguous
	}
	rest.WriteString(e.text[at:b.span.End])
	if !full {
		return false
	}
	words := strings.FieldsFunc(rest.String(), func(r rune) bool { return strings.ContainsRune(" ,.;:()[]/\n\t\u00a0—–-", r) })
	if len(words) > 6 {
		return false
	}
	for _, w := range words {
		switch strings.ToLower(w) {
		case "in", "on", "the", "of", "at", "den", "dne", "am", "le", "a", "m", "p", "year", "g", "th", "st", "nd", "rd", "city", "midnight", "noon", "place", "not", "declassified", "undated", "m.":
			continue
		}
		r := firstRune(w)
		if !('A' <= r && r <= 'Z' || r > 127) {
			return false
		}
		if strings.ContainsAny(w, "0123456789") {
			return false
		}
		if documentWords[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

// officeActs begin lines that say what an office did with a message, and when.
var officeActs = []string{"deciphered", "decoded", "decrypted", "enciphered", "encoded", "printed", "typed", "checked", "verified", "copied", "filed", "drafted", "dictated", "translated"}

// encodeDates wraps the dates of every block.
func (e *encoder) encodeDates() {
	for _, b := range e.placed {
		for _, d := range e.datesIn(b.span) {
			e.date(b, d)
		}
	}
	for _, f := range e.dateFaults {
		e.report(f.Code, f.Span.Start, "%s", f.What)
	}
}

func (e *encoder) date(b *block, d dates.Date) {
	if e.dateForbidden(d.Span) {
		return
	}
	if d.Kind == dates.ClockTime {
		for _, t := range d.Times {
			e.wrapInner("dates", d.Rule, t.Span, tei.New("time", "when", t.When), d.Cert)
		}
		return
	}
	el := tei.New("date")
	if d.Ambiguous {
		var as []string
		for _, a := range d.Alternatives {
			as = append(as, a.What)
		}
		e.report("dates/ambiguous", d.Span.Start, "%s can be read as %s; nothing here says which", excerpt(e.text[d.Span.Start:d.Span.End]), strings.Join(as, " or as "))
		el.Set("cert", "low")
	}
	if b.elem != nil && b.elem.Name == "ab" && b.elem.Get("type") == "routing" && e.act(b, d.Span.Start) == "received" {
		el.Set("type", "received")
	}
	el.Set("when", d.When).Set("notBefore", d.NotBefore).Set("notAfter", d.NotAfter).Set("from", d.From).Set("to", d.To)
	if d.Evidence != "" {
		el.Set("evidence", d.Evidence).Set("cert", string(d.Cert))
	}
	if e.wrapInner("dates", d.Rule, d.Span, el, d.Cert, d.Alternatives...) == nil {
		return
	}
	for _, t := range d.Times {
		if t.Span != d.Span {
			e.wrapInner("dates", d.Rule, t.Span, tei.New("time", "when", t.When), d.Cert)
		}
	}
	e.dated = append(e.dated, dated{d, el, b})
}

// acts are the words of a service line that say what was done at a time.
var acts = []struct{ word, act string }{
	{"received", "received"}, {"arrived", "received"}, {"receipt", "received"},
	{"sent", "sent"}, {"dispatched", "sent"}, {"despatched", "sent"}, {"transmitted", "sent"}, {"handed in", "sent"},
}

// act is what the words before an offset of a service line say was done: received
// or sent, the nearest word deciding, or nothing.
func (e *encoder) act(b *block, at int) string {
	low := strings.ToLower(e.text[b.span.Start:at])
	act, last := "", -1
	for _, a := range acts {
		if i := strings.LastIndex(low, a.word); i > last {
			act, last = a.act, i
		}
	}
	return act
}

// dated is a date in the tree.
type dated struct {
	dates.Date
	elem  *tei.Elem
	block *block
}

// dateForbidden says whether a date would stand where TEI does not allow one.
func (e *encoder) dateForbidden(s tei.Span) bool {
	if e.body.Crosses(s) {
		return true
	}
	switch e.body.At(s).Name {
	case "idno", "date", "time", "gap":
		return true
	}
	return false
}

// encodeNumbers wraps numbers with a sign, and measures.
func (e *encoder) encodeNumbers() {
	for _, b := range e.placed {
		for _, m := range measures.Find(e.text, b.span) {
			e.number(b, m)
		}
	}
}

func (e *encoder) number(b *block, m measures.Item) {
	if e.body.Crosses(m.Span) {
		return
	}
	at := e.body.At(m.Span)
	switch at.Name {
	case "idno", "date", "time", "desc", "gap", "measure", "num":
		return
	}
	switch m.Kind {
	case measures.Idno:
		typ := e.numberType(b, m)
		if typ == "" {
			return
		}
		if elementsIn(at, m.Span) {
			return // an idno has words alone; a bracket speaks of some of them
		}
		if typ == "copies" {
			// N°N° 3-11: the range is a number, the sign stays text
			if m.Number.Len() > 0 && m.AtLeast != "" {
				e.wrapInner("numbers", m.Rule, m.Number, tei.New("num", "type", "range", "atLeast", m.AtLeast, "atMost", m.AtMost), m.Cert)
			}
			return
		}
		e.wrapInner("numbers", m.Rule, m.Span, tei.New("idno", "type", typ), m.Cert)
	case measures.Measure:
		e.wrapInner("numbers", m.Rule, m.Span, tei.New("measure", "quantity", m.Quantity, "atLeast", m.AtLeast, "atMost", m.AtMost, "unit", m.Unit), m.Cert)
	}
}

// elementsIn says whether at, which holds a span, has an element within it.
func elementsIn(at *tei.Elem, s tei.Span) bool {
	for _, k := range at.Kids {
		if k, ok := k.(*tei.Elem); ok && k.Src.Start < s.End && s.Start < k.Src.End {
			return true
		}
	}
	return false
}

// numberType is the type of a number from the place it stands in; the reader's
// own guess from the words before it is the last resort.
func (e *encoder) numberType(b *block, m measures.Item) string {
	if b.elem == nil {
		return m.Type
	}
	at := e.body.At(m.Span)
	if at.Name == "stamp" && (m.Type == "" || m.Type == "reference") {
		return "registration"
	}
	switch b.elem.Name + "/" + b.elem.Get("type") {
	case "head/documentType", "ab/documentType":
		if m.Type == "" || m.Type == "reference" {
			return headType(b.lower())
		}
	case "ab/copyNumber":
		return "copy"
	case "ab/registered":
		return "register"
	case "ab/reference":
		return "reference"
	case "ab/disposition":
		return "copies"
	case "item/":
		if b.parent.Get("type") == "distribution" && m.Span.Start == b.span.Start {
			return "copy"
		}
	}
	return m.Type
}

// headType is the type of the number in a heading, by what the heading calls the
// document: a telegram, unless it says something else.
func headType(low string) string {
	if !strings.Contains(low, "telegram") && !strings.Contains(low, "cable") && !strings.Contains(low, "cipher") {
		for _, w := range []string{"protocol", "resolution", "decree", "order", "memorandum", "report", "letter", "note"} {
			if strings.Contains(low, w) {
				return w
			}
		}
	}
	return "telegram"
}

// referenceWords are the kinds of document that a text refers to.
var referenceWords = []string{"telegram", "telegrams", "letter", "letters", "cable", "cables", "note", "message", "report", "memorandum", "dispatch", "despatch", "radiogram"}

// encodeReferences wraps "your telegram of 0200 30 October" and "my 31 October
// telegram" in rs.
func (e *encoder) encodeReferences() {
	for _, m := range e.messages {
		e.messageID(m)
	}
	known := map[string]string{} // kind and value of a reference to its id
	for _, d := range e.dated {
		if d.block.zone != inMessage || d.When == "" && d.NotBefore == "" {
			continue
		}
		s, kind, bare := e.referenceAround(d.Span, d.block.span)
		if kind == "" {
			continue
		}
		el := tei.New("rs", "type", kind)
		s, forwards := e.referenceTo(s, kind, d)
		if !e.body.Wrap(s, el) {
			continue
		}
		if forwards != nil {
			el.Set("ref", "#"+e.messageID(forwards))
			e.decideAt("references", "the message that follows", "rs", s, ledger.High)
			continue
		}
		e.decideAt("references", "kind of document with a date", "rs", s, ledger.Medium)
		key := kind + d.When
		if id, ok := known[key]; ok {
			el.Set("ref", "#"+id)
		} else {
			id := e.id("ref")
			el.Set("xml:id", id)
			known[key] = id
			if before := strings.ToLower(e.text[d.block.span.Start:s.End]); bare || strings.Contains(before, "your "+kind) {
				e.answered = append(e.answered, answered{id, s})
			}
		}
	}
}

// answered is a document that a message refers to as the reader's own.
type answered struct {
	id   string
	span tei.Span
}

// referenceTo widens "my 31 October telegram" to whom it went, and finds the
// message where it is the one that follows.
func (e *encoder) referenceTo(s tei.Span, kind string, d dated) (tei.Span, *message) {
	if !strings.HasSuffix(e.text[s.Start:s.End], kind) {
		return s, nil
	}
	rest := e.text[s.End:d.block.span.End]
	if !strings.HasPrefix(rest, " to ") {
		return s, nil
	}
	at := s.End + len(" to ")
	var to *tei.Elem
	e.body.Walk(func(x, _ *tei.Elem) bool {
		if x.Name == "persName" && x.Src.Start == at {
			to = x
		}
		return x.Src.Start <= at && at < x.Src.End
	})
	if to == nil {
		return s, nil
	}
	s.End = to.Src.End
	for _, m := range e.messages {
		if m.depth > 0 && m.elem.Src.Start >= d.block.span.End && strings.TrimSpace(e.text[d.block.span.End:m.elem.Src.Start]) == "" {
			for _, a := range m.addressee {
				for _, p := range e.addParties(nil, a) {
					if "#"+p.Ref == to.Get("ref") {
						return s, m
					}
				}
			}
		}
	}
	return s, nil
}

// messageID is the xml:id of a message, given when it is first asked for.
func (e *encoder) messageID(m *message) string {
	if m.elem.Get("xml:id") == "" {
		m.elem.Set("xml:id", e.id("msg"))
	}
	return m.elem.Get("xml:id")
}

// referenceAround widens a date to the reference it stands in.
func (e *encoder) referenceAround(d, block tei.Span) (s tei.Span, kind string, bare bool) {
	before := e.text[block.Start:d.Start]
	behind := e.text[d.End:block.End]
	// your telegram of DATE
	if t, ok := strings.CutSuffix(before, " of "); ok {
		if kind, start := lastKind(t); kind != "" {
			if strings.HasSuffix(kind, "s") && kind != "s" {
				return d, strings.TrimSuffix(kind, "s"), true
			}
			return tei.Span{Start: block.Start + start, End: d.End}, kind, false
		}
	}
	// telegrams of DATE and DATE
	if t, ok := strings.CutSuffix(before, " and "); ok && len(e.dated) > 0 {
		for _, x := range e.dated {
			if x.Span.End == block.Start+len(t) {
				if _, kind, bare := e.referenceAround(x.Span, block); bare {
					return d, kind, true
				}
			}
		}
	}
	// my DATE telegram
	if p := possessive(before); p > 0 {
		for _, w := range referenceWords {
			if rest, ok := strings.CutPrefix(behind, " "+w); ok && (rest == "" || !letter(rest)) && !strings.HasSuffix(w, "s") {
				return tei.Span{Start: d.Start - p, End: d.End + 1 + len(w)}, w, false
			}
		}
	}
	return d, "", false
}

// possessive is the length of the possessive, with its space, that s ends with.
func possessive(s string) int {
	t, ok := strings.CutSuffix(s, " ")
	if !ok {
		return 0
	}
	w := t[strings.LastIndexAny(t, " \n\u00a0([\"“")+1:]
	switch strings.ToLower(w) {
	case "my", "your", "our", "his", "her", "their", "its":
		return len(w) + 1
	}
	return 0
}

func letter(s string) bool {
	c := s[0]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// lastKind is the kind of document that t ends with, and where the reference
// begins, its possessive included.
func lastKind(t string) (kind string, start int) {
	for _, w := range referenceWords {
		u, ok := strings.CutSuffix(t, w)
		if !ok || u != "" && letter(u[len(u)-1:]) {
			continue
		}
		p := possessive(u)
		if p == 0 {
			return "", 0 // "the letter of 4 May" may be anybody's
		}
		return w, len(u) - p
	}
	return "", 0
}

// encodeLines keeps the lines of blocks that are not running text.
func (e *encoder) encodeLines() {
	for _, b := range e.placed {
		if len(b.lines) < 2 {
			continue
		}
		long := 0
		for _, l := range b.lines[:len(b.lines)-1] {
			if l.Len() > 60 {
				long++
			}
		}
		if b.elem != nil && b.elem.Name == "p" && long*2 > len(b.lines)-1 {
			continue
		}
		for _, l := range b.lines[1:] {
			if strings.HasSuffix(strings.TrimRight(e.text[b.span.Start:l.Start], " \t"), "\n\n") {
				continue // two paragraphs that are one signature
			}
			if l.Start <= 0 || e.noLines(l.Start) {
				continue
			}
			e.body.InsertAt(l.Start, tei.New("lb"))
		}
	}
}

// noLines says whether lb may not stand at an offset.
func (e *encoder) noLines(at int) bool {
	bad := false
	x := e.body
	for x != nil {
		switch x.Name {
		case "idno", "desc", "gap", "choice", "pb":
			bad = true
		}
		var next *tei.Elem
		for _, k := range x.Kids {
			if c, ok := k.(*tei.Elem); ok && c.Src.Start < at && at < c.Src.End {
				next = c
				break
			}
		}
		x = next
	}
	return bad
}

// finding codes of this stage.
const (
	codeTimeOrder    diag.Code = "document/time-order"
	codeCopiesSum    diag.Code = "document/copies-sum"
	codeDateMismatch diag.Code = "document/date-mismatch"
	codeNumberingGap diag.Code = "document/numbering-gap"
	codeNameSpelling diag.Code = "document/name-spelling"
)
