package source

import (
	"errors"
	"strings"
	"testing"

	"sigla/tei"
)

func TestMetaGivesAndOverrides(t *testing.T) {
	m, err := ParseMeta([]byte(`# beside the page
title: Letter from Orlov to Weiss
date: 1949-05-04
authors: [A. Orlov]
translator: Nora Quist
funders: Larch Trust
summary: |
  Rafts came.

  More are wanted.
original-language: Russian
language: en-GB
citation: '"Letter", RGANI, f. 5, op. 1. Translated by Ben Ard.'
url: https://digitalarchive.example.org/document/7
keywords: [letter]
notes:
  Register: No. 7
publisher: Raft Edition
licence: https://creativecommons.org/licenses/by/4.0/
id: letter-7
`), "m.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h := parse(t, body, Options{Meta: m}).Header()
	if h.Title != "Letter from Orlov to Weiss" || h.Date != (tei.Dated{Text: "1949-05-04", When: "1949-05-04"}) || h.Authors[0] != "A. Orlov" ||
		len(h.Translators) != 1 || h.Translators[0].ID != "nquist" || h.Funders[0] != "Larch Trust" || !strings.Contains(h.Summary, "\n\n") ||
		h.Language.Tag != "ru" || h.Lang != "en-GB" || h.Citation.ID != "7" || len(h.Holdings) != 1 || h.Keywords[0] != "letter" ||
		h.Notes[0] != (tei.Field{Label: "Register", Text: "No. 7"}) || h.Publisher != "Raft Edition" || h.Licence == "" || h.ID != "letter-7" {
		t.Errorf("%+v", h)
	}
	// the page's own words give way
	h = parse(t, topLines+citeField+sumField+contField+body, Options{Meta: m}).Header()
	if h.Title != "Letter from Orlov to Weiss" || !strings.HasPrefix(h.Summary, "Rafts") || len(h.Verbatim) == 0 {
		t.Errorf("%+v", h)
	}
}

func TestMetaExamples(t *testing.T) {
	for _, k := range MetaKeys() {
		m, err := ParseMeta([]byte(k.Key+": "+k.Example+"\n"), "m.yaml")
		if err != nil {
			t.Errorf("%s: %v", k.Key, err)
			continue
		}
		if !m.has(k.Key) || k.Does == "" {
			t.Errorf("%s is not read", k.Key)
		}
		var h tei.Header
		m.apply(&h)
	}
}

func TestMetaHoldings(t *testing.T) {
	m, err := ParseMeta([]byte("holdings:\n- {repository: RGANI, shelfmark: \"f. 5, op. 1, d. 2\"}\n- {repository: Town Archive, settlement: Ufa}\n- AAN, KC PZPR, XI A/13\n"), "m.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var h tei.Header
	m.apply(&h)
	if len(h.Holdings) != 3 || len(h.Holdings[0].Parts) != 3 || h.Holdings[0].Country != "Russia" || h.Holdings[1].Settlement != "Ufa" || h.Holdings[2].Repository != "AAN" {
		t.Errorf("%+v", h.Holdings)
	}
}

func TestMetaFaults(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"titel: x", `m.yaml:1: "titel" is not a key of a metadata file; did you mean "title"?; the keys are title, date, `},
		{"title: x\ntranslater: y", `m.yaml:2: "translater" is not a key of a metadata file; did you mean "translators"?`},
		{"zzz: x", `m.yaml:1: "zzz" is not a key of a metadata file; the keys are`},
		{"title: [a, b]", "m.yaml:1: title: want words such as Letter from A. Ivanov to B. Petrov, found a list"},
		{"\n\ntitle:\n", "m.yaml:3: title: want words such as Letter from A. Ivanov to B. Petrov, found nothing"},
		{"date: soon", `m.yaml:1: date: want a date such as 1951-11-01, found "soon"`},
		{"date: 5/6/1949", `m.yaml:1: date: want a date such as`},
		{"authors:\n  a: b", "m.yaml:2: authors: want a list such as [A. Ivanov], found a mapping"},
		{"id: 7 b", `m.yaml:1: id: want an XML name`},
		{"language: English", `m.yaml:1: language: want a language tag`},
		{"original-language: Quenya", `m.yaml:1: original-language: want the name or the tag`},
		{"licence: free", `m.yaml:1: licence: want an address`},
		{"holdings: [{shelf: x}]", `m.yaml:1: holdings: want a list of holdings`},
		{"title: a\ntitle: b", "m.yaml:2: "},
		{"- a", "m.yaml:1: want lines of key: value, found a list"},
		{"title: \"a", "m.yaml: "},
		{"title: \"a\\u0007\"", "m.yaml:1: title: want words"},
	} {
		_, err := ParseMeta([]byte(c.in), "m.yaml")
		var oe *OptionError
		if !errors.As(err, &oe) || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", c.in, err)
		}
	}
	for _, in := range []string{"", "# nothing", "\ufeff\n"} {
		if _, err := ParseMeta([]byte(in), "m.yaml"); err != nil {
			t.Errorf("%q: %v", in, err)
		}
	}
}
