package diag

import "io"

// The XML of Checkstyle, which has no schema of its own: a file element for each
// file, also for one without findings, and its errors. Line 0 is the file as a
// whole.

type checkstyleFile struct {
	XMLName xmlName           `xml:"file"`
	Name    string            `xml:"name,attr"`
	Errors  []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr,omitempty"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

type checkstyleWriter struct{ xmlWriter }

func newCheckstyle(w io.Writer, _ Style) Writer {
	return &checkstyleWriter{newXML(w, "checkstyle", xmlAttr("version", "10.0"))}
}

// File writes a file element for each file that findings are in: those of an
// included file are told there.
func (c *checkstyleWriter) File(f *File) error {
	for name, l := range f.byFile() {
		e := checkstyleFile{Name: Plain(slashed(name))}
		for _, x := range l {
			e.Errors = append(e.Errors, checkstyleError{x.Pos.Line, x.Pos.Column, x.Severity.String(), Plain(x.Message), Plain(string(x.Code))})
		}
		if err := c.element(e); err != nil {
			return err
		}
	}
	return nil
}

func (c *checkstyleWriter) Close(s *Summary) error {
	if err := c.about(s); err != nil {
		return err
	}
	return c.close()
}
