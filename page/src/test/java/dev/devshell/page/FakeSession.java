package dev.devshell.page;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.UpOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A session of one service with one conflict, which writes down what it is asked. */
final class FakeSession implements DevSession, Sync {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);
    private final Path directory;

    FakeSession(Path directory) {
        this.directory = directory;
    }

    @Override
    public String project() {
        return "shop";
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public List<Service> services() {
        Service.Instance instance = new Service.Instance(
                "c1", "shop-web-1", 1, false, Service.Condition.HEALTHY, 0, "", List.of(), "\u001b[31mred\u001b[0m");
        return List.of(new Service("web", List.of(instance), List.of()));
    }

    @Override
    public Sync sync() {
        return this;
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        asked.add("rebuild " + services);
        progress.tell("step 1");
        throw new DevshellException.Failed("BUILD-FAILED", "the build failed", "", "");
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        asked.add("restart " + services);
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        awaitOver();
    }

    @Override
    public void changes(Consumer<Change> listener) {
        listener.accept(new Change(List.of(), List.of(), false, 0));
        listener.accept(new Change(List.of(directory.resolve("a.txt")), List.of("web"), false, 1));
        awaitOver();
    }

    @Override
    public int followers() {
        return 0;
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    @Override
    public void end() {
        over.countDown();
    }

    @Override
    public void close() {}

    private static SyncStatus.Flow flow() {
        SyncStatus.Timing timing = new SyncStatus.Timing(1.5, 3);
        return new SyncStatus.Flow(3, 4096, 0, timing, timing, timing);
    }

    @Override
    public SyncStatus status() {
        return new SyncStatus(
                false,
                List.of(new SyncStatus.Replica(
                        "web", 1, "c1", SyncStatus.State.READY, 7, 0, 1, flow(), flow(), List.of(), List.of(), "")),
                List.of(),
                List.of(),
                new SyncStatus.Watches(1, 2, 0));
    }

    @Override
    public void flush(Duration timeout) {
        throw new DevshellException.Failed("SYNC-BEHIND", "the sync is still behind", "web-1", "devshell sync status");
    }

    @Override
    public void pause() {
        asked.add("pause");
    }

    @Override
    public void resume() {
        asked.add("resume");
    }

    @Override
    public List<Notice> release() {
        return List.of();
    }

    @Override
    public List<Notice> restore() {
        return List.of();
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of(new Conflict(directory.resolve("a.txt"), "web", 1, "/srv/a.txt", "file", "file"));
    }

    @Override
    public void resolve(Path path, Keep keep) {
        asked.add("resolve " + directory.relativize(path) + " " + keep);
    }

    @Override
    public Explanation explain(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Version> history(Optional<Path> path, int limit) {
        return List.of(new Version("v1", directory.resolve("a.txt"), "host", "web", "replaced", "file", 12, "2026"));
    }

    @Override
    public Version undo(Optional<String> id) {
        asked.add("undo " + id.orElse(""));
        return history(Optional.empty(), 1).get(0);
    }

    @Override
    public List<Version> undo(Duration since) {
        throw new UnsupportedOperationException();
    }
}
