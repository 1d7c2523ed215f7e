package diag

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// GitLab's Code Quality report: an array of issues of Code Climate's, whole as its
// specification has them (platform/spec/analyzers), though GitLab reads less.
// GitLab takes issues of equal fingerprint for one, whatever their file; so the
// file is in it.

type gitLabIssue struct {
	Type        string   `json:"type"`
	Categories  []string `json:"categories"`
	Description string   `json:"description"`
	CheckName   string   `json:"check_name"`
	Fingerprint string   `json:"fingerprint"`
	Severity    string   `json:"severity"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
			End   int `json:"end"`
		} `json:"lines"`
	} `json:"location"`
}

type gitLabWriter struct {
	jsonStream
	style Style
}

func newGitLab(w io.Writer, s Style) Writer {
	return &gitLabWriter{jsonStream{w: w, head: "[", indent: "  "}, s}
}

func (g *gitLabWriter) File(f *File) error {
	prints := f.fingerprints()
	return g.elements(len(f.Findings), func(i int) any {
		x := f.Findings[i]
		name := slashed(g.style.repository(cmp.Or(x.Pos.File, f.Name)))
		h := sha256.Sum256([]byte(name + "\x00" + prints[i]))
		e := gitLabIssue{Type: "issue", Categories: []string{"Bug Risk"}, Description: Plain(x.Message), CheckName: Plain(string(x.Code)), Fingerprint: hex.EncodeToString(h[:16])}
		e.Severity = [...]string{"info", "minor", "major"}[x.Severity]
		if x.unread() {
			e.Severity = "critical"
		}
		e.Location.Path = Plain(name)
		e.Location.Lines.Begin = max(x.Pos.Line, 1)
		last, _ := f.end(x)
		e.Location.Lines.End = max(last, e.Location.Lines.Begin)
		return e
	})
}

func (g *gitLabWriter) Close(*Summary) error { return g.close("") }
