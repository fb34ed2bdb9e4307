package session

import (
	"crypto/sha256"
	"io"
	"sync"
	"syscall"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// bulk sends the content of files in slices, one file after another, in a goroutine of its own.
type bulk struct {
	out  *out
	mu   sync.Mutex
	jobs []job
	wake chan struct{}
}

type job struct {
	id     uint64
	fd     int // -1: it could not be opened
	digest wire.Digest
}

func newBulk(o *out) *bulk {
	b := &bulk{out: o, wake: make(chan struct{}, 1)}
	go b.run()
	return b
}

func (b *bulk) send(j job) {
	b.mu.Lock()
	b.jobs = append(b.jobs, j)
	b.mu.Unlock()
	tell(b.wake)
}

func (b *bulk) run() {
	for {
		b.mu.Lock()
		jobs := b.jobs
		b.jobs = nil
		b.mu.Unlock()
		for _, j := range jobs {
			b.do(j)
		}
		if len(jobs) > 0 {
			continue
		}
		select {
		case <-b.wake:
		case <-b.out.done:
			return
		}
	}
}

// do sends a file's slices. The last is held back until the digest is known to be the promised one.
func (b *bulk) do(j job) {
	if j.fd < 0 {
		b.slice(j.id, wire.GivenUp, nil)
		return
	}
	defer fsys.Close(j.fd)
	if _, err := syscall.Seek(j.fd, 0, io.SeekStart); err != nil {
		b.slice(j.id, wire.GivenUp, nil)
		return
	}
	hash := sha256.New()
	buf, next := make([]byte, wire.MaxInline), make([]byte, wire.MaxInline)
	held, err := read(j.fd, buf)
	for err == nil && held == len(buf) {
		var n int
		if n, err = read(j.fd, next); err != nil || n == 0 {
			break
		}
		hash.Write(buf)
		b.slice(j.id, wire.More, buf)
		buf, next, held = next, buf, n
	}
	hash.Write(buf[:held])
	if err != nil || wire.Digest(hash.Sum(nil)) != j.digest {
		b.slice(j.id, wire.GivenUp, nil)
		return
	}
	b.slice(j.id, wire.Last, buf[:held])
}

func (b *bulk) slice(id uint64, end wire.End, data []byte) {
	frame, err := wire.ToHost.Append(nil, &wire.Slice{ID: id, End: end, Data: data})
	if err != nil {
		logf("unable to send a slice: %v", err)
		return
	}
	b.out.slice(frame)
}

// read fills the buffer as far as the file goes.
func read(fd int, buf []byte) (int, error) {
	n := 0
	for n < len(buf) {
		m, err := syscall.Read(fd, buf[n:])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return n, err
		}
		if m == 0 {
			break
		}
		n += m
	}
	return n, nil
}
