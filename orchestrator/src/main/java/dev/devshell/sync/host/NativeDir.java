package dev.devshell.sync.host;

import static dev.devshell.sync.host.LibC.check;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A directory of Linux, held open: whoever moves it or puts a link in its place does not lead us astray. */
final class NativeDir implements Dir {
    private static final int OPEN_DIRECTORY = LibC.O_DIRECTORY | LibC.O_CLOEXEC;
    private static final byte[] EMPTY = {0};
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private NativeDir(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /** Opens a root: links on the way to it are followed. */
    static Dir openRoot(Path path) throws IOException {
        return new NativeDir(
                check(LibC.openat(LibC.AT_FDCWD, Scratch.path(path.toString()), OPEN_DIRECTORY, 0), path.toString()));
    }

    @Override
    public @Nullable Stat stat(String name) throws IOException {
        Scratch scratch = Scratch.get();
        int result = LibC.statx(
                fd.get(), Scratch.path(name), LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_STATS, scratch.address);
        if (result < 0 && Native.getLastError() == LibC.ENOENT) {
            return null;
        }
        check(result, name);
        return stat(scratch);
    }

    @Override
    public Stat self() throws IOException {
        return statOf(fd.get());
    }

    static Stat statOf(int fd) throws DiskException {
        Scratch scratch = Scratch.get();
        check(LibC.statx(fd, EMPTY, LibC.AT_EMPTY_PATH, LibC.STATX_BASIC_STATS, scratch.address), "stat");
        return stat(scratch);
    }

    /** Reads a {@code struct statx}, which is the same on every architecture. */
    private static Stat stat(Scratch scratch) {
        var in = scratch.buffer;
        int mode = in.getShort(28) & 0xffff;
        Stat.Kind kind = switch (mode & 0170000) {
            case 0100000 -> Stat.Kind.FILE;
            case 0040000 -> Stat.Kind.DIRECTORY;
            case 0120000 -> Stat.Kind.LINK;
            default -> Stat.Kind.OTHER;
        };
        long ctime = in.getLong(96) * 1_000_000_000L + in.getInt(104);
        long mtime = in.getLong(112) * 1_000_000_000L + in.getInt(120);
        return new Stat(
                kind,
                mode & 07777,
                in.getLong(40),
                mtime,
                ctime,
                in.getLong(32),
                in.getInt(20),
                in.getInt(24),
                in.getInt(16));
    }

    @Override
    public List<String> list(List<String> bad) throws IOException {
        // a descriptor of its own: the position in the listing belongs to the descriptor, and several threads may list
        int own = openAt(".");
        try {
            List<String> names = new ArrayList<>();
            Scratch scratch = Scratch.get();
            long length;
            while ((length = check(LibC.getdents64(own, scratch.address, Scratch.SIZE), "list")) > 0) {
                entries(scratch, (int) length, names, bad);
            }
            return names;
        } finally {
            LibC.close(own);
        }
    }

    private static void entries(Scratch scratch, int length, List<String> names, List<String> bad) {
        int size;
        for (int at = 0; at < length; at += size) {
            size = scratch.buffer.getShort(at + 16) & 0xffff;
            String name = scratch.name(at + 19, at + size);
            if (name == null) {
                bad.add(scratch.shown(at + 19, at + size));
            } else if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
    }

    @Override
    public Dir open(String name) throws IOException {
        return new NativeDir(openAt(name));
    }

    private int openAt(String name) throws IOException {
        int opened = LibC.openat(fd.get(), Scratch.path(name), OPEN_DIRECTORY | LibC.O_NOFOLLOW, 0);
        if (opened < 0) {
            DiskException failure = LibC.failure(Native.getLastError(), name);
            Stat stat = failure.is(DiskException.Kind.NOT_DIRECTORY) ? stat(name) : null;
            // Linux says "not a directory" of a link too
            throw stat != null && stat.kind() == Stat.Kind.LINK
                    ? new DiskException(DiskException.Kind.LINK, name + ": is a symbolic link")
                    : failure;
        }
        return opened;
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
        // not blocking, because a pipe may have taken the name since it was looked at
        int flags = LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        return new NativeChannel(check(LibC.openat(fd.get(), Scratch.path(name), flags, 0), name));
    }

    @Override
    public String readLink(String name) throws IOException {
        Scratch scratch = Scratch.get();
        int length = (int) check(LibC.readlinkat(fd.get(), Scratch.path(name), scratch.address, Scratch.SIZE), name);
        String target = scratch.name(0, length);
        if (target == null || target.isEmpty()) {
            throw new DiskException(DiskException.Kind.NAME, name + ": the link's target is not UTF-8");
        }
        return target;
    }

    @Override
    public NewFile create(String name, int mode) throws IOException {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        return new NativeFile(check(LibC.openat(fd.get(), Scratch.path(name), flags, mode), name));
    }

    @Override
    public NewFile reopen(String name) throws IOException {
        int flags = LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        return new NativeFile(check(LibC.openat(fd.get(), Scratch.path(name), flags, 0), name));
    }

    @Override
    public void mkdir(String name, int mode) throws IOException {
        check(LibC.mkdirat(fd.get(), Scratch.path(name), mode), name);
    }

    @Override
    public void symlink(String name, String target) throws IOException {
        check(LibC.symlinkat(Scratch.path(target), fd.get(), Scratch.path(name)), name);
    }

    @Override
    public void chown(String name, int uid, int gid) throws IOException {
        int result = LibC.fchownat(fd.get(), Scratch.path(name), uid, gid, LibC.AT_SYMLINK_NOFOLLOW);
        NativeFile.permitted(result, name);
    }

    @Override
    public void renameNew(String from, String to) throws IOException {
        rename(from, to, LibC.RENAME_NOREPLACE);
    }

    @Override
    public void renameOver(String from, String to) throws IOException {
        check(LibC.renameat(fd.get(), Scratch.path(from), fd.get(), Scratch.path(to)), to);
    }

    @Override
    public void exchange(String one, String other) throws IOException {
        rename(one, other, LibC.RENAME_EXCHANGE);
    }

    private void rename(String from, String to, int flags) throws IOException {
        check(LibC.renameat2(fd.get(), Scratch.path(from), fd.get(), Scratch.path(to), flags), to);
    }

    @Override
    public void adopt(Path file, String name) throws IOException {
        byte[] from = Scratch.path(file.toString());
        check(LibC.renameat2(LibC.AT_FDCWD, from, fd.get(), Scratch.path(name), LibC.RENAME_NOREPLACE), name);
    }

    @Override
    public void unlink(String name) throws IOException {
        check(LibC.unlinkat(fd.get(), Scratch.path(name), 0), name);
    }

    @Override
    public void rmdir(String name) throws IOException {
        check(LibC.unlinkat(fd.get(), Scratch.path(name), LibC.AT_REMOVEDIR), name);
    }

    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open >= 0) {
            LibC.close(open);
        }
    }
}
