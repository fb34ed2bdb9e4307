package dev.devshell.repl;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops containers; what is edited meanwhile arrives when they start again. */
@Command(name = "stop", description = "Stop containers, without removing them.")
final class StopCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        services.forEach(workspace().config()::require);
        workspace().compose().stop(services, narration()::tell);
        return CommandLine.ExitCode.OK;
    }
}
