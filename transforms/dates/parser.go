package dates

// lastYear bounds what can be a year.
const lastYear = 2100

// day is a calendar date; zero parts are not given.
type day struct{ y, m, d int }

func (a day) before(b day) bool {
	if a.y != b.y {
		return a.y < b.y
	}
	if a.m != b.m {
		return a.m < b.m
	}
	return a.d < b.d
}

// relation is how the two ends of a date belong together.
type relation uint8

const (
	one    relation = iota
	either          // 1 or 2 November; some time between
	period          // from 12 to 15 April
)

// yearSource says where the year comes from.
type yearSource uint8

const (
	yearMissing yearSource = iota
	yearGiven
	yearShort    // two digits
	yearRelative // this year, last year, next year: in found.shift
	yearSame     // "the same year"
)

// found is a date as read, before the document completes it.
type found struct {
	first, last int // tokens
	kind        Kind
	lo, hi      day
	rel         relation
	year        yearSource // of lo
	shift       int        // years, or months where month is set
	hiYear      yearSource // of hi; missing where lo's holds for both
	hiShift     int
	gap         [2]int // the last token of lo, the first of hi, where each is a date by itself
	month       bool   // "of this month"
	same        bool   // "of the same month"
	near        int    // -1 last October, 1 next May
	weekday     int8   // -1 none
	clocks      [2]clock
	nclocks     int
	c0, c1      int // tokens of the clock times
	alt         day // the other reading of a numeric date
	ambiguous   bool
	unsure      bool // cert medium although nothing is inferred
	numeric     int  // 1 certainly day first, -1 certainly month first
	bracketed   bool
	rule        string
}

type parser struct {
	text           string
	context        Context
	base           day
	known          bool // base has a year
	tok            []token
	numbers, words []form
	out            []found
	open           bool // brackets inside a date are passed over
	crossed        bool
	dated          day   // the last date with a month, completed
	shared         []int // by date: the year that the next date gives it
}

// run reads all tokens.
func (p *parser) run() {
	for i := 0; i < len(p.tok); {
		last := -1
		switch t := &p.tok[i]; {
		case t.kind == number:
			last = p.try(i, p.numbers)
		case t.kind == letters && t.word.role != noRole:
			last = p.try(i, p.words)
		}
		if last >= i {
			i = last + 1
		} else {
			i++
		}
	}
}

// try reads at a token, first within brackets, then, where brackets stand near,
// across them.
func (p *parser) try(i int, forms []form) int {
	mark := len(p.out)
	last := p.readAt(i, forms)
	if !p.bracketNear(i, last) {
		return last
	}
	plain := append([]found(nil), p.out[mark:]...)
	p.out = p.out[:mark]
	p.open, p.crossed = true, false
	wide := p.readAt(i, forms)
	p.open = false
	if wide > last && p.crossed && len(p.out) == mark+1 {
		f := &p.out[mark]
		if p.balance(f) {
			f.bracketed = true
			return f.last
		}
	}
	p.out = append(p.out[:mark], plain...)
	return last
}

func (p *parser) readAt(i int, forms []form) int {
	mark := len(p.out)
	for k := range forms {
		if last := forms[k].read(p, i); last >= 0 {
			for j := mark; j < len(p.out); j++ {
				if p.out[j].rule == "" {
					p.out[j].rule = forms[k].Rule
				}
			}
			if len(p.out) == mark+1 {
				p.timeAfter(&p.out[mark])
				last = p.out[mark].last
			}
			return last
		}
		p.out = p.out[:mark]
	}
	return -1
}

func (p *parser) bracketNear(i, last int) bool {
	for j := i + 1; j <= i+3 && j < len(p.tok); j++ {
		if p.is(j, '[') || p.is(j, ']') {
			return true
		}
	}
	return last > 0 && (p.is(last+1, '[') || p.is(last+1, ']') || p.is(last+2, '['))
}

// balance widens a date to the brackets that it reaches into; it fails where
// they hold more than the date.
func (p *parser) balance(f *found) bool {
	depth, low := 0, 0
	for j := f.first; j <= f.last; j++ {
		switch {
		case p.is(j, '['):
			depth++
		case p.is(j, ']'):
			depth--
			low = min(low, depth)
		}
	}
	if low < 0 && p.anchor(f) {
		return false
	}
	for ; low < 0; low++ {
		if f.first == 0 || !p.is(f.first-1, '[') {
			return false
		}
		f.first--
		depth++
	}
	for ; depth > 0; depth-- {
		if p.is(f.last+1, '?') {
			f.last++
		}
		if !p.is(f.last+1, ']') {
			return false
		}
		f.last++
	}
	return true
}

// anchor says whether the number in brackets that f begins with may be the
// anchor of a note: "the action [24] of November 1938", "[6] June: the month".
func (p *parser) anchor(f *found) bool {
	i := f.first
	if !p.number(i) || !p.is(i+1, ']') {
		return false
	}
	prev := p.back(i)
	if i == 0 || p.lineStart(i-1) {
		return f.year == yearMissing
	}
	return !p.marked(prev, dayBefore) && p.role(prev) != roleThe && !p.is(prev, ',')
}

// step is the token after i that a date can go on with, or -1.
func (p *parser) step(i int) int {
	if i < 0 {
		return -1
	}
	for j := i + 1; j < len(p.tok); j++ {
		if p.tok[j].gap == apart {
			return -1
		}
		if p.open {
			switch {
			case p.is(j, '[') && p.tok[j].gap == glued && j+2 < len(p.tok) && p.tok[j+1].kind == number && p.tok[j+1].digits < 3 && p.is(j+2, ']'):
				j += 2 // the anchor of a note
				p.crossed = true
				continue
			case p.is(j, '['), p.is(j, ']'), p.is(j, '?') && p.is(j+1, ']'):
				p.crossed = true
				continue
			}
		}
		return j
	}
	return -1
}

// back is the token before i that belongs to the same run of text, brackets
// passed over, or -1.
func (p *parser) back(i int) int {
	for j := i - 1; j >= 0; j-- {
		if p.tok[j+1].gap == apart {
			return -1
		}
		if !p.is(j, '[') {
			return j
		}
	}
	return -1
}

func (p *parser) is(j int, mark byte) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].kind == punct && p.tok[j].mark == mark
}

func (p *parser) dash(j int) bool {
	return p.is(j, '-') || p.is(j, enDash) || p.is(j, emDash)
}

func (p *parser) number(j int) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].kind == number
}

func (p *parser) role(j int) role {
	if j < 0 || j >= len(p.tok) {
		return noRole
	}
	return p.tok[j].word.role
}

func (p *parser) marked(j int, m mark) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].word.marks&m != 0
}

func (p *parser) letters(j int) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].kind == letters
}

func (p *parser) glued(j int) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].gap == glued
}

func (p *parser) capital(j int) bool {
	return j >= 0 && j < len(p.tok) && p.tok[j].capital
}

func (p *parser) src(j int) string { return p.text[p.tok[j].start:p.tok[j].end] }

// loose says whether a number at i begins something: it is not the rest of a
// word, of another number, or of an identifier.
func (p *parser) loose(i int) bool {
	if i == 0 || p.tok[i].gap != glued {
		return true
	}
	switch t := &p.tok[i-1]; {
	case t.kind != punct:
		return false
	case t.mark == '/' || t.mark == '.' || t.mark == ',' || t.mark == ':' || t.mark == '-' || t.mark == enDash || t.mark == '_' || t.mark == '+' || t.mark == '=' || t.mark == '\\':
		return t.gap != glued || i == 1 || t.mark == ',' && !p.number(i-2)
	case t.mark == '$' || t.mark == '#' || t.mark == ringed || t.mark == '&' || t.mark == '@':
		return false
	}
	return true
}

// tight says whether the number at i goes on behind: in digits, letters, or a
// mark with digits.
func (p *parser) tight(i int) bool {
	j := i + 1
	if j >= len(p.tok) || p.tok[j].gap != glued {
		return false
	}
	t := &p.tok[j]
	if t.kind != punct {
		return true
	}
	switch t.mark {
	case '/', '-', '_', '=', '\\':
		return p.glued(j+1) && (p.number(j+1) || p.letters(j+1))
	case '%':
		return true
	case '.', ':', ',':
		return p.glued(j+1) && p.number(j+1)
	}
	return false
}

// signed says whether a sign or a word before i makes of it an identifier: No.
// 5, item 3, p. 12.
func (p *parser) signed(i int) bool {
	j := i - 1
	if j < 0 || p.tok[i].gap >= newLine {
		return false
	}
	if p.is(j, '.') || p.is(j, ringed) || p.is(j, ')') && p.is(j-2, '(') {
		j--
		if j < 0 || p.is(j+1, '.') && p.tok[j+1].gap != glued {
			return false
		}
	}
	if p.is(j, sign) {
		return true
	}
	return p.marked(j, signBefore)
}

func (p *parser) add(f found) int {
	if f.kind == 0 {
		f.kind = Calendar
	}
	p.out = append(p.out, f)
	return f.last
}
