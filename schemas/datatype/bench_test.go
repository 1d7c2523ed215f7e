package datatype

import (
	"slices"
	"strings"
	"testing"
)

// What attribute values of TEI mostly are.
var benchmarks = []struct {
	name, typ string
	params    []Param
	value     string
}{
	{"token", "token", nil, "source-language"},
	{"tokenWithoutSpaces", "token", []Param{{"pattern", `[^\p{C}\p{Z}]+`}}, "source-language"},
	{"anyURI", "anyURI", nil, "https://digitalarchive.org/document/117412"},
	{"pointer", "anyURI", []Param{{"pattern", `\S+`}}, "#kennan_g"},
	{"date", "date", nil, "1951-11-01"},
	{"dateTime", "dateTime", nil, "1951-11-01T14:30:00Z"},
	{"dateWithin", "date", []Param{{"minInclusive", "1900-01-01"}, {"maxInclusive", "1999-12-31"}}, "1951-11-01"},
	{"gYear", "gYear", nil, "1951"},
	{"nonNegativeInteger", "nonNegativeInteger", nil, "12"},
	{"long", "long", nil, "1234567"},
	{"decimal", "decimal", []Param{{"minInclusive", "0"}, {"maxInclusive", "1"}}, "0.75"},
	{"double", "double", nil, "0.75"},
	{"doubleWithin", "double", []Param{{"minInclusive", "0"}}, "0.75"},
	{"boolean", "boolean", nil, "true"},
	{"NCName", "NCName", nil, "kennan_g"},
	{"Name", "Name", nil, "персона"},
	{"language", "language", nil, "ru-Latn"},
	{"duration", "duration", nil, "P1Y2M3DT4H"},
	{"enumeration", "token", []Param{{"pattern", `person|place|organisation|event`}}, "organisation"},
	{"NMTOKENS", "NMTOKENS", nil, "a1 a2 a3"},
}

// A value that is allowed costs no memory, whatever the type.
func TestAllowsDoesNotAllocate(t *testing.T) {
	without := func(what string, f func()) {
		t.Helper()
		f()
		if n := testing.AllocsPerRun(100, f); n > 0 {
			t.Errorf("%s: %v allocations", what, n)
		}
	}
	for _, x := range benchmarks {
		c, value := checker(t, x.typ, x.params...), []byte(x.value)
		without(x.name, func() { c.Allows(value, nil) })
	}
	for _, x := range lexical {
		for name := range strings.FieldsSeq(x.types) {
			if typeOf(t, name).prim.declared != nil {
				continue // prefixes and entities are asked for by name
			}
			c := checker(t, name)
			for _, v := range append(x.valid, x.invalid...) {
				if strings.Contains(v, "[") {
					continue // an IPv6 address is read by net/netip
				}
				value := []byte(v)
				without(name+" "+v, func() { c.Allows(value, nil) })
			}
		}
	}
	for _, x := range values {
		for name := range strings.FieldsSeq(x.types) {
			if slices.Contains([]string{"gYear", "QName", "NOTATION", "ENTITY"}, name) {
				continue // far years are counted exactly, at a cost; the others are asked for by name
			}
			for _, p := range x.equal {
				v, err := typeOf(t, name).Value(p[0], somewhere)
				if err != nil {
					t.Fatal(err)
				}
				value := []byte(strings.ReplaceAll(p[1], "⏎", "\n"))
				without(name+" = "+p[1], func() { v.Equal(value, nil) })
			}
		}
	}
}

func BenchmarkAllows(b *testing.B) {
	for _, x := range benchmarks {
		b.Run(x.name, func(b *testing.B) {
			c := checker(b, x.typ, x.params...)
			value := []byte(x.value)
			if !c.Allows(value, nil) {
				b.Fatalf("%s refuses %q", x.typ, x.value)
			}
			b.ReportAllocs()
			for b.Loop() {
				c.Allows(value, nil)
			}
		})
	}
}

func BenchmarkEqual(b *testing.B) {
	v, err := typeOf(b, "token").Value("organisation", nil)
	if err != nil {
		b.Fatal(err)
	}
	value := []byte("organisation")
	b.ReportAllocs()
	for b.Loop() {
		v.Equal(value, nil)
	}
}

// The pattern of most words in TEI: two large sets of characters.
func BenchmarkCompileRegexp(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		r, err := compileRegexp(`[^\p{C}\p{Z}]+`)
		if err != nil {
			b.Fatal(err)
		}
		r.Match([]byte("a"))
	}
}

func BenchmarkContains(b *testing.B) {
	for _, x := range [][2]string{{`token pattern=\S+`, `token pattern=[^\p{C}\p{Z}]+`}, {"anyURI", "NCName"}, {"date", "date"}, {"nonNegativeInteger", "unsignedByte"}} {
		b.Run(x[0]+" "+x[1], func(b *testing.B) {
			all, some := typed(b, x[0]), typed(b, x[1])
			for b.Loop() {
				all.Contains(some)
			}
		})
	}
}
