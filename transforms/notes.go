package transforms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// Footnotes: a mark in the text and a block of notes at the end. In TEI a note
// stands where its mark is; its place in the block is kept by an empty element
// that points at it, so that the page can be put together again.

// note is one entry of the block.
type note struct {
	label string
	mark  tei.Span // the label with its brackets
	body  []tei.Span
	used  bool
	place *tei.Elem // where it stands in the block
	ref   *tei.Elem // the note at the reference
	id    string
}

// noteBlock is the block of notes: blocks from start on, of which the first
// may be a drawn line and a heading.
type noteBlock struct {
	start, first int
	notes        []*note
}

// noteLabel says whether s is the mark of a note: a number, a letter, a small
// roman number, asterisks or daggers.
func noteLabel(s string) bool {
	if s == "" || len(s) > 8 {
		return false
	}
	digits, letters, signs := 0, 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case 'a' <= r && r <= 'z':
			letters++
		case strings.ContainsRune("*†‡", r):
			signs++
		default:
			return false
		}
	}
	switch {
	case digits > 0:
		return digits <= 3 && letters <= 1 && signs == 0
	case signs > 0:
		return letters == 0
	}
	return letters == 1 || strings.Trim(s, "ivxl") == ""
}

// labelled cuts the label "[n]" off a line of a note block.
func labelledNote(s string) (label string, rest int, ok bool) {
	if !strings.HasPrefix(s, "[") {
		return "", 0, false
	}
	i := strings.IndexByte(s, ']')
	if i < 2 || !noteLabel(s[1:i]) {
		return "", 0, false
	}
	return s[1:i], i + 1, true
}

// noteBlock finds the block of notes at the end of the page.
func (e *encoder) noteBlock(bs []*block) noteBlock {
	nb := noteBlock{start: len(bs), first: len(bs)}
	for i := len(bs) - 1; i > 0; i-- {
		_, rest, ok := labelledNote(bs[i].text)
		if ok && rest < len(bs[i].text) && strings.ContainsRune(" \t\u00a0", firstRune(bs[i].text[rest:])) {
			above := bs[i-1]
			heading := noteHeading(above.text)
			if isRule(e, above) || heading || nb.first == i+1 || nb.first < len(bs) || i == len(bs)-1 || e.refers(bs[:i], bs[i].text[1:rest-1]) {
				nb.first = i
				nb.start = i
				if isRule(e, above) {
					nb.start = i - 1
					break
				}
				if heading {
					nb.start = i - 1
					if i > 1 && isRule(e, bs[i-2]) {
						nb.start = i - 2
					}
					break
				}
				continue
			}
			break
		}
		if nb.first == len(bs) && len(bs)-i > 12 {
			break // no note among the last blocks
		}
		if isRule(e, bs[i]) {
			break
		}
	}
	if nb.first == len(bs) {
		return nb
	}
	// blocks between two labels belong to the note before them
	for _, b := range bs[nb.first:] {
		for _, part := range cutAtLabels(e.text, b) {
			t := e.text[part.Start:part.End]
			label, rest, ok := labelledNote(t)
			if ok {
				body := t[rest:]
				lead := len(body) - len(strings.TrimLeftFunc(body, space))
				n := &note{label: label, mark: tei.Span{Start: part.Start, End: part.Start + rest}}
				if lead < len(body) {
					n.body = []tei.Span{{Start: part.Start + rest + lead, End: part.End}}
				}
				nb.notes = append(nb.notes, n)
				continue
			}
			last := nb.notes[len(nb.notes)-1]
			last.body = append(last.body, part)
		}
	}
	e.noteOf = map[string]*note{}
	for _, n := range nb.notes {
		if _, twice := e.noteOf[n.label]; twice {
			f := e.report("notes/label-twice", n.mark.Start, "the note [%s] stands twice", n.label)
			e.related(f, e.noteOf[n.label].mark.Start, "the first")
			continue
		}
		e.noteOf[n.label] = n
	}
	return nb
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func noteHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " :*#_")) {
	case "notes", "note", "footnotes", "endnotes", "end notes", "references", "annotations", "remarks", "comments":
		return true
	}
	return false
}

// refers says whether one of the blocks has the mark [label].
func (e *encoder) refers(bs []*block, label string) bool {
	for _, b := range bs {
		if strings.Contains(b.text, "["+label+"]") {
			return true
		}
	}
	return false
}

// cutAtLabels divides a block whose lines begin notes of their own.
func cutAtLabels(page string, b *block) []tei.Span {
	var out []tei.Span
	for i, l := range b.lines {
		_, rest, ok := labelledNote(page[l.Start:l.End])
		if i == 0 || ok && rest < l.Len() {
			out = append(out, l)
			continue
		}
		out[len(out)-1].End = l.End
	}
	return out
}

// notes encodes the block at the end. Notes that the text refers to are
// written at their reference.
func (e *encoder) notes(nb noteBlock, bs []*block) {
	if nb.start == len(bs) {
		return
	}
	a := e.asm
	i := nb.start
	if isRule(e, bs[i]) {
		e.plainBlock(bs[i], inNotes)
		i++
	}
	div := a.open(tei.New("div", "type", "notes"))
	e.decideAt("structure", "notes", "div", tei.Span{Start: bs[nb.first].span.Start, End: bs[len(bs)-1].span.End}, ledger.High)
	if i < nb.first {
		e.leaf(bs[i], tei.New("head"), "notes", "head", inNotes)
	}
	for _, n := range nb.notes {
		end := n.mark.End
		if len(n.body) > 0 {
			end = n.body[len(n.body)-1].End
		}
		movable := len(n.body) > 0 && e.noteOf[n.label] == n && n.body[0].Start == n.mark.End+1 && e.text[n.mark.End] == ' ' && e.refers(bs[:nb.first], n.label)
		if movable {
			n.place = tei.New("ab", "type", "note")
		} else {
			n.place = tei.New("note", "n", n.label, "place", "end")
		}
		n.id = e.id("n")
		e.allNotes = append(e.allNotes, n)
		// white space before the note is not its own
		a.skip(n.mark.Start)
		a.open(n.place)
		a.mark(tei.Span{Start: n.mark.Start, End: n.mark.Start + 1}, "")
		a.mark(tei.Span{Start: n.mark.Start + 1, End: n.mark.End - 1}, "n")
		a.mark(tei.Span{Start: n.mark.End - 1, End: n.mark.End}, "")
		if !movable && len(n.body) > 0 && n.body[0].Start > n.mark.End {
			a.mark(tei.Span{Start: n.mark.End, End: n.body[0].Start}, "")
		}
		for _, s := range n.body {
			lines := splitLines(e.text, s)
			b := newBlock(e.text, lines)
			if len(n.body) > 1 {
				e.leaf(b, tei.New("p"), "note", "p", inNotes)
				continue
			}
			a.skip(s.Start)
			b.elem, b.zone = n.place, inNotes
			e.placed = append(e.placed, b)
			a.top().Kids = append(a.top().Kids, &tei.Text{Value: b.text, Src: b.span})
			a.at = b.span.End
		}
		a.closeTo(n.place)
		a.close()
		e.decideAt("structure", "note", "note", tei.Span{Start: n.mark.Start, End: end}, ledger.High)
	}
	a.closeTo(div)
	a.close()
}

// unusedNotes gives the notes that no mark in the text turned out to refer to
// their words back: they stay in their block.
func (e *encoder) unusedNotes() {
	for _, n := range e.allNotes {
		if n.place.Name != "ab" || n.used {
			continue
		}
		n.place.Name = "note"
		n.place.Attrs = nil
		n.place.Set("xml:id", n.id).Set("n", n.label).Set("place", "end")
		for _, k := range n.place.Kids {
			m, ok := k.(*tei.Mark)
			if !ok {
				break
			}
			m.Layout = false // the space behind the label
		}
		e.report("notes/no-mark", n.mark.Start, "no mark in the text refers to the note [%s]", n.label)
	}
}

// reference makes the element of a note's mark in the text: the note itself,
// or a pointer where it has been given already, is missing, or has a mark that
// is not written as in its block.
func (e *encoder) reference(label, mark string) *tei.Elem {
	n := e.noteOf[label]
	switch {
	case n == nil:
		return tei.New("ref", "type", "note", "n", label)
	case n.place.Name == "ab" && !n.used && mark == "["+label+"]":
		n.used = true
		n.ref = tei.New("note", "xml:id", n.id, "n", label, "place", "end")
		n.ref.Content = n.place
		n.place.Set("corresp", "#"+n.id)
		return n.ref
	}
	if n.place.Name == "note" {
		n.place.Set("xml:id", n.id)
	}
	return tei.New("ref", "type", "note", "n", label, "target", "#"+n.id)
}
