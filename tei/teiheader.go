package tei

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/beevik/etree"
)

// The header as an XML tree (TEI P5, chapter 2; correspDesc 2.4.6, msDesc
// chapter 11, standOff 17.11). It is built in two steps: elements and words
// first, then line ends and indentation, and these only in the elements of
// headerBlocks, which hold no words of their own.

// headerBlocks are the elements that are laid out in lines.
var headerBlocks = map[string]bool{
	"teiHeader": true, "fileDesc": true, "titleStmt": true, "respStmt": true, "publicationStmt": true, "availability": true, "notesStmt": true, "sourceDesc": true,
	"msDesc": true, "msIdentifier": true, "msContents": true, "msItem": true, "history": true, "origin": true,
	"encodingDesc": true, "samplingDecl": true, "editorialDecl": true, "correction": true, "normalization": true, "quotation": true, "punctuation": true, "interpretation": true, "stdVals": true,
	"tagsDecl": true, "classDecl": true, "taxonomy": true, "appInfo": true, "application": true,
	"profileDesc": true, "abstract": true, "creation": true, "langUsage": true, "textClass": true, "keywords": true, "handNotes": true,
	"correspDesc": true, "correspAction": true, "correspContext": true, "particDesc": true, "listPerson": true, "revisionDesc": true,
	"standOff": true, "listPlace": true, "listOrg": true,
}

// toolID is the xml:id of the program's entry, the target of @resp where the
// program decided.
const toolID = "sigla"

// unnamedTranslatorID is the target of @resp where the source does not say who
// intervened.
const unnamedTranslatorID = "translator"

// headerBuilder keeps the ids that must not be given twice.
type headerBuilder struct {
	*Header
	*maker
	citation  string
	originals []string
}

// sub adds a child; attributes are given as name, value pairs, and those with
// an empty value are left out.
func (b *maker) sub(parent *etree.Element, name string, attrs ...string) *etree.Element {
	e := b.child(parent, name, len(attrs)/2, 3)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			e.CreateAttr(attrs[i], attrs[i+1])
		}
	}
	return e
}

// word adds a child with words; no words, no child.
func (b *maker) word(parent *etree.Element, name, text string, attrs ...string) *etree.Element {
	if text == "" {
		return nil
	}
	e := b.sub(parent, name, attrs...)
	b.text(e, text)
	return e
}

// prose adds paragraphs: text is cut at its empty lines.
func (b *maker) prose(parent *etree.Element, text string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		b.word(parent, "p", strings.TrimSpace(p))
	}
}

// drop takes an element without content away again.
func drop(parent, e *etree.Element) {
	if len(e.Child) == 0 {
		parent.RemoveChild(e)
	}
}

// lay puts line ends and indentation into elements that hold no words.
func (b *maker) lay(e *etree.Element, depth int) {
	if !headerBlocks[e.Tag] || !slices.ContainsFunc(e.Child, isElement) {
		return
	}
	pad := indentation(depth + 1)
	kids := b.tokens(2*len(e.Child) + 1)
	for _, k := range e.Child {
		if k, ok := k.(*etree.Element); ok {
			b.lay(k, depth+1)
			kids = append(kids, b.chars(pad), k)
		}
	}
	e.Child = kids
	e.ReindexChildren()
	b.text(e, pad[:len(pad)-2])
}

func isElement(t etree.Token) bool {
	_, ok := t.(*etree.Element)
	return ok
}

func refs(ids ...string) string {
	if len(ids) == 1 && ids[0] != "" {
		return "#" + ids[0]
	}
	var b strings.Builder
	for _, id := range ids {
		if id == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("#" + id)
	}
	return b.String()
}

// teiHeader is the element teiHeader.
func (h *Header) teiHeader(m *maker) *etree.Element {
	b := &headerBuilder{Header: h, maker: m}
	b.nameParts()
	root := b.element("teiHeader", 0, 7)
	f := b.sub(root, "fileDesc")
	b.titleStmt(f)
	b.publicationStmt(f)
	b.notesStmt(f)
	b.sourceDesc(f)
	b.encodingDesc(root)
	b.profileDesc(root)
	r := b.sub(root, "revisionDesc", "status", "draft")
	b.word(r, "change", "Encoded from plain text.", "when", h.Encoded, "who", refs(toolID))
	b.lay(root, 1)
	return root
}

// nameParts chooses ids for the parts of the header that others point at.
func (b *headerBuilder) nameParts() {
	taken := map[string]bool{toolID: true, unnamedTranslatorID: true, "brackets": true, b.ID: true}
	for _, x := range b.Translators {
		taken[x.ID] = true
	}
	for _, x := range b.People {
		taken[x.ID] = true
	}
	for _, x := range b.Places {
		taken[x.ID] = true
	}
	for _, x := range b.Orgs {
		taken[x.ID] = true
	}
	for _, x := range b.Hands {
		taken[x.ID] = true
	}
	for _, x := range b.Messages {
		taken[x.ID], taken[x.Of] = true, true
	}
	for _, x := range b.Renditions {
		taken[x.ID] = true
	}
	free := func(id string) string {
		for base, n := id, 2; taken[id]; n++ {
			id = fmt.Sprintf("%s-%d", base, n)
		}
		taken[id] = true
		return id
	}
	if b.Citation != nil {
		b.citation = free("citation")
	}
	n := len(b.Holdings)
	if n == 0 && b.Language.Tag != "" {
		n = 1
	}
	for range n {
		b.originals = append(b.originals, free("original"))
	}
}

func (b *headerBuilder) titleStmt(f *etree.Element) {
	t := b.sub(f, "titleStmt")
	title := b.Title
	if title == "" {
		title = "Untitled"
	}
	b.word(t, "title", title, "type", "main", "level", "a")
	for _, a := range b.Authors {
		e := b.sub(t, "author")
		switch {
		case b.person(a) != "":
			b.word(e, "persName", a, "ref", refs(b.person(a)))
		case b.org(a) != "":
			b.word(e, "orgName", a, "ref", refs(b.org(a)))
		default:
			b.text(e, a)
		}
	}
	for _, a := range b.Translators {
		b.word(b.sub(t, "editor", "role", "translator", "xml:id", a.ID), "persName", a.Name)
	}
	for _, x := range b.Funders {
		b.word(t, "funder", x)
	}
	if len(b.Translators) == 0 {
		r := b.sub(t, "respStmt")
		b.word(r, "resp", "interventions in square brackets")
		b.word(r, "name", "translator or editor, whom the source does not name", "xml:id", unnamedTranslatorID)
	}
	r := b.sub(t, "respStmt")
	b.word(r, "resp", "encoding in TEI by a program, not revised", "when", b.Encoded)
	b.word(r, "name", "Sigla", "ref", refs(toolID))
}

// person is the id of the person of a name.
func (b *headerBuilder) person(name string) string {
	for _, p := range b.People {
		for _, n := range p.Names {
			if n.Text == name {
				return p.ID
			}
		}
	}
	return ""
}

func (b *headerBuilder) org(name string) string {
	for _, o := range b.Orgs {
		for _, n := range o.Names {
			if n.Text == name {
				return o.ID
			}
		}
	}
	return ""
}

func (b *headerBuilder) publicationStmt(f *etree.Element) {
	p := b.sub(f, "publicationStmt")
	publisher := b.Publisher
	if publisher == "" {
		publisher = "Sigla"
	}
	b.word(p, "publisher", publisher)
	b.word(p, "date", b.Encoded, "when", b.Encoded)
	a := b.sub(p, "availability")
	if b.Rights == "" && b.Licence == "" {
		a.CreateAttr("status", "unknown")
		b.word(a, "p", "The source file does not state the rights in the document and in its translation.")
	}
	if b.Licence != "" {
		l := b.sub(a, "licence", "target", b.Licence)
		b.text(l, b.Licence)
	}
	b.prose(a, b.Rights)
	b.word(p, "idno", b.Filename, "type", "filename")
}

func (b *headerBuilder) notesStmt(f *etree.Element) {
	n := b.sub(f, "notesStmt")
	note := func(kind, label, text string) {
		e := b.sub(n, "note", "type", kind)
		parts := strings.Split(text, "\n\n")
		b.word(e, "label", label)
		if len(parts) == 1 {
			if label != "" {
				b.text(e, " ")
			}
			b.text(e, text)
			return
		}
		for _, p := range parts {
			b.word(e, "p", p)
		}
	}
	if b.Credits != "" {
		note("credits", "", b.Credits)
	}
	for _, x := range b.Notes {
		note(noteType(x.Label), x.Label, x.Text)
	}
	for _, id := range b.originals {
		kind := "original"
		if b.translated() {
			kind = "translationOf"
		}
		b.sub(n, "relatedItem", "type", kind, "target", refs(id))
	}
	drop(f, n)
}

// translated says whether the text is plainly a translation of the original.
func (b *headerBuilder) translated() bool {
	main, _, _ := strings.Cut(b.Language.Tag, " ")
	return len(b.Translators) > 0 || main != "" && main != "und" && main != b.Lang
}

// noteType makes a token of a label: Geographic Area: to geographic-area.
func noteType(label string) string {
	var s strings.Builder
	for _, r := range strings.ToLower(label) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			s.WriteRune(r)
		case s.Len() > 0 && !strings.HasSuffix(s.String(), "-"):
			s.WriteByte('-')
		}
	}
	if t := strings.Trim(s.String(), "-"); t != "" {
		return t
	}
	return "field"
}

// dateAttrs are the attributes of a date whose value may be a range.
func dateAttrs(value string) []string {
	from, to, ok := strings.Cut(value, "/")
	if ok {
		return []string{"from", from, "to", to}
	}
	return []string{"when", value}
}

func (b *headerBuilder) documentDate() []string {
	a := dateAttrs(b.Date.When)
	if b.DateFrom != "" {
		a = []string{"from", b.DateFrom, "to", b.DateTo}
	}
	if a[1] != "" && b.DateCert != "" {
		a = append(a, "cert", b.DateCert)
	}
	return a
}

func (b *headerBuilder) sourceDesc(f *etree.Element) {
	s := b.sub(f, "sourceDesc")
	switch {
	case b.Citation != nil:
		b.bibl(s)
	case b.Date.Text != "" && b.Title != "":
		e := b.sub(s, "bibl", "type", "digital")
		b.word(e, "title", b.Title, "level", "a")
		b.text(e, ", ")
		b.word(e, "date", b.Date.Text, append([]string{"type", "document"}, b.documentDate()...)...)
	case len(b.originals) == 0:
		b.word(s, "p", "The source is a plain-text file that names neither an archive nor an edition.")
	}
	for i, id := range b.originals {
		var h Holding
		if i < len(b.Holdings) {
			h = b.Holdings[i]
		}
		b.msDesc(s, id, h)
	}
}

// bibl is the citation, each piece in its place.
func (b *headerBuilder) bibl(s *etree.Element) {
	e := b.sub(s, "bibl", "type", "digital", "xml:id", b.citation)
	in, holding := e, 0
	for _, p := range b.Citation.Pieces {
		if p.Holding != holding {
			in, holding = e, p.Holding
			if holding > 0 {
				in = b.sub(e, "idno", "type", "archival")
			}
		}
		switch p.Kind {
		case "":
			b.text(in, p.Text)
		case "title":
			b.word(in, "title", p.Text, "level", "a")
		case "date":
			b.word(in, "date", p.Text, append([]string{"type", "document"}, dateAttrs(p.Value)...)...)
		case "publisher":
			b.word(in, "publisher", p.Text)
		case "translator":
			b.word(in, "editor", p.Text, "role", "translator", "corresp", refs(p.Value))
		case "url":
			b.word(in, "ref", p.Text, "target", target(p.Text))
		default:
			b.word(in, "idno", p.Text, "type", p.Kind)
		}
	}
	between := len(b.Citation.Pieces) > 0
	gap := func() {
		if between {
			b.text(e, "\n          ")
		}
		between = true
	}
	for _, u := range b.Citation.URLs {
		gap()
		b.word(e, "ref", u, "target", target(u))
	}
	if b.Citation.ID != "" {
		gap()
		b.word(e, "idno", b.Citation.ID, "type", "WCDA")
	}
	if len(e.Child) == 0 {
		b.word(e, "title", b.Title, "level", "a")
	}
}

// target is an address as a pointer: one without a scheme is on the web.
func target(url string) string {
	switch {
	case strings.HasPrefix(url, "www."):
		url = "https://" + url
	case strings.HasPrefix(url, "doi:"):
		url = "https://doi.org/" + strings.TrimPrefix(url, "doi:")
	}
	// teidata.pointer is anyURI, which jing reads strictly
	var s strings.Builder
	for i := 0; i < len(url); i++ {
		if c := url[i]; c <= ' ' || strings.IndexByte("<>\"{}|\\^`[]", c) >= 0 || c == '%' && !hexPair(url[i+1:]) {
			fmt.Fprintf(&s, "%%%02X", c)
			continue
		}
		s.WriteByte(url[i])
	}
	return s.String()
}

func hexPair(s string) bool {
	return len(s) > 1 && strings.IndexByte("0123456789abcdefABCDEF", s[0]) >= 0 && strings.IndexByte("0123456789abcdefABCDEF", s[1]) >= 0
}

func (b *headerBuilder) msDesc(s *etree.Element, id string, h Holding) {
	ms := b.sub(s, "msDesc", "xml:id", id)
	m := b.sub(ms, "msIdentifier")
	if h.Country != "" {
		b.word(m, "country", h.Country, "key", h.CountryKey)
	}
	b.word(m, "settlement", h.Settlement)
	switch {
	case h.Repository == "":
	case h.Expansion != "" && h.Expansion != h.Repository:
		c := b.sub(b.sub(m, "repository"), "choice")
		b.word(c, "abbr", h.Repository)
		b.word(c, "expan", h.Expansion, "resp", refs(toolID))
	default:
		b.word(m, "repository", h.Repository)
	}
	if h.Text != "" {
		if h.Repository == "" && h.Country == "" && h.Settlement == "" {
			// an msIdentifier may not begin with idno
			b.word(m, "repository", "not named in the source")
		}
		e := b.sub(m, "idno", "type", "shelfmark")
		rest := h.Text
		for _, p := range h.Parts {
			n := strings.Index(rest, p.Text)
			if n < 0 || p.Text == "" {
				continue
			}
			if n > 0 {
				b.text(e, rest[:n])
			}
			b.word(e, "idno", p.Text, "type", p.Label)
			rest = rest[n+len(p.Text):]
		}
		if rest != "" {
			b.text(e, rest)
		}
	}
	if len(m.Child) == 0 {
		b.word(m, "msName", "the original, of which the source does not say where it lies")
	}
	if b.Language.Tag != "" {
		main, others, _ := strings.Cut(b.Language.Tag, " ")
		item := b.sub(b.sub(ms, "msContents"), "msItem")
		l := b.sub(item, "textLang", "mainLang", main, "otherLangs", others)
		b.text(l, b.Language.Text)
	}
	if b.Date.Text != "" {
		o := b.sub(b.sub(ms, "history"), "origin")
		b.word(o, "origDate", b.Date.Text, b.documentDate()...)
	}
}

func (b *headerBuilder) encodingDesc(root *etree.Element) {
	e := b.sub(root, "encodingDesc")
	b.word(b.sub(e, "projectDesc"), "p", "Plain text of an archival document, encoded in TEI so that the text can be put back from this file.")
	p := b.sub(b.sub(e, "samplingDecl"), "p")
	if b.Carried != "" || len(b.Labels) > 0 || len(b.Verbatim) > 0 {
		carried := b.Carried
		if carried == "" {
			carried = "Fields before the text are carried by this header, not by the text"
		}
		b.text(p, carried)
		quotes := func(before string, list []string) {
			for i, q := range list {
				if i > 0 {
					before = ", "
				}
				b.text(p, before)
				b.word(p, "q", q)
			}
		}
		quotes("; labelled fields: ", b.Labels)
		b.text(p, ".")
		if len(b.Verbatim) > 0 {
			quotes(" Lines of it as they stand: ", b.Verbatim)
			b.text(p, ".")
		}
		b.text(p, " Everything behind that block is in the text, complete and in order.")
	} else {
		b.text(p, "The whole source is in the text, complete and in order.")
	}
	b.editorialDecl(e)
	if len(b.Renditions) > 0 {
		t := b.sub(e, "tagsDecl")
		for _, r := range b.Renditions {
			b.word(t, "rendition", "content: "+r.Content+";", "xml:id", r.ID, "scheme", "css", "scope", r.Scope)
		}
	}
	if len(b.Classes) > 0 {
		t := b.sub(b.sub(e, "classDecl"), "taxonomy", "xml:id", "brackets")
		b.word(t, "desc", "Classes of bracketed intervention in translated archival documents")
		for _, c := range b.Classes {
			k := b.sub(t, "category", "xml:id", c.ID)
			desc := c.Desc
			if desc == "" {
				desc = c.ID
			}
			b.word(k, "catDesc", desc)
		}
	}
	a := b.sub(b.sub(e, "appInfo"), "application", "xml:id", toolID, "ident", "sigla", "version", version(b.Version), "when", b.Encoded)
	b.word(a, "label", "Sigla")
}

// version makes a version number of the kind that application/@version asks
// for: digits and dots first.
func version(v string) string {
	v = strings.TrimPrefix(v, "v")
	n, dots := 0, 0
	for n < len(v) {
		c := v[n]
		if c == '.' && n > 0 && v[n-1] != '.' && dots < 3 && n+1 < len(v) && v[n+1] >= '0' && v[n+1] <= '9' {
			dots++
		} else if c < '0' || c > '9' {
			break
		}
		n++
	}
	if n == 0 {
		return "0"
	}
	return v[:n]
}

func (b *headerBuilder) editorialDecl(parent *etree.Element) {
	e := b.sub(parent, "editorialDecl")
	brackets, quotes := false, false
	for _, r := range b.Renditions {
		brackets = brackets || strings.ContainsAny(r.Content, "[]")
		quotes = quotes || strings.ContainsAny(strings.ReplaceAll(strings.Trim(r.Content, `"`), `\"`, "“"), "“”„«»‘’")
	}
	p := func(name, text string, attrs ...string) *etree.Element {
		x := b.sub(e, name, attrs...)
		return b.word(x, "p", text)
	}
	p("correction", "Nothing is corrected. What the source itself marks as an error or as a better reading is encoded as such; spellings of one name that differ are kept and point at one entry.", "status", "low", "method", "markup")
	norm := "Spelling, capitals, punctuation and the signs for number are those of the source. White space at the ends of lines and empty lines are not kept."
	for _, s := range b.Normalized {
		norm += " " + s
	}
	p("normalization", norm, "method", "markup")
	if quotes {
		p("quotation", "Quotation marks are kept, apart from those round a forwarded message or a quotation that is an element of its own; these are put back by the renditions declared in tagsDecl.", "marks", "some")
	} else {
		p("quotation", "Quotation marks are kept as they stand.", "marks", "all")
	}
	if brackets {
		p("punctuation", "Square brackets that markup stands for are left out, and put back by the renditions declared in tagsDecl: with them the text is that of the source, apart from white space.", "marks", "some")
	} else {
		p("punctuation", "All punctuation is kept as it stands.", "marks", "all")
	}
	if len(b.Classes) > 0 {
		x := p("interpretation", "Every intervention in brackets carries ")
		b.word(x, "att", "resp")
		b.text(x, ", the one who intervened, and ")
		b.word(x, "att", "ana")
		b.text(x, ", its class in the taxonomy. The classes, names, dates and the parts of the document were found by rules; how surely, is said by ")
		b.word(x, "att", "cert")
		b.text(x, " and in ")
		b.word(x, "gi", "standOff")
		b.text(x, ".")
	} else {
		p("interpretation", "Names, dates and the parts of the document were found by rules and have not been revised.")
	}
	x := p("stdVals", "Dates are given as yyyy-mm-dd in the calendar of the source. A part of a date that the words do not give is taken from the document, and the element says so with ")
	b.word(x, "att", "evidence")
	b.text(x, ". Times are given as hh:mm:ss, without a zone where the source names none.")
}

func (b *headerBuilder) profileDesc(root *etree.Element) {
	e := b.sub(root, "profileDesc")
	if b.Summary != "" {
		b.prose(b.sub(e, "abstract", "resp", refs(b.citation)), b.Summary)
	}
	if b.Date.Text != "" {
		b.word(b.sub(e, "creation"), "date", b.Date.Text, b.documentDate()...)
	}
	l := b.sub(e, "langUsage")
	for _, x := range b.Contents {
		b.text(b.sub(l, "language", "ident", x.Tag), x.Text)
	}
	if len(b.Contents) == 0 {
		lang := b.Lang
		if lang == "" {
			lang = "und"
		}
		b.sub(l, "language", "ident", lang)
	}
	if len(b.Keywords) > 0 {
		k := b.sub(b.sub(e, "textClass"), "keywords")
		for _, w := range b.Keywords {
			b.word(k, "term", w, "type", "genre")
		}
	}
	for i := range b.Messages {
		b.correspDesc(e, &b.Messages[i])
	}
	if len(b.People) > 0 {
		list := b.sub(b.sub(e, "particDesc"), "listPerson", "type", "participants")
		for _, p := range b.People {
			x := b.sub(list, "person", "xml:id", p.ID, "role", token(p.Role))
			b.names(x, "persName", p.Names)
			b.word(x, "occupation", p.Occupation)
			b.uri(x, p.URI)
			b.word(x, "note", p.Note)
		}
	}
	if len(b.Hands) > 0 {
		list := b.sub(e, "handNotes")
		for _, x := range b.Hands {
			b.text(b.sub(list, "handNote", "xml:id", x.ID), x.Text)
		}
	}
}

// token makes s fit an attribute that allows no white space; white space
// divides several.
func token(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *maker) names(parent *etree.Element, element string, list []TypedName) {
	for _, n := range list {
		b.word(parent, element, n.Text, "type", n.Type, "xml:lang", n.Lang)
	}
}

// authorities are the hosts of identifiers whose keeper has a name.
var authorities = []struct{ host, name string }{
	{"wikidata.org", "wikidata"}, {"geonames.org", "geonames"}, {"viaf.org", "viaf"}, {"d-nb.info", "gnd"}, {"id.loc.gov", "lcnaf"},
}

func (b *maker) uri(parent *etree.Element, u string) {
	kind := ""
	for _, a := range authorities {
		if strings.Contains(u, a.host) {
			kind = a.name
		}
	}
	b.word(parent, "idno", u, "type", "URI", "subtype", kind)
}

func (b *headerBuilder) correspDesc(parent *etree.Element, m *Message) {
	d := b.sub(parent, "correspDesc", "xml:id", m.ID, "corresp", refs(m.Of))
	b.action(d, "sent", &m.Sent)
	if m.Transmitted != nil {
		b.action(d, "transmitted", m.Transmitted)
	}
	b.action(d, "received", &m.Received)
	if len(m.Copies) > 0 {
		b.action(d, "received", &Action{Parties: m.Copies, Subtype: "cc"})
	}
	c := b.sub(d, "correspContext")
	label := func(id string) string {
		for _, x := range b.Messages {
			if x.ID == id {
				return x.Label
			}
		}
		return ""
	}
	ref := func(kind, id string) {
		if id != "" {
			b.text(b.sub(c, "ref", "type", kind, "target", refs(id)), label(id))
		}
	}
	for _, id := range m.Encloses {
		ref("encloses", id)
	}
	for _, r := range m.ReplyTo {
		b.text(b.sub(c, "ref", "type", "replyTo", "target", refs(r.ID)), r.Text)
	}
	ref("enclosedIn", m.Within)
	drop(d, c)
	if len(d.Child) == 0 {
		b.text(b.sub(d, "note"), m.Label)
	}
}

func (b *maker) action(parent *etree.Element, kind string, a *Action) {
	e := b.sub(parent, "correspAction", "type", kind, "subtype", a.Subtype)
	for _, p := range a.Parties {
		b.party(e, p)
	}
	if a.Place != nil {
		b.party(e, *a.Place)
	}
	if a.Date != nil {
		b.text(b.sub(e, "date", dateAttrs(a.Date.When)...), a.Date.Text)
	}
	for _, n := range a.Idnos {
		b.word(e, "idno", n.Text, "type", n.Type)
	}
	drop(parent, e)
}

func (b *maker) party(parent *etree.Element, p Party) {
	kind := p.Kind
	if kind == "" {
		kind = "name"
	}
	b.word(parent, kind, p.Text, "ref", refs(p.Ref))
}

// standOff is the element standOff, nil where there is nothing to say.
func (h *Header) standOff(b *maker) *etree.Element {
	root := b.element("standOff", 0, 9)
	if len(h.Places) > 0 {
		l := b.sub(root, "listPlace")
		for _, p := range h.Places {
			x := b.sub(l, "place", "xml:id", p.ID)
			b.names(x, "placeName", p.Names)
			b.uri(x, p.URI)
			b.word(x, "note", p.Note)
		}
	}
	if len(h.Orgs) > 0 {
		l := b.sub(root, "listOrg")
		for _, o := range h.Orgs {
			x := b.sub(l, "org", "xml:id", o.ID)
			b.names(x, "orgName", o.Names)
			b.uri(x, o.URI)
			b.word(x, "note", o.Note)
		}
	}
	// who classed the interventions, and how surely (TEI P5, chapter 22)
	var classed []string
	for _, c := range h.Certainty {
		if c.Locus == "name" {
			classed = append(classed, c.Targets...)
		}
	}
	if len(classed) > 0 {
		b.sub(root, "respons", "target", refs(classed...), "locus", "name", "resp", refs(toolID))
	}
	for _, c := range h.Certainty {
		x := b.sub(root, "certainty", "target", refs(c.Targets...), "locus", c.Locus, "match", c.Match, "cert", c.Cert, "assertedValue", c.Asserted)
		b.word(x, "desc", c.Desc)
	}
	if len(root.Child) == 0 {
		return nil
	}
	b.lay(root, 1)
	return root
}
