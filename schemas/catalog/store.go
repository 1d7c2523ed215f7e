package catalog

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// A store is a folder:
//
//	files/ab/ab12…   schema files, by the SHA-256 of their bytes
//	entries/….json   an Entry each
//	lock             held while files or entries are added or removed
//
// A file is written beside its place, flushed, and renamed, so at its place
// there is never a part of one; an entry is written when its files are there.
// Readers hold no lock. What a process leaves that is killed meanwhile is
// removed by the next that writes.

// Store is a folder of fetched schemas. It can be used by any number of
// processes at once.
type Store struct{ Dir string }

// Entry is a schema in a store.
type Entry struct {
	URL      string    `json:"url"`             // by which it was asked for
	Final    string    `json:"final,omitempty"` // after redirects, if there were any
	Name     string    `json:"name,omitempty"`  // if it is a known schema
	Version  string    `json:"version,omitempty"`
	Title    string    `json:"title,omitempty"`
	Language Language  `json:"language"`
	SHA256   string    `json:"sha256"` // of the main file
	Size     int64     `json:"size"`   // of all files, in bytes
	Fetched  time.Time `json:"fetched"`
	Files    []File    `json:"files"` // the main file first
}

// Label is how the entry is called: name@version, or its address.
func (e *Entry) Label() string {
	switch {
	case e.Name == "":
		return e.URL
	case !versionForm.MatchString(e.Version): // none, or only that of the TEI it was made from
		return e.Name
	}
	return e.Name + "@" + e.Version
}

// key is the name of the entry's file: one address may have had several
// contents, which a lock file may still ask for.
func (e *Entry) key() string {
	var b strings.Builder
	b.WriteString(e.URL)
	for _, f := range e.Files {
		fmt.Fprintf(&b, "\n%s %s", f.SHA256, f.Name)
	}
	return Hash([]byte(b.String()))
}

// Entry is what a store says of a download that was fetched at a time.
func (d *Download) Entry(at time.Time) Entry {
	e := Entry{
		URL: d.URL, Name: d.Name, Version: d.Target.Version, Title: d.Title, Language: d.Language,
		SHA256: d.Files[0].SHA256, Fetched: at.UTC().Truncate(time.Second), Files: d.Files,
	}
	if d.Final != d.URL {
		e.Final = d.Final
	}
	if e.Version == "" || e.Version == latest {
		e.Version = d.Description.Version
	}
	for _, f := range d.Files {
		e.Size += f.Size
	}
	return e
}

// Put keeps a download. An entry of the same address and content is replaced.
func (s *Store) Put(d *Download, at time.Time) (Entry, error) {
	e := d.Entry(at)
	err := s.locked(func() error {
		for _, f := range d.Files {
			if err := writeWhole(s.filePath(f.SHA256), d.data[f.Name], Hash); err != nil {
				return err
			}
		}
		text, err := json.MarshalIndent(e, "", "  ")
		if err != nil {
			return err
		}
		return writeWhole(s.entryPath(&e), append(text, '\n'), nil)
	})
	return e, err
}

func (s *Store) filePath(sum string) string {
	return filepath.Join(s.Dir, "files", sum[:2], sum)
}

func (s *Store) entryPath(e *Entry) string {
	return filepath.Join(s.Dir, "entries", e.key()+".json")
}

// locked runs change while no other process changes the store.
func (s *Store) locked(change func() error) error {
	if err := os.MkdirAll(s.Dir, 0o777); err != nil {
		return fmt.Errorf("the store of schemas: %w", err)
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(s.Dir, "lock")).Lock()
	if err != nil {
		return fmt.Errorf("the store of schemas: %w", err)
	}
	defer unlock()
	for _, pattern := range []string{"files/*/*.part", "entries/*.part"} {
		left, err := filepath.Glob(filepath.Join(s.Dir, filepath.FromSlash(pattern)))
		if err != nil {
			return err
		}
		for _, p := range left {
			os.Remove(p) // of a process that was killed: nobody else has the lock
		}
	}
	return change()
}

// writeWhole puts data at a path, whole or not at all. With sum, a file that has
// the content already is left.
func writeWhole(p string, data []byte, sum func([]byte) string) error {
	if sum != nil {
		if there, err := os.ReadFile(p); err == nil && sum(there) == sum(data) {
			return nil
		}
	}
	if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(p+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), p)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// Entries lists the store, by label, newest version and date first. A store
// that is not there yet is empty. The error tells of entries that can't be
// read; the others are given nevertheless.
func (s *Store) Entries() ([]Entry, error) {
	dir := filepath.Join(s.Dir, "entries")
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the store of schemas: %w", err)
	}
	var all []Entry
	var bad []error
	for _, item := range list {
		if filepath.Ext(item.Name()) != ".json" {
			continue
		}
		p := filepath.Join(dir, item.Name())
		text, err := os.ReadFile(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue // removed meanwhile
		}
		var e Entry
		if err == nil {
			err = json.Unmarshal(text, &e)
		}
		if err == nil && !e.sound() {
			err = errors.New("it is incomplete")
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s: not an entry of the store: %w; remove the file", p, err))
			continue
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		name := func(e Entry) string { // known names first
			if e.Name == "" {
				return "\uffff" + e.URL
			}
			return e.Name
		}
		if c := strings.Compare(name(a), name(b)); c != 0 {
			return c
		}
		if c := newer(b.Version, a.Version); c != 0 {
			return c
		}
		return b.Fetched.Compare(a.Fetched)
	})
	return all, errors.Join(bad...)
}

// sound reports whether an entry can be used as it was read.
func (e *Entry) sound() bool {
	return e.URL != "" && len(e.Files) > 0 && e.SHA256 == e.Files[0].SHA256 &&
		!slices.ContainsFunc(e.Files, func(f File) bool { return !isHash(f.SHA256) || !fs.ValidPath(f.Name) })
}

// isHash reports whether s is a SHA-256 in small hexadecimal digits.
func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// Find lists the entries that arg means, the best first: a known name with a
// version or without (then the newest version), an address, or the first eight
// or more digits of the SHA-256.
func (s *Store) Find(arg string) ([]Entry, error) {
	all, err := s.Entries()
	var l []Entry
	for _, e := range all {
		if e.is(arg) {
			l = append(l, e)
		}
	}
	return l, err
}

// is reports whether arg means the entry.
func (e *Entry) is(arg string) bool {
	if len(arg) >= 8 && isHash(strings.Repeat("0", max(0, 64-len(arg)))+arg) && strings.HasPrefix(e.SHA256, arg) {
		return true
	}
	if c := scheme(arg); c != "" {
		if address := bare(arg); address == bare(e.URL) || e.Final != "" && address == bare(e.Final) {
			return true
		}
		k, version, ok := recognise(arg)
		return ok && e.named(k.Name, version)
	}
	k, version, ok := parseName(arg)
	return ok && e.named(k.Name, version)
}

// named reports whether the entry is the known schema in that version; "" and
// latest are any, since the newest comes first in lists.
func (e *Entry) named(name, version string) bool {
	return e.Name == name && (version == "" || version == latest || strings.EqualFold(version, e.Version))
}

// Remove takes entries out, and the files that no other entry has.
func (s *Store) Remove(entries ...Entry) error {
	return s.locked(func() error {
		for i := range entries {
			if err := os.Remove(s.entryPath(&entries[i])); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		rest, err := s.Entries()
		if err != nil {
			return err // an entry that can't be read may need the files
		}
		needed := map[string]bool{}
		for _, e := range rest {
			for _, f := range e.Files {
				needed[f.SHA256] = true
			}
		}
		for _, e := range entries {
			for _, f := range e.Files {
				if needed[f.SHA256] {
					continue
				}
				if err := os.Remove(s.filePath(f.SHA256)); err != nil && !errors.Is(err, fs.ErrNotExist) {
					return err
				}
				os.Remove(filepath.Dir(s.filePath(f.SHA256))) // if it is empty now
			}
		}
		return nil
	})
}

// DamagedError says that a file of the store is missing or has other content
// than its name says.
type DamagedError struct {
	Entry   Entry
	File    string // its path
	Command string // what mends it
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s: its file %s in the store is missing or damaged; get it again: %s", e.Entry.Label(), e.File, e.Command)
}

// FS is the file system of a schema in the store; its main file is
// Files[0].Name. Every file is held against its SHA-256.
func (s *Store) FS(e *Entry) (fs.FS, error) {
	m := memory{}
	for _, f := range e.Files {
		p := s.filePath(f.SHA256)
		data, err := os.ReadFile(p)
		if err != nil || Hash(data) != f.SHA256 {
			return nil, &DamagedError{*e, p, addCommand(e.URL)}
		}
		m[f.Name] = rewrite(languageOf(f.Name, data), data, f.Links)
	}
	return m, nil
}

// FilePath is where the store keeps a file.
func (s *Store) FilePath(f File) string { return s.filePath(f.SHA256) }

// addCommand is the command that gets a schema.
func addCommand(arg string) string { return "sigla schema add " + shellWord(arg) }

// shellWord is s as one word of a POSIX shell.
func shellWord(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/:.,@%+=_-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
