package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"sigla/schemas"
	"sigla/schemas/lint"
	"sigla/tei/diag"
)

// sigla.toml holds what a project wants of validate. The file is found upward
// from the working directory, no farther than the root of the repository
// (which has .git); outside a repository the working directory alone is looked
// in. What stands on the command line goes before what stands here.
//
//	[validate]
//	schema = ["tei_all.rng", "project.sch"]
//	fail-on = "warning"
//	exclude = ["drafts"]
//
//	[rules]
//	"lint/pointer-dangling" = "warning"
//	"lint/lang-*" = "off"
//
//	[[override]]
//	files = ["letters/**"]
//	schema = ["letters.rnc"]
//	rules = { "lint/id-corpus" = "error" }
//
// configKeys are all keys there are. What is not among them is an error, with
// its place: a setting that nobody reads is worse than none.

const configName = "sigla.toml"

// config is what a sigla.toml says. The zero value is a project without one.
type config struct {
	Validate validateConfig  `toml:"validate"`
	Rules    ruleLevels      `toml:"rules"`
	Override []overrideTable `toml:"override"`

	path string // of the file, "" without one
	dir  string // its folder: what its paths and patterns count from
	sum  string // tells it from others: a hash of its text
}

type validateConfig struct {
	Schema   []string `toml:"schema"`
	Catalogs []string `toml:"catalogs"`
	Phase    string   `toml:"phase"`
	FailOn   string   `toml:"fail-on"`
	Baseline string   `toml:"baseline"`
	Exclude  []string `toml:"exclude"`
	Jobs     int      `toml:"jobs"`
	Cache    *bool    `toml:"cache"` // nil: not said
}

type overrideTable struct {
	Files  []string   `toml:"files"`
	Schema []string   `toml:"schema"`
	Rules  ruleLevels `toml:"rules"`
}

// ruleLevels are levels of rules by code or pattern of codes.
type ruleLevels map[string]string

// configKey is a key of sigla.toml. A * in a name stands for what the user
// names, a rule.
type configKey struct {
	name    string
	holds   string // follows "holds"
	example string
	does    string
	check   func(value string) string // what is wrong with a value, "" if nothing is
}

// configKeys are the keys of sigla.toml, in the order of the manual.
var configKeys = []configKey{
	{"validate.schema", "a list of schemas", `["tei_all.rng"]`, "schemas to validate against: files, addresses or names of the store", nil},
	{"validate.catalogs", "a list of files", `["catalog.xml"]`, "OASIS XML catalogs", nil},
	{"validate.phase", "the name of a phase", `"draft"`, "the phase of Schematron that is run", nil},
	{"validate.fail-on", "error, warning or never", `"error"`, "from which severity on a finding makes validate fail", checkFailOn},
	{"validate.baseline", "the name of a file", `"baseline.json"`, "findings that are known and pass", nil},
	{"validate.exclude", "a list of patterns", `["drafts", "**/*.bak.xml"]`, "files that are left out", checkPattern},
	{"validate.jobs", "a whole number from 1 on", `4`, "files at a time", checkJobs},
	{"validate.cache", "true or false", `false`, "whether results are kept for files that have not changed", nil},
	{"rules.*", "off, info, warning or error", `"off"`, "the weight of a rule, by its code or a pattern of codes", checkLevel},
	{"override.files", "a list of patterns", `["letters/**"]`, "the files that the table is for", checkPattern},
	{"override.schema", "a list of schemas", `["letters.rnc"]`, "the schemas of these files, in place of validate.schema", nil},
	{"override.rules.*", "off, info, warning or error", `"error"`, "the weight of a rule in these files", checkLevel},
}

const levelOff = "off"

// levels are the weights that a rule can be given.
var levels = map[string]diag.Severity{"info": diag.Info, "warning": diag.Warning, "error": diag.Error}

func checkFailOn(s string) string {
	if s == "error" || s == "warning" || s == "never" {
		return ""
	}
	return "it is error, warning or never"
}

func checkLevel(s string) string {
	if _, ok := levels[s]; ok || s == levelOff {
		return ""
	}
	return "it is off, info, warning or error"
}

func checkPattern(s string) string {
	switch {
	case !doublestar.ValidatePattern(filepath.ToSlash(s)):
		return "it is no pattern of files; a [ or { is not closed"
	case s == "":
		return "it is empty and fits nothing"
	}
	return ""
}

func checkJobs(s string) string {
	if n, err := strconv.Atoi(strings.ReplaceAll(s, "_", "")); err == nil && n < 1 {
		return "it is at least 1"
	}
	return ""
}

// checkRule says what is wrong with a code or pattern of codes.
func checkRule(s string) string {
	stage, _, both := strings.Cut(s, "/")
	switch {
	case !doublestar.ValidatePattern(s):
		return "it is no pattern of codes; a [ or { is not closed"
	case s == "*" || s == "**":
		return ""
	case !both:
		return "a code has two parts, such as lint/id-name, and a pattern such as lint/* stands for several"
	case stage != "lint":
		return ""
	}
	var codes []string
	for _, l := range lint.Lints {
		if fitsCode(s, l.Code) {
			return ""
		}
		codes = append(codes, string(l.Code))
	}
	if near := lint.Nearest(s, slices.Values(codes)); near != "" {
		return fmt.Sprintf("no check is called so; did you mean %q?", near)
	}
	return "no check is called so; see docs/lints.md"
}

// loadConfig reads the file that explicit names, or, if that is "", the
// sigla.toml found upward from the folder start. Without one it is the zero
// config.
func loadConfig(start, explicit string) (*config, error) {
	name := explicit
	if name == "" {
		if name = findConfig(start); name == "" {
			return &config{}, nil
		}
	}
	doc, err := readConfig(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, usage("--config %s: there is no such file", name)
	case err != nil:
		return nil, fault(plainError(err))
	}
	c := &config{path: name, dir: filepath.Dir(name), sum: fmt.Sprintf("%x", sha256.Sum256(doc))}
	if err := c.parse(doc); err != nil {
		return nil, err
	}
	return c, nil
}

const configLength = 1 << 20

func readConfig(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := io.ReadAll(io.LimitReader(f, configLength+1))
	if err == nil && len(doc) > configLength {
		err = fmt.Errorf("%s is longer than 1 MB, which no configuration is", name)
	}
	return doc, err
}

// findConfig is the sigla.toml in start or above it in the same repository, or
// "".
func findConfig(start string) string {
	is := func(name string) bool {
		_, err := os.Stat(name)
		return err == nil
	}
	nearest := ""
	for dir := start; ; dir = filepath.Join(dir, "..") {
		if name := filepath.Join(dir, configName); nearest == "" && is(name) {
			nearest = name
		}
		if is(filepath.Join(dir, ".git")) {
			return nearest
		}
		whole, err := filepath.Abs(dir)
		if err != nil || whole == filepath.Dir(whole) {
			break
		}
	}
	if name := filepath.Join(start, configName); is(name) {
		return name
	}
	return ""
}

// parse reads the text of a configuration.
func (c *config) parse(doc []byte) error {
	err := toml.Unmarshal(doc, c)
	w := &configWalk{name: c.path, doc: doc, decoded: err == nil}
	var parser unstable.Parser
	parser.Reset(doc)
	for parser.NextExpression() {
		w.expression(parser.Expression())
	}
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &wrong):
		line, column := wrong.Position()
		w.say(w.offset(line, column), "%s", w.decodeError(wrong))
	case err != nil:
		w.say(0, "%s", strings.TrimPrefix(err.Error(), "toml: "))
	}
	if len(w.faults) == 0 {
		return nil
	}
	return usage("%s", strings.Join(w.faults, "\n"))
}

// configWalk checks the keys and values of a configuration where they stand.
type configWalk struct {
	name    string
	doc     []byte
	decoded bool // values are of the right kind
	table   []string
	faults  []string
}

const configFaults = 10

func (w *configWalk) say(offset int, format string, args ...any) {
	if len(w.faults) < configFaults {
		pos := diag.NewLines(w.name, string(w.doc)).Pos(offset)
		w.faults = append(w.faults, fmt.Sprintf("%s: %s", pos, diag.Plain(fmt.Sprintf(format, args...))))
	}
}

// offset is the byte that a line and a column, in bytes, mean.
func (w *configWalk) offset(line, column int) int {
	at := 0
	for ; line > 1; line-- {
		at += bytes.IndexByte(w.doc[at:], '\n') + 1
	}
	return at + column - 1
}

// decodeError says what has to stand at a key whose value is of another kind.
func (w *configWalk) decodeError(e *toml.DecodeError) string {
	key := []string(e.Key())
	if strings.Contains(e.Error(), "cannot decode") || strings.Contains(e.Error(), "too large") {
		for _, k := range configKeys {
			if k.fits(key) || k.fits(append(slices.Clone(key), "*")) {
				return fmt.Sprintf("%s holds %s, such as %s", strings.Join(key, "."), k.holds, k.example)
			}
		}
		if len(key) > 0 {
			return fmt.Sprintf("%s is a table and holds keys of its own; write [%[1]s]", strings.Join(key, "."))
		}
	}
	return "this is no TOML: " + strings.TrimPrefix(e.Error(), "toml: ")
}

// fits reports whether a path of keys is that of k.
func (k *configKey) fits(path []string) bool {
	parts := strings.Split(k.name, ".")
	if len(parts) != len(path) {
		return false
	}
	for i, p := range parts {
		if p != "*" && p != path[i] {
			return false
		}
	}
	return true
}

func (w *configWalk) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.Table, unstable.ArrayTable:
		w.table = nil
		w.key(n, nil)
		for it := n.Key(); it.Next(); {
			w.table = append(w.table, string(it.Node().Data))
		}
	case unstable.KeyValue:
		w.keyValue(n, w.table)
	}
}

// key checks that each part of a key leads to one that is known. It gives the
// path and where the last part stands; ok is false where that was reported.
func (w *configWalk) key(n *unstable.Node, table []string) (path []string, at int, ok bool) {
	path = slices.Clone(table)
	for it := n.Key(); it.Next(); {
		part := it.Node()
		at = int(part.Raw.Offset)
		siblings := keysBelow(path)
		if siblings == nil {
			return path, at, false // reported with what stands around it, or of the wrong kind
		}
		name := string(part.Data)
		switch {
		case slices.Contains(siblings, "*"):
			if why := checkRule(name); why != "" {
				w.say(at, "the rule %q: %s", name, why)
				return path, at, false
			}
		case !slices.Contains(siblings, name):
			where := "at the top"
			if len(path) > 0 {
				where = "in " + strings.Join(path, ".")
			}
			hint := "the keys are " + strings.Join(siblings, ", ")
			if near := lint.Nearest(name, slices.Values(siblings)); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			w.say(at, "there is no key %q %s; %s", name, where, hint)
			return path, at, false
		}
		path = append(path, name)
	}
	return path, at, true
}

// keysBelow are the keys that a table has, or nil.
func keysBelow(path []string) (names []string) {
	for _, k := range configKeys {
		parts := strings.Split(k.name, ".")
		if len(parts) > len(path) && slices.Equal(parts[:len(path)], path) && !slices.Contains(names, parts[len(path)]) {
			names = append(names, parts[len(path)])
		}
	}
	return names
}

func (w *configWalk) keyValue(n *unstable.Node, table []string) {
	path, at, ok := w.key(n, table)
	if ok {
		w.value(n.Value(), path, at)
	}
}

func (w *configWalk) value(v *unstable.Node, path []string, at int) {
	switch v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			w.keyValue(it.Node(), path)
		}
	case unstable.Array:
		for it := v.Children(); it.Next(); {
			w.value(it.Node(), path, at)
		}
	case unstable.String, unstable.Integer:
		i := slices.IndexFunc(configKeys, func(k configKey) bool { return k.fits(path) })
		if i < 0 || configKeys[i].check == nil || !w.decoded {
			return
		}
		if why := configKeys[i].check(string(v.Data)); why != "" {
			if v.Raw.Length > 0 {
				at = int(v.Raw.Offset)
			}
			w.say(at, "%s is %q: %s", strings.Join(path, "."), v.Data, why)
		}
	}
}

// severity is the severity that the configuration gives a finding, and whether
// it is to be reported at all. An override goes before [rules], a later
// override before an earlier one, and within a table the code before a pattern
// and the longer pattern before a shorter one.
func (c *config) severity(code diag.Code, file string, s diag.Severity) (severity diag.Severity, on bool) {
	level, is := "", false
	for i := len(c.Override) - 1; i >= 0 && !is; i-- {
		if o := &c.Override[i]; len(o.Rules) > 0 && c.fitsAny(o.Files, file) {
			level, is = o.Rules.of(code)
		}
	}
	if !is {
		level, is = c.Rules.of(code)
	}
	switch {
	case !is:
		return s, true
	case level == levelOff:
		return s, false
	}
	return levels[level], true
}

// of is the level of a code.
func (r ruleLevels) of(code diag.Code) (level string, is bool) {
	if level, is = r[string(code)]; is {
		return level, true
	}
	best := ""
	for pattern := range r {
		if fitsCode(pattern, code) && (!is || len(pattern) > len(best) || len(pattern) == len(best) && pattern < best) {
			best, is = pattern, true
		}
	}
	return r[best], is
}

func fitsCode(pattern string, code diag.Code) bool {
	return pattern == "*" || doublestar.MatchUnvalidated(pattern, string(code))
}

// schemasFor are the schemas that a file is validated against, by the names
// that validate takes: those of the last override that is for the file and has
// schemas, or validate.schema. Paths count from the working directory.
func (c *config) schemasFor(file string) []string {
	list := c.Validate.Schema
	for i := len(c.Override) - 1; i >= 0; i-- {
		if o := &c.Override[i]; len(o.Schema) > 0 && c.fitsAny(o.Files, file) {
			list = o.Schema
			break
		}
	}
	out := make([]string, len(list))
	for i, name := range list {
		if out[i] = name; isSchemaFile(name) {
			out[i] = c.resolve(name)
		}
	}
	return out
}

// schemas are all files that the configuration names as schemas.
func (c *config) schemas() []string {
	l := slices.Clone(c.Validate.Schema)
	for _, o := range c.Override {
		l = append(l, o.Schema...)
	}
	return slices.DeleteFunc(l, func(name string) bool { return !isSchemaFile(name) })
}

// isSchemaFile tells a file from an address and from a name of the store.
func isSchemaFile(name string) bool {
	if strings.Contains(name, "://") {
		return false
	}
	return strings.ContainsAny(name, `/\`) || strings.EqualFold(filepath.Ext(name), ".sch") ||
		slices.ContainsFunc(schemas.Languages, func(l schemas.Language) bool { return strings.EqualFold(filepath.Ext(name), l.Ending) })
}

// resolve is a path of the configuration from the working directory.
func (c *config) resolve(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(c.dir, filepath.FromSlash(name))
}

// catalogs are the files of validate.catalogs.
func (c *config) catalogs() []string {
	var out []string
	for _, name := range c.Validate.Catalogs {
		out = append(out, c.resolve(name))
	}
	return out
}

// baseline is the file of validate.baseline, or "".
func (c *config) baseline() string { return c.resolve(c.Validate.Baseline) }

// excluded reports whether validate.exclude leaves a file out.
func (c *config) excluded(file string) bool { return c.fitsAny(c.Validate.Exclude, file) }

// fitsAny reports whether a file fits one of the patterns. A pattern counts
// from the folder of the configuration; one without / fits at any depth; one
// that fits a folder fits all that is in it.
func (c *config) fitsAny(patterns []string, file string) bool {
	if len(patterns) == 0 {
		return false
	}
	name := c.relative(file)
	if strings.HasPrefix(name, "../") {
		return false // not of this project
	}
	for _, p := range patterns {
		p = path.Clean(filepath.ToSlash(p))
		if !strings.Contains(p, "/") {
			p = "**/" + p
		}
		if doublestar.MatchUnvalidated(p, name) || doublestar.MatchUnvalidated(p+"/**", name) {
			return true
		}
	}
	return false
}

// relative is a file's name from the folder of the configuration, with slashes.
func (c *config) relative(file string) string {
	dir, err1 := filepath.Abs(c.dir)
	whole, err2 := filepath.Abs(file)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(dir, whole); err == nil {
			file = rel
		}
	}
	if file = filepath.ToSlash(file); !utf8.ValidString(file) {
		file = strings.ToValidUTF8(file, "\uFFFD")
	}
	return file
}
