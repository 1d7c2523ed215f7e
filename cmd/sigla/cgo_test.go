//go:build cgo

package main

// withCgo says that XML Schema is libxml2's.
const withCgo = true
