package session

import (
	"time"

	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/watch"
)

const (
	// quiet is how long a file that is held open must rest before it is looked at, patience how long at most that is awaited.
	quiet    = 200 * time.Millisecond
	patience = time.Second
)

// name is a path as events give it.
type name struct {
	dir  *scan.Dir
	name string
}

// due is when a name is to be looked at.
type due struct {
	at, latest time.Time
}

// looks turns events into looks at names: at once where a writer has closed, after a while where one may still write, and
// once the output has room where it is full.
type looks struct {
	tree  *scan.Tree
	busy  func() bool // the output is full
	later map[name]due
	now   map[name]bool // put off because the output is full; whether it is a directory
}

func newLooks(tree *scan.Tree, busy func() bool) *looks {
	return &looks{tree: tree, busy: busy, later: map[name]due{}, now: map[name]bool{}}
}

// event takes one event.
func (l *looks) event(e watch.Event) {
	d := l.tree.ByWatch(e.Watch)
	if d == nil {
		return
	}
	if e.Name == "" {
		if e.Op&watch.Unwatched != 0 {
			l.tree.Unwatched(d)
		}
		return
	}
	n := name{d, e.Name}
	directory := e.Op&watch.Dir != 0
	switch {
	case !l.tree.Concerns(d, e.Name, directory):
	case directory:
		l.look(n, true, false)
	case e.Op&(watch.Closed|watch.MovedTo|watch.MovedFrom|watch.Deleted) != 0:
		delete(l.later, n)
		l.look(n, false, e.Op&watch.Closed != 0)
	case e.Op&watch.Modified != 0:
		l.postpone(n)
	case e.Op&watch.Created != 0 && l.tree.Fresh(d, e.Name):
		l.postpone(n)
	default:
		if _, waits := l.later[n]; !waits {
			l.look(n, false, false)
		}
	}
}

func (l *looks) look(n name, directory, written bool) {
	if l.busy() {
		l.now[n] = l.now[n] || directory
		return
	}
	l.tree.Look(n.dir, n.name, directory, written)
}

// postpone lets a name rest first.
func (l *looks) postpone(n name) {
	now := time.Now()
	d, waits := l.later[n]
	if !waits {
		d.latest = now.Add(patience)
	}
	d.at = now.Add(quiet)
	if d.at.After(d.latest) {
		d.at = d.latest
	}
	l.later[n] = d
}

// run looks at what is due: everything if all.
func (l *looks) run(all bool) {
	for n, directory := range l.now {
		if l.busy() && !all {
			return
		}
		delete(l.now, n)
		l.tree.Look(n.dir, n.name, directory, true)
	}
	now := time.Now()
	for n, d := range l.later {
		switch {
		case n.dir.Gone():
			delete(l.later, n)
		case all || !now.Before(d.latest):
			delete(l.later, n)
			l.tree.LookFinal(n.dir, n.name)
		case !now.Before(d.at):
			// should it change under the look, it is put back; then latest must stay what it is
			before := d
			delete(l.later, n)
			l.tree.Look(n.dir, n.name, false, true)
			if again, waits := l.later[n]; waits {
				again.latest = before.latest
				l.later[n] = again
			}
		}
	}
}

// next is when something is due; false if nothing is.
func (l *looks) next() (time.Duration, bool) {
	var first time.Time
	for _, d := range l.later {
		if first.IsZero() || d.at.Before(first) {
			first = d.at
		}
	}
	return max(0, time.Until(first)), !first.IsZero()
}
