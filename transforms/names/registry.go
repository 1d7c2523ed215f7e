package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

// Registry is the people, places and bodies of one document. Forms that are
// one name in other clothes (capitals, hyphens, initials, a surname alone)
// share an entry.
type Registry struct {
	lex     *lexicon.Lexicon
	entries []*Entry
	ids     map[string]bool
}

// Entry is one person, place or body.
type Entry struct {
	Kind  Kind
	ID    string
	Forms []Form // in the order of the text
	Roles []string
	Cover []string // pseudonyms
	URI   string
}

// Form is a spelling and where it first stands.
type Form struct {
	Text string
	Span tei.Span
	Role string

	key string
}

// NewRegistry is an empty registry.
func NewRegistry(lex *lexicon.Lexicon) *Registry {
	if lex == nil {
		lex = lexicon.Default()
	}
	return &Registry{lex: lex, ids: map[string]bool{}}
}

// key brings spellings together that differ only in case, hyphens, accents or
// brackets.
func key(s string) string {
	b := make([]byte, 0, len(s)+4)
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z':
			b = append(b, byte(r))
		case 'A' <= r && r <= 'Z':
			b = append(b, byte(r)|0x20)
		case r == '.' || r == ' ' || r == '-' || r == '‑' || r == '\u00a0' || r == '\n' || r == ',':
			if len(b) > 0 && b[len(b)-1] != ' ' {
				b = append(b, ' ')
			}
		case unicode.IsLetter(r):
			r = unicode.ToLower(r)
			if p, ok := plain[r]; ok {
				b = append(b, p)
			} else {
				b = utf8.AppendRune(b, r)
			}
		}
	}
	if n := len(b); n > 0 && b[n-1] == ' ' {
		b = b[:n-1]
	}
	return string(b)
}

// plain letters stand for those with an accent.
var plain = func() map[rune]byte {
	m := map[rune]byte{}
	for _, g := range []string{"aáàâäãåăąā", "eéèêëěęēė", "iíìîïīį", "oóòôöõőōø", "uúùûüůűūų", "yýÿ", "cčćçĉ", "dďđð", "gğģ", "lłľĺļ", "nňñńņ", "rřŕ", "sšśșşß", "tťțţ", "zžźż"} {
		for _, r := range g[1:] {
			m[r] = g[0]
		}
	}
	return m
}()

// Add registers a form and returns the id of its entry. The role says what
// somebody is in the document: sender, addressee, and so on.
func (r *Registry) Add(k Kind, form, role, rule string, at tei.Span) string {
	form = strings.Join(strings.Fields(strings.Trim(form, " ,;:.!()/\"“”")), " ")
	if form == "" || k == Role {
		return ""
	}
	e := r.find(k, form)
	if e == nil {
		e = &Entry{Kind: k}
		e.ID = r.newID(form)
		r.entries = append(r.entries, e)
	}
	if role != "" && !slices.Contains(e.Roles, role) {
		e.Roles = append(e.Roles, role)
	}
	if !slices.ContainsFunc(e.Forms, func(f Form) bool { return f.Text == form && (f.Role == role || role == "") }) {
		e.Forms = append(e.Forms, Form{form, at, role, key(form)})
	}
	if e.URI == "" {
		kind := lexicon.Person
		if k == Place {
			kind = lexicon.Place
		} else if k == Org {
			kind = lexicon.Org
		}
		if x, ok := r.lex.Find(kind, form); ok {
			e.URI = x.ID
		}
	}
	return e.ID
}

func (r *Registry) newID(form string) string {
	var b strings.Builder
	for _, c := range key(form) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b.WriteRune(c)
		}
	}
	base := b.String()
	if base == "" {
		base = "name"
	}
	switch base {
	case "sigla", "translator", "brackets", "citation", "original", "text":
		base += "-name"
	}
	id := base
	for n := 2; r.ids[id]; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	r.ids[id] = true
	return id
}

// Reserve keeps an id from being given.
func (r *Registry) Reserve(id string) { r.ids[id] = true }

func (r *Registry) find(k Kind, form string) *Entry {
	want := key(form)
	for _, e := range r.entries {
		if e.Kind != k {
			continue
		}
		for _, f := range e.Forms {
			if f.key == want {
				return e
			}
		}
		for _, c := range e.Cover {
			if key(c) == want {
				return e
			}
		}
	}
	if k != Person {
		return nil
	}
	var hit *Entry
	for _, e := range r.entries {
		if e.Kind != Person {
			continue
		}
		for _, f := range e.Forms {
			if compatible(f.key, want, strings.Contains(f.Text, ".") || strings.Contains(form, ".")) {
				if hit != nil && hit != e {
					return nil // two could be meant
				}
				hit = e
			}
		}
	}
	return hit
}

// compatible says whether two forms may be one person's: the same surname and
// given names that agree as far as both go.
func compatible(a, b string, initials bool) bool {
	if a == "" || b == "" || !strings.HasSuffix(a, b[strings.LastIndexByte(b, ' ')+1:]) && !strings.HasSuffix(b, a[strings.LastIndexByte(a, ' ')+1:]) && a[0] != b[0] {
		return false
	}
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 1 {
		return utf8.RuneCountInString(x[0]) > 2 && (x[0] == y[len(y)-1] || len(y) > 1 && x[0] == y[0] && !initials)
	}
	// N. S. Tarasenko, N. Tarasenko; Ruprecht Anhalter, R. Anhalter
	if x[len(x)-1] != y[len(y)-1] {
		return false
	}
	for i := range len(x) - 1 {
		p, q := x[i], y[i]
		if p != q && !(len(p) <= 2 && strings.HasPrefix(q, p) || len(q) <= 2 && strings.HasPrefix(p, q)) {
			return false
		}
	}
	return true
}

// knows says whether a form of n words has been shown.
func (r *Registry) knows(form string, n int) bool {
	k := key(form)
	for _, e := range r.entries {
		if e.Kind != Person {
			continue
		}
		for _, f := range e.Forms {
			fk := f.key
			if fk == k && (n > 1 || len(k) > 3) {
				return true
			}
			if n == 1 && len(k) > 4 {
				// the surname of initials and surname, or of a western name
				if strings.HasSuffix(fk, k) && len(fk) > len(k) && fk[len(fk)-len(k)-1] == ' ' && strings.Contains(f.Text, ".") {
					return true
				}
			}
		}
	}
	return false
}

// Identify says that cover is another name of real.
func (r *Registry) Identify(cover, real string) {
	cover, real = bare(r.lex, cover), strings.Trim(bare(r.lex, real), " ?")
	e := r.find(Person, real)
	if e == nil {
		id := r.Add(Person, real, "", "identification", tei.Span{})
		e = r.byID(id)
	}
	if c := r.find(Person, cover); c != nil && c != e {
		r.merge(e, c)
	}
	if e != nil && !slices.Contains(e.Cover, titleCase(cover)) {
		e.Cover = append(e.Cover, titleCase(cover))
	}
}

// Variant says that two forms are spellings of one name.
func (r *Registry) Variant(a, b string) {
	a, b = bare(r.lex, a), bare(r.lex, b)
	x, y := r.find(Person, a), r.find(Person, b)
	if x != nil && y != nil && x != y {
		r.merge(x, y)
	} else if x != nil && y == nil {
		x.Forms = append(x.Forms, Form{Text: b, key: key(b)})
	}
}

func (r *Registry) merge(into, from *Entry) {
	into.Forms = append(into.Forms, from.Forms...)
	into.Cover = append(into.Cover, from.Cover...)
	for _, role := range from.Roles {
		if !slices.Contains(into.Roles, role) {
			into.Roles = append(into.Roles, role)
		}
	}
	if into.URI == "" {
		into.URI = from.URI
	}
	r.entries = slices.DeleteFunc(r.entries, func(e *Entry) bool { return e == from })
}

func (r *Registry) byID(id string) *Entry {
	for _, e := range r.entries {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// bare is a form without honorific.
func bare(lex *lexicon.Lexicon, s string) string {
	s = strings.TrimSpace(s)
	if _, n := lex.Longest(lexicon.Honorific, s); n > 0 && n < len(s) {
		s = strings.TrimLeft(s[n:], ". ")
	}
	return strings.Trim(s, " \"“”'?")
}

// Entries lists the entries of a kind in the order of their first form.
func (r *Registry) Entries(k Kind) []*Entry {
	var out []*Entry
	for _, e := range r.entries {
		if e.Kind == k {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return cmp.Compare(a.first(), b.first()) })
	return out
}

func (e *Entry) first() int {
	at := 1 << 60
	for _, f := range e.Forms {
		if f.Span.Len() > 0 {
			at = min(at, f.Span.Start)
		}
	}
	return at
}

// Entry is the entry of an id, nil where there is none.
func (r *Registry) Entry(id string) *Entry { return r.byID(strings.TrimPrefix(id, "#")) }

var unbracket = strings.NewReplacer("[", "", "]", "")

// MainName is the fullest form in small letters; capitals are turned into
// title case.
func (e *Entry) MainName() string {
	best, caps := "", ""
	for _, f := range e.Forms {
		cover := false
		for _, c := range e.Cover {
			cover = cover || key(c) == key(f.Text)
		}
		if cover {
			continue
		}
		t := unbracket.Replace(f.Text)
		if t == strings.ToUpper(t) {
			if len(t) > len(caps) {
				caps = t
			}
		} else if len(t) > len(best) {
			best = t
		}
	}
	if best == "" || e.Kind == Person && len(caps) > len(best)+3 {
		best = titleCase(caps)
	}
	if best == "" && len(e.Cover) > 0 {
		best = e.Cover[0]
	}
	return best
}

// titleCase writes MAO ZEDONG as Mao Zedong and PAK IN-HO as Pak In-ho.
func titleCase(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	var b strings.Builder
	start := true
	for _, r := range s {
		if start {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		start = r == ' ' || r == '.' || r == '\''
	}
	return b.String()
}

// Spelling is a person spelt in two ways.
type Spelling struct{ A, B Form }

// Spellings finds full names that differ by a letter in one word and stand
// where a person has a part in the document; sameBlock says whether two places
// are one list or line, in which they must be two people.
func (r *Registry) Spellings(sameBlock func(a, b tei.Span) bool) []Spelling {
	var out []Spelling
	list := r.Entries(Person)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if s, ok := spelling(a, b, sameBlock); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

func spelling(a, b *Entry, sameBlock func(a, b tei.Span) bool) (Spelling, bool) {
	for _, x := range a.Forms {
		for _, y := range b.Forms {
			if x.Span.Len() == 0 || y.Span.Len() == 0 || sameBlock(x.Span, y.Span) {
				continue
			}
			if misspelt(x.key, y.key) {
				return Spelling{x, y}, true
			}
		}
	}
	return Spelling{}, false
}

// misspelt says whether two names of several words differ by one letter in one
// word.
func misspelt(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) || len(x) < 2 {
		return false
	}
	diff := 0
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		diff++
		p, q := []rune(x[i]), []rune(y[i])
		if len(p) < 2 || len(q) < 2 || !oneEdit(p, q) {
			return false
		}
		// Ivanov and Ivanova are two people
		if len(p) != len(q) && (strings.HasSuffix(x[i], "a") || strings.HasSuffix(y[i], "a")) {
			return false
		}
	}
	return diff == 1
}

// oneEdit says whether two words are one letter apart: put in, left out,
// changed, or two neighbours swapped.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	if i == len(a) {
		return false
	}
	return slices.Equal(a[i+1:], b[i+1:]) || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}

// Known is the id of a person that a form, honorific and office apart, names;
// empty where there is none.
func (r *Registry) Known(form string) string {
	form = bare(r.lex, form)
	for range 2 {
		if _, n := r.lex.Longest(lexicon.Role, form); n > 0 && n < len(form) {
			form = strings.TrimSpace(form[n:])
		}
	}
	for _, k := range []Kind{Person, Org} {
		if e := r.find(k, form); e != nil {
			return e.ID
		}
	}
	return ""
}

// KnownKind says whether a form is registered, or in the lexicon, as a kind.
func (r *Registry) KnownKind(k Kind, form string) bool {
	if r.find(k, strings.Trim(form, " ,.")) != nil {
		return true
	}
	if k == Place {
		_, ok := r.lex.Find(lexicon.Place, strings.Trim(form, " ,."))
		return ok
	}
	return false
}

// Join makes one entry of two spellings of one name.
func (r *Registry) Join(a, b string) {
	x, y := r.find(Person, a), r.find(Person, b)
	if x != nil && y != nil && x != y {
		r.merge(x, y)
	}
}

// Variants are the spellings of a person beside the main name that differ in
// more than capitals.
func (e *Entry) Variants() []string {
	main := e.MainName()
	var out []string
	seen := map[string]bool{key(main): true}
	for _, c := range e.Cover {
		seen[key(c)] = true
	}
	for _, f := range e.Forms {
		k := f.key
		if seen[k] || compatible(key(main), k, strings.Contains(main+f.Text, ".")) {
			continue
		}
		seen[k] = true
		out = append(out, titleCase(f.Text))
	}
	return out
}
