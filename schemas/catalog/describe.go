package catalog

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
)

// Description is what a schema says of itself.
type Description struct {
	Language Language
	Title    string
	Version  string // as 4.12.0; "TEI 4.9.0a" for a customisation that says only which TEI it was made from
}

var (
	// the TEI's processor writes other spaces too
	editionOf = regexp.MustCompile(`TEI Edition:[\pZ\t]*([^\s\pZ][^\r\n]*)`)
	teiNumber = regexp.MustCompile(`TEI Edition:[\pZ\t]*P5[\pZ\t]+Version[\pZ\t]+([0-9]+(?:\.[0-9]+)*[a-z]*(?:-?(?:alpha|beta|dev)[0-9]*)?)`)
	generated = regexp.MustCompile(`Schema generated from ODD source ([0-9]{4}-[0-9]{2}-[0-9]{2})`)
	version   = regexp.MustCompile(`(?m)^\s*Version:[ \t]*([0-9][0-9A-Za-z.-]*[0-9A-Za-z])`)
)

// headerSize is how much of a schema is searched for its version.
const headerSize = 16 << 10

// Describe reads what the schema in a file says of itself: the TEI edition that
// the TEI's processor writes into a comment, the version attributes of XML
// Schema and Schematron, a title. Name is the file's name or address.
func Describe(name string, data []byte) Description {
	d := Description{Language: languageOf(name, data)}
	if d.Language != RelaxNGCompact {
		d.Version, d.Title = rootWords(data)
	}
	head := data[:min(len(data), headerSize)]
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	var v [][]byte
	if bytes.Contains(head, []byte("Version:")) {
		v = version.FindSubmatch(head)
	}
	switch tei, edition, odd := teiNumber.FindSubmatch(head), editionOf.FindSubmatch(head), generated.FindSubmatch(head); {
	case d.Version != "":
	case tei != nil && strings.HasPrefix(base, "tei_"):
		d.Version = string(tei[1])
	case tei != nil:
		d.Version = "TEI " + string(tei[1])
	case edition != nil:
		d.Version = oneLine(string(edition[1]))
	case v != nil:
		d.Version = string(v[1])
	case odd != nil:
		d.Version = "ODD of " + string(odd[1])
	}
	return d
}

// rootWords are the version attribute of the root and the title of a Schematron
// schema.
func rootWords(data []byte) (version, title string) {
	t := xmltok.NewBytes("", data, nil)
	inTitle := false
	for range 200 { // the title stands at the beginning
		kind, err := t.Next()
		if err != nil || kind == xmltok.EOF {
			break
		}
		switch kind {
		case xmltok.StartElement:
			if t.Depth() == 1 {
				for _, a := range t.Attrs {
					if a.Name.Space == "" && (a.Name.Local == "version" || a.Name.Local == "schemaVersion") {
						version = oneLine(string(a.Value))
					}
				}
			}
			inTitle = t.Depth() == 2 && t.Name.Local == "title"
		case xmltok.Text:
			if inTitle {
				title += string(t.Text)
			}
		case xmltok.EndElement:
			if inTitle {
				return version, oneLine(title)
			}
		}
	}
	return version, oneLine(title)
}

// oneLine is s in one line of at most 200 bytes.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}

// languageOf is the language of a schema by its root, or by its name where it
// is not XML.
func languageOf(name string, data []byte) Language {
	space, local, ok := root(data)
	if !ok {
		if LanguageOf(name) == RelaxNGCompact {
			return RelaxNGCompact
		}
		return ""
	}
	row, _ := languageBy(func(l languageRow) bool {
		return slices.Contains(l.spaces, space) && slices.Contains(l.roots, local)
	})
	return row.language
}

// root is the name of a document's root element.
func root(data []byte) (space, local string, ok bool) {
	t := xmltok.NewBytes("", data, nil)
	for {
		kind, err := t.Next()
		switch {
		case err != nil || kind == xmltok.EOF:
			return "", "", false
		case kind == xmltok.StartElement:
			return t.Name.Space, t.Name.Local, true
		}
	}
}

// isPage reports whether data is a web page.
func isPage(data []byte, mediaType string) bool {
	if mediaType == "text/html" || mediaType == "application/xhtml+xml" {
		return true
	}
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}
