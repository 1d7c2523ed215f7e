package diag

import (
	"fmt"
	"io"
	"strings"
)

// JUnit's XML as CI systems read it: the run is a suite and each file a test, so
// that what passed is seen too. A file with findings has failed; one that is not
// well-formed or can't be read has an error; remarks alone let it pass. The
// findings of a file are one failure, as several are not shown everywhere.
//
// The counts come before the tests, so the suite is held until the end.

type junitSuite struct {
	XMLName xmlName     `xml:"testsuite"`
	Name    string      `xml:"name,attr"`
	Tests   int         `xml:"tests,attr"`
	Fails   int         `xml:"failures,attr"`
	Errors  int         `xml:"errors,attr"`
	Skipped int         `xml:"skipped,attr"`
	Time    string      `xml:"time,attr"`
	About   []junitFact `xml:"properties>property"`
	Cases   []junitCase `xml:"testcase"`
}

type junitFact struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitFailure `xml:"failure"`
	Error   *junitFailure `xml:"error"`
	Out     *junitText    `xml:"system-out"`
}

type junitText struct {
	Text string `xml:",cdata"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	junitText
}

type junitWriter struct {
	xmlWriter
	suite junitSuite
}

func newJUnit(w io.Writer, _ Style) Writer {
	return &junitWriter{xmlWriter: newXML(w, "testsuites")}
}

func (j *junitWriter) File(f *File) error {
	if f.Name != "" {
		j.test(f.Name, f.Findings)
		return nil
	}
	for name, l := range f.byFile() {
		j.test(name, l)
	}
	return nil
}

func (j *junitWriter) test(name string, l List) {
	c := junitCase{Name: Plain(slashed(name)), Class: "sigla"}
	var told strings.Builder
	unread := false
	for _, x := range l {
		fmt.Fprintf(&told, "%s\n", Plain(x.String()))
		indent(&told, "    ", x.more())
		unread = unread || x.unread()
	}
	text := junitText{told.String()}
	worst, any := l.Worst()
	switch {
	case !any:
	case worst == Info:
		c.Out = &text
	default:
		failure := &junitFailure{worst.String(), Plain(l[0].Message), text}
		if len(l) > 1 {
			failure.Message = fmt.Sprintf("%d findings; %s", len(l), failure.Message)
		}
		if unread {
			c.Error = failure
			j.suite.Errors++
		} else {
			c.Failure = failure
			j.suite.Fails++
		}
	}
	j.suite.Tests++
	j.suite.Cases = append(j.suite.Cases, c)
}

func (j *junitWriter) Close(s *Summary) error {
	j.suite.Name = s.tool()
	j.suite.Time = fmt.Sprintf("%.3f", s.Elapsed.Seconds())
	fact := func(name, value string) {
		if value != "" {
			j.suite.About = append(j.suite.About, junitFact{name, Plain(value)})
		}
	}
	fact("version", s.Version)
	for _, x := range s.Schemas {
		fact("schema", x.title())
		fact("schema.sha256", x.SHA256)
		for _, n := range x.NotRun {
			fact("schema.rule-not-run", n.Rule+": "+n.Reason)
		}
	}
	if err := j.element(j.suite); err != nil {
		return err
	}
	return j.close()
}
