// Package lexicon holds what a historian knows and a program cannot work out:
// cover names, offices, honorifics, acronyms, places, peoples. The entries lie
// in tab-separated files that anyone can edit; a project adds its own with
// --lexicon.
package lexicon

import (
	"bufio"
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
type Lexicon struct {
	entries []Entry
	exact   map[Kind]map[string]int // folded form to entry
	words   map[Kind]int            // most words in a form
	first   map[Kind]map[string]bool
}

//go:embed data/*.tsv
var data embed.FS

// Default is the built-in lexicon.
var Default = sync.OnceValue(func() *Lexicon {
	files, err := data.ReadDir("data")
	if err != nil {
		panic(err) // the files are embedded
	}
	var all []Entry
	for _, f := range files {
		r, err := data.Open("data/" + f.Name())
		if err != nil {
			panic(err)
		}
		e, err := Read(r, f.Name())
		if err != nil {
			panic(err) // held by TestDefaultReads
		}
		all = append(all, e...)
	}
	return New(all)
})

// New makes a lexicon; a later entry replaces an earlier one of the same kind
// and form.
func New(entries []Entry) *Lexicon {
	l := &Lexicon{entries: entries, exact: map[Kind]map[string]int{}, words: map[Kind]int{}, first: map[Kind]map[string]bool{}}
	for i, e := range entries {
		m := l.exact[e.Kind]
		if m == nil {
			m = map[string]int{}
			l.exact[e.Kind] = m
			l.first[e.Kind] = map[string]bool{}
		}
		l.first[e.Kind][string(appendFirst(nil, e.Form))] = true
		m[fold(e.Form)] = i
		l.words[e.Kind] = max(l.words[e.Kind], strings.Count(e.Form, " ")+1)
	}
	return l
}

// With is l and the further entries, which win over l's.
func (l *Lexicon) With(entries []Entry) *Lexicon {
	return New(append(l.entries[:len(l.entries):len(l.entries)], entries...))
}

// Read reads rows of kind, form, value and identifier, divided by tabs; the
// last two may be missing, empty lines and lines that begin with # are passed
// over. An error names file and line.
func Read(r io.Reader, name string) ([]Entry, error) {
	var out []Entry
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := strings.TrimRight(s.Text(), " \r")
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 || len(f) > 4 {
			return nil, fmt.Errorf("%s:%d: want kind, form, value and identifier divided by tabs, found %d fields", name, n, len(f))
		}
		f = append(f, "", "")
		e := Entry{Kind: Kind(strings.TrimSpace(f[0])), Form: strings.TrimSpace(f[1]), Value: strings.TrimSpace(f[2]), ID: strings.TrimSpace(f[3]), File: name, Line: n}
		if !knownKind(e.Kind) {
			return nil, fmt.Errorf("%s:%d: %q is not a kind of entry; the kinds are %s", name, n, e.Kind, strings.Join(Kinds(), ", "))
		}
		if e.Form == "" {
			return nil, fmt.Errorf("%s:%d: the form is empty", name, n)
		}
		out = append(out, e)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

var kinds = []Kind{CoverName, Honorific, Role, Nationality, Acronym, Place, Person, Org, Foreign}

// Kinds lists the kinds of entry, for messages and the manual.
func Kinds() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	sort.Strings(out)
	return out
}

func knownKind(k Kind) bool {
	for _, x := range kinds {
		if x == k {
			return true
		}
	}
	return false
}

// Find looks a form up, without regard to case.
func (l *Lexicon) Find(k Kind, form string) (Entry, bool) {
	i, ok := l.exact[k][fold(form)]
	if !ok {
		return Entry{}, false
	}
	return l.entries[i], true
}

// Longest finds the longest form of a kind that s begins with and that ends at
// a word's end; it returns the entry and the bytes of s that it covers, 0 when
// there is none.
func (l *Lexicon) Longest(k Kind, s string) (Entry, int) {
	m, most := l.exact[k], l.words[k]
	if most == 0 {
		return Entry{}, 0
	}
	var buf [48]byte
	if !l.first[k][string(appendFirst(buf[:0], s))] {
		return Entry{}, 0
	}
	var best Entry
	size := 0
	for i, words := 0, 0; i <= len(s) && words < most; {
		end := len(s)
		if n := strings.IndexFunc(s[i:], unicode.IsSpace); n >= 0 {
			end = i + n
		}
		words++
		// the word whole, then without the marks behind it
		for e := end; e > i; {
			if x, ok := m[fold(s[:e])]; ok {
				best, size = l.entries[x], e
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
	return best, size
}

// appendFirst appends the letters that s begins with, in small letters: what
// any form must begin with that s could begin with.
func appendFirst(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
			b = append(b, c)
			i++
			continue
		case 'A' <= c && c <= 'Z':
			b = append(b, c|0x20)
			i++
			continue
		case c < utf8.RuneSelf:
			return b
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			return b
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
		i += n
	}
	return b
}

// fold brings forms together that differ in case, in the kind of apostrophe or
// in white space.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf || c == '\n' || c == '\t' || 'A' <= c && c <= 'Z' || c == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ':
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// Entries lists the entries of a kind in their order, without those that a
// later one replaces.
func (l *Lexicon) Entries(k Kind) []Entry {
	var out []Entry
	for i, e := range l.entries {
		if e.Kind == k && l.exact[k][fold(e.Form)] == i {
			out = append(out, e)
		}
	}
	return out
}
