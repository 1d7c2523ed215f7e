package xmltok

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Character data, comments, instructions and CDATA (XML 1.0, 2.4 to 2.7).

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// scanText reads character data at i. again says that it only went into or out
// of an entity.
func (t *Tokenizer) scanText(i int) (kind Kind, again bool, err error) {
	buf := t.buf
	start := i
	if len(t.open) == 0 {
		return t.scanOutside(i)
	}
	for i < len(buf) && (buf[i] == ' ' || buf[i] == '\n' || buf[i] == '\t') {
		i++
	}
	blank := true
	if i < len(buf) && buf[i] != '<' {
		k, err := t.scanChars(i)
		if err != nil {
			return EOF, false, err
		}
		blank = k == i
		i = k
	}
	if i > start {
		t.Text, t.Blank = buf[start:i:i], blank
		t.Offset, t.End = t.at(start), t.at(i)
		t.pos = i
		return Text, false, nil
	}
	switch c := buf[i]; c {
	case '&':
		return t.reference(i)
	case '\r': // 2.11: a line end is one line feed
		if i+1 == len(buf) && !t.final && t.entity == nil {
			return EOF, false, errMore
		}
		n := 1
		if i+1 < len(buf) && buf[i+1] == '\n' && t.entity == nil {
			n = 2
		}
		t.Text, t.Blank = lineFeed, true
		if t.entity != nil { // a carriage return there came from a character reference
			t.Text = carriageReturn
		}
		t.Offset, t.End = t.at(i), t.at(i+n)
		t.pos = i + n
		return Text, false, nil
	case ']':
		return EOF, false, errMore // scanChars waits for the two characters after it
	default:
		if c >= 0x80 && !t.final && t.entity == nil && len(buf)-i < 4 {
			return EOF, false, errMore
		}
		return EOF, false, t.badChar(i)
	}
}

var lineFeed, carriageReturn = []byte("\n"), []byte("\r")

// scanChars is the end of the characters from i that stand for themselves. It
// stops at a tag, a reference, a carriage return, at the end of the buffer and
// before what is no character.
func (t *Tokenizer) scanChars(i int) (int, error) {
	buf := t.buf
	for {
		for i+8 <= len(buf) {
			w := binary.LittleEndian.Uint64(buf[i:])
			// Any byte that is < 0x20, ≥ 0x80, <, & or ].
			m := (w - 0x20*ones) | w | ((w ^ '<'*ones) - ones) | ((w ^ '&'*ones) - ones) | ((w ^ ']'*ones) - ones)
			if m &= highs; m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		if i >= len(buf) {
			return len(buf), nil
		}
		c := buf[i]
		switch {
		case c == '<' || c == '&' || c == '\r':
			return i, nil
		case c >= 0x80:
			// Runs of two-byte letters, such as Cyrillic and Greek, are the common case.
			for i+1 < len(buf) && buf[i] >= 0xC2 && buf[i] <= 0xDF && buf[i+1]&0xC0 == 0x80 {
				i += 2
			}
			if i >= len(buf) || buf[i] < 0x80 {
				continue
			}
			n := charLen(buf, i)
			if n == 0 {
				return i, nil
			}
			i += n
		case c == ']':
			if i+2 >= len(buf) {
				if !t.final && t.entity == nil {
					return i, nil
				}
			} else if buf[i+1] == ']' && buf[i+2] == '>' {
				return 0, t.fault(i, "xml/cdata-end", "]]> in text; write ]]&gt;")
			}
			i++
		case c < 0x20 && c != '\n' && c != '\t':
			return i, nil
		default:
			i++
		}
	}
}

// scanOutside reads what stands before or after the document element: white
// space alone.
func (t *Tokenizer) scanOutside(i int) (Kind, bool, error) {
	buf := t.buf
	start := i
	for i < len(buf) && isSpace(buf[i]) {
		i++
	}
	if i > start {
		t.Text, t.Blank = buf[start:i:i], true
		t.Offset, t.End = t.at(start), t.at(i)
		t.pos = i
		return Text, false, nil
	}
	if c := buf[i]; c >= 0x80 || c < 0x20 {
		n := charLen(buf, i)
		if n == 0 && !t.final && len(buf)-i < 4 {
			return EOF, false, errMore
		}
		if n == 0 {
			return EOF, false, t.badChar(i)
		}
	}
	if t.begun {
		return EOF, false, t.fault(i, "xml/outside", "text after the end of the document element; put it inside or take it out")
	}
	return EOF, false, t.fault(i, "xml/outside", "text before the document element; an XML file begins with < (this is no XML, or something stands before it)")
}

// scanDeclaration reads what begins with <!: a comment, a CDATA section or the
// document type declaration.
func (t *Tokenizer) scanDeclaration(i int) (Kind, error) {
	buf := t.buf
	rest := buf[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return t.scanComment(i)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		if len(t.open) == 0 {
			return EOF, t.fault(i, "xml/outside", "a CDATA section outside the document element")
		}
		return t.scanCDATA(i)
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return t.scanDoctype(i)
	case len(rest) < 9 && !t.final && t.entity == nil:
		return EOF, errMore
	}
	return EOF, t.fault(i, "xml/markup", "<! that begins neither a comment <!-- nor a CDATA section <![CDATA[")
}

func (t *Tokenizer) scanComment(start int) (Kind, error) {
	buf := t.buf
	n := bytes.Index(buf[start+4:], []byte("--"))
	if n < 0 || start+4+n+2 >= len(buf) {
		return EOF, t.more(start, "a comment")
	}
	end := start + 4 + n
	if buf[end+2] != '>' {
		return EOF, t.fault(end, "xml/comment", "-- inside a comment, which ends with -->; write - -")
	}
	if err := t.checkChars(start+4, end); err != nil {
		return EOF, err
	}
	t.Text = buf[start+4 : end : end]
	t.Offset, t.End = t.at(start), t.at(end+3)
	t.pos = end + 3
	return Comment, nil
}

func (t *Tokenizer) scanCDATA(start int) (Kind, error) {
	buf := t.buf
	from := start + 9
	n := bytes.Index(buf[from:], []byte("]]>"))
	if n < 0 {
		return EOF, t.more(start, "a CDATA section")
	}
	end := from + n
	if err := t.checkChars(from, end); err != nil {
		return EOF, err
	}
	text := buf[from:end:end]
	if bytes.IndexByte(text, '\r') >= 0 && t.entity == nil {
		t.scratch = append(t.scratch[:0], bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), lineFeed), carriageReturn, lineFeed)...)
		text = t.scratch
	}
	t.Text, t.Blank = text, allSpace(text)
	t.Offset, t.End = t.at(start), t.at(end+3)
	t.pos = end + 3
	return Text, nil
}

func (t *Tokenizer) scanInstruction(start int) (Kind, error) {
	buf := t.buf
	n := bytes.Index(buf[start+2:], []byte("?>"))
	if n < 0 {
		return EOF, t.more(start, "a processing instruction")
	}
	end := start + 2 + n
	i := start + 2
	for i < end && nameEnd[buf[i]] == 0 {
		i++
	}
	target := buf[start+2 : i]
	switch {
	case len(target) == 3 && bytes.EqualFold(target, []byte("xml")):
		if t.at(start) == 0 {
			return EOF, t.fault(start, "xml/declaration", "the XML declaration is written <?xml version=\"1.0\"?>, in small letters")
		}
		return EOF, t.fault(start, "xml/declaration", "<?%s that is not at the very start of the file; take away what stands before it", target)
	case !isNCName(target):
		return EOF, t.fault(start, "xml/markup", "a processing instruction begins with a name; %q is none", target)
	case i < end && !isSpace(buf[i]):
		return EOF, t.fault(i, "xml/markup", "%s after the name of the instruction; put a space there", show(buf[i:]))
	}
	if err := t.checkChars(i, end); err != nil {
		return EOF, err
	}
	for i < end && isSpace(buf[i]) {
		i++
	}
	t.Name = &Name{Local: string(target), Raw: string(target)}
	t.Text = buf[i:end:end]
	t.Offset, t.End = t.at(start), t.at(end+2)
	t.pos = end + 2
	return ProcInst, nil
}

// checkChars refuses what is no character (XML 1.0, 2.2) in buf[i:end].
func (t *Tokenizer) checkChars(i, end int) error {
	buf := t.buf
	for i < end {
		c := buf[i]
		switch {
		case c >= 0x80:
			n := charLen(buf[:end], i)
			if n == 0 {
				return t.badChar(i)
			}
			i += n
		case c < 0x20 && !isSpace(c):
			return t.badChar(i)
		default:
			i++
		}
	}
	return nil
}
