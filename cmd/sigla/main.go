// Command sigla turns plain translations of archival documents into TEI P5,
// and proves that nothing was lost.
package main

import (
	"os"
)

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }
