package transforms

import (
	"strings"
	"testing"
)

// TestWhoSignsForABody: a body that only says of whom somebody is the head has
// not sent the message; one for which somebody signs has.
func TestWhoSignsForABody(t *testing.T) {
	for closer, bodies := range map[string]int{
		"Chairman of the Committee\nof the Council of Ministers\n[signature] ORLOV": 0,
		"For the Central Committee\n\nA. ORLOV":                                     1,
	} {
		r, err := Convert([]byte("**April 20, 1971**\n\n**Letter to Belov**\n\nDear Comrade Belov,\n\nThe mood in the port has not calmed down, and the mills are closed.\n\n"+closer+"\n"), Options{Name: "page.txt"})
		if err != nil {
			t.Fatal(err)
		}
		_, sent, _ := strings.Cut(string(r.TEI), `<correspAction type="sent">`)
		sent, _, _ = strings.Cut(sent, "</correspAction>")
		if n := strings.Count(sent, "<orgName"); n != bodies || !strings.Contains(sent, "<persName") {
			t.Errorf("%q: %d bodies sent it, want %d:\n%s", closer, n, bodies, sent)
		}
	}
}
