package diag

import (
	"cmp"
	"encoding/xml"
	"io"
	"slices"
)

// Schematron Validation Report Language (ISO/IEC 19757-3, annex D). A run is one
// schematron-output, whatever the number of files: each active-pattern names its
// file in documents, as the standard has it for patterns over several documents.
// So the report is SVRL for every tool that reads it. Title, phase and prefixes
// are those of the first file that Schematron looked at; what comes before it is
// held until then.
//
// What Schematron did not find (RELAX NG, a file that is not well-formed) stands
// in a pattern of its own, named for the program, as asserts that failed, with
// the code as test. SVRL has no lines, so the place is a property-reference.

const svrlSpace = "http://purl.oclc.org/dsdl/svrl"

type svrlPrefix struct {
	XMLName xmlName `xml:"svrl:ns-prefix-in-attribute-values"`
	Prefix  string  `xml:"prefix,attr"`
	URI     string  `xml:"uri,attr"`
}

type svrlPattern struct {
	XMLName   xmlName `xml:"svrl:active-pattern"`
	ID        string  `xml:"id,attr,omitempty"`
	Documents string  `xml:"documents,attr,omitempty"`
	Name      string  `xml:"name,attr,omitempty"`
	Role      string  `xml:"role,attr,omitempty"`
}

type svrlRule struct {
	XMLName xmlName `xml:"svrl:fired-rule"`
	ID      string  `xml:"id,attr,omitempty"`
	Context string  `xml:"context,attr"`
	Role    string  `xml:"role,attr,omitempty"`
	Flag    string  `xml:"flag,attr,omitempty"`
}

type svrlResult struct {
	XMLName  xmlName
	ID       string         `xml:"id,attr,omitempty"`
	Location string         `xml:"location,attr"`
	Test     string         `xml:"test,attr"`
	Role     string         `xml:"role,attr,omitempty"`
	Flag     string         `xml:"flag,attr,omitempty"`
	See      string         `xml:"see,attr,omitempty"`
	More     []svrlProperty `xml:"svrl:property-reference"`
	Text     string         `xml:"svrl:text"`
}

type svrlProperty struct {
	Property string `xml:"property,attr"`
	Text     string `xml:"svrl:text"`
}

type svrlWriter struct {
	xmlWriter
	held []any // what comes before the first file that Schematron looked at
}

func newSVRL(w io.Writer, _ Style) Writer {
	return &svrlWriter{xmlWriter: newXML(w, "svrl:schematron-output", xmlAttr("xmlns:svrl", svrlSpace))}
}

func (s *svrlWriter) File(f *File) error {
	if s.open {
		return s.element(f.svrl()...)
	}
	if f.Trace == nil {
		s.held = append(s.held, f.svrl()...)
		return nil
	}
	for _, a := range []xml.Attr{xmlAttr("title", f.Trace.Title), xmlAttr("phase", f.Trace.Phase)} {
		if a.Value = Plain(a.Value); a.Value != "" {
			s.root.Attr = append(s.root.Attr, a)
		}
	}
	var prefixes []any
	for _, n := range f.Trace.Prefix {
		prefixes = append(prefixes, svrlPrefix{Prefix: Plain(n.Prefix), URI: Plain(n.URI)})
	}
	return s.element(slices.Concat(prefixes, s.held, f.svrl())...)
}

func (s *svrlWriter) Close(sum *Summary) error {
	if !s.open {
		if err := s.element(s.held...); err != nil {
			return err
		}
	}
	if err := s.about(sum); err != nil {
		return err
	}
	return s.close()
}

// svrl are the elements that tell of a file.
func (f *File) svrl() []any {
	uri := ""
	if f.Name != "" {
		uri, _ = fileURI(f.Name)
	}
	var out []any
	told := make([]bool, len(f.Findings))
	tell := func(i int) {
		if 0 <= i && i < len(told) && !told[i] {
			told[i] = true
			out = append(out, f.Findings[i].svrl())
		}
	}
	for _, p := range cmp.Or(f.Trace, &Trace{}).Pattern {
		out = append(out, svrlPattern{ID: Plain(p.ID), Documents: uri, Name: Plain(p.Name), Role: Plain(p.Role)})
		for _, r := range p.Fired {
			out = append(out, svrlRule{ID: Plain(r.ID), Context: Plain(r.Context), Role: Plain(r.Role), Flag: Plain(r.Flag)})
			for _, i := range r.Findings {
				tell(i)
			}
		}
	}
	// A file of which Schematron tells nothing has the pattern without findings
	// too: it was looked at.
	if f.Trace == nil || slices.Contains(told, false) {
		out = append(out, svrlPattern{Documents: uri, Name: "sigla"}, svrlRule{Context: "/"})
		for i := range told {
			tell(i)
		}
	}
	return out
}

// svrl is a finding as an assert that failed or a report that was successful.
func (f Finding) svrl() svrlResult {
	out := svrlResult{XMLName: xmlName{Local: "svrl:failed-assert"}, Location: "/", Test: Plain(string(f.Code)), Role: f.Severity.String(), Text: Plain(f.Message)}
	if r := f.Rule.plain(); r != nil {
		if r.Report {
			out.XMLName.Local = "svrl:successful-report"
		}
		out.ID, out.Location, out.Test, out.Role, out.Flag, out.See = r.ID, r.Location, r.Test, r.Role, r.Flag, r.See
	}
	out.More = []svrlProperty{{"place", Plain(f.Pos.String())}}
	if more := f.more(); more != "" {
		out.More = append(out.More, svrlProperty{"more", more})
	}
	return out
}
