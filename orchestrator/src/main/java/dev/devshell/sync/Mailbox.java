package dev.devshell.sync;

import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one queue through which everything reaches a session's state, and the thread that works it off.
 *
 * <p>After what is waiting has run, {@code rest} runs once: work that is better done for many events together. It says itself when it wants to run again although
 * nothing comes; a mailbox that is empty and awaits nothing never wakes up.
 */
final class Mailbox implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    private static final int AT_A_TIME = 512;
    private static final long AFTER_A_FAULT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BlockingDeque<Runnable> waiting = new LinkedBlockingDeque<>();
    private final Rest rest;
    private volatile boolean open = true;
    private @Nullable Thread thread;

    /** Runs after each round of tasks. */
    @FunctionalInterface
    interface Rest {
        /** Never, unless something comes. */
        long NEVER = Long.MAX_VALUE;

        /** Does it, and returns after how many nanoseconds it is to be done again at the latest. */
        long run();
    }

    Mailbox(Rest rest) {
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

    /** Queues a question before everything that waits: who asks how things stand need not wait for what is to come. */
    void overtaking(Runnable question) {
        if (open) {
            waiting.addFirst(question);
        }
    }

    private void run() {
        try {
            long patience = 0;
            while (open) {
                Runnable task = patience == Rest.NEVER ? waiting.take() : waiting.poll(patience, TimeUnit.NANOSECONDS);
                for (int n = 0; task != null && open; n++) {
                    guarded(task);
                    task = n < AT_A_TIME ? waiting.poll() : null;
                }
                patience = rested();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            wrong(e);
        }
    }

    private long rested() {
        try {
            return rest.run();
        } catch (RuntimeException e) {
            wrong(e);
            return AFTER_A_FAULT_NANOS;
        }
    }

    /** One event that went wrong must not end the sync of all others. */
    private static void wrong(RuntimeException e) {
        LOG.error("The sync failed on one event and goes on", e);
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
