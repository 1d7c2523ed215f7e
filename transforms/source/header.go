package source

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sigla/tei"
)

// The front matter becomes the upper half of the header. Every line of it must
// be found there: what the fields do not keep to the letter is kept as a line.

// Header is the header as far as the page's front matter and the metadata file
// give it.
func (p *Page) Header() tei.Header {
	h := tei.Header{Lang: "en", Normalized: p.Changed}
	if n := path.Base(strings.ReplaceAll(p.Name, "\\", "/")); n != "." && n != "/" && n != "-" && !strings.HasPrefix(n, "<") {
		h.Filename = strings.ToValidUTF8(n, "")
	}
	var translators []string
	done := map[string]bool{}
	for _, f := range p.Fields {
		if f.Label != "" {
			h.Labels = append(h.Labels, f.Label)
		}
		second := done[f.Key]
		done[f.Key] = true
		note := func() { h.Notes = append(h.Notes, tei.Field{Label: f.Label, Text: f.Value}) }
		if f.Value == "" {
			continue
		}
		switch {
		case second && labelByKey(f.Key) != nil && labelByKey(f.Key).single:
			note()
		case f.Key == "title":
			h.Title = f.Value
		case f.Key == "date":
			h.Date.Text = f.Value
			if d, ok := readDate(f.Value); ok {
				setDate(&h, d)
			}
		case f.Key == "citation":
			c := *p.cited
			c.Pieces, c.URLs = slices.Clone(c.Pieces), slices.Clone(c.URLs)
			h.Citation, h.Holdings = &c, slices.Clone(p.holdings)
			for i := range h.Citation.Pieces {
				if x := &h.Citation.Pieces[i]; x.Kind == "translator" {
					translators = append(translators, x.Text)
				}
			}
		case f.Key == "summary":
			h.Summary = f.Value
		case f.Key == "credits":
			h.Credits = f.Value
			h.Funders = funders(f.Value)
		case f.Key == "original-language":
			h.Language = tei.Language{Text: f.Value, Tag: languageOf(f.Value)}
		case f.Key == "language":
			// of the text, as far as the label says
			if tag := languageOf(f.Value); tag != "und" && !strings.Contains(tag, " ") {
				h.Lang = tag
			}
			note()
		case f.Key == "contents":
			for l := range strings.SplitSeq(f.Value, "\n") {
				if l = strings.TrimSpace(l); l != "" {
					h.Contents = append(h.Contents, contentsEntry(l))
				}
			}
		case f.Key == "translator":
			for _, s := range nameList(f.Value+" ", 0) {
				translators = append(translators, f.Value[s.Start:min(s.End, len(f.Value))])
			}
			note()
		case f.Key == "author":
			h.Authors = append(h.Authors, splitNames(f.Value)...)
		case f.Key == "url":
			if h.Citation == nil {
				h.Citation = &tei.Citation{}
			}
			for u := range strings.FieldsSeq(f.Value) {
				if !urlLine(u) {
					note()
					break
				}
				u = strings.Trim(u, "<>")
				h.Citation.URLs = append(h.Citation.URLs, u)
				if h.Citation.ID == "" {
					h.Citation.ID = archiveID(u)
				}
			}
		default:
			note()
		}
	}
	h.Translators = agents(translators)
	fromCitation(&h)
	textLanguage(&h)
	nameTranslation(&h)
	p.meta.apply(&h)
	if h.Citation != nil {
		for i := range h.Citation.Pieces {
			x := &h.Citation.Pieces[i]
			if x.Kind != "translator" {
				continue
			}
			for _, a := range h.Translators {
				if a.Name == x.Text {
					x.Value = a.ID
				}
			}
		}
	}
	if h.ID == "" {
		if h.Citation != nil && h.Citation.ID != "" {
			h.ID = "wcda-" + h.Citation.ID
		} else if s := Slug(strings.TrimSuffix(h.Filename, path.Ext(h.Filename))); s != "" {
			h.ID = "doc-" + s
		}
	}
	if len(p.Fields) > 0 {
		h.Carried = p.carried()
		h.Verbatim = p.verbatim(&h)
	}
	return h
}

// fromCitation takes title and date from the citation where the page has none.
func fromCitation(h *tei.Header) {
	if h.Citation == nil {
		return
	}
	for _, x := range h.Citation.Pieces {
		switch {
		case x.Kind == "title" && h.Title == "":
			h.Title = strings.Trim(x.Text, "\"“”«»„‘’,. ")
		case x.Kind == "date" && h.Date.Text == "":
			h.Date.Text = x.Text
			if d, ok := readDate(x.Text); ok {
				setDate(h, d)
			}
		}
	}
}

// textLanguage takes the language of the text from Contents: that of the
// translation, or the one that all entries have.
func textLanguage(h *tei.Header) {
	for _, c := range h.Contents {
		if strings.Contains(strings.ToLower(c.Text), "translation") && c.Tag != "und" {
			h.Lang = c.Tag
			return
		}
	}
	for i, c := range h.Contents {
		if c.Tag == "und" || i > 0 && c.Tag != h.Contents[0].Tag {
			return
		}
	}
	if len(h.Contents) > 0 {
		h.Lang = h.Contents[0].Tag
	}
}

// nameTranslation gives an entry that says Translation and no language that of
// the text.
func nameTranslation(h *tei.Header) {
	for i := range h.Contents {
		if c := &h.Contents[i]; c.Tag == "und" && h.Lang != "" && strings.Contains(strings.ToLower(c.Text), "translation") {
			c.Tag = h.Lang
		}
	}
}

func setDate(h *tei.Header, d dateValue) {
	h.Date.When, h.DateFrom, h.DateTo = "", "", ""
	if d.to == "" {
		h.Date.When = d.from
	} else {
		h.DateFrom, h.DateTo = d.from, d.to
	}
	h.DateCert = ""
	if d.circa {
		h.DateCert = "low"
	}
}

// contentsEntry reads an entry of Contents: Translation - English.
func contentsEntry(l string) tei.Language {
	tag := languageWithin(l)
	for part := range strings.SplitSeq(l, ";") { // Translation - English; Scan - Russian
		if t := languageWithin(part); t != "" && strings.Contains(strings.ToLower(part), "translation") {
			tag = t
		}
	}
	if tag == "" {
		tag = "und"
	}
	return tei.Language{Text: l, Tag: tag}
}

// carried says in a sentence where the date and the title stood.
func (p *Page) carried() string {
	_, date := p.Field("date")
	title, named := p.Field("title")
	switch {
	case date && named && title.Label == "":
		return "The front block of the source page is carried by this header, not by the text: its date and its title"
	case named && title.Label == "":
		return "The front block of the source page is carried by this header, not by the text: its title"
	case date && !named:
		return "The front block of the source page is carried by this header, not by the text: its date"
	}
	return "The front block of the source page is carried by this header, not by the text"
}

// verbatim lists the lines of the front matter that are not found in h as they
// stand.
func (p *Page) verbatim(h *tei.Header) []string {
	var b strings.Builder
	put := func(ss ...string) {
		for _, s := range ss {
			b.WriteString(squeeze(s))
		}
		b.WriteByte(0)
	}
	put(h.Title)
	put(h.Date.Text)
	put(h.Credits)
	put(h.Summary)
	put(h.Language.Text)
	for _, s := range h.Labels {
		put(s)
	}
	for _, c := range h.Contents {
		put(c.Text)
	}
	for _, a := range h.Authors {
		put(a)
	}
	for _, n := range h.Notes {
		put(n.Label, n.Text)
	}
	if h.Citation != nil {
		var c strings.Builder
		for _, x := range h.Citation.Pieces {
			c.WriteString(x.Text)
		}
		put(c.String())
		for _, u := range h.Citation.URLs {
			put(u)
		}
	}
	hay := b.String()
	var out []string
	for l := range strings.SplitSeq(p.Text[:p.Body.Start], "\n") {
		if strings.Trim(l, "-*_=. \t\u00a0\ufeff\f") == "" {
			continue
		}
		if found(hay, l) {
			continue
		}
		out = append(out, strings.TrimFunc(l, blank))
	}
	return out
}

// found says whether a line of front matter stands in hay: whole, without its
// bold, or as a label and what follows it.
func found(hay, l string) bool {
	l = strings.TrimFunc(l, blank)
	whole := squeeze(strings.Trim(strings.TrimFunc(strings.Trim(l, "*"), blank), "<>"))
	if whole == "" || strings.Contains(hay, whole) {
		return true
	}
	plain := squeeze(strings.ReplaceAll(l, "**", ""))
	if strings.Contains(hay, plain) {
		return true
	}
	label, value, ok := strings.Cut(plain, ":")
	if !ok || strings.Contains(l, "**:") || label == "" || strings.ContainsFunc(label, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '/'
	}) {
		return false
	}
	return strings.Contains(hay, label+":") && strings.Contains(hay, strings.Trim(value, "<>"))
}

// credit phrases; what follows is who paid.
var supportWords = []string{"support from ", "support of ", "support by ", "supported by ", "funding from ", "funded by ", "grant from ", "grants from ", "assistance from ", "assistance of ", "gift from ", "contribution from ", "generosity of ", "sponsored by "}

// funders are those whom a credit sentence thanks for money.
func funders(s string) []string {
	low := asciiLower(s)
	best := -1
	for _, w := range supportWords {
		if n := strings.Index(low, w); n >= 0 && (best < 0 || n+len(w) < best) {
			best = n + len(w)
		}
	}
	if best < 0 {
		return nil
	}
	t := strings.Join(strings.Fields(s[best:]), " ")
	// to the end of the sentence, over initials
	for i := 0; i < len(t); i++ {
		if t[i] == '.' && (i+1 == len(t) || t[i+1] == ' ' && i > 3 && t[i-2] != ' ' && t[i-2] != '.' && !strings.HasSuffix(t[:i], "Inc") && !strings.HasSuffix(t[:i], "St")) {
			t = t[:i]
			break
		}
	}
	parts := splitFunders(t)
	out := parts[:0]
	for _, x := range parts {
		for _, a := range []string{"the ", "The ", "and "} {
			x = strings.TrimPrefix(x, a)
		}
		if x = strings.TrimSpace(strings.TrimSuffix(x, ",")); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// splitFunders cuts a list of bodies. A name may hold "and" and commas, so a
// cut is made only where each side names a body by its own.
func splitFunders(t string) []string {
	if strings.Contains(t, ";") {
		var out []string
		for x := range strings.SplitSeq(t, ";") {
			out = append(out, splitFunders(strings.TrimSpace(x))...)
		}
		return out
	}
	for _, sep := range []string{", and ", " and ", ", ", " & "} {
		for from := 0; ; {
			n := strings.Index(t[from:], sep)
			if n < 0 {
				break
			}
			a, b := t[:from+n], t[from+n+len(sep):]
			from += n + len(sep)
			r, _ := utf8.DecodeRuneInString(strings.TrimPrefix(b, "the "))
			if institution(a) && institution(b) && unicode.IsUpper(r) {
				return append(splitFunders(a), splitFunders(b)...)
			}
		}
	}
	return []string{t}
}

// institutionWords are in the names of bodies.
var institutionWords = []string{
	"foundation", "fund", "trust", "corporation", "endowment", "institute", "institution", "university", "college", "council", "center", "centre", "ministry",
	"bequest", "society", "academy", "association", "library", "commission", "committee", "embassy", "department", "agency", "office", "program", "programme",
	"initiative", "project", "school", "consortium", "bank", "company", "group", "government", "stiftung", "fondation", "fondazione", "fundación", "family", "estate", "museum", "archive", "archives", "chair", "inc", "llc", "ltd",
}

func institution(s string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, x := range institutionWords {
			if w == x {
				return true
			}
		}
	}
	return false
}

// splitNames cuts a list of persons: "A B; C D", "A B and C D".
func splitNames(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		for part := range strings.SplitSeq(line, ";") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			spans := nameList(part, 0)
			if len(spans) > 1 && spans[len(spans)-1].End == len(part) {
				for _, x := range spans {
					out = append(out, part[x.Start:x.End])
				}
				continue
			}
			out = append(out, part)
		}
	}
	return out
}

// agents gives each name an id once: Gary Goldberg is ggoldberg.
func agents(names []string) []tei.Agent {
	var out []tei.Agent
	taken := map[string]bool{}
	for _, n := range names {
		n = strings.TrimSpace(n)
		again := n == ""
		for _, a := range out {
			again = again || a.Name == n
		}
		if again {
			continue
		}
		id := agentID(n)
		for base, k := id, 2; taken[id]; k++ {
			id = base + "-" + itoa(k)
		}
		taken[id] = true
		out = append(out, tei.Agent{ID: id, Name: n})
	}
	return out
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// agentID is the first letter of the first name and the last name, in the
// letters a to z; translator where a name has none of them.
func agentID(name string) string {
	words := strings.Fields(name)
	var b strings.Builder
	for i, w := range words {
		first := true
		for _, r := range norm.NFD.String(strings.ToLower(w)) {
			switch r {
			case 'ł':
				r = 'l'
			case 'ø':
				r = 'o'
			case 'đ':
				r = 'd'
			case 'ı':
				r = 'i'
			case 'ß':
				r = 's'
			}
			if r < 'a' || r > 'z' {
				continue
			}
			if i == len(words)-1 || i == 0 && first {
				b.WriteRune(r)
			}
			first = false
		}
	}
	if b.Len() < 2 {
		return "translator"
	}
	return b.String()
}
