package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"sigla/tei"
)

// A metadata file is YAML beside a page. It gives what the page leaves out and
// wins over what the page says; each key is a row of metaKeys. A key that no
// row has, or a value of the wrong kind, is an error with its line, since a
// slip of the pen would otherwise be lost without a word.

// Meta is a metadata file, read.
type Meta struct {
	set map[string]metaValue
}

// metaValue is one value; which field is filled depends on the row's kind.
type metaValue struct {
	words    string
	list     []string
	date     dateValue
	fields   []tei.Field
	holdings []tei.Holding
}

// MetaKey is one key of a metadata file.
type MetaKey struct {
	Key     string
	Kind    string // words, list, date, tag, fields or holdings
	Does    string
	Example string // as it stands behind the colon

	apply func(h *tei.Header, v metaValue)
}

var metaKeys = []MetaKey{
	{"title", "words", "title of the document", "Letter from A. Ivanov to B. Petrov", func(h *tei.Header, v metaValue) { h.Title = v.words }},
	{"date", "date", "day, month, year or range of the document", "1951-11-01", func(h *tei.Header, v metaValue) {
		h.Date.Text = v.words
		setDate(h, v.date)
	}},
	{"authors", "list", "who wrote it", "[A. Ivanov]", func(h *tei.Header, v metaValue) { h.Authors = v.list }},
	{"translators", "list", "who translated it; the first is the target of every resp", "[Jane Roe]", func(h *tei.Header, v metaValue) { h.Translators = agents(v.list) }},
	{"funders", "list", "who paid for the translation", "[Larch Trust]", func(h *tei.Header, v metaValue) { h.Funders = v.list }},
	{"credits", "words", "the sentence of thanks", "With support from Larch Trust", func(h *tei.Header, v metaValue) { h.Credits = v.words }},
	{"summary", "words", "abstract of the document", "Ivanov asks for seed.", func(h *tei.Header, v metaValue) { h.Summary = v.words }},
	{"keywords", "list", "terms for the kind of document", "[letter]", func(h *tei.Header, v metaValue) { h.Keywords = v.list }},
	{"original-language", "words", "language of the original, by name or tag", "Russian", func(h *tei.Header, v metaValue) {
		h.Language = tei.Language{Text: v.words, Tag: languageOf(v.words)}
	}},
	{"language", "tag", "tag of the language of the text itself (BCP 47)", "en", func(h *tei.Header, v metaValue) { h.Lang = v.words }},
	{"contents", "list", "what the page holds", "[Translation - English]", func(h *tei.Header, v metaValue) {
		h.Contents = nil
		for _, s := range v.list {
			h.Contents = append(h.Contents, contentsEntry(s))
		}
	}},
	{"citation", "words", "the citation, read as that of a page", "RGASPI, f. 17, op. 3, d. 9, ll. 1-2", func(h *tei.Header, v metaValue) {
		h.Citation, h.Holdings = readCitation(v.words, h.Title)
		if len(h.Translators) == 0 {
			var names []string
			for _, p := range h.Citation.Pieces {
				if p.Kind == "translator" {
					names = append(names, p.Text)
				}
			}
			h.Translators = agents(names)
		}
	}},
	{"url", "list", "addresses of the page", "[https://archive.example.org/5]", func(h *tei.Header, v metaValue) {
		if h.Citation == nil {
			h.Citation = &tei.Citation{}
		}
		c := *h.Citation
		c.URLs = v.list
		for _, u := range v.list {
			if id := archiveID(u); id != "" {
				c.ID = id
			}
		}
		h.Citation = &c
	}},
	{"holdings", "holdings", "where the original lies: repository, name, country, country-code, settlement, shelfmark", "[{repository: RGASPI, shelfmark: \"f. 17, op. 3\"}]", func(h *tei.Header, v metaValue) { h.Holdings = v.holdings }},
	{"notes", "fields", "further fields of the header, by label", "{Register: \"No. 7\"}", func(h *tei.Header, v metaValue) { h.Notes = append(h.Notes, v.fields...) }},
	{"publisher", "words", "publisher of the TEI file", "Edition of the Foreign Office Papers", func(h *tei.Header, v metaValue) { h.Publisher = v.words }},
	{"rights", "words", "statement of rights", "The translation may be used freely.", func(h *tei.Header, v metaValue) { h.Rights = v.words }},
	{"licence", "words", "address of a licence", "https://creativecommons.org/licenses/by/4.0/", func(h *tei.Header, v metaValue) { h.Licence = v.words }},
	{"id", "words", "xml:id of the TEI file", "letter-7", func(h *tei.Header, v metaValue) { h.ID = v.words }},
}

// MetaKeys lists the keys of a metadata file, for the manual.
func MetaKeys() []MetaKey { return append([]MetaKey(nil), metaKeys...) }

// metaAliases are other words for a key.
var metaAliases = map[string]string{"author": "authors", "translator": "translators", "funder": "funders", "abstract": "summary", "license": "licence", "keyword": "keywords", "urls": "url", "holding": "holdings"}

// languageOf is the tag of a language given by name or by tag, und where it is
// neither.
func languageOf(s string) string {
	if tags, ok := languageTags(s); ok {
		return tags
	}
	if tagLike(s) {
		return s
	}
	return "und"
}

func (m *Meta) has(key string) bool {
	if m == nil {
		return false
	}
	_, ok := m.set[key]
	return ok
}

// apply gives the header what the file says, in the order of the table.
func (m *Meta) apply(h *tei.Header) {
	if m == nil {
		return
	}
	for _, k := range metaKeys {
		if v, ok := m.set[k.Key]; ok {
			k.apply(h, v)
		}
	}
}

// ParseMeta reads a metadata file. The error is an *OptionError that names
// file and line.
func ParseMeta(src []byte, name string) (*Meta, error) {
	fail := func(line int, format string, args ...any) error {
		return &OptionError{fmt.Sprintf("%s:%d: %s", name, line, fmt.Sprintf(format, args...))}
	}
	var doc yaml.Node
	m := &Meta{set: map[string]metaValue{}}
	dec := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))))
	if err := dec.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		return nil, &OptionError{fmt.Sprintf("%s: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))}
	}
	if len(doc.Content) == 0 {
		return m, nil
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return m, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fail(root.Line, "want lines of key: value, found %s", kindOf(root))
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], resolve(root.Content[i+1])
		key := strings.ReplaceAll(strings.ToLower(k.Value), "_", "-")
		if a, ok := metaAliases[key]; ok {
			key = a
		}
		row := metaKey(key)
		if row == nil {
			names := make([]string, len(metaKeys))
			for i, r := range metaKeys {
				names[i] = r.Key
			}
			return nil, fail(k.Line, "%q is not a key of a metadata file%s; the keys are %s", k.Value, didYouMean(key, names), strings.Join(names, ", "))
		}
		if _, ok := m.set[row.Key]; ok {
			return nil, fail(k.Line, "%q is given twice", k.Value)
		}
		x, want := row.read(v)
		if want != "" {
			line := v.Line
			if line == 0 {
				line = k.Line
			}
			return nil, fail(line, "%s: want %s, found %s", k.Value, want, kindOf(v))
		}
		m.set[row.Key] = x
	}
	return m, nil
}

func metaKey(key string) *MetaKey {
	for i := range metaKeys {
		if metaKeys[i].Key == key {
			return &metaKeys[i]
		}
	}
	return nil
}

func resolve(n *yaml.Node) *yaml.Node {
	for i := 0; n.Kind == yaml.AliasNode && n.Alias != nil && i < 10; i++ {
		n = n.Alias
	}
	return n
}

func kindOf(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return "nothing"
	case n.Kind == yaml.ScalarNode:
		return fmt.Sprintf("%q", clip(n.Value))
	}
	return "something else"
}

// scalar is the words of a node.
func scalar(n *yaml.Node) (string, bool) {
	n = resolve(n)
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || strings.TrimSpace(n.Value) == "" || n.Tag == "!!binary" {
		return "", false
	}
	return strings.TrimSpace(n.Value), xmlWords(n.Value)
}

// xmlWords says whether XML can carry s.
func xmlWords(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF }) < 0
}

// read reads a value; want says what it should have been.
func (k *MetaKey) read(n *yaml.Node) (v metaValue, want string) {
	switch k.Kind {
	case "words", "tag":
		s, ok := scalar(n)
		if !ok {
			return v, "words such as " + k.Example
		}
		v.words = s
		if k.Kind == "tag" && !tagLike(s) {
			return v, "a language tag such as " + k.Example
		}
		if k.Key == "id" && !nameLike(s) {
			return v, "an XML name such as " + k.Example
		}
		if k.Key == "licence" && (!strings.Contains(s, "://") || strings.ContainsAny(s, " <>\"{}|\\^`")) {
			return v, "an address such as " + k.Example
		}
		if k.Key == "original-language" && languageOf(s) == "und" && s != "und" {
			return v, "the name or the tag of a language, such as " + k.Example
		}
	case "date":
		s, ok := scalar(n)
		if ok {
			v.words = s
			v.date, ok = readDate(s)
		}
		if !ok {
			return v, "a date such as " + k.Example
		}
	case "list":
		if s, ok := scalar(n); ok {
			v.list = []string{s}
			return v, ""
		}
		if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
			return v, "a list such as " + k.Example
		}
		for _, x := range n.Content {
			s, ok := scalar(x)
			if !ok {
				return v, "a list of words such as " + k.Example
			}
			v.list = append(v.list, s)
		}
	case "fields":
		if n.Kind != yaml.MappingNode {
			return v, "fields such as " + k.Example
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			s, ok := scalar(n.Content[i+1])
			label, lok := scalar(n.Content[i])
			if !ok || !lok {
				return v, "fields of words such as " + k.Example
			}
			v.fields = append(v.fields, tei.Field{Label: label, Text: s})
		}
	case "holdings":
		list := []*yaml.Node{n}
		if n.Kind == yaml.SequenceNode {
			list = n.Content
		}
		for _, x := range list {
			h, ok := metaHolding(resolve(x))
			if !ok {
				return v, "a list of holdings such as " + k.Example
			}
			v.holdings = append(v.holdings, h)
		}
	}
	return v, ""
}

func metaHolding(n *yaml.Node) (h tei.Holding, ok bool) {
	if s, ok := scalar(n); ok {
		_, hs := readCitation(s, "")
		if len(hs) != 1 {
			return h, false
		}
		return hs[0], true
	}
	if n.Kind != yaml.MappingNode {
		return h, false
	}
	mark := ""
	for i := 0; i+1 < len(n.Content); i += 2 {
		s, ok := scalar(n.Content[i+1])
		if !ok {
			return h, false
		}
		switch n.Content[i].Value {
		case "repository":
			h.Repository = s
		case "name":
			h.Expansion = s
		case "country":
			h.Country = s
		case "country-code":
			h.CountryKey = s
		case "settlement":
			h.Settlement = s
		case "shelfmark":
			mark = s
		default:
			return h, false
		}
	}
	if h.Repository == "" {
		return h, false
	}
	if a := archiveIndex[h.Repository]; a != nil && a.CountryKey != "" {
		for _, x := range []struct {
			to   *string
			from string
		}{{&h.Expansion, a.Expansion}, {&h.Country, a.Country}, {&h.CountryKey, a.CountryKey}, {&h.Settlement, a.Settlement}} {
			if *x.to == "" {
				*x.to = x.from
			}
		}
	}
	h.Text = mark
	if _, hs := readCitation("RGASPI, "+mark, ""); len(hs) == 1 && hs[0].Text == mark {
		h.Parts = hs[0].Parts
	}
	return h, true
}

// nameLike says whether s can be an xml:id of the simple kind.
func nameLike(s string) bool {
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r == '_':
		case i > 0 && (r >= '0' && r <= '9' || r == '-' || r == '.'):
		default:
			return false
		}
	}
	return s != ""
}
