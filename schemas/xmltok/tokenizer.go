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

import "io"

// Kind tells tokens apart.
type Kind uint8

// The kinds of token. An empty-element tag gives a StartElement and an
// EndElement at one place. Character data can come in several Text tokens in a
// row: CDATA sections, references and line ends split it, and so does the
// window.
const (
	EOF Kind = iota
	StartElement
	EndElement
	Text
	Comment
	ProcInst
	Doctype
)

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
	Name          int // bytes of a name; 4,096
	Value         int // bytes of an attribute's value as it is written; 8 MB
	Token         int // bytes of one tag, comment, instruction, CDATA section or document type declaration; 16 MB
	Expansion     int // bytes that entities and default values may expand to before Amplification counts; 1 MB
	Amplification int // expanded bytes for each byte of the document; 100

	ordinary int // bytes of a tag that no limit can forbid
}

func (l Limits) withDefaults() Limits {
	for _, d := range []struct {
		limit *int
		value int
	}{
		{&l.Depth, 10_000}, {&l.Attributes, 10_000}, {&l.Name, 4096}, {&l.Value, 8 << 20}, {&l.Token, 16 << 20},
		{&l.Expansion, 1 << 20}, {&l.Amplification, 100},
	} {
		if *d.limit == 0 {
			*d.limit = d.value
		}
	}
	l.ordinary = min(l.Name, l.Value, l.Token)
	return l
}

// Tokenizer reads one document. It is not for use by several goroutines.
type Tokenizer struct {
	// Of the last token:
	Name   *Name  // StartElement, EndElement; of a ProcInst the target stands in Name.Raw
	Attrs  []Attr // StartElement
	Text   []byte // Text, Comment, ProcInst, Doctype; valid until the next token
	Blank  bool   // Text: nothing but white space
	Offset int    // where it starts, in bytes of the decoded document
	End    int    // where it ends

	// What is read: the document, its window, or an entity.
	buf    []byte
	pos    int // in buf
	base   int // offset of buf[0] in the document
	final  bool
	reader io.Reader
	broken error  // the reader's, after what it has given
	own    []byte // the window's memory

	// How far it has come.
	failed  error
	pending bool // the end of an empty-element tag is still to come
	closing bool // the last token was an end tag, whose declarations go with it
	closed  scopeMark
	begun   bool // the document element has been opened
	doctype bool // a document type declaration has been read
	open    []frame
	scopes  scopes
	places  places

	file     string
	limits   Limits
	names    nameTable
	encoded  string
	declared bool // the encoding stands in the XML declaration

	raws    [][]byte // the names of the attributes as written
	scratch []byte   // values that differ from what the document holds

	dtd     dtd
	sources []source // outside the entity that is being read
	entity  *entity
	spent   int // bytes of expansion
}

// frame is an open element.
type frame struct {
	name         *Name
	offset       int
	line, column int // 0 until they are asked for
	scope        scopeMark
	depth        int // of entities
}

// NewBytes reads a document in memory. Findings name file; symbols may be nil.
func NewBytes(file string, doc []byte, symbols Symbols) *Tokenizer {
	t := &Tokenizer{}
	t.Reset(file, doc, symbols, Limits{})
	return t
}

// NewReader reads a document from r, of which it never holds more than a
// window (128 KB, or a few times the longest tag).
func NewReader(file string, r io.Reader, symbols Symbols) *Tokenizer {
	t := &Tokenizer{}
	t.ResetReader(file, r, symbols, Limits{})
	return t
}

// Reset begins another document and keeps the memory of the last.
func (t *Tokenizer) Reset(file string, doc []byte, symbols Symbols, limits Limits) {
	t.reset(file, symbols, limits)
	t.buf, t.final = doc, true
	t.failed = t.decode()
}

// ResetReader is Reset for a reader.
func (t *Tokenizer) ResetReader(file string, r io.Reader, symbols Symbols, limits Limits) {
	t.resetReader(file, r, symbols, limits, window)
}

func (t *Tokenizer) resetReader(file string, r io.Reader, symbols Symbols, limits Limits, window int) {
	t.reset(file, symbols, limits)
	t.reader = r
	// Enough for the XML declaration, in two bytes a character and with a mark.
	const front = 2*declarationLength + 4
	if window = max(window, front); cap(t.own) < window {
		t.own = make([]byte, 0, window)
	}
	t.buf = t.own[:0]
	if t.failed = t.readTo(front); t.failed == nil {
		t.failed = t.decode()
	}
}

func (t *Tokenizer) reset(file string, symbols Symbols, limits Limits) {
	*t = Tokenizer{
		Attrs: t.Attrs[:0], own: t.own, raws: t.raws[:0], open: t.open[:0], scratch: t.scratch[:0], sources: t.sources[:0],
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

// Next reads the next token. The error is an *Error for what is wrong with the
// document, and otherwise the reader's own; after it there are no more tokens.
func (t *Tokenizer) Next() (Kind, error) {
	if t.closing {
		t.closing = false
		t.scopes.leave(t.closed)
	}
	if t.pending {
		t.pending = false
		t.close()
		return EndElement, nil
	}
	if t.failed != nil {
		return EOF, t.failed
	}
	// What nearly every token is.
	if i := t.pos; i+1 < len(t.buf) && len(t.open) > 0 {
		if t.buf[i] != '<' {
			if t.plainText(i) {
				return Text, nil
			}
		} else if t.buf[i+1] == '/' {
			if t.ordinaryEnd(i) {
				return EndElement, nil
			}
		} else if t.ordinaryStart(i) {
			return StartElement, nil
		}
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

// scan reads one token at pos by the rules, or asks for more. It changes pos
// only when it has one.
func (t *Tokenizer) scan() (Kind, error) {
	for {
		buf, i := t.buf, t.pos
		switch {
		case i >= len(buf) && t.entity != nil:
			if err := t.leaveEntity(); err != nil {
				return EOF, err
			}
			continue
		case i >= len(buf) && !t.final:
			return EOF, errMore
		case i >= len(buf):
			return EOF, t.finish()
		case buf[i] == '<':
			return t.scanMarkup(i)
		case len(t.open) == 0:
			return t.scanOutside(i)
		}
		kind, again, err := t.scanText(i)
		if again && err == nil {
			continue
		}
		return kind, err
	}
}

// scanMarkup reads what begins with < at i.
func (t *Tokenizer) scanMarkup(i int) (Kind, error) {
	if i+1 < len(t.buf) {
		switch t.buf[i+1] {
		case '/':
			return t.scanEnd(i)
		case '!':
			return t.scanDeclaration(i)
		case '?':
			return t.scanInstruction(i)
		}
	}
	return t.scanStart(i)
}
