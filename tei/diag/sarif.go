package diag

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"
)

// SARIF 2.1.0 (OASIS). Results are written as they come, so rules, files and
// what is told of the run stand behind them. go-sarif is not used: it holds the
// whole log, writes each unset member, which the SARIF Multitool warns of, and
// brings a JSON Schema validator with an HTTP client along.

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifArtifactLocation struct {
	URI   string `json:"uri"`
	Base  string `json:"uriBaseId,omitempty"`
	Index *int   `json:"index,omitempty"`
}

type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn,omitempty"`
	EndLine     int           `json:"endLine,omitempty"`
	EndColumn   int           `json:"endColumn,omitempty"`
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifactLocation `json:"artifactLocation"`
	Region   *sarifRegion          `json:"region,omitempty"`
	Context  *sarifRegion          `json:"contextRegion,omitempty"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifMessage `json:"message,omitempty"`
}

type sarifResult struct {
	RuleID     string            `json:"ruleId"`
	RuleIndex  int               `json:"ruleIndex"`
	Level      string            `json:"level"`
	Message    sarifMessage      `json:"message"`
	Locations  []sarifLocation   `json:"locations"`
	Related    []sarifLocation   `json:"relatedLocations,omitempty"`
	Prints     map[string]string `json:"partialFingerprints"`
	Properties *sarifMore        `json:"properties,omitempty"`
}

type sarifMore struct {
	Note   string `json:"note,omitempty"`
	Detail string `json:"detail,omitempty"`
	Rule   *Rule  `json:"rule,omitempty"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Short   sarifMessage `json:"shortDescription"`
	Full    sarifMessage `json:"fullDescription"`
	Help    sarifMessage `json:"help"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
	Properties struct {
		Tags []string `json:"tags"`
	} `json:"properties"`
}

// sarifComponent is the program, or a schema.
type sarifComponent struct {
	Name       string      `json:"name"`
	FullName   string      `json:"fullName,omitempty"`
	Version    string      `json:"version,omitempty"`
	Rules      []sarifRule `json:"rules,omitempty"`
	Properties *sarifHow   `json:"properties,omitempty"`
}

type sarifHow struct {
	Language string `json:"language"`
	SHA256   string `json:"sha256,omitempty"`
	Rules    int    `json:"rules,omitempty"`
}

type sarifArtifact struct {
	Location sarifArtifactLocation `json:"location"`
	Roles    []string              `json:"roles,omitempty"`
	Hashes   map[string]string     `json:"hashes,omitempty"`
}

type sarifNotification struct {
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

// sarifRun is what follows the results.
type sarifRun struct {
	Tool struct {
		Driver     sarifComponent   `json:"driver"`
		Extensions []sarifComponent `json:"extensions,omitempty"`
	} `json:"tool"`
	Artifacts   []sarifArtifact   `json:"artifacts,omitempty"`
	Invocations []sarifInvocation `json:"invocations"`
}

type sarifWriter struct {
	jsonStream
	style     Style
	rules     []sarifRule
	rule      map[Code]int
	artifacts []sarifArtifact
	artifact  map[string]int
}

const sarifHead = `{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "columnKind": "unicodeCodePoints",
      "originalUriBaseIds": {
        "%SRCROOT%": {
          "description": {
            "text": "the root of the repository, or the folder that the run began in"
          }
        }
      },
      "results": [`

func newSARIF(w io.Writer, s Style) Writer {
	return &sarifWriter{style: s, jsonStream: jsonStream{w: w, head: sarifHead, indent: "        "}, rule: map[Code]int{}, artifact: map[string]int{}}
}

// sarifLevels are the levels of the severities.
var sarifLevels = [...]string{"note", "warning", "error"}

func (s *sarifWriter) File(f *File) error {
	if f.Name != "" {
		a := &s.artifacts[*s.file(f.Name).Index]
		a.Roles = []string{"analysisTarget"}
		if f.Text != nil {
			h := sha256.Sum256(f.Text)
			a.Hashes = map[string]string{"sha-256": hex.EncodeToString(h[:])}
		}
	}
	prints := f.fingerprints()
	return s.elements(len(f.Findings), func(i int) any {
		x := f.Findings[i]
		x.Pos.File = cmp.Or(x.Pos.File, f.Name)
		n, known := s.rule[x.Code]
		if !known {
			n = len(s.rules)
			s.rule[x.Code] = n
			r := sarifRule{ID: Plain(string(x.Code))}
			r.Default.Level = sarifLevels[x.Severity]
			s.rules = append(s.rules, r)
		}
		r := sarifResult{s.rules[n].ID, n, sarifLevels[x.Severity], sarifText(x.Message), []sarifLocation{s.found(f, x)}, nil, map[string]string{"sigla/v1": prints[i]}, nil}
		for i, y := range x.Related {
			l := s.location(y.Pos)
			m := sarifText(y.Message)
			l.ID, l.Message = i+1, &m
			r.Related = append(r.Related, l)
		}
		if x.Note != "" || x.Detail != "" || x.Rule != nil {
			r.Properties = &sarifMore{plainLines(x.Note), plainLines(x.Detail), x.Rule.plain()}
		}
		return r
	})
}

// sarifText is a plain text message. What would be a link in it is none
// (3.11.6).
func sarifText(s string) sarifMessage {
	if s = Plain(s); strings.Contains(s, "](") {
		s = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(s)
	}
	return sarifMessage{s}
}

// file is the location of a file, which is among the artifacts from then on.
func (s *sarifWriter) file(name string) sarifArtifactLocation {
	uri, absolute := fileURI(s.style.repository(name))
	l := sarifArtifactLocation{URI: uri}
	if !absolute {
		l.Base = "%SRCROOT%"
	}
	n, known := s.artifact[uri]
	if !known {
		n = len(s.artifacts)
		s.artifact[uri] = n
		s.artifacts = append(s.artifacts, sarifArtifact{Location: l})
	}
	l.Index = &n
	return l
}

func (s *sarifWriter) location(p Pos) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: s.file(p.File)}}
	if p.Line > 0 {
		l.Physical.Region = &sarifRegion{StartLine: p.Line, StartColumn: p.Column}
	}
	return l
}

// found is the location of a finding, with what stands there where the text is
// at hand. A finding of the file as a whole is shown at its first line: code
// scanning refuses a result without one.
func (s *sarifWriter) found(f *File, x Finding) sarifLocation {
	start, line, ok := f.line(x)
	x.Pos.Line = max(x.Pos.Line, 1)
	l := s.location(x.Pos)
	region := l.Physical.Region
	region.EndLine = x.Pos.Line
	if !ok {
		return l
	}
	from, to := 0, len(line)
	if x.Pos.Column > 0 {
		from = f.source().offset(x.Pos.Line, x.Pos.Column) - start
		x.Len = cmp.Or(x.Len, named(line[from:]))
	}
	if n, column := f.end(x); n > 0 {
		region.EndLine, region.EndColumn = n, column
		to = min(to, from+x.Len)
	}
	if region.EndLine > region.StartLine || len(line) > 1000 {
		return l
	}
	region.Snippet = &sarifMessage{Plain(line[from:to])}
	if to-from < len(line) { // a context is larger than what it is of (3.29.5)
		l.Physical.Context = &sarifRegion{StartLine: x.Pos.Line, EndLine: x.Pos.Line, Snippet: &sarifMessage{Plain(line)}}
	}
	return l
}

func (s *sarifWriter) Close(sum *Summary) error {
	var run sarifRun
	run.Tool.Driver = sarifComponent{Name: sum.tool(), Version: Plain(sum.Version), Rules: s.explained(sum)}
	in := sarifInvocation{Successful: true}
	for i, x := range plainSchemas(sum.Schemas) {
		run.Tool.Extensions = append(run.Tool.Extensions, sarifComponent{x.Name, x.Title, x.Version, nil, &sarifHow{x.Language, x.SHA256, x.Rules}})
		for k, r := range x.NotRun {
			n := sarifNotification{Level: "warning", Message: sarifText("the rule " + r.Rule + " of " + x.Name + " was not run: " + r.Reason)}
			if file := sum.Schemas[i].NotRun[k].File; file != "" {
				n.Locations = []sarifLocation{s.location(Pos{File: file, Line: r.Line})}
			}
			in.Notifications = append(in.Notifications, n)
		}
	}
	run.Invocations = []sarifInvocation{in}
	run.Artifacts = s.artifacts
	tail, err := members(run, "    ")
	if err != nil {
		return err
	}
	return s.close(tail + "\n  ]\n}")
}

// explained are the rules that were met, with what there is to tell of them.
func (s *sarifWriter) explained(sum *Summary) []sarifRule {
	for code, n := range s.rule {
		r := &s.rules[n]
		stage, rule, _ := strings.Cut(r.ID, "/")
		r.Properties.Tags = []string{stage}
		for _, word := range strings.FieldsFunc(r.ID, func(r rune) bool { return r == '/' || r == '-' || r == ' ' }) {
			_, n := utf8.DecodeRuneInString(word)
			r.Name += strings.ToUpper(word[:n]) + word[n:]
		}
		// what is put together anew may be what its parts were not
		r.Name = Plain(r.Name)
		r.Short.Text = Plain(strings.ReplaceAll(cmp.Or(rule, stage, "a finding"), "-", " "))
		r.Full = r.Short
		r.Help.Text = sum.tool() + " explain " + r.ID + " tells what this means and how to mend it"
		if sum.Explain == nil {
			continue
		}
		if g, ok := sum.Explain(code); ok {
			r.Short = sarifText(g.Title)
			r.Full.Text = plainLines(cmp.Or(g.Means, g.Title))
			r.Help.Text = plainLines(cmp.Or(g.Mend, r.Help.Text))
		}
	}
	return s.rules
}
