package dev.devshell.logs;

import dev.devshell.LogEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last lines of each service of a project, for when the engine no longer has them: it forgets a container's log with the container. */
public final class KeptLogs implements LogListener {
    static final int MOST_LINES = 5000;
    static final long MOST_BYTES = 2 << 20;

    /** What is worth reading of what was written before anything was kept. */
    public static final LogQuery ALL = LogQuery.ALL.tail(MOST_LINES);

    private final Map<String, LogRing> rings = new TreeMap<>();

    @Override
    public synchronized void lines(List<LogEntry> lines) {
        for (LogEntry line : lines) {
            rings.computeIfAbsent(line.service(), name -> new LogRing(MOST_LINES, MOST_BYTES))
                    .add(line);
        }
    }

    /** Returns what is kept of services, all without a name, in the order of time. */
    public synchronized List<LogEntry> of(Collection<String> services) {
        return rings.entrySet().stream()
                .filter(ring -> services.isEmpty() || services.contains(ring.getKey()))
                .flatMap(ring -> ring.getValue().lines().stream())
                .sorted(LogEntry.BY_TIME)
                .toList();
    }
}
