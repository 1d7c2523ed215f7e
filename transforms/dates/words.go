package dates

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// What the grammar knows of words. A word has one role in the grammar, or none,
// and any number of marks that say what it makes likely beside a number or the
// name of a month.

type role uint8

const (
	noRole       role = iota
	fullMonth         // value: 1 to 12
	shortMonth        // an abbreviation
	foreignMonth      // believed beside a day alone
	weekday           // value: 0 Sunday to 6
	shortWeekday
	ordinalSuffix
	ordinalWord // value: the day
	roleOf
	roleThe
	roleOr
	roleAnd
	roleTo // of a range
	roleAt
	roleOn
	roleHours
	roleNoon
	roleMidnight
	roleYear
	roleMonth
	roleInstant  // value: -1 ultimo, 0 instant, 1 proximo
	roleThis     // value: -1 last, 0 this, 1 next
	roleSame     // "of the same year"
	roleTen      // "ten days of"
	roleDays     //
	roleDekad    // a third of a month in Russian
	roleHalf     //
	roleQuarter  //
	roleWhich    // first, second …: value; last: -1
	roleDayPart  // value: 0 morning, 1 afternoon or evening
	roleClock    // clock, of o'clock
	roleDay      //
	roleGreenwic // GMT, UTC
)

type mark uint16

const (
	// a name of a month behind it is a date
	timeBefore mark = 1 << iota
	// a number of four digits behind it is a year, if nothing speaks against it
	yearBefore
	// a number behind it identifies something
	signBefore
	// it can follow a date or a year, but not a count
	follows
	// it is counted: a number before it is a count
	counted
	// the sentence speaks of the future, or of the past
	future
	past
	// a year before it, behind an article, is a year: the 1954 elections
	dated
	// a month before it is part of a name: the October Revolution
	named
	// a day may be named behind it without its month: by the 15th
	clockBefore
	// a day or a time behind it can only be one
	dayBefore
	// it makes a number rough: in about 1940
	about
)

type word struct {
	role  role
	marks mark
	value int8
}

// months of the languages that stand in translated documents, each with its
// forms: the first line of a language is January. English comes first.
var months = []struct {
	language string
	role     role
	names    [12]string
}{
	{"English", fullMonth, [12]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}},
	{"English, shortened", shortMonth, [12]string{"jan", "feb febr", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"}},
	{"Russian", foreignMonth, [12]string{"yanvar yanvarya ianvar ianvaria janvarja", "fevral fevralya fevralia fevralja", "mart marta", "aprel aprelya aprelia aprelja", "maya maia", "iyun iyunya iiun iiunia junja", "iyul iyulya iiul iiulia julja", "avgust avgusta", "sentyabr sentyabrya sentiabr sentiabria", "oktyabr oktyabrya oktiabr oktiabria", "noyabr noyabrya noiabr noiabria", "dekabr dekabrya dekabria dekabrja"}},
	{"German", foreignMonth, [12]string{"januar jänner", "februar", "märz maerz", "", "mai", "juni", "juli", "", "", "oktober", "", "dezember"}},
	{"French", foreignMonth, [12]string{"janvier", "février fevrier", "mars", "avril", "", "juin", "juillet", "août aout", "septembre", "octobre", "novembre", "décembre decembre"}},
	{"Italian", foreignMonth, [12]string{"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "", "dicembre"}},
	{"Spanish", foreignMonth, [12]string{"enero", "febrero", "", "abril", "mayo", "junio", "julio", "", "septiembre", "octubre", "noviembre", "diciembre"}},
	{"Polish", foreignMonth, [12]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września wrzesnia", "października pazdziernika", "listopada", "grudnia"}},
	{"Romanian", foreignMonth, [12]string{"ianuarie", "februarie", "martie", "aprilie", "", "iunie", "iulie", "", "septembrie", "octombrie", "noiembrie", "decembrie"}},
	{"Czech", foreignMonth, [12]string{"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"}},
	{"Hungarian", foreignMonth, [12]string{"január", "február", "március", "április", "május", "június", "július", "augusztus", "szeptember", "október", "", ""}},
}

var roles = []struct {
	role  role
	value int8
	words string
}{
	{weekday, 0, "sunday"}, {weekday, 1, "monday"}, {weekday, 2, "tuesday"}, {weekday, 3, "wednesday"},
	{weekday, 4, "thursday"}, {weekday, 5, "friday"}, {weekday, 6, "saturday"},
	{shortWeekday, 0, "sun"}, {shortWeekday, 1, "mon"}, {shortWeekday, 2, "tue tues"}, {shortWeekday, 3, "wed"},
	{shortWeekday, 4, "thu thur thurs"}, {shortWeekday, 5, "fri"}, {shortWeekday, 6, "sat"},
	{ordinalSuffix, 0, "st nd rd th er ème"},
	{roleWhich, 1, "first"}, {roleWhich, 2, "second"}, {roleWhich, 3, "third"}, {roleWhich, 4, "fourth"}, {roleWhich, -1, "last final"},
	{ordinalWord, 5, "fifth"}, {ordinalWord, 6, "sixth"}, {ordinalWord, 7, "seventh"}, {ordinalWord, 8, "eighth"},
	{ordinalWord, 9, "ninth"}, {ordinalWord, 10, "tenth"}, {ordinalWord, 11, "eleventh"}, {ordinalWord, 12, "twelfth"},
	{ordinalWord, 13, "thirteenth"}, {ordinalWord, 14, "fourteenth"}, {ordinalWord, 15, "fifteenth"}, {ordinalWord, 16, "sixteenth"},
	{ordinalWord, 17, "seventeenth"}, {ordinalWord, 18, "eighteenth"}, {ordinalWord, 19, "nineteenth"}, {ordinalWord, 20, "twentieth"},
	{ordinalWord, 30, "thirtieth"},
	{roleOf, 0, "of"}, {roleThe, 0, "the"}, {roleOr, 0, "or"}, {roleAnd, 0, "and"},
	{roleTo, 0, "to through thru until till"}, {roleAt, 0, "at"}, {roleOn, 0, "on"},
	{roleHours, 0, "hours hrs hour hr"}, {roleNoon, 0, "noon"}, {roleMidnight, 0, "midnight"},
	{roleYear, 0, "year"}, {roleMonth, 0, "month"},
	{roleInstant, 0, "instant inst"}, {roleInstant, -1, "ultimo ult"}, {roleInstant, 1, "proximo prox"},
	{roleThis, 0, "this current present"}, {roleThis, 1, "next coming following"}, {roleThis, -1, "past previous"},
	{roleSame, 0, "same that"}, {roleTen, 0, "ten 10"}, {roleDays, 0, "days"}, {roleDekad, 0, "dekada decade"},
	{roleHalf, 0, "half"}, {roleQuarter, 0, "quarter"},
	{roleDayPart, 0, "morning"}, {roleDayPart, 1, "afternoon evening"}, {roleClock, 0, "clock"}, {roleDay, 0, "day"},
	{roleGreenwic, 0, "gmt utc z"},
}

var marks = []struct {
	mark  mark
	words string
}{
	{timeBefore, "in during since until till by before after from throughout of last next this past early mid late through around between to beginning start end middle that coming"},
	{yearBefore, "in during since until till by before after from of for year years spring summer autumn fall winter early late mid back to between circa born"},
	{clockBefore, "at from by until till before after about around approximately between to since of and"},
	{about, "about around approximately circa"},
	{dayBefore, "on by until till since before after dated of from"},
	{signBefore, "no nos nr number num p pp page pages f ff fol folio l ll d op vol volume box file files lot doc item items point points para paragraph paragraphs par article articles art section sections sec chapter annex appendix attachment enclosure tel telegram telegrams cable cables deptel embtel ref copy copies room apartment house building flight train division regiment brigade battalion corps unit factory plant form table figure fig map sheet issue n"},
	{follows, "a an the and or to had has have was were is are be been he she it they we i you there which that when where while who whose with without by in on at for as but until till from of after before under over between through this these those his her its their our my your him them us not no nor if so also again already only then than will would shall should can could may might must did does do about because since during into upon against within even still just all both each some any more most such what how however later earlier onwards onward inclusive approximately local moscow time made came went took began arrived received sent said met signed left told gave became got saw showed"},
	{counted, "men women people persons person children sheep cattle percent per pct km kilometers kilometres kilometer meters metres meter m miles mile tons tonnes ton kg kilograms kilogram grams liters litres rubles ruble roubles dollars dollar yuan won marks francs pounds tugriks forints lei leva dinars crowns copies copy hectares acres hours minutes seconds days weeks months years times units pieces barrels vehicles wagons cars trucks tanks guns planes aircraft troops soldiers officers workers students families households votes pages words degrees cases rounds sets houses million billion thousand hundred centimeters cm mm square cubic rifles shells bales sacks horses oxen items"},
	{future, "will shall would plan plans planned planning propose proposes proposed intend intends scheduled expected expect expects ready due request later ask must should deadline postponed"},
	{past, "was were had did been ago already last received arrived said told came reported sent signed took"},
	{dated, "elections election talks negotiations events accords agreements treaties plans floods harvests protocols conventions guidelines estimates figures prices deliveries games olympics purges reforms borders frontiers drawings statistics models budgets hostilities battles disturbances riots riot"},
	{named, "revolution square railway day days socialist crisis street uprising movement avenue prospect war heroes children factory works brigade group first fourth collective kolkhoz region district"},
}

// vocabulary is the grammar's, by the folded word.
type vocabulary struct {
	words map[string]word
	// the lengths, as bits, of the words that begin with a letter: most words of a
	// text are not looked up
	lengths [32]uint32
}

var words = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{words: readWords()}
	for w := range v.words {
		v.lengths[w[0]&0x1f] |= 1 << len(w)
	}
	return v
})

// find is a folded word, the zero word if it is not of the vocabulary.
func (v *vocabulary) find(fold []byte) word {
	if c := fold[0]; c < utf8.RuneSelf && v.lengths[c&0x1f]&(1<<len(fold)) == 0 {
		return word{}
	}
	return v.words[string(fold)]
}

func readWords() map[string]word {
	m := make(map[string]word, 1024)
	for _, l := range months {
		for i, names := range l.names {
			for _, n := range strings.Fields(names) {
				if _, ok := m[n]; !ok {
					m[n] = word{role: l.role, value: int8(i + 1)}
				}
			}
		}
	}
	for _, r := range roles {
		for _, n := range strings.Fields(r.words) {
			if _, ok := m[n]; !ok {
				m[n] = word{role: r.role, value: r.value}
			}
		}
	}
	for _, k := range marks {
		for _, n := range strings.Fields(k.words) {
			w := m[n]
			w.marks |= k.mark
			m[n] = w
		}
	}
	return m
}
