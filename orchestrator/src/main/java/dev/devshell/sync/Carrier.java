package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Decision;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.core.Step;
import dev.devshell.sync.host.WriteResult;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.wire.AgentMessage;
import dev.devshell.sync.wire.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries decisions out: a bounded number at a time, each checked against what it was made on when its turn comes, and answered before the path is decided
 * again. What a small batch decides goes before what is left of a large one. The session's loop owns it.
 */
final class Carrier {
    private static final int SMALL_BATCH = 64;
    /** How often a path may be found changed in a row before it is left alone for a while. */
    private static final int PATIENCE = 20;

    private static final String QUEUED = "decided; others are written first";

    private final ReplicaState state;
    private final HostTrees trees;
    private final ChangedPaths changed;
    private final Traffic traffic;
    private final Obstacles obstacles;
    private final ReplicaWriter replica;
    private final HostWriter host;
    private final Deque<Step> urgent = new ArrayDeque<>();
    private final Deque<Step> bulk = new ArrayDeque<>();
    private final UnderWay underWay;
    private boolean deleted;
    private final Map<String, Integer> mismatches = new HashMap<>();

    Carrier(
            ReplicaState state,
            HostTrees trees,
            ChangedPaths changed,
            Traffic traffic,
            Standing standing,
            ReplicaWriter replica,
            HostWriter host) {
        this.state = state;
        this.trees = trees;
        this.changed = changed;
        this.traffic = traffic;
        this.obstacles = new Obstacles(state, standing);
        this.underWay = new UnderWay(state);
        this.replica = replica;
        this.host = host;
    }

    /** Queues steps; they happen as {@link #pump} finds room. */
    void plan(List<Step> steps) {
        Deque<Step> queue = steps.size() <= SMALL_BATCH ? urgent : bulk;
        for (Step step : steps) {
            if (!obstacles.bar(step)) {
                queue.add(step);
            }
        }
    }

    /** Carries out what there is room for. */
    void pump() {
        while (replica.halted() == null && underWay.hasRoom(replica.unstored())) {
            Step step = urgent.isEmpty() ? bulk.poll() : urgent.poll();
            if (step == null) {
                break;
            }
            carryOut(step);
        }
        host.flush();
    }

    private void carryOut(Step step) {
        String path = step.path();
        boolean stale = !step.host().equals(state.at(Side.HOST, path))
                || !step.replica().equals(state.at(Side.REPLICA, path));
        if (stale || underWay.holdsUp(path)) {
            changed.again(path);
            return;
        }
        Decision decision = step.decision();
        if (decision instanceof Decision.Remember remember) {
            obstacles.rests(path);
            mismatches.remove(path);
            state.rests(path, remember.ancestor());
        } else if (decision instanceof Decision.Write write) {
            write(step, write.side(), write.target(), write.conflict());
        } else if (decision instanceof Decision.Merge merge) {
            merge(step, merge);
        }
    }

    /** The side that lacks only the executable bit gets it; the path is then decided again, and the content follows. */
    private void merge(Step step, Decision.Merge merge) {
        boolean hostHasContent = step.host() instanceof Node.File file
                && file.digest().equals(merge.target().digest());
        write(step, hostHasContent ? Side.HOST : Side.REPLICA, merge.target(), false);
    }

    /** RACE: the host may have changed since the look above; its writer will see that it is not what was decided on. */
    private void write(Step step, Side side, Node target, boolean conflict) {
        String path = step.path();
        HostPath hostPath = trees.locate(path);
        if (hostPath == null) {
            return;
        }
        Node expected = step.at(side);
        Node other = step.at(side.other());
        boolean clears = !(expected instanceof Node.Absent)
                && !(target instanceof Node.Absent)
                && (expected instanceof Node.Directory != target instanceof Node.Directory);
        Node next = clears ? Node.absent() : target;
        int weight = side == Side.REPLICA ? replica.weight(hostPath, expected, next) : 0;
        Operation operation = new Operation(
                underWay.nextId(),
                path,
                hostPath,
                side,
                expected,
                next,
                next.equals(other),
                conflict,
                weight,
                changed.since(path),
                System.nanoTime());
        underWay.add(operation);
        if (side == Side.REPLICA) {
            replica.write(operation);
        } else {
            host.write(operation, state.moved(path));
        }
    }

    /** Returns whether the path has to wait for a write that is under way, at it or above it. */
    boolean waits(String path) {
        return underWay.holdsUp(path);
    }

    /** Takes the agent's answer to a write. */
    void acknowledged(AgentMessage.Ack ack) {
        Operation asked = underWay.find(ack.id());
        if (asked == null) {
            return;
        }
        boolean answers = asked.side() == Side.REPLICA
                && ack.current().path().equals(asked.path())
                && ack.displaced().path().equals(asked.path());
        Operation operation = answers ? underWay.finish(ack.id()) : null;
        if (operation == null) {
            throw new BreachException("it answers for another path than it was asked about: "
                    + ack.current().path());
        }
        replica.displaced(ack, operation);
        switch (ack.status()) {
            case APPLIED -> {
                applied(operation);
                state.replicaIs(ack.current());
                standsInDirectories(ack.current());
            }
            case MISMATCH -> {
                state.replicaIs(ack.current());
                if (mismatches.merge(operation.path(), 1, Integer::sum) >= PATIENCE) {
                    mismatches.remove(operation.path());
                    obstacles.stick(operation, "it keeps changing in the container", true);
                }
            }
            case NOT_EMPTY -> {
                if (!obstacles.notEmpty(operation, underWay::writes)) {
                    return;
                }
            }
            case BAD_CONTENT -> {
                if (!replica.goesAnotherWayNext(operation)) {
                    obstacles.stick(operation, TellTale.plain(ack.message()), true);
                }
            }
            case NO_SPACE, IO_ERROR, LINK_IN_PATH -> obstacles.stick(operation, TellTale.plain(ack.message()), true);
            case READ_ONLY, DENIED, NAME_TOO_LONG, OUTSIDE ->
                obstacles.stick(operation, TellTale.plain(ack.message()), false);
        }
        changed.again(operation.path());
    }

    /** What stands somewhere stands in directories; the agent makes those that are missing and does not speak of it. */
    private void standsInDirectories(Entry entry) {
        if (entry.node() instanceof Node.Absent) {
            return;
        }
        for (String above = state.parent(entry.path()); above != null; above = state.parent(above)) {
            if (state.at(Side.REPLICA, above) instanceof Node.Directory) {
                return;
            }
            state.replicaIs(Entry.directory(above, 0755));
            changed.again(above);
        }
    }

    /** Takes the outcome of a write on the host. */
    void written(long id, WriteResult result) {
        Operation operation = underWay.finish(id);
        if (operation == null) {
            return;
        }
        if (result instanceof WriteResult.Applied) {
            applied(operation);
        } else if (result instanceof WriteResult.NotEmpty) {
            if (!obstacles.notEmpty(operation, underWay::writes)) {
                return;
            }
        } else if (result instanceof WriteResult.Failed failed) {
            boolean retry = switch (failed.code()) {
                case NO_SPACE, NOT_KEPT, IO, LINK_IN_PATH, PARENT -> true;
                case READ_ONLY, DENIED, LINK_TARGET, PROTECTED, NAME -> false;
            };
            obstacles.stick(operation, failed.message(), retry);
        }
        changed.again(operation.path());
    }

    /** What a write needed was gone when its turn came: the path is decided again. */
    void withdrawn(long id) {
        Operation operation = underWay.finish(id);
        if (operation != null) {
            changed.again(operation.path());
        }
    }

    private void applied(Operation operation) {
        if (operation.agrees()) {
            state.rests(operation.path(), Ancestor.agreed(operation.target()));
            traffic.carried(operation);
            mismatches.remove(operation.path());
        }
        if (operation.target() instanceof Node.Absent) {
            deleted = true;
            String freed = obstacles.freed(operation.path());
            if (freed != null) {
                changed.again(freed);
            }
        }
    }

    /** Returns whether something was deleted since this was last asked. */
    boolean takeDeleted() {
        boolean taken = deleted;
        deleted = false;
        return taken;
    }

    /** The stream to the agent is gone: what it was asked and did not answer is unknown, until it is scanned again. */
    void disconnected() {
        for (Operation operation : underWay.all()) {
            if (operation.side() == Side.REPLICA || host.needsAgent(operation.id())) {
                withdrawn(operation.id());
            }
        }
        replica.disconnected();
        host.disconnected();
    }

    /** Lets what failed for want of space or by a fault of the moment be tried again. */
    void retry() {
        replica.retry();
        changed.again(obstacles.retry());
    }

    /** Returns whether there is something to be tried again after a while. */
    boolean wantsRetry() {
        return obstacles.passing() || replica.halted() != null;
    }

    boolean isIdle() {
        return underWay.isEmpty()
                && replica.unstored() == 0
                && urgent.isEmpty()
                && bulk.isEmpty()
                && obstacles.lingering().isEmpty();
    }

    /** Returns whether more may be planned; what waits here is held in full, so it is not to be many. */
    boolean hasRoom() {
        return bulk.size() < UnderWay.MOST;
    }

    int waiting() {
        return underWay.size() + urgent.size() + bulk.size();
    }

    /** Tells of paths that wait here, and what for. */
    void tellWaiting(BiConsumer<String, String> teller) {
        underWay.all()
                .forEach(operation -> teller.accept(
                        operation.path(),
                        operation.side() == Side.HOST
                                ? "being written on the host"
                                : "sent to the container, which has not answered"));
        obstacles
                .lingering()
                .forEach(path -> teller.accept(path, "a deleted directory: what is in it has to go first"));
        replica.unstoredPaths()
                .forEach(path ->
                        teller.accept(path, "what stood there in the container is on its way into the history"));
        urgent.forEach(step -> teller.accept(step.path(), QUEUED));
        bulk.forEach(step -> teller.accept(step.path(), QUEUED));
    }

    /** Returns why nothing is carried out now, or null. */
    @Nullable
    String halted() {
        return replica.halted();
    }

    Obstacles obstacles() {
        return obstacles;
    }
}
