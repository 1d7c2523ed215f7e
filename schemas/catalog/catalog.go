// Package catalog says which schemas a document asks for and where they are:
// the xml-model instructions and xsi:schemaLocation of documents, OASIS XML
// catalogs, known names with pinned hashes, a store of fetched schemas, and the
// lock file of a repository.
//
//	refs, findings := catalog.Declared("letter.xml", doc)
//	…
//	r := catalog.Resolver{Store: store, Lock: lock, Catalogs: catalogs, Files: schemas.Host}
//	found, err := r.Resolve(ctx, refs[0], "letter.xml")
//	…
//	validator, err := schemas.Compile(found.FS, found.Name)
//
// The network is used by a Fetcher alone, and a Resolver has none unless it is
// given one.
//
// The files: model.go reads what a document declares; names.go is the table of
// known names; oasis.go reads XML catalogs and resolves by them; parts.go finds
// what schema files include; fetch.go gets a schema with all of them; store.go
// keeps it; lock.go is sigla.lock; resolve.go brings all together, and
// overlay.go does so for what a schema on this machine includes by whole address.
// describe.go reads what a schema says of itself.
package catalog

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"sigla/tei/diag"
)

// Language is a schema language.
type Language string

// The schema languages that documents name. DTD and NVDL are known by name, so
// that it can be said that Sigla does not validate by them.
const (
	RelaxNG        Language = "RELAX NG"
	RelaxNGCompact Language = "RELAX NG, compact syntax"
	XSD            Language = "XML Schema"
	Schematron     Language = "Schematron"
	DTD            Language = "DTD"
	NVDL           Language = "NVDL"
)

// languageRow is by what a language is known.
type languageRow struct {
	language Language
	ending   string   // of files
	spaces   []string // namespaces: what schematypens says, and the namespace of a schema's root
	roots    []string // local names of a schema's root
	types    []string // media types that mean this language and no other
}

// languages are the schema languages, one row each.
var languages = []languageRow{
	{RelaxNGCompact, ".rnc", nil, nil, []string{"application/relax-ng-compact-syntax"}},
	{RelaxNG, ".rng", []string{"http://relaxng.org/ns/structure/1.0"}, []string{"grammar", "element", "choice", "group", "interleave", "externalRef", "notAllowed", "empty", "text", "optional", "zeroOrMore", "oneOrMore", "list", "mixed", "ref", "parentRef", "value", "data", "attribute"}, nil},
	{XSD, ".xsd", []string{"http://www.w3.org/2001/XMLSchema"}, []string{"schema"}, nil},
	{Schematron, ".sch", []string{"http://purl.oclc.org/dsdl/schematron", "http://www.ascc.net/xml/schematron"}, []string{"schema"}, []string{"application/schematron+xml"}},
	{NVDL, ".nvdl", []string{"http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"}, []string{"rules"}, nil},
	{DTD, ".dtd", []string{"http://www.w3.org/TR/REC-xml", "http://www.w3.org/TR/1998/REC-xml-19980210"}, nil, []string{"application/xml-dtd"}},
}

// languageBy is the first row that the test accepts.
func languageBy(is func(languageRow) bool) (languageRow, bool) {
	i := slices.IndexFunc(languages, is)
	if i < 0 {
		return languageRow{}, false
	}
	return languages[i], true
}

// LanguageOf is the language that a file's name tells by its ending; "" if it
// tells none.
func LanguageOf(name string) Language {
	name, _, _ = strings.Cut(name, "#")
	name, _, _ = strings.Cut(name, "?")
	row, _ := languageBy(func(l languageRow) bool { return strings.EqualFold(path.Ext(name), l.ending) })
	return row.language
}

// Reference is a schema that is asked for, by a document or by the user.
type Reference struct {
	Href      string   // as it is written, escapes resolved
	Language  Language // by schematypens, else by type, else by the ending of Href; "" if none tells
	Phase     string   // of Schematron
	Title     string
	Group     string
	Charset   string
	Namespace string   // that xsi:schemaLocation gives the schema for
	Pos       diag.Pos // of the instruction or attribute
	Named     bool     // by the user, as with --schema: Href may be a known name, and a path is as seen from the present folder
}

// Named is a reference to what a user names: a path, an address or a known
// name such as tei_all@4.12.0.
func Named(arg string) Reference {
	return Reference{Href: arg, Language: LanguageOf(arg), Named: true}
}

// newer orders versions such as 4.9.0, 4.9.0a and 4.12.0, by numbers where there
// are some.
func newer(a, b string) int {
	for a != "" && b != "" {
		da, db := digits(a), digits(b)
		if da > 0 && db > 0 {
			na, nb := strings.TrimLeft(a[:da], "0"), strings.TrimLeft(b[:db], "0")
			if c := cmp.Or(cmp.Compare(len(na), len(nb)), strings.Compare(na, nb)); c != 0 {
				return c
			}
			a, b = a[da:], b[db:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is how many digits s begins with.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}
