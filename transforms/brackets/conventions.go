package brackets

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/transforms/brackets/english"
	"sigla/transforms/lexicon"
)

// Classes are the thirty classes and the last resort, in the order in which
// the taxonomy lists them.
var Classes = []ClassInfo{
	{"identification", "says who stands behind a cover name, a pseudonym or a short name"},
	{"name-variant", "gives a name just named in another spelling, romanisation, language or age"},
	{"name-completion", "completes a name: the missing given name, or the letters behind an initial"},
	{"role-gloss", "gives the office, rank, body or nationality of someone named beside it"},
	{"subaudible", "word that the original does without and English does not"},
	{"clarification", "adds what the reader needs in order to see what is meant"},
	{"value", "fills in a place, date, number or name that a form leaves open"},
	{"transliteration", "leaves a name in transliteration because it could not be identified"},
	{"expansion", "resolves an abbreviation, or gives the abbreviation of a full name"},
	{"original-term", "gives the word of the original language beside its translation, or the other way round"},
	{"stamp", "wording or mention of a stamp, postmark or registry mark"},
	{"handwritten", "something written by hand: an addition, a resolution, a marginal note, a deletion"},
	{"presence", "says that something is there which is not transcribed: a signature, a seal, initials, a gesture"},
	{"page", "page or leaf of the original"},
	{"unclear", "reading that is offered with doubt"},
	{"illegible", "place where nothing can be read"},
	{"ellipsis", "words that the editor leaves out"},
	{"sic", "vouches that an error stands so in the original"},
	{"translator-note", "note of the translator or editor on the text or its language"},
	{"footnote-ref", "anchor or label of a note"},
	{"correction", "better reading of a word, a number or a date"},
	{"route", "way or person by which a message went"},
	{"citation", "source or reference to another document"},
	{"excerpt", "says that the text is only a part"},
	{"case-change", "letter whose case the editor changed"},
	{"file-mark", "symbol of a file or registry"},
	{"service", "line of the telegraph service: received, section, passed to"},
	{"cipher-gap", "code groups that were not recovered"},
	{"cipher-confidence", "decipherment with its grade, A% to F%"},
	{"noise", "left behind by the web page or by character recognition"},
	{Unclassified, "no convention claims the bracket; it stands as transcribed"},
}

// Convention is one row: a way to know a class of bracket.
type Convention struct {
	Class   Class
	Name    string // the rule, as the ledger names it
	How     string // how it is recognised
	Where   string // in which context
	Becomes string // in TEI
	Example string

	fits func(*look) fit
}

// fit is how well a row fits.
type fit uint8

const (
	no     fit = iota
	weakly     // it may be so: an alternative, or the class where nothing else fits
	fairly     // it is so unless something stands against it
	surely
)

// Conventions is the table, in the order in which the rows are tried: the
// first that fits fairly or surely decides, else the first that fits weakly.
var Conventions = []Convention{
	{"noise", "web", "says what a web page says to its reader", "anywhere", `note[@type=noise]`, "For a visit write to [email protected] in good time.", isNoise},
	{"cipher-gap", "groups", "counts code groups that could not be read", "anywhere", `gap[@reason=undeciphered][@quantity][@unit=group]`, "The old man will bring [7 groups unrecovered] on Friday.", isCipherGap},
	{"cipher-confidence", "grade", "begins with a grade, A% to F%", "anywhere", `unclear[@cert]`, "He [C% will leave] in spring.", isCipherConfidence},
	{"sic", "sic", "is the word sic", "anywhere", `sic and note[@type=sic]`, "The Comitee [sic] has met.", isSic},
	{"ellipsis", "dots", "is nothing but points", "anywhere", `gap[@reason=omitted]`, "They talked of fish [...] and of nets.", isDots},
	{"presence", "presence", "names a signature, a seal or a gesture without its words", "anywhere", `gap[@reason=editorial][@unit]/desc`, "Head of the Office [signature] (Belov)", isPresence},
	{"handwritten", "hand", "speaks of handwriting, pencil, ink or the margin", "anywhere", `add[@hand][@type=handwritten]`, "[Handwritten: to be filed]", isHandwritten},
	{"stamp", "stamp", "is labelled as a stamp, a seal with its words, or a postmark", "anywhere", `stamp`, "[Stamp: RECEIVED 4 May 1952]", isStamp},
	{"illegible", "illegible", "says that something cannot be read", "anywhere", `gap[@reason=illegible][@quantity][@unit]/desc`, "The boat of [two words illegible] has sunk.", isIllegible},
	{"translator-note", "note", "begins as a note of the translator or editor", "anywhere", `note[@type=translator][@resp]`, "They call it the box [Translator's note: slang for the prison].", isTranslatorNote},
	{"excerpt", "excerpt", "is the word excerpt or its like", "anywhere", `note[@type=excerpt]`, "Report on the Harvest [Excerpts]", isExcerpt},
	{"ellipsis", "omission", "says that words are left out or withheld", "anywhere", `gap[@reason=omitted]/desc`, "[Omitted here is a discussion of fishing rights.]", isOmission},
	{"page", "page", "names a page or leaf", "anywhere", `pb[@n]`, "[page 2]", isPage},
	{"service", "service line", "is a line of the telegraph service: received, section, passed to", "anywhere", `seg[@type=service]`, "[Received 3:10 p.m.]", isService},
	{"route", "way", "says by whom or by which way a message went", "anywhere", `seg[@type=route]`, "Telegram, Orlov to Molotov [via Kovalev]", isRoute},
	{"citation", "source", "names a source: an archive, a volume, another document", "anywhere", `bibl`, "[Source: RGANI, f. 5, op. 3, d. 2.]", isCitation},
	{"case-change", "letter", "is one letter at the begin of a word whose case was changed", "glued to the rest of the word", `supplied[@reason=case-change]`, "He wrote that \"[t]he mill stands idle.\"", isCaseChange},
	{"name-completion", "rest of a name", "goes on where an initial stops", "glued to a capital letter", `supplied[@reason=abbreviated]`, "It was signed by A[ndrei] Belov.", isRestOfName},
	{"footnote-ref", "note mark", "is a number, a letter or asterisks", "behind a word", `note or ref[@type=note]`, "The treaty was published[4] at once.", isNoteMark},
	{"correction", "better reading", "says what would be right, or is a number beside the one it mends", "behind the word it mends", `choice/sic and corr`, "In 1938 [correctly: 1939] he left.", isCorrection},
	{"file-mark", "symbol", "is a symbol of a file or registry", "anywhere", `note[@type=file-mark]`, "[AB 44/7-c]", isFileMark},
	{"unclear", "doubt", "ends with a question mark", "anywhere", `unclear[@cert=low]`, "It was seen by Pak [Hon-yong?] alone.", isUnclear},
	{"expansion", "abbreviation", "resolves the abbreviation before it, or gives the abbreviation of the words before it", "behind an abbreviation or a long name", `abbr and gloss[@type=expansion]`, "The CC [Central Committee] agrees.", isExpansion},
	{"identification", "cover name", "names a person behind a cover name, a pseudonym or a short name", "behind a name", `persName[@type=pseudonym] and gloss[@type=identification]`, "To Cde. FILIPPOV [Stalin] in person.", isIdentification},
	{"name-variant", "other spelling", "spells the name before it in another way", "behind a name", `gloss[@type=variant]`, "Hsu Chin-tang [Xu Jintang] spoke.", isVariant},
	{"original-term", "word of the original", "is a word of another language beside its translation", "behind its translation", `gloss[@type=original]/foreign`, "The directorate [upravlenie] has moved.", isOriginal},
	{"role-gloss", "office", "gives the office, rank, body or nationality of a person", "beside a name or an office", `roleName/supplied[@reason=explanation]`, "I saw [Ambassador] Roshchin.", isRole},
	{"name-completion", "given name", "is a given name beside a surname, or a surname beside a given name", "beside a name", `supplied[@reason=abbreviated]`, "It was proposed by [Nikita] Khrushchev.", isGivenName},
	{"value", "form filled in", "is a place, date or number where a form wants one", "in service lines", `supplied[@reason=unstated]`, "from [HARBIN] received at 0915 4 May 1952", isValue},
	{"transliteration", "unidentified name", "is a name in transliteration that stands for none before it", "where a name of a place would stand", `placeName[@cert=low]/foreign`, "They marched from Wonsan to [Dzyunsen].", isTransliteration},
	{"subaudible", "words of English", "is made of words that English needs and that say nothing new", "in a sentence", `supplied[@reason=subaudible]`, "For [your] information.", isSubaudible},
	{"clarification", "content", "adds content so that the reader sees what is meant", "in a sentence", `supplied[@reason=explanation]`, "The meeting [of the two delegations] was put off.", isClarification},
}

// fits for each row.

func isNoise(l *look) fit {
	switch {
	case strings.Contains(l.in, "&#") || strings.Contains(l.low, "protected]") || l.begins("view original", "image:", "view document", "view pdf", "original image", "scan", "page image"):
		return surely
	case l.has("email protected", "e-mail protected", "click", "show full text", "show more", "read more", "download", "enlarge", "javascript", "cookie", "share this", "view image", "image not available", "back to top", "print this", "open in new", "full size", "view full", "all rights reserved", "copyright", "zoom", "edit", "advertisement", "skip to", "scroll", "expand", "collapse", "loading"):
		if l.has("edit") && len(l.words) > 1 {
			return no
		}
		return surely
	case strings.Contains(l.in, "http") || strings.Contains(l.in, "\ufffd") || strings.ContainsAny(l.in, "|<>{}\\^~©"):
		return fairly
	case len(l.words) == 1 && (l.low == "image" || l.low == "img" || l.low == "pdf" || l.low == "ocr" || l.low == "menu"):
		return fairly
	}
	return no
}

func isCipherGap(l *look) fit {
	if l.has("group", "groups") && l.has("unrecovered", "unrecoverable", "garbled", "missing", "undeciphered", "indecipherable", "undecipherable", "not recovered", "corrupt", "mutilated", "omitted", "lost", "unread", "unidentified", "undecoded", "undecyphered", "not deciphered", "not read", "unsolved", "unbroken", "could not be deciphered") {
		return surely
	}
	if l.has("unrecovered", "undeciphered", "unrecoverable", "undecipherable") && len(l.words) < 6 {
		return fairly
	}
	return no
}

func isCipherConfidence(l *look) fit {
	if len(l.in) > 2 && 'A' <= l.in[0] && l.in[0] <= 'F' && (l.in[1] == '%' || strings.HasPrefix(l.in[1:], " %")) {
		return surely
	}
	return no
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isSic(l *look) fit {
	if rest, ok := strings.CutPrefix(l.low, "sic"); ok && strings.ContainsRune("—–-:;,", firstRune(strings.TrimLeft(rest, " "))) {
		return surely // sic—should be 30,000
	}
	if strings.Trim(l.low, " .!?:") == "sic" || l.begins("sic:", "thus in", "so in the original", "as in the original", "as in original", "sic -", "sic,", "sic;") || l.low == "thus" || l.low == "recte sic" {
		return surely
	}
	return no
}

func isDots(l *look) fit {
	if l.in == "." && l.gluedL {
		return no // a full stop put in
	}
	if l.in != "" && strings.Trim(l.in, " .…-–—[]\n\u00a0") == "" || len(l.in) > 2 && strings.Trim(l.in, "* ") == "" {
		return surely
	}
	return no
}

var presenceWords = []string{"signature", "signatures", "signed", "seal", "l.s.", "l. s.", "l.s", "initials", "initialed", "initialled", "sgd", "sgd.", "s.", "stamp", "round seal", "official seal", "official stamp", "m.p.", "(-)", "-", "/s/", "s/"}

var gestures = []string{"laughter", "laughs", "applause", "applauds", "smiles", "smiling", "laughing", "noise in the hall", "movement in the hall", "pause", "silence", "stormy applause", "prolonged applause", "general laughter", "nods", "shakes his head", "interruption", "animation", "stands up", "rises", "exclamations", "voices", "gesture", "sighs", "all rise", "all laugh", "coughs", "handshake", "murmurs", "commotion", "agitation", "shouts", "shouting", "cheers", "cheering", "whispers", "bell rings"}

func isPresence(l *look) fit {
	t := strings.Trim(l.low, " .:;!")
	for _, w := range presenceWords {
		if l.low == w || t == strings.Trim(w, ".") && t != "" {
			return surely
		}
	}
	if l.has("signature", "signatures", "initials") && !strings.Contains(l.in, ":") && len(l.words) < 7 {
		return surely
	}
	if l.begins("signed") && len(l.words) < 5 && !strings.Contains(l.in, ":") || l.begins("initialed", "initialled", "initials", "paraph", "signature", "signatures") && len(l.words) < 5 {
		return fairly
	}
	if l.has("seal", "photograph", "photo", "map", "sketch", "diagram", "chart", "drawing") && !strings.Contains(l.in, ":") && len(l.words) < 6 && !l.has("of the embassy") && (l.ctx.OwnLine || l.has("seal", "attached", "not reproduced", "here", "follows")) {
		return fairly
	}
	if l.has("in the hall", "from the hall", "from the audience", "from the floor") && len(l.words) < 7 && (l.ctx.OwnLine || strings.HasSuffix(strings.TrimRight(l.before, " \"”]"), ".") || strings.ContainsAny(edgeBefore(l), ".!?]")) {
		return fairly
	}
	for _, who := range []string{"he ", "she ", "they ", "all ", "everyone ", "everybody "} {
		t = strings.TrimPrefix(t, who)
	}
	for _, g := range gestures {
		if rest, ok := strings.CutPrefix(t, g); ok && (rest == "" || rest[0] == ' ' && len(l.words) < 6) {
			return fairly
		}
	}
	return no
}

// edgeBefore is the last character before the bracket, white space apart.
func edgeBefore(l *look) string {
	t := strings.TrimRightFunc(l.before, unicode.IsSpace)
	_, n := utf8.DecodeLastRuneInString(t)
	return t[len(t)-n:]
}

// inSomeonesHand says whether words name a hand by its owner: in Stalin's hand.
func inSomeonesHand(words []string) bool {
	for i, w := range words {
		if i > 1 && w == "hand" && words[0] == "in" && (strings.HasSuffix(words[i-1], "'s") || strings.HasSuffix(words[i-1], "’s")) {
			return true
		}
	}
	return false
}

func isHandwritten(l *look) fit {
	switch {
	case l.has("handwritten", "handwriting", "hand-written", "by hand", "in pencil", "in ink", "in red pencil", "in blue pencil", "marginalia", "marginal note", "in the margin", "on the margin", "margin", "manuscript note", "written across", "scribbled", "crossed out", "struck out", "inscribed", "inscription", "handwrit", "longhand", "in the hand of", "penciled", "pencilled", "underlined", "deleted by hand", "in his own hand", "in another hand", "in a different hand", "in the same hand", "in an unknown hand", "in a second hand", "in his hand", "in her hand"):
		if l.begins("translator", "note:", "notes:", "note by", "note of", "editor", "trans") {
			return weakly
		}
		return surely
	case inSomeonesHand(l.lows):
		return surely
	case l.begins("resolution") && (strings.Contains(l.in, ":") || len(l.words) < 3) || l.begins("notation", "annotation", "visa", "endorsement"):
		return fairly
	}
	return no
}

func isStamp(l *look) fit {
	switch {
	case l.has("postmark", "postmarked", "rubber stamp", "date stamp", "registry mark", "receipt stamp", "entry stamp", "stamped", "stamps"):
		return surely
	case l.has("stamp"):
		return surely
	case l.has("seal") && (strings.Contains(l.in, ":") || l.has("seal of", "of the")):
		return surely
	case l.ctx.OwnLine && (l.begins("incoming", "registered", "registry", "entered", "declassified") && strings.ContainsAny(l.in, "0123456789") || l.has("subject to return", "to be returned")):
		return fairly
	}
	return no
}

func isIllegible(l *look) fit {
	if _, reading, ok := strings.Cut(l.in, ": "); ok && l.begins("word unclear", "words unclear", "unclear word", "unclear words", "name unclear", "barely legible") && reading != "" {
		return no // a reading is offered
	}
	if l.has("illegible", "unreadable", "not legible", "indecipherable", "undecipherable", "unintelligible", "inaudible", "faded", "torn", "too faint", "too faded", "blurred", "smudged", "cannot be read", "not readable", "hard to read", "damaged", "burned", "blot", "obliterated", "burnt", "washed out", "cut off", "obscured", "unclear word", "word unclear", "words unclear", "missing word", "words missing", "word missing", "barely legible", "ink blot", "illeg.", "illeg") || len(l.words) < 4 && l.has("garble", "garbled", "garbles") {
		if l.has("stamp") || l.has("seal") && l.has("faded") {
			return weakly
		}
		return surely
	}
	return no
}

var noteOpeners = []string{"translator's note", "translator’s note", "translators' note", "translator note", "translator", "trans. note", "trans", "tr. note", "tr.", "editor's note", "editor’s note", "editors' note", "editorial note", "editor", "editors", "ed. note", "ed.", "note", "notes", "n.b.", "nb", "note by", "remark", "translation note", "comment", "tn", "t.n.", "author's note", "author’s note", "annotation", "ed", "compiler's note", "archivist's note", "publisher's note", "footnote"}

func isTranslatorNote(l *look) fit {
	if len(l.words) < 2 && !strings.Contains(l.in, ":") {
		return no
	}
	if l.begins("translated by", "translated from", "retranslated", "translation by", "translation from") {
		return surely
	}
	if head, _, ok := strings.Cut(l.low, ":"); ok && len(head) < 48 && (strings.Contains(head, "translator") || strings.Contains(head, "editor") || strings.Contains(head, "compiler")) {
		return surely // remark by the translator: …
	}
	for _, o := range noteOpeners {
		if rest, ok := strings.CutPrefix(strings.TrimLeft(l.low, "-–— "), o); ok {
			rest = strings.TrimLeft(rest, " ")
			if rest != "" && strings.ContainsAny(rest[:1], ":-,;.") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—") || strings.Contains(o, "note") && len(o) > 5 {
				return surely
			}
		}
	}
	tail := strings.TrimRight(l.low, " .")
	for _, t := range []string{"-trans", "- trans", "—trans", "-- trans", "--trans", "– trans", "-tr", "-ed", "- ed", "—ed", "--ed", "-- ed", "– ed", "—translator", "- translator", "--translator", "translator's note", "-translator", "-editor", "- editor", "—editor", "tr. note"} {
		if strings.HasSuffix(tail, t) {
			if allCaps(l.prev) || l.is(lexicon.Acronym, l.prev) {
				return weakly
			}
			return surely
		}
	}
	if l.ctx.OwnLine && l.has("breaks off", "break off", "recording ends", "recording begins", "end of the tape", "end of tape", "tape ends", "is missing", "are missing") {
		return fairly
	}
	if l.has("in the original", "in original", "in the russian text", "in the text", "in english in", "the original has", "original text", "the typescript", "the draft has", "in the russian original", "in latin script", "pun", "play on words", "untranslatable", "literally", "the document", "the copy", "the text breaks off", "underlined in the original") {
		if l.has("literally", "lit.") && len(l.words) < 5 {
			return weakly
		}
		return fairly
	}
	return no
}

func isExcerpt(l *look) fit {
	switch strings.Trim(l.low, " .:") {
	case "beginning of document missing; excerpt", "excerpt", "excerpts", "extract", "extracts", "excerpted", "abridged", "partial", "partial translation", "fragment", "fragments", "selection", "selections", "abridged version", "abridged text", "in part", "excerpt only", "extract only", "partial text", "summary", "abstract", "beginning of the document missing":
		return surely
	}
	if l.has("excerpt", "excerpts") && len(l.words) < 8 && !l.begins("see", "in") {
		return fairly
	}
	if l.has("only") && l.has("part", "parts", "portion", "portions", "section", "sections", "passage", "passages", "pages", "paragraphs") && l.has("translated", "printed", "reproduced", "given", "published", "included", "here") {
		return fairly
	}
	if l.begins("excerpt", "excerpts", "extract", "extracts", "abridged", "fragment", "partial", "excerpted") && len(l.words) < 8 {
		return fairly
	}
	return no
}

func isOmission(l *look) fit {
	if l.has("omitted", "not declassified", "not translated", "deleted", "redacted", "excised", "sanitized", "here follows", "here follow", "left out", "withheld", "not printed", "not included", "not reproduced", "passage omitted", "text missing", "lines omitted", "cut", "censored", "removed", "suppressed", "untranslated", "not published", "omission", "unreleased", "exempted", "blank", "gap in the text", "material omitted", "portion", "text omitted", "not transcribed", "list of names", "blacked out", "blackened", "anonymized", "anonymised", "whited out", "name withheld") {
		if l.begins("cut", "portion", "blank") && len(l.words) > 3 {
			return weakly
		}
		return surely
	}
	return no
}

func isPage(l *look) fit {
	if l.begins("page", "pages", "p.", "pp.", "pg.", "folio", "fol.", "fol", "leaf", "sheet", "l.", "ll.", "end of page", "start of page", "pag.", "pg", "p", "verso", "recto", "reverse", "overleaf", "beginning of page", "next page", "page break", "new page", "s.", "str.", "bl.", "handwritten page") && len(l.words) < 7 {
		if len(l.words) == 1 && !l.has("verso", "recto", "reverse", "overleaf") {
			return no
		}
		if i := strings.IndexAny(l.in, "0123456789"); i > 0 && i < 3 && !strings.ContainsAny(l.in[:i], " .") {
			return no // P76/III
		}
		if n, ok := pageNumber(l.in); ok && n != "" {
			return surely
		}
		if l.has("verso", "recto", "reverse", "overleaf", "next page", "new page", "page break") {
			return fairly
		}
	}
	if len(l.words) == 2 && numeric(l.words[0]) && l.has("verso", "recto", "rev", "ob", "reverse") {
		return surely // 3 verso
	}
	if l.begins("f.", "ff.", "fo.") && len(l.words) < 5 && l.has("verso", "recto", "reverse", "rev", "ob", "v", "r") {
		return surely // f. 114 verso
	}
	return no
}

var cardinal = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "last": ""}

// pageNumber is the number of a page as the text has it.
func pageNumber(s string) (string, bool) {
	for _, w := range strings.Fields(s) {
		w = strings.Trim(w, ".,:;-–()[]")
		low := strings.ToLower(w)
		if strings.ContainsAny(w, "0123456789") {
			return w, true
		}
		if _, ok := cardinal[low]; ok {
			return w, true
		}
		if low != "" && strings.Trim(low, "ivxlc") == "" {
			return w, true
		}
	}
	return "", false
}

func isService(l *look) fit {
	switch {
	case l.begins("received", "sent", "transmitted", "dispatched", "relayed", "retransmitted", "passed to", "passed", "repeated to", "repeated", "delivered", "telephoned", "forwarded", "deciphered", "decoded", "encrypted", "relay") && (strings.ContainsAny(l.in, "0123456789") || l.ctx.OwnLine || l.begins("passed to", "repeated to")):
		return surely
	case l.begins("section", "part") && l.has("of") && len(l.words) < 6 && (strings.ContainsAny(l.in, "0123456789") || hasCardinal(l.lows)):
		return surely
	case l.has("of") && l.has("parts", "sections", "messages", "telegrams") && len(l.words) < 6 && hasCardinal(l.lows):
		return surely // second of three parts
	case l.ctx.OwnLine && l.begins("by", "via", "over") && l.has("telephone", "phone", "teletype", "telegraph", "telex", "radio", "wire") && len(l.words) < 9:
		return surely
	case l.has("end of message", "end of telegram", "end message", "message ends", "correction follows", "text follows", "message begins", "begin message", "final section", "first section", "second section", "last section", "no distribution", "limited distribution", "eyes only", "flash", "priority") && len(l.words) < 8:
		return fairly
	case l.has("transmission ends", "transmission begins", "transmission interrupted", "transmission", "telegram received", "repetition requested", "message received", "line garbled", "received garbled") && len(l.words) < 8:
		return fairly
	case l.has("by telephone", "by teletype", "by telegraph", "by radio", "by wire", "via telex") && l.ctx.OwnLine:
		return surely
	}
	return no
}

func hasCardinal(words []string) bool {
	for _, w := range words {
		if _, ok := cardinal[w]; ok {
			return true
		}
	}
	return false
}

func isRoute(l *look) fit {
	switch {
	case l.begins("via"):
		return surely
	case l.begins("by") && l.has("telephone", "courier", "telegraph", "radio", "pouch", "plane", "mail", "wire", "cable", "messenger", "teletype", "hand of") && len(l.words) < 7 && !l.ctx.OwnLine:
		return fairly
	case l.begins("through", "by courier", "by diplomatic", "by pouch", "by special courier", "by way of", "by hand of", "carried by", "transmitted through", "sent through", "delivered through", "conveyed through", "passed through", "transmitted via", "sent via", "forwarded through", "handed over by", "by radio through", "by messenger", "delivered by", "conveyed by", "sent with", "with courier", "by the hand of", "routed through", "routed via"):
		return fairly
	}
	return no
}

func isCitation(l *look) fit {
	switch {
	case l.begins("source", "sources", "see", "see also", "cf.", "cf", "ibid", "ibid.", "from the archive", "published in", "reprinted", "first published", "quoted from", "document", "doc.", "reference", "in:", "copy in", "archive", "obtained", "cited in", "op. cit.", "ref:", "compare") && (len(l.words) > 1 || l.begins("ibid")):
		if l.begins("document") && len(l.words) > 2 && !strings.ContainsAny(l.in, "0123456789") {
			return weakly
		}
		return surely
	case archival(l.low), shelfmark(l.in), newspaper(l.in):
		return surely
	case l.ctx.OwnLine && strings.Count(l.in, ", ") > 1 && strings.ContainsAny(l.in, "0123456789") && capital(l.in):
		return fairly
	case strings.Contains(l.in, ", ") && l.date4() && strings.ContainsAny(strings.SplitN(l.in, ", ", 2)[0], "0123456789") && strings.ContainsAny(l.in, "/-"):
		return fairly
	case strings.Contains(l.in, ", ") && strings.ContainsAny(l.in, "0123456789") && l.has("vol.", "vol", "no.", "pp.", "p.", "document", "pb", "fond", "box", "folder", "nsc", "frus", "pravda", "izvestia", "doc.") && len(l.words) > 2:
		return fairly
	case len(l.in) > 8 && len(l.words) > 3 && strings.Contains(l.in, ", ") && l.date4() && l.ctx.OwnLine:
		return fairly
	}
	return no
}

// date4 says whether in has a year.
func (l *look) date4() bool {
	for _, w := range l.words {
		if len(w) == 4 && strings.Trim(w, "0123456789") == "" {
			return true
		}
	}
	return false
}

// shelfmark says whether s is an archive's short name with a shelfmark behind it,
// as SAPMO-BArch, DY 30/3666.
func shelfmark(s string) bool {
	archive, mark, ok := strings.Cut(s, ", ")
	capitals := 0
	for _, r := range archive {
		if unicode.IsUpper(r) {
			capitals++
		} else if !unicode.IsLetter(r) && r != '-' {
			return false
		}
	}
	if !ok || capitals < 3 || !strings.ContainsAny(mark, "0123456789") {
		return false
	}
	for w := range strings.FieldsSeq(mark) {
		if len(w) > 3 && !strings.ContainsAny(w, "0123456789") && !capital(w) {
			return false // it is said in words
		}
	}
	return strings.ContainsAny(mark, "/-") || strings.Contains(mark, " ")
}

// newspapers are those that documents of the archives quote from.
var newspapers = []string{"Pravda", "Izvestia", "Izvestiya", "Krasnaya Zvezda", "Trud", "Renmin Ribao", "People's Daily", "Neues Deutschland", "Rude Pravo", "Rudé právo", "Trybuna Ludu", "Scinteia", "Scînteia", "Rabotnichesko Delo", "Népszabadság", "Nepszabadsag", "Szabad Nép", "Borba", "Politika", "Zeri i Popullit", "Zëri i Popullit", "Nhan Dan", "Rodong Sinmun", "Nodong Sinmun", "Unen", "L'Humanité", "L'Humanite", "L'Unità", "L'Unita", "Le Monde", "Granma", "New York Times", "The New York Times", "Washington Post", "The Times", "Frankfurter Allgemeine"}

// newspaper says whether s is a newspaper of some day or number.
func newspaper(s string) bool {
	name, day, ok := strings.Cut(s, ", ")
	return ok && strings.ContainsAny(day, "0123456789") && slices.Contains(newspapers, strings.Trim(name, "\"“”"))
}

// archival says whether s, in small letters, has the parts of an archival
// reference.
func archival(s string) bool {
	if !strings.ContainsAny(s, "0123456789") {
		return false
	}
	low := " " + s
	n := 0
	for _, p := range []string{" f. ", " f.", " fond ", " op. ", " op.", " opis ", " d. ", " d.", " delo ", " l. ", " ll. ", " p. ", " box ", " folder ", " rg ", " papka ", " f ", " inv. ", " a.e. ", " bl. ", " vol. ", " file "} {
		if i := strings.Index(low, p); i >= 0 {
			rest := strings.TrimLeft(low[i+len(p):], " ")
			if rest != "" && '0' <= rest[0] && rest[0] <= '9' {
				n++
			}
		}
	}
	return n >= 2
}

func isCaseChange(l *look) fit {
	r, n := utf8.DecodeRuneInString(l.in)
	if n != len(l.in) || !unicode.IsLetter(r) || !l.gluedR || l.gluedL {
		return no
	}
	q, _ := utf8.DecodeRuneInString(l.after)
	if unicode.IsLower(q) {
		return surely
	}
	return no
}

func isRestOfName(l *look) fit {
	if patronymic(l) {
		return surely
	}
	if !l.gluedL || l.in == "" || noteMark(l.in) && len([]rune(l.prev)) > 3 {
		return no
	}
	r, _ := utf8.DecodeRuneInString(l.in)
	p, _ := utf8.DecodeLastRuneInString(l.before)
	for _, w := range l.words {
		if strings.ContainsAny(w, "0123456789?") {
			return no
		}
	}
	if unicode.IsLower(r) && unicode.IsLetter(p) && len(l.words) == 1 {
		// A[ndrei], Mikh[ail]: the word before the bracket begins with a capital
		if capital(l.prev) {
			return surely
		}
		return weakly
	}
	return no
}

// patronymic says whether the bracket gives the father's name behind a given
// name: Mikhail [Mikhailovich] Babich.
func patronymic(l *look) bool {
	if len(l.words) != 1 || !capital(l.in) || l.gluedL || !capital(l.prev) || strings.TrimSpace(l.before) == "" {
		return false
	}
	for _, s := range []string{"ovich", "evich", "ovna", "evna", "ovych", "ivna", "ovitch"} {
		if strings.HasSuffix(l.low, s) && len(l.low) > len(s)+2 {
			return capital(l.next) && !strings.HasSuffix(strings.TrimRight(l.before, " "), ".")
		}
	}
	return false
}

func isNoteMark(l *look) fit {
	if !noteMark(l.in) || l.b.Double {
		return no
	}
	if l.ctx.NoteLabel != nil && l.ctx.NoteLabel(l.in) {
		return surely
	}
	digits := strings.Trim(l.in, "0123456789") == ""
	switch {
	case digits && l.gluedR && strings.TrimSpace(l.before) != "":
		return no
	case digits && l.gluedR && capital(l.after):
		return fairly // [1]See the report
	case strings.Trim(l.in, "*") == "" && len(l.in) > 2 && !l.gluedL:
		return no
	case digits && (l.prev == "" || strings.HasSuffix(l.prev, "№") || strings.HasSuffix(l.prev, "º") || strings.HasSuffix(l.prev, "°") || strings.EqualFold(strings.TrimSuffix(l.prev, "."), "no") || strings.EqualFold(l.prev, "nr")):
		if l.ctx.OwnLine {
			return fairly
		}
		return no
	case digits && numeric(l.prev) && !touches(l):
		return no // 6 [7] February
	case digits:
		return fairly
	case touches(l) && !l.gluedR:
		return fairly
	case strings.Trim(l.in, "*†‡") == "":
		return surely
	case lineStart(l) && strings.HasPrefix(l.after, " ") && capital(strings.TrimLeft(l.after, " ")) && l.in != "I":
		return fairly // [i] VICTOR: who he is
	case l.low == "a" || l.in == "I" || l.in == "o":
		return no // the pronoun has a capital: To VIKTOR [i].
	}
	return fairly
}

// lineStart says whether the bracket begins a line.
func lineStart(l *look) bool {
	t := strings.TrimRight(l.before, " \t\u00a0")
	return t == "" || strings.HasSuffix(t, "\n")
}

// touches says whether the bracket touches what is before it.
func touches(l *look) bool {
	r, _ := utf8.DecodeLastRuneInString(l.before)
	return l.before != "" && !unicode.IsSpace(r) && !strings.ContainsRune("([\"“", r)
}

func noteMark(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	if strings.Trim(s, "0123456789") == "" {
		return len(s) <= 3
	}
	if strings.Trim(s, "*†‡") == "" {
		return true
	}
	if len(s) == 1 && 'a' <= s[0] && s[0] <= 'z' {
		return true
	}
	t := strings.TrimLeft(s, "0123456789")
	if len(t) == 1 && t != s && 'a' <= t[0] && t[0] <= 'z' {
		return true
	}
	low := strings.ToLower(s)
	if strings.Contains(s, "-") {
		return false
	}
	if strings.HasPrefix(low, "fn") || strings.HasPrefix(low, "n.") || strings.HasPrefix(low, "note") {
		return strings.ContainsAny(s, "0123456789")
	}
	return strings.Trim(s, "ivx") == "" && len(s) > 1 || strings.Trim(s, "IVX") == "" && len(s) > 1
}

// numberWord says whether w is a number in words.
func numberWord(w string) (string, bool) {
	if v, ok := cardinal[w]; ok {
		return v, true
	}
	for _, x := range []string{"teen", "ty"} {
		if strings.HasSuffix(w, x) && len(w) > 4 {
			return w, english.Is(w) && (strings.HasPrefix(w, "t") || strings.HasPrefix(w, "f") || strings.HasPrefix(w, "s") || strings.HasPrefix(w, "e") || strings.HasPrefix(w, "n"))
		}
	}
	return "", false
}

// ordinalWord says whether a number in words is one of rank.
func ordinalWord(w string) bool {
	return w == "first" || w == "second" || w == "third" || w == "last" || strings.HasSuffix(w, "th")
}

// hedged says whether the bracket begins with a word of doubt.
func hedged(l *look) bool {
	return l.begins("evidently", "apparently", "obviously", "presumably", "actually", "rather")
}

func numeric(s string) bool { return s != "" && strings.Trim(s, "0123456789.,/-") == "" }

func isCorrection(l *look) fit {
	switch {
	case l.begins("correctly", "correct", "should be", "should read", "read", "recte", "rather", "properly", "actually", "i.e. correctly", "must be", "corrected", "correction", "more correctly", "in fact", "right:", "error for", "mistake for", "erroneously", "meaning presumably", "instead of", "evidently", "apparently", "obviously", "presumably", "sic, should be", "corrected to", "misprint for", "probably should be", "in reality") && (len(l.words) > 1 || strings.Contains(l.in, ":")):
		if hedged(l) && functionWords[strings.ToLower(l.prev)] {
			return no // the report of [apparently: Simeonov]
		}
		return surely
	case numeric(l.in) && numeric(l.prev) && !touches(l) && !(len(l.in) == 4 && len(l.prev) < 3):
		return surely // 6 [7] February, but not 4 [1973]
	}
	if len(l.words) == 1 && isMonth(l.in) && isMonth(l.prev) && !touches(l) {
		return surely // in March [May] of that year
	}
	if ordinal(l.low) && ordinal(strings.ToLower(l.prev)) && !touches(l) {
		return surely // the 21st [20th] Congress
	}
	if _, ok := numberWord(l.low); ok && len(l.words) == 1 {
		if p := strings.ToLower(l.prev); ordinalWord(p) == ordinalWord(l.low) {
			if _, ok := numberWord(p); ok {
				return fairly
			}
		}
	}
	if l.is(lexicon.Foreign, l.in) {
		return no
	}
	doubt := strings.HasSuffix(l.in, "?")
	w := strings.Trim(l.low, edge)
	p := strings.ToLower(l.prev)
	if len(l.words) == 1 && w != "" && p != "" && !capital(l.words[0]) && unicode.IsLetter([]rune(w)[0]) {
		// governor for government, tankers for barges
		if doubt && !functionWords[w] && !functionWords[p] && !hasCardinal(l.lows) {
			return fairly
		}
		if !doubt && !functionWords[w] && len(w) > 3 && len(p) > 3 && w[0] == p[0] && distance(w, p) <= 2 && w != p {
			return fairly
		}
	}
	if len(l.words) == 1 && capital(l.in) && capital(l.prev) && doubt && alike(l.prev, l.words[0]) {
		return weakly
	}
	return no
}

func isFileMark(l *look) fit {
	f := strings.Fields(l.in)
	if len(f) == 0 || len(f) > 4 || !strings.ContainsAny(l.in, "0123456789") {
		return no
	}
	if l.begins("file", "reg.", "ref.", "index", "case") && len(f) < 4 {
		return surely
	}
	mark := false
	for _, w := range f {
		if strings.ContainsAny(w, "0123456789") {
			mark = mark || strings.ContainsAny(w, "/-.") || len(f) > 1
			continue
		}
		if !allCaps(w) && len(w) > 1 && !capital(w) && w != "no." {
			return no
		}
	}
	caps := len(f) > 1
	for _, w := range f {
		if strings.ToUpper(w) != w {
			caps = false
		}
	}
	if caps && len(f) < 4 && !l.date() && allCaps(f[0]) && !strings.HasPrefix(l.before, "from") {
		return fairly
	}
	if mark && !l.date() && strings.ContainsAny(l.in, "/-") && !strings.Contains(l.in, ", ") {
		return fairly
	}
	return no
}

func isUnclear(l *look) fit {
	if strings.HasSuffix(l.in, "?") || strings.HasSuffix(l.in, "?)") || strings.HasSuffix(l.low, "unclear") || l.begins("or") && len(l.words) == 2 && numeric(l.words[1]) || l.begins("?", "probably", "possibly", "perhaps", "uncertain", "maybe", "apparently", "presumably", "evidently", "reading uncertain", "unclear", "likely", "sounds like", "conjectural", "doubtful", "word unclear", "words unclear", "name unclear", "barely legible") && len(l.words) < 6 {
		return surely
	}
	if i := slices.Index(l.lows, "or"); i > 0 && i == len(l.words)-2 && len(l.words) < 6 && (capital(l.words[0]) && capital(l.words[i+1]) || numeric(l.words[0]) && numeric(l.words[i+1])) {
		return fairly // Bartos or Bartok
	}
	if numeric(l.in) && (l.gluedL && l.gluedR || l.b.Double) || l.b.Double && l.gluedL {
		return fairly
	}
	if l.b.Double && len(l.words) < 5 {
		return weakly
	}
	return no
}

func isExpansion(l *look) fit {
	long := strings.TrimRight(l.in, " .")
	for _, t := range []string{"--trans", "-trans", "—trans", "– trans", "- trans"} {
		long = strings.TrimSuffix(long, t)
	}
	prev := strings.TrimSuffix(strings.TrimSuffix(l.prev, "(b)"), ".")
	entry, known := l.lex.Find(lexicon.Acronym, prev)
	known = known && (entry.Form == prev || allCaps(prev))
	short := allCaps(prev) && len([]rune(prev)) <= 9 && len(prev) > 1 || known || mixedAcronym(prev)
	switch {
	case len(l.words) > 1 && acronymOf(prev, long) && short:
		return surely
	case known && len(l.words) > 0 && !l.light() && !l.is(lexicon.Person, l.in):
		return surely
	case indefinite(l) && !known:
		// a word for somebody: KARMEN [a typist]
	case len(l.words) == 1 && mixedAcronym(l.in) && !allCaps(l.in) && len(l.in) < 6 && strings.Contains(l.name, " "):
		return fairly // the Ministry for State Security [MfS]
	case len(l.words) == 1 && allCaps(l.in) && len(l.in) > 1 && len(l.in) < 7 && strings.Contains(l.name, " ") && !allCaps(prev) && everyEnglish(strings.Fields(l.name)) && !l.is(lexicon.Place, l.in) && !l.is(lexicon.CoverName, l.in):
		return fairly // the State Planning Office [SPK]
	case len(l.words) == 1 && allCaps(l.words[0]) && len(l.words[0]) <= 9:
		// the abbreviation of the words before it
		f := strings.Fields(l.before)
		if n := len(f); n > 1 && acronymOf(l.words[0], strings.Join(f[max(0, n-12):], " ")) {
			return surely
		}
		if l.is(lexicon.Acronym, l.words[0]) && !allCaps(prev) && capital(prev) && !l.is(lexicon.Place, l.words[0]) && !l.is(lexicon.Nationality, l.words[0]) {
			return fairly // but Comrade Winzer [GDR]
		}
		if w := strings.ToLower(prev); len(l.in) > 1 && len(l.in) < 7 && strings.Trim(l.in, "IVXLC") != "" && !capital(prev) && english.Is(w) && !functionWords[w] && !l.is(lexicon.Place, l.in) && !l.is(lexicon.CoverName, l.in) && l.ctx.Zone != "service" {
			return fairly // the cooperative [TKZS]
		}
	case short && len(l.words) > 1 && (!l.person() || everyEnglish(l.words) && len(prev) < 5):
		return fairly
	case short && len(l.words) > 2 && len(prev) < 6 && !l.is(lexicon.CoverName, prev) && !(l.person() && strings.Contains(l.name, " ") && allCaps(l.name)):
		return fairly
	case abbreviation(l) && len(l.words) > 0:
		return fairly
	}
	if soviet(prev) && len(l.words) > 1 {
		return fairly
	}
	if l.begins("i.e.", "abbreviation", "abbr.", "short for", "stands for") && len(l.words) > 2 {
		return weakly
	}
	return no
}

// mixedAcronym says whether w is an abbreviation such as TsK, VKP(b), GlavPUR.
func mixedAcronym(w string) bool {
	up := 0
	low := 0
	for _, r := range w {
		if unicode.IsUpper(r) {
			up++
		} else if unicode.IsLower(r) {
			low++
		}
	}
	return up >= 2 && low <= up && len(w) < 10 && !strings.Contains(w, "-")
}

// abbreviation says whether the word before is cut off with a point that the
// bracket resolves: dept. [department].
func abbreviation(l *look) bool {
	if !strings.HasSuffix(strings.TrimRight(l.before, " "), ".") || len(l.words) != 1 {
		return false
	}
	p, w := strings.ToLower(l.prev), strings.ToLower(l.words[0])
	return len(p) > 1 && len(w) > len(p) && w[0] == p[0] && acronymLetters(p, w)
}

func acronymLetters(short, long string) bool {
	for _, r := range short {
		i := strings.IndexRune(long, r)
		if i < 0 {
			return false
		}
		long = long[i+utf8.RuneLen(r):]
	}
	return true
}

// soviet says whether w is one of the composed words of Soviet offices.
func soviet(w string) bool {
	low := strings.ToLower(w)
	for _, s := range []string{"kom", "prom", "torg", "snab", "stroi", "stroy", "koz", "koop", "fond", "trest", "kombinat", "inform", "otdel", "ispolkom", "obkom", "gorkom", "raikom", "kolkhoz", "sovkhoz", "sovnarkhoz", "glavk", "voenkom", "vneshtorg", "gosplan", "minzdrav"} {
		if strings.HasSuffix(low, s) && len(low) > len(s)+1 || low == s {
			return true
		}
	}
	return false
}

func isIdentification(l *look) fit {
	if l.name == "" || l.gluedL {
		return no
	}
	bareName := bareName(l.lex, l.name)
	if bareName == "" {
		return no
	}
	office := false
	words := l.words
	if len(words) > 1 && l.is(lexicon.Role, words[0]) {
		office = true
		words = words[1:]
	}
	if i := strings.LastIndexByte(bareName, ' '); i > 0 && allCaps(bareName[i+1:]) && len(bareName)-i > 3 && !allCaps(bareName[:i]) && english.Is(strings.ToLower(bareName[:i])) {
		bareName = bareName[i+1:] // Agent ZWERG
	}
	if indefinite(l) && allCaps(bareName) && !l.is(lexicon.Acronym, bareName) && !l.is(lexicon.Place, bareName) {
		return fairly // the source KARMEN [a typist]
	}
	if len(words) == 0 || len(words) > 4 {
		return no
	}
	for _, w := range words {
		if !capital(w) || strings.ContainsAny(w, "0123456789?") {
			return no
		}
	}
	in := strings.Join(words, " ")
	if n := strings.Fields(bareName); len(words) == 1 && strings.HasSuffix(n[len(n)-1], ".") && n[len(n)-1][0] == in[0] {
		return no // I. [Ivan] Bashev
	}
	if !allCaps(bareName) && len(words) > 1 && !l.is(lexicon.Person, in) && everyEnglish(words) {
		return no // the Volkskammer [People's Chamber]
	}
	if l.is(lexicon.CoverName, bareName) {
		return surely
	}
	if allCaps(in) && len(words) == 1 || strings.HasPrefix(l.in, "\"") || strings.HasPrefix(l.in, "“") || l.is(lexicon.Role, in) || l.is(lexicon.Role, l.in) {
		return no
	}
	for _, w := range words[1:] {
		if l.is(lexicon.Role, w) {
			return no
		}
	}
	if l.goesOn(bareName, words) {
		return no
	}
	if len(words) == 1 && halfName(bareName) && !allCaps(bareName) && !l.is(lexicon.Person, in) && (bareName != l.name || !surnames[strings.ToLower(in)] && !strings.Contains(bareName, " ")) {
		return weakly // Comrade Tang [Muzhi]
	}
	if l.is(lexicon.Place, in) || l.is(lexicon.Org, in) || l.is(lexicon.Nationality, in) || l.is(lexicon.Acronym, in) || l.is(lexicon.Place, bareName) || allCaps(in) && !allCaps(bareName) {
		return no
	}
	quoted := strings.HasSuffix(strings.TrimRight(l.before, " "), "\"") || strings.HasSuffix(strings.TrimRight(l.before, " "), "”")
	if !quoted && bareName == l.name && !allCaps(bareName) && !l.is(lexicon.Person, in) && thing(l, bareName) {
		return no // the West Flower Hall is nobody
	}
	if alike(in, bareName) || strings.EqualFold(skeleton(in), skeleton(bareName)) || nearly(in, bareName[strings.LastIndexByte(bareName, ' ')+1:]) {
		return no
	}
	honored := bareName != l.name
	if w := strings.Fields(bareName); len(w) > 1 && len(words) > 1 && surnames[strings.ToLower(w[0])] && surnames[strings.ToLower(words[0])] {
		return fairly // Wang Ming [Chen Shaoyu]: one person's two names
	}
	switch {
	case allCaps(bareName) && !l.is(lexicon.Acronym, bareName) && !allCaps(in):
		return surely
	case honored || quoted || office:
		return fairly
	case l.is(lexicon.Person, in):
		return fairly
	case len(strings.Fields(bareName)) == 1 && len(words) >= 1 && !placed(l):
		if sentenceStart(l) && len(words) == 1 && l.next != "" && capital(l.next) {
			return weakly
		}
		return fairly
	}
	return weakly
}

// goesOn says whether words are the rest of a name: of one that is known, as
// Beqir [Balluku], or the given name behind a surname of the East, as Kim [Il
// Sung], Pham [Van Dong].
func (l *look) goesOn(name string, words []string) bool {
	if strings.Contains(name, " ") || allCaps(name) || len(words) == 0 {
		return false
	}
	if l.is(lexicon.Person, name+" "+strings.Join(words, " ")) {
		return true
	}
	return surnames[strings.ToLower(name)] && len(words) == 2 && len(words[0]) < 6 && len(words[1]) < 6 && capital(words[0]) && capital(words[1]) && !everyEnglish(words) &&
		(!surnames[strings.ToLower(words[0])] || len(words[1]) < 4)
}

// indefinite says whether the bracket says what somebody or something is.
func indefinite(l *look) bool {
	return len(l.words) > 1 && (l.words[0] == "a" || l.words[0] == "an" || l.words[0] == "one") && !l.light()
}

// everyEnglish says whether words are common ones of English.
func everyEnglish(words []string) bool {
	for _, w := range words {
		w = strings.ToLower(w)
		for _, own := range []string{"'s", "’s", "'", "’"} {
			w = strings.TrimSuffix(w, own)
		}
		if !english.Is(w) {
			return false
		}
	}
	return len(words) > 0
}

// halfName says whether a name is the surname alone of a person of China, Korea
// or Viet Nam, or the surname and one name more, so that it can go on.
func halfName(s string) bool {
	w := strings.Fields(s)
	return len(w) > 0 && len(w) < 3 && surnames[strings.ToLower(w[0])] && (len(w) == 1 || !strings.Contains(w[1], "-") && len(w[1]) < 4)
}

// thing says whether a capitalised name is plainly no person's: common words, or
// several words behind an article, that do not end with a word for a person.
func thing(l *look, name string) bool {
	w := strings.Fields(strings.ToLower(name))
	article := strings.HasSuffix(strings.ToLower(strings.TrimRight(l.text[:l.nameAt], " \u00a0")), " the")
	if w[0] == "the" && len(w) > 1 {
		article, w = true, w[1:]
	}
	last := w[len(w)-1]
	if persons[last] || l.is(lexicon.Role, last) {
		return false
	}
	common := true
	for _, x := range w {
		common = common && english.Is(x)
	}
	return common && (article || len(w) > 1) || article && len(w) > 1
}

// persons are words for somebody, behind which a name stands for one.
var persons = map[string]bool{"man": true, "boss": true, "uncle": true, "aunt": true, "master": true, "friend": true, "father": true, "mother": true, "brother": true, "sister": true, "doctor": true, "teacher": true,
	"comrade": true, "gardener": true, "baker": true, "smith": true, "tailor": true, "carpenter": true, "lady": true, "gentleman": true, "fellow": true, "host": true, "guest": true, "neighbor": true, "neighbour": true, "chief": true, "leader": true, "owner": true, "guy": true, "woman": true}

// givenNames are those that are words of English too.
var givenNames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`john jack mark bill frank grant will rose grace may june pat ray art gene victor max foster dean dick rob bob jim tom don guy earl duke rusk rich drew miles lance chuck
angel christian faith hope joy iris ivy lily violet daisy olive pearl ruby amber sandy dale glen cliff clay colt cole chase wade ward dwight allen jean carol dawn gale merry robin jay ernest sterling basil herb rex reed heath`) {
		m[w] = true
	}
	return m
}()

// surnames of China, Korea and Viet Nam that stand before the given name.
var surnames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen
kim pak park yi lee choe choi chong jung chung kang cho yun yoon chang im lim han o oh so seo sin shin kwon hwang an ahn song hong nam paek pang ho nguyen tran le pham hoang phan vu dang bui do ngo duong ly truong vo mao qiao bo chiang teng chou`) {
		m[w] = true
	}
	return m
}()

// bareName is a name without honorific and office.
func bareName(lex *lexicon.Lexicon, s string) string {
	for range 3 {
		if _, n := lex.Longest(lexicon.Honorific, s); n > 0 {
			s = strings.TrimLeft(s[n:], ". \u00a0\n")
		}
		if _, n := lex.Longest(lexicon.Role, s); n > 0 && n < len(s) {
			s = strings.TrimLeft(s[n:], " \u00a0\n")
		}
	}
	return strings.Trim(s, " \"“”")
}

func sentenceStart(l *look) bool { return strings.TrimSpace(l.before) == l.name }

// placed says whether the word before the name is one that places follow.
func placed(l *look) bool {
	head := strings.TrimRight(l.text[max(0, l.nameAt-48):l.nameAt], " \"“")
	w := strings.ToLower(head[strings.LastIndexAny(head, " \n([")+1:])
	switch w {
	case "to", "from", "for", "of":
		// what is said, given or written to somebody
		for v := range strings.FieldsFuncSeq(head[:len(head)-len(w)], func(r rune) bool { return !unicode.IsLetter(r) }) {
			if addressing[strings.ToLower(v)] {
				return false
			}
		}
		return true
	case "in", "at", "near", "through", "toward", "towards", "around", "outside", "between", "via", "into", "reached", "entered", "occupied", "liberated", "evacuated":
		return true
	}
	return false
}

// addressing are verbs and nouns with which a name behind a preposition is
// somebody's.
var addressing = map[string]bool{"said": true, "say": true, "told": true, "tell": true, "showed": true, "shown": true, "show": true, "gave": true, "given": true, "give": true, "handed": true, "hand": true, "wrote": true, "written": true, "write": true,
	"spoke": true, "spoken": true, "speak": true, "talked": true, "read": true, "reported": true, "entrusted": true, "promised": true, "offered": true, "proposed": true, "thanks": true, "greetings": true, "regards": true, "addressed": true, "introduced": true, "explained": true, "answered": true, "replied": true}

func isVariant(l *look) fit {
	if l.name == "" || len(l.words) == 0 || len(l.words) > 5 || l.gluedL {
		return no
	}
	in := strings.Join(l.words, " ")
	low := strings.ToLower(in)
	for _, p := range []string{"now", "today", "formerly", "also", "or", "present-day", "then", "later", "called", "aka", "a.k.a.", "i.e.", "modern", "present", "current", "pinyin:", "pinyin", "also known as", "also spelled", "in korean:", "korean:", "in chinese:", "chinese:", "russian:"} {
		if rest, ok := strings.CutPrefix(low, p); ok && strings.HasPrefix(rest, " ") {
			low = rest[1:]
			in = in[len(in)-len(low):]
			if capital(in) {
				return surely
			}
		}
	}
	if !capital(in) || isMonth(in) {
		return no
	}
	for _, w := range l.words {
		if strings.ContainsAny(w, "0123456789?") {
			return no
		}
	}
	bare := bareName(l.lex, l.name)
	last := bare[strings.LastIndexByte(bare, ' ')+1:]
	if len(l.words) == 1 && strings.HasSuffix(last, ".") && last[0] == in[0] {
		return no // I. [Ivan] Bashev
	}
	placeIn, placeName := l.is(lexicon.Place, in), l.is(lexicon.Place, bare) || l.is(lexicon.Place, last)
	if l.goesOn(bare, l.words) || halfName(bare) && !placeIn && !placeName && len(l.words) == 1 && !strings.Contains(bare, " ") && !surnames[low] && !alike(in, bare) {
		return no // Kim [Il Sung], from Peng [Dehuai]
	}
	if stem, _, ok := strings.Cut(bare, "-"); ok && len(l.words) > 1 && len(stem) > 3 && strings.EqualFold(l.words[0], stem) && feature[l.lows[len(l.lows)-1]] {
		return surely // Hwanghae-do [Hwanghae Province]
	}
	switch {
	case bare == "":
		return no
	case !strings.EqualFold(in, bare) && (strings.EqualFold(plain(in), plain(bare)) || alike(in, bare) || len(l.words) == 1 && (alike(in, last) && len(last) > 2 || nearly(in, last))):
		return surely
	case strings.EqualFold(strings.ReplaceAll(in, "-", ""), strings.ReplaceAll(bare, "-", "")):
		return surely
	case everyEnglish(l.words) && len(l.words) < 3 && !placeIn && feature[strings.ToLower(l.words[len(l.words)-1])]:
		return no // the Imjin [River]
	case placeIn && (placeName || placed(l)) || placeName && len(l.words) < 3 && !l.is(lexicon.Role, l.words[0]) && !l.is(lexicon.Nationality, in) && !l.is(lexicon.Acronym, in):
		return surely
	case allCaps(bare) && allCaps(in) && len(l.words) == 1:
		return fairly
	case placed(l) && len(l.words) == 1 && !l.is(lexicon.Nationality, in) && !l.is(lexicon.Person, in):
		return fairly
	case l.is(lexicon.Role, in) || l.is(lexicon.Role, l.words[len(l.words)-1]) && everyEnglish(l.words):
		return no
	case len(l.words) == len(strings.Fields(bare)) && len(l.words) > 1 && !l.is(lexicon.CoverName, bare):
		x, y := strings.Fields(bare), l.words
		same := 0
		for i := range x {
			if x[i][0] == y[i][0] || alike(x[i], y[i]) {
				same++
			}
		}
		if same == len(x) || same > 0 && same >= len(x)-1 || strings.EqualFold(x[0], y[0]) && len(x) > 2 {
			return fairly
		}
		return weakly
	}
	return no
}

// feature are words for what a name on the map stands for.
var feature = map[string]bool{"river": true, "province": true, "county": true, "district": true, "city": true, "town": true, "village": true, "island": true, "islands": true, "mountain": true, "mountains": true, "bay": true, "gulf": true, "strait": true, "lake": true,
	"peninsula": true, "region": true, "railway": true, "station": true, "street": true, "square": true, "canal": true, "pass": true, "valley": true, "port": true, "oblast": true, "republic": true, "division": true, "army": true, "corps": true, "regiment": true}

func isOriginal(l *look) fit {
	if len(l.words) == 0 || len(l.words) > 8 || !strings.ContainsFunc(l.prev, unicode.IsLetter) || !l.b.Closed && lineStart(l) {
		return no
	}
	quoted := strings.HasPrefix(l.in, "\"") || strings.HasPrefix(l.in, "“") || strings.HasPrefix(l.in, "'") || strings.HasPrefix(l.in, "‘")
	if l.begins("in russian", "in chinese", "in korean", "in german", "in the original:", "russian:", "chinese:", "german:", "korean:", "literally", "lit.", "lit:", "original:", "hungarian:", "in hungarian", "polish:", "romanian:", "in french", "french:", "rus.", "orig.") && len(l.words) > 1 {
		return surely
	}
	foreign, other := 0, 0
	for i, w := range l.words {
		switch {
		case strings.ContainsAny(w, "0123456789"):
			return no
		case l.is(lexicon.Foreign, w):
			foreign += 2
		case capital(w) && (capital(l.prev) || len(l.words) > 1 && !quoted):
			other += 2
		case functionWords[l.lows[i]]:
			other++
		case transliterated(w) && !capital(w):
			foreign++
		case strings.ContainsFunc(w, func(r rune) bool { return r > 127 && unicode.IsLetter(r) }):
			foreign++
			if !capital(w) {
				foreign++ // no name
			}
		case capital(w) && !capital(l.prev):
			other++
		default:
			if !english.Is(l.lows[i]) {
				foreign++
			} else {
				other += 2
			}
		}
	}
	if l.is(lexicon.Foreign, strings.Join(l.words, " ")) || l.is(lexicon.Foreign, l.in) {
		return surely
	}
	if len(l.words) == 1 && capital(l.in) && l.prev != "" && !capital(l.prev) && !english.Is(l.low) && !functionWords[strings.ToLower(l.prev)] && english.Is(strings.ToLower(l.prev)) && !l.is(lexicon.Place, l.in) &&
		(germanNoun(l.low) || strings.HasPrefix(l.ctx.OriginalLang, "de") && len(l.low) > 5 && !l.is(lexicon.Person, l.in)) {
		return fairly // his residence permit [Aufenthaltsgenehmigung]
	}
	if capital(l.prev) && !allCaps(l.prev) && capital(l.in) && len(l.words) > 1 && everyEnglish(l.words) && !english.Is(strings.ToLower(l.prev)) && !strings.Contains(l.name, " ") &&
		!l.is(lexicon.Place, l.prev) && !l.is(lexicon.Role, l.words[0]) && hasSuffixFold(strings.TrimRight(l.text[:l.prevAt], " \u00a0\n"), " the") {
		return fairly // the Volkskammer [People's Chamber]
	}
	switch {
	case foreign > 0 && foreign >= other && !(capital(l.in) && capital(l.prev) && len(l.words) == 1 && foreign < 2):
		if capital(l.in) && len(l.words) == 1 && foreign < 2 {
			return weakly
		}
		return fairly
	case quoted && (l.is(lexicon.Foreign, l.prev) || capital(l.prev) && strings.HasSuffix(strings.TrimRight(l.before, " "), "\"") || strings.HasSuffix(strings.TrimRight(l.before, " "), "”")):
		return fairly
	case strings.ContainsAny(edgeBefore(l), "\"”»") && !capital(l.prev) && len(l.prev) > 3 && !english.Is(l.prev) && everyEnglish(l.words) && len(l.words) < 4 && !l.light():
		return fairly // they called it a "kravall" [uproar]
	case (l.is(lexicon.Foreign, l.prev) || transliterated(l.prev) && !capital(l.prev)) && !l.light():
		return fairly
	case allCaps(l.in) && len(l.words) == 1 && allCaps(l.prev) && english.Is(strings.ToLower(l.prev)):
		return fairly
	}
	return no
}

// germanNoun says whether a word ends as many nouns of German do.
func germanNoun(w string) bool {
	for _, s := range []string{"ung", "heit", "keit", "schaft", "amt", "rat", "bund", "tum", "verein", "verband", "werk", "recht", "leitung", "gesetz", "wesen", "stelle", "truppen", "wehr", "polizei", "partei", "befehl", "dienst", "krieg", "kampf", "haus", "plan", "vertrag"} {
		if strings.HasSuffix(w, s) && len(w) > len(s)+3 {
			return true
		}
	}
	return false
}

var bodies = []string{"government", "side", "delegation", "party", "army", "embassy", "ministry", "troops", "ambassador", "leadership", "representative", "representatives", "authorities", "minister", "military", "council", "premier", "president", "undersecretary", "envoy", "consul", "general", "leaders", "comrades", "representation"}

func isRole(l *look) fit {
	if len(l.words) == 0 || len(l.words) > 12 || l.gluedL {
		return no
	}
	_, n := l.lex.Longest(lexicon.Role, l.in)
	roleFirst := n > 0
	has := roleFirst
	for _, w := range l.words {
		if l.is(lexicon.Role, w) {
			has = true
		}
	}
	nation := l.is(lexicon.Nationality, strings.Join(l.words, " ")) || l.is(lexicon.Nationality, l.words[0])
	named := l.name != "" && capital(l.name)
	nextName := capital(l.next) && !strings.HasSuffix(strings.TrimRight(l.before, " "), "]")
	atOnce := strings.HasPrefix(strings.TrimLeft(l.after, " "), l.next) && l.next != ""
	switch {
	case roleFirst && nextName && atOnce:
		return surely
	case has && nextName && atOnce:
		return fairly
	case has && named && !capital(l.next):
		return fairly
	case has && named:
		return fairly
	case nation && len(l.words) < 3 && atOnce && strings.EqualFold(l.prev, "the") && capital(l.next):
		return weakly // the [Yemeni] Minister: which one is meant
	case nation && len(l.words) == 1 && atOnce:
		for _, b := range bodies {
			if strings.EqualFold(l.next, b) {
				return fairly
			}
		}
		if l.is(lexicon.Role, l.next) || nextName {
			return fairly
		}
		return weakly
	case named && (l.begins("of the", "from the", "member of", "head of", "chief of", "the", "his", "her", "deputy", "wife of", "son of", "brother", "then", "former", "later", "our", "a member", "an official", "from", "of")) && len(l.words) > 1 && has:
		return fairly
	case named && l.begins("member", "representative", "leader", "head", "chief", "wife", "editor", "secretary", "former", "daughter", "delegate", "correspondent"):
		return fairly
	case l.is(lexicon.Honorific, strings.Trim(l.in, ".")) && nextName:
		return fairly
	}
	return no
}

func isGivenName(l *look) fit {
	if len(l.words) == 0 || len(l.words) > 3 || l.gluedL {
		return no
	}
	for _, w := range l.words {
		if !capital(w) || strings.ContainsAny(w, "0123456789?") || allCaps(w) && len(w) > 2 {
			return no
		}
	}
	if l.name != "" && l.goesOn(bareName(l.lex, l.name), l.words) {
		return fairly
	}
	in := strings.Join(l.words, " ")
	if l.is(lexicon.Nationality, in) || l.is(lexicon.Place, in) || l.is(lexicon.Role, in) || l.is(lexicon.Acronym, in) {
		return no
	}
	for _, w := range l.words {
		a, _, _ := strings.Cut(w, "-")
		if l.is(lexicon.Nationality, a) || len(l.words) > 1 && english.Is(strings.ToLower(w)) && english.Is(strings.ToLower(l.next)) && !givenNames[strings.ToLower(w)] {
			return no
		}
	}
	atOnce := l.next != "" && strings.HasPrefix(strings.TrimLeft(l.after, " "), l.next)
	nextCap := atOnce && capital(l.next) && !allCaps(l.next)
	if nextCap && !l.is(lexicon.Role, l.next) && !english.Is(strings.ToLower(l.next)) {
		return fairly
	}
	if nextCap && !l.is(lexicon.Role, l.next) && !functionWords[strings.ToLower(l.next)] {
		return weakly
	}
	if l.name != "" {
		bare := bareName(l.lex, l.name)
		if (bare != l.name || halfName(bare) && !strings.Contains(bare, " ") && !surnames[l.low]) && len(l.words) == 1 && (len(strings.Fields(bare)) == 1 || halfName(bare)) {
			if halfName(bare) || strings.HasSuffix(bare, ".") {
				return fairly
			}
			return weakly
		}
	}
	return no
}

// roughly are words in front of a date that is not known to the day.
var roughly = []string{"no earlier than ", "not earlier than ", "no later than ", "not later than ", "not before ", "not after ", "before ", "after ", "about ", "around ", "circa ", "ca. ", "early ", "late ", "prior to "}

// day says whether the bracket is a date, be it a rough one.
func (l *look) day() bool {
	if l.date() {
		return true
	}
	for _, w := range roughly {
		if strings.HasPrefix(l.low, w) {
			x := *l
			n := strings.Count(w, " ")
			x.words, x.lows = l.words[n:], l.lows[n:]
			return x.date()
		}
	}
	return false
}

func isValue(l *look) fit {
	service := l.ctx.Zone == "service" || l.ctx.Zone == "processing"
	before, after := strings.TrimSpace(l.before), strings.TrimSpace(l.after)
	low := strings.ToLower(before[max(0, len(before)-24):]) // the last words, of a short line all
	form := low == "from" || strings.HasSuffix(low, "\nfrom") || low == "to" && allCaps(l.in) || low == "date:" || low == "place:"
	afterSign := strings.HasSuffix(low, "№") || strings.HasSuffix(low, "nº") || strings.HasSuffix(low, "n°") || strings.HasSuffix(low, "no.") || strings.HasSuffix(low, "nr.")
	switch {
	case form && (hasPrefixFold(after, "received") || hasPrefixFold(after, "sent") || service):
		return surely
	case afterSign:
		return surely
	case hasPrefixFold(before, "from") && allCaps(l.in) && strings.Contains(strings.ToLower(after), "received"):
		return surely
	case l.day() && (len(l.words) > 1 || numeric(l.in)) && (numeric(l.next) || numeric(l.prev) || strings.HasSuffix(low, ",") || low == "" || service || l.ctx.Zone == "opener" || isMonth(l.prev) || isMonth(l.next)):
		return surely
	case isMonth(l.in) && (numeric(l.prev) || numeric(l.next)):
		return surely
	case ordinal(l.low) && (strings.EqualFold(l.next, "of") || isMonth(l.next) || isMonth(l.prev)):
		return fairly // on the [25th] of the month
	case l.date() && (low == "received" || low == "sent" || low == "dated" || low == "dispatched" || low == "written" || low == "signed"):
		return surely
	case dispatched[low]:
		return fairly // Received at [Pyongyang]
	case l.begins("no date", "undated", "n.d.", "date unknown", "no place", "place unknown", "date not given", "not dated"):
		return fairly
	case l.day() && l.ctx.OwnLine:
		return fairly
	case strings.HasSuffix(low, ":") && len(l.words) < 6 && len(before) < 24 && !strings.Contains(low, ". "):
		return fairly
	case service && len(l.words) < 5 && !l.light():
		return weakly
	case allCaps(l.in) && len(l.words) < 3 && l.is(lexicon.Place, l.in):
		return fairly
	case numeric(l.in) && len(l.in) == 4 && !strings.EqualFold(l.prev, "year") && !strings.EqualFold(l.prev, "spring") && !strings.EqualFold(l.prev, "summer") && !strings.EqualFold(l.prev, "winter"):
		return fairly
	}
	return no
}

// dispatched are the words of a line that says where a message came from or
// went.
var dispatched = map[string]bool{"received at": true, "received in": true, "sent from": true, "sent to": true, "dispatched from": true, "dispatched at": true, "transmitted from": true, "received from": true, "written in": true, "done at": true, "signed at": true, "place of dispatch": true}

// ordinal says whether w is a number such as 25th.
func ordinal(w string) bool {
	t := strings.TrimLeft(w, "0123456789")
	return t != w && (t == "st" || t == "nd" || t == "rd" || t == "th")
}

func isMonth(s string) bool {
	low := strings.ToLower(strings.Trim(s, ".,"))
	for _, m := range monthNames {
		if low == m || len(low) > 2 && len(low) < 5 && strings.HasPrefix(m, low) {
			return true
		}
	}
	return false
}

func isTransliteration(l *look) fit {
	if len(l.words) == 0 || len(l.words) > 3 || !capital(l.in) || l.gluedL || l.gluedR {
		return no
	}
	for i, w := range l.words {
		if !capital(w) && !strings.Contains(w, "-") || strings.ContainsAny(w, "0123456789?.") || functionWords[l.lows[i]] {
			return no
		}
	}
	in := strings.Join(l.words, " ")
	if a, b, ok := strings.Cut(l.words[0], "-"); ok && l.is(lexicon.Nationality, a) && l.is(lexicon.Nationality, b) {
		return no // the [Hungarian-Soviet Friendship] Society
	}
	if english.Is(strings.ToLower(in)) && (strings.ContainsAny(l.prev, "0123456789") || feature[strings.ToLower(in)]) {
		return no // the 312th [Division], the Imjin [River]
	}
	if l.is(lexicon.Nationality, in) || l.is(lexicon.Role, in) || english.Is(strings.ToLower(in)) {
		return weakly
	}
	if l.is(lexicon.Acronym, in) && allCaps(in) {
		return no // the [UN] Security Council
	}
	if n := strings.Fields(l.name); len(l.words) == 1 && len(n) > 1 && !allCaps(l.name) && everyEnglish(n) && !l.is(lexicon.Place, in) && thing(l, l.name) {
		return fairly // the West Flower Hall [Xihuating]
	}
	if l.is(lexicon.Place, in) && strings.ContainsAny(edgeBefore(l), "\"”»") {
		return no // "Le Monde" [Paris]
	}
	if capital(l.prev) && compass[strings.ToLower(l.prev)] && l.is(lexicon.Place, in) {
		return no // the North [Vietnam]
	}
	switch strings.ToLower(l.prev) {
	case "in", "at", "from", "near", "to", "of", "and", "through", "toward", "towards", "or", "between", "around", "north", "south", "east", "west", "river", "village", "town", "station", "via", "hill", "mount", "port", "the", "outside", "past", "for", "by", "on", "over", "behind", "with", "beyond", "off", "above", "below", "beside", "along", "across", "under", "city", "district", "county", "province", "valley", "hamlet", "island", "cape", "lake":
		return fairly
	}
	if l.prev != "" && !capital(l.prev) && (l.is(lexicon.Place, in) || english.Is(strings.ToLower(l.prev))) {
		return no // the capital [Ulaanbaatar]
	}
	return weakly
}

var compass = map[string]bool{"north": true, "south": true, "east": true, "west": true}

func isSubaudible(l *look) fit {
	if len(l.in) == 1 && strings.Contains(".,;:-", l.in) {
		return surely // the causes of failure[.]
	}
	if len(l.words) == 0 {
		return no
	}
	if l.light() && len(l.words) < 6 {
		return surely
	}
	if l.repeated() && len(l.words) < 4 && (!capital(l.in) || english.Is(l.low)) {
		return fairly
	}
	if capital(l.in) && !strings.HasSuffix(strings.TrimSpace(l.before), ".") && strings.TrimSpace(l.before) != "" {
		return no
	}
	light := 0
	for _, w := range l.lows {
		if functionWords[w] {
			light++
		}
	}
	if len(l.words) == 1 && (vague[l.low] || strings.HasSuffix(l.low, "ing") && len(l.low) < 8) {
		return fairly
	}
	if len(l.words) <= 3 && light+1 >= len(l.words) && vague[l.lows[len(l.lows)-1]] {
		return fairly
	}
	if len(l.words) <= 2 && light > 0 {
		return weakly
	}
	if len(l.words) == 1 && !capital(l.in) && !numeric(l.in) {
		return weakly
	}
	return no
}

// vague are words of little content that translators add.
var vague = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`telegram letter message matter matters question questions issue thing things person people way case fact point side part course time said says stated asked told called made make taken take
given give come coming came go going went become became sent used order necessary possible able conversation meeting word words work place kind sort present following above mentioned aforementioned
respective certain various number amount question reply answer report view opinion idea situation problem steps step measures case end beginning day days year years month months`) {
		m[w] = true
	}
	return m
}()

func isClarification(l *look) fit {
	if len(l.words) == 0 || !strings.ContainsFunc(l.in, unicode.IsLetter) && !numeric(l.in) {
		return no
	}
	if l.begins("meaning", "i.e.", "that is", "namely", "referring to", "reference to", "refers to", "e.g.") {
		return fairly
	}
	if len(l.words) > 1 {
		return fairly
	}
	if !capital(l.in) || l.is(lexicon.Nationality, l.in) {
		return fairly
	}
	return weakly
}
