// Package xmltok reads XML 1.0 with namespaces as a stream of tokens that point
// into the input: nothing is copied that need not be, nothing is allocated in
// the steady state, and every rule of well-formedness is checked on the way
// (XML 1.0, fifth edition; Namespaces in XML 1.0, third edition).
//
// A tokenizer reads bytes in memory, or a reader through a sliding window.
// Entities of the internal subset are expanded within a budget; external
// entities are never read, and nothing is asked of the network. Tokens know
// where they stand; lines and columns are worked out when they are asked for.
//
//	t := xmltok.NewBytes("letter.xml", doc, nil)
//	for {
//		kind, err := t.Next()
//		if err != nil || kind == xmltok.EOF {
//			break
//		}
//		…
//	}
package xmltok

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/bits"

	"sigla/tei/diag"
)

// Kind tells tokens apart.
type Kind uint8

// The kinds of token. An empty-element tag gives a StartElement and an
// EndElement. Character data can come in several Text tokens in a row: CDATA
// sections, references and line ends split it, and so does the window.
const (
	EOF Kind = iota
	StartElement
	EndElement
	Text
	Comment
	ProcInst
	Doctype
)

// Name is an expanded name with the form it was written in. Names are shared
// by tokens and must not be changed.
type Name struct {
	ID     int32  // what Symbols says of it; 0 without Symbols
	Space  string // namespace, "" for none
	Local  string
	Prefix string
	Raw    string // as written: prefix:local
}

// Symbols gives names small numbers, so that a reader who knows some names
// compares integers. It is asked once for a name and then remembered, as long
// as the tokenizer's table has room; the table does not grow with the document.
type Symbols interface {
	Symbol(space, local string) int32
}

// Attr is an attribute. Namespace declarations are not among them.
type Attr struct {
	Name        *Name
	Value       []byte // normalised (XML 1.0, 3.3.3); valid until the next token
	Offset      int    // of the name
	ValueOffset int    // of the first character after the quote
}

// Limits bound what a document may ask for. Zero stands for the default.
type Limits struct {
	Depth         int // of elements; 10,000
	Attributes    int // of one element; 10,000
	Token         int // bytes of one tag, comment or instruction; 16 MB
	Expansion     int // bytes that entities may expand to before Amplification counts; 1 MB
	Amplification int // expanded bytes for each byte of the document; 100
}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		limit *int
		value int
	}{{&l.Depth, 10_000}, {&l.Attributes, 10_000}, {&l.Token, 16 << 20}, {&l.Expansion, 1 << 20}, {&l.Amplification, 100}} {
		if *d.limit == 0 {
			*d.limit = d.value
		}
	}
	return l
}

// Error is a document that is not well-formed, or beyond a limit.
type Error struct{ Finding diag.Finding }

func (e *Error) Error() string { return e.Finding.String() }

// Tokenizer reads one document. It is not for use by several goroutines.
type Tokenizer struct {
	// Of the last token:
	Name   *Name  // StartElement, EndElement; of a ProcInst the target stands in Name.Raw
	Attrs  []Attr // StartElement
	Text   []byte // Text, Comment, ProcInst, Doctype; valid until the next token
	Blank  bool   // Text: nothing but white space
	Offset int    // where it starts, in bytes of the decoded document
	End    int    // where it ends

	buf     []byte
	own     []byte // the window's memory
	pos     int    // in buf
	base    int    // offset of buf[0] in the document
	final   bool
	reader  io.Reader
	failed  error
	pending bool // the end of an empty-element tag is still to come
	begun   bool // the document element has been opened
	doctype bool // a document type declaration has been read

	file    string
	limits  Limits
	names   nameTable
	scopes  scopes
	open    []frame
	places  places
	raws    [][]byte // the names of the attributes as written
	scratch []byte   // values that differ from what the document holds
	dtd     dtd
	sources []source // outside the entity that is being read
	entity  *entity
	spent   int // bytes of expansion
	encoded string
}

// frame is an open element.
type frame struct {
	name   *Name
	offset int
	pos    diag.Pos // set when the window leaves the tag behind
	scope  scopeMark
	depth  int // of entities
}

// window is how much of a reader is held at a time; a longer tag makes it grow.
const window = 128 << 10

// NewBytes reads a document in memory. Findings name file; symbols may be nil.
func NewBytes(file string, doc []byte, symbols Symbols) *Tokenizer {
	t := &Tokenizer{}
	t.Reset(file, doc, symbols, Limits{})
	return t
}

// NewReader reads a document from r, of which it never holds more than a
// window (128 KB, or the longest tag).
func NewReader(file string, r io.Reader, symbols Symbols) *Tokenizer {
	t := &Tokenizer{}
	t.ResetReader(file, r, symbols, Limits{})
	return t
}

// Reset begins another document and keeps the memory of the last.
func (t *Tokenizer) Reset(file string, doc []byte, symbols Symbols, limits Limits) {
	t.reset(file, symbols, limits)
	t.buf, t.final = doc, true
	t.reader = nil
	t.decode()
}

// ResetReader is Reset for a reader.
func (t *Tokenizer) ResetReader(file string, r io.Reader, symbols Symbols, limits Limits) {
	t.reset(file, symbols, limits)
	t.reader, t.final = r, false
	if cap(t.own) < window {
		t.own = make([]byte, 0, window)
	}
	t.buf = t.own[:0]
	for len(t.buf) < 1024 && !t.final && t.failed == nil { // enough for the XML declaration
		t.read()
	}
	t.decode()
}

func (t *Tokenizer) reset(file string, symbols Symbols, limits Limits) {
	*t = Tokenizer{
		Attrs: t.Attrs[:0], own: t.own, raws: t.raws, open: t.open[:0], scratch: t.scratch[:0],
		names: t.names, scopes: t.scopes, file: file, limits: limits.withDefaults(),
	}
	t.names.use(symbols)
	t.scopes.reset()
	t.places.reset(file)
}

// Depth is the number of open elements.
func (t *Tokenizer) Depth() int { return len(t.open) }

// Encoding is the encoding the document was read in, by its name in IANA's list.
func (t *Tokenizer) Encoding() string { return t.encoded }

// Opened is where the element at a depth was opened; the document element is
// at depth 1.
func (t *Tokenizer) Opened(depth int) diag.Pos {
	f := &t.open[depth-1]
	if f.pos.Line == 0 {
		f.pos = t.Pos(f.offset)
	}
	return f.pos
}

// Pos is the place of an offset that lies in the last token.
func (t *Tokenizer) Pos(offset int) diag.Pos {
	return t.places.pos(t.outerBuf(), t.base, offset)
}

// at is the offset of a place in buf; inside an entity it is that of the reference.
func (t *Tokenizer) at(i int) int {
	if t.entity != nil {
		return t.sources[0].ref + t.base
	}
	return t.base + i
}

// errMore asks for more of the reader; the token is then read again.
var errMore = errors.New("more")

// Next reads the next token. The error is an *Error for what is wrong with the
// document, and otherwise the reader's own; after it there are no more tokens.
func (t *Tokenizer) Next() (Kind, error) {
	if t.pending {
		t.pending = false
		t.Offset = t.End
		t.close()
		return EndElement, nil
	}
	if t.failed != nil {
		return EOF, t.failed
	}
	for {
		kind, err := t.scan()
		if err == nil {
			return kind, nil
		}
		if err == errMore {
			if err = t.fill(); err == nil {
				continue
			}
		}
		t.failed = err
		return EOF, err
	}
}

// fill drops what lies before pos and reads more.
func (t *Tokenizer) fill() error {
	if len(t.buf)-t.pos >= t.limits.Token {
		return t.fault(t.pos, "xml/limit", "one piece of markup of more than %d MB; if that is meant, split it", t.limits.Token>>20)
	}
	for i := len(t.open) - 1; i >= 0 && t.open[i].pos.Line == 0; i-- {
		if t.open[i].offset >= t.base+t.pos {
			continue
		}
		// Places are cheapest in ascending order: find the lowest without one first.
		low := i
		for low > 0 && t.open[low-1].pos.Line == 0 {
			low--
		}
		for ; low <= i; low++ {
			t.open[low].pos = t.Pos(t.open[low].offset)
		}
		break
	}
	t.places.pass(t.buf, t.base, t.pos)
	n := copy(t.buf, t.buf[t.pos:])
	t.buf = t.buf[:n]
	t.base += t.pos
	t.pos = 0
	if n > cap(t.buf)/2 {
		t.own = append(make([]byte, 0, 2*cap(t.buf)), t.buf...)
		t.buf = t.own
	}
	return t.read()
}

// read appends to buf what the reader gives at once.
func (t *Tokenizer) read() error {
	for tries := 0; ; tries++ {
		n, err := t.reader.Read(t.buf[len(t.buf):cap(t.buf)])
		t.buf = t.buf[:len(t.buf)+n]
		switch {
		case err == io.EOF:
			t.final = true
			return nil
		case err != nil:
			t.failed = err
			return err
		case n > 0:
			return nil
		case tries == 100:
			t.failed = io.ErrNoProgress
			return io.ErrNoProgress
		}
	}
}

// scan reads one token at pos, or asks for more. It changes pos only when it has
// one.
func (t *Tokenizer) scan() (Kind, error) {
	for {
		buf, i := t.buf, t.pos
		if i >= len(buf) {
			if t.entity != nil {
				if err := t.leaveEntity(); err != nil {
					return EOF, err
				}
				continue
			}
			if !t.final {
				return EOF, errMore
			}
			return EOF, t.finish()
		}
		if buf[i] != '<' {
			kind, again, err := t.scanText(i)
			if again && err == nil {
				continue
			}
			return kind, err
		}
		if i+1 >= len(buf) {
			if !t.final && t.entity == nil {
				return EOF, errMore
			}
			return EOF, t.fault(i, "xml/markup", "%q at the end of the %s; write &lt; for the character itself", "<", t.where())
		}
		switch c := buf[i+1]; c {
		case '/':
			return t.scanEnd(i)
		case '!':
			return t.scanDeclaration(i)
		case '?':
			return t.scanInstruction(i)
		default:
			return t.scanStart(i)
		}
	}
}

func (t *Tokenizer) where() string {
	if t.entity != nil {
		return "entity " + t.entity.name
	}
	return "file"
}

// more is the error of a token that the buffer ends in: ask for more, or say
// that there is none.
func (t *Tokenizer) more(start int, what string) error {
	if !t.final && t.entity == nil {
		return errMore
	}
	return t.fault(start, "xml/unfinished", "%s begins here and the %s ends before it does", what, t.where())
}

// finish is the end of the document.
func (t *Tokenizer) finish() error {
	t.Offset, t.End = t.base+t.pos, t.base+t.pos
	if n := len(t.open); n > 0 {
		f := &t.open[n-1]
		e := t.fault(t.pos, "xml/unclosed", "the file ends, and <%s> opened at %s is not closed; add </%s>", f.name.Raw, t.place(n), f.name.Raw)
		e.Finding.Related = append(e.Finding.Related, diag.Related{Pos: t.Opened(n), Message: "opened here"})
		return e
	}
	if !t.begun {
		return t.fault(t.pos, "xml/empty", "no element; an XML document has one that holds all others")
	}
	return nil
}

// scanStart reads a start tag or an empty-element tag (XML 1.0, 3.1).
func (t *Tokenizer) scanStart(start int) (Kind, error) {
	buf := t.buf
	nameStart := start + 1
	i := nameStart
	for i < len(buf) && nameEnd[buf[i]] == 0 {
		i++
	}
	if i == len(buf) {
		return EOF, t.more(start, "a tag")
	}
	if i == nameStart {
		return EOF, t.fault(start, "xml/markup", "%q that begins no tag; write &lt; for the character itself", "<")
	}
	nameStop := i
	t.Attrs = t.Attrs[:0]
	t.scratch = t.scratch[:0]
	declares, empty := false, false
	for {
		// After the name or a value: white space, or the end of the tag.
		c := buf[i]
		if c == '>' {
			i++
			break
		}
		if c == '/' {
			if i+1 == len(buf) {
				return EOF, t.more(start, "a tag")
			}
			if buf[i+1] != '>' {
				return EOF, t.fault(i, "xml/markup", "%q inside a tag; an empty element ends with />", "/")
			}
			empty = true
			i += 2
			break
		}
		if !isSpace(c) {
			if len(t.Attrs) > 0 && i > nameStop && (buf[i-1] == '"' || buf[i-1] == '\'') {
				return EOF, t.fault(i, "xml/attribute-space", "no space between two attributes; put one after the quote")
			}
			return EOF, t.fault(i, "xml/name", "%s can't stand in a name", show(buf[i:]))
		}
		for i < len(buf) && isSpace(buf[i]) {
			i++
		}
		if i == len(buf) {
			return EOF, t.more(start, "a tag")
		}
		if buf[i] == '>' || buf[i] == '/' {
			continue
		}
		a := i
		for i < len(buf) && nameEnd[buf[i]] == 0 {
			i++
		}
		if i == len(buf) {
			return EOF, t.more(start, "a tag")
		}
		b := i
		if b == a {
			if buf[a] == '<' {
				return EOF, t.fault(a, "xml/unclosed-tag", "the tag <%s> opened at %s has no > before the next tag begins", buf[nameStart:nameStop], t.short(t.at(start)))
			}
			return EOF, t.fault(a, "xml/name", "%s where an attribute's name is expected", show(buf[a:]))
		}
		for i < len(buf) && isSpace(buf[i]) {
			i++
		}
		if i == len(buf) {
			return EOF, t.more(start, "a tag")
		}
		if buf[i] != '=' {
			if buf[i] == '<' {
				return EOF, t.fault(i, "xml/unclosed-tag", "the tag <%s> opened at %s has no > before the next tag begins", buf[nameStart:nameStop], t.short(t.at(start)))
			}
			return EOF, t.fault(a, "xml/attribute-value", "attribute %q has no value; write %s=\"…\"", buf[a:b], buf[a:b])
		}
		i++
		for i < len(buf) && isSpace(buf[i]) {
			i++
		}
		if i == len(buf) {
			return EOF, t.more(start, "a tag")
		}
		quote := buf[i]
		if quote != '"' && quote != '\'' {
			return EOF, t.fault(i, "xml/quotes", "the value of %q has no quotes; write %s=\"…\"", buf[a:b], buf[a:b])
		}
		i++
		v := i
		value, next, err := t.scanValue(v, quote, buf[a:b])
		if err != nil {
			return EOF, err
		}
		i = next
		if len(t.Attrs) >= t.limits.Attributes {
			return EOF, t.fault(a, "xml/limit", "more than %d attributes on one element", t.limits.Attributes)
		}
		if buf[a] == 'x' && b-a >= 5 && string(buf[a:a+5]) == "xmlns" && (b-a == 5 || buf[a+5] == ':') {
			declares = true
		}
		t.Attrs = append(t.Attrs, Attr{Value: value, Offset: a, ValueOffset: v})
		t.raws = append(t.raws[:len(t.Attrs)-1], buf[a:b])
		if i == len(buf) {
			return EOF, t.more(start, "a tag")
		}
	}
	// The whole tag is there: nothing below asks for more.
	if len(t.open) >= t.limits.Depth {
		return EOF, t.fault(start, "xml/limit", "elements nested more than %d deep", t.limits.Depth)
	}
	if len(t.open) == 0 && t.begun {
		return EOF, t.fault(start, "xml/second-root", "<%s> after the end of the document element; put it inside, or make it a file of its own", buf[nameStart:nameStop])
	}
	mark := t.scopes.mark()
	if t.dtd.defaults != nil {
		if err := t.applyDefaults(buf[nameStart:nameStop]); err != nil {
			return EOF, err
		}
		declares = true
	}
	if declares {
		if err := t.declare(); err != nil {
			return EOF, err
		}
	}
	name, err := t.name(buf[nameStart:nameStop], nameStart, false)
	if err != nil {
		return EOF, err
	}
	for k := range t.Attrs {
		a := &t.Attrs[k]
		if a.Name, err = t.name(t.raws[k], a.Offset, true); err != nil {
			return EOF, err
		}
		a.Offset = t.at(a.Offset)
		a.ValueOffset = t.at(a.ValueOffset)
	}
	if len(t.Attrs) > 1 {
		if err := t.distinct(); err != nil {
			return EOF, err
		}
	}
	t.Name = name
	t.Offset, t.End = t.at(start), t.at(i)
	t.pos = i
	t.begun = true
	t.open = append(t.open, frame{name: name, offset: t.Offset, scope: mark, depth: len(t.sources)})
	t.pending = empty
	return StartElement, nil
}

// scanValue reads an attribute's value from v to its quote, and gives the
// normalised value and the place after the quote (XML 1.0, 3.3.3).
func (t *Tokenizer) scanValue(v int, quote byte, name []byte) ([]byte, int, error) {
	buf := t.buf
	i := v
	copied := -1 // where the copy begins in scratch, once there is one
	from := v    // what is not copied yet
	q := uint64(quote) * ones
	for {
		for i+8 <= len(buf) {
			w := binary.LittleEndian.Uint64(buf[i:])
			// Any byte that is < 0x20, ≥ 0x80, the quote, < or &.
			m := (w - 0x20*ones) | w | ((w ^ q) - ones) | ((w ^ '<'*ones) - ones) | ((w ^ '&'*ones) - ones)
			if m &= highs; m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		if i >= len(buf) {
			if len(buf)-v > t.limits.Token {
				return nil, 0, t.fault(v, "xml/limit", "the value of %q is longer than %d MB", name, t.limits.Token>>20)
			}
			if !t.final && t.entity == nil {
				return nil, 0, errMore
			}
			return nil, 0, t.fault(v-1, "xml/quotes", "the value of %q is not closed; its quote %c is missing", name, quote)
		}
		c := buf[i]
		if c == quote {
			break
		}
		switch {
		case c >= 0x80:
			n := charLen(buf, i)
			if n == 0 {
				if !t.final && t.entity == nil && len(buf)-i < 4 {
					return nil, 0, errMore
				}
				return nil, 0, t.badChar(i)
			}
			i += n
		case c >= 0x20 && c != '<' && c != '&':
			i++
		case c == '\n' || c == '\t' || c == '\r':
			if copied < 0 {
				copied = len(t.scratch)
			}
			t.scratch = append(t.scratch, buf[from:i]...)
			t.scratch = append(t.scratch, ' ')
			i++
			if c == '\r' {
				if i == len(buf) && !t.final && t.entity == nil {
					return nil, 0, errMore
				}
				if i < len(buf) && buf[i] == '\n' && t.entity == nil {
					i++
				}
			}
			from = i
		case c == '&':
			if copied < 0 {
				copied = len(t.scratch)
			}
			t.scratch = append(t.scratch, buf[from:i]...)
			n, err := t.valueReference(i)
			if err != nil {
				return nil, 0, err
			}
			i += n
			from = i
		case c == '<':
			return nil, 0, t.fault(i, "xml/attribute-value", "%q in the value of %q; write &lt;, or close the quote before it", "<", name)
		default:
			return nil, 0, t.badChar(i)
		}
	}
	if i-v > t.limits.Token {
		return nil, 0, t.fault(v, "xml/limit", "the value of %q is longer than %d MB", name, t.limits.Token>>20)
	}
	if copied >= 0 {
		t.scratch = append(t.scratch, buf[from:i]...)
		return t.scratch[copied:len(t.scratch):len(t.scratch)], i + 1, nil
	}
	return buf[v:i:i], i + 1, nil
}

// distinct refuses an attribute that is there twice (XML 1.0, 3.1; Namespaces
// in XML, 6.3).
func (t *Tokenizer) distinct() error {
	attrs := t.Attrs
	if len(attrs) <= 24 {
		for i := 1; i < len(attrs); i++ {
			a := attrs[i].Name
			for j := range i {
				if same(a, attrs[j].Name) {
					return t.twice(i, j)
				}
			}
		}
		return nil
	}
	seen := make(map[[2]string]int, len(attrs))
	for i, a := range attrs {
		key := [2]string{a.Name.Space, a.Name.Local}
		if j, is := seen[key]; is {
			return t.twice(i, j)
		}
		seen[key] = i
	}
	return nil
}

func same(a, b *Name) bool {
	return a == b || a.ID == b.ID && len(a.Local) == len(b.Local) && a.Local == b.Local && a.Space == b.Space
}

func (t *Tokenizer) twice(i, j int) error {
	a, b := t.Attrs[i], t.Attrs[j]
	e := t.faultAt(a.Offset, "xml/attribute-twice", "attribute %q stands twice on the element; keep one", a.Name.Raw)
	if a.Name.Raw != b.Name.Raw {
		e.Finding.Message = quote("attributes %q and %q are the same name, both of the namespace %q; keep one", a.Name.Raw, b.Name.Raw, a.Name.Space)
	}
	e.Finding.Related = append(e.Finding.Related, diag.Related{Pos: t.places.pos(t.outerBuf(), t.base, b.Offset), Message: "first here"})
	return e
}

// scanEnd reads an end tag.
func (t *Tokenizer) scanEnd(start int) (Kind, error) {
	buf := t.buf
	i := start + 2
	n := len(t.open)
	if n > 0 {
		raw := t.open[n-1].name.Raw
		if stop := i + len(raw); stop < len(buf) && buf[stop] == '>' && string(buf[i:stop]) == raw && t.open[n-1].depth == len(t.sources) {
			t.Offset, t.End = t.at(start), t.at(stop+1)
			t.pos = stop + 1
			t.close()
			return EndElement, nil
		}
	}
	a := i
	for i < len(buf) && nameEnd[buf[i]] == 0 {
		i++
	}
	b := i
	for i < len(buf) && isSpace(buf[i]) {
		i++
	}
	if i == len(buf) {
		return EOF, t.more(start, "an end tag")
	}
	switch {
	case a == b:
		return EOF, t.fault(start, "xml/markup", "an end tag without a name; write </…>")
	case n == 0:
		return EOF, t.fault(start, "xml/end-tag", "</%s> closes nothing: no element is open", buf[a:b])
	case string(buf[a:b]) != t.open[n-1].name.Raw:
		return EOF, t.mismatch(start, buf[a:b])
	case buf[i] != '>':
		return EOF, t.fault(i, "xml/markup", "%s in an end tag, which holds a name alone", show(buf[i:]))
	case t.open[n-1].depth != len(t.sources):
		return EOF, t.fault(start, "xml/entity-balance", "</%s> closes in the entity %q what was opened outside it", buf[a:b], t.entity.name)
	}
	t.Offset, t.End = t.at(start), t.at(i+1)
	t.pos = i + 1
	t.close()
	return EndElement, nil
}

// mismatch explains an end tag that closes another element than the open one.
func (t *Tokenizer) mismatch(start int, raw []byte) error {
	n := len(t.open)
	name := t.open[n-1].name.Raw
	e := t.fault(start, "xml/end-tag", "<%s> opened at %s is closed by </%s>", name, t.place(n), raw)
	switch outer := t.openDepth(raw); {
	case bytes.EqualFold(raw, []byte(name)):
		e.Finding.Message += "; the letter case differs"
	case outer > 0:
		e.Finding.Message += quote("; </%s> is missing before it", name)
	case near(string(raw), name):
		e.Finding.Message += quote("; write </%s>", name)
	default:
		e.Finding.Message += quote(", and no <%s> is open", raw)
	}
	e.Finding.Related = append(e.Finding.Related, diag.Related{Pos: t.Opened(n), Message: quote("<%s> opened here", name)})
	return e
}

// openDepth is the depth of the innermost open element of that name, or 0.
func (t *Tokenizer) openDepth(raw []byte) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		if t.open[i].name.Raw == string(raw) {
			return i + 1
		}
	}
	return 0
}

// close ends the innermost element; its name stays as the token's.
func (t *Tokenizer) close() {
	n := len(t.open) - 1
	f := &t.open[n]
	t.Name = f.name
	t.Attrs = t.Attrs[:0]
	t.scopes.leave(f.scope)
	t.open = t.open[:n]
}
