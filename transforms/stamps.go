package transforms

import (
	"strings"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/names"
)

// encodeStamps looks into each stamp for the office that put it there and says
// what its date and number make of it.
func (e *encoder) encodeStamps() {
	for _, s := range e.body.Find("stamp") {
		e.stampOffice(s)
		low := strings.ToLower(e.text[s.Src.Start:s.Src.End])
		for _, w := range []string{"return", "incoming", "registry", "registration", "receipt", "received", "arrived"} {
			if strings.Contains(low, w) {
				s.Set("type", "registration")
			}
		}
		if d := s.Find("date"); len(d) == 1 && len(d[0].Get("when")) >= 10 {
			s.Set("when", d[0].Get("when"))
		}
		e.stampNumber(s)
	}
}

// stampOffice wraps the body in "SUBJECT TO RETURN to the IV Unit OS VKP(b) CC".
func (e *encoder) stampOffice(s *tei.Elem) {
	text := e.text[s.Src.Start:s.Src.End]
	at := strings.Index(strings.ToLower(text), "return")
	if at < 0 {
		return
	}
	rest := text[at+len("return"):]
	lead := len(rest) - len(strings.TrimLeft(rest, " \n\u00a0"))
	if !strings.HasPrefix(rest[lead:], "to the ") {
		return
	}
	start := at + len("return") + lead + len("to the ")
	end := start + strings.IndexAny(text[start:]+"\n", "\n,;[]0123456789№")
	for _, w := range []string{" Incoming", " Outgoing", " N°", " Nº", " No."} {
		if i := strings.Index(text[start:end], w); i > 0 {
			end = start + i
		}
	}
	end = start + len(strings.TrimRight(text[start:end], " .\u00a0"))
	span := tei.Span{Start: s.Src.Start + start, End: s.Src.Start + end}
	if span.Len() < 4 || e.body.Crosses(span) {
		return
	}
	el := tei.New("orgName")
	if e.wrapInner("stamps", "body that a stamp returns to", span, el, ledger.High) != nil {
		el.Set("ref", "#"+e.people.Add(names.Org, e.text[span.Start:span.End], "", "stamp", span))
	}
}

// stampNumber wraps a number without a sign: 900/3783shs.
func (e *encoder) stampNumber(s *tei.Elem) {
	if len(s.Find("idno")) > 0 {
		return
	}
	at := s.Src.Start
	for _, w := range strings.FieldsFunc(e.text[s.Src.Start:s.Src.End], func(r rune) bool { return strings.ContainsRune(" \n\t,;[]\u00a0", r) }) {
		i := at + strings.Index(e.text[at:s.Src.End], w)
		at = i + len(w)
		digits := strings.Trim(w, "0123456789.")
		if digits == w || digits != "" && !strings.ContainsAny(w, "/-") && !strings.ContainsAny(w, "abcdefghijklmnopqrstuvwxyz") || digits == "" && len(w) < 4 || digits == "st" || digits == "nd" || digits == "rd" || digits == "th" {
			continue
		}
		span := tei.Span{Start: i, End: i + len(strings.TrimRight(w, "."))}
		switch e.body.At(span).Name {
		case "stamp":
			e.wrapInner("stamps", "number of a stamp", span, tei.New("idno", "type", "registration"), ledger.Medium)
			return
		}
	}
}
