package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"sigla/tei/diag"
)

// baseline is the file of --baseline at work.
type baseline struct {
	path   string
	update bool
	known  *diag.Baseline // nil where there is none yet
	now    *diag.Baseline // what this run has found
}

// openBaseline reads what --baseline or the configuration names; nil if neither
// names one.
func openBaseline(c *cli.Context, conf *config) (*baseline, error) {
	b := &baseline{path: c.String("baseline"), update: c.Bool("update-baseline"), now: diag.NewBaseline()}
	if b.path == "" {
		b.path = conf.baseline()
	}
	switch {
	case b.path == "" && b.update:
		return nil, usage("--update-baseline needs --baseline FILE, to know which file to write")
	case b.path == "":
		return nil, nil
	}
	f, err := os.Open(b.path)
	if errors.Is(err, fs.ErrNotExist) && b.update {
		return b, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("--baseline %s: there is no such file; write it with --update-baseline", b.path)
	}
	if err != nil {
		return nil, usage("--baseline %v", plainError(err))
	}
	defer f.Close()
	if b.known, err = diag.ReadBaseline(f); err != nil {
		return nil, usage("--baseline %s: %v", b.path, err)
	}
	return b, nil
}

// part takes what is known out of a file's findings.
func (b *baseline) part(f *diag.File) {
	name := b.name(f.Name)
	b.now.Add(name, f.Findings, f.Text)
	if b.update {
		f.Keep(func(int) bool { return false })
		return
	}
	b.known.Fold(name, f)
}

// name is what the baseline calls a file: its path from the baseline's folder,
// by whichever links either was named.
func (b *baseline) name(file string) string {
	rel, err := filepath.Rel(unlinked(filepath.Dir(b.path)), filepath.Join(unlinked(filepath.Dir(file)), filepath.Base(file)))
	if err != nil {
		return file
	}
	return rel
}

// unlinked is the absolute path of a folder without links.
func unlinked(dir string) string {
	dir = absolute(dir)
	if whole, err := filepath.EvalSymlinks(dir); err == nil {
		return whole
	}
	return dir
}

// end writes the baseline, or says what of it is mended. What the baseline has of
// files that were not looked at stays, as long as they are there.
func (b *baseline) end(c *cli.Context) error {
	if b.update {
		if b.known != nil {
			b.now.Take(b.known, func(file string) bool {
				_, err := os.Stat(filepath.Join(filepath.Dir(b.path), filepath.FromSlash(file)))
				return err == nil
			})
		}
		f, err := createBeside(b.path, false)
		if err != nil {
			return err
		}
		if err := b.now.Write(f); err != nil {
			f.discard()
			return err
		}
		b.known = b.now
		return f.commit()
	}
	mended := 0
	for _, e := range b.known.Mended(b.now) {
		mended += e.Count
	}
	if mended > 0 && !c.Bool("quiet") {
		_, err := fmt.Fprintf(c.App.ErrWriter, "sigla: mended since the baseline: %d; --update-baseline takes them out\n", mended)
		return err
	}
	return nil
}
