package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.compose.UpOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Builds images anew and replaces what runs of them. */
@Command(name = "rebuild", description = "Build images anew and replace their containers.")
final class RebuildCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        Optional<DevSession> session = workspace().session();
        if (session.isPresent()) {
            session.get().rebuild(services, narration());
        } else {
            UpOptions options = UpOptions.ALL.withServices(services).withBuild(UpOptions.Build.ALWAYS);
            workspace().compose().up(workspace().config(), options, narration()::tell);
        }
        return CommandLine.ExitCode.OK;
    }
}
