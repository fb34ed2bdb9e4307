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
	return t.descend(real, func(*Dir, string) {})
}

// descend goes down to the directory at a real path as far as it is known: nil if that is not all the way. Each name on the way
// is shown before it is looked up.
func (t *Tree) descend(real string, show func(d *Dir, name string)) *Dir {
	d := t.top
	for rest := strings.TrimPrefix(real, "/"); rest != "" && d != nil; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		show(d, name)
		d = d.dirs[name]
	}
	return d
}

// See finds out what stands at a place, in its open directory, and takes it in: what devshell is answered is what the tree
// knows, so that the next look reports whatever is different from that.
func (t *Tree) See(p *Place, dir int) (wire.Entry, fsys.Stat) {
	nominal := p.Root.nominal(p.Real())
	d := t.find(p.Dir)
	if d == nil {
		return wire.Entry{Path: nominal}, fsys.Stat{}
	}
	f := t.examine(d, dir, p.Name, false, d, trustNone, wantContent)
	f.unstable = false
	if f.place.skip || f.place.ignored && f.kind != wire.Directory {
		// something of another kind, which the rules leave out
		other := examine(dir, p.Name, nil, trustNone, wantDigest)
		return other.entry(nominal), other.stat
	}
	t.take(d, p.Name, &f)
	return f.entry(nominal), f.stat
}

// ExamineAside says what stands at a name that the tree does not know, such as a version that was set aside. Content is
// given where it is small.
func ExamineAside(nominal string, dir int, name string) (wire.Entry, []byte, fsys.Stat) {
	f := examine(dir, name, nil, trustNever, wantContent)
	return f.entry(nominal), f.data, f.stat
}

// Wrote notes what the agent itself put at a place, so that it does not come back as news. The stat is of what was put there;
// where something else stands there already, the look that its event asks for will tell. Since is from when on somebody else
// may have written too.
func (t *Tree) Wrote(p *Place, e *wire.Entry, stat *fsys.Stat, since time.Time) {
	d := t.find(p.Dir)
	if d == nil {
		return
	}
	l := leaf{signature: stat.Signature(), digest: e.Digest, kind: e.Kind, own: true, racy: mayHide(stat, since)}
	switch e.Kind {
	case wire.File:
		l.exec = e.Mode&0o111 != 0
	case wire.Link:
		l.digest = sha256.Sum256([]byte(e.Target))
	}
	t.dropDir(d, p.Name)
	d.leaves.set(p.Name, l)
}

// mayHide says whether a write since then could leave the same stat: only where the file was given a time that was now.
func mayHide(stat *fsys.Stat, since time.Time) bool {
	return since.UnixNano()-stat.Mtime < int64(2*tick)
}

// Made notes a directory that the agent itself made, and watches it before anyone can put something there unseen. What was
// known to be there is not there any more.
func (t *Tree) Made(p *Place, mode uint16) {
	d := t.find(p.Dir)
	if d == nil {
		return
	}
	real := p.Real()
	t.dropDir(d, p.Name)
	child := d.add(p.Name, t.scope.child(&d.place, real, true))
	if !child.ignored {
		t.sink.Found(wire.Entry{Path: t.nominal(child, ""), Kind: wire.Directory, Mode: mode}, nil)
	}
	t.enter(child, child)
}

// Removed notes that the agent itself removed what was at a place, with all that was known of what is in it.
func (t *Tree) Removed(p *Place) {
	if d := t.find(p.Dir); d != nil {
		t.dropDir(d, p.Name)
		d.leaves.remove(p.Name)
	}
}

// Know makes sure that the tree knows a directory that is there: one that was not walked because all in it was quiet, or
// whose event has not come yet. It is false for one that is not there any more.
func (t *Tree) Know(real string) bool {
	return t.descend(real, func(d *Dir, name string) {
		if d.dirs[name] == nil {
			t.Look(d, name, true, false)
		}
	}) != nil
}

// Missed looks at the directories down to one that was not there, so that the tree knows which of them is missing. It is
// false where all are there by now.
func (t *Tree) Missed(real string) bool {
	return t.descend(real, func(d *Dir, name string) { t.Look(d, name, true, false) }) == nil
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
