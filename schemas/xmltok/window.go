package xmltok

import (
	"errors"
	"io"
)

// A document in memory is read where it lies. One from a reader passes through
// a window: a token that the window ends in asks for more, and is then read
// again from its start, with at least half as much again before it. So long
// tokens cost no more than a few readings, however little the reader gives, and
// what is found does not depend on where the window ends.

// window is how much of a reader is held at a time; a longer tag makes it grow.
const window = 128 << 10

// errMore asks for more of the reader.
var errMore = errors.New("more")

// ended reports whether nothing follows what is in buf.
func (t *Tokenizer) ended() bool { return t.final || t.entity != nil }

// within is buf up to where something that begins at start has to end: what is
// longer is refused, be it in memory or not.
func (t *Tokenizer) within(start int) []byte {
	if t.overlong(start) {
		return t.buf[:start+t.limits.Token]
	}
	return t.buf
}

// overlong reports whether the buffer holds more than may belong to something
// that begins at start.
func (t *Tokenizer) overlong(start int) bool {
	return t.entity == nil && len(t.buf)-start > t.limits.Token
}

// mayGoOn reports whether what begins at start may go on behind the buffer, or
// behind what within gives of it.
func (t *Tokenizer) mayGoOn(start int) bool { return !t.ended() || t.overlong(start) }

// fill drops what lies before pos and reads more.
func (t *Tokenizer) fill() error {
	t.keepOpened()
	t.places.pass(t.buf, t.base, t.pos)
	n := copy(t.buf, t.buf[t.pos:])
	t.buf = t.buf[:n]
	t.base += t.pos
	t.pos = 0
	if n > cap(t.buf)/2 {
		t.own = append(make([]byte, 0, 2*cap(t.buf)), t.buf...)
		t.buf = t.own
	}
	return t.readTo(n + n/2 + 1)
}

// readTo reads until buf holds n bytes or the reader has no more. What was read
// before an error is still given.
func (t *Tokenizer) readTo(n int) error {
	from := len(t.buf)
	for idle := 0; len(t.buf) < n && !t.final; {
		if t.broken != nil {
			if len(t.buf) > from {
				return nil
			}
			return t.broken
		}
		got, err := t.reader.Read(t.buf[len(t.buf):cap(t.buf)])
		t.buf = t.buf[:len(t.buf)+got]
		switch {
		case err == io.EOF:
			t.final = true
		case err != nil:
			t.broken = err
		case got > 0:
			idle = 0
		default:
			if idle++; idle == 100 {
				t.broken = io.ErrNoProgress
			}
		}
	}
	return nil
}
