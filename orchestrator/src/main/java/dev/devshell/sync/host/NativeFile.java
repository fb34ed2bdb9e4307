package dev.devshell.sync.host;

import static dev.devshell.sync.host.LibC.check;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of Linux that is being made. */
final class NativeFile implements Dir.NewFile {
    private static final long UTIME_OMIT = (1L << 30) - 2;
    private static final long NANOS = 1_000_000_000L;

    private final int fd;

    NativeFile(int fd) {
        this.fd = fd;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        Scratch scratch = Scratch.get();
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), Scratch.SIZE);
            scratch.buffer.put(0, bytes, bytes.position(), length);
            bytes.position(bytes.position() + (int) check(LibC.write(fd, scratch.address, length), "write"));
        }
    }

    @Override
    public void chmod(int mode) throws IOException {
        check(LibC.fchmod(fd, mode), "chmod");
    }

    @Override
    public void chown(int uid, int gid) throws IOException {
        permitted(LibC.fchown(fd, uid, gid), "chown");
    }

    /** Checks a change of owner, which most users may not make: then the owner stays who it is. */
    static void permitted(int result, String what) throws DiskException {
        if (result < 0) {
            DiskException failure = LibC.failure(Native.getLastError(), what);
            if (!failure.is(DiskException.Kind.DENIED) && !failure.is(DiskException.Kind.UNSUPPORTED)) {
                throw failure;
            }
        }
    }

    @Override
    public void mtime(long nanos) throws IOException {
        Scratch scratch = Scratch.get();
        scratch.buffer
                .putLong(0, 0)
                .putLong(8, UTIME_OMIT)
                .putLong(16, Math.floorDiv(nanos, NANOS))
                .putLong(24, Math.floorMod(nanos, NANOS));
        check(LibC.futimens(fd, scratch.address), "set the modification time");
    }

    @Override
    public void close() throws IOException {
        // the error of a delayed write comes here at the latest
        check(LibC.close(fd), "close");
    }
}
