// Package hints holds what people who write TEI know and no schema says: the
// names that they bring along from HTML, DocBook and LaTeX, and which elements
// are the usual ones where dozens are allowed. Messages suggest by them; no
// verdict depends on them.
package hints

import "strings"

// Aliases are names of other vocabularies, in small letters, and the TEI's for
// them, the likeliest first; an attribute's has an @ before it.
var Aliases = map[string][]string{
	"a": {"ref"}, "link": {"ref"}, "ulink": {"ref"}, "url": {"ref"}, "href": {"ref"},
	"b": {"hi"}, "i": {"hi"}, "u": {"hi"}, "strong": {"hi"}, "em": {"emph", "hi"}, "italic": {"hi"}, "bold": {"hi"},
	"sup": {"hi"}, "sub": {"hi"}, "small": {"hi"}, "span": {"seg", "hi"}, "font": {"hi"}, "mark": {"hi"}, "tt": {"hi"},
	"br": {"lb"}, "linebreak": {"lb"}, "pagebreak": {"pb"}, "hr": {"milestone"},
	"img": {"graphic"}, "image": {"graphic"}, "picture": {"graphic"}, "fig": {"figure"}, "figcaption": {"head"}, "caption": {"head"},
	"ul": {"list"}, "ol": {"list"}, "dl": {"list"}, "li": {"item"}, "dt": {"label"}, "dd": {"item"}, "listitem": {"item"}, "itemizedlist": {"list"}, "orderedlist": {"list"},
	"tr": {"row"}, "td": {"cell"}, "th": {"cell"}, "tbody": {"row"}, "thead": {"row"},
	"para": {"p"}, "paragraph": {"p"}, "par": {"p"},
	"h1": {"head"}, "h2": {"head"}, "h3": {"head"}, "h4": {"head"}, "heading": {"head"}, "header": {"head", "fw"}, "footer": {"fw"}, "headline": {"head"},
	"section": {"div"}, "sect1": {"div"}, "chapter": {"div"}, "article": {"div", "text"}, "main": {"body"}, "page": {"pb"},
	"blockquote": {"quote"}, "citation": {"cit", "quote"}, "cite": {"title", "cit"}, "pre": {"ab"}, "code": {"ab"},
	"strike": {"del"}, "s": {"del"}, "ins": {"add"}, "deleted": {"del"}, "added": {"add"}, "insert": {"add"},
	"footnote": {"note"}, "endnote": {"note"}, "comment": {"note"}, "annotation": {"note"}, "remark": {"note"},
	"person": {"persName"}, "persons": {"listPerson"}, "place": {"placeName"}, "org": {"orgName"}, "organisation": {"orgName"}, "organization": {"orgName"}, "location": {"placeName"},
	"sender": {"correspAction"}, "recipient": {"correspAction"}, "addressee": {"correspAction"}, "greeting": {"salute"}, "signature": {"signed"}, "sign": {"signed"},
	"verse": {"l"}, "line": {"l", "lb"}, "stanza": {"lg"}, "strophe": {"lg"}, "speech": {"sp"}, "abbreviation": {"abbr"}, "expansion": {"expan"}, "correction": {"corr"},
	"illegible": {"gap", "unclear"}, "missing": {"gap"}, "license": {"licence"}, "manuscript": {"msDesc"}, "shelfmark": {"idno"}, "id": {"idno"}, "signatur": {"idno"},
	"meta": {"teiHeader"}, "html": {"TEI"}, "tei.2": {"TEI"}, "publication": {"publicationStmt"}, "source": {"sourceDesc"}, "changes": {"revisionDesc"},

	"@href": {"target"}, "@url": {"target", "url"}, "@src": {"url", "facs"}, "@link": {"target"}, "@id": {"xml:id"}, "@lang": {"xml:lang"}, "@language": {"xml:lang"},
	"@class": {"type", "rend", "ana"}, "@style": {"rend", "style"}, "@title": {"n"}, "@name": {"n", "key"}, "@number": {"n"}, "@no": {"n"}, "@num": {"n"}, "@nr": {"n"}, "@page": {"n"}, "@folio": {"n"},
	"@date": {"when"}, "@value": {"when", "quantity"}, "@from": {"notBefore"}, "@to": {"notAfter"}, "@begin": {"from"}, "@start": {"from"}, "@end": {"to"},
	"@certainty": {"cert"}, "@responsible": {"resp"}, "@role": {"role", "type"}, "@colspan": {"cols"}, "@rowspan": {"rows"}, "@kind": {"type"}, "@reference": {"ref"},
	"@space": {"xml:space"}, "@base": {"xml:base"},
}

// Usual are the elements that texts and headers use most, the usual one of its
// kind first: what to name where many are allowed.
var Usual = strings.Fields(`
	teiHeader fileDesc titleStmt publicationStmt sourceDesc profileDesc encodingDesc revisionDesc
	text body front back group
	p div head list item table row cell lg l sp speaker
	opener closer salute signed dateline postscript
	sic corr abbr expan orig reg lem rdg
	title author editor respStmt resp name publisher pubPlace date idno availability licence
	correspAction correspDesc langUsage language change
	persName placeName orgName rs ref hi note quote bibl figure graphic
	person place org listPerson listPlace listOrg
	msDesc msIdentifier settlement repository supplied gap unclear add del
	ab seg label desc pb lb`)
