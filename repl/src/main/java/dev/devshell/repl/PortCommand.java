package dev.devshell.repl;

import dev.devshell.Service;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where a container's port is reached. */
@Command(name = "port", description = "Show the address that a port of a service has here.")
final class PortCommand extends Rooted {
    @Parameters(index = "0", paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String name;

    @Parameters(index = "1", paramLabel = "PORT", description = "As the container knows it.")
    private int port;

    @Override
    public Integer call() {
        Service service = Services.named(workspace().services(), name);
        root().output().port(name, port, Services.port(service, port));
        return CommandLine.ExitCode.OK;
    }
}
