package xsd

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
	"sigla/tei/lazyregexp"
)

// Both engines word their messages as libxml2 does; here they are told apart and
// said in words for people who edit texts.

var (
	braces      = lazyregexp.New(`\{[^{}']*\}([\pL_*])`) // a namespace before a name
	ofAttribute = lazyregexp.New(`^[^:]*, attribute '(?:[^':]*:)?([^':]*)': |: The attribute '([^':]*)' is not allowed|\(attribute '(?:[^':]*:)?([^':]*)'\)`)
	long        = lazyregexp.New(`'([^']{80})[^']{20,}'`)
	elementMsg  = lazyregexp.New(`^Element '([^']*)'(?:, attribute '([^']*)')?: (.*)$`)
	expected    = lazyregexp.New(`Expected is (?:one of )?\( (.*) \)`)
	atomic      = lazyregexp.New(`is not a valid value of the (?:local )?(?:atomic|list|union|simple) type(?: '(xs:[^']*)')?`)
	identifier  = lazyregexp.New(`^'(.*)' is not a valid value of the atomic type 'xs:ID'|the ID value '(.*)' \(attribute '`)
	unbound     = lazyregexp.New(`^There is no ID/IDREF binding for the IDREF '(.*)' \(attribute '`)
	lacking     = lazyregexp.New(`^The attribute '([^']*)' is required but missing`)
	facet       = lazyregexp.New(`^\[facet '(\w+)'\] (.*)$`)
	set         = lazyregexp.New(`is not an element of the set \{(.*)\}$`)
	pattern     = lazyregexp.New(`is not accepted by the pattern '(.*)'$`)
)

// simple takes the namespaces and the full stop off a message, and cuts what it
// quotes short.
func simple(message string) string {
	message = braces.ReplaceAllString(strings.Join(strings.Fields(message), " "), "$1")
	return long.ReplaceAllString(strings.TrimRight(message, "."), "'$1…'")
}

// attribute is the local name of the attribute that a message is about, "" for
// one about an element.
func attribute(message string) string {
	if m := ofAttribute.FindStringSubmatch(simple(message)); m != nil {
		return m[1] + m[2] + m[3]
	}
	return ""
}

// isValue reports whether a fault is about the value of an attribute or of an
// element's text.
func isValue(f fault) bool {
	return strings.Contains(f.message, "[facet '") || atomic.MatchString(f.message)
}

// reword makes a code and a message of what an engine says of a document.
// Messages name five elements or values at most.
func reword(f fault) (diag.Code, string) {
	msg := simple(f.message)
	m := elementMsg.FindStringSubmatch(msg)
	switch {
	case f.syntax:
		return CodeNotWellFormed, lower(msg)
	case m == nil:
		return CodeInvalid, lower(msg)
	}
	el, attr, what := m[1], m[2], m[3]
	want := ""
	if x := expected.FindStringSubmatch(what); x != nil {
		want = "; expected " + few(strings.Split(x[1], ", "))
	}
	switch {
	case strings.HasPrefix(what, "This element is not expected"):
		return CodeElement, fmt.Sprintf("element %q is not allowed here%s", el, want)
	case strings.HasPrefix(what, "Missing child element"):
		return CodeIncomplete, fmt.Sprintf("element %q is not complete%s", el, want)
	case strings.HasPrefix(what, "No matching global") && attr == "":
		return CodeElement, fmt.Sprintf("element %q is not known to this schema", el)
	case strings.HasPrefix(what, "Character content"):
		return CodeText, fmt.Sprintf("element %q may hold elements only, no words", el)
	case attr != "" && (strings.HasSuffix(what, "is not allowed") || strings.HasPrefix(what, "No matching global")):
		return CodeAttribute, fmt.Sprintf("element %q has no attribute %q", el, attr)
	case lacking.MatchString(what):
		return CodeRequired, fmt.Sprintf("element %q lacks its attribute %q", el, lacking.FindStringSubmatch(what)[1])
	case sameID(what) != "":
		return CodeReference, fmt.Sprintf("%q is the identifier of another element already; give element %q one of its own", sameID(what), el)
	case unbound.MatchString(what):
		return CodeReference, fmt.Sprintf("element %q points at %q, and no element has that identifier", el, unbound.FindStringSubmatch(what)[1])
	case attr != "":
		return CodeValue, fmt.Sprintf("%s is not a value of the attribute %q of element %q%s", value(what), attr, el, wanted(what))
	}
	return CodeInvalid, fmt.Sprintf("element %q: %s", el, lower(what))
}

// sameID is the identifier that a message says to be given twice, or "". To
// libxml2 it is a wrong value then.
func sameID(what string) string {
	m := identifier.FindStringSubmatch(what)
	if m == nil || !xmltok.IsNCName(m[1]+m[2]) {
		return ""
	}
	return m[1] + m[2]
}

// few lists names, five at most.
func few(names []string) string {
	if len(names) > 5 {
		names = append(names[:5:5], fmt.Sprintf("%d more", len(names)-5))
	}
	return strings.Join(names, ", ")
}

// value is the value that a message quotes first, quoted as messages of ours do.
func value(what string) string {
	if m := facet.FindStringSubmatch(what); m != nil {
		what = m[2]
	}
	_, rest, _ := strings.Cut(what, "'")
	end := len(rest)
	for _, after := range []string{"' is not ", "' has a length", "' is greater", "' is less", "' does not", "' has more"} {
		if i := strings.Index(rest, after); i >= 0 {
			end = min(end, i)
		}
	}
	if end == len(rest) {
		return "the value"
	}
	return strconv.Quote(rest[:end])
}

// wanted is what a message says a value has to be.
func wanted(what string) string {
	if m := atomic.FindStringSubmatch(what); m != nil {
		if m[1] == "" {
			return ""
		}
		return "; it has to be of type " + m[1]
	}
	m := facet.FindStringSubmatch(what)
	if m == nil {
		return ""
	}
	if x := set.FindStringSubmatch(m[2]); x != nil {
		return "; expected " + few(strings.Split(strings.ReplaceAll(x[1], "'", ""), ", "))
	}
	if x := pattern.FindStringSubmatch(m[2]); x != nil {
		return "; it has to match " + x[1]
	}
	if _, rest, ok := strings.Cut(m[2], "; "); ok {
		return "; " + rest
	}
	return ""
}

// classes are the faults of a schema by what the engines say, the first that
// fits: the code, and the message, in which $1 is what the parentheses found. The
// element and the attribute that the fault is in stand before it, where told.
var classes = []struct {
	says    lazyregexp.Regexp
	code    diag.Code
	message string
}{
	{lazyregexp.New(`^The QName value '(.*)' does not resolve to a\(n\) (.*?)(?: component)?$`), codeResolve,
		`there is no $2 "$1"; correct the name, or include or import the schema that has it`},
	{lazyregexp.New(`^References from this schema to components in the namespace '(.*)' are not allowed, since not indicated by an import statement`), codeResolve,
		`it refers to something of the namespace $1, which is not imported; write an import for that namespace`},
	{lazyregexp.New(`content model is not determinist`), codeAmbiguous,
		`the content model is ambiguous: of an element in a document it could not be told which part of the model it stands for; write it so that each element can come from one part alone`},
	{lazyregexp.New(`^An? (.*?) '+(.*?)'? does already exist$`), codeTwice, `there is another $1 "$2"; give one of them another name`},
	{lazyregexp.New(`^Duplicate `), codeTwice, ""},
	{lazyregexp.New(`^The content is not valid. Expected is (.*)$`), codeSyntax, `what stands here is not allowed in it; it may hold $1`},
	{lazyregexp.New(`^This element is not expected(?:. Expected is (.*))?$`), codeSyntax, `it is not allowed here`},
	{lazyregexp.New(`^The attribute '(.*)' is not allowed$`), codeSyntax, `it has no attribute "$1"`},
	{lazyregexp.New(`^The attribute '(.*)' is required but missing$`), codeSyntax, `it lacks its attribute "$1"`},
	{lazyregexp.New(`^The value '(.*)' is not valid. Expected is '?(.*?)'?$`), codeSyntax, `"$1" is not a value of it; expected $2`},
	{lazyregexp.New(`^The value '(.*)' of simple type '(xs:.*)' is not a valid value of`), codeSyntax, `"$1" is not a value of it; expected $2`},
	{lazyregexp.New(`^The value |is not a valid value of|is not allowed`), codeSyntax, ""},
}

var componentMsg = lazyregexp.New(`^(?:Element '([^']*)'|([a-z][\w. ]*?(?: '[^']*'| \(unknown\))?))(?:, attribute '([^']*)')?: (.*)$`)

// rewordSchema makes a code and a message of what an engine says of a schema.
func rewordSchema(msg string) (diag.Code, string) {
	where, what := "", msg
	if m := componentMsg.FindStringSubmatch(msg); m != nil {
		where, what = strings.NewReplacer("'", `"`, " (unknown)", "", " decl.", "").Replace(m[2]), m[4]
		if m[1] != "" {
			where = "<" + m[1] + ">"
		}
		if m[3] != "" {
			where = fmt.Sprintf("attribute %q of %s", m[3], where)
		}
		where += ": "
	}
	for _, c := range classes {
		m := c.says.FindStringSubmatchIndex(what)
		switch {
		case m == nil:
		case c.message == "":
			return c.code, where + lower(what)
		default:
			return c.code, where + string(c.says.ExpandString(nil, c.message, what, m))
		}
	}
	return codeFaulty, where + lower(what)
}

var address = lazyregexp.New(scheme + `\d+`)

// schemaError is what faults in a schema amount to; err stands in where the
// engine names none.
func schemaError(files []*file, fs faults, err error) error {
	if len(fs.list) == 0 {
		return fmt.Errorf("xsd: %s: %w", files[0].name, err)
	}
	byFile := map[int][]fault{}
	var out diag.List
	for _, f := range fs.list {
		if f.file < 0 || f.file >= len(files) {
			f.file, f.element = 0, 0
		}
		byFile[f.file] = append(byFile[f.file], f)
	}
	for n, list := range byFile {
		where := positions(files[n].name, files[n].data, list)
		for _, f := range list {
			out = append(out, schemaFinding(files, f, where[f.place()]))
		}
	}
	out.Sort()
	if fs.more > 0 {
		out = append(out, diag.Finding{Pos: diag.Pos{File: files[0].name}, Severity: diag.Info, Code: codeLimit,
			Message: fmt.Sprintf("%d more faults of the schema are not listed", fs.more)})
	}
	return &Error{Findings: out}
}

func schemaFinding(files []*file, f fault, pos diag.Pos) diag.Finding {
	msg := address.ReplaceAllStringFunc(simple(f.message), func(a string) string {
		if n, err := strconv.Atoi(strings.TrimPrefix(a, scheme)); err == nil && n < len(files) {
			return files[n].name
		}
		return a
	})
	if f.syntax {
		return diag.Finding{Pos: pos, Severity: diag.Error, Code: CodeNotWellFormed, Message: lower(msg)}
	}
	code, message := rewordSchema(msg)
	return diag.Finding{Pos: pos, Severity: diag.Error, Code: code, Message: message}
}

// lower makes the first letter small, unless a word of capitals begins there.
func lower(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
