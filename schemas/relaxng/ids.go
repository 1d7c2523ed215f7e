package relaxng

import (
	"slices"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// IDs and references to them (RELAX NG DTD Compatibility, 4). What is an ID has
// to follow from the names of element and attribute alone, as in a DTD; where it
// does not, IDs are not checked, and the schema has a remark that says so.

// Remarks are warnings about a schema that is correct.
func (s *Schema) Remarks() diag.List {
	s.checkingIDs.Do(s.checkIDs)
	return s.remarks
}

// checksIDs reports whether the schema is compatible with the ID feature.
func (s *Schema) checksIDs() bool { return len(s.Remarks()) == 0 }

// checkIDs finds whether the schema is compatible with the ID feature. Two
// attributes that can stand under one name on elements of one name have to be
// the same kind of ID, or both none.
func (s *Schema) checkIDs() {
	tell := func(n *Node, format string, args ...any) {
		f := schemaFinding(n, "rng/id-compatibility", "DTD Compatibility 4", format, args...)
		f.Severity = diag.Warning
		f.Message += "; identifiers are not checked"
		s.remarks = diag.List{f}
	}
	attributes := s.base.attributes()
	ids := map[*pattern]bool{}
	concerned := map[*pattern][]*element{} // IDs and what may stand for them, and where they are
	for _, p := range attributes {
		if p.a.has&hasID != 0 {
			ids[p], concerned[p] = true, nil
		}
	}
	for _, p := range attributes {
		for id := range ids {
			if !ids[p] && overlap(p.names, id.names) {
				concerned[p] = nil
			}
		}
	}
	for _, e := range s.elements {
		if e.content.has&hasID != 0 {
			tell(e.node, "the text of %s is an ID or refers to one, and only attributes can", e.names.describe())
			return
		}
		if len(ids) == 0 {
			continue
		}
		e.content.eachAttribute(func(p *pattern) {
			if l, is := concerned[p]; is && !slices.Contains(l[max(0, len(l)-1):], e) {
				concerned[p] = append(l, e)
			}
		})
	}
	for _, id := range attributes {
		if !ids[id] {
			continue
		}
		var others []*pattern // that may stand for it and are something else
		for _, other := range attributes {
			if len(concerned[other]) > 0 && idKind(other.a) != idKind(id.a) && overlap(other.names, id.names) {
				others = append(others, other)
			}
		}
		for _, e := range concerned[id] {
			_, ok1 := id.names.single()
			_, ok2 := e.names.single()
			switch {
			case id.a.kind != dataKind && id.a.kind != valueKind:
				tell(e.node, "the attribute %s of %s is an ID among other things", id.names.describe(), e.names.describe())
				return
			case !ok1 || !ok2:
				tell(e.node, "an attribute of %s is an ID, and it or the element has no name of its own", e.names.describe())
				return
			}
			for _, other := range others {
				for _, x := range concerned[other] {
					if overlap(x.names, e.names) {
						tell(x.node, "the attribute %s of %s is an ID in one definition and not in another", id.names.describe(), e.names.describe())
						return
					}
				}
			}
		}
	}
}

func (v *Validator) duplicateID(a *xmltok.Attr, id string, first diag.Pos) {
	d := v.report(v.where.Pos(a.ValueOffset), "rng/id-twice", "@%s %q stands twice in the file, first at line %d; an identifier is given once", a.Name.Raw, id, first.Line)
	d.Related = append(d.Related, diag.Related{Pos: first, Message: "first here"})
}

func (v *Validator) danglingReference(r reference, ids []string) {
	near := nearest(r.id, slices.Values(ids), 3)
	if len(near) > 0 {
		v.report(r.pos, "rng/id-missing", "nothing has the identifier %q; did you mean %s?", r.id, some(near, 3))
		return
	}
	v.report(r.pos, "rng/id-missing", "nothing has the identifier %q", r.id)
}
