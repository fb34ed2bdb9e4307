package scan

import (
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

// Reading is a large file that was looked at and is to be read, which takes too long for everything else to wait for it.
type Reading struct {
	tree  *Tree
	dir   *Dir
	name  string
	tried int  // how often it was another by the end
	again bool // it was to be looked at again meanwhile
	found finding
}

// Same says whether both are of one file, of which one reading is enough.
func (r *Reading) Same(o *Reading) bool {
	return r.tree == o.tree && r.dir == o.dir && r.name == o.name
}

// tries is how often a file that is another by the end of its reading is read again at once. After that it is reported as it
// was read, and looked at again later.
const tries = 2

// Anew lets it be tried as often again: whatever was written so far, one of the readings then begins after that.
func (r *Reading) Anew() { r.tried = 0 }

// Again notes that the file is to be looked at again once it was read.
func (r *Reading) Again() { r.again = true }

// Read reads the file. It touches nothing that is the tree's.
func (r *Reading) Read() {
	fd, err := fsys.OpenDir(r.dir.path)
	if err != nil {
		r.found = unreadable(err)
		return
	}
	defer fsys.Close(fd)
	r.found = readFile(fd, r.name, wantContent)
}

// TakeRead takes in what was read, if that is still what stands there, and looks again if not.
func (t *Tree) TakeRead(r *Reading) {
	if r.tree != t || r.dir.gone {
		return
	}
	current := !r.found.unstable && r.current()
	if !current && r.tried < tries {
		t.look(r.dir, r.name, false, true, r.tried+1)
		return
	}
	f := placed{finding: r.found, place: t.scope.child(&r.dir.place, join(r.dir.path, r.name), false)}
	f.unstable = false
	t.take(r.dir, r.name, &f)
	switch {
	case !current && r.found.kind == wire.File:
		t.sink.Later(r.dir, r.name)
	case r.again:
		t.look(r.dir, r.name, false, true, 0)
	}
}

func (r *Reading) current() bool {
	fd, err := fsys.OpenDir(r.dir.path)
	if err != nil {
		return false
	}
	defer fsys.Close(fd)
	stat, err := fsys.Lstat(fd, r.name)
	return err == nil && stat.IsFile() && stat.Signature() == r.found.signature
}
