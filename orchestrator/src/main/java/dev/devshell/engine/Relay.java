package dev.devshell.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket of this process that leads to an engine elsewhere: the HTTP transport speaks to it as to an engine of this
 * machine, whatever lies between. Nobody but the user reaches it.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int CHUNK = 64 * 1024;

    private final Dial dial;
    private final PrivateSocket place;
    private final ServerSocketChannel server;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile boolean closed;

    private Relay(Dial dial, PrivateSocket place, ServerSocketChannel server) {
        this.dial = dial;
        this.place = place;
        this.server = server;
    }

    static Relay before(Dial dial) throws IOException {
        PrivateSocket place = PrivateSocket.create();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(place.path()));
        } catch (IOException e) {
            server.close();
            place.remove();
            throw e;
        }
        Relay relay = new Relay(dial, place, server);
        start(relay::accept, "devshell-relay");
        return relay;
    }

    URI address() {
        return URI.create("unix://" + place.path());
    }

    /** Returns why the last connection failed, if it did: the transport only sees that its end was closed. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = server.accept();
                start(() -> serve(new ChannelLink(near)), "devshell-relay-up");
            }
        } catch (ClosedChannelException e) {
            LOG.trace("the relay is closed");
        } catch (IOException e) {
            failure.set(e);
            LOG.warn("the relay to the engine takes no more connections: {}", Refusals.reason(e));
        }
    }

    private void serve(Link near) {
        open.add(near);
        try (near;
                Link far = dial.open()) {
            open.add(far);
            if (closed) {
                return;
            }
            start(() -> down(far, near), "devshell-relay-down");
            copy(near, far, () -> {});
            open.remove(far);
        } catch (ClosedChannelException e) {
            LOG.trace("a connection was closed");
        } catch (IOException e) {
            failed(e);
        } finally {
            open.remove(near);
        }
    }

    private void down(Link far, Link near) {
        try (far;
                near) {
            copy(far, near, () -> failure.set(null));
        } catch (ClosedChannelException e) {
            LOG.trace("a connection was closed");
        } catch (IOException e) {
            failed(e);
        } finally {
            open.remove(far);
        }
    }

    /** An engine that refuses a certificate says so and closes: what else breaks then is its consequence. */
    private void failed(IOException e) {
        failure.updateAndGet(known -> known instanceof SSLException ? known : e);
    }

    private static void copy(Link from, Link to, Runnable onData) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
        while (from.read(buffer.clear()) >= 0) {
            onData.run();
            to.write(buffer.flip());
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        close(server);
        open.forEach(Relay::close);
        place.remove();
    }

    private static void close(java.io.Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing a connection to the engine: {}", Refusals.reason(e));
        }
    }
}
