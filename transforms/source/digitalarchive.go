package source

import (
	"strings"
	"unicode/utf8"

	"sigla/tei"
)

// A page of the Digital Archive has a block before the text: date and title,
// then fields. Nothing marks where the block ends, and the text may begin with
// lines that look like fields (Copies:, Participants:). So the block is read
// from label to label: a field that another field of the block follows has all
// between the two, the last one has no more than its kind allows, and what
// comes then is the text.

// front is the reading of one block.
type front struct {
	p     *Page
	text  string
	lines []line
	bold  bool // the labels of this page are in bold
	seen  map[string]bool
}

// maxTop is the most lines with words that may stand before the first label.
const maxTop = 12

// firstLabel is the line of the first label of the block: the first that makes
// a page, or a label in bold before it that is not known.
func firstLabel(text string, lines []line) (at int, l labelled, ok bool) {
	words := 0
	early := -1
	for i, x := range lines {
		if x.empty() {
			continue
		}
		l, ok := labelAt(text, x)
		if ok && l.row != nil && (l.row.weight == core || l.bold && l.row.weight == strong) {
			if l.bold && early >= 0 {
				return early, l, true
			}
			return i, l, true
		}
		if ok && l.bold && early < 0 && words > 0 && (l.row == nil || !topKeys[l.row.Key]) {
			early = i
		}
		if words++; words > maxTop || x.end-x.start > 1000 {
			break
		}
	}
	return 0, l, false
}

// topKeys are the fields whose labels may stand before date and title.
var topKeys = map[string]bool{"date": true, "title": true, "author": true, "translator": true}

func sureDigitalArchive(text string, lines []line) bool {
	at, first, ok := firstLabel(text, lines)
	if !ok {
		_, _, ok = boldTop(text, lines)
		return ok
	}
	dated, bold := false, false
	for _, x := range lines[:at] {
		s := text[x.start:x.end]
		if _, ok := readDate(bare(s)); ok {
			dated = true
		}
		bold = bold || strings.HasPrefix(s, "**") || strings.HasPrefix(s, "# ")
	}
	if first.bold && first.row.weight == core {
		return true
	}
	kinds := map[string]bool{first.row.Key: true}
	for _, x := range lines[at+1 : min(len(lines), at+60)] {
		if l, ok := labelAt(text, x); ok && l.row != nil && l.row.weight == core {
			kinds[l.row.Key] = true
		}
	}
	if len(kinds) > 1 {
		return true
	}
	key := first.row.Key
	return (key == "original-language" || key == "citation") && (dated || bold)
}

// boldTop finds a date and a title in bold at the top of a page that has no
// fields: two lines of the page, no more than one empty line between.
func boldTop(text string, lines []line) (first, last int, ok bool) {
	var got []int
	for i, x := range lines {
		if x.empty() {
			continue
		}
		s := text[x.start:x.end]
		if !strings.HasPrefix(s, "**") || bare(s) == s || !strings.HasSuffix(s, "**") {
			break
		}
		if len(got) > 0 && i-got[len(got)-1] > 2 {
			break
		}
		if got = append(got, i); len(got) == 2 {
			break
		}
	}
	if len(got) < 2 {
		return 0, 0, false
	}
	a, b := bare(text[lines[got[0]].start:lines[got[0]].end]), bare(text[lines[got[1]].start:lines[got[1]].end])
	_, ad := readDate(a)
	_, bd := readDate(b)
	return got[0], got[1], ad != bd
}

func readDigitalArchive(p *Page, lines []line) (int, bool) {
	f := &front{p: p, text: p.Text, lines: lines, seen: map[string]bool{}}
	at, l, ok := firstLabel(p.Text, lines)
	if !ok {
		first, last, ok := boldTop(p.Text, lines)
		if !ok {
			return 0, false
		}
		f.top(first, last+1)
		return lines[last].next, true
	}
	f.bold = l.bold
	top := len(p.Fields)
	end := f.fields(at)
	below := append([]Field(nil), p.Fields[top:]...)
	p.Fields = p.Fields[:top]
	f.topWith(0, at, below)
	p.Fields = append(p.Fields, below...)
	return end, true
}

func (f *front) top(from, to int) { f.topWith(from, to, nil) }

// topWith reads the lines before the first label. The title is the line that
// the citation names, else the first in bold or in a heading, else the first.
func (f *front) topWith(from, to int, fields []Field) {
	type piece struct {
		field  Field
		marked bool
	}
	var pieces []piece
	for i := from; i < to; i++ {
		x := f.lines[i]
		if x.empty() {
			continue
		}
		if l, ok := labelAt(f.text, x); ok && l.row != nil && l.value < x.end && topKeys[l.row.Key] {
			pieces = append(pieces, piece{field: Field{Key: l.row.Key, Label: l.printed, Value: bare(f.text[l.value:x.end]), Span: tei.Span{Start: x.start, End: x.end}}})
			continue
		}
		start, end := x.start, x.end
		s := f.text[start:end]
		if strings.HasPrefix(s, "**") && strings.Count(s, "**")%2 == 1 {
			// bold that goes on over the line's end
			for j := i + 1; j < to && j < i+5 && !f.lines[j].empty(); j++ {
				if strings.Count(f.text[start:f.lines[j].end], "**")%2 == 0 {
					end, i = f.lines[j].end, j
					break
				}
			}
			s = f.text[start:end]
		}
		if strings.Trim(s, "-*_= ") == "" {
			continue
		}
		pieces = append(pieces, piece{Field{Value: bare(s), Span: tei.Span{Start: start, End: end}}, strings.HasPrefix(s, "**") || strings.HasPrefix(s, "#")})
	}
	dated, titled := false, -1
	for i := range pieces {
		x := &pieces[i].field
		dated = dated || x.Key == "date"
		if x.Key == "title" {
			titled = i
		}
	}
	for i := range pieces {
		x := &pieces[i].field
		if x.Key != "" || dated {
			continue
		}
		if _, ok := readDate(x.Value); ok || undated(x.Value) {
			x.Key, dated = "date", true
		}
	}
	cited := ""
	for _, x := range fields {
		if x.Key == "citation" {
			cited = squeeze(x.Value)
		}
	}
	rank := func(i int) int {
		switch v := squeeze(pieces[i].field.Value); {
		case len(v) > 5 && cited != "" && strings.Contains(cited, v):
			return 3
		case pieces[i].marked:
			return 2
		}
		return 1
	}
	if titled < 0 {
		for i := range pieces {
			if pieces[i].field.Key == "" && (titled < 0 || rank(i) > rank(titled)) {
				titled = i
			}
		}
		if titled >= 0 {
			pieces[titled].field.Key = "title"
		}
	}
	for _, x := range pieces {
		if x.field.Key == "" {
			x.field.Key = "heading"
		}
		f.p.Fields = append(f.p.Fields, x.field)
	}
}

// fields reads the fields from the label at line k on, and returns where the
// text begins.
func (f *front) fields(k int) int {
	for {
		l, _ := labelAt(f.text, f.lines[k])
		f.seen[l.key()] = true
		last, end := f.least(k, l)
		next := f.next(k, last, l)
		if next < 0 {
			f.add(k, end, l)
			if end == 0 {
				return 0
			}
			return f.lines[end-1].next
		}
		// labels of lesser weight between the two
		for j := last; j < next; j++ {
			m, ok := labelAt(f.text, f.lines[j])
			if !ok || f.lines[j].empty() || !f.inner(j, m) {
				continue
			}
			f.add(k, j, l)
			k, l = j, m
			f.seen[l.key()] = true
		}
		f.add(k, next, l)
		k = next
	}
}

// inner says whether a label between two fields of the block is a field too.
func (f *front) inner(j int, m labelled) bool {
	switch {
	case m.bold:
		return true
	case f.bold:
		return m.row != nil && m.row.weight >= strong && !f.seen[m.row.Key]
	case m.row != nil:
		return !f.seen[m.row.Key] || m.value == f.lines[j].end
	}
	return m.value == f.lines[j].end && strings.Count(m.printed, " ") < 4
}

// next is the line of the next field of the block, or -1. last is the line
// behind the least that the field at k can hold.
func (f *front) next(k, last int, l labelled) int {
	paragraphs, words := 0, 0
	gap := false
	for j := last; j < len(f.lines); j++ {
		x := f.lines[j]
		if x.empty() {
			gap = true
			continue
		}
		m, ok := labelAt(f.text, x)
		if ok && m.row != nil && !f.seen[m.row.Key] {
			switch {
			case m.row.weight == core:
				return j
			case m.bold && m.row.weight == strong:
				return j
			case words == 0 && m.bold && f.bold:
				// the very next line, in the dress of the other labels
				return j
			case words == 0 && m.row.weight == strong && !f.bold:
				return j
			}
		}
		if l.row != nil && l.row.Key == "contents" && !ok {
			return -1
		}
		if gap {
			paragraphs++
			gap = false
		}
		if words++; paragraphs > 8 || words > 40 {
			return -1
		}
		if l.row != nil && l.row.Key == "contents" && words > 2 {
			return -1
		}
	}
	return -1
}

// least reads the least that the field at line k can hold: last is the line
// behind it, and end the line behind the lines with words.
func (f *front) least(k int, l labelled) (last, end int) {
	x := f.lines[k]
	inline := l.value < x.end
	key := l.key()
	i := k + 1
	if !inline {
		for i < len(f.lines) && f.lines[i].empty() {
			i++
		}
		if i == len(f.lines) {
			return i, k + 1
		}
		if m, ok := labelAt(f.text, f.lines[i]); ok && m.row != nil && !f.seen[m.row.Key] && (m.row.weight >= strong || m.bold) {
			return i, k + 1 // no value at all
		}
	}
	words := func(i int) string { return bare(f.text[f.lines[i].start:f.lines[i].end]) }
	switch {
	case key == "contents":
		if !inline && !contentsLine(words(i)) {
			return k + 1, k + 1
		}
		end = i
		for j := i; j < len(f.lines); j++ {
			if f.lines[j].empty() {
				continue
			}
			if !contentsLine(words(j)) {
				break
			}
			end = j + 1
		}
		return end, end
	case key == "original-language" || key == "language":
		if inline {
			return k + 1, k + 1
		}
		if w := words(i); utf8.RuneCountInString(w) > 80 {
			return k + 1, k + 1
		}
		return i + 1, i + 1
	case l.row != nil && l.row.line:
		if inline {
			return k + 1, k + 1
		}
		return i + 1, i + 1
	}
	// a paragraph; where no empty lines divide the fields, a line
	tight := k > 0 && !f.lines[k-1].empty() && k+1 < len(f.lines) && !f.lines[k+1].empty()
	end = i
	if !inline {
		end = i + 1
	}
	for end < len(f.lines) && !f.lines[end].empty() {
		prev := f.text[f.lines[end-1].start:f.lines[end-1].end]
		if m, ok := labelAt(f.text, f.lines[end]); ok && m.row != nil && !f.seen[m.row.Key] && m.row.weight >= strong {
			break
		}
		wrapped := len(prev) >= 50 && !strings.ContainsAny(prev[len(prev)-1:], ".!?\"*>")
		if tight && !wrapped && !(key == "citation" && urlLine(f.text[f.lines[end].start:f.lines[end].end])) {
			break
		}
		end++
	}
	if key == "citation" || key == "url" {
		for j := end; j < len(f.lines); j++ {
			if f.lines[j].empty() {
				continue
			}
			if !urlLine(f.text[f.lines[j].start:f.lines[j].end]) {
				break
			}
			end = j + 1
		}
	}
	return end, end
}

// add makes a field of the lines from k to end.
func (f *front) add(k, end int, l labelled) {
	for end > k+1 && f.lines[end-1].empty() {
		end--
	}
	var b strings.Builder
	gap := false
	write := func(s string) {
		if s = strings.TrimSuffix(s, "\\"); s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if gap {
				b.WriteByte('\n')
			}
		}
		gap = false
		b.WriteString(s)
	}
	write(bare(f.text[l.value:f.lines[k].end]))
	for _, x := range f.lines[k+1 : end] {
		if x.empty() {
			gap = true
			continue
		}
		write(bare(f.text[x.start:x.end]))
	}
	f.p.Fields = append(f.p.Fields, Field{Key: l.key(), Label: l.printed, Value: b.String(), Span: tei.Span{Start: f.lines[k].start, End: f.lines[end-1].end}})
}

// bare takes the bold, the heading and the line break of the dialect off a
// line.
func bare(s string) string {
	s = strings.TrimFunc(s, blank)
	if n := len(s) - len(strings.TrimLeft(s, "#")); n > 0 && n < 7 && n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		s = strings.TrimFunc(strings.TrimRight(s[n:], "#"), blank)
	}
	s = strings.TrimFunc(strings.TrimSuffix(s, "\\"), blank)
	for _, f := range []string{"**", "__"} {
		if len(s) > 2*len(f) && strings.HasPrefix(s, f) && strings.HasSuffix(s, f) && strings.Count(s, f) == 2 {
			return strings.TrimFunc(s[len(f):len(s)-len(f)], blank)
		}
	}
	return s
}

// urlLine says whether a line is a web address and nothing else.
func urlLine(s string) bool {
	s = strings.Trim(s, "<>*. ")
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.") || strings.HasPrefix(s, "doi:")) && !strings.ContainsAny(s, " \t")
}

// parts of a document that Contents lists.
var contentsKinds = []string{"translation", "transcript", "transcription", "original", "scan", "scanned", "document", "summary", "excerpt", "transliteration", "facsimile", "pdf", "text", "full text"}

// contentsLine says whether a line is an entry of Contents: Translation -
// English.
func contentsLine(s string) bool {
	if s == "" || len(s) > 80 || strings.Count(s, " ") > 7 {
		return false
	}
	low := strings.ToLower(strings.TrimLeft(s, "-•* "))
	kind := false
	for _, k := range contentsKinds {
		if n := len(k); strings.HasPrefix(low, k) {
			rest := strings.TrimSpace(low[n:])
			if rest == "" || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—") || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "(") {
				return true
			}
			kind = true
		}
	}
	if strings.ContainsAny(s, ".!?\"[") {
		return false
	}
	tags, ok := languageTags(s)
	if ok && tags != "" && !shout(s) {
		return true
	}
	// English translation; Scan of the Russian original
	words := strings.Fields(low)
	if len(words) == 0 || len(words) > 5 || shout(s) {
		return false
	}
	for _, k := range contentsKinds {
		kind = kind || words[len(words)-1] == k
	}
	if !kind {
		return false
	}
	for _, w := range words {
		if _, ok := languageIndex[strings.Trim(w, "(),;")]; ok {
			return true
		}
	}
	return false
}

func squeeze(s string) string {
	if strings.IndexFunc(s, blank) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if blank(r) {
			return -1
		}
		return r
	}, s)
}
