package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// jsonStream writes a JSON text whose one array is written as its elements come.
// Other members follow it.
type jsonStream struct {
	w      io.Writer
	head   string // up to the array's bracket
	indent string // of the elements
	begun  bool   // an element is written
}

// elements writes n of them.
func (j *jsonStream) elements(n int, element func(int) any) error {
	var b bytes.Buffer
	for i := range n {
		if j.begun {
			b.WriteByte(',')
		} else {
			b.WriteString(j.head)
		}
		j.begun = true
		text, err := indented(element(i), j.indent)
		if err != nil {
			return err
		}
		b.WriteString("\n" + j.indent + text)
	}
	_, err := j.w.Write(b.Bytes())
	return err
}

// close ends the array and writes the rest.
func (j *jsonStream) close(tail string) error {
	end := "]"
	if j.begun {
		end = "\n" + strings.TrimSuffix(j.indent, "  ") + "]"
	} else {
		end = j.head + end
	}
	_, err := io.WriteString(j.w, end+tail+"\n")
	return err
}

// indented is a value in JSON, its first line apart behind an indent.
func indented(v any, indent string) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(indent, "  ")
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// members are those of an object that follow an array in it, and its end.
func members(v any, indent string) (string, error) {
	text, err := indented(v, indent)
	if text == "{}" {
		return "\n" + indent + "}", err
	}
	return "," + strings.TrimPrefix(text, "{"), err
}
