package tei

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/beevik/etree"
)

// fullHeader fills every field of Header.
func fullHeader() Header {
	return Header{
		ID: "wcda-5", Lang: "en", Encoded: "2024-03-02", Version: "v0.4.1-rc2",
		Publisher: "The Edition", Rights: "Free for teaching.\n\nAsk for more.", Licence: "https://creativecommons.org/licenses/by/4.0/",
		Title: "Letter of Orlov to Weiss [Schwarz]", Date: Dated{Text: "May 3-5, 1951"}, DateFrom: "1951-05-03", DateTo: "1951-05-05", DateCert: "low",
		Authors: []string{"Orlov", "Mill Board", "N. N."}, Translators: []Agent{{"nquist", "Nora Quist"}, {"bard", "Ben Ard"}},
		Funders: []string{"Larch Trust"}, Credits: "With support from Larch Trust", Summary: "Orlov asks.\n\nWeiss answers.", Keywords: []string{"letter"},
		Language: Language{"Russian; German", "ru de"}, Contents: []Language{{"Translation - English", "en"}},
		Citation: &Citation{
			Pieces: []Piece{{Kind: "title", Text: `"Letter"`}, {Text: ", "}, {Kind: "date", Text: "May 3-5, 1951", Value: "1951-05-03/1951-05-05"}, {Text: ", "},
				{Kind: "publisher", Text: "Digital Archive"}, {Text: ", "}, {Kind: "repository", Text: "RGASPI", Holding: 1}, {Text: ", ", Holding: 1}, {Kind: "fond", Text: "f. 5", Holding: 1},
				{Text: "; "}, {Kind: "repository", Text: "AAN", Holding: 2}, {Text: ", ", Holding: 2}, {Kind: "shelfmark", Text: "XI A/1", Holding: 2},
				{Text: ". See "}, {Kind: "url", Text: "https://example.org/x y"}, {Text: ". Translated by "}, {Kind: "translator", Text: "Nora Quist", Value: "nquist"}, {Text: "."}},
			URLs: []string{"https://digitalarchive.example.org/document/5", "www.example.org/a[b]%"}, ID: "5",
		},
		Holdings: []Holding{
			{Repository: "RGASPI", Expansion: "Russian State Archive", Country: "Russia", CountryKey: "RU", Settlement: "Moscow", Parts: []Field{{"fond", "f. 5"}}, Text: "f. 5, x"},
			{Repository: "AAN"}, {Text: "XI A/1"}, {},
		},
		Notes: []Field{{"Geographic Subjects:", "Korea"}, {"Тема:", "one\n\ntwo"}}, Labels: []string{"Citation:", "Summary:"}, Carried: "Carried", Verbatim: []string{"# Letter"},
		Normalized: []string{"Line ends were CR."}, Filename: "5.txt",
		Messages: []Message{
			{ID: "m1", Of: "d1", Sent: Action{Parties: []Party{{"persName", "Orlov", "orlov"}}, Place: &Party{"placeName", "Ufa", "ufa"}, Date: &Dated{"3 May", "1951-05-03T10:00:00"}, Idnos: []Idno{{"outgoing", "7"}}},
				Transmitted: &Action{Subtype: "cipher", Parties: []Party{{"orgName", "Mill Board", "mill"}}}, Received: Action{Subtype: "to", Parties: []Party{{"persName", "Weiss", "weiss"}}},
				Copies: []Party{{"persName", "Schwarz", ""}}, Encloses: []string{"m2"}, ReplyTo: []Reference{{"rs1", "your telegram"}}, Label: "Orlov to Weiss"},
			{ID: "m2", Of: "d2", Within: "m1", Label: "nothing known"},
			{ID: "m3", Of: "d3", Label: "nothing at all"},
		},
		People: []Person{{ID: "orlov", Role: "sender", URI: "http://www.wikidata.org/entity/Q1", Names: []TypedName{{"main", "Orlov", ""}, {"variant", "Arlov", "ru-Latn"}}, Occupation: "engineer", Note: "n"}, {ID: "weiss"}},
		Places: []Place{{ID: "ufa", URI: "https://www.geonames.org/1", Names: []TypedName{{"", "Ufa", ""}}, Note: "n"}},
		Orgs:   []Org{{ID: "mill", Names: []TypedName{{"", "Mill Board", ""}}, Note: "n"}},
		Hands:  []Hand{{"hand1", "unknown hand"}}, Classes: []Class{{"brk.value", "value"}, {"brk.sic", ""}},
		Renditions: []Rendition{{"sb-open", "before", `"["`}, {"dq-close", "after", `"\""`}},
		Certainty:  []Certainty{{Targets: []string{"b1"}, Locus: "name", Cert: "medium", Desc: "why"}, {Targets: []string{"b1"}, Locus: "value", Match: "@ref", Cert: "low", Asserted: "#ufa"}},
	}
}

var headerCases = []struct {
	name   string
	header Header
}{
	{"full", fullHeader()},
	{"empty", Header{}},
	{"title and date", Header{Lang: "en", Title: "T", Date: Dated{"May 1951", "1951-05"}}},
	{"language alone", Header{Lang: "en", Language: Language{"Russian", "ru"}}},
	{"address alone", Header{Lang: "en", Citation: &Citation{URLs: []string{"https://example.org"}}}},
	{"citation without words", Header{Lang: "en", Citation: &Citation{}}},
	{"date without a value", Header{Lang: "en", Title: "T", Date: Dated{Text: "undated"}, DateCert: "low"}},
}

// textOf puts a header into a file with the text that it points at.
func textOf(t *testing.T, h Header) []byte {
	t.Helper()
	doc := etree.NewDocument()
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	root := doc.CreateElement("TEI")
	root.CreateAttr("xmlns", Namespace)
	m := new(maker)
	root.AddChild(h.teiHeader(m))
	if s := h.standOff(m); s != nil {
		root.AddChild(s)
	}
	body := m.sub(m.sub(root, "text"), "body")
	for _, id := range []string{"d1", "d2", "d3"} {
		m.word(m.sub(body, "div", "xml:id", id), "p", "x")
	}
	m.word(m.word(m.sub(body, "div"), "p", "x"), "rs", "x", "xml:id", "b1")
	m.word(m.word(m.sub(body, "div"), "p", "x"), "rs", "x", "xml:id", "rs1")
	b, err := doc.WriteToBytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestHeaderIsValid(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED is not set: it names the folder with schemas/tei/tei_all.rng")
	}
	jing, err := exec.LookPath("jing")
	if err != nil {
		t.Skip("jing is not installed")
	}
	args := []string{filepath.Join(shared, "schemas", "tei", "tei_all.rng")}
	dir := t.TempDir()
	for _, c := range headerCases {
		f := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-")+".xml")
		if err := os.WriteFile(f, textOf(t, c.header), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, f)
	}
	if out, err := exec.Command(jing, args...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestHeaderPointersResolve(t *testing.T) {
	for _, c := range headerCases {
		doc := etree.NewDocument()
		if err := doc.ReadFromBytes(textOf(t, c.header)); err != nil {
			t.Fatal(c.name, err)
		}
		ids := map[string]bool{}
		for _, e := range doc.FindElements("//*") {
			id := e.SelectAttrValue("xml:id", "")
			if id != "" && ids[id] {
				t.Errorf("%s: the id %s is given twice", c.name, id)
			}
			ids[id] = true
		}
		for _, e := range doc.FindElements("//*") {
			for _, a := range e.Attr {
				switch a.Key {
				case "resp", "target", "corresp", "ref", "who":
					for p := range strings.FieldsSeq(a.Value) {
						if id, ok := strings.CutPrefix(p, "#"); ok && !ids[id] {
							t.Errorf("%s: %s/@%s points at %s, which is not there", c.name, e.Tag, a.Key, p)
						}
					}
				}
			}
		}
		for _, id := range []string{"sigla"} {
			if !ids[id] {
				t.Errorf("%s: no %s", c.name, id)
			}
		}
		if doc.FindElement("//availability") == nil || doc.FindElement("//samplingDecl") == nil || doc.FindElement("//revisionDesc") == nil {
			t.Errorf("%s: availability, samplingDecl or revisionDesc is missing", c.name)
		}
		if len(c.header.Translators) == 0 != ids["translator"] {
			t.Errorf("%s: the unnamed translator is declared: %v", c.name, ids["translator"])
		}
	}
}

func TestCitationKeepsItsWords(t *testing.T) {
	h := fullHeader()
	var want strings.Builder
	for _, p := range h.Citation.Pieces {
		want.WriteString(p.Text)
	}
	root := h.teiHeader(new(maker))
	e := root.FindElement("//bibl")
	var got strings.Builder
	var walk func(*etree.Element)
	walk = func(e *etree.Element) {
		for _, c := range e.Child {
			switch c := c.(type) {
			case *etree.CharData:
				got.WriteString(c.Data)
			case *etree.Element:
				walk(c)
			}
		}
	}
	walk(e)
	if !strings.HasPrefix(got.String(), want.String()) {
		t.Errorf("got  %s\nwant %s", got.String(), want.String())
	}
	for _, u := range h.Citation.URLs {
		if !strings.Contains(got.String(), u) {
			t.Errorf("%s is lost", u)
		}
	}
}

func TestHeaderWithoutADayHasNone(t *testing.T) {
	h := fullHeader()
	h.Encoded = ""
	for _, e := range h.teiHeader(new(maker)).FindElements("//*") {
		switch e.Tag {
		case "resp", "application", "change":
			if e.SelectAttr("when") != nil {
				t.Errorf("%s has a day", e.Tag)
			}
		}
	}
	if e := h.teiHeader(new(maker)).FindElement("//publicationStmt/date"); e != nil {
		t.Error("publicationStmt has a day")
	}
}

func TestStandOffIsLeftOutWhenEmpty(t *testing.T) {
	h := Header{}
	if h.standOff(new(maker)) != nil {
		t.Error("standOff without content")
	}
}

func TestHeaderIsTheSameTwice(t *testing.T) {
	if !bytes.Equal(textOf(t, fullHeader()), textOf(t, fullHeader())) {
		t.Error("two headers differ")
	}
}

func TestVersionFitsTheSchema(t *testing.T) {
	for in, want := range map[string]string{"": "0", "v1.2.3": "1.2.3", "0.0.0-2024": "0.0.0", "devel": "0", "1..2": "1", "1.2.3.4.5": "1.2.3.4", "2.": "2"} {
		if got := version(in); got != want {
			t.Errorf("version(%q) is %q, want %q", in, got, want)
		}
	}
}
