package dates

// The forms of a time of day, alone and beside a date.

// clock is a time of day as read.
type clock struct {
	h, m  int
	zulu  bool
	half  int8 // of the day: -1 before noon, 1 after noon, 0 not said
	sure  bool // cannot be a count: has hours, a half of the day, or a zone
	colon bool // hours and minutes divided
	bare  bool // four digits and nothing else
	word  bool // noon, midnight
}

// clockDigits says whether the number at i has the form of a military time.
func (p *parser) clockDigits(i int) bool {
	t := &p.tok[i]
	return t.digits == 4 && !t.split && t.value <= 2400 && t.value%100 < 60
}

// clockAt reads a time: 0200, 2135Z, 1500 hours, 10:30 a.m., 22h30, 4 p. m.,
// noon.
func (p *parser) clockAt(i int) (clock, int) {
	var c clock
	if i < 0 || i >= len(p.tok) {
		return c, -1
	}
	t := &p.tok[i]
	if t.kind == letters {
		switch t.word.role {
		case roleNoon:
			return clock{h: 12, sure: true, word: true}, i
		case roleMidnight:
			return clock{sure: true, word: true}, i
		}
		return c, -1
	}
	if t.kind != number || t.split {
		return c, -1
	}
	last := i
	switch {
	case p.clockDigits(i):
		c.h, c.m, c.bare = int(t.value)/100, int(t.value)%100, true
	case t.digits <= 2 && t.value <= 24:
		c.h = int(t.value)
		n := i + 1
		if p.glued(n) && p.glued(n+1) && p.number(n+1) && p.tok[n+1].digits == 2 && p.tok[n+1].value < 60 && (p.is(n, ':') || p.is(n, '.') || p.word(n, "h")) {
			c.m, last = int(p.tok[n+1].value), n+1
			c.colon = !p.is(n, '.')
			c.sure = p.letters(n)
			if p.is(n, ':') && p.is(last+1, ':') && p.glued(last+1) && p.glued(last+2) && p.number(last+2) && p.tok[last+2].digits == 2 {
				last += 2 // seconds
			}
		}
	default:
		return c, -1
	}
	// the half of the day, hours, the zone
	j := last + 1
	if j < len(p.tok) && p.tok[j].gap != apart && p.tok[j].kind == letters {
		if half, end := p.halfAt(j); half != 0 && c.h >= 1 && c.h <= 12 && !c.bare {
			c.half, c.sure, last = half, true, end
			return c.adjust(), last
		} else if half != 0 && c.bare {
			last = end // 1430 p.m.
			c.sure = true
			return c, last
		}
		switch w := p.tok[j]; {
		case w.gap == glued && p.word(j, "z"):
			if !c.bare {
				return c, -1
			}
			c.zulu, c.sure, c.bare = true, true, false
			return c, j
		case w.gap == glued && (p.word(j, "h") || p.word(j, "hrs")):
			if p.glued(j+1) && p.number(j+1) {
				return c, -1
			}
			c.sure, c.bare, last = true, false, j
		case w.gap == glued:
			return c, -1
		case w.word.role == roleHours && (c.bare || c.colon || last > i):
			c.sure, c.bare, last = true, false, j
			if p.is(j+1, '.') && p.glued(j+1) && p.word(j, "hrs") && !p.ends(j+2) {
				last = j + 1
			}
		case w.word.role == roleNoon && c.h == 12:
			return clock{h: 12, sure: true}, j
		case w.word.role == roleMidnight && c.h == 12:
			return clock{sure: true}, j
		case p.word(j, "o") && p.is(j+1, '\'') && p.role(j+2) == roleClock && !c.bare:
			last = j + 2
			c.colon = true
			if h, end := p.dayPart(last + 1); h != 0 && c.h <= 12 {
				c.half, c.sure, last = h, true, end
				return c.adjust(), last
			}
			c.sure = c.h > 12
		}
		if n := last + 1; c.sure && p.role(n) == roleGreenwic {
			c.zulu, last = true, n
		} else if c.bare && p.role(n) == roleGreenwic {
			c.zulu, c.sure, c.bare, last = true, true, false, n
		}
	}
	if c.h == 24 && c.m > 0 {
		return c, -1
	}
	return c, last
}

// adjust gives the hour on the dial of twenty-four.
func (c clock) adjust() clock {
	switch {
	case c.half < 0 && c.h == 12:
		c.h = 0
	case c.half > 0 && c.h < 12:
		c.h += 12
	}
	return c
}

// halfAt reads a.m. and p. m.
func (p *parser) halfAt(j int) (half int8, last int) {
	if !p.letters(j) {
		return 0, -1
	}
	switch s := p.src(j); {
	case foldIs(s, "am"):
		half, last = -1, j
	case foldIs(s, "pm"):
		half, last = 1, j
	case foldIs(s, "a") || foldIs(s, "p"):
		if !p.is(j+1, '.') || !p.glued(j+1) || !p.word(j+2, "m") || p.tok[j+2].gap > newLine {
			return 0, -1
		}
		half, last = -1, j+2
		if s[0] == 'p' || s[0] == 'P' {
			half = 1
		}
	default:
		return 0, -1
	}
	if last > j && p.is(last+1, '.') && p.glued(last+1) {
		last++
	}
	return half, last
}

func foldIs(s, lower string) bool { return len(s) == len(lower) && foldEqual(s, lower) }

// dayPart reads "in the afternoon", "at night" behind an hour.
func (p *parser) dayPart(j int) (half int8, last int) {
	if p.word(j, "in") && p.role(j+1) == roleThe && p.role(j+2) == roleDayPart {
		if p.tok[j+2].word.value == 0 {
			return -1, j + 2
		}
		return 1, j + 2
	}
	return 0, -1
}

// clocksAt reads a time or a stretch of two: 3:00 to 4:20 p.m.
func (p *parser) clocksAt(i int) (c [2]clock, n, last int) {
	a, end := p.clockAt(i)
	if end < 0 {
		// 1:30-5 p.m. has a first hour alone
		return c, 0, -1
	}
	c[0] = a
	j := p.step(end)
	if p.role(j) == roleTo || p.dash(j) || p.role(j) == roleAnd && p.word(p.back(i), "between") {
		k := p.step(j)
		if b, end2 := p.clockAt(k); end2 > 0 && p.number(k) {
			switch {
			case b.half != 0 && a.half == 0 && !a.bare && a.h >= 1 && a.h <= 12:
				// the half of the second holds for the first, if it comes before
				f := a
				f.half = b.half
				f = f.adjust()
				if f.h*60+f.m >= b.h*60+b.m {
					f = a
					f.half = -b.half
					f = f.adjust()
				}
				if f.h*60+f.m < b.h*60+b.m {
					f.sure = true
					c[0], c[1] = f, b
					return c, 2, end2
				}
			case (a.colon && b.colon || a.bare && (b.bare || b.sure) || a.sure && b.sure) && a.h*60+a.m < b.h*60+b.m:
				if b.sure {
					c[0].sure = true
					c[0].zulu = c[0].zulu || b.zulu
				}
				c[1] = b
				return c, 2, end2
			}
		}
	}
	if !a.sure && !a.colon && !a.bare && end == i {
		return c, 0, -1 // a number
	}
	return c, 1, end
}

// readTimeDate reads a time with the date behind it: 0200 30 October, 1615 on
// 20 November 1953, 3:00 to 4:20 p.m., 27 September 1956.
func readTimeDate(p *parser, i int) int {
	if p.number(i) && (!p.loose(i) || p.signed(i) && !p.signGoesOn(i)) {
		return -1
	}
	c, n, end := p.clocksAt(i)
	if n == 0 || c[0].word && n == 1 && !p.marked(p.back(i), clockBefore) {
		return -1
	}
	j := p.step(end)
	if j < 0 {
		return -1
	}
	joined := false
	if p.is(j, ',') {
		// "in 1951, 12 June" is a year; "at 2130, 12 June" a time
		if c[0].bare && n == 1 && !p.marked(p.back(i), clockBefore) && p.tok[i].value/100 != 0 {
			return -1
		}
		if c[0].bare && n == 1 && p.marked(p.back(i), yearBefore) && p.role(p.back(i)) != roleAt && p.word(p.back(i), "in") {
			return -1
		}
		joined = true
		j = p.step(j)
	}
	if p.role(j) == roleOn || p.role(j) == roleOf {
		if c[0].bare && n == 1 && !p.marked(p.back(i), clockBefore) && p.role(p.back(i)) != roleAt && p.tok[i].value >= 1000 && !c[0].sure {
			return -1
		}
		joined = true
		j = p.step(j)
		if p.role(j) == roleThe {
			j = p.step(j)
		}
	}
	if j < 0 || p.tok[j].gap >= newLine && c[0].bare && n == 1 && !joined && !p.marked(p.back(i), clockBefore) {
		return -1
	}
	if !c[0].bare && !c[0].sure && !c[0].colon && n == 1 && p.role(p.back(i)) != roleAt {
		return -1
	}
	mark := len(p.out)
	forms := p.numbers
	if p.letters(j) && c[0].bare && n == 1 && !joined && !p.marked(p.back(i), clockBefore) {
		return -1 // New Delhi's 1023 September 17: the number of a telegram
	}
	if p.letters(j) {
		forms = p.words
	}
	if p.calendarAt(j, forms) < 0 || len(p.out) != mark+1 || p.out[mark].rel != one || p.out[mark].lo.d == 0 || p.out[mark].nclocks > 0 {
		p.out = p.out[:mark]
		return -1
	}
	f := &p.out[mark]
	f.first = i
	f.clocks, f.nclocks, f.c0, f.c1 = c, n, i, end
	f.rule = "time before date"
	return f.last
}

// calendarAt reads a date by the forms that have no time.
func (p *parser) calendarAt(i int, forms []form) int {
	mark := len(p.out)
	for k := range forms {
		if !forms[k].day {
			continue
		}
		if last := forms[k].read(p, i); last >= 0 {
			return last
		}
		p.out = p.out[:mark]
	}
	return -1
}

// timeAfter adds the time behind a day: , 4 p.m.; —2135Z; at 1730.
func (p *parser) timeAfter(f *found) {
	if f.rel != one || f.lo.d == 0 || f.nclocks > 0 {
		return
	}
	j := p.step(f.last)
	if j < 0 {
		return
	}
	at := false
	if p.is(j, ',') || p.is(j, emDash) || p.is(j, enDash) || p.is(j, ';') || p.is(j, '-') && p.tok[j].gap != glued {
		if j = p.step(j); j < 0 {
			return
		}
	}
	if p.role(j) == roleAt {
		at = true
		if j = p.step(j); j < 0 {
			return
		}
	}
	if p.number(j) && p.tok[j].gap == glued && p.is(j-1, ',') {
		return
	}
	both, n, last := p.clocksAt(j)
	if n != 1 {
		return
	}
	c := both[0]
	next := p.step(last)
	if !c.sure {
		switch {
		case c.colon:
			if p.tight(last) {
				return
			}
		case c.bare && at:
			if p.tight(last) || p.letters(next) && p.tok[next].word.marks&follows == 0 && !p.capital(next) && p.role(next) == noRole {
				return
			}
		case c.bare:
			if p.tight(last) || !p.ends(last+1) || p.is(last+1, '(') {
				return
			}
		default:
			return
		}
	}
	// the time may belong to the next date: 30 October, 2120 31 October
	if next > 0 && !c.word {
		if d, end, _, _ := p.dayAt(next); d > 0 && p.tok[next].gap <= spaced {
			if m, _ := p.monthAt(p.step(end)); m > 0 {
				return
			}
		}
	}
	f.clocks[0], f.nclocks, f.c0, f.c1 = c, 1, j, last
	f.last = last
	f.rule += ", time"
}

// readClock reads a time without a date, where it cannot be a count.
func readClock(p *parser, i int) int {
	if p.letters(i) || !p.loose(i) || p.signed(i) {
		return -1
	}
	c, n, last := p.clocksAt(i)
	if n == 0 || p.tight(last) {
		return -1
	}
	prev := p.back(i)
	cue := p.marked(prev, clockBefore)
	next := p.step(last)
	f := found{kind: ClockTime, first: i, last: last, clocks: c, nclocks: n, c0: i, c1: last, weekday: -1}
	switch a := c[0]; {
	case n == 2 && (c[1].sure || c[0].sure):
	case a.sure && a.half == 0 && !a.zulu && !a.colon && p.role(last) == roleHours:
		// 1800 hours of work is a count
		if p.role(next) == roleOf || p.word(prev, "for") || p.word(prev, "of") && a.h >= 10 {
			return -1
		}
	case a.sure:
	case a.colon && p.role(last) == roleClock:
		f.ambiguous = true // five o'clock: before noon or after
		if a.h == 0 || !cue {
			return -1
		}
	case a.colon:
		if !cue || p.role(prev) == roleOf || p.role(prev) == roleAnd && n == 1 {
			return -1
		}
	case a.bare && n == 1:
		if p.role(prev) != roleAt || p.tok[i].gap > newLine {
			return -1
		}
		if !p.ends(last+1) && !(p.letters(next) && (p.marked(next, follows) && !p.marked(next, counted))) {
			return -1
		}
	default:
		return -1
	}
	return p.add(f)
}
