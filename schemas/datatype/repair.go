package datatype

import (
	"container/heap"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/tei/diag/spelling"
)

// Guesses at what a wrong value means, by what people write. Those of dates are
// in loosedate.go.

// typewritten are characters that stand for simpler ones.
var typewritten = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
	"\u00A0", " ", "\u2007", " ", "\u2009", " ", "\u202F", " ", "\u2019", "'", "\u2018", "'", "\u201C", `"`, "\u201D", `"`)

// plain writes dashes, spaces and digits of all kinds as those of ASCII.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
			return r
		}
		for _, d := range unicode.Nd.R16 { // each script has its ten digits in order
			if r >= rune(d.Lo) && r <= rune(d.Hi) {
				return '0' + (r-rune(d.Lo))%10
			}
		}
		return r
	}, strings.TrimSpace(typewritten.Replace(s)))
}

// booleans are words for true and false.
var booleans = map[string][]string{
	"true": {"true"}, "t": {"true"}, "yes": {"true"}, "y": {"true"}, "on": {"true"}, "ja": {"true"}, "oui": {"true"}, "да": {"true"}, "x": {"true"}, "wahr": {"true"},
	"false": {"false"}, "f": {"false"}, "no": {"false"}, "n": {"false"}, "off": {"false"}, "nein": {"false"}, "non": {"false"}, "нет": {"false"}, "none": {"false"}, "falsch": {"false"},
}

// meant are guesses at what any text with a fault of typing means.
func meant(s string) []string {
	return []string{
		strings.TrimSpace(s), plain(s), strings.Trim(s, " .,;:\"'()[]<>“”‘’«»"),
		strings.Join(strings.Fields(s), "_"), strings.Join(strings.Fields(s), ""), strings.Join(strings.Fields(s), "-"),
		strings.ToLower(s), strings.ToUpper(s),
	}
}

// namesOf makes names of s: each stretch of other characters becomes _.
func namesOf(s string, is func([]byte) bool) []string {
	bare := strings.Trim(s, " \t\n.,;:\"'()[]<>#“”‘’«»")
	var b strings.Builder
	gap := false
	for _, r := range bare {
		if !is([]byte("a" + string(r))) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('_')
		}
		gap = false
		b.WriteRune(r)
	}
	name := b.String()
	if name == "" {
		return nil
	}
	return []string{strings.TrimPrefix(s, "#"), bare, name, strings.TrimLeft(name, "-."), "_" + name}
}

// urisOf escapes what stands where it can't.
func urisOf(s string) []string {
	var b strings.Builder
	hash := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '%' && !isEscape([]byte(s[i:])):
			b.WriteString("%25")
		case s[i] == '#' && hash:
			b.WriteString("%23")
		default:
			hash = hash || s[i] == '#'
			b.WriteByte(s[i])
		}
	}
	escaped := b.String()
	path, rest := escaped, ""
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path, rest = path[:i], path[i:]
	}
	host := 0
	if i := strings.Index(path, "//"); i >= 0 { // an address keeps its brackets
		if host = i + 2 + strings.IndexByte(path[i+2:], '/'); host < i+2 {
			host = len(path)
		}
	}
	brackets := strings.NewReplacer("[", "%5B", "]", "%5D")
	return []string{escaped, path[:host] + brackets.Replace(path[host:]) + rest, brackets.Replace(path) + rest}
}

// languageTags are the tags of languages by their names.
var languageTags = map[string]string{
	"arabic": "ar", "albanian": "sq", "armenian": "hy", "azerbaijani": "az", "belarusian": "be", "belorussian": "be", "bulgarian": "bg",
	"cambodian": "km", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et",
	"finnish": "fi", "french": "fr", "georgian": "ka", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
	"indonesian": "id", "italian": "it", "japanese": "ja", "kazakh": "kk", "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt",
	"macedonian": "mk", "mongolian": "mn", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
	"russian": "ru", "serbian": "sr", "serbo-croatian": "sh", "slovak": "sk", "slovenian": "sl", "spanish": "es", "swedish": "sv",
	"turkish": "tr", "ukrainian": "uk", "uzbek": "uz", "vietnamese": "vi", "yiddish": "yi",
	"deutsch": "de", "englisch": "en", "russisch": "ru", "français": "fr", "español": "es", "italiano": "it", "polski": "pl",
	"русский": "ru", "українська": "uk", "ελληνικά": "el", "čeština": "cs", "português": "pt", "中文": "zh", "한국어": "ko", "日本語": "ja",
}

func languagesOf(s string) []string {
	word := strings.ToLower(strings.Trim(s, " .,;"))
	if tag := languageTags[word]; tag != "" {
		return []string{tag}
	}
	if first, rest, ok := strings.Cut(word, " "); ok && rest[0] == '(' && languageTags[first] != "" {
		return []string{languageTags[first]}
	}
	tag := strings.NewReplacer("_", "-", " ", "-", ".", "", "--", "-").Replace(plain(s))
	if first, _, _ := strings.Cut(tag, "-"); len(first) < 2 || len(first) > 3 || strings.ContainsAny(s, ",;/") {
		return nil
	}
	return []string{strings.Trim(tag, "-")}
}

// noNumber explains what is no number.
func (t *Type) noNumber(s string) explanation {
	e := explanation{why: notOf(t)}
	whole := t.pattern == integers
	p := plain(s)
	if whole && isDecimal([]byte(p)) {
		if n := numberOf([]byte(p)); len(n.fraction) > 0 {
			return explanation{why: "which has a fraction"}
		}
	}
	if a, b, ok := strings.Cut(p, "/"); ok && isInteger([]byte(a)) && countDigits([]byte(b)) == len(b) && len(p) < 20 && !whole {
		if q, ok := new(big.Rat).SetString(p); ok {
			if places, exact := q.FloatPrec(); exact && places <= 6 {
				e.guesses = append(e.guesses, q.FloatString(places))
			}
		}
	}
	switch strings.ToLower(strings.TrimLeft(p, "+")) {
	case "inf", "infinity", "∞":
		e.guesses = append(e.guesses, "INF")
	case "-inf", "-infinity", "-∞":
		e.guesses = append(e.guesses, "-INF")
	case "nan":
		e.guesses = append(e.guesses, "NaN")
	}
	if n, ok := numerals[strings.ToLower(p)]; ok {
		e.guesses = append(e.guesses, strconv.Itoa(n))
	}
	// A number with something before or behind it: take the number.
	p = strings.ReplaceAll(p, " ", "")
	for _, before := range []string{"about", "circa", "ca.", "c.", "no.", "nr.", "№", "$", "€", "£", "~", "<", ">", "="} {
		p = strings.TrimPrefix(p, before)
	}
	n := 0
	for n < len(p) && strings.IndexByte("0123456789+-.,'eE", p[n]) >= 0 {
		n++
	}
	body, rest := p[:n], p[n:]
	if strings.ContainsFunc(rest, unicode.IsDigit) || strings.HasPrefix(rest, "/") {
		return e
	}
	if rest != "" {
		body = strings.TrimRight(body, "eE")
	}
	body = strings.TrimRight(body, ".,'+-")
	sign := ""
	if strings.HasPrefix(body, "-") {
		sign = "-"
	}
	body = strings.ReplaceAll(strings.TrimLeft(body, "+-"), "'", "")
	add := func(x string) {
		if strings.HasPrefix(x, ".") {
			x = "0" + x
		}
		e.guesses = append(e.guesses, sign+x)
		// Exponents and needless points are not for all types.
		if mantissa, exponent, _ := strings.Cut(strings.ToLower(x), "e"); len(mantissa) < 12 && len(exponent) < 3 && isFloat([]byte(x)) {
			if q, ok := new(big.Rat).SetString(x); ok {
				if places, exact := q.FloatPrec(); exact && places < 20 {
					e.lastly = append(e.lastly, sign+q.FloatString(places))
				}
			}
		}
	}
	commas, points := strings.Count(body, ","), strings.Count(body, ".")
	switch {
	case strings.ContainsAny(body, "+-") && !strings.ContainsAny(body, "eE"):
	case commas == 1 && points == 0 && !grouped(body, ","):
		add(strings.Replace(body, ",", ".", 1))
	case commas == 1 && points == 0:
		add(strings.Replace(body, ",", "", 1))
		add(strings.Replace(body, ",", ".", 1))
	case commas == 0 && points == 1 && whole && grouped(body, "."):
		add(strings.Replace(body, ".", "", 1))
	case commas == 0 && points <= 1:
		add(body)
	case commas == 0 && grouped(body, "."):
		add(strings.ReplaceAll(body, ".", ""))
	case points == 0 && grouped(body, ","):
		add(strings.ReplaceAll(body, ",", ""))
	case commas == 1 && strings.Index(body, ",") > strings.LastIndex(body, "."):
		add(strings.Replace(strings.ReplaceAll(body, ".", ""), ",", ".", 1))
	case points == 1 && strings.Index(body, ".") > strings.LastIndex(body, ","):
		add(strings.ReplaceAll(body, ",", ""))
	}
	return e
}

// grouped reports whether sep stands between groups of three digits.
func grouped(s, sep string) bool {
	parts := strings.Split(s, sep)
	for i, p := range parts {
		if countDigits([]byte(p)) != len(p) || i > 0 && len(p) != 3 || i == 0 && (len(p) == 0 || len(p) > 3 || p[0] == '0') {
			return false
		}
	}
	return true
}

// numerals are words for numbers, and Roman numerals.
var numerals = map[string]int{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
	"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15,
	"xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21,
}

// durationUnits are the designators of units by their names, in lower case and
// without an s at the end; w is a week.
var durationUnits = map[string]byte{
	"y": 'Y', "yr": 'Y', "year": 'Y', "jahr": 'Y', "jahre": 'Y', "an": 'Y', "année": 'Y', "год": 'Y', "года": 'Y', "лет": 'Y',
	"mo": 'M', "month": 'M', "monat": 'M', "monate": 'M', "moi": 'M', "месяц": 'M', "месяца": 'M', "месяцев": 'M',
	"w": 'W', "wk": 'W', "week": 'W', "woche": 'W', "wochen": 'W', "semaine": 'W',
	"d": 'D', "day": 'D', "tag": 'D', "tage": 'D', "jour": 'D', "день": 'D', "дня": 'D', "дней": 'D',
	"h": 'h', "hr": 'h', "hour": 'h', "stunde": 'h', "stunden": 'h', "heure": 'h', "час": 'h', "часа": 'h', "часов": 'h',
	"min": 'm', "minute": 'm', "minuten": 'm', "мин": 'm',
	"s": 's', "sec": 's', "second": 's', "sekunde": 's', "sekunden": 's',
}

// durationsOf reads numbers with units, as people and ISO 8601 write them.
func durationsOf(s string) []string {
	p := plain(s)
	sign := ""
	if strings.HasPrefix(p, "-") {
		sign, p = "-", p[1:]
	}
	p = strings.TrimLeft(p, "+")
	if h, rest, ok := strings.Cut(p, ":"); ok { // hours, minutes and seconds
		parts := append([]string{h}, strings.Split(rest, ":")...)
		units := "HMS"
		out := "PT"
		for i, x := range parts {
			if i > 2 || countDigits([]byte(x)) != len(x) || x == "" {
				return nil
			}
			if x = strings.TrimLeft(x, "0"); x != "" {
				out += x + units[i:i+1]
			}
		}
		return []string{sign + out}
	}
	iso := len(p) > 0 && (p[0] == 'P' || p[0] == 'p')
	if iso {
		p = p[1:]
	}
	amounts := map[byte]*big.Rat{}
	inTime, unitless := false, byte(0) // what a number without a unit is of
	for p = strings.TrimSpace(p); p != ""; p = strings.TrimLeft(p, " ,") {
		p = strings.TrimPrefix(p, "and ")
		if p[0] == 'T' || p[0] == 't' && iso {
			inTime, p = true, p[1:]
			continue
		}
		n := 0
		for n < len(p) && (p[n] >= '0' && p[n] <= '9' || p[n] == '.' || p[n] == ',') {
			n++
		}
		amount, ok := new(big.Rat).SetString(strings.TrimSuffix("0"+strings.Replace(p[:n], ",", ".", 1), "."))
		if !ok || n == 0 {
			word, _, _ := strings.Cut(p, " ")
			k, ok := numerals[strings.ToLower(word)]
			if !ok || iso {
				return nil
			}
			amount, n = big.NewRat(int64(k), 1), len(word)
		}
		p = strings.TrimLeft(p[n:], " ")
		n = 0
		for n < len(p) && (p[n] >= utf8.RuneSelf || p[n]|0x20 >= 'a' && p[n]|0x20 <= 'z') {
			if n++; iso {
				break
			}
		}
		word := strings.ToLower(p[:n])
		p = strings.TrimLeft(p[n:], ".")
		unit := durationUnits[word]
		if word == "" && p == "" && unitless != 0 && !iso { // 1h30
			unit = unitless
		}
		if len(word) > 1 && unit == 0 {
			unit = durationUnits[strings.TrimSuffix(word, "s")]
		}
		if word == "m" {
			unit = 'M'
			if inTime || amounts['h'] != nil || !iso && amounts['Y'] == nil {
				unit = 'm'
			}
		}
		if unit == 0 {
			return nil
		}
		amounts[unit] = amount
		unitless = map[byte]byte{'h': 'm', 'm': 's', 'Y': 'M'}[unit]
	}
	// What is no whole number becomes more of the next smaller unit.
	for _, x := range []struct {
		unit, next byte
		times      int64
	}{{'W', 'D', 7}, {'Y', 'M', 12}, {'M', 0, 0}, {'D', 'h', 24}, {'h', 'm', 60}, {'m', 's', 60}} {
		a := amounts[x.unit]
		if a == nil || a.IsInt() && x.unit != 'W' {
			continue
		}
		if x.next == 0 {
			return nil
		}
		whole := new(big.Rat)
		if x.unit != 'W' {
			whole.SetInt(new(big.Int).Quo(a.Num(), a.Denom()))
		}
		more := new(big.Rat).Mul(new(big.Rat).Sub(a, whole), big.NewRat(x.times, 1))
		if amounts[x.next] != nil {
			more.Add(more, amounts[x.next])
		}
		amounts[x.unit], amounts[x.next] = whole, more
	}
	out := sign + "P"
	for _, u := range []byte("YMDhms") {
		if u == 'h' && (amounts['h'] != nil || amounts['m'] != nil || amounts['s'] != nil) {
			out += "T"
		}
		a := amounts[u]
		if a == nil || a.Sign() == 0 && len(amounts) > 1 {
			continue
		}
		places, exact := a.FloatPrec()
		if !exact || places > 9 {
			return nil
		}
		out += a.FloatString(places) + strings.ToUpper(string(u))
	}
	return []string{strings.TrimSuffix(out, "T")}
}

// patterned are guesses for a text that a pattern refuses: the text that the
// fewest small changes make match.
func (c *Checker) patterned(s string) []string {
	if c.typ.prim != text && c.typ.prim != uri {
		return nil
	}
	var out []string
	for _, r := range c.patterns {
		if t, ok := r.automaton(); ok && !r.Match([]byte(s)) && utf8.RuneCountInString(s) <= 80 {
			if g, ok := nearestMatch(t, []rune(s)); ok {
				out = append(out, g)
			}
		}
	}
	return out
}

// similar are the characters that are easily written for another.
var similar = map[rune]string{
	' ': "_-", '_': "-", '-': "_", ',': ".", '.': ",:", '/': "-", ':': ".", 'O': "0", 'o': "0", 'l': "1", 'I': "1", '\u2013': "-", '\u2014': "-", '\u2212': "-",
	'"': "'", '\u201C': `"`, '\u201D': `"`, '\u2019': "'", '\u00D7': "x", '\u00A0': "_- ",
}

// step is a place in the search for the nearest match.
type step struct {
	cost, at, state int
	text            string
}

type steps []step

func (h steps) Len() int           { return len(h) }
func (h steps) Less(i, k int) bool { return h[i].cost < h[k].cost }
func (h steps) Swap(i, k int)      { h[i], h[k] = h[k], h[i] }
func (h *steps) Push(x any)        { *h = append(*h, x.(step)) }
func (h *steps) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}

// nearestMatch finds a string that the automaton accepts, by changes that don't
// alter what s says: other case, similar characters, no spaces and punctuation,
// zeros before and behind numbers, and punctuation for which there is no choice.
// What stands between digits is part of a number, and stays.
func nearestMatch(t table, s []rune) (string, bool) {
	only := t.only()
	queue := &steps{{0, 0, t.start(), ""}}
	seen := map[[2]int]bool{}
	push := func(from step, cost, at int, add rune) {
		if from.cost+cost > 8 {
			return
		}
		next := step{from.cost + cost, at, from.state, from.text}
		if add >= 0 {
			if next.state = t.step(from.state, add); next.state < 0 {
				return
			}
			next.text += string(add)
		}
		heap.Push(queue, next)
	}
	for tries := 0; queue.Len() > 0 && tries < 5000; tries++ {
		q := heap.Pop(queue).(step)
		if seen[[2]int{q.at, q.state}] {
			continue
		}
		seen[[2]int{q.at, q.state}] = true
		behindDigit := q.text != "" && isDigit(q.text[len(q.text)-1])
		if q.at == len(s) {
			if t.accepts(q.state) {
				return q.text, true
			}
		} else {
			r := s[q.at]
			between := behindDigit && q.at+1 < len(s) && isDigit(s[q.at+1])
			push(q, 0, q.at+1, r)
			for _, x := range []rune{unicode.ToLower(r), unicode.ToUpper(r)} {
				if x != r {
					push(q, 1, q.at+1, x)
				}
			}
			for i, x := range similar[r] {
				push(q, 2+i, q.at+1, x)
			}
			if unicode.IsSpace(r) || unicode.IsPunct(r) && !between && !(r == '-' && q.at+1 < len(s) && isDigit(s[q.at+1])) {
				push(q, 4, q.at+1, -1)
			}
			if isDigit(r) && !behindDigit && !strings.HasSuffix(q.text, ".") {
				push(q, 3, q.at, '0')
			}
		}
		if q.at == len(s) && strings.ContainsRune(q.text, '.') {
			push(q, 3, q.at, '0')
		}
		if !behindDigit || q.at == len(s) || !isDigit(s[q.at]) {
			for _, x := range only {
				push(q, 3, q.at, x)
			}
		}
	}
	return "", false
}

func isDigit[T byte | rune](c T) bool { return c >= '0' && c <= '9' }

// only is the punctuation that is alone in its class.
func (t table) only() []rune {
	size := make([]int, t.r.classes)
	var first []rune
	for i, p := range t.r.bounds {
		end := rune(lastRune)
		if i+1 < len(t.r.bounds) {
			end = t.r.bounds[i+1] - 1
		}
		size[t.r.classOf[i]] += int(end - p + 1)
		first = append(first, p)
	}
	return slices.DeleteFunc(first, func(p rune) bool { return size[t.r.class(p)] != 1 || !unicode.IsPunct(p) })
}

// nearestName is the name that is nearest to a wrong one, if any is near.
func nearestName[V any](name string, names map[string]V) string {
	best, least := "", max(1, len(name)/3)+1
	for n := range names {
		d := spelling.Edits(strings.ToLower(name), strings.ToLower(n), least)
		if d < least || d == least && best != "" && n < best {
			best, least = n, d
		}
	}
	return best
}
