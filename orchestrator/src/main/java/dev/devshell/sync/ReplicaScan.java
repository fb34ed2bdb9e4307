package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.core.Side;
import dev.devshell.sync.wire.Entry;
import java.io.IOException;
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
    private final Set<String> seen = new HashSet<>();
    private boolean running;

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
    }

    void saw(Entry entry) {
        if (running) {
            seen.add(entry.path());
            state.replicaIs(entry);
        }
    }

    /** Forgets a scan that was cut off. */
    void abandon() {
        running = false;
        seen.clear();
    }

    /** What was not seen is not there. Returns whether there was a scan to end. */
    boolean end() {
        if (!running) {
            return false;
        }
        running = false;
        Set<String> known = new HashSet<>(journal.all().keySet());
        known.addAll(state.movedPaths());
        known.removeAll(seen);
        seen.clear();
        known.forEach(path -> state.replicaIs(Entry.absent(path)));
        if (!journal.isEstablished()) {
            establish();
        }
        changed.again(state.movedPaths());
        lookAtHost();
        return true;
    }

    /** Rule 10: a container that is seen for the first time starts from what its image holds. */
    private void establish() {
        for (String path : List.copyOf(state.movedPaths())) {
            if (!inherited.test(path)) {
                state.rests(path, Ancestor.baseline(state.at(Side.HOST, path), state.at(Side.REPLICA, path)));
            }
        }
        try {
            journal.establish();
        } catch (IOException e) {
            LOG.warn("An ancestor cannot be written: {}", e.getMessage());
        }
    }

    private void lookAtHost() {
        for (String path : trees.below("")) {
            if (!trees.at(path).node().equals(journal.get(path).host())) {
                changed.again(path);
            }
        }
        journal.all().forEach((path, ancestor) -> {
            if (!(ancestor.host() instanceof Node.Absent) && trees.at(path).node() instanceof Node.Absent) {
                changed.again(path);
            }
        });
    }
}
