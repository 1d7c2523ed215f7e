package xmltok

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encodings (XML 1.0, 4.3.3 and appendix F): a byte order mark, or the
// declaration, or UTF-8. Documents in another encoding are turned into UTF-8
// before they are read; what is no character there becomes the byte 0xFF, which
// is none in UTF-8 either, and is refused at its place.

type charset struct {
	name   string   // IANA
	labels []string // as written in declarations
	decode decoder  // nil for UTF-8
}

// decoder appends src in UTF-8 to dst and says how much of src it has used.
type decoder func(dst, src []byte, final bool) (out []byte, used int)

var charsets = []charset{
	{"UTF-8", []string{"utf-8", "utf8"}, nil},
	{"UTF-16LE", []string{"utf-16le"}, decode16(func(a, b byte) uint16 { return uint16(b)<<8 | uint16(a) })},
	{"UTF-16BE", []string{"utf-16be"}, decode16(func(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) })},
	{"US-ASCII", []string{"us-ascii", "ascii"}, decodeASCII},
	{"ISO-8859-1", []string{"iso-8859-1", "latin1", "iso_8859-1", "l1"}, decode8(charmap.ISO8859_1)},
	{"ISO-8859-15", []string{"iso-8859-15", "latin-9", "iso_8859-15"}, decode8(charmap.ISO8859_15)},
	{"windows-1252", []string{"windows-1252", "cp1252"}, decode8(charmap.Windows1252)},
	{"windows-1251", []string{"windows-1251", "cp1251"}, decode8(charmap.Windows1251)},
	{"ISO-8859-2", []string{"iso-8859-2", "latin2", "iso_8859-2"}, decode8(charmap.ISO8859_2)},
	{"ISO-8859-5", []string{"iso-8859-5", "iso_8859-5"}, decode8(charmap.ISO8859_5)},
	{"KOI8-R", []string{"koi8-r"}, decode8(charmap.KOI8R)},
}

var utf8Set, utf16LittleSet, utf16BigSet = &charsets[0], &charsets[1], &charsets[2]

func charsetNamed(label []byte) *charset {
	for i := range charsets {
		for _, l := range charsets[i].labels {
			if strings.EqualFold(l, string(label)) {
				return &charsets[i]
			}
		}
	}
	return nil
}

func decodeASCII(dst, src []byte, _ bool) ([]byte, int) {
	for _, c := range src {
		if c >= 0x80 {
			c = 0xFF
		}
		dst = append(dst, c)
	}
	return dst, len(src)
}

func decode8(m *charmap.Charmap) decoder {
	return func(dst, src []byte, _ bool) ([]byte, int) {
		for _, c := range src {
			if r := m.DecodeByte(c); r == utf8.RuneError {
				dst = append(dst, 0xFF)
			} else {
				dst = utf8.AppendRune(dst, r)
			}
		}
		return dst, len(src)
	}
}

func decode16(unit func(a, b byte) uint16) decoder {
	return func(dst, src []byte, final bool) ([]byte, int) {
		i := 0
		for ; i+1 < len(src); i += 2 {
			u := rune(unit(src[i], src[i+1]))
			if !utf16.IsSurrogate(u) {
				dst = utf8.AppendRune(dst, u)
				continue
			}
			if i+3 >= len(src) && !final {
				return dst, i
			}
			if i+3 < len(src) {
				if r := utf16.DecodeRune(u, rune(unit(src[i+2], src[i+3]))); r != utf8.RuneError {
					dst = utf8.AppendRune(dst, r)
					i += 2
					continue
				}
			}
			dst = append(dst, 0xFF) // half of a pair
		}
		if final && i < len(src) {
			dst = append(dst, 0xFF)
			i = len(src)
		}
		return dst, i
	}
}

// start is what the first bytes tell of an encoding (appendix F).
type start struct {
	bytes   string
	mark    bool     // a byte order mark
	set     *charset // nil where it is not read
	refused string
}

var starts = []start{
	{"\xEF\xBB\xBF", true, utf8Set, ""},
	{"\xFF\xFE\x00\x00", true, nil, "UTF-32"},
	{"\x00\x00\xFE\xFF", true, nil, "UTF-32"},
	{"\x00\x00\x00<", false, nil, "UTF-32"},
	{"<\x00\x00\x00", false, nil, "UTF-32"},
	{"\xFF\xFE", true, utf16LittleSet, ""},
	{"\xFE\xFF", true, utf16BigSet, ""},
	{"<\x00", false, utf16LittleSet, ""},
	{"\x00<", false, utf16BigSet, ""},
	{"\x4C\x6F\xA7\x94", false, nil, "EBCDIC"},
}

// startOf is the start that b begins with, or nil.
func startOf(b []byte) *start {
	if len(b) > 1 && b[0] == '<' && b[1] != 0 {
		return nil // nearly always
	}
	for i := range starts {
		if bytes.HasPrefix(b, []byte(starts[i].bytes)) {
			return &starts[i]
		}
	}
	return nil
}

// decode finds the encoding at the front of the buffer, reads the XML
// declaration, and sees to it that the rest is UTF-8.
func (t *Tokenizer) decode() error {
	b := t.buf
	set, marked := utf8Set, false
	if s := startOf(b); s != nil {
		if s.set == nil {
			return t.fault(0, CodeEncoding, "the file is in %s, which is not read; save it as UTF-8", s.refused)
		}
		if set, marked = s.set, s.mark; marked {
			b = b[len(s.bytes):]
		}
	}
	t.encoded = set.name
	if set.decode != nil {
		b = t.transcode(set, b)
	}
	b = t.keep(b)
	var d xmlDeclaration
	if isDeclared(b) {
		var err error
		if d, err = t.declaration(b); err != nil {
			return err
		}
	}
	t.dtd.standalone = d.standalone
	t.pos = d.end
	if d.encoding == nil {
		if !marked && set != utf8Set {
			return t.fault(0, CodeEncoding, "the file is in UTF-16 and says so neither by a byte order mark nor in its first line; save it as UTF-8")
		}
		return nil
	}
	t.declared = true
	declared := charsetNamed(d.encoding)
	is16 := set == utf16LittleSet || set == utf16BigSet
	switch says16 := declared == utf16LittleSet || declared == utf16BigSet || strings.EqualFold(string(d.encoding), "utf-16"); {
	case says16 && !is16:
		return t.faultAt(d.at, CodeEncoding, "the file says that it is %s and is not; write UTF-8 here, or take encoding=\"…\" out", d.encoding)
	case is16 && strings.EqualFold(string(d.encoding), "utf-16"):
	case declared == nil:
		return t.faultAt(d.at, CodeEncoding, "the encoding %q is not read; save the file as UTF-8 and write that here", d.encoding)
	case (marked || is16) && declared != set:
		return t.faultAt(d.at, CodeEncoding, "the file says that it is %s, and its first bytes say %s; write that here", d.encoding, set.name)
	case declared.decode != nil && !is16:
		t.encoded = declared.name
		t.keep(t.transcode(declared, b))
	}
	return nil
}

// UTF8 is a document in UTF-8, without a byte order mark: the text that offsets,
// lines and columns of a Pos count in. What can't be read in its encoding is given
// back as it is.
func UTF8(doc []byte) []byte {
	t := NewBytes("", doc, nil)
	if t.failed != nil {
		return doc
	}
	return t.buf
}

// keep makes b what is read next. The window's memory stays in use.
func (t *Tokenizer) keep(b []byte) []byte {
	if t.reader != nil {
		t.own = append(t.own[:0], b...)
		b = t.own
	}
	t.buf = b
	return b
}

// transcode is b in UTF-8; the rest of a reader follows in UTF-8 too.
func (t *Tokenizer) transcode(set *charset, b []byte) []byte {
	out, used := set.decode(nil, b, t.final)
	if !t.final {
		t.reader = &transcoder{set: set, from: t.reader, raw: append(make([]byte, 0, 16<<10), b[used:]...)}
	}
	return out
}

// transcoder reads another encoding as UTF-8.
type transcoder struct {
	set   *charset
	from  io.Reader
	raw   []byte
	out   []byte
	ready []byte // of out: not given yet
	err   error
}

func (c *transcoder) Read(p []byte) (int, error) {
	if len(c.ready) == 0 {
		if c.err != nil {
			return 0, c.err
		}
		n, err := c.from.Read(c.raw[len(c.raw):cap(c.raw)])
		c.raw = c.raw[:len(c.raw)+n]
		c.err = err
		var used int
		c.out, used = c.set.decode(c.out[:0], c.raw, err == io.EOF)
		c.ready = c.out
		c.raw = c.raw[:copy(c.raw, c.raw[used:])]
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}
