package dates

// The forms of a day, a month and a year.

// dayAt reads the number of a day, in digits or as an ordinal word.
func (p *parser) dayAt(i int) (d, last int, ordinal, spelled bool) {
	if i < 0 || i >= len(p.tok) {
		return 0, -1, false, false
	}
	t := &p.tok[i]
	if t.kind == letters {
		if (t.word.role == ordinalWord || t.word.role == roleWhich) && t.word.value > 0 {
			return int(t.word.value), i, true, true
		}
		return 0, -1, false, false
	}
	if t.kind != number || t.digits > 2 || t.value < 1 || t.value > 31 {
		return 0, -1, false, false
	}
	last = i
	if j := i + 1; j < len(p.tok) && p.tok[j].gap == glued {
		n := &p.tok[j]
		switch {
		case n.kind == letters && n.word.role == ordinalSuffix:
			last, ordinal = j, true
			if p.letters(j+1) && p.glued(j+1) {
				return 0, -1, false, false
			}
		case n.kind == letters && (n.word.role == fullMonth || n.word.role == shortMonth):
		case n.kind == letters, n.kind == number:
			return 0, -1, false, false
		case (n.mark == '.' || n.mark == ':' || n.mark == ',') && p.glued(j+1) && p.number(j+1):
			if n.mark != ',' || p.tok[j+1].digits != 4 { // May 16,1954
				return 0, -1, false, false
			}
		case n.mark == '%' || n.mark == ringed:
			return 0, -1, false, false
		}
	}
	return int(t.value), last, ordinal, false
}

// monthAt reads the name of a month.
func (p *parser) monthAt(i int) (m, last int) {
	if !p.letters(i) {
		return 0, -1
	}
	t := &p.tok[i]
	switch t.word.role {
	case fullMonth:
		if !t.capital && (t.word.value == 3 || t.word.value == 5) && !(p.number(i+1) && p.tok[i+1].digits == 4) {
			return 0, -1 // march and may are verbs
		}
		return int(t.word.value), i
	case shortMonth:
		if p.is(i+1, '.') && p.glued(i+1) {
			return int(t.word.value), i + 1
		}
		if !t.capital {
			return 0, -1
		}
		return int(t.word.value), i
	case foreignMonth:
		return int(t.word.value), i
	}
	return 0, -1
}

// year is a year as read behind a day or a month.
type year struct {
	y      int
	source yearSource
	shift  int
	last   int
}

// yearAfter reads the year behind token i, which ends a day with a month, or a
// month.
func (p *parser) yearAfter(i int, withDay bool) year {
	none := year{last: i}
	j := p.step(i)
	if j < 0 {
		return none
	}
	comma := p.is(j, ',')
	if comma {
		if j = p.step(j); j < 0 {
			return none
		}
	}
	of := p.role(j) == roleOf
	if of {
		if j = p.step(j); j < 0 {
			return none
		}
	}
	if p.role(j) == roleYear && p.number(p.step(j)) {
		j = p.step(j)
	}
	t := &p.tok[j]
	switch {
	case t.kind == number && t.digits == 4 && t.value >= 1000 && t.value <= lastYear:
		if !p.yearFits(j, comma, withDay) {
			return none
		}
		return year{y: int(t.value), source: yearGiven, last: j}
	case p.is(j, '\'') && p.number(j+1) && p.glued(j+1) && p.tok[j+1].digits == 2 && !p.tight(j+1):
		return year{y: int(p.tok[j+1].value), source: yearShort, last: j + 1}
	case t.kind == number && t.digits == 2 && withDay && !comma && !of && !p.tight(j) && t.gap <= spaced && t.value > 15 && p.ends(j+1):
		return year{y: int(t.value), source: yearShort, last: j} // 28 MAR 50
	case t.kind == letters && !comma:
		k := j
		if t.word.role == roleThe {
			if k = p.step(j); k < 0 {
				return none
			}
		}
		n := p.step(k)
		if p.role(n) != roleYear {
			return none
		}
		switch w := p.tok[k].word; {
		case w.role == roleThis:
			return year{source: yearRelative, shift: int(w.value), last: n}
		case w.role == roleWhich && w.value < 0:
			return year{source: yearRelative, shift: -1, last: n}
		case w.role == roleSame && of:
			return year{source: yearSame, last: n}
		}
	}
	return none
}

// yearFits says whether the four digits at j, behind a month, are a year.
func (p *parser) yearFits(j int, comma, withDay bool) bool {
	if p.tight(j) && !(p.punctuation(j+1) && p.letters(j+2)) {
		return false // 1951-52 is no year of one day; 1941/XIX counts another era
	}
	n := p.step(j)
	if p.role(n) == roleHours {
		return false
	}
	y := int(p.tok[j].value)
	near := !p.known || abs(y-p.base.y) <= 120
	if p.tok[j].gap == glued && p.letters(j-1) && !p.modern(y) {
		return false // MAY1951 is a month of a stamp, MAY1000 a name
	}
	if p.tok[j].gap >= newLine && p.clockDigits(j) {
		// a line may begin with the time of another date
		if d, last, _, _ := p.dayAt(n); d > 0 {
			if m, _ := p.monthAt(p.step(last)); m > 0 {
				return false
			}
		}
	}
	if p.marked(n, counted) && (!near || comma) {
		return false
	}
	if !withDay && p.marked(n, counted) && p.letters(n) && !p.capital(n) && p.tok[n].gap <= newLine && !near {
		return false
	}
	return near || !comma || p.ends(n)
}

func (p *parser) punctuation(j int) bool { return p.dash(j) || p.is(j, '/') }

// ends says whether the text stops at j: its end, a mark, a new line.
func (p *parser) ends(j int) bool {
	if j < 0 || j >= len(p.tok) || p.tok[j].gap >= newLine {
		return true
	}
	t := &p.tok[j]
	if t.kind != punct {
		return false
	}
	switch t.mark {
	case '.', ',', ';', ':', ')', ']', '"', '?', '!', '[', '(', '|', '*':
		return true
	}
	return t.gap != glued && (t.mark == enDash || t.mark == emDash || t.mark == '-')
}

// sureAfter says whether what stands behind a number that could be a count
// shows that it is none.
func (p *parser) sureAfter(j int) bool {
	if p.ends(j) {
		return true
	}
	t := &p.tok[j]
	return t.kind == letters && t.word.marks&counted == 0 && (t.capital || t.word.marks&follows != 0)
}

// joint is what joins two days or months.
type joint uint8

const (
	noJoint joint = iota
	byComma
	byOr
	byAnd
	byTo
	byDash
)

// jointAt reads a joint behind token i, and the token after it.
func (p *parser) jointAt(i int) (joint, int) {
	j := p.step(i)
	if j < 0 {
		return noJoint, -1
	}
	kind := noJoint
	switch {
	case p.is(j, ','):
		kind = byComma
		if n := p.step(j); n > 0 && (p.role(n) == roleAnd || p.role(n) == roleOr) {
			kind = byAnd
			if p.role(n) == roleOr {
				kind = byOr
			}
			j = n
		}
	case p.dash(j) && (!p.is(j, emDash) || p.glued(j)):
		kind = byDash
	case p.is(j, '/') && p.glued(j):
		kind = byOr
	case p.is(j, '&'):
		kind = byAnd
	case p.role(j) == roleOr:
		kind = byOr
	case p.role(j) == roleAnd:
		kind = byAnd
	case p.role(j) == roleTo:
		kind = byTo
	}
	if kind == noJoint {
		return noJoint, -1
	}
	return kind, p.step(j)
}

// related is the relation of two ends, from their joint and the word before.
func (p *parser) related(first int, k joint) relation {
	prev := p.back(first)
	switch k {
	case byOr:
		return either
	case byAnd:
		if p.word(prev, "between") {
			return either
		}
		return period
	case byTo:
		if p.role(prev) == roleThe {
			prev = p.back(prev)
		}
		if p.word(prev, "from") || p.word(prev, "period") {
			return period
		}
		return either
	}
	return period
}

func (p *parser) word(j int, w string) bool {
	return p.letters(j) && len(w) == p.tok[j].end-p.tok[j].start && foldEqual(p.src(j), w)
}

func foldEqual(s, lower string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// readISO reads 1951-11-01, 1951.11.01 and 1951/11/01.
func readISO(p *parser, i int) int {
	t := &p.tok[i]
	if t.digits != 4 || t.split || t.value < 1000 || t.value > lastYear || !p.loose(i) || p.signed(i) || i+4 >= len(p.tok) {
		return -1
	}
	sep := p.tok[i+1].mark
	if p.tok[i+1].kind != punct || sep != '-' && sep != '.' && sep != '/' || !p.is(i+3, sep) {
		return -1
	}
	m, d := &p.tok[i+2], &p.tok[i+4]
	if m.kind != number || d.kind != number || m.digits > 2 || d.digits > 2 || sep != '.' && (m.digits != 2 || d.digits != 2) {
		return -1
	}
	for j := i + 1; j <= i+4; j++ {
		if p.tok[j].gap != glued && !(sep == '.' && p.tok[j].gap == spaced && p.tok[j].kind == number) {
			return -1
		}
	}
	if m.value < 1 || m.value > 12 || d.value < 1 || d.value > 31 {
		return -1
	}
	if p.tight(i+4) && !p.word(i+5, "t") {
		return -1
	}
	f := found{first: i, last: i + 4, lo: day{int(t.value), int(m.value), int(d.value)}, year: yearGiven, weekday: -1}
	if p.word(i+5, "t") && p.glued(i+5) {
		if c, last := p.clockAt(i + 6); last > 0 && c.colon {
			f.clocks[0], f.nclocks, f.c0, f.c1, f.last = c, 1, i+6, last, last
		}
	}
	return p.add(f)
}

// readNumeric reads 13.6.51, 24.III.50, 27/X/62, 21. 8. 1924, 20-Sep-79, 29/III.
func readNumeric(p *parser, i int) int {
	t := &p.tok[i]
	n := len(p.out)
	follows := n > 0 && p.dash(i-1) && p.out[n-1].last == i-2 // 4.1.46–12.3.47
	if t.digits > 2 || t.value < 1 || t.value > 31 || !p.loose(i) && !follows || p.signed(i) || i+2 >= len(p.tok) {
		return -1
	}
	s := &p.tok[i+1]
	if s.kind != punct || s.gap != glued || s.mark != '.' && s.mark != '/' && s.mark != '-' && s.mark != enDash {
		return -1
	}
	m := &p.tok[i+2]
	if m.gap > spaced || m.gap == spaced && s.mark != '.' {
		return -1
	}
	month, roman, named := 0, false, false
	at := i + 2
	switch {
	case m.kind == number && m.digits <= 2 && m.value >= 1 && m.value <= 31:
		month = int(m.value)
	case m.kind == letters && m.value > 0:
		month, roman = int(m.value), true
	case m.kind == letters && (m.word.role == shortMonth || m.word.role == fullMonth) && m.capital:
		month, named = int(m.word.value), true
	}
	if month == 0 {
		return -1
	}
	if named {
		// 1. November is a day with a full stop, not a numeric date
		if s.mark == '.' && m.gap != glued {
			return -1
		}
	}
	f := found{first: i, last: at, weekday: -1}
	whole := false // the third part was read
	if j := at + 1; j+1 < len(p.tok) && p.is(j, s.mark) && p.glued(j) && p.number(j+1) {
		y := &p.tok[j+1]
		spacedOut := m.gap == spaced || y.gap == spaced
		full := y.digits == 4 && y.value >= 1000 && y.value <= lastYear
		if y.gap <= spaced && (y.gap == glued || s.mark == '.') && (full || y.digits == 2 && (!spacedOut || roman)) && !p.tight(j+1) {
			if (s.mark == '-' || s.mark == enDash) && !roman && !named && !(full && p.modern(int(y.value))) {
				return -1
			}
			if !full && !roman && !named && s.mark == '.' && y.value < 32 && p.lineStart(i) && p.capital(j+2) && p.tok[j+2].gap == spaced {
				return -1 // 2.1.30 Heating: a section
			}
			whole = true
			f.last = j + 1
			f.lo.y, f.year = int(y.value), yearGiven
			if !full {
				f.year = yearShort
			}
			f.lo.d, f.lo.m = int(t.value), month
		}
	}
	if j := at + 1; !whole && s.mark == '/' && !roman && !named && p.number(j) && p.tok[j].gap == spaced && p.tok[j].digits == 4 && !p.tight(j) && p.modern(int(p.tok[j].value)) && (t.value > 12 || month > 12) {
		whole = true // 30/5 1941
		f.last, f.year = j, yearGiven
		f.lo = day{int(p.tok[j].value), month, int(t.value)}
	}
	if !whole {
		return p.readDayMonthNumbers(i, month, roman)
	}
	if !roman && !named {
		if !p.order(&f, int(t.value), month, s.mark) {
			return -1
		}
	}
	return p.add(f)
}

// modern says whether a year is near the document's.
func (p *parser) modern(y int) bool {
	return p.known && y >= p.base.y-80 && y <= p.base.y+15 || !p.known && y >= 1850 && y <= 2050
}

// order decides which of two numbers is the day.
func (p *parser) order(f *found, a, b int, sep byte) bool {
	dayFirst, monthFirst := b <= 12, a <= 12
	y := f.lo.y
	switch {
	case dayFirst && a == b:
		f.lo = day{y, b, a}
	case dayFirst && !monthFirst:
		f.lo, f.numeric = day{y, b, a}, 1
	case monthFirst && !dayFirst:
		f.lo, f.numeric = day{y, a, b}, -1
		f.unsure = p.context.DayFirst > 0
	case !dayFirst && !monthFirst:
		return false
	case p.context.DayFirst > 0:
		f.lo = day{y, b, a}
	case p.context.DayFirst < 0:
		f.lo = day{y, a, b}
		if sep == '.' {
			f.unsure, f.alt = true, day{y, b, a}
		}
	case sep == '.':
		f.lo, f.alt, f.unsure = day{y, b, a}, day{y, a, b}, true
	default:
		f.lo, f.alt, f.ambiguous = day{y, b, a}, day{y, a, b}, true
	}
	return true
}

// readDayMonthNumbers reads a day and a month in numbers, without a year:
// 29/III, and "on 19. 10." behind a preposition.
func (p *parser) readDayMonthNumbers(i, month int, roman bool) int {
	s, m := &p.tok[i+1], &p.tok[i+2]
	prev := i - 1
	if p.tok[i].gap == apart {
		prev = -1
	}
	if roman {
		if month > 12 || s.mark == '-' || m.gap != glued {
			return -1
		}
		if p.glued(i+3) && !p.is(i+3, ']') && !p.is(i+3, ')') && !p.is(i+3, ',') && !p.is(i+3, ';') && !(p.is(i+3, '.') && !p.glued(i+4)) {
			return -1
		}
		if p.number(i+3) && p.tok[i+3].gap <= spaced { // DY 30/IV 2/20: a shelfmark
			return -1
		}
		if p.letters(prev) && p.tok[i].gap <= spaced && !p.marked(prev, dayBefore) {
			return -1
		}
		return p.add(found{first: i, last: i + 2, lo: day{0, month, int(p.tok[i].value)}, weekday: -1})
	}
	if s.mark != '.' || !p.is(i+3, '.') || !p.glued(i+3) || m.kind != number || p.glued(i+4) && p.number(i+4) || month > 12 {
		return -1
	}
	if !p.marked(prev, dayBefore) || p.marked(prev, signBefore) || p.tok[i].gap > newLine {
		return -1
	}
	return p.add(found{first: i, last: i + 3, lo: day{0, month, int(p.tok[i].value)}, unsure: true, weekday: -1})
}

func (p *parser) lineStart(i int) bool { return i == 0 || p.tok[i].gap >= newLine }

// datum is a day with its month and perhaps a year.
type datum struct {
	day
	year  year
	first int
	last  int
}

// afterDay reads the month, and the year, behind a day that ends at token i.
func (p *parser) afterDay(i int, spelled bool) (m int, y year, ok bool) {
	j := p.step(i)
	if j < 0 {
		return 0, y, false
	}
	foreign := false
	dot := false
	if p.is(j, '.') && p.glued(j) { // 1. November 1951
		dot = true
		if j = p.step(j); j < 0 {
			return 0, y, false
		}
	}
	if p.role(j) == roleDay && p.role(p.step(j)) == roleOf {
		j = p.step(j)
	}
	if p.role(j) == roleOf {
		if j = p.step(j); j < 0 {
			return 0, y, false
		}
		if p.role(j) == roleThe && p.role(p.step(j)) == roleMonth {
			j = p.step(p.step(j))
			if p.role(j) == roleOf {
				j = p.step(j)
			}
		}
	} else if spelled {
		return 0, y, false
	}
	m, last := p.monthAt(j)
	if m == 0 {
		if j >= 0 && p.tok[j].value > 0 && p.letters(j) && !dot { // 5 V 1945
			n := p.step(j)
			if p.is(n, '.') && p.glued(n) {
				n = p.step(n)
			}
			if p.number(n) && p.tok[n].digits == 4 && !p.tight(n) && p.tok[n].value >= 1000 && p.tok[n].value <= lastYear && p.tok[j].gap == spaced {
				return int(p.tok[j].value), year{y: int(p.tok[n].value), source: yearGiven, last: n}, true
			}
		}
		return 0, y, false
	}
	foreign = p.role(j) == foreignMonth
	y = p.yearAfter(last, true)
	if dot && !foreign && y.source != yearGiven {
		return 0, y, false
	}
	if p.capital(y.last+1) && p.tok[y.last+1].gap == spaced && y.source == yearMissing && p.marked(y.last+1, named) && p.word(j, "may") && p.word(y.last+1, "day") {
		return 0, y, false
	}
	return m, y, true
}

// readDayMonth reads 1 November 1951, the 1st of November, 1 or 2 November,
// 25-27 March, 28 February-3 March 1951, and 5, 6 and 9 May as three dates.
func readDayMonth(p *parser, i int) int {
	if !p.loose(i) && !(p.tok[i].kind == letters) || p.tok[i].kind == number && p.signed(i) && !p.signGoesOn(i) {
		return -1
	}
	type one struct{ d, first, last int }
	var days [8]one
	var joints [8]joint
	n, spelled := 0, false
	at := i
	for n < len(days) {
		d, last, _, sp := p.dayAt(at)
		if d == 0 || sp && n > 0 {
			break
		}
		spelled = sp
		days[n] = one{d, at, last}
		n++
		k, next := p.jointAt(last)
		if k == noJoint || next < 0 || sp {
			break
		}
		if p.role(next) == roleThe {
			next = p.step(next)
		}
		if d, _, _, _ := p.dayAt(next); d == 0 || n == len(days) {
			break
		}
		joints[n] = k
		at = next
	}
	if n == 0 {
		return -1
	}
	end := days[n-1]
	m, y, ok := p.afterDay(end.last, spelled)
	if !ok {
		// 6 [7] February: the editor corrects the day
		if n == 1 && p.open {
			if next := p.step(end.last); p.number(next) {
				if d, last, _, _ := p.dayAt(next); d > 0 && p.is(next-1, '[') && p.is(last+1, ']') {
					if m, y, ok := p.afterDay(last, false); ok {
						f := found{first: i, last: y.last, lo: day{y.y, m, end.d}, alt: day{y.y, m, d}, year: y.source, shift: y.shift, ambiguous: true, weekday: -1}
						return p.add(f)
					}
				}
			}
		}
		return -1
	}
	if n > 1 && !p.listed(days[0].d, days[n-1].d, joints[1:n]) {
		return -1 // the first numbers are no days: the last is read by itself
	}
	for k := 1; k < n; k++ {
		if days[k].d <= days[k-1].d {
			return -1
		}
	}
	f := found{first: i, last: y.last, lo: day{y.y, m, days[0].d}, year: y.source, shift: y.shift, weekday: -1}
	switch {
	case n == 1:
		return p.through(f)
	case n == 2 && joints[1] == byAnd && days[1].d != days[0].d+1 && !p.word(p.back(i), "between"):
		return p.several(f, []int{days[0].first, days[1].first}, []int{days[0].last, y.last}, []int{days[0].d, days[1].d})
	case n > 2:
		var first, last, ds []int
		run := true
		for k := range n {
			first, last, ds = append(first, days[k].first), append(last, days[k].last), append(ds, days[k].d)
			run = run && days[k].d == days[0].d+k
		}
		if !run && joints[n-1] == byAnd {
			last[n-1] = y.last
			return p.several(f, first, last, ds)
		}
	}
	f.hi = day{0, m, end.d}
	f.rel = p.related(i, joints[n-1])
	p.lastOrNext(&f)
	return p.add(f)
}

// listed says whether joints make a list of days.
func (p *parser) listed(_, _ int, joints []joint) bool {
	if len(joints) == 1 {
		return joints[0] != byComma
	}
	for i, k := range joints {
		if final := i == len(joints)-1; final != (k != byComma) || k == byTo || k == byDash {
			return false
		}
	}
	return true
}

// signGoesOn says whether a sign before the number at i names the kind of
// document, not its number: "telegram 5 May", "point 3 of 4 May".
func (p *parser) signGoesOn(i int) bool {
	j := i - 1
	return p.letters(j) && p.tok[j].end-p.tok[j].start > 4
}

// several adds one date for each day of a list; all but the last are days alone.
func (p *parser) several(f found, first, last, days []int) int {
	for k := range days {
		g := f
		g.first, g.last, g.lo.d = first[k], last[k], days[k]
		g.rule = "list of days"
		p.add(g)
	}
	return last[len(last)-1]
}

// lastOrNext takes in the word behind a day without a year: 25 March last.
func (p *parser) lastOrNext(f *found) {
	if f.year != yearMissing {
		return
	}
	j := p.step(f.last)
	if !p.letters(j) || p.tok[j].gap > spaced || !p.word(j, "last") && !p.word(j, "next") {
		return
	}
	if n := p.step(j); !p.ends(n) && !p.marked(n, follows) && p.role(n) != roleAnd {
		return
	}
	f.near = 1
	if p.word(j, "last") {
		f.near = -1
	}
	f.last = j
}

// through adds a date, and with it the end of the stretch that it begins: 28
// February to 3 March 1951.
func (p *parser) through(f found) int {
	p.lastOrNext(&f)
	k, next := p.jointAt(f.last)
	if k == byTo || k == byDash || k == byOr || k == byAnd && p.word(p.back(f.first), "between") {
		if p.role(next) == roleThe {
			next = p.step(next)
		}
		if g, ok := p.single(next); ok {
			f.gap = [2]int{f.last, g.first}
			f.hi, f.hiYear, f.hiShift, f.last = g.day, g.year.source, g.year.shift, g.last
			f.rel = p.related(f.first, k)
		}
	}
	return p.add(f)
}

// single reads a day with a month, either way round.
func (p *parser) single(i int) (datum, bool) {
	if d, last, _, spelled := p.dayAt(i); d > 0 && (p.loose(i) || p.dash(i-1)) {
		m, y, ok := p.afterDay(last, spelled)
		return datum{day{y.y, m, d}, y, i, y.last}, ok
	}
	m, last := p.monthAt(i)
	if m == 0 || p.tok[i].word.role == foreignMonth || !p.tok[i].capital {
		return datum{}, false
	}
	j := p.step(last)
	d, end, _, spelled := p.dayAt(j)
	if d == 0 || spelled || p.tok[j].gap > newLine {
		return datum{}, false
	}
	y := p.yearAfter(end, true)
	if y.source == yearMissing && !p.sureAfter(end+1) {
		return datum{}, false
	}
	return datum{day{y.y, m, d}, y, i, y.last}, true
}

// readMonthDay reads November 1, 1951; Nov. 1; May 5-7; September 28th, 1944.
func readMonthDay(p *parser, i int) int {
	m, last := p.monthAt(i)
	if m == 0 || p.tok[i].word.role == foreignMonth || !p.tok[i].capital || p.glued(i) && i > 0 && (p.tok[i-1].kind != punct || p.is(i-1, '-') && p.glued(i-1) || p.is(i-1, '/')) {
		return -1
	}
	j := p.step(last)
	if p.role(j) == roleThe {
		if j = p.step(j); j < 0 {
			return -1
		}
	}
	d, end, ordinal, spelled := p.dayAt(j)
	if d == 0 || spelled {
		return -1
	}
	// May 5-7, May 5 or 6
	if k, next := p.jointAt(end); (k == byTo || k == byDash || k == byOr || k == byAnd) && next > 0 {
		if d2, end2, _, sp := p.dayAt(next); d2 > d && !sp {
			if m2, _, ok := p.afterDay(end2, false); !ok || m2 == 0 {
				y := p.yearAfter(end2, true)
				dashed := k == byDash && p.tok[next].gap == glued
				if y.source != yearMissing || dashed && !p.tight(end2) || p.sureAfter(end2+1) {
					f := found{first: i, last: y.last, lo: day{y.y, m, d}, hi: day{0, m, d2}, year: y.source, shift: y.shift, weekday: -1}
					if k == byAnd && d2 > d+1 && !p.word(p.back(i), "between") {
						return p.several(f, []int{i, next}, []int{end, y.last}, []int{d, d2})
					}
					f.rel = p.related(i, k)
					return p.add(f)
				}
			}
		}
	}
	y := p.yearAfter(end, true)
	if y.source == yearMissing && !ordinal {
		if p.tight(end) && !(p.dash(end+1) && !p.number(end+2)) {
			return -1
		}
		n := p.step(end)
		// "in March 8 people" is a month and a count
		if p.letters(n) && p.tok[n].gap <= newLine {
			prev := p.back(i)
			if p.role(n) == roleHours || p.marked(n, counted) {
				return -1
			}
			if !p.marked(prev, dayBefore) && p.role(prev) != roleOn && !p.capital(n) && p.tok[n].word.marks&follows == 0 && p.text[p.tok[n].end-1] == 's' {
				return -1
			}
		}
		// May 5 June? a day that begins another date
		if m2, _, ok := p.afterDay(end, false); ok && m2 > 0 && p.letters(p.step(end)) {
			return -1
		}
	}
	return p.through(found{first: i, last: y.last, lo: day{y.y, m, d}, year: y.source, shift: y.shift, weekday: -1})
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
