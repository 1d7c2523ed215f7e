// Package datatype holds the datatypes that RELAX NG schemas use: the two of
// RELAX NG itself, those of XML Schema Part 2 with their facets, and the three
// of DTD compatibility.
//
// A type is looked up once, when a schema is compiled; with its parameters it
// becomes a [Checker], with the text of a value pattern a [Value]. Both are
// asked of every value of every document, so neither builds the value: the
// characters are scanned where they stand. What builds, says or proves more is
// apart: explain.go says what is wrong with a value and what would be right,
// contains.go whether one checker allows all that another does.
//
// The types follow XML Schema Part 2 in its second edition of 2004.
package datatype

import (
	"fmt"
	"sync"
)

// Context is where a value stands. It resolves the prefix of a QName; "" asks
// for the default namespace. A nil Context knows no prefixes.
//
// A Context may also have UnparsedEntity(name string) bool; without it no value
// is an ENTITY, for an entity has to be declared (3.3.11).
type Context interface {
	ResolvePrefix(prefix string) (uri string, ok bool)
}

// IDKind is the part that a value plays in the identity of elements.
type IDKind uint8

const (
	NotID IDKind = iota
	IDREF
	IDREFS
	ID
)

// Param is a parameter of a data pattern: a facet and its value.
type Param struct{ Name, Value string }

// The libraries of datatypes by their URIs; that of RELAX NG itself is "".
const (
	xsdLibrary = "http://www.w3.org/2001/XMLSchema-datatypes"
	dtdLibrary = "http://relaxng.org/ns/compatibility/datatypes/1.0"
)

// Type is a datatype.
type Type struct {
	row
	library string
	from    *Type   // what it is derived from, or nil
	limits  []limit // bounds of its own and of what it is derived from

	atMost, atLeast func() *Regexp // of pattern and inner
}

// row is a datatype as the table tells it.
type row struct {
	name  string
	base  string // what it is derived from; "" for a primitive type
	prim  *primitive
	space whiteSpace
	id    IDKind

	// scan reports whether a value is of the lexical space. White space at its
	// ends is gone; inside, scan has to expect any.
	scan func(s []byte) bool

	// pattern is the lexical space as a regular expression, with white space
	// processed. Where that can't say all, it allows too much, and inner is one
	// that allows too little: "-" for nothing.
	pattern, inner string

	bounds []Param // the facets that make it of its base

	words, example string
}

// The lexical spaces that several types share.
const (
	anyText   = `[\s\S]*`
	ncName    = `[\i-[:]][\c-[:]]*`
	decimals  = `[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)`
	floats    = decimals + `([eE][+\-]?[0-9]+)?|-?INF|NaN`
	integers  = `[+\-]?[0-9]+`
	zones     = `(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?`
	years     = `-?([1-9][0-9]{4,}|[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)`
	daysOfAll = `((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)`
	monthDays = `(` + daysOfAll + `|02-29)`
	hours     = `(([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?|24:00:00(\.0+)?)`
	seconds   = `[0-9]+(\.[0-9]+)?S`
	durations = `-?P([0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D|([0-9]+Y)?([0-9]+M)?([0-9]+D)?T([0-9]+H([0-9]+M)?(` + seconds + `)?|[0-9]+M(` + seconds + `)?|` + seconds + `))`
	base64s   = `([A-Za-z0-9+/] ?){4}`
	base64    = `((` + base64s + `)*([A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[A-Za-z0-9+/]|[A-Za-z0-9+/] ?[A-Za-z0-9+/] ?[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=))?`
)

// rows are the types of XML Schema, each after what it is derived from.
var rows = []row{
	{name: "string", prim: text, space: preserve, scan: anything, pattern: anyText, words: "text"},
	{name: "normalizedString", base: "string", prim: text, space: replace, scan: anything, pattern: anyText, words: "text"},
	{name: "token", base: "normalizedString", prim: text, space: collapse, scan: anything, pattern: anyText, words: "text"},
	{name: "language", base: "token", prim: text, space: collapse, scan: isLanguage, pattern: `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`,
		words: "a language tag", example: "en or ru-Latn"},
	{name: "NMTOKEN", base: "token", prim: text, space: collapse, scan: isNmtoken, pattern: `\c+`, words: "a word without spaces", example: "a-1"},
	{name: "Name", base: "token", prim: text, space: collapse, scan: isName, pattern: `\i\c*`, words: "a name", example: "persName"},
	{name: "NCName", base: "Name", prim: text, space: collapse, scan: isNCName, pattern: ncName, words: "a name without a colon", example: "p1"},
	{name: "ID", base: "NCName", prim: text, space: collapse, id: ID, scan: isNCName, pattern: ncName, words: "an identifier", example: "p1"},
	{name: "IDREF", base: "NCName", prim: text, space: collapse, id: IDREF, scan: isNCName, pattern: ncName, words: "the identifier of an element", example: "p1"},
	{name: "ENTITY", base: "NCName", prim: entity, space: collapse, scan: isNCName, pattern: ncName, inner: "-", words: "the name of a declared entity", example: "seal"},
	{name: "NMTOKENS", prim: list, space: collapse, scan: eachOf(isNmtoken), pattern: `\c+( \c+)*`, words: "words with spaces between", example: "a-1 a-2"},
	{name: "IDREFS", prim: list, space: collapse, id: IDREFS, scan: eachOf(isNCName), pattern: ncName + `( ` + ncName + `)*`,
		words: "identifiers of elements", example: "p1 p2"},
	{name: "ENTITIES", prim: entities, space: collapse, scan: eachOf(isNCName), pattern: ncName + `( ` + ncName + `)*`, inner: "-",
		words: "names of declared entities", example: "seal map"},

	{name: "boolean", prim: boolean, space: collapse, scan: isBoolean, pattern: `true|false|0|1`, words: "true or false", example: ""},

	{name: "decimal", prim: decimal, space: collapse, scan: isDecimal, pattern: decimals, words: "a number", example: "12.5"},
	{name: "integer", base: "decimal", prim: decimal, space: collapse, scan: isInteger, pattern: integers, words: "a whole number", example: "12 or -3"},
	{name: "nonPositiveInteger", base: "integer", prim: decimal, space: collapse, scan: isInteger, pattern: integers, bounds: []Param{{"maxInclusive", "0"}},
		words: "a whole number up to 0", example: "-3"},
	{name: "negativeInteger", base: "nonPositiveInteger", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"maxInclusive", "-1"}}, words: "a whole number below 0", example: "-3"},
	{name: "nonNegativeInteger", base: "integer", prim: decimal, space: collapse, scan: isInteger, pattern: integers, bounds: []Param{{"minInclusive", "0"}},
		words: "a whole number from 0 on", example: "12"},
	{name: "positiveInteger", base: "nonNegativeInteger", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"minInclusive", "1"}}, words: "a whole number from 1 on", example: "12"},
	{name: "long", base: "integer", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"minInclusive", "-9223372036854775808"}, {"maxInclusive", "9223372036854775807"}}, words: "a whole number", example: "12 or -3"},
	{name: "int", base: "long", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"minInclusive", "-2147483648"}, {"maxInclusive", "2147483647"}}, words: "a whole number", example: "12 or -3"},
	{name: "short", base: "int", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"minInclusive", "-32768"}, {"maxInclusive", "32767"}}, words: "a whole number from -32768 to 32767", example: "12"},
	{name: "byte", base: "short", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"minInclusive", "-128"}, {"maxInclusive", "127"}}, words: "a whole number from -128 to 127", example: "12"},
	{name: "unsignedLong", base: "nonNegativeInteger", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"maxInclusive", "18446744073709551615"}}, words: "a whole number from 0 on", example: "12"},
	{name: "unsignedInt", base: "unsignedLong", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"maxInclusive", "4294967295"}}, words: "a whole number from 0 on", example: "12"},
	{name: "unsignedShort", base: "unsignedInt", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"maxInclusive", "65535"}}, words: "a whole number from 0 to 65535", example: "12"},
	{name: "unsignedByte", base: "unsignedShort", prim: decimal, space: collapse, scan: isInteger, pattern: integers,
		bounds: []Param{{"maxInclusive", "255"}}, words: "a whole number from 0 to 255", example: "12"},
	{name: "float", prim: float, space: collapse, scan: isFloat, pattern: floats, words: "a number", example: "12.5 or 1.25E1"},
	{name: "double", prim: double, space: collapse, scan: isFloat, pattern: floats, words: "a number", example: "12.5 or 1.25E1"},

	{name: "duration", prim: duration, space: collapse, scan: isDuration, pattern: durations, words: "a length of time", example: "P1Y6M or PT12H"},
	{name: "dateTime", prim: dateTime, space: collapse, scan: isDateTime, pattern: years + `-` + monthDays + `T` + hours + zones,
		inner: years + `-` + daysOfAll + `T` + hours + zones, words: "a date with the time of day", example: "1951-11-01T14:30:00"},
	{name: "time", prim: timeOfDay, space: collapse, scan: isTime, pattern: hours + zones, words: "a time of day", example: "14:30:00"},
	{name: "date", prim: date, space: collapse, scan: isDate, pattern: years + `-` + monthDays + zones,
		inner: years + `-` + daysOfAll + zones, words: "a date", example: "1951-11-01"},
	{name: "gYearMonth", prim: gYearMonth, space: collapse, scan: isYearMonth, pattern: years + `-(0[1-9]|1[0-2])` + zones, words: "a month of a year", example: "1951-11"},
	{name: "gYear", prim: gYear, space: collapse, scan: isYear, pattern: years + zones, words: "a year", example: "1951"},
	{name: "gMonthDay", prim: gMonthDay, space: collapse, scan: isMonthDay, pattern: `--` + monthDays + zones, words: "a day of any year", example: "--11-01"},
	{name: "gDay", prim: gDay, space: collapse, scan: isDay, pattern: `---(0[1-9]|[12][0-9]|3[01])` + zones, words: "a day of any month", example: "---01"},
	{name: "gMonth", prim: gMonth, space: collapse, scan: isMonth, pattern: `--(0[1-9]|1[0-2])` + zones, words: "a month of any year", example: "--11"},

	{name: "hexBinary", prim: hexBinary, space: collapse, scan: isHex, pattern: `([0-9a-fA-F]{2})*`, words: "bytes in hexadecimal digits", example: "0FB7"},
	{name: "base64Binary", prim: base64Binary, space: collapse, scan: isBase64, pattern: base64, words: "bytes in base64", example: "D7c="},
	{name: "anyURI", prim: uri, space: collapse, scan: isURI, pattern: uriOuter, inner: uriInner, words: "a pointer", example: "#p1 or https://example.org/"},
	{name: "QName", prim: qname, space: collapse, scan: isQName, pattern: ncName + `(:` + ncName + `)?`, inner: ncName, words: "a name", example: "tei:persName"},
	{name: "NOTATION", prim: qname, space: collapse, scan: isQName, pattern: ncName + `(:` + ncName + `)?`, inner: ncName, words: "the name of a notation", example: "jpeg"},

	// Not of XML Schema 1.0 but of XPath's data model: text of no known type.
	// Schemas that jing reads may use them.
	{name: "anyAtomicType", prim: text, space: preserve, scan: anything, pattern: anyText, words: "text"},
	{name: "untypedAtomic", base: "anyAtomicType", prim: text, space: preserve, scan: anything, pattern: anyText, words: "text"},
}

// ownRows are the types of RELAX NG itself. They have no parameters.
var ownRows = []row{
	{name: "string", prim: text, space: preserve, scan: anything, pattern: anyText, words: "text"},
	{name: "token", base: "string", prim: text, space: collapse, scan: anything, pattern: anyText, words: "text"},
}

// dtdNames are the types of RELAX NG DTD Compatibility: those of XML Schema by
// the same names, without parameters.
var dtdNames = []string{"ID", "IDREF", "IDREFS"}

// libraries are the types by library and name.
var libraries = sync.OnceValue(func() map[string]map[string]*Type {
	all := map[string]map[string]*Type{"": library("", ownRows), xsdLibrary: library(xsdLibrary, rows)}
	var dtd []row
	for _, r := range rows {
		for _, name := range dtdNames {
			if r.name == name {
				r.base = ""
				dtd = append(dtd, r)
			}
		}
	}
	all[dtdLibrary] = library(dtdLibrary, dtd)
	return all
})

func library(uri string, rows []row) map[string]*Type {
	types := map[string]*Type{}
	for _, r := range rows {
		t := &Type{row: r, library: uri, from: types[r.base]}
		if t.from != nil {
			t.limits = append(t.limits, t.from.limits...)
		}
		for _, b := range r.bounds {
			t.limits = append(t.limits, newLimit(t.prim, b))
		}
		t.limits = tightest(t.limits)
		t.atMost = sync.OnceValue(func() *Regexp { return mustRegexp(r.pattern) })
		t.atLeast = sync.OnceValue(func() *Regexp {
			switch r.inner {
			case "":
				return t.atMost()
			case "-":
				return nil
			}
			return mustRegexp(r.inner)
		})
		types[r.name] = t
	}
	return types
}

// Lookup finds a type. The error says to the author of a schema what is wrong
// with the name.
func Lookup(library, name string) (*Type, error) {
	types, ok := libraries()[library]
	if !ok {
		return nil, fmt.Errorf("no library of datatypes is called %q; that of XML Schema is %s", library, xsdLibrary)
	}
	if t, ok := types[name]; ok {
		return t, nil
	}
	hint := ""
	if near := nearestName(name, types); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	switch library {
	case "":
		if _, ok := libraries()[xsdLibrary][name]; ok {
			hint = fmt.Sprintf("; %q is of the library %s", name, xsdLibrary)
		}
		return nil, fmt.Errorf("%q is no datatype of RELAX NG itself, which has string and token%s", name, hint)
	case dtdLibrary:
		return nil, fmt.Errorf("%q is no datatype of DTD compatibility, which has ID, IDREF and IDREFS%s", name, hint)
	}
	return nil, fmt.Errorf("%q is no datatype of XML Schema%s", name, hint)
}

// Name is the name of the type in its library.
func (t *Type) Name() string { return t.name }

// IDKind is the part that values of the type play in the identity of elements.
func (t *Type) IDKind() IDKind { return t.id }

// NeedsContext reports that whether a value is of the type hangs on what is
// declared where it stands: namespaces (QName, NOTATION) or entities.
func (t *Type) NeedsContext() bool { return t.prim.declared != nil }

// Describe says what values of the type are, as words that can follow
// "expected".
func (t *Type) Describe() string {
	if t.example == "" {
		return t.words
	}
	return t.words + " such as " + t.example
}

// derives reports whether t is o or derived from it.
func (t *Type) derives(o *Type) bool {
	for ; t != nil; t = t.from {
		if t == o {
			return true
		}
	}
	return false
}

// allows reports whether a value is of the type; s has no white space at its
// ends, unless the type keeps it.
func (t *Type) allows(s []byte, ctx Context) bool {
	if !t.scan(s) {
		return false
	}
	for i := range t.limits {
		if !t.limits[i].allows(s) {
			return false
		}
	}
	return t.prim.declared == nil || t.prim.declared(s, ctx)
}
