package dev.devshell.logs;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.engine.LogRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the containers of a project wrote; one-off ones are not among them, who runs one sees it.
 *
 * <p>For one thread; first {@link #read}, then {@link #follow}, or only one of them.
 */
public final class ProjectLogs {
    private static final int BATCH = 200;

    private final Engine engine;
    private final String project;
    private final LogQuery query;
    private final Map<String, LogPosition> positions = new TreeMap<>();

    public ProjectLogs(Engine engine, String project, LogQuery query) {
        this.engine = engine;
        this.project = project;
        this.query = query;
    }

    /**
     * Tells what was written so far, in the order of time.
     *
     * @param kept what somebody kept, in the order of time; of that, only what the engine no longer has is told
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    public void read(List<LogEntry> kept, LogListener listener) {
        List<OpenLog> logs = new ArrayList<>();
        try {
            for (Container container : containers()) {
                open(container, logs, listener);
            }
            List<LogEntry> batch = new ArrayList<>();
            Iterator<LogEntry> lines = merged(logs, kept);
            while (lines.hasNext()) {
                batch.add(lines.next());
                if (batch.size() == BATCH) {
                    listener.lines(List.copyOf(batch));
                    batch.clear();
                }
                if (Thread.interrupted()) {
                    throw new DevshellException.Interrupted("interrupted");
                }
            }
            listener.lines(List.copyOf(batch));
        } finally {
            logs.forEach(OpenLog::close);
        }
    }

    private List<Container> containers() {
        return engine.containers(project).stream()
                .filter(container -> !container.oneOff() && query.asksFor(container.service()))
                .sorted(Comparator.comparing(Container::service).thenComparingInt(Container::number))
                .toList();
    }

    private void open(Container container, List<OpenLog> logs, LogListener listener) {
        LogRange range = new LogRange(query.since(), query.tail(), false);
        LogPosition position = positions.computeIfAbsent(container.id(), id -> new LogPosition());
        try {
            logs.add(new OpenLog(
                    new LogSource(container), engine.logs(container.id(), position.resume(range)), position, listener));
        } catch (DevshellException.Failed e) {
            // One that was removed since it was listed is told from what was kept.
            if (!e.code().equals("NO-CONTAINER")) {
                listener.unreadable(new LogSource(container).name(), e);
            }
        }
    }

    private Iterator<LogEntry> merged(List<OpenLog> logs, List<LogEntry> kept) {
        Set<String> there = new HashSet<>();
        logs.forEach(log -> there.add(log.source().containerId()));
        Iterator<LogEntry> gone = kept.stream()
                .filter(line -> query.asksFor(line.service()) && !there.contains(line.containerId()))
                .filter(line -> query.since().isEmpty()
                        || !line.time().isBefore(query.since().get()))
                .iterator();
        return new LogMerge(Stream.concat(Stream.of(gone), logs.stream()).toList());
    }

    /**
     * Tells what is written from now on, through restarts, recreation and losses of the engine, until the result is closed. What {@link #read} told
     * is not told again.
     *
     * <p>Where nothing was read before, begins as the query says.
     *
     * @param ordered whether lines of several containers are to come in the order of time, which takes a moment
     */
    public LogFollowing follow(LogListener listener, boolean ordered) {
        return LogFollowing.open(engine, project, query, Map.copyOf(positions), listener, ordered);
    }
}
