package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// beside is a file on its way: it is written beside its final path, synced and
// renamed, so that a file with its own name is always whole. What is no ordinary
// file, such as a pipe or /dev/stdout, is written to as it is.
type beside struct {
	*os.File
	path string // "" where it is written to as it is
}

// longestPart is how much of a file's name that of its part has: most systems
// allow 255 bytes.
const longestPart = 200

// made are the folders that were made already.
var made sync.Map

// createBeside begins a file; mkdir makes its folder. A link stays one: what it
// leads to is written.
func createBeside(path string, mkdir bool) (*beside, error) {
	switch info, err := os.Stat(path); {
	case err != nil:
	case info.IsDir():
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("this is a folder; name a file")}
	case !info.Mode().IsRegular() || strings.HasPrefix(path, "/dev/"):
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return nil, err
		}
		return &beside{f, ""}, nil
	default:
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
	}
	dir, base := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	if _, ok := made.Load(dir); mkdir && !ok {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		made.Store(dir, true)
	}
	part := fmt.Sprintf(".%s.%d.part", base[:min(len(base), longestPart)], os.Getpid())
	f, err := os.OpenFile(filepath.Join(dir, part), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: the folder %s does not exist", path, filepath.Clean(dir))
	}
	if err != nil {
		return nil, err
	}
	return &beside{f, path}, nil
}

// commit puts the file where it belongs.
func (b *beside) commit() error {
	if b.path == "" {
		return b.Close()
	}
	err := b.Sync()
	if cerr := b.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(b.Name(), b.path)
	}
	if err != nil {
		os.Remove(b.Name())
	}
	return err
}

// discard takes away what was written.
func (b *beside) discard() {
	b.Close()
	if b.path != "" {
		os.Remove(b.Name())
	}
}

// writeFile writes a file of which all is at hand.
func writeFile(path string, data []byte, mkdir bool) error {
	f, err := createBeside(path, mkdir)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.discard()
		return err
	}
	return f.commit()
}
