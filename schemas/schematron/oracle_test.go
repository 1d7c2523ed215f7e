package schematron

import (
	"bytes"
	"context"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// Saxon-HE judges what rules say: testdata/oracle.xsl turns the rules into XSLT,
// and testdata/Oracle.java runs it. What we say is never compared with what we
// said.

const saxonJar = "/usr/share/java/Saxon-HE.jar"

func shared(t testing.TB, names ...string) string {
	root := os.Getenv("SIGLA_SHARED")
	if root == "" {
		t.Skip("SIGLA_SHARED does not name the folder of schemas and documents")
	}
	return filepath.Join(append([]string{root}, names...)...)
}

// saxon runs rules on documents: for each a sorted list of lines.
func saxon(t testing.TB, schema, phase string, docs []string) [][]string {
	if _, err := os.Stat(saxonJar); err != nil {
		t.Skip("no Saxon: " + err.Error())
	}
	cmd := exec.Command("java", "-Xss64m", "-cp", saxonJar, "testdata/Oracle.java", "testdata/oracle.xsl", schema, phase)
	cmd.Stdin = strings.NewReader(strings.Join(docs, "\n") + "\n")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("Saxon: %v\n%.2000s", err, stderr.String())
	}
	var all [][]string
	var lines []string
	for _, line := range strings.Split(string(out), "\n") {
		switch {
		case line == "END":
			slices.Sort(lines)
			all = append(all, lines)
			lines = nil
		case line != "":
			lines = append(lines, line)
		}
	}
	if len(all) != len(docs) {
		t.Fatalf("Saxon answers %d of %d documents\n%.2000s", len(all), len(docs), stderr.String())
	}
	return all
}

// ours is what the engine says, as the oracle writes it.
func ours(t testing.TB, s *Schema, doc string) []string {
	data, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Validate(context.Background(), doc, data, Options{Findings: 1 << 20, Now: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range r.Findings {
		switch {
		case f.Rule == nil:
			lines = append(lines, "BROKEN")
		case f.Code == codeRuleFailed:
			lines = append(lines, f.Rule.Context+"\t"+f.Rule.Test+"\t"+f.Rule.Location+"\tFAILED")
		default:
			lines = append(lines, f.Rule.Context+"\t"+f.Rule.Test+"\t"+f.Rule.Location+"\t"+f.Message)
		}
	}
	slices.Sort(lines)
	return lines
}

// compiled compiles a file of rules, or the rules in a grammar.
func compiled(t testing.TB, file string) *Schema {
	var s *Schema
	var err error
	fsys := os.DirFS(filepath.Dir(file))
	if strings.HasSuffix(file, ".sch") {
		s, err = Compile(fsys, filepath.Base(file), CompileOptions{Phase: "#ALL"})
	} else {
		s, err = Embedded(fsys, filepath.Base(file), CompileOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// published are the schemas that real projects use.
var published = []string{"schemas/tei/tei_all.rng", "schemas/tei/tei_all-4.9.0a.sch", "schemas/projects/dtabf-official.sch", "schemas/projects/dtabf.rng",
	"schemas/projects/dracor.sch", "schemas/projects/dracor.rng", "schemas/projects/eltec-1.rng", "schemas/projects/mei-all-5.1.rng",
	"standards/ead3/ead3.sch", "standards/cmif/cmif.sch", "standards/cmif/cmi-customization.rng"}

// readsElsewhere are rules that need documents beside the one that is checked,
// for which there is no way but to name them.
var readsElsewhere = map[string]int{"standards/ead3/ead3.sch": 3}

func TestNearlyAllPublishedRulesRun(t *testing.T) {
	for _, name := range published {
		s := compiled(t, shared(t, name))
		if s == nil {
			t.Logf("%-40s no rules", name)
			continue
		}
		t.Logf("%-40s %3d rules, %d not run", name, s.Rules(), len(s.NotRun()))
		for _, n := range s.NotRun() {
			t.Logf("    %s:%d: %s: %s", n.File, n.Line, n.Rule, n.Reason)
		}
		if bad := len(s.NotRun()) - readsElsewhere[name]; bad*100 > s.Rules() {
			t.Errorf("%s: %d of %d rules are not run", name, bad, s.Rules())
		}
	}
}

// differ compares the lines of both. Rules that are not run, and what fails,
// which Saxon tells at each node, are left out.
func differ(s *Schema, saxon, ours []string) (diff []string) {
	notRun := map[string]bool{}
	for _, n := range s.NotRun() {
		notRun[n.Rule] = true
	}
	key := func(l string) string { return l }
	count := map[string]int{}
	failed := map[string]int{}
	for _, l := range saxon {
		if strings.HasSuffix(l, "\tFAILED") {
			failed[prefixOf(l)]++
			continue
		}
		count[key(l)]++
	}
	for _, l := range ours {
		if strings.HasSuffix(l, "\tFAILED") {
			if failed[prefixOf(l)] == 0 {
				diff = append(diff, "only we fail: "+l)
			}
			delete(failed, prefixOf(l))
			continue
		}
		count[key(l)]--
	}
	for l, n := range failed {
		p := strings.Split(l, "\t")
		if !skipped(s, p[0], p[1]) {
			diff = append(diff, fmt.Sprintf("only Saxon fails, %d times: %s", n, l))
		}
	}
	for l, n := range count {
		p := strings.Split(l, "\t")
		if n > 0 && !(len(p) > 1 && skipped(s, p[0], p[1])) {
			diff = append(diff, "only Saxon: "+l)
		} else if n < 0 {
			diff = append(diff, "only we: "+l)
		}
	}
	slices.Sort(diff)
	return diff
}

func prefixOf(l string) string {
	p := strings.Split(l, "\t")
	return p[0] + "\t" + p[1]
}

// skipped reports whether a rule is among those that are not run.
func skipped(s *Schema, context, test string) bool {
	for _, n := range s.notRun {
		if strings.HasSuffix(n.Rule, cut(test)+" on "+cut(context)) {
			return true
		}
	}
	return false
}

// documents are the real ones with the gold.
func documents(t testing.TB) []string {
	l, err := filepath.Glob(shared(t, "tei", "real", "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := filepath.Glob(shared(t, "tei", "mutants", "*.xml"))
	return append(append(l, m...), shared(t, "gold", "117412.xml"))
}

// Half a minute of Java goes into three schemas and a few documents;
// SIGLA_ORACLE=all takes all of them and 300 mutants, which is minutes.
func TestPublishedRulesFailWhereSaxonSays(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Java machines")
	}
	docs := documents(t)
	n := 300
	if os.Getenv("SIGLA_ORACLE") != "all" {
		n = 20
		docs = slices.DeleteFunc(docs, func(d string) bool {
			info, err := os.Stat(d)
			return err != nil || info.Size() > 50_000
		})
	}
	docs = append(docs, mutants(t, t.TempDir(), n)...)
	for _, name := range published {
		if n < 300 && !slices.Contains([]string{"tei_all.rng", "dtabf-official.sch", "ead3.sch"}, filepath.Base(name)) {
			continue
		}
		file := shared(t, name)
		s := compiled(t, file)
		if s == nil {
			continue
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			list := docs
			if strings.Contains(name, "mei") || strings.Contains(name, "ead3") {
				list = foreign(t, t.TempDir(), name)
			}
			answers := saxon(t, file, "#ALL", list)
			lines, bad := 0, 0
			for i, d := range list {
				lines += len(answers[i])
				for _, l := range differ(s, answers[i], ours(t, s, d)) {
					if strings.HasPrefix(l, "only Saxon: BROKEN") || l == "only we: BROKEN" {
						continue
					}
					if bad++; bad < 20 {
						t.Errorf("%s: %s", filepath.Base(d), l)
					}
				}
			}
			t.Logf("%d documents, %d lines of Saxon, %d differences", len(list), lines, bad)
		})
	}
}

var tag = regexp.MustCompile(`<[A-Za-z][^<>]*>`)

// mutants writes documents with a few seeded changes each: names of elements
// that rules are about, attributes that they ask for, elements doubled or
// nested.
func mutants(t testing.TB, dir string, n int) (files []string) {
	rnd := rand.New(rand.NewSource(4))
	var sources []string
	for _, name := range []string{"00-valid-base.xml", "tei-test-basic.xml", "schnitzler-L02893.xml", "schnitzler-L03415.xml"} {
		data, err := os.ReadFile(shared(t, "tei", "real", name))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, string(data))
	}
	gold, err := os.ReadFile(shared(t, "gold", "117412.xml"))
	if err != nil {
		t.Fatal(err)
	}
	sources = append(sources, string(gold))
	names := strings.Fields("p l lg div ab s q quote note ref ptr list item label desc gloss relation date persName addSpan delSpan damageSpan spanGrp span join link subst " +
		"rt ruby standOff moduleRef msDesc msPart body front back floatingText figure table zone path metamark title bibl event org place choice sic corr pb model " +
		"constraintSpec content dimensions biblStruct objectType catDesc tag val measure listPerson post annotation hi citeStructure prefixDef relatedItem quotation sp stage speaker")
	attrs := []string{`when="2020-01-01"`, `notBefore="2020"`, `notAfter="2021"`, `from="a b"`, `to="#x"`, `target="#a #b"`, `cRef="x"`, `spanTo="#q"`, `type="gloss"`, `subtype="s"`,
		`scheme="free"`, `unit="cm"`, `unitRef="#u"`, `targetLang="en"`, `active="#a"`, `passive="#b"`, `mutual="#c"`, `calendar="#c"`, `part="I"`, `rend="it"`, `key="k"`, `ref="#n"`,
		`points="1,2 3,4"`, `validUntil="2020-01-01"`, `validUntil="soon"`, `who="#x"`, `source="a b"`, `generatedBy="human"`, `schemeVersion="1"`, `marks="x"`, `rendition="#aq"`, `corresp="#z"`, `xml:id="q"`, `ident="a"`, `n="1"`}
	for i := range n {
		s := sources[i%len(sources)]
		for range 2 + rnd.Intn(12) {
			places := tag.FindAllStringIndex(s, -1)
			at := places[rnd.Intn(len(places))]
			if at[0] < 200 && rnd.Intn(4) > 0 {
				continue
			}
			open := s[at[0]:at[1]]
			name := names[rnd.Intn(len(names))]
			a := attrs[rnd.Intn(len(attrs))]
			switch rnd.Intn(5) {
			case 0, 1: // another attribute
				key, _, _ := strings.Cut(a, "=")
				if !strings.Contains(open, " "+key+"=") && !strings.Contains(s, `xml:id="q"`) || key != "xml:id" && !strings.Contains(open, key+"=") {
					end := len(open) - 1
					if strings.HasSuffix(open, "/>") {
						end--
					}
					s = s[:at[0]] + open[:end] + " " + a + open[end:] + s[at[1]:]
				}
			case 2: // an empty element before
				s = s[:at[0]] + "<" + name + " " + a + "/>" + s[at[0]:]
			case 3: // a nest before
				s = s[:at[0]] + "<" + name + "><" + names[rnd.Intn(len(names))] + ">text</" + "XX>" + s[at[0]:]
				s = fixNest(s)
			case 4: // two of a kind
				s = s[:at[0]] + "<" + name + ">a<" + name + " " + a + ">b</" + name + "></" + name + ">" + s[at[0]:]
			}
		}
		file := filepath.Join(dir, fmt.Sprintf("mutant-%03d.xml", i))
		if err := os.WriteFile(file, []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

var nest = regexp.MustCompile(`<(\w+)><(\w+)>text</XX>`)

func fixNest(s string) string { return nest.ReplaceAllString(s, "<$1><$2>text</$2></$1>") }

// foreign writes documents of MEI or EAD out of the names that the rules use.
func foreign(t testing.TB, dir, schema string) (files []string) {
	data, err := os.ReadFile(shared(t, schema))
	if err != nil {
		t.Fatal(err)
	}
	prefix, space, root := "mei", "http://www.music-encoding.org/ns/mei", "mei"
	if strings.Contains(schema, "ead3") {
		prefix, space, root = "ead", "http://ead3.archivists.org/schema/", "ead"
	}
	find := func(re string) []string {
		seen := map[string]bool{}
		var l []string
		for _, m := range regexp.MustCompile(re).FindAllStringSubmatch(string(data), -1) {
			if !seen[m[1]] {
				seen[m[1]] = true
				l = append(l, m[1])
			}
		}
		return l
	}
	elements, attrs := find(prefix+`:([A-Za-z]+)`), find(`@([a-z][a-z.0-9]*)`)
	values := strings.Fields("1 2 4 true false #a #b #a1 G F TAB perc smufl mixed up down maior 1m 3.5 %all I gloss unitdate 2020-01-01 iso15511 ordered US-DLC")
	rnd := rand.New(rand.NewSource(5))
	for i := range 60 {
		var b strings.Builder
		fmt.Fprintf(&b, `<%s xmlns="%s">`, root, space)
		id := 0
		var grow func(depth int)
		grow = func(depth int) {
			name := elements[rnd.Intn(len(elements))]
			b.WriteString("<" + name)
			used := map[string]bool{}
			for range rnd.Intn(5) {
				a := attrs[rnd.Intn(len(attrs))]
				if !used[a] {
					used[a] = true
					fmt.Fprintf(&b, ` %s="%s"`, a, values[rnd.Intn(len(values))])
				}
			}
			if rnd.Intn(3) == 0 {
				id++
				fmt.Fprintf(&b, ` xml:id="a%d"`, id)
			}
			b.WriteString(">")
			for range rnd.Intn(4) {
				if depth < 6 {
					grow(depth + 1)
				}
			}
			if rnd.Intn(4) == 0 {
				b.WriteString("text")
			}
			b.WriteString("</" + name + ">")
		}
		for range 40 {
			grow(0)
		}
		b.WriteString("</" + root + ">")
		file := filepath.Join(dir, fmt.Sprintf("%s-%d.xml", root, i))
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}
