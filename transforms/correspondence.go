package transforms

import (
	"slices"
	"strings"

	"sigla/tei"
)

// Who wrote to whom, when, by which way: one correspDesc for each message, a
// forwarded one linked to the one that carries it (TEI P5, 2.4.6).

// correspondent genres have a sender and a receiver; records, minutes,
// protocols and diaries have not.
func correspondent(genre string) bool {
	for _, w := range []string{"telegram", "ciphergram", "letter", "note", "report", "cable", "message", "memorandum", "dispatch", "despatch", "circular"} {
		if strings.Contains(genre, w) {
			return !strings.Contains(genre, "conversation") && !strings.Contains(genre, "record") && !strings.Contains(genre, "discussion")
		}
	}
	return false
}

func (e *encoder) correspondence() {
	if len(e.messages) == 0 {
		return
	}
	outer := e.messages[0]
	if !correspondent(e.genre.Genre) && (e.genre.Genre != "" || len(outer.addressee) == 0) {
		// a document of another kind may still carry messages
		if len(e.messages) == 1 {
			return
		}
	}
	for _, m := range e.messages {
		m.id = e.messageID(m)
		m.correspID = "corresp-" + m.id
	}
	for _, m := range e.messages {
		e.header.Messages = append(e.header.Messages, e.describe(m))
	}
}

// describe gathers what the text says of one message.
func (e *encoder) describe(m *message) tei.Message {
	d := tei.Message{ID: m.correspID, Of: m.id}
	for _, s := range m.signed {
		n := len(d.Sent.Parties)
		d.Sent.Parties = signers(e.addParties(d.Sent.Parties, s), n, e.text[s.Start:s.End])
	}
	for _, s := range m.addressee {
		d.Received.Parties = e.addParties(d.Received.Parties, s)
	}
	for _, s := range m.copies {
		d.Copies = e.addParties(d.Copies, s)
	}
	for _, s := range m.dates {
		for _, x := range e.dated {
			if s.Contains(x.Span) && d.Sent.Date == nil && x.When != "" {
				d.Sent.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
			}
		}
		if d.Sent.Place == nil {
			d.Sent.Place = e.placeIn(s)
		}
	}
	for _, s := range m.outgoing {
		d.Sent.Idnos = append(d.Sent.Idnos, tei.Idno{Type: "outgoing", Text: strings.TrimSpace(strings.TrimLeft(e.text[s.Start:s.End], "№NºoOr°. \u00a0"))})
	}
	if m.depth == 0 {
		e.describeOuter(m, &d)
	} else {
		d.Received.Subtype = "to"
		d.Within = m.within.correspID
		e.describeInner(m, &d)
	}
	for _, a := range e.answered {
		if m.elem.Src.Contains(a.span) && e.inFirst(m, a.span) {
			d.ReplyTo = append(d.ReplyTo, tei.Reference{ID: a.id, Text: strings.Join(strings.Fields(e.text[a.span.Start:a.span.End]), " ")})
		}
	}
	for _, x := range e.messages {
		if x.within == m {
			d.Encloses = append(d.Encloses, x.correspID)
		}
	}
	d.Label = label(d)
	return d
}

// signers takes the bodies away that only say what a person who signs is head of;
// the parties from n on are of the signature s. Who signs for a body does not.
func signers(list []tei.Party, n int, s string) []tei.Party {
	if strings.HasPrefix(strings.ToLower(s), "for ") || strings.HasPrefix(strings.ToLower(s), "on behalf") ||
		!slices.ContainsFunc(list[n:], func(p tei.Party) bool { return p.Kind == "persName" }) {
		return list
	}
	return append(list[:n], slices.DeleteFunc(list[n:], func(p tei.Party) bool { return p.Kind == "orgName" })...)
}

// inFirst says whether a span lies in the first paragraph of a message, where a
// reply says to what it replies.
func (e *encoder) inFirst(m *message, s tei.Span) bool {
	for _, b := range e.placed {
		if b.elem != nil && b.elem.Name == "p" && m.elem.Src.Contains(b.span) {
			return b.span.Contains(s)
		}
	}
	return false
}

// describeOuter adds what stands outside the message: the service lines, the
// stamps, the title.
func (e *encoder) describeOuter(m *message, d *tei.Message) {
	for _, b := range e.placed {
		if b.elem == nil {
			continue
		}
		switch {
		case b.elem.Name == "ab" && b.elem.Get("type") == "routing":
			if d.Sent.Place == nil {
				d.Sent.Place = e.placeIn(b.span)
			}
			for _, x := range e.dated {
				if x.block == b && x.When != "" && d.Sent.Date == nil && e.act(b, x.Span.Start) == "sent" {
					d.Sent.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
				}
				if x.block == b && x.When != "" && d.Transmitted == nil && e.act(b, x.Span.Start) == "received" {
					d.Transmitted = &tei.Action{Subtype: "cipher", Date: &tei.Dated{Text: "received " + e.text[x.Span.Start:x.Span.End], When: x.When}}
					if p := e.letterheadParty(); p != nil {
						d.Transmitted.Parties = []tei.Party{*p}
					}
					d.Received.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When[:10]}
				}
			}
		case isDistribution(e, b) && (b.zone == inProcessing || b.zone == inHeader) && b.elem.Get("type") == "distribution":
			low := strings.ToLower(b.text)
			if strings.HasPrefix(low, "cc") || strings.HasPrefix(low, "cop") || strings.HasPrefix(low, "c.c") {
				d.Copies = e.addParties(d.Copies, b.span)
			}
		case b.elem.Get("type") == "address" && b.zone != inAttachment:
			d.Received.Parties = e.addParties(d.Received.Parties, b.span)
		case b.elem.Get("type") == "dateline" && b.zone != inAttachment && b.zone != inProcessing || b.elem.Name == "dateline" && m.elem.Src.Contains(b.span) && b.zone == inOpener:
			e.sentHere(b, d)
		}
	}
	if d.Sent.Date == nil {
		// the one date among the lines above the message
		for _, x := range e.dated {
			if b := x.block; b.zone == inHeader && b.elem != nil && b.elem.Get("type") != "stamp" && len(x.When) >= 10 && !e.inBracket(x.Span) && x.When[:10] == e.header.Date.When {
				d.Sent.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
				break
			}
		}
	}
	if d.Received.Date == nil {
		e.receiptStamp(d)
	}
	if len(d.Sent.Parties) == 0 {
		d.Sent.Parties = e.titleParties(e.genre.From)
	}
	if len(d.Received.Parties) == 0 {
		d.Received.Parties = e.titleParties(e.genre.To)
	}
	if d.Sent.Place == nil && e.genre.Place != "" {
		d.Sent.Place = &tei.Party{Kind: "placeName", Text: e.genre.Place}
	}
	if d.Sent.Place == nil {
		// the place of a letterhead
		for _, b := range e.placed {
			if b.elem != nil && b.elem.Get("type") == "letterhead" {
				if d.Sent.Place = e.placeIn(b.span); d.Sent.Place != nil {
					break
				}
			}
		}
	}
	if d.Sent.Date == nil && e.header.Date.When != "" {
		date := e.header.Date
		d.Sent.Date = &date
	}
}

func (e *encoder) sentHere(b *block, d *tei.Message) {
	for _, x := range e.dated {
		if x.block == b && d.Sent.Date == nil && x.When != "" {
			d.Sent.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
		}
	}
	if d.Sent.Place == nil {
		d.Sent.Place = e.placeIn(b.span)
	}
}

// describeInner adds what the message around says of a forwarded one.
func (e *encoder) describeInner(m *message, d *tei.Message) {
	// the paragraph before it: "a message which X handed over to me on 30 January"
	var cover *block
	for _, b := range e.placed {
		if b.span.End <= m.elem.Src.Start || b.span.Start < m.elem.Src.Start && b.elem != nil && b.elem.Name == "p" {
			if b.elem != nil && b.elem.Name == "p" {
				cover = b
			}
		}
	}
	if cover == nil || d.Sent.Date != nil {
		return
	}
	for _, x := range e.dated {
		if x.block == cover && len(x.When) >= 10 {
			d.Sent.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
		}
	}
}

// receiptStamp takes the date of receipt from a stamp.
func (e *encoder) receiptStamp(d *tei.Message) {
	for _, x := range e.dated {
		s := e.stampAround(x.Span)
		if s == nil || len(x.When) < 10 {
			continue
		}
		low := strings.ToLower(e.text[s.Src.Start:s.Src.End])
		for _, w := range []string{"receipt", "received", "arrived", "registry", "registration", "incoming", "entered"} {
			if strings.Contains(low, w) {
				d.Received.Date = &tei.Dated{Text: e.text[x.Span.Start:x.Span.End], When: x.When}
				return
			}
		}
	}
}

// stampAround is the stamp that holds a span.
func (e *encoder) stampAround(s tei.Span) *tei.Elem {
	var out *tei.Elem
	e.body.Walk(func(x, _ *tei.Elem) bool {
		if x.Name == "stamp" && x.Src.Contains(s) {
			out = x
		}
		return x.Src.Contains(s)
	})
	return out
}

// inBracket says whether a span lies in a bracket.
func (e *encoder) inBracket(s tei.Span) bool {
	in := false
	e.body.Walk(func(x, _ *tei.Elem) bool {
		if x.Src.Contains(s) && strings.HasPrefix(x.Get("ana"), "#brk.") {
			in = true
		}
		return x.Src.Contains(s)
	})
	return in
}

// addParties adds the persons and bodies that the tree has in a span.
func (e *encoder) addParties(list []tei.Party, s tei.Span) []tei.Party {
	e.body.Walk(func(x, parent *tei.Elem) bool {
		if x.Src.End <= s.Start || x.Src.Start >= s.End {
			return false
		}
		if x.Name == "gloss" || x.Name == "note" {
			return false
		}
		if (x.Name == "persName" || x.Name == "orgName") && s.Contains(x.Src) {
			p := e.party(x)
			for _, q := range list {
				if q.Ref == p.Ref && q.Ref != "" || q.Text == p.Text {
					return false
				}
			}
			list = append(list, p)
			return false
		}
		return true
	})
	return list
}

// placeIn is the first place of a span.
func (e *encoder) placeIn(s tei.Span) *tei.Party {
	var out *tei.Party
	e.body.Walk(func(x, _ *tei.Elem) bool {
		if x.Src.End <= s.Start || x.Src.Start >= s.End || out != nil {
			return false
		}
		if x.Name == "placeName" && s.Contains(x.Src) {
			p := e.party(x)
			out = &p
		}
		return true
	})
	return out
}

// label names a message in a line.
func label(d tei.Message) string {
	var b strings.Builder
	names := func(l []tei.Party) {
		for i, p := range l {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(p.Text)
		}
	}
	names(d.Sent.Parties)
	if len(d.Received.Parties) > 0 {
		b.WriteString(" to ")
		names(d.Received.Parties)
	}
	if d.Sent.Date != nil {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strings.Join(strings.Fields(d.Sent.Date.Text), " "))
	}
	if b.Len() == 0 {
		return "message"
	}
	return strings.TrimSpace(b.String())
}
