package transforms

import (
	"fmt"
	"strings"

	"sigla/tei"
	"sigla/tei/diag"
	"sigla/transforms/brackets"
	"sigla/transforms/dates"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
	"sigla/transforms/names"
	"sigla/transforms/source"
)

// encoder is the state of one page's encoding. Passes read the page and the
// tree, claim spans of the source, and record each claim as they make it.
type encoder struct {
	page *source.Page
	text string
	lex  *lexicon.Lexicon
	opt  Options

	header      tei.Header
	body        *tei.Elem
	blocks      []*block
	placed      []*block // blocks in the tree, in order
	asm         *assembler
	genre       names.Parties
	frusHead    bool
	headAt      int
	headDate    string // of the dateline under a printed heading
	serviceDiv  bool
	headed      bool // a heading has been met
	typed       bool // the page says what it is in capitals
	attached    bool // attachments follow the message
	labelCount  map[string]int
	classifier  brackets.Classifier
	verdicts    map[tei.Span]brackets.Verdict
	classes     map[brackets.Class]bool
	classed     []classed
	glosses     []glossed
	dated       []dated
	answered    []answered
	letterheads []*block
	misspelt    map[tei.Span]tei.Span // a name, and the words of it that are spelt another way elsewhere
	noteOf      map[string]*note
	allNotes    []*note
	messages    []*message
	speakers    []speakerOf
	people      *names.Registry
	dateMemo    map[tei.Span][]dates.Date
	dateFaults  map[tei.Span]dates.Fault
	ids         map[string]int
	lineBlocks  map[tei.Span]*block

	decisions []ledger.Decision
	findings  diag.List
}

// pass is one step of the encoding.
type pass struct {
	Name string
	Does string // for the manual
	run  func(*encoder)
}

// passes in their order. Brackets come before what may stand in them, names
// after dates, and what is read off the whole text comes last.
var passes = []pass{
	{"blocks", "reads the body as lines and blocks", (*encoder).readBlocks},
	{"structure", "finds the parts of the document and gives each block its element", (*encoder).structure},
	{"brackets", "gives each bracket its class and its encoding", (*encoder).encodeBrackets},
	{"dates", "finds dates and times", (*encoder).encodeDates},
	{"numbers", "finds numbers with a sign, and measures", (*encoder).encodeNumbers},
	{"names", "finds persons, places and bodies", (*encoder).encodeNames},
	{"stamps", "finds the office, the number and the date of a stamp", (*encoder).encodeStamps},
	{"references", "finds references to other documents", (*encoder).encodeReferences},
	{"lines", "keeps the lines of stamps, addresses and lists", (*encoder).encodeLines},
	{"order", "gives up an opener or closer where TEI has no room for one", (*encoder).repair},
	{"correspondence", "describes each message: from, to, copies, when", (*encoder).correspondence},
	{"contradictions", "compares what the document says in two places", (*encoder).contradictions},
	{"record", "carries classes and certainties into the header", (*encoder).record},
}

func (e *encoder) readBlocks() { e.blocks = splitBlocks(e.text, e.page.Body) }

// decideAt records a decision about a span.
func (e *encoder) decideAt(pass, rule, what string, s tei.Span, cert ledger.Cert, lost ...ledger.Alternative) *ledger.Decision {
	p := e.page.Lines.Pos(s.Start)
	e.decisions = append(e.decisions, ledger.Decision{
		Pass: pass, Rule: rule, What: what, Start: s.Start, End: s.End, Line: p.Line, Column: p.Column,
		Text: e.text[s.Start:s.End], Cert: cert, Alternatives: lost,
	})
	return &e.decisions[len(e.decisions)-1]
}

// wrapInner claims a span for an element, within an element that covers just
// the same span, and records it; it returns nil where the span crosses another
// element's edge.
func (e *encoder) wrapInner(pass, rule string, s tei.Span, el *tei.Elem, cert ledger.Cert, lost ...ledger.Alternative) *tei.Elem {
	if !e.body.WrapInner(s, el) {
		return nil
	}
	e.decideAt(pass, rule, el.Name, s, cert, lost...).Target = el.Get("xml:id")
	return el
}

// report adds a finding at an offset of the page.
func (e *encoder) report(code diag.Code, at int, format string, args ...any) *diag.Finding {
	return e.reportAs(diag.Warning, code, at, format, args...)
}

func (e *encoder) reportAs(s diag.Severity, code diag.Code, at int, format string, args ...any) *diag.Finding {
	e.findings = append(e.findings, diag.Finding{Pos: e.page.Lines.Pos(at), Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
	return &e.findings[len(e.findings)-1]
}

func (e *encoder) related(f *diag.Finding, at int, format string, args ...any) {
	f.Related = append(f.Related, diag.Related{Pos: e.page.Lines.Pos(at), Message: fmt.Sprintf(format, args...)})
}

// id makes a new xml:id from a stem: b1, b2, …
func (e *encoder) id(stem string) string {
	e.ids[stem]++
	return fmt.Sprintf("%s%d", stem, e.ids[stem])
}

// layoutUnknown says that the page was given as paragraphs.
func (e *encoder) layoutUnknown(bs []*block) {
	if len(bs) == 0 {
		return
	}
	e.reportAs(diag.Info, "structure/plain", bs[0].span.Start, "no letter, telegram, minutes or report was recognised here, so the text is given as paragraphs; a title such as \"Letter from A to B\" in --meta says what it is")
}

// honorific is the honorific that s begins with and its length.
func (e *encoder) honorific(s string) (lexicon.Entry, int) {
	return e.lex.Longest(lexicon.Honorific, s)
}

// officeLike says whether a line is an office: Ambassador, Chief of Section.
func (e *encoder) officeLike(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 90 || strings.HasSuffix(s, ".") && len(s) > 30 {
		return false
	}
	if _, n := e.lex.Longest(lexicon.Role, s); n > 0 {
		return true
	}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		if _, ok := e.lex.Find(lexicon.Role, strings.Trim(w, ".,")); ok {
			return true
		}
	}
	return false
}

// setGenre reads the genre and the parties off a title.
func (e *encoder) setGenre(title string) { e.genre = names.TitleParties(title, e.lex) }

// genreType is the type of the document's div, and its subtype: a ciphered
// telegram is a telegram.
func (e *encoder) genreType() (typ, subtype string) {
	g := e.genre.Genre
	if g == "" {
		return "document", ""
	}
	if first, last, ok := strings.Cut(g, " "); ok && !strings.Contains(last, " ") {
		return source.Slug(last), source.Slug(first)
	}
	return source.Slug(g), ""
}
