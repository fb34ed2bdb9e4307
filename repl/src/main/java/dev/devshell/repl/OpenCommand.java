package dev.devshell.repl;

import dev.devshell.Service;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens a service in the browser. */
@Command(name = "open", description = "Open a service in the browser, or print its address.")
final class OpenCommand extends Rooted {
    @Parameters(paramLabel = "SERVICE")
    @SuppressWarnings("NullAway.Init") // required
    private String name;

    @Override
    public Integer call() {
        Service service = Services.named(workspace().services(), name);
        String url = "http://" + TextOutput.host(Services.firstPort(service));
        console().out().println(root().launch().links().to(url, url));
        if (console().interactive()) {
            Browser.open(url, console());
        }
        return CommandLine.ExitCode.OK;
    }
}
