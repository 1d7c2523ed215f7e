package transforms

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sigla/tei"
)

// tables are lines with the cells that they are, one row a line; no rows where
// they are no table.
var tables = []struct{ name, lines, want string }{
	{"white space, figures on the right", "Goods        Planned   Delivered\nCoal           1,200         950\nSteel             40          40", "Goods|Planned|Delivered\nCoal|1,200|950\nSteel|40|40"},
	{"a long entry close to its neighbour", "Goods              Planned\nCoal (tons)          1,200\nFlour, first grade     310\nTea                  5,000", "Goods|Planned\nCoal (tons)|1,200\nFlour, first grade|310\nTea|5,000"},
	{"an empty cell", "District   1951   1952\nNorth       310    305\nSouth              290\nEast        120", "District|1951|1952\nNorth|310|305\nSouth||290\nEast|120|"},
	{"tabs", "Name\tOffice\tSince\nDorji\tdirector\t1951\nBatu\tbookkeeper\t1952", "Name|Office|Since\nDorji|director|1951\nBatu|bookkeeper|1952"},
	{"strokes", "| Year | Sheep |\n|------|-------|\n| 1951 | 40,000 |\n| 1952 | [illegible] |\n| 1953 | |", "Year|Sheep\n-\n1951|40,000\n1952|[illegible]\n1953|"},
	{"strokes inside only", "Year | Sheep\n1951 | 40,000\n1952 | 41,000", "Year|Sheep\n1951|40,000\n1952|41,000"},
	{"a drawn line under the heading", "Goods     Tons\n----------------\nCoal     1,200\nSteel       40\nLead         7", "Goods|Tons\n-\nCoal|1,200\nSteel|40\nLead|7"},
	{"sums of money", "Wheat       1.2 million rubles\nBarley      0.4 million rubles\nMaize          65,000 rubles", ""}, // figures with their unit are words too
	{"three columns of words", "Dorji      director      Ulaanbaatar\nBatu       bookkeeper    Choibalsan\nSukh       driver        Kobdo", "Dorji|director|Ulaanbaatar\nBatu|bookkeeper|Choibalsan\nSukh|driver|Kobdo"},
	{"dates behind names", "Dorji     12.5.51\nBatu      13.5.51\nSukh      1.6.51", "Dorji|12.5.51\nBatu|13.5.51\nSukh|1.6.51"},
	{"a stroke for none", "Coal      950\nSteel       -\nLead       12", "Coal|950\nSteel|-\nLead|12"},
	// no tables
	{"two lines", "Goods   Tons\nCoal     950", ""},
	{"two stanzas", "In the valley        the snow is deep\nand no man goes      upon the road.\nThe herdsmen sleep   beside their sheep\nand hear no load     and bear no load", ""},
	{"two signatures", "Minister of Trade            Head of the Mission\n[signature]                  [signature]\nD. Dorji                     A. Orlov", ""},
	{"two signatures without marks", "For the Ministry           For the Mission\nDorji                      Orlov\n12 May 1951                14 May 1951", ""},
	{"two addresses", "The Minister of Trade      Comrade A. Orlov\n12 Peace Street            4 Lenin Square\nUlaanbaatar                Moscow", ""},
	{"a numbered list", "1.  To send the coal.\n2.  To count the sheep.\n3.  To report in May.", ""},
	{"letters of a list", "a)  the coal\nb)  the sheep\nc)  the goats\nd)  the mill\ne)  the ford\nf)  the road", ""},
	{"years and what happened", "1951  The mill was built.\n1952  The ford was closed.\n1953  The road was paved.", ""},
	{"sentences with wide spaces", "The coal was sent.  It came late.\nThe steel came.  It was rusty.\nThe tea did not come.  Nobody knows why.", ""},
	{"columns that do not meet", "Coal    950   1\nThe steel of 1952    40 tons  2\nx  y   lead   3", ""},
	{"strokes in verse", "The snow is deep | and no man goes\nThe herdsmen sleep\nAnd hear | no load | and bear", ""},
	{"a bracket over two cells", "Coal   [950   tons]\nSteel  [40    tons]\nLead   [12    tons]", ""},
}

func cellsOf(page string, g grid) string {
	var rows []string
	for _, r := range g {
		if r.cells == nil {
			rows = append(rows, "-")
			continue
		}
		var cells []string
		for _, c := range r.cells {
			cells = append(cells, page[c.words.Start:c.words.End])
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return strings.Join(rows, "\n")
}

func TestTablesAreSure(t *testing.T) {
	for _, x := range tables {
		page := "Before.\n\n" + x.lines + "\n\nBehind.\n"
		lines := splitLines(page, tei.Span{End: len(page)})
		got := ""
		for _, g := range grids(page, lines) {
			got += cellsOf(page, g)
		}
		if got != x.want {
			t.Errorf("%s:\n%s\ngives\n%s", x.name, x.lines, got)
		}
	}
}

// What stands between cells comes back as it stood, and the lines round a table
// stay what they were.
func TestTablesAreConserved(t *testing.T) {
	for _, x := range tables {
		for _, page := range []string{x.lines, "Before.\n" + x.lines + "\nBehind.", "Dear Comrade Orlov,\n\nI report this. It is so.\n\n" + x.lines + "\n\nWith greetings,\n\nDORJI", "  " + strings.ReplaceAll(x.lines, "\n", "\n  ")} {
			r, err := Convert([]byte(page), Options{Name: "t.txt", From: "plain"})
			if err != nil {
				t.Errorf("%s: %v", x.name, err)
				continue
			}
			if n := strings.Count(string(r.TEI), "<table>"); n > 1 || n == 1 && x.want == "" {
				t.Errorf("%s: %d tables in\n%s", x.name, n, page)
			}
			if n := strings.Count(string(r.TEI), "<row>"); n > 0 && n != strings.Count(strings.ReplaceAll("\n"+x.want, "\n-", ""), "\n") {
				t.Errorf("%s: %d rows in\n%s", x.name, n, page)
			}
		}
	}
}

func TestStrangeTablesAreConserved(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"", "950", "1,200", "coal", "[illegible]", "Cde. Orlov", "12 May 1951", "-", "№ 5", "a|b", "[stamp: X]", "\"q\"", "[1]", "Xi’an", "40 km", "["}
	dividers := []string{"  ", "     ", "\t", " | ", "|", " ", "\u00a0\u00a0", "   |   "}
	for range 2000 {
		var page strings.Builder
		rows, cols := 2+r.IntN(4), 1+r.IntN(4)
		div := dividers[r.IntN(len(dividers))]
		for i := range rows {
			if r.IntN(8) == 0 {
				page.WriteString("-----  ----\n")
			}
			for c := range cols {
				if c > 0 {
					page.WriteString(div)
				}
				w := words[r.IntN(len(words))]
				if r.IntN(3) > 0 {
					w = fmt.Sprintf("%-12s", w)
				}
				page.WriteString(w)
			}
			if i < rows-1 {
				page.WriteString("\n")
			}
		}
		src := page.String()
		if strings.TrimSpace(src) == "" {
			continue
		}
		if _, err := Convert([]byte(src), Options{Name: "t.txt", From: "plain"}); err != nil {
			t.Fatalf("%v in\n%s", err, src)
		}
	}
}
