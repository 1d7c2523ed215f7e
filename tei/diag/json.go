package diag

import (
	"encoding/json"
	"io"
)

// jsonPlace is a place in the JSON form; line and column count from 1 and are
// left out where they are not known.
type jsonPlace struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
}

type jsonFinding struct {
	jsonPlace
	Severity string      `json:"severity"`
	Code     Code        `json:"code"`
	Related  []jsonPlace `json:"related,omitempty"`
	Note     string      `json:"note,omitempty"`
	Detail   string      `json:"detail,omitempty"`
}

// jsonReport is the whole report. A list without a run has findings alone.
type jsonReport struct {
	Tool     string        `json:"tool,omitempty"`
	Version  string        `json:"version,omitempty"`
	Schemas  []Schema      `json:"schemas,omitempty"`
	Files    int           `json:"files,omitempty"`
	Seconds  float64       `json:"seconds,omitempty"`
	Findings []jsonFinding `json:"findings"`
}

type jsonWriter struct {
	w   io.Writer
	all []jsonFinding
}

func newJSON(w io.Writer, _ Style) Writer { return &jsonWriter{w, []jsonFinding{}} }

func (j *jsonWriter) File(f *File) error {
	j.all = append(j.all, jsonFindings(f.Findings)...)
	return nil
}

func (j *jsonWriter) Close(s *Summary) error {
	return encodeJSON(j.w, jsonReport{s.Tool, s.Version, s.Schemas, s.Files, s.Elapsed.Seconds(), j.all})
}

func jsonFindings(l List) []jsonFinding {
	out := make([]jsonFinding, 0, len(l))
	for _, f := range l {
		j := jsonFinding{jsonPlace{f.Pos.File, f.Pos.Line, f.Pos.Column, f.Message}, f.Severity.String(), f.Code, nil, f.Note, f.Detail}
		for _, r := range f.Related {
			j.Related = append(j.Related, jsonPlace{r.Pos.File, r.Pos.Line, r.Pos.Column, r.Message})
		}
		out = append(out, j)
	}
	return out
}

// MarshalJSON gives the findings as the JSON report has them.
func (l List) MarshalJSON() ([]byte, error) { return json.Marshal(jsonFindings(l)) }

func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
