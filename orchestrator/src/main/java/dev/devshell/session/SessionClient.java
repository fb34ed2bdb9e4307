package dev.devshell.session;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A session that lives in another process. */
public final class SessionClient implements DevSession {
    private static final int SECONDS_TO_EXIT = 15;
    private static final int SECONDS_TO_APPEAR = 20;
    private static final int PAUSE_MILLIS = 20;

    private final ControlClient client;
    private final SessionCommands.Hello hello;
    private final Sync sync;

    private SessionClient(ControlClient client, SessionCommands.Hello hello) {
        this.client = client;
        this.hello = hello;
        this.sync = new RemoteSync(client);
    }

    /** Returns the running session at a place, or nothing when there is none. */
    public static Optional<SessionClient> find(SessionPlace place) {
        ControlClient client = new ControlClient(place.socket());
        if (!client.isAlive()) {
            return Optional.empty();
        }
        return Optional.of(
                new SessionClient(client, RemoteSync.read(client.ask("hello", Map.of()), SessionCommands.Hello.class)));
    }

    /**
     * Waits for the session that another process is about to begin.
     *
     * @throws DevshellException.Failed {@code NO-SESSION} when it does not appear
     */
    public static SessionClient await(SessionPlace place) {
        return await(place, () -> {});
    }

    /**
     * Waits for the session that another process is about to begin.
     *
     * @param check throws when that process cannot begin it any more
     */
    public static SessionClient await(SessionPlace place, Runnable check) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_APPEAR);
        while (System.nanoTime() < deadline) {
            Optional<SessionClient> session = find(place);
            if (session.isPresent()) {
                return session.get();
            }
            check.run();
            pause();
        }
        throw new DevshellException.Failed(
                "NO-SESSION",
                "the process that holds the session does not answer",
                "nobody listens on " + place.socket() + " after " + SECONDS_TO_APPEAR + " s",
                "see " + place.log());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    @Override
    public String project() {
        return hello.project();
    }

    @Override
    public Path directory() {
        return hello.directory();
    }

    /** Returns the process that owns the session. */
    public long pid() {
        return hello.pid();
    }

    /** Returns whether that process was started by {@code up -d}, not by a person who sits before it. */
    public boolean background() {
        return hello.background();
    }

    @Override
    public List<Service> services() {
        return List.of(RemoteSync.read(client.ask("services", Map.of()), Service[].class));
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        client.ask(
                "up",
                Map.of(
                        "services", options.services(),
                        "build", options.build(),
                        "recreate", options.recreate(),
                        "scale", options.scale(),
                        "millis", options.timeout().toMillis()),
                progress);
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        client.ask("rebuild", Map.of("services", services), progress);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        client.ask("restart", Map.of("services", services), progress);
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        client.ask("follow", Map.of(), line -> listener.accept(Json.read(line, Notice.class)));
    }

    @Override
    public int followers() {
        return client.ask("followers", Map.of()).asInt();
    }

    @Override
    public void changes(Consumer<Change> listener) {
        client.ask("changes", Map.of(), line -> listener.accept(Json.read(line, Change.class)));
    }

    @Override
    public List<LogEntry> keptLogs(List<String> services) {
        List<LogEntry> lines = new ArrayList<>();
        client.ask(
                "logs",
                Map.of("services", services),
                line -> lines.add(Json.read(line, KeptLine.class).entry()));
        return lines;
    }

    /** Ends it, and waits for its process where that lives for the session alone. */
    @Override
    public void end() {
        Optional<ProcessHandle> owner = hello.background() ? ProcessHandle.of(hello.pid()) : Optional.empty();
        client.ask("end", Map.of());
        owner.ifPresent(SessionClient::awaitExit);
    }

    private static void awaitExit(ProcessHandle owner) {
        try {
            owner.onExit().get(SECONDS_TO_EXIT, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while the session ended");
        } catch (ExecutionException | TimeoutException e) {
            throw new DevshellException.Failed(
                    "SESSION-STUCK",
                    "the session does not end",
                    "process " + owner.pid() + " is still there after " + SECONDS_TO_EXIT + " s",
                    "kill " + owner.pid(),
                    e);
        }
    }

    /** Leaves the session as it is. */
    @Override
    public void close() {}
}
