package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"sigla/schemas"
	"sigla/schemas/catalog"
	"sigla/schemas/relaxng"
	"sigla/tei/diag"
)

// storeCommands are the subcommands of schema that keep schemas.
func storeCommands() []*cli.Command {
	return []*cli.Command{schemaAddCommand(), schemaListCommand(), schemaShowCommand(), schemaRemoveCommand(), schemaLockCommand()}
}

// openStore is the store of the user: the folder in SIGLA_STORE, or one in the
// user's cache.
func openStore() (*catalog.Store, error) {
	if dir := os.Getenv("SIGLA_STORE"); dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, fault(err)
		}
		return &catalog.Store{Dir: abs}, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, fault(fmt.Errorf("there is no folder to keep schemas in: %w; set SIGLA_STORE to one", err))
	}
	return &catalog.Store{Dir: filepath.Join(dir, "sigla", "schemas")}, nil
}

// catalogFlag is the flag of commands that resolve addresses.
func catalogFlag() cli.Flag {
	return &cli.StringSliceFlag{Name: "catalog", Usage: "resolve addresses by the XML catalog in `FILE` (may be repeated; those in XML_CATALOG_FILES follow)"}
}

// openCatalogs reads the XML catalogs of --catalog, those of the configuration and
// of XML_CATALOG_FILES.
func openCatalogs(c *cli.Context, configured []string) (*catalog.Catalogs, diag.List, error) {
	paths := slices.Concat(c.StringSlice("catalog"), configured, strings.Fields(os.Getenv("XML_CATALOG_FILES")))
	for i, p := range paths {
		if strings.HasPrefix(p, "file:") || strings.HasPrefix(p, "http:") || strings.HasPrefix(p, "https:") {
			continue
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, nil, fault(err)
		}
		paths[i] = abs
	}
	list, findings := catalog.OpenCatalogs(paths)
	return list, findings, nil
}

// resolver finds schemas by all that a call has: the lock file in the present
// folder or beside the configuration, catalogs and the store. It has no network.
func resolver(c *cli.Context, conf *config) (*catalog.Resolver, diag.List, error) {
	store, _ := openStore() // without one, schemas are found elsewhere
	lock, err := catalog.ReadLock(catalog.LockName)
	if err == nil && lock == nil {
		lock, err = catalog.ReadLock(filepath.Join(conf.dir, catalog.LockName))
	}
	if err != nil {
		return nil, nil, fault(err)
	}
	catalogs, findings, err := openCatalogs(c, conf.catalogs())
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, nil, fault(err)
	}
	return &catalog.Resolver{Files: schemas.Host, Dir: dir, Catalogs: catalogs, Store: store, Lock: lock, Now: time.Now}, findings, nil
}

// schemaClient asks servers; whole downloads of 64 MB may take ten minutes.
func schemaClient() *http.Client {
	dialer := &net.Dialer{Timeout: 15 * time.Second}
	return &http.Client{
		Timeout: 10 * time.Minute,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           dialer.DialContext,
			TLSHandshakeTimeout:   15 * time.Second,
			ResponseHeaderTimeout: 30 * time.Second,
			ForceAttemptHTTP2:     true,
		},
	}
}

// fetcher gets schemas from the network, with a bar on a terminal. done takes
// the bar away. Both can be used by many goroutines.
func fetcher(c *cli.Context) (f *catalog.Fetcher, done func()) {
	f = &catalog.Fetcher{Client: schemaClient(), Check: usable}
	w, ok := c.App.ErrWriter.(*os.File)
	if !ok || c.Bool("quiet") || !term.IsTerminal(int(w.Fd())) {
		return f, func() {}
	}
	var mu sync.Mutex
	var bar *progressbar.ProgressBar
	var at string
	clear := func() {
		if bar != nil {
			_ = bar.Clear()
			bar = nil
		}
	}
	done = func() {
		mu.Lock()
		defer mu.Unlock()
		clear()
	}
	f.Progress = func(address string, n, all int64) {
		mu.Lock()
		defer mu.Unlock()
		if bar == nil || at != address {
			clear()
			at = address
			bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true), progressbar.OptionSetDescription(diag.Plain(address)), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
		}
		_ = bar.Set64(n)
	}
	return f, done
}

// usable compiles what is cheap to compile. XML Schemas are checked when they
// are first used: libxml2 takes 15 s for that of all of TEI.
func usable(fsys fs.FS, name string) error {
	if l := catalog.LanguageOf(name); l != catalog.RelaxNG && l != catalog.RelaxNGCompact {
		return nil
	}
	_, err := relaxng.Compile(fsys, name)
	return err
}

func schemaAddCommand() *cli.Command {
	return &cli.Command{
		Name:      "add",
		Usage:     "fetch schemas and keep them for use without the network",
		ArgsUsage: "NAME|URL|FILE...",
		Description: `Fetches each schema with all files that it includes, checks that it is one, and
keeps it in the store: the folder sigla/schemas in the user's cache, or the one
that the variable SIGLA_STORE names. NAME is a known schema, as tei_all@4.12.0,
tei_all@latest or tei_all; sigla schema list --known lists them. Where the hash
of a version is known, or --sha256 gives it, another file is refused.

Without arguments in a folder with a sigla.lock, or with --locked, fetches
exactly what the lock file says.

Examples:
  sigla schema add tei_all@4.12.0
  sigla schema add https://dracor.org/schema.rng
  sigla schema add my.rng --sha256 b0f115095ead2ccc6933aa3365c6f4a82cba3b2ec7eee7f76bb616d7a63b7e48
  sigla schema add --locked

Exit: 0 all are kept; 2 the call was wrong; 3 a schema can't be got, or is not
what it should be.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "sha256", Usage: "keep the schema only if its file has this SHA-256, `HEX`"},
			&cli.BoolFlag{Name: "locked", Usage: "fetch what sigla.lock in the present folder says, and nothing else"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no bar and no lines, only the exit code and faults"},
		},
		Action: schemaAdd,
	}
}

// wanted is a schema to add.
type wanted struct {
	label  string
	target catalog.Target
	locked *catalog.LockedSchema
}

func schemaAdd(c *cli.Context) error {
	store, err := openStore()
	if err != nil {
		return err
	}
	list, err := wantedSchemas(c)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(c.Context, os.Interrupt)
	defer stop()
	f, clear := fetcher(c)
	var failed error
	for _, w := range list {
		said, err := addSchema(ctx, store, f, w)
		clear()
		if err != nil {
			if failed != nil { // the last is told by its exit code
				fmt.Fprintf(c.App.ErrWriter, "sigla: %s\n", diag.Plain(failed.Error()))
			}
			if failed, err = addFault(c, w, err); err != nil {
				return err
			}
			if ctx.Err() != nil {
				break
			}
			continue
		}
		if !c.Bool("quiet") {
			fmt.Fprintln(c.App.Writer, diag.Plain(said))
		}
	}
	return failed
}

// addSchema gets one schema into the store, and says so.
func addSchema(ctx context.Context, store *catalog.Store, f *catalog.Fetcher, w wanted) (string, error) {
	if w.locked != nil {
		if e, ok, err := store.Locked(w.locked); err == nil && ok {
			if _, err := store.FS(&e); err == nil {
				return e.Label() + ": is in the store already", nil
			}
		}
	}
	d, err := f.Fetch(ctx, w.target)
	if err != nil {
		return "", err
	}
	if w.locked != nil {
		if err := w.locked.Holds(d.Files); err != nil {
			return "", err
		}
	}
	e, err := store.Put(d, time.Now())
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: added, %s, %s, SHA-256 %s", e.Label(), languageAndVersion(&e), sizes(&e), e.SHA256), nil
}

// languageAndVersion tells the version where the label does not.
func languageAndVersion(e *catalog.Entry) string {
	if e.Name != "" || e.Version == "" {
		return string(e.Language)
	}
	return fmt.Sprintf("%s, version %s", e.Language, e.Version)
}

// sizes is how many files an entry has, and how large they are together.
func sizes(e *catalog.Entry) string {
	n := "1 file"
	if len(e.Files) > 1 {
		n = fmt.Sprintf("%d files", len(e.Files))
	}
	return n + ", " + kilobytes(e.Size)
}

func kilobytes(n int64) string { return fmt.Sprintf("%d kB", (n+999)/1000) }

// addFault is why a schema was not added, as an error with its exit code; what
// is wrong within a schema is written as findings first.
func addFault(c *cli.Context, w wanted, err error) (failed, broken error) {
	var bad *relaxng.Error
	if errors.As(err, &bad) {
		form, _ := diag.FormatNamed("text")
		if err := form.Write(c.App.ErrWriter, bad.Findings); err != nil {
			return nil, fault(err)
		}
		return fault(fmt.Errorf("%s is not a correct schema; nothing is kept", w.label)), nil
	}
	if w.locked != nil {
		return fault(fmt.Errorf("%w (as %s says)", plainError(err), catalog.LockName)), nil
	}
	return fault(plainError(err)), nil
}

// wantedSchemas are the schemas that a call of add names, by itself or by the
// lock file.
func wantedSchemas(c *cli.Context) ([]wanted, error) {
	sum := strings.ToLower(c.String("sha256"))
	if sum != "" && (len(sum) != 64 || strings.Trim(sum, "0123456789abcdef") != "") {
		return nil, usage("--sha256 is 64 digits of 0-9 and a-f, not %q", c.String("sha256"))
	}
	if c.Bool("locked") || c.NArg() == 0 {
		return lockedSchemas(c, sum)
	}
	if sum != "" && c.NArg() > 1 {
		return nil, usage("--sha256 is for one schema; here are %d", c.NArg())
	}
	var l []wanted
	for _, arg := range c.Args().Slice() {
		t, err := schemaTarget(arg)
		if err != nil {
			return nil, err
		}
		switch {
		case sum == "":
		case t.SHA256 != "" && t.SHA256 != sum:
			return nil, usage("--sha256 %s: %s is known to have the SHA-256 %s", sum, arg, t.SHA256)
		default:
			t.SHA256 = sum
		}
		l = append(l, wanted{label: arg, target: t})
	}
	return l, nil
}

// schemaTarget is a file if there is one of that name, else what its name or
// address says.
func schemaTarget(arg string) (catalog.Target, error) {
	if info, err := os.Stat(arg); err == nil && !info.IsDir() {
		abs, err := filepath.Abs(arg)
		if err != nil {
			return catalog.Target{}, fault(err)
		}
		return catalog.Target{URL: catalog.FileURI(abs)}, nil
	}
	t, err := catalog.Lookup(arg)
	if err != nil {
		return catalog.Target{}, usage("%w", err)
	}
	return t, nil
}

// lockedSchemas are the schemas of the lock file.
func lockedSchemas(c *cli.Context, sum string) ([]wanted, error) {
	if c.NArg() > 0 || sum != "" {
		return nil, usage("--locked takes names and hashes from %s, and none besides", catalog.LockName)
	}
	lock, err := catalog.ReadLock(catalog.LockName)
	switch {
	case err != nil:
		return nil, fault(err)
	case lock == nil && c.Bool("locked"):
		return nil, usage("there is no %s in this folder; sigla schema lock writes one", catalog.LockName)
	case lock == nil:
		return nil, usage("schema add needs a name, an address or a file; see sigla schema add --help")
	}
	l := make([]wanted, len(lock.Schemas))
	for i := range lock.Schemas {
		s := &lock.Schemas[i]
		l[i] = wanted{s.Label(), s.Target(), s}
	}
	return l, nil
}

func schemaListCommand() *cli.Command {
	return &cli.Command{
		Name:      "list",
		Usage:     "list the schemas in the store, or those with a known name",
		ArgsUsage: " ",
		Description: `Examples:
  sigla schema list
  sigla schema list --known
  sigla schema list --format json

Exit: 0; 2 the call was wrong; 3 the store can't be read.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "known", Usage: "the names that sigla schema add knows"},
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form of the list: text or json"},
		},
		Action: schemaList,
	}
}

func schemaList(c *cli.Context) error {
	if c.NArg() > 0 {
		return usage("schema list takes no arguments; sigla schema show tells of one schema")
	}
	asJSON, err := jsonAsked(c)
	if err != nil {
		return err
	}
	if c.Bool("known") {
		return listKnown(c, asJSON)
	}
	store, err := openStore()
	if err != nil {
		return err
	}
	entries, err := store.Entries()
	if err != nil { // some can't be read: the others are listed nevertheless
		err = fault(err)
	}
	if asJSON {
		return cmp.Or(err, writeJSON(c, struct {
			Store   string          `json:"store"`
			Schemas []catalog.Entry `json:"schemas"`
		}{store.Dir, append([]catalog.Entry{}, entries...)}))
	}
	if len(entries) == 0 && err == nil {
		fmt.Fprintf(c.App.ErrWriter, "the store %s is empty; sigla schema add tei_all would fetch the schema of all of TEI\n", diag.Plain(store.Dir))
		return nil
	}
	rows := [][]string{{"SCHEMA", "VERSION", "LANGUAGE", "SIZE", "FETCHED", "SHA-256"}}
	for i := range entries {
		e := &entries[i]
		name := e.Name
		if name == "" {
			name = e.URL
		}
		rows = append(rows, []string{name, orDash(e.Version), string(e.Language), kilobytes(e.Size), e.Fetched.Format(time.DateOnly), e.SHA256[:12]})
	}
	return cmp.Or(err, writeTable(c, rows))
}

// listKnown lists the names that add knows.
func listKnown(c *cli.Context, asJSON bool) error {
	type known struct {
		Name    string `json:"name"`
		Title   string `json:"title"`
		Latest  string `json:"latest,omitempty"`
		Version string `json:"version,omitempty"`
	}
	var l []known
	rows := [][]string{{"NAME", "WHAT", "ADDRESS"}}
	for _, k := range catalog.Names {
		l = append(l, known{k.Name, k.Title, k.Latest, k.Version})
		address := k.Latest
		if address == "" {
			address = k.Version
		}
		rows = append(rows, []string{k.Name, k.Title, address})
	}
	if asJSON {
		return writeJSON(c, l)
	}
	return writeTable(c, rows)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// jsonAsked is whether --format is json.
func jsonAsked(c *cli.Context) (bool, error) {
	switch f := c.String("format"); f {
	case "text", "json":
		return f == "json", nil
	default:
		return false, usage("--format is text or json, not %q", f)
	}
}

func writeJSON(c *cli.Context, v any) error {
	e := json.NewEncoder(c.App.Writer)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fault(err)
	}
	return nil
}

// writeTable writes rows in columns.
func writeTable(c *cli.Context, rows [][]string) error {
	w := tabwriter.NewWriter(c.App.Writer, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		cells := make([]string, len(r))
		for i, s := range r {
			cells[i] = diag.Plain(s)
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	if err := w.Flush(); err != nil {
		return fault(err)
	}
	return nil
}

func schemaShowCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "tell all of a schema in the store: version, hash, files, where they lie",
		ArgsUsage: "NAME|URL|SHA256",
		Description: `Tells of each schema in the store that is meant: by its known name, with or
without a version, its address, or eight or more digits of its SHA-256.

Examples:
  sigla schema show tei_all
  sigla schema show tei_all@4.12.0 --format json

Exit: 0; 2 the call was wrong, or the store has no such schema; 3 the store
can't be read.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "format", Value: "text", Usage: "form: text or json"},
		},
		Action: schemaShow,
	}
}

func schemaShow(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("schema show needs one name, address or hash; see sigla schema show --help")
	}
	asJSON, err := jsonAsked(c)
	if err != nil {
		return err
	}
	store, entries, err := storedSchemas(c.Args().First())
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(c, entries)
	}
	lock, err := catalog.ReadLock(catalog.LockName)
	if err != nil {
		return fault(err)
	}
	for i := range entries {
		if i > 0 {
			fmt.Fprintln(c.App.Writer)
		}
		if err := showEntry(c, store, lock, &entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// showEntry tells all of one entry.
func showEntry(c *cli.Context, store *catalog.Store, lock *catalog.Lock, e *catalog.Entry) error {
	rows := [][]string{{"schema", e.Label()}, {"title", e.Title}, {"version", e.Version}, {"language", string(e.Language)}, {"address", e.URL}, {"came from", e.Final},
		{"SHA-256", e.SHA256}, {"size", sizes(e)}, {"fetched", e.Fetched.Format(time.RFC3339)}}
	for i, f := range e.Files {
		what := "includes"
		if i == 0 {
			what = "file"
		} else {
			rows = append(rows, []string{what, f.URL})
			what = ""
		}
		rows = append(rows, []string{what, store.FilePath(f)})
	}
	if s, ok := lock.Find(e.URL); ok {
		in := "yes"
		if s.Holds(e.Files) != nil {
			in = "in another version, SHA-256 " + s.SHA256
		}
		rows = append(rows, []string{"in " + catalog.LockName, in})
	}
	others, err := store.Entries()
	if err != nil {
		return fault(err)
	}
	for i := range others {
		if o := &others[i]; (o.URL != e.URL || o.SHA256 != e.SHA256) && shares(o, e) {
			rows = append(rows, []string{"shares files with", o.Label()})
		}
	}
	rows = slices.DeleteFunc(rows, func(r []string) bool { return r[1] == "" })
	for i := range rows {
		if rows[i][0] != "" {
			rows[i][0] += ":"
		}
	}
	return writeTable(c, rows)
}

// shares reports whether two entries have a file in common.
func shares(a, b *catalog.Entry) bool {
	return slices.ContainsFunc(a.Files, func(f catalog.File) bool {
		return slices.ContainsFunc(b.Files, func(g catalog.File) bool { return f.SHA256 == g.SHA256 })
	})
}

// storedSchemas are the entries of the store that a word means.
func storedSchemas(arg string) (*catalog.Store, []catalog.Entry, error) {
	store, err := openStore()
	if err != nil {
		return nil, nil, err
	}
	entries, err := store.Find(arg)
	if len(entries) == 0 {
		if abs, abserr := filepath.Abs(arg); abserr == nil && err == nil {
			entries, err = store.Find(catalog.FileURI(abs)) // added as a file
		}
	}
	switch {
	case err != nil:
		return nil, nil, fault(err)
	case len(entries) == 0:
		return nil, nil, usage("the store has no schema %q; sigla schema list lists them", arg)
	}
	return store, entries, nil
}

func schemaRemoveCommand() *cli.Command {
	return &cli.Command{
		Name:      "remove",
		Usage:     "take schemas out of the store",
		ArgsUsage: "NAME|URL|SHA256...",
		Description: `Takes each schema out of the store, with the files that no other schema there
has. Where a name means several versions, say which, or add --all.

Examples:
  sigla schema remove tei_all@4.9.0
  sigla schema remove --all tei_all

Exit: 0 they are removed; 2 the call was wrong, or the store has no such schema;
3 the store can't be changed.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "all", Usage: "all versions that a name or address means"},
		},
		Action: schemaRemove,
	}
}

func schemaRemove(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("schema remove needs a name, an address or a hash; see sigla schema remove --help")
	}
	var remove []catalog.Entry
	var store *catalog.Store
	for _, arg := range c.Args().Slice() {
		s, entries, err := storedSchemas(arg)
		if err != nil {
			return err
		}
		if len(entries) > 1 && !c.Bool("all") {
			var l []string
			for i := range entries {
				l = append(l, fmt.Sprintf("%s (%s)", entries[i].Label(), entries[i].SHA256[:12]))
			}
			return usage("%q means %s; say which by version or hash, or add --all", arg, strings.Join(l, ", "))
		}
		store = s
		remove = append(remove, entries...)
	}
	if err := store.Remove(remove...); err != nil {
		return fault(err)
	}
	for i := range remove {
		fmt.Fprintf(c.App.Writer, "%s: removed\n", diag.Plain(remove[i].Label()))
	}
	return nil
}

func schemaLockCommand() *cli.Command {
	return &cli.Command{
		Name:      "lock",
		Usage:     "write the schemas that documents need, with their hashes, into sigla.lock",
		ArgsUsage: "[FILE|NAME...]",
		Description: `Writes sigla.lock in the present folder: addresses, versions and SHA-256 of the
schemas that the documents FILE (files, folders, patterns) ask for by xml-model
or xsi:schemaLocation, of those named, or else of all in the store. Put it under
version control: sigla schema add --locked gets the same schemas anywhere, and
validate then uses these and no others. Schemas that lie beside the documents
need no lock. All must be in the store.

Examples:
  sigla schema lock 'tei/**/*.xml'
  sigla schema lock tei_all@4.12.0
  sigla schema lock

Exit: 0 the file is written; 1 documents have findings, and the file is written;
2 the call was wrong; 3 a schema is missing, and the file is not written.`,
		Flags:  []cli.Flag{catalogFlag()},
		Action: schemaLock,
	}
}

func schemaLock(c *cli.Context) error {
	if _, err := openStore(); err != nil {
		return err
	}
	conf, err := loadConfig(".", "")
	if err != nil {
		return err
	}
	r, findings, err := resolver(c, conf)
	if err != nil {
		return err
	}
	r.Lock = nil // what is locked now is not asked
	n := needs{r: r, seen: map[string]bool{}}
	if c.NArg() == 0 {
		err = n.all()
	} else {
		err = n.named(c)
	}
	if err != nil {
		return err
	}
	form, _ := diag.FormatNamed("text")
	if err := form.Write(c.App.ErrWriter, append(findings, n.findings...)); err != nil {
		return fault(err)
	}
	if n.missing > 0 {
		return fault(fmt.Errorf("%s is not written: %d of the schemas are missing", catalog.LockName, n.missing))
	}
	if len(n.entries) == 0 {
		return usage("there is nothing to lock: no schema of the web is asked for or stored")
	}
	lock := catalog.NewLock(n.entries)
	text, err := lock.Text()
	if err != nil {
		return fault(err)
	}
	if err := writeFile(catalog.LockName, text, false); err != nil {
		return fault(err)
	}
	for i := range lock.Schemas {
		fmt.Fprintf(c.App.Writer, "%s: locked, SHA-256 %s\n", diag.Plain(lock.Schemas[i].Label()), lock.Schemas[i].SHA256)
	}
	if len(findings)+len(n.findings) > 0 {
		return found
	}
	return nil
}

// needs collects the schemas to lock.
type needs struct {
	r        *catalog.Resolver
	entries  []catalog.Entry
	missing  int // how many are not in the store
	findings diag.List
	seen     map[string]bool
}

// add takes an entry, if it can be fetched elsewhere too.
func (n *needs) add(e catalog.Entry) {
	if n.seen[e.URL] {
		return
	}
	n.seen[e.URL] = true
	if strings.HasPrefix(e.URL, "file:") {
		n.findings = append(n.findings, diag.Finding{Pos: diag.Pos{File: e.URL}, Severity: diag.Warning, Code: "lock/file",
			Message: "a file of this machine is not locked; put it into the repository, and name it by its path"})
		return
	}
	n.entries = append(n.entries, e)
}

// lacks notes that a schema can't be found.
func (n *needs) lacks(at diag.Pos, err error) {
	n.missing++
	n.findings = append(n.findings, diag.Finding{Pos: at, Severity: diag.Error, Code: "schema/missing",
		Message: strings.TrimPrefix(plainError(err).Error(), at.File+": ")})
}

// all takes all of the store, of each address the newest.
func (n *needs) all() error {
	entries, err := n.r.Store.Entries()
	if err != nil {
		return fault(err)
	}
	for _, e := range entries {
		n.add(e)
	}
	return nil
}

// named takes what the arguments name: documents, or schemas of the store.
func (n *needs) named(c *cli.Context) error {
	var documents []string
	for _, arg := range c.Args().Slice() {
		_, statErr := os.Stat(arg)
		_, lookErr := catalog.Lookup(arg)
		if statErr == nil || lookErr != nil {
			documents = append(documents, arg)
			continue
		}
		entries, err := n.r.Store.Find(arg)
		switch {
		case err != nil:
			return fault(err)
		case len(entries) == 0:
			_, err := n.r.Resolve(c.Context, catalog.Named(arg), "")
			n.lacks(diag.Pos{File: arg}, err)
		default:
			n.add(entries[0])
		}
	}
	list, refused, _, err := inputs(documents, ".xml")
	if err != nil {
		return err
	}
	n.findings = append(n.findings, refused...)
	asked := map[string]bool{}
	for _, in := range list {
		for _, ref := range n.declared(in) {
			key := filepath.Dir(in.path) + "\x00" + ref.Href
			if asked[key] {
				continue
			}
			asked[key] = true
			switch found, err := n.r.Resolve(c.Context, ref, in.path); {
			case err != nil:
				n.lacks(ref.Pos, err)
			case found.Entry != nil:
				n.add(*found.Entry)
			}
		}
	}
	return nil
}

// declared are the schemas that a document asks for.
func (n *needs) declared(in input) []catalog.Reference {
	f := os.Stdin
	if in.path != "-" {
		var err error
		if f, err = os.Open(in.path); err != nil {
			n.unreadable(in, err)
			return nil
		}
		defer f.Close()
	}
	refs, findings, err := catalog.DeclaredIn(in.name(), f)
	if err != nil {
		n.unreadable(in, err)
	}
	n.findings = append(n.findings, findings...)
	return refs
}

func (n *needs) unreadable(in input, err error) {
	n.findings = append(n.findings, diag.Finding{Pos: diag.Pos{File: in.name()}, Severity: diag.Error, Code: "input/unreadable", Message: plainError(err).Error()})
}
