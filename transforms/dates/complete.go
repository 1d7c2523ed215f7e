package dates

import (
	"slices"
	"strconv"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// What the words leave out comes from the date of the document. A day or month
// without a year is put within nine months before the document and three after
// it; only where the text speaks of the future does a later month of the same
// year count as one. Each reading on the far side of a new year is less sure
// and names the other.

// baseDate is the date from which others are completed.
func baseDate(c Context) (day, bool) {
	m, d := parseBase(c.Message), parseBase(c.Document)
	if m.m > 0 || m.y > 0 && d.y == 0 {
		return m, true
	}
	return d, d.y > 0
}

func parseBase(s string) day {
	var d day
	if len(s) < 4 {
		return d
	}
	part := func(i, n int) int {
		if len(s) < i+n {
			return 0
		}
		v, err := strconv.Atoi(s[i : i+n])
		if err != nil || v < 0 {
			return 0
		}
		return v
	}
	d.y = part(0, 4)
	if len(s) >= 7 && s[4] == '-' {
		d.m = part(5, 2)
	}
	if len(s) >= 10 && s[7] == '-' {
		d.d = part(8, 2)
	}
	if d.m > 12 || d.y == 0 {
		d.m = 0
	}
	if d.m == 0 || d.d > 31 {
		d.d = 0
	}
	return d
}

// complete makes dates of what was found. A stretch that runs backwards when
// its years are known is no stretch: its ends are dates by themselves.
func (p *parser) complete() ([]Date, []Fault) {
	if len(p.out) == 0 {
		return nil, nil
	}
	c := completed{dates: make([]Date, 0, len(p.out))}
	p.settleOrder()
	p.shareYears()
	for i := range p.out {
		f := p.out[i]
		if p.completeOne(&c, &f, i) {
			continue
		}
		if lo, hi, ok := p.out[i].ends(); ok {
			p.completeOne(&c, &lo, i)
			p.completeOne(&c, &hi, i)
		}
	}
	return c.dates, c.faults
}

// completed is what complete has made so far.
type completed struct {
	dates  []Date
	faults []Fault
	said   int // the last year that the text says
}

// completeOne makes a date of f, the i-th found; it does nothing, and says so,
// where f is a stretch that runs backwards.
func (p *parser) completeOne(c *completed, f *found, i int) bool {
	d := Date{
		Span: tei.Span{Start: p.tok[f.first].start, End: p.tok[f.last].end},
		Kind: f.kind, Cert: ledger.High, Rule: f.rule, Bracketed: f.bracketed,
	}
	for j := f.first; j <= f.last && !d.Bracketed; j++ {
		d.Bracketed = p.tok[j].split
	}
	if f.kind == ClockTime {
		p.clockTime(&d, f)
		c.dates = append(c.dates, d)
		return true
	}
	if !p.resolve(&d, f, i, c.said) {
		return true
	}
	if f.backwards() {
		return false
	}
	switch {
	case f.hiYear == yearGiven:
		c.said = f.hi.y
	case f.year == yearGiven:
		c.said = f.lo.y
	}
	if what := f.impossible(); what != "" {
		c.faults = append(c.faults, Fault{d.Span, CodeImpossible, what})
		return true
	}
	if f.weekday >= 0 && f.lo.y > 0 && f.lo.d > 0 && !f.ambiguous {
		if w := weekdayOf(f.lo); w != int(f.weekday) {
			if d.Inferred.Year {
				d.Cert = ledger.Medium
			} else {
				c.faults = append(c.faults, Fault{d.Span, CodeWeekday, format(f.lo) + " is a " + weekdays[w]})
			}
		}
	}
	p.values(&d, f)
	if f.lo.m > 0 {
		p.dated = f.lo
	}
	c.dates = append(c.dates, d)
	return true
}

// backwards says whether f, its years completed, is a stretch that ends before
// it begins, or has a year at one end alone.
func (f *found) backwards() bool {
	return f.rel != one && (f.hi.before(f.lo) || (f.lo.y > 0) != (f.hi.y > 0))
}

// ends are the two ends of a stretch as dates by themselves; ok is false where
// the words of one are part of the other's, or brackets reach over both.
func (f found) ends() (lo, hi found, ok bool) {
	lo, hi = f, f
	lo.last, hi.first = f.gap[0], f.gap[1]
	lo.rel, hi.rel = one, one
	lo.hi, lo.hiYear = day{}, yearMissing
	hi.lo, hi.hi, hi.year, hi.shift, hi.hiYear = f.hi, day{}, f.hiYear, f.hiShift, yearMissing
	hi.weekday, hi.near = -1, 0
	switch {
	case f.year == yearMissing:
		lo.year, lo.shift, lo.lo.y = f.hiYear, f.hiShift, f.hi.y
	case f.hiYear == yearMissing:
		hi.year, hi.shift, hi.lo.y = f.year, f.shift, f.lo.y
	}
	return lo, hi, hi.first > lo.last && !f.bracketed
}

var weekdays = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// weekdayOf is Sakamoto's rule.
func weekdayOf(d day) int {
	shift := [...]int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}
	y := d.y
	if d.m < 3 {
		y--
	}
	return (y + y/4 - y/100 + y/400 + shift[d.m-1] + d.d) % 7
}

// resolve completes the years, or the month, of f.
func (p *parser) resolve(d *Date, f *found, i, said int) bool {
	internal := func(c ledger.Cert) {
		d.Inferred.Year, d.Evidence = true, "internal"
		if d.Cert != ledger.Low {
			d.Cert = c
		}
	}
	if f.month {
		from := p.base
		if f.same {
			from = p.dated
		}
		if from.m == 0 || from.y == 0 && p.known {
			return false
		}
		n := from.m - 1 + f.shift
		f.lo.y, f.lo.m = from.y, (n+12)%12+1
		if n < 0 {
			f.lo.y--
		} else if n > 11 {
			f.lo.y++
		}
		internal(ledger.High)
		d.Inferred.Month = true
		return true
	}
	if f.unsure {
		d.Cert = ledger.Medium
	}
	year := func(source yearSource, y, shift int) int {
		switch source {
		case yearGiven:
			return y
		case yearShort:
			return p.century(y)
		case yearRelative:
			if p.known {
				internal(ledger.High)
				return p.base.y + shift
			}
		case yearSame:
			if said > 0 {
				internal(ledger.Medium)
				return said
			}
		}
		return 0
	}
	lo, hi := year(f.year, f.lo.y, f.shift), 0
	if f.rel != one {
		hi = year(f.hiYear, f.hi.y, f.hiShift)
	}
	if !p.known && (f.year == yearShort || f.hiYear == yearShort) {
		y := f.lo.y
		if f.year != yearShort {
			y = f.hi.y
		}
		d.Cert = ledger.Low
		d.Alternatives = append(d.Alternatives, ledger.Alternative{What: strconv.Itoa(1800 + y), Rule: "another century"})
	}
	other := 0
	if lo == 0 && hi == 0 {
		switch {
		case p.shared[i] > 0:
			lo = p.shared[i]
			internal(ledger.High)
		case p.known:
			var cert ledger.Cert
			lo, other, cert = p.infer(f)
			internal(cert)
			if f.unsure && d.Cert == ledger.High {
				d.Cert = ledger.Medium
			}
		case f.year != yearGiven && f.year != yearShort && !f.ambiguous:
			d.Cert = ledger.Medium
		}
	}
	// the end that has no year takes the other's, across a new year if need be
	turns := f.hi.m < f.lo.m
	switch {
	case f.rel == one:
	case lo > 0 && f.hiYear == yearMissing:
		if hi = lo; turns {
			hi++
		}
	case hi > 0 && f.year == yearMissing:
		if lo = hi; turns {
			lo--
		}
	}
	f.lo.y, f.hi.y = lo, hi
	if f.alt.d > 0 {
		f.alt.y = lo
	}
	if other != 0 && f.rel == one {
		o := f.lo
		o.y = other
		if o.d <= daysIn(o.y, o.m) {
			d.Alternatives = append(d.Alternatives, ledger.Alternative{What: format(o), Rule: "the other side of the new year"})
		}
	}
	return true
}

// settleOrder reads numeric dates that can be read both ways as the others of
// the same block that cannot, if these agree.
func (p *parser) settleOrder() {
	dayFirst, monthFirst := false, false
	for i := range p.out {
		if f := &p.out[i]; f.numeric != 0 {
			dayFirst = dayFirst || f.numeric > 0
			monthFirst = monthFirst || f.numeric < 0
		}
	}
	if dayFirst == monthFirst {
		return
	}
	for i := range p.out {
		f := &p.out[i]
		if !f.ambiguous || f.alt.d == 0 || f.lo.m == f.alt.m {
			continue
		}
		if monthFirst {
			f.lo, f.alt = f.alt, f.lo
		}
		f.ambiguous, f.unsure = false, true
	}
}

// century completes two digits to the year that is nearest to the document.
func (p *parser) century(yy int) int {
	if !p.known {
		return 1900 + yy
	}
	y := p.base.y/100*100 + yy
	if y-p.base.y > 50 {
		y -= 100
	} else if p.base.y-y >= 50 {
		y += 100
	}
	return y
}

// shareYears gives dates the year of the date that follows, where only a joint
// stands between: 28 May and 3 June 1951.
func (p *parser) shareYears() {
	p.shared = slices.Grow(p.shared, len(p.out))[:len(p.out)]
	clear(p.shared)
	for i := len(p.out) - 2; i >= 0; i-- {
		f, g := &p.out[i], &p.out[i+1]
		if f.year != yearMissing || f.hiYear != yearMissing || g.kind != Calendar || f.kind != Calendar || (g.lo.d > 0) != (f.lo.d > 0) || f.lo.m == 0 || g.lo.m == 0 || !p.jointBetween(f.last, g.first) {
			continue
		}
		y := 0
		switch g.year {
		case yearGiven:
			y = g.lo.y
		case yearMissing:
			if y = p.shared[i+1]; g.hiYear == yearGiven {
				if y = g.hi.y; g.hi.m < g.lo.m {
					y--
				}
			}
		}
		if y > 0 && (g.lo.m < f.lo.m || g.lo.m == f.lo.m && g.lo.d < f.lo.d) {
			y--
		}
		p.shared[i] = y
	}
}

func (p *parser) jointBetween(last, first int) bool {
	if first-last > 5 {
		return false
	}
	joined := false
	for j := last + 1; j < first; j++ {
		switch {
		case p.is(j, ','), p.role(j) == roleAnd, p.role(j) == roleOr, p.role(j) == roleTo, p.dash(j):
			joined = true
		case p.role(j) == roleThe, p.role(j) == roleOn, p.role(j) == roleOf, p.word(j, "from"), p.word(j, "in"):
		default:
			return false
		}
	}
	return joined
}

// infer chooses the year of a month; other is the year that it might be
// instead.
func (p *parser) infer(f *found) (y, other int, cert ledger.Cert) {
	if p.base.m == 0 {
		return p.base.y, 0, ledger.Medium
	}
	apart := f.lo.m - p.base.m // months from the document, in its year
	switch {
	case f.near < 0:
		if apart < 0 {
			return p.base.y, 0, ledger.High
		}
		return p.base.y - 1, 0, ledger.High
	case f.near > 0:
		if apart > 0 {
			return p.base.y, 0, ledger.High
		}
		return p.base.y + 1, 0, ledger.High
	case apart >= -9 && apart <= 3:
		return p.base.y, 0, ledger.High
	}
	ahead, behind := p.tenses(f)
	if apart > 3 {
		if ahead && !behind {
			return p.base.y, p.base.y - 1, ledger.Medium
		}
		return p.base.y - 1, p.base.y, ledger.Medium
	}
	if behind && !ahead {
		return p.base.y, p.base.y + 1, ledger.Medium
	}
	return p.base.y + 1, p.base.y, ledger.Medium
}

// tenses looks for words of the future and of the past round a date, within its
// sentence. A word of time right before it decides alone.
func (p *parser) tenses(f *found) (ahead, behind bool) {
	prev := p.back(f.first)
	if p.role(prev) == roleThe {
		prev = p.back(prev)
	}
	switch {
	case p.word(prev, "by"), p.word(prev, "until"), p.word(prev, "till"), p.word(prev, "than"):
		return true, false
	case p.word(prev, "since"):
		return false, true
	}
	const reach = 24
	look := func(j int) bool {
		if j < 0 || j >= len(p.tok) || p.tok[j].gap == apart {
			return false
		}
		if p.is(j, '.') && !p.glued(j+1) {
			return false
		}
		ahead = ahead || p.marked(j, future)
		behind = behind || p.marked(j, past)
		return true
	}
	for j := f.first - 1; j > f.first-reach && look(j); j-- {
	}
	for j := f.last + 1; j < f.last+reach && look(j); j++ {
	}
	return ahead, behind
}

// impossible says why f is not on the calendar, or nothing. Of two readings of
// a numeric date the possible one stays.
func (f *found) impossible() string {
	bad := func(d day) bool {
		if d.m == 0 || d.d == 0 || d.d == endOfMonth || d.d == endOfMonth-1 {
			return false
		}
		y := d.y
		if y == 0 {
			y = 2000
		}
		return d.m > 12 || d.d > daysIn(y, d.m)
	}
	if f.ambiguous && f.alt.d > 0 {
		switch {
		case bad(f.lo) && !bad(f.alt):
			f.lo, f.ambiguous = f.alt, false
		case bad(f.alt):
			f.ambiguous = false
		}
	}
	if f.alt.d > 0 && bad(f.alt) {
		f.alt = day{}
	}
	for _, d := range [...]day{f.lo, f.hi} {
		if bad(d) {
			if d.y == 0 {
				return "there is no day " + format(d)
			}
			return format(d) + " is not on the calendar"
		}
	}
	return ""
}

// values sets the attributes.
func (p *parser) values(d *Date, f *found) {
	for _, x := range [...]*day{&f.lo, &f.hi} {
		if x.d == endOfMonth {
			y := x.y
			if y == 0 {
				y = 2000
			}
			x.d = daysIn(y, x.m)
		}
	}
	switch {
	case f.ambiguous:
		d.Ambiguous, d.Cert = true, ledger.Low
		a, b := format(f.lo), format(f.alt)
		if f.nclocks == 1 {
			a, b = moment(f.lo, f.clocks[0]), moment(f.alt, f.clocks[0])
		}
		first, second := "day before month", "month before day"
		if f.lo.m == f.alt.m {
			first, second = "as written", "as corrected"
		}
		d.Alternatives = []ledger.Alternative{{What: a, Rule: first}, {What: b, Rule: second}}
	case f.rel == one && f.nclocks == 2:
		d.NotBefore, d.NotAfter = moment(f.lo, f.clocks[0]), moment(f.lo, f.clocks[1])
	case f.rel == one && f.nclocks == 1:
		d.When = moment(f.lo, f.clocks[0])
	case f.rel == one:
		d.When = format(f.lo)
	case f.rel == either:
		d.NotBefore, d.NotAfter = format(f.lo), format(f.hi)
	default:
		d.From, d.To = format(f.lo), format(f.hi)
	}
	if f.alt.d > 0 && !f.ambiguous && f.alt != f.lo {
		d.Alternatives = append(d.Alternatives, ledger.Alternative{What: format(f.alt), Rule: "the other order of day and month"})
	}
	if f.nclocks == 1 {
		d.Times = []Time{p.time(f)}
	}
}

func (p *parser) time(f *found) Time {
	return Time{tei.Span{Start: p.tok[f.c0].start, End: p.tok[f.c1].end}, f.clocks[0].format()}
}

// clockTime sets the values of a time without a date.
func (p *parser) clockTime(d *Date, f *found) {
	switch {
	case f.ambiguous:
		a, b := f.clocks[0], f.clocks[0]
		a.half, b.half = -1, 1
		d.Ambiguous, d.Cert = true, ledger.Low
		d.Alternatives = []ledger.Alternative{{What: a.adjust().format(), Rule: "before noon"}, {What: b.adjust().format(), Rule: "after noon"}}
	case f.nclocks == 2:
		d.From, d.To = f.clocks[0].format(), f.clocks[1].format()
	default:
		d.Times = []Time{p.time(f)}
	}
}

// format writes a date as XSD does: 1951-11-01, 1951-11, 1951, --11-01, --11.
func format(d day) string {
	var b [10]byte
	out := b[:0]
	if d.y > 0 {
		out = digits(out, d.y, 4)
	} else {
		out = append(out, '-')
	}
	if d.m > 0 {
		out = append(out, '-')
		out = digits(out, d.m, 2)
	}
	if d.d > 0 {
		out = append(out, '-')
		out = digits(out, d.d, 2)
	}
	return string(out)
}

func digits(b []byte, n, width int) []byte {
	for k, pow := width, 1; k > 0; k-- {
		pow = 1
		for range k - 1 {
			pow *= 10
		}
		b = append(b, byte('0'+n/pow%10))
	}
	return b
}

// format writes a time of day; the end of a day is the beginning of the next.
func (c clock) format() string {
	var b [9]byte
	out := digits(b[:0], c.h%24, 2)
	out = append(out, ':')
	out = digits(out, c.m, 2)
	out = append(out, ":00"...)
	if c.zulu {
		out = append(out, 'Z')
	}
	return string(out)
}

// moment is a day and a time; without a year there is no such value, and the
// day stands alone.
func moment(d day, c clock) string {
	if d.y == 0 {
		return format(d)
	}
	if c.h == 24 {
		if d.d++; d.d > daysIn(d.y, d.m) {
			d.d = 1
			if d.m++; d.m > 12 {
				d.m = 1
				d.y++
			}
		}
	}
	return format(d) + "T" + c.format()
}
