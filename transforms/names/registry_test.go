package names

import (
	"slices"
	"strings"
	"testing"

	"sigla/tei"
)

// at gives successive places of the text to the forms of a test.
func at(n int) tei.Span { return tei.Span{Start: n * 1000, End: n*1000 + 20} }

func TestFormsOfOneNameShareAnEntry(t *testing.T) {
	for _, r := range []struct {
		forms string // divided by |
		mains string // of the entries, divided by |
	}{
		{"MAO ZEDONG|Mao Zedong", "Mao Zedong"},
		{"R. Anhalt|Ruprecht Anhalt|Anhalt", "Ruprecht Anhalt"},
		{"A. PUZANKO|Alexander Puzanko", "Alexander Puzanko"},
		{"N. S. Tarasov|N. TARASOV|Tarasov", "N. S. Tarasov"},
		{"V. LOBANKO|V. I. Lobanko", "V. I. Lobanko"},
		{"Brusnov, G. Ye.|Brusnov", "G. Ye. Brusnov"},
		{"PAK IN-HU|Pak In-hu|Pak In Hu|Pak Inhu", "Pak In-hu"},
		{"PAK IN-HU", "Pak In-hu"},
		{"JEAN-PAUL MARTEL", "Jean-Paul Martel"},
		{"CHARLES DE MARTEL", "Charles de Martel"},
		{"MACARTHUR", "Macarthur"},
		{"MCCLOYD", "McCloyd"},
		{"O'BRIAN", "O'Brian"},
		{"O[ctavian] Bradu|Bradu", "Octavian Bradu"},
		{"[Nikita] Khrulev|Khrulev", "Nikita Khrulev"},
		{"Harsány|Ferenc Harsany", "Ferenc Harsany"},
		{"Kende Z.|Zoltán Kende", "Zoltán Kende"},
		{"Qiu|Qiu Wenbo", "Qiu Wenbo"},
		{"Kim Il Sung|Kim Jong Il", "Kim Il Sung|Kim Jong Il"},
		{"Kim|Kim Il Sung|Kim Jong Il", "Kim Il Sung|Kim Jong Il"},
		{"Kim Il Sung|Kim Jong Il|Kim", "Kim Il Sung|Kim Jong Il|Kim"},
		{"Choe Il-chun|Choe Il-song", "Choe Il-chun|Choe Il-song"},
		{"A. Petrov|N. Petrov", "A. Petrov|N. Petrov"},
		{"Ivan Petrov|Pyotr Petrov", "Ivan Petrov|Pyotr Petrov"},
		{"Ivanov|Ivanova", "Ivanov|Ivanova"},
		{"Yu. Orlov|Yuri Orlov", "Yuri Orlov"},
		{"Mao Zedong|Mao Anying", "Mao Zedong|Mao Anying"},
		{"  ,  |!", ""},
	} {
		reg := NewRegistry(smallLexicon)
		for i, f := range strings.Split(r.forms, "|") {
			reg.Add(Person, f, "", "", at(i))
		}
		var got []string
		for _, e := range reg.Entries(Person) {
			got = append(got, e.MainName())
		}
		if s := strings.Join(got, "|"); s != r.mains {
			t.Errorf("%s: got %s, want %s", r.forms, s, r.mains)
		}
	}
}

func TestIdsAreUniqueAndTheSameEachTime(t *testing.T) {
	run := func() []string {
		reg := NewRegistry(smallLexicon)
		reg.Reserve("sofia")
		return []string{
			reg.Add(Person, "MAO ZEDONG", "", "", at(1)),
			reg.Add(Place, "Sofia", "", "", at(2)),
			reg.Add(Person, "Sofia", "", "", at(3)),
			reg.Add(Place, "Crișul Alb", "", "", at(4)),
			reg.Add(Org, "4th Bureau", "", "", at(5)),
			reg.Add(Org, "№", "", "", at(6)),
			reg.Add(Role, "Minister", "", "", at(7)),
			reg.Add(Person, "Mao Zedong", "sender", "", at(8)),
		}
	}
	want := []string{"maozedong", "sofia-2", "sofia-3", "crisulalb", "n4thbureau", "", "", "maozedong"}
	if got := run(); !slices.Equal(got, want) || !slices.Equal(got, run()) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnIdentifiedCoverNameIsAPseudonym(t *testing.T) {
	for _, first := range []bool{true, false} {
		reg := NewRegistry(smallLexicon)
		var id string
		if first {
			id = reg.Add(Person, "FILIPPOV", "addressee", "", at(1))
		}
		reg.Identify("Cde. FILIPPOV", "Stalin")
		if !first {
			id = reg.Add(Person, "FILIPPOV", "addressee", "", at(1))
		}
		if reg.Add(Person, "Stalin", "", "", at(2)) != reg.Entry(id).ID || reg.Add(Person, "Filippov", "", "", at(3)) != reg.Entry(id).ID {
			t.Errorf("cover name and name have two entries")
		}
		e := reg.Entries(Person)
		if len(e) != 1 || e[0].MainName() != "Stalin" || !slices.Equal(e[0].Cover, []string{"Filippov"}) || len(e[0].Variants()) > 0 {
			t.Errorf("got %+v", e[0])
		}
	}
}

func TestAShortFormIsNoPseudonym(t *testing.T) {
	reg := NewRegistry(smallLexicon)
	reg.Add(Person, "Qiu", "", "", at(1))
	reg.Identify("Qiu", "Premier Qiu Wenbo")
	if e := reg.Entries(Person); len(e) != 1 || len(e[0].Cover) > 0 || e[0].MainName() != "Qiu Wenbo" {
		t.Errorf("got %+v", e[0])
	}
}

func TestAVariantBracketJoinsTwoSpellings(t *testing.T) {
	reg := NewRegistry(smallLexicon)
	a := reg.Add(Person, "Hsu Chin-tang", "", "", at(1))
	b := reg.Add(Person, "Xu Jintang", "", "", at(2))
	p := reg.Add(Place, "Andong", "", "", at(3))
	reg.Variant("Hsu Chin-tang", "Xu Jintang")
	reg.Variant("Andong", "Anto")
	if reg.Entry(a) != reg.Entry(b) || reg.Add(Place, "Anto", "", "", at(4)) != p {
		t.Error("two spellings, two entries")
	}
	if v := reg.Entry(b).Variants(); !slices.Equal(v, []string{"Xu Jintang"}) {
		t.Errorf("variants %v", v)
	}
}

// mention is one naming of a person in a test document.
type mention struct {
	form, role, rule string
	block            int
}

func TestOnePersonSpeltTwoWays(t *testing.T) {
	const hon, line = "honorific and name", "name under a text"
	for _, r := range []struct {
		why  string
		list []mention
		want string
	}{
		{"addressee of the enclosed message", []mention{{"LIANG KEMING", "", hon, 1}, {"LIENG KEMING", "addressee", hon, 2}}, "LIANG KEMING/LIENG KEMING"},
		{"short surname", []mention{{"LI KEMENG", "", hon, 1}, {"LE KEMENG", "addressee", hon, 2}}, "LI KEMENG/LE KEMENG"},
		{"sender of the enclosed message", []mention{{"CHOE IL-CHUL", "", "eastern name", 1}, {"CHOE IL-CHIL", "sender", line, 2}}, "CHOE IL-CHUL/CHOE IL-CHIL"},
		{"small letters and capitals", []mention{{"Wen Zhaoming", "", hon, 1}, {"WEN ZHAOMIN", "sender", line, 2}}, "Wen Zhaoming/WEN ZHAOMIN"},
		{"two letters exchanged", []mention{{"Ferenc Harsányi", "", "office and name", 1}, {"Ferenc Harsáyni", "sender", line, 2}}, "Ferenc Harsányi/Ferenc Harsáyni"},
		{"different people by sound", []mention{{"Choe Il-chun", "", hon, 1}, {"Choe Il-song", "sender", line, 2}}, ""},
		{"two leaders", []mention{{"Kim Il Sung", "", hon, 1}, {"Kim Jong Il", "addressee", hon, 2}}, ""},
		{"man and woman", []mention{{"Ivan Ivanov", "", hon, 1}, {"Ivan Ivanova", "addressee", hon, 2}}, ""},
		{"man and woman in -y", []mention{{"Z. Sadovsky", "", hon, 1}, {"Z. Sadovska", "addressee", hon, 2}}, ""},
		{"initials differ", []mention{{"A. Petrov", "", hon, 1}, {"N. Petrov", "addressee", hon, 2}}, ""},
		{"one in the other's form", []mention{{"Ion Petrovan", "", hon, 1}, {"Ion Petrova", "addressee", hon, 2}}, ""},
		{"side by side in one list", []mention{{"Liang Keming", "", hon, 1}, {"Lieng Keming", "", hon, 1}, {"Liang Keming", "addressee", hon, 2}}, ""},
		{"side by side later", []mention{{"Liang Keming", "", hon, 1}, {"Lieng Keming", "addressee", hon, 2}, {"Liang Keming", "", hon, 3}, {"Lieng Keming", "", hon, 3}}, ""},
		{"no part in the document", []mention{{"Liang Keming", "", "eastern name", 1}, {"Lieng Keming", "", "eastern name", 2}}, ""},
		{"too short to say", []mention{{"Li Wei", "", hon, 1}, {"Lu Wei", "addressee", hon, 2}}, ""},
		{"other words differ", []mention{{"Han Mu-jun", "", hon, 1}, {"Hen Mu-jin", "addressee", hon, 2}}, ""},
		{"surname alone", []mention{{"Makarov", "", hon, 1}, {"Makarev", "addressee", hon, 2}}, ""},
		{"both at home", []mention{{"Liang Keming", "sender", line, 1}, {"Liang Keming", "", hon, 2}, {"Liang Keming", "", hon, 3}, {"Lieng Keming", "addressee", hon, 4}, {"Lieng Keming", "", hon, 5}, {"Lieng Keming", "", hon, 6}}, ""},
	} {
		reg := NewRegistry(smallLexicon)
		for i, m := range r.list {
			reg.Add(Person, m.form, m.role, m.rule, tei.Span{Start: m.block*1000 + i*30, End: m.block*1000 + i*30 + 20})
		}
		var got []string
		for _, s := range reg.Spellings(func(a, b tei.Span) bool { return a.Start/1000 == b.Start/1000 }) {
			got = append(got, s.A.Text+"/"+s.B.Text)
			if s.A.Span.Len() == 0 || s.B.Span.Len() == 0 {
				t.Errorf("%s: a spelling without a place", r.why)
			}
			reg.Join(s.A.Text, s.B.Text)
		}
		if s := strings.Join(got, "; "); s != r.want {
			t.Errorf("%s: got %q, want %q", r.why, s, r.want)
		}
		if e := reg.Entries(Person); r.want != "" && (len(e) != 1 || len(e[0].Variants()) != 1) {
			t.Errorf("%s: the two spellings do not share an entry", r.why)
		}
	}
}

// Two names that a variant bracket joins have nothing to report.
func TestADeclaredVariantIsNoFault(t *testing.T) {
	reg := NewRegistry(smallLexicon)
	reg.Add(Person, "LIANG KEMING", "", "honorific and name", at(1))
	reg.Add(Person, "LIENG KEMING", "addressee", "honorific and name", at(2))
	reg.Variant("LIANG KEMING", "LIENG KEMING")
	if s := reg.Spellings(nil); len(s) > 0 {
		t.Errorf("reported %v", s)
	}
}

func TestEmptyRegistryKnowsNobody(t *testing.T) {
	var reg *Registry
	if reg.shows("Mao") || reg.showsAlone("Mao") || reg.KnownKind(Person, "Mao") {
		t.Error("a nil registry knows somebody")
	}
}

// A vowel changed in a name that is otherwise clean is reported, at both
// places; the clean pair never is.
func TestEachChangedVowelIsSeen(t *testing.T) {
	for _, name := range []string{"Wen Zhaoming", "Pak In-hu", "Ferenc Harsanyi", "Todor Velikov", "Kim Il Sung", "Nguyen Van Linh"} {
		for i := range name {
			if !strings.ContainsRune("aeiou", rune(name[i])) {
				continue
			}
			to := "o"
			if name[i] == 'o' {
				to = "e"
			}
			other := name[:i] + to + name[i+1:]
			for _, second := range []string{name, other} {
				reg := NewRegistry(smallLexicon)
				reg.Add(Person, name, "", "honorific and name", at(1))
				reg.Add(Person, strings.ToUpper(second), "addressee", "honorific and name", at(2))
				got := len(reg.Spellings(nil))
				want := 0
				if second != name {
					want = 1
				}
				if got != want {
					t.Errorf("%s and %s: %d reports, want %d", name, second, got, want)
				}
			}
		}
	}
}
