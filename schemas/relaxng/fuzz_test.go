package relaxng

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"
)

// bounded fails the test where f takes more time or allocates more memory than
// its input is worth.
func bounded(t *testing.T, input int, f func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	// What never comes back can only be ended with the process; the input is kept.
	hung := time.AfterFunc(15*time.Second, func() { panic(fmt.Sprintf("%d bytes take more than 15 s", input)) })
	f()
	hung.Stop()
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	if took > 5*time.Second {
		t.Fatalf("%d bytes take %v", input, took)
	}
	if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 512 {
		t.Fatalf("for %d bytes %d MB are allocated", input, mb)
	}
}

// FuzzSchema compiles any bytes as a schema of the XML syntax. One that compiles
// validates a document; a faulty one has findings with a place.
func FuzzSchema(f *testing.F) {
	for i, p := range smallPatterns(3) {
		if i%7 == 0 {
			f.Add(p.schema())
		}
	}
	f.Add([]byte(letterSchema))
	for _, e := range explosive() {
		if len(e.schema) < 20_000 {
			f.Add([]byte(e.schema))
		}
	}
	for _, s := range []string{
		`<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="s.rng"/><start combine="choice"><parentRef name="a"/></start></grammar>`,
		`<element xmlns="http://relaxng.org/ns/structure/1.0"><choice><anyName><except><nsName ns="a"/><name>b</name></except></anyName><nsName/></choice><externalRef href="other.rng"/></element>`,
		`<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"><a:documentation>A</a:documentation><mixed><list><data type="token"><param name="maxLength">3</param><except><value>x</value></except></data></list></mixed></element>`,
		`<grammar xmlns="http://relaxng.org/ns/structure/1.0"><div><start><notAllowed/></start><define name="a" combine="interleave"><grammar><start><ref name="b"/></start></grammar></define></div></grammar>`,
	} {
		f.Add([]byte(s))
	}
	other := &fstest.MapFile{Data: []byte(`<element name="o" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>`)}
	f.Fuzz(func(t *testing.T, schema []byte) {
		if len(schema) > 50_000 {
			return
		}
		bounded(t, len(schema), func() {
			s, err := Compile(fstest.MapFS{"s.rng": {Data: schema}, "other.rng": other}, "s.rng")
			if err == nil {
				if _, err := s.ValidateBytes(context.Background(), "d.xml", []byte(`<r x="1"><a> 1 </a><b/></r>`), Options{Explain: true}); err != nil {
					t.Fatal(err)
				}
				return
			}
			e, ok := err.(*Error)
			if !ok {
				return
			}
			for _, finding := range e.Findings {
				if finding.Pos.File == "" || finding.Message == "" || !utf8.ValidString(finding.Message) {
					t.Errorf("%q", finding)
				}
			}
		})
	})
}

// FuzzValidate validates any bytes under a small schema of a number, from bytes
// and from a reader alike. Where the document is a small one that the exhaustive
// matcher can read, the verdict must be its.
func FuzzValidate(f *testing.F) {
	var patterns []*small
	var compiled []*Schema
	for i, p := range smallPatterns(4) {
		if i%5 != 0 {
			continue
		}
		if s, err := compileSmall(p); err == nil {
			patterns = append(patterns, p)
			compiled = append(compiled, s)
		}
	}
	documents := smallDocuments()
	for i := range patterns {
		f.Add(uint16(i), documents[i*7%len(documents)].bytes())
	}
	for _, doc := range []string{"", "<r/>", "<!DOCTYPE r [<!ENTITY e '<a/>'>]><r>&e;</r>", "<r xmlns='u' y=''/>", "<r><a><a><a><b x=' 1'/></a></a></a></r>", "<r>1<![CDATA[2]]>&#x33;</r>", "</\xfa!", "\xFE\xFF\x00<\x00r\x00/\x00>"} {
		f.Add(uint16(7), []byte(doc))
	}
	f.Fuzz(func(t *testing.T, number uint16, doc []byte) {
		k := int(number) % len(patterns)
		p, s := patterns[k], compiled[k]
		bounded(t, len(doc), func() {
			l := ours(t, s, doc)
			streamed, err := s.Validate(context.Background(), "doc.xml", slowly{bytes.NewReader(doc)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(l) != len(streamed) {
				t.Fatalf("%s\n%q\nin memory %v\nstreamed %v", p.schema(), doc, l, streamed)
			}
			for i := range l {
				if l[i].String() != streamed[i].String() || l[i].Pos.Line == 0 || !utf8.ValidString(l[i].Message) {
					t.Fatalf("%s\n%q\nin memory %v\nstreamed %v", p.schema(), doc, l[i], streamed[i])
				}
				if !strings.HasPrefix(string(l[i].Code), "rng/") {
					return // not well-formed
				}
			}
			root, ok := childOf(doc)
			if !ok {
				return
			}
			if want := root.name == "r" && p.weakly(root.attrs, root.kids); want != (len(l) == 0) {
				t.Fatalf("%s\n%q\nis valid=%v by clause 6; we say %v", p.schema(), doc, want, l)
			}
		})
	})
}

// slowly gives a few bytes at a time.
type slowly struct{ *bytes.Reader }

func (r slowly) Read(b []byte) (int, error) { return r.Reader.Read(b[:min(len(b), 3)]) }
