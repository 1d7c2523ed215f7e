// Package schemas holds what a TEI file is validated against.
package schemas

import "sigla/tei/diag"

// Validator says what is wrong with an XML document. An error means that the
// validator could not do its work; the findings are then nothing to go by.
type Validator interface {
	Validate(name string, doc []byte) (diag.List, error)
}
