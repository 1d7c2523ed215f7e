package lazyregexp

import "testing"

// TestAFaultShowsInTests: a fault in a text that is seldom used must not wait for
// a user.
func TestAFaultShowsInTests(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error(`"(" was taken for a regular expression`)
		}
	}()
	New("(")
}

func TestRegexp(t *testing.T) {
	r := New(`(a+)b`)
	if got := r.FindStringSubmatch("xaab"); len(got) != 2 || got[1] != "aa" {
		t.Errorf("found %q", got)
	}
	if got := r.ReplaceAllString("ab aab c", "<$1>"); got != "<a> <aa> c" {
		t.Errorf("replaced to %q", got)
	}
}
