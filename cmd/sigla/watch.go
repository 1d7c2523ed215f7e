package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"sigla/tei/diag"
)

// quiet is how long nothing must happen to files before they are looked at:
// editors save in several steps.
const quietTime = 20 * time.Millisecond

// watch validates what changes, until it is interrupted. A change of a schema or
// of the configuration makes everything be looked at again. last is the outcome
// so far; that of the last run is the command's.
func (v *validation) watch(ctx context.Context, outputs []*output, last error) error {
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
	for {
		list, err := v.inputs()
		if err != nil {
			return err
		}
		schemas := map[string]bool{}
		folders := map[string]bool{}
		for _, p := range append(v.checker.Files(), v.conf.path) {
			if abs, err := filepath.Abs(p); p != "" && err == nil {
				schemas[abs] = true
				folders[filepath.Dir(abs)] = true
			}
		}
		for _, in := range list {
			if abs, err := filepath.Abs(in.path); in.path != "-" && err == nil {
				folders[filepath.Dir(abs)] = true
			}
		}
		for _, a := range v.c.Args().Slice() {
			if info, err := os.Stat(a); err == nil && info.IsDir() {
				_ = filepath.WalkDir(a, func(p string, d os.DirEntry, err error) error {
					if abs, aerr := filepath.Abs(p); err == nil && aerr == nil && d.IsDir() {
						folders[abs] = true
					}
					return nil
				})
			}
		}
		for _, f := range w.WatchList() {
			if !folders[f] {
				_ = w.Remove(f)
			}
			delete(folders, f)
		}
		for f := range folders {
			if err := w.Add(f); err != nil {
				say("%s can't be watched: %s", diag.Plain(f), diag.Plain(plainError(err).Error()))
			}
		}
		if last == nil {
			say("all is well; waiting for changes (Ctrl-C ends)")
		} else {
			say("waiting for changes (Ctrl-C ends)")
		}
		changed, err := changes(ctx, w)
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return last
			}
			return fault(fmt.Errorf("--watch: %w", err))
		}
		anew := false
		for p := range changed {
			anew = anew || schemas[p]
		}
		if anew {
			if v.conf, err = loadConfig(".", v.c.String("config")); err == nil {
				err = v.open(outputs)
			}
			if err != nil { // half written, perhaps; the next change will tell
				last = err
				say("%s", diag.Plain(err.Error()))
				continue
			}
		}
		if list, err = v.inputs(); err != nil {
			return err
		}
		if !anew && v.c.String("pointers") != "corpus" {
			kept := list[:0]
			for _, in := range list {
				if abs, err := filepath.Abs(in.path); err == nil && changed[abs] {
					kept = append(kept, in)
				}
			}
			list = kept
		}
		if len(list) > 0 {
			last = v.run(ctx, list, outputs)
			var e *exit
			if errors.As(last, &e) && e != found {
				say("%s", diag.Plain(e.Error()))
			}
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
