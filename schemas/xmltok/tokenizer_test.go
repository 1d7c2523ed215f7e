package xmltok

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// next reads a token that has to be there.
func next(t *testing.T, tok *Tokenizer) Kind {
	t.Helper()
	kind, err := tok.Next()
	if err != nil {
		t.Fatal(err)
	}
	return kind
}

// drain reads a document to its end.
func drain(tok *Tokenizer) error {
	for {
		if kind, err := tok.Next(); err != nil || kind == EOF {
			return err
		}
	}
}

func TestTokensKnowTheirPlace(t *testing.T) {
	const doc = "<a>\r\n  <é n='1'\n m = \"2\"/>Ш<!--c--><?p q?>&lt;<![CDATA[x]]></a>\n"
	tok := NewBytes("f.xml", []byte(doc), nil)
	var got []string
	for {
		kind := next(t, tok)
		if kind == EOF {
			break
		}
		p := tok.Pos(tok.Offset)
		got = append(got, fmt.Sprintf("%d %d:%d %q", kind, p.Line, p.Column, doc[tok.Offset:tok.End]))
		for _, a := range tok.Attrs {
			name, value := tok.Pos(a.Offset), tok.Pos(a.ValueOffset)
			got = append(got, fmt.Sprintf("%s %d:%d %d:%d", a.Name.Raw, name.Line, name.Column, value.Line, value.Column))
		}
	}
	want := []string{
		`1 1:1 "<a>"`, `3 1:5 "\n  "`, `1 2:3 "<é n='1'\n m = \"2\"/>"`, "n 2:6 2:9", "m 3:2 3:7", `2 2:3 "<é n='1'\n m = \"2\"/>"`,
		`3 3:11 "Ш"`, `4 3:12 "<!--c-->"`, `5 3:20 "<?p q?>"`, `3 3:27 "&lt;"`, `3 3:31 "<![CDATA[x]]>"`, `2 3:44 "</a>"`, `3 3:48 "\n"`,
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("places are\n%s\nnot\n%s", g, w)
	}
}

func TestColumnsCountCharacters(t *testing.T) {
	for _, s := range []string{"", "x", "é", "Шифр № 7", "漢字漢字漢字", "\U0001F600 and eight bytes more\U0010FFFF", "a\u0301"} {
		if got := characters([]byte(s)); got != utf8.RuneCountInString(s) {
			t.Errorf("%q has %d characters, not %d", s, utf8.RuneCountInString(s), got)
		}
		tok := NewBytes("t", []byte("<a>"+s+"<b/></a>"), nil)
		for next(t, tok) != StartElement || tok.Name.Local != "b" {
		}
		if p := tok.Pos(tok.Offset); p.Column != 4+utf8.RuneCountInString(s) {
			t.Errorf("behind %q is column %d", s, p.Column)
		}
	}
}

func TestOpenedHoldsForTheClosedElement(t *testing.T) {
	tok := NewBytes("f.xml", []byte("<a>\n <b/>\n</a>"), nil)
	for {
		kind := next(t, tok)
		if kind == EOF {
			break
		}
		if kind == EndElement {
			p := tok.Opened(tok.Depth() + 1)
			if want := map[string]string{"a": "f.xml:1:1", "b": "f.xml:2:2"}[tok.Name.Local]; p.String() != want {
				t.Errorf("<%s> was opened at %s, want %s", tok.Name.Local, p, want)
			}
		}
	}
}

// A prefix in a value is read by the declarations of the element that has it,
// also after its end tag.
func TestPrefixesHoldToTheEndOfTheElement(t *testing.T) {
	tok := NewBytes("f.xml", []byte("<a xmlns:p='u'><b xmlns:p='v' xmlns='w'><c/></b>x</a>"), nil)
	var got strings.Builder
	for {
		kind := next(t, tok)
		if kind == EOF {
			break
		}
		uri, ok := tok.ResolvePrefix("p")
		fmt.Fprintf(&got, "%d%s%v", kind, uri, ok)
		tok.Declarations(func(prefix, uri string) { fmt.Fprintf(&got, "[%s=%s]", prefix, uri) })
		got.WriteString(" ")
	}
	if want := "1utrue[p=u] 1vtrue[p=v][=w] 1vtrue 2vtrue[p=v][=w] 2vtrue[p=u] 3utrue[p=u] 2utrue "; got.String() != want {
		t.Errorf("prefixes are\n%s\nnot\n%s", got.String(), want)
	}
}

// numbers are the symbols of a vocabulary of three names.
type numbers struct{ asked int }

func (n *numbers) Symbol(space, local string) int32 {
	n.asked++
	return map[string]int32{"u a": 1, "u b": 2, " n": 3}[space+" "+local]
}

func TestNamesHaveTheirSymbols(t *testing.T) {
	symbols := &numbers{}
	tok := &Tokenizer{}
	for range 3 {
		tok.Reset("f.xml", []byte("<a xmlns='u' n='1' m='2'><b/><b/><c/><p:b xmlns:p='u' n='3'/></a>"), symbols, Limits{})
		var ids []int32
		for {
			kind := next(t, tok)
			if kind == EOF {
				break
			}
			if kind == StartElement {
				ids = append(ids, tok.Name.ID)
				for _, a := range tok.Attrs {
					ids = append(ids, a.Name.ID)
				}
			}
		}
		if got := fmt.Sprint(ids); got != "[1 3 0 2 2 0 2 3]" {
			t.Errorf("symbols are %s", got)
		}
	}
	if symbols.asked != 7 {
		t.Errorf("the symbols were asked %d times, not once for each name and set of declarations", symbols.asked)
	}
	tok.Reset("f.xml", []byte("<a xmlns='u'/>"), nil, Limits{})
	if next(t, tok); tok.Name.ID != 0 {
		t.Errorf("a name has the symbol %d of other symbols", tok.Name.ID)
	}
}

func TestEncodingIsNamed(t *testing.T) {
	for doc, want := range map[string]string{
		"<a/>":             "UTF-8",
		"\xff\xfe<\x00":    "UTF-16LE",
		"\xef\xbb\xbf<a/>": "UTF-8",
		"<?xml version='1.0' encoding='latin1'?><a/>":       "ISO-8859-1",
		"<?xml version='1.0' encoding='WINDOWS-1251'?><a/>": "windows-1251",
	} {
		if got := NewBytes("t", []byte(doc), nil).Encoding(); got != want {
			t.Errorf("%q is read in %s, want %s", doc, got, want)
		}
	}
}

// A long document in another encoding comes out the same through the window.
func TestEncodingsHoldAcrossTheWindow(t *testing.T) {
	body := strings.Repeat("<p n='ü'>Straße \U0001F600 über</p>\r\n", 20_000)
	plain := "<a>" + strings.ReplaceAll(body, "\U0001F600", "") + "</a>"
	var latin, little strings.Builder
	latin.WriteString("<?xml version='1.0' encoding='ISO-8859-1'?>")
	for _, r := range plain {
		latin.WriteByte(byte(r))
	}
	little.WriteString("\xff\xfe" + wide("<a>"))
	for _, r := range body {
		if r > 0xFFFF {
			r -= 0x10000
			high, low := 0xD800+r>>10, 0xDC00+r&0x3FF
			little.WriteString(string([]byte{byte(high), byte(high >> 8), byte(low), byte(low >> 8)}))
			continue
		}
		little.WriteString(string([]byte{byte(r), byte(r >> 8)}))
	}
	little.WriteString(wide("</a>"))
	for doc, want := range map[string]string{latin.String(): plain, little.String(): "<a>" + body + "</a>"} {
		w := ours(NewBytes("t", []byte(want), nil))
		for _, r := range []io.Reader{strings.NewReader(doc), iotest.HalfReader(strings.NewReader(doc)), iotest.OneByteReader(strings.NewReader(doc))} {
			if got := ours(NewReader("t", r, nil)); got != w {
				t.Fatalf("%.60q gives %.200q %s", doc, got.events, got.fault)
			}
		}
	}
}

func TestPlacesHoldAcrossTheWindow(t *testing.T) {
	var b strings.Builder
	b.WriteString("<a>\n")
	for i := range 30_000 {
		fmt.Fprintf(&b, "  <bé n='%d'>Ш</bé>\n", i)
	}
	b.WriteString("  <open>\n</a>")
	doc := b.String()
	const want = "30003:1: <open> opened at 30002:3 is closed by </a>; </open> is missing before it"
	for _, tok := range []*Tokenizer{NewBytes("t", []byte(doc), nil), NewReader("t", strings.NewReader(doc), nil), NewReader("t", iotest.HalfReader(strings.NewReader(doc)), nil)} {
		n := 0
		for {
			kind, err := tok.Next()
			if err != nil {
				if got := verdict(err); got != want {
					t.Error(got)
				}
				break
			}
			if kind == StartElement && tok.Name.Local == "bé" {
				n++
				if p := tok.Pos(tok.Offset); p.Line != n+1 || p.Column != 3 || p.Offset != tok.Offset || doc[p.Offset:p.Offset+2] != "<b" {
					t.Fatalf("element %d is at %v", n, p)
				}
			}
		}
	}
}

// An outer element whose place nobody asked for in the window that it opened in
// has it later, though an inner one was asked for.
func TestOpenElementsKeepTheirPlaces(t *testing.T) {
	doc := "<a>\n<b>\n<c>" + strings.Repeat("<d/>\n", 100_000) + "</c></b>"
	tok := NewReader("t", strings.NewReader(doc), nil)
	for range 5 {
		next(t, tok)
	}
	if p := tok.Opened(3); p.Line != 3 {
		t.Fatal(p)
	}
	if got, want := verdict(drain(tok)), "100003:9: the file ends, and <a> opened at 1:1 is not closed; add </a>"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A token much longer than what the reader gives at a time costs a few readings
// of it and not one for each piece.
func TestLongTokensFromASlowReader(t *testing.T) {
	for _, doc := range []string{
		"<a><!--" + strings.Repeat("x", 3<<20) + "--></a>",
		"<a b='" + strings.Repeat("&amp;", 500_000) + "'/>",
		"<!DOCTYPE a [" + strings.Repeat("<!ENTITY e 'x'>", 100_000) + "]><a/>",
	} {
		if err := drain(NewReader("t", iotest.OneByteReader(strings.NewReader(doc)), nil)); err != nil {
			t.Error(err)
		}
	}
}

func TestReadersOwnErrorsComeThrough(t *testing.T) {
	broken := errors.New("broken")
	tok := NewReader("t", io.MultiReader(strings.NewReader("<a>"+strings.Repeat("<b/>\n", 1000)), iotest.ErrReader(broken)), nil)
	n := 0
	for {
		kind, err := tok.Next()
		if err != nil {
			if err != broken || n != 1001 {
				t.Errorf("after %d elements: %v", n, err)
			}
			break
		}
		if kind == StartElement {
			n++
		}
	}
	if _, err := tok.Next(); err != broken {
		t.Errorf("then %v", err)
	}
	if err := drain(NewReader("t", iotest.ErrReader(broken), nil)); err != broken {
		t.Errorf("at once: %v", err)
	}
	if err := drain(NewReader("t", iotest.DataErrReader(strings.NewReader("<a/>")), nil)); err != nil {
		t.Errorf("data together with the end: %v", err)
	}
	if err := drain(NewReader("t", idle{}, nil)); err != io.ErrNoProgress {
		t.Errorf("a reader that gives nothing: %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// endless is n letters.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.n -= n
	return n, nil
}

func TestLimitsAreFindings(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	var attributes strings.Builder
	for i := range 20 {
		fmt.Fprintf(&attributes, " a%d=''", i)
	}
	small := Limits{Depth: 3, Attributes: 4, Name: 10, Value: 20, Token: 100, Expansion: 50, Amplification: 1}
	for _, c := range []struct{ doc, want string }{
		{"<a><b><c/></b></a>", ""},
		{"<a><b><c><d/></c></b></a>", "1:10: elements are nested more than 3 deep, which is the limit; close some before this"},
		{"<a b='' c='' d='' e=''/>", ""},
		{"<a" + attributes.String() + "/>", "1:28: the tag <a> has more than 4 attributes, which is the limit; take some out"},
		{"<!DOCTYPE a [<!ATTLIST a b CDATA '' c CDATA '' d CDATA ''>]><a e='' f=''/>", "1:61: the tag <a> has more than 4 attributes, which is the limit; take some out"},
		{"<" + x(10) + " " + x(10) + "=''/>", ""},
		{"<" + x(11) + "/>", "1:2: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<a " + x(11) + "=''/>", "1:4: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<a></" + x(11) + ">", "1:6: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<a>&" + x(11) + ";</a>", "1:5: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<a><?" + x(11) + "?></a>", "1:6: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<!DOCTYPE " + x(11) + "><a/>", "1:11: a name is longer than 10 bytes, which is the limit; shorten it"},
		{"<a b='" + x(20) + "'/>", ""},
		{"<a b='" + x(21) + "'/>", `1:6: the value of "b" is longer than 20 bytes, which is the limit; shorten it`},
		{"<a b='" + x(19) + "é'/>", `1:6: the value of "b" is longer than 20 bytes, which is the limit; shorten it`},
		{"<a b='" + x(17) + "&lt;'/>", `1:6: the value of "b" is longer than 20 bytes, which is the limit; shorten it`},
		{"<a b='" + x(200) + "<'/>", `1:6: the value of "b" is longer than 20 bytes, which is the limit; shorten it`},
		{"<a><!--" + x(93) + "--></a>", ""},
		{"<a><!--" + x(94) + "--></a>", "1:4: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a><!--" + x(200), "1:4: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a><?p " + x(95) + "?></a>", "1:4: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a><![CDATA[" + x(89) + "]]></a>", "1:4: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a" + strings.Repeat(" ", 100) + "/>", "1:1: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a></a" + strings.Repeat(" ", 100) + ">", "1:4: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<!DOCTYPE a [" + strings.Repeat(" ", 100) + "]><a/>", "1:1: one piece of markup is longer than 100 bytes, which is the limit; split it"},
		{"<a>" + x(1000) + "</a>", ""},
		{"<!DOCTYPE a [<!ENTITY e 'xxxxxxxxxxxx'>]><a>&e;&e;&e;</a>", ""},
		{"<!DOCTYPE a [<!ENTITY e 'xxxxxxxxxxxx'>]><a>&e;&e;&e;&e;&e;</a>", "1:54: entities expand to more than 50 bytes and 1 times what was read, which is the limit: so an attack looks"},
	} {
		byteWise, memory := &Tokenizer{}, &Tokenizer{}
		memory.Reset("t", []byte(c.doc), nil, small)
		byteWise.ResetReader("t", iotest.OneByteReader(strings.NewReader(c.doc)), nil, small)
		for way, tok := range map[string]*Tokenizer{"in memory": memory, "byte by byte": byteWise} {
			if got := verdict(drain(tok)); got != c.want {
				t.Errorf("%s, %.80q: %s, want %s", way, c.doc, got, c.want)
			}
		}
	}
}

// What is endless is refused in little memory, and what is many in linear time.
func TestLimitsBoundMemoryAndTime(t *testing.T) {
	if testing.Short() {
		t.Skip("reads gigabytes")
	}
	var attributes, prefixes, defaults, names strings.Builder
	attributes.WriteString("<a")
	prefixes.WriteString("<a")
	defaults.WriteString("<!DOCTYPE a [<!ATTLIST a")
	names.WriteString("<a>")
	for i := range 1_000_000 {
		fmt.Fprintf(&attributes, " a%d=''", i)
	}
	for i := range 9_999 {
		fmt.Fprintf(&prefixes, " xmlns:a%d='%d'", i, i)
	}
	for i := range 1_000 {
		fmt.Fprintf(&defaults, " a%d CDATA 'x'", i)
	}
	for i := range 100_000 {
		fmt.Fprintf(&names, "<b%d xmlns:p%d='u%d'/>", i, i, i)
	}
	prefixes.WriteString(">" + strings.Repeat("<a0:b xmlns:c='u' a9998:d=''/>", 50_000) + "</a>")
	defaults.WriteString(">]><a>" + strings.Repeat("<a/>", 50_000) + "</a>")
	for _, c := range []struct {
		name string
		r    io.Reader
		want string
	}{
		{"a value of 1 GB", io.MultiReader(strings.NewReader("<a b='"), &endless{1 << 30}, strings.NewReader("'/>")), "1:6: the value of \"b\" is longer than 8 MB"},
		{"a comment of 1 GB", io.MultiReader(strings.NewReader("<a><!--"), &endless{1 << 30}, strings.NewReader("--></a>")), "1:4: one piece of markup is longer than 16 MB"},
		{"a name of 1 GB", io.MultiReader(strings.NewReader("<a"), &endless{1 << 30}, strings.NewReader("/>")), "1:2: a name is longer than 4096 bytes"},
		{"text of 128 MB", io.MultiReader(strings.NewReader("<a>"), &endless{128 << 20}, strings.NewReader("</a>")), ""},
		{"a million attributes", strings.NewReader(attributes.String() + "/>"), "the tag <a> has more than 10000 attributes"},
		{"a million elements deep", strings.NewReader(strings.Repeat("<a>", 1_000_000)), "1:30001: elements are nested more than 10000 deep"},
		{"ten thousand prefixes in force", strings.NewReader(prefixes.String()), ""},
		{"a thousand default attributes on each element", strings.NewReader(defaults.String()), "entities expand to more than"},
		{"a hundred thousand names and declarations", strings.NewReader(names.String() + "</a>"), ""},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := verdict(drain(NewReader("t", c.r, nil)))
		runtime.ReadMemStats(&after)
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if used := after.HeapInuse - min(after.HeapInuse, before.HeapInuse); used > 64<<20 {
			t.Errorf("%s: %d MB in use", c.name, used>>20)
		}
	}
	tok := &Tokenizer{}
	tok.Reset("t", []byte(attributes.String()+"/>"), nil, Limits{Attributes: 1_000_000})
	if err := drain(tok); err != nil || next(t, tok) != EOF {
		t.Error(err)
	}
}

func TestExpansionIsBounded(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString(`<!DOCTYPE a [<!ENTITY a0 "ha ha ha ha ha">`)
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, `<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">`, i, i-1, i-1, i-1, i-1)
	}
	text := laughs.String() + "]><a>&a29;</a>"
	value := laughs.String() + "]><a b='&a29;'/>"
	quadratic := `<!DOCTYPE a [<!ENTITY e "` + strings.Repeat("x", 100_000) + `">]><a>` + strings.Repeat("&e;", 100_000) + "</a>"
	parameters := strings.ReplaceAll(laughs.String(), "<!ENTITY a", "<!ENTITY % a")
	parameters = strings.ReplaceAll(strings.Replace(parameters, "ha ha ha ha ha", "<!--"+strings.Repeat("x", 100)+"-->", 1), "&a", "&#37;a") + "%a29;]><a/>"
	inDefault := laughs.String() + "<!ATTLIST a b CDATA '&a29;'>]><a/>"
	for _, doc := range []string{text, value, quadratic, parameters, inDefault} {
		err := drain(NewBytes("t", []byte(doc), nil))
		if err == nil || !strings.Contains(err.Error(), "entities expand to more than 1 MB and 100 times what was read") {
			t.Errorf("%.60s…: %v", doc, err)
		}
	}
	// A megabyte is free, and a hundredfold.
	fair := `<!DOCTYPE a [<!ENTITY e "` + strings.Repeat("x", 1000) + `">]><a>` + strings.Repeat("&e;", 1000) + "</a>"
	if err := drain(NewBytes("t", []byte(fair), nil)); err != nil {
		t.Error(err)
	}
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	docs := [][]byte{[]byte(`<?xml version="1.0" encoding="utf-8"?><?p q?><a xmlns="u" xmlns:p="v">` +
		strings.Repeat("<b c=\"1\" p:d=\"x&amp;y\"><e>text &lt; é</e><!--\r\n--><![CDATA[x]]>&#65;</b><a-name-of-more-than-sixteen/>\r\n", 200) + `</a>`)}
	if shared := os.Getenv("SIGLA_SHARED"); shared != "" {
		names, _ := filepath.Glob(filepath.Join(shared, "tei", "real", "*.xml"))
		for _, name := range names {
			doc, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, doc)
		}
	}
	tok := &Tokenizer{}
	for _, doc := range docs {
		again := func() {
			tok.Reset("t", doc, nil, Limits{})
			if err := drain(tok); err != nil {
				t.Fatal(err)
			}
		}
		r := bytes.NewReader(doc)
		throughWindow := func() {
			r.Reset(doc)
			tok.ResetReader("t", r, nil, Limits{})
			if err := drain(tok); err != nil {
				t.Fatal(err)
			}
		}
		for way, f := range map[string]func(){"in memory": again, "through the window": throughWindow} {
			f()
			if n := testing.AllocsPerRun(5, f); n > 0 {
				t.Errorf("%s, %.40q: %v allocations", way, doc, n)
			}
		}
	}
}

// Tags that the fast road takes come out as the slow one reads them.
func TestOrdinaryTagsAreReadByTheRules(t *testing.T) {
	docs := mutants(mutantCount(t))
	for _, c := range rules {
		docs = append(docs, []byte(c.doc))
	}
	fast, slow := &Tokenizer{}, &Tokenizer{}
	for _, doc := range docs {
		// Twice, as only names that have been met are ordinary.
		for range 2 {
			fast.Reset("t", doc, nil, Limits{})
			slow.Reset("t", doc, nil, Limits{})
			slow.limits.ordinary = 0
			if f, s := stream(fast), stream(slow); f != s {
				t.Fatalf("%q\nfast %s\nslow %s", doc, f, s)
			}
		}
	}
}
