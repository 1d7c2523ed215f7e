package datatype

import (
	"bytes"
	"math/big"
)

// Durations (3.2.6): a value has six components, and two values are equal if
// their components are. PT60S is not PT1M, though none is the longer; P1M and
// P30D can't be told apart either, for months differ.

// span is a duration taken apart: digits without zeros before them.
type span struct {
	negative bool
	part     [6][]byte // years, months, days, hours, minutes, seconds
	fraction []byte    // of the seconds
}

// designators end the components in their order; those behind T are of time.
const designators = "YMDHMS"

// read takes s apart, and says whether it is a duration.
func (d *span) read(s []byte) bool {
	*d = span{}
	if len(s) > 0 && s[0] == '-' {
		d.negative = true
		s = s[1:]
	}
	if len(s) < 3 || s[0] != 'P' {
		return false
	}
	s = s[1:]
	next, any := 0, false
	for len(s) > 0 {
		if s[0] == 'T' {
			if next > 3 || d.part[3] != nil {
				return false
			}
			next, any, s = 3, false, s[1:]
			if len(s) == 0 {
				return false
			}
			d.part[3] = s[:0] // behind T
			continue
		}
		n := countDigits(s)
		if n == 0 || n == len(s) {
			return false
		}
		digits := s[:n]
		s = s[n:]
		if s[0] == '.' {
			f := countDigits(s[1:])
			if f == 0 || len(s) == f+1 || s[f+1] != 'S' {
				return false
			}
			d.fraction, s = significant(s[1:f+1]), s[f+1:]
		}
		end := 3
		if d.part[3] != nil {
			end = 6
		}
		for next < end && designators[next] != s[0] {
			next++
		}
		if next == end {
			return false
		}
		for len(digits) > 0 && digits[0] == '0' {
			digits = digits[1:]
		}
		d.part[next] = digits
		next, any, s = next+1, true, s[1:]
	}
	if d.zero() {
		d.negative = false
	}
	return any
}

func countDigits(s []byte) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func (d *span) zero() bool {
	for _, p := range d.part {
		if len(p) > 0 {
			return false
		}
	}
	return len(d.fraction) == 0
}

func isDuration(s []byte) bool {
	var d span
	return d.read(s)
}

func (d *span) equals(e *span) bool {
	for i := range d.part {
		if !bytes.Equal(d.part[i], e.part[i]) {
			return false
		}
	}
	return d.negative == e.negative && bytes.Equal(d.fraction, e.fraction)
}

// starts are the four days to which durations are added to be compared
// (3.2.6.2), as months since the year 0.
var starts = [4]int64{1696*12 + 8, 1697*12 + 1, 1903*12 + 2, 1903*12 + 6}

// ends are the seconds at which the duration ends when it begins at the starts.
// ok is false where they are too many, or have a fraction.
func (d *span) ends() (at [4]int64, ok bool) {
	var n [6]int64
	for i, p := range d.part {
		if len(p) > 9 {
			return at, false
		}
		for _, c := range p {
			n[i] = n[i]*10 + int64(c-'0')
		}
	}
	months, seconds := n[0]*12+n[1], n[2]*86_400+n[3]*3600+n[4]*60+n[5]
	if d.negative {
		months, seconds = -months, -seconds
	}
	for i, s := range starts {
		at[i] = firstOf(s+months)*86_400 + seconds
	}
	return at, len(d.fraction) == 0
}

// firstOf is the day on which a month begins.
func firstOf(month int64) int64 {
	year := floor(month, 12)
	k := month - year*12
	days := daysBefore(year) + int64(dayOfYear[k])
	if k >= 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		days++
	}
	return days
}

// exactEnds is ends for any duration.
func (d *span) exactEnds() (at [4]*big.Rat) {
	var n [6]*big.Int
	for i, p := range d.part {
		n[i], _ = new(big.Int).SetString("0"+string(p), 10)
	}
	times := func(a *big.Int, by int64, b *big.Int) *big.Int {
		return new(big.Int).Add(new(big.Int).Mul(a, big.NewInt(by)), b)
	}
	months := times(n[0], 12, n[1])
	seconds, _ := new(big.Rat).SetString(times(times(times(n[2], 24, n[3]), 60, n[4]), 60, n[5]).String() + "." + string(d.fraction) + "0")
	if d.negative {
		months.Neg(months)
		seconds.Neg(seconds)
	}
	period := big.NewInt(400 * 12)
	for i, s := range starts {
		periods, month := new(big.Int).DivMod(times(big.NewInt(s), 1, months), period, new(big.Int))
		days := times(periods, daysBefore(400)-daysBefore(0), big.NewInt(firstOf(month.Int64())))
		at[i] = new(big.Rat).SetInt(times(days, 86_400, new(big.Int)))
		at[i].Add(at[i], seconds)
	}
	return at
}

// compare is the order of 3.2.6.2: one is less if it ends earlier from each of
// the starts.
func (d *span) compare(e *span) order {
	if d.equals(e) {
		return equal
	}
	var is [3]bool // less, equal, greater from some start
	a, ok1 := d.ends()
	b, ok2 := e.ends()
	if ok1 && ok2 {
		for i := range a {
			switch {
			case a[i] < b[i]:
				is[0] = true
			case a[i] > b[i]:
				is[2] = true
			default:
				is[1] = true
			}
		}
	} else {
		a, b := d.exactEnds(), e.exactEnds()
		for i := range a {
			is[a[i].Cmp(b[i])+1] = true
		}
	}
	switch is {
	case [3]bool{true, false, false}:
		return less
	case [3]bool{false, false, true}:
		return greater
	}
	return apart
}

func durationOrder(bound []byte) func([]byte) order {
	var b span
	b.read(bytes.Clone(bound))
	return func(s []byte) order {
		var d span
		d.read(s)
		return d.compare(&b)
	}
}
