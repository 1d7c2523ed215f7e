package schematron

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"time"
)

// FuzzSchema: whatever a schema is, it compiles or is an *Error with places, and
// what compiles runs.
func FuzzSchema(f *testing.F) {
	for _, c := range schemas {
		f.Add(head+c.body+"</schema>", small)
	}
	for _, c := range faults {
		f.Add(c.schema, small)
	}
	for _, c := range embeddings {
		for _, text := range c.files {
			f.Add(text, small)
		}
	}
	f.Fuzz(func(t *testing.T, schema, doc string) {
		fsys := fstest.MapFS{"s.sch": {Data: []byte(schema)}, "s.rng": {Data: []byte(schema)}}
		for _, compile := range []func() (*Schema, error){
			func() (*Schema, error) { return Compile(fsys, "s.sch", CompileOptions{}) },
			func() (*Schema, error) { return Embedded(fsys, "s.rng", CompileOptions{}) },
		} {
			s, err := compile()
			var e *Error
			if err != nil {
				if !errors.As(err, &e) || len(e.Findings) == 0 {
					t.Fatalf("%v", err)
				}
				continue
			}
			if s == nil {
				continue
			}
			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
			r, err := s.Validate(ctx, "d.xml", []byte(doc), Options{Trace: true})
			cancel()
			if err != nil {
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Fatal(err)
				}
				continue
			}
			for _, x := range r.Findings {
				if x.Code == "" || x.Message == "" {
					t.Fatalf("%+v", x)
				}
			}
		}
	})
}
