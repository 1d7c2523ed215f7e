package brackets

import (
	"slices"
	"strings"
	"unicode"

	"sigla/tei"
)

// Brackets are found with one stack for each paragraph. A closing bracket
// answers the last one that is open, so brackets nest and run over lines; what
// is still open when the paragraph ends is taken to end with it and never
// swallows what follows. Delimiters doubled on both sides, [[x]], are one
// bracket. Round brackets are text.

// Bracket is one pair of square brackets, or one that is open to the end of
// its paragraph.
type Bracket struct {
	Span   tei.Span // with the delimiters
	Inner  tei.Span // without them
	Depth  int      // how many brackets stand around it
	Parent int      // the nearest of these in the list, or -1
	Double bool     // [[x]], or a longer run of equal delimiters
	Closed bool     // the closing delimiter is there
}

// Fault is a closing bracket that answers none.
type Fault struct{ Span tei.Span }

// Scan finds the brackets of one paragraph of text, in order of opening, and
// the closing ones that were never opened.
func Scan(text string, para tei.Span) ([]Bracket, []Fault) {
	s := text[para.Start:para.End]
	if !strings.ContainsAny(s, "[]") {
		return nil, nil
	}
	var list []Bracket
	var faults []Fault
	var open []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			parent := -1
			if len(open) > 0 {
				parent = open[len(open)-1]
			}
			at := para.Start + i
			open = append(open, len(list))
			list = append(list, Bracket{Span: tei.Span{Start: at}, Inner: tei.Span{Start: at + 1}, Parent: parent})
		case ']':
			at := para.Start + i
			if len(open) == 0 {
				faults = append(faults, Fault{tei.Span{Start: at, End: at + 1}})
				continue
			}
			b := &list[open[len(open)-1]]
			open = open[:len(open)-1]
			b.Span.End, b.Inner.End, b.Closed = at+1, at, true
		}
	}
	if len(open) > 0 {
		end := para.Start + len(strings.TrimRightFunc(s, unicode.IsSpace))
		for _, i := range open {
			list[i].Span.End, list[i].Inner.End = end, end
		}
	}
	return join(list), faults
}

// join makes one bracket of delimiters that stand together on both sides.
func join(list []Bracket) []Bracket {
	into := make([]int, len(list)) // where each bracket went
	out := slices.Grow([]Bracket(nil), len(list))
	for i, b := range list {
		if b.Parent >= 0 {
			b.Parent = into[b.Parent]
			p := &out[b.Parent]
			if p.Inner.Start == b.Span.Start && p.Inner.End == b.Span.End && p.Closed == b.Closed {
				p.Inner, p.Double, into[i] = b.Inner, true, b.Parent
				continue
			}
			b.Depth = p.Depth + 1
		}
		into[i] = len(out)
		out = append(out, b)
	}
	return out
}
