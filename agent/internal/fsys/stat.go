// Package fsys is the file system as the agent needs it: relative to open directories, and never through a link.
package fsys

import (
	"encoding/binary"
	"hash/maphash"
	"syscall"
	"unsafe"
)

// Stat is what the agent knows a file by.
type Stat struct {
	Dev, Ino     uint64
	Mode         uint32
	Links        uint64
	UID, GID     uint32
	Size         int64
	Mtime, Ctime int64 // nanoseconds since 1970
}

func (s *Stat) from(raw *syscall.Stat_t) {
	*s = Stat{
		Dev: uint64(raw.Dev), Ino: raw.Ino, Mode: raw.Mode, Links: uint64(raw.Nlink), UID: raw.Uid, GID: raw.Gid, Size: raw.Size,
		Mtime: int64(raw.Mtim.Sec)*1e9 + int64(raw.Mtim.Nsec), Ctime: int64(raw.Ctim.Sec)*1e9 + int64(raw.Ctim.Nsec),
	}
}

// IsDir says whether it is a directory; IsFile and IsLink likewise.
func (s *Stat) IsDir() bool { return s.Mode&syscall.S_IFMT == syscall.S_IFDIR }

// IsFile says whether it is a regular file.
func (s *Stat) IsFile() bool { return s.Mode&syscall.S_IFMT == syscall.S_IFREG }

// IsLink says whether it is a symbolic link.
func (s *Stat) IsLink() bool { return s.Mode&syscall.S_IFMT == syscall.S_IFLNK }

// Permissions returns the mode without the type.
func (s *Stat) Permissions() uint16 { return uint16(s.Mode & 0o7777) }

// Same says whether both are the same inode with the same content, as far as a stat can tell. Renaming changes the ctime, so
// it does not count.
func (s *Stat) Same(o *Stat) bool {
	return s.Dev == o.Dev && s.Ino == o.Ino && s.Size == o.Size && s.Mtime == o.Mtime && s.Mode == o.Mode
}

var seed = maphash.MakeSeed()

// Signature condenses all of a stat that changes when the file does, the ctime included. It is comparable within one process.
func (s *Stat) Signature() uint64 {
	var b [52]byte
	binary.NativeEndian.PutUint64(b[0:], s.Dev)
	binary.NativeEndian.PutUint64(b[8:], s.Ino)
	binary.NativeEndian.PutUint64(b[16:], uint64(s.Size))
	binary.NativeEndian.PutUint64(b[24:], uint64(s.Mtime))
	binary.NativeEndian.PutUint64(b[32:], uint64(s.Ctime))
	binary.NativeEndian.PutUint32(b[40:], s.Mode)
	binary.NativeEndian.PutUint32(b[44:], s.UID)
	binary.NativeEndian.PutUint32(b[48:], s.GID)
	return maphash.Bytes(seed, b[:])
}

// Lstat looks at a name in an open directory.
func Lstat(dir int, name string) (Stat, error) {
	var raw syscall.Stat_t
	var s Stat
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return s, err
	}
	err = retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall6(sysFstatat, uintptr(dir), uintptr(unsafe.Pointer(p)),
			uintptr(unsafe.Pointer(&raw)), atSymlinkNofollow, 0, 0)
		return errno
	})
	if err == nil {
		s.from(&raw)
	}
	return s, err
}

// Fstat looks at what is open.
func Fstat(fd int) (Stat, error) {
	var raw syscall.Stat_t
	var s Stat
	err := retry(func() syscall.Errno {
		if err := syscall.Fstat(fd, &raw); err != nil {
			return err.(syscall.Errno)
		}
		return 0
	})
	if err == nil {
		s.from(&raw)
	}
	return s, err
}
