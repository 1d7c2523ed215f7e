package transforms

import (
	"sigla/tei"
	"sigla/transforms/ledger"
)

// repair holds the content models that the structure of a strange page could
// break: a closer needs words before it, a list needs an item. What has no
// room becomes plain blocks; nothing is moved.
func (e *encoder) repair() {
	e.body.Walk(func(x, _ *tei.Elem) bool {
		switch x.Name {
		case "div", "body":
			if !holds(x, "p", "ab", "list", "table", "sp", "floatingText", "quote", "div") && (x.Name == "body" || holds(x, "closer", "postscript")) {
				e.flatten(x)
			}
		case "list":
			if !holds(x, "item") {
				x.Name = "ab"
				x.Set("rend", "")
				for _, k := range x.Kids {
					if k, ok := k.(*tei.Elem); ok && k.Name == "head" {
						k.Name = "seg"
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

// flatten puts the lines of openers and closers in their place, as ab.
func (e *encoder) flatten(x *tei.Elem) {
	var kids []tei.Node
	for _, k := range x.Kids {
		c, ok := k.(*tei.Elem)
		if !ok || c.Name != "opener" && c.Name != "closer" {
			kids = append(kids, k)
			continue
		}
		e.decideAt("order", "no words to open or close", "ab", c.Src, ledger.Low)
		for _, line := range c.Kids {
			if l, ok := line.(*tei.Elem); ok {
				switch l.Name {
				case "salute", "signed", "dateline", "seg":
					if l.Get("type") == "" {
						l.Set("type", map[string]string{"salute": "address", "signed": "signature", "dateline": "dateline", "seg": ""}[l.Name])
					}
					l.Name = "ab"
				case "idno":
					line = &tei.Elem{Name: "ab", Kids: []tei.Node{l}, Src: l.Src}
				}
			}
			kids = append(kids, line)
		}
	}
	x.Kids = kids
}
