package dev.devshell.page;

import com.sun.net.httpserver.HttpServer;
import dev.devshell.DevshellException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves the page on the loopback interface, to whoever knows the address that this gives out. The address is a secret, and
 * is never logged.
 */
public final class PageServer implements AutoCloseable {
    /** Every browser that listens holds one. */
    private static final int MOST_THREADS = Audience.MOST + 16;

    private static final int BACKLOG = 16;
    private static final int LAST_WORDS_MILLIS = 300;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Secrets secrets = new Secrets();
    private final Feeds feeds;

    private PageServer(HttpServer server, PageProject project) {
        this.server = server;
        this.threads = threads();
        this.feeds = Feeds.of(project);
        Gate gate = new Gate(secrets, port());
        server.setExecutor(threads);
        server.createContext("/", new Front(secrets, gate, new Requests(project, feeds), feeds));
        server.start();
    }

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @throws DevshellException.Failed {@code PORT-TAKEN} where it cannot be had
     */
    public static PageServer open(PageProject project, int port) {
        // Small answers are small packets: they are not to wait for more.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
            return new PageServer(HttpServer.create(address, BACKLOG), project);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "PORT-TAKEN",
                    "cannot serve the page on port " + port,
                    String.valueOf(e.getMessage()),
                    "name another one with --port, or none",
                    e);
        }
    }

    private static ThreadPoolExecutor threads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "devshell-page-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns the address for a person. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/?token=" + secrets.token());
    }

    /** Returns an address that is good once, for where other programs may see it. */
    public URI addressForOnce() {
        return URI.create("http://127.0.0.1:" + port() + "/?token=" + secrets.newTicket());
    }

    /**
     * Waits until the session has ended, or this is closed.
     *
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    public void awaitEnd() {
        try {
            feeds.activity().awaitEnd();
            // Whoever looks is told before the page is gone.
            TimeUnit.MILLISECONDS.sleep(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    @Override
    public void close() {
        feeds.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
