package dev.devshell.repl;

import dev.devshell.compose.ComposeService;
import dev.devshell.compose.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs a command in a container of its own, which is in sync like any other and removed afterwards. */
@Command(name = "run", description = "Run a command in a new container of a service, removed afterwards.")
final class RunCommand extends Rooted {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandOptions options;

    @Parameters(index = "0", paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String service;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "CMD", description = "The service's own without one.")
    private List<String> command = new ArrayList<>();

    @Override
    public Integer call() {
        ComposeService chosen = workspace().config().require(service);
        RunOptions with = options.toRunOptions(root().launch().hasTerminal(), Optional.empty());
        return new OneOff(root(), chosen).run(Words.afterDashes(command), with);
    }
}
