package catalog

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func hrefs(l []part) (s []string) {
	for _, p := range l {
		s = append(s, p.href)
	}
	return s
}

func TestPartsOfTheCompactSyntax(t *testing.T) {
	for text, want := range map[string]string{
		`include "a.rnc"`: "a.rnc",
		"include\n'a.rnc' inherit = x { start = external 'b' }": "a.rnc b",
		`# include "no.rnc"` + "\ninclude \"a\"":                "a",
		`start = "include" "no"`:                                "",
		`start = element include { "no" }`:                      "",
		`\include "no"`:                                         "",
		`start = element a { text } [ a:x [ "include 'no'" ] ]`: "",
		`include """a"""`:                                       "a",
		`include = "no"`:                                        "",
		`include "a`:                                            "",
		`# only a comment`:                                      "",
		"## include \"no\"\nexternal \"x\"":                     "x",
	} {
		if got := strings.Join(hrefs(parts(RelaxNGCompact, []byte(text))), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// The reference is what stands in the file from and to, in either quotes, with
// whatever stands before it.
func TestReferencesAreReplacedWhereTheyStand(t *testing.T) {
	const before = "\ufeff<?xml version='1.0'?><!DOCTYPE g [<!ENTITY e 'x'>]>\r\n<g:grammar xmlns:g='http://relaxng.org/ns/structure/1.0' é='&e;'>"
	text := before + `<g:include
 href = ' a&amp;b.rng '/><g:include href="c.rng" x:href='no' xmlns:x="urn:x"/><g:include ns="a&amp;b.rng"/></g:grammar>`
	want := before + `<g:include
 href = 'one'/><g:include href="c.rng" x:href='no' xmlns:x="urn:x"/><g:include ns="a&amp;b.rng"/></g:grammar>`
	if got := hrefs(parts(RelaxNG, []byte(text))); !slices.Equal(got, []string{"a&b.rng", "c.rng"}) {
		t.Errorf("%q", got)
	}
	if got := rewrite(RelaxNG, []byte(text), map[string]string{"a&b.rng": "one"}); string(got) != want {
		t.Errorf("%s", got)
	}
	if got := rewrite(RelaxNGCompact, []byte(`include 'a' include "b"`), map[string]string{"b": "c"}); string(got) != `include 'a' include "c"` {
		t.Errorf("%s", got)
	}
}

func FuzzParts(f *testing.F) {
	for _, s := range []string{
		`<g xmlns="http://relaxng.org/ns/structure/1.0"><include href="a"/><externalRef xml:base='b/' href=' c '/></g>`,
		"\ufeff<!DOCTYPE a [<!ENTITY e '<include href=\"x\"/>'><!ATTLIST include href CDATA 'd'>]><a xmlns='http://relaxng.org/ns/structure/1.0'>&e;<include/></a>",
		`<include xmlns="http://purl.oclc.org/dsdl/schematron" href="a&#10;b"/>`, `include "a" # x`, `external '''a'b''' include "`,
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, compact bool) {
		language := RelaxNG
		if compact {
			language = RelaxNGCompact
		}
		l := parts(language, data)
		Describe("x.rng", data)
		if !utf8.Valid(data) { // such files are not rewritten
			return
		}
		links := map[string]string{}
		last := 0
		for _, p := range l {
			if p.to == 0 {
				continue
			}
			if p.from < last || p.to < p.from || p.to > len(data) {
				t.Fatalf("%d to %d after %d of %d", p.from, p.to, last, len(data))
			}
			last = p.to
			links[p.href] = "x"
		}
		out := rewrite(language, data, links)
		if again := parts(language, out); len(again) != len(l) || slices.ContainsFunc(again, func(p part) bool { return p.to > 0 && p.href != "x" }) {
			t.Errorf("%q became %q", data, out)
		}
		if len(links) == 0 && !bytes.Equal(data, out) {
			t.Errorf("%q became %q", data, out)
		}
	})
}
