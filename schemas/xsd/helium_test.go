//go:build !cgo

package xsd

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// What helium would work on for hours or for ever is refused at once, however
// short it is.
func TestWhatHeliumCannotDoIsRefused(t *testing.T) {
	letter := func(model string) string {
		return `<xs:element name="r"><xs:complexType>` + model + `</xs:complexType></xs:element>`
	}
	groups, nested := "", `<xs:element name="x"/>`
	for i := range 30 {
		groups += fmt.Sprintf(`<xs:group name="g%d"><xs:sequence><xs:group ref="g%d"/><xs:group ref="g%d"/></xs:sequence></xs:group>`, i, i+1, i+1)
		nested = fmt.Sprintf(`<xs:choice minOccurs="0" maxOccurs="3">%s<xs:element name="e%d"/></xs:choice>`, nested, i)
	}
	groups += `<xs:group name="g30"><xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence></xs:group>`
	many := ""
	for i := range 2000 {
		many += fmt.Sprintf(`<xs:element name="a%d" minOccurs="0"/>`, i)
	}
	for i := range 600 {
		groups += fmt.Sprintf(`<xs:element name="s%d" type="xs:string" substitutionGroup="r"/>`, i)
	}
	for what, in := range map[string]string{
		"groups that double":      groups + letter(`<xs:group ref="g0"/>`),
		"choices in choices":      letter(nested),
		"many that stand for one": groups + letter(`<xs:sequence><xs:element ref="r"/></xs:sequence>`),
		"a long all":              letter("<xs:all>" + many + "</xs:all>"),
		"a long choice":           letter(`<xs:choice maxOccurs="unbounded">` + many + "</xs:choice>"),
	} {
		start := time.Now()
		_, err := Compile(tree{"a.xsd": schema(in)}, "a.xsd")
		var e *Error
		if !errors.As(err, &e) || e.Findings[0].Code != codeLimit || !strings.Contains(e.Findings[0].Message, "RELAX NG") {
			t.Errorf("%s: %v", what, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %v", what, took)
		}
	}
}

func TestMixedTypesWithoutModelHoldNoElement(t *testing.T) {
	s := compile(t, tree{"a.xsd": schema(`<xs:complexType name="m" mixed="true"><xs:attribute name="q"/></xs:complexType>
<xs:complexType name="e"><xs:attribute name="q"/></xs:complexType>
<xs:element name="a"><xs:complexType mixed="true"><xs:complexContent><xs:extension base="m"/></xs:complexContent></xs:complexType></xs:element>
<xs:element name="b"><xs:complexType mixed="1"><xs:annotation/></xs:complexType></xs:element>
<xs:element name="c"><xs:complexType><xs:complexContent mixed="true"><xs:restriction base="xs:anyType"><xs:attribute name="x"/></xs:restriction></xs:complexContent></xs:complexType></xs:element>
<xs:element name="d" type="m"/><xs:element name="e" type="e"/>
<xs:element name="f"><xs:complexType mixed="true"><xs:complexContent><xs:restriction base="m"/></xs:complexContent></xs:complexType></xs:element>`)}, "a.xsd")
	for _, name := range []string{"a", "b", "c", "d", "f"} {
		if l := validate(t, s, "<"+name+">words</"+name+">"); len(l) > 0 {
			t.Errorf("%s: %v", name, l)
		}
		if l := validate(t, s, "<"+name+">words<p/></"+name+">"); len(l) == 0 {
			t.Errorf("an element stands in %s", name)
		}
	}
	if l := validate(t, s, "<e>words</e>"); len(l) == 0 {
		t.Error("words stand in an empty element")
	}
}
