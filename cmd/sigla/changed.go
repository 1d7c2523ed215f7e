package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// changedSince asks git which files of the working tree differ from a revision,
// new ones that are not ignored among them. What git can't tell of counts as
// changed: a file outside of the repository, in one within it (a submodule that
// differs, or one that git does not track), behind a link, or ignored and yet
// named.
func changedSince(ctx context.Context, rev string) (func(in input) bool, error) {
	if strings.HasPrefix(rev, "-") { // it would be an option of git
		return nil, usage("--changed-since %s: this is no revision", rev)
	}
	top, err := git(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	root, err := filepath.EvalSymlinks(strings.TrimSuffix(top, "\n"))
	if err != nil {
		return nil, fault(err)
	}
	if _, err := git(ctx, "rev-parse", "--verify", "--quiet", rev+"^{commit}"); err != nil {
		return nil, usage("--changed-since %s: git knows no such revision here; in CI, check out with its history (fetch-depth: 0)", rev)
	}
	differ, err := git(ctx, "-C", root, "diff", "--name-only", "--no-renames", "--no-relative", "--ignore-submodules=none", "-z", rev, "--")
	if err != nil {
		return nil, err
	}
	others, err := git(ctx, "-C", root, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	tracked, err := git(ctx, "-C", root, "ls-files", "-z")
	if err != nil {
		return nil, err
	}
	changed, known := paths(differ+others), paths(tracked)
	return func(in input) bool {
		abs, err := filepath.Abs(in.path)
		if err == nil {
			abs, err = filepath.EvalSymlinks(abs)
		}
		if err != nil {
			return true
		}
		rel, err := filepath.Rel(root, abs)
		if err != nil || !filepath.IsLocal(rel) || changed[rel] || !in.listed && !known[rel] {
			return true
		}
		for dir := filepath.Dir(rel); dir != "."; dir = filepath.Dir(dir) {
			if changed[dir] { // a repository within this one, which is one path for git
				return true
			}
		}
		return false
	}, nil
}

// paths are those of a list with NULs, with the system's separators.
func paths(list string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.SplitSeq(list, "\x00") {
		if name != "" {
			set[filepath.Clean(filepath.FromSlash(name))] = true
		}
	}
	return set
}

// git runs git in the present folder.
func git(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", fault(errors.New("--changed-since asks git, which is not installed"))
	case err != nil:
		first, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		return "", fault(fmt.Errorf("--changed-since asks git, which says: %s", first))
	}
	return out.String(), nil
}
