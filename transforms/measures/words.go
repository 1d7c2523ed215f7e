package measures

// clue is a type of number, with the words before its sign that give it.
type clue struct {
	Type    string
	Words   string // by spaces, folded
	Example string
	Number  string // the number within the example
}

// clues name what a number counts or identifies. The nearest word decides.
var clues = []clue{
	{"telegram", "telegram telegrams cable cables cipher ciphergram radiogram wire phonogram deptel embtel", "your telegram No. 20.551 of 9 March", "No. 20.551"},
	{"copy", "copy copies exemplar", "Copy № 2", "№ 2"},
	{"incoming", "incoming received entry inc", "Incoming No. 22817", "No. 22817"},
	{"outgoing", "outgoing dispatched out", "Outgoing № 61/s", "№ 61/s"},
	{"protocol", "protocol protocols minutes", "Extract from protocol No. 171", "No. 171"},
	{"attachment", "attachment attachments annex annexes appendix enclosure supplement", "Attachment No. 1", "No. 1"},
	{"item", "item items point points paragraph paragraphs article", "item No. 3", "No. 3"},
	{"sheet", "sheet sheets page pages leaf folio", "the map, sheet no. 14, came", "no. 14"},
	{"order", "order orders directive directives decree decrees instruction regulation", "Order No. 0417/s", "No. 0417/s"},
	{"resolution", "resolution resolutions decision decisions", "by resolution No. 38 of the Council", "No. 38"},
	{"letter", "letter letters message circular", "in our letter Nr. 15", "Nr. 15"},
	{"note", "note notes memorandum memo", "by note No. 44/a", "No. 44/a"},
	{"report", "report reports dispatch despatch", "see my report no. 139", "no. 139"},
	{"reference", "reference ref references our your re", "Ref. No. 11/b", "No. 11/b"},
	{"register", "register registry registration registered journal inventory inv reg", "Registered under No. 88", "No. 88"},
	{"file", "file files case folder dossier delo box", "File No. 6", "No. 6"},
	{"issue", "issue issues bulletin newspaper", "Bulletin No. 12", "No. 12"},
	{"document", "document documents act contract agreement", "Contract Nº 5-17", "Nº 5-17"},
}

// unit is a unit of measure with the words for it.
type unit struct {
	Unit  string // for @unit
	Words string // by spaces, folded; a stroke stands for a space within a form
	Bare  bool   // a symbol that only figures may stand before
}

// units are those that cannot be mistaken for something else.
var units = []unit{
	{"km", "kilometer kilometers kilometre kilometres", false},
	{"km", "km", true},
	{"m", "meter meters metre metres", false},
	{"cm", "centimeter centimeters centimetre centimetres cm", false},
	{"mm", "millimeter millimeters millimetre millimetres mm", false},
	{"km2", "square/kilometer square/kilometers square/kilometre square/kilometres", false},
	{"m2", "square/meter square/meters square/metre square/metres", false},
	{"m3", "cubic/meter cubic/meters cubic/metre cubic/metres", false},
	{"mile", "mile miles", false},
	{"verst", "verst versts", false},
	{"ha", "hectare hectares ha", false},
	{"acre", "acre acres", false},
	{"t", "ton tons tonne tonnes metric/ton metric/tons", false},
	{"kg", "kilogram kilograms kilogramme kilogrammes kg", false},
	{"g", "gram grams gramme grammes", false},
	{"centner", "centner centners quintal quintals", false},
	{"pood", "pood poods", false},
	{"l", "liter liters litre litres", false},
	{"barrel", "barrel barrels", false},
	{"kW", "kilowatt kilowatts kw", false},
	{"kWh", "kilowatt-hour kilowatt-hours kwh", false},
	{"percent", "percent per/cent pct", false},
	{"copy", "copy copies", false},
	{"RUB", "ruble rubles rouble roubles", false},
	{"USD", "dollar dollars us/dollars american/dollars", false},
	{"GBP", "pounds/sterling", false},
	{"CNY", "yuan", false},
	{"KPW", "won", false},
	{"MNT", "tugrik tugriks tögrög", false},
	{"HUF", "forint forints", false},
	{"ROL", "leu lei", false},
	{"BGL", "leva", false},
	{"PLZ", "zloty zlotys złoty", false},
	{"CSK", "koruna korunas", false},
	{"YUD", "dinar dinars", false},
	{"DEM", "mark marks", true},
	{"FRF", "francs", false},
	{"minute", "minutes", false},
	{"hour", "hours", false},
	{"day", "days", false},
	{"week", "weeks", false},
	{"month", "months", false},
	{"year", "years", false},
}

// numerals are the number words; those from hundred on multiply.
var numerals = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
	"eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1000000, "billion": 1000000000,
}

// secrecy are the letters that Soviet offices set behind a number: s, ss for
// secret and top secret, gs, shs for the cipher service.
var secrecy = map[string]bool{"s": true, "ss": true, "gs": true, "shs": true, "sh": true, "op": true, "shch": true, "sch": true, "ops": true}
