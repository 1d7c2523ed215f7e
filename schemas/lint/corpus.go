package lint

import (
	"path"
	"path/filepath"

	"sigla/tei/diag"
)

// CorpusOptions are for the checks across files. The zero value is the default.
type CorpusOptions struct {
	On func(diag.Code) bool // which lints run; nil: those that are on by default

	// Exists says whether there is a file, by its name with slashes; nil: what
	// is not among the results is left alone.
	Exists func(name string) bool
}

// Corpus checks what only shows across files: pointers from one to another,
// and, where it is asked for, identifiers that two files give. The results come
// from File with Options.Corpus. Findings are in the order of the results.
func Corpus(results []*Result, o CorpusOptions) diag.List {
	c := corpus{files: map[string]*fileIDs{}, homes: map[string]ID{}}
	for _, r := range results {
		c.add(r)
	}
	on := func(code diag.Code) bool { return lintOf(code).runs(o.On) }
	var l diag.List
	for _, r := range results {
		if on(CodePointerDangling) {
			l = append(l, c.dangling(r)...)
		}
		if on(CodePointerFile) && o.Exists != nil {
			l = append(l, c.absent(r, o.Exists)...)
		}
		if on(CodeIDCorpus) {
			l = append(l, c.repeated(r)...)
		}
	}
	return l
}

type corpus struct {
	files map[string]*fileIDs
	homes map[string]ID // where an id is first given
}

type fileIDs struct {
	names   map[string]int
	partial bool // not all of the file could be looked at
	suggest suggester
}

func nameOf(file string) string { return path.Clean(slashed(file)) }

// seenFrom is the path of a file as seen from another's folder, as pointers are
// written: so a message is the same from wherever the files are called, and a
// baseline knows it again.
func seenFrom(from, file string) string {
	rel, err := filepath.Rel(filepath.FromSlash(path.Dir(nameOf(from))), filepath.FromSlash(nameOf(file)))
	if err != nil {
		return file
	}
	return filepath.ToSlash(rel)
}

func (c *corpus) add(r *Result) {
	f := &fileIDs{names: make(map[string]int, len(r.IDs)), partial: r.Partial}
	f.suggest.names = f.names
	for _, id := range r.IDs {
		f.names[id.Name] = id.Pos.Offset
		if _, is := c.homes[id.Name]; !is && !id.Other {
			c.homes[id.Name] = id
		}
	}
	c.files[nameOf(r.Name)] = f
}

func (c *corpus) dangling(r *Result) (l diag.List) {
	lint := lintOf(CodePointerDangling)
	for i := range r.References {
		ref := &r.References[i]
		f := c.files[ref.File]
		if f == nil || ref.ID == "" || f.partial {
			continue
		}
		if _, is := f.names[ref.ID]; is {
			continue
		}
		home, elsewhere := c.homes[ref.ID]
		hint := "; give it to the element that is meant, or correct the pointer"
		if near := f.suggest.nearest(ref.ID); elsewhere {
			hint = "; one in " + diag.Short(seenFrom(r.Name, home.Pos.File)) + " has"
		} else if near != "" {
			hint = "; did you mean #" + diag.Short(near) + "?"
		}
		finding := lint.finding(ref.Pos, ref.Len, "@%s points to \"%s\", but no element of %s has the xml:id \"%s\"%s", ref.Attribute, ref.Written, seenFrom(r.Name, ref.File), ref.ID, whole(hint))
		if elsewhere {
			finding.Related = []diag.Related{{Pos: home.Pos, Message: "an element with that xml:id"}}
		}
		l = append(l, finding)
	}
	return l
}

func (c *corpus) absent(r *Result, exists func(string) bool) (l diag.List) {
	lint := lintOf(CodePointerFile)
	known := map[string]bool{}
	for i := range r.References {
		ref := &r.References[i]
		if path.Ext(ref.File) != ".xml" || c.files[ref.File] != nil {
			continue
		}
		there, asked := known[ref.File]
		if !asked {
			there = exists(ref.File)
			known[ref.File] = there
		}
		if !there {
			l = append(l, lint.finding(ref.Pos, ref.Len, "@%s points to \"%s\", but there is no file %s; correct the pointer, or add the file", ref.Attribute, ref.Written, seenFrom(r.Name, ref.File)))
		}
	}
	return l
}

func (c *corpus) repeated(r *Result) (l diag.List) {
	lint := lintOf(CodeIDCorpus)
	for _, id := range r.IDs {
		home := c.homes[id.Name]
		if id.Other || home.Pos.File == id.Pos.File {
			continue
		}
		finding := lint.finding(id.Pos, len(id.Name), "xml:id \"%s\" is given in %s too; where the files are read together, one of the two has to change", id.Name, seenFrom(r.Name, home.Pos.File))
		finding.Related = []diag.Related{{Pos: home.Pos, Message: "first given here"}}
		l = append(l, finding)
	}
	return l
}
