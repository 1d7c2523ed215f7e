// Package lexicon holds what a historian knows and a program cannot work out:
// cover names, offices, honorifics, acronyms, places, peoples. The entries lie
// in tab-separated files that anyone can edit; a project adds its own with
// --lexicon.
package lexicon

import (
	"embed"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Kind says what an entry's form is.
type Kind string

// The kinds that the passes ask for.
const (
	CoverName   Kind = "covername"   // Value: who stands behind it
	Honorific   Kind = "honorific"   // Cde., Comrade, Mr.; Value "plural" for Cdes.
	Role        Kind = "role"        // Ambassador, Deputy Minister; Value "rank" or "office"
	Nationality Kind = "nationality" // Hungarian, West German
	Acronym     Kind = "acronym"     // CC; Value: the full form
	Place       Kind = "place"       // Kaesong; Value: settlement, region, state, river
	Person      Kind = "person"      // a known person's usual name; Value: an identifier or nothing
	Org         Kind = "org"         // a body by its name
	Foreign     Kind = "foreign"     // a word of another language; Value: its BCP 47 tag
)

// Entry is one row: a form, what it is, and a value whose meaning depends on
// the kind. ID, where given, is a URI of the thing (Wikidata, GeoNames).
type Entry struct {
	Kind            Kind
	Form, Value, ID string
	File            string
	Line            int
}

// Lexicon is an immutable set of entries, safe to share.
//
// It is made anew in every process, so it is laid out for that: the entries are
// slices of the files' text, one table of numbers finds them by kind and form,
// and no form is folded but while it is compared.
type Lexicon struct {
	entries []Entry
	table   []uint32          // by hash of kind and form: an entry's index from 1, 0 for none
	most    [len(kinds)]uint8 // words in a form
	shelves []shelf
	behind  []int32 // by entry: the next of its shelf, -1 at the end
}

// shelf is the entries whose forms begin with the same letters, or with others
// of the same hash.
type shelf struct {
	first, last int32 // -1 where it is empty
	kinds       uint16
}

//go:embed data/*.tsv
var data embed.FS

// Default is the built-in lexicon.
var Default = sync.OnceValue(load)

func load() *Lexicon {
	files, err := data.ReadDir("data")
	if err != nil {
		panic(err) // the files are embedded
	}
	all := make([]Entry, 0, 4096)
	for _, f := range files {
		b, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			panic(err)
		}
		if all, err = appendRows(all, string(b), f.Name()); err != nil {
			panic(err) // held by TestDefaultReads
		}
	}
	return New(all)
}

// New makes a lexicon; a later entry replaces an earlier one of the same kind
// and form.
func New(entries []Entry) *Lexicon {
	size, n := 1024, 256
	for size < 2*len(entries) {
		size *= 2
	}
	for n < len(entries)/2 {
		n *= 2
	}
	l := &Lexicon{entries: entries, table: make([]uint32, size), shelves: make([]shelf, n), behind: make([]int32, len(entries))}
	for i := range l.shelves {
		l.shelves[i] = shelf{-1, -1, 0}
	}
	for i := range entries {
		e := &entries[i]
		k := kindIndex(e.Kind)
		if k < 0 {
			continue
		}
		slot, _ := l.slot(k, e.Form)
		l.table[slot] = uint32(i + 1)
		if words := strings.Count(e.Form, " ") + 1; words > int(l.most[k]) {
			l.most[k] = uint8(min(words, 255))
		}
		s := l.shelfOf(e.Form)
		if s.first < 0 {
			s.first = int32(i)
		} else {
			l.behind[s.last] = int32(i)
		}
		s.last, l.behind[i] = int32(i), -1
		s.kinds |= 1 << k
	}
	return l
}

// slot is the place of a form in the table: the entry's that has it, or an
// empty one.
func (l *Lexicon) slot(k int, form string) (at int, found bool) {
	mask := uint32(len(l.table) - 1)
	for h := hash(uint32(k), form) & mask; ; h = (h + 1) & mask {
		i := l.table[h]
		if i == 0 {
			return int(h), false
		}
		if e := &l.entries[i-1]; e.Kind == kinds[k] && same(e.Form, form) {
			return int(h), true
		}
	}
}

// The letters that a form begins with, in small letters, divide the lexicon into
// shelves: whoever asks for all that could begin at a word of a text looks at
// one of them.

// Shelves is the number of shelves.
func (l *Lexicon) Shelves() int { return len(l.shelves) }

// Shelf is the shelf on which the forms lie that begin with the letters that
// word begins with, and others perhaps.
func (l *Lexicon) Shelf(word []byte) int { return int(letters(word)) & (len(l.shelves) - 1) }

// letters is a hash of the letters that s begins with.
func letters(s []byte) uint32 {
	h := uint32(offset)
	for i := 0; i < len(s); {
		c, n := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRune(s[i:])
		}
		if !unicode.IsLetter(c) {
			break
		}
		h = (h ^ uint32(unicode.ToLower(c))) * prime
		i += n
	}
	return mix(h)
}

// shelfOf is Shelf for a string, of which the first letters matter.
func (l *Lexicon) shelfOf(s string) *shelf {
	var b [64]byte
	n := copy(b[:], s)
	for n < len(s) && n > 0 && !utf8.RuneStart(s[n]) {
		n-- // no half of a letter
	}
	return &l.shelves[l.Shelf(b[:n])]
}

// OnShelf gives the entries of a shelf in their order, without those that a
// later one replaces.
func (l *Lexicon) OnShelf(n int) []Entry {
	var out []Entry
	for i := l.shelves[n].first; i >= 0; i = l.behind[i] {
		if l.stands(int(i)) {
			out = append(out, l.entries[i])
		}
	}
	return out
}

// stands says whether no later entry replaces the i-th.
func (l *Lexicon) stands(i int) bool {
	e := &l.entries[i]
	k := kindIndex(e.Kind)
	if k < 0 {
		return false
	}
	slot, ok := l.slot(k, e.Form)
	return ok && l.table[slot] == uint32(i+1)
}

// With is l and the further entries, which win over l's.
func (l *Lexicon) With(entries []Entry) *Lexicon {
	return New(append(l.entries[:len(l.entries):len(l.entries)], entries...))
}

// Read reads rows of kind, form, value and identifier, divided by tabs; the
// last two may be missing, empty lines and lines that begin with # are passed
// over. An error names file and line.
func Read(r io.Reader, name string) ([]Entry, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return appendRows(nil, string(b), name)
}

func appendRows(out []Entry, text, name string) ([]Entry, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	for n := 1; text != ""; n++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if line = strings.TrimRight(line, " \r"); line == "" || line[0] == '#' {
			continue
		}
		var f [4]string
		fields := 0
		for more := true; more; fields++ {
			var field string
			field, line, more = strings.Cut(line, "\t")
			if fields < len(f) {
				f[fields] = strings.TrimSpace(field)
			}
		}
		if fields < 2 || fields > len(f) {
			return nil, fmt.Errorf("%s:%d: want kind, form, value and identifier divided by tabs, found %d fields", name, n, fields)
		}
		k := kindIndex(Kind(f[0]))
		if k < 0 {
			return nil, fmt.Errorf("%s:%d: %q is not a kind of entry; the kinds are %s", name, n, f[0], strings.Join(Kinds(), ", "))
		}
		if f[1] == "" {
			return nil, fmt.Errorf("%s:%d: the form is empty", name, n)
		}
		out = append(out, Entry{Kind: kinds[k], Form: f[1], Value: f[2], ID: f[3], File: name, Line: n})
	}
	return out, nil
}

var kinds = [...]Kind{CoverName, Honorific, Role, Nationality, Acronym, Place, Person, Org, Foreign}

// Kinds lists the kinds of entry, for messages and the manual.
func Kinds() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	sort.Strings(out)
	return out
}

func kindIndex(k Kind) int {
	for i, x := range kinds {
		if x == k {
			return i
		}
	}
	return -1
}

// Find looks a form up, without regard to case.
func (l *Lexicon) Find(k Kind, form string) (Entry, bool) {
	if i := kindIndex(k); i >= 0 {
		if slot, ok := l.slot(i, form); ok {
			return l.entries[l.table[slot]-1], true
		}
	}
	return Entry{}, false
}

// Longest finds the longest form of a kind that s begins with and that ends at
// a word's end; it returns the entry and the bytes of s that it covers, 0 when
// there is none.
func (l *Lexicon) Longest(k Kind, s string) (Entry, int) {
	at := kindIndex(k)
	if at < 0 || l.shelfOf(s).kinds&(1<<at) == 0 {
		return Entry{}, 0
	}
	best, size := uint32(0), 0
	for i, words := 0, 0; i <= len(s) && words < int(l.most[at]); {
		end := len(s)
		if n := strings.IndexFunc(s[i:], unicode.IsSpace); n >= 0 {
			end = i + n
		}
		words++
		// the word whole, then without the marks behind it
		for e := end; e > i; {
			if slot, ok := l.slot(at, s[:e]); ok {
				best, size = l.table[slot], e
				break
			}
			r, w := utf8.DecodeLastRuneInString(s[i:e])
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				break
			}
			e -= w
		}
		if end == len(s) {
			break
		}
		n := strings.IndexFunc(s[end:], func(r rune) bool { return !unicode.IsSpace(r) })
		if n < 0 {
			break
		}
		i = end + n
	}
	if size == 0 {
		return Entry{}, 0
	}
	return l.entries[best-1], size
}

// Forms are the same that differ in case, in the kind of apostrophe or in white
// space. folded gives the characters of a form one by one, as they are compared.
type folded struct {
	s     string
	at    int
	begun bool
}

// next is the next character, -1 at the end.
func (f *folded) next() rune {
	space := false
	for f.at < len(f.s) {
		c, n := rune(f.s[f.at]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(f.s[f.at:])
		}
		switch {
		case unicode.IsSpace(c):
			space = f.begun
			f.at += n
			continue
		case space:
			return ' '
		}
		f.at += n
		f.begun = true
		return foldRune(c)
	}
	return -1
}

func foldRune(c rune) rune {
	switch {
	case 'A' <= c && c <= 'Z':
		return c + ('a' - 'A')
	case c < utf8.RuneSelf:
		return c
	case c == '’' || c == '‘' || c == 'ʼ':
		return '\''
	}
	return unicode.ToLower(c)
}

const offset, prime = 2166136261, 16777619 // FNV-1a

func hash(h uint32, s string) uint32 {
	h ^= offset
	start := h
	for i := 0; ; i++ {
		if i == len(s) {
			return mix(h)
		}
		c := s[i]
		if c >= utf8.RuneSelf || c <= ' ' && (c < ' ' || i == 0 || i == len(s)-1 || s[i+1] <= ' ' || s[i+1] >= utf8.RuneSelf) {
			break // not to be compared byte by byte
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * prime
	}
	h = start
	f := folded{s: s}
	for c := f.next(); c >= 0; c = f.next() {
		h = (h ^ uint32(c)) * prime
	}
	return mix(h)
}

// mix brings the high bits down, since tables look at the low ones.
func mix(h uint32) uint32 { return h ^ h>>15 ^ h>>7 }

func same(a, b string) bool {
	if a == b {
		return true
	}
	f, g := folded{s: a}, folded{s: b}
	for {
		c := f.next()
		if c != g.next() {
			return false
		}
		if c < 0 {
			return true
		}
	}
}

// Entries lists the entries of a kind in their order, without those that a
// later one replaces.
func (l *Lexicon) Entries(k Kind) []Entry {
	var out []Entry
	for i, e := range l.entries {
		if e.Kind == k && l.stands(i) {
			out = append(out, e)
		}
	}
	return out
}
