package dev.devshell.sync;

import dev.devshell.sync.core.Side;

/** Counts the edits that came to rest, and how long each took. */
final class Traffic {
    private final Latencies latencies = new Latencies();
    private long toContainer;
    private long toHost;

    void carried(Operation operation) {
        latencies.add(System.nanoTime() - operation.since());
        if (operation.side() == Side.HOST) {
            toHost++;
        } else {
            toContainer++;
        }
    }

    long toContainer() {
        return toContainer;
    }

    long toHost() {
        return toHost;
    }

    double percentileMillis(int percent) {
        return latencies.percentileMillis(percent);
    }
}
