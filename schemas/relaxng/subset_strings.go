package relaxng

import (
	"cmp"
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigla/schemas/datatype"
)

// Strings of two schemas compared. Which of several patterns a string of
// another matches is tried with strings that could tell them apart; that no
// other string does is proved, where it can be, by the datatypes themselves. What is
// neither shown by a string nor proved impossible is a doubt.

// sample is an answer about strings: one that just these patterns match.
type sample struct {
	text    string
	matched matched
	cost    int    // doubtful, where there may be no such string
	doubt   string // why
}

// stringPlace is where strings stand.
type stringPlace uint8

const (
	inElement        stringPlace = iota
	inAttributeValue             // the empty string costs no less than others
	inTokens                     // of a list: no white space, and not empty
)

// stringMatches reports whether a pattern allows a string as an attribute's value or as all
// that is in an element.
func stringMatches(p *pattern, s string) bool {
	return allows(p, []byte(s), noContext{}) || p.nullable && blank([]byte(s))
}

// strings answers which of qs match the strings that p matches.
func (c *comparison) strings(at stringPlace, p *pattern, qs []*pattern) []sample {
	c.key = binary.LittleEndian.AppendUint32(append(c.key[:0], byte(at)), uint32(p.id))
	for _, q := range qs {
		c.key = binary.LittleEndian.AppendUint32(c.key, uint32(q.id))
	}
	key := string(c.key)
	if l, ok := c.compared[key]; ok {
		return l
	}
	leaves := make([][]*pattern, len(qs))
	for i, q := range qs {
		leaves[i] = stringLeaves(nil, q)
	}
	var l []sample
	for _, leaf := range stringLeaves(nil, p) {
		l = append(l, c.leaf(at, leaf, qs, leaves)...)
	}
	l = fewest(at, l)
	c.compared[key] = l
	return l
}

// fewest leaves out the samples that are no better than others. Of equal ones the
// first stays, which is the most readable.
func fewest(at stringPlace, l []sample) []sample {
	slices.SortStableFunc(l, func(a, b sample) int {
		if a.cost != b.cost || at != inElement {
			return a.cost - b.cost
		}
		return min(len(a.text), 1) - min(len(b.text), 1)
	})
	var out []sample
	for _, s := range l {
		if !slices.ContainsFunc(out, func(x sample) bool { return x.matched&^s.matched == 0 }) {
			out = append(out, s)
		}
	}
	return out
}

// stringLeaves lists the alternatives of a pattern that are one string: text,
// ε, data, values and lists.
func stringLeaves(to []*pattern, p *pattern) []*pattern {
	switch p.kind {
	case textKind, emptyKind, dataKind, valueKind, listKind:
		if !slices.Contains(to, p) {
			to = append(to, p)
		}
	case choiceKind:
		for _, a := range p.alts {
			to = stringLeaves(to, a)
		}
	case groupKind, interleaveKind:
		if p.b.nullable {
			to = stringLeaves(to, p.a)
		}
		if p.a.nullable {
			to = stringLeaves(to, p.b)
		}
	case oneOrMoreKind:
		to = stringLeaves(to, p.a)
	}
	return to
}

// leaf answers for one alternative.
func (c *comparison) leaf(at stringPlace, p *pattern, qs []*pattern, leaves [][]*pattern) []sample {
	if at == inTokens {
		if p.kind == valueKind && kindOf(p) != otherString && len(strings.Fields(p.value.Literal())) != 1 {
			return nil // no token
		}
		p = asToken(p)
	}
	var l []sample
	for _, s := range c.tries(p, leaves) {
		if !stringMatches(p, s) || !isText(s) || at == inTokens && (s == "" || strings.ContainsAny(s, " \t\n\r")) {
			continue
		}
		var m matched
		for i, q := range qs {
			if stringMatches(q, s) {
				m |= 1 << i
			}
		}
		l = append(l, sample{text: s, matched: m})
	}
	if len(l) == 0 { // no value is found; that is none if there are none
		if within(p, tokens(`[a-[a]]`)) || p.kind == listKind && len(c.list(p.a, nil)) == 0 {
			return nil
		}
		s := sample{cost: doubtful, doubt: modelOf(p) + " has a value"}
		for i := range qs {
			if c.covered(p, leaves[i]) {
				s.matched |= 1 << i
			}
		}
		return []sample{s}
	}
	l = fewest(at, l)
	// Every string is matched by all of one sample's patterns if it is matched by
	// some pattern of each choice of one pattern a sample.
	sets, complete := transversals(l)
	if !complete {
		return append(l, sample{text: l[0].text, cost: doubtful, doubt: modelOf(p) + " has a value that a choice of many types has not"})
	}
	for _, some := range sets {
		var union []*pattern
		for i := range qs {
			if some>>i&1 == 1 {
				union = append(union, leaves[i]...)
			}
		}
		if c.covered(p, union) {
			continue
		}
		if text, ok := beyond(at, p, union); ok {
			s := sample{text: text}
			for i, q := range qs {
				if stringMatches(q, text) {
					s.matched |= 1 << i
				}
			}
			l = append(l, s)
		} else {
			l = append(l, sample{l[0].text, (1<<len(qs) - 1) &^ some, doubtful, modelOf(p) + " has a value that " + modelOf(union...) + " has not"})
		}
	}
	return fewest(at, l)
}

// beyond looks for a string that a leaf allows and none of union does, made of the
// characters that stand in them.
func beyond(at stringPlace, p *pattern, union []*pattern) (string, bool) {
	const enough = 20_000
	var letters []string
	for _, x := range append([]*pattern{p}, union...) {
		for _, c := range charactersOf(x) {
			if s := string(c); !slices.Contains(letters, s) && isText(s) && (at != inTokens || !space(byte(c))) {
				letters = append(letters, s)
			}
		}
	}
	if len(letters) == 0 {
		letters = []string{"a", "1"}
	}
	words := []string{""}
	for i := 0; i < len(words); i++ {
		s := words[i]
		if (s != "" || at != inTokens) && stringMatches(p, s) && !slices.ContainsFunc(union, func(x *pattern) bool { return stringMatches(x, s) }) {
			return s, true
		}
		for _, c := range letters[:min(len(letters), enough-len(words))] {
			words = append(words, s+c)
		}
	}
	return "", false
}

// charactersOf are the characters of a value, or of a type's parameters.
func charactersOf(p *pattern) string {
	switch p.kind {
	case valueKind:
		return p.value.Literal()
	case dataKind:
		s := strings.Join(p.check.Witness(), "")
		for _, f := range p.check.Params() {
			s += f.Value
		}
		if p.b != nil {
			s += charactersOf(p.b)
		}
		return s
	case choiceKind:
		s := ""
		for _, a := range p.alts {
			s += charactersOf(a)
		}
		return s
	case listKind, oneOrMoreKind:
		return " " + charactersOf(p.a)
	case groupKind:
		return " " + charactersOf(p.a) + charactersOf(p.b)
	}
	return ""
}

// asToken is a leaf as what it allows of tokens: strings without white space.
func asToken(p *pattern) *pattern {
	if p.kind != dataKind {
		return p
	}
	check := tokens(`\S+`)
	if t := p.check.Type(); t.Name() != "string" && t.Name() != "token" || len(p.check.Params()) > 0 {
		var err error
		if check, err = t.Checker(append(slices.Clip(p.check.Params()), datatype.Param{Name: "pattern", Value: `\S+`}), noContext{}); err != nil {
			return p
		}
	}
	q := *p
	q.check = check
	return &q
}

// modelOf names patterns in a message.
func modelOf(l ...*pattern) string {
	var words []string
	for _, p := range l[:min(len(l), 5)] {
		w := compactModel(p)
		if p.kind == valueKind && p.value.Type().Name() != "token" {
			w = p.value.Type().Name() + " " + w
		}
		words = append(words, w)
	}
	if len(l) > 5 {
		words = append(words, "…")
	}
	return strings.Join(words, " | ")
}

// transversals are the sets that have one member of each sample's set. There is
// none where a sample's set is empty; complete is false where there are too many.
func transversals(l []sample) (sets []matched, complete bool) {
	sets = []matched{0}
	for _, s := range l {
		var next []matched
		for _, t := range sets {
			if t&s.matched != 0 {
				next = append(next, t)
				continue
			}
			for i := range maxAsked {
				if s.matched>>i&1 == 1 && !slices.Contains(next, t|1<<i) {
					next = append(next, t|1<<i)
				}
			}
		}
		if sets = next; len(sets) > 200 {
			return nil, false
		}
	}
	return sets, true
}

// isText reports whether a document can hold the string.
func isText(s string) bool {
	for _, r := range s {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == '\uFFFD' {
			return false
		}
	}
	return true
}

// tries lists strings that p may allow and that may tell the leaves apart,
// readable ones first.
func (c *comparison) tries(p *pattern, leaves [][]*pattern) []string {
	var l []string
	seen := map[string]bool{}
	add := func(all ...string) {
		for _, s := range all {
			if !seen[s] {
				seen[s] = true
				l = append(l, s)
			}
		}
	}
	switch p.kind {
	case emptyKind:
		return []string{"", " "}
	case textKind:
		add("text", "")
	case valueKind:
		s := p.value.Literal()
		return []string{s, " " + s, s + " ", "0" + s, "+" + s, s + ".0", s + "0", strings.ReplaceAll(s, " ", "  "), collapse(s)}
	case listKind:
		var lists []*pattern
		for _, l := range leaves {
			for _, x := range l {
				if x.kind == listKind {
					lists = append(lists, x)
				}
			}
		}
		for _, s := range c.list(p.a, lists) {
			add(s.text)
		}
		add(c.longer(p.a)...)
		return l
	}
	add(samplesOf(p)...)
	for _, of := range leaves {
		for _, x := range of {
			add(samplesOf(x)...)
			if x.kind == listKind {
				var inner []*pattern
				collectLeaves(x.a, &inner)
				for _, y := range inner {
					add(samplesOf(y)...)
				}
			}
		}
	}
	add("a", "1", "A", "0", "-1", "a b", "1.5", "ab", "é", "_", "a:b", "a-b", "a.b", "#a", "true", "en", "2000", "2000-01-01", "2000-01-01T00:00:00", "12:00:00",
		"P1D", "INF", "00", "http://example.org/", "%", "", " ", " a", "a ", "\n", "a\nb", "a  b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "99999999999999999999999")
	return l
}

// samplesOf are strings that a value or a type tells apart from others.
func samplesOf(p *pattern) []string {
	switch p.kind {
	case valueKind:
		return []string{p.value.Literal(), " " + p.value.Literal()}
	case dataKind:
	default:
		return nil
	}
	l := p.check.Witness()
	letter := "a"
	if len(l) > 0 && l[0] != "" {
		letter = l[0][len(l[0])-1:]
	}
	if p.b != nil {
		for _, x := range stringLeaves(nil, p.b) {
			l = append(l, samplesOf(x)...)
		}
	}
	for _, f := range p.check.Params() {
		v := strings.TrimSpace(f.Value)
		n, err := strconv.Atoi(v)
		switch f.Name {
		case "length", "minLength", "maxLength", "totalDigits", "fractionDigits":
			for _, k := range []int{n, n + 1, n - 1} {
				if err == nil && k > 0 && k < 1000 {
					l = append(l, strings.Repeat(letter, k), strings.Repeat("a", k), strings.Repeat("1", k), "0."+strings.Repeat("1", k), strings.TrimSpace(strings.Repeat(letter+" ", k)))
				}
			}
		case "pattern":
		default:
			l = append(l, v, v+".5", v+"5", "+"+v, "0"+v)
			if err == nil {
				l = append(l, strconv.Itoa(n+1), strconv.Itoa(n-1))
			}
		}
	}
	return l
}

// longer are a few lists of a pattern's tokens.
func (c *comparison) longer(p *pattern) []string {
	var leaves []*pattern
	collectLeaves(p, &leaves)
	var words []string
	for _, x := range leaves[:min(len(leaves), 4)] {
		if s := samplesOf(x); len(s) > 0 {
			words = append(words, s[0])
		}
	}
	l := []string{""}
	for _, a := range words {
		l = append(l, a)
		for _, b := range words {
			l = append(l, a+" "+b, a+" "+b+" "+a)
		}
	}
	return l
}

// covered reports whether every string of a leaf is proved to be one of some
// others.
func (c *comparison) covered(p *pattern, union []*pattern) bool {
	for i, x := range union {
		if x.kind == dataKind && x.b != nil && !slices.ContainsFunc(stringLeaves(nil, x.b), func(y *pattern) bool {
			return !slices.ContainsFunc(union, func(x *pattern) bool { return c.covers(x, y) })
		}) { // what it leaves out is there besides
			whole := *x
			whole.b = nil
			union = slices.Clone(union)
			union[i] = &whole
		}
	}
	if slices.ContainsFunc(union, func(x *pattern) bool { return c.covers(x, p) }) {
		return true
	}
	if p.kind == dataKind && p.b != nil {
		// A value that is left out needs none.
		whole := *p
		whole.b = nil
		return c.covered(&whole, append(slices.Clip(union), stringLeaves(nil, p.b)...))
	}
	if p.kind == listKind {
		var lists []*pattern
		for _, x := range union {
			if x.kind == listKind {
				lists = append(lists, x)
			}
		}
		if len(lists) > 0 && !slices.ContainsFunc(c.list(p.a, lists), func(s sample) bool { return s.matched == 0 }) {
			return true
		}
	}
	// All that can be said as one regular expression.
	var alternatives []string
	for _, x := range union {
		if r, ok := expression(x); ok {
			alternatives = append(alternatives, r)
		}
	}
	return len(alternatives) > 0 && within(p, tokens(strings.Join(alternatives, "|")))
}

// covers reports whether every string of leaf is proved to be one of x.
func (c *comparison) covers(x, leaf *pattern) bool {
	if x == leaf || x.kind == textKind {
		return true
	}
	if x.kind == emptyKind {
		return leaf.kind == emptyKind || leaf.kind == valueKind && blank([]byte(leaf.value.Literal())) && kindOf(leaf) != exactString
	}
	if x.kind == dataKind && len(x.check.Params()) == 0 && x.b == nil {
		switch x.check.Type().Name() {
		case "string", "token", "normalizedString":
			return true
		}
	}
	switch leaf.kind {
	case emptyKind:
		return kindOf(x) != exactString && stringMatches(x, "")
	case valueKind:
		return coversValue(x, leaf)
	case listKind:
		switch x.kind {
		case listKind:
			return !slices.ContainsFunc(c.list(leaf.a, []*pattern{x}), func(s sample) bool { return s.matched == 0 })
		case dataKind:
			return x.b == nil && within(leaf, x.check)
		}
		return false
	}
	switch x.kind {
	case dataKind:
		return within(leaf, x.check) && (x.b == nil || c.apart(leaf, x.b))
	case listKind: // a type whose values have no white space is a list of one
		return leaf.kind == dataKind && within(leaf, tokens(`\S+`)) &&
			c.inB.afterToken(x.a, func(y *pattern) bool { return c.covered(leaf, stringLeaves(nil, y)) }).nullable
	}
	return false
}

// apart reports whether no string of a leaf, which is data, is one of except.
func (c *comparison) apart(leaf, except *pattern) bool {
	for _, x := range stringLeaves(nil, except) {
		switch {
		case leaf.b != nil && slices.ContainsFunc(stringLeaves(nil, leaf.b), func(y *pattern) bool { return c.covers(y, x) }):
		case leaf.kind == dataKind && x.kind == valueKind && (kindOf(x) == exactString || kindOf(x) == spacedString && kindOf(leaf) != exactString):
			if leaf.check.Allows([]byte(x.value.Literal()), noContext{}) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// stringKind is how the strings of a value or type are told apart.
type stringKind uint8

const (
	otherString  stringKind = iota // by what they mean, or in a way that is not known here
	spacedString                   // by their characters, but for white space around and between words
	exactString                    // by their characters
)

func kindOf(p *pattern) stringKind {
	var t *datatype.Type
	switch p.kind {
	case dataKind:
		t = p.check.Type()
	case valueKind:
		t = p.value.Type()
	case listKind, emptyKind:
		return spacedString
	default:
		return exactString
	}
	switch t.Name() {
	case "string", "normalizedString", "anyAtomicType", "untypedAtomic":
		return exactString
	case "token", "language", "NMTOKEN", "NMTOKENS", "Name", "NCName", "ID", "IDREF", "IDREFS", "anyURI":
		return spacedString
	}
	return otherString
}

// coversValue is covers for a value.
func coversValue(x, leaf *pattern) bool {
	s := leaf.value.Literal()
	if !stringMatches(x, s) {
		return false
	}
	switch kindOf(leaf) {
	case exactString:
		return leaf.value.Type().Name() == "string"
	case spacedString:
		return kindOf(x) != exactString
	}
	// A value that can be written in several ways.
	own, err := leaf.value.Type().Checker(nil, noContext{})
	if err != nil {
		return false
	}
	switch x.kind {
	case valueKind:
		return kindOf(x) == otherString && writes(x.value.Type(), own)
	case dataKind:
		// Parameters that look at the value see one value, however it is written.
		byValue := kindOf(x) == otherString && !slices.ContainsFunc(x.check.Params(), func(f datatype.Param) bool { return f.Name == "pattern" })
		return x.b == nil && (byValue || len(x.check.Params()) == 0) && writes(x.check.Type(), own)
	}
	return false
}

// writes reports whether every string of a type is proved to be one of t.
func writes(t *datatype.Type, own *datatype.Checker) bool {
	plain, err := t.Checker(nil, noContext{})
	if err != nil {
		return false
	}
	yes, known := plain.Contains(own)
	return yes && known
}

// within reports whether every string of a leaf is proved to be one of a type.
func within(leaf *pattern, in *datatype.Checker) bool {
	var of *datatype.Checker
	switch leaf.kind {
	case dataKind:
		of = leaf.check
	case textKind:
		of = checkerOf("string")
	case listKind:
		r, ok := expression(leaf)
		if !ok {
			return false
		}
		of = tokens(r)
	default:
		return false
	}
	if in == nil || of == nil {
		return false
	}
	yes, known := in.Contains(of)
	return yes && known
}

// tokens is the type of the strings that an expression matches, white space
// aside; nil where the expression is too large.
func tokens(pattern string) *datatype.Checker {
	return checkerOf("token", datatype.Param{Name: "pattern", Value: pattern})
}

// checkerOf is a type of XML Schema with parameters; nil where they are not in
// order.
func checkerOf(name string, params ...datatype.Param) *datatype.Checker {
	t, err := datatype.Lookup(datatypesXSD, name)
	if err != nil {
		return nil
	}
	c, err := t.Checker(params, noContext{})
	if err != nil {
		return nil
	}
	return c
}

// lexical is the lexical space of types whose values are all that an expression
// matches, white space aside.
var lexical = map[string]string{
	"token":    `[\s\S]*`,
	"boolean":  `true|false|1|0`,
	"language": `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`,
	"NMTOKEN":  `\c+`, "NMTOKENS": `\c+( \c+)*`,
	"Name": `\i\c*`, "NCName": `[\i-[:]][\c-[:]]*`,
	"ID": `[\i-[:]][\c-[:]]*`, "IDREF": `[\i-[:]][\c-[:]]*`,
	"decimal": `[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)`,
	"integer": `[+\-]?[0-9]+`,
	// of the bounded ones, those bounds that need no counting
	"nonNegativeInteger": `\+?[0-9]+|-0+`,
	"positiveInteger":    `\+?0*[1-9][0-9]*`,
	"nonPositiveInteger": `-[0-9]+|\+?0+`,
	"negativeInteger":    `-0*[1-9][0-9]*`,
}

// expression is a regular expression for the strings of a leaf with their white
// space collapsed: all of them or, in a union, as many as can be said.
func expression(p *pattern) (string, bool) {
	switch p.kind {
	case emptyKind:
		return "()", true
	case valueKind:
		if kindOf(p) == spacedString {
			return expressionEscaper.ReplaceAllString(collapse(p.value.Literal()), `\$0`), true
		}
		if n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimSpace(p.value.Literal()), "+")); err == nil && wholeNumbers[p.value.Type().Name()] {
			return integerExpression(n), true
		}
		if p.value.Type().Name() == "boolean" {
			if p.value.Equal([]byte("true"), noContext{}) {
				return "true|1", true
			}
			return "false|0", true
		}
	case dataKind:
		r, ok := lexical[p.check.Type().Name()]
		if !ok || p.b != nil {
			return "", false
		}
		switch params := p.check.Params(); {
		case len(params) == 0:
			return r, true
		case len(params) == 1 && params[0].Name == "pattern" && p.check.Type().Name() == "token":
			return params[0].Value, true
		case wholeNumbers[p.check.Type().Name()]:
			return rangeExpression(p.check)
		}
	case listKind:
		return listExpression(p.a)
	}
	return "", false
}

// wholeNumbers are the types of whole numbers.
var wholeNumbers = map[string]bool{"integer": true, "nonNegativeInteger": true, "positiveInteger": true, "nonPositiveInteger": true, "negativeInteger": true}

// integerExpression matches all ways to write a whole number.
func integerExpression(n int) string {
	switch {
	case n == 0:
		return `[+\-]?0+`
	case n < 0:
		return `-0*` + strconv.Itoa(-n)
	}
	return `\+?0*` + strconv.Itoa(n)
}

// rangeExpression matches the whole numbers of a type with bounds, if they are
// few.
func rangeExpression(c *datatype.Checker) (string, bool) {
	const few = 200
	low, high := 0, -1
	for _, f := range c.Params() {
		n, err := strconv.Atoi(strings.TrimSpace(f.Value))
		if err != nil {
			return "", false
		}
		switch f.Name {
		case "minInclusive", "minExclusive":
			low = n
		case "maxInclusive", "maxExclusive":
			high = n
		default:
			return "", false
		}
	}
	if len(c.Params()) != 2 || high < low || high-low > few {
		return "", false
	}
	var l []string
	for n := low; n <= high; n++ {
		if c.Allows([]byte(strconv.Itoa(n)), noContext{}) {
			l = append(l, integerExpression(n))
		}
	}
	return strings.Join(l, "|"), len(l) > 0
}

// listExpression is expression for the inside of a list, as far as it is made of
// parts that are not empty.
func listExpression(p *pattern) (string, bool) {
	switch p.kind {
	case valueKind:
		r, ok := expression(p)
		return "(" + r + ")", ok && len(strings.Fields(p.value.Literal())) == 1
	case dataKind:
		r, ok := expression(p)
		return "(" + r + ")", ok && within(p, tokens(`\S+`))
	case choiceKind:
		var l []string
		for _, a := range p.alts {
			r, ok := "()", true
			if a.kind != emptyKind {
				r, ok = listExpression(a)
			}
			if !ok {
				return "", false
			}
			l = append(l, r)
		}
		return "(" + strings.Join(l, "|") + ")", true
	case oneOrMoreKind:
		if r, ok := listExpression(p.a); ok && !p.nullable {
			return r + "( " + r + ")*", true
		}
	case groupKind:
		a, ok1 := listExpression(p.a)
		b, ok2 := listExpression(p.b)
		return a + " " + b, ok1 && ok2 && !p.a.nullable && !p.b.nullable
	}
	return "", false
}

var expressionEscaper = regexp.MustCompile(`[\\|.?*+(){}\[\]^$-]`)

// list answers which of qs, which are lists, match the lists whose inside is p,
// token by token.
func (c *comparison) list(p *pattern, qs []*pattern) []sample {
	type state struct {
		p     *pattern
		qs    []*pattern
		text  string
		cost  int
		doubt string
	}
	start := state{p: p}
	for _, q := range qs {
		start.qs = append(start.qs, q.a)
	}
	var out []sample
	queue := []state{start}
	seen := map[string]bool{}
	for i := 0; i < len(queue); i++ {
		if i > statesLimit {
			c.fail("a list of more than %d states", statesLimit)
			return nil
		}
		// the cheapest first: what is doubtful comes last
		for k := i + 1; k < len(queue); k++ {
			if queue[k].cost < queue[i].cost {
				queue[i], queue[k] = queue[k], queue[i]
			}
		}
		s := queue[i]
		if s.p.nullable {
			var m matched
			for k, q := range s.qs {
				if q.nullable {
					m |= 1 << k
				}
			}
			out = append(out, sample{s.text, m, s.cost, s.doubt})
		}
		var others []*pattern
		for _, q := range s.qs {
			others = items(others, q)
		}
		if len(others) > maxAsked {
			c.fail("a list of more than %d kinds of word", maxAsked)
			return nil
		}
		for _, leaf := range items(nil, s.p) {
			next := c.inA.afterToken(s.p, func(x *pattern) bool { return x == leaf })
			if next.kind == notAllowedKind {
				continue
			}
			for _, t := range c.strings(inTokens, leaf, others) {
				n := state{p: next, text: strings.TrimSpace(s.text + " " + t.text), cost: min(s.cost+t.cost, doubtful), doubt: cmp.Or(s.doubt, t.doubt)}
				key := binary.LittleEndian.AppendUint32(nil, uint32(next.id))
				for _, q := range s.qs {
					q = c.inB.afterToken(q, func(x *pattern) bool { k := slices.Index(others, x); return k >= 0 && t.matched>>k&1 == 1 })
					n.qs = append(n.qs, q)
					key = binary.LittleEndian.AppendUint32(key, uint32(q.id))
				}
				if !seen[string(key)] {
					seen[string(key)] = true
					queue = append(queue, n)
				}
			}
		}
	}
	return fewest(inTokens, out)
}

// items adds the parts of a list's inside that are one token each.
func items(l []*pattern, p *pattern) []*pattern {
	switch {
	case item(p):
		if !slices.Contains(l, p) {
			l = append(l, p)
		}
	case p.kind == choiceKind:
		for _, a := range p.alts {
			l = items(l, a)
		}
	case p.kind == groupKind:
		l = items(items(l, p.a), p.b)
	case p.kind == oneOrMoreKind:
		l = items(l, p.a)
	}
	return l
}

// afterToken derives the inside of a list by a token; matches answers for its
// items.
func (in *interner) afterToken(p *pattern, matches func(*pattern) bool) *pattern {
	if item(p) {
		if matches(p) {
			return in.empty
		}
		return in.notAllowed
	}
	switch p.kind {
	case choiceKind:
		alts := make([]*pattern, len(p.alts))
		for i, a := range p.alts {
			alts[i] = in.afterToken(a, matches)
		}
		return in.choices(alts)
	case groupKind:
		d := in.group(in.afterToken(p.a, matches), p.b)
		if p.a.nullable {
			d = in.choice(d, in.afterToken(p.b, matches))
		}
		return d
	case oneOrMoreKind:
		return in.group(in.afterToken(p.a, matches), in.optional(p))
	}
	return in.notAllowed
}
