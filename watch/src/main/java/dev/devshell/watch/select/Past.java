package dev.devshell.watch.select;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How each class's tests went the last time.
 *
 * @param millis that each class took
 * @param failed classes of which a test failed
 */
public record Past(Map<String, Long> millis, Set<String> failed) {
    public static final Past NONE = new Past(Map.of(), Set.of());

    public Past {
        millis = Map.copyOf(millis);
        failed = Set.copyOf(failed);
    }

    /** Returns it with one more result. */
    public Past with(String test, boolean ok, long took) {
        Map<String, Long> times = new HashMap<>(millis);
        times.put(test, took);
        Set<String> broken = new HashSet<>(failed);
        if (ok) {
            broken.remove(test);
        } else {
            broken.add(test);
        }
        return new Past(times, broken);
    }

    /** Returns it as if these had never been run; what had failed is still known to have. */
    public Past without(Set<String> tests) {
        Map<String, Long> times = new HashMap<>(millis);
        times.keySet().removeIf(test -> tests.contains(test) && !failed.contains(test));
        return new Past(times, failed);
    }

    boolean knows(String test) {
        return millis.containsKey(test);
    }
}
