package dev.devshell.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A set of container paths, perhaps a million, by the root of the plan that each belongs to. Not thread-safe. */
final class RootedPaths {
    private final Map<String, PathTree<Boolean>> byRoot = new TreeMap<>();

    /** Adds a path; {@code root} is the container path of the root that it belongs to. */
    void add(String root, String path) {
        byRoot.computeIfAbsent(root, missing -> new PathTree<>()).put(path, true);
    }

    void remove(String path) {
        if (!byRoot.isEmpty()) {
            byRoot.values().forEach(paths -> paths.remove(path));
            byRoot.values().removeIf(PathTree::isEmpty);
        }
    }

    boolean contains(String path) {
        return byRoot.values().stream().anyMatch(paths -> paths.contains(path));
    }

    /** Returns whether there are paths strictly below {@code path}. */
    boolean hasBelow(String path) {
        return byRoot.values().stream().anyMatch(paths -> paths.hasBelow(path));
    }

    boolean isEmpty() {
        return byRoot.isEmpty();
    }

    int count(String root) {
        PathTree<Boolean> paths = byRoot.get(root);
        return paths == null ? 0 : paths.size();
    }

    int size() {
        return byRoot.values().stream().mapToInt(PathTree::size).sum();
    }

    /** Returns the roots that have any. */
    Set<String> roots() {
        return Set.copyOf(byRoot.keySet());
    }

    /** Returns up to {@code most} paths of a root, those that come first. */
    List<String> first(String root, int most) {
        PathTree<Boolean> paths = byRoot.get(root);
        return paths == null ? List.of() : paths.first(most);
    }

    /** Takes up to {@code most} paths of one root out, parents first. */
    List<String> take(int most) {
        return taken(paths -> paths.take(most, path -> true));
    }

    /** Takes up to {@code most} paths of one root out, each after what is below it. */
    List<String> takeFromBelow(int most) {
        return taken(paths -> paths.takeFromBelow(most, path -> true));
    }

    private List<String> taken(java.util.function.Function<PathTree<Boolean>, List<String>> taking) {
        List<String> taken = byRoot.isEmpty()
                ? List.of()
                : taking.apply(byRoot.values().iterator().next());
        byRoot.values().removeIf(PathTree::isEmpty);
        return taken;
    }

    /** Moves all paths of a root to another set. */
    void move(String root, RootedPaths to) {
        PathTree<Boolean> paths = byRoot.remove(root);
        if (paths != null) {
            PathTree<Boolean> there = to.byRoot.putIfAbsent(root, paths);
            if (there != null) {
                paths.forEach((path, in) -> there.put(path, true));
            }
        }
    }
}
