package xinclude_test

import (
	"bytes"
	"context"
	"fmt"
	"testing/fstest"

	"sigla/schemas/xinclude"
	"sigla/tei/diag"
)

func ExampleExpand() {
	files := fstest.MapFS{
		"edition.xml":     {Data: []byte(`<body xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="letters/one.xml"/></body>`)},
		"letters/one.xml": {Data: []byte("<div>\n <p>One</p>\n</div>")},
	}
	d, faults, err := xinclude.Expand(context.Background(), files, "edition.xml", files["edition.xml"].Data, xinclude.Options{})
	if err != nil || len(faults) > 0 {
		fmt.Println(faults, err)
		return
	}
	offset := bytes.Index(d.Bytes, []byte("<p>"))
	f := d.Place(diag.Finding{Pos: diag.NewLines("edition.xml", string(d.Bytes)).Pos(offset), Code: "x/y", Message: "here"})
	fmt.Println(f)
	fmt.Println(f.Related[0].Pos, f.Related[0].Message)
	// Output:
	// letters/one.xml:2:2: here [x/y]
	// edition.xml:1:50 included here
}
