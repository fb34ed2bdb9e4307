package dev.devshell.engine;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An exec over the engine's Unix socket: an HTTP upgrade, then the bare socket.
 *
 * <p>The channel itself is read and written; its adapters to streams block each other. It is closed at the end of the output, since
 * the engine never does, and a writer would block for ever.
 */
final class UpgradedExec implements ExecStream {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Demultiplexer output;
    private final Supplier<OptionalInt> exitCode;

    private UpgradedExec(SocketChannel channel, Demultiplexer output, Supplier<OptionalInt> exitCode) {
        this.channel = channel;
        this.output = output;
        this.exitCode = exitCode;
    }

    /** Starts an exec that was created; {@code exitCode} asks the engine about it. */
    static UpgradedExec start(Path socket, String path, Consumer<String> stderr, Supplier<OptionalInt> exitCode)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            write(channel, ByteBuffer.wrap(request(path)));
            ByteBuffer rest = upgraded(channel);
            return new UpgradedExec(channel, new Demultiplexer(channel, rest, stderr), exitCode);
        } catch (IOException | RuntimeException e) {
            channel.close();
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
    private static ByteBuffer upgraded(SocketChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        int end;
        do {
            if (!in.hasRemaining() || channel.read(in) < 0) {
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
        write(channel, buffers);
    }

    private static void write(SocketChannel channel, ByteBuffer... buffers) throws IOException {
        int first = 0;
        while (first < buffers.length) {
            if (buffers[first].hasRemaining()) {
                channel.write(buffers, first, buffers.length - first);
            } else {
                first++;
            }
        }
    }

    @Override
    public void endInput() throws IOException {
        channel.shutdownOutput();
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
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("closing an exec's socket", e);
        }
    }
}
