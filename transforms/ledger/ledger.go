// Package ledger is the record of what the encoder decided: where, by which
// rule, how surely, and what else it might have been.
package ledger

import (
	"encoding/json"
	"io"

	"sigla/tei"
)

// Cert is how sure a decision is, in the words of TEI's @cert.
type Cert string

// The three degrees.
const (
	High   Cert = "high"
	Medium Cert = "medium"
	Low    Cert = "low"
)

// Alternative is a reading that lost.
type Alternative struct {
	What string `json:"what"`
	Rule string `json:"rule"`
}

// Decision is one row: the element or class that a span of the source became.
type Decision struct {
	Pass         string        `json:"pass"`
	Rule         string        `json:"rule"`
	What         string        `json:"what"`             // element, or brk.CLASS
	Start        int           `json:"start"`            // byte offset into the decoded page
	End          int           `json:"end"`              //
	Line         int           `json:"line"`             // of Start, from 1
	Column       int           `json:"column"`           // in characters, from 1
	Text         string        `json:"text"`             // the source of the span
	Target       string        `json:"target,omitempty"` // xml:id in the TEI, where it has one
	Cert         Cert          `json:"cert"`
	Alternatives []Alternative `json:"alternatives,omitempty"`
}

// Span is the source range of d.
func (d Decision) Span() tei.Span { return tei.Span{Start: d.Start, End: d.End} }

// Write writes decisions as JSON lines.
func Write(w io.Writer, list []Decision) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, d := range list {
		if err := e.Encode(d); err != nil {
			return err
		}
	}
	return nil
}
