package lint

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sigla/tei/diag"
)

const (
	open  = `<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:eg="http://www.tei-c.org/ns/Examples" xmlns:svg="http://www.w3.org/2000/svg">`
	close = `</TEI>`
)

func all(diag.Code) bool { return true }

func check(t testing.TB, name, body string, o Options) *Result {
	t.Helper()
	r, err := File(context.Background(), name, []byte(open+body+close), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// codes are the codes of findings without their stage.
func codes(l diag.List) string {
	var s []string
	for _, f := range l {
		s = append(s, strings.TrimPrefix(string(f.Code), "lint/"))
	}
	return strings.Join(s, " ")
}

func TestEachExampleRaisesItsLintAlone(t *testing.T) {
	for _, l := range Lints {
		only := func(c diag.Code) bool { return c == l.Code }
		r := check(t, "a.xml", l.Example, Options{On: only, Corpus: true})
		findings := r.Findings
		if l.run == nil {
			other := check(t, "b.xml", `<p xml:id="shared"/>`, Options{Corpus: true})
			findings = Corpus([]*Result{other, r}, CorpusOptions{On: only, Exists: func(string) bool { return false }})
		}
		if len(findings) != 1 || findings[0].Code != l.Code || findings[0].Severity != l.Severity {
			t.Errorf("%s: %v", l.Code, findings)
		}
		for _, f := range check(t, "a.xml", l.Example, Options{}).Findings {
			if f.Code != l.Code {
				t.Errorf("the example of %s raises %s too", l.Code, f)
			}
		}
	}
}

func TestEachLintIsInTheManual(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "lints.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range Lints {
		_, section, ok := strings.Cut(string(b), "## "+string(l.Code)+"\n")
		section, _, _ = strings.Cut(section, "\n## ")
		severity := map[diag.Severity]string{diag.Error: "Error.", diag.Warning: "Warning"}[l.Severity]
		if !ok || !strings.Contains(section, l.Example) || !strings.Contains(section, severity) || strings.Contains(section, "off unless") == l.On {
			t.Errorf("docs/lints.md does not say of %s what the table says", l.Code)
		}
	}
}

func TestPointers(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`<p xml:id="a"/><ref target="#a"/>`, ""},
		{`<ref target="#a"/><p xml:id="a"/>`, ""},
		{`<ref target="#a #b"/><p xml:id="a"/>`, "pointer-dangling"},
		{`<ref target="  #b  #c"/>`, "pointer-dangling pointer-dangling"},
		{`<p xml:id="Müller"/><ref target="#M%C3%BCller"/>`, ""},
		{`<ref target="#M&#252;ller"/>`, "pointer-dangling"},
		{`<ref target="other.xml#a"/>`, ""},
		{`<ref target="a.xml#b"/>`, "pointer-dangling"}, // its own name
		{`<ref target="./a.xml#b"/>`, "pointer-dangling"},
		{`<ref target="http://x.org/#b urn:x:y mailto:a@b"/>`, ""},
		{`<ref target="#xpath(//p)"/><ref target="#string-range(a,1,2)"/>`, ""},
		{`<ref target="https://x.org/#/a#b"/>`, ""},
		{`<ref target="//x.org/a.xml#b"/>`, ""},
		{`<ref target="?q#b"/>`, ""},
		{`<ref target="#a#b"/>`, "pointer-malformed"},
		{`<ref target="C:\texts\a.xml"/>`, "pointer-malformed"},
		{`<p next="#a #b"/>`, "pointer-malformed"},
		{`<graphic url="page 1.jpg"/>`, "pointer-malformed"},
		{`<ref target=""/>`, "pointer-empty"},
		{`<ref target="#"/>`, "pointer-empty"},
		{`<p xml:id="a"/><p corresp="a"/>`, "pointer-hash"},
		{`<p corresp="a"/>`, ""},
		{`<p xml:id="a.xml"/><p corresp="a.xml"/>`, ""},
		// one name, several meanings
		{`<span from="#a" to="#b"/>`, "pointer-dangling pointer-dangling"},
		{`<locus from="#a" to="12r"/>`, ""},
		{`<move where="#L R"/>`, ""},
		{`<schemaSpec start="#TEI"/>`, ""},
		{`<keywords scheme="#k"/><gi scheme="#k"/>`, "pointer-dangling"},
		{`<leaf value="#v"/><num value="#v"/>`, "pointer-dangling"},
		{`<p key="#a" rend="#b" type="#c" n="#d" style="#e"/>`, ""},
		// not of this document, or about it
		{`<eg:egXML><eg:ref target="#a" xml:id="x"/><eg:p xml:id="x"/></eg:egXML>`, ""},
		{`<svg:g target="#a"/><p xml:id="y"/>`, ""},
		{`<svg:g id="g1"/><zone facs="#g1"/>`, ""},
		{`<xi:include href="b.xml"/><ref target="#a"/>`, ""},
		{`<div xml:base="http://x.org/"><ref target="#a b.xml#c"/></div>`, ""},
		{`<div xml:base="b.xml"><ref target="#a"/></div><ref target="#a"/>`, "pointer-dangling"},
		{`<ref target="#a" xml:base="b.xml"/>`, ""},
		{`<p xml:id="a"/><div xml:base="b.xml"><ref target="#a"/></div>`, ""},
	} {
		if got := codes(check(t, "a.xml", c.body, Options{}).Findings); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}

func TestTheBaseOfTheDocumentIsItsOwnAddress(t *testing.T) {
	const doc = `<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:base="https://x.org/letters/"><ref target="#a b.xml#c a.xml#d"/></TEI>`
	r, err := File(context.Background(), "a.xml", []byte(doc), Options{Corpus: true})
	if err != nil || codes(r.Findings) != "pointer-dangling" || len(r.References) > 0 {
		t.Error(err, r)
	}
}

func TestPrefixesAreThoseOfTheDocument(t *testing.T) {
	const defs = `<prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="#$1"/>
<prefixDef ident="two" matchPattern="(.+)" replacementPattern="#$1"/><prefixDef ident="two" matchPattern="(.+)" replacementPattern="b.xml#$1"/>
<prefixDef ident="swap" matchPattern="(\d)-([A-Z])" replacementPattern="#$2$1$9"/>
<prefixDef ident="xsd" matchPattern="\i\c*" replacementPattern="#a"/>
<p xml:id="mdh"/><p xml:id="B1"/>`
	for _, c := range []struct{ body, want string }{
		{`<rs ref="psn:mdh"/>`, ""},
		{`<rs ref="psn:nobody"/>`, "pointer-dangling"},
		{`<rs ref="psn:MDH"/>`, "pointer-prefix"},
		{`<rs ref="psn:mdh1"/>`, "pointer-prefix"}, // the whole has to fit
		{`<rs ref="two:nobody"/>`, ""},             // may be in b.xml
		{`<rs ref="swap:1-B"/>`, ""},
		{`<rs ref="gnd:118540238"/>`, ""}, // nobody has said what it is
		{`<rs ref="xsd:1"/>`, ""},
	} {
		if got := codes(check(t, "a.xml", c.body+defs, Options{}).Findings); got != c.want {
			t.Errorf("%s: got %q, want %q", c.body, got, c.want)
		}
	}
}

func TestFindingsStandAtTheItem(t *testing.T) {
	doc := open + "\n<p ana='#ä\n  #b' xml:id=\"é\"/>\n<p xml:id=\"é\"/>" + close
	r, err := File(context.Background(), "a.xml", []byte(doc), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		text      string
		line, col int
	}{{"#ä", 2, 9}, {"#b", 3, 3}, {"é", 4, 12}}
	if len(r.Findings) != len(want) {
		t.Fatal(r.Findings)
	}
	for i, w := range want {
		f := r.Findings[i]
		if doc[f.Pos.Offset:f.Pos.Offset+f.Len] != w.text || f.Pos.Line != w.line || f.Pos.Column != w.col {
			t.Errorf("%s is at %q, want %q at %d:%d", f, doc[f.Pos.Offset:f.Pos.Offset+f.Len], w.text, w.line, w.col)
		}
	}
	if p := r.Findings[2].Related[0].Pos; p.Line != 3 || p.Column != 15 {
		t.Errorf("the first is at %s", p)
	}
}

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct{ value, want string }{
		{"a", ""}, {"_1", ""}, {"Пушкин", ""}, {" a ", ""}, {"a.b-c_d", ""}, {"e\u0301", ""},
		{"1a", `write "_1a"`}, {"a b", `write "a-b"`}, {"a:b", `write "a-b"`}, {"", "empty"}, {"(1)", `write "_-1-"`}, {"-a", `write "_-a"`},
	} {
		l := check(t, "a.xml", `<p xml:id="`+c.value+`"/>`, Options{}).Findings
		if c.want == "" && len(l) > 0 || c.want != "" && (codes(l) != "id-name" || !strings.Contains(l[0].Message, c.want)) {
			t.Errorf("%q: %v, want %q", c.value, l, c.want)
		}
	}
}

// The verdicts are by RFC 5646 and the registry of language subtags at IANA.
func TestLanguageTags(t *testing.T) {
	for _, c := range []struct{ tag, code, says string }{
		{"", "", ""}, {"de", "", ""}, {"DE", "", ""}, {"grc", "", ""}, {"zh-Hant-TW", "", ""}, {"de-CH-1901", "", ""}, {"sl-rozaj-biske-1994", "", ""},
		{"la-x-medieval", "", ""}, {"x-klingon", "", ""}, {"qaa-Qaaa-QM-x-southern", "", ""}, {"i-klingon", "", ""}, {"en-GB-oed", "", ""},
		{"es-419", "", ""}, {"zh-yue", "", ""}, {"de-Latf", "", ""}, {"und", "", ""}, {"mul", "", ""}, {"zxx", "", ""}, {"en-u-co-phonebk", "", ""},
		{"akk", "", ""}, {"cop-sahidic", "", ""}, {"de-Tols", "", ""}, {"gmh", "", ""}, {"chu", "lang-long", "write cu"}, {"syc", "", ""},
		{"eng", "lang-long", "write en"}, {"lat", "lang-long", "write la"}, {"ger", "lang-long", "write de"}, {"fre-CA", "lang-long", "write fr-CA"}, {"rus-Cyrl", "lang-long", "write ru-Cyrl"},
		{"iw", "lang-deprecated", "write he"}, {"in-ID", "lang-deprecated", "write id-ID"}, {"ji", "lang-deprecated", "write yi"}, {"de-DD", "lang-deprecated", "write de-DE"},
		{"xx", "lang-unknown", `"xx"`}, {"de-Xxxx", "lang-unknown", `"Xxxx"`}, {"english", "lang-unknown", "english"}, {"de-klingon", "lang-unknown", `"klingon"`},
		{"en_US", "lang-malformed", "write en-US"}, {"d", "lang-malformed", ""}, {"en-", "lang-malformed", ""}, {"-en", "lang-malformed", ""}, {"1en", "lang-malformed", ""},
		{"de DE", "lang-malformed", ""}, {"de-DE-Latn", "lang-malformed", "order"}, {"de-1901-1901", "lang-malformed", "twice"}, {"deutschland", "lang-malformed", "eight"},
		{"en-x", "lang-malformed", "x-"}, {"en-a-bbb-a-ccc", "lang-malformed", "twice"}, {"en-a", "lang-malformed", ""}, {"französisch", "lang-malformed", ""}, {"de-Latn-Cyrl", "lang-malformed", ""},
	} {
		l := check(t, "a.xml", `<p xml:lang="`+c.tag+`"/>`, Options{}).Findings
		if codes(l) != c.code || c.says != "" && !strings.Contains(l[0].Message, c.says) {
			t.Errorf("%q: %v, want %s %q", c.tag, l, c.code, c.says)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ attributes, want, says string }{
		{`when="1951"`, "", ""}, {`when="1951-05-03"`, "", ""}, {`when="1952-02-29"`, "", ""}, {`when="--02-29"`, "", ""}, {`when="---31"`, "", ""}, {`when="--12"`, "", ""},
		{`when="-0044-03-15"`, "", ""}, {`when="-0005-02-29"`, "", ""}, {`when="-0004-02-29"`, "", ""}, {`when="2000-02-29"`, "", ""}, {`when="12:30:00"`, "", ""}, {`when="1951-05-03T24:00:00Z"`, "", ""},
		{`when="1951-05+01:00"`, "", ""}, {`when="1951-05:00"`, "", ""}, {`when="1951Z"`, "", ""}, {`when="10000"`, "", ""},
		// the shape is the grammar's
		{`when="May 1951"`, "", ""}, {`when="1951-5-3"`, "", ""}, {`when="19510532"`, "", ""}, {`when=""`, "", ""}, {`when="51"`, "", ""}, {`when="1951-13-45x"`, "", ""},
		{`when-iso="1951-02-30" when-custom="1951-02-30"`, "", ""},
		{`when="1951-02-30"`, "date-impossible", "February"}, {`when="1951-02-29"`, "date-impossible", "no leap year"}, {`when="1951-04-31"`, "date-impossible", "April has 30"},
		{`when="1951-13"`, "date-impossible", "month 13"}, {`when="1951-13-05"`, "date-impossible", "perhaps 05-13"}, {`when="1951-00"`, "date-impossible", "leave it out"}, {`when="1951-05-00"`, "date-impossible", "leave it out"},
		// 29 February 1900 and 1700 of the Julian calendar, which lags by 12 days up to
		// that of 1900 and by 10 up to that of 1700
		{`when="1900-02-29"`, "date-impossible", "1900-03-13"}, {`when="1700-02-29"`, "date-impossible", "1700-03-11"},
		{`when="1951-05-03T25:00:00"`, "date-impossible", "hour"}, {`when="12:60:00"`, "date-impossible", "minute"}, {`when="1951-05-03+15:00"`, "date-impossible", "zone"},
		{`when="--02-30"`, "date-impossible", ""}, {`when="---32"`, "date-impossible", ""}, {`when="---00"`, "date-impossible", ""},
		{`when="0000-05"`, "date-year-zero", "-0001"},
		{`from="1951" to="1951"`, "", ""}, {`from="1951-05" to="1951"`, "", ""}, {`from="1951" to="1951-01-01"`, "", ""}, {`from="--12-20" to="--01-06"`, "", ""},
		{`from="1951-05-04" to="1951-05-03"`, "date-order", "exchange"}, {`from="-0001" to="-0002"`, "date-order", ""}, {`from="-0002" to="0001"`, "", ""},
		{`notBefore="1952" notAfter="1951-12-31"`, "date-order", ""}, {`notBefore="1951-12-31" notAfter="1951"`, "", ""},
		{`from="1951-05-03T12:00:00Z" to="1951-05-03T11:00:00Z"`, "date-order", ""}, {`from="1951-05-03T12:00:00Z" to="1951-05-03T11:00:00"`, "", ""},
		{`from="1951-05-03T12:00:00+03:00" to="1951-05-03T10:00:00+00:00"`, "", ""},
		{`when="1960" notBefore="1950" notAfter="1955"`, "date-outside", "notAfter"}, {`when="1940" notBefore="1950"`, "date-outside", "notBefore"}, {`when="1950" notBefore="1950-06"`, "", ""},
		{`when="1951-02-30" notAfter="1900"`, "date-impossible", ""},
	} {
		l := check(t, "a.xml", `<date `+c.attributes+`/>`, Options{}).Findings
		if codes(l) != c.want || c.says != "" && !strings.Contains(l[0].Message, c.says) {
			t.Errorf("%s: %v, want %s %q", c.attributes, l, c.want, c.says)
		}
	}
	if l := check(t, "a.xml", `<locus from="1951-02-30" to="1r"/><date when="1951"/><biblScope from="1960" to="1950"/><date from="1960"/><date to="1950"/>`, Options{}).Findings; len(l) > 0 {
		t.Error(l)
	}
}

func TestTheCalendarIsThatOfTime(t *testing.T) {
	for year := 1; year < 10000; year += 1 + year%29 {
		for month := 0; month < 14; month++ {
			for day := 0; day < 33; day++ {
				value := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
				_, err := time.Parse(time.DateOnly, value)
				if m, ok := readMoment([]byte(value)); !ok || (m.fault == "") != (err == nil) {
					t.Fatalf("%s: %v %q, and time says %v", value, ok, m.fault, err)
				}
			}
		}
	}
}

func TestCorpus(t *testing.T) {
	files := []struct{ name, body string }{
		{"texts/a.xml", `<p xml:id="a1"/><ref target="b.xml#b1"/><ref target="b.xml#b2"/><ref target="../lists/people.xml#goehte"/><ref target="absent.xml"/><ref target="scan.jpg"/><ref target="b.xml#a1"/>`},
		{"texts/b.xml", `<p xml:id="b1"/><p xml:id="a1x"/><div xml:base="../lists/people.xml"><rs ref="#goethe"/><rs ref="#schiller"/></div>`},
		{"lists/people.xml", `<prefixDef ident="t" matchPattern="(.*)/(.*)" replacementPattern="../texts/$1.xml#$2"/><person xml:id="goethe" source="t:a/a1 t:b/b9"/><p xml:id="a1"/>`},
		{"texts/c.xml", `<ref target="d.xml#x"/><ref target="e.xml#x"/>`},
		{"texts/d.xml", `<p><b></p>`},
		{"texts/e.xml", `<xi:include href="f.xml"/>`},
	}
	var results []*Result
	for _, f := range files {
		r := check(t, f.name, f.body, Options{Corpus: true})
		if len(r.Findings) > 0 {
			t.Error(r.Findings)
		}
		results = append(results, r)
	}
	var got []string
	for _, f := range Corpus(results, CorpusOptions{On: all, Exists: func(name string) bool { return false }}) {
		got = append(got, fmt.Sprintf("%s %s %s", f.Pos.File, strings.TrimPrefix(string(f.Code), "lint/"), f.Message[:min(len(f.Message), 50)]))
	}
	want := []string{
		`texts/a.xml pointer-dangling @target points to "b.xml#b2", but no element of b.`,
		`texts/a.xml pointer-dangling @target points to "../lists/people.xml#goehte", bu`,
		`texts/a.xml pointer-dangling @target points to "b.xml#a1", but no element of b.`,
		`texts/a.xml pointer-file @target points to "absent.xml", but there is no fi`,
		`texts/b.xml pointer-dangling @ref points to "#schiller", but no element of ../l`,
		`lists/people.xml pointer-dangling @source points to "t:b/b9", but no element of ../t`,
		`lists/people.xml id-corpus xml:id "a1" is given in ../texts/a.xml too; where `,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestCorpusSaysTheSameFromEverywhere: a baseline knows findings by what they
// say, from whichever folder the files are called.
func TestCorpusSaysTheSameFromEverywhere(t *testing.T) {
	told := func(folder string) (messages []string) {
		var results []*Result
		for _, f := range []struct{ name, body string }{
			{"texts/a.xml", `<p xml:id="a1"/><ref target="../lists/people.xml#none"/><ref target="../absent.xml#a1"/><ref target="b.xml#a1"/>`},
			{"texts/b.xml", `<p xml:id="b1"/>`},
			{"lists/people.xml", `<p xml:id="a1"/>`},
		} {
			results = append(results, check(t, folder+f.name, f.body, Options{Corpus: true}))
		}
		for _, f := range Corpus(results, CorpusOptions{On: all, Exists: func(string) bool { return false }}) {
			messages = append(messages, f.Message)
		}
		return messages
	}
	want := told("")
	for _, folder := range []string{"./", "../", "corpus/letters/", "/home/mary/"} {
		if got := told(folder); !slices.Equal(got, want) || len(got) != 4 {
			t.Errorf("%q: got\n%s\nwant\n%s", folder, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestFindingsAreBounded(t *testing.T) {
	r := check(t, "a.xml", strings.Repeat(`<ref target="#a"/><p xml:id="1" xml:lang="en_US"/>`, 2000), Options{})
	if len(r.Findings) != 1000 {
		t.Error(len(r.Findings))
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := File(ctx, "a.xml", []byte(open+close), Options{}); err != context.Canceled {
		t.Error(err)
	}
}

func TestWhatIsNoXMLIsLookedAtAsFarAsItGoes(t *testing.T) {
	r, err := File(context.Background(), "a.xml", []byte(open+`<p xml:id="1"/><ref target="#later"/><p>`), Options{})
	if err != nil || r.Malformed == nil || codes(r.Findings) != "id-name" {
		t.Error(err, r)
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ s, names, want string }{
		{"gothe", "goethe schiller", "goethe"}, {"Goethe", "goethe", "goethe"}, {"d208", "d209 d207", ""}, {"p1", "d1", ""},
		{"jbos", "jobs rules", "jobs"}, {"kleist", "goethe", ""}, {"ab", "ba", ""}, {"letter-b", "letter_b letter.b", "letter.b"},
	} {
		if got := Nearest(c.s, slices.Values(strings.Fields(c.names))); got != c.want {
			t.Errorf("%s among %s: %q, want %q", c.s, c.names, got, c.want)
		}
	}
}

func BenchmarkFile(b *testing.B) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		b.Skip("SIGLA_SHARED is not set")
	}
	for _, name := range []string{"perseus-quintilian-eng", "schnitzler-L03415"} {
		doc, err := os.ReadFile(filepath.Join(shared, "tei", "real", name+".xml"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if _, err := File(context.Background(), "a.xml", doc, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func FuzzFile(f *testing.F) {
	for _, l := range Lints {
		f.Add([]byte(open + l.Example + close))
	}
	f.Add([]byte("\xff\xfe<\x00a\x00/\x00>\x00"))
	f.Add([]byte(`<!DOCTYPE a [<!ENTITY e "#x  #y"><!ATTLIST ref target CDATA "#z">]>` + open + `<ref target="&e;"/><ref/>` + close))
	f.Fuzz(func(t *testing.T, doc []byte) {
		r, err := File(context.Background(), "a.xml", doc, Options{On: all, Corpus: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range r.Findings {
			// decoded, a document is at most three times as long
			if x.Pos.Offset < 0 || x.Len < 0 || x.Pos.Offset+x.Len > 3*len(doc) || x.Pos.Line < 1 || x.Pos.Column < 1 || strings.ContainsAny(x.Message, "\n\x1b") {
				t.Fatalf("%+v", x)
			}
		}
		Corpus([]*Result{r, r}, CorpusOptions{On: all, Exists: func(string) bool { return false }})
	})
}
