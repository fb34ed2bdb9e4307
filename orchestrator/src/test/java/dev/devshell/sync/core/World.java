package dev.devshell.sync.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two trees and where they last rested, in memory; it carries out what the reconciler says and refuses what a file system would. */
final class World implements Sides {
    final TreeMap<String, Node> host = new TreeMap<>();
    final TreeMap<String, Node> replica = new TreeMap<>();
    final TreeMap<String, Ancestor> ancestors = new TreeMap<>();
    final Set<Node> history = new HashSet<>();
    final Set<String> hostLocked = new HashSet<>();
    final Set<String> goneSinceListed = new HashSet<>();
    final Map<String, Preference> preferences = new TreeMap<>();
    Preference preference = Preference.HOST;
    /** Happens after each look of the reconciler, as a person at the same tree does. */
    Runnable afterLook = () -> {};

    /** Sets up paths from lines of {@code path: ancestor host replica}, in the short form of {@link Nodes}. */
    static World of(String lines) {
        World world = new World();
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] words = line.split("\\s+", -1);
            world.ancestors.put(words[0], Nodes.ancestor(words[1]));
            world.put(Side.HOST, words[0], Nodes.node(words[2]));
            world.put(Side.REPLICA, words[0], Nodes.node(words[3]));
        });
        return world;
    }

    NavigableMap<String, Node> tree(Side side) {
        return side == Side.HOST ? host : replica;
    }

    void put(Side side, String path, Node node) {
        if (node instanceof Node.Absent) {
            tree(side).remove(path);
        } else {
            tree(side).put(path, node);
        }
    }

    Set<String> allPaths() {
        Set<String> paths = new HashSet<>(host.keySet());
        paths.addAll(replica.keySet());
        paths.addAll(ancestors.keySet());
        return paths;
    }

    /** Reconciles until nothing is left to do; returns how many rounds that took. */
    int settle() {
        for (int round = 0; round < 10; round++) {
            List<Step> steps = Reconciler.reconcile(this, allPaths()).stream()
                    .filter(step ->
                            !(step.decision() instanceof Decision.Blocked || step.decision() instanceof Decision.Ask))
                    .toList();
            if (steps.isEmpty()) {
                return round;
            }
            steps.forEach(this::apply);
        }
        throw new AssertionError("never comes to rest: " + this);
    }

    private void apply(Step step) {
        if (step.decision() instanceof Decision.Remember remember) {
            ancestors.put(step.path(), remember.ancestor());
        } else if (step.decision() instanceof Decision.Merge merge) {
            write(Side.HOST, step.path(), merge.target());
            write(Side.REPLICA, step.path(), merge.target());
        } else if (step.decision() instanceof Decision.Write write) {
            write(write.side(), step.path(), write.target());
        }
    }

    private void write(Side side, String path, Node target) {
        Node now = at(side, path);
        if (now instanceof Node.Directory && !below(side, path).isEmpty() && !(target instanceof Node.Directory)) {
            // Not empty: it stays, and that is remembered unless an edit is still to come out of it.
            if (target instanceof Node.Absent) {
                ancestors.put(path, new Ancestor(at(Side.HOST, path), at(Side.REPLICA, path)));
            }
            return;
        }
        if (!now.portable()) {
            throw new AssertionError("wrote over " + now + " at " + path);
        }
        if (!(target instanceof Node.Absent)) {
            makeParents(side, path);
        }
        history.add(now);
        put(side, path, target);
        if (at(Side.HOST, path).equals(at(Side.REPLICA, path))) {
            ancestors.put(path, Ancestor.agreed(target));
        }
    }

    private void makeParents(Side side, String path) {
        String parent = parent(path);
        if (parent == null) {
            return;
        }
        makeParents(side, parent);
        Node there = at(side, parent);
        if (there instanceof Node.Absent) {
            put(side, parent, Node.directory());
        } else if (!(there instanceof Node.Directory)) {
            throw new AssertionError("wrote " + path + " below " + there);
        }
    }

    @Override
    public Ancestor ancestor(String path) {
        return ancestors.getOrDefault(path, Ancestor.nothing());
    }

    @Override
    public Node at(Side side, String path) {
        Node node = tree(side).getOrDefault(path, Node.absent());
        afterLook.run();
        return node;
    }

    @Override
    public List<String> below(Side side, String path) {
        List<String> paths =
                new ArrayList<>(tree(side).subMap(path + "/", path + "0").keySet());
        goneSinceListed.stream().filter(gone -> gone.startsWith(path + "/")).forEach(paths::add);
        return paths;
    }

    @Override
    public Preference preference(String path) {
        return preferences.getOrDefault(path, preference);
    }

    @Override
    public boolean writable(Side side, String path) {
        return side == Side.REPLICA || hostLocked.stream().noneMatch(l -> path.equals(l) || path.startsWith(l + "/"));
    }

    @Override
    public @Nullable String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? null : path.substring(0, slash);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Ancestor> e : ancestors.entrySet()) {
            text.append(e).append('\n');
        }
        return text + "host " + host + "\nreplica " + replica;
    }
}
