package scan

import (
	"crypto/sha256"
	"errors"
	"io"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"devshell.dev/agent/internal/blocks"
	"devshell.dev/agent/internal/fsys"
	"devshell.dev/agent/internal/wire"
)

const (
	// maxFile is the size from which a file is special.
	maxFile = 4 << 30
	// tick is longer than a file system's clock may stand still: within it, a file can change and its stat stay the same.
	tick = 25 * time.Millisecond
	// attempts to read a file that changes meanwhile
	attempts = 3
)

// leaf is what is known of a path that is not a directory.
type leaf struct {
	signature uint64
	digest    wire.Digest // of a file's content or a link's target
	name      uint32      // where its directory has its name
	kind      wire.Kind
	exec      bool
	racy      bool // the stat was taken so early after the change that it may stand for a later content too
	own       bool // the agent itself put it there
}

func (l *leaf) same(o *leaf) bool {
	return l.kind == o.kind && l.exec == o.exec && l.digest == o.digest
}

// finding is what stands at a path now.
type finding struct {
	leaf
	stat     fsys.Stat
	target   string
	data     []byte // a small file's content, where it was read
	unstable bool   // it changed while it was read, time and again
	large    bool   // it was not read, because it is large
	err      error  // why it is unreadable
}

// want says what to read of a file.
type want uint8

const (
	wantDigest  want = iota // its content is not kept
	wantContent             // it is, of a small file
	wantSmall               // likewise; a large one is not read, and only said to be large
)

// trust says how far a known stat stands for the content.
type trust uint8

const (
	trustNone  trust = iota // not for what is racy
	trustOwn                // nor for what is racy, but what the agent itself put there: a write would have an event of its own
	trustNever              // not at all
)

// examine looks at a name in an open directory. What is known is believed where the stat is the same, and read otherwise.
// The content of a small file that was read is kept where it is wanted.
func examine(dir int, name string, known *leaf, how trust, want want) finding {
	stat, err := fsys.Lstat(dir, name)
	if err != nil {
		return unreadable(err)
	}
	return examineStat(dir, name, stat, known, how, want)
}

func unreadable(err error) finding {
	if errors.Is(err, syscall.ENOENT) || errors.Is(err, syscall.ENOTDIR) {
		return finding{}
	}
	return finding{leaf: leaf{kind: wire.Unreadable}, err: err}
}

func examineStat(dir int, name string, stat fsys.Stat, known *leaf, how trust, want want) finding {
	f := finding{stat: stat}
	f.signature = stat.Signature()
	switch {
	case stat.IsDir():
		f.kind = wire.Directory
		return f
	case stat.IsFile() && stat.Size <= maxFile:
	case stat.IsLink():
		return f.readLink(dir, name, want)
	default:
		f.kind = wire.Special
		return f
	}
	if known != nil && known.kind == wire.File && known.signature == f.signature && how != trustNever &&
		(!known.racy || (known.own && how == trustOwn)) {
		f.leaf = *known
		return f
	}
	if want == wantSmall && stat.Size > blocks.Large {
		f.kind, f.large = wire.File, true
		return f
	}
	return readFile(dir, name, want)
}

func (f finding) readLink(dir int, name string, want want) finding {
	target, err := fsys.Readlinkat(dir, name)
	if err == syscall.EINVAL { // no longer a link
		return examine(dir, name, nil, trustNever, want)
	}
	if err != nil {
		return unreadable(err)
	}
	f.kind = wire.Link
	f.target = target
	f.digest = sha256.Sum256([]byte(target))
	return f
}

// readFile reads a file, again if it changes meanwhile.
func readFile(dir int, name string, want want) (f finding) {
	for range attempts {
		var again bool
		if f, again = readOnce(dir, name, want); !again {
			return f
		}
	}
	f.unstable = true
	return f
}

func readOnce(dir int, name string, want want) (f finding, again bool) {
	fd, err := fsys.Openat(dir, name, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	if err == syscall.ELOOP {
		return examine(dir, name, nil, trustNever, want), false
	}
	if err != nil {
		return unreadable(err), false
	}
	defer fsys.Close(fd)
	before, err := fsys.Fstat(fd)
	if err != nil {
		return unreadable(err), false
	}
	if !before.IsFile() {
		return examine(dir, name, nil, trustNever, want), false
	}
	// whether the stat can be mistaken is a question of when the reading began
	f.racy = isRacy(&before)
	if f.digest, f.data, err = digest(fd, before.Size, want); err != nil {
		return unreadable(err), false
	}
	after, err := fsys.Fstat(fd)
	if err != nil {
		return unreadable(err), false
	}
	f.kind = wire.File
	f.stat = after
	f.exec = after.Mode&0o111 != 0
	f.signature = after.Signature()
	return f, before.Size != after.Size || before.Mtime != after.Mtime || before.Ctime != after.Ctime
}

func isRacy(stat *fsys.Stat) bool { return time.Now().UnixNano()-stat.Ctime < int64(tick) }

// rooms are for reading what is not wanted any longer than its digest takes.
var rooms = sync.Pool{New: func() any { return new([wire.MaxInline + 1]byte) }}

// digest reads all of an open file; it returns the content where that is small and wanted.
func digest(fd int, size int64, want want) (wire.Digest, []byte, error) {
	if size <= wire.MaxInline {
		var data []byte
		if want != wantDigest {
			data = make([]byte, size+1)
		} else {
			room := rooms.Get().(*[wire.MaxInline + 1]byte)
			defer rooms.Put(room)
			data = room[:size+1]
		}
		n, err := blocks.ReadFull(fd, data)
		if err != nil || n <= int(size) {
			sum := sha256.Sum256(data[:n])
			if want == wantDigest {
				data, n = nil, 0
			}
			return sum, data[:n:n], err
		}
		// it grows; the caller will see that and read it again
		if _, err := syscall.Seek(fd, 0, io.SeekStart); err != nil {
			return wire.Digest{}, nil, err
		}
	}
	digest, list, err := blocks.File(fd)
	blocks.Remember(digest, list)
	return digest, nil, err
}

// parallel calls do for 0 to n-1, on several processors where that pays.
func parallel(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), 4, n/4)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		}()
	}
	wait.Wait()
}
