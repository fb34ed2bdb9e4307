package dev.devshell.watch.worker;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The two ways of a connection: each frame is a list of texts, the first of which says what it is.
 *
 * <p>A frame is its length in bytes, then for each text its length and its UTF-8; numbers are four bytes, the highest first. One
 * thread may read while others write.
 */
public final class Frames implements Closeable {
    /** A test may print a lot, but not this much at once. */
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final SocketChannel channel;
    private final DataInputStream in;

    public Frames(SocketChannel channel) {
        this.channel = channel;
        // Not the channel's own streams: its writer would wait for its reader.
        this.in = new DataInputStream(new java.io.BufferedInputStream(Channels.newInputStream(reader(channel))));
    }

    private static ReadableByteChannel reader(SocketChannel channel) {
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) throws IOException {
                return channel.read(into);
            }

            @Override
            public boolean isOpen() {
                return channel.isOpen();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** Returns the next frame, or nothing at the end. */
    public Optional<List<String>> read() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return Optional.empty();
        }
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a frame has at most " + MOST_BYTES + " bytes, but was: " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Optional.of(parse(ByteBuffer.wrap(bytes)));
    }

    private static List<String> parse(ByteBuffer frame) throws IOException {
        List<String> texts = new ArrayList<>();
        while (frame.remaining() >= Integer.BYTES) {
            int length = frame.getInt();
            if (length < 0 || length > frame.remaining()) {
                throw new IOException("a text ends within its frame, but was: " + length + " of " + frame.remaining());
            }
            byte[] text = new byte[length];
            frame.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        if (texts.isEmpty() || frame.hasRemaining()) {
            throw new IOException("a frame is a list of texts, but was: " + frame.limit() + " bytes");
        }
        return texts;
    }

    /** Writes a frame whole. */
    public synchronized void write(List<String> texts) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            for (String text : texts) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes.toByteArray());
        frame.putInt(0, frame.limit() - Integer.BYTES);
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
