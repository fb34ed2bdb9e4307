package dev.devshell.session;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the session's socket.
 *
 * <p>Whoever opens it holds the session's lock: a socket that is there already is one that a dead process left.
 */
final class ControlServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_CONNECTIONS = 64;

    private final Path socket;
    private final ServerSocketChannel server;
    private final CommandHandler handler;
    private final Set<ControlConnection> connections = ConcurrentHashMap.newKeySet();

    private ControlServer(Path socket, ServerSocketChannel server, CommandHandler handler) {
        this.socket = socket;
        this.server = server;
        this.handler = handler;
    }

    static ControlServer open(Path socket, CommandHandler handler) {
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            ControlServer opened = new ControlServer(socket, server, handler);
            start("devshell-control", opened::accept);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("listening on " + socket, e);
        }
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                serve(server.accept());
            }
        } catch (AsynchronousCloseException e) {
            LOG.debug("the control socket is closed");
        } catch (IOException e) {
            LOG.error("no devshell can reach this session any more: {}", e.toString());
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS) {
            LOG.warn("refused a connection: {} are open", MOST_CONNECTIONS);
            channel.close();
            return;
        }
        ControlConnection connection = new ControlConnection(new JsonLines(channel), handler);
        connections.add(connection);
        start("devshell-control-client", () -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops listening; answers what was asked, then drops every client. The socket goes first: nobody must find it dead. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
            server.close();
            for (ControlConnection connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing " + socket, e);
        }
    }
}
