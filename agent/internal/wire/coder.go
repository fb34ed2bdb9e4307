package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// coder either writes values to the end of buf or reads them from its start, so that a message states its fields once for
// both. The first error stays; after it, reads leave zero values.
type coder struct {
	reading bool
	buf     []byte
	err     error
}

var errShort = errors.New("the frame ends within a value")

func (c *coder) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

// take returns the next n bytes, or nil after noting the error.
func (c *coder) take(n int) []byte {
	if c.err != nil {
		return nil
	}
	if n > len(c.buf) {
		c.err = errShort
		return nil
	}
	b := c.buf[:n:n]
	c.buf = c.buf[n:]
	return b
}

func (c *coder) u8(v *uint8) {
	if !c.reading {
		c.buf = append(c.buf, *v)
	} else if b := c.take(1); b != nil {
		*v = b[0]
	}
}

func (c *coder) u16(v *uint16) {
	if !c.reading {
		c.buf = binary.BigEndian.AppendUint16(c.buf, *v)
	} else if b := c.take(2); b != nil {
		*v = binary.BigEndian.Uint16(b)
	}
}

func (c *coder) u32(v *uint32) {
	if !c.reading {
		c.buf = binary.BigEndian.AppendUint32(c.buf, *v)
	} else if b := c.take(4); b != nil {
		*v = binary.BigEndian.Uint32(b)
	}
}

func (c *coder) u64(v *uint64) {
	if !c.reading {
		c.buf = binary.BigEndian.AppendUint64(c.buf, *v)
	} else if b := c.take(8); b != nil {
		*v = binary.BigEndian.Uint64(b)
	}
}

func (c *coder) i32(v *int32) {
	u := uint32(*v)
	c.u32(&u)
	*v = int32(u)
}

func (c *coder) i64(v *int64) {
	u := uint64(*v)
	c.u64(&u)
	*v = int64(u)
}

func (c *coder) bool(v *bool) {
	var u uint8
	if *v {
		u = 1
	}
	c.u8(&u)
	c.atMost("a boolean", uint64(u), 1)
	*v = u == 1
}

func (c *coder) atMost(what string, v, max uint64) {
	if v > max {
		c.fail("%s is at most %d, but was: %d", what, max, v)
	}
}

// enum codes a constant from first to last.
func enum[E ~uint8](c *coder, what string, v *E, first, last E) {
	u := uint8(*v)
	c.u8(&u)
	if c.err == nil && (E(u) < first || E(u) > last) {
		c.fail("%s is from %d to %d, but was: %d", what, first, last, u)
	}
	*v = E(u)
}

func (c *coder) str(v *string) {
	if !c.reading {
		if len(*v) > 65_535 || !utf8.ValidString(*v) {
			c.fail("not a string of at most 65535 bytes in UTF-8: %.80q", *v)
			return
		}
		c.buf = binary.BigEndian.AppendUint16(c.buf, uint16(len(*v)))
		c.buf = append(c.buf, *v...)
		return
	}
	var n uint16
	c.u16(&n)
	b := c.take(int(n))
	if !utf8.Valid(b) {
		c.fail("a string is not UTF-8: %.80q", b)
		return
	}
	*v = string(b)
}

func (c *coder) path(v *string) {
	c.str(v)
	if c.err == nil {
		if err := CheckPath(*v); err != nil {
			c.err = err
		}
	}
}

func (c *coder) bytes(v *[]byte) {
	n := uint32(len(*v))
	c.u32(&n)
	c.atMost("content", uint64(n), MaxInline)
	if !c.reading {
		c.buf = append(c.buf, *v...)
	} else if c.err == nil {
		*v = c.take(int(n))
	}
}

func (c *coder) digest(v *Digest) {
	if !c.reading {
		c.buf = append(c.buf, v[:]...)
	} else if b := c.take(len(v)); b != nil {
		*v = Digest(b)
	}
}

// list codes a list whose items have at least smallest bytes each, so that a count cannot promise more than there is.
func list[T any](c *coder, v *[]T, smallest int, item func(*coder, *T)) {
	n := uint32(len(*v))
	c.u32(&n)
	if c.reading {
		if c.err != nil {
			return
		}
		if uint64(n) > uint64(len(c.buf)/smallest) {
			c.fail("a frame with %d bytes left cannot hold a list of %d", len(c.buf), n)
			return
		}
		*v = make([]T, n)
	}
	for i := range *v {
		if c.err != nil {
			return
		}
		item(c, &(*v)[i])
	}
}
