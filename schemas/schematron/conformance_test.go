package schematron

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Small schemas and documents with what the standard (ISO/IEC 19757-3) makes of
// them, worked out by hand.

const small = `<a xmlns:x="urn:x"><b n="1">x</b><b n="2">y<c/></b><!--k--><?p i?><x:d m="3" x:m="4"/></a>`

// contexts are patterns (XSLT, 5.5) with the nodes of small that match.
var contexts = []struct{ context, want string }{
	{"a", "/a[1]"},
	{"b", "/a[1]/b[1] /a[1]/b[2]"},
	{"/a", "/a[1]"},
	{"/b", ""},
	{"/", "/"},
	{"a/b", "/a[1]/b[1] /a[1]/b[2]"},
	{"/a/b", "/a[1]/b[1] /a[1]/b[2]"},
	{"a/c", ""},
	{"a//c", "/a[1]/b[2]/c[1]"},
	{"//c", "/a[1]/b[2]/c[1]"},
	{"/a//c", "/a[1]/b[2]/c[1]"},
	{"//b//c", "/a[1]/b[2]/c[1]"},
	{"b/c", "/a[1]/b[2]/c[1]"},
	{"b | c", "/a[1]/b[1] /a[1]/b[2] /a[1]/b[2]/c[1]"},
	{"b|b", "/a[1]/b[1] /a[1]/b[2]"},
	{"c union a", "/a[1] /a[1]/b[2]/c[1]"},
	{"*", "/a[1] /a[1]/b[1] /a[1]/b[2] /a[1]/b[2]/c[1] /a[1]/d[1]"},
	{"a/*", "/a[1]/b[1] /a[1]/b[2] /a[1]/d[1]"},
	{"/*", "/a[1]"},
	{"x:d", "/a[1]/d[1]"},
	{"x:*", "/a[1]/d[1]"},
	{"*:d", "/a[1]/d[1]"},
	{"d", ""},
	{"Q{urn:x}d", "/a[1]/d[1]"},
	{"@n", "/a[1]/b[1]/@n /a[1]/b[2]/@n"},
	{"b/@n", "/a[1]/b[1]/@n /a[1]/b[2]/@n"},
	{"@*", "/a[1]/b[1]/@n /a[1]/b[2]/@n /a[1]/d[1]/@m /a[1]/d[1]/@m"},
	{"@x:m", "/a[1]/d[1]/@m"},
	{"@m", "/a[1]/d[1]/@m"},
	{"@x:*", "/a[1]/d[1]/@m"},
	{"//@n", "/a[1]/b[1]/@n /a[1]/b[2]/@n"},
	{"@n[. = 2]", "/a[1]/b[2]/@n"},
	{"attribute::n", "/a[1]/b[1]/@n /a[1]/b[2]/@n"},
	{"text()", "/a[1]/b[1]/text()[1] /a[1]/b[2]/text()[1]"},
	{"b/text()", "/a[1]/b[1]/text()[1] /a[1]/b[2]/text()[1]"},
	{"text()[. = 'y']", "/a[1]/b[2]/text()[1]"},
	{"comment()", "/a[1]/comment()[1]"},
	{"processing-instruction()", "/a[1]/processing-instruction(p)[1]"},
	{"processing-instruction('p')", "/a[1]/processing-instruction(p)[1]"},
	{"processing-instruction('q')", ""},
	{"b/node()", "/a[1]/b[1]/text()[1] /a[1]/b[2]/text()[1] /a[1]/b[2]/c[1]"},
	{"b[@n = '2']", "/a[1]/b[2]"},
	{"b[c]", "/a[1]/b[2]"},
	{"b[not(c)]", "/a[1]/b[1]"},
	{"b[1]", "/a[1]/b[1]"},
	{"b[2]", "/a[1]/b[2]"},
	{"b[3]", ""},
	{"b[last()]", "/a[1]/b[2]"},
	{"b[position() = 1]", "/a[1]/b[1]"},
	{"a/b[2]/c", "/a[1]/b[2]/c[1]"},
	{"*[@n]", "/a[1]/b[1] /a[1]/b[2]"},
	{"*[@n and c]", "/a[1]/b[2]"},
	{"*[@n or @m]", "/a[1]/b[1] /a[1]/b[2] /a[1]/d[1]"},
	{"*[@n][1]", "/a[1]/b[1]"},
	{"*[parent::b]", "/a[1]/b[2]/c[1]"},
	{"c[ancestor::b[@n = '2']]", "/a[1]/b[2]/c[1]"},
	{"*[not(*)]", "/a[1]/b[1] /a[1]/b[2]/c[1] /a[1]/d[1]"},
	{"(b | c)[@n]", "/a[1]/b[1] /a[1]/b[2]"},
	{"a/(b | x:d)", "/a[1]/b[1] /a[1]/b[2] /a[1]/d[1]"},
	{"(a | b)/c", "/a[1]/b[2]/c[1]"},
	{"child::b", "/a[1]/b[1] /a[1]/b[2]"},
	{"descendant::c", "/a[1]/b[2]/c[1]"},
	{"element(b)", "/a[1]/b[1] /a[1]/b[2]"},
	{"b[. = current()]", "/a[1]/b[1] /a[1]/b[2]"},
	{"b[@n = $two]", "/a[1]/b[2]"},
	{"b[@n = //b[1]/@n]", "/a[1]/b[1]"},
	{"*[self::b or self::c]", "/a[1]/b[1] /a[1]/b[2] /a[1]/b[2]/c[1]"},
	{"a[b][x:d]", "/a[1]"},
	{"document-node()", "/"},
	{" b ", "/a[1]/b[1] /a[1]/b[2]"},
	{"b(: all of them :)", "/a[1]/b[1] /a[1]/b[2]"},
	{"b except b[1]", "/a[1]/b[2]"},
}

var spaces = regexp.MustCompile(`Q\{[^}]*\}`)

const head = `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><ns prefix="x" uri="urn:x"/>`

// run compiles a schema in s.sch and runs it on a document: "location message"
// for each finding.
func run(t *testing.T, files map[string]string, doc string, o CompileOptions) []string {
	t.Helper()
	s := compileFiles(t, files, o)
	return findings(t, s, doc)
}

func compileFiles(t *testing.T, files map[string]string, o CompileOptions) *Schema {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Compile(fsys, "s.sch", o)
	if err != nil {
		t.Fatalf("%v\n%s", err, files["s.sch"])
	}
	return s
}

func findings(t *testing.T, s *Schema, doc string) []string {
	t.Helper()
	r, err := s.Validate(context.Background(), "d.xml", []byte(doc), Options{Now: time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	var l []string
	for _, f := range r.Findings {
		where := ""
		if f.Rule != nil {
			where = spaces.ReplaceAllString(f.Rule.Location, "") + " "
		}
		l = append(l, where+f.Message)
	}
	return l
}

func TestContextsMatchTheirNodes(t *testing.T) {
	for _, c := range contexts {
		got := run(t, map[string]string{"s.sch": head + `<let name="two" value="'2'"/><pattern><rule context="` + c.context + `"><report test="true()">!</report></rule></pattern></schema>`}, small, CompileOptions{})
		if s := strings.ReplaceAll(strings.Join(got, " "), " !", ""); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.context, s, c.want)
		}
	}
}

// schemas are what stands in a schema, with the findings on small.
var schemas = []struct{ name, body, want string }{
	{"an assert fails where its test is false", `<pattern><rule context="b"><assert test="@n = 1">no</assert></rule></pattern>`, "/a[1]/b[2] no"},
	{"a report tells where its test is true", `<pattern><rule context="b"><report test="@n = 1">yes</report></rule></pattern>`, "/a[1]/b[1] yes"},
	{"nothing fires, nothing is found", `<pattern><rule context="z"><report test="true()">yes</report></rule></pattern>`, ""},
	{"a schema without patterns", ``, ""},
	{"a pattern without rules", `<pattern/>`, ""},
	{"a rule without assertions shields from the next", `<pattern><rule context="b[1]"/><rule context="b"><report test="true()">2</report></rule></pattern>`, "/a[1]/b[2] 2"},
	{"only the first rule of a pattern fires", `<pattern><rule context="b[@n=2]"><report test="true()">1</report></rule><rule context="*"><report test="true()">2</report></rule></pattern>`,
		"/a[1] 2; /a[1]/b[1] 2; /a[1]/b[2] 1; /a[1]/b[2]/c[1] 2; /a[1]/d[1] 2"},
	{"the first rule fires though its assertions hold", `<pattern><rule context="b"><assert test="true()">1</assert></rule><rule context="b"><report test="true()">2</report></rule></pattern>`, ""},
	{"patterns do not shield each other", `<pattern><rule context="c"><report test="true()">1</report></rule></pattern><pattern><rule context="c"><report test="true()">2</report></rule></pattern>`,
		"/a[1]/b[2]/c[1] 1; /a[1]/b[2]/c[1] 2"},
	{"all assertions of a rule are run", `<pattern><rule context="c"><report test="true()">1</report><assert test="false()">2</assert><report test="1">3</report></rule></pattern>`,
		"/a[1]/b[2]/c[1] 1; /a[1]/b[2]/c[1] 2; /a[1]/b[2]/c[1] 3"},
	{"a node-set is true if there are nodes", `<pattern><rule context="b"><report test="c">c</report></rule></pattern>`, "/a[1]/b[2] c"},
	{"current() is the node of the rule", `<pattern><rule context="b"><report test="//b[@n = current()/@n + 1]">next</report></rule></pattern>`, "/a[1]/b[1] next"},
	{"attributes are nodes", `<pattern><rule context="@n"><report test=". = 2">two</report></rule></pattern>`, "/a[1]/b[2]/@n two"},
	{"the root is a node", `<pattern><rule context="/"><report test="count(//b) = 2">two</report></rule></pattern>`, "/ two"},

	// messages
	{"value-of", `<pattern><rule context="b"><report test="true()"><value-of select="@n"/>!</report></rule></pattern>`, "/a[1]/b[1] 1!; /a[1]/b[2] 2!"},
	{"value-of of many items", `<pattern><rule context="/"><report test="true()"><value-of select="//@n"/></report></rule></pattern>`, "/ 1 2"},
	{"value-of of a number", `<pattern><rule context="/"><report test="true()"><value-of select="count(//b) div 4"/></report></rule></pattern>`, "/ 0.5"},
	{"value-of nothing", `<pattern><rule context="c"><report test="true()">[<value-of select="@n"/>]</report></rule></pattern>`, "/a[1]/b[2]/c[1] []"},
	{"name", `<pattern><rule context="c"><report test="true()"><name/></report></rule></pattern>`, "/a[1]/b[2]/c[1] c"},
	{"name with a prefix", `<pattern><rule context="x:d"><report test="true()"><name/></report></rule></pattern>`, "/a[1]/d[1] x:d"},
	{"name of an attribute", `<pattern><rule context="@x:m"><report test="true()"><name/></report></rule></pattern>`, "/a[1]/d[1]/@m x:m"},
	{"name with a path", `<pattern><rule context="c"><report test="true()"><name path=".."/>/<name path="/*"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] b/a"},
	{"emph, dir and span", `<pattern><rule context="c"><report test="true()">a <emph>b</emph> <dir value="ltr">c</dir> <span class="k">d <value-of select="1"/></span></report></rule></pattern>`, "/a[1]/b[2]/c[1] a b c d 1"},
	{"blanks are normalised", "<pattern><rule context='c'><report test='true()'>\n  a\n\tb  </report></rule></pattern>", "/a[1]/b[2]/c[1] a b"},
	{"a no-break space is no blank", `<pattern><rule context="c"><report test="true()">a&#160; b</report></rule></pattern>`, "/a[1]/b[2]/c[1] a\u00a0 b"},
	{"elements of others keep their words", `<pattern><rule context="c"><report test="true()">a <i xmlns="urn:h">b</i></report></rule></pattern>`, "/a[1]/b[2]/c[1] a b"},
	{"no words", `<pattern><rule context="c"><assert test="false()"/></rule></pattern>`, "/a[1]/b[2]/c[1] the assertion does not hold: false()"},
	{"a message's failing part is shown as it is written", `<pattern><rule context="c"><report test="true()">a <value-of select="1 div 0"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] a {1 div 0}"},

	// variables
	{"let of the schema", `<let name="v" value="//b[1]/@n"/><pattern><rule context="c"><report test="$v = 1"><value-of select="$v"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] 1"},
	{"let of the schema is about the document", `<let name="v" value="name(*)"/><pattern><rule context="c"><report test="true()"><value-of select="$v"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] a"},
	{"let of a pattern is about the document", `<pattern><let name="v" value="count(//b)"/><rule context="c"><report test="$v = 2">2</report></rule></pattern>`, "/a[1]/b[2]/c[1] 2"},
	{"let of a rule is about its node", `<pattern><rule context="b"><let name="v" value="@n"/><report test="true()"><value-of select="$v"/></report></rule></pattern>`, "/a[1]/b[1] 1; /a[1]/b[2] 2"},
	{"let after let", `<pattern><rule context="b"><let name="v" value="@n"/><let name="w" value="$v + 1"/><report test="true()"><value-of select="$w"/></report></rule></pattern>`, "/a[1]/b[1] 2; /a[1]/b[2] 3"},
	{"an inner let hides an outer one", `<let name="v" value="1"/><pattern><let name="v" value="2"/><rule context="c"><report test="true()"><value-of select="$v"/></report></rule><rule context="a"><let name="v" value="3"/><report test="true()"><value-of select="$v"/></report></rule></pattern>`,
		"/a[1] 3; /a[1]/b[2]/c[1] 2"},
	{"let in any order in a schema", `<let name="w" value="$v + 1"/><let name="v" value="1"/><pattern><rule context="c"><report test="true()"><value-of select="$w"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] 2"},
	{"let keeps a sequence", `<let name="v" value="('1', '3')"/><pattern><rule context="b"><report test="@n = $v">in</report></rule></pattern>`, "/a[1]/b[1] in"},
	{"let as text", `<let name="v">1</let><pattern><rule context="b"><report test="@n = $v">in</report></rule></pattern>`, "/a[1]/b[1] in"},
	{"let as elements", `<let name="v"><k xmlns="">1</k><k xmlns="">3</k></let><pattern><rule context="b"><report test="@n = $v/k">in</report></rule></pattern>`, "/a[1]/b[1] in"},
	{"let as elements of a namespace", `<let name="v"><x:k xmlns:x="urn:x" n="2"/></let><pattern><rule context="b"><report test="@n = $v/x:k/@n">in</report></rule></pattern>`, "/a[1]/b[2] in"},
	{"elements of a let are no part of the document", `<let name="v"><b xmlns="" n="9"><c/></b></let><pattern><rule context="b"><report test="count(//b) = 2 and count($v//c) = 1 and count($v/b/root()//b) = 1">two</report></rule></pattern>`, "/a[1]/b[1] two; /a[1]/b[2] two"},
	{"a root inside a let is its own", `<let name="v"><b xmlns=""><c/><c/></b></let><pattern><rule context="c"><report test="count($v/b/c[1]/count(//c)) = 1 and $v/b/c[1]/count(//c) = 2">own</report></rule></pattern>`, "/a[1]/b[2]/c[1] own"},
	{"variables in a context", `<let name="v" value="2"/><pattern><rule context="b[@n = $v]"><report test="true()">v</report></rule></pattern>`, "/a[1]/b[2] v"},
	{"variables of XPath", `<pattern><rule context="/"><report test="some $i in //b satisfies $i/c">some</report><report test="every $i in //b satisfies $i/c">every</report></rule></pattern>`, "/ some"},
	{"a variable that needs itself", `<let name="v" value="$w"/><let name="w" value="$v"/><pattern><rule context="c"><report test="$v">v</report></rule></pattern>`, "/a[1]/b[2]/c[1] a rule can't be decided here: its test $v fails, for the variable $v needs itself (XTDE0640)"},

	// abstract patterns and rules
	{"an abstract pattern is not run", `<pattern abstract="true" id="p"><rule context="$e"><report test="true()">p</report></rule></pattern>`, ""},
	{"is-a", `<pattern abstract="true" id="p"><rule context="$e"><report test="$t">p</report></rule></pattern><pattern is-a="p"><param name="e" value="b"/><param name="t" value="c"/></pattern>`, "/a[1]/b[2] p"},
	{"is-a before the abstract pattern", `<pattern is-a="p"><param name="e" value="c"/></pattern><pattern abstract="true" id="p"><rule context="$e"><report test="true()">p</report></rule></pattern>`, "/a[1]/b[2]/c[1] p"},
	{"is-a twice", `<pattern abstract="true" id="p"><rule context="$e"><report test="true()">p</report></rule></pattern><pattern is-a="p"><param name="e" value="c"/></pattern><pattern is-a="p"><param name="e" value="a"/></pattern>`, "/a[1] p; /a[1]/b[2]/c[1] p"},
	{"parameters in messages", `<pattern abstract="true" id="p"><rule context="$e"><report test="true()"><value-of select="$v"/></report></rule></pattern><pattern is-a="p"><param name="e" value="b[1]"/><param name="v" value="@n"/></pattern>`, "/a[1]/b[1] 1"},
	{"a parameter is not the begin of another name", `<pattern abstract="true" id="p"><let name="ee" value="1"/><rule context="$e"><report test="$ee = 1">p</report></rule></pattern><pattern is-a="p"><param name="e" value="c"/></pattern>`, "/a[1]/b[2]/c[1] p"},
	{"a parameter's default", `<pattern abstract="true" id="p"><param name="e" value="c"/><rule context="$e"><report test="true()">p</report></rule></pattern><pattern is-a="p"/>`, "/a[1]/b[2]/c[1] p"},
	{"parameters in variables", `<pattern abstract="true" id="p"><rule context="$e"><let name="k" value="$v"/><report test="true()"><value-of select="$k"/></report></rule></pattern><pattern is-a="p"><param name="e" value="b[1]"/><param name="v" value="@n + 1"/></pattern>`, "/a[1]/b[1] 2"},
	{"an abstract rule is not run", `<pattern><rule abstract="true" id="r"><report test="true()">r</report></rule></pattern>`, ""},
	{"extends rule", `<pattern><rule abstract="true" id="r"><report test="true()">r</report></rule><rule context="c"><extends rule="r"/></rule></pattern>`, "/a[1]/b[2]/c[1] r"},
	{"extends a rule that comes later", `<pattern><rule context="c"><extends rule="r"/></rule><rule abstract="true" id="r"><report test="true()">r</report></rule></pattern>`, "/a[1]/b[2]/c[1] r"},
	{"extends among assertions", `<pattern><rule abstract="true" id="r"><report test="true()">r</report></rule><rule context="c"><report test="true()">1</report><extends rule="r"/><report test="true()">2</report></rule></pattern>`,
		"/a[1]/b[2]/c[1] 1; /a[1]/b[2]/c[1] r; /a[1]/b[2]/c[1] 2"},
	{"extends brings variables", `<pattern><rule abstract="true" id="r"><let name="v" value="name()"/></rule><rule context="c"><extends rule="r"/><report test="true()"><value-of select="$v"/></report></rule></pattern>`, "/a[1]/b[2]/c[1] c"},
	{"extends of extends", `<pattern><rule abstract="true" id="q"><report test="true()">q</report></rule><rule abstract="true" id="r"><extends rule="q"/></rule><rule context="c"><extends rule="r"/></rule></pattern>`, "/a[1]/b[2]/c[1] q"},
	{"extends twice", `<pattern><rule abstract="true" id="q"><report test="true()">q</report></rule><rule context="c"><extends rule="q"/></rule><rule context="a"><extends rule="q"/></rule></pattern>`, "/a[1] q; /a[1]/b[2]/c[1] q"},

	// XSLT
	{"xsl:function", `<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:twice"><xsl:param name="i"/><xsl:sequence select="$i * 2"/></xsl:function><pattern><rule context="b"><report test="x:twice(@n) = 4">4</report></rule></pattern>`, "/a[1]/b[2] 4"},
	{"xsl:function with choices", `<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:f"><xsl:param name="i"/><xsl:variable name="k" select="$i + 1"/><xsl:choose><xsl:when test="$k = 2">one</xsl:when><xsl:otherwise><xsl:value-of select="'k', $k"/></xsl:otherwise></xsl:choose></xsl:function><pattern><rule context="b"><report test="true()"><value-of select="x:f(@n)"/></report></rule></pattern>`,
		"/a[1]/b[1] one; /a[1]/b[2] k 3"},
	{"xsl:function that calls itself", `<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:fac"><xsl:param name="i"/><xsl:sequence select="if ($i le 1) then 1 else $i * x:fac($i - 1)"/></xsl:function><pattern><rule context="c"><report test="x:fac(10) = 3628800">f</report></rule></pattern>`, "/a[1]/b[2]/c[1] f"},
	{"xsl:function that never ends", `<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:f"><xsl:param name="i"/><xsl:sequence select="x:f($i)"/></xsl:function><pattern><rule context="c"><report test="x:f(1)">f</report></rule></pattern>`, "/a[1]/b[2]/c[1] a rule can't be decided here: its test x:f(1) fails, for the function f calls itself more than 500 deep (SIGL0002)"},
	{"xsl:function that uses a variable", `<let name="v" value="2"/><xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:f"><xsl:param name="i"/><xsl:sequence select="$i = $v"/></xsl:function><let name="w" value="x:f(2)"/><pattern><rule context="b"><report test="x:f(@n) and $w">f</report></rule></pattern>`, "/a[1]/b[2] f"},
	{"an abstract pattern without parameters, twice", `<pattern abstract="true" id="p"><let name="v" value="1"/><rule context="c"><report test="$v">v</report></rule></pattern><pattern is-a="p"/><pattern is-a="p"/>`, "/a[1]/b[2]/c[1] v; /a[1]/b[2]/c[1] v"},
	{"a variable in an abstract pattern that is made use of twice", `<pattern abstract="true" id="p"><let name="v" value="$k"/><rule context="$e"><report test="true()"><value-of select="$v"/></report></rule></pattern><pattern is-a="p"><param name="e" value="c"/><param name="k" value="1"/></pattern><pattern is-a="p"><param name="e" value="a"/><param name="k" value="2"/></pattern>`, "/a[1] 2; /a[1]/b[2]/c[1] 1"},
	{"xsl:key", `<xsl:key xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="k" match="b" use="@n"/><pattern><rule context="/"><report test="key('k', '2')/c">k</report></rule></pattern>`, "/ k"},
	{"xsl:variable", `<xsl:variable xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="k" select="2"/><pattern><rule context="b"><report test="@n = $k">k</report></rule></pattern>`, "/a[1]/b[2] k"},

	// what else there is
	{"subject", `<pattern><rule context="c"><report test="true()" subject="..">s</report></rule></pattern>`, "/a[1]/b[2] s"},
	{"subject of a rule", `<pattern><rule context="c" subject="../@n"><report test="true()">s</report></rule></pattern>`, "/a[1]/b[2]/@n s"},
	{"subject that is nothing", `<pattern><rule context="c"><report test="true()" subject="z">s</report></rule></pattern>`, "/a[1]/b[2]/c[1] s"},
	{"quick fixes are passed over", `<pattern><rule context="c"><report test="true()" sqf:fix="f" xmlns:sqf="http://www.schematron-quickfix.com/validator/process">s</report><sqf:fix id="f" xmlns:sqf="http://www.schematron-quickfix.com/validator/process"><sqf:description><sqf:title>t</sqf:title></sqf:description></sqf:fix></rule></pattern>`, "/a[1]/b[2]/c[1] s"},
	{"elements of others are passed over", `<doc xmlns="urn:h">d</doc><pattern><q xmlns="urn:h"/><rule context="c"><report test="true()">s</report></rule></pattern>`, "/a[1]/b[2]/c[1] s"},
	{"title, p and attributes that only describe", `<title>t</title><p class="k" icon="i" id="i">p <emph>e</emph></p><pattern fpi="f" see="s" icon="i"><title>t</title><p>p</p><rule context="c"><p>p</p><report test="true()" icon="i" fpi="f" see="s" flag="g" xml:lang="en" xml:space="preserve">s</report></rule></pattern>`, "/a[1]/b[2]/c[1] s"},
	{"a rule that fails is a finding, once", `<pattern><rule context="b"><report test="xs:integer(.) = 1">s</report></rule></pattern>`,
		`/a[1]/b[1] a rule can't be decided here: its test xs:integer(.) = 1 fails, for "x" is no xs:integer (FORG0001)`},
	{"others go on after a rule that fails", `<pattern><rule context="c"><report test="1 div 0">s</report><report test="true()">t</report></rule></pattern>`,
		"/a[1]/b[2]/c[1] a rule can't be decided here: its test 1 div 0 fails, for division by zero (FOAR0001); /a[1]/b[2]/c[1] t"},
	{"the date of today", `<pattern><rule context="/"><report test="current-date() = xs:date('2024-02-29Z')">leap</report></rule></pattern>`, "/ leap"},
	{"documents", `<pattern documents="/a/@k"><rule context="c"><report test="true()">s</report></rule></pattern>`, ""},
}

func TestSchemasSayWhatTheStandardSays(t *testing.T) {
	for _, c := range schemas {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(run(t, map[string]string{"s.sch": head + c.body + "</schema>"}, small, CompileOptions{}), "; ")
			if got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.body, got, c.want)
			}
		})
	}
}

func TestPhases(t *testing.T) {
	schema := func(attrs string) string {
		return `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" ` + attrs + `><phase id="one"><let name="v" value="'of one'"/><active pattern="p"/></phase><phase id="both"><active pattern="p"/><active pattern="q">why</active><let name="v" value="'of both'"/></phase><phase id="none"/>` +
			`<pattern id="p"><rule context="c"><report test="true()">p</report></rule></pattern><pattern id="q"><rule context="c"><report test="true()">q</report></rule></pattern></schema>`
	}
	for _, c := range []struct{ attrs, phase, want string }{
		{"", "", "p q"}, {"", "#ALL", "p q"}, {"", "#DEFAULT", "p q"}, {"", "one", "p"}, {"", "both", "p q"}, {"", "none", ""},
		{`defaultPhase="one"`, "", "p"}, {`defaultPhase="one"`, "#DEFAULT", "p"}, {`defaultPhase="one"`, "#ALL", "p q"}, {`defaultPhase="one"`, "both", "p q"},
		{`defaultPhase="#ALL"`, "", "p q"},
	} {
		got := strings.ReplaceAll(strings.Join(run(t, map[string]string{"s.sch": schema(c.attrs)}, small, CompileOptions{Phase: c.phase}), " "), "/a[1]/b[2]/c[1] ", "")
		if got != c.want {
			t.Errorf("%s, phase %q: %s, not %s", c.attrs, c.phase, got, c.want)
		}
	}
	_, err := Compile(fstest.MapFS{"s.sch": {Data: []byte(schema(""))}}, "s.sch", CompileOptions{Phase: "two"})
	if err == nil || !strings.Contains(err.Error(), `no phase "two"; it has one, both, none`) {
		t.Error(err)
	}
	// a phase's variable holds in its patterns
	got := run(t, map[string]string{"s.sch": `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><phase id="one"><let name="v" value="'v'"/><active pattern="p"/></phase><pattern id="p"><rule context="c"><report test="true()"><value-of select="$v"/></report></rule></pattern></schema>`}, small, CompileOptions{Phase: "one"})
	if strings.Join(got, "") != "/a[1]/b[2]/c[1] v" {
		t.Error(got)
	}
}

func TestFilesOfASchema(t *testing.T) {
	const ns = `xmlns="http://purl.oclc.org/dsdl/schematron"`
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"include a pattern", map[string]string{"s.sch": head + `<include href="p.sch"/></schema>`, "p.sch": `<pattern ` + ns + `><rule context="c"><report test="true()">p</report></rule></pattern>`}, "p"},
		{"include by id", map[string]string{"s.sch": head + `<include href="p.sch#two"/></schema>`, "p.sch": `<schema ` + ns + `><pattern id="one"><rule context="c"><report test="true()">1</report></rule></pattern><pattern id="two"><rule context="c"><report test="true()">2</report></rule></pattern></schema>`}, "2"},
		{"include a rule", map[string]string{"s.sch": head + `<pattern><include href="r.sch"/></pattern></schema>`, "r.sch": `<rule ` + ns + ` context="c"><report test="true()">r</report></rule>`}, "r"},
		{"include in what is included, from its own folder", map[string]string{"s.sch": head + `<include href="sub/p.sch"/></schema>`, "sub/p.sch": `<pattern ` + ns + `><include href="r.sch"/></pattern>`, "sub/r.sch": `<rule ` + ns + ` context="c"><report test="true()">r</report></rule>`}, "r"},
		{"extends a rule of a file", map[string]string{"s.sch": head + `<pattern><rule context="c"><extends href="r.sch"/></rule></pattern></schema>`, "r.sch": `<rule ` + ns + ` context="z"><report test="true()">r</report></rule>`}, "r"},
		{"extends a pattern of a file by id", map[string]string{"s.sch": head + `<pattern><rule context="c"><extends href="r.sch#r"/></rule></pattern></schema>`, "r.sch": `<schema ` + ns + `><pattern><rule id="r" abstract="true"><report test="true()">r</report></rule></pattern></schema>`}, "r"},
		{"extends a schema", map[string]string{"s.sch": head + `<extends href="t.sch"/></schema>`, "t.sch": `<schema ` + ns + `><let name="v" value="1"/><pattern><rule context="c"><report test="$v = 1">t</report></rule></pattern></schema>`}, "t"},
		{"include within one file", map[string]string{"s.sch": head + `<pattern><rule context="c"><extends href="#r"/></rule></pattern><pattern><rule abstract="true" id="r"><report test="true()">r</report></rule></pattern></schema>`}, "r"},
	} {
		got := strings.ReplaceAll(strings.Join(run(t, c.files, small, CompileOptions{}), " "), "/a[1]/b[2]/c[1] ", "")
		if got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

func TestQueryBindings(t *testing.T) {
	for _, c := range []struct{ attrs, test, want string }{
		{``, `//b/@n > 1`, "t"},                            // XPath 1.0 compares numbers
		{`queryBinding="xslt"`, `'10' &lt; '9'`, ""},       // as numbers
		{`queryBinding="xslt2"`, `'10' &lt; '9'`, "t"},     // as strings
		{`queryBinding="XSLT2"`, `1 eq 1`, "t"},            //
		{`queryBinding="xslt3"`, `'a' || 'b' = 'ab'`, "t"}, //
		{`queryBinding="xpath2"`, `exists(//b)`, "t"},      //
		{`queryBinding="xpath3"`, `(1, 2) ! . = 2`, "t"},   //
		{`queryBinding="xpath"`, `string(//b) = 'x'`, "t"}, // the first of many
		{`queryBinding="xslt"`, `not(//b = 'z')`, "t"},     //
		{`queryBinding="xslt"`, `number(//b/@n) = 1`, "t"}, //
		{`queryBinding="xslt"`, `concat(1 div 0, '') = 'Infinity'`, "t"},
	} {
		got := run(t, map[string]string{"s.sch": `<schema xmlns="http://purl.oclc.org/dsdl/schematron" ` + c.attrs + `><pattern><rule context="/"><report test="` + c.test + `">t</report></rule></pattern></schema>`}, small, CompileOptions{})
		if s := strings.ReplaceAll(strings.Join(got, " "), "/ ", ""); s != c.want {
			t.Errorf("%s %s: %q", c.attrs, c.test, s)
		}
	}
}

// What can't be run is named with its reason, and nothing else stops for it.
func TestRulesThatCannotBeRunAreNamed(t *testing.T) {
	for _, c := range []struct{ body, rule, reason string }{
		{`<pattern><rule context="c"><assert id="k" test="doc('x.xml')">d</assert></rule></pattern>`, "k: assert doc('x.xml') on c", "the function doc() reads another document, which is not allowed here"},
		{`<pattern><rule context="c"><assert test="document('x.xml')/a">d</assert></rule></pattern>`, "assert document('x.xml')/a on c", "the function document() reads another document"},
		{`<pattern><rule context="c"><assert test="unparsed-text('x.txt')">d</assert></rule></pattern>`, "assert unparsed-text('x.txt') on c", "reads another file"},
		{`<pattern><rule context="c"><assert test="collection()">d</assert></rule></pattern>`, "assert collection() on c", "reads other documents"},
		{`<pattern><rule context="c"><assert test="map { 'a': 1 }">d</assert></rule></pattern>`, "assert map { 'a': 1 } on c", "maps, arrays"},
		{`<pattern><rule context="c"><assert test="function($x) { $x }(1)">d</assert></rule></pattern>`, "assert function($x) { $x }(1) on c", ""},
		{`<pattern><rule context="c"><assert test="x:unknown(1)">d</assert></rule></pattern>`, "assert x:unknown(1) on c", "is not defined in the schema"},
		{`<pattern><rule context="c"><assert test="matches(., '(a)\1')">d</assert></rule></pattern>`, `assert matches(., '(a)\1') on c`, "refers back to a group"},
		{`<let name="v" value="doc('x')"/><let name="w" value="$v"/><pattern><rule context="c"><assert test="$w">d</assert></rule></pattern>`, "assert $w on c", "it needs $v, and the function doc()"},
		{`<pattern id="p" documents="x"><rule context="c"><assert test="true()">d</assert></rule></pattern>`, "p: assert true() on c", "is about other documents"},
		{`<pattern><rule context="c[doc('x')]"><assert test="true()">d</assert></rule></pattern>`, "assert true() on c[doc('x')]", "its context can't be run"},
		{`<xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:f"><xsl:apply-templates/></xsl:function><pattern><rule context="c"><assert test="x:f()">d</assert></rule></pattern>`, "assert x:f() on c", "the function f() can't be run: it uses xsl:apply-templates"},
		{`<let name="v" value="doc('x')"/><xsl:function xmlns:xsl="http://www.w3.org/1999/XSL/Transform" name="x:f"><xsl:sequence select="$v"/></xsl:function><pattern><rule context="c"><assert test="x:f()">d</assert></rule></pattern>`, "assert x:f() on c", "it needs $v, and the function doc()"},
		{`<pattern><rule context="c"><assert test="namespace::*">d</assert></rule></pattern>`, "assert namespace::* on c", "the namespace axis"},
	} {
		s := compileFiles(t, map[string]string{"s.sch": head + c.body + `<pattern><rule context="c"><report test="true()">runs</report></rule></pattern></schema>`}, CompileOptions{})
		n := s.NotRun()
		if len(n) != 1 || n[0].Rule != c.rule || !strings.Contains(n[0].Reason, c.reason) || n[0].File != "s.sch" || n[0].Line != 1 {
			t.Errorf("%s\n%+v", c.body, n)
		}
		if s.Rules() != 2 {
			t.Errorf("%s: %d rules", c.body, s.Rules())
		}
		if got := findings(t, s, small); len(got) != 1 || got[0] != "/a[1]/b[2]/c[1] runs" {
			t.Errorf("%s: %q", c.body, got)
		}
	}
	s := compileFiles(t, map[string]string{"s.sch": `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="stx"><pattern><rule context="c"><assert test="whatever { }">d</assert></rule></pattern></schema>`}, CompileOptions{})
	if n := s.NotRun(); len(n) != 1 || !strings.Contains(n[0].Reason, `the query language "stx" is not run here`) {
		t.Errorf("%+v", n)
	}
	// a rule whose context is not known leaves nothing certain to those after it
	s = compileFiles(t, map[string]string{"s.sch": head + `<pattern><rule context="b[doc('x')]"><assert test="false()">1</assert></rule><rule context="b"><assert test="false()">2</assert></rule></pattern></schema>`}, CompileOptions{})
	if n := s.NotRun(); len(n) != 2 || !strings.Contains(n[1].Reason, "an earlier rule") {
		t.Errorf("%+v", n)
	}
}

// faults are schemas that are wrong: the place of the first finding, its code,
// and words of it.
var faults = []struct{ schema, want string }{
	{head + `<patern/></schema>`, `1:103 schschema/element: Schematron has no element "patern"; did you mean <pattern>?`},
	{head + `<pattern><assert test="true()"/></pattern></schema>`, `1:112 schschema/place: <assert> does not belong into <pattern>; it stands in <rule>`},
	{head + `<rule context="a"/></schema>`, `1:103 schschema/place: <rule> does not belong into <schema>; it stands in <pattern>`},
	{head + `<pattern><rule><assert test="true()"/></rule></pattern></schema>`, `1:112 schschema/attribute: <rule> has no @context`},
	{head + `<pattern><rule context="a"><assert>x</assert></rule></pattern></schema>`, `1:130 schschema/attribute: <assert> has no @test`},
	{head + `<pattern><rule context="a"><assert test="(1">x</assert></rule></pattern></schema>`, `1:146 schschema/xpath: the XPath of @test is wrong at its character 3: the end where ")" should stand`},
	{head + `<pattern><rule context="a"><assert test="foo(1)">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: XPath has no function foo()`},
	{head + `<pattern><rule context="a"><assert test="startsWith('a', 'b')">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: XPath has no function startsWith(); did you mean starts-with()?`},
	{head + `<pattern><rule context="a"><assert test="contains('a')">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: contains() takes 2 to 3 arguments, not 1`},
	{head + `<pattern><rule context="a"><assert test="y:a">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: the prefix y is not declared`},
	{head + `<pattern><rule context="a"><assert test="1 = $v">x</assert></rule></pattern></schema>`, `1:148 schschema/xpath: the XPath of @test is wrong at its character 5: the variable $v is not declared`},
	{head + `<pattern><rule context="a"><assert test="a b">x</assert></rule></pattern></schema>`, `1:146 schschema/xpath: the XPath of @test is wrong at its character 3: "b" does not belong here`},
	{head + `<pattern><rule context="a"><assert test="">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: the expression is empty`},
	{head + `<pattern><rule context="a/.."><assert test="1">x</assert></rule></pattern></schema>`, `1:127 schschema/xpath: the XPath of @context is wrong at its character 1: the context of a rule goes down only`},
	{head + `<pattern><rule context="1 + 1"><assert test="1">x</assert></rule></pattern></schema>`, `1:127 schschema/xpath: the XPath of @context is wrong at its character 1: the context of a rule has to be a pattern`},
	{head + `<pattern><rule context="a["><assert test="1">x</assert></rule></pattern></schema>`, `1:129 schschema/xpath: the XPath of @context is wrong at its character 3`},
	{head + `<pattern><rule context="a"><assert test="matches(., '[')">x</assert></rule></pattern></schema>`, `1:144 schschema/xpath: the XPath of @test is wrong at its character 1: the regular expression "[" is wrong`},
	{head + `<pattern><rule context="a"><report test="1">x <value-of/></report></rule></pattern></schema>`, `1:149 schschema/attribute: <value-of> has no @select`},
	{head + `<pattern><rule context="a"><extends rule="r"/></rule></pattern></schema>`, `1:130 schschema/abstract: there is no abstract rule with id="r"`},
	{head + `<pattern><rule context="a"><extends/></rule></pattern></schema>`, `1:130 schschema/attribute: <extends> has neither @rule nor @href`},
	{head + `<pattern><rule abstract="true" id="r"><extends rule="r"/></rule><rule context="a"><extends rule="r"/></rule></pattern></schema>`, `1:112 schschema/abstract: the abstract rule "r" extends itself`},
	{head + `<pattern is-a="p"/></schema>`, `1:103 schschema/abstract: there is no abstract pattern with id="p"`},
	{head + `<include href="none.sch"/></schema>`, `1:103 schschema/file: there is no file none.sch; put it there, or correct href`},
	{head + `<include href="http://example.org/x.sch"/></schema>`, `1:103 schschema/file: http://example.org/x.sch is not in the file system, and nothing is read from the network`},
	{head + `<include href="s.sch"/></schema>`, `1:103 schschema/file: s.sch includes itself`},
	{head + `<include/></schema>`, `1:103 schschema/attribute: <include> has no @href`},
	{head + `<phase id="f"><active pattern="p"/></phase></schema>`, `1:117 schschema/reference: there is no pattern with id="p"`},
	{head + `<ns prefix="x" uri="urn:y"/></schema>`, `1:103 schschema/namespace: the prefix x stands for urn:x already`},
	{head + `<ns prefix="y"/></schema>`, `1:103 schschema/attribute: <ns> has no @uri`},
	{head + `<let name="v" value="1"/><let name="v" value="2"/></schema>`, `1:128 schschema/let: the variable $v is declared twice in one <schema>`},
	{head + `<let name="1" value="1"/></schema>`, `1:103 schschema/let: "1" is no name for a variable`},
	{head + `<pattern><rule context="a"><assert test="1" diagnostics="d">x</assert></rule></pattern></schema>`, `1:130 schschema/reference: there is no diagnostic with id="d"`},
	{head + `<pattern><rule context="a"><assert test="1" properties="d">x</assert></rule></pattern></schema>`, `1:130 schschema/reference: there is no property with id="d"`},
	{`<schema queryBinding="xslt2"/>`, `1:1 schschema/namespace: this schema is of the namespace ""; a Schematron schema is of http://purl.oclc.org/dsdl/schematron`},
	{`<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>`, `1:1 schschema/element: the document element is "grammar"`},
	{`<schema xmlns="http://purl.oclc.org/dsdl/schematron" defaultPhase="p"/>`, `1:1 schschema/phase: the schema has no phase "p" (by @defaultPhase); it has none, and #ALL runs all patterns`},
	{head + `<pattern>`, `1:112 xml/unclosed`},
	{``, `xml/empty`},
}

func TestFaultsOfSchemasAreSaid(t *testing.T) {
	for _, c := range faults {
		_, err := Compile(fstest.MapFS{"s.sch": {Data: []byte(c.schema)}}, "s.sch", CompileOptions{})
		if c.want == "" {
			if err != nil {
				t.Errorf("%s\n%v", c.schema, err)
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s\n%v", c.schema, err)
			continue
		}
		f := e.Findings[0]
		got := strings.TrimPrefix(f.Pos.String(), "s.sch:") + " " + string(f.Code) + ": " + f.Message
		if !strings.Contains(got, c.want) {
			t.Errorf("%s\n got %s\nwant %s", c.schema, got, c.want)
		}
	}
}
