package fsys

import (
	"syscall"
	"unsafe"
)

const (
	sysOpenat2 = 437 // on every architecture

	atSymlinkNofollow = 0x100
	atRemoveDir       = 0x200
	oPath             = 0x200000

	// RenameNoReplace fails where something is there already; RenameExchange swaps the two.
	RenameNoReplace = 1
	RenameExchange  = 2
)

// retry repeats a call that a signal interrupted.
func retry(call func() syscall.Errno) error {
	for {
		switch errno := call(); errno {
		case 0:
			return nil
		case syscall.EINTR:
		default:
			return errno
		}
	}
}

// Openat opens without following a link at the end.
func Openat(dir int, name string, flags int, mode uint32) (int, error) {
	for {
		fd, err := syscall.Openat(dir, name, flags|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, mode)
		if err != syscall.EINTR {
			return fd, err
		}
	}
}

// Renameat2 renames; flags as above.
func Renameat2(fromDir int, from string, toDir int, to string, flags uintptr) error {
	f, err := syscall.BytePtrFromString(from)
	if err != nil {
		return err
	}
	t, err := syscall.BytePtrFromString(to)
	if err != nil {
		return err
	}
	return retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall6(sysRenameat2, uintptr(fromDir), uintptr(unsafe.Pointer(f)),
			uintptr(toDir), uintptr(unsafe.Pointer(t)), flags, 0)
		return errno
	})
}

// Linkat gives a file a second name.
func Linkat(fromDir int, from string, toDir int, to string) error {
	f, err := syscall.BytePtrFromString(from)
	if err != nil {
		return err
	}
	t, err := syscall.BytePtrFromString(to)
	if err != nil {
		return err
	}
	return retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall6(syscall.SYS_LINKAT, uintptr(fromDir), uintptr(unsafe.Pointer(f)),
			uintptr(toDir), uintptr(unsafe.Pointer(t)), 0, 0)
		return errno
	})
}

// Symlinkat makes a symbolic link.
func Symlinkat(target string, dir int, name string) error {
	f, err := syscall.BytePtrFromString(target)
	if err != nil {
		return err
	}
	t, err := syscall.BytePtrFromString(name)
	if err != nil {
		return err
	}
	return retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall(syscall.SYS_SYMLINKAT, uintptr(unsafe.Pointer(f)), uintptr(dir), uintptr(unsafe.Pointer(t)))
		return errno
	})
}

// Readlinkat returns a symbolic link's target.
func Readlinkat(dir int, name string) (string, error) {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return "", err
	}
	var buf [4097]byte
	var n uintptr
	err = retry(func() syscall.Errno {
		var errno syscall.Errno
		n, _, errno = syscall.Syscall6(syscall.SYS_READLINKAT, uintptr(dir), uintptr(unsafe.Pointer(p)),
			uintptr(unsafe.Pointer(&buf)), uintptr(len(buf)), 0, 0)
		return errno
	})
	if err != nil {
		return "", err
	}
	return string(buf[:n]), nil
}

// Unlinkat removes a file or link; Rmdirat a directory.
func Unlinkat(dir int, name string) error { return unlinkat(dir, name, 0) }

// Rmdirat removes an empty directory.
func Rmdirat(dir int, name string) error { return unlinkat(dir, name, atRemoveDir) }

func unlinkat(dir int, name string, flags uintptr) error {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return err
	}
	return retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall(syscall.SYS_UNLINKAT, uintptr(dir), uintptr(unsafe.Pointer(p)), flags)
		return errno
	})
}

// SetMtime sets a file's modification time, in nanoseconds since 1970, and leaves its access time.
func SetMtime(fd int, mtime int64) error {
	const omit = 1<<30 - 2
	times := [2]syscall.Timespec{{Nsec: omit}, syscall.NsecToTimespec(mtime)}
	if times[1].Nsec < 0 {
		times[1].Sec--
		times[1].Nsec += 1e9
	}
	return retry(func() syscall.Errno {
		_, _, errno := syscall.Syscall6(syscall.SYS_UTIMENSAT, uintptr(fd), 0, uintptr(unsafe.Pointer(&times)), 0, 0, 0)
		return errno
	})
}

// Chownat changes the owner of a file or of a link itself.
func Chownat(dir int, name string, uid, gid uint32) error {
	return syscall.Fchownat(dir, name, int(uid), int(gid), atSymlinkNofollow)
}
