package apply

import "devshell.dev/agent/internal/wire"

// SetAsideBefore reports what earlier agents set aside.
func (a *Applier) SetAsideBefore(report func(*wire.Displaced)) error {
	left, err := a.home.Leftovers()
	for i, l := range left {
		id := 1<<63 | uint64(i)
		a.aside[id] = aside{l.spot, l.Entry.Digest}
		d := &wire.Displaced{ID: id, Entry: l.Entry}
		switch {
		case l.Entry.Kind != wire.File:
		case int64(len(l.Content)) == l.Entry.Size:
			d.Content = wire.Content{How: wire.Inline, Data: l.Content}
		default:
			d.Content = wire.Content{How: wire.Sliced}
		}
		report(d)
		if d.Content.How == wire.Sliced {
			a.sendAside(id, a.aside[id], wire.Digest{})
		}
	}
	return err
}
