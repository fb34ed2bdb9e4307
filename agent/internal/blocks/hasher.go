package blocks

import (
	"crypto/sha256"
	"hash/crc32"
	"io"
	"os"
	"sync"
	"syscall"

	"devshell.dev/agent/internal/wire"
)

// stretch is how much is hashed in one go; underWay, how many are at once.
const (
	stretch  = Large
	underWay = 3
)

// buffers are shared by all hashers, so that reading many large files costs a few of them.
var buffers = sync.Pool{New: func() any { return new([stretch]byte) }}

// Hasher hashes a content as it comes by, its blocks side by side where it is large. Its zero value is ready.
type Hasher struct {
	filling *[stretch]byte
	filled  int
	size    int64
	parts   []*part
}

type part struct {
	buffer  *[stretch]byte
	digests []wire.Digest
	sums    []uint32
	done    chan struct{}
}

// Write takes the next bytes; it never fails.
func (h *Hasher) Write(data []byte) (int, error) {
	length := len(data)
	for len(data) > 0 {
		n := copy(h.room(), data)
		h.took(n)
		data = data[n:]
	}
	return length, nil
}

// room is where the next bytes go; took says how many did.
func (h *Hasher) room() []byte {
	if h.filled == stretch {
		h.submit()
	}
	if h.filling == nil {
		h.filling = buffers.Get().(*[stretch]byte)
	}
	return h.filling[h.filled:]
}

func (h *Hasher) took(n int) {
	h.filled += n
	h.size += int64(n)
}

func (h *Hasher) submit() {
	if i := len(h.parts) - underWay; i >= 0 {
		<-h.parts[i].done
	}
	p := &part{buffer: h.filling, done: make(chan struct{})}
	go p.run(h.filled)
	h.parts = append(h.parts, p)
	h.filling, h.filled = nil, 0
}

func (p *part) run(length int) {
	for at := 0; at < length; at += Size {
		block := p.buffer[at:min(length, at+Size)]
		p.digests = append(p.digests, sha256.Sum256(block))
		p.sums = append(p.sums, crc32.Checksum(block, castagnoli))
	}
	buffers.Put(p.buffer)
	p.buffer = nil
	close(p.done)
}

// Size is how many bytes came by.
func (h *Hasher) Size() int64 { return h.size }

// Sum ends the content and returns its digest, and its blocks if it is large. The hasher is as new then.
func (h *Hasher) Sum() (wire.Digest, *List) {
	defer func() { *h = Hasher{} }()
	if h.size <= Large {
		var small []byte
		if h.filling != nil {
			small = h.filling[:h.filled]
			defer buffers.Put(h.filling)
		}
		return sha256.Sum256(small), nil
	}
	h.submit()
	l := &List{Size: h.size, Digests: make([]wire.Digest, 0, count(h.size)), Sums: make([]uint32, 0, count(h.size))}
	for _, p := range h.parts {
		<-p.done
		l.Digests = append(l.Digests, p.digests...)
		l.Sums = append(l.Sums, p.sums...)
	}
	return l.Digest(), l
}

// File hashes an open file from where it stands to its end.
func File(fd int) (wire.Digest, *List, error) {
	var h Hasher
	for {
		n, err := ReadFull(fd, h.room())
		h.took(n)
		if err != nil {
			h.Sum()
			return wire.Digest{}, nil, err
		}
		if h.filled < stretch {
			digest, list := h.Sum()
			return digest, list, nil
		}
	}
}

// ReadFull reads until the buffer is full or the file ends.
func ReadFull(fd int, buf []byte) (int, error) {
	n := 0
	for n < len(buf) {
		m, err := syscall.Read(fd, buf[n:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return n, os.NewSyscallError("read", err)
		}
		if m == 0 {
			break
		}
		n += m
	}
	return n, nil
}

// ReadAt is ReadFull from a position; it fails with io.ErrUnexpectedEOF where the file ends before.
func ReadAt(fd int, buf []byte, position int64) error {
	for len(buf) > 0 {
		n, err := syscall.Pread(fd, buf, position)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return os.NewSyscallError("pread", err)
		case n == 0:
			return io.ErrUnexpectedEOF
		}
		buf, position = buf[n:], position+int64(n)
	}
	return nil
}

// Fill takes up to limit bytes that fill puts into the buffer it is given, and returns how many.
func (h *Hasher) Fill(limit int64, fill func(buf []byte) error) (int, error) {
	buf := h.room()
	buf = buf[:min(int64(len(buf)), limit)]
	if err := fill(buf); err != nil {
		return 0, err
	}
	h.took(len(buf))
	return len(buf), nil
}

// Read takes what a file has next, up to limit bytes, and returns how many that was; 0 at its end.
func (h *Hasher) Read(fd int, limit int64) (int, error) {
	buf := h.room()
	n, err := ReadFull(fd, buf[:min(int64(len(buf)), limit)])
	h.took(n)
	return n, err
}
