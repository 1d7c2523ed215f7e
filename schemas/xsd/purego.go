//go:build !cgo

package xsd

import (
	"io/fs"

	"sigla/tei/diag"
)

// Schema is a compiled schema.
type Schema struct{}

// Compile answers ErrNotBuilt.
func Compile(fs.FS, string) (*Schema, error) { return nil, ErrNotBuilt }

// Validate answers ErrNotBuilt.
func (*Schema) Validate(string, []byte) (diag.List, error) { return nil, ErrNotBuilt }
