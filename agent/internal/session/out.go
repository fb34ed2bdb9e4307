package session

import (
	"bytes"
	"io"
	"sync"
	"time"

	"devshell.dev/agent/internal/wire"
)

const (
	// full is how much may wait to be written before the agent collects paths instead of contents.
	full = 1 << 20
	// beat is how long the output may be silent: a third of the lease, so that one that comes late is no loss.
	beat = defaultLease / 3
)

// out writes messages in a goroutine of its own. Slices give way: one is written, then whatever small waits.
type out struct {
	to io.Writer

	mu      sync.Mutex
	waiting []byte // frames
	broken  bool   // nobody reads any more
	closed  bool   // nothing more comes

	wake   chan struct{}
	roomy  chan struct{} // told when there is room again
	slices chan []byte   // frames, one at a time
	done   chan struct{} // closed when all is written, or nothing more can be
}

func newOut(to io.Writer) *out {
	o := &out{to: to, wake: make(chan struct{}, 1), roomy: make(chan struct{}, 1), slices: make(chan []byte), done: make(chan struct{})}
	o.waiting = bytes.Clone(wire.Preamble)
	go o.write()
	return o
}

// put queues a message; push lets it go. One that the protocol does not allow is a bug; it is dropped and said.
func (o *out) put(m wire.Message) {
	o.mu.Lock()
	var err error
	if !o.broken {
		o.waiting, err = wire.ToHost.Append(o.waiting, m)
	}
	o.mu.Unlock()
	if err != nil {
		logf("unable to send %T: %v", m, err)
	}
}

// push starts to write what was put, so that what belongs together goes together.
func (o *out) push() {
	o.mu.Lock()
	waits := len(o.waiting) > 0
	o.mu.Unlock()
	if waits {
		tell(o.wake)
	}
}

func tell(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// isFull says whether nothing large should be put now.
func (o *out) isFull() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.waiting) > full && !o.broken
}

// room waits until there is some.
func (o *out) room() {
	o.push()
	for o.isFull() {
		select {
		case <-o.roomy:
		case <-o.done:
			return
		}
	}
}

// slice hands over a slice, once everything small before it is written.
func (o *out) slice(frame []byte) {
	select {
	case o.slices <- frame:
	case <-o.done:
	}
}

// close writes what waits and ends.
func (o *out) close() {
	o.mu.Lock()
	o.closed = true
	o.mu.Unlock()
	tell(o.wake)
}

func (o *out) write() {
	defer close(o.done)
	silence := time.NewTimer(beat)
	defer silence.Stop()
	var spare []byte
	last := time.Now()
	heartbeat, _ := wire.ToHost.Append(nil, &wire.Heartbeat{})
	for {
		frames, closed := o.take(spare)
		queued := len(frames) > 0
		if !queued {
			if closed {
				return
			}
			select {
			case <-o.wake:
				continue
			case slice := <-o.slices:
				// what was put before the slice goes before it, also where nobody pushed it yet
				if frames, _ = o.take(nil); len(frames) > 0 {
					slice = append(frames, slice...)
				}
				frames = slice
			case <-silence.C:
				if left := beat - time.Since(last); left > 0 {
					silence.Reset(left)
					continue
				}
				silence.Reset(beat)
				frames = heartbeat
			}
		}
		if _, err := o.to.Write(frames); err != nil {
			o.fail()
			return
		}
		last = time.Now()
		if queued {
			if spare = nil; cap(frames) <= full {
				spare = frames[:0]
			}
		}
	}
}

// take returns what waits, and leaves a buffer for what comes.
func (o *out) take(spare []byte) ([]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	frames := o.waiting
	if len(frames) > 0 {
		o.waiting = spare
		if len(frames) > full {
			tell(o.roomy)
		}
	}
	return frames, o.closed
}

func (o *out) fail() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken = true
	o.waiting = nil
}
