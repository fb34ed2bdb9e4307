package dev.devshell.sync.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one direction, as its bytes come in. Not for use by several threads at once.
 *
 * <p>It holds one buffer that is never larger than the largest frame, whatever the other end claims.
 */
public final class FrameReader<M> {
    private static final int SMALL = 65_536;

    private final ByteSource source;
    private final Codec<M> codec;
    // between calls: ready to be read from
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL).flip();
    private boolean greeted;
    private int length;

    private FrameReader(ByteSource source, Codec<M> codec) {
        this.source = source;
        this.codec = codec;
    }

    /** Returns a reader of what an agent sends. */
    public static FrameReader<AgentMessage> fromAgent(ByteSource source) {
        return new FrameReader<>(source, new AgentMessageCodec());
    }

    /** Returns a reader of what devshell sends. */
    public static FrameReader<HostMessage> fromHost(ByteSource source) {
        return new FrameReader<>(source, new HostMessageCodec());
    }

    /**
     * Waits for the next message.
     *
     * @return the message, or null at the end of the stream
     * @throws WireException if the stream is not the protocol, or ends within a frame
     */
    public @Nullable M next() throws IOException, WireException {
        if (!greeted) {
            if (!fill(Preamble.BYTES)) {
                return null;
            }
            Preamble.check(buffer);
            greeted = true;
        }
        if (!fill(4)) {
            return null;
        }
        length = buffer.getInt();
        if (length < 1 || length > Limits.FRAME) {
            throw new WireException(
                    "a frame has 1 to " + Limits.FRAME + " bytes, but was: " + Integer.toUnsignedLong(length));
        }
        if (!fill(length)) {
            throw new WireException.CutOff("the stream ends before a frame of " + length + " bytes");
        }
        return decode();
    }

    /** Returns how many bytes the last message had. */
    public int length() {
        return length;
    }

    private M decode() throws WireException {
        int limit = buffer.limit();
        int end = buffer.position() + length;
        Decoder in = new Decoder(buffer.limit(end));
        try {
            M message = codec.decode(in);
            in.end();
            return message;
        } catch (IllegalArgumentException e) {
            throw new WireException(String.valueOf(e.getMessage()), e);
        } finally {
            buffer.limit(limit).position(end);
        }
    }

    /** Makes at least {@code bytes} readable; false if the stream ends before the first of them. */
    private boolean fill(int bytes) throws IOException, WireException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        makeRoom(bytes);
        while (buffer.position() < bytes) {
            if (source.read(buffer) < 0) {
                boolean clean = buffer.position() == 0;
                buffer.flip();
                if (clean) {
                    return false;
                }
                throw new WireException.CutOff("the stream ends within a frame");
            }
        }
        buffer.flip();
        return true;
    }

    private void makeRoom(int bytes) {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes).put(buffer);
        } else if (buffer.capacity() > SMALL && bytes <= SMALL && buffer.remaining() <= SMALL) {
            buffer = ByteBuffer.allocate(SMALL).put(buffer);
        } else {
            buffer.compact();
        }
    }
}
