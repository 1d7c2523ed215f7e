package source

import (
	"strings"
	"testing"
)

// brief writes pieces as kind=text, those of one archive in brackets.
func brief(value, title string) string {
	c, hs := readCitation(value, title)
	var b strings.Builder
	open := 0
	for _, p := range c.Pieces {
		if p.Kind == "" {
			continue
		}
		if p.Holding != open {
			if open > 0 {
				b.WriteString("]")
			}
			if p.Holding > 0 {
				b.WriteString(" [")
			}
			open = p.Holding
		}
		if s := b.String(); s != "" && !strings.HasSuffix(s, "[") {
			b.WriteString(" ")
		}
		b.WriteString(p.Kind + "=" + p.Text)
		if p.Value != "" {
			b.WriteString("(" + p.Value + ")")
		}
	}
	if open > 0 {
		b.WriteString("]")
	}
	for _, h := range hs {
		b.WriteString(" {" + h.Repository + " | " + h.Text + "}")
	}
	for _, u := range c.URLs {
		b.WriteString(" <" + u + ">")
	}
	if c.ID != "" {
		b.WriteString(" #" + c.ID)
	}
	return strings.TrimSpace(b.String())
}

var citationCases = []struct{ in, want string }{
	{`"Note on Timber", May 4, 1949, Wilson Center Digital Archive, AVP RF, f. 0102, op. 6, p. 22, d. 49, ll. 40-41. Translated by Nora Quist.`,
		`title="Note on Timber" date=May 4, 1949(1949-05-04) publisher=Wilson Center Digital Archive [repository=AVP RF fond=f. 0102 opis=op. 6 papka=p. 22 delo=d. 49 listy=ll. 40-41] translator=Nora Quist {AVP RF | f. 0102, op. 6, p. 22, d. 49, ll. 40-41}`},
	{"\"Note on Timber,\" May 4, 1949, History and Public Policy Program Digital Archive, RGANI, F. 5, Op. 30, D. 419, Ll. 8-11. Obtained by Ivo Pelc and translated by Nora Quist.\n<https://digitalarchive.wilsoncenter.org/document/110022>",
		`title="Note on Timber," date=May 4, 1949(1949-05-04) publisher=History and Public Policy Program Digital Archive [repository=RGANI fond=F. 5 opis=Op. 30 delo=D. 419 listy=Ll. 8-11] translator=Nora Quist {RGANI | F. 5, Op. 30, D. 419, Ll. 8-11} <https://digitalarchive.wilsoncenter.org/document/110022> #110022`},
	{`"A Talk about "Northern" Grain", 4 May 1949, Wilson Center Digital Archive, AVPRF f. 0102 op. 6 papka 22 d. 49 l. 5. Translated by Nora Quist and Ben Ard.`,
		`title="A Talk about "Northern" Grain" date=4 May 1949(1949-05-04) publisher=Wilson Center Digital Archive [repository=AVPRF fond=f. 0102 opis=op. 6 papka=papka 22 delo=d. 49 listy=l. 5] translator=Nora Quist translator=Ben Ard {AVPRF | f. 0102 op. 6 papka 22 d. 49 l. 5}`},
	{`“Protocol No. 3,” May 1949, Wilson Center Digital Archive, TsDA, Fond 1-B, Opis 64, a.e. 90, l. 1-5. Translated by Vera K. Stoyan.`,
		`title=“Protocol No. 3,” date=May 1949(1949-05) publisher=Wilson Center Digital Archive [repository=TsDA fond=Fond 1-B opis=Opis 64 file=a.e. 90 listy=l. 1-5] translator=Vera K. Stoyan {TsDA | Fond 1-B, Opis 64, a.e. 90, l. 1-5}`},
	{`"Letter", 1949, Wilson Center Digital Archive, PA AA, MfAA, C 553/76, Bl. 3-7. Translated for CWIHP by Hans Lund.`,
		`title="Letter" date=1949(1949) publisher=Wilson Center Digital Archive [repository=PA AA shelfmark=C 553/76 listy=Bl. 3-7] translator=Hans Lund {PA AA | MfAA, C 553/76, Bl. 3-7}`},
	{`"Memorandum", November 1-3, 1962, Wilson Center Digital Archive, US National Archives, RG 59, Entry 1613, Box 12, Folder "Salt".`,
		`title="Memorandum" date=November 1-3, 1962(1962-11-01/1962-11-03) publisher=Wilson Center Digital Archive [repository=US National Archives group=RG 59 entry=Entry 1613 box=Box 12 folder=Folder "Salt"] {US National Archives | RG 59, Entry 1613, Box 12, Folder "Salt"}`},
	{`"Minutes", 2 May 1955, The National Archives, Kew, FO 371/92756.`,
		`title="Minutes" date=2 May 1955(1955-05-02) [repository=The National Archives shelfmark=FO 371/92756] {The National Archives | FO 371/92756}`},
	{`"Minutes", 2 May 1955, TNA: FO 371/92756; PREM 11/4052.`,
		`title="Minutes" date=2 May 1955(1955-05-02) [repository=TNA shelfmark=FO 371/92756] [shelfmark=PREM 11/4052] {TNA | FO 371/92756} {TNA | PREM 11/4052}`},
	{`"Report", 12 March 1968, TsAMO, f. 23, op. 4611, d. 9, ll. 12-13ob; APRF, f. 3, op. 65, d. 812, l. 4.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=TsAMO fond=f. 23 opis=op. 4611 delo=d. 9 listy=ll. 12-13ob] [repository=APRF fond=f. 3 opis=op. 65 delo=d. 812 listy=l. 4] {TsAMO | f. 23, op. 4611, d. 9, ll. 12-13ob} {APRF | f. 3, op. 65, d. 812, l. 4}`},
	{`"Report", 12 March 1968, RGASPI, f. 82, op. 2, d. 1264, ll. 1-9; d. 1265, ll. 3-4. Translated by Nora Quist.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGASPI fond=f. 82 opis=op. 2 delo=d. 1264 listy=ll. 1-9] [delo=d. 1265 listy=ll. 3-4] translator=Nora Quist {RGASPI | f. 82, op. 2, d. 1264, ll. 1-9} {RGASPI | d. 1265, ll. 3-4}`},
	{`"Report", 12 March 1968, RGASPI, f. 82, op. 2, d. 1264, ll. 1-9 and AVPRF, f. 102, op. 7, d. 3, ll. 4-5.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGASPI fond=f. 82 opis=op. 2 delo=d. 1264 listy=ll. 1-9] [repository=AVPRF fond=f. 102 opis=op. 7 delo=d. 3 listy=ll. 4-5] {RGASPI | f. 82, op. 2, d. 1264, ll. 1-9} {AVPRF | f. 102, op. 7, d. 3, ll. 4-5}`},
	{`"Report", 12 March 1968, RGASPI, f. 82, op. 2, d. 1264, ll. 1-9. Also in APRF, f. 3, op. 65, d. 812. Translated by Nora Quist, Ben Ard and Li Wen.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGASPI fond=f. 82 opis=op. 2 delo=d. 1264 listy=ll. 1-9] [repository=APRF fond=f. 3 opis=op. 65 delo=d. 812] translator=Nora Quist translator=Ben Ard translator=Li Wen {RGASPI | f. 82, op. 2, d. 1264, ll. 1-9} {APRF | f. 3, op. 65, d. 812}`},
	{`"Report", 12 March 1968, AAN, KC PZPR, XI A/13, k. 55-58. Contributed by Adam Rek. Translated by Małgorzata Źródło.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=AAN shelfmark=XI A/13 folio=k. 55-58] translator=Małgorzata Źródło {AAN | KC PZPR, XI A/13, k. 55-58}`},
	{`"Report", 12 March 1968, Arhivele Nationale Istorice Centrale, CC RCP Chancellery, file 13/1965, ff. 2-9. Translated by Delia Rusu.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=Arhivele Nationale Istorice Centrale file=file 13/1965 folio=ff. 2-9] translator=Delia Rusu {Arhivele Nationale Istorice Centrale | CC RCP Chancellery, file 13/1965, ff. 2-9}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Archive of Foreign Policy, Russian Federation (AVP RF), Moscow, f. 0100, op. 46, p. 374, d. 121, ll. 8-19. `,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Archive of Foreign Policy, Russian Federation (AVP RF) fond=f. 0100 opis=op. 46 papka=p. 374 delo=d. 121 listy=ll. 8-19] {Archive of Foreign Policy, Russian Federation (AVP RF) | f. 0100, op. 46, p. 374, d. 121, ll. 8-19}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Archive of the President of the Russian Federation (APRF), fond 45, opis 1, delo 347, listy 12-15.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Archive of the President of the Russian Federation (APRF) fond=fond 45 opis=opis 1 delo=delo 347 listy=listy 12-15] {Archive of the President of the Russian Federation (APRF) | fond 45, opis 1, delo 347, listy 12-15}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, SAPMO-BArch DY 30/3655, Bl. 12. Translated by Karl von der Heide.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=SAPMO-BArch shelfmark=DY 30/3655 listy=Bl. 12] translator=Karl von der Heide {SAPMO-BArch | DY 30/3655, Bl. 12}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, MNL OL, XIX-J-1-j, Korea, 1968, 58. doboz, 1, 001871/1968. Translated by Balint Szel.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=MNL OL shelfmark=XIX-J-1-j box=58. doboz] translator=Balint Szel {MNL OL | XIX-J-1-j, Korea, 1968, 58. doboz, 1, 001871/1968}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Hoover Institution Archives, Volkonsky Papers, Box 17, Folder 3, pp. 4-9.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Hoover Institution Archives collection=Volkonsky Papers box=Box 17 folder=Folder 3 listy=pp. 4-9] {Hoover Institution Archives | Volkonsky Papers, Box 17, Folder 3, pp. 4-9}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Harry S. Truman Library, Papers of A. B. Cole, PSF, Box 4.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Harry S. Truman Library collection=Papers of A. B. Cole box=Box 4] {Harry S. Truman Library | Papers of A. B. Cole, PSF, Box 4}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Národní archiv, Prague, ÚV KSČ, fond 02/1, sv. 23, a.j. 24, b. 5. Translated by Jan Hora.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Národní archiv fond=fond 02/1 volume=sv. 23 file=a.j. 24] translator=Jan Hora {Národní archiv | ÚV KSČ, fond 02/1, sv. 23, a.j. 24, b. 5}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, PRC FMA 106-00579-04, 44-46. Translated by Zhang Wei.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=PRC FMA shelfmark=106-00579-04] translator=Zhang Wei {PRC FMA | 106-00579-04, 44-46}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, AQPPSH, MPKBS-V, 1960, L. 25, D. 1. Translated by Enver K.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=AQPPSH listy=L. 25 delo=D. 1] translator=Enver K {AQPPSH | MPKBS-V, 1960, L. 25, D. 1}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, TsDAHO of Ukraine, f. 1, op. 24, spr. 5000, ark. 3-8. Translated by A. Mell.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=TsDAHO of Ukraine fond=f. 1 opis=op. 24 delo=spr. 5000 listy=ark. 3-8] translator=A. Mell {TsDAHO of Ukraine | f. 1, op. 24, spr. 5000, ark. 3-8}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, National Archives of Hungary (MOL). M-KS 288. f. 5. cs. 98. ő. e. Translated by A. Mell.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=National Archives of Hungary (MOL) shelfmark=M-KS 288. f. 5. cs. 98. ő. e] translator=A. Mell {National Archives of Hungary (MOL) | M-KS 288. f. 5. cs. 98. ő. e}`},
	{`"Report", circa 1968, contributed to CWIHP by Rolf Berg. Translated from Norwegian by Rolf Berg.`,
		`title="Report" date=circa 1968(1968) translator=Rolf Berg`},
	{`"Report", 12 March 1968, Published in CWIHP Bulletin 6-7, pp. 12-20.`,
		`title="Report" date=12 March 1968(1968-03-12)`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Diplomatic Archive, South Korea, Roll 2008-29, File 7, Frame 14-22. Translated by Park Jin.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Diplomatic Archive reel=Roll 2008-29 file=File 7 frame=Frame 14-22] translator=Park Jin {Diplomatic Archive | Roll 2008-29, File 7, Frame 14-22}`},
	{`RGASPI, f. 17, op. 3, d. 9, ll. 1-2`,
		`[repository=RGASPI fond=f. 17 opis=op. 3 delo=d. 9 listy=ll. 1-2] {RGASPI | f. 17, op. 3, d. 9, ll. 1-2}`},
	{`Minutes of the Third Meeting, 3 June 1951, RGASPI, f. 17, op. 3, d. 9`,
		`date=3 June 1951(1951-06-03) [repository=RGASPI fond=f. 17 opis=op. 3 delo=d. 9] {RGASPI | f. 17, op. 3, d. 9}`},
	{`"Report", 12 March 1968, RGASPI, f. 82, op. 2, d. 1264, ll. 1-3, 7-9. Available at https://www.example.org/a/5. Translated by Nora Quist.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGASPI fond=f. 82 opis=op. 2 delo=d. 1264 listy=ll. 1-3, 7-9] url=https://www.example.org/a/5 translator=Nora Quist {RGASPI | f. 82, op. 2, d. 1264, ll. 1-3, 7-9}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Institute for History, Bratislava, fond 23, box 4. Translated by Gary Lee, Moscow.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Institute for History fond=fond 23 box=box 4] translator=Gary Lee {Institute for History | fond 23, box 4}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, National Security Archive, Box 3. Translated by the State Department.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=National Security Archive box=Box 3] {National Security Archive | Box 3}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Ministry of Foreign Affairs of Mongolia, F. 02, D.1, Kh/N 398, pp. 12-14. Translated by Onon, B.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Ministry of Foreign Affairs of Mongolia fond=F. 02 delo=D.1 file=Kh/N 398 listy=pp. 12-14] translator=Onon, B {Ministry of Foreign Affairs of Mongolia | F. 02, D.1, Kh/N 398, pp. 12-14}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, BStU, MfS, HA IX, Nr. 4, Bl. 1-9. http://www.digitalarchive.org/document/20011`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=BStU number=Nr. 4 listy=Bl. 1-9] {BStU | MfS, HA IX, Nr. 4, Bl. 1-9} <http://www.digitalarchive.org/document/20011> #20011`},
	{`"Report", 12 March 1968, RGANI, fond 5, opis 30, delo 44, list 7; SAPMO, DY 30/3475, Bl. 1-4; AAN, KC PZPR, p. 112, t. 26, s. 12.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGANI fond=fond 5 opis=opis 30 delo=delo 44 listy=list 7] [repository=SAPMO shelfmark=DY 30/3475 listy=Bl. 1-4] [repository=AAN listy=p. 112 volume=t. 26 listy=s. 12] {RGANI | fond 5, opis 30, delo 44, list 7} {SAPMO | DY 30/3475, Bl. 1-4} {AAN | KC PZPR, p. 112, t. 26, s. 12}`},
	{`"Report", 12 March 1968, TsKhSD, f. 89, per. 14, dok. 5, ll. 1-2. Translated by Onon, B.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=TsKhSD fond=f. 89 perechen=per. 14 document=dok. 5 listy=ll. 1-2] translator=Onon, B {TsKhSD | f. 89, per. 14, dok. 5, ll. 1-2}`},
	{`"Report", 12 March 1968, RGASPI, F.558, Op.11, D.342, L.1. Translated by M. van der Linde, and J. R. Roe.`,
		`title="Report" date=12 March 1968(1968-03-12) [repository=RGASPI fond=F.558 opis=Op.11 delo=D.342 listy=L.1] translator=M. van der Linde translator=J. R. Roe {RGASPI | F.558, Op.11, D.342, L.1}`},
	{"\"Report\", 12 March 1968, Chinese Foreign Ministry Archive, 105-00871-04. Translated by Wen Li.\nhttps://digitalarchive.wilsoncenter.org/document/112233\nhttps://example.org/b",
		`title="Report" date=12 March 1968(1968-03-12) [repository=Chinese Foreign Ministry Archive shelfmark=105-00871-04] translator=Wen Li {Chinese Foreign Ministry Archive | 105-00871-04} <https://digitalarchive.wilsoncenter.org/document/112233> <https://example.org/b> #112233`},
	{`"Report," Wilson Center Digital Archive, Central State Archive, Sofia, Fond 378-B, Record 1, File 254. Translated by V. A., edited by L. K.`,
		`title="Report," publisher=Wilson Center Digital Archive [repository=Central State Archive fond=Fond 378-B file=File 254] translator=V. A. {Central State Archive | Fond 378-B, Record 1, File 254}`},
	{`“Report”, 12 March 1968, Wilson Center Digital Archive, B. I. L. Collection of the Ukrainian Archive, Kyiv.`,
		`title=“Report” date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=B. I. L. Collection of the Ukrainian Archive] {B. I. L. Collection of the Ukrainian Archive | }`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Arquivo Histórico do Itamaraty, Brasília, Maço 12, Caixa 4.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Arquivo Histórico do Itamaraty folder=Maço 12 box=Caixa 4] {Arquivo Histórico do Itamaraty | Maço 12, Caixa 4}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, AJ, 837 KPR, I-3-a SSSR; AJ, 507/IX, 119/I-52.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=AJ shelfmark=837 KPR] [repository=AJ shelfmark=507/IX] {AJ | 837 KPR, I-3-a SSSR} {AJ | 507/IX, 119/I-52}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, Sächsisches Staatsarchiv, 11857, Nr. 30, S. 12-14. Translated by Uta Klee`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=Sächsisches Staatsarchiv shelfmark=11857 number=Nr. 30 listy=S. 12-14] translator=Uta Klee {Sächsisches Staatsarchiv | 11857, Nr. 30, S. 12-14}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, NARA, Record Group 84, Lot File 56 D 12, Box 3`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=NARA group=Record Group 84 entry=Lot File 56 delo=D 12 box=Box 3] {NARA | Record Group 84, Lot File 56 D 12, Box 3}`},
	{`"Report", 12 March 1968, Wilson Center Digital Archive, GARF, f. R-9401, op. 2, d. 64, ll. 5ob.-7.`,
		`title="Report" date=12 March 1968(1968-03-12) publisher=Wilson Center Digital Archive [repository=GARF fond=f. R-9401 opis=op. 2 delo=d. 64 listy=ll. 5ob.-7] {GARF | f. R-9401, op. 2, d. 64, ll. 5ob.-7}`},
}

func TestCitationPieces(t *testing.T) {
	for _, c := range citationCases {
		if got := brief(c.in, ""); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
		checkPieces(t, c.in, "")
	}
}

// checkPieces holds the law of citations: the pieces, then the addresses, are
// the printed words.
func checkPieces(t *testing.T, value, title string) {
	t.Helper()
	c, hs := readCitation(value, title)
	var b strings.Builder
	for _, p := range c.Pieces {
		b.WriteString(p.Text)
		if p.Holding > len(hs) {
			t.Errorf("%q: piece %q is of holding %d of %d", value, p.Text, p.Holding, len(hs))
		}
	}
	rest, ok := strings.CutPrefix(value, b.String())
	if !ok {
		t.Errorf("pieces of %q give %q", value, b.String())
	}
	for _, u := range c.URLs {
		at := strings.Index(rest, u)
		if at < 0 || strings.TrimFunc(rest[:at], func(r rune) bool { return blank(r) || r == '<' || r == '>' || r == '*' }) != "" {
			t.Errorf("address %q of %q is not where it stood", u, value)
			return
		}
		rest = rest[at+len(u):]
	}
	if strings.TrimFunc(rest, func(r rune) bool { return blank(r) || r == '>' || r == '*' }) != "" {
		t.Errorf("%q: %q is lost", value, rest)
	}
	for _, h := range hs {
		text := h.Text
		for _, p := range h.Parts {
			at := strings.Index(text, strings.TrimRight(p.Text, ",;. "))
			if at < 0 {
				t.Errorf("%q: part %q is not in the shelfmark %q", value, p.Text, h.Text)
				break
			}
			text = text[at:]
		}
	}
}

func TestTitleOfThePageIsFoundInItsCitation(t *testing.T) {
	for _, c := range []struct{ in, title, want string }{
		{`Note on the Mill, 4 May 1950, RGANI, f. 5, op. 1`, "Note on the Mill", "title=Note on the Mill date=4 May 1950(1950-05-04) [repository=RGANI fond=f. 5 opis=op. 1] {RGANI | f. 5, op. 1}"},
		{`"Talks on "Dawn," and After", 4 May 1950`, `Talks on "Dawn," and After`, `title="Talks on "Dawn," and After" date=4 May 1950(1950-05-04)`},
		{`"Without an End, 4 May 1950`, "", "date=4 May 1950(1950-05-04)"},
	} {
		if got := brief(c.in, c.title); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
		}
		checkPieces(t, c.in, c.title)
	}
}

func TestEveryDesignatorReadsItsExample(t *testing.T) {
	for _, d := range designators {
		_, hs := readCitation("RGASPI, "+d.Example, "")
		if len(hs) != 1 || len(hs[0].Parts) != 1 || hs[0].Parts[0].Label != d.Kind {
			t.Errorf("%s: %q gives %v", d.Kind, d.Example, hs)
		}
	}
}

func TestEveryArchiveIsFoundByItsForm(t *testing.T) {
	for _, a := range archives {
		_, hs := readCitation("Wilson Center Digital Archive, "+a.Form+", f. 1, op. 2. Translated by Nora Quist.", "")
		if len(hs) != 1 || hs[0].Repository != a.Form || hs[0].Country != a.Country {
			t.Errorf("%s gives %v", a.Form, hs)
		}
	}
}

func TestAddressOfTheDigitalArchiveHasTheNumber(t *testing.T) {
	for url, want := range map[string]string{
		"https://digitalarchive.umd.edu/document/117412":            "117412",
		"http://digitalarchive.wilsoncenter.org/document/110022/":   "110022",
		"http://digitalarchive.org/document/5?lang=en":              "5",
		"https://digitalarchive.example.org/document/990101.pdf":    "990101",
		"https://digitalarchive.wilsoncenter.org/document/letter-7": "",
		"https://example.org/document/7":                            "",
	} {
		if got := archiveID(url); got != want {
			t.Errorf("%s: %q, want %q", url, got, want)
		}
	}
}

func TestTranslatorsHaveIds(t *testing.T) {
	got := agents([]string{"Gary Goldberg", "Ágota Merényi", "Gina Goldberg", "Gary Goldberg", "申義清", "Jan van der Berg"})
	want := []string{"ggoldberg", "amerenyi", "ggoldberg-2", "translator", "jberg"}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i, a := range got {
		if a.ID != want[i] {
			t.Errorf("%s has the id %s, want %s", a.Name, a.ID, want[i])
		}
	}
}
