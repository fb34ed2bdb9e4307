package blocks

import (
	"crypto/sha256"
	"hash/crc32"
	"sync"

	"devshell.dev/agent/internal/wire"
)

const (
	// window is how much is searched in one go.
	window = 1 << 20
	// maxFruitless is how much is searched in vain before the search is given up.
	maxFruitless = 16 << 20
)

// Part is what a content goes on with: ranges of the older one, or bytes of its own.
type Part struct {
	Ranges []wire.Range
	Data   []byte
}

// Delta says how a content is made from an older one that somebody else has.
//
// Blocks that stand in the older content are known by their digests alone. Between them, and only there, the new content is
// read and the sum of a block rolled along it, so that what was shifted is found again; where nothing is found for long,
// the search is given up. Each call of Next does a bounded piece of that work.
type Delta struct {
	fresh, base *List
	read        func(buf []byte, position int64) error
	known       map[wire.Digest]int
	bySum       map[uint32]int
	filter      [1 << 10]uint64 // of the sums' lower halves: most are told apart by one bit
	ready       []Part
	buf         []byte
	at, end     int64
	fruitless   int
}

// NewDelta prepares it; read reads of the new content.
func NewDelta(fresh, base *List, read func(buf []byte, position int64) error) *Delta {
	d := &Delta{fresh: fresh, base: base, read: read, known: map[wire.Digest]int{}, bySum: map[uint32]int{}}
	for i := len(base.Sums) - 1; i >= 0; i-- {
		d.known[base.Digests[i]] = i
		if base.Length(i) == Size {
			sum := base.Sums[i]
			d.bySum[sum] = i
			d.filter[sum>>6&0x3ff] |= 1 << (sum & 63)
		}
	}
	return d
}

// Next returns the next part; false at the end of the content. The part is valid until the next call.
func (d *Delta) Next() (Part, bool, error) {
	for len(d.ready) == 0 {
		if d.at == d.fresh.Size {
			return Part{}, false, nil
		}
		if d.at%Size == 0 && d.find(int(d.at/Size)) >= 0 {
			return Part{Ranges: d.copies()}, true, nil
		}
		if err := d.window(); err != nil {
			return Part{}, false, err
		}
	}
	p := d.ready[0]
	d.ready = d.ready[1:]
	return p, true, nil
}

// find returns a block of the older content with the same bytes, the one at the same place if it is one; else -1.
func (d *Delta) find(block int) int {
	digest := d.fresh.Digests[block]
	if block < len(d.base.Digests) && d.base.Digests[block] == digest {
		return block
	}
	if i, ok := d.known[digest]; ok {
		return i
	}
	return -1
}

func (d *Delta) copies() []wire.Range {
	var ranges []wire.Range
	for d.at < d.fresh.Size {
		block := int(d.at / Size)
		found := d.find(block)
		if found < 0 {
			break
		}
		next := wire.Range{Offset: int64(found) * Size, Length: d.fresh.Length(block)}
		if !extend(ranges, next) {
			if len(ranges) == wire.MaxRanges {
				break
			}
			ranges = append(ranges, next)
		}
		d.at += next.Length
	}
	return ranges
}

// extend lengthens the last range, if that is where the next one goes on.
func extend(ranges []wire.Range, next wire.Range) bool {
	if len(ranges) == 0 {
		return false
	}
	last := &ranges[len(ranges)-1]
	if last.Offset+last.Length != next.Offset {
		return false
	}
	last.Length += next.Length
	return true
}

// nextKnown is where the next block begins that is known as it stands; only what is before that is read.
func (d *Delta) nextKnown() int64 {
	for i := int(d.at/Size) + 1; i < len(d.fresh.Sums); i++ {
		if d.find(i) >= 0 {
			return int64(i) * Size
		}
	}
	return d.fresh.Size
}

// window searches the next stretch and makes parts of it.
func (d *Delta) window() error {
	if d.at >= d.end {
		d.end = d.nextKnown()
	}
	if d.buf == nil {
		d.buf = make([]byte, window)
	}
	buf := d.buf[:min(window, d.end-d.at)]
	if err := d.read(buf, d.at); err != nil {
		return err
	}
	d.ready = d.ready[:0]
	last := d.at+int64(len(buf)) == d.end
	from, i := 0, 0
	var ranges []wire.Range
	for d.fruitless < maxFruitless {
		next, block := d.search(buf, i)
		if next < 0 {
			next = max(i, len(buf)-Size+1)
			d.fruitless += next - i
			i = next
			break
		}
		if i = next; i > from {
			ranges = d.copied(ranges)
			d.data(buf[from:i])
		}
		found := wire.Range{Offset: int64(block) * Size, Length: Size}
		if !extend(ranges, found) {
			ranges = append(ranges, found)
		}
		i += Size
		from = i
		d.fruitless = 0
	}
	d.copied(ranges)
	if last || d.fruitless >= maxFruitless {
		i = len(buf)
	}
	d.data(buf[from:i])
	d.at += int64(i)
	return nil
}

func (d *Delta) copied(ranges []wire.Range) []wire.Range {
	if len(ranges) > 0 {
		d.ready = append(d.ready, Part{Ranges: ranges})
	}
	return nil
}

func (d *Delta) data(data []byte) {
	for len(data) > 0 {
		n := min(len(data), wire.MaxInline)
		d.ready = append(d.ready, Part{Data: data[:n]})
		data = data[n:]
	}
}

// search returns the first offset from which a whole block of the older content stands, and which; -1 if there is none.
func (d *Delta) search(buf []byte, from int) (int, int) {
	last := len(buf) - Size
	if from > last {
		return -1, -1
	}
	zeros, leaving := rolling()
	// without initial value and final complement a sum is linear, so that a byte can leave it
	crc := crc32.Checksum(buf[from:from+Size], castagnoli) ^ zeros
	for i := from; ; i++ {
		if sum := crc ^ zeros; d.filter[sum>>6&0x3ff]>>(sum&63)&1 != 0 {
			if block, ok := d.bySum[sum]; ok && sha256.Sum256(buf[i:i+Size]) == d.base.Digests[block] {
				return i, block
			}
		}
		if i == last {
			return -1, -1
		}
		crc = castagnoli[byte(crc)^buf[i+Size]] ^ crc>>8 ^ leaving[buf[i]]
	}
}

// rolling returns the sum of a block of zeros, and what a byte contributes once a whole block has followed it.
var rolling = sync.OnceValues(func() (uint32, *[256]uint32) {
	var leaving [256]uint32
	for bit := 1; bit < 256; bit <<= 1 {
		crc := castagnoli[bit]
		for range Size {
			crc = castagnoli[byte(crc)] ^ crc>>8
		}
		leaving[bit] = crc
	}
	for i := 1; i < 256; i++ {
		lowest := i & -i
		leaving[i] = leaving[lowest] ^ leaving[i^lowest]
	}
	return crc32.Checksum(make([]byte, Size), castagnoli), &leaving
})
