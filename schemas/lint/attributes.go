package lint

import "slices"

// The attributes of TEI P5 that hold pointers (teidata.pointer) or dates
// (teidata.temporal.w3c), as of release 4.12.0. Where one name means different
// things on different elements, the row names the elements.
//
// Not among the pointers, though they are URIs: names of namespaces (@ns,
// namespace/@name, anyElement), xml:base, and move/@where, which may hold words.

type cardinality uint8

const (
	none cardinality = iota
	one
	many
)

type dateRole uint8

const (
	noDate dateRole = iota
	when
	from
	to
	notBefore
	notAfter
)

type attribute struct {
	name     string
	pointers cardinality
	only     []string // the elements on which it holds pointers; nil: all
	except   []string // and those on which it does not
	role     dateRole // on elements where it holds no pointers
	undated  []string // the elements on which it is neither
}

var (
	treeNodes   = []string{"node", "root", "iNode", "leaf", "eTree", "triangle", "eLeaf"}
	rangeEnds   = []string{"rt", "span", "app", "arc"}
	rangeWords  = []string{"locus", "biblScope", "citedRange"}
	classifiers = []string{"keywords", "classCode", "catRef", "locus", "locusGrp", "occupation", "socecStatus"}
)

var attributes = []attribute{
	{name: "active", pointers: many, only: []string{"relation"}},
	{name: "adj", pointers: many},
	{name: "adjFrom", pointers: many},
	{name: "adjTo", pointers: many},
	{name: "ana", pointers: many},
	{name: "calendar", pointers: many},
	{name: "change", pointers: many},
	{name: "children", pointers: many},
	{name: "class", pointers: many, only: []string{"msContents", "msItem", "msItemStruct"}},
	{name: "code", pointers: one, only: []string{"occupation", "socecStatus"}},
	{name: "copyOf", pointers: one},
	{name: "corresp", pointers: many},
	{name: "datcat", pointers: many},
	{name: "datingMethod", pointers: one},
	{name: "datingPoint", pointers: one},
	{name: "decls", pointers: many},
	{name: "domains", pointers: many},
	{name: "edRef", pointers: many},
	{name: "end", pointers: one},
	{name: "exclude", pointers: many},
	{name: "fVal", pointers: one},
	{name: "facs", pointers: many},
	{name: "feats", pointers: many},
	{name: "filter", pointers: one},
	{name: "follow", pointers: one},
	{name: "from", pointers: one, only: rangeEnds, role: from, undated: rangeWords},
	{name: "fromUnit", pointers: one},
	{name: "given", pointers: many},
	{name: "hand", pointers: one},
	{name: "inst", pointers: many},
	{name: "lemmaRef", pointers: one},
	{name: "location", pointers: one, except: []string{"variantEncoding"}},
	{name: "mergedIn", pointers: one},
	{name: "mutual", pointers: many},
	{name: "new", pointers: one, only: []string{"handShift"}},
	{name: "next", pointers: one},
	{name: "notAfter", role: notAfter},
	{name: "notBefore", role: notBefore},
	{name: "nymRef", pointers: many},
	{name: "origin", pointers: one},
	{name: "parent", pointers: one},
	{name: "parts", pointers: many},
	{name: "passive", pointers: many, only: []string{"relation"}},
	{name: "perf", pointers: many},
	{name: "period", pointers: many},
	{name: "prev", pointers: one},
	{name: "property", pointers: one},
	{name: "ref", pointers: many},
	{name: "rendition", pointers: many},
	{name: "replyTo", pointers: many},
	{name: "require", pointers: many, except: []string{"anyElement"}},
	{name: "resp", pointers: many},
	{name: "sameAs", pointers: one},
	{name: "scheme", pointers: one, only: classifiers},
	{name: "scribeRef", pointers: many},
	{name: "scriptRef", pointers: many},
	{name: "select", pointers: many},
	{name: "since", pointers: one},
	{name: "source", pointers: many},
	{name: "spanTo", pointers: one},
	{name: "start", pointers: one, except: []string{"schemaSpec"}},
	{name: "synch", pointers: many},
	{name: "target", pointers: many},
	{name: "targetDatcat", pointers: many},
	{name: "targetEnd", pointers: many},
	{name: "to", pointers: one, only: rangeEnds, role: to, undated: rangeWords},
	{name: "toUnit", pointers: one},
	{name: "toWhom", pointers: many},
	{name: "unitRef", pointers: one},
	{name: "uri", pointers: one},
	{name: "url", pointers: one},
	{name: "value", pointers: one, only: treeNodes},
	{name: "valueDatcat", pointers: many},
	{name: "when", role: when},
	{name: "where", pointers: many, except: []string{"move"}},
	{name: "who", pointers: many},
	{name: "wit", pointers: many},
}

// points reports whether the attribute holds pointers on an element.
func (a *attribute) points(element string) bool {
	return a.pointers != none && (a.only == nil || slices.Contains(a.only, element)) && !slices.Contains(a.except, element)
}

// dates reports whether the attribute holds a date on an element.
func (a *attribute) dates(element string) bool {
	return a.role != noDate && !slices.Contains(a.only, element) && !slices.Contains(a.undated, element)
}
