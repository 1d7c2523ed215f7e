package tei

import (
	"math/rand/v2"
	"testing"
)

// leafText is an element over a whole page.
func leafText(page string) *Elem {
	s := Span{0, len(page)}
	return &Elem{Name: "p", Src: s, Kids: []Node{&Text{page, s}}}
}

func TestWrapNestsAndRefusesCrossing(t *testing.T) {
	page := "to Cde. FILIPPOV [Stalin] on 4 May"
	e := leafText(page)
	at := func(s string) Span {
		for i := 0; i+len(s) <= len(page); i++ {
			if page[i:i+len(s)] == s {
				return Span{i, i + len(s)}
			}
		}
		t.Fatalf("%q is not in the page", s)
		return Span{}
	}
	for _, c := range []struct {
		words, name string
		inner, want bool
	}{
		{"[Stalin]", "gloss", false, true},
		{"Stalin", "persName", false, true},
		{"FILIPPOV [Sta", "seg", false, false},
		{"Cde. FILIPPOV", "persName", false, true},
		{"Cde. FILIPPOV", "rs", false, true},     // around
		{"Cde. FILIPPOV", "seg", true, true},     // inside
		{"Cde.", "roleName", true, true},         //
		{"V [Stalin] on", "seg", false, false},   //
		{"on 4 May", "date", false, true},        //
		{"4", "num", false, true},                //
		{"FILIPPOV [Stalin]", "x", false, false}, // begins inside an element
	} {
		w := New(c.name)
		s := at(c.words)
		if crosses := e.Crosses(s); crosses == c.want {
			t.Errorf("Crosses(%q) = %v", c.words, crosses)
		}
		got := false
		if c.inner {
			got = e.WrapInner(s, w)
		} else {
			got = e.Wrap(s, w)
		}
		if got != c.want {
			t.Errorf("wrapping %q = %v, want %v", c.words, got, c.want)
		}
		if err := e.CheckTiling(page); err != nil {
			t.Fatalf("after %q: %v", c.words, err)
		}
	}
	if rs := e.Find("rs"); len(rs) != 1 || len(rs[0].Find("persName")) != 1 {
		t.Error("rs does not hold the persName that covers the same words")
	}
	if p := e.Find("persName"); len(p) != 2 || len(p[0].Find("seg")) != 1 {
		t.Error("seg is not inside the persName that covers the same words")
	}
}

func TestWrappingAtRandomKeepsTheTiling(t *testing.T) {
	page := "аб in «quoted» [brackets [within]] and more words than that, № 4"
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		e := leafText(page)
		for range 40 {
			a, b := r.IntN(len(page)+1), r.IntN(len(page)+1)
			s := Span{min(a, b), max(a, b)}
			switch r.IntN(4) {
			case 0:
				e.Wrap(s, New("a"))
			case 1:
				e.WrapInner(s, New("b"))
			case 2:
				e.MarkSpan(s)
			case 3:
				e.InsertAt(a, New("lb"))
			}
			if err := e.CheckTiling(page); err != nil {
				t.Fatal(err)
			}
		}
	}
}
