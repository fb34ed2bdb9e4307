package dev.devshell.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** A connection of two streams of bytes: TLS, or a child process. */
abstract class StreamLink implements Link {
    private static final int CHUNK = 64 * 1024;

    private final InputStream input;
    private final OutputStream output;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out = new byte[CHUNK];
    private volatile boolean open = true;

    StreamLink(InputStream input, OutputStream output) {
        this.input = input;
        this.output = output;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return (int) read(new ByteBuffer[] {into}, 0, 1);
    }

    @Override
    public long read(ByteBuffer[] into) throws IOException {
        return read(into, 0, into.length);
    }

    /** One read of the stream, shared out: what has come is not held back for what has not. */
    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long room = 0;
        for (int i = offset; i < offset + length; i++) {
            room += into[i].remaining();
        }
        if (room == 0) {
            return 0;
        }
        int count = receive((int) Math.min(room, in.length));
        int taken = 0;
        for (int i = offset; taken < count; i++) {
            int share = Math.min(into[i].remaining(), count - taken);
            into[i].put(in, taken, share);
            taken += share;
        }
        return count;
    }

    private int receive(int most) throws IOException {
        try {
            int count = input.read(in, 0, most);
            if (count < 0 && open) {
                ended();
            }
            return count;
        } catch (IOException e) {
            if (open) {
                throw e;
            }
            throw (IOException) new ClosedChannelException().initCause(e);
        }
    }

    /** Says why the engine's end came, where that was no good end. */
    void ended() throws IOException {}

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        int filled = 0;
        for (ByteBuffer buffer : buffers) {
            while (buffer.hasRemaining()) {
                int count = Math.min(buffer.remaining(), out.length - filled);
                buffer.get(out, filled, count);
                filled += count;
                if (filled == out.length) {
                    output.write(out, 0, filled);
                    filled = 0;
                }
            }
        }
        output.write(out, 0, filled);
        output.flush();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        release();
    }

    /** Ends both directions, without waiting for anybody who reads or writes. */
    abstract void release() throws IOException;
}
