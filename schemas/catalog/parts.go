package catalog

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"sigla/schemas/xmltok"
)

// A schema's files refer to each other by address. The engines find a file
// beside another by its path, and ask no network: so a fetched schema is laid
// out as a tree of folders, host by host, in which most references lead to the
// right file as they are. Those that do not (absolute addresses, redirects) are
// replaced when the file is read: see rewrite.

// part is a reference from one schema file to another.
type part struct {
	href     string   // escapes resolved
	bases    []string // the xml:base that hold there, the outermost first
	from, to int      // the reference as written, in bytes of the file; both 0 if an entity or a default value has it
}

// includes are the elements by which schema files refer to others.
var includes = []struct{ space, local, attr string }{
	{"http://relaxng.org/ns/structure/1.0", "include", "href"},
	{"http://relaxng.org/ns/structure/1.0", "externalRef", "href"},
	{"http://www.w3.org/2001/XMLSchema", "include", "schemaLocation"},
	{"http://www.w3.org/2001/XMLSchema", "import", "schemaLocation"},
	{"http://www.w3.org/2001/XMLSchema", "redefine", "schemaLocation"},
	{"http://www.w3.org/2001/XMLSchema", "override", "schemaLocation"},
	{"http://purl.oclc.org/dsdl/schematron", "include", "href"},
	{"http://purl.oclc.org/dsdl/schematron", "extends", "href"},
}

// refers reports that a file that writes ASCII as ASCII may have a tag of one of
// the includes. It may be wrong about a comment, not about a tag.
func refers(data []byte) bool {
	for {
		at := bytes.IndexByte(data, '<')
		if at < 0 {
			return false
		}
		data = data[at+1:]
		name := data
		for i, c := range data {
			if c == ':' {
				name = data[i+1:]
			} else if c <= ' ' || c == '/' || c == '>' {
				name = name[:len(name)-(len(data)-i)]
				break
			}
		}
		switch string(name) {
		case "include", "externalRef", "import", "redefine", "override", "extends":
			return true
		}
	}
}

// plainASCII reports that a file is in an encoding that writes ASCII as ASCII.
func plainASCII(data []byte) bool {
	return len(data) > 1 && data[0] != 0 && data[1] != 0 && data[0] < 0xFE
}

// parts lists what a schema file refers to, in the order of the file. What
// stands after a fault of well-formedness is not seen.
func parts(language Language, data []byte) []part {
	if language == RelaxNGCompact {
		return compactParts(data)
	}
	if plainASCII(data) && !refers(data) {
		return nil // most schemas are of one file
	}
	var l []part
	t := xmltok.NewBytes("", data, nil)
	skip := 0
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		skip = 3 // the tokenizer counts without a byte order mark
	}
	var bases [][]string // of the open elements
	last := 0
	for {
		kind, err := t.Next()
		if err != nil || kind == xmltok.EOF {
			return l
		}
		if kind == xmltok.EndElement {
			bases = bases[:len(bases)-1]
			continue
		}
		if kind != xmltok.StartElement {
			continue
		}
		var base []string
		if len(bases) > 0 {
			base = bases[len(bases)-1]
		}
		for _, a := range t.Attrs {
			if a.Name.Space == xmltok.XMLNamespace && a.Name.Local == "base" {
				base = append(slices.Clip(base), strings.TrimSpace(string(a.Value)))
			}
		}
		bases = append(bases, base)
		for _, a := range t.Attrs {
			if a.Name.Space != "" || !slices.Contains(includes, struct{ space, local, attr string }{t.Name.Space, t.Name.Local, a.Name.Local}) {
				continue
			}
			if href := strings.Trim(string(a.Value), " \t\r\n"); href != "" {
				p := part{href: href, bases: base}
				if from, to, ok := written(t.Source(), a.ValueOffset, href); ok && from >= last {
					p.from, p.to = skip+from, skip+to
					last = to
				}
				l = append(l, p)
			}
		}
	}
}

// written is where an attribute's value stands in quotes, if it is that href.
func written(source []byte, at int, href string) (from, to int, ok bool) {
	if at < 1 || at > len(source) || source[at-1] != '"' && source[at-1] != '\'' {
		return 0, 0, false
	}
	n := bytes.IndexByte(source[at:], source[at-1])
	if n < 0 {
		return 0, 0, false
	}
	value, bad := unescape(string(source[at : at+n]))
	return at, at + n, bad == nil && strings.Trim(value, " \t\r\n") == href
}

// compactParts finds include "x" and external "x" of the compact syntax.
func compactParts(data []byte) []part {
	var l []part
	word := "" // the keyword that a literal would belong to
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c == '#':
			n := bytes.IndexByte(data[i:], '\n')
			if n < 0 {
				return l
			}
			i += n
		case c == '"' || c == '\'':
			quote := data[i : i+1]
			if bytes.HasPrefix(data[i:], bytes.Repeat(quote, 3)) {
				quote = data[i : i+3]
			}
			from := i + len(quote)
			n := bytes.Index(data[from:], quote)
			if n < 0 {
				return l
			}
			if word == "include" || word == "external" {
				l = append(l, part{href: string(data[from : from+n]), from: from, to: from + n})
			}
			word = ""
			i = from + n + len(quote)
		case isWordByte(c):
			n := 0
			for i+n < len(data) && isWordByte(data[i+n]) {
				n++
			}
			word = string(data[i : i+n])
			i += n
		default:
			if c != ' ' && c != '\t' && c != '\r' && c != '\n' {
				word = ""
			}
			i++
		}
	}
	return l
}

// isWordByte reports whether a byte can belong to a word of the compact syntax;
// \include is an ordinary name.
func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c == '-' || c == '.' || c == ':' || c == '\\' || c >= 0x80
}

// join is href as seen from base (RFC 3986, 5.2); href itself if one of them is
// no address.
func join(base, href string) string {
	b, err := url.Parse(base)
	if err != nil || base == "" {
		return href
	}
	h, err := b.Parse(href)
	if err != nil {
		return href
	}
	return h.String()
}

// rewrite puts the references of links, by how they are written, in place of
// those in a file.
func rewrite(language Language, data []byte, links map[string]string) []byte {
	if len(links) == 0 {
		return data
	}
	var out []byte
	done := 0
	for _, p := range parts(language, data) {
		if to, ok := links[p.href]; ok && p.to > 0 {
			out = append(append(out, data[done:p.from]...), to...)
			done = p.to
		}
	}
	return append(out, data[done:]...)
}
