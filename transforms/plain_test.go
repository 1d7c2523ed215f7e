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

// TestALetterIsSeenByItsSalutation: the full stop of Mr. is none.
func TestALetterIsSeenByItsSalutation(t *testing.T) {
	for salutation, letter := range map[string]bool{
		"Dear Mr. Orlov,": true, "My dear Mr. Ambassador:": true, "Dear Dr. and Mrs. Belov,": true,
		"DEAR MR. PRESIDENT: I have received your letter of October 23 and am glad of it.": false,
		"Dear Mr. Secretary, I write to you.":                                              false,
	} {
		got := body(t, salutation+"\n\nMany thanks for your letter. I am sending you a copy of the report.\n\nI hope to see you on Monday.\n\nYours sincerely,\n\nA. Serov\n")
		if strings.Contains(got, `<div type="letter"`) != letter {
			t.Errorf("%q begins a letter: want %v:\n%s", salutation, letter, got)
		}
	}
}
