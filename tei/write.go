package tei

import (
	"bytes"
	"io"
)

// WriteTo writes the document as UTF-8, the same bytes for the same document.
func (t *Tree) WriteTo(w io.Writer) (int64, error) { return t.doc.WriteTo(w) }

// Bytes is the written document.
func (t *Tree) Bytes() ([]byte, error) {
	var b bytes.Buffer
	b.Grow(32 << 10)
	if _, err := t.doc.WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
