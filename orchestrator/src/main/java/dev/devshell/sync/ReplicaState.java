package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Preference;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.core.Sides;
import dev.devshell.sync.host.HostEntry;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of both sides of one replica. The replica's side is kept only where it differs from where it last rested, so that a quiet tree costs its
 * ancestor and nothing more. The loop owns it.
 */
final class ReplicaState implements Sides {
    private static final int MOST_PATHS = 4_000_000;
    private static final long MOST_CHARACTERS = 128L << 20;

    private final SyncPlan plan;
    private final HostTrees trees;
    private final AncestorJournal journal;
    private final PathTree<Moved> moved = new PathTree<>();
    private long characters;
    private final PathTree<Preference> resolved = new PathTree<>();
    private @Nullable AgentClock clock;

    /** What the agent last said of a path, which is not said again here: a million of them may have moved. */
    private record Moved(Node node, int mode, long size, long mtimeNanos) {
        private static final Moved GONE = new Moved(Node.absent(), 0, 0, 0);

        static Moved of(Entry entry) {
            return entry.node() instanceof Node.Absent
                    ? GONE
                    : new Moved(entry.node(), entry.mode(), entry.size(), entry.mtimeNanos());
        }

        /** What is known of a path of which only the node was told; a mode must not contradict it. */
        static Moved unseen(Node node) {
            boolean executable = node instanceof Node.File file && file.executable();
            return node instanceof Node.Absent ? GONE : new Moved(node, executable ? 0755 : 0, 0, 0);
        }

        Entry at(String path) {
            return new Entry(path, node, mode, size, mtimeNanos);
        }
    }

    ReplicaState(SyncPlan plan, HostTrees trees, AncestorJournal journal) {
        this.plan = plan;
        this.trees = trees;
        this.journal = journal;
        journal.all().forEach((path, ancestor) -> characters += path.length());
    }

    @Override
    public Ancestor ancestor(String path) {
        return journal.get(path);
    }

    @Override
    public Node at(Side side, String path) {
        if (side == Side.REPLICA) {
            return replica(path);
        }
        if (!Entry.canStandAt(path)) {
            return Node.special();
        }
        Node node = trees.at(path).node();
        return node instanceof Node.Absent && lostRoot(path) ? Node.unreadable() : node;
    }

    /** What the replica has, as far as it may be carried: a link that the host must not have is something special. */
    private Node replica(String path) {
        Node told = told(path);
        return told instanceof Node.Link link && leaves(path, link) ? Node.special() : told;
    }

    private Node told(String path) {
        Moved entry = moved.isEmpty() ? null : moved.get(path);
        return entry != null ? entry.node() : journal.get(path).replica();
    }

    /**
     * Returns whether a link was made in the replica that the host must not have, because it leads out of its directory. That is known before anything is
     * decided: a directory whose place it took would otherwise go from the host, and nothing come.
     */
    private boolean leaves(String path, Node.Link link) {
        HostPath host = moved.contains(path) ? trees.locate(path) : null;
        return host != null
                && !link.staysInside(host.path())
                && !link.equals(trees.entry(host).node())
                && writable(Side.HOST, path);
    }

    /** Returns the link at the path that the host must not have; null where there is none. */
    Node.@Nullable Link leavingLink(String path) {
        return told(path) instanceof Node.Link link && leaves(path, link) ? link : null;
    }

    /** A root that was on the host and is not says nothing of what was in it: it may be a mount that went, or a directory that is being put back. */
    private boolean lostRoot(String path) {
        return journal.get(path).host() instanceof Node.Directory
                && plan.roots().stream()
                        .anyMatch(root -> root.directory() && root.container().equals(path));
    }

    /** Returns whether a mapping's directory, which the host has, is gone from the replica, or something else stands there. */
    boolean hasVanished(String root) {
        return isTop(root)
                && !(replica(root) instanceof Node.Directory)
                && trees.at(root).node() instanceof Node.Directory;
    }

    /** Returns whether the path is a mapped directory, and not in another mapped directory. */
    private boolean isTop(String path) {
        return plan.parent(path) == null
                && plan.roots().stream()
                        .anyMatch(root -> root.directory() && root.container().equals(path));
    }

    /** Returns how many paths are known of any mapping. */
    int known() {
        return journal.all().size();
    }

    /** Counts what the host had below a root, as far as it came to rest. */
    int onHost(String root) {
        int[] count = {0};
        journal.all().below(root, (path, ancestor) -> count[0] += ancestor.host() instanceof Node.Absent ? 0 : 1);
        return count[0];
    }

    /** Forgets that the replica ever had what the host has, so that it is sent, whatever the replica has now. */
    void hostIsNews(String path) {
        rests(path, Ancestor.nothing());
        resolved.put(path, Preference.HOST);
    }

    /** Lets the host prevail at the path until it comes to rest, also where the host deleted it. */
    void hostPrevails(String path) {
        resolved.put(path, Preference.HOST_ALWAYS);
    }

    /** The path is at rest as it is. */
    void settled(String path) {
        if (!resolved.isEmpty() && resolved.get(path) == Preference.HOST_ALWAYS) {
            resolved.remove(path);
        }
    }

    /** Returns what the agent last said of a path whose replica has moved since it rested, for its mode and times; null for others. */
    @Nullable
    Entry moved(String path) {
        Moved entry = moved.get(path);
        return entry == null ? null : entry.at(path);
    }

    private long length(String path) {
        return moved.contains(path) || journal.all().contains(path) ? path.length() : 0;
    }

    /** A tree has an end; one that has none would fill the memory of everybody's sync. */
    private void expectAnEnd(Entry entry) {
        if (characters > MOST_CHARACTERS
                || moved.size() > MOST_PATHS
                || journal.all().size() > MOST_PATHS) {
            throw new BreachException("it names more files than can be held; the last is " + entry.path());
        }
    }

    /** Visits the paths whose replica has moved since they rested, and what it has there now. */
    void forEachMoved(BiConsumer<String, Node> visitor) {
        moved.forEach((path, entry) -> visitor.accept(path, entry.node()));
    }

    /** Takes what the agent says of a path. Returns whether that moved it from where it was known to be. */
    boolean replicaIs(Entry entry) {
        Node before = told(entry.path());
        long length = length(entry.path());
        if (journal.get(entry.path()).replica().equals(entry.node())) {
            if (!moved.isEmpty()) {
                moved.remove(entry.path());
            }
        } else {
            moved.put(entry.path(), Moved.of(entry));
        }
        characters += length(entry.path()) - length;
        expectAnEnd(entry);
        return !before.equals(entry.node());
    }

    /** Returns whether the replica has deleted what the host has as both last had it. */
    boolean isDeletedByReplica(String path) {
        Ancestor ancestor = journal.get(path);
        return ancestor.isAgreed()
                && !(ancestor.host() instanceof Node.Absent)
                && told(path) instanceof Node.Absent
                && at(Side.HOST, path).equals(ancestor.host());
    }

    /** Returns whether the path is on neither side, and that is known of both: there is nothing to decide of it. */
    boolean isForgotten(String path) {
        return !moved.contains(path)
                && !journal.all().contains(path)
                && trees.at(path).node() instanceof Node.Absent;
    }

    /** Returns whether the replica has a directory there. */
    boolean isDirectory(String path) {
        return at(Side.REPLICA, path) instanceof Node.Directory;
    }

    /** Remembers where a path rests. */
    void rests(String path, Ancestor ancestor) {
        Node replica = told(path);
        long length = length(path);
        Moved entry = moved.isEmpty() ? null : moved.get(path);
        journal.put(path, ancestor);
        if (!ancestor.replica().equals(replica)) {
            moved.put(path, entry != null ? entry : Moved.unseen(replica));
        } else if (entry != null) {
            moved.remove(path);
        }
        characters += length(path) - length;
        if (ancestor.isAgreed() && !resolved.isEmpty()) {
            resolved.remove(path);
        }
    }

    @Override
    public List<String> below(Side side, String path) {
        if (side == Side.HOST) {
            return new ArrayList<>(trees.below(path));
        }
        Set<String> paths = new TreeSet<>();
        journal.all().below(path, (child, ancestor) -> paths.add(child));
        moved.below(path, (child, entry) -> paths.add(child));
        paths.removeIf(child -> told(child) instanceof Node.Absent);
        return new ArrayList<>(paths);
    }

    @Override
    public Preference preference(String path) {
        Preference chosen = resolved.isEmpty() ? null : resolved.get(path);
        if (chosen != null) {
            return chosen;
        }
        return switch (plan.policy()) {
            case HOST -> Preference.HOST;
            case CONTAINER -> Preference.REPLICA;
            case MANUAL -> Preference.ASK;
            case NEWEST -> newest(path);
        };
    }

    /** Takes how the clock of the replica's files stands to that of the host's. */
    void connected(AgentClock agentClock) {
        clock = agentClock;
    }

    /** Only of files is it known when their content was written; where it is not certain which is newer, the host prevails. */
    private Preference newest(String path) {
        Moved entry = moved.get(path);
        HostEntry onHost = trees.at(path);
        boolean later = clock != null
                && entry != null
                && entry.node() instanceof Node.File
                && onHost.node() instanceof Node.File
                && clock.isLater(entry.mtimeNanos(), onHost.mtimeNanos(), AgentClock.Reading.now());
        return later ? Preference.REPLICA : Preference.HOST;
    }

    void resolve(String path, Preference preference) {
        resolved.put(path, preference);
    }

    @Override
    public boolean writable(Side side, String path) {
        if (side == Side.REPLICA) {
            return !plan.inHole(path);
        }
        HostPath host = trees.locate(path);
        Root root = plan.rootOf(path).orElse(null);
        if (host == null || root == null || root.flow() == Root.Flow.TO_CONTAINER) {
            return false;
        }
        if (isTop(path) && !(trees.at(path).node() instanceof Node.Absent)) {
            // The mapping's own directory stays, whatever becomes of it there.
            return false;
        }
        boolean directory = told(path) instanceof Node.Directory;
        if (plan.isProtected(host.path(), directory)) {
            return false;
        }
        boolean fresh =
                trees.entry(host).equals(HostEntry.ABSENT) && journal.get(path).host() instanceof Node.Absent;
        return !(fresh && plan.isQuiet(root, host.path(), directory));
    }

    @Override
    public @Nullable String parent(String path) {
        return plan.parent(path);
    }
}
