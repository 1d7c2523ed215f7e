package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// beside is a file on its way: it is written beside its final path, synced and
// renamed, so that a file with its own name is always whole.
type beside struct {
	*os.File
	path string
}

// made are the folders that were made already.
var made sync.Map

// createBeside begins a file; mkdir makes its folder.
func createBeside(path string, mkdir bool) (*beside, error) {
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
	f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf(".%s.%d.part", base, os.Getpid())), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
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
	os.Remove(b.Name())
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
