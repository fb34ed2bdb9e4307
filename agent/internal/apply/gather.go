package apply

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// gathering makes an operation's content from what comes in parts, in a goroutine of its own, so that it holds up nothing.
//
// The loop only hands parts over and takes the operation back when it is complete or has failed; in between the goroutine
// alone touches it.
type gathering struct {
	hash blocks.Hasher
	base int // what stands at the path, to copy from; -1: nothing that was expected
	// copied says that something was
	copied bool
	upload upload
	// complete says that the last part was handed over
	complete bool

	mu      sync.Mutex
	waiting []wire.Message
	over    bool
	wake    chan struct{}
}

var (
	errGivenUp = errors.New("the sender gave up")
	errBase    = errors.New("what was to be copied from is not there any more")
)

func newGathering(base int) *gathering {
	return &gathering{base: base, upload: upload{fd: -1}, wake: make(chan struct{}, 1)}
}

// part hands a Slice, a Copy or an Upload over.
func (g *gathering) part(m wire.Message) {
	switch m := m.(type) {
	case *wire.Slice:
		g.complete = g.complete || m.End != wire.More
	case *wire.Upload:
		g.complete = g.complete || m.End == wire.Last
	}
	g.mu.Lock()
	g.waiting = append(g.waiting, m)
	g.mu.Unlock()
	g.tell()
}

// end lets the goroutine go.
func (g *gathering) end() {
	g.mu.Lock()
	g.over = true
	g.mu.Unlock()
	g.tell()
}

func (g *gathering) tell() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// next waits for parts; while something comes beside the stream, not for long. It is false at the end.
func (g *gathering) next() ([]wire.Message, bool) {
	var enough <-chan time.Time
	if g.upload.name != "" {
		timer := time.NewTimer(pace)
		defer timer.Stop()
		enough = timer.C
	}
	for {
		g.mu.Lock()
		parts, over := g.waiting, g.over
		g.waiting = nil
		g.mu.Unlock()
		if len(parts) > 0 || over {
			return parts, len(parts) > 0
		}
		select {
		case <-g.wake:
		case <-enough:
			return nil, true
		}
	}
}

// gather runs until the operation is answered. Parts that come after a failure are let go of.
func (o *operation) gather(done func(*operation) bool, release func()) {
	told, taken, stage := false, false, o.staged.dir
	defer func() {
		if !taken {
			_ = o.close()
			o.closeBase()
			o.closeUpload()
		}
	}()
	for parts, more := o.gathering.next(); more; parts, more = o.gathering.next() {
		if len(parts) == 0 && !told {
			_ = o.follow() // what is wrong is found at the end
		}
		for _, m := range parts {
			if u, late := m.(*wire.Upload); late && told {
				_ = fsys.Unlinkat(stage, u.Name)
			}
			if !told {
				last, err := o.take(m)
				if told = last || err != nil; told {
					o.closeUpload()
					o.failure = err
					taken = done(o)
				}
			}
			if _, slice := m.(*wire.Slice); slice {
				release()
			}
		}
	}
}

// take adds a part. It is true for the last one.
func (o *operation) take(m wire.Message) (bool, error) {
	if u, ok := m.(*wire.Upload); ok {
		return o.takeUpload(u)
	}
	if o.gathering.upload.name != "" {
		return true, errContent // it is one or the other
	}
	if c, ok := m.(*wire.Copy); ok {
		return false, o.copy(c.Ranges)
	}
	s := m.(*wire.Slice)
	if s.End == wire.GivenUp {
		return true, errGivenUp
	}
	if o.gathering.hash.Size()+int64(len(s.Data)) > o.Target.Size {
		return true, errContent
	}
	_, _ = o.gathering.hash.Write(s.Data)
	if err := writeAll(o.fd, s.Data); err != nil || s.End == wire.More {
		return false, err
	}
	size := o.gathering.hash.Size()
	digest, list := o.gathering.hash.Sum()
	switch {
	case size == o.Target.Size && digest == o.Target.Digest:
	case o.gathering.copied:
		return true, errBase
	default:
		return true, errContent
	}
	blocks.Remember(digest, list)
	return true, nil
}

// copy takes ranges of what stands at the path. Should it be written to meanwhile, the digest will tell.
func (o *operation) copy(ranges []wire.Range) error {
	if o.gathering.base < 0 {
		return errBase
	}
	o.gathering.copied = true
	for _, r := range ranges {
		if r.Length > o.Target.Size-o.gathering.hash.Size() {
			return errContent
		}
		for at := r.Offset; at < r.Offset+r.Length; {
			n, err := o.gathering.hash.Fill(r.Offset+r.Length-at, func(buf []byte) error {
				if err := blocks.ReadAt(o.gathering.base, buf, at); err != nil {
					return fmt.Errorf("%w: %w", errBase, err)
				}
				return writeAll(o.fd, buf)
			})
			if err != nil {
				return err
			}
			at += int64(n)
		}
	}
	return nil
}

// closeBase lets go of what was copied from.
func (o *operation) closeBase() {
	if o.gathering != nil && o.gathering.base >= 0 {
		fsys.Close(o.gathering.base)
		o.gathering.base = -1
	}
}
