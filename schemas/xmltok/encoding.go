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
	decode func(dst, src []byte, final bool) (out []byte, used int)
}

var charsets = []charset{
	{"UTF-8", []string{"utf-8", "utf8", "us-ascii", "ascii"}, nil},
	{"UTF-16LE", []string{"utf-16le"}, decode16(func(a, b byte) uint16 { return uint16(b)<<8 | uint16(a) })},
	{"UTF-16BE", []string{"utf-16be"}, decode16(func(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) })},
	{"ISO-8859-1", []string{"iso-8859-1", "latin1", "iso_8859-1", "l1"}, decode8(charmap.ISO8859_1)},
	{"ISO-8859-15", []string{"iso-8859-15", "latin-9", "iso_8859-15"}, decode8(charmap.ISO8859_15)},
	{"windows-1252", []string{"windows-1252", "cp1252"}, decode8(charmap.Windows1252)},
	{"windows-1251", []string{"windows-1251", "cp1251"}, decode8(charmap.Windows1251)},
	{"ISO-8859-2", []string{"iso-8859-2", "latin2", "iso_8859-2"}, decode8(charmap.ISO8859_2)},
	{"ISO-8859-5", []string{"iso-8859-5", "iso_8859-5"}, decode8(charmap.ISO8859_5)},
	{"KOI8-R", []string{"koi8-r"}, decode8(charmap.KOI8R)},
}

func decode8(m *charmap.Charmap) func(dst, src []byte, final bool) ([]byte, int) {
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

func decode16(unit func(a, b byte) uint16) func(dst, src []byte, final bool) ([]byte, int) {
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

func charsetNamed(label string) *charset {
	label = strings.ToLower(label)
	for i := range charsets {
		for _, l := range charsets[i].labels {
			if l == label {
				return &charsets[i]
			}
		}
	}
	return nil
}

// decode finds the encoding at the front of the buffer, reads the XML
// declaration, and sees to it that the rest is UTF-8.
func (t *Tokenizer) decode() {
	if t.failed != nil {
		return
	}
	b := t.buf
	var set *charset
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		set = &charsets[0]
		b = b[3:]
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(b, []byte{0, 0, 0xFE, 0xFF}):
		t.failed = t.fault(0, "xml/encoding", "the file is in UTF-32, which is not read; save it as UTF-8")
		return
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		set = charsetNamed("utf-16le")
		b = b[2:]
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		set = charsetNamed("utf-16be")
		b = b[2:]
	case bytes.HasPrefix(b, []byte{'<', 0, '?', 0}):
		set = charsetNamed("utf-16le")
	case bytes.HasPrefix(b, []byte{0, '<', 0, '?'}):
		set = charsetNamed("utf-16be")
	}
	marked := set
	if set != nil && set.decode != nil {
		b = t.transcode(set, b)
	}
	t.encoded = "UTF-8"
	if set != nil {
		t.encoded = set.name
	}
	b = t.keep(b)
	if !bytes.HasPrefix(b, []byte("<?xml")) || len(b) < 6 || !isSpace(b[5]) {
		return
	}
	d, err := t.declaration(b)
	if err != nil {
		t.failed = err
		return
	}
	t.dtd.standalone = d.standalone
	if d.encoding != "" {
		declared := charsetNamed(d.encoding)
		sixteen := marked != nil && strings.HasPrefix(marked.name, "UTF-16")
		switch {
		case strings.EqualFold(d.encoding, "utf-16") && sixteen:
		case declared == nil && strings.EqualFold(d.encoding, "utf-16"), declared != nil && marked == nil && strings.HasPrefix(declared.name, "UTF-16"):
			t.failed = t.faultAt(d.at, "xml/encoding", "the file says that it is UTF-16 and is not; take the encoding out of the first line")
		case declared == nil:
			var known []string
			for _, c := range charsets {
				known = append(known, c.name)
			}
			t.failed = t.faultAt(d.at, "xml/encoding", "the encoding %q is not read; save the file as UTF-8 (read are %s)", d.encoding, strings.Join(known, ", "))
		case marked != nil && declared != marked:
			t.failed = t.faultAt(d.at, "xml/encoding", "the file says that it is %s, and its first bytes say %s", d.encoding, marked.name)
		case marked == nil && declared.decode != nil:
			t.encoded = declared.name
			t.keep(t.transcode(declared, b))
		}
		if t.failed != nil {
			return
		}
	}
	t.pos = d.end
}

// keep makes b what is read next. The window's memory stays in use.
func (t *Tokenizer) keep(b []byte) []byte {
	if t.reader != nil {
		t.own = append(t.own[:0], b...)
		if cap(t.own) < window {
			t.own = append(make([]byte, 0, window), t.own...)
		}
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
	for len(c.ready) == 0 {
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
		if n == 0 && err == nil && len(c.ready) == 0 {
			return 0, nil
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// xmlDeclaration is what the XML declaration says (2.8).
type xmlDeclaration struct {
	encoding   string
	at         int // of the encoding
	standalone bool
	end        int
}

func (t *Tokenizer) declaration(b []byte) (d xmlDeclaration, err error) {
	n := bytes.Index(b, []byte("?>"))
	if n < 0 {
		return d, t.fault(0, "xml/declaration", "the XML declaration has no ?> at its end")
	}
	d.end = n + 2
	i := 5
	last := -1
	fields := []string{"version", "encoding", "standalone"}
	for {
		from := i
		for i < n && isSpace(b[i]) {
			i++
		}
		if i == n {
			break
		}
		if i == from {
			return d, t.fault(i, "xml/declaration", "a space is missing in the XML declaration")
		}
		field := -1
		for k, f := range fields {
			if bytes.HasPrefix(b[i:n], []byte(f)) {
				field = k
			}
		}
		if field <= last || last < 0 && field != 0 {
			return d, t.fault(i, "xml/declaration", "the XML declaration holds version, encoding and standalone, in this order: <?xml version=\"1.0\" encoding=\"UTF-8\"?>")
		}
		last = field
		i += len(fields[field])
		for i < n && isSpace(b[i]) {
			i++
		}
		if i == n || b[i] != '=' {
			return d, t.fault(i, "xml/declaration", "= is missing after %s", fields[field])
		}
		i++
		for i < n && isSpace(b[i]) {
			i++
		}
		if i == n || b[i] != '"' && b[i] != '\'' {
			return d, t.fault(i, "xml/declaration", "the value of %s has no quotes", fields[field])
		}
		k := bytes.IndexByte(b[i+1:n], b[i])
		if k < 0 {
			return d, t.fault(i, "xml/declaration", "the value of %s has no closing quote", fields[field])
		}
		value := string(b[i+1 : i+1+k])
		switch field {
		case 0:
			if !strings.HasPrefix(value, "1.") || len(value) < 3 || strings.Trim(value[2:], "0123456789") != "" {
				return d, t.fault(i, "xml/declaration", "the version of XML is %q; write 1.0", value)
			}
		case 1:
			ok := value != "" && (value[0]|0x20) >= 'a' && (value[0]|0x20) <= 'z'
			for _, c := range value {
				ok = ok && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("._-", c))
			}
			if !ok {
				return d, t.fault(i, "xml/declaration", "%q is no name of an encoding; write UTF-8", value)
			}
			d.encoding, d.at = value, i+1
		case 2:
			if value != "yes" && value != "no" {
				return d, t.fault(i, "xml/declaration", "standalone is yes or no, not %q", value)
			}
			d.standalone = value == "yes"
		}
		i += k + 2
	}
	if last < 0 {
		return d, t.fault(0, "xml/declaration", "the XML declaration has no version; write <?xml version=\"1.0\"?>")
	}
	return d, nil
}
