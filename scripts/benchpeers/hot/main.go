//go:build unix

// Hot measures the engine in one process, in processor time of the whole
// process, collector included.
//
//	hot load SCHEMA SECONDS             milliseconds a load: first, median, allocated MB
//	hot validate SCHEMA SECONDS FILE... MB/s, allocations a document and an element
//	hot memory SCHEMA SECONDS FILE...   MB in use beside the documents, streaming
//	hot enlarge FILE BYTES              a TEI document of so many bytes, from a smaller one
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"

	"sigla/schemas/relaxng"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "hot:", err)
		os.Exit(1)
	}
}

// cpu is the processor time the process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New("the call is: hot load, validate or memory, SCHEMA, SECONDS, FILEs")
	}
	if args[0] == "enlarge" {
		return enlarge(args[1], args[2])
	}
	dir, name := os.DirFS(filepath.Dir(args[1])), filepath.Base(args[1])
	seconds, err := strconv.ParseFloat(args[2], 64)
	if err != nil {
		return err
	}
	limit := time.Duration(seconds * float64(time.Second))
	if args[0] == "load" {
		var times []time.Duration
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for began := cpu(); len(times) == 0 || cpu()-began < limit; {
			from := cpu()
			if _, err := relaxng.Compile(dir, name); err != nil {
				return err
			}
			times = append(times, cpu()-from)
		}
		runtime.ReadMemStats(&after)
		first := times[0]
		slices.Sort(times)
		fmt.Printf("%.1f %.1f %.1f\n", ms(first), ms(times[len(times)/2]), float64(after.TotalAlloc-before.TotalAlloc)/float64(len(times))/1e6)
		return nil
	}
	s, err := relaxng.Compile(dir, name)
	if err != nil {
		return err
	}
	var docs [][]byte
	elements := 0
	for _, file := range args[3:] {
		doc, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		docs = append(docs, doc)
		elements += bytes.Count(doc, []byte("<")) - bytes.Count(doc, []byte("</")) // with comments: a few too many
	}
	ctx := context.Background()
	round := func(stream bool) (n int, err error) {
		for i, doc := range docs {
			if stream {
				_, err = s.Validate(ctx, args[3+i], bytes.NewReader(doc), relaxng.Options{})
			} else {
				_, err = s.ValidateBytes(ctx, args[3+i], doc, relaxng.Options{})
			}
			if err != nil {
				return 0, err
			}
			n += len(doc)
		}
		return n, nil
	}
	if args[0] == "memory" {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		if _, err := round(true); err != nil {
			return err
		}
		runtime.ReadMemStats(&after)
		fmt.Printf("%.1f\n", float64(after.HeapSys+after.StackSys-before.HeapInuse-before.StackInuse)/1e6)
		return nil
	}
	for began := cpu(); cpu()-began < limit/2; {
		if _, err := round(false); err != nil {
			return err
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done, rounds := 0, 0
	began := cpu()
	for cpu()-began < limit {
		n, err := round(false)
		if err != nil {
			return err
		}
		done += n
		rounds++
	}
	spent := cpu() - began
	runtime.ReadMemStats(&after)
	allocs := float64(after.Mallocs-before.Mallocs) / float64(rounds)
	fmt.Printf("%.1f %.1f %.4f\n", float64(done)/spent.Seconds()/1e6, allocs/float64(len(docs)), allocs/float64(elements))
	return nil
}

// enlarge writes the body of a document again and again.
func enlarge(file, size string) error {
	doc, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	want, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	from, to := bytes.Index(doc, []byte("<body>"))+len("<body>"), bytes.LastIndex(doc, []byte("</body>"))
	if to < from {
		return fmt.Errorf("%s has no body", file)
	}
	body := regexp.MustCompile(` xml:id="[^"]*"`).ReplaceAll(doc[from:to], nil)
	out := slices.Clone(doc[:from])
	for len(out) < want {
		out = append(out, body...)
	}
	_, err = os.Stdout.Write(append(out, doc[to:]...))
	return err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
