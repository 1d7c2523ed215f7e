package catalog

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sigla/schemas/xmltok"
	"sigla/tei/diag"
)

// The bounds of one schema with all that it includes.
const (
	maxSize      = 64 << 20
	maxParts     = 256
	maxRedirects = 10
)

// Fetcher gets schemas from where they are published. Nothing is written; a
// Store keeps what was fetched.
type Fetcher struct {
	Client   *http.Client                          // nil: files only
	Check    func(fsys fs.FS, name string) error   // says why a schema can't be used; nil asks nothing
	Progress func(address string, done, all int64) // told as bytes come; all is -1 if unknown. May be nil
	Stall    time.Duration                         // a server that sends nothing for so long is given up; 0 is 30 s
}

// File is a file of a schema.
type File struct {
	Name   string            `json:"name"` // by which the schema's file system knows it: host/path
	URL    string            `json:"url"`
	SHA256 string            `json:"sha256"` // of the bytes as they came
	Size   int64             `json:"size"`
	Links  map[string]string `json:"links,omitempty"` // references as written, and what stands for them in the file system
}

// Download is a schema with all that it includes, in memory.
type Download struct {
	Target
	Description
	Final string // the address of the main file after redirects
	Files []File // the main file first
	data  map[string][]byte
}

// FS is the file system of the schema; its main file is Files[0].Name.
func (d *Download) FS() fs.FS {
	m := memory{}
	for _, f := range d.Files {
		m[f.Name] = rewrite(languageOf(f.Name, d.data[f.Name]), d.data[f.Name], f.Links)
	}
	return m
}

// HashError says that a file is not the one that was to be got.
type HashError struct{ URL, Want, Got string }

func (e *HashError) Error() string {
	return fmt.Sprintf("%s: not the file that was expected, and nothing is kept: its SHA-256 is %s, not %s", e.URL, e.Got, e.Want)
}

// NotSchemaError says that what lies at an address is no schema.
type NotSchemaError struct{ URL, Why string }

func (e *NotSchemaError) Error() string { return e.URL + ": " + e.Why }

// Fetch gets a schema and all files that it includes, and has it checked.
func (f *Fetcher) Fetch(ctx context.Context, t Target) (*Download, error) {
	d := &Download{Target: t, data: map[string][]byte{}}
	main, err := url.Parse(t.URL)
	if err != nil {
		return nil, fmt.Errorf("%q is no address", t.URL)
	}
	got, err := f.get(ctx, main, maxSize)
	if err != nil {
		return nil, err
	}
	sum := Hash(got.data)
	if t.SHA256 != "" && !strings.EqualFold(t.SHA256, sum) {
		return nil, &HashError{t.URL, strings.ToLower(t.SHA256), sum}
	}
	if k, version, ok := pinned(sum); ok && t.Name == "" {
		d.Name, d.Target.Version = k.Name, version
		if got.from.Scheme == "file" { // the same bytes as published: it counts as got from there
			d.URL = strings.ReplaceAll(k.Version, "{version}", version)
		}
	}
	if d.Description, err = describe(got); err != nil {
		return nil, err
	}
	row, _ := languageBy(func(l languageRow) bool { return l.language == d.Language })
	name := virtualName(got.from)
	if !strings.EqualFold(path.Ext(name), row.ending) {
		name += row.ending
	}
	d.Final = got.from.String()
	if err := f.gather(ctx, d, got, name); err != nil {
		return nil, err
	}
	if f.Check != nil {
		if err := f.Check(d.FS(), name); err != nil {
			return nil, fmt.Errorf("%s: %w", t.URL, err)
		}
	}
	return d, nil
}

// gather adds the main file, and then what each file includes.
func (f *Fetcher) gather(ctx context.Context, d *Download, main gotten, name string) error {
	type reached struct {
		gotten
		at   *url.URL // by which it was referred to
		name string
	}
	queue := []reached{{main, main.from, name}}
	names := map[string]string{bareURL(main.from): name, bareURL(main.asked): name}
	taken := map[string]bool{name: true}
	left := int64(maxSize - len(main.data))
	for i := 0; i < len(queue); i++ {
		r := queue[i]
		file := File{Name: r.name, URL: r.asked.String(), SHA256: Hash(r.data), Size: int64(len(r.data))}
		language := languageOf(r.name, r.data)
		if bad := illFormed(r.data); bad != nil && language != RelaxNGCompact {
			return &NotSchemaError{file.URL, fmt.Sprintf("the file is not whole or not XML: line %d: %s", bad.Pos.Line, bad.Message)}
		}
		for _, p := range parts(language, r.data) {
			href, fragment, _ := strings.Cut(p.href, "#")
			if href == "" {
				continue
			}
			u, err := resolved(r.from, append(slices.Clip(p.bases), href))
			if err != nil {
				return &NotSchemaError{file.URL, fmt.Sprintf("it includes %q, which is no address", p.href)}
			}
			if main.from.Scheme != "file" && u.Scheme == "file" {
				return &NotSchemaError{file.URL, fmt.Sprintf("it includes %s, a file of this machine; a schema of the web may not", u)}
			}
			name, known := names[bareURL(u)]
			if !known {
				if len(queue) == maxParts {
					return &NotSchemaError{d.URL, fmt.Sprintf("it includes more than %d files", maxParts)}
				}
				got, err := f.get(ctx, u, left)
				if err != nil {
					return fmt.Errorf("%s includes a file that can't be got: %w", file.URL, err)
				}
				if isPage(got.data, got.mediaType) {
					return &NotSchemaError{u.String(), fmt.Sprintf("a web page (HTML), not a part of a schema; %s includes it", file.URL)}
				}
				left -= int64(len(got.data))
				if name = virtualName(u); taken[name] {
					name = path.Join(path.Dir(name), Hash([]byte(u.String())), path.Base(name))
				}
				taken[name] = true
				names[bareURL(u)] = name
				queue = append(queue, reached{got, u, name})
			}
			if found := engineName(r.name, p); found == name {
				continue
			}
			if len(p.bases) > 0 {
				return &NotSchemaError{file.URL, fmt.Sprintf("it includes %q as seen from xml:base=%q, which is not followed there; write the address without xml:base", p.href, p.bases[len(p.bases)-1])}
			}
			if file.Links == nil {
				file.Links = map[string]string{}
			}
			file.Links[p.href] = escaped(relative(r.name, name), fragment)
		}
		if len(file.Links) > 0 && !utf8.Valid(r.data) {
			return &NotSchemaError{file.URL, "it includes files by their whole address, which is followed in UTF-8 only; save the file in UTF-8"}
		}
		d.Files = append(d.Files, file)
		d.data[r.name] = r.data
	}
	return nil
}

// illFormed is what makes a file no XML document; nil if it is one.
func illFormed(data []byte) *diag.Finding {
	t := xmltok.NewBytes("", data, nil)
	for {
		kind, err := t.Next()
		var bad *xmltok.Error
		switch {
		case errors.As(err, &bad):
			return &bad.Finding
		case err != nil || kind == xmltok.EOF:
			return nil
		}
	}
}

// resolved is the last of the references as seen from those before it (RFC
// 3986, 5.2).
func resolved(base *url.URL, refs []string) (u *url.URL, err error) {
	u = base
	for _, r := range refs {
		if u, err = u.Parse(r); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// engineName is where an engine would look for a part of the file name; "" if
// it would not find it by its path.
func engineName(name string, p part) string {
	for _, ref := range append(slices.Clip(p.bases), p.href) {
		ref, _, _ = strings.Cut(ref, "#")
		if scheme(ref) != "" || strings.HasPrefix(ref, "/") || strings.Contains(ref, "?") {
			return ""
		}
		folder := strings.HasSuffix(ref, "/")
		if name = path.Join(path.Dir(name), unescaped(ref)); folder {
			name += "/"
		}
	}
	return name
}

func unescaped(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// describe asks whether something is a schema, and what it says of itself.
func describe(got gotten) (Description, error) {
	refuse := func(why string) (Description, error) { return Description{}, &NotSchemaError{got.asked.String(), why} }
	if isPage(got.data, got.mediaType) {
		return refuse("a web page (HTML), not a schema; look there for the address of the file itself")
	}
	if len(got.data) == 0 {
		return refuse("the file is empty")
	}
	name := got.from.Path
	if got.mediaType == "application/relax-ng-compact-syntax" && LanguageOf(name) != RelaxNGCompact {
		name += ".rnc"
	}
	d := Describe(name, got.data)
	switch space, local, isXML := root(got.data); {
	case d.Language == DTD || d.Language == NVDL:
		return refuse(fmt.Sprintf("a schema in %s, by which Sigla does not validate", d.Language))
	case d.Language != "":
		return d, nil
	case isXML && space == "http://www.tei-c.org/ns/1.0":
		return refuse("a TEI document, perhaps an ODD, and not a schema; take the .rng that was made from it")
	case isXML:
		return refuse(fmt.Sprintf("not a schema: its root is <%s>", local))
	}
	return refuse("not a schema: neither XML nor, by its name, the RELAX NG compact syntax (.rnc)")
}

// gotten is a file that came.
type gotten struct {
	asked, from *url.URL // before and after redirects
	data        []byte
	mediaType   string
}

// get gets one file of at most limit bytes.
func (f *Fetcher) get(ctx context.Context, u *url.URL, limit int64) (gotten, error) {
	u = &url.URL{Scheme: strings.ToLower(u.Scheme), User: u.User, Host: u.Host, Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}
	switch {
	case u.User != nil:
		return gotten{}, fmt.Errorf("%s: an address with a name or password in it is not kept; get the file by other means and add the file", u.Redacted())
	case u.Scheme == "file":
		return local(u, limit)
	case u.Scheme != "http" && u.Scheme != "https":
		return gotten{}, fmt.Errorf("%s: schemas are fetched by http, https and file, not by %q", u, u.Scheme)
	case u.Host == "":
		return gotten{}, fmt.Errorf("%s: the address names no server", u)
	case f.Client == nil:
		return gotten{}, fmt.Errorf("%s: the network is not to be used", u)
	}
	return f.web(ctx, u, limit)
}

// local reads a file of this machine.
func local(u *url.URL, limit int64) (gotten, error) {
	p, ok := filePath(u.String())
	if !ok {
		return gotten{}, fmt.Errorf("%s: names no file of this machine", u)
	}
	data, err := readRegular(p, u.String(), limit)
	return gotten{asked: u, from: u, data: data}, err
}

// openRegular opens a file that is one: reading a pipe or a device could last
// for ever.
func openRegular(p string) (*os.File, error) {
	switch info, err := os.Stat(p); {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: p, Err: errors.New("is not an ordinary file")}
	}
	return os.Open(p)
}

// readRegular reads a file that is an ordinary one, and not more than limit.
func readRegular(p, address string, limit int64) ([]byte, error) {
	f, err := openRegular(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return readBounded(f, address, info.Size(), limit)
}

// errStalled is the cause of giving up a silent server.
var errStalled = errors.New("the server sends nothing any more")

// web asks a server.
func (f *Fetcher) web(ctx context.Context, u *url.URL, limit int64) (gotten, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stall := f.Stall
	if stall == 0 {
		stall = 30 * time.Second
	}
	alarm := time.AfterFunc(stall, func() { cancel(errStalled) })
	defer alarm.Stop()
	client := *f.Client
	client.CheckRedirect = redirect
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return gotten{}, fmt.Errorf("%s: %w", u, err)
	}
	req.Header.Set("User-Agent", "sigla")
	resp, err := client.Do(req)
	if err != nil {
		return gotten{}, fmt.Errorf("%s: %w", u, netError(ctx, err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return gotten{}, fmt.Errorf("%s: %s", u, statusMessage(resp))
	}
	if resp.ContentLength > limit {
		return gotten{}, tooLarge(u.String())
	}
	body := &watched{r: resp.Body, seen: func(done int64) {
		alarm.Reset(stall)
		if f.Progress != nil {
			f.Progress(u.String(), done, resp.ContentLength)
		}
	}}
	data, err := readBounded(body, u.String(), resp.ContentLength, limit)
	if err != nil {
		var large *NotSchemaError
		if !errors.As(err, &large) {
			err = fmt.Errorf("%s: %w", u, netError(ctx, err))
		}
		return gotten{}, err
	}
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return gotten{asked: u, from: resp.Request.URL, data: data, mediaType: mediaType}, nil
}

// watched is a reader that is watched.
type watched struct {
	r    io.Reader
	n    int64
	seen func(done int64)
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.n += int64(n)
	w.seen(w.n)
	return n, err
}

// readBounded reads all of r, if it is not more than limit. It should be of a size.
func readBounded(r io.Reader, address string, size, limit int64) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(max(0, min(size, limit))) + bytes.MinRead) // in which the end is seen without growing
	_, err := data.ReadFrom(io.LimitReader(r, limit+1))
	if err == nil && int64(data.Len()) > limit {
		return nil, tooLarge(address)
	}
	return data.Bytes(), err
}

func tooLarge(address string) error {
	return &NotSchemaError{address, fmt.Sprintf("more than %d MB, which is no schema; nothing is kept", maxSize>>20)}
}

// redirect follows redirects, but not in circles, not from https to http, and
// not out of the web.
func redirect(req *http.Request, via []*http.Request) error {
	from, to := via[len(via)-1].URL, req.URL
	switch {
	case to.Scheme != "http" && to.Scheme != "https":
		return fmt.Errorf("redirected to %s, which is no address of the web", to.Redacted())
	case from.Scheme == "https" && to.Scheme == "http":
		return fmt.Errorf("redirected from https to http, to %s; that is refused, since anyone on the way could change the file", to.Redacted())
	case to.User != nil:
		return fmt.Errorf("redirected to an address with a name or password, %s", to.Redacted())
	case slices.ContainsFunc(via, func(r *http.Request) bool { return r.URL.String() == to.String() }):
		return fmt.Errorf("redirected in a circle, back to %s", to)
	case len(via) > maxRedirects:
		return fmt.Errorf("redirected more than %d times", maxRedirects)
	}
	return nil
}

// netError is what went wrong in the network, in plain words.
func netError(ctx context.Context, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(context.Cause(ctx), errStalled):
		return errStalled
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the connection broke before the file was complete; nothing is kept")
	case errors.Is(err, context.Canceled):
		return errors.New("interrupted; nothing is kept")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("the server took too long")
	}
	return err
}

// statusMessage is what a server's refusal means.
func statusMessage(resp *http.Response) string {
	switch resp.StatusCode {
	case http.StatusNotFound, http.StatusGone:
		return "the server has no such file (" + resp.Status + "); is the address or the version right?"
	case http.StatusUnauthorized, http.StatusForbidden:
		return "the server does not give this file to everyone (" + resp.Status + ")"
	}
	return "the server answers " + resp.Status
}

// virtualName is the name of an address in a schema's file system: host/path,
// with the query as a folder.
func virtualName(u *url.URL) string {
	host := strings.NewReplacer(":", "_", "/", "_", "[", "", "]", "").Replace(strings.ToLower(u.Host))
	if host == "" {
		host = "file"
	}
	p := path.Clean("/" + strings.ReplaceAll(u.Path, `\`, "_"))
	if strings.HasSuffix(u.Path, "/") || p == "/" {
		p = path.Join(p, "index")
	}
	if u.RawQuery != "" {
		p = path.Join(path.Dir(p), url.QueryEscape(u.RawQuery), path.Base(p))
	}
	return host + p
}

// bareURL is the address of a file, without the part of it that is meant.
func bareURL(u *url.URL) string {
	s, _, _ := strings.Cut(u.String(), "#")
	return s
}

// Hash is the SHA-256 of a file, in hexadecimal, as locks and reports have it.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
