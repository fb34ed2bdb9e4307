package dev.devshell.sync.wire;

import java.nio.ByteBuffer;

/**
 * Turns messages into the bytes of one direction, the preamble first. Not for use by several threads at once.
 *
 * <p>Messages are gathered until they are taken, so that many small ones can leave in one write.
 */
public final class FrameWriter<M> {
    private final Codec<M> codec;
    private final Encoder encoder = new Encoder();
    private boolean taken;

    private FrameWriter(Codec<M> codec) {
        this.codec = codec;
        Preamble.write(encoder);
    }

    /** Returns a writer of what devshell sends. */
    public static FrameWriter<HostMessage> toAgent() {
        return new FrameWriter<>(new HostMessageCodec());
    }

    /** Returns a writer of what an agent sends. */
    public static FrameWriter<AgentMessage> toHost() {
        return new FrameWriter<>(new AgentMessageCodec());
    }

    /**
     * Appends a message to what is gathered.
     *
     * @throws IllegalArgumentException if it does not fit into a frame or holds a text that is not Unicode; nothing is
     *     appended then
     */
    public void add(M message) {
        startAnew();
        int start = encoder.buffer().position();
        boolean whole = false;
        try {
            encoder.i32(0);
            codec.encode(encoder, message);
            int length = encoder.buffer().position() - start - 4;
            Limits.atMost("a frame", length, Limits.FRAME);
            encoder.buffer().putInt(start, length);
            whole = true;
        } finally {
            if (!whole) {
                encoder.buffer().position(start);
            }
        }
    }

    /** Returns how many bytes are gathered. */
    public int size() {
        return taken ? 0 : encoder.buffer().position();
    }

    /** Returns what is gathered, to be read before the next message is added: that one reuses the buffer. */
    public ByteBuffer take() {
        startAnew();
        taken = true;
        return encoder.buffer().flip();
    }

    private void startAnew() {
        if (taken) {
            encoder.buffer().clear();
            taken = false;
        }
    }
}
