package xmltok

import "bytes"

// The XML declaration (XML 1.0, 2.8, 2.9 and 4.3.3; productions 23 to 26, 32,
// 80 and 81). It is read before the first token and gives none.

// declarationLength bounds it, in bytes of the document, so that so much of a
// reader tells what there is to know.
const declarationLength = 1024

type xmlDeclaration struct {
	encoding   []byte
	at         int // of the encoding
	standalone bool
	end        int
}

var declarationFields = []string{"version", "encoding", "standalone"}

// isDeclared reports whether b begins with an XML declaration.
func isDeclared(b []byte) bool {
	return len(b) > 5 && string(b[:5]) == "<?xml" && isSpace(b[5])
}

func (t *Tokenizer) declaration(b []byte) (d xmlDeclaration, err error) {
	n := bytes.Index(b[:min(len(b), declarationLength)], []byte("?>"))
	switch {
	case n < 0 && len(b) >= declarationLength:
		return d, t.fault(0, CodeLimit, "the XML declaration has no ?> within %d bytes, which is the limit; write it short", declarationLength)
	case n < 0:
		return d, t.fault(0, CodeDeclaration, "the XML declaration has no ?> at its end; write <?xml version=\"1.0\" encoding=\"UTF-8\"?>")
	}
	d.end = n + 2
	b = b[:n]
	last := -1
	for i := 5; ; {
		from := i
		if i = pastSpaces(b, i); i == n {
			break
		}
		if i == from {
			return d, t.fault(i, CodeDeclaration, "a space is missing in the XML declaration; put one here")
		}
		field := -1
		for k, f := range declarationFields {
			if bytes.HasPrefix(b[i:], []byte(f)) {
				field = k
			}
		}
		if field <= last || last < 0 && field != 0 {
			return d, t.fault(i, CodeDeclaration, "the XML declaration holds version, encoding, standalone, in this order: <?xml version=\"1.0\" encoding=\"UTF-8\"?>")
		}
		last = field
		name := declarationFields[field]
		i = pastSpaces(b, i+len(name))
		if i == n || b[i] != '=' {
			return d, t.fault(i, CodeDeclaration, "= is missing after %s in the XML declaration; write %s=\"…\"", name, name)
		}
		i = pastSpaces(b, i+1)
		if i == n || b[i] != '"' && b[i] != '\'' {
			return d, t.fault(i, CodeDeclaration, "the value of %s has no quotes; write %s=\"…\"", name, name)
		}
		k := bytes.IndexByte(b[i+1:], b[i])
		if k < 0 {
			return d, t.fault(i, CodeDeclaration, "the value of %s has no closing quote; write %s=\"…\"", name, name)
		}
		value := b[i+1 : i+1+k]
		switch field {
		case 0:
			if !isVersion(value) {
				return d, t.fault(i+1, CodeDeclaration, "the version of XML is %q, which is none; write 1.0", value)
			}
		case 1:
			if !isEncodingName(value) {
				return d, t.fault(i+1, CodeDeclaration, "%q is no name of an encoding; write UTF-8", value)
			}
			d.encoding, d.at = value, i+1
		case 2:
			if string(value) != "yes" && string(value) != "no" {
				return d, t.fault(i+1, CodeDeclaration, "standalone is %q; write yes or no", value)
			}
			d.standalone = string(value) == "yes"
		}
		i += k + 2
	}
	if last < 0 {
		return d, t.fault(0, CodeDeclaration, "the XML declaration has no version; write <?xml version=\"1.0\"?>")
	}
	return d, nil
}

// isVersion is production 26.
func isVersion(s []byte) bool {
	if len(s) < 3 || s[0] != '1' || s[1] != '.' {
		return false
	}
	for _, c := range s[2:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// isEncodingName is production 81.
func isEncodingName(s []byte) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '.' || c == '_' || c == '-'):
		default:
			return false
		}
	}
	return len(s) > 0
}
