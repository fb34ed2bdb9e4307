package dev.devshell.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An exec over a connection of its own: an HTTP upgrade, then the bare connection.
 *
 * <p>It is closed at the end of the output, since the engine never does, and a writer would block for ever.
 */
final class UpgradedExec implements ExecStream {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Link link;
    private final Demultiplexer output;
    private final Supplier<OptionalInt> exitCode;

    private UpgradedExec(Link link, Demultiplexer output, Supplier<OptionalInt> exitCode) {
        this.link = link;
        this.output = output;
        this.exitCode = exitCode;
    }

    /** Starts an exec that was created; {@code exitCode} asks the engine about it. */
    static UpgradedExec start(Dial dial, String path, Consumer<String> stderr, Supplier<OptionalInt> exitCode)
            throws IOException {
        Link link = dial.open();
        try {
            link.write(ByteBuffer.wrap(request(path)));
            ByteBuffer rest = upgraded(link);
            return new UpgradedExec(link, new Demultiplexer(link, rest, stderr), exitCode);
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static byte[] request(String path) {
        String body = "{\"Detach\":false,\"Tty\":false}";
        return ("POST " + path + " HTTP/1.1\r\n"
                        + "Host: docker\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Upgrade: tcp\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the response's header and returns what came behind it, ready to be got. */
    private static ByteBuffer upgraded(Link link) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        int end;
        do {
            if (!in.hasRemaining() || link.read(in) < 0) {
                throw new EOFException("the engine closed the exec instead of upgrading it");
            }
            end = endOfHeaders(in);
        } while (end < 0);
        in.flip();
        byte[] header = new byte[end];
        in.get(header);
        String status = new String(header, StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElse("");
        // Engines before 23 answer 200 and hijack the connection all the same.
        if (!status.matches("HTTP/1\\.1 (101|200) .*")) {
            String message = StandardCharsets.UTF_8.decode(in).toString().strip();
            throw new IOException("the engine did not start the exec: " + status + " " + message);
        }
        return in;
    }

    private static int endOfHeaders(ByteBuffer in) {
        for (int i = 0; i + END_OF_HEADERS.length <= in.position(); i++) {
            if (in.get(i) == '\r' && in.get(i + 1) == '\n' && in.get(i + 2) == '\r' && in.get(i + 3) == '\n') {
                return i + END_OF_HEADERS.length;
            }
        }
        return -1;
    }

    @Override
    public void write(ByteBuffer... buffers) throws IOException {
        link.write(buffers);
    }

    @Override
    public void endInput() throws IOException {
        link.endOutput();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        try {
            int count = output.read(into);
            if (count < 0) {
                close();
            }
            return count;
        } catch (ClosedChannelException e) {
            return -1;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public OptionalInt exitCode() {
        return exitCode.get();
    }

    @Override
    public void close() {
        try {
            link.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing an exec's connection", e);
        }
    }
}
