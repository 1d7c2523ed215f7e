package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/transforms/ledger"
)

// repair holds the content models that the structure of a strange page could
// break (TEI P5, 4.1 and 4.2): in a division, headings and opener come first,
// then words, then divisions, and a closer last; a list has an item. What has
// no room where it stands becomes plain lines or a division of its own.
// Nothing is moved.
func (e *encoder) repair() {
	e.body.Walk(func(x, _ *tei.Elem) bool {
		switch x.Name {
		case "div", "body":
			e.order(x)
		case "list":
			if !holds(x, "item") {
				for _, k := range x.Kids {
					if k, ok := k.(*tei.Elem); ok && k.Name == "head" {
						k.Name = "item"
					}
				}
			}
		}
		return true
	})
}

func holds(x *tei.Elem, names ...string) bool {
	for _, k := range x.Kids {
		if k, ok := k.(*tei.Elem); ok {
			for _, n := range names {
				if k.Name == n {
					return true
				}
			}
		}
	}
	return false
}

// rank is the part of a division that an element belongs to.
func rank(k *tei.Elem) int {
	switch {
	case global[k.Name]:
		return 0
	case k.Name == "head" || k.Name == "opener":
		return 1
	case k.Name == "div":
		return 3
	case k.Name == "closer" || k.Name == "postscript":
		return 4
	}
	return 2
}

// order brings the parts of a division into the order that TEI asks for.
func (e *encoder) order(x *tei.Elem) {
	var kids []tei.Node
	seen := 0 // highest rank so far
	for i, n := range x.Kids {
		k, ok := n.(*tei.Elem)
		if !ok || rank(k) == 0 {
			kids = append(kids, n)
			continue
		}
		r := rank(k)
		switch {
		case r == 1 && seen > 1, r == 4 && (seen < 2 || e.follows(x.Kids[i+1:])):
			kids = append(kids, e.flatten(k)...)
			r = 2
		default:
			kids = append(kids, n)
		}
		seen = max(seen, r)
	}
	if x.Name == "body" && seen < 2 {
		// nothing but an opener
		var plain []tei.Node
		for _, n := range kids {
			if k, ok := n.(*tei.Elem); ok && rank(k) == 1 {
				plain = append(plain, e.flatten(k)...)
				continue
			}
			plain = append(plain, n)
		}
		kids = plain
	}
	x.Kids = e.divide(kids)
}

// follows says whether words or divisions come after a closer.
func (e *encoder) follows(kids []tei.Node) bool {
	for _, n := range kids {
		if k, ok := n.(*tei.Elem); ok {
			if r := rank(k); r == 2 || r == 3 || r == 1 {
				return true
			}
		}
	}
	return false
}

// divide gives words that follow a division a division of their own.
func (e *encoder) divide(kids []tei.Node) []tei.Node {
	var out []tei.Node
	var own *tei.Elem
	divided := false
	for _, n := range kids {
		k, ok := n.(*tei.Elem)
		r := 0
		if ok {
			r = rank(k)
		}
		switch {
		case r == 3:
			divided, own = true, nil
			out = append(out, n)
		case divided && (r == 2 || own != nil && (r == 4 || r == 0)):
			if own == nil {
				own = &tei.Elem{Name: "div", Attrs: []tei.Attr{{Name: "type", Value: "part"}}, Src: tei.Span{Start: n.Span().Start, End: n.Span().End}}
				e.decideAt("order", "words behind a division", "div", n.Span(), ledger.Low)
				out = append(out, own)
			}
			own.Kids = append(own.Kids, n)
			own.Src.End = n.Span().End
		default:
			out = append(out, n)
		}
	}
	return out
}

// lineTypes are what the lines of openers and closers are called by themselves.
var lineTypes = map[string]string{"salute": "address", "signed": "signature", "dateline": "dateline"}

// flatten makes plain lines of a heading, an opener, a closer or a postscript.
func (e *encoder) flatten(c *tei.Elem) []tei.Node {
	e.decideAt("order", "no room for "+c.Name, "ab", c.Src, ledger.Low)
	if c.Name == "head" {
		c.Name = "ab"
		return []tei.Node{c}
	}
	for i, n := range c.Kids {
		l, ok := n.(*tei.Elem)
		switch {
		case !ok || global[l.Name] || l.Name == "p":
		case strings.Contains("salute signed dateline seg", l.Name):
			if l.Get("type") == "" {
				l.Set("type", lineTypes[l.Name])
			}
			l.Name = "ab"
		default:
			c.Kids[i] = &tei.Elem{Name: "ab", Kids: []tei.Node{l}, Src: l.Src}
		}
	}
	return c.Kids
}
