package brackets

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	case l.has("email protected", "e-mail protected", "click", "show full text", "show more", "read more", "download", "enlarge", "javascript", "cookie", "share this", "view image", "image not available", "back to top", "print this", "open in new", "full size", "view full", "zoom", "edit", "advertisement", "skip to", "scroll", "expand", "collapse", "loading"):
		if l.has("edit") && len(l.words) > 1 {
			return no
		}
		return surely
	case strings.Contains(l.in, "http") || strings.Contains(l.in, "\ufffd") || strings.ContainsAny(l.in, "|<>{}\\^~"):
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

func isSic(l *look) fit {
	if strings.Trim(l.low, " .!?:") == "sic" || l.begins("sic:", "thus in", "so in the original", "as in the original", "as in original", "sic -", "sic,", "sic;") || l.low == "thus" || l.low == "recte sic" {
		return surely
	}
	return no
}

func isDots(l *look) fit {
	if l.in != "" && strings.Trim(l.in, " .…-–—[]\n\u00a0") == "" || len(l.in) > 2 && strings.Trim(l.in, "* ") == "" {
		return surely
	}
	return no
}

var presenceWords = []string{"signature", "signatures", "signed", "seal", "l.s.", "l. s.", "l.s", "initials", "initialed", "initialled", "sgd", "sgd.", "s.", "stamp", "round seal", "official seal", "official stamp", "m.p.", "(-)", "-", "/s/", "s/"}

var gestures = []string{"laughter", "laughs", "applause", "applauds", "smiles", "smiling", "laughing", "noise in the hall", "movement in the hall", "pause", "silence", "stormy applause", "prolonged applause", "general laughter", "nods", "shakes his head", "interruption", "animation", "stands up", "rises", "exclamations", "voices", "gesture", "sighs", "all rise", "all laugh", "coughs", "handshake"}

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
	if l.begins("signed") && len(l.words) < 5 && !strings.Contains(l.in, ":") {
		return fairly
	}
	if l.has("seal", "photograph", "photo", "map", "sketch", "diagram", "chart", "drawing") && !strings.Contains(l.in, ":") && len(l.words) < 6 && !l.has("of the embassy") && (l.ctx.OwnLine || l.has("seal", "attached", "not reproduced", "here", "follows")) {
		return fairly
	}
	for _, g := range gestures {
		if t == g || strings.HasPrefix(t, g+" ") && len(l.words) < 6 {
			return fairly
		}
	}
	return no
}

func isHandwritten(l *look) fit {
	switch {
	case l.has("handwritten", "handwriting", "hand-written", "by hand", "in pencil", "in ink", "in red pencil", "in blue pencil", "marginalia", "marginal note", "in the margin", "on the margin", "margin", "manuscript note", "written across", "scribbled", "crossed out", "struck out", "inscribed", "inscription", "handwrit", "longhand", "in the hand of", "penciled", "pencilled", "underlined", "deleted by hand", "in his own hand"):
		if l.begins("translator", "note", "editor", "trans") {
			return weakly
		}
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
	if l.has("illegible", "unreadable", "not legible", "indecipherable", "undecipherable", "unintelligible", "inaudible", "faded", "torn", "too faint", "too faded", "blurred", "smudged", "cannot be read", "not readable", "hard to read", "damaged", "burned", "blot", "obliterated", "burnt", "washed out", "cut off", "obscured", "unclear word", "word unclear", "words unclear", "missing word", "words missing", "word missing", "barely legible", "ink blot", "illeg.", "illeg") {
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
	for _, o := range noteOpeners {
		if rest, ok := strings.CutPrefix(l.low, o); ok {
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
	if l.begins("excerpt", "excerpts", "extract", "extracts", "abridged", "fragment", "partial", "excerpted") && len(l.words) < 8 {
		return fairly
	}
	return no
}

func isOmission(l *look) fit {
	if l.has("omitted", "not declassified", "not translated", "deleted", "redacted", "excised", "sanitized", "here follows", "here follow", "left out", "withheld", "not printed", "not included", "not reproduced", "passage omitted", "text missing", "lines omitted", "cut", "censored", "removed", "suppressed", "untranslated", "not published", "omission", "unreleased", "exempted", "blank", "gap in the text", "material omitted", "portion", "text omitted", "not transcribed", "list of names") {
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
	case l.begins("section", "part") && l.has("of") && len(l.words) < 6 && (strings.ContainsAny(l.in, "0123456789") || hasCardinal(l.words)):
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
		if _, ok := cardinal[strings.ToLower(w)]; ok {
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
	case archival(l.in):
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

// archival says whether s has the parts of an archival reference.
func archival(s string) bool {
	low := " " + strings.ToLower(s)
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
	case l.low == "a" || l.in == "I" || l.in == "i" || l.in == "o":
		return no
	}
	return fairly
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
			return w, english(w) && (strings.HasPrefix(w, "t") || strings.HasPrefix(w, "f") || strings.HasPrefix(w, "s") || strings.HasPrefix(w, "e") || strings.HasPrefix(w, "n"))
		}
	}
	return "", false
}

func numeric(s string) bool { return s != "" && strings.Trim(s, "0123456789.,/-") == "" }

func isCorrection(l *look) fit {
	switch {
	case l.begins("correctly", "correct", "should be", "should read", "read", "recte", "rather", "properly", "actually", "i.e. correctly", "must be", "corrected", "correction", "more correctly", "in fact", "right:", "error for", "mistake for", "erroneously", "meaning presumably", "instead of", "evidently", "apparently", "obviously", "presumably", "sic, should be", "corrected to", "misprint for", "probably should be", "in reality") && (len(l.words) > 1 || strings.Contains(l.in, ":")):
		return surely
	case numeric(l.in) && numeric(l.prev) && !touches(l) && !(len(l.in) == 4 && len(l.prev) < 3):
		return surely // 6 [7] February, but not 4 [1973]
	}
	if _, ok := numberWord(l.low); ok && len(l.words) == 1 {
		if _, ok := numberWord(strings.ToLower(l.prev)); ok {
			return fairly
		}
	}
	if l.is(lexicon.Foreign, l.in) {
		return no
	}
	doubt := strings.HasSuffix(l.in, "?")
	w := strings.Trim(l.low, edge)
	p := strings.ToLower(l.prev)
	if len(l.words) == 1 && w != "" && p != "" && !capital(l.in) && unicode.IsLetter([]rune(w)[0]) {
		// governor for government, tankers for barges
		if doubt && !functionWords[w] && !functionWords[p] && !hasCardinal(l.words) {
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
	if strings.HasSuffix(l.in, "?") || strings.HasSuffix(l.in, "?)") || strings.HasSuffix(l.low, "unclear") || l.begins("or") && len(l.words) == 2 && numeric(l.words[1]) || l.begins("?", "probably", "possibly", "perhaps", "uncertain", "maybe", "reading uncertain", "unclear", "likely", "sounds like", "conjectural", "doubtful") && len(l.words) < 6 {
		return surely
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
	case len(l.words) == 1 && allCaps(l.words[0]) && len(l.words[0]) <= 9:
		// the abbreviation of the words before it
		f := strings.Fields(l.before)
		if n := len(f); n > 1 && acronymOf(l.words[0], strings.Join(f[max(0, n-12):], " ")) {
			return surely
		}
		if l.is(lexicon.Acronym, l.words[0]) && !allCaps(prev) && capital(prev) {
			return fairly
		}
	case short && len(l.words) > 1 && !l.person():
		return fairly
	case short && len(l.words) > 2 && len(prev) < 6 && !l.is(lexicon.CoverName, prev):
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
	if len(words) == 0 || len(words) > 4 {
		return no
	}
	for _, w := range words {
		if !capital(w) || strings.ContainsAny(w, "0123456789?") {
			return no
		}
	}
	in := strings.Join(words, " ")
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
	if honored := bareName != l.name; honored && len(words) == 1 && surnames[strings.ToLower(bareName)] && !l.is(lexicon.Person, in) {
		return weakly // Comrade Tang [Muzhi]
	}
	if l.is(lexicon.Place, in) || l.is(lexicon.Org, in) || l.is(lexicon.Nationality, in) || l.is(lexicon.Acronym, in) || l.is(lexicon.Place, bareName) || allCaps(in) && !allCaps(bareName) {
		return no
	}
	common := true
	for _, w := range strings.Fields(bareName) {
		common = common && english(strings.ToLower(w)) && !allCaps(w)
	}
	if article := strings.HasSuffix(strings.ToLower(strings.TrimRight(l.text[:l.nameAt], " \u00a0")), " the"); (common || article && len(strings.Fields(bareName)) > 1) && bareName == l.name && !allCaps(bareName) {
		return no // the West Flower Hall is nobody
	}
	quoted := strings.HasSuffix(strings.TrimRight(l.before, " "), "\"") || strings.HasSuffix(strings.TrimRight(l.before, " "), "”")
	if alike(in, bareName) || strings.EqualFold(skeleton(in), skeleton(bareName)) {
		return no
	}
	honored := bareName != l.name
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
	head := strings.TrimRight(l.text[max(0, l.nameAt-24):l.nameAt], " \"“")
	w := strings.ToLower(head[strings.LastIndexAny(head, " \n([")+1:])
	switch w {
	case "in", "at", "from", "near", "to", "of", "through", "toward", "towards", "around", "outside", "between", "via", "for", "into":
		return true
	}
	return false
}

func isVariant(l *look) fit {
	if l.name == "" || len(l.words) == 0 || len(l.words) > 5 || l.gluedL {
		return no
	}
	in := strings.Join(l.words, " ")
	for _, p := range []string{"now", "today", "formerly", "also", "or", "present-day", "then", "later", "called", "aka", "a.k.a.", "i.e.", "modern", "present", "current", "pinyin:", "pinyin", "also known as", "also spelled", "in korean:", "korean:", "in chinese:", "chinese:", "russian:"} {
		if rest, ok := strings.CutPrefix(strings.ToLower(in), p+" "); ok {
			in = in[len(in)-len(rest):]
			if capital(in) {
				return surely
			}
		}
	}
	if !capital(in) {
		return no
	}
	for _, w := range l.words {
		if strings.ContainsAny(w, "0123456789?") {
			return no
		}
	}
	bare := bareName(l.lex, l.name)
	last := bare[strings.LastIndexByte(bare, ' ')+1:]
	placeIn, placeName := l.is(lexicon.Place, in), l.is(lexicon.Place, bare) || l.is(lexicon.Place, last)
	switch {
	case bare == "":
		return no
	case !strings.EqualFold(in, bare) && (alike(in, bare) || len(l.words) == 1 && alike(in, last) && len(last) > 2):
		return surely
	case strings.EqualFold(strings.ReplaceAll(in, "-", ""), strings.ReplaceAll(bare, "-", "")):
		return surely
	case placeIn && (placeName || placed(l)) || placeName && len(l.words) < 3 && !l.is(lexicon.Role, l.words[0]) && !l.is(lexicon.Nationality, in) && !l.is(lexicon.Acronym, in):
		return surely
	case allCaps(bare) && allCaps(in) && len(l.words) == 1:
		return fairly
	case placed(l) && len(l.words) == 1 && !l.is(lexicon.Nationality, in) && !l.is(lexicon.Person, in):
		return fairly
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

func isOriginal(l *look) fit {
	if len(l.words) == 0 || len(l.words) > 8 {
		return no
	}
	quoted := strings.HasPrefix(l.in, "\"") || strings.HasPrefix(l.in, "“") || strings.HasPrefix(l.in, "'") || strings.HasPrefix(l.in, "‘")
	if l.begins("in russian", "in chinese", "in korean", "in german", "in the original:", "russian:", "chinese:", "german:", "korean:", "literally", "lit.", "lit:", "original:", "hungarian:", "in hungarian", "polish:", "romanian:", "in french", "french:", "rus.", "orig.") && len(l.words) > 1 {
		return surely
	}
	foreign, other := 0, 0
	for _, w := range l.words {
		switch {
		case strings.ContainsAny(w, "0123456789"):
			return no
		case l.is(lexicon.Foreign, w):
			foreign += 2
		case capital(w) && (capital(l.prev) || len(l.words) > 1 && !quoted):
			other += 2
		case functionWords[strings.ToLower(w)]:
			other++
		case transliterated(w) && !capital(w):
			foreign++
		case strings.ContainsFunc(w, func(r rune) bool { return r > 127 && unicode.IsLetter(r) }):
			foreign++
		case capital(w) && !capital(l.prev):
			other++
		default:
			if !english(strings.ToLower(w)) {
				foreign++
			} else {
				other += 2
			}
		}
	}
	if l.is(lexicon.Foreign, strings.Join(l.words, " ")) || l.is(lexicon.Foreign, l.in) {
		return surely
	}
	switch {
	case foreign > 0 && foreign >= other && !(capital(l.in) && capital(l.prev) && len(l.words) == 1 && foreign < 2):
		if capital(l.in) && len(l.words) == 1 && foreign < 2 {
			return weakly
		}
		return fairly
	case quoted && (l.is(lexicon.Foreign, l.prev) || capital(l.prev) && strings.HasSuffix(strings.TrimRight(l.before, " "), "\"") || strings.HasSuffix(strings.TrimRight(l.before, " "), "”")):
		return fairly
	case (l.is(lexicon.Foreign, l.prev) || transliterated(l.prev) && !capital(l.prev)) && !l.light():
		return fairly
	case allCaps(l.in) && len(l.words) == 1 && allCaps(l.prev) && english(strings.ToLower(l.prev)):
		return fairly
	}
	return no
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
	in := strings.Join(l.words, " ")
	if l.is(lexicon.Nationality, in) || l.is(lexicon.Place, in) || l.is(lexicon.Role, in) || l.is(lexicon.Acronym, in) {
		return no
	}
	for _, w := range l.words {
		a, _, _ := strings.Cut(w, "-")
		if l.is(lexicon.Nationality, a) || len(l.words) > 1 && english(strings.ToLower(w)) && english(strings.ToLower(l.next)) {
			return no
		}
	}
	atOnce := l.next != "" && strings.HasPrefix(strings.TrimLeft(l.after, " "), l.next)
	nextCap := atOnce && capital(l.next) && !allCaps(l.next)
	if nextCap && !l.is(lexicon.Role, l.next) && !english(strings.ToLower(l.next)) {
		return fairly
	}
	if nextCap && !l.is(lexicon.Role, l.next) && !functionWords[strings.ToLower(l.next)] {
		return weakly
	}
	if l.name != "" {
		bare := bareName(l.lex, l.name)
		if len(strings.Fields(bare)) == 1 && bare != l.name && len(l.words) == 1 {
			if surnames[strings.ToLower(bare)] || strings.HasSuffix(bare, ".") {
				return fairly
			}
			return weakly
		}
	}
	return no
}

func isValue(l *look) fit {
	service := l.ctx.Zone == "service" || l.ctx.Zone == "processing"
	low := strings.ToLower(strings.TrimSpace(l.before))
	form := low == "from" || strings.HasSuffix(low, "\nfrom") || low == "to" && allCaps(l.in) || low == "date:" || low == "place:"
	afterSign := strings.HasSuffix(low, "№") || strings.HasSuffix(low, "nº") || strings.HasSuffix(low, "n°") || strings.HasSuffix(low, "no.") || strings.HasSuffix(low, "nr.")
	restLow := strings.ToLower(strings.TrimSpace(l.after))
	switch {
	case form && (strings.HasPrefix(restLow, "received") || strings.HasPrefix(restLow, "sent") || service):
		return surely
	case afterSign:
		return surely
	case strings.Contains(restLow, "received") && allCaps(l.in) && strings.HasPrefix(low, "from"):
		return surely
	case l.date() && (len(l.words) > 1 || numeric(l.in)) && (numeric(l.next) || numeric(l.prev) || strings.HasSuffix(low, ",") || low == "" || service || l.ctx.Zone == "opener" || isMonth(l.prev) || isMonth(l.next)):
		return surely
	case isMonth(l.in) && (numeric(l.prev) || numeric(l.next)):
		return surely
	case l.begins("no date", "undated", "n.d.", "date unknown", "no place", "place unknown", "date not given", "not dated"):
		return fairly
	case l.date() && l.ctx.OwnLine:
		return fairly
	case strings.HasSuffix(low, ":") && len(l.words) < 6 && len(low) < 24 && !strings.Contains(low, ". "):
		return fairly
	case service && len(l.words) < 5 && !l.light():
		return weakly
	case allCaps(l.in) && len(l.words) < 3 && l.is(lexicon.Place, l.in):
		return fairly
	case numeric(l.in) && len(l.in) == 4:
		return fairly
	}
	return no
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
	for _, w := range l.words {
		if !capital(w) && !strings.Contains(w, "-") || strings.ContainsAny(w, "0123456789?.") || functionWords[strings.ToLower(w)] {
			return no
		}
	}
	in := strings.Join(l.words, " ")
	if l.is(lexicon.Nationality, in) || l.is(lexicon.Role, in) || english(strings.ToLower(in)) {
		return weakly
	}
	switch strings.ToLower(l.prev) {
	case "in", "at", "from", "near", "to", "of", "and", "through", "toward", "towards", "or", "between", "around", "north", "south", "east", "west", "river", "village", "town", "station", "via", "hill", "mount", "port", "the", "outside", "past", "for", "by", "on", "over", "behind", "with", "beyond", "off", "above", "below", "beside", "along", "across", "under", "city", "district", "county", "province", "valley", "hamlet", "island", "cape", "lake":
		return fairly
	}
	if l.prev != "" && !capital(l.prev) && (l.is(lexicon.Place, in) || english(strings.ToLower(l.prev))) {
		return no // the capital [Ulaanbaatar]
	}
	return weakly
}

func isSubaudible(l *look) fit {
	if len(l.words) == 0 {
		return no
	}
	if l.light() && len(l.words) < 6 {
		return surely
	}
	if capital(l.in) && !strings.HasSuffix(strings.TrimSpace(l.before), ".") && strings.TrimSpace(l.before) != "" {
		return no
	}
	if l.repeated() && len(l.words) < 4 {
		return fairly
	}
	light := 0
	for _, w := range l.words {
		if functionWords[strings.ToLower(w)] {
			light++
		}
	}
	if len(l.words) == 1 && (vague[l.low] || strings.HasSuffix(l.low, "ing") && len(l.low) < 8) {
		return fairly
	}
	if len(l.words) <= 3 && light+1 >= len(l.words) && vague[strings.ToLower(l.words[len(l.words)-1])] {
		return fairly
	}
	if len(l.words) <= 2 && light > 0 {
		return weakly
	}
	if len(l.words) == 1 && !capital(l.in) {
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
	if len(l.words) == 0 || !strings.ContainsFunc(l.in, unicode.IsLetter) {
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
