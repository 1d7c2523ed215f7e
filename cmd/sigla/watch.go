package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/fsnotify/fsnotify"

	"sigla/schemas/catalog"
	"sigla/tei/diag"
)

// quiet is how long nothing must happen to files before they are looked at:
// editors save in several steps.
const quietTime = 20 * time.Millisecond

// watch validates what changes, until it is interrupted. A change of a schema or
// of the configuration makes everything be looked at again. begun are the files
// that were looked at, last is the outcome; that of the last run is the command's.
func (v *validation) watch(ctx context.Context, outputs []*output, begun []input, last error) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fault(fmt.Errorf("--watch: %w", err))
	}
	defer w.Close()
	say := func(format string, args ...any) {
		if !v.c.Bool("quiet") {
			fmt.Fprintf(v.c.App.ErrWriter, "sigla: "+format+"\n", args...)
		}
	}
	seen := pathsOf(begun)
	news := true // something was told since it was last said that all waits
	stale := ""  // why the configuration or a schema could not be read anew
	for changed := map[string]bool{}; ; {
		v.follow(w, say)
		anew := stale != "" || slices.ContainsFunc(v.settings(), func(p string) bool { return changed[p] })
		list, err := v.again(anew, outputs)
		if err != nil { // half written, perhaps; the next change will tell
			if last, news = err, err.Error() != stale; news {
				say("%s", diag.Plain(err.Error()))
			}
			stale = err.Error()
		} else {
			stale = ""
			now := pathsOf(list)
			// a folder may have been filled before it was watched, so what was not seen counts as changed
			same := func(in input) bool { p := absolute(in.path); return !anew && !changed[p] && seen[p] }
			if v.c.String("pointers") != "corpus" || maps.Equal(seen, now) && !slices.ContainsFunc(list, func(in input) bool { return !same(in) }) {
				list = slices.DeleteFunc(list, same)
			}
			seen = now
			if len(list) > 0 {
				last, news = v.run(ctx, list, outputs), true
				var e *exit
				if errors.As(last, &e) && e != found && ctx.Err() == nil {
					say("%s", diag.Plain(e.Error()))
				}
			}
		}
		switch {
		case !news: // what is said may go to a file that is watched
		case last == nil:
			say("all is well; waiting for changes (Ctrl-C ends)")
		default:
			say("waiting for changes (Ctrl-C ends)")
		}
		news = false
		changed, err = changes(ctx, w)
		if errors.Is(err, context.Canceled) {
			return last
		}
		if err != nil {
			return fault(fmt.Errorf("--watch: %w", err))
		}
	}
}

// again lists the files that there are now. anew says that the configuration or
// a schema is not what it was.
func (v *validation) again(anew bool, outputs []*output) ([]input, error) {
	if anew {
		if err := v.configure(); err != nil {
			return nil, err
		}
		if err := v.open(outputs); err != nil {
			return nil, err
		}
	}
	list, err := v.inputs()
	return slices.DeleteFunc(list, func(in input) bool { return in.path == "-" }), err // it was read
}

// pathsOf are the absolute paths of inputs.
func pathsOf(list []input) map[string]bool {
	m := map[string]bool{}
	for _, in := range list {
		if in.path != "-" {
			m[absolute(in.path)] = true
		}
	}
	return m
}

// settings are the absolute paths of what all results hang on.
func (v *validation) settings() []string {
	l := slices.Concat(v.checker.Files(), v.c.StringSlice("catalog"), v.conf.catalogs(), []string{cmp.Or(v.conf.path, configName), catalog.LockName})
	if v.base != nil && !v.base.update {
		l = append(l, v.base.path)
	}
	for i := range l {
		l[i] = absolute(l[i])
	}
	return l
}

// follow watches the folders of what the call names, and no others.
func (v *validation) follow(w *fsnotify.Watcher, say func(string, ...any)) {
	folders := map[string]bool{}
	for _, p := range v.settings() {
		folders[filepath.Dir(p)] = true
	}
	for _, a := range v.c.Args().Slice() {
		info, err := os.Stat(a)
		switch {
		case a == "-":
			continue
		case err == nil && !info.IsDir():
			folders[filepath.Dir(absolute(a))] = true
			continue
		case err != nil: // a pattern, or what is not there yet
			a, _ = doublestar.SplitPattern(filepath.ToSlash(a))
		}
		folders[filepath.Dir(absolute(a))] = true // where a folder goes and comes
		_ = filepath.WalkDir(a+string(filepath.Separator), func(p string, d os.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return nil
			}
			if filepath.Clean(p) != filepath.Clean(a) && strings.HasPrefix(d.Name(), ".") { // where inputs looks for nothing
				return filepath.SkipDir
			}
			folders[absolute(p)] = true
			return nil
		})
	}
	for _, f := range w.WatchList() {
		if !folders[f] {
			_ = w.Remove(f)
		}
		delete(folders, f)
	}
	for f := range folders {
		if err := w.Add(f); err != nil && !errors.Is(err, os.ErrNotExist) {
			say("%s can't be watched: %s", diag.Plain(f), diag.Plain(plainError(err).Error()))
		}
	}
}

// changes waits for files to change, and gives their absolute paths when nothing
// more happens.
func changes(ctx context.Context, w *fsnotify.Watcher) (map[string]bool, error) {
	changed := map[string]bool{}
	var still <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil, context.Canceled
		case err := <-w.Errors:
			return nil, err
		case e := <-w.Events:
			if e.Op == fsnotify.Chmod {
				continue
			}
			changed[e.Name] = true
			still = time.After(quietTime)
		case <-still:
			return changed, nil
		}
	}
}
