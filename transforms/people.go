package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/names"
)

// The people, places and bodies of the text as the header lists them.

// encodeLetterheads wraps the first line of a letterhead, which names the body
// that issues the document.
func (e *encoder) encodeLetterheads() {
	for _, b := range e.letterheads {
		s := b.lines[0]
		for _, l := range b.lines[1:] {
			// the name may go on; a place or a number does not belong to it
			t := e.text[l.Start:l.End]
			if e.people.KnownKind(names.Place, t) || strings.ContainsAny(t, "0123456789") || personLike(t) && len(strings.Fields(t)) < 3 && !letterhead(t) {
				break
			}
			s.End = l.End
		}
		if e.body.Crosses(s) || !letterhead(e.text[s.Start:s.End]) {
			continue
		}
		el := tei.New("orgName")
		if e.wrapInner("names", "letterhead", s, el, ledger.High) != nil {
			el.Set("ref", "#"+e.people.Add(names.Org, e.text[s.Start:s.End], "", "letterhead", s))
		}
	}
}

// letterheadParty is the body of the letterhead.
func (e *encoder) letterheadParty() *tei.Party {
	for _, b := range e.letterheads {
		if p := e.body.At(b.lines[0]); p.Name == "orgName" {
			x := e.party(p)
			return &x
		}
	}
	return nil
}

// titleParties are senders or receivers that only the title names.
func (e *encoder) titleParties(list []names.Party) (out []tei.Party) {
	for _, p := range list {
		out = append(out, e.titleParty(p))
	}
	return out
}

func (e *encoder) titleParty(p names.Party) tei.Party {
	out := tei.Party{Kind: "persName", Text: p.Name}
	if p.Kind == names.Org {
		out.Kind = "orgName"
	}
	if id := e.people.Known(p.Name); id != "" {
		out.Ref = id
		out.Text = e.displayName(id, p.Name)
	}
	return out
}

// party is a name of the text for the header.
func (e *encoder) party(x *tei.Elem) tei.Party {
	p := tei.Party{Kind: x.Name, Ref: strings.TrimPrefix(x.Get("ref"), "#")}
	var b strings.Builder
	var text func(y *tei.Elem)
	text = func(y *tei.Elem) {
		for _, k := range y.Kids {
			switch k := k.(type) {
			case *tei.Text:
				b.WriteString(k.Value)
			case *tei.Elem:
				if k.Name != "roleName" && k.Name != "gap" && k.Name != "note" {
					text(k)
				}
			}
		}
	}
	text(x)
	p.Text = strings.Trim(strings.Join(strings.Fields(b.String()), " "), " ()/,.")
	if x.Name == "persName" {
		p.Text = e.displayName(p.Ref, p.Text)
	}
	return p
}

// displayName is how the header names somebody: by the main name, with the
// cover name that the text uses.
func (e *encoder) displayName(id, form string) string {
	x := e.people.Entry(id)
	if x == nil {
		return form
	}
	name := x.MainName()
	if len(x.Cover) > 0 && name != x.Cover[0] {
		return name + " (under the pseudonym " + x.Cover[0] + ")"
	}
	return name
}

// recordPeople lists the people, places and bodies in the header.
func (e *encoder) recordPeople() {
	used := map[string]bool{}
	e.body.Walk(func(x, _ *tei.Elem) bool {
		for _, a := range []string{"ref", "who"} {
			if v := x.Get(a); v != "" {
				used[strings.TrimPrefix(v, "#")] = true
			}
		}
		return true
	})
	for _, m := range e.header.Messages {
		for _, l := range [][]tei.Party{m.Sent.Parties, m.Received.Parties, m.Copies} {
			for _, p := range l {
				used[p.Ref] = true
			}
		}
		if m.Sent.Place != nil {
			used[m.Sent.Place.Ref] = true
		}
		if m.Transmitted != nil {
			for _, p := range m.Transmitted.Parties {
				used[p.Ref] = true
			}
		}
	}
	for _, x := range e.people.Entries(names.Person) {
		if !used[x.ID] {
			continue
		}
		p := tei.Person{ID: x.ID, URI: x.URI, Names: []tei.TypedName{{Type: "main", Text: x.MainName()}}}
		if len(x.Roles) > 0 {
			p.Role = x.Roles[0]
		}
		for _, c := range x.Cover {
			p.Names = append(p.Names, tei.TypedName{Type: "pseudonym", Text: c})
		}
		for _, v := range x.Variants() {
			p.Names = append(p.Names, tei.TypedName{Type: "variant", Text: v})
		}
		e.header.People = append(e.header.People, p)
	}
	for _, x := range e.people.Entries(names.Place) {
		if used[x.ID] {
			e.header.Places = append(e.header.Places, tei.Place{ID: x.ID, URI: x.URI, Names: []tei.TypedName{{Text: x.MainName()}}})
		}
	}
	for _, x := range e.people.Entries(names.Org) {
		if used[x.ID] {
			e.header.Orgs = append(e.header.Orgs, tei.Org{ID: x.ID, URI: x.URI, Names: []tei.TypedName{{Text: x.Forms[0].Text}}})
		}
	}
	if len(e.header.Authors) == 0 && len(e.header.Messages) > 0 {
		for _, p := range e.header.Messages[0].Sent.Parties {
			if p.Kind == "persName" {
				e.header.Authors = append(e.header.Authors, p.Text)
			}
		}
	}
}

// nameSpelling reports people who are spelt in two ways, and makes them one.
func (e *encoder) nameSpelling() {
	e.misspelt = map[tei.Span]tei.Span{}
	same := func(a, b tei.Span) bool {
		x, y := e.blockAt(a.Start), e.blockAt(b.Start)
		return x == y || x != nil && y != nil && x.parent == y.parent && x.elem != nil && x.elem.Name == "item"
	}
	for _, s := range e.people.Spellings(same) {
		a, b := s.A, s.B
		if b.Span.Start < a.Span.Start {
			a, b = b, a
		}
		f := e.report(codeNameSpelling, b.Span.Start, "one person is spelt %s here and %s elsewhere", excerpt(b.Text), excerpt(a.Text))
		e.related(f, a.Span.Start, "%s", excerpt(a.Text))
		e.people.Join(a.Text, b.Text)
		if i := strings.Index(e.text[b.Span.Start:b.Span.End], b.Text); i >= 0 {
			e.misspelt[b.Span] = tei.Span{Start: b.Span.Start + i, End: b.Span.Start + i + len(b.Text)}
		}
	}
}

// blockAt is the block in the tree that holds an offset.
func (e *encoder) blockAt(at int) *block {
	for _, b := range e.placed {
		if b.span.Start <= at && at < b.span.End {
			return b
		}
	}
	return nil
}
