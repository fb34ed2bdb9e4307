package dev.devshell.repl;

import dev.devshell.Service;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what runs. */
@Command(name = "ps", description = "Show the services, unhealthy first.")
final class PsCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        List<Service> all = workspace().services();
        names.forEach(name -> Services.named(all, name));
        root().output()
                .services(all.stream()
                        .filter(service -> names.isEmpty() || names.contains(service.name()))
                        .toList());
        return CommandLine.ExitCode.OK;
    }
}
