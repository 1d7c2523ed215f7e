// Package names finds the persons, places and bodies that a text shows
// plainly: by an honorific or an office before the name, by initials, by
// capitals where a letter is opened or closed, by a list of names, or because
// the document has shown the name before. A wrong name costs more than a
// missing one, so what is only likely is left alone.
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

// Kind is what a name names.
type Kind uint8

// Role is an honorific or office that stands by itself, as "Cdes." before
// several names does.
const (
	Person Kind = iota
	Place
	Org
	Role
)

// Part is an element within a name.
type Part struct {
	Elem string // roleName, surname or forename
	Type string // of roleName: honorific, office or rank
	Abbr bool
	Span tei.Span
}

// Name is a name in the text.
type Name struct {
	Kind         Kind
	Span         tei.Span
	Parts        []Part
	Rule         string
	Cert         ledger.Cert
	Alternatives []ledger.Alternative
}

// Form is the name proper as the text has it: without honorific and office.
func (n Name) Form(text string) string {
	for _, p := range n.Parts {
		if p.Elem == "surname" {
			return text[p.Span.Start:p.Span.End]
		}
	}
	s := n.Span
	for _, p := range n.Parts {
		if p.Elem == "roleName" && p.Span.Start == s.Start {
			s.Start = p.Span.End
		}
	}
	return strings.TrimSpace(text[s.Start:s.End])
}

// Bracket is a square bracket of the text with its class.
type Bracket struct {
	Span  tei.Span
	Class string
}

// Context is where the text stands.
type Context struct {
	Lexicon  *lexicon.Lexicon
	Known    *Registry // names that the document has shown
	Zone     string    // service, opener, message, closer, processing or notes
	Elem     string    // element of the block: dateline, signed, salute, fw, item …
	Brackets []Bracket
}

// word is one word of the text: letters with the marks that may stand in a
// name.
type word struct {
	tei.Span
	text   string
	upper  bool // begins with a capital
	caps   bool // is all capitals, two letters or more
	gap    string
	inital bool // an initial: A. or Ye.
}

// split cuts text into words. gap is what stands before a word.
func split(text string, s tei.Span) []word {
	var out []word
	at := s.Start
	for i := s.Start; i < s.End; {
		r, n := utf8.DecodeRuneInString(text[i:s.End])
		if !unicode.IsLetter(r) {
			i += n
			continue
		}
		j := i
		for j < s.End {
			r, n := utf8.DecodeRuneInString(text[j:s.End])
			if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) {
				j += n
				continue
			}
			if strings.ContainsRune("'’-‑ʼ", r) && j+n < s.End {
				if q, _ := utf8.DecodeRuneInString(text[j+n : s.End]); unicode.IsLetter(q) {
					j += n
					continue
				}
			}
			// A[ndrei]: a bracket within a word
			if r == '[' && j+1 < s.End {
				if k := strings.IndexByte(text[j:s.End], ']'); k > 1 && !strings.ContainsAny(text[j:j+k], " \n?.") {
					if q, _ := utf8.DecodeRuneInString(text[j+1 : s.End]); unicode.IsLower(q) {
						j += k + 1
						continue
					}
				}
			}
			break
		}
		w := word{Span: tei.Span{Start: i, End: j}, text: text[i:j], gap: text[at:i]}
		w.upper = unicode.IsUpper(r)
		letters, up := 0, 0
		for _, r := range w.text {
			if unicode.IsLetter(r) {
				letters++
				if unicode.IsUpper(r) {
					up++
				}
			}
		}
		w.caps = letters > 1 && up == letters
		if j < s.End && text[j] == '.' && w.upper && (letters == 1 || letters == 2 && up == 1 && strings.ContainsAny(w.text[1:], "aeouhiy")) {
			w.inital = true
			w.End++
			w.text = text[i:w.End]
			j = w.End
		}
		out = append(out, w)
		at = j
		i = j
	}
	return out
}

// notNames are capitalised words that follow an office or stand in capitals
// and are no part of a person's name.
var notNames = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`staff assembly secretariat ministry department committee office council party directorate bureau embassy legation
consulate government republic union army navy fleet front commission board academy institute division section branch sector mission agency affairs
trade foreign war defense defence security state states nations people's central supreme top secret confidential special folder urgent strictly copy copies series telegram cable
letter report note record minutes protocol journal memorandum subject participants attachment annex from to the of and for in on at by with by no not
general deputy first second third chief head director secretary minister ambassador president chairman premier prime vice colonel major captain lieutenant marshal counselor
counsellor envoy attache attaché consul adviser advisor commander comrade comrades mr mrs dr professor soviet russian chinese korean american british german hungarian
january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
i we he she it they you a an this that these those his her its our your my their yes translator's translation summary conversation distribution signed signature
north south east west northern southern eastern western far near middle asia europe africa america treaty pact agreement plan conference congress session plenum politburo presidium`) {
		m[w] = true
	}
	return m
}()

func (f *finder) nameWord(w word) bool {
	if !w.upper || w.inital {
		return w.inital
	}
	low := strings.ToLower(strings.Trim(w.text, "."))
	if notNames[low] {
		return false
	}
	if _, ok := f.lex.Find(lexicon.Nationality, w.text); ok {
		return false
	}
	if w.caps {
		if _, ok := f.lex.Find(lexicon.Acronym, w.text); ok {
			return false
		}
	}
	return true
}

type finder struct {
	text  string
	span  tei.Span
	ctx   Context
	lex   *lexicon.Lexicon
	words []word
	out   []Name
}

// Find gives the names of a span, in order, none within another.
func Find(text string, span tei.Span, ctx Context) []Name {
	f := &finder{text: text, span: span, ctx: ctx, lex: ctx.Lexicon}
	if f.lex == nil {
		f.lex = lexicon.Default()
	}
	f.words = split(text, span)
	for i := 0; i < len(f.words); {
		if n := f.at(i); n > 0 {
			i += n
		} else {
			i++
		}
	}
	return slices.DeleteFunc(f.out, func(n Name) bool { return f.crosses(n.Span) })
}

// crosses says whether a span would cross a bracket's edge.
func (f *finder) crosses(s tei.Span) bool {
	for _, b := range f.ctx.Brackets {
		if s.Start < b.Span.Start && b.Span.Start < s.End && s.End < b.Span.End || b.Span.Start < s.Start && s.Start < b.Span.End && b.Span.End < s.End {
			return true
		}
	}
	return false
}

// at finds a name that begins at word i and says how many words it takes.
func (f *finder) at(i int) int {
	w := f.words[i]
	if !w.upper && !strings.EqualFold(w.text, "comrade") && !strings.EqualFold(w.text, "comrades") && w.text != "by" {
		return 0
	}
	rest := f.text[w.Start:f.span.End]
	if e, n := f.lex.Longest(lexicon.Honorific, rest); n > 0 {
		if k := f.honorific(i, e, n); k > 0 {
			return k
		}
	}
	if e, n := f.lex.Longest(lexicon.Role, rest); n > 0 && w.upper {
		if k := f.office(i, e, n); k > 0 {
			return k
		}
	}
	if w.text == "by" {
		if k := f.by(i); k > 0 {
			return k
		}
		return 0
	}
	if w.inital {
		if n := f.person(i, 4); n > 1 && !f.words[i+n-1].inital {
			f.add(Person, i, n, nil, "initials and surname", ledger.High)
			return n
		}
	}
	if n := f.known(i); n > 0 {
		return n
	}
	if e, n := f.lex.Longest(lexicon.Org, rest); n > 0 && f.ctx.Elem != "fw" {
		k := f.count(i, n)
		f.add(Org, i, k, nil, "body of the lexicon", ledger.High)
		_ = e
		return k
	}
	if n := f.place(i); n > 0 {
		return n
	}
	if n := f.shown(i); n > 0 {
		return n
	}
	return 0
}

// count is how many words a run of n bytes from word i covers.
func (f *finder) count(i, n int) int {
	end := f.words[i].Start + n
	k := 1
	for i+k < len(f.words) && f.words[i+k].Start < end {
		k++
	}
	return k
}

// near says whether word j follows the one before it with nothing but a space.
func (f *finder) near(j int) bool {
	return strings.Trim(f.words[j].gap, " \u00a0") == "" && f.words[j].gap != "" || f.words[j-1].inital && strings.TrimSpace(f.words[j].gap) == ""
}

// person is the number of words from i on that could be one person's name.
func (f *finder) person(i, most int) int {
	n := 0
	for i+n < len(f.words) && n < most {
		w := f.words[i+n]
		if n > 0 && !f.near(i+n) {
			// Tang [Muzhi]: the rest of a name in brackets
			if f.bracketed(i+n, "name-completion") && f.nameWord(w) && strings.TrimSpace(w.gap) == "[" {
				return n + 1
			}
			// a bracket of another kind between office and name is not ours
			break
		}
		if !f.nameWord(w) {
			switch w.text {
			case "von", "van", "de", "der", "di", "al", "ibn", "bin", "dos", "da":
				if n > 0 && i+n+1 < len(f.words) && f.words[i+n+1].upper {
					n++
					continue
				}
			}
			break
		}
		n++
		if n > 0 && f.sentenceEnd(i+n-1) {
			break
		}
	}
	for n > 0 && !f.words[i+n-1].upper {
		n--
	}
	return n
}

// sentenceEnd says whether a full stop ends the sentence behind word j.
func (f *finder) sentenceEnd(j int) bool {
	w := f.words[j]
	return !w.inital && w.End < f.span.End && strings.ContainsRune(".!?;:,", rune(f.text[w.End]))
}

// bracketed says whether word j stands at the begin of a bracket of a class.
func (f *finder) bracketed(j int, class string) bool {
	for _, b := range f.ctx.Brackets {
		if b.Class == class && b.Span.Start < f.words[j].Start && f.words[j].End <= b.Span.End {
			return true
		}
	}
	return false
}

func (f *finder) span2(i, n int) tei.Span {
	s := tei.Span{Start: f.words[i].Start, End: f.words[i+n-1].End}
	for _, b := range f.ctx.Brackets {
		if b.Class == "name-completion" && b.Span.Start < s.End && s.End < b.Span.End {
			s.End = b.Span.End
		}
		if b.Class == "name-completion" && b.Span.Start < s.Start && s.Start < b.Span.End && b.Span.End < s.End {
			s.Start = b.Span.Start
		}
	}
	return s
}

func (f *finder) add(k Kind, i, n int, parts []Part, rule string, cert ledger.Cert) {
	s := f.span2(i, n)
	if len(parts) > 0 && parts[0].Span.Start < s.Start {
		s.Start = parts[0].Span.Start
	}
	f.out = append(f.out, Name{Kind: k, Span: s, Parts: parts, Rule: rule, Cert: cert})
}

// honorific handles Cde. X and Cdes. X, Y and Z.
func (f *finder) honorific(i int, e lexicon.Entry, n int) int {
	k := f.count(i, n)
	h := tei.Span{Start: f.words[i].Start, End: f.words[i].Start + n}
	if h.End < f.span.End && f.text[h.End] == '.' {
		h.End++
	}
	abbr := strings.HasSuffix(f.text[h.Start:h.End], ".")
	part := Part{Elem: "roleName", Type: "honorific", Abbr: abbr, Span: h}
	j := i + k
	if j >= len(f.words) {
		return 0
	}
	if e.Value == "plural" {
		got := 0
		for j < len(f.words) {
			m := f.person(j, 4)
			if m == 0 {
				break
			}
			if got == 0 {
				f.out = append(f.out, Name{Kind: Role, Span: h, Parts: []Part{part}, Rule: "honorific of several", Cert: ledger.High})
			}
			m = f.initialsBehind(j, m)
			f.add(Person, j, m, nil, "name in a list after an honorific", ledger.High)
			got++
			j += m
			if j >= len(f.words) {
				break
			}
			gap := strings.TrimSpace(f.words[j].gap)
			if gap == "," || gap == ";" {
				if f.words[j].text == "and" {
					j++
				}
				continue
			}
			if f.words[j].text == "and" && gap == "" {
				j++
				continue
			}
			break
		}
		if got == 0 {
			return 0
		}
		return j - i
	}
	gap := f.text[h.End:f.words[j].Start]
	if strings.Trim(gap, " \u00a0\n[") != "" {
		return 0
	}
	// Comrade Minister Dang
	role := Part{}
	if r, rn := f.lex.Longest(lexicon.Role, f.text[f.words[j].Start:f.span.End]); rn > 0 {
		rk := f.count(j, rn)
		if j+rk < len(f.words) && f.near(j+rk) && f.nameWord(f.words[j+rk]) {
			role = Part{Elem: "roleName", Type: roleType(r), Span: tei.Span{Start: f.words[j].Start, End: f.words[j+rk-1].End}}
			j += rk
		}
	}
	m := f.person(j, 4)
	if m == 0 {
		return 0
	}
	m = f.initialsBehind(j, m)
	parts := []Part{part}
	if role.Elem != "" {
		parts = append(parts, role)
	}
	if m == 1 && !f.words[j].caps && !f.words[j].inital && f.ctx.Zone != "message" {
		parts = append(parts, Part{Elem: "surname", Span: f.words[j].Span})
	}
	f.add(Person, j, m, parts, "honorific and name", ledger.High)
	return j + m - i
}

// initialsBehind takes the initials of "Brusnikin, G. Ye." in.
func (f *finder) initialsBehind(j, m int) int {
	if m != 1 {
		return m
	}
	k := j + 1
	for k < len(f.words) && f.words[k].inital && (k > j+1 && f.near(k) || k == j+1 && strings.TrimSpace(f.words[k].gap) == ",") {
		k++
	}
	if k > j+1 && (k == len(f.words) || strings.TrimSpace(f.words[k].gap) != "" || !f.words[k].upper) {
		return k - j
	}
	return m
}

func roleType(e lexicon.Entry) string {
	if e.Value == "rank" {
		return "rank"
	}
	return "office"
}

// office handles Ambassador Roshchin and Vice Premier Qiu Wenbai.
func (f *finder) office(i int, e lexicon.Entry, n int) int {
	k := f.count(i, n)
	j := i + k
	if j >= len(f.words) || !f.near(j) {
		return 0
	}
	m := f.person(j, 4)
	if m == 0 || f.words[j].inital && m == 1 {
		return 0
	}
	if f.words[j].caps && !f.words[i].caps && m == 1 {
		return 0 // Minister KGB
	}
	if f.words[i].caps && f.ctx.Zone != "closer" && f.ctx.Zone != "processing" && f.ctx.Zone != "opener" {
		return 0
	}
	if _, p := f.lex.Longest(lexicon.Place, f.text[f.words[j].Start:f.span.End]); p > 0 {
		return 0
	}
	part := Part{Elem: "roleName", Type: roleType(e), Span: tei.Span{Start: f.words[i].Start, End: f.words[j-1].End}}
	f.add(Person, j, m, []Part{part}, "office and name", ledger.High)
	return j + m - i
}

// by handles "Deciphered by X".
func (f *finder) by(i int) int {
	if f.ctx.Zone != "processing" && f.ctx.Zone != "service" || i == 0 || i+1 >= len(f.words) || !f.near(i+1) {
		return 0
	}
	m := f.person(i+1, 4)
	if m == 0 {
		return 0
	}
	f.add(Person, i+1, m, nil, "name behind “by”", ledger.High)
	return m + 1
}

// known finds a name that the document or the lexicon has.
func (f *finder) known(i int) int {
	m := f.person(i, 4)
	for n := m; n > 0; n-- {
		s := f.text[f.words[i].Start:f.words[i+n-1].End]
		if n > 1 {
			if _, ok := f.lex.Find(lexicon.Person, s); ok {
				f.add(Person, i, n, nil, "person of the lexicon", ledger.High)
				return n
			}
		}
		if f.ctx.Known != nil && f.ctx.Known.knows(s, n) {
			if n == 1 {
				if _, ok := f.lex.Find(lexicon.Place, s); ok || m > 1 {
					return 0
				}
			}
			f.add(Person, i, n, nil, "name shown elsewhere in the document", ledger.High)
			return n
		}
	}
	return 0
}

// place finds a place of the lexicon, or the place of a dateline.
func (f *finder) place(i int) int {
	w := f.words[i]
	if _, n := f.lex.Longest(lexicon.Place, f.text[w.Start:f.span.End]); n > 0 {
		k := f.count(i, n)
		// part of a longer name is not the place
		if i > 0 && f.words[i-1].upper && f.near(i) && !f.words[i-1].caps && !notNames[strings.ToLower(f.words[i-1].text)] {
			return 0
		}
		if i+k < len(f.words) && f.near(i+k) && f.words[i+k].upper && !w.caps && !notNames[strings.ToLower(f.words[i+k].text)] {
			if _, ok := f.lex.Find(lexicon.Nationality, f.words[i+k].text); !ok {
				return 0
			}
		}
		if w.caps && f.ctx.Zone == "message" && !f.inValue(i) {
			return 0
		}
		f.add(Place, i, k, nil, "place of the lexicon", ledger.High)
		return k
	}
	if f.ctx.Elem == "dateline" && (i == 0 || i == 1 && strings.EqualFold(f.words[0].text, "in")) {
		m := 0
		for i+m < len(f.words) && m < 3 && f.nameWord(f.words[i+m]) && (m == 0 || f.near(i+m)) {
			m++
		}
		if m > 0 {
			behind := strings.TrimLeft(f.text[f.words[i+m-1].End:f.span.End], " ")
			if strings.HasPrefix(behind, ",") || i == 1 {
				f.add(Place, i, m, nil, "place of a dateline", ledger.High)
				return m
			}
		}
	}
	if f.inValue(i) {
		m := f.person(i, 3)
		if m > 0 && f.text[f.words[i+m-1].End] == ']' && f.ctx.Zone == "service" {
			f.add(Place, i, m, nil, "place filled in by the translator", ledger.Medium)
			return m
		}
	}
	return 0
}

// inValue says whether word i begins a bracket that fills a form in.
func (f *finder) inValue(i int) bool {
	for _, b := range f.ctx.Brackets {
		if b.Class == "value" && b.Span.Start+1 == f.words[i].Start {
			return true
		}
	}
	return false
}

// shown finds names by their place: in capitals under or over a message, in
// round brackets or strokes under it, alone on a line under it.
func (f *finder) shown(i int) int {
	w := f.words[i]
	signing := f.ctx.Elem == "signed"
	if f.ctx.Elem == "distribution" && !w.caps && i > 0 && strings.ContainsAny(w.gap, ":,;\n") {
		m := f.person(i, 4)
		if end := f.words[min(i+m, len(f.words))-1].End; m > 1 && (end == f.span.End || strings.ContainsRune(",;.\n(", rune(f.text[end]))) {
			f.add(Person, i, m, nil, "name in a list of copies", ledger.Medium)
			return m
		}
	}
	if signing && i > 0 && (strings.HasSuffix(w.gap, "(") || strings.HasSuffix(w.gap, "/")) {
		m := f.person(i, 4)
		if m > 0 {
			end := f.words[i+m-1].End
			if end < f.span.End && (f.text[end] == ')' || f.text[end] == '/') {
				var parts []Part
				if m == 1 && !w.caps {
					parts = []Part{{Elem: "surname", Span: w.Span}}
				}
				f.add(Person, i, m, parts, "name in brackets under a text", ledger.High)
				f.officeBefore(i, end+1)
				return m
			}
		}
	}
	if w.caps && (signing || f.ctx.Elem == "salute" || f.ctx.Zone == "message") {
		m := f.person(i, 4)
		for k := range m {
			if !f.words[i+k].caps && !f.words[i+k].inital {
				m = k
				break
			}
		}
		if m == 0 || f.ctx.Zone == "message" && m < 2 {
			return 0
		}
		if f.ctx.Zone == "message" && !f.mixed() {
			return 0
		}
		cert := ledger.High
		if f.ctx.Zone == "message" {
			cert = ledger.Medium
		}
		f.add(Person, i, m, nil, "name in capitals", cert)
		return m
	}
	if signing && (i == 0 || strings.Contains(w.gap, "\n") || strings.Contains(w.gap, "]")) {
		m := f.person(i, 4)
		if m > 0 {
			end := f.words[i+m-1].End
			tail := strings.TrimLeft(f.text[end:f.span.End], " .,\"”’")
			if tail == "" || tail[0] == '\n' || tail[0] == '[' {
				if _, n := f.lex.Longest(lexicon.Role, f.text[w.Start:f.span.End]); n > 0 {
					return 0
				}
				f.add(Person, i, m, nil, "name under a text", ledger.High)
				return m
			}
		}
	}
	return 0
}

// officeBefore takes the office and rank above a name in round brackets into
// the name: "Section Chief / Colonel [signature] (Makarov)".
func (f *finder) officeBefore(i, end int) {
	n := &f.out[len(f.out)-1]
	if f.ctx.Zone != "processing" || f.text[n.Span.Start-1] != '(' {
		return
	}
	var roles []Part
	for j := 0; j < i; {
		e, size := f.lex.Longest(lexicon.Role, f.text[f.words[j].Start:f.span.End])
		if size == 0 {
			if len(roles) > 0 && !f.inBracket(j) {
				return // other words between office and name
			}
			j++
			continue
		}
		k := f.count(j, size)
		roles = append(roles, Part{Elem: "roleName", Type: roleType(e), Span: tei.Span{Start: f.words[j].Start, End: f.words[j+k-1].End}})
		j += k
	}
	if len(roles) == 0 {
		return
	}
	n.Parts = append(roles, n.Parts...)
	n.Span = tei.Span{Start: roles[0].Span.Start, End: end}
}

// inBracket says whether word j stands in square brackets.
func (f *finder) inBracket(j int) bool {
	for _, b := range f.ctx.Brackets {
		if b.Span.Contains(f.words[j].Span) {
			return true
		}
	}
	return false
}

// mixed says whether the block has small letters, so that capitals stand out.
func (f *finder) mixed() bool {
	n := 0
	for _, w := range f.words {
		if !w.caps && !w.upper {
			n++
		}
	}
	return n*2 > len(f.words)
}
