package relaxng

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// mistake is a line of testdata/mistakes.txt.
type mistake struct {
	kind, slot, xml string
	repairs         []string
	line            int
}

func mistakes(t *testing.T) (l []mistake) {
	t.Helper()
	table, err := os.ReadFile(filepath.Join("testdata", "mistakes.txt"))
	if err != nil {
		t.Fatal(err)
	}
	kind := ""
	for i, line := range strings.Split(string(table), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "== "):
			kind = line[3:]
		default:
			slot, rest, ok1 := strings.Cut(line, ": ")
			xml, repairs, ok2 := strings.Cut(rest, " => ")
			if !ok1 || !ok2 {
				t.Fatalf("mistakes.txt:%d: no mistake", i+1)
			}
			l = append(l, mistake{kind, slot, xml, strings.Split(repairs, " / "), i + 1})
		}
	}
	return l
}

// slots are the places of a small document, each with what stands there; %s
// stands for the slots named behind.
var slots = map[string][]string{
	"doc":             {`<TEI xmlns="http://www.tei-c.org/ns/1.0">%s</TEI>`, "TEI"},
	"TEI":             {"\n<teiHeader>%s</teiHeader>\n<text>%s</text>\n", "header", "text"},
	"header":          {"\n<fileDesc>%s</fileDesc>%s\n", "fileDesc", "teiHeader"},
	"fileDesc":        {"\n<titleStmt>%s</titleStmt>\n<publicationStmt>%s</publicationStmt>\n<sourceDesc>%s</sourceDesc>", "titleStmt", "publicationStmt", "sourceDesc"},
	"titleStmt":       {"<title>Letter</title>"},
	"publicationStmt": {"<publisher>Example Press</publisher>"},
	"sourceDesc":      {"<p>Oxford</p>"},
	"teiHeader":       {"\n<encodingDesc>%s</encodingDesc>\n<profileDesc>%s</profileDesc>\n<revisionDesc>%s</revisionDesc>", "encodingDesc", "profileDesc", "revisionDesc"},
	"encodingDesc":    {"<p>by hand</p>"},
	"profileDesc":     {"<creation>1820</creation>"},
	"revisionDesc":    {"<change>begun</change>"},
	"text":            {"<body>%s</body>", "body"},
	"body":            {"\n<div>%s</div>\n", "div"},
	"div":             {"\n<p>%s</p>\n", "p"},
	"p":               {"It came on Monday."},
}

// fill is the content of a slot, with xml in the slot of the mistake.
func fill(slot, mistaken, xml string) string {
	s := slots[slot]
	text := s[0]
	if slot == mistaken {
		text = xml
	}
	for _, inner := range s[1:] {
		if !strings.Contains(text, "%s") {
			break
		}
		text = strings.Replace(text, "%s", fill(inner, mistaken, xml), 1)
	}
	return text
}

func (m mistake) document() []byte {
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + fill("doc", m.slot, m.xml) + "\n")
}

var (
	proposal  = regexp.MustCompile(`; |did you mean |write |missing required |missing the required |is written |belongs to |add |put it into |such as `)
	suggested = regexp.MustCompile(`"[^"]*"|write [^\s,;?()"]+|[^\s,;?()"]+`)
)

// suggestions are what a message proposes, in its order: what stands in quotes,
// and bare words that are values, behind the first word that proposes.
func suggestions(message string) (l []string) {
	at := proposal.FindStringIndex(message)
	if at == nil {
		return nil
	}
	for _, s := range suggested.FindAllString(message[at[0]:], -1) {
		sure := strings.HasPrefix(s, `"`)
		if bare, ok := strings.CutPrefix(s, "write "); ok {
			s, sure = bare, true
		}
		if s = strings.Trim(s, `"`); sure || strings.ContainsAny(s, "0123456789:/") {
			l = append(l, s)
		}
	}
	return l
}

// TestMessagesNameTheRepair: of mistakes that people make, the message names
// what was meant among its first three suggestions, and is short. The messages
// are all shown by go test -v; SIGLA_MESSAGES names a file to write them to.
func TestMessagesNameTheRepair(t *testing.T) {
	const goal, length = 0.80, 160
	schema := sharedFile(t, "schemas/tei/tei_all.rng")
	s := compileShared(t, "schemas/tei/tei_all.rng")
	if l := ours(t, s, mistake{}.document()); len(l) > 0 {
		t.Fatalf("the document without a mistake: %v", l)
	}
	all := mistakes(t)
	if len(all) < 200 {
		t.Errorf("%d mistakes", len(all))
	}
	named := map[string][2]int{}
	total := 0
	var lengths []int
	var report strings.Builder
	for _, m := range all {
		doc := m.document()
		if v := jing(t, schema, doc)[0]; v.valid {
			t.Errorf("mistakes.txt:%d is no mistake", m.line)
			continue
		}
		l := ours(t, s, doc)
		if len(l) == 0 {
			t.Errorf("mistakes.txt:%d gives no finding", m.line)
			continue
		}
		lengths = append(lengths, utf8.RuneCountInString(l[0].Message))
		first := suggestions(l[0].Message)
		first = first[:min(3, len(first))]
		n := named[m.kind]
		n[1]++
		mark := "MISSED"
		if slices.ContainsFunc(m.repairs, func(r string) bool { return slices.Contains(first, r) }) {
			n[0]++
			total++
			mark = "named "
		}
		named[m.kind] = n
		if len(l) > 1 {
			mark += fmt.Sprintf(" +%d", len(l)-1)
		}
		fmt.Fprintf(&report, "%s [%s] %s: %s\n    meant: %s\n", mark, m.kind, m.slot, m.xml, strings.Join(m.repairs, " or "))
		for _, f := range l {
			fmt.Fprintf(&report, "    %s\n", f)
		}
	}
	if file := os.Getenv("SIGLA_MESSAGES"); file != "" {
		if err := os.WriteFile(file, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Log("\n" + report.String())
	for kind, n := range named {
		t.Logf("%-22s %d of %d name the repair", kind, n[0], n[1])
	}
	slices.Sort(lengths)
	t.Logf("%d of %d name the repair; median length %d, longest %d", total, len(all), lengths[len(lengths)/2], lengths[len(lengths)-1])
	if float64(total) < goal*float64(len(all)) {
		t.Errorf("%d of %d messages name the repair; %v are wanted", total, len(all), goal)
	}
	if m := lengths[len(lengths)/2]; m > length {
		t.Errorf("the median message has %d characters", m)
	}
}

// TestEachMistakeIsOne: the documents of the table are invalid by jing, and the
// one around them valid. Without this a line could test nothing.
func TestEachMistakeIsOne(t *testing.T) {
	schema := sharedFile(t, "schemas/tei/tei_all.rng")
	if v := jing(t, schema, mistake{}.document())[0]; !v.valid {
		t.Fatalf("the document without a mistake: %v", v)
	}
	seen := map[string]bool{}
	for _, m := range mistakes(t) {
		if seen[m.slot+m.xml] {
			t.Errorf("mistakes.txt:%d stands twice", m.line)
		}
		seen[m.slot+m.xml] = true
		v := jing(t, schema, m.document())[0]
		if v.valid || v.first().kind == "fatal" {
			t.Errorf("mistakes.txt:%d: jing says %v", m.line, v)
		}
	}
}
