// Package watch reports what changes in directories, by inotify.
package watch

import (
	"encoding/binary"
	"os"
	"syscall"

	"devshell.dev/agent/internal/fsys"
)

// Op says what happened to a name; several may come in one.
type Op uint32

const (
	Modified  Op = syscall.IN_MODIFY
	Attribute Op = syscall.IN_ATTRIB
	Closed    Op = syscall.IN_CLOSE_WRITE
	MovedFrom Op = syscall.IN_MOVED_FROM
	MovedTo   Op = syscall.IN_MOVED_TO
	Created   Op = syscall.IN_CREATE
	Deleted   Op = syscall.IN_DELETE
	Gone      Op = syscall.IN_DELETE_SELF | syscall.IN_MOVE_SELF | syscall.IN_UNMOUNT
	Unwatched Op = syscall.IN_IGNORED
	Overflow  Op = syscall.IN_Q_OVERFLOW
	Dir       Op = syscall.IN_ISDIR
)

const mask = uint32(Modified|Attribute|Closed|MovedFrom|MovedTo|Created|Deleted|
	syscall.IN_DELETE_SELF|syscall.IN_MOVE_SELF) | syscall.IN_ONLYDIR | syscall.IN_EXCL_UNLINK

// Event is one change, of Name in the watched directory, or of the directory itself where Name is empty.
type Event struct {
	Watch int32
	Op    Op
	Name  string
}

// Watcher is one inotify instance: its events come in the order in which things happened.
type Watcher struct {
	file *os.File
	fd   int
}

// New opens a watcher.
func New() (*Watcher, error) {
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		return nil, os.NewSyscallError("inotify_init1", err)
	}
	return &Watcher{file: os.NewFile(uintptr(fd), "inotify"), fd: fd}, nil
}

// Add watches an open directory. It fails with ENOSPC where the limit is reached.
func (w *Watcher) Add(dir int) (int32, error) {
	watch, err := syscall.InotifyAddWatch(w.fd, fsys.Self(dir), mask)
	return int32(watch), err
}

// Remove ends a watch; events from before may still come.
func (w *Watcher) Remove(watch int32) {
	_, _ = syscall.InotifyRmWatch(w.fd, uint32(watch))
}

// Read waits for events and appends them to events.
func (w *Watcher) Read(events []Event, buf []byte) ([]Event, error) {
	n, err := w.file.Read(buf)
	if err != nil {
		return events, err
	}
	return parse(events, buf[:n]), nil
}

// More is Read without the waiting: what is not there is not read.
func (w *Watcher) More(events []Event, buf []byte) []Event {
	n := 0
	raw, err := w.file.SyscallConn()
	if err == nil {
		_ = raw.Read(func(fd uintptr) bool {
			n, _ = syscall.Read(int(fd), buf)
			return true
		})
	}
	return parse(events, buf[:max(n, 0)])
}

func parse(events []Event, buf []byte) []Event {
	for len(buf) >= syscall.SizeofInotifyEvent {
		// struct inotify_event: wd i32, mask u32, cookie u32, length u32, name padded by NUL
		length := int(binary.NativeEndian.Uint32(buf[12:]))
		name := buf[syscall.SizeofInotifyEvent : syscall.SizeofInotifyEvent+length]
		for len(name) > 0 && name[len(name)-1] == 0 {
			name = name[:len(name)-1]
		}
		events = append(events, Event{
			Watch: int32(binary.NativeEndian.Uint32(buf)),
			Op:    Op(binary.NativeEndian.Uint32(buf[4:])),
			Name:  string(name),
		})
		buf = buf[syscall.SizeofInotifyEvent+length:]
	}
	return events
}

// Close ends the watcher.
func (w *Watcher) Close() error { return w.file.Close() }
