package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// The rules that a document's references to schemas can break.
const (
	CodeModelSyntax   diag.Code = "model/syntax"          // an xml-model instruction that can't be read
	CodeModelTwice    diag.Code = "model/twice"           // a pseudo-attribute twice
	CodeModelHref     diag.Code = "model/href"            // no href, or an empty one
	CodeModelUnknown  diag.Code = "model/unknown"         // a pseudo-attribute that xml-model has not
	CodeModelLanguage diag.Code = "model/language"        // a schematypens that is no schema language
	CodeModelPairs    diag.Code = "model/schema-location" // an odd number of words in xsi:schemaLocation
)

const instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"

// Declared is which schemas a document asks for, in the order of the document:
// by xml-model instructions (W3C note "Associating Schemas with XML documents
// 1.0", third edition) and by xsi:schemaLocation and
// xsi:noNamespaceSchemaLocation of the root. It reads no further than the
// root's start tag. The findings tell of instructions that can't be read; a
// document that is not well-formed is no finding here, since a validator says so.
func Declared(file string, doc []byte) ([]Reference, diag.List) {
	refs, findings, _ := DeclaredIn(file, bytes.NewReader(doc))
	return refs, findings
}

// DeclaredIn is Declared for a document that is read from r. The error is the
// reader's own.
func DeclaredIn(file string, r io.Reader) ([]Reference, diag.List, error) {
	m := model{t: xmltok.NewReader(file, r, nil)}
	for {
		kind, err := m.t.Next()
		var bad *xmltok.Error
		switch {
		case errors.As(err, &bad):
			return m.refs, m.findings, nil
		case err != nil:
			return m.refs, m.findings, err
		}
		switch kind {
		case xmltok.ProcInst:
			if m.t.Name.Raw == "xml-model" {
				m.instruction()
			}
		case xmltok.StartElement:
			m.root()
			return m.refs, m.findings, nil
		case xmltok.EOF:
			return m.refs, m.findings, nil
		}
	}
}

// model collects the references of one document.
type model struct {
	t        *xmltok.Tokenizer
	refs     []Reference
	findings diag.List
}

func (m *model) find(pos diag.Pos, s diag.Severity, code diag.Code, format string, args ...any) {
	m.findings = append(m.findings, diag.Finding{Pos: pos, Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
}

// hrefAliases are what people write for href.
var hrefAliases = []string{"src", "url", "uri", "file", "schema", "schemaLocation", "location"}

// pseudoNames are the pseudo-attributes of xml-model (clause 3 of the note).
var pseudoNames = []string{"href", "type", "schematypens", "charset", "title", "group", "phase"}

// instruction reads one xml-model instruction.
func (m *model) instruction() {
	text := string(m.t.Text)
	// where the text begins; line ends of two characters make this a little off
	start := max(m.t.End-len("?>")-len(text), m.t.Offset)
	at := func(i int) diag.Pos { return m.t.Pos(min(start+i, m.t.End)) }
	attrs, bad := pseudoAttributes(text)
	if bad != nil {
		m.find(at(bad.at), diag.Error, CodeModelSyntax, "%s; an instruction looks like <?xml-model href=\"my.rng\" schematypens=\"http://relaxng.org/ns/structure/1.0\"?>", bad.message)
		return
	}
	ref := Reference{Pos: m.t.Pos(m.t.Offset)}
	var types, media string
	fields := map[string]*string{"href": &ref.Href, "type": &media, "schematypens": &types, "charset": &ref.Charset, "title": &ref.Title, "group": &ref.Group, "phase": &ref.Phase}
	seen := map[string]bool{}
	instead := "" // what was written for href
	for _, a := range attrs {
		field := fields[a.name]
		switch {
		case seen[a.name]:
			m.find(at(a.at), diag.Error, CodeModelTwice, "%s stands twice in this xml-model instruction; leave one", a.name)
			return
		case field == nil && slices.Contains(hrefAliases, a.name):
			instead = a.name
			ref.Pos = at(a.at)
		case field == nil:
			m.find(at(a.at), diag.Warning, CodeModelUnknown, "xml-model has no %s; it has %s", a.name, strings.Join(pseudoNames, ", "))
		default:
			*field = a.value
		}
		seen[a.name] = true
	}
	ref.Href = strings.Trim(ref.Href, " \t\r\n")
	if ref.Href == "" && instead != "" {
		m.find(ref.Pos, diag.Error, CodeModelHref, "xml-model has no %s; write href=%q", instead, "…")
		return
	}
	if ref.Href == "" {
		m.find(ref.Pos, diag.Error, CodeModelHref, "this xml-model instruction names no schema; add href with the schema's address or file name")
		return
	}
	ref.Language = m.language(ref, types, media)
	m.refs = append(m.refs, ref)
}

// language is by which language a schema is to be read: schematypens decides,
// then a type that means one language alone, then the ending.
func (m *model) language(ref Reference, space, media string) Language {
	if space = strings.TrimSpace(space); space != "" {
		if row, ok := languageBy(func(l languageRow) bool { return slices.Contains(l.spaces, space) }); ok {
			return row.language
		}
		m.find(ref.Pos, diag.Warning, CodeModelLanguage, "schematypens=%q is no schema language that is known; RELAX NG is %s, XML Schema %s, Schematron %s",
			space, languages[1].spaces[0], languages[2].spaces[0], languages[3].spaces[0])
	}
	media, _, _ = strings.Cut(media, ";")
	media = strings.ToLower(strings.TrimSpace(media))
	if row, ok := languageBy(func(l languageRow) bool { return slices.Contains(l.types, media) }); ok {
		return row.language
	}
	return LanguageOf(ref.Href)
}

// root reads the attributes of the root's start tag (XML Schema, 4.3.2).
func (m *model) root() {
	for _, a := range m.t.Attrs {
		if a.Name.Space != instanceNamespace {
			continue
		}
		pos := m.t.Pos(a.Offset)
		words := strings.Fields(string(a.Value))
		switch a.Name.Local {
		case "noNamespaceSchemaLocation":
			if len(words) == 1 {
				m.refs = append(m.refs, Reference{Href: words[0], Language: XSD, Pos: pos})
			} else {
				m.find(pos, diag.Error, CodeModelPairs, "%s is one address, and here are %d; write spaces in it as %%20", a.Name.Raw, len(words))
			}
		case "schemaLocation":
			if len(words)%2 != 0 {
				m.find(pos, diag.Error, CodeModelPairs, "%s is pairs of a namespace and the address of its schema, and %d words are no pairs; the last is %q", a.Name.Raw, len(words), words[len(words)-1])
				words = words[:len(words)-1]
			}
			for i := 0; i < len(words); i += 2 {
				m.refs = append(m.refs, Reference{Href: words[i+1], Namespace: words[i], Language: XSD, Pos: pos})
			}
		}
	}
}

// pseudo is a pseudo-attribute, at a byte offset.
type pseudo struct {
	name, value string
	at          int
}

// slip is what is wrong with an instruction, and where.
type slip struct {
	at      int
	message string
}

// pseudoAttributes reads name="value" pairs (productions 2 to 6 of the note).
func pseudoAttributes(s string) ([]pseudo, *slip) {
	const space = " \t\r\n"
	var l []pseudo
	for i := 0; ; {
		rest := strings.TrimLeft(s[i:], space)
		apart := len(rest) < len(s[i:])
		i = len(s) - len(rest)
		if rest == "" {
			return l, nil
		}
		if len(l) > 0 && !apart {
			return nil, &slip{i, "a space is missing after the value of " + l[len(l)-1].name}
		}
		p := pseudo{at: i}
		end := strings.IndexAny(rest, "="+space+`"'`)
		if end < 0 {
			end = len(rest)
		}
		p.name = rest[:end]
		if !xmltok.IsNCName(p.name) {
			return nil, &slip{i, fmt.Sprintf("a name such as href is to stand here, and %q is none", clip(rest))}
		}
		i += end
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], space))
		if i >= len(s) || s[i] != '=' {
			return nil, &slip{i, p.name + " has no value; write " + p.name + `="…"`}
		}
		i++
		i += len(s[i:]) - len(strings.TrimLeft(s[i:], space))
		if i >= len(s) || s[i] != '"' && s[i] != '\'' {
			return nil, &slip{i, "the value of " + p.name + ` is not in quotes; write ` + p.name + `="…"`}
		}
		close := strings.IndexByte(s[i+1:], s[i])
		if close < 0 {
			return nil, &slip{i, "the value of " + p.name + " begins with " + s[i:i+1] + " and has no other at its end"}
		}
		value, bad := unescape(s[i+1 : i+1+close])
		if bad != nil {
			bad.at += i + 1
			return nil, bad
		}
		p.value = value
		l = append(l, p)
		i += close + 2
	}
}

// clip is the begin of s, for a message.
func clip(s string) string {
	const most = 20
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

var predefined = map[string]string{"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": `"`}

// unescape resolves references in a pseudo-attribute's value.
func unescape(s string) (string, *slip) {
	if i := strings.IndexByte(s, '<'); i >= 0 {
		return "", &slip{i, "< may not stand in a value; write &lt;"}
	}
	var b strings.Builder
	for i := 0; ; {
		n := strings.IndexByte(s[i:], '&')
		if n < 0 {
			b.WriteString(s[i:])
			return b.String(), nil
		}
		b.WriteString(s[i : i+n])
		i += n
		name, _, ok := strings.Cut(s[i+1:], ";")
		c, known := predefined[name]
		if !known {
			c, known = character(name)
		}
		if !ok || !known {
			return "", &slip{i, "& that begins no reference; write &amp; for the character itself"}
		}
		b.WriteString(c)
		i += len(name) + 2
	}
}

// character is what a numeric reference such as #233 or #xE9 stands for (XML
// 1.0, 4.1).
func character(ref string) (string, bool) {
	digits, isRef := strings.CutPrefix(ref, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	allowed := r == '\t' || r == '\n' || r == '\r' || ' ' <= r && r <= 0xd7ff || 0xe000 <= r && r <= 0xfffd || 0x10000 <= r && r <= 0x10ffff
	if !isRef || err != nil || n > 0x10ffff || !allowed {
		return "", false
	}
	return string(r), true
}
