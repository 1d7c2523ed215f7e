package relaxng

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sigla/tei/diag"
)

// jing, James Clark's validator, judges the engine's verdicts: it is asked by
// testdata/Jing.java, one process for all questions of a test run. What we say
// is never compared with what we said.

// jingMessage is something jing says of a file. Its column is that behind the
// tag that shows the fault.
type jingMessage struct {
	kind         string // error, fatal, warning, thrown
	line, column int
	text         string
}

// verdict is what an engine says of a document.
type verdict struct {
	valid    bool
	broken   bool // the engine itself failed: no verdict
	messages []jingMessage
}

// first is the first message that is not a warning.
func (v verdict) first() jingMessage {
	for _, m := range v.messages {
		if m.kind != "warning" {
			return m
		}
	}
	return jingMessage{}
}

type oracle struct {
	mu     sync.Mutex
	in     io.Writer
	out    *bufio.Reader
	dir    string // for schemas; it goes with the process
	schema string // the path of the one it has loaded
	err    error  // why there is no jing
}

// theOracle is started by the first test that asks, and ends with the process.
var theOracle = sync.OnceValue(func() *oracle {
	o := &oracle{}
	o.err = o.start()
	return o
})

func (o *oracle) start() error {
	jar := os.Getenv("JING_JAR")
	if jar == "" {
		jar = "/usr/share/java/jing.jar" // where Debian's package puts it
	}
	if _, err := os.Stat(jar); err != nil {
		return errors.New("jing is not installed")
	}
	java, err := exec.LookPath("java")
	if err != nil {
		return errors.New("java is not installed")
	}
	if o.dir, err = os.MkdirTemp("", "jing"); err != nil {
		return err
	}
	cmd := exec.Command(java, "-XX:+UseSerialGC", "-Xmx1g", "-Xss64m", "-cp", jar, filepath.Join("testdata", "Jing.java"), o.dir)
	cmd.Stderr = io.Discard
	if o.in, err = cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	o.out = bufio.NewReader(out)
	if err := cmd.Start(); err != nil {
		return err
	}
	probe := filepath.Join(o.dir, "probe.rng")
	if err := os.WriteFile(probe, []byte(`<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>`), 0o600); err != nil {
		return err
	}
	if v, err := o.ask("schema "+probe, nil); err != nil || !v.valid {
		return fmt.Errorf("jing does not answer (a JDK is needed): %w", err)
	}
	return nil
}

// ask puts one question; it ends in the length of the text, if it has one.
func (o *oracle) ask(question string, text []byte) (verdict, error) {
	if text != nil {
		question = fmt.Sprintf("%s %d", question, len(text))
	}
	if _, err := fmt.Fprintf(o.in, "%s\n%s", question, text); err != nil {
		return verdict{}, err
	}
	var v verdict
	for {
		line, err := o.out.ReadString('\n')
		if err != nil {
			return verdict{}, err
		}
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 4)
		if len(f) < 4 {
			v.valid, v.broken = f[0] == "valid", f[0] == "broken"
			return v, nil
		}
		m := jingMessage{kind: f[0], text: f[3]}
		m.line, _ = strconv.Atoi(f[1])
		m.column, _ = strconv.Atoi(f[2])
		v.messages = append(v.messages, m)
	}
}

// jing is what jing says of documents under the schema in a file. Without jing
// the test is skipped.
func jing(t testing.TB, schema string, documents ...[]byte) []verdict {
	t.Helper()
	o := theOracle()
	if o.err != nil {
		t.Skipf("no judge: %v", o.err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.schema != schema {
		if v, err := o.ask("schema "+schema, nil); err != nil || !v.valid {
			t.Fatalf("jing on schema %s: %v %v", schema, v, err)
		}
		o.schema = schema
	}
	all := make([]verdict, len(documents))
	for i, doc := range documents {
		var err error
		if all[i], err = o.ask("document", doc); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// jingOnSchema is what jing says of the text of a schema, which is put at a name
// in the oracle's folder; documents can be asked of it afterwards by the path
// that is given back.
func jingOnSchema(t testing.TB, name string, schema []byte) (verdict, string) {
	t.Helper()
	o := theOracle()
	if o.err != nil {
		t.Skipf("no judge: %v", o.err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	path := filepath.Join(o.dir, name)
	if err := os.WriteFile(path, schema, 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := o.ask("schema "+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if o.schema = ""; v.valid {
		o.schema = path
	}
	return v, path
}

// ours is the engine's verdict.
func ours(t testing.TB, s *Schema, doc []byte) diag.List {
	t.Helper()
	l, err := s.ValidateBytes(context.Background(), "doc.xml", doc, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// compileShared compiles a schema of SIGLA_SHARED, once for all tests.
func compileShared(t testing.TB, name string) *Schema {
	t.Helper()
	path := sharedFile(t, name)
	schemasMu.Lock()
	defer schemasMu.Unlock()
	if s := schemas[path]; s != nil {
		return s
	}
	s, err := Compile(os.DirFS(filepath.Dir(path)), filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	schemas[path] = s
	return s
}

var (
	schemasMu sync.Mutex
	schemas   = map[string]*Schema{}
)

// sameEvent reports whether an offset is at what jing's message is about: in
// the tag that ends at jing's column, or in the text before it.
func sameEvent(doc []byte, offset int, jing jingMessage) bool {
	end := offsetOf(doc, jing.line, jing.column)
	if end < 0 {
		return false
	}
	from := max(0, end-1)
	for from > 0 && doc[from] != '<' { // the tag
		from--
	}
	for from > 0 && doc[from-1] != '>' { // the text before
		from--
	}
	return from <= offset && offset < max(end, 1)
}

// offsetOf is the offset of a line and a column that counts UTF-16 units, or -1.
func offsetOf(doc []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		n := strings.IndexByte(string(doc[at:]), '\n')
		if n < 0 {
			return -1
		}
		at += n + 1
	}
	for i, r := range string(doc[at:]) {
		if column <= 1 {
			return at + i
		}
		column--
		if r > 0xFFFF {
			column--
		}
	}
	return len(doc)
}

func TestVerdictsOfRealDocuments(t *testing.T) {
	s := compileShared(t, "schemas/tei/tei_all.rng")
	table, err := os.ReadFile(sharedFile(t, "tei/verdicts.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(table)), "\n")[1:]
	for _, row := range rows {
		f := strings.Split(row, "\t")
		t.Run(f[0], func(t *testing.T) {
			doc, err := os.ReadFile(sharedFile(t, f[0]))
			if err != nil {
				t.Fatal(err)
			}
			l := ours(t, s, doc)
			if (len(l) == 0) != (f[1] == "valid") {
				t.Fatalf("jing says %s, we say %v", f[1], l)
			}
			if len(l) == 0 {
				return
			}
			v := jing(t, sharedFile(t, "schemas/tei/tei_all.rng"), doc)[0]
			if v.valid {
				t.Fatal("jing itself says valid: the table is of another version")
			}
			// Of an identifier that stands twice, both engines speak at the second.
			if m := v.first(); !sameEvent(doc, l[0].Pos.Offset, m) {
				t.Errorf("first finding\n%v\njing's is at %d:%d: %s", l[0], m.line, m.column, m.text)
			}
		})
	}
}

func TestVerdictsUnderSchemasOfProjects(t *testing.T) {
	var documents []string
	for _, pattern := range []string{"tei/real/*.xml", "text/*/gold/*.xml", "gold/*.xml"} {
		l, err := filepath.Glob(sharedFile(t, pattern))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, l...)
	}
	for _, name := range []string{"tei/tei_all", "projects/dtabf", "projects/dracor", "projects/eltec-1", "projects/mei-all-5.1"} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			s := compileShared(t, "schemas/"+name+".rng")
			t.Logf("compiled in %v", time.Since(began))
			valid, invalid := 0, 0
			for _, file := range documents {
				doc, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				v := jing(t, sharedFile(t, "schemas/"+name+".rng"), doc)[0]
				l := ours(t, s, doc)
				if v.valid {
					valid++
				} else {
					invalid++
				}
				switch {
				case v.valid != (len(l) == 0):
					t.Errorf("%s: jing says valid=%v: %v\nwe say %v", file, v.valid, v.messages, l)
				case !v.valid && !sameEvent(doc, l[0].Pos.Offset, v.first()):
					t.Errorf("%s: first finding %v\njing's %v", file, l[0], v.first())
				}
			}
			t.Logf("%d valid, %d invalid", valid, invalid)
		})
	}
}
