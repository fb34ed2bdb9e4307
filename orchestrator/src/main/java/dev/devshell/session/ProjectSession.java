package dev.devshell.session;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Progress;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.UpOptions;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.sync.ProjectSync;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A project that this process runs: boots it, and keeps every replica of it in sync until it ends.
 *
 * <p>Owns the session's lock and its socket, so there is one of them for a project, in one process.
 */
public final class ProjectSession implements DevSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectSession.class);
    private static final Duration LAST_FLUSH = Duration.ofSeconds(5);
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    private final Compose compose;
    private final Engine engine;
    private final ProjectPlans plans;
    private final ProjectSync sync;
    private final Roster roster;
    private final Closeable events;
    private final SessionLock lock;
    private final SessionPlace place;
    private final ControlServer server;
    private final PlanSources sources;
    private final Notices notices = new Notices();
    private final boolean background;
    /** Held while the project's life is changed. */
    private final ReentrantLock changing = new ReentrantLock();

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile boolean booted;

    private ProjectSession(
            Compose compose,
            Engine engine,
            ComposeProject project,
            SessionPlace place,
            SessionLock lock,
            boolean background)
            throws IOException {
        this.compose = compose;
        this.engine = engine;
        this.place = place;
        this.lock = lock;
        this.plans = new ProjectPlans(compose, () -> engine, project);
        this.sync = ProjectSync.open(place.state(), notices::standing);
        this.roster = new Roster(engine, project.name(), plans, new SyncedReplicas(engine, sync), notices);
        this.events = engine.events(project.name(), roster);
        this.sources = PlanSources.watch(plans::project, roster::renew);
        this.background = background;
        this.server = ControlServer.open(place.socket(), new SessionCommands(this, background));
    }

    /**
     * Begins the session of a project; nothing is booted yet, but what runs of it already is attached.
     *
     * @param background whether the process lives for the session alone
     * @return nothing when another process has the session already
     */
    public static Optional<ProjectSession> begin(
            Compose compose, Engine engine, ComposeProject project, Map<String, String> env, boolean background) {
        SessionPlace place =
                SessionPlace.of(project.directory(), project.name(), env).create();
        Optional<SessionLock> lock = SessionLock.tryTake(place.lock());
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProjectSession(compose, engine, project, place, lock.get(), background));
        } catch (IOException e) {
            lock.get().close();
            throw new DevshellException.Failed(
                    "NO-SESSION", "cannot begin the session", String.valueOf(e.getMessage()), "devshell doctor", e);
        } catch (RuntimeException e) {
            lock.get().close();
            throw e;
        }
    }

    @Override
    public String project() {
        return plans.project().name();
    }

    @Override
    public Path directory() {
        return plans.project().directory();
    }

    @Override
    public List<Service> services() {
        return new ServiceReader(plans.project(), engine.info()).read(engine.containers(project()));
    }

    @Override
    public Sync sync() {
        return sync;
    }

    /** Waits until the project is asked to boot for the first time; returns false at the deadline. */
    public boolean awaitAsked(Duration timeout) throws InterruptedException {
        return asked.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void up(UpOptions options, Progress progress) {
        asked.countDown();
        try {
            boot(options, progress);
        } catch (RuntimeException e) {
            if (background && !booted) {
                // Nobody would know of a process that holds nothing.
                Thread ending = new Thread(this::end, "devshell-ending");
                ending.start();
            }
            throw e;
        }
    }

    private void boot(UpOptions options, Progress progress) {
        change(() -> {
            ComposeProject project = plans.reload(options.services());
            Set<String> names = project.withDependencies(options.services());
            plans.check(names);
            if (options.build()) {
                build(names, progress);
            }
            try {
                compose.up(project, translated(options), progress::tell);
                booted = true;
            } catch (DevshellException.Unhealthy e) {
                // What runs is in sync: an edit may be what heals it.
                booted = true;
                throw e;
            }
            awaitCaughtUp(names);
        });
    }

    private void build(Collection<String> names, Progress progress) {
        List<String> built = names.stream()
                .filter(name -> plans.project().require(name).build().isPresent())
                .toList();
        if (!built.isEmpty()) {
            compose.build(built, false, progress::tell);
        }
    }

    private static dev.devshell.compose.UpOptions translated(UpOptions options) {
        return new dev.devshell.compose.UpOptions(
                options.services(),
                options.build()
                        ? dev.devshell.compose.UpOptions.Build.NEVER
                        : dev.devshell.compose.UpOptions.Build.MISSING,
                options.recreate(),
                false,
                options.scale(),
                true,
                Optional.of(options.timeout()));
    }

    /** Ready is what has caught up (sync.md, Attach). */
    private void awaitCaughtUp(Set<String> names) {
        try {
            roster.caughtUp(container -> names.contains(container.service()))
                    .get(CATCH_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while the containers caught up");
        } catch (ExecutionException e) {
            throw failed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new DevshellException.Failed(
                    "SYNC-BEHIND",
                    "the containers have not caught up after " + CATCH_UP.toSeconds() + " s",
                    "the first sync still goes on",
                    "devshell sync status",
                    e);
        }
    }

    private static RuntimeException failed(Throwable cause) {
        if (cause instanceof DevshellException known) {
            return known;
        }
        return new DevshellException.Failed(
                "SYNC-FAILED",
                "the code could not be brought into the containers",
                String.valueOf(cause.getMessage()),
                "devshell sync status",
                cause);
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        change(() -> {
            ComposeProject project = plans.reload(services);
            List<String> named =
                    services.isEmpty() ? List.copyOf(project.services().keySet()) : services;
            named.forEach(project::require);
            plans.check(named);
            build(named, progress);
            compose.up(project, translated(withoutBuild(services)), progress::tell);
            awaitCaughtUp(project.withDependencies(services));
        });
    }

    private static UpOptions withoutBuild(List<String> services) {
        return new UpOptions(services, true, false, Map.of(), UpOptions.DEFAULT_TIMEOUT);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        change(() -> {
            ComposeProject project = plans.project();
            services.forEach(project::require);
            compose.restart(services, progress::tell);
            compose.await(project, services, Optional.of(UpOptions.DEFAULT_TIMEOUT));
            awaitCaughtUp(services.isEmpty() ? project.services().keySet() : Set.copyOf(services));
        });
    }

    private void change(Runnable action) {
        try {
            changing.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
        try {
            action.run();
        } finally {
            changing.unlock();
        }
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        notices.follow(listener);
    }

    /** Returns whether what was asked for runs, be it in sync or not. */
    public boolean isBooted() {
        return booted;
    }

    /** Returns whether it has ended, or is about to. */
    public boolean isEnded() {
        return ended.isDone();
    }

    /** Waits until somebody ends the session. */
    public void awaitEnd() throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void end() {
        if (!ended.complete(null)) {
            closed.join();
            return;
        }
        try {
            notices.close();
            lastFlush();
            sources.close();
            close(events);
            roster.close();
            sync.close();
        } finally {
            closed.complete(null);
        }
    }

    private void lastFlush() {
        try {
            sync.flush(LAST_FLUSH);
        } catch (DevshellException e) {
            LOG.warn("not everything had arrived at the end: {} {}", e.what(), e.why());
        }
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            throw new UncheckedIOException("ending the session", e);
        }
    }

    /** Ends the session, answers who asked for it, and lets the next one begin. */
    @Override
    public void close() {
        end();
        server.close();
        place.leave();
        lock.close();
        engine.close();
    }
}
