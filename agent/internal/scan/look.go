package scan

import (
	"path"

	"devshell.dev/agent/internal/fsys"
)

// Look finds out what a name in a directory is now, and reports it if it is news. Written says that its content may have
// been written just now, so that only a stat that cannot be mistaken is believed.
func (t *Tree) Look(d *Dir, name string, directory, written bool) {
	t.look(d, name, directory, written, 0)
}

// LookFinal is Look for a file that never rests: what can be read of it is reported.
func (t *Tree) LookFinal(d *Dir, name string) {
	t.look(d, name, false, true, tries)
}

func (t *Tree) look(d *Dir, name string, directory, written bool, tried int) {
	if d.gone || !t.Concerns(d, name, directory) {
		return
	}
	fd, err := fsys.OpenDir(d.path)
	if err != nil {
		if d.parent != nil && d.path != "/" {
			t.look(d.parent, path.Base(d.path), true, false, 0)
		}
		return
	}
	how := trustOwn
	if written {
		how = trustNone
	}
	f := t.examine(d, fd, name, directory, d, how, wantSmall)
	f.unstable = f.unstable && tried < tries
	fsys.Close(fd)
	if f.large {
		t.sink.Large(&Reading{tree: t, dir: d, name: name, tried: tried})
		return
	}
	t.take(d, name, &f)
}

// take is settle for a single name, with what is below it.
func (t *Tree) take(d *Dir, name string, f *placed) {
	was := d.leaves.get(name)
	if child := t.settle(d, name, f); child != nil {
		t.enter(child, child)
	}
	t.lookAtOthers(d, name, was, f)
}

// Concerns says whether a name can be of the sync at all, before anything is looked at.
func (t *Tree) Concerns(d *Dir, name string, directory bool) bool {
	if d.leaves.has(name) {
		return true
	}
	if d.dirs[name] != nil {
		return true
	}
	p := t.scope.child(&d.place, join(d.path, name), directory)
	return !p.skip && (directory || !p.ignored || t.scope.leads(join(d.path, name)))
}

// Fresh says whether a file was just made and nobody but its maker has it: the end of the writing has an event of its own.
func (t *Tree) Fresh(d *Dir, name string) bool {
	fd, err := fsys.OpenDir(d.path)
	if err != nil {
		return false
	}
	defer fsys.Close(fd)
	if l := d.leaves.get(name); l != nil && l.own {
		return false
	}
	stat, err := fsys.Lstat(fd, name)
	return err == nil && stat.IsFile() && stat.Links == 1
}
