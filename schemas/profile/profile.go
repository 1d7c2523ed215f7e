// Package profile is Sigla's own grammar of TEI: closed, and just what the
// converter writes. sigla.rnc is its source; sigla.rng and sigla.xsd are made
// from it. Every document that is valid here is valid under tei_all.
package profile

import (
	"embed"
	"sync"

	"sigla/schemas"
	"sigla/schemas/xsd"
)

//go:generate trang sigla.rnc sigla.rng
//go:generate trang sigla.rng sigla.xsd

// Files are the grammar in its forms: sigla.rnc, sigla.rng, sigla.xsd with
// xml.xsd, and sigla.sch.
//
//go:embed sigla.rnc sigla.rng sigla.xsd xml.xsd sigla.sch
var Files embed.FS

var compiled = sync.OnceValues(func() (*xsd.Schema, error) { return xsd.Compile(Files, "sigla.xsd") })

// Validator validates against the profile. It is compiled at the first call
// and shared. The error is xsd.ErrNotBuilt in a program built without cgo.
func Validator() (schemas.Validator, error) {
	s, err := compiled()
	if err != nil {
		return nil, err
	}
	return s, nil
}
