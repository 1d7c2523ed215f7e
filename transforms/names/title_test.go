package names

import (
	"strings"
	"testing"

	"sigla/tei"
	"sigla/transforms/lexicon"
)

func parties(list []Party) string {
	var out []string
	for _, p := range list {
		s := string("PLOR"[p.Kind]) + ":" + p.Name
		if p.Real != "" {
			s += "=" + p.Real
		}
		out = append(out, s)
	}
	return strings.Join(out, ",")
}

func TestTitlesNameTheirParties(t *testing.T) {
	for _, r := range []struct{ title, genre, number, place, from, to, with string }{
		{"Ciphered Telegram No. 25465 from Beijing, Mao Zedong to Cde. Filippov [Stalin]", "ciphered telegram", "25465", "Beijing", "P:Mao Zedong", "P:Filippov=Stalin", ""},
		{"Letter from Ruprecht Anhalt to Comrade Todor Velikov", "letter", "", "", "P:Ruprecht Anhalt", "P:Todor Velikov", ""},
		{"Telegram, Wen Zhaoming to Filippov [Stalin]", "telegram", "", "", "P:Wen Zhaoming", "P:Filippov=Stalin", ""},
		{"Cable, Ivashko to Ren Zhilan [via Harkov]", "cable", "", "", "P:Ivashko", "P:Ren Zhilan", ""},
		{"Ciphered Telegram № 4417, Wen Zhaoming to Filippov [Stalin]", "ciphered telegram", "4417", "", "P:Wen Zhaoming", "P:Filippov=Stalin", ""},
		{"Ciphered Telegram No. 60219, Gorshkov to Matveyev [Zakharin], with a Message from Choe Il-chul", "ciphered telegram", "60219", "", "P:Gorshkov", "P:Matveyev=Zakharin", "P:Choe Il-chul"},
		{"Journal of Soviet Ambassador in the DPRK N. S. Tarasov: Conversation with Han Mu-jun, 24 March 1958", "journal", "", "", "", "", "P:N. S. Tarasov,P:Han Mu-jun"},
		{"Note from the Legation of the Romanian People's Republic in Budapest to the Ministry of Foreign Affairs, with Two Attachments", "note", "", "", "O:Legation of the Romanian People's Republic in Budapest", "O:Ministry of Foreign Affairs", ""},
		{"Report, Embassy of Hungary in Mongolia to the Hungarian Foreign Ministry, 'The Meat Works at Darkhat'", "report", "", "", "O:Embassy of Hungary in Mongolia", "O:Hungarian Foreign Ministry", ""},
		{"Record of Conversation between Vice Premier Qiu Wenbo and Danish Envoy Aage Lindqvist", "record of conversation", "", "", "", "", "P:Qiu Wenbo,P:Aage Lindqvist"},
		{"Extract from Protocol No. 171 of the Session of the CPSU CC Politburo, 'On Measures'", "protocol", "171", "", "", "", ""},
		{"Telegram From the Embassy in Poland to the Department of State", "telegram", "", "", "O:Embassy in Poland", "O:Department of State", ""},
		{"312. Telegram From the Embassy in Iran to the Department of State [1]", "telegram", "", "", "O:Embassy in Iran", "O:Department of State", ""},
		{"Letter From Chairman Khrulev to President Kennan", "letter", "", "", "P:Khrulev", "P:Kennan", ""},
		{"The Consul General at Calcutta (Wilton) to the Secretary of State", "", "", "", "P:Wilton", "R:Secretary of State", ""},
		{"The Ambassador in the Soviet Union ( Bohlin ) to the Department of State", "", "", "", "P:Bohlin", "O:Department of State", ""},
		{"Memorandum From Harold H. Saunter of the National Security Council Staff to W. Howard Wiggin of the Same", "memorandum", "", "", "P:Harold H. Saunter", "P:W. Howard Wiggin", ""},
		{"Telegram from Beijing to Moscow", "telegram", "", "Beijing", "", "", ""},
		{"Report on a Visit to China", "report", "", "", "", "", ""},
		{"Report, Trip to Moscow", "report", "", "", "", "", ""},
		{"Letter, Mao Zedong and Zhou Enlai to Cde. Stalin", "letter", "", "", "P:Mao Zedong,P:Zhou Enlai", "P:Stalin", ""},
		{"Letter to Stalin", "letter", "", "", "", "P:Stalin", ""},
		{"Letter, Soviet Ambassador to China P. Yudko to the General Staff", "letter", "", "", "P:P. Yudko", "O:General Staff", ""},
		{"Telegram, A[ndrei] Gromin to [Ambassador] Roshin", "telegram", "", "", "P:Andrei Gromin", "P:Roshin", ""},
		{"Note, Tang [Muzhou] to Ding [Ho Chi Minh]", "note", "", "", "P:Tang Muzhou", "P:Ding=Ho Chi Minh", ""},
		{"Letter, Vo Quang to Malin [via courier], 11 May 1954", "letter", "", "", "P:Vo Quang", "P:Malin", ""},
		{"Message from Petrov, Ambassador to China, to Orlov", "message", "", "", "P:Petrov", "P:Orlov", ""},
		{"Memorandum of Conversation, Warsaw, 3 May 1956", "memorandum of conversation", "", "", "", "", ""},
		{"Speech by A. Petrov to the Delegates", "speech", "", "", "", "", "P:A. Petrov"},
		{"Resolution of the Politburo", "resolution", "", "", "", "", ""},
		{"Message From Chairmen Khrulev and Brezhin to President Kennan [1]", "message", "", "", "P:Khrulev,P:Brezhin", "P:Kennan", ""},
		{"Memorandum for the Files by the Secretary (Ziegel)", "memorandum for the files", "", "", "", "", "P:Ziegel"},
		{"Cable From the State Department to the Embassy in [place not declassified]", "cable", "", "", "O:State Department", "O:Embassy", ""},
		{"", "", "", "", "", "", ""},
		{"to", "", "", "", "", "", ""},
		{" to to to [", "", "", "", "", "", ""},
	} {
		p := TitleParties(r.title, smallLexicon)
		if p.Genre != r.genre || p.Number != r.number || p.Place != r.place || parties(p.From) != r.from || parties(p.To) != r.to {
			t.Errorf("%s\n got %q %q %q %s → %s\nwant %q %q %q %s → %s", r.title, p.Genre, p.Number, p.Place, parties(p.From), parties(p.To), r.genre, r.number, r.place, r.from, r.to)
		}
		if r.with != "" && parties(p.With) != r.with {
			t.Errorf("%s\nwith %s\nwant %s", r.title, parties(p.With), r.with)
		}
		for _, l := range [][]Party{p.From, p.To, p.With} {
			for _, x := range l {
				if x.Span.Start < 0 || x.Span.End > len(r.title) || x.Span.Len() <= 0 {
					t.Errorf("%s: %s stands at %v", r.title, x.Name, x.Span)
				}
			}
		}
	}
}

// Each row of the genres is read from its own example.
func TestGenresHaveExamples(t *testing.T) {
	for _, g := range genres {
		p := TitleParties(g.example, smallLexicon)
		if p.Genre != g.genre {
			t.Errorf("%q: genre %q, want %q", g.example, p.Genre, g.genre)
		}
		if g.silent && (len(p.From) > 0 || len(p.To) > 0) {
			t.Errorf("%q is from nobody to nobody, got %s → %s", g.example, parties(p.From), parties(p.To))
		}
	}
}

func TestAddressLinesNameWhoGetsTheMessage(t *testing.T) {
	for _, r := range []struct {
		line, want string
		copies     bool
	}{
		{"to Cde. FILIPPOV [Stalin]", "Cde. FILIPPOV|Stalin", false},
		{"To Cde. PAK IN-HU.", "Cde. PAK IN-HU", false},
		{"Cde. GORSHKOV!", "Cde. GORSHKOV", false},
		{"Dear Comrade Velikov,", "Comrade Velikov", false},
		{"To the Ministry of Foreign Affairs", "Ministry of Foreign Affairs", false},
		{"Copies: to Cdes. Liu Baoming and Shterin.", "Liu Baoming|Shterin", true},
		{"cc: Egon Mielitz", "Egon Mielitz", true},
		{"To all embassies", "", false},
	} {
		ctx := Context{Lexicon: smallLexicon, Brackets: bracketsOf(r.line, []string{"identification"})}
		got, copies := Addressee(r.line, tei.Span{End: len(r.line)}, ctx)
		var s []string
		for _, n := range got {
			s = append(s, r.line[n.Span.Start:n.Span.End])
		}
		if strings.Join(s, "|") != r.want || copies != r.copies {
			t.Errorf("%s: got %q %v, want %q %v", r.line, s, copies, r.want, r.copies)
		}
	}
}

// TestTitlesOfOffices: an office may stand before its holder with its place
// between, and a body may be named by its letters alone.
func TestTitlesOfOffices(t *testing.T) {
	for _, r := range []struct{ title, from, to string }{
		{"Ciphered Telegram from the Soviet Ambassador in Sofia, Yu. V. Ambrosov, to the CC CPSU", "P:Yu. V. Ambrosov", "O:CC CPSU"},
		{"Telegram, Chargé d'Affaires in Pyongyang, A. M. Petrovsky, to Deputy Foreign Minister V. A. Zorkin", "P:A. M. Petrovsky", "P:V. A. Zorkin"},
		{"Letter from the KGB Chairman Yu. Ambrosov to the CC of the CPSU", "P:Yu. Ambrosov", "O:CC of the CPSU"},
		{"Report from Ambassador Roshin, Wang Jiaming and Kovalyov to Stalin", "P:Roshin,P:Wang Jiaming,P:Kovalyov", "P:Stalin"},
		{"Memorandum, Acting Political Director of the MFA, I. Kovary, to Comrade Janos Petery", "P:I. Kovary", "P:Janos Petery"},
	} {
		p := TitleParties(r.title, lexicon.Default())
		if parties(p.From) != r.from || parties(p.To) != r.to {
			t.Errorf("%s: from %s, to %s; want %s, %s", r.title, parties(p.From), parties(p.To), r.from, r.to)
		}
	}
}
