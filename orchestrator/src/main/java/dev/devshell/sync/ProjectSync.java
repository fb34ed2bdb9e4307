package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.sync.core.Preference;
import dev.devshell.sync.history.History;
import dev.devshell.sync.history.Retention;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.host.HostTreeOptions;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.SyncPlan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sync of one project: a session a replica, a tree a build context, and one history.
 *
 * <p>The host is the hub: an edit in one replica reaches the others through the host's tree, which tells every session on it.
 */
public final class ProjectSync implements Sync, AutoCloseable {
    private static final int VERSIONS_EXPLAINED = 3;

    /** How many paths a flush that fails names of each replica. */
    private static final int BEHIND_SHOWN = 10;

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Path stateDirectory;
    private final Supplier<List<Notice>> notices;
    private final Versions versions;
    private final Trees trees;
    private final Map<String, ReplicaSession> sessions = new ConcurrentHashMap<>();
    private volatile boolean paused;

    private ProjectSync(
            Path stateDirectory,
            History history,
            Surroundings surroundings,
            Function<HostTreeOptions, HostTree> opener) {
        this.stateDirectory = stateDirectory;
        this.notices = surroundings::notices;
        this.versions = new Versions(history, stateDirectory.resolve("undo"));
        this.trees = new Trees(stateDirectory.resolve("trees"), versions, surroundings, opener);
    }

    /** Opens the sync of a project about which nothing else is to be said. */
    public static ProjectSync open(Path stateDirectory) {
        return open(stateDirectory, new Surroundings() {}, Retention.DEFAULT);
    }

    /**
     * Opens the sync of a project, with nothing to sync yet.
     *
     * @param stateDirectory where ancestors, history and caches are kept; private to the user and to this project
     * @param surroundings who else is concerned
     * @param retention how much of the past is kept
     */
    public static ProjectSync open(Path stateDirectory, Surroundings surroundings, Retention retention) {
        History history = History.open(stateDirectory.resolve("history"), retention);
        return new ProjectSync(stateDirectory, history, surroundings, HostTree::open);
    }

    /** Opens it on a host whose trees are opened so. */
    static ProjectSync open(
            Path stateDirectory, Surroundings surroundings, Function<HostTreeOptions, HostTree> opener) {
        History history = History.open(stateDirectory.resolve("history"), Retention.DEFAULT);
        return new ProjectSync(stateDirectory, history, surroundings, opener);
    }

    /** Bounds the history otherwise, from the next version on. */
    public void retain(Retention retention) {
        versions.retain(retention);
    }

    /**
     * Starts to keep a container equal with the host; one that is attached already is attached anew.
     *
     * @param starter starts the agent in the container, again whenever its stream is lost
     * @return completes when the replica has caught up, exceptionally when it never will
     */
    public CompletableFuture<Void> attach(
            String service, int number, String containerId, SyncPlan plan, AgentStarter starter) {
        ReplicaSession before = sessions.get(containerId);
        detach(containerId);
        try {
            ReplicaSession session = new ReplicaSession(
                    new ReplicaSession.Replica(service, number, containerId),
                    plan,
                    trees.of(plan),
                    starter,
                    versions.of(service, containerId),
                    stateDirectory.resolve("replicas"),
                    before == null ? Inheritance.NONE : before.inheritance());
            sessions.put(containerId, session);
            trees.keep(sessions.values().stream().map(ReplicaSession::plan).toList());
            session.pause(paused);
            return session.start();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new DevshellException.Failed(
                    "SYNC-FAILED",
                    service + "-" + number + " cannot be synced",
                    String.valueOf(e.getMessage()),
                    "devshell doctor",
                    e));
        }
    }

    /** Lets go of a container; what it has is found again when it is attached anew. Unknown ones are no matter. */
    public void detach(String containerId) {
        ReplicaSession session = sessions.remove(containerId);
        if (session != null) {
            session.close();
        }
    }

    @Override
    public SyncStatus status() {
        List<SyncStatus.Replica> replicas = new ArrayList<>();
        List<SyncStatus.Problem> problems = new ArrayList<>();
        List<Notice> standing = new ArrayList<>(notices.get());
        for (ReplicaSession session : inOrder()) {
            ReplicaView view = ReplicaView.ask(session);
            replicas.add(view.status());
            problems.addAll(view.problems());
            standing.addAll(view.held());
        }
        return new SyncStatus(paused, replicas, problems, standing, trees.watches());
    }

    private List<ReplicaSession> inOrder() {
        List<ReplicaSession> all = new ArrayList<>(sessions.values());
        all.sort(java.util.Comparator.comparing(session -> session.replica().shortName()));
        return all;
    }

    private static <T> T ask(ReplicaSession session, Function<ReplicaSession, T> question) {
        return await(
                session.ask(() -> question.apply(session)),
                ANSWER,
                () -> new DevshellException.Failed(
                        "SYNC-BUSY",
                        "the sync of " + session.replica().shortName() + " does not answer",
                        "it has been at one task for longer than " + ANSWER.toSeconds() + " s",
                        "try again; devshell doctor"));
    }

    @Override
    public void flush(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<ReplicaSession> all = inOrder();
        List<CompletableFuture<Void>> reported = new ArrayList<>();
        trees.all().forEach(tree -> reported.add(tree.barrier()));
        all.forEach(session -> reported.add(session.cookie()));
        await(reported, deadline, all, timeout);
        // Twice: what the first round brought from one replica to the host is on its way to the others in the second.
        await(all.stream().map(ReplicaSession::settle).toList(), deadline, all, timeout);
        await(all.stream().map(ReplicaSession::settle).toList(), deadline, all, timeout);
    }

    private void await(
            List<CompletableFuture<Void>> futures, long deadline, List<ReplicaSession> all, Duration timeout) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        CompletableFuture<Void> every = CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
        await(every, left, () -> behind(all, timeout));
    }

    private DevshellException behind(List<ReplicaSession> all, Duration timeout) {
        List<String> lines = new ArrayList<>();
        for (ReplicaSession session : all) {
            ReplicaView view = ReplicaView.ask(session);
            String name = session.replica().shortName();
            if (view.status().state() != SyncStatus.State.READY
                    || !view.status().detail().isEmpty()) {
                lines.add(name + " is " + view.told());
            }
            view.waits().entrySet().stream()
                    .limit(BEHIND_SHOWN)
                    .forEach(wait -> lines.add(name + ":" + wait.getKey() + ": " + wait.getValue()));
        }
        return new DevshellException.Failed(
                "SYNC-BEHIND",
                "the sync is still behind after " + timeout.toMillis() / 1000.0 + " s",
                lines.isEmpty() ? "a side does not answer" : String.join("\n", lines),
                paused ? "devshell sync resume" : "devshell sync status");
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout, Supplier<DevshellException> late) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while waiting for the sync");
        } catch (ExecutionException | TimeoutException e) {
            if (e.getCause() instanceof DevshellException known) {
                throw known;
            }
            DevshellException failure = late.get();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Returns the services that at least one of the host's paths goes to, by name. */
    public List<String> reach(List<Path> paths) {
        return inOrder().stream()
                .filter(session -> paths.stream().anyMatch(path -> reaches(session.plan(), path)))
                .map(session -> session.replica().service())
                .distinct()
                .toList();
    }

    private static boolean reaches(SyncPlan plan, Path path) {
        return plan.roots().stream()
                .map(root -> root.host().context())
                .distinct()
                .filter(path::startsWith)
                .anyMatch(context -> !plan.targetsOf(
                                new HostPath(
                                        context,
                                        context.relativize(path).toString().replace(File.separatorChar, '/')),
                                false)
                        .isEmpty());
    }

    @Override
    public void pause() {
        paused = true;
        sessions.values().forEach(session -> session.pause(true));
    }

    @Override
    public void resume() {
        paused = false;
        sessions.values().forEach(session -> session.pause(false));
    }

    @Override
    public List<Notice> release() {
        return decideHeld(ReplicaSession::release);
    }

    @Override
    public List<Notice> restore() {
        return decideHeld(ReplicaSession::restore);
    }

    private List<Notice> decideHeld(Consumer<ReplicaSession> decision) {
        List<Notice> decided = new ArrayList<>();
        for (ReplicaSession session : inOrder()) {
            decided.addAll(ask(session, s -> {
                List<Notice> held = HeldDeletions.notices(s);
                decision.accept(s);
                return held;
            }));
        }
        if (decided.isEmpty()) {
            throw new DevshellException.Usage(
                    "NOTHING-HELD",
                    "no deletion is held",
                    "no container has deleted too much at once",
                    "devshell sync status");
        }
        return decided;
    }

    @Override
    public List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        for (ReplicaSession session : inOrder()) {
            conflicts.addAll(ask(session, ReplicaFacts::conflicts));
        }
        return conflicts;
    }

    @Override
    public void resolve(Path path, Keep keep) {
        boolean found = false;
        for (ReplicaSession session : inOrder()) {
            for (Conflict conflict : ask(session, ReplicaFacts::conflicts)) {
                if (conflict.path().equals(path)) {
                    found = true;
                    resolve(session, conflict, keep);
                }
            }
        }
        if (!found) {
            throw new DevshellException.Usage(
                    "NO-CONFLICT",
                    path + " has no conflict to resolve",
                    "both sides agree on it, or it is not synced",
                    "devshell sync conflicts");
        }
    }

    private void resolve(ReplicaSession session, Conflict conflict, Keep keep) {
        if (keep == Keep.BOTH) {
            versions.copyNextConflictOf(conflict.path(), treeOf(conflict.path()));
        }
        Preference preference = keep == Keep.CONTAINER ? Preference.REPLICA : Preference.HOST;
        ask(session, s -> {
            s.resolve(conflict.containerPath(), preference);
            return preference;
        });
    }

    @Override
    public Explanation explain(Path path) {
        List<Explanation.Fact> facts = new ArrayList<>();
        for (ReplicaSession session : inOrder()) {
            facts.addAll(explain(session, path));
        }
        if (facts.isEmpty()) {
            facts.add(new Explanation.Fact("mapping", "no service that is running maps this path"));
        }
        for (Version version : versions.list(Optional.of(path), VERSIONS_EXPLAINED)) {
            facts.add(new Explanation.Fact("history", told(version)));
        }
        return new Explanation(path, facts);
    }

    private static List<Explanation.Fact> explain(ReplicaSession session, Path path) {
        try {
            return session.ask(() -> ReplicaFacts.explain(session, path)).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return ReplicaFacts.explainWhileBusy(session, path);
        } catch (ExecutionException e) {
            throw new IllegalStateException(path + " cannot be explained", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while asking the sync");
        }
    }

    private static String told(Version version) {
        String side = version.side().equals("host") ? "the host" : version.service();
        return version.id() + ": the " + version.kind() + " that was on " + side + " until " + version.when() + " ("
                + version.reason() + ")";
    }

    @Override
    public List<Version> history(Optional<Path> path, int limit) {
        return versions.list(path, limit);
    }

    @Override
    public Version undo(Optional<String> id) {
        return versions.undo(id, this::treeOf);
    }

    @Override
    public List<Version> undo(Duration since) {
        return versions.undo(Instant.now().minus(since), this::treeOf);
    }

    private HostTree treeOf(Path file) {
        return trees.all().stream()
                .filter(tree -> file.startsWith(tree.root()))
                .max(java.util.Comparator.comparingInt(tree -> tree.root().getNameCount()))
                .orElseThrow(() -> new DevshellException.Failed(
                        "NOT-SYNCED",
                        file + " cannot be brought back by the sync",
                        "no running service maps the directory that it is in",
                        "devshell up"));
    }

    /** Ends every session and lets go of the trees; the containers go on as they are. */
    @Override
    public void close() {
        List<String> ids = List.copyOf(sessions.keySet());
        ids.forEach(this::detach);
        trees.close();
        versions.close();
    }

    /** Returns the host path of a container path, for telling people; the container's own where there is none. */
    static Path shown(ReplicaSession session, String container) {
        HostPath host = session.trees().locate(container);
        return host == null ? Path.of(container) : host.toPath();
    }
}
