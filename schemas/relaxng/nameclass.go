package relaxng

// Name classes (clause 6.1). A schema knows finitely many names, so the names
// of all documents fall into finitely many symbols: each known name is one, the
// other names of each known namespace are one, and all other names together are
// one. A name class is then a set of symbols.

type nameKind uint8

const (
	oneName nameKind = iota
	nsName
	anyName
	nameChoice
)

type nameClass struct {
	kind   nameKind
	space  string
	local  string
	number int          // of oneName: counts the names of the schema
	except *nameClass   // of nsName and anyName
	alts   []*nameClass // of nameChoice
}

// contains reports whether the name is in the class.
func (c *nameClass) contains(space, local string) bool {
	switch c.kind {
	case oneName:
		return c.local == local && c.space == space
	case nsName:
		return c.space == space && (c.except == nil || !c.except.contains(space, local))
	case anyName:
		return c.except == nil || !c.except.contains(space, local)
	}
	for _, a := range c.alts {
		if a.contains(space, local) {
			return true
		}
	}
	return false
}

type qname struct{ space, local string }

// impossible is in no name: it stands for the names that a schema doesn't know.
const impossible = "\x00"

// representatives calls f with one name of each set of names that the class
// tells apart.
func (c *nameClass) representatives(f func(qname)) {
	switch c.kind {
	case oneName:
		f(qname{c.space, c.local})
	case nsName:
		f(qname{c.space, impossible})
	case anyName:
		f(qname{impossible, impossible})
	}
	if c.except != nil {
		c.except.representatives(f)
	}
	for _, a := range c.alts {
		a.representatives(f)
	}
}

// overlap reports whether a name is in both classes.
func overlap(a, b *nameClass) bool {
	if a.kind == oneName && b.kind == oneName {
		return a.space == b.space && a.local == b.local
	}
	found := false
	try := func(n qname) { found = found || a.contains(n.space, n.local) && b.contains(n.space, n.local) }
	a.representatives(try)
	b.representatives(try)
	return found
}

// infinite reports whether the class has names without end.
func (c *nameClass) infinite() bool {
	if c.kind == nsName || c.kind == anyName {
		return true
	}
	for _, a := range c.alts {
		if a.infinite() {
			return true
		}
	}
	return false
}

// single is the only name of the class, if it is one.
func (c *nameClass) single() (qname, bool) {
	return qname{c.space, c.local}, c.kind == oneName
}

// key tells name classes apart, for interning.
func (c *nameClass) key(b []byte) []byte {
	b = append(b, byte('0'+c.kind))
	b = append(b, c.space...)
	b = append(b, 0)
	b = append(b, c.local...)
	b = append(b, 0)
	for _, a := range c.alts {
		b = a.key(b)
	}
	if c.except != nil {
		b = append(b, '-')
		b = c.except.key(b)
	}
	return append(b, ')')
}
