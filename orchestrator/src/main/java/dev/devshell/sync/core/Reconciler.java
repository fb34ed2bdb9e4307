package dev.devshell.sync.core;

import dev.devshell.sync.core.Decision.Ask;
import dev.devshell.sync.core.Decision.Blocked;
import dev.devshell.sync.core.Decision.Remember;
import dev.devshell.sync.core.Decision.Rest;
import dev.devshell.sync.core.Decision.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides a set of paths together, as a tree: what happens to a directory and to what is in it must fit.
 *
 * <p>Invariants of what it returns, relied on by whoever carries it out in order:
 *
 * <ul>
 *   <li>deletions come first, children before parents; everything else follows, parents before children;
 *   <li>a directory is deleted or replaced only together with everything the sync knows in it, and never while an edit in it lives;
 *   <li>nothing is decided below or at a path that either side cannot read or carry.
 * </ul>
 */
public final class Reconciler {
    private final Sides sides;
    private final TreeMap<String, Decision> decided = new TreeMap<>();
    private final Map<String, Node> host = new HashMap<>();
    private final Map<String, Boolean> hostWritable = new HashMap<>();
    private final Descendants descendants;

    private Reconciler(Sides sides) {
        this.sides = sides;
        descendants = new Descendants(sides);
    }

    /** Returns the steps that the paths in {@code dirty} call for; paths at rest are not mentioned. */
    public static List<Step> reconcile(Sides sides, Collection<String> dirty) {
        Reconciler reconciler = new Reconciler(sides);
        for (String path : new TreeSet<>(dirty)) {
            reconciler.decide(path);
        }
        return reconciler.inOrder();
    }

    /** The host changes while it is looked at: each path is read once, so that all that is decided is decided on the same. */
    private Node at(Side side, String path) {
        return side == Side.REPLICA ? sides.at(side, path) : host.computeIfAbsent(path, p -> sides.at(side, p));
    }

    private boolean writable(Side side, String path) {
        return side == Side.REPLICA
                ? sides.writable(side, path)
                : hostWritable.computeIfAbsent(path, p -> sides.writable(side, p));
    }

    private void decide(String path) {
        kindAbove(path);
        if (decided.containsKey(path)) {
            return;
        }
        Side obstacle = obstacleAbove(path);
        if (obstacle != null) {
            decided.put(path, new Blocked(obstacle));
            return;
        }
        Decision decision = Decider.decide(
                sides.ancestor(path), at(Side.HOST, path), at(Side.REPLICA, path), sides.preference(path));
        if (decision instanceof Write write) {
            decision = lane(path, write);
        }
        if (decision instanceof Write write) {
            decision = flattened(path, write);
        }
        if (decision instanceof Write write && removesDirectory(path, write)) {
            directory(path, write);
        } else {
            decided.put(path, decision);
        }
    }

    /**
     * Decides first what has become of the path above, where that is no directory on a side: a change of kind and what comes with it are one question, also when
     * only this path was asked about, because the other is being written.
     */
    private void kindAbove(String path) {
        String parent = sides.parent(path);
        if (parent != null
                && !decided.containsKey(parent)
                && (isLeaf(at(Side.HOST, parent)) || isLeaf(at(Side.REPLICA, parent)))) {
            decide(parent);
        }
    }

    /** A side that must not be written keeps what it has, and the other side what it changed. */
    private Decision lane(String path, Write write) {
        if (writable(write.side(), path)) {
            return write;
        }
        return new Remember(new Ancestor(at(Side.HOST, path), at(Side.REPLICA, path)));
    }

    /**
     * Where the side to be written has a file or link in place of the parent directory, that kind change and this path are one question. The side
     * that {@link #directory} did not favour loses: its version goes.
     */
    private Decision flattened(String path, Write write) {
        String parent = sides.parent(path);
        if (write.deletes() || parent == null || !isLeaf(at(write.side(), parent))) {
            return write;
        }
        if (decided.get(parent) instanceof Write above
                && above.side() == write.side()
                && above.target() instanceof Node.Directory) {
            return write;
        }
        return new Write(write.side().other(), Node.absent(), true);
    }

    private static boolean isLeaf(Node node) {
        return node instanceof Node.File || node instanceof Node.Link;
    }

    private boolean removesDirectory(String path, Write write) {
        return at(write.side(), path) instanceof Node.Directory && !(write.target() instanceof Node.Directory);
    }

    private void directory(String path, Write write) {
        Side side = write.side();
        List<String> children = descendants.of(side, path);
        boolean untouchable = children.stream().anyMatch(child -> !writable(side, child));
        boolean alive = children.stream().anyMatch(child -> edited(side, child) && !loses(side, child));
        if (untouchable || (alive && (write.deletes() || prefers(side, path)))) {
            // What was added or changed inside lives, and so do the directories above it.
            decided.put(path, new Write(side.other(), Node.directory(), !write.deletes()));
            children.forEach(this::decide);
        } else if (write.deletes()) {
            // Only what was synced goes; whatever else is inside keeps the directory, and applying the deletion will
            // say so.
            decided.put(path, write);
            children.forEach(this::decide);
        } else if (alive && sides.preference(path) == Preference.ASK) {
            decided.put(path, Ask.INSTANCE);
            children.forEach(child -> decided.put(child, Ask.INSTANCE));
        } else {
            decided.put(path, write);
            children.forEach(child -> decided.put(child, clear(side, child)));
        }
    }

    /** What has to go because a file or link takes the place of a directory above it. */
    private Decision clear(Side side, String child) {
        return at(side, child).portable() ? new Write(side, Node.absent(), edited(side, child)) : new Blocked(side);
    }

    private boolean prefers(Side side, String path) {
        return switch (sides.preference(path)) {
            case HOST, HOST_ALWAYS -> side == Side.HOST;
            case REPLICA -> side == Side.REPLICA;
            case ASK -> false;
        };
    }

    /**
     * Returns whether the side holds a version at the path that the other side has not had.
     *
     * <p>RACE: the host may change while it is read, by the writer that carries out the deletion itself: a child that was listed may be gone by now.
     * What is gone is no version; taken for one, it would bring its directory back.
     */
    private boolean edited(Side side, String path) {
        Ancestor ancestor = sides.ancestor(path);
        Node base = side == Side.HOST ? ancestor.host() : ancestor.replica();
        Node now = at(side, path);
        return now.portable() && !(now instanceof Node.Absent) && !now.equals(base);
    }

    /** Returns whether what the replica did at the path counts for nothing, because the host deleted it for good. */
    private boolean loses(Side side, String path) {
        return side == Side.REPLICA
                && sides.preference(path) == Preference.HOST_ALWAYS
                && at(Side.HOST, path) instanceof Node.Absent;
    }

    /** Returns the side on which something above the path hides what is below it, or null. */
    private @Nullable Side obstacleAbove(String path) {
        for (String above = sides.parent(path); above != null; above = sides.parent(above)) {
            for (Side side : Side.values()) {
                if (!at(side, above).portable()) {
                    return side;
                }
            }
        }
        return null;
    }

    private List<Step> inOrder() {
        List<Step> deletions = new ArrayList<>();
        List<Step> others = new ArrayList<>();
        decided.forEach((path, decision) -> {
            if (decision instanceof Write write && write.deletes()) {
                deletions.add(step(path, decision));
            } else if (!(decision instanceof Rest)) {
                others.add(step(path, decision));
            }
        });
        deletions.sort(Comparator.comparing(Step::path).reversed());
        deletions.addAll(others);
        return deletions;
    }

    private Step step(String path, Decision decision) {
        return new Step(path, decision, at(Side.HOST, path), at(Side.REPLICA, path));
    }
}
