package dev.devshell.junit;

import dev.devshell.Change;
import dev.devshell.DevshellException;
import dev.devshell.engine.ContainerEvent;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to a project's containers and its files while tests ran, and which tests ran when. The last of it is kept; whoever
 * asks for more is told that it is not complete.
 */
final class Chronicle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chronicle.class);
    private static final int KEPT = 5_000;
    private static final int JOIN_SECONDS = 2;

    private final OpenProject project;
    private final Deque<Noted<ContainerEvent>> events = new ArrayDeque<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<TestTime> running = new LinkedHashSet<>();
    private final CountDownLatch joined = new CountDownLatch(1);
    private @Nullable Closeable subscription;
    private @Nullable Thread follower;
    private boolean following;

    Chronicle(OpenProject project) {
        this.project = project;
    }

    /** Something, and when this machine heard of it: the engine's clock may be another. */
    record Noted<T>(Instant when, T what) {}

    /** Begins to listen, the first time; notes that a test begins. */
    TestTime begin(String name) {
        listen();
        TestTime test = new TestTime(name, Instant.now());
        synchronized (this) {
            running.forEach(other -> other.ranWith(List.of(name)));
            test.ranWith(running.stream().map(TestTime::name).toList());
            running.add(test);
        }
        return test;
    }

    synchronized void end(TestTime test) {
        running.remove(test);
    }

    private void listen() {
        synchronized (this) {
            if (follower == null) {
                subscription = project.events(this::note);
                follower = new Thread(this::follow, "devshell-test-changes");
                follower.setDaemon(true);
                follower.start();
            }
        }
        try {
            if (!joined.await(JOIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the session has not yet begun to tell of changes: edits during this test may go unmarked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted before a test");
        }
    }

    private void follow() {
        try {
            project.session().changes(this::note);
            LOG.debug("the session has ended");
        } catch (DevshellException e) {
            LOG.debug("the session tells of no changes any more", e);
        } finally {
            synchronized (this) {
                following = false;
            }
            joined.countDown();
        }
    }

    private synchronized void note(ContainerEvent event) {
        events.addLast(new Noted<>(Instant.now(), event));
        if (events.size() > KEPT) {
            events.removeFirst();
        }
    }

    private synchronized void note(Change change) {
        if (change.paths().isEmpty()) {
            following = true;
            joined.countDown();
            return;
        }
        changes.addLast(change);
        if (changes.size() > KEPT) {
            changes.removeFirst();
        }
    }

    synchronized List<Noted<ContainerEvent>> eventsSince(Instant since) {
        return events.stream().filter(event -> !event.when().isBefore(since)).toList();
    }

    /** Returns what was seen later; what was put back before the barrier may bear the very millisecond in which it was passed. */
    synchronized List<Change> changesAfter(long millis) {
        return changes.stream().filter(change -> change.millis() > millis).toList();
    }

    /** Returns whether the session tells of changes, so that no news is good news. */
    synchronized boolean hearsOfChanges() {
        return following;
    }

    @Override
    public void close() {
        Thread listening;
        Closeable open;
        synchronized (this) {
            listening = follower;
            open = subscription;
            subscription = null;
        }
        if (listening != null) {
            listening.interrupt();
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.debug("the engine's events were not closed", e);
        }
    }
}
