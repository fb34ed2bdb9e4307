package dev.devshell.repl.screen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Prints lines above the prompt, from one thread, in batches.
 *
 * <p>What comes quicker than it can be shown without disturbing who types is dropped, the oldest first, and counted. While it is held back, as when
 * a child has the terminal, lines wait here in the same bounds.
 */
public final class Above implements AutoCloseable {
    static final int MOST_WAITING = 1000;
    static final int BATCH = 100;
    private static final long BETWEEN_BATCHES_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final UnaryOperator<String> safe;
    private final Consumer<String> printer;
    private final Thread thread;
    private final Deque<String> waiting = new ArrayDeque<>();
    private long skipped;
    private boolean held;
    private boolean printing;
    private boolean closed;

    /**
     * @param safe makes a line fit to be shown; only asked for those that are
     * @param printer takes some lines at once, separated by line feeds; called from one thread
     */
    public Above(UnaryOperator<String> safe, Consumer<String> printer) {
        this.safe = safe;
        this.printer = printer;
        this.thread = new Thread(this::run, "devshell-above");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Queues a line; never waits. */
    public synchronized void print(String line) {
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
            skipped++;
        }
        waiting.addLast(line);
        notifyAll();
    }

    /** Keeps lines back until {@link #release}; when this returns, none is being printed. */
    public synchronized void hold() {
        held = true;
        boolean interrupted = false;
        while (printing) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public synchronized void release() {
        held = false;
        notifyAll();
    }

    private void run() {
        long next = System.nanoTime();
        while (true) {
            List<String> batch = take(next);
            if (batch.isEmpty()) {
                return;
            }
            try {
                printer.accept(batch.stream().map(safe).collect(Collectors.joining("\n")));
            } finally {
                printed();
            }
            next = System.nanoTime() + BETWEEN_BATCHES_NANOS;
        }
    }

    private synchronized void printed() {
        printing = false;
        notifyAll();
    }

    /** Waits for lines, and until the time has come; returns none when it is closed. */
    private synchronized List<String> take(long notBefore) {
        try {
            while (!closed && (held || waiting.isEmpty() || System.nanoTime() < notBefore)) {
                long left = notBefore - System.nanoTime();
                if (held || waiting.isEmpty() || left <= 0) {
                    wait();
                } else {
                    TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
                }
            }
        } catch (InterruptedException e) {
            // Only close() ends this thread; whoever interrupts it asks for the same.
            Thread.currentThread().interrupt();
            return List.of();
        }
        if (closed) {
            return List.of();
        }
        List<String> batch = new ArrayList<>();
        if (skipped > 0) {
            batch.add(skipped == 1 ? "(1 line skipped)" : "(" + skipped + " lines skipped)");
            skipped = 0;
        }
        for (int n = Math.min(BATCH, waiting.size()); n > 0; n--) {
            batch.add(waiting.removeFirst());
        }
        printing = true;
        return batch;
    }

    /** Drops what waits, and ends. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
