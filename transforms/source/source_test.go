package source

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func parse(t *testing.T, text string, opt Options) *Page {
	t.Helper()
	p, _, err := Parse([]byte(text), opt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shape writes the fields and the first line of the body.
func shape(p *Page) string {
	var b strings.Builder
	for _, f := range p.Fields {
		b.WriteString(f.Key + "=" + strings.ReplaceAll(f.Value, "\n", "/") + "|")
	}
	body, _, _ := strings.Cut(p.Text[p.Body.Start:p.Body.End], "\n")
	return b.String() + " " + body
}

const (
	topLines  = "**May 4, 1949**  \n**Note on Timber**\n\n"
	citeField = "**Citation:**\n\n\"Note on Timber\", May 4, 1949, RGANI, f. 5, op. 1. Translated by Nora Quist.  \n<https://digitalarchive.example.org/document/77>\n\n"
	citeValue = "citation=\"Note on Timber\", May 4, 1949, RGANI, f. 5, op. 1. Translated by Nora Quist./<https://digitalarchive.example.org/document/77>|"
	sumField  = "**Summary:**\n\nA note on timber.\n\n"
	sumValue  = "summary=A note on timber.|"
	langField = "**Original Language:**\n\nRussian\n\n"
	langValue = "original-language=Russian|"
	contField = "**Contents:**\n\nTranslation - English\n\n"
	contValue = "contents=Translation - English|"
	body      = "To Cde. Orlov\n\nThe rafts came.\n"
	topValue  = "date=May 4, 1949|title=Note on Timber|"
	end       = " To Cde. Orlov"
)

var layouts = []struct{ name, in, want string }{
	{"usual", "\n\n\n" + topLines + citeField + sumField + langField + contField + body, topValue + citeValue + sumValue + langValue + contValue + end},
	{"byte order mark and CRLF", "\ufeff" + strings.ReplaceAll(topLines+citeField+contField+body, "\n", "\r\n"), topValue + citeValue + contValue + end},
	{"CR", strings.ReplaceAll(topLines+citeField+contField+body, "\n", "\r"), topValue + citeValue + contValue + end},
	{"title before date", "**Note on Timber**\n**May 4, 1949**\n\n" + citeField + contField + body, "title=Note on Timber|date=May 4, 1949|" + citeValue + contValue + end},
	{"no date", "**Note on Timber**\n\n" + citeField + contField + body, "title=Note on Timber|" + citeValue + contValue + end},
	{"no title", "**May 4, 1949**\n\n" + citeField + contField + body, "date=May 4, 1949|" + citeValue + contValue + end},
	{"no top", citeField + contField + body, citeValue + contValue + end},
	{"no contents", topLines + citeField + sumField + langField + body, topValue + citeValue + sumValue + langValue + end},
	{"citation last", topLines + langField + citeField + body, topValue + langValue + citeValue + end},
	{"summary last", topLines + langField + sumField + body, topValue + langValue + sumValue + end},
	{"contents in the middle", topLines + contField + citeField + langField + body, topValue + contValue + citeValue + langValue + end},
	{"heading for title", "May 4, 1949\n\n# Note on Timber\n\n" + citeField + contField + body, topValue + citeValue + contValue + end},
	{"headings for labels", "# Note on Timber\n\n## Summary\n\nA note on timber.\n\n## Original Language\n\nRussian\n\n## Contents\n\nTranslation - English\n\n" + body, "title=Note on Timber|" + sumValue + langValue + contValue + end},
	{"plain labels", "May 4, 1949\nNote on Timber\n\nCitation:\n\n\"Note on Timber\", May 4, 1949\n\nSummary:\n\nA note on timber.\n\nContents:\n\nTranslation - English\n\n" + body, topValue + "citation=\"Note on Timber\", May 4, 1949|" + sumValue + contValue + end},
	{"labels on the line", "Note on Timber\n\nCitation: \"Note on Timber\", May 4, 1949\n\nSummary: A note on timber.\n\nOriginal Language: Russian\n\nContents: Translation - English\n\n" + body, "title=Note on Timber|citation=\"Note on Timber\", May 4, 1949|" + sumValue + langValue + contValue + end},
	{"bold labels on the line", topLines + "**Summary:** A note on timber.\n**Original Language**: Russian\n**Contents:** Translation - English\n\n" + body, topValue + sumValue + langValue + contValue + end},
	{"no empty lines", "**May 4, 1949**\n**Note on Timber**\n**Summary:**\nA note on timber.\n**Original Language:**\nRussian\n**Contents:**\nTranslation - English\n" + body, topValue + sumValue + langValue + contValue + end},
	{"no empty lines and no contents", "**May 4, 1949**\n**Note on Timber**\n**Original Language:**\nRussian\n**Summary:**\nA note on timber.\n" + body, topValue + langValue + sumValue + end},
	{"unknown label", topLines + "**Cabinet Number:**\n\n12\n\n" + citeField + contField + body, topValue + "cabinet-number=12|" + citeValue + contValue + end},
	{"unknown label between", topLines + citeField + "**Cabinet Number:** 12\n\n" + contField + body, topValue + citeValue + "cabinet-number=12|" + contValue + end},
	{"several paragraphs", topLines + "**Summary:**\n\nOne.\n\nTwo\nlines.\n\n" + langField + contField + body, topValue + "summary=One.//Two/lines.|" + langValue + contValue + end},
	{"several addresses", topLines + "**Citation:**\n\n\"Note on Timber\"\n<https://a.example.org/1>\n\nhttps://b.example.org/2\n\n" + body, topValue + "citation=\"Note on Timber\"/<https://a.example.org/1>//https://b.example.org/2|" + end},
	{"several contents", topLines + "**Contents:**\n\nTranslation - English\nTranscript - Russian\n\nOriginal - Russian\n\n" + body, topValue + "contents=Translation - English/Transcript - Russian//Original - Russian|" + end},
	{"contents without a value", topLines + langField + "**Contents:**\n\n" + body, topValue + langValue + "contents=|" + end},
	{"field without a value", topLines + "**Summary:**\n\n" + langField + contField + body, topValue + "summary=|" + langValue + contValue + end},
	{"no-break spaces", strings.ReplaceAll(topLines+"**Original Language:**\n\nRussian\n\n**Contents:**\n\n", " ", "\u00a0") + "Translation\u00a0-\u00a0English\n\n" + body, "date=May\u00a04,\u00a01949|title=Note\u00a0on\u00a0Timber|" + langValue + "contents=Translation\u00a0-\u00a0English|" + end},
	{"no fields", topLines + body, topValue + end},
	{"title over two lines", "**May 4, 1949**\n**Note on\nTimber**\n\n" + citeField + contField + body, "date=May 4, 1949|title=Note on/Timber|" + citeValue + contValue + end},
	{"body begins with a label", topLines + langField + contField + "Copies:\n\nNo. 1 to Cde. Orlov\n", topValue + langValue + contValue + " Copies:"},
	{"body begins with a label, no contents", topLines + langField + "Participants:\n\nCde. Orlov\n\nSubject: rafts\n", topValue + langValue + " Participants:"},
	{"body has a known label", topLines + langField + contField + "The rafts came.\n\nSummary: all well.\n", topValue + langValue + contValue + " The rafts came."},
	{"bold speaker", topLines + langField + contField + "**Orlov:** The rafts came.\n\n**Source:** hearsay\n", topValue + langValue + contValue + " **Orlov:** The rafts came."},
	{"no body", topLines + langField + contField, topValue + langValue + contValue + " "},

	{"plain", body, end},
	{"plain with numbers", "1. Foo\n\n2. Bar: baz\n", " 1. Foo"},
	{"memorandum", "Date: 4 May 1949\nTo: Orlov\nSubject: rafts\n\nThey came.\n", " Date: 4 May 1949"},
	{"letter with a heading", "SUMMARY: rafts came\n\nThey came on 4 May.\n", " SUMMARY: rafts came"},
	{"statement", "Statement\n\nwritten with P. Orlov\n", " Statement"},
	{"date line and summary", "Ufa\n\n4 May 1949\n\nSummary: rafts came\n\nThey came.\n", " Ufa"},
	{"head", "title: Note on Timber\ndate: 4 May 1949\ntranslator: Nora Quist\n\n" + body, "title=Note on Timber|date=4 May 1949|translator=Nora Quist|" + end},
	{"fenced head", "---\ntitle: \"Note on Timber\"\nauthor:\n  - A. Orlov\n  - B. Weiss\nshelf: 12\n---\n\n" + body, "title=Note on Timber|author=A. Orlov/B. Weiss|shelf=12|" + end},
	{"rule at the top", "---\n\n" + body, " ---"},
	{"rules round a line", "---\nTOP SECRET\n---\n\n" + body, " ---"},
	{"author and date only", "Author: A. Orlov\nDate: 4 May 1949\n\n" + body, " Author: A. Orlov"},
}

func TestLayouts(t *testing.T) {
	for _, c := range layouts {
		p := parse(t, c.in, Options{})
		if got := shape(p); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.name, got, c.want)
		}
		checkPage(t, p)
	}
}

// checkPage holds the laws of a page: spans lie in the text, fields before the
// body and in order, and every line before the body is in the header.
func checkPage(t *testing.T, p *Page) {
	t.Helper()
	if p.Body.Start < 0 || p.Body.End < p.Body.Start || p.Body.End > len(p.Text) {
		t.Fatalf("body %v of %d bytes", p.Body, len(p.Text))
	}
	if rest := strings.TrimFunc(p.Text[p.Body.End:], blank); rest != "" {
		t.Errorf("%q lies behind the body", rest)
	}
	at := 0
	for _, f := range p.Fields {
		if f.Span.Start < at || f.Span.End < f.Span.Start || f.Span.End > p.Body.Start {
			t.Errorf("field %s at %v, after %d and before %v", f.Key, f.Span, at, p.Body)
		}
		at = f.Span.End
	}
	if c, ok := p.Field("citation"); ok {
		checkPieces(t, c.Value, p.value("title"))
	}
	h := p.Header()
	if len(p.Fields) == 0 && strings.TrimFunc(p.Text[:p.Body.Start], blank) != "" {
		t.Errorf("%q is neither in a field nor in the body", p.Text[:p.Body.Start])
	}
	_ = h
}

func TestFormatsReadTheirExamples(t *testing.T) {
	for _, f := range formats {
		for _, from := range []string{"", Auto, f.Name} {
			if p := parse(t, f.Example, Options{From: from}); p.Format != f.Name {
				t.Errorf("%s is read as %s", f.Name, p.Format)
			}
		}
	}
}

func TestWhatTheFieldsLeaveOutIsKeptVerbatim(t *testing.T) {
	h := parse(t, "# Note on Timber\n\n"+citeField+contField+body, Options{Name: "x/note.txt"}).Header()
	if len(h.Verbatim) != 1 || h.Verbatim[0] != "# Note on Timber" {
		t.Errorf("%q", h.Verbatim)
	}
	if h.Title != "Note on Timber" || h.ID != "wcda-77" || h.Filename != "note.txt" || h.Translators[0].ID != "nquist" {
		t.Errorf("%+v", h)
	}
	meta, err := ParseMeta([]byte("title: Another"), "m.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h = parse(t, "**Raft Report**\n\n"+contField+body, Options{Meta: meta}).Header()
	if h.Title != "Another" || len(h.Verbatim) != 1 || h.Verbatim[0] != "**Raft Report**" {
		t.Errorf("%q %q", h.Title, h.Verbatim)
	}
}

func TestEncodings(t *testing.T) {
	le := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	for _, c := range []struct{ name, in, enc, want string }{
		{"utf-8", "Crișul", "utf-8", "Crișul"},
		{"utf-16 with a mark", "\xff\xfe" + le("Crișul 😀"), "", "Crișul 😀"},
		{"utf-16 named", le("Crișul"), "utf-16le", "Crișul"},
		{"utf-16 big", "\xfe\xff\x00A\x00B", "", "AB"},
		{"latin", "caf\xe9", "latin1", "café"},
		{"windows", "\x93caf\xe9\x94", "Windows-1252", "“café”"},
		{"cyrillic", "\xcc\xe8\xf0", "windows-1251", "Мир"},
		{"koi8", "\xed\xc9\xd2", "koi8-r", "Мир"},
		{"form feed", "one\ftwo", "", "one\ftwo"},
	} {
		p, _, err := Parse([]byte(c.in), Options{Encoding: c.enc})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if p.Text != c.want {
			t.Errorf("%s: %q, want %q", c.name, p.Text, c.want)
		}
	}
}

func TestWhatIsNoText(t *testing.T) {
	for _, c := range []struct {
		name, in, enc string
		want          string
		replaced      string
	}{
		{"empty", "", "", "x.txt: the file is empty, or nothing but white space; there is no text to encode [source/empty]", ""},
		{"blank", " \n\ufeff\u00a0", "", "x.txt: the file is empty, or nothing but white space; there is no text to encode [source/empty]", ""},
		{"nul", "a\nbc\x00d", "", "x.txt:2:3: the character NUL", "a\nbc\ufffdd"},
		{"bell", "a\r\nb\x07c", "", "x.txt:2:2: the character U+0007", "a\nb\ufffdc"},
		{"non-character", "é\uffff", "", "x.txt:1:2: the character U+FFFF", "é\ufffd"},
		{"latin bytes", "caf\xe9 au", "", "x.txt:1:4: the byte 0xE9 is not UTF-8", "caf\ufffd au"},
		{"surrogate in utf-8", "a\xed\xa0\x80b", "", "x.txt:1:2: half a surrogate pair", "a\ufffdb"},
		{"surrogate in utf-16", "\xff\xfea\x00\x00\xd8b\x00", "", "x.txt:1:2: half a surrogate pair (U+D800)", "a\ufffdb"},
		{"odd utf-16", "\xff\xfea\x00b", "", "x.txt:1:2: the file ends in the middle", "a\ufffd"},
		{"pdf", "%PDF-1.4", "", "x.txt: this is a PDF file", ""},
		{"mark against option", "\xff\xfea\x00", "utf-8", "x.txt: the file begins with the byte order mark of utf-16le", ""},
	} {
		_, _, err := Parse([]byte(c.in), Options{Name: "x.txt", Encoding: c.enc})
		var te *TextError
		if !errors.As(err, &te) || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.replaced == "" {
			continue
		}
		p, found, err := Parse([]byte(c.in), Options{Name: "x.txt", Encoding: c.enc, ReplaceForbidden: true})
		if err != nil || p.Text != c.replaced || len(p.Changed) == 0 || len(found) == 0 || !strings.Contains(strings.Join(p.Header().Normalized, " "), "U+FFFD") {
			t.Errorf("%s: %v %v %v", c.name, p, found, err)
		}
	}
}

func TestLimit(t *testing.T) {
	_, _, err := Parse(make([]byte, 11), Options{Name: "x.txt", Limit: 10})
	if err == nil || err.Error() != "x.txt: the file is larger than 10 bytes, which is the limit for one page [source/too-large]" {
		t.Error(err)
	}
	if _, _, err = Read(strings.NewReader("0123456789a"), Options{Limit: 10}); err == nil {
		t.Error("no error")
	}
	if _, _, err = Read(strings.NewReader("0123456789"), Options{Limit: 10}); err != nil {
		t.Error(err)
	}
}

func TestOptionsThatNameNothing(t *testing.T) {
	for _, c := range []struct {
		opt  Options
		want string
	}{
		{Options{From: "digitalarchiv"}, `did you mean "digitalarchive"?`},
		{Options{Encoding: "windows-1253"}, `did you mean "windows-125`},
		{Options{Encoding: "runes"}, `the encodings are utf-8, utf-16le`},
	} {
		_, _, err := Parse([]byte("x"), c.opt)
		var oe *OptionError
		if !errors.As(err, &oe) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.opt, err)
		}
	}
}

func TestFindings(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"usual", topLines + citeField + contField + body, ""},
		{"no title", "**May 4, 1949**\n\n" + contField + body, "x.txt:1:1: the front matter has no title; give one as title: in a metadata file [source/no-title]"},
		{"unknown label", topLines + "**Cabinet:** 12\n\n" + contField + body, `x.txt:4:1: the label "Cabinet:" is not one that is known; its field is kept as a note [source/unknown-label]`},
		{"date", "Date: 5/6/49\n**Note**\n\n" + contField + body, `x.txt:1:1: the date "5/6/49" has no form that is known; give it as date: in a metadata file [source/date-unreadable]`},
		{"language", topLines + "**Original Language:**\n\nQuenya\n\n" + contField + body, `x.txt:4:1: the language "Quenya" is not one that is known; give its tag as original-language: in a metadata file [source/language-unknown]`},
		{"no body", topLines + contField, "x.txt:8:1: the page has front matter and no text after it [source/no-body]"},
		{"dates", "**May 5, 1949**\n**Note on Timber**\n\n" + citeField + contField + body, "x.txt:1:1: the page is dated May 5, 1949, its citation May 4, 1949 [source/date-differs]"},
		{"wrong encoding", "caf\u0092e\n", "x.txt:1:4: the control character U+0092 stands in the text; if the file is in windows-1252, say so as its encoding [source/mojibake]"},
	} {
		_, found, err := Parse([]byte(c.in), Options{Name: "x.txt"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, f.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"November 1, 1951": "1951-11-01", "1 November 1951": "1951-11-01", "Nov. 1, 1951": "1951-11-01", "November 1951": "1951-11", "1951": "1951",
		"1951-11-01": "1951-11-01", "1951-11": "1951-11", "Thursday, November 1, 1951": "1951-11-01", "1st of November, 1951": "1951-11-01",
		"November 1-3, 1951": "1951-11-01/1951-11-03", "1–3 November 1951": "1951-11-01/1951-11-03", "October 30 - November 1, 1951": "1951-10-30/1951-11-01",
		"December 30, 1951 - January 2, 1952": "1951-12-30/1952-01-02", "1951-1952": "1951/1952", "1951-52": "1951/1952", "1950s": "1950/1959", "November-December 1951": "1951-11/1951-12",
		"circa 1951": "1951", "[November 1, 1951]": "1951-11-01", "November 1951?": "1951-11", "early November 1951": "1951-11", "13.06.1951": "1951-06-13", "27/10/1962": "1962-10-27",
		"5/6/1949": "", "February 30, 1951": "", "November": "", "undated": "", "Report of 1951": "", "November 1, 1951 and after": "", "42": "", "May 99, 1951": "", "November\u00a01,\u00a01951": "1951-11-01",
	} {
		d, ok := readDate(in)
		if got := d.value(); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	for in, want := range map[string]string{
		"Russian": "ru", "russian.": "ru", "Chinese": "zh", "German; Russian": "de ru", "Russian, English and Korean": "ru en ko", "Chinese (Simplified)": "zh-Hans",
		"Serbo-Croatian": "sh", "Hungarian / Romanian": "hu ro", "Klingon": "", "": "",
	} {
		got, ok := languageTags(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	for _, l := range languages {
		if !tagLike(l.tag) {
			t.Errorf("%s has the tag %q", l.name, l.tag)
		}
	}
}

func TestFunders(t *testing.T) {
	for in, want := range map[string]string{
		"This document was made possible with support from Larch Trust":                             "Larch Trust",
		"This document was made possible with support from the Larch Trust.":                        "Larch Trust",
		"Made possible with support from Larch Trust and Alder Foundation":                          "Larch Trust|Alder Foundation",
		"Made possible with support from Larch Trust, Alder Foundation, and the Ministry of Rivers": "Larch Trust|Alder Foundation|Ministry of Rivers",
		"Made possible with support from John D. and Clara T. Alder Foundation":                     "John D. and Clara T. Alder Foundation",
		"Made possible with support from Institute of Rivers and Lakes":                             "Institute of Rivers and Lakes",
		"Obtained by Ivo Pelc": "",
	} {
		if got := strings.Join(funders(in), "|"); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestGivenPages(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED is not set: it names the folder with the given texts")
	}
	for _, g := range []struct{ glob, format string }{
		{"seed/*.txt", "digitalarchive"}, {"synthetic/pages/*.txt", "digitalarchive"}, {"text/*/*.txt", "plain"},
	} {
		files, _ := filepath.Glob(filepath.Join(shared, g.glob))
		if len(files) == 0 {
			t.Errorf("no files %s", g.glob)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			p, found, err := Parse(b, Options{Name: filepath.Base(f)})
			if err != nil || p.Format != g.format || len(found) > 0 {
				t.Errorf("%s: %v, %v", f, err, found)
				continue
			}
			checkPage(t, p)
			if p.Format == "plain" && (len(p.Fields) > 0 || p.Body.Start > 3) {
				t.Errorf("%s: the head of a plain text was taken off", f)
			}
			if h := p.Header(); len(h.Verbatim) > 0 {
				t.Errorf("%s: %q is in no field", f, h.Verbatim)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range layouts {
		f.Add([]byte(c.in), false)
	}
	for _, c := range citationCases {
		f.Add([]byte("**Citation:**\n\n"+c.in+"\n\n**Contents:**\n\nTranslation - English\n\nx"), true)
	}
	f.Fuzz(func(t *testing.T, b []byte, replace bool) {
		p, found, err := Parse(b, Options{Name: "x.txt", ReplaceForbidden: replace})
		if err != nil {
			return
		}
		if !utf8.ValidString(p.Text) || strings.ContainsRune(p.Text, '\r') {
			t.Fatalf("text %q", p.Text)
		}
		checkPage(t, p)
		for _, x := range found {
			if x.Pos.Line < 1 {
				t.Errorf("%v has no place", x)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	src := []byte(topLines + citeField + sumField + langField + contField + strings.Repeat(body, 90))
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		p, _, err := Parse(src, Options{Name: "x.txt"})
		if err != nil {
			b.Fatal(err)
		}
		if h := p.Header(); h.Title == "" {
			b.Fatal("no title")
		}
	}
}

func TestSlug(t *testing.T) {
	for words, want := range map[string]string{"Geographic Area": "geographic-area", "  Recorded by: ": "recorded-by", "№ 5/a": "5-a", "Фонд": "", "": ""} {
		if got := Slug(words); got != want {
			t.Errorf("%q gives %q, want %q", words, got, want)
		}
	}
}
