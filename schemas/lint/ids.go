package lint

import (
	"bytes"
	"strings"

	"sigla/schemas/datatype"
	"sigla/tei/diag"
)

// Identifiers: xml:id 1.0, section 4. Those of TEI examples (egXML) are text
// about identifiers and may repeat.

func duplicateIDs(f *facts, r *reporter) {
	first := make(map[string]int, len(f.ids))
	for _, id := range f.ids {
		if len(id.value) == 0 || id.other {
			continue
		}
		at, twice := first[string(id.value)]
		if !twice {
			first[string(id.value)] = id.at
			continue
		}
		finding := r.say(id.span, "xml:id \"%s\" was given before; an identifier belongs to one element, so change one of the two", id.value)
		finding.Related = []diag.Related{{Pos: diag.Pos{Offset: at}, Message: "first given here"}}
	}
}

func misnamedIDs(f *facts, r *reporter) {
	for _, id := range f.ids {
		switch {
		case id.other || plainName(id.value) || datatype.IsNCName(string(id.value)):
		case len(id.value) == 0:
			r.say(id.span, "xml:id is empty; give the element a name, or take the attribute out")
		default:
			r.say(id.span, "xml:id \"%s\" is no name, which begins with a letter or _ and holds letters, digits, . - _ alone; write \"%s\"", id.value, nameLike(id.value))
		}
	}
}

// plainName reports whether s is a name in ASCII, as nearly all are.
func plainName(s []byte) bool {
	for i, c := range s {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
		case i > 0 && ('0' <= c && c <= '9' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return len(s) > 0
}

// nameLike is a name that looks like s.
func nameLike(s []byte) string {
	var b strings.Builder
	for _, r := range string(bytes.ToValidUTF8(s, []byte("-"))) {
		switch {
		case datatype.IsNCName("_" + string(r)):
			b.WriteRune(r)
		default:
			b.WriteByte('-')
		}
	}
	name := b.String()
	if !datatype.IsNCName(name) {
		name = "_" + name
	}
	return name
}
