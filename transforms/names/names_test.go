package names

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"sigla/tei"
)

type syntheticPage struct {
	Persons     []string            `json:"persons"`
	Places      []string            `json:"places"`
	PersonForms map[string][]string `json:"person_forms"`
	Brackets    []struct {
		Text  string `json:"text"`
		Class string `json:"class"`
		Start int    `json:"start"`
	} `json:"brackets"`
}

// zoneOf guesses at the seat of a paragraph as roughly as a caller would know
// it.
func zoneOf(par string, closing bool) (zone, elem string) {
	low := strings.ToLower(par)
	switch {
	case strings.HasPrefix(low, "to cde"), strings.HasPrefix(low, "\"to cde"), strings.HasPrefix(low, "dear "), strings.HasPrefix(low, "to the\n"), strings.HasPrefix(low, "to the ministry"), strings.HasPrefix(low, "\"cde"), strings.HasPrefix(low, "copies: to"):
		return "opener", "salute"
	case strings.Contains(low, "[signature]"), strings.Contains(low, "[signed]"), strings.Contains(low, "[l.s.]"):
		return "closer", "signed"
	case strings.HasPrefix(low, "deciphered by"), strings.HasPrefix(low, "printed by"), strings.HasPrefix(low, "drafted by"), strings.HasPrefix(low, "cc:"):
		return "processing", "ab"
	case len(par) < 60 && par == strings.ToUpper(par), len(par) < 45 && strings.Contains(par, "MAO ZEDONG"), len(par) < 45 && strings.Contains(par, "WEN ZHAOTING"), strings.HasPrefix(par, "CHOE"), len(par) < 20 && closing:
		return "closer", "signed"
	case strings.HasPrefix(par, "Berlin, "), strings.HasPrefix(par, "Ulan Bator, "):
		return "opener", "dateline"
	case len(par) < 80:
		return "service", "ab"
	}
	return "message", "p"
}

func TestNamesOfTheSyntheticPages(t *testing.T) {
	dir := os.Getenv("SIGLA_SHARED")
	if dir == "" {
		t.Skip("SIGLA_SHARED does not name the shared folder")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "synthetic", "pages", "*.json"))
	if len(files) == 0 {
		t.Fatal("no pages")
	}
	type score struct{ right, found, want, got int }
	var persons, places score
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var page syntheticPage
		if err := json.Unmarshal(raw, &page); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(strings.TrimSuffix(file, "json") + "txt")
		if err != nil {
			t.Fatal(err)
		}
		text := string(b)
		title := text[strings.Index(text, "**\n")+1:]
		offsets := runeOffsets(text)
		var brackets []Bracket
		for _, k := range page.Brackets {
			s := offsets[k.Start]
			brackets = append(brackets, Bracket{tei.Span{Start: s, End: s + len(k.Text)}, k.Class})
		}
		// the title is the second line in bold
		lines := strings.Split(text, "\n")
		n := 0
		for _, l := range lines {
			if strings.HasPrefix(l, "**") {
				if n++; n == 2 {
					title = strings.Trim(l, "* ")
					break
				}
			}
		}
		reg := NewRegistry(nil)
		p := TitleParties(title, nil)
		for _, l := range [][]Party{p.From, p.To, p.With} {
			for _, x := range l {
				reg.Add(x.Kind, x.Name, "", "title", tei.Span{})
				if x.Real != "" {
					reg.Identify(x.Name, x.Real)
				}
			}
		}
		at := strings.Index(text, "Translation - English") + len("Translation - English")
		var blocks []tei.Span
		for at < len(text) {
			end := strings.Index(text[at:], "\n\n")
			if end < 0 {
				end = len(text) - at
			}
			blocks = append(blocks, tei.Span{Start: at, End: at + end})
			at += end + 2
		}
		var found []Name
		for _, late := range []bool{false, true} {
			for _, s := range blocks {
				z, e := zoneOf(strings.TrimSpace(text[s.Start:s.End]), s.Start > len(text)*2/3)
				if (z == "message") != late {
					continue
				}
				var in []Bracket
				for _, k := range brackets {
					if s.Start <= k.Span.Start && k.Span.Start < s.End {
						in = append(in, k)
					}
				}
				for _, n := range Find(text, s, Context{Known: reg, Zone: z, Elem: e, Brackets: in}) {
					found = append(found, n)
					reg.Add(n.Kind, n.Form(text), "", n.Rule, n.Span)
				}
			}
		}
		check := func(kind Kind, want []string, forms map[string][]string, sc *score) {
			hit := map[string]bool{}
			for _, n := range found {
				if n.Kind != kind {
					continue
				}
				sc.got++
				form := n.Form(text)
				ok := false
				for _, w := range want {
					if compatible(key(w), key(form)) || strings.Contains(key(w), key(form)) {
						ok = true
						hit[w] = true
					}
					for _, f := range forms[w] {
						if compatible(key(f), key(form)) {
							ok = true
							hit[w] = true
						}
					}
				}
				if ok {
					sc.right++
				} else {
					t.Logf("%s: not a %s of the page: %q (%s)", filepath.Base(file), kind, form, n.Rule)
				}
			}
			sc.want += len(want)
			sc.found += len(hit)
			var missing []string
			for _, w := range want {
				if !hit[w] {
					missing = append(missing, w)
				}
			}
			sort.Strings(missing)
			if len(missing) > 0 {
				t.Logf("%s: %s not found: %s", filepath.Base(file), kind, strings.Join(missing, "; "))
			}
		}
		check(Person, page.Persons, page.PersonForms, &persons)
		check(Place, page.Places, nil, &places)
	}
	report := func(what string, s score) {
		t.Logf("%s: precision %d/%d, recall %d/%d", what, s.right, s.got, s.found, s.want)
	}
	report("persons", persons)
	report("places", places)
	if float64(persons.right) < 0.97*float64(persons.got) {
		t.Errorf("precision of persons: %d of %d", persons.right, persons.got)
	}
}

func runeOffsets(s string) []int {
	var out []int
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}
