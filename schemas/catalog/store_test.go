package catalog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"sigla/schemas/catalog"
)

var day = time.Date(2026, 11, 27, 13, 0, 0, 0, time.UTC)

// put fetches an address into a store.
func put(t testing.TB, s *catalog.Store, target catalog.Target, at time.Time) catalog.Entry {
	t.Helper()
	f := catalog.Fetcher{Client: &http.Client{}}
	d, err := f.Fetch(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Put(d, at)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// files lists all files below a folder.
func files(t testing.TB, dir string) []string {
	var l []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			l = append(l, p)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return l
}

func TestWhatIsPutIsFound(t *testing.T) {
	web := site(t, map[string]string{"/a.rng": including("SITE/parts/line.rng"), "/parts/line.rng": line, "/moved.rng": "->/a.rng"})
	s := &catalog.Store{Dir: filepath.Join(t.TempDir(), "store")}
	if l, err := s.Entries(); len(l) > 0 || err != nil {
		t.Fatal(l, err)
	}
	put(t, s, catalog.Target{URL: web.URL + "/moved.rng", Name: "tei_all", Version: "4.12.0"}, day)
	for _, arg := range []string{web.URL + "/moved.rng", web.URL + "/a.rng", web.URL + "/a.rng#x", "tei_all", "TEI_all@latest", "tei_all@4.12.0",
		"https://www.tei-c.org/Vault/P5/4.12.0/xml/tei/custom/schema/relaxng/tei_all.rng", "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
		sum(including(web.URL + "/parts/line.rng"))[:8]} {
		l, err := s.Find(arg)
		if len(l) != 1 || err != nil {
			t.Errorf("%s: %v %v", arg, l, err)
			continue
		}
		e := l[0]
		fsys, err := s.FS(&e)
		if err != nil || compiles(fsys, e.Files[0].Name) != nil {
			t.Errorf("%s: %v %v", arg, err, compiles(fsys, e.Files[0].Name))
		}
		if !e.Fetched.Equal(day) || e.Version != "4.12.0" || e.Final != web.URL+"/a.rng" || e.Size != int64(len(including(web.URL+"/parts/line.rng"))+len(line)) {
			t.Errorf("%+v", e)
		}
	}
	for _, arg := range []string{"", "tei_all@4.11.0", "tei_lite", web.URL, "../store", "00000000", "tei_all.rng"} {
		if l, err := s.Find(arg); len(l) > 0 || err != nil {
			t.Errorf("%s: %v %v", arg, l, err)
		}
	}
}

// A schema's file system is one by the rules of io/fs.
func TestTheFileSystemOfASchema(t *testing.T) {
	web := site(t, map[string]string{"/x/a.rng": including("parts/line.rng"), "/x/parts/line.rng": line})
	s := &catalog.Store{Dir: t.TempDir()}
	e := put(t, s, catalog.Target{URL: web.URL + "/x/a.rng"}, day)
	fsys, err := s.FS(&e)
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(cleanOnly{fsys}, e.Files[0].Name, e.Files[1].Name); err != nil {
		t.Error(err)
	}
	if _, err := fs.ReadFile(fsys, "../../etc/passwd"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// cleanOnly refuses names that io/fs refuses; a schema's file system takes them,
// since schemas include each other by .. too.
type cleanOnly struct{ fs.FS }

func (c cleanOnly) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return c.FS.Open(name)
}

// One address may change its content: both stay, the newest comes first, and
// removing one leaves the files that the other needs.
func TestVersionsStandBesideEachOther(t *testing.T) {
	texts := map[string]string{"/a.rng": including("line.rng"), "/line.rng": line}
	web := site(t, texts)
	s := &catalog.Store{Dir: t.TempDir()}
	old := put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day)
	if again := put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day.Add(time.Hour)); again.SHA256 != old.SHA256 {
		t.Error(again)
	}
	if l, _ := s.Entries(); len(l) != 1 || !l[0].Fetched.Equal(day.Add(time.Hour)) {
		t.Errorf("%+v", l)
	}
	texts["/a.rng"] = strings.Replace(including("line.rng"), "<start>", "<!-- 2 --><start>", 1)
	fresh := put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day.Add(2*time.Hour))
	l, err := s.Find(web.URL + "/a.rng")
	if err != nil || len(l) != 2 || l[0].SHA256 != fresh.SHA256 {
		t.Fatalf("%+v %v", l, err)
	}
	if err := s.Remove(l[1]); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FS(&fresh); err != nil {
		t.Error(err)
	}
	if _, err := s.FS(&l[1]); err == nil {
		t.Error("the removed schema is still there")
	}
	if err := s.Remove(fresh); err != nil {
		t.Fatal(err)
	}
	if left := files(t, filepath.Join(s.Dir, "files")); len(left) > 0 {
		t.Error(left)
	}
	if err := s.Remove(fresh); err != nil {
		t.Error("removing what is gone:", err)
	}
}

// What was changed on the disk is not used.
func TestDamageIsSeen(t *testing.T) {
	web := site(t, map[string]string{"/a.rng": letter})
	s := &catalog.Store{Dir: t.TempDir()}
	e := put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day)
	p := s.FilePath(e.Files[0])
	for _, text := range []string{letter + " ", ""} {
		if err := os.WriteFile(p, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var damaged *catalog.DamagedError
		if _, err := s.FS(&e); !errors.As(err, &damaged) || !strings.Contains(err.Error(), "sigla schema add "+web.URL+"/a.rng") {
			t.Error(err)
		}
	}
	put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day) // mends it
	if _, err := s.FS(&e); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"{", `{"url":"x"}`, `{"url":"x","sha256":"../../x","files":[{"sha256":"../../x","name":"a"}]}`} {
		if err := os.WriteFile(filepath.Join(s.Dir, "entries", "bad.json"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if l, err := s.Entries(); len(l) != 1 || err == nil || !strings.Contains(err.Error(), "bad.json") {
			t.Errorf("%v %v", l, err)
		}
	}
}

// What a process leaves that was killed half-way is never at a place where it
// counts, and the next process takes it away.
func TestHalfAFileIsNoFile(t *testing.T) {
	web := site(t, map[string]string{"/a.rng": letter})
	s := &catalog.Store{Dir: t.TempDir()}
	half := s.FilePath(catalog.File{SHA256: sum(letter)}) + ".part"
	entry := filepath.Join(s.Dir, "entries", "x.json.part")
	for _, p := range []string{half, entry} {
		if err := os.MkdirAll(filepath.Dir(p), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(letter[:9]), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if l, err := s.Entries(); len(l) > 0 || err != nil {
		t.Error(l, err)
	}
	put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day)
	for _, p := range files(t, s.Dir) {
		if strings.HasSuffix(p, ".part") {
			t.Error(p)
		}
	}
}

// A process that is killed while a schema comes leaves nothing.
func TestAKilledProcessLeavesNothing(t *testing.T) {
	if dir := os.Getenv("CATALOG_TEST_KILLED"); dir != "" { // the process
		put(t, &catalog.Store{Dir: dir}, catalog.Target{URL: os.Getenv("CATALOG_TEST_SITE")}, day)
		return
	}
	begun, release := make(chan struct{}), make(chan struct{})
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, letter[:50])
		w.(http.Flusher).Flush()
		close(begun)
		<-release
	}))
	defer web.Close()
	defer close(release)
	dir := filepath.Join(t.TempDir(), "store")
	cmd := exec.Command(os.Args[0], "-test.run=^TestAKilledProcessLeavesNothing$")
	cmd.Env = append(os.Environ(), "CATALOG_TEST_KILLED="+dir, "CATALOG_TEST_SITE="+web.URL+"/a.rng")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-begun
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the process was not killed")
	}
	if left := files(t, dir); len(left) > 0 {
		t.Error(left)
	}
}

// Processes that add and remove at once leave a store that is whole.
func TestProcessesAtOnce(t *testing.T) {
	if dir := os.Getenv("CATALOG_TEST_STORE"); dir != "" { // one of the processes
		s := &catalog.Store{Dir: dir}
		for i := range 20 {
			e := put(t, s, catalog.Target{URL: os.Getenv("CATALOG_TEST_SITE") + fmt.Sprintf("/%d.rng", i%4)}, day)
			if i%3 == 0 {
				if err := s.Remove(e); err != nil {
					t.Fatal(err)
				}
			}
		}
		return
	}
	pages := map[string]string{"/line.rng": line}
	for i := range 4 {
		pages[fmt.Sprintf("/%d.rng", i)] = including("line.rng") + fmt.Sprintf("<!--%d-->", i)
	}
	web := site(t, pages)
	s := &catalog.Store{Dir: t.TempDir()}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestProcessesAtOnce$")
			cmd.Env = append(os.Environ(), "CATALOG_TEST_STORE="+s.Dir, "CATALOG_TEST_SITE="+web.URL)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	wg.Wait()
	l, err := s.Entries()
	if err != nil || len(l) == 0 {
		t.Fatal(l, err)
	}
	needed := map[string]bool{}
	for i := range l {
		if _, err := s.FS(&l[i]); err != nil {
			t.Error(err)
		}
		for _, f := range l[i].Files {
			needed[s.FilePath(f)] = true
		}
	}
	for _, p := range files(t, filepath.Join(s.Dir, "files")) {
		if !needed[p] {
			t.Errorf("%s belongs to nothing", p)
		}
	}
}

func TestLockIsReadAsItIsWritten(t *testing.T) {
	web := site(t, map[string]string{"/a.rng": including("line.rng"), "/line.rng": line, "/b.rng": letter})
	s := &catalog.Store{Dir: t.TempDir()}
	a := put(t, s, catalog.Target{URL: web.URL + "/a.rng"}, day)
	b := put(t, s, catalog.Target{URL: web.URL + "/b.rng", Name: "tei_all"}, day)
	text, err := catalog.NewLock([]catalog.Entry{b, a, b}).Text()
	if err != nil {
		t.Fatal(err)
	}
	lock, err := catalog.ParseLock("sigla.lock", text)
	if err != nil || len(lock.Schemas) != 2 {
		t.Fatalf("%v\n%s", err, text)
	}
	if again, _ := catalog.NewLock([]catalog.Entry{a, b}).Text(); !bytes.Equal(text, again) {
		t.Errorf("the order counts:\n%s\n%s", text, again)
	}
	for _, arg := range []string{"tei_all", web.URL + "/a.rng"} {
		l, ok := lock.Find(arg)
		if !ok {
			t.Errorf("%s is not locked", arg)
			continue
		}
		if e, ok, err := s.Locked(l); !ok || err != nil || l.Holds(e.Files) != nil {
			t.Errorf("%s: %v %v %v", arg, e, ok, err)
		}
	}
	l, _ := lock.Find(web.URL + "/a.rng")
	changed := append([]catalog.File{}, a.Files...)
	changed[1].SHA256 = sum("other")
	var h *catalog.HashError
	if err := l.Holds(changed); !errors.As(err, &h) || h.Want != sum(line) || h.Got != sum("other") {
		t.Error(err)
	}
	if _, ok := (*catalog.Lock)(nil).Find("tei_all"); ok {
		t.Error("nothing is locked")
	}
}

func TestWhatIsNoLockFileIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		"":                        "version = 0",
		"version = 2":             "version = 2",
		"version = ":              "sigla.lock:1:",
		"version = 1\nbogus = 3":  `sigla.lock:2:1: a lock file has no "bogus"`,
		"version = 'x'":           "sigla.lock:1:",
		"version = 1\n[[schema]]": "schema 1: url",
		"version = 1\n[[schema]]\nurl = 'https://x/y'\nsha256 = 'abc'": "64 digits",
		"version = 1\n[[schema]]\nurl = 'ftp://x/y'":                   "is no address",
	} {
		if _, err := catalog.ParseLock("sigla.lock", []byte(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	if l, err := catalog.ReadLock(filepath.Join(t.TempDir(), "sigla.lock")); l != nil || err != nil {
		t.Error(l, err)
	}
}

func FuzzParseLock(f *testing.F) {
	f.Add([]byte("version = 1\n[[schema]]\nurl = 'https://x/y'\nsha256 = '" + strings.Repeat("a", 64) + "'\n[[schema.include]]\nurl='https://x'\nsha256=''"))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := catalog.ParseLock("sigla.lock", text)
		if err != nil {
			return
		}
		again, err := l.Text()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := catalog.ParseLock("sigla.lock", again); err != nil {
			t.Errorf("%v\n%s", err, again)
		}
	})
}
