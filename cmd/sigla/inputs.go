package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"sigla/tei/diag"
	"sigla/tei/lazyregexp"
)

// input is a file that a call names.
type input struct {
	path string // or - for standard input
	rel  string // below the folder or pattern that named it

	listed bool // a folder or a pattern named it
	aside  bool // it is read for what others point to; of itself nothing is told
}

// name is what findings call the input.
func (i input) name() string {
	if i.path == "-" {
		return "stdin"
	}
	return i.path
}

// inputs lists what the arguments name: files, folders (their files with the
// ending, those in folders that begin with a dot excepted), patterns and standard input, each once. What can't be an input is a
// finding. many says that the call may mean more than one.
func inputs(args []string, ending string) (list []input, refused diag.List, many bool, err error) {
	refuse := func(name, code, message string) {
		refused = append(refused, diag.Finding{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: diag.Code("input/" + code), Message: message})
	}
	dir, err := filepath.Abs(".") // once: a corpus has ten thousand files
	if err != nil {
		return nil, nil, false, fault(err)
	}
	seen := map[string]bool{}
	add := func(path, rel string, listed bool) {
		key := filepath.Clean(path)
		if path != "-" && !filepath.IsAbs(path) {
			key = filepath.Join(dir, path)
		}
		if !seen[key] {
			seen[key] = true
			list = append(list, input{path: path, rel: rel, listed: listed})
		}
	}
	many = len(args) > 1
	for _, a := range args {
		if a == "-" {
			add("-", "-", false)
			continue
		}
		info, err := os.Stat(a)
		switch {
		case err == nil && info.IsDir():
			many = true
			any := false
			folder := a
			if info, err := os.Lstat(a); err == nil && !info.IsDir() { // a link, which WalkDir does not follow
				folder += string(filepath.Separator)
			}
			err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
				p = filepath.Clean(p)
				if err != nil {
					refuse(p, "unreadable", plainError(err).Error())
					return nil
				}
				if d.IsDir() && p != filepath.Clean(a) && strings.HasPrefix(d.Name(), ".") { // of git, of a cache, of an editor
					return filepath.SkipDir
				}
				if !d.IsDir() && strings.EqualFold(filepath.Ext(p), ending) {
					any = true
					if !ordinary(p) { // a pipe would be waited for for ever
						refuse(p, "irregular", "this is no ordinary file; name it by itself if it is meant")
						return nil
					}
					rel, _ := filepath.Rel(a, p)
					add(p, rel, true)
				}
				return nil
			})
			if err != nil {
				return nil, nil, false, fault(err)
			}
			if !any {
				refuse(a, "no-texts", fmt.Sprintf("the folder holds no %s file", ending))
			}
		case err == nil:
			add(a, filepath.Base(a), false)
		case strings.ContainsAny(a, "*?[{"):
			many = true
			hits, err := doublestar.FilepathGlob(a, doublestar.WithFilesOnly())
			if err != nil {
				return nil, nil, false, usage("%q is not a pattern: %v", a, err)
			}
			if len(hits) == 0 {
				refuse(a, "no-match", "no file fits this pattern")
			}
			base, _ := doublestar.SplitPattern(filepath.ToSlash(a))
			slices.Sort(hits)
			for _, h := range hits {
				if !ordinary(h) {
					refuse(h, "irregular", "this is no ordinary file; name it by itself if it is meant")
					continue
				}
				rel, err := filepath.Rel(base, h)
				if err != nil || strings.HasPrefix(rel, "..") {
					rel = filepath.Base(h)
				}
				add(h, rel, true)
			}
		case errors.Is(err, fs.ErrNotExist):
			refuse(a, "missing", "there is no such file")
		default:
			refuse(a, "unreadable", plainError(err).Error())
		}
	}
	return list, refused, many, nil
}

// ordinary reports whether a path leads to a file that can be read to its end,
// or to nothing, which reading will tell.
func ordinary(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Mode().IsRegular()
}

// inOrder does n pieces of work, some at a time, and gives each result to done,
// one by one and in order. workers ≤ 0 is one a core. A piece that is reached
// after ctx has ended is not begun; do is told.
func inOrder[T any](ctx context.Context, n, workers int, do func(i int, begun bool) T, done func(i int, r T)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if workers == 1 || n == 1 { // no need of another thread
		for i := range n {
			done(i, do(i, ctx.Err() == nil))
		}
		return
	}
	type result struct {
		i int
		r T
	}
	ready := make(chan result, workers)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				ready <- result{i, do(i, ctx.Err() == nil)}
			}
		})
	}
	go func() {
		wg.Wait()
		close(ready)
	}()
	early := map[int]T{}
	told := 0
	for r := range ready {
		early[r.i] = r.r
		for {
			v, is := early[told]
			if !is {
				break
			}
			delete(early, told)
			done(told, v)
			told++
		}
	}
}

// progress is a bar on a terminal, and nothing anywhere else.
func progress(c *cli.Context, n int) (tick func(), bar bool) {
	f, ok := c.App.ErrWriter.(*os.File)
	if !ok || n < 2 || c.Bool("quiet") || !term.IsTerminal(int(f.Fd())) {
		return func() {}, false
	}
	b := progressbar.NewOptions(n, progressbar.OptionSetWriter(f), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	return func() { _ = b.Add(1) }, true
}

var pathError = lazyregexp.New(`^(open|read|stat|lstat|readdirent) [^:]*: `)

// plainError is an error of the system without the call that met it.
func plainError(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", p.Path, p.Err)
	}
	return errors.New(pathError.ReplaceAllString(err.Error(), ""))
}
