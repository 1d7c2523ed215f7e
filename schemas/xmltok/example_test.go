package xmltok_test

import (
	"fmt"

	"sigla/schemas/xmltok"
)

func Example() {
	doc := `<letter xmlns="http://www.tei-c.org/ns/1.0" n="7">
  <salute>Dear &#77;ary,</salute>
  <p>All is well & quiet.</p>
</letter>`
	t := xmltok.NewBytes("letter.xml", []byte(doc), nil)
	for {
		kind, err := t.Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		switch kind {
		case xmltok.EOF:
			return
		case xmltok.StartElement:
			p := t.Pos(t.Offset)
			fmt.Printf("%d:%d %s in %s\n", p.Line, p.Column, t.Name.Local, t.Name.Space)
			for _, a := range t.Attrs {
				fmt.Printf("  %s is %q\n", a.Name.Local, a.Value)
			}
		case xmltok.Text:
			if !t.Blank {
				fmt.Printf("  %q\n", t.Text)
			}
		}
	}
	// Output:
	// 1:1 letter in http://www.tei-c.org/ns/1.0
	//   n is "7"
	// 2:3 salute in http://www.tei-c.org/ns/1.0
	//   "Dear "
	//   "M"
	//   "ary,"
	// 3:3 p in http://www.tei-c.org/ns/1.0
	//   "All is well "
	// letter.xml:3:18: & that begins no reference; write &amp; for the character itself [xml/reference]
}
