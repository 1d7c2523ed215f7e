package diag

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"io"
)

// The JSON report is one object; report.schema.json describes it. Findings are
// written as they come, so they stand first and the summary last.

// JSONSchema is the JSON Schema (draft 2020-12) of the JSON report.
//
//go:embed report.schema.json
var JSONSchema string

// jsonPlace is a place in the JSON form; line and column count from 1 and are
// left out where they are not known.
type jsonPlace struct {
	File      string `json:"file"`
	URI       string `json:"uri,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
	Message   string `json:"message"`
}

type jsonFinding struct {
	jsonPlace
	Severity string      `json:"severity"`
	Code     string      `json:"code"`
	Related  []jsonPlace `json:"related,omitempty"`
	Note     string      `json:"note,omitempty"`
	Detail   string      `json:"detail,omitempty"`
	Rule     *Rule       `json:"rule,omitempty"`
}

// jsonSummary follows the findings. A list without a run has findings alone.
type jsonSummary struct {
	Tool      string         `json:"tool,omitempty"`
	Version   string         `json:"version,omitempty"`
	Schemas   []Schema       `json:"schemas,omitempty"`
	Documents []jsonDocument `json:"documents,omitempty"`
	Files     int            `json:"files,omitempty"`
	Seconds   float64        `json:"seconds,omitempty"`
	Counts    *jsonCounts    `json:"counts,omitempty"`
}

type jsonDocument struct {
	File      string `json:"file"`
	URI       string `json:"uri,omitempty"`
	Schemas   []int  `json:"schemas,omitempty"`
	Findings  int    `json:"findings"`
	NotListed int    `json:"notListed,omitempty"`
}

type jsonCounts struct {
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Infos     int `json:"infos"`
	NotListed int `json:"notListed"`
}

type jsonWriter struct {
	jsonStream
	documents []jsonDocument
	n         tally
}

func newJSON(w io.Writer, _ Style) Writer {
	return &jsonWriter{jsonStream: jsonStream{w: w, head: "{\n  \"formatVersion\": 1,\n  \"findings\": [", indent: "    "}}
}

func (j *jsonWriter) File(f *File) error {
	j.n.add(f)
	if f.Name != "" {
		name, uri := jsonName(f.Name)
		j.documents = append(j.documents, jsonDocument{name, uri, f.Schemas, len(f.Findings), f.Folded})
	}
	return j.elements(len(f.Findings), func(i int) any { return f.json(f.Findings[i]) })
}

func (j *jsonWriter) Close(s *Summary) error {
	sum := jsonSummary{Tool: Plain(s.Tool), Version: Plain(s.Version), Schemas: plainSchemas(s.Schemas), Documents: j.documents, Files: s.Files, Seconds: s.Elapsed.Seconds()}
	if s.Files > 0 {
		sum.Counts = &jsonCounts{j.n.by[Error], j.n.by[Warning], j.n.by[Info], j.n.folded}
	}
	tail, err := members(sum, "")
	if err != nil {
		return err
	}
	return j.close(tail)
}

// jsonName is a file's name as it can be shown and, where that is not the name
// itself, its URI, so that the file can be found.
func jsonName(name string) (shown, uri string) {
	if shown = Plain(name); shown != name {
		uri, _ = fileURI(name)
	}
	return shown, uri
}

func jsonPlaceOf(p Pos, message string) jsonPlace {
	name, uri := jsonName(p.File)
	return jsonPlace{File: name, URI: uri, Line: p.Line, Column: p.Column, Message: Plain(message)}
}

func (f *File) json(x Finding) jsonFinding {
	x.Pos.File = cmp.Or(x.Pos.File, f.Name)
	j := jsonFinding{jsonPlaceOf(x.Pos, x.Message), x.Severity.String(), Plain(string(x.Code)), nil, plainLines(x.Note), plainLines(x.Detail), x.Rule.plain()}
	j.EndLine, j.EndColumn = f.end(x)
	for _, r := range x.Related {
		j.Related = append(j.Related, jsonPlaceOf(r.Pos, r.Message))
	}
	return j
}

// MarshalJSON gives the findings as the JSON report has them.
func (l List) MarshalJSON() ([]byte, error) {
	out := make([]jsonFinding, 0, len(l))
	for _, x := range l {
		out = append(out, new(File).json(x))
	}
	return json.Marshal(out)
}

// plain is the rule with strings that any format can carry.
func (r *Rule) plain() *Rule {
	if r == nil {
		return nil
	}
	out := *r
	for _, s := range []*string{&out.Schema, &out.Pattern, &out.ID, &out.Context, &out.Test, &out.Role, &out.Flag, &out.See, &out.Location} {
		*s = Plain(*s)
	}
	return &out
}

// plainSchemas are schemas with strings that any format can carry.
func plainSchemas(l []Schema) []Schema {
	var all []Schema
	for _, s := range l {
		for _, p := range []*string{&s.Name, &s.Title, &s.Version, &s.Language, &s.SHA256} {
			*p = Plain(*p)
		}
		notRun := s.NotRun
		s.NotRun = nil
		for _, n := range notRun {
			s.NotRun = append(s.NotRun, NotRun{Plain(n.Rule), Plain(n.Reason), Plain(n.File), n.Line})
		}
		all = append(all, s)
	}
	return all
}
