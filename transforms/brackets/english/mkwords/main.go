// Mkwords makes words.txt from the lists of SCOWL, as Debian's package scowl
// installs them: the words of the sizes 10, 20 and 35 that are common to all
// spellings, and those of Britain and America.
//
//	go run ./mkwords [folder]
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigla/transforms/brackets/english"
)

const head = `# Common words of English, without those that package english makes of others
# by endings and prefixes. Made by mkwords from SCOWL, the Spell Checker Oriented Word
# Lists, as in Debian's package scowl: sizes 10, 20 and 35, the lists english,
# american and british. Its terms stand in the file NOTICE.

`

func main() {
	dir := "/usr/share/dict/scowl"
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if _, err := os.Stat(dir); err != nil {
		fmt.Fprintln(os.Stderr, "mkwords: words.txt is left as it is:", err, "(Debian's package scowl has the lists)")
		return
	}
	if err := run(dir, "words.txt"); err != nil {
		fmt.Fprintln(os.Stderr, "mkwords:", err)
		os.Exit(1)
	}
}

func run(dir, out string) error {
	var all []string
	for _, list := range []string{"english", "american", "british"} {
		for _, size := range []string{"10", "20", "35"} {
			b, err := os.ReadFile(filepath.Join(dir, list+"-words."+size))
			if err != nil {
				return err
			}
			for line := range bytes.Lines(b) {
				if w := string(bytes.TrimSpace(line)); w != "" && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
					all = append(all, w)
				}
			}
		}
	}
	// the shorter first, since the longer are made of them
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(a)-len(b), cmp.Compare(a, b)) })
	kept := map[string]bool{}
	for _, w := range all {
		if !english.In(w, func(s string) bool { return kept[s] }) {
			kept[w] = true
		}
	}
	words := make([]string, 0, len(kept))
	for w := range kept {
		words = append(words, w)
	}
	slices.Sort(words)
	return os.WriteFile(out, []byte(head+strings.Join(words, "\n")+"\n"), 0o644)
}
