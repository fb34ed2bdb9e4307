package apply

import (
	"errors"
	"io"
	"syscall"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

// put puts a file or a link at the path.
func (c *change) put() error {
	if c.was.Kind == wire.File && c.Target.Kind == wire.File && c.was.Digest == c.Target.Digest {
		return c.setExecutable()
	}
	if c.was.Kind == wire.Directory {
		if err := c.removeDir(); err != nil {
			return err
		}
	}
	attributes := attributesOf(c.place.Root, &c.Target, &c.was, &c.wasStat, c.dir)
	if err := c.stage(attributes); err != nil {
		return err
	}
	if err := c.swap(); errors.Is(err, syscall.EXDEV) {
		if err := c.stageBeside(attributes); err != nil {
			return err
		}
		if err := c.swap(); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return c.placed()
}

// setExecutable changes the mode alone.
func (c *change) setExecutable() error {
	fd, err := fsys.Openat(c.dir, c.place.Name, syscall.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer fsys.Close(fd)
	now, err := fsys.Fstat(fd)
	if err != nil {
		return err
	}
	if !now.Same(&c.wasStat) {
		return errMismatch
	}
	mode := executable(uint32(now.Permissions()), c.Target.Mode&0o111 != 0)
	if err := syscall.Fchmod(fd, mode); err != nil {
		return err
	}
	if now, err = fsys.Fstat(fd); err != nil {
		return err
	}
	c.ack.Current.Mode = now.Permissions()
	c.a.tree.Wrote(&c.place, &c.ack.Current, &now, c.began)
	if now.Links > 1 {
		c.a.tree.LookAtOthers(&c.place, &now)
	}
	return nil
}

// create opens the staged file.
func (o *operation) create(mode uint32) (err error) {
	o.fd, err = fsys.Openat(o.staged.dir, o.staged.name, syscall.O_RDWR|syscall.O_CREAT|syscall.O_EXCL, mode)
	o.made = err == nil
	return err
}

// stage makes the new version complete, still out of sight.
func (c *change) stage(a attributes) error {
	if c.Target.Kind == wire.Link {
		return c.stageLink(a)
	}
	created := c.fd < 0
	if created {
		if c.Content.How == wire.None && c.Target.Size > 0 || blocks.Sum(c.Content.Data) != c.Target.Digest {
			return errContent
		}
		if err := c.create(a.mode & 0o777); err != nil {
			return err
		}
		if err := writeAll(c.fd, c.Content.Data); err != nil {
			return err
		}
	}
	return c.complete(a, created)
}

// complete gives a staged file its attributes and closes it: closed only in its place, it would look like a write there.
func (c *change) complete(a attributes, created bool) (err error) {
	if err := a.set(c.fd, created); err != nil {
		return err
	}
	if c.fresh, err = fsys.Fstat(c.fd); err != nil {
		return err
	}
	return c.close()
}

func (c *change) stageLink(a attributes) (err error) {
	if err := fsys.Symlinkat(c.Target.Target, c.staged.dir, c.staged.name); err != nil {
		return err
	}
	c.made = true
	if a.owned() {
		_ = fsys.Chownat(c.staged.dir, c.staged.name, a.uid, a.gid)
	}
	c.fresh, err = fsys.Lstat(c.staged.dir, c.staged.name)
	return err
}

// set gives an open file its attributes. An owner that may not be given, for want of a capability, is no reason to fail.
func (a *attributes) set(fd int, created bool) error {
	if a.owned() {
		_ = syscall.Fchown(fd, int(a.uid), int(a.gid))
	}
	if !created || a.mode&0o7000 != 0 {
		if err := syscall.Fchmod(fd, a.mode); err != nil {
			return err
		}
	}
	return fsys.SetMtime(fd, a.mtime)
}

// stageBeside stages in the target's own directory what was staged on another file system.
func (c *change) stageBeside(a attributes) error {
	from := c.staged
	c.staged = c.a.home.besides(c.dir, c.place.Dir, c.ID)
	defer func() { _ = fsys.Unlinkat(from.dir, from.name) }()
	if c.Target.Kind == wire.Link {
		return c.stageLink(a)
	}
	fd, err := fsys.Openat(from.dir, from.name, syscall.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer fsys.Close(fd)
	if err := c.create(a.mode & 0o777); err != nil {
		return err
	}
	if err := copyAll(c.fd, fd); err != nil {
		return err
	}
	return c.complete(a, true)
}

func copyAll(to, from int) error {
	if _, err := syscall.Seek(from, 0, io.SeekStart); err != nil {
		return err
	}
	buf := make([]byte, 256<<10)
	for {
		n, err := syscall.Read(from, buf)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n == 0 {
			return err
		}
		if err := writeAll(to, buf[:n]); err != nil {
			return err
		}
	}
}

// swap moves the new version to the path, and what stood there to where the new one was staged.
func (c *change) swap() error {
	if c.was.Kind == wire.Absent || c.was.Kind == wire.Directory {
		err := c.moveIn()
		if err == syscall.EEXIST {
			return errMismatch
		}
		if err == nil {
			c.made = false
		}
		return err
	}
	if err := c.a.home.note(c.staged, c.Target.Path, c.Target.Digest); err != nil {
		return err
	}
	err := fsys.Renameat2(c.staged.dir, c.staged.name, c.dir, c.place.Name, fsys.RenameExchange)
	switch err {
	case nil:
		return c.check()
	case syscall.EINVAL, syscall.ENOSYS:
		return c.replace()
	case syscall.ENOENT:
		return errMismatch
	}
	return err
}

// moveIn gives what is staged or set aside the name of the path, which nothing has.
func (c *change) moveIn() error {
	err := fsys.Renameat2(c.staged.dir, c.staged.name, c.dir, c.place.Name, fsys.RenameNoReplace)
	if err != syscall.EINVAL && err != syscall.ENOSYS {
		return err
	}
	// where there is no such rename, a second name fails likewise
	if err := fsys.Linkat(c.staged.dir, c.staged.name, c.dir, c.place.Name); err != nil {
		return err
	}
	return fsys.Unlinkat(c.staged.dir, c.staged.name)
}

// replace is swap where the file system cannot exchange. RACE: between the check and the rename a version may slip in; it
// is lost only if it came by another rename, for a write reaches the inode that the link holds.
func (c *change) replace() error {
	aside := c.staged
	aside.name += "-old"
	if err := c.a.home.note(aside, c.Target.Path, c.Target.Digest); err != nil {
		return err
	}
	if err := fsys.Linkat(c.dir, c.place.Name, aside.dir, aside.name); err != nil {
		return err
	}
	if now, err := fsys.Lstat(aside.dir, aside.name); err != nil || !now.Same(&c.wasStat) {
		_ = fsys.Unlinkat(aside.dir, aside.name)
		return errMismatch
	}
	if err := fsys.Renameat2(c.staged.dir, c.staged.name, c.dir, c.place.Name, 0); err != nil {
		_ = fsys.Unlinkat(aside.dir, aside.name)
		return err
	}
	c.staged = aside
	return c.check()
}

// check looks at what came out: what was expected, or what slipped into the window.
func (c *change) check() error {
	out, err := fsys.Lstat(c.staged.dir, c.staged.name)
	if err != nil {
		return err
	}
	if out.IsDir() {
		// RACE: a directory took the file's place in between. It goes back at once; whoever looked meanwhile saw a file.
		if err := fsys.Renameat2(c.staged.dir, c.staged.name, c.dir, c.place.Name, fsys.RenameExchange); err != nil {
			return err
		}
		return errMismatch
	}
	c.displaced(&out)
	return nil
}

// displaced tells devshell what is set aside.
func (c *change) displaced(out *fsys.Stat) {
	e, content := c.was, []byte(nil)
	if c.was.Size <= blocks.Large || !out.Same(&c.wasStat) { // a large one that is as it was is not read once more
		e, content, _ = scan.ExamineAside(c.Target.Path, c.staged.dir, c.staged.name)
	}
	if !out.Same(&c.wasStat) {
		c.ack.Message = "another version slipped in; it is the one displaced"
	}
	c.ack.Displaced = e
	c.made = false // it is no longer what was staged
	c.a.aside[c.ID] = aside{c.staged, e.Digest}
	if e.Kind != wire.File {
		return
	}
	c.ack.Content = wire.Content{How: wire.Sliced}
	if e.Size <= wire.MaxInline && int64(len(content)) == e.Size {
		c.ack.Content = wire.Content{How: wire.Inline, Data: content}
	}
}

// placed notes what now stands at the path as the agent's own. RACE: what was put there since is not, and has an event of its
// own; what it stands for is then what was staged.
func (c *change) placed() error {
	c.ack.Current = c.Target
	if c.Target.Kind == wire.File {
		c.ack.Current.Mode = c.fresh.Permissions()
		c.ack.Current.Mtime = c.fresh.Mtime
	}
	stat := c.fresh
	// the rename changed the ctime
	if now, err := fsys.Lstat(c.dir, c.place.Name); err == nil && now.Same(&c.fresh) {
		stat = now
	}
	c.a.tree.Wrote(&c.place, &c.ack.Current, &stat, c.began)
	return nil
}

// remove deletes what is at the path.
func (c *change) remove() error {
	remove := c.setAside
	if c.was.Kind == wire.Directory {
		remove = c.removeDir
	}
	if err := remove(); err != nil {
		return err
	}
	c.ack.Current = wire.Entry{Path: c.Target.Path}
	c.a.tree.Removed(&c.place)
	return nil
}

func (c *change) removeDir() error { return fsys.Rmdirat(c.dir, c.place.Name) }

// setAside moves what is at the path away and looks at what that was.
func (c *change) setAside() error {
	err := c.moveAway()
	if errors.Is(err, syscall.EXDEV) {
		c.staged = c.a.home.besides(c.dir, c.place.Dir, c.ID)
		err = c.moveAway()
	}
	if err == syscall.ENOENT {
		return errMismatch
	}
	if err != nil {
		return err
	}
	out, err := fsys.Lstat(c.staged.dir, c.staged.name)
	if err != nil {
		return err
	}
	if !out.Same(&c.wasStat) {
		if back := c.moveIn(); back == nil {
			return errMismatch
		}
		c.displaced(&out)
		return errMismatch
	}
	c.displaced(&out)
	return nil
}

func (c *change) moveAway() error {
	if err := c.a.home.note(c.staged, c.Target.Path, wire.Digest{}); err != nil {
		return err
	}
	return fsys.Renameat2(c.dir, c.place.Name, c.staged.dir, c.staged.name, 0)
}

// makeDir makes a directory, in place of a file if need be.
func (c *change) makeDir() error {
	if c.was.Kind != wire.Absent {
		if err := c.setAside(); err != nil {
			return err
		}
	}
	absent := wire.Entry{}
	a := attributesOf(c.place.Root, &c.Target, &absent, &fsys.Stat{}, c.dir)
	if c.Target.Mode == 0 && c.place.Root.Mode < 0 {
		a.mode = 0o755
	}
	err := syscall.Mkdirat(c.dir, c.place.Name, a.mode)
	if err == syscall.EEXIST {
		return errMismatch
	}
	if err != nil {
		return err
	}
	if a.owned() {
		_ = fsys.Chownat(c.dir, c.place.Name, a.uid, a.gid)
	}
	c.ack.Current = wire.Entry{Path: c.Target.Path, Kind: wire.Directory, Mode: uint16(a.mode)}
	c.a.tree.Made(&c.place, uint16(a.mode))
	return nil
}
