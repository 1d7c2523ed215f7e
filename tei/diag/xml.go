package diag

import (
	"encoding/xml"
	"io"
	"strings"
)

// Reports in XML are structs, encoded one after the other into a root element.
// Their strings have passed Plain, so that XML can carry them.

type xmlName = xml.Name

type xmlWriter struct {
	w    io.Writer
	e    *xml.Encoder
	root xml.StartElement
	open bool
}

func newXML(w io.Writer, root string, attrs ...xml.Attr) xmlWriter {
	x := xmlWriter{w: w, e: xml.NewEncoder(w), root: xml.StartElement{Name: xmlName{Local: root}, Attr: attrs}}
	x.e.Indent("", "  ")
	return x
}

func xmlAttr(name, value string) xml.Attr {
	return xml.Attr{Name: xmlName{Local: name}, Value: value}
}

// begin writes the root's start tag, if it is not written yet.
func (x *xmlWriter) begin() error {
	if x.open {
		return nil
	}
	x.open = true
	if _, err := io.WriteString(x.w, xml.Header); err != nil {
		return err
	}
	return x.e.EncodeToken(x.root)
}

// element writes structs into the root.
func (x *xmlWriter) element(all ...any) error {
	if err := x.begin(); err != nil {
		return err
	}
	for _, v := range all {
		if err := x.e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

// about tells by what was validated, in comments: the format has no place for it.
func (x *xmlWriter) about(s *Summary) error {
	if err := x.begin(); err != nil {
		return err
	}
	for _, line := range s.used() {
		line = strings.ReplaceAll(line, "--", `-\x2d`) // would end the comment
		if err := x.e.EncodeToken(xml.Comment(" " + strings.TrimSpace(line) + " ")); err != nil {
			return err
		}
	}
	return nil
}

// close writes the root's end tag.
func (x *xmlWriter) close() error {
	if err := x.begin(); err != nil {
		return err
	}
	if err := x.e.EncodeToken(x.root.End()); err != nil {
		return err
	}
	if err := x.e.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(x.w, "\n")
	return err
}
