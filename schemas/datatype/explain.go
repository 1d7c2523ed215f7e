package datatype

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is wrong with a value, and what would be right. A sentence names the
// fault as exactly as it can be told, and then the values that the writer may
// have meant. What may be meant is guessed freely here and in repair.go and
// loosedate.go, for a guess is said only if the checker allows it.

// explanation is why a value is not allowed, and guesses at what is meant: up to
// two of guesses are told, or one of lastly if none of those is right.
type explanation struct {
	why     string
	guesses []string
	lastly  []string
}

// longest is how many characters an explanation has at most.
const longest = 120

// mostGuessed is how long a value may be to be read as a number or a date.
const mostGuessed = 200

// Explain says why c does not allow the value, and what would be right, as words
// that follow the value: "which is not a date; write 1820-03-04 or 1820-04-03".
// It is empty for a value that is allowed.
func (c *Checker) Explain(value []byte) string {
	s := strings.ToValidUTF8(string(c.typ.space.processed(value)), "\uFFFD")
	if c.Allows([]byte(s), nil) {
		return ""
	}
	e := c.explanation(s)
	right := c.right(s, e.guesses, 2)
	if len(right) == 0 {
		right = c.right(s, e.lastly, 1)
	}
	for ; len(right) > 0; right = right[:len(right)-1] {
		if words := e.why + "; write " + strings.Join(right, " or "); utf8.RuneCountInString(words) <= longest {
			return words
		}
	}
	if e.why == notOf(c.typ) && c.typ.example != "" {
		if words := e.why + " such as " + c.typ.example; utf8.RuneCountInString(words) <= longest {
			return words
		}
	}
	if r := []rune(e.why); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return e.why
}

// right are the first n guesses that c allows.
func (c *Checker) right(s string, guesses []string, n int) []string {
	var out []string
	for _, g := range guesses {
		if g == "" || g == s || strings.ContainsAny(g, "\t\n\r") || slices.Contains(out, g) || !c.Allows([]byte(g), nil) {
			continue
		}
		if out = append(out, g); len(out) == n {
			break
		}
	}
	return out
}

// notOf is the least that can be said.
func notOf(t *Type) string { return "which is not " + t.words }

func (c *Checker) explanation(s string) explanation {
	t := c.typ
	raw := []byte(s)
	if !t.scan(raw) {
		e := t.explanation(s)
		// What is meant may be another value of a pattern, too.
		e.lastly = append(e.lastly, c.patterned(s)...)
		return e
	}
	for i := range t.limits {
		if !t.limits[i].allows(raw) {
			return t.beyond(&t.limits[i], raw)
		}
	}
	for i := range c.limits {
		if !c.limits[i].allows(raw) {
			return t.beyond(&c.limits[i], raw)
		}
	}
	if c.min > 0 || c.max >= 0 {
		if n := t.prim.size(raw); n < c.min || c.max >= 0 && n > c.max {
			return c.wrongSize(s, n)
		}
	}
	if c.total >= 0 || c.fraction >= 0 {
		n := numberOf(raw)
		if c.total >= 0 && n.digits() > c.total {
			return explanation{why: "which has more than " + count(c.total, "digit")}
		}
		if c.fraction >= 0 && len(n.fraction) > c.fraction {
			if c.fraction == 0 {
				return explanation{why: "which has a fraction"}
			}
			return explanation{why: "which has more than " + count(c.fraction, "digit") + " behind the point"}
		}
	}
	for _, r := range c.patterns {
		if !r.Match(raw) {
			e := explanation{why: whyNoMatch(r, s)}
			if t.prim == uri {
				e.lastly = append(e.lastly, strings.Join(strings.Fields(s), "%20"))
			}
			e.lastly = append(append(e.lastly, meant(s)...), c.patterned(s)...)
			return e
		}
	}
	if t.prim == qname {
		prefix, _, _ := strings.Cut(s, ":")
		return explanation{why: fmt.Sprintf("which has the prefix %s, and that is not declared here", quoted(prefix))}
	}
	return explanation{why: "which is " + noneOf(t)}
}

func noneOf(t *Type) string {
	if t.prim == entities {
		return "not all names of declared entities"
	}
	return "the name of no declared entity"
}

func count(n int, unit string) string {
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// quoted is a part of a value in quotes.
func quoted(s string) string {
	if r := []rune(s); len(r) > 20 {
		s = string(r[:19]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// character names a character for a sentence.
func character(r rune) string {
	switch r {
	case ' ':
		return "a space"
	case '\t':
		return "a tab"
	case '\n', '\r':
		return "a line break"
	case '\u00A0', '\u2007', '\u202F':
		return "a no-break space"
	case ':':
		return "a colon"
	case ',':
		return "a comma"
	}
	switch {
	case unicode.Is(unicode.Z, r):
		return "a wide or narrow space"
	case !unicode.IsPrint(r) || unicode.Is(unicode.M, r):
		return fmt.Sprintf("the character U+%04X", r)
	}
	return fmt.Sprintf("%q", string(r))
}

// beyond is a value on the wrong side of a bound.
func (t *Type) beyond(l *limit, s []byte) explanation {
	switch l.against(s) {
	case less:
		if l.allowed&equal != 0 {
			return explanation{why: fmt.Sprintf("which is %s %s", t.prim.less, cut(l.Value))}
		}
		return explanation{why: fmt.Sprintf("which is not %s %s", t.prim.more, cut(l.Value))}
	case greater:
		if l.allowed&equal != 0 {
			return explanation{why: fmt.Sprintf("which is %s %s", t.prim.more, cut(l.Value))}
		}
		return explanation{why: fmt.Sprintf("which is not %s %s", t.prim.less, cut(l.Value))}
	case equal:
		if l.lower() {
			return explanation{why: fmt.Sprintf("which is not %s %s", t.prim.more, cut(l.Value))}
		}
		return explanation{why: fmt.Sprintf("which is not %s %s", t.prim.less, cut(l.Value))}
	}
	want := "up to"
	if l.lower() {
		want = "from"
	}
	switch t.prim {
	case float, double:
		return explanation{why: fmt.Sprintf("which is no number %s %s", want, cut(l.Value))}
	case duration:
		return explanation{why: fmt.Sprintf("which can't be compared with %s, for months differ", cut(l.Value))}
	}
	return explanation{why: fmt.Sprintf("which can't be compared with %s, for only one of the two has a time zone", cut(l.Value))}
}

// cut is s in at most 40 characters.
func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

func (c *Checker) wrongSize(s string, n int) explanation {
	unit := c.typ.prim.unit
	e := explanation{}
	switch {
	case c.min == c.max && unit == "item":
		e.why = "which does not have " + count(c.min, unit)
	case c.min == c.max:
		e.why = "which is not " + count(c.min, unit) + " long"
	case n == 0:
		e.why = "which is empty"
	case n < c.min && unit == "item":
		e.why = "which has fewer than " + count(c.min, unit)
	case n < c.min:
		e.why = "which is shorter than " + count(c.min, unit)
	case unit == "item":
		e.why = "which has more than " + count(c.max, unit)
	default:
		e.why = "which is longer than " + count(c.max, unit)
	}
	if t := strings.TrimSpace(s); unit == "character" && n > c.max && t != s {
		e.guesses = []string{t}
	}
	return e
}

// explanation says why s is not of the lexical space of t.
func (t *Type) explanation(s string) explanation {
	generic := explanation{why: notOf(t)}
	if strings.TrimSpace(s) == "" {
		return explanation{why: "which is empty"}
	}
	if len(s) > mostGuessed && t.prim.against != nil {
		return generic
	}
	switch t.prim {
	case boolean:
		generic.guesses = booleans[strings.ToLower(strings.Trim(s, " ."))]
		return generic
	case decimal, float, double:
		return t.noNumber(s)
	case duration:
		generic.guesses = durationsOf(s)
		return generic
	case dateTime, timeOfDay, date, gYearMonth, gYear, gMonthDay, gDay, gMonth:
		return t.noDate(s)
	case hexBinary:
		return noHex(s, generic)
	case base64Binary:
		return noBase64(s, generic)
	case uri:
		return noURI(s)
	case list, entities:
		return t.noList(s)
	case qname:
		return noQName(s)
	}
	if t.name == "language" {
		generic.guesses = languagesOf(s)
		return generic
	}
	return noName(s, t.scan, t.name == "NMTOKEN")
}

// noName explains what is no Name, NCName or NMTOKEN.
func noName(s string, is func([]byte) bool, token bool) explanation {
	e := explanation{lastly: namesOf(s, is)}
	if t := strings.TrimPrefix(s, "#"); t != s && is([]byte(t)) {
		e.why = "which begins with #"
		return e
	}
	for i, r := range s {
		one := string(r)
		if i == 0 && !token {
			switch {
			case is([]byte(one)):
				continue
			case is([]byte("a"+one)) && unicode.IsDigit(r):
				e.why = "which begins with a digit"
				return e
			case is([]byte("a" + one)):
				e.why = "which begins with " + character(r)
				return e
			}
		}
		if !is([]byte("a" + one)) {
			e.why = "which has " + character(r)
			return e
		}
	}
	e.why = "which is not a name"
	return e
}

// noQName explains what is no QName.
func noQName(s string) explanation {
	prefix, local, _ := strings.Cut(s, ":")
	switch {
	case strings.Count(s, ":") > 1:
		return explanation{why: "which has more than one colon"}
	case prefix == "":
		return explanation{why: "which begins with a colon", guesses: []string{local}}
	case local == "":
		if isNCName([]byte(prefix)) && strings.HasSuffix(s, ":") {
			return explanation{why: "which ends with a colon", guesses: []string{prefix}}
		}
		return noName(prefix, isNCName, false)
	case !isNCName([]byte(prefix)):
		return explanation{why: noName(prefix, isNCName, false).why}
	}
	return explanation{why: noName(local, isNCName, false).why + " behind its prefix"}
}

// noList explains the first item that is wrong.
func (t *Type) noList(s string) explanation {
	is := isNCName
	if t.name == "NMTOKENS" {
		is = isNmtoken
	}
	var all []string
	e := explanation{}
	for item, rest := nextItem([]byte(s)); len(item) > 0; item, rest = nextItem(rest) {
		one := string(item)
		if is(item) {
			all = append(all, one)
			continue
		}
		n := noName(one, is, t.name == "NMTOKENS")
		if e.why == "" {
			e.why = "whose item " + quoted(one) + strings.TrimPrefix(n.why, "which")
		}
		for _, g := range n.lastly {
			if is([]byte(g)) {
				all = append(all, g)
				break
			}
		}
	}
	e.guesses = []string{strings.Join(all, " ")}
	return e
}

// noURI explains what is no URI reference.
func noURI(s string) explanation {
	at, fault := readURI([]byte(s))
	var e explanation
	switch fault {
	case uriEscape:
		e.why = "which has a % without two hexadecimal digits behind it"
	case uriHash:
		e.why = "which has a second #"
	case uriBracket:
		e.why = fmt.Sprintf("which has %q in its path", s[at:at+1])
	case uriScheme:
		e.why = "which has a colon behind what is no scheme such as https"
		e.guesses = []string{"./" + s}
	case uriNothing:
		e.why = "which has nothing behind its colon"
	case uriNoHost:
		e.why = "which has nothing behind //"
	case uriAddress:
		e.why = "which has brackets around what is no IPv6 address"
	}
	e.guesses = append(e.guesses, urisOf(s)...)
	return e
}

func noHex(s string, e explanation) explanation {
	t := strings.TrimPrefix(strings.NewReplacer(" ", "", ":", "", "-", "", "_", "", "\t", "", "\n", "").Replace(s), "0x")
	for _, r := range t {
		if _, ok := hexDigit(byte(min(r, 0x7F))); !ok {
			e.why = fmt.Sprintf("which has %s, and that is no hexadecimal digit", character(r))
			return e
		}
	}
	if len(t)%2 == 1 {
		e.why = "which has an odd number of digits"
		return e
	}
	e.guesses = []string{t}
	return e
}

func noBase64(s string, e explanation) explanation {
	bare := strings.ReplaceAll(strings.TrimRight(s, "= "), " ", "")
	t := []byte(strings.NewReplacer("-", "+", "_", "/").Replace(bare)) // as in the base64 of URLs
	for _, r := range string(t) {
		if sextet(byte(min(r, 0x7F))) == 64 {
			e.why = fmt.Sprintf("which has %s, and base64 has not", character(r))
			return e
		}
	}
	unused := byte(0) // bits of the last character
	switch len(t) % 4 {
	case 1:
		e.why = "which ends in the middle of a byte"
		return e
	case 2:
		unused = 0xF
	case 3:
		unused = 3
	}
	if len(t) > 0 && sextet(t[len(t)-1])&unused != 0 {
		e.why = "whose last character has bits that belong to no byte"
		t[len(t)-1] = sextets[sextet(t[len(t)-1])&^unused]
	} else if string(t) == bare {
		e.why = "which does not end with as many = as make groups of four"
	}
	e.guesses = []string{string(t) + strings.Repeat("=", (4-len(t)%4)%4)}
	return e
}

const sextets = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// whyNoMatch says where an expression stops to match.
func whyNoMatch(r *Regexp, s string) string {
	pattern := "the pattern " + r.pattern
	if utf8.RuneCountInString(r.pattern) > 50 {
		pattern = "its pattern"
	}
	t, ok := r.automaton()
	if !ok {
		return "which does not match " + pattern
	}
	state := t.start()
	for i, c := range s {
		if state = t.step(state, c); state < 0 {
			if unicode.IsSpace(c) {
				return "which has " + character(c)
			}
			if i == 0 {
				return fmt.Sprintf("which begins with %s, and does not match %s", character(c), pattern)
			}
			return fmt.Sprintf("which does not match %s from %s on", pattern, quoted(s[i:]))
		}
	}
	if s == "" {
		return "which is empty"
	}
	return "which ends too early to match " + pattern
}
