package dev.devshell.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands before the real engine's socket, and can be taken down and brought up as if the engine were restarted. */
final class FlakySocket implements AutoCloseable {
    private static final Path REAL = Path.of("/var/run/docker.sock");

    private final Path path;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private @Nullable ServerSocketChannel server;

    FlakySocket(Path path) throws IOException {
        this.path = path;
        up();
    }

    String host() {
        return "unix://" + path;
    }

    void up() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(path));
        server = listening;
        start(() -> accept(listening));
    }

    void down() throws IOException {
        if (server != null) {
            server.close();
            Files.deleteIfExists(path);
        }
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(REAL));
                connections.addAll(List.of(client, engine));
                start(() -> copy(client, engine));
                start(() -> copy(engine, client));
            }
        } catch (IOException e) {
            // It was taken down.
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (from;
                to) {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        } catch (IOException e) {
            // Either end is gone, and so is the other now.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "flaky-socket");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            down();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
