package diag

import (
	"fmt"
	"io"
	"strings"
)

// Format is a way to write findings down.
type Format struct {
	Name   string
	Does   string // for the manual
	Traces bool   // asks for the Trace of a file
	New    func(w io.Writer, s Style) Writer
}

// Formats are the ways to write findings down, one row each.
var Formats = []Format{
	{"text", "one line a finding, for people", false, newText},
	{"json", "one object with findings and summary, for programs", false, newJSON},
	{"sarif", "SARIF 2.1.0, for code scanning", false, newSARIF},
	{"junit", "JUnit XML, each file a test, for most CI systems", false, newJUnit},
	{"github", "workflow commands, for annotations of GitHub Actions", false, newGitHub},
	{"gitlab", "Code Quality, for merge requests of GitLab", false, newGitLab},
	{"checkstyle", "Checkstyle XML, for Jenkins and reviewdog", false, newCheckstyle},
	{"svrl", "Schematron Validation Report Language, for Schematron tools", true, newSVRL},
}

// FormatNamed is the format of a name.
func FormatNamed(name string) (*Format, error) {
	var names []string
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i], nil
		}
		names = append(names, Formats[i].Name)
	}
	return nil, fmt.Errorf("%q is not a format; the formats are %s", name, strings.Join(names, ", "))
}
