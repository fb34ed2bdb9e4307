package dev.devshell.junit;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Service.Condition;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.UpOptions;
import dev.devshell.compose.LogLine;
import dev.devshell.compose.LogOptions;
import dev.devshell.engine.ComposeLabels;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.Health;
import dev.devshell.engine.RunState;
import java.io.Closeable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A project of the services web, which publishes 3000 as 41000, and db, without an engine. */
final class FakeProject implements OpenProject, DevSession {
    static final Set<String> SERVICES = new TreeSet<>(Set.of("web", "db"));

    final List<String> told = new CopyOnWriteArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicLong edits = new AtomicLong();
    volatile Path directory = Path.of("");
    final AtomicLong starts = new AtomicLong();
    volatile Condition web = Condition.HEALTHY;
    volatile @Nullable DevshellException flushFailure;
    volatile @Nullable DevshellException upFailure;
    private final Sync sync = new FakeSync();
    private final List<Consumer<ContainerEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Change>> followers = new CopyOnWriteArrayList<>();

    @Override
    public DevSession session() {
        return this;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Set<String> withDependencies(Collection<String> services) {
        for (String service : services) {
            if (!SERVICES.contains(service)) {
                throw new DevshellException.Usage(
                        "UNKNOWN-SERVICE", "there is no service \"" + service + "\"", "db, web", "name one");
            }
        }
        return services.isEmpty() ? SERVICES : new TreeSet<>(services);
    }

    @Override
    public void up(List<String> services, Duration timeout) {
        told.add("up " + services);
        if (upFailure != null) {
            throw upFailure;
        }
    }

    @Override
    public ExecResult exec(String containerId, List<String> command) {
        told.add("exec " + command);
        return new ExecResult(7, "out\n", "err\n");
    }

    @Override
    public void logs(LogOptions options, Consumer<LogLine> lines) {
        String time = options.timestamps() ? "2026-01-01T00:00:00.000000000Z " : "";
        lines.accept(new LogLine("web-1", time + "listening"));
    }

    @Override
    public List<Container> containers() {
        RunState run =
                new RunState(RunState.Status.EXITED, Health.NONE, "", 137, true, 0, Optional.of(Instant.EPOCH), 2);
        return List.of(new Container(
                "web-id",
                "fake-web-1",
                new ComposeLabels("fake", "web", 1, false, "", "", "", List.of()),
                run,
                "sha256:0",
                "amd64",
                "",
                "",
                false,
                List.of(),
                List.of(),
                Map.of("token", "s3cret")));
    }

    @Override
    public Closeable events(Consumer<ContainerEvent> consumer) {
        listeners.add(consumer);
        return () -> listeners.remove(consumer);
    }

    /** Tells that a container of web met something. */
    void happen(ContainerEvent.Kind kind, int exitCode) {
        listeners.forEach(listener -> listener.accept(new ContainerEvent.Happened(
                kind, "web-id", "web", 1, false, OptionalInt.of(exitCode), Health.NONE, Instant.EPOCH)));
    }

    /** Tells that a file of the host has changed. */
    void change(String path, boolean byContainer) {
        // A fake is done with its barrier and its test within the millisecond.
        Change change = new Change(
                List.of(directory.resolve(path)), List.of("web"), byContainer, System.currentTimeMillis() + 1);
        followers.forEach(follower -> follower.accept(change));
    }

    @Override
    public URI engine() {
        return URI.create("unix:///var/run/docker.sock");
    }

    @Override
    public String project() {
        return "fake";
    }

    @Override
    public List<Service> services() {
        told.add("look");
        Service.Port port = new Service.Port(3000, "tcp", "0.0.0.0", 41_000);
        return List.of(service("web", web, List.of(port)), service("db", Condition.RUNNING, List.of()));
    }

    private Service service(String name, Condition condition, List<Service.Port> ports) {
        return new Service(
                name,
                List.of(new Service.Instance(
                        name + "-id", name, 1, false, condition, 0, "start " + starts.get(), ports, "")),
                List.of());
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        told.add("rebuild " + services);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        told.add("restart " + services);
    }

    @Override
    public void follow(Consumer<Notice> listener) {}

    @Override
    public int followers() {
        return 1;
    }

    @Override
    public void changes(Consumer<Change> listener) {
        followers.add(listener);
        listener.accept(new Change(List.of(), List.of(), false, 0));
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("the session is over");
        }
    }

    @Override
    public void end() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    List<String> toldOf(String what) {
        List<String> found = new ArrayList<>(told);
        found.removeIf(line -> !line.startsWith(what));
        return found;
    }

    /** Knows of one replica of web, and how many edits it got. */
    private final class FakeSync implements Sync {
        @Override
        public SyncStatus status() {
            SyncStatus.Timing none = new SyncStatus.Timing(0, 0);
            SyncStatus.Flow in = new SyncStatus.Flow(edits.get(), 0, 0, none, none, none);
            SyncStatus.Flow out = new SyncStatus.Flow(0, 0, 0, none, none, none);
            SyncStatus.Replica replica = new SyncStatus.Replica(
                    "web", 1, "web-id", SyncStatus.State.READY, 1, 0, 0, in, out, List.of(), List.of(), "");
            return new SyncStatus(false, List.of(replica), List.of(), List.of(), new SyncStatus.Watches(0, 0, 0));
        }

        @Override
        public void flush(Duration timeout) {
            told.add("flush");
            if (flushFailure != null) {
                throw flushFailure;
            }
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

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
            return List.of();
        }

        @Override
        public void resolve(Path path, Keep keep) {}

        @Override
        public Explanation explain(Path path) {
            return new Explanation(path, List.of());
        }

        @Override
        public List<Version> history(Optional<Path> path, int limit) {
            return List.of();
        }

        @Override
        public Version undo(Optional<String> id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Version> undo(Duration since) {
            return List.of();
        }
    }
}
