package tei

// Header is the closed, archival part of a document: what teiHeader and
// standOff say. Strings are written as they stand; an empty field is left out.
// The upper half comes from the page's front matter, the lower from the text.
type Header struct {
	ID      string // xml:id of TEI
	Lang    string // BCP 47 tag of the translation, "en" unless the page says otherwise
	Encoded string // day of the encoding, yyyy-mm-dd; empty leaves it out
	Version string // of the program

	Publisher string // of the TEI file; Sigla where it is empty
	Rights    string // statement of rights, where the page or its metadata gives one
	Licence   string // address of a licence

	Title       string // verbatim, brackets kept
	Date        Dated  // of the document, from the bold line
	DateFrom    string // a range in Date.Text has its ends here, and no Date.When
	DateTo      string
	DateCert    string // low where the words say circa or the like
	Authors     []string
	Translators []Agent
	Funders     []string
	Credits     string // the sentence whole
	Summary     string
	Keywords    []string // genre terms, from the title and the document's own heading
	Language    Language // of the original
	Contents    []Language
	Citation    *Citation
	Holdings    []Holding
	Notes       []Field  // every other labelled field; Label as printed, in order
	Labels      []string // the labels as printed that the header carries, for samplingDecl
	Carried     string   // how the front block is carried, a sentence for samplingDecl; may be empty
	Verbatim    []string // lines of the front block that the fields don't keep to the letter
	Normalized  []string // what reading changed (line ends, characters mapped), a sentence each
	Filename    string

	Messages   []Message
	People     []Person
	Places     []Place
	Orgs       []Org
	Hands      []Hand
	Classes    []Class
	Renditions []Rendition
	Certainty  []Certainty
}

// Dated is a date as printed and its value, yyyy[-mm[-dd]]; When is empty
// where the words give none.
type Dated struct{ Text, When string }

// Agent is somebody with a part in the edition; ID is the target of @resp.
type Agent struct{ ID, Name string }

// Language is a language as printed and its BCP 47 tag; several languages have
// their tags divided by spaces, the main one first.
type Language struct{ Text, Tag string }

// Field is a labelled line of the front matter.
type Field struct{ Label, Text string }

// Citation is the archive's own reference, cut into tagged and untagged
// pieces that give the printed text when joined.
type Citation struct {
	Pieces []Piece
	URLs   []string // as printed, after the words
	ID     string   // the number of the document at the Digital Archive (idno type WCDA)
}

// Piece is a run of a citation. Kind is empty for words between the parts,
// else title, date, publisher, repository, fond, opis, papka, delo, listy,
// box, folder, file, folio, volume, group, entry, series, reel, collection,
// problem, document, number, year, shelfmark, translator or url. Value is the
// date's value (a range has its ends divided by a slash) or the translator's
// id. Holding counts the holdings from 1, and groups
// the pieces of one archival reference; 0 is none.
type Piece struct {
	Kind, Text, Value string
	Holding           int
}

// Holding is where an original lies.
type Holding struct {
	Repository                      string // as printed: RGASPI
	Expansion                       string // its full name, where the lexicon knows it
	Country, CountryKey, Settlement string
	Parts                           []Field // Label: fond, opis, papka, delo, listy …; Text as printed
	Text                            string  // the shelfmark as printed, without the repository
}

// Message is one act of correspondence (correspDesc).
type Message struct {
	ID          string // of the correspDesc
	Of          string // xml:id of the div or floatingText that carries it
	Sent        Action
	Transmitted *Action // through a service, with the time of receipt
	Received    Action
	Copies      []Party
	Encloses    []string    // ids of messages within this one
	Within      string      // id of the message that carries this one
	ReplyTo     []Reference // what the message answers
	Label       string      // one line that names it: "Mao Zedong to Li Kenong"
}

// Reference is a document that a text refers to: the id of its rs, and its words.
type Reference struct{ ID, Text string }

// Action is one end of a correspondence.
type Action struct {
	Parties []Party
	Place   *Party
	Date    *Dated
	Idnos   []Idno
	Subtype string
}

// Party is a person, body or place as the text names it. Ref is the id of its
// entry, without #.
type Party struct {
	Kind string // persName, orgName or placeName
	Text string
	Ref  string
}

// Idno is a number with its type.
type Idno struct{ Type, Text string }

// Person is one person of the text; the first name is the main one.
type Person struct {
	ID, Role, URI string
	Names         []TypedName
	Occupation    string
	Note          string
}

// TypedName is a name and its type: main, pseudonym, variant.
type TypedName struct{ Type, Text, Lang string }

// Place is one place of the text.
type Place struct {
	ID, URI, Note string
	Names         []TypedName
}

// Org is one body of the text.
type Org struct {
	ID, URI, Note string
	Names         []TypedName
}

// Hand is a hand of handwritten additions (handNote).
type Hand struct{ ID, Text string }

// Class is a class of bracket that the text uses (category); ID carries its
// prefix: brk.value.
type Class struct{ ID, Desc string }

// Rendition declares what stands before or after an element's content:
// Content is the CSS value, quoted: "\"[\"" or "\"[page \" attr(n) \"]\"".
type Rendition struct{ ID, Scope, Content string }

// Certainty says how surely something about its targets was decided
// (certainty, in standOff). Targets are ids without #.
type Certainty struct {
	Targets      []string
	Locus, Match string
	Cert         string
	Asserted     string
	Desc         string
}
