//go:build !cgo

package xsd

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sigla/schemas/xmltok"
)

// What helium needs a guard for, seen in the schema beforehand.
//
// It cannot be stopped, and its time grows with the cube of what a content
// model holds when all its groups are written out; a short schema can hold
// millions. So that is counted beforehand.

// workLimit bounds the sum of those cubes.
const workLimit = 1e8

// declaration is an element of a schema document.
type declaration struct {
	file, number int
	local        string
	attrs        map[string]string
	kids         []*declaration
	bare         bool // names without a prefix have no namespace in it
}

// counter counts particles: elements and wildcards of content models. Names are
// compared without their namespace; of several that are alike all are counted.
type counter struct {
	named   map[[2]string][]*declaration // by kind and name
	members map[string][]string          // of substitution groups, by the head
	counts  map[*declaration]float64     // 0 while it is worked out
	stand   map[string]float64           // how many elements may stand for one, by its name
	all     []*declaration
}

// survey reads the declarations of a schema.
func survey(files []*file) (*counter, error) {
	c := &counter{named: map[[2]string][]*declaration{}, members: map[string][]string{}, counts: map[*declaration]float64{}, stand: map[string]float64{}}
	for i, f := range files {
		var open []*declaration
		number := 0
		t := tokens(f.name, f.text)
		for {
			kind, err := t.Next()
			if err != nil {
				return nil, err
			}
			if kind == xmltok.EOF {
				break
			}
			switch kind {
			case xmltok.EndElement:
				open = open[:len(open)-1]
			case xmltok.StartElement:
				number++
				space, _ := t.ResolvePrefix("")
				d := &declaration{file: i, number: number, local: t.Name.Local, attrs: map[string]string{}, bare: space == ""}
				for _, a := range t.Attrs {
					if a.Name.Space == "" {
						d.attrs[a.Name.Local] = strings.TrimSpace(string(a.Value))
					}
				}
				c.add(d, open)
				open = append(open, d)
			}
		}
	}
	return c, nil
}

// add takes up a declaration that stands in others.
func (c *counter) add(d *declaration, open []*declaration) {
	if len(open) > 0 {
		up := open[len(open)-1]
		up.kids = append(up.kids, d)
		key := [2]string{d.local, d.attrs["name"]}
		if len(open) == 1 || up.local == "redefine" {
			c.named[key] = append(c.named[key], d)
		}
	}
	if head := local(d.attrs["substitutionGroup"]); head != "" {
		c.members[head] = append(c.members[head], d.attrs["name"])
	}
	c.all = append(c.all, d)
}

// work estimates what it takes to compile the schema.
func (c *counter) work() float64 {
	sum := 0.0
	for _, d := range c.all {
		if d.local == "complexType" {
			sum += math.Pow(c.particles(d), 3)
		}
	}
	return sum
}

// references are the attributes that refer to something by name, the kinds of
// declaration that it can be, and how libxml2 calls them.
var references = []struct {
	attr  string
	in    []string // elements
	kinds []string
	name  string
}{
	{"type", []string{"element"}, []string{"simpleType", "complexType"}, "type definition"},
	{"type", []string{"attribute"}, []string{"simpleType"}, "simple type definition"},
	{"base", []string{"extension", "restriction"}, []string{"simpleType", "complexType"}, "type definition"},
	{"itemType", []string{"list"}, []string{"simpleType"}, "simple type definition"},
	{"ref", []string{"element"}, []string{"element"}, "element declaration"},
	{"ref", []string{"attribute"}, []string{"attribute"}, "attribute declaration"},
	{"ref", []string{"group"}, []string{"group"}, "model group definition"},
	{"ref", []string{"attributeGroup"}, []string{"attributeGroup"}, "attribute group definition"},
}

// unresolved are references to what is not there. helium lets those pass that
// have no namespace, and documents would then be valid that are not.
func (c *counter) unresolved() faults {
	var out faults
	for _, d := range c.all {
		for _, r := range references {
			name := d.attrs[r.attr]
			if !d.bare || name == "" || strings.Contains(name, ":") || !slices.Contains(r.in, d.local) {
				continue
			}
			if !slices.ContainsFunc(r.kinds, func(kind string) bool { return len(c.named[[2]string{kind, name}]) > 0 }) {
				out.list = append(out.list, fault{d.file, d.number, r.attr,
					fmt.Sprintf("Element '%s', attribute '%s': The QName value '%s' does not resolve to a(n) %s.", d.local, r.attr, name, r.name), false})
			}
		}
	}
	return out
}

// withModels writes an empty sequence into each mixed type that has no content
// model, without a line end: helium would let any element stand there.
func withModels(text []byte) ([]byte, error) {
	t := tokens("", text)
	var out []byte
	done := 0
	insert := func() {
		prefix := strings.TrimSuffix(t.Name.Raw, t.Name.Local)
		out = append(append(out, text[done:t.Offset]...), "<"+prefix+"sequence/>"...)
		done = t.Offset
	}
	type part struct{ mixed, lacking bool }
	open := []part{{}}
	for {
		kind, err := t.Next()
		if err != nil {
			return nil, err
		}
		up := &open[len(open)-1]
		switch kind {
		case xmltok.EOF:
			return append(out, text[done:]...), nil
		case xmltok.StartElement:
			if up.lacking && t.Name.Local != "annotation" {
				up.lacking = false
				if slices.Contains([]string{"attribute", "attributeGroup", "anyAttribute"}, t.Name.Local) {
					insert()
				}
			}
			p := part{}
			switch t.Name.Local {
			case "complexType", "complexContent":
				p.mixed = up.mixed && t.Name.Local == "complexContent"
				for _, a := range t.Attrs {
					if a.Name.Raw == "mixed" {
						p.mixed = slices.Contains([]string{"true", "1"}, strings.TrimSpace(string(a.Value)))
					}
				}
				p.lacking = p.mixed && t.Name.Local == "complexType"
			case "extension", "restriction":
				p.lacking = up.mixed
			}
			open = append(open, p)
		case xmltok.EndElement:
			if up.lacking {
				insert()
			}
			open = open[:len(open)-1]
		}
	}
}

// particles is the number of particles of a declaration, all groups written out
// and repeated as often as they may be.
func (c *counter) particles(d *declaration) float64 {
	if n, known := c.counts[d]; known {
		return n
	}
	c.counts[d] = 0
	n := 0.0
	switch d.local {
	case "element":
		n = c.elements(local(d.attrs["ref"] + d.attrs["name"]))
	case "any":
		n = 1
	case "group":
		n = c.of("group", local(d.attrs["ref"]))
		fallthrough
	case "sequence", "choice", "all", "complexType", "complexContent", "extension", "restriction":
		for _, k := range d.kids {
			n += c.particles(k)
		}
		if d.local == "extension" {
			n += c.of("complexType", local(d.attrs["base"]))
		}
		if times, err := strconv.ParseFloat(d.attrs["maxOccurs"], 64); err == nil {
			n *= max(times, 1)
		}
	}
	c.counts[d] = n
	return n
}

// of is the number of particles of what has a name.
func (c *counter) of(kind, name string) float64 {
	n := 0.0
	for _, d := range c.named[[2]string{kind, name}] {
		n += c.particles(d)
	}
	return n
}

// elements is the number of elements that may stand for one.
func (c *counter) elements(name string) float64 {
	if n, known := c.stand[name]; known {
		return n
	}
	c.stand[name] = 1
	n := 1.0
	for _, m := range c.members[name] {
		n += c.elements(m)
	}
	c.stand[name] = n
	return n
}

func local(qname string) string { return qname[strings.IndexByte(qname, ':')+1:] }
