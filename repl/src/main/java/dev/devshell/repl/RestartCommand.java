package dev.devshell.repl;

import dev.devshell.DevSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restarts containers, and returns when they are in sync again. */
@Command(name = "restart", description = "Restart containers.")
final class RestartCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        Optional<DevSession> session = workspace().session();
        if (session.isPresent()) {
            session.get().restart(services, narration());
        } else {
            services.forEach(workspace().config()::require);
            workspace().compose().restart(services, narration()::tell);
        }
        return CommandLine.ExitCode.OK;
    }
}
