package dev.devshell.junit;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** One test, from its beginning to its end, and what else ran then. */
final class TestTime {
    private final String name;
    private final Instant begun;
    private final Set<String> others = new LinkedHashSet<>();
    private long settledMillis = Long.MAX_VALUE;

    TestTime(String name, Instant begun) {
        this.name = name;
        this.begun = begun;
    }

    String name() {
        return name;
    }

    Instant begun() {
        return begun;
    }

    /** Takes note that the barrier was passed: what was saved before is what the test runs against. */
    synchronized void settled() {
        settledMillis = Math.min(settledMillis, System.currentTimeMillis());
    }

    /** Returns since when an edit changes what the test runs against; the far future where it never got so far. */
    synchronized long settledMillis() {
        return settledMillis;
    }

    synchronized void ranWith(Collection<String> names) {
        others.addAll(names);
    }

    /** Returns the tests of this project that ran in this JVM at the same time, wholly or in part. */
    synchronized Set<String> others() {
        return new LinkedHashSet<>(others);
    }
}
