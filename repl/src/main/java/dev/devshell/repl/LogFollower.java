package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.logs.LogFollowing;
import dev.devshell.logs.LogListener;
import dev.devshell.logs.LogQuery;
import dev.devshell.logs.ProjectLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Shows the logs of services: what there is, also of containers that are gone, and what comes. */
final class LogFollower {
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final LogFilter filter;
    private final Consumer<List<LogLine>> shown;
    private final Console console;

    /**
     * @param shown takes lines in order, from one thread at a time
     * @param console where it is said what cannot be read
     */
    LogFollower(Workspace workspace, LogFilter filter, Consumer<List<LogLine>> shown, Console console) {
        this.workspace = workspace;
        this.filter = filter;
        this.shown = shown;
        this.console = console;
    }

    /** Shows all lines of services, as the options of a command say. */
    static LogFollower of(Devshell root, List<String> services) {
        return new LogFollower(
                root.workspace(),
                new LogFilter(Optional.empty(), Optional.empty()),
                LogText.sink(root, services),
                root.console());
    }

    /** Returns what is written from about now on. */
    static LogQuery fromNow(List<String> services) {
        return LogQuery.of(services).since(Instant.now().minus(JUST_NOW));
    }

    /** Shows what there is; with {@code tail} the last lines of each service that the filter takes. */
    ProjectLogs print(LogQuery query) {
        ProjectLogs logs = logs(filter.takesAll() ? query : withoutTail(query));
        if (query.tail().isPresent()) {
            LogTail tail = new LogTail(query.tail().getAsInt());
            logs.read(kept(query), new Shown(tail::add));
            shown.accept(tail.lines());
        } else {
            logs.read(kept(query), new Shown());
        }
        return logs;
    }

    /** Shows what there is and what comes, until the thread is interrupted. */
    void follow(LogQuery query) {
        follow(print(query));
    }

    /** Shows what comes since then, until the thread is interrupted. */
    void followOnly(LogQuery query) {
        follow(logs(query));
    }

    @SuppressWarnings("try") // it follows by itself
    private void follow(ProjectLogs logs) {
        try (LogFollowing ignored = logs.follow(new Shown(), true)) {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private ProjectLogs logs(LogQuery query) {
        return new ProjectLogs(workspace.engine(), workspace.config().name(), query);
    }

    private static LogQuery withoutTail(LogQuery query) {
        LogQuery all = LogQuery.of(query.services());
        return query.since().map(all::since).orElse(all);
    }

    private List<LogEntry> kept(LogQuery query) {
        try {
            return workspace.session().map(session -> kept(session, query)).orElse(List.of());
        } catch (DevshellException.Failed e) {
            console.say("only what the engine still has: " + e.what());
            return List.of();
        }
    }

    private static List<LogEntry> kept(DevSession session, LogQuery query) {
        return session.keptLogs(List.copyOf(query.services()));
    }

    /** Takes what the engine has. */
    private final class Shown implements LogListener {
        private final Consumer<List<LogLine>> taker;

        Shown() {
            this(shown);
        }

        Shown(Consumer<List<LogLine>> taker) {
            this.taker = taker;
        }

        @Override
        public void lines(List<LogEntry> lines) {
            List<LogLine> chosen = filter.of(lines);
            if (!chosen.isEmpty()) {
                taker.accept(chosen);
            }
        }

        @Override
        public void unreadable(String source, DevshellException why) {
            console.say("devshell: the log of " + source + " cannot be read: " + why.why());
        }
    }
}
