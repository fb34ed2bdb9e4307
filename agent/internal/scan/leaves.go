package scan

import "hash/maphash"

// leaves is what is known of a directory's names that are no directories. There may be a million of them in all, so a name
// costs its leaf, its bytes and one more, and there is nothing in it for the garbage collector to look through.
type leaves struct {
	list  []leaf   // in no order
	names []byte   // each after its length
	index []uint32 // for many: places in the list and 1, by the name's hash; the next free slot where that is taken
	dead  int      // how many bytes of names stand for nothing any more
}

// few is how many are looked through without an index.
const few = 32

var seed = maphash.MakeSeed()

func (l *leaves) len() int { return len(l.list) }

// name returns the name of a place in the list.
func (l *leaves) name(at int) string {
	return string(l.bytes(at))
}

func (l *leaves) bytes(at int) []byte {
	start := l.list[at].name
	return l.names[start+1 : start+1+uint32(l.names[start])]
}

func (l *leaves) find(name string) int {
	if len(l.index) == 0 {
		for at := range l.list {
			if string(l.bytes(at)) == name {
				return at
			}
		}
		return -1
	}
	for slot := l.home([]byte(name)); l.index[slot] != 0; slot = l.next(slot) {
		if at := int(l.index[slot] - 1); string(l.bytes(at)) == name {
			return at
		}
	}
	return -1
}

func (l *leaves) home(name []byte) int {
	return int(maphash.Bytes(seed, name)) & (len(l.index) - 1)
}

func (l *leaves) next(slot int) int { return (slot + 1) & (len(l.index) - 1) }

// slot returns where the index has a place in the list.
func (l *leaves) slot(at int) int {
	slot := l.home(l.bytes(at))
	for l.index[slot] != uint32(at+1) {
		slot = l.next(slot)
	}
	return slot
}

// get returns a copy of what is known of a name; nil for nothing.
func (l *leaves) get(name string) *leaf {
	if at := l.find(name); at >= 0 {
		known := l.list[at]
		return &known
	}
	return nil
}

func (l *leaves) has(name string) bool { return l.find(name) >= 0 }

// set notes what is known of a name, which has at most 255 bytes.
func (l *leaves) set(name string, now leaf) {
	if at := l.find(name); at >= 0 {
		now.name = l.list[at].name
		l.list[at] = now
		return
	}
	l.reserve(1, len(name))
	now.name = uint32(len(l.names))
	l.names = append(append(l.names, byte(len(name))), name...)
	l.list = append(l.list, now)
	switch {
	case 2*len(l.list) > len(l.index) && len(l.list) > few:
		l.reindex()
	case len(l.index) > 0:
		l.enter(len(l.list) - 1)
	}
}

// reserve makes room for more names: for a quarter more than there are, where no more is known to come.
func (l *leaves) reserve(more, bytes int) {
	if need := len(l.list) + more; need > cap(l.list) {
		l.list = append(make([]leaf, 0, max(need, len(l.list)+len(l.list)/4+4)), l.list...)
	}
	if need := len(l.names) + bytes + more; need > cap(l.names) {
		l.names = append(make([]byte, 0, max(need, len(l.names)+len(l.names)/4+32)), l.names...)
	}
}

func (l *leaves) reindex() {
	size := 2 * few
	for size < 2*len(l.list)+len(l.list)/2 {
		size *= 2
	}
	l.index = make([]uint32, size)
	for at := range l.list {
		l.enter(at)
	}
}

func (l *leaves) enter(at int) {
	slot := l.home(l.bytes(at))
	for l.index[slot] != 0 {
		slot = l.next(slot)
	}
	l.index[slot] = uint32(at + 1)
}

// remove forgets a name; the last in the list takes its place.
func (l *leaves) remove(name string) {
	at, last := l.find(name), len(l.list)-1
	if at < 0 {
		return
	}
	if len(l.index) > 0 {
		l.leave(l.slot(at))
		if at != last {
			l.index[l.slot(last)] = uint32(at + 1)
		}
	}
	l.dead += 1 + len(name)
	l.list[at] = l.list[last]
	l.list = l.list[:last]
	if l.dead > 64 && 2*l.dead > len(l.names) {
		l.pack()
	}
}

// leave frees a slot, and closes the gap for those behind it that were put off by it.
func (l *leaves) leave(free int) {
	for slot := l.next(free); l.index[slot] != 0; slot = l.next(slot) {
		home := l.home(l.bytes(int(l.index[slot] - 1)))
		if mask := len(l.index) - 1; (slot-home)&mask >= (slot-free)&mask {
			l.index[free] = l.index[slot]
			free = slot
		}
	}
	l.index[free] = 0
}

// pack gives back the room of what is gone.
func (l *leaves) pack() {
	packed := leaves{}
	packed.reserve(len(l.list), len(l.names)-l.dead-len(l.list))
	for at := range l.list {
		packed.set(l.name(at), l.list[at])
	}
	*l = packed
}
