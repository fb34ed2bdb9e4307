package session

import (
	"io"
	"sync"
	"syscall"

	"devshell.dev/agent/internal/blocks"
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
	base   wire.Digest // what devshell has, to copy from
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
	if fresh, base := blocks.Find(j.digest), blocks.Find(j.base); fresh != nil && base != nil {
		b.delta(j, fresh, base)
		return
	}
	var hash blocks.Hasher
	buf, next := make([]byte, wire.MaxInline), make([]byte, wire.MaxInline)
	held, err := blocks.ReadFull(j.fd, buf)
	for err == nil && held == len(buf) {
		var n int
		if n, err = blocks.ReadFull(j.fd, next); err != nil || n == 0 {
			break
		}
		_, _ = hash.Write(buf)
		b.slice(j.id, wire.More, buf)
		buf, next, held = next, buf, n
	}
	_, _ = hash.Write(buf[:held])
	digest, list := hash.Sum()
	blocks.Remember(digest, list)
	if err != nil || digest != j.digest {
		b.slice(j.id, wire.GivenUp, nil)
		return
	}
	b.slice(j.id, wire.Last, buf[:held])
}

// delta sends what devshell does not have, and what to copy. Should the file have changed, the digest will tell devshell.
func (b *bulk) delta(j job, fresh, base *blocks.List) {
	d := blocks.NewDelta(fresh, base, func(buf []byte, position int64) error { return blocks.ReadAt(j.fd, buf, position) })
	for {
		part, more, err := d.Next()
		switch {
		case err != nil:
			b.slice(j.id, wire.GivenUp, nil)
			return
		case !more:
			b.slice(j.id, wire.Last, nil)
			return
		case part.Ranges != nil:
			b.part(&wire.Copy{ID: j.id, Ranges: part.Ranges})
		default:
			b.slice(j.id, wire.More, part.Data)
		}
	}
}

func (b *bulk) slice(id uint64, end wire.End, data []byte) {
	b.part(&wire.Slice{ID: id, End: end, Data: data})
}

func (b *bulk) part(m wire.Message) {
	frame, err := wire.ToHost.Append(nil, m)
	if err != nil {
		logf("unable to send a slice: %v", err)
		return
	}
	b.out.slice(frame)
}
