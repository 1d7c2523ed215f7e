package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesAndAddressesLeadToOneTarget(t *testing.T) {
	const file = "/xml/tei/custom/schema/relaxng/tei_all.rng"
	const vault = "https://www.tei-c.org/Vault/P5/"
	pin := "b0f115095ead2ccc6933aa3365c6f4a82cba3b2ec7eee7f76bb616d7a63b7e48"
	for _, tt := range []struct{ arg, url, name, version, sum string }{
		{"tei_all", "https://www.tei-c.org/release" + file, "tei_all", "latest", ""},
		{"tei_all@latest", "https://www.tei-c.org/release" + file, "tei_all", "latest", ""},
		{"TEI_ALL@4.12.0", vault + "4.12.0" + file, "tei_all", "4.12.0", pin},
		{"tei_all@4.9.0a", vault + "4.9.0a" + file, "tei_all", "4.9.0a", ""},
		{vault + "4.12.0" + file, vault + "4.12.0" + file, "tei_all", "4.12.0", pin},
		{"http://WWW.tei-c.org/Vault/P5/4.12.0" + file, "http://WWW.tei-c.org/Vault/P5/4.12.0" + file, "tei_all", "4.12.0", pin},
		{"https://vault.tei-c.org/P5/4.12.0" + file, "https://vault.tei-c.org/P5/4.12.0" + file, "tei_all", "4.12.0", pin},
		{"https://vault.tei-c.org/P5/current" + file, "https://vault.tei-c.org/P5/current" + file, "tei_all", "latest", ""},
		{"https://music-encoding.org/schema/5.1/mei-all.rng", "https://music-encoding.org/schema/5.1/mei-all.rng", "mei-all", "5.1", ""},
		{"mei-all@5.1", "https://music-encoding.org/schema/5.1/mei-all.rng", "mei-all", "5.1", ""},
		{"https://epidoc.stoa.org/schema/latest/tei-epidoc.rng", "https://epidoc.stoa.org/schema/latest/tei-epidoc.rng", "epidoc", "latest", ""},
		{"dracor", "https://dracor.org/schema.rng", "dracor", "latest", ""},
		{"https://example.org/x.rng", "https://example.org/x.rng", "", "", ""},
		{"file:///x/y.rng", "file:///x/y.rng", "", "", ""},
	} {
		got, err := Lookup(tt.arg)
		if want := (Target{tt.url, tt.name, tt.version, tt.sum}); got != want || err != nil {
			t.Errorf("%s: %+v %v", tt.arg, got, err)
		}
	}
}

func TestWhatIsNoNameIsRefused(t *testing.T) {
	for arg, says := range map[string]string{
		"nothing":                "tei_all",
		"":                       "known",
		"tei_all@../../x":        "is no version",
		"tei_all@4 12":           "is no version",
		"tei_all@\x1b[31m":       "is no version",
		"mei-all":                "published by version only",
		"mei-all@latest":         "published by version only",
		"dracor@1.0":             "newest version only",
		"ftp://example.org/a":    "not by ftp",
		"javascript:alert(1)":    "not by javascript",
		`C:\schemas\tei_all.rng`: "no file",
	} {
		if got, err := Lookup(arg); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v %v", arg, got, err)
		}
	}
	var unknown *UnknownNameError
	if _, err := Lookup("nothing"); !errors.As(err, &unknown) {
		t.Error(err)
	}
}

// Every row is sound: a name, and addresses that lead back to it.
func TestRowsOfNames(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Names {
		if seen[k.Name] || k.Title == "" || k.Latest == "" && k.Version == "" {
			t.Errorf("%+v", k)
		}
		seen[k.Name] = true
		for _, pattern := range append([]string{k.Version, k.Latest}, k.Also...) {
			if pattern == "" {
				continue
			}
			address := strings.ReplaceAll(pattern, "{version}", "1.2.3")
			if got, _, ok := recognise(address); !ok || got.Name != k.Name || !strings.HasPrefix(address, "https://") {
				t.Errorf("%s: %s leads to %q", k.Name, address, got.Name)
			}
		}
		for _, sum := range k.Pins {
			if !isHash(sum) {
				t.Errorf("%s: pin %q", k.Name, sum)
			}
		}
	}
}

func TestVersionsAreOrderedByNumbers(t *testing.T) {
	ordered := []string{"", "4", "4.0", "4.9.0", "4.9.0a", "4.9.1", "4.10.0", "4.12.0", "12.0", "TEI 4.9.0"}
	for i := range ordered[1:] {
		if newer(ordered[i], ordered[i+1]) >= 0 || newer(ordered[i+1], ordered[i]) <= 0 {
			t.Errorf("%q and %q", ordered[i], ordered[i+1])
		}
	}
	if newer("4.012", "4.12") != 0 {
		t.Error("leading zeros count")
	}
}

func TestDescribe(t *testing.T) {
	const grammar = "<grammar xmlns='http://relaxng.org/ns/structure/1.0'>"
	for _, tt := range []struct {
		name, text string
		want       Description
	}{
		{"h/tei_all.rng", grammar + "<!--\nTEI Edition: P5 Version 4.12.0. Last updated on 28th July, revision 1 \n--></grammar>", Description{RelaxNG, "", "4.12.0"}},
		{"h/tei_all.rnc", "# TEI Edition: P5 Version 4.9.0a. Last updated\nstart = text", Description{RelaxNGCompact, "", "4.9.0a"}},
		{"h/play.rng", grammar + "<!--TEI Edition: P5 Version 4.9.0a. Last--></grammar>", Description{RelaxNG, "", "TEI 4.9.0a"}},
		{"h/tei_all.rng", grammar + "<!--TEI Edition: P5 Version 4.13.0a-dev. Last--></grammar>", Description{RelaxNG, "", "4.13.0a-dev"}},
		{"h/mei.rng", grammar + "<!--Schema generated from ODD source 2024-01-02T03:04:05Z. .\nTEI Edition: MEI 5.1 \n--></grammar>", Description{RelaxNG, "", "MEI 5.1"}},
		{"h/x.rng", grammar + "<!--Schema generated from ODD source 2024-01-02T03:04:05Z. .\nTEI Edition: \nTEI Edition Location: x--></grammar>", Description{RelaxNG, "", "ODD of 2024-01-02"}},
		{"h/x.xsd", "<xs:schema version=' 2.0 ' xmlns:xs='http://www.w3.org/2001/XMLSchema'/>", Description{XSD, "", "2.0"}},
		{"h/x.sch", "<schema schemaVersion='3' xmlns='http://purl.oclc.org/dsdl/schematron'><title>Rules\n for letters</title></schema>", Description{Schematron, "Rules for letters", "3"}},
		{"h/x.rng", "<a/>", Description{}},
		{"h/x.rng", "no XML", Description{}},
	} {
		if got := Describe(tt.name, []byte(tt.text)); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

// The pinned hash is that of the published file, and real schemas tell their
// versions.
func TestRealSchemas(t *testing.T) {
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED does not name the folder of inputs")
	}
	for name, want := range map[string]Description{
		"tei/tei_all.rng":             {RelaxNG, "", "4.12.0"},
		"tei/tei_all.rnc":             {RelaxNGCompact, "", "4.12.0"},
		"tei/tei_all.xsd":             {XSD, "", "4.12.0"},
		"projects/dracor.rng":         {RelaxNG, "", "TEI 4.9.0a"},
		"projects/mei-all-5.1.rng":    {RelaxNG, "", "MEI 5.1"},
		"projects/dtabf-official.sch": {Schematron, "", "1.1.0"},
	} {
		data, err := os.ReadFile(filepath.Join(shared, "schemas", name))
		if err != nil {
			t.Fatal(err)
		}
		if got := Describe(name, data); got.Language != want.Language || got.Version != want.Version {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if name == "tei/tei_all.rng" {
			sum := sha256.Sum256(data)
			if target, _ := Lookup("tei_all@4.12.0"); target.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("the pin of tei_all 4.12.0 is %s, the file has %x", target.SHA256, sum)
			}
		}
	}
}
