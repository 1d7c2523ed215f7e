package datatype

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// The grammar of regular expressions (XML Schema Part 2, appendix F), by
// recursive descent. ^ and $ stand for themselves; there is no lazy matching and
// no reference back.

// RegexpError is a fault in a regular expression.
type RegexpError struct {
	Pattern string
	Offset  int // in bytes
	Message string
}

func (e *RegexpError) Error() string {
	return fmt.Sprintf("%s at character %d of the pattern %q", e.Message, utf8.RuneCountInString(e.Pattern[:e.Offset])+1, e.Pattern)
}

type regexNode struct {
	kind     regexKind
	set      charset
	kids     []*regexNode
	min, max int // of repeat; max -1 is without end
	number   int // of the set, once it has one: from 1 on
}

type regexKind uint8

const (
	regexSet regexKind = iota
	regexConcat
	regexBranch
	regexRepeat
)

type regexParser struct {
	s     string
	i     int
	depth int
}

// regexDepth bounds parentheses within parentheses.
const regexDepth = 250

func (p *regexParser) fail(i int, format string, args ...any) {
	panic(&RegexpError{p.s, min(i, len(p.s)), fmt.Sprintf(format, args...)})
}

func parseRegexp(s string) (n *regexNode, err error) {
	p := &regexParser{s: s}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *RegexpError:
			err = r
		default:
			panic(r)
		}
	}()
	n = p.expression()
	if p.i < len(s) {
		p.fail(p.i, ") closes nothing")
	}
	return n, nil
}

func (p *regexParser) peek() rune {
	if p.i >= len(p.s) {
		return -1
	}
	r, _ := utf8.DecodeRuneInString(p.s[p.i:])
	return r
}

func (p *regexParser) next() rune {
	r, n := utf8.DecodeRuneInString(p.s[p.i:])
	p.i += n
	return r
}

// expression is branches with | between.
func (p *regexParser) expression() *regexNode {
	if p.depth++; p.depth > regexDepth {
		p.fail(p.i, "parentheses nested more than %d deep", regexDepth)
	}
	defer func() { p.depth-- }()
	n := &regexNode{kind: regexBranch, kids: []*regexNode{p.branch()}}
	for p.peek() == '|' {
		p.next()
		n.kids = append(n.kids, p.branch())
	}
	return n
}

func (p *regexParser) branch() *regexNode {
	n := &regexNode{kind: regexConcat}
	for {
		start := p.i
		var atom *regexNode
		switch r := p.peek(); r {
		case -1, '|', ')':
			return n
		case '(':
			p.next()
			atom = p.expression()
			if p.peek() != ')' {
				p.fail(start, "( is not closed")
			}
			p.next()
		case '?', '*', '+', '{':
			p.fail(p.i, "%c repeats nothing; write \\%c for the character itself", r, r)
		case '}', ']':
			p.fail(p.i, "%c closes nothing; write \\%c for the character itself", r, r)
		default:
			atom = &regexNode{set: p.set()}
		}
		n.kids = append(n.kids, p.quantified(atom))
	}
}

// set is an atom that stands for one character.
func (p *regexParser) set() charset {
	switch r := p.next(); r {
	case '.':
		return charset{{'\n', '\n'}, {'\r', '\r'}}.complement()
	case '\\':
		s, _ := p.escape()
		return s
	case '[':
		return p.class(p.i - 1)
	default:
		return charset{{r, r}}
	}
}

// escape is what follows a backslash; single says that it is one character.
func (p *regexParser) escape() (set charset, single bool) {
	at := p.i - 1
	if p.i >= len(p.s) {
		p.fail(at, "a backslash at the end")
	}
	switch r := p.next(); r {
	case 'n':
		return charset{{'\n', '\n'}}, true
	case 'r':
		return charset{{'\r', '\r'}}, true
	case 't':
		return charset{{'\t', '\t'}}, true
	case '\\', '|', '.', '-', '^', '?', '*', '+', '{', '}', '(', ')', '[', ']':
		return charset{{r, r}}, true
	case 's', 'i', 'c', 'd', 'w':
		return escapes[byte(r)](), false
	case 'S', 'I', 'C', 'D', 'W':
		return escapes[byte(r)|0x20]().complement(), false
	case 'p', 'P':
		set := p.property(at)
		if r == 'P' {
			set = set.complement()
		}
		return set, false
	default:
		p.fail(at, "\\%c is no escape of XML Schema", r)
		return nil, false
	}
}

// property is the name in \p{…}.
func (p *regexParser) property(at int) charset {
	if p.peek() != '{' {
		p.fail(at, "\\p is followed by a name in braces, as in \\p{L}")
	}
	p.next()
	from := p.i
	for p.peek() != '}' {
		if p.peek() == -1 {
			p.fail(at, "\\p{ is not closed")
		}
		p.next()
	}
	name := p.s[from:p.i]
	p.next()
	if len(name) > 2 && name[:2] == "Is" {
		if set, ok := blocks[name[2:]]; ok {
			return set
		}
		p.fail(at, "%q is no block of Unicode", name[2:])
	}
	set := category(name)
	if set == nil {
		p.fail(at, "%q is no category of characters", name)
	}
	return set
}

// class is a character class expression, behind its bracket.
func (p *regexParser) class(at int) charset {
	if p.depth++; p.depth > regexDepth {
		p.fail(at, "brackets nested more than %d deep", regexDepth)
	}
	defer func() { p.depth-- }()
	negative := false
	if p.peek() == '^' {
		p.next()
		negative = true
	}
	var set charset
	first := true
	for {
		start := p.i
		r := p.peek()
		var low charset
		single := true
		switch r {
		case -1:
			p.fail(at, "[ is not closed")
		case ']':
			if first {
				p.fail(at, "[] holds nothing")
			}
			p.next()
			if negative {
				set = set.complement()
			}
			return set
		case '[':
			p.fail(p.i, "[ inside brackets; write \\[ for the character itself")
		case '-':
			p.next()
			switch {
			case p.peek() == '[' && !first: // subtraction
				if negative {
					set = set.complement()
				}
				inner := p.i
				p.next()
				set = set.minus(p.class(inner))
				if p.peek() != ']' {
					p.fail(p.i, "after what is taken away the bracket ends with ]")
				}
				p.next()
				return set
			case !first && p.peek() != ']':
				p.fail(start, "- stands for itself only at the beginning or end of brackets; write \\-")
			}
			low = charset{{'-', '-'}}
		case '\\':
			p.next()
			low, single = p.escape()
		default:
			p.next()
			low = charset{{r, r}}
		}
		first = false
		if single && p.peek() == '-' && p.i+1 < len(p.s) && p.s[p.i+1] != '[' && p.s[p.i+1] != ']' && r != '-' {
			p.next()
			high := p.next()
			switch high {
			case '\\':
				s, one := p.escape()
				if !one {
					p.fail(start, "a range ends with one character")
				}
				high = s[0][0]
			case '-':
				p.fail(start, "a range that ends with -; write \\-")
			}
			if high < low[0][0] {
				p.fail(start, "a range from %q down to %q", low[0][0], high)
			}
			low = charset{{low[0][0], high}}
		}
		set = set.union(low)
	}
}

// quantified is an atom with what follows it.
func (p *regexParser) quantified(atom *regexNode) *regexNode {
	n := &regexNode{kind: regexRepeat, kids: []*regexNode{atom}, max: 1}
	at := p.i
	switch p.peek() {
	case '?':
		p.next()
	case '*':
		p.next()
		n.max = -1
	case '+':
		p.next()
		n.min, n.max = 1, -1
	case '{':
		p.next()
		n.min = p.number(at)
		n.max = n.min
		if p.peek() == ',' {
			p.next()
			n.max = -1
			if p.peek() != '}' {
				n.max = p.number(at)
				if n.max < n.min {
					p.fail(at, "at least %d and at most %d times", n.min, n.max)
				}
			}
		}
		if p.peek() != '}' {
			p.fail(at, "{ is not closed by }; inside stand one or two numbers, as {2,3}")
		}
		p.next()
	default:
		return atom
	}
	if r := p.peek(); r == '?' || r == '*' || r == '+' || r == '{' {
		p.fail(p.i, "%c repeats what is repeated already; put parentheses around it", r)
	}
	return n
}

func (p *regexParser) number(at int) int {
	from := p.i
	for p.i < len(p.s) && p.s[p.i] >= '0' && p.s[p.i] <= '9' {
		p.i++
	}
	n, err := strconv.Atoi(p.s[from:p.i])
	if err != nil || n > regexPositions {
		if from == p.i {
			p.fail(at, "a number is missing after {; inside stand one or two numbers, as {2,3}")
		}
		p.fail(at, "a repetition of more than %d times", regexPositions)
	}
	return n
}
