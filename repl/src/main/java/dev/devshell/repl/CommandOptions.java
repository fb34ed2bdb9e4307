package dev.devshell.repl;

import dev.devshell.compose.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command in a container is run: what {@code exec} and {@code run} have in common. */
final class CommandOptions {
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

    /**
     * Returns them for Compose.
     *
     * @param hasTerminal whether there is one to be handed over
     */
    RunOptions toRunOptions(boolean hasTerminal, Optional<Integer> index) {
        return new RunOptions(
                noTerminal || !hasTerminal, Optional.ofNullable(user), Optional.ofNullable(directory), env, index);
    }
}
