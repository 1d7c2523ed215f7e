package datatype

import "fmt"

// Value is the value of a value pattern. It can be used by any number of
// goroutines.
type Value struct {
	typ     *Type
	literal string
	want    string                           // the literal with white space processed
	same    func(s []byte, ctx Context) bool // nil where characters are compared
}

// Value makes the value that the literal stands for in a schema. The error says
// to the author of the schema why the literal is none of the type.
func (t *Type) Value(literal string, ctx Context) (*Value, error) {
	s := t.space.processed([]byte(literal))
	if !t.allows(s, ctx) {
		return nil, fmt.Errorf("the value is %q, %s", literal, t.plain().Explain([]byte(literal)))
	}
	v := &Value{typ: t, literal: literal, want: string(s)}
	switch {
	case t.prim.same != nil:
		v.same = t.prim.same(s, ctx)
	case t.prim.against != nil:
		against := t.prim.against(s)
		v.same = func(s []byte, _ Context) bool { return against(s) == equal }
	}
	return v, nil
}

// Literal is the value as the schema writes it.
func (v *Value) Literal() string { return v.literal }

// Type is the type of the value.
func (v *Value) Type() *Type { return v.typ }

// Equal reports whether value stands for the same value where it stands.
func (v *Value) Equal(value []byte, ctx Context) bool {
	if v.same == nil {
		switch v.typ.space {
		case replace:
			return sameReplaced(value, v.want)
		case collapse:
			return sameCollapsed(value, v.want) && (v.typ.prim.declared == nil || v.typ.prim.declared(trim(value), ctx))
		}
		return string(value) == v.want
	}
	value = trim(value)
	return v.typ.allows(value, ctx) && v.same(value, ctx)
}
