package dev.devshell.session;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A session without containers. */
final class FakeSession implements DevSession {
    static final Change CHANGE = new Change(List.of(RecordingSync.FILE), List.of("web"), true, 2);

    final RecordingSync sync = new RecordingSync();
    final CountDownLatch restarting = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public String project() {
        return "blog";
    }

    @Override
    public Path directory() {
        return Path.of("/project");
    }

    @Override
    public List<Service> services() {
        return List.of(new Service("web", List.of(), List.of("db to be healthy")));
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        progress.tell("building");
        progress.tell("starting " + options.services());
        if (options.services().contains("sick")) {
            throw new DevshellException.Unhealthy("UNHEALTHY", "sick is unhealthy", "no answer", "devshell logs sick");
        }
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        throw new IllegalStateException("boom");
    }

    /** Takes as long as the client stays. */
    @Override
    public void restart(List<String> services, Progress progress) {
        restarting.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
        }
    }

    /** Says one thing, then stays until the end. */
    @Override
    public void follow(Consumer<Notice> listener) {
        listener.accept(RecordingSync.NOTICE);
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted.countDown();
        }
    }

    /** Says that it listens, then one change, then stays until the end. */
    @Override
    public int followers() {
        return 1;
    }

    @Override
    public void changes(Consumer<Change> listener) {
        listener.accept(new Change(List.of(), List.of(), false, 1));
        listener.accept(CHANGE);
        follow(notice -> {});
    }

    @Override
    public void end() {
        ended.countDown();
    }

    @Override
    public void close() {
        end();
    }
}
