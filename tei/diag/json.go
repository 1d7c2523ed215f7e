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

func writeJSON(w io.Writer, l List) error {
	out := make([]jsonFinding, 0, len(l))
	for _, f := range l {
		j := jsonFinding{jsonPlace{f.Pos.File, f.Pos.Line, f.Pos.Column, f.Message}, f.Severity.String(), f.Code, nil, f.Note, f.Detail}
		for _, r := range f.Related {
			j.Related = append(j.Related, jsonPlace{r.Pos.File, r.Pos.Line, r.Pos.Column, r.Message})
		}
		out = append(out, j)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
