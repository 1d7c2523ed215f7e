package names

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
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
	ids     map[string]*Entry
	exact   [3]map[string]*Entry // by kind: the key without spaces
	word    map[string][]*Entry  // persons by the first and the last word of a form
}

// Entry is one person, place or body.
type Entry struct {
	Kind  Kind
	ID    string
	Forms []Form // in the order in which they were added
	Roles []string
	Cover []string // pseudonyms
	URI   string

	seen map[tei.Span]bool
}

// Form is a spelling and where it first stands.
type Form struct {
	Text string
	Span tei.Span
	Role string

	rule string
	key  string
	all  []tei.Span
}

// NewRegistry is an empty registry.
func NewRegistry(lex *lexicon.Lexicon) *Registry {
	if lex == nil {
		lex = lexicon.Default()
	}
	return &Registry{lex: lex, ids: map[string]*Entry{}, exact: [3]map[string]*Entry{{}, {}, {}}, word: map[string][]*Entry{}}
}

// Add registers a form and returns the id of its entry. The role says what
// somebody is in the document: sender, addressee, and so on.
func (r *Registry) Add(k Kind, form, role, rule string, at tei.Span) string {
	form = clean(form)
	fk := key(form)
	if fk == "" || k > Org {
		return ""
	}
	e := r.find(k, fk)
	if e == nil {
		e = &Entry{Kind: k, seen: map[tei.Span]bool{}}
		e.ID = r.newID(fk)
		r.ids[e.ID] = e
		r.entries = append(r.entries, e)
	}
	if role != "" && !slices.Contains(e.Roles, role) {
		e.Roles = append(e.Roles, role)
	}
	i := slices.IndexFunc(e.Forms, func(f Form) bool { return f.Text == form && (f.Role == role || role == "") })
	if i < 0 {
		i = len(e.Forms)
		e.Forms = append(e.Forms, Form{Text: form, Span: at, Role: role, rule: rule, key: fk})
		r.point(e, fk)
		if e.URI == "" {
			x, _ := r.lex.Find([]lexicon.Kind{lexicon.Person, lexicon.Place, lexicon.Org}[k], form)
			e.URI = x.ID
		}
	}
	if at.Len() > 0 && !e.seen[at] {
		e.seen[at] = true
		f := &e.Forms[i]
		f.all = append(f.all, at)
		if f.Span.Len() == 0 {
			f.Span, f.rule = at, rule
		}
	}
	return e.ID
}

// clean is a form on one line, without the marks round it.
func clean(s string) string {
	s = strings.Trim(s, " \t\n\u00a0,;:!?()/\"“”„«»*")
	if strings.Count(s, ".") == 1 && strings.HasSuffix(s, ".") && !strings.Contains(s, " ") {
		s = s[:len(s)-1]
	}
	return oneLine(s)
}

// oneLine is s with one space for each run of white space.
func oneLine(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// point makes an entry found by a key.
func (r *Registry) point(e *Entry, fk string) {
	if q := squeezed(fk); r.exact[e.Kind][q] == nil {
		r.exact[e.Kind][q] = e
	}
	if e.Kind != Person {
		return
	}
	for _, w := range ends(fk) {
		if !slices.Contains(r.word[w], e) {
			r.word[w] = append(r.word[w], e)
		}
	}
}

// ends are the first and the last word of a key.
func ends(fk string) []string {
	i, j := strings.IndexByte(fk, ' '), strings.LastIndexByte(fk, ' ')
	if i < 0 {
		return []string{fk}
	}
	return []string{fk[:i], fk[j+1:]}
}

func (r *Registry) newID(fk string) string {
	var b strings.Builder
	for _, c := range fk {
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			b.WriteRune(c)
		}
	}
	base := b.String()
	switch base {
	case "":
		base = "name"
	case "sigla", "translator", "brackets", "citation", "original", "text", "encoder":
		base += "-name"
	}
	if base[0] <= '9' {
		base = "n" + base
	}
	id := base
	for n := 2; ; n++ {
		if _, taken := r.ids[id]; !taken {
			return id
		}
		id = base + "-" + strconv.Itoa(n)
	}
}

// Reserve keeps an id from being given.
func (r *Registry) Reserve(id string) {
	if _, ok := r.ids[id]; !ok {
		r.ids[id] = nil
	}
}

// find is the one entry that a key can mean.
func (r *Registry) find(k Kind, fk string) *Entry {
	if fk == "" || k > Org {
		return nil
	}
	if e := r.exact[k][squeezed(fk)]; e != nil {
		return e
	}
	if k != Person {
		return nil
	}
	var hit *Entry
	for _, w := range ends(fk) {
		for _, e := range r.word[w] {
			if e == hit || !e.means(fk) {
				continue
			}
			if hit != nil {
				return nil // two could be meant
			}
			hit = e
		}
	}
	return hit
}

// means says whether an entry's person can be called so: one form agrees, and
// no fuller one speaks against it, as Kim Il Sung does against Kim Jong Il.
func (e *Entry) means(fk string) bool {
	hit := false
	full := strings.Contains(fk, " ")
	for i := range e.Forms {
		f := &e.Forms[i]
		if compatible(f.key, fk) {
			hit = true
		} else if full && strings.Contains(f.key, " ") {
			return false
		}
	}
	return hit
}

// shows says whether the document has shown a name of these very words.
func (r *Registry) shows(form string) bool {
	if r == nil || len(r.entries) == 0 {
		return false
	}
	k := key(form)
	return r.exact[Person][squeezed(k)] != nil || !strings.Contains(k, " ") && r.showsAlone(form)
}

// showsAlone says whether one word by itself names a person that the document
// has shown: as it stands, or as the surname of a fuller form.
func (r *Registry) showsAlone(form string) bool {
	if r == nil || len(r.entries) == 0 {
		return false
	}
	k := key(form)
	if utf8.RuneCountInString(k) < 3 || strings.Contains(k, " ") && !strings.ContainsAny(form, "-‑‐") {
		return false
	}
	for _, e := range r.word[lastWord(k)] {
		for _, f := range e.Forms {
			if f.key == k {
				return true
			}
			w := strings.Fields(f.key)
			if len(w) < 2 || strings.Contains(k, " ") {
				continue
			}
			if eastern(w) {
				if w[0] == k && !common.has(k) {
					return true
				}
			} else if w[len(w)-1] == k && len(k) > 3 {
				return true
			}
		}
	}
	return r.exact[Person][k] != nil
}

func lastWord(k string) string { return k[strings.LastIndexByte(k, ' ')+1:] }

// Identify says that cover is another name of real, as a bracket does: Filippov
// [Stalin]. A cover that is only a shorter form of the name is no pseudonym.
func (r *Registry) Identify(cover, real string) {
	cover, real = r.bare(cover), r.bare(real)
	ck, rk := key(cover), key(real)
	if ck == "" || rk == "" {
		return
	}
	if ck == rk || compatible(ck, rk) {
		r.Variant(cover, real)
		if e := r.find(Person, rk); e != nil && !slices.ContainsFunc(e.Forms, func(f Form) bool { return f.key == rk }) {
			r.spell(e, real)
		}
		return
	}
	c, e := r.exact[Person][squeezed(ck)], r.find(Person, rk)
	if e == nil {
		e = r.ids[r.Add(Person, real, "", "identification", tei.Span{})]
	}
	if c == nil {
		c = r.find(Person, ck)
	}
	if c != nil && c != e {
		r.merge(e, c)
	}
	if t := titleCase(cover); !slices.ContainsFunc(e.Cover, func(x string) bool { return key(x) == ck }) {
		e.Cover = append(e.Cover, t)
	}
	if r.exact[Person][squeezed(ck)] == nil {
		r.exact[Person][squeezed(ck)] = e
	}
}

// Variant says that two forms are spellings of one name.
func (r *Registry) Variant(a, b string) {
	a, b = r.bare(a), r.bare(b)
	for _, k := range []Kind{Person, Place, Org} {
		x, y := r.find(k, key(a)), r.find(k, key(b))
		switch {
		case x == nil && y == nil:
			continue
		case x != nil && y != nil:
			if x != y {
				r.merge(x, y)
			}
		case x != nil:
			r.spell(x, b)
		default:
			r.spell(y, a)
		}
		return
	}
}

func (r *Registry) spell(e *Entry, form string) {
	form = clean(form)
	if fk := key(form); fk != "" {
		e.Forms = append(e.Forms, Form{Text: form, key: fk, rule: "variant"})
		r.point(e, fk)
	}
}

// Join makes one entry of two spellings of one name.
func (r *Registry) Join(a, b string) {
	x, y := r.find(Person, key(a)), r.find(Person, key(b))
	if x != nil && y != nil && x != y {
		r.merge(x, y)
	}
}

func (r *Registry) merge(into, from *Entry) {
	into.Forms = append(into.Forms, from.Forms...)
	for _, c := range from.Cover {
		if !slices.Contains(into.Cover, c) {
			into.Cover = append(into.Cover, c)
		}
	}
	for _, role := range from.Roles {
		if !slices.Contains(into.Roles, role) {
			into.Roles = append(into.Roles, role)
		}
	}
	for s := range from.seen {
		into.seen[s] = true
	}
	if into.URI == "" {
		into.URI = from.URI
	}
	r.entries = slices.DeleteFunc(r.entries, func(e *Entry) bool { return e == from })
	// the id given away before still leads to the person
	for id, e := range r.ids {
		if e == from {
			r.ids[id] = into
		}
	}
	for k, e := range r.exact[from.Kind] {
		if e == from {
			r.exact[from.Kind][k] = into
		}
	}
	for w, l := range r.word {
		if i := slices.Index(l, from); i >= 0 {
			if slices.Contains(l, into) {
				r.word[w] = slices.Delete(l, i, i+1)
			} else {
				l[i] = into
			}
		}
	}
}

// bare is a form without honorific, office and marks.
func (r *Registry) bare(s string) string {
	s = clean(s)
	for _, p := range []string{"i.e. ", "i.e., ", "that is, ", "alias ", "aka ", "pseudonym of ", "probably ", "presumably ", "possibly "} {
		s = strings.TrimPrefix(s, p)
	}
	for range 3 {
		old := s
		for _, k := range []lexicon.Kind{lexicon.Honorific, lexicon.Role, lexicon.Nationality} {
			if x, n := r.lex.Longest(k, s); n > 0 && n < len(s) && !(k == lexicon.Honorific && x.Form == "M.") {
				if t := strings.TrimLeft(s[n:], ". "); key(t) != "" {
					s = t
				}
			}
		}
		if s == old {
			break
		}
	}
	return clean(s)
}

// Entries lists the entries of a kind in the order of their first form in the
// text; those that stand in no text come last.
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
func (r *Registry) Entry(id string) *Entry { return r.ids[strings.TrimPrefix(id, "#")] }

// Known is the id of the person or body that a form, honorific and office
// apart, names; empty where there is none.
func (r *Registry) Known(form string) string {
	for _, k := range []Kind{Person, Org} {
		for _, s := range []string{form, r.bare(form)} {
			if e := r.find(k, key(clean(s))); e != nil {
				return e.ID
			}
		}
	}
	return ""
}

// KnownKind says whether a form is registered, or in the lexicon, as a kind.
func (r *Registry) KnownKind(k Kind, form string) bool {
	form = clean(strings.Trim(form, " ,."))
	if r != nil && r.find(k, key(form)) != nil {
		return true
	}
	if r == nil || k > Org {
		return false
	}
	if k == Place {
		_, ok := r.lex.Find(lexicon.Place, form)
		return ok
	}
	return false
}

var unbracket = strings.NewReplacer("[", "", "]", "", "?", "")

// MainName is the fullest form in small letters; capitals are turned into
// title case.
func (e *Entry) MainName() string {
	best, rank := "", -1
	for _, f := range e.Forms {
		if e.covers(f.key) {
			continue
		}
		t := unbracket.Replace(f.Text)
		if a, b, ok := strings.Cut(t, ", "); ok && e.Kind == Person && strings.Contains(b, ".") {
			t = b + " " + a
		}
		n := 0
		for _, w := range strings.Fields(f.key) {
			n += 2
			if !initial(w) {
				n += 6
			}
		}
		if e.Kind != Person {
			n = 0 // the first form, or the first in small letters
		}
		if t != strings.ToUpper(t) {
			n++
		}
		if n > rank {
			best, rank = t, n
		}
	}
	if best == "" && len(e.Cover) > 0 {
		return e.Cover[0]
	}
	if e.Kind == Org {
		return best // CC CPSU
	}
	return titleCase(best)
}

func (e *Entry) covers(fk string) bool {
	return slices.ContainsFunc(e.Cover, func(c string) bool { return key(c) == fk })
}

// Variants are the spellings beside the main name that differ in more than
// capitals, hyphens and fullness.
func (e *Entry) Variants() []string {
	main := key(e.MainName())
	var out []string
	seen := map[string]bool{squeezed(main): true}
	for _, c := range e.Cover {
		seen[squeezed(key(c))] = true
	}
	for _, f := range e.Forms {
		k := squeezed(f.key)
		if seen[k] || compatible(main, f.key) {
			continue
		}
		seen[k] = true
		out = append(out, titleCase(f.Text))
	}
	return out
}
