package dev.devshell.page;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Tells which files change and what the session says on its own; knows when the session has ended. */
final class ActivityFeed implements AutoCloseable {
    private static final int MOST = 50;
    private static final int PATHS = 5;

    private final Audience audience;
    private final Deque<Map<String, Object>> changes = new ArrayDeque<>();
    private final Deque<Notice> notices = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> threads;

    ActivityFeed(DevSession session, Audience audience) {
        this.audience = audience;
        this.threads = List.of(
                Threads.start("changes", () -> follow(session::changes, this::changed)),
                Threads.start("notices", () -> follow(session::follow, this::noticed)));
    }

    private <T> void follow(Consumer<Consumer<T>> source, Consumer<T> listener) {
        try {
            source.accept(listener);
            audience.tell(Message.state("ended", Map.of()));
        } catch (DevshellException e) {
            if (!Thread.currentThread().isInterrupted()) {
                audience.tell(Message.state("ended", Answer.fault(e)));
            }
        } finally {
            ended.countDown();
        }
    }

    private synchronized void changed(Change change) {
        if (change.paths().isEmpty()) {
            return;
        }
        Map<String, Object> told = PageJson.object(
                "paths", change.paths().stream().limit(PATHS).toList(),
                "count", change.paths().size(),
                "services", change.services(),
                "byContainer", change.byContainer(),
                "at", change.millis());
        keep(changes, told);
        audience.tell(Message.event("change", told));
    }

    private synchronized void noticed(Notice notice) {
        keep(notices, notice);
        audience.tell(Message.event("notice", notice));
    }

    private static <T> void keep(Deque<T> all, T one) {
        all.add(one);
        if (all.size() > MOST) {
            all.remove();
        }
    }

    synchronized void greet(Listener listener) {
        listener.tell(Message.state("changes", List.copyOf(changes)));
    }

    /** Waits until the session has ended, or this is closed. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        ended.countDown();
    }
}
