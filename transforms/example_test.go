package transforms_test

import (
	"fmt"
	"strings"

	"sigla/transforms"
)

// A source goes in as bytes; TEI, findings and decisions come out.
func Example() {
	src := []byte("Dear Comrade Orlov,\n\nThe boats [are] to be counted by 4 May 1952.\n\nWith greetings,\n\nP. LUKIN\n")
	result, err := transforms.Convert(src, transforms.Options{Name: "letter.txt"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(string(result.TEI), `<date when="1952-05-04">4 May 1952</date>`))
	for _, d := range result.Decisions {
		if d.Pass == "brackets" {
			fmt.Printf("%d:%d %s is %s\n", d.Line, d.Column, d.Text, d.What)
		}
	}
	fmt.Println(len(result.Findings), "findings")
	// Output:
	// true
	// 3:11 [are] is brk.subaudible
	// 0 findings
}
