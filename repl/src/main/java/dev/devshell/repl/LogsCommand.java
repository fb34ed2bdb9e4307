package dev.devshell.repl;

import dev.devshell.logs.LogLevel;
import dev.devshell.logs.LogQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the containers wrote. */
@Command(
        name = "logs",
        description = "Show the logs of services, in the order of time; -f goes on through restarts.",
        footer = {
            "",
            "While the project runs under devshell, the last lines of containers that are gone are shown too.",
            "The level is read off a line's format: JSON and logfmt with a level or severity, the loggers of",
            "Ruby, Java, Python and Go, nginx, Apache, PostgreSQL, MySQL, Redis, and whatever has [error] or",
            "ERROR near its beginning. A stack trace has the level of the line above it. A line whose format",
            "says no level is not shown when --level is given.",
            "",
            "logs on|off|errors says what a shell shows above its prompt from now on, in this project: all",
            "lines, none, or errors, which is what it does unless told.",
            "",
            "While it follows on a terminal: r restart, s shell, o open, h help, q quit."
        })
final class LogsCommand extends Rooted {
    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moments.class,
            description = "From then on: 10m, 13:00, 2026-01-31T13:00:00Z.")
    private @Nullable Instant since;

    @Option(names = "--tail", paramLabel = "N", description = "Of what there is, the last N lines of each service.")
    private @Nullable Integer tail;

    @Option(names = "--grep", paramLabel = "RE", description = "Only lines that hold this regular expression.")
    private @Nullable Pattern grep;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only lines of this level and worse: ${COMPLETION-CANDIDATES}.")
    private @Nullable LogLevel level;

    @Parameters(
            paramLabel = "SERVICE|on|off|errors",
            arity = "0..*",
            description = "All without one; or what the shell is to show above its prompt.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        Optional<ShellLogs.Wish> wish = wish();
        if (wish.isPresent()) {
            return wish(wish.get());
        }
        services.forEach(workspace().config()::require);
        LogFilter filter = new LogFilter(Optional.ofNullable(grep), Optional.ofNullable(level));
        if (!follow) {
            return PagedOut.around(root(), console -> {
                var unused = logs(filter, console).print(query());
                return CommandLine.ExitCode.OK;
            });
        }
        if (root().launch().hasTerminal() && !root().json()) {
            Consumer<List<LogLine>> sink = LogText.sink(root(), services);
            return new LogsInFront(root(), followed(), sink)
                    .follow(gate -> new LogFollower(workspace(), filter, gate, console()).follow(query()));
        }
        logs(filter, console()).follow(query());
        return CommandLine.ExitCode.OK;
    }

    private List<String> followed() {
        return services.isEmpty() ? List.copyOf(workspace().config().services().keySet()) : services;
    }

    private LogFollower logs(LogFilter filter, Console out) {
        return new LogFollower(workspace(), filter, LogText.sink(root(), out, services), console());
    }

    /** A service can have such a name; then it is meant. */
    private Optional<ShellLogs.Wish> wish() {
        boolean plain = !follow && since == null && tail == null && grep == null && level == null;
        return plain && services.size() == 1 && !workspace().config().services().containsKey(services.get(0))
                ? LogWish.named(services.get(0))
                : Optional.empty();
    }

    private int wish(ShellLogs.Wish wish) {
        root().shellLogs().ifPresent(logs -> logs.wish(wish));
        new LogWish(workspace().stateDirectory()).write(wish);
        console()
                .say(
                        switch (wish) {
                            case ON -> "logs come above the prompt";
                            case ERRORS -> "of the logs, errors come above the prompt";
                            case OFF -> "no logs come above the prompt; 'logs' and 'logs -f' show them";
                        });
        return CommandLine.ExitCode.OK;
    }

    private LogQuery query() {
        LogQuery query = LogQuery.of(services);
        query = since == null ? query : query.since(since);
        return tail == null ? query : query.tail(tail);
    }
}
