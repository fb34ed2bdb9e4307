package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.engine.Engine;
import dev.devshell.logs.LogFollowing;
import dev.devshell.logs.LogLevel;
import dev.devshell.logs.LogQuery;
import dev.devshell.logs.ProjectLogs;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows above the prompt what containers write while the shell is open: all of it, errors only, or nothing.
 *
 * <p>Has a thread and a connection of its own, so that no one who types waits for the engine; without the wish for logs, neither is busy.
 */
final class ShellLogs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShellLogs.class);
    private static final long BEFORE_ANEW_SECONDS = 1;

    private final String project;
    private final LogPrefix prefix;
    private final Supplier<Engine> connect;
    private final Consumer<String> above;
    private final LogFilter all = new LogFilter(Optional.empty(), Optional.empty());
    private final LogFilter errors = new LogFilter(Optional.empty(), Optional.of(LogLevel.ERROR));
    private final Thread thread;
    private Wish wish;
    private boolean inFront;
    private boolean closed;

    private ShellLogs(String project, LogPrefix prefix, Wish wish, Supplier<Engine> connect, Consumer<String> above) {
        this.project = project;
        this.prefix = prefix;
        this.wish = wish;
        this.connect = connect;
        this.above = above;
        this.thread = new Thread(this::run, "devshell-shell-logs");
        this.thread.setDaemon(true);
    }

    /** What is wished for. */
    enum Wish {
        ON,
        OFF,
        ERRORS
    }

    /**
     * @param connect opens a connection of its own; from another thread
     * @param above takes a line and never waits
     */
    static ShellLogs start(
            String project, LogPrefix prefix, Wish wish, Supplier<Engine> connect, Consumer<String> above) {
        ShellLogs logs = new ShellLogs(project, prefix, wish, connect, above);
        logs.thread.start();
        return logs;
    }

    /** From now on this is wished for. */
    synchronized void wish(Wish next) {
        wish = next;
        notifyAll();
    }

    /** While {@code shown} runs, logs are shown elsewhere, and not here once more. */
    void whileInFront(Runnable shown) {
        inFront(true);
        try {
            shown.run();
        } finally {
            inFront(false);
        }
    }

    private synchronized void inFront(boolean next) {
        inFront = next;
    }

    private void run() {
        try {
            while (awaitWish(true)) {
                try {
                    follow();
                } catch (DevshellException e) {
                    LOG.debug("logs cannot be followed: {} {}", e.what(), e.why());
                    TimeUnit.SECONDS.sleep(BEFORE_ANEW_SECONDS);
                }
            }
        } catch (InterruptedException e) {
            // close() asks for it.
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("try") // it follows by itself
    private void follow() throws InterruptedException {
        LogQuery fromNow = LogQuery.ALL.since(Instant.now());
        try (Engine engine = connect.get();
                LogFollowing ignored = new ProjectLogs(engine, project, fromNow).follow(this::show, true)) {
            awaitWish(false);
        }
    }

    /** Waits until logs are wished for, or not; returns false when this is closed. */
    private synchronized boolean awaitWish(boolean any) throws InterruptedException {
        while (!closed && (wish != Wish.OFF) != any) {
            wait();
        }
        return !closed;
    }

    private void show(List<LogEntry> lines) {
        for (LogLine line : wished().of(lines)) {
            above.accept(prefix.of(line.entry()) + line.entry().text());
        }
    }

    private synchronized LogFilter wished() {
        return inFront || closed || wish == Wish.OFF ? LogFilter.NOTHING : wish == Wish.ERRORS ? errors : all;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
