package dev.devshell.sync;

import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session leaves to the one that takes its container over under another plan: where the paths rested that both plans tie to
 * the same place of the host. For these, the container is no new baseline (rule 10), and what happens between the two sessions is
 * an ordinary edit.
 */
final class Inheritance {
    static final Inheritance NONE = new Inheritance(null, new PathTree<>());

    private final @Nullable SyncPlan before;
    private final PathTree<Ancestor> ancestors;

    private Inheritance(@Nullable SyncPlan before, PathTree<Ancestor> ancestors) {
        this.before = before;
        this.ancestors = ancestors;
    }

    /** Returns what a session with this plan leaves, of which these are all ancestors. */
    static Inheritance of(SyncPlan before, PathTree<Ancestor> ancestors) {
        return new Inheritance(before, ancestors);
    }

    /** Puts into the journal of the plan that follows what is still true under it. */
    void into(AncestorJournal journal, SyncPlan now) {
        if (before == null || before.fingerprint().equals(now.fingerprint())) {
            // Its journal is the same one.
            return;
        }
        ancestors.forEach((path, ancestor) -> {
            boolean directory =
                    ancestor.host() instanceof Node.Directory || ancestor.replica() instanceof Node.Directory;
            if (now.covers(path, directory) && holds(path, directory, now)) {
                journal.put(path, ancestor);
            }
        });
    }

    /** Returns whether the former plan knew all about a path that the one that follows covers. */
    boolean holds(String path, boolean directory, SyncPlan now) {
        return before != null
                && before.covers(path, directory)
                && hostOf(before, path).equals(hostOf(now, path));
    }

    private static Optional<HostPath> hostOf(SyncPlan plan, String path) {
        return plan.rootOf(path).map((Root root) -> root.hostOf(path));
    }
}
