package transforms

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/brackets/english"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// A message is an opener, its words, and a closer; one message may carry
// another within quotation marks, and that one a third.

// message is one act of correspondence as the text has it.
type message struct {
	elem              *tei.Elem // the div or floatingText
	depth             int
	within            *message
	addressee, copies []tei.Span // lines that name them
	signed            []tei.Span
	dates             []tei.Span // datelines
	outgoing          []tei.Span
	id, correspID     string
}

// message encodes the blocks of one message; cut's indices count from the
// document's first block, m begins at cut.header.
func (e *encoder) message(m []*block, msg *message, cut cuts) {
	openerEnd := cut.message - cut.header
	closerStart := cut.closer - cut.header
	if openerEnd > 0 {
		e.opener(m[:openerEnd], msg)
	}
	e.paragraphs(m[openerEnd:closerStart], msg)
	if closerStart < len(m) {
		e.closer(m[closerStart:], msg)
	}
}

// opener encodes address, dateline and salutation.
func (e *encoder) opener(bs []*block, msg *message) {
	a := e.asm
	if words(a.top()) {
		// nothing may stand before an opener; the lines stay lines
		for _, b := range bs {
			e.leaf(b, tei.New("ab", "type", "address"), "address", "ab", inOpener)
			msg.addressee = append(msg.addressee, b.span)
		}
		return
	}
	op := a.open(tei.New("opener"))
	for _, b := range bs {
		k := e.kindOf(b, inOpener)
		switch {
		case k != nil && k.Name == "dateline":
			e.leaf(b, tei.New("dateline"), "dateline", "dateline", inOpener)
			msg.dates = append(msg.dates, b.span)
		case k != nil && k.Name == "bracket":
			e.leaf(b, tei.New("seg", "type", "bracket"), "bracket on its own line", "seg", inOpener)
		case isDistribution(e, b):
			e.leaf(b, tei.New("seg", "type", "distribution"), "distribution", "seg", inOpener)
			msg.copies = append(msg.copies, b.span)
		default:
			e.leaf(b, tei.New("salute"), "salute", "salute", inOpener)
			msg.addressee = append(msg.addressee, b.span)
		}
	}
	a.closeTo(op)
	a.close()
}

// words encodes the paragraphs of a message: speeches, numbered items,
// forwarded messages, headings, paragraphs.
func (e *encoder) paragraphs(bs []*block, msg *message) {
	speeches := e.speeches(bs)
	for i := 0; i < len(bs); {
		b := bs[i]
		if e.tableAllowed(b, inMessage) {
			e.table(b, inMessage)
			i++
			continue
		}
		if n := e.forwarded(bs, i, msg); n > 0 {
			i += n
			continue
		}
		if speeches[i] {
			e.speech(b)
			i++
			continue
		}
		if n := e.numberedRun(bs, i); n > 1 {
			e.items(bs[i : i+n])
			i += n
			continue
		}
		if e.is(b, inCloser, "signature") && !b.prose() && msg.elem.Name == "div" && i > 0 && e.signatureInside(bs, i) {
			e.leaf(b, tei.New("ab", "type", "signature"), "signature inside the text", "ab", inCloser)
			msg.signed = append(msg.signed, b.span)
			i++
			continue
		}
		e.plainBlock(b, inMessage)
		i++
	}
}

// signatureInside is kept for texts in which a body signs in the middle; a lone
// capitalised line is not enough.
func (e *encoder) signatureInside(bs []*block, i int) bool {
	for _, k := range bs[i].brackets {
		if v := strings.ToLower(e.text[k.Inner.Start:k.Inner.End]); strings.HasPrefix(v, "sign") {
			return true
		}
	}
	return false
}

// numbered is the number that s begins with, with its point or bracket: "1.",
// "2)", "a)", "(b)".
func numbered(s string) string {
	i := 0
	if strings.HasPrefix(s, "(") {
		i = 1
	}
	j := i
	for j < len(s) && j-i < 4 && '0' <= s[j] && s[j] <= '9' {
		j++
	}
	if j == i && j < len(s) && 'a' <= s[j] && s[j] <= 'z' {
		j++
		if j < len(s) && s[j] != ')' {
			return ""
		}
	}
	if j == i || j >= len(s) || s[j] != '.' && s[j] != ')' || i == 1 && s[j] != ')' {
		return ""
	}
	j++
	if j == len(s) {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(s[j:]); !unicode.IsSpace(r) && r != '"' && r != '/' {
		return ""
	}
	return s[:j]
}

// style tells numbers of different lists apart: 1. and 1) and a) and (a).
func style(label string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			return '1'
		case unicode.IsLetter(r):
			return 'a'
		}
		return r
	}, strings.TrimLeft(strings.TrimRight(label, "0123456789"), "0123456789"))
}

// numberedRun counts the blocks from i on that are one numbered list; lists of
// another style may stand within it.
func (e *encoder) numberedRun(bs []*block, i int) int {
	first := numbered(bs[i].text)
	if first == "" {
		return 0
	}
	n := 1
	for j := i + 1; j < len(bs); j++ {
		l := numbered(bs[j].text)
		if l == "" || bs[j].grid != nil || e.quoteOpens(bs[j]) {
			break
		}
		if style(l) == style(first) {
			n = j - i + 1
		}
	}
	return n
}

// items encodes a numbered list. The numbers stay where they stand, in the
// text.
func (e *encoder) items(bs []*block) {
	a := e.asm
	first := style(numbered(bs[0].text))
	list := a.open(tei.New("list", "rend", "numbered"))
	e.decideAt("structure", "numbered list", "list", tei.Span{Start: bs[0].span.Start, End: bs[len(bs)-1].span.End}, ledger.High)
	for i := 0; i < len(bs); {
		item := a.open(tei.New("item", "n", strings.Trim(numbered(bs[i].text), ".()")))
		e.plainBlock(bs[i], inMessage)
		n := 1
		for i+n < len(bs) && style(numbered(bs[i+n].text)) != first {
			n++
		}
		if n > 1 {
			e.items(bs[i+1 : i+n])
		}
		a.closeTo(item)
		a.close()
		i += n
	}
	a.closeTo(list)
	a.close()
}

// speakerLabel cuts a speech at the name that it begins with: "Envoy Lindholm:"
// or "CDE. BELOV." or "CDE. BELOV (from his seat)."; n is the length of the
// label with its mark.
func (e *encoder) speakerLabel(s string) (label string, n int) {
	if l, rest, ok := labelOf(s); ok && rest != "" {
		return l, len(l) + 1
	}
	// Q.: and A.:
	for _, q := range []string{"Q", "A"} {
		if rest, ok := strings.CutPrefix(s, q); ok {
			t := strings.TrimPrefix(rest, ".")
			if u, ok := strings.CutPrefix(t, ":"); ok || t != rest && strings.HasPrefix(t, " ") {
				if strings.TrimSpace(u) != "" {
					return q, len(s) - len(u)
				}
			}
		}
	}
	_, h := e.honorific(s)
	if h == 0 {
		return "", 0
	}
	const marks = ".:(—\n"
	i := h + strings.IndexAny(s[h:]+"\n", marks)
	for i < len(s) && s[i] == '.' && i > 0 && initial(s[h:i]) {
		// the point of an initial
		j := strings.IndexAny(s[i+1:]+"\n", marks)
		i += 1 + j
	}
	if i >= len(s) || i-h > 40 || s[i] == '\n' {
		return "", 0
	}
	name := strings.TrimSpace(s[h:i])
	dash := strings.HasPrefix(s[i:], "—")
	colon := s[i] == ':'
	if s[i] == '(' { // Mr. Sasaki (hereafter Sasaki):
		_, behind, _ := strings.Cut(s[i:], ")")
		colon = strings.HasPrefix(behind, ":")
	}
	if name == "" || !capitals(name) && !colon && !dash || !personLike(name) || strings.ContainsAny(name, ",;") {
		return "", 0
	}
	label = s[:h] + s[h:i]
	if dash {
		i += len("—")
	} else if s[i] == '(' {
		j := strings.IndexByte(s[i:], ')')
		if j < 0 || j > 80 {
			return "", 0
		}
		i += j + 1
		if i < len(s) && (s[i] == '.' || s[i] == ':') {
			i++
		}
	} else {
		i++
	}
	if strings.TrimSpace(s[i:]) == "" {
		return "", 0
	}
	return strings.TrimSpace(label), i
}

// initial says whether s ends with a single capital.
func initial(s string) bool {
	s = strings.TrimSpace(s)
	w := s[strings.LastIndexAny(s, " .")+1:]
	return len([]rune(w)) == 1
}

// speaker cuts a speech into the speaker's name, with the mark behind it, and
// the words.
func (e *encoder) speaker(b *block) (label string, rest tei.Span, ok bool) {
	if e.labelCount == nil {
		e.labelCount = map[string]int{}
		for _, x := range e.blocks {
			if l, n := e.speakerLabel(x.text); n > 0 {
				e.labelCount[l]++
			}
		}
	}
	l, n := e.speakerLabel(b.text)
	if n == 0 || e.labelCount[l] < 2 && !e.knownSpeaker(l) || !speakerLike(speakerName(l)) {
		return "", tei.Span{}, false
	}
	low := strings.ToLower(l)
	for _, x := range labels {
		if low == x && e.labelCount[l] < 2 { // a chairman may speak
			return "", tei.Span{}, false
		}
	}
	if isParticipants(e, b) || isSubject(e, b) || isDistribution(e, b) {
		return "", tei.Span{}, false
	}
	at := b.span.Start + n
	at += len(e.text[at:b.span.End]) - len(strings.TrimLeftFunc(e.text[at:b.span.End], space))
	return b.text[:n], tei.Span{Start: at, End: b.span.End}, true
}

// speakerName is a label without what stands behind the name in parentheses.
func speakerName(l string) string {
	if i := strings.IndexByte(l, '('); i > 0 && strings.HasSuffix(l, ")") {
		return strings.TrimSpace(l[:i])
	}
	return l
}

// speakerLike says whether a label could name somebody.
func speakerLike(l string) bool {
	for _, w := range strings.Fields(l) {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(r) {
			continue
		}
		switch w {
		case "of", "the", "de", "von", "and", "van", "for":
			continue
		}
		return false
	}
	return true
}

// knownSpeaker says whether one whose label stands once is a speaker: by an
// honorific or an office, where others speak, or by a name of the page in a
// document of what people said.
func (e *encoder) knownSpeaker(l string) bool {
	l = speakerName(l)
	honoured, again := 0, false
	for x, c := range e.labelCount {
		if x = speakerName(x); speakerLike(x) {
			again = again || c > 1
			if e.honoured(x) {
				honoured++
			}
		}
	}
	if e.honoured(l) {
		return again || honoured > 1 // each speaks once
	}
	// who speaks once, and is named elsewhere
	last := l[strings.LastIndexByte(l, ' ')+1:]
	return again && conversational(e.genre.Genre) && personLike(l) && !english.Is(strings.ToLower(last)) && strings.Count(e.text, last) > 1
}

// honoured says whether a label is an honorific or an office with a name.
func (e *encoder) honoured(l string) bool {
	_, n := e.honorific(l + " ")
	if n == 0 {
		_, n = e.lex.Longest(lexicon.Role, l)
	}
	return n > 0 && strings.TrimSpace(l[min(n, len(l)):]) != ""
}

// conversational genres are what people said.
func conversational(genre string) bool {
	for _, w := range []string{"conversation", "minutes", "record", "transcript", "stenogram", "protocol"} {
		if strings.Contains(genre, w) {
			return true
		}
	}
	return false
}

// speeches says which blocks are speeches: at least two in all.
func (e *encoder) speeches(bs []*block) map[int]bool {
	out := map[int]bool{}
	for i, b := range bs {
		if _, _, ok := e.speaker(b); ok {
			out[i] = true
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// speech encodes one speech.
func (e *encoder) speech(b *block) {
	a := e.asm
	l, rest, _ := e.speaker(b)
	sp := a.open(tei.New("sp"))
	end := b.span.Start + len(l)
	head := newBlock(e.text, []tei.Span{{Start: b.span.Start, End: end}})
	e.leaf(head, tei.New("speaker"), "speaker", "speaker", inMessage)
	e.leaf(newBlock(e.text, []tei.Span{rest}), tei.New("p"), "speech", "p", inMessage)
	a.closeTo(sp)
	a.close()
	e.speakers = append(e.speakers, speakerOf{elem: sp, span: tei.Span{Start: b.span.Start, End: end - 1}})
}

type speakerOf struct {
	elem *tei.Elem
	span tei.Span
}

// closer encodes greeting, signature, number and date.
func (e *encoder) closer(bs []*block, msg *message) {
	a := e.asm
	var open *tei.Elem
	shut := func() {
		if open != nil {
			a.closeTo(open)
			a.close()
			open = nil
		}
	}
	for _, b := range bs {
		name := "closer"
		if postscript(b.text) {
			name = "postscript"
		}
		if open == nil || open.Name != name {
			shut()
			open = a.open(tei.New(name))
		}
		if name == "postscript" {
			e.leaf(b, tei.New("p"), "postscript", "p", inCloser)
			continue
		}
		e.closerLine(b, msg)
	}
	shut()
}

// postscript says whether s begins as one.
func postscript(s string) bool {
	for _, p := range []string{"P.S", "P. S", "PS:", "PS.", "P.P.S", "Postscript"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func (e *encoder) closerLine(b *block, msg *message) {
	if name, date, ok := e.nameAndDate(b.span); ok {
		first, second := name, date
		if date.Start < name.Start {
			first, second = date, name
		}
		for _, s := range []tei.Span{first, second} {
			el := "signed"
			if s == date {
				el = "dateline"
			}
			e.leaf(newBlock(e.text, []tei.Span{s}), tei.New(el), "signature and date", el, inCloser)
		}
		msg.signed = append(msg.signed, name)
		msg.dates = append(msg.dates, date)
		if rest := (tei.Span{Start: second.End, End: b.span.End}); strings.TrimSpace(e.text[rest.Start:rest.End]) != "" {
			e.leaf(newBlock(e.text, []tei.Span{rest}), tei.New("seg"), "rest of a closer", "seg", inCloser)
		}
		return
	}
	if len(b.lines) > 1 && !e.openAcross(b) && e.linesDifferIn(b, inCloser) {
		for _, l := range b.lines {
			e.closerLine(newBlock(e.text, []tei.Span{l}), msg)
		}
		return
	}
	k := e.kindOf(b, inCloser)
	name := "signed"
	if k != nil {
		switch k.Name {
		case "dateline":
			e.leaf(b, tei.New("dateline"), "dateline", "dateline", inCloser)
			msg.dates = append(msg.dates, b.span)
			return
		case "greeting":
			e.leaf(b, tei.New("salute"), "greeting", "salute", inCloser)
			return
		case "outgoing":
			e.leaf(b, tei.New("idno", "type", "outgoing"), "number under the signature", "idno", inCloser)
			msg.outgoing = append(msg.outgoing, b.span)
			return
		}
	}
	e.leaf(b, tei.New(name), "signature", "signed", inCloser)
	msg.signed = append(msg.signed, b.span)
}

// linesDifferIn says whether the lines of b are of more than one kind.
func (e *encoder) linesDifferIn(b *block, z zone) bool {
	kinds := map[string]bool{}
	for _, l := range b.lines {
		name := "signature"
		if k := e.kindOf(e.line(l), z); k != nil && k.Name != "bracket" {
			name = k.Name
		}
		kinds[name] = true
	}
	return len(kinds) > 1 || !kinds["signature"] && len(b.lines) > 1 && z != inCloser
}

// processing encodes what the office wrote about a message.
func (e *encoder) processing(bs []*block) {
	a := e.asm
	var div *tei.Elem
	shut := func() {
		if div != nil {
			a.closeTo(div)
			a.close()
			div = nil
		}
	}
	for i := 0; i < len(bs); i++ {
		b := bs[i]
		if isRule(e, b) {
			shut()
			e.plainBlock(b, inProcessing)
			continue
		}
		if div != nil && closed(div) {
			shut()
		}
		if div == nil {
			div = a.open(tei.New("div", "type", "processing"))
			e.decideAt("structure", "processing", "div", b.span, ledger.High)
		}
		i += e.processingLine(bs, i) - 1
	}
	shut()
}

func (e *encoder) processingLine(bs []*block, i int) int {
	b := bs[i]
	k := e.kindOf(b, inProcessing)
	if n := e.distributed(b); n > 0 {
		list := e.asm.open(tei.New("list", "type", "distribution"))
		e.leaf(newBlock(e.text, b.lines[:1]), tei.New("head"), "distribution", "head", inProcessing)
		for _, l := range b.lines[1:n] {
			one := newBlock(e.text, []tei.Span{l})
			e.leaf(one, tei.New("item", "n", copyNumber(one.text)), "distribution", "item", inProcessing)
		}
		e.asm.closeTo(list)
		e.asm.close()
		for _, l := range b.lines[n:] {
			e.processingLine([]*block{newBlock(e.text, []tei.Span{l})}, 0)
		}
		return 1
	}
	if isMade(e, b) {
		// how many copies, and a line for whom each
		e.leaf(b, tei.New("ab", "type", "disposition"), "made", "ab", inProcessing)
		return 1
	}
	if len(b.lines) > 1 && (k == nil || k.Name != "bracket") && !e.openAcross(b) && (e.linesDifferIn(b, inProcessing) || e.listsCopies(b)) {
		var lines []*block
		for _, l := range b.lines {
			lines = append(lines, newBlock(e.text, []tei.Span{l}))
		}
		for j := 0; j < len(lines); {
			j += e.processingLine(lines, j)
		}
		return 1
	}
	if t := led(e, b); t != "" && k == nil {
		e.leaf(b, tei.New("ab", "type", t), "bracket as a label", "ab", inProcessing)
		return 1
	}
	if k == nil {
		if list := e.dashList(bs, i); list > 1 {
			e.distributionList(bs[i : i+list])
			return list
		}
		if b.prose() {
			e.leaf(b, tei.New("p"), "paragraph after the message", "p", inProcessing)
		} else {
			e.leaf(b, tei.New("ab"), "line of no known kind", "ab", inProcessing)
		}
		return 1
	}
	switch k.Name {
	case "bracket", "rule":
		e.plainBlock(b, inProcessing)
	case "copies", "copyItem":
		e.leaf(b, tei.New("ab", "type", "distribution"), k.Name, "ab", inProcessing)
	case "dateline":
		e.leaf(b, tei.New("ab", "type", "dateline"), k.Name, "ab", inProcessing)
	case "made":
		e.leaf(b, tei.New("ab", "type", "disposition"), k.Name, "ab", inProcessing)
	case "verified", "signature":
		// the name may stand on the next line
		s, n := b.span, 1
		if k.Name == "verified" && i+1 < len(bs) && isSignature(e, bs[i+1]) && !strings.ContainsAny(b.text, "(/[") {
			s.End, n = bs[i+1].span.End, 2
		}
		var lines []tei.Span
		for _, x := range bs[i : i+n] {
			lines = append(lines, x.lines...)
		}
		one := newBlock(e.text, lines)
		if n > 1 {
			// brackets are read paragraph by paragraph
			one.brackets = append(append(one.brackets[:0:0], b.brackets...), bs[i+1].brackets...)
		}
		cl := e.asm.open(tei.New("closer"))
		e.leaf(one, tei.New("signed"), k.Name, "signed", inProcessing)
		e.asm.closeTo(cl)
		e.asm.close()
		_ = s
		return n
	default:
		e.leaf(b, tei.New("ab", "type", k.Name), k.Name, "ab", inProcessing)
	}
	return 1
}

// dashList counts the blocks from i on that are entries of a list: "1 - the
// Minister", "- to file", "1. Cde. Orlov".
func (e *encoder) dashList(bs []*block, i int) int {
	n := 0
	for i+n < len(bs) && listEntry(bs[i+n].text) {
		n++
	}
	return n
}

// listsCopies says whether lines of b, behind the first, are a numbered list.
func (e *encoder) listsCopies(b *block) bool {
	n := 0
	for _, l := range b.lines[1:] {
		if t := e.text[l.Start:l.End]; copyNumber(t) != "" && listEntry(t) {
			n++
		}
	}
	return n > 1
}

func listEntry(s string) bool {
	t := strings.TrimLeft(s, "0123456789")
	if len(s)-len(t) > 3 || len(s) > 160 {
		return false
	}
	u := strings.TrimLeft(t, ". )")
	if _, counts := after(u, "copies"); counts {
		return false
	}
	for _, d := range []string{"-", "–", "—", "•", "*"} {
		if strings.HasPrefix(u, d+" ") || strings.HasPrefix(u, d+"\u00a0") {
			return true
		}
	}
	return t != s && t != u && !prose(s)
}

func (e *encoder) distributionList(bs []*block) {
	list := e.asm.open(tei.New("list", "type", "distribution"))
	for _, b := range bs {
		e.leaf(b, tei.New("item", "n", copyNumber(b.text)), "distribution", "item", inProcessing)
	}
	e.asm.closeTo(list)
	e.asm.close()
}

// copyNumber is the number of the copy that an item of a distribution list
// begins with. In 2 x Comrade Axen it counts copies.
func copyNumber(s string) string {
	rest := strings.TrimLeft(s, "0123456789")
	for _, times := range []string{"x ", "X ", "× ", "x\u00a0"} {
		if strings.HasPrefix(strings.TrimLeft(rest, " \u00a0"), times) {
			return ""
		}
	}
	return s[:len(s)-len(rest)]
}

// attachmentWords begin the heading of an attachment.
var attachmentWords = []string{"attachment", "attachments", "annex", "appendix", "enclosure", "supplement", "addendum"}

// attachmentStarts lists the blocks that begin an attachment.
func (e *encoder) attachmentStarts(bs []*block) []int {
	var out []int
	for i, b := range bs {
		if i == 0 {
			continue
		}
		for _, w := range attachmentWords {
			rest, ok := after(b.text, w)
			if !ok {
				continue
			}
			if first := strings.SplitN(rest, "\n", 2)[0]; len(first) < 60 && !strings.HasPrefix(first, ":") && !strings.HasSuffix(strings.TrimSpace(rest), ":") && !b.prose() &&
				(first == "" || strings.ContainsAny(first, "0123456789IVX") || strings.HasPrefix(strings.TrimSpace(first), "to ")) {
				out = append(out, i)
			}
		}
	}
	return out
}

// attachment encodes one attachment: its heading, then its own document.
func (e *encoder) attachment(bs []*block) {
	a := e.asm
	div := a.open(tei.New("div", "type", "attachment"))
	e.leaf(bs[0], tei.New("head"), "attachment", "head", inAttachment)
	rest := bs[1:]
	for len(rest) > 0 && !prose(rest[0].text) && numbered(rest[0].text) == "" && !e.quoteOpens(rest[0]) {
		b := rest[0]
		k := e.kindOf(b, inAttachment)
		if k == nil || k.Name == "salute" {
			e.leaf(b, tei.New("ab"), "heading of an attachment", "ab", inAttachment)
		} else {
			switch k.Name {
			case "bracket", "rule":
				e.plainBlock(b, inAttachment)
			default:
				e.leaf(b, tei.New("ab", "type", k.Name), k.Name, "ab", inAttachment)
			}
		}
		rest = rest[1:]
	}
	cut := e.cuts(rest)
	if cut.header == 0 && cut.message == 0 {
		if cut.closer < cut.processing && cut.processing < len(rest) && !words(div) {
			// a closer ends a division, and the office's notes follow
			a.open(tei.New("div", "type", "message"))
		} else if cut.closer < cut.processing && cut.processing < len(rest) {
			cut.closer, cut.processing = len(rest), len(rest)
		}
		e.paragraphs(rest[:cut.closer], &message{elem: div})
		if cut.closer < cut.processing {
			e.closer(rest[cut.closer:cut.processing], &message{elem: div})
		}
		a.closeTo(div)
		if cut.processing < len(rest) {
			e.processing(rest[cut.processing:])
		}
	} else {
		e.paragraphs(rest, &message{elem: div})
	}
	a.closeTo(div)
	a.close()
}

// quote marks and what closes them.
var quotes = map[rune]rune{'"': '"', '“': '”', '„': '“', '«': '»', '‘': '’', '\'': '\''}

// quoteOpens says whether b begins a forwarded message: a quotation mark and
// then an address or a document's heading.
func (e *encoder) quoteOpens(b *block) bool {
	r, n := utf8.DecodeRuneInString(b.text)
	if quotes[r] == 0 || len(b.text) <= n {
		return false
	}
	inner := e.trim(b, b.span.Start+n, b.lines[0].End)
	if inner.span.Len() == 0 {
		return false
	}
	if e.turnsTo(inner) || isDocumentType(e, inner) && capitals(inner.text) {
		return !(strings.Count(b.text, string(r)) > 1 && r == '"')
	}
	return false
}

// turnsTo says whether the first line of a quotation turns to its reader, be it
// by office alone: Chairman [Mao] and the Military Commission:
func (e *encoder) turnsTo(b *block) bool {
	if isSalute(e, b) {
		return true
	}
	s := strings.TrimSpace(b.text)
	if len(b.lines) > 1 || len(s) > 120 || !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "!") || sentence(s) {
		return false
	}
	_, n := e.lex.Longest(lexicon.Role, s)
	return n > 0
}

// quoteCloses says whether b ends with a closing mark that it does not open.
func (e *encoder) quoteCloses(b *block) bool {
	for open, close := range quotes {
		if strings.HasSuffix(strings.TrimRight(b.text, " ."), string(close)) && unbalanced(b.text, open, close) {
			return true
		}
	}
	return false
}

// unbalanced says whether s closes one quotation more than it opens.
func unbalanced(s string, open, close rune) bool {
	if open == '\'' {
		return !strings.Contains(s[:len(s)-1], " '") && !strings.HasPrefix(s, "'")
	}
	if open == close {
		t := s
		if strings.HasPrefix(t, string(open)) {
			// each paragraph of a long quotation may begin with the mark again
			t = t[len(string(open)):]
		}
		return strings.Count(t, string(open))%2 == 1
	}
	if close == '’' {
		// also an apostrophe: only the last one can close
		return !strings.ContainsRune(s, open)
	}
	n := 0
	for _, r := range s {
		switch r {
		case open:
			n++
		case close:
			n--
		}
	}
	return n < 0
}

// forwarded encodes a message within quotation marks that begins at block i,
// and returns how many blocks it took.
func (e *encoder) forwarded(bs []*block, i int, outer *message) int {
	b := bs[i]
	if !e.quoteOpens(b) || outer.depth > 6 {
		return 0
	}
	open, width := utf8.DecodeRuneInString(b.text)
	close := quotes[open]
	closes := []rune{close}
	switch open { // a page may mix typewriter's marks and printer's
	case '"':
		closes = append(closes, '”')
	case '“':
		closes = append(closes, '"')
	}
	end := -1
	for j := i; j < len(bs) && end < 0; j++ {
		if j > i && e.quoteOpens(bs[j]) && strings.HasPrefix(bs[j].text, string(open)) && open == close {
			// one within: find its own end first
			continue
		}
		for _, c := range closes {
			if strings.HasSuffix(strings.TrimRight(bs[j].text, " ."), string(c)) && (j > i || len(b.lines) > 1) && unbalanced(bs[j].text, open, c) {
				end, close = j, c
				break
			}
		}
	}
	if end < 0 {
		e.report("quotes/unclosed", b.span.Start, "the quotation that begins a forwarded message is never closed")
		return 0
	}
	a := e.asm
	msg := &message{depth: outer.depth + 1, within: outer}
	kind := e.forwardedType()
	if _, ok := after(b.text[width:], "dear"); ok {
		kind = "letter"
	}
	ft := a.open(tei.New("floatingText", "type", kind, "subtype", "forwarded"))
	msg.elem = ft
	e.messages = append(e.messages, msg)
	e.decideAt("structure", "message in quotation marks", "floatingText", tei.Span{Start: b.span.Start, End: bs[end].span.End}, ledger.High)
	a.mark(tei.Span{Start: b.span.Start, End: b.span.Start + width}, "")
	body := a.open(tei.New("body"))
	inner := make([]*block, 0, end-i+1)
	inner = append(inner, bs[i:end+1]...)
	// the marks are the floatingText's, not its words'
	cut := len(string(close))
	last := bs[end]
	closeAt := last.span.Start + strings.LastIndex(last.text, string(close))
	tail := tei.Span{Start: closeAt + cut, End: last.span.End}
	inner[0] = e.trim(b, b.span.Start+width, b.span.End)
	if end == i {
		inner[0] = e.trim(b, b.span.Start+width, closeAt)
	} else {
		inner[len(inner)-1] = e.trim(last, last.span.Start, closeAt)
	}
	// lines of the first block may be address and text
	if len(inner[0].lines) > 1 {
		var cutUp []*block
		for _, l := range inner[0].lines {
			cutUp = append(cutUp, newBlock(e.text, []tei.Span{l}))
		}
		inner = append(cutUp, inner[1:]...)
	}
	e.forwardedMessage(inner, msg)
	a.closeTo(body)
	a.skip(closeAt)
	a.close()
	a.mark(tei.Span{Start: closeAt, End: closeAt + cut}, "")
	a.closeTo(ft)
	a.close()
	if strings.TrimSpace(e.text[tail.Start:tail.End]) != "" {
		e.leaf(newBlock(e.text, []tei.Span{tail}), tei.New("ab"), "behind a quotation", "ab", inMessage)
	}
	return end - i + 1
}

// trim is b between two offsets.
func (e *encoder) trim(b *block, start, end int) *block {
	var lines []tei.Span
	for _, l := range b.lines {
		s := tei.Span{Start: max(l.Start, start), End: min(l.End, end)}
		t := e.text[s.Start:max(s.Start, s.End)]
		lead := len(t) - len(strings.TrimLeftFunc(t, space))
		t = strings.TrimFunc(t, space)
		if t == "" {
			continue
		}
		lines = append(lines, tei.Span{Start: s.Start + lead, End: s.Start + lead + len(t)})
	}
	if len(lines) == 0 {
		lines = []tei.Span{{Start: start, End: start}}
	}
	return newBlock(e.text, lines)
}

// forwardedMessage encodes the blocks within the quotation marks.
func (e *encoder) forwardedMessage(bs []*block, msg *message) {
	n := len(bs)
	open := 0
	for open < n && open < 8 {
		b := bs[open]
		if isSalute(e, b) || open == 0 && e.turnsTo(b) || isDistribution(e, b) || open > 0 && isDateline(e, b) || isClassification(e, b) {
			open++
			continue
		}
		break
	}
	close := n
	for close > open+1 || close > 0 && close > open {
		if e.closerKind(bs[close-1]) && !e.messageWords(bs[close-1]) {
			close--
			continue
		}
		break
	}
	if open > 0 {
		e.opener(bs[:open], msg)
	}
	e.paragraphs(bs[open:close], msg)
	if close < n {
		e.closer(bs[close:], msg)
	}
}
