package english

import (
	"slices"
	"strings"
	"testing"
)

func TestIs(t *testing.T) {
	for _, w := range strings.Fields(`the a telegram telegrams thirteen acre acres admiral alliance barge barges boundary boundaries planned planning
carried happily colder greatest readiness colour color labour deliveries wolves grain mutton harvest ministry committee written went`) {
		if !Is(w) {
			t.Errorf("%q is a word of English", w)
		}
	}
	for _, w := range strings.Fields(`upravlenie kolkhoz sovet rada artel gmina wojewodztwo megye tanács ganbu dangwei uy nhan dan raion obkom zakupka khozyaistvo
Abteilung reichstag prikaz postanovlenie hukou juche szovjet minister-president`) {
		if Is(w) {
			t.Errorf("%q is no word of English", w)
		}
	}
	if Is("") {
		t.Error("nothing is no word")
	}
}

func TestListIsSorted(t *testing.T) {
	list := strings.Fields(words)
	if !slices.IsSorted(list) {
		t.Fatal("not sorted by bytes: it cannot be searched")
	}
	if len(list) < 10000 || strings.Contains(words, "#") {
		t.Fatalf("%d words", len(list))
	}
	for _, w := range list {
		if !listed(w) {
			t.Fatalf("%q is not found", w)
		}
		if In(w, func(s string) bool { return s != w && listed(s) }) {
			t.Fatalf("%q need not stand in the list", w)
		}
	}
}
