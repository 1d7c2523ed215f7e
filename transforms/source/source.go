// Package source reads a file into a page: its text, decoded and with one kind
// of line end, where the body lies in it, and the labelled fields of the front
// matter before the body.
package source

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei"
	"sigla/tei/diag"
)

// The codes of this package's findings.
const (
	CodeEmpty       diag.Code = "source/empty"
	CodeTooLarge    diag.Code = "source/too-large"
	CodeNotText     diag.Code = "source/not-text"
	CodeEncoding    diag.Code = "source/encoding"
	CodeForbidden   diag.Code = "source/forbidden-character"
	CodeReplaced    diag.Code = "source/replaced"
	CodeMojibake    diag.Code = "source/mojibake"
	CodeNoTitle     diag.Code = "source/no-title"
	CodeNoBody      diag.Code = "source/no-body"
	CodeLabel       diag.Code = "source/unknown-label"
	CodeRepeated    diag.Code = "source/repeated-label"
	CodeDate        diag.Code = "source/date-unreadable"
	CodeDateDiffers diag.Code = "source/date-differs"
	CodeLanguage    diag.Code = "source/language-unknown"
)

// DefaultLimit is the greatest size of a page where Options name none.
const DefaultLimit = 64 << 20

// Options say how a page is read. The zero value reads UTF-8 and finds the
// format out by itself.
type Options struct {
	Name             string // of the file, for findings and the header
	From             string // auto, or the name of a format
	Encoding         string // utf-8, utf-16le, windows-1251, …; empty is UTF-8, or what the byte order mark says
	ReplaceForbidden bool   // turn what XML forbids into U+FFFD instead of refusing the file
	Limit            int64  // greatest size in bytes; 0 is DefaultLimit
	Meta             *Meta  // header fields given beside the page
}

// Page is one file as text.
type Page struct {
	Name   string
	Format string      // name of the format that read it
	Text   string      // decoded; line ends are LF, a byte order mark is gone
	Body   tei.Span    // of Text; front matter lies before it
	Fields []Field     // of the front matter, in the order of the page
	Lines  *diag.Lines // of Text

	// Changed says in a sentence each what reading changed.
	Changed []string

	meta     *Meta
	cited    *tei.Citation // of the field citation
	holdings []tei.Holding
}

// Field is one field of the front matter. The date and the title have the keys
// date and title and no label; a further line of the block has the key
// heading. Paragraphs of Value are divided by an empty line.
type Field struct {
	Key   string // canonical: citation, original-language; a slug of the label where it is not known
	Label string // as printed, with its colon, without asterisks
	Value string
	Span  tei.Span // of label and value
}

// Field is the first field with a key.
func (p *Page) Field(key string) (Field, bool) {
	for _, f := range p.Fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// value is the words of the first field with a key.
func (p *Page) value(key string) string {
	f, _ := p.Field(key)
	return f.Value
}

// OptionError says that an option names something that does not exist.
type OptionError struct{ Message string }

func (e *OptionError) Error() string { return e.Message }

// Parse reads a page. The error is a *TextError where the bytes are no text
// that XML could carry, and an *OptionError where an option is at fault.
func Parse(src []byte, opt Options) (*Page, diag.List, error) {
	format, err := formatNamed(opt.From)
	if err != nil {
		return nil, nil, err
	}
	text, changed, found, err := decode(src, opt)
	if err != nil {
		return nil, nil, err
	}
	p := &Page{Name: opt.Name, Text: text, Lines: diag.NewLines(opt.Name, text), Changed: changed, meta: opt.Meta}
	lines := splitLines(text)
	if format == nil {
		format = detect(text, lines)
	}
	p.Format = format.Name
	at, ok := format.read(p, lines)
	if !ok {
		p.Fields, at = nil, 0
	}
	p.Body = bodySpan(text, at)
	if c, ok := p.Field("citation"); ok {
		p.cited, p.holdings = readCitation(c.Value, p.value("title"))
	}
	return p, append(found, p.check()...), nil
}

// Read reads a page from r, and no more of it than the limit allows.
func Read(r io.Reader, opt Options) (*Page, diag.List, error) {
	limit := opt.limit()
	src, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, nil, fmt.Errorf("source: %s: %w", opt.Name, err)
	}
	return Parse(src, opt)
}

func (o Options) limit() int64 {
	if o.Limit > 0 {
		return o.Limit
	}
	return DefaultLimit
}

// bodySpan is what lies from offset on, without the empty lines at its start
// and the white space at its end.
func bodySpan(text string, at int) tei.Span {
	for i := at; i < len(text); {
		r, w := utf8.DecodeRuneInString(text[i:])
		if r != '\n' && !unicode.IsSpace(r) && r != '\ufeff' {
			break
		}
		i += w
		if r == '\n' || i == len(text) {
			at = i
		}
	}
	end := at + len(strings.TrimRightFunc(text[at:], unicode.IsSpace))
	return tei.Span{Start: at, End: end}
}

// check looks for what a reader of the page should know.
func (p *Page) check() diag.List {
	var out diag.List
	say := func(s diag.Severity, c diag.Code, at int, format string, args ...any) {
		out = append(out, diag.Finding{Pos: p.Lines.Pos(at), Severity: s, Code: c, Message: fmt.Sprintf(format, args...)})
	}
	if p.Body.Len() == 0 {
		say(diag.Warning, CodeNoBody, p.Body.Start, "the page has front matter and no text after it")
	}
	if len(p.Fields) == 0 {
		return out
	}
	if _, ok := p.Field("title"); !ok && !p.meta.has("title") && p.citedPiece("title") == nil {
		say(diag.Warning, CodeNoTitle, p.Fields[0].Span.Start, "the front matter has no title; give one as title: in a metadata file")
	}
	for i, f := range p.Fields {
		row := labelByKey(f.Key)
		switch {
		case f.Label != "" && row == nil:
			say(diag.Info, CodeLabel, f.Span.Start, "the label %q is not one that is known; its field is kept as a note", f.Label)
		case f.Key == "date" && !p.meta.has("date"):
			if _, ok := readDate(f.Value); !ok && !undated(f.Value) {
				say(diag.Warning, CodeDate, f.Span.Start, "the date %q has no form that is known; give it as date: in a metadata file", clip(f.Value))
			}
		case f.Key == "original-language" && !p.meta.has("original-language") && f.Value != "":
			if languageOf(f.Value) == "und" {
				say(diag.Warning, CodeLanguage, f.Span.Start, "the language %q is not one that is known; give its tag as original-language: in a metadata file", clip(f.Value))
			}
		}
		if row != nil && row.single {
			for _, g := range p.Fields[:i] {
				if g.Key == f.Key {
					say(diag.Info, CodeRepeated, f.Span.Start, "the field %q stands in the front matter twice; the second is kept as a note", f.Label)
					break
				}
			}
		}
	}
	if d, ok := p.Field("date"); ok {
		a, ok := readDate(d.Value)
		if x := p.citedPiece("date"); ok && x != nil && !strings.HasPrefix(x.Value, a.value()) && !strings.HasPrefix(a.value(), x.Value) {
			say(diag.Warning, CodeDateDiffers, d.Span.Start, "the page is dated %s, its citation %s", clip(d.Value), x.Text)
		}
	}
	return out
}

// citedPiece is the first piece of a kind in the citation.
func (p *Page) citedPiece(kind string) *tei.Piece {
	if p.cited == nil {
		return nil
	}
	for i := range p.cited.Pieces {
		if x := &p.cited.Pieces[i]; x.Kind == kind && (kind != "date" || x.Value != "") {
			return x
		}
	}
	return nil
}

// clip shortens words for a message.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if n := []rune(s); len(n) > 60 {
		return string(n[:59]) + "…"
	}
	return s
}

// line is a line of the text without the white space at its edges.
type line struct {
	start, end int // of the words
	next       int // where the next line begins
}

func (l line) empty() bool { return l.start == l.end }

// splitLines cuts the first lines of text; front matter is never longer than
// maxFront lines.
func splitLines(text string) []line {
	var out []line
	for at := 0; at < len(text) && len(out) < maxFront; {
		end, next := len(text), len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end, next = at+n, at+n+1
		}
		s := strings.TrimLeftFunc(text[at:end], blank)
		start := end - len(s)
		out = append(out, line{start, start + len(strings.TrimRightFunc(s, blank)), next})
		at = next
	}
	return out
}

const maxFront = 400

func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }
