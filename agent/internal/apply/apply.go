// Package apply writes what devshell sends: whole files or none, only over what was expected, and never so that a version
// is lost.
package apply

import (
	"errors"
	"path"
	"syscall"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

// Out takes answers.
type Out interface {
	Ack(ack *wire.Ack)
	// Send sends the content of an open file in slices, and closes it. Devshell has the content of the digest base.
	Send(id uint64, fd int, digest, base wire.Digest)
	// Release is told of every slice that is dealt with, from any goroutine.
	Release()
}

// Applier carries out operations, in order.
type Applier struct {
	home  *Home
	out   Out
	tree  *scan.Tree
	open  map[uint64]*operation // whose content is not all here
	aside map[uint64]aside      // until it is stored
	// Gathered gives back operations whose content is complete or has failed, for Finish.
	Gathered chan *operation
	quit     chan struct{}
}

// aside is a version that was set aside.
type aside struct {
	spot
	digest wire.Digest
}

// New returns an applier that has no tree yet; without one it refuses everything.
func New(home *Home, out Out) *Applier {
	syscall.Umask(0) // modes are meant as they are given
	return &Applier{home: home, out: out, open: map[uint64]*operation{}, aside: map[uint64]aside{},
		Gathered: make(chan *operation), quit: make(chan struct{})}
}

// Use sets the tree that tells what is where.
func (a *Applier) Use(tree *scan.Tree) { a.tree = tree }

// operation is an Apply on its way.
type operation struct {
	*wire.Apply
	staged spot
	fd     int  // of the staged file while it is written, else -1
	made   bool // something is staged

	gathering *gathering // of content that comes in parts
	failure   error      // why it did not
}

// Apply carries an operation out, or begins to gather its content.
func (a *Applier) Apply(m *wire.Apply) {
	o := &operation{Apply: m, fd: -1, staged: a.home.spot(m.ID)}
	if m.Content.How != wire.Sliced {
		a.finish(o)
		return
	}
	if a.open[m.ID] != nil {
		a.refuse(o, wire.BadContent, "this id is in use")
		return
	}
	if err := o.create(0o600); err != nil {
		a.refuse(o, status(err), err.Error())
		return
	}
	base := -1
	if a.tree != nil && m.Expected.Kind == wire.File && m.Target.Size > blocks.Large {
		base = a.tree.OpenKnown(m.Target.Path, m.Expected.Digest)
	}
	o.gathering = newGathering(base)
	a.open[m.ID] = o
	go o.gather(a.gathered, a.out.Release)
}

func (a *Applier) gathered(o *operation) bool {
	select {
	case a.Gathered <- o:
		return true
	case <-a.quit:
		return false
	}
}

// Part takes a part of an operation's content: a Slice, a Copy, or what is to be known of an Upload.
func (a *Applier) Part(id uint64, m wire.Message) {
	if o := a.open[id]; o != nil {
		o.gathering.part(m)
		return
	}
	switch m := m.(type) { // answered already
	case *wire.Slice:
		a.out.Release()
	case *wire.Upload:
		_ = fsys.Unlinkat(a.home.stage, m.Name)
	}
}

// Finish carries out an operation that Gathered gave back.
func (a *Applier) Finish(o *operation) {
	delete(a.open, o.ID)
	o.gathering.end()
	o.closeBase()
	switch {
	case errors.Is(o.failure, errBase):
		// most likely something else stands there now, and that is the answer
		o.Content = wire.Content{}
		a.discard(o)
		a.finish(o)
	case o.failure != nil:
		a.refuse(o, status(o.failure), o.failure.Error())
	default:
		a.finish(o)
	}
}

// FinishAll carries out what has all its content.
func (a *Applier) FinishAll() {
	for {
		complete := 0
		for _, o := range a.open {
			if o.gathering.complete {
				complete++
			}
		}
		if complete == 0 {
			return
		}
		a.Finish(<-a.Gathered)
	}
}

// Resend sends what an operation displaced once more, whole.
func (a *Applier) Resend(id uint64) {
	if s, ok := a.aside[id]; ok {
		a.sendAside(id, s, wire.Digest{})
	}
}

// Stored forgets what was set aside.
func (a *Applier) Stored(ids []uint64) {
	for _, id := range ids {
		if s, ok := a.aside[id]; ok {
			a.home.forget(s.spot)
			delete(a.aside, id)
		}
	}
	if len(a.aside)+len(a.open) == 0 {
		a.home.settled()
	}
}

// Abandon drops the operations whose content never came to an end.
func (a *Applier) Abandon() {
	close(a.quit)
	for _, o := range a.open {
		o.gathering.end()
		// its goroutine may still write: what is staged goes with the name
		_ = fsys.Unlinkat(o.staged.dir, o.staged.name)
	}
	a.home.sweepUploads()
}

func (a *Applier) refuse(o *operation, status wire.Status, message string) {
	delete(a.open, o.ID)
	a.discard(o)
	ack := newAck(o)
	ack.Status, ack.Message = status, message
	a.out.Ack(ack)
}

// discard removes what was staged, if it is still there.
func (a *Applier) discard(o *operation) {
	_ = o.close()
	if o.made {
		_ = fsys.Unlinkat(o.staged.dir, o.staged.name)
		o.made = false
	}
}

// close closes the staged file. The error of a delayed write comes here at the latest.
func (o *operation) close() (err error) {
	if o.fd >= 0 {
		err = syscall.Close(o.fd)
		o.fd = -1
	}
	return err
}

func newAck(o *operation) *wire.Ack {
	return &wire.Ack{
		ID:        o.ID,
		Current:   wire.Entry{Path: o.Target.Path, Kind: wire.Unreadable},
		Displaced: wire.Entry{Path: o.Target.Path},
	}
}

// change is an operation at the place where it happens.
type change struct {
	*operation
	a       *Applier
	ack     *wire.Ack
	place   scan.Place
	dir     int
	was     wire.Entry
	wasStat fsys.Stat
	fresh   fsys.Stat // of what is staged
	began   time.Time
}

// attempts to enter a directory that comes and goes
const attempts = 3

// finish carries out an operation whose content is complete, and answers it.
func (a *Applier) finish(o *operation) {
	c := &change{operation: o, a: a, ack: newAck(o), dir: -1}
	err := c.run()
	switch {
	case err == errMismatch:
		c.ack.Status = wire.Mismatch
		c.ack.Message = "it changed meanwhile"
	case err != nil:
		c.ack.Status = status(err)
		c.ack.Message = err.Error()
	}
	if err != nil && c.dir >= 0 {
		c.ack.Current, _ = a.tree.See(&c.place, c.dir)
	}
	a.discard(o)
	if c.dir >= 0 {
		fsys.Close(c.dir)
	}
	a.out.Ack(c.ack)
	if c.ack.Content.How == wire.Sliced {
		a.sendAside(o.ID, a.aside[o.ID], o.Target.Digest)
	}
}

// sendAside sends what was set aside; devshell has the content of the digest base.
func (a *Applier) sendAside(id uint64, s aside, base wire.Digest) {
	dir := s.dir
	if s.beside != "" {
		var err error
		if dir, err = fsys.OpenDir(s.beside); err != nil {
			a.out.Send(id, -1, s.digest, base)
			return
		}
		defer fsys.Close(dir)
	}
	fd, err := fsys.Openat(dir, s.name, syscall.O_RDONLY, 0)
	if err != nil {
		fd = -1
	}
	a.out.Send(id, fd, s.digest, base)
}

var (
	errMismatch = errors.New("mismatch")
	errOutside  = errors.New("outside the roots, ignored, or below a mount")
	errNowhere  = errors.New("its directory is not there")
	errContent  = errors.New("the content is missing or not what its digest says")
)

func (c *change) run() error {
	if c.a.tree == nil {
		return errOutside
	}
	var ok bool
	directory := c.Target.Kind == wire.Directory || c.Expected.Kind == wire.Directory
	if c.place, ok = c.a.tree.Place(c.Target.Path, directory); !ok {
		return errOutside
	}
	if err := c.enter(); err == errNowhere {
		c.ack.Current = wire.Entry{Path: c.Target.Path}
		return nil
	} else if err != nil {
		return err
	}
	c.began = time.Now()
	c.was, c.wasStat = c.a.tree.See(&c.place, c.dir)
	c.ack.Current = c.was
	switch {
	case c.was.Node() == c.Target.Node():
		return nil
	case c.was.Node() != c.Expected:
		return errMismatch
	}
	switch c.Target.Kind {
	case wire.Absent:
		return c.remove()
	case wire.Directory:
		return c.makeDir()
	default:
		return c.put()
	}
}

// enter opens the directory of the path, made with all above it if something is to come into it.
func (c *change) enter() (err error) {
	for range attempts {
		if c.dir, err = c.open(c.place.Dir); err != syscall.ENOENT {
			return err
		}
		switch missed := c.a.tree.Missed(c.place.Dir); {
		case !missed:
		case c.Target.Kind == wire.Absent:
			return errNowhere
		default:
			if err = c.makeParents(c.place.Dir); err != nil {
				return err
			}
		}
	}
	return err
}

// open opens a directory that the tree knows, so that nothing that happens in it from now on is missed.
func (c *change) open(real string) (int, error) {
	dir, err := fsys.OpenDir(real)
	if err == nil && !c.a.tree.Know(real) {
		fsys.Close(dir)
		return -1, syscall.ENOENT
	}
	return dir, err
}

func (c *change) makeParents(real string) error {
	parent, name := path.Split(real)
	parent = path.Clean(parent)
	dir, err := c.open(parent)
	if err == syscall.ENOENT {
		if err = c.makeParents(parent); err == nil {
			dir, err = c.open(parent)
		}
	}
	if err != nil {
		return err
	}
	defer fsys.Close(dir)
	if err := syscall.Mkdirat(dir, name, 0o755); err == syscall.EEXIST {
		return nil
	} else if err != nil {
		return err
	}
	uid, gid := ownerIn(c.place.Root, dir)
	if uid != 0 || gid != 0 || c.place.Root.Owner.Set {
		_ = fsys.Chownat(dir, name, uid, gid)
	}
	c.a.tree.Made(&scan.Place{Root: c.place.Root, Dir: parent, Name: name}, 0o755)
	return nil
}

func status(err error) wire.Status {
	var errno syscall.Errno
	switch {
	case err == errOutside:
		return wire.Outside
	case err == errContent, err == errGivenUp, errors.Is(err, errUpload):
		return wire.BadContent
	case !errors.As(err, &errno):
		return wire.IOError
	}
	switch errno {
	case syscall.ENOSPC, syscall.EDQUOT:
		return wire.NoSpace
	case syscall.EROFS:
		return wire.ReadOnly
	case syscall.EACCES, syscall.EPERM:
		return wire.Denied
	case syscall.ELOOP:
		return wire.LinkInPath
	case syscall.ENAMETOOLONG:
		return wire.NameTooLong
	case syscall.ENOTEMPTY:
		return wire.NotEmpty
	}
	return wire.IOError
}

func writeAll(fd int, data []byte) error {
	for len(data) > 0 {
		n, err := syscall.Write(fd, data)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}
