package dev.devshell.sync;

import dev.devshell.SyncStatus;
import dev.devshell.sync.core.Side;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what goes each way, and how long each edit took until it came to rest. The session's loop owns it, but for the streams. */
final class Traffic {
    private static final int REMEMBERED = 1_000;

    private final Way toContainer = new Way();
    private final Way toHost = new Way();
    private final Map<String, Carried> last = new LinkedHashMap<>();

    /** One way. */
    private static final class Way {
        private final Rate bytes = new Rate();
        private final Latencies whole = new Latencies();
        private final Latencies decide = new Latencies();
        private final Latencies write = new Latencies();
        private long edits;

        void carried(Operation operation, long now) {
            edits++;
            whole.add(now - operation.since());
            decide.add(operation.asked() - operation.since());
            write.add(now - operation.asked());
        }

        SyncStatus.Flow flow() {
            return new SyncStatus.Flow(
                    edits,
                    bytes.total(),
                    bytes.perSecond(System.nanoTime()),
                    whole.timing(),
                    decide.timing(),
                    write.timing());
        }
    }

    /** When a path was last written, where, and how long after its change. */
    record Carried(Instant when, Side side, long nanos) {}

    /** Counts from now on what goes through a stream. */
    AgentStream metered(AgentStream stream) {
        return new MeteredStream(stream, toContainer.bytes, toHost.bytes);
    }

    void carried(Operation operation) {
        long now = System.nanoTime();
        (operation.side() == Side.HOST ? toHost : toContainer).carried(operation, now);
        last.remove(operation.path());
        last.put(operation.path(), new Carried(Instant.now(), operation.side(), now - operation.since()));
        if (last.size() > REMEMBERED) {
            last.remove(last.keySet().iterator().next());
        }
    }

    /** Returns what was last carried of a path; null where that was long ago, or never. */
    @Nullable
    Carried last(String path) {
        return last.get(path);
    }

    SyncStatus.Flow toContainer() {
        return toContainer.flow();
    }

    SyncStatus.Flow toHost() {
        return toHost.flow();
    }
}
