package dev.devshell.sync.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a tree: what the file system tells goes first, then what others ask for, then a few writes.
 *
 * <p>Its lock is held for queueing alone, never while anything is done.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private static final int WRITES_AT_ONCE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private List<Event> events = new ArrayList<>();
    private List<Runnable> tasks = new ArrayList<>();
    private final Queue<Write> writes = new ArrayDeque<>();
    private boolean closing;

    record Event(int watch, Watcher.What what, String name) {}

    private record Write(Runnable task, int paths) {}

    /** What the thread does. */
    interface Steps {
        void begin();

        void events(List<Event> events);

        /** Does what is due, and returns how long nothing will be, in nanoseconds. */
        long timers();

        void end();
    }

    private record Batch(List<Event> events, List<Runnable> tasks, List<Runnable> writes) {}

    private final String name;
    private @Nullable Thread thread;

    Loop(String name) {
        this.name = name;
    }

    void start(Steps steps) {
        Thread starting = new Thread(() -> run(steps), name);
        starting.setDaemon(true);
        thread = starting;
        starting.start();
    }

    void event(int watch, Watcher.What what, String name) {
        lock.lock();
        try {
            events.add(new Event(watch, what, name));
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Queues a task; false when the tree is closed. */
    boolean task(Runnable task) {
        return queue(() -> tasks.add(task));
    }

    /** Queues a write of so many paths; false when the tree is closed. */
    boolean write(Runnable write, int paths) {
        return queue(() -> writes.add(new Write(write, paths)));
    }

    private boolean queue(Runnable adding) {
        lock.lock();
        try {
            if (!closing) {
                adding.run();
                arrived.signal();
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    boolean onThread() {
        return Thread.currentThread() == thread;
    }

    private void run(Steps steps) {
        guarded(steps::begin);
        long wait = 0;
        Batch batch;
        while ((batch = take(wait)) != null) {
            Batch now = batch;
            guarded(() -> steps.events(now.events));
            now.tasks.forEach(Loop::guarded);
            now.writes.forEach(Loop::guarded);
            wait = timers(steps);
        }
        guarded(steps::end);
    }

    private static long timers(Steps steps) {
        try {
            return steps.timers();
        } catch (RuntimeException e) {
            LOG.error("A step of the host's tree failed", e);
            return TimeUnit.SECONDS.toNanos(1);
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // the tree goes on: what failed is looked at again with the next event there
            LOG.error("A step of the host's tree failed", e);
        }
    }

    /** Waits for something to do; null when the end has come and nothing is left. */
    private @Nullable Batch take(long wait) {
        lock.lock();
        try {
            long left = wait;
            while (events.isEmpty() && tasks.isEmpty() && writes.isEmpty() && !closing && left > 0) {
                left = arrived.awaitNanos(left);
            }
            if (closing && tasks.isEmpty() && writes.isEmpty()) {
                return null;
            }
            Batch batch = new Batch(events, tasks, events.isEmpty() ? someWrites() : List.of());
            events = new ArrayList<>();
            tasks = new ArrayList<>();
            return batch;
        } catch (InterruptedException e) {
            // nobody but close() ends this thread
            closing = true;
            return new Batch(List.of(), List.of(), List.of());
        } finally {
            lock.unlock();
        }
    }

    /** Takes a few writes, so that what they leave to look at is looked at together. */
    private List<Runnable> someWrites() {
        List<Runnable> some = new ArrayList<>();
        int paths = 0;
        while (paths < WRITES_AT_ONCE && !writes.isEmpty()) {
            Write next = writes.remove();
            some.add(next.task());
            paths += next.paths();
        }
        return some;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        Thread running = thread;
        if (running == null || onThread()) {
            return;
        }
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
