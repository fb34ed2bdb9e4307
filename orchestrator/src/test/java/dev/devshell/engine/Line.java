package dev.devshell.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to an engine that takes time, loses something now and then, and can be cut: a proxy on a port of this machine.
 *
 * <p>What is lost on the way is sent again by TCP, so that all a stream sees of it is a pause; that is what a loss is here.
 */
public final class Line implements Closeable {
    private static final int CHUNK = 16 * 1024;
    private static final Duration RETRANSMISSION = Duration.ofMillis(200);

    private final SocketAddress engine;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final ServerSocketChannel server;
    private final Random random = new Random(1);
    private volatile Duration delay = Duration.ZERO;
    private volatile double loss;
    private volatile boolean silent;
    private volatile boolean down;

    private Line(SocketAddress engine) throws IOException {
        this.engine = engine;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    public static Line to(SocketAddress engine) {
        try {
            return new Line(engine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.socket().getLocalPort();
    }

    /** Makes everything take this long from end to end, and {@code loss} of all chunks be lost once. */
    public Line with(Duration oneWay, double loss) {
        this.delay = oneWay;
        this.loss = loss;
        return this;
    }

    /** Nothing passes any more, and nobody is told. */
    public void cut() {
        silent = true;
    }

    /** Every connection ends, and new ones end at once. */
    public void sever() throws IOException {
        down = true;
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    /** All is well again. */
    public void mend() {
        silent = false;
        down = false;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = server.accept();
                if (down) {
                    near.close();
                    continue;
                }
                SocketChannel far = SocketChannel.open(engine);
                for (SocketChannel end : List.of(near, far)) {
                    if (end.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                        end.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    }
                }
                connections.addAll(List.of(near, far));
                join(near, far);
                join(far, near);
            }
        } catch (IOException e) {
            // It is closed, or the engine is.
        }
    }

    private void join(SocketChannel from, SocketChannel to) {
        BlockingQueue<Parcel> under = new LinkedBlockingQueue<>(4096);
        start(() -> take(from, under));
        start(() -> give(under, to));
    }

    private void take(SocketChannel from, BlockingQueue<Parcel> under) {
        try {
            while (true) {
                ByteBuffer data = ByteBuffer.allocate(CHUNK);
                boolean end;
                try {
                    end = from.read(data) < 0;
                } catch (IOException e) {
                    end = true;
                }
                under.put(new Parcel(data.flip(), System.nanoTime() + duration().toNanos(), end));
                if (end) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration duration() {
        return random.nextDouble() < loss ? delay.plus(RETRANSMISSION) : delay;
    }

    private void give(BlockingQueue<Parcel> under, SocketChannel to) {
        try {
            for (Parcel parcel = under.take(); ; parcel = under.take()) {
                while (silent || System.nanoTime() < parcel.due) {
                    LockSupport.parkNanos(silent ? 1_000_000 : parcel.due - System.nanoTime());
                }
                if (parcel.end) {
                    to.shutdownOutput();
                    return;
                }
                while (parcel.data.hasRemaining()) {
                    to.write(parcel.data);
                }
            }
        } catch (IOException e) {
            // The connection is gone, as the other direction sees too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        sever();
    }

    private record Parcel(ByteBuffer data, long due, boolean end) {}
}
