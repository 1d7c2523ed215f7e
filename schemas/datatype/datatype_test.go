package datatype

import "testing"

func typeOf(t testing.TB, name string) *Type {
	t.Helper()
	typ, err := Lookup(xsdLibrary, name)
	if err != nil {
		t.Fatal(err)
	}
	return typ
}

func checker(t testing.TB, name string, params ...Param) *Checker {
	t.Helper()
	c, err := typeOf(t, name).Checker(params, nil)
	if err != nil {
		t.Fatalf("%s %v: %v", name, params, err)
	}
	return c
}
