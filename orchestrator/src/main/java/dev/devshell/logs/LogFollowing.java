package dev.devshell.logs;

import dev.devshell.LogEntry;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.Engine;
import dev.devshell.engine.LogRange;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the logs of a project's containers: a thread for each that runs, told by the engine's events when there is more to read. */
public final class LogFollowing implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollowing.class);

    private final Engine engine;
    private final String project;
    private final LogQuery query;
    private final Map<String, LogPosition> positions;
    private final LogListener listener;
    private final @Nullable Interleaver interleaver;
    private final Map<String, FollowedLog> logs = new HashMap<>();
    private boolean begun;
    private boolean closed;
    private @Nullable Closeable events;

    private LogFollowing(
            Engine engine,
            String project,
            LogQuery query,
            Map<String, LogPosition> positions,
            LogListener listener,
            boolean ordered) {
        this.engine = engine;
        this.project = project;
        this.query = query;
        this.positions = positions;
        this.listener = listener;
        this.interleaver = ordered ? new Interleaver(listener::lines) : null;
    }

    static LogFollowing open(
            Engine engine,
            String project,
            LogQuery query,
            Map<String, LogPosition> positions,
            LogListener listener,
            boolean ordered) {
        LogFollowing following = new LogFollowing(engine, project, query, positions, listener, ordered);
        try {
            following.events = engine.events(project, following::happened);
        } catch (RuntimeException e) {
            following.close();
            throw e;
        }
        return following;
    }

    private void happened(ContainerEvent event) {
        if (event instanceof ContainerEvent.Resync) {
            List<Container> all = engine.containers(project);
            all.stream().filter(container -> !container.oneOff()).forEach(container -> more(new LogSource(container)));
            begun();
        } else if (event instanceof ContainerEvent.Happened one && !one.oneOff()) {
            switch (one.kind()) {
                // Of what is over in no time the start may come too late to be followed; the end brings what it wrote.
                case START, DIE -> more(new LogSource(one.service(), one.number(), one.containerId()));
                case DESTROY -> forget(one.containerId());
                default -> LOG.trace("{} says nothing about logs", one.kind());
            }
        }
    }

    private synchronized void begun() {
        begun = true;
    }

    private synchronized void more(LogSource source) {
        if (closed || !query.asksFor(source.service())) {
            return;
        }
        logs.computeIfAbsent(
                        source.containerId(), id -> new FollowedLog(engine, source, first(), position(id), this::take))
                .more();
    }

    private LogPosition position(String containerId) {
        return Optional.ofNullable(positions.get(containerId)).orElseGet(LogPosition::new);
    }

    /** What was there before is asked for as the query says; a container that is new is told from its first line. */
    private LogRange first() {
        return begun
                ? new LogRange(query.since(), OptionalInt.empty(), true)
                : new LogRange(query.since(), query.tail(), true);
    }

    private synchronized void forget(String containerId) {
        logs.remove(containerId);
    }

    private void take(LogEntry line) throws InterruptedException {
        if (interleaver != null) {
            interleaver.put(line);
            return;
        }
        synchronized (listener) {
            listener.lines(List.of(line));
        }
    }

    @Override
    public void close() {
        List<FollowedLog> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(logs.values());
            logs.clear();
        }
        if (events != null) {
            try {
                events.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.forEach(FollowedLog::close);
        if (interleaver != null) {
            interleaver.close();
        }
    }
}
