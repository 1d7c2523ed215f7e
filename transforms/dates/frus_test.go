package dates

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sigla/tei"
)

var (
	datelineElem = regexp.MustCompile(`(?s)<dateline.*?</dateline>`)
	dateElem     = regexp.MustCompile(`(?s)<date [^>]*when="([^"]*)"[^>]*>(.*?)</date>`)
	tag          = regexp.MustCompile(`<[^>]*>`)
)

// The datelines of Foreign Relations of the United States, as its editors
// encoded them.
func TestPublishedDatelinesAreRead(t *testing.T) {
	dir := shared(t)
	paths, _ := filepath.Glob(filepath.Join(dir, "text", "frus", "gold", "*.xml"))
	n, right := 0, 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range datelineElem.FindAllString(string(b), -1) {
			text := strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(line, ""))), " ")
			for _, m := range dateElem.FindAllStringSubmatch(line, -1) {
				n++
				got := Find(text, tei.Span{End: len(text)}, Context{DayFirst: -1})
				ok := false
				for _, d := range got {
					ok = ok || d.When == m[1]
				}
				if !ok {
					t.Errorf("%s: want %s, got %s", text, m[1], show(text, got))
					continue
				}
				right++
			}
		}
	}
	t.Logf("%d of %d", right, n)
	if n == 0 {
		t.Error("no datelines")
	}
}
