package source

import (
	"strings"

	"sigla/tei"
)

// Bare text is all body. It may have a head of lines such as "title: …" at its
// very top; letters and memoranda begin with lines of that look too (Date:,
// Subject:, To:), so a head is one only where every line of it has a known key
// and one of the keys is never found in a letter. Between lines of --- any key
// will do.

// headKeys are the keys of a head and the fields they give.
var headKeys = []struct {
	Key    string // as written, folded
	Field  string
	strong bool // is in no letter
}{
	{"title", "title", true},
	{"citation", "citation", true},
	{"translator", "translator", true},
	{"translators", "translator", true},
	{"translated by", "translator", true},
	{"original language", "original-language", true},
	{"original-language", "original-language", true},
	{"url", "url", true},
	{"rights", "rights", true},
	{"license", "rights", true},
	{"licence", "rights", true},
	{"summary", "summary", false},
	{"abstract", "summary", false},
	{"credits", "credits", false},
	{"contents", "contents", false},
	{"date", "date", false},
	{"author", "author", false},
	{"authors", "author", false},
	{"creator", "author", false},
	{"source", "source", false},
	{"archive", "archive", false},
	{"repository", "archive", false},
	{"language", "language", false},
	{"publisher", "publisher", false},
	{"editor", "editor", false},
	{"keywords", "subjects", false},
	{"tags", "subjects", false},
	{"subjects", "subjects", false},
	{"type", "type", false},
	{"genre", "type", false},
	{"collection", "collection", false},
	{"identifier", "identifier", false},
	{"id", "identifier", false},
	{"notes", "notes", false},
}

// headLine reads "key: value"; value is an offset into the page.
func headLine(text string, l line) (key, printed string, known, strong bool, value int) {
	s := text[l.start:l.end]
	n := strings.IndexByte(s, ':')
	if n <= 0 || n > 30 || !labelWords(strings.TrimSpace(strings.ReplaceAll(s[:n], "_", " "))) || n+1 < len(s) && s[n+1] != ' ' && s[n+1] != '\t' {
		return "", "", false, false, 0
	}
	value = l.end - len(strings.TrimLeftFunc(s[n+1:], blank))
	folded := foldLabel(strings.ReplaceAll(s[:n], "_", " "))
	for _, k := range headKeys {
		if k.Key == folded {
			return k.Field, s[:n+1], true, k.strong, value
		}
	}
	if key = Slug(folded); key == "" {
		key = "field"
	}
	return key, s[:n+1], false, false, value
}

func readPlain(p *Page, lines []line) (int, bool) {
	i := 0
	for i < len(lines) && lines[i].empty() {
		i++
	}
	if i == len(lines) {
		return 0, true
	}
	if s := p.Text[lines[i].start:lines[i].end]; s == "---" {
		return fenced(p, lines, i)
	}
	sure, count := false, 0
	end := i
	for ; end < len(lines) && !lines[end].empty(); end++ {
		l := lines[end]
		if count > 0 && l.start > 0 && (p.Text[l.start-1] == ' ' || p.Text[l.start-1] == '\t') {
			continue // goes on from the line before
		}
		_, _, known, strong, value := headLine(p.Text, l)
		if !known || value == l.end && strong && end+1 < len(lines) && lines[end+1].empty() {
			return 0, true
		}
		sure = sure || strong
		count++
	}
	// lines[end] must be empty: a head ends with an empty line
	if !sure || end == len(lines) || p.Text[lines[i].start] == ' ' {
		return 0, true
	}
	headFields(p, lines[i:end])
	return lines[end].next, true
}

// fenced reads a head between lines of ---.
func fenced(p *Page, lines []line, i int) (int, bool) {
	end, known := i+1, 0
	for ; end < len(lines); end++ {
		s := p.Text[lines[end].start:lines[end].end]
		if s == "---" || s == "..." {
			break
		}
		indented := lines[end].start > 0 && p.Text[lines[end].start-1] != '\n'
		if s == "" || s[0] == '#' || s[0] == '-' || indented {
			continue
		}
		_, printed, k, _, _ := headLine(p.Text, lines[end])
		if printed == "" {
			return 0, true
		}
		if k {
			known++
		}
	}
	if end == len(lines) || known == 0 {
		return 0, true
	}
	headFields(p, lines[i+1:end])
	return lines[end].next, true
}

// headFields makes fields of the lines of a head.
func headFields(p *Page, lines []line) {
	for _, l := range lines {
		s := p.Text[l.start:l.end]
		if s == "" || s[0] == '#' {
			continue
		}
		goesOn := l.start > 0 && p.Text[l.start-1] != '\n' || s[0] == '-'
		if n := len(p.Fields); goesOn && n > 0 {
			f := &p.Fields[n-1]
			s = unquote(strings.TrimSpace(strings.TrimPrefix(s, "-")))
			if f.Value == "|" || f.Value == ">" || f.Value == "" {
				f.Value = s
			} else {
				f.Value += "\n" + s
			}
			f.Span.End = l.end
			continue
		}
		key, printed, _, _, value := headLine(p.Text, l)
		if printed == "" {
			continue
		}
		p.Fields = append(p.Fields, Field{Key: key, Label: printed, Value: unquote(p.Text[value:l.end]), Span: tei.Span{Start: l.start, End: l.end}})
	}
}

// unquote takes the quotation marks of YAML off a value.
func unquote(s string) string {
	if n := len(s); n > 1 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] && strings.Count(s, s[:1]) == 2 {
		return s[1 : n-1]
	}
	return s
}
