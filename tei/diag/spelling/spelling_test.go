package spelling

import "testing"

func TestEditsAreCounted(t *testing.T) {
	for _, c := range []struct {
		a, b        string
		limit, want int
	}{
		{"persName", "persName", 3, 0},
		{"persNmae", "persName", 3, 1},
		{"presName", "persName", 3, 1},
		{"persNam", "persName", 3, 1},
		{"personName", "persName", 3, 2},
		{"date", "", 9, 4},
		{"", "", 3, 0},
		{"kitten", "sitting", 9, 3},
	} {
		for _, got := range []int{Edits(c.a, c.b, c.limit), Edits(c.b, c.a, c.limit)} {
			if got != c.want {
				t.Errorf("%q and %q are %d apart, want %d", c.a, c.b, got, c.want)
			}
		}
	}
	if Edits("abcdefgh", "stuvwxyz", 2) <= 2 || Edits("a", "abcdef", 2) <= 2 {
		t.Error("names far apart are near")
	}
}
