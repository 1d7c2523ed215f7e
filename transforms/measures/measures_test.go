package measures

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sigla/tei"
)

func show(text string, list []Item) string {
	var out []string
	for _, x := range list {
		s := text[x.Span.Start:x.Span.End] + "="
		if x.Kind == Idno {
			s += x.Type
		} else {
			s += x.Quantity + " " + x.Unit
		}
		if x.AtLeast != "" {
			s += " " + x.AtLeast + ".." + x.AtMost
		}
		out = append(out, s)
	}
	return strings.Join(out, ";")
}

var readings = []struct{ text, want string }{
	// numbers with a sign
	{"CIPHERED TELEGRAM N° 25465", "N° 25465=telegram"},
	{"CIPHERED TELEGRAM № 4417", "№ 4417=telegram"},
	{"Telegram No. 71.", "No. 71=telegram"},
	{"№ 1 to Cde. Stalin", "№ 1=copy"},
	{"Copy N° 2", "N° 2=copy"},
	{"Copy Nº 14, Series B", "Nº 14=copy"},
	{"Incoming № 311/1904/shs 13 June 1951", "№ 311/1904/shs=incoming"},
	{"SECRET Incoming Nº 0913s", "Nº 0913s=incoming"},
	{"Nº 5422", "Nº 5422="},
	{"No. P171/XIV", "No. P171/XIV=protocol"},
	{"Extract from protocol No. 171 of the session", "No. 171=protocol"},
	{"(Attachment No. 1).", "No. 1=attachment"},
	{"No. 1.207/S", "No. 1.207/S="},
	{"GENERAL REGISTRY\nNr. 33.914\n28 MAR. 1950", "Nr. 33.914="},
	{"your telegram No. 20.551 of 9 March", "No. 20.551=telegram"},
	{"sheet no. 14, came back", "no. 14=sheet"},
	{"Sofia, 13.2.63, No. 402]", "No. 402="},
	{"Outgoing № 61-s", "№ 61-s=outgoing"},
	{"Outgoing № 311 ss", "№ 311 ss=outgoing"},
	{"In reply to your [telegram] No. 5518, I report", "No. 5518=telegram"},
	{"Nº [331] Marchuk", "Nº [331]="},
	{"№\u00a05", "№\u00a05="},
	{"# 12", "# 12="},
	{"Order number 0417/s", "number 0417/s=order"},
	{"telegram number 5 of yours", "number 5=telegram"},
	{"telegrams Nos. 14, 15 and 18", "Nos. 14=telegram;15=telegram;18=telegram"},
	{"telegrams no. 699 and 704 of 29th", "no. 699=telegram"},
	{"telegrams Nos. 14 and 15 March", "Nos. 14=telegram"},
	{"Ref. No. 11/b", "No. 11/b=reference"},
	{"Nr. 5-17/a", "Nr. 5-17/a="},
	{"No. 5-and then", "No. 5="},
	// copies
	{"Nine copies printed. №№ 4-9 filed", "Nine copies=9 copy;№№ 4-9=copies 4..9"},
	{"Eleven copies printed. N°N° 3-11 filed", "Eleven copies=11 copy;N°N° 3-11=copies 3..11"},
	{"N°N° 5–7 filed", "N°N° 5–7=copies 5..7"},
	{"Nos. 3 to 6 to file", "Nos. 3 to 6=copies 3..6"},
	{"№№ 1, 2 and 5 destroyed", "№№ 1=copies 1..1;2=copies 2..2;5=copies 5..5"},
	{"N°N° 1-2 to Cde. Stalin", "N°N° 1-2=copy 1..2"},
	{"Copies Nos. 1-3", "Nos. 1-3=copies 1..3"},
	// without a sign
	{"OS VKP(b) CC 900/3783shs 1 November 1951", "900/3783shs=reference"},
	{"Incoming 04417gs", "04417gs=incoming"},
	{"Incoming 0338-s", "0338-s=incoming"},
	{"see report 004102/1972.", "004102/1972=reference"},
	{"004418/1/1972", "004418/1/1972=reference"},
	{"Berlin\nIV/3-An/Kr. 118/63\nTo the", "IV/3-An/Kr. 118/63=reference"},
	// measures
	{"both sides at two kilometers, and", "two kilometers=2 km"},
	{"of the forty kilometers of cable", "forty kilometers=40 km"},
	{"of the forty kilometres [of cable]", "forty kilometres=40 km"},
	{"only 11 tons were", "11 tons=11 t"},
	{"the combine: 212,000 tugriks;", "212,000 tugriks=212000 MNT"},
	{"by a hundred and forty percent, although", "a hundred and forty percent=140 percent"},
	{"grew by 10%", "10%=10 percent"},
	{"10 per cent of", "10 per cent=10 percent"},
	{"eleven hundred tons were", "eleven hundred tons=1100 t"},
	{"twenty-five kilograms", "twenty-five kilograms=25 kg"},
	{"two and a half kilometers", "two and a half kilometers=2.5 km"},
	{"1.5 million rubles", "1.5 million rubles=1500000 RUB"},
	{"seven thousand two hundred tons", "seven thousand two hundred tons=7200 t"},
	{"5 to 7 kilometers", "5 to 7 kilometers= km 5..7"},
	{"had to run 10 – 12 kilometres", "10 – 12 kilometres= km 10..12"},
	{"5-7 km wide", "5-7 km= km 5..7"},
	{"$65 million for the program", "$65 million=65000000 USD"},
	{"3 square kilometers", "3 square kilometers=3 km2"},
	{"20 metric tons", "20 metric tons=20 t"},
	{"a two-kilometer zone", "two-kilometer=2 km"},
	{"a 20-kilometer zone", "20-kilometer=20 km"},
	{"for nine days.", "nine days=9 day"},
	{"Made in four copies", "four copies=4 copy"},
	{"0.5 km", "0.5 km=0.5 km"},
	{"12.75 tons", "12.75 tons=12.75 t"},
	// neither
	{"There are no 5 people here", ""},
	{"I said no 5 times", ""},
	{"north of 38", ""},
	{"the six points you proposed", ""},
	{"nine of them", ""},
	{"1800 hours", ""},
	{"one day he came", ""},
	{"the last ten days of September", ""},
	{"op. 11, d. 342", ""},
	{"RGASPI, f. 558", ""},
	{"13.6.51", ""},
	{"17/III/50", ""},
	{"27/X/62", ""},
	{"1 November 1951", ""},
	{"November 5", ""},
	{"a ton of work", ""},
	{"http://example.org/004418/1", ""},
	{"in marks and points", ""},
	{"two marks", ""},
	{"18.30", ""},
	{"1.207 tons", ""},
	{"Nineteen of the sheep", ""},
	{"No. of copies", ""},
	{"Number of wagons: 7", ""},
	{"and/or", ""},
	{"7 m/s", ""},
	{"pp. 118-122", ""},
}

func TestReadings(t *testing.T) {
	for _, r := range readings {
		if got := show(r.text, Find(r.text, tei.Span{End: len(r.text)})); got != r.want {
			t.Errorf("%q\n got %s\nwant %s", r.text, got, r.want)
		}
	}
}

func TestCluesReadTheirExamples(t *testing.T) {
	for _, c := range clues {
		got := Find(c.Example, tei.Span{End: len(c.Example)})
		if want := c.Number + "=" + c.Type; show(c.Example, got) != want {
			t.Errorf("%q: %s, want %s", c.Example, show(c.Example, got), want)
		}
	}
}

func TestUnitsAreRead(t *testing.T) {
	for _, u := range units {
		for _, w := range strings.Fields(u.Words) {
			text := "with 7 " + strings.ReplaceAll(w, "/", " ") + " of it"
			if got := Find(text, tei.Span{End: len(text)}); len(got) != 1 || got[0].Unit != u.Unit || got[0].Quantity != "7" {
				t.Errorf("%q: %s", text, show(text, got))
			}
		}
	}
}

func TestWord(t *testing.T) {
	for w, n := range map[string]int{"eleven": 11, "Nine": 9, "twenty-five": 25, "twenty-eleven": 0, "filed": 0, "": 0, "-": 0, "forty": 40} {
		if got := Word(w); got != n {
			t.Errorf("Word(%q) = %d", w, got)
		}
	}
}

func TestPageNumbersAreRead(t *testing.T) {
	dir := os.Getenv("SIGLA_SHARED")
	if dir == "" {
		t.Skip("SIGLA_SHARED does not name the folder of sample documents")
	}
	if !filepath.IsAbs(dir) {
		if _, err := os.Stat(dir); err != nil {
			dir = filepath.Join("..", "..", dir)
		}
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "synthetic", "pages", "*.json"))
	want, found, typed, got := 0, 0, 0, 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Idnos []struct {
				Text, Type string
				Start      int
			}
		}
		if err := json.Unmarshal(b, &page); err != nil {
			t.Fatal(err)
		}
		src, err := os.ReadFile(strings.TrimSuffix(path, "json") + "txt")
		if err != nil {
			t.Fatal(err)
		}
		text := string(src)
		list := Find(text, tei.Span{Start: strings.Index(text, "**Contents:**"), End: len(text)})
		used := map[int]bool{}
		for _, w := range page.Idnos {
			want++
			start := len(string([]rune(text)[:w.Start]))
			ok := false
			for i, x := range list {
				if x.Kind == Idno && x.Span.Start < start+len(w.Text) && start < x.Span.End && strings.HasSuffix(w.Text, text[x.Span.Start:x.Span.End]) {
					used[i], ok = true, true
					found++
					if x.Type == w.Type {
						typed++
					} else {
						t.Logf("%s: %q is %s, read as %q", filepath.Base(path), w.Text, w.Type, x.Type)
					}
				}
			}
			if !ok {
				t.Logf("%s: %q is not read", filepath.Base(path), w.Text)
			}
		}
		for i, x := range list {
			got++
			if !used[i] {
				t.Logf("%s: beside: %s", filepath.Base(path), show(text, list[i:i+1]))
			}
			_ = x
		}
	}
	t.Logf("%d of %d numbers, %d of the type; %d items", found, want, typed, got)
	if want == 0 || found*100 < want*90 {
		t.Errorf("%d of %d numbers", found, want)
	}
}

func check(t *testing.T, text string) {
	t.Helper()
	at := 0
	for _, x := range Find(text, tei.Span{End: len(text)}) {
		if x.Span.Start < at || x.Span.End <= x.Span.Start || x.Span.End > len(text) {
			t.Fatalf("%q: %+v after %d", text, x, at)
		}
		at = x.Span.End
		switch x.Kind {
		case Idno:
			if !x.Span.Contains(x.Number) || x.Number.Len() == 0 || !strings.ContainsAny(text[x.Number.Start:x.Number.End], "0123456789") {
				t.Fatalf("%q: %+v", text, x)
			}
		case Measure:
			if x.Unit == "" || (x.Quantity == "") != (x.AtLeast != "") {
				t.Fatalf("%q: %+v", text, x)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, r := range readings {
		f.Add(r.text)
	}
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

func TestPairsKeepOrder(t *testing.T) {
	for _, a := range readings {
		for _, b := range readings {
			check(t, a.text+b.text)
			check(t, a.text+" "+b.text)
		}
	}
}

func TestTimeIsLinear(t *testing.T) {
	for _, unit := range []string{"№ ", "No. 5, ", "Nos. 1 and ", "one thousand ", "1/", "1,", "a ", "5 to ", "-", "N", "00/", " ", "hundred "} {
		took := func(n int) time.Duration {
			text := strings.Repeat(unit, n)
			best := time.Hour
			for range 3 {
				start := time.Now()
				Find(text, tei.Span{End: len(text)})
				best = min(best, time.Since(start))
			}
			return best
		}
		a, b := took(4000), took(32000)
		if b > 100*time.Millisecond && b > 40*a {
			t.Errorf("%q: %v for 4,000, %v for 32,000", unit, a, b)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("In reply to your telegram No. 5518 I report that of the forty kilometers of cable which were promised only eleven have been unloaded, and that the plan has been fulfilled by ten percent. ", 40)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, tei.Span{End: len(text)})
	}
}

// known looks words up in a buffer of this size.
func TestVocabularyIsShort(t *testing.T) {
	for w := range vocabulary() {
		if len(w) > 24 || !known(strings.ToUpper(w)) {
			t.Errorf("%q is not known", w)
		}
	}
}
