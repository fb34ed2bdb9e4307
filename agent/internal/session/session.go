// Package session is the agent's loop: what devshell says and what the file system says come in, one after the other, and
// what they lead to goes out.
package session

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"devshell.dev/agent/internal/apply"
	"devshell.dev/agent/internal/wire"
)

// defaultLease is how long an agent that hears nothing goes on.
const defaultLease = 10 * time.Second

// ErrLease says that devshell was not heard of for too long.
var ErrLease = errors.New("devshell was not heard of for longer than the lease")

// Config is what a session needs of the process it runs in.
type Config struct {
	Home  string // the agent's own directory
	Build string // the SHA-256 of the running binary
	In    io.Reader
	Out   io.Writer
	Stop  <-chan struct{} // closed when the process is asked to end
}

func logf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "devshell agent: "+format+"\n", args...)
}

// Run serves one devshell until it says Bye, goes away, or breaks the protocol.
func Run(c Config) error {
	o := newOut(c.Out)
	in := newIn(c.In, o)
	err := serve(&c, in, o)
	if err != nil {
		logf("%v", err)
	}
	close(in.quit)
	o.close()
	select {
	case <-o.done:
	case <-time.After(2 * time.Second):
	}
	return err
}

func serve(c *Config, in *in, o *out) error {
	hello, err := in.hello()
	if err != nil {
		var version *wire.VersionError
		if errors.As(err, &version) {
			o.put(&wire.Refused{Code: "VERSION", Message: err.Error()})
		}
		return err
	}
	home, err := apply.OpenHome(c.Home, hello.Owner)
	if err != nil {
		var locked *apply.LockedError
		code := "HOME"
		if errors.As(err, &locked) {
			code = "LOCKED"
		}
		o.put(&wire.Refused{Code: code, Message: clip(err.Error())})
		return err
	}
	defer home.Close()
	o.put(&wire.Welcome{Build: c.Build, PID: uint32(os.Getpid()), Architecture: runtime.GOARCH, ClockNanos: time.Now().UnixNano()})
	l, err := newLoop(home, in, o)
	if err != nil {
		return err
	}
	defer l.close()
	return l.run(c.Stop)
}

func clip(message string) string {
	return message[:min(len(message), 1000)]
}

// in reads messages in a goroutine of its own, so that the lease knows when one came, whatever the loop does.
type in struct {
	out      *out
	messages chan wire.Message
	err      chan error // what ended the stream; io.EOF for a clean end
	began    time.Time
	heard    atomic.Int64 // since then: the machine's clock may be set, either way
	lease    atomic.Int64
	slices   chan struct{} // one for each slice that is not dealt with
	quit     chan struct{}
}

const (
	// devshell keeps at most 256 operations in flight, so the reader of one that keeps to that never waits for the loop.
	inFlight = 1024
	// maxSlices is how many may wait for the disk, 4 MiB; after that devshell waits.
	maxSlices = 64
)

func newIn(from io.Reader, o *out) *in {
	i := &in{out: o, messages: make(chan wire.Message, inFlight), err: make(chan error, 1), slices: make(chan struct{}, maxSlices), quit: make(chan struct{}), began: time.Now()}
	i.lease.Store(int64(defaultLease))
	i.heard.Store(int64(time.Since(i.began)))
	go i.read(bufio.NewReaderSize(from, 128<<10))
	return i
}

func (i *in) read(from io.Reader) {
	defer close(i.messages)
	if err := wire.ReadPreamble(from); err != nil {
		i.err <- err
		return
	}
	for {
		m, err := wire.ToAgent.Read(from)
		if err != nil {
			i.err <- err
			return
		}
		i.heard.Store(int64(time.Since(i.began)))
		switch m.(type) {
		case *wire.Heartbeat:
			i.out.answer()
			continue
		case *wire.Hello:
		case *wire.Slice:
			if !i.admit() {
				return
			}
		default:
			i.out.stir()
		}
		select {
		case i.messages <- m:
		case <-i.quit:
			return
		}
	}
}

// admit waits until there is room for a slice. Meanwhile nothing is read, heartbeats least of all; devshell is told that it is not for ever.
func (i *in) admit() bool {
	i.out.stir()
	select {
	case i.slices <- struct{}{}:
		return true
	default:
	}
	again := time.NewTicker(beat)
	defer again.Stop()
	for {
		select {
		case i.slices <- struct{}{}:
			return true
		case <-again.C:
			i.out.stir()
		case <-i.quit:
			return false
		}
	}
}

// release lets another slice come.
func (i *in) release() { <-i.slices }

// hello waits for the first message.
func (i *in) hello() (*wire.Hello, error) {
	select {
	case m, ok := <-i.messages:
		if !ok {
			return nil, <-i.err
		}
		hello, ok := m.(*wire.Hello)
		if !ok {
			return nil, fmt.Errorf("the first message is Hello, but was: %T", m)
		}
		if hello.LeaseMillis > 0 {
			i.lease.Store(int64(time.Duration(hello.LeaseMillis) * time.Millisecond))
		}
		return hello, nil
	case <-time.After(defaultLease):
		return nil, ErrLease
	}
}

// left is how much of the lease is left. While it is the disk that is waited for, nothing is heard and that is no sign.
func (i *in) left() time.Duration {
	if len(i.slices) == maxSlices {
		return time.Duration(i.lease.Load())
	}
	return time.Duration(i.heard.Load()+i.lease.Load()) - time.Since(i.began)
}
