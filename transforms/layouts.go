package transforms

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The conventions of the page: what a block or a line is by its look and its
// place. One row is one convention; the first that fits decides. Where sets of
// rows differ by zone, a row names the zones it holds in.

// zone is a part of a document.
type zone uint8

const (
	inHeader     zone = 1 << iota // before the message
	inOpener                      // address and salutation
	inMessage                     // the words themselves
	inCloser                      // greeting, signature, number, date
	inProcessing                  // what the office wrote about the message
	inAttachment
	inNotes
)

// convention is one row.
type convention struct {
	Name    string
	Zones   zone
	Fits    func(e *encoder, b *block) bool
	Becomes string // in TEI, for the manual
	Example string
}

// conventions is the table of blocks, the more particular before the less.
var conventions = []convention{
	{"rule", inHeader | inMessage | inProcessing | inAttachment, isRule, `milestone[@unit=section][@rend]`, "---"},
	{"bracket", inHeader | inOpener | inMessage | inCloser | inProcessing | inAttachment, isBracket, `by the bracket's class`, "[Stamp: TO BE RETURNED]"},
	{"classification", inHeader | inProcessing | inAttachment, isClassification, `ab[@type=classification]`, "TOP SECRET"},
	{"copies", inHeader | inProcessing, isCopies, `list[@type=distribution]/head`, "Copies:"},
	{"copyItem", inHeader, isCopyItem, `list[@type=distribution]/item[@n]`, "№ 1 to Cde. Orlov"},
	{"routing", inHeader, isRouting, `ab[@type=routing]`, "from [HARBIN] received at 0915 4 May 1952"},
	{"copyNumber", inHeader | inProcessing, isCopyNumber, `ab[@type=copyNumber]`, "Copy No. 3"},
	{"series", inHeader, isSeries, `ab[@type=series]`, "Series K"},
	{"participants", inHeader, isParticipants, `list[@type=participants]`, "Participants:"},
	{"subject", inHeader | inAttachment, isSubject, `ab[@type=subject]`, "Subject: The ferry at Rustchuk"},
	{"labelled", inHeader, isLabelled, `ab[@type=the label]`, "Recorded by: V. Danilov"},
	{"made", inHeader | inProcessing, isMade, `ab[@type=disposition]`, "Made in three copies"},
	{"documentType", inHeader, isDocumentType, `head[@type=documentType]`, "CIPHERED TELEGRAM № 118"},
	{"dateline", inHeader | inOpener | inCloser | inProcessing | inAttachment, isDateline, `dateline`, "Sofia, 3 March 1954"},
	{"reference", inHeader | inAttachment, isReference, `ab[@type=reference]/idno`, "No. 44/2-s"},
	{"salute", inHeader | inOpener | inAttachment, isSalute, `opener/salute`, "Dear Comrade Ivanov,"},
	{"distribution", inHeader | inProcessing | inAttachment, isDistribution, `ab[@type=distribution]`, "cc: the Minister"},
	{"deciphered", inProcessing, starts("deciphered", "decoded", "decrypted"), `ab[@type=deciphered]`, "Deciphered by Zaitsev 0915 4 May"},
	{"printed", inProcessing, starts("printed by", "typed by", "typed", "retyped", "printed"), `ab[@type=printed]`, "Printed by Lvova 0930 4 May"},
	{"drafted", inProcessing, starts("drafted by", "prepared by", "written by", "compiled by", "executed by", "dictated by", "recorded by", "transcribed by", "translated by", "translated from"), `ab[@type=drafted]`, "drafted by S. NAZAROV"},
	{"disposition", inProcessing, isDisposition, `ab[@type=disposition]`, "Seven copies printed. №№ 4-7 filed"},
	{"registered", inProcessing, isReference, `ab[@type=registered]/idno`, "№ 2204"},
	{"verified", inProcessing, starts("verified", "checked", "true copy", "certified", "authenticated", "correct:"), `closer/signed`, "Verified: Duty Officer"},
	{"greeting", inCloser, isGreeting, `closer/salute`, "With comradely greetings,"},
	{"authority", inCloser, isAuthority, `closer/signed`, "For the Central Committee of the Lao Dong Party"},
	{"outgoing", inCloser, isReference, `closer/idno[@type=outgoing]`, "Nº 771"},
	{"signature", inCloser | inProcessing, isSignature, `closer/signed`, "[signature] (Danilov)"},
}

// kindOf is the first convention of a zone that fits b.
func (e *encoder) kindOf(b *block, z zone) *convention {
	for _, k := range b.kinds {
		if k.zone == z {
			return k.kind
		}
	}
	var kind *convention
	for i := range conventions {
		c := &conventions[i]
		if c.Zones&z != 0 && c.Fits(e, b) {
			kind = c
			break
		}
	}
	b.kinds = append(b.kinds, zoneKind{z, kind})
	return kind
}

// zoneKind is what a block is in a zone, kept since many ask.
type zoneKind struct {
	zone zone
	kind *convention
}

// is says whether b is of a named convention in a zone.
func (e *encoder) is(b *block, z zone, names ...string) bool {
	k := e.kindOf(b, z)
	if k == nil {
		return false
	}
	for _, n := range names {
		if k.Name == n {
			return true
		}
	}
	return false
}

// after cuts a prefix off s without regard to case; the prefix must end at a
// word's end.
func after(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || s == "" || s[0] < utf8.RuneSelf && (s[0]^prefix[0])&^0x20 != 0 || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false // the first byte tells most apart
	}
	rest = s[len(prefix):]
	last, _ := utf8.DecodeLastRuneInString(prefix)
	next, _ := utf8.DecodeRuneInString(rest)
	if rest != "" && unicode.IsLetter(last) && unicode.IsLetter(next) {
		return s, false
	}
	return rest, true
}

func starts(words ...string) func(*encoder, *block) bool {
	return func(_ *encoder, b *block) bool {
		for _, w := range words {
			if _, ok := after(b.text, w); ok {
				return !b.prose() || len(b.text) < 200
			}
		}
		return false
	}
}

func isRule(_ *encoder, b *block) bool { return ruled(b.text) }

// ruled says whether s is a drawn line: three or more of one of - * _ = ~ —.
func ruled(s string) bool {
	n := 0
	var one rune
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			continue
		case n == 0 && strings.ContainsRune("-*_=~—–", r):
			one = r
		case r != one:
			return false
		}
		n++
	}
	return n >= 3
}

func isBracket(_ *encoder, b *block) bool {
	_, ok := b.whole()
	if ok {
		return true
	}
	// an unclosed one takes its block
	return len(b.brackets) > 0 && b.brackets[0].Span.Start == b.span.Start && !b.brackets[0].Closed
}

var classifications = []string{
	"top secret", "secret", "strictly secret", "strictly confidential", "very confidential", "confidential", "restricted", "special folder",
	"special file", "eyes only", "urgent", "very urgent", "most urgent", "extremely urgent", "priority", "immediate", "flash", "out of turn", "for official use only",
	"official use only", "not for publication", "unclassified", "limited official use", "completely secret", "absolutely secret", "of special importance",
	"by special courier", "personal", "personally", "in person", "routine", "niact", "strictly personal", "top priority", "operational immediate",
}

func isClassification(_ *encoder, b *block) bool {
	if len(b.text) > 240 {
		return false
	}
	s := strings.ToLower(strings.Trim(b.outside(), " !.,;*()/\"\n\t\u00a0"))
	if s == "" || len(s) > 80 {
		return false
	}
	for s != "" {
		best := 0
		for _, c := range classifications {
			if !strings.HasPrefix(s, c) {
				continue
			}
			if rest, ok := after(s, c); ok && len(s)-len(rest) > best {
				best = len(c)
			}
		}
		if best == 0 {
			return false
		}
		s = strings.TrimLeft(s[best:], " !.,;/-–—\n\t\u00a0()")
		if rest, ok := after(s, "and"); ok {
			s = strings.TrimLeft(rest, " ")
		}
	}
	return true
}

func isCopies(_ *encoder, b *block) bool {
	rest, ok := after(b.text, "copies")
	if !ok {
		if rest, ok = after(b.text, "copies sent"); !ok {
			return false
		}
	}
	t := strings.TrimSpace(rest)
	if t == ":" {
		return true
	}
	if !strings.HasPrefix(t, ":") {
		return false
	}
	// lines of items under the heading in the same block
	return len(b.lines) > 1 && strings.TrimSpace(b.text[len("copies"):b.lines[0].End-b.span.Start]) == ":"
}

func isCopyItem(_ *encoder, b *block) bool {
	rest, ok := numberSign(b.text)
	if !ok {
		rest, ok = after(b.text, "copy")
		if !ok {
			return false
		}
		if r, ok := numberSign(strings.TrimLeft(rest, " ")); ok {
			rest = r
		}
	}
	rest = strings.TrimLeft(rest, " \u00a00123456789-–,")
	for _, w := range []string{"to", "–", "-", "—", "for"} {
		if _, ok := after(rest, w); ok {
			return len(b.text) < 120
		}
	}
	return false
}

// signs are the ways to write "number", the longer first.
var signs = []string{"N°N°", "NºNº", "№№", "Nos.", "nos.", "N°", "Nº", "№", "No.", "no.", "Nr.", "nr.", "N.", "#"}

// numberSign cuts a number sign and the number behind it off s.
func numberSign(s string) (rest string, ok bool) {
	for _, g := range signs {
		if strings.HasPrefix(s, g) {
			rest = strings.TrimLeft(s[len(g):], " \u00a0")
			n := 0
			for n < len(rest) && ('0' <= rest[n] && rest[n] <= '9') {
				n++
			}
			if n == 0 {
				return s, false
			}
			return rest[n:], true
		}
	}
	return s, false
}

func isRouting(e *encoder, b *block) bool {
	if len(b.text) > 200 {
		return false
	}
	rest, from := after(b.text, "from")
	if from && e.typed && len(b.text) < 40 && personLike(stripBrackets(rest)) {
		return true // From Phnom Penh
	}
	if from && (strings.Contains(b.lower(), "received") || strings.Contains(b.lower(), "sent")) {
		return true
	}
	for _, w := range []string{"received", "sent", "transmitted", "dispatched", "arrived"} {
		if rest, ok := after(b.text, w); ok && !b.prose() && strings.ContainsAny(rest, "0123456789") {
			return true
		}
	}
	return false
}

func isCopyNumber(_ *encoder, b *block) bool {
	rest, ok := after(b.text, "copy")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, " \u00a0")
	r, ok := numberSign(rest)
	if !ok {
		r = strings.TrimLeft(rest, "0123456789")
		ok = r != rest
	}
	return ok && len(strings.TrimSpace(r)) < 20
}

func isSeries(_ *encoder, b *block) bool {
	_, ok := after(b.text, "series")
	return ok && len(b.text) < 40
}

func isParticipants(_ *encoder, b *block) bool {
	label, _, ok := labelOf(b.text)
	if !ok {
		label = strings.TrimSpace(b.text)
		if len(b.lines) > 1 || !capitals(label) {
			return false
		}
	}
	low := strings.ToLower(label)
	for _, w := range []string{"participants", "present", "attendees", "those present", "attended", "took part", "participated", "invited", "also present", "attending", "in attendance"} {
		if low == w || strings.HasSuffix(low, " "+w) || strings.HasPrefix(low, w+" ") {
			return true
		}
	}
	return strings.HasPrefix(low, "from the ") && strings.HasSuffix(low, " side")
}

func isSubject(_ *encoder, b *block) bool {
	for _, w := range []string{"subject", "re", "regarding", "concerning", "topic", "theme", "concerns"} {
		if rest, ok := after(b.text, w); ok && (strings.HasPrefix(rest, ":") || rest == "") && len(b.text) < 400 {
			return true
		}
	}
	return false
}

// labelOf cuts "Label: rest" at the colon of a short label.
func labelOf(s string) (label, rest string, ok bool) {
	i := strings.IndexByte(s[:min(len(s), 61)], ':')
	if i < 2 || strings.ContainsAny(s[:i], ".!?;\n[]") {
		return "", "", false
	}
	label = s[:i]
	if r, _ := utf8.DecodeRuneInString(label); !unicode.IsUpper(r) && !strings.HasPrefix(label, "from the ") {
		return "", "", false
	}
	if strings.Count(label, " ") > 5 {
		return "", "", false
	}
	return label, strings.TrimSpace(s[i+1:]), true
}

// labels are the particulars that a record of a conversation begins with.
var labels = []string{
	"time", "date", "place", "location", "venue", "interpreter", "interpreters", "interpretation", "translator", "recorded by", "recorder", "record by", "notes by", "note taker",
	"notetaker", "reviewed by", "drafted by", "drafting officer", "chairman", "chair", "presiding", "language", "file", "reference", "written", "written by", "typed by", "prepared by", "compiled by", "approved by", "sent by", "rapporteur", "secretary", "attachment", "attachments", "enclosure", "enclosures", "department", "no", "number", "ref", "classification", "issued by", "from", "distribution list", "agenda",
}

func isLabelled(_ *encoder, b *block) bool {
	label, rest, ok := labelOf(b.text)
	if !ok || rest == "" {
		return false
	}
	low := strings.ToLower(label)
	for _, l := range labels {
		if low == l {
			return true
		}
	}
	return false
}

func isMade(_ *encoder, b *block) bool {
	for _, w := range []string{"made in", "drawn up in", "prepared in", "done in", "written in", "printed in", "executed in"} {
		if rest, ok := after(b.text, w); ok && strings.Contains(strings.ToLower(rest), "cop") && len(b.text) < 240 {
			return true
		}
	}
	return false
}

// documentWords are the heads of what a document calls itself.
var documentWords = set(
	"telegram", "cable", "cablegram", "radiogram", "ciphergram", "dispatch", "despatch", "report", "memorandum", "note", "letter", "protocol", "minutes", "record", "journal", "diary", "extract", "resolution",
	"directive", "decree", "order", "information", "summary", "transcript", "stenogram", "aide-memoire", "aide", "communique", "communiqué", "statement", "draft", "plan", "instructions", "notes", "message", "circular", "excerpt", "excerpts", "certificate",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

func isDocumentType(_ *encoder, b *block) bool {
	if len(b.text) > 400 {
		return false
	}
	s := b.outside()
	if len(s) > 260 || strings.HasSuffix(s, ",") {
		return false
	}
	first := s
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		first = s[:i]
	}
	first = strings.TrimSpace(first)
	up := capitals(first)
	words := strings.Fields(strings.ToLower(first))
	for i, w := range words {
		w = strings.Trim(w, ".,:;\"'“”()")
		if !documentWords[w] {
			continue
		}
		// in capitals anywhere; in small letters only as the first words of a title
		if up || i <= 2 && !prose(s) && (len(words) == 1 || strings.Contains(strings.ToLower(s), " of ") || strings.Contains(s, "No") || strings.Contains(s, "№")) {
			return true
		}
	}
	return len(words) > 1 && words[0] == "from" && words[1] == "the" && up
}

func isReference(_ *encoder, b *block) bool {
	s := strings.TrimSpace(b.text)
	if len(b.lines) > 1 || len(s) > 60 || !strings.ContainsAny(s, "0123456789") || b.text == "" || s[0] == '[' {
		return false
	}
	if rest, ok := numberSign(s); ok {
		return !strings.ContainsRune(strings.TrimSpace(rest), ' ')
	}
	for _, w := range []string{"ref", "ref.", "our ref", "your ref", "reference", "file", "incoming", "outgoing", "prot.", "reg."} {
		if rest, ok := after(s, w); ok {
			s = strings.TrimLeft(rest, ".: ")
			if r, ok := numberSign(s); ok {
				return !strings.Contains(strings.TrimSpace(r), " ")
			}
			break
		}
	}
	// a symbol: one or two words of digits, strokes and letters
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 3 || !strings.ContainsAny(s, "/-") {
		return false
	}
	for _, w := range f {
		if !strings.ContainsAny(w, "0123456789/") {
			return false
		}
	}
	return true
}

// distributed says whether a block is a heading that speaks of copies, and an
// entry for each under it; n is the number of lines.
func (e *encoder) distributed(b *block) (n int) {
	if len(b.lines) < 2 || e.openAcross(b) {
		return 0
	}
	head := e.text[b.lines[0].Start:b.lines[0].End]
	low := strings.ToLower(head)
	if len(head) > 60 || !strings.HasSuffix(head, ":") || !strings.Contains(low, "cop") && !strings.Contains(low, "distribut") && !strings.HasPrefix(low, "sent to") {
		return 0
	}
	for n = 1; n < len(b.lines); n++ {
		s := e.text[b.lines[n].Start:b.lines[n].End]
		if len(s) > 120 || prose(s) || !listEntry(s) && !copyEntry(s) {
			break
		}
	}
	if n < 2 {
		return 0
	}
	return n
}

// copyEntry says whether s says where a copy went: 1st copy - Minister.
func copyEntry(s string) bool {
	t := strings.TrimLeft(s, "0123456789")
	if t == s {
		return false
	}
	for _, x := range []string{"st", "nd", "rd", "th", " x", ""} {
		if rest, ok := strings.CutPrefix(t, x); ok {
			if _, ok := after(strings.TrimLeft(rest, " "), "copy"); ok {
				return true
			}
			if _, ok := after(strings.TrimLeft(rest, " "), "copies"); ok {
				return true
			}
		}
	}
	return false
}

func isDistribution(_ *encoder, b *block) bool {
	for _, w := range []string{"cc", "cc.", "c.c.", "copy to", "copies to", "sent to", "distribution", "distributed to", "distribute to", "circulated to", "to be sent to", "copies", "for information", "extracts sent to", "extracts to", "mailed to", "send to", "handed to"} {
		if rest, ok := after(b.text, w); ok {
			rest = strings.TrimLeft(rest, " ")
			if w == "copies" {
				return strings.HasPrefix(rest, ":") && strings.TrimSpace(rest) != ":" && len(b.text) < 400
			}
			return (strings.HasPrefix(rest, ":") || strings.HasSuffix(w, "to") || w == "cc") && len(b.text) < 400
		}
	}
	return false
}

func isDisposition(_ *encoder, b *block) bool {
	if len(b.text) > 240 {
		return false
	}
	low := b.lower()
	if strings.Contains(low, "copies") || strings.Contains(low, "copy") {
		for _, w := range []string{"printed", "typed", "made", "filed", "destroyed", "issued", "produced", "prepared", "reproduced"} {
			if strings.Contains(low, w) {
				return true
			}
		}
	}
	if rest, ok := numberSign(b.text); ok {
		return strings.Contains(strings.ToLower(rest), "filed") || strings.Contains(strings.ToLower(rest), "destroyed") || strings.Contains(strings.ToLower(rest), "to file")
	}
	return false
}

var greetingWords = set("greeting", "greetings", "regards", "respect", "respects", "respectfully", "sincerely", "wishes", "esteem", "consideration", "faithfully", "truly", "cordially", "handshake", "salute", "devoted", "gratefully", "fraternally", "obediently", "friendship")

func isGreeting(_ *encoder, b *block) bool {
	if len(b.text) > 400 || len(b.lines) > 2 {
		return false
	}
	s := b.outside()
	if len(s) > 240 {
		return false
	}
	low := strings.ToLower(s)
	switch trimEnd(low) {
	case "yours", "yours ever", "ever yours", "yours as ever", "as ever", "as always", "always yours":
		return true
	}
	first := strings.Trim(strings.SplitN(low, " ", 2)[0], ".,!")
	has := false
	for w := range strings.FieldsFuncSeq(low, func(r rune) bool { return !unicode.IsLetter(r) }) {
		has = has || greetingWords[w]
	}
	switch first {
	case "with", "yours", "your", "please", "accept", "i", "most", "very", "best", "kind", "warm", "warmest", "communist", "comradely", "fraternal", "sincerely", "respectfully", "cordially", "fraternally", "faithfully", "greetings", "regards", "long":
		return has && strings.Count(s, ". ") == 0 || first == "long" && strings.HasPrefix(low, "long live") && len(s) < 80
	}
	return false
}

// isAuthority says whether b names the body for which the next line signs.
func isAuthority(_ *encoder, b *block) bool {
	if len(b.text) > 120 || len(b.lines) > 2 || strings.ContainsAny(b.text, ";?!") || strings.HasSuffix(b.text, ".") || strings.HasSuffix(b.text, ":") {
		return false
	}
	for _, w := range []string{"for the", "on behalf of", "by order of", "in the name of", "by authority of", "by direction of"} {
		if rest, ok := after(b.text, w); ok {
			r := firstRune(strings.TrimLeft(rest, " [("))
			return unicode.IsUpper(r) || w != "for the" && strings.HasPrefix(rest, " the ")
		}
	}
	return false
}

// isSalute says whether b turns to its reader.
func isSalute(e *encoder, b *block) bool {
	s := strings.TrimSpace(b.text)
	s = strings.TrimLeft(s, "\"“„«‘'")
	if len(s) > 260 {
		return false
	}
	if e.addressed(b) {
		return true
	}
	plain := strings.TrimSpace(stripBrackets(s))
	if _, ok := after(s, "dear"); ok {
		name := trimEnd(plain) // Dear Mr. Orlov, but not DEAR MR. ORLOV: I have received
		return len(s) < 120 && !strings.ContainsAny(name, "?;:") && !strings.Contains(name, " I ") && !strings.Contains(name, " we ") && !sentence(plain)
	}
	for _, w := range []string{"esteemed", "respected", "honored", "honoured", "highly esteemed", "deeply respected", "excellency", "your excellency", "sir", "gentlemen", "sirs", "my dear", "dearest", "comrades"} {
		if _, ok := after(s, w); ok {
			return len(s) < 100 && !prose(plain)
		}
	}
	if rest, ok := after(s, "to"); ok {
		rest = strings.TrimLeft(rest, ": \n")
		if len(b.lines) > 1 {
			return !prose(plain) && len(b.lines) < 9
		}
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "[("))
		low := strings.ToLower(rest)
		return (unicode.IsUpper(r) || strings.HasPrefix(low, "the ") || strings.HasPrefix(low, "comrade")) && !sentence(plain) && len(s) < 200
	}
	// Cde. GORCHAKOV!  Comrade Ivanov,
	if len(b.lines) == 1 && len(s) < 90 {
		if _, n := e.honorific(s); n > 0 {
			last, _ := utf8.DecodeLastRuneInString(plain)
			rest := strings.TrimSpace(plain[min(n, len(plain)):])
			r, _ := utf8.DecodeRuneInString(rest)
			return (strings.ContainsRune("!,:", last) || capitals(trimEnd(rest)) && strings.ContainsRune(".", last)) && unicode.IsUpper(r) && strings.Count(rest, " ") < 5
		}
	}
	return false
}

// addressed says whether a line is the name of whom the title says the message
// went to, or, at the top of a letter or note, a name called out: Rudla!
func (e *encoder) addressed(b *block) bool {
	if len(b.lines) > 1 || len(b.text) > 48 {
		return false
	}
	s := trimEnd(stripBrackets(b.text))
	if capitals(s) {
		for _, p := range e.genre.To {
			if strings.EqualFold(p.Name, s) || strings.EqualFold(p.Name[strings.LastIndexByte(p.Name, ' ')+1:], s) {
				return true
			}
		}
	}
	switch e.genre.Genre {
	case "letter", "note", "message":
		return strings.HasSuffix(b.text, "!") && len(e.blocks) > 2 && b.span.Start <= e.blocks[2].span.Start && personLike(s) && strings.Count(s, " ") < 3 && !capitals(s)
	}
	return false
}

// trimEnd takes the closing marks off s.
func trimEnd(s string) string { return strings.TrimRight(s, " .,!:;\"”’'\n") }

// sentence says whether s has a finite verb's look: a full stop inside, or many
// small words.
func sentence(s string) bool {
	t := trimEnd(s)
	if i := strings.Index(t, ". "); i > 0 {
		// not after an abbreviation
		w := t[strings.LastIndexByte(t[:i], ' ')+1 : i]
		if len(w) > 4 {
			return true
		}
	}
	small, words := 0, 0
	for _, w := range strings.Fields(t) {
		words++
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && len(w) > 3 {
			small++
		}
	}
	return words > 6 && small*2 > words
}

// stripBrackets takes out what stands in square brackets.
func stripBrackets(s string) string {
	if !strings.ContainsRune(s, '[') {
		return s
	}
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '[':
			depth++
		case r == ']' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isSignature says whether b has the look of a name under a text.
func isSignature(e *encoder, b *block) bool {
	if len(b.lines) > 5 || len(b.text) > 240 {
		return false
	}
	for _, k := range b.brackets {
		in := strings.ToLower(strings.Trim(e.text[k.Inner.Start:k.Inner.End], " .:[]"))
		switch {
		case strings.HasPrefix(in, "sign"), strings.HasSuffix(in, "signature"), strings.HasSuffix(in, "signed"), in == "l.s", in == "seal", strings.HasPrefix(in, "initial"):
			return !prose(b.outside())
		}
	}
	s := strings.TrimRight(strings.TrimSpace(b.outside()), "\"”’'» ")
	if s == "" || strings.ContainsAny(s, ":;?") && !strings.HasPrefix(strings.ToLower(s), "sign") {
		return false
	}
	low := strings.ToLower(s)
	for _, p := range []string{"(sign", "/s/", "sgd", "signed", "signature", "(-)", "(s)"} {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	if strings.ContainsAny(s, "/(") && nameIn(s, '/', '/') || nameIn(s, '(', ')') {
		return true
	}
	for _, l := range strings.Split(s, "\n") {
		if personLike(l) || e.officeLike(l) {
			continue
		}
		return false
	}
	return true
}

// nameIn says whether s ends with a name between two signs.
func nameIn(s string, open, close byte) bool {
	s = strings.TrimSpace(s)
	if len(s) < 4 || s[len(s)-1] != close {
		return false
	}
	i := strings.LastIndexByte(s[:len(s)-1], open)
	return i >= 0 && personLike(s[i+1:len(s)-1])
}

// personLike says whether s could be somebody's name and nothing else: one to
// four capitalised words and initials.
func personLike(s string) bool {
	s = strings.TrimSpace(strings.TrimRight(s, ","))
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 5 {
		return false
	}
	full := 0
	for _, w := range f {
		w = strings.Trim(w, "(),")
		r, n := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			switch w {
			case "de", "von", "van", "der", "di", "da", "al", "el", "bin", "ibn", "la", "le", "du":
				continue
			}
			return false
		}
		if strings.HasSuffix(w, ".") {
			if len([]rune(w)) > 4 && strings.Count(w, ".") < 2 && w != "Prof." {
				// a sentence's end; a name may still close with a full stop
				if w != f[len(f)-1] {
					return false
				}
				full++
			}
			continue
		}
		for _, r := range w[n:] {
			if !unicode.IsLetter(r) && !strings.ContainsRune("-'’.ʼ", r) {
				return false
			}
		}
		full++
	}
	return full > 0 && full <= 4 || full == 0 && len(f) > 1 || full == 1
}
