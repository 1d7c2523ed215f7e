package datatype

import (
	"bytes"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// suiteFile is a file of James Clark's test suites.
func suiteFile(t *testing.T, name string, to any) {
	t.Helper()
	shared := os.Getenv("SIGLA_SHARED")
	if shared == "" {
		t.Skip("SIGLA_SHARED names no folder of suites; the project's own cases are in conformance_test.go")
	}
	content, err := os.ReadFile(filepath.Join(shared, "suite", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.NewDecoder(bytes.NewReader(content)).Decode(to); err != nil {
		t.Fatal(err)
	}
}

// place is a context of the suite: declarations of prefixes and of entities.
type place struct{ prefixes, entities map[string]string }

func (p place) ResolvePrefix(prefix string) (string, bool) {
	uri, ok := p.prefixes[prefix]
	return uri, ok || prefix == ""
}

func (p place) UnparsedEntity(name string) bool { return p.entities[name] != "" }

var entityDeclaration = regexp.MustCompile(`<!ENTITY (\S+) SYSTEM '\S+' NDATA (\S+)>`)

func placeOf(attrs []xml.Attr) place {
	p := place{map[string]string{}, map[string]string{}}
	for _, a := range attrs {
		switch {
		case a.Name.Space == "xmlns":
			p.prefixes[a.Name.Local] = a.Value
		case a.Name.Local == "internalSubset":
			for _, m := range entityDeclaration.FindAllStringSubmatch(a.Value, -1) {
				p.entities[m[1]] = m[2]
			}
		}
	}
	return p
}

type suiteText struct {
	Attrs []xml.Attr `xml:",any,attr"`
	Text  string     `xml:",chardata"`
}

type suitePair struct {
	Values []string `xml:"value"`
}

// The suite is followed in all. jing is not, where a value has to be an entity
// that is declared: it reads no DTD when it validates by RELAX NG.
func TestDatatypeSuite(t *testing.T) {
	var suite struct {
		Types []struct {
			Name    string      `xml:"name,attr"`
			Valid   []suiteText `xml:"valid"`
			Invalid []suiteText `xml:"invalid"`
			Equiv   []struct {
				Attrs   []xml.Attr  `xml:",any,attr"`
				Classes []suitePair `xml:"class"`
			} `xml:"equiv"`
			LessThan     []suitePair `xml:"lessThan"`
			Incomparable []suitePair `xml:"incomparable"`
			Lengths      []struct {
				Value int    `xml:"value,attr"`
				Text  string `xml:",chardata"`
			} `xml:"length"`
		} `xml:"datatype"`
	}
	suiteFile(t, "xsdtest.xml", &suite)
	cases := 0
	for _, d := range suite.Types {
		typ, err := Lookup(xsdLibrary, d.Name)
		if err != nil {
			t.Errorf("%s: %v", d.Name, err)
			continue
		}
		expect := func(what string, got, want bool) {
			t.Helper()
			cases++
			if got != want {
				t.Errorf("%s: %s: %v", d.Name, what, got)
			}
		}
		with := func(name, value string) *Checker {
			c, err := typ.Checker([]Param{{name, value}}, nil)
			if err != nil {
				t.Fatalf("%s %s=%q: %v", d.Name, name, value, err)
			}
			return c
		}
		plain, err := typ.Checker(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range d.Valid {
			expect(strconv.Quote(v.Text)+" is valid", plain.Allows([]byte(v.Text), placeOf(v.Attrs)), true)
		}
		for _, v := range d.Invalid {
			expect(strconv.Quote(v.Text)+" is valid", plain.Allows([]byte(v.Text), placeOf(v.Attrs)), false)
		}
		for _, q := range d.Equiv {
			at := placeOf(q.Attrs)
			for i, a := range q.Classes {
				for k, b := range q.Classes {
					for _, x := range a.Values {
						v, err := typ.Value(x, at)
						if err != nil {
							t.Fatal(err)
						}
						for _, y := range b.Values {
							expect(strconv.Quote(x)+" equals "+strconv.Quote(y), v.Equal([]byte(y), at), i == k)
						}
					}
				}
			}
		}
		for _, p := range d.LessThan {
			low, high := p.Values[0], p.Values[1]
			expect(low+" is less than "+high, with("minExclusive", low).Allows([]byte(high), nil), true)
			expect(high+" is more than "+low, with("maxExclusive", high).Allows([]byte(low), nil), true)
			expect(low+" is at least "+high, with("minInclusive", high).Allows([]byte(low), nil), false)
			expect(high+" is at most "+low, with("maxInclusive", low).Allows([]byte(high), nil), false)
		}
		for _, p := range d.Incomparable {
			a, b := p.Values[0], p.Values[1]
			for _, f := range []string{"minExclusive", "maxExclusive", "minInclusive", "maxInclusive"} {
				expect(b+" is allowed by "+f+" "+a, with(f, a).Allows([]byte(b), nil), false)
				expect(a+" is allowed by "+f+" "+b, with(f, b).Allows([]byte(a), nil), false)
			}
		}
		for _, l := range d.Lengths {
			for n := max(0, l.Value-1); n <= l.Value+1; n++ {
				expect(strconv.Quote(l.Text)+" has length "+strconv.Itoa(n), with("length", strconv.Itoa(n)).Allows([]byte(l.Text), nil), n == l.Value)
			}
		}
	}
	if cases < 900 {
		t.Errorf("the suite has only %d cases", cases)
	}
}

func TestRegexpSuite(t *testing.T) {
	var suite struct {
		Cases []struct {
			Correct   *string  `xml:"correct"`
			Incorrect *string  `xml:"incorrect"`
			Valid     []string `xml:"valid"`
			Invalid   []string `xml:"invalid"`
		} `xml:"testCase"`
	}
	suiteFile(t, "regextest.xml", &suite)
	for _, c := range suite.Cases {
		if c.Incorrect != nil {
			if _, err := CompileRegexp(*c.Incorrect); err == nil {
				t.Errorf("%q is compiled", *c.Incorrect)
			}
			continue
		}
		r, err := CompileRegexp(*c.Correct)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, v := range c.Valid {
			if !r.Match([]byte(v)) {
				t.Errorf("%q does not match %q", *c.Correct, v)
			}
		}
		for _, v := range c.Invalid {
			if r.Match([]byte(v)) {
				t.Errorf("%q matches %q", *c.Correct, v)
			}
		}
	}
	if len(suite.Cases) < 48 {
		t.Errorf("the suite has only %d cases", len(suite.Cases))
	}
}
