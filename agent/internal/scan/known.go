package scan

import (
	"crypto/sha256"
	"path"
	"strings"
	"syscall"
	"time"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// Place is where something that devshell named really is.
type Place struct {
	Root *Root
	Dir  string // the real path of the directory
	Name string
}

// Real is the real path.
func (p *Place) Real() string { return join(p.Dir, p.Name) }

// Place finds a path that devshell named. It is false for one that the sync has no business with. The path counts as kept
// from now on.
func (t *Tree) Place(nominal string, directory bool) (Place, bool) {
	root, real := t.scope.real(nominal)
	if root == nil || real == "/" || root.Kind == wire.File && directory {
		return Place{}, false
	}
	dir, name := path.Split(real)
	p := Place{Root: root, Dir: path.Clean(dir), Name: name}
	if real == root.Real {
		return p, !t.scope.holes[real]
	}
	var in place
	if d := t.find(p.Dir); d != nil {
		in = d.place
	} else if in = t.placeOf(p.Dir); in.skip {
		return p, false
	}
	at := t.scope.child(&in, real, directory)
	if at.quiet {
		t.scope.Keep(real)
		at = t.scope.child(&in, real, directory)
	}
	return p, !at.skip && !at.ignored
}

// placeOf asks the scope from the top down.
func (t *Tree) placeOf(real string) place {
	p := t.scope.top()
	for i := 1; i <= len(real) && !p.skip && real != "/"; i++ {
		if i == len(real) || real[i] == '/' {
			p = t.scope.child(&p, real[:i], true)
			if p.quiet {
				p.skip = false
			}
		}
	}
	return p
}

// find returns the directory at a real path, nil if it is not known.
func (t *Tree) find(real string) *Dir {
	d := t.top
	for rest := strings.TrimPrefix(real, "/"); rest != "" && d != nil; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		d = d.dirs[name]
	}
	return d
}

// Examine says what stands at a place. What is known is believed where the stat is the same.
func (t *Tree) Examine(p *Place, dir int) (wire.Entry, fsys.Stat) {
	var known *leaf
	if d := t.find(p.Dir); d != nil {
		known = d.leaves.get(p.Name)
	}
	f := examine(dir, p.Name, known, trustNone, false)
	return f.entry(p.Root.nominal(p.Real())), f.stat
}

// ExamineAside says what stands at a name that the tree does not know, such as a version that was set aside. Content is
// given where it is small.
func ExamineAside(nominal string, dir int, name string) (wire.Entry, []byte, fsys.Stat) {
	f := examine(dir, name, nil, trustNever, true)
	return f.entry(nominal), f.data, f.stat
}

// Wrote notes what the agent itself put at a place, so that it does not come back as news.
func (t *Tree) Wrote(p *Place, e *wire.Entry, stat *fsys.Stat) {
	d := t.find(p.Dir)
	if d == nil {
		t.uncover(p.Dir)
		return
	}
	l := leaf{signature: stat.Signature(), digest: e.Digest, kind: e.Kind, own: true, racy: mayHide(stat)}
	switch e.Kind {
	case wire.Absent:
		d.leaves.remove(p.Name)
		return
	case wire.File:
		l.exec = e.Mode&0o111 != 0
	case wire.Link:
		l.digest = sha256.Sum256([]byte(e.Target))
	}
	d.leaves.set(p.Name, l)
}

// mayHide says whether a write right after the agent's own could leave the same stat: only where the file was given a time
// that is now.
func mayHide(stat *fsys.Stat) bool {
	return isRacy(stat) && time.Now().UnixNano()-stat.Mtime < int64(2*tick)
}

// Made notes a directory that the agent itself made, and watches it before anyone can put something there unseen.
func (t *Tree) Made(p *Place) {
	d := t.find(p.Dir)
	if d == nil {
		t.uncover(p.Dir)
		return
	}
	if d.dirs[p.Name] != nil {
		return
	}
	real := p.Real()
	child := d.add(p.Name, t.scope.child(&d.place, real, true))
	t.enter(child, child)
}

// Removed notes that the agent itself removed a directory.
func (t *Tree) Removed(p *Place) {
	if d := t.find(p.Dir); d != nil {
		if child := d.dirs[p.Name]; child != nil && child.leaves.len()+len(child.dirs) == 0 {
			delete(d.dirs, p.Name)
			child.gone = true
			t.unwatch(child)
		}
	}
}

// uncover walks to a directory that was not walked because all in it was quiet.
func (t *Tree) uncover(real string) {
	d := t.top
	for rest := strings.TrimPrefix(real, "/"); rest != "" && d != nil; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		if d.dirs[name] == nil {
			t.Look(d, name, true, false)
		}
		d = d.dirs[name]
	}
}

// Open opens a file that devshell named, to be read.
func (t *Tree) Open(nominal string) (int, error) {
	p, ok := t.Place(nominal, false)
	if !ok {
		return -1, syscall.ENOENT
	}
	dir, err := fsys.OpenDir(p.Dir)
	if err != nil {
		return -1, err
	}
	defer fsys.Close(dir)
	return fsys.Openat(dir, p.Name, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
}

// OpenKnown opens a file if it is known to have had a content of this digest; -1 if not. Whether it still has, the digest of
// what is made from it will tell.
func (t *Tree) OpenKnown(nominal string, digest wire.Digest) int {
	p, ok := t.Place(nominal, false)
	if !ok {
		return -1
	}
	d := t.find(p.Dir)
	if d == nil {
		return -1
	}
	if l := d.leaves.get(p.Name); l == nil || l.kind != wire.File || l.digest != digest {
		return -1
	}
	fd, err := t.Open(nominal)
	if err != nil {
		return -1
	}
	return fd
}

// Scope is what the tree was made for.
func (t *Tree) Scope() *Scope { return t.scope }
