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
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.logs.KeptLogs;
import dev.devshell.logs.ProjectLogs;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.Rehearsal;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
    /** Longer than an editor takes to save all that is open. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private static final String COMPOSE = "compose";

    private final Engine engine;
    private final ProjectPlans plans;
    private final ProjectSync sync;
    private final Rehearsal rehearsal;
    private final Roster roster;
    private final ProjectLife life;
    private final ChangeDesk desk;
    private final PlanSources sources;
    private final Notices notices = new Notices();
    private final Closeable events;
    private final KeptLogs logs = new KeptLogs();
    private final Closeable following;
    private final SessionLock lock;
    private final SessionPlace place;
    private final ControlServer server;
    private final boolean background;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);

    private ProjectSession(
            Compose compose,
            Engine engine,
            ComposeProject project,
            SessionPlace place,
            SessionLock lock,
            boolean background)
            throws IOException {
        this.engine = engine;
        this.place = place;
        this.lock = lock;
        this.background = background;
        this.plans = new ProjectPlans(compose, () -> engine, project);
        this.desk = new ChangeDesk(notices, plans::project);
        this.sync = ProjectSync.open(place.state(), desk, HistoryBounds.of(project));
        this.rehearsal = Rehearsal.begin(place.state().resolve("rehearsal"));
        StaleImages images = new StaleImages(engine, place.state().resolve("builds.json"), notices, desk::stale);
        this.roster =
                new Roster(engine, project.name(), plans, new SyncedReplicas(engine, sync, images, rehearsal), notices);
        this.life = new ProjectLife(compose, engine, plans, roster, images, sync::status);
        this.sources = PlanSources.watch(project, this::readAgain);
        Life reacting = new ReactingLife(project.name(), engine, sync, life, images);
        desk.begin(new ChangeDesk.Receivers(images, new Reactions(reacting, notices, QUIET), sources, sync::reach));
        this.events = engine.events(project.name(), roster);
        this.following = new ProjectLogs(engine, project.name(), KeptLogs.ALL).follow(logs, false);
        this.server = ControlServer.open(place.socket(), new SessionCommands(this, background));
    }

    /** A file that plans are made from has changed. What cannot be read leaves everything as it is. */
    private void readAgain(boolean compose) {
        if (compose) {
            try {
                ComposeProject project = plans.reload(plans.project().services().keySet());
                sources.follow(project);
                sync.retain(HistoryBounds.of(project));
                desk.readRules();
                notices.gone(COMPOSE);
            } catch (DevshellException e) {
                notices.stands(COMPOSE, Roster.refused("", e));
                return;
            }
        }
        roster.renew();
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
            life.up(options, progress);
        } catch (RuntimeException e) {
            if (background && !life.isBooted()) {
                // Nobody would know of a process that holds nothing.
                Thread ending = new Thread(this::end, "devshell-ending");
                ending.start();
            }
            throw e;
        }
    }

    @Override
    public void rebuild(List<String> services, Progress progress) {
        life.rebuild(services, progress);
    }

    @Override
    public void restart(List<String> services, Progress progress) {
        life.restart(services, progress);
    }

    @Override
    public void follow(Consumer<Notice> listener) {
        notices.follow(listener);
    }

    @Override
    public int followers() {
        return notices.followers();
    }

    @Override
    public void changes(Consumer<Change> listener) {
        desk.follow(listener);
    }

    @Override
    public List<LogEntry> keptLogs(List<String> services) {
        return logs.of(services);
    }

    /** Returns whether what was asked for runs, be it in sync or not. */
    public boolean isBooted() {
        return life.isBooted();
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
            desk.close();
            close(events);
            close(following);
            roster.close();
            rehearsal.close();
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
