// Package wire speaks the protocol with devshell: messages as values, and the codec between them and a stream of bytes.
//
// docs/protocol.md defines it and the Java package dev.devshell.sync.wire mirrors it; the fixtures in testdata/wire hold
// the three together.
package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// Version of the protocol that this end speaks.
const Version = 3

// maxFrame is the most bytes of a frame after its length.
const maxFrame = 1 << 20

var magic = [4]byte{'d', 'v', 's', 'h'}

// Preamble is what each direction starts with.
var Preamble = binary.BigEndian.AppendUint16(magic[:], Version)

// A VersionError says that the other end speaks another version of the protocol.
type VersionError struct{ Version uint16 }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the agent speaks version %d of the protocol, the other end version %d", Version, e.Version)
}

// Direction is what one end sends.
type Direction struct {
	make map[uint8]func() Message
	code map[reflect.Type]uint8
}

func direction(messages map[uint8]func() Message) *Direction {
	d := &Direction{make: messages, code: map[reflect.Type]uint8{}}
	for code, make := range messages {
		d.code[reflect.TypeOf(make())] = code
	}
	return d
}

// ToAgent is what devshell sends, ToHost what the agent sends.
var (
	ToAgent = direction(map[uint8]func() Message{
		0x01: func() Message { return new(Hello) },
		0x02: func() Message { return new(Plan) },
		0x03: func() Message { return new(Apply) },
		0x04: func() Message { return new(Slice) },
		0x05: func() Message { return new(Fetch) },
		0x06: func() Message { return new(Stored) },
		0x07: func() Message { return new(Cookie) },
		0x08: func() Message { return new(Heartbeat) },
		0x09: func() Message { return new(Bye) },
		0x0A: func() Message { return new(Keep) },
		0x0B: func() Message { return new(Copy) },
		0x0C: func() Message { return new(Resend) },
		0x0D: func() Message { return new(Upload) },
	})
	ToHost = direction(map[uint8]func() Message{
		0x81: func() Message { return new(Welcome) },
		0x82: func() Message { return new(Refused) },
		0x83: func() Message { return new(ScanBegin) },
		0x84: func() Message { return new(Scanned) },
		0x85: func() Message { return new(ScanDone) },
		0x86: func() Message { return new(Changed) },
		0x87: func() Message { return new(Ack) },
		0x88: func() Message { return new(Slice) },
		0x89: func() Message { return new(CookieSeen) },
		0x8A: func() Message { return new(Problem) },
		0x8B: func() Message { return new(Displaced) },
		0x8C: func() Message { return new(Heartbeat) },
		0x8D: func() Message { return new(Bye) },
		0x8E: func() Message { return new(Copy) },
	})
)

// Append appends the message's frame to buf; on an error, buf is as it was.
func (d *Direction) Append(buf []byte, m Message) ([]byte, error) {
	code, ok := d.code[reflect.TypeOf(m)]
	if !ok {
		return buf, fmt.Errorf("%T does not travel this way", m)
	}
	start := len(buf)
	c := coder{buf: append(buf, 0, 0, 0, 0, code)}
	m.fields(&c)
	length := len(c.buf) - start - 4
	if c.err == nil && length > maxFrame {
		c.fail("a frame has at most %d bytes, but %T has: %d", maxFrame, m, length)
	}
	if c.err != nil {
		return buf[:start], c.err
	}
	binary.BigEndian.PutUint32(c.buf[start:], uint32(length))
	return c.buf, nil
}

// ReadPreamble reads and checks what the other end's direction starts with.
func ReadPreamble(in io.Reader) error {
	var got [6]byte
	if _, err := io.ReadFull(in, got[:]); err != nil {
		return err
	}
	if [4]byte(got[:4]) != magic {
		return fmt.Errorf("the stream is not the agent protocol: starts with %q", got)
	}
	if version := binary.BigEndian.Uint16(got[4:]); version != Version {
		return &VersionError{version}
	}
	return nil
}

// Read reads the next message; io.EOF says that the stream ended between two. What it returns is valid for ever: content
// aliases memory of its own.
func (d *Direction) Read(in io.Reader) (Message, error) {
	var head [4]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length < 1 || length > maxFrame {
		return nil, fmt.Errorf("a frame has 1 to %d bytes, but was: %d", maxFrame, length)
	}
	frame := make([]byte, length)
	if _, err := io.ReadFull(in, frame); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return d.decode(frame)
}

func (d *Direction) decode(frame []byte) (Message, error) {
	make, ok := d.make[frame[0]]
	if !ok {
		return nil, fmt.Errorf("no message travels this way with the type %#02x", frame[0])
	}
	m := make()
	c := coder{reading: true, buf: frame[1:]}
	m.fields(&c)
	if c.err == nil && len(c.buf) > 0 {
		c.fail("%d bytes too many in a frame", len(c.buf))
	}
	if c.err != nil {
		return nil, fmt.Errorf("%T: %w", m, c.err)
	}
	return m, nil
}
