package names

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// finder is the state of one call. Each rule is asked at a word, says how many
// words it takes, and takes none where it is not sure.
type finder struct {
	text   string
	span   tei.Span
	ctx    Context
	ix     *index
	words  []word
	fit    []int8 // whether a word may be part of a person's name: 0 not asked yet, 1 yes, 2 no
	out    []Name
	done   int  // end of what is taken
	mixed  bool // most words are in small letters, so that capitals stand out
	listed byte // within a list behind a label: 'p' of persons, 's' of one person each
}

var finders = sync.Pool{New: func() any { return new(finder) }}

// survey looks at all words once: which bracket holds each, and whether
// capitals stand out.
func (f *finder) survey() {
	f.fit = f.fit[:0]
	f.listed = 0
	small := 0
	var open []int32
	b := 0
	br := f.ctx.Brackets
	for i := range f.words {
		w := &f.words[i]
		f.fit = append(f.fit, 0)
		if !w.upper {
			small++
		}
		for b < len(br) && br[b].Span.Start < w.Start {
			open = append(open, int32(b))
			b++
		}
		for len(open) > 0 && br[open[len(open)-1]].Span.End <= w.Start {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			w.in = open[len(open)-1]
		}
	}
	f.mixed = small*2 > len(f.words)
}

// bracketAt is the bracket that begins at an offset, -1 for none.
func (f *finder) bracketAt(at int) int {
	br := f.ctx.Brackets
	i := sort.Search(len(br), func(i int) bool { return br[i].Span.Start >= at })
	if i < len(br) && br[i].Span.Start == at {
		return i
	}
	return -1
}

// crosses says whether a span would cross a bracket's edge.
func (f *finder) crosses(s tei.Span) bool {
	br := f.ctx.Brackets
	i := sort.Search(len(br), func(i int) bool { return br[i].Span.Start >= s.Start })
	for k := i; k < len(br) && br[k].Span.Start < s.End; k++ {
		if br[k].Span.End > s.End {
			return true
		}
	}
	// those open before s: the words at both ends are in the same
	for k := i - 1; k >= 0 && k > i-12; k-- {
		if br[k].Span.Start < s.Start && s.Start < br[k].Span.End && br[k].Span.End < s.End {
			return true
		}
	}
	return false
}

func (f *finder) str(i int) string { return f.text[f.words[i].Start:f.words[i].End] }

func (f *finder) low(i int) string { return string(lower(nil, f.str(i))) }

func (f *finder) has(s set, i int) bool {
	if i < 0 || i >= len(f.words) {
		return false
	}
	w := &f.words[i]
	if !w.listed {
		var buf [48]byte
		w.sets, w.listed = vocabulary()[string(lower(buf[:0], f.str(i)))], true
	}
	return w.sets&s != 0
}

// near says whether word j follows the one before it with nothing but a space.
func (f *finder) near(j int) bool {
	if j <= 0 || j >= len(f.words) || f.words[j-1].owns {
		return false
	}
	g := f.words[j].gap
	if g == "" {
		return f.words[j-1].initial
	}
	return blank(g)
}

func blank(g string) bool {
	return g == " " || len(g) < 5 && strings.Trim(g, " \u00a0") == "" // wider are columns
}

// nameWord says whether word j may be part of a person's name.
func (f *finder) nameWord(j int) bool {
	if f.fit[j] == 0 {
		f.fit[j] = 2
		if f.mayBeName(j) {
			f.fit[j] = 1
		}
	}
	return f.fit[j] == 1
}

func (f *finder) mayBeName(j int) bool {
	w := &f.words[j]
	if !w.upper {
		return false
	}
	if w.initial {
		return true
	}
	s := f.str(j)
	if utf8.RuneCountInString(s) < 2 || roman(s) {
		return false
	}
	if f.has(notNames, j) || f.has(pluralOffices, j) || strings.HasSuffix(s, "straße") || strings.HasSuffix(s, "Straße") || strings.HasSuffix(s, "strasse") {
		return false
	}
	for _, g := range f.forms(j) {
		if len(g.rest) > 0 || g.dots[0] && !w.dot {
			continue
		}
		switch g.kind {
		case lexicon.Nationality, lexicon.Role, lexicon.Org:
			return false
		case lexicon.Acronym:
			if w.caps {
				return false
			}
		case lexicon.Honorific:
			if !f.has(strongSurnames, j) {
				return false
			}
		}
	}
	return true
}

func roman(s string) bool {
	return s != "XI" && s != "XIX" && strings.Trim(s, "IVX") == "" || s == "XIX"
}

// inLexicon says whether a form of a kind begins at word j.
func (f *finder) inLexicon(k lexicon.Kind, j int) bool {
	_, n := f.match(f.forms(j), k, j)
	return n > 0
}

// run is the number of words from j on that could be one person's name.
func (f *finder) run(j, most int) int {
	n := 0
	for j+n < len(f.words) && n < most {
		k := j + n
		w := &f.words[k]
		if n > 0 {
			p := &f.words[k-1]
			if !f.near(k) {
				if m := f.completedBy(k, j); m > 0 {
					return n + m
				}
				break
			}
			if w.in != f.words[j].in || p.caps && !p.initial && w.upper && !w.caps && !w.initial {
				break
			}
		}
		if !f.nameWord(k) {
			// von Hassel, Harry S Truman
			last := k
			for last < k+2 && f.has(particles, last) && f.near(last+1) && f.has(particles, last+1) {
				last++
			}
			more := n > 0 && f.near(last+1) && f.nameWord(last+1) && !f.words[last+1].initial
			if more && (f.has(particles, k) || w.upper && w.Len() == 1 && f.str(k) != "I") {
				n += last + 1 - k
				continue
			}
			break
		}
		n++
		if w.owns {
			break
		}
	}
	return n
}

// completedBy is the number of words of a bracket before word k that gives the
// rest of the name which begins at word j: Tang [Muzhi].
func (f *finder) completedBy(k, j int) int {
	w := &f.words[k]
	if w.in < 0 || w.in == f.words[j].in {
		return 0
	}
	b := f.ctx.Brackets[w.in]
	if b.Class != "name-completion" && b.Class != "unclear" || b.Span.Start+1 != w.Start || strings.Trim(w.gap, " \u00a0") != "[" {
		return 0
	}
	n := 0
	for k+n < len(f.words) && f.words[k+n].in == w.in {
		if !f.nameWord(k+n) || n > 0 && !f.near(k+n) {
			return 0
		}
		n++
	}
	return n
}

// bounds is the span of n words from i on, with the brackets that complete the
// name.
func (f *finder) bounds(i, n int) tei.Span {
	s := tei.Span{Start: f.words[i].Start, End: f.words[i+n-1].End}
	if a, z := f.words[i].in, f.words[i+n-1].in; z >= 0 && z != a {
		s.End = max(s.End, f.ctx.Brackets[z].Span.End)
	}
	return s
}

func (f *finder) add(n Name) bool {
	if n.Span.Start < f.done || n.Span.Len() <= 0 || f.crosses(n.Span) {
		return false
	}
	f.out = append(f.out, n)
	f.done = n.Span.End
	return true
}

// addWords adds a name of n words from i on.
func (f *finder) addWords(k Kind, i, n int, rule string, cert ledger.Cert) int {
	if !f.add(Name{Kind: k, Span: f.bounds(i, n), Rule: rule, Cert: cert}) {
		return 0
	}
	return n
}

// behind is the text behind word j.
func (f *finder) behind(j int) string {
	e := f.words[j].End
	if z := f.words[j].in; z >= 0 && f.ctx.Brackets[z].Class == "name-completion" && e+1 == f.ctx.Brackets[z].Span.End {
		e++
	}
	if f.words[j].owns {
		return ""
	}
	return f.text[e:f.span.End]
}

func (f *finder) message() bool { return f.ctx.Zone == "message" || f.ctx.Zone == "notes" }

// at finds a name that begins at word i and says how many words it takes.
func (f *finder) at(i int) int {
	w := &f.words[i]
	if w.Start < f.done {
		return 1
	}
	if w.in >= 0 && f.ctx.Brackets[w.in].Span.Start+1 == w.Start {
		if n := f.lead(i); n > 0 {
			return n
		}
	}
	f.enterList(i)
	if !w.upper {
		return f.small(i)
	}
	list := f.forms(i)
	if len(list) > 0 {
		if _, n := f.match(list, lexicon.Org, i); n > 1 && f.ctx.Elem != "fw" {
			// the General Staff, before the rank of general
			if _, k := f.match(list, lexicon.Role, i); k > 0 && k < n {
				return f.addWords(Org, i, n, "body of the lexicon", ledger.High)
			}
		}
		if g, n := f.match(list, lexicon.Honorific, i); n > 0 {
			if k := f.honorific(i, g, n); k > 0 {
				return k
			}
		}
		if g, n := f.match(list, lexicon.Role, i); n > 0 {
			if k := f.office(i, g, n); k > 0 {
				return k
			}
		}
	}
	if w.initial && !w.glued {
		return f.initials(i)
	}
	if w.glued {
		if n := f.glued(i); n > 0 {
			return n
		}
	}
	m := 0
	if f.nameWord(i) {
		m = f.run(i, 4)
	}
	_, town := f.match(list, lexicon.Place, i)
	if m > 0 {
		if n := f.known(i, m, town, list); n > 0 {
			return n
		}
	}
	if _, n := f.match(list, lexicon.Org, i); n > town && f.ctx.Elem != "fw" && !f.ofThe(i) {
		return f.addWords(Org, i, n, "body of the lexicon", ledger.High)
	}
	if n := f.phrase(i); n > 0 {
		return n
	}
	if town > 0 {
		if n := f.place(i, town); n > 0 {
			return n
		}
		return 0
	}
	if m > 0 {
		for _, rule := range shapes {
			if n := rule.at(f, i, m); n > 0 {
				return n
			}
		}
	}
	return 0
}

// shapes are the rules for capitalised words that neither lexicon nor document
// knows, with the words that each takes.
var shapes = []struct {
	name, example string
	at            func(f *finder, i, m int) int
}{
	{"name that a bracket explains", "Terebin [Orlov] has been told", (*finder).explained},
	{"forename, initial and surname", "a talk with Harold H. Saunders", (*finder).middle},
	{"surname and initials", "to Pavlenko, G. T.", (*finder).inverted},
	{"name in a list", "Interpreter: Fu Siyuan", (*finder).inList},
	{"name and apposition", "Mihail Lungu, engineer", (*finder).apposed},
	{"place of a dateline", "Berlin, 8 February 1963", (*finder).dateline},
	{"name by its seat", "(Makarov)", (*finder).seated},
	{"eastern name", "said Han Mu-jin", (*finder).eastern},
	{"place behind its kind", "the port of Berbera", (*finder).marked},
	{"the other end of a way", "from Záhony to Irkutsk", (*finder).way},
}

// lead handles a bracket before a name: [Nikita] Khrushchev, [Ambassador]
// Roshchin, [Genosse] Mielenz.
func (f *finder) lead(i int) int {
	b := f.words[i].in
	br := f.ctx.Brackets[b]
	if n := f.same(i, br); n > 0 {
		return n
	}
	k := i
	role, all := false, true
	for k < len(f.words) && f.words[k].in == b {
		if !f.nameWord(k) && !f.has(particles, k) {
			all = false
		}
		if k < i+8 && !role {
			role = f.has(professions, k) || f.inLexicon(lexicon.Role, k) || f.inLexicon(lexicon.Honorific, k)
		}
		k++
	}
	if k >= len(f.words) || br.Span.End > f.words[k].Start || !blank(f.text[br.Span.End:f.words[k].Start]) || br.Span.End == f.words[k].Start {
		return 0
	}
	m := 0
	if f.nameWord(k) {
		m = f.run(k, 3)
	}
	if m == 0 || f.words[k].in == b || f.inLexicon(lexicon.Org, k) {
		return 0
	}
	s := f.bounds(k, m)
	n := Name{Kind: Person, Span: tei.Span{Start: br.Span.Start, End: s.End}, Cert: ledger.High}
	switch {
	case br.Class == "name-completion" && all:
		n.Rule = "given name in brackets"
	case br.Class == "role-gloss" && role && !f.inLexicon(lexicon.Place, k):
		n.Rule, n.Proper = "office in brackets and name", s
	case role && !f.message() && k == i+1, role && k == i+1 && f.inLexicon(lexicon.Honorific, i):
		n.Rule, n.Proper = "honorific in brackets and name", s
	default:
		return 0
	}
	if !f.add(n) {
		return 0
	}
	return k - i + m
}

// same handles a bracket that names again what stands before it: Han Mu-jin
// [Han Mu Jin], Andong [Anto], FILIPPOV [Stalin].
func (f *finder) same(i int, br Bracket) int {
	if len(f.out) == 0 || br.Class != "identification" && br.Class != "name-variant" {
		return 0
	}
	last := f.out[len(f.out)-1]
	if last.Kind != Person && last.Kind != Place || last.Span.End > br.Span.Start || !blank(f.text[last.Span.End:br.Span.Start]) {
		return 0
	}
	if br.Class == "identification" && last.Kind != Person {
		return 0
	}
	if !f.nameWord(i) {
		return 0
	}
	n := f.run(i, 4)
	if rest := strings.Trim(f.text[f.words[i+n-1].End:min(br.Span.End, f.span.End)], " ?]"); rest != "" {
		return 0
	}
	return f.addWords(last.Kind, i, n, "name that a bracket gives again", ledger.High)
}

// small handles words in small letters before a name: comrade Kim, ambassador
// Roshchin, the fitter, Vitray, …; Deciphered by Araushkin.
func (f *finder) small(i int) int {
	j := i + 1
	if j >= len(f.words) || !f.words[j].upper {
		return 0
	}
	switch s := f.str(i); {
	case s == "by":
		return f.by(i)
	case s == "comrade" || s == "comrades":
		if g, n := f.match(f.forms(i), lexicon.Honorific, i); n > 0 {
			return f.honorific(i, g, n)
		}
		return 0
	case s == "de" || s == "von" || s == "van":
		if f.near(j) {
			if _, n := f.match(f.forms(i), lexicon.Person, i); n > 0 {
				return f.addWords(Person, i, n, "person of the lexicon", ledger.High)
			}
		}
		return 0
	}
	if f.near(j) {
		if !f.has(plainRoles, i) || !f.nameWord(j) || f.words[j].caps || f.words[j].glued || f.inLexicon(lexicon.Place, j) || f.inLexicon(lexicon.Org, j) {
			return 0
		}
		if m := f.run(j, 3); m > 0 && !(m == 1 && (f.words[j].initial || f.has(common, j))) && !f.upperBehind(j+m) {
			if k := f.addWords(Person, j, m, "office in small letters and name", ledger.Medium); k > 0 {
				return 1 + k
			}
		}
		return 0
	}
	if strings.TrimSpace(f.words[j].gap) == "," && f.words[j].gap != "," && f.has(professions, i) && f.nameWord(j) && !f.words[j].caps {
		m := f.run(j, 3)
		if m == 1 && (f.words[j].initial || f.has(common, j)) || f.inLexicon(lexicon.Place, j) || f.inLexicon(lexicon.Org, j) {
			return 0
		}
		end := f.bounds(j, m).End
		q := j + m
		if q < len(f.words) && f.words[q].in != f.words[j].in {
			if b := f.ctx.Brackets[max(0, f.words[q].in)]; f.words[q].in >= 0 && b.Class == "name-variant" && b.Span.Start == end+1 {
				end = b.Span.End
				for q < len(f.words) && f.words[q].Start < end {
					q++
				}
			}
		}
		if q < len(f.words) && end < f.words[q].Start && f.text[end] == ',' && !f.words[q].upper && f.str(q) != "and" && f.str(q) != "or" && f.words[q].Start-end < 4 {
			if k := f.addWords(Person, j, m, "apposition to an office", ledger.Medium); k > 0 {
				return 1 + k
			}
		}
	}
	return 0
}

// plainRoles are offices that stand in small letters directly before a name.
var plainRoles = words(`ambassador minister premier president chairman secretary director colonel counselor counsellor envoy consul engineer interpreter marshal admiral adviser commandant`)

// upperBehind says whether a capitalised word follows directly, so that what
// stands before it is a part of something longer: Ho Chi Minh City.
func (f *finder) upperBehind(j int) bool {
	if j >= len(f.words) || !f.words[j].upper || !f.near(j) || f.words[j].in != f.words[j-1].in {
		return false
	}
	return f.str(j) != "I"
}

// upperBefore says whether a name word stands directly before, so that what
// follows is a part of a longer name; a word that begins a sentence may be
// anything.
func (f *finder) upperBefore(i int) bool {
	if i == 0 || !f.near(i) {
		return false
	}
	p := &f.words[i-1]
	if !p.upper || p.in != f.words[i].in || p.End <= f.done && f.done > 0 && f.done > p.Start {
		return false
	}
	if p.initial {
		return true
	}
	if p.start && f.has(common, i-1) || f.has(notNames, i-1) || f.inLexicon(lexicon.Nationality, i-1) {
		return false
	}
	return f.nameWord(i - 1)
}

// by handles "Deciphered by X".
func (f *finder) by(i int) int {
	j := i + 1
	if i == 0 || !f.has(hands, i-1) || strings.Trim(f.words[j].gap, " \u00a0:") != "" || !f.near(i) {
		return 0
	}
	if !f.nameWord(j) || f.inLexicon(lexicon.Place, j) || f.inLexicon(lexicon.Org, j) {
		return 0
	}
	m := f.run(j, 4)
	if f.message() && (m < 2 || !f.words[i-1].start) || m == 1 && f.words[j].initial {
		return 0
	}
	if k := f.addWords(Person, j, m, "name behind “by”", ledger.High); k > 0 {
		return 1 + k
	}
	return 0
}

func (f *finder) titleSpan(i, n int) tei.Span {
	s := tei.Span{Start: f.words[i].Start, End: f.words[i+n-1].End}
	if w := &f.words[i+n-1]; w.dot && !w.initial {
		s.End++
	}
	return s
}

// after says whether word j follows a title of n words from i on directly; the
// full stop of an abbreviation may stand between.
func (f *finder) after(i, n int, g form) bool {
	j := i + n
	if j >= len(f.words) || f.words[j-1].owns {
		return false
	}
	gap := f.words[j].gap
	if g.dots[len(g.dots)-1] || f.has(shortTitles, j-1) {
		gap = strings.TrimPrefix(gap, ".")
	}
	return gap == "" && f.words[j-1].dot || gap != "" && blank(gap)
}

var shortTitles = words(`mr mrs ms dr cde cdes com comr st prof gen col lt maj capt amb tov`)

func roleType(g form) string {
	if g.value == "rank" {
		return "rank"
	}
	return "office"
}

// honorific handles Cde. X and Cdes. X, Y and Z.
func (f *finder) honorific(i int, g form, n int) int {
	w := &f.words[i]
	if w.initial && n == 1 {
		return 0 // M. is an initial as often as Monsieur
	}
	if n == 1 && i+1 < len(f.words) && f.has(strongSurnames, i) && pinyin(f.low(i+1)) {
		return 0 // Pan Zili is Chinese, Pan Novak is not
	}
	h := f.titleSpan(i, n)
	part := Part{Elem: "roleName", Type: "honorific", Abbr: f.text[h.End-1] == '.', Span: h}
	if g.value == "plural" {
		return f.several(i, n, g, part)
	}
	j := i + n
	parts := []Part{part}
	for range 3 {
		if j >= len(f.words) || !f.after(i, j-i, g) {
			break
		}
		list := f.forms(j)
		next, k := f.match(list, lexicon.Honorific, j)
		typ := "honorific"
		if k == 0 {
			next, k = f.match(list, lexicon.Role, j)
			typ = roleType(next)
		}
		if k == 0 || j+k >= len(f.words) || !f.after(j, k, next) || f.words[j].initial {
			break
		}
		s := f.titleSpan(j, k)
		if f.surnameFits(j) && !f.titleFollows(j+k) {
			break
		}
		parts = append(parts, Part{Elem: "roleName", Type: typ, Abbr: f.text[s.End-1] == '.', Span: s})
		g, j = next, j+k
		i = j - k // the last title, for after
	}
	start := parts[0].Span.Start
	if j >= len(f.words) {
		return 0
	}
	first := f.firstOf(start)
	m := 0
	if f.after(i, j-i, g) && f.words[j].in == f.words[first].in {
		if f.nameWord(j) || f.surnameFits(j) {
			m = max(1, f.run(j, 5))
			if !f.nameWord(j) {
				m = 1
			}
		}
	} else if b := f.words[j].in; b >= 0 && f.ctx.Brackets[b].Span.Start+1 == f.words[j].Start && f.ctx.Brackets[b].Class == "name-completion" {
		// Comrade [Nikita] Khrushchev
		k := j
		for k < len(f.words) && f.words[k].in == b {
			k++
		}
		if k < len(f.words) && f.nameWord(k) && f.words[k].Start-f.ctx.Brackets[b].Span.End < 3 {
			m = k - j + f.run(k, 3)
		}
	}
	if m == 0 || m == 1 && f.words[j].initial {
		return 0
	}
	m = f.initialsBehind(j, m)
	s := f.bounds(j, m)
	if m == 1 && !f.words[j].caps && !f.message() {
		parts = append(parts, Part{Elem: "surname", Span: s})
	}
	parts = f.completionParts(parts, j, m)
	if b := f.words[j].in; b >= 0 && b != f.words[first].in {
		s.Start = f.ctx.Brackets[b].Span.Start
	}
	if !f.add(Name{Kind: Person, Span: tei.Span{Start: start, End: s.End}, Proper: s, Parts: parts, Rule: "honorific and name", Cert: ledger.High}) {
		return 0
	}
	return j + m - first
}

// firstOf is the word that begins at an offset.
func (f *finder) firstOf(at int) int {
	return sort.Search(len(f.words), func(i int) bool { return f.words[i].Start >= at })
}

// surnameFits says whether a word that is otherwise no name may be a surname
// behind Mr. or Comrade: Mr. White, Mr. King.
func (f *finder) surnameFits(j int) bool {
	w := &f.words[j]
	return w.upper && !w.caps && !w.initial && f.has(wordSurnames, j)
}

func (f *finder) titleFollows(j int) bool {
	return j < len(f.words) && f.near(j) && f.nameWord(j)
}

var wordSurnames = words(`white black king dean bishop judge pope prince major marshal page house may north west north bell mayor`)

// several handles the names behind Cdes.
func (f *finder) several(i, n int, g form, part Part) int {
	j := i + n
	if j >= len(f.words) || !f.after(i, n, g) {
		return 0
	}
	old, done := len(f.out), f.done
	if !f.add(Name{Kind: Role, Span: part.Span, Parts: []Part{part}, Rule: "honorific of several", Cert: ledger.High}) {
		return 0
	}
	got := 0
	for last := false; j < len(f.words); {
		var parts []Part
		k := j
		if r, rn := f.match(f.forms(k), lexicon.Role, k); rn > 0 && f.titleFollows(k+rn) {
			parts = []Part{{Elem: "roleName", Type: roleType(r), Span: f.titleSpan(k, rn)}}
			k += rn
		}
		if !f.nameWord(k) || got > 0 && f.inLexicon(lexicon.Place, k) && !f.inLexicon(lexicon.Person, k) {
			break
		}
		m := f.run(k, 5)
		if m == 0 || m == 1 && f.words[k].initial {
			break
		}
		m = f.initialsBehind(k, m)
		s := f.bounds(k, m)
		if m == 1 && !f.words[k].caps && !f.message() {
			parts = append(parts, Part{Elem: "surname", Span: s})
		}
		parts = f.completionParts(parts, k, m)
		if !f.add(Name{Kind: Person, Span: tei.Span{Start: f.words[j].Start, End: s.End}, Proper: s, Parts: parts, Rule: "name in a list behind an honorific", Cert: ledger.High}) {
			break
		}
		got++
		j = k + m
		if last || j >= len(f.words) || f.words[j-1].owns {
			break
		}
		gap := strings.TrimSpace(f.text[s.End:f.words[j].Start])
		and := f.str(j) == "and" || f.str(j) == "AND"
		switch {
		case and && (gap == "" || gap == ","):
			j, last = j+1, true
			if j >= len(f.words) || !blank(f.words[j].gap) {
				return j - i
			}
		case gap == "," || gap == ";":
		default:
			return j - i
		}
	}
	if got == 0 {
		f.out, f.done = f.out[:old], done
		return 0
	}
	return j - i
}

// initialsBehind takes the initials of "Brusnikin, G. Ye." in.
func (f *finder) initialsBehind(j, m int) int {
	if m != 1 || f.words[j].owns {
		return m
	}
	k := j + 1
	for k < len(f.words) && f.words[k].initial && (k > j+1 && f.near(k) || k == j+1 && strings.TrimSpace(f.words[k].gap) == ",") {
		k++
	}
	if k > j+1 && (k == len(f.words) || !f.near(k) || !f.words[k].upper) {
		return k - j
	}
	return m
}

// completionParts adds forename and surname where a bracket tells them apart.
func (f *finder) completionParts(parts []Part, j, m int) []Part {
	if m != 2 {
		return parts
	}
	if f.words[j].glued && f.words[j+1].in == f.words[j].in {
		return append(parts, Part{Elem: "forename", Span: f.words[j].Span}, Part{Elem: "surname", Span: f.words[j+1].Span})
	}
	return parts
}

// office handles Ambassador Roshchin and Vice Premier Qiu Wenbai.
func (f *finder) office(i int, g form, n int) int {
	first := i
	parts := []Part{{Elem: "roleName", Type: roleType(g), Abbr: g.dots[len(g.dots)-1], Span: f.titleSpan(i, n)}}
	j := i + n
	for range 2 {
		if j >= len(f.words) || !f.after(i, n, g) {
			break
		}
		r, rn := f.match(f.forms(j), lexicon.Role, j)
		if rn == 0 || !f.words[j].upper {
			break
		}
		parts = append(parts, Part{Elem: "roleName", Type: roleType(r), Abbr: r.dots[len(r.dots)-1], Span: f.titleSpan(j, rn)})
		g, i, n, j = r, j, rn, j+rn
	}
	m := 0
	if j < len(f.words) && f.after(i, n, g) && f.words[j].in == f.words[first].in && f.nameWord(j) {
		m = f.run(j, 4)
	}
	if m == 0 || !f.officeName(first, j, m) {
		return f.standing(first, j, parts)
	}
	s := f.bounds(j, m)
	parts = f.completionParts(parts, j, m)
	if !f.add(Name{Kind: Person, Span: tei.Span{Start: f.words[first].Start, End: s.End}, Proper: s, Parts: parts, Rule: "office and name", Cert: ledger.High}) {
		return 0
	}
	return j + m - first
}

// officeName says whether m words behind an office are a name.
func (f *finder) officeName(i, j, m int) bool {
	w := &f.words[j]
	if m == 1 && w.initial || f.inLexicon(lexicon.Place, j) && !f.inLexicon(lexicon.Person, j) || f.inLexicon(lexicon.Org, j) {
		return false
	}
	if w.caps != f.words[i].caps && !w.initial && m == 1 && w.caps && f.message() && w.Len() < 5 {
		return false // Minister KGB
	}
	if f.words[i].caps && f.words[i].Len() > 3 {
		if !w.caps && !w.initial {
			return false
		}
		// GENERAL REGISTRY: in a letterhead or stamp two words prove nothing
		if m == 1 && (f.message() || f.ctx.Zone == "service") && !f.ctx.Known.shows(f.text[w.Start:w.End]) {
			return f.inLexicon(lexicon.Person, j)
		}
	}
	if m == 1 && j == i+1 && f.has(broad, i) {
		return f.ctx.Known.shows(f.text[w.Start:w.End]) || f.inLexicon(lexicon.Person, j)
	}
	// Chief Justice Department: more words than a name, none of them known
	if f.has(broad, j-1) && f.words[i].start && f.upperBehind(j+m) {
		return false
	}
	return true
}

// standing is an office by itself, which counts under a text alone.
func (f *finder) standing(i, j int, parts []Part) int {
	if f.ctx.Elem != "signed" || f.words[i].in >= 0 {
		return 0
	}
	for _, p := range parts {
		f.add(Name{Kind: Role, Span: p.Span, Parts: []Part{p}, Rule: "office under a text", Cert: ledger.High})
	}
	return j - i
}

// countable nouns before a letter number something.
var countable = words(`section part point item annex appendix paragraph article group zone series plan schedule class type category copy number letter volume chapter page table figure phase stage case block sector unit form list question attachment enclosure exhibit vitamin hepatitis camp tab`)

// initials handles N. S. Tarasenko and W. Howard Wriggins.
func (f *finder) initials(i int) int {
	k := 0
	run := make([]byte, 0, 8)
	for i+k < len(f.words) && f.words[i+k].initial && !f.words[i+k].glued && (k == 0 || f.near(i+k)) && k < 6 {
		run = lower(run, f.str(i+k))
		k++
	}
	j := i + k
	skip := k
	if k == 0 || k > 4 || j >= len(f.words) {
		return max(1, skip)
	}
	if f.has(particles, j) && f.near(j) {
		j++
	}
	if j >= len(f.words) || !f.near(j) || !f.nameWord(j) && !f.surnameFits(j) || f.words[j].initial || f.words[j].in != f.words[i].in {
		return skip
	}
	w := &f.words[i]
	if k > 1 {
		if notInitials.has(string(run)) {
			return skip
		}
		if _, ok := f.ix.acronym(run); ok {
			return skip
		}
	} else {
		if i > 0 && (w.gap == " " || strings.TrimSpace(w.gap) == "") && f.has(countable, i-1) {
			return skip
		}
		// N. Korea; A. Background
		if strings.ContainsAny(f.str(i)[:1], "NSEW") && f.inLexicon(lexicon.Place, j) {
			return skip
		}
		if f.message() && (i == 0 || strings.Contains(w.gap, "\n")) && !f.ctx.Known.shows(f.str(j)) {
			b := f.behind(j)
			if b == "" || b[0] != ',' && b[0] != ';' && !strings.HasPrefix(b, " (") {
				return skip
			}
		}
		if strings.ContainsAny(w.gap, "([") && strings.HasPrefix(f.text[w.End:], ")") {
			return skip
		}
	}
	if f.words[j].caps && f.inLexicon(lexicon.Acronym, j) || f.inLexicon(lexicon.Place, j) && !f.inLexicon(lexicon.Person, j) {
		return skip
	}
	if f.message() && k == 1 && f.has(common, j) && !f.ctx.Known.shows(f.text[w.Start:f.words[j].End]) {
		return skip // … and I. Many of us
	}
	m := j + 1 - i
	if k == 1 && j == i+1 && !f.words[j].owns && j+1 < len(f.words) && f.near(j+1) && f.nameWord(j+1) && !f.words[j+1].initial &&
		f.words[j+1].caps == f.words[j].caps && !f.inLexicon(lexicon.Place, j+1) && !f.inLexicon(lexicon.Org, j+1) && !f.upperBehind(j+2) {
		m++
	}
	if n := f.addWords(Person, i, m, "initials and surname", ledger.High); n > 0 {
		return n
	}
	return skip
}

// glued handles A[ndrei] Gromyko.
func (f *finder) glued(i int) int {
	m := f.run(i, 3)
	if m < 2 || f.words[i+m-1].initial {
		return 0
	}
	s := f.bounds(i, m)
	if !f.add(Name{Kind: Person, Span: s, Parts: f.completionParts(nil, i, m), Rule: "name completed by a bracket", Cert: ledger.High}) {
		return 0
	}
	return m
}

// known finds a name that the document or the lexicon has. town is the number
// of words of the place of the lexicon that begins here.
func (f *finder) known(i, m, town int, list []form) int {
	_, p := f.match(list, lexicon.Person, i)
	if p > m {
		p = 0
	}
	for n := m; n > 1; n-- {
		if n < town {
			return 0
		}
		s := f.bounds(i, n)
		shown := f.ctx.Known.shows(f.text[s.Start:s.End])
		if n != p && !shown {
			continue
		}
		if f.upperBehind(i+n) && !f.inLexicon(lexicon.Role, i+n) {
			return 0
		}
		rule := "person of the lexicon"
		if shown {
			rule = "name shown elsewhere in the document"
		}
		return f.addWords(Person, i, n, rule, ledger.High)
	}
	if town > 0 && p == 0 || m > 1 && !f.words[i+1].initial {
		return 0
	}
	w := &f.words[i]
	if i > 1 && f.str(i-1) == "of" && f.words[i-2].upper && f.has(honours, i-2) {
		return 0
	}
	shown := f.ctx.Known.showsAlone(f.str(i))
	if p != 1 && !shown || f.upperBehind(i+1) || f.upperBefore(i) {
		return 0
	}
	if w.start && f.has(common, i) || w.caps && w.Len() < 3 {
		return 0
	}
	if w.caps && !shown && f.message() && f.mixed {
		// a single word in capitals is often emphasis; a person of the lexicon is not
		if _, place := f.match(list, lexicon.Place, i); place > 0 {
			return 0
		}
	}
	rule, cert := "person of the lexicon", ledger.High
	if shown {
		rule = "name shown elsewhere in the document"
	}
	return f.addWords(Person, i, 1, rule, cert)
}

// honours are named after persons: the Order of Lenin.
var honours = words(`order orders medal prize library academy`)

// phraseHeads are bodies that are named by what follows "of".
var phraseHeads = words(`ministry embassy legation consulate commissariat`)

var phraseHeadsInAddress = words(`ministry embassy legation consulate commissariat department directorate committee council bureau secretariat commission office government party agency staff`)

// ofThe says whether a body stands behind "of" in an address: the member of
// the secretariat is addressed, not the secretariat.
func (f *finder) ofThe(i int) bool {
	return f.ctx.Elem == "salute" && (i > 0 && f.str(i-1) == "of" || i > 1 && f.str(i-1) == "the" && f.str(i-2) == "of")
}

// phrase handles bodies that are named in many words: the Ministry of Foreign
// Affairs, the Embassy of Hungary.
func (f *finder) phrase(i int) int {
	address := f.ctx.Elem == "salute" || f.ctx.Zone == "opener"
	if f.ctx.Elem == "fw" {
		return 0
	}
	k := i
	if address {
		// Central Committee, Foreign Ministry
		for k < len(f.words) && k < i+5 && f.words[k].upper && (k == i || f.near(k)) && !f.has(phraseHeadsInAddress, k) {
			k++
		}
		if k >= len(f.words) || !f.has(phraseHeadsInAddress, k) || k > i && !f.near(k) {
			return 0
		}
		if k > i && (f.inLexicon(lexicon.Role, i) || f.has(honorificWords, i)) {
			return 0
		}
		if f.ofThe(i) {
			return 0
		}
		for x := i; x < k; x++ {
			if l := f.low(x); l == "to" || l == "the" || l == "dear" || l == "of" || l == "from" || l == "copy" {
				return 0
			}
		}
	} else if !f.has(phraseHeads, i) {
		return 0
	}
	end := k
	j := k + 1
	for j < len(f.words) && blank(f.words[j].gap) && f.words[j].in == f.words[i].in && (!f.words[j-1].owns || f.words[j].upper && f.low(j-1) == "people") {
		switch l := f.low(j); {
		case l == "of" || l == "for" || l == "the" || l == "in" && address:
		case l == "and":
			// and Trade
			if j+1 >= len(f.words) || !f.words[j+1].upper || f.has(phraseHeads, j+1) || f.inLexicon(lexicon.Place, j+1) {
				j = len(f.words)
				continue
			}
		case f.words[j].upper && j > k+1:
			end = j
		default:
			j = len(f.words)
			continue
		}
		j++
	}
	if end == k && !(address && k > i) {
		return 0
	}
	cert := ledger.High
	if !address {
		cert = ledger.Medium
	}
	return f.addWords(Org, i, end-i+1, "body named by its office", cert)
}

var honorificWords = words(`comrade comrades cde cdes mr mrs dear`)

// place marks a place of the lexicon of n words.
func (f *finder) place(i, n int) int {
	w := &f.words[i]
	if f.ctx.Elem == "speaker" {
		return 0
	}
	first := i
	if i > 0 && f.near(i) && f.words[i-1].initial && strings.ContainsAny(f.str(i - 1)[:1], "NSEW") && (i < 2 || !f.words[i-2].initial) {
		first-- // N. Korea
	} else if f.upperBefore(i) && !f.has(markers, i-1) {
		return 0
	}
	if i > 0 && f.near(i) && f.has(directions, i-1) && f.words[i-1].upper && f.words[i-1].Start >= f.done && f.words[i-1].in == w.in && !(f.words[i-1].caps && !w.caps) {
		first--
	}
	if w.caps && f.message() && f.mixed && !f.inValue(i) {
		return 0
	}
	if w.start && f.has(common, i) && n == 1 && first == i && f.near(i+1) {
		return 0
	}
	if f.upperBehind(i + n) {
		j := i + n
		switch {
		case f.has(behindPlace, j) && !f.upperBehind(j+1):
			n++
		case f.has(monthsAndDays, j), f.inLexicon(lexicon.Nationality, j), f.inLexicon(lexicon.Role, j), f.inLexicon(lexicon.Honorific, j), w.caps && !f.has(orgWords, j):
		case f.words[j].initial:
		default:
			return 0
		}
	}
	if f.words[i].owns && f.upperBehind(i+1) {
		return 0
	}
	if k := f.addWords(Place, first, n+i-first, "place of the lexicon", ledger.High); k > 0 {
		return k - (i - first)
	}
	return 0
}

var monthsAndDays = words(`january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`)

// inValue says whether word i begins a bracket that fills a form in.
func (f *finder) inValue(i int) bool {
	b := f.words[i].in
	return b >= 0 && f.ctx.Brackets[b].Class == "value" && f.ctx.Brackets[b].Span.Start+1 == f.words[i].Start
}

// explained handles a name that a bracket says something of: the person behind
// it, or the office.
func (f *finder) explained(i, m int) int {
	w := &f.words[i]
	if m > 3 || w.start && f.has(common, i) || f.words[i+m-1].owns || m == 1 && w.initial {
		return 0
	}
	end := f.bounds(i, m).End
	at := end
	for at < f.span.End && (f.text[at] == ' ' || f.text[at] == '"') {
		at++
	}
	b := f.bracketAt(at)
	if b < 0 || at == end {
		return 0
	}
	br := f.ctx.Brackets[b]
	j := i + m
	switch br.Class {
	case "identification":
		// what is behind it must be a name as well
		if j >= len(f.words) || f.words[j].in != int32(b) || !f.words[j].upper {
			return 0
		}
	case "role-gloss":
		if j >= len(f.words) || f.words[j].in != int32(b) || f.upperBefore(i) || m == 1 && w.caps {
			return 0
		}
		k := j
		for k < j+3 && k < len(f.words) && f.inLexicon(lexicon.Nationality, k) {
			k++
		}
		if k >= len(f.words) || !f.has(professions, k) && !f.inLexicon(lexicon.Role, k) {
			return 0
		}
	default:
		return 0
	}
	return f.addWords(Person, i, m, "name that a bracket explains", ledger.High)
}

// middle handles Harold H. Saunders.
func (f *finder) middle(i, m int) int {
	w := &f.words[i]
	if m < 3 || w.initial || w.start && f.has(common, i) || f.words[i+m-1].initial || w.dot {
		return 0
	}
	n := 1
	for n < m && f.words[i+n].initial {
		n++
	}
	if n == 1 || n == m || f.words[i+n].caps != w.caps || f.has(common, i+n) {
		return 0
	}
	return f.addWords(Person, i, n+1, "forename, initial and surname", ledger.High)
}

// inverted handles Pavlenko, G. T.
func (f *finder) inverted(i, m int) int {
	if m != 1 || f.words[i].initial || f.words[i].start && f.has(common, i) && f.message() {
		return 0
	}
	if f.upperBefore(i) || f.message() && i > 0 && f.has(whereabouts, i-1) {
		return 0
	}
	if n := f.initialsBehind(i, 1); n > 2 || n == 2 && !f.message() && f.ctx.Elem == "item" {
		run := make([]byte, 0, 8)
		for k := 1; k < n; k++ {
			run = lower(run, f.str(i+k))
		}
		if notInitials.has(string(run)) {
			return 0
		}
		return f.addWords(Person, i, n, "surname and initials", ledger.High)
	}
	return 0
}

// whereabouts stand before a place: from Bielitz, O. S.
var whereabouts = words(`in from at near of`)

// enterList watches for a label with a colon: Participants:, Interpreter:, cc:
func (f *finder) enterList(i int) {
	gap := f.words[i].gap
	if strings.IndexByte(gap, ':') < 0 {
		if strings.ContainsAny(gap, "\n.") && !(i > 0 && f.words[i-1].initial) {
			f.listed = 0
		}
		return
	}
	f.listed = 0
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if f.has(seats, k) {
			f.listed = 's'
			break
		}
		if f.has(labels, k) {
			f.listed = 'p'
		}
		if f.words[k].start {
			break
		}
	}
	if strings.Contains(gap, "\n") && f.listed == 's' {
		f.listed = 'p'
	}
}

// inList handles the names behind a label.
func (f *finder) inList(i, m int) int {
	if f.listed == 0 || m > 4 || f.words[i].initial && m == 1 {
		return 0
	}
	gap := strings.TrimSpace(f.words[i].gap)
	follows := f.behind(i + m - 1)
	closed := follows == "" || strings.ContainsRune(",;.\n)", rune(follows[0])) || strings.HasPrefix(follows, " and ") || strings.HasPrefix(follows, " [") || strings.HasPrefix(follows, " (")
	switch {
	case strings.HasSuffix(gap, ":") || gap == ";" || strings.HasSuffix(gap, "-") || strings.HasSuffix(gap, "—"):
	case (gap == "," || gap == "" && i > 0 && f.str(i-1) == "and") && closed && m > 1:
	default:
		return 0
	}
	if !closed || m == 1 && (f.listed != 's' || f.has(common, i)) || f.inLexicon(lexicon.Org, i) {
		return 0
	}
	return f.addWords(Person, i, m, "name in a list", ledger.High)
}

// apposed handles Mihail Lungu, engineer.
func (f *finder) apposed(i, m int) int {
	w := &f.words[i]
	if m < 2 || m > 4 || w.start && f.has(common, i) || w.caps || f.words[i+m-1].initial || f.words[i+m-1].owns || f.upperBefore(i) {
		return 0
	}
	for k := i; k < i+m; k++ {
		if f.inLexicon(lexicon.Place, k) {
			return 0
		}
	}
	q := i + m
	end := f.bounds(i, m).End
	// Han Mu-jin [Han Mu Jin], Deputy Chairman
	if q < len(f.words) && f.words[q].in >= 0 && f.words[q].in != w.in && f.ctx.Brackets[f.words[q].in].Span.Start == end+1 {
		b := f.ctx.Brackets[f.words[q].in]
		if b.Class != "name-variant" && b.Class != "identification" {
			return 0
		}
		for q < len(f.words) && f.words[q].Start < b.Span.End {
			q++
		}
		end = b.Span.End
	}
	if q >= len(f.words) || end >= f.span.End {
		return 0
	}
	if g := strings.Trim(f.text[end:f.words[q].Start], " \u00a0"); g != "," && g != ", [" {
		return 0
	}
	the := q
	for k := 0; k < 3 && q < len(f.words) && (f.inLexicon(lexicon.Nationality, q) || f.str(q) == "the" || f.str(q) == "a" || f.str(q) == "an" || f.str(q) == "former"); k++ {
		q++
	}
	if q >= len(f.words) {
		return 0
	}
	_, n := f.match(f.forms(q), lexicon.Role, q)
	if n == 0 && !f.words[q].upper && f.has(professions, q) {
		n = 1
	}
	if n == 0 || f.words[q+n-1].owns || q+n < len(f.words) && f.near(q+n) && (f.nameWord(q+n) || !f.has(behindOffice, q+n)) {
		return 0
	}
	if f.str(the) == "the" && f.words[q].upper && the+1 == q && !(q+n < len(f.words) && f.near(q+n)) {
		return 0 // Appointment Books, the President, …
	}
	return f.addWords(Person, i, m, "name and apposition", ledger.High)
}

// behindOffice may follow an office that stands in apposition.
var behindOffice = words(`of in at to for from with and who was is said on general under department section chief director secretary minister a the`)

// dateline handles the place before a date.
func (f *finder) dateline(i, m int) int {
	if f.ctx.Elem != "dateline" || !(i == 0 || i == 1 && strings.EqualFold(f.str(0), "in")) || f.words[i].initial {
		return 0
	}
	if b := strings.TrimLeft(f.behind(i+m-1), " "); m <= 3 && (strings.HasPrefix(b, ",") || b == "" || b[0] >= '0' && b[0] <= '9') {
		return f.addWords(Place, i, m, "place of a dateline", ledger.High)
	}
	return 0
}

// seated finds names by their place alone: in round brackets or strokes under a
// message, in capitals over or under it, alone on a line under it, behind
// "Dear", before the colon of a speaker.
func (f *finder) seated(i, m int) int {
	w := &f.words[i]
	tail := f.behind(i + m - 1)
	switch {
	case f.inValue(i):
		if f.ctx.Zone == "service" && strings.HasPrefix(tail, "]") && m < 4 {
			return f.addWords(Place, i, m, "place filled in by the translator", ledger.Medium)
		}
		return 0
	case f.ctx.Elem == "speaker":
		if i == 0 && strings.Trim(tail, " :.") == "" {
			return f.addWords(Person, i, m, "speaker", ledger.High)
		}
		return 0
	case f.ctx.Elem == "signed":
		sign := i > 0 && strings.HasPrefix(w.gap, "/") && strings.EqualFold(f.str(i-1), "s") // /s/
		if c := strings.TrimRight(w.gap, " "); !sign && (strings.HasSuffix(c, "(") || strings.HasSuffix(c, "/")) {
			if t := strings.TrimLeft(tail, " "); t != "" && (t[0] == ')' || t[0] == '/') {
				n := Name{Kind: Person, Span: f.bounds(i, m), Rule: "name in brackets under a text", Cert: ledger.High}
				if m == 1 && !w.caps {
					n.Parts = []Part{{Elem: "surname", Span: n.Span}}
				}
				if f.add(n) {
					return m
				}
			}
			return 0
		}
		if i == 0 || sign || strings.ContainsAny(w.gap, "\n]:") || f.behindRole(i) {
			if t := strings.TrimLeft(tail, " .,\"”’»"); w.in < 0 && !(m == 1 && f.has(common, i)) && (t == "" || t[0] == '\n' || t[0] == '[' || t[0] == '(' || t[0] >= '0' && t[0] <= '9' || strings.HasPrefix(t, "m.p") || strings.HasPrefix(t, "m. p")) {
				return f.addWords(Person, i, m, "name under a text", ledger.High)
			}
		}
	case f.ctx.Elem == "salute" && f.ctx.Zone != "closer":
		// a line of its own: Dear Velinov, / to FILIPPOV / To Ivan Petrov
		before := strings.ToLower(strings.TrimSpace(f.text[f.lineStart(i):w.Start]))
		t := strings.TrimLeft(tail, " ")
		closed := t == "" || strings.ContainsRune(",.!:\n[;", rune(t[0]))
		switch strings.Trim(before, " \"“„*") {
		case "to", "for", "dear", "my dear", "esteemed", "respected", "dear friend":
			if closed {
				return f.addWords(Person, i, m, "name in an address", ledger.High)
			}
		case "":
			if w.caps && closed && m > 1 || w.caps && strings.HasPrefix(t, "[") {
				return f.addWords(Person, i, m, "name in an address", ledger.High)
			}
		}
	}
	return 0
}

// behindRole says whether an office that was found ends directly before word i.
func (f *finder) behindRole(i int) bool {
	if len(f.out) == 0 || f.out[len(f.out)-1].Kind != Role {
		return false
	}
	return strings.Trim(f.text[f.done:f.words[i].Start], " ,\n") == ""
}

func (f *finder) lineStart(i int) int {
	if k := strings.LastIndexByte(f.text[f.span.Start:f.words[i].Start], '\n'); k >= 0 {
		return f.span.Start + k + 1
	}
	return f.span.Start
}

// eastern handles Chinese, Korean and Vietnamese names, which their shape
// shows.
func (f *finder) eastern(i, m int) int {
	w := &f.words[i]
	if m < 2 || f.words[i].initial || f.upperBefore(i) || w.caps && f.message() && !f.mixed {
		return 0
	}
	if !f.has(surnames, i) {
		return 0
	}
	strong := f.has(strongSurnames, i)
	weak := w.start && f.has(common, i)
	second := f.low(i + 1)
	n, cert := 0, ledger.Medium
	switch {
	case strings.Contains(second, "-"):
		p := strings.Split(second, "-")
		if len(p) == 2 && syllables(p[0]) && syllables(p[1]) && !placeEndings.has(p[1]) && !(f.words[i+1].caps != w.caps) && (w.caps || !secondUpper(f.str(i+1))) {
			n, cert = 2, ledger.High
		}
	case m == 3 && strong && f.has(vietnamese, i) && syllables(second) && syllables(f.low(i+2)):
		n = 3
	case m == 3 && strong && !weak && short(second) && short(f.low(i+2)) && !f.has(common, i+1) && !f.has(common, i+2):
		n = 3
	case m == 2 && strong && !weak && len(second) > 3 && pinyin(second) && !f.has(common, i+1):
		n = 2
	}
	if n == 0 || n < m && n != 2 || f.words[i].owns || f.upperBehind(i+n) && !f.inLexicon(lexicon.Role, i+n) {
		return 0
	}
	return f.addWords(Person, i, n, "eastern name", cert)
}

func secondUpper(s string) bool {
	i := strings.IndexByte(s, '-')
	return i >= 0 && i+1 < len(s) && s[i+1] >= 'A' && s[i+1] <= 'Z'
}

func short(s string) bool {
	return len(s) > 1 && len(s) < 6 && syllables(s) && strings.IndexByte(s, '-') < 0 && !finals.has(s+"!") && oneGroup(s)
}

// oneGroup says whether a word is one syllable.
func oneGroup(s string) bool {
	groups, in := 0, false
	for i := range len(s) {
		v := strings.IndexByte("aeiou", s[i]) >= 0
		if v && !in {
			groups++
		}
		in = v
	}
	return groups == 1
}

// marked handles the port of Berbera and Plauen Province.
func (f *finder) marked(i, m int) int {
	w := &f.words[i]
	if w.initial || w.caps || m > 2 || f.words[i+m-1].initial || f.has(common, i) && w.start {
		return 0
	}
	if i > 1 && f.near(i) && f.str(i-1) == "of" && f.near(i-1) && f.has(markers, i-2) && !f.words[i-2].upper && !f.upperBehind(i+m) && !f.has(markers, i+m) {
		return f.addWords(Place, i, m, "place behind its kind", ledger.High)
	}
	j := i + m
	if m == 1 && j < len(f.words) && f.near(j) && f.words[j].upper && !f.words[j].caps && f.has(behindPlace, j) && !f.upperBehind(j+1) && !f.upperBefore(i) && !(w.start && i > 0) && !w.owns && !f.inLexicon(lexicon.Person, i) {
		return f.addWords(Place, i, 2, "place before its kind", ledger.High)
	}
	return 0
}

// way handles from A to B where the lexicon or the document has one of the two.
func (f *finder) way(i, m int) int {
	w := &f.words[i]
	if m != 1 || w.initial || w.caps || w.owns || i < 1 || !f.near(i) || f.has(common, i) || f.ctx.Known.shows(f.str(i)) || f.inLexicon(lexicon.Person, i) {
		return 0
	}
	other := -1
	switch f.str(i - 1) {
	case "from":
		if i+2 < len(f.words) && f.near(i+1) && f.str(i+1) == "to" && f.near(i+2) {
			other = i + 2
		}
	case "to":
		if i > 2 && f.near(i-1) && f.near(i-2) && f.str(i-3) == "from" {
			other = i - 2
		}
	}
	if other < 0 || !f.words[other].upper {
		return 0
	}
	if !f.inLexicon(lexicon.Place, other) && !f.ctx.Known.KnownKind(Place, f.str(other)) && !(other < i && len(f.out) > 0 && f.out[len(f.out)-1].Kind == Place && f.out[len(f.out)-1].Span.End == f.words[other].End) {
		return 0
	}
	return f.addWords(Place, i, 1, "the other end of a way", ledger.Medium)
}
