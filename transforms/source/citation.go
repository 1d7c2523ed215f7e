package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
)

// A citation names the document, its day, who put it on the web, where the
// original lies, and who translated it, in one run of words. It is cut at its
// commas, semicolons and full stops; each piece is read by the word it begins
// with (f., op., Box, pp.) or by what it names (RGASPI, … Archive). What no
// rule reads stays between the pieces, so the pieces joined are the printed
// words.

// mark is a piece that was read.
type mark struct {
	start, end int
	kind       string
	value      string
	holding    int
}

type citer struct {
	s        string
	marks    []mark
	holdings []tei.Holding
	shelf    []tei.Span // of each holding, without the repository
	kinds    []map[string]bool
	open     int // the holding that is read, from 1; 0 is none
	pub      bool
}

// readCitation reads the words of a Citation field. title is the page's title,
// which the citation usually repeats.
func readCitation(value, title string) (*tei.Citation, []tei.Holding) {
	words, urls := cutURLs(value)
	c := &citer{s: words}
	c.read(title)
	out := &tei.Citation{Pieces: c.pieces(), URLs: urls}
	for _, u := range slices.Concat(urls, c.urls()) {
		if id := archiveID(u); id != "" {
			out.ID = id
			break
		}
	}
	return out, c.holdings
}

// cutURLs takes the web addresses off the end of a citation.
func cutURLs(s string) (words string, urls []string) {
	for {
		s = strings.TrimRightFunc(s, blank)
		n := strings.LastIndexFunc(s, blank) + 1
		if n == 0 && !urlLine(s) {
			return s, urls
		}
		_, w := utf8.DecodeRuneInString(s[n:])
		if w == 0 || !urlLine(s[n:]) {
			return s, urls
		}
		u := strings.Trim(s[n:], "<>*")
		u = strings.TrimRight(u, ".,;>")
		if s[n:] != u && s[n:] != "<"+u+">" {
			// its full stop or bracket would be lost
			return s, urls
		}
		urls = append([]string{u}, urls...)
		s = s[:n]
	}
}

// archiveID is the number of a document in its address at the Digital Archive.
func archiveID(url string) string {
	u := strings.ToLower(url)
	if !strings.Contains(u, "digitalarchive") {
		return ""
	}
	if n := strings.IndexAny(u, "?#"); n >= 0 {
		u = u[:n]
	}
	u = strings.TrimSuffix(strings.TrimRight(u, "/"), ".pdf")
	i := len(u)
	for i > 0 && u[i-1] >= '0' && u[i-1] <= '9' {
		i--
	}
	if i == len(u) || i == 0 || u[i-1] != '/' {
		return ""
	}
	return u[i:]
}

func (c *citer) pieces() []tei.Piece {
	slices.SortStableFunc(c.marks, func(a, b mark) int { return a.start - b.start })
	var out []tei.Piece
	at, holding := 0, 0
	plain := func(to int) {
		// what belongs to the shelfmark, then what does not
		if holding > 0 {
			if end := min(to, c.shelf[holding-1].End); end > at {
				out = append(out, tei.Piece{Text: c.s[at:end], Holding: holding})
				at = end
			}
		}
		if to > at {
			out = append(out, tei.Piece{Text: c.s[at:to]})
			at = to
		}
	}
	for _, m := range c.marks {
		if m.start < at || m.end <= m.start {
			continue
		}
		if m.holding > 0 && m.holding == holding && m.start > at {
			out = append(out, tei.Piece{Text: c.s[at:m.start], Holding: holding})
			at = m.start
		}
		plain(m.start)
		out = append(out, tei.Piece{Kind: m.kind, Text: c.s[m.start:m.end], Value: m.value, Holding: m.holding})
		at, holding = m.end, m.holding
	}
	plain(len(c.s))
	return out
}

func (c *citer) urls() []string {
	var out []string
	for _, m := range c.marks {
		if m.kind == "url" {
			out = append(out, c.s[m.start:m.end])
		}
	}
	return out
}

func (c *citer) mark(start, end int, kind, value string, holding int) {
	c.marks = append(c.marks, mark{start, end, kind, value, holding})
}

func (c *citer) read(title string) {
	at := c.title(title)
	titled := at > 0
	if titled {
		at = c.past(at)
	}
	dated := false
	if d, n := dateAt(c.s[at:]); n > 0 && c.ends(at+n) {
		c.mark(at, at+n, "date", d.value(), 0)
		at, dated = c.past(at+n), true
	}
	from := at
	for at < len(c.s) {
		end := c.sentence(at)
		at = c.sentenceParts(at, end, &dated)
	}
	c.translators(from)
	for i := range c.holdings {
		h := &c.holdings[i]
		s := c.shelf[i]
		h.Text = strings.TrimRight(c.s[s.Start:s.End], ",;. ")
	}
}

// past is where the next words begin behind a piece.
func (c *citer) past(at int) int {
	for at < len(c.s) {
		r, w := utf8.DecodeRuneInString(c.s[at:])
		if !blank(r) && !strings.ContainsRune(",.;:", r) {
			break
		}
		at += w
	}
	return at
}

// ends says whether a piece may end at offset at.
func (c *citer) ends(at int) bool {
	return at >= len(c.s) || strings.IndexByte(",.; \n)(", c.s[at]) >= 0 || strings.HasPrefix(c.s[at:], "\u00a0")
}

var closing = map[rune]string{'"': "\"", '“': "”", '«': "»", '„': "“", '‘': "’", '\'': "'", '”': "”"}

// title marks the title in quotation marks and returns its end.
func (c *citer) title(hint string) int {
	hint = strings.TrimSpace(hint)
	r, w := utf8.DecodeRuneInString(c.s)
	q, quoted := closing[r]
	if !quoted {
		if hint != "" && strings.HasPrefix(c.s, hint) && c.ends(len(hint)) {
			c.mark(0, len(hint), "title", "", 0)
			return len(hint)
		}
		return 0
	}
	take := func(end int) int {
		c.mark(0, end, "title", "", 0)
		return end
	}
	if hint != "" && strings.HasPrefix(c.s[w:], hint) {
		at := w + len(hint)
		for _, p := range []string{"", ",", "."} {
			if strings.HasPrefix(c.s[at:], p+q) {
				return take(at + len(p) + len(q))
			}
		}
	}
	first := 0
	for from := w; ; {
		n := strings.Index(c.s[from:], q)
		if n < 0 {
			break
		}
		at := from + n
		end := at + len(q)
		from = end
		before := c.s[at-1] == ',' || c.s[at-1] == '.'
		after := end == len(c.s) || c.s[end] == ',' || c.s[end] == '.' || c.s[end] == ';' || c.s[end] == '\n' || before && c.s[end] == ' '
		if !after {
			continue
		}
		next := c.past(end)
		if d, n := dateAt(c.s[next:]); n > 0 && d.from != "" && c.ends(next+n) {
			return take(end)
		}
		if first == 0 {
			first = end
		}
	}
	if first == 0 {
		return 0
	}
	return take(first)
}

// sentence is the end of the sentence at offset at, behind its full stop.
func (c *citer) sentence(at int) int {
	for i := at; i < len(c.s); i++ {
		switch {
		case c.s[i] == '\n':
			return i + 1
		case c.s[i] != '.':
			continue
		case i+1 == len(c.s):
			return i + 1
		case c.s[i+1] == '\n':
			return i + 2
		case c.s[i+1] != ' ' && !strings.HasPrefix(c.s[i+1:], "\u00a0"):
			continue
		}
		next := strings.TrimLeftFunc(c.s[i+1:], blank)
		word := firstWord(next)
		if starter(word) {
			return i + 1
		}
		prev := lastWord(c.s[at:i])
		if designatorIndex[strings.ToLower(prev)] != nil || utf8.RuneCountInString(prev) < 2 && !digit(prev) || designatorIndex[strings.ToLower(word)] != nil {
			continue
		}
		r, _ := utf8.DecodeRuneInString(word)
		if unicode.IsUpper(r) && utf8.RuneCountInString(word) > 3 && (digit(prev) || len(prev) > 3) && strings.ToUpper(word) != word {
			return i + 1
		}
	}
	return len(c.s)
}

func digit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func firstWord(s string) string {
	if n := strings.IndexFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune(",.;:()", r) }); n >= 0 {
		return s[:n]
	}
	return s
}

func lastWord(s string) string {
	return s[strings.LastIndexFunc(s, func(r rune) bool { return blank(r) || strings.ContainsRune(",;:()", r) })+1:]
}

// starters begin a sentence that says who did what; no shelfmark stands there.
var starters = []string{"Translated", "Translation", "Translator", "Transl", "Trans", "Obtained", "Contributed", "Provided", "Edited", "Published", "Reprinted", "Introduced", "Introduction", "Transcribed", "Donated", "Gift", "Courtesy", "Annotated", "Compiled", "Collected", "Selected", "Included", "Accessed", "Available", "Cited", "Reproduced", "First", "Originally", "Released", "Declassified", "Digitized", "Scanned", "Discovered"}

// leads come before a further archive.
var leads = []string{"also available in the ", "also available in ", "also available at ", "also in the ", "also in ", "also at ", "also ", "a copy in the ", "a copy is in ", "a copy in ", "copy in the ", "copy in ", "copy at ", "another copy in ", "another copy at ", "original in ", "original at ", "original: ", "source: ", "sources: ", "from the ", "from ", "and ", "in the ", "in ", "see also ", "the "}

func starter(w string) bool { return slices.Contains(starters, w) }

// sentenceParts reads what lies between at and end, and returns end.
func (c *citer) sentenceParts(at, end int, dated *bool) int {
	at = c.past(at)
	if at >= end {
		return end
	}
	first := firstWord(c.s[at:end])
	c.open = 0
	if starter(first) || first != "" && strings.ToLower(first) == "translated" {
		c.webAddresses(at, end)
		return end
	}
	sep := byte('.')
	for at < end {
		stop, next, with := c.segment(at, end)
		c.part(at, stop, end, next, sep, dated)
		at, sep = next, with
	}
	return end
}

// segment is the end of the piece at offset at, where the next one begins, and
// what divides them.
func (c *citer) segment(at, end int) (stop, next int, sep byte) {
	depth := 0
	quote := false
	for i := at; i < end; i++ {
		switch b := c.s[i]; b {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		case '"':
			quote = !quote && strings.IndexByte(c.s[i+1:end], '"') >= 0
		case ',', ';':
			if depth > 0 || quote || i+1 < end && !strings.HasPrefix(c.s[i+1:], " ") && !strings.HasPrefix(c.s[i+1:], "\n") && !strings.HasPrefix(c.s[i+1:], "\u00a0") {
				continue
			}
			return i, c.past(i + 1), b
		case '.':
			if i > at && c.s[i-1] == ')' && depth == 0 && strings.HasPrefix(c.s[i+1:end], " ") {
				return i, c.past(i + 1), ','
			}
		case ' ':
			if strings.HasPrefix(c.s[i:end], " and ") && depth == 0 {
				if _, n := archiveAt(c.s[i+5 : end]); n > 0 {
					return i, i + 5, ';'
				}
			}
		}
	}
	stop = at + len(strings.TrimRightFunc(c.s[at:end], func(r rune) bool { return blank(r) || r == '.' && !strings.HasSuffix(c.s[at:end], "D.C.") }))
	return stop, end, '.'
}

// part reads one piece. sep is what divides it from the one before, next where
// the one behind begins.
func (c *citer) part(at, stop, end, next int, sep byte, dated *bool) {
	if at >= stop {
		return
	}
	t := c.s[at:stop]
	if i := strings.Index(t, "://"); i >= 0 || strings.HasPrefix(t, "www.") {
		c.webAddresses(at, stop)
		c.open = 0
		return
	}
	low := strings.ToLower(t)
	led := false
	for _, l := range leads {
		if strings.HasPrefix(low, l) {
			if _, n := archiveAt(t[len(l):]); n > 0 || archiveWord(t[len(l):]) && l != "the " && l != "in " {
				at, t, led = at+len(l), t[len(l):], true
			}
			break
		}
	}
	if !*dated && c.open == 0 && len(c.holdings) == 0 {
		if d, n := dateAt(c.s[at:end]); n > 0 && c.ends(at+n) && (d.to != "" || len(d.from) > 4 || n == len(t)) {
			c.mark(at, at+n, "date", d.value(), 0)
			*dated = true
			return
		}
	}
	if starter(strings.ToUpper(low[:1])+firstWord(low[1:])) && low[0] == t[0] {
		c.open = 0 // translated by …
		return
	}
	if c.open == 0 && publisherIn(t) {
		if !c.pub {
			c.mark(at, stop, "publisher", "", 0)
			c.pub = true
		}
		return
	}
	// a known archive, alone or with its shelfmark behind it
	if a, n := archiveAt(t); n > 0 && (c.open == 0 || sep != ',' || len(c.kinds[c.open-1]) > 0) {
		if strings.HasPrefix(t[n:], " of ") && !digit(t) {
			n = len(t)
		}
		c.hold(at, at+n, a)
		rest := strings.TrimLeft(t[n:], ":. \u00a0")
		if strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")") {
			return
		}
		if rest != "" {
			c.shelfPart(stop-len(rest), stop, end)
		}
		return
	}
	if c.open == 0 || led || sep == ';' {
		if c.newArchive(at, stop, end, next, sep, led) {
			return
		}
	}
	if c.open == 0 {
		return
	}
	h := c.open - 1
	if len(c.kinds[h]) == 0 && c.shelf[h].Len() == 0 {
		hold := &c.holdings[h]
		switch {
		case strings.HasPrefix(t, "Russian Federation") || strings.HasPrefix(t, "of ") || strings.HasPrefix(t, "("):
			for i := range c.marks {
				if m := &c.marks[i]; m.holding == c.open && m.kind == "repository" {
					m.end = stop
					hold.Repository = c.s[m.start:m.end]
				}
			}
			c.nameOf(hold)
			return
		case seat(t):
			if hold.Settlement == "" && !strings.Contains(t, "Federation") {
				hold.Settlement = t
			}
			return
		}
	}
	if sep == ';' && !c.shelfWord(t) {
		c.open = 0
		return
	}
	if (c.kinds[h]["listy"] || c.kinds[h]["folio"]) && !digit(t) {
		c.open = 0
		return
	}
	c.shelfPart(at, stop, end)
}

// newArchive begins a holding where a piece names an institution, or where the
// piece behind it is plainly a shelfmark.
func (c *citer) newArchive(at, stop, end, next int, sep byte, led bool) bool {
	t := c.s[at:stop]
	r, _ := utf8.DecodeRuneInString(t)
	if !unicode.IsUpper(r) && !unicode.IsLetter(r) {
		return false
	}
	if kind, _ := c.designated(t, 0); kind != "" {
		// a shelfmark without an archive of its own
		if len(c.holdings) > 0 && sep == ';' && kind != "listy" && kind != "folio" && kind != "number" {
			c.again(at)
			c.shelfPart(at, stop, end)
			return true
		}
		if len(c.holdings) == 0 && kind == "fond" && next < end {
			if k, _ := c.designated(c.s[next:end], 0); k == "opis" {
				c.hold(at, at, nil)
				c.shelfPart(at, stop, end)
				return true
			}
		}
		return false
	}
	if !unicode.IsUpper(r) || publisherIn(t) {
		return false
	}
	if n := len(c.holdings); sep == ';' && n > 0 && c.kinds[n-1]["shelfmark"] && digit(t) && strings.Count(t, " ") < 4 && !strings.HasSuffix(c.s[:at], ". ") {
		// a further mark of the same archive: FO 371/92756; PREM 11/4052
		c.again(at)
		c.shelfPart(at, stop, end)
		return true
	}
	follows := ""
	if next < end {
		follows, _ = c.designated(c.s[next:end], 0)
	}
	tail := strings.ToLower(t)
	switch {
	case archiveWord(t) && !strings.Contains(tail, " by ") && (len(c.holdings) == 0 || led || sep == ';'):
	case follows != "" && follows != "listy" && follows != "number" && follows != "document" && c.open == 0 && (len(c.holdings) == 0 || sep == ';'):
	default:
		return false
	}
	c.hold(at, stop, nil)
	return true
}

// hold begins a holding whose repository is named from start to end.
func (c *citer) hold(start, end int, a *archive) {
	h := tei.Holding{Repository: c.s[start:end]}
	if a != nil {
		h.Expansion, h.Country, h.CountryKey, h.Settlement = a.Expansion, a.Country, a.CountryKey, a.Settlement
	} else {
		c.nameOf(&h)
	}
	c.holdings = append(c.holdings, h)
	c.shelf = append(c.shelf, tei.Span{Start: end, End: end})
	c.kinds = append(c.kinds, map[string]bool{})
	c.open = len(c.holdings)
	if end > start {
		c.mark(start, end, "repository", "", c.open)
	}
}

// again begins a further holding of the last archive.
func (c *citer) again(at int) {
	h := c.holdings[len(c.holdings)-1]
	h.Parts, h.Text = nil, ""
	c.holdings = append(c.holdings, h)
	c.shelf = append(c.shelf, tei.Span{Start: at, End: at})
	c.kinds = append(c.kinds, map[string]bool{})
	c.open = len(c.holdings)
}

// nameOf reads the short form in brackets behind a long one: … (AVP RF).
func (c *citer) nameOf(h *tei.Holding) {
	_, inner, ok := strings.Cut(h.Repository, "(")
	if !ok {
		return
	}
	if a, n := archiveAt(inner); n > 0 && a.CountryKey != "" {
		h.Country, h.CountryKey, h.Settlement = a.Country, a.CountryKey, a.Settlement
	}
}

func (c *citer) shelfWord(t string) bool {
	kind, _ := c.designated(t, 0)
	return kind != ""
}

// shelfPart takes the words from at to stop into the shelfmark of the open
// holding, and marks the parts that it knows.
func (c *citer) shelfPart(at, stop, end int) {
	h := c.open - 1
	if c.shelf[h].Len() == 0 {
		c.shelf[h] = tei.Span{Start: at, End: stop}
	}
	c.shelf[h].End = stop
	hold := &c.holdings[h]
	add := func(start, end int, kind string) {
		c.kinds[h][kind] = true
		c.mark(start, end, kind, "", c.open)
		hold.Parts = append(hold.Parts, tei.Field{Label: kind, Text: c.s[start:end]})
	}
	t := c.s[at:stop]
	kind, _ := c.designated(t, 0)
	if kind == "" {
		switch {
		case counted(t) != "":
			add(at, stop, counted(t))
		case numbers(t) && len(hold.Parts) > 0 && (hold.Parts[len(hold.Parts)-1].Label == "listy" || hold.Parts[len(hold.Parts)-1].Label == "folio"):
			// ll. 1-2, 5-7
			m := &c.marks[len(c.marks)-1]
			m.end = stop
			hold.Parts[len(hold.Parts)-1].Text = c.s[m.start:stop]
		case strings.HasSuffix(t, "apers") || strings.HasSuffix(t, "ollection") || strings.HasPrefix(t, "Papers of") || strings.HasPrefix(t, "Nachlass"):
			add(at, stop, "collection")
		case len(c.kinds[h]) == 0 && digit(t) && !(len(t) == 4 && strings.Trim(t, "0123456789") == ""):
			// a mark of its own kind: FO 371/92756, DY 30/IV 2/20/6914
			c.kinds[h]["shelfmark"] = true
			c.mark(at, stop, "shelfmark", "", c.open)
		}
		return
	}
	// f. 558 op. 11 d. 342: the parts of one piece
	from := 0
	for i := 1; i <= len(t); i++ {
		if i < len(t) && !(t[i] != ' ' && t[i-1] == ' ') {
			continue
		}
		k := ""
		if i < len(t) {
			prev := strings.TrimRight(t[from:i], " ")
			if !digit(lastWord(prev)) || strings.HasSuffix(prev, ".") {
				continue
			}
			n := 0
			if k, n = c.designated(t[i:], 1); k == "" || n == 1 && unicode.IsUpper(rune(t[i])) && t[i+1] != '.' {
				continue // Lot File 56 D 12
			}
		}
		part := strings.TrimRight(t[from:i], " ")
		add(at+from, at+from+len(part), c.kindHere(h, kind, part, c.s[at+from+len(part):end]))
		from, kind = i, k
	}
}

// kindHere settles the letters that name two things. p. is the papka of a
// Russian embassy file where the delo is still to come, else pages; f. is a
// fond where none was named, else a folio.
func (c *citer) kindHere(h int, kind, part, rest string) string {
	word := strings.ToLower(strings.TrimRight(firstWord(part), "."))
	switch {
	case word == "p" && kind == "listy":
		if (c.kinds[h]["opis"] || c.kinds[h]["fond"]) && !c.kinds[h]["delo"] {
			for _, x := range strings.FieldsFunc(rest, func(r rune) bool { return r == ',' || r == ' ' }) {
				x = strings.ToLower(strings.TrimLeft(x, ","))
				if strings.HasPrefix(x, "d.") || x == "d" || x == "delo" {
					return "papka"
				}
			}
		}
	case word == "f" && kind == "fond":
		if c.kinds[h]["fond"] || c.kinds[h]["delo"] || c.kinds[h]["file"] || c.kinds[h]["volume"] || c.kinds[h]["shelfmark"] {
			return "folio"
		}
	}
	return kind
}

// designated is the kind of the part that t begins with, and the length of the
// word that says so. strict asks for a number behind it.
func (c *citer) designated(t string, strict int) (string, int) {
	// the longest words first: Record Group, Lot File, ed. khr.
	end := 0
	var row *designator
	for i, n := 0, 0; i <= len(t) && n < 2; i++ {
		if i < len(t) && t[i] != ' ' && !(t[i] == '.' && i > 0) && !(t[i] >= '0' && t[i] <= '9') && !strings.HasPrefix(t[i:], "\u00a0") {
			continue
		}
		w := strings.ToLower(strings.TrimRight(t[:i], ". "))
		if w == "" {
			return "", 0
		}
		if d := designatorIndex[w]; d != nil {
			row, end = d, i
		}
		if w == "p" {
			row, end = designatorIndex["pp"], i
		}
		if i < len(t) && t[i] >= '0' && t[i] <= '9' {
			break
		}
		if i < len(t) && t[i] == '.' {
			continue
		}
		n++
	}
	if row == nil {
		return "", 0
	}
	rest := t[end:]
	dotted := strings.HasPrefix(rest, ".")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "."), " \u00a0")
	word := firstWord(rest)
	if word == "" {
		return "", 0
	}
	r, _ := utf8.DecodeRuneInString(word)
	short := end < 3 || row.Kind == "number" || row.Kind == "listy" || row.Kind == "year" || row.Kind == "document"
	switch {
	case digit(word):
	case roman(word):
	case strict > 0:
		return "", 0
	case !short && (unicode.IsUpper(r) || r == '"' || r == '“'):
	case dotted && end == 1 && row.Kind == "fond" && unicode.IsUpper(r):
	default:
		return "", 0
	}
	// The files of the Politburo, Box Hill Library: a word, and no number
	if !digit(rest) && !roman(word) && row.Kind != "fond" && row.Kind != "series" && row.Kind != "folder" && row.Kind != "box" && row.Kind != "file" {
		return "", 0
	}
	return row.Kind, end
}

func roman(s string) bool {
	s = strings.TrimRight(s, ".,;")
	return s != "" && strings.Trim(s, "IVXLC") == ""
}

// counted is the kind of a part whose word stands behind its number.
func counted(t string) string {
	first, last := firstWord(t), lastWord(strings.TrimRight(t, "."))
	if !digit(first) || strings.Count(t, " ") > 1 {
		return ""
	}
	if d := designatorIndex[strings.ToLower(last)]; d != nil && d.after {
		return d.Kind
	}
	return ""
}

// numbers says whether t is sheets and nothing else: 5-7, 12ob.
func numbers(t string) bool {
	if t == "" || t[0] < '0' || t[0] > '9' || len(t) == 4 && (t[:2] == "19" || t[:2] == "18" || t[:2] == "20") {
		return false
	}
	for _, r := range t {
		if !(r >= '0' && r <= '9' || strings.ContainsRune("-–—, ", r) || strings.ContainsRune("ob.rvab", r)) {
			return false
		}
	}
	return true
}

// webAddresses marks the addresses between at and end.
func (c *citer) webAddresses(at, end int) {
	for at < end {
		n := strings.Index(c.s[at:end], "://")
		if n < 0 {
			return
		}
		start := at + n
		for start > at && c.s[start-1] >= 'a' && c.s[start-1] <= 'z' {
			start--
		}
		stop := end
		if m := strings.IndexFunc(c.s[start:end], func(r rune) bool { return blank(r) || r == '>' || r == '<' || r == '"' }); m >= 0 {
			stop = start + m
		}
		stop = start + len(strings.TrimRight(c.s[start:stop], ".,;)"))
		if stop > at+n+3 {
			c.mark(start, stop, "url", "", 0)
		}
		at = max(stop, at+n+3)
	}
}

// translators marks the names behind "translated by".
func (c *citer) translators(from int) {
	low := c.s
	if strings.IndexFunc(low, unicode.IsUpper) >= 0 {
		low = asciiLower(low)
	}
	for at := from; ; {
		n := strings.Index(low[at:], "trans")
		if n < 0 {
			return
		}
		at += n
		rest := low[at:]
		word := firstWord(rest)
		if at > 0 && letterAt(low, at-1) || word != "translated" && word != "translation" && word != "translations" && word != "trans" && word != "transl" && word != "translator" && word != "translators" {
			at += len("trans")
			continue
		}
		i := -1
		if strings.HasPrefix(word, "translator") {
			if j := len(word); strings.HasPrefix(rest[j:], ": ") {
				i = at + j + 2
			}
		} else if j := strings.Index(rest, " by "); j >= 0 && j < 80 && !strings.ContainsAny(strings.Replace(rest[:j], "trans.", "trans", 1), ".;\n") {
			i = at + j + len(" by ")
		}
		if i < 0 {
			at += len(word)
			continue
		}
		for _, s := range nameList(c.s, i) {
			c.mark(s.Start, s.End, "translator", "", 0)
			i = s.End
		}
		at = i
	}
}

// asciiLower keeps the length of s.
func asciiLower(s string) string {
	b := []byte(s)
	for i, x := range b {
		if x >= 'A' && x <= 'Z' {
			b[i] = x + 'a' - 'A'
		}
	}
	return string(b)
}

// nameList reads names divided by commas and "and". A comma goes on with the
// list only where an "and" ends it: what follows a single name is as likely a
// place or a body.
func nameList(s string, at int) []tei.Span {
	var out []tei.Span
	commas := 0 // names since the last sure one
	for {
		n := personName(s[at:])
		if n == 0 || len(out) > 0 && (archiveWord(s[at:at+n]) || institution(s[at:at+n])) {
			break
		}
		if !strings.ContainsAny(s[at:at+n], " .") {
			n += initials(s[at+n:])
		}
		out = append(out, tei.Span{Start: at, End: at + n})
		at += n
		w := 0
		for _, sep := range []string{", and ", " and ", " & ", "; and ", " with "} {
			if strings.HasPrefix(s[at:], sep) {
				w = len(sep)
			}
		}
		if w > 0 {
			if personName(s[at+w:]) == 0 {
				break
			}
			commas = 0
		} else if strings.HasPrefix(s[at:], ", ") {
			w = 2
			commas++
		} else {
			break
		}
		at += w
	}
	// the names behind the last "and" stay; those that only commas join go
	if commas > 0 && len(out) > 1 {
		sure := len(out) - commas
		if n := len(out); sure < 1 || n == commas {
			sure = 1
		}
		out = out[:sure]
	}
	return out
}

// initials is the length of ", B." behind a surname.
func initials(s string) int {
	if !strings.HasPrefix(s, ", ") {
		return 0
	}
	w := firstNameWord(s[2:])
	if n := utf8.RuneCountInString(strings.TrimRight(w, ".")); n == 1 && strings.HasSuffix(w, ".") {
		return 2 + len(w) - 1
	}
	return 0
}

var particles = []string{"von", "van", "der", "den", "de", "di", "da", "del", "della", "du", "la", "le", "al", "el", "bin", "ibn", "ten", "ter", "zu", "af", "av", "dos", "do", "y"}

// personName is the length of the name that s begins with.
func personName(s string) int {
	i, end := 0, 0
	for n := 0; n < 7 && i < len(s); n++ {
		w := firstNameWord(s[i:])
		if w == "" {
			break
		}
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			if !slices.Contains(particles, strings.TrimSuffix(w, ".")) && !strings.HasPrefix(w, "al-") && !strings.HasPrefix(w, "d'") && !strings.HasPrefix(w, "el-") {
				// letters that have no capitals
				if unicode.IsLower(r) || !unicode.IsLetter(r) {
					break
				}
			}
			if n == 0 && w == "the" {
				break
			}
			i += len(w)
		} else {
			i += len(w)
			end = i
			if strings.HasSuffix(w, ".") {
				base := strings.TrimSuffix(w, ".")
				initial := utf8.RuneCountInString(lastInitial(base)) < 3
				title := base == "Prof" || base == "Amb"
				if !initial && !title || !strings.HasPrefix(s[i:], " ") && i < len(s) {
					if !initial || i == len(s) {
						end--
					}
					break
				}
				if i == len(s) {
					end--
				}
			}
		}
		if i >= len(s) || s[i] != ' ' {
			break
		}
		i++
	}
	return end
}

// lastInitial is what stands behind the last full stop: J.R has R.
func lastInitial(s string) string { return s[strings.LastIndexByte(s, '.')+1:] }

// firstNameWord is the word of a name that s begins with, with its full stop.
func firstNameWord(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || r == '-' || r == '\'' || r == '’' || r == '.' || r == 'ʼ' {
			continue
		}
		return s[:i]
	}
	return s
}
