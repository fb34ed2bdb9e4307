package dev.devshell.sync;

import java.util.Arrays;

/** The times of the last 100 edits, from the event to the acknowledgement. */
final class Latencies {
    private static final int KEPT = 100;

    private final long[] nanos = new long[KEPT];
    private long count;

    synchronized void add(long duration) {
        nanos[(int) (count++ % KEPT)] = duration;
    }

    /** Returns the given percentile in milliseconds; 0 where nothing was timed yet. */
    synchronized double percentileMillis(int percent) {
        int size = (int) Math.min(count, KEPT);
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[Math.min(size - 1, size * percent / 100)] / 1e6;
    }
}
