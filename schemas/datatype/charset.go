package datatype

import (
	"slices"
	"sync"
	"unicode"
)

// charset is a set of characters: ranges in ascending order, apart from each
// other.
type charset [][2]rune

const lastRune = 0x10FFFF

// union, minus and complement are the operations of character class expressions
// (XML Schema Part 2, appendix F).
func (c charset) union(d charset) charset {
	all := append(slices.Clone(c), d...)
	slices.SortFunc(all, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	var out charset
	for _, r := range all {
		if n := len(out); n > 0 && r[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], r[1])
		} else {
			out = append(out, r)
		}
	}
	return out
}

func (c charset) complement() charset {
	var out charset
	from := rune(0)
	for _, r := range c {
		if r[0] > from {
			out = append(out, [2]rune{from, r[0] - 1})
		}
		from = r[1] + 1
	}
	if from <= lastRune {
		out = append(out, [2]rune{from, lastRune})
	}
	return out
}

func (c charset) minus(d charset) charset {
	return c.complement().union(d).complement()
}

func (c charset) has(r rune) bool {
	i, found := slices.BinarySearchFunc(c, r, func(x [2]rune, r rune) int {
		switch {
		case x[1] < r:
			return -1
		case x[0] > r:
			return 1
		}
		return 0
	})
	return found && c[i][0] <= r
}

func ofTables(tables ...*unicode.RangeTable) charset {
	var out charset
	for _, t := range tables {
		for _, r := range t.R16 {
			for x := rune(r.Lo); x <= rune(r.Hi); x += rune(r.Stride) {
				if r.Stride == 1 {
					out = append(out, [2]rune{rune(r.Lo), rune(r.Hi)})
					break
				}
				out = append(out, [2]rune{x, x})
			}
		}
		for _, r := range t.R32 {
			for x := rune(r.Lo); x <= rune(r.Hi); x += rune(r.Stride) {
				if r.Stride == 1 {
					out = append(out, [2]rune{rune(r.Lo), rune(r.Hi)})
					break
				}
				out = append(out, [2]rune{x, x})
			}
		}
	}
	return charset{}.union(out)
}

// categories are the general categories of appendix F.1.1. Surrogates have none,
// for they are no characters of XML.
var categories = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"L", unicode.L}, {"Lu", unicode.Lu}, {"Ll", unicode.Ll}, {"Lt", unicode.Lt}, {"Lm", unicode.Lm}, {"Lo", unicode.Lo},
	{"M", unicode.M}, {"Mn", unicode.Mn}, {"Mc", unicode.Mc}, {"Me", unicode.Me},
	{"N", unicode.N}, {"Nd", unicode.Nd}, {"Nl", unicode.Nl}, {"No", unicode.No},
	{"P", unicode.P}, {"Pc", unicode.Pc}, {"Pd", unicode.Pd}, {"Ps", unicode.Ps}, {"Pe", unicode.Pe}, {"Pi", unicode.Pi}, {"Pf", unicode.Pf}, {"Po", unicode.Po},
	{"Z", unicode.Z}, {"Zs", unicode.Zs}, {"Zl", unicode.Zl}, {"Zp", unicode.Zp},
	{"S", unicode.S}, {"Sm", unicode.Sm}, {"Sc", unicode.Sc}, {"Sk", unicode.Sk}, {"So", unicode.So},
	{"C", nil}, {"Cc", unicode.Cc}, {"Cf", unicode.Cf}, {"Co", unicode.Co}, {"Cn", nil},
}

var categoryCache sync.Map // by name

// category is the set of a general category, or nil.
func category(name string) charset {
	if c, ok := categoryCache.Load(name); ok {
		return c.(charset)
	}
	for _, k := range categories {
		if k.name != name {
			continue
		}
		var c charset
		switch name {
		case "C": // all but the other six: letters, marks, numbers, punctuation, separators, symbols
			c = ofTables(unicode.L, unicode.M, unicode.N, unicode.P, unicode.Z, unicode.S).complement()
		case "Cn": // not assigned
			c = ofTables(unicode.L, unicode.M, unicode.N, unicode.P, unicode.Z, unicode.S, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs).complement()
		default:
			c = ofTables(k.table)
		}
		categoryCache.Store(name, c)
		return c
	}
	return nil
}

// The multi-character escapes (appendix F.1.1).
var escapes = map[byte]func() charset{
	's': func() charset { return charset{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}} },
	'i': func() charset { return nameStarts },
	'c': func() charset { return nameChars },
	'd': func() charset { return category("Nd") },
	'w': sync.OnceValue(func() charset {
		return category("P").union(category("Z")).union(category("C")).complement()
	}),
}
