package xsd

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sigla/tei/diag"
)

// machine is the machine's file system by paths.
type machine struct{}

func (machine) Open(name string) (fs.File, error) { return os.Open(name) }

var xmllintLine = regexp.MustCompile(`(?m)^[^\n]*?:(\d+): element [^\n]*Schemas validity error`)

// xmllint is what xmllint says of documents: is each valid, and which lines have
// errors?
func xmllint(t *testing.T, schema string, documents ...string) (valid []bool, lines [][]int) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not installed")
	}
	c := exec.Command("xmllint", append([]string{"--nonet", "--noout", "--schema", schema}, documents...)...)
	c.Env = append(os.Environ(), "XML_CATALOG_FILES="+filepath.Join(os.Getenv("SIGLA_SHARED"), "standards/catalog.xml"))
	out, _ := c.CombinedOutput()
	verdicts := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		if d, ok := strings.CutSuffix(strings.TrimSpace(line), " validates"); ok {
			verdicts[d] = true
		} else if d, ok := strings.CutSuffix(strings.TrimSpace(line), " fails to validate"); ok {
			verdicts[d] = false
		}
	}
	for _, d := range documents {
		ok, told := verdicts[d]
		if !told && !bytes.Contains(out, []byte(d+":")) { // where it is not well-formed
			t.Fatalf("xmllint says neither yes nor no to %s: %.1000s", d, out)
		}
		var l []int
		for _, m := range xmllintLine.FindAllSubmatch(out, -1) {
			if bytes.HasPrefix(m[0], []byte(d+":")) {
				n, _ := strconv.Atoi(string(m[1]))
				l = append(l, n)
			}
		}
		slices.Sort(l)
		valid, lines = append(valid, ok), append(lines, slices.Compact(l))
	}
	return valid, lines
}

// compare validates documents by a schema as xmllint does. It says how many are
// valid.
func compare(t *testing.T, schema string, documents ...string) int {
	t.Helper()
	s := compile(t, machine{}, schema)
	valid, lines := xmllint(t, schema, documents...)
	count := 0
	for i, name := range documents {
		doc, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		l, err := s.Validate(name, doc)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		l = slices.DeleteFunc(l, func(f diag.Finding) bool { // libxml2 does not ask what an IDREF points at
			return f.Code == CodeReference && strings.Contains(f.Message, " points at ")
		})
		if (len(l) == 0) != valid[i] {
			t.Errorf("%s: valid is %v to xmllint; %v\n%s", name, valid[i], l, doc[:min(len(doc), 3000)])
		}
		if valid[i] {
			count++
		}
		if len(l) > 0 && strings.HasPrefix(string(l[0].Code), "xml/") {
			continue // not well-formed, or with a prefix that is not declared, which xmllint reads over
		}
		var ours []int
		for _, f := range l {
			ours = append(ours, elementLine(doc, f.Pos.Line, f.Pos.Column))
		}
		slices.Sort(ours)
		ours = slices.Compact(ours)
		// helium tells no more of an element when one in it is wrong, and may
		// say that it is incomplete where libxml2 says what stands there instead
		if !numbersElements && !slices.Equal(ours, lines[i]) || numbersElements && len(ours) > 0 && l[0].Code != CodeIncomplete && !slices.Contains(lines[i], ours[0]) {
			t.Errorf("%s: errors in lines %v, to xmllint in %v: %v", name, ours, lines[i], l)
		}
	}
	return count
}

// elementLine is the line that xmllint gives an element: that of the end of its
// start tag. Our place is that of its beginning, or of an attribute.
func elementLine(doc []byte, line, column int) int {
	at := 0
	for range line - 1 {
		at += bytes.IndexByte(doc[at:], '\n') + 1
	}
	for range column - 1 {
		at += len(string([]rune(string(doc[at:min(at+4, len(doc))]))[0]))
	}
	end := at
	for quote := byte(0); end < len(doc) && (quote != 0 || doc[end] != '>'); end++ {
		if c := doc[end]; quote == 0 && (c == '"' || c == '\'') {
			quote = c
		} else if c == quote {
			quote = 0
		}
	}
	return line + bytes.Count(doc[at:end], []byte("\n"))
}

// write puts a document into a file.
func write(t *testing.T, dir string, n int, doc string) string {
	t.Helper()
	name := filepath.Join(dir, fmt.Sprintf("%03d.xml", n))
	if err := os.WriteFile(name, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

var (
	tag       = regexp.MustCompile(`</?[\w:]+[^<>]*>`)
	attr      = regexp.MustCompile(` [\w:]+="[^"]*"`)
	empty     = regexp.MustCompile(`<[\w:]+[^<>]*/>`)
	leaf      = regexp.MustCompile(`<[\w:]+(?: [^<>]*)?>[^<>]*</[\w:]+>|<[\w:]+[^<>]*/>`)
	startName = regexp.MustCompile(`<([\w:]+)`)
)

// mutant makes one mistake in a document, by chance.
func mutant(r *rand.Rand, doc string) string {
	pick := func(re *regexp.Regexp) (before, found, after string) {
		l := re.FindAllStringIndex(doc, -1)
		if l == nil {
			l = tag.FindAllStringIndex(doc, -1)
		}
		x := l[r.IntN(len(l))]
		return doc[:x[0]], doc[x[0]:x[1]], doc[x[1]:]
	}
	any := func(l ...string) string { return l[r.IntN(len(l))] }
	switch r.IntN(7) {
	case 0: // an attribute is missing
		before, _, after := pick(attr)
		return before + after
	case 1: // a value is another
		wrong := []string{"x", " ", "9", "é", "#"}
		if numbersElements { // #a# may be an address to helium: XML Schema 2, 3.2.17 leaves that open
			wrong = wrong[:4]
		}
		before, found, after := pick(attr)
		if strings.HasPrefix(found, " xsi:") { // libxml2 does not take the space off a QName
			wrong = wrong[:1]
		}
		return before + found[:len(found)-1] + any(wrong...) + found[len(found)-1:] + after
	case 2: // an attribute is one too many
		before, found, after := pick(startName)
		return before + found + any(` n="1"`, ` when="x"`, ` key="k"`, ` xml:id="m`+strconv.Itoa(r.IntN(1000))+`"`) + after
	case 3: // words
		before, found, after := pick(tag)
		return before + found + "words" + after
	case 4: // an element is one too many
		before, found, after := pick(tag)
		return before + found + any("<p/>", "<bogus/>", "<date>x</date>", "<lb/>") + after
	case 5: // an element is another
		before, _, after := pick(empty)
		return before + "<ptr/>" + after
	}
	before, _, after := pick(leaf) // an element is missing
	return before + after
}

// TestVerdictsAreXmllints makes mistakes in documents of the converter.
func TestVerdictsAreXmllints(t *testing.T) {
	documents, err := filepath.Glob("../../fixtures/encode/*/tei.xml")
	if err != nil || len(documents) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	documents = append(documents, "../profile/testdata/valid.xml")
	const schema = "../profile/sigla.xsd"
	if n := compare(t, schema, documents...); n != len(documents) {
		t.Errorf("%d of %d documents are valid", n, len(documents))
	}
	r := rand.New(rand.NewPCG(4, 2026))
	dir := t.TempDir()
	var mutants []string
	for i := range 300 {
		doc, err := os.ReadFile(documents[i%len(documents)])
		if err != nil {
			t.Fatal(err)
		}
		mutants = append(mutants, write(t, dir, i, mutant(r, string(doc))))
	}
	n := compare(t, schema, mutants...)
	t.Logf("of %d mutants %d are valid", len(mutants), n)
	if n == 0 || n > len(mutants)*2/3 {
		t.Errorf("%d of %d mutants are valid: they prove little", n, len(mutants))
	}
}

type standardDocument struct{ schema, doc string }

// standardDocuments are valid documents of schemas that others publish.
var standardDocuments = []standardDocument{
	{"dc/simpledc.xsd", `<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="en">Letters</dc:title>`},
	{"ead3/ead3.xsd", `<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>r1</recordid><filedesc><titlestmt><titleproper>Letters</titleproper></titlestmt></filedesc>` +
		`<maintenancestatus value="new"/><maintenanceagency><agencyname>Archive</agencyname></maintenanceagency><maintenancehistory><maintenanceevent><eventtype value="created"/>` +
		`<eventdatetime>1951</eventdatetime><agenttype value="human"/><agent>A</agent></maintenanceevent></maintenancehistory></control>` +
		`<archdesc level="fonds"><did><unittitle>Letters</unittitle></did></archdesc></ead>`},
	{"premis3/premis-v3-0.xsd", `<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0"><object xsi:type="intellectualEntity">` +
		`<objectIdentifier><objectIdentifierType>local</objectIdentifierType><objectIdentifierValue>1</objectIdentifierValue></objectIdentifier></object></premis>`},
	{"mets/mets.xsd", `<mets xmlns="http://www.loc.gov/METS/v2" TYPE="letter"><fileSec><fileGrp><file ID="f1"><FLocat LOCTYPE="URL" LOCREF="a.tif"/></file></fileGrp></fileSec>` +
		`<structSec><structMap><div><fptr FILEID="f1"/></div></structMap></structSec></mets>`},
	{"junit/junit-10.xsd", `<testsuites><testsuite name="a" tests="1" errors="0" skipped="0" failures="0"><testcase name="b" time="0.1"/></testsuite></testsuites>`},
}

// shared is the folder of published schemas and real documents.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SIGLA_SHARED")
	if dir == "" {
		t.Skip("SIGLA_SHARED is not set: published schemas lie outside the repository")
	}
	return dir
}

func TestPublishedSchemasAgree(t *testing.T) {
	dir := filepath.Join(shared(t), "standards")
	documents := standardDocuments
	examples, err := filepath.Glob(filepath.Join(dir, "datacite47/example/*.xml"))
	if err != nil || len(examples) < 3 {
		t.Fatalf("the examples of DataCite: %v", err)
	}
	for _, name := range examples[:3] {
		doc, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, standardDocument{"datacite47/metadata.xsd", string(doc)})
	}
	r := rand.New(rand.NewPCG(17, 2026))
	for _, c := range documents {
		tmp := t.TempDir()
		if n := compare(t, filepath.Join(dir, c.schema), write(t, tmp, 0, c.doc)); n != 1 {
			t.Errorf("%s: the document is not valid", c.schema)
		}
		var mutants []string
		for i := range 40 {
			mutants = append(mutants, write(t, tmp, i+1, mutant(r, c.doc)))
		}
		compare(t, filepath.Join(dir, c.schema), mutants...)
	}
}

// TestRealDocumentsAgree takes as long as tei_all.xsd takes twice.
func TestRealDocumentsAgree(t *testing.T) {
	dir := shared(t)
	if testing.Short() || numbersElements {
		t.Skip("tei_all.xsd takes ten seconds, and is too large for helium")
	}
	var documents []string
	for _, pattern := range []string{"tei/real/*.xml", "tei/mutants/*.xml"} {
		l, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(l) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		documents = append(documents, l...)
	}
	t.Logf("%d of %d are valid", compare(t, filepath.Join(dir, "schemas/tei/tei_all.xsd"), documents...), len(documents))
}
