package explain

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestEveryEntryIsWhole holds that an entry says what the code means and what to
// do, in an order that can be found again, and once.
func TestEveryEntryIsWhole(t *testing.T) {
	seen := map[string]bool{}
	code := regexp.MustCompile(`^[a-z]+/([a-z-]+|\*)$`)
	for _, s := range Stages() {
		if s.Title == "" || s.About == "" || len(s.Entries) == 0 {
			t.Errorf("%s has no title, no introduction or no codes", s.Name)
		}
		for _, e := range s.Entries {
			switch {
			case !code.MatchString(e.Code) || seen[e.Code]:
				t.Errorf("%s is no code, or stands twice", e.Code)
			case e.Title == "" || strings.HasSuffix(e.Title, ".") || len([]rune(e.Title)) > 90:
				t.Errorf("%s: the title is %q", e.Code, e.Title)
			case len(e.Mend) == 0 || !strings.HasSuffix(strings.Join(e.Mend, " "), "."):
				t.Errorf("%s doesn't say how to mend it, in sentences", e.Code)
			case e.Example.Command == "" && len(e.Means) == 0:
				t.Errorf("%s has no example and doesn't say why", e.Code)
			case e.Example.Command != "" && !strings.HasPrefix(e.Example.Command, "sigla "):
				t.Errorf("%s: the call is %q", e.Code, e.Example.Command)
			case e.Example.Command == "" && len(e.Example.Files) > 0:
				t.Errorf("%s has files and no call", e.Code)
			}
			for _, says := range e.Example.Says {
				if !strings.HasSuffix(says, "]") {
					t.Errorf("%s: %q is no finding", e.Code, says)
				}
			}
			if found, ok := Find(e.Code); !ok || found.Code != e.Code {
				t.Errorf("%s is not found, but %q", e.Code, found.Code)
			}
			seen[e.Code] = true
		}
	}
}

func TestWhatWasMeantIsFound(t *testing.T) {
	for typed, want := range map[string]string{
		"rng/element-not-alowed": "rng/element-not-allowed",
		"element-not-allowed":    "rng/element-not-allowed",
		"RNG/ELEMENT-UNKNOWN":    "rng/element-unknown",
		"brackets/unclosd":       "brackets/unclosed",
		"xml/quote":              "xml/quotes",
		"impossible":             "dates/impossible",
	} {
		if near := Near(typed); !slices.Contains(near, want) || len(near) > 3 {
			t.Errorf("for %q: %q", typed, near)
		}
	}
	if near := Near("nothing/of-the-kind-at-all"); len(near) > 0 {
		t.Errorf("near nothing: %q", near)
	}
	if _, ok := Find("nothing/at-all"); ok {
		t.Error("a code that is not there is found")
	}
}

const page = "# Rules\n\nAbout\nthem.\n\n## sch/one\n\nFirst\n\nMeans\nthis.\n\nAnd that.\n\n```xml a.xml\n<p>\n\n</p>\n```\n\n```escaped b.txt\nx\\x00\"y\"\n```\n\n" +
	"```console\n$ sigla validate a.xml\na.xml:1:1: no [sch/one]\n```\n\n**To mend:** do\nit.\n\nThen look.\n\n## sch/*\n\nThe rest\n\n**To mend:** ask.\n"

func TestAPageIsRead(t *testing.T) {
	s, err := parse("sch", page)
	if err != nil {
		t.Fatal(err)
	}
	if s.Title != "Rules" || s.About != "About them." || len(s.Entries) != 2 {
		t.Fatalf("%+v", s)
	}
	e := s.Entries[0]
	if e.Code != "sch/one" || e.Title != "First" || !slices.Equal(e.Means, []string{"Means this.", "And that."}) || !slices.Equal(e.Mend, []string{"do it.", "Then look."}) {
		t.Errorf("%+v", e)
	}
	x := e.Example
	if x.Command != "sigla validate a.xml" || !slices.Equal(x.Says, []string{"a.xml:1:1: no [sch/one]"}) || len(x.Files) != 2 {
		t.Fatalf("%+v", x)
	}
	if x.Files[0].Text != "<p>\n\n</p>\n" || x.Files[1].Text != "x\x00\"y\"" || x.Files[1].Shown != "x\\x00\"y\"\n" {
		t.Errorf("%+v", x.Files)
	}
}

func TestAWrongPageIsRefused(t *testing.T) {
	for why, text := range map[string]string{
		"code of another stage":      "## xml/name\n",
		"a fence before any code":    "```xml a.xml\n```\n",
		"a fence that doesn't close": "## sch/one\n\nFirst\n\n```xml a.xml\n<p/>\n",
		"two sessions":               "## sch/one\n\n```console\n$ sigla\n```\n```console\n$ sigla\n```\n",
		"a session without a call":   "## sch/one\n\n```console\nsigla\n```\n",
		"a fence with no name":       "## sch/one\n\n```xml\n<p/>\n```\n",
		"a bad escape":               "## sch/one\n\n```escaped a.xml\n\\q\n```\n",
	} {
		if _, err := parse("sch", text); err == nil {
			t.Errorf("%s: no error", why)
		}
		if _, err := parseAll(fstest.MapFS{"codes/sch.md": {Data: []byte(text)}}); err == nil || !strings.HasPrefix(err.Error(), "codes/sch.md:") {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// TestACodeWithoutItsOwnEntryHasItsFamily reads a stage whose codes are data.
func TestACodeWithoutItsOwnEntryHasItsFamily(t *testing.T) {
	all, err := parseAll(fstest.MapFS{"codes/sch.md": {Data: []byte(page)}})
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{"sch/one": "sch/one", "sch/any-rule": "sch/*", "xml/name": ""} {
		if e, _ := find(all, code); e.Code != want {
			t.Errorf("%s is explained by %q, not %q", code, e.Code, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(page)
	f.Add("## sch/a\n```console\n$ x\n```")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse("sch", text)
		if err != nil {
			return
		}
		for _, e := range s.Entries {
			if !strings.HasPrefix(e.Code, "sch/") {
				t.Errorf("%q", e.Code)
			}
		}
	})
}
