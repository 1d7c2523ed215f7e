// Package xsd validates XML documents against W3C XML Schemas, by libxml2
// where the program is built with cgo. It is the only package of the project
// that uses cgo.
//
// Documents are read without the network, external entities and document type
// declarations of other files.
package xsd

import (
	"errors"

	"sigla/tei/diag"
)

// ErrNotBuilt is returned by a program that was built without a validator.
var ErrNotBuilt = errors.New("this build of sigla has no XSD validator; build it with cgo and libxml2's headers")

// Codes of this package's findings.
const (
	CodeInvalid       diag.Code = "xsd/invalid"
	CodeElement       diag.Code = "xsd/element-not-allowed"
	CodeIncomplete    diag.Code = "xsd/incomplete"
	CodeAttribute     diag.Code = "xsd/attribute-not-allowed"
	CodeRequired      diag.Code = "xsd/attribute-missing"
	CodeValue         diag.Code = "xsd/value"
	CodeText          diag.Code = "xsd/text-not-allowed"
	CodeReference     diag.Code = "xsd/reference"
	CodeNotWellFormed diag.Code = "xml/not-well-formed"
)
