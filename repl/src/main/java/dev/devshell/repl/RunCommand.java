package dev.devshell.repl;

import dev.devshell.compose.ComposeService;
import dev.devshell.compose.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a container of its own, which is in sync like any other and removed afterwards. */
@Command(name = "run", description = "Run a command in a new container of a service, removed afterwards.")
final class RunCommand extends Rooted {
    @Option(
            names = {"-T", "--no-TTY"},
            description = "Without a terminal, though there is one.")
    private boolean noTerminal;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "As this user.")
    private @Nullable String user;

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "In this directory of the container.")
    private @Nullable String directory;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "With this variable; can be repeated.")
    private List<String> env = new ArrayList<>();

    @Parameters(index = "0", paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String service;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "CMD", description = "The service's own without one.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        ComposeService chosen = workspace().config().require(service);
        RunOptions options = new RunOptions(
                noTerminal || !root().launch().hasTerminal(),
                Optional.ofNullable(user),
                Optional.ofNullable(directory),
                env,
                Optional.empty());
        return new OneOff(workspace(), root().failures(), chosen).run(Words.afterDashes(command), options);
    }
}
