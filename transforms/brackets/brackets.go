// Package brackets finds the square brackets of a translated document and says
// what each of them is: a stamp, an identification, a word that only English
// needs. The classes are those of the project's taxonomy; the rules that tell
// them apart are the rows of Conventions.
package brackets

import (
	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// Class is the name of a class of bracket, as it stands in brk.CLASS.
type Class string

// Unclassified is the class of a bracket that no row of Conventions claims.
const Unclassified Class = "unclassified"

// ClassInfo describes a class for the taxonomy in the header.
type ClassInfo struct {
	Name Class
	Desc string
}

// Context is what a bracket's surroundings say that the text alone does not.
// The zero Context is of use.
type Context struct {
	Paragraph    tei.Span          // the bracket's paragraph; when empty, it runs from empty line to empty line
	OwnLine      bool              // nothing else stands on the bracket's lines
	Title        bool              // the bracket stands in a title
	Zone         string            // "", "service", "opener", "message", "closer", "processing" or "notes"
	OriginalLang string            // BCP 47 tag of the language translated from
	Lexicon      *lexicon.Lexicon  // the built-in one when nil
	NoteLabel    func(string) bool // says whether a block of notes has this label
}

// Verdict is the class of one bracket and the parts that its encoding needs.
//
// Open and Close are the delimiters. Open takes in the label of a stamp, of a
// handwritten addition, of a translator's note and of a source with the space
// behind it ("[Stamp: "), as long as the label says nothing but what the class
// says; a label that names a body ("[USSR MFA stamp: ") stays in the text.
// Close is empty where the bracket is not closed.
//
// Target is the words the bracket speaks of, empty where it speaks of none.
type Verdict struct {
	Class Class
	Rule  string // the row of Conventions that decided
	Cert  ledger.Cert
	Lost  []ledger.Alternative // rows that would have claimed it too

	Open, Close tei.Span
	Target      tei.Span

	Quantity string // of a gap: "2"; empty where it is not said
	Unit     string // of a gap: word, line, group, character, …
	N        string // number of a page or label of a note
	Lang     string // BCP 47 tag of a foreign word, or empty
	Reversed bool   // of an original term: the bracket is the translation, and Target the foreign word
	Grade    string // A to F of a graded decipherment
}

// Classifier classifies brackets. The zero Classifier is ready; it is safe to
// use by many at once.
type Classifier struct{}
