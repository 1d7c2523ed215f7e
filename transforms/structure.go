package transforms

import (
	"strings"
	"unicode"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
	"sigla/transforms/source"
)

// Structure reads the blocks as a document: what the office put before the
// message, the message with its opener and closer, what was written about it
// afterwards, attachments, and the notes at the end (ENCODING, structure of
// the text). A page in which nothing of the kind is found is given as
// paragraphs, and a finding says so.

// structure builds the tree of blocks.
func (e *encoder) structure() {
	a := &assembler{page: e.text, at: e.page.Body.Start}
	e.asm = a
	e.body = a.open(tei.New("body"))
	blocks := e.blocks

	for i, b := range blocks[:min(len(blocks), 10)] {
		if isDocumentType(e, b) && capitals(b.text) {
			e.typed = true
			if e.header.Title == "" && i < 3 && e.genre.Genre == "" {
				e.setGenre(b.text) // MEMORANDUM OF CONVERSATION, on a page without a title
			}
		}
	}
	notes := e.noteBlock(blocks)
	main := blocks[:notes.start]
	e.findHead(main)
	typ, subtype := e.genreType()
	div := tei.New("div", "type", typ, "subtype", subtype, "xml:id", "text")
	a.open(div)
	if e.isMessageLike(main) {
		starts := e.attachmentStarts(main)
		end := len(main)
		e.attached = len(starts) > 0
		if e.attached {
			end = starts[0]
		}
		e.part(main[:end], div)
		for i, s := range starts {
			next := len(main)
			if i+1 < len(starts) {
				next = starts[i+1]
			}
			a.closeTo(div)
			e.attachment(main[s:next])
		}
	} else {
		e.layoutUnknown(main)
		e.plain(main)
	}
	a.closeTo(div)
	a.close()
	e.notes(notes, blocks)
	a.closeTo(e.body)
	a.skip(e.page.Body.End)
	a.close()
}

// part encodes the blocks of one document: header, message, processing.
func (e *encoder) part(bs []*block, div *tei.Elem) {
	cut := e.cuts(bs)
	if cut.header > 0 {
		e.service(bs[:cut.header], div)
	}
	if cut.message > cut.header || cut.processing > cut.message || cut.header == 0 {
		m := bs[cut.header:cut.processing]
		if len(m) > 0 {
			inner := div
			if cut.header > 0 && e.serviceDiv || cut.processing < len(bs) || e.attached {
				inner = e.asm.open(tei.New("div", "type", "message"))
				e.messages = append(e.messages, &message{elem: inner, depth: 0})
			} else {
				e.messages = append(e.messages, &message{elem: div, depth: 0})
			}
			e.message(m, e.messages[len(e.messages)-1], cut)
			if inner != div {
				e.asm.close()
			}
		}
	}
	if cut.processing < len(bs) {
		e.processing(bs[cut.processing:])
	}
}

// cuts are the places, as indices of blocks, where a document's parts begin.
type cuts struct {
	header     int // end of what stands before the message
	message    int // end of the opener within the message
	closer     int // begin of the closer
	processing int // begin of what follows the message
}

// cuts finds the parts of a document.
func (e *encoder) cuts(bs []*block) cuts {
	n := len(bs)
	// the drawn line before the office's own notes
	end := n
	for i := n - 1; i >= 0; i-- {
		if isRule(e, bs[i]) && i+1 < n && e.processingLike(bs[i+1:]) {
			end = i
			break
		}
	}
	// the first words of the message
	first := 0
	inList := false
	for first < end {
		b := bs[first]
		if e.startsMessage(b, first, bs[:end], inList) {
			break
		}
		k := e.kindOf(b, inHeader)
		inList = k != nil && (k.Name == "participants" || k.Name == "copies") || inList && k == nil && !b.prose()
		first++
	}
	// the opener: address, place, date and salutation before it
	open := first
	for open > 0 {
		b := bs[open-1]
		k := e.kindOf(b, inHeader)
		if k != nil && (k.Name == "salute" || k.Name == "dateline" && e.letterLike(bs[:open])) && (open-1 > 0 || k.Name == "salute" || e.genre.Genre == "letter" && open < n && e.is(bs[open], inHeader, "salute")) {
			open--
			continue
		}
		break
	}
	// a salutation further up takes what is between into the opener only where
	// nothing but opener stands there
	lastProse := first
	for i := first; i < end; i++ {
		if e.messageWords(bs[i]) {
			lastProse = i + 1
		}
	}
	if lastProse == first && first < end {
		lastProse = first + 1
	}
	closer := min(lastProse, end)
	for closer < end && !e.closerLike(bs, closer) && e.kindOf(bs[closer], inProcessing) == nil && led(e, bs[closer]) == "" && (e.frusHead || e.closerAhead(bs[closer:end])) {
		closer++ // a short sentence before the signature
	}
	after := closer
	for after < end && e.closerLike(bs, after) {
		after++
	}
	// closers that stand before the last prose belong to the message's words
	return cuts{header: open, message: first, closer: closer, processing: after}
}

// closerAhead says whether a signature stands within the next few blocks, and
// nothing that an office adds before it.
func (e *encoder) closerAhead(bs []*block) bool {
	for i := 1; i < len(bs) && i < 4; i++ {
		if e.is(bs[i], inCloser, "signature", "greeting") || e.signatureAndMore(bs[i]) {
			return true
		}
		if e.kindOf(bs[i], inProcessing) != nil {
			return false
		}
	}
	return false
}

// letterLike says whether a dateline belongs to an opener here: it stands after
// or beside an address, not among the service lines of a telegram.
func (e *encoder) letterLike(before []*block) bool {
	for i := len(before) - 1; i >= 0 && i >= len(before)-4; i-- {
		if e.is(before[i], inHeader, "salute") {
			return true
		}
	}
	return e.frusHead || e.genre.Genre == "letter"
}

// startsMessage says whether the message begins with the block at i.
func (e *encoder) startsMessage(b *block, i int, bs []*block, inList bool) bool {
	if e.quoteOpens(b) {
		return true
	}
	if e.frusHead && i <= e.headAt {
		return false
	}
	if e.columns(b) {
		return false
	}
	if k := e.kindOf(b, inHeader); k != nil {
		switch k.Name {
		case "rule", "bracket":
			return k.Name == "bracket" && e.frusHead && i > 1
		case "salute":
			return false
		}
		return false
	}
	if e.labelledLines(b) {
		return false
	}
	if numbered(b.text) != "" && (b.prose() || len(b.text) > 60) {
		return true
	}
	if _, _, ok := e.speaker(b); ok {
		return true
	}
	if inList && !b.prose() {
		return false
	}
	if led(e, b) != "" {
		return false
	}
	if len(b.text) < 90 {
		// a motto or a remark among the lines of the office
		for j := i + 1; j < len(bs) && j < i+7; j++ {
			if e.is(bs[j], inHeader, "classification", "copies", "copyItem", "routing", "copyNumber", "series") {
				return false
			}
		}
	}
	return b.prose() || len(b.text) > 200
}

// labelledLines says whether most lines of a block are particulars that an
// office puts at the head: who drafted, how many copies, the subject.
func (e *encoder) labelledLines(b *block) bool {
	if len(b.lines) < 3 || e.openAcross(b) {
		return false
	}
	n := 0
	for _, l := range b.lines {
		if l.Len() > 160 {
			continue
		}
		if k := e.kindOf(e.line(l), inHeader); k != nil {
			n++
		} else if _, rest, ok := labelOf(e.text[l.Start:l.End]); ok && rest != "" && l.Len() < 90 {
			n++
		}
	}
	if _, _, ok := e.speaker(b); ok {
		return false
	}
	return n*5 >= len(b.lines)*3
}

// led is the class of the bracket that a block begins with, where it is a label
// for what stands behind it: "[Handwritten]: to the archive".
func led(e *encoder, b *block) string {
	if len(b.brackets) == 0 || b.brackets[0].Span.Start != b.span.Start || b.brackets[0].Span == b.span {
		return ""
	}
	switch c := e.classify(b, 0).Class; c {
	case "handwritten", "stamp":
		return string(c)
	}
	return ""
}

// messageWords says whether b holds words of a message rather than something
// that stands under one.
func (e *encoder) messageWords(b *block) bool {
	if e.quoteOpens(b) || e.quoteCloses(b) || b.grid != nil {
		return true
	}
	if e.closerLines(b) {
		return false
	}
	if k := e.kindOf(b, inCloser|inProcessing); k != nil {
		if k.Name == "bracket" {
			i, ok := b.whole()
			return ok && omission(e.classify(b, i))
		}
		return false
	}
	if led(e, b) != "" || postscript(b.text) {
		return false
	}
	if _, _, ok := e.speaker(b); ok {
		return true
	}
	if isDistribution(e, b) {
		return false
	}
	return b.prose() || len(b.text) > 160 || numbered(b.text) != ""
}

// closerLike says whether the block at i goes on with the closer.
func (e *encoder) closerLike(bs []*block, i int) bool {
	b := bs[i]
	if postscript(b.text) {
		return i > 0 && e.closerLike(bs, i-1)
	}
	if e.closerLines(b) {
		return true
	}
	k := e.kindOf(b, inCloser)
	if k == nil {
		return e.signatureAndMore(b)
	}
	switch k.Name {
	case "rule":
		return false
	case "bracket":
		w, ok := b.whole()
		return ok && e.classify(b, w).Class == "presence"
	case "outgoing":
		// a number belongs to the closer only under a signature
		return i > 0 && e.closerKind(bs[i-1])
	}
	return true
}

// closerLines says whether a block of several lines is a greeting and a name, or
// the like, line by line.
func (e *encoder) closerLines(b *block) bool {
	if len(b.lines) < 2 || len(b.lines) > 5 || len(b.text) > 240 || e.openAcross(b) {
		return false
	}
	greeting := false
	for _, l := range b.lines {
		one := e.line(l)
		if e.is(one, inProcessing, "deciphered", "printed", "drafted", "verified", "disposition") {
			return false
		}
		k := e.kindOf(one, inCloser)
		if k == nil || k.Name == "bracket" || k.Name == "rule" {
			if k == nil && !e.signatureAndMore(one) || k != nil {
				return false
			}
			continue
		}
		greeting = greeting || k.Name == "greeting" || k.Name == "dateline"
	}
	return greeting
}

func (e *encoder) closerKind(b *block) bool {
	return e.closerLines(b) || e.is(b, inCloser, "signature", "dateline", "outgoing", "greeting") || e.signatureAndMore(b)
}

// signatureAndMore is a line such as MAO ZEDONG 0130 31 October.
func (e *encoder) signatureAndMore(b *block) bool {
	_, _, ok := e.nameAndDate(b.span)
	return ok
}

// nameAndDate cuts a line into a name and a date behind it.
func (e *encoder) nameAndDate(s tei.Span) (name, date tei.Span, found bool) {
	text := strings.TrimRight(e.text[s.Start:s.End], "\"”’»")
	if len(text) > 120 || strings.ContainsRune(text, '\n') {
		return
	}
	ds := e.datesIn(tei.Span{Start: s.Start, End: s.Start + len(text)})
	if len(ds) != 1 {
		return
	}
	d := ds[0].Span
	head, sep := strings.TrimRight(e.text[s.Start:d.Start], " ,;–—-"), e.text[s.Start:d.Start]
	name = tei.Span{Start: s.Start, End: s.Start + len(head)}
	if head == "" {
		// the date before the name
		tail := strings.Trim(e.text[d.End:s.Start+len(text)], " ,;–—-.")
		at := strings.Index(e.text[d.End:s.End], tail)
		if tail == "" || d.Start != s.Start || !capitals(tail) || !personLike(tail) {
			return
		}
		return tei.Span{Start: d.End + at, End: d.End + at + len(tail)}, d, true
	}
	if d.End < s.Start+len(strings.TrimRight(text, ". ")) || !personLike(head) {
		return
	}
	if !capitals(head) && (len(strings.Fields(head)) < 2 || strings.HasPrefix(sep[len(head):], ",")) {
		return // Berlin, 8 February is a dateline
	}
	if _, ok := e.lex.Find(lexicon.Place, head); ok {
		return
	}
	return name, d, true
}

// processingLike says whether blocks are the office's notes on a message.
func (e *encoder) processingLike(bs []*block) bool {
	hits, seen := 0, 0
	for _, b := range bs {
		if isRule(e, b) {
			continue
		}
		seen++
		if k := e.kindOf(b, inProcessing); k != nil && k.Name != "signature" {
			hits++
		} else if k == nil && b.prose() && len(b.text) > 200 {
			return false
		}
	}
	return hits > 0 && hits*3 >= seen
}

// isMessageLike says whether the page has the layout of an office's document.
func (e *encoder) isMessageLike(bs []*block) bool {
	if e.genre.Genre != "" || e.frusHead {
		return true
	}
	for i, b := range bs {
		if i > 24 {
			break
		}
		k := e.kindOf(b, inHeader)
		if k == nil {
			continue
		}
		switch k.Name {
		case "routing", "copies", "copyItem", "copyNumber":
			return true
		case "documentType":
			if capitals(b.text) && len(bs) > 2 && strings.ContainsAny(b.text, "0123456789") {
				return true
			}
		case "salute":
			text, _ := after(strings.TrimLeft(b.text, "\"“„«"), "my ")
			if _, ok := after(text, "dear"); ok && i < 12 && i+2 < len(bs) && !strings.ContainsRune(b.text, '[') {
				e.genre.Genre = "letter"
				e.asm.top().Set("type", "letter")
				return true
			}
			if i < 12 && len(bs) > i+1 && strings.HasSuffix(b.text, "!") {
				return true
			}
		}
	}
	return false
}

// findHead looks for the heading of a printed edition: a title, numbered or
// of the form "A to B", with a dateline under it.
func (e *encoder) findHead(bs []*block) {
	i := 0
	for i < len(bs) && (e.loneReference(bs[i]) || fileLine(bs[i])) {
		i++
	}
	if i+1 >= len(bs) || len(bs[i].lines) > 1 || len(bs[i].text) > 400 {
		return
	}
	title := bs[i].text
	if n := numbered(title); n != "" {
		title = strings.TrimSpace(title[len(n):])
	} else if !strings.HasPrefix(title, "The ") || !strings.Contains(title, " to ") || strings.HasSuffix(title, ".") {
		return
	}
	if prose(strings.TrimRight(stripBrackets(title), ". ")) && numbered(bs[i].text) == "" || !isDateline(e, bs[i+1]) {
		return
	}
	e.frusHead = true
	e.headAt = i
	for _, d := range e.datesIn(bs[i+1].span) {
		if len(d.When) >= 10 && d.When[0] != '-' {
			e.headDate = d.When[:10]
		}
	}
	if e.genre.Genre == "" {
		e.setGenre(stripBrackets(title))
	}
	if e.header.Title == "" {
		e.header.Title = stripBrackets(bs[i].text)
	}
}

// fileLine says whether a block is the number of a file, as printed editions put
// above a document: 661.00/3-452: Telegram.
func fileLine(b *block) bool {
	if len(b.lines) > 1 || len(b.text) > 60 || b.text[0] < '0' || b.text[0] > '9' {
		return false
	}
	number, _, _ := strings.Cut(b.text, " ")
	return strings.ContainsRune(number, '.') && strings.ContainsRune(number, '/') && !b.prose()
}

// loneReference says whether a block is a note's mark and nothing else.
func (e *encoder) loneReference(b *block) bool {
	i, ok := b.whole()
	return ok && noteLabel(e.text[b.brackets[i].Inner.Start:b.brackets[i].Inner.End])
}

// header encodes what stands before the message.
func (e *encoder) service(bs []*block, div *tei.Elem) {
	a := e.asm
	if e.frusHead && !e.serviceLines(bs) {
		e.printedHead(bs, div)
		return
	}
	e.serviceDiv = true
	sd := a.open(tei.New("div", "type", "serviceHeader"))
	e.decideAt("structure", "service", "div", bs[0].span, ledger.High)
	for i := 0; i < len(bs); {
		i += e.serviceLine(bs, i, sd)
	}
	a.closeTo(sd)
	a.close()
}

// serviceLines says whether any block is one that only an office writes.
func (e *encoder) serviceLines(bs []*block) bool {
	for _, b := range bs {
		if e.is(b, inHeader, "copies", "copyItem", "routing", "copyNumber", "series") {
			return true
		}
	}
	return false
}

// printedHead encodes the heading of a printed edition: notes without an
// anchor, the title, place and date, subject and participants.
func (e *encoder) printedHead(bs []*block, div *tei.Elem) {
	a := e.asm
	var opener *tei.Elem
	shut := func() {
		if opener != nil {
			a.closeTo(opener)
			a.close()
			opener = nil
		}
	}
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		k := e.kindOf(b, inHeader)
		switch {
		case i == e.headAt:
			e.leaf(b, tei.New("head"), "heading of a printed edition", "head", inHeader)
		case e.loneReference(b):
			e.bare(b, inHeader)
		case isDateline(e, b):
			if opener == nil {
				opener = a.open(tei.New("opener"))
			}
			e.leaf(b, tei.New("dateline"), "dateline", "dateline", inOpener)
		case k != nil && k.Name == "classification" && opener != nil:
			e.leaf(b, tei.New("seg", "type", "classification"), "classification", "seg", inHeader)
		case k != nil && (k.Name == "participants" || k.Name == "subject") && !strings.Contains(strings.TrimRight(b.text, ": "), " ") && i+1 < len(bs) && e.kindOf(bs[i+1], inHeader) == nil:
			shut()
			list := a.open(tei.New("list", "type", k.Name))
			e.leaf(b, tei.New("head"), k.Name, "head", inHeader)
			for i+1 < len(bs) && e.kindOf(bs[i+1], inHeader) == nil {
				i++
				e.leaf(bs[i], tei.New("item"), k.Name, "item", inHeader)
			}
			a.closeTo(list)
			a.close()
		default:
			shut()
			i += e.serviceLine(bs, i, div) - 1
		}
	}
	shut()
}

// serviceLine encodes the block at i, or the run that begins there, and
// returns how many blocks it took.
func (e *encoder) serviceLine(bs []*block, i int, div *tei.Elem) int {
	a := e.asm
	b := bs[i]
	if e.columns(b) {
		e.leaf(b, tei.New("ab", "type", "letterhead"), "columns", "ab", inHeader)
		return 1
	}
	k := e.kindOf(b, inHeader)
	if k == nil && len(b.lines) > 1 && e.mixedLines(b) {
		e.lines(b, div)
		return 1
	}
	if k != nil && k.Name == "documentType" && len(b.lines) > 1 && e.linesDiffer(b) {
		e.lines(b, div)
		return 1
	}
	if k == nil && e.headed && unicode.IsLower(firstRune(b.text)) && !words(div) {
		// the heading goes on
		e.leaf(b, tei.New("head", "type", "documentType"), "heading goes on", "head", inHeader)
		return 1
	}
	if k == nil {
		first := b.span.Start == e.blocks[0].span.Start
		if first || !words(div) && letterhead(b.text) {
			e.leaf(b, tei.New("fw", "type", "letterhead"), "letterhead", "fw", inHeader)
			e.letterheads = append(e.letterheads, b)
			return 1
		}
		if letterhead(b.text) && b.span.Start < e.blocks[min(3, len(e.blocks)-1)].span.Start {
			e.leaf(b, tei.New("ab", "type", "letterhead"), "letterhead", "ab", inHeader)
			return 1
		}
		e.leaf(b, tei.New("ab"), "service line of no known kind", "ab", inHeader)
		return 1
	}
	switch k.Name {
	case "documentType":
		e.headed = true
		if words(div) {
			e.leaf(b, tei.New("ab", "type", "documentType"), k.Name, "ab", inHeader)
		} else {
			e.leaf(b, tei.New("head", "type", "documentType"), k.Name, "head", inHeader)
		}
	case "copies":
		return e.copies(bs, i)
	case "copyItem":
		list := a.open(tei.New("list", "type", "distribution"))
		n := 0
		for i+n < len(bs) && e.is(bs[i+n], inHeader, "copyItem") {
			e.copyItem(bs[i+n].span, bs[i+n])
			n++
		}
		a.closeTo(list)
		a.close()
		return n
	case "participants":
		return e.participants(bs, i)
	case "labelled":
		label, _, _ := labelOf(b.text)
		e.leaf(b, tei.New("ab", "type", source.Slug(label)), k.Name, "ab", inHeader)
	case "salute":
		e.leaf(b, tei.New("ab", "type", "address"), k.Name, "ab", inOpener)
	case "dateline":
		e.leaf(b, tei.New("ab", "type", "dateline"), k.Name, "ab", inOpener)
	case "rule", "bracket":
		e.plainBlock(b, inHeader)
	case "made":
		e.leaf(b, tei.New("ab", "type", "disposition"), k.Name, "ab", inHeader)
	default:
		e.leaf(b, tei.New("ab", "type", k.Name), k.Name, "ab", inHeader)
	}
	return 1
}

// letterhead says whether s names a body, as the head of a letter does.
func letterhead(s string) bool {
	if capitals(s) {
		return true
	}
	low := strings.ToLower(s)
	for _, w := range []string{"embassy", "legation", "ministry", "committee", "directorate", "department", "party", "council", "office", "consulate", "bureau", "commission", "union", "mission", "government", "academy", "institute", "staff", "agency"} {
		if strings.Contains(low, w) {
			return !prose(s)
		}
	}
	return false
}

// mixedLines says whether the lines of a block are of several kinds, so that it
// must be cut.
func (e *encoder) mixedLines(b *block) bool {
	kinds, known := map[string]bool{}, 0
	for _, l := range b.lines {
		k := e.kindOf(e.line(l), inHeader)
		if k != nil && k.Name != "salute" {
			kinds[k.Name] = true
			known++
		} else {
			kinds[""] = true
		}
	}
	return known > 0 && len(kinds) > 1 && !e.openAcross(b)
}

func (e *encoder) linesDiffer(b *block) bool {
	for _, l := range b.lines[1:] {
		if k := e.kindOf(e.line(l), inHeader); k != nil && k.Name != "documentType" {
			return !e.openAcross(b)
		}
	}
	return false
}

// openAcross says whether a bracket of b spans lines.
func (e *encoder) openAcross(b *block) bool {
	for _, k := range b.brackets {
		if strings.Contains(e.text[k.Span.Start:k.Span.End], "\n") {
			return true
		}
	}
	return false
}

// lines encodes a block line by line; lines of no kind that follow each other
// stay together.
func (e *encoder) lines(b *block, div *tei.Elem) {
	const z = inHeader
	for i := 0; i < len(b.lines); {
		one := newBlock(e.text, b.lines[i:i+1])
		n := 1
		if e.kindOf(one, z) == nil {
			for i+n < len(b.lines) && e.kindOf(newBlock(e.text, b.lines[i+n:i+n+1]), z) == nil {
				n++
			}
			one = newBlock(e.text, b.lines[i:i+n])
		}
		e.serviceLine([]*block{one}, 0, div)
		i += n
	}
}

// columns says whether lines are set in columns: wide gaps in most of them.
func (e *encoder) columns(b *block) bool {
	n := 0
	for _, l := range b.lines {
		t := strings.ReplaceAll(e.text[l.Start:l.End], "\t", "    ")
		if strings.Contains(t, "    ") {
			n++
		}
	}
	return len(b.lines) > 1 && n*2 > len(b.lines)
}

// copies encodes "Copies:" and the items under it.
func (e *encoder) copies(bs []*block, i int) int {
	a := e.asm
	b := bs[i]
	list := a.open(tei.New("list", "type", "distribution"))
	head := newBlock(e.text, b.lines[:1])
	e.leaf(head, tei.New("head"), "copies", "head", inHeader)
	for _, l := range b.lines[1:] {
		e.copyItem(l, newBlock(e.text, []tei.Span{l}))
	}
	n := 1
	for i+n < len(bs) && e.is(bs[i+n], inHeader, "copyItem") {
		for _, l := range bs[i+n].lines {
			e.copyItem(l, newBlock(e.text, []tei.Span{l}))
		}
		n++
	}
	a.closeTo(list)
	a.close()
	return n
}

func (e *encoder) copyItem(s tei.Span, b *block) {
	item := tei.New("item")
	if rest, ok := numberSign(b.text); ok {
		num := strings.TrimSpace(b.text[:len(b.text)-len(rest)])
		num = num[strings.LastIndexFunc(num, func(r rune) bool { return !unicode.IsDigit(r) })+1:]
		if num != "" && !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") {
			item.Set("n", num)
		}
	}
	e.leaf(b, item, "copyItem", "item", inHeader)
}

// participants encodes a heading and the people under it.
func (e *encoder) participants(bs []*block, i int) int {
	a := e.asm
	b := bs[i]
	list := a.open(tei.New("list", "type", "participants"))
	label, rest, ok := labelOf(b.text)
	n := 1
	if ok && rest != "" {
		colon := b.span.Start + strings.IndexByte(b.text, ':') + 1
		e.leaf(newBlock(e.text, []tei.Span{{Start: b.span.Start, End: colon}}), tei.New("head"), "participants", "head", inHeader)
		e.entries(tei.Span{Start: colon, End: b.span.End})
	} else {
		_ = label
		head := newBlock(e.text, b.lines[:1])
		e.leaf(head, tei.New("head"), "participants", "head", inHeader)
		for _, l := range b.lines[1:] {
			e.leaf(newBlock(e.text, []tei.Span{l}), tei.New("item"), "participants", "item", inHeader)
		}
		for i+n < len(bs) {
			k := e.kindOf(bs[i+n], inHeader)
			if k != nil && !(k.Name == "participants" && strings.HasPrefix(strings.ToLower(bs[i+n].text), "from ")) || bs[i+n].prose() && !strings.Contains(bs[i+n].text, ";") || len(bs[i+n].text) > 300 {
				break
			}
			e.leaf(bs[i+n], tei.New("item"), "participants", "item", inHeader)
			n++
		}
	}
	a.closeTo(list)
	a.close()
	return n
}

// people makes an item of each entry of a list divided by semicolons or lines.
func (e *encoder) entries(s tei.Span) {
	text := e.text[s.Start:s.End]
	at := 0
	depth := 0
	flush := func(end int) {
		t := text[at:end]
		lead := len(t) - len(strings.TrimLeftFunc(t, space))
		t = strings.TrimSpace(t)
		if t == "" {
			return
		}
		p := s.Start + at + lead
		e.leaf(newBlock(e.text, []tei.Span{{Start: p, End: p + len(t)}}), tei.New("item"), "participants", "item", inHeader)
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[':
			depth++
		case ']':
			depth--
		case ';', '\n':
			if depth <= 0 {
				flush(i + 1)
				at = i + 1
			}
		}
	}
	flush(len(text))
}

// leaf puts a block into the tree as e and records the decision.
func (e *encoder) leaf(b *block, el *tei.Elem, rule, what string, z zone) *tei.Elem {
	b.elem, b.zone, b.parent = el, z, e.asm.top()
	e.placed = append(e.placed, b)
	e.asm.leaf(el, b.span)
	cert := ledger.High
	if strings.Contains(rule, "no known kind") {
		cert = ledger.Low
	}
	e.decideAt("structure", rule, what, b.span, cert)
	return el
}

// plainBlock encodes a block that may stand anywhere: a drawn line, a bracket
// on its own line, or a paragraph.
func (e *encoder) plainBlock(b *block, z zone) {
	if e.tableAllowed(b, z) {
		e.table(b, z)
		return
	}
	if isRule(e, b) {
		e.drawn(b.span, "section")
		return
	}
	if i, ok := b.whole(); ok || len(b.brackets) > 0 && isBracket(e, b) {
		v := e.classify(b, i)
		name, typ := "ab", ""
		switch v.Class {
		case "page", "translator-note", "footnote-ref":
			e.bare(b, z)
			return
		case "ellipsis":
			if dots(e.text[v.Open.End:b.span.End]) {
				e.bare(b, z)
				return
			}
			name = "p"
		case "excerpt", "noise", "unclassified", "illegible", "clarification", "subaudible":
			name = "p"
		case "stamp":
			typ = "stamp"
		case "service":
			typ = "service"
		default:
			typ = string(v.Class)
		}
		e.leaf(b, tei.New(name, "type", typ), "bracket on its own line", name, z)
		return
	}
	e.leaf(b, tei.New("p"), "paragraph", "p", z)
}

// drawn encodes a drawn line between two units.
func (e *encoder) drawn(s tei.Span, unit string) {
	line := e.text[s.Start:s.End]
	el := tei.New("milestone", "unit", unit, "type", "rule", "rend", line)
	el.Src = s
	e.asm.skip(s.Start)
	// @rend holds the line, so no rendition need bring it back
	el.Kids = []tei.Node{&tei.Mark{Value: line, Src: s, Layout: true}}
	e.asm.top().Kids = append(e.asm.top().Kids, el)
	e.asm.at = s.End
	e.decideAt("structure", "rule", "milestone", s, ledger.High)
}

// bare leaves a block without an element of its own: its bracket becomes one
// that may stand among blocks.
func (e *encoder) bare(b *block, z zone) {
	a := e.asm
	a.skip(b.span.Start)
	a.top().Kids = append(a.top().Kids, &tei.Text{Value: b.text, Src: b.span})
	a.at = b.span.End
	b.zone, b.parent = z, a.top()
	e.placed = append(e.placed, b)
}

// dots says whether s is nothing but points and brackets.
func dots(s string) bool { return strings.Trim(s, " .…-–—[]()\n\t\u00a0") == "" }

// plain gives a page of unknown layout as paragraphs.
func (e *encoder) plain(bs []*block) {
	speeches := e.speeches(bs)
	for i := 0; i < len(bs); i++ {
		n := e.numberedRun(bs, i)
		switch {
		case speeches[i]:
			e.speech(bs[i])
		case n > 1:
			e.items(bs[i : i+n])
			i += n - 1
		default:
			e.plainBlock(bs[i], inMessage)
		}
	}
}
