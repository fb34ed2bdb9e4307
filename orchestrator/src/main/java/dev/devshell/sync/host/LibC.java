package dev.devshell.sync.host;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.devshell.sync.host.DiskException.Kind;

/**
 * The C library's file calls on 64-bit Linux, mapped directly. Addresses are {@code long}s; paths are UTF-8 that ends with
 * a zero byte, whatever encoding the JVM takes for file names.
 */
final class LibC {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_EMPTY_PATH = 0x1000;
    static final int STATX_BASIC_STATS = 0x7ff;
    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;

    static final int O_WRONLY = 1;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_DIRECTORY = Platform.isARM() ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = Platform.isARM() ? 0x8000 : 0x20000;

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENOSPC = 28;

    private static final boolean AVAILABLE = register();

    private LibC() {}

    /** Whether every call below is there: glibc 2.30 or later, or a libc like it. */
    static boolean available() {
        return AVAILABLE;
    }

    private static boolean register() {
        if (!Platform.isLinux() || !Platform.is64Bit() || !(Platform.isIntel() || Platform.isARM())) {
            return false;
        }
        try {
            Native.register(LibC.class, "c");
            return true;
        } catch (LinkageError e) {
            // an old or a small libc: the portable implementation serves there
            return false;
        }
    }

    /** Returns {@code result}, or throws what {@code errno} means when it is negative. */
    static int check(int result, String what) throws DiskException {
        if (result < 0) {
            throw failure(Native.getLastError(), what);
        }
        return result;
    }

    static long check(long result, String what) throws DiskException {
        if (result < 0) {
            throw failure(Native.getLastError(), what);
        }
        return result;
    }

    static DiskException failure(int errno, String what) {
        return new DiskException(kind(errno), what + ": " + strerror(errno));
    }

    private static Kind kind(int errno) {
        return switch (errno) {
            case ENOENT, 116 -> Kind.ABSENT;
            case 17 -> Kind.EXISTS;
            case 39 -> Kind.NOT_EMPTY;
            case 40 -> Kind.LINK;
            case 20 -> Kind.NOT_DIRECTORY;
            case 1, 13 -> Kind.DENIED;
            case 30 -> Kind.READ_ONLY;
            case ENOSPC, 122 -> Kind.NO_SPACE;
            case 36, 84 -> Kind.NAME;
            case 22, 38, 95 -> Kind.UNSUPPORTED;
            case 18 -> Kind.CROSS_DEVICE;
            default -> Kind.IO;
        };
    }

    static native int openat(int directory, byte[] path, int flags, int mode);

    static native int close(int fd);

    static native int statx(int directory, byte[] path, int flags, int mask, long result);

    static native long getdents64(int fd, long buffer, long length);

    static native long readlinkat(int directory, byte[] path, long buffer, long length);

    static native long pread(int fd, long buffer, long length, long offset);

    static native long read(int fd, long buffer, long length);

    static native long write(int fd, long buffer, long length);

    static native int mkdirat(int directory, byte[] path, int mode);

    static native int symlinkat(byte[] target, int directory, byte[] path);

    static native int unlinkat(int directory, byte[] path, int flags);

    static native int renameat2(int fromDirectory, byte[] from, int toDirectory, byte[] to, int flags);

    static native int renameat(int fromDirectory, byte[] from, int toDirectory, byte[] to);

    static native int fchmod(int fd, int mode);

    static native int fchown(int fd, int uid, int gid);

    static native int fchownat(int directory, byte[] path, int uid, int gid, int flags);

    static native int futimens(int fd, long times);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, byte[] path, int mask);

    static native int inotify_rm_watch(int fd, int watch);

    static native int pipe2(long fds, int flags);

    static native int poll(long fds, long count, int timeout);

    static native String strerror(int errno);
}
