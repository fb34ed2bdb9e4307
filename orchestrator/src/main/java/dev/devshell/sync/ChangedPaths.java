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
import java.util.stream.Stream;

/**
 * The paths of one replica that are to be decided, and since when each has been on its way. What few have changed is decided at once; many are a backlog, which
 * may be the whole tree and is taken a part at a time. The session's loop owns it.
 */
final class ChangedPaths {
    private static final int MOST_TIMED = 10_000;
    private static final int FEW = 64;
    private static final int PART = 2_048;

    private final NavigableSet<String> fresh = new TreeSet<>();
    private final PathTree<Boolean> backlog = new PathTree<>();
    private final Set<String> together = new HashSet<>();
    private final Map<String, Long> since = new HashMap<>();
    private final Set<String> byHost = new HashSet<>();

    /** The path is to be looked at again. */
    void again(String path) {
        fresh.add(path);
        if (fresh.size() > PART) {
            putOff();
        }
    }

    void again(Collection<String> paths) {
        paths.forEach(this::again);
    }

    /** The path is to be looked at again, as one of many: it goes into the backlog. */
    void later(String path) {
        backlog.put(path, true);
    }

    /** The paths are to be decided again in one round, however many they are. */
    void together(Collection<String> paths) {
        together.addAll(paths);
    }

    private void putOff() {
        fresh.forEach(this::later);
        fresh.clear();
    }

    /**
     * Something happened at the path.
     *
     * @param when as {@link System#nanoTime}
     * @param timed whether it is known when: not so for what a scan finds
     */
    void touch(String path, long when, boolean timed) {
        again(path);
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

    /**
     * Takes those that need not wait any more: what few have changed, else, where there is room for many, a part of the backlog.
     */
    List<String> take(Predicate<String> waits, boolean room) {
        byHost.clear();
        if (fresh.size() > FEW) {
            putOff();
        }
        List<String> ready = new ArrayList<>();
        take(together, waits, ready);
        take(fresh, waits, ready);
        if (ready.isEmpty() && room) {
            ready.addAll(backlog.take(PART, waits.negate()));
        }
        return ready;
    }

    private static void take(Set<String> from, Predicate<String> waits, List<String> ready) {
        from.removeIf(path -> {
            boolean wait = waits.test(path);
            if (!wait) {
                ready.add(path);
            }
            return !wait;
        });
    }

    /** Returns whether there are paths that wait for room. */
    boolean hasBacklog() {
        return !backlog.isEmpty();
    }

    /** Takes when the change that a path's write answers was seen. */
    long since(String path) {
        Long seen = since.remove(path);
        return seen != null ? seen : System.nanoTime();
    }

    /** Forgets when all of the paths changed. */
    void untimed() {
        since.clear();
    }

    /** Forgets when the paths changed, except for those that are on their way. */
    void arrived(Collection<String> paths, Predicate<String> moving) {
        if (!since.isEmpty()) {
            paths.stream().filter(moving.negate()).forEach(since::remove);
        }
    }

    boolean isEmpty() {
        return fresh.isEmpty() && together.isEmpty() && backlog.isEmpty();
    }

    int size() {
        return fresh.size() + together.size() + backlog.size();
    }

    boolean contains(String path) {
        return fresh.contains(path) || together.contains(path) || backlog.contains(path);
    }

    /** Returns up to {@code most} of the paths. */
    Collection<String> some(int most) {
        Set<String> some = new TreeSet<>();
        Stream.of(fresh, together, backlog.first(most))
                .flatMap(Collection::stream)
                .limit(most)
                .forEach(some::add);
        return some;
    }
}
