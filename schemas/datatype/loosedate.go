package datatype

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dates as people write them: 4/3/1820, 1.XI.1951, March 4, 1820, 2:30 pm. A
// text that can be read in two ways gives both. A year of two digits is not
// read: the century is not in it.

// monthNames are the names of months in the languages of most archives, in lower
// case. A beginning of three letters stands for the whole.
var monthNames = [12][]string{
	{"january", "januar", "janvier", "enero", "gennaio", "января", "январь", "stycznia", "styczeń", "leden", "jänner"},
	{"february", "februar", "février", "fevrier", "febrero", "febbraio", "февраля", "февраль", "lutego", "luty", "únor", "feber"},
	{"march", "märz", "maerz", "mars", "marzo", "марта", "март", "marca", "marzec", "březen"},
	{"april", "avril", "abril", "aprile", "апреля", "апрель", "kwietnia", "kwiecień", "duben"},
	{"may", "mai", "mayo", "maggio", "мая", "май", "maja", "květen"},
	{"june", "juni", "juin", "junio", "giugno", "июня", "июнь", "czerwca", "czerwiec", "červen"},
	{"july", "juli", "juillet", "julio", "luglio", "июля", "июль", "lipca", "lipiec", "červenec"},
	{"august", "août", "aout", "agosto", "августа", "август", "sierpnia", "sierpień", "srpen"},
	{"september", "septembre", "septiembre", "settembre", "сентября", "сентябрь", "września", "wrzesień", "září"},
	{"october", "oktober", "octobre", "octubre", "ottobre", "октября", "октябрь", "października", "październik", "říjen"},
	{"november", "novembre", "noviembre", "ноября", "ноябрь", "listopada", "listopad"},
	{"december", "dezember", "décembre", "decembre", "diciembre", "dicembre", "декабря", "декабрь", "grudnia", "grudzień", "prosinec"},
}

var romanMonths = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}

// monthNamed is the month of a word, or 0.
func monthNamed(word string) int {
	found := 0
	for i, names := range monthNames {
		for _, n := range names {
			if n == word {
				return i + 1
			}
			if len([]rune(word)) >= 3 && strings.HasPrefix(n, word) {
				if found > 0 && found != i+1 {
					return 0
				}
				found = i + 1
			}
		}
	}
	return found
}

// skipped are words that say nothing of the date.
var skipped = map[string]bool{
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"st": true, "nd": true, "rd": true, "th": true, "of": true, "the": true, "de": true, "den": true, "le": true, "er": true, "on": true,
	"г": true, "года": true, "год": true, "ad": true, "ce": true, "at": true, "um": true, "à": true, "roku": true, "r": true, "hours": true, "hrs": true, "uhr": true,
}

// reading parts of a date; 0 and "" where there is none.
type dateReading struct {
	year       string // four digits or more, with a sign before Christ
	month, day int
	time       string // hh:mm:ss and a zone
	nextDay    bool   // the time was 24:00
}

// token is a number or a word of a date.
type dateToken struct {
	digits string
	word   string
	before string // what separates it from the last
}

// readDates are the ways to read s.
func readDates(s string) []dateReading {
	s = plain(s)
	clock, s := readClock(s)
	sign, christ := "", false
	if len(s) > 2 && s[0] == '-' && isDigit(s[1]) {
		sign, s = "-", s[1:]
	}
	var tokens []dateToken
	before := ""
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r >= '0' && r <= '9':
			n = countDigits([]byte(s))
			tokens = append(tokens, dateToken{digits: s[:n], before: before})
			before = ""
		case unicode.IsLetter(r):
			n = strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
			if n < 0 {
				n = len(s)
			}
			word := strings.ToLower(s[:n])
			switch {
			case skipped[word] && (word != "r" || len(tokens) > 0):
			case word == "bc" || word == "bce":
				christ = true
			case word == "b" && strings.HasPrefix(strings.ReplaceAll(strings.ToLower(s[n:]), " ", ""), ".c"):
				christ, n = true, len(s)
			default:
				tokens = append(tokens, dateToken{word: word, before: before})
				before = ""
			}
		case strings.ContainsRune(" .,/-'", r):
			before += string(r)
		default:
			return nil
		}
		s = s[n:]
	}
	if len(tokens) == 0 {
		if clock.time != "" {
			return []dateReading{clock}
		}
		return nil
	}
	if len(tokens) > 3 {
		return nil
	}
	var out []dateReading
	yearToken := &tokens[0] // of a year of few digits, before Christ
	if christ {
		sign, yearToken = "-", &tokens[len(tokens)-1]
	}
	year := func(t *dateToken) (string, bool) {
		if len(t.digits) < 3 && (sign == "" || t != yearToken) || len(t.digits) > 9 || t.digits == "" {
			return "", false
		}
		digits := strings.TrimLeft(t.digits, "0")
		return sign + strings.Repeat("0", max(0, 4-len(digits))) + digits, true
	}
	small := func(t dateToken) (int, bool) {
		n, err := strconv.Atoi(t.digits)
		return n, err == nil && len(t.digits) <= 2 && n > 0
	}
	month := func(t dateToken) (int, bool) {
		if t.word != "" {
			for i, r := range romanMonths {
				if t.word == r {
					return i + 1, true
				}
			}
			m := monthNamed(t.word)
			return m, m > 0
		}
		n, ok := small(t)
		return n, ok && n <= 12
	}
	add := func(y, m, d *dateToken) {
		r := clock
		ok := true
		if y != nil {
			r.year, ok = year(y)
		}
		if m != nil && ok {
			r.month, ok = month(*m)
		}
		if d != nil && ok {
			r.day, ok = small(*d)
		}
		if ok {
			out = append(out, r)
		}
	}
	switch len(tokens) {
	case 3:
		a, b, c := &tokens[0], &tokens[1], &tokens[2]
		add(a, b, c)
		if len(out) > 0 {
			break
		}
		if add(a, c, b); len(out) > 0 {
			break
		}
		add(c, b, a)
		if c.before != "." || b.word != "" || a.word != "" { // with points the day comes first
			add(c, a, b)
		}
	case 2:
		a, b := &tokens[0], &tokens[1]
		add(a, b, nil)
		add(b, a, nil)
		if b.before != "." {
			add(nil, a, b)
		}
		add(nil, b, a)
	case 1:
		a := &tokens[0]
		if n := len(a.digits); n == 8 {
			add(&dateToken{digits: a.digits[:4]}, &dateToken{digits: a.digits[4:6]}, &dateToken{digits: a.digits[6:]})
		}
		add(a, nil, nil)
		add(nil, a, nil)
		add(nil, nil, a)
	}
	return out
}

// readClock takes the time of day out of s.
func readClock(s string) (r dateReading, rest string) {
	low := strings.ToLower(s)
	colon := strings.Index(low, ":")
	if h := strings.IndexByte(low, 'h'); colon < 0 && h > 0 && isDigit(low[h-1]) && h+1 < len(low) && isDigit(low[h+1]) {
		colon = h // 14h30
	}
	from := colon
	for from > 0 && isDigit(low[from-1]) {
		from--
	}
	if colon < 0 || from == colon || colon-from > 2 {
		// 2 pm has a time without a colon.
		for _, suffix := range []string{" pm", " am", " p.m.", " a.m.", "pm", "am"} {
			if t, ok := strings.CutSuffix(low, suffix); ok && len(t) <= 2 && countDigits([]byte(t)) == len(t) && t != "" {
				return readClock(t + ":00" + suffix)
			}
		}
		return r, s
	}
	hour, _ := strconv.Atoi(low[from:colon])
	parts := []string{}
	at := colon
	for len(parts) < 2 && at < len(low) && (at == colon || low[at] == ':' || low[at] == '.' && len(parts) == 1) {
		n := countDigits([]byte(low[at+1:]))
		if n != 2 && n != 1 {
			break
		}
		parts = append(parts, low[at+1:at+1+n])
		at += 1 + n
	}
	if len(parts) == 0 || len(parts[0]) != 2 {
		return r, s
	}
	minute, _ := strconv.Atoi(parts[0])
	second := 0
	if len(parts) > 1 {
		second, _ = strconv.Atoi(parts[1])
	}
	fraction := ""
	if len(parts) > 1 && at+1 < len(low) && (low[at] == '.' || low[at] == ',') {
		if n := countDigits([]byte(low[at+1:])); n > 0 {
			fraction = "." + low[at+1:at+1+n]
			at += 1 + n
		} else {
			at++
		}
	}
	tail := strings.TrimSpace(low[at:])
	for _, x := range []struct {
		suffix string
		add    int
	}{{"pm", 12}, {"p.m.", 12}, {"am", 0}, {"a.m.", 0}} {
		if t, ok := strings.CutPrefix(tail, x.suffix); ok {
			if hour < 1 || hour > 12 {
				return r, s
			}
			hour, tail = hour%12+x.add, strings.TrimSpace(t)
			break
		}
	}
	zone, tail := readZone(tail)
	if hour == 24 && minute == 0 && second == 0 {
		hour, r.nextDay = 0, true
	}
	if hour > 23 || minute > 59 || second > 59 {
		return dateReading{}, s
	}
	r.time = fmt.Sprintf("%02d:%02d:%02d%s%s", hour, minute, second, fraction, zone)
	head := strings.TrimSpace(s[:from])
	if h := strings.TrimRight(head, "Tt"); h != head && h != "" && isDigit(h[len(h)-1]) {
		head = h
	}
	return r, strings.TrimSpace(head + " " + strings.TrimLeft(tail, " ,"))
}

// readZone takes a time zone off the beginning of what follows a time.
func readZone(s string) (zone, rest string) {
	for _, z := range []string{"z", "utc", "gmt"} {
		if t, ok := strings.CutPrefix(s, z); ok {
			return "Z", t
		}
	}
	if len(s) > 1 && (s[0] == '+' || s[0] == '-') {
		switch n := countDigits([]byte(s[1:])); {
		case n == 2 && len(s) >= 6 && s[3] == ':' && isDigit(s[4]) && isDigit(s[5]):
			return s[:6], s[6:]
		case n == 4:
			return s[:3] + ":" + s[3:5], s[5:]
		case n == 2:
			return s[:3] + ":00", s[3:]
		case n == 1:
			return s[:1] + "0" + s[1:2] + ":00", s[2:]
		}
	}
	return "", s
}

// partsOf are the parts that a type of the calendar has.
func partsOf(t *Type) parts {
	switch t.prim {
	case dateTime:
		return yearPart | monthPart | dayPart | timePart
	case timeOfDay:
		return timePart
	case date:
		return yearPart | monthPart | dayPart
	case gYearMonth:
		return yearPart | monthPart
	case gYear:
		return yearPart
	case gMonthDay:
		return monthPart | dayPart
	case gDay:
		return dayPart
	case gMonth:
		return monthPart
	}
	return 0
}

// write writes the parts of a reading, if it has them.
func (r dateReading) write(has parts) (string, bool) {
	if has&yearPart != 0 && r.year == "" || has&monthPart != 0 && r.month == 0 || has&dayPart != 0 && r.day == 0 || has&timePart != 0 && r.time == "" {
		return "", false
	}
	switch has {
	case timePart:
		return r.time, true
	case dayPart:
		return fmt.Sprintf("---%02d", r.day), true
	case monthPart:
		return fmt.Sprintf("--%02d", r.month), true
	case monthPart | dayPart:
		return fmt.Sprintf("--%02d-%02d", r.month, r.day), true
	}
	out := r.year
	if has&monthPart != 0 {
		out += fmt.Sprintf("-%02d", r.month)
	}
	if has&dayPart != 0 {
		out += fmt.Sprintf("-%02d", r.day)
	}
	if has&timePart != 0 {
		out += "T" + r.time
	}
	return out, true
}

// after is the reading a day later.
func (r dateReading) after() dateReading {
	m := moment{negative: strings.HasPrefix(r.year, "-"), year: []byte(strings.TrimPrefix(r.year, "-")), month: r.month}
	if r.day++; r.day > m.days(yearPart|monthPart|dayPart) {
		r.day = 1
		if r.month++; r.month > 12 {
			r.month = 1
			n, _ := strconv.Atoi(r.year)
			if n++; n == 0 {
				n = 1
			}
			r.year = fmt.Sprintf("%04d", n)
			if n < 0 {
				r.year = fmt.Sprintf("-%04d", -n)
			}
		}
	}
	return r
}

// calendarTypes are the types of the calendar by their names.
var calendarTypes = []string{"dateTime", "date", "gYearMonth", "gYear", "gMonthDay", "gDay", "gMonth", "time"}

// noDate explains what is no value of a type of the calendar.
func (t *Type) noDate(s string) explanation {
	has := partsOf(t)
	e := explanation{why: notOf(t)}
	for _, r := range readDates(s) {
		if r.nextDay && has&dayPart != 0 && r.year != "" && r.month > 0 && r.day > 0 {
			r = r.after()
		}
		if g, ok := r.write(has); ok {
			e.guesses = append(e.guesses, g)
		}
	}
	var m moment
	switch m.read([]byte(s), has) {
	case badShape:
		if t.prim == timeOfDay {
			if p := plain(s); len(p) == 4 && countDigits([]byte(p)) == 4 {
				s = p[:2] + ":" + p[2:]
			}
			if !strings.Contains(s, ":") { // 14.30
				s = strings.Replace(plain(s), ".", ":", 1)
			}
			if r, _ := readClock(plain(s)); r.time != "" {
				e.guesses = append(e.guesses, r.time)
			}
			return e
		}
		for _, name := range calendarTypes {
			if name == "gYear" && len(s) > 5 {
				continue // 19511101
			}
			if o := libraries()[xsdLibrary][name]; o.scan([]byte(s)) {
				e.why = fmt.Sprintf("which is %s, not %s", o.words, t.words)
				return e
			}
		}
	case noYear:
		e.why = "which has the year 0000, and there is none: 1 BC is -0001"
		e.guesses = []string{"-0001" + s[strings.Index(s, "0000")+4:]}
	case longYear:
		e.why = "which has a zero before a year of more than four digits"
		y := strings.TrimLeft(string(m.year), "0")
		e.guesses = []string{strings.Replace(s, string(m.year), strings.Repeat("0", max(0, 4-len(y)))+y, 1)}
	case noMonth:
		e.why = fmt.Sprintf("which has a month %02d", m.month)
	case noDay:
		e.why = fmt.Sprintf("which has a day %02d", m.day)
		if has&monthPart != 0 && m.day > 0 && m.day <= 31 {
			e.why = fmt.Sprintf("which has no day %d in %s", m.day, monthName(m.month))
			if has&yearPart != 0 {
				sign := ""
				if m.negative {
					sign = "-"
				}
				e.why += " " + cut(sign+string(m.year))
			}
		}
	case noHour:
		e.why = fmt.Sprintf("which has an hour %d", m.hour)
		if m.hour == 24 && m.minute+m.second == 0 {
			e.why = "which has an hour 24: the day ends when the next begins"
		}
	case noMinute:
		e.why = fmt.Sprintf("which has a minute %d", m.minute)
	case noSecond:
		e.why = fmt.Sprintf("which has a second %d", m.second)
	case noZone:
		e.why = "which has a time zone of more than 14 hours"
	}
	return e
}

// monthName is the English name of a month.
func monthName(month int) string {
	name := monthNames[month-1][0]
	return strings.ToUpper(name[:1]) + name[1:]
}
