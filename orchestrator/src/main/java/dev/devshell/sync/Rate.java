package dev.devshell.sync;

import java.util.concurrent.TimeUnit;

/** Counts bytes, and how many came in the last ten seconds. Safe for use by several threads. */
final class Rate {
    private static final int SECONDS = 10;

    private final long[] counts = new long[SECONDS];
    private long second;
    private long total;

    synchronized void add(long bytes, long now) {
        forward(now);
        total += bytes;
        counts[Math.floorMod(second, SECONDS)] += bytes;
    }

    /** Empties the places of the seconds in which nothing came. */
    private void forward(long now) {
        long current = TimeUnit.NANOSECONDS.toSeconds(now);
        for (long passed = Math.max(second, current - SECONDS) + 1; passed <= current; passed++) {
            counts[Math.floorMod(passed, SECONDS)] = 0;
        }
        second = Math.max(second, current);
    }

    synchronized long total() {
        return total;
    }

    /**
     * Returns the mean of the last ten seconds.
     *
     * @param now as {@link System#nanoTime}
     */
    synchronized long perSecond(long now) {
        forward(now);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum / SECONDS;
    }
}
