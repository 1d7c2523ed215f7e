package dates

// Months and years without a day, and the parts of a month.

// readWeekday reads Monday, 5 May 1952.
func readWeekday(p *parser, i int) int {
	t := &p.tok[i]
	if t.word.role != weekday && t.word.role != shortWeekday || !t.capital {
		return -1
	}
	last := i
	if t.word.role == shortWeekday && p.is(i+1, '.') && p.glued(i+1) {
		last = i + 1
	}
	j := p.step(last)
	if p.is(j, ',') {
		j = p.step(j)
	}
	if p.role(j) == roleThe {
		j = p.step(j)
	}
	if j < 0 {
		return -1
	}
	forms := p.words
	if p.number(j) {
		forms = p.numbers
	}
	mark := len(p.out)
	if p.role(j) == weekday || p.role(j) == shortWeekday || p.calendarAt(j, forms) < 0 {
		return -1
	}
	f := &p.out[mark]
	if f.lo.d == 0 || f.kind != Calendar || p.tok[j].gap > newLine {
		p.out = p.out[:mark]
		return -1
	}
	f.first = i
	if f.rel == one && len(p.out) == mark+1 {
		f.weekday = t.word.value
	}
	return p.out[len(p.out)-1].last
}

// readThisMonth reads the 15th of this month, 5th inst.
func readThisMonth(p *parser, i int) int {
	if p.number(i) && (!p.loose(i) || p.signed(i)) {
		return -1
	}
	d, last, ordinal, _ := p.dayAt(i)
	if d == 0 {
		return -1
	}
	j := p.step(last)
	if p.role(j) == roleInstant && (ordinal || p.number(i)) {
		if p.is(j+1, '.') && p.glued(j+1) && p.tok[j].end-p.tok[j].start < 5 {
			return p.add(found{first: i, last: j + 1, lo: day{d: d}, month: true, shift: int(p.tok[j].word.value), weekday: -1})
		}
		if p.tok[j].end-p.tok[j].start > 4 {
			return p.add(found{first: i, last: j, lo: day{d: d}, month: true, shift: int(p.tok[j].word.value), weekday: -1})
		}
		return -1
	}
	if p.role(j) == roleDay && p.role(p.step(j)) == roleOf {
		j = p.step(j)
	}
	if p.role(j) != roleOf {
		return -1
	}
	j = p.step(j)
	if p.role(j) == roleThe {
		j = p.step(j)
	}
	if j < 0 {
		return -1
	}
	n := p.step(j)
	if p.role(n) != roleMonth {
		return -1
	}
	f := found{first: i, last: n, lo: day{d: d}, month: true, weekday: -1}
	switch w := p.tok[j].word; w.role {
	case roleThis:
		f.shift = int(w.value)
	case roleWhich:
		if w.value > 0 {
			return -1
		}
		f.shift = -1
	case roleSame:
		f.same = true
	default:
		return -1
	}
	return p.add(f)
}

// readPart reads the last ten days of September, the first half of May 1951,
// the second quarter of 1952.
func readPart(p *parser, i int) int {
	t := &p.tok[i]
	if t.word.role != roleWhich {
		return -1
	}
	which := int(t.word.value)
	j := p.step(i)
	parts := 0
	switch p.role(j) {
	case roleTen:
		parts = 3
		j = p.step(j)
		if p.dash(j) {
			j = p.step(j)
		}
		if p.role(j) == roleDay && p.word(p.step(j), "period") {
			j = p.step(j)
		} else if p.role(j) != roleDays {
			return -1
		}
	case roleDekad:
		parts = 3
	case roleHalf:
		parts = 2
	case roleQuarter:
		parts = 4
	default:
		return -1
	}
	j = p.step(j)
	if p.role(j) != roleOf && !p.word(j, "in") || which > parts {
		return -1
	}
	if which < 0 {
		which = parts
	}
	if j = p.step(j); j < 0 {
		return -1
	}
	f := found{first: i, rel: either, weekday: -1}
	if p.number(j) {
		y := &p.tok[j]
		if parts == 3 || y.digits != 4 || y.value < 1000 || y.value > lastYear || p.tight(j) {
			return -1
		}
		length := 12 / parts
		f.last, f.year = j, yearGiven
		f.lo = day{int(y.value), (which-1)*length + 1, 1}
		m := which * length
		f.hi = day{0, m, daysIn(int(y.value), m)}
		f.rel = period
		return p.add(f)
	}
	m, last := p.monthAt(j)
	if m == 0 || !p.tok[j].capital || parts == 4 {
		return -1
	}
	y := p.yearAfter(last, false)
	f.last, f.year, f.shift = y.last, y.source, y.shift
	bounds := [...]int{1, 11, 21, endOfMonth + 1}
	if parts == 2 {
		bounds = [...]int{1, 16, endOfMonth + 1, 0}
	}
	f.lo, f.hi = day{y.y, m, bounds[which-1]}, day{0, m, bounds[which] - 1}
	return p.add(f)
}

// endOfMonth stands for the last day until the year is known.
const endOfMonth = 99

// readMonth reads November 1951, June or July, and a month alone where it is
// plainly a date.
func readMonth(p *parser, i int) int {
	m, last := p.monthAt(i)
	t := &p.tok[i]
	if m == 0 || !t.capital || p.role(i) == foreignMonth || p.glued(i) && i > 0 && (p.tok[i-1].kind != punct || p.is(i-1, '/') || p.is(i-1, '\'') || p.is(i-1, '-') && p.glued(i-1) && !p.marked(i-2, timeBefore)) {
		return -1
	}
	if p.number(i-1) && t.gap <= spaced && p.tok[i-1].digits < 4 {
		return -1
	}
	y := p.yearAfter(last, false)
	f := found{first: i, last: y.last, lo: day{y.y, m, 0}, year: y.source, shift: y.shift, weekday: -1}
	if y.source == yearGiven && p.marked(p.step(y.last), counted) && !p.known {
		f.unsure = true
	}
	// June or July, May-June 1951
	if k, next := p.jointAt(y.last); k != noJoint && k != byComma && next > 0 {
		m2, last2 := p.monthAt(next)
		if m2 > 0 && p.tok[next].capital && p.role(next) != foreignMonth && p.tok[next].gap <= newLine {
			if d, _, _, _ := p.dayAt(p.step(last2)); d == 0 || p.tok[p.step(last2)].kind != number {
				y2 := p.yearAfter(last2, false)
				apartBy := m2 - m
				if apartBy < 0 {
					apartBy += 12
				}
				between := p.word(p.back(i), "between")
				if k != byAnd || apartBy == 1 || between {
					f.gap = [2]int{f.last, next}
					f.hi, f.hiYear, f.hiShift, f.last = day{y2.y, m2, 0}, y2.source, y2.shift, y2.last
					f.rel = p.related(i, k)
					plainly := t.word.role == fullMonth && p.role(next) == fullMonth
					if f.year != yearMissing || f.hiYear != yearMissing || plainly && (k != byTo || p.marked(p.back(i), timeBefore)) {
						return p.add(f)
					}
					return -1
				}
			}
		}
	}
	if y.source != yearMissing {
		if t.word.role == shortMonth || y.source != yearGiven || !p.marked(p.step(y.last), counted) || !p.tok[y.last].split {
			return p.add(f)
		}
	}
	if t.word.role == shortMonth && !p.marked(p.back(i), timeBefore) {
		return -1
	}
	near, ok := p.plainMonth(i, last)
	if !ok {
		return -1
	}
	f.near = near
	return p.add(f)
}

// plainMonth says whether the name of a month alone, from token i to last, is a
// date; near is -1 for "last October", 1 for "next May".
func (p *parser) plainMonth(i, last int) (near int, ok bool) {
	m := p.tok[i].word.value
	// May, March, April, June and August are also verbs and names of people
	doubtful := m >= 3 && m <= 6 || m == 8
	prev := p.back(i)
	if prev >= 0 && p.tok[i].gap > newLine {
		prev = -1
	}
	next := p.step(last)
	if next >= 0 && (p.tok[next].gap > newLine) {
		next = -1
	}
	quoted := p.is(i-1, '"') && p.is(last+1, '"')
	if quoted || p.is(i-1, '\'') || p.glued(last+1) && (p.dash(last+1) && p.glued(last+2) || p.is(last+1, '/') || p.is(last+1, '@') || p.letters(last+1) || p.number(last+1)) {
		return 0, false
	}
	if p.letters(next) && p.tok[next].gap <= newLine && p.marked(next, named) && (p.capital(next) || p.tok[i].capitals) {
		return 0, false
	}
	if p.number(next) && p.tok[next].gap <= spaced && doubtful && p.tok[next].digits > 2 && prev < 0 {
		return 0, false
	}
	cue := p.marked(prev, timeBefore)
	if p.dash(prev) && p.marked(prev-1, timeBefore) { // mid-September
		cue = true
	}
	if cue {
		switch {
		case p.role(prev) == roleWhich:
			near = -1
		case p.role(prev) == roleThis:
			near = int(p.tok[prev].word.value)
		}
		if near != 0 && p.tok[prev].word.role == roleThis && p.word(prev, "following") {
			near = 0
		}
	}
	nameBehind := p.capital(next) && p.letters(next) && p.tok[next].word.marks&(follows|timeBefore) == 0
	if cue && !p.word(prev, "of") && !p.word(prev, "from") && !p.word(prev, "to") && !p.word(prev, "last") && !p.word(prev, "that") {
		return near, true
	}
	if cue {
		return near, !nameBehind
	}
	// coordinated with a month that is one: in May, June and August
	if n := len(p.out); n > 0 && p.out[n-1].kind == Calendar && p.out[n-1].lo.d == 0 && p.out[n-1].lo.m > 0 {
		if between := i - p.out[n-1].last - 1; between == 1 && (p.role(i-1) == roleAnd || p.is(i-1, ',') || p.role(i-1) == roleOr) || between == 2 && p.is(i-2, ',') && p.role(i-1) == roleAnd {
			return 0, true
		}
	}
	if p.tok[i].capitals && !p.letters(prev) {
		return 0, false
	}
	article := p.letters(prev) && (p.role(prev) == roleThe || p.word(prev, "an") || p.word(prev, "a") || p.word(prev, "our") || p.word(prev, "your") || p.word(prev, "their") || p.word(prev, "his") || p.word(prev, "my"))
	if article && p.letters(next) && !p.capital(next) && p.tok[next].gap <= newLine && p.tok[next].word.marks&(follows|timeBefore) == 0 && p.role(next) == noRole {
		return 0, true // the October delivery
	}
	if doubtful || nameBehind {
		return 0, false
	}
	if p.letters(prev) && p.capital(prev) && p.tok[i].gap <= newLine && p.tok[prev].word.marks == 0 && p.tok[prev].word.role == noRole {
		return 0, false // Red October
	}
	if p.number(prev) || p.is(prev, '.') && p.capital(prev-1) || p.tok[i].word.role == shortMonth {
		return 0, false
	}
	return 0, p.letters(prev) && !p.capital(prev) || prev < 0 && p.letters(next) && !p.capital(next)
}

// readYear reads years alone, and stretches of years, where nothing else is
// meant.
func readYear(p *parser, i int) int {
	t := &p.tok[i]
	if t.digits != 4 || t.value < 1000 || t.value > lastYear || !p.loose(i) && !p.is(i-1, ',') || p.signed(i) {
		return -1
	}
	y := int(t.value)
	if p.known && (y < p.base.y-160 || y > p.base.y+40) {
		return -1
	}
	f := found{first: i, last: i, lo: day{y: y}, year: yearGiven, weekday: -1}
	prev := p.back(i)
	if prev >= 0 && p.tok[i].gap > newLine {
		prev = -1
	}
	if p.marked(prev, about) && p.marked(p.back(prev), yearBefore) {
		prev = p.back(prev)
	}
	cue := p.marked(prev, yearBefore)
	if p.is(prev, ',') && p.marked(prev-1, yearBefore) {
		prev = -1
	}
	// 1949 to 1952, 1961-1963
	j := p.step(i)
	if p.dash(j) || p.role(j) == roleTo || p.is(j, '/') || p.role(j) == roleAnd && p.word(prev, "between") || p.role(j) == roleOr && cue {
		k := p.step(j)
		if p.number(k) && !p.tight(k) && p.tok[k].value <= lastYear {
			e := int(p.tok[k].value)
			dashed := p.dash(j) && p.tok[j].gap == glued && p.tok[k].gap == glued
			short := p.tok[k].digits == 2 && (dashed || p.is(j, '/') && p.tok[k].gap == glued)
			if short {
				e += y / 100 * 100
			}
			modern := p.known && abs(y-p.base.y) <= 60 || !p.known && y >= 1800
			if e > y && e-y <= 60 && (p.tok[k].digits == 4 && !p.is(j, '/') || short) {
				sure := cue || p.is(prev, '(') && p.is(k+1, ')') || dashed && !short && p.ends(k+1) && modern && !p.marked(p.back(i), signBefore)
				if sure && p.yearEnds(k, true, cue) {
					f.last, f.hi, f.hiYear, f.rel = k, day{y: e}, yearGiven, period
					if p.role(j) == roleOr || p.word(prev, "between") {
						f.rel = either
					}
					return p.add(f)
				}
			}
			if short || dashed {
				return -1
			}
		}
	}
	if p.tight(i) || p.dash(i+1) && p.glued(i+1) && p.glued(i+2) {
		return -1
	}
	if p.is(i+1, '/') && p.glued(i+1) || p.is(i+1, '%') {
		return -1
	}
	// in 1955 and 1957
	if n := len(p.out); n > 0 && !cue {
		o := &p.out[n-1]
		if o.kind == Calendar && o.lo.m == 0 && o.year == yearGiven {
			between := i - o.last - 1
			if between == 1 && (p.role(i-1) == roleAnd || p.role(i-1) == roleOr || p.is(i-1, ',')) || between == 2 && p.is(i-2, ',') && p.role(i-1) == roleAnd {
				cue = true
			}
		}
	}
	modern := p.modern(y)
	round := y%100 == 0
	next := p.step(i)
	switch {
	case cue && p.role(prev) == roleYear || p.word(prev, "years"):
	case cue:
		if p.back(prev) >= 0 && p.word(prev, "of") && p.number(p.back(prev)) || p.word(prev, "to") && !p.word(p.back(prev), "up") {
			return -1
		}
		strong := p.word(prev, "in") || p.word(prev, "since") || p.word(prev, "during") || p.word(prev, "summer") || p.word(prev, "winter") || p.word(prev, "autumn") || p.word(prev, "spring") ||
			p.word(prev, "of") && p.marked(p.back(prev), timeBefore)
		if !p.yearEnds(i, modern && !round, strong) {
			return -1
		}
	case p.is(prev, '(') && p.is(i+1, ')') && p.glued(i) && p.glued(i+1) && modern && !round:
	case (p.role(prev) == roleThe || p.role(prev) == roleThis || p.word(prev, "our") || p.word(prev, "last")) && modern && !round:
		// the 1954 agreement
		if !p.letters(next) || p.capital(next) || p.tok[next].gap > newLine || p.tok[next].word.marks&counted != 0 || p.role(next) == roleHours {
			return -1
		}
		if p.tok[next].word.marks&dated == 0 && p.text[p.tok[next].end-1] == 's' || p.tok[next].word.marks&follows != 0 {
			return -1
		}
	default:
		return -1
	}
	return p.add(f)
}

// yearEnds says whether what stands behind the number at i allows it to be a
// year, not a count.
func (p *parser) yearEnds(i int, likely, strong bool) bool {
	j := i + 1
	if p.ends(j) {
		return true
	}
	t := &p.tok[j]
	if t.kind != letters {
		if t.kind == number {
			return t.gap != glued && strong && likely
		}
		return t.mark == '\'' || t.mark == emDash || t.mark == enDash && t.gap != glued
	}
	if t.gap == glued || t.word.marks&counted != 0 && t.word.marks&follows == 0 || t.word.role == roleHours {
		return false
	}
	if t.word.marks&follows != 0 || t.word.role == roleAnd || t.word.role == roleOr || t.word.role == roleTo {
		return true
	}
	if !likely {
		return t.capital
	}
	return strong || t.capital || p.text[t.end-1] != 's'
}

// daysIn is the length of a month.
func daysIn(y, m int) int {
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
