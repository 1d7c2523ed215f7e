package transforms

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"sigla/tei/restore"
	"sigla/transforms/source"
)

// places lists the offsets of the characters of a TEI file's text: those within
// the element text that are not markup, and not white space between tags.
func places(doc []byte) []int {
	var out []int
	at := bytes.LastIndex(doc, []byte("<text "))
	for at < len(doc) {
		switch doc[at] {
		case '<':
			at += bytes.IndexByte(doc[at:], '>') + 1
			continue
		case '&':
			at += bytes.IndexByte(doc[at:], ';') + 1
			continue
		}
		end := at + bytes.IndexByte(append(doc[at:], '<'), '<')
		if len(bytes.TrimSpace(doc[at:end])) > 0 {
			for i := at; i < end; {
				if doc[i] == '&' {
					i += bytes.IndexByte(doc[i:], ';') + 1
					continue
				}
				_, n := utf8.DecodeRune(doc[i:])
				out = append(out, i)
				i += n
			}
		}
		at = end
	}
	return out
}

// mutate puts in, takes out or changes one character of a TEI file's text.
func mutate(r *rand.Rand, doc []byte, at int) []byte {
	c, n := utf8.DecodeRune(doc[at:])
	out := bytes.Clone(doc[:at])
	letters := []rune("aZ9 .[]\"é№")
	other := letters[r.IntN(len(letters))]
	for other == c {
		other = letters[r.IntN(len(letters))]
	}
	switch r.IntN(3) {
	case 0:
		out = utf8.AppendRune(out, other)
		return append(out, doc[at:]...)
	case 1:
		return append(out, doc[at+n:]...)
	}
	out = utf8.AppendRune(out, other)
	return append(out, doc[at+n:]...)
}

func TestVerifyFindsEveryChange(t *testing.T) {
	files, err := filepath.Glob("../fixtures/encode/*/source.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	if root := os.Getenv("SIGLA_SHARED"); root != "" {
		files = append(files, shared(t, "synthetic/pages/*.txt", "text/frus/*.txt", "text/ehri/*.txt")...)
	}
	r := rand.New(rand.NewPCG(20261124, 1))
	found, total := 0, 0
	for total < 1000 {
		f := files[total%len(files)]
		src := read(t, f)
		res, err := Convert(src, Options{Name: filepath.Base(f)})
		if err != nil {
			t.Fatal(err)
		}
		p, _, err := source.Parse(src, source.Options{Name: f})
		if err != nil {
			t.Fatal(err)
		}
		at := places(res.TEI)
		body := restore.Range{Start: p.Body.Start, End: p.Body.End}
		for range 10 {
			total++
			i := at[r.IntN(len(at))]
			doc := mutate(r, res.TEI, i)
			l, err := restore.Compare(doc, "out.xml", p.Text, body, f)
			if err != nil {
				t.Fatal(err)
			}
			if len(l) > 0 {
				found++
				continue
			}
			t.Errorf("%s: a change at %d is not found: %q became %q", filepath.Base(f), i, res.TEI[max(0, i-20):i+20], doc[max(0, i-20):i+20])
		}
	}
	t.Logf("%d of %d changes found", found, total)
}
