package dev.devshell.sync;

import dev.devshell.SyncStatus;
import java.util.Arrays;

/** The times that the last 100 edits took for one thing. */
final class Latencies {
    private static final int KEPT = 100;

    private final long[] nanos = new long[KEPT];
    private long count;

    void add(long duration) {
        nanos[(int) (count++ % KEPT)] = duration;
    }

    SyncStatus.Timing timing() {
        long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
        Arrays.sort(sorted);
        return new SyncStatus.Timing(millis(sorted, 50), millis(sorted, 95));
    }

    private static double millis(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }
}
