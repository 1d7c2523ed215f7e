package relaxng

import (
	"encoding/binary"

	"sigla/schemas/datatype"
)

// Values of attributes recur: rend="italic", unit="chapter". A short value that
// was found allowed is remembered with its pattern, in a table where a later one
// takes the place of an earlier one; to find it again costs less than to match
// the value against a regular expression or a list of names. Values that are not
// allowed are rare, and those that hang on the declarations around them (QName)
// are matched each time.
type remembered [512]rememberedValue

// rememberedValue is a value of up to 24 bytes.
type rememberedValue struct {
	pattern *pattern
	length  int
	words   [3]uint64
}

func (r *remembered) allows(p *pattern, s []byte, ctx datatype.Context) bool {
	v := rememberedValue{p, len(s), [3]uint64{}}
	switch n := len(s); {
	case n == 0 || n > 24:
		return allows(p, s, ctx)
	case n >= 8:
		v.words[0], v.words[1] = binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[n-8:])
		if n > 16 {
			v.words[2] = binary.LittleEndian.Uint64(s[8:])
		}
	case n >= 4:
		v.words[0] = uint64(binary.LittleEndian.Uint32(s)) | uint64(binary.LittleEndian.Uint32(s[n-4:]))<<32
	default:
		v.words[0] = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	h := (v.words[0] ^ v.words[1]<<1 ^ v.words[2]<<2 ^ uint64(p.id)<<32) * 0x9E3779B97F4A7C15
	e := &r[h>>55]
	if *e == v {
		return true
	}
	if !allows(p, s, ctx) {
		return false
	}
	if p.has&hasContext == 0 {
		*e = v
	}
	return true
}
