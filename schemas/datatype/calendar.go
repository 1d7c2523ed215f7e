package datatype

import (
	"bytes"
	"math/big"
)

// The calendar: dateTime, time, date, gYearMonth, gYear, gMonthDay, gDay and
// gMonth (3.2.7 to 3.2.14). A year has four digits or more, and there is no year
// 0000: 1 BC is -0001, and it is a leap year.
//
// 24:00:00 is the midnight that ends a day (3.2.7.1). The second 60 is allowed: a
// leap second may fall on any minute of local time (appendix D).

// parts are the parts of a calendar value that a type has.
type parts uint8

const (
	yearPart parts = 1 << iota
	monthPart
	dayPart
	timePart
)

// moment is a calendar value taken apart.
type moment struct {
	negative             bool
	year                 []byte // digits
	month, day           int
	hour, minute, second int
	fraction             []byte // of the second: digits without zeros at the end
	zone                 int    // in minutes
	hasZone              bool
}

// fault is why a value is of no calendar type.
type fault uint8

const (
	noFault fault = iota
	badShape
	noYear   // 0000
	longYear // a zero before five digits or more
	noMonth
	noDay
	noHour
	noMinute
	noSecond
	noZone
)

// read takes s apart; has says what it is made of.
func (m *moment) read(s []byte, has parts) fault {
	*m = moment{month: 1, day: 1}
	ok := false
	if has&yearPart != 0 {
		if len(s) > 0 && s[0] == '-' {
			m.negative = true
			s = s[1:]
		}
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n < 4 {
			return badShape
		}
		m.year, s = s[:n], s[n:]
	} else if has != timePart {
		if len(s) == 0 || s[0] != '-' {
			return badShape
		}
		s = s[1:]
	}
	if has&monthPart != 0 {
		if m.month, s, ok = two(s, '-'); !ok {
			return badShape
		}
	} else if has == dayPart {
		if len(s) == 0 || s[0] != '-' {
			return badShape
		}
		s = s[1:]
	}
	if has&dayPart != 0 {
		if m.day, s, ok = two(s, '-'); !ok {
			return badShape
		}
	}
	if has&timePart != 0 {
		if has != timePart {
			if len(s) == 0 || s[0] != 'T' {
				return badShape
			}
			s = s[1:]
		}
		if m.hour, s, ok = twoDigits(s); !ok {
			return badShape
		}
		if m.minute, s, ok = two(s, ':'); !ok {
			return badShape
		}
		if m.second, s, ok = two(s, ':'); !ok {
			return badShape
		}
		if len(s) > 0 && s[0] == '.' {
			n := 1
			for n < len(s) && s[n] >= '0' && s[n] <= '9' {
				n++
			}
			if n == 1 {
				return badShape
			}
			m.fraction, s = significant(s[1:n]), s[n:]
		}
	}
	if f := m.readZone(s); f != noFault {
		return f
	}
	return m.check(has)
}

// readZone is what follows the rest: Z, an offset of up to 14 hours, or nothing
// (3.2.7.3).
func (m *moment) readZone(s []byte) fault {
	switch {
	case len(s) == 0:
		return noFault
	case len(s) == 1 && s[0] == 'Z':
		m.hasZone = true
		return noFault
	case len(s) != 6 || s[0] != '+' && s[0] != '-':
		return badShape
	}
	hour, rest, ok1 := twoDigits(s[1:])
	minute, _, ok2 := two(rest, ':')
	switch {
	case !ok1 || !ok2:
		return badShape
	case minute > 59 || hour*60+minute > 14*60:
		return noZone
	}
	m.zone, m.hasZone = hour*60+minute, true
	if s[0] == '-' {
		m.zone = -m.zone
	}
	return noFault
}

func (m *moment) check(has parts) fault {
	if has&yearPart != 0 {
		if len(m.year) > 4 && m.year[0] == '0' {
			return longYear
		}
		if string(m.year) == "0000" {
			return noYear
		}
	}
	switch {
	case m.month < 1 || m.month > 12:
		return noMonth
	case m.day < 1 || m.day > m.days(has):
		return noDay
	case m.hour > 23 && (m.hour > 24 || m.minute > 0 || m.second > 0 || len(m.fraction) > 0):
		return noHour
	case m.minute > 59:
		return noMinute
	case m.second > 60:
		return noSecond
	}
	if m.hour == 24 && has == timePart { // a time is of every day (3.2.8)
		m.hour = 0
	}
	return noFault
}

// two reads two digits behind a sign.
func two(s []byte, sign byte) (n int, rest []byte, ok bool) {
	if len(s) < 3 || s[0] != sign {
		return 0, s, false
	}
	return twoDigits(s[1:])
}

func twoDigits(s []byte) (n int, rest []byte, ok bool) {
	if len(s) < 2 {
		return 0, s, false
	}
	a, b := s[0]-'0', s[1]-'0'
	return int(a)*10 + int(b), s[2:], a <= 9 && b <= 9
}

// days is how many days the month has.
func (m *moment) days(has parts) int {
	switch m.month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if has&yearPart != 0 && !m.leap() {
			return 28
		}
		if has&monthPart != 0 {
			return 29
		}
	}
	return 31
}

// leap reports whether the year is a leap year. The calendar repeats itself
// every 400 years, and so every 10,000.
func (m *moment) leap() bool {
	y := 0
	for _, c := range m.year[max(0, len(m.year)-4):] {
		y = y*10 + int(c-'0')
	}
	if m.negative {
		y += 10_000 - 1
	}
	return y%4 == 0 && (y%100 != 0 || y%400 == 0)
}

// instant is a place on the line of time: days, seconds of the day, and a
// fraction. far is the days where they are too many to be counted in days.
type instant struct {
	days     int64
	far      *big.Int
	seconds  int
	fraction []byte
}

// instant is when the value begins, in its zone or without one. Parts that the
// type has not are those of 2000-01-01.
func (m *moment) instant() instant {
	i := instant{seconds: m.hour*3600 + m.minute*60 + m.second - m.zone*60, fraction: m.fraction}
	year := int64(2000)
	var high *big.Int
	if m.year != nil {
		digits := m.year
		year = 0
		if cut := len(digits) - 15; cut > 0 { // years in whole periods of the calendar
			far, _ := new(big.Int).SetString(string(digits[:cut]), 10)
			far.Mul(far, new(big.Int).Exp(big.NewInt(10), big.NewInt(15-4), nil)) // periods of 10,000 years
			high = far.Mul(far, big.NewInt(daysBefore(10_000)-daysBefore(0)))
			digits = digits[cut:]
		}
		for _, c := range digits {
			year = year*10 + int64(c-'0')
		}
		if m.negative {
			year = 1 - year
			if high != nil {
				high.Neg(high)
			}
		}
	}
	i.days = daysBefore(year) + int64(dayOfYear[m.month-1]+m.day-1)
	if m.month > 2 && (m.year == nil || m.leap()) {
		i.days++
	}
	i.shift(0)
	if high != nil {
		i.far = high.Add(high, big.NewInt(i.days))
	}
	return i
}

var dayOfYear = [12]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}

// daysBefore counts the days from 0000-01-01, of a calendar that has a year 0,
// to the beginning of a year.
func daysBefore(year int64) int64 {
	y := year - 1
	return 365*year + floor(y, 4) - floor(y, 100) + floor(y, 400) + 1
}

// floor is a/b rounded down.
func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// shift moves the instant.
func (i *instant) shift(seconds int) {
	i.seconds += seconds
	days := floor(int64(i.seconds), 86_400)
	i.seconds -= int(days) * 86_400
	i.days += days
	if i.far != nil {
		i.far = new(big.Int).Add(i.far, big.NewInt(days))
	}
}

func (i *instant) compare(k *instant) int {
	if i.far != nil || k.far != nil {
		a, b := i.far, k.far
		if a == nil {
			a = big.NewInt(i.days)
		}
		if b == nil {
			b = big.NewInt(k.days)
		}
		if c := a.Cmp(b); c != 0 {
			return c
		}
	} else if i.days != k.days {
		if i.days < k.days {
			return -1
		}
		return 1
	}
	if i.seconds != k.seconds {
		return i.seconds - k.seconds
	}
	return bytes.Compare(i.fraction, k.fraction)
}

// widest is how far the zone of a value without one may be from UTC (3.2.7.4).
const widest = 14 * 3600

// calendarOrder is the order of 3.2.7.4: a value without a zone is before another
// with one only if it is so in every zone.
func calendarOrder(has parts) func([]byte) func([]byte) order {
	return func(bound []byte) func([]byte) order {
		var b moment
		b.read(bytes.Clone(bound), has)
		to := b.instant()
		early, late := to, to
		early.shift(-widest)
		late.shift(widest)
		// Without zones, values of one length stand in order as they are written,
		// years of four digits first. A second 60 is the next minute, an hour 24 the
		// next day.
		asWritten := func(s []byte) bool {
			return has&timePart == 0 || s[len(s)-2] != '6' && (s[len(s)-8] != '2' || s[len(s)-7] != '4')
		}
		simple := len(bound) == lengthOf(has) && asWritten(bound)
		plain := bytes.Clone(bound)
		return func(s []byte) order {
			if simple && len(s) == len(plain) && asWritten(s) {
				return orderOf(bytes.Compare(s, plain))
			}
			var m moment
			m.read(s, has)
			i := m.instant()
			switch {
			case m.hasZone == b.hasZone:
				return orderOf(i.compare(&to))
			case i.compare(&early) < 0:
				return less
			case i.compare(&late) > 0:
				return greater
			}
			return apart
		}
	}
}

// lengthOf is the length of a value with a year of four digits and without a
// fraction or a zone.
func lengthOf(has parts) int {
	n := 0
	if has&yearPart != 0 {
		n += len("1951")
	} else if has != timePart {
		n += len("-")
	}
	if has&monthPart != 0 {
		n += len("-11")
	} else if has == dayPart {
		n += len("-")
	}
	if has&dayPart != 0 {
		n += len("-01")
	}
	if has&timePart != 0 {
		n += len("14:30:00")
	}
	if has&timePart != 0 && has != timePart {
		n += len("T")
	}
	return n
}

func isDateTime(s []byte) bool  { return is(s, yearPart|monthPart|dayPart|timePart) }
func isTime(s []byte) bool      { return is(s, timePart) }
func isDate(s []byte) bool      { return is(s, yearPart|monthPart|dayPart) }
func isYearMonth(s []byte) bool { return is(s, yearPart|monthPart) }
func isYear(s []byte) bool      { return is(s, yearPart) }
func isMonthDay(s []byte) bool  { return is(s, monthPart|dayPart) }
func isDay(s []byte) bool       { return is(s, dayPart) }
func isMonth(s []byte) bool     { return is(s, monthPart) }

func is(s []byte, has parts) bool {
	var m moment
	return m.read(s, has) == noFault
}
