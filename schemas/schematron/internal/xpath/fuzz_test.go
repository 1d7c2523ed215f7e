package xpath

import (
	"context"
	"errors"
	"testing"
	"time"
)

// FuzzExpression: whatever an expression is, it compiles or says where it is
// wrong, and what compiles ends.
func FuzzExpression(f *testing.F) {
	for _, x := range expressions(f) {
		f.Add(x.source, x.version == "1")
	}
	tree := sample(f)
	f.Fuzz(func(t *testing.T, src string, compat bool) {
		c := &Compiler{}
		e, err := c.Expr(src, sampleStatic(compat))
		m, err2 := c.Pattern(src, sampleStatic(compat))
		for _, err := range []error{err, err2} {
			var s *SyntaxError
			if err != nil && (!errors.As(err, &s) || s.Message == "" || s.Offset < 0 || s.Offset > len(src)) {
				t.Fatalf("%v", err)
			}
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		r := c.NewRun(ctx, tree, time.Unix(0, 0))
		if err == nil {
			_, err := e.Eval(r, 0)
			var x *Error
			if err != nil && !errors.As(err, &x) && !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
		}
		if err2 == nil {
			if _, _, err := m.Matches(r, nil); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
		}
	})
}

// FuzzPattern: a pattern matches the nodes that it yields as an expression at
// some node (XSLT 3.0, 5.5.3).
func FuzzPattern(f *testing.F) {
	for _, s := range []string{"t:p", "t:div/t:p[@n]", "//t:p[2]", "t:div//t:p[1]", "@n", "t:p/@*", "(t:p|t:head)[1]", "t:list/t:item[last()]", "/", "text()", "*[@n][1]", "t:body//*[t:p]", "/t:TEI//t:l[@part='I']"} {
		f.Add(s)
	}
	tree := sample(f)
	f.Fuzz(func(t *testing.T, src string) {
		c := &Compiler{}
		m, err := c.Pattern(src, sampleStatic(false))
		if err != nil {
			return
		}
		e, err := c.Expr(src, sampleStatic(false))
		if err != nil {
			t.Fatal(err)
		}
		if anyPart(e.root, func(e expr) bool {
			x, ok := e.(*call)
			return ok && x.f.leans
		}) {
			return // current() is another node
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		r := c.NewRun(ctx, tree, time.Unix(0, 0))
		got, failed, err := m.Matches(r, nil)
		if err != nil || failed != nil {
			return
		}
		want := map[int32]bool{}
		for n := range int32(tree.Len()) {
			l, err := e.Nodes(r, n)
			if err != nil {
				return
			}
			for _, k := range l {
				want[k] = true
			}
		}
		for _, n := range got {
			if !want[n] {
				t.Fatalf("%s matches %s, which it does not yield", src, tree.Path(n, nil))
			}
			delete(want, n)
		}
		for n := range want {
			t.Fatalf("%s yields %s, which it does not match", src, tree.Path(n, nil))
		}
	})
}
