package schematron

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// processTime is the time that processors have worked for this process: on a
// busy machine the clock on the wall tells nothing.
func processTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkQuintilian(b *testing.B) {
	s := compiled(b, shared(b, "schemas", "tei", "tei_all.rng"))
	doc, err := os.ReadFile(shared(b, "tei", "real", "perseus-quintilian-eng.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	before := processTime(b)
	defer func() { b.ReportMetric(float64((processTime(b)-before).Microseconds())/1000/float64(b.N), "cpu-ms/op") }()
	for b.Loop() {
		if _, err := s.Validate(context.Background(), "quintilian.xml", doc, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSmallFile(b *testing.B) {
	s := compiled(b, shared(b, "schemas", "tei", "tei_all.rng"))
	doc, err := os.ReadFile(shared(b, "gold", "117412.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Validate(context.Background(), "117412.xml", doc, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, name := range []string{"schemas/tei/tei_all.rng", "schemas/tei/tei_all-4.9.0a.sch", "schemas/projects/mei-all-5.1.rng"} {
		file := shared(b, name)
		b.Run(fmt.Sprint(filepath.Base(file)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, file)
			}
		})
	}
}

// BenchmarkPeers is jing and Saxon as whole processes, which is how projects run
// them: the time of their processors, start of the Java machine included. Saxon
// runs the XSLT that is made of the rules before.
func BenchmarkPeers(b *testing.B) {
	grammar := shared(b, "schemas", "tei", "tei_all.rng")
	doc := shared(b, "tei", "real", "perseus-quintilian-eng.xml")
	small := shared(b, "gold", "117412.xml")
	if _, err := os.Stat(saxonJar); err != nil {
		b.Skip("no Saxon: " + err.Error())
	}
	rules := filepath.Join(b.TempDir(), "rules.xsl")
	run := func(b *testing.B, name string, args ...string) {
		cmd := exec.Command(name, args...)
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			b.Skip(err)
		}
		if name != "jing" && err != nil {
			b.Fatalf("%v: %.500s", err, out)
		}
		b.ReportMetric(float64((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Milliseconds()), "cpu-ms/op")
		if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			b.ReportMetric(float64(u.Maxrss)/1024, "MB")
		}
	}
	run(b, "java", "-jar", saxonJar, "-s:"+grammar, "-xsl:testdata/oracle.xsl", "-o:"+rules, "fast=yes")
	for _, d := range []string{doc, small} {
		b.Run("Saxon/"+filepath.Base(d), func(b *testing.B) {
			for range b.N {
				run(b, "java", "-Xss64m", "-jar", saxonJar, "-s:"+d, "-xsl:"+rules, "-o:"+os.DevNull)
			}
		})
		b.Run("jing/"+filepath.Base(d), func(b *testing.B) {
			for range b.N {
				run(b, "jing", grammar, d)
			}
		})
	}

	// one process each for 200 files
	many, text := b.TempDir(), readAll(b, small)
	files := []string{grammar}
	for i := range 200 {
		files = append(files, filepath.Join(many, fmt.Sprintf("%d.xml", i)))
		if err := os.WriteFile(files[i+1], text, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("Saxon/200", func(b *testing.B) {
		for range b.N {
			run(b, "java", "-Xss64m", "-jar", saxonJar, "-s:"+many, "-xsl:"+rules, "-o:"+b.TempDir())
		}
	})
	b.Run("jing/200", func(b *testing.B) {
		for range b.N {
			run(b, "jing", files...)
		}
	})
}

func readAll(b *testing.B, name string) []byte {
	b.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		b.Fatal(err)
	}
	return text
}
