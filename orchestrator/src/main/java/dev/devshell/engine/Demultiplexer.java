package dev.devshell.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;
import java.util.function.Consumer;

/**
 * Takes an exec's stream apart: frames of an 8-byte header (which stream, three zeros, length as u32 big-endian) and data, as
 * the engine's API documents for attach.
 *
 * <p>For one reader thread. Standard output goes straight from the channel into the reader's buffer when nothing of it is
 * buffered here already.
 */
final class Demultiplexer {
    private static final int HEADER = 8;
    private static final int STDERR = 2;

    private final ScatteringByteChannel channel;
    private final ByteBuffer buffered;
    private final LineSplitter stderr;
    private final ByteBuffer[] scatter = new ByteBuffer[2];
    private int stream;
    private long left;

    /** {@code buffered} holds what was read beyond the response's header, ready to be got. */
    Demultiplexer(ScatteringByteChannel channel, ByteBuffer buffered, Consumer<String> stderr) {
        this.channel = channel;
        this.buffered = buffered;
        this.stderr = new LineSplitter(stderr);
        this.scatter[1] = buffered;
    }

    /** Reads some standard output; -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) {
            return 0;
        }
        while (true) {
            if (left == 0 && !header()) {
                stderr.end();
                return -1;
            }
            if (stream != STDERR && left > 0) {
                return buffered.hasRemaining() ? copy(into) : direct(into);
            }
            if (left > 0 && !skim()) {
                throw new IOException("the exec's stream ended inside a frame");
            }
        }
    }

    private boolean header() throws IOException {
        while (buffered.remaining() < HEADER) {
            buffered.compact();
            int count = channel.read(buffered);
            buffered.flip();
            if (count < 0) {
                if (buffered.hasRemaining()) {
                    throw new IOException("the exec's stream ended inside a header");
                }
                return false;
            }
        }
        int first = buffered.getInt();
        left = buffered.getInt() & 0xffff_ffffL;
        stream = first >>> 24;
        if ((first & 0xff_ffff) != 0 || stream > STDERR) {
            throw new IOException("not a frame of an exec's stream: " + Integer.toHexString(first));
        }
        return true;
    }

    private int copy(ByteBuffer into) {
        int count = (int) Math.min(left, Math.min(buffered.remaining(), into.remaining()));
        into.put(into.position(), buffered, buffered.position(), count);
        into.position(into.position() + count);
        buffered.position(buffered.position() + count);
        left -= count;
        return count;
    }

    /** One system call for the rest of this frame and the next frame's header. */
    private int direct(ByteBuffer into) throws IOException {
        int limit = into.limit();
        int start = into.position();
        into.limit((int) Math.min(limit, start + left));
        buffered.clear();
        scatter[0] = into;
        try {
            if (channel.read(scatter, 0, into.remaining() < left ? 1 : 2) < 0) {
                throw new IOException("the exec's stream ended inside a frame");
            }
        } finally {
            into.limit(limit);
            buffered.flip();
        }
        int count = into.position() - start;
        left -= count;
        return count;
    }

    private boolean skim() throws IOException {
        if (!buffered.hasRemaining()) {
            buffered.clear();
            int count = channel.read(buffered);
            buffered.flip();
            if (count < 0) {
                return false;
            }
        }
        int count = (int) Math.min(left, buffered.remaining());
        stderr.take(buffered, count);
        left -= count;
        return true;
    }
}
