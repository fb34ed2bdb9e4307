package dev.devshell.logs;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.engine.Engine;
import dev.devshell.engine.LogRange;
import dev.devshell.engine.LogReader;
import dev.devshell.engine.LoggedLine;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one container, followed: read to its end by a thread of its own, and again from there when there may be more. The thread is there only
 * while the engine's stream is.
 */
final class FollowedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);
    private static final long BEFORE_ANEW_MILLIS = 500;

    private final Engine engine;
    private final LogSource source;
    private final LogRange first;
    private final LogPosition position;
    private final Taker taker;
    private @Nullable Thread thread;
    private @Nullable LogReader reader;
    private boolean again;
    private boolean closed;

    FollowedLog(Engine engine, LogSource source, LogRange first, LogPosition position, Taker taker) {
        this.engine = engine;
        this.source = source;
        this.first = first;
        this.position = position;
        this.taker = taker;
    }

    /** There may be more to read, now or once the stream has ended that is being read. */
    synchronized void more() {
        again = true;
        if (thread == null && !closed) {
            thread = new Thread(this::run, "devshell-log-" + source.name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private synchronized boolean takeAgain() {
        boolean more = again && !closed;
        again = false;
        if (!more) {
            thread = null;
        }
        return more;
    }

    private void run() {
        try {
            while (takeAgain()) {
                if (!read()) {
                    pause();
                }
            }
        } catch (InterruptedException e) {
            // close() asks for it.
            Thread.currentThread().interrupt();
        }
    }

    /** Reads to the end of the stream; returns false where it broke, and is to be opened anew. */
    private boolean read() throws InterruptedException {
        try (LogReader open = engine.logs(source.containerId(), position.resume(first))) {
            if (!opened(open)) {
                return true;
            }
            for (Optional<LoggedLine> line = open.next(); line.isPresent(); line = open.next()) {
                if (position.isNew(line.get())) {
                    taker.take(source.entry(line.get()));
                }
            }
            return true;
        } catch (IOException e) {
            LOG.debug("the log of {} broke: {}", source.name(), e.toString());
            return false;
        } catch (DevshellException e) {
            // It is gone, or cannot be read; an engine that is gone says when it is back.
            LOG.debug("the log of {} cannot be followed: {} {}", source.name(), e.what(), e.why());
            return true;
        }
    }

    private synchronized boolean opened(LogReader open) {
        reader = open;
        return !closed;
    }

    private void pause() throws InterruptedException {
        synchronized (this) {
            again = true;
        }
        TimeUnit.MILLISECONDS.sleep(BEFORE_ANEW_MILLIS);
    }

    @Override
    public void close() {
        LogReader open;
        synchronized (this) {
            closed = true;
            open = reader;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (open != null) {
            open.close();
        }
    }

    /** Takes a line, perhaps not at once. */
    @FunctionalInterface
    interface Taker {
        void take(LogEntry line) throws InterruptedException;
    }
}
