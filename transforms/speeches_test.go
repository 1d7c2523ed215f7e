package transforms

import (
	"strings"
	"testing"
)

// TestSpeakersWithAnHonorific: a speaker may have an honorific cut short, a dash
// for the colon, and speak once.
func TestSpeakersWithAnHonorific(t *testing.T) {
	got := body(t, "**October 28, 1956**\n\n**Working Notes from the Session of the Presidium on 28 October 1956**\n\nAttending: Orlov, Belov, Serov, [Danilov]*\n\nOn the Harvest\n\nCde. Orlov: The matter is becoming more complicated. They are selling the rice.\n\nCde. Belov— The situation is deteriorating. (Reads out the telegram.)\n\nCde. Serov: We are poorly informed.\n\nIt is decided:\n\n1. To send Cde. Serov to Tula.\n2. To close the mill.\n")
	if n := strings.Count(got, "<speaker>"); n != 3 {
		t.Errorf("%d speakers, want 3:\n%s", n, got)
	}
	if strings.Contains(got, `type="pseudonym"`) {
		t.Errorf("who is added to a list is nobody's real name:\n%s", got)
	}
	// one such line is none
	got = body(t, "The papers were sent on in the evening.\n\nCde. Orlov: the mill, the rice and the trucks.\n\nThe rest is of a later day.\n")
	if strings.Contains(got, "<speaker>") {
		t.Errorf("a line became a speech:\n%s", got)
	}
}

// TestYoursIsNobody: a valediction on a line of its own is no name.
func TestYoursIsNobody(t *testing.T) {
	got := body(t, "**May 5, 1964**\n\n**Letter, Orlov to Belov**\n\nDear Comrade Belov,\n\nThe harvest is good this year, and the rice is sold.\n\nYours,\nA. Orlov\n[signature]\n")
	if !strings.Contains(got, "<salute>Yours,</salute>") || strings.Contains(got, "#yours") {
		t.Errorf("want a salute and a signature:\n%s", got)
	}
}

// TestSpeakersOfAConversation: an office may be a speaker who speaks again, and
// what a name is short for may stand behind it; a particular of the record is
// none.
func TestSpeakersOfAConversation(t *testing.T) {
	got := body(t, "**July 10, 1964**\n\n**Conversation between Chairman Orlov and Guests**\n\nTime: 10 July 1964\nPlace: Great Hall\nGuests: Sakano Kozo, Kuroda Hisao\n\nChairman Orlov (hereafter Chairman): Welcome, friends. How long have you been here?\n\nMr. Sakano (hereafter Sakano): One week. We thank the Chairman.\n\nChairman: The river is frozen, and the mills are closed.\n\nKuroda: May we publish this?\n\nChairman: (smiling) You may.\n\nConclusion: the mills are to be opened again.\n")
	if n := strings.Count(got, "<speaker>"); n != 5 {
		t.Errorf("%d speakers, want 5:\n%s", n, got)
	}
}
