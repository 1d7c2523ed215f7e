package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"sigla/tei/diag"
	"sigla/tei/diag/spelling"
)

// Bytes become text here, or are refused: XML 1.0 cannot carry every character
// (clause 2.2), and an XML writer that meets one it cannot carry puts U+FFFD in
// its place without a word. So the offence is found before anything is made
// of the text, with its place and the way out.

// TextError says why bytes are no text that XML can carry.
type TextError struct {
	Pos     diag.Pos
	Code    diag.Code
	Message string
}

func (e *TextError) Error() string { return e.Finding().String() }

// Finding is the error as a finding.
func (e *TextError) Finding() diag.Finding {
	return diag.Finding{Pos: e.Pos, Severity: diag.Error, Code: e.Code, Message: e.Message}
}

// encoding is a way to write text as bytes.
type encoding struct {
	Name    string
	Aliases []string
	table   *charmap.Charmap // of one byte for each character
	utf16   byte             // 'l' or 'b': which half comes first
}

var encodings = []encoding{
	{Name: "utf-8", Aliases: []string{"utf8", "us-ascii", "ascii"}},
	{Name: "utf-16le", Aliases: []string{"utf16le"}, utf16: 'l'},
	{Name: "utf-16be", Aliases: []string{"utf16be"}, utf16: 'b'},
	{Name: "iso-8859-1", Aliases: []string{"latin1", "latin-1", "iso8859-1"}, table: charmap.ISO8859_1},
	{Name: "iso-8859-2", Aliases: []string{"latin2", "latin-2", "iso8859-2"}, table: charmap.ISO8859_2},
	{Name: "iso-8859-5", Aliases: []string{"iso8859-5"}, table: charmap.ISO8859_5},
	{Name: "windows-1250", Aliases: []string{"cp1250"}, table: charmap.Windows1250},
	{Name: "windows-1251", Aliases: []string{"cp1251"}, table: charmap.Windows1251},
	{Name: "windows-1252", Aliases: []string{"cp1252", "ansi"}, table: charmap.Windows1252},
	{Name: "koi8-r", Aliases: []string{"koi8r", "koi8"}, table: charmap.KOI8R},
	{Name: "koi8-u", Aliases: []string{"koi8u"}, table: charmap.KOI8U},
	{Name: "ibm866", Aliases: []string{"cp866", "866"}, table: charmap.CodePage866},
	{Name: "macintosh", Aliases: []string{"macroman", "mac-roman"}, table: charmap.Macintosh},
}

// Encodings lists the names of the encodings, for messages and the manual.
func Encodings() []string {
	out := make([]string, len(encodings))
	for i, e := range encodings {
		out[i] = e.Name
	}
	return out
}

func encodingNamed(name string) (*encoding, error) {
	n := strings.ToLower(strings.TrimSpace(name))
	n = strings.ReplaceAll(n, "_", "-")
	for i := range encodings {
		if encodings[i].Name == n || slices.Contains(encodings[i].Aliases, n) {
			return &encodings[i], nil
		}
	}
	return nil, &OptionError{fmt.Sprintf("%q is not an encoding that is known%s; the encodings are %s", name, didYouMean(n, Encodings()), strings.Join(Encodings(), ", "))}
}

// containers are files that are taken for text and are none.
var containers = []struct{ magic, what string }{
	{"%PDF", "a PDF file"},
	{"PK\x03\x04", "a zip archive, such as a Word or OpenDocument file"},
	{"\xd0\xcf\x11\xe0", "an old Word file"},
	{"{\\rtf", "a Rich Text file"},
	{"\x1f\x8b", "a gzip archive"},
	{"\x89PNG", "a PNG image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
}

// decoder keeps the place in the text as it is read.
type decoder struct {
	opt      Options
	b        strings.Builder
	line     int
	column   int
	last     rune
	replaced int
	first    diag.Pos // of the first replacement
	crlf, cr bool
	odd      diag.Pos // of the first character that speaks of a wrong encoding
	oddRune  rune
}

func decode(src []byte, opt Options) (text string, changed []string, found diag.List, err error) {
	fail := func(c diag.Code, format string, args ...any) error {
		return &TextError{diag.Pos{File: opt.Name}, c, fmt.Sprintf(format, args...)}
	}
	if int64(len(src)) > opt.limit() {
		return "", nil, nil, fail(CodeTooLarge, "the file is larger than %s, which is the limit for one page", size(opt.limit()))
	}
	for _, c := range containers {
		if bytes.HasPrefix(src, []byte(c.magic)) {
			return "", nil, nil, fail(CodeNotText, "this is %s, not plain text; save its text as UTF-8 first", c.what)
		}
	}
	enc := &encodings[0]
	if opt.Encoding != "" {
		if enc, err = encodingNamed(opt.Encoding); err != nil {
			return "", nil, nil, err
		}
	}
	for _, mark := range []struct{ bytes, name string }{{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"}} {
		if bytes.HasPrefix(src, []byte(mark.bytes)) && !(enc.table != nil && mark.name != "utf-8") {
			if opt.Encoding != "" && mark.name != enc.Name {
				return "", nil, nil, fail(CodeEncoding, "the file begins with the byte order mark of %s, but %s was asked for; leave the encoding out", mark.name, enc.Name)
			}
			src = src[len(mark.bytes):]
			enc, _ = encodingNamed(mark.name)
			break
		}
	}
	d := &decoder{opt: opt, line: 1, column: 1}
	d.b.Grow(len(src))
	switch {
	case enc.utf16 != 0:
		err = d.utf16(src, enc)
	case enc.table != nil:
		err = d.bytes(src, enc)
	default:
		err = d.utf8(src)
	}
	if err != nil {
		return "", nil, nil, err
	}
	text = d.b.String()
	if strings.TrimFunc(text, blank) == "" {
		return "", nil, nil, fail(CodeEmpty, "the file is empty, or nothing but white space; there is no text to encode")
	}
	if enc.Name != "utf-8" {
		changed = append(changed, fmt.Sprintf("The source file is written in %s and was read as such.", enc.Name))
	}
	switch {
	case d.crlf && d.cr:
		changed = append(changed, "Line ends of the source file (CR LF and CR) are given as LF.")
	case d.crlf:
		changed = append(changed, "Line ends of the source file (CR LF) are given as LF.")
	case d.cr:
		changed = append(changed, "Line ends of the source file (CR) are given as LF.")
	}
	if d.replaced > 0 {
		what := fmt.Sprintf("%d characters that XML cannot carry are given as U+FFFD, the first at line %d.", d.replaced, d.first.Line)
		if d.replaced == 1 {
			what = fmt.Sprintf("One character that XML cannot carry is given as U+FFFD, at line %d.", d.first.Line)
		}
		changed = append(changed, what)
		found = append(found, diag.Finding{Pos: d.first, Severity: diag.Warning, Code: CodeReplaced, Message: "here begins what could not be kept: " + strings.ToLower(what[:1]) + strings.TrimSuffix(what[1:], ".")})
	}
	if d.oddRune != 0 {
		m := fmt.Sprintf("the control character U+%04X stands in the text; if the file is in windows-1252, say so as its encoding", d.oddRune)
		if d.oddRune == utf8.RuneError {
			m = "the character U+FFFD stands in the file: an earlier program lost what was here"
		}
		found = append(found, diag.Finding{Pos: d.odd, Severity: diag.Warning, Code: CodeMojibake, Message: m})
	}
	return text, changed, found, nil
}

func (d *decoder) pos() diag.Pos {
	return diag.Pos{File: d.opt.Name, Line: d.line, Column: d.column, Offset: d.b.Len()}
}

// refuse reports an offence, or puts U+FFFD for it where the options say so.
func (d *decoder) refuse(c diag.Code, format string, args ...any) error {
	if !d.opt.ReplaceForbidden {
		return &TextError{d.pos(), c, fmt.Sprintf(format, args...)}
	}
	if d.replaced == 0 {
		d.first = d.pos()
	}
	d.replaced++
	d.b.WriteRune(utf8.RuneError)
	d.column++
	d.last = utf8.RuneError
	return nil
}

// put takes one character.
func (d *decoder) put(r rune) error {
	switch {
	case r == '\n':
		if d.last == '\r' {
			d.crlf = true
			d.last = r
			return nil // the CR was written as LF
		}
		d.newline()
	case r == '\r':
		d.endCR()
		d.newline()
	case r == '\f':
		// a form feed ends a page; it becomes pb, or layout
		d.b.WriteByte('\f')
		d.column++
	case r == 0:
		d.endCR()
		d.last = r
		return d.refuse(CodeNotText, "the character NUL stands here, so this is no plain text, or it is UTF-16 without a byte order mark: give utf-16le or utf-16be as its encoding")
	case r < ' ' && r != '\t', r == 0xFFFE, r == 0xFFFF:
		d.endCR()
		d.last = r
		return d.refuse(CodeForbidden, "the character U+%04X stands here, which XML 1.0 forbids; take it out, or have such characters replaced by U+FFFD", r)
	default:
		if (r >= 0x7f && r < 0xa0 && r != 0x85 || r == utf8.RuneError) && d.oddRune == 0 {
			d.odd, d.oddRune = d.pos(), r
		}
		d.b.WriteRune(r)
		d.column++
	}
	d.endCR()
	d.last = r
	return nil
}

func (d *decoder) newline() {
	d.b.WriteByte('\n')
	d.line++
	d.column = 1
}

// endCR notes a CR that no LF followed.
func (d *decoder) endCR() {
	if d.last == '\r' {
		d.cr = true
	}
}

func (d *decoder) utf8(src []byte) error {
	for i := 0; i < len(src); {
		// a run of plain characters goes over at once
		j := i
		for j < len(src) && src[j] >= ' ' && src[j] < 0x7f {
			j++
		}
		if j > i {
			d.endCR()
			d.b.Write(src[i:j])
			d.column += j - i
			d.last = 'a'
			i = j
			continue
		}
		r, w := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && w == 1 {
			if src[i] == 0xed && i+1 < len(src) && src[i+1] >= 0xa0 {
				if err := d.refuse(CodeEncoding, "half a surrogate pair stands here, which is no character; save the file as UTF-8 again"); err != nil {
					return err
				}
				i += min(3, len(src)-i)
				continue
			}
			if err := d.refuse(CodeEncoding, "the byte 0x%02X is not UTF-8; if the file is in an older encoding, name it, for example windows-1252 or windows-1251", src[i]); err != nil {
				return err
			}
			i++
			continue
		}
		if err := d.put(r); err != nil {
			return err
		}
		i += w
	}
	d.endCR()
	return nil
}

func (d *decoder) bytes(src []byte, enc *encoding) error {
	for _, c := range src {
		r := enc.table.DecodeByte(c)
		if r == utf8.RuneError {
			if err := d.refuse(CodeEncoding, "the byte 0x%02X is no character of %s", c, enc.Name); err != nil {
				return err
			}
			continue
		}
		if err := d.put(r); err != nil {
			return err
		}
	}
	d.endCR()
	return nil
}

func (d *decoder) utf16(src []byte, enc *encoding) error {
	unit := func(i int) rune {
		if enc.utf16 == 'l' {
			return rune(src[i]) | rune(src[i+1])<<8
		}
		return rune(src[i])<<8 | rune(src[i+1])
	}
	for i := 0; i < len(src); i += 2 {
		if i+1 == len(src) {
			return d.refuse(CodeEncoding, "the file ends in the middle of a character of %s", enc.Name)
		}
		r := unit(i)
		switch {
		case r >= 0xD800 && r < 0xDC00 && i+3 < len(src) && unit(i+2) >= 0xDC00 && unit(i+2) < 0xE000:
			r = 0x10000 + (r-0xD800)<<10 + unit(i+2) - 0xDC00
			i += 2
		case r >= 0xD800 && r < 0xE000:
			if err := d.refuse(CodeEncoding, "half a surrogate pair (U+%04X) stands here, which is no character", r); err != nil {
				return err
			}
			continue
		}
		if err := d.put(r); err != nil {
			return err
		}
	}
	d.endCR()
	return nil
}

func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// didYouMean is the nearest of names as a question, or nothing.
func didYouMean(name string, names []string) string {
	best, at := 3, ""
	for _, n := range names {
		if d := spelling.Edits(name, n, best); d < best && d < len(n) {
			best, at = d, n
		}
	}
	if at == "" {
		for _, n := range names {
			if len(name) > 2 && (strings.HasPrefix(n, name) || strings.HasPrefix(name, n)) {
				at = n
				break
			}
		}
	}
	if at == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", at)
}
