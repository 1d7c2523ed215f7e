package transforms

import (
	"strconv"
	"strings"
	"unicode"

	"sigla/tei"
	"sigla/transforms/measures"
)

// What the document says in two places, compared: times, copies, dates,
// numbers. A contradiction is reported with both places and never mended.

func (e *encoder) contradictions() {
	e.timeOrder()
	e.copiesSum()
	e.dateMismatch()
	e.numberingGap()
}

// moment is a date with a time that a line of the document gives.
type moment struct {
	what string
	when string // yyyy-mm-ddThh:mm:ss
	at   int
}

// timeOrder checks that a message was sent, received, deciphered and printed
// in this order.
func (e *encoder) timeOrder() {
	var order []moment
	add := func(what string, want func(*block) bool) {
		for _, d := range e.dated {
			if what == "received" && e.act(d.block, d.Span.Start) == "sent" {
				continue
			}
			if d.block.elem != nil && want(d.block) && d.When != "" {
				order = append(order, moment{what, d.When, d.Span.Start})
				return
			}
		}
	}
	typed := func(t string) func(*block) bool {
		return func(b *block) bool { return b.elem.Name == "ab" && b.elem.Get("type") == t }
	}
	add("received", typed("routing"))
	add("deciphered", typed("deciphered"))
	add("printed", typed("printed"))
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if before(b.when, a.when) {
			f := e.report(codeTimeOrder, b.at, "%s %s, before it was %s %s", b.what, clock(b.when), a.what, clock(a.when))
			e.related(f, a.at, "%s here", a.what)
		}
	}
	// sent after it was received
	if len(order) > 0 && order[0].what == "received" && len(e.messages) > 0 {
		for _, s := range e.messages[0].dates {
			for _, d := range e.dated {
				if s.Contains(d.Span) && d.When != "" && before(order[0].when, d.When) {
					f := e.report(codeTimeOrder, order[0].at, "received %s, before it was sent %s", clock(order[0].when), clock(d.When))
					e.related(f, d.Span.Start, "sent here")
				}
			}
		}
	}
}

// before compares two W3C dates as far as both go.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] < b[:n]
}

func clock(when string) string {
	if i := strings.IndexByte(when, 'T'); i > 0 && len(when) >= i+6 {
		return when[:i] + " " + when[i+1:i+6]
	}
	return when
}

// copiesSum checks that the copies sent and the copies filed make the copies
// printed.
func (e *encoder) copiesSum() {
	printed, at := 0, 0
	copies := map[int]bool{}
	var lists []int
	listed := 0
	for _, b := range e.placed {
		if b.elem == nil {
			continue
		}
		switch {
		case b.elem.Name == "ab" && b.elem.Get("type") == "disposition":
			if n := leadingCount(b.text); n > 0 {
				printed, at = n, b.span.Start
			}
			if i := strings.Index(strings.ToLower(b.text), "filed"); i > 0 {
				for _, m := range measures.Find(e.text, b.span) {
					if m.Kind == measures.Idno {
						addRange(copies, numbersOf(e.text[m.Span.Start:m.Span.End]))
						addRange(copies, furtherCopies(e.text[m.Span.End:b.span.End]))
					}
				}
			}
			if len(b.lines) > 1 && printed > 0 {
				sum := 0
				for _, l := range b.lines[1:] {
					sum += leadingCount(strings.TrimLeft(e.text[l.Start:l.End], "-–—• "))
				}
				if sum > 0 && sum != printed {
					e.report(codeCopiesSum, b.span.Start, "%d copies were made, but the copies listed add up to %d", printed, sum)
				}
				return
			}
		case b.elem.Name == "item" && b.zone == inHeader && b.elem.Get("n")+numbersPrefix(b.text) != "":
			if b.parent.Get("type") == "distribution" {
				addRange(copies, numbersPrefix(b.text))
				lists = append(lists, b.span.Start)
			}
		case b.elem.Name == "item" && b.zone == inProcessing:
			if b.parent.Get("type") == "distribution" {
				listed++
				if len(lists) == 0 {
					lists = append(lists, b.span.Start)
				}
			}
		}
	}
	if printed == 0 {
		return
	}
	n := len(copies)
	if n == 0 {
		n = listed
	}
	if n == 0 || n == printed {
		return
	}
	f := e.report(codeCopiesSum, at, "%d copies were printed, but the copies sent and filed add up to %d", printed, n)
	if len(lists) > 0 {
		e.related(f, lists[0], "the list of copies")
	}
}

// leadingCount is the number that s begins with, in figures or words, where it
// counts copies or stands alone before "for".
func leadingCount(s string) int {
	f := strings.Fields(s)
	for i, w := range f {
		if i > 3 {
			break
		}
		w = strings.ToLower(strings.Trim(w, ".,:;()"))
		n, err := strconv.Atoi(w)
		if err != nil {
			n = measures.Word(w)
		}
		if n > 0 && n < 1000 {
			return n
		}
	}
	return 0
}

// numbersPrefix is the numbers that a line begins with, behind their sign.
func numbersPrefix(s string) string {
	rest, ok := numberSign(s)
	if !ok {
		return ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(" ,-–\u00a0", r) })
	if end < 0 {
		end = len(rest)
	}
	return numbersOf(s[:len(s)-len(rest)+end])
}

// numbersOf keeps figures, strokes and commas.
func numbersOf(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9', r == ',':
			return r
		case r == '-', r == '–':
			return '-'
		}
		return -1
	}, s), "-,")
}

// furtherCopies are the numbers that go on behind the first with its sign: № 1-5
// sent, 6-9 filed.
func furtherCopies(s string) string {
	var out []string
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".,;")
		switch strings.ToLower(w) {
		case "sent", "filed", "and", "to", "file", "destroyed", "were", "are", "copies", "copy", "":
			continue
		}
		if strings.Trim(w, "0123456789-–") != "" {
			break
		}
		out = append(out, numbersOf(w))
	}
	return strings.Join(out, ",")
}

// addRange adds 3-11 or 1,2,5 to a set.
func addRange(set map[int]bool, s string) {
	for _, part := range strings.Split(s, ",") {
		a, b, ranged := strings.Cut(part, "-")
		lo, err := strconv.Atoi(a)
		if err != nil {
			continue
		}
		hi := lo
		if ranged {
			if hi, err = strconv.Atoi(b); err != nil || hi < lo || hi-lo > 500 {
				hi = lo
			}
		}
		for i := lo; i <= hi; i++ {
			set[i] = true
		}
	}
}

// dateMismatch compares the date of the front matter with the dates that the
// document gives itself.
func (e *encoder) dateMismatch() {
	head := e.header.Date.When
	if _, ok := e.page.Field("date"); len(head) != 10 || !ok {
		return
	}
	var first *dated
	for i := range e.dated {
		d := &e.dated[i]
		if d.block.elem == nil || d.Inferred.Year || d.Ambiguous || !e.ownDate(d) {
			continue
		}
		for _, v := range []string{d.When, d.NotBefore, d.From} {
			if len(v) >= 10 && v[:10] == head {
				return
			}
		}
		if v := d.When + d.NotBefore + d.From; first == nil && len(v) >= 10 {
			first = d
		}
	}
	if first == nil {
		return
	}
	f := e.report(codeDateMismatch, first.Span.Start, "the header dates the document %s, the text %s", head, (first.When + first.NotBefore + first.From)[:10])
	e.related(f, 0, "the header's date")
}

// ownDate says whether a date is one that the document gives itself: in its
// heading, its datelines, its particulars.
func (e *encoder) ownDate(d *dated) bool {
	b := d.block
	switch b.elem.Name {
	case "dateline":
		for _, m := range e.messages {
			if m.depth > 0 && m.elem.Src.Contains(b.span) {
				return false
			}
		}
		return b.zone != inAttachment
	case "head":
		return b.zone == inHeader
	case "ab":
		switch b.elem.Get("type") {
		case "documentType", "dateline", "time", "date", "routing":
			return b.zone == inHeader || b.zone == inOpener
		case "letterhead":
			return false
		}
	}
	return false
}

// numberingGap looks for a number left out in a run of numbered paragraphs.
func (e *encoder) numberingGap() {
	last, lastAt, depth := 0, 0, -1
	for _, b := range e.placed {
		if b.zone != inMessage {
			continue
		}
		if b.elem == nil || b.elem.Name != "p" {
			last = 0 // something left out may hold the number
			continue
		}
		if len(b.brackets) > 0 && b.brackets[0].Span == b.span {
			last = 0
			continue
		}
		l := numbered(b.text)
		n, err := strconv.Atoi(strings.Trim(l, ".()"))
		if err != nil || !strings.HasSuffix(l, ".") {
			continue
		}
		d := e.depthOf(b.span)
		if d != depth {
			depth, last = d, 0
		}
		if last > 0 && n > last+1 && n <= last+3 {
			f := e.report(codeNumberingGap, b.span.Start, "paragraph %d follows paragraph %d: a number is left out", n, last)
			e.related(f, lastAt, "paragraph %d", last)
		}
		if last > 0 || n == 1 {
			last, lastAt = n, b.span.Start
		}
	}
}

// depthOf is how many messages hold a span.
func (e *encoder) depthOf(s tei.Span) int {
	n := 0
	for _, m := range e.messages {
		if m.elem.Src.Contains(s) {
			n++
		}
	}
	return n
}
