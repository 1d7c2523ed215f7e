package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// LockName is the name of a lock file.
const LockName = "sigla.lock"

// Lock is a repository's lock file: the schemas that it validates by, with the
// hashes of all their files, so that everyone and every CI run has the same and
// none needs the network once they are fetched. It is TOML, written by
// sigla schema lock and read by validate and by sigla schema add --locked:
//
//	version = 1
//
//	[[schema]]
//	name = 'tei_all'                # if it is a known one
//	version = '4.12.0'              # by the schema's own word
//	language = 'RELAX NG'
//	url = 'https://www.tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng'
//	sha256 = 'b0f11509…'            # of the file at url
//
//	[[schema.include]]              # one for each file that it includes
//	url = 'https://…'
//	sha256 = '…'
type Lock struct {
	Version int            `toml:"version"` // of this form: 1
	Schemas []LockedSchema `toml:"schema"`
}

// LockedSchema is a schema in a lock file.
type LockedSchema struct {
	Name     string       `toml:"name,omitempty"`
	Version  string       `toml:"version,omitempty"`
	Language Language     `toml:"language"`
	URL      string       `toml:"url"`
	Final    string       `toml:"final,omitempty"` // after redirects
	SHA256   string       `toml:"sha256"`
	Includes []LockedFile `toml:"include,omitempty"`
}

// LockedFile is a file that a locked schema includes.
type LockedFile struct {
	URL    string `toml:"url"`
	SHA256 string `toml:"sha256"`
}

const lockVersion = 1

const lockHead = "# The schemas of this repository, with their hashes. Written by sigla schema lock;\n# sigla schema add --locked fetches exactly these. Keep it under version control.\n\n"

// NewLock locks entries of a store, in the order of their labels and each once.
func NewLock(entries []Entry) *Lock {
	l := &Lock{Version: lockVersion}
	for _, e := range entries {
		s := LockedSchema{Name: e.Name, Version: e.Version, Language: e.Language, URL: e.URL, Final: e.Final, SHA256: e.SHA256}
		for _, f := range e.Files[1:] {
			s.Includes = append(s.Includes, LockedFile{f.URL, f.SHA256})
		}
		if !slices.ContainsFunc(l.Schemas, func(o LockedSchema) bool { return o.URL == s.URL && o.SHA256 == s.SHA256 }) {
			l.Schemas = append(l.Schemas, s)
		}
	}
	slices.SortFunc(l.Schemas, func(a, b LockedSchema) int { return strings.Compare(a.URL, b.URL) })
	return l
}

// Text is the lock file as it is written.
func (l *Lock) Text() ([]byte, error) {
	text, err := toml.Marshal(l)
	return append([]byte(lockHead), text...), err
}

// ReadLock reads a lock file. One that is not there is nil without an error.
func ReadLock(name string) (*Lock, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return ParseLock(name, text)
}

// ParseLock reads the text of a lock file; errors name the file and, where it is
// not TOML, line and column.
func ParseLock(name string, text []byte) (*Lock, error) {
	var l Lock
	d := toml.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		var at *toml.DecodeError
		var strict *toml.StrictMissingError
		switch {
		case errors.As(err, &strict) && len(strict.Errors) > 0:
			line, column := strict.Errors[0].Position()
			return nil, fmt.Errorf("%s:%d:%d: a lock file has no %q", name, line, column, strings.Join(strict.Errors[0].Key(), "."))
		case errors.As(err, &at):
			line, column := at.Position()
			return nil, fmt.Errorf("%s:%d:%d: not a lock file: %s", name, line, column, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if l.Version != lockVersion {
		return nil, fmt.Errorf("%s: version = %d; this sigla reads lock files of version %d", name, l.Version, lockVersion)
	}
	for i, s := range l.Schemas {
		bad := ""
		switch {
		case !isWeb(s.URL) && scheme(s.URL) != "file":
			bad = fmt.Sprintf("url = %q is no address", s.URL)
		case !isHash(s.SHA256):
			bad = fmt.Sprintf("sha256 = %q; it is 64 digits of 0-9 and a-f", s.SHA256)
		case slices.ContainsFunc(s.Includes, func(f LockedFile) bool { return !isHash(f.SHA256) || scheme(f.URL) == "" }):
			bad = "an included file has no url and sha256 that can be used"
		}
		if bad != "" {
			return nil, fmt.Errorf("%s: schema %d: %s", name, i+1, bad)
		}
	}
	return &l, nil
}

// Find is the locked schema that arg means: an address or a known name.
func (l *Lock) Find(arg string) (*LockedSchema, bool) {
	if l == nil {
		return nil, false
	}
	var best *LockedSchema
	for i := range l.Schemas {
		s := &l.Schemas[i]
		e := Entry{URL: s.URL, Final: s.Final, Name: s.Name, Version: s.Version, SHA256: s.SHA256}
		if e.is(arg) && (best == nil || newer(s.Version, best.Version) > 0) {
			best = s
		}
	}
	return best, best != nil
}

// Label is how the schema is called: name@version, or its address.
func (s *LockedSchema) Label() string {
	return (&Entry{URL: s.URL, Name: s.Name, Version: s.Version}).Label()
}

// Target is what is to be fetched for a locked schema.
func (s *LockedSchema) Target() Target {
	return Target{URL: s.URL, Name: s.Name, Version: s.Version, SHA256: s.SHA256}
}

// Holds says what differs between a schema's files and what is locked: nil, a
// *HashError, or that it includes other files.
func (s *LockedSchema) Holds(files []File) error {
	if files[0].SHA256 != s.SHA256 {
		return &HashError{s.URL, s.SHA256, files[0].SHA256}
	}
	locked := map[string]string{}
	for _, f := range s.Includes {
		locked[f.URL] = f.SHA256
	}
	for _, f := range files[1:] {
		switch want, ok := locked[f.URL]; {
		case !ok:
			return fmt.Errorf("%s: it includes %s, which is not locked; nothing is kept", s.URL, f.URL)
		case want != f.SHA256:
			return &HashError{f.URL, want, f.SHA256}
		}
		delete(locked, f.URL)
	}
	for address := range locked {
		return fmt.Errorf("%s: it does not include %s, which is locked with it; nothing is kept", s.URL, address)
	}
	return nil
}

// Locked is the entry of the store that a locked schema means: by the hashes of
// its files, wherever they were got.
func (s *Store) Locked(l *LockedSchema) (Entry, bool, error) {
	all, err := s.Entries()
	for _, e := range all {
		if l.Holds(e.Files) == nil {
			return e, true, nil
		}
	}
	return Entry{}, false, err
}
