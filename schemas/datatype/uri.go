package datatype

import (
	"bytes"
	"net/netip"
)

// anyURI (3.2.17): what is a URI reference of RFC 2396, with the IPv6 addresses
// of RFC 2732, once the characters that URIs have not are escaped. So spaces,
// quotes and letters of any script are allowed, and what remains to be wrong is
// an escape that is none, a second #, a bracket out of its place, a scheme that
// is none, and a scheme or // with nothing behind it.

// uriFault is what is wrong with a URI reference.
type uriFault uint8

const (
	uriRight uriFault = iota
	uriEscape
	uriHash
	uriBracket
	uriScheme
	uriNothing // behind a scheme
	uriNoHost  // behind //
	uriAddress
)

// The lexical space as regular expressions: uriOuter allows brackets anywhere
// and any scheme, uriInner has no brackets but in a fragment.
const (
	escaped  = `%[0-9a-fA-F]{2}`
	fragment = `(#([^%#]|` + escaped + `)*)?`
	uriOuter = `([^%#]|` + escaped + `)*` + fragment + `|[^#]*//[^#]*\[[^#]*` + fragment
	pathChar = `([^%#\[\]]|` + escaped + `)`
	noSlash  = `([^%#\[\]/]|` + escaped + `)`
	noColon  = `([^%#\[\]/?:]|` + escaped + `)`
	rooted   = `(/(` + noSlash + pathChar + `*)?|//` + pathChar + `+)`
	scheme   = `[A-Za-z][A-Za-z0-9+\-.]*:`
	uriInner = `(` + scheme + `)?(` + rooted + fragment + `|//#([^%#]|` + escaped + `)*)` +
		`|` + scheme + noSlash + pathChar + `*` + fragment +
		`|(` + noColon + `+([/?]` + pathChar + `*)?|(\?` + pathChar + `*)?)` + fragment
)

// marksURI are the characters that readURI looks at.
var marksURI = [256]bool{':': true, '/': true, '?': true, '#': true, '%': true, '[': true, ']': true}

func isURI(s []byte) bool {
	_, fault := readURI(s)
	return fault == uriRight
}

// readURI says what is wrong with s, and where.
func readURI(s []byte) (at int, fault uriFault) {
	// A scheme ends at a colon that stands before any of / ? # (RFC 2396, 3.1).
	colon, hash, question, bracket := -1, -1, -1, false
	segment := true // the first, where a scheme may stand
	for i, c := range s {
		if !marksURI[c] {
			continue
		}
		switch c {
		case ':':
			if segment {
				colon, segment = i, false
			}
		case '/':
			segment = false
		case '?':
			segment = false
			if question < 0 && hash < 0 {
				question = i
			}
		case '#':
			segment = false
			if hash >= 0 {
				return i, uriHash
			}
			hash = i
		case '%':
			if !isEscape(s[i:]) && !inZone(s[:i]) {
				return i, uriEscape
			}
		case '[', ']':
			bracket = true
		}
	}
	rest := s[colon+1:]
	if hash >= 0 {
		rest = s[colon+1 : hash]
	}
	if colon >= 0 {
		for i, c := range s[:colon] {
			if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; !letter && (i == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
				return i, uriScheme
			}
		}
		switch {
		case colon == 0:
			return 0, uriScheme
		case len(rest) == 0:
			return colon, uriNothing
		case rest[0] != '/': // opaque, where brackets may stand
			return 0, uriRight
		}
	}
	from := colon + 1
	if len(rest) >= 2 && rest[0] == '/' && rest[1] == '/' {
		if from+2 == len(s) {
			return from, uriNoHost
		}
		from += 2
	}
	if !bracket {
		return 0, uriRight
	}
	end := len(s)
	if hash >= 0 {
		end = hash
	}
	if question >= 0 {
		end = question
	}
	path := from
	if from == colon+3 {
		for path < end && s[path] != '/' {
			path++
		}
		if host := s[from:path]; bytes.ContainsAny(host, "[]") && !isServer(host) {
			return from, uriAddress
		}
	}
	for i := path; i < end; i++ {
		if s[i] == '[' || s[i] == ']' {
			return i, uriBracket
		}
	}
	return 0, uriRight
}

func isEscape(s []byte) bool {
	if len(s) < 3 {
		return false
	}
	_, ok1 := hexDigit(s[1])
	_, ok2 := hexDigit(s[2])
	return ok1 && ok2
}

// inZone reports whether a percent sign behind s would stand before the zone of
// an IPv6 address.
func inZone(s []byte) bool {
	i := bytes.Index(s, []byte("//"))
	if i < 0 || bytes.IndexByte(s[:i], '/') >= 0 || i > 0 && s[i-1] != ':' {
		return false
	}
	k := bytes.LastIndexByte(s, '[')
	return k > i && !bytes.ContainsAny(s[i+2:k], "/?#") && !bytes.ContainsAny(s[k:], "/?#]%")
}

// isServer reports whether an authority with brackets is a host of RFC 2732: a
// user, an address in brackets and a port.
func isServer(s []byte) bool {
	if i := bytes.IndexByte(s, '@'); i >= 0 {
		if bytes.ContainsAny(s[:i], "[]") {
			return false
		}
		s = s[i+1:]
	}
	i := bytes.IndexByte(s, ']')
	if i < 1 || s[0] != '[' {
		return false
	}
	address, port := s[1:i], s[i+1:]
	if len(port) > 0 && (port[0] != ':' || countDigits(port[1:]) != len(port)-1) {
		return false
	}
	if i := bytes.IndexByte(address, '%'); i >= 0 {
		for _, c := range address[i+1:] {
			if c != '.' && c != '_' && (c >= 0x80 || nameParts[c]&inName == 0 || c == '-' || c == ':') {
				return false
			}
		}
	}
	a, err := netip.ParseAddr(string(address))
	return err == nil && a.Is6()
}
