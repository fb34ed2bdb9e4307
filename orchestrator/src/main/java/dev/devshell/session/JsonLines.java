package dev.devshell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JSON objects over a channel, one a line.
 *
 * <p>One thread reads; any thread may write, a whole line at a time. The channel is used as it is: Java's stream adapters of
 * one socket wait for each other.
 */
final class JsonLines implements Closeable {
    /** Far above any message; whoever sends more is not one of us. */
    static final int LONGEST_LINE = 16 << 20;

    private final ByteChannel channel;
    private final int longest;
    private final ByteBuffer in = ByteBuffer.allocate(16 << 10).flip();
    private final Object writing = new Object();

    JsonLines(ByteChannel channel) {
        this(channel, LONGEST_LINE);
    }

    JsonLines(ByteChannel channel, int longest) {
        this.channel = channel;
        this.longest = longest;
    }

    /**
     * Returns the next object, or nothing at the end of the stream.
     *
     * @throws IOException when the line is too long or no JSON, or the channel breaks
     */
    Optional<JsonNode> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (in.hasRemaining()) {
                byte next = in.get();
                if (next == '\n') {
                    return Optional.of(parse(line));
                }
                if (line.size() == longest) {
                    throw new IOException("a line is longer than " + longest + " bytes");
                }
                line.write(next);
            }
            in.clear();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                return Optional.empty();
            }
        }
    }

    private static JsonNode parse(ByteArrayOutputStream line) throws IOException {
        try {
            return Json.MAPPER.readTree(line.toByteArray());
        } catch (JsonProcessingException e) {
            throw new IOException("a line is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    void write(Object value) throws IOException {
        byte[] text = (Json.MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.wrap(text);
        synchronized (writing) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
