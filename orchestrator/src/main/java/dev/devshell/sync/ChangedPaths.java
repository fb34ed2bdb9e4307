package dev.devshell.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The paths of one replica that are to be decided, and since when each has been on its way. The session's loop owns it. */
final class ChangedPaths {
    private static final int MOST_TIMED = 10_000;

    private final NavigableSet<String> undecided = new TreeSet<>();
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> byHost = new HashSet<>();

    /** The path is to be looked at again. */
    void again(String path) {
        undecided.add(path);
    }

    void again(Collection<String> paths) {
        undecided.addAll(paths);
    }

    /**
     * Something happened at the path.
     *
     * @param when as {@link System#nanoTime}
     * @param timed whether it is known when: not so for what a scan finds
     */
    void touch(String path, long when, boolean timed) {
        undecided.add(path);
        if (timed && since.size() < MOST_TIMED) {
            since.putIfAbsent(path, when);
        }
    }

    /** The change was the host's. */
    void byHost(String path) {
        byHost.add(path);
    }

    /** Returns what the host changed since paths were last taken. */
    Collection<String> byHost() {
        return byHost;
    }

    /** Takes those that need not wait any more. */
    List<String> take(Predicate<String> waits) {
        byHost.clear();
        List<String> ready = new ArrayList<>();
        undecided.removeIf(path -> {
            boolean wait = waits.test(path);
            if (!wait) {
                ready.add(path);
            }
            return !wait;
        });
        return ready;
    }

    /** Takes when the change that a path's write answers was seen. */
    long since(String path) {
        Long seen = since.remove(path);
        return seen != null ? seen : System.nanoTime();
    }

    /** Forgets when the paths changed, except for those that are on their way. */
    void arrived(Collection<String> paths, Predicate<String> moving) {
        if (!since.isEmpty()) {
            paths.stream().filter(moving.negate()).forEach(since::remove);
        }
    }

    boolean isEmpty() {
        return undecided.isEmpty();
    }

    int size() {
        return undecided.size();
    }

    Collection<String> all() {
        return new TreeSet<>(undecided);
    }
}
