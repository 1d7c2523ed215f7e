package datatype

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// The grammar of appendix F, by its clauses.
var expressions = []struct {
	pattern        string
	match, nomatch []string
}{
	{``, []string{""}, []string{"a"}},
	{`a|b|`, []string{"a", "b", ""}, []string{"ab"}},
	{`(a|b)c`, []string{"ac", "bc"}, []string{"c", "abc"}},
	{`()`, []string{""}, []string{"a"}},
	{`a?b*c+`, []string{"c", "abbcc"}, []string{"ab", "aac"}},
	{`a{2}`, []string{"aa"}, []string{"a", "aaa"}},
	{`a{2,3}`, []string{"aa", "aaa"}, []string{"a", "aaaa"}},
	{`a{2,}`, []string{"aa", "aaaaaa"}, []string{"a"}},
	{`a{0}b{0,0}`, []string{""}, []string{"a", "b"}},
	{`(ab){0,2}`, []string{"", "ab", "abab"}, []string{"ababab", "a"}},
	{`(a*)*`, []string{"", "aaa"}, []string{"b"}},
	{`(a|a)*b`, []string{"b", "aab"}, []string{"a"}},
	// F: ^ and $ are characters, and so is what other languages make of \b
	{`^a$`, []string{"^a$"}, []string{"a"}},
	{`.`, []string{"a", "é", "𐀀", " ", "\t"}, []string{"\n", "\r", "", "ab"}},
	{`\n\r\t\\\|\.\-\^\?\*\+\{\}\(\)\[\]`, []string{"\n\r\t\\|.-^?*+{}()[]"}, nil},
	// F.1: subtraction, negation before it
	{`[a-z-[aeiou]]`, []string{"b", "z"}, []string{"a", "u", "-", "["}},
	{`[a-z-[b-y-[m]]]`, []string{"a", "m", "z"}, []string{"b", "y"}},
	{`[^a-z-[0-9]]`, []string{"A", "-"}, []string{"a", "5"}},
	{`[^^]`, []string{"a"}, []string{"^"}},
	{`[a^]`, []string{"a", "^"}, []string{"b"}},
	{`[-a]`, []string{"-", "a"}, []string{"b"}},
	{`[a-]`, []string{"-", "a"}, []string{"b"}},
	{`[+\-.]`, []string{"+", "-", "."}, []string{","}},
	{`[\n-\r]`, []string{"\n", "\v", "\r"}, []string{"\t", "n"}},
	{`[\^\]\[\\]`, []string{"^", "]", "[", `\`}, []string{"a"}},
	{`[.*+?(){}|$]`, []string{".", "*", "+", "?", "(", ")", "{", "}", "|", "$"}, []string{"a"}},
	{`[^\d]`, []string{"a"}, []string{"1", "٣"}},
	{`[\p{L}\d_]`, []string{"a", "ж", "1", "_"}, []string{"-"}},
	{`[à-ü]`, []string{"é"}, []string{"e", "ÿ"}},
	{`[𐀀-𐀏]`, []string{"𐀅"}, []string{"𐀐", "a"}},
	// F.1.1
	{`\s`, []string{" ", "\t", "\n", "\r"}, []string{"\u00A0", "\v", "a"}},
	{`\S+`, []string{"a\u00A0b"}, []string{"a b", ""}},
	{`\d`, []string{"1", "٣", "९"}, []string{"a", "½", "Ⅳ"}},
	{`\D`, []string{"a", "½"}, []string{"1", "٣"}},
	{`\w`, []string{"a", "1", "é", "$", "+", "€", "\u0301"}, []string{"_", "-", " ", ".", "\u200D"}},
	{`\W`, []string{"_", "-", " "}, []string{"a", "$"}},
	{`\i\c*`, []string{"a", "_", ":", "a-1", "é·"}, []string{"1", "-", "a b"}},
	{`\I`, []string{"1", "-", "𐀀"}, []string{"a", ":"}},
	{`\C`, []string{" ", "(", "𐀀"}, []string{"a", "·", "-"}},
	{`\p{Lu}\p{Ll}`, []string{"Aa", "Жж"}, []string{"aA", "AA"}},
	{`\p{L}\P{L}`, []string{"a1", "א "}, []string{"1a", "aa"}},
	{`\p{Nd}\p{No}\p{Nl}`, []string{"1½Ⅳ"}, []string{"½1Ⅳ"}},
	{`\p{Sc}`, []string{"$", "€"}, []string{"+"}},
	{`\p{Z}`, []string{" ", "\u00A0", "\u2028"}, []string{"\t"}},
	{`\p{C}`, []string{"\t", "\u200D", "\uE000", "\u0378"}, []string{" ", "a"}},
	{`\p{Cn}`, []string{"\u0378"}, []string{"a", "\uE000"}},
	{`\p{IsGreek}`, []string{"α", "\u0370"}, []string{"a", "\u1F00"}},
	{`\p{IsBasicLatin}`, []string{"a", "\x7F"}, []string{"é"}},
	{`\P{IsCyrillic}`, []string{"a"}, []string{"ж"}},
	{`\p{IsPrivateUse}`, []string{"\uE000", "\U000F0000"}, []string{"a"}},
}

func TestExpressionsMatch(t *testing.T) {
	for _, x := range expressions {
		r, err := CompileRegexp(x.pattern)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, s := range x.match {
			if !r.Match([]byte(s)) {
				t.Errorf("%q does not match %q", x.pattern, s)
			}
		}
		for _, s := range x.nomatch {
			if r.Match([]byte(s)) {
				t.Errorf("%q matches %q", x.pattern, s)
			}
		}
		if r.String() != x.pattern {
			t.Errorf("%q is told as %q", x.pattern, r)
		}
	}
}

// What is no expression, where, and a part of what is said.
func TestWrongExpressionsAreExplained(t *testing.T) {
	for _, x := range []struct {
		pattern string
		at      int // characters before the fault
		says    string
	}{
		{`a**`, 2, "repeats what is repeated"},
		{`a+?`, 2, "parentheses around it"},
		{`*a`, 0, `write \*`},
		{`(a`, 0, "( is not closed"},
		{`a)`, 1, ") closes nothing"},
		{`[a`, 0, "[ is not closed"},
		{`[]`, 0, "holds nothing"},
		{`[^]`, 0, "holds nothing"},
		{`a]`, 1, `write \]`},
		{`a}`, 1, `write \}`},
		{`a{`, 1, "number is missing"},
		{`a{,2}`, 1, "number is missing"},
		{`a{2`, 1, "not closed by }"},
		{`a{3,2}`, 1, "at least 3 and at most 2"},
		{`é\b`, 1, `\b is no escape`},
		{`\$`, 0, "no escape"},
		{`a\`, 1, "backslash at the end"},
		{`[z-a]`, 1, "down to"},
		{`[a-\d]`, 1, "ends with one character"},
		{`[a-c-e]`, 4, "write \\-"},
		{`[[a]]`, 1, `write \[`},
		{`\p{Lx}`, 0, "no category"},
		{`\p{IsKlingon}`, 0, "no block"},
		{`\pL`, 0, "in braces"},
		{`\p{L`, 0, "not closed"},
		{`[a-z-[b]c]`, 8, "ends with ]"},
		{`a{1000000}`, 1, "more than"},
		{`((a{1000}){1000}){1000}`, 0, "more than"},
		{`((((){1000}){1000}){1000}){1000}`, 0, "repeats too much"},
		{strings.Repeat("(", 1000), 250, "nested more than"},
	} {
		_, err := CompileRegexp(x.pattern)
		e, ok := err.(*RegexpError)
		if !ok {
			t.Errorf("%q is compiled: %v", x.pattern, err)
			continue
		}
		if !strings.Contains(err.Error(), x.says) || utf8.RuneCountInString(x.pattern[:e.Offset]) != x.at {
			t.Errorf("%.40q: %.200s", x.pattern, err)
		}
	}
}

// No expression takes long to compile or to match, however it repeats.
func TestExpressionsTakeNoTime(t *testing.T) {
	if testing.Short() {
		t.Skip("time is measured with the long tests")
	}
	long := []byte(strings.Repeat("a", 2000))
	for _, pattern := range []string{
		`(a*)*b`, `(a|aa)*b`, `((a*)*)*b`, `(a?){500}a{500}`, `(a|b)*a(a|b){14}`, `(a{1,50}){1,50}`, `.{0,30000}`, `(.*a){15}`, `(a?){5000}`,
		`(|a){5000}`, `[\w-[\d]]{100,200}`, strings.Repeat(`(a|`, 200) + strings.Repeat(`)`, 200), strings.Repeat(`[a-z]*`, 300),
		`(\p{L}|\p{M}|\p{N}|\p{P}|\p{S})*x`,
	} {
		start := time.Now()
		r, err := compileRegexp(pattern)
		if err != nil {
			t.Error(err)
			continue
		}
		r.Match(long)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%.40q takes %v", pattern, took)
		}
	}
}

// Random expressions over few letters, and all short strings: the automaton says
// what the simulation says.
func TestAutomatonIsTheSimulation(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{""}
	for n := 0; len(texts[n]) < 6; n++ {
		for _, c := range []string{"a", "b", "é"} {
			texts = append(texts, texts[n]+c)
		}
	}
	for range 500 {
		pattern := randomPattern(random, 4, []string{"a", "b", "é", ".", "[ab]", "[^a]", `\w`})
		r, err := compileRegexp(pattern)
		if err != nil {
			t.Fatal(err)
		}
		r.once.Do(r.prepare)
		if r.table == nil {
			t.Fatalf("%q has no table", pattern)
		}
		for _, s := range texts {
			if r.Match([]byte(s)) != r.simulate([]byte(s)) {
				t.Fatalf("%q and %q", pattern, s)
			}
		}
	}
}

// randomPattern writes an expression of the atoms.
func randomPattern(random *rand.Rand, depth int, atoms []string) string {
	if depth == 0 || random.IntN(4) == 0 {
		return atoms[random.IntN(len(atoms))]
	}
	sub := func() string { return randomPattern(random, depth-1, atoms) }
	switch random.IntN(6) {
	case 0:
		return "(" + sub() + "|" + sub() + ")"
	case 1:
		return "(" + sub() + ")" + []string{"?", "*", "+"}[random.IntN(3)]
	case 2:
		low := random.IntN(3)
		return fmt.Sprintf("(%s){%d,%d}", sub(), low, low+random.IntN(3))
	}
	return sub() + sub()
}

func FuzzRegexp(f *testing.F) {
	for _, x := range expressions {
		f.Add(x.pattern, strings.Join(x.match, ""))
	}
	f.Add(`(a{1000}){1000}`, "a")
	f.Add(`((a*)*)*`, "aaaaaaaaaaaaaaaaaaaaaaaab")
	f.Add(strings.Repeat("(", 300)+"a"+strings.Repeat(")", 300), "a")
	f.Fuzz(func(t *testing.T, pattern, value string) {
		if len(pattern) > 2000 || len(value) > 300 {
			return
		}
		start := time.Now()
		r, err := compileRegexp(pattern)
		if err != nil {
			if e, ok := err.(*RegexpError); !ok || e.Offset < 0 || e.Offset > len(pattern) {
				t.Fatalf("%q: %v", pattern, err)
			}
			return
		}
		matched := r.Match([]byte(value))
		if len(r.prog) < 5000 && r.simulate([]byte(value)) != matched {
			t.Fatalf("%q and %q: %v", pattern, value, matched)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("%q takes %v", pattern, took)
		}
	})
}
