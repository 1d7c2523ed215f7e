// Command sigla turns plain translations of archival documents into TEI P5,
// and proves that nothing was lost.
package main

import (
	"os"
	"runtime/debug"
)

func main() {
	// a page's garbage is small and the program lives for seconds: collect less often
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr))
}
