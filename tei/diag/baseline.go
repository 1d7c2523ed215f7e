package diag

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
)

// Baseline holds the findings that a project has for now, so that only new ones
// fail. It is a file of JSON that people commit:
//
//	{
//	  "baseline": 1,
//	  "findings": [
//	    {
//	      "file": "letters/a.xml",
//	      "fingerprint": "5f0c…",
//	      "count": 2,
//	      "code": "rng/value",
//	      "message": "…"
//	    }
//	  ]
//	}
//
// A finding is known by its file, a relative path with slashes, and its
// Fingerprint with ordinal 0; count says how many are alike. Code and message
// are for the reader. Entries are ordered by file, code, message and
// fingerprint. A Baseline that nobody adds to may be asked by several at once.
type Baseline struct {
	files map[string]map[string]BaselineEntry // by file, by fingerprint
}

// BaselineEntry is a finding of a baseline, as often as it is there.
type BaselineEntry struct {
	File        string `json:"file"`
	Fingerprint string `json:"fingerprint"`
	Count       int    `json:"count"`
	Code        string `json:"code"`
	Message     string `json:"message"`
}

type baselineFile struct {
	Baseline int             `json:"baseline"`
	Findings []BaselineEntry `json:"findings"`
}

// NewBaseline is a baseline without findings.
func NewBaseline() *Baseline { return &Baseline{map[string]map[string]BaselineEntry{}} }

// ReadBaseline reads what Write wrote. The error says what is wrong with the
// file.
func ReadBaseline(r io.Reader) (*Baseline, error) {
	var f baselineFile
	d := json.NewDecoder(r)
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("this is not a baseline: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("this is not a baseline: there is more after its end")
	}
	if f.Baseline != 1 {
		return nil, fmt.Errorf("this is no baseline of a kind that is known here: \"baseline\" is %d, not 1", f.Baseline)
	}
	b := NewBaseline()
	for i, e := range f.Findings {
		if e.File == "" || e.Fingerprint == "" || e.Count < 1 {
			return nil, fmt.Errorf("finding %d of the baseline needs a file, a fingerprint and a count of at least 1", i+1)
		}
		b.put(BaselineEntry{Plain(slashed(e.File)), Plain(e.Fingerprint), e.Count, Plain(e.Code), Plain(e.Message)})
	}
	return b, nil
}

// put adds an entry to what is there.
func (b *Baseline) put(e BaselineEntry) {
	in := b.seen(e.File)
	e.Count += in[e.Fingerprint].Count
	in[e.Fingerprint] = e
}

// seen are the entries of a file, which has been looked at from now on.
func (b *Baseline) seen(file string) map[string]BaselineEntry {
	if b.files[file] == nil {
		b.files[file] = map[string]BaselineEntry{}
	}
	return b.files[file]
}

// Add takes the findings of a file in. file is relative to the folder that holds
// the baseline; text is the document, in UTF-8.
func (b *Baseline) Add(file string, findings List, text []byte) {
	name := Plain(slashed(file))
	b.seen(name)
	for i, print := range baselinePrints(file, findings, text) {
		b.put(BaselineEntry{name, print, 1, Plain(string(findings[i].Code)), Plain(findings[i].Message)})
	}
}

// Take takes over what another baseline has of files that were not added to b, of
// those that keep is true for.
func (b *Baseline) Take(other *Baseline, keep func(file string) bool) {
	for file, in := range other.files {
		if b.files[file] == nil && keep(file) {
			b.files[file] = maps.Clone(in)
		}
	}
}

// which says of each finding whether the baseline has it.
func (b *Baseline) which(file string, findings List, text []byte) []bool {
	out := make([]bool, len(findings))
	in := b.files[Plain(slashed(file))]
	if len(in) == 0 {
		return out
	}
	taken := map[string]int{}
	for i, print := range baselinePrints(file, findings, text) {
		if taken[print] < in[print].Count {
			taken[print]++
			out[i] = true
		}
	}
	return out
}

// Fold takes the findings of f that the baseline has out of it: they are counted
// in f.Folded. name is f's name for the baseline, as for Add.
func (b *Baseline) Fold(name string, f *File) {
	known := b.which(name, f.Findings, f.Text)
	f.Keep(func(i int) bool { return !known[i] })
}

// Mended lists what the baseline has and now has not, or not as often, in the
// order of Write: Count is by how many it is less. Files that were not added to
// now are not compared.
func (b *Baseline) Mended(now *Baseline) []BaselineEntry {
	var out []BaselineEntry
	for _, e := range b.entries() {
		there, looked := now.files[e.File]
		if e.Count -= there[e.Fingerprint].Count; looked && e.Count > 0 {
			out = append(out, e)
		}
	}
	return out
}

// Write writes the baseline; equal ones come out as equal bytes.
func (b *Baseline) Write(w io.Writer) error {
	text, err := indented(baselineFile{1, append([]BaselineEntry{}, b.entries()...)}, "")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text+"\n")
	return err
}

func (b *Baseline) entries() []BaselineEntry {
	var out []BaselineEntry
	for in := range maps.Values(b.files) {
		out = slices.AppendSeq(out, maps.Values(in))
	}
	slices.SortFunc(out, func(x, y BaselineEntry) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Message, y.Message), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	return out
}

// baselinePrints are the fingerprints of findings with ordinal 0: a baseline
// counts those that are alike. The document may be called by another path than
// file, such as one from another folder, but not by another name; what has
// another name is in a file that it includes, whose lines are not at hand.
func baselinePrints(file string, findings List, text []byte) []string {
	f := File{Name: file, Text: text}
	out := make([]string, len(findings))
	for i, x := range findings {
		if path.Base(slashed(x.Pos.File)) == path.Base(slashed(file)) {
			x.Pos.File = file
		}
		out[i] = Fingerprint(x, f.near(x), 0)
	}
	return out
}
