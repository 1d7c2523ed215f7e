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
// new ones that are not ignored among them. A file outside of the repository
// counts as changed.
func changedSince(ctx context.Context, rev string) (func(path string) bool, error) {
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
	differ, err := git(ctx, "-C", root, "diff", "--name-only", "--no-renames", "-z", rev, "--")
	if err != nil {
		return nil, err
	}
	others, err := git(ctx, "-C", root, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	changed := map[string]bool{}
	for name := range strings.SplitSeq(differ+others, "\x00") {
		changed[filepath.FromSlash(name)] = true
	}
	return func(path string) bool {
		abs, err := filepath.Abs(path)
		if err != nil {
			return true
		}
		if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
			abs = filepath.Join(dir, filepath.Base(abs))
		}
		rel, err := filepath.Rel(root, abs)
		return err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) || changed[rel]
	}, nil
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
