package dev.devshell.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the containers wrote. */
@Command(name = "logs", description = "Show the logs of services; -f goes on through restarts.")
final class LogsCommand extends Rooted {
    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "TIME", description = "From then on: 10m, 2026-01-31T13:00:00Z.")
    private @Nullable String since;

    @Option(names = "--grep", paramLabel = "RE", description = "Only lines that hold this regular expression.")
    private @Nullable Pattern grep;

    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        LogFollower logs = new LogFollower(workspace(), root().output(), Optional.ofNullable(grep));
        if (follow) {
            logs.follow(services, Optional.ofNullable(since));
        } else {
            logs.print(services, Optional.ofNullable(since));
        }
        return CommandLine.ExitCode.OK;
    }
}
