package transforms

import (
	"strings"
	"testing"
)

// TestAPageSaysWhatItIs: without a title the heading in capitals says what the
// page is.
func TestAPageSaysWhatItIs(t *testing.T) {
	got := body(t, "MEMORANDUM OF CONVERSATION\n\nDATE: February 14, 1963\nPLACE: The Secretary's Office\n\nThe Secretary opened the conversation by asking whether the Ambassador had received instructions.\n\nThe Ambassador replied that he had not.\n")
	if !strings.Contains(got, `<div type="memorandum-of-conversation"`) || !strings.Contains(got, `<head type="documentType">MEMORANDUM OF CONVERSATION</head>`) {
		t.Errorf("want a memorandum of conversation:\n%s", got)
	}
}

// TestNotesBelowTheirHeading: notes may follow their heading without an empty
// line, and a lone i in brackets is the mark of the first.
func TestNotesBelowTheirHeading(t *testing.T) {
	got := body(t, "To VIKTOR [i].\n\nLately the mill has been in progress. HAMMER [ii] recommended the wife of his brother.\n\nComments:\n[i] VIKTOR: a lieutenant general.\n[ii] HAMMER: a carpenter of Tula.\n")
	if n := strings.Count(got, "<note "); n != 2 || strings.Contains(got, "brk.subaudible") {
		t.Errorf("%d notes, want 2:\n%s", n, got)
	}
}
