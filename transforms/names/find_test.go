package names

import (
	"strings"
	"testing"
	"time"

	"sigla/tei"
	"sigla/transforms/ledger"
	"sigla/transforms/lexicon"
)

// small is a lexicon of the kinds that the rules ask for, with a few rows of
// each.
func small() *lexicon.Lexicon {
	var rows []lexicon.Entry
	for kind, forms := range map[lexicon.Kind]string{
		lexicon.Honorific:   "Cde.|Cde|Comrade|Mr.|Mrs.|Dr.|Genosse|Uncle|King|M.|Sir",
		lexicon.Role:        "Minister|Ambassador|Premier|Vice premier|President|Chairman|Deputy minister|Foreign minister|Minister of foreign affairs|Secretary|First secretary|Second secretary|Section chief|Envoy|Counselor|Secretary of state|Consul general|Member|Head|Chief|Deputy chairman|Deputy director|Trade representative|Chief of the general staff|Interpreter",
		lexicon.Nationality: "Soviet|Hungarian|Chinese|West German|Korean|Bulgarian|Danish|Romanian",
		lexicon.Acronym:     "USSR|DPRK|CC|CPSU|MFA|KGB|VEB|GDR",
		lexicon.Place:       "Beijing|Moscow|Kaesong|Pyongyang|Berlin|Sofia|North Korea|Korea|Mukden|Andong|Warsaw|Yalu|Hungary|New Delhi|Ulan Bator|Irkutsk|Split|Mongolia|Kim Chaek|China",
		lexicon.Person:      "Stalin|Kim Il Sung|Mao Zedong|Peng Dehuai|Ho Chi Minh|Molotov|de Gaulle|Zhou Enlai",
		lexicon.Org:         "Central Committee|Warsaw Pact|General Staff|Politburo|State Department|Red Cross",
		lexicon.CoverName:   "Filippov|Ding",
	} {
		for f := range strings.SplitSeq(forms, "|") {
			rows = append(rows, lexicon.Entry{Kind: kind, Form: f})
		}
	}
	for _, f := range []string{"Cdes.", "Cdes", "Comrades", "Messrs."} {
		rows = append(rows, lexicon.Entry{Kind: lexicon.Honorific, Form: f, Value: "plural"})
	}
	for _, f := range []string{"Colonel", "General", "Lieutenant colonel", "Marshal", "Major general", "Lt. Col.", "Gen."} {
		rows = append(rows, lexicon.Entry{Kind: lexicon.Role, Form: f, Value: "rank"})
	}
	return lexicon.New(rows)
}

var smallLexicon = small()

// bracketsOf finds the brackets of a text; the classes are given in order.
func bracketsOf(text string, classes []string) []Bracket {
	var out []Bracket
	var open []int
	for i := range text {
		switch text[i] {
		case '[':
			out = append(out, Bracket{tei.Span{Start: i, End: len(text)}, ""})
			if len(out) <= len(classes) {
				out[len(out)-1].Class = classes[len(out)-1]
			}
			open = append(open, len(out)-1)
		case ']':
			if len(open) > 0 {
				out[open[len(open)-1]].Span.End = i + 1
				open = open[:len(open)-1]
			}
		}
	}
	return out
}

// shown writes names as kind and text: P for a person, L for a place, O for a
// body, R for an office; parts follow in braces.
func shown(text string, list []Name) string {
	var b []string
	for _, n := range list {
		s := string("PLOR"[n.Kind]) + ":" + strings.ReplaceAll(text[n.Span.Start:n.Span.End], "\n", "/")
		if len(n.Parts) > 0 && n.Kind == Person {
			var p []string
			for _, x := range n.Parts {
				what := x.Type
				if what == "" {
					what = x.Elem
				}
				if x.Abbr {
					what += "!"
				}
				p = append(p, what+"="+text[x.Span.Start:x.Span.End])
			}
			s += "{" + strings.Join(p, ",") + "}"
		}
		b = append(b, s)
	}
	return strings.Join(b, "; ")
}

type row struct {
	zone, elem string
	text       string
	want       string
	known      string // forms that the document has shown, divided by |
	classes    string // of the brackets in order, divided by a space
}

var rows = []row{
	// honorifics
	{"message", "p", "I passed it on to Cde. LIANG ZHONGSHU yesterday.", "P:Cde. LIANG ZHONGSHU{honorific!=Cde.}", "", ""},
	{"service", "item", "№ 1 to Cde. Volkonsky", "P:Cde. Volkonsky{honorific!=Cde.,surname=Volkonsky}", "", ""},
	{"opener", "salute", "to Cde. FILIPPOV [Stalin]", "P:Cde. FILIPPOV{honorific!=Cde.}; P:Stalin", "", "identification"},
	{"opener", "salute", "Copies: to Cdes. Kim Il Sung and Peng Dehuai.", "R:Cdes.; P:Kim Il Sung; P:Peng Dehuai", "", ""},
	{"service", "p", "To Cdes. Antonin, Rokhlin, Vetrov, Zharov.", "R:Cdes.; P:Antonin{surname=Antonin}; P:Rokhlin{surname=Rokhlin}; P:Vetrov{surname=Vetrov}; P:Zharov{surname=Zharov}", "", ""},
	{"message", "p", "Comrades Bae and Orlovsky, Moscow has replied.", "R:Comrades; P:Bae; P:Orlovsky; L:Moscow", "", ""},
	{"message", "p", "Comrades, we must hurry.", "", "", ""},
	{"message", "p", "Dear comrades and friends of the Union!", "", "", ""},
	{"message", "p", "The comrades in Berlin agree.", "L:Berlin", "", ""},
	{"message", "p", "according to comrade Dusheva all is ready", "P:comrade Dusheva{honorific=comrade}", "", ""},
	{"message", "p", "First, Comrade Dr. Heimpold points out the error.", "P:Comrade Dr. Heimpold{honorific=Comrade,honorific!=Dr.}", "", ""},
	{"message", "p", "Comrade Deputy Minister Dang Van Toi was present.", "P:Comrade Deputy Minister Dang Van Toi{honorific=Comrade,office=Deputy Minister}", "", ""},
	{"message", "p", "Comrade Minister, permit me to add a word.", "", "", ""},
	{"message", "p", "Mr. President, I am glad.", "", "", ""},
	{"message", "p", "Mr. White and Mrs. King came late.", "P:Mr. White{honorific!=Mr.}; P:Mrs. King{honorific!=Mrs.}", "", ""},
	{"message", "p", "Cde. Stalin’s answer", "P:Cde. Stalin{honorific!=Cde.}", "", ""},
	{"message", "p", "He thanked Mr. van der Zanden at once.", "", "", ""},
	{"message", "p", "He thanked Mr. Joost van der Zanden at once.", "P:Mr. Joost van der Zanden{honorific!=Mr.}", "", ""},
	{"message", "p", "Comrade Tan [Muzhou] has the papers.", "P:Comrade Tan [Muzhou]{honorific=Comrade}", "", "name-completion"},
	{"message", "p", "Comrade [Nikita] Khrulev has the papers.", "P:Comrade [Nikita] Khrulev{honorific=Comrade}", "", "name-completion"},
	{"message", "p", "if [Genosse] Mielke, to whom I wrote, agrees", "P:[Genosse] Mielke", "", "original-term"},
	{"message", "p", "I mean Cde. Pak [Hon-yun?] here.", "P:Cde. Pak [Hon-yun?]{honorific!=Cde.}", "", "unclear"},
	{"message", "p", "Cde. Stalin. Molotov agreed.", "P:Cde. Stalin{honorific!=Cde.}; P:Molotov", "", ""},
	{"processing", "p", "1 - USSR MFA, Cde. Brusnov, G. Ye.", "P:Cde. Brusnov, G. Ye.{honorific!=Cde.}", "", ""},
	{"message", "p", "Cde. Vetrov is to report by Friday.", "P:Cde. Vetrov{honorific!=Cde.}", "", ""},
	{"message", "p", "Dr. A. Kober of Leipzig", "P:Dr. A. Kober{honorific!=Dr.}", "", ""},
	{"message", "p", "Messrs. Randall and Pike called.", "R:Messrs.; P:Randall; P:Pike", "", ""},
	{"opener", "salute", "“Cde. GORSHKOV!", "P:Cde. GORSHKOV{honorific!=Cde.}", "", ""},
	{"opener", "salute", "Dear Comrade Velikov,", "P:Comrade Velikov{honorific=Comrade,surname=Velikov}", "", ""},
	{"opener", "salute", "Dear Comrades,", "", "", ""},
	{"opener", "salute", "Dear Friends!", "", "", ""},
	{"opener", "salute", "Dear Velikov,", "P:Velikov", "", ""},
	{"opener", "salute", "To Ferenc Halmos.", "P:Ferenc Halmos", "", ""},
	{"opener", "salute", "To the Ministry of Foreign Affairs", "O:Ministry of Foreign Affairs", "", ""},
	{"opener", "salute", "To the Hungarian Foreign Ministry\nBudapest", "O:Hungarian Foreign Ministry", "", ""},
	{"opener", "salute", "To the\nMember of the Secretariat\nComrade Todor Velikov\nSofia", "P:Comrade Todor Velikov{honorific=Comrade}; L:Sofia", "", ""},
	{"opener", "salute", "LI KEYONG [via Harkov]", "P:LI KEYONG", "", "route"},
	// offices
	{"message", "p", "Vice Premier Qiu: I hear you were ill.", "P:Vice Premier Qiu{office=Vice Premier}", "", ""},
	{"message", "p", "I told Ambassador N. S. Tarasov so.", "P:Ambassador N. S. Tarasov{office=Ambassador}", "", ""},
	{"message", "p", "Foreign Minister Harsány’s note", "P:Foreign Minister Harsány{office=Foreign Minister}", "", ""},
	{"message", "p", "the Minister of Foreign Affairs received me", "", "", ""},
	{"message", "p", "the President of the Republic and the Chairman of the Council", "", "", ""},
	{"message", "p", "the General Staff and the General Assembly", "O:General Staff", "", ""},
	{"message", "p", "General Secretariat, General Department, Chief Directorate", "", "", ""},
	{"message", "p", "General Lemberg and Col. Strand", "P:General Lemberg{rank=General}", "", ""},
	{"message", "p", "Gen. Lemberg wrote to Lt. Col. Strand.", "P:Gen. Lemberg{rank!=Gen.}; P:Lt. Col. Strand{rank!=Lt. Col.}", "", ""},
	{"message", "p", "Secretary of State Ruskin said so.", "P:Secretary of State Ruskin{office=Secretary of State}", "", ""},
	{"message", "p", "Member States and Head Office", "", "", ""},
	{"message", "p", "Minister KGB", "", "", ""},
	{"message", "p", "Ambassador Moscow", "L:Moscow", "", ""},
	{"message", "p", "Envoy Lindqvist: It was.", "P:Envoy Lindqvist{office=Envoy}", "", ""},
	{"message", "p", "Our ambassador Roshin left; the minister Hungary sent did not.", "P:Roshin; L:Hungary", "", ""},
	{"message", "p", "The chief fitter, Vitrai, told me so.", "P:Vitrai", "", ""},
	{"message", "p", "an elderly engineer, Yelizarenko, who knew", "P:Yelizarenko", "", ""},
	{"message", "p", "the secretary, Moscow, and others", "L:Moscow", "", ""},
	{"message", "p", "The interpreter, Im Yong-su [Im Yong Su], asked again.", "P:Im Yong-su; P:Im Yong Su", "", "name-variant"},
	{"message", "p", "I called on [Foreign Minister] Mbeke-Osa and left.", "P:[Foreign Minister] Mbeke-Osa", "", "role-gloss"},
	{"message", "p", "a man of [Trade Representative] Mukhan's staff", "P:[Trade Representative] Mukhan", "", "role-gloss"},
	{"message", "p", "the [West German] government and the [Soviet] Minister", "", "", "role-gloss role-gloss"},
	{"message", "p", "given to Zuberin [secretary of the council] for signature", "P:Zuberin", "", "role-gloss"},
	{"message", "p", "as Comrade Ganova [editor in chief] knows", "P:Comrade Ganova{honorific=Comrade}", "", "role-gloss"},
	{"message", "p", "[Milena] Kopecka replied.", "P:[Milena] Kopecka", "", "name-completion"},
	{"message", "p", "deputy director D[ashiin] Sambu promised", "P:D[ashiin] Sambu{forename=D[ashiin],surname=Sambu}", "", "name-completion"},
	{"message", "item", "O[ctavian] Bradu, engineer", "P:O[ctavian] Bradu{forename=O[ctavian],surname=Bradu}", "", "name-completion"},
	{"message", "p", "One guest, R[olf]. Lindqvist, speaks well.", "P:R[olf]. Lindqvist{forename=R[olf].,surname=Lindqvist}", "", "name-completion"},
	{"message", "p", "they withdrew[3] to Kaesong", "L:Kaesong", "", "footnote-ref"},
	// initials
	{"message", "p", "N. S. Tarasov came with V. I. Lobanko.", "P:N. S. Tarasov; P:V. I. Lobanko", "", ""},
	{"message", "p", "a word with J. C. King of the staff", "P:J. C. King", "", ""},
	{"message", "p", "It was N.S. Tarasov's idea.", "P:N.S. Tarasov", "", ""},
	{"message", "p", "I saw G. Ye. Brusnov there.", "P:G. Ye. Brusnov", "", ""},
	{"message", "p", "It was sent to Pavlov, G. T. and to Vetrov, N. I.", "P:Pavlov, G. T.; P:Vetrov, N. I.", "", ""},
	{"message", "p", "from W. Howard Wiggin of the staff", "P:W. Howard Wiggin", "", ""},
	{"message", "p", "a talk with Harold H. Saunter of the Council", "P:Harold H. Saunter", "", ""},
	{"message", "p", "Then Harold H. Saunter left.", "P:Harold H. Saunter", "", ""},
	{"message", "p", "When N. Petrov came we left.", "P:N. Petrov", "", ""},
	{"message", "p", "the U. S. Government and the U.N. Charter", "", "", ""},
	{"message", "p", "the U.S.S.R. Ministry and the D. P. R. K. Government", "", "", ""},
	{"message", "p", "A. Background", "", "", ""},
	{"message", "p", "B. Korean question", "", "", ""},
	{"message", "p", "as Section B. Conclusions shows, and Annex A. Draft", "", "", ""},
	{"message", "p", "troops in N. Korea and in S. Korea", "L:N. Korea; L:S. Korea", "", ""},
	{"message", "p", "At 4 p.m. Petrova left. It was 5 P. M. Then we ate.", "", "", ""},
	{"processing", "ab", "drafted by V. LOBANKO", "P:V. LOBANKO", "", ""},
	{"closer", "signed", "SOVIET AMBASSADOR IN THE DPRK [signature] /N. TARASOV/", "R:AMBASSADOR; P:N. TARASOV", "", "presence"},
	{"closer", "signed", "R. Anhalt", "P:R. Anhalt", "", ""},
	{"closer", "signed", "Minister [L.S.] I. PETRAN", "R:Minister; P:I. PETRAN", "", "presence"},
	{"service", "p", "No. Korean 5, Series G T.", "", "", ""},
	// signatures and processing
	{"processing", "signed", "Verified: Section Chief\n\nColonel [signature] (Makarenko)", "R:Section Chief; R:Colonel; P:Makarenko{surname=Makarenko}", "", "presence"},
	{"closer", "signed", "MAO ZEDONG", "P:MAO ZEDONG", "", ""},
	{"closer", "signed", "WEN ZHAOMING 2350 12 June", "P:WEN ZHAOMING", "", ""},
	{"closer", "signed", "[signature]\nKálmán Barta\nAmbassador", "P:Kálmán Barta; R:Ambassador", "", "presence"},
	{"closer", "signed", "SECOND MAIN DIRECTORATE OF THE GENERAL STAFF", "O:GENERAL STAFF", "", ""},
	{"closer", "signed", "TOP SECRET", "", "", ""},
	{"closer", "signed", "Osmanov", "P:Osmanov", "", ""},
	{"closer", "signed", "With communist greetings", "", "", ""},
	{"processing", "ab", "Deciphered by Araushko 1840 1 November", "P:Araushko", "", ""},
	{"processing", "ab", "Printed by Leshenko", "P:Leshenko", "", ""},
	{"processing", "ab", "typed by Yermakov", "P:Yermakov", "", ""},
	{"processing", "ab", "Eleven copies printed. Filed by Monday", "", "", ""},
	{"message", "p", "It was signed by Poland in Warsaw.", "L:Warsaw", "", ""},
	{"service", "p", "Interpreter: Fu Siyan\nRecorded by: Fu Siyan", "P:Fu Siyan; P:Fu Siyan", "", ""},
	{"service", "p", "cc: Egon Mielitz", "P:Egon Mielitz", "", ""},
	{"closer", "signed", "/s/ Ivan Basarov", "P:Ivan Basarov", "", ""},
	{"closer", "signed", "For the Minister\nJózsef Kovár m.p.", "R:Minister; P:József Kovár", "", ""},
	{"closer", "signed", "DEPUTY CHAIRMAN OF THE KOREA DEPARTMENT (N. FEDORIN)", "R:DEPUTY CHAIRMAN; P:N. FEDORIN", "", ""},
	{"opener", "salute", "VIA KOVALIN\nTo Cde. MAO ZEDONG.", "P:Cde. MAO ZEDONG{honorific!=Cde.}", "", ""},
	{"opener", "salute", "To Comrade Wen Zhaoming, Chairman of the Central Committee", "P:Comrade Wen Zhaoming{honorific=Comrade}", "", ""},
	{"message", "p", "He was given the Order of Stalin.", "", "", ""},
	{"message", "p", "Kim Ir Sen asked for help; Premier Zhou Enlai, Vice Premier Chen Yi", "P:Kim Ir Sen; P:Premier Zhou Enlai{office=Premier}; P:Vice Premier Chen Yi{office=Vice Premier}", "", ""},
	// lists and appositions
	{"message", "item", "Mihail Lungen, engineer, head of the delegation", "P:Mihail Lungen", "", ""},
	{"message", "p", "received by Ferenc Harsány, [Hungarian] Undersecretary and Secretary of State", "P:Ferenc Harsány", "", "role-gloss"},
	{"message", "p", "Participants: Vice Premier Qiu Wenbo; Tang Muzhou, deputy director of the Department", "P:Vice Premier Qiu Wenbo{office=Vice Premier}; P:Tang Muzhou", "", ""},
	{"message", "p", "from the Korean side: Han Mu-jun [Han Mu Jun], Deputy Chairman of the Commission; Ri Chae-sok, chief of a department", "P:Han Mu-jun; P:Han Mu Jun; P:Ri Chae-sok", "", "name-variant"},
	{"message", "p", "In Eastern Galicia, Ambassador Roshin said no.", "P:Ambassador Roshin{office=Ambassador}", "", ""},
	{"message", "p", "Appointment Books, the President, the Secretary", "", "", ""},
	{"message", "p", "Kennan Library, President's Office", "", "", ""},
	// eastern names
	{"message", "p", "He said that Han Mu-jun had agreed.", "P:Han Mu-jun", "", ""},
	{"message", "p", "which CHOE IL-CHUL handed over to me on 30 January", "P:CHOE IL-CHUL", "", ""},
	{"message", "p", "according to Ye Feiran and Hsu Chin-tang spoke", "P:Ye Feiran; P:Hsu Chin-tang", "", ""},
	{"message", "p", "the Kim Chaek works and the Long Range plan", "L:Kim Chaek", "", ""},
	{"message", "p", "in Ho Chi Minh City", "", "", ""},
	{"message", "p", "the Hong Kong press and the Han River", "L:Han River", "", ""},
	// the document knows
	{"message", "p", "Tarasov answered. I asked Tarasov again.", "P:Tarasov; P:Tarasov", "N. S. Tarasov", ""},
	{"message", "p", "Ivan Tarasov is another man.", "", "N. S. Tarasov", ""},
	{"message", "p", "Then Tarasov rose.", "P:Tarasov", "N. S. Tarasov", ""},
	{"message", "p", "the Tarasov Academy", "", "N. S. Tarasov", ""},
	{"message", "p", "Harsány has no objection", "P:Harsány", "Ferenc Harsány", ""},
	{"message", "p", "Mu-jun alone", "", "Han Mu-jun", ""},
	{"message", "p", "Long ago. Long live. Wood is cheap.", "", "P. Long|A. Wood", ""},
	{"message", "p", "I told Wood so.", "P:Wood", "A. Wood", ""},
	{"message", "p", "GORSHKOV will know.", "P:GORSHKOV", "Gorshkov", ""},
	{"message", "p", "Han Mu Jun and HAN MU-JUN", "P:Han Mu Jun; P:HAN MU-JUN", "Han Mu-jun", ""},
	{"message", "p", "the answer of Stalin and Kim Il Sung", "P:Stalin; P:Kim Il Sung", "", ""},
	{"message", "p", "the Stalin Prize, Stalin Street and Vasily Stalin", "", "", ""},
	{"message", "p", "the Kim Il Sung University", "", "", ""},
	{"message", "p", "according to de Gaulle", "P:de Gaulle", "", ""},
	{"message", "p", "Terebilo [Orlovin] has been told", "P:Terebilo; P:Orlovin", "", "identification"},
	{"message", "p", "Comrade Ding [Ho Chi Minh] asked", "P:Comrade Ding{honorific=Comrade}; P:Ho Chi Minh", "", "identification"},
	{"message", "p", "the NEIGHBORS [SOSEDI] know", "", "", "original-term"},
	// places
	{"message", "p", "the line runs from Kaesong to the Yalu River in North Korea", "L:Kaesong; L:Yalu River; L:North Korea", "", ""},
	{"message", "p", "East Berlin and the Berlin Wall", "L:East Berlin", "", ""},
	{"message", "p", "In Moscow the letter was read. Moscow’s reply", "L:Moscow; L:Moscow", "", ""},
	{"message", "p", "the Beijing Hotel and the Warsaw Pact", "O:Warsaw Pact", "", ""},
	{"message", "p", "Split the work. He went to Split.", "L:Split", "", ""},
	{"message", "p", "the port of Chongja and the Hamgyang Province", "L:Chongja; L:Hamgyang Province", "", ""},
	{"message", "p", "from Záhon to Irkutsk and from Irkutsk to Darkhat", "L:Záhon; L:Irkutsk; L:Irkutsk; L:Darkhat", "", ""},
	{"message", "p", "at Andong [Antong] the bridge", "L:Andong; L:Antong", "", "name-variant"},
	{"service", "ab", "from [SINUIJAN] received at 0820", "L:SINUIJAN", "", "value"},
	{"service", "ab", "from [MUKDEN] received at 0820", "L:MUKDEN", "", "value"},
	{"opener", "dateline", "Plauenburg, 8 February 1963", "L:Plauenburg", "", ""},
	{"opener", "dateline", "8 February 1963", "", "", ""},
	{"service", "fw", "LEGATION OF ROMANIA\nSOFIA", "L:SOFIA", "", ""},
	{"message", "p", "the Embassy of Hungary in Mongolia", "O:Embassy of Hungary; L:Mongolia", "", ""},
	{"message", "p", "the Ministry of Foreign Affairs and the Central Committee", "O:Ministry of Foreign Affairs; O:Central Committee", "", ""},
	{"message", "p", "the Soviet Ambassador in China and [China] too", "L:China; L:China", "", "clarification"},
	// nothing there
	{"message", "p", "Your telegram reached me. However, Tuesday in May is too late.", "", "", ""},
	{"message", "p", "TOP SECRET URGENT SPECIAL FOLDER", "", "", ""},
	{"message", "p", "the CC CPSU and the VKP(b), the USSR MFA, the GDR", "", "", ""},
	{"message", "p", "SUBJECT TO RETURN to the IV Unit OS VKP(b) CC 900/3783shs", "", "", ""},
	{"message", "p", "Re Deptel 295, Emb believes Govt wld agree. FYI Dept and CINCPAC concur.", "", "", ""},
	{"message", "p", "Question One. The Northern Sea Route. Paragraph Two. Article Five.", "", "", ""},
	{"message", "p", "The Hungarian People's Republic and the Soviet Union Republics", "", "", ""},
	{"message", "p", "NOT LATER THAN MONDAY", "", "", ""},
	{"message", "p", "He spoke Russian. Marxism is right. God knows.", "", "", ""},
	{"message", "p", "During the First World War; on Easter Sunday; the Treaty of Friendship", "", "", ""},
	{"service", "head", "CIPHERED TELEGRAM N° 25465", "", "", ""},
	{"service", "head", "FROM THE JOURNAL OF\nN. S. TARASOV", "P:N. S. TARASOV", "", ""},
	{"service", "ab", "Copy N° 2", "", "", ""},
	{"notes", "p", "Signed on 30 May 1969; see Annex II of the contract.", "", "", ""},
	{"message", "p", "", "", "", ""},
	{"message", "p", "[[[ ]]] A[ B[ C.", "", "", ""},
}

func TestWhatIsShownIsFoundAndNoMore(t *testing.T) {
	for _, r := range rows {
		reg := NewRegistry(smallLexicon)
		for f := range strings.SplitSeq(r.known, "|") {
			reg.Add(Person, f, "", "", tei.Span{})
		}
		ctx := Context{Lexicon: smallLexicon, Known: reg, Zone: r.zone, Elem: r.elem, Brackets: bracketsOf(r.text, strings.Fields(r.classes))}
		got := Find(r.text, tei.Span{End: len(r.text)}, ctx)
		if s := shown(r.text, got); s != r.want {
			t.Errorf("%s/%s %q\n got %s\nwant %s", r.zone, r.elem, r.text, s, r.want)
		}
		wellFormed(t, r.text, got, ctx.Brackets)
	}
	t.Logf("%d rows", len(rows))
}

// Each row of the table of shapes has an example that the rule, or a surer one
// before it, answers.
func TestShapesHaveExamples(t *testing.T) {
	for _, s := range shapes {
		ctx := Context{Lexicon: smallLexicon, Known: NewRegistry(smallLexicon), Zone: "message", Elem: "p"}
		ctx.Brackets = bracketsOf(s.example, []string{"identification"})
		switch {
		case strings.HasPrefix(s.example, "("):
			ctx.Zone, ctx.Elem = "closer", "signed"
		case strings.Contains(s.example, "8 Feb"):
			ctx.Elem = "dateline"
		}
		if got := Find(s.example, tei.Span{End: len(s.example)}, ctx); len(got) == 0 {
			t.Errorf("%s: nothing found in %q", s.name, s.example)
		}
	}
}

// wellFormed checks what holds for every list of names.
func wellFormed(t *testing.T, text string, list []Name, brackets []Bracket) {
	t.Helper()
	at := 0
	for _, n := range list {
		if n.Span.Start < at || n.Span.End > len(text) || n.Span.Len() <= 0 {
			t.Fatalf("span %v after %d in %q", n.Span, at, text)
		}
		at = n.Span.End
		if n.Rule == "" || n.Cert != ledger.High && n.Cert != ledger.Medium && n.Cert != ledger.Low {
			t.Fatalf("%v has no rule or certainty", n)
		}
		last := n.Span.Start
		for _, p := range n.Parts {
			if !n.Span.Contains(p.Span) || p.Span.Start < last || p.Span.Len() <= 0 {
				t.Fatalf("part %v of %v in %q", p, n, text)
			}
			last = p.Span.End
		}
		for _, b := range brackets {
			for _, s := range []tei.Span{n.Span} {
				if s.Start < b.Span.Start && b.Span.Start < s.End && s.End < b.Span.End || b.Span.Start < s.Start && s.Start < b.Span.End && b.Span.End < s.End {
					t.Fatalf("%v crosses the bracket %v in %q", n, b, text)
				}
			}
		}
		if n.Kind != Role && strings.TrimSpace(n.Form(text)) == "" {
			t.Fatalf("%v has no form in %q", n, text)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, r := range rows {
		f.Add(r.text, r.zone, r.elem, r.classes)
	}
	f.Fuzz(func(t *testing.T, text, zone, elem, classes string) {
		if len(text) > 2000 {
			return
		}
		reg := NewRegistry(smallLexicon)
		ctx := Context{Lexicon: smallLexicon, Known: reg, Zone: zone, Elem: elem, Brackets: bracketsOf(text, strings.Fields(classes))}
		for range 2 {
			got := Find(text, tei.Span{End: len(text)}, ctx)
			wellFormed(t, text, got, ctx.Brackets)
			for _, n := range got {
				reg.Add(n.Kind, n.Form(text), "sender", n.Rule, n.Span)
			}
		}
		reg.Spellings(func(a, b tei.Span) bool { return false })
		for _, e := range reg.Entries(Person) {
			if e.MainName() == "" || reg.Entry(e.ID) != e {
				t.Fatalf("entry %+v of %q", e, text)
			}
			e.Variants()
		}
		TitleParties(text, smallLexicon)
	})
}

// The time grows with the text, whatever the text is.
func TestLongTextsTakeTheirTimeAndNoMore(t *testing.T) {
	for _, unit := range []string{"Cde. ", "Cdes. A and ", "A. ", "A[b", "[a ", "]", "Aa Bb ", "from Moscow to Aa ", "Minister of ", "Embassy of A and ", "Pak In-ho, ", "cc: Aa Bb; ", "Aa, A. B. ", "de la ", "Kim Il ", "[Minister] Aa ", "MAO ZEDONG\n", "“"} {
		cost := func(n int) time.Duration {
			text := strings.Repeat(unit, n/len(unit))
			ctx := Context{Lexicon: smallLexicon, Known: NewRegistry(smallLexicon), Zone: "message", Brackets: bracketsOf(text, nil)}
			for i := range ctx.Brackets {
				ctx.Brackets[i].Class = "role-gloss"
			}
			best := time.Hour
			for range 3 {
				start := time.Now()
				got := Find(text, tei.Span{End: len(text)}, ctx)
				best = min(best, time.Since(start))
				for _, x := range got[:min(len(got), 200)] {
					ctx.Known.Add(x.Kind, x.Form(text), "", x.Rule, x.Span)
				}
			}
			return best
		}
		// eight times the text, and room for a busy machine
		if a, b := cost(10_000), cost(80_000); b > 40*a+20*time.Millisecond {
			t.Errorf("%q: %v for 10 kB, %v for 80 kB", unit, a, b)
		}
	}
}

const letter = `to Cde. FILIPPOV [Stalin]

I am sending you for [your] information my 31 October telegram to Cde. LIANG KEMING, and I ask Vice Premier Qiu Wenbo to look at it. N. S. Tarasov, who came from Pyongyang on Tuesday, told Han Mu-jun that the line south of Kaesong cannot be held before the meeting in Beijing. If the enemy objects to this and insists on the draft he proposed on 25 October then our side should sharply criticize it immediately or at the afternoon meeting and publish a communiqué and information of the correspondents in order to expose the enemy's reluctance. The Central Committee agrees with the Ministry of Foreign Affairs. Tarasov noted that two of the six delegates were elderly.
`

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(letter, 6)
	reg := NewRegistry(nil)
	for _, f := range []string{"N. S. Tarasov", "Han Mu-jun", "Qiu Wenbo", "Liang Keming"} {
		reg.Add(Person, f, "", "", tei.Span{})
	}
	ctx := Context{Known: reg, Zone: "message", Elem: "p", Brackets: bracketsOf(text, nil)}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tei.Span{End: len(text)}, ctx)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(text))*1024, "µs/KB")
}
