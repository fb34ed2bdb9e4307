package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.wire.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A look at everything that one replica has, and what has to be decided after it. The session's loop owns it. */
final class ReplicaScan {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaScan.class);

    private final ReplicaState state;
    private final HostTrees trees;
    private final AncestorJournal journal;
    private final ChangedPaths changed;
    private final Predicate<String> inherited;
    /** What the scan has said of paths that have an ancestor. */
    private final PathTree<Boolean> seen = new PathTree<>();
    /** What cannot be read, in this scan: nobody knows what is below. */
    private final Set<String> unreadable = new HashSet<>();

    private boolean running;
    private boolean owesAncestor;

    /**
     * @param inherited whether a path that the replica has is of a session before, for which it is no baseline
     */
    ReplicaScan(
            ReplicaState state,
            HostTrees trees,
            AncestorJournal journal,
            ChangedPaths changed,
            Predicate<String> inherited) {
        this.state = state;
        this.trees = trees;
        this.journal = journal;
        this.changed = changed;
        this.inherited = inherited;
    }

    boolean isRunning() {
        return running;
    }

    void begin() {
        running = true;
        seen.clear();
        unreadable.clear();
        if (!journal.isEstablished()) {
            forgetBaseline();
        }
    }

    /** What a first scan said that was cut off says nothing of the container as the next one finds it. */
    private void forgetBaseline() {
        for (String path : known(path -> !inherited.test(path))) {
            state.rests(path, Ancestor.nothing());
            state.replicaIs(Entry.absent(path));
        }
    }

    void saw(Entry entry) {
        if (!running) {
            return;
        }
        if (entry.node() instanceof Node.Unreadable) {
            unreadable.add(entry.path());
        }
        boolean moved = state.replicaIs(entry);
        if (hasAncestor(entry.path())) {
            seen.put(entry.path(), true);
            if (moved) {
                // also what is back where it rested: its absence may have been held, or listed
                changed.later(entry.path(), false);
            }
        } else {
            // rule 10: a container that is seen for the first time starts from what its image holds
            state.rests(entry.path(), Ancestor.baseline(state.at(Side.HOST, entry.path()), entry.node()));
        }
    }

    private boolean hasAncestor(String path) {
        return journal.isEstablished() || inherited.test(path);
    }

    /** Forgets a scan that was cut off. */
    void abandon() {
        running = false;
        seen.clear();
    }

    private boolean couldBeSeen(String path) {
        if (unreadable.isEmpty()) {
            return true;
        }
        for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (unreadable.contains(path.substring(0, end))) {
                return false;
            }
        }
        return !unreadable.contains("/");
    }

    /** What could be seen and was not is not there. Returns whether there was a scan to end. */
    boolean end() {
        if (!running) {
            return false;
        }
        running = false;
        missing();
        seen.clear();
        if (!journal.isEstablished()) {
            establish();
        }
        state.forEachMoved((path, node) -> changed.later(path, node instanceof Node.Absent));
        lookAtHost();
        return true;
    }

    private void missing() {
        Predicate<String> gone = path -> !seen.contains(path) && hasAncestor(path) && couldBeSeen(path);
        List<String> moved = new ArrayList<>();
        state.forEachMoved((path, node) -> {
            if (gone.test(path)) {
                moved.add(path);
            }
        });
        moved.forEach(path -> state.replicaIs(Entry.absent(path)));
        journal.all().forEach((path, ancestor) -> {
            if (gone.test(path)) {
                state.replicaIs(Entry.absent(path));
            }
        });
    }

    /** Returns the paths of which something is known of the replica, as far as the question is answered with yes. */
    private List<String> known(Predicate<String> asked) {
        List<String> paths = new ArrayList<>();
        journal.all().forEach((path, ancestor) -> {
            if (asked.test(path)) {
                paths.add(path);
            }
        });
        state.forEachMoved((path, node) -> {
            if (asked.test(path)) {
                paths.add(path);
            }
        });
        return paths;
    }

    /** Returns whether there should be an ancestor and is none, because it could not be written. */
    boolean owesAncestor() {
        return owesAncestor;
    }

    /** Writes the ancestor, as it is by now; where it cannot be written, it is owed. */
    void establish() {
        try {
            journal.establish();
            owesAncestor = false;
        } catch (IOException e) {
            owesAncestor = true;
            LOG.warn("An ancestor cannot be written, and is tried again: {}", e.getMessage());
        }
    }

    /** The paths are visited on the trees' threads, while the session's waits. */
    private void lookAtHost() {
        trees.forEach("", path -> {
            Node node = trees.at(path).node();
            if (node.equals(journal.get(path).host())) {
                journal.share(path, node);
            } else {
                changed.later(path, false);
            }
        });
        journal.all().forEach((path, ancestor) -> {
            if (!(ancestor.host() instanceof Node.Absent) && trees.at(path).node() instanceof Node.Absent) {
                changed.later(path, true);
            }
        });
    }
}
