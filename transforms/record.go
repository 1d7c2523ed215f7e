package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/transforms/brackets"
	"sigla/transforms/ledger"
	"sigla/transforms/source"
)

// record carries what the passes decided into the header: the classes of
// bracket in use, how surely each bracket was classed, the people and places.

func (e *encoder) record() {
	for _, c := range brackets.Classes {
		if e.classes[c.Name] {
			e.header.Classes = append(e.header.Classes, tei.Class{ID: "brk." + string(c.Name), Desc: c.Desc})
		}
	}
	for _, cert := range []ledger.Cert{ledger.High, ledger.Medium, ledger.Low} {
		c := tei.Certainty{Locus: "name", Cert: string(cert)}
		for _, x := range e.classed {
			if x.cert == cert {
				c.Targets = append(c.Targets, x.id)
			}
		}
		if len(c.Targets) > 0 {
			e.header.Certainty = append(e.header.Certainty, c)
		}
	}
	if e.header.ID == "" {
		name := e.opt.Name
		name = name[strings.LastIndexAny(name, `/\`)+1:]
		if i := strings.LastIndexByte(name, '.'); i > 0 {
			name = name[:i]
		}
		if s := source.Slug(name); s != "" {
			e.header.ID = "doc-" + s
		}
	}
	if len(e.header.Keywords) == 0 && e.genre.Genre != "" {
		e.header.Keywords = []string{e.genre.Genre}
		if len(e.messages) > 1 {
			e.header.Keywords = append(e.header.Keywords, "forwarded "+e.forwardedType())
		}
	}
	e.recordPeople()
}

func (e *encoder) useClass(c brackets.Class) {
	if e.classes == nil {
		e.classes = map[brackets.Class]bool{}
	}
	e.classes[c] = true
}

// forwardedType is the type of a message within another.
func (e *encoder) forwardedType() string {
	for _, w := range []string{"telegram", "letter", "cable", "note", "report"} {
		if strings.Contains(e.genre.Genre, w) {
			return w
		}
	}
	return "message"
}
