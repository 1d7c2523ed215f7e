package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A label is the name of a field of the front matter. Some words that name
// fields also stand before a colon in letters and minutes; how much a label
// proves is the weight of its row.

type weight uint8

const (
	weak   weight = iota // also stands in documents: Source, Date, Subjects
	strong               // hardly ever stands in a document
	core                 // makes a page of the Digital Archive
)

type label struct {
	Key    string
	Forms  []string // folded
	weight weight
	line   bool // its value is one line
	single bool // it has one place in the header; a second is kept as a note
}

var labels = []label{
	{"citation", []string{"citation", "cite as", "suggested citation"}, core, false, true},
	{"summary", []string{"summary", "abstract", "description"}, core, false, true},
	{"credits", []string{"credits", "credit"}, core, false, true},
	{"original-language", []string{"original language", "original languages", "language of the original", "source language", "document language"}, core, true, true},
	{"contents", []string{"contents", "content"}, core, true, true},
	{"translator", []string{"translator", "translators", "translated by", "translation by"}, strong, true, false},
	{"author", []string{"author", "authors", "author(s)", "creator", "creators", "creator(s)"}, strong, false, false},
	{"title", []string{"title", "document title"}, weak, false, true},
	{"date", []string{"date", "document date", "date of document", "original date"}, weak, true, true},
	{"language", []string{"language", "languages", "language of the translation", "translation language"}, weak, true, true},
	{"url", []string{"url", "link", "permalink", "permanent link", "persistent link", "web address", "doi"}, strong, true, false},
	{"rights", []string{"rights", "copyright", "license", "licence", "terms of use", "rights statement"}, strong, false, false},
	{"publisher", []string{"publisher", "published by"}, weak, true, false},
	{"identifier", []string{"record id", "document id", "identifier", "document number", "record number", "id"}, strong, true, false},
	{"uploaded", []string{"original uploaded date", "uploaded", "date uploaded", "posted", "date posted", "date published", "last updated"}, strong, true, false},
	{"collection", []string{"collection", "collections", "digital archive collection", "from collections"}, strong, false, false},
	{"geographic-subjects", []string{"geographic subjects", "geographic subject", "geographic area", "geographic coverage", "associated places", "associated places discussed", "locations", "countries"}, strong, false, false},
	{"subjects", []string{"subjects", "subjects discussed", "subject headings", "topics", "keywords", "key words", "tags", "themes"}, weak, false, false},
	{"people", []string{"associated people & organizations", "associated people and organizations", "associated people", "associated people, organizations", "people", "organizations", "associated organizations"}, weak, false, false},
	{"archive", []string{"original archive", "archive", "archives", "repository", "holding institution", "original repository"}, strong, false, false},
	{"source", []string{"source", "sources", "original source"}, weak, false, false},
	{"type", []string{"type", "document type", "genre", "record type", "resource type"}, weak, true, false},
	{"donors", []string{"donors", "donor", "funders", "funder", "funding", "support", "sponsors"}, strong, false, false},
	{"contributor", []string{"contributor", "contributors", "contributed by", "obtained by", "provided by"}, strong, false, false},
	{"editor", []string{"editor", "editors", "edited by"}, strong, true, false},
	{"notes", []string{"note", "notes", "editor's note", "editorial note", "translator's note"}, weak, false, false},
	{"pages", []string{"pages", "number of pages", "extent", "page count"}, weak, true, false},
	{"classification", []string{"classification", "original classification"}, weak, true, false},
}

var labelIndex = func() map[string]*label {
	m := map[string]*label{}
	for i := range labels {
		for _, f := range labels[i].Forms {
			m[f] = &labels[i]
		}
	}
	return m
}()

func labelByKey(key string) *label {
	for i := range labels {
		if labels[i].Key == key {
			return &labels[i]
		}
	}
	return nil
}

// foldLabel brings forms of a label together: case, white space, apostrophes.
func foldLabel(s string) string {
	s = strings.TrimRight(strings.TrimSpace(s), ":")
	s = strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘':
			return '\''
		}
		return unicode.ToLower(r)
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// Slug makes a name token of words, as an xml:id or a @type needs: Geographic Area
// to geographic-area. Words of another script have none.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// labelled is a line that begins with a label.
type labelled struct {
	row     *label // nil where the label is not known
	printed string // with its colon, without asterisks
	bold    bool
	value   int // offset of what follows on the line; the line's end where nothing does
}

func (l labelled) key() string {
	if l.row != nil {
		return l.row.Key
	}
	if s := Slug(l.printed); s != "" {
		return s
	}
	return "field"
}

// labelAt reads the label at the start of a line: **Label:**, **Label**:,
// Label:, ## Label. Labels without a colon must make a page, and be in bold or
// a heading: **Note** is a title.
func labelAt(text string, l line) (labelled, bool) {
	s := text[l.start:l.end]
	if s == "" || len(s) > 0 && (s[0] == '"' || s[0] == '[' || s[0] == '(') {
		return labelled{}, false
	}
	hashes := 0
	for hashes < len(s) && s[hashes] == '#' {
		hashes++
	}
	t := strings.TrimLeftFunc(s[hashes:], blank)
	if hashes > 0 && (hashes > 6 || len(t) == len(s)-hashes) {
		return labelled{}, false
	}
	fence := ""
	for _, f := range []string{"**", "__", "*", "_"} {
		if strings.HasPrefix(t, f) {
			fence = f
			break
		}
	}
	inner := t[len(fence):]
	at := len(s) - len(inner)
	var words string
	var rest int // in s
	colon := false
	if fence != "" {
		n := strings.Index(inner, fence)
		if n <= 0 {
			return labelled{}, false
		}
		words = inner[:n]
		rest = at + n + len(fence)
		if c := strings.IndexAny(words, ":："); c >= 0 {
			// **Citation: "…"** holds the value too
			w := 1
			if words[c] != ':' {
				w = len("：")
			}
			if strings.TrimSpace(words[c+w:]) != "" {
				return labelled{}, false
			}
			words, colon = words[:c+w], true
		} else if after := strings.TrimLeftFunc(s[rest:], blank); strings.HasPrefix(after, ":") {
			words, colon = words+":", true
			rest = len(s) - len(after) + 1
		} else if after != "" {
			return labelled{}, false
		}
	} else {
		c := strings.IndexByte(inner, ':')
		if c > 0 {
			words, rest, colon = inner[:c+1], at+c+1, true
		} else if hashes > 0 {
			words, rest = inner, len(s)
		} else {
			return labelled{}, false
		}
	}
	if rest < len(s) && colon && fence == "" {
		// 10:30, http://
		if r, _ := utf8.DecodeRuneInString(s[rest:]); !blank(r) && r != '*' {
			return labelled{}, false
		}
	}
	name := strings.TrimSpace(strings.TrimRight(words, ":："))
	if !labelWords(name) {
		return labelled{}, false
	}
	row := labelIndex[foldLabel(name)]
	bold := fence != "" || hashes > 0
	if !colon && (row == nil || row.weight != core) || !bold && shout(name) {
		return labelled{}, false
	}
	value := l.start + len(s) - len(strings.TrimLeftFunc(s[rest:], blank))
	return labelled{row: row, printed: strings.TrimSpace(words), bold: bold, value: value}, true
}

// labelWords says whether words could be a label at all.
func labelWords(s string) bool {
	if s == "" || len(s) > 60 || strings.Count(s, " ") > 5 {
		return false
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i == 0:
			return false
		case unicode.IsDigit(r), strings.ContainsRune(" \u00a0-&()/'’,", r):
		default:
			return false
		}
	}
	return true
}

// shout says whether words are in capitals: SUMMARY: is a document's heading.
func shout(s string) bool {
	return len(s) > 3 && strings.ToUpper(s) == s
}
