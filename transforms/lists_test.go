package transforms

import (
	"strings"
	"testing"
)

// body is the text of a page's TEI.
func body(t *testing.T, page string) string {
	t.Helper()
	r, err := Convert([]byte(page), Options{Name: "page.txt"})
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(r.TEI), "<body>")
	if !ok {
		t.Fatalf("no body in\n%s", r.TEI)
	}
	return after
}

// TestListsWithoutEmptyLines: lines that follow each other are a list where they
// are numbered from the first and each ends like a part of a sentence.
func TestListsWithoutEmptyLines(t *testing.T) {
	for _, c := range []struct {
		lines string
		items int
	}{
		{"1) to send seed;\n2) to send\ntractors;\n3) to answer.", 3},
		{"a) to send seed;\nb) to answer.", 2},
		{"It was decided:\n1. To send seed; and\n2. To answer.", 2},
		{"1. Comrade Orlov\n2. Comrade Belov", 0},                          // names, listed as a whole
		{"1. XI. 1951\n3. XI. 1951", 0},                                    // dates
		{"2. To send seed;\n3. To answer.", 0},                             // the first is missing
		{"1. To send seed;\n3. To answer.", 0},                             // and the second
		{"[Handwritten: 1. To send seed;\n2. To answer.]", 0},              // one bracket
		{"He named the years\n1951. That was the year of the drought.", 0}, // a number at a line's begin
	} {
		got := body(t, "The papers of the meeting were sent on in the evening.\n\n"+c.lines+"\n\nThe rest is of a later day.\n")
		if n := strings.Count(got, "<item"); n != c.items {
			t.Errorf("%q has %d items, want %d:\n%s", c.lines, n, c.items, got)
		}
	}
}

// TestCopiesAreCounted: 2 x Comrade Axen are two copies and no second item.
func TestCopiesAreCounted(t *testing.T) {
	got := body(t, "**July 4, 1961**\n\n**Minutes of the Meeting between Comrade Ulbricht and Comrade Axen**\n\nPresent:\nComrade Ulbricht\nComrade Axen\n\nComrade Ulbricht: The harvest is good.\n\nComrade Axen: It is very good.\n\n[signed] Axen\n\nBerlin, 5 July 1961\n\nDistribution:\n2 x Comrade Ulbricht\n1 x Comrade Axen\n")
	if strings.Contains(got, "<item n=") || strings.Count(got, "<item>2 x") != 1 || strings.Count(got, "<item>1 x") != 1 {
		t.Errorf("want two items without a number:\n%s", got)
	}
}

// TestTranslationIsInTheLanguageOfTheText: Contents may say no language.
func TestTranslationIsInTheLanguageOfTheText(t *testing.T) {
	r, err := Convert([]byte("**May 1, 1956**\n\n**Letter from Orlov to Belov**\n\n**Contents:** Translation\n\nDear comrade Belov,\n\nthe harvest is good this year.\n"), Options{Name: "page.txt"})
	if err != nil || !strings.Contains(string(r.TEI), `<language ident="en">Translation</language>`) {
		t.Errorf("%v\n%s", err, r.TEI)
	}
}

// TestCopiesByNumber: the lines below the count of copies say who has which.
func TestCopiesByNumber(t *testing.T) {
	got := body(t, "**June 12, 1958**\n\n**Telegram from Orlov to Belov**\n\nTOP SECRET\n\nThe harvest is good this year, and the rice is sold.\n\n[signature] (A. ORLOV)\n\n3 copies\n1 - Cde. Belov\n2 - Cde. Serov\n3 - to file\n")
	if !strings.Contains(got, `<list type="distribution">`) || strings.Count(got, "<item n=") != 3 {
		t.Errorf("want three items:\n%s", got)
	}
}
