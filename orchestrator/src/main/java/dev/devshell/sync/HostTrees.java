package dev.devshell.sync;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostEntry;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's side of one plan: the trees of its contexts, seen through the mappings as container paths. */
final class HostTrees {
    private final SyncPlan plan;
    private final Map<Path, HostTree> trees;

    HostTrees(SyncPlan plan, Map<Path, HostTree> trees) {
        this.plan = plan;
        this.trees = Map.copyOf(trees);
    }

    Collection<HostTree> all() {
        return trees.values();
    }

    HostTree tree(HostPath path) {
        HostTree tree = trees.get(path.context());
        if (tree == null) {
            throw new IllegalStateException("no tree for " + path);
        }
        return tree;
    }

    HostEntry entry(HostPath path) {
        return tree(path).entry(path.path());
    }

    /**
     * Returns the host path that stands for the container path now: of those it may come from, the first at which something is, else the one that owns
     * it; null where there is none.
     */
    @Nullable
    HostPath locate(String container) {
        HostPath owner = null;
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            HostPath host = plan.inHole(container) ? null : plan.roots().get(i).hostOf(container);
            if (host == null) {
                continue;
            }
            if (!(entry(host).node() instanceof Node.Absent)) {
                return host;
            }
            owner = owner == null ? host : owner;
        }
        return owner;
    }

    HostEntry at(String container) {
        HostPath host = locate(container);
        return host == null ? HostEntry.ABSENT : entry(host);
    }

    /** Returns every container path that something on the host maps to, at or below {@code above}; {@code ""} is above everything. */
    NavigableSet<String> below(String above) {
        NavigableSet<String> found = new TreeSet<>();
        forEach(above, found::add);
        found.remove(above);
        return found;
    }

    /**
     * Visits every container path that something on the host maps to, at or below {@code above}, the host's tree holding still: one that comes from several
     * places is visited several times.
     */
    void forEach(String above, Consumer<String> visitor) {
        for (Root root : plan.roots()) {
            HostPath from =
                    root.container().startsWith(above + "/") || above.isEmpty() ? root.host() : root.hostOf(above);
            if (from == null) {
                continue;
            }
            visit(root, from.path(), visitor);
        }
    }

    /** Returns the container paths of what the host has although a quiet rule ignores it. */
    Collection<String> quiet() {
        if (plan.roots().stream().allMatch(root -> root.quiet().isEmpty())) {
            return List.of();
        }
        List<String> quiet = new ArrayList<>();
        forEach("", path -> {
            HostPath host = locate(path);
            Root root = plan.rootOf(path).orElse(null);
            if (host != null
                    && root != null
                    && Entry.canStandAt(path)
                    && plan.isQuiet(root, host.path(), entry(host).node() instanceof Node.Directory)) {
                quiet.add(path);
            }
        });
        return quiet;
    }

    private void visit(Root root, String from, Consumer<String> visitor) {
        HostTree tree = tree(root.host());
        Path context = root.host().context();
        String container = root.containerOf(new HostPath(context, from));
        if (container != null && !(tree.entry(from).node() instanceof Node.Absent) && !plan.inHole(container)) {
            visitor.accept(container);
        }
        if (!root.directory()) {
            return;
        }
        tree.onTree(() -> {
                    tree.forEachBelow(from, (path, entry) -> {
                        String target = root.containerOf(new HostPath(context, path));
                        if (target != null && !plan.inHole(target)) {
                            visitor.accept(target);
                        }
                    });
                    return from;
                })
                .join();
    }
}
