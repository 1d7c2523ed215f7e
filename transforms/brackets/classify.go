package brackets

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/transforms/brackets/english"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// Classify says what bracket i of list is. list is what Scan found in the
// bracket's paragraph of text. All rows are asked; the first that fits decides
// and the others are kept as alternatives.
func (Classifier) Classify(text string, list []Bracket, i int, ctx Context) Verdict {
	b := list[i]
	l := newLook(text, b, ctx)
	v := Verdict{Class: Unclassified, Cert: ledger.Low, Rule: "no row fits"}
	best := no
	for k := range Conventions {
		c := &Conventions[k]
		f := c.fits(l)
		if f == no {
			continue
		}
		if f >= fairly && best < fairly || f == weakly && best == no {
			if best != no {
				v.Lost = append(v.Lost, ledger.Alternative{What: "brk." + string(v.Class), Rule: v.Rule})
			}
			v.Class, v.Rule, best = c.Class, c.Name, f
			continue
		}
		if c.Class != v.Class {
			v.Lost = append(v.Lost, ledger.Alternative{What: "brk." + string(c.Class), Rule: c.Name})
		}
	}
	switch best {
	case surely:
		v.Cert = ledger.High
	case fairly:
		v.Cert = ledger.Medium
	}
	l.parts(&v)
	return v
}

// parts fills in what the encoding of a class needs.
func (l *look) parts(v *Verdict) {
	b := l.b
	v.Open = tei.Span{Start: b.Span.Start, End: b.Inner.Start}
	if b.Closed {
		v.Close = tei.Span{Start: b.Inner.End, End: b.Span.End}
	}
	switch v.Class {
	case "stamp", "handwritten", "translator-note", "citation":
		v.Open.End += l.label(v.Class)
	case "identification", "name-variant":
		if l.name != "" {
			v.Target = tei.Span{Start: l.nameAt, End: l.nameAt + len(l.name)}
		}
	case "expansion", "original-term", "correction", "sic":
		if l.prev != "" && l.prevAt < b.Span.Start {
			v.Target = tei.Span{Start: l.prevAt, End: l.prevAt + len(l.prev)}
		}
	case "illegible", "cipher-gap":
		v.Quantity, v.Unit = quantity(l.low)
	case "page":
		v.N, _ = pageNumber(l.in)
	case "footnote-ref":
		v.N = l.in
	case "cipher-confidence":
		v.Grade = l.in[:1]
	}
	switch v.Class {
	case "original-term":
		v.Lang, v.Reversed = l.language(), l.translates()
	case "transliteration":
		v.Lang = "ru-Latn"
		if o := l.ctx.OriginalLang; o != "" {
			v.Lang = latin(o)
		}
	}
}

// labelWords are the words of which the label of a class is made.
var labelWords = map[Class][]string{
	"stamp":           {"stamp", "stamps", "receipt", "registry", "date", "rubber", "round", "square", "seal", "faded", "postmark", "entry", "incoming", "red", "blue", "official", "at", "top", "bottom", "the", "of", "page", "first", "second", "left", "right", "in", "corner", "upper", "lower", "faint", "stamped", "illegible", "archive", "triangular", "oval", "on", "a"},
	"handwritten":     {"handwritten", "handwriting", "in", "by", "hand", "added", "pencil", "ink", "red", "blue", "margin", "across", "the", "note", "marginal", "resolution", "at", "top", "bottom", "of", "page", "on", "left", "right", "written", "inscription", "notation", "annotation", "addition", "first", "green", "black", "below", "above", "upper", "lower", "corner", "crossed", "out", "deleted", "marginalia", "a"},
	"translator-note": {"translator's", "translator’s", "translators'", "translator", "note", "editor's", "editor’s", "editors'", "editor", "editorial", "trans", "tr", "ed", "notes", "translation", "n", "b", "nb", "tn", "t", "remark", "comment", "by", "the", "author's", "compiler's", "archivist's", "publisher's", "annotation"},
	"citation":        {"source", "sources", "see", "ref", "reference"},
}

// label is the length of the label that a class carries, its colon and the
// white space behind it included: "Stamp: ". A label that names a body stays.
func (l *look) label(c Class) int {
	in := l.text[l.b.Inner.Start:l.b.Inner.End]
	i := strings.IndexByte(in, ':')
	if i < 0 || i > 48 || strings.Contains(in[:i], "\n\n") {
		return 0
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(in[:i]), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' || r == '-' }) {
		if !slices.Contains(labelWords[c], w) {
			return 0
		}
	}
	n := i + 1
	for n < len(in) {
		r, w := utf8.DecodeRuneInString(in[n:])
		if !unicode.IsSpace(r) {
			break
		}
		n += w
	}
	if n == len(in) {
		return 0
	}
	return n
}

var gapUnits = []string{"word", "line", "group", "letter", "character", "page", "paragraph", "sentence", "name", "digit", "figure", "phrase", "signature", "passage", "section"}

// quantity reads "two words illegible" and "4 groups unrecovered".
func quantity(low string) (n, unit string) {
	for _, u := range gapUnits {
		i := strings.Index(low, u)
		if i < 0 || i > 0 && low[i-1] != ' ' {
			continue
		}
		unit = u
		f := strings.Fields(strings.TrimSuffix(low[:i], "illegible "))
		if len(f) > 0 {
			w := strings.Trim(f[len(f)-1], ".,")
			if w == "illegible" && len(f) > 1 {
				w = f[len(f)-2]
			}
			if _, err := strconv.Atoi(w); err == nil {
				n = w
			} else if c := cardinal[w]; c != "" {
				n = c
			}
		}
		if n == "" && len(f) > 0 && strings.HasPrefix(f[0], "a") && len(f[0]) < 3 {
			n = "1"
		}
		return n, unit
	}
	return "", ""
}

// language is the language of a foreign word: the lexicon's, or the Latin
// letters of the original's.
func (l *look) language() string {
	for _, w := range append([]string{strings.Join(l.words, " ")}, l.words...) {
		if e, ok := l.lex.Find(lexicon.Foreign, w); ok && e.Value != "" {
			return e.Value
		}
	}
	if o := l.ctx.OriginalLang; o != "" && !english.Is(l.low) {
		return latin(o)
	}
	for _, w := range l.words {
		if transliterated(w) {
			return "ru-Latn"
		}
	}
	return ""
}

// translates says whether the bracket holds English and the word before it does
// not.
func (l *look) translates() bool {
	for _, w := range l.lows {
		if !english.Is(w) || l.is(lexicon.Foreign, w) {
			return false
		}
	}
	return len(l.lows) > 0 && (l.is(lexicon.Foreign, l.prev) || !english.Is(strings.ToLower(l.prev)))
}

// latin is a language in Latin letters: ru gives ru-Latn, de stays de.
func latin(tag string) string {
	main, _, _ := strings.Cut(tag, " ")
	base, _, _ := strings.Cut(main, "-")
	switch base {
	case "ru", "uk", "bg", "sr", "mk", "be", "zh", "ko", "ja", "mn", "ar", "fa", "he", "yi", "el", "hy", "ka", "th", "km", "lo", "hi", "am":
		return base + "-Latn"
	}
	return main
}
