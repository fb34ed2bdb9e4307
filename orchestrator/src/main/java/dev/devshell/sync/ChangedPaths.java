package dev.devshell.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The paths of one replica that are to be decided, and since when each has been on its way. What few have changed is decided at once; many are a backlog, which
 * may be the whole tree and is taken a part at a time: first what is there, then what is gone, each after what is below it. So neither a person's edit nor what a
 * branch switch brings waits for a mass deletion, and a directory is decided when there is nothing left in it. The session's loop owns it.
 */
final class ChangedPaths {
    /** How many are decided together at most. */
    static final int PART = 2_048;

    private static final int MOST_TIMED = 10_000;
    private static final int FEW = 64;

    /** What few have changed, and whether it is gone. */
    private final NavigableMap<String, Boolean> fresh = new TreeMap<>();

    private final PathTree<Boolean> backlog = new PathTree<>();
    private final PathTree<Boolean> gone = new PathTree<>();
    private final Map<String, Long> since = new HashMap<>();
    private final PathTree<Boolean> byHost = new PathTree<>();

    /** The path is to be looked at again. */
    void again(String path) {
        again(path, false);
    }

    void again(Collection<String> paths) {
        paths.forEach(this::again);
    }

    private void again(String path, boolean isGone) {
        if (gone.hasBelow(path)) {
            gone.put(path, true);
            return;
        }
        fresh.put(path, isGone);
        if (fresh.size() > PART) {
            putOff();
        }
    }

    /** The path is to be looked at again, as one of many: it goes into the backlog. */
    void later(String path) {
        later(path, false);
    }

    void later(String path, boolean isGone) {
        (isGone ? gone : backlog).put(path, true);
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
     * @param isGone whether there is nothing any more
     */
    void touch(String path, long when, boolean timed, boolean isGone) {
        again(path, isGone);
        if (timed && since.size() < MOST_TIMED) {
            since.putIfAbsent(path, when);
        }
    }

    /** The change was the host's. */
    void byHost(String path) {
        byHost.put(path, true);
    }

    /** Visits what the host changed since paths were last taken. */
    void forEachByHost(Consumer<String> visitor) {
        byHost.forEach((path, changed) -> visitor.accept(path));
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
        fresh.keySet().removeIf(path -> !waits.test(path) && ready.add(path));
        if (ready.isEmpty() && room) {
            ready.addAll(backlog.take(PART, waits.negate()));
        }
        if (ready.isEmpty() && room) {
            ready.addAll(gone.takeFromBelow(PART, waits.negate()));
        }
        return ready;
    }

    /** Returns whether there are paths that wait for room. */
    boolean hasBacklog() {
        return !backlog.isEmpty() || !gone.isEmpty();
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
        return fresh.isEmpty() && !hasBacklog();
    }

    int size() {
        return fresh.size() + backlog.size() + gone.size();
    }

    boolean contains(String path) {
        return fresh.containsKey(path) || backlog.contains(path) || gone.contains(path);
    }

    /** Returns up to {@code most} of the paths. */
    Collection<String> some(int most) {
        Set<String> some = new TreeSet<>();
        Stream.of(fresh.keySet(), backlog.first(most), gone.first(most))
                .flatMap(Collection::stream)
                .limit(most)
                .forEach(some::add);
        return some;
    }
}
