// Package lazyregexp holds regular expressions that are compiled when they are
// first used. A command that validates one small file takes a few milliseconds;
// to compile at its start what only messages and rare inputs ask for would be
// more than half a millisecond of them.
package lazyregexp

import (
	"os"
	"regexp"
	"strings"
	"sync"
)

// A Regexp is a regular expression in the syntax of package regexp. It is safe
// for use by several goroutines.
type Regexp struct{ compiled func() *regexp.Regexp }

// New is the regular expression of a text. A text that is none panics: at its
// first use, and in tests at once.
func New(text string) Regexp {
	r := Regexp{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	if strings.HasSuffix(os.Args[0], ".test") {
		r.compiled()
	}
	return r
}

// The methods are those of regexp.Regexp.

func (r Regexp) MatchString(s string) bool            { return r.compiled().MatchString(s) }
func (r Regexp) FindString(s string) string           { return r.compiled().FindString(s) }
func (r Regexp) FindSubmatch(b []byte) [][]byte       { return r.compiled().FindSubmatch(b) }
func (r Regexp) FindStringSubmatch(s string) []string { return r.compiled().FindStringSubmatch(s) }
func (r Regexp) FindStringSubmatchIndex(s string) []int {
	return r.compiled().FindStringSubmatchIndex(s)
}
func (r Regexp) ReplaceAllString(s, by string) string { return r.compiled().ReplaceAllString(s, by) }
func (r Regexp) ReplaceAllStringFunc(s string, by func(string) string) string {
	return r.compiled().ReplaceAllStringFunc(s, by)
}
func (r Regexp) ExpandString(to []byte, template, s string, match []int) []byte {
	return r.compiled().ExpandString(to, template, s, match)
}
