package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/transforms/brackets"
	"sigla/transforms/ledger"
)

// What each class of bracket becomes (ENCODING, brackets). The delimiters turn
// into marks of the element; @ana names the class, @resp the translator who
// put the bracket there.

// shape builds the elements of one class. It gets the bracket's span and its
// verdict and returns the element that carries the class, or nil where the
// bracket cannot be wrapped.
type shape func(e *encoder, b brackets.Bracket, v brackets.Verdict) *tei.Elem

// shapes has a row for each class.
var shapes = map[brackets.Class]shape{
	"identification":    glossOf("identification", "persName", "persName"),
	"name-variant":      glossOf("variant", "name", ""),
	"expansion":         glossOf("expansion", "abbr", ""),
	"original-term":     glossOf("original", "seg", "foreign"),
	"name-completion":   supplied("abbreviated"),
	"role-gloss":        roleGloss,
	"subaudible":        supplied("subaudible"),
	"clarification":     supplied("explanation"),
	"value":             supplied("unstated"),
	"case-change":       supplied("case-change"),
	"transliteration":   transliteration,
	"stamp":             stamp,
	"handwritten":       handwritten,
	"presence":          gap("editorial"),
	"page":              pageBreak,
	"unclear":           unclear,
	"illegible":         gap("illegible"),
	"ellipsis":          ellipsis,
	"sic":               sicNote,
	"translator-note":   typed("note", "translator"),
	"footnote-ref":      footnote,
	"correction":        correction,
	"route":             typed("seg", "route"),
	"citation":          citation,
	"excerpt":           typed("note", "excerpt"),
	"file-mark":         typed("note", "file-mark"),
	"service":           typed("seg", "service"),
	"cipher-gap":        gap("undeciphered"),
	"cipher-confidence": unclear,
	"noise":             typed("note", "noise"),
	"unclassified":      unclassified,
}

// classify asks for the class of a block's bracket.
func (e *encoder) classify(b *block, i int) brackets.Verdict {
	return e.classifyAs(b, i, b.zone)
}

func (e *encoder) classifyAs(b *block, i int, z zone) brackets.Verdict {
	k := b.brackets[i]
	key := k.Span
	if v, ok := e.verdicts[key]; ok && z == 0 {
		return v
	}
	w, whole := b.whole()
	v := e.classifier.Classify(e.text, b.brackets, i, brackets.Context{
		OwnLine: whole && w == i || e.ownLine(k.Span), OriginalLang: e.header.Language.Tag, Lexicon: e.lex, Zone: zoneNames[z],
		Paragraph: b.span,
		NoteLabel: func(l string) bool { return e.noteOf[l] != nil },
	})
	e.verdicts[key] = v
	return v
}

var zoneNames = map[zone]string{inHeader: "service", inOpener: "opener", inMessage: "message", inCloser: "closer", inProcessing: "processing", inAttachment: "message", inNotes: "notes"}

// ownLine says whether a bracket has its line to itself.
func (e *encoder) ownLine(s tei.Span) bool {
	for i := s.Start - 1; i >= e.page.Body.Start && e.text[i] != '\n'; i-- {
		if !strings.ContainsRune(" \t\r", rune(e.text[i])) {
			return false
		}
	}
	for i := s.End; i < e.page.Body.End && e.text[i] != '\n'; i++ {
		if !strings.ContainsRune(" \t\r", rune(e.text[i])) {
			return false
		}
	}
	return true
}

// omission says whether a verdict leaves words of the text out.
func omission(v brackets.Verdict) bool { return v.Class == "ellipsis" }

// encodeBrackets runs over the brackets of all blocks, the outer before the
// inner.
func (e *encoder) encodeBrackets() {
	for _, b := range e.placed {
		for _, f := range b.faults {
			e.report("brackets/stray", f.Span.Start, "bracket closes but never opens")
		}
		for i, k := range b.brackets {
			if !k.Closed {
				e.report("brackets/unclosed", k.Span.Start, "bracket opens but never closes; it is taken to end with its paragraph")
			}
			v := e.classifyAs(b, i, b.zone)
			e.bracket(k, v)
		}
	}
	e.unusedNotes()
}

func (e *encoder) bracket(k brackets.Bracket, v brackets.Verdict) {
	build := shapes[v.Class]
	if build == nil {
		build = unclassified
	}
	if e.body.Crosses(k.Span) || e.body.At(k.Span).Name == "desc" {
		e.report("brackets/crosses", k.Span.Start, "bracket crosses the edge of a line or of another bracket, so it is kept as it stands")
		e.decideAt("brackets", "crossing", "text", k.Span, ledger.Low)
		return
	}
	el := build(e, k, v)
	if el == nil {
		e.report("brackets/crosses", k.Span.Start, "bracket crosses the edge of another, so it is kept as it stands")
		return
	}
	if v.Class == "unclassified" {
		e.report("brackets/unclassified", k.Span.Start, "no rule says what this bracket is: %s", excerpt(e.text[k.Span.Start:k.Span.End]))
	}
	id := el.Get("xml:id")
	if id == "" {
		id = e.id("b")
		el.Attrs = append([]tei.Attr{{Name: "xml:id", Value: id}}, el.Attrs...)
	}
	el.Set("resp", "#"+e.resp()).Set("ana", "#brk."+string(v.Class))
	if v.Cert == ledger.Low && el.Get("cert") == "" && certable[el.Name] {
		el.Set("cert", "low")
	}
	e.useClass(v.Class)
	d := e.decideAt("brackets", v.Rule, "brk."+string(v.Class), k.Span, v.Cert, v.Lost...)
	d.Target = id
	e.classed = append(e.classed, classed{id: id, cert: v.Cert, what: el.Name})
}

// certable elements have @cert of their own (att.global.responsibility), which
// all TEI elements have; these are the ones on which it is of use.
var certable = map[string]bool{"supplied": true, "unclear": true, "placeName": true, "gloss": true, "corr": true, "roleName": true}

type classed struct {
	id   string
	cert ledger.Cert
	what string
}

// excerpt is s on one line and not too long, in quotation marks.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:57]) + "…"
	}
	return "“" + s + "”"
}

// resp is the id of whoever put the brackets there.
func (e *encoder) resp() string {
	if len(e.header.Translators) > 0 {
		return e.header.Translators[0].ID
	}
	return "translator"
}

// delimit turns the delimiters of a verdict into marks.
func (e *encoder) delimit(v brackets.Verdict) {
	e.body.MarkSpan(v.Open)
	if v.Close.Len() > 0 {
		e.body.MarkSpan(v.Close)
	}
}

// inner is what a bracket holds between its delimiters.
func inner(k brackets.Bracket, v brackets.Verdict) tei.Span {
	s := tei.Span{Start: v.Open.End, End: k.Span.End}
	if v.Close.Len() > 0 {
		s.End = v.Close.Start
	}
	return s
}

// stamp and citation become seg where TEI has no room for their elements.
func stamp(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	if e.within(k.Span, "bibl") {
		return typed("seg", "stamp")(e, k, v)
	}
	return typed("stamp", "")(e, k, v)
}

func citation(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	if e.within(k.Span, "bibl") || !paragraphs[e.body.At(k.Span).Name] {
		return typed("seg", "citation")(e, k, v)
	}
	return typed("bibl", "")(e, k, v)
}

// paragraphs are the elements that may hold a bibl (macro.paraContent).
var paragraphs = map[string]bool{"p": true, "ab": true, "head": true, "item": true, "salute": true, "signed": true, "note": true, "seg": true, "supplied": true, "unclear": true, "add": true, "sic": true, "corr": true, "orig": true, "ref": true, "cell": true, "quote": true}

// within says whether an element of a name holds s.
func (e *encoder) within(s tei.Span, name string) bool {
	in := false
	e.body.Walk(func(x, _ *tei.Elem) bool {
		if !x.Src.Contains(s) {
			return false
		}
		in = in || x.Name == name
		return true
	})
	return in
}

// element wraps a bracket in an element with attributes, given as name, value
// pairs.
func element(name string, attrs ...string) shape {
	return func(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
		el := tei.New(name, attrs...)
		if !e.body.WrapInner(k.Span, el) {
			return nil
		}
		e.delimit(v)
		return el
	}
}

func typed(name, typ string) shape { return element(name, "type", typ) }

func supplied(reason string) shape { return element("supplied", "reason", reason) }

var unclassified = element("supplied", "reason", "unclassified", "cert", "low")

// glossOf is a gloss on the words before (or behind) the bracket, which get an
// element of their own to be pointed at.
func glossOf(typ, target, within string) shape {
	return func(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
		el := tei.New("gloss", "type", typ)
		if !e.body.WrapInner(k.Span, el) {
			return nil
		}
		e.delimit(v)
		if s := v.Target; s.Len() > 0 && !e.body.Crosses(s) && e.body.At(s).Name != "idno" {
			t := e.body.At(s)
			if t.Src != s || t.Name == "p" || t.Name == "ab" || t.Name == "salute" || t.Name == "signed" {
				t = tei.New(target)
				if v.Reversed {
					t.Name = "foreign"
				}
				if typ == "expansion" && capitals(e.text[k.Inner.Start:k.Inner.End]) && !capitals(e.text[s.Start:s.End]) {
					t.Name = "seg" // the bracket is the abbreviation
				}
				if typ == "identification" {
					t.Set("type", "pseudonym")
				}
				if !e.body.WrapInner(s, t) {
					t = nil
				} else {
					e.decideAt("brackets", v.Rule, t.Name, s, v.Cert)
				}
			}
			if t != nil {
				if t.Get("xml:id") == "" {
					t.Set("xml:id", e.id("t"))
				}
				el.Set("target", "#"+t.Get("xml:id"))
				e.glosses = append(e.glosses, glossed{gloss: el, target: t, typ: typ, inner: inner(k, v), named: s})
			}
		}
		if in := inner(k, v); within == "foreign" && in.Len() > 0 && !v.Reversed {
			f := tei.New("foreign", "xml:lang", v.Lang)
			e.body.WrapInner(in, f)
		}
		return el
	}
}

// glossed is a gloss whose target the names may still refine.
type glossed struct {
	gloss, target *tei.Elem
	typ           string
	inner, named  tei.Span
}

func roleGloss(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	role := tei.New("roleName")
	if !e.body.WrapInner(k.Span, role) {
		return nil
	}
	el := tei.New("supplied", "reason", "explanation")
	e.body.WrapInner(k.Span, el)
	e.delimit(v)
	return el
}

func transliteration(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	el := tei.New("placeName", "cert", "low")
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	e.delimit(v)
	if in := inner(k, v); in.Len() > 0 {
		e.body.WrapInner(in, tei.New("foreign", "xml:lang", v.Lang))
	}
	return el
}

func handwritten(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	if len(e.header.Hands) == 0 {
		e.header.Hands = []tei.Hand{{ID: "hand1", Text: "Hands of the handwritten additions that the translator marks; whose they are is not stated."}}
	}
	return element("add", "type", "handwritten", "hand", "#hand1")(e, k, v)
}

// gap is something that is not transcribed, described by the translator's own
// words.
func gap(reason string) shape {
	return func(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
		el := tei.New("gap", "reason", reason, "unit", v.Unit, "quantity", v.Quantity)
		if unit := presenceUnit(e.text[k.Inner.Start:k.Inner.End]); reason == "editorial" && v.Unit == "" && unit != "" {
			el.Set("unit", unit).Set("quantity", "1")
		}
		if e.nested(k.Span) {
			return typed("seg", string(v.Class))(e, k, v)
		}
		if !e.body.WrapInner(k.Span, el) {
			return nil
		}
		if v.Close.Start > v.Open.End || v.Close.Len() == 0 && k.Span.End > v.Open.End {
			e.body.WrapInner(k.Span, tei.New("desc"))
		}
		e.delimit(v)
		return el
	}
}

// nested says whether another bracket lies within s.
func (e *encoder) nested(s tei.Span) bool {
	in := e.text[s.Start+1 : s.End]
	in = strings.TrimLeft(in, "[")
	return strings.ContainsRune(in, '[')
}

func presenceUnit(s string) string {
	low := strings.ToLower(s)
	for _, w := range []string{"signature", "seal", "stamp", "initials", "photograph", "map", "sketch", "drawing", "table"} {
		if strings.Contains(low, w) {
			return w
		}
	}
	switch {
	case strings.Contains(low, "l.s") || strings.Contains(low, "l. s"):
		return "seal"
	case strings.HasPrefix(low, "sign"), low == "sgd", low == "sgd.", low == "s.", low == "-", low == "(-)", strings.HasSuffix(low, "s/"):
		return "signature"
	}
	return "" // a gesture, a noise in the hall
}

func ellipsis(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	if !dots(e.text[k.Inner.Start:k.Inner.End]) {
		return gap("omitted")(e, k, v)
	}
	el := tei.New("gap", "reason", "omitted")
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	e.body.MarkSpan(k.Span)
	return el
}

func pageBreak(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	el := tei.New("pb", "n", v.N)
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	s := k.Span
	if v.N != "" {
		if i := strings.LastIndex(e.text[s.Start:s.End], v.N); i >= 0 {
			n := tei.Span{Start: s.Start + i, End: s.Start + i + len(v.N)}
			e.body.MarkSpan(tei.Span{Start: s.Start, End: n.Start})
			if m := e.body.MarkSpan(n); m != nil {
				m.Attr = "n"
			}
			e.body.MarkSpan(tei.Span{Start: n.End, End: s.End})
			return el
		}
	}
	e.body.MarkSpan(s)
	return el
}

func unclear(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	cert := "low"
	switch v.Grade {
	case "A":
		cert = "high"
	case "B", "C":
		cert = "medium"
	}
	return element("unclear", "cert", cert)(e, k, v)
}

func sicNote(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	el := tei.New("note", "type", "sic")
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	e.delimit(v)
	if v.Target.Len() > 0 && !e.body.Crosses(v.Target) {
		e.wrapInner("brackets", v.Rule, v.Target, tei.New("sic"), v.Cert)
	}
	return el
}

// blockParents hold blocks and no words.
var blockParents = map[string]bool{"body": true, "div": true, "list": true, "sp": true}

func footnote(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	in := strings.TrimSpace(e.text[k.Inner.Start:k.Inner.End])
	el := e.reference(in, e.text[k.Span.Start:k.Span.End])
	if el.Name == "ref" && blockParents[e.body.At(k.Span).Name] && !e.body.WrapInner(k.Span, tei.New("ab")) {
		return nil // a pointer stands within a block
	}
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	open := tei.Span{Start: k.Span.Start, End: k.Inner.Start}
	e.body.MarkSpan(open)
	lead := strings.Index(e.text[k.Inner.Start:k.Inner.End], in)
	n := tei.Span{Start: k.Inner.Start + lead, End: k.Inner.Start + lead + len(in)}
	e.body.MarkSpan(tei.Span{Start: k.Inner.Start, End: n.Start})
	if m := e.body.MarkSpan(n); m != nil {
		m.Attr = "n"
	}
	if k.Span.End > n.End {
		e.body.MarkSpan(tei.Span{Start: n.End, End: k.Span.End})
	}
	return el
}

func correction(e *encoder, k brackets.Bracket, v brackets.Verdict) *tei.Elem {
	el := tei.New("corr")
	if !e.body.WrapInner(k.Span, el) {
		return nil
	}
	e.delimit(v)
	if t := v.Target; t.Len() > 0 && t.End <= k.Span.Start && !e.body.Crosses(t) && strings.TrimSpace(e.text[t.End:k.Span.Start]) == "" {
		choice := tei.New("choice")
		if e.body.Wrap(tei.Span{Start: t.Start, End: k.Span.End}, choice) {
			e.wrapInner("brackets", v.Rule, t, tei.New("sic"), v.Cert)
		}
	}
	return el
}
