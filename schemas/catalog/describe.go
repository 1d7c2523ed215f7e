package catalog

import (
	"bytes"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
	"sigla/tei/lazyregexp"
)

// Description is what a schema says of itself.
type Description struct {
	Language Language
	Title    string
	Version  string // as 4.12.0; "TEI 4.9.0a" for a customisation that says only which TEI it was made from
}

var (
	teiNumber = lazyregexp.New(`^[0-9]+(?:\.[0-9]+)*[a-z]*(?:-?(?:alpha|beta|dev)[0-9]*)?`)
	generated = lazyregexp.New(`Schema generated from ODD source ([0-9]{4}-[0-9]{2}-[0-9]{2})`)
	version   = lazyregexp.New(`(?m)^\s*Version:[ \t]*([0-9][0-9A-Za-z.-]*[0-9A-Za-z])`)
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
	switch edition, tei := editionOf(head); {
	case d.Version != "":
	case tei != "" && strings.HasPrefix(base, "tei_"):
		d.Version = tei
	case tei != "":
		d.Version = "TEI " + tei
	case edition != "":
		d.Version = edition
	default:
		if v := version.FindSubmatch(head); v != nil {
			d.Version = string(v[1])
		} else if odd := generated.FindSubmatch(head); odd != nil {
			d.Version = "ODD of " + string(odd[1])
		}
	}
	return d
}

// editionOf is what the TEI's processor writes of an edition, in a line at a
// schema's head, and the number of TEI P5 in it, "" if it is of something else.
func editionOf(head []byte) (edition, tei string) {
	for _, said := range bytes.Split(head, []byte("TEI Edition:"))[1:] {
		line := said
		if end := bytes.IndexAny(said, "\r\n"); end >= 0 {
			line = said[:end]
		}
		words := strings.Fields(string(line)) // the processor writes other spaces too
		if edition == "" {
			edition = oneLine(strings.Join(words, " "))
		}
		if len(words) > 2 && words[0] == "P5" && words[1] == "Version" {
			return edition, teiNumber.FindString(words[2])
		}
	}
	return edition, ""
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
