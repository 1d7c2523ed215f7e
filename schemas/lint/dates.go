package lint

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"sigla/tei/diag"
)

// Dates (TEI P5, teidata.temporal.w3c): the dates and times of XML Schema, in
// the Gregorian calendar carried back before 1582. What has not the shape of
// one is the grammar's to report.
//
// The year before 0001 is -0001 in XML Schema 1.0, and 0000 in ISO 8601 and
// XML Schema 1.1; so of a year before 1 a 29 February is believed that either
// count has.

// moment is a date or time, by the seconds it may cover.
type moment struct {
	year             int
	month, day       int // 0 where not told
	first, last      int64
	dated, timed     bool // has a year; has a time of day
	zoned            bool
	fault            string // why the calendar does not have it
	yearZero         bool
	secondOfDay, off int
}

const day = 24 * 60 * 60

// readMoment reads a value; ok says that it has the shape of a date or time.
func readMoment(s []byte) (m moment, ok bool) {
	rest := s
	switch {
	case bytes.HasPrefix(rest, []byte("---")):
		if rest, ok = m.readDay(rest[3:]); !ok {
			return m, false
		}
		if m.day > 31 {
			m.wrong("no month has %d days", m.day)
		}
	case bytes.HasPrefix(rest, []byte("--")):
		if m.month, rest, ok = digits(rest[2:], 2); !ok {
			return m, false
		}
		if len(rest) > 2 && rest[0] == '-' {
			if rest, ok = m.readDay(rest[1:]); !ok {
				return m, false
			}
		}
		m.year = 4 // a leap year
		m.checkMonth()
	case len(rest) > 2 && rest[2] == ':':
		if rest, ok = m.time(rest); !ok {
			return m, false
		}
	default:
		if rest, ok = m.date(rest); !ok {
			return m, false
		}
	}
	if !m.zone(rest) {
		return m, false
	}
	m.span()
	return m, true
}

// date reads a year, with a month, a day and a time if they are there.
func (m *moment) date(s []byte) (rest []byte, ok bool) {
	negative := len(s) > 0 && s[0] == '-'
	if negative {
		s = s[1:]
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	const longest = 8 // so that seconds can be counted
	if n < 4 || n > longest || n > 4 && s[0] == '0' {
		return s, false
	}
	m.year, _ = strconv.Atoi(string(s[:n]))
	m.yearZero, m.dated = m.year == 0, true
	if negative {
		m.year = -m.year
	}
	if s = s[n:]; !dash(s) {
		return s, true
	}
	if m.month, s, ok = digits(s[1:], 2); !ok {
		return s, false
	}
	if dash(s) {
		if s, ok = m.readDay(s[1:]); !ok {
			return s, false
		}
	}
	m.checkMonth()
	if m.day > 0 && len(s) > 0 && s[0] == 'T' {
		return m.time(s[1:])
	}
	return s, true
}

// dash reports whether a part of a date follows, not a zone.
func dash(s []byte) bool { return len(s) > 2 && s[0] == '-' && (len(s) < 4 || s[3] != ':') }

func (m *moment) readDay(s []byte) (rest []byte, ok bool) {
	if m.day, rest, ok = digits(s, 2); ok && m.day == 0 {
		m.wrong("days count from 01; if the day is not known, leave it out")
	}
	return rest, ok
}

func (m *moment) time(s []byte) (rest []byte, ok bool) {
	var hour, minute, second int
	if hour, s, ok = digits(s, 2); !ok || len(s) == 0 || s[0] != ':' {
		return s, false
	}
	if minute, s, ok = digits(s[1:], 2); !ok || len(s) == 0 || s[0] != ':' {
		return s, false
	}
	if second, s, ok = digits(s[1:], 2); !ok {
		return s, false
	}
	if len(s) > 1 && s[0] == '.' {
		s = bytes.TrimLeft(s[1:], "0123456789")
	}
	m.timed = true
	m.secondOfDay = hour*60*60 + minute*60 + second
	switch {
	case hour > 24 || hour == 24 && minute+second > 0:
		m.wrong("the last hour of a day is 23")
	case minute > 59:
		m.wrong("the last minute of an hour is 59")
	case second > 60: // 60 is a leap second
		m.wrong("the last second of a minute is 59")
	}
	return s, true
}

// zone reads the time zone that may follow.
func (m *moment) zone(s []byte) bool {
	switch {
	case len(s) == 0:
		return true
	case string(s) == "Z":
		m.zoned = true
		return true
	case len(s) != 6 || s[0] != '+' && s[0] != '-' || s[3] != ':':
		return false
	}
	hour, _, ok1 := digits(s[1:], 2)
	minute, _, ok2 := digits(s[4:], 2)
	if !ok1 || !ok2 {
		return false
	}
	if minute > 59 || hour*60+minute > 14*60 {
		m.wrong("a time zone lies between -14:00 and +14:00")
	}
	m.zoned, m.off = true, (hour*60+minute)*60
	if s[0] == '-' {
		m.off = -m.off
	}
	return true
}

func (m *moment) wrong(format string, args ...any) {
	if m.fault == "" {
		m.fault = fmt.Sprintf(format, args...)
	}
}

func (m *moment) checkMonth() {
	switch {
	case m.month == 0:
		m.wrong("months count from 01; if the month is not known, leave it out")
	case m.month > 12 && m.day >= 1 && m.day <= 12:
		m.wrong("there is no month %d; the order is year, month, day: perhaps %02d-%02d", m.month, m.day, m.month)
	case m.month > 12:
		m.wrong("there is no month %d", m.month)
	case m.month == 2 && m.day == 29 && !leap(m.year) && !(m.year < 0 && leap(m.year+1)):
		if m.year > 0 && m.year%100 == 0 {
			m.wrong("%d is no leap year in the Gregorian calendar, which is meant here; the Julian 29 February is %s", m.year, julianLeapDay(m.year))
			return
		}
		m.wrong("%d is no leap year: February has 28 days", m.year)
	case m.month == 2 && m.day > 29:
		m.wrong("February has 28 days, or 29 in a leap year")
	case m.day > monthDays[m.month-1]:
		m.wrong("%s has %d days", time.Month(m.month), monthDays[m.month-1])
	}
}

var monthDays = [12]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// julianLeapDay is the Julian 29 February of a year that ends a century, in the
// Gregorian calendar.
func julianLeapDay(year int) string {
	// The Julian calendar lags by a day more since each such 29 February.
	before := year/100 - 1
	lag := before - before/4 - 2
	return time.Date(year, 2, 28+lag+1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// span works out the seconds that the moment covers. A year before 1 counts as
// one of XML Schema 1.0, whose order is the same.
func (m *moment) span() {
	if !m.dated || m.fault != "" {
		return
	}
	month, d := max(m.month, 1), max(m.day, 1)
	first := time.Date(m.year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	last := first
	switch {
	case m.month == 0:
		last = first.AddDate(1, 0, 0)
	case m.day == 0:
		last = first.AddDate(0, 1, 0)
	default:
		last = first.Add(day * time.Second)
	}
	m.first, m.last = first.Unix()-int64(m.off), last.Unix()-1-int64(m.off)
	if m.timed {
		m.first += int64(m.secondOfDay)
		m.last = m.first
	}
}

// after reports whether all of m comes after all of o. Moments without a zone
// may lie 14 hours off those with one.
func (m *moment) after(o *moment) bool {
	var slack int64
	if m.zoned != o.zoned {
		slack = 14 * 60 * 60
	}
	return m.dated && o.dated && m.fault == "" && o.fault == "" && m.first > o.last+slack
}

func digits(s []byte, n int) (value int, rest []byte, ok bool) {
	if len(s) < n {
		return 0, s, false
	}
	for _, c := range s[:n] {
		if c < '0' || c > '9' {
			return 0, s, false
		}
		value = value*10 + int(c-'0')
	}
	return value, s[n:], true
}

func impossibleDates(f *facts, r *reporter) {
	for i := range f.dates {
		d := &f.dates[i]
		if m, ok := readMoment(d.value); ok && m.fault != "" {
			r.say(d.span, "@%s is \"%s\", which is no date: %s", d.attribute.name, d.value, whole(m.fault))
		}
	}
}

func yearZeroDates(f *facts, r *reporter) {
	for i := range f.dates {
		d := &f.dates[i]
		if m, ok := readMoment(d.value); ok && m.yearZero {
			r.say(d.span, "@%s is in the year 0000, which is 1 BC by ISO 8601 and no year by XML Schema 1.0, where 1 BC is -0001; say it in @when-iso", d.attribute.name)
		}
	}
}

// dated is the dates of one element by their role.
type dated [notAfter + 1]*dateUse

// eachDated calls f with the elements that have two dates or more.
func (f *facts) eachDated(do func(*dated)) {
	for i := 0; i < len(f.dates); {
		var d dated
		k := i
		for ; k < len(f.dates) && f.dates[k].element == f.dates[i].element; k++ {
			d[f.dates[k].attribute.role] = &f.dates[k]
		}
		if k > i+1 {
			do(&d)
		}
		i = k
	}
}

// disordered says that a comes after b.
func (d *dated) disordered(a, b dateRole) bool {
	if d[a] == nil || d[b] == nil {
		return false
	}
	x, ok1 := readMoment(d[a].value)
	y, ok2 := readMoment(d[b].value)
	return ok1 && ok2 && x.after(&y)
}

// order reports each pair of roles in which the first comes after the second,
// at the one that place names.
func order(r *reporter, d *dated, first, second, place dateRole, format string) {
	if !d.disordered(first, second) {
		return
	}
	a, b := d[first], d[second]
	other := b
	if place == second {
		other = a
	}
	finding := r.say(d[place].span, format, a.attribute.name, a.value, b.attribute.name, b.value)
	finding.Related = []diag.Related{{Pos: diag.Pos{Offset: other.at}, Message: "@" + other.attribute.name + " is here"}}
}

func disorderedDates(f *facts, r *reporter) {
	f.eachDated(func(d *dated) {
		const format = "@%s is \"%s\", later than @%s, which is \"%s\"; exchange them, or correct the wrong one"
		order(r, d, from, to, from, format)
		order(r, d, notBefore, notAfter, notBefore, format)
	})
}

func outsideDates(f *facts, r *reporter) {
	f.eachDated(func(d *dated) {
		const format = "@%s is \"%s\", later than @%s, which is \"%s\"; correct the wrong one"
		order(r, d, when, notAfter, when, format)
		order(r, d, notBefore, when, when, format)
	})
}
