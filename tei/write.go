package tei

import (
	"bytes"
	"io"
	"sync"
	"unicode/utf8"

	"github.com/beevik/etree"
)

// The tree is written here and not by etree, whose writer goes through a
// buffer rune by rune. What is written is the same, byte for byte
// (TestWritesWhatEtreeWrites).

// WriteTo writes the document as UTF-8, the same bytes for the same document.
func (t *Tree) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(t.Bytes())
	return int64(n), err
}

// Bytes is the written document.
func (t *Tree) Bytes() []byte {
	p := buffers.Get().(*[]byte)
	b := (*p)[:0]
	for _, x := range t.doc.Child {
		b = appendToken(b, x)
	}
	out := bytes.Clone(b)
	if *p = b; cap(b) < 1<<20 {
		buffers.Put(p)
	}
	return out
}

// buffers are kept so that what is returned is not larger than the file.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func appendToken(b []byte, t etree.Token) []byte {
	switch t := t.(type) {
	case *etree.Element:
		b = append(b, '<')
		b = appendName(b, t.Space, t.Tag)
		for i := range t.Attr {
			a := &t.Attr[i]
			b = append(b, ' ')
			b = appendName(b, a.Space, a.Key)
			b = append(b, '=', '"')
			b = appendEscaped(b, a.Value, true)
			b = append(b, '"')
		}
		if len(t.Child) == 0 {
			return append(b, '/', '>')
		}
		b = append(b, '>')
		for _, k := range t.Child {
			b = appendToken(b, k)
		}
		b = append(b, '<', '/')
		b = appendName(b, t.Space, t.Tag)
		return append(b, '>')
	case *etree.CharData:
		return appendEscaped(b, t.Data, false)
	case *etree.ProcInst:
		b = append(append(b, '<', '?'), t.Target...)
		b = append(append(b, ' '), t.Inst...)
		return append(b, '?', '>')
	}
	return b // Build makes no other
}

func appendName(b []byte, space, local string) []byte {
	if space != "" {
		b = append(append(b, space...), ':')
	}
	return append(b, local...)
}

// appendEscaped writes characters as Canonical XML does, with U+FFFD for what
// XML has no character for.
func appendEscaped(b []byte, s string, attr bool) []byte {
	last := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		esc, n := "", 1
		switch c {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			if !attr {
				esc = "&gt;"
			}
		case '"':
			if attr {
				esc = "&quot;"
			}
		case '\t':
			if attr {
				esc = "&#x9;"
			}
		case '\n':
			if attr {
				esc = "&#xA;"
			}
		case '\r':
			esc = "&#xD;"
		default:
			var r rune
			if r, n = utf8.DecodeRuneInString(s[i:]); r < ' ' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError && n == 1 {
				esc = "\uFFFD"
			}
		}
		if esc != "" {
			b = append(append(b, s[last:i]...), esc...)
			last = i + n
		}
		i += n
	}
	return append(b, s[last:]...)
}

// plain are the bytes that are written as they are: ASCII without marks of XML
// and controls.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '&' && c != '<' && c != '>' && c != '"'
	}
	return
}()
