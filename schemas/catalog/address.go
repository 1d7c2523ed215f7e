package catalog

import (
	"net/url"
	"path"
	"strings"
)

// scheme is the scheme of an absolute address, in small letters; "" for a
// relative one and for a path. One letter is a drive of Windows.
func scheme(s string) string {
	i := strings.IndexByte(s, ':')
	if i < 2 {
		return ""
	}
	for j, c := range []byte(s[:i]) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (j == 0 || (c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
			return ""
		}
	}
	return strings.ToLower(s[:i])
}

// isWeb reports whether s is an http or https address.
func isWeb(s string) bool {
	c := scheme(s)
	return c == "http" || c == "https"
}

// isDrive reports whether s begins with a drive of Windows, as C:\ or C:/.
func isDrive(s string) bool {
	return len(s) >= 3 && s[1] == ':' && (s[2] == '\\' || s[2] == '/') && 'a' <= s[0]|0x20 && s[0]|0x20 <= 'z'
}

// FileURI is an absolute path, with / or \ between folders, as a file address
// (RFC 8089).
func FileURI(p string) string {
	if isDrive(p) {
		p = "/" + strings.ReplaceAll(p, `\`, "/")
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// filePath is the path that a file address names on this machine.
func filePath(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || !strings.EqualFold(u.Scheme, "file") || u.Host != "" && u.Host != "localhost" || u.Path == "" || strings.ContainsRune(u.Path, 0) {
		return "", false
	}
	if isDrive(u.Path[1:]) {
		return u.Path[1:], true
	}
	return u.Path, true
}

// bare is an address without scheme and fragment, and with the host in small
// letters: http and https give the same schema.
func bare(address string) string {
	address, _, _ = strings.Cut(address, "#")
	u, err := url.Parse(address)
	if err != nil || !isWeb(address) {
		return address
	}
	u.Scheme, u.Host = "", strings.ToLower(u.Host)
	return strings.TrimPrefix(u.String(), "//")
}

// relative is the path of target as seen from the file base, both without a
// leading /.
func relative(base, target string) string {
	from, to := strings.Split(path.Dir(base), "/"), strings.Split(target, "/")
	if from[0] == "." {
		from = nil
	}
	for len(from) > 0 && len(to) > 1 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return strings.Repeat("../", len(from)) + strings.Join(to, "/")
}
