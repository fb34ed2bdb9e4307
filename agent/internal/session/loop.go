package session

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"devshell.dev/agent/internal/apply"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/watch"
	"devshell.dev/agent/internal/wire"
)

// pollEvery is how often directories that could not be watched are looked at.
const pollEvery = 2 * time.Second

// loop owns everything that is known: it runs in one goroutine, so nothing in it is shared.
type loop struct {
	home    *apply.Home
	in      *in
	out     *out
	bulk    *bulk
	report  *report
	applier *apply.Applier
	watcher *watch.Watcher
	events  chan []watch.Event
	quit    chan struct{} // closed at the end

	keep  []string // for the next plan
	plan  *wire.Plan
	tree  *scan.Tree
	looks *looks

	cookieWatch int32
	cookieName  string
	cookies     map[uint64]bool // that are on their way through the watcher
	behind      []uint64        // cookies that came back, and wait for what is being read
}

func newLoop(home *apply.Home, in *in, o *out) (*loop, error) {
	watcher, err := watch.New()
	if err != nil {
		return nil, err
	}
	l := &loop{home: home, in: in, out: o, bulk: newBulk(o), watcher: watcher, events: make(chan []watch.Event), quit: make(chan struct{}), cookies: map[uint64]bool{}}
	l.report = &report{out: o, readings: newReadings(), told: map[problem]bool{}}
	l.applier = apply.New(home, answers{l})
	if err := l.watchCookies(); err != nil {
		return nil, err
	}
	go l.readEvents()
	return l, l.applier.SetAsideBefore(func(d *wire.Displaced) { o.put(d) })
}

func (l *loop) close() {
	close(l.quit)
	l.applier.Abandon()
	_ = l.watcher.Close()
}

// answers is how the applier speaks.
type answers struct{ *loop }

func (a answers) Ack(ack *wire.Ack) {
	ack.Message = clip(ack.Message)
	// in the order in which it was found: an answer is newer than what waits to be told
	a.report.flush()
	a.out.put(ack)
}

func (a answers) Send(id uint64, fd int, digest, base wire.Digest) {
	a.bulk.send(job{id, fd, digest, base})
}

func (a answers) Release() { a.in.release() }

// readEvents drains the kernel's queue as fast as it can, so that it does not overflow while the loop is busy.
func (l *loop) readEvents() {
	defer close(l.events)
	buf := make([]byte, 64<<10)
	for {
		events, err := l.watcher.Read(nil, buf)
		if err != nil {
			return
		}
		for !l.hand(events) {
			events = l.watcher.More(events, buf)
		}
	}
}

// maxEvents bounds what waits in memory; after that the kernel's queue fills, and says so.
const maxEvents = 1 << 18

// hand gives events to the loop. It is false if the loop is busy: then more are to be read first. A short wait lets the
// events of a burst come together.
func (l *loop) hand(events []watch.Event) bool {
	select {
	case l.events <- events:
		return true
	default:
	}
	wait := time.NewTimer(20 * time.Millisecond)
	defer wait.Stop()
	patience := wait.C
	if len(events) > maxEvents {
		patience = nil
	}
	select {
	case l.events <- events:
		return true
	case <-l.quit:
		return true
	case <-patience:
		return false
	}
}

// run goes on until the session ends.
func (l *loop) run(stop <-chan struct{}) error {
	lease := time.NewTimer(l.in.left())
	defer lease.Stop()
	poll := time.NewTimer(time.Hour)
	defer poll.Stop()
	due := time.NewTimer(time.Hour)
	polled := time.Now()
	for {
		l.out.push()
		if done, err := l.wait(stop, lease.C, poll.C, due.C); done || err != nil {
			return err
		}
		left := l.in.left()
		if left <= 0 {
			return ErrLease
		}
		lease.Reset(left)
		if l.tree == nil {
			continue
		}
		if l.tree.Polling() {
			if time.Since(polled) >= pollEvery {
				l.tree.Poll()
				polled = time.Now()
			}
			poll.Reset(pollEvery - time.Since(polled))
		}
		if !l.out.isFull() {
			l.looks.run(false)
		}
		l.report.flush()
		if l.tree.CameBack {
			l.scan(wire.ByRoot)
		}
		if wait, waiting := l.looks.next(); waiting {
			due.Reset(wait + time.Millisecond)
		}
	}
}

// wait takes the next thing that happens. It is true at the end of the session.
func (l *loop) wait(stop <-chan struct{}, lease, poll, due <-chan time.Time) (bool, error) {
	select {
	case m, ok := <-l.in.messages:
		if !ok {
			return l.ended()
		}
		return l.messages(m)
	case events, ok := <-l.events:
		if !ok {
			return true, errors.New("the watcher ended")
		}
		l.take(events)
	case o := <-l.applier.Gathered:
		l.applier.Finish(o)
	case read := <-l.report.readings.done:
		l.read(read)
	case <-l.out.roomy:
	case <-lease:
	case <-poll:
	case <-due:
	case <-l.out.done:
		return true, errors.New("nobody reads the output")
	case <-stop:
		return true, nil
	}
	return false, nil
}

// atOnce is how many messages are taken in one go, so that their answers leave together.
const atOnce = 32

func (l *loop) messages(m wire.Message) (bool, error) {
	for range atOnce {
		if done, err := l.message(m); done || err != nil {
			return done, err
		}
		select {
		case next, ok := <-l.in.messages:
			if !ok {
				return l.ended()
			}
			m = next
		default:
			return false, nil
		}
	}
	return l.message(m)
}

// ended is the end of the stream.
func (l *loop) ended() (bool, error) {
	if err := <-l.in.err; !errors.Is(err, io.EOF) {
		return true, err
	}
	return true, nil
}

// message takes one message. It is true after Bye.
func (l *loop) message(m wire.Message) (bool, error) {
	switch m := m.(type) {
	case *wire.Apply:
		l.applier.Apply(m)
	case *wire.Slice:
		l.applier.Part(m.ID, m)
	case *wire.Copy:
		l.applier.Part(m.ID, m)
	case *wire.Upload:
		l.applier.Part(m.ID, m)
	case *wire.Resend:
		l.applier.Resend(m.ID)
	case *wire.Stored:
		l.applier.Stored(m.IDs)
	case *wire.Fetch:
		l.fetch(m)
	case *wire.Cookie:
		return false, l.sendCookie(m.ID)
	case *wire.Keep:
		l.keep = append(l.keep, m.Paths...)
	case *wire.Plan:
		m.Kept = append(m.Kept, l.keep...)
		l.keep = nil
		l.plan = m
		l.scan(wire.ByPlan)
	case *wire.Bye:
		l.applier.FinishAll()
		l.awaitCookies()
		l.out.put(&wire.Bye{})
		return true, nil
	default:
		return false, fmt.Errorf("%T is not for now", m)
	}
	return false, nil
}

// scan reports everything anew, from what is known as far as it still holds.
func (l *loop) scan(why wire.Reason) {
	l.report.flush()
	l.out.put(&wire.ScanBegin{Why: why})
	defer l.out.put(&wire.ScanDone{})
	scope, doubles, err := scan.NewScope(l.plan, l.home.Path())
	if err != nil {
		l.report.Problem("/", wire.PathUnreadable, err.Error())
		return
	}
	for _, double := range doubles {
		l.report.Problem(double, wire.LinkInRoot, "it leads to where another root is; only that one is synced")
	}
	old := l.tree
	if old != nil {
		scope.KeepAlso(old.Scope())
	}
	l.tree = scan.NewTree(scope, l.watcher, l.report)
	l.looks = newLooks(l.tree, l.out.isFull)
	l.report.begin(l.looks)
	l.tree.Scan(old)
	l.report.end()
	l.applier.Use(l.tree)
	debug.FreeOSMemory()
}

// take looks at what events tell of.
func (l *loop) take(events []watch.Event) {
	overflow := false
	for _, e := range events {
		switch {
		case e.Op&watch.Overflow != 0:
			overflow = true
		case e.Watch == l.cookieWatch:
			l.cookie(e)
		case l.looks != nil:
			l.looks.event(e)
		}
	}
	if overflow && l.tree != nil {
		l.report.forget(wire.Overflow)
		l.report.Problem("/", wire.Overflow, "more changed at once than the kernel's queue holds: scanning again")
		l.scan(wire.ByOverflow)
		l.lostCookies()
	}
}

func (l *loop) fetch(m *wire.Fetch) {
	j := job{id: m.ID, fd: -1, digest: m.Digest, base: m.Base.Digest}
	if l.tree != nil {
		if fd, err := l.tree.Open(m.Path); err == nil {
			j.fd = fd
		}
	}
	l.bulk.send(j)
}

// A cookie is a file that moves to a name of its own in a watched directory: the event comes after all that happened before.
// It moves rather than being made, because that works on a full disk too.

func (l *loop) cookieDir() string { return path.Join(l.home.Path(), "cookies") }

func (l *loop) watchCookies() error {
	if left, err := os.ReadDir(l.cookieDir()); err == nil {
		for _, e := range left {
			_ = os.Remove(path.Join(l.cookieDir(), e.Name()))
		}
	}
	l.cookieName = "cookie"
	if err := os.WriteFile(path.Join(l.cookieDir(), l.cookieName), nil, 0o600); err != nil {
		return err
	}
	dir, err := fsys.OpenDir(l.cookieDir())
	if err != nil {
		return err
	}
	defer fsys.Close(dir)
	l.cookieWatch, err = l.watcher.Add(dir)
	return err
}

func (l *loop) sendCookie(id uint64) error {
	next := strconv.FormatUint(id, 16) + "-" + strconv.FormatInt(time.Now().UnixNano(), 16)
	if err := os.Rename(path.Join(l.cookieDir(), l.cookieName), path.Join(l.cookieDir(), next)); err != nil {
		return fmt.Errorf("unable to send a cookie through the watcher: %w", err)
	}
	l.cookieName = next
	l.cookies[id] = true
	return nil
}

func (l *loop) cookie(e watch.Event) {
	if e.Op&watch.MovedTo == 0 {
		return
	}
	text, _, _ := strings.Cut(e.Name, "-")
	id, err := strconv.ParseUint(text, 16, 64)
	if err == nil && l.cookies[id] {
		l.seen(id)
	}
}

// awaitCookies lets the cookies that were received before Bye come back.
func (l *loop) awaitCookies() {
	enough := time.After(time.Second)
	for len(l.cookies)+len(l.behind) > 0 {
		select {
		case events := <-l.events:
			l.take(events)
		case read := <-l.report.readings.done:
			l.read(read)
		case <-enough:
			return
		}
	}
}

// lostCookies answers the cookies whose events an overflow may have swallowed: the scan that followed has seen what came before them.
// Sent anew, they would be lost again for as long as more changes than the queue holds.
func (l *loop) lostCookies() {
	for id := range l.cookies {
		l.seen(id)
	}
}

// seen answers a cookie, after what still waits.
func (l *loop) seen(id uint64) {
	delete(l.cookies, id)
	if l.tree != nil {
		if l.tree.Polling() {
			l.tree.Poll()
		}
		l.looks.run(true)
		l.report.flush()
	}
	l.report.readings.barrier()
	l.behind = append(l.behind, id)
	l.answer()
}

// answer answers the cookies before which everything was read.
func (l *loop) answer() {
	if !l.report.readings.idle() {
		return
	}
	l.report.flush()
	for _, id := range l.behind {
		l.out.put(&wire.CookieSeen{ID: id})
	}
	l.behind = nil
}

// read takes in a large file.
func (l *loop) read(reading *scan.Reading) {
	l.report.readings.next()
	if l.tree != nil {
		l.tree.TakeRead(reading)
	}
	l.answer()
}
