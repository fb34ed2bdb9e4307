package dev.devshell.sync.host;

import static dev.devshell.sync.host.LibC.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads a file that was opened by descriptor; for one thread at a time. */
final class NativeChannel implements SeekableByteChannel {
    private final int fd;
    private long position;
    private boolean open = true;

    NativeChannel(int fd) throws IOException {
        this.fd = fd;
        try {
            if (NativeDir.statOf(fd).kind() != Stat.Kind.FILE) {
                throw new DiskException(DiskException.Kind.IO, "not a regular file");
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        requireOpen();
        if (!into.hasRemaining()) {
            return 0;
        }
        Scratch scratch = Scratch.get();
        int wanted = Math.min(into.remaining(), Scratch.SIZE);
        int length = (int) check(LibC.pread(fd, scratch.address, wanted, position), "read");
        if (length == 0) {
            return -1;
        }
        into.put(scratch.buffer.slice(0, length));
        position += length;
        return length;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("a position is not negative, but was: " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return NativeDir.statOf(fd).size();
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            LibC.close(fd);
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
