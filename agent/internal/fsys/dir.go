package fsys

import (
	"bytes"
	"encoding/binary"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"
)

var (
	rootOnce   sync.Once
	rootFD     int
	noOpenat2  atomic.Bool // an old kernel, or an engine whose seccomp filter does not know the call
	errRootDir error
)

func rootDir() (int, error) {
	rootOnce.Do(func() {
		rootFD, errRootDir = syscall.Open("/", oPath|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
	})
	return rootFD, errRootDir
}

// OpenDir opens a directory by its absolute, clean path, for use with the calls of this package. It fails with ELOOP if any
// component is a link.
func OpenDir(p string) (int, error) { return openDir(p, oPath) }

// OpenDirToRead is OpenDir for a directory that is to be listed.
func OpenDirToRead(p string) (int, error) { return openDir(p, syscall.O_RDONLY) }

func openDir(p string, access int) (int, error) {
	root, err := rootDir()
	if err != nil {
		return -1, err
	}
	rest := strings.TrimPrefix(p, "/")
	if rest == "" {
		rest = "."
	}
	// no O_NOFOLLOW: it would make a link at the end ENOTDIR rather than ELOOP
	flags := access | syscall.O_DIRECTORY | syscall.O_CLOEXEC
	if !noOpenat2.Load() {
		fd, err := openat2(root, rest, flags)
		if err != syscall.ENOSYS && err != syscall.EPERM {
			return fd, err
		}
		noOpenat2.Store(true)
	}
	return walk(root, rest, access)
}

func openat2(dir int, name string, flags int) (int, error) {
	const resolveBeneath, resolveNoSymlinks, resolveNoMagicLinks = 0x08, 0x04, 0x02
	how := [3]uint64{uint64(flags), 0, resolveBeneath | resolveNoSymlinks | resolveNoMagicLinks}
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return -1, err
	}
	var fd uintptr
	err = retry(func() syscall.Errno {
		var errno syscall.Errno
		fd, _, errno = syscall.Syscall6(sysOpenat2, uintptr(dir), uintptr(unsafe.Pointer(p)),
			uintptr(unsafe.Pointer(&how)), unsafe.Sizeof(how), 0, 0)
		if errno == syscall.EAGAIN { // a rename anywhere raced with the walk
			errno = syscall.EINTR
		}
		return errno
	})
	if err != nil {
		return -1, err
	}
	return int(fd), nil
}

// walk is openat2 for where there is none: component by component.
func walk(root int, name string, access int) (int, error) {
	dir := root
	for more := true; more; {
		var component string
		component, name, more = strings.Cut(name, "/")
		flags := oPath | syscall.O_DIRECTORY
		if !more {
			flags = access | syscall.O_DIRECTORY
		}
		next, err := Openat(dir, component, flags, 0)
		if err == syscall.ENOTDIR {
			// O_DIRECTORY hides that it is a link
			if s, statErr := Lstat(dir, component); statErr == nil && s.IsLink() {
				err = syscall.ELOOP
			}
		}
		if dir != root {
			Close(dir)
		}
		if err != nil {
			return -1, err
		}
		dir = next
	}
	return dir, nil
}

// OpenChild opens a directory in an open one, to be listed.
func OpenChild(dir int, name string) (int, error) {
	return Openat(dir, name, syscall.O_RDONLY|syscall.O_DIRECTORY, 0)
}

// Close closes; there is nothing to do about an error.
func Close(fd int) { _ = syscall.Close(fd) }

// Name is one name in a directory. Dir is only a guess where the file system does not tell.
type Name struct {
	Name string
	Dir  bool
}

// List reads all names of an open directory.
func List(dir int) ([]Name, error) {
	if _, err := syscall.Seek(dir, 0, 0); err != nil {
		return nil, err
	}
	var names []Name
	buf := make([]byte, 32<<10)
	for {
		n, err := syscall.ReadDirent(dir, buf)
		if err == syscall.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return names, err
		}
		for rest := buf[:n]; len(rest) > 0; {
			// struct linux_dirent64: ino u64, off i64, length u16, type u8, name
			length := int(binary.NativeEndian.Uint16(rest[16:]))
			name := rest[19:length]
			if end := bytes.IndexByte(name, 0); end >= 0 {
				name = name[:end]
			}
			if s := string(name); s != "." && s != ".." {
				names = append(names, Name{s, rest[18] == syscall.DT_DIR})
			}
			rest = rest[length:]
		}
	}
}

// Resolve follows the links in a path, as far as it exists, and returns a path without any.
func Resolve(p string) (string, error) {
	done := "/"
	rest := strings.TrimPrefix(p, "/")
	for links := 0; rest != ""; {
		var component string
		component, rest, _ = strings.Cut(rest, "/")
		switch component {
		case "", ".":
			continue
		case "..":
			done = path.Dir(done)
			continue
		}
		next := path.Join(done, component)
		target, err := readlink(next)
		if err != nil {
			done = next // not a link, or not there
			continue
		}
		if links++; links > 40 {
			return "", syscall.ELOOP
		}
		if strings.HasPrefix(target, "/") {
			done = "/"
		}
		rest = target + "/" + rest
	}
	return done, nil
}

func readlink(p string) (string, error) {
	dir, err := OpenDir(path.Dir(p))
	if err != nil {
		return "", err
	}
	defer Close(dir)
	return Readlinkat(dir, path.Base(p))
}

// Self returns a path by which the kernel finds what is open, for calls that take only paths.
func Self(fd int) string { return "/proc/self/fd/" + strconv.Itoa(fd) }
