package catalog

import (
	"fmt"
	"slices"
	"strings"

	"sigla/tei/lazyregexp"
)

// Known is a schema that has a short name, and the addresses that its project
// publishes it at.
type Known struct {
	Name, Title string
	Version     string            // address of one version, with {version}; "" if versions have none of their own
	Latest      string            // address of what is newest; "" if there is none
	Also        []string          // other addresses that documents refer to it by, some with {version}
	Pins        map[string]string // SHA-256 of the file at Version, by version, where it is known
}

// Names are the known schemas, one row each.
var Names = []Known{
	tei("tei_all", "TEI, all modules", map[string]string{
		"4.12.0": "b0f115095ead2ccc6933aa3365c6f4a82cba3b2ec7eee7f76bb616d7a63b7e48",
	}),
	tei("tei_simplePrint", "TEI simplePrint, for early modern and modern books", nil),
	tei("tei_lite", "TEI Lite", nil),
	tei("tei_bare", "TEI Absolutely Bare", nil),
	tei("tei_corpus", "TEI for linguistic corpora", nil),
	tei("tei_drama", "TEI with drama", nil),
	tei("tei_ms", "TEI for manuscript description", nil),
	tei("tei_speech", "TEI for speech", nil),
	tei("tei_jtei", "TEI for articles of the Journal of the TEI", nil),
	{Name: "epidoc", Title: "EpiDoc, for inscriptions and papyri",
		Version: "https://epidoc.stoa.org/schema/{version}/tei-epidoc.rng", Latest: "https://epidoc.stoa.org/schema/latest/tei-epidoc.rng",
		Also: []string{"https://www.stoa.org/epidoc/schema/{version}/tei-epidoc.rng"}},
	{Name: "dtabf", Title: "DTA base format, of the Deutsches Textarchiv", Latest: "https://www.deutschestextarchiv.de/basisformat.rng"},
	{Name: "dracor", Title: "DraCor, for plays", Latest: "https://dracor.org/schema.rng"},
	eltec("eltec-0"), eltec("eltec-1"), eltec("eltec-2"),
	{Name: "mei-all", Title: "MEI, all modules, for music", Version: "https://music-encoding.org/schema/{version}/mei-all.rng"},
}

// tei is a schema that the TEI Consortium publishes with each version of the
// Guidelines: the newest under release, all under the Vault.
func tei(name, title string, pins map[string]string) Known {
	file := "/xml/tei/custom/schema/relaxng/" + name + ".rng"
	return Known{
		Name: name, Title: title,
		Version: "https://www.tei-c.org/Vault/P5/{version}" + file,
		Latest:  "https://www.tei-c.org/release" + file,
		Also: []string{
			"https://vault.tei-c.org/P5/{version}" + file,
			"https://vault.tei-c.org/P5/current" + file, "https://tei-c.org/Vault/P5/{version}" + file,
			"https://www.tei-c.org/Vault/P5/current" + file, "https://tei-c.org/release" + file,
		},
		Pins: pins,
	}
}

// eltec is one of the levels of the European Literary Text Collection.
func eltec(name string) Known {
	return Known{Name: name, Title: "ELTeC, level " + name[len(name)-1:], Latest: "https://raw.githubusercontent.com/COST-ELTeC/Schemas/master/" + name + ".rng"}
}

// latest is the version that means the newest.
const latest = "latest"

// Target is a schema to fetch.
type Target struct {
	URL     string // http, https or file
	Name    string // if it is a known one
	Version string // the one asked for; "" for any, "latest" for the newest
	SHA256  string // that its main file must have; "" if any will do
}

// UnknownNameError says that a word is no address and no known name.
type UnknownNameError struct{ Name string }

func (e *UnknownNameError) Error() string { return fmt.Sprintf("%q is %s", e.Name, e.why()) }

func (e *UnknownNameError) why() string {
	return "no file, no address and no schema with a known name; known are " + strings.Join(knownNames(), ", ")
}

func knownNames() []string {
	l := make([]string, len(Names))
	for i, k := range Names {
		l[i] = k.Name
	}
	return l
}

var versionForm = lazyregexp.New(`^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$`)

// Lookup turns a known name, as tei_all@4.12.0, tei_all@latest or tei_all, or an
// address into what to fetch. Paths are for the caller, who knows the present
// folder: see FileURI.
func Lookup(arg string) (Target, error) {
	switch c := scheme(arg); c {
	case "http", "https":
		t := Target{URL: arg}
		if k, version, ok := recognise(arg); ok {
			t.Name, t.Version = k.Name, version
			t.SHA256 = k.Pins[version]
		}
		return t, nil
	case "file":
		return Target{URL: arg}, nil
	case "":
	default:
		return Target{}, fmt.Errorf("%s: schemas are fetched by http, https and file, not by %s", arg, c)
	}
	k, version, ok := parseName(arg)
	switch {
	case !ok:
		return Target{}, &UnknownNameError{arg}
	case version == "" && k.Latest == "", version == latest && k.Latest == "":
		return Target{}, fmt.Errorf("%s is published by version only; write %s@ and the version", k.Name, k.Name)
	case version == "" || version == latest:
		return Target{URL: k.Latest, Name: k.Name, Version: latest}, nil
	case k.Version == "":
		return Target{}, fmt.Errorf("%s is published in its newest version only; write %s", k.Name, k.Name)
	case !versionForm.MatchString(version):
		return Target{}, fmt.Errorf("%q is no version; one looks like 4.12.0", version)
	}
	return Target{URL: strings.ReplaceAll(k.Version, "{version}", version), Name: k.Name, Version: version, SHA256: k.Pins[version]}, nil
}

// parseName splits name@version, if the name is known; large and small letters
// are one.
func parseName(s string) (k Known, version string, ok bool) {
	name, version, _ := strings.Cut(s, "@")
	i := slices.IndexFunc(Names, func(k Known) bool { return strings.EqualFold(k.Name, name) })
	if i < 0 {
		return Known{}, "", false
	}
	return Names[i], version, true
}

// recognise finds the known schema that is published at an address.
func recognise(address string) (k Known, version string, ok bool) {
	address = bare(address)
	for _, k := range Names {
		for _, pattern := range append([]string{k.Version, k.Latest}, k.Also...) {
			before, after, versioned := strings.Cut(bare(pattern), "%7Bversion%7D")
			if !versioned {
				if pattern != "" && address == before {
					return k, latest, true
				}
				continue
			}
			version, fits := strings.CutPrefix(address, before)
			version, ends := strings.CutSuffix(version, after)
			if fits && ends && versionForm.MatchString(version) {
				if version == "current" || version == latest {
					version = latest
				}
				return k, version, true
			}
		}
	}
	return Known{}, "", false
}

// pinned finds the known schema whose file has a SHA-256.
func pinned(sum string) (k Known, version string, ok bool) {
	for _, k := range Names {
		for version, pin := range k.Pins {
			if pin == sum {
				return k, version, true
			}
		}
	}
	return Known{}, "", false
}
