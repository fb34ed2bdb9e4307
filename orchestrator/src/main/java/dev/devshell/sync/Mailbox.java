package dev.devshell.sync;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one queue through which everything reaches a session's state, and the thread that works it off.
 *
 * <p>After what is waiting has run, {@code rest} runs once: work that is better done for many events together. It runs about every second besides, so that it
 * can see to deadlines.
 */
final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int AT_A_TIME = 512;

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final Runnable rest;
    private volatile boolean open = true;
    private @Nullable Thread thread;

    Mailbox(Runnable rest) {
        this.rest = rest;
    }

    void start(String name) {
        thread = Threads.start(name, this::run);
    }

    /** Queues a task; one that comes after {@link #close} is dropped. */
    @Override
    public void execute(Runnable task) {
        if (open) {
            waiting.add(task);
        }
    }

    private void run() {
        try {
            while (open) {
                Runnable task = waiting.poll(1, TimeUnit.SECONDS);
                for (int n = 0; task != null && open; n++) {
                    guarded(task);
                    task = n < AT_A_TIME ? waiting.poll() : null;
                }
                guarded(rest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // One event that went wrong must not end the sync of all others.
            LOG.error("The sync failed on one event and goes on", e);
        }
    }

    /** Ends the thread after the task that it is at; what waits is dropped. */
    void close() {
        open = false;
        execute(() -> {});
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
    }
}
