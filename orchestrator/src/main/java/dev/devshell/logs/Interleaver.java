package dev.devshell.logs;

import dev.devshell.LogEntry;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Brings lines that arrive on several streams into the order of time: each waits for a moment, in which an earlier one may still come.
 *
 * <p>Bounded: who brings more than can be taken waits, which in the end is the engine's stream.
 */
final class Interleaver implements Closeable {
    static final int MOST = 2000;
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Consumer<List<LogEntry>> out;
    private final PriorityQueue<Arrived> byTime = new PriorityQueue<>(
            Comparator.comparing(Arrived::line, LogEntry.BY_TIME).thenComparingLong(Arrived::number));
    private final Deque<Arrived> byArrival = new ArrayDeque<>();
    private final Thread thread;
    private long count;
    private boolean closed;

    Interleaver(Consumer<List<LogEntry>> out) {
        this.out = out;
        this.thread = new Thread(this::run, "devshell-logs");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    synchronized void put(LogEntry line) throws InterruptedException {
        while (byTime.size() >= MOST && !closed) {
            wait();
        }
        Arrived arrived = new Arrived(line, System.nanoTime(), count++);
        byTime.add(arrived);
        byArrival.add(arrived);
        if (byTime.size() == 1 || byTime.size() == MOST) {
            notifyAll();
        }
    }

    private void run() {
        try {
            for (List<LogEntry> lines = take(); !lines.isEmpty(); lines = take()) {
                out.accept(lines);
            }
        } catch (InterruptedException e) {
            // close() asks for it.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<LogEntry> take() throws InterruptedException {
        while (!closed) {
            List<LogEntry> due = due();
            if (!due.isEmpty()) {
                notifyAll();
                return due;
            }
            Arrived next = byArrival.peek();
            if (next == null) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(
                        this, Math.max(1_000_000, next.nanos() + WINDOW_NANOS - System.nanoTime()));
            }
        }
        return List.of();
    }

    /** Takes out what has waited long enough, and all that is earlier; where it is full, all. */
    private List<LogEntry> due() {
        long now = System.nanoTime();
        boolean full = byTime.size() >= MOST;
        List<LogEntry> due = new ArrayList<>();
        for (Arrived next = byArrival.peek();
                next != null && (full || next.nanos() + WINDOW_NANOS <= now);
                next = byArrival.peek()) {
            byArrival.poll();
            while (!byTime.isEmpty() && byTime.comparator().compare(byTime.peek(), next) <= 0) {
                due.add(byTime.remove().line());
            }
        }
        return due;
    }

    /** Drops what waits; no line is told after this returns, unless the listener itself closes it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Arrived(LogEntry line, long nanos, long number) {}
}
