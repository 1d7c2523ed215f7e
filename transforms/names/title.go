package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/transforms/lexicon"
)

// Party is a sender or receiver as a title names it.
type Party struct {
	Kind Kind
	Name string // without honorific, brackets and role
	Real string // who the title's bracket says it is
}

// Parties is what a title says.
type Parties struct {
	Genre    string // lower case: ciphered telegram, letter, protocol
	From, To []Party
	Place    string
}

// genres are the names of documents, the longer before the shorter.
var genres = []string{
	"ciphered telegram", "circular telegram", "memorandum of conversation", "memorandum of a conversation", "memorandum of discussion", "record of conversation", "record of a conversation", "record of the conversation",
	"record of the meeting", "record of meeting", "minutes of conversation", "telegram", "cablegram", "cable", "letter", "extract from protocol", "protocol", "minutes", "stenogram", "transcript", "memorandum", "note verbale", "journal", "diary", "report", "dispatch",
	"despatch", "airgram", "message", "circular", "note", "statement", "speech", "address", "resolution", "decree", "directive", "draft", "information", "summary", "agreement", "talking points", "conversation", "briefing", "press briefing", "excerpt", "extract", "record",
}

// TitleParties reads genre, sender, receiver and place off a title such as
// "Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde. Filippov
// [Stalin]".
func TitleParties(title string, lex *lexicon.Lexicon) Parties {
	if lex == nil {
		lex = lexicon.Default()
	}
	var p Parties
	low := strings.ToLower(title)
	end := 0
	at := len(low) + 1
	for _, g := range genres {
		i := indexWord(low, g)
		if i >= 0 && i < at && i < 60 {
			at, end, p.Genre = i, i+len(g), g
		}
	}
	switch p.Genre {
	case "":
		end = 0
	case "memorandum of a conversation", "record of a conversation", "record of the conversation":
		p.Genre = strings.Replace(strings.Replace(p.Genre, " a ", " ", 1), " the ", " ", 1)
	case "extract from protocol":
		p.Genre = "protocol"
	case "despatch":
		p.Genre = "dispatch"
	}
	if strings.Contains(p.Genre, "conversation") || p.Genre == "protocol" || p.Genre == "minutes" || p.Genre == "journal" || p.Genre == "diary" {
		return p
	}
	rest := title[end:]
	// a subtitle in quotation marks, and what follows the parties
	for _, q := range []string{", '", ", \"", ", ‘", ", “", ", with ", ", With ", ", regarding", ", concerning", ", on ", " on the ", " regarding ", " concerning ", " about ", ": "} {
		if i := strings.Index(rest, q); i > 0 {
			rest = rest[:i]
		}
	}
	// the number of the telegram
	rest = strings.TrimLeft(rest, " ,")
	for _, sign := range []string{"No. ", "№ ", "N° ", "Nº ", "no. ", "Number ", "#"} {
		if r, ok := strings.CutPrefix(rest, sign); ok {
			i := strings.IndexAny(r, " ,")
			if i < 0 {
				i = len(r)
			}
			rest = strings.TrimLeft(r[i:], " ,")
		}
	}
	from, to, ok := cutTo(rest)
	if !ok {
		from, to = rest, ""
	}
	f, fromWord := strings.CutPrefix(from, "from ")
	if !fromWord {
		f, fromWord = strings.CutPrefix(from, "From ")
	}
	if !ok && !fromWord {
		return p
	}
	// "from Beijing, Mao Zedong to …"
	if a, b, two := strings.Cut(f, ", "); two {
		if _, isPlace := lex.Find(lexicon.Place, strings.TrimSpace(a)); isPlace || fromWord && strings.TrimSpace(b) != "" && len(strings.Fields(a)) == 1 {
			p.Place, f = strings.TrimSpace(a), b
		}
	}
	for _, s := range list(f) {
		if x, ok := party(s, lex); ok {
			p.From = append(p.From, x)
		}
	}
	for _, s := range list(to) {
		if x, ok := party(s, lex); ok {
			p.To = append(p.To, x)
		}
	}
	return p
}

// indexWord finds w in s as whole words.
func indexWord(s, w string) int {
	for at := 0; ; {
		i := strings.Index(s[at:], w)
		if i < 0 {
			return -1
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		behind, _ := utf8.DecodeRuneInString(s[i+len(w):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(behind) {
			return i
		}
		at = i + len(w)
	}
}

// cutTo divides "A to B" at the "to" that stands between two names.
func cutTo(s string) (from, to string, ok bool) {
	for _, sep := range []string{" to ", " To "} {
		if a, b, found := strings.Cut(s, sep); found && strings.TrimSpace(a) != "" {
			return a, b, true
		}
	}
	if b, found := strings.CutPrefix(s, "to "); found {
		return "", b, true
	}
	return "", "", false
}

// list divides "A and B" and "A, B and C" of persons; a body with "and" in its
// name stays whole.
func list(s string) []string {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil
	}
	if orgLike(s) {
		return []string{s}
	}
	if i := strings.Index(s, ", "); i > 0 && !strings.Contains(s, " and ") {
		s = s[:i] // an apposition: an office, a place, a date
	}
	return strings.Split(strings.ReplaceAll(s, " and ", ", "), ", ")
}

// orgWords make a party a body.
var orgWords = []string{"embassy", "ministry", "legation", "committee", "department", "government", "directorate", "council", "party", "agency", "headquarters", "mission", "station", "consulate", "staff", "secretariat", "foreign ministry", "center", "centre", "politburo", "missions", "office", "bureau", "commission", "union", "organization"}

func orgLike(s string) bool {
	low := strings.ToLower(s)
	first := ""
	for _, w := range orgWords {
		if i := indexWord(low, w); i >= 0 {
			first = low[:i]
			// "Ambassador X of the Embassy" names a person first
			if strings.Contains(first, " of the ") || strings.Contains(first, "(") {
				return false
			}
			return true
		}
	}
	return false
}

// party reads one party.
func party(s string, lex *lexicon.Lexicon) (Party, bool) {
	var p Party
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '['); i > 0 {
		if j := strings.IndexByte(s[i:], ']'); j > 0 {
			in := s[i+1 : i+j]
			if !strings.HasPrefix(in, "via") && !strings.HasPrefix(in, "through") {
				p.Real = in
			}
			if i > 0 && s[i-1] != ' ' {
				s = s[:i] + in + s[i+j+1:]
				p.Real = ""
			} else {
				s = strings.TrimSpace(s[:i]) + s[i+j+1:]
			}
		}
	}
	// The Consul General at Calcutta (Wilson)
	if i := strings.IndexByte(s, '('); i > 0 && !orgLike(s) {
		if j := strings.IndexByte(s[i:], ')'); j > 0 {
			if n := strings.TrimSpace(s[i+1 : i+j]); capitalised(n) {
				return Party{Kind: Person, Name: n}, true
			}
		}
	}
	if orgLike(s) {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "the "), "The ")
		p.Kind, p.Name = Org, strings.TrimSpace(s)
		return p, p.Name != ""
	}
	for range 3 {
		if _, n := lex.Longest(lexicon.Honorific, s); n > 0 && n < len(s) {
			s = strings.TrimLeft(s[n:], ". ")
		}
		if _, n := lex.Longest(lexicon.Role, s); n > 0 && n < len(s) {
			s = strings.TrimLeft(s[n:], " ")
		}
	}
	// "Harold H. Saunders of the National Security Council Staff"
	if i := strings.Index(s, " of "); i > 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " ,.;")
	if !capitalised(s) {
		return p, false
	}
	p.Kind, p.Name = Person, s
	return p, true
}

func capitalised(s string) bool {
	f := strings.Fields(s)
	if len(f) == 0 || len(f) > 5 {
		return false
	}
	for _, w := range f {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) && w != "de" && w != "von" && w != "van" {
			return false
		}
	}
	return true
}
