package xpath

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Dates, times and durations (XML Schema 1.1 Part 2, appendix D and E; XPath
// Functions 8 and 9). The implicit time zone is UTC.

// moment is a point or a stretch of the calendar. Parts that its type has not
// are those of 1972-12-31, the reference of comparison.
type moment struct {
	year         int64
	month, day   int
	hour, minute int
	second       *big.Rat
	zone         int // minutes
	hasZone      bool
}

const (
	zonePart = `(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?$`
	yearPart = `^(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))`
	timePart = `([01][0-9]|2[0-4]):([0-5][0-9]):([0-5][0-9](?:\.[0-9]{1,100})?)`
)

// momentForms are compiled when the first date is read.
var momentForms = sync.OnceValue(func() map[Type]*regexp.Regexp {
	return map[Type]*regexp.Regexp{
		DateTime:   regexp.MustCompile(yearPart + `-([0-9]{2})-([0-9]{2})T` + timePart + zonePart),
		Date:       regexp.MustCompile(yearPart + `-([0-9]{2})-([0-9]{2})()()()` + zonePart),
		Time:       regexp.MustCompile(`^()()()` + timePart + zonePart),
		GYearMonth: regexp.MustCompile(yearPart + `-([0-9]{2})()()()()` + zonePart),
		GYear:      regexp.MustCompile(yearPart + `()()()()()` + zonePart),
		GMonthDay:  regexp.MustCompile(`^()--([0-9]{2})-([0-9]{2})()()()` + zonePart),
		GDay:       regexp.MustCompile(`^()()---([0-9]{2})()()()` + zonePart),
		GMonth:     regexp.MustCompile(`^()--([0-9]{2})()()()()` + zonePart),
	}
})

func parseMoment(s string, t Type) (moment, bool) {
	m := moment{year: 1972, month: 12, day: 31, second: new(big.Rat)}
	p := momentForms()[t].FindStringSubmatch(s)
	if p == nil {
		return m, false
	}
	number := func(s string, into *int) {
		if s != "" {
			*into, _ = strconv.Atoi(s)
		}
	}
	if p[1] != "" {
		m.year, _ = strconv.ParseInt(p[1], 10, 64)
		if t == GYear || t == GYearMonth {
			m.month, m.day = 1, 1
		}
	}
	number(p[2], &m.month)
	if t == GMonth || t == GYearMonth {
		m.day = 1
	}
	number(p[3], &m.day)
	number(p[4], &m.hour)
	number(p[5], &m.minute)
	if p[6] != "" {
		m.second.SetString(p[6])
	}
	if z := p[7]; z != "" {
		m.hasZone = true
		if z != "Z" {
			h, _ := strconv.Atoi(z[1:3])
			min, _ := strconv.Atoi(z[4:6])
			m.zone = h*60 + min
			if z[0] == '-' {
				m.zone = -m.zone
			}
		}
	}
	if m.month < 1 || m.month > 12 || m.day < 1 || m.day > daysIn(m.year, m.month) {
		return m, false
	}
	if m.hour == 24 {
		if m.minute != 0 || m.second.Sign() != 0 {
			return m, false
		}
		m.hour = 0
		if t == DateTime {
			m = fromSeconds(m.seconds().Add(m.seconds(), big.NewRat(86400, 1)), m.zone, m.hasZone)
		}
	}
	return m, true
}

func leap(y int64) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y int64, m int) int {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dayNumber counts days from 0000-03-01 in the proleptic Gregorian calendar.
func dayNumber(y int64, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	return 365*y + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400) + int64((153*(m-3)+2)/5+d-1)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// dayOf turns dayNumber back.
func dayOf(n int64) (y int64, m, d int) {
	era := floorDiv(n, 146097)
	doe := n - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = int(doy - (153*mp+2)/5 + 1)
	m = int(mp) + 3
	y = yoe + era*400
	if m > 12 {
		m -= 12
		y++
	}
	return y, m, d
}

// seconds is the moment on the line of time, in UTC.
func (m moment) seconds() *big.Rat {
	s := dayNumber(m.year, m.month, m.day)*86400 + int64(m.hour)*3600 + int64(m.minute-m.zone)*60
	r := new(big.Rat).SetInt64(s)
	return r.Add(r, m.second)
}

// fromSeconds is the moment at a point on the line of time, seen in a zone.
func fromSeconds(r *big.Rat, zone int, hasZone bool) moment {
	r = new(big.Rat).Add(r, new(big.Rat).SetInt64(int64(zone)*60))
	whole := new(big.Int).Div(r.Num(), r.Denom()) // floor, for Denom is positive
	if !whole.IsInt64() {
		raise("FODT0001", "the date is too far away")
	}
	fraction := new(big.Rat).Sub(r, new(big.Rat).SetInt(whole))
	n := whole.Int64()
	day := floorDiv(n, 86400)
	rest := n - day*86400
	m := moment{zone: zone, hasZone: hasZone, hour: int(rest / 3600), minute: int(rest / 60 % 60)}
	m.year, m.month, m.day = dayOf(day)
	m.second = fraction.Add(fraction, new(big.Rat).SetInt64(rest%60))
	return m
}

func (m moment) text(t Type) string {
	var b strings.Builder
	switch t {
	case DateTime, Date, GYearMonth, GYear:
		if m.year < 0 {
			fmt.Fprintf(&b, "-%04d", -m.year)
		} else {
			fmt.Fprintf(&b, "%04d", m.year)
		}
	}
	switch t {
	case DateTime, Date:
		fmt.Fprintf(&b, "-%02d-%02d", m.month, m.day)
	case GYearMonth:
		fmt.Fprintf(&b, "-%02d", m.month)
	case GMonthDay:
		fmt.Fprintf(&b, "--%02d-%02d", m.month, m.day)
	case GMonth:
		fmt.Fprintf(&b, "--%02d", m.month)
	case GDay:
		fmt.Fprintf(&b, "---%02d", m.day)
	}
	if t == DateTime {
		b.WriteByte('T')
	}
	if t == DateTime || t == Time {
		fmt.Fprintf(&b, "%02d:%02d:", m.hour, m.minute)
		s := decimalText(m.second)
		if m.second.Cmp(big.NewRat(10, 1)) < 0 {
			b.WriteByte('0')
		}
		b.WriteString(s)
	}
	if m.hasZone {
		b.WriteString(zoneText(m.zone))
	}
	return b.String()
}

func zoneText(z int) string {
	if z == 0 {
		return "Z"
	}
	sign := '+'
	if z < 0 {
		sign, z = '-', -z
	}
	return fmt.Sprintf("%c%02d:%02d", sign, z/60, z%60)
}

// as is the moment as another type of the calendar.
func (m moment) as(from, to Type) (moment, bool) {
	switch {
	case from == DateTime:
	case from == Date && to != Time:
	default:
		return m, false
	}
	switch to {
	case Date, GYearMonth, GYear, GMonthDay, GDay, GMonth:
		m.hour, m.minute, m.second = 0, 0, new(big.Rat)
	}
	switch to {
	case Time, GMonthDay, GDay, GMonth:
		m.year = 1972
	}
	switch to {
	case Time:
		m.month, m.day = 12, 31
	case GYearMonth, GMonth:
		m.day = 1
	case GYear:
		m.month, m.day = 1, 1
	case GDay:
		m.month = 12
	}
	return m, true
}

// momentOf is a time of the clock.
func momentOf(t time.Time) moment {
	_, zone := t.Zone()
	second := new(big.Rat).SetFrac64(int64(t.Second())*1000+int64(t.Nanosecond()/1e6), 1000)
	return moment{year: int64(t.Year()), month: int(t.Month()), day: t.Day(), hour: t.Hour(), minute: t.Minute(), second: second, zone: zone / 60, hasZone: true}
}

// plusMonths moves a moment by months; the day is kept within its month.
func (m moment) plusMonths(n int64) moment {
	total := m.year*12 + int64(m.month-1) + n
	m.year = floorDiv(total, 12)
	m.month = int(total-m.year*12) + 1
	m.day = min(m.day, daysIn(m.year, m.month))
	return m
}

var durationForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(-?)P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?(?:([0-9]{1,12})D)?(?:(T)(?:([0-9]{1,12})H)?(?:([0-9]{1,12})M)?(?:([0-9]{1,12}(?:\.[0-9]{1,100})?)S)?)?$`)
})

func parseDuration(s string, t Type) (Item, bool) {
	p := durationForm().FindStringSubmatch(s)
	if p == nil || strings.HasSuffix(s, "P") || strings.HasSuffix(s, "T") {
		return Item{}, false
	}
	days := p[4] != "" || p[5] != ""
	if t == YearMonthDuration && days || t == DayTimeDuration && (p[2] != "" || p[3] != "") {
		return Item{}, false
	}
	number := func(s string) int64 {
		n, _ := strconv.ParseInt(s, 10, 64)
		return n
	}
	months := number(p[2])*12 + number(p[3])
	seconds := new(big.Rat).SetInt64(number(p[4]) * 86400)
	seconds.Add(seconds, new(big.Rat).SetInt64(number(p[6])*3600+number(p[7])*60))
	if p[8] != "" {
		f, _ := new(big.Rat).SetString(p[8])
		seconds.Add(seconds, f)
	}
	if p[1] != "" {
		months = -months
		seconds.Neg(seconds)
	}
	return duration(t, months, seconds), true
}

func duration(t Type, months int64, seconds *big.Rat) Item {
	return Item{Type: t, Int: months, exact: &exact{rat: seconds}}
}

func durationAs(i Item, to Type) Item {
	months, seconds := i.Int, i.exact.rat
	if to == YearMonthDuration {
		seconds = new(big.Rat)
	}
	if to == DayTimeDuration {
		months = 0
	}
	return duration(to, months, seconds)
}

func durationText(i Item) string {
	months, seconds := i.Int, i.exact.rat
	if months == 0 && seconds.Sign() == 0 {
		if i.Type == YearMonthDuration {
			return "P0M"
		}
		return "PT0S"
	}
	var b strings.Builder
	if months < 0 || seconds.Sign() < 0 {
		b.WriteByte('-')
		months = max(months, -months)
		seconds = new(big.Rat).Abs(seconds)
	}
	b.WriteByte('P')
	part := func(n int64, unit string) {
		if n != 0 {
			fmt.Fprintf(&b, "%d%s", n, unit)
		}
	}
	part(months/12, "Y")
	part(months%12, "M")
	whole := new(big.Int).Quo(seconds.Num(), seconds.Denom()).Int64()
	part(whole/86400, "D")
	rest := new(big.Rat).Sub(seconds, new(big.Rat).SetInt64(whole/86400*86400))
	if rest.Sign() != 0 {
		b.WriteByte('T')
		part(whole%86400/3600, "H")
		part(whole%3600/60, "M")
		rest.Sub(rest, new(big.Rat).SetInt64(whole%86400/60*60))
		if rest.Sign() != 0 {
			b.WriteString(decimalText(rest) + "S")
		}
	}
	return b.String()
}
