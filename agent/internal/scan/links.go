package scan

import (
	"time"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// A file may have several names, and an event tells of one of them: what stands at the others has changed too.

// inode is a file, whatever it is called.
type inode struct{ dev, ino uint64 }

// named is a name that a file has.
type named struct {
	dir  *Dir
	name string
}

// links are the known names of files that have more than one; some of the names may be gone.
type links struct {
	names map[inode]map[named]struct{}
	most  int       // from so many files on, those that are gone are looked for
	next  time.Time // when every file may be asked again

	looking bool // at the other names of a file
}

func newLinks() links { return links{names: map[inode]map[named]struct{}{}, most: 1000} }

func (l *links) add(d *Dir, name string, stat *fsys.Stat) {
	file := inode{stat.Dev, stat.Ino}
	if l.names[file] == nil {
		l.names[file] = map[named]struct{}{}
	}
	l.names[file][named{d, name}] = struct{}{}
	if len(l.names) > l.most {
		l.prune()
	}
}

func (l *links) prune() {
	for file, names := range l.names {
		for n := range names {
			if n.gone() {
				delete(names, n)
			}
		}
		if len(names) == 0 {
			delete(l.names, file)
		}
	}
	l.most = max(l.most, 2*len(l.names))
}

func (n named) gone() bool { return n.dir.gone || !n.dir.leaves.has(n.name) }

// lookAtOthers looks at the other names of a file that was just looked at.
func (t *Tree) lookAtOthers(d *Dir, name string, was *leaf, f *placed) {
	if f.kind != wire.File || f.stat.Links < 2 || !d.leaves.has(name) {
		return
	}
	names := t.links.names[inode{f.stat.Dev, f.stat.Ino}]
	if was == nil && uint64(len(names)) < f.stat.Links {
		t.findOthers(f)
	}
	if t.links.looking || was != nil && was.same(&f.leaf) {
		return
	}
	t.lookAtNames(names, d, name)
}

// LookAtOthers looks at the other names of a file of which the agent itself changed the mode.
func (t *Tree) LookAtOthers(p *Place, stat *fsys.Stat) {
	if d := t.find(p.Dir); d != nil {
		t.lookAtNames(t.links.names[inode{stat.Dev, stat.Ino}], d, p.Name)
	}
}

// lookAtNames looks at the names of a file but the one given.
func (t *Tree) lookAtNames(names map[named]struct{}, d *Dir, name string) {
	// what is written without rest would be found changed by each name in turn, for ever
	t.links.looking = true
	defer func() { t.links.looking = false }()
	for other := range names {
		if other.gone() {
			delete(names, other)
		} else if other.dir != d || other.name != name {
			t.Look(other.dir, other.name, false, true)
		}
	}
}

// findOthers finds the names that a file had before it got a new one. Their inodes are not known, but their content mostly is the
// same still; where it is not, because the new name was written by at once, every file is asked for its inode, and that not more
// often than it takes a twentieth of the time: the other names may be outside the roots, and those of many files.
func (t *Tree) findOthers(f *placed) {
	t.searchBelow(t.top, f, false)
	now := time.Now()
	if uint64(len(t.links.names[inode{f.stat.Dev, f.stat.Ino}])) < f.stat.Links && now.After(t.links.next) {
		t.searchBelow(t.top, f, true)
		t.links.next = now.Add(20 * time.Since(now))
	}
}

func (t *Tree) searchBelow(d *Dir, f *placed, whatever bool) {
	fd := -1
	for at := range d.leaves.list {
		l := &d.leaves.list[at]
		if l.kind != wire.File || l.digest != f.digest && !whatever {
			continue
		}
		if fd < 0 {
			var err error
			if fd, err = fsys.OpenDir(d.path); err != nil {
				break
			}
			defer fsys.Close(fd)
		}
		name := d.leaves.name(at)
		if stat, err := fsys.Lstat(fd, name); err == nil && stat.Dev == f.stat.Dev && stat.Ino == f.stat.Ino {
			t.links.add(d, name, &stat)
		}
	}
	for _, child := range d.dirs {
		t.searchBelow(child, f, whatever)
	}
}
