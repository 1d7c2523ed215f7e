package xmltok

import (
	"bytes"
	"unicode/utf8"
)

// Character data, comments, instructions and CDATA sections (XML 1.0, 2.4 to
// 2.7), with line ends as one line feed (2.11). What is read of an entity has
// its line ends already: a carriage return there came by a reference.

var (
	lineFeed       = []byte("\n")
	carriageReturn = []byte("\r")
)

// scanText reads character data at i, inside the document element. again says
// that it only went into an entity.
func (t *Tokenizer) scanText(i int) (kind Kind, again bool, err error) {
	buf := t.buf
	if buf[i] == '\r' && t.entity == nil {
		switch {
		case i+1 == len(buf) && !t.final:
			return EOF, false, errMore
		case i+1 == len(buf) || buf[i+1] != '\n':
			t.Text, t.Blank = lineFeed, true
			t.token(i, i+1)
			return Text, false, nil
		}
		i++ // the line feed stands for both
	}
	if t.plainText(i) {
		return Text, false, nil
	}
	switch c := buf[i]; {
	case c == '&':
		return t.reference(i)
	case c == '\r':
		t.Text, t.Blank = carriageReturn, true
		t.token(i, i+1)
		return Text, false, nil
	case c == ']' && i+2 < len(buf): // pastChars stops there for one reason
		return EOF, false, t.fault(i, CodeCDATAEnd, "]]> in text; write ]]&gt;")
	case c == ']':
		return EOF, false, errMore
	}
	if t.partial(buf, i) {
		return EOF, false, errMore
	}
	return EOF, false, t.strange(i)
}

// plainText reads the characters from i that stand for themselves, if there are
// any.
func (t *Tokenizer) plainText(i int) bool {
	buf := t.buf
	start := i
	for i < len(buf) && (buf[i] == ' ' || buf[i] == '\n' || buf[i] == '\t') {
		if i++; i+8 <= len(buf) {
			i += run(load(buf, i), ' ')
		}
	}
	blank := true
	if i < len(buf) && buf[i] != '<' {
		k := t.pastChars(i)
		blank = k == i
		i = k
	}
	if i == start {
		return false
	}
	t.Text, t.Blank = buf[start:i:i], blank
	t.token(start, i)
	return true
}

// token places the token that stands from start to end, and goes behind it.
func (t *Tokenizer) token(start, end int) {
	t.Offset, t.End = t.at(start), t.at(end)
	t.pos = end
}

// partial reports whether buf, which is not the end, ends inside the character
// at i.
func (t *Tokenizer) partial(buf []byte, i int) bool {
	return buf[i] >= utf8.RuneSelf && !utf8.FullRune(buf[i:]) && (!t.ended() || len(buf) < len(t.buf))
}

// pastChars is the end of the characters from i that stand for themselves. It
// stops at a tag, a reference, a carriage return, at the end of the buffer,
// before what is no character, before ]]> and where that could begin.
func (t *Tokenizer) pastChars(i int) int {
	buf := t.buf
	for {
		i += charRun(buf[i:])
		if i >= len(buf) {
			return len(buf)
		}
		c := buf[i]
		switch {
		case c == '<' || c == '&' || c == '\r':
			return i
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
				return i
			}
			i += n
		case c == ']':
			if i+2 >= len(buf) {
				if !t.ended() {
					return i
				}
			} else if buf[i+1] == ']' && buf[i+2] == '>' {
				return i
			}
			i++
		case c < 0x20 && c != '\n' && c != '\t':
			return i
		default:
			i++
		}
	}
}

// scanOutside reads what stands before or after the document element
// (productions 22 and 27): white space alone.
func (t *Tokenizer) scanOutside(i int) (Kind, error) {
	buf := t.buf
	if end := pastSpaces(buf, i); end > i {
		t.Text, t.Blank = buf[i:end:end], true
		t.token(i, end)
		return Text, nil
	}
	c := buf[i]
	switch {
	case t.partial(buf, i):
		return EOF, errMore
	case c < 0x20 || c >= 0x80 && charLen(buf, i) == 0:
		return EOF, t.strange(i)
	case bytes.HasPrefix(buf[i:], []byte("\uFEFF")):
		return EOF, t.fault(i, CodeOutside, "a byte order mark (U+FEFF) that is not at the very start of the file; take it out")
	case t.begun:
		return EOF, t.fault(i, CodeOutside, "text after the end of the document element; put it inside or take it out")
	}
	return EOF, t.fault(i, CodeOutside, "text before the document element; an XML file begins with < (this is no XML, or something stands before it)")
}

// scanDeclaration reads what begins with <!: a comment, a CDATA section or the
// document type declaration.
func (t *Tokenizer) scanDeclaration(i int) (Kind, error) {
	rest := t.buf[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return t.scanComment(i)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		if len(t.open) == 0 {
			return EOF, t.fault(i, CodeOutside, "a CDATA section outside the document element; put it inside or take it out")
		}
		return t.scanCDATA(i)
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")) && t.entity == nil:
		return t.scanDoctype(i)
	case len(rest) < len("<![CDATA[") && !t.ended():
		return EOF, errMore
	case len(rest) >= 9 && bytes.EqualFold(rest[:9], []byte("<!DOCTYPE")):
		return EOF, t.fault(i, CodeMarkup, "%s declares nothing here; a document type declaration is written <!DOCTYPE, before the document element", rest[:9])
	}
	return EOF, t.fault(i, CodeMarkup, "<! that begins neither a comment <!-- nor a CDATA section <![CDATA[; write &lt;! for the characters")
}

// scanComment reads a comment (production 15).
func (t *Tokenizer) scanComment(start int) (Kind, error) {
	buf := t.within(start)
	n := bytes.Index(buf[start+4:], []byte("--"))
	end := start + 4 + n
	if n < 0 || end+2 == len(buf) {
		return EOF, t.more(start, "a comment", "add --> where the comment ends", nil)
	}
	if bad := badChar(buf, start+4, end); bad >= 0 {
		return EOF, t.strange(bad)
	}
	switch {
	case buf[end+2] == '>':
	case n >= 2 && string(buf[end-2:end]) == "<!":
		return EOF, t.fault(end-2, CodeComment, "a comment inside the comment opened at %s; end that one with --> before it", lineColumn(t.Pos(t.at(start))))
	default:
		return EOF, t.fault(end, CodeComment, "-- inside the comment opened at %s, which ends with -->; write - -", lineColumn(t.Pos(t.at(start))))
	}
	t.Text = t.lines(buf[start+4 : end : end])
	t.token(start, end+3)
	return Comment, nil
}

// scanCDATA reads a CDATA section (productions 18 to 21).
func (t *Tokenizer) scanCDATA(start int) (Kind, error) {
	buf := t.within(start)
	from := start + len("<![CDATA[")
	n := bytes.Index(buf[from:], []byte("]]>"))
	if n < 0 {
		return EOF, t.more(start, "a CDATA section", "add ]]> where the section ends", nil)
	}
	end := from + n
	if bad := badChar(buf, from, end); bad >= 0 {
		return EOF, t.strange(bad)
	}
	t.Text = t.lines(buf[from:end:end])
	t.Blank = allSpace(t.Text)
	t.token(start, end+3)
	return Text, nil
}

// lines is text with its line ends as line feeds.
func (t *Tokenizer) lines(text []byte) []byte {
	if t.entity != nil || bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	t.scratch = appendLines(t.scratch[:0], text)
	return t.scratch
}

func appendLines(dst, text []byte) []byte {
	for i, c := range text {
		switch {
		case c != '\r':
			dst = append(dst, c)
		case i+1 == len(text) || text[i+1] != '\n':
			dst = append(dst, '\n')
		}
	}
	return dst
}

// scanInstruction reads a processing instruction (productions 16 and 17).
func (t *Tokenizer) scanInstruction(start int) (Kind, error) {
	buf := t.within(start)
	from := start + len("<?")
	n := bytes.Index(buf[from:], []byte("?>"))
	if n < 0 {
		return EOF, t.more(start, "a processing instruction", "add ?> where the instruction ends", nil)
	}
	end := from + n
	if bad := badChar(buf, from, end); bad >= 0 {
		return EOF, t.strange(bad)
	}
	i := from + targetLength(buf[from:end])
	isXML := bytes.EqualFold(buf[from:i], []byte("xml"))
	switch bad, why := badInstruction(buf[from:end]); {
	case isXML && t.at(start) == 0:
		return EOF, t.fault(start, CodeDeclaration, "the XML declaration is written <?xml version=\"1.0\"?>, in small letters")
	case isXML:
		return EOF, t.fault(start, CodeDeclaration, "<?%s that is not at the very start of the file; take away what stands before it", buf[from:i])
	case bad >= 0:
		return EOF, t.fault(from+bad, CodeMarkup, "%s", why)
	case i-from > t.limits.Name:
		return EOF, t.longName(from)
	}
	name, err := t.name(buf[from:i], from, targetName)
	if err != nil {
		return EOF, err
	}
	i = pastSpaces(buf[:end], i)
	t.Name = name
	t.Text = t.lines(buf[i:end:end])
	t.token(start, end+2)
	return ProcInst, nil
}

// targetLength is the length of the target of an instruction.
func targetLength(content []byte) int { return pastName(content, 0) }

// badInstruction is where the target of an instruction goes wrong, and why, or
// -1. Namespaces in XML, 7: a target has no colon.
func badInstruction(content []byte) (int, string) {
	n := targetLength(content)
	target := content[:n]
	switch {
	case bytes.EqualFold(target, []byte("xml")):
		return 0, "the name xml of an instruction is kept for the XML declaration; take another"
	case !isNCName(target):
		return 0, message("an instruction begins with a name; %q is none", target)
	case n < len(content) && !isSpace(content[n]):
		return n, message("%s after the name of the instruction; put a space there", show(content[n:]))
	}
	return -1, ""
}
