package transforms

import (
	"strings"
	"testing"
)

// TestQuotedMessageToAnOffice: a message in quotation marks may turn to its
// reader by the office alone.
func TestQuotedMessageToAnOffice(t *testing.T) {
	got := body(t, "**December 10, 1950**\n\n**Telegram from Orlov to Belov**\n\nDear Comrade Belov,\n\nI transmit to you the following telegram:\n\n\"Chairman Serov and the Military Commission:\n\nThe river is frozen, and the trucks have crossed it.\n\nPetrov\n\n9 December\"\n\nPlease answer before the end of the week.\n\nWith greetings,\n\nOrlov\n")
	if !strings.Contains(got, "<floatingText") || strings.Count(got, "<salute>") != 3 {
		t.Errorf("want a message within the message, with its own salute:\n%s", got)
	}
	// what is quoted and turns to nobody is no message
	got = body(t, "**December 10, 1950**\n\n**Telegram from Orlov to Belov**\n\nDear Comrade Belov,\n\nHe said:\n\n\"Chairman Serov is in good health: he has been seen on the river.\n\nHe will come.\"\n\nPlease answer before the end of the week.\n")
	if strings.Contains(got, "<floatingText") {
		t.Errorf("a quotation became a message:\n%s", got)
	}
}

// TestQuotationMarksOfTwoKinds: the mark that opens may be a typewriter's, the
// one that closes a printer's.
func TestQuotationMarksOfTwoKinds(t *testing.T) {
	got := body(t, "**December 29, 1961**\n\n**Telegram from Orlov to Belov**\n\nFollowing is the translation of a message sent by Serov:\n\n\"DEAR MR. PRESIDENT:\n\nThe river is frozen, and the trucks have crossed it.\n\nV. Serov”\n\nPlease answer before the end of the week.\n\nOrlov\n")
	if strings.Count(got, "<floatingText") != 1 {
		t.Errorf("want a message within the message:\n%s", got)
	}
}
