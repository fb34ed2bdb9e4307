package dev.devshell.fault;

import dev.devshell.fault.Faults.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file whose writes pass the faults; one that fails there has written half of it. */
final class FaultyChannel extends FileChannel {
    private final FileChannel file;
    private final String name;
    private final Faults faults;

    FaultyChannel(FileChannel file, String name, Faults faults) {
        this.file = file;
        this.name = name;
        this.faults = faults;
    }

    private static ByteBuffer half(ByteBuffer bytes) {
        return bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        faults.pass(Step.WRITE, name, () -> file.write(half(bytes)));
        return file.write(bytes);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        faults.pass(Step.WRITE, name, () -> file.write(half(bytes), position));
        return file.write(bytes, position);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        faults.pass(Step.WRITE, name);
        return file.write(bytes, offset, length);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        faults.pass(Step.WRITE, name);
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        faults.pass(Step.SYNC, name);
        file.force(metaData);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) throws IOException {
        faults.pass(Step.WRITE, name);
        return file.transferFrom(from, position, count);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return file.read(into);
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        return file.read(into, offset, length);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return file.transferTo(position, count, to);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        file.close();
    }
}
