package diag

import (
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// slashed is the name of a file as reports and repositories have it: with
// slashes, and without what leads nowhere.
func slashed(name string) string {
	if name == "" {
		return ""
	}
	return path.Clean(filepath.ToSlash(name))
}

// repository is what a file is called in the repository that the report is for.
func (s *Style) repository(name string) string {
	if s.InRepository != nil && name != "" {
		name = s.InRepository(name)
	}
	return name
}

// fileURI is a name as a URI reference, every byte that is not plain
// percent-encoded. absolute says that it stands for itself; else it is relative
// to the folder that the run began in.
func fileURI(name string) (uri string, absolute bool) {
	parts := strings.Split(slashed(name), "/")
	for i, p := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(p), ":", "%3A")
	}
	uri = strings.Join(parts, "/")
	if !filepath.IsAbs(name) {
		return uri, false
	}
	return "file:///" + strings.TrimPrefix(uri, "/"), true
}
