// Package completions holds what lets a shell complete the calls of sigla. The
// scripts ask the program what may follow (its hidden command complete), so
// they know of every flag that --help knows of and never grow old.
package completions

import "embed"

//go:embed sigla.bash sigla.zsh sigla.fish
var files embed.FS

// Shell is a shell that can complete.
type Shell struct {
	Name    string
	Install string // how its script is put to use, for the manual
}

// Shells are the shells, one row and one file, sigla.NAME, each.
var Shells = []Shell{
	{"bash", `source <(sigla completion bash) in ~/.bashrc`},
	{"zsh", `source <(sigla completion zsh) in ~/.zshrc, after compinit`},
	{"fish", `sigla completion fish > ~/.config/fish/completions/sigla.fish`},
}

// Script is the script of a shell; ok says whether there is one.
func Script(shell string) (script []byte, ok bool) {
	b, err := files.ReadFile("sigla." + shell)
	return b, err == nil
}
