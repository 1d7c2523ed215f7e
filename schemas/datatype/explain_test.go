package datatype

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// Values and what is to be said of them. Where something is to be written, it is
// a value that a reader of the page would agree to be meant.
var explained = []struct{ checker, value, says string }{
	{"date", "4/3/1820", "which is not a date; write 1820-03-04 or 1820-04-03"},
	{"date", "13/4/1820", "which is not a date; write 1820-04-13"},
	{"date", "31.12.1951", "which is not a date; write 1951-12-31"},
	{"date", "4.3.1820", "which is not a date; write 1820-03-04"}, // with points the day is first
	{"date", "1951-4-1", "which is not a date; write 1951-04-01"},
	{"date", "1951/11/01", "which is not a date; write 1951-11-01"},
	{"date", "1951–11–01", "which is not a date; write 1951-11-01"},
	{"date", "19511101", "which is not a date; write 1951-11-01"},
	{"date", "March 4, 1820", "which is not a date; write 1820-03-04"},
	{"date", "Sunday, 4th of March 1820", "which is not a date; write 1820-03-04"},
	{"date", "4 Mar. 1820", "which is not a date; write 1820-03-04"},
	{"date", "1820 March 4", "which is not a date; write 1820-03-04"},
	{"date", "1.XI.1951", "which is not a date; write 1951-11-01"},
	{"date", "1. November 1951", "which is not a date; write 1951-11-01"},
	{"date", "1er novembre 1951", "which is not a date; write 1951-11-01"},
	{"date", "1 ноября 1951 г.", "which is not a date; write 1951-11-01"},
	{"date", "15 March 44 BC", "which is not a date; write -0044-03-15"},
	{"date", "-44-03-15", "which is not a date; write -0044-03-15"},
	{"date", "4/3/20", "which is not a date such as 1951-11-01"}, // of which century?
	{"date", "c. 1820", "which is not a date such as 1951-11-01"},
	{"date", "unknown", "which is not a date such as 1951-11-01"},
	{"date", "November 1951", "which is not a date such as 1951-11-01"},
	{"date", "1951", "which is a year, not a date"},
	{"date", "1951-11", "which is a month of a year, not a date"},
	{"date", "1951-11-01T14:30:00", "which is a date with the time of day, not a date; write 1951-11-01"},
	{"date", "1951-04-31", "which has no day 31 in April 1951"},
	{"date", "1900-02-29", "which has no day 29 in February 1900"},
	{"date", "1951-31-12", "which has a month 31; write 1951-12-31"},
	{"date", "1951-11-32", "which has a day 32"},
	{"date", "1951-00-01", "which has a month 00"},
	{"date", "1951-11-01+15:00", "which has a time zone of more than 14 hours"},
	{"date", "01951-01-01", "which has a zero before a year of more than four digits; write 1951-01-01"},
	{"date", "0000-01-01", "which has the year 0000, and there is none: 1 BC is -0001; write -0001-01-01"},
	{"date", "", "which is empty"},
	{"date", "1951-11-01", ""},
	{"dateTime", "1951-11-01 14:30", "which is not a date with the time of day; write 1951-11-01T14:30:00"},
	{"dateTime", "1 Nov 1951, 2:30 pm", "which is not a date with the time of day; write 1951-11-01T14:30:00"},
	{"dateTime", "1951-11-01", "which is a date, not a date with the time of day"},
	{"dateTime", "1951-11-01T25:00:00", "which has an hour 25"},
	{"dateTime", "1951-11-01T14:30:00+0200", "which is not a date with the time of day; write 1951-11-01T14:30:00+02:00"},
	{"time", "14:30", "which is not a time of day; write 14:30:00"},
	{"time", "2:30 pm", "which is not a time of day; write 14:30:00"},
	{"time", "12:05 a.m.", "which is not a time of day; write 00:05:00"},
	{"time", "9.05", "which is not a time of day; write 09:05:00"},
	{"time", "14h30", "which is not a time of day; write 14:30:00"},
	{"time", "14:60:00", "which has a minute 60"},
	{"gYear", "820", "which is not a year; write 0820"},
	{"gYear", "44 BC", "which is not a year; write -0044"},
	{"gYear", "51", "which is not a year such as 1951"},
	{"gYear", "1951-11-01", "which is a date, not a year; write 1951"},
	{"gYearMonth", "November 1951", "which is not a month of a year; write 1951-11"},
	{"gYearMonth", "1951-13", "which has a month 13"},
	{"gMonthDay", "--02-30", "which has no day 30 in February"},
	{"gMonthDay", "4 March", "which is not a day of any year; write --03-04"},
	{"gMonth", "--11--", "which is not a month of any year; write --11"},
	{"gMonth", "November", "which is not a month of any year; write --11"},
	{"gDay", "4th", "which is not a day of any month; write ---04"},

	{"integer", "12.0", "which is not a whole number; write 12"},
	{"integer", "12.5", "which has a fraction"},
	{"integer", "1,000", "which is not a whole number; write 1000"},
	{"integer", "twelve", "which is not a whole number; write 12"},
	{"integer", "XII", "which is not a whole number; write 12"},
	{"integer", "12 cm", "which is not a whole number; write 12"},
	{"integer", "abc", "which is not a whole number such as 12 or -3"},
	{"nonNegativeInteger", "-1", "which is less than 0"},
	{"positiveInteger", "0", "which is less than 1"},
	{"byte", "128", "which is greater than 127"},
	{"decimal", "1,5", "which is not a number; write 1.5"},
	{"decimal", "1,234", "which is not a number; write 1234 or 1.234"},
	{"decimal", "1.234,5", "which is not a number; write 1234.5"},
	{"decimal", "1e3", "which is not a number; write 1000"},
	{"decimal", "1/2", "which is not a number; write 0.5"},
	{"decimal", "−5", "which is not a number; write -5"},
	{"decimal", "0x10", "which is not a number such as 12.5"},
	{"double", "+INF", "which is not a number; write INF"},
	{"boolean", "TRUE", "which is not true or false; write true"},
	{"boolean", "no", "which is not true or false; write false"},
	{"boolean", "2", "which is not true or false"},

	{"ID", "1951a", "which begins with a digit; write _1951a"},
	{"ID", "a b", "which has a space; write a_b"},
	{"ID", "#p1", "which begins with #; write p1"},
	{"NCName", "a:b", "which has a colon; write a_b"},
	{"NCName", "“a”", `which has "“"; write a`},
	{"NCName", "-a", `which begins with "-"; write a`},
	{"NMTOKEN", "a, b", "which has a comma; write a_b"},
	{"IDREFS", "#a #b", `whose item "#a" begins with #; write a b`},
	{"NMTOKENS", "a b,", `whose item "b," has a comma; write a b`},
	{"language", "en_US", "which is not a language tag; write en-US"},
	{"language", "portuguese", "which is not a language tag; write pt"},
	{"language", "русский", "which is not a language tag; write ru"},
	{"language", "unknownlanguage", "which is not a language tag such as en or ru-Latn"},
	{"QName", "x:a", `which has the prefix "x", and that is not declared here`},
	{"QName", "a:", "which ends with a colon; write a"},
	{"ENTITY", "seal", "which is the name of no declared entity"},

	{"anyURI", "50% off", "which has a % without two hexadecimal digits behind it; write 50%25 off"},
	{"anyURI", "a#b#c", "which has a second #; write a#b%23c"},
	{"anyURI", "http://a/[b]", `which has "[" in its path; write http://a/%5Bb%5D`},
	{"anyURI", "http://", "which has nothing behind //"},
	{"anyURI", "mailto:", "which has nothing behind its colon"},
	{"anyURI", "1:a", "which has a colon behind what is no scheme such as https; write ./1:a"},
	{`anyURI pattern=\S+`, "http://a b", "which has a space; write http://a%20b"},
	{"duration", "2 years 3 months", "which is not a length of time; write P2Y3M"},
	{"duration", "P1H", "which is not a length of time; write PT1H"},
	{"duration", "P2W", "which is not a length of time; write P14D"},
	{"duration", "PT.5S", "which is not a length of time; write PT0.5S"},
	{"duration", "P0.5Y", "which is not a length of time; write P6M"},
	{"duration", "12:30", "which is not a length of time; write PT12H30M"},
	{"duration", "long", "which is not a length of time such as P1Y6M or PT12H"},
	{"hexBinary", "abc", "which has an odd number of digits"},
	{"hexBinary", "0xAB", "which is not bytes in hexadecimal digits; write AB"},
	{"hexBinary", "ag", `which has "g", and that is no hexadecimal digit`},
	{"base64Binary", "BBA", "which does not end with as many = as make groups of four; write BBA="},
	{"base64Binary", "BB==", "whose last character has bits that belong to no byte; write BA=="},

	{"token maxLength=5", "abcdef", "which is longer than 5 characters"},
	{"token length=5", "abc", "which is not 5 characters long"},
	{"token minLength=2", "a", "which is shorter than 2 characters"},
	{"token minLength=1", " ", "which is empty"},
	{"NMTOKENS maxLength=1", "a b", "which has more than 1 item"},
	{"hexBinary length=1", "abcd", "which is not 1 byte long"},
	{`token pattern=[^\p{C}\p{Z}]+`, "a b", "which has a space; write a_b"},
	{`token pattern=[a-z]+`, "ABC", `which begins with "A", and does not match the pattern [a-z]+; write abc`},
	{`token pattern=[0-9]+\.[0-9]{2}`, "12,50", `which does not match the pattern [0-9]+\.[0-9]{2} from ",50" on; write 12.50`},
	{`token pattern=[0-9]+\.[0-9]{2}`, "12", `which ends too early to match the pattern [0-9]+\.[0-9]{2}`},
	{`token pattern=#.+`, "p1", `which begins with "p", and does not match the pattern #.+; write #p1`},
	{"integer maxExclusive=10", "10", "which is not less than 10"},
	{"date minInclusive=1900-01-01", "1899-12-31", "which is before 1900-01-01"},
	{"date maxInclusive=1999-12-31Z", "1999-12-31", "which can't be compared with 1999-12-31Z, for only one of the two has a time zone"},
	{"date maxInclusive=1999-12-31", "1/1/2001", "which is not a date such as 1951-11-01"}, // what is meant is too late
	{"duration minInclusive=P1M", "P30D", "which can't be compared with P1M, for months differ"},
	{"duration minInclusive=P1M", "P1D", "which is shorter than P1M"},
	{"double minInclusive=0", "NaN", "which is no number from 0"},
	{"decimal totalDigits=3", "1234", "which has more than 3 digits"},
	{"decimal fractionDigits=1", "1.25", "which has more than 1 digit behind the point"},
}

func TestExplain(t *testing.T) {
	for _, x := range explained {
		if says := typed(t, x.checker).Explain([]byte(x.value)); says != x.says {
			t.Errorf("@%s is %q, %s\n\tand not, %s", x.checker, x.value, says, x.says)
		}
	}
}

// An explanation is a short end of a sentence, and what it tells to write is
// allowed.
func TestExplanationsAreRight(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var wrong []string
	for _, x := range lexical {
		wrong = append(append(wrong, x.invalid...), x.valid...)
	}
	for _, x := range explained {
		wrong = append(wrong, x.value, strings.Repeat(x.value+" ", 40), strings.ToUpper(x.value))
	}
	for _, c := range append(randomCheckers(t, random, 60), randomPlain(t)...) {
		for _, v := range wrong {
			checkExplanation(t, c, v)
		}
	}
}

// randomPlain are checkers of all types without facets.
func randomPlain(t *testing.T) []*Checker {
	var out []*Checker
	for _, r := range rows {
		out = append(out, checker(t, r.name))
	}
	return out
}

func checkExplanation(t *testing.T, c *Checker, v string) {
	t.Helper()
	says := c.Explain([]byte(v))
	if c.Allows([]byte(v), nil) {
		if says != "" {
			t.Errorf("%s %v: %q is allowed, and said to be one %s", c.typ.name, c.params, v, says)
		}
		return
	}
	if utf8.RuneCountInString(says) > longest || !strings.HasPrefix(says, "wh") || strings.HasSuffix(says, ".") && !strings.Contains(says, "write") && !strings.Contains(says, "pattern") || strings.Contains(says, "\n") {
		t.Errorf("%s %v: %q, %s", c.typ.name, c.params, v, says)
	}
	_, write, ok := strings.Cut(says, "; write ")
	if !ok {
		return
	}
	if c.Allows([]byte(write), nil) {
		return
	}
	for s := range strings.SplitSeq(write, " or ") {
		if !c.Allows([]byte(s), nil) {
			t.Errorf("%s %v: %q, %s; and that is not allowed", c.typ.name, c.params, v, says)
		}
	}
}

func FuzzAllows(f *testing.F) {
	for _, x := range lexical {
		f.Add(x.valid[0])
		for _, v := range x.invalid {
			f.Add(v)
		}
	}
	for _, x := range explained {
		f.Add(x.value)
	}
	random := rand.New(rand.NewPCG(7, 8))
	f.Fuzz(func(t *testing.T, value string) {
		if len(value) > 500 {
			return
		}
		for _, r := range rows {
			c := checker(t, r.name)
			s := c.typ.space.processed([]byte(value))
			if c.typ.scan(s) && utf8.ValidString(value) && !c.typ.atMost().Match(s) {
				t.Errorf("%s: its pattern refuses %q", r.name, value)
			}
			if least := c.typ.atLeast(); least != nil && least.Match(s) && !c.typ.scan(s) && utf8.ValidString(value) {
				t.Errorf("%s refuses %q, its pattern does not", r.name, value)
			}
			if v, err := c.typ.Value(value, somewhere); (err == nil) != c.Allows([]byte(value), somewhere) || err == nil && !v.Equal([]byte(value), somewhere) {
				t.Errorf("%s: the value %q: %v", r.name, value, err)
			}
			checkExplanation(t, c, value)
			if c.typ.prim.against != nil && c.Allows([]byte(value), nil) {
				bound := sample(c.typ, random)
				if b, err := c.typ.Checker([]Param{{"minInclusive", bound}}, nil); err == nil {
					b.Allows([]byte(value), nil)
					b.Explain([]byte(value))
				}
			}
		}
	})
}

// Values as long as a whole document are explained as fast as they are read.
func TestLongValuesAreExplained(t *testing.T) {
	for _, r := range rows {
		for _, v := range []string{"1", "a ", "1/", "P1Y", "é#", "2000-01-01 ", "%", "1e99999999"} {
			c := checker(t, r.name)
			checkExplanation(t, c, strings.Repeat(v, 1<<16/len(v)))
			checkExplanation(t, c, v)
		}
	}
}
