package lint_test

import (
	"context"
	"fmt"

	"sigla/schemas/lint"
)

func ExampleFile() {
	doc := []byte(`<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <p xml:id="goethe">On <date when="1951-02-30">that day</date></p>
 <p corresp="#gothe"/>
</TEI>`)
	result, err := lint.File(context.Background(), "letter.xml", doc, lint.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range result.Findings {
		fmt.Println(f)
	}
	// Output:
	// letter.xml:2:36: @when is "1951-02-30", which is no date: February has 28 days, or 29 in a leap year [lint/date-impossible]
	// letter.xml:3:14: @corresp points to "#gothe", but no element of this file has the xml:id "gothe"; did you mean #goethe? [lint/pointer-dangling]
}
