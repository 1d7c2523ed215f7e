package schematron

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Of a pattern's rules the first that matches applies; what is expected is by
// that sentence of the standard.
func TestARuleThatNeverFiresIsTold(t *testing.T) {
	for _, c := range []struct {
		first, later string
		never        bool
	}{
		{"*", "p", true},
		{"p", "p", true},
		{"p", "p[@n]", true},
		{"p", "div[p]/p[@n = ']'][1]", true},
		{"//p", "div//p", true},
		{"x:*", "x:p", true},
		{"p[@n]", "p[@n]", true},
		{"p[@n]", "p", false},
		{"p", "div/p/hi", false},
		{"div/p", "p", false},
		{"p", "@p", false},
		{"*", "@n", false},
		{"*", "text()", false},
		{"p", "p | hi", false},
		{"p", "(div)/p", false},
		{"p", "x:p", false},
		{"x:*", "p", false},
		{"p", "hi", false},
	} {
		text := `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><ns prefix="x" uri="urn:x"/><pattern>` +
			`<rule context="` + c.first + `"><assert test="1">a</assert></rule><rule context="` + c.later + `"><assert test="1">b</assert></rule></pattern></schema>`
		s, err := Compile(fstest.MapFS{"r.sch": {Data: []byte(text)}}, "r.sch", CompileOptions{})
		if err != nil {
			t.Errorf("%s, %s: %v", c.first, c.later, err)
			continue
		}
		l := s.Remarks()
		if never := len(l) == 1 && strings.Contains(l[0].Message, "never fires"); never != c.never {
			t.Errorf("%s, %s: %v, never fires is to be %v", c.first, c.later, l, c.never)
		}
	}
}
