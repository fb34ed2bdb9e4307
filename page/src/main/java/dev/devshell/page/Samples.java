package dev.devshell.page;

import dev.devshell.SyncStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What edits took, second by second, of the last ten minutes that somebody looked. */
final class Samples {
    private static final int MOST = 600;

    private final Deque<Map<String, Object>> samples = new ArrayDeque<>();

    /** Adds how it is now, and returns it. */
    synchronized Map<String, Object> add(SyncStatus status, long millis) {
        List<Object> replicas = new ArrayList<>();
        for (SyncStatus.Replica replica : status.replicas()) {
            replicas.add(PageJson.object(
                    "name",
                    replica.service() + "-" + replica.number(),
                    "toContainer",
                    flow(replica.toContainer()),
                    "toHost",
                    flow(replica.toHost())));
        }
        Map<String, Object> sample = PageJson.object("at", millis, "replicas", replicas);
        samples.add(sample);
        if (samples.size() > MOST) {
            samples.remove();
        }
        return sample;
    }

    private static Map<String, Object> flow(SyncStatus.Flow flow) {
        return PageJson.object(
                "edits", flow.edits(),
                "p50", flow.edit().p50Millis(),
                "p95", flow.edit().p95Millis());
    }

    synchronized List<Map<String, Object>> all() {
        return List.copyOf(samples);
    }
}
