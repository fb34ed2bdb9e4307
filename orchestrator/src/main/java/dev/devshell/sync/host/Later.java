package dev.devshell.sync.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Paths to be looked at once they have been quiet for a while, and at the latest after another while. */
final class Later {
    /** Nothing is due. */
    static final long NEVER = Long.MAX_VALUE;

    private final long quiet;
    private final long longest;
    /** From path to its first and its last touch; the one that was touched longest ago comes first. */
    private final Map<String, Touched> touched = new LinkedHashMap<>();

    Later(long quietNanos, long longestNanos) {
        quiet = quietNanos;
        longest = longestNanos;
    }

    private record Touched(long first, long last) {}

    /** Notes that something happened to the path; returns whether it has waited long enough by now. */
    boolean touch(String path, long now) {
        Touched before = touched.remove(path);
        long first = before == null ? now : before.first;
        if (now - first >= longest) {
            return true;
        }
        touched.put(path, new Touched(first, now));
        return false;
    }

    void forget(String path) {
        touched.remove(path);
    }

    /** Takes out the paths that are due. */
    List<String> due(long now) {
        List<String> due = new ArrayList<>();
        for (var entry : touched.entrySet()) {
            if (now - entry.getValue().last < quiet) {
                break;
            }
            due.add(entry.getKey());
        }
        due.forEach(touched::remove);
        return due;
    }

    /** Takes out all paths. */
    List<String> all() {
        List<String> all = List.copyOf(touched.keySet());
        touched.clear();
        return all;
    }

    /** Returns how long it is until a path may be due, in nanoseconds. */
    long untilDue(long now) {
        return touched.isEmpty()
                ? NEVER
                : Math.max(0, touched.values().iterator().next().last + quiet - now);
    }
}
