package catalog

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// memory is a file system of the files of one schema, by their names.
type memory map[string][]byte

// Open opens a file or folder. Names are cleaned first, as schemas refer to
// each other by .. too.
func (m memory) Open(name string) (fs.File, error) {
	clean := path.Clean(name)
	if data, ok := m[clean]; ok {
		return &memoryFile{Reader: bytes.NewReader(data), memoryInfo: memoryInfo{name: path.Base(clean), size: int64(len(data))}}, nil
	}
	if list, _ := m.ReadDir(clean); len(list) > 0 {
		return &memoryFile{Reader: bytes.NewReader(nil), memoryInfo: memoryInfo{name: path.Base(clean), dir: true}, list: list}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile gives a copy of a file.
func (m memory) ReadFile(name string) ([]byte, error) {
	data, ok := m[path.Clean(name)]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return bytes.Clone(data), nil
}

// ReadDir lists a folder by name.
func (m memory) ReadDir(name string) ([]fs.DirEntry, error) {
	prefix := path.Clean(name) + "/"
	if prefix == "./" {
		prefix = ""
	}
	found := map[string]memoryInfo{}
	for n, data := range m {
		rest, below := strings.CutPrefix(n, prefix)
		if !below {
			continue
		}
		child, _, dir := strings.Cut(rest, "/")
		info := memoryInfo{name: child, dir: dir}
		if !dir {
			info.size = int64(len(data))
		}
		found[child] = info
	}
	if len(found) == 0 {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	list := make([]fs.DirEntry, 0, len(found))
	for _, info := range found {
		list = append(list, fs.FileInfoToDirEntry(info))
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// memoryInfo tells of a file in memory.
type memoryInfo struct {
	name string
	size int64
	dir  bool
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) IsDir() bool        { return i.dir }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) Sys() any           { return nil }
func (i memoryInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// memoryFile is an open file or folder.
type memoryFile struct {
	*bytes.Reader
	memoryInfo
	list []fs.DirEntry
}

func (f *memoryFile) Size() int64                { return f.memoryInfo.size }
func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.memoryInfo, nil }
func (f *memoryFile) Close() error               { return nil }

// ReadDir gives the next n entries of a folder, all for n ≤ 0.
func (f *memoryFile) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.list)
	} else if len(f.list) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.list))
	l := f.list[:n]
	f.list = f.list[n:]
	return l, nil
}
