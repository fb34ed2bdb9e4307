package session

import (
	"strings"

	"devshell.dev/agent/internal/scan"
	"devshell.dev/agent/internal/wire"
)

const (
	// batchBytes is about how much of contents and paths goes into one frame.
	batchBytes = 128 << 10
	// maxTold bounds what is remembered of the problems that were told.
	maxTold = 1000
)

type problem struct {
	path string
	code wire.Code
}

// report gathers what the tree finds into frames.
type report struct {
	out      *out
	looks    *looks
	readings *readings
	told     map[problem]bool
	scanning bool
	entries  []wire.Entry
	changes  []wire.Change
	size     int
}

// begin gathers for a scan, end for changes.
func (r *report) begin(looks *looks) {
	r.looks = looks
	r.scanning = true
	clear(r.told) // what is still so is told again
}

func (r *report) end() {
	r.flush()
	r.scanning = false
}

// Found takes what stands at a path.
func (r *report) Found(e wire.Entry, content []byte) {
	r.solved(&e)
	r.size += 64 + len(e.Path) + len(e.Target)
	if r.scanning {
		r.entries = append(r.entries, e)
	} else {
		change := wire.Change{Entry: e}
		if e.Kind == wire.File && int64(len(content)) == e.Size {
			change.Content = wire.Content{How: wire.Inline, Data: content}
			r.size += len(content)
		}
		r.changes = append(r.changes, change)
	}
	if r.size > batchBytes {
		r.flush()
		if r.scanning {
			r.out.room()
		}
	}
}

// Problem tells of a problem, once.
func (r *report) Problem(path string, code wire.Code, message string) {
	p := problem{path, code}
	if code == wire.WatchLimit {
		p.path = "/"
	}
	if r.told[p] || len(r.told) >= maxTold {
		return
	}
	r.told[p] = true
	r.flush() // what was found before is told before
	r.out.put(&wire.Problem{Path: path, Code: code, Message: clip(message)})
}

// solved lets the problems of a path be told again, should it have some again.
func (r *report) solved(e *wire.Entry) {
	if len(r.told) == 0 || e.Kind == wire.Unreadable || e.Kind == wire.Special {
		return
	}
	for p := range r.told {
		if p.path == e.Path || e.Kind == wire.Absent && strings.HasPrefix(p.path, e.Path+"/") {
			delete(r.told, p)
		}
	}
}

// forget lets a kind of problem be told again.
func (r *report) forget(code wire.Code) {
	for p := range r.told {
		if p.code == code {
			delete(r.told, p)
		}
	}
}

// Later puts a name off.
func (r *report) Later(d *scan.Dir, n string) { r.looks.postpone(name{d, n}) }

// Large has a file read.
func (r *report) Large(reading *scan.Reading) { r.readings.add(reading) }

// flush sends what was gathered.
func (r *report) flush() {
	if len(r.entries) > 0 {
		r.out.put(&wire.Scanned{Entries: r.entries})
		r.entries = r.entries[:0]
	}
	if len(r.changes) > 0 {
		r.out.put(&wire.Changed{Changes: r.changes})
		clear(r.changes)
		r.changes = r.changes[:0]
	}
	r.size = 0
}
