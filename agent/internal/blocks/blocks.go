// Package blocks knows large contents by their blocks: how they are hashed side by side, and what of one stands in another.
//
// The Java package dev.devshell.sync.content mirrors it; testdata/blocks.json holds the two together.
package blocks

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"sync"

	"devshell.dev/agent/internal/wire"
)

const (
	// Large is the size up to which a content is hashed as one.
	Large = 1 << 20
	// Size is the length of a block; the last one of a content may be shorter.
	Size = 128 << 10
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// List is what a large content is made of: for each of its blocks the SHA-256, and a sum that can be rolled along another
// content.
type List struct {
	Size    int64
	Digests []wire.Digest
	Sums    []uint32
}

// Length is that of a block; only the last is shorter than the others.
func (l *List) Length(block int) int64 { return min(Size, l.Size-int64(block)*Size) }

// Digest is that of the whole content.
func (l *List) Digest() wire.Digest {
	hash := sha256.New()
	var head [12]byte
	copy(head[:], "dvsh")
	binary.BigEndian.PutUint64(head[4:], uint64(l.Size))
	hash.Write(head[:])
	for i := range l.Digests {
		hash.Write(l.Digests[i][:])
	}
	return wire.Digest(hash.Sum(nil))
}

func count(size int64) int { return int((size + Size - 1) / Size) }

// Sum is the digest of a content in memory.
func Sum(content []byte) wire.Digest {
	if len(content) <= Large {
		return sha256.Sum256(content)
	}
	var h Hasher
	_, _ = h.Write(content)
	digest, _ := h.Sum()
	return digest
}

// cache keeps the blocks of the contents that were hashed last.
type cache struct {
	mu    sync.Mutex
	lists map[wire.Digest]*List
	order []wire.Digest // oldest use first
	held  int
}

// maxHeld bounds the blocks that are remembered: 4 MiB, for 14 GiB of files.
const maxHeld = 1 << 17 * 7 / 8

var known = cache{lists: map[wire.Digest]*List{}}

// Remember keeps the blocks of a content, at the cost of those that nobody has asked for.
func Remember(digest wire.Digest, l *List) {
	if l == nil {
		return
	}
	known.mu.Lock()
	defer known.mu.Unlock()
	if known.lists[digest] == nil {
		known.held += len(l.Sums)
	}
	known.lists[digest] = l
	known.used(digest)
	for known.held > maxHeld && len(known.order) > 0 {
		oldest := known.order[0]
		known.order = known.order[1:]
		known.held -= len(known.lists[oldest].Sums)
		delete(known.lists, oldest)
	}
}

// Find returns the blocks of a content that was hashed lately, nil if there are none.
func Find(digest wire.Digest) *List {
	known.mu.Lock()
	defer known.mu.Unlock()
	l := known.lists[digest]
	if l != nil {
		known.used(digest)
	}
	return l
}

func (c *cache) used(digest wire.Digest) {
	for i := range c.order {
		if c.order[i] == digest {
			copy(c.order[i:], c.order[i+1:])
			c.order[len(c.order)-1] = digest
			return
		}
	}
	c.order = append(c.order, digest)
}
