package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The date of a page, as its own line or within its citation. Dates of the text
// are read elsewhere: there a day without a year is a date too.

// dateValue is a day, a month, a year, or a range of them.
type dateValue struct {
	from, to string
	circa    bool
}

func (d dateValue) value() string {
	if d.to == "" {
		return d.from
	}
	return d.from + "/" + d.to
}

var months = [...]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var weekdays = [...]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}

// words before a date that make it less sure.
var circaWords = []string{"circa", "ca.", "ca", "c.", "approximately", "approx.", "about", "around", "early", "mid-", "mid", "late", "probably", "possibly", "presumably", "not earlier than", "not later than", "no earlier than", "no later than"}

// undated says whether words state that there is no date, or give one that has
// no value.
func undated(s string) bool {
	s = strings.ToLower(strings.Trim(s, "[]().*? "))
	switch s {
	case "undated", "n.d", "nd", "no date", "date unknown", "unknown", "not dated", "date not given":
		return true
	}
	return strings.HasPrefix(s, "before ") || strings.HasPrefix(s, "after ") || strings.HasPrefix(s, "undated")
}

// readDate reads s, the whole of it.
func readDate(s string) (dateValue, bool) {
	s = strings.TrimFunc(s, blank)
	inner := strings.Trim(s, "[]()")
	d, n := dateAt(inner)
	if n == 0 {
		return dateValue{}, false
	}
	switch strings.TrimFunc(inner[n:], blank) {
	case "", ".", ",":
		return d, true
	case "?", "(?)", "[?]":
		d.circa = true
		return d, true
	}
	return dateValue{}, false
}

// ymd is a date with parts missing (0).
type ymd struct{ y, m, d int }

func (x ymd) String() string {
	switch {
	case x.m == 0:
		return fmt.Sprintf("%04d", x.y)
	case x.d == 0:
		return fmt.Sprintf("%04d-%02d", x.y, x.m)
	}
	return fmt.Sprintf("%04d-%02d-%02d", x.y, x.m, x.d)
}

func (x ymd) valid() bool {
	if x.y == 0 || x.d > 0 && x.m == 0 || x.m > 12 {
		return false
	}
	return x.d <= daysOf(x.y, x.m)
}

func daysOf(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// dateAt reads the date that s begins with and returns its length, 0 where
// there is none.
func dateAt(s string) (dateValue, int) {
	c := &scan{s: s}
	var out dateValue
	for {
		low := c.lower(24)
		hit := ""
		for _, w := range circaWords {
			if strings.HasPrefix(low, w) && len(w) > len(hit) && (strings.HasSuffix(w, ".") || strings.HasSuffix(w, "-") || len(low) > len(w) && (low[len(w)] == ' ' || low[len(w)] == '-')) {
				hit = w
			}
		}
		if hit == "" {
			break
		}
		out.circa = true
		c.i += len(hit)
		c.spaces()
	}
	a := c.one()
	if a == (ymd{}) {
		return dateValue{}, 0
	}
	end := c.i
	if a.y > 0 && a.m == 0 && strings.HasPrefix(c.s[c.i:], "s") && a.y%10 == 0 {
		return dateValue{from: fmt.Sprintf("%04d", a.y), to: fmt.Sprintf("%04d", a.y+9), circa: out.circa}, end + 1
	}
	if c.dash() {
		b := c.one()
		if b == (ymd{}) && a.m == 0 && a.y > 0 {
			// 1951-52
			if n, w := c.number(); w == 2 && n > a.y%100 {
				b = ymd{y: a.y/100*100 + n}
			}
		}
		if b != (ymd{}) {
			if a.y == 0 {
				a.y = b.y
			}
			if b.y == 0 {
				b.y = a.y
			}
			if a.m == 0 && a.d > 0 {
				a.m = b.m
			}
			if b.m == 0 && b.d > 0 {
				b.m = a.m
			}
			if a.valid() && b.valid() && a.String() < b.String() {
				out.from, out.to = a.String(), b.String()
				return out, c.i
			}
		}
		c.i = end
	}
	if !a.valid() {
		return dateValue{}, 0
	}
	out.from = a.String()
	return out, end
}

// scan reads a string from left to right.
type scan struct {
	s string
	i int
}

func (c *scan) lower(n int) string {
	return strings.ToLower(c.s[c.i:min(len(c.s), c.i+n)])
}

func (c *scan) spaces() {
	for c.i < len(c.s) {
		r, w := utf8.DecodeRuneInString(c.s[c.i:])
		if !blank(r) {
			return
		}
		c.i += w
	}
}

func (c *scan) take(p string) bool {
	if strings.HasPrefix(c.s[c.i:], p) {
		c.i += len(p)
		return true
	}
	return false
}

// dash takes what stands between the ends of a range.
func (c *scan) dash() bool {
	at := c.i
	c.spaces()
	for _, d := range []string{"--", "-", "–", "—", "to ", "through ", "and "} {
		if strings.HasPrefix(c.s[c.i:], d) && (d[0] < 'a' || d[0] > 'z' || c.i > at) {
			c.i += len(d)
			c.spaces()
			return true
		}
	}
	c.i = at
	return false
}

// number takes up to four digits that no digit follows.
func (c *scan) number() (n, width int) {
	i := c.i
	for i < len(c.s) && c.s[i] >= '0' && c.s[i] <= '9' && i-c.i < 5 {
		n = n*10 + int(c.s[i]-'0')
		i++
	}
	width = i - c.i
	if width == 0 || width > 4 {
		return 0, 0
	}
	c.i = i
	return n, width
}

func (c *scan) year() int {
	at := c.i
	if n, w := c.number(); w == 4 && n >= 1000 && n < 2100 {
		return n
	}
	c.i = at
	return 0
}

// month takes a month's name, whole or cut to three letters or more.
func (c *scan) month() int {
	i := c.i
	for i < len(c.s) && (c.s[i] >= 'a' && c.s[i] <= 'z' || c.s[i] >= 'A' && c.s[i] <= 'Z') {
		i++
	}
	w := strings.ToLower(c.s[c.i:i])
	if len(w) < 3 {
		return 0
	}
	for n, m := range months {
		if w == m || len(w) <= 4 && strings.HasPrefix(m, w) {
			c.i = i
			if w != m {
				c.take(".")
			}
			return n + 1
		}
	}
	return 0
}

// one reads a date, parts of which may be missing.
func (c *scan) one() ymd {
	at := c.i
	low := c.lower(12)
	for _, w := range weekdays {
		if strings.HasPrefix(low, w) && len(low) > len(w) && !unicode.IsLetter(rune(low[len(w)])) {
			c.i += len(w)
			c.take(".")
			c.take(",")
			c.spaces()
			break
		}
	}
	if m := c.month(); m > 0 {
		x := ymd{m: m}
		end := c.i
		c.spaces()
		if x.y = c.year(); x.y > 0 {
			return x
		}
		if d, w := c.number(); w > 0 {
			if w > 2 || d == 0 || d > 31 {
				c.i = at
				return ymd{}
			}
			x.d = d
			c.ordinal()
			end = c.i
		}
		c.take(",")
		c.spaces()
		if x.y = c.year(); x.y == 0 {
			c.i = end
		}
		return x
	}
	if y := c.year(); y > 0 {
		end := c.i
		for _, sep := range []string{"-", ".", "/"} {
			if c.take(sep) {
				m, w := c.number()
				if w == 2 && m >= 1 && m <= 12 {
					x := ymd{y: y, m: m}
					end = c.i
					if c.take(sep) {
						if d, w := c.number(); w == 2 && d > 0 {
							x.d = d
							return x
						}
						c.i = end
					}
					if sep == "-" {
						return x
					}
				}
				c.i = end
				break
			}
		}
		return ymd{y: y}
	}
	d, w := c.number()
	if w == 0 || w > 2 || d == 0 || d > 31 {
		c.i = at
		return ymd{}
	}
	end := c.i
	// 13.6.1951; 27/10/1962 where only one reading is possible
	for _, sep := range []string{".", "/"} {
		if c.take(sep) {
			m, w := c.number()
			if w > 0 && w < 3 && c.take(sep) {
				if y := c.year(); y > 0 {
					switch {
					case m <= 12 && m > 0 && (sep == "." || d > 12 || d == m):
						return ymd{y, m, d}
					case m > 12 && d <= 12:
						return ymd{y, d, m}
					}
					c.i = at
					return ymd{}
				}
			}
			c.i = end
		}
	}
	c.ordinal()
	c.take(".")
	end = c.i
	c.spaces()
	if c.lower(3) == "of " {
		c.i += 3
	}
	if m := c.month(); m > 0 {
		x := ymd{m: m, d: d}
		end = c.i
		c.take(",")
		c.spaces()
		if x.y = c.year(); x.y == 0 {
			c.i = end
		}
		return x
	}
	c.i = end
	// 3, 1951 behind a dash
	if c.take(",") {
		c.spaces()
		if y := c.year(); y > 0 {
			return ymd{y: y, d: d}
		}
		c.i = end
	}
	return ymd{d: d}
}

func (c *scan) ordinal() {
	switch c.lower(2) {
	case "st", "nd", "rd", "th":
		c.i += 2
	}
}
