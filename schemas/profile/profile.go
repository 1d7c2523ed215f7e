// Package profile is Sigla's own grammar of TEI: closed, and just what the
// converter writes. sigla.rnc is its source; sigla.rng and sigla.xsd are made
// from it. Every document that is valid here is valid under tei_all.
package profile

import (
	"embed"
	"sync"

	"sigla/schemas/relaxng"
)

//go:generate trang sigla.rnc sigla.rng
//go:generate trang sigla.rng sigla.xsd

// Files are the grammar in its forms: sigla.rnc, sigla.rng, sigla.xsd with
// xml.xsd, and sigla.sch.
//
//go:embed sigla.rnc sigla.rng sigla.xsd xml.xsd sigla.sch
var Files embed.FS

var compiled = sync.OnceValues(func() (*relaxng.Schema, error) { return relaxng.Compile(Files, "sigla.rng") })

// Schema is the profile, compiled at the first call and shared.
func Schema() (*relaxng.Schema, error) { return compiled() }
