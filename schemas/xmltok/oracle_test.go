package xmltok

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"sigla/tei/diag"
)

// Two independent parsers say what is well-formed: expat, which also gives the
// events, and libxml2. Both come from the system; tests skip where they are not.

// answer is what a parser says of a document.
type answer struct {
	events string // of a well-formed one
	fault  string // "" for a well-formed one
	code   diag.Code
	at     int
}

// ours is the tokenizer's answer, in the form of testdata/expat.py.
func ours(tok *Tokenizer) answer {
	var out []string
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, "T"+text.String())
			text.Reset()
		}
	}
	expanded := func(n *Name) string {
		if n.Space == "" {
			return n.Local
		}
		return n.Space + "}" + n.Local
	}
	for {
		kind, err := tok.Next()
		var e *Error
		switch {
		case errors.As(err, &e):
			return answer{fault: err.Error(), code: e.Finding.Code, at: e.Finding.Pos.Offset}
		case err != nil:
			return answer{fault: err.Error()}
		}
		if kind != Text {
			flush()
		}
		switch kind {
		case EOF:
			return answer{events: strings.Join(out, "\x1e")}
		case StartElement:
			fields := []string{"S" + expanded(tok.Name)}
			for _, a := range tok.Attrs {
				fields = append(fields, expanded(a.Name), string(a.Value))
			}
			out = append(out, strings.Join(fields, "\x1f"))
		case EndElement:
			out = append(out, "E"+expanded(tok.Name))
		case Text:
			if tok.Depth() > 0 {
				text.Write(tok.Text)
			}
		case Comment:
			out = append(out, "C"+string(tok.Text))
		case ProcInst:
			out = append(out, "P"+tok.Name.Raw+"\x1f"+string(tok.Text))
		}
	}
}

// expatSays gives expat's answers to documents.
func expatSays(t *testing.T, docs [][]byte) []answer {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which has expat, is not there")
	}
	var in bytes.Buffer
	for _, d := range docs {
		var n [4]byte
		binary.LittleEndian.PutUint32(n[:], uint32(len(d)))
		in.Write(n[:])
		in.Write(d)
	}
	cmd := exec.Command(python, filepath.Join("testdata", "expat.py"))
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	answers := make([]answer, len(docs))
	for i := range answers {
		n := binary.LittleEndian.Uint32(out)
		s := string(out[4 : 4+n])
		out = out[4+n:]
		if strings.HasPrefix(s, "!") {
			answers[i].fault = s[1:]
			answers[i].at, _ = strconv.Atoi(strings.Fields(s)[1])
		} else {
			answers[i].events = s
		}
	}
	return answers
}

var libxml2Line = regexp.MustCompile(`(?m)^(?:.*/)?(\d+)\.xml:\d+: ((?:parser|namespace) error : .*)$`)

// libxml2Says gives libxml2's answers, which have no events.
func libxml2Says(t *testing.T, docs [][]byte) []answer {
	t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not there")
	}
	dir := t.TempDir()
	answers := make([]answer, len(docs))
	for from := 0; from < len(docs); from += 500 {
		args := []string{"--noout", "--nonet"}
		for i := from; i < min(from+500, len(docs)); i++ {
			name := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
			if err := os.WriteFile(name, docs[i], 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
		out, err := exec.Command(xmllint, args...).CombinedOutput()
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		for _, m := range libxml2Line.FindAllSubmatch(out, -1) {
			if i, _ := strconv.Atoi(string(m[1])); answers[i].fault == "" {
				answers[i].fault = string(m[2])
			}
		}
	}
	return answers
}
