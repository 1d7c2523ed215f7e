package batch

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sigla/schemas/catalog"
	"sigla/tei/diag"
)

// A result is kept by what it hangs on: the bytes of the document and its place,
// the files of the schemas, how it was asked for, and the version of the program. Results of
// the same schemas lie in one file, a shard, which also says which files the
// schemas were made of: if those are as they were, a run over documents that are
// as they were opens no schema at all.

// Cache is a folder of results. What can't be read in it is as if it were not
// there.
type Cache struct {
	Dir      string // made if it is not there
	Version  string // of the program
	Settings string // whatever else results hang on
}

// mostKept bounds the results in a shard; the eldest go first.
const mostKept = 100_000

type keptFile struct{ Name, SHA256 string }

// keptResult is where the findings of a document stand in the shard's file, as
// JSON. Length is 0 where there are none.
type keptResult struct {
	Offset, Length int64
	Run            int64 // the run that last asked for it
}

// index stands at the end of a shard's file as JSON, behind the findings and before
// its own length, in eight bytes.
type index struct {
	Made    map[string][]keptFile  // by the key of the schema: its files
	Schemas map[string]diag.Schema // and what is told of it
	Results map[string]keptResult  // by the document: see fileKey
	Runs    int64
}

// shard is a file of results. What is found in a run goes into a new file at
// once, so that memory holds the index alone.
type shard struct {
	path    string
	engines []*engine
	once    sync.Once

	mu    sync.Mutex
	old   *os.File // nil if there is none
	was   index
	fresh *os.File // nil until there is something to write
	out   *bufio.Writer
	at    int64 // bytes written to fresh
	now   map[string]keptResult
	err   error // nothing can be written
}

// fileKey tells a document from others. Its place is part of that: Schematron
// rules ask for it (base-uri, document-uri), and settings may be for some folders.
func (c *Checker) fileKey(name string, doc []byte) string {
	where := name
	if !filepath.IsAbs(where) {
		where = filepath.Join(c.dir, where)
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", name, where)
	h.Write(doc)
	return base64.RawStdEncoding.EncodeToString(h.Sum(nil))
}

// shard is where results of documents with these schemas are.
func (c *Checker) shard(engines []*engine) *shard {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%v %v %d %s\x00", c.o.Cache.Version, c.o.Cache.Settings, c.o.Grammar, c.o.Explain, c.o.Findings, c.o.Now.Format(time.DateOnly))
	for _, e := range engines {
		fmt.Fprintf(h, "%s\x00\x00", e.key)
	}
	key := hex.EncodeToString(h.Sum(nil))
	c.mu.Lock()
	s := c.shards[key]
	if s == nil {
		s = &shard{path: filepath.Join(c.o.Cache.Dir, key), engines: engines, now: map[string]keptResult{}}
		c.shards[key] = s
	}
	c.mu.Unlock()
	s.once.Do(s.read)
	return s
}

// read reads the index, and forgets it where a file of a schema is not what it was.
func (s *shard) read() {
	f, err := os.Open(s.path)
	if err != nil {
		return
	}
	x, err := readIndex(f)
	for _, e := range s.engines {
		made, known := x.Made[e.key]
		if err != nil || !known || slices.ContainsFunc(made, e.differs) {
			f.Close()
			return
		}
	}
	for _, e := range s.engines {
		e.tell(x.Schemas[e.key].Rules, x.Schemas[e.key].NotRun)
	}
	s.old, s.was = f, x
}

func readIndex(f *os.File) (x index, err error) {
	info, err := f.Stat()
	if err != nil || info.Size() < 8 {
		return x, errors.Join(err, io.ErrUnexpectedEOF)
	}
	var n [8]byte
	if _, err := f.ReadAt(n[:], info.Size()-8); err != nil {
		return x, err
	}
	length := int64(binary.LittleEndian.Uint64(n[:]))
	if length < 0 || length > info.Size()-8 {
		return x, io.ErrUnexpectedEOF
	}
	b := make([]byte, length)
	if _, err := f.ReadAt(b, info.Size()-8-length); err != nil {
		return x, err
	}
	err = json.Unmarshal(b, &x)
	return x, err
}

// differs reports that a file of the schema is not what it was.
func (e *engine) differs(f keptFile) bool {
	b, err := fs.ReadFile(e.found.FS, f.Name)
	return err != nil || catalog.Hash(b) != f.SHA256
}

// find is the kept result of a document.
func (s *shard) find(key string) (diag.List, bool) {
	s.mu.Lock()
	r, known := s.was.Results[key]
	if known {
		r.Run = s.was.Runs + 1
		s.was.Results[key] = r
	}
	s.mu.Unlock()
	if !known || r.Length == 0 {
		return nil, known
	}
	b := make([]byte, r.Length)
	if _, err := s.old.ReadAt(b, r.Offset); err != nil {
		return nil, false
	}
	var l []diag.Finding
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, false
	}
	return l, true
}

// keep keeps the result of a document.
func (s *shard) keep(key string, l diag.List) {
	var b []byte
	if len(l) > 0 {
		var err error
		if b, err = json.Marshal([]diag.Finding(l)); err != nil {
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(key, b, s.was.Runs+1)
}

// put writes a result to the new file.
func (s *shard) put(key string, b []byte, run int64) {
	if s.fresh == nil && s.err == nil {
		if s.err = os.MkdirAll(filepath.Dir(s.path), 0o755); s.err == nil {
			s.fresh, s.err = os.CreateTemp(filepath.Dir(s.path), unfinished)
		}
		if s.err == nil {
			s.out = bufio.NewWriterSize(s.fresh, 1<<16)
		}
	}
	if s.err != nil {
		return
	}
	var n int
	n, s.err = s.out.Write(b)
	s.now[key] = keptResult{s.at, int64(n), run}
	s.at += int64(n)
}

// Save writes what is new to the cache. The results stand, whatever it says.
func (c *Checker) Save() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var errs []error
	for key, s := range c.shards {
		errs = append(errs, s.write())
		delete(c.shards, key) // what comes now is read from the new file
	}
	if c.o.Cache != nil && !c.o.Now.IsZero() {
		c.o.Cache.sweep(c.o.Now)
	}
	return errors.Join(errs...)
}

// unfinished begins the name of a file that is being written.
const unfinished = ".shard-"

// sweep takes away what runs that were killed have left behind.
func (c *Cache) sweep(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(c.Dir, unfinished+"*")) // there is none, or the next run sees to it
	for _, p := range left {
		if info, err := os.Stat(p); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
			os.Remove(p)
		}
	}
}

// write takes over what the old file has and puts the new one in its place.
func (s *shard) write() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.old != nil {
		defer s.old.Close()
	}
	if s.fresh == nil {
		return s.err
	}
	defer os.Remove(s.fresh.Name())
	defer s.fresh.Close()
	for _, key := range s.was.youngest(mostKept - len(s.now)) {
		r := s.was.Results[key]
		b := make([]byte, r.Length)
		if _, again := s.now[key]; again {
			continue
		}
		if _, err := s.old.ReadAt(b, r.Offset); err == nil {
			s.put(key, b, r.Run)
		}
	}
	x := index{Made: map[string][]keptFile{}, Schemas: map[string]diag.Schema{}, Results: s.now, Runs: s.was.Runs + 1}
	for _, e := range s.engines {
		if e.err != nil {
			return nil
		}
		if x.Made[e.key] = e.files.made(); len(x.Made[e.key]) == 0 { // it was not opened
			x.Made[e.key] = s.was.Made[e.key]
		}
		e.telling.Lock()
		x.Schemas[e.key] = e.use
		e.telling.Unlock()
	}
	b, err := json.Marshal(&x)
	b = binary.LittleEndian.AppendUint64(b, uint64(len(b)))
	_, wrote := s.out.Write(b)
	err = errors.Join(s.err, err, wrote, s.out.Flush(), s.fresh.Sync(), s.fresh.Close())
	if err != nil {
		return err
	}
	return os.Rename(s.fresh.Name(), s.path)
}

// youngest are the keys of the results that were asked for last, as many as most.
func (x *index) youngest(most int) []string {
	keys := slices.SortedFunc(maps.Keys(x.Results), func(a, b string) int {
		return cmp.Or(cmp.Compare(x.Results[b].Run, x.Results[a].Run), cmp.Compare(x.Results[a].Offset, x.Results[b].Offset), strings.Compare(a, b))
	})
	return keys[:min(len(keys), max(most, 0))]
}

// recorder is a file system that remembers what was read of it.
type recorder struct {
	fsys fs.FS
	main catalog.Found // whose main file was read and hashed to find it

	mu   sync.Mutex
	read []keptFile
}

func (r *recorder) made() []keptFile {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.read)
}

// ReadFile implements fs.ReadFileFS.
func (r *recorder) ReadFile(name string) ([]byte, error) {
	b, sum := r.main.Data, r.main.SHA256
	if name != r.main.Name || b == nil {
		var err error
		if b, err = fs.ReadFile(r.fsys, name); err != nil {
			return nil, err
		}
		sum = ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.ContainsFunc(r.read, func(f keptFile) bool { return f.Name == name }) {
		if sum == "" {
			sum = catalog.Hash(b)
		}
		r.read = append(r.read, keptFile{name, sum})
	}
	return b, nil
}

// ReadDir implements fs.ReadDirFS: libxml2 looks for schemas beside one.
func (r *recorder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.fsys, name) }

// Open implements fs.FS.
func (r *recorder) Open(name string) (fs.File, error) {
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	defer f.Close()
	if _, err := r.ReadFile(name); err != nil {
		return nil, err
	}
	return r.fsys.Open(name)
}
