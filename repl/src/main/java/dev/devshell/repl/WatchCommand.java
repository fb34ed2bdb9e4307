package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.compose.RunOptions;
import dev.devshell.watch.CommandLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a command in a running container, and again whenever a change has landed there. */
@Command(name = "watch", description = "Run a command in a container, again whenever a change has landed there.")
final class WatchCommand extends Rooted {
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
        DevSession session = workspace().demandSession();
        Services.running(workspace(), service);
        RunOptions with = options.toRunOptions(root().launch().hasTerminal(), Optional.ofNullable(index));
        ContainerRun run = new ContainerRun(workspace(), console(), service, Words.afterDashes(command), with);
        Shutdown shutdown = Shutdown.before(run::cancel);
        Interrupts interrupts = root().inShell() ? Interrupts.none() : Interrupts.toThisThread();
        try {
            CommandLoop loop = new CommandLoop(session, service, run, new WatchScreen(root(), command));
            return root().terminal().lend(loop::loop);
        } catch (DevshellException.Interrupted e) {
            // As the command itself would end.
            Thread.interrupted();
            return e.exitCode();
        } finally {
            interrupts.close();
            shutdown.settle();
        }
    }
}
