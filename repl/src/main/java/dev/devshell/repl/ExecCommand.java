package dev.devshell.repl;

import dev.devshell.compose.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a running container; what it wrote is on the host when this returns. */
@Command(name = "exec", description = "Run a command in a container; what it writes is on the host when it returns.")
final class ExecCommand extends Rooted {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandOptions options;

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
        RunOptions with = options.toRunOptions(root().launch().hasTerminal(), Optional.ofNullable(index));
        return new Barrier(root()).around(() -> workspace().compose().exec(service, Words.afterDashes(command), with));
    }
}
