package tei

import (
	"bytes"
	"testing"

	"github.com/beevik/etree"
)

func TestWritesWhatEtreeWrites(t *testing.T) {
	odd := []string{
		"", " ", "a", "a & b < c > d \"e\" 'f'", "\t\n\r", "]]>", "&&", "a\x00b\x01\x1f", "\x7f", "é№“”", "\ufffe\uffff\ufffd", "a\xffb\xc3", "\U0001F600", "\u2028",
		"\xed\xa0\x80",
	}
	doc := etree.NewDocument()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	doc.CreateText("\n")
	root := doc.CreateElement("TEI")
	root.CreateAttr("xmlns", Namespace)
	for _, s := range odd {
		e := root.CreateElement("p")
		e.CreateAttr("n", s)
		e.CreateAttr("xml:id", s)
		e.CreateText(s)
		e.CreateElement("x:lb")
		e.CreateText(s)
	}
	var want bytes.Buffer
	if _, err := doc.WriteTo(&want); err != nil {
		t.Fatal(err)
	}
	if got := (&Tree{doc: doc}).Bytes(); !bytes.Equal(got, want.Bytes()) {
		t.Errorf("got  %q\nwant %q", got, want.Bytes())
	}
}
