package dev.devshell.repl;

import dev.devshell.compose.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a running container; what it wrote is on the host when this returns. */
@Command(name = "exec", description = "Run a command in a container; what it writes is on the host when it returns.")
final class ExecCommand extends Rooted {
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

    @Option(names = "--index", paramLabel = "N", description = "In this replica of the service.")
    private @Nullable Integer index;

    @Parameters(index = "0", paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String service;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        Services.running(workspace(), service);
        RunOptions options = new RunOptions(
                noTerminal || !root().launch().hasTerminal(),
                Optional.ofNullable(user),
                Optional.ofNullable(directory),
                env,
                Optional.ofNullable(index));
        return new Barrier(workspace(), root().failures())
                .around(() -> workspace().compose().exec(service, Words.afterDashes(command), options));
    }
}
