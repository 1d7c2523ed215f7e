package diag

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// GitHub Actions turns lines of a job's log that are workflow commands into
// annotations, on the changed files of a pull request too. It shows ten errors,
// ten warnings and ten notices of a step and drops the rest, so those of a file
// come with the worst first; the log has all.

type gitHubWriter struct {
	w     io.Writer
	style Style
	n     tally
}

func newGitHub(w io.Writer, s Style) Writer { return &gitHubWriter{w: w, style: s} }

// Values of commands, and of their properties, escape what would end them.
var (
	gitHubValue    = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (g *gitHubWriter) File(f *File) error {
	g.n.add(f)
	worst := slices.Clone(f.Findings)
	slices.SortStableFunc(worst, func(a, b Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	var b bytes.Buffer
	for _, x := range worst {
		fmt.Fprintf(&b, "::%s file=%s", [...]string{"notice", "warning", "error"}[x.Severity], gitHubProperty.Replace(Plain(slashed(g.style.repository(cmp.Or(x.Pos.File, f.Name))))))
		line, column := f.end(x)
		number := func(name string, n int) {
			if n > 0 {
				fmt.Fprintf(&b, ",%s=%d", name, n)
			}
		}
		number("line", x.Pos.Line)
		number("endLine", line)
		number("col", x.Pos.Column)
		if line == x.Pos.Line { // GitHub takes columns of one line alone
			number("endColumn", column)
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", gitHubProperty.Replace(Plain(string(x.Code))), gitHubValue.Replace(x.told()))
	}
	_, err := g.w.Write(b.Bytes())
	return err
}

func (g *gitHubWriter) Close(s *Summary) error {
	if s.Files == 0 {
		return nil
	}
	told := strings.Join(append([]string{s.line(&g.n)}, s.used()...), "\n")
	_, err := fmt.Fprintf(g.w, "::notice title=%s::%s\n", gitHubProperty.Replace(s.tool()), gitHubValue.Replace(told))
	return err
}
