// Package apply writes what devshell sends: whole files or none, only over what was expected, and never so that a version
// is lost.
package apply

import (
	"crypto/sha256"
	"errors"
	"hash"
	"path"
	"syscall"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

// Out takes answers.
type Out interface {
	Ack(ack *wire.Ack)
	// Send sends the content of an open file in slices, and closes it.
	Send(id uint64, fd int, digest wire.Digest)
}

// Applier carries out operations, in order.
type Applier struct {
	home  *Home
	out   Out
	tree  *scan.Tree
	open  map[uint64]*operation // whose slices are not all here
	aside map[uint64]spot       // what is set aside until it is stored
}

// New returns an applier that has no tree yet; without one it refuses everything.
func New(home *Home, out Out) *Applier {
	syscall.Umask(0) // modes are meant as they are given
	return &Applier{home: home, out: out, open: map[uint64]*operation{}, aside: map[uint64]spot{}}
}

// Use sets the tree that tells what is where.
func (a *Applier) Use(tree *scan.Tree) { a.tree = tree }

// operation is an Apply on its way.
type operation struct {
	*wire.Apply
	staged spot
	fd     int  // of the staged file while it is written, else -1
	made   bool // something is staged
	hash   hash.Hash
	size   int64
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
	o.hash = sha256.New()
	a.open[m.ID] = o
}

// Slice takes a part of an operation's content.
func (a *Applier) Slice(m *wire.Slice) {
	o := a.open[m.ID]
	if o == nil {
		return // answered already
	}
	if m.End == wire.GivenUp {
		a.refuse(o, wire.BadContent, "the sender gave up")
		return
	}
	o.hash.Write(m.Data)
	o.size += int64(len(m.Data))
	if err := writeAll(o.fd, m.Data); err != nil {
		a.refuse(o, status(err), err.Error())
		return
	}
	if m.End == wire.More {
		return
	}
	if o.size != o.Target.Size || wire.Digest(o.hash.Sum(nil)) != o.Target.Digest {
		a.refuse(o, wire.BadContent, "the content is not what its digest says")
		return
	}
	delete(a.open, m.ID)
	a.finish(o)
}

// Stored forgets what was set aside.
func (a *Applier) Stored(ids []uint64) {
	for _, id := range ids {
		if s, ok := a.aside[id]; ok {
			a.home.forget(s)
			delete(a.aside, id)
		}
	}
	if len(a.aside)+len(a.open) == 0 {
		a.home.settled()
	}
}

// Abandon drops the operations whose content never came to an end.
func (a *Applier) Abandon() {
	for _, o := range a.open {
		a.discard(o)
	}
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
	o.close()
	if o.made {
		_ = fsys.Unlinkat(o.staged.dir, o.staged.name)
		o.made = false
	}
}

func (o *operation) close() {
	if o.fd >= 0 {
		fsys.Close(o.fd)
		o.fd = -1
	}
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
}

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
		c.ack.Current, _ = a.tree.Examine(&c.place, c.dir)
	}
	a.discard(o)
	if c.dir >= 0 {
		fsys.Close(c.dir)
	}
	a.out.Ack(c.ack)
	if c.ack.Content.How == wire.Sliced {
		a.sendAside(o.ID, o.staged, c.ack.Displaced.Digest)
	}
}

func (a *Applier) sendAside(id uint64, s spot, digest wire.Digest) {
	dir := s.dir
	if s.beside != "" {
		var err error
		if dir, err = fsys.OpenDir(s.beside); err != nil {
			a.out.Send(id, -1, digest)
			return
		}
		defer fsys.Close(dir)
	}
	fd, err := fsys.Openat(dir, s.name, syscall.O_RDONLY, 0)
	if err != nil {
		fd = -1
	}
	a.out.Send(id, fd, digest)
}

var (
	errMismatch = errors.New("mismatch")
	errOutside  = errors.New("outside the roots, ignored, or below a mount")
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
	if err := c.enter(); err != nil {
		if err == syscall.ENOENT && c.Target.Kind == wire.Absent {
			c.ack.Current = wire.Entry{Path: c.Target.Path}
			return nil
		}
		return err
	}
	c.was, c.wasStat = c.a.tree.Examine(&c.place, c.dir)
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
	c.dir, err = fsys.OpenDir(c.place.Dir)
	if err == syscall.ENOENT && c.Target.Kind != wire.Absent {
		if err = c.makeParents(c.place.Dir); err == nil {
			c.dir, err = fsys.OpenDir(c.place.Dir)
		}
	}
	return err
}

func (c *change) makeParents(real string) error {
	parent, name := path.Split(real)
	parent = path.Clean(parent)
	dir, err := fsys.OpenDir(parent)
	if err == syscall.ENOENT {
		if err = c.makeParents(parent); err == nil {
			dir, err = fsys.OpenDir(parent)
		}
	}
	if err != nil {
		return err
	}
	defer fsys.Close(dir)
	if err := syscall.Mkdirat(dir, name, 0o755); err != nil && err != syscall.EEXIST {
		return err
	}
	uid, gid := ownerIn(c.place.Root, dir)
	if uid != 0 || gid != 0 {
		_ = fsys.Chownat(dir, name, uid, gid)
	}
	c.a.tree.Made(&scan.Place{Root: c.place.Root, Dir: parent, Name: name})
	return nil
}

func status(err error) wire.Status {
	var errno syscall.Errno
	switch {
	case err == errOutside:
		return wire.Outside
	case err == errContent:
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
