package apply

import (
	"time"

	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

// attributes are what a new version gets besides its content.
type attributes struct {
	uid, gid uint32
	given    bool // the owner is the plan's: whatever the directory would give is not it
	mode     uint32
	mtime    int64
}

// owned says whether the owner has to be set: what the agent makes is root's, but for the group that a setgid directory gives.
func (a *attributes) owned() bool { return a.uid != 0 || a.gid != 0 || a.given }

// attributesOf are the replaced version's, else those of the plan, else the host's and the directory's.
func attributesOf(root *scan.Root, target *wire.Entry, was *wire.Entry, wasStat *fsys.Stat, dir int) attributes {
	a := attributes{mode: uint32(target.Mode), mtime: target.Mtime}
	if was.Kind == wire.File {
		a.uid, a.gid = wasStat.UID, wasStat.GID
		a.mode = uint32(wasStat.Permissions())
		a.mtime = later(target.Mtime, wasStat.Mtime)
	} else {
		a.uid, a.gid = ownerIn(root, dir)
		a.given = root.Owner.Set
		if root.Mode >= 0 {
			a.mode = uint32(root.Mode)
		}
	}
	a.mode = executable(a.mode, target.Kind == wire.Directory || target.Mode&0o111 != 0)
	return a
}

func ownerIn(root *scan.Root, dir int) (uid, gid uint32) {
	if root.Owner.Set {
		return root.Owner.UID, root.Owner.GID
	}
	parent, err := fsys.Fstat(dir)
	if err != nil {
		return 0, 0
	}
	return parent.UID, parent.GID
}

// executable lets every class that can read execute too, or none.
func executable(mode uint32, yes bool) uint32 {
	switch {
	case !yes:
		return mode &^ 0o111
	case mode&0o444 == 0:
		return mode | 0o100
	case mode&0o111 != 0 && mode&0o111 == (mode&0o444)>>2:
		return mode
	}
	return mode | (mode&0o444)>>2
}

// later is the host's time, unless watchers in the container would not see it as a change then.
func later(mtime, than int64) int64 {
	if mtime > than {
		return mtime
	}
	return max(time.Now().UnixNano(), than+1)
}
