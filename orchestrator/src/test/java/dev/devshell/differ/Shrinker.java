package dev.devshell.differ;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a failing script shorter for as long as it goes on failing: delta debugging (Zeller, Hildebrandt: Simplifying and Isolating
 * Failure-Inducing Input, 2002) over its steps.
 *
 * <p>A race does not show at every run, so a candidate is tried several times before it counts as passing.
 */
final class Shrinker {
    private final Fails fails;
    private final int tries;
    private final long deadline;

    /** Runs a script once. */
    @FunctionalInterface
    interface Fails {
        boolean test(Script script) throws IOException;
    }

    Shrinker(Fails fails, int tries, Duration patience) {
        this.fails = fails;
        this.tries = tries;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** Returns the shortest script found in time; the same one where none was. */
    Script shrink(Script script) throws IOException {
        Script shortest = script;
        int parts = 2;
        while (shortest.steps().size() > 1 && !isLate()) {
            Script shorter = withoutAPart(shortest, parts);
            if (shorter != null) {
                shortest = shorter;
                parts = Math.max(2, parts - 1);
            } else if (parts < shortest.steps().size()) {
                parts = Math.min(shortest.steps().size(), parts * 2);
            } else {
                return shortest;
            }
        }
        return shortest;
    }

    private @org.jspecify.annotations.Nullable Script withoutAPart(Script script, int parts) throws IOException {
        int size = script.steps().size();
        for (int part = 0; part < parts && !isLate(); part++) {
            int from = size * part / parts;
            int to = size * (part + 1) / parts;
            List<Step> rest = new ArrayList<>(script.steps().subList(0, from));
            rest.addAll(script.steps().subList(to, size));
            if (from < to && stillFails(script.with(rest))) {
                return script.with(rest);
            }
        }
        return null;
    }

    private boolean stillFails(Script candidate) throws IOException {
        for (int i = 0; i < tries && !isLate(); i++) {
            if (fails.test(candidate)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLate() {
        return System.nanoTime() - deadline > 0;
    }
}
