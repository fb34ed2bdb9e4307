package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.SyncStatus;
import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Decision;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Preference;
import dev.devshell.sync.core.Reconciler;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.core.Step;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostListener;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Entry;
import dev.devshell.sync.wire.HostMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one replica and the host equal for as long as the container runs.
 *
 * <p>Everything that happens, on the host, at the agent or asked from outside, becomes a task in one {@link Mailbox}; its thread alone touches the state. After
 * each round of tasks, what has moved is decided together ({@link Reconciler}) and carried out ({@link Carrier}).
 */
final class ReplicaSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaSession.class);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LAST_BACKOFF_MILLIS = 5_000;
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Replica replica;
    private final SyncPlan plan;
    private final HostTrees trees;
    private final AgentStarter starter;
    private final AncestorJournal journal;
    private final ReplicaState state;
    private final Incoming incoming;
    private final ReplicaWriter replicaWriter;
    private final HostWriter hostWriter;
    private final Carrier carrier;
    private final Mailbox mailbox = new Mailbox(this::rest);
    private final NavigableSet<String> dirty = new TreeSet<>();
    private final Map<String, Long> since = new HashMap<>();
    private final NavigableMap<String, String> problems = new TreeMap<>();
    private final Set<String> asking = new TreeSet<>();
    private final Map<Long, CompletableFuture<Void>> cookies = new HashMap<>();
    private final List<CompletableFuture<Void>> settling = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Set<String> scanned = new HashSet<>();
    private final List<HostEvents> hostEvents = new ArrayList<>();

    private SyncStatus.State phase = SyncStatus.State.CONNECTING;
    private String detail = "";
    private @Nullable Connection connection;
    private boolean scanning;
    private boolean live;
    private boolean paused;
    private long nextCookie = 1;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;
    private long retried = System.nanoTime();
    private long toContainer;
    private long toHost;
    private volatile boolean closed;
    private volatile @Nullable Connection latest;

    /** Names the container that a session is about. */
    record Replica(String service, int number, String containerId) {
        String shortName() {
            return service + "-" + number;
        }
    }

    ReplicaSession(
            Replica replica,
            SyncPlan plan,
            Map<Path, HostTree> trees,
            AgentStarter starter,
            Archive archive,
            Path stateDirectory)
            throws IOException {
        this.replica = replica;
        this.plan = plan;
        this.trees = new HostTrees(plan, trees);
        this.starter = starter;
        this.journal = AncestorJournal.open(
                stateDirectory.resolve(replica.containerId() + "-" + plan.fingerprint() + ".ancestor"));
        this.state = new ReplicaState(plan, this.trees, journal);
        this.incoming = new Incoming(ReplicaWriter.gatheringPlace(stateDirectory));
        this.replicaWriter = new ReplicaWriter(this.trees, archive, incoming, mailbox);
        this.hostWriter = new HostWriter(replica.service(), this.trees, incoming, mailbox);
        this.carrier = new Carrier(state, this.trees, new Desk(), replicaWriter, hostWriter);
        replicaWriter.onWithdrawal(carrier::withdrawn);
        hostWriter.report(carrier::written, carrier::withdrawn);
    }

    /** Starts; the future completes when the replica has caught up, and exceptionally when it never will. */
    CompletableFuture<Void> start() {
        mailbox.start("devshell-sync-" + replica.shortName());
        for (HostTree tree : trees.all()) {
            HostEvents events = new HostEvents(tree);
            hostEvents.add(events);
            tree.subscribe(events);
        }
        CompletableFuture<?>[] ready = trees.all().stream().map(HostTree::ready).toArray(CompletableFuture[]::new);
        var unused = CompletableFuture.allOf(ready).whenComplete((done, failure) -> {
            if (failure == null) {
                Threads.start("devshell-connect-" + replica.shortName(), this::connect);
            } else {
                mailbox.execute(() -> fail("the host's tree cannot be read: " + failure.getMessage()));
            }
        });
        return caughtUp;
    }

    Replica replica() {
        return replica;
    }

    SyncPlan plan() {
        return plan;
    }

    // --- the agent's side ---

    private void connect() {
        try {
            AgentStream stream = starter.start();
            Connection opened = Connection.open(stream, owner(), replica.shortName(), new AgentEvents());
            latest = opened;
            mailbox.execute(() -> connected(opened));
            if (closed) {
                // Nobody takes it any more, and an agent that is left running holds the lock against the next session.
                opened.close();
            }
        } catch (IOException e) {
            mailbox.execute(() -> reconnect(e.getMessage()));
        } catch (Connection.RefusedException e) {
            boolean passing = e.code().equals("LOCKED");
            String why = "the agent cannot serve: " + e.getMessage();
            mailbox.execute(() -> {
                if (passing) {
                    reconnect(why);
                } else {
                    fail(why);
                }
            });
        } catch (DevshellException e) {
            mailbox.execute(() -> fail(e.what() + (e.why().isEmpty() ? "" : ": " + e.why())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String owner() {
        return "devshell, process " + ProcessHandle.current().pid();
    }

    private void connected(Connection opened) {
        if (closed) {
            opened.close();
            return;
        }
        connection = opened;
        replicaWriter.connected(opened);
        hostWriter.connected(opened);
        phase = SyncStatus.State.CATCHING_UP;
        detail = "";
        PlanFrames.of(plan, kept()).forEach(opened::send);
    }

    /** Returns the paths that the host has although a quiet rule ignores them: there the agent has to look. */
    private Collection<String> kept() {
        if (plan.roots().stream().allMatch(root -> root.quiet().isEmpty())) {
            return List.of();
        }
        List<String> kept = new ArrayList<>();
        for (String path : trees.below("")) {
            HostPath host = trees.locate(path);
            Root root = plan.rootOf(path).orElse(null);
            if (host != null
                    && root != null
                    && plan.isQuiet(root, host.path(), trees.entry(host).node() instanceof Node.Directory)) {
                kept.add(path);
            }
        }
        return kept;
    }

    private void disconnected(Connection from, String why) {
        if (connection != from) {
            return;
        }
        connection = null;
        live = false;
        scanning = false;
        carrier.disconnected();
        forgetIncoming();
        reconnect(why);
    }

    private void forgetIncoming() {
        try {
            incoming.close();
        } catch (IOException e) {
            LOG.warn("Half-received contents cannot be removed: {}", e.getMessage());
        }
    }

    private void reconnect(@Nullable String why) {
        if (closed) {
            return;
        }
        phase = caughtUp.isDone() ? SyncStatus.State.RECONNECTING : SyncStatus.State.CONNECTING;
        detail = String.valueOf(why);
        LOG.info("{}: {}; trying again in {} ms", replica.shortName(), why, backoffMillis);
        CompletableFuture.delayedExecutor(backoffMillis, TimeUnit.MILLISECONDS)
                .execute(() -> Threads.start("devshell-connect-" + replica.shortName(), this::connect));
        backoffMillis = Math.min(backoffMillis * 2, LAST_BACKOFF_MILLIS);
    }

    private void fail(String why) {
        phase = SyncStatus.State.FAILED;
        detail = why;
        DevshellException failure = new DevshellException.Failed(
                "SYNC-FAILED", replica.shortName() + " cannot be synced", why, "devshell sync status");
        caughtUp.completeExceptionally(failure);
        settling.forEach(waiting -> waiting.completeExceptionally(failure));
        settling.clear();
        cookies.values().forEach(waiting -> waiting.completeExceptionally(failure));
        cookies.clear();
    }

    private void received(Connection from, AgentMessage message) {
        if (from != connection) {
            return;
        }
        if (message instanceof AgentMessage.Changed changed) {
            changed.changes().forEach(this::replicaChanged);
        } else if (message instanceof AgentMessage.Ack ack) {
            carrier.acknowledged(ack);
        } else if (message instanceof AgentMessage.Slice slice) {
            slice(slice);
        } else if (message instanceof AgentMessage.Scanned part) {
            part.entries().forEach(this::scanned);
        } else if (message instanceof AgentMessage.ScanBegin) {
            scanning = true;
            scanned.clear();
        } else if (message instanceof AgentMessage.ScanDone) {
            scanDone();
        } else if (message instanceof AgentMessage.CookieSeen seen) {
            CompletableFuture<Void> cookie = cookies.remove(seen.id());
            if (cookie != null) {
                cookie.complete(null);
            }
        } else if (message instanceof AgentMessage.Problem problem) {
            problems.put(problem.path(), problem.message());
        } else if (message instanceof AgentMessage.Displaced displaced) {
            replicaWriter.leftBehind(displaced);
        }
    }

    private void send(HostMessage message) {
        Connection to = connection;
        if (to != null) {
            to.send(message);
        }
    }

    private void slice(AgentMessage.Slice slice) {
        try {
            incoming.slice(slice);
        } catch (IOException e) {
            LOG.warn("{}: a content cannot be received: {}", replica.shortName(), e.getMessage());
            if (connection != null) {
                connection.close();
            }
        }
    }

    private void replicaChanged(AgentMessage.Change change) {
        Entry entry = change.entry();
        if (!covered(entry)) {
            return;
        }
        problems.remove(entry.path());
        if (state.replicaIs(entry)) {
            hostWriter.offer(entry.path(), change.content());
            touch(entry.path(), System.nanoTime());
        }
    }

    /** The agent is not believed: what it names outside the plan is not there. */
    private boolean covered(Entry entry) {
        return plan.covers(entry.path(), entry.node() instanceof Node.Directory);
    }

    private void scanned(Entry entry) {
        if (scanning && covered(entry)) {
            scanned.add(entry.path());
            state.replicaIs(entry);
        }
    }

    private void scanDone() {
        if (!scanning) {
            return;
        }
        scanning = false;
        Set<String> known = new HashSet<>(journal.all().keySet());
        known.addAll(state.movedPaths());
        known.removeAll(scanned);
        scanned.clear();
        known.forEach(path -> state.replicaIs(Entry.absent(path)));
        if (!journal.isEstablished()) {
            establish();
        }
        dirty.addAll(state.movedPaths());
        lookAtHost();
        live = true;
        cookies.keySet().forEach(id -> send(new HostMessage.Cookie(id)));
        backoffMillis = FIRST_BACKOFF_MILLIS;
    }

    /** Rule 10: a container that is seen for the first time starts from what its image holds. */
    private void establish() {
        for (String path : List.copyOf(state.movedPaths())) {
            state.rests(path, Ancestor.baseline(state.at(Side.HOST, path), state.at(Side.REPLICA, path)));
        }
        try {
            journal.establish();
        } catch (IOException e) {
            LOG.warn("The ancestor of {} cannot be written: {}", replica.shortName(), e.getMessage());
        }
    }

    private void lookAtHost() {
        for (String path : trees.below("")) {
            if (!trees.at(path).node().equals(journal.get(path).host())) {
                dirty.add(path);
            }
        }
        journal.all().forEach((path, ancestor) -> {
            if (!(ancestor.host() instanceof Node.Absent) && trees.at(path).node() instanceof Node.Absent) {
                dirty.add(path);
            }
        });
    }

    // --- the host's side ---

    private void hostChanged(HostTree tree, List<HostChange> changes, long when) {
        for (HostChange change : changes) {
            HostPath path = new HostPath(tree.root(), change.path());
            boolean directory = change.entry().node() instanceof Node.Directory;
            Set<String> targets = plan.targetsOf(path, directory);
            if (!targets.isEmpty()) {
                problems.remove(path.toPath().toString());
                replicaWriter.offer(path, change.content());
                targets.forEach(target -> touch(target, when));
            }
        }
    }

    private void touch(String path, long when) {
        dirty.add(path);
        if (live && since.size() < 10_000) {
            since.putIfAbsent(path, when);
        }
    }

    // --- after each round of events ---

    private void rest() {
        if (connection != null) {
            connection.expire();
        }
        if (System.nanoTime() - retried > RETRY_NANOS) {
            retried = System.nanoTime();
            carrier.retry();
        }
        if (live && !scanning && !paused) {
            decide();
            carrier.pump();
        }
        try {
            journal.flush();
        } catch (IOException e) {
            // What it would have said is found out again by looking at both sides.
            LOG.warn("The ancestor of {} cannot be written: {}", replica.shortName(), e.getMessage());
        }
        if (isSettled()) {
            settled();
        }
    }

    private void decide() {
        List<String> ready = new ArrayList<>();
        dirty.removeIf(path -> {
            boolean waits = carrier.waits(path);
            if (!waits) {
                ready.add(path);
            }
            return !waits;
        });
        if (ready.isEmpty()) {
            return;
        }
        List<Step> steps = Reconciler.reconcile(state, ready);
        ready.forEach(asking::remove);
        List<Step> actions = new ArrayList<>(steps.size());
        for (Step step : steps) {
            if (step.decision() instanceof Decision.Ask) {
                asking.add(step.path());
            } else if (step.decision() instanceof Decision.Blocked blocked) {
                problems.putIfAbsent(step.path(), blocked(blocked));
            } else {
                actions.add(step);
            }
        }
        carrier.plan(actions);
        if (!since.isEmpty()) {
            Set<String> moving = new HashSet<>();
            actions.forEach(step -> moving.add(step.path()));
            ready.stream().filter(path -> !moving.contains(path)).forEach(since::remove);
        }
    }

    private static String blocked(Decision.Blocked blocked) {
        String where = blocked.side() == Side.HOST ? "on the host" : "in the container";
        return "it, or a directory above it, is special or cannot be read " + where + "; both sides are left alone";
    }

    private boolean isSettled() {
        return live && !scanning && dirty.isEmpty() && carrier.isIdle();
    }

    private void settled() {
        if (phase != SyncStatus.State.READY) {
            phase = SyncStatus.State.READY;
            detail = "";
        }
        caughtUp.complete(null);
        if (settling.isEmpty() || carrier.stuck().values().stream().anyMatch(Carrier.Stuck::retry)) {
            return;
        }
        settling.forEach(waiting -> waiting.complete(null));
        settling.clear();
    }

    // --- asked from outside ---

    /** Completes when everything that happened in the container before this call has been reported; without an agent, once there is one again. */
    CompletableFuture<Void> cookie() {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (phase == SyncStatus.State.FAILED) {
                seen.completeExceptionally(new IOException(detail));
                return;
            }
            cookies.put(nextCookie, seen);
            if (live) {
                send(new HostMessage.Cookie(nextCookie));
            }
            nextCookie++;
        });
        return seen;
    }

    /** Completes when nothing waits in either direction; exceptionally when this replica cannot be synced. */
    CompletableFuture<Void> settle() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (phase == SyncStatus.State.FAILED) {
                settled.completeExceptionally(new IOException(detail));
            } else {
                settling.add(settled);
            }
        });
        return settled;
    }

    void pause(boolean pause) {
        mailbox.execute(() -> paused = pause);
    }

    /** Runs on the session's thread, where the state may be looked at. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Returns how the replica stands; on the session's thread. */
    SyncStatus.Replica status() {
        return new SyncStatus.Replica(
                replica.service(),
                replica.number(),
                replica.containerId(),
                phase,
                journal.all().size(),
                dirty.size() + carrier.waiting(),
                asking.size(),
                toContainer,
                toHost,
                latencies.percentileMillis(50),
                latencies.percentileMillis(95),
                detail);
    }

    /** Returns what is left alone and why, by container path; on the session's thread. */
    Map<String, String> problems() {
        Map<String, String> all = new TreeMap<>(problems);
        carrier.stuck().forEach((path, stuck) -> all.put(path, stuck.message()));
        String halted = carrier.halted();
        if (halted != null) {
            all.put("/", "the sync has stopped: replaced versions cannot be kept in the history: " + halted);
        }
        return all;
    }

    /** Returns the container paths that wait, for a write or for a retry; on the session's thread. */
    Collection<String> behind() {
        Set<String> behind = new TreeSet<>(dirty);
        behind.addAll(carrier.waitingPaths());
        carrier.stuck().forEach((path, stuck) -> {
            if (stuck.retry()) {
                behind.remove(path);
                behind.add(path + ": " + stuck.message());
            }
        });
        return behind;
    }

    /** Returns the container paths that wait for a decision; on the session's thread. */
    Collection<String> asking() {
        return List.copyOf(asking);
    }

    void resolve(String path, Preference preference) {
        state.resolve(path, preference);
        dirty.add(path);
        dirty.addAll(state.below(Side.HOST, path));
        dirty.addAll(state.below(Side.REPLICA, path));
    }

    ReplicaState state() {
        return state;
    }

    HostTrees trees() {
        return trees;
    }

    /** Ends the session: the agent is told, what is under way is left to be found out again, nothing is half-written. */
    @Override
    public void close() {
        hostEvents.forEach(events -> events.tree.unsubscribe(events));
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            closed = true;
            live = false;
            Connection to = connection;
            Connection late = latest;
            connection = null;
            if (to != null) {
                to.send(new HostMessage.Bye());
                to.finish();
            }
            if (late != null && !late.equals(to)) {
                late.close();
            }
            done.complete(null);
        });
        try {
            done.get(2, TimeUnit.SECONDS);
            mailbox.close();
            journal.close();
            incoming.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException | IOException e) {
            LOG.warn("{} did not end cleanly; the next start will see to it: {}", replica.shortName(), e.toString());
        }
        caughtUp.completeExceptionally(
                new DevshellException.Interrupted(replica.shortName() + " is not synced any more"));
    }

    private final class AgentEvents implements Connection.Listener {
        @Override
        public void received(Connection from, AgentMessage message) {
            mailbox.execute(() -> {
                from.processed();
                ReplicaSession.this.received(from, message);
            });
        }

        @Override
        public void closed(Connection from, String why) {
            mailbox.execute(() -> disconnected(from, why));
        }
    }

    private final class HostEvents implements HostListener {
        private final HostTree tree;

        HostEvents(HostTree tree) {
            this.tree = tree;
        }

        @Override
        public void changed(List<HostChange> changes) {
            long when = System.nanoTime();
            mailbox.execute(() -> hostChanged(tree, changes, when));
        }

        @Override
        public void problem(String path, ProblemCode code, String message) {
            String file = tree.root().resolve(path).toString();
            mailbox.execute(() -> {
                if (code == ProblemCode.ROOT_BACK) {
                    problems.remove(file);
                } else {
                    problems.put(file, message);
                }
            });
        }
    }

    private final class Desk implements Carrier.Desk {
        @Override
        public void again(String path) {
            dirty.add(path);
        }

        @Override
        public long since(String path) {
            Long seen = since.remove(path);
            return seen != null ? seen : System.nanoTime();
        }

        @Override
        public void carried(Operation operation) {
            latencies.add(System.nanoTime() - operation.since());
            if (operation.side() == Side.HOST) {
                toHost++;
            } else {
                toContainer++;
            }
        }
    }
}
