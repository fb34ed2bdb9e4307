package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Decision;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.core.Step;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What writes ran into: those that cannot be done as things are, and directories that could not be deleted yet. The session's loop owns it. */
final class Obstacles {
    private final ReplicaState state;
    private final Standing standing;
    private final Map<String, Stuck> stuck = new HashMap<>();
    /** Directories that wait for what is in them to go. */
    private final Set<String> lingering = new HashSet<>();
    /** Directories whose deletion was refused once. */
    private final Set<String> refused = new HashSet<>();

    /** A write that could not be done as both sides were then; it is not asked for again until something is different. */
    record Stuck(Side side, Node target, Node host, Node replica, String message, boolean retry) {
        private boolean isAbout(Step step) {
            return step.decision() instanceof Decision.Write write
                    && write.side() == side
                    && host.equals(step.host())
                    && replica.equals(step.replica())
                    && (write.target().equals(target) || target instanceof Node.Absent);
        }
    }

    Obstacles(ReplicaState state, Standing standing) {
        this.state = state;
        this.standing = standing;
    }

    /** Returns whether it is known that the step cannot be carried out as both sides are. */
    boolean bar(Step step) {
        Stuck before = stuck.get(step.path());
        if (before != null && before.isAbout(step)) {
            return true;
        }
        stuck.remove(step.path());
        return false;
    }

    void stick(Operation operation, String message, boolean retry) {
        standing.erred(operation.path() + ": " + message);
        stuck.put(
                operation.path(),
                new Stuck(
                        operation.side(),
                        operation.target(),
                        state.at(Side.HOST, operation.path()),
                        state.at(Side.REPLICA, operation.path()),
                        message,
                        retry));
    }

    /** The path has come to rest. */
    void rests(String path) {
        lingering.remove(path);
        refused.remove(path);
    }

    /**
     * A path has gone; returns the directory above it if that waited for this, else null.
     */
    @Nullable
    String freed(String path) {
        refused.remove(path);
        String parent = state.parent(path);
        boolean waited = parent != null && (lingering.remove(parent) || stuck.remove(parent) != null);
        return waited ? parent : null;
    }

    /**
     * A directory was not deleted, because something is in it. While that is something that the sync knows, it waits for that to go; it also is tried once
     * more, because what is in it may not have been told yet. After that it keeps what the sync does not know.
     *
     * @param busy whether a write at the path is under way
     * @return whether the path is to be decided anew
     */
    boolean notEmpty(Operation operation, Predicate<String> busy) {
        String path = operation.path();
        Node here = state.at(operation.side(), path);
        Node there = state.at(operation.side().other(), path);
        boolean asDecided =
                here.equals(operation.expected()) && (!operation.agrees() || there.equals(operation.target()));
        if (!asDecided) {
            return true;
        }
        boolean moreToGo = state.below(operation.side(), path).stream()
                .anyMatch(child -> busy.test(child) || state.ancestor(child).isAgreed());
        if (moreToGo || refused.add(path)) {
            lingering.add(path);
        } else if (operation.agrees()) {
            refused.remove(path);
            state.rests(path, operation.side() == Side.HOST ? new Ancestor(here, there) : new Ancestor(there, here));
        } else {
            refused.remove(path);
            stick(operation, "the directory that is in its way holds something that is not synced", false);
        }
        return false;
    }

    /** Lets go of what failed for want of space, by a fault of the moment, or because something was still to come; returns the paths. */
    Collection<String> retry() {
        Collection<String> again = new TreeSet<>(lingering);
        lingering.clear();
        stuck.forEach((path, barred) -> {
            if (barred.retry()) {
                again.add(path);
            }
        });
        stuck.values().removeIf(Stuck::retry);
        return again;
    }

    /** Returns whether something is to be tried again after a while. */
    boolean passing() {
        return !lingering.isEmpty() || retried();
    }

    /** Returns whether a write that failed is to be tried again. */
    boolean retried() {
        return stuck.values().stream().anyMatch(Stuck::retry);
    }

    Set<String> lingering() {
        return Collections.unmodifiableSet(lingering);
    }

    Map<String, Stuck> stuck() {
        return Collections.unmodifiableMap(stuck);
    }
}
