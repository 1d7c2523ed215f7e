package xmltok

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// stream writes all that tokens say, character data in one piece, and the error.
func stream(tok *Tokenizer) string {
	var b strings.Builder
	var text []byte
	from, end := -1, 0
	for {
		kind, err := tok.Next()
		if from >= 0 && (err != nil || kind != Text) {
			fmt.Fprintf(&b, "%d %q %d %d\n", Text, text, from, end)
			text, from = text[:0], -1
		}
		if err != nil {
			fmt.Fprintln(&b, err)
			if e, ok := err.(*Error); ok {
				fmt.Fprintln(&b, e.Finding.Related)
			}
			return b.String()
		}
		switch kind {
		case EOF:
			fmt.Fprintln(&b, tok.Offset, tok.End)
			return b.String()
		case Text:
			if from < 0 {
				from = tok.Offset
			}
			text, end = append(text, tok.Text...), tok.End
			continue
		case StartElement:
			fmt.Fprintf(&b, "%d %+v %d %d %s\n", kind, *tok.Name, tok.Offset, tok.End, tok.Pos(tok.Offset))
			for _, a := range tok.Attrs {
				fmt.Fprintf(&b, "  %+v %q %d %d\n", *a.Name, a.Value, a.Offset, a.ValueOffset)
			}
		case EndElement:
			fmt.Fprintf(&b, "%d %+v %d %d %s\n", kind, *tok.Name, tok.Offset, tok.End, tok.Opened(tok.Depth()+1))
		case ProcInst:
			fmt.Fprintf(&b, "%d %s %q %d %d\n", kind, tok.Name.Raw, tok.Text, tok.Offset, tok.End)
		default:
			fmt.Fprintf(&b, "%d %q %d %d\n", kind, tok.Text, tok.Offset, tok.End)
		}
	}
}

// pieces of a document, each as long as the next of sizes says.
type chopped struct {
	doc, sizes []byte
	i          int
}

func (c *chopped) Read(p []byte) (int, error) {
	if len(c.doc) == 0 {
		return 0, io.EOF
	}
	n := 1
	if len(c.sizes) > 0 {
		n += int(c.sizes[c.i%len(c.sizes)])
		c.i++
	}
	n = copy(p, c.doc[:min(n, len(c.doc))])
	c.doc = c.doc[n:]
	return n, nil
}

// ordered checks that places go forward and lie in the document.
func ordered(t *testing.T, tok *Tokenizer) {
	last := 0
	for {
		kind, err := tok.Next()
		if e, ok := err.(*Error); ok {
			if n := len(tok.Source()); e.Finding.Pos.Offset < 0 || e.Finding.Pos.Offset > n {
				t.Fatalf("an error at %d of %d", e.Finding.Pos.Offset, n)
			}
		}
		if err != nil || kind == EOF {
			return
		}
		if tok.Offset < last || tok.End < tok.Offset || tok.End > len(tok.Source()) {
			t.Fatalf("a token from %d to %d of %d, after one at %d", tok.Offset, tok.End, len(tok.Source()), last)
		}
		last = tok.Offset
		if kind != StartElement {
			continue
		}
		for _, a := range tok.Attrs {
			if a.Offset < tok.Offset || a.ValueOffset < a.Offset || a.ValueOffset > tok.End && tok.End > tok.Offset {
				t.Fatalf("an attribute at %d, its value at %d, in a tag from %d to %d", a.Offset, a.ValueOffset, tok.Offset, tok.End)
			}
		}
	}
}

// sameInPieces checks that a document gives the same from memory and from a
// reader, with a window that it fits in and with one that it does not.
func sameInPieces(t *testing.T, doc, sizes []byte, limits Limits) {
	t.Helper()
	const smallest = 2*declarationLength + 4
	shift := 0
	for _, n := range sizes {
		shift += int(n)
	}
	padded := bytes.Join([][]byte{bytes.Repeat([]byte(" "), smallest-1-shift%64), doc}, []byte("\n"))
	for _, d := range [][]byte{doc, padded} {
		memory, pieces := &Tokenizer{}, &Tokenizer{}
		memory.Reset("t", d, nil, limits)
		pieces.resetReader("t", &chopped{doc: d, sizes: sizes}, nil, limits, smallest)
		if m, p := stream(memory), stream(pieces); m != p {
			t.Fatalf("%q in pieces of %v\nin memory %s\nin pieces %s", d, sizes, m, p)
		}
		memory.Reset("t", d, nil, limits)
		ordered(t, memory)
	}
}

// tight are limits that short documents reach.
var tight = Limits{Depth: 4, Attributes: 3, Name: 12, Value: 24, Token: 80, Expansion: 40, Amplification: 1}

func TestPiecesGiveTheSame(t *testing.T) {
	docs := mutants(500)
	for _, c := range rules {
		docs = append(docs, []byte(c.doc))
	}
	for _, c := range explained {
		docs = append(docs, []byte(c.doc))
	}
	for i, doc := range docs {
		for _, limits := range []Limits{{}, tight} {
			sameInPieces(t, doc, []byte{byte(i % 5), byte(i % 7), byte(i % 11)}, limits)
			sameInPieces(t, doc, nil, limits)
		}
	}
}

// FuzzTokenizer looks for documents that make the tokenizer panic, lose its
// place, or depend on how a reader gives them.
func FuzzTokenizer(f *testing.F) {
	for i, s := range seeds {
		f.Add([]byte(s), []byte{byte(i)}, i%2 == 0)
	}
	for i, c := range explained {
		f.Add([]byte(c.doc), []byte{byte(i), 0}, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, doc, sizes []byte, few bool) {
		limits := Limits{}
		if few {
			limits = tight
		}
		sameInPieces(t, doc, sizes, limits)
	})
}
