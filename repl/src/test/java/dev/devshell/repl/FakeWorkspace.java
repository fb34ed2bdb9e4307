package dev.devshell.repl;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.UpOptions;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.session.ServicePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A project without Compose and engine, whose session writes down what it is asked. */
final class FakeWorkspace implements Workspace, DevSession, Sync {
    static final Path DIRECTORY = Path.of("/project");

    final List<String> asked = new ArrayList<>();
    boolean running = true;

    @Override
    public Path workingDirectory() {
        return DIRECTORY;
    }

    @Override
    public Compose compose() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ComposeProject config() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Engine engine() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path stateDirectory() {
        return DIRECTORY;
    }

    @Override
    public Optional<DevSession> session() {
        return running ? Optional.of(this) : Optional.empty();
    }

    @Override
    public DevSession begin() {
        return this;
    }

    @Override
    public DevSession beginInBackground(boolean debug) {
        asked.add("begin" + (debug ? " with debug" : ""));
        return this;
    }

    @Override
    public List<Service> services() {
        Service.Port port = new Service.Port(3000, "tcp", "0.0.0.0", 3007);
        return List.of(
                new Service(
                        "db", List.of(instance("db", Service.Condition.UNHEALTHY, List.of(), "no answer")), List.of()),
                new Service("web", List.of(instance("web", Service.Condition.HEALTHY, List.of(port), "")), List.of()));
    }

    private static Service.Instance instance(
            String name, Service.Condition condition, List<Service.Port> ports, String detail) {
        return new Service.Instance("id-" + name, name + "-1", 1, false, condition, 0, "", ports, detail);
    }

    @Override
    public List<ServicePlan> plans(List<String> services) {
        return List.of();
    }

    @Override
    public String project() {
        return "blog";
    }

    @Override
    public Path directory() {
        return DIRECTORY;
    }

    @Override
    public Sync sync() {
        return this;
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        asked.add("up " + options.services());
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        asked.add("rebuild " + services);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        asked.add("restart " + services);
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        asked.add("follow");
    }

    @Override
    public int followers() {
        return 1;
    }

    @Override
    public void changes(Consumer<Change> listener) {
        asked.add("changes");
    }

    @Override
    public void end() {
        asked.add("end");
    }

    @Override
    public void close() {}

    private static SyncStatus.Flow flow() {
        return new SyncStatus.Flow(
                3,
                4096,
                0,
                new SyncStatus.Timing(0.8, 1.9),
                new SyncStatus.Timing(0.2, 0.5),
                new SyncStatus.Timing(0.6, 1.4));
    }

    @Override
    public SyncStatus status() {
        return new SyncStatus(
                false,
                List.of(new SyncStatus.Replica(
                        "web",
                        1,
                        "id",
                        SyncStatus.State.READY,
                        7,
                        1,
                        0,
                        flow(),
                        flow(),
                        List.of(new SyncStatus.Waiting(Path.of("/p/a"), "sent")),
                        List.of(new SyncStatus.Failure("2026-11-24T10:00:00Z", "the stream broke")),
                        "")),
                List.of(new SyncStatus.Problem("web", DIRECTORY.resolve("secret"), "unreadable")),
                List.of(new Notice(
                        "IMAGE-STALE",
                        "web",
                        "the image of 'web' is stale",
                        "Gemfile has changed",
                        "devshell rebuild web",
                        List.of(DIRECTORY.resolve("Gemfile")))),
                new SyncStatus.Watches(12, 65536, 0));
    }

    @Override
    public void flush(Duration timeout) {
        asked.add("flush " + timeout);
        if (timeout.toSeconds() == 1) {
            throw new DevshellException.Failed("SYNC-BEHIND", "not in sync", "web-1:/app/a.rb", "devshell sync status");
        }
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
        asked.add("release");
        return status().notices();
    }

    @Override
    public List<Notice> restore() {
        asked.add("restore");
        return status().notices();
    }

    @Override
    public List<Conflict> conflicts() {
        return List.of();
    }

    @Override
    public void resolve(Path path, Keep keep) {
        asked.add("resolve " + path + " " + keep);
    }

    @Override
    public Explanation explain(Path path) {
        return new Explanation(path, List.of(new Explanation.Fact("mapping", "Dockerfile:12 COPY . .")));
    }

    @Override
    public List<Version> history(Optional<Path> path, int limit) {
        return List.of(new Version(
                "v1", DIRECTORY.resolve("a.rb"), "host", "web", "replaced", "file", 12, "2026-01-01T00:00:00Z"));
    }

    @Override
    public Version undo(Optional<String> id) {
        throw new DevshellException.Usage(
                "NO-VERSION", "there is no version " + id.orElse(""), "", "devshell sync history");
    }

    @Override
    public List<Version> undo(Duration since) {
        return List.of();
    }
}
