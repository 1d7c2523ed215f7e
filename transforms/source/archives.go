package source

import "strings"

// archive is a place where originals lie, as citations name it.
type archive struct {
	Form                            string
	Expansion                       string
	Country, CountryKey, Settlement string
}

// archives; where several forms fit, the longest does.
var archives = []archive{
	{"RGASPI", "Russian State Archive of Socio-Political History", "Russia", "RU", "Moscow"},
	{"RGANI", "Russian State Archive of Contemporary History", "Russia", "RU", "Moscow"},
	{"RGAE", "Russian State Archive of the Economy", "Russia", "RU", "Moscow"},
	{"RGVA", "Russian State Military Archive", "Russia", "RU", "Moscow"},
	{"RGALI", "Russian State Archive of Literature and Art", "Russia", "RU", "Moscow"},
	{"RGANTD", "Russian State Archive of Scientific-Technical Documentation", "Russia", "RU", "Moscow"},
	{"GARF", "State Archive of the Russian Federation", "Russia", "RU", "Moscow"},
	{"AVPRF", "Archive of Foreign Policy of the Russian Federation", "Russia", "RU", "Moscow"},
	{"AVP RF", "Archive of Foreign Policy of the Russian Federation", "Russia", "RU", "Moscow"},
	{"AVPR", "Archive of Foreign Policy of Russia", "Russia", "RU", "Moscow"},
	{"APRF", "Archive of the President of the Russian Federation", "Russia", "RU", "Moscow"},
	{"AP RF", "Archive of the President of the Russian Federation", "Russia", "RU", "Moscow"},
	{"TsAMO", "Central Archive of the Ministry of Defense", "Russia", "RU", "Podolsk"},
	{"TsAMO RF", "Central Archive of the Ministry of Defense of the Russian Federation", "Russia", "RU", "Podolsk"},
	{"TsKhSD", "Center for the Storage of Contemporary Documentation", "Russia", "RU", "Moscow"},
	{"TsAOPIM", "Central Archive of the Social-Political History of Moscow", "Russia", "RU", "Moscow"},
	{"TsA FSB", "Central Archive of the Federal Security Service", "Russia", "RU", "Moscow"},
	{"RTsKhIDNI", "Russian Center for the Preservation and Study of Documents of Most Recent History", "Russia", "RU", "Moscow"},
	{"TsDAHOU", "Central State Archive of Public Organizations of Ukraine", "Ukraine", "UA", "Kyiv"},
	{"TsDAHO", "Central State Archive of Public Organizations of Ukraine", "Ukraine", "UA", "Kyiv"},
	{"TsDAGO", "Central State Archive of Public Organizations of Ukraine", "Ukraine", "UA", "Kyiv"},
	{"HDA SBU", "Sectoral State Archive of the Security Service of Ukraine", "Ukraine", "UA", "Kyiv"},
	{"SBU", "Security Service of Ukraine", "Ukraine", "UA", "Kyiv"},
	{"SAPMO", "Foundation Archives of the Parties and Mass Organizations of the GDR", "Germany", "DE", "Berlin"},
	{"SAPMO-BArch", "Foundation Archives of the Parties and Mass Organizations of the GDR in the Federal Archives", "Germany", "DE", "Berlin"},
	{"SAPMO BArch", "Foundation Archives of the Parties and Mass Organizations of the GDR in the Federal Archives", "Germany", "DE", "Berlin"},
	{"BArch", "Federal Archives", "Germany", "DE", ""},
	{"Bundesarchiv", "Federal Archives", "Germany", "DE", ""},
	{"PA AA", "Political Archive of the Federal Foreign Office", "Germany", "DE", "Berlin"},
	{"PAAA", "Political Archive of the Federal Foreign Office", "Germany", "DE", "Berlin"},
	{"PA/AA", "Political Archive of the Federal Foreign Office", "Germany", "DE", "Berlin"},
	{"MfAA", "Ministry of Foreign Affairs of the GDR", "Germany", "DE", "Berlin"},
	{"BStU", "Federal Commissioner for the Records of the State Security Service of the former GDR", "Germany", "DE", "Berlin"},
	{"AAN", "Archive of Modern Records", "Poland", "PL", "Warsaw"},
	{"AMSZ", "Archive of the Ministry of Foreign Affairs", "Poland", "PL", "Warsaw"},
	{"AIPN", "Archive of the Institute of National Remembrance", "Poland", "PL", "Warsaw"},
	{"IPN", "Institute of National Remembrance", "Poland", "PL", "Warsaw"},
	{"MOL", "National Archives of Hungary", "Hungary", "HU", "Budapest"},
	{"MNL OL", "National Archives of Hungary", "Hungary", "HU", "Budapest"},
	{"MNL", "National Archives of Hungary", "Hungary", "HU", "Budapest"},
	{"ÁBTL", "Historical Archives of the Hungarian State Security", "Hungary", "HU", "Budapest"},
	{"ABTL", "Historical Archives of the Hungarian State Security", "Hungary", "HU", "Budapest"},
	{"TsDA", "Central State Archive", "Bulgaria", "BG", "Sofia"},
	{"CDA", "Central State Archive", "Bulgaria", "BG", "Sofia"},
	{"AMVnR", "Archive of the Ministry of Foreign Affairs", "Bulgaria", "BG", "Sofia"},
	{"AMVR", "Archive of the Ministry of the Interior", "Bulgaria", "BG", "Sofia"},
	{"ANIC", "Central Historical National Archives", "Romania", "RO", "Bucharest"},
	{"AMAE", "Archive of the Ministry of Foreign Affairs", "Romania", "RO", "Bucharest"},
	{"ACNSAS", "Archive of the National Council for the Study of the Securitate Archives", "Romania", "RO", "Bucharest"},
	{"NA ČR", "National Archives of the Czech Republic", "Czech Republic", "CZ", "Prague"},
	{"SÚA", "Central State Archive", "Czech Republic", "CZ", "Prague"},
	{"SUA", "Central State Archive", "Czech Republic", "CZ", "Prague"},
	{"AMZV", "Archive of the Ministry of Foreign Affairs", "Czech Republic", "CZ", "Prague"},
	{"VHA", "Military History Archives", "Czech Republic", "CZ", "Prague"},
	{"SNA", "Slovak National Archives", "Slovakia", "SK", "Bratislava"},
	{"AQPPSH", "Central State Archive, Archive of the Party of Labor", "Albania", "AL", "Tirana"},
	{"AMPJ", "Archive of the Ministry of Foreign Affairs", "Albania", "AL", "Tirana"},
	{"AJ", "Archives of Yugoslavia", "Serbia", "RS", "Belgrade"},
	{"DASMIP", "Diplomatic Archive of the Ministry of Foreign Affairs", "Serbia", "RS", "Belgrade"},
	{"AJBT", "Josip Broz Tito Archive", "Serbia", "RS", "Belgrade"},
	{"PRC FMA", "Archive of the Ministry of Foreign Affairs", "China", "CN", "Beijing"},
	{"PRCFMA", "Archive of the Ministry of Foreign Affairs", "China", "CN", "Beijing"},
	{"CFMA", "Chinese Foreign Ministry Archive", "China", "CN", "Beijing"},
	{"NARA", "National Archives and Records Administration", "United States", "US", ""},
	{"TNA", "The National Archives", "United Kingdom", "GB", "Kew"},
	{"UKNA", "The National Archives", "United Kingdom", "GB", "Kew"},
	{"PRO", "Public Record Office", "United Kingdom", "GB", "Kew"},
	{"NAI", "National Archives of India", "India", "IN", "New Delhi"},
	{"NMML", "Nehru Memorial Museum and Library", "India", "IN", "New Delhi"},
	{"LAC", "Library and Archives Canada", "Canada", "CA", "Ottawa"},
	{"NAC", "National Archives of Canada", "Canada", "CA", "Ottawa"},
	{"NAA", "National Archives of Australia", "Australia", "AU", "Canberra"},
	{"CNRRI", "", "", "", ""},
	{"NSA", "National Security Archive", "United States", "US", "Washington, DC"},
	{"MAE", "Ministry of Foreign Affairs", "", "", ""},
	{"MVnR", "Ministry of Foreign Affairs", "Bulgaria", "BG", "Sofia"},
}

// places that citations put behind an archive, without its being part of the
// name.
var seats = []string{
	"Moscow", "Podolsk", "St. Petersburg", "Saint Petersburg", "Leningrad", "Kiev", "Kyiv", "Minsk", "Tbilisi", "Yerevan", "Baku", "Vilnius", "Riga", "Tallinn", "Chisinau",
	"Berlin", "East Berlin", "Bonn", "Koblenz", "Freiburg", "Warsaw", "Warszawa", "Budapest", "Sofia", "Bucharest", "București", "Prague", "Praha", "Bratislava", "Tirana",
	"Belgrade", "Zagreb", "Ljubljana", "Sarajevo", "Vienna", "Bern", "Paris", "La Courneuve", "Nantes", "London", "Kew", "Rome", "Madrid", "Lisbon", "Brussels", "The Hague",
	"Copenhagen", "Oslo", "Stockholm", "Helsinki", "Athens", "Ankara", "Istanbul", "Jerusalem", "Tel Aviv", "Cairo", "Tehran", "Kabul", "New Delhi", "Delhi", "Dhaka",
	"Beijing", "Shanghai", "Nanjing", "Taipei", "Hong Kong", "Seoul", "Pyongyang", "Tokyo", "Hanoi", "Ho Chi Minh City", "Ulaanbaatar", "Ulan Bator", "Jakarta", "Canberra",
	"Ottawa", "Washington", "Washington, DC", "Washington, D.C.", "Washington D.C.", "Washington DC", "College Park", "College Park, MD", "College Park, Maryland", "New York", "Cambridge", "Stanford", "Stanford, CA", "Stanford, California",
	"Austin", "Austin, TX", "Boston", "Boston, MA", "Abilene", "Abilene, KS", "Independence", "Independence, MO", "Yorba Linda", "Ann Arbor", "Simi Valley", "Atlanta",
	"Havana", "Mexico City", "Buenos Aires", "Brasília", "Brasilia", "Santiago", "Pretoria", "Johannesburg", "Addis Ababa", "Lusaka", "Dar es Salaam",
	"Russia", "Russian Federation", "USSR", "Ukraine", "Germany", "GDR", "Poland", "Hungary", "Bulgaria", "Romania", "Czech Republic", "Slovakia", "Albania", "Serbia", "Croatia",
	"China", "PRC", "People's Republic of China", "Mongolia", "Vietnam", "India", "UK", "United Kingdom", "USA", "United States", "France", "Italy", "South Korea", "Republic of Korea", "South Africa", "Brazil", "Mexico", "Cuba",
	"MD", "Maryland", "CA", "California", "TX", "Texas", "MA", "KS", "MO", "DC", "D.C.",
}

// publishers are those who put documents on the web or in print; they are not
// where the original lies.
var publishers = []string{
	"Wilson Center Digital Archive", "History and Public Policy Program Digital Archive", "Digital Archive", "Cold War International History Project",
	"CWIHP", "CWIHP Archive", "North Korea International Documentation Project", "NKIDP", "Nuclear Proliferation International History Project", "NPIHP",
	"Woodrow Wilson Center", "Woodrow Wilson International Center for Scholars", "Wilson Center", "Digital National Security Archive",
	"Parallel History Project on Cooperative Security", "Parallel History Project on NATO and the Warsaw Pact", "Parallel History Project",
	"International History Declassified", "Office of the Historian",
}

// archiveWords end or begin the name of an institution that holds papers.
var archiveWords = []string{
	"archive", "archives", "archival", "archiv", "arhiva", "arhiv", "arhivele", "arkhiv", "archiwum", "archív", "archivo", "archivio", "arquivo", "arkiv", "arşivi", "arxiu",
	"bundesarchiv", "staatsarchiv", "landesarchiv", "hauptarchiv", "levéltár", "levéltára", "levéltara", "leveltar", "library", "bibliothek", "biblioteca", "bibliothèque", "museum", "record office", "records office", "papers", "collection",
	"repository", "institute", "ministry", "foundation", "riksarkivet", "rigsarkivet",
}

var archiveIndex = func() map[string]*archive {
	m := map[string]*archive{}
	for i := range archives {
		m[archives[i].Form] = &archives[i]
	}
	return m
}()

// archiveAt is the longest known form that s begins with and that ends there at
// a word's end.
func archiveAt(s string) (*archive, int) {
	for n := min(len(s), 16); n > 1; n-- {
		if a := archiveIndex[s[:n]]; a != nil && (n == len(s) || strings.IndexByte(" ,;:.()", s[n]) >= 0) {
			return a, n
		}
	}
	return nil, 0
}

func seat(s string) bool {
	for _, x := range seats {
		if s == x {
			return true
		}
	}
	return false
}

// publisherIn says whether s names a publisher.
func publisherIn(s string) bool {
	low := strings.ToLower(s)
	for _, x := range publishers {
		if strings.EqualFold(s, x) {
			return true
		}
	}
	return strings.HasSuffix(low, " digital archive") || strings.HasSuffix(low, " digital archives") || strings.HasSuffix(low, " digital library") ||
		strings.HasPrefix(low, "wilson center") || strings.HasPrefix(low, "woodrow wilson")
}

func archiveWord(s string) bool {
	low := strings.ToLower(s)
	for _, w := range archiveWords {
		for from := 0; ; {
			n := strings.Index(low[from:], w)
			if n < 0 {
				break
			}
			i, j := from+n, from+n+len(w)
			if !letterAt(low, i-1) && (!letterAt(low, j) || w == "archiv" && strings.HasPrefix(low[j:], "um")) {
				return true
			}
			from = j
		}
	}
	return false
}

// letterAt says whether the byte at i belongs to a word.
func letterAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 0x80)
}

// designator is a word before or behind the number of a part of a shelfmark.
type designator struct {
	Kind    string
	Forms   []string // folded, without a closing full stop
	Example string
	after   bool // may stand behind its number: 77. doboz
}

var designators = []designator{
	{Kind: "fond", Forms: []string{"f", "fond", "fonds", "fund", "fondo"}, Example: "f. 558"},
	{Kind: "opis", Forms: []string{"op", "opis", "opis'", "opis’", "inv", "inventory"}, Example: "op. 11"},
	{Kind: "papka", Forms: []string{"papka", "pap", "por", "portfel", "portfolio"}, Example: "papka 81"},
	{Kind: "delo", Forms: []string{"d", "dd", "delo", "dela", "spr", "sprava"}, Example: "d. 342"},
	{Kind: "listy", Forms: []string{"l", "ll", "list", "listy", "lists", "bl", "blatt", "blätter", "pp", "pg", "pgs", "page", "pages", "s", "str", "ark", "sheet", "sheets", "leaf", "leaves"}, Example: "ll. 0001-0002"},
	{Kind: "folio", Forms: []string{"ff", "fol", "fols", "folio", "folios", "foaia", "filele", "fila", "k", "kart", "karta", "karty"}, Example: "ff. 61-66"},
	{Kind: "box", Forms: []string{"box", "boxes", "doboz", "karton", "kart.", "krabice", "kiste", "carton", "kor", "korobka", "caja", "caixa", "kutija", "kutia", "faszikel"}, Example: "77. doboz", after: true},
	{Kind: "folder", Forms: []string{"folder", "folders", "teczka", "teka", "mappe", "složka", "slozka", "fascikla", "carpeta", "maço", "pasta", "dosja", "dosje"}, Example: "folder 4"},
	{Kind: "file", Forms: []string{"file", "files", "dosar", "dosarul", "dossier", "akte", "akta", "a.e", "ae", "ed. khr", "ed.khr", "sygn", "sygnatura", "a.j", "kh/n", "h/n", "ar. j", "őe", "ő.e", "o.e"}, Example: "a.e. 90", after: true},
	{Kind: "volume", Forms: []string{"vol", "vols", "volume", "bd", "band", "tom", "tome", "t", "sv", "svazek", "cilt", "kn", "ch"}, Example: "vol. 4/1950"},
	{Kind: "group", Forms: []string{"rg", "record group", "bestand", "zespół", "zespol"}, Example: "RG 59"},
	{Kind: "entry", Forms: []string{"entry", "lot", "lot file", "lot files"}, Example: "Entry 1613"},
	{Kind: "series", Forms: []string{"series", "subseries", "serie"}, Example: "Series III"},
	{Kind: "reel", Forms: []string{"reel", "roll", "microfilm", "rulon"}, Example: "reel 12"},
	{Kind: "frame", Forms: []string{"frame", "frames"}, Example: "Frame 14-22"},
	{Kind: "perechen", Forms: []string{"per", "perechen", "perechen'"}, Example: "per. 14"},
	{Kind: "problem", Forms: []string{"problema", "problem"}, Example: "problema 20"},
	{Kind: "year", Forms: []string{"year", "anul", "rok"}, Example: "anul 1950"},
	{Kind: "document", Forms: []string{"doc", "docs", "document", "dok", "item"}, Example: "doc. 7"},
	{Kind: "number", Forms: []string{"no", "nos", "nr", "n°", "nº", "№", "číslo"}, Example: "No. 105-00871-04"},
}

var designatorIndex = func() map[string]*designator {
	m := map[string]*designator{}
	for i := range designators {
		for _, f := range designators[i].Forms {
			m[f] = &designators[i]
		}
	}
	return m
}()
