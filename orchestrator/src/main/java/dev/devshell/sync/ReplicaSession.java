package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.SyncStatus;
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
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    private final Replica replica;
    private final SyncPlan plan;
    private final HostTrees trees;
    private final AncestorJournal journal;
    private final ReplicaState state;
    private final Incoming incoming;
    private final ReplicaWriter replicaWriter;
    private final Carrier carrier;
    private final AgentSide agent;
    private final DeleteBrake brake;
    private final GitMoves git;
    private final Mailbox mailbox = new Mailbox(this::rest);
    private final ChangedPaths changed = new ChangedPaths();
    private final Standing standing = new Standing();
    private final Traffic traffic = new Traffic();
    private final ReplicaBarrier barrier = new ReplicaBarrier();
    private final ReplicaScan scan;
    private final Retries retries = new Retries();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final List<HostEvents> hostEvents = new ArrayList<>();

    private boolean paused;
    private volatile ReplicaView view;

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
            Path stateDirectory,
            Inheritance inheritance)
            throws IOException {
        this.replica = replica;
        this.plan = plan;
        this.trees = new HostTrees(plan, trees);
        this.journal = AncestorJournal.open(
                stateDirectory.resolve(replica.containerId() + "-" + plan.fingerprint() + ".ancestor"));
        inheritance.into(journal, plan);
        this.state = new ReplicaState(plan, this.trees, journal);
        this.brake = new DeleteBrake(plan, state);
        this.git = new GitMoves(this.trees.all(), standing, mailbox);
        scan = new ReplicaScan(
                state, this.trees, journal, changed, path -> inheritance.holds(path, state.isDirectory(path), plan));
        this.incoming = new Incoming(ReplicaWriter.gatheringPlace(stateDirectory), mailbox);
        this.replicaWriter = new ReplicaWriter(this.trees, archive, incoming, mailbox);
        HostWriter hostWriter = new HostWriter(replica.service(), this.trees, incoming, mailbox);
        this.carrier = new Carrier(state, this.trees, changed, traffic, standing, replicaWriter, hostWriter);
        this.agent = new AgentSide(
                replica.shortName(),
                () -> traffic.metered(starter.start()),
                mailbox,
                new AgentSide.Knowledge(plan, this.trees, state, scan, changed, standing, barrier),
                new AgentSide.Writes(carrier, replicaWriter, hostWriter, incoming),
                this::fail);
        replicaWriter.onWithdrawal(carrier::withdrawn);
        hostWriter.report(carrier::written, carrier::withdrawn);
        this.view = ReplicaView.of(this);
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
                agent.open();
            } else {
                mailbox.execute(() -> fail("the host's tree cannot be read: " + failure.getMessage()));
            }
        });
        return caughtUp;
    }

    /** Returns what the session that takes the container over under another plan may build on. After {@link #close} only. */
    Inheritance inheritance() {
        return journal.isEstablished() ? Inheritance.of(plan, journal.all()) : Inheritance.NONE;
    }

    private void fail(String why) {
        standing.becomes(SyncStatus.State.FAILED, why);
        DevshellException failure = new DevshellException.Failed(
                "SYNC-FAILED", replica.shortName() + " cannot be synced", why, "devshell sync status");
        caughtUp.completeExceptionally(failure);
        barrier.fail(failure);
    }

    // --- what the host says ---

    private void hostChanged(HostTree tree, List<HostChange> changes, long when) {
        for (HostChange change : changes) {
            HostPath path = new HostPath(tree.root(), change.path());
            boolean directory = change.entry().node() instanceof Node.Directory;
            boolean gone = change.entry().node() instanceof Node.Absent;
            Set<String> targets = plan.targetsOf(path, directory);
            if (!targets.isEmpty()) {
                if (change.entry().node().portable()) {
                    standing.solved(path.toPath().toString());
                }
                replicaWriter.offer(path, change.content());
                for (String target : targets) {
                    changed.touch(target, when, agent.isLive(), gone);
                    changed.byHost(target);
                    if (directory) {
                        // it may be one that could not be read until now
                        standing.blockedBelow(target).forEach(changed::later);
                    }
                }
                git.hostChanged(when);
            }
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
        public void solved(String path) {
            String file = tree.root().resolve(path).toString();
            mailbox.execute(() -> standing.solved(file));
        }

        @Override
        public void problem(String path, ProblemCode code, String message) {
            String file = tree.root().resolve(path).toString();
            mailbox.execute(() -> {
                if (code == ProblemCode.ROOT_BACK) {
                    standing.solved(file);
                } else {
                    standing.problem(file, message);
                }
            });
        }
    }

    // --- after each round of events ---

    private long rest() {
        boolean goesOn = false;
        if (retries.areDue(wantsRetry(), System.nanoTime())) {
            carrier.retry();
            if (scan.owesAncestor()) {
                scan.establish();
            }
        }
        if (agent.isLive() && !paused) {
            brake.look(System.nanoTime());
            if (changed.size() < ChangedPaths.PART && carrier.hasRoom()) {
                brake.takeRefused(ChangedPaths.PART).forEach(changed::again);
                brake.takeOpen(ChangedPaths.PART).forEach(path -> changed.later(path, true));
            }
            if (changed.isEmpty() || !git.gathers(System.nanoTime())) {
                goesOn = decide();
                carrier.pump();
            }
        }
        replicaWriter.flush();
        try {
            journal.flush();
        } catch (IOException e) {
            // What it would have said is found out again by looking at both sides.
            LOG.warn("The ancestor of {} cannot be written: {}", replica.shortName(), e.getMessage());
        }
        if (isSettled()) {
            settled();
        }
        if (view.isOld(System.nanoTime())) {
            view = ReplicaView.of(this);
        }
        return goesOn ? 0 : due(System.nanoTime());
    }

    /** Returns after how many nanoseconds there is something to do although nothing happens. */
    private long due(long now) {
        long retry = retries.due(wantsRetry(), now);
        boolean deciding = agent.isLive() && !paused;
        return deciding ? Math.min(retry, Math.min(brake.due(now), git.due())) : retry;
    }

    /** Returns whether something failed that may go well the next time. */
    private boolean wantsRetry() {
        return carrier.wantsRetry() || scan.owesAncestor() || journal.isBehind();
    }

    /** Returns whether there was something to decide. */
    private boolean decide() {
        if (git.hasMoved()) {
            changed.forEachByHost(state::hostPrevails);
        }
        List<String> taken = changed.take(carrier::waits, carrier.hasRoom());
        if (taken.isEmpty()) {
            return false;
        }
        List<String> ready = brake.gather(taken, System.nanoTime());
        ready.removeIf(brake::holdsBelow);
        List<Step> steps = Reconciler.reconcile(state, carrier.takeDeleted() ? standing(ready) : ready);
        ready.forEach(standing::decidesAnew);
        List<Step> actions = new ArrayList<>(steps.size());
        for (Step step : steps) {
            if (step.decision() instanceof Decision.Ask) {
                standing.asks(step.path());
            } else if (step.decision() instanceof Decision.Blocked blocked) {
                standing.blocks(step.path(), blocked(step.path(), blocked));
            } else {
                actions.add(step);
            }
        }
        List<Step> through = brake.pass(ready, actions, System.nanoTime());
        carrier.plan(through);
        Set<String> moving = new HashSet<>();
        actions.forEach(step -> moving.add(step.path()));
        changed.arrived(ready, moving::contains);
        ready.removeIf(moving::contains);
        ready.forEach(state::settled);
        brake.rested(ready);
        return changed.hasBacklog() || brake.goesOn();
    }

    /** Most of what is to be looked at again after deletions is what was deleted. */
    private List<String> standing(List<String> paths) {
        return paths.stream().filter(path -> !state.isForgotten(path)).toList();
    }

    private String blocked(String path, Decision.Blocked blocked) {
        Node.Link link = state.leavingLink(path);
        if (link != null) {
            return "the link leaves the directory: " + TellTale.plain(link.target()) + "; both sides are left alone";
        }
        if (!Entry.canStandAt(path)) {
            return "in the container the path would be longer than 4095 bytes, or a name in it than 255; it stays on the host";
        }
        String where = blocked.side() == Side.HOST ? "on the host" : "in the container";
        return "it, or a directory above it, is special or cannot be read " + where + "; both sides are left alone";
    }

    private boolean isSettled() {
        return agent.isLive() && changed.isEmpty() && carrier.isIdle() && !brake.isGathering();
    }

    private void settled() {
        standing.ready();
        caughtUp.complete(null);
        if (brake.isHolding()) {
            barrier.refuse(HeldDeletions.failure(this));
        } else if (!carrier.obstacles().retried()) {
            barrier.settled();
        }
    }

    // --- asked from outside ---

    /** Completes when everything that happened in the container before this call has been reported; without an agent, once there is one again. */
    CompletableFuture<Void> cookie() {
        return waiting(agent::cookie);
    }

    /** Completes when nothing waits in either direction; exceptionally when this replica cannot be synced. */
    CompletableFuture<Void> settle() {
        return waiting(barrier::settle);
    }

    private CompletableFuture<Void> waiting(Consumer<CompletableFuture<Void>> begin) {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        mailbox.execute(() -> {
            if (standing.hasFailed()) {
                waiting.completeExceptionally(new IOException(standing.detail()));
            } else {
                begin.accept(waiting);
            }
        });
        return waiting;
    }

    /** Returns why what has changed is not decided at once. */
    String undecided() {
        if (!agent.isLive()) {
            String detail = standing.detail();
            return "the container is not connected" + (detail.isEmpty() ? "" : ": " + detail);
        } else if (paused) {
            return "the sync is paused";
        } else if (git.isMoving()) {
            return "git is at work; its changes go together";
        }
        return "changed; about to be decided";
    }

    void pause(boolean pause) {
        mailbox.execute(() -> {
            paused = pause;
            // The time that somebody let pass is not the sync's.
            changed.untimed();
        });
    }

    /** Returns how it stood a moment ago, for when it is too busy to be asked. */
    ReplicaView view() {
        return view;
    }

    /** Runs on the session's thread, where the state may be looked at, and before all that waits there. */
    <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        mailbox.overtaking(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    void resolve(String path, Preference preference) {
        state.resolve(path, preference);
        changed.again(path);
        changed.again(state.below(Side.HOST, path));
        changed.again(state.below(Side.REPLICA, path));
    }

    /** Lets the deletions that are held go. */
    void release() {
        brake.release();
    }

    /** Refuses the deletions that are held: what the host has is sent back. */
    void restore() {
        brake.restore();
    }

    Replica replica() {
        return replica;
    }

    SyncPlan plan() {
        return plan;
    }

    ReplicaState state() {
        return state;
    }

    HostTrees trees() {
        return trees;
    }

    Standing standing() {
        return standing;
    }

    ChangedPaths changed() {
        return changed;
    }

    Carrier carrier() {
        return carrier;
    }

    DeleteBrake brake() {
        return brake;
    }

    GitMoves git() {
        return git;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Returns how many paths are known, whatever is in them. */
    int known() {
        return journal.all().size();
    }

    /** Ends the session: the agent is told, what is under way is left to be found out again, nothing is half-written. */
    @Override
    public void close() {
        hostEvents.forEach(events -> events.tree.unsubscribe(events));
        CompletableFuture<Void> done = new CompletableFuture<>();
        mailbox.execute(() -> {
            agent.close();
            done.complete(null);
        });
        try {
            done.get(2, TimeUnit.SECONDS);
            mailbox.close();
            journal.close();
            incoming.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IOException e) {
            LOG.warn("{} did not end cleanly; the next start will see to it: {}", replica.shortName(), e.toString());
        }
        caughtUp.completeExceptionally(
                new DevshellException.Interrupted(replica.shortName() + " is not synced any more"));
    }
}
