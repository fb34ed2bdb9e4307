package session

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"devshell.dev/agent/internal/wire"
)

const (
	// full is how much may wait to be written before the agent collects paths instead of contents.
	full = 1 << 20
	// beat is how long the output may be silent while there is work; calm is how long there must have been none to let it be.
	beat = 3 * time.Second
	calm = 3 * beat
)

// out writes messages in a goroutine of its own. Slices give way: one is written, then whatever small waits.
type out struct {
	to io.Writer

	mu      sync.Mutex
	waiting []byte // frames
	broken  bool   // nobody reads any more
	closed  bool   // nothing more comes

	silence *time.Timer
	beating atomic.Bool // the timer runs
	began   time.Time
	stirred atomic.Int64 // when there was work for the last time, since then

	wake   chan struct{}
	roomy  chan struct{} // told when there is room again
	slices chan []byte   // frames, one at a time
	done   chan struct{} // closed when all is written, or nothing more can be
}

func newOut(to io.Writer) *out {
	o := &out{to: to, wake: make(chan struct{}, 1), roomy: make(chan struct{}, 1), slices: make(chan []byte), done: make(chan struct{}), silence: time.NewTimer(beat), began: time.Now()}
	o.silence.Stop()
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
	defer o.silence.Stop()
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
			case <-o.silence.C:
				if left := beat - time.Since(last); left > 0 {
					o.silence.Reset(left)
					continue
				}
				if o.rests() {
					continue
				}
				o.silence.Reset(beat)
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

// stir tells that there is work: until there has been none for a while, the output is not silent for long.
func (o *out) stir() {
	o.stirred.Store(int64(time.Since(o.began)))
	if o.beating.CompareAndSwap(false, true) {
		o.silence.Reset(beat)
	}
}

func (o *out) stirs() bool {
	return time.Since(o.began)-time.Duration(o.stirred.Load()) < calm
}

// rests is whether there has been no work for so long that nobody needs to hear anything.
func (o *out) rests() bool {
	if o.stirs() {
		return false
	}
	o.beating.Store(false)
	// should there be work just now, it has seen a timer that runs
	if o.stirs() {
		return !o.beating.CompareAndSwap(false, true)
	}
	return true
}

// answer lets devshell know that the agent lives.
func (o *out) answer() {
	o.put(&wire.Heartbeat{})
	o.push()
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
