package xmltok

import "math/bits"

// A name is checked and resolved when it is first met under a set of namespace
// declarations; after that a look at its bytes finds it. Names of up to sixteen
// bytes are compared as two words. The table is of fixed size: a document of
// ever new names costs time and no memory.

// Name is an expanded name with the form it was written in. Names are shared
// by tokens and must not be changed.
type Name struct {
	ID     int32  // what Symbols says of it; 0 without Symbols
	Space  string // namespace, "" for none
	Local  string
	Prefix string
	Raw    string // as written: prefix:local

	spelling spelling
}

// Symbols gives names small numbers, so that a reader who knows some names
// compares integers. It is asked once for a name and then remembered, as long
// as the tokenizer's table has room; the table does not grow with the document.
type Symbols interface {
	Symbol(space, local string) int32
}

// nameKind is what a name names. An attribute without a prefix has no
// namespace, an element has the default one, and the target of an instruction
// is no qualified name.
type nameKind uint64

const (
	elementName nameKind = iota
	attributeName
	targetName
)

// spelling is a name as it is written: its first sixteen bytes with zeros
// behind them, and its length. A longer name has a digest in its second word.
type spelling struct {
	front, back uint64
	length      int
}

func spell(raw []byte) spelling {
	s := spelling{length: len(raw)}
	switch n := len(raw); {
	case n > 16:
		s.front = load(raw, 0)
		for len(raw) > 8 {
			s.back = (s.back ^ load(raw, 0)) * mixer
			raw = raw[8:]
		}
		s.back = s.back*mixer ^ packed(raw)
	case n > 8:
		s.front, s.back = load(raw, 0), packed(raw[8:])
	default:
		s.front = packed(raw)
	}
	return s
}

// packed is up to eight bytes as a word.
func packed(b []byte) (w uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		w = w<<8 | uint64(b[i])
	}
	return w
}

const (
	nameBits  = 11
	nameTries = 8   // places that a name can stand in
	nameKept  = 256 // the longest name that is remembered, in bytes

	mixer  = 0x9E3779B97F4A7C15
	mixer2 = 0xC2B2AE3D27D4EB4F
)

// nameKey is under what a name is remembered beside its bytes: the declarations
// in force, the kind, and whether it is longer than its words.
type nameKey uint64

const longKey nameKey = 1

func keyOf(scope int, kind nameKind) nameKey { return nameKey(scope)<<3 | nameKey(kind)<<1 }

type slot struct {
	front, back uint64
	key         nameKey
	name        *Name
}

type nameTable struct {
	slots   *[1 << nameBits]slot
	symbols Symbols
}

// use empties the table unless the symbols are the same as before.
func (n *nameTable) use(symbols Symbols) {
	switch {
	case n.slots == nil:
		n.slots = new([1 << nameBits]slot)
	case n.symbols != symbols:
		clear(n.slots[:])
	}
	n.symbols = symbols
}

func hashName(front, back uint64, key nameKey) int {
	h := front*mixer ^ bits.RotateLeft64(back*mixer2, 32) ^ uint64(key)*mixer2
	return int(h * mixer >> (64 - nameBits))
}

// find is the name that the table has, or nil. The caller compares the bytes
// of one longer than two words.
func (n *nameTable) find(front, back uint64, key nameKey) *Name {
	h := hashName(front, back, key)
	s := &n.slots[h]
	if s.front == front && s.back == back && s.key == key {
		return s.name
	}
	return n.findFarther(h, front, back, key)
}

func (n *nameTable) findFarther(h int, front, back uint64, key nameKey) *Name {
	for i := 1; i < nameTries; i++ {
		s := &n.slots[(h+i)&(1<<nameBits-1)]
		if s.front == front && s.back == back && s.key == key {
			return s.name
		}
	}
	return nil
}

// put remembers a name, in place of another where there is no room.
func (n *nameTable) put(name *Name, key nameKey) {
	h := hashName(name.spelling.front, name.spelling.back, key)
	at := h
	for i := range nameTries {
		if k := (h + i) & (1<<nameBits - 1); n.slots[k].name == nil {
			at = k
			break
		}
	}
	n.slots[at] = slot{name.spelling.front, name.spelling.back, key, name}
}

// name is the expanded name of raw, which stands at i.
func (t *Tokenizer) name(raw []byte, i int, kind nameKind) (*Name, error) {
	spelling := spell(raw)
	key := keyOf(t.scopes.current, kind)
	if spelling.length > 16 {
		key |= longKey
	}
	if name := t.names.find(spelling.front, spelling.back, key); name != nil && name.Raw == string(raw) {
		return name, nil
	}
	name, err := t.resolve(raw, i, kind)
	if err != nil {
		return nil, err
	}
	name.spelling = spelling
	if len(raw) <= nameKept && !t.scopes.full() {
		t.names.put(name, key)
	}
	return name, nil
}

// resolve makes the expanded name (Namespaces in XML, 4 and 5).
func (t *Tokenizer) resolve(raw []byte, i int, kind nameKind) (*Name, error) {
	if bad := badName(raw); bad >= 0 {
		return nil, t.wrongName(raw, bad, i)
	}
	n := &Name{Raw: string(raw)}
	n.Local = n.Raw
	if kind == targetName {
		return n, nil
	}
	for k := range raw {
		if raw[k] != ':' {
			continue
		}
		if !isQName(raw) {
			what := "<%s>"
			if kind == attributeName {
				what = "attribute %q"
			}
			return nil, t.fault(i, CodeName, what+" is no name: a name has one colon at most, with a prefix before it and a name after it", raw)
		}
		n.Prefix, n.Local = n.Raw[:k], n.Raw[k+1:]
		break
	}
	if n.Prefix != "" || kind == elementName {
		var ok bool
		if n.Space, ok = t.scopes.resolve(n.Prefix); !ok {
			return nil, t.undeclared(i, n, kind)
		}
	}
	if t.names.symbols != nil {
		n.ID = t.names.symbols.Symbol(n.Space, n.Local)
	}
	return n, nil
}

// wrongName is the fault of a name at i that goes wrong after bad bytes.
func (t *Tokenizer) wrongName(raw []byte, bad, i int) error {
	switch {
	case bad < len(raw) && (raw[bad] < 0x20 || raw[bad] >= 0x80 && charLen(raw, bad) == 0):
		return t.strange(i + bad)
	case bad == 0:
		return t.fault(i, CodeName, "a name can't begin with %s; it begins with a letter or _", show(raw))
	}
	return t.fault(i+bad, CodeName, "%s can't stand in a name; take it out", show(raw[bad:]))
}
