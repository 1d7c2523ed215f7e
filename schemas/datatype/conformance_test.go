package datatype

import (
	"strings"
	"testing"
)

// The lexical spaces, from the clauses of XML Schema Part 2 (second edition).
// ⏎ is a line break.
var lexical = []struct {
	types   string
	valid   []string
	invalid []string
}{
	{"string normalizedString token", []string{"", " ", "a  b", "a⏎b", "кот", "𐀀", "<&>"}, nil},

	// 3.2.2
	{"boolean", []string{"true", "false", "1", "0", " true⏎"}, []string{"", "TRUE", "True", "yes", "01", "2", "t", "true false"}},

	// 3.2.3
	{"decimal", []string{"0", "-1.23", "12678967.543233", "+100000.00", "210", ".5", "5.", "-.5", "+.0", " 1 ", strings.Repeat("9", 400) + ".1"},
		[]string{"", "+", "-", ".", "+.", "1e3", "1,5", "1 000", "--1", "1-", "0x1", "INF", "NaN", "٣", "1.2.3"}},

	// 3.3.13 to 3.3.25
	{"integer", []string{"-1", "0", "12678967543233", "+100000", "-0", "007", strings.Repeat("9", 400)}, []string{"", "1.0", "1.", ".1", "+", "1e3", "- 1"}},
	{"nonPositiveInteger", []string{"-1", "0", "+0", "-000", "-99999999999999999999"}, []string{"1", "+1", "0.0", "99999999999999999999"}},
	{"negativeInteger", []string{"-1", "-001", "-99999999999999999999"}, []string{"0", "-0", "1", "00"}},
	{"nonNegativeInteger", []string{"1", "0", "-0", "+0", "12678967543233", "+100000", "99999999999999999999"}, []string{"-1", "-01", "1.0", ""}},
	{"positiveInteger", []string{"1", "+1", "0001", "99999999999999999999"}, []string{"0", "-1", "+0", "-0"}},
	{"long", []string{"9223372036854775807", "-9223372036854775808", "009223372036854775807", "0"},
		[]string{"9223372036854775808", "-9223372036854775809", "99999999999999999999"}},
	{"int", []string{"2147483647", "-2147483648"}, []string{"2147483648", "-2147483649"}},
	{"short", []string{"32767", "-32768"}, []string{"32768", "-32769"}},
	{"byte", []string{"127", "-128", "+127", "0000000000000000000000127"}, []string{"128", "-129", "1000"}},
	{"unsignedLong", []string{"18446744073709551615", "0", "-0"}, []string{"18446744073709551616", "-1"}},
	{"unsignedInt", []string{"4294967295"}, []string{"4294967296", "-1"}},
	{"unsignedShort", []string{"65535"}, []string{"65536", "-1"}},
	{"unsignedByte", []string{"255", "+0"}, []string{"256", "-1"}},

	// 3.2.4, 3.2.5
	{"float double", []string{"-1E4", "1267.43233E12", "12.78e-2", "12", "INF", "-INF", "NaN", "-0", "0", ".5", "5.", "1e400", "1E+07"},
		[]string{"", "+INF", "inf", "nan", "-NaN", "1e", "e1", "1e1.0", "1 e1", "Infinity", "0x1p3", "1f", "1d", ".", ".e1"}},

	// 3.2.6: at least one digit follows the point; T only before what it begins
	{"duration", []string{"P1347Y", "P1347M", "P1Y2MT2H", "P0Y1347M", "P0Y1347M0D", "-P1347M", "PT0S", "P1Y2M3DT10H30M5.5S", "PT36H", "P" + strings.Repeat("9", 50) + "Y"},
		[]string{"", "P", "-P", "PT", "P1Y2MT", "P-1347M", "1Y", "P1S", "P1H", "P1M1Y", "P1.5Y", "PT1.5M", "PT1.S", "PT.5S", "P1W", "+P1Y", "p1y", "P 1Y", "PT1M1H", "P1YT1Y", "P1Y1Y", "PTT1S"}},

	// 3.2.7, appendix D
	{"dateTime", []string{"2002-10-10T12:00:00-05:00", "2002-10-10T17:00:00Z", "2002-10-10T24:00:00", "2002-12-31T24:00:00.0Z", "1999-05-31T13:20:00", "-0044-03-15T00:00:00", "12002-01-01T00:00:00", "2000-02-29T23:59:59.123456789", "1998-12-31T23:59:60Z", "2002-10-10T00:00:00+14:00", "2002-10-10T00:00:00-14:00"},
		[]string{"", "2002-10-10", "2002-10-10 12:00:00", "2002-10-10T12:00", "2002-10-10T12:00:00.", "2002-10-10T24:00:01", "2002-10-10T24:01:00", "2002-10-10T24:00:00.5", "2002-10-10T25:00:00", "2002-10-10T12:60:00", "2002-10-10T12:00:61", "2001-02-29T12:00:00", "2002-10-10T12:00:00+14:01", "2002-10-10T12:00:00+1:00", "2002-10-10T12:00:00z", "2002-10-10t12:00:00", "02002-10-10T12:00:00", "0000-01-01T00:00:00", "202-10-10T12:00:00"}},
	// 3.2.8
	{"time", []string{"13:20:00", "13:20:00-05:00", "00:00:00Z", "23:59:59.999", "24:00:00"}, []string{"", "13:20", "1:20:00", "13:20:00.", "24:00:01", "13.20.00", "13:20:00+15:00", "1320", "13:20:00-05"}},
	// 3.2.9: a year has no zeros before more than four digits, and is not 0000
	{"date", []string{"1999-10-26", "1999-10-26Z", "1999-10-26+12:00", "-0001-02-29", "2000-02-29", "10000-01-01", "-10000-12-31", "123456789012345678901234-02-28"},
		[]string{"", "1999-10-32", "1999-13-01", "1999-00-01", "1999-01-00", "1900-02-29", "2100-02-29", "1999-02-29", "1999-04-31", "0000-01-01", "-0000-01-01", "01999-01-01", "99-10-26", "+1999-10-26", "1999-1-1", "19991026", "1999/10/26", "1999-10-26T00:00:00", "1999-10-26 Z", "26-10-1999"}},
	{"gYearMonth", []string{"1999-05", "1999-05Z", "-0044-03", "12345-01+02:00"}, []string{"", "1999-5", "1999-13", "1999-00", "1999", "1999-05-01", "0000-05", "99-05"}},
	{"gYear", []string{"1999", "1999Z", "-0044", "0044", "12345", "1999-05:00"}, []string{"", "99", "0000", "-0000", "01999", "1999-05", "+1999", "--1999"}},
	{"gMonthDay", []string{"--05-31", "--02-29", "--05-31Z", "--12-31-14:00"}, []string{"", "--02-30", "--04-31", "--13-01", "--00-01", "--05-00", "-05-31", "05-31", "--5-31"}},
	{"gDay", []string{"---31", "---01Z", "---15+01:00"}, []string{"", "---32", "---00", "---1", "--31", "31"}},
	// 3.2.14: --MM, and not the --MM-- of the first edition
	{"gMonth", []string{"--05", "--12Z", "--01-01:00"}, []string{"", "--05--", "--5", "--13", "--00", "-05", "05"}},

	// 3.2.15
	{"hexBinary", []string{"", "0FB7", "0fb7", "  0FB7⏎"}, []string{"0FB", "0G", "0F B7", "0x0F"}},
	// 3.2.16: bits that belong to no byte are zeros
	{"base64Binary", []string{"", "AAAA", "AA==", "AAA=", "A A A A", "AA⏎==", "AAAAAAA="}, []string{"A", "AA", "AAA", "AAAAA", "A===", "====", "AB==", "AAB=", "AA=A", "AA=", "AA-_", "=AAA", "AAAA="}},

	// 3.2.17, RFC 2396 with RFC 2732
	{"anyURI", []string{"", "http://www.example.com/", "a", "../a?b#c", "#", "?", "urn:isbn:0451450523", "mailto:a@b", "a b", "é", "{}|^`<>\"\\", "%20", "a/b:c", "./1:a", "http://[::1]/", "//[1:2:3:4:5:6:7:8]:80/", "http://u:p@h:8/", "a?[]", "a#[]", "//?a", "///", "a:[b]"},
		[]string{"%", "a%2", "%zz", "a#b#c", "1a:b", ":", ":a", "a:", "a_b:c", "a b:c", "http://", "//", "a:#b", "a[", "http://a/]", "http://[", "http://[]/", "http://[::1", "http://[1.2.3.4]/", "http://[::1]:x/", "[::1]"}},

	// 3.2.18, 3.2.19; the prefixes x and y are declared
	{"QName NOTATION", []string{"a", "x:a", "xml:lang", " y:b "}, []string{"", "z:a", ":a", "a:", "x:y:a", "x:1", "1:a", "x: a", "a b"}},

	// 3.3.3
	{"language", []string{"en", "en-GB", "i-klingon", "x-a-b", "sr-Latn-RS", "de-1996", "abcdefgh-12345678"},
		[]string{"", "en_GB", "en-", "-en", "en--GB", "1n", "abcdefghi", "en-abcdefghi", "en GB", "é", "e1"}},
	// 3.3.4 to 3.3.7: names of XML 1.0 in its second edition
	{"NMTOKEN", []string{"a", "1", "-", ".", ":", "a.b-c_d:e", "·", "кот", "a٣"}, []string{"", "a b", "a,b", "§", "(", "\u2009", "𐀀"}},
	{"NMTOKENS", []string{"a", "a b", "  1  2⏎3 "}, []string{"", " ", "a, b"}},
	{"Name", []string{"a", ":", "_", "a:b:c", "é", "кот", "a-1", "a·"}, []string{"", "1", "-", ".", "·a", "a b", "a,", "𐀀", "٣"}},
	{"NCName ID IDREF", []string{"a", "_", "é1", "a-b.c"}, []string{"", ":", "a:b", "1a", "a b"}},
	{"IDREFS", []string{"a", "a b", "⏎a⏎ b"}, []string{"", "a 1", "a:b"}},
	// 3.3.11, 3.3.12; the entity seal is declared
	{"ENTITY", []string{"seal", " seal "}, []string{"", "map", "seal seal", "1"}},
	{"ENTITIES", []string{"seal", "seal seal"}, []string{"", "seal map"}},
}

// somewhere is a place with two namespaces and an entity.
var somewhere = place{map[string]string{"x": "urn:x", "x2": "urn:x", "y": "urn:y"}, map[string]string{"seal": "jpeg"}}

func TestLexicalSpaces(t *testing.T) {
	told := map[string]bool{}
	for _, x := range lexical {
		for name := range strings.FieldsSeq(x.types) {
			told[name] = true
			c := checker(t, name)
			for _, v := range x.valid {
				v = strings.ReplaceAll(v, "⏎", "\n")
				if !c.Allows([]byte(v), somewhere) {
					t.Errorf("%s refuses %q", name, v)
				}
				if _, err := c.Type().Value(v, somewhere); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			for _, v := range x.invalid {
				v = strings.ReplaceAll(v, "⏎", "\n")
				if c.Allows([]byte(v), somewhere) {
					t.Errorf("%s allows %q", name, v)
				}
				if _, err := c.Type().Value(v, somewhere); err == nil {
					t.Errorf("%s has the value %q", name, v)
				}
			}
		}
	}
	for _, r := range rows {
		if !told[r.name] && r.name != "anyAtomicType" && r.name != "untypedAtomic" {
			t.Errorf("nothing is told of %s", r.name)
		}
	}
}

// The value spaces: what is written in two ways and equal, and what is not.
var values = []struct {
	types    string
	equal    [][2]string
	distinct [][2]string
}{
	{"string", [][2]string{{"a", "a"}}, [][2]string{{"a", "a "}, {"a b", "a⏎b"}, {"a", "A"}, {"", " "}}},
	{"normalizedString", [][2]string{{"a b", "a⏎b"}}, [][2]string{{"a b", "a  b"}, {"a", " a"}}},
	{"token anyURI", [][2]string{{"a b", " a⏎ b "}, {"", " "}}, [][2]string{{"a b", "ab"}, {"a", "A"}, {"a", "a a"}, {"a a", "a"}}},
	{"NMTOKENS IDREFS", [][2]string{{"a b", " a⏎ b "}}, [][2]string{{"a b", "b a"}, {"a", "a a"}}},
	{"NCName language NMTOKEN", [][2]string{{"en", " en "}}, [][2]string{{"en", "EN"}}},
	{"boolean", [][2]string{{"true", "1"}, {"false", "0"}, {" 0", "false "}}, [][2]string{{"true", "false"}, {"1", "0"}}},
	{"decimal", [][2]string{{"1", "1.0"}, {"01", "1."}, {".5", "0.50"}, {"-0", "0"}, {"+1", "1"}, {"1" + strings.Repeat("0", 30), "1" + strings.Repeat("0", 30) + ".0"}},
		[][2]string{{"1", "1.1"}, {"1", "-1"}, {"10", "1"}, {"1" + strings.Repeat("0", 30), "1" + strings.Repeat("0", 29) + "1"}, {"0.1", "0.01"}}},
	{"integer", [][2]string{{"1", "01"}, {"-0", "+0"}, {"-1", "-001"}}, [][2]string{{"1", "-1"}, {"1", "1.0"}}},
	{"float", [][2]string{{"1", "1.0e0"}, {"NaN", "NaN"}, {"0", "-0"}, {"16777217", "16777216"}, {"1e39", "INF"}, {"100", "1E2"}}, [][2]string{{"1", "NaN"}, {"INF", "-INF"}}},
	{"double", [][2]string{{"0.1", "1e-1"}, {"NaN", "NaN"}, {"1e400", "INF"}}, [][2]string{{"16777217", "16777216"}, {"INF", "NaN"}}},
	{"duration", [][2]string{{"P1Y", "P01Y"}, {"PT1S", "PT1.00S"}, {"P0Y", "-PT0S"}, {"P1Y0M", "P1Y"}}, [][2]string{{"P1Y", "P12M"}, {"PT60S", "PT1M"}, {"P1Y", "-P1Y"}, {"P1M", "P30D"}}},
	{"dateTime", [][2]string{{"2000-01-01T12:00:00Z", "2000-01-01T13:00:00+01:00"}, {"2000-01-01T00:00:00Z", "1999-12-31T19:00:00-05:00"}, {"2000-01-01T00:00:00.10", "2000-01-01T00:00:00.1"}, {"1999-12-31T24:00:00", "2000-01-01T00:00:00"}, {"2000-03-01T00:00:00+01:00", "2000-02-29T23:00:00Z"}, {"-0001-01-01T00:00:00+01:00", "-0002-12-31T23:00:00Z"}},
		[][2]string{{"2000-01-01T12:00:00", "2000-01-01T12:00:00Z"}, {"2000-01-01T00:00:00.123456789123", "2000-01-01T00:00:00.123456789124"}}},
	{"time", [][2]string{{"12:00:00Z", "13:00:00+01:00"}, {"12:00:00", "12:00:00.0"}}, [][2]string{{"12:00:00", "12:00:00Z"}, {"00:30:00+01:00", "23:30:00Z"}}},
	{"date", [][2]string{{"2000-01-01Z", "2000-01-01+00:00"}, {"2002-10-10+13:00", "2002-10-09-11:00"}}, [][2]string{{"2000-01-01", "2000-01-01Z"}, {"2000-01-01", "2000-01-02"}, {"0001-01-01", "-0001-01-01"}}},
	{"gYear", [][2]string{{"2000Z", "2000-00:00"}}, [][2]string{{"2000Z", "2000+01:00"}, {"123456789012345678901", "123456789012345678902"}}},
	{"gMonth", [][2]string{{"--05Z", "--05+00:00"}}, [][2]string{{"--05", "--06"}}},
	{"hexBinary", [][2]string{{"0fB7", "0Fb7"}, {"", " "}}, [][2]string{{"0F", "0F0F"}, {"00", ""}}},
	{"base64Binary", [][2]string{{"AAAA", "AA A A"}, {"AA==", "AA = ="}}, [][2]string{{"AAAA", "aaaa"}, {"AA==", "AAA="}}},
	{"QName NOTATION", [][2]string{{"x:a", "x2:a"}, {"a", " a "}}, [][2]string{{"x:a", "y:a"}, {"x:a", "a"}, {"x:a", "x:b"}, {"x:a", "z:a"}}},
	{"ENTITY", [][2]string{{"seal", " seal"}}, [][2]string{{"seal", "map"}}},
}

func TestValueSpaces(t *testing.T) {
	for _, x := range values {
		for name := range strings.FieldsSeq(x.types) {
			ask := func(pair [2]string, want bool) {
				t.Helper()
				for i := range 2 {
					a, b := strings.ReplaceAll(pair[i], "⏎", "\n"), strings.ReplaceAll(pair[1-i], "⏎", "\n")
					v, err := typeOf(t, name).Value(a, somewhere)
					if err != nil {
						if want {
							t.Error(err)
						}
						continue
					}
					if v.Equal([]byte(b), somewhere) != want {
						t.Errorf("%s: %q equals %q: %v", name, a, b, !want)
					}
				}
			}
			for _, p := range x.equal {
				ask(p, true)
			}
			for _, p := range x.distinct {
				ask(p, false)
			}
		}
	}
}

func TestValueIsAsWritten(t *testing.T) {
	v, err := typeOf(t, "token").Value(" a  b ", nil)
	if err != nil {
		t.Fatal(err)
	}
	if v.Literal() != " a  b " || v.Type() != typeOf(t, "token") {
		t.Errorf("%q of %s", v.Literal(), v.Type().Name())
	}
}

// Facets, from clause 4.3. Parameters are written name=value, with | between.
var facets = []struct {
	typ, params string
	valid       []string
	invalid     []string
}{
	// 4.3.1 to 4.3.3: characters, bytes or items, with white space processed
	{"string", "length=3", []string{"abc", "a b", "  a", "𐀀𐀀𐀀", "\n\n\n"}, []string{"ab", "abcd", "", " abc"}},
	{"token", "length=3", []string{"abc", "  abc ", "a  b", "a\n\nb"}, []string{"a b c", "ab"}},
	{"normalizedString", "maxLength=2", []string{"", "\n\n"}, []string{"a  "}},
	{"string", "minLength=2|maxLength=3", []string{"ab", "abc", "éé"}, []string{"a", "abcd"}},
	{"anyURI", "maxLength=3", []string{"a  b", "é é"}, []string{"%20%20"}},
	{"hexBinary", "length=2", []string{"0FB7", " 0FB7"}, []string{"0F", "0FB70F"}},
	{"base64Binary", "minLength=2|maxLength=3", []string{"AAA=", "A AAA"}, []string{"AA==", "AAAAAA==", ""}},
	{"NMTOKENS", "length=2", []string{"a b", " a\n\nb "}, []string{"a", "a b c"}},
	{"IDREFS", "maxLength=1", []string{"abc"}, []string{"a b"}},
	{"string", "maxLength=99999999999999999999", []string{"", "a"}, nil},
	{"string", "minLength=99999999999999999999", nil, []string{"", "a"}},
	{"string", "length= +2 ", []string{"ab"}, []string{"a"}},
	{"NCName", "maxLength=0", nil, []string{"a", ""}},

	// 4.3.4: the pattern is of the value with white space processed; all have to match
	{"string", "pattern=a.c", []string{"abc"}, []string{"abcd", "xabc", "a\nc", " abc"}},
	{"token", "pattern=a c", []string{"a c", " a \n c "}, []string{"ac"}},
	{"normalizedString", "pattern= a  c", []string{"\na\t\tc"}, []string{"a c"}},
	{"token", "pattern=a.*|pattern=.*b", []string{"ab", "a b", "aab"}, []string{"a", "b", "ba"}},
	{"integer", "pattern=[0-9]{2}", []string{"01", " 12 "}, []string{"1", "+1", "123"}},
	{"date", "pattern=19.*", []string{"1951-11-01"}, []string{"2051-11-01", "19"}},
	{"NMTOKENS", "pattern=a b", []string{"a  b"}, []string{"a b c"}},
	{"QName", "pattern=x:.*", []string{"x:a"}, []string{"y:a", "a"}},

	// 4.3.7 to 4.3.10
	{"integer", "minInclusive=-5|maxExclusive=5", []string{"-5", "4", "+04", "-0"}, []string{"-6", "5", "05"}},
	{"integer", "minExclusive=99999999999999999999", []string{"100000000000000000000"}, []string{"99999999999999999999", "1"}},
	{"decimal", "minInclusive=0.5|maxInclusive=1.5", []string{".5", "1.50", "1"}, []string{"0.49999999999999999999999", "1.50000000000000000000001", "-1"}},
	{"decimal", "minExclusive=-1.5", []string{"-1.4999", "0"}, []string{"-1.5", "-1.50", "-2"}},
	{"unsignedByte", "maxInclusive=9", []string{"9", "0"}, []string{"10", "-1", "256"}},
	{"double", "minInclusive=0|maxExclusive=INF", []string{"-0", "1e300"}, []string{"INF", "NaN", "-1e-300"}},
	{"float", "minInclusive=NaN", []string{"NaN"}, []string{"1", "INF"}},
	{"float", "minExclusive=0", []string{"1e-40"}, []string{"-0", "0"}},
	{"date", "minInclusive=1900-01-01|maxInclusive=1999-12-31", []string{"1900-01-01", "1999-12-31", "1950-06-15Z"}, []string{"1899-12-31", "2000-01-01", "-1950-01-01", "1900-01-01Z", "11950-01-01"}},
	// 3.2.7.4: without a zone, a value may be up to 14 hours off
	{"dateTime", "maxExclusive=2000-01-01T12:00:00Z", []string{"1999-12-31T21:59:59", "2000-01-01T12:59:59+01:00"}, []string{"1999-12-31T22:00:00", "2000-01-01T12:00:00Z"}},
	{"dateTime", "minExclusive=2000-01-01T12:00:00", []string{"2000-01-02T02:00:01Z", "2000-01-01T12:00:00.001"}, []string{"2000-01-02T02:00:00Z", "2000-01-01T12:00:00"}},
	{"dateTime", "minInclusive=1999-01-01T12:00:59.5", []string{"1999-01-01T12:00:60", "1999-01-01T12:00:59.50"}, []string{"1999-01-01T12:00:59.49"}},
	{"gYear", "minInclusive=-0044|maxExclusive=10000", []string{"-0044", "0001", "9999"}, []string{"-0045", "10000", "-12000"}},
	{"gYear", "maxInclusive=123456789012345678901234567890", []string{"123456789012345678901234567890", "0001", "-99999999999999999999999"}, []string{"123456789012345678901234567891"}},
	{"gYear", "minExclusive=-99999999999999999999999", []string{"-99999999999999999999998", "2000"}, []string{"-99999999999999999999999", "-100000000000000000000000"}},
	{"gMonthDay", "maxExclusive=--03-01", []string{"--02-29", "--01-01"}, []string{"--03-01", "--12-31"}},
	{"gDay", "minInclusive=---15", []string{"---15", "---31"}, []string{"---14"}},
	{"gMonth", "maxInclusive=--06", []string{"--06", "--01"}, []string{"--07"}},
	{"time", "minInclusive=09:00:00|maxExclusive=17:00:00", []string{"09:00:00", "16:59:59.9"}, []string{"08:59:59", "17:00:00"}},
	// 3.2.6.2: only what is so from each of four dates
	{"duration", "minExclusive=P1M", []string{"P32D", "P2M", "P1M1D", "P1MT0.1S"}, []string{"P28D", "P30D", "P31D", "P1M", "-P1Y"}},
	{"duration", "maxExclusive=P1M", []string{"P27D", "PT1S", "-P5Y", "P0D"}, []string{"P28D", "P31D", "P1M"}},
	{"duration", "minInclusive=P1Y", []string{"P1Y", "P367D", "P13M"}, []string{"P365D", "P366D", "P12M"}},
	{"duration", "minExclusive=P9999999999Y", []string{"P10000000000Y", "P9999999999Y1M"}, []string{"P9999999999Y", "P1Y"}},
	{"duration", "maxExclusive=-PT0.5S", []string{"-PT0.6S", "-P1D"}, []string{"-PT0.5S", "-PT0.4S", "PT0.6S"}},

	// 4.3.11, 4.3.12: of the value, not of how it is written
	{"decimal", "totalDigits=3", []string{"123", "0123", "1.23", "123.0", "-12.3", ".123", "0", "0.00"}, []string{"1234", "1230", "12.34", "0.0012"}},
	{"decimal", "fractionDigits=2", []string{"1.23", "1.230", "1", "1.", "-0.10"}, []string{"1.234", ".001"}},
	{"decimal", "totalDigits=3|fractionDigits=1", []string{"12.3", "123"}, []string{"1.23", "1234"}},
	{"integer", "totalDigits=2|fractionDigits=0", []string{"99", "-0099"}, []string{"100"}},
}

func params(s string) []Param {
	var out []Param
	for p := range strings.SplitSeq(s, "|") {
		name, value, _ := strings.Cut(p, "=")
		switch {
		case strings.Contains(p, "="):
			out = append(out, Param{name, value})
		case len(out) > 0: // a bar in a pattern
			out[len(out)-1].Value += "|" + p
		}
	}
	return out
}

func TestFacets(t *testing.T) {
	for _, x := range facets {
		c, err := typeOf(t, x.typ).Checker(params(x.params), somewhere)
		if err != nil {
			t.Errorf("%s %s: %v", x.typ, x.params, err)
			continue
		}
		for _, v := range x.valid {
			if !c.Allows([]byte(v), somewhere) {
				t.Errorf("%s %s refuses %q", x.typ, x.params, v)
			}
		}
		for _, v := range x.invalid {
			if c.Allows([]byte(v), somewhere) {
				t.Errorf("%s %s allows %q", x.typ, x.params, v)
			}
		}
		if len(c.Params()) != len(params(x.params)) || c.Type() != typeOf(t, x.typ) {
			t.Errorf("%s %s is told as %s %v", x.typ, x.params, c.Type().Name(), c.Params())
		}
	}
}

// Parameters that are wrong, and a part of what is said.
var wrongParams = []struct{ typ, params, says string }{
	{"token", "enumeration=a", "choice"},
	{"token", "whiteSpace=collapse", "no parameter in RELAX NG"},
	{"token", "maxLenght=3", "did you mean maxLength?"},
	{"token", "frobnicate=3", "no parameter"},
	{"token", "length=a", "not a whole number"},
	{"token", "length=-1", "less than 0"},
	{"token", "maxLength=1.0", "not a whole number"},
	{"token", "minLength=3|maxLength=2", "minLength is 3 and maxLength is 2"},
	{"token", "length=1|minLength=2", "minLength is 2 and length is 1"},
	{"token", "length=3|maxLength=2", "length is 3 and maxLength is 2"},
	{"token", "length=3|length=3", "given twice"},
	{"token", "pattern=a(", "( is not closed"},
	{"token", "minInclusive=a", "no order"},
	{"token", "totalDigits=3", "digits are counted of decimal"},
	{"boolean", "length=1", "lengths are of"},
	{"boolean", "minInclusive=0", "no order"},
	{"QName", "length=1", "lengths are of"},
	{"integer", "maxLength=1", "lengths are of"},
	{"integer", "minInclusive=1.5", "has a fraction"},
	{"integer", "minInclusive=a", "not a whole number"},
	{"positiveInteger", "minInclusive=0", "less than 1"},
	{"byte", "maxInclusive=200", "greater than 127"},
	{"integer", "minInclusive=5|maxInclusive=3", "no value is allowed"},
	{"integer", "minExclusive=5|maxInclusive=5", "no value is allowed"},
	{"integer", "maxExclusive=5|minInclusive=5", "no value is allowed"},
	{"integer", "minInclusive=5|minExclusive=3", "one bound is enough"},
	{"integer", "fractionDigits=1", "no fraction"},
	{"decimal", "totalDigits=0", "less than 1"},
	{"decimal", "fractionDigits=-1", "less than 0"},
	{"decimal", "totalDigits=2|fractionDigits=3", "more than all digits"},
	{"double", "totalDigits=3", "digits are counted of decimal"},
	{"date", "minInclusive=4/3/1820", "1820-03-04"},
	{"date", "minInclusive=2000-01-01|maxInclusive=1999-12-31", "no value is allowed"},
	{"hexBinary", "minInclusive=00", "no order"},
}

func TestWrongParametersAreExplained(t *testing.T) {
	for _, x := range wrongParams {
		_, err := typeOf(t, x.typ).Checker(params(x.params), nil)
		if err == nil {
			t.Errorf("%s takes %s", x.typ, x.params)
		} else if !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s %s: %v", x.typ, x.params, err)
		}
	}
	for _, l := range []struct{ library, name string }{{"", "string"}, {"", "token"}, {dtdLibrary, "ID"}} {
		typ, err := Lookup(l.library, l.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := typ.Checker([]Param{{"length", "3"}}, nil); err == nil || !strings.Contains(err.Error(), "no parameters") {
			t.Errorf("%s: %v", l.name, err)
		}
	}
}

func TestLookupNamesTheNearestType(t *testing.T) {
	for _, x := range []struct{ library, name, says string }{
		{xsdLibrary, "nonNegativInteger", `did you mean "nonNegativeInteger"?`},
		{xsdLibrary, "datetime", `did you mean "dateTime"?`},
		{xsdLibrary, "Token", `did you mean "token"?`},
		{xsdLibrary, "frobnicate", `no datatype of XML Schema`},
		{"", "anyURI", xsdLibrary},
		{dtdLibrary, "NMTOKEN", "ID, IDREF and IDREFS"},
		{"http://www.w3.org/2001/XMLSchema", "token", xsdLibrary},
	} {
		if _, err := Lookup(x.library, x.name); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%q %s: %v", x.library, x.name, err)
		}
	}
}

func TestIDKinds(t *testing.T) {
	for _, library := range []string{xsdLibrary, dtdLibrary} {
		for name, want := range map[string]IDKind{"ID": ID, "IDREF": IDREF, "IDREFS": IDREFS} {
			typ, err := Lookup(library, name)
			if err != nil {
				t.Fatal(err)
			}
			if typ.IDKind() != want || typ.Name() != name {
				t.Errorf("%s of %s is %d", typ.Name(), library, typ.IDKind())
			}
		}
	}
	if typeOf(t, "NCName").IDKind() != NotID {
		t.Error("NCName identifies")
	}
}

// The types of RELAX NG itself: clause 6.2.8 of its specification.
func TestOwnTypes(t *testing.T) {
	for name, collapses := range map[string]bool{"string": false, "token": true} {
		typ, err := Lookup("", name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := typ.Checker(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		v, err := typ.Value(" a  b ", nil)
		if err != nil {
			t.Fatal(err)
		}
		if !c.Allows([]byte(" x "), nil) || !v.Equal([]byte(" a  b "), nil) || v.Equal([]byte("a b"), nil) != collapses {
			t.Error(name)
		}
	}
}

// Each row of the table holds: the type is of the base that the table names, its
// examples are allowed, and the scan says what the pattern says.
func TestRowsHold(t *testing.T) {
	for _, r := range rows {
		typ := typeOf(t, r.name)
		c := checker(t, r.name)
		for s := range strings.SplitSeq(r.example, " or ") {
			if s != "" && typ.prim.declared == nil && !c.Allows([]byte(s), nil) {
				t.Errorf("%s refuses its example %q", r.name, s)
			}
		}
		if r.base != "" && typ.from == nil {
			t.Errorf("%s stands before its base %s", r.name, r.base)
		}
		if _, ok := typ.atMost().automaton(); !ok {
			t.Errorf("the pattern of %s has no automaton", r.name)
		}
		if words := typ.Describe(); words == "" || strings.HasSuffix(words, ".") || strings.ToLower(words[:1]) != words[:1] {
			t.Errorf("%s is described as %q", r.name, words)
		}
	}
	for _, x := range lexical {
		for name := range strings.FieldsSeq(x.types) {
			typ := typeOf(t, name)
			for _, v := range append(x.valid, x.invalid...) {
				s := typ.space.processed([]byte(strings.ReplaceAll(v, "⏎", "\n")))
				scanned := typ.scan(s)
				if scanned && !typ.atMost().Match(s) {
					t.Errorf("%s: its pattern refuses %q", name, s)
				}
				if typ.atMost() == typ.atLeast() && typ.prim.declared == nil && !scanned && typ.atMost().Match(s) {
					t.Errorf("%s: its pattern allows %q", name, s)
				}
				if least := typ.atLeast(); least != nil && !scanned && least.Match(s) {
					t.Errorf("%s: its inner pattern allows %q", name, s)
				}
			}
		}
	}
}
