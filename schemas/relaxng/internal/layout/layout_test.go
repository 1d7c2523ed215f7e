package layout

import "testing"

func list(words ...string) *Piece {
	var l []*Piece
	for _, w := range words {
		l = append(l, Words(w))
	}
	return Join(Between(l, Words(","), Line)...)
}

// TestGroupsBreakWhereTheyMust has groups of several widths: the outer is
// broken first, and one that is broken is broken everywhere.
func TestGroupsBreakWhereTheyMust(t *testing.T) {
	p := Group(Words("f ("), Nest(Soft, Group(list("aa", "bb", "cc")), Words(";"), Line, Words("d")), Soft, Words(")"))
	for width, want := range map[int]string{
		40: "f (aa, bb, cc; d)",
		17: "f (aa, bb, cc; d)",
		16: "f (\n  aa, bb, cc;\n  d\n)",
		13: "f (\n  aa, bb, cc;\n  d\n)",
		12: "f (\n  aa,\n  bb,\n  cc;\n  d\n)",
	} {
		if got := Print(p, width); got != want {
			t.Errorf("in %d columns it is\n%s\nwant\n%s", width, got, want)
		}
	}
}

// TestNothingFollowsAComment: what comes behind the end of a line begins a new
// one, with its indentation.
func TestNothingFollowsAComment(t *testing.T) {
	comment := Join(Words("# c"), EndOfLine)
	p := Group(Words("a {"), Nest(Line, comment, Words("b"), EmptyLine, comment, NewLine, Group(Words("d"), Line, Words("e"))), Line, Words("}"))
	if got, want := Print(p, 40), "a {\n  # c\n  b\n\n  # c\n  d e\n}"; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
	if got := Print(Group(Words("a"), comment, Group(Words("b"), Line, Words("c"))), 3); got != "a# c\nb c" {
		t.Errorf("a group behind a comment is %q", got)
	}
	if got := Print(Group(Words("a"), Line, NewLine, Words("b")), 40); got != "a\n\nb" {
		t.Errorf("no space stands at the end of a line, and it is %q", got)
	}
}

func TestAlignBeginsWhereItStands(t *testing.T) {
	p := Join(Words("ab "), Align(Group(list("cc", "dd"))), Nest(Line, Words("e")))
	if got, want := Print(p, 6), "ab cc,\n   dd\n  e"; got != want {
		t.Errorf("it is\n%s\nwant\n%s", got, want)
	}
}

func TestFirstAndEmpty(t *testing.T) {
	p := Join(Join(), Group(Nest(Words("a"), Line)))
	if p.First() != "a" || p.Empty() || !Join(Group(), Words("")).Empty() {
		t.Errorf("it begins with %q", p.First())
	}
}
