package names

import (
	"strings"
	"sync"
)

// set is lists of words, a bit each: a word is looked up once, for all of them.
type set uint64

// lists are the words of each list, in small letters, and its bit. Words marked
// with * belong to the list, but not to that of the sure ones.
var lists []struct {
	words     string
	all, sure set
}

var lastBit set = 1 // no list has it

func nextBit() set {
	if lastBit <<= 1; lastBit == 0 {
		panic("names: more lists than bits")
	}
	return lastBit
}

// words is a list of words.
func words(s string) set {
	all := nextBit()
	lists = append(lists, struct {
		words     string
		all, sure set
	}{s, all, 0})
	return all
}

// graded is a list of words, and the sure ones of them.
func graded(s string) (all, sure set) {
	all = words(s)
	sure = nextBit()
	lists[len(lists)-1].sure = sure
	return all, sure
}

var vocabulary = sync.OnceValue(func() map[string]set {
	m := make(map[string]set, 2500)
	for _, l := range lists {
		for w := range strings.FieldsSeq(l.words) {
			w, unsure := strings.CutSuffix(w, "*")
			m[w] |= l.all
			if !unsure {
				m[w] |= l.sure
			}
		}
	}
	return m
})

// has says whether one of the lists has a word, which is in small letters.
func (s set) has(low string) bool { return vocabulary()[low]&s != 0 }

// notNames are words that may be capitalised beside a name, or in a place
// where a name could stand, and are no part of a person's name.
var notNames = words(`
staff assembly secretariat ministry ministries department departments committee committees office offices council councils party parties directorate
bureau embassy embassies legation consulate government governments republic republics union army armies navy fleet front commission board academy institute
division divisions regiment brigade battalion corps command section branch sector mission missions agency affairs trade war defense defence security
state states nation nations people people's central supreme top secret confidential special folder urgent strictly copy copies series telegram telegrams
cable letter letters report reports note notes record minutes protocol journal memorandum message messages draft annex appendix attachment attachments
enclosure document documents file files fond list subject participants present classification personal immediate priority flash routine limited official
plan plans part item items point points paragraph section article chapter page volume number group groups zone table figure schedule map question questions
answer treaty pact agreement accord charter declaration communique communiqué conference congress session plenum politburo presidium meeting talks
general deputy first second third fourth fifth sixth seventh eighth ninth tenth chief head director secretary minister ambassador president chairman premier prime vice
colonel major captain lieutenant marshal counselor counsellor envoy attache attaché consul adviser advisor commander commandant senior junior acting assistant under
undersecretary vice-premier comrade comrades mr mrs ms miss dr professor sir madam gentlemen ladies friend friends colleague colleagues delegate delegates
delegation delegations worker workers soldier soldiers peasants officers members member side soviet russian chinese korean american british german hungarian
january february march april may june july august september october november december feb apr aug sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas easter
north south east west northern southern eastern western northeast northwest southeast southwest far near middle central asia europe africa america
translator's translation conversation distribution signed signature stamp seal handwritten typed printed deciphered verified received registered filed sent
radio press news agency university school college hospital hotel street square avenue road railway railroad station port airport factory plant works mill
governorate registry via through electric motors bank company firm prize medal order day week month year world international national federal provincial municipal foreign internal external
province county region oblast district city town village river bay sea ocean island islands peninsula mountain mountains lake gulf strait
communist socialist democratic people's workers' labor labour marxist leninist imperialist imperialism socialism communism marxism leninism
deptel embtel contel legtel reftel circtel dept govt emb amb re ref del shld wld tel usun nato seato secto tosec dulte tedul cincpac
gasse strasse straße ulica utca doctor library archive archives papers books department's government's congressional constitution parliament parliamentary cabinet senate house white red black sector line office house
mission's center centre headquarters base unit units air ground naval military political economic cultural technical scientific
from to of and for in on at by with no not the a an i`)

// common are words that begin sentences, and surnames that are words as well:
// capitalised at the begin of a sentence they say nothing.
var common = words(`
the a an this that these those it its he she we they you i me us him her them my your his our their who whom whose which what when where while why how
if then than so as at by for from in into of off on onto out over to under up upon with without within about above across after against along among around before behind
below beneath beside besides between beyond despite down during except inside like near outside past per regarding round since through throughout till toward towards
until via whereas although though because unless whether once also again already always almost altogether anyway apart certainly clearly consequently currently
even ever every each either else enough especially evidently finally first firstly further furthermore generally hence here however immediately indeed instead just
last lastly later latter least less little many maybe meanwhile more moreover most mostly much must my namely neither never nevertheless next no nobody none nonetheless nor not
nothing now obviously often one only or other others otherwise perhaps possibly presumably probably quite rather recently second secondly several
similarly some somebody someone something sometimes soon still such thank thanks thereafter therefore thereupon third thirdly thus today tomorrow
together tonight too truly two three four five six seven eight nine ten twice usually very well whatever whenever wherever yes yesterday yet and but
according acting addressing agreeing answering asked asking assuming based being believing both can concerning considering could did do does doing
dear during following given giving go going had has have having hope hoping if including inform informed let likewise may meeting might
noting ought owing pending please proceeding provided recalling referring regarding reply replying request responding returning said saying see
seeing send shall should show speaking speaks summing take taking tell thanking turning under until upon use was were will would write
agreed ask call come continue convey deliver discussed discussion end explain explained expressed find follow get give hand hear inform invite
issue keep know leave look make mention met move need note old open order pass permit place point prepare present propose put raise read
receive received recall remain reported return say seen set shown speak start state stay stop support talk told touching transmit try turn view visit want warn went work wish
approximately besides evening morning night noon afternoon day week month year time thing way man men woman women people party government
another any anybody anyone anything all ahead afterward afterwards alone aside away back
brown green white black gray grey young long short strong sharp wise good best rich hope grace faith church hall hill hills field fields wood woods
stone rice price bush bell cook king knight bishop major marsh marshall baker butler carter carver cooper farmer fisher gardener hunter mason miller
page park parks pool rock rose ross rush sand savage shepherd singer small smart snow swan sweet taylor temple waters wells winter winters summer
spring street banks barber bond book branch bridge burns case chance child cross day drew dean early east west north south fair fleet forest fox
frank frost gates giles gold hand hawk head holder holm house hunt law lane love mark may mills moon moody noble nice reading split bath mobile
orange tours cork male chad turkey man song sun han long fan gun ho so you he she can an tang ding wang pan hang dong man mu fu hu lu ma lo lee ban bang
kin yen won nam song sin sun shin chin chi ton yang yin mark pound crown dinar lev leu forint yuan won mission lent lay bid rid win wins ward ways`)

// months and others that a place may not be taken for stand in notNames.

// markers stand before a name as "the port of Berbera".
var markers = words(`port city town village settlement province region district county island capital oblast station airfield harbor harbour`)

// behindPlace may follow a place as a part of its name.
var behindPlace = words(`province county region oblast district city island islands river peninsula bay gulf strait krai prefecture municipality`)

// directions may precede a place as a part of its name.
var directions = words(`north south east west northern southern eastern western northeast northwest southeast southwest inner outer upper lower central`)

// professions are offices that stand in small letters beside a name and that
// the lexicon has not.
var professions = words(`engineer fitter hydrologist physician doctor surgeon driver teacher writer poet painter architect geologist economist lawyer jurist historian
student worker foreman mechanic pilot captain typist cipher stenographer interpreter translator reporter correspondent journalist editor printer agronomist
chief head deputy director manager chairman secretary minister member adviser advisor counselor counsellor representative ambassador envoy attaché
commander commandant officer general colonel lieutenant leader scientist specialist expert professor academician composer conductor tailor locksmith merchant clerk
president premier rector dean mayor governor commissioner commissar inspector instructor delegate assistant aide resident consul interpreter notary`)

// broad are offices that are words of other use as well: one capitalised word
// behind them is not yet a name.
var broad = words(`member private head justice expert resident leader specialist assistant aide chief deputy officer speaker representative delegate instructor judge
dean coordinator organizer consultant translator interpreter stenographer manager ruler dictator editor journalist spokesman spokesperson
treasurer referent plenipotentiary candidate full`)

// hands say by whom something was done: "Deciphered by Araushkin".
var hands = words(`deciphered decoded decrypted encrypted enciphered printed typed drafted translated recorded signed verified checked dictated prepared compiled
written received sent transmitted approved authenticated taken noted retyped copied interpreted executed submitted dispatched certified countersigned`)

// labels stand at the begin of a line with a colon and introduce persons.
var labels = words(`participants present attending attended interpreter interpreters translator translators recorder recorded notetaker note-taker side
cc copies copy signed drafted typed printed verified participating chairman secretary rapporteur stenographer author executor speakers invited absent`)

// seats are the labels that one word may follow.
var seats = words(`interpreter interpreters translator translators recorder recorded notetaker note-taker drafted typed printed verified signed executor stenographer`)

// particles join the parts of a surname.
var particles = words(`von van der den de del della di da dos du la le al el ibn bin ul ten ter zu zur`)

// notInitials are runs of letters with full stops that are no initials.
var notInitials = words(`us un uk kl os csr čsr ussr usa usg dc pm am ps nb ny sa ls cc ts prc dprk gdr frg uar eu roc rok drv ie eg vs ss ad bc ca st hms uss hq ib ia`)

// surnames of Chinese, Korean and Vietnamese names, which stand first. Those
// marked with * are English words or too short to be sure of.
var surnames, strongSurnames = graded(`
mao zhou zhu liu lin peng deng chen li* wang zhang zhao wu xu sun* hu* guo he* gao luo zheng liang xie song* tang han* feng yu dong* xiao cheng cao yuan fu* shen zeng
lü lu* su wei jiang cai jia ding* xue ye yan pan* du dai xia zhong tian ren fan* fang shi yao tan* liao zou xiong jin hao kong bai cui kang qiu qin gu hou shao meng
long* wan* duan qian yin* qiao lai gong wen huang ma* nie bo* ulanhu geng ji huan guan kai chiang chou chu teng hsu hsieh tsao tseng tsai yeh kuo ho* chao
kim pak park* choe choi ch'oe chong chung* kang cho* chang yun yoon im lim han* o* so* sin* shin* kwon hwang an* ahn song* hong yu ri yi rhee ro no* paek nam* chon mun
sim ho* hyon ko* pang pae yang om ryu rim ryang ra kwak kye hwan* chu cha* chi* to* ki* nguyen pham tran truong hoang phan huynh bui dang* dinh ngo vo* vu le*`)

// Korean places end so; a name would not.
var placeEndings = words(`do ri up gun dong san gang myon ku si`)

// vietnamese surnames, behind which two words more make the name.
var vietnamese = words(`nguyen pham tran truong hoang phan huynh ngo vo bui`)
