package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// Party is a sender or receiver as a title names it. A party of the kind Role
// is an office without a name: the Secretary of State.
type Party struct {
	Kind Kind
	Name string   // without honorific, brackets and role
	Real string   // who the title's bracket says it is
	Span tei.Span // in the title, honorific and bracket included
}

// Parties is what a title says.
type Parties struct {
	Genre    string // lower case: ciphered telegram, letter, protocol
	From, To []Party
	With     []Party // others that the title names: of a conversation, of an enclosed message
	Place    string
	Number   string // without the sign
}

// genres are the names of documents, the longer before the shorter. silent
// ones are not sent from one to another.
var genres = []struct {
	word, genre string
	silent      bool
	example     string
}{
	{"ciphered telegram", "ciphered telegram", false, "Ciphered Telegram No. 7, A. Petrov to B. Ivanov"},
	{"ciphergram", "ciphergram", false, "Ciphergram from A. Petrov to B. Ivanov"},
	{"cipher telegram", "ciphered telegram", false, "Cipher Telegram No. 7, A. Petrov to B. Ivanov"},
	{"coded telegram", "coded telegram", false, "Coded Telegram from A. Petrov to B. Ivanov"},
	{"circular telegram", "circular telegram", false, "Circular Telegram From the Department of State to Certain Posts"},
	{"memorandum of conversation", "memorandum of conversation", true, "Memorandum of Conversation, Warsaw"},
	{"memorandum of a conversation", "memorandum of conversation", true, "Memorandum of a Conversation, Department of State"},
	{"memorandum of telephone conversation", "memorandum of telephone conversation", true, "Memorandum of Telephone Conversation"},
	{"memorandum of discussion", "memorandum of discussion", true, "Memorandum of Discussion at the 400th Meeting"},
	{"memorandum for the record", "memorandum for the record", true, "Memorandum for the Record"},
	{"memorandum for the files", "memorandum for the files", true, "Memorandum for the Files"},
	{"record of conversation", "record of conversation", true, "Record of Conversation between A and B"},
	{"record of a conversation", "record of conversation", true, "Record of a Conversation with A. Petrov"},
	{"record of the conversation", "record of conversation", true, "Record of the Conversation with A. Petrov"},
	{"record of conversations", "record of conversation", true, "Record of Conversations between A and B"},
	{"record of the meeting", "record of meeting", true, "Record of the Meeting of A and B"},
	{"record of meeting", "record of meeting", true, "Record of Meeting between A and B"},
	{"minutes of conversation", "minutes of conversation", true, "Minutes of Conversation between A and B"},
	{"minutes", "minutes", true, "Minutes of the Meeting of the Presidium"},
	{"notes of a meeting", "minutes", true, "Notes of a Meeting between A and B"},
	{"notes of the meeting", "minutes", true, "Notes of the Meeting of the Presidium"},
	{"working notes", "minutes", true, "Working Notes from the Session of the Presidium"},
	{"verbatim record", "verbatim record", true, "Verbatim Record of the Talks"},
	{"stenographic report", "stenographic record", true, "Stenographic Report of the Plenum"},
	{"extract from protocol", "protocol", true, "Extract from Protocol No. 4 of the Session"},
	{"protocol", "protocol", true, "Protocol No. 4"},
	{"stenographic record", "stenographic record", true, "Stenographic Record of the Talks"},
	{"stenogram", "stenogram", true, "Stenogram of the Meeting"},
	{"transcript", "transcript", true, "Transcript of the Talks"},
	{"conversation", "conversation", true, "Conversation between A and B"},
	{"journal", "journal", true, "Journal of Ambassador A. Petrov"},
	{"diary", "diary", true, "From the Diary of A. Petrov"},
	{"resolution", "resolution", true, "Resolution of the Politburo"},
	{"decision", "decision", true, "Decision of the Politburo"},
	{"decree", "decree", true, "Decree of the Council"},
	{"agreement", "agreement", true, "Agreement between A and B"},
	{"treaty", "treaty", true, "Treaty between A and B"},
	{"speech", "speech", true, "Speech by A. Petrov"},
	{"talking points", "talking points", true, "Talking Points for the Meeting"},
	{"telegram", "telegram", false, "Telegram from A. Petrov to B. Ivanov"},
	{"cablegram", "cablegram", false, "Cablegram from A. Petrov"},
	{"cable", "cable", false, "Cable, Petrov to Ivanov"},
	{"letter", "letter", false, "Letter from A. Petrov to B. Ivanov"},
	{"memorandum", "memorandum", false, "Memorandum From A. Petrov to B. Ivanov"},
	{"memo", "memorandum", false, "Memo, A. Petrov to B. Ivanov"},
	{"note verbale", "note verbale", false, "Note Verbale from the Embassy of Hungary"},
	{"report", "report", false, "Report, Embassy of Hungary to the Foreign Ministry"},
	{"dispatch", "dispatch", false, "Dispatch from A. Petrov"},
	{"despatch", "dispatch", false, "Despatch From the Embassy in Poland to the Department of State"},
	{"airgram", "airgram", false, "Airgram From the Embassy in Poland to the Department of State"},
	{"message", "message", false, "Message from A. Petrov to B. Ivanov"},
	{"circular", "circular", false, "Circular from the Ministry"},
	{"note", "note", false, "Note from the Legation to the Ministry of Foreign Affairs"},
	{"statement", "statement", true, "Statement by A. Petrov"},
	{"address", "address", true, "Address by A. Petrov"},
	{"directive", "directive", false, "Directive from the Centre to A. Petrov"},
	{"instructions", "instructions", false, "Instructions from the Centre to A. Petrov"},
	{"information", "information", false, "Information from A. Petrov"},
	{"summary", "summary", true, "Summary of the Talks"},
	{"briefing paper", "briefing paper", true, "Briefing Paper"},
	{"briefing", "briefing", true, "Press Briefing"},
	{"draft", "draft", false, "Draft, A. Petrov to B. Ivanov"},
	{"excerpt", "excerpt", true, "Excerpt"},
	{"extract", "extract", true, "Extract"},
	{"record", "record", true, "Record of the Talks"},
}

// notSent stand before a "to" that is not between sender and receiver.
var notSent = words(`visit visits trip journey tour reply replies response answer introduction addition supplement attachment annex appendix approach assistance aid
delivery deliveries relating regard respect contribution request proposal travel threat threats supply support return opposition attitude changes amendments
ambassador ambassadors envoy representative delegate delegation mission adviser advisor assistant attaché minister consul access addressed sent transmitted forwarded according due
secretary counselor counsellor delegates observer liaison aide`)

// TitleParties reads genre, number, sender, receiver and place off a title
// such as "Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde.
// Filippov [Stalin]".
func TitleParties(text string, lex *lexicon.Lexicon) Parties {
	if lex == nil {
		lex = lexicon.Default()
	}
	t := titleReader{text: text, lex: lex}
	var p Parties
	at, end, silent := 0, 0, false
	// FRUS numbers its documents: 312. Telegram From …
	for at < len(text) && (text[at] >= '0' && text[at] <= '9' || text[at] == ' ' || at > 0 && text[at] == '.') {
		at++
	}
	low := strings.ToLower(text)
	if len(low) == len(text) {
		best := len(low) + 1
		for _, g := range genres {
			if i := indexWord(low[:min(len(low), 80)], g.word); i >= 0 && (i < best || i == best && i+len(g.word) > end) {
				best, end, p.Genre, silent = i, i+len(g.word), g.genre, g.silent
			}
		}
		// "The Ambassador in Poland to the Secretary of State. Report": the parties come first
		if p.Genre != "" && best > at {
			if i := strings.Index(low[at:best], " to "); i >= 0 {
				end, silent = at, false
			}
		}
	}
	if p.Genre == "" {
		end = at
	}
	s := tei.Span{Start: end, End: len(text)}
	s, p.Number = t.number(s)
	p.With = t.others(s)
	if silent {
		return p
	}
	s = t.parties(s)
	from, to, ok := t.cutTo(s)
	if !ok {
		from, to = s, tei.Span{}
	}
	from = t.trim(from)
	fromWord := false
	for _, w := range []string{"from ", "From ", "FROM ", "by ", "of "} {
		if strings.HasPrefix(text[from.Start:from.End], w) {
			from.Start += len(w)
			fromWord = w != "of "
			break
		}
	}
	if !ok && !fromWord && end > 0 {
		// Memorandum for the Files by A. Petrov
		if i := strings.Index(text[from.Start:from.End], " by "); i >= 0 {
			from.Start += i + 4
			fromWord = true
		}
	}
	if !ok && !fromWord {
		// Report, Embassy of Hungary in Mongolia; Letter of A. Petrov
		if from.Len() == 0 || end == 0 || !t.orgLike(text[from.Start:from.End]) || strings.Contains(text[from.Start:from.End], ", ") {
			return p
		}
	}
	// "from Beijing, Mao Zedong to …"
	body := text[from.Start:from.End]
	if a, b, two := strings.Cut(body, ", "); two {
		_, isPlace := lex.Find(lexicon.Place, strings.TrimSpace(a))
		_, office := lex.Longest(lexicon.Role, b)
		if isPlace || fromWord && office == 0 && len(strings.Fields(a)) == 1 && t.capitalised(b) && !strings.Contains(b, " of ") {
			p.Place = strings.TrimSpace(a)
			from.Start += len(a) + 2
		}
	} else if _, isPlace := lex.Find(lexicon.Place, strings.TrimSpace(body)); isPlace {
		p.Place = strings.TrimSpace(body)
		from.Start = from.End
	}
	p.From = t.list(from)
	p.To = t.list(to)
	p.With = slices.DeleteFunc(p.With, func(x Party) bool { return seenParty(p.From, x) || seenParty(p.To, x) })
	return p
}

type titleReader struct {
	text string
	lex  *lexicon.Lexicon
}

func (t *titleReader) trim(s tei.Span) tei.Span {
	for s.Start < s.End && strings.IndexByte(" ,.;", t.text[s.Start]) >= 0 {
		s.Start++
	}
	for s.Start < s.End && strings.IndexByte(" ,;", t.text[s.End-1]) >= 0 {
		s.End--
	}
	return s
}

// number takes the number of the document off the begin.
func (t *titleReader) number(s tei.Span) (tei.Span, string) {
	s = t.trim(s)
	for _, sign := range []string{"No. ", "No.", "Nos. ", "Nr. ", "№ ", "№", "N° ", "Nº ", "N°", "Nº", "no. ", "Number ", "#"} {
		if r, ok := strings.CutPrefix(t.text[s.Start:s.End], sign); ok {
			i := strings.IndexAny(r, " ,:")
			if i < 0 {
				i = len(r)
			}
			if i > 0 && strings.ContainsAny(r[:i], "0123456789") {
				s.Start += len(sign) + i
				return t.trim(s), r[:i]
			}
		}
	}
	return s, ""
}

// parties cuts off what follows the parties: a subtitle in quotation marks,
// attachments, the matter, a date.
func (t *titleReader) parties(s tei.Span) tei.Span {
	body := t.text[s.Start:s.End]
	for _, q := range []string{", '", ", \"", ", ‘", ", “", " '", " \"", " ‘", " “", ", with ", ", With ", " with ", ", regarding", ", concerning", ", on ", ", On ", " on the ", " regarding ", " Regarding ", " concerning ", " Concerning ", " about ", " About ", " on his ", ": ", ", re ", " containing ", " transmitting ", " forwarding ", ", enclosing", " enclosing ", " and attached", ", dated ", " dated "} {
		if i := strings.Index(body, q); i > 0 {
			body = body[:i]
		}
	}
	// FRUS: the reference of a footnote at the end
	if i := strings.LastIndexByte(body, '['); i > 0 && strings.HasSuffix(body, "]") && strings.Trim(body[i+1:len(body)-1], "0123456789*") == "" {
		body = strings.TrimRight(body[:i], " ")
	}
	// a date behind a comma
	for i := 0; ; {
		k := strings.Index(body[i:], ", ")
		if k < 0 {
			break
		}
		i += k
		if w := strings.Fields(body[i+2:]); len(w) > 0 && (w[0][0] >= '0' && w[0][0] <= '9' || monthsAndDays.has(strings.ToLower(strings.Trim(w[0], ".,")))) {
			body = body[:i]
			break
		}
		i += 2
	}
	return t.trim(tei.Span{Start: s.Start, End: s.Start + len(body)})
}

// cutTo divides "A to B" at the "to" that stands between two names.
func (t *titleReader) cutTo(s tei.Span) (from, to tei.Span, ok bool) {
	body := t.text[s.Start:s.End]
	low := strings.ToLower(body)
	if len(low) != len(body) {
		low = body
	}
	if strings.HasPrefix(low, "to ") {
		return tei.Span{}, tei.Span{Start: s.Start + 3, End: s.End}, true
	}
	depth, at := 0, -1
	for i := 0; i+4 <= len(low); i++ {
		switch low[i] {
		case '[', '(':
			depth++
		case ']', ')':
			depth--
		}
		if depth > 0 || low[i:i+4] != " to " {
			continue
		}
		before := strings.Trim(low[strings.LastIndexByte(low[:i], ' ')+1:i], ",.")
		if notSent.has(before) {
			switch before {
			case "addressed", "sent", "transmitted", "forwarded":
			default:
				// the Embassy's Minister to Poland to …; the last chance is a name before
				continue
			}
		}
		at = i
		break
	}
	if at < 0 {
		return s, tei.Span{}, false
	}
	return tei.Span{Start: s.Start, End: s.Start + at}, tei.Span{Start: s.Start + at + 4, End: s.End}, true
}

// list divides "A and B" and "A, B and C" of persons; a body with "and" in its
// name stays whole, and so does a name with its office behind a comma.
func (t *titleReader) list(s tei.Span) []Party {
	s = t.trim(s)
	if s.Len() <= 0 {
		return nil
	}
	body := t.text[s.Start:s.End]
	if t.orgLike(body) && !t.officeFirst(body) {
		if x, ok := t.party(s); ok {
			return []Party{x}
		}
		return nil
	}
	var out []Party
	depth, from := 0, 0
	cut := func(end int) {
		if x, ok := t.party(t.trim(tei.Span{Start: s.Start + from, End: s.Start + end})); ok {
			out = append(out, x)
		}
	}
	comma, stop := false, false
	for i := 0; i < len(body) && !stop; i++ {
		switch c := body[i]; {
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		case depth > 0:
		case c == ',':
			// A, B and C is a list; A, the head of B, is not
			rest := strings.TrimSpace(body[i+1:])
			n := wordsUpTo(rest)
			if x, ok := t.party(t.trim(tei.Span{Start: s.Start + from, End: s.Start + i})); ok && x.Kind == Role && t.personal(n) {
				// the Ambassador in Budapest, Yu. V. Andropov
				cut(i + strings.Index(body[i:], n) + len(n))
				stop, from = true, len(body)
				break
			}
			if t.office(rest) || strings.HasPrefix(rest, "the ") || !strings.Contains(body[i:], " and ") || !t.capitalised(n) {
				cut(i)
				stop, from = true, len(body)
				break
			}
			cut(i)
			from, comma = i+1, true
		case strings.HasPrefix(body[i:], " and "):
			if !comma && t.officeFirst(body[:i]) && !t.capitalised(wordsUpTo(body[i+5:])) {
				continue
			}
			cut(i)
			from = i + 5
		}
	}
	if !stop {
		cut(len(body))
	}
	return out
}

func wordsUpTo(s string) string {
	if i := strings.Index(s, " and "); i >= 0 {
		s = s[:i]
	}
	if i := strings.IndexAny(s, ",[("); i >= 0 {
		s = s[:i]
	}
	return strings.TrimSpace(s)
}

func (t *titleReader) office(s string) bool {
	for range 3 {
		if _, n := t.lex.Longest(lexicon.Role, s); n > 0 {
			return true
		}
		_, n := t.lex.Longest(lexicon.Nationality, s)
		if n == 0 {
			break
		}
		s = strings.TrimLeft(s[n:], " ")
	}
	w, _, _ := strings.Cut(s, " ")
	return professions.has(strings.ToLower(w)) || notNames.has(strings.ToLower(w))
}

func (t *titleReader) officeFirst(s string) bool {
	_, s = t.the(s)
	if _, n := t.lex.Longest(lexicon.Nationality, s); n > 0 {
		s = strings.TrimLeft(s[n:], " ")
	}
	_, n := t.lex.Longest(lexicon.Role, s)
	if n == 0 {
		w, _, _ := strings.Cut(s, " ")
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		return professions.has(strings.ToLower(w))
	}
	// the General Staff is a body
	w, _, _ := strings.Cut(strings.TrimLeft(s[n:], " "), " ")
	return !orgWords.has(strings.ToLower(strings.Trim(w, ",.")))
}

func (t *titleReader) the(s string) (bool, string) {
	for _, w := range []string{"the ", "The ", "an ", "a "} {
		if r, ok := strings.CutPrefix(s, w); ok {
			return true, r
		}
	}
	return false, s
}

// orgWords make a party a body.
var orgWords = words(`embassy embassies ministry ministries legation committee department government directorate council party agency headquarters mission missions station consulate consulates staff secretariat
center centre politburo office bureau commission union organization organisation delegation posts legations command academy group federation association presidium comintern cominform`)

func (t *titleReader) orgLike(s string) bool {
	if _, n := t.lex.Longest(lexicon.Org, strings.TrimPrefix(strings.TrimPrefix(s, "the "), "The ")); n > 0 || t.acronyms(s) {
		return true
	}
	for at, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		if !orgWords.has(strings.ToLower(w)) {
			continue
		}
		// "Harold Saunders of the Council Staff" names a person first
		i := strings.Index(s, w)
		if at > 0 && (strings.Contains(s[:i], " of ") && !t.orgBefore(s[:i]) || strings.Contains(s[:i], "(")) {
			return false
		}
		return true
	}
	return false
}

// personal says whether s is a person's name in full.
func (t *titleReader) personal(s string) bool {
	return t.capitalised(s) && len(strings.Fields(s)) > 1 && !t.orgLike(s) && !t.office(s)
}

// acronyms says whether s is bodies by their acronyms: the CC of the CPSU, MFA
// Warsaw.
func (t *titleReader) acronyms(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		w = strings.TrimRight(w, ",.")
		if _, ok := t.lex.Find(lexicon.Acronym, w); ok && w == strings.ToUpper(w) {
			n++
		} else if _, ok := t.lex.Find(lexicon.Place, w); !ok && w != "of" && w != "the" {
			return false
		}
	}
	return n > 0
}

func (t *titleReader) orgBefore(s string) bool {
	first, _, _ := strings.Cut(s, " of ")
	_, first = t.the(strings.TrimSpace(first))
	f := strings.Fields(first)
	return len(f) < 2 && !t.office(first)
}

// party reads one party.
func (t *titleReader) party(s tei.Span) (Party, bool) {
	p := Party{Span: s}
	text := strings.TrimSpace(t.text[s.Start:s.End])
	if len(text) > 300 {
		return p, false
	}
	if i := strings.IndexByte(text, '['); i >= 0 {
		if j := strings.IndexByte(text[i:], ']'); j > 0 {
			in, rest := text[i+1:i+j], text[i+j+1:]
			low := strings.ToLower(in)
			route := strings.HasPrefix(low, "via ") || strings.HasPrefix(low, "through ") || strings.HasPrefix(low, "by ")
			switch {
			case i > 0 && text[i-1] != ' ': // A[ndrei] Gromyko
				text = text[:i] + in + rest
			case route || in == "sic":
				text = strings.TrimSpace(text[:i]) + rest
			case strings.TrimSpace(rest) != "" && !strings.HasPrefix(rest, ","): // [Nikita] Khrushchev, [Ambassador] Roshchin
				text = text[:i] + in + rest
			case t.completes(text[:i], in): // Tang [Muzhi]
				text = strings.TrimSpace(text[:i]) + " " + in
			default:
				if t.capitalised(strings.Trim(in, " ?")) {
					p.Real = strings.Trim(in, " ?")
				}
				text = strings.TrimSpace(text[:i]) + rest
				for _, w := range []string{" in", " at", " of"} {
					text = strings.TrimSuffix(text, w)
				}
			}
		}
	}
	_, text = t.the(strings.TrimSpace(text))
	// the Consul General at Calcutta (Wilson)
	if i := strings.IndexByte(text, '('); i >= 0 {
		in := ""
		if j := strings.IndexByte(text[i:], ')'); j > 0 {
			in = strings.TrimSpace(text[i+1 : i+j])
			if t.officeFirst(text) && t.capitalised(in) && len(strings.Fields(in)) < 3 {
				return t.person(p, in)
			}
		}
		text = strings.TrimSpace(text[:i])
	}
	if t.orgLike(text) && !t.officeFirst(text) {
		p.Kind, p.Name = Org, strings.Trim(text, " ,.;")
		return p, p.Name != ""
	}
	if _, ok := t.lex.Find(lexicon.Place, strings.Trim(text, " ,.")); ok {
		if _, ok := t.lex.Find(lexicon.Person, strings.Trim(text, " ,.")); !ok {
			return p, false
		}
	}
	office := ""
	rest := text
	for range 4 {
		old := rest
		if _, n := t.lex.Longest(lexicon.Acronym, rest); n > 0 {
			if behind := strings.TrimLeft(rest[n:], " "); t.officeFirst(behind) {
				rest = behind // PRC Ambassador Wang Jiaxiang
			}
		}
		for _, k := range []lexicon.Kind{lexicon.Honorific, lexicon.Role, lexicon.Nationality} {
			e, n := t.lex.Longest(k, rest)
			if n == 0 || n > len(rest) || k == lexicon.Honorific && e.Form == "M." {
				continue
			}
			if k == lexicon.Role && office == "" {
				office = rest
			}
			rest = strings.TrimLeft(rest[n:], ". ")
		}
		if w, r, ok := strings.Cut(rest, " "); ok && pluralOffices.has(strings.ToLower(w)) {
			rest = r
		}
		if rest == old {
			break
		}
	}
	// "Harold H. Saunders of the National Security Council Staff"
	for _, w := range []string{" of ", " at ", " in ", " for ", ", "} {
		if i := strings.Index(rest, w); i > 0 {
			rest = rest[:i]
		}
	}
	rest = strings.Trim(rest, " ,;")
	if t.capitalised(rest) {
		return t.person(p, rest)
	}
	if office != "" {
		if i := strings.LastIndex(text, ", "); i > 0 {
			if name := strings.Trim(text[i:], " ,.;"); t.personal(name) {
				return t.person(p, name) // the Ambassador in Budapest, Yu. V. Andropov
			}
		}
		// Soviet Ambassador to China P. Yudin
		var last *Name
		for _, n := range Find(t.text, s, Context{Lexicon: t.lex, Zone: "title"}) {
			if n.Kind == Person {
				last = &n
			}
		}
		if last != nil {
			p.Kind, p.Name = Person, last.Form(t.text)
			return p, true
		}
		p.Kind, p.Name = Role, strings.Trim(text, " ,.;")
		return p, true
	}
	return p, false
}

// pluralOffices stand before the names of several.
var pluralOffices = words(`chairmen presidents ministers ambassadors generals premiers secretaries chancellors kings marshals`)

func (t *titleReader) person(p Party, name string) (Party, bool) {
	f := strings.Fields(name)
	last := f[len(f)-1]
	for _, w := range f {
		if l := strings.ToLower(strings.Trim(w, ".,")); notNames.has(l) && len([]rune(l)) > 1 {
			return p, false
		}
	}
	if !strings.Contains(last, ".") || len(f) == 1 {
		name = strings.TrimRight(name, ".")
	}
	if strings.HasSuffix(name, "'s") || strings.HasSuffix(name, "’s") {
		return p, false
	}
	p.Kind, p.Name = Person, name
	return p, true
}

// completes says whether a bracket behind a name gives the rest of it: Tang
// [Muzhi]; who is behind it is another name: Ding [Ho Chi Minh].
func (t *titleReader) completes(before, in string) bool {
	b := strings.Fields(before)
	if len(b) == 0 || strings.ContainsAny(in, " ?") {
		return false
	}
	last := strings.ToLower(b[len(b)-1])
	if !hasSurname(last) || t.known(lexicon.CoverName, b[len(b)-1]) || t.known(lexicon.Person, in) {
		return false
	}
	in = strings.ToLower(in)
	return pinyin(in) || strings.Contains(in, "-") && syllables(in)
}

func (t *titleReader) known(k lexicon.Kind, s string) bool {
	_, ok := t.lex.Find(k, s)
	return ok
}

// others are the persons that a title names beside sender and receiver: with
// A, between A and B, a message from C.
func (t *titleReader) others(s tei.Span) []Party {
	var out []Party
	for _, n := range Find(t.text, s, Context{Lexicon: t.lex, Zone: "title"}) {
		if n.Kind == Person {
			out = append(out, Party{Kind: Person, Name: n.Form(t.text), Span: n.Span})
		}
	}
	s.End = min(s.End, s.Start+400) // the parties stand at the begin
	for s.End < len(t.text) && !utf8.RuneStart(t.text[s.End]) {
		s.End--
	}
	if s.Start > 0 && t.text[s.Start-1] == ' ' {
		s.Start-- // the first word may be a preposition
	}
	body := t.text[s.Start:s.End]
	for _, w := range []string{" with ", " With ", " between ", " Between ", " from ", " From ", " by ", " of "} {
		for at := 0; ; {
			i := strings.Index(body[at:], w)
			if i < 0 {
				break
			}
			at += i + len(w)
			out = t.otherFrom(out, tei.Span{Start: s.Start + at, End: s.End})
		}
	}
	return out
}

// otherFrom reads the names that begin a span: full names alone count.
func (t *titleReader) otherFrom(out []Party, s tei.Span) []Party {
	for range 6 {
		body := t.text[s.Start:s.End]
		end := len(body)
		for i := 0; i < end; i++ {
			switch {
			case strings.IndexByte(",:;([", body[i]) >= 0, body[i] == ' ' && (strings.HasPrefix(body[i:], " and ") || strings.HasPrefix(body[i:], " to ") || strings.HasPrefix(body[i:], " with ") || strings.HasPrefix(body[i:], " on ") || strings.HasPrefix(body[i:], " in ") || strings.HasPrefix(body[i:], " at ") || strings.HasPrefix(body[i:], " regarding ")):
				end = i
			}
		}
		one := tei.Span{Start: s.Start, End: s.Start + end}
		x := strings.TrimSpace(t.text[one.Start:one.End])
		if k := strings.IndexByte(body[end:], ')'); k > 0 && body[end] == '(' && t.officeFirst(x) {
			// the Press Secretary (Ziegler)
			one.End += k + 1
			if p, ok := t.party(one); ok && p.Kind == Person && !seenParty(out, p) {
				out = append(out, p)
			}
		} else if f := strings.Fields(x); len(f) > 1 && len(f) < 8 && !t.orgLike(x) {
			if p, ok := t.party(one); ok && p.Kind == Person && strings.Contains(p.Name, " ") && !seenParty(out, p) {
				out = append(out, p)
			}
		}
		rest, ok := strings.CutPrefix(body[end:], " and ")
		if !ok {
			break
		}
		s.Start = s.End - len(rest)
	}
	return out
}

func seenParty(list []Party, p Party) bool {
	for _, q := range list {
		if q.Name == p.Name || q.Span.Start < p.Span.End && p.Span.Start < q.Span.End {
			return true
		}
	}
	return false
}

// indexWord finds w in s as whole words.
func indexWord(s, w string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], w)
		if i < 0 {
			return -1
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		behind, _ := utf8.DecodeRuneInString(s[i+len(w):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(behind) {
			return i
		}
		at = i + len(w)
	}
}

// capitalised says whether a string is one to five capitalised words, as a
// name is.
func (t *titleReader) capitalised(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 5 {
		return false
	}
	for i, w := range f {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !(particles.has(w) && len(f) > 1 && i+1 < len(f)) {
			return false
		}
	}
	return true
}

// Addressee reads a line that says to whom a message goes: To Cde. X, Dear
// Comrade X, X!, Copies: to Cdes. A and B, cc: A. copies says that the line
// names who gets a copy.
func Addressee(text string, line tei.Span, ctx Context) (to []Name, copies bool) {
	low := strings.ToLower(strings.TrimLeft(text[line.Start:line.End], " \"“„[*"))
	for _, w := range []string{"copy to", "copies to", "copies:", "copy:", "cc:", "cc ", "c.c.", "copies sent", "copies for"} {
		copies = copies || strings.HasPrefix(low, w)
	}
	ctx.Elem = "salute"
	if ctx.Zone == "" {
		ctx.Zone = "opener"
	}
	for _, n := range Find(text, line, ctx) {
		if n.Kind == Person || n.Kind == Org || n.Kind == Place && n.Cert == ledger.High {
			to = append(to, n)
		}
	}
	return to, copies
}
