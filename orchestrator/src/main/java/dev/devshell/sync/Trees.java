package dev.devshell.sync;

import dev.devshell.SyncStatus;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.host.HostTreeOptions;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The trees that are watched: one for each context and what is mapped of it, shared by all replicas that map the same. */
final class Trees {
    private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_user_watches");

    private final Path stateDirectory;
    private final Versions versions;
    private final Surroundings surroundings;
    private final Function<HostTreeOptions, HostTree> opener;
    private final Map<String, HostTree> open = new HashMap<>();

    Trees(
            Path stateDirectory,
            Versions versions,
            Surroundings surroundings,
            Function<HostTreeOptions, HostTree> opener) {
        this.stateDirectory = stateDirectory;
        this.versions = versions;
        this.surroundings = surroundings;
        this.opener = opener;
    }

    synchronized Map<Path, HostTree> of(SyncPlan plan) {
        Map<Path, HostTree> needed = new LinkedHashMap<>();
        for (Root root : plan.roots()) {
            Path context = root.host().context();
            needed.computeIfAbsent(context, missing -> tree(plan, missing));
        }
        return needed;
    }

    private HostTree tree(SyncPlan plan, Path context) {
        String name = plan.footprint(context);
        return open.computeIfAbsent(name, missing -> open(plan, context, name));
    }

    private HostTree open(SyncPlan plan, Path context, String name) {
        HostTree tree = opener.apply(new HostTreeOptions(
                context,
                new PlanIgnored(plan, context),
                path -> plan.isProtected(path, false) || plan.isProtected(path, true),
                stateDirectory.resolve(name),
                versions.keeper(context)));
        // What the first look finds is no news.
        var unused = tree.ready().thenRun(() -> tree.subscribe(surroundings.listener(context)));
        return tree;
    }

    /** Closes those that none of these plans needs. */
    synchronized void keep(Collection<SyncPlan> plans) {
        Set<String> needed = new HashSet<>();
        plans.forEach(plan -> plan.roots()
                .forEach(root -> needed.add(plan.footprint(root.host().context()))));
        open.entrySet().removeIf(tree -> {
            boolean idle = !needed.contains(tree.getKey());
            if (idle) {
                tree.getValue().close();
            }
            return idle;
        });
    }

    synchronized Collection<HostTree> all() {
        return List.copyOf(open.values());
    }

    /** Returns what all of them cost in watches. */
    synchronized SyncStatus.Watches watches() {
        long used = open.values().stream().mapToLong(HostTree::watched).sum();
        long polled = open.values().stream().mapToLong(HostTree::polled).sum();
        return new SyncStatus.Watches(used, limit(), polled);
    }

    private static long limit() {
        try {
            // by a buffered reader: the kernel gives as much as the first read asks for, and then says that this was
            // all
            return Long.parseLong(Files.readAllLines(LIMIT).get(0));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    synchronized void close() {
        open.values().forEach(HostTree::close);
        open.clear();
    }
}
