// Package explain holds what every diagnostic code means, with an example and
// how to mend it, for people who edit texts. The words stand in codes/, a
// Markdown file for each stage (the part of a code before the slash), whichever
// package raises them; a test holds that no code is without its words.
//
// A file is a title, what the stage is about, and a section for each code:
//
//	## xml/quotes
//
//	An attribute's value has no straight quotes around it
//
//	What it means, in paragraphs.
//
//	```xml letter.xml
//	<p rend=italic>Dear Mary</p>
//	```
//
//	```console
//	$ sigla validate letter.xml
//	letter.xml:1:9: the value of "rend" has no quotes; … [xml/quotes]
//	```
//
//	**To mend:** what to do.
//
// A fence with a file's name holds that file, one of the language "escaped" with
// the escapes of a Go string. A console fence holds the call and what it says.
// The code sch/* explains all codes of its stage that have no section of their own.
package explain

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sigla/tei/diag/spelling"
)

// Stage is the part of the work that a group of codes comes from.
type Stage struct {
	Name    string // before the slash of its codes
	Title   string
	About   string
	Entries []Entry
}

// Entry explains a code.
type Entry struct {
	Code    string // or STAGE/*, for the codes of a stage that have no entry
	Title   string // what it says, in one line
	Means   []string
	Mend    []string
	Example Example
}

// Example is a small input that raises the code. Without a Command there is
// none, and Means says why.
type Example struct {
	Files   []File
	Command string   // the call, beginning with sigla
	Says    []string // the findings with this code, one line each
}

// File is a file of an example.
type File struct {
	Name, Text string
	Shown      string // Text, with escapes for what can't be shown
}

//go:embed codes/*.md
var codes embed.FS

var stages = sync.OnceValue(func() []Stage {
	s, err := parseAll(codes)
	if err != nil {
		panic(err)
	}
	return s
})

// Stages are all stages with their codes, in the order of the names.
func Stages() []Stage { return stages() }

// Find is the entry of a code, or of its family.
func Find(code string) (Entry, bool) { return find(stages(), code) }

func find(in []Stage, code string) (Entry, bool) {
	stage, _, _ := strings.Cut(code, "/")
	for _, s := range in {
		if s.Name != stage {
			continue
		}
		for _, want := range []string{code, stage + "/*"} {
			if i := slices.IndexFunc(s.Entries, func(e Entry) bool { return e.Code == want }); i >= 0 {
				return s.Entries[i], true
			}
		}
	}
	return Entry{}, false
}

// Near are the codes, three at most, that may have been meant by s, the nearest
// first. Each half of a code is enough to be found.
func Near(s string) []string {
	type near struct {
		code string
		far  int
	}
	var all []near
	s = strings.ToLower(s)
	for _, st := range stages() {
		for _, e := range st.Entries {
			_, rule, _ := strings.Cut(e.Code, "/")
			far := min(spelling.Edits(s, e.Code, 64), spelling.Edits(s, rule, 64)+1)
			if strings.Contains(e.Code, s) || strings.Contains(s, e.Code) {
				far = 1
			}
			if far <= max(2, len(s)/3) {
				all = append(all, near{e.Code, far})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(a.far, b.far) })
	var out []string
	for _, n := range all[:min(len(all), 3)] {
		out = append(out, n.code)
	}
	return out
}

func parseAll(fsys fs.FS) ([]Stage, error) {
	names, err := fs.Glob(fsys, "codes/*.md")
	if err != nil {
		return nil, err
	}
	var out []Stage
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		s, err := parse(strings.TrimSuffix(name[len("codes/"):], ".md"), string(text))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", name, err)
		}
		out = append(out, s)
	}
	return out, nil
}

const mend = "**To mend:** "

// parse reads the file of a stage.
func parse(stage, text string) (Stage, error) {
	s := Stage{Name: stage}
	var e *Entry // nil before the first section
	mending := false
	lines := strings.Split(text, "\n")
	fail := func(i int, format string, args ...any) (Stage, error) {
		return s, fmt.Errorf("%d: %s", i+1, fmt.Sprintf(format, args...))
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch {
		case l == "":
		case strings.HasPrefix(l, "# "):
			s.Title = l[2:]
		case strings.HasPrefix(l, "## "):
			if !strings.HasPrefix(l[3:], stage+"/") {
				return fail(i, "%s is no code of %s", l[3:], stage)
			}
			s.Entries = append(s.Entries, Entry{Code: l[3:]})
			e, mending = &s.Entries[len(s.Entries)-1], false
		case strings.HasPrefix(l, "```"):
			n := slices.Index(lines[i+1:], "```")
			if n < 0 || e == nil {
				return fail(i, "a fence that doesn't close, or stands in no section")
			}
			if err := e.Example.fence(l[3:], lines[i+1:i+1+n]); err != nil {
				return fail(i, "%v", err)
			}
			i += n + 1
		default:
			n := i
			for n < len(lines) && lines[n] != "" && !strings.HasPrefix(lines[n], "```") {
				n++
			}
			paragraph := strings.Join(lines[i:n], " ")
			words, begins := strings.CutPrefix(paragraph, mend)
			switch {
			case e == nil:
				s.About = strings.TrimSpace(s.About + " " + paragraph)
			case e.Title == "":
				e.Title = paragraph
			case begins || mending:
				e.Mend, mending = append(e.Mend, words), true
			default:
				e.Means = append(e.Means, paragraph)
			}
			i = n - 1
		}
	}
	return s, nil
}

// fence takes what stands between two lines of back-ticks.
func (x *Example) fence(info string, lines []string) error {
	language, name, isFile := strings.Cut(info, " ")
	if !isFile {
		if language != "console" || x.Command != "" || len(lines) == 0 || !strings.HasPrefix(lines[0], "$ ") {
			return fmt.Errorf("a fence is a file with its name, or the one console of the section, which begins with $")
		}
		x.Command, x.Says = lines[0][2:], lines[1:]
		return nil
	}
	f := File{Name: name}
	if len(lines) > 0 {
		f.Text = strings.Join(lines, "\n") + "\n"
	}
	f.Shown = f.Text
	if language == "escaped" {
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.Join(lines, `\n`), `"`, `\"`) + `"`)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		f.Text = text
	}
	x.Files = append(x.Files, f)
	return nil
}
