package dev.devshell.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of what an engine answers for a container's log: frames as for an exec, or plain bytes where the container has a terminal. Each
 * message begins with its time; a line of more than 16 KiB comes in several messages, of which the last one ends with a line feed.
 */
final class LogFrames {
    /** Of a longer line the rest is left out, so that a container cannot fill the memory. */
    static final int LONGEST = 64 << 10;

    private static final int HEADER = 8;
    private static final int STREAMS = 3;
    private static final int LONGEST_TIME = 40;

    private final InputStream in;
    private final boolean framed;
    private final Begun[] begun = new Begun[STREAMS];
    private final Queue<LoggedLine> ready = new ArrayDeque<>();
    private Instant last = Instant.EPOCH;
    private boolean ended;

    /**
     * @param framed whether the container has no terminal
     */
    LogFrames(InputStream in, boolean framed) {
        this.in = in;
        this.framed = framed;
        for (int i = 0; i < STREAMS; i++) {
            begun[i] = new Begun();
        }
    }

    Optional<LoggedLine> next() throws IOException {
        while (ready.isEmpty() && !ended) {
            ended = !(framed ? frame() : plain());
            if (ended) {
                for (Begun one : begun) {
                    one.end();
                }
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    private boolean frame() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            if (header.length > 0) {
                throw new IOException("the log ended inside a header");
            }
            return false;
        }
        int stream = header[0];
        if (stream < 0 || stream >= STREAMS || header[1] != 0 || header[2] != 0 || header[3] != 0) {
            throw new IOException("not a frame of a log");
        }
        long length = ByteBuffer.wrap(header).getInt(4) & 0xffff_ffffL;
        int taken = (int) Math.min(length, LONGEST * 2L);
        byte[] message = in.readNBytes(taken);
        in.skipNBytes(length - taken);
        begun[stream].message(message, message.length, length > taken);
        return true;
    }

    private boolean plain() throws IOException {
        byte[] buffer = new byte[8192];
        int count = in.read(buffer);
        if (count < 0) {
            return false;
        }
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                begun[0].add(buffer, start, i - start);
                begun[0].end();
                start = i + 1;
            }
        }
        begun[0].add(buffer, start, count - start);
        return true;
    }

    /** A line of one stream that has not ended yet. */
    private final class Begun {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private @Nullable Instant time;

        void message(byte[] message, int length, boolean cut) {
            int start = timeIn(message, length);
            boolean whole = cut || (length > 0 && message[length - 1] == '\n');
            add(message, start, length - start - (whole && !cut ? 1 : 0));
            if (whole) {
                end();
            }
        }

        /** Reads the time that a message begins with; returns where its text begins. */
        private int timeIn(byte[] message, int length) {
            for (int i = 0; i < Math.min(length, LONGEST_TIME); i++) {
                if (message[i] == ' ' || message[i] == '\n') {
                    Instant read = read(new String(message, 0, i, StandardCharsets.US_ASCII));
                    if (read == null) {
                        return 0;
                    }
                    time = time == null ? read : time;
                    return message[i] == ' ' ? i + 1 : i;
                }
            }
            return 0;
        }

        void add(byte[] from, int start, int count) {
            bytes.write(from, start, Math.max(0, Math.min(count, LONGEST - bytes.size())));
        }

        void end() {
            if (bytes.size() == 0 && time == null && (framed || ended)) {
                return;
            }
            byte[] line = bytes.toByteArray();
            int start = framed ? 0 : timeIn(line, line.length);
            int end = line.length > start && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
            last = time == null ? last : time;
            ready.add(new LoggedLine(last, new String(line, start, end - start, StandardCharsets.UTF_8)));
            bytes.reset();
            time = null;
        }

        private static @Nullable Instant read(String text) {
            try {
                return text.isEmpty() || !Character.isDigit(text.charAt(0)) ? null : Instant.parse(text);
            } catch (DateTimeParseException e) {
                // It is the text of the line.
                return null;
            }
        }
    }
}
