package dev.devshell.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A line to this machine's engine on which everything takes a while: a port that passes on, later, what it is given. */
final class Line implements Closeable {
    private static final String SOCKET = "unix://";
    private static final int CHUNK = 64 * 1024;
    private static final int UNDER_WAY = 4_096;

    private final Duration oneWay;
    private final SocketAddress engine;
    private final ServerSocketChannel server;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

    private Line(Duration oneWay, SocketAddress engine) throws IOException {
        this.oneWay = oneWay;
        this.engine = engine;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    static Line open(Duration oneWay) throws IOException {
        String host = System.getenv().getOrDefault("DOCKER_HOST", SOCKET + "/var/run/docker.sock");
        if (!host.startsWith(SOCKET)) {
            throw new IOException("an engine on this machine is needed, behind unix://, but was: " + host);
        }
        return new Line(oneWay, UnixDomainSocketAddress.of(host.substring(SOCKET.length())));
    }

    /** What leads a program to the engine by this line. */
    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + server.socket().getLocalPort(), "DOCKER_TLS_VERIFY", "");
    }

    /** A part of a stream, or, without any bytes, its end. */
    private record Parcel(ByteBuffer data, long due) {}

    /** Something to do until a connection is over. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel near = server.accept();
            SocketChannel far = SocketChannel.open(engine);
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections.addAll(List.of(near, far));
            join(near, far);
            join(far, near);
        }
    }

    private void join(SocketChannel from, SocketChannel to) {
        BlockingQueue<Parcel> under = new LinkedBlockingQueue<>(UNDER_WAY);
        start(() -> take(from, under));
        start(() -> give(under, to));
    }

    private void take(SocketChannel from, BlockingQueue<Parcel> under) throws IOException, InterruptedException {
        ByteBuffer data = ByteBuffer.allocate(CHUNK);
        while (from.read(data) >= 0) {
            under.put(new Parcel(data.flip(), System.nanoTime() + oneWay.toNanos()));
            data = ByteBuffer.allocate(CHUNK);
        }
        under.put(new Parcel(ByteBuffer.allocate(0), System.nanoTime() + oneWay.toNanos()));
    }

    private static void give(BlockingQueue<Parcel> under, SocketChannel to) throws IOException, InterruptedException {
        while (true) {
            Parcel parcel = under.take();
            for (long left = left(parcel); left > 0; left = left(parcel)) {
                LockSupport.parkNanos(left);
            }
            if (!parcel.data.hasRemaining()) {
                to.shutdownOutput();
                return;
            }
            while (parcel.data.hasRemaining()) {
                to.write(parcel.data);
            }
        }
    }

    private static long left(Parcel parcel) {
        return parcel.due - System.nanoTime();
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (ClosedChannelException e) {
                        // Closed: that is how it ends.
                    } catch (IOException e) {
                        System.err.println("line: " + e.getMessage());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
