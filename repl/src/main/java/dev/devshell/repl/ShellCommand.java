package dev.devshell.repl;

import dev.devshell.compose.RunOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a shell in a running container. */
@Command(name = "shell", description = "Open a shell in a container.")
final class ShellCommand extends Rooted {
    private static final String BEST_SHELL = "command -v bash >/dev/null 2>&1 && exec bash; exec sh";

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "As this user.")
    private @Nullable String user;

    @Parameters(paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String service;

    @Override
    public Integer call() {
        Services.running(workspace(), service);
        RunOptions options = new RunOptions(
                !root().launch().hasTerminal(),
                Optional.ofNullable(user),
                Optional.empty(),
                List.of(),
                Optional.empty());
        List<String> command = List.of("sh", "-c", BEST_SHELL);
        return new Barrier(root()).around(() -> workspace().compose().exec(service, command, options));
    }
}
